"""Tests of checks/votes.py: when the vote was taken, on which words, and what it stands behind."""

import datetime

import msgspec
import pytest
from adoption.building import FOUR_FIFTHS, board, moved, posted, quorum, seconded, vote

from gravamen.adoption import asked_digest, words_digest
from gravamen.case import Case
from gravamen.checks import Flag, check_dispatches
from gravamen.dates import Moment
from gravamen.proceedings import AdoptionStep, Dispatch, Meeting, RoundOpened

from .building import case, drawn, law, letter, raised, request, sentence

DAY = datetime.date(2026, 5, 14)
ASKED = request("r1")
MOTION = letter(
    sentence("Ask the Secretary to act.", "request", request="r1"), kind="motion", id="motion"
)
LETTER = letter(sentence("We ask you to act.", "request", request="r1"), office=None)
NOTED = {
    "version": words_digest(MOTION),
    "requests": ("r1",),
    "asked": (asked_digest(case(requests=(ASKED,)), "r1"),),
}


def of(*steps: AdoptionStep, requests=(ASKED,), **requester: object) -> Case:
    made = case(requests=requests, requester=board(**requester))
    return msgspec.structs.replace(made, steps={s.id: s for s in steps})


def flags(id: str, *steps: AdoptionStep, **requester: object) -> list[Flag]:
    return raised(id, of(*steps, **requester), on=DAY)


def test_a_vote_at_another_meeting_than_the_posted_one_blocks_where_notice_is_asked() -> None:
    late = vote(at="2026-05-13T10:40-07:00")
    [flag] = flags("vote-out-of-order", posted(), late)
    assert flag.blocks and flag.where == "v1"
    assert flag.message == (
        "The vote v1 is of 13 May 2026, and the item was posted for the regular meeting of "
        "2026-05-12T10:00-07:00."
    )
    [elsewhere] = flags("vote-out-of-order", posted(), late, subdivision="US-OR")
    assert elsewhere.severity == "warning"
    assert flags("vote-out-of-order", posted(), moved(), vote()) == []


def test_a_meeting_that_went_on_past_midnight_is_the_one_that_was_posted() -> None:
    evening = posted(meeting=Meeting(at="2026-05-12T19:00-07:00"))
    assert flags("vote-out-of-order", evening, vote(at="2026-05-13T00:20-07:00")) == []


def test_a_vote_before_the_meeting_began_blocks() -> None:
    [flag] = flags("vote-out-of-order", posted(), vote(at="2026-05-12T08:00-07:00"))
    assert flag.blocks and "before the regular meeting of 2026-05-12T10:00-07:00" in flag.message


def test_a_vote_before_anybody_moved_it_blocks() -> None:
    early = vote(at="2026-05-12T10:19-07:00")
    [flag] = flags("vote-out-of-order", posted(), moved(), seconded(), early)
    assert flag.blocks and "was moved after it" in flag.message
    assert flags("vote-out-of-order", posted(), moved(at="2026-05-12"), early) == []


def test_an_emergency_meeting_is_no_way_round_the_notice() -> None:
    hasty = posted(
        "2026-05-12T09:30-07:00", meeting=Meeting(at="2026-05-12T10:00-07:00", kind="emergency")
    )
    [flag] = flags("agenda-notice-short", hasty, vote())
    assert flag.blocks and "No rule on file for the notice of an emergency meeting" in flag.message
    assert "72 hours" in flag.message
    assert flags("agenda-notice-short", hasty, vote(), subdivision="US-OR") == []


def test_no_posting_at_all_is_as_grave_as_one_that_is_short() -> None:
    [flag] = flags("posting-unproven", vote())
    assert flag.blocks
    [unproven] = flags("posting-unproven", posted(evidence=()), vote())
    assert unproven.severity == "warning"


def test_a_vote_that_rests_on_a_rule_nobody_compared_is_told() -> None:
    [flag] = flags("vote-rule-unreviewed", vote())
    assert flag.severity == "warning"
    assert "rests on Cal. Gov. Code 25005 (memory; needs review)" in flag.message
    own = {"majority": FOUR_FIFTHS, "quorum": quorum(share="1/2", more=True)}
    assert flags("vote-rule-unreviewed", vote(), **own) == []


def test_a_motion_with_other_words_than_were_voted_on_blocks() -> None:
    def found(**noted: object) -> list[Flag]:
        return drawn("text-changed-after-vote", of(vote(**noted)), MOTION, on=DAY)

    assert found(**NOTED) == []
    [flag] = found(**NOTED | {"version": "0" * 64})
    assert flag.blocks and flag.instrument == "motion"
    [unknown] = found()
    assert unknown.severity == "warning"
    assert unknown.message == "Which text was voted on in v1 is not on file."


def going(*steps: AdoptionStep, at: str = "2026-05-14", of_case: Case | None = None, id="letter",
          **requester: object) -> list[str]:  # fmt: skip
    wrote = msgspec.structs.replace(LETTER, id=id)
    sent = Dispatch(id="d1", at=Moment(at), instrument=id, channel="post", address="Room 1",
                    requests=("r1",))  # fmt: skip
    asked = of_case or of(*steps, **requester)
    found = check_dispatches(asked, law(), (sent,), (wrote,), on=DAY)
    return [f.message for f in found if f.id == "vote-missing" and f.blocks]


def test_a_letter_of_a_public_body_does_not_go_without_a_vote() -> None:
    [told] = going()
    assert "speaks for the Ostra County Board" in told
    assert "no vote by 14 May 2026" in told
    assert going(vote(**NOTED)) == []
    assert going(vote("aannn", **NOTED)) != []
    assert going(kind="ngo") == []
    assert going(kind="unknown") != []


def test_a_letter_does_not_go_before_the_vote_nor_with_what_was_not_voted_on() -> None:
    [early] = going(vote(**NOTED), at="2026-05-12T09:00-07:00")
    assert "was taken later" in early or "no vote by" in early
    [new] = going(vote(**NOTED | {"requests": ("r2",)}))
    assert "r1 was not in what v1 adopted" in new


def test_a_reminder_that_the_clerk_sends_goes_without_a_vote_of_its_own() -> None:
    assert going(id="follow-up-dispatch.x-1") == []


@pytest.mark.parametrize("named", ["v9", "m1"])
def test_a_round_that_names_what_is_no_vote_lets_nothing_go(named: str) -> None:
    opened = RoundOpened(
        id="round", at="2026-05-13", instrument="letter", manifest="a" * 64, file="b" * 64,
        on="2026-05-13", signatories=(), authorised_by=named,
    )  # fmt: skip
    asked = msgspec.structs.replace(of(moved(), vote(**NOTED)), signings={"round": opened})
    sent = Dispatch(id="d1", at=Moment("2026-05-14"), instrument="letter", channel="post",
                    address="Room 1", round="round")  # fmt: skip
    found = check_dispatches(asked, law(), (sent,), (LETTER,), on=DAY)
    assert [f.message for f in found if f.id == "vote-missing"]
