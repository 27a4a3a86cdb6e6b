"""Clocks: the times that laws set for one case, each reckoned from evidence; and days of our own.

A time runs only where a source on file shows its start event, and where those who may start it did.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property
from itertools import count
from typing import NamedTuple
from zoneinfo import ZoneInfo

from gravamen.dates import Moment, instant, spell
from gravamen.docket.calendar import Calendar, calendar_of, nth_day
from gravamen.docket.counting import counted_how
from gravamen.docket.days import (
    ago,
    counted_days,
    in_days,
    last_of,
    months_after,
    next_yearly,
    spelt,
    the,
)
from gravamen.docket.line import Due, DueState
from gravamen.law.authority import Clock, Law
from gravamen.law.clocks import Signer, starts
from gravamen.law.waivers import in_force
from gravamen.proceedings import ClockStarted, ClockStopped, FollowUp
from gravamen.sources.source import Source

DEFAULT_JURISDICTION = "us"


class Stop(NamedTuple):
    """A time in which a clock stood still: from a day until the day on which it goes on."""

    first: date
    goes_on: date


class Reckoner:
    """Reckons the clocks of one case on one day.

    Args:
        sources: the sources on file; a time without evidence among them does not run.
        zone: the time zone of the body that asks, for rules that bind the body itself.
        runs: what started clocks in the case and what stopped each, for those that run only after
            another did.
    """

    def __init__(
        self,
        law: Law,
        *,
        on: date,
        sources: Mapping[str, Source],
        zone: str | None = None,
        runs: Iterable[tuple[ClockStarted, Sequence[ClockStopped]]] = (),
    ) -> None:
        self.law, self.on, self.sources, self.zone = law, on, sources, zone
        self.runs = tuple(runs)

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
        except (OverflowError, ValueError):
            return _not_started(started, "Its last day lies beyond the calendar.")

    def refusal(self, started: ClockStarted) -> str | None:
        """Why what is to be recorded cannot have started the clock; None where it can have.

        What is dated before the event, or comes without what must have come first, shows nothing
        that a later note could mend.
        """
        run = _Run(self, self.law.clock(started.clock), started, ())
        return run.too_early() or run.condition()

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
            owed=self.clock.owed,
            owed_to=self.clock.owed_to,
            stood_still=self.stood_still().days if runs else 0,
            due=self.last if runs else None,
            due_at=Moment(self.last_time) if runs and self.last_time else None,
            who=self.of.who(self.clock),
            office=self.clock.must_act if self.clock.must_act in self.of.law.offices else None,
            silence=self.clock.consequence,
            counted=counted_how(
                self.clock, self.calendar, self.zone, self.last, self.stood_still().days
            )
            if runs
            else "",
            state=state,
            why=" ".join((said, *self._besides())) if runs else said,
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
        if early := self.too_early():
            return early
        authority = self.of.law.authorities.get(clock.authority or "")
        if authority and not in_force(authority, self.start):
            return f"{authority.short} was not in force on {day}; no time runs."
        if clock.since and self.start < clock.since:
            return (
                f"{clock.cite} holds from {spelt(clock.since)}; what rule held on {day} is not on "
                "file, so no time runs."
            )
        if clock.starters:
            signers = (
                Signer(office=s.office, capacity=s.capacity, name=s.name)
                for s in self.started.signers
            )
            found = starts(clock, signers, corruption=self.started.corruption)
            return None if found else found.why
        return self.condition()

    def too_early(self) -> str | None:
        """Say that what should show the event appeared before it; None where anything can show it.

        A time that is counted back is told of before its event.
        """
        if self.clock.before:
            return None
        shown = self.of.shown(self.started.evidence)
        first = min(self.start, instant(self.started.at).day)
        days = {e: last_of(p) for e in shown if (p := self.of.sources[e].published)}
        early = {e: d for e, d in days.items() if d and d < first}
        if not shown or len(early) < len(shown):
            return None
        told = " and ".join(f"{e} appeared on {spelt(d)}" for e, d in early.items())
        return f"{told}, before the event of {spelt(self.start)} that it should show; no time runs."

    def condition(self) -> str | None:
        """Say that the clock that must have run before did not; None where it did, or none must."""
        wanted, unmet = self.clock.after, self.clock.unmet
        if wanted is None or any(self._follows(*run) for run in self.of.runs):
            return None
        how = "ran and was not met" if unmet else "ran"
        return (
            f"{self.clock.id} runs only after {wanted} {how}; nothing on file shows that it did by "
            f"{spelt(self.start)}, so no time runs."
        )

    def _follows(self, started: ClockStarted, stops: Sequence[ClockStopped]) -> bool:
        """Whether a clock that was started is the one after which this one runs."""
        mine, its = set(self.started.requests), set(started.requests)
        if started.clock != self.clock.after or (mine and its and not mine & its):
            return False
        other = _Run(self.of, self.of.law.clock(started.clock), started, tuple(stops))
        if other.start > self.start or other.lacking():
            return False
        done = [s for s in other.stops if s.until is None]
        over = other.last is not None and other.last <= self.start
        return not self.clock.unmet or (
            over and all(self.calendar.local_day(s.at) > self.start for s in done)
        )

    @property
    def comes_again(self) -> bool:
        """Whether it is a time that comes again and again."""
        return self.clock.recurs or self.clock.yearly is not None

    @cached_property
    def times(self) -> tuple[date, ...]:
        """Of a time that comes again: its days, up to the first that is not past."""
        found: list[date] = []
        for day in self._coming():
            if self.clock.recurs_until and day > self.clock.recurs_until:
                break
            found.append(day)
            if day >= self.of.on:
                break
        return tuple(found)

    def _coming(self) -> Iterator[date]:
        clock, start = self.clock, self.start
        if clock.yearly:
            first = next_yearly(clock.yearly, start)
            yield from (first.replace(year=first.year + n) for n in count())
        if clock.months:
            yield from (months_after(start, clock.months * n) for n in count(1))
        days = clock.days or 0
        first_days = clock.first or days
        yield from (start + timedelta(days=first_days + days * n) for n in count())

    @cached_property
    def tolled(self) -> tuple[Stop, ...]:
        """The times in which it stood still, in order; none where no rule lets it."""
        if self.clock.tolling is None:
            return ()
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
        """The last day, of a time that comes again the next one; None where the law names none."""
        clock, start = self.clock, self.start
        if clock.until:
            return clock.until
        if self.comes_again:
            return self.times[-1] if self.times else None
        if clock.hours:
            return instant(self.last_time).day if self.last_time else None
        if clock.months:
            return months_after(start, clock.months) + self.stood_still()
        if clock.days is None:
            return None
        if clock.before:
            return start - timedelta(days=clock.days)
        if clock.counted == "calendar" and not self.tolled:
            return start + timedelta(days=clock.days)
        return nth_day(start, clock.days, self.counts)

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
            if stop.until is None and not (stop.met and self.comes_again):
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
            day = "next" if self.comes_again else "last"
            return "running", f"The {day} day is {spelt(last)}, {in_days(days)}.", None
        if self.clock.owed == "window":
            return "ended", f"The time was over on {spelt(last)}.", None
        was = f"The last day was {spelt(last)}, {ago(-days)}"
        if self.clock.owed == "request":
            return "overdue", f"{was}; nothing on file says that it was met.", None
        return "passed", f"{was}; nothing on file says whether {_AWAITED[self.clock.owed]}.", None

    def _besides(self) -> Iterator[str]:
        """What else is to be said of a clock that runs, in sentences."""
        clock, done = self.clock, [s for s in self.stops if s.met]
        if self.comes_again and done:
            last = max(done, key=lambda s: instant(s.at).first())
            yield f"Done on {spelt(instant(last.at).day)}: {last.why.rstrip('.')}."
        elif self.comes_again and self.times[1:]:
            yield (
                f"The one before was {spelt(self.times[-2])}; nothing on file says whether "
                f"{_AWAITED[clock.owed]}."
            )
        if clock.depends:
            yield clock.depends
        if clock.or_days and clock.days:
            other = spelt(self.start + timedelta(days=clock.or_days))
            yield f"With {clock.or_days} days the last day is {other}."
        for stop in self.stops:
            if stop.until and clock.tolling is None:
                yield (
                    f"{stop.id} says that it stood still until {stop.until}; no rule on file lets "
                    "it, so every day is counted."
                )


_AWAITED = {"report": "it was done", "lapse": "it was done or let lapse", "window": "it was used"}
_TIMELESS = "At which time of the day it started is not on file, so its hours cannot be counted."


def _over(stop: ClockStopped, last: date | None) -> str:
    day = instant(stop.at).day
    late = (day - last).days if last else 0
    when = f", {counted_days(late)} after the last day" if late > 0 else ""
    return f"{'Met' if stop.met else 'Ended'} on {spelt(day)}{when}: {stop.why}"


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
