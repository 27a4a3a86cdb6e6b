"""Units: the names of units in reports and lists, taken apart, compared and explained."""

from gravamen.aid.units.bodies import REASONS, Reason, vettable, why_not
from gravamen.aid.units.match import Match, match
from gravamen.aid.units.normal import Number, Part, Unit, normal

__all__ = [
    "REASONS",
    "Match",
    "Number",
    "Part",
    "Reason",
    "Unit",
    "match",
    "normal",
    "vettable",
    "why_not",
]
