"""Frame: what stands around the sentences: the body that asks, copies, what must be filled in."""

from gravamen.case import Case, Requester
from gravamen.instruments.asks import Ask
from gravamen.law.authority import Law
from gravamen.law.office import Office
from gravamen.sentences import Copy

# A copy to a whole House reaches nobody; its committees get one.
_WHOLE_HOUSES = ("us.senate", "us.house")
NOBODY = Requester(name="requesting body", kind="unknown")

# What lists of persons give for those on them (research of list files; see the manual, Parties).
IDENTIFIERS = (
    "full name, and the name in its own script",
    "date or year of birth",
    "sex",
    "nationality",
    "post, the body it is in, and the dates it was held",
)


def requester_of(case: Case) -> Requester:
    """The body that asks; a nameless one where the case does not say."""
    return case.requester or NOBODY


def copies(case: Case, law: Law, asks: tuple[Ask, ...], *, to: Office) -> tuple[Copy, ...]:
    """To whom copies of a letter to an office go: those whom the case names, other than offices of
    another state, and those who can start a clock in law; never the office itself."""
    named = [
        copy
        for copy in requester_of(case).copies
        if copy.office not in law.offices
        or law.offices[copy.office].jurisdiction == to.jurisdiction
    ]
    found = {_title(law, copy.office): [copy.why] for copy in named}
    asked = {ask.authority for ask in asks}
    for clock in law.clocks.values():
        if clock.authority not in asked:
            continue
        for office in clock.starters:
            if office in _WHOLE_HOUSES:
                continue
            together = " (chairperson and ranking member, jointly)" if clock.joint else ""
            days = f"{clock.days} days" if clock.days else "a time"
            why = f"can start{together} the clock of {days} in {clock.cite}"
            found.setdefault(law.office(office).title, []).append(why)
    return tuple(
        Copy(office=title, why="; ".join(why)) for title, why in found.items() if title != to.title
    )


def _title(law: Law, office: str) -> str:
    """The title of an office of the law data; other words as they are."""
    return law.offices[office].title if office in law.offices else office


def to_fill(ask: Ask) -> str | None:
    """What a person must write into an ask before it can go out; None when it is whole."""
    if ask.open == "persons":
        return f"name the persons. For each one give {'; '.join(IDENTIFIERS)}."
    if ask.open == "units":
        return (
            "name the units. For each one give the lowest unit that is known, its commander, its "
            "place, and the day and kind of one violation."
        )
    return None
