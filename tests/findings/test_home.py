"""Tests of whose offices a case asks, and that the ground chosen is one they can use."""

import pytest

from gravamen.case import Judgement, Requester
from gravamen.findings import choose, weigh
from gravamen.findings.home import home, of_land
from gravamen.law.office import Office
from gravamen.requests import Request

from .building import (
    ABUSE,
    CITE,
    GUARD,
    ON,
    PASSPORT,
    SAID,
    STATUTE,
    act,
    authority,
    case,
    lawbook,
    prong,
)

BRITISH = authority("uk.x", prong("uk.x.abuse", "el.act"), jurisdiction="uk")
LAW = lawbook(BRITISH, authority("eo", ABUSE), authority("act", STATUTE))


def asked(authority: str | None, *offices: str) -> dict[str, Request]:
    request = Request(
        id="r1", measure="sanctions", target="p.guard", authority=authority, addressees=offices
    )
    return {"r1": request}


def chosen(**more: object) -> str | None:
    record = case(**more)  # type: ignore[arg-type]  # requests and requester
    return choose(record, LAW, weigh(record, LAW, on=ON), "p.guard").prong


def test_a_request_under_a_law_makes_its_land_the_home() -> None:
    assert home(case(requests=asked("uk.x")), LAW) == ("uk",)
    assert chosen(requests=asked("uk.x")) == "uk.x.abuse"
    assert chosen(requests=asked("act")) == "eo.abuse"


def test_a_request_to_an_office_makes_its_land_the_home() -> None:
    office = Office(
        id="uk.minister", title="Minister", jurisdiction="uk", names=(), salutation="", close="",
        cite=CITE["cite"], as_of=CITE["as_of"],
    )  # fmt: skip
    law = lawbook(BRITISH)
    law.offices[office.id] = office
    assert home(case(requests=asked(None, "uk.minister")), law) == ("uk",)


def test_a_rejected_request_asks_nobody() -> None:
    rejected = (Judgement(target="r1", verdict="rejected", by="clerk"),)
    assert home(case(requests=asked("uk.x"), judgements=rejected), LAW) == ("us",)


@pytest.mark.parametrize(
    ("country", "land"), [("US", "us"), ("GB", "uk"), ("UK", "uk"), ("CA", "ca"), ("XS", "xs")]
)
def test_without_requests_the_requesters_country_is_the_home(country: str, land: str) -> None:
    record = case(requester=Requester(name="A group", country=country))
    assert home(record, LAW) == (land,)


def test_laws_of_another_land_are_answered_with_a_sentence_each_and_never_cited_beside() -> None:
    record = case()
    choice = choose(record, LAW, weigh(record, LAW, on=ON), "p.guard")
    assert (choice.prong, choice.also) == ("eo.abuse", ())
    assert choice.rejected[-1] == (
        "uk.x: it is law of the United Kingdom, and offices of the United States are asked. "
        "gravamen weigh --all shows how it answers."
    )


def test_where_no_finding_is_of_the_home_all_count() -> None:
    record = case(requester=Requester(name="A group", country="CA"))
    choice = choose(record, LAW, weigh(record, LAW, on=ON), "p.guard")
    assert {choice.prong, *choice.also} == {"uk.x.abuse", "eo.abuse"}
    under = weigh(record, LAW, on=ON, authorities=["uk.x"])
    choice = choose(case(), LAW, under, "p.guard")
    assert (choice.prong, choice.rejected) == ("uk.x.abuse", ())


def test_a_party_that_no_law_of_the_home_reaches_is_told_so_for_that_land() -> None:
    record = case(requests=asked("act"))
    visa = authority("act", STATUTE, reaches=("entity",))
    law = lawbook(BRITISH, visa)
    choice = choose(record, law, weigh(record, law, on=ON), "p.guard")
    assert choice.prong is None
    assert choice.why.startswith(
        "No authority that was weighed reaches Ivo Marr, among those of the United States. "
    )
    assert choice.rejected[-1].startswith("uk.x: it is law of the United Kingdom")


def test_a_ground_for_a_role_in_which_the_party_does_not_stand_comes_last_among_equals() -> None:
    strange = prong("eo.link", "el.link")
    open_to_it = prong("eo.claims", "el.claims")
    record = case([GUARD], [act("a.beating", {"p.guard": "investigator"})], [PASSPORT, SAID])
    for prongs in ((strange, open_to_it), (open_to_it, strange)):
        law = lawbook(authority("eo", *prongs))
        found = weigh(record, law, on=ON)
        assert choose(record, law, found, "p.guard").prong == "eo.claims"


def test_lands_are_named_as_a_sentence_names_them() -> None:
    assert [of_land(j) for j in ("us", "uk", "eu", "ca", "zz")] == [
        "the United States", "the United Kingdom", "the European Union", "Canada", "ZZ",
    ]  # fmt: skip
