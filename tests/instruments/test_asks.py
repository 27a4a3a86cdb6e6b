"""Asks: each office is asked only for what it can do."""

from datetime import date

from msgspec.structs import replace

from gravamen.case import Case
from gravamen.findings import choose, weigh
from gravamen.instruments.asked_words import as_asked
from gravamen.instruments.asks import Ask, Book, asks, carried_by_none, elsewhere
from gravamen.law import load
from gravamen.parties import Name, Party, Post
from gravamen.requests import Request
from gravamen.sources import Passage

LAW = load()
ON = date(2024, 3, 5)
STATE = Party(id="p.state", kind="government", names=(Name(text="Tarn"),), country="XT")
NEIGHBOUR = Party(id="p.az", kind="government", names=(Name(text="Azerbaijan"),), country="AZ")
OFFICER = Party(
    id="p.orm",
    kind="person",
    names=(Name(text="Ada Orm"),),
    country="XT",
    nationalities=("XT",),
    posts=(Post(title="Commander", body="p.unit", start="2020", end=".."),),
)
UNIT = Party(id="p.unit", kind="unit", names=(Name(text="Unit 5"),), country="XT")
THREE = ("us.president", "us.state.secretary", "us.treasury.secretary")


def book(*requests: Request, on: date = ON) -> Book:
    case = Case(
        id="k",
        title="K",
        parties={p.id: p for p in (STATE, NEIGHBOUR, OFFICER, UNIT)},
        requests={r.id: r for r in requests},
    )
    findings = weigh(case, LAW, on=on)
    parties = dict.fromkeys(f.party for f in findings)
    chosen = tuple(choose(case, LAW, findings, p) for p in parties)
    return Book(case=case, law=LAW, findings=findings, choices=chosen, on=on)


def told(found: tuple[Ask, ...]) -> list[tuple[str, str | None, str | None]]:
    return [(a.office, a.authority, a.open) for a in found]


def test_sanctions_on_a_state_become_open_asks_under_each_offices_own_law():
    request = Request(
        id="r", measure="sanctions", authority="us.glomag.act", target="p.state", addressees=THREE
    )

    found = asks(book(request))

    assert told(found) == [
        ("us.president", "us.glomag.act", "persons"),
        ("us.president", "us.eo13818", "persons"),
        ("us.state.secretary", "us.sfops.7031c", "persons"),
        ("us.state.secretary", "us.eo13818", "persons"),
        ("us.state.secretary", "us.glomag.act", "persons"),
        ("us.treasury.secretary", "us.eo13818", "persons"),
    ]
    assert all(a.targets == () for a in found)


def test_a_person_named_under_a_law_that_reaches_them_is_asked_for_under_that_law_alone():
    request = Request(
        id="r",
        measure="sanctions",
        authority="us.eo13818",
        target="p.orm",
        addressees=("us.treasury.secretary",),
    )

    (found,) = asks(book(request))

    assert (found.authority, found.targets, found.open) == ("us.eo13818", ("p.orm",), None)
    assert found.prongs


def test_assistance_is_parted_by_hook_and_each_hook_goes_to_who_holds_it():
    request = Request(id="r", measure="suspend-assistance", target="p.az", addressees=THREE[:2])

    found = asks(book(request))

    assert {a.office for a in found} == {"us.president", "us.state.secretary"}
    by_office = {
        o: {a.words for a in found if a.office == o and a.measure != "information"} for o in THREE
    }
    assert not by_office["us.president"] & by_office["us.state.secretary"]
    assert {a.authority for a in found} >= {"us.faa.502B", "us.faa.116", "us.leahy.state"}
    assert [a.open for a in found if a.authority == "us.leahy.state"][0] == "units"


def test_an_office_without_the_power_is_asked_for_nothing():
    request = Request(
        id="r",
        measure="suspend-assistance",
        target="p.state",
        addressees=("us.treasury.secretary",),
    )

    assert asks(book(request)) == ()
    assert "us.state.secretary" in {a.office for a in elsewhere(book(request))}


def test_section_907_is_asked_for_its_own_state_only_and_says_what_held_on_the_day():
    request = Request(
        id="r", measure="suspend-assistance", target="p.az", addressees=("us.president",)
    )

    barred = [a for a in asks(book(request, on=date(2024, 1, 15))) if a.authority == "us.fsa.907"]
    waived = [a for a in asks(book(request, on=date(2022, 12, 1))) if a.authority == "us.fsa.907"]
    other = asks(book(Request(
        id="r", measure="suspend-assistance", target="p.state", addressees=("us.president",)
    )))  # fmt: skip

    assert "barred" in (barred[0].state or "")
    assert "waived" in (waived[0].state or "")
    assert "us.fsa.907" not in {a.authority for a in other}


