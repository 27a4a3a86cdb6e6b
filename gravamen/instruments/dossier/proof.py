"""The proof of a dossier: how far key facts are borne out, what speaks against, the exhibits."""

from gravamen.checks.permitted import content, withheld
from gravamen.claims import Allegation, Claim, independent_origins, origin_of
from gravamen.instruments.dossier.brief import Brief
from gravamen.instruments.dossier.opening import spelled, title_of
from gravamen.instruments.sheet import exhibit_letter
from gravamen.instruments.wording import borne, capital, joined, speaker
from gravamen.sentences import Block, Cell, Section, Sentence, Table
from gravamen.sources.source import Source

_DIGEST_SHOWN = 16
_ENOUGH = 2
_MOST_IN_BRIEF = 2


def corroboration(brief: Brief) -> tuple[Section, ...]:
    """Each key fact with its independent origins, what rests on one alone, and translations."""
    pen = brief.pen
    rows = []
    for act in brief.key:
        affirming = brief.affirming(act)
        told = f"{capital(content(brief.case, act))}."
        sentence = pen.say("allegation", told, claims=affirming)
        voices = list(dict.fromkeys(speaker(brief.case, c) for c in brief.denying(act)))
        rows.append(
            (
                Cell(sentences=(sentence,)),
                _cell(brief, _origins(brief, affirming)),
                _cell(brief, f"{capital(borne(brief.case, act))}."),
                _cell(brief, joined(voices) if voices else "nobody on record"),
            )
        )
    if not rows:
        text = "The record marks no fact as one with which the recommendation stands or falls."
        return (Section(heading="Corroboration", blocks=(pen.form(text),), id="corroboration"),)
    table = Table(
        caption="Key facts and independent origins; copies of one story are one origin",
        header=("Fact, as put by the submitter", "Origins", "In words", "Spoken against by"),
        rows=tuple(rows),
    )
    notes = [*_single(brief), *_translations(brief)]
    return (Section(heading="Corroboration", blocks=(table, *notes), id="corroboration"),)


def _origins(brief: Brief, claims: tuple[Claim, ...]) -> str:
    """The origins of claims, each with those who speak from it."""
    by: dict[str, list[str]] = {}
    for claim in claims:
        origin = origin_of(claim, brief.case.sources)
        by.setdefault(origin, [])
        if (who := speaker(brief.case, claim)) not in by[origin]:
            by[origin].append(who)
    return "; ".join(f"({n}) {joined(who)}" for n, who in enumerate(by.values(), 1)) or "none"


def _single(brief: Brief) -> tuple[Block, ...]:
    """Which key facts, and which elements that a ground requires, rest on one origin alone."""
    pen = brief.pen
    lone = [a for a in brief.key if len(brief.case.corroboration(a.id).origins) == 1]
    found = [pen.form("No key fact rests on a single origin.")]
    if lone:
        verb = "rests" if len(lone) == 1 else "rest"
        told = "; ".join(content(brief.case, a) for a in lone)
        n = len(brief.key)
        found = [pen.form(f"{len(lone)} of {n} key facts {verb} on one origin: {told}.")]
    kept = [a for a in brief.key if len(brief.case.corroboration(a.id).origins) > 1]
    bare = [a for a in kept if len(_open_origins(brief, a)) < _ENOUGH]
    if bare:
        told = "; ".join(title_of(brief, a) for a in bare)
        found.append(
            pen.form(f"Without the accounts that are withheld, one origin is left: {told}.")
        )
    numbers = [
        brief.number(g, f)
        for g in brief.grounds
        for f in g.findings
        if f.allegations and f.corroboration.startswith("single-source")
    ]
    if numbers:
        which = f"element{'' if len(numbers) == 1 else 's'} {joined(numbers)}"
        found.append(pen.form(f"In the section on the law, {which} rest on one origin alone."))
    return tuple(found)


def _open_origins(brief: Brief, act: Allegation) -> tuple[str, ...]:
    """The independent origins of an act among the accounts that are not withheld."""
    shown = [c for c in brief.affirming(act) if not withheld(brief.case, c)]
    return independent_origins(shown, brief.case.sources)


