"""Opening of a dossier: what is asked, who submits it, the summary, a draft of the reasons."""

from gravamen.claims import Allegation, Claim
from gravamen.instruments.asks import Ask, ask_words, cited, target_words
from gravamen.instruments.dossier.brief import Brief, Under
from gravamen.instruments.wording import (
    capital,
    joined,
    named,
    own_voice,
    speaker,
    withheld,
)
from gravamen.law.authority import Authority, Office, Power
from gravamen.parties import Post, with_article
from gravamen.sentences import Block, Cell, Section, Sentence, Table

Said = tuple[str, tuple[Claim, ...]]
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_SHORT_GLANCE = 2
REASONS_LIMIT = 1000
_MOST_SUMMED = 5


def cover(brief: Brief, *, short: bool = False) -> tuple[Section, ...]:
    """What is asked of whom, under which law and on which ground; the facts at a glance."""
    blocks: list[Block | Table] = [_glance(brief, short=short)]
    for number, under in enumerate(brief.under, 1):
        grounds = () if short else (_put_forward(brief, under),)
        sentences = (_asked(brief, under, first=number == 1), *grounds)
        blocks.append(Block(sentences=sentences, style="numbered", label=f"{number}."))
    if not brief.grounds:
        blocks.append(_nothing(brief))
    return (Section(heading="What is asked", blocks=tuple(blocks), id="cover"),)


def _asked(brief: Brief, under: Under, *, first: bool) -> Sentence:
    """The request to the office that decides under a law; the posts stand in the first alone."""
    pen, authority = brief.pen, under.authority
    office, power = deciding(brief, authority)
    if power is None:
        what = f"list {target_words(brief.party, brief.case, pen.day)} under {authority.title}"
        text, review = f"{what} ({authority.cite})", authority.needs_review
    else:
        ask = Ask(
            requests=(),
            office=office.id,
            measure=power.measure,
            authority=authority.id,
            words=power.asks,
            cite=power.cite,
            targets=(brief.party.id,),
        )
        text = cited(ask, ask_words(ask, brief.case, brief.law, pen.day))
        review = power.needs_review or authority.needs_review
    if not first:
        text = text.replace(target_words(brief.party, brief.case, pen.day), brief.party.name)
    return pen.say(
        "request",
        f"{capital(with_article(brief.requester.name))} asks the {office.title} to {text}.",
        authority=authority.id,
        office=office.id,
        needs_review=review,
    )


def _put_forward(brief: Brief, under: Under) -> Sentence:
    """The grounds under one law in one sentence."""
    told = [f"{g.prong.text} ({g.prong.cite})" for g in under.grounds]
    lead = "this ground" if len(told) == 1 else f"{spelled(len(told))} grounds"
    return brief.pen.say(
        "argument",
        f"{capital(brief.name)} is put forward under {lead}: {'; and '.join(told)}.",
        authority=under.authority.id,
        needs_review=any(g.prong.needs_review for g in under.grounds),
    )


def spelled(n: int) -> str:
    """Return a small number in words."""
    return _NUMBERS[n] if n < len(_NUMBERS) else str(n)


def deciding(brief: Brief, authority: Authority) -> tuple[Office, Power | None]:
    """Return the office that decides under a law, and its power; None where the data give none."""
    office = brief.law.office(authority.decides)
    powers = [
        p
        for p in office.powers
        if authority.id in p.authorities and p.measure in authority.measures
    ]
    return office, powers[0] if powers else None


def _nothing(brief: Brief) -> Block:
    near = brief.nearest
    if near is None:
        text = (
            f"Nothing is asked yet: no law of {brief.state} in the law data reaches "
            f"{brief.name}. {brief.choice.why}"
        )
    else:
        gaps = " ".join(f.gap or "" for f in brief.lacking(near))
        text = (
            f"Nothing can be asked yet: no ground under the law of {brief.state} is complete on "
            f"this record. The nearest is {near.prong.cite}. {gaps}"
        )
    return brief.pen.form(text.rstrip())


