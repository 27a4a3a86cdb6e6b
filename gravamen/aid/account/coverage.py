"""Coverage: which years and reports the editions on hand hold, and what of them is not read."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import duckdb

from gravamen.aid.account.lines import STATEMENT, ask, rows_file, within
from gravamen.aid.line import Kind
from gravamen.editions import Edition, Editions

MOST_FAULTS = 5  # how many damaged cells of a file are named


class Held(NamedTuple):
    """A vintage that an edition holds: of which years and kinds it has rows for any country."""

    edition: Edition
    vintage: str
    years: frozenset[int]
    kinds: frozenset[Kind]


class Unread(NamedTuple):
    """What of an edition's rows about a country counts in no figure.

    Args:
        faulty: how many rows hold a cell that could not be read; `first` the first of them, each
            its row and what is wrong.
        undated: rows that name no year.
        statements: rows that say something and have no figure: row, vintage, words.
    """

    edition: Edition
    faulty: int
    first: tuple[tuple[int, str], ...]
    undated: int
    statements: tuple[tuple[int, str, str], ...]


class Elsewhere(NamedTuple):
    """That editions print figures for a place which followed the one that is asked, or which it
    followed; and of which years."""

    country: str
    years: frozenset[int]


def coverage(
    con: duckdb.DuckDBPyConnection, editions: Editions, chosen: Sequence[Edition]
) -> tuple[Held, ...]:
    """Return each vintage that some editions hold."""
    query = (
        "select vintage, list(distinct year) filter (year is not null) as years, "
        "list(distinct kind) as kinds "
        "from read_parquet(?) group by vintage order by vintage"
    )
    return tuple(
        Held(
            edition=edition,
            vintage=found["vintage"],
            years=frozenset(found["years"] or ()),
            kinds=frozenset(found["kinds"]),
        )
        for edition in chosen
        for found in ask(con, query, [rows_file(editions, edition)])
    )


def unread(
    con: duckdb.DuckDBPyConnection,
    editions: Editions,
    chosen: Sequence[Edition],
    country: str,
    years: tuple[int, int] | None,
    reports: Sequence[str] = (),
) -> tuple[Unread, ...]:
    """Return what of some editions' rows about a country in some years counts in no figure."""
    query = (
        f"select row, vintage, fault, year is null as undated, {STATEMENT} as statement, activity "
        "from read_parquet(?) where country = ? and (fault is not null or year is null) "
        f"and (year is null or {within(years)}) "
        "and (len(?::varchar[]) = 0 or vintage in (select unnest(?::varchar[]))) order by row"
    )
    return tuple(
        _unread(edition, ask(con, query, [file, country, list(reports), list(reports)]))
        for edition in chosen
        for file in [rows_file(editions, edition)]
    )


def elsewhere(
    con: duckdb.DuckDBPyConnection,
    editions: Editions,
    chosen: Sequence[Edition],
    countries: Sequence[str],
    years: tuple[int, int] | None,
    reports: Sequence[str] = (),
    programs: Sequence[str] = (),
) -> tuple[Elsewhere, ...]:
    """Return of which of some other places the editions print figures in these years, in order.

    Args:
        reports: only what they print; `programs` only lines of these codes; none for all.
    """
    if not countries:
        return ()
    query = (
        "select country, list(distinct year) filter (year is not null) as years "
        "from read_parquet(?) where country in (select unnest(?::varchar[])) and not total and "
        f"{within(years)} and (amount is not null or trainees is not null) "
        "and (len(?::varchar[]) = 0 or vintage in (select unnest(?::varchar[]))) "
        "and (len(?::varchar[]) = 0 or program in (select unnest(?::varchar[]))) group by country"
    )
    narrowed = [list(reports)] * 2 + [list(programs)] * 2
    found: dict[str, set[int]] = {}
    for edition in chosen:
        asked = [rows_file(editions, edition), list(countries), *narrowed]
        for cells in ask(con, query, asked):
            found.setdefault(cells["country"], set()).update(cells["years"] or ())
    return tuple(Elsewhere(c, frozenset(found[c])) for c in countries if c in found)


def _unread(edition: Edition, rows: Iterable[Mapping[str, Any]]) -> Unread:
    there = tuple(rows)
    faults = [(x["row"], x["fault"]) for x in there if x["fault"]]
    return Unread(
        edition=edition,
        faulty=len(faults),
        first=tuple(faults[:MOST_FAULTS]),
        undated=sum(x["undated"] and not x["statement"] for x in there),
        statements=tuple((x["row"], x["vintage"], x["activity"]) for x in there if x["statement"]),
    )
