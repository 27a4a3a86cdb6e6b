"""What speaks against: statements in their exact words, searches, where it was looked for."""

from gravamen.checks.permitted import withheld
from gravamen.claims import Allegation, Claim
from gravamen.instruments.dossier.brief import Brief
from gravamen.instruments.dossier.opening import spelled, title_of
from gravamen.instruments.wording import answers, capital, joined
from gravamen.sentences import Block, Cell, Section, Sentence, SentenceKind, Table
from gravamen.submission import Search


def adverse(brief: Brief) -> tuple[Section, ...]:
    """What speaks against: denials, other accounts, what searches found; where there was none."""
    pen = brief.pen
    told: dict[str, int] = {}
    rows = [_denial(brief, n, s, told) for n, s in enumerate(_statements(brief), 1)]
    rows += _other_accounts(brief)
    rows += [_searched(brief, s) for s in brief.searches("adverse") if s.found]
    blocks: list[Block | Table] = []
    if rows:
        blocks.append(
            Table(
                caption="What is said against this recommendation, and our answer",
                header=("No.", "What is said, by whom, of what", "If true", "Our answer"),
                rows=tuple((_cell(brief, str(n)), *row) for n, row in enumerate(rows, 1)),
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
        Cell(
            sentences=(
                pen.say(kind, search.found or "", claims=claims),
                pen.say("form", f"Found in {search.where}, {pen.day(search.on)}."),
            )
        ),
        _cell(brief, search.changes or "not assessed"),
        Cell(sentences=(pen.say("argument" if claims else "form", answer, claims=claims),)),
    )


def adverse_in_brief(
    brief: Brief, *, acts: tuple[Allegation, ...], most: int
) -> tuple[Section, ...]:
    """What would weaken the grounds most, word for word with the answer, and what else there is.

    Args:
        acts: the acts that the summary tells; what is said against another one would tell of it.
    """
    pen, statements = brief.pen, _statements(brief)
    near = [[(act, claim) for act, claim in s if act in acts] for s in statements]
    grave = [s for s in near if s and _weakens(brief, tuple(c for _, c in s))]
    own = set(brief.own)
    grave.sort(key=lambda s: (not any(a in own for a, _ in s), s[0][1].stance != "denies"))
    blocks = []
    for statement in grave[:most]:
        claims = tuple(c for _, c in statement)
        who = pen.say("form", f"{capital(brief.voice(claims[0]))}.")
        answers_ = _answers(brief, 0, statement, {})
        blocks.append(Block(sentences=(_exact(brief, claims), who, *answers_), style="bullet"))
    left = len(statements) - len(blocks)
    found = [s for s in brief.searches("adverse") if s.found]
    told = []
    if left:
        more = "further " if blocks else ""
        told.append(f"{spelled(left)} {more}statement{'' if left == 1 else 's'} on these acts")
    if found:
        told.append(f"what {spelled(len(found))} search{'' if len(found) == 1 else 'es'} found")
    if told:
        verb = "stands" if len(told) == 1 and left + len(found) == 1 else "stand"
        text = f"{capital(joined(told))} {verb} word for word in the dossier."
        blocks.append(pen.form(text))
    elif not blocks:
        blocks.append(_looked(brief))
    return (Section(heading="What speaks against", blocks=tuple(blocks), id="adverse"),)


Statement = list[tuple[Allegation, Claim]]


def _statements(brief: Brief) -> list[Statement]:
    """What denies or limits the acts: the same words against several acts are one statement."""
    found: dict[tuple[str, int, int, str], Statement] = {}
    for act in brief.allegations:
        for claim in brief.denying(act):
            words = claim.passage
            key = (words.source, words.start, words.end, claim.stance)
            found.setdefault(key, []).append((act, claim))
    return list(found.values())


def _denial(brief: Brief, row: int, statement: Statement, told: dict[str, int]) -> tuple[Cell, ...]:
    """A statement in exact words, whose it is and of what; what it would undo; our answer."""
    claims = tuple(c for _, c in statement)
    verb = "Denies" if claims[0].stance == "denies" else "Limits"
    titles = "; ".join(dict.fromkeys(title_of(brief, a) for a, _ in statement))
    who = brief.pen.say("form", f"{capital(brief.voice(claims[0]))}. {verb}: {titles}.")
    return (
        Cell(sentences=(_exact(brief, claims), who)),
        _cell(brief, _changes(brief, claims)),
        Cell(sentences=_answers(brief, row, statement, told)),
    )


def _answers(
    brief: Brief, row: int, statement: Statement, told: dict[str, int]
) -> tuple[Sentence, ...]:
    """What the submitter answers to a statement, in its own words; else that there is none.

    Args:
        told: in which row each answer stands that was given already; new ones are added.
    """
    pen, ids = brief.pen, {c.id for _, c in statement}
    found = [a for a in brief.arguments("answer") if ids & set(a.claims)]
    if found:
        new = [a for a in found if a.id not in told]
        rows = sorted({told[a.id] for a in found if a.id in told})
        told |= {a.id: row for a in new}
        said = [pen.say("argument", a.text, claims=brief.claims(a.claims)) for a in new]
        if rows:
            which = joined([str(n) for n in rows])
            said.append(pen.say("form", f"See the answer to No. {which}."))
        return tuple(said)
    return (pen.say("form", "No answer is on record."),)


def _exact(brief: Brief, claims: tuple[Claim, ...]) -> Sentence:
    """The exact words of claims that share them; of withheld ones only that they are there."""
    claim = claims[0]
    if withheld(brief.case, claim):
        return brief.pen.say("allegation", "An account that is withheld.", claims=claims)
    words = claim.passage.exact.strip()
    if claim.translation:
        text = f"“{claim.translation.strip()}” (translated)"
        return brief.pen.say("allegation", text, claims=claims)
    return brief.pen.say("allegation", f"“{words}”", claims=claims, quotes=(words,))


def _changes(brief: Brief, claims: tuple[Claim, ...]) -> str:
    """Which elements of the grounds a statement would weaken, if it were true."""
    numbers = _weakens(brief, claims)
    return f"weakens {joined(numbers)}" if numbers else "nothing relied on"


def _weakens(brief: Brief, claims: tuple[Claim, ...]) -> list[str]:
    """The numbers of the elements against which claims stand."""
    ids = {c.id for c in claims}
    return [
        brief.number(g, f)
        for g in brief.grounds
        for f in g.findings
        if ids & {*f.against, *f.qualified}
    ]


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
                        Cell(
                            sentences=(
                                _exact(brief, (claim,)),
                                brief.pen.say("form", f"{capital(brief.voice(claim))}."),
                            )
                        ),
                        _cell(brief, _changes(brief, (claim,))),
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


def _cell(brief: Brief, text: str) -> Cell:
    return Cell(sentences=(brief.pen.say("form", text),))
