"""Tests of checks/citations.py: law without a cite, exhibits, forms of address."""

import msgspec
import pytest

from gravamen.sentences import Binding

from .building import act, bound, case, claim, drawn, law, letter, raised, sentence

REPORT = "Guards beat detainees."


@pytest.mark.parametrize(
    "words",
    [
        "The law requires a report each year.",
        "Such aid is prohibited by law.",
        "The Global Magnitsky Act allows the President to act.",
        "This was done in violation of international law.",
    ],
)
def test_law_that_is_stated_without_a_cite_is_stopped(words: str) -> None:
    (flag,) = drawn("citation-missing", case(), letter(sentence(words, "argument")))
    assert flag.blocks
    assert flag.message == f"This states law without a cite: “{words}”."


def test_the_cite_of_a_law_that_is_named_is_proposed() -> None:
    words = sentence("The Global Magnitsky Act allows the President to act.", "argument")
    (flag,) = drawn("citation-missing", case(), letter(words))
    assert law().authorities["us.glomag.act"].cite in flag.hint


@pytest.mark.parametrize(
    ("words", "fields"),
    [
        ("The law requires a report each year (22 U.S.C. 10103).", {}),
        ("Section 907 of the Act prohibits such aid.", {}),
        ("The Act covers this: article 3.", {}),
        ("The law requires a report each year.", {"authority": "us.glomag.act"}),
        ("We ask you to act under the law.", {}),
        ("The minister said: “the law requires it”.", {}),
        ("Her brother-in-law covers the cost.", {}),
    ],
)
def test_law_with_its_cite_and_what_states_none_is_let_be(words: str, fields: dict) -> None:
    sent = letter(sentence(words, "argument", **fields))
    assert drawn("citation-missing", case(), sent) == []


def test_what_a_source_says_of_the_law_is_that_sources_word() -> None:
    sent = letter(sentence("The law requires a report.", "allegation"))
    assert drawn("citation-missing", case(), sent) == []


def _case():
    return case(
        sources={"s.report": REPORT},
        allegations=(act(),),
        claims=(claim("c1", "a1", REPORT, REPORT),),
    )


@pytest.mark.parametrize(
    ("words", "missing"),
    [
        ("See Exhibit 2.", ["2"]),
        ("See Exhibit B.", ["B"]),
        ("See Exhibits A and C.", ["C"]),
        ("See Exhibit W.", ["W"]),
        ("See Exhibit A.", []),
        ("See exhibit 1.", []),
        ("See Exhibit A3.", []),
        ("The exhibit of 2019 was shown.", []),
        ("The court wrote: “see Exhibit 9”.", []),
    ],
)
def test_an_exhibit_that_is_cited_is_enclosed(words: str, missing: list[str]) -> None:
    kept = _case()
    sent = letter(
        sentence(REPORT, bindings=bound(kept, "c1")), sentence(words, "argument", id="s2")
    )
    flags = drawn("exhibit-missing", kept, sent)
    assert [f.message for f in flags] == [
        f"Exhibit {label} is cited; 1 exhibit is enclosed with letter." for label in missing
    ]


def test_a_source_that_the_record_lost_cannot_be_enclosed() -> None:
    kept = _case()
    sent = letter(sentence(REPORT, bindings=bound(kept, "c1")))
    assert drawn("exhibit-missing", kept, sent) == []
    (flag,) = drawn("exhibit-missing", case(), sent)
    assert flag.message == "The sentence cites 's.report', which is not a source of this case."


def test_a_text_that_cites_an_exhibit_which_nobody_captured_is_told() -> None:
    (flag,) = raised("exhibit-missing", case(motion="As Exhibit 2 shows, men were beaten."))
    assert flag.severity == "warning"
    assert flag.message == "Exhibit 2 is cited; the case holds no sources beside the text."
    two = {"s.a": "one", "s.b": "two"}
    assert (
        raised("exhibit-missing", case(motion="As Exhibit 2 shows, it is so.", sources=two)) == []
    )


def _addressed(
    salutation: str | None, close: str | None = "Sincerely,", office="us.state.secretary"
):
    return letter(sentence("We ask.", "request"), office=office, salutation=salutation, close=close)


def test_a_form_that_is_not_the_offices_is_told_with_the_one_that_is() -> None:
    (flag,) = drawn("address-form", case(), _addressed("Dear Mr. Smith:"))
    assert "“Dear Mr. Smith:” is not the form for the Secretary of State" in flag.message
    assert "nobody confirmed who holds the office" in flag.message
    assert flag.hint.startswith("Write “Dear Secretary:”")
    (flag,) = drawn("address-form", case(), _addressed("Dear Secretary:", "Yours ever,"))
    assert flag.hint == f"Write “{law().offices['us.state.secretary'].close}”."


def test_the_form_of_the_office_and_an_unknown_office_are_let_be() -> None:
    form = law().offices["us.state.secretary"]
    assert drawn("address-form", case(), _addressed(form.salutation, form.close)) == []
    assert drawn("address-form", case(), _addressed("DEAR SECRETARY,", form.close)) == []
    assert drawn("address-form", case(), _addressed("Dear Sir,", office="xx.none")) == []
    assert drawn("address-form", case(), _addressed(None, None)) == []


def test_what_is_withheld_is_not_lost_and_a_dossier_has_no_salutation() -> None:
    hidden = Binding(claim="c1", version="0", withheld=True)
    sent = letter(sentence("See Exhibit W.", "argument", bindings=(hidden,)))
    assert drawn("exhibit-missing", _case(), sent) == []
    odd = msgspec.structs.replace(_addressed("Dear Sir,"), kind="dossier")
    assert drawn("address-form", case(), odd) == []
