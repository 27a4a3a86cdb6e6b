"""Clocks: the times that laws set for one case, each reckoned from evidence; and days of our own.

A time runs only where a source on file shows its start event, and where those who may start it did.
"""

import calendar as months
from collections.abc import Container, Iterable, Sequence
from datetime import date, timedelta
from functools import cached_property, lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from gravamen.dates import Moment, instant, span, spell
from gravamen.docket.calendar import Calendar, calendar_of, nth_day
from gravamen.docket.line import Due, DueState
from gravamen.law.authority import Clock, Law
from gravamen.law.clocks import Signer, starts
from gravamen.law.waivers import in_force
from gravamen.proceedings import ClockStarted, ClockStopped, FollowUp
from gravamen.vocabulary import Measure

_NOT_FIRST = "the day of the start event is not counted (the usual rule, from memory)"
DEFAULT_JURISDICTION = "us"


class Stop(NamedTuple):
    """A time in which a clock stood still: from a day until the day on which it goes on."""

    first: date
    goes_on: date


class Reckoner:
    """Reckons the clocks of one case on one day.

    Args:
        sources: ids of the sources on file; a time without evidence among them does not run.
        zone: the time zone of the body that asks, for rules that bind the body itself.
    """

    def __init__(
        self, law: Law, *, on: date, sources: Container[str], zone: str | None = None
    ) -> None:
        self.law, self.on, self.sources, self.zone = law, on, sources, zone

    def reckon(self, started: ClockStarted, stops: Iterable[ClockStopped] = ()) -> Due:
        """Return where a clock stands, or why it does not run.

        Args:
            stops: those that stop it; one that no source on file shows is left out.
        """
        clock = self.law.clocks.get(started.clock)
        if clock is None:
            return _not_started(started, f"The law data know no clock {started.clock!r}.")
        try:
            return _Run(self, clock, started, tuple(stops)).due()
        except OverflowError:
            return _not_started(started, "Its last day lies beyond the calendar.")

    def shown(self, evidence: Sequence[str]) -> tuple[str, ...]:
        """Those of the ids that are sources on file."""
        return tuple(e for e in evidence if e in self.sources)

    def calendar(self, clock: Clock) -> Calendar:
        """The calendar by which a clock is counted: that of the office that must act."""
        office = self.law.offices.get(clock.must_act)
        authority = self.law.authorities.get(clock.authority or "")
        owner = office or authority
        jurisdiction = clock.jurisdiction or (owner.jurisdiction if owner else None)
        return calendar_of(jurisdiction or DEFAULT_JURISDICTION)

    def who(self, clock: Clock) -> str:
        """Who must act, in words."""
        office = self.law.offices.get(clock.must_act)
        return the(office.title) if office else clock.must_act or "nobody in particular"


def _not_started(started: ClockStarted, why: str) -> Due:
    return Due(
        id=started.id, clock=started.clock, rule="", cite=None, started=started.at, who="",
        silence="", counted="", state="not-started", why=why,
    )  # fmt: skip


