"""Checks of adoption: notice, the words of the agenda, the roll call, who voted."""

import re
from collections.abc import Iterator

from gravamen.adoption import Adoption, cited, threshold
from gravamen.checks.asked import Asked, joined
from gravamen.checks.flag import Found, check
from gravamen.proceedings import Change, Minuted
from gravamen.requests import Request
from gravamen.sentences import Instrument
from gravamen.vocabulary import Measure

_NAMED = 3
_LONG_WORD = 4
_WORD = re.compile(r"[^\W\d_]+")
# Beginnings of the words by which an agenda or an amendment speaks of a measure.
_SPOKEN: dict[Measure, tuple[str, ...]] = {
    "sanctions": ("sanction", "magnitsky", "designat", "freez"),
    "visa-ban": ("visa", "entry", "travel", "sanction"),
    "suspend-assistance": ("assistance", "aid", "fund"),
    "arms-embargo": ("arms", "weapon", "embargo", "munition"),
    "investigation": ("investigat", "inquir", "inquest"),
    "information": ("inform", "report", "disclos", "answer"),
    "recognition": ("recogni",),
    "release": ("releas", "freed", "captive", "prisoner"),
    "access": ("access", "visit", "monitor", "observer"),
    "legislation": ("legislat", "bill", "resolution", "pass"),
    "prevention": ("prevent", "protect"),
    "determination": ("determin", "sanction"),
    "start-clock": ("determin", "request", "committee"),
}
_ADOPTED = re.compile(
    r"\b(?:adopted|carried|approved|passed)\b[^.;]{0,60}\b(?:board|council|assembly|committee|vote"
    r"|motion|resolution|unanimous\w*)\b|\b(?:board|council|assembly|committee|motion|resolution)\b"
    r"[^.;]{0,60}\b(?:adopted|carried|approved|voted)\b",
    re.IGNORECASE,
)
_NOT = re.compile(r"\b(?:not|to be|if|when|once|until)\b", re.IGNORECASE)


@check("blocks", remedy="Post it again in time, for a later meeting, and vote on it there.")
def agenda_notice_short(q: Asked) -> Iterator[Found]:
    """The item was posted, or its notice given, later than the rule of the body asks."""
    posted, rules = q.adoption.posted, q.adoption.rules
    if posted is None or posted.met:
        return
    if posted.rule is None:
        if rules.notices:
            asked = joined([f"{r.text} ({cited(r)})" for r in rules.notices])
            yield Found(
                message=f"{posted.told} Those on file there: {asked}.",
                where=posted.step.id,
                severity=None if _sure(q.adoption) else "warning",
                hint="Post it for a regular or special meeting, and vote on it there; or have "
                "counsel say by which rule this meeting could vote on it.",
            )
        return
    unknown = posted.met is None
    yield Found(
        message=posted.told,
        where=posted.step.id,
        severity="warning" if unknown or posted.rule.needs_review else None,
        hint="Record when it was posted and when the meeting began, each with its time and offset."
        if unknown
        else None,
    )


@check(
    "warning",
    remedy="Capture what shows it (a photograph of the notice, the page with its time), and record "
    "the posting again with it.",
)
def posting_unproven(q: Asked) -> Iterator[Found]:
    """Nothing on record shows that the item was posted where and when it is said to have been."""
    found = q.adoption
    if found.posted is not None and found.posted.missing:
        yield Found(
            message=f"Of the posting {found.posted.step.id} the record lacks "
            f"{joined(list(found.posted.missing))}.",
            where=found.posted.step.id,
        )
    elif found.vote is not None and found.posted is None and found.rules.notices:
        rule = found.rules.notices[0]
        yield Found(
            message=f"A vote was taken, and no posting is on record; {rule.id} asks that "
            f"{rule.text}: {cited(rule)}.",
            where=found.vote.step.id,
            hint="Record the posting (gravamen adopt post), with its evidence.",
            severity="blocks" if _sure(found) else None,
        )


