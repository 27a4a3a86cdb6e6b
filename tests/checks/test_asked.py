"""Tests of checks/asked.py: who asks, against whom, under which law, in which sentence."""

import pytest

from gravamen.checks import Asked
from gravamen.claims import Claim
from gravamen.sources.source import locate

from .building import ON, TARN, Edtf, act, case, claim, law, request, text


def _asked(of) -> Asked:
    return Asked(case=of, law=law(), on=ON)


@pytest.mark.parametrize(
    ("speaker", "own"),
    [
        ("The motion", True),
        ("the text itself", True),
        ("This Board", True),
        ("the Board of Supervisors of Ostra County", True),
        ("p.board", True),
        ("the Board of Health", False),
        ("the Observatory", False),
        ("a former guard", False),
    ],
)
def test_the_body_that_asks_is_known_by_all_its_names(speaker: str, own: bool) -> None:
    assert _asked(case()).is_requester(speaker) is own


@pytest.mark.parametrize("words", ["Tarn", "the Government of Tarn", "TARN", "the state of Tarn"])
def test_a_target_in_words_is_the_party_of_that_name(words: str) -> None:
    assert _asked(case()).target(request(target_words=words)) == TARN


def test_words_that_only_hold_a_name_are_nobody() -> None:
    assert _asked(case()).target(request(target_words="officials of Tarn")) is None


def test_laws_are_read_from_the_words_of_a_request() -> None:
    asked = request(authority_words="Section 502B and the Tarn Assistance Act")
    found = _asked(case(requests=(asked,))).laws(asked)
    assert [a.id for a in found] == ["us.faa.502B", "xt.aid"]


def test_a_power_over_another_state_is_no_candidate() -> None:
    tarn = request("r1", measure="suspend-assistance", target="p.tarn")
    other = request("r2", measure="suspend-assistance", target_words="Veldia")
    asked = _asked(case(requests=(tarn, other)))
    assert "xt.aid" in [a.id for a in asked.candidates(tarn)]
    assert "xt.aid" not in [a.id for a in asked.candidates(other)]
    assert "us.leahy.state" not in [a.id for a in asked.candidates(tarn)]


def test_a_passage_is_told_its_sentence() -> None:
    words = "One is here. Two is there. Three is gone."
    asked = _asked(case(motion=words))
    places = [locate("s.motion", text(words), w) for w in ("One", "there.", "Three")]
    assert [asked.motion_sentence(p) for p in places] == [0, 1, 2]
    assert asked.motion_sentence(locate("s.other", text(words), "One")) is None


def test_corroboration_is_over_the_claims_that_stand_on_sources() -> None:
    report = "Guards beat detainees."
    there: Claim = claim("c1", "a1", report, report)
    lost = claim("c2", "a1", report, report, at="s.lost")
    back = claim("c3", "a1", report, report, withdrawn="retracted")
    kept = case(
        sources={"s.report": report},
        allegations=(act(date=Edtf("2023")),),
        claims=(there, lost, back),
    )
    assert _asked(kept).affirming(kept.allegations["a1"]) == (there,)
