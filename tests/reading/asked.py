"""Asked: reads a sentence or two and gives back what was found of one kind."""

from datetime import date
from typing import TypeVar

from gravamen.reading.proposal import (
    AllegationFound,
    AttributionFound,
    DateFound,
    PartyFound,
    PlaceFound,
    Proposal,
    QuantityFound,
    RequestFound,
)
from gravamen.reading.read import read

P = TypeVar("P", bound=Proposal)
ON = date(2024, 5, 14)


def found(kind: type[P], text: str, *, on: date | None = ON) -> list[P]:
    """Return the proposals of one kind, in the order of the text."""
    return [p for p in read(text, reference_date=on).proposals if isinstance(p, kind)]


def said(text: str) -> list[tuple[str | None, str, str]]:
    """Return speaker, stance and content of all that is said in a text."""
    return [(a.speaker, a.stance, a.text) for a in found(AttributionFound, text)]


def acts(text: str) -> list[tuple[str, str | None, str | None, str]]:
    """Return act, perpetrator, victim and modality of the acts in a text."""
    return [(a.act, a.perpetrator, a.victim, a.modality) for a in found(AllegationFound, text)]


def asked(text: str) -> list[tuple[str, str | None, tuple[str, ...]]]:
    """Return measure, target and addressees of the requests in a text."""
    return [(r.measure, r.target, r.addressees) for r in found(RequestFound, text)]


def counted(text: str) -> list[tuple[str, float, str, str | None]]:
    """Return words, value, bound and unit of the quantities in a text."""
    return [(q.text, q.value, q.bound, q.unit) for q in found(QuantityFound, text)]


def dated(text: str, *, on: date | None = ON) -> list[tuple[str, str | None]]:
    """Return words and value of the dates in a text."""
    return [(d.text, d.edtf) for d in found(DateFound, text, on=on)]


def named(text: str) -> list[tuple[str, str]]:
    """Return the names in a text with their types."""
    proposals = read(text, reference_date=ON).proposals
    return [(n.text, n.type) for n in proposals if isinstance(n, PartyFound | PlaceFound)]
