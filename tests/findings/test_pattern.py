"""Tests of pattern: how many incidents, how told apart, from how many origins."""

import msgspec

from gravamen.claims import Allegation, Claim
from gravamen.findings import (
    Finding,
    weigh,
)
from gravamen.findings.pattern import incidents

from .building import ON, STATE, UNIT, act, authority, case, claim, lawbook, one, prong


def test_a_pattern_needs_several_incidents_apart_and_more_than_one_origin() -> None:
    aid = authority(
        "aid", prong("aid.p", "el.pattern"), kind="country-assistance", reaches=("state",)
    )
    unit = msgspec.structs.replace(UNIT, part_of="p.state")

    def pattern(days: list[str], origins: list[str]) -> Finding:
        acts = [
            act(f"a{n}", {"p.unit": "alleged-perpetrator"}, date=day) for n, day in enumerate(days)
        ]
        claims = [claim(f"c{n}", f"a{n}", origin=o) for n, o in enumerate(origins)]
        found = weigh(case([STATE, unit], acts, claims), lawbook(aid), on=ON, parties=["p.state"])
        return one(found, "p.state", "aid.p", "el.pattern")

    many = pattern(["2018-01", "2018-02", "2018-03"], ["ngo", "un", "ngo"])
    assert (many.state, many.corroboration) == ("supported", "3 incidents from 2 origins")
    assert many.claims == ("c0", "c1", "c2")
    assert pattern(["2018-01", "2018-02", "2018-02-11"], ["ngo", "un", "ngo"]).gap == (
        "3 acts are claimed of Sarvenia, which day and place tell apart as no more than 2 "
        "incidents; the law sets no number, and our own measure asks for 3 apart in time or place "
        "and from several origins. 1 more, each with its date and place, counts over years, "
        "findings of international bodies or a refused inquiry would bear on this."
    )
    assert pattern(["2018-01", "2018-02", "2018-03"], ["ngo", "ngo", "ngo"]).gap == (
        "The acts on record against Sarvenia all go back to 1 origin; a report of another origin "
        "would bear on this."
    )


def test_incidents_are_told_apart_by_day_or_place_and_counted_up_to_fifty() -> None:
    def at(day: str | None, place: str | None) -> Allegation:
        return act("a", {}, date=day, place=place)

    assert incidents([at("2018-02-04", "Quay"), at("2018-02-04", "QUAY")]) == 1
    assert incidents([at("2018-02-04", "Quay"), at("2018-02-04", "Yard")]) == 2
    assert incidents([at("2018-02", "Quay"), at("2018-02-04", None)]) == 1
    assert incidents([at(None, None), at(None, None)]) == 1
    assert incidents([at(f"{year}", None) for year in range(1901, 1990)]) == 50


def test_two_bodies_that_speak_of_the_pattern_itself_show_it_and_a_denial_contests_it() -> None:
    aid = authority(
        "aid", prong("aid.p", "el.pattern"), kind="country-assistance", reaches=("state",)
    )
    said = [
        claim("c.un", "p.state", serves=["el.pattern"]),
        claim("c.ngo", "p.state", serves=["el.pattern"]),
    ]
    denial = claim("c.no", "p.state", serves=["el.pattern"], stance="denies")

    def state(claims: list[Claim]) -> str:
        found = weigh(case([STATE], [], claims), lawbook(aid), on=ON, parties=["p.state"])
        return one(found, "p.state", "aid.p", "el.pattern").state

    assert state(said) == "supported"
    assert state(said[:1]) == "missing"
    assert state([*said, denial]) == "contested"
