"""Repeats: one report, or one copy, that several editions hold, of which the newest speaks.

The table of the training reports comes out anew each year and holds all earlier reports, so that
most reports stand in several editions; two tables of one vintage may hold the same lines too.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from typing import NamedTuple, TypeVar

from msgspec.structs import replace

from gravamen.aid.account.coverage import Held
from gravamen.aid.line import IDENTITY, Line, Total
from gravamen.editions import Edition

_VINTAGE = ("dataset", "vintage")
_TABLE = (*_VINTAGE, "kind", "dollars", "currency", "year", "period")
_LINE = ("country", "vintage", *IDENTITY)
_FIGURES = ("trainees", "amount", "printed")
_SUMS = ("trainees", "amount", "without")
_Figure = TypeVar("_Figure", Line, Total)


class Repeat(NamedTuple):
    """Reports or copies that the same editions hold, and whether these agree about a country.

    Args:
        editions: the newest first.
        vintages: in order.
        differ: how many lines an older edition gives otherwise than the newest, or alone.
    """

    dataset: str
    editions: tuple[Edition, ...]
    vintages: tuple[str, ...]
    differ: int


def newest_first(editions: Iterable[Edition]) -> tuple[Edition, ...]:
    """Return editions by when they were taken in, the last first; of one second by their id."""
    there = {e.id: e for e in editions}.values()
    return tuple(sorted(there, key=lambda e: (e.taken_in, e.id), reverse=True))


def spoken(lines: Iterable[Line], editions: Iterable[Edition]) -> tuple[Line, ...]:
    """Return lines so that what several editions of a report or copy give is told once.

    The newest edition speaks. A line of an older one stays, and says that it is `older`, where it
    gives another figure, or where the newest has lines of that kind and year and not this one; it
    comes after the line of the newest.

    Args:
        lines: of one country.
        editions: those that the lines are of.
    """
    kept = _once(list(lines), editions, _LINE, _FIGURES)
    place: dict[Hashable, int] = {}
    for n, line in enumerate(kept):
        place.setdefault(_of(line, _LINE), n)
    return tuple(sorted(kept, key=lambda x: (place[_of(x, _LINE)], x.older)))


def summed(totals: Iterable[Total], editions: Iterable[Edition]) -> tuple[Total, ...]:
    """Return totals so that a sum which several editions give alike is told once; one of an older
    edition that differs stays and says that it is `older`.

    Args:
        totals: each over all lines of its edition.
    """
    return _once(list(totals), editions, _TABLE, _SUMS)


def speaking(held: Iterable[Held]) -> tuple[Held, ...]:
    """Return of each vintage what the newest edition holds of it."""
    there = tuple(held)
    age = {e.id: n for n, e in enumerate(newest_first(h.edition for h in there))}
    first: dict[Hashable, str] = {}
    for h in sorted(there, key=lambda h: age[h.edition.id]):
        first.setdefault((h.edition.dataset, h.vintage), h.edition.id)
    return tuple(h for h in there if first[h.edition.dataset, h.vintage] == h.edition.id)


def repeats(
    held: Iterable[Held], lines: Sequence[Line], shown: Iterable[Line]
) -> tuple[Repeat, ...]:
    """Return which editions give lines of the same reports and copies.

    Args:
        held: what the editions hold; `lines` all that they give, `shown` those that `spoken` left.
    """
    known = {h.edition.id: h.edition for h in held}
    of: dict[Hashable, set[str]] = {}
    for line in lines:
        of.setdefault(_of(line, _VINTAGE), set()).add(line.edition)
    older = Counter(_of(x, _VINTAGE) for x in shown if x.older)
    found: dict[tuple[str, frozenset[str]], list[str]] = {}
    for h in speaking(held):
        editions = of.get((h.edition.dataset, h.vintage), set())
        if len(editions) > 1:
            key = h.edition.dataset, frozenset(editions)
            found.setdefault(key, []).append(h.vintage)
    return tuple(
        Repeat(
            dataset=dataset,
            editions=newest_first(known[id] for id in ids),
            vintages=tuple(sorted(vintages)),
            differ=sum(older[dataset, vintage] for vintage in vintages),
        )
        for (dataset, ids), vintages in found.items()
    )


def _once(
    values: Sequence[_Figure],
    editions: Iterable[Edition],
    same: Sequence[str],
    figures: Sequence[str],
) -> tuple[_Figure, ...]:
    """The values in their order, those that share some fields once for each of their figures."""
    age = {e.id: n for n, e in enumerate(newest_first(editions))}
    speaks: dict[Hashable, str] = {}  # the newest edition with figures of that kind and year
    told: set[Hashable] = set()
    kept: dict[int, _Figure] = {}
    for n, value in sorted(enumerate(values), key=lambda pair: age[pair[1].edition]):
        speaker = speaks.setdefault(_of(value, _TABLE), value.edition)
        key = _of(value, same), _of(value, figures)
        if value.edition == speaker or key not in told:
            kept[n] = replace(value, older=value.edition != speaker)
        told.add(key)
    return tuple(kept[n] for n in sorted(kept))


def _of(value: Line | Total, names: Sequence[str]) -> tuple[Hashable, ...]:
    return tuple(getattr(value, name) for name in names)
