"""Recipients: the names of units in the files and lists on hand, and the rows they stand in."""

from collections.abc import Container, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import date
from typing import Any, Literal

import duckdb

from gravamen.aid.account.lines import SUBJECT, ask, connection, rows_file
from gravamen.aid.account.repeats import newest_first
from gravamen.aid.account.vintages import later
from gravamen.aid.files.dataset import AidError
from gravamen.aid.files.mapped import LISTS, NAMES_FILE
from gravamen.aid.words import ranged
from gravamen.editions import Edition, Editions
from gravamen.values import Value

# Of one country, every name that is no blank, apart for each report that prints it.
_NAMES = """
    select unit as name, vintage, count(*) as rows, sum(trainees) as trainees,
        list(row order by row) as at,
        list(distinct year) filter (year is not null) as years,
        list(distinct program) filter (program is not null) as programs
    from read_parquet(?)
    where country = ? and not total and trim(coalesce(unit, '')) <> ''
    group by unit, vintage
"""


# A name that a list gives no country may be of any.
_LISTED = """
    select name, count(*) as rows, list(row order by row) as at from read_parquet(?)
    where (country = ? or coalesce(country, '') = '') and trim(coalesce(name, '')) <> ''
    group by name
"""


class Recipient(Value):
    """A name as one file or list prints it.

    Args:
        kind: training, where a table says that people of it were trained; list, where a list has
            the name.
        file, sha256, edition, vintage: where it stands; the vintage is that of its rows, and where
            several reports print it the first and last ("2011_2012--2018_2019").
        at: its rows, as ranges.
        trainees: persons; None where no row gives a number.
        years: fiscal years, ascending; `programs` codes, in order.
    """

    name: str
    kind: Literal["training", "list"]
    file: str
    sha256: str
    edition: str
    vintage: str
    at: str
    rows: int
    trainees: int | None = None
    years: tuple[int, ...] = ()
    programs: tuple[str, ...] = ()


def recipients(
    editions: Editions, country: str, *, on: date, quoted: Container[tuple[str, str]] = ()
) -> tuple[Recipient, ...]:
    """Return every name of a unit of a country that the files and lists on hand have.

    Where several editions hold one report, copy or list, a name stands there as the newest of them
    has it, and of an older one only names which the newest does not print.

    Args:
        country: code as in `aid.line.Row`.
        on: reports and copies that were not there on this day are left out.
        quoted: reports that speak before newer editions of them, since a case quotes them: the
            SHA-256 of the file, and the vintage of the rows.

    Raises:
        AidError: an edition that cannot be read.
    """
    found: list[Recipient] = []
    told: set[Hashable] = set()
    with closing(connection()) as con:
        found += _of_tables(con, editions, country, on, quoted)
        for edition in newest_first(editions.all(LISTS)):
            if not later(edition.vintage, on):
                names = tuple(_of_list(con, editions, edition, country))
                found += (r for r in names if (edition.dataset, r.vintage, r.name) not in told)
                told |= {(edition.dataset, r.vintage, r.name) for r in names}
    return tuple(sorted(found, key=lambda r: (r.edition, r.name)))


def _of_tables(
    con: duckdb.DuckDBPyConnection,
    editions: Editions,
    country: str,
    on: date,
    quoted: Container[tuple[str, str]],
) -> Iterator[Recipient]:
    """The names in the tables, each over all reports that were there on the day; a name of a report
    once."""
    there = [
        (edition, row)
        for edition in newest_first(editions.all(SUBJECT))
        for row in ask(con, _NAMES, [rows_file(editions, edition), country])
        if not later(row["vintage"], on)
    ]
    there.sort(key=lambda found: (found[0].sha256, found[1]["vintage"]) not in quoted)
    speaks: dict[Hashable, str] = {}
    by_name: dict[str, tuple[Edition, dict[str, list[dict[str, Any]]]]] = {}
    for edition, row in there:
        key = edition.dataset, row["vintage"], row["name"]
        if speaks.setdefault(key, edition.id) == edition.id:
            _, names = by_name.setdefault(edition.id, (edition, {}))
            names.setdefault(row["name"], []).append(row)
    for edition, names in by_name.values():
        yield from _over_reports(edition, names)


def _over_reports(
    edition: Edition, names: Mapping[str, Sequence[Mapping[str, Any]]]
) -> Iterator[Recipient]:
    """The names in one table, each with its rows in several reports."""
    for name, rows in names.items():
        numbers = [row["trainees"] for row in rows if row["trainees"] is not None]
        yield Recipient(
            name=name,
            kind="training",
            file=edition.file,
            sha256=edition.sha256,
            edition=edition.id,
            vintage=_between(row["vintage"] for row in rows),
            at=ranged(sorted(at for row in rows for at in row["at"])),
            rows=sum(row["rows"] for row in rows),
            trainees=int(sum(numbers)) if numbers else None,
            years=tuple(sorted({year for row in rows for year in row["years"] or ()})),
            programs=tuple(sorted({p for row in rows for p in row["programs"] or ()})),
        )


def _between(vintages: Iterable[str]) -> str:
    """The first and the last of some vintages; one alone by itself."""
    first, *others = sorted(set(vintages))
    return f"{first}--{others[-1]}" if others else first


def _of_list(
    con: duckdb.DuckDBPyConnection, editions: Editions, edition: Edition, country: str
) -> Iterator[Recipient]:
    """The names in one list."""
    file = editions.path(edition) / NAMES_FILE
    if not file.is_file():
        raise AidError(
            f"{file}: The names of the list {edition.id} are not there; remove its folder and "
            f"import {edition.file} again."
        )
    for row in ask(con, _LISTED, [str(file), country]):
        yield Recipient(
            name=row["name"],
            kind="list",
            file=edition.file,
            sha256=edition.sha256,
            edition=edition.id,
            vintage=edition.vintage,
            at=ranged(row["at"]),
            rows=row["rows"],
        )
