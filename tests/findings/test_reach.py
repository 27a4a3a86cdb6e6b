"""Tests of reach: whom a law reaches, and what the finding says where it does not."""

import msgspec
import pytest

from gravamen.findings import (
    reach,
    weigh,
)
from gravamen.findings.reach import named
from gravamen.requests import Request

from .building import ABUSE, GUARD, ON, ORDER, STATE, authority, case, lawbook, one, prong, states


def test_a_us_citizen_is_not_a_foreign_person() -> None:
    citizen = msgspec.structs.replace(GUARD, nationalities=("US",))
    found = weigh(case([citizen]), ORDER, on=ON)
    assert [(f.element, f.state, f.against) for f in found] == [
        ("el.foreign", "missing", ("c.passport",)),
        ("el.foreign", "missing", ("c.passport",)),
    ]
    assert found[0].gap == (
        "Ivo Marr is a US citizen, and this authority (the eo Order) does not reach persons, "
        "bodies or organs of the United States."
    )


def test_whether_a_national_of_two_states_is_foreign_is_left_to_a_lawyer() -> None:
    dual = msgspec.structs.replace(GUARD, nationalities=("XS", "US"))
    found = weigh(case([dual]), ORDER, on=ON)
    barrier = one(found, dual.id, found[0].prong, "el.foreign")
    assert (barrier.state, barrier.claims, barrier.against) == ("missing", (), ("c.passport",))
    assert barrier.gap is not None and "a national of another state" in barrier.gap
    assert {f.element for f in found} > {"el.foreign"}


def test_a_state_is_not_reached_and_the_finding_says_what_reaches_states() -> None:
    aid = authority(
        "aid",
        prong("aid.pattern", "el.pattern"),
        kind="country-assistance",
        reaches=("state",),
        measures=("suspend-assistance",),
    )
    law = lawbook(authority("eo", ABUSE), aid)
    requests = {"r1": Request(id="r1", measure="sanctions", target="p.state", authority="eo")}
    found = weigh(case([STATE], [], [], requests=requests), law, on=ON)
    barrier = one(found, "p.state", "eo.abuse", "el.foreign")
    assert barrier.gap == (
        "Sarvenia is a state, and the eo Order reaches persons, entities and government bodies, "
        "not states; states are reached by the aid Order."
    )
    assert states(found, "p.state", "aid.pattern") == {"el.pattern": "missing"}
    assert not reach(STATE, law.authority("eo"))
    assert reach(STATE, law.authority("aid")).yes


def test_a_law_for_some_states_reaches_no_others() -> None:
    only = authority("aid", kind="country-assistance", reaches=("state",), countries=("XT",))
    former = authority("aid", kind="country-assistance", reaches=("state",), former_ussr=True)
    assert reach(STATE, only).why == "The aid Order concerns only XT, and Sarvenia belongs to XS."
    assert reach(STATE, former).why == (
        "The aid Order concerns only the independent states of the former Soviet Union, and "
        "Sarvenia belongs to XS."
    )


def test_a_prong_that_reaches_only_others_is_not_weighed() -> None:
    bodies = prong("eo.bodies", "el.foreign", reaches=["entity"])
    family = prong("eo.family", "el.foreign", reaches=["family"])
    law = lawbook(
        authority("eo", ABUSE, bodies, family, reaches=("individual", "entity", "family"))
    )
    wife = msgspec.structs.replace(GUARD, family_of="p.minister")
    assert {f.prong for f in weigh(case(), law, on=ON)} == {"eo.abuse"}
    assert {f.prong for f in weigh(case([wife]), law, on=ON)} == {"eo.abuse", "eo.family"}


@pytest.mark.parametrize(
    ("short", "name"),
    [
        ("Global Magnitsky Act", "the Global Magnitsky Act"),
        ("State Leahy law", "the State Leahy law"),
        ("Section 907", "section 907"),
        ("Executive Order 13818", "Executive Order 13818"),
    ],
)
def test_a_sentence_names_a_law_as_one_says_it(short: str, name: str) -> None:
    assert named(msgspec.structs.replace(authority("x"), short=short)) == name
