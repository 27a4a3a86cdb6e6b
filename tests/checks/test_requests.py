"""Tests of checks/requests.py: against whom, of which office, by which body, how widely."""

import msgspec
import pytest

from gravamen.case import Judgement
from gravamen.parties import Name, Party

from .building import COLONEL, case, dossier, drawn, letter, raised, request, sentence


def test_a_case_that_asks_nothing_says_so() -> None:
    assert [f.where for f in raised("no-request", case(motion="We are sad."))] == ["s.motion"]
    assert raised("no-request", case(requests=(request(),))) == []


def test_a_power_over_persons_is_not_turned_on_a_state() -> None:
    asked = case(requests=(request(authority="us.eo13818", target="p.tarn"),))
    (flag,) = raised("target-is-a-state", asked)
    assert flag.blocks
    assert flag.message == (
        "Executive Order 13818 reaches persons, entities and government bodies, not a state: Tarn."
    )


@pytest.mark.parametrize(
    "fields",
    [
        {"authority": "us.eo13818", "target": "p.zand"},
        {"authority": "us.eo13818", "target": "p.unit"},
        {"authority": "xt.embargo", "target": "p.tarn"},
        {"measure": "suspend-assistance", "authority": "us.faa.502B", "target": "p.tarn"},
        {"measure": "determination", "authority": "us.state_sponsor", "target": "p.tarn"},
        {"authority_words": "section 9 of the Unheard Powers Act", "target": "p.tarn"},
    ],
)
def test_a_power_that_reaches_its_target_is_let_be(fields: dict[str, str]) -> None:
    assert raised("target-is-a-state", case(requests=(request(**fields),))) == []


def test_a_state_that_a_request_names_in_words_only_is_a_state_too() -> None:
    asked = case(requests=(request(authority="us.eo13818", target_words="the Government of Tarn"),))
    assert [f.where for f in raised("target-is-a-state", asked)] == ["r1"]


def test_sanctions_need_a_name() -> None:
    words = "officials of Tarn"
    unnamed = case(requests=(request(authority="us.eo13818", target_words=words),))
    (flag,) = raised("no-person-named", unnamed)
    assert flag.message.endswith("names no person or body to be reached (officials of Tarn).")
    for target in ("p.zand", "p.unit"):
        named = case(requests=(request(authority="us.eo13818", target=target),))
        assert raised("no-person-named", named) == []


def test_a_visa_ban_needs_a_person_and_a_unit_is_none() -> None:
    asked = case(
        requests=(request(measure="visa-ban", authority="us.sfops.7031c", target="p.unit"),)
    )
    assert [f.id for f in raised("no-person-named", asked)] == ["no-person-named"]


def test_an_embargo_on_a_state_needs_no_person() -> None:
    asked = case(requests=(request(authority="xt.embargo", target="p.tarn"),))
    assert raised("no-person-named", asked) == []


def test_what_tells_a_person_from_a_namesake_is_asked_for_with_its_share_in_lists() -> None:
    bare = Party(id="p.zand", kind="person", names=(Name(text="Orvel Zand"),))
    asked = request(authority="us.eo13818", target="p.zand")
    (flag,) = raised("identifiers-missing", case(parties=(bare,), requests=(asked,)))
    for part in ("date or year of birth", "sex", "nationality", "name in its own script", "post"):
        assert part in flag.message
    assert "sex (100 % of 235 in SDN List" in flag.message
    assert "passport" not in flag.message
    assert raised("identifiers-missing", case(parties=(COLONEL,), requests=(asked,))) == []


def test_an_office_that_cannot_act_is_named_beside_the_one_that_can() -> None:
    asked = case(
        requests=(
            request(authority="us.eo13818", target="p.zand", addressees=("us.defense.secretary",)),
        )
    )
    (flag,) = raised("office-lacks-power", asked)
    assert flag.message == (
        "The Secretary of Defense cannot impose sanctions under Executive Order 13818; the "
        "Secretary of the Treasury can, under 31 C.F.R. 583.201(a)(2)."
    )
    right = request(authority="us.eo13818", target="p.zand", addressees=("us.treasury.secretary",))
    assert raised("office-lacks-power", case(requests=(right,))) == []


def test_the_treasury_does_not_withhold_military_assistance() -> None:
    asked = request(
        measure="suspend-assistance",
        target="p.tarn",
        target_words="Foreign Military Financing",
        addressees=("us.treasury.secretary",),
    )
    (flag,) = raised("office-lacks-power", case(requests=(asked,)))
    assert flag.message.startswith("The Secretary of the Treasury cannot suspend assistance; the ")


def test_nothing_is_said_of_the_power_under_a_law_that_nobody_knows() -> None:
    asked = request(authority_words="the Lex Ignota", addressees=("us.treasury.secretary",))
    assert raised("office-lacks-power", case(requests=(asked,))) == []


def test_an_office_that_the_law_data_lack_is_said_to_be_unknown() -> None:
    asked = case(requests=(request(addressee_words=("the Foreign Secretary",)),))
    (flag,) = raised("office-unknown", asked)
    assert flag.message.startswith("“the Foreign Secretary” is not an office in the law data")
    known = case(requests=(request(addressees=("us.president",)),))
    assert raised("office-unknown", known) == []


def test_a_request_to_nobody_says_who_could_act() -> None:
    asked = case(requests=(request(authority="us.eo13818", target="p.zand"),))
    (flag,) = raised("addressee-not-named", asked)
    assert "the Secretary of the Treasury can, under 31 C.F.R. 583.201(a)(2)" in flag.message
    named = case(requests=(request(addressees=("us.president",)),))
    assert raised("addressee-not-named", named) == []


