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
from gravamen.adoption.voted import (
    Backing,
    asked_digest,
    backing,
    goes_back,
    public,
    vote_day,
    vote_told,
    voted_on,
    words_digest,
)

__all__ = [
    "ADOPTED",
    "Adoption",
    "Amendment",
    "Backing",
    "Event",
    "Posting",
    "Rules",
    "State",
    "Tally",
    "asked_digest",
    "backing",
    "bounds",
    "cited",
    "day_of",
    "goes_back",
    "members_on",
    "public",
    "rules_of",
    "spelled",
    "standing",
    "tally",
    "threshold",
    "vote_day",
    "vote_told",
    "voted_on",
    "words_digest",
    "working_day_before",
    "zone_of",
]
