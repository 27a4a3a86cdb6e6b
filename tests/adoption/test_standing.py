"""Standing: the life of a motion follows from its steps, their moments and the day."""

import datetime
import random

import pytest

from gravamen.adoption import Adoption, standing
from gravamen.case import Judgement
from gravamen.proceedings import (
    AdoptionStep,
    Amended,
    Change,
    Dispatch,
    Minuted,
    SetAside,
)
from gravamen.values import canonical

from .building import FOUR_FIFTHS, LAW, ON, board, case, moved, posted, seconded, vote

CHANGE = Change(sentence="s1", was="a", now="b")


def amended(**fields: object) -> Amended:
    known = {"id": "a1", "at": "2026-05-12T10:25-07:00", "by": "Supervisor Elm",
             "changes": (CHANGE,)}  # fmt: skip
    return Amended(**{**known, **fields})  # type: ignore[arg-type]


def aside(how: str = "tabled", **fields: object) -> SetAside:
    known = {"id": "t1", "at": "2026-05-12T10:35-07:00", "how": how}
    return SetAside(**{**known, **fields})  # type: ignore[arg-type]


RECORDED = Minuted(id="r1", at="2026-05-13", number="R-7")
LIFE: tuple[AdoptionStep, ...] = (
    posted(),
    moved(),
    seconded(),
    amended(),
    vote("aaaan", "v0", "2026-05-12T10:30-07:00", question="a1"),
    vote("aaaan"),
    RECORDED,
)


def stood(*steps: AdoptionStep, on: datetime.date = ON, **more: object) -> Adoption:
    return standing(case(*steps, **more), LAW, on=on)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("number", "state"),
    [
        *enumerate(
            ("drafted", "posted", "moved", "seconded", "seconded", "amended", "carried", "recorded")
        )
    ],
)
def test_each_step_leads_to_the_next_state(number: int, state: str) -> None:
    assert stood(*LIFE[:number]).state == state


def test_a_day_before_shows_what_was_true_then() -> None:
    days = {
        "2026-05-08": "drafted", "2026-05-09": "posted", "2026-05-12": "carried",
        "2026-05-13": "recorded",
    }  # fmt: skip
    assert {d: stood(*LIFE, on=datetime.date.fromisoformat(d)).state for d in days} == days


def test_the_order_in_which_steps_are_noted_changes_nothing() -> None:
    told = canonical(stood(*LIFE))
    for seed in range(20):
        shuffled = list(LIFE)
        random.Random(seed).shuffle(shuffled)
        assert canonical(stood(*shuffled)) == told


def test_steps_of_one_day_without_times_stand_in_the_order_of_a_life() -> None:
    day = "2026-05-12"
    steps = (
        RECORDED.__class__(id="r", at=day), vote("aaaan", at=day), seconded(at=day), moved(at=day),
    )  # fmt: skip
    found = stood(*steps)
    assert [e.id for e in found.life] == ["m1", "x1", "v1", "r"]
    assert found.state == "recorded"


def test_the_day_of_a_step_is_that_of_the_place_where_the_body_sits() -> None:
    late = vote("aaaan", at="2026-05-13T05:00Z")  # ten in the evening of the twelfth
    assert stood(late, on=datetime.date(2026, 5, 12)).state == "carried"
    assert stood(late, on=datetime.date(2026, 5, 12), requester=board(zone=None)).state == "drafted"


def test_a_motion_that_got_too_few_ayes_has_failed() -> None:
    assert stood(*LIFE[:5], vote("aannn")).state == "failed"
    assert stood(vote("aaann"), requester=board(majority=FOUR_FIFTHS)).state == "failed"


def test_what_cannot_be_decided_moves_nothing_and_says_why() -> None:
    found = stood(moved(), vote("aaaaa"), requester=board(members=()))
    assert found.state == "moved" and any("number of seats" in n for n in found.notes)


def test_the_last_vote_on_the_motion_counts() -> None:
    again = vote("aannn", "v2", "2026-05-12T11:00-07:00")
    assert stood(vote("aaaan"), again).state == "failed"


@pytest.mark.parametrize("how", ["withdrawn", "tabled", "referred"])
def test_what_was_set_aside_says_how_and_begins_anew_with_a_posting(how: str) -> None:
    found = stood(*LIFE[:3], aside(how, to="the rules committee"))
    assert found.state == how and found.set_aside is not None
    back = posted("2026-05-13T10:00-07:00", id="p2")
    assert stood(*LIFE[:3], aside(how), back).state == "posted"


