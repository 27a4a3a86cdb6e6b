"""The letter: one for each office, asking only what that office can do, under its own law."""

from datetime import date, timedelta
from typing import Literal

from gravamen.adoption import vote_told
from gravamen.case import Case
from gravamen.findings import Finding
from gravamen.findings.standing import ACCUSING
from gravamen.holders import holder_on, inside_address
from gravamen.instruments.asked_words import ask_words, cited, shown_posts
from gravamen.instruments.asks import Ask, Book, grounds_of
from gravamen.instruments.assistance.annex import annex, laid_out
from gravamen.instruments.assistance.reaching import Reaching, states_of
from gravamen.instruments.frame import copies, requester_of, to_fill
from gravamen.instruments.pen import Pen
from gravamen.instruments.wording import borne, capital, joined, named, quoted, stated
from gravamen.law import cited_on
from gravamen.law.authority import Authority, Law, Prong
from gravamen.law.office import Office
from gravamen.parties import Party, Post, with_article
from gravamen.proceedings import Holder
from gravamen.sentences import Block, Cell, Instrument, Section, Sentence, Table

OWN_FOLLOW_UP_DAYS = 60
_UNKNOWN = ("not known", "does not apply", "none known")
_STATE_WORDS = {
    "supported": "The record holds support for this",
    "contested": "The record holds statements for and against this",
}


def letter(book: Book, *, office: str, asks: tuple[Ask, ...]) -> Instrument:
    """Return the letter to one office: requests first, then what they rest on and who says so."""
    case, law, on = book.case, book.law, book.on
    requester, to = requester_of(case), law.office(office)
    holder = holder_on(case, office, on)
    pen = Pen(case, law, on=on, paper=requester.paper)
    wanted = relevant(book, asks)
    lines = book.lines
    states = dict.fromkeys(state for ask in asks for state in states_of(case, law, ask))
    layouts = laid_out(book, pen, states, lines)
    shown = [x for layout in layouts for x in layout.shown]
    reaching = Reaching(case, pen, shown, [x for x in lines if x not in shown])
    sections = (
        Section(heading=None, blocks=(_opening(case, law, pen, asks),)),
        Section(heading="What we ask", blocks=_requests(case, law, pen, asks, reaching)),
        *_named(case, pen, asks),
        Section(heading="What is alleged, and by whom", blocks=_alleged(case, pen, wanted)),
        Section(heading="What is said against it", blocks=_against(case, pen, wanted)),
        Section(heading="Why this power fits", blocks=_law(book, pen, asks)),
        Section(heading="What answer we ask", blocks=_answer(case, law, pen, asks, on)),
        *annex(book, pen, layouts),
    )
    hidden = any(
        b.withheld
        for section in sections
        for block in section.blocks
        if isinstance(block, Block)
        for s in block.sentences
        for b in s.bindings
    )
    return Instrument(
        id=f"letter-{office}",
        marking="Without protected names" if hidden else None,
        kind="letter",
        title=f"Request to the {to.title}: {case.title}",
        on=on.isoformat(),
        sections=sections,
        body=requester.name,
        office=office,
        style="letter",
        paper=requester.paper,
        lang=case.language,
        letterhead=requester.letterhead or (capital(requester.name),),
        addressee=addressee_of(to, holder),
        reference=f"{case.id}/{office}",
        salutation=holder.salutation or to.salutation if holder else to.salutation,
        close=to.close,
        signatories=requester.signatories,
        copies=copies(case, law, asks, to=to),
        law_edition=law.edition,
    )


def addressee_of(to: Office, holder: Holder | None) -> tuple[str, ...]:
    """The lines of the inside address; without a confirmed holder, the title alone."""
    if holder is None:
        return (capital(f"the {to.title}"), *to.address)
    lines = inside_address(holder, to.title if holder.name else capital(f"the {to.title}"))
    return lines if holder.address else (*lines, *to.address)


