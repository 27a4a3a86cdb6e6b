"""Days: small words and sums about days, which all of the docket speaks in."""

import calendar as months
from datetime import date
from functools import lru_cache

from gravamen.dates import span, spell


def months_after(day: date, number: int) -> date:
    """The same day some months on; the last day of the month where that has none (29 February)."""
    month = day.month - 1 + number
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, months.monthrange(year, month)[1]))


def next_yearly(day: str, start: date) -> date:
    """The first day of its kind ("12-10") on or after another day."""
    month, number = (int(part) for part in day.split("-"))
    this = date(start.year, month, number)
    return this if this >= start else date(start.year + 1, month, number)


@lru_cache(maxsize=100_000)
def last_of(edtf: str) -> date | None:
    """The last day that a date may mean."""
    return span(edtf).last


def counted_days(days: int) -> str:
    """A number of days in words: "1 day", "5 days"."""
    return f"{days} day" if days == 1 else f"{days:,} days"


def in_days(days: int) -> str:
    """How far off a day is: "today", "in 5 days"."""
    return "today" if days == 0 else f"in {counted_days(days)}"


def ago(days: int) -> str:
    """How long ago a day was: "today", "5 days ago"."""
    return "today" if days == 0 else f"{counted_days(days)} ago"


def spelt(day: date) -> str:
    """A day in words: 3 March 2018."""
    return spell(day.isoformat())


def the(title: str) -> str:
    """A title with its article."""
    return title if title.lower().startswith(("the ", "a ", "an ", "your ")) else f"the {title}"
