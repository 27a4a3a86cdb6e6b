"""Docket: for each request and each office asked, where it stands on a day, derived anew.

    docket(case, law.load(), on=date(2026, 9, 1)).lines

Status depends on what happened by the day and on the day alone. A later day's look back at an
earlier one uses what is on file now: what a person accepted since counts from when it happened.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from operator import attrgetter

from gravamen.case import Case
from gravamen.docket.calendar import when
from gravamen.docket.clocks import Reckoner, last_of, no_deadline, ours, the
from gravamen.docket.events import Teller
from gravamen.docket.line import Docket, Due, Event, Line
from gravamen.docket.status import Stage, Status, Titles, on_day, promised, status
from gravamen.docket.threads import Item, Thread, Threads
from gravamen.law.authority import Law
from gravamen.proceedings import (
    ClockStarted,
    ClockStopped,
    Delivered,
    Dispatch,
    FollowUp,
    Outside,
    Reply,
    RequestEnded,
)
from gravamen.requests import Request
from gravamen.rounds import cover_words, rounds

_RUNS = ("running", "overdue", "stopped")
_MORE_THAN_RECEIPT = ("auto-ack", "ack", "bounced", "misdirected", "unclear")
_DIGITS = re.compile(r"(\d+)")


def docket(case: Case, law: Law, *, on: date) -> Docket:
    """Return the docket of a case on a day: a line for each request and office asked.

    A request that was never sent has a line that says so. What a machine proposed and nobody
    accepted is shown and changes no state; what was rejected is left out.
    """
    return _Book(case, law, on).docket()


def joined(dockets: Iterable[Docket]) -> Docket:
    """Return one docket of several cases on one day, in the order of the ids of the cases.

    Raises:
        ValueError: there are none.
    """
    every = list(dockets)
    if not every:
        raise ValueError("There is no docket to join; give at least one case.")
    return Docket(
        on=every[0].on,
        lines=tuple(sorted((x for d in every for x in d.lines), key=attrgetter("case"))),
        pen=tuple(sorted((x for d in every for x in d.pen), key=attrgetter("case"))),
        notes=tuple(note for d in every for note in d.notes),
    )


class _Book:
    """All that the lines of one case share."""

    def __init__(self, case: Case, law: Law, on: date) -> None:
        self.case, self.law, self.on = case, law, on
        self.threads = Threads(case, law, on=on)
        self.titles = Titles({id: the(office.title) for id, office in law.offices.items()})
        zone = case.requester.zone if case.requester else None
        self.reckoner = Reckoner(law, on=on, sources=case.sources, zone=zone)
        self.teller = Teller(self.titles, self.shown)
        self.dues: dict[str, list[Due]] = {}
        self.started: dict[str, list[Item]] = {}
        self._unset: dict[tuple[str | None, str, str], str] = {}
        self.rounds = {r.id: cover_words(r) for r in rounds(case, on=on)} if case.signings else {}
        for clock in self.threads.clocks:
            self._reckon(clock)

    def docket(self) -> Docket:
        """The docket of the case."""
        lines = [self._line(t) for t in self.threads.found.values()]
        lines.sort(key=lambda x: (_natural(x.request), x.asked_on or date.max, x.office_title))
        return Docket(
            on=self.on,
            lines=tuple(lines),
            pen=tuple(self.threads.pen),
            notes=tuple(dict.fromkeys(self.threads.notes)),
        )

    def shown(self, evidence: tuple[str, ...]) -> str:
        """What shows a thing, in words."""
        if not evidence:
            return "by what is not on file"
        return f"as {', '.join(evidence)} {'shows' if len(evidence) == 1 else 'show'}"

    def _reckon(self, started: ClockStarted) -> None:
        """Reckon a clock, for the requests that it is about."""
        stops = self.threads.stops.get(started.id, [])
        due = self.reckoner.reckon(started, stops)
        clock = self.law.clocks.get(started.clock)
        wanted = started.requests or tuple(
            r.id for r in self.case.requests.values() if clock and r.authority == clock.authority
        )
        known = [r for r in wanted if r in self.threads.of_request]
        if not known:
            self.threads.notes.append(
                f"{started.id} ({started.clock}) is about no request here. {due.why}"
            )
        for request in known:
            self.dues.setdefault(request, []).append(due)
            items = self.started.setdefault(request, [])
            things: tuple[ClockStarted | ClockStopped, ...] = (started, *stops)
            items += [Item(thing=thing, counts=True) for thing in things]

    def _line(self, thread: Thread) -> Line:
        request = self.case.requests[thread.key[0]]
        office = thread.key[1] if thread.key[1] in self.law.offices else None
        stages, ended = _stages(thread, self.reckoner)
        asked = stages[0].asked_on if stages else None
        dues = (*self.dues.get(request.id, ()), *self._ours(thread))
        chain = self._chain(thread)
        found = status(
            stages, ended, dues, on=self.on, titles=self.titles, office=office,
            goes_on=(request.id, thread.next or "") in self.threads.found,
        )  # fmt: skip
        events = self._events(thread, asked)
        day, why = (None, "") if found.closed else self._next(dues, thread, found)
        first = stages[0].dispatches[0] if stages else None
        last = next((d for s in reversed(stages) for d in reversed(s.dispatches)), None)
        until = found.since if found.closed and found.since else self.on
        return Line(
            case=self.case.id,
            title=self.case.title,
            request=request.id,
            measure=request.measure,
            authority=request.authority,
            target=self._target(request),
            office=office,
            office_title=self._title(thread.key[1]),
            instrument=first.instrument if first else None,
            dispatch=first.id if first else None,
            asked_on=asked,
            reference=_reference(first, thread),
            state=found.state,
            state_text=found.text,
            since=found.since,
            days_open=(until - asked).days if asked else None,
            closed=found.closed,
            next=day,
            next_why=why,
            deadline=self._deadline(dues, request, office),
            clocks=dues,
            events=events,
            proposed=any(e.proposed for e in events) or not self.threads.counts(request.id),
            chain=chain,
            copies=tuple(self._copy(d) for d in thread.copies),
            signatures=self.rounds.get(last.round or "", "") if last else "",
            last=next((e for e in reversed(events) if not e.proposed), None),
        )

    def _title(self, office: str) -> str:
        if office in self.law.offices:
            return self.law.offices[office].title
        return office or "no office named"

    def _target(self, request: Request) -> str:
        party = self.case.parties.get(request.target or "")
        return party.name if party else request.target_words or ""

    def _copy(self, dispatch: Dispatch) -> str:
        to = self.titles.of(dispatch.office or dispatch.to)
        return f"{to}, on {on_day(when(dispatch.at).day)} by {dispatch.channel}"

    def _events(self, thread: Thread, asked: date | None) -> tuple[Event, ...]:
        items = thread.items
        extra = self.started.get(thread.key[0])
        if thread.asked_elsewhere:
            items = [Item(thing=thread.asked_elsewhere, counts=True), *items]
        found = [self.teller.event(item, asked) for item in items]
        if extra:
            found += [self.teller.event(item, asked) for item in extra]
            found.sort(key=lambda e: when(e.at).first())
        return tuple(found)

    def _ours(self, thread: Thread) -> list[Due]:
        """The days of our own, each waiting, or done by what came or went since."""
        chosen = [i.thing for i in thread.items if i.counts and isinstance(i.thing, FollowUp)]
        return [ours(f, done=_done(f, thread, chosen)) for f in chosen]

    def _chain(self, thread: Thread) -> tuple[str, ...]:
        """The titles of the offices through which a request went, where it was referred."""
        request, here = thread.key
        if thread.next is None and len(self.threads.of_request[request]) == 1:
            return ()
        before = {t.next: t.key[1] for t in self.threads.of_request[request] if t.next is not None}
        path = [here]
        while (office := before.get(path[0])) and office not in path:
            path.insert(0, office)
        found: Thread | None = thread
        while found and found.next and found.next not in path:
            path.append(found.next)
            found = self.threads.found.get((request, found.next))
        return tuple(self._title(office) for office in path) if path[1:] else ()

    def _next(self, dues: Sequence[Due], thread: Thread, found: Status) -> tuple[date | None, str]:
        """The next day that matters, and why."""
        days: list[tuple[date, str]] = []
        for due in dues:
            day = due.resumes if due.state == "stopped" else due.due
            if day is None or day < self.on or due.state not in ("running", "stopped", "ours"):
                continue
            if due.ours:
                days.append((day, f"our own day: {due.rule}"))
            else:
                days.append((day, f"{due.who}: {due.rule} ({due.cite})"))
        if found.state in ("interim", "past-promise"):
            for item in thread.items:
                if item.counts and isinstance(item.thing, Reply) and not item.elsewhere:
                    day = promised(item.thing)
                    if day and day >= self.on:
                        days.append((day, "promised by the office"))
        return min(days, default=(None, ""), key=lambda d: (d[0] or date.max, d[1]))

    def _deadline(self, dues: Sequence[Due], request: Request, office: str | None) -> str:
        """The time that a law sets for this request, or that none does."""
        lawful = [d for d in dues if not d.ours]
        runs = [d for d in lawful if d.state in _RUNS]
        if runs:
            due = min(runs, key=lambda d: (d.due or date.max, d.id))
            day = f"{on_day(due.due)}" if due.due else "no day is named"
            return f"{day}: {due.who}: {due.rule} ({due.cite}). {due.why}"
        over = [d for d in lawful if d.state in ("met", "ended")]
        if over:
            return f"none runs any more: {over[-1].rule} ({over[-1].cite}). {over[-1].why}"
        said = [f"{d.clock} does not run: {d.why}" for d in lawful]
        return " ".join((f"{self._no_deadline(request, office)}.", *said)).rstrip()

    def _no_deadline(self, request: Request, office: str | None) -> str:
        key = (request.authority, request.measure, office or "")
        if key not in self._unset:
            laws = [request.authority] if request.authority else []
            if not laws and office:
                powers = self.law.offices[office].powers
                laws = [a for p in powers if p.measure == request.measure for a in p.authorities]
            self._unset[key] = no_deadline(self.law, laws, request.measure)
        return self._unset[key]


def _stages(thread: Thread, reckoner: Reckoner) -> tuple[list[Stage], RequestEnded | None]:
    """The askings of a thread, each with what was said to it; and how the request ended."""
    stages: list[Stage] = []
    of: dict[str, Stage] = {}
    early: list[Item] = []
    ended: RequestEnded | None = None
    if thread.asked_elsewhere:
        stages.append(Stage(thread.asked_elsewhere))
        of[thread.asked_elsewhere.id] = stages[0]
    for item in thread.items:
        thing = item.thing
        if not item.counts:
            continue
        if isinstance(thing, Reply):
            let = _let_reply(thing, item, of)
        elif isinstance(thing, Delivered):
            let = _let_reach(thing, of, reckoner)
        else:
            let = True
            if isinstance(thing, Dispatch):
                _asked(thing, stages, of)
            elif isinstance(thing, RequestEnded):
                ended = thing
            elif isinstance(thing, Outside):
                for stage in stages:
                    stage.shown(thing, item.outcome)
        if not let:
            early.append(item)
    _belated(early, stages, of, reckoner)
    return stages, ended


def _belated(
    early: Sequence[Item], stages: Sequence[Stage], of: dict[str, Stage], reckoner: Reckoner
) -> None:
    """Let come what is dated before the letter that it is about, or is about another letter."""
    for item in early:
        thing = item.thing
        if isinstance(thing, Reply) and stages:
            of.setdefault(thing.dispatch or "", stages[-1])
            _let_reply(thing, item, of)
        elif isinstance(thing, Delivered):
            _let_reach(thing, of, reckoner)


def _asked(dispatch: Dispatch, stages: list[Stage], of: dict[str, Stage]) -> None:
    """Let a letter have gone: into the asking that it goes back to, else as a new one."""
    back = of.get(dispatch.resends or dispatch.follows_up or "")
    over = back is not None and (final := back.final()) is not None and final.closed
    if back is None or (over and not dispatch.resends):
        back = Stage(dispatch)
        stages.append(back)
    else:
        back.dispatches.append(dispatch)
    of[dispatch.id] = back


def _let_reach(thing: Delivered, of: dict[str, Stage], reckoner: Reckoner) -> bool:
    """Let a letter have been delivered, as evidence shows; say whether its asking was found."""
    stage = of.get(thing.dispatch)
    if stage and reckoner.shown(thing.evidence):
        stage.reached(thing)
    return stage is not None


def _let_reply(thing: Reply, item: Item, of: dict[str, Stage]) -> bool:
    """Let a reply have come; say whether its asking was found."""
    stage = of.get(thing.dispatch or "")
    if stage is None:
        return item.elsewhere and not item.taken
    if not item.elsewhere:
        stage.replied(thing, item.outcome)
    elif item.taken:
        stage.taken(thing)
    return True


def _done(follow_up: FollowUp, thread: Thread, chosen: Sequence[FollowUp]) -> str | None:
    """Why a day of our own no longer waits; None while it does."""
    due, set_on = last_of(follow_up.due), last_of(follow_up.set_on)
    for item in thread.items:
        thing = item.thing
        if not item.counts or due is None or set_on is None:
            continue
        if isinstance(thing, Dispatch) and when(thing.at).day >= due:
            return f"We wrote again on {on_day(when(thing.at).day)}."
        if isinstance(thing, Reply) and thing.reply not in _MORE_THAN_RECEIPT:
            day = when(thing.received).day
            if day >= set_on and not (item.elsewhere and not item.taken):
                return f"A reply came on {on_day(day)}."
    after = chosen[chosen.index(follow_up) + 1 :]
    return f"We chose another day since: {after[-1].due}." if after else None


def _reference(first: Dispatch | None, thread: Thread) -> str | None:
    """The number of the letter, and the office's own where a reply gave one."""
    given = [
        i.thing.reference
        for i in thread.items
        if i.counts and isinstance(i.thing, Reply) and not i.elsewhere and i.thing.reference
    ]
    numbers = [first.reference] if first and first.reference else []
    return "; ".join((*numbers, *(f"theirs: {n}" for n in given[-1:]))) or None


def _natural(id: str) -> tuple[tuple[int, int | str], ...]:
    """A key by which r.2 stands before r.10."""
    return tuple((0, int(p)) if p.isdecimal() else (1, p) for p in _DIGITS.split(id) if p)
