"""Mapped: tables that we do not know, read by a mapping; and what is refused in both."""

import json
import re
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from click.testing import CliRunner

from gravamen.aid.files.dataset import AidError
from gravamen.aid.files.intake import ROWS_FILE, Reading, Taken, take_in
from gravamen.aid.files.mapped import NAMES_FILE, mapped
from gravamen.aid.files.mapping import WORDS, Map, Names
from gravamen.cli import main
from gravamen.editions import Editions
from gravamen.law import load

MAP = """title: Assistance of Zembla
dataset: zembla
vintage: 2024-01
delimiter: ";"
decimal: comma
columns:
  country: Land
  year: Jahr
  program: Programm
  kind: Art
  amount: Betrag
  agency: Amt
constants:
  currency: EUR
  period: calendar-year
  donor: DE
values:
  kind: {Zusage: committed, Auszahlung: disbursed}
  country: {Tschad: TD}
programs: as-printed
empty: [k.A.]
ignore: [Bemerkung]
"""
TABLE = """Land;Jahr;Programm;Art;Betrag;Amt;Bemerkung
Tschad;2022;Wasser;Zusage;1.234,50;Amt für Hilfe;eins
Georgia;2022;Wasser;Auszahlung;-7,5;k.A.;
ARM;2023;;Zusage;k.A.;Amt;zwei
"""
LIST = """title: A list of Zembla
dataset: persons
list:
  names: [Name, Alias]
  kind: Type
  country: Country
  id: No
  program: Program
  remark: Remark
values:
  kind: {individual: person}
empty: ["-0-"]
"""
NAMES = """No,Name,Alias,Type,Country,Program,Remark
1,First Battalion,1 Bn,unit,Georgia,X,seen
2,Anna Ivanova,-0-,individual,-0-,X,-0-
"""


def taken(folder: Path, text: str, table: str, *, file: str = "table.csv") -> Taken:
    (folder / "map.yaml").write_text(text, encoding="utf-8")
    (folder / file).write_text(table, encoding="utf-8")
    law = load()
    read = mapped(folder / "map.yaml", law)
    reading = Reading(vintage=read.vintage, delimiter=read.delimiter, encoding=read.encoding)
    return take_in(
        folder / file,
        Editions(folder / "data"),
        law,
        at=datetime(2026, 11, 26, tzinfo=UTC),
        reading=reading,
        mapped=read.dataset,
    )


def rows(folder: Path, take: Taken, *columns: str, of: str = ROWS_FILE) -> list[tuple[Any, ...]]:
    path = Editions(folder / "data").path(take.edition) / of
    told = ", ".join(f'"{c}"' for c in columns)
    return sorted(duckdb.sql(f"select {told} from '{path}'").fetchall(), key=str)


