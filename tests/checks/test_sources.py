"""Tests of checks/sources.py: sources, their origins, what speaks against."""

import msgspec
import pytest

from gravamen.case import Erasure, Judgement
from gravamen.sources.source import Notice
from gravamen.submission import Search

from .building import (
    COLONEL,
    TARN,
    UNIT,
    Edtf,
    Role,
    act,
    bound,
    case,
    claim,
    dossier,
    drawn,
    letter,
    raised,
    request,
    sentence,
)

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


def test_a_claim_whose_source_was_erased_may_not_stand() -> None:
    kept = case(
        sources={"s.report": REPORT},
        allegations=(act(),),
        claims=(claim("c1", "a1", REPORT, QUOTE),),
    )
    assert raised("source-erased", kept) == []
    gone = msgspec.structs.replace(kept, texts={})
    (flag,) = raised("source-erased", gone)
    assert flag.message == "Claim c1 rests on s.report, whose words were erased."
    assert flag.hint.startswith("Reject c1, or erase it as well")
    assert flag.blocks
    erasure = Erasure(target="s.report", by="person:Ada", on="2024-03-01", reason="asked for")
    named = msgspec.structs.replace(kept, erasures=(erasure,))
    assert [f.where for f in raised("source-erased", named)] == ["c1"]
    rejected = Judgement(target="c1", verdict="rejected")
    assert raised("source-erased", msgspec.structs.replace(gone, judgements=(rejected,))) == []


FACTS = ("birth", "sex", "nationality", "post:p.zand/1")
ASKED = (request(target="p.zand"),)


def _proven(*serves: str, requests=ASKED, party=COLONEL, **fields):
    proof = claim("c1", "p.zand", REPORT, QUOTE, serves=serves, **fields)
    return case(
        sources={"s.report": REPORT},
        parties=(TARN, UNIT, party),
        claims=(proof,),
        requests=requests,
    )


def test_what_tells_one_person_from_another_wants_a_claim() -> None:
    (flag,) = raised("identifier-without-source", _proven("el.agent"))
    assert flag.message == (
        "No claim proves the birth (1970-03-02), the sex (male), the nationality (XT), the "
        "birthplace (Aresh) and the dates of the post 'Commander' of Orvel Zand."
    )
    assert (flag.severity, flag.where) == ("warning", "p.zand")
    assert raised("identifier-without-source", _proven(*FACTS)) == []
    assert raised("identifier-without-source", _proven("el.agent", requests=())) == []


@pytest.mark.parametrize("lacking", FACTS)
def test_each_fact_wants_its_own(lacking: str) -> None:
    word = {"post:p.zand/1": "the post"}.get(lacking, f"the {lacking} ")
    served = [fact for fact in FACTS if fact != lacking]
    (flag,) = raised("identifier-without-source", _proven(*served))
    assert word in flag.message


def test_a_denial_or_a_claim_taken_back_proves_nothing() -> None:
    for fields in ({"stance": "denies"}, {"withdrawn": "a mistake"}):
        assert len(raised("identifier-without-source", _proven(*FACTS, **fields))) == 1


def test_what_a_party_and_its_post_list_counts() -> None:
    (post,) = COLONEL.posts
    listed = msgspec.structs.replace(
        COLONEL, claims=("c1",), posts=(msgspec.structs.replace(post, claims=("c1",)),)
    )
    assert raised("identifier-without-source", _proven(party=listed)) == []


def test_an_alleged_perpetrator_is_looked_at_though_nothing_is_asked() -> None:
    role = Role(kind="alleged-perpetrator", party="p.zand")
    kept = case(allegations=(act(roles=(role,)),))
    assert [f.where for f in raised("identifier-without-source", kept)] == ["p.zand"]
    witness = Role(kind="witness", party="p.zand")
    assert raised("identifier-without-source", case(allegations=(act(roles=(witness,)),))) == []


def _looked(kept, **fields):
    given = {
        "id": "h1", "topic": "adverse", "where": "the press of Tarn", "on": Edtf("2024-01-09"),
        "by": "counsel", **fields,
    }  # fmt: skip
    return msgspec.structs.replace(kept, searches={"h1": Search(**given)})


def test_that_somebody_looked_is_enough_in_a_case() -> None:
    assert raised("adverse-section-empty", _looked(_two("o.wire"))) == []
    assert len(raised("adverse-section-empty", _looked(_two("o.wire"), topic="identity"))) == 1


def test_a_dossier_with_nothing_against_it_is_stopped() -> None:
    kept = _two("o.wire")
    alone = dossier(sentence("Guards beat detainees."))
    (flag,) = drawn("adverse-section-empty", kept, alone)
    assert flag.blocks
    assert flag.message == "dossier-zand-xt says nothing against what it alleges."
    form = dossier(sentence("Nothing was found.", "form"), at="adverse")
    (flag,) = drawn("adverse-section-empty", kept, form)
    assert flag.message.endswith("alleges, and no search for it is recorded.")
    assert drawn("adverse-section-empty", _looked(kept), form) == []
    assert len(drawn("adverse-section-empty", _looked(kept, party="p.unit"), form)) == 1
    assert len(drawn("adverse-section-empty", _looked(kept), alone)) == 1
    denied = dossier(sentence("He denies it.", bindings=bound(kept, "c1")), at="adverse")
    assert drawn("adverse-section-empty", kept, denied) == []
    assert drawn("adverse-section-empty", kept, letter(sentence("x"))) == []
