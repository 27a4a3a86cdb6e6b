"""Tests of the rules: what ties a party to an act, and what is only asserted."""

import msgspec

from gravamen.claims import Role
from gravamen.findings import (
    weigh,
)
from gravamen.parties import Name, Party, Post

from .building import (
    BEATING,
    DECREE,
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
    commander,
    element,
    lawbook,
    one,
    prong,
    states,
    under_command,
)


def test_a_commander_by_post_alone_is_not_responsible_and_can_be_a_leader() -> None:
    weighed = under_command(commander("2017-01-01", "2019-01-01"))
    link = one(weighed, "p.guard", "eo.abuse", "el.link")
    assert link.state == "missing"
    assert link.gap == (
        "Ivo Marr stands as commander in the torture alleged (4 February 2018) by position alone, "
        "and rank is not enough; a source that shows an order, presence, knowledge or a failure "
        "to act, marked as serving this element, would close this."
    )
    assert set(states(weighed, "p.guard", "eo.leader").values()) == {"supported"}


def test_a_claim_that_serves_the_element_ties_a_commander_to_the_act() -> None:
    order = claim("c.order", "a.beating", serves=["el.link"])
    found = weigh(
        case([commander("2017", ".."), UNIT], [UNIT_BEATING], [PASSPORT, SAID, DECREE, order]),
        ORDER,
        on=ON,
    )
    link = one(found, "p.guard", "eo.abuse", "el.link")
    assert (link.state, link.claims) == ("supported", ("c.order",))


def test_a_command_alleged_at_that_time_ties_a_commander_and_at_another_does_not() -> None:
    def link(when: str) -> str:
        order = act("a.order", {"p.guard": "alleged-perpetrator"}, act="command", date=when)
        claims = [PASSPORT, SAID, claim("c.order", "a.order")]
        found = weigh(case([GUARD, UNIT], [UNIT_BEATING, order], claims), ORDER, on=ON)
        return (
            one(found, "p.guard", "eo.abuse", "el.act").state
            + one(found, "p.guard", "eo.abuse", "el.link").state
        )

    assert link("2018-02") == "supportedsupported"
    assert link("2019-02") == "supportedmissing"


def test_a_mere_suspicion_ties_nobody() -> None:
    beating = msgspec.structs.replace(
        BEATING, roles=(Role(kind="alleged-perpetrator", party="p.guard", certainty="possible"),)
    )
    found = one(weigh(case(allegations=[beating]), ORDER, on=ON), "p.guard", "eo.abuse", "el.link")
    assert found.state == "missing"
    assert "only suspected" in (found.gap or "")


def test_a_post_that_no_claim_proves_is_only_asserted() -> None:
    found = under_command(commander("2017", "..", claims=()))
    post = one(found, "p.guard", "eo.leader", "el.post")
    assert post.state == "missing"
    assert post.gap == (
        "That Ivo Marr held the post of commander, 5th Battalion, is recorded without a source; "
        "an appointment decree or an official page captured with its date would close this."
    )
    assert one(found, "p.guard", "eo.leader", "el.tenure").state == "missing"


def test_the_acts_of_a_unit_below_are_the_bodys_acts() -> None:
    company = Party(
        id="p.company", kind="unit", names=(Name(text="2nd Company"),), part_of="p.unit"
    )
    beating = act("a.beating", {"p.company": "alleged-perpetrator"})
    found = weigh(
        case([commander("2017", ".."), UNIT, company], [beating], [PASSPORT, SAID, DECREE]),
        ORDER,
        on=ON,
        parties=["p.guard"],
    )
    assert one(found, "p.guard", "eo.leader", "el.entity").state == "supported"


def test_a_members_act_is_the_bodys_only_while_the_member_held_a_proven_post() -> None:
    def entity(end: str, proofs: list[str]) -> str:
        post = Post(title="guard", body="p.unit", start="2017", end=end, claims=tuple(proofs))
        member = Party(id="p.member", kind="person", names=(Name(text="M"),), posts=(post,))
        beating = act("a.beating", {"p.member": "alleged-perpetrator"})
        claims = [PASSPORT, SAID, DECREE, claim("c.roll", "p.member")]
        parties = [commander("2017", ".."), UNIT, member]
        found = weigh(case(parties, [beating], claims), ORDER, on=ON, parties=["p.guard"])
        return one(found, "p.guard", "eo.leader", "el.entity").state

    assert entity("2019", ["c.roll"]) == "supported"
    assert entity("2018-01", ["c.roll"]) == "missing"
    assert entity("2019", []) == "missing"
    assert entity("2018", ["c.roll"]) == "missing", "the end, some day in 2018, may lie before"


def test_ones_own_act_does_not_make_one_a_leader_of_those_who_did_it() -> None:
    found = under_command(commander("2017", ".."), BEATING)
    assert one(found, "p.guard", "eo.leader", "el.entity").state == "missing"


def test_a_nationality_without_a_source_is_only_asserted() -> None:
    found = one(weigh(case(claims=[SAID]), ORDER, on=ON), "p.guard", "eo.abuse", "el.foreign")
    assert found.gap == (
        "That Ivo Marr is of XS is recorded without a source; a passport entry, an official "
        "biography or a registry extract would close this."
    )


