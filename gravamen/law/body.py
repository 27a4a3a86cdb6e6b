"""Bodies: the rules by which each kind of body decides, as values; each rule cited."""

from typing import Literal

from gravamen.law.cited import Cited, Provision


class BodyRule(Cited):
    """A rule by which bodies of a kind decide, and where it holds.

    Args:
        text: the rule, a clause without capital and full stop.
        subdivisions: the parts of a state whose bodies it binds (ISO 3166-2, "US-CA"); all where
            empty.
    """

    text: str
    subdivisions: tuple[str, ...] = ()


class Notice(BodyRule):
    """How long before a meeting an item must be posted or handed in, and how.

    Args:
        applies: whose rule it is, in words.
        meeting: the kind of meeting that it is for.
        clock: id of the clock that holds the hours, where they are hours.
        working_days, by: how many working days before the meeting, and by what time of day there
            ("10:00"), where they are days.
        signers: how many members must sign the notice.
        words: how many words the description of an item should hold at most.
    """

    id: str
    applies: str
    meeting: Literal["regular", "special"] = "regular"
    clock: str | None = None
    working_days: int | None = None
    by: str | None = None
    signers: int = 0
    words: int | None = None


class Quorum(BodyRule):
    """How many members must take part for a vote to count.

    Args:
        share: the part of all seats that is needed ("1/2"); `more` where it takes more than that.
        number: the number, where the rule gives one instead.
        counts_recused: whether a member who may not vote counts as taking part.
    """

    share: str | None = None
    number: int | None = None
    more: bool = False
    counts_recused: bool = False


class Majority(BodyRule):
    """How many ayes it takes.

    Args:
        basis: of what the share is taken: of those who vote aye or no, so that abstentions are
            left out; of those who take part, so that an abstention counts against; of all seats.
        share: "1/2"; `more` where it takes more than that, and not just as much.
        casting: whether who presides has a second vote where the votes are equal.
    """

    basis: Literal["voting", "present", "seats"]
    share: str = "1/2"
    more: bool = True
    casting: bool = False

    @property
    def of(self) -> str:
        """Of what the share is taken, in words."""
        return {
            "voting": "those who vote aye or no",
            "present": "those who take part",
            "seats": "all seats",
        }[self.basis]


class Seconding(BodyRule):
    """Whether a motion needs a member who seconds it."""

    needed: bool


class ReportBack(BodyRule):
    """Within how many months the body is told what became of its motion."""

    months: int


class Body(Cited):
    """A kind of body that asks: what it may do towards a government, and by which rules it decides.

    Of rules of one kind the first holds that is of the part of the state where the body sits; else
    the first that is of none. The rules of a body itself come before all of them.

    Args:
        title: with its article: "a county board".
        may, cannot: infinitive phrases without "to".
        advice: what to write instead, one sentence.
        advisory: that what it resolves binds nobody outside it.
    """

    id: str
    title: str
    may: tuple[str, ...]
    cannot: tuple[str, ...]
    advice: str
    notices: tuple[Notice, ...] = ()
    quorum: tuple[Quorum, ...] = ()
    majority: tuple[Majority, ...] = ()
    seconding: tuple[Seconding, ...] = ()
    advisory: BodyRule | None = None
    report_back: tuple[ReportBack, ...] = ()
    rules: tuple[Provision, ...] = ()
