"""Checks of the laws that a file is written for: their term, what they cover, what they want."""

from collections.abc import Iterator
from datetime import date

from gravamen.checks.asked import PERSON_KINDS, Asked, joined
from gravamen.checks.dates import in_words
from gravamen.checks.flag import Found, check
from gravamen.claims import Allegation
from gravamen.dates import spell
from gravamen.findings.standing import ACCUSING
from gravamen.law.authority import Authority, LawError
from gravamen.parties import Party
from gravamen.rounds import Round, round_of
from gravamen.sentences import Instrument
from gravamen.vocabulary import Act, ArgumentTopic

ENDS_SOON_DAYS = 60
# What each argument says, as the end of "nothing says ...".
_ARGUED: dict[ArgumentTopic, str] = {
    "interest": "why it lies in the interest of the state that is asked",
    "effect": "what a listing would do",
    "risk": "what could go wrong, and for whom",
    "change": "what conduct would end the matter",
    "priority": "which priority of the desk's own policy it meets",
    "purpose": "how it serves deterrence or accountability",
    "gravity": "why it is among the gravest",
    "relevance": "how it bears on the objectives of the common foreign and security policy",
    "sponsor": "who could propose the listing",
    "nexus": "what ties it to the state that is asked",
    "choice": "why this law and not its sister",
}


@check(
    "blocks",
    of=("case", "instruments"),
    remedy="Compare the new wording with what rests on it, and record the comparison anew.",
)
def law_changed_since(q: Asked) -> Iterator[Found]:
    """A law is another than the one that a person compared, or that a text was written by."""
    if q.instruments:
        for instrument in q.instruments:
            written = instrument.law_edition
            if written and written != q.law.edition and instrument.kind != "diagnosis":
                if signed := _signed_by(q, instrument):
                    yield _changed_under(q, instrument, signed)
                    continue
                yield Found(
                    message=f"The law data have changed since {instrument.id} was written: it is "
                    f"by edition {written[:16]}, today's is {q.law.edition[:16]}.",
                    where=instrument.id,
                    instrument=instrument.id,
                    hint="Draft it again, and compare the two.",
                )
        return
    for review in q.case.law_reviews.values():
        today = _edition(q, review.of)
        if today in (review.edition, "checked"):
            continue
        how = f"its edition is {today} today" if today else "the law data hold it no more"
        yield Found(
            message=f"{_titled(q, review.of)} has changed since {review.by} compared it with "
            f"{review.against} on {in_words(review.on)} (edition {review.edition}): {how}.",
            where=review.of,
        )


def _signed_by(q: Asked, instrument: Instrument) -> Round | None:
    """The round of an instrument in which somebody signed it; None where nobody did."""
    round = round_of(q.case, instrument.id, on=q.on)
    return round if round and round.count else None


def _changed_under(q: Asked, instrument: Instrument, round: Round) -> Found:
    """That the law data changed under a text that was signed.

    It is stopped where a law that it cites is gone or out of force. Where today's data would write
    a sentence of it otherwise, `text-changed-after-signature` stops it and shows which.
    """
    cited = dict.fromkeys(s.authority for s in instrument.sentences() if s.authority)
    known = {id: q.law.authorities.get(id) for id in cited}
    gone = [_titled(q, id) for id, law in known.items() if law is None or _over(law, q.on)]
    of = f"{round.words} signed it ({round.id})"
    if gone:
        be = "is" if len(gone) == 1 else "are"
        what = f"{joined(gone)}, which it cites, {be} no longer in force or on file"
    else:
        names = joined([_titled(q, id) for id in cited]) if cited else "no law by its id"
        what = f"it cites {names}, in force as before"
    return Found(
        message=f"The law data have changed since {instrument.id} was written (edition "
        f"{instrument.law_edition[:16]}, today's is {q.law.edition[:16]}), and {of}; {what}.",
        where=instrument.id,
        instrument=instrument.id,
        hint="Draft it again and have it signed anew."
        if gone
        else "Compare it with a draft of today; where a word differs, the check "
        "text-changed-after-signature says so and stops it.",
        severity=None if gone else "warning",
    )


def _over(law: Authority, on: date) -> bool:
    return law.effective_to is not None and law.effective_to < on


def _edition(q: Asked, id: str) -> str | None:
    """The edition of a value of the law; "checked" where a review of it was taken up already."""
    tables = (q.law.authorities, q.law.elements, q.law.offices, q.law.clocks)
    if any(id in table and table[id].mark == "checked" for table in tables):
        return "checked"
    try:
        return q.law.edition_of(id)
    except LawError:
        return None


def _titled(q: Asked, id: str) -> str:
    authority = q.law.authorities.get(id)
    return f"{authority.short} ({id})" if authority else id


@check(
    "warning",
    of=("case", "instruments"),
    remedy="Find out whether it was renewed, and add the renewal to the law data.",
)
def regime_ends_soon(q: Asked) -> Iterator[Found]:
    """A law that is asked under runs out soon, or has run out, and no renewal is on file."""
    if q.instruments:
        for dossier in q.dossiers:
            for authority in q.laws_of(dossier):
                if told := _term(q, authority):
                    yield Found(message=told, where=dossier.id, instrument=dossier.id)
        return
    named: dict[str, list[str]] = {}
    for request in q.requests:
        for authority in q.laws(request):
            named.setdefault(authority.id, []).append(request.id)
    for id, requests in named.items():
        if told := _term(q, q.law.authorities[id]):
            yield Found(message=told, where=", ".join(requests))


