"""Law: authorities, elements, offices and clocks as dated, cited data."""

from gravamen.law.audit import Audit, check, schema, schema_text
from gravamen.law.authority import (
    Authority,
    Body,
    Clock,
    Definition,
    Element,
    IdentifierNorm,
    Law,
    LawError,
    Office,
)
from gravamen.law.describe import describe, find
from gravamen.law.loader import load
from gravamen.law.manual import manual_text
from gravamen.law.waivers import WaiverState, edition_on, in_force, waiver_state

__all__ = [
    "Audit",
    "Authority",
    "Body",
    "Clock",
    "Definition",
    "Element",
    "IdentifierNorm",
    "Law",
    "LawError",
    "Office",
    "WaiverState",
    "check",
    "describe",
    "edition_on",
    "find",
    "in_force",
    "load",
    "manual_text",
    "schema",
    "schema_text",
    "waiver_state",
]
