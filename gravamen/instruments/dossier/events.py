"""What happened and what ties the party to it: context, incidents, the link, the chart."""

from collections.abc import Callable

from gravamen.checks.permitted import veiled, withheld
from gravamen.claims import Allegation, Claim
from gravamen.dates import DateError, overlap
from gravamen.instruments.dossier.brief import Brief
from gravamen.instruments.dossier.chart import chart
from gravamen.instruments.dossier.opening import title_of
from gravamen.instruments.letter import borne_out
from gravamen.instruments.wording import borne, capital, denials, joined, named, quoted, speaker
from gravamen.sentences import Block, Cell, Figure, Section, Sentence, Table

_ACTS_OF_LINK = ("command", "failure-to-investigate", "support")
# What elements on knowledge and intent have in their ids.
_KNOWING = ("complicit", "know", "intent", "tolerat")
_CERTAIN = {"stated": "", "likely": "likely ", "possible": "possibly "}
_ROLES = {
    "alleged-perpetrator": "said to have done it",
    "commander": "in command",
    "victim": "done to",
    "witness": "witnesses",
    "official": "official concerned",
    "beneficiary": "who received or profited",
    "supplier": "who supplied",
    "investigator": "whose duty it was to investigate",
}
_MODES = {
    "witnessed": "as a witness",
    "reported": "as reported to it",
    "official": "official statement",
    "document": "document",
    "inference": "as its conclusion",
}


def context(brief: Brief) -> tuple[Section, ...]:
    """What a reader must know before: background and figures, each by whoever says so."""
    pen, case = brief.pen, brief.case
    ids = [
        a.id
        for a in case.allegations.values()
        if a.kind in ("context", "figure") and case.stands(a.id) and not quoted(case, a)
    ]
    sentences = pen.allegations(ids)
    found = [denials(case, case.allegations[i], id="") for i in ids]
    against = [pen.numbered(d) for d in found if d is not None]
    shown = [Block(sentences=(s,)) for s in (*sentences, *against)]
    if not shown:
        text = "The record holds no background that the recommendation rests on."
        return (Section(heading="Context", blocks=(pen.form(text),), id="context"),)
    return (Section(heading="Context", blocks=tuple(shown), id="context"),)


def incidents(brief: Brief) -> tuple[Section, ...]:
    """Each act by itself: what, when, where, whom, by whom, on whose word, and against it."""
    acts = brief.incidents
    if not acts:
        text = "The record holds no dated act yet in which the party has a part."
        return (Section(heading="Incidents", blocks=(brief.pen.form(text),), id="incidents"),)
    head = Section(
        heading="Incidents",
        blocks=(
            brief.pen.form(
                f"What {brief.name} is said to have done or left undone comes first, then the acts "
                "that underlie it. Each is given with the exact words of its sources; what is said "
                "against it stands directly beneath."
            ),
        ),
        id="incidents",
    )
    return (head, *(_incident(brief, n, a) for n, a in enumerate(acts, 1)))


def _incident(brief: Brief, number: int, act: Allegation) -> Section:
    when = "" if act.date else ", undated"
    return Section(
        heading=f"Incident {number}: {title_of(brief, act)}{when}"
        f"{f', {act.place}' if act.place and not veiled(brief.case, act) else ''}",
        blocks=(*_told(brief, act), *_parts(brief, act), *_voices(brief, act)),
        id="incidents",
        level=3,
    )


def _told(brief: Brief, act: Allegation) -> tuple[Block, ...]:
    """The act as attributed, and how far it is borne out."""
    return tuple(
        Block(sentences=(s, *borne_out(brief.case, brief.pen, s)))
        for s in brief.pen.allegations([act.id])
    )


def _parts(brief: Brief, act: Allegation) -> tuple[Block, ...]:
    """Who stands in the act in which role, how surely and on what basis."""
    by: dict[str, list[str]] = {}
    for role in act.roles:
        who = named(brief.case, role.party) if role.party else role.words
        if who:
            basis = f" ({role.basis})" if role.basis else ""
            by.setdefault(role.kind, []).append(f"{_CERTAIN[role.certainty]}{who}{basis}")
    if not by:
        return ()
    told = "; ".join(f"{_ROLES[kind]}: {joined(who)}" for kind, who in by.items())
    if act.victims and "victim" in by:
        told += f", described as {joined([v.replace('-', ' ') for v in act.victims])}"
    text = f"{capital(told)}."
    # The case's own words for the roles, not those of a source: no figure of theirs is compared.
    told_of = [brief.pen.say("form", text, claims=brief.affirming(act))]
    if _outside(brief, act):
        text = f"It lies outside the dates of every post of {brief.name} that is shown here."
        told_of.append(brief.pen.say("form", text))
    return (Block(sentences=tuple(told_of), style="small"),)


