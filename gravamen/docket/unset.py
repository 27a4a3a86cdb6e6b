"""Unset: what is said where no law sets a time for an answer, and who could start one."""

from collections.abc import Iterable

from gravamen.docket.days import the
from gravamen.law.authority import Clock, Law
from gravamen.vocabulary import Measure


def no_deadline(law: Law, authorities: Iterable[str], measure: Measure) -> str:
    """Say that no law sets a time for an answer, and who could start one, from the law data alone.

    Args:
        authorities: the laws that it is asked under.
        measure: what is asked; clocks of other laws of the same state that know it are told too.
    """
    wanted = tuple(dict.fromkeys(a for a in authorities if a in law.authorities))
    states = {law.authorities[a].jurisdiction for a in wanted}
    sisters = [
        a.id
        for a in law.authorities.values()
        if a.jurisdiction in states and measure in a.measures and a.id not in wanted
    ]
    can = "; ".join(_can_start(law, wanted))
    others = "; ".join(_can_start(law, sisters))
    said = can or (
        "as far as the law on file shows, nobody could start one under the law that it is asked "
        "under"
    )
    if not wanted:
        said = "it is asked under no law of which a time is on file"
    if others and not can:
        said += f"; under another law {others}"
    return f"no deadline in law: no law on file sets a time for an answer to this letter; {said}"


def _can_start(law: Law, authorities: Iterable[str]) -> Iterable[str]:
    wanted = set(authorities)
    for clock in law.clocks.values():
        if clock.starters and clock.authority in wanted:
            yield f"{starters(law, clock)} could start {clock.id} ({clock.cite})"


def starters(law: Law, clock: Clock) -> str:
    """Who can start a clock, in words."""
    titles = [the(law.offices[id].title) if id in law.offices else id for id in clock.starters]
    named = " or ".join((", ".join(titles[:-1]), titles[-1])) if titles[1:] else titles[0]
    if clock.joint:
        return f"the chairperson and the ranking member, jointly, of {named}"
    return named
