"""Lines: the rows of the editions on hand, summed where they are alike, each with its laws.

Rows are added where they agree in edition, vintage, year, program, account, agency and whatever
else a `Line` names, and nowhere else; a purpose parts them only where the file does not say what
is humanitarian. A total that a report itself prints counts in no sum; it is what the sum is
checked against.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from datetime import date
from tempfile import gettempdir
from typing import Any

import duckdb
from msgspec.structs import replace

from gravamen.aid.account.vintages import later
from gravamen.aid.files.check import ReportCheck, agree, checks_of
from gravamen.aid.files.dataset import AidError
from gravamen.aid.hooks import grouped, hooks
from gravamen.aid.line import IDENTITY, Dollars, Line, Part
from gravamen.aid.units import vettable
from gravamen.aid.words import disagreement, ranged
from gravamen.editions import Edition, Editions
from gravamen.law import Law

ROWS = "rows.parquet"
SUBJECT = "aid"
# Rows that differ in one of these are never added.
_ALIKE = tuple(f for f in ("vintage", *IDENTITY) if f not in ("dataset", "dollars"))
_FAMILIES = {"foreignassistance": ("foreignassistance", "foreignassistance-complete")}
# Named as the fields of a line, or with the line that they are for.
_SUMS = """
    select {alike},
        count(*) filter (not total) as rows,
        sum(trainees) filter (not total) as trainees,
        sum({money}) filter (not total) as amount,
        count({money}) filter (not total) < count(*) filter (not total) as floor,
        sum({money}) filter (total) as printed,
        coalesce(list(row order by row) filter (not total), []) as at,
        list_sort(list(distinct trim(place))) as places,
        count(*) filter (not total and not named) as unnamed_rows,
        sum(trainees) filter (not total and not named) as unnamed_trainees,
        sum({money}) filter (not total and not named) as unnamed_amount
    from (select * replace (if(humanitarian is null, purpose, null) as purpose),
              coalesce(unit, '') in (select unnest(?::varchar[])) as named
          from read_parquet(?) where country = ? and {within} and not {statement})
    group by {alike}
