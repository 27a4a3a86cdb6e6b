"""Tests of weigh: who is weighed, on which claims, in which state, in which order."""

from datetime import date

import msgspec
import pytest

from gravamen.case import Judgement
from gravamen.findings import (
    Finding,
    choose,
    weigh,
    weighed_parties,
)
from gravamen.law.authority import LawError
from gravamen.parties import Name, Party
from gravamen.requests import Request
from gravamen.values import GravamenError

from .building import (
    ABUSE,
    BEATING,
    GUARD,
    ON,
    ORDER,
    PASSPORT,
    SAID,
    STATUTE,
    UNIT,
    UNIT_BEATING,
    act,
    authority,
    case,
    claim,
    lawbook,
    one,
    states,
    unchecked_elements,
)


def test_an_element_is_supported_by_standing_claims_and_says_how_far() -> None:
    found = one(weigh(case(), ORDER, on=ON), "p.guard", "eo.abuse", "el.act")
    assert found == Finding(
        party="p.guard",
        authority="eo",
        prong="eo.abuse",
        element="el.act",
        state="supported",
        claims=("c.said",),
        allegations=("a.beating",),
        corroboration="single-source (1 origin)",
    )


def test_an_allegation_without_a_claim_supports_nothing() -> None:
    found = states(weigh(case(claims=[PASSPORT]), ORDER, on=ON), "p.guard", "eo.abuse")
    assert found == {"el.foreign": "supported", "el.act": "missing", "el.link": "missing"}


@pytest.mark.parametrize("rejected", ["c.said", "a.beating"])
def test_what_a_person_rejected_counts_nothing(rejected: str) -> None:
    judged = (Judgement(target=rejected, verdict="rejected"),)
    weighed = weigh(case(judgements=judged), ORDER, on=ON, parties=["p.guard"])
    assert one(weighed, "p.guard", "eo.abuse", "el.act").state == "missing"


def test_a_rejected_party_is_not_weighed() -> None:
    judged = (Judgement(target="p.guard", verdict="rejected"),)
    assert weigh(case(judgements=judged), ORDER, on=ON) == ()


def test_a_denial_contests_and_alone_supports_nothing() -> None:
    denial = claim("c.no", "a.beating", speaker="p.guard", stance="denies")
    contested = one(
        weigh(case(claims=[PASSPORT, SAID, denial]), ORDER, on=ON), "p.guard", "eo.abuse", "el.act"
    )
    assert contested.state == "contested"
    assert (contested.claims, contested.against) == (("c.said",), ("c.no",))
    assert contested.corroboration == "single-source (1 origin); denied by its subject"
    assert contested.gap == (
        "Ivo Marr denies it; an independent source on this very point, or an answer to the "
        "denial, would close this."
    )
    alone = weigh(case(claims=[PASSPORT, denial]), ORDER, on=ON, parties=["p.guard"])
    only = one(alone, "p.guard", "eo.abuse", "el.act")
    assert (only.state, only.against) == ("missing", ("c.no",))
    assert only.gap == "Only a denial is on record, by Ivo Marr; no el.act of Ivo Marr."


def test_whom_only_denials_concern_is_not_weighed() -> None:
    denial = claim("c.no", "a.beating", speaker="p.guard", stance="denies")
    assert weighed_parties(case(claims=[PASSPORT, denial])) == ()
    assert weighed_parties(case(claims=[PASSPORT, denial, SAID])) == (GUARD,)


def test_a_qualification_is_listed_and_contests_nothing() -> None:
    limit = claim("c.limit", "a.beating", stance="qualifies")
    weighed = weigh(case(claims=[PASSPORT, SAID, limit]), ORDER, on=ON)
    found = one(weighed, "p.guard", "eo.abuse", "el.act")
    assert (found.state, found.qualified) == ("supported", ("c.limit",))


def test_withdrawn_testimony_counts_nothing_and_is_said() -> None:
    gone = msgspec.structs.replace(SAID, withdrawn="the witness took it back")
    weighed = weigh(case(claims=[PASSPORT, gone]), ORDER, on=ON)
    found = one(weighed, "p.guard", "eo.abuse", "el.act")
    assert (found.state, found.claims) == ("missing", ())
    assert found.gap == "What spoke for it was withdrawn; no el.act of Ivo Marr."


def test_victims_and_witnesses_are_not_weighed_and_targets_are() -> None:
    others = [
        Party(id="p.victim", kind="person", names=(Name(text="V"),)),
        Party(id="p.witness", kind="person", names=(Name(text="W"),)),
        Party(id="p.target", kind="person", names=(Name(text="T"),)),
    ]
    beating = act(
        "a.beating",
        {"p.victim": "victim", "p.witness": "witness", "p.guard": "alleged-perpetrator"},
    )
    requests = {"r1": Request(id="r1", measure="sanctions", target="p.target")}
    found = case([*others, GUARD], [beating], requests=requests)
    assert [p.id for p in weighed_parties(found)] == ["p.target", "p.guard"]


