"""Cells: a CSV into the columns of a Parquet file, every cell as printed, by its record number.

DuckDB parses the file, since it may be larger than memory. What it made of it is held against our
own count of the records; where the two differ, or it stops, Python's parser finds the place.
"""

import csv
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb

from gravamen.aid.files.dataset import AidError
from gravamen.aid.files.header import Header
from gravamen.aid.files.unpacked import ENCODINGS, Tell, Text

ROW_GROUP = 20_000
PARQUET = f"(format parquet, compression zstd, row_group_size {ROW_GROUP})"
POLL_S = 0.3
_SEEN = 40  # characters of a cell that an error shows


def load_cells(
    con: duckdb.DuckDBPyConnection,
    text: Text,
    header: Header,
    to: Path,
    *,
    name: str,
    delimiter: str,
    tell: Tell,
) -> int:
    """Write the cells of a CSV to a Parquet file, with `row`, and return how many rows it has.

    `row` is the number of the record, the header being 1: a line end within quotes does not shift
    it. Where the file has a column `row` of its own, as one that was made from XML has, it is that.

    Raises:
        AidError: a record with too many or too few cells, a quote that is never closed, blank or
            mixed line ends, bytes that are no UTF-8, no record at all; each with its row.
    """
    if text.line_end == "mixed":
        raise AidError(
            f"{name}: Its lines end in more than one way (LF, CRLF, CR outside quotes), so that "
            "its records cannot be told apart for sure. Save it again with one kind of line end."
        )
    if text.blank or text.zero or text.records is None:
        _examine(text, header, name, delimiter)
    if text.records == 1:
        raise AidError(f"{name}: There is a header and no row. Fetch the file again.")
    try:
        watched(con, _query(text, header, to, delimiter), "taking in", tell)
    except (duckdb.IOException, duckdb.OutOfMemoryException):
        raise  # no fault of the file
    except duckdb.Error as error:
        _examine(text, header, name, delimiter)
        raise AidError(f"{name}: It cannot be read as CSV: {_first(error)}") from None
    found = con.execute("select count(*) from read_parquet(?)", [str(to)]).fetchone()
    rows = int(found[0]) if found else 0
    if text.records != rows + 1:
        expected = _examine(text, header, name, delimiter)
        if expected != rows + 1:
            raise AidError(
                f"{name}: It has {expected - 1:,} records, of which {rows:,} were understood. "
                "Look for quotes that do not belong."
            )
    return rows


def watched(con: duckdb.DuckDBPyConnection, sql: str, what: str, tell: Tell) -> None:
    """Run a query and tell now and then how far it is."""
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(con.execute, sql)
        try:
            while True:
                try:
                    running.result(timeout=POLL_S)
                    return
                except TimeoutError:
                    done = con.query_progress()
                    tell(what, done / 100 if done >= 0 else None)
        except BaseException:
            con.interrupt()
            raise


def quoted(name: str) -> str:
    """A name as SQL writes an identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


def _query(text: Text, header: Header, to: Path, delimiter: str) -> str:
    columns = ", ".join(f"{literal(c)}: 'VARCHAR'" for c in header.columns)
    cells = ", ".join(quoted(c) for c in header.columns if c != "row")
    row = 'cast("row" as bigint)' if "row" in header.columns else "row_number() over () + 1"
    options = {
        "columns": f"{{{columns}}}",
        "auto_detect": "false",
        "header": "true",
        "delim": literal(delimiter),
        "quote": "'\"'",
        "escape": "'\"'",
        "comment": "''",
        "strict_mode": "true",
        "null_padding": "false",
        "force_not_null": f"[{', '.join(map(literal, header.columns))}]",  # '' stays ''
        "buffer_size": "8000000",
        "max_line_size": "2000000",
    }
    given = ", ".join(f"{key} = {value}" for key, value in options.items())
    source = f"read_csv({literal(_unglobbed(text.path))}, {given})"
    return f"copy (select {row} as row, {cells} from {source}) to {literal(str(to))} {PARQUET}"


def _unglobbed(path: Path) -> str:
    """A path in which no character stands for several."""
    return "".join(f"[{c}]" if c in "*?[" else c for c in str(path))


def _examine(text: Text, header: Header, name: str, delimiter: str) -> int:
    """Read record by record until something is wrong, and say what; return how many there are.

    Raises:
        AidError: what is wrong, with its row.
    """
    number = 0
    with text.path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as lines:
        records = enumerate(csv.reader(lines, delimiter=delimiter, strict=True), 1)
        blank = 0
        for number, cells in _until_broken(records, name):
            if not cells:
                blank = blank or number
                continue
            if blank:
                raise AidError(f"{name}: row {blank}: The line is blank. Take it out.")
            _sound(cells, number, header, name)
    return (blank or number + 1) - 1


def _until_broken(
    records: Iterator[tuple[int, list[str]]], name: str
) -> Iterator[tuple[int, list[str]]]:
    number = 0
    try:
        for number, cells in records:
            yield number, cells
    except csv.Error as error:
        why = str(error)
        if "unexpected end" in why:
            why = "a quote is opened and never closed: the file is cut short, or a quote is missing"
        elif "field larger" in why:
            why = f"a cell has more than {csv.field_size_limit():,} characters: a quote is missing"
        raise AidError(f"{name}: row {number + 1}: {why}. Correct it, or fetch it again.") from None


def _sound(cells: list[str], number: int, header: Header, name: str) -> None:
    """Refuse a record of other length than the header, bytes that are no UTF-8, zero bytes."""
    for column, cell in zip(header.printed, cells, strict=False):
        if not cell.isprintable():
            _sound_cell(cell, f"{name}: row {number}, column {column!r}")
    if len(cells) != len(header.printed):
        last = cells[-1][:_SEEN]
        raise AidError(
            f"{name}: row {number}: It has {len(cells)} cells, the header {len(header.printed)}; "
            f"the last is {last!r}. The file is cut short, or a delimiter or quote is missing or "
            "too many."
        )


def _sound_cell(cell: str, place: str) -> None:
    if bad := next((c for c in cell if "\udc80" <= c <= "\udcff"), None):
        shown = cell[:_SEEN].encode(errors="surrogateescape").decode(errors="replace")
        raise AidError(
            f"{place}: The byte 0x{ord(bad) - 0xDC00:02X} is no UTF-8 ({shown!r}). Say what the "
            f"file is with --encoding: {', '.join(ENCODINGS[1:])}."
        )
    if "\0" in cell:
        raise AidError(
            f"{place}: There is a zero byte in it, which no table has. Fetch the file again."
        )


def _first(error: duckdb.Error) -> str:
    """What the engine says, without its advice about its own options."""
    lines = [line for line in str(error).splitlines() if line.strip()]
    return " ".join(lines[:3]) if lines else type(error).__name__
