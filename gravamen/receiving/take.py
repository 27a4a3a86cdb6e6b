"""Take: a captured file into a proposed reply, with what it may answer, what it says and why."""

from collections.abc import Sequence
from datetime import UTC, date
from typing import Literal

from msgspec import structs

from gravamen.case import Case
from gravamen.dates import Edtf, Moment, counted_year, instant
from gravamen.law.authority import Law
from gravamen.proceedings import Answer, Dispatch, Reply
from gravamen.receiving.answers import Asked, Verdict, answers, verdicts
from gravamen.receiving.guards import Days
from gravamen.receiving.kind import Evidence, kind_of
from gravamen.receiving.mailed import Mailed, mailed, statuses
from gravamen.receiving.own import (
    MOST_CHARS,
    Clause,
    disguised,
    own_clauses,
    own_text,
    plain,
    quoted,
    unseen,
)
from gravamen.receiving.thread import Match, matches, other_office, strangers, threaded
from gravamen.receiving.told import Elsewhere, elsewhere, promise, reference
from gravamen.receiving.words import form
from gravamen.requests import Request
from gravamen.sources.capture import Captured
from gravamen.sources.source import Passage, Text
from gravamen.values import Value

READER = "gravamen-replies/1"
_LINE_CHARS = 100


class Taken(Value):
    """A reply as proposed, and why.

    Args:
        matches: the dispatches that it may answer, best first; the reply names one only where that
            is sure enough.
        shown_by: what shows the kind: "headers", "words", "weak" signs or "nothing".
        why: the reason for the kind; `passage` the words that show it.
        reasons: the reasons for what else it says: promised day, referral.
        notes: what a person should look at before deciding.
    """

    reply: Reply
    matches: tuple[Match, ...]
    shown_by: str
    why: str
    passage: Passage | None = None
    reasons: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def take(
    case: Case,
    law: Law,
    captured: Captured,
    *,
    id: str,
    today: date,
    received: str | None = None,
    noticed: str | None = None,
    dispatch: str | None = None,
) -> Taken:
    """Return what a captured file says as a reply: a proposal on which a person decides.

    Args:
        id: of the reply ("reply.1").
        today: the day on which it is taken in; nothing is received later.
        received: when it came; else the time of the last machine that carried it, its date, today.
        dispatch: id of the dispatch that it answers, where a person knows it.
    """
    text, source = captured.text, captured.source.id
    mail, bounces = mailed(text), statuses(captured)
    found = matches(case, law, mail, text.text[: 5 * MOST_CHARS], bounces)
    match = None if dispatch else threaded(found)
    sent = case.dispatches.get(dispatch or (match.dispatch if match else ""))
    came, notes = (Moment(received), []) if received else _received(mail, sent, today)
    clauses = own_clauses(text)
    requests = [case.requests[r] for r in sent.requests if r in case.requests] if sent else []
    days = Days(instant(sent.at).day, instant(came).day) if sent else None
    asked = Asked(case, law, requests, days)
    other = elsewhere(law, sent, clauses)
    decided = verdicts(asked, clauses)
    kind = kind_of(Evidence(mail, bounces, clauses, decided, other))
    if kind.kind == "referral" and other:
        decided = _handed_on(decided, asked, clauses, other, requests)
    promised = promise(clauses, instant(came).day)
    reply = Reply(
        id=id,
        source=source,
        received=came,
        reply=kind.kind,
        noticed=Moment(noticed) if noticed else None,
        dispatch=sent.id if sent else None,
        threaded_by="hand" if dispatch else (_how(match) if match else None),
        office=other_office(case, sent, mail) if sent else None,
        reference=reference(mail, own_text(text), sent.reference if sent else None),
        referred_to=other.to if other and kind.kind == "referral" else None,
        promised=Edtf(promised[0].isoformat()) if promised else None,
        answers=_answers(kind.kind, decided, requests, captured),
    )
    reasons = [f"promised for {reply.promised}: {promised[1].words!r}"] if promised else []
    if other and reply.referred_to is None:
        reasons.append(f"it also names {other.to}: {other.clause.words!r}")
    if odd := disguised(text) or (_denied_unseen(text) if decided else None):
        reply = structs.replace(reply, reply="unclear", answers=(), promised=None, referred_to=None)
        why = f"{odd}; read it as it looks, and say what it is"
        return Taken(reply=reply, matches=found, shown_by="nothing", why=why,
                     notes=(*notes, *_notes(case, captured, mail, sent, found)))  # fmt: skip
    return Taken(
        reply=reply,
        matches=found,
        shown_by=kind.shown_by,
        why=kind.why,
        passage=quoted(source, text, kind.clause.start, kind.clause.end) if kind.clause else None,
        reasons=tuple(reasons),
        notes=(*notes, *_notes(case, captured, mail, sent, found)),
    )


