"""The dossier: a recommendation on one party under the law of one state, and its summary.

Sections and what makes each of them fail are those of published guides to practice;
an office that reads many of these finds each thing at the same place.
"""

from collections.abc import Iterator

import msgspec

from gravamen.instruments.asks import Book
from gravamen.instruments.dossier import (
    against,
    closing,
    events,
    legal,
    opening,
    person,
    proof,
    summing,
)
from gravamen.instruments.dossier.brief import Brief, party_of, regimes
from gravamen.instruments.wording import capital
from gravamen.sentences import (
    Block,
    Cell,
    Figure,
    Instrument,
    InstrumentKind,
    Section,
    Sentence,
    Table,
)

# What a summary holds at most, acts, findings against it and arguments, until it fits.
_BUDGETS = ((4, 2, 2), (4, 1, 1), (3, 1, 1), (2, 1, 1), (1, 0, 1))
_TWO_PAGES = 1100  # words, with room for the head, the table and the feet

__all__ = ["dossier", "party_of", "regimes", "summary"]


def dossier(book: Book, *, party: str, regime: str) -> Instrument:
    """Return the dossier that recommends a party to the offices of one state.

    Args:
        party: id of a person, unit or body of the case.
        regime: jurisdiction of the law data ("us", "uk", "eu", "ca", "au").

    Raises:
        GravamenError: the law data hold no law of that state that reaches persons.
    """
    brief = Brief(book, party=party, regime=regime)
    sections: tuple[Section, ...] = (
        *opening.cover(brief),
        *summing.summary(brief),
        *summing.reasons(brief),
        *opening.submitter(brief),
        *person.targets(brief),
        *events.context(brief),
        *events.incidents(brief),
        *events.link(brief),
        *proof.corroboration(brief),
        *legal.legal(brief),
        *against.adverse(brief),
        *closing.interest(brief),
        *person.linked(brief),
        *person.listings(brief),
        *closing.consent(brief),
    )
    withheld = {b.version for s in _said(sections) for b in s.bindings if b.withheld}
    sections = (
        *sections,
        *closing.handling(brief, len(withheld)),
        proof.exhibits(brief, sections),
        *closing.attestation(brief),
    )
    return _instrument(brief, "dossier", _numbered(sections))


def summary(book: Book, *, party: str, regime: str) -> Instrument:
    """Return the summary of a dossier for an official who has five minutes: at most two pages."""
    brief = Brief(book, party=party, regime=regime)
    for acts, found, arguments in _BUDGETS:
        sections = (
            *opening.cover(brief, short=True),
            *summing.summary(brief, most=acts),
            *events.link_in_brief(brief, most=acts),
            *against.adverse_in_brief(brief, acts=summing.weightiest(brief, acts), most=found),
            *closing.interest_in_brief(brief, most=arguments),
        )
        if _words(brief, sections) <= _TWO_PAGES:
            break
    return _instrument(brief, "summary", sections)


def _words(brief: Brief, sections: tuple[Section, ...]) -> int:
    """How many words a summary prints, its list of sources included."""
    said = list(_said(sections))
    sources = {b.source for s in said for b in s.bindings if not b.withheld}
    cited = (brief.case.sources[id].cited for id in sources)
    return sum(len(text.split()) for text in (*(s.text for s in said), *cited))


def _instrument(brief: Brief, kind: InstrumentKind, sections: tuple[Section, ...]) -> Instrument:
    stem = f"{brief.regime}-{brief.party.id.removeprefix('p.')}"
    return Instrument(
        id=f"{kind}-{stem}",
        kind=kind,
        title=f"{brief.party.name}: measures under the law of {brief.state}",
        on=brief.on.isoformat(),
        sections=_in_order(sections),
        body=brief.requester.name,
        style="dossier",
        paper=brief.pen.paper,
        lang=brief.case.language,
        letterhead=brief.requester.letterhead or (capital(brief.requester.name),),
        addressee=tuple(capital(f"the {title}") for title in opening.offices(brief)),
        reference=f"{brief.case.id}/{kind}-{stem}",
        signatories=brief.requester.signatories if kind == "dossier" else (),
        law_edition=brief.law.edition,
        party=brief.party.id,
        regime=brief.regime,
        marking="Without protected names",
    )


def _numbered(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """Sections of the upper level with a number before their heading."""
    found, n = [], 0
    for section in sections:
        if section.level == 2 and section.heading:
            n += 1
            section = msgspec.structs.replace(section, heading=f"{n}. {section.heading}")
        found.append(section)
    return tuple(found)


def _in_order(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """Sections whose sentences are numbered as they are read."""
    count = 0

    def next_of(sentences: tuple[Sentence, ...]) -> tuple[Sentence, ...]:
        nonlocal count
        found = []
        for sentence in sentences:
            count += 1
            found.append(msgspec.structs.replace(sentence, id=f"s{count}"))
        return tuple(found)

    def renewed(block: Block | Table | Figure) -> Block | Table | Figure:
        if isinstance(block, Block):
            return msgspec.structs.replace(block, sentences=next_of(block.sentences))
        if isinstance(block, Table):
            rows: list[tuple[Cell, ...]] = [
                tuple(msgspec.structs.replace(c, sentences=next_of(c.sentences)) for c in row)
                for row in block.rows
            ]
            return msgspec.structs.replace(block, rows=tuple(rows))
        return block

    return tuple(
        msgspec.structs.replace(s, blocks=tuple(renewed(b) for b in s.blocks)) for s in sections
    )


def _said(sections: tuple[Section, ...]) -> Iterator[Sentence]:
    for section in sections:
        for block in section.blocks:
            if isinstance(block, Block):
                yield from block.sentences
            elif isinstance(block, Table):
                yield from (s for row in block.rows for cell in row for s in cell.sentences)
