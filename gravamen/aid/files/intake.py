"""Intake: a file of assistance into an edition: its cells as printed, its rows typed and checked.

Whatever is wrong with the file, nothing of it is kept; what is kept is there whole.
"""

import re
import shutil
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple, get_args

import duckdb
import msgspec

from gravamen.aid.files.cells import PARQUET, literal, load_cells, quoted, watched
from gravamen.aid.files.check import CHECKS_FILE, ReportCheck, check_rows, checks_of
from gravamen.aid.files.dataset import AidError, Dataset
from gravamen.aid.files.datasets import DATASETS
from gravamen.aid.files.header import Header, read_header, recognise
from gravamen.aid.files.mapped import NAMES_FILE, write_names
from gravamen.aid.files.printed import Printed
from gravamen.aid.files.unpacked import Tell, Text, digest_of, unpack
from gravamen.aid.line import Kind, Period, Row
from gravamen.editions import Edition, EditionError, Editions
from gravamen.law import Law
from gravamen.values import Value, canonical

SUBJECT = "aid"
PRINTED_FILE, ROWS_FILE = "printed.parquet", "rows.parquet"
MEMORY = "256MB"  # of the engine; the whole process stays within twice that
_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d-[01]\d(?:-[0-3]\d)?)(?!\d)")
# The columns of rows.parquet: the fields of `aid.line.Row`. One that a reader does not make has the
# default of the field.
_TYPES = {
    "row": "BIGINT", "year": "INTEGER", "amount": "DECIMAL(24, 6)", "constant": "DECIMAL(24, 6)",
    "trainees": "BIGINT", "humanitarian": "BOOLEAN", "share": "DECIMAL(20, 6)", "total": "BOOLEAN",
}  # fmt: skip
_NEEDED = ("row", "country", "place", "vintage", "kind", "currency", "period", "total")


class Reading(Value):
    """How a file is to be read, where it does not say so itself.

    Args:
        vintage: of when the copy is; None where the name of the file, or what is in it, tells.
        encoding: one of `unpacked.ENCODINGS`.
        delimiter: one character.
        allow_extra: columns that nobody reads are kept as printed.
    """

    vintage: str | None = None
    encoding: str = "utf-8"
    delimiter: str = ","
    allow_extra: bool = False


PLAIN = Reading()


class Taken(NamedTuple):
    """A file that is on hand.

    Args:
        edition: what it is kept as.
        fresh: it was taken in now; otherwise it was there already.
        checks: of its reports, by the vintage of their rows.
        notices: what else to know, each a sentence.
    """

    edition: Edition
    fresh: bool
    checks: dict[str, ReportCheck]
    notices: tuple[str, ...] = ()


def quiet(what: str, share: float | None) -> None:
    """Hear of the progress and say nothing."""