def _translations(brief: Brief) -> tuple[Block, ...]:
    by: dict[str, int] = {}
    for act in brief.allegations:
        for claim in (*brief.affirming(act), *brief.denying(act)):
            if claim.translation:
                who = claim.translator or brief.case.sources[claim.passage.source].translator
                by[who or "a translator who is not named"] = by.get(who or "", 0) + 1
    if not by:
        return ()
    told = "; ".join(f"{who} ({n} passage{'s' if n > 1 else ''})" for who, n in by.items())
    return (
        brief.pen.form(
            f"Translated by {told}. The originals stand beside the translations in the list of "
            "sources."
        ),
    )


def exhibits(brief: Brief, sections: tuple[Section, ...]) -> Section:
    """The sources that the sentences of these sections rest on, lettered as their notes are."""
    used = dict.fromkeys(
        b.source
        for section in sections
        for block in section.blocks
        for s in _sentences(block)
        for b in s.bindings
        if not b.withheld
    )
    letters = {id: exhibit_letter(n) for n, id in enumerate(used)}
    rows = [_exhibit(brief, letters, brief.case.sources[id]) for id in letters]
    hidden = {
        b.claim
        for section in sections
        for block in section.blocks
        for s in _sentences(block)
        for b in s.bindings
        if b.withheld
    }
    if hidden:
        rows.append(_withheld_row(brief, brief.claims(hidden)))
    if not rows:
        text = "No source stands behind a sentence of this dossier that may be shown."
        return Section(heading="Exhibits", blocks=(brief.pen.form(text),), id="sources")
    table = Table(
        caption="Exhibits; the notes at the end give the exact words taken from each",
        header=("No.", "Exhibit, captured when, language", "Origin and reliability", "SHA-256"),
        rows=tuple(rows),
    )
    return Section(heading="Exhibits", blocks=(table,), id="sources")


def _withheld_row(brief: Brief, claims: tuple[Claim, ...]) -> tuple[Cell, ...]:
    """What stands for the sources whose words are withheld: how many persons and passages."""
    who = dict.fromkeys(speaker(brief.case, c) for c in claims)
    n = len({c.passage.source for c in claims})
    texts = (
        "W",
        f"{capital(spelled(n))} withheld source{'' if n == 1 else 's'}: {joined(list(who))}.",
        "What bears on credibility can be seen with the source, in person.",
        "commitments in the notes",
    )
    return tuple(_cell(brief, t) for t in texts)


def _sentences(block: object) -> tuple[Sentence, ...]:
    if isinstance(block, Block):
        return block.sentences
    if isinstance(block, Table):
        return tuple(s for row in block.rows for cell in row for s in cell.sentences)
    return ()


def _exhibit(brief: Brief, letters: dict[str, str], source: Source) -> tuple[Cell, ...]:
    translators = dict.fromkeys(
        t
        for c in brief.case.claims.values()
        if c.passage.source == source.id and c.translation
        for t in (c.translator or source.translator,)
        if t
    )
    language = source.language or "not stated"
    if translators:
        language = f"{language}; translated by {joined(list(translators))}"
    parent = brief.case.sources.get(source.parent or "")
    attached = f" Attached to: {parent.cited}." if parent else ""
    captured = brief.pen.day(source.retrieved) if source.retrieved else "day not stated"
    same = [
        letter
        for id, letter in letters.items()
        if id != source.id and brief.case.sources[id].origin_group == source.origin_group
    ]
    origin = f"One origin with {joined(same)}." if same else "An origin of its own."
    return (
        _cell(brief, letters[source.id]),
        _cell(
            brief,
            f"{source.cited}.{attached} Captured: {captured}. Language: {language}.",
        ),
        _cell(brief, f"{origin} {source.reliability or 'Not assessed.'}"),
        _cell(brief, f"{source.sha256[:_DIGEST_SHOWN]}…"),
    )


def _cell(brief: Brief, text: str) -> Cell:
    return Cell(sentences=(brief.pen.say("form", text),))
