"""Intake: a file into an edition, whole or not at all."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import msgspec
import pytest

from gravamen.aid.files import datasets, intake
from gravamen.aid.files.dataset import AidError, Dataset
from gravamen.aid.files.intake import ROWS_FILE, Reading, Taken, take_in
from gravamen.aid.files.printed import Printed
from gravamen.aid.line import Row
from gravamen.editions import EditionError, Editions
from gravamen.law import load

AT = datetime(2026, 11, 26, 4, 30, tzinfo=UTC)
TABLE = (
    "Country Code,Country Name,Transaction Type ID,Transaction Type Name,Fiscal Year,"
    "current_amount\nARM,Armenia,2,Obligations,2020,1000\n"
)


def take(folder: Path, content: str = TABLE, name: str = "c_2025-04.csv", **how: object) -> Taken:
    file = folder / name
    file.write_text(content, newline="")
    reading = Reading(**how)  # type: ignore[arg-type]  # the fields of a reading
    return take_in(file, Editions(folder / "data"), load(), at=AT, reading=reading)


def kept(folder: Path) -> list[str]:
    data = folder / "data"
    return sorted(str(p.relative_to(data)) for p in data.rglob("*") if p.is_file())


def test_an_edition_says_what_it_was_made_of(tmp_path: Path) -> None:
    edition = take(tmp_path).edition
    assert edition.id == f"aid/foreignassistance/2025-04/{edition.sha256[:12]}"
    assert (edition.file, edition.size, edition.rows) == ("c_2025-04.csv", len(TABLE), 1)
    assert edition.columns[:2] == ("Country Code", "Country Name")
    assert edition.taken_in == "2026-11-26T04:30:00Z"
    assert kept(tmp_path) == [
        f"{edition.id}/{name}"
        for name in ("checks.json", "edition.json", "printed.parquet", "rows.parquet")
    ]


def test_the_rows_have_the_fields_of_a_row_with_its_defaults(tmp_path: Path) -> None:
    path = Editions(tmp_path / "data").path(take(tmp_path).edition) / ROWS_FILE
    table = duckdb.sql(f"select * from '{path}'")
    assert tuple(table.columns) == Row.__struct_fields__
    cells = dict(zip(table.columns, table.fetchall()[0], strict=True))
    row = msgspec.convert(cells | {"amount": float(cells["amount"])}, Row)
    assert row == Row(
        row=2,
        country="AM",
        place="Armenia",
        vintage="2025-04",
        year=2020,
        kind="obligated",
        amount=1000,
        donor="US",
    )


def test_the_same_bytes_again_change_nothing(tmp_path: Path) -> None:
    first = take(tmp_path)
    before = {name: (tmp_path / "data" / name).stat().st_mtime_ns for name in kept(tmp_path)}
    again = take(tmp_path, name="other_name.csv")
    assert (first.fresh, again.fresh, again.edition) == (True, False, first.edition)
    assert before == {
        name: (tmp_path / "data" / name).stat().st_mtime_ns for name in kept(tmp_path)
    }


def test_the_same_bytes_under_another_vintage_are_refused_with_the_way_out(tmp_path: Path) -> None:
    edition = take(tmp_path).edition
    with pytest.raises(AidError, match=f"vintage '2025-04', not '2024-01'.*{edition.sha256[:12]}"):
        take(tmp_path, vintage="2024-01")


@pytest.mark.parametrize(
    ("name", "vintage"),
    [
        ("country_2022-10.csv", "2022-10"),
        ("2025-04-30_country.csv", "2025-04-30"),
        ("x 2023-03 (1).csv", "2023-03"),
    ],
)
def test_the_vintage_is_the_date_in_the_name(tmp_path: Path, name: str, vintage: str) -> None:
    assert take(tmp_path, name=name).edition.vintage == vintage


@pytest.mark.parametrize(
    "name", ["country.csv", "country_2022.csv", "120220-10.csv", "9999-99.csv"]
)
def test_a_name_without_a_date_asks_for_the_vintage(tmp_path: Path, name: str) -> None:
    with pytest.raises(AidError, match="--vintage 2025-04"):
        take(tmp_path, name=name)
    assert take(tmp_path, name=name, vintage="2025-04").edition.vintage == "2025-04"


def test_a_vintage_that_names_no_folder_keeps_nothing(tmp_path: Path) -> None:
    with pytest.raises(EditionError):
        take(tmp_path, vintage="../../2025")
    assert kept(tmp_path) == []


def test_columns_that_nobody_reads_are_kept_as_printed_where_that_is_allowed(
    tmp_path: Path,
) -> None:
    content = TABLE.replace("current_amount\n", "current_amount,Row\n").replace(
        "1000\n", "1000,x\n"
    )
    with pytest.raises(AidError, match=r"7 \('Row'\)"):
        take(tmp_path, content)
    taken = take(tmp_path, content, allow_extra=True)
    path = Editions(tmp_path / "data").path(taken.edition) / "printed.parquet"
    found = duckdb.sql(f"select row, \"Row (column 7)\" from '{path}'").fetchall()
    assert found == [(2, "x")]
    assert taken.edition.about["unread columns"] == "Row"
    assert any("Row" in notice for notice in taken.notices)


def test_a_file_without_a_last_line_end_is_told_of(tmp_path: Path) -> None:
    taken = take(tmp_path, TABLE[:-1])
    assert any("line end" in notice for notice in taken.notices)
    assert dict(taken.edition.about) == {"end": "no line end after its last row"}
    assert take(tmp_path, TABLE).notices == ()


def test_how_it_was_read_is_kept_with_it(tmp_path: Path) -> None:
    file = tmp_path / "c_2025-04.csv"
    file.write_bytes(TABLE.replace(",", ";").replace("Armenia", "Arménie").encode("utf-16"))
    reading = Reading(encoding="utf-16", delimiter=";")
    editions = Editions(tmp_path / "data")
    taken = take_in(file, editions, load(), at=AT, reading=reading)
    path = editions.path(taken.edition) / ROWS_FILE
    assert duckdb.sql(f"select country, place from '{path}'").fetchall() == [("AM", "Arménie")]
    assert dict(taken.edition.about) == {"encoding": "utf-16", "delimiter": ";"}


def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "c_2025-04.csv"
    file.write_text(TABLE)

    def tell(what: str, share: float | None) -> None:
        if what == "reading the rows":
            os.utime(file, (1, 1))

    with pytest.raises(AidError, match="changed while it was read"):
        take_in(file, Editions(tmp_path / "data"), load(), at=AT, tell=tell)
    assert kept(tmp_path) == []


def test_what_stops_in_the_middle_leaves_nothing(tmp_path: Path) -> None:
    file = tmp_path / "c_2025-04.csv"
    file.write_text(TABLE)

    def stop(what: str, share: float | None) -> None:
        if what == "reading the rows":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        take_in(file, Editions(tmp_path / "data"), load(), at=AT, tell=stop)
    assert list((tmp_path / "data").iterdir()) == []


def _lossy(printed: Printed) -> None:
    printed.con.execute(
        "create table rows as select row, 'AM' as country, 'Armenia' as place, '2025' as vintage "
        "from printed where count <> '2'"
    )


def _vague(printed: Printed) -> None:
    printed.con.execute(
        "create table rows as select row, if(count = '2', null, 'AM') as country, "
        "'Armenia' as place, '2025' as vintage from printed"
    )


@pytest.mark.parametrize(
    ("typed", "told"), [(_lossy, "3 records became 2 rows"), (_vague, "row 3 lacks")]
)
def test_a_reader_that_loses_a_row_is_found_out(
    tmp_path: Path, typed: intake.Tell, told: str
) -> None:
    kites = Dataset("kites", "Kites", {"count": ()}, frozenset({"count"}), typed)  # type: ignore[arg-type]
    (tmp_path / "k_2025-01.csv").write_text("count\n1\n2\n3\n")
    with pytest.raises(AidError, match=told):
        take_in(
            tmp_path / "k_2025-01.csv", Editions(tmp_path / "data"), load(), at=AT, mapped=kites
        )
    assert kept(tmp_path) == []


def test_there_is_one_dataset_of_each_name() -> None:
    names = [d.name for d in datasets.DATASETS]
    assert len(set(names)) == len(names)


def test_the_checks_of_an_edition_lie_beside_it(tmp_path: Path) -> None:
    taken = take(tmp_path)
    path = Editions(tmp_path / "data").path(taken.edition) / "checks.json"
    assert json.loads(path.read_bytes()).keys() == taken.checks.keys() == {"2025-04"}
