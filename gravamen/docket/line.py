"""Line: one request asked of one office, and where it stands on a day; a docket is many lines.

Nothing here is stored: `gravamen.docket.docket` derives it from what happened and the day.
"""

from datetime import date
from typing import Literal

from gravamen.dates import Moment
from gravamen.law.authority import Owed
from gravamen.values import Value

DOCKET_SCHEMA = "gravamen.docket/1"

# Where a request stands, in the order in which the first that holds is taken.
State = Literal[
    "withdrawn", "superseded", "granted", "partly-granted", "refused", "no-power", "referred",
    "clarification", "overdue", "due", "past-promise", "interim", "past-follow-up",
    "not-addressed", "answered", "bounced", "acknowledged", "delivered", "sent", "referred-here",
    "not-sent",
]  # fmt: skip
STATES: tuple[State, ...] = (
    "withdrawn", "superseded", "granted", "partly-granted", "refused", "no-power", "referred",
    "clarification", "overdue", "due", "past-promise", "interim", "past-follow-up",
    "not-addressed", "answered", "bounced", "acknowledged", "delivered", "sent", "referred-here",
    "not-sent",
)  # fmt: skip
# Those in which it is ours to do something.
OURS_TO_ACT: frozenset[State] = frozenset(
    ("clarification", "overdue", "past-promise", "past-follow-up", "bounced")
)

DueState = Literal["running", "overdue", "passed", "met", "stopped", "ended", "ours", "not-started"]
_OWED_TO_OTHERS: dict[Owed, str] = {
    "lapse": "It is a time after which a power or a rule may lapse",
    "window": "It is a time in which something may be done, or has to wait",
}


class Due(Value, omit_defaults=False):
    """A time that a law sets and something started, or a day that we chose ourselves.

    Args:
        id: of the happening that started it, or of the follow-up.
        clock: id of the clock in the law data; None for a day of our own.
        rule: what is to be done, or why we chose the day; `cite` the provision.
        mark: how surely the law data know the rule ("sourced", "memory", …).
        office: id of the office that must act; None where the law data know none.
        started: the moment of the start event; `evidence` the ids of the sources that show it.
        due: the last day of it in the time zone of the office; None where the law names no number
            or the clock does not run. `due_at` is the time, where the law counts hours.
        who: who must act; `silence` what follows where nobody does.
        counted: how the days were counted, one phrase.
        stood_still: on how many days it stood still, which are not counted.
        state: running, overdue (only where the answer is owed on the request), passed (the last day
            of another time is over), met (done in time or not, as a person noted or a reply shows),
            stopped (until a day: `resumes`), ended, ours (a day of our own), not-started.
        why: one sentence that says why it is in that state.
        ours: a day that we chose; no law sets it.
        owed: on what the law's time is owed, as `Clock.owed` says: on the request of the line, or
            on something else; None for a day of our own. `owed_to` is to whom, in words.
    """

    id: str
    clock: str | None
    rule: str
    cite: str | None
    mark: str | None = None
    started: Moment
    evidence: tuple[str, ...] = ()
    due: date | None = None
    due_at: Moment | None = None
    who: str
    office: str | None = None
    silence: str
    counted: str
    state: DueState
    why: str = ""
    resumes: date | None = None
    ours: bool = False
    owed: Owed | None = None
    owed_to: str = ""
    stood_still: int = 0

    @property
    def beside(self) -> str:
        """That it is no time for an answer to the request, one sentence; "" where it is one."""
        if self.ours or self.owed is None or self.owed == "request":
            return ""
        to = self.owed_to or "others than who asks; to whom exactly is not on file"
        what = _OWED_TO_OTHERS.get(self.owed, f"It is owed to {to}")
        return f"{what}; it is no time for an answer to this request."


class Event(Value, omit_defaults=False):
    """One thing that happened to a request, for reading.

    Args:
        what: a word for it: "sent", "delivered", "bounced", "reply: acknowledgement", "outside:
            listing", "clock noted", "follow-up set", …
        text: one sentence.
        id: of the happening; `source` the id of the source that shows it.
        proposed: a machine proposed it and no person accepted it; it changes no status.
    """

    at: Moment
    what: str
    text: str
    id: str
    source: str | None = None
    proposed: bool = False


class Line(Value, omit_defaults=False):
    """One request as asked of one office, and where it stands.

    Args:
        case, title: id and title of the case.
        request: id of the request; `measure` its measure, `target` in words; `authority` the id of
            its law, `under` how people call that; "" where the request names none.
        office: id of the office; None where the law data know none. `office_title` as people read
            it (the words of the letter where it is no office of the law data).
        instrument, dispatch: the letter that asked it, and the first dispatch of it.
        asked_on: the day on which it was first sent; None where it never was.
        reference: the number that the letter bears, and the office's own where it gave one.
        state: the word for where it stands; `state_text` the sentence; `since` the day from which.
        days_open: whole days from asking to `on`, or to the day that closed it.
        closed: nothing more is awaited of this office. It is granted, refused or without power; a
            part was granted and the rest refused; the request ended; or another office, that has
            a line of its own, took it over.
        next: the next day that matters, and `next_why`.
        deadline: the rule and its day, or "no deadline in law: …" with who could start one.
        clocks: all times that run, ran or could not run; `events` in order.
        proposed: a proposal waits for a person.
        chain: offices (titles) through which it was referred, first to last.
        copies: who got copies, in words.
        signatures: how many of its signatories signed the letter, in sentences; "" where it went
            without a round of signatures.
        last: the last event that is no proposal.
    """

    case: str
    title: str
    request: str
    measure: str
    authority: str | None
    target: str
    office: str | None
    office_title: str
    instrument: str | None = None
    dispatch: str | None = None
    asked_on: date | None = None
    reference: str | None = None
    state: State
    state_text: str
    since: date | None = None
    days_open: int | None = None
    closed: bool = False
    next: date | None = None
    next_why: str = ""
    deadline: str
    clocks: tuple[Due, ...] = ()
    events: tuple[Event, ...] = ()
    proposed: bool = False
    chain: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    signatures: str = ""
    last: Event | None = None
    under: str = ""


class Pending(Value, omit_defaults=False):
    """A reply that waits for a person: nobody knows which dispatch it answers, or nobody judged it.

    Args:
        why: one sentence that says what is to be decided.
    """

    case: str
    reply: str
    source: str
    received: Moment
    kind: str
    dispatch: str | None
    why: str


class Docket(Value, omit_defaults=False):
    """All lines on a day, the replies that wait for a person, and what else is to be said.

    Args:
        notes: whole sentences: what was left out and why.
    """

    on: date
    lines: tuple[Line, ...]
    pen: tuple[Pending, ...] = ()
    notes: tuple[str, ...] = ()
