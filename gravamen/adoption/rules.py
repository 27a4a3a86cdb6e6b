"""Rules: by which rules a body decides on a day: its own, those of its place, those of its kind."""

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from gravamen.case import Case, Requester
from gravamen.law.authority import Law
from gravamen.law.body import BodyRule, Majority, Notice, Quorum, ReportBack, Seconding
from gravamen.law.cited import Cited
from gravamen.proceedings import MeetingKind
from gravamen.values import GravamenError, Value

R = TypeVar("R", bound=BodyRule)
_SHARES = {
    "1/2": "half", "1/3": "a third", "2/3": "two thirds", "1/4": "a quarter",
    "3/4": "three quarters", "3/5": "three fifths", "4/5": "four fifths",
}  # fmt: skip
_SHARE = re.compile(r"([1-9][0-9]?)/([1-9][0-9]?)\Z")


class Rules(Value):
    """The rules that hold for the body of a case; None where none is on file.

    Args:
        kind, title: of the body, by the law data ("us-county-board", "a county board").
        place: the part of the state where it sits ("US-CA"); None where nobody said.
        notices: the rules on notice that hold there; `elsewhere` those of its kind that do not.
    """

    kind: str
    title: str
    place: str | None = None
    quorum: Quorum | None = None
    majority: Majority | None = None
    seconding: Seconding | None = None
    advisory: BodyRule | None = None
    report_back: ReportBack | None = None
    notices: tuple[Notice, ...] = ()
    elsewhere: tuple[Notice, ...] = ()

    def notice(self, meeting: MeetingKind) -> Notice | None:
        """The rule on notice of a meeting of a kind; None where none is on file."""
        return next((n for n in self.notices if n.meeting == meeting), None)


def rules_of(case: Case, law: Law) -> Rules:
    """Return the rules by which the body of a case decides.

    Raises:
        LawError: the law data hold no rules for a body of an unknown kind.
    """
    requester = case.requester or Requester(name="", kind="unknown")
    body = law.bodies.get(requester.kind) or law.body("unknown")
    place = requester.subdivision
    here = tuple(n for n in body.notices if _holds(n, place))
    return Rules(
        kind=body.id,
        title=body.title,
        place=place,
        quorum=requester.quorum or _first(body.quorum, place),
        majority=requester.majority or _first(body.majority, place),
        seconding=_first(body.seconding, place),
        advisory=body.advisory,
        report_back=_first(body.report_back, place),
        notices=here,
        elsewhere=tuple(n for n in body.notices if n not in here),
    )


def part(share: str) -> Fraction:
    """Return a share as a number.

    Raises:
        GravamenError: it is no share between 0 and 1.
    """
    found = _SHARE.match(share)
    value = Fraction(int(found[1]), int(found[2])) if found else Fraction(2)
    if value > 1:
        raise GravamenError(f"{share!r} is no share of a whole; write one as 1/2 or 4/5.")
    return value


def threshold(rule: Majority) -> str:
    """Return how many ayes a rule asks for, in words: "more than half of all seats"."""
    share = _SHARES.get(rule.share, rule.share)
    return f"{'more than' if rule.more else 'at least'} {share} of {rule.of}"


def cited(rule: Cited) -> str:
    """Return the cite of a rule; where nobody checked it, that is said."""
    return f"{rule.cite} ({rule.mark}; needs review)" if rule.needs_review else rule.cite


def zone_of(case: Case) -> ZoneInfo | None:
    """Return the time zone of the body; None where nobody said.

    Raises:
        GravamenError: there is no such zone.
    """
    name = case.requester.zone if case.requester else None
    if name is None:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise GravamenError(
            f"{name!r} is no time zone; write the requester's zone as America/Los_Angeles."
        ) from None


def _holds(rule: BodyRule, place: str | None) -> bool:
    return not rule.subdivisions or place in rule.subdivisions


def _first(rules: Sequence[R], place: str | None) -> R | None:
    """The rule of the place; else the first that holds everywhere."""
    of_place = [r for r in rules if r.subdivisions and place in r.subdivisions]
    return next(iter([*of_place, *(r for r in rules if not r.subdivisions)]), None)
