"""Cells: every cell of a CSV as it is printed, by its record number, or an error there."""

import csv
import io
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gravamen.aid.files.cells import load_cells
from gravamen.aid.files.dataset import AidError, Dataset
from gravamen.aid.files.header import Header
from gravamen.aid.files.unpacked import unpack

KITES = Dataset(
    name="kites",
    title="Kites",
    columns={"place": (), "note": ()},
    needed=frozenset(),
    typed=lambda printed: None,
)
HEADER = Header(KITES, ("place", "note"), ("Place", "Note"), ())


def quiet(what: str, share: float | None) -> None:
    """Say nothing."""


def cells(
    folder: Path, content: str | bytes, *, delimiter: str = ",", name: str = "t.csv"
) -> list[tuple[object, ...]]:
    file = folder / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    text = unpack(file, folder, encoding="utf-8", tell=quiet)
    con = duckdb.connect()
    to = folder / "printed.parquet"
    rows = load_cells(con, text, HEADER, to, name=name, delimiter=delimiter, tell=quiet)
    found = con.execute(f"select * from '{to}' order by row").fetchall()
    assert len(found) == rows
    return found


def test_every_cell_is_kept_as_it_is_printed(tmp_path: Path) -> None:
    content = 'Place,Note\n" a ",\nNULL,"say ""so"""\nnan,"x\ny"\n#7,007\n'
    assert cells(tmp_path, content) == [
        (2, " a ", ""),
        (3, "NULL", 'say "so"'),
        (4, "nan", "x\ny"),
        (5, "#7", "007"),
    ]


def test_a_line_end_in_quotes_does_not_shift_the_row(tmp_path: Path) -> None:
    found = cells(tmp_path, 'Place,Note\nA,"1\n2\n3"\nB,x\n')
    assert found == [(2, "A", "1\n2\n3"), (3, "B", "x")]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_each_kind_of_line_end_is_read(tmp_path: Path, end: str) -> None:
    assert cells(tmp_path, f"Place,Note{end}A,1{end}B,2{end}") == [(2, "A", "1"), (3, "B", "2")]


def test_another_delimiter_is_used_as_given(tmp_path: Path) -> None:
    assert cells(tmp_path, "Place;Note\nA;1,5\n", delimiter=";") == [(2, "A", "1,5")]


def test_a_quote_within_a_cell_is_a_character(tmp_path: Path) -> None:
    assert cells(tmp_path, 'Place,Note\n6" gun,x\n5" gun,y\n') == [
        (2, '6" gun', "x"),
        (3, '5" gun', "y"),
    ]
    assert cells(tmp_path, 'Place,Note\n6" gun,x\nB,y\n') == [(2, '6" gun', "x"), (3, "B", "y")]


def test_a_file_whose_name_has_signs_of_a_pattern_is_itself(tmp_path: Path) -> None:
    for name in ("a[1].csv", "*.csv", "it's?.csv"):
        assert cells(tmp_path, f"Place,Note\nA,{len(name)}\n", name=name) == [
            (2, "A", str(len(name)))
        ]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("Place,Note\nA,1\nB\n", "row 3: It has 1 cells, the header 2"),
        ("Place,Note\nA,1,2\n", "row 2: It has 3 cells"),
        ('Place,Note\nA,"x\ny"\nB,"1\nC,2\n', "row 3: a quote is opened and never closed"),
        ('Place,Note\nA,1\nB,"1"x\n', "row 3: "),
        ("Place,Note\nA,1\n\nB,2\n", "row 3: The line is blank"),
        ("Place,Note\nA,1\r\nB,2\n", "end in more than one way"),
        ("Place,Note\n", "a header and no row"),
        (b"Place,Note\nA,1\nB,caf\xe9\n", "row 3, column 'Note': The byte 0xE9 is no UTF-8"),
        ("Place,Note\nA,1\nB,x\0y\n", "row 3, column 'Note': There is a zero byte"),
    ],
)
def test_what_is_broken_is_told_with_its_row(
    tmp_path: Path, content: str | bytes, told: str
) -> None:
    with pytest.raises(AidError) as error:
        cells(tmp_path, content)
    assert str(error.value).startswith("t.csv: ")
    assert told in str(error.value)


def test_a_row_that_the_parser_loses_is_missed(tmp_path: Path, monkeypatch) -> None:
    def losing(con: duckdb.DuckDBPyConnection, sql: str, *_: object) -> None:
        copied, to = sql.split(") to '")
        con.execute(f"{copied} where place <> 'B') to '{to}")

    monkeypatch.setattr("gravamen.aid.files.cells.watched", losing)
    with pytest.raises(AidError, match="has 3 records, of which 2 were understood"):
        cells(tmp_path, "Place,Note\nA,1\nB,2\nC,3\n")


def test_blank_lines_at_the_end_are_no_rows(tmp_path: Path) -> None:
    assert cells(tmp_path, "Place,Note\nA,1\n\n\n") == [(2, "A", "1")]


def test_many_rows_keep_their_order_over_the_blocks_of_the_parser(tmp_path: Path) -> None:
    note = "x\n" * 40
    content = "Place,Note\n" + "".join(f'{n},"{note}"\n' for n in range(2, 260_002))
    file = tmp_path / "t.csv"
    file.write_text(content)
    text = unpack(file, tmp_path, encoding="utf-8", tell=quiet)
    con = duckdb.connect(config={"threads": 2})
    to = tmp_path / "printed.parquet"
    assert load_cells(con, text, HEADER, to, name="t.csv", delimiter=",", tell=quiet) == 260_000
    wrong = con.execute(f"select count(*) from '{to}' where place <> row::varchar").fetchone()
    assert wrong == (0,)


@settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60
)
@given(
    st.lists(
        st.tuples(*[st.text(alphabet='ab1",;\n $#\u0430\u200b', max_size=8)] * 2),
        min_size=1,
        max_size=5,
    )
)
def test_what_was_written_is_read_again_exactly(
    tmp_path: Path, table: list[tuple[str, str]]
) -> None:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerows([("Place", "Note"), *table])
    assert cells(tmp_path, out.getvalue()) == [(n, *c) for n, c in enumerate(table, 2)]