def _denied_unseen(text: Text) -> str | None:
    """That a word of denying stands where no reader sees it, beside what looks like a decision."""
    found = form("denying").search(plain(unseen(text)))
    return f"a word that denies, {found[0]!r}, stands in it hidden or struck" if found else None


def _how(match: Match) -> Literal["message-id", "reference", "address"] | None:
    return None if match.how == "words" else match.how


def _handed_on(
    decided: Sequence[Verdict],
    asked: Asked,
    clauses: Sequence[Clause],
    other: Elsewhere,
    requests: Sequence[Request],
) -> tuple[Verdict, ...]:
    """The verdicts, and that the requests of which the referral speaks were referred; all of them
    where it hands on the letter as a whole."""
    of, _ = asked.of(clauses, clauses.index(other.clause))
    whole = frozenset(r.id for r in requests)
    return (*decided, Verdict(other.clause, "referred", other.words, of or whole, True))


def _answers(
    kind: str, decided: Sequence[Verdict], requests: Sequence[Request], captured: Captured
) -> tuple[Answer, ...]:
    """The answers to each request; a mail that a machine wrote, or that went astray, has none."""
    if kind in ("bounced", "auto-ack", "misdirected", "unclear"):
        return ()
    return answers(decided, requests, captured.source.id, captured.text)


def _received(mail: Mailed, sent: Dispatch | None, today: date) -> tuple[Moment, list[str]]:
    """When it came, by the machine on our side, else by its date, else today; and what is odd."""
    notes = []
    for told, named in ((mail.came, "last Received header"), (mail.dated, "Date header")):
        if told is None:
            continue
        if not counted_year(told.year):
            notes.append(f"Its {named} says the year {told.year}.")
        elif told.date() > today:
            notes.append(f"Its {named} says {told:%Y-%m-%d}, which is still to come.")
        elif sent and told.date() < instant(sent.at).day:
            notes.append(f"Its {named} says {told:%Y-%m-%d}, before our letter went out.")
        else:
            return Moment(told.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")), notes
    if notes:
        notes.append("It counts as received on the day it was taken in; --received says otherwise.")
    return Moment(today.isoformat()), notes


def _notes(
    case: Case,
    captured: Captured,
    mail: Mailed,
    sent: Dispatch | None,
    found: Sequence[Match],
) -> list[str]:
    notes = [notice.message for notice in captured.source.notices]
    known = other_office(case, sent, mail)
    if sent and not known and (stranger := strangers(case, sent, mail)):
        notes.append(stranger)
    if again := _copies(case, captured, mail):
        notes.append(f"It has the same Message-ID as {', '.join(again)}: it may be the same mail.")
    if len(captured.text.text) > MOST_CHARS:
        notes.append(f"It was read to character {MOST_CHARS}; read the rest yourself.")
    if not captured.text.text.strip():
        notes.append("It has no text that could be read; look at it, and say what it is.")
    if words := unseen(captured.text)[:_LINE_CHARS]:
        notes.append(f"It holds words that are hidden or struck, which were not read: {words!r}.")
    if captured.children:
        names = ", ".join(_attached(child) for child in captured.children)
        notes.append(f"Attached, each a source of its own to be read: {names}.")
    if sent is None and len(found) > 1 and found[0].score == found[1].score:
        notes.append(f"{found[0].dispatch} and {found[1].dispatch} fit it equally well.")
    return notes


def _attached(child: Captured) -> str:
    unread = "" if child.text.text.strip() else ", of which no text was read"
    return f"{child.source.name} ({child.source.id}{unread})"


def _copies(case: Case, captured: Captured, mail: Mailed) -> list[str]:
    """The replies that are the same mail by its own id, whatever was added on the way."""
    if mail.message_id is None:
        return []
    return [
        reply.id
        for reply in case.replies.values()
        if reply.source != captured.source.id
        and (text := case.texts.get(reply.source)) is not None
        and mailed(text).message_id == mail.message_id
    ]
