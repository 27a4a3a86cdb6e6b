"""Tally: a roll call counted by the rules of the body; whether it carried follows from them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from math import ceil, floor

from msgspec.structs import replace

from gravamen.adoption.rules import Rules, cited, part, threshold
from gravamen.dates import within
from gravamen.law.body import Majority, Quorum
from gravamen.proceedings import Ballot, BallotOption, Member, Voted
from gravamen.values import Value


class Tally(Value):
    """A roll call, counted.

    Args:
        ayes, noes, abstentions, absent, recused: ids of the members on each side.
        not_recorded: members on the day of whom the roll call says nothing, or two things.
        strangers: those who voted and were no members on the day; their votes do not count.
        doubled: those who stand in the roll call twice; where they stand there with two answers,
            neither counts.
        seats: how many seats the body had; None where nobody said.
        present: how many took part; `quorum_needed` how many it takes.
        counted: the number of which the share is taken; `needed` how many ayes it takes.
        casting: the casting vote, where the votes were equal and the rules give one.
        carried: None where it cannot be said; `why` says what decides it, a sentence.
    """

    step: Voted
    ayes: tuple[str, ...]
    noes: tuple[str, ...]
    abstentions: tuple[str, ...]
    absent: tuple[str, ...]
    recused: tuple[str, ...]
    not_recorded: tuple[str, ...]
    strangers: tuple[str, ...]
    doubled: tuple[str, ...]
    seats: int | None
    present: int
    quorum: Quorum | None
    quorum_needed: int | None
    majority: Majority | None
    counted: int | None
    needed: int | None
    casting: BallotOption | None
    carried: bool | None
    why: str

    @property
    def quorum_met(self) -> bool | None:
        """Whether enough members took part; None where it cannot be said."""
        return None if self.quorum_needed is None else self.present >= self.quorum_needed

    @property
    def counts(self) -> dict[str, int]:
        """How many there are on each side."""
        sides = ("ayes", "noes", "abstentions", "absent", "recused", "not_recorded")
        return {side.replace("_", " "): len(getattr(self, side)) for side in sides}


def members_on(members: Sequence[Member], day: date) -> tuple[Member, ...]:
    """Return who was a member on a day; one whose dates are not known is taken to have been."""
    return tuple(
        m for m in members if m.start is m.end is None or within(day, m.start, m.end) != "no"
    )


def tally(step: Voted, rules: Rules, members: Sequence[Member], day: date) -> Tally:
    """Return a roll call counted by the rules of the body, its members being those of the day.

    A vote by less than a quorum carries nothing. Where the members are not on file, all who stand
    in the roll call are taken for members; names that differ in case and white space alone are one.
    """
    sitting = [m.id for m in members_on(members, day)]
    given = step.ballots if members else _folded(step.ballots)
    ballots = [b for b in given if not b.casting]
    strangers = _once(b.member for b in given if members and b.member not in sitting)
    doubled = _once(m for m, times in Counter(b.member for b in ballots).items() if times > 1)
    sides = _sides(ballots, strangers)
    seats = step.seats or (len(sitting) if members else None)
    present = sum(len(sides[o]) for o in ("aye", "no", "abstain"))
    if rules.quorum and rules.quorum.counts_recused:
        present += len(sides["recused"])
    quorum_needed = _quorum(rules.quorum, seats)
    counted = _counted(rules.majority, sides, seats)
    needed = _needed(rules.majority, counted)
    ayes, noes = len(sides["aye"]), len(sides["no"])
    casting = _casting(given, rules.majority, strangers) if ayes == noes else None
    enough = needed is not None and (ayes >= needed or casting == "aye")
    carried = _carried(present, quorum_needed, needed, enough=enough)
    voted = {m for side in sides.values() for m in side}
    return Tally(
        step=step,
        ayes=sides["aye"],
        noes=sides["no"],
        abstentions=sides["abstain"],
        absent=sides["absent"],
        recused=sides["recused"],
        not_recorded=tuple(m for m in sitting or _once(doubled) if m not in voted),
        strangers=strangers,
        doubled=doubled,
        seats=seats,
        present=present,
        quorum=rules.quorum,
        quorum_needed=quorum_needed,
        majority=rules.majority,
        counted=counted,
        needed=needed,
        casting=casting,
        carried=carried,
        why=_why(rules, ayes, present, seats, quorum_needed, counted, needed, casting),
    )


def _folded(ballots: Sequence[Ballot]) -> tuple[Ballot, ...]:
    """Ballots by names, those of one name under the form in which it stands first."""
    first: dict[str, str] = {}
    return tuple(
        replace(b, member=first.setdefault(" ".join(b.member.casefold().split()), b.member))
        for b in ballots
    )


def _once(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids))


def _sides(ballots: Sequence[Ballot], strangers: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Who stands on each side; one with two answers stands on none."""
    said: dict[str, set[str]] = {}
    for ballot in ballots:
        if ballot.member not in strangers:
            said.setdefault(ballot.member, set()).add(ballot.option)
    options: tuple[BallotOption, ...] = ("aye", "no", "abstain", "absent", "recused")
    return {o: tuple(m for m, answers in said.items() if answers == {o}) for o in options}