def take_in(
    file: Path,
    editions: Editions,
    law: Law,
    *,
    at: datetime,
    reading: Reading = PLAIN,
    mapped: Dataset | None = None,
    tell: Tell = quiet,
) -> Taken:
    """Make an edition of a file; of one whose bytes are on hand already nothing is made.

    Args:
        at: the moment, UTC.
        mapped: what a mapping makes of the file; without one its header says what it is.

    Raises:
        AidError: whatever is wrong with the file, with its place and the remedy.
        EditionError: its vintage cannot name an edition.
    """
    before = file.stat()
    if not stat.S_ISREG(before.st_mode):
        raise AidError(
            f"{file.name}: This is no file but a folder, a pipe or a device. Give a file that "
            "stays as it is while it is read."
        )
    sha256 = digest_of(file, tell)
    if standing := editions.holding(sha256):
        return _standing(standing, editions, reading, mapped)
    with editions.adding() as made:
        scratch = made / "scratch"
        scratch.mkdir()
        text = unpack(file, scratch, encoding=reading.encoding, tell=tell)
        header, table = _understood(text, scratch, file.name, reading, mapped)
        printed_to = made / PRINTED_FILE
        with _engine(scratch, file.name) as con:
            count = load_cells(
                con, table, header, printed_to, name=file.name, tell=tell,
                delimiter="," if header.dataset.flatten else reading.delimiter,
            )  # fmt: skip
            printed = _printed(con, text.path, printed_to, header, law, file.name)
            printed.vintage = _vintage(reading, file.name, header.dataset, printed)
            tell("reading the rows", None)
            header.dataset.typed(printed)
            checks: dict[str, ReportCheck] = {}
            if header.dataset.subject == SUBJECT:
                _write_rows(con, made / ROWS_FILE, count, file.name, tell)
                checks = check_rows(con)
            else:
                write_names(con, made / NAMES_FILE)
        shutil.rmtree(scratch)
        (made / CHECKS_FILE).write_bytes(canonical(checks) + b"\n")
        edition = Edition(
            subject=header.dataset.subject,
            dataset=header.dataset.name,
            vintage=printed.vintage,
            file=file.name,
            sha256=sha256,
            size=before.st_size,
            rows=count,
            columns=header.printed,
            taken_in=at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            by=f"gravamen {version('gravamen')}",
            about=_about(reading, table, header, printed),
        )
        after = file.stat()
        if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
            raise AidError(f"{file.name}: The file changed while it was read. Import it again.")
        try:
            editions.keep(edition, made)
        except EditionError:
            if standing := editions.holding(sha256):  # another program took it in meanwhile
                return _standing(standing, editions, reading, mapped)
            raise
    return Taken(edition, True, checks, _notices(table, header))


def _standing(
    edition: Edition, editions: Editions, reading: Reading, mapped: Dataset | None
) -> Taken:
    """An edition of the same bytes, where it is what is asked for."""
    asked = {
        "vintage": (
            edition.vintage if reading.vintage is None else reading.vintage,
            edition.vintage,
        ),
        "dataset": (mapped.name if mapped else edition.dataset, edition.dataset),
        **{
            what: (wanted, edition.about.get(what, ""))
            for what, wanted in (mapped.about if mapped else {}).items()
        },
    }
    for what, (wanted, there) in asked.items():
        if wanted != there:
            raise AidError(
                f"{edition.file}: These bytes are on hand already, with the {what} {there!r}, not "
                f"{wanted!r}. To take them in anew, first remove {editions.path(edition)}."
            )
    return Taken(edition, False, checks_of(editions, edition))


def _understood(
    text: Text, scratch: Path, name: str, reading: Reading, mapped: Dataset | None
) -> tuple[Header, Text]:
    """The header; of a file that is no CSV, that of the one which was made of it."""
    delimiter = reading.delimiter
    if text.markup or (mapped and mapped.flatten):
        dataset = mapped or next(d for d in DATASETS if d.flatten)
        if dataset.flatten is None:
            raise AidError(f"{name}: This is XML; a mapping is for a CSV. Leave --mapping out.")
        flat = scratch / "flat"
        flat.mkdir()
        dataset.flatten(text.path, flat / "table.csv", name)
        made = unpack(flat / "table.csv", flat, encoding="utf-8", tell=quiet)
        cells = read_header(made.path, name, ",")
        columns = tuple(cells)
        return Header(dataset, columns, columns, ()), made
    cells = read_header(text.path, name, delimiter)
    datasets = (mapped,) if mapped else tuple(d for d in DATASETS if not d.flatten)
    return recognise(cells, datasets, name, allow_extra=reading.allow_extra), text


