"""Docket: for each request and each office asked, where it stands on a day, derived anew.

    docket(case, law.load(), on=date(2026, 9, 1)).lines

Status depends on what happened by the day and on the day alone. A later day's look back at an
earlier one uses what is on file now: what a person accepted since counts from when it happened.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from msgspec.structs import replace

from gravamen.case import Case
from gravamen.dates import instant
from gravamen.docket.calendar import placed
from gravamen.docket.clocks import Reckoner, ours
from gravamen.docket.days import last_of, the
from gravamen.docket.events import Teller
from gravamen.docket.fit import owed_under, unfit
from gravamen.docket.line import Docket, Due, Line
from gravamen.docket.stages import stages
from gravamen.docket.status import Status, Titles, on_day, promised, status
from gravamen.docket.threads import Item, Thread, Threads, at_of
from gravamen.docket.unset import no_deadline
from gravamen.law.authority import Clock, Law
from gravamen.proceedings import (
    ClockStarted,
    ClockStopped,
    Dispatch,
    FollowUp,
    Reply,
    RoundOpened,
)
from gravamen.requests import Request
from gravamen.rounds import cover_words, rounds

_RUNS = ("running", "overdue", "stopped")
_NO_ANSWER = ("auto-ack", "ack", "bounced", "misdirected", "unclear")
_DIGITS = re.compile(r"(\d+)")


def docket(case: Case, law: Law, *, on: date, told: bool = True) -> Docket:
    """Return the docket of a case on a day: a line for each request and office asked.

    A request that was never sent has a line that says so. What a machine proposed and nobody
    accepted is shown and changes no state; what was rejected is left out.

    Args:
        told: whether all that happened is put into words; a list of where each request stands can
            do without, and its lines have no `events` but the `last`.
    """
    return _Book(case, law, on, told).docket()


class _Book:
    """All that the lines of one case share."""

    def __init__(self, case: Case, law: Law, on: date, told: bool) -> None:
        self.case, self.law, self.on, self.told = case, law, on, told
        self.threads = Threads(case, law, on=on)
        self.titles = Titles({id: the(office.title) for id, office in law.offices.items()})
        zone = case.requester.zone if case.requester else None
        runs = [(c, self.threads.stops.get(c.id, ())) for c in self.threads.clocks]
        self.reckoner = Reckoner(law, on=on, sources=case.sources, zone=zone, runs=runs)
        self.teller = Teller(self.titles, self.shown, _signed(case))
        self.dues: dict[str, list[Due]] = {}
        self.started: dict[str, list[Item]] = {}
        self._unset: dict[tuple[str | None, str, str], str] = {}
        self.rounds = (
            {r.id: cover_words(r, names=True) for r in rounds(case, on=on)} if case.signings else {}
        )
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
            notes=tuple(dict.fromkeys((*self._others_due(lines), *self.threads.notes))),
        )

    def _others_due(self, lines: Sequence[Line]) -> Iterator[str]:
        """Say each time that runs for an office which nobody wrote to, so that it has no line."""
        shown = {(d.id, x.request) for x in lines for d in x.clocks if d.office == x.office}
        about: dict[str, tuple[Due, list[str]]] = {}
        for line in lines:
            for due in line.clocks:
                wanted = due.office and due.owed == "request" and due.state in _RUNS[:2]
                if wanted and (due.id, line.request) not in shown:
                    requests = about.setdefault(due.id, (due, []))[1]
                    requests += [line.request] if line.request not in requests else []
        for due, requests in about.values():
            word = "Overdue" if due.state == "overdue" else "Due"
            day = f" by {on_day(due.due)}" if due.due else ""
            yield (
                f"{word} in law{day} ({due.cite}), from {due.who}, on {', '.join(requests)}: "
                f"{due.rule}. {due.why}"
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
            r.id for r in self.case.requests.values() if clock and owed_under(clock, r)
        )
        known = [r for r in wanted if r in self.threads.of_request]
        if not known:
            self.threads.notes.append(
                f"{started.id} ({started.clock}) is about no request here. {due.why}"
            )
        for request in known:
            if clock and (why := unfit(self.law, clock, self.case.requests[request])):
                self.threads.notes.append(f"{started.id} counts for no line: {why}.")
                continue
            self.dues.setdefault(request, []).append(self._bearing(due, clock, request))
            items = self.started.setdefault(request, [])
            things: tuple[ClockStarted | ClockStopped, ...] = (started, *stops)
            items += [Item(thing=thing, counts=True) for thing in things]

    def _bearing(self, due: Due, clock: Clock | None, request: str) -> Due:
        """A clock as it bears on a request: overdue only where the answer is owed on that one."""
        if clock is None or clock.owed != "request":
            return due
        if not owed_under(clock, self.case.requests[request]):
            state = "passed" if due.state == "overdue" else due.state
            return replace(due, owed="report", state=state)
        every = self.threads.of_request[request]
        offices = [t.key[1] for t in every if _sent(t)] or [t.key[1] for t in every]
        if due.office is None and len(offices) == 1 and offices[0] in self.law.offices:
            return replace(due, office=offices[0], who=self.titles.of(offices[0]))
        return due

    def _line(self, thread: Thread) -> Line:
        request = self.case.requests[thread.key[0]]
        office = thread.key[1] if thread.key[1] in self.law.offices else None
        askings, ended = stages(thread, self.reckoner)
        asked = askings[0].asked_on if askings else None
        bears = bool(askings) or not any(map(_sent, self.threads.of_request[request.id]))
        dues = (*(self.dues.get(request.id, ()) if bears else ()), *self._ours(thread))
        chain = self._chain(thread)
        found = status(
            askings, ended, dues, on=self.on, titles=self.titles, office=office,
            goes_on=(request.id, thread.next or "") in self.threads.found and not thread.back,
        )  # fmt: skip
        found = self._referred(thread, found)
        items = self._items(thread, bears)
        events = tuple(self.teller.event(item, asked) for item in items) if self.told else ()
        happened = next((item for item in reversed(items) if item.counts), None)
        waits = any(not item.counts for item in thread.items)
        day, why = (None, "") if found.closed else self._next(dues, thread, found)
        first = askings[0].dispatches[0] if askings else None
        last = next((d for s in reversed(askings) for d in reversed(s.dispatches)), None)
        until = found.since if found.closed and found.since else self.on
        opened = found.since if found.state == "referred-here" else asked
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
            days_open=(until - opened).days if opened else None,
            closed=found.closed,
            next=day,
            next_why=why,
            deadline=self._deadline(dues, request, office),
            clocks=dues,
            events=events,
            proposed=waits or not self.threads.counts(request.id),
            chain=chain,
            copies=tuple(self._copy(d) for d in thread.copies),
            signatures=self.rounds.get(last.round or "", "") if last else "",
            last=self.teller.event(happened, asked) if happened else None,
            under=self._law(request.authority),
        )

    def _referred(self, thread: Thread, found: Status) -> Status:
        """A state as it is where another office referred the request to this one."""
        if thread.came is None or not isinstance(thread.came.thing, Reply):
            return found
        day, by = instant(thread.came.thing.received).day, self.titles.of(thread.came.by)
        if found.state == "not-sent":
            text = f"Referred here on {on_day(day)} by {by}; nothing from it is on file."
            return Status("referred-here", text, day)
        if found.state == "referred" and thread.back:
            text = f"{found.text} It was referred back on {on_day(day)} by {by}."
            return found._replace(text=text, since=day)
        return found

    def _law(self, authority: str | None) -> str:
        known = self.law.authorities.get(authority or "")
        return known.short if known else authority or ""

    def _title(self, office: str) -> str:
        if office in self.law.offices:
            return self.law.offices[office].title
        return office or "no office named"

    def _target(self, request: Request) -> str:
        party = self.case.parties.get(request.target or "")
        return party.name if party else request.target_words or ""

    def _copy(self, dispatch: Dispatch) -> str:
        to = self.titles.of(dispatch.office or dispatch.to)
        return f"{to}, on {on_day(instant(dispatch.at).day)} by {dispatch.channel}"

    def _items(self, thread: Thread, bears: bool) -> Sequence[Item]:
        """All that happened, in order.

        Args:
            bears: whether the times that the law sets for the request bear on this office.
        """
        items = thread.items
        if thread.asked_elsewhere:
            items = [Item(thing=thread.asked_elsewhere, counts=True), *items]
        if bears and (extra := self.started.get(thread.key[0])):
            return sorted((*items, *extra), key=lambda i: placed(at_of(i.thing))[1])
        return items

    def _ours(self, thread: Thread) -> list[Due]:
        """The days of our own, each waiting, or done by what came or went since."""
        chosen: list[FollowUp] = []
        moved: list[tuple[date, Dispatch | Reply]] = []
        for item in thread.items:
            thing = item.thing
            if not item.counts:
                continue
            if isinstance(thing, FollowUp):
                chosen.append(thing)
            elif isinstance(thing, Dispatch):
                if thing.withdrawn is None:
                    moved.append((instant(thing.at).day, thing))
            elif isinstance(thing, Reply):
                here = item.taken or not item.elsewhere
                if here and thing.reply not in _NO_ANSWER:
                    moved.append((instant(thing.received).day, thing))
        return [ours(f, done=_done(f, moved, chosen[n + 1 :])) for n, f in enumerate(chosen)]

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
            if due.beside:
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
        lawful = [d for d in dues if not d.ours and not (d.beside and d.state != "not-started")]
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


def _sent(thread: Thread) -> bool:
    """Whether a letter went to the office of a thread."""
    return any(isinstance(item.thing, Dispatch) for item in thread.items)


def _signed(case: Case) -> dict[tuple[str, str], tuple[str, str]]:
    """The name of each signatory and the id of what it was to sign, by round and signatory."""
    return {
        (act.id, who.id): (who.name, act.instrument)
        for act in case.signings.values()
        if isinstance(act, RoundOpened)
        for who in act.signatories
    }


def _done(
    follow_up: FollowUp, moved: Sequence[tuple[date, Dispatch | Reply]], after: Sequence[FollowUp]
) -> str | None:
    """Why a day of our own no longer waits; None while it does.

    Args:
        moved: the letters and the answers of the thread, each with its day.
        after: the days that were chosen after this one.
    """
    due, set_on = last_of(follow_up.due), last_of(follow_up.set_on)
    for day, thing in moved:
        if due is None or set_on is None:
            break
        if isinstance(thing, Reply):
            if day >= set_on:
                return f"A reply came on {on_day(day)}."
        elif day >= due:
            return f"We wrote again on {on_day(day)}."
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
