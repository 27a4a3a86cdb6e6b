"""Vintages: of when a copy or report is, and whether it was there on a day."""

from collections.abc import Iterable
from datetime import date

from gravamen.dates import DateError, span


def later(vintage: str, on: date) -> bool:
    """Say whether a vintage cannot have been there on a day.

    "2025-04" was not there before 1 April 2025. When a yearly report came out is not on file: the
    report "2018_2019" tells of the first of its years in full and of the second as it was planned,
    and is taken to be there once the second is over, from 1 January 2020 on. Of a vintage of any
    other shape nothing is known.
    """
    first, _, second = vintage.partition("_")
    if second.isdigit() and first.isdigit():
        return on.year <= int(second)
    try:
        start = span(vintage).first
    except DateError:
        return False
    return start is not None and on < start


def absent(vintages: Iterable[str]) -> tuple[str, ...]:
    """Return the yearly reports that are missing between the first and the last of some."""
    parted = (v.partition("_") for v in vintages)
    starts = {int(one) for one, _, two in parted if one.isdigit() and two.isdigit()}
    span = range(min(starts), max(starts)) if starts else range(0)
    return tuple(f"{y}_{y + 1}" for y in span if y not in starts)