class _Run:
    """One clock from its start event to the day that is asked for."""

    def __init__(
        self,
        reckoner: Reckoner,
        clock: Clock,
        started: ClockStarted,
        stops: tuple[ClockStopped, ...],
    ) -> None:
        self.of, self.clock, self.started = reckoner, clock, started
        self.calendar = reckoner.calendar(clock)
        self.zone = (clock.counted == "hours" and reckoner.zone) or self.calendar.zone
        self.start = self.calendar.local_day(started.at)
        self.stops = tuple(s for s in stops if reckoner.shown(s.evidence))

    def due(self) -> Due:
        """The clock as the docket shows it."""
        why = self.lacking()
        state, said, resumes = self.stand() if why is None else ("not-started", why, None)
        runs = why is None
        return Due(
            id=self.started.id,
            clock=self.clock.id,
            rule=self.clock.due,
            cite=self.clock.cite,
            mark=self.clock.mark,
            started=self.started.at,
            evidence=self.started.evidence,
            due=self.last if runs else None,
            due_at=Moment(self.last_time) if runs and self.last_time else None,
            who=self.of.who(self.clock),
            office=self.clock.must_act if self.clock.must_act in self.of.law.offices else None,
            silence=self.clock.consequence,
            counted=self.counted() if runs else "",
            state=state,
            why=said,
            resumes=resumes,
        )

    def lacking(self) -> str | None:
        """Why no time runs; None where it does."""
        clock, day = self.clock, spell(self.start.isoformat())
        if not self.started.evidence:
            return f"Started on {day}, by what is not on file; without evidence no time runs."
        if not self.of.shown(self.started.evidence):
            named = ", ".join(self.started.evidence)
            return f"Started on {day}, as {named} should show, which is not on file; no time runs."
        authority = self.of.law.authorities.get(clock.authority or "")
        if authority and not in_force(authority, self.start):
            return f"{authority.short} was not in force on {day}; no time runs."
        if clock.starters:
            signers = (Signer(office=s.office, capacity=s.capacity) for s in self.started.signers)
            found = starts(clock, signers, corruption=self.started.corruption)
            return None if found else found.why
        return None

    @cached_property
    def tolled(self) -> tuple[Stop, ...]:
        """The times in which it stood still, in order."""
        found = [
            Stop(self.calendar.local_day(s.at), until)
            for s in self.stops
            if s.until and (until := last_of(s.until))
        ]
        return tuple(sorted(s for s in found if s.goes_on > s.first))

    def counts(self, day: date) -> bool:
        """Whether a day is one of those that the law counts."""
        if any(s.first <= day < s.goes_on for s in self.tolled):
            return False
        return self.clock.counted != "working" or self.calendar.is_working(day)

    @cached_property
    def last(self) -> date | None:
        """The last day; None where the law names none."""
        clock, start = self.clock, self.start
        if clock.until:
            return clock.until
        if clock.yearly:
            return next_yearly(clock.yearly, start)
        if clock.hours:
            return instant(self.last_time).day if self.last_time else None
        if clock.months:
            return months_after(start, clock.months) + self.stood_still()
        if clock.days is None:
            return None
        if clock.before:
            return start - timedelta(days=clock.days)
        count = clock.days - clock.from_first
        if clock.counted == "calendar" and not self.tolled:
            return start + timedelta(days=count)
        return nth_day(start, count, self.counts)

    def stood_still(self) -> timedelta:
        """For how many days it stood still."""
        days = {
            s.first + timedelta(n) for s in self.tolled for n in range((s.goes_on - s.first).days)
        }
        return timedelta(days=len(days))

    @cached_property
    def last_time(self) -> str | None:
        """Where the law counts hours, the time at which they end; None without a time of start."""
        at = instant(self.started.at).at
        if not self.clock.hours or at is None:
            return None
        ends = at + timedelta(hours=self.clock.hours)
        return ends.astimezone(ZoneInfo(self.zone)).isoformat(timespec="seconds")

    def stand(self) -> tuple[DueState, str, date | None]:
        """The state of a clock that was started, the sentence that says why, when it goes on."""
        last, on = self.last, self.of.on
        for stop in sorted(self.stops, key=lambda s: (instant(s.at).first(), s.id)):
            if stop.until is None:
                return ("met" if stop.met else "ended", _over(stop, last), None)
        for tolled in self.tolled:
            if tolled.first <= on < tolled.goes_on:
                why = f"It stands still until {spell(tolled.goes_on.isoformat())}."
                return "stopped", why, tolled.goes_on
        if last is None:
            timeless = self.clock.hours is not None
            return "running", _TIMELESS if timeless else "The law names no day for it.", None
        days = (last - on).days
        if days >= 0:
            return "running", f"The last day is {_spelt(last)}, {in_days(days)}.", None
        if self.clock.window:
            return "ended", f"The time was over on {_spelt(last)}.", None
        why = (
            f"The last day was {_spelt(last)}, {ago(-days)}; nothing on file says that it was met."
        )
        return "overdue", why, None

    def counted(self) -> str:
        """How the days were counted, one phrase."""
        clock = self.clock
        if clock.until:
            return "the law names the day"
        if clock.yearly:
            return "every year on its day"
        if clock.hours:
            return f"{clock.hours} hours, in the time zone {self.zone}"
        if clock.days is None and clock.months is None:
            return "the law names no number of days"
        return "; ".join((self._number(), *self._adjusted(), f"time zone {self.calendar.zone}"))

    def _number(self) -> str:
        clock = self.clock
        if clock.months:
            return f"{clock.months} months"
        if clock.before:
            return f"{clock.days} calendar days back from the start event"
        kind = f"working days ({self.calendar.words})" if clock.counted == "working" else ""
        first = "the day of the start event is the first" if clock.from_first else _NOT_FIRST
        return f"{clock.days} {kind or 'calendar days'}; {first}"

    def _adjusted(self) -> Iterable[str]:
        still = self.stood_still().days
        if still:
            yield f"{still} days on which it stood still are not counted"
        day = self.last
        if day and not self.calendar.is_working(day):
            what = self.calendar.holiday(day) or months.day_name[day.weekday()]
            yield f"{_spelt(day)} is no working day ({what}), and no rule on file moves it"


