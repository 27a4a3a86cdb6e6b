"""Follow-up: a letter that reminds an office of one that it got, or tells it who withdrew."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from msgspec import structs

from gravamen.case import Case
from gravamen.checks import Flag, check_case, check_instruments
from gravamen.checks.claims import CAME_BACK, unreviewed_proposal
from gravamen.dates import instant
from gravamen.docket.days import the
from gravamen.docket.docket import docket
from gravamen.docket.first import AskedFor, First, first, framed, instrument_id
from gravamen.docket.line import Due, Line
from gravamen.docket.withdrawal import notice
from gravamen.findings import weigh
from gravamen.instruments.asks import Book
from gravamen.instruments.compose import finish
from gravamen.instruments.fonts import missing_glyphs
from gravamen.instruments.frame import requester_of
from gravamen.instruments.package import Package, reviewed
from gravamen.instruments.pen import Pen
from gravamen.instruments.rewording import reworded
from gravamen.instruments.wording import joined
from gravamen.law.authority import Law
from gravamen.parties import with_article
from gravamen.proceedings import Reply, came_before
from gravamen.sentences import Block, Instrument, Section
from gravamen.values import GravamenError

ANSWER_DAYS = 30  # our own wish; no law sets it
_CAME = {
    "auto-ack": "an automatic acknowledgement reached us",
    "ack": "you acknowledged our letter",
    "referral": "you told us that our letter was referred",
    "interim": "you wrote that an answer would follow",
    "substantive": "you answered our letter",
    "refusal": "you answered our letter",
    "no-power": "you answered our letter",
    "clarification": "you asked us for clarification",
    "misdirected": "our letter came back as not meant for your office",
}


def follow_up(
    case: Case,
    law: Law,
    *,
    dispatch: str,
    on: date,
    kept: Iterable[bytes] = (),
    withdrawn: str | None = None,
) -> Package:
    """Return a reminder of a letter, or the notice that a signatory withdrew, with all flags.

    Args:
        dispatch: id of the dispatch that is meant; the letter goes to the same office.
        kept: what the record keeps of what was sent (`first`).
        withdrawn: id of the signatory who withdrew; a reminder where None.

    Raises:
        GravamenError: there is nothing to remind of: no such dispatch, all answered, it came back
            as undeliverable; or nobody of that id withdrew a signature after it was sent.
    """
    law = reviewed(case, law, on=on)
    findings = weigh(case, law, on=on)
    book = Book(case=case, law=law, findings=findings, choices=(), on=on)
    letter = first(case, dispatch, kept)
    if letter.sent > on:
        raise GravamenError(
            f"{letter.dispatch.id} was sent on {letter.sent}, after {on}; give a later --on."
        )
    made = (
        _reminder(case, law, letter, on)
        if withdrawn is None
        else notice(case, law, letter, withdrawn, on)
    )
    drafted = (reworded(case, made),)
    flags = (
        *check_case(case, law, findings, on=on),
        *check_instruments(case, law, drafted, on=on, covered=lambda c: not missing_glyphs([c])),
    )
    rests = withdrawn is None and _waits(case, letter)
    if rests:  # on what came back, as no letter does
        flags = tuple(_drafting(f) if f.where == CAME_BACK else f for f in flags)
    holding = [f for f in flags if rests or f.instrument or f.id != unreviewed_proposal.id]
    instruments = finish(book, drafted, flags=holding, report=False)
    return Package(instruments=instruments, findings=findings, choices=(), flags=flags)


def _drafting(flag: Flag) -> Flag:
    return structs.replace(flag, severity="draft")


def _waits(case: Case, letter: First) -> bool:
    """Whether a proposal waits for a person that a reminder could rest on: a reply to the letter,
    or one of which nobody knows what it answers; or a note, which may start a time or end one."""
    replies = (
        r.id for r in case.replies.values() if r.dispatch is None or r.dispatch in letter.dispatches
    )
    return any(case.stands(id) and not case.reviewed(id) for id in (*replies, *case.noted))


def _reminder(case: Case, law: Law, letter: First, on: date) -> Instrument:
    requester = requester_of(case)
    pen = Pen(case, law, on=on, paper=requester.paper)
    lines = _lines(case, law, letter, on)
    asked = _open(letter, lines)
    sections = (
        Section(heading=None, blocks=(_opening(case, pen, letter, on),)),
        Section(heading="What we asked", blocks=_quoted(pen, letter, asked)),
        Section(heading="What we have had from you", blocks=_came(case, pen, letter, on)),
        Section(heading="The time for an answer", blocks=_time(law, pen, letter, lines)),
        Section(heading="What we ask now", blocks=_asking(pen, letter, asked, lines)),
    )
    title = f"Reminder of our letter of {pen.day(letter.sent.isoformat())}: {case.title}"
    return framed(
        case, law, letter, sections, on=on, id=instrument_id(letter.dispatch.id), title=title
    )


def _lines(case: Case, law: Law, letter: First, on: date) -> tuple[Line, ...]:
    """Where the requests of a letter stand on a day."""
    found = docket(case, law, on=on).lines
    lines = tuple(n for n in found if letter.dispatches & {e.id for e in n.events})
    if lines and all(line.state == "bounced" for line in lines):
        raise GravamenError(
            f"{letter.dispatch.id} came back as undeliverable, so there is nothing to remind of; "
            f"send {letter.dispatch.instrument} again to an address that is confirmed."
        )
    if lines and all(line.closed for line in lines):
        raise GravamenError(
            f"Every request of {letter.dispatch.id} is closed on {on}; there is nothing to remind "
            "of."
        )
    return lines


def _open(letter: First, lines: Sequence[Line]) -> tuple[AskedFor, ...]:
    """What is still unanswered of what a letter asked."""
    closed = {line.request for line in lines if line.closed}
    return tuple(a for a in letter.asked if a.request not in closed) or letter.asked


def _opening(case: Case, pen: Pen, letter: First, on: date) -> Block:
    body = with_article(requester_of(case).name)
    dispatch = letter.dispatch
    sent = pen.day(letter.sent.isoformat())
    days = (on - letter.sent).days
    dated = f", dated {pen.day(letter.dated)}," if letter.dated and _other_day(letter) else ""
    number = f" Its reference is {dispatch.reference}." if dispatch.reference else ""
    days_reminded = [
        pen.day(instant(case.dispatches[d].at).day.isoformat())
        for d in letter.reminders
        if instant(case.dispatches[d].at).day < on
    ]
    reminded = f" We reminded you of it on {joined(days_reminded)}." if days_reminded else ""
    return pen.form(
        f"On {sent} {body} sent you a letter{dated} about the matter “{case.title}”.{number} "
        f"{_counted(days)} since then.{reminded}"
    )


def _other_day(letter: First) -> bool:
    return letter.dated != letter.sent.isoformat()


def _counted(days: int) -> str:
    return "One day has passed" if days == 1 else f"{days} days have passed"


def _quoted(pen: Pen, letter: First, asked: Sequence[AskedFor]) -> tuple[Block, ...]:
    """What was asked, word for word, under its number in the first letter."""
    whose = "That letter asked" if letter.whole else "The text that was sent asked"
    closed = len(letter.asked) - len(asked)
    be = "is" if closed == 1 else "are"
    left = f"; {closed} of its {len(letter.asked)} requests {be} closed" if closed else ""
    blocks = [pen.form(f"{whose}, word for word{left}:")]
    for number, ask in enumerate(letter.asked, 1):
        if ask in asked:
            sentence = pen.say("form", f"“{ask.words}”", request=ask.request)
            blocks.append(Block(sentences=(sentence,), style="numbered", label=f"{number}."))
    return tuple(blocks)


def _came(case: Case, pen: Pen, letter: First, on: date) -> tuple[Block, ...]:
    """What came back, in the order in which it came; nothing that no person accepted."""
    came = sorted(
        (
            r
            for r in case.replies.values()
            if r.dispatch is not None
            and r.dispatch in letter.dispatches
            and r.reply in _CAME
            and not came_before(r, case.dispatches[r.dispatch])
            and case.stands(r.id)
            and case.reviewed(r.id)
            and instant(r.received).day <= on
        ),
        key=lambda r: (instant(r.received).first(), r.id),
    )
    if not came:
        return (pen.form("We have had no answer from you."),)
    return tuple(pen.form(_told(pen, reply), style="bullet") for reply in came)


def _told(pen: Pen, reply: Reply) -> str:
    text = f"On {pen.day(instant(reply.received).day.isoformat())} {_CAME[reply.reply]}"
    if reply.reference:
        text += f", under your reference {reply.reference}"
    if reply.promised:
        text += f", and named {pen.day(reply.promised)} as its day"
    return f"{text}."


def _time(law: Law, pen: Pen, letter: First, lines: Sequence[Line]) -> tuple[Block, ...]:
    """The law where a time for this office's answer was started, with its rule, cite and days; else
    that none was. What the law sets for others, or owes to others, is not this office's time."""
    running: dict[str, Due] = {}
    about: dict[str, dict[str, str]] = {}
    for line in lines:
        for due in line.clocks:
            if _binds(due, letter):
                running[due.id] = due
                about.setdefault(due.id, {})[line.request] = line.target
    if not running:
        return (pen.form("No law that we know of sets a time for your answer to that letter."),)
    numbers = {
        id: [str(n) for n, ask in enumerate(letter.asked, 1) if ask.request in about[id]]
        for id in running
    }
    return tuple(
        _law(law, pen, due, tuple(dict.fromkeys(t for t in about[id].values() if t)), numbers[id])
        for id, due in running.items()
    )


