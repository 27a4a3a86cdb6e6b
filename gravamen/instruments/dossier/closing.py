"""Closing of a dossier: interest, consent, how it may be handled, and who answers for it."""

import msgspec

from gravamen.checks.permitted import veiled
from gravamen.instruments.dossier.brief import Brief
from gravamen.instruments.wording import capital, joined
from gravamen.parties import with_article
from gravamen.sentences import Block, Cell, Section, Table
from gravamen.submission import Consent
from gravamen.vocabulary import ArgumentTopic

_USES = {
    "sanctions-filing": "filing with the governments asked",
    "advocacy": "advocacy",
    "publication": "publication",
    "court": "use in court",
}
_IDENTITIES = {
    "named": "by name",
    "pseudonym": "under a pseudonym",
    "not-at-all": "not recognisable at all",
}


def interest(brief: Brief) -> tuple[Section, ...]:
    """Why the power should be used, in the submitter's own words, topic by topic."""
    pen = brief.pen
    blocks = []
    for topic, label in _topics(brief):
        for n, argument in enumerate(brief.arguments(topic)):
            sentence = pen.say("argument", argument.text, claims=brief.claims(argument.claims))
            blocks.append(Block(sentences=(sentence,), label=None if n else f"{label}."))
    heading = f"Why {brief.state} should act"
    if not blocks:
        text = "The submitter has not yet said why the power should be used."
        return (Section(heading=heading, blocks=(pen.form(text),), id="interest"),)
    lead = pen.form("What follows is the submitter's argument, not a finding of fact.")
    return (Section(heading=heading, blocks=(lead, *blocks), id="interest"),)


def interest_in_brief(brief: Brief, *, most: int) -> tuple[Section, ...]:
    """The first argument of each topic, as many as a summary holds."""
    whole = interest(brief)[0]
    one = len(whole.blocks) == 1
    first = [b for b in whole.blocks if isinstance(b, Block) and (b.label or one)]
    return (msgspec.structs.replace(whole, blocks=tuple(first[:most])),)


def _topics(brief: Brief) -> tuple[tuple[ArgumentTopic, str], ...]:
    return (
        ("priority", "Theme of its policy"),
        ("purpose", "Purpose of the regulations"),
        ("relevance", "Relevance to the common foreign and security policy"),
        ("gravity", "Gravity"),
        ("interest", f"Interest of {brief.state}"),
        ("nexus", f"Tie to {brief.state}"),
        ("sponsor", "Who could propose it"),
        ("effect", "Effect sought"),
        ("risk", "Risks"),
        ("change", "What would end it"),
    )


def consent(brief: Brief) -> tuple[Section, ...]:
    """To what the persons agreed whose words or fate this rests on, none by a protected name."""
    pen = brief.pen
    found = [c for c in brief.case.consents.values() if brief.case.stands(c.id)]
    if not found:
        text = (
            "No consent is recorded. Every source of this dossier is published or official, or its "
            "use has yet to be agreed with those who speak in it."
        )
        return (Section(heading="Consent", blocks=(pen.form(text),), id="consent"),)
    table = Table(
        caption="What was agreed, with whom, and how",
        header=("Who", "Uses", "May appear", "Given", "Risk"),
        rows=tuple(_consented(brief, c) for c in found),
    )
    return (Section(heading="Consent", blocks=(table,), id="consent"),)


def _consented(brief: Brief, consent: Consent) -> tuple[Cell, ...]:
    day = brief.pen.day
    party = brief.case.parties.get(consent.of)
    given = day(consent.on)
    if not (party and party.protected):
        given += f"; {consent.method}"
    if consent.withdrawn:
        given += f". Withdrawn on {day(consent.withdrawn)}"
    elif consent.review:
        given += f". To be asked anew on {day(consent.review)}"
    # What the risk is, and what was agreed against it, could lead to the person.
    weighed = "weighed with the person" if consent.risk else "not recorded"
    plan = "; a safety plan exists" if consent.safety else ""
    to = ", to the offices named in it" if consent.recipients else ""
    texts = (
        party.name if party else consent.of,
        f"{joined([_USES[u] for u in consent.uses])}{to}" if consent.uses else "none",
        _IDENTITIES[consent.identity],
        given,
        f"{weighed}{plan}",
    )
    return tuple(Cell(sentences=(brief.pen.say("form", t),)) for t in texts)


def handling(brief: Brief, withheld: int) -> tuple[Section, ...]:
    """What this edition leaves out and how the rest may be used.

    Args:
        withheld: how many passages the other sections rest on and do not show.
    """
    pen = brief.pen
    protected = [p.name for p in brief.case.parties.values() if p.protected]
    if withheld:
        text = (
            f"{withheld} passage{'s' if withheld > 1 else ''} of protected persons "
            f"({joined(protected)}) {'are' if withheld > 1 else 'is'} withheld from this edition; "
            "each is bound to the record by a commitment in the notes, and can be shown to an "
            "official in person if those persons agree."
        )
        if any(veiled(brief.case, a) for a in brief.case.allegations.values()):
            text += " A protected person says more than is told here; an official can hear it."
    else:
        text = "Nothing that this dossier rests on is withheld from this edition."
    asked = (
        "We ask that it be treated as if it could become public, that no attempt be made to find "
        "out who a withheld person is, and that we be heard before any part of it is disclosed."
    )
    return (Section(heading="Handling", blocks=(pen.form(text), pen.form(asked)), id="handling"),)


def attestation(brief: Brief) -> tuple[Section, ...]:
    """Who answers for it, what was corrected, and which edition of the law it uses."""
    pen, case = brief.pen, brief.case
    body = capital(with_article(brief.requester.name))
    blocks = [
        pen.form(
            f"{body} states that the quotations are the exact words of the exhibits, that every "
            "statement which its record holds against this recommendation is printed in it, and "
            "that it will correct in writing what proves wrong."
        )
    ]
    corrected = [j for j in case.judgements if j.verdict == "amended"]
    if corrected:
        told = "; ".join(
            f"{j.target}{f' on {pen.day(j.on)}' if j.on else ''}"
            f"{f' ({j.reason})' if j.reason else ''}"
            for j in corrected
        )
        blocks.append(pen.form(f"Corrected before this edition: {told}."))
    else:
        blocks.append(pen.form("No correction was recorded before this edition."))
    reviews = [r for r in case.law_reviews.values() if case.stands(r.of)]
    ids = {i for g in brief.grounds for i in (g.authority.id, g.authority.decides,
           *(f.element for f in g.findings))}  # fmt: skip
    own = [r for r in reviews if r.of in ids]
    if own:
        by: dict[tuple[str, str], list[str]] = {}
        for r in own:
            by.setdefault((r.by, r.on), []).append(r.against)
        told = "; ".join(
            f"{who} on {pen.day(on)}, with {joined(list(dict.fromkeys(against)))}"
            for (who, on), against in by.items()
        )
        blocks.append(pen.form(f"The law relied on was compared by {told}."))
    blocks.append(
        pen.form(f"Law data, edition {brief.law.edition[:16]}; record {case.id}.", style="small")
    )
    return (Section(heading="Attestation", blocks=tuple(blocks), id="attestation"),)