def test_a_motion_that_carried_is_not_set_aside_after() -> None:
    found = stood(vote("aaaan"), aside(at="2026-05-12T11:00-07:00"))
    assert found.state == "carried" and found.set_aside is None
    assert any("t1 would set aside" in n for n in found.notes)


@pytest.mark.parametrize(
    ("ballots", "accepted", "state", "holds"),
    [("aaaan", False, "carried", True), ("aannn", False, "failed", False),
     (None, False, "pending", False), (None, True, "accepted", True),
     ("aannn", True, "failed", False)],
)  # fmt: skip
def test_an_amendment_holds_once_it_carried_or_was_accepted(
    ballots: str | None, accepted: bool, state: str, holds: bool
) -> None:
    votes = [vote(ballots, "v0", "2026-05-12T10:30-07:00", question="a1")] if ballots else []
    [found] = stood(amended(accepted=accepted), *votes, vote("aaaan")).amendments
    assert (found.state, found.holds) == (state, holds)


def test_an_amendment_after_the_vote_is_no_part_of_the_motion() -> None:
    late = vote("aaaan", "v0", "2026-05-12T11:00-07:00", question="a1")
    found = stood(amended(), vote("aaaan"), late)
    assert [a.holds for a in found.amendments] == [False]
    assert any("came after the vote" in n for n in found.notes)
    again = vote("aaaan", "v2", "2026-05-12T11:10-07:00")
    assert [a.holds for a in stood(amended(), vote("aaaan"), late, again).amendments] == [True]


def test_an_accepted_amendment_on_which_a_vote_did_not_decide_is_pending() -> None:
    undecided = vote("aaaaa", "v0", "2026-05-12T10:30-07:00", question="a1")
    found = stood(amended(accepted=True), undecided, requester=board(members=()))
    assert [(a.state, a.holds) for a in found.amendments] == [("pending", False)]


def test_a_vote_on_no_known_amendment_is_said() -> None:
    found = stood(vote("aaaan", question="a9"))
    assert found.state == "drafted" and found.vote is None
    assert any("'a9', which is no amendment" in n for n in found.notes)


def test_movers_and_seconders_who_are_missing_or_the_same_are_said() -> None:
    assert any("No mover" in n for n in stood(vote("aaaan")).notes)
    council = board(kind="uk-council", subdivision="GB-ENG")
    own = seconded(by="Supervisor Ash")
    alone = stood(moved(), own, vote("aaaan"), requester=council).notes
    assert any("Nobody but who moved it seconded" in n for n in alone)
    two = stood(moved(), seconded(), vote("aaaan"), requester=council)
    assert not any("seconded" in n for n in two.notes)
    for kind in ("us-county-board", "us-city-council", "ngo-board"):
        small = stood(moved(), vote("aaaan"), requester=board(kind=kind))
        assert not any("seconded" in n for n in small.notes)


def test_who_moves_and_is_no_member_is_named() -> None:
    assert stood(moved(by="Mr Nobody"), seconded()).strangers == ("Mr Nobody",)


def test_a_letter_that_went_out_after_the_vote_transmits_it() -> None:
    sent = Dispatch(
        id="d1", at="2026-05-14T09:00-07:00", instrument="letter-us.president", channel="post",
        address="x",
    )  # fmt: skip
    early = Dispatch(
        id="d0", at="2026-05-01", instrument="letter-us.president", channel="post", address="x"
    )
    assert stood(*LIFE, dispatches={"d1": sent}).state == "transmitted"
    assert stood(*LIFE, dispatches={"d0": early}).state == "recorded"
    assert stood(*LIFE[:4], dispatches={"d1": sent}).state == "seconded"
    before = stood(*LIFE, dispatches={"d1": sent}, on=datetime.date(2026, 5, 13))
    assert before.state == "recorded"


def test_what_a_person_rejected_did_not_happen() -> None:
    judged = (Judgement(target="v1", verdict="rejected"),)
    assert stood(*LIFE, judgements=judged).state == "amended"


def test_steps_of_another_motion_are_left_alone() -> None:
    assert stood(vote("aaaan", motion="motion-2")).state == "drafted"


def test_a_body_of_an_unknown_kind_has_the_rules_of_any() -> None:
    found = stood(vote("aaaan"), requester=board(kind="moot", subdivision=None))
    assert (found.state, found.rules.kind) == ("carried", "unknown")
