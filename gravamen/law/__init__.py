"""Law: authorities, elements, offices, clocks and programs as dated, cited data."""

from gravamen.law.audit import Audit, check, schema, schema_text
from gravamen.law.authority import (
    Authority,
    Clock,
    Cover,
    Coverage,
    Definition,
    Element,
    IdentifierNorm,
    Law,
    LawError,
)
from gravamen.law.body import Body
from gravamen.law.describe import coverage_text, describe, find
from gravamen.law.loader import load
from gravamen.law.manual import manual_text
from gravamen.law.office import Office
from gravamen.law.scope import spared
from gravamen.law.waivers import (
    TermState,
    WaiverState,
    cited_on,
    edition_on,
    in_force,
    term_state,
    waiver_state,
)

__all__ = [
    "Audit",
    "Authority",
    "Body",
    "Clock",
    "Cover",
    "Coverage",
    "Definition",
    "Element",
    "IdentifierNorm",
    "Law",
    "LawError",
    "Office",
    "TermState",
    "WaiverState",
    "check",
    "cited_on",
    "coverage_text",
    "describe",
    "edition_on",
    "find",
    "in_force",
    "load",
    "manual_text",
    "schema",
    "schema_text",
    "spared",
    "term_state",
    "waiver_state",
]