def test_a_person_of_no_recorded_state_is_not_shown_to_be_foreign() -> None:
    nobody = msgspec.structs.replace(GUARD, nationalities=())
    found = one(weigh(case([nobody]), ORDER, on=ON), "p.guard", "eo.abuse", "el.foreign")
    assert (found.state, found.gap) == ("missing", "No el.foreign of Ivo Marr.")


def test_a_body_of_another_kind_does_not_meet_an_element_of_kind() -> None:
    law = lawbook(authority("eo", prong("eo.unit", "el.unit")))
    beating = act("a.beating", {"p.unit": "alleged-perpetrator"})
    branch = msgspec.structs.replace(UNIT, kind="body")
    for party, state in ((UNIT, "supported"), (branch, "missing")):
        found = one(
            weigh(case([party], [beating], [SAID]), law, on=ON), "p.unit", "eo.unit", "el.unit"
        )
        assert found.state == state


def test_claims_that_serve_an_element_join_those_of_its_rule_under_the_better_word() -> None:
    more = [claim("c.un", "a.beating", origin="un"), claim("c.own", "p.guard", serves=["el.link"])]
    weighed = weigh(case(claims=[PASSPORT, SAID, *more]), ORDER, on=ON)
    link = one(weighed, "p.guard", "eo.abuse", "el.link")
    assert link.claims == ("c.said", "c.un", "c.own")
    assert link.corroboration == "independently corroborated (2 origins)"


def test_what_a_person_said_elsewhere_can_tie_it_to_the_act() -> None:
    speech = msgspec.structs.replace(
        act("a.speech", {"p.guard": "official"}, date="2018-02-10"), kind="context", act=None
    )
    claims = [PASSPORT, SAID, claim("c.speech", "a.speech", serves=["el.link"])]
    found = weigh(case([GUARD, UNIT], [UNIT_BEATING, speech], claims), ORDER, on=ON)
    link = one(found, "p.guard", "eo.abuse", "el.link")
    assert (link.state, link.claims) == ("supported", ("c.speech",))


def test_a_claim_about_the_body_can_prove_that_it_engaged_in_the_act() -> None:
    report = claim("c.report", "p.unit", serves=["el.entity"])
    masked = act("a.beating", {"p.guard": "commander"})
    party = commander("2017", "..")
    found = weigh(case([party, UNIT], [masked], [PASSPORT, SAID, DECREE, report]), ORDER, on=ON)
    entity = one(found, "p.guard", "eo.leader", "el.entity")
    assert (entity.state, entity.claims) == ("supported", ("c.report",))


def test_who_supplied_the_perpetrators_stands_in_their_act_but_did_not_do_it() -> None:
    firm = Party(id="p.firm", kind="body", names=(Name(text="Firm"),), country="XT")
    beating = act("a.beating", {"p.unit": "alleged-perpetrator"})
    supply = act("a.supply", {"p.firm": "supplier", "p.unit": "beneficiary"}, act="support")
    claims = [SAID, claim("c.invoice", "a.supply")]
    found = weigh(case([firm, UNIT], [beating, supply], claims), ORDER, on=ON)
    assert one(found, "p.firm", "eo.abuse", "el.act").claims == ("c.said",)
    assert one(found, "p.firm", "eo.abuse", "el.link").state == "missing"


def test_who_denies_the_act_has_not_denied_who_the_victim_was() -> None:
    denial = claim("c.no", "a.beating", stance="denies")
    record = case(claims=[PASSPORT, SAID, denial])
    beaten = record.allegations["a.beating"]
    journalist = msgspec.structs.replace(beaten, victims=("journalist",))
    known = msgspec.structs.replace(record, allegations={"a.beating": journalist})

    found = {f.element: f for f in weigh(known, lawbook(authority("act", STATUTE)), on=ON)}

    assert found["el.victim"].state == "supported"
    assert found["el.victim"].against == ()
    assert found["el.act"].state == "contested"


def test_of_which_state_those_are_who_acted_is_asked_where_the_element_names_roles() -> None:
    """Bodies and units tell it, and persons do not; where none is known nothing is asked."""
    law = lawbook(authority("eo", prong("eo.x", "el.state")))
    roles = ["alleged-perpetrator"]
    law.elements["el.state"] = element("el.state", "foreign-person", foreign_to="CA", roles=roles)
    far = msgspec.structs.replace(UNIT, country="XT")
    beating = act("a.beating", {"p.guard": "alleged-perpetrator", "p.unit": "alleged-perpetrator"})
    for parties, state in (([GUARD, UNIT], "supported"), ([GUARD, far], "missing")):
        found = weigh(case(parties, [beating]), law, on=ON, parties=["p.guard"])
        assert states(found, "p.guard", "eo.x") == {"el.state": state}
    alone = weigh(case([GUARD]), law, on=ON)
    assert states(alone, "p.guard", "eo.x") == {"el.state": "supported"}
    two = [UNIT, msgspec.structs.replace(far, id="p.far")]
    joint = act("a.beating", {"p.far": "alleged-perpetrator", "p.unit": "alleged-perpetrator"})
    said = [SAID, claim("c.far", "p.far")]
    both = weigh(case(two, [joint], said), law, on=ON, parties=["p.far"])
    assert states(both, "p.far", "eo.x") == {"el.state": "missing"}
    [lacking] = weigh(case([GUARD, far], [beating]), law, on=ON, parties=["p.guard"])
    assert (lacking.gap or "").startswith(
        "Ivo Marr is recorded as of XS, and those who acted as of XT; no el.state of Ivo Marr."
    )
