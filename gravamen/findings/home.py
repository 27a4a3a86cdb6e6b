"""Home: whose offices a case asks, so that the ground chosen is one that these can use."""

from gravamen.case import Case, Requester
from gravamen.law.authority import Law

JURISDICTIONS = {
    "us": "United States",
    "uk": "United Kingdom",
    "eu": "European Union",
    "ca": "Canada",
    "au": "Australia",
}
# Where the ISO code of a state is not its jurisdiction's own name in small letters.
_STATES = {"gb": "uk"}


def home(case: Case, law: Law) -> tuple[str, ...]:
    """Return the jurisdictions whose offices or laws the requests of a case name.

    Where they name none it is that of the requester's country; that of a requester of whom nothing
    is recorded is the default of `Requester`.
    """
    found: dict[str, None] = {}
    for request in case.requests.values():
        if case.stands(request.id):
            if request.authority in law.authorities:
                found[law.authorities[request.authority].jurisdiction] = None
            for id in request.addressees:
                if id in law.offices:
                    found[law.offices[id].jurisdiction] = None
    if found:
        return tuple(found)
    country = (case.requester or Requester(name="")).country.lower()
    return (_STATES.get(country, country),)


def land(jurisdiction: str) -> str:
    """What a jurisdiction is called, without an article; its own id where it has no name here."""
    return JURISDICTIONS.get(jurisdiction, jurisdiction.upper())


def of_land(jurisdiction: str) -> str:
    """A jurisdiction after "of": "the United Kingdom", "Canada"."""
    name = land(jurisdiction)
    return f"the {name}" if name.startswith(("United", "European")) else name