"""
# A row that says something and has no figure: "No activities reported for Niue in 2007-2008".
STATEMENT = (
    "(activity is not null and program is null and account is null and year is null and "
    "amount is null and trainees is null and fault is null)"
)


def lines(
    editions: Editions,
    law: Law,
    *,
    country: str,
    years: tuple[int, int] | None,
    on: date,
    files: Sequence[str] = (),
    reports: Sequence[str] = (),
    dollars: Dollars = "current",
) -> tuple[Line, ...]:
    """Return what flows to a country, as each edition on hand has it, in one fixed order.

    What several editions hold is there as often; `aid.repeats.spoken` tells it once. A file that
    gives no constant dollars at all is answered in current ones, and each line says which it is.

    Args:
        country: code as in `aid.line.Row`.
        years: first and last; None for every year, and for rows that name none.
        on: the day for which the laws are asked.
        files: names of datasets ("fmtr") or of files; none for all on hand.
        reports: as `account.report` gives them; then only rows that such a report prints.

    Raises:
        AidError: nothing is on hand, or nothing of a name in `files`.
    """
    with closing(connection()) as con:
        return gathered(
            con, editions, law, country=country, years=years, on=on, files=files, reports=reports,
            dollars=dollars,
        )  # fmt: skip


def gathered(
    con: duckdb.DuckDBPyConnection,
    editions: Editions,
    law: Law,
    *,
    country: str,
    years: tuple[int, int] | None,
    on: date,
    files: Sequence[str],
    reports: Sequence[str],
    dollars: Dollars,
) -> tuple[Line, ...]:
    """Return what `lines` does, through a connection that is open already."""
    found: list[Line] = []
    for edition in chosen(editions, files):
        made = _of_edition(con, editions, edition, country, years, dollars)
        found += (x for x in made if not reports or x.vintage in reports)
    return tuple(_under_law(x, law, on) for x in sorted(found, key=_order))


def connection() -> duckdb.DuckDBPyConnection:
    """A DuckDB that reads local files alone, within little memory, and loads nothing else."""
    return duckdb.connect(
        config={
            "memory_limit": "256MB",
            "threads": 2,
            "temp_directory": gettempdir(),
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }
    )


def chosen(editions: Editions, files: Sequence[str] = ()) -> tuple[Edition, ...]:
    """Return the editions that are on hand of some datasets or files; of all without a name.

    Raises:
        AidError: there are none; it says what there is, or how to get them.
    """
    there = editions.all(SUBJECT)
    if not there:
        raise AidError(
            f"No table of assistance is on hand in {editions.folder}; take one in with gravamen "
            "aid import FILE, or name another folder with --data."
        )
    if not files:
        return there
    wanted = {file: {*_FAMILIES.get(file, (file,))} for file in files}
    for file, names in wanted.items():
        if not any(names & {e.dataset, e.file} for e in there):
            known = dict.fromkeys(x for e in there for x in (e.dataset, e.file))
            raise AidError(
                f"No file {file!r} is on hand; there are: {', '.join(known)}. "
                "gravamen aid import FILE takes one in."
            )
    named = {name for names in wanted.values() for name in names}
    return tuple(e for e in there if named & {e.dataset, e.file})


def within(years: tuple[int, int] | None) -> str:
    """Return the SQL condition that a row is of some years, the first and the last; of any
    without them."""
    return "true" if years is None else f"year between {years[0]:d} and {years[1]:d}"


def _of_edition(
    con: duckdb.DuckDBPyConnection,
    editions: Editions,
    edition: Edition,
    country: str,
    years: tuple[int, int] | None,
    dollars: Dollars,
) -> Iterator[Line]:
    """The lines of one edition, without their laws."""
    rows = rows_file(editions, edition)
    period = within(years)
    units, has_constant = _units(con, rows, country, period)
    given: Dollars = "constant" if dollars == "constant" and has_constant else "current"
    query = _SUMS.format(
        alike=", ".join(_ALIKE),
        money="constant" if given == "constant" else "amount",
        within=period,
        statement=STATEMENT,
    )
    checks = checks_of(editions, edition)
    for sums in ask(con, query, [units, rows, country]):
        yield _checked(_line(edition, country, given, sums), checks)


def rows_file(editions: Editions, edition: Edition) -> str:
    """Return the file in which the typed rows of an edition lie.

    Raises:
        AidError: it is not there.
    """
    file = editions.path(edition) / ROWS
    if not file.is_file():
        raise AidError(
            f"{file}: The rows of the edition {edition.id} are not there; remove its folder and "
            f"import {edition.file} again."
        )
    return str(file)


def ask(
    con: duckdb.DuckDBPyConnection, query: str, parameters: Sequence[object]
) -> Iterator[dict[str, Any]]:
    """Return the rows of an answer, each by its names.

    Args:
        parameters: one of them is the file that is asked.

    Raises:
        AidError: that file cannot be read.
    """
    try:
        found = con.execute(query, parameters)
        names = [column[0] for column in found.description or ()]
        rows = found.fetchall()
    except duckdb.Error as error:
        file = next((str(x) for x in parameters if str(x).endswith(ROWS)), "the data folder")
        why = str(error).splitlines()[0]
        raise AidError(
            f"{file}: The rows of this edition cannot be read ({why}); remove its folder and "
            "import its file again."
        ) from None
    return (dict(zip(names, cells, strict=True)) for cells in rows)


def _units(
    con: duckdb.DuckDBPyConnection, rows: str, country: str, period: str
) -> tuple[list[str], bool]:
    """The units of security forces that can be told apart; whether constant dollars are given."""
    query = (
        "select coalesce(unit, '') as unit, count(constant) as constants from read_parquet(?) "
        f"where country = ? and {period} group by all"
    )
    found = tuple(ask(con, query, [rows, country]))
    return [x["unit"] for x in found if vettable(x["unit"])], any(x["constants"] for x in found)


def _line(edition: Edition, country: str, dollars: Dollars, sums: dict[str, Any]) -> Line:
    """A line of what DuckDB added up."""
    unnamed = Part(
        rows=sums.pop("unnamed_rows"),
        trainees=_whole(sums.pop("unnamed_trainees")),
        amount=_figure(sums.pop("unnamed_amount")),
    )
    return Line(
        country=country,
        name=None,
        dollars=dollars,
        dataset=edition.dataset,
        file=edition.file,
        edition=edition.id,
        at=ranged(sums.pop("at")),
        places=tuple(sums.pop("places")),
        trainees=_whole(sums.pop("trainees")),
        amount=_figure(sums.pop("amount")),
        printed=_figure(sums.pop("printed")),
        unnamed=unnamed if unnamed.rows else None,
        **sums,
    )


def _checked(line: Line, checks: Mapping[str, ReportCheck]) -> Line:
    """A line held against the total that its report prints; refused where they disagree."""
    if line.printed is not None:
        agrees = agree(line.amount or 0, line.printed)
        line = replace(line, checked=agrees, printed=None if agrees else line.printed)
    report = checks.get(line.vintage)
    if report is not None and report.refused:
        return replace(line, refused=_whole_report(report))
    return replace(line, refused=disagreement(line)) if line.checked is False else line


def _whole_report(report: ReportCheck) -> str:
    return (
        f"{report.differ} of {report.programs} programs disagree with the totals that report "
        f"{report.report} itself prints; its rows are shown and count in no sum."
    )


def _under_law(line: Line, law: Law, on: date) -> Line:
    """A line with the name of its program, and the laws that bear on it on a day."""
    program = law.program_of(line.program) if line.program else None
    line = replace(line, name=program[0].name if program else None, later=later(line.vintage, on))
    found = hooks(line, law, on)
    group, why = grouped(line, found, law)
    return replace(line, hooks=found, group=group, why_group=why)


def _order(line: Line) -> tuple[tuple[bool, Any], ...]:
    """The place of a line among all: by file and vintage, year, program; what is unknown last."""
    fields = (line.dataset, line.edition, *(getattr(line, name) for name in _ALIKE))
    return tuple((x is None, "" if x is None else x) for x in fields)


def _whole(number: Any) -> int | None:
    return None if number is None else int(number)


def _figure(number: Any) -> float | None:
    return None if number is None else float(number)
