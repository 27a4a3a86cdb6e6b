"""Tests of checks/sources.py: sources, their origins, what speaks against."""

import msgspec

from gravamen.case import Judgement
from gravamen.sources.source import Notice

from .building import act, case, claim, raised

REPORT = "The Observatory says that guards beat detainees. Nobody was charged."
WIRE = "Guards beat detainees, the Observatory says."
QUOTE = "guards beat detainees"


def test_an_allegation_that_nobody_makes_has_no_source() -> None:
    (flag,) = raised("no-source", case(allegations=(act(),)))
    assert flag.message == "No claim bears on allegation a1: guards beat detainees."
    told = case(
        sources={"s.report": REPORT},
        allegations=(act(),),
        claims=(claim("c1", "a1", REPORT, QUOTE),),
    )
    assert raised("no-source", told) == []


def test_a_claim_on_a_source_that_is_not_there_has_none() -> None:
    lost = case(allegations=(act(),), claims=(claim("c1", "a1", REPORT, QUOTE),))
    assert [f.where for f in raised("no-source", lost)] == ["c1"]


def test_a_rejected_claim_bears_nothing() -> None:
    told = case(
        sources={"s.report": REPORT},
        allegations=(act(),),
        claims=(claim("c1", "a1", REPORT, QUOTE),),
    )
    rejected = msgspec.structs.replace(
        told, judgements=(Judgement(target="c1", verdict="rejected"),)
    )
    assert [f.where for f in raised("no-source", rejected)] == ["a1"]


def test_what_only_the_board_says_is_said_to_be_so() -> None:
    own = case(
        motion=REPORT,
        allegations=(act(),),
        claims=(claim("c1", "a1", REPORT, QUOTE, at="s.motion", speaker="The motion"),),
    )
    (flag,) = raised("requester-is-only-source", own)
    assert flag.message == (
        "Only the Board of Supervisors of Ostra County says this: guards beat detainees."
    )


def test_what_the_board_says_that_another_said_still_rests_on_the_board() -> None:
    relayed = case(
        motion=REPORT,
        allegations=(act(),),
        claims=(claim("c1", "a1", REPORT, QUOTE, at="s.motion", speaker="the Observatory"),),
    )
    (flag,) = raised("requester-is-only-source", relayed)
    assert flag.hint.startswith("Capture where the Observatory said it")


def test_a_second_voice_is_enough_not_to_be_alone() -> None:
    both = case(
        motion=REPORT,
        sources={"s.wire": WIRE},
        allegations=(act(),),
        claims=(
            claim("c1", "a1", REPORT, QUOTE, at="s.motion", speaker="The motion"),
            claim("c2", "a1", WIRE, "Guards beat detainees", at="s.wire"),
        ),
    )
    assert raised("requester-is-only-source", both) == []


def _two(origin_of_wire: str, *, key: bool = True):
    return case(
        sources={"s.report": REPORT, "s.wire": WIRE},
        origins={"s.report": "o.observatory", "s.wire": origin_of_wire},
        allegations=(act(key=key),),
        claims=(
            claim("c1", "a1", REPORT, QUOTE),
            claim("c2", "a1", WIRE, "Guards beat detainees", at="s.wire"),
        ),
    )


def test_two_sources_of_one_origin_are_one() -> None:
    (flag,) = raised("single-origin", _two("o.observatory"))
    assert "2 sources (s.report and s.wire) go back to one origin (o.observatory)" in flag.message
    assert raised("single-origin", _two("o.wire")) == []


def test_a_key_fact_wants_two_origins() -> None:
    (flag,) = raised("key-fact-below-two-origins", _two("o.observatory"))
    assert flag.message.startswith("A key fact has 1 independent origin,")
    assert raised("key-fact-below-two-origins", _two("o.wire")) == []
    assert raised("key-fact-below-two-origins", _two("o.observatory", key=False)) == []


def test_an_accusation_without_any_contrary_word_is_noted() -> None:
    assert len(raised("adverse-section-empty", _two("o.wire"))) == 1
    denied = claim("c3", "a1", REPORT, "Nobody was charged.", stance="denies")
    kept = case(sources={"s.report": REPORT}, allegations=(act(),), claims=(denied,))
    assert raised("adverse-section-empty", kept) == []
    assert raised("adverse-section-empty", case()) == []


def test_what_was_odd_at_capture_is_repeated() -> None:
    kept = case(sources={"s.report": REPORT})
    odd = msgspec.structs.replace(
        kept.sources["s.report"], notices=(Notice(id="nul", message="It holds a NUL."),)
    )
    (flag,) = raised("source-notices", msgspec.structs.replace(kept, sources={"s.report": odd}))
    assert flag.message == "s.report (s.report.txt): It holds a NUL."
    assert raised("source-notices", kept) == []
