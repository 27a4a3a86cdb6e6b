"""The law of a dossier: each ground element by element, and why not under the other laws."""

from gravamen.checks.permitted import veiled
from gravamen.findings import Finding
from gravamen.instruments.dossier.brief import Brief, Under
from gravamen.instruments.dossier.opening import title_of
from gravamen.instruments.letter import undenied
from gravamen.instruments.wording import capital
from gravamen.law import term_state
from gravamen.law.authority import Authority
from gravamen.law.cited import Cited
from gravamen.parties import with_article
from gravamen.sentences import Block, Cell, Section, Table

_ANSWERS = {
    "supported": "Supported",
    "contested": "Supported, and denied",
    "missing": "Nothing on record",
}


def legal(brief: Brief) -> tuple[Section, ...]:
    """Each law relied on, its standard, each element with its answer; then the laws left out."""
    head = Section(
        heading="The law, element by element",
        blocks=(
            brief.pen.form(
                "The middle column gives what the law asks; the right one says what the record "
                "answers, from how many independent origins. Whether it is enough is for the "
                "office to decide."
            ),
        ),
        id="legal",
    )
    near = brief.nearest
    under = brief.under or ((Under(near.authority, (near,)),) if near else ())
    return (head, *(_law(brief, u) for u in under), *_choice(brief), *_others(brief, under))


def _law(brief: Brief, under: Under) -> Section:
    """One law: what it is, its standard, and each ground with its elements."""
    authority, standard = under.authority, under.authority.standard
    nature = f" {capital(authority.nature.rstrip('.'))}." if authority.nature else ""
    law = f"{authority.title} ({authority.cite}).{nature}"
    blocks: list[Block | Table] = [
        _stated(brief, authority, brief.cited(authority, law), authority)
    ]
    if term := term_state(authority, brief.on):
        blocks.append(brief.pen.form(term.sentence))
    if standard:
        cite = brief.cited(authority, standard.cite)
        text = f"The standard is: {standard.text.rstrip('.')} ({cite})."
        blocks.append(_stated(brief, authority, text, standard))
    for ground in under.grounds:
        cite = brief.cited(authority, ground.prong.cite)
        text = f"The ground: {ground.prong.text} ({cite})."
        blocks.append(_stated(brief, authority, text, ground.prong))
        blocks.append(
            Table(
                caption=f"Elements of {cite}",
                header=("No.", "What the law asks", "What the record answers"),
                rows=tuple(_element(brief, brief.number(ground, f), f) for f in ground.findings),
            )
        )
    return Section(heading=authority.short, blocks=tuple(blocks), id="legal", level=3)


def _stated(brief: Brief, authority: Authority, text: str, leans: Cited) -> Block:
    """A sentence of law, marked where what it leans on is unchecked."""
    sentence = brief.pen.say(
        "argument", text, authority=authority.id, needs_review=leans.needs_review
    )
    return Block(sentences=(sentence,))


def _element(brief: Brief, number: str, finding: Finding) -> tuple[Cell, ...]:
    """An element as a row: its number, the question and its cite, what the record answers."""
    pen, element = brief.pen, brief.law.element(finding.element)
    authority = brief.law.authority(finding.authority)
    hidden = {a.id for a in brief.case.allegations.values() if veiled(brief.case, a)}
    claims = tuple(
        c for c in brief.claims((*finding.claims, *finding.against)) if c.about not in hidden
    )
    acts = [brief.case.allegations[a] for a in finding.allegations if a not in hidden]
    answer = _ANSWERS[finding.state]
    if finding.state != "missing" and finding.corroboration:
        answer = f"{answer}: {undenied(finding.corroboration)}"
    titles = "; ".join(dict.fromkeys(title_of(brief, a) for a in acts))
    on = f" On {titles}." if acts and finding.state != "missing" else ""
    gap = f" {finding.gap}" if finding.state == "missing" and finding.gap else ""
    asked = pen.say(
        "argument",
        f"{element.test} ({brief.cited(authority, element.cite)})",
        authority=finding.authority,
        needs_review=element.needs_review,
    )
    told = pen.say("argument", f"{answer}.{on}{gap}", claims=claims, authority=finding.authority)
    numbered = pen.say("form", number)
    return tuple(Cell(sentences=(s,)) for s in (numbered, asked, told))


def _choice(brief: Brief) -> tuple[Section, ...]:
    """Why this law and not its sister, in the submitter's own words."""
    found = brief.arguments("choice")
    if not found:
        return ()
    blocks = tuple(
        Block(sentences=(brief.pen.say("argument", a.text, claims=brief.claims(a.claims)),))
        for a in found
    )
    return (Section(heading="Why this law", blocks=blocks, id="legal", level=3),)


def _others(brief: Brief, under: tuple[Under, ...]) -> tuple[Section, ...]:
    """Why the party is not put forward under the other laws of the state, one sentence each."""
    relied = {u.authority.id for u in under}
    blocks = []
    for authority in brief.authorities:
        if authority.id in relied:
            continue
        unchecked = " (its text in the law data is unchecked)" if authority.needs_review else ""
        why = _why_not(brief, authority.id)
        text = f"{authority.short} is not relied on{unchecked}: {why}"
        # It asks for nothing under that law, and is no sentence that leans on it.
        blocks.append(brief.pen.form(text, style="bullet"))
    if not blocks:
        return ()
    heading = f"Other laws of {brief.state}"
    return (Section(heading=heading, blocks=tuple(blocks), id="legal", level=3),)


def _why_not(brief: Brief, authority: str) -> str:
    """What a law lacks on this record: that it does not reach, or what its nearest ground lacks."""
    under = [f for f in brief.findings if f.authority == authority]
    prongs: dict[str, list[Finding]] = {}
    for finding in under:
        prongs.setdefault(finding.prong, []).append(finding)
    found = [g for p in prongs if (g := brief.ground(p))]
    if any(not brief.lacking(g) for g in found):
        return f"the record would support it; {with_article(brief.requester.name)} does not ask it."
    nearest = min(found, key=lambda g: len(brief.lacking(g)), default=None)
    if nearest is None:
        return "nothing on record bears on it."
    gap = brief.lacking(nearest)[0].gap
    # What would close it is a note for the submitter, not for the office.
    return f"{gap.split(';', 1)[0].rstrip('.')}." if gap else "nothing on record bears on it."
