"""Reading: a text into proposals; the machine proposes, a person decides."""

from gravamen.reading.casting import OWN_VOICE, Proposed, propose
from gravamen.reading.offices import office_named
from gravamen.reading.proposal import Proposal, Reading
from gravamen.reading.read import READER, read

__all__ = [
    "OWN_VOICE",
    "READER",
    "Proposal",
    "Proposed",
    "Reading",
    "office_named",
    "propose",
    "read",
]
