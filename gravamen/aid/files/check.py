"""Check: the rows of each report against the totals that it prints itself.

A report that prints totals shows what was lost or damaged on the way to us: per country, program
and year its rows are added and held against the printed total (of several, against their sum).
"""

from collections.abc import Iterable, Mapping
from itertools import groupby

import duckdb
import msgspec

from gravamen.editions import Edition, EditionError, Editions
from gravamen.values import Value

CHECKS_FILE = "checks.json"
NEAR_AMOUNT = 2.0  # dollars by which printed totals differ from their rows through rounding
NEAR_SHARE = 0.001
TOO_MANY = 0.1  # share of its programs that may differ before a report is refused whole


class Differing(Value):
    """A program of a country whose rows do not add up to the total that the report prints.

    Args:
        country: code; `place` as printed; `program` a code in the law data.
        rows_sum: of the rows; None where no cell of theirs is a number.
        printed: the total, or the sum of several.
        at: the rows of the file with the printed totals: "240100, 240118".
    """

    country: str
    place: str
    program: str | None
    year: int | None
    rows_sum: float | None
    printed: float | None
    at: str


class ReportCheck(Value):
    """How a report stands against its own totals.

    Args:
        rows: its rows, without those that are totals.
        programs: countries with a program of a year for which it prints a total; 0 where it prints
            none.
        unread_cells: rows with a cell that should be a number and is none.
        missing_costs: rows without an amount.
        refused: too many differ; none of its rows may be added.
        why: why it is refused, or what else to know; None where there is nothing.
    """

    report: str
    rows: int
    programs: int = 0
    agree: int = 0
    differ: int = 0
    unread_cells: int = 0
    missing_costs: int = 0
    refused: bool = False
    why: str | None = None
    differing: tuple[Differing, ...] = ()


def agree(rows: float | None, printed: float | None) -> bool:
    """Whether a sum of rows and a printed total are the same: within 2 dollars or 0.1 percent."""
    if printed is None:
        return True
    return abs((rows or 0) - printed) <= max(NEAR_AMOUNT, NEAR_SHARE * abs(printed))


def checks_of(editions: Editions, edition: Edition) -> dict[str, ReportCheck]:
    """The checks of an edition, by the vintage of its rows.

    Raises:
        EditionError: they are not there, or cannot be read.
    """
    file = editions.path(edition) / CHECKS_FILE
    try:
        return msgspec.json.decode(file.read_bytes(), type=dict[str, ReportCheck])
    except (OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
        raise EditionError(
            f"{file}: The checks of this edition cannot be read ({error}); remove its folder and "
            f"import {edition.file} again."
        ) from None


def check_rows(con: duckdb.DuckDBPyConnection) -> dict[str, ReportCheck]:
    """Hold the rows in `complete` against the totals among them, by the vintage of the rows."""
    found: dict[str, ReportCheck] = {}
    programs = _programs(con)
    counted = con.execute(
        "select vintage, count(*) filter (not total), count(*) filter (fault is not null), "
        "count(*) filter (amount is null and not total) from complete group by 1 order by 1"
    ).fetchall()
    for report, rows, unread, missing in counted:
        found[report] = _report(
            ReportCheck(report=report, rows=rows, unread_cells=unread, missing_costs=missing),
            programs.get(report, ()),
        )
    return found


def _programs(con: duckdb.DuckDBPyConnection) -> Mapping[str, tuple[Differing, ...]]:
    """By report, what its rows and its totals say of each program; also where they agree."""
    found = con.execute(
        "select vintage, country, min(place), program, year, "
        "sum(amount) filter (not total), sum(amount) filter (total), "
        "list(row order by row) filter (total) "
        "from complete group by vintage, country, program, year having count(*) filter (total) > 0 "
        "order by vintage, min(row)"
    ).fetchall()
    return {
        report: tuple(
            Differing(
                country=country,
                place=place,
                program=program,
                year=year,
                rows_sum=_figure(rows_sum),
                printed=_figure(printed),
                at=", ".join(str(n) for n in at),
            )
            for _, country, place, program, year, rows_sum, printed, at in group
        )
        for report, group in groupby(found, key=lambda cells: str(cells[0]))
    }


def _report(check: ReportCheck, programs: Iterable[Differing]) -> ReportCheck:
    there = tuple(programs)
    differing = tuple(p for p in there if not agree(p.rows_sum, p.printed))
    refused = len(differing) > TOO_MANY * len(there)
    return msgspec.structs.replace(
        check,
        programs=len(there),
        agree=len(there) - len(differing),
        differ=len(differing),
        refused=refused,
        differing=differing,
        why=_why(check, len(there), differing, refused),
    )


def _why(
    check: ReportCheck, programs: int, differing: tuple[Differing, ...], refused: bool
) -> str | None:
    said = []
    if refused:
        said.append(
            f"{len(differing)} of {programs} programs disagree with the totals that the report "
            "prints"
        )
    elif differing:
        said += [
            f"{p.place}, {p.program}, {p.year}: rows {_shown(p.rows_sum)}, printed "
            f"{_shown(p.printed)}"
            for p in differing
        ]
    if not programs:
        said.append("no printed totals to check it against")
    if check.unread_cells:
        rows = "1 row" if check.unread_cells == 1 else f"{check.unread_cells:,} rows"
        said.append(f"{rows} with a cell that is no number")
    if check.missing_costs:
        said.append(
            f"no amount in {check.missing_costs:,} of {check.rows:,} rows, so that sums are floors"
        )
    return "; ".join(said) or None


def _shown(amount: float | None) -> str:
    return "none" if amount is None else f"{amount:,.2f}".removesuffix(".00")


def _figure(amount: object) -> float | None:
    return None if amount is None else float(str(amount))
