"""Checks of the vote: when it was taken, on which words, by which rule, what it stands behind."""

from collections.abc import Iterator
from datetime import timedelta
from zoneinfo import ZoneInfo

from gravamen.adoption import (
    Tally,
    backing,
    bounds,
    cited,
    day_of,
    goes_back,
    public,
    voted_on,
    zone_of,
)
from gravamen.checks.asked import Asked, joined
from gravamen.checks.flag import Found, check
from gravamen.dates import instant, spell
from gravamen.proceedings import Moved, Posted, RoundOpened

# A meeting that went on past midnight is still the one that was posted.
_LONGEST = timedelta(hours=16)


@check(
    "blocks",
    remedy="Correct the day and time of the step that is wrong, by its --id; where the meeting was "
    "another one, record the posting for that meeting.",
)
def vote_out_of_order(q: Asked) -> Iterator[Found]:
    """The vote was at another meeting than the item was posted for, before that meeting began, or
    before anybody moved it."""
    found, zone = q.adoption, zone_of(q.case)
    vote = found.vote
    if vote is None:
        return
    where, at = vote.step.id, vote.step.at
    if found.posted is not None and (other := _elsewhere(vote, found.posted.step, zone)):
        ruled = bool(found.rules.notices)
        yield Found(message=other, where=where, severity=None if ruled else "warning")
    moved = [
        s
        for s in q.case.steps.values()
        if isinstance(s, Moved) and s.motion == found.motion and q.stands(s.id)
    ]
    last = bounds(at, zone).last
    if moved and all(bounds(s.at, zone).first > last for s in moved):
        yield Found(
            message=f"The vote {where} is of {at}, and the motion was moved after it, at "
            f"{moved[0].at}.",
            where=where,
        )


@check(
    "warning",
    remedy="Have counsel compare the rule, or give the body's own with its cite (requester: "
    "quorum, majority); until then the motion prints the count alone.",
)
def vote_rule_unreviewed(q: Asked) -> Iterator[Found]:
    """Whether the vote carried rests on a rule that nobody compared with its text."""
    vote = q.adoption.vote
    if vote is None or vote.carried is None:
        return
    unsure = [cited(r) for r in (vote.quorum, vote.majority) if r is not None and r.needs_review]
    if unsure:
        outcome = "carried" if vote.carried else "did not carry"
        yield Found(
            message=f"That the motion {outcome} rests on {joined(list(dict.fromkeys(unsure)))}.",
            where=vote.step.id,
        )


@check(
    "blocks",
    of=("instruments",),
    remedy="Take the change back, or put the new text to the vote and record that vote (gravamen "
    "adopt vote, with an --id of its own).",
)
def text_changed_after_vote(q: Asked) -> Iterator[Found]:
    """The motion has other words than those that were voted on, or which they were nobody noted."""
    found = q.adoption
    vote = found.vote
    motion = next((i for i in q.instruments if i.id == found.motion), None)
    if motion is None or vote is None:
        return
    same = voted_on(motion, vote.step)
    if same is None:
        yield Found(
            message=f"Which text was voted on in {vote.step.id} is not on file.",
            where=vote.step.id,
            instrument=motion.id,
            severity="warning",
            hint="Compare the motion with the text that the body had before it.",
        )
    elif not same:
        yield Found(
            message=f"The words of the motion are not those that were voted on in {vote.step.id} "
            f"on {spell(vote.step.at[:10])}, so that it bears no record of that vote.",
            where=vote.step.id,
            instrument=motion.id,
        )


@check(
    "blocks",
    of=("dispatch",),
    remedy="Put it to the vote in a meeting first, and record that (gravamen adopt vote).",
)
def vote_missing(q: Asked) -> Iterator[Found]:
    """A letter in the name of a public body goes without a vote of the body behind it."""
    if not public(q.case.requester):
        return
    for d in q.dispatches:
        letter = next((i for i in q.instruments if i.id == d.instrument), None)
        if letter is None or letter.kind == "dossier" or goes_back(letter.id):
            continue
        said = {s.request for s in letter.sentences() if s.request}
        opened = q.case.signings.get(d.round or "")
        behind = backing(
            q.case,
            q.law,
            letter.id,
            requests=sorted(said | set(d.requests)),
            at=d.at,
            named=opened.authorised_by if isinstance(opened, RoundOpened) else None,
        )
        if behind.lacks:
            yield Found(
                message=f"{letter.id} speaks for {q.requester_name}: {behind.lacks}.",
                where=letter.id,
                instrument=letter.id,
            )


def _elsewhere(vote: Tally, posted: Posted, zone: ZoneInfo | None) -> str | None:
    """Why a vote was not at the meeting of a posting; None where it was or may have been."""
    taken, meeting = instant(vote.step.at), instant(posted.meeting.at)
    of = f"the {posted.meeting.kind} meeting of {posted.meeting.at}"
    if taken.at and meeting.at:
        if timedelta(0) <= taken.at - meeting.at < _LONGEST:
            return None
        if day_of(vote.step.at, zone) == day_of(posted.meeting.at, zone):
            return f"The vote {vote.step.id} was taken at {vote.step.at}, before {of} began."
    elif day_of(vote.step.at, zone) == day_of(posted.meeting.at, zone):
        return None
    day = spell(day_of(vote.step.at, zone).isoformat())
    return f"The vote {vote.step.id} is of {day}, and the item was posted for {of}."