def _outside(brief: Brief, act: Allegation) -> bool:
    """Whether an act falls before or after every post that the party is shown to have held."""
    if not act.date or not brief.posts:
        return False
    try:
        return all(overlap(p.start, p.end, act.date) == "no" for p in brief.posts)
    except DateError:
        return False


def _voices(brief: Brief, act: Allegation) -> tuple[Block, ...]:
    """The exact words of those who affirm it, then of those who deny it, then who limits it."""
    found = [_quoted(brief, c, "") for c in brief.affirming(act)]
    found += [_quoted(brief, c, "Against it, ") for c in brief.denying(act) if c.stance == "denies"]
    limiting = tuple(c for c in brief.denying(act) if c.stance == "qualifies")
    if limiting:
        voices = dict.fromkeys(speaker(brief.case, c) for c in limiting)
        text = f"Limited by {joined(list(voices))}, whose words stand under “What speaks against”."
        found.append(brief.pen.say("allegation", text, claims=limiting))
    return tuple(Block(sentences=(s,), style="bullet") for s in found)


def _quoted(brief: Brief, claim: Claim, lead: str) -> Sentence:
    """One claim in its exact words; a protected one only as being there."""
    who = brief.voice(claim)
    if withheld(brief.case, claim):
        text = f"{lead}{who}: an account that is withheld ({_MODES[claim.mode]})."
        return brief.pen.say("allegation", capital(text), claims=(claim,))
    words = claim.passage.exact.strip()
    if claim.translation:
        by = claim.translator or "a translator who is not named"
        words = claim.translation.strip()
        text = f"{lead}{who} ({_MODES[claim.mode]}): “{words}” (translated by {by})"
        return brief.pen.say("allegation", capital(text), claims=(claim,))
    text = f"{lead}{who} ({_MODES[claim.mode]}): “{words}”"
    return brief.pen.say("allegation", capital(text), claims=(claim,), quotes=(words,))


def link(brief: Brief) -> tuple[Section, ...]:
    """What ties the party to the acts beyond its rank, way by way, with what is not on record."""
    pen = brief.pen
    rows: list[tuple[Cell, ...]] = []
    absent: list[str] = []
    for label, find in _WAYS:
        found = find(brief)
        if not found:
            absent.append(label.lower())
        for sentence in found:
            rows.append((Cell(sentences=(pen.say("form", label),)), Cell(sentences=(sentence,)),
                         Cell(sentences=_borne(brief, sentence))))  # fmt: skip
    blocks: list[Block | Table | Figure] = []
    if drawn := chart(brief):
        blocks.append(drawn)
    if rows:
        blocks.append(
            Table(
                caption=f"Ways in which the record ties {brief.name} to the acts",
                header=("Way", "On record", "How far it is borne out"),
                rows=tuple(rows),
            )
        )
    blocks += _rank(brief, bool(rows))
    if absent:
        blocks.append(pen.form(f"Not on record: {'; '.join(absent)}."))
    heading = f"What links {brief.name} to the acts"
    return (Section(heading=heading, blocks=tuple(blocks), id="link"),)


def link_in_brief(brief: Brief, *, most: int) -> tuple[Section, ...]:
    """The ways of the link as a list, one sentence each, as many as a summary holds."""
    blocks = tuple(
        Block(sentences=(s, *disputed(brief, s)), style="bullet", label=f"{label}.")
        for label, find in _WAYS
        for s in find(brief)[:1]
    )[:most]
    return (
        Section(
            heading=f"What links {brief.name} to the acts",
            blocks=(*blocks, *_rank(brief, bool(blocks))),
            id="link",
        ),
    )


def disputed(brief: Brief, sentence: Sentence) -> tuple[Sentence, ...]:
    """Who denies what a sentence alleges, as the sentence that follows it; none for nobody."""
    found = []
    for id in sentence.allegations:
        act = brief.case.allegations.get(id)
        if act and (words := brief.disputed(act)):
            claims = brief.denying(act)
            found.append(
                brief.pen.say("allegation", f"{capital(words).rstrip('.')}.", claims=claims)
            )
    return tuple(found)


def _borne(brief: Brief, sentence: Sentence) -> tuple[Sentence, ...]:
    if len(sentence.bindings) == 1:
        return (brief.pen.say("form", "one passage of one source"),)
    words = dict.fromkeys(
        borne(brief.case, brief.case.allegations[a])
        for a in sentence.allegations
        if a in brief.case.allegations
    )
    if not words:
        return (brief.pen.say("form", f"{len(sentence.bindings)} source passages"),)
    claims = brief.claims(b.claim for b in sentence.bindings)
    return (brief.pen.say("context", capital(" / ".join(words)) + ".", claims=claims),)