def relevant(book: Book, asks: tuple[Ask, ...]) -> list[str]:
    """The allegations that bear on what is asked: of those that accuse a named target, or somebody
    in its command, the key facts and those on which a ground rests; all acts and figures where
    nobody is named yet; and those that nobody has reviewed where none is tied to a target."""
    case = book.case
    targets = {t for ask in asks for t in ask.targets if case.parties[t].kind != "government"}
    shown = [a for a in case.allegations.values() if stated(case, a)]
    if not targets or any(ask.open for ask in asks):
        return [a.id for a in shown]
    around = circle(case, targets)
    grounds = {p for ask in asks for t in ask.targets for p in grounds_of(book, ask, t)}
    relied = {
        a for f in book.findings if f.party in targets and f.prong in grounds for a in f.allegations
    }
    found = [
        a
        for a in shown
        if a.id in relied or any(r.party in around and r.kind in ACCUSING for r in a.roles)
    ]
    if any(a.key for a in found):
        found = [a for a in found if a.key or a.id in relied]
    unread = [a.id for a in shown if quoted(case, a)]  # nobody has yet said who stands in them how
    return [a.id for a in found] or unread


def circle(case: Case, targets: set[str]) -> set[str]:
    """Return the targets, the bodies they hold posts in or command, and the parts of these."""
    circle = set(targets)
    for id in targets:
        party = case.parties[id]
        circle |= {post.body for post in party.posts} | {c.over for c in party.commands}
    return circle | {p.id for p in case.parties.values() if p.part_of in circle}


def _opening(case: Case, law: Law, pen: Pen, asks: tuple[Ask, ...]) -> Block:
    requester = requester_of(case)
    style: Literal["us", "int"] = "us" if requester.paper == "us-letter" else "int"
    requests = dict.fromkeys(r for ask in asks for r in ask.requests)
    vote = vote_told(case, law, requests, on=pen.on, style=style)
    return pen.form(
        f"On behalf of {with_article(requester.name)} we write about the matter “{case.title}”. "
        + (f"{vote} " if vote else "")
        + "Each statement below is tied to the exact words of a source kept with this letter; the "
        "notes give them."
    )


def _requests(
    case: Case, law: Law, pen: Pen, asks: tuple[Ask, ...], reaching: Reaching
) -> tuple[Block, ...]:
    blocks: list[Block] = []
    for number, ask in enumerate(asks, 1):
        text = f"We ask you to {cited(ask, ask_words(ask, case, law, pen.day))}."
        sentences: list[Sentence] = [
            pen.say(
                "request",
                text,
                request=ask.requests[0],
                authority=ask.authority,
                office=ask.office,
                needs_review=ask.needs_review,
            )
        ]
        if ask.state:
            sentences.append(
                pen.say(
                    "argument", ask.state, authority=ask.authority, needs_review=ask.needs_review
                )
            )
        sentences += reaching.told(ask, number)
        blocks.append(Block(sentences=tuple(sentences), style="numbered", label=f"{number}."))
    fills: dict[str, list[str]] = {}
    for number, ask in enumerate(asks, 1):
        if words := to_fill(ask):
            fills.setdefault(words, []).append(str(number))
    for words, numbers in fills.items():
        to = f"request{'s' if len(numbers) > 1 else ''} {joined(numbers)}"
        blocks.append(pen.form(f"To be completed in {to} before this is sent: {words}"))
    return tuple(blocks)


def _named(case: Case, pen: Pen, asks: tuple[Ask, ...]) -> tuple[Section, ...]:
    """The table of identifiers of the persons, units and bodies that the letter names."""
    targets = dict.fromkeys(
        t for ask in asks for t in ask.targets if case.parties[t].kind != "government"
    )
    if not targets:
        return ()
    table = Table(
        caption="Who is named, with what is known to tell them from others",
        header=("Name", "Born", "Sex", "Nationality or state", "Posts"),
        rows=tuple(_identity(case, pen, case.parties[t]) for t in targets),
    )
    return (Section(heading="Who is named", blocks=(table,)),)


