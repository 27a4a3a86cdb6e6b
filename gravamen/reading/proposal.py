"""Proposals: what a reader found in a text, each with its place, the rule and the reason.

The JSON of a `Reading` is the schema `gravamen.reading/1`: offsets count code points of the
canonical text, `end` is exclusive, `text` is the slice character for character.
"""

from typing import Literal

import msgspec

from gravamen.claims import Bound, Mode, Stance
from gravamen.values import Value
from gravamen.vocabulary import Act, Measure

Modality = Literal["asserted", "denied", "requested", "hypothetical"]
PartyType = Literal["person", "body", "unit", "office", "state"]
PlaceType = Literal["place", "settlement", "facility"]


class Found(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind"
):
    """What every proposal has: id, place, the exact words, the rule that made it, a reason."""

    id: str
    start: int
    end: int
    text: str
    rule: str
    why: str


class DateFound(Found, frozen=True, kw_only=True, tag="date"):
    """A date; `edtf` is None where it cannot be told, `a|b` where two readings are offered."""

    edtf: str | None


class QuantityFound(Found, frozen=True, kw_only=True, tag="quantity"):
    """A number with its bound and unit."""

    value: float
    bound: Bound
    unit: str | None
    high: float | None = None


class LegalReferenceFound(Found, frozen=True, kw_only=True, tag="legal_reference"):
    """The name of a law; `authority` is None where the law data do not know it."""

    authority: str | None


class CharacterisationFound(Found, frozen=True, kw_only=True, tag="characterisation"):
    """A word that labels a status, a legal conclusion or a side; never the machine's own."""

    term: str


class PartyFound(Found, frozen=True, kw_only=True, tag="party"):
    """The name of a person, body, unit, office or state."""

    type: PartyType


class PlaceFound(Found, frozen=True, kw_only=True, tag="place"):
    """The name of a place, settlement or facility."""

    type: PlaceType


class AttributionFound(Found, frozen=True, kw_only=True, tag="attribution"):
    """The content that somebody is said to have said; `relayed_by` is the next voice outward."""

    speaker: str | None
    relayed_by: str | None
    stance: Stance
    mode: Mode


class AllegationFound(Found, frozen=True, kw_only=True, tag="allegation"):
    """The words of an act; perpetrator and victim as written, None where the text is silent."""

    act: Act
    perpetrator: str | None
    victim: str | None
    date: str | None
    place: str | None
    modality: Modality
    hedged: bool


class RequestFound(Found, frozen=True, kw_only=True, tag="request"):
    """A measure that somebody asks for, its target, its law and whom it is asked of."""

    measure: Measure
    target: str | None
    authority: str | None
    addressees: tuple[str, ...]


Proposal = (
    DateFound
    | QuantityFound
    | LegalReferenceFound
    | CharacterisationFound
    | PartyFound
    | PlaceFound
    | AttributionFound
    | AllegationFound
    | RequestFound
)


class Read(Value):
    """Which text was read: digest of the canonical text in UTF-8, its length, reference date."""

    sha256: str
    chars: int
    reference_date: str | None = None


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """The proposals for one text, ordered by start, then longer first, ids unique."""

    schema: Literal["gravamen.reading/1"] = "gravamen.reading/1"
    reader: str
    source: Read
    proposals: tuple[Proposal, ...]
