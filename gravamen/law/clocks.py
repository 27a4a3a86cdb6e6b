"""Clocks: whether those who sign a letter start the time that a law sets."""

from collections.abc import Iterable
from typing import Literal

from gravamen.law.authority import Clock
from gravamen.values import Value

Capacity = Literal["chairperson", "ranking-member", "member", "whole"]


class Signer(Value):
    """Who signs: for which office of the law data, in what capacity.

    Args:
        capacity: chairperson, ranking member or another member of it; "whole" where the
            committee, the House or the office itself acts, by resolution or by its holder.
        name: who that is, where it is known; nobody is chairperson and ranking member at once.
    """

    office: str
    capacity: Capacity = "whole"
    name: str | None = None


class ClockStart(Value):
    """Whether a clock starts, and the sentence that says why or why not."""

    yes: bool
    why: str

    def __bool__(self) -> bool:
        return self.yes


def starts(clock: Clock, signers: Iterable[Signer], *, corruption: bool = False) -> ClockStart:
    """Say whether a request signed by these persons or bodies starts a clock.

    Args:
        corruption: the request is under a corruption prong, for which a joint clock wants one
            committee of the Senate and one of the House (22 U.S.C. 10102(d)).
    """
    given = tuple(signers)
    if not clock.starters:
        return ClockStart(
            yes=False, why=f"No request starts {clock.id}: it runs from {clock.start}."
        )
    able = [s for s in given if s.office in clock.starters]
    if not able:
        return ClockStart(
            yes=False,
            why=f"{_listed(s.office for s in given)} cannot start {clock.id}; it takes "
            f"{_who(clock)}."
            if given
            else f"Nobody signs; {clock.id} takes {_who(clock)}.",
        )
    return _joint(clock, able, corruption) if clock.joint else _alone(clock, able)


def _alone(clock: Clock, able: list[Signer]) -> ClockStart:
    whole = [s.office for s in able if s.capacity == "whole"]
    if whole:
        return ClockStart(yes=True, why=f"{_listed(whole)} can start {clock.id} and asks.")
    return ClockStart(
        yes=False,
        why=f"Members of {_listed(s.office for s in able)} sign, but {clock.id} takes a request of "
        "the committee or House itself.",
    )


def _joint(clock: Clock, able: list[Signer], corruption: bool) -> ClockStart:
    """Decide a clock that the chairperson and ranking member of one committee start together."""
    chaired = [s.office for s in able if s.capacity == "chairperson"]
    ranked = [s.office for s in able if s.capacity == "ranking-member"]
    both = [office for office in dict.fromkeys(chaired) if office in ranked]
    if alone := [office for office in both if _one_person(able, office)]:
        return ClockStart(
            yes=False,
            why=f"One person is named as chairperson and as ranking member of {_listed(alone)}, "
            f"and {clock.id} takes both.",
        )
    if corruption and len({office.split(".")[1] for office in both}) == 1:
        return ClockStart(
            yes=False,
            why=f"Only the chairperson and the ranking member of {_listed(both)} sign jointly, and "
            f"for corruption {clock.id} takes one committee of the Senate and one of the House.",
        )
    if both:
        return ClockStart(
            yes=True,
            why=f"The chairperson and the ranking member of {_listed(both)} sign jointly, which "
            f"starts {clock.id}.",
        )
    if chaired and ranked:
        return ClockStart(
            yes=False,
            why=f"The chairperson is of {_listed(chaired)} and the ranking member of "
            f"{_listed(ranked)}: {clock.id} takes both of one committee.",
        )
    lacking = "ranking member" if chaired else "chairperson"
    if not chaired and not ranked:
        lacking = "chairperson and ranking member"
    return ClockStart(
        yes=False,
        why=f"The {lacking} of {_listed(s.office for s in able)} did not sign, and {clock.id} "
        "takes both jointly.",
    )


def _one_person(able: Iterable[Signer], office: str) -> bool:
    """Whether all who are named as chairperson or ranking member of an office are one person."""
    names = [
        " ".join((s.name or "").split()).casefold()
        for s in able
        if s.office == office and s.capacity in ("chairperson", "ranking-member")
    ]
    return all(names) and len(set(names)) == 1


def _who(clock: Clock) -> str:
    of = " or ".join(clock.starters)
    return f"the chairperson and the ranking member, jointly, of {of}" if clock.joint else of


def _listed(offices: Iterable[str]) -> str:
    return " and ".join(dict.fromkeys(offices))
