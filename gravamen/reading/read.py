"""Read: a text into proposals, each with its place, the rule that made it and the reason."""

from collections.abc import Iterable
from datetime import date

import msgspec

from gravamen.law.authority import Law
from gravamen.reading.acts import allegations
from gravamen.reading.characterisations import find_characterisations
from gravamen.reading.dates import find_dates
from gravamen.reading.grammar import parse
from gravamen.reading.laws import find_laws
from gravamen.reading.names import find_names
from gravamen.reading.proposal import Proposal, Read, Reading
from gravamen.reading.quantities import find_quantities
from gravamen.reading.requests import requests
from gravamen.reading.spans import Proposals, Spans
from gravamen.reading.speech import attributions
from gravamen.reading.text import Document
from gravamen.values import GravamenError, sha256

READER = "gravamen-reader/1"


def read(text: str, *, reference_date: date | None = None, law: Law | None = None) -> Reading:
    """Return what a text says, as proposals that a person accepts or rejects.

    The same text gives the same proposals, byte for byte. Nothing is filled in from knowledge of
    the world: what the text does not say stays None.

    Args:
        text: the canonical text of a source.
        reference_date: the day of the text, from which "Friday" and "last month" count.
        law: the law data, whose names of laws are read besides the reader's own.

    Raises:
        GravamenError: the text holds half of a surrogate pair and cannot be written as UTF-8.
    """
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise GravamenError(
            f"The text has a lone surrogate, {text[error.start]!r}, at offset {error.start}; decode"
            " the source with its right encoding and read it again."
        ) from None
    document = Document(text, on=reference_date)
    source = Read(
        sha256=sha256(data),
        chars=len(text),
        reference_date=reference_date.isoformat() if reference_date else None,
    )
    proposals = numbered(find_all(document, law).all)
    return Reading(reader=READER, source=source, proposals=proposals)


def find_all(document: Document, law: Law | None = None) -> Proposals:
    """Return the proposals of a document, still without ids: expressions first, then what leans
    on them."""
    laws = find_laws(document, law)
    found = Proposals(laws)
    found = found.add(find_dates(document, Spans(laws)))
    found = found.add(find_quantities(document, Spans([*found.laws, *found.dates])))
    found = found.add(find_characterisations(document, Spans(laws)))
    found = found.add(find_names(document, Spans([*found.laws, *found.dates])))
    parses = parse(document)
    found = found.add(attributions(document, found, parses))
    found = found.add(requests(document, found, parses))
    return found.add(allegations(document, found, parses))


def numbered(proposals: Iterable[Proposal]) -> tuple[Proposal, ...]:
    """Return proposals ordered by start, then longer first, with the ids p1, p2, ..."""
    ordered = sorted(proposals, key=lambda p: (p.start, -p.end, type(p).__name__, p.rule))
    return tuple(msgspec.structs.replace(p, id=f"p{n}") for n, p in enumerate(ordered, 1))
