"""Printed: cells into values; what cannot be read is told with its place."""

import duckdb
import pytest

from gravamen.aid.files.dataset import AidError
from gravamen.aid.files.printed import Printed
from gravamen.law import load
from gravamen.values import GravamenError


def printed(*cells: tuple[str, str]) -> Printed:
    con = duckdb.connect()
    con.execute("create table printed (year varchar, place varchar, row bigint)")
    for row, cell in enumerate(cells, 2):
        con.execute("insert into printed values (?, ?, ?)", [*cell, row])
    return Printed(con, load(), vintage="v", file="t.csv", headings={"year": "Fiscal Year"})


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1200", 1200), ("$1,200", 1200), (" 1,234,567.25 ", 1234567.25), ("-658171", -658171),
        ("(658,171)", -658171), ("-$3", -3), ("$-3", -3), ("($3.50)", -3.5), ("0", 0),
        ("0.005", 0.005), ("$1,234.567891", 1234.567891),
    ],
)  # fmt: skip
def test_a_number_is_read_as_it_is_printed(text: str, number: float) -> None:
    found = printed().con.execute("select is_number(?), number(?)", [text, text]).fetchone()
    assert found is not None
    assert (found[0], float(found[1])) == (True, number)


@pytest.mark.parametrize(
    "text",
    ["", " ", "$", "-", "1500 9/29/2009", "1,23", "12,34,567", "1.234,50", "1e6", "1 200", "٣",
     "N/A", "(5", "5)", "--5", "1.", ".5", "nan", "inf", "0x10", "1_000"],
)  # fmt: skip
def test_what_is_no_number_is_never_made_one(text: str) -> None:
    found = printed().con.execute("select is_number(?), number(?)", [text, text]).fetchone()
    assert found == (False, None)


def test_a_number_too_large_for_the_column_is_none() -> None:
    found = printed().con.execute("select number('9999999999999999999999')").fetchone()
    assert found == (None,)


def test_each_different_cell_is_read_once() -> None:
    asked: list[str] = []
    p = printed(("2020", "A"), ("2020", "B"), ("2021", "A"))
    p.mapped("year", lambda text: asked.append(text) or text[2:], what="a year")
    assert sorted(asked) == ["2020", "2021"]
    found = p.con.execute("select printed, value from m_year order by 1").fetchall()
    assert found == [("2020", "20"), ("2021", "21")]


def test_several_columns_are_read_together_into_several_values() -> None:
    p = printed(("2020", "A"), ("2020", "B"))
    p.mapped(
        ("year", "place"),
        lambda year, place: (int(year), None if place == "B" else place),
        what="a year and a place",
        into={"y": "INTEGER", "p": "VARCHAR"},
    )
    found = p.con.execute("select year, place, y, p from m_year order by 2").fetchall()
    assert found == [("2020", "A", 2020, "A"), ("2020", "B", 2020, None)]


def test_a_cell_that_cannot_be_read_is_told_with_file_row_column_and_remedy() -> None:
    p = printed(("2020", "A"), ("twenty", "B"), ("twenty", "C"))
    with pytest.raises(AidError) as error:
        p.mapped(
            "year",
            lambda text: text if text.isdigit() else None,
            what="a fiscal year",
            remedy="Correct it.",
        )
    assert str(error.value) == (
        "t.csv: column 'Fiscal Year': row 3 and 1 more row: 'twenty': not a fiscal year. "
        "Correct it."
    )


def test_the_reason_of_a_reader_is_told() -> None:
    def reader(text: str) -> str:
        raise GravamenError("it is a Tuesday.")

    with pytest.raises(AidError, match=r"row 2: 'x' \(it is a Tuesday\): not a year\."):
        printed(("x", "A")).mapped("year", reader, what="a year")


def test_of_many_bad_cells_five_are_named() -> None:
    p = printed(*((f"y{n}", "A") for n in range(9)))
    with pytest.raises(AidError) as error:
        p.mapped("year", lambda text: None, what="a year")
    assert str(error.value).count("row ") == 5
    assert "and others" in str(error.value)


def test_refuse_names_five_places_and_how_many_there_are() -> None:
    p = printed(*((f"y{n}", "A") for n in range(7)))
    with pytest.raises(AidError) as error:
        p.refuse("select row, 'year', year from printed", "a year", "Correct it.")
    assert str(error.value) == (
        "t.csv: row 2, column 'Fiscal Year': 'y0'; row 3, column 'Fiscal Year': 'y1'; row 4, "
        "column 'Fiscal Year': 'y2'; row 5, column 'Fiscal Year': 'y3'; row 6, column "
        "'Fiscal Year': 'y4'; and 2 more: not a year. Correct it."
    )


def test_refuse_of_nothing_says_nothing() -> None:
    printed(("2020", "A")).refuse("select row, 'year', year from printed where false", "a year")
