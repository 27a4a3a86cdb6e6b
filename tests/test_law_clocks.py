"""Tests for clocks: who starts the time that a law sets, and who only says so."""

import pytest

from gravamen.law.authority import Clock
from gravamen.law.clocks import Capacity, ClockStart, Signer, starts

CITE = {"cite": "Test Code § 2", "as_of": "2024-01-01"}
JOINT = Clock(
    id="clk.joint",
    authority="eo",
    start="receipt of the letter",
    starters=("us.senate.first", "us.house.first"),
    joint=True,
    days=120,
    **CITE,
)
SINGLE = Clock(id="clk.single", start="receipt", starters=("us.house.first",), days=30, **CITE)
YEARLY = Clock(id="clk.yearly", start="10 December", counted="yearly", **CITE)


def signed(*pairs: tuple[str, Capacity]) -> tuple[Signer, ...]:
    return tuple(Signer(office=office, capacity=capacity) for office, capacity in pairs)


CHAIR: Capacity = "chairperson"
RANKING: Capacity = "ranking-member"


def test_chair_and_ranking_member_of_one_committee_start_a_joint_clock() -> None:
    both = signed(("us.senate.first", CHAIR), ("us.senate.first", RANKING))
    assert starts(JOINT, both) == ClockStart(
        yes=True,
        why="The chairperson and the ranking member of us.senate.first sign jointly, which starts "
        "clk.joint.",
    )


@pytest.mark.parametrize(
    ("signers", "why"),
    [
        (
            signed(("us.senate.first", CHAIR), ("us.house.first", RANKING)),
            (
                "The chairperson is of us.senate.first and the ranking member of us.house.first: "
                "clk.joint takes both of one committee."
            ),
        ),
        (
            signed(("us.senate.first", CHAIR)),
            "The ranking member of us.senate.first did not sign, and clk.joint takes both jointly.",
        ),
        (
            signed(("us.senate.first", RANKING), ("us.senate.first", "member")),
            "The chairperson of us.senate.first did not sign, and clk.joint takes both jointly.",
        ),
        (
            signed(("us.senate.first", "member"), ("us.senate.first", "whole")),
            (
                "The chairperson and ranking member of us.senate.first did not sign, and clk.joint "
                "takes both jointly."
            ),
        ),
        (
            signed(("county.board", "whole")),
            (
                "county.board cannot start clk.joint; it takes the chairperson and the ranking "
                "member, jointly, of us.senate.first or us.house.first."
            ),
        ),
        (
            (),
            (
                "Nobody signs; clk.joint takes the chairperson and the ranking member, jointly, of "
                "us.senate.first or us.house.first."
            ),
        ),
    ],
)
def test_nobody_else_starts_it_and_the_reason_is_said(
    signers: tuple[Signer, ...], why: str
) -> None:
    assert starts(JOINT, signers) == ClockStart(yes=False, why=why)


def test_one_person_is_not_chairperson_and_ranking_member_at_once() -> None:
    def named(chair: str | None, ranking: str | None) -> ClockStart:
        return starts(
            JOINT,
            (
                Signer(office="us.senate.first", capacity=CHAIR, name=chair),
                Signer(office="us.senate.first", capacity=RANKING, name=ranking),
            ),
        )

    assert named("Ada Q", "ada  q") == ClockStart(
        yes=False,
        why="One person is named as chairperson and as ranking member of us.senate.first, and "
        "clk.joint takes both.",
    )
    for pair in (("Ada Q", "Ben R"), ("Ada Q", None), (None, None)):
        assert named(*pair)


def test_for_corruption_a_committee_of_each_house_is_needed() -> None:
    senate = signed(("us.senate.first", CHAIR), ("us.senate.first", RANKING))
    house = signed(("us.house.first", CHAIR), ("us.house.first", RANKING))
    assert starts(JOINT, senate, corruption=True) == ClockStart(
        yes=False,
        why="Only the chairperson and the ranking member of us.senate.first sign jointly, and for "
        "corruption clk.joint takes one committee of the Senate and one of the House.",
    )
    assert starts(JOINT, senate + house, corruption=True)


def test_a_single_clock_takes_the_committee_itself() -> None:
    assert starts(SINGLE, signed(("us.house.first", "whole")))
    assert starts(SINGLE, signed(("us.house.first", CHAIR))).why == (
        "Members of us.house.first sign, but clk.single takes a request of the committee or House "
        "itself."
    )


def test_what_runs_by_itself_is_started_by_nobody() -> None:
    assert starts(YEARLY, signed(("us.house.first", "whole"))).why == (
        "No request starts clk.yearly: it runs from 10 December."
    )