def faults(folder: Path, text: str) -> list[str]:
    (folder / "map.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(AidError) as error:
        mapped(folder / "map.yaml", load())
    return str(error.value).splitlines()


def test_a_mapping_makes_rows_of_a_table_that_we_do_not_know(tmp_path: Path) -> None:
    take = taken(tmp_path, MAP, TABLE)
    assert take.edition.id.startswith("aid/csv-zembla/2024-01/")
    found = rows(
        tmp_path, take, "row", "country", "place", "year", "period", "program", "kind",
        "currency", "amount", "agency", "donor", "vintage",
    )  # fmt: skip
    assert found == [
        (2, "TD", "Tschad", 2022, "calendar-year", "Wasser", "committed", "EUR",
         Decimal("1234.50"), "Amt für Hilfe", "DE", "2024-01"),
        (3, "GE", "Georgia", 2022, "calendar-year", "Wasser", "disbursed", "EUR",
         Decimal("-7.50"), None, "DE", "2024-01"),
        (4, "AM", "ARM", 2023, "calendar-year", None, "committed", "EUR",
         None, "Amt", "DE", "2024-01"),
    ]  # fmt: skip


def test_what_holds_for_all_rows_stands_once_in_the_mapping(tmp_path: Path) -> None:
    text = (
        "title: T\ndataset: t\nvintage: 2024-01\ncolumns: {trainees: n}\n"
        "constants: {country: Norway, kind: cost, year: 2020, program: IMET}\n"
    )
    take = taken(tmp_path, text, "n\n1000\n")
    columns = ("country", "place", "kind", "year", "trainees", "program", "period", "currency")
    assert rows(tmp_path, take, *columns) == [
        ("NO", "Norway", "cost", 2020, 1000, "IMET", "fiscal-year", "USD")
    ]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("Tschad;2022", "Tschaad;2022", "column 'Land': row 2: 'Tschaad': not a country"),
        (";Zusage;k", ";Zusagen;k", "column 'Art': row 4: 'Zusagen': not one of requested"),
        ("ARM;2023", "ARM;2023/24", "column 'Jahr': row 4: '2023/24': not a year of four digits"),
        ("ARM;2023", "ARM;FY23", "column 'Jahr': row 4: 'FY23'"),
        ("-7,5;", "1,234.50;", "row 3, column 'Betrag': '1,234.50': not a number"),
        ("-7,5;", "1.23;", "row 3, column 'Betrag': '1.23': not a number"),
        ("-7,5;", "sieben;", "row 3, column 'Betrag': 'sieben': not a number"),
        ("-7,5;", f"{'9' * 25};", "not a number"),
        ("ARM;2023", ";2023", "column 'Land': row 4: '': not a country"),
        ("Bemerkung", "Notiz", "has no such column: 7 ('Notiz')"),
        ("Betrag;", "Summe;", "lacks"),
    ],
)
def test_a_cell_that_means_nothing_known_is_refused_with_its_place(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    assert old in TABLE
    with pytest.raises(AidError) as error:
        taken(tmp_path, MAP, TABLE.replace(old, new, 1))
    assert str(error.value).startswith("table.csv: ")
    assert told in str(error.value)
    assert Editions(tmp_path / "data").all("aid") == ()


def test_half_a_person_is_no_number_of_trainees(tmp_path: Path) -> None:
    text = (
        "title: T\ndataset: t\nvintage: 2024-01\ncolumns: {trainees: n}\n"
        "constants: {country: Norway, kind: cost}\n"
    )
    with pytest.raises(AidError, match="row 2, column 'n': '1.5': not a whole number"):
        taken(tmp_path, text, "n\n1.5\n")


@pytest.mark.parametrize("cell", ["-3", "(3)"])
def test_fewer_persons_than_none_is_no_number_of_trainees(tmp_path: Path, cell: str) -> None:
    text = (
        "title: T\ndataset: t\nvintage: 2024-01\ncolumns: {trainees: n, amount: a}\n"
        "constants: {country: Norway, kind: cost, currency: USD}\n"
    )
    where = re.escape(f"row 3, column 'n': '{cell}': not a whole number of persons, none below")
    with pytest.raises(AidError, match=where):
        taken(tmp_path, text, f"n,a\n0,-5\n{cell},7\n")
    take = taken(tmp_path, text, "n,a\n0,-5\n")
    assert rows(tmp_path, take, "trainees", "amount") == [(0, -5)]


def test_a_program_must_be_known_unless_the_mapping_says_otherwise(tmp_path: Path) -> None:
    known = MAP.replace("programs: as-printed\n", "")
    with pytest.raises(AidError, match="column 'Programm': row 2 and 1 more row: 'Wasser'"):
        taken(tmp_path, known, TABLE)
    take = taken(tmp_path, known, TABLE.replace("Wasser", "FMF"))
    assert rows(tmp_path, take, "program") == [("FMF",), ("FMF",), (None,)]


def test_the_same_table_under_another_mapping_is_not_taken_for_the_one_on_hand(
    tmp_path: Path,
) -> None:
    first = taken(tmp_path, MAP, TABLE)
    assert taken(tmp_path, MAP, TABLE).fresh is False
    with pytest.raises(AidError, match=r"on hand already, with the mapping '[0-9a-f]{64}', not"):
        taken(tmp_path, MAP.replace("EUR", "CHF"), TABLE)
    assert rows(tmp_path, first, "currency") == [("EUR",)] * 3


def test_columns_of_the_file_may_be_called_like_our_words(tmp_path: Path) -> None:
    text = (
        "title: T\ndataset: t\nvintage: 2024-01\n"
        "columns: {country: kind, kind: country, amount: row}\n"
        "constants: {currency: USD}\nignore: [amount]\n"
    )
    take = taken(tmp_path, text, "kind,country,row,amount\nARM,spent,5,6\n")
    assert rows(tmp_path, take, "row", "country", "kind", "amount") == [
        (2, "AM", "spent", Decimal("5.00"))
    ]


def test_what_stands_in_cells_and_mapping_is_never_run(tmp_path: Path) -> None:
    text = (
        "title: T\ndataset: t\nvintage: 2024-01\n"
        'columns: {country: "x\') from printed; drop table rows; --", amount: \'"a"\'}\n'
        'constants: {currency: USD, kind: spent, agency: "O\'Neill"}\nempty: ["\'"]\n'
    )
    table = 'x\') from printed; drop table rows; --,"""a"""\nCote d\'Ivoire,\'\n'
    take = taken(tmp_path, text, table)
    assert rows(tmp_path, take, "country", "agency", "amount") == [("CI", "O'Neill", None)]


def test_a_file_without_headings_gets_them_from_the_mapping(tmp_path: Path) -> None:
    text = MAP + "header: [Land, Jahr, Programm, Art, Betrag, Amt, Bemerkung]\n"
    take = taken(tmp_path, text, TABLE.split("\n", 1)[1])
    found = rows(tmp_path, take, "row", "country", "amount")
    assert found == [(1, "TD", Decimal("1234.50")), (2, "GE", Decimal("-7.50")), (3, "AM", None)]


def test_a_record_with_other_cells_than_the_mapping_names_is_refused(tmp_path: Path) -> None:
    text = MAP + "header: [Land, Jahr, Programm, Art, Betrag, Amt, Bemerkung]\n"
    with pytest.raises(
        AidError, match=r"table.csv: row 3: It has 8 cells, and the mapping names 7"
    ):
        taken(tmp_path, text, TABLE.split("\n", 1)[1].replace("zwei", "zwei;drei"))


def test_a_list_gives_each_name_with_what_is_told_of_it(tmp_path: Path) -> None:
    take = taken(tmp_path, LIST, NAMES, file="persons_2024-01.csv")
    assert take.edition.id.startswith("lists/list-persons/2024-01/")
    columns = ("row", "name", "kind", "country", "id", "program", "remark")
    assert rows(tmp_path, take, *columns, of=NAMES_FILE) == [
        (2, "1 Bn", "unit", "GE", "1", "X", "seen"),
        (2, "First Battalion", "unit", "GE", "1", "X", "seen"),
        (3, "Anna Ivanova", "person", None, "2", "X", None),
    ]
    assert Editions(tmp_path / "data").all("aid") == ()


def test_a_country_on_a_list_that_is_not_known_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AidError, match="column 'Country': row 2: 'Karabia': not a country"):
        taken(tmp_path, LIST, NAMES.replace("Georgia", "Karabia"), file="persons_2024-01.csv")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("dataset: zembla", "dataset: Zem bla", "map.yaml:2: 'Zem bla' is no name for a dataset"),
        ('delimiter: ";"', 'delimiter: ";;"', "map.yaml:4: ';;' is neither one character nor tab"),
        ("  agency: Amt", "  agancy: Amt", "map.yaml:12: 'agancy' is none of our words; the near"),
        ("  agency: Amt", "  agency: Betrag", "map.yaml:12: The column 'Betrag' is named for 'am"),
        ("  currency: EUR", "  currency: Euro", "map.yaml:14: 'Euro' is not a code of ISO 4217"),
        ("  donor: DE", "  donor: QX", "map.yaml:16: 'QX' is not a country that we know"),
        ("calendar-year", "year", "map.yaml:15: 'year' is not one of fiscal-year, "),
        ("Zusage: committed", "Zusage: promised", "map.yaml:18: 'promised' is not one of"),
        ("Tschad: TD", "Tschad: QX", "map.yaml:19: 'QX' is not a country that we know"),
        ("  donor: DE", "  year: 2020", "map.yaml:16: 'year' has a column as well"),
        ("  donor: DE", "  amount: 5", "map.yaml:16: 'amount' has a column as well"),
        ("  donor: DE", "  trainees: 5", "map.yaml:16: 'trainees' cannot be the same in every row"),
        ("  kind: Art\n", "", "map.yaml:1: Say the kind: its column under columns"),
        ("  amount: Betrag\n", "", "map.yaml:1: No column holds a number"),
        ("  currency: EUR\n", "", "map.yaml:1: Say the currency"),
        ("ignore: [Bemerkung]", "ignored: [Bemerkung]", "map.yaml:22: The key 'ignored' is not"),
        ("decimal: comma", "decimal: semicolon", "map.yaml:5: 'semicolon' is not one of the known"),
        ("title: Assistance of Zembla\n", "", "map.yaml:1: The key 'title' is missing"),
        ("ignore: [Bemerkung]", "encoding: ebcdic", "map.yaml:22: 'ebcdic' is not read"),
        ("ignore: [Bemerkung]", "ignore: [Land]", "map.yaml:22: The column 'Land' is named"),
        ("ignore: [Bemerkung]", "header: [Land]", "'Jahr' is not in the header"),
        ("  kind: {Zus", "  purpose: {a: b}\n  kind: {Zus", "There is no column for 'purpose'"),
    ],
)
def test_a_fault_of_a_mapping_has_its_line(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in MAP
    found = faults(tmp_path, MAP.replace(old, new, 1))
    assert any(told in fault for fault in found), found


def test_every_fault_of_a_mapping_is_told_at_once(tmp_path: Path) -> None:
    text = MAP.replace("EUR", "Euro").replace("DE", "QX")
    assert len(faults(tmp_path, text)) == 2


def test_a_constant_program_that_the_law_data_do_not_know_is_refused(tmp_path: Path) -> None:
    text = MAP.replace("programs: as-printed\n", "").replace("  program: Programm\n", "")
    (told,) = faults(tmp_path, text.replace("  donor: DE", "  program: IMETT"))
    assert told.startswith("map.yaml:15: 'IMETT' is not a program that the law data know")
    assert "IMET" in told.split("near it: ")[1]


def test_headings_that_nobody_reads_are_refused_also_in_a_mapping(tmp_path: Path) -> None:
    header = "header: [Land, Jahr, Programm, Art, Betrag, Amt, Bemerkung, Rest]\n"
    assert faults(tmp_path, MAP + header) == [
        "map.yaml:23: 'Rest' is neither read nor under 'ignore'."
    ]


@pytest.mark.parametrize("text", ["", "[]", "title: [", "a: &x 1", "\x00"])
def test_rubbish_is_no_mapping(tmp_path: Path, text: str) -> None:
    assert faults(tmp_path, text)[0].startswith("map.yaml:")


def test_a_mapping_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(AidError, match="The mapping cannot be read"):
        mapped(tmp_path / "none.yaml", load())


REFERENCE = Path(__file__).parents[2] / "docs/reference/mappings.md"


def blocks(kind: str) -> list[str]:
    found = re.findall(r"^```(\w*)\n(.*?)^```\n", REFERENCE.read_text("utf-8"), re.M | re.S)
    return [text for word, text in found if word == kind]


def test_the_example_of_the_manual_reads_its_table(tmp_path: Path) -> None:
    table = next(b for b in blocks("") if b.startswith("Land;"))
    take = taken(tmp_path, blocks("yaml")[0], table)
    assert rows(tmp_path, take, "country", "amount") == [
        ("GE", Decimal("-7.50")),
        ("TD", Decimal("1234.50")),
    ]


def test_the_manual_names_every_key_and_word_of_a_mapping() -> None:
    page = REFERENCE.read_text("utf-8")
    named = set(re.findall(r"`([a-z-]+)`", page))
    assert {*Map.__struct_fields__, *WORDS, *Names.__struct_fields__} <= named | {"list"}


def test_the_list_of_the_treasury_is_read_by_the_mapping_of_the_manual(tmp_path: Path) -> None:
    # Two records of its shape, about nobody: a number, a name, a type, a program, then eight more.
    text = (
        '36,"ZEMBLA AIR","-0- ","KARABIA",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n'
        '173,"IVANOV, Ivan","individual","KARABIA","Mr, and more",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,'
        '"DOB 1960."\r\n\x1a'
    )
    take = taken(tmp_path, blocks("yaml")[1], text, file="sdn_2025-04-01.csv")
    columns = ("row", "name", "kind", "id", "program", "remark", "country")
    assert rows(tmp_path, take, *columns, of=NAMES_FILE) == [
        (1, "ZEMBLA AIR", None, "36", "KARABIA", None, None),
        (2, "IVANOV, Ivan", "individual", "173", "KARABIA", "DOB 1960.", None),
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("\x1a\n1,a\n", r"row 1: It has 1 cells"),
        ('1,"a\n', r"line 1: It is no CSV"),
        ("1,\xe9\n", r"It is not UTF-8"),
    ],
)
def test_a_damaged_file_without_headings_is_refused(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "map.yaml").write_text(
        "title: T\ndataset: t\nlist: {names: [b]}\nheader: [a, b]\nignore: [a]\n"
    )
    (tmp_path / "t_2025-01.csv").write_bytes(text.encode("latin-1"))
    read = mapped(tmp_path / "map.yaml", load())
    with pytest.raises(AidError, match=f"t_2025-01.csv: .*{told}"):
        take_in(
            tmp_path / "t_2025-01.csv",
            Editions(tmp_path / "data"),
            load(),
            at=datetime(2026, 11, 26, tzinfo=UTC),
            mapped=read.dataset,
        )