def _glance(brief: Brief, *, short: bool) -> Table:
    """The recommendation in a table that can be read in half a minute."""
    pen, party = brief.pen, brief.party
    acts = dict.fromkeys(
        f"{words_of(a)}{f', {pen.day(a.date)}' if a.date else ''}" for a in brief.key
    )
    laws = dict.fromkeys(f"{g.authority.short}: {g.prong.cite}" for g in brief.grounds)
    offices = dict.fromkeys(deciding(brief, u.authority)[0].title for u in brief.under)
    rows: list[tuple[str, Cell]] = [
        ("Person" if brief.is_person else "Body", Cell(names=party.names)),
        ("Alleged", _cell(brief, "; ".join(acts) or "nothing on record")),
        ("Law and ground", _cell(brief, "; ".join(laws) or "none is complete")),
        ("Decided by", _cell(brief, "; ".join(offices) or "nobody is asked")),
        ("Submitted by", _cell(brief, brief.requester.name)),
        ("As of", _cell(brief, pen.day(brief.on.isoformat()))),
    ]
    return Table(
        caption="At a glance",
        header=("Matter", "Entry"),
        rows=tuple(
            (_cell(brief, label), cell) for label, cell in rows[: _SHORT_GLANCE if short else None]
        ),
    )


def _cell(brief: Brief, text: str) -> Cell:
    return Cell(sentences=(brief.pen.say("form", text),))


def words_of(allegation: Allegation) -> str:
    """Return what kind of act it is, in words."""
    if allegation.act == "command":
        return "order or presence of a commander"
    return (allegation.act or allegation.kind).replace("-", " ")


def title_of(brief: Brief, act: Allegation) -> str:
    """Return what an act is called where it need not be told again: its kind and date."""
    return f"{words_of(act)}{f', {brief.pen.day(act.date)}' if act.date else ''}"


def submitter(brief: Brief) -> tuple[Section, ...]:
    """Who submits, by what mandate, why it knows, with whom, and with what interest of its own."""
    pen, about = brief.pen, brief.requester.about
    body = capital(with_article(brief.requester.name))
    if about is None:
        blocks: tuple[Block, ...] = (
            pen.form(f"{body} submits this. It has not yet said by what mandate it does."),
        )
        return (Section(heading="Who submits this", blocks=blocks, id="submitter"),)
    told = [("Mandate", about.mandate), ("How it comes to know", about.standing)]
    if about.partners:
        told.append(("Partners", f"{joined(about.partners)}."))
    told.append(
        ("Interests and funding", about.interests or "It has not stated who funds it, or what "
         "interest of its own it has in the matter.")
    )  # fmt: skip
    if about.contact:
        told.append(("Contact", "; ".join(about.contact) + "."))
    blocks = tuple(
        Block(sentences=(pen.say("form", words),), label=f"{label}.") for label, words in told
    )
    lead = pen.form(f"{body} submits this recommendation.")
    return (Section(heading="Who submits this", blocks=(lead, *blocks), id="submitter"),)


def summary(brief: Brief, *, most: int = _MOST_SUMMED) -> tuple[Section, ...]:
    """Who did what to whom, when and where, who says so, who denies it, and what is asked."""
    pen = brief.pen
    blocks: list[Block] = []
    posts = [pen.say("allegation", text, claims=claims) for text, claims in positions(brief)]
    if posts:
        blocks.append(Block(sentences=tuple(posts)))
    shown = _weightiest(brief, most)
    for act in shown:
        told = pen.allegations([act.id])
        if disputed := brief.disputed(act):
            text = f"{capital(disputed)}."
            told.append(pen.say("allegation", text, claims=brief.denying(act)))
        blocks.append(Block(sentences=tuple(told), style="bullet"))
    if left := len(brief.key) - len(shown):
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
        f"{u.authority.short} ({joined([g.prong.cite for g in u.grounds])})" for u in brief.under
    )
    return f"The measures are asked for under {told}."


