"""Counting: how the days of a clock were counted, in words."""

import calendar as weekdays
from collections.abc import Iterable
from datetime import date

from gravamen.docket.calendar import Calendar
from gravamen.docket.days import spelt
from gravamen.law.authority import Clock

_FROM_NEXT = "the law counts from the day after the start event"
_NOT_FIRST = "the day of the start event is not counted (the usual rule, from memory)"


def counted_how(clock: Clock, calendar: Calendar, zone: str, last: date | None, still: int) -> str:
    """Return how the days of a clock were counted, one phrase.

    Args:
        zone: the time zone in which hours are counted.
        still: on how many days it stood still.
    """
    if clock.until:
        return "the law names the day"
    if clock.yearly:
        return "every year on its day"
    if clock.hours:
        return f"{clock.hours} hours, in the time zone {zone}"
    if clock.days is None and clock.months is None:
        return "the law names no number of days"
    number = _again(clock) if clock.recurs else _number(clock, calendar)
    adjusted = _adjusted(clock, calendar, last, still)
    return "; ".join((number, *adjusted, f"time zone {calendar.zone}"))


def _number(clock: Clock, calendar: Calendar) -> str:
    if clock.months:
        return f"{clock.months} months"
    if clock.before:
        return f"{clock.days} calendar days back from the start event"
    kind = f"working days ({calendar.words})" if clock.counted == "working" else "calendar days"
    return f"{clock.days} {kind}; {_FROM_NEXT if clock.from_next else _NOT_FIRST}"


def _again(clock: Clock) -> str:
    if clock.months:
        return f"every {clock.months} months after the start event"
    first = f"{clock.first} calendar days after the start event, then " if clock.first else ""
    until = f" until {spelt(clock.recurs_until)}" if clock.recurs_until else ""
    return f"{first}every {clock.days} calendar days{until}"


def _adjusted(clock: Clock, calendar: Calendar, last: date | None, still: int) -> Iterable[str]:
    if still and clock.tolling:
        rule = clock.tolling
        sure = "" if rule.mark == "sourced" else f", from {rule.mark}"
        days = "1 day" if still == 1 else f"{still} days"
        be = "is" if still == 1 else "are"
        yield f"{days} on which it stood still {be} not counted ({rule.cite}{sure})"
    if last and not calendar.is_working(last):
        what = calendar.holiday(last) or weekdays.day_name[last.weekday()]
        yield f"{spelt(last)} is no working day ({what}), and no rule on file moves it"
