"""Tests of choose: which prong, why, and why not the others."""

from gravamen.case import Case
from gravamen.findings import (
    bearing_on,
    choose,
    weigh,
)
from gravamen.law.authority import Prong
from gravamen.requests import Request

from .building import (
    ABUSE,
    DECREE,
    ON,
    ORDER,
    PASSPORT,
    SAID,
    STATE,
    STATUTE,
    UNIT,
    UNIT_BEATING,
    authority,
    case,
    claim,
    commander,
    lawbook,
    prong,
    under_command,
)


def test_a_complete_prong_is_chosen_and_each_other_one_is_answered() -> None:
    weighed = under_command(commander("2017", ".."))
    record = case([commander("2017", ".."), UNIT], [UNIT_BEATING], [PASSPORT, SAID, DECREE])
    choice = choose(record, ORDER, weighed, "p.guard")
    assert (choice.authority, choice.prong, choice.complete) == ("eo", "eo.leader", True)
    assert choice.why == (
        "Ask under the eo Order (eo.leader): all 4 things that it requires are supported by the "
        "record."
    )
    [rejected] = choice.rejected
    assert rejected.startswith("eo.abuse: it lacks 1 of the 3 things that it requires. Ivo Marr ")
    assert {f.prong for f in bearing_on(weighed, choice)} == {"eo.leader"}
    assert choice.under("eo") == ("eo.leader",)
    assert choice.under("e") == ()


def test_what_lacks_something_is_chosen_only_where_nothing_is_whole_and_says_so() -> None:
    weighed = weigh(case(claims=[SAID]), ORDER, on=ON)
    choice = choose(case(claims=[SAID]), ORDER, weighed, "p.guard")
    assert (choice.prong, choice.complete) == ("eo.abuse", False)
    assert choice.why == (
        "No ground is complete for Ivo Marr yet: the nearest is the eo Order (eo.abuse), and 1 of "
        "the 3 things that it requires is missing."
    )


def test_one_of_several_is_enough_where_a_prong_says_any_of() -> None:
    either = prong("eo.either", "el.foreign", any_of=["el.victim", "el.act"])
    law = lawbook(authority("eo", either))
    choice = choose(case(), law, weigh(case(), law, on=ON), "p.guard")
    assert (choice.prong, choice.complete) == ("eo.either", True)


def test_a_corruption_prong_is_never_the_nearest_ground_for_an_abuse() -> None:
    graft = prong("eo.graft", "el.foreign", "el.foreign", "el.victim", corruption=True)
    law = lawbook(authority("eo", graft, STATUTE))
    weighed = weigh(case(claims=[PASSPORT]), law, on=ON)
    choice = choose(case(claims=[PASSPORT]), law, weighed, "p.guard")
    assert choice.prong == "act.a1"
    assert choice.rejected == (
        "eo.graft: it is for corruption, and the record does not show Ivo Marr in such an act.",
    )


def test_a_denial_does_not_set_the_grave_act_behind_a_lesser_one() -> None:
    denial = claim("c.no", "a.beating", stance="denies")
    claims = [PASSPORT, SAID, claim("c.attempt", "p.guard", serves=["el.claims"])]

    def chosen(*prongs: Prong, record: Case) -> str | None:
        law = lawbook(authority("eo", *prongs))
        return choose(record, law, weigh(record, law, on=ON), "p.guard").prong

    attempt = prong("eo.attempt", "el.foreign", "el.claims")
    denied = case(claims=[*claims, denial])
    assert chosen(ABUSE, attempt, record=case(claims=claims)) == "eo.abuse"
    assert chosen(ABUSE, attempt, record=denied) == "eo.abuse"
    lacking = prong("eo.lacking", "el.foreign", "el.act", "el.link", "el.claims", "el.unit")
    assert chosen(lacking, ABUSE, record=denied) == "eo.abuse"


def test_a_contested_ground_comes_before_one_that_lacks_what_the_party_does_not_stand_in() -> None:
    denial = claim("c.no", "a.beating", stance="denies")
    other = prong("eo.other", "el.foreign", "el.unit")
    law = lawbook(authority("eo", other, ABUSE))
    record = case(claims=[PASSPORT, SAID, denial])
    choice = choose(record, law, weigh(record, law, on=ON), "p.guard")
    assert (choice.prong, choice.complete) == ("eo.abuse", False)
    assert "(witness denies it), and the request must print the denial" in choice.why


def test_where_nothing_reaches_nothing_is_chosen() -> None:
    law = lawbook(authority("eo", ABUSE))
    requests = {"r1": Request(id="r1", measure="sanctions", target="p.state", authority="eo")}
    record = case([STATE], [], [], requests=requests)
    choice = choose(record, law, weigh(record, law, on=ON), "p.state")
    assert (choice.authority, choice.prong, choice.complete) == (None, None, False)
    assert choice.why == (
        "No authority that was weighed reaches Sarvenia. Sarvenia is a state, and the eo Order "
        "reaches persons, entities and government bodies, not states."
    )
