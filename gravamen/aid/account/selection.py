"""Selection: which lines a case asks about where nobody says more exactly."""

from collections.abc import Hashable, Iterable, Sequence

from gravamen.aid.line import IDENTITY, Kind, Line
from gravamen.aid.words import is_report

YEARS = 5  # the last ones on file of each kind of table
# What was only asked for or set aside; what flows is obligated, disbursed or the cost of a course.
PLANNED: tuple[Kind, ...] = (
    "requested", "allocated", "appropriated", "budgeted", "committed", "pledged",
)  # fmt: skip


def select(lines: Sequence[Line], *, years: tuple[int, int] | None) -> tuple[Line, ...]:
    """Return the lines of what flows, as the newest vintage on file by that day has each year.

    Where an older copy gives another figure for the same line, that line stands beside it; two
    reports are never compared, for each tells of years of its own. Of one report or copy in several
    editions the lines are as `aid.repeats.spoken` leaves them, those of an older one beside.

    Args:
        lines: of one country; a vintage that came later than the day says so.
        years: first and last; None for the last five that a kind of table has.
    """
    found = [x for x in lines if not x.later and x.kind not in PLANNED and x.year is not None]
    found = [x for x in found if _within(x, found, years)]
    newest: dict[Hashable, str] = {}
    for x in found:
        newest[_table(x)] = max(newest.get(_table(x), ""), x.vintage)
    current = [x for x in found if x.vintage == newest[_table(x)]]
    figures: dict[Hashable, Line] = {_identity(x): x for x in current if not x.older}
    older = [
        x
        for x in found
        if x.vintage != newest[_table(x)] and not is_report(x.vintage) and _differs(x, figures)
    ]
    kept = {id(x) for x in (*current, *older)}
    return tuple(x for x in found if id(x) in kept)


def left_out(lines: Iterable[Line], kept: Iterable[Line]) -> tuple[int, int]:
    """Return how many lines were left out because their vintage came later than the day, and how
    many because they tell what was planned."""
    chosen = {id(x) for x in kept}
    others = [x for x in lines if id(x) not in chosen]
    return (
        sum(x.later for x in others),
        sum(x.kind in PLANNED and not x.later for x in others),
    )


def _within(line: Line, lines: Sequence[Line], years: tuple[int, int] | None) -> bool:
    if line.year is None:
        return False
    if years is not None:
        return years[0] <= line.year <= years[1]
    last = max(x.year for x in lines if x.dataset == line.dataset and x.year is not None)
    return line.year > last - YEARS


def _table(line: Line) -> Hashable:
    return line.dataset, line.kind, line.dollars, line.year


def _identity(line: Line) -> Hashable:
    return tuple(getattr(line, name) for name in IDENTITY)


def _differs(line: Line, figures: dict[Hashable, Line]) -> bool:
    same = figures.get(_identity(line))
    return same is None or (same.amount, same.trainees) != (line.amount, line.trainees)