def test_proofs_on_two_acts_do_not_add_up_to_one() -> None:
    torture = act("a.beating", {"p.guard": "alleged-perpetrator"}, victims=["captive"])
    threat = act(
        "a.threat",
        {"p.guard": "alleged-perpetrator"},
        act="threat",
        victims=["journalist"],
        date="2019-05-01",
    )
    law = lawbook(authority("act", STATUTE))
    found = weigh(
        case(allegations=[torture, threat], claims=[PASSPORT, SAID, claim("c.threat", "a.threat")]),
        law,
        on=ON,
    )
    assert states(found, "p.guard", "act.a1") == {
        "el.foreign": "supported",
        "el.act": "supported",
        "el.victim": "missing",
        "el.link": "supported",
    }
    assert one(found, "p.guard", "act.a1", "el.victim").gap == (
        "What the record holds on this concerns the threat alleged (1 May 2019), not the torture "
        "alleged (4 February 2018) on which the rest of this ground stands; the victims of the "
        "torture alleged (4 February 2018) are recorded as captive and no more; no el.victim of "
        "Ivo Marr."
    )


def test_several_acts_are_never_added_up_to_corroborate_one() -> None:
    second = act("a.second", {"p.guard": "alleged-perpetrator"}, date="2018-05-01")
    claims = [PASSPORT, SAID, claim("c.other", "a.second", origin="un")]
    found = weigh(case(allegations=[BEATING, second], claims=claims), ORDER, on=ON)
    both = one(found, "p.guard", "eo.abuse", "el.act")
    assert both.claims == ("c.said", "c.other")
    assert both.corroboration == "single-source (1 origin), the best attested of 2 acts"


def test_the_target_of_a_rejected_request_is_not_weighed() -> None:
    record = case(
        allegations=[],
        requests={"r1": Request(id="r1", measure="sanctions", target="p.guard")},
        judgements=(Judgement(target="r1", verdict="rejected"),),
    )
    assert weighed_parties(record) == ()


def test_unchecked_law_makes_every_finding_on_it_say_so() -> None:
    for law in (
        lawbook(authority("eo", ABUSE, mark="memory")),
        lawbook(authority("eo", msgspec.structs.replace(ABUSE, mark="secondary"))),
        unchecked_elements(ORDER),
    ):
        assert all(f.needs_review for f in weigh(case(), law, on=ON))
        assert choose(case(), law, weigh(case(), law, on=ON), "p.guard").needs_review
    assert not any(f.needs_review for f in weigh(case(), ORDER, on=ON))


def test_an_authority_is_weighed_only_on_days_when_it_is_in_force() -> None:
    assert weigh(case(), ORDER, on=date(2016, 12, 31)) == ()
    with pytest.raises(LawError, match="eo was not in force on 31 December 2016"):
        weigh(case(), ORDER, on=date(2016, 12, 31), authorities=["eo"])
    with pytest.raises(LawError, match="know no authority 'xx'"):
        weigh(case(), ORDER, on=ON, authorities=["xx"])


def test_an_unknown_party_is_an_error_that_names_it() -> None:
    with pytest.raises(GravamenError, match="no party 'p.nobody' to weigh"):
        weigh(case(), ORDER, on=ON, parties=["p.nobody"])


def test_the_same_case_gives_the_same_findings_in_the_order_of_case_and_law() -> None:
    found = weigh(case([UNIT, GUARD], [UNIT_BEATING]), ORDER, on=ON)
    assert found == weigh(case([UNIT, GUARD], [UNIT_BEATING]), ORDER, on=ON)
    order = [(f.party, f.prong, f.element) for f in found]
    assert order[:3] == [
        ("p.unit", "eo.abuse", "el.foreign"),
        ("p.unit", "eo.abuse", "el.act"),
        ("p.unit", "eo.abuse", "el.link"),
    ]
    assert [key[0] for key in order] == sorted((key[0] for key in order), reverse=True)


def test_what_two_origins_affirm_and_one_denies_needs_an_answer_and_no_third_voice() -> None:
    denial = claim("c.no", "a.beating", stance="denies")
    other = claim("c.other", "a.beating", origin="un")
    record = case(claims=[PASSPORT, SAID, other, denial])
    found = one(weigh(record, ORDER, on=ON), "p.guard", "eo.abuse", "el.act")
    assert found.corroboration == "independently corroborated (2 origins); contested"
    assert found.gap == (
        "witness denies it; an answer to the denial, or the finding of a court or inquiry, would "
        "close this."
    )


def test_a_proposal_nobody_reviewed_counts_and_the_finding_says_so() -> None:
    proposed = {"c.said": "machine:reader"}
    weighed = weigh(case(proposed_by=proposed), ORDER, on=ON)
    found = one(weighed, "p.guard", "eo.abuse", "el.act")
    assert (found.state, found.unreviewed) == ("supported", True)
    assert not one(weighed, "p.guard", "eo.abuse", "el.foreign").unreviewed
    accepted = (Judgement(target="c.said", verdict="accepted"),)
    reviewed = weigh(case(proposed_by=proposed, judgements=accepted), ORDER, on=ON)
    assert not one(reviewed, "p.guard", "eo.abuse", "el.act").unreviewed
