"""Summed: chosen lines added like with like: one file, vintage, kind, currency and year."""

from collections.abc import Hashable, Iterable, Sequence
from math import fsum
from typing import NamedTuple

from gravamen.flows import Flow


class Figures(NamedTuple):
    """What like lines add up to; None where none of them has such a figure."""

    rows: int
    trainees: int | None
    amount: float | None


def like(flow: Flow) -> Hashable:
    """Return what lines must share to be added."""
    year = flow.year, flow.period
    return flow.dataset, flow.sha256, flow.vintage, flow.kind, flow.dollars, flow.currency, year


def alike(flows: Iterable[Flow]) -> tuple[tuple[Flow, ...], ...]:
    """Return the lines that count, in sets that may be added, in the order of the first of each."""
    found: dict[Hashable, list[Flow]] = {}
    for flow in flows:
        if flow.refused is None:
            found.setdefault(like(flow), []).append(flow)
    return tuple(map(tuple, found.values()))


def added(flows: Sequence[Flow]) -> Figures:
    """Return the sums of like lines, amounts to the cent."""
    trainees = [f.trainees for f in flows if f.trainees is not None]
    amounts = [f.amount for f in flows if f.amount is not None]
    return Figures(
        rows=sum(f.rows for f in flows),
        trainees=sum(trainees) if trainees else None,
        amount=round(fsum(amounts), 2) if amounts else None,
    )
