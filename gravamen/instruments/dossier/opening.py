"""Opening of a dossier: what is asked of which office, at a glance, and who submits it."""

import msgspec

from gravamen.claims import Allegation
from gravamen.instruments.asked_words import ask_words, cited, target_words
from gravamen.instruments.asks import Ask
from gravamen.instruments.dossier.brief import Brief, Under
from gravamen.instruments.wording import (
    capital,
    joined,
    named,
)
from gravamen.law.authority import Authority
from gravamen.law.office import Office, Power
from gravamen.parties import with_article
from gravamen.sentences import Block, Cell, Section, Sentence, Table

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def cover(brief: Brief, *, short: bool = False) -> tuple[Section, ...]:
    """What is asked of whom, under which law and on which ground; the facts at a glance.

    Each ask is the one that the letters and the motion make, to the same office.
    """
    blocks: list[Block | Table] = [_glance(brief, short=short)]
    number = 0
    for under in brief.under:
        asked = [a for a in brief.asks if a.authority == under.authority.id]
        for n, ask in enumerate(asked or [_unasked(brief, under.authority)]):
            number += 1
            put = (_put_forward(brief, under),) if n == 0 and not short else ()
            sentences = (_asked(brief, ask, first=number == 1), *put)
            blocks.append(Block(sentences=sentences, style="numbered", label=f"{number}."))
    if not brief.grounds:
        blocks.append(_nothing(brief))
    return (Section(heading="What is asked", blocks=tuple(blocks), id="cover"),)


def offices(brief: Brief) -> tuple[str, ...]:
    """Return the titles of the offices that the dossier goes to."""
    laws = {u.authority.id: u.authority for u in brief.under}
    found = [a.office for a in brief.asks if a.authority in laws]
    asked = {a.authority for a in brief.asks}
    found += [a.decides for id, a in laws.items() if id not in asked]
    return tuple(dict.fromkeys(brief.law.office(o).title for o in found))


def _unasked(brief: Brief, authority: Authority) -> Ask:
    """What the office that decides could be asked, where the case asks nothing under a law."""
    office, power = deciding(brief, authority)
    return Ask(
        requests=(),
        office=office.id,
        measure=power.measure if power else authority.measures[0],
        authority=authority.id,
        words=power.asks if power else f"list under {authority.title}",
        cite=power.cite if power else authority.cite,
        needs_review=authority.needs_review or (power is not None and power.needs_review),
    )


def _asked(brief: Brief, ask: Ask, *, first: bool) -> Sentence:
    """The request to an office; the posts of the party stand in the first alone."""
    pen, party = brief.pen, brief.party
    ask = msgspec.structs.replace(ask, targets=(party.id,))
    text = cited(ask, ask_words(ask, brief.case, brief.law, pen.day))
    if not first:
        text = text.replace(target_words(party, brief.case, pen.day), party.name)
    authority = brief.law.authority(ask.authority or "")
    office = brief.law.office(ask.office)
    body = capital(with_article(brief.requester.name))
    return pen.say(
        "request",
        brief.cited(authority, f"{body} asks the {office.title} to {text}."),
        request=ask.requests[0] if ask.requests else None,
        authority=authority.id,
        office=office.id,
        needs_review=ask.needs_review,
    )


def _put_forward(brief: Brief, under: Under) -> Sentence:
    """The grounds under one law in one sentence."""
    told = [f"{g.prong.text} ({brief.cited(g.authority, g.prong.cite)})" for g in under.grounds]
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
    """The recommendation in a table that can be read in half a minute: what is laid to the party
    itself, and apart from it what it rests on."""
    pen, party = brief.pen, brief.party
    own = dict.fromkeys(title_of(brief, a) for a in brief.own if a.kind == "act")
    others = dict.fromkeys(
        f"{title_of(brief, a)}{_laid_to(brief, a)}" for a in brief.key if a not in brief.own
    )
    laws = dict.fromkeys(
        _with_law(g.authority, brief.cited(g.authority, g.prong.cite)) for g in brief.grounds
    )
    who = "Person" if brief.is_person else "Body"
    rows: list[tuple[str, Cell]] = [
        (who, Cell(names=party.names)),
        (f"Alleged of {party.name}", _cell(brief, "; ".join(own) or "no act of its own")),
    ]
    if others:
        rows.append(("Underlying acts", _cell(brief, "; ".join(others))))
    if not short:
        rows += [
            ("Law and ground", _cell(brief, "; ".join(laws) or "none is complete")),
            ("Addressed to", _cell(brief, "; ".join(offices(brief)) or "nobody")),
            ("Submitted by", _cell(brief, brief.requester.name)),
            ("As of", _cell(brief, pen.day(brief.on.isoformat()))),
        ]
    return Table(
        caption="At a glance",
        header=("Matter", "Entry"),
        rows=tuple((_cell(brief, label), cell) for label, cell in rows),
    )


def _with_law(authority: Authority, cite: str) -> str:
    """A cite after the name of its law, where it does not begin with that."""
    return cite if authority.short in cite else f"{authority.short}: {cite}"


def _laid_to(brief: Brief, act: Allegation) -> str:
    """To whom an act of others is laid."""
    doers = [r for r in act.roles if r.kind in ("alleged-perpetrator", "supplier", "official")]
    names = dict.fromkeys(named(brief.case, r.party) if r.party else r.words for r in doers)
    return f" (laid to {joined([n for n in names if n])})" if any(names) else ""


def _cell(brief: Brief, text: str) -> Cell:
    return Cell(sentences=(brief.pen.say("form", text),))


def words_of(allegation: Allegation) -> str:
    """Return what kind of act it is, in words."""
    if allegation.act == "command":
        ordered = any(r.kind == "alleged-perpetrator" for r in allegation.roles)
        return "an order" if ordered else "presence of a commander"
    return (allegation.act or allegation.kind).replace("-", " ")


def title_of(brief: Brief, act: Allegation) -> str:
    """Return what an act is called where it need not be told again: its kind and date, and that
    no law relied on covers it."""
    when = f", {brief.pen.day(act.date)}" if act.date else ""
    return f"{words_of(act)}{when}{' (context: outside this law)' if brief.outside(act) else ''}"


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
        told.append(("Partners", "; ".join(about.partners) + "."))
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
