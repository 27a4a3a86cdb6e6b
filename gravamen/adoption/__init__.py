"""Adoption: what the body did with its motion, by its own rules; the result is derived."""

from gravamen.adoption.notice import Posting, bounds, spelled, working_day_before
from gravamen.adoption.rules import Rules, cited, rules_of, threshold, zone_of
from gravamen.adoption.standing import (
    ADOPTED,
    Adoption,
    Amendment,
    Event,
    State,
    day_of,
    standing,
)
from gravamen.adoption.tally import Tally, members_on, tally

__all__ = [
    "ADOPTED",
    "Adoption",
    "Amendment",
    "Event",
    "Posting",
    "Rules",
    "State",
    "Tally",
    "bounds",
    "cited",
    "day_of",
    "members_on",
    "rules_of",
    "spelled",
    "standing",
    "tally",
    "threshold",
    "working_day_before",
    "zone_of",
]
