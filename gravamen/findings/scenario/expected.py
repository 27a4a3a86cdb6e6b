"""Expected: what a scenario says that the law should find, as its file writes it."""

from collections.abc import Mapping

import msgspec

from gravamen.findings.finding import State
from gravamen.findings.side_by_side import Answer
from gravamen.values import Value


class ElementExpected(Value):
    """What is expected of one element, where more than the state matters."""

    state: State
    gap: str | None = None
    corroboration: str | None = None
    for_: tuple[str, ...] | None = msgspec.field(default=None, name="for")
    against: tuple[str, ...] | None = None
    qualified_by: tuple[str, ...] | None = None
    unreviewed: bool | None = None
    needs_review: bool | None = None


class ChoiceExpected(Value):
    """Which prong ("none" for none) is expected to be chosen, and why not others."""

    prong: str
    complete: bool | None = None
    also: tuple[str, ...] | None = None
    why: str | None = None
    not_: Mapping[str, str] = msgspec.field(default={}, name="not")


class ReachExpected(Value):
    """Whether an authority is expected to reach a party, and a part of the reason."""

    reached: bool
    why: str = ""


class WaiverExpected(Value):
    """How a bar is expected to stand on the scenario's day."""

    state: str
    says: str = ""


class ClockExpected(Value):
    """Whether the signers are expected to start a clock, and a part of the reason."""

    starts: bool
    why: str = ""


class FlagExpected(Value):
    """Whether a check is expected to fire, and a part of what it says."""

    fires: bool
    says: str = ""


class RegimeExpected(Value):
    """How an authority is expected to answer for a party, where more than yes or no matters.

    Args:
        lacks: the elements that are missing, all of them, in the order of the law.
        why, ends: a part of the reason, and of what is said of the regime's end.
        outside: the acts that it is expected not to reach, all of them.
    """

    answer: Answer
    prong: str | None = None
    lacks: tuple[str, ...] | None = None
    outside: tuple[str, ...] | None = None
    why: str | None = None
    ends: str | None = None


class Expected(Value):
    """What the law is expected to make of the facts."""

    findings: Mapping[str, Mapping[str, Mapping[str, State | ElementExpected]]] = {}
    chosen: Mapping[str, ChoiceExpected] = {}
    reach: Mapping[str, Mapping[str, ReachExpected]] = {}
    weighed: tuple[str, ...] | None = None
    waiver: Mapping[str, WaiverExpected] = {}
    clock: Mapping[str, ClockExpected] = {}
    flags: Mapping[str, FlagExpected] = {}
    regimes: Mapping[str, Mapping[str, Answer | RegimeExpected]] = {}