def _quorum(rule: Quorum | None, seats: int | None) -> int | None:
    if rule is None:
        return None
    if rule.number is not None or rule.share is None:
        return rule.number
    return None if seats is None else _share(seats, rule.share, more=rule.more)


def _counted(
    rule: Majority | None, sides: dict[str, tuple[str, ...]], seats: int | None
) -> int | None:
    """The number of which the share is taken."""
    if rule is None:
        return None
    voting = len(sides["aye"]) + len(sides["no"])
    taking_part = voting + len(sides["abstain"])
    return {"voting": voting, "present": taking_part, "seats": seats}[rule.basis]


def _needed(rule: Majority | None, counted: int | None) -> int | None:
    if rule is None or counted is None:
        return None
    return _share(counted, rule.share, more=rule.more)


def _share(whole: int, share: str, *, more: bool) -> int:
    """How many are more than, or at least, a share of a whole; never none."""
    exact: Fraction = whole * part(share)
    return max(1, floor(exact) + 1 if more else ceil(exact))


def _casting(
    ballots: Sequence[Ballot], rule: Majority | None, strangers: Sequence[str]
) -> BallotOption | None:
    """The casting vote; None where the rules give none, or more than one was given."""
    given = [b.option for b in ballots if b.casting and b.member not in strangers]
    return given[0] if rule and rule.casting and len(given) == 1 else None


def _carried(present: int, quorum: int | None, needed: int | None, *, enough: bool) -> bool | None:
    if quorum is not None and present < quorum:
        return False
    if needed is None:
        return None
    if not enough:
        return False
    return None if quorum is None else True


def _why(
    rules: Rules,
    ayes: int,
    present: int,
    seats: int | None,
    quorum: int | None,
    counted: int | None,
    needed: int | None,
    casting: BallotOption | None,
) -> str:
    """What decides whether it carried, a sentence or two."""
    if rules.majority is None:
        return "No rule is on file by which it would carry; give the body's own (majority)."
    if seats is None and (counted is None or quorum is None):
        return (
            "How many seats the body has is not known, so that nobody can say whether enough took "
            "part; give its members, or the number of seats with the roll call."
        )
    if quorum is None:
        return "No rule is on file for the quorum; give the body's own (quorum)."
    if rules.quorum and present < quorum:
        return (
            f"{present} took part; {quorum} are needed ({cited(rules.quorum)}), so that the vote "
            "decides nothing."
        )
    rule = rules.majority
    of = f", {counted} in number" if rule.basis != "seats" else f", {counted} of them"
    said = f"{ayes} aye{'s' if ayes != 1 else ''}; needed {needed}: {threshold(rule)}{of} "
    said += f"({cited(rule)})."
    if casting:
        said += f" The votes were equal, and the casting vote was “{casting}”."
    return said
