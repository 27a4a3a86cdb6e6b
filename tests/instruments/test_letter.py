"""Letters and what stands around them: only what a source shows, only what the office can do."""

from datetime import date
from pathlib import Path

import msgspec
import pytest

from gravamen import import_case, law, prepare
from gravamen.case import Case
from gravamen.checks.permitted import withheld
from gravamen.findings import choose, weigh
from gravamen.instruments.asked_words import ask_words
from gravamen.instruments.asks import Book, asks, elsewhere
from gravamen.instruments.frame import copies
from gravamen.instruments.manifest import exhibits_of
from gravamen.instruments.sheet import sheet
from gravamen.requests import Request
from gravamen.sentences import Block, Instrument, Section

from .letters import CASE as SMALL
from .letters import letter as small_letter

WORKED = Path(__file__).parents[2] / "cases" / "alder-county" / "case.yaml"
ON = date(2024, 3, 5)
LAW = law.load()
replace = msgspec.structs.replace


@pytest.fixture(scope="module")
def worked(tmp_path_factory) -> Case:
    folder = tmp_path_factory.mktemp("letters") / "case"
    return import_case(WORKED, folder, actor="person:Ada").case()


def drafted(case: Case) -> dict[str, Instrument]:
    return {i.id: i for i in prepare(case, LAW, on=ON).instruments}


def words(instrument: Instrument) -> str:
    return "\n".join(s.text for s in instrument.sentences())


def book(case: Case) -> Book:
    findings = weigh(case, LAW, on=ON)
    chosen = tuple(choose(case, LAW, findings, p) for p in dict.fromkeys(f.party for f in findings))
    return Book(case=case, law=LAW, findings=findings, choices=chosen, on=ON)


def with_party(case: Case, id: str, **fields: object) -> Case:
    return replace(case, parties={**case.parties, id: replace(case.parties[id], **fields)})


def misaddressed(case: Case) -> Case:
    wrong = Request(
        id="r.wrong",
        measure="suspend-assistance",
        authority="us.leahy.state",
        target="p.battalion",
        addressees=("us.treasury.secretary",),
    )
    return replace(case, requests={**case.requests, wrong.id: wrong})


def test_an_identifier_that_no_source_shows_is_not_printed(worked):
    told = words(drafted(worked)["letter-us.treasury.secretary"])
    assert "May 17, 1974" in told and "no source on record" not in told
    without = replace(
        worked, claims={k: c for k, c in worked.claims.items() if "birth" not in c.serves}
    )

    told = words(drafted(without)["letter-us.treasury.secretary"])

    assert "1974" not in told
    assert "no source on record" in told


def test_a_post_that_no_source_shows_is_not_printed(worked):
    assert "Commander" in words(drafted(worked)["letter-us.treasury.secretary"])
    bare = tuple(replace(post, claims=()) for post in worked.parties["p.teresh"].posts)
    without = replace(
        with_party(worked, "p.teresh", posts=bare),
        claims={
            k: c
            for k, c in worked.claims.items()
            if not any(s.startswith("post:") for s in c.serves)
        },
    )

    assert "Commander" not in words(drafted(without)["letter-us.treasury.secretary"])


def test_what_the_record_lacks_is_told_to_the_body_and_not_to_the_office(worked):
    made = drafted(worked)
    lacking = LAW.element("el.no_effective_steps").test

    assert lacking not in words(made["letter-us.state.secretary"])
    assert "steps to bring the responsible members" in words(made["diagnosis"])
    assert LAW.element("el.unit").test in words(made["letter-us.state.secretary"])


def test_both_grounds_of_a_commander_are_argued_the_act_and_the_post(worked):
    told = words(drafted(worked)["letter-us.treasury.secretary"])

    assert "583.201(a)(2)(i)" in told
    assert "583.201(a)(2)(iii)(A)" in told


def test_a_misaddressed_request_is_neither_repeated_nor_a_fault_of_another_letter(worked):
    made = drafted(misaddressed(worked))

    assert "r.wrong" not in {s.request for s in made["motion"].sentences()}
    reasons = made["letter-us.state.secretary"].draft_reasons
    assert [r for r in reasons if "cannot suspend assistance" in r] == []
    assert [r for r in made["motion"].draft_reasons if "cannot suspend assistance" in r]


