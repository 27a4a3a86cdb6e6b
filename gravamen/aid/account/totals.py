"""Totals: sums over lines that are alike, and the figures that vintages of a dataset give apart.

A sum never runs over two editions, vintages, kinds, currencies, years or kinds of dollars, and
holds no line that is refused.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import groupby
from math import fsum
from typing import Any

from gravamen.aid.account.coverage import Held
from gravamen.aid.line import GROUPS, Difference, Line, Part, Refused, Total
from gravamen.aid.words import disagreement, is_report, line_words, vintage_words, year_words

_LIKE = (
    "dataset", "file", "edition", "vintage", "kind", "dollars", "currency", "year", "period",
)  # fmt: skip
# What figures of different vintages must share to be held beside each other.
_ONE_FIGURE = ("dataset", "kind", "dollars", "currency", "year", "period")


def totals(lines: Iterable[Line]) -> tuple[Total, ...]:
    """Return one sum for each set of like lines, by dataset, file, vintage and year."""
    return tuple(_total(alike) for alike in _by(lines, _LIKE) if any(not x.refused for x in alike))


def part(lines: Sequence[Line]) -> Part:
    """Return the sum of like lines; a figure that none of them holds is None."""
    trainees = [x.trainees for x in lines if x.trainees is not None]
    return Part(
        rows=sum(x.rows for x in lines),
        trainees=sum(trainees) if trainees else None,
        amount=added(x.amount for x in lines),
    )


def added(amounts: Iterable[float | None]) -> float | None:
    """Return the sum of amounts to the cent, whatever their order; None where there is none."""
    there = [a for a in amounts if a is not None]
    return round(fsum(there), 2) if there else None


def refusals(lines: Iterable[Line]) -> tuple[Refused, ...]:
    """Return what counts in no sum: a report once for all its lines, or a line of its own."""
    found = (Refused(file=x.file, what=_what(x), why=x.refused) for x in lines if x.refused)
    return tuple(dict.fromkeys(found))


def differences(totals: Sequence[Total], held: Iterable[Held] = ()) -> tuple[Difference, ...]:
    """Return the figures on which vintages of one dataset do not agree, each with its vintage.

    A copy that holds figures of that kind, but none for the country and year, stands there with
    None. Of a file that holds a report for each year, only reports that print the year are
    compared.

    Args:
        held: the vintages of the files that were asked, each as one edition holds it.
    """
    copies = [h for h in held if not is_report(h.vintage)]
    names = labels({(t.edition, t.vintage): t.dataset for t in totals} | {
        (h.edition.id, h.vintage): h.edition.dataset for h in copies
    })  # fmt: skip
    found = []
    for alike in _by(totals, _ONE_FIGURE):
        one = alike[0]
        figures = {names[t.edition, t.vintage]: t.amount for t in alike}
        for copy in copies:
            answered = any(t.vintage == copy.vintage for t in alike)
            if copy.edition.dataset == one.dataset and one.kind in copy.kinds and not answered:
                figures.setdefault(names[copy.edition.id, copy.vintage], None)
        if len(set(figures.values())) > 1:
            shared = {name: getattr(one, name) for name in _ONE_FIGURE}
            found.append(Difference(**shared, figures=tuple(sorted(figures.items()))))
    return tuple(found)


def _total(alike: Sequence[Line]) -> Total:
    counted = [x for x in alike if not x.refused]
    whole = part(counted)
    groups = {g: part(some) for g in GROUPS if (some := [x for x in counted if x.group == g])}
    return Total(
        **{name: getattr(alike[0], name) for name in _LIKE},
        rows=whole.rows,
        trainees=whole.trainees,
        amount=whole.amount,
        floor=any(x.floor for x in counted),
        checked=True if all(x.checked for x in counted) else None,
        later=alike[0].later,
        without=tuple(dict.fromkeys(line_words(x) for x in alike if x.refused)),
        groups=groups,
    )


def _by(values: Iterable[Any], names: Sequence[str]) -> list[list[Any]]:
    """The values in groups that share some fields, in the order of these."""

    def key(value: Any) -> tuple[Hashable, ...]:
        shared = (getattr(value, name) for name in names)
        return tuple((x is None, "" if x is None else x) for x in shared)

    return [list(some) for _, some in groupby(sorted(values, key=key), key)]


def _what(line: Line) -> str:
    words = vintage_words(line.vintage)
    if line.refused != disagreement(line):
        return words
    return f"{line_words(line)}, {year_words(line.year, line.period)}, {words}"


def labels(there: Mapping[tuple[str, str], str]) -> dict[tuple[str, str], str]:
    """Return a label for each vintage of each edition; with the digest where two share it.

    Args:
        there: edition and vintage, and the dataset they are of.
    """
    shared = Counter((dataset, vintage) for (_, vintage), dataset in there.items())
    return {
        (edition, vintage): vintage
        if shared[dataset, vintage] == 1
        else f"{vintage} ({edition.rpartition('/')[2]})"
        for (edition, vintage), dataset in there.items()
    }
