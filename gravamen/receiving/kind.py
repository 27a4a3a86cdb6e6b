"""Kind: what sort of reply it is, by its headers and its words, with the passage that shows it.

Where nothing shows it, the kind is "unclear": it is never taken for an answer in substance.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from gravamen.proceedings import ReplyKind
from gravamen.receiving.answers import Verdict
from gravamen.receiving.guards import WHY
from gravamen.receiving.mailed import Mailed, Status
from gravamen.receiving.own import Clause
from gravamen.receiving.told import Elsewhere
from gravamen.receiving.words import form, forms, met

_FIRST: tuple[ReplyKind, ...] = ("auto-ack", "clarification", "interim")


class Kind(NamedTuple):
    """A kind of reply: what shows it (a header, words, or a weak sign), and in which clause."""

    kind: ReplyKind
    shown_by: str
    why: str
    clause: Clause | None = None


class Evidence(NamedTuple):
    """All that tells the kind of a reply."""

    mail: Mailed
    statuses: Sequence[Status]
    clauses: Sequence[Clause]
    verdicts: Sequence[Verdict]
    elsewhere: Elsewhere | None


def kind_of(evidence: Evidence) -> Kind:
    """The first kind that something shows, in the order in which one outweighs another."""
    for rule in (_carried, _automatic, _decided, _worded):
        if found := next(rule(evidence), None):
            return found
    return Kind("unclear", "nothing", "nothing in it shows what it is; read it, and say")


def _carried(evidence: Evidence) -> Iterator[Kind]:
    """What the machines that carry mail say of a delivery (RFC 3464)."""
    for status in evidence.statuses:
        whom = status.recipient or "the recipient"
        if status.action == "failed":
            why = f"the mail system says that it could not deliver to {whom}: {status.code}"
            yield Kind("bounced", "headers", why.rstrip(": "))
        elif status.action == "delayed":
            yield Kind("unclear", "headers", f"the mail system has not delivered to {whom} so far")
    late = next(met(evidence.clauses, forms("kinds", "delayed"), told=False), None)
    if evidence.mail.daemon and late:
        why = "the mail system says that delivery is delayed; it has not failed"
        yield Kind("unclear", "words", why, late.clause)
    if evidence.mail.daemon or evidence.mail.message_id is None:
        for hit in met(evidence.clauses, forms("kinds", "bounced"), told=False):
            sign = "headers" if evidence.mail.daemon else "weak"
            yield Kind("bounced", sign, f"it says {hit.words!r}", hit.clause)


def _automatic(evidence: Evidence) -> Iterator[Kind]:
    header = evidence.mail.automatic
    if header and not any(v.requests for v in evidence.verdicts):
        why = f"a machine wrote it, as its header says ({header})"
        yield Kind("auto-ack", "headers", why)


def _decided(evidence: Evidence) -> Iterator[Kind]:
    """What its verdicts make of it. A letter that hands the matter on is a referral even where it
    says that the office has no power; one that only advises to turn elsewhere is not."""
    if wrong := next(met(evidence.clauses, forms("kinds", "misdirected")), None):
        yield Kind("misdirected", "words", f"it says {wrong.words!r}", wrong.clause)
    told = {v.outcome: v for v in reversed([v for v in evidence.verdicts if v.bears])}
    if granted := told.get("granted") or told.get("partly"):
        yield Kind("substantive", "words", f"it decides: {granted.words!r}", granted.clause)
    if refused := told.get("refused"):
        yield Kind("refusal", "words", f"it says {refused.words!r}", refused.clause)
    other, powerless = evidence.elsewhere, told.get("no-power")
    if other and not (powerless and other.advice):
        yield Kind("referral", "words", f"it names {other.to}: {other.words!r}", other.clause)
    if powerless:
        yield Kind("no-power", "words", f"it says {powerless.words!r}", powerless.clause)


def _worded(evidence: Evidence) -> Iterator[Kind]:
    for kind in _FIRST:
        for hit in met(evidence.clauses, forms("kinds", kind)):
            yield Kind(kind, "words", f"it says {hit.words!r}", hit.clause)
    yield from _guarded(evidence)
    for hit in met(evidence.clauses, forms("kinds", "position")):
        why = f"it states a position and decides nothing: {hit.words!r}"
        yield Kind("substantive", "weak", why, hit.clause)
    for hit in met(evidence.clauses, forms("kinds", "ack")):
        yield Kind("ack", "words", f"it says {hit.words!r}", hit.clause)


def _guarded(evidence: Evidence) -> Iterator[Kind]:
    """What looks like a decision and is none."""
    held = [v for v in evidence.verdicts if v.guard]
    for verdict in held:
        if verdict.guard == "provisional":
            why = f"{WHY['provisional']}: {verdict.clause.words!r}"
            yield Kind("interim", "weak", why, verdict.clause)
    for verdict in held:
        if verdict.guard:
            why = f"{WHY[verdict.guard]}, and decides nothing of it: {verdict.clause.words!r}"
            yield Kind("substantive", "weak", why, verdict.clause)
    for hit in met(evidence.clauses, (form("supposed"),), told=False):
        why = f"it says what would be done: {hit.words!r}"
        yield Kind("substantive", "weak", why, hit.clause)