_TIMELESS = "At which time of the day it started is not on file, so its hours cannot be counted."


def _over(stop: ClockStopped, last: date | None) -> str:
    day = instant(stop.at).day
    late = (day - last).days if last else 0
    when = f", {counted_days(late)} after the last day" if late > 0 else ""
    return f"{'Met' if stop.met else 'Ended'} on {_spelt(day)}{when}: {stop.why}"


def ours(follow_up: FollowUp, *, done: str | None) -> Due:
    """Return a day that we chose as the docket shows it.

    Args:
        done: why it no longer waits, one sentence; None while it does.
    """
    return Due(
        id=follow_up.id,
        clock=None,
        rule=follow_up.why,
        cite=None,
        started=Moment(last.isoformat() if (last := last_of(follow_up.set_on)) else ""),
        due=last_of(follow_up.due),
        who="we",
        silence="nothing in law; the day is our own choice",
        counted="a day that we chose; no law sets it",
        state="met" if done else "ours",
        why=done or "We chose this day; no law sets it.",
        ours=True,
    )


def no_deadline(law: Law, authorities: Iterable[str], measure: Measure) -> str:
    """Say that no law sets a time for an answer, and who could start one, from the law data alone.

    Args:
        authorities: the laws that it is asked under.
        measure: what is asked; clocks of other laws of the same state that know it are told too.
    """
    wanted = tuple(dict.fromkeys(a for a in authorities if a in law.authorities))
    states = {law.authorities[a].jurisdiction for a in wanted}
    sisters = [
        a.id
        for a in law.authorities.values()
        if a.jurisdiction in states and measure in a.measures and a.id not in wanted
    ]
    can = "; ".join(_can_start(law, wanted))
    others = "; ".join(_can_start(law, sisters))
    said = can or "nobody could start one under the law that it is asked under"
    if not wanted:
        said = "it is asked under no law of which a time is on file"
    if others and not can:
        said += f"; under another law {others}"
    return f"no deadline in law: no law on file sets a time for an answer to this letter; {said}"


def _can_start(law: Law, authorities: Iterable[str]) -> Iterable[str]:
    wanted = set(authorities)
    for clock in law.clocks.values():
        if clock.starters and clock.authority in wanted:
            yield f"{starters(law, clock)} could start {clock.id} ({clock.cite})"


def starters(law: Law, clock: Clock) -> str:
    """Who can start a clock, in words."""
    titles = [the(law.offices[id].title) if id in law.offices else id for id in clock.starters]
    named = " or ".join((", ".join(titles[:-1]), titles[-1])) if titles[1:] else titles[0]
    if clock.joint:
        return f"the chairperson and the ranking member, jointly, of {named}"
    return named


def the(title: str) -> str:
    """A title with its article."""
    return title if title.lower().startswith(("the ", "a ", "an ", "your ")) else f"the {title}"


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


def _spelt(day: date) -> str:
    return spell(day.isoformat())
