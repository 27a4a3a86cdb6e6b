"""Tests for the laws of the sister regimes: whom they reach, till when, and what a file holds."""

from datetime import date
from typing import get_args

import msgspec
import pytest
from click.testing import CliRunner

from gravamen import law as lawdata
from gravamen.case import Case
from gravamen.claims import Allegation, Claim, Role
from gravamen.cli import main
from gravamen.findings import reach, weigh
from gravamen.law.authority import LawError
from gravamen.law.manual import SECTIONS
from gravamen.parties import Name, Party
from gravamen.sources.source import Passage, Source
from gravamen.vocabulary import DossierSection

BOOK = lawdata.load()
SISTERS = ("uk.ghr2020", "eu.ghrsr", "ca.jvcfoa", "ca.sema", "au.thematic.hr")
PERSONAL = (*SISTERS, "us.glomag.act", "us.eo13818", "us.sfops.7031c")
ON = date(2024, 3, 1)


def person(*nationalities: str, **more: object) -> Party:
    plain = {"id": "p.guard", "kind": "person", "names": [{"text": "Ivo Marr"}], **more}
    return msgspec.convert({**plain, "nationalities": nationalities}, Party)


def tortured(party: Party, *, claims: dict[str, list[str]] | None = None) -> Case:
    """A case in which two witnesses say that a party tortured a captive.

    Args:
        claims: what each witness's words serve besides, by name of the witness.
    """
    serves = claims or {"ana": ["nationality"], "ben": []}
    act = Allegation(
        id="a.torture",
        kind="act",
        text="beaten",
        act="torture",
        date="2023-02",  # type: ignore[arg-type]  # a plain text is an EDTF date here
        victims=("captive",),
        roles=(Role(kind="alleged-perpetrator", party=party.id),),
    )
    found: dict[str, Claim] = {}
    for who, served in serves.items():
        passage = Passage(source=f"s.{who}", exact=who, start=0, end=len(who))
        found[f"c.{who}"] = Claim(id=f"c.{who}", about=act.id, passage=passage, speaker=who)
        for n, element in enumerate(served):
            id = f"c.{who}.{n}"
            found[id] = Claim(
                id=id, about=party.id, passage=passage, speaker=who, serves=(element,)
            )
    sources = {
        f"s.{who}": Source(
            id=f"s.{who}", sha256="0" * 64, name=who, media_type="text/plain", size=1
        )
        for who in serves
    }
    return Case(
        id="case",
        title="A case",
        sources=sources,
        parties={party.id: party},
        allegations={act.id: act},
        claims=found,
    )


def states(case: Case, prong: str, *, on: date = ON) -> dict[str, str]:
    authority = prong.rsplit(".", 1)[0]
    found = weigh(case, BOOK, on=on, authorities=[authority])
    return {f.element: f.state for f in found if f.prong == prong}


# What is there


def test_the_laws_of_four_more_jurisdictions_are_there() -> None:
    for authority in map(BOOK.authority, SISTERS):
        assert authority.jurisdiction == authority.id.split(".")[0]
        assert BOOK.office(authority.decides).jurisdiction == authority.jurisdiction
    assert {a.id for a in BOOK.authorities.values() if a.jurisdiction != "us"} == {*SISTERS}


@pytest.mark.parametrize("id", SISTERS)
def test_both_measures_can_be_asked_of_the_office_that_decides(id: str) -> None:
    authority = BOOK.authority(id)
    assert authority.measures == ("sanctions", "visa-ban")
    for measure in authority.measures:
        assert [o.id for o in BOOK.holders(measure, id)] == [authority.decides]
    proposing = {o.id for o in BOOK.holders("determination", id)}
    assert proposing == set(authority.consults)


def test_no_address_and_no_form_of_address_is_given_as_known() -> None:
    for office in BOOK.offices.values():
        if office.jurisdiction != "us":
            assert office.address == ()
            assert office.forms == "memory"


@pytest.mark.parametrize("id", ["uk.ghr2020", "au.thematic.hr"])
def test_no_element_of_these_laws_counts_detention(id: str) -> None:
    asked = {e for p in BOOK.authority(id).prongs for e in (*p.all_of, *p.any_of)}
    assert not any({"detention", "arrest"} & set(BOOK.element(e).acts) for e in asked)


def test_each_mode_of_involvement_is_a_ground_of_its_own() -> None:
    prongs = BOOK.authority("uk.ghr2020").prongs
    assert {p.id.removeprefix("uk.ghr2020."): p.all_of for p in prongs} == {
        "responsible": ("el.uk.right", "el.uk.responsible"),
        "facilitates": ("el.uk.right", "el.uk.facilitates"),
        "conceals": ("el.uk.right", "el.uk.conceals"),
        "provides": ("el.uk.right", "el.uk.provides", "el.uk.knows"),
        "fails_to_investigate": (
            "el.uk.right", "el.uk.duty", "el.uk.fail_investigate", "el.uk.fail_intent",
        ),
        "profits": ("el.uk.right", "el.uk.profits"),
        "contravenes": ("el.uk.contravenes",),
        "owned": ("el.uk.owned", "el.uk.principal"),
        "acting_for": ("el.uk.acts_for", "el.uk.principal"),
        "associated": ("el.uk.associated", "el.uk.principal"),
    }  # fmt: skip


