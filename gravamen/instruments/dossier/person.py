"""The person or body of a dossier: what tells it from others, its posts, who stands beside it."""

from collections.abc import Iterator

from gravamen.claims import Claim
from gravamen.dates import DateError, overlap
from gravamen.instruments.dossier.brief import Brief
from gravamen.instruments.dossier.summing import last_shown, proof
from gravamen.instruments.letter import country_name, fact
from gravamen.instruments.wording import capital, named, speaker
from gravamen.law.authority import IdentifierNorm
from gravamen.parties import Party, Post
from gravamen.sentences import Block, Cell, Section, Sentence, SentenceKind, Table

# How the titles of the counted lists begin, by the state whose list it is.
_LISTS = {"us": "SDN", "uk": "UK", "eu": "EU"}
_OF_PERSONS = ("birth", "sex", "birthplace", "passport", "national-id", "position")


def targets(brief: Brief) -> tuple[Section, ...]:
    """The identifiers, with what the lists themselves usually hold; posts; why this person."""
    blocks: list[Block | Table] = [_identifiers(brief)]
    if brief.party.posts:
        blocks.append(_positions(brief))
    who = "Who is named" if brief.is_person else "Which body is named"
    return (Section(heading=who, blocks=tuple(blocks), id="targets"),)


def _identifiers(brief: Brief) -> Table:
    norms = [
        n for n in brief.law.identifiers.values() if brief.is_person or n.id not in _OF_PERSONS
    ]
    counted = any(_rate(brief, n) for n in norms)
    rows = [
        (
            _form(brief, _label(brief, norm)),
            _known(brief, norm),
            *((_form(brief, _rate(brief, norm) or "not counted"),) if counted else ()),
        )
        for norm in norms
    ]
    extra = [i for i in brief.party.identifiers if i.kind not in ("passport", "national-id")]
    for found in extra:
        where = f" ({country_name(brief.case, found.country)})" if found.country else ""
        cell = Cell(
            sentences=(
                fact(brief.case, brief.pen, brief.party, found.kind, f"{found.value}{where}"),
            )
        )
        kind = _form(brief, capital(found.kind.replace("-", " ")))
        rows.append((kind, cell, *((_form(brief, "not counted"),) if counted else ())))
    return Table(
        caption="What tells this name from others"
        + (", and how often the entries of the list that is asked for give it" if counted else ""),
        header=("Identifier", "On record", *(("Given by the list",) if counted else ())),
        rows=tuple(rows),
    )


def _label(brief: Brief, norm: IdentifierNorm) -> str:
    """What an identifier is called; a body has no nationality, it is of a state."""
    if norm.id == "nationality" and not brief.is_person:
        return "State"
    return capital(norm.label)


def _known(brief: Brief, norm: IdentifierNorm) -> Cell:
    """What the record holds for an identifier, tied to its sources; "not known" otherwise."""
    party, pen, case = brief.party, brief.pen, brief.case
    if norm.id == "native-name":
        native = tuple(n for n in party.names if not n.text.isascii())
        return Cell(names=native) if native else _form(brief, "not known")
    if norm.id == "alias":
        others = tuple(n for n in party.names[1:] if n.text.isascii())
        return Cell(names=others) if others else _form(brief, "none known")
    if norm.id == "position":
        posts = [_post(brief, p) for p in brief.posts]
        return Cell(sentences=tuple(posts)) if posts else _form(brief, "not known")
    codes = party.nationalities or ((party.country,) if party.country else ())
    numbers = ", ".join(i.value for i in party.identifiers if i.kind == norm.id)
    known = {
        "birth": party.born and pen.day(party.born),
        "sex": party.sex,
        "birthplace": party.birthplace,
        "nationality": ", ".join(country_name(case, c) for c in codes),
    }.get(norm.id, numbers)
    return Cell(sentences=(fact(case, pen, party, norm.id, known or "not known"),))