def test_the_command_takes_a_mapping_and_its_options_count_first(tmp_path: Path) -> None:
    (tmp_path / "map.yaml").write_text(MAP, encoding="utf-8")
    (tmp_path / "t.csv").write_text(TABLE.replace(";", "|"), encoding="utf-8")
    common = ["aid", "import", str(tmp_path / "t.csv"), "--data", str(tmp_path / "data")]
    given = ["--mapping", str(tmp_path / "map.yaml"), "--delimiter", "|", "--vintage", "2025-02"]
    result = CliRunner().invoke(main, [*common, *given])
    assert result.exit_code == 0, result.output
    assert "taken in as aid/csv-zembla/2025-02/" in result.output


def test_an_option_that_says_what_is_usual_counts_before_the_mapping(tmp_path: Path) -> None:
    (tmp_path / "map.yaml").write_text(MAP + "encoding: windows-1252\n", encoding="utf-8")
    table = TABLE.replace("1.234,50", "1234").replace("-7,5", "-7").replace(";", ",")
    (tmp_path / "t.csv").write_text(table, encoding="utf-8")
    call = ["aid", "import", str(tmp_path / "t.csv"), "--data", str(tmp_path / "data"), "--json"]
    given = ["--mapping", str(tmp_path / "map.yaml"), "--delimiter", ",", "--encoding", "utf-8"]
    result = CliRunner().invoke(main, [*call, *given])
    assert result.exit_code == 0, result.output
    (file,) = json.loads(result.stdout)["files"]
    assert file["rows"] == 3
    assert not {"encoding", "delimiter"} & {*file["about"]}


def test_a_fault_of_the_mapping_ends_the_command_before_any_file(tmp_path: Path) -> None:
    (tmp_path / "map.yaml").write_text(MAP.replace("EUR", "Euro"), encoding="utf-8")
    (tmp_path / "t.csv").write_text(TABLE, encoding="utf-8")
    result = CliRunner().invoke(
        main,
        ["aid", "import", str(tmp_path / "t.csv"), "--data", str(tmp_path / "data"),
         "--mapping", str(tmp_path / "map.yaml")],
    )  # fmt: skip
    assert result.exit_code == 2
    assert "map.yaml:14: 'Euro' is not a code of ISO 4217" in result.stderr
    assert not (tmp_path / "data").exists()
