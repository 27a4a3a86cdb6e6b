"""Units: the names of units in reports and lists, taken apart, compared and explained."""

from gravamen.aid.units.match import Match, match
from gravamen.aid.units.normal import Number, Part, Unit, normal, vettable

__all__ = ["Match", "Number", "Part", "Unit", "match", "normal", "vettable"]