def _rate(brief: Brief, norm: IdentifierNorm) -> str | None:
    """How often the list of the state gives it, counted."""
    prefix = _LISTS.get(brief.regime)
    for rate in norm.rates:
        if prefix and rate.list.startswith(prefix):
            return f"{rate.filled} % of {rate.entries} entries"
    return None


def _post(brief: Brief, post: Post) -> Sentence:
    pen = brief.pen
    start = pen.day(post.start) if post.start else "a day not known"
    end = _until(brief, post)
    return pen.say(
        "allegation",
        f"{post.title}, {named(brief.case, post.body)}, {start} to {end}.",
        claims=brief.claims(proof(brief, post)),
    )


def _until(brief: Brief, post: Post) -> str:
    """Until when a post is shown to have been held."""
    if post.end == "..":
        shown = last_shown(brief, post)
        return f"today, last shown on {brief.pen.day(shown)}" if shown else "today"
    return brief.pen.day(post.end) if post.end else "a day not known"


def _positions(brief: Brief) -> Table:
    """Each post with its dates, on whose word, and which of the alleged acts it covers."""
    rows = []
    for post in brief.party.posts:
        claims = brief.claims(proof(brief, post))
        told = [f"{_source(brief, c)}: “{_words(c)}”" for c in claims]
        rows.append(
            (
                _form(brief, f"{post.title}, {named(brief.case, post.body)}"),
                _form(brief, _dates(brief, post)),
                _form(brief, _covers(brief, post)),
                Cell(
                    sentences=tuple(
                        brief.pen.say("allegation", text, claims=(c,), quotes=_quotes(c))
                        for text, c in zip(told, claims, strict=True)
                    )
                )
                if claims
                else _form(brief, "no source on record"),
            )
        )
    return Table(
        caption="Posts held, with the proof of each",
        header=("Post", "Held", "At the time of the acts", "Proof"),
        rows=tuple(rows),
    )


def _quotes(claim: Claim) -> tuple[str, ...]:
    return () if claim.translation else (claim.passage.exact,)


def _words(claim: Claim) -> str:
    """The words of a claim, in translation where there is one."""
    return (claim.translation or claim.passage.exact).strip()


def _source(brief: Brief, claim: Claim) -> str:
    by = f", translated by {claim.translator}" if claim.translation and claim.translator else ""
    return f"{capital(speaker(brief.case, claim))}{by}"


def _dates(brief: Brief, post: Post) -> str:
    start = brief.pen.day(post.start) if post.start else "from a day not known"
    if post.end == "..":
        return f"since {start}" if post.start else "held today"
    return f"{start} to {brief.pen.day(post.end)}" if post.end else f"{start}, end not known"


def _covers(brief: Brief, post: Post) -> str:
    """Which of the acts that are relied on fall within a post."""
    counts = {"yes": 0, "possible": 0, "no": 0}
    for act in brief.key:
        if act.date is None:
            counts["possible"] += 1
            continue
        try:
            counts[overlap(post.start, post.end, act.date)] += 1
        except DateError:
            counts["possible"] += 1
    words = {"yes": "within it", "possible": "perhaps within it", "no": "outside it"}
    n = len(brief.key)
    if n and counts["yes"] == n:
        return "the act is within it" if n == 1 else f"all {n} acts are within it"
    if n and counts["no"] == n:
        return "the act is outside it" if n == 1 else f"all {n} acts are outside it"
    told = [f"{count} of {n} acts {words[k]}" for k, count in counts.items() if count]
    return "; ".join(told) or "no act is on record"


def linked(brief: Brief) -> tuple[Section, ...]:
    """Superiors, subordinates, bodies and family, as facts with their source, and no more."""
    rows = [
        (
            Cell(names=other.names[:1]) if not other.protected else _form(brief, other.name),
            _form(brief, relation),
            Cell(sentences=(_shown(brief, other),)),
        )
        for other, relation in _relations(brief)
    ]
    if not rows:
        text = "The record names nobody above, below or beside, and no company or relative."
        return (Section(heading="Who else is connected", blocks=(brief.pen.form(text),),
                        id="linked"),)  # fmt: skip
    lead = brief.pen.form(
        "These are facts of office, ownership or family. Nothing is asked here against anyone "
        "but the party named above."
    )
    table = Table(
        caption="Connected persons and bodies",
        header=("Name", "Connection", "Source"),
        rows=tuple(rows),
    )
    return (Section(heading="Who else is connected", blocks=(lead, table), id="linked"),)