@contextmanager
def _engine(scratch: Path, name: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """A DuckDB that keeps within little memory, spills into the scratch folder, loads nothing."""
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": MEMORY,
        "threads": 2,
        "temp_directory": str(scratch / "spill"),
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    try:
        with closing(duckdb.connect(str(scratch / "work.duckdb"), config=config)) as con:
            con.execute("set enable_progress_bar = true; set enable_progress_bar_print = false")
            con.execute("pragma disable_checkpoint_on_shutdown")  # the file goes when it is closed
            yield con
    except (duckdb.IOException, duckdb.OutOfMemoryException) as error:
        raise AidError(
            f"{name}: It could not be written to {scratch.parent.parent} ({_reason(error)}). Make "
            "room there, or name another folder with --data."
        ) from None


def _reason(error: duckdb.Error) -> str:
    """Why a file could not be written, without the words of the engine around it."""
    text = str(error)
    inner = re.search(r'"exception_message":"((?:[^"\\]|\\.)*)"', text)
    return (inner[1] if inner else text.splitlines()[0]).rpartition(": ")[2]


def _printed(
    con: duckdb.DuckDBPyConnection, source: Path, cells: Path, header: Header, law: Law, name: str
) -> Printed:
    absent = [w for w in header.dataset.columns if w not in header.columns]
    also = "".join(f", '' as {quoted(word)}" for word in absent)
    con.execute(f"create view printed as select *{also} from read_parquet({literal(str(cells))})")
    headings = dict(zip(header.columns, header.printed, strict=True))
    return Printed(con, law, vintage="", file=name, headings=headings, source=source)


def _vintage(reading: Reading, name: str, dataset: Dataset, printed: Printed) -> str:
    if reading.vintage is not None:
        return reading.vintage
    if dated := _DATE.search(name):
        return dated[1]
    told = dataset.vintage(printed) if dataset.vintage else None
    if not told:
        raise AidError(
            f"{name}: Neither its name nor what is in it says of when this copy is. Say so: "
            "--vintage 2025-04."
        )
    return told


def _write_rows(
    con: duckdb.DuckDBPyConnection, to: Path, count: int, name: str, tell: Tell
) -> None:
    """Write the table `rows`; each record of the file must have become one row."""
    there = {cells[0] for cells in con.execute("describe rows").fetchall()}
    columns = []
    for field in msgspec.structs.fields(Row):
        sql_type = _TYPES.get(field.name, "VARCHAR")
        value = quoted(field.name) if field.name in there else _default(field)
        columns.append(f"cast({value} as {sql_type}) as {quoted(field.name)}")
    con.execute(f"create view complete as select {', '.join(columns)} from rows")
    missing = " or ".join(f"{quoted(c)} is null" for c in _NEEDED)
    lacking = con.execute(
        f"select count(*), min(row) filter ({missing} or kind not in ({_words(Kind)}) "
        f"or period not in ({_words(Period)})) from complete"
    ).fetchone()
    made, first = lacking or (0, None)
    if made != count or first is not None:
        raise AidError(
            f"{name}: {count:,} records became {made:,} rows"
            + (f", and that of row {first} lacks what each must have" if first else "")
            + ". That is a fault of this program; please report it with the file."
        )
    order = "order by country, row"
    query = f"copy (select * from complete {order}) to {literal(str(to))} {PARQUET}"
    watched(con, query, "writing", tell)


def _default(field: msgspec.structs.FieldInfo) -> str:
    """The default of a field of `Row` in SQL; NULL where a reader must make it."""
    value = field.default
    if value is msgspec.NODEFAULT or value is None:
        return "null"
    return literal(value) if isinstance(value, str) else str(value)


def _words(choice: object) -> str:
    return ", ".join(literal(word) for word in get_args(choice))


def _about(reading: Reading, text: Text, header: Header, printed: Printed) -> dict[str, str]:
    about = {**header.dataset.about, **printed.about}
    if reading.encoding != "utf-8":
        about["encoding"] = reading.encoding
    if reading.delimiter != ",":
        about["delimiter"] = reading.delimiter
    if not text.whole:
        about["end"] = "no line end after its last row"
    if header.unread:
        about["unread columns"] = ", ".join(header.unread)
    return about


def _notices(text: Text, header: Header) -> tuple[str, ...]:
    said = []
    if not text.whole:
        said.append("The file does not end with a line end; see whether its last row is all there.")
    if header.unread:
        said.append(f"Kept as printed, and read by nobody: {', '.join(header.unread)}.")
    return tuple(said)
