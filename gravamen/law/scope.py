"""Scope: which states an authority concerns, and whose own persons it does not reach."""

from gravamen.dates import Edtf
from gravamen.law.authority import Authority, Spared

# The independent states of the former Soviet Union, 22 U.S.C. 5801.
FORMER_USSR = frozenset(["AM", "AZ", "BY", "GE", "KZ", "KG", "MD", "RU", "TJ", "TM", "UA", "UZ"])

# No law of the United States in the data is used against the country's own persons and organs.
_OF_THE_UNITED_STATES = Spared(
    state="US",
    whom="persons, bodies or organs of the United States",
    dual="unsettled",
    cite="22 U.S.C. 10101; 31 C.F.R. 589.317(a)",
    sources=("S1", "S36"),
    mark="secondary",
    as_of=Edtf("2025-05"),
)


def spared(authority: Authority) -> Spared | None:
    """Return whose own persons an authority does not reach; None where its text has no such bar.

    An authority of the United States has one, also where its own data do not say so; in the texts
    of the United Kingdom, the European Union and Australia that were read there is none.
    """
    if authority.spares is None and authority.jurisdiction == "us":
        return _OF_THE_UNITED_STATES
    return authority.spares


def concerns(authority: Authority, country: str | None) -> bool:
    """Say whether an authority that concerns only some states concerns this one.

    Args:
        country: ISO 3166-1 alpha-2 code; None where it is not known, which no such authority
            concerns.
    """
    if authority.countries and country not in authority.countries:
        return False
    return not authority.former_ussr or country in FORMER_USSR
