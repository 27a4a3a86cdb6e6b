"""Standing: where the motion of a body stands on a day: its life, its amendments, its votes."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

import msgspec

from gravamen.adoption.notice import Posting, bounds, posting
from gravamen.adoption.rules import Rules, cited, rules_of, zone_of
from gravamen.adoption.tally import Tally, members_on, tally
from gravamen.case import Case
from gravamen.dates import instant
from gravamen.law.authority import Law
from gravamen.proceedings import (
    AdoptionStep,
    Amended,
    Dispatch,
    Member,
    Minuted,
    Moved,
    Posted,
    Seconded,
    SetAside,
    Voted,
)
from gravamen.values import Value

State = Literal[
    "drafted", "posted", "moved", "seconded", "amended", "carried", "failed", "withdrawn",
    "tabled", "referred", "recorded", "transmitted",
]  # fmt: skip
ADOPTED: tuple[State, ...] = ("carried", "recorded", "transmitted")
AmendmentState = Literal["pending", "carried", "failed", "accepted"]
# On a day of which no times are known, what comes first comes before all that has a time, and what
# comes last after it.
_RANKS: dict[type, int] = {
    Posted: 0, Moved: 1, Seconded: 2, Amended: 3, Voted: 4, SetAside: 5, Minuted: 6,
}  # fmt: skip
_LATE = 4
_ORDER: tuple[State, ...] = ("drafted", "posted", "moved", "seconded", "amended")


class Amendment(Value):
    """An amendment and what became of it.

    Args:
        held: the moment from which it holds; None where it does not.
        in_time: whether that was before the last vote on the motion.
    """

    step: Amended
    state: AmendmentState
    held: str | None = None
    in_time: bool = True

    @property
    def holds(self) -> bool:
        """Whether it is part of the motion."""
        return self.held is not None and self.in_time


class Event(Value):
    """One step in the life of a motion: when, the id of the step, and what happened in words."""

    at: str
    id: str
    words: str


class Adoption(Value):
    """Where a motion stands on a day; all of it follows from the steps, the rules and the day.

    Args:
        since: the moment of the step that put it there; None for a motion that is only drafted.
        names: the names of the members by their ids.
        movers, seconders: their names as the steps give them.
        strangers: names of those who moved, seconded or amended and were no members on the day.
        posted: the posting for the meeting at which it was voted on; without one, the last.
        votes: every roll call, on the motion and on its amendments, in order.
        set_aside: how it was set aside, where it stands so.
        minuted: the record of the clerk; `sent` the ids of the dispatches that carried it out.
        notes: what is not in order, a sentence each.
    """

    motion: str
    on: date
    state: State
    since: str | None
    rules: Rules
    names: Mapping[str, str] = {}
    postings: tuple[Posting, ...] = ()
    posted: Posting | None = None
    movers: tuple[str, ...] = ()
    seconders: tuple[str, ...] = ()
    strangers: tuple[str, ...] = ()
    amendments: tuple[Amendment, ...] = ()
    votes: tuple[Tally, ...] = ()
    set_aside: SetAside | None = None
    minuted: Minuted | None = None
    sent: tuple[str, ...] = ()
    life: tuple[Event, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def vote(self) -> Tally | None:
        """The last roll call on the motion itself."""
        return next((v for v in reversed(self.votes) if v.step.question == "motion"), None)

    @property
    def adopted(self) -> bool:
        """Whether it carried, and nothing came after that undoes it."""
        return self.state in ADOPTED

    @property
    def item(self) -> str | None:
        """The number of the item on the agenda that was posted last."""
        return self.posted.step.item if self.posted else None

    @property
    def number(self) -> str | None:
        """The number that the clerk gave it."""
        return self.minuted.number if self.minuted else None

    def name(self, member: str) -> str:
        """The name of a member by its id; words that are no id stay as they are."""
        return self.names.get(member, member)


def standing(case: Case, law: Law, *, on: date, motion: str = "motion") -> Adoption:
    """Return where a motion stands on a day.

    The steps of up to that day count, in the order in which they happened, whenever they were
    noted. What a person rejected is left out. The result of a vote is derived from its ballots.

    Raises:
        GravamenError: the requester's time zone or a share of its rules cannot be used.
    """
    return _Life(case, law, on, motion).told()


class _Vote(NamedTuple):
    nth: int
    tally: Tally


class _Life:
    """The steps of one motion while they are gone through in order."""

    def __init__(self, case: Case, law: Law, on: date, motion: str) -> None:
        self.case, self.law, self.on, self.motion = case, law, on, motion
        self.zone = zone_of(case)
        self.rules = rules_of(case, law)
        self.members = case.requester.members if case.requester else ()
        self.steps = self._in_order()
        self.state: State = "drafted"
        self.since: str | None = None
        self.votes: dict[str, _Vote] = {}
        self.all_votes: list[Tally] = []
        self.strangers: list[str] = []
        self.notes: list[str] = []
        for n, step in enumerate(self.steps):
            self._take(n, step)

    def told(self) -> Adoption:
        amendments = tuple(self._amendment(s) for s in self.steps if isinstance(s, Amended))
        postings = tuple(
            posting(s, self.case, self.law, self.rules, self.zone)
            for s in self.steps
            if isinstance(s, Posted)
        )
        sent = self._sent()
        adopted = self.state in ("carried", "recorded")
        state: State = "transmitted" if adopted and sent else self.state
        set_aside = [s for s in self.steps if isinstance(s, SetAside)]
        minuted = [s for s in self.steps if isinstance(s, Minuted)]
        movers = tuple(dict.fromkeys(s.by for s in self.steps if isinstance(s, Moved)))
        seconders = tuple(dict.fromkeys(s.by for s in self.steps if isinstance(s, Seconded)))
        found = Adoption(
            motion=self.motion,
            on=self.on,
            state=state,
            since=sent[0].at if state == "transmitted" else self.since,
            rules=self.rules,
            names={m.id: m.name for m in self.members},
            postings=postings,
            posted=self._posted(postings),
            movers=movers,
            seconders=seconders,
            strangers=tuple(dict.fromkeys(self.strangers)),
            amendments=amendments,
            votes=tuple(self.all_votes),
            set_aside=set_aside[-1] if self.state in _SET_ASIDE else None,
            minuted=minuted[-1] if minuted else None,
            sent=tuple(d.id for d in sent),
        )
        return _with_life(found, self.steps, sent, tuple(self.notes))

    def _posted(self, postings: Sequence[Posting]) -> Posting | None:
        vote = self.votes.get("motion")
        day = self._day(vote.tally.step.at) if vote else None
        day = day or (self._day(postings[-1].step.meeting.at) if postings else None)
        there = [p for p in postings if self._day(p.step.meeting.at) == day]
        met = [p for p in there if p.met]
        return next(reversed([*postings, *there, *met]), None)

    def _in_order(self) -> list[AdoptionStep]:
        """The steps of the motion of up to the day, in the order in which they happened."""
        steps = [
            s
            for s in self.case.steps.values()
            if s.motion == self.motion and self.case.stands(s.id) and self._day(s.at) <= self.on
        ]
        return sorted(steps, key=self._place)

    def _place(self, step: AdoptionStep) -> tuple[date, float, int, str]:
        rank = _RANKS[type(step)]
        at = instant(step.at).at
        edge = float("inf") if rank >= _LATE else float("-inf")
        return self._day(step.at), at.timestamp() if at else edge, rank, step.id

    def _day(self, moment: str) -> date:
        """The day of a moment where the body sits."""
        return day_of(moment, self.zone)

    def _sitting(self, moment: str) -> tuple[Member, ...]:
        return members_on(self.members, self._day(moment))

    def _take(self, nth: int, step: AdoptionStep) -> None:
        self._know(step)
        match step:
            case Voted():
                self._count(nth, step)
            case SetAside():
                self._put_aside(step)
            case Minuted():
                if self.state == "carried":
                    self._now("recorded", step)
            case Amended():
                if step.accepted:
                    self._advance("amended", step)
            case Posted() | Moved() | Seconded():
                steps: dict[type, State] = {Posted: "posted", Moved: "moved", Seconded: "seconded"}
                self._advance(steps[type(step)], step)

    def _advance(self, to: State, step: AdoptionStep) -> None:
        """A step before the vote: it leads on, never back; what was set aside begins anew."""
        if self.state in ADOPTED:
            return
        if self.state not in _ORDER or _ORDER.index(to) > _ORDER.index(self.state):
            self._now(to, step)

    def _now(self, state: State, step: AdoptionStep) -> None:
        self.state, self.since = state, step.at

    def _put_aside(self, step: SetAside) -> None:
        if self.state in ADOPTED:
            self.notes.append(
                f"{step.id} would set aside a motion that had carried; undo it by a vote of its "
                "own."
            )
            return
        self._now(step.how, step)

    def _count(self, nth: int, step: Voted) -> None:
        counted = tally(step, self.rules, self.members, self._day(step.at))
        self.all_votes.append(counted)
        question = step.question
        if question != "motion" and not self._amendment_named(question):
            self.notes.append(f"{step.id} is a vote on {question!r}, which is no amendment here.")
            return
        self.votes[question] = _Vote(nth, counted)
        if question != "motion":
            if counted.carried:
                self._advance("amended", step)
        elif counted.carried is not None:
            self._now("carried" if counted.carried else "failed", step)

    def _amendment_named(self, id: str) -> bool:
        return any(isinstance(s, Amended) and s.id == id for s in self.steps)

    def _amendment(self, step: Amended) -> Amendment:
        vote = self.votes.get(step.id)
        main = self.votes.get("motion")
        held: str | None = None
        state: AmendmentState = "pending"
        nth = self.steps.index(step)
        if vote is not None and vote.tally.carried is not None:
            state, nth = ("carried" if vote.tally.carried else "failed"), vote.nth
            held = vote.tally.step.at if vote.tally.carried else None
        elif step.accepted and vote is None:
            state, held = "accepted", step.at
        late = held is not None and main is not None and nth > main.nth
        if late:
            self.notes.append(
                f"The amendment {step.id} came after the vote on the motion and is no part of it; "
                "vote on the motion as amended."
            )
        return Amendment(step=step, state=state, held=held, in_time=not late)

    def _know(self, step: AdoptionStep) -> None:
        """Note who acts and is no member on the day."""
        if not self.members or not isinstance(step, Moved | Seconded | Amended):
            return
        known = {word for m in self._sitting(step.at) for word in (m.id, m.name)}
        if step.by not in known:
            self.strangers.append(step.by)

    def _sent(self) -> list[Dispatch]:
        """The dispatches of the motion and of its letters after it carried, in order."""
        vote = self.votes.get("motion")
        if vote is None:
            return []
        at = bounds(vote.tally.step.at, self.zone).first
        found = [
            d
            for d in self.case.dispatches.values()
            if (d.instrument == self.motion or d.instrument.startswith("letter-"))
            and self.case.stands(d.id)
            and self._day(d.at) <= self.on
            and bounds(d.at, self.zone).last >= at
        ]
        return sorted(found, key=lambda d: (bounds(d.at, self.zone), d.id))


_SET_ASIDE = ("withdrawn", "tabled", "referred")


def day_of(moment: str, zone: ZoneInfo | None) -> date:
    """Return the day of a moment in a zone; without one, the day as it was written."""
    found = instant(moment)
    return found.at.astimezone(zone).date() if found.at and zone else found.day


def _with_life(
    found: Adoption, steps: Sequence[AdoptionStep], sent: Sequence[Dispatch], notes: Sequence[str]
) -> Adoption:
    """An adoption with its life in words, and with what is not in order."""
    life = [Event(at=s.at, id=s.id, words=_words(s, found)) for s in steps]
    life += [
        Event(at=d.at, id=d.id, words=f"{d.instrument} sent to {d.office or d.to or d.address}")
        for d in sent
    ]
    return msgspec.structs.replace(found, life=tuple(life), notes=(*notes, *_lacking(found)))


def _words(step: AdoptionStep, found: Adoption) -> str:
    match step:
        case Posted():
            item = f" as item {step.item}" if step.item else ""
            return f"posted{item} for the {step.meeting.kind} meeting of {step.meeting.at}"
        case Moved():
            return f"moved by {found.name(step.by)}"
        case Seconded():
            return f"seconded by {found.name(step.by)}"
        case Amended():
            state = next(a.state for a in found.amendments if a.step.id == step.id)
            number = len(step.changes)
            changes = f"{number} change{'' if number == 1 else 's'}"
            return f"amendment by {found.name(step.by)}, {changes}: {state}"
        case Voted():
            return _vote_words(next(v for v in found.votes if v.step.id == step.id))
        case SetAside():
            to = f" to {step.to}" if step.to else ""
            return f"{step.how}{to}{f' by {found.name(step.by)}' if step.by else ''}"
        case Minuted():
            return f"recorded{f' as {step.number}' if step.number else ''}"


def _vote_words(vote: Tally) -> str:
    on = "the motion" if vote.step.question == "motion" else vote.step.question
    counts = ", ".join(f"{what} {n}" for what, n in vote.counts.items() if n)
    result = {True: "carried", False: "did not carry", None: "not decided"}[vote.carried]
    return f"vote on {on}: {counts or 'no ballots'}; {result}"


def _lacking(found: Adoption) -> Iterator[str]:
    vote = found.vote
    if vote is not None and not found.movers:
        yield "No mover is on record."
    seconding = found.rules.seconding
    real = [s for s in found.seconders if s not in found.movers]
    if vote is not None and seconding and seconding.needed and not real:
        again = " but who moved it" if found.seconders else ""
        yield f"Nobody{again} seconded it, which {found.rules.title} asks for: {cited(seconding)}."
    pending = [a.step.id for a in found.amendments if a.state == "pending"]
    if vote is not None and pending:
        yield f"No vote decided on {', '.join(pending)}; the motion stands without."
    if vote is not None and vote.carried is None:
        yield vote.why
