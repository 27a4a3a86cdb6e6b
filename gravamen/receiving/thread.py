"""Thread: which dispatch a reply answers, by message id, reference or address, with the reason.

What does not tell for sure stays in the pen: its candidates are shown, best first, and a person
says which it is.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from gravamen.case import Case
from gravamen.dates import instant
from gravamen.law.authority import Law
from gravamen.proceedings import Dispatch, Holder
from gravamen.receiving.mailed import Mailed, Status
from gravamen.receiving.own import plain
from gravamen.receiving.words import MONTHS
from gravamen.values import Value

How = Literal["message-id", "reference", "address", "words"]
# How strongly each sign speaks; what is weaker than SURE is a candidate only.
SURE = 40
_SCORES = {"message-id": 100, "reference": 80, "address": 50, "domain": 20, "office": 15, "day": 15}
# The short digest that the foot of each page prints, in groups of four.
_DIGEST_CHARS = 16
_SHORTEST_REFERENCE = 5


class Match(Value):
    """A dispatch that a reply may answer: how that shows, how strongly, and why."""

    dispatch: str
    how: How
    score: int
    why: str


def matches(
    case: Case, law: Law, mail: Mailed, text: str, bounces: Sequence[Status] = ()
) -> tuple[Match, ...]:
    """The dispatches that a reply may answer, the likeliest first; one match for each.

    Args:
        text: its whole text, what it quotes of ours included.
        bounces: the delivery status notifications inside it.
    """
    words, found = plain(text), []
    for dispatch in case.dispatches.values():
        if case.stands(dispatch.id):
            signs = tuple(_signs(case, law, dispatch, mail, words, bounces))
            if signs:
                found.append(_joined(dispatch.id, signs))
    return tuple(sorted(found, key=lambda m: (-m.score, m.dispatch)))


def threaded(found: Sequence[Match]) -> Match | None:
    """The match that is sure enough to propose: strong, and stronger than every other."""
    if not found or found[0].score < SURE or found[0].how == "words":
        return None
    if len(found) > 1 and found[1].score == found[0].score:
        return None
    return found[0]


def strangers(case: Case, dispatch: Dispatch, mail: Mailed) -> str | None:
    """The sentence that says that a reply comes from elsewhere than was written to."""
    if mail.sender is None or mail.daemon or "@" not in dispatch.address:
        return None
    known = {_domain(a) for a in _addresses(case, dispatch)}
    domain = _domain(mail.sender)
    if any(_related(domain, one) for one in known):
        return None
    return (
        f"It comes from {mail.sender}, and {dispatch.id} went to {dispatch.address}: whoever saw "
        "our letter could have written it. Ask the office whether it did."
    )


def other_office(case: Case, dispatch: Dispatch | None, mail: Mailed) -> str | None:
    """The office whose holder has the address that a reply comes from, where it is another."""
    offices = {
        n.office
        for id, n in case.noted.items()
        if isinstance(n, Holder)
        and case.stands(id)
        and n.email
        and n.email.casefold() == mail.sender
    }
    asked = dispatch.office if dispatch else None
    return offices.pop() if len(offices) == 1 and asked not in offices else None


def _joined(dispatch: str, signs: Sequence[tuple[How, int, str]]) -> Match:
    """The strongest sign names how it is known; the others are told with it."""
    best = max(signs, key=lambda sign: sign[1])
    extra = sum(score for how, score, _ in signs if how == "words" and best[0] != how) // 10
    score = sum(s for *_, s, _ in signs) if best[0] == "words" else best[1] + extra
    why = "; ".join(why for *_, why in sorted(signs, key=lambda sign: -sign[1]))
    return Match(dispatch=dispatch, how=best[0], score=score, why=why)


def _signs(
    case: Case,
    law: Law,
    dispatch: Dispatch,
    mail: Mailed,
    words: str,
    bounces: Sequence[Status],
) -> Iterator[tuple[How, int, str]]:
    if dispatch.message_id and dispatch.message_id in mail.answers:
        yield "message-id", _SCORES["message-id"], f"it answers our message {dispatch.message_id}"
    for bounce in bounces:
        if dispatch.message_id and dispatch.message_id in bounce.message_ids:
            why = f"the mail that was not delivered is our message {dispatch.message_id}"
            yield "message-id", _SCORES["message-id"], why
        elif bounce.recipient == dispatch.address.casefold():
            why = f"the mail that was not delivered was for {bounce.recipient}"
            yield "address", _SCORES["address"], why
    yield from _referred(dispatch, words)
    addresses = _addresses(case, dispatch)
    if mail.sender in addresses:
        yield "address", _SCORES["address"], f"it comes from {mail.sender}, where we wrote to"
    elif mail.daemon and dispatch.address.casefold() in words and "@" in dispatch.address:
        yield "address", _SCORES["address"], f"it names {dispatch.address}, where we wrote to"
    elif mail.sender and any(_related(_domain(mail.sender), _domain(a)) for a in addresses):
        why = f"its sender's domain, {_domain(mail.sender)}, is that of {dispatch.address}"
        yield "words", _SCORES["domain"], why
    yield from _named(case, law, dispatch, words)


def _referred(dispatch: Dispatch, words: str) -> Iterator[tuple[How, int, str]]:
    """Our own reference, or the digest at the foot of our letter, stands in it."""
    reference = plain(dispatch.reference or "")
    if len(reference) >= _SHORTEST_REFERENCE and _stands(reference, words):
        yield "reference", _SCORES["reference"], f"our reference {dispatch.reference} stands in it"
    short = (dispatch.manifest or "")[:_DIGEST_CHARS]
    if short and short in re.sub(r"(?<=[0-9a-f]{4}) (?=[0-9a-f]{4})", "", words):
        yield "reference", _SCORES["reference"], f"the digest of our letter, {short}…, stands in it"


def _named(case: Case, law: Law, dispatch: Dispatch, words: str) -> Iterator[tuple[How, int, str]]:
    """The office calls itself by its name, or the reply gives the day of our letter."""
    office = law.offices.get(dispatch.office or "")
    names = (office.title, *office.names) if office else (dispatch.to or "",)
    named = next((n for n in names if n and "[" not in n and _stands(plain(n), words)), None)
    if named:
        yield "words", _SCORES["office"], f"it names the office that was asked, {named}"
    if written := _day_in(dispatch, words):
        yield "words", _SCORES["day"], f"it gives the day of our letter, {written}"


def _day_in(dispatch: Dispatch, words: str) -> str | None:
    day = instant(dispatch.at).day
    month = MONTHS[day.month - 1]
    forms = (f"{day.day} {month}", f"{month} {day.day}", day.isoformat())
    return next((f.title() for f in forms if _stands(f, words)), None)


def _stands(wanted: str, words: str) -> bool:
    """Whether words stand in a text by themselves and not as a part of longer ones."""
    return bool(re.search(rf"(?<![\w-]){re.escape(wanted)}(?![\w-])", words))


def _addresses(case: Case, dispatch: Dispatch) -> frozenset[str]:
    """The address of a dispatch, and those of whoever holds the office that it went to."""
    holders: Mapping[str, Holder] = {
        id: n for id, n in case.noted.items() if isinstance(n, Holder) and case.stands(id)
    }
    emails = {
        h.email
        for h in holders.values()
        if h.email and (h.id == dispatch.holder or (h.office == dispatch.office is not None))
    }
    return frozenset(a.casefold() for a in (dispatch.address, *emails) if "@" in a)


def _domain(address: str) -> str:
    return address.rpartition("@")[2].rstrip(".")


def _related(one: str, other: str) -> bool:
    """Whether two domains are the same, or one lies inside the other."""
    return bool(one) and (one == other or one.endswith(f".{other}") or other.endswith(f".{one}"))
