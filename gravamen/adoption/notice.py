"""Notice: how long before a meeting an item was posted or handed in, and what the rule asks."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import NamedTuple

import holidays

from gravamen.adoption.rules import Rules, cited
from gravamen.case import Case
from gravamen.dates import instant, spell
from gravamen.law.authority import Law
from gravamen.law.body import Notice
from gravamen.proceedings import Posted
from gravamen.values import Value

_EARLIEST, _LATEST = timezone(timedelta(hours=14)), timezone(timedelta(hours=-12))
_WEEKEND = (5, 6)


class Posting(Value):
    """A posting, and whether it was in time by the rule that holds for it.

    Args:
        minutes: between the posting and the meeting, at least; None where a time is not known.
        needed: hours that the rule asks; `due` the last moment in time, where the rule counts days.
        met: None where no rule is on file or a time is not known.
        told: how it stands, a sentence.
        missing: what of its evidence is not on record, a noun phrase each.
    """

    step: Posted
    minutes: int | None
    rule: Notice | None
    needed: int | None
    due: str | None
    met: bool | None
    told: str
    missing: tuple[str, ...] = ()

    @property
    def words(self) -> int:
        """How many words describe the item."""
        return len(self.step.description.split())


class Between(NamedTuple):
    """The earliest and the latest time that a moment may mean."""

    first: datetime
    last: datetime


def bounds(moment: str, zone: tzinfo | None) -> Between:
    """Return the times that a moment may mean: of a day, all of it in a zone, or in any zone."""
    found = instant(moment)
    if found.at is not None:
        return Between(found.at, found.at)
    return Between(
        datetime.combine(found.day, time.min, zone or _EARLIEST).astimezone(UTC),
        datetime.combine(found.day, time.max, zone or _LATEST).astimezone(UTC),
    )


def posting(step: Posted, case: Case, law: Law, rules: Rules, zone: tzinfo | None) -> Posting:
    """Return a posting with the rule that holds for it and whether it was met."""
    at, meeting = bounds(step.at, zone), bounds(step.meeting.at, zone)
    least, most = meeting.first - at.last, meeting.last - at.first
    exact = least == most
    rule = rules.notice(step.meeting.kind)
    hours = law.clock(rule.clock).hours if rule and rule.clock else None
    due, holidays_known = _due(rule, step, case, zone) if rule else (None, True)
    met = _in_time(least, most, hours) if hours else _before(at, due) if due else None
    down = step.until is not None and bounds(step.until, zone).last < meeting.first
    if rule and down:
        met = False
    lacks = rule is not None and len(dict.fromkeys(step.signed_by)) < rule.signers
    told = _told(step, least if exact else None, rules, rule, hours, due)
    if not holidays_known:
        told += " The public holidays there are not on file; weekends alone were left out."
    if down:
        told += f" It was taken down at {step.until}, before the meeting."
    if rule and lacks:
        told += f" {len(dict.fromkeys(step.signed_by))} of the {rule.signers} members signed it."
        met = False
    return Posting(
        step=step,
        minutes=int(least.total_seconds() // 60) if exact else None,
        rule=rule,
        needed=hours,
        due=due.isoformat(timespec="minutes") if due else None,
        met=met,
        told=told,
        missing=tuple(_missing(step, rule)),
    )


def spelled(length: timedelta) -> str:
    """Return a length of time in hours and minutes: "71 hours", "71 hours 59 minutes"."""
    hours, minutes = divmod(abs(int(length.total_seconds() // 60)), 60)
    words = f"{hours} hour{'s' if hours != 1 else ''}"
    return f"{words} {minutes} minute{'s' if minutes != 1 else ''}" if minutes else words


def working_day_before(
    day: date, number: int, *, country: str, subdivision: str | None = None
) -> tuple[date, bool]:
    """Return the day a number of working days before another, which is not counted.

    Saturdays, Sundays and the public holidays of the country do not count.

    Returns:
        The day; and whether the holidays of the country are known.
    """
    off = _holidays(country, subdivision)
    left = number
    while left:
        day -= timedelta(days=1)
        free = day.weekday() in _WEEKEND or (off is not None and day in off)
        left -= not free
    return day, off is not None


def _holidays(country: str, subdivision: str | None) -> holidays.HolidayBase | None:
    part = (subdivision or "").partition("-")[2] or None
    for code in dict.fromkeys((part, None)):
        try:
            return holidays.country_holidays(country, subdiv=code)
        except NotImplementedError:
            continue
    return None


def _in_time(least: timedelta, most: timedelta, hours: int) -> bool | None:
    needed = timedelta(hours=hours)
    return True if least >= needed else False if most < needed else None


def _before(at: Between, due: datetime) -> bool | None:
    return True if at.last <= due else False if at.first > due else None


def _due(
    rule: Notice, step: Posted, case: Case, zone: tzinfo | None
) -> tuple[datetime | None, bool]:
    """The last moment in time by a rule that counts days; and whether the holidays are known."""
    if not rule.working_days:
        return None, True
    requester = case.requester
    country = requester.country if requester else ""
    place = requester.subdivision if requester else None
    meeting = bounds(step.meeting.at, zone).first
    day = meeting.astimezone(zone).date() if zone else instant(step.meeting.at).day
    day, known = working_day_before(day, rule.working_days, country=country, subdivision=place)
    by = time.fromisoformat(rule.by) if rule.by else time.max
    return datetime.combine(day, by, zone or _offset(step.meeting.at)), known


def _offset(moment: str) -> tzinfo:
    """Return the offset from UTC in which a moment was written; UTC where it has none."""
    return datetime.fromisoformat(moment).tzinfo or UTC


def _told(
    step: Posted,
    exact: timedelta | None,
    rules: Rules,
    rule: Notice | None,
    hours: int | None,
    due: datetime | None,
) -> str:
    meeting = f"the {step.meeting.kind} meeting of {spell(step.meeting.at[:10])}"
    if exact is None:
        said = f"Posted on {step.at} for {meeting} ({step.meeting.at}); how many hours before is "
        said += "not known, for a time is missing."
    elif exact < timedelta(0):
        said = f"Posted {spelled(exact)} after {meeting} began."
    else:
        said = f"Posted {spelled(exact)} before {meeting}."
    if rule is None:
        return f"{said} {no_rule(step, rules)}"
    asked = f"{hours} hours" if hours else f"{due:%Y-%m-%d %H:%M}" if due else ""
    word = "asks for" if hours else "asks for it by"
    return f"{said} {rule.id} {word} {asked}: {cited(rule)}."


def no_rule(step: Posted, rules: Rules) -> str:
    """Return that no rule on notice is on file for a posting, and why."""
    said = f"No rule on file for the notice of {_a(step.meeting.kind)} meeting of {rules.title}"
    if rules.elsewhere and rules.place is None:
        places = ", ".join(dict.fromkeys(p for n in rules.elsewhere for p in n.subdivisions))
        return f"{said}: say where it sits (the requester's subdivision; rules for {places} are)."
    if rules.place and (rules.elsewhere or not rules.notices):
        return f"{said} in {rules.place}."
    return f"{said}."


def _a(word: str) -> str:
    return f"an {word}" if word[0] in "aeiou" else f"a {word}"


def _missing(step: Posted, rule: Notice | None) -> Iterator[str]:
    if not step.evidence:
        yield "a source that shows its time and place"
    if rule is not None and rule.clock is not None:
        if not step.place:
            yield "the place where all could read it"
        if not step.url:
            yield "its address on the web"
