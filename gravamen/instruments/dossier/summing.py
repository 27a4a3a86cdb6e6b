"""Summing up: the summary of a dossier, the posts in a sentence each, a draft of the reasons."""

from datetime import date

from gravamen.checks.permitted import carries, withheld
from gravamen.claims import Allegation, Claim
from gravamen.dates import span
from gravamen.instruments.dossier.brief import Brief, Under
from gravamen.instruments.dossier.opening import spelled
from gravamen.instruments.wording import capital, joined, named, own_voice, speaker, told
from gravamen.parties import Post
from gravamen.sentences import Block, Section

Said = tuple[str, tuple[Claim, ...]]
REASONS_LIMIT = 1000
_MOST_SUMMED = 5
_MOST_UNDERLYING = 2
_FRESH_DAYS = 365


def summary(brief: Brief, *, most: int = _MOST_SUMMED) -> tuple[Section, ...]:
    """Who did what to whom, when and where, who says so, who denies it, and what is asked."""
    pen = brief.pen
    blocks: list[Block] = []
    posts = [pen.say("allegation", text, claims=claims) for text, claims in positions(brief)]
    if posts:
        blocks.append(Block(sentences=tuple(posts)))
    shown = weightiest(brief, most)
    for act in shown:
        told = pen.allegations([act.id])
        if disputed := brief.disputed(act):
            text = f"{capital(disputed).rstrip('.')}."
            told.append(pen.say("allegation", text, claims=brief.denying(act)))
        blocks.append(Block(sentences=tuple(told), style="bullet"))
    if left := len(brief.incidents) - len(shown):
        more = (
            "One further act stands"
            if left == 1
            else f"{capital(spelled(left))} further acts stand"
        )
        blocks.append(pen.form(f"{more} under “Incidents” of the dossier."))
    if not any(brief.denying(a) for a in shown):
        blocks.append(pen.form("No denial of these acts is on record."))
    blocks.append(pen.form(_basis(brief)))
    return (Section(heading="Summary", blocks=tuple(blocks), id="summary"),)


def _basis(brief: Brief) -> str:
    """The laws and their grounds by their cites alone."""
    if not brief.grounds:
        return f"No ground under the law of {brief.state} is complete on this record."
    told = "; ".join(
        joined([brief.cited(g.authority, g.prong.cite) for g in u.grounds]) for u in brief.under
    )
    return f"The measures are asked for under {told}."


def weightiest(brief: Brief, most: int = _MOST_SUMMED) -> tuple[Allegation, ...]:
    """The acts that a summary gives: the party's own first, then what underlies them; of each
    those relied on before the others, and the best attested first."""
    own = [a for a in brief.own if a.kind == "act"]
    key = [a for a in brief.key if a not in own]
    key.sort(key=lambda a: (a.id not in brief.relied, -len(brief.case.corroboration(a.id).origins)))
    chosen = [a.id for a in (*own[: most - 1], *key, *own[most - 1 :])][:most]
    return tuple(a for a in brief.incidents if a.id in chosen)


def positions(brief: Brief) -> list[Said]:
    """A sentence for each post of the party that a claim proves, with these claims."""
    return [
        (f"{capital(brief.name)} {_held(brief, post)}.", brief.claims(proof(brief, post)))
        for post in brief.posts
    ]


def _held(brief: Brief, post: Post) -> str:
    body = named(brief.case, post.body)
    title = f"{post.title} of {body}"
    day = brief.pen.day
    if post.end == "..":
        since = f" since {day(post.start)}" if post.start and post.start != ".." else ""
        shown = last_shown(brief, post)
        return f"has been {title}{since}{f', last shown on {day(shown)}' if shown else ''}"
    start = f" from {day(post.start)}" if post.start and post.start != ".." else ""
    return f"was {title}{start}{f' to {day(post.end)}' if post.end else ''}"


def last_shown(brief: Brief, post: Post) -> str | None:
    """Return the day of the newest source for a post that is said to go on, where that is long
    past; None where it is fresh, or has no date."""
    dates = [
        published
        for c in brief.claims(proof(brief, post))
        if (published := brief.case.sources[c.passage.source].published)
    ]
    newest = max(dates, key=lambda d: span(d).last or date.min, default=None)
    if newest is None or (brief.on - (span(newest).last or brief.on)).days <= _FRESH_DAYS:
        return None
    return newest