def _term(q: Asked, authority: Authority) -> str | None:
    """What is to be said of the end of a law; None where it is far off or has none."""
    term = authority.term
    if term is None or (term.until - q.on).days > ENDS_SOON_DAYS:
        return None
    end = spell(term.until.isoformat())
    if term.until < q.on:
        return f"{authority.short}: {term.what} ran to {end}, and a renewal was not found."
    days = (term.until - q.on).days
    last = {0: "this is the last day", 1: "1 day is left"}
    left = last.get(days, f"{days} days are left")
    return f"{authority.short}: {term.what} run to {end}; {left}, and a renewal was not found."


@check(
    "blocks",
    of=("instruments",),
    remedy="Recommend it under a law that covers the acts, or find acts that this law covers.",
)
def act_not_covered(q: Asked) -> Iterator[Found]:
    """The law that a dossier is written for does not cover the acts that it alleges."""
    for dossier in q.dossiers:
        party = q.subject(dossier)
        if party is None:
            continue
        acts: dict[Act, list[str]] = {}
        for allegation in acts_of(q, party):
            if allegation.act and allegation.act != "command":
                acts.setdefault(allegation.act, []).append(allegation.id)
        laws = q.laws_of(dossier)
        if not acts or not laws or any(_may_cover(q, act, a) for act in acts for a in laws):
            continue
        whys = dict.fromkeys(
            cell.why.rstrip(".")
            for act in acts
            for a in laws
            for cell in q.law.coverage_of(act, a.id)
        )
        what = joined([f"{act.replace('-', ' ')} ({', '.join(ids)})" for act, ids in acts.items()])
        yield Found(
            message=f"What is alleged of {party.name}, {what}, is not covered by "
            f"{joined([a.short for a in laws])}: {'; '.join(whys)}.",
            where=dossier.id,
            instrument=dossier.id,
            hint=_elsewhere(q, acts, dossier),
        )


def _may_cover(q: Asked, act: Act, authority: Authority) -> bool:
    """Whether a law covers an act, or might, or nothing is said of it."""
    cells = q.law.coverage_of(act, authority.id)
    return not cells or any(cell.covers != "no" for cell in cells)


def _elsewhere(q: Asked, acts: dict[Act, list[str]], dossier: Instrument) -> str | None:
    """Which other laws over persons cover one of the acts."""
    others = [
        a.short
        for a in q.law.authorities.values()
        if a.kind in PERSON_KINDS
        and dossier.regime not in (a.jurisdiction, a.id)
        and any(c.covers == "yes" for act in acts for c in q.law.coverage_of(act, a.id))
    ]
    if not others:
        return None
    return f"Such acts are covered by {joined(others)}."


def acts_of(q: Asked, party: Party) -> list[Allegation]:
    """The acts that some claim affirms and that are laid to a party, to what it commands or holds
    a post in, or to a part of these."""
    circle = {party.id, *(post.body for post in party.posts), *(c.over for c in party.commands)}
    circle |= {p.id for p in q.case.parties.values() if p.part_of in circle}
    return [
        a
        for a in q.allegations
        if a.kind == "act"
        and any(r.party in circle and r.kind in ACCUSING for r in a.roles)
        and q.affirming(a)
    ]


@check(
    "warning",
    of=("instruments",),
    remedy="Write the argument, in a sentence or two of your own, with the claims it rests on.",
)
def argument_missing(q: Asked) -> Iterator[Found]:
    """The desk that is asked expects an argument, and none is recorded."""
    for instrument in q.instruments:
        if instrument.kind == "dossier":
            party, laws = instrument.party, q.laws_of(instrument)
        elif instrument.kind == "letter":
            cited = {s.authority for s in instrument.sentences() if s.kind == "request"}
            party, laws = None, tuple(a for a in q.law.authorities.values() if a.id in cited)
        else:
            continue
        expected: dict[ArgumentTopic, list[Authority]] = {}
        for authority in laws:
            for topic in authority.arguments:
                if not _argued(q, topic, authority, party):
                    expected.setdefault(topic, []).append(authority)
        if expected:
            among = dict.fromkeys(a.short for under in expected.values() for a in under)
            yield Found(
                message=f"Nothing in the case says {'; or '.join(_ARGUED[t] for t in expected)}. "
                f"Expected under {joined(list(among))}.",
                where=instrument.id,
                instrument=instrument.id,
                severity="blocks" if instrument.kind == "dossier" else None,
                hint="Write it in a sentence or two of your own, with the claims it rests on, as "
                f"an argument of topic {joined(list(expected))}.",
            )


def _argued(q: Asked, topic: ArgumentTopic, authority: Authority, party: str | None) -> bool:
    return any(
        a.topic == topic
        and a.text.strip()
        and (not a.authorities or authority.id in a.authorities)
        and (party is None or a.party in (None, party))
        for a in q.case.arguments.values()
        if q.stands(a.id)
    )


@check("blocks", of=("instruments",), remedy="Write the section, or recommend under another law.")
def section_missing(q: Asked) -> Iterator[Found]:
    """A section that the desk needs is not in the dossier, or nothing stands in it."""
    for dossier in q.dossiers:
        filled = {s.id for s in dossier.sections if s.blocks}
        for authority in q.laws_of(dossier):
            lacking = [c for c in authority.contents if c not in filled]
            if lacking:
                yield Found(
                    message=f"{dossier.id} has nothing in {joined(list(lacking))}, which a file "
                    f"under {authority.short} needs.",
                    where=dossier.id,
                    instrument=dossier.id,
                )