def _identity(case: Case, pen: Pen, party: Party) -> tuple[Cell, ...]:
    born = " ".join(filter(None, (party.born and pen.day(party.born), party.birthplace)))
    codes = party.nationalities or ((party.country,) if party.country else ())
    person = party.kind == "person"
    facts = (
        ("birth", born or ("not known" if person else "does not apply")),
        ("sex", party.sex or ("not known" if person else "does not apply")),
        ("nationality", ", ".join(country_name(case, c) for c in codes) or "not known"),
    )
    return (
        Cell(names=party.names),
        *(Cell(sentences=(fact(case, pen, party, what, words),)) for what, words in facts),
        Cell(sentences=tuple(_post(case, pen, p) for p in shown_posts(case, party))),
    )


def fact(case: Case, pen: Pen, party: Party, what: str, words: str) -> Sentence:
    """Return a fact of a party, bound to the claims that serve it; one that no source shows is not
    printed, for a wrong identifier reaches a namesake."""
    claims = [case.claims[c] for c in party.claims if c in case.claims]
    claims += [c for c in case.claims_about(party.id) if c not in claims]
    # As in weighing, a claim about a party that names no fact shows of which state it is.
    served = {what, "country"} if what == "nationality" else {what}
    state = what == "nationality"
    claims = [
        c
        for c in claims
        if case.stands(c.id) and (served & set(c.serves) or state and not c.serves)
    ]
    known = words not in _UNKNOWN
    if known and not claims:
        return pen.say("form", "no source on record")
    return pen.say("allegation" if claims else "form", words, claims=claims)


def country_name(case: Case, code: str) -> str:
    """The name of a state by its code: that of the government in the case, else the code."""
    states = [p for p in case.parties.values() if p.kind == "government" and p.country == code]
    highest = [p for p in states if p.part_of is None]
    return next((p.name for p in (*highest, *states)), code)


def _post(case: Case, pen: Pen, post: Post) -> Sentence:
    body = case.parties[post.body].name if post.body in case.parties else post.body
    since = f"from {pen.day(post.start)}" if post.start else "from a day not known"
    until = "" if post.end == ".." else f" to {pen.day(post.end)}" if post.end else ""
    claims = [case.claims[c] for c in post.claims if c in case.claims]
    return pen.say("allegation", f"{post.title}, {body}, {since}{until}.", claims=claims)


def _alleged(case: Case, pen: Pen, wanted: list[str]) -> tuple[Block, ...]:
    stated = pen.allegations(wanted)
    if not stated:
        return (pen.form("The record holds no allegation yet that bears on this request."),)
    return tuple(
        Block(sentences=(s, *borne_out(case, pen, s)), style="numbered", label=f"({n})")
        for n, s in enumerate(stated, 1)
    )


def borne_out(case: Case, pen: Pen, sentence: Sentence) -> tuple[Sentence, ...]:
    """How far an allegation is borne out, in words, over independent origins."""
    words = dict.fromkeys(borne(case, case.allegations[a]) for a in sentence.allegations)
    claims = [case.claims[b.claim] for b in sentence.bindings]
    return (pen.say("context", f"Corroboration: {' / '.join(words)}.", claims=claims),)


def _against(case: Case, pen: Pen, wanted: list[str]) -> tuple[Block, ...]:
    against = pen.against(wanted)
    if against:
        return tuple(Block(sentences=(s,), style="bullet") for s in against)
    n = len(case.sources.keys() - {f.source for f in case.flows.values()})
    if any(quoted(case, case.allegations[a]) for a in wanted):
        return (
            pen.form(
                "The reader recognised no statement that denies or qualifies these allegations in "
                f"the {n} source{'s' if n != 1 else ''} kept with this letter; a person has not "
                "yet looked for one."
            ),
        )
    return (
        pen.form(
            "The record holds no statement that denies or qualifies these allegations. "
            + (
                f"It was looked for in the {n} source{'s' if n != 1 else ''} kept with this "
                "letter, not elsewhere."
                if n
                else "It holds no source in which one could be looked for."
            )
        ),
    )