@check("warning", remedy="Describe in a few words each thing that is asked, and against whom.")
def agenda_description_misleading(q: Asked) -> Iterator[Found]:
    """The words of the agenda do not tell the public what the motion asks, or are too many."""
    posted = q.adoption.posted
    if posted is None:
        return
    rule = posted.rule
    if rule is not None and rule.words is not None and posted.words > rule.words:
        yield Found(
            message=f"The description has {posted.words} words; {rule.id} asks for about "
            f"{rule.words} at most ({cited(rule)}).",
            where=posted.step.id,
            hint="Shorten it; the motion itself can stand beside the agenda.",
        )
    silent = [r for r in q.requests if not _mentions(posted.step.description, r, q)]
    if silent:
        named = "; ".join(_asked(r, q) for r in silent[:_NAMED])
        more = f"; and {len(silent) - _NAMED} more" if len(silent) > _NAMED else ""
        yield Found(
            message=f"The description ({posted.words} words) does not mention: {named}{more}.",
            where=posted.step.id,
        )


@check(
    "blocks",
    of=("instruments",),
    remedy="Record the change again, in the words that the motion has now.",
)
def amendment_lost(q: Asked) -> Iterator[Found]:
    """An amendment holds, and the motion as it is drafted does not have its words."""
    motion = _motion(q)
    if motion is None:
        return
    texts = {s.text for s in motion.sentences()}
    holding = [a for a in q.adoption.amendments if a.holds]
    later = {c.was for a in holding for c in a.step.changes if c.was}
    for amendment in holding:
        lost = [c for c in amendment.step.changes if _lost(c, texts, later)]
        if lost:
            yield Found(
                message=f"{len(lost)} of the changes of {amendment.step.id} cannot be made: the "
                f"words they are of (“{_short(lost[0].was or lost[0].follows or '')}”) stand in "
                "the motion no longer.",
                where=amendment.step.id,
                instrument=motion.id,
            )


@check("blocks", of=("case", "instruments"), remedy="Record the roll call: gravamen adopt vote.")
def vote_not_recorded(q: Asked) -> Iterator[Found]:
    """Something says that the body adopted it, and no roll call is on record."""
    found = q.adoption
    if found.vote is not None:
        return
    if not q.instruments:
        if found.minuted is not None:
            yield Found(
                message=f"The clerk recorded the motion ({_minuted(found.minuted)}), and no roll "
                "call is on record.",
                where=found.minuted.id,
            )
        return
    for p in q.drafted:
        said = _ADOPTED.search(p.sentence.text)
        if said and p.sentence.kind == "form" and not _NOT.search(p.sentence.text):
            yield Found(
                message=f"The text says “{_short(said[0])}”, and no roll call is on record.",
                where=p.where,
                instrument=p.instrument.id,
            )


@check("blocks", remedy="Call the roll at a meeting that has a quorum, and record that vote.")
def quorum_not_met(q: Asked) -> Iterator[Found]:
    """Fewer members took part in the vote than the body needs, or nobody can say how many it is."""
    vote = q.adoption.vote
    if vote is None or vote.quorum_met:
        return
    if vote.quorum is None or vote.quorum_needed is None:
        yield Found(
            message=f"Whether the vote {vote.step.id} counts cannot be said: {vote.why}",
            where=vote.step.id,
            hint="Give the members of the body, or record the vote again with --seats.",
        )
        return
    of = f" of {vote.seats}" if vote.seats else ""
    yield Found(
        message=f"{vote.present}{of} took part in the vote {vote.step.id}; needed "
        f"{vote.quorum_needed} ({q.adoption.rules.kind}: {cited(vote.quorum)}).",
        where=vote.step.id,
    )


@check("blocks", remedy="Nothing goes out in the name of the body; move it anew if it may be.")
def majority_not_met(q: Asked) -> Iterator[Found]:
    """The motion got fewer ayes than the rules of the body ask for."""
    vote = q.adoption.vote
    if vote is None or vote.quorum_met is False or vote.carried or vote.majority is None:
        return
    if vote.needed is None or vote.carried is None:
        return
    rule = vote.majority
    yield Found(
        message=f"{len(vote.ayes)} of {vote.counted} voted aye in {vote.step.id}; needed "
        f"{vote.needed} ({threshold(rule)}; {q.adoption.rules.kind}: {cited(rule)}).",
        where=vote.step.id,
    )


