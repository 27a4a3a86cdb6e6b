"""The motion: a preamble of attributed allegations, and one operative clause per office and law."""

from gravamen.case import Case
from gravamen.checks.asked import LEGAL_MEASURES
from gravamen.instruments.asked_words import as_asked, ask_words
from gravamen.instruments.asks import Ask, Book, carried_by_none
from gravamen.instruments.frame import requester_of
from gravamen.instruments.pen import Pen
from gravamen.instruments.wording import joined, stated
from gravamen.law.authority import Law
from gravamen.parties import with_article
from gravamen.sentences import Block, Instrument, Section, Sentence

_MOST_NAMED = 3


def motion(book: Book, *, asks: tuple[Ask, ...]) -> Instrument:
    """Return the motion in the style of its body: whereas and resolved, or county prose."""
    case, law, on = book.case, book.law, book.on
    requester = requester_of(case)
    pen = Pen(case, law, on=on, paper=requester.paper, public=True)
    county = requester.style == "county"
    wanted = [a.id for a in case.allegations.values() if stated(case, a)]
    clauses = pen.allegations(wanted, whereas=not county) + pen.against(wanted, whereas=not county)
    return Instrument(
        id="motion",
        kind="motion",
        title=_title(law, asks, case.title),
        on=on.isoformat(),
        sections=(
            Section(heading=None, blocks=_preamble(clauses, county=county)),
            Section(heading=None, blocks=_operative(book, pen, asks, county=county)),
        ),
        body=requester.name,
        style=requester.style,
        paper=requester.paper,
        lang=case.language,
        letterhead=requester.letterhead,
        addressee=requester.movers,
        reference=f"{case.id}/motion",
        law_edition=law.edition,
    )


def _title(law: Law, asks: tuple[Ask, ...], title: str) -> str:
    offices = list(dict.fromkeys(f"the {law.office(a.office).title}" for a in asks))
    if len(offices) > _MOST_NAMED:
        return f"Motion to ask {len(offices)} offices to act: {title}"
    return f"Motion to ask {joined(offices)} to act: {title}" if offices else f"Motion: {title}"


def _preamble(clauses: list[Sentence], *, county: bool) -> tuple[Block, ...]:
    if county:
        return tuple(Block(sentences=(s,)) for s in clauses)
    return tuple(Block(sentences=(s,), style="whereas", label="WHEREAS,") for s in clauses)


def _operative(book: Book, pen: Pen, asks: tuple[Ask, ...], *, county: bool) -> tuple[Block, ...]:
    law, case = book.law, book.case
    body = with_article(requester_of(case).name)
    lead = f"WE, THEREFORE, MOVE that {body}:" if county else "Now, therefore, be it"
    blocks = [Block(sentences=(pen.say("form", lead),))]
    for number, ask in enumerate(asks, 1):
        office = law.office(ask.office).title
        words = ask_words(ask, case, law, pen.day)
        text = (
            f"Ask the {office} to {words}."
            if county
            else f"That {body} asks the {office} to {words};"
        )
        sentence = pen.say(
            "request",
            text,
            request=ask.requests[0],
            authority=ask.authority,
            office=ask.office,
            needs_review=ask.needs_review,
        )
        label = f"{number}." if county else "RESOLVED,"
        blocks.append(
            Block(sentences=(sentence,), style="numbered" if county else "resolved", label=label)
        )
    blocks += _kept(book, pen, body, len(asks), county=county)
    last = f"{len(blocks)}."
    return (*blocks, _transmittal(law, pen, asks, case, last, county=county))


def _kept(book: Book, pen: Pen, body: str, done: int, *, county: bool) -> list[Block]:
    """The requests that no law of the data carries, as the text puts them."""
    blocks = []
    # One that goes to a known office without the power is mended elsewhere, not repeated.
    kept = [r for r in carried_by_none(book) if not (r.addressees and r.measure in LEGAL_MEASURES)]
    for number, request in enumerate(kept, done + 1):
        words = as_asked(request)
        whom = joined([*(f"the {book.law.office(o).title}" for o in request.addressees),
                       *request.addressee_words] or ["those whom it concerns"])  # fmt: skip
        text = f"Ask {whom} to {words}." if county else f"That {body} asks {whom} to {words};"
        sentence = pen.say("request", text, request=request.id)
        label = f"{number}." if county else "RESOLVED,"
        blocks.append(
            Block(sentences=(sentence,), style="numbered" if county else "resolved", label=label)
        )
    return blocks


def _transmittal(
    law: Law, pen: Pen, asks: tuple[Ask, ...], case: Case, number: str, *, county: bool
) -> Block:
    """The clause that sends the letters to the offices asked; without letters, the motion."""
    clerk = requester_of(case).clerk or "Clerk"
    offices = list(dict.fromkeys(f"the {law.office(a.office).title}" for a in asks))
    to = joined(offices) if offices else ""
    if not offices:
        what = "this motion" if county else "this resolution"
        text = f"{clerk} {'to ' if county else ''}send a copy of {what} to those whom it asks"
        text = f"Direct the {text}." if county else f"That the {text}."
    elif county:
        text = (
            f"Direct the {clerk} to send to {to} the letter addressed to each, signed by the "
            "members."
        )
    else:
        text = f"That the {clerk} transmit to {to} the letter addressed to each."
    if county:
        return Block(sentences=(pen.say("form", text),), style="numbered", label=number)
    return Block(sentences=(pen.say("form", text),), style="resolved", label="RESOLVED,")
