"""Vote record: what a motion says of its own adoption: item, movers, amendments, roll call, number.

Each of these sentences tells what the body did and alleges nothing, so that none needs a claim.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Literal

import msgspec

from gravamen.adoption import (
    Adoption,
    Posting,
    Tally,
    day_of,
    spelled,
    threshold,
    voted_on,
    zone_of,
)
from gravamen.adoption.voted import RECORD
from gravamen.case import Case
from gravamen.dates import spell
from gravamen.instruments.wording import joined
from gravamen.proceedings import Minuted
from gravamen.sentences import (
    Block,
    Course,
    Instrument,
    Section,
    Sentence,
    Stage,
    VoteTaken,
)

HEADING = RECORD
_SIDES = (
    ("Ayes", "ayes"),
    ("Noes", "noes"),
    ("Abstentions", "abstentions"),
    ("Absent", "absent"),
    ("Recused", "recused"),
    ("Not recorded", "not_recorded"),
)
_OUTCOMES: dict[bool | None, Literal["carried", "failed", "undecided"]] = {
    True: "carried",
    False: "failed",
    None: "undecided",
}


def with_record(case: Case, motion: Instrument, adoption: Adoption) -> Instrument:
    """Return a motion with the record of its vote; as it is where no vote was taken by the day, or
    where it was taken on other words."""
    vote = adoption.vote
    if vote is None or voted_on(motion, vote.step) is False:
        return motion
    writer = _Writer(case, motion, adoption)
    section = Section(heading=HEADING, blocks=tuple(writer.blocks(vote)))
    return msgspec.structs.replace(
        motion, sections=(*motion.sections, section), course=_course(case, adoption)
    )


class _Writer:
    """Writes the sentences of the record, each with the next id of its motion."""

    def __init__(self, case: Case, motion: Instrument, adoption: Adoption) -> None:
        self._case, self._adoption = case, adoption
        self._style: Literal["us", "int"] = "us" if motion.paper == "us-letter" else "int"
        numbers = [s.id[1:] for s in motion.sentences() if s.id[:1] == "s"]
        self._next = max((int(n) for n in numbers if n.isdigit()), default=0)
        self._lang = motion.lang

    def blocks(self, vote: Tally) -> Iterator[Block]:
        yield self._block(self._brought())
        yield self._block(self._roll_call(vote))
        yield self._block([self._result(vote)])
        if vote.step.version is None:
            yield self._block(["Which text was voted on is not on file."])
        if minuted := self._adoption.minuted:
            yield self._block([self._minuted(minuted)])

    def _block(self, words: Sequence[str]) -> Block:
        return Block(sentences=tuple(self._say(w) for w in words))

    def _say(self, text: str) -> Sentence:
        self._next += 1
        return Sentence(id=f"s{self._next}", kind="form", text=text, lang=self._lang)

    def _day(self, moment: str) -> str:
        return spell(day_of(moment, zone_of(self._case)).isoformat(), style=self._style)

    def _brought(self) -> list[str]:
        """How it came to the vote: agenda, movers, amendments."""
        found = self._adoption
        words = [self._posted(found.posted)] if found.posted else []
        movers, seconders = (
            joined([found.name(n) for n in names]) if names else ""
            for names in (found.movers, found.seconders)
        )
        if movers and seconders:
            words.append(f"Moved by {movers} and seconded by {seconders}.")
        elif movers:
            words.append(f"Moved by {movers}.")
        holding = [a for a in found.amendments if a.holds]
        for amendment in holding:
            how = "accepted by the movers" if amendment.state == "accepted" else "carried by vote"
            mover = found.name(amendment.step.by)
            words.append(f"Amended before the vote as {mover} moved ({how}).")
        return words or ["The record holds no posting and no mover."]

    def _posted(self, posting: Posting) -> str:
        step = posting.step
        item = f"Item {step.item}" if step.item else "An item"
        meeting = f"the {step.meeting.kind} meeting of {self._day(step.meeting.at)}"
        if posting.missing:  # what nothing on record shows is not stated
            return f"{item} on the agenda of {meeting}."
        if posting.minutes is None or posting.minutes < 0:
            return f"{item} on the agenda of {meeting}, posted on {self._day(step.at)}."
        asks = ""
        if posting.rule and posting.needed and not posting.rule.needs_review:
            asks = f"; {posting.rule.cite} asks for {posting.needed} hours"
        posted = f"posted {_before(posting.minutes)} before it"
        return f"{item} on the agenda of {meeting}, {posted}{asks}."

    def _roll_call(self, vote: Tally) -> list[str]:
        words = [f"Roll call of {self._day(vote.step.at)}."]
        for label, side in _SIDES:
            members = [self._adoption.name(m) for m in getattr(vote, side)]
            if members:
                words.append(f"{label} ({len(members)}): {joined(members)}.")
            elif side in ("ayes", "noes"):
                words.append(f"{label}: none.")
        if vote.casting:
            words.append(f"Casting vote of who presided: {vote.casting}.")
        return words

    def _result(self, vote: Tally) -> str:
        """The count, and by which rule it carried where somebody compared that rule."""
        rules = [r for r in (vote.quorum, vote.majority) if r is not None]
        if vote.carried is not None and any(r.needs_review for r in rules):
            return _counted(vote)
        outcome = {
            True: "The motion carried",
            False: "The motion did not carry",
            None: "Whether the motion carried cannot be said",
        }[vote.carried]
        quorum, rule = vote.quorum, vote.majority
        if quorum and vote.quorum_met is False:
            return (
                f"{outcome}: {vote.present} took part, and a quorum is {vote.quorum_needed} "
                f"({quorum.cite})."
            )
        if rule is None or vote.needed is None:
            return f"{outcome}: {vote.why[0].lower()}{vote.why[1:]}"
        if vote.casting:
            return f"{outcome}: {_equal(vote)} ({rule.cite})."
        return (
            f"{outcome}: {_ayes(len(vote.ayes))} of {vote.counted}, where it takes {vote.needed} "
            f"({threshold(rule)}; {rule.cite})."
        )

    def _minuted(self, minuted: Minuted) -> str:
        clerk = minuted.by or (self._case.requester and self._case.requester.clerk)
        by = f" by the {clerk}" if clerk else ""
        number = f" as {minuted.number}" if minuted.number else ""
        return f"Recorded{by} on {self._day(minuted.at)}{number}."


def _counted(vote: Tally) -> str:
    """The count alone, without what follows from it in law."""
    if vote.casting:
        equal = _equal(vote)
        return f"{equal[0].upper()}{equal[1:]}."
    ayes, noes = len(vote.ayes), len(vote.noes)
    seats = f", of {vote.seats} seats" if vote.seats else ""
    return f"The count: {_ayes(ayes)} and {noes} no{'es' if noes != 1 else ''}{seats}."


def _equal(vote: Tally) -> str:
    return (
        f"the votes were equal, {len(vote.ayes)} to {len(vote.noes)}, and the casting vote of who "
        f"presided was {vote.casting}"
    )


def _ayes(number: int) -> str:
    return f"{number} aye{'s' if number != 1 else ''}"


def _before(minutes: int) -> str:
    return spelled(timedelta(minutes=minutes))


def _course(case: Case, adoption: Adoption) -> Course:
    """The steps and votes as data, for formats that have a place for them."""
    zone = zone_of(case)
    votes = tuple(
        VoteTaken(
            id=v.step.id,
            on=day_of(v.step.at, zone).isoformat(),
            question=v.step.question,
            outcome=_OUTCOMES[v.carried],
            counts=tuple(v.counts.items()),
            quorum=v.quorum_needed,
        )
        for v in adoption.votes
    )
    stages = tuple(
        Stage(id=e.id, on=day_of(e.at, zone).isoformat(), what=e.words)
        for e in adoption.life
        if e.id not in adoption.sent
    )
    return Course(stages=stages, votes=votes)
