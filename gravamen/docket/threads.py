"""Threads: which happenings of a case belong to which request at which office, in their order.

The order is that of the moments; at one moment that of what must come first (a letter is sent
before it is answered), then that of the ids. The order in which things were recorded is no part
of it.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain

from gravamen.case import Case
from gravamen.dates import Moment
from gravamen.docket.calendar import placed
from gravamen.docket.line import Pending
from gravamen.docket.status import ANSWERS, BY_KIND
from gravamen.law.authority import Law
from gravamen.proceedings import (
    ClockStarted,
    ClockStopped,
    Delivered,
    Dispatch,
    FollowUp,
    Holder,
    Outside,
    Reply,
    RequestEnded,
    SignatureEnded,
    came_before,
)
from gravamen.values import Value
from gravamen.vocabulary import Measure

NoReply = (
    Dispatch | Delivered | ClockStarted | ClockStopped | FollowUp | Outside | RequestEnded
    | SignatureEnded
)  # fmt: skip
Tracked = NoReply | Reply
_RANK: dict[type, int] = {
    kind: n
    for n, kind in enumerate(
        (
            Dispatch,
            Delivered,
            Reply,
            ClockStarted,
            ClockStopped,
            FollowUp,
            Outside,
            RequestEnded,
            SignatureEnded,
        )
    )
}
_MOMENTS: dict[type, str] = {Reply: "received", FollowUp: "set_on"}
Key = tuple[str, str]  # id of a request; id of an office, or the words for what is none


class Item(Value):
    """A happening as one thread has it.

    Args:
        counts: a person recorded or accepted it; what a machine proposed changes no status.
        outcome: what a reply or something public says to the request of this thread.
        elsewhere: a reply of another office, or one to a copy (`copy`): shown, and of no effect but
            that the other office took it over (`taken`).
        by: the office (id, or words) that referred the request here, where that is what happened.
    """

    thing: Tracked
    counts: bool
    outcome: str | None = None
    elsewhere: bool = False
    taken: bool = False
    copy: bool = False
    by: str | None = None


class Thread:
    """What happened to one request at one office, in order.

    `next` is the office that it was referred to; `came` the item by which another office referred
    it here, and `back` whether that is the last word: this office has not referred it on since.
    """

    __slots__ = ("asked_elsewhere", "back", "came", "copies", "items", "key", "next")

    def __init__(self, key: Key) -> None:
        self.key = key
        self.items: list[Item] = []
        self.copies: tuple[Dispatch, ...] = ()
        self.asked_elsewhere: Dispatch | None = None
        self.next: str | None = None
        self.came: Item | None = None
        self.back = False


class Threads:
    """The threads of a case as of a day.

    Args:
        on: what happened after this day is left out.
    """

    def __init__(self, case: Case, law: Law, *, on: date) -> None:
        self.case, self.law, self.on = case, law, on
        self.found: dict[Key, Thread] = {}
        self.of_request: dict[str, list[Thread]] = {}
        self.notes: list[str] = []
        self.pen: list[Pending] = []
        self.stops: dict[str, list[ClockStopped]] = {}
        self._powers: dict[tuple[Measure, str | None], frozenset[str]] = {}
        verdicts = {j.target: j.verdict for j in case.judgements}
        self._rejected = {target for target, v in verdicts.items() if v == "rejected"}
        decided = {target for target, v in verdicts.items() if v in ("accepted", "amended")}
        self._waiting = case.proposed_by.keys() - decided
        in_order = self._in_order()
        self.dispatches = {thing.id: thing for thing in in_order if isinstance(thing, Dispatch)}
        self._threads_of: dict[str, list[Thread]] = {}
        for dispatch in self.dispatches.values():
            self._send(dispatch)
        self._unsent()
        self.clocks: list[ClockStarted] = []
        for thing in in_order:
            if isinstance(thing, Reply):
                self._reply(thing)
            else:
                self._place(thing)

    def counts(self, thing: str) -> bool:
        """Whether a person recorded a thing or accepted it."""
        return thing not in self._waiting

    def stands(self, thing: str) -> bool:
        """Whether a thing was not rejected."""
        return thing not in self._rejected

    def thread(self, key: Key) -> Thread:
        """The thread of a request at an office, opened where there is none."""
        found = self.found.get(key)
        if found is None:
            found = self.found[key] = Thread(key)
            self.of_request.setdefault(key[0], []).append(found)
        return found

    def requests_of(self, dispatch: str | None) -> tuple[str, ...]:
        """The requests that a dispatch carries: its own, or those of the one it goes back to."""
        seen: set[str] = set()
        while dispatch and dispatch not in seen and dispatch in self.dispatches:
            seen.add(dispatch)
            found = self.dispatches[dispatch]
            if found.requests:
                return found.requests
            dispatch = found.copy_of or found.resends or found.follows_up
        return ()

    def _in_order(self) -> list[Tracked]:
        """What happened by the day and was not rejected, in its order."""
        case, by_time = self.case, dict[float, list[Tracked]]()
        ended = (s for s in case.signings.values() if isinstance(s, SignatureEnded))
        for thing in chain(
            case.dispatches.values(), case.replies.values(), case.noted.values(), ended
        ):
            if isinstance(thing, Holder) or thing.id in self._rejected:
                continue
            day, time = placed(at_of(thing))
            if day <= self.on:
                by_time.setdefault(time, []).append(thing)
        return [t for time in sorted(by_time) for t in sorted(by_time[time], key=_at_one_time)]

    def _send(self, dispatch: Dispatch) -> None:
        """Open the threads of a dispatch."""
        requests = self.requests_of(dispatch.id)
        if not requests:
            self.notes.append(f"{dispatch.id} carries no request, so no line shows it.")
        office = office_of(self.dispatches.get(dispatch.copy_of or "", dispatch))
        threads = self._threads_of[dispatch.id] = []
        for request in requests:
            if request in self.case.requests:
                threads.append(self.thread((request, office)))
            else:
                self.notes.append(f"{dispatch.id} carries {request}, which is not on file.")
        if dispatch.copy_of:
            for thread in threads:
                thread.copies += (dispatch,)

    def _unsent(self) -> None:
        """Open a thread for each office that a request addresses and that it was not sent to.

        An office that has no power for it, beside one that has, was rightly left out: a note.
        """
        for request in self.case.requests.values():
            if not self.stands(request.id):
                continue
            sent = {thread.key[1] for thread in self.of_request.get(request.id, ())}
            able = self._able(request.measure, request.authority)
            has = [o for o in request.addressees if o in able or o in sent]
            for office in request.addressees:
                if office in sent:
                    continue
                if has and office not in able:
                    title = self.law.offices[office].title if office in self.law.offices else office
                    self.notes.append(
                        f"{request.id} addresses the {title}, which has no power for it in the law "
                        "data; it was not sent there."
                    )
                else:
                    self.thread((request.id, office))
            for words in () if request.addressees or sent else request.addressee_words or ("",):
                self.thread((request.id, words))

    def _able(self, measure: Measure, authority: str | None) -> frozenset[str]:
        """The ids of the offices that hold the power for a measure."""
        if (measure, authority) not in self._powers:
            held = self.law.holders(measure, authority)
            self._powers[measure, authority] = frozenset(office.id for office in held)
        return self._powers[measure, authority]

    def _place(self, thing: NoReply) -> None:
        """Put a happening into the threads that it belongs to; clocks are kept by themselves."""
        item = Item(thing=thing, counts=self.counts(thing.id))
        if isinstance(thing, Outside):
            self._tell(thing, item)
        elif isinstance(thing, (ClockStarted, ClockStopped)):
            if item.counts:
                self._time(thing)
        else:
            for thread in self._touched(thing):
                thread.items.append(item)

    def _tell(self, thing: Outside, item: Item) -> None:
        """Put something public into the threads of the requests that it bears on."""
        outcomes = {a.request: a.outcome for a in thing.answers}
        for thread in self._lines_of((*dict.fromkeys((*thing.requests, *outcomes)),), thing.id):
            outcome = outcomes.get(thread.key[0])
            told = Item(thing=thing, counts=item.counts, outcome=outcome) if outcome else item
            thread.items.append(told)

    def _time(self, thing: ClockStarted | ClockStopped) -> None:
        """Keep a clock, or what stopped it."""
        if isinstance(thing, ClockStarted):
            self.clocks.append(thing)
        else:
            self.stops.setdefault(thing.clock, []).append(thing)

    def _touched(
        self, thing: Dispatch | Delivered | FollowUp | RequestEnded | SignatureEnded
    ) -> Iterable[Thread]:
        """The threads that a happening is about."""
        if isinstance(thing, SignatureEnded):
            return self._signed_before(thing)
        if isinstance(thing, Dispatch):
            return () if thing.copy_of else self._threads_of[thing.id]
        if isinstance(thing, FollowUp):
            return self._lines_of_follow_up(thing)
        if isinstance(thing, RequestEnded):
            return self._lines_of((thing.request,), thing.id)
        return self._of_dispatch(thing.dispatch, thing.id)

    def _signed_before(self, ended: SignatureEnded) -> Iterable[Thread]:
        """The threads whose letter had gone before a signature under it was withdrawn."""
        if ended.how == "refused":
            return ()
        at = placed(ended.at)
        gone = [
            d for d in self.dispatches.values()
            if d.round == ended.round and d.copy_of is None and placed(at_of(d)) <= at
        ]  # fmt: skip
        return {t.key: t for d in gone for t in self._threads_of[d.id]}.values()

    def _of_dispatch(self, dispatch: str, id: str) -> Sequence[Thread]:
        """The threads of a dispatch; one that is not on file is told."""
        found = self._threads_of.get(dispatch)
        if found is None:
            self.notes.append(f"{id} is about {dispatch}, which is not on file.")
        return found or ()

    def _lines_of_follow_up(self, thing: FollowUp) -> Iterable[Thread]:
        if thing.dispatch is None:
            wanted = thing.requests or tuple(self.of_request)
            return self._lines_of(wanted, thing.id)
        found = self._of_dispatch(thing.dispatch, thing.id)
        return [t for t in found if not thing.requests or t.key[0] in thing.requests]

    def _lines_of(self, requests: tuple[str, ...], id: str) -> Iterator[Thread]:
        """All threads of some requests."""
        for request in requests:
            if request not in self.case.requests:
                self.notes.append(f"{id} is about {request}, which is not on file.")
            yield from self.of_request.get(request, ())

    def _reply(self, reply: Reply) -> None:
        """Put a reply into the threads of its dispatch, or of the office that answers instead."""
        counts = self.counts(reply.id)
        dispatch = self.dispatches.get(reply.dispatch or "")
        early = dispatch is not None and came_before(reply, dispatch)
        if why := self._waits(reply, dispatch, early, counts):
            self.pen.append(
                Pending(
                    case=self.case.id, reply=reply.id, source=reply.source,
                    received=reply.received, kind=reply.reply, dispatch=reply.dispatch, why=why,
                )
            )  # fmt: skip
        if dispatch is None:
            return
        if early:
            self.notes.append(
                f"{reply.id} is dated {reply.received}, before {dispatch.id} ({dispatch.at}), "
                "which it is said to answer; it counts for nothing."
            )
            return
        threads = self._threads_of[dispatch.id]
        for answer in reply.answers:
            if all(thread.key[0] != answer.request for thread in threads):
                self.notes.append(
                    f"{reply.id} answers {answer.request}, which {dispatch.id} does not carry; "
                    "no line counts that."
                )
        for thread in threads:
            self._answer(thread, reply, dispatch, counts)

    def _answer(self, thread: Thread, reply: Reply, dispatch: Dispatch, counts: bool) -> None:
        outcome = outcome_of(reply, thread.key[0])
        office = reply.office or office_of(dispatch)
        item = Item(thing=reply, counts=counts, outcome=outcome)
        if office == thread.key[1]:
            thread.items.append(item)
            if outcome == "referred" and counts:
                self._refer(thread, reply, office)
            return
        taken = dispatch.copy_of is None or (outcome or "not-addressed") != "not-addressed"
        if taken and counts:
            other = self.thread((thread.key[0], office))
            other.asked_elsewhere = other.asked_elsewhere or dispatch
            other.items.append(item)
            if outcome == "referred":
                self._refer(other, reply, office)
            if dispatch.copy_of is None:
                thread.next = thread.next or office
        handed = taken and counts and dispatch.copy_of is None
        copy = dispatch.copy_of is not None
        thread.items.append(
            Item(
                thing=reply, counts=counts, outcome=outcome, elsewhere=True, taken=handed, copy=copy
            )
        )  # fmt: skip

    def _refer(self, thread: Thread, reply: Reply, by: str) -> None:
        """Let an office have referred a request to another, which has a thread of its own."""
        to = reply.referred_to
        if not to or to == thread.key[1]:
            return
        there = self.thread((thread.key[0], to))
        thread.next, thread.back = to, False
        there.came, there.back = Item(thing=reply, counts=True, elsewhere=True, by=by), True
        there.items.append(there.came)

    def _waits(
        self, reply: Reply, dispatch: Dispatch | None, early: bool, counts: bool
    ) -> str | None:
        """Why a reply waits for a person; None where it does not."""
        if reply.dispatch is None:
            return "Nobody has said which letter it answers."
        if dispatch is None:
            return f"It is said to answer {reply.dispatch}, which is not on file by this day."
        if early:
            return f"It is dated before {reply.dispatch}, which it is said to answer."
        if not counts:
            return "A machine proposed what it says, and nobody has accepted or rejected it."
        if reply.reply == "substantive" and not reply.answers:
            return "What it says to each request is not recorded."
        return None


def _at_one_time(thing: Tracked) -> tuple[int, str]:
    """A key by which things of one moment are put in order."""
    return _RANK[type(thing)], thing.id


def outcome_of(reply: Reply, request: str) -> str | None:
    """What a reply says to a request; a reply of one kind that lists no answers says it to all."""
    for answer in reply.answers:
        if answer.request == request:
            return answer.outcome
    if reply.answers:
        return "not-addressed" if reply.reply in ANSWERS else None
    return BY_KIND.get(reply.reply)


def at_of(thing: Tracked) -> Moment:
    """When a thing happened: `moment_of`, without its trials, for a docket has many of them."""
    at: Moment = getattr(thing, _MOMENTS.get(type(thing), "at"))
    return at


def office_of(dispatch: Dispatch) -> str:
    """The id of the office that a dispatch went to, or the words for whoever is none."""
    return dispatch.office or dispatch.to or dispatch.address