def test_what_was_not_read_in_the_sister_laws_is_not_given_as_read() -> None:
    """The texts of regulation 6 and of regulation 6A(4) were seen through others only."""
    british = {p.id: p.mark for p in BOOK.authority("uk.ghr2020").prongs}
    assert british["uk.ghr2020.associated"] == "sourced"
    assert british["uk.ghr2020.fails_to_investigate"] == "secondary"
    assert BOOK.element("el.uk.fail_intent").mark == "memory"
    assert BOOK.authority("au.thematic.hr").needs_review


# Whose own persons a law does not reach


def test_a_british_or_german_national_is_no_american() -> None:
    for state in ("GB", "DE", "AU", "XS"):
        assert {a for a in PERSONAL if not reach(person(state), BOOK.authority(a))} == set()


def test_a_citizen_of_canada_is_outside_the_act_on_foreign_officials_only() -> None:
    canadian = person("CA")
    shut = {
        a: reach(canadian, BOOK.authority(a)).why
        for a in PERSONAL
        if not reach(canadian, BOOK.authority(a))
    }
    assert shut == {
        "ca.jvcfoa": (
            "Ivo Marr is a citizen of Canada, and this authority (the Justice for Victims of "
            "Corrupt Foreign Officials Act) does not reach citizens and permanent residents of "
            "Canada."
        )
    }


def test_a_citizen_of_canada_and_another_state_is_outside_it_too() -> None:
    assert not reach(person("XS", "CA"), BOOK.authority("ca.jvcfoa"))
    assert reach(person("XS", "US"), BOOK.authority("us.eo13818"))


def test_a_us_citizen_is_outside_the_laws_of_the_united_states_only() -> None:
    shut = {a for a in PERSONAL if not reach(person("US"), BOOK.authority(a))}
    assert shut == {"us.glomag.act", "us.eo13818", "us.sfops.7031c"}


def test_a_us_person_is_nobodys_canadian() -> None:
    known = person("XS", us_person=True)
    assert reach(known, BOOK.authority("ca.jvcfoa"))
    assert states(tortured(known), "ca.jvcfoa.a")["el.natural_person"] == "supported"
    assert states(tortured(known), "us.eo13818.shra")["el.foreign_person"] == "missing"


def test_a_canadian_is_listed_under_the_measures_act_only_where_the_tie_to_the_state_is_shown() -> (
    None
):
    """The regulations ask whether a person is in the state, or a national of it living abroad."""
    canadian = person("CA")
    (found,) = [
        f
        for f in weigh(tortured(canadian), BOOK, on=ON, authorities=["ca.sema"])
        if f.prong == "ca.sema.participated" and f.element == "el.ca.of_the_state"
    ]
    assert found.state == "missing"
    assert found.gap is not None and found.gap.startswith(
        "Ivo Marr is a citizen of Canada; nothing shows that Ivo Marr is in the foreign state"
    )
    shown = tortured(canadian, claims={"ana": ["el.ca.of_the_state"], "ben": []})
    assert states(shown, "ca.sema.participated")["el.ca.of_the_state"] == "supported"


def test_the_act_on_foreign_officials_reaches_individuals_and_its_sister_bodies_too() -> None:
    company = Party(id="p.company", kind="body", names=(Name(text="Orlen Works"),), country="XS")
    assert reach(company, BOOK.authority("ca.jvcfoa")).why == (
        "Orlen Works is a body, and the Justice for Victims of Corrupt Foreign Officials Act "
        "reaches persons."
    )
    assert reach(company, BOOK.authority("ca.sema"))


def test_a_law_without_such_a_bar_has_none_invented() -> None:
    spared = {a: (s.state if (s := lawdata.spared(BOOK.authority(a))) else None) for a in PERSONAL}
    assert spared == {
        "uk.ghr2020": None,
        "eu.ghrsr": None,
        "au.thematic.hr": None,
        "ca.sema": None,
        "ca.jvcfoa": "CA",
        "us.glomag.act": "US",
        "us.eo13818": "US",
        "us.sfops.7031c": "US",
    }


# What they find


def test_the_torture_of_a_captive_under_each_law() -> None:
    case = tortured(person("XS"))
    assert set(states(case, "uk.ghr2020.responsible").values()) == {"supported"}
    assert set(states(case, "eu.ghrsr.responsible").values()) == {"supported"}
    assert states(case, "ca.jvcfoa.a")["el.ca.victim_seeks"] == "missing"
    assert states(case, "ca.sema.participated") == {
        "el.ca.of_the_state": "supported",
        "el.ca.sema_state": "missing",
        "el.ca.sema_act": "supported",
        "el.ca.participated": "supported",
    }
    assert states(case, "au.thematic.hr.responsible")["el.au.abroad"] == "missing"