@check("blocks", remedy="Nothing goes out in the name of the body until it carries.")
def motion_set_aside(q: Asked) -> Iterator[Found]:
    """The motion was withdrawn, tabled or referred, so that nothing may go out on it."""
    step = q.adoption.set_aside
    if step is not None:
        to = f" to {step.to}" if step.to else ""
        yield Found(message=f"The motion was {step.how}{to} on {step.at[:10]}.", where=step.id)


@check("warning", remedy="Compare the roll call and the members of the body, and record it again.")
def member_unknown(q: Asked) -> Iterator[Found]:
    """Somebody acted or voted who was no member on the day, or stands in the roll call twice."""
    found = q.adoption
    for name in found.strangers:
        yield Found(
            message=f"{found.name(name)} moved, seconded or amended, and was no member of the body "
            "on the day.",
            where=found.motion,
        )
    for vote in found.votes:
        if vote.strangers:
            yield Found(
                message=f"{_names(found, vote.strangers)} voted in {vote.step.id} and is no member "
                "of the body on the day; the vote is not counted.",
                where=vote.step.id,
            )
        if vote.doubled:
            yield Found(
                message=f"{_names(found, vote.doubled)} stands twice in the roll call "
                f"{vote.step.id}; two different answers count as none.",
                where=vote.step.id,
            )
        if vote.not_recorded:
            yield Found(
                message=f"The roll call {vote.step.id} says nothing of "
                f"{_names(found, vote.not_recorded)}: not recorded, which is not absent.",
                where=vote.step.id,
            )


@check("warning", remedy="Record the step that is missing, or the body's own rule.")
def steps_missing(q: Asked) -> Iterator[Found]:
    """A step that the rules of the body ask for is not on record."""
    vote = q.adoption.vote
    for note in q.adoption.notes:
        if vote is None or note != vote.why:
            yield Found(message=note, where=q.adoption.motion)


def _motion(q: Asked) -> Instrument | None:
    return next((i for i in q.instruments if i.id == q.adoption.motion), None)


def _sure(found: Adoption) -> bool:
    """Whether a rule on notice holds there that somebody compared with its text."""
    return any(not r.needs_review for r in found.rules.notices)


def _names(found: Adoption, members: tuple[str, ...]) -> str:
    return ", ".join(found.name(m) for m in members)


def _minuted(minuted: Minuted) -> str:
    return f"{minuted.number}, {minuted.at[:10]}" if minuted.number else minuted.at[:10]


def _mentions(description: str, request: Request, q: Asked) -> bool:
    """Whether a description names what a request asks, or the law, or against whom."""
    said = description.casefold()
    if any(re.search(rf"\b{stem}", said) for stem in _SPOKEN[request.measure]):
        return True
    target = q.case.parties.get(request.target or "")
    names = [n.text for n in target.names] if target else [request.target_words or ""]
    words = {w.casefold() for name in names for w in _WORD.findall(name) if len(w) > _LONG_WORD}
    law = q.law.authorities.get(request.authority or "")
    return bool(words & {w.casefold() for w in _WORD.findall(description)}) or any(
        n.casefold() in said for n in (law.names if law else ())
    )


def _asked(request: Request, q: Asked) -> str:
    target = q.case.parties.get(request.target or "")
    whom = target.name if target and not target.protected else None
    of = f" ({whom})" if whom else ""
    return f"{request.measure.replace('-', ' ')}{of}, {request.id}"


def _lost(change: Change, texts: set[str], later: set[str]) -> bool:
    """Whether the words of a change stand nowhere, and no later change took them up."""
    if change.now is not None:
        return change.now not in texts and change.now not in later
    return change.was in texts


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 80 else f"{words[:79]}…"