def _binds(due: Due, letter: First) -> bool:
    """Whether a time runs in which the office of the letter owes an answer to it."""
    runs = due.owed == "request" and due.state in ("running", "overdue")
    return runs and due.office is not None and due.office == letter.dispatch.office


def _law(law: Law, pen: Pen, due: Due, targets: Sequence[str], numbers: Sequence[str]) -> Block:
    """A time that runs: its provision and rule, who must act, what started it, its last day.

    Args:
        targets: whom it is about, and no other; `numbers` of the requests above that ask it.
    """
    clock = law.clocks.get(due.clock or "")
    began = pen.day(instant(due.started).day.isoformat())
    text = f"Under {due.cite} a time set by law runs for {the(due.who)}: {due.rule.rstrip('.')}. "
    text += f"It began on {began}"
    text += f", with {clock.start.rstrip('.')}" if clock else ""
    if due.due is not None:
        ended = f" {_ago((pen.on - due.due).days)}" if due.due < pen.on else ""
        days = due.counted.partition(";")[0]
        if due.stood_still:
            days += f", without {_days(due.stood_still)} on which it stood still,"
        text += f"; by our count of {days} its last day is {pen.day(due.due.isoformat())}{ended}"
    text += f". It is about {joined(targets)}" if targets else ""
    text += f" (request {joined(numbers)} above)." if numbers else "."
    known = clock is not None and clock.authority in law.authorities
    sentence = pen.say(
        "argument",
        text,
        authority=clock.authority if clock and known else None,
        needs_review=clock.needs_review if clock else True,
    )
    return Block(sentences=(sentence,))


def _ago(days: int) -> str:
    return f"and passed {_days(days)} ago"


def _days(days: int) -> str:
    return "one day" if days == 1 else f"{days} days"


def _asking(
    pen: Pen, letter: First, asked: Sequence[AskedFor], lines: Sequence[Line]
) -> tuple[Block, ...]:
    many = len(asked) > 1
    day = pen.day((pen.on + timedelta(days=ANSWER_DAYS)).isoformat())
    runs = any(_binds(due, letter) for line in lines for due in line.clocks)
    whose = "and not the day that the law sets" if runs else "and no law on file sets it"
    text = (
        f"We ask again for an answer in writing to {'each request' if many else 'the request'} "
        "above: whether it was granted, refused or referred, to whom, and on what ground."
    )
    wish = f"We ask for it by {day}. That day is our own wish, {whose}."
    return (Block(sentences=(pen.say("request", text), pen.say("form", wish))),)