# Till when


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-11-25", "run to 8 December 2026; 13 days are left, and a renewal was not found"),
        ("2026-12-07", "run to 8 December 2026; 1 day is left, and a renewal was not found"),
        ("2026-12-08", "run to 8 December 2026; this is the last day, and a renewal was not found"),
        (
            "2026-12-09",
            (
                "ran to 8 December 2026; a renewal was not found, and whether they still stand is "
                "not known"
            ),
        ),
    ],
)  # fmt: skip
def test_how_the_regime_of_the_union_stands_on_a_day(day: str, said: str) -> None:
    on = date.fromisoformat(day)
    authority = BOOK.authority("eu.ghrsr")
    state = lawdata.term_state(authority, on)
    assert state is not None
    assert authority.term is not None
    assert state.sentence == (
        f"EU Global Human Rights Sanctions Regime, on {on.day} {on:%B} {on.year}: the framework "
        f"and the listings {said} ({authority.term.cite})."
    )
    assert state.over == (day == "2026-12-09")
    assert state.days_left == (date(2026, 12, 8) - on).days
    assert said in " ".join(
        CliRunner().invoke(main, ["law", "show", "eu.ghrsr", "--on", day]).output.split()
    )


def test_a_law_whose_term_is_over_is_still_weighed_and_marked_for_review() -> None:
    case = tortured(person("XS"))
    before, after = (
        weigh(case, BOOK, on=day, authorities=["eu.ghrsr"])
        for day in (date(2026, 12, 8), date(2026, 12, 9))
    )
    assert [(f.prong, f.element, f.state) for f in before] == [
        (f.prong, f.element, f.state) for f in after
    ]
    assert all(f.needs_review for f in after)
    assert not all(f.needs_review for f in before)


def test_a_law_that_runs_on_has_no_term() -> None:
    assert lawdata.term_state(BOOK.authority("us.eo13818"), ON) is None


def test_the_end_of_the_regime_is_shown_without_a_day() -> None:
    shown = " ".join(lawdata.describe(BOOK, "eu.ghrsr").split())
    assert "the framework and the listings run to 8 December 2026; a renewal was not found" in shown


# What a file holds


def test_what_each_desk_expects_to_be_argued() -> None:
    assert {a: BOOK.authority(a).arguments for a in PERSONAL} == {
        "us.glomag.act": ("interest",),
        "us.eo13818": ("interest",),
        "us.sfops.7031c": (),
        "uk.ghr2020": ("priority", "purpose"),
        "eu.ghrsr": ("relevance", "sponsor"),
        "ca.jvcfoa": ("choice", "nexus"),
        "ca.sema": ("choice", "nexus"),
        "au.thematic.hr": ("gravity", "interest"),
    }


def test_a_file_under_the_order_holds_every_section_and_one_for_the_union_short_reasons() -> None:
    assert BOOK.authority("us.eo13818").contents == get_args(DossierSection)
    assert "reasons" in BOOK.authority("eu.ghrsr").contents
    limits = {a.id: a.reasons_limit for a in BOOK.authorities.values() if a.reasons_limit}
    assert limits == {"eu.ghrsr": 1000}


@pytest.mark.parametrize("id", PERSONAL)
def test_a_file_names_whom_it_is_about_what_happened_and_what_shows_it(id: str) -> None:
    assert {"targets", "incidents", "link", "sources"} <= set(BOOK.authority(id).contents)


def test_the_manual_says_what_each_section_holds() -> None:
    assert set(SECTIONS) == set(get_args(DossierSection))
    page = lawdata.manual_text(BOOK)
    assert all(f"| `{id}` | {holds} |" in page for id, (holds, _) in SECTIONS.items())


# The edition of one value


def test_the_edition_of_a_value_changes_with_one_word_and_with_nothing_else() -> None:
    of = BOOK.edition_of
    values = ("us.eo13818", "el.shra_act", "us.treasury.secretary", "clk.glomag.120")
    assert all(len(of(id)) == 16 and int(of(id), 16) for id in values)
    assert len({of(id) for id in values}) == 4
    element = BOOK.element("el.shra_act")
    for change in ({"test": element.test + " "}, {"cite": "elsewhere"}, {"good": element.good[:1]}):
        changed = msgspec.structs.replace(element, **change)
        other = msgspec.structs.replace(BOOK, elements={**BOOK.elements, element.id: changed})
        assert other.edition_of(element.id) != of(element.id)
        assert other.edition_of("us.eo13818") == of("us.eo13818")


def test_only_these_five_kinds_of_value_have_an_edition_of_their_own() -> None:
    unknown = "know no authority, element, office, clock or program 'el.shra_akt'"
    with pytest.raises(LawError, match=unknown):
        BOOK.edition_of("el.shra_akt")
    with pytest.raises(LawError):
        BOOK.edition_of("def.pow")


def test_what_a_person_checked_needs_no_review() -> None:
    element = BOOK.element("el.uk.fail_intent")
    assert element.needs_review
    assert not msgspec.structs.replace(element, mark="checked").needs_review
