"""Rules: those of a place come before those of everywhere; all bodies have some."""

import pytest

from gravamen.adoption import cited, rules_of, threshold
from gravamen.adoption.rules import part
from gravamen.values import GravamenError

from .building import FOUR_FIFTHS, LAW, board, case


def test_the_rules_of_california_hold_in_california_alone() -> None:
    here = rules_of(case(), LAW)
    assert [n.id for n in here.notices] == [
        "us-county-board.brown",
        "us-county-board.brown.special",
    ]
    assert here.majority is not None and here.majority.basis == "seats"
    there = rules_of(case(requester=board(subdivision="US-OR")), LAW)
    assert (there.notices, len(there.elsewhere)) == ((), 2)
    assert there.majority is not None and there.majority.basis == "voting"


@pytest.mark.parametrize(
    "kind",
    ["us-county-board", "us-city-council", "ngo-board", "parliament-committee",
     "us-state-legislature", "foreign-parliament", "unknown"],
)  # fmt: skip
def test_every_body_that_votes_has_a_quorum_and_a_majority(kind: str) -> None:
    found = rules_of(case(requester=board(kind=kind, subdivision=None)), LAW)
    assert found.quorum is not None and found.majority is not None


@pytest.mark.parametrize("place", ["GB-SCT", "GB-NIR", None])
def test_the_law_of_england_and_wales_decides_for_no_council_elsewhere(place: str | None) -> None:
    found = rules_of(case(requester=board(kind="uk-council", subdivision=place)), LAW)
    assert found.quorum is found.majority is None
    for here in ("GB-ENG", "GB-WLS"):
        there = rules_of(case(requester=board(kind="uk-council", subdivision=here)), LAW)
        assert there.quorum is not None and there.majority is not None


@pytest.mark.parametrize("kind", ["us-county-board", "us-city-council", "ngo-board"])
def test_small_boards_need_no_seconder_by_the_same_rule(kind: str) -> None:
    found = rules_of(case(requester=board(kind=kind)), LAW)
    assert found.seconding is not None and not found.seconding.needed


def test_what_nobody_checked_says_so() -> None:
    body = LAW.body("us-county-board")
    assert cited(body.majority[0]) == "Cal. Gov. Code 25005 (memory; needs review)"
    assert cited(body.notices[0]) == "Cal. Gov. Code 54954.2"
    assert threshold(FOUR_FIFTHS) == "at least four fifths of all seats"


@pytest.mark.parametrize("share", ["5/4", "0/5", "half", "1/0", "1:2", ""])
def test_a_share_that_is_none_is_refused(share: str) -> None:
    with pytest.raises(GravamenError, match="is no share"):
        part(share)
