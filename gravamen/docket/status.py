"""Status: where one request stands at one office, derived from what happened and the day alone.

The first state of `line.STATES` that holds is taken. A letter that is answered for good ends a
stage; to ask again opens another, and what is open in any stage is not hidden by what is closed.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple

from gravamen.dates import instant, spell
from gravamen.docket.days import ago, counted_days, in_days, last_of
from gravamen.docket.line import STATES, Due, State
from gravamen.proceedings import Delivered, Dispatch, Outside, Reply, RequestEnded
from gravamen.values import Value

Decided = Literal["granted", "partly", "refused", "no-power"]
DECIDED: tuple[Decided, ...] = ("granted", "partly", "refused", "no-power")
# What a reply says of each request that it does not speak of one by one.
BY_KIND: dict[str, str] = {"refusal": "refused", "no-power": "no-power", "referral": "referred"}
ANSWERS = ("substantive", "refusal", "no-power", "referral")
ACKNOWLEDGES = ("ack", "auto-ack")
NOT_ARRIVED = ("bounced", "misdirected")
# What something public means, which is no decision of the office that was asked.
HAPPENED: dict[str, str] = {"granted": "What was asked", "partly": "A part of what was asked"}
SHOWN_BY: dict[str, str] = {
    "press": "a press report", "litigation": "a court record", "other": "something public",
    "visa-ban": "a visa ban",
}  # fmt: skip
_WORDS: dict[str, str] = {
    "granted": "Granted", "partly": "Partly granted", "refused": "Refused",
    "no-power": "Answered that it has no power",
}  # fmt: skip


class Status(NamedTuple):
    """A state, the sentence that says it, since when, and whether nothing more is awaited."""

    state: State
    text: str
    since: date | None
    closed: bool = False


class Said(Value):
    """What a reply, or something public, says to the request.

    Args:
        outcome: of the request; None where a person recorded none.
        public: the thing that is no reply; else `reply` is.
    """

    day: date
    outcome: str | None
    reply: Reply | None = None
    public: Outside | None = None


class Stage:
    """One asking: a letter, what repeats it and reminds of it, and what was said to it."""

    __slots__ = ("_order", "arrived", "asked_on", "delivered", "dispatches", "said", "took_over")

    def __init__(self, first: Dispatch) -> None:
        self.dispatches = [first]
        self.asked_on = instant(first.at).day
        self.said: list[Said] = []
        self.delivered: list[Delivered] = []
        self.arrived: dict[str, tuple[int, bool]] = {}
        self.took_over: tuple[date, str] | None = None
        self._order = 0

    def replied(self, reply: Reply, outcome: str | None) -> None:
        """Let a reply have come."""
        self.said.append(Said(day=instant(reply.received).day, outcome=outcome, reply=reply))
        if reply.dispatch and reply.reply != "misdirected":
            self._sign(reply.dispatch, reply.reply != "bounced")

    def shown(self, public: Outside, outcome: str | None) -> None:
        """Let something public have come after it was asked."""
        self.said.append(Said(day=instant(public.at).day, outcome=outcome, public=public))

    def taken(self, reply: Reply) -> None:
        """Let another office have answered in its place."""
        self.took_over = (instant(reply.received).day, reply.office or "another office")

    def reached(self, delivered: Delivered) -> None:
        """Let the evidence show that it was delivered."""
        self.delivered.append(delivered)
        self._sign(delivered.dispatch, True)

    def _sign(self, dispatch: str, arrived: bool) -> None:
        self._order += 1
        self.arrived[dispatch] = (self._order, arrived)

    @property
    def bounced(self) -> bool:
        """Whether every letter of it came back, as far as is known."""
        return all(not self.arrived.get(d.id, (0, True))[1] for d in self.dispatches)

    def final(self) -> Status | None:
        """The state that what was decided leaves; None where nothing was."""
        found = [s for s in self.said if s.outcome in DECIDED]
        if not found:
            return None
        last = found[-1]
        parts = [s for s in found if s.outcome == "partly"]
        if last.outcome in ("refused", "no-power") and parts:
            text = f"{self._decided(parts[-1])} The rest: {_lower(self._decided(last))}"
            return Status("partly-granted", text, last.day, closed=True)
        text = self._decided(last)
        before = [s for s in found[:-1] if s.outcome != last.outcome]
        if before:
            text += f" Before that: {_lower(self._decided(before[-1]))}"
        if last.outcome == "partly":
            return Status("partly-granted", text, last.day)
        state: State = "granted"
        if last.outcome in ("refused", "no-power"):
            state = "refused" if last.outcome == "refused" else "no-power"
        return Status(state, text, last.day, closed=True)

    def _decided(self, said: Said) -> str:
        day = on_day(said.day)
        if said.public is None:
            return f"{_WORDS[said.outcome or '']} on {day}, by its reply."
        since = after(self.asked_on, said.day)
        kind = SHOWN_BY.get(said.public.what, f"a {said.public.what}")
        what = HAPPENED.get(said.outcome or "")
        if what is None:
            told = _WORDS[said.outcome or ""]
            return f"{told}, as {kind} of {day} says, {since} it was asked."
        by = "" if said.public.office else "; by whom is not on file"
        return f"{what} happened on {day}, as {kind} shows, {since} it was asked{by}."

    def _taken_over(self, titles: "Titles") -> Status | None:
        """Whether another office answered in its place, and which."""
        if self.took_over:
            day, who = self.took_over[0], titles.of(self.took_over[1])
            text = f"{who[:1].upper()}{who[1:]} answered in its place on {on_day(day)}."
            return Status("referred", text, day)
        return None

    def open_states(
        self, on: date, titles: "Titles", askings: Sequence["Stage"]
    ) -> Iterable[Status]:
        """Each state that holds while nothing is decided, in the order of `STATES`.

        Args:
            askings: all that we wrote to the office about the request.
        """
        yield from self._handed(titles)
        yield from self._asked_back(askings)
        yield from self._promised(on)
        yield from self._answered()
        yield from self._carried(on)

    def _handed(self, titles: "Titles") -> Iterable[Status]:
        taken = self._taken_over(titles)
        found = [s for s in self.said if s.outcome == "referred"]
        if found:
            to = found[-1].reply.referred_to if found[-1].reply else None
            where = f"to {titles.of(to)} " if to else ""
            text = f"Referred {where}on {on_day(found[-1].day)}."
            yield Status("referred", f"{text} {taken.text}" if taken else text, found[-1].day)
        elif taken:
            yield taken

    def _asked_back(self, askings: Sequence["Stage"]) -> Iterable[Status]:
        """A question to us, until we wrote after it."""
        asked = [s for s in self.said if s.reply and s.reply.reply == "clarification"]
        if not asked or asked[-1].reply is None:
            return
        wrote = max(instant(d.at).first() for stage in askings for d in stage.dispatches)
        if wrote <= instant(asked[-1].reply.received).first():
            text = f"The office asked us something on {on_day(asked[-1].day)}; it waits for us."
            yield Status("clarification", text, asked[-1].day)

    def _promised(self, on: date) -> Iterable[Status]:
        """An interim reply or a day by which an answer was promised, until an answer came."""
        since = [s for s in self.said if s.reply and s.reply.reply not in NOT_ARRIVED]
        answered = [n for n, s in enumerate(since) if s.reply and s.reply.reply in ANSWERS]
        since = since[answered[-1] + 1 :] if answered else since
        found = [s for s in since if s.reply and (s.reply.reply == "interim" or s.reply.promised)]
        if not found or found[-1].reply is None:
            return
        days = [p for s in found if s.reply and (p := promised(s.reply))]
        if not days:
            text = f"An interim reply came on {on_day(found[-1].day)}; it names no day."
            yield Status("interim", text, found[-1].day)
        elif days[-1] < on:
            text = f"It promised an answer by {on_day(days[-1])}, {ago((on - days[-1]).days)}."
            yield Status("past-promise", f"{text} That day is its own, not the law's.", days[-1])
        else:
            text = f"It promised an answer by {on_day(days[-1])}, {in_days((days[-1] - on).days)}."
            yield Status("interim", text, found[-1].day)

    def _answered(self) -> Iterable[Status]:
        found = [s for s in self.said if s.reply and s.reply.reply in ANSWERS]
        if not found or found[-1].reply is None or found[-1].outcome == "referred":
            return
        day = on_day(found[-1].day)
        if found[-1].outcome == "not-addressed":
            text = f"Its answer of {day} does not speak to this request."
            yield Status("not-addressed", text, found[-1].day)
        else:
            text = f"It answered on {day}; what that means for this request is not recorded."
            yield Status("answered", text, found[-1].day)

    def _carried(self, on: date) -> Iterable[Status]:
        """How far the letter itself came."""
        if self.bounced:
            back = [s for s in self.said if s.reply and s.reply.reply == "bounced"]
            day = back[-1].day if back else self.asked_on
            text = f"It came back undelivered on {on_day(day)}; it needs a current address."
            yield Status("bounced", text, day)
            return
        acks = [s for s in self.said if s.reply and s.reply.reply in ACKNOWLEDGES]
        if acks and acks[-1].reply:
            how = " by an automatic reply" if acks[-1].reply.reply == "auto-ack" else ""
            text = f"Acknowledged on {on_day(acks[-1].day)}{how}; no answer has come."
            yield Status("acknowledged", text, acks[-1].day)
        if self.delivered:
            day = instant(self.delivered[-1].at).day
            text = f"Delivered on {on_day(day)}; nothing has come back."
            yield Status("delivered", text, day)
        last = next(d for d in reversed(self.dispatches) if self.arrived.get(d.id, (0, True))[1])
        day = instant(last.at).day
        text = f"Sent on {on_day(day)}, {ago((on - day).days)}; nothing has come back."
        yield Status("sent", text, day)


class Titles:
    """How offices are called, by their ids; words stand as they are."""

    def __init__(self, known: dict[str, str]) -> None:
        self.known = known

    def of(self, office: str | None) -> str:
        """The title of an office, with its article where the law data know it."""
        return self.known.get(office or "", office or "an office that nobody named")


def status(
    stages: Sequence[Stage],
    ended: RequestEnded | None,
    dues: Sequence[Due],
    *,
    on: date,
    titles: Titles,
    office: str | None,
    goes_on: bool,
) -> Status:
    """Return where a request stands at an office on a day.

    Args:
        stages: the askings, in order; none where it was never sent.
        dues: the times that run for it and the days of our own.
        office: id of the office; a time that binds another office does not make this one late.
        goes_on: another line shows the office that took it over.
    """
    if ended:
        return _ended(ended)
    if not stages:
        return Status("not-sent", "It was not sent.", None)
    decided = [(stage, stage.final()) for stage in stages]
    closed = [final for _, final in decided if final is not None and final.closed]
    if len(closed) == len(stages):
        return closed[-1]
    open_ = [(stage, final) for stage, final in decided if final is None or not final.closed]
    found = [final or next(iter(stage.open_states(on, titles, stages))) for stage, final in open_]
    found = [  # where another letter went since, the one that came back matters no more
        s
        for n, s in enumerate(found)
        if s.state != "bounced" or all(later.state == "bounced" for later in found[n + 1 :])
    ]
    if not all(stage.bounced for stage, _ in open_):
        found += _past_our_day(dues, on)
    found += _lawful(dues, on, office)
    best = min(found, key=lambda s: STATES.index(s.state))
    text = f"{best.text} An earlier letter: {_lower(closed[-1].text)}" if closed else best.text
    handed = goes_on and best.state in ("referred", "partly-granted")
    return Status(best.state, text, best.since, closed=handed)


def _ended(ended: RequestEnded) -> Status:
    day = instant(ended.at).day
    why = f": {ended.reason.rstrip('.')}" if ended.reason else ""
    by = f" by {ended.by_request}" if ended.by_request else ""
    text = f"{'Withdrawn' if ended.how == 'withdrawn' else 'Superseded'}{by} on {on_day(day)}{why}."
    return Status(ended.how, text, day, closed=True)


def _lawful(dues: Sequence[Due], on: date, office: str | None) -> Iterable[Status]:
    """Overdue or due under law, where the office is the one that the law binds."""
    for due in dues:
        if due.owed != "request" or due.due is None or due.office != office or office is None:
            continue
        if due.state == "overdue":
            days = counted_days((on - due.due).days)
            text = f"Overdue by {days} under {due.cite}; the last day was {on_day(due.due)}."
            yield Status("overdue", text, due.due)
        elif due.state in ("running", "stopped"):
            text = f"Due under {due.cite} by {on_day(due.due)}, {in_days((due.due - on).days)}."
            yield Status("due", text, instant(due.started).day)


def _past_our_day(dues: Sequence[Due], on: date) -> Iterable[Status]:
    for due in dues:
        if due.state == "ours" and due.due and due.due < on:
            text = (
                f"We chose to come back on {on_day(due.due)}, {ago((on - due.due).days)} "
                f"({due.rule.rstrip('.')}). That day is ours, not the law's."
            )
            yield Status("past-follow-up", text, due.due)


def promised(reply: Reply) -> date | None:
    """The last day by which a reply promises an answer."""
    return last_of(reply.promised) if reply.promised else None


def after(asked: date, day: date) -> str:
    """How long after: "14 months after"; never because of."""
    months = (day.year - asked.year) * 12 + day.month - asked.month - (day.day < asked.day)
    if months >= 2:
        return f"{months} months after"
    days = (day - asked).days
    return "on the day on which" if days == 0 else f"{counted_days(days)} after"


@lru_cache(maxsize=10_000)
def on_day(day: date) -> str:
    """A day in words: 3 March 2018."""
    return spell(day.isoformat())


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
