"""Header: which table it is, and which column is which."""

from pathlib import Path

import pytest

from gravamen.aid.files.dataset import AidError, Dataset
from gravamen.aid.files.header import Header, read_header, recognise

KITES = Dataset(
    name="kites",
    title="Kites by country",
    columns={"place": ("Country Name", "cuontry"), "count": ("Number of Kites",)},
    needed=frozenset({"place", "count"}),
    typed=lambda printed: None,
)
SWANS = KITES._replace(
    name="swans",
    title="Swans by country",
    columns={"place": ("Country Name",), "count": ("Number of Swans",), "lake": ("Lake",)},
    needed=frozenset({"place", "lake"}),
)


def of(*cells: str, allow_extra: bool = False) -> Header:
    return recognise(cells, (SWANS, KITES), "t.csv", allow_extra=allow_extra)


def test_a_header_is_known_whatever_its_case_spaces_underscores_and_order() -> None:
    header = of("number_of kites", " COUNTRY_name ")
    assert (header.dataset.name, header.columns) == ("kites", ("count", "place"))
    assert header.printed == ("number_of kites", " COUNTRY_name ")


def test_a_misprint_that_is_known_is_understood() -> None:
    assert of("cuontry", "count").columns == ("place", "count")


def test_of_two_tables_that_would_do_the_one_that_has_more_columns_is_meant() -> None:
    assert of("Country Name", "Lake", "Number of Swans").dataset.name == "swans"


def test_a_column_that_nobody_knows_is_refused_by_name_and_number() -> None:
    with pytest.raises(AidError, match=r"row 1: .*3 \('Colour'\).*--allow-extra"):
        of("place", "count", "Colour")


def test_extra_columns_keep_their_own_names_and_take_none_of_ours() -> None:
    header = of("place", "count", "Colour", "ROW", "", "river", allow_extra=True)
    assert header.columns == ("place", "count", "Colour", "ROW (column 4)", "column 5", "river")
    assert header.unread == ("Colour", "ROW", "", "river")


def test_a_column_that_stands_twice_is_refused() -> None:
    with pytest.raises(AidError, match=r"columns 1 \('place'\) and 3 \('Country Name'\)"):
        of("place", "count", "Country Name")


def test_a_table_that_lacks_a_column_is_told_which() -> None:
    with pytest.raises(AidError, match="most like Kites by country, but lacks 'place'"):
        of("Number of Kites")


def test_a_table_of_another_kind_is_told_what_is_known() -> None:
    with pytest.raises(AidError, match=r"no table that is known \('a', 'b'\).*--mapping"):
        of("a", "b")


@pytest.mark.parametrize(("mark", "told"), [(";", "';'"), ("\t", "'TAB'"), ("|", r"'\|'")])
def test_another_delimiter_is_told_with_its_option(tmp_path: Path, mark: str, told: str) -> None:
    file = tmp_path / "t.csv"
    file.write_text(mark.join(("place", "count")) + "\n")
    with pytest.raises(AidError, match=f"--delimiter {told}"):
        read_header(file, "t.csv", ",")
    assert read_header(file, "t.csv", mark) == ("place", "count")


def test_a_mark_of_byte_order_is_no_part_of_a_name(tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_bytes(b'\xef\xbb\xbf"place",count\n')
    assert read_header(file, "t.csv", ",") == ("place", "count")


def test_a_name_may_hold_a_line_end_in_quotes(tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_bytes(b'"number of\nkites",place\n1,x\n')
    assert of(*read_header(file, "t.csv", ",")).columns == ("count", "place")