def _relations(brief: Brief) -> list[tuple[Party, str]]:
    """The parties around this one, each with its first connection; no protected person."""
    parties = brief.case.parties
    found: dict[str, str] = {}
    for id, relation in (*_above(brief), *_around(brief)):
        if id and id in parties and id != brief.party.id and not parties[id].protected:
            found.setdefault(id, relation)
    return [(parties[id], relation) for id, relation in found.items()]


def _above(brief: Brief) -> Iterator[tuple[str | None, str]]:
    """The bodies in which the party held posts, those above it, and what it commands."""
    party, parties = brief.party, brief.case.parties
    for post in party.posts:
        yield post.body, f"body in which {brief.name} held the post of {post.title}"
    yield party.part_of, "body above it"
    yield party.family_of, f"family of {brief.name}"
    for command in party.commands:
        yield command.over, f"under the command of {brief.name}"
    for post in party.posts:
        if post.body in parties:
            yield parties[post.body].part_of, f"above {named(brief.case, post.body)}"


def _around(brief: Brief) -> Iterator[tuple[str | None, str]]:
    """Those who command, belong to, or hold posts in the party or its bodies; relatives."""
    party, case = brief.party, brief.case
    bodies = {post.body for post in party.posts} | {party.id}
    for other in case.parties.values():
        for command in other.commands:
            if command.over in bodies:
                yield other.id, f"has command over {named(case, command.over)}"
        if other.part_of in bodies:
            yield other.id, f"part of {named(case, other.part_of or '')}"
        for post in other.posts:
            if post.body in bodies:
                yield other.id, f"{post.title}, {named(case, post.body)}"
        if other.family_of == party.id:
            yield other.id, f"family of {brief.name}"


def _shown(brief: Brief, other: Party) -> Sentence:
    """Whether a source shows a connected party."""
    ids = (*other.claims, *(c for p in other.posts for c in p.claims),
           *(c for p in other.commands for c in p.claims))  # fmt: skip
    claims = brief.claims(dict.fromkeys((*ids, *(c.id for c in brief.case.claims_about(other.id)))))
    if claims:
        return brief.pen.say("allegation", "on record", claims=claims)
    return brief.pen.say("form", "stated in the case without a source of its own")


def listings(brief: Brief) -> tuple[Section, ...]:
    """What lists were looked at, in which edition, when, by whom, and what was found."""
    pen = brief.pen
    found = brief.searches("listing", "identity", "proceedings")
    if not found:
        text = (
            "Nobody has recorded a search of a list of sanctioned persons for this name, of "
            "namesakes or of proceedings. That no listing is named here is therefore no sign that "
            "there is none."
        )
        return (Section(heading="Other listings and proceedings", blocks=(pen.form(text),),
                        id="other_listings"),)  # fmt: skip
    rows = []
    for search in found:
        where = f"{search.where}{f', {search.edition}' if search.edition else ''}"
        result = search.found or f"no match as of {pen.day(search.on)}"
        kind: SentenceKind = "allegation" if search.claims else "form"
        rows.append(
            (
                _form(brief, where),
                _form(brief, f"{pen.day(search.on)}, by {search.by}"),
                Cell(sentences=(pen.say(kind, result, claims=brief.claims(search.claims)),)),
                _form(brief, search.answer or ""),
            )
        )
    table = Table(
        caption="Where somebody looked; a miss says only that the name did not stand there",
        header=("Looked through", "When and by whom", "Found", "Remark"),
        rows=tuple(rows),
    )
    return (Section(heading="Other listings and proceedings", blocks=(table,),
                    id="other_listings"),)  # fmt: skip


def _form(brief: Brief, text: str) -> Cell:
    return Cell(sentences=(brief.pen.say("form", text),)) if text else Cell()