def proof(brief: Brief, post: Post) -> tuple[str, ...]:
    """Return the ids of the claims that prove a post."""
    nth = brief.party.posts.index(post) + 1
    serving = f"post:{brief.party.id}/{nth}"
    more = [c.id for c in brief.case.claims_about(brief.party.id) if serving in c.serves]
    return tuple(dict.fromkeys((*post.claims, *more)))


def reasons(brief: Brief) -> tuple[Section, ...]:
    """A statement of reasons for each law that an office could take over: posts, what the party
    itself did, the acts behind it, denial, ground.

    Only sources that can be cited are used, and every sentence says who says so. What does not
    fit into the limit is left out from the end of the acts.
    """
    if not brief.grounds:
        return ()
    blocks: list[Block] = []
    for under in brief.under:
        label = f"{under.authority.short}." if len(brief.under) > 1 else None
        blocks += _statement(brief, under, label)
    return (Section(heading="Draft statement of reasons", blocks=tuple(blocks), id="reasons"),)


def _statement(brief: Brief, under: Under, label: str | None) -> tuple[Block, Block]:
    """The statement for one law, and what it keeps to."""
    pen, limit = brief.pen, under.authority.reasons_limit or REASONS_LIMIT
    head, acts = positions(brief)[:2], _acts(brief, under)
    said, tail = _told(brief, acts), _tail(brief, under, acts)
    if _length([*head, *said, *tail]) > limit:
        said = _told(brief, acts, first_alone=True)
    while acts and _length([*head, *said, *tail]) > limit:
        acts.pop()
        said, tail = said[:-1], _tail(brief, under, acts)
    sentences = [
        pen.say("allegation" if claims else "argument", text, claims=claims)
        for text, claims in (*head, *said, *tail)
    ]
    length = len(" ".join(s.text for s in sentences))
    note = pen.form(
        f"This statement has {length} characters of at most {limit}. It rests on sources that can "
        "be cited and on no other."
    )
    return Block(sentences=tuple(sentences), style="quote", label=label), note


def _acts(brief: Brief, under: Under) -> list[Allegation]:
    """What the party did, as this law relies on it, and the act behind it that is best attested;
    then its other acts, and the others behind them: what does not fit goes from the end."""
    relied = {a for g in under.grounds for f in g.findings for a in f.allegations}
    own = [a for a in brief.own if a.kind == "act" and not brief.outside(a) and _citable(brief, a)]
    own.sort(key=lambda a: a.id not in relied)
    behind = [a for a in brief.underlying if a.id in relied and _citable(brief, a)]
    behind.sort(key=lambda a: -len(brief.case.corroboration(a.id).origins))
    return [*own[:1], *behind[:1], *own[1:], *behind[1:_MOST_UNDERLYING]]


def _told(brief: Brief, acts: list[Allegation], *, first_alone: bool = False) -> list[Said]:
    """Each act as those say it who can be cited.

    Args:
        first_alone: of several who say so, only the one is named whose words carry the act, where
            there is such a one; the statement is then shorter.
    """
    found = []
    for act in acts:
        claims = _citable(brief, act)
        if first_alone and carries(claims[0], act):
            claims = claims[:1]
        found.append((f"{capital(told(brief.case, act, claims, brief.pen.paper))}.", claims))
    return found


def _length(parts: list[Said]) -> int:
    return len(" ".join(text for text, _ in parts))


def _citable(brief: Brief, allegation: Allegation) -> tuple[Claim, ...]:
    """The claims that can be cited, the one that carries the act first."""
    found = [
        c for c in brief.affirming(allegation) if not withheld(brief.case, c) and not own_voice(c)
    ]
    return tuple(sorted(found, key=lambda c: not carries(c, allegation)))


def _tail(brief: Brief, under: Under, acts: list[Allegation]) -> list[Said]:
    """The denial in a few words, and the grounds."""
    denying = [c for a in acts for c in brief.denying(a) if c.stance == "denies"]
    shown = [c for c in denying if not withheld(brief.case, c)]
    tail: list[Said] = []
    if shown:
        voices = list(dict.fromkeys(speaker(brief.case, c) for c in shown))[:2]
        verb = "denies" if len(voices) == 1 else "deny"
        tail.append((f"{capital(joined(voices))} {verb} this.", tuple(shown)))
    cites = joined([brief.cited(g.authority, g.prong.cite) for g in under.grounds])
    tail.append((f"{capital(brief.name)} is therefore put forward as falling under {cites}.", ()))
    return tail
