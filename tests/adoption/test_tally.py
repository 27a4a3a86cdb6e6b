"""Tally: quorum, majority, who counts and who does not; the result is derived."""

import datetime

import pytest

from gravamen.adoption import Tally, rules_of, tally
from gravamen.proceedings import Ballot, Member, Voted

from .building import FOUR_FIFTHS, LAW, MEMBERS, board, case, quorum, vote

DAY = datetime.date(2026, 5, 12)


def counted(step: Voted, **requester: object) -> Tally:
    made = case(requester=board(**requester))
    assert made.requester is not None
    return tally(step, rules_of(made, LAW), made.requester.members, DAY)


def by(kind: str, options: str, **more: object) -> Tally:
    return counted(vote(options), kind=kind, **{"subdivision": None, **more})


@pytest.mark.parametrize(
    ("options", "carried"),
    [("aaann", True), ("aannn", False), ("aaa..", True), ("aa-xx", False), ("aa..r", False)],
)
def test_a_board_of_california_takes_more_than_half_of_its_seats(
    options: str, carried: bool
) -> None:
    found = counted(vote(options))
    assert (found.needed, found.counted, found.carried) == (3, 5, carried)


def test_three_ayes_of_five_fail_where_four_fifths_are_needed() -> None:
    found = counted(vote("aaann"), majority=FOUR_FIFTHS)
    assert (found.needed, found.carried) == (4, False)
    assert found.why == (
        "3 ayes; needed 4: at least four fifths of all seats, 5 of them (Board rule 9)."
    )
    assert counted(vote("aaaan"), majority=FOUR_FIFTHS).carried is True


def test_abstentions_are_left_out_of_those_who_vote_and_count_against_those_who_take_part() -> None:
    assert by("us-county-board", "an---").carried is False
    assert (by("us-county-board", "aan--").needed, by("us-county-board", "aan--").carried) == (
        2, True,
    )  # fmt: skip
    assert (by("ngo-board", "aan--").needed, by("ngo-board", "aan--").carried) == (3, False)


def test_a_vote_by_less_than_a_quorum_carries_nothing() -> None:
    found = by("us-county-board", "aaxxx")
    assert (found.present, found.quorum_needed, found.quorum_met) == (2, 3, False)
    assert found.carried is False and "decides nothing" in found.why


def test_a_recused_member_counts_towards_a_quorum_only_where_the_rules_say_so() -> None:
    assert by("us-county-board", "aarxx").quorum_met is False
    assert by("ngo-board", "aarxx").quorum_met is True


def test_the_own_rule_of_a_body_comes_before_that_of_its_kind() -> None:
    assert counted(vote("aaaax"), quorum=quorum(number=5)).carried is False
    assert counted(vote("aaaxx"), quorum=quorum(share="3/5")).carried is True


def test_who_is_not_in_the_roll_call_is_not_recorded_and_not_absent() -> None:
    found = counted(vote("aaan."))
    assert (found.not_recorded, found.absent) == (("elm",), ())
    assert found.counts["not recorded"] == 1


def test_who_was_no_member_on_the_day_is_not_counted() -> None:
    gone = (*MEMBERS[:4], Member(id="elm", name="Elm", end="2026-05-01"))
    found = counted(vote("aanna"), members=gone)
    assert (found.strangers, found.ayes, found.seats) == (("elm",), ("ash", "birch"), 4)
    later = (*MEMBERS[:4], Member(id="elm", name="Elm", start="2026-05-12"))
    assert counted(vote("aanna"), members=later).strangers == ()


def test_two_answers_of_one_member_count_as_none_and_the_same_twice_as_one() -> None:
    step = vote("aan..")
    more = (Ballot(member="ash", option="no"), Ballot(member="birch", option="aye"))
    found = counted(Voted(id="v", at=step.at, ballots=(*step.ballots, *more)))
    assert found.doubled == ("ash", "birch")
    assert (found.ayes, found.noes) == (("birch",), ("cedar",))
    assert "ash" in found.not_recorded


def test_without_members_or_seats_nobody_can_say_whether_it_carried() -> None:
    found = counted(vote("aaaaa"), members=())
    assert (found.seats, found.carried) == (None, None)
    assert "number of seats" in found.why
    assert counted(vote("aaaaa", seats=5), members=()).carried is True
    assert counted(vote("aaaaa", seats=11), members=()).carried is False


def test_vacant_seats_count_where_they_are_given() -> None:
    assert counted(vote("aaann"), majority=FOUR_FIFTHS).needed == 4
    assert counted(vote("aaann", seats=7)).needed == 4


def council(*ballots: Ballot) -> Tally:
    step = vote("aa.nn")
    made = Voted(id="v", at=step.at, ballots=(*step.ballots, *ballots))
    return counted(made, kind="uk-council", subdivision="GB-ENG")


def test_a_casting_vote_decides_a_tie_where_the_rules_give_one() -> None:
    casting = Ballot(member="ash", option="aye", casting=True)
    assert council().carried is False
    found = council(casting)
    assert (found.carried, found.casting, found.doubled) == (True, "aye", ())
    assert council(casting, casting).carried is False
    board_of_us = Voted(id="v", at="2026-05-12", ballots=(*vote("aa.nn").ballots, casting))
    assert counted(board_of_us, subdivision=None).carried is False


def test_no_casting_vote_where_the_votes_are_not_equal() -> None:
    step = vote("annxx")
    casting = Ballot(member="ash", option="aye", casting=True)
    made = Voted(id="v", at=step.at, ballots=(*step.ballots, casting))
    found = counted(made, kind="uk-council", subdivision="GB-ENG")
    assert (found.casting, found.carried) == (None, False)


def test_nobody_voting_carries_nothing() -> None:
    assert by("us-county-board", "-----").carried is False
    at_least = FOUR_FIFTHS.__class__(
        basis="voting", share="1/2", more=False, text="half", cite="Rule", as_of="2026"
    )
    assert counted(vote("-----"), majority=at_least).carried is False
    assert counted(vote("aannx"), majority=at_least).carried is True


def test_a_quorum_is_a_quarter_of_a_council_in_the_united_kingdom() -> None:
    def council(options: str) -> Tally:
        return counted(vote(options), kind="uk-council", subdivision="GB-ENG")

    assert council("a.xxx").quorum_needed == 2
    assert council("a.xxx").carried is False
    assert council("aaxxx").carried is True
    assert by("uk-council", "aaaaa").carried is None


def test_one_name_in_several_forms_is_one_member_where_the_members_are_not_on_file() -> None:
    forms = tuple(Ballot(member=m, option="aye") for m in ("Ash Lee", "ash lee", "Ash  Lee "))
    found = counted(vote(ballots=forms, seats=5), members=())

    assert (found.ayes, found.doubled, found.carried) == (("Ash Lee",), ("Ash Lee",), False)
    both = (Ballot(member="Ash Lee", option="aye"), Ballot(member="ASH LEE", option="no"))
    assert counted(vote(ballots=both, seats=5), members=()).ayes == ()