def _weightiest(brief: Brief, most: int = _MOST_SUMMED) -> tuple[Allegation, ...]:
    """The acts that a summary gives: those relied on first, those with most origins before."""
    order = sorted(
        brief.key,
        key=lambda a: (a.id not in brief.relied, -len(brief.case.corroboration(a.id).origins)),
    )
    chosen = {a.id for a in order[:most]}
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
        return f"has been {title}{since}"
    start = f" from {day(post.start)}" if post.start and post.start != ".." else ""
    return f"was {title}{start}{f' to {day(post.end)}' if post.end else ''}"


def proof(brief: Brief, post: Post) -> tuple[str, ...]:
    """Return the ids of the claims that prove a post."""
    nth = brief.party.posts.index(post) + 1
    serving = f"post:{brief.party.id}/{nth}"
    more = [c.id for c in brief.case.claims_about(brief.party.id) if serving in c.serves]
    return tuple(dict.fromkeys((*post.claims, *more)))


def limit_of(brief: Brief) -> int:
    """How many characters a statement of reasons may have under the laws of the grounds."""
    limits = [g.authority.reasons_limit for g in brief.grounds if g.authority.reasons_limit]
    return min(limits, default=REASONS_LIMIT)


def reasons(brief: Brief) -> tuple[Section, ...]:
    """A statement of reasons that an office could take over: posts, acts, denial, ground.

    Only sources that can be cited are used, and every sentence says who says so. What does not
    fit into the limit is left out from the end of the acts, and that is said.
    """
    if not brief.grounds:
        return ()
    pen, limit = brief.pen, limit_of(brief)
    head = positions(brief)[:2]
    acts = [(text, claims) for a in _weightiest(brief) if (text := _by_origins(brief, a)) and
            (claims := _citable(brief, a))]  # fmt: skip
    tail = _tail(brief)
    while acts and _length([*head, *acts, *tail]) > limit:
        acts.pop()
    sentences = [pen.say("allegation", text, claims=claims) for text, claims in (*head, *acts)]
    sentences += [pen.say("argument" if not claims else "allegation", text, claims=claims)
                  for text, claims in tail]  # fmt: skip
    length = len(" ".join(s.text for s in sentences))
    note = pen.form(
        f"This statement has {length} characters of at most {limit}. It rests on sources that can "
        "be cited and on no other."
    )
    blocks = (Block(sentences=tuple(sentences), style="quote"), note)
    return (Section(heading="Draft statement of reasons", blocks=blocks, id="reasons"),)


def _length(parts: list[Said]) -> int:
    return len(" ".join(text for text, _ in parts))


def _citable(brief: Brief, allegation: Allegation) -> tuple[Claim, ...]:
    return tuple(c for c in brief.affirming(allegation) if not withheld(brief.case, c))


def _by_origins(brief: Brief, allegation: Allegation) -> str | None:
    """An act as its citable sources give it: "According to the Observatory and …, …"."""
    claims = _citable(brief, allegation)
    voices = list(dict.fromkeys(speaker(brief.case, c) for c in claims if not own_voice(c)))
    if not voices:
        return None
    left = len(voices) - 2
    others = "one other" if left == 1 else f"{spelled(left)} others"
    shown = voices if left < 1 else [*voices[:2], others]
    return f"According to {joined(shown)}, {allegation.text}."


def _tail(brief: Brief) -> list[Said]:
    """The denial in a few words, and the ground."""
    denying = [c for a in _weightiest(brief) for c in brief.denying(a) if c.stance == "denies"]
    shown = [c for c in denying if not withheld(brief.case, c)]
    tail: list[Said] = []
    if shown:
        who = joined(list(dict.fromkeys(speaker(brief.case, c) for c in shown))[:2])
        tail.append((f"{capital(who)} {'denies' if ' and ' not in who else 'deny'} it.",
                     tuple(shown)))  # fmt: skip
    ground = brief.grounds[0]
    tail.append(
        (
            f"{capital(brief.name)} is therefore put forward as falling under {ground.prong.cite}.",
            (),
        )
    )
    return tail
