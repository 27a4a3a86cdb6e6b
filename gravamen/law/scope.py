"""Scope: which states an authority concerns."""

from gravamen.law.authority import Authority

# The independent states of the former Soviet Union, 22 U.S.C. 5801.
FORMER_USSR = frozenset(["AM", "AZ", "BY", "GE", "KZ", "KG", "MD", "RU", "TJ", "TM", "UA", "UZ"])


def concerns(authority: Authority, country: str | None) -> bool:
    """Say whether an authority that concerns only some states concerns this one.

    Args:
        country: ISO 3166-1 alpha-2 code; None where it is not known, which no such authority
            concerns.
    """
    if authority.countries and country not in authority.countries:
        return False
    return not authority.former_ussr or country in FORMER_USSR
