"""Vintages: of when a copy or report is, and whether it was there on a day."""

from datetime import date

from gravamen.dates import DateError, span


def later(vintage: str, on: date) -> bool:
    """Say whether a vintage cannot have been there on a day.

    "2025-04" was not there before 1 April 2025. The yearly report "2018_2019" tells of a fiscal
    year that ends in 2018, and was not there before 2019. Of a vintage of any other shape nothing
    is known.
    """
    first, _, second = vintage.partition("_")
    if second.isdigit() and first.isdigit():
        return on.year < int(second)
    try:
        start = span(vintage).first
    except DateError:
        return False
    return start is not None and on < start
