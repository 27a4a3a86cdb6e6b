"""Voted: which words a body voted on, and whether its vote stands behind what goes out."""

from collections.abc import Iterable
from datetime import date
from typing import Literal

import msgspec

from gravamen.adoption.rules import zone_of
from gravamen.adoption.standing import Adoption, day_of, standing
from gravamen.adoption.tally import Tally
from gravamen.case import Case, Requester
from gravamen.dates import instant, spell
from gravamen.law.authority import Law
from gravamen.parties import with_article
from gravamen.proceedings import Voted
from gravamen.sentences import Instrument
from gravamen.values import Value, digest

RECORD = "Record of the vote"  # the heading of the section that is no part of what was voted on
# Letters that go back to one that went before; the vote on the motion knows nothing of them.
_GOING_BACK = ("follow-up-", "withdrawal-")
# Whose letters no law on open meetings binds.
_NOT_PUBLIC = ("ngo", "ngo-board", "person")


class Backing(Value):
    """The vote behind an instrument at a moment.

    Args:
        vote: the vote that authorises it, or the one that comes nearest to it.
        lacks: why it does not, a clause without full stop; None where it does.
        unread: the record does not say which text was voted on, so that nobody can compare.
    """

    vote: Tally | None = None
    lacks: str | None = None
    unread: bool = False


def public(body: Requester | None) -> bool:
    """Whether a body decides in meetings, by vote; one of an unknown kind is taken to."""
    return body is not None and body.kind not in _NOT_PUBLIC


def goes_back(instrument: str) -> bool:
    """Whether an instrument, by its id, is a reminder of a letter or the notice of a withdrawal."""
    return instrument.startswith(_GOING_BACK)


def words_digest(motion: Instrument) -> str:
    """Return the digest of the words of a motion, without the record of its vote."""
    sections = tuple(s for s in motion.sections if s.heading != RECORD)
    voted = msgspec.structs.replace(motion, sections=sections)
    return digest((motion.title, [s.text for s in voted.sentences()]))


def voted_on(motion: Instrument, vote: Voted) -> bool | None:
    """Return whether the words of a motion are those of a vote; None where that is not on file."""
    return None if vote.version is None else vote.version == words_digest(motion)


def asked_digest(case: Case, request: str) -> str:
    """Return the digest of a request as it is recorded, with the name of whom it is against."""
    found = case.requests[request]
    target = case.parties.get(found.target or "")
    return digest((found, target.name if target else None))


def vote_day(adoption: Adoption, case: Case) -> str | None:
    """Return the day of the vote that decided a motion, which the motion bears; None before it."""
    vote = adoption.vote
    decided = vote is not None and (adoption.adopted or adoption.state == "failed")
    return day_of(vote.step.at, zone_of(case)).isoformat() if vote and decided else None


def backing(
    case: Case,
    law: Law,
    instrument: str,
    *,
    requests: Iterable[str],
    at: str,
    named: str | None = None,
) -> Backing:
    """Return the vote behind an instrument at a moment, or what it lacks.

    The motion must have carried before that moment; where the order of one day cannot be told,
    that is not enough. Each request must be among those voted on, and be recorded now as then.
    A reminder or notice is behind no vote but one of its own.

    Args:
        requests: ids of the requests that the instrument carries.
        at: when a round opens for it, or when it goes.
        named: id of the vote that is said to stand behind it; that on the motion where None.
    """
    step = case.steps.get(named) if named else None
    if named and not isinstance(step, Voted):
        return Backing(lacks=f"{named} is no vote on record")
    motion = step.motion if isinstance(step, Voted) else "motion"
    if goes_back(instrument) and motion != instrument:
        return Backing(
            lacks="the vote on the motion is about its letters, and this goes back to one of them"
        )
    day = day_of(at, zone_of(case))
    found = standing(case, law, on=day, motion=motion)
    votes = [v for v in found.votes if v.step.question == "motion" and v.carried]
    vote = next((v for v in reversed(votes) if named in (None, v.step.id)), None)
    if not found.adopted or vote is None:
        return Backing(lacks=f"no vote by {spell(day.isoformat())} authorised it")
    if late := _not_before(vote.step, at, case):
        return Backing(vote=vote, lacks=late)
    return _about(case, vote, tuple(requests))


def vote_told(
    case: Case, law: Law, requests: Iterable[str], *, on: date, style: Literal["us", "int"]
) -> str | None:
    """Return a sentence that cites the vote behind what is asked: its day, count and number.

    None where no vote by the day is known to have been on all of it.
    """
    found = standing(case, law, on=on)
    vote, asked = found.vote, tuple(requests)
    if vote is None or not found.adopted or not asked or case.requester is None:
        return None
    about = _about(case, vote, asked)
    if about.lacks or about.unread:
        return None
    body = with_article(case.requester.name)
    day = spell(day_of(vote.step.at, zone_of(case)).isoformat(), style=style)
    ayes, noes = len(vote.ayes), len(vote.noes)
    counts = f"{ayes} aye{'s' if ayes != 1 else ''}, {noes} no{'es' if noes != 1 else ''}"
    casting = f", casting vote {vote.casting}" if vote.casting else ""
    number = f"; it is recorded as {found.number}" if found.number else ""
    return (
        f"{body[:1].upper()}{body[1:]} voted on {day} on what this letter asks "
        f"({counts}{casting}){number}."
    )


def _not_before(vote: Voted, at: str, case: Case) -> str | None:
    """Why a vote cannot be said to have come before a moment; None where it did."""
    taken, then = instant(vote.at), instant(at)
    if taken.at and then.at:
        late = taken.at > then.at
        return f"the vote {vote.id} was taken later, at {vote.at}" if late else None
    if day_of(vote.at, zone_of(case)) < day_of(at, zone_of(case)):
        return None
    return (
        f"the vote {vote.id} is of the same day ({vote.at}, and this is of {at}), and which came "
        "first is not on record; give both with their times"
    )


def _about(case: Case, vote: Tally, requests: tuple[str, ...]) -> Backing:
    """Whether what is asked is what was voted on."""
    step = vote.step
    if step.version is None:
        return Backing(vote=vote, unread=True)
    then = dict(zip(step.requests, step.asked, strict=False))
    new = [r for r in requests if r not in step.requests]
    if new:
        return Backing(vote=vote, lacks=f"{_listed(new)} {_was(new)} not in what {step.id} adopted")
    changed = [
        r for r in requests if r in then and r in case.requests
        and then[r] != asked_digest(case, r)
    ]  # fmt: skip
    if changed:
        told = f"{_listed(changed)} {_was(changed)} changed since {step.id} adopted it"
        return Backing(vote=vote, lacks=told)
    return Backing(vote=vote)


def _was(ids: list[str]) -> str:
    return "was" if len(ids) == 1 else "were"


def _listed(ids: list[str]) -> str:
    return ids[0] if len(ids) == 1 else f"{', '.join(ids[:-1])} and {ids[-1]}"