def _law(book: Book, pen: Pen, asks: tuple[Ask, ...]) -> tuple[Block, ...]:
    """Each law with its standard; under it each party, its ground, and the elements that the record
    bears on. What it lacks stands in the diagnosis, for the body, and not before the addressee."""
    case, law = book.case, book.law
    blocks: list[Block] = []
    for id in dict.fromkeys(ask.authority for ask in asks if ask.authority):
        authority = law.authority(id)
        blocks.append(_described(pen, authority))
        under = [ask for ask in asks if ask.authority == id]
        for target in dict.fromkeys(t for ask in under for t in ask.targets):
            grounds = {
                p for ask in under if target in ask.targets for p in grounds_of(book, ask, target)
            }
            told: set[str] = set()
            for prong in (p for p in authority.prongs if p.id in grounds):
                own = [f for f in book.findings if f.party == target and f.prong == prong.id]
                if own:
                    blocks.append(_prong(case, pen, target, authority, prong))
                shown = [f for f in own if f.state != "missing" and f.element not in told]
                blocks += [_element(case, law, pen, f) for f in shown]
                told |= {f.element for f in shown}
    return tuple(blocks)


def _described(pen: Pen, authority: Authority) -> Block:
    """A law with its nature and standard, and the yearly act in force where it is one."""
    standard = f" The standard is: {authority.standard.text}" if authority.standard else ""
    nature = f" {capital(authority.nature.rstrip('.'))}." if authority.nature else ""
    text = f"{authority.title} ({authority.cite}).{nature}{standard}".rstrip(".") + "."
    review = authority.needs_review or bool(authority.standard and authority.standard.needs_review)
    text = cited_on(authority, text, pen.on)
    return Block(
        sentences=(pen.say("argument", text, authority=authority.id, needs_review=review),)
    )


def _prong(case: Case, pen: Pen, target: str, authority: Authority, prong: Prong) -> Block:
    """Under which part of the law a party is put forward."""
    sentence = pen.say(
        "argument",
        f"{capital(named(case, target))} is put forward under: {prong.text} "
        f"({cited_on(authority, prong.cite, pen.on)}).",
        authority=authority.id,
        needs_review=prong.needs_review,
    )
    return Block(sentences=(sentence,))


def undenied(words: str) -> str:
    """Return the words of a corroboration without the denial, which is told by name elsewhere."""
    return words.replace("; denied by its subject", "").replace("; contested", "")


def _element(case: Case, law: Law, pen: Pen, finding: Finding) -> Block:
    """One element: the question of the law, what the record holds on it, and from how many."""
    element = law.element(finding.element)
    claims = [case.claims[c] for c in (*finding.claims, *finding.against) if c in case.claims]
    sentence = pen.say(
        "argument",
        f"{element.test} {_STATE_WORDS[finding.state]}: {undenied(finding.corroboration)}.",
        claims=claims,
        authority=finding.authority,
        needs_review=finding.needs_review,
    )
    return Block(sentences=(sentence,), style="bullet")


def asks_again_on(on: date) -> date:
    """The day on which a letter of a day says that its writers shall ask again; no law sets it."""
    return on + timedelta(days=OWN_FOLLOW_UP_DAYS)


def _answer(case: Case, law: Law, pen: Pen, asks: tuple[Ask, ...], on: date) -> tuple[Block, ...]:
    due = pen.day(asks_again_on(on).isoformat())
    text = (
        "We ask for an answer in writing to each numbered request: whether it was granted, "
        "refused or referred, to whom, and on what ground."
    )
    clock = (
        f"This letter starts no deadline in law. The date on which we shall ask again, {due}, is "
        "our own choice."
    )
    return (Block(sentences=(pen.say("request", text), pen.say("form", clock))),)