def test_a_measure_beyond_the_law_data_is_said_to_be_unassessed() -> None:
    asked = case(requests=(request(measure="recognition"),))
    assert [f.severity for f in raised("measure-not-assessed", asked)] == ["note"]
    assert raised("measure-not-assessed", case(requests=(request(),))) == []


@pytest.mark.parametrize(
    "words",
    [
        "The Board hereby directs the Secretary of State to withhold visas.",
        "RESOLVED, That the City Council hereby imposes sanctions on Tarn.",
        "Order the President to act at once.",
        "That the Board instructs the Administration to end all aid.",
    ],
)
def test_a_local_body_does_not_order(words: str) -> None:
    (flag,) = raised("beyond-body-competence", case(motion=words))
    assert "a county board cannot order a federal officer" in flag.message
    assert flag.hint.startswith("Write")


@pytest.mark.parametrize(
    "words",
    [
        "The Board urges the President to act.",
        "Direct the Chief Executive Officer to send a letter to the President.",
        "The Parliament instructs its President to forward this resolution to the Council.",
        "The Act requires the President to report within 120 days.",
        "The Board directs the President of the Board to sign.",
    ],
)
def test_what_a_body_may_say_is_let_be(words: str) -> None:
    assert raised("beyond-body-competence", case(motion=words)) == []


def test_an_order_in_a_drafted_motion_is_seen_too() -> None:
    motion = letter(sentence("The Board directs the Congress to act.", "request"), kind="motion")
    assert [f.where for f in drawn("beyond-body-competence", case(), motion)] == ["s1 of motion"]


def test_two_kinds_of_law_in_one_sentence_are_seen() -> None:
    words = "The Board urges the President to sanction Tarn and to suspend aid to Tarn. It is late."
    asked = case(
        motion=words,
        requests=(
            request("r1", motion=words, quote="sanction Tarn", authority="us.eo13818"),
            request("r2", motion=words, quote="suspend aid to Tarn", measure="suspend-assistance"),
        ),
    )
    (flag,) = raised("laws-run-together", asked)
    assert flag.where == "r1, r2"
    assert "for sanctions on persons and that assistance to a government be stopped" in flag.message


def test_requests_in_sentences_of_their_own_do_not_run_together() -> None:
    words = "The Board asks the President:\n1. to sanction Tarn;\n2. to suspend aid to Tarn."
    asked = case(
        motion=words,
        requests=(
            request("r1", motion=words, quote="sanction Tarn", authority="us.eo13818"),
            request("r2", motion=words, quote="suspend aid to Tarn", measure="suspend-assistance"),
        ),
    )
    assert raised("laws-run-together", asked) == []


def test_three_laws_in_one_request_run_together() -> None:
    asked = request(
        measure="suspend-assistance",
        authority="us.faa.502B",
        authority_words="Section 502B; Section 620I of the Foreign Assistance Act; Leahy laws",
    )
    assert len(raised("laws-run-together", case(requests=(asked,)))) == 1


def test_the_act_and_the_order_that_carries_it_out_may_stand_together() -> None:
    asked = request(
        authority="us.eo13818",
        authority_words="Global Magnitsky Act; Executive Order 13818",
        target="p.zand",
    )
    assert raised("laws-run-together", case(requests=(asked,))) == []


@pytest.mark.parametrize("words", ["cut off all aid to Tarn", "suspend any economic assistance"])
def test_all_aid_is_more_than_any_law_stops(words: str) -> None:
    asked = request(measure="suspend-assistance", target="p.tarn", motion=words, quote=words)
    (flag,) = raised("assistance-too-broad", case(motion=words, requests=(asked,)))
    assert "humanitarian assistance" in flag.message
    assert "Section 5: assistance to the Government of Tarn" in flag.hint


@pytest.mark.parametrize(
    "words", ["suspend all security assistance to Tarn", "withhold Foreign Military Financing"]
)
def test_assistance_to_forces_is_not_too_broad(words: str) -> None:
    asked = request(measure="suspend-assistance", target="p.tarn", motion=words, quote=words)
    assert raised("assistance-too-broad", case(motion=words, requests=(asked,))) == []


def test_a_rejected_request_is_asked_about_no_more() -> None:
    asked = case(requests=(request(authority="us.eo13818", target="p.tarn"),))
    rejected = msgspec.structs.replace(
        asked, judgements=(Judgement(target="r1", verdict="rejected"),)
    )
    assert raised("target-is-a-state", rejected) == []


def test_a_dossier_asks_something_of_somebody_who_is_named() -> None:
    told = sentence("Guards beat detainees.")
    assert drawn("no-request", case(), dossier(told)) == []
    (flag,) = drawn("no-request", case(), dossier(told, asks=False))
    assert flag.message == "dossier-zand-xt asks nobody to do anything."
    assert drawn("no-person-named", case(), dossier(told)) == []
    for party in (None, "p.nobody"):
        assert drawn("no-person-named", case(), dossier(told, party=party))[0].blocks
    assert drawn("target-is-a-state", case(), dossier(told)) == []
    assert drawn("target-is-a-state", case(), dossier(told, party="p.tarn"))[0].blocks


def test_a_dossier_tells_what_its_own_list_gives_of_a_person() -> None:
    bare = msgspec.structs.replace(COLONEL, sex=None)
    kept = case(parties=(bare,))
    (flag,) = drawn("identifiers-missing", kept, dossier(sentence("x"), regime="eu"))
    assert flag.message == "Orvel Zand is named without: sex (93 % of 136 in EU list)."
    assert drawn("identifiers-missing", case(), dossier(sentence("x"), regime="eu")) == []
    asked = case(parties=(bare,), requests=(request(authority="us.eo13818", target="p.zand"),))
    assert drawn("identifiers-missing", asked, dossier(sentence("x"), regime="eu")) == []
