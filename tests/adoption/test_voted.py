"""Voted: a vote remembers the words it was on, and stands behind those and no others."""

from datetime import date
from pathlib import Path

import msgspec
import pytest

from gravamen.adoption import backing
from gravamen.case import Case
from gravamen.casefile import compile_case
from gravamen.instruments.package import Package, prepare, put_to_vote
from gravamen.instruments.vote_record import HEADING
from gravamen.proceedings import Ballot, Minuted, Voted
from gravamen.sentences import Instrument

from .building import LAW

COUNTY = Path(__file__).parents[2] / "cases" / "alder-county" / "case.yaml"
LATER = date(2024, 3, 14)
VOTE = Voted(
    id="v1",
    at="2024-03-12T10:40-07:00",
    ballots=tuple(Ballot(member=m, option="aye") for m in ("odell", "rye", "okonjo")),
    seats=5,
)


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Case:
    folder = tmp_path_factory.mktemp("county")
    return compile_case(COUNTY, folder / "case", actor="person:Ada Clerk").casefile.case()


def voted(case: Case, *more: Voted | Minuted) -> Case:
    steps = [put_to_vote(case, LAW, VOTE), *more]
    return msgspec.structs.replace(case, steps={s.id: s for s in steps})


def with_more(case: Case) -> Case:
    """The case with one more request, of the President."""
    known = next(r for r in case.requests.values() if r.measure == "sanctions")
    more = msgspec.structs.replace(known, id="r.president", addressees=("us.president",))
    return msgspec.structs.replace(case, requests={**case.requests, more.id: more})


def motion(package: Package) -> Instrument:
    return next(i for i in package.instruments if i.kind == "motion")


def bears_vote(package: Package) -> bool:
    return HEADING in [s.heading for s in motion(package).sections]


def test_the_adopted_motion_bears_its_vote_and_the_day_of_it(county: Case) -> None:
    package = prepare(voted(county), LAW, on=LATER)
    assert bears_vote(package)
    assert motion(package).on == "2024-03-12"
    assert {i.on for i in package.instruments if i.kind == "letter"} == {"2024-03-14"}
    assert "text-changed-after-vote" not in {f.id for f in package.flags}


def test_a_motion_that_asks_more_than_was_voted_on_bears_no_vote(county: Case) -> None:
    package = prepare(with_more(voted(county)), LAW, on=LATER)
    assert not bears_vote(package)
    [flag] = [f for f in package.flags if f.id == "text-changed-after-vote"]
    assert flag.blocks and motion(package).draft


def test_the_vote_knows_which_requests_it_was_on(county: Case) -> None:
    case = with_more(voted(county))
    vote = case.steps["v1"]
    assert isinstance(vote, Voted)
    assert vote.requests and len(vote.requests) == len(vote.asked)
    at = "2024-03-14T09:00-07:00"
    for id in vote.requests:
        assert backing(case, LAW, "letter-x", requests=(id,), at=at).lacks is None
    lacks = backing(case, LAW, "letter-us.president", requests=("r.president",), at=at).lacks
    assert lacks == "r.president was not in what v1 adopted"


def test_a_corrected_roll_call_stays_a_vote_on_the_words_it_was_on(county: Case) -> None:
    case = with_more(voted(county))
    corrected = put_to_vote(case, LAW, msgspec.structs.replace(VOTE, seats=4))
    assert corrected.version == case.steps["v1"].version  # type: ignore[union-attr]  # a Voted
    anew = put_to_vote(case, LAW, msgspec.structs.replace(VOTE, id="v2"))
    assert anew.version != corrected.version
    assert "r.president" in anew.requests


def test_letters_cite_the_vote_behind_them_and_no_other(county: Case) -> None:
    def openings(case: Case) -> dict[str, str]:
        letters = [i for i in prepare(case, LAW, on=LATER).instruments if i.kind == "letter"]
        return {i.id: i.sentences()[0].text for i in letters}

    case = voted(county, Minuted(id="r1", at="2024-03-13", number="Resolution 2024-11"))
    told = (
        "The Board of Supervisors of Alder County voted on March 12, 2024 on what this letter asks "
        "(3 ayes, 0 noes); it is recorded as Resolution 2024-11."
    )
    assert all(told in words for words in openings(case).values())
    more = openings(with_more(case))
    assert told not in more.pop("letter-us.president")
    assert more and all(told in words for words in more.values())
    assert all("voted" not in words for words in openings(county).values())


def test_a_record_from_before_says_that_the_text_is_not_on_file(county: Case) -> None:
    package = prepare(msgspec.structs.replace(county, steps={"v1": VOTE}), LAW, on=LATER)
    assert bears_vote(package)
    said = [s.text for s in motion(package).sentences()]
    assert "Which text was voted on is not on file." in said
    [flag] = [f for f in package.flags if f.id == "text-changed-after-vote"]
    assert flag.severity == "warning"