def _rank(brief: Brief, tied: bool) -> tuple[Block, ...]:
    """That nothing rests on rank, or that on this record it would."""
    if not brief.posts:
        return ()
    own = [a for a in brief.own if a.kind == "act"]
    if own and tied:
        text = (
            "No ground rests on rank alone: each asks for an act, an order, presence, knowledge or "
            "a duty, and names its source."
        )
        if any(brief.by_post(g) for g in brief.grounds):
            text = (
                "The ground of the leader or official rests on the post and on its dates, as that "
                "law allows; every other ground rests on an act, an order, presence, knowledge or "
                "a duty, and names its source."
            )
    else:
        text = (
            f"The record shows the post of {brief.name} and no act, order, presence or knowledge. "
            "Where a law reaches the holder of a post for what the body did during that time, "
            "that is the ground relied on; no other is claimed."
        )
    return (brief.pen.form(text),)


def _with_role(brief: Brief, kinds: tuple[str, ...], acts: Callable[[str], bool]) -> list[Sentence]:
    """The sentences for the acts in which the party has one of some roles; best attested first."""
    ids = [
        a.id
        for a in brief.own
        if a.act
        and acts(a.act)
        and not brief.outside(a)
        and any(r.party == brief.party.id and r.kind in kinds for r in a.roles)
    ]
    return brief.pen.allegations(ids)


def _direct(brief: Brief) -> list[Sentence]:
    kinds = ("alleged-perpetrator", "official")
    return _with_role(brief, kinds, lambda a: a not in _ACTS_OF_LINK)


def _ordered(brief: Brief) -> list[Sentence]:
    return _with_role(brief, ("alleged-perpetrator",), lambda a: a == "command")


def _present(brief: Brief) -> list[Sentence]:
    return _with_role(brief, ("commander", "official"), lambda a: a == "command")


def _commanded(brief: Brief) -> list[Sentence]:
    """Posts that lead a body to which an act is laid, with the claims that prove them."""
    accused = {
        r.party
        for a in brief.allegations
        for r in a.roles
        if r.kind == "alleged-perpetrator" and r.party
    }
    found = []
    for post in brief.posts:
        if post.leads and post.body in accused:
            text = (
                f"{capital(brief.name)} led {named(brief.case, post.body)} as {post.title}, "
                f"{_spell(brief, post.start, post.end)}; the acts above are laid to that body."
            )
            found.append(brief.pen.say("allegation", text, claims=brief.claims(post.claims)))
    for command in brief.party.commands:
        text = (
            f"{capital(brief.name)} had authority over {named(brief.case, command.over)}, "
            f"{_spell(brief, command.start, command.end)}"
            f"{f' ({command.basis})' if command.basis else ''}."
        )
        found.append(brief.pen.say("allegation", text, claims=brief.claims(command.claims)))
    return found


def _spell(brief: Brief, start: str | None, end: str | None) -> str:
    day = brief.pen.day
    begun = f"from {day(start)}" if start and start != ".." else "from a day not known"
    return f"{begun} on" if end == ".." else f"{begun} to {day(end)}" if end else begun


def _knew(brief: Brief) -> list[Sentence]:
    """Claims marked as showing knowledge or toleration, in their exact words."""
    ids = dict.fromkeys(
        c.id
        for c in brief.case.claims.values()
        if c.stance == "affirms"
        and any(part in e for e in c.serves for part in _KNOWING)
        and _concerns(brief, c)
    )
    return [_quoted(brief, c, "") for c in brief.claims(ids)]


def _concerns(brief: Brief, claim: Claim) -> bool:
    """Whether a claim is about the party, or about an act in which it has a role."""
    own = any(
        a.id == claim.about and any(r.party == brief.party.id for r in a.roles)
        for a in brief.allegations
    )
    return claim.about == brief.party.id or own


def _uninvestigated(brief: Brief) -> list[Sentence]:
    return _with_role(
        brief, ("investigator", "official", "commander", "alleged-perpetrator"),
        lambda a: a == "failure-to-investigate",
    )  # fmt: skip


def _supplied(brief: Brief) -> list[Sentence]:
    return _with_role(
        brief, ("supplier", "alleged-perpetrator", "beneficiary"), lambda a: a == "support"
    )


_WAYS: tuple[tuple[str, Callable[[Brief], list[Sentence]]], ...] = (
    ("Direct part in an act", _direct),
    ("An order", _ordered),
    ("Presence", _present),
    ("Command of the body", _commanded),
    ("Knowledge", _knew),
    ("No investigation or punishment", _uninvestigated),
    ("Support with goods, money or services", _supplied),
)