def test_a_text_that_chose_its_hooks_is_asked_under_these_alone():
    request = Request(
        id="r",
        measure="suspend-assistance",
        authority="us.faa.502B",
        target="p.state",
        addressees=("us.state.secretary",),
    )

    assert {a.authority for a in asks(book(request))} == {"us.faa.502B"}


def test_a_hook_that_waits_for_proof_of_which_nothing_speaks_is_not_asked():
    request = Request(
        id="r", measure="suspend-assistance", target="p.state", addressees=("us.president",)
    )

    assert "us.faa.620I" not in {a.authority for a in asks(book(request))}


def test_two_persons_asked_for_in_one_way_are_one_ask_with_two_names():
    common = {"measure": "suspend-assistance", "authority": "us.leahy.state"}
    office = ("us.state.secretary",)
    first = Request(id="r1", target="p.unit", addressees=office, **common)
    second = Request(id="r2", target="p.state", addressees=office, **common)

    withheld = [a for a in asks(book(first, second)) if a.measure == "suspend-assistance"]

    assert [(a.targets, a.open, a.requests) for a in withheld] == [
        (("p.unit",), None, ("r1", "r2"))
    ]


def test_the_committees_that_can_start_a_clock_are_found_where_nobody_addressed_them():
    request = Request(
        id="r",
        measure="sanctions",
        authority="us.glomag.act",
        target="p.orm",
        addressees=("us.president",),
    )

    starters = {a.office for a in elsewhere(book(request)) if a.measure == "start-clock"}

    assert starters == set(LAW.clock("clk.glomag.120").starters)


def test_an_end_to_arms_under_a_law_of_assistance_that_carries_it_is_asked_of_who_holds_it():
    request = Request(
        id="r",
        measure="arms-embargo",
        authority="us.faa.502B",
        target="p.state",
        addressees=("us.state.secretary",),
    )

    assert "us.faa.502B" in {a.authority for a in asks(book(request))}


def test_nobody_is_sent_to_a_committee_for_a_corruption_that_is_not_claimed():
    request = Request(
        id="r",
        measure="sanctions",
        authority="us.eo13818",
        target="p.orm",
        addressees=("us.treasury.secretary",),
    )

    offered = {p for a in elsewhere(book(request)) for p in a.prongs}

    assert not offered & {"us.glomag.act.a3", "us.glomag.act.a4", "us.eo13818.corruption"}


def test_an_ask_under_a_prong_that_nobody_has_checked_says_so():
    order = LAW.authority("us.eo13818")
    prong, *others = order.prongs
    assert not prong.needs_review
    unread = replace(order, prongs=(replace(prong, mark="memory"), *others))
    law = replace(LAW, authorities={**LAW.authorities, order.id: unread})
    request = Request(
        id="r",
        measure="sanctions",
        authority="us.eo13818",
        prong=prong.id,
        target="p.orm",
        addressees=("us.treasury.secretary",),
    )

    (read,) = asks(book(request))
    (found,) = asks(replace(book(request), law=law))

    assert found.prongs == read.prongs == (prong.id,)
    assert found.needs_review
    assert not read.needs_review


def test_what_the_text_does_not_say_is_not_sought_in_the_law_of_another_matter():
    request = Request(id="r", measure="information", target="p.state", addressees=("us.president",))

    assert asks(book(request)) == ()
    assert carried_by_none(book(request)) == (request,)


def test_offices_of_the_united_states_are_not_offered_to_who_asks_another_state():
    request = Request(
        id="r", measure="sanctions", target="p.orm", addressee_words=("the Minister of Fish",)
    )

    assert elsewhere(book(request)) == ()


def test_where_nothing_bears_on_a_party_yet_the_leading_ground_is_put_forward():
    request = Request(
        id="r",
        measure="sanctions",
        authority="us.eo13818",
        target="p.unit",
        addressees=("us.treasury.secretary",),
    )

    (found,) = asks(book(request))

    assert found.prongs == ("us.eo13818.shra",)


def test_a_request_is_given_in_its_own_words_where_these_begin_with_a_verb():
    def words(text: str) -> str:
        passage = Passage(source="s", exact=text, start=0, end=len(text))
        return as_asked(Request(id="r", measure="release", target_words="Ada Orm", passage=passage))

    assert words("release the 23 prisoners.") == "release the 23 prisoners"
    assert words("that Ada Orm be freed") == "act on its request for release, as regards Ada Orm"
