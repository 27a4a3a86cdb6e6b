"""The proof of a dossier: how far key facts are borne out, what speaks against, the exhibits."""

from gravamen.checks.permitted import content, withheld
from gravamen.claims import Allegation, Claim, origin_of
from gravamen.instruments.dossier.brief import Brief
from gravamen.instruments.dossier.opening import spelled, title_of
from gravamen.instruments.sheet import exhibit_letter
from gravamen.instruments.wording import answers, capital, joined, speaker
from gravamen.sentences import Block, Cell, Section, Sentence, SentenceKind, Table
from gravamen.sources.source import Source
from gravamen.submission import Search

_DIGEST_SHOWN = 16
_MOST_IN_BRIEF = 2


def corroboration(brief: Brief) -> tuple[Section, ...]:
    """Each key fact with its independent origins, what rests on one alone, and translations."""
    pen = brief.pen
    rows = []
    for act in brief.key:
        borne = brief.case.corroboration(act.id)
        affirming = brief.affirming(act)
        told = f"{capital(content(brief.case, act))}."
        sentence = pen.say("allegation", told, claims=affirming)
        voices = list(dict.fromkeys(speaker(brief.case, c) for c in brief.denying(act)))
        rows.append(
            (
                Cell(sentences=(sentence,)),
                _cell(brief, _origins(brief, affirming)),
                _cell(brief, f"{capital(borne.spelled)}."),
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


def adverse(brief: Brief) -> tuple[Section, ...]:
    """What speaks against: denials, other accounts, what searches found; where there was none."""
    pen = brief.pen
    rows = [_denial(brief, a, c) for a in brief.allegations for c in brief.denying(a)]
    rows += _other_accounts(brief)
    rows += [_searched(brief, s) for s in brief.searches("adverse") if s.found]
    blocks: list[Block | Table] = []
    if rows:
        blocks.append(
            Table(
                caption="What is said against this recommendation, and our answer",
                header=("What is said", "By whom, of what", "If true", "Our answer"),
                rows=tuple(rows),
            )
        )
    blocks.append(_looked(brief))
    interests = brief.requester.about.interests if brief.requester.about else None
    if interests:
        blocks.append(
            Block(sentences=(pen.say("form", interests),), label="Interests of the submitter.")
        )
    return (Section(heading="What speaks against", blocks=tuple(blocks), id="adverse"),)


def _searched(brief: Brief, search: Search) -> tuple[Cell, ...]:
    """What a search found, where, what it would change, and what is answered to it."""
    pen, claims = brief.pen, brief.claims(search.claims)
    kind: SentenceKind = "allegation" if claims else "form"
    answer = search.answer or "No answer is on record."
    return (
        Cell(sentences=(pen.say(kind, search.found or "", claims=claims),)),
        _cell(brief, f"{search.where}, {pen.day(search.on)}"),
        _cell(brief, search.changes or "not assessed"),
        Cell(sentences=(pen.say("argument" if claims else "form", answer, claims=claims),)),
    )


def adverse_in_brief(brief: Brief) -> tuple[Section, ...]:
    """How many statements stand against, and where it was looked for them."""
    pen = brief.pen
    rows = [c for a in brief.allegations for c in brief.denying(a)]
    found = [s for s in brief.searches("adverse") if s.found]
    told = f"{capital(spelled(len(rows)))} statement{'' if len(rows) == 1 else 's'} that " + (
        "denies or limits an act is" if len(rows) == 1 else "deny or limit an act are"
    )
    blocks = [pen.form(f"{told} printed word for word in the dossier, with our answer to each.")]
    for search in found[:_MOST_IN_BRIEF]:
        kind: SentenceKind = "allegation" if search.claims else "form"
        told_here = [pen.say(kind, search.found or "", claims=brief.claims(search.claims))]
        if search.answer:
            claims = brief.claims(search.claims)
            told_here.append(pen.say("argument", search.answer, claims=claims))
        blocks.append(Block(sentences=tuple(told_here), style="bullet"))
    if len(found) > _MOST_IN_BRIEF:
        blocks.append(pen.form("What other searches found stands in the dossier."))
    return (Section(heading="What speaks against", blocks=tuple(blocks), id="adverse"),)


def _denial(brief: Brief, act: Allegation, claim: Claim) -> tuple[Cell, ...]:
    """A denial in exact words, whose it is and of what, what it would undo, what stands against."""
    verb = "denies" if claim.stance == "denies" else "limits"
    return (
        Cell(sentences=(_exact(brief, claim),)),
        _cell(brief, f"{brief.voice(claim)}; {verb}: {title_of(brief, act)}"),
        _cell(brief, _changes(brief, claim)),
        Cell(sentences=_answers(brief, act, claim)),
    )


def _answers(brief: Brief, act: Allegation, claim: Claim) -> tuple[Sentence, ...]:
    """What the submitter answers to a statement, in its own words; else that it has no answer
    beyond what others say of the same act."""
    pen = brief.pen
    found = [a for a in brief.arguments("answer") if claim.id in a.claims]
    if found:
        return tuple(pen.say("argument", a.text, claims=brief.claims(a.claims)) for a in found)
    others = brief.affirming(act)
    if not others:
        return (pen.say("form", "We have no answer."),)
    text = "We have no answer beyond the accounts of the same act."
    return (pen.say("argument", text, claims=others),)


def _exact(brief: Brief, claim: Claim) -> Sentence:
    if withheld(brief.case, claim):
        return brief.pen.say("allegation", "An account that is withheld.", claims=(claim,))
    words = claim.passage.exact.strip()
    if claim.translation:
        return brief.pen.say("allegation", f"“{claim.translation.strip()}” (translated)",
                             claims=(claim,))  # fmt: skip
    return brief.pen.say("allegation", f"“{words}”", claims=(claim,), quotes=(words,))


def _changes(brief: Brief, claim: Claim) -> str:
    """Which elements of the grounds a statement would undo, if it were true."""
    numbers = [
        brief.number(g, f)
        for g in brief.grounds
        for f in g.findings
        if claim.id in (*f.against, *f.qualified)
    ]
    if not numbers:
        return "no element relied on would change"
    return f"it would weaken {joined(numbers)}"


def _other_accounts(brief: Brief) -> list[tuple[Cell, ...]]:
    """What those who are accused say beside the acts, in their own words, where it is about the
    party or about nobody in particular."""
    rows: list[tuple[Cell, ...]] = []
    for id in answers(brief.case, [a.id for a in brief.allegations]):
        concerned = {r.party for r in brief.case.allegations[id].roles if r.party}
        if concerned and not concerned & brief.around:
            continue
        for claim in brief.case.claims_about(id):
            theirs = claim.stance != "affirms" or claim.speaker in brief.accused
            if claim.withdrawn is None and theirs:
                rows.append(
                    (
                        Cell(sentences=(_exact(brief, claim),)),
                        _cell(brief, f"{brief.voice(claim)}; beside the acts"),
                        _cell(brief, _changes(brief, claim)),
                        _cell(brief, f"{capital(brief.case.corroboration(id).spelled)}."),
                    )
                )
    return rows


def _looked(brief: Brief) -> Block:
    """Where somebody looked for what speaks against, and what the sources at hand hold."""
    pen = brief.pen
    n = len(brief.case.sources)
    told = [f"the {n} source{'s' if n != 1 else ''} of this record"]
    told += [
        f"{s.where} ({pen.day(s.on)}, by {s.by}: "
        f"{'something was found' if s.found else 'nothing was found'})"
        for s in brief.searches("adverse")
    ]
    return pen.form(f"It was looked for in {'; '.join(told)}. It was looked for nowhere else.")


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
        header=("No.", "Exhibit", "Captured", "Language", "Origin and reliability", "SHA-256"),
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
        "kept",
        "withheld",
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
        _cell(brief, f"{source.cited}.{attached}"),
        _cell(brief, captured),
        _cell(brief, language),
        _cell(brief, f"{origin} {source.reliability or 'Not assessed.'}"),
        _cell(brief, f"{source.sha256[:_DIGEST_SHOWN]}…"),
    )


def _cell(brief: Brief, text: str) -> Cell:
    return Cell(sentences=(brief.pen.say("form", text),))