def test_what_is_asked_of_an_office_nobody_knows_stands_in_the_motion(worked):
    free = Request(id="r.free", measure="release", addressee_words=("the Government of Sarvenia",))
    made = drafted(replace(worked, requests={**worked.requests, free.id: free}))

    assert "r.free" in {s.request for s in made["motion"].sentences()}


def test_a_society_gets_letters_and_no_motion(worked):
    assert "motion" in drafted(worked)
    assert worked.requester is not None
    society = replace(worked, requester=replace(worked.requester, kind="ngo"))

    assert "motion" not in drafted(society)


def test_the_act_is_not_offered_for_victims_whom_it_does_not_protect(worked):
    assert [a for a in elsewhere(book(worked)) if a.authority == "us.glomag.act"] == []
    journalists = {
        k: replace(a, victims=("journalist",)) if a.victims else a
        for k, a in worked.allegations.items()
    }
    protected = replace(worked, allegations=journalists)
    assert [a for a in elsewhere(book(protected)) if a.authority == "us.glomag.act"]


def test_a_committee_that_can_start_two_clocks_is_told_both_and_no_whole_house_gets_a_copy(worked):
    asked = asks(book(worked))[0]
    both = (
        replace(asked, authority="us.glomag.act"),
        replace(asked, authority="us.faa.502B"),
    )

    found = {
        c.office: c.why for c in copies(worked, LAW, both, to=LAW.office("us.treasury.secretary"))
    }

    committee = found[LAW.office("us.senate.foreign_relations").title]
    assert "120 days" in committee and "30 days" in committee
    assert not {LAW.office(o).title for o in ("us.senate", "us.house")} & set(found)
    to = LAW.office("us.senate.foreign_relations")
    assert to.title not in {c.office for c in copies(worked, LAW, both, to=to)}


def test_a_report_is_asked_for_without_naming_the_unit_that_it_would_name(worked):
    state = Request(
        id="r.state",
        measure="suspend-assistance",
        target="p.sarvenia",
        addressees=("us.state.secretary",),
    )
    found = asks(book(replace(worked, requests={state.id: state})))

    leahy = {a.measure: a.open for a in found if a.authority == "us.leahy.state"}
    assert leahy == {"suspend-assistance": "units", "information": None}


def test_a_protected_name_broken_over_two_lines_is_withheld_too(worked):
    witness = next(p for p in worked.parties.values() if p.protected)
    claim = worked.claims["c.decree"]
    name = next(n.text for n in witness.names if " " in n.text)
    broken = replace(claim, passage=replace(claim.passage, exact=name.replace(" ", "\n")))

    assert not withheld(worked, claim)
    assert withheld(worked, broken)


def test_the_marks_of_a_statement_stand_once_behind_it():
    instrument = small_letter()
    first = next(s for s in instrument.sentences() if s.bindings and not s.bindings[0].withheld)
    block = Block(sentences=(first, replace(first, id="s99")))
    section = Section(heading=None, blocks=(block,))

    laid = sheet(replace(instrument, sections=(section,)), exhibits_of(instrument, SMALL.sources))

    (printed,) = laid["sections"][0]["blocks"]
    assert [bool(s["refs"]) for s in printed["sentences"]] == [True, False]


def test_one_party_is_asked_for_in_a_sentence_and_several_in_a_list(worked):
    found = asks(book(worked))
    visa = next(ask_words(a, worked, LAW, str) for a in found if a.authority == "us.sfops.7031c")
    assert visa.endswith("), and the members of the immediate family")
    units = next(ask_words(a, worked, LAW, str) for a in found if a.authority == "us.leahy.state")
    assert units.endswith("assistance to the 4th Guard Battalion")
    listed = next(ask_words(a, worked, LAW, str) for a in found if a.measure == "sanctions")
    assert "the following persons: Ilvan Teresh (" in listed and "; 4th Guard Battalion" in listed
