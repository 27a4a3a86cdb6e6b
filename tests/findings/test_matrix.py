"""Tests of the matrix as text and JSON."""

import msgspec

from gravamen.findings import (
    Finding,
    matrix_html,
    matrix_json,
    matrix_text,
    weigh,
)
from gravamen.parties import Name
from gravamen.requests import Request

from .building import ABUSE, GUARD, LEADER, ON, ORDER, SAID, STATE, authority, case, lawbook, prong


def test_the_text_matrix_fits_its_width_whatever_the_names() -> None:
    wide = msgspec.structs.replace(
        GUARD, names=(Name(text="司令" * 60 + "\x1b[31m\u202e" + "x" * 200),)
    )
    record = case([wide])
    text = matrix_text(record, ORDER, weigh(record, ORDER, on=ON), width=100)
    columns = [sum(2 if ch in "司令" else 1 for ch in line) for line in text.split("\n")]
    assert max(columns) <= 100
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_the_text_matrix_says_party_prong_element_state_and_gap() -> None:
    record = case(claims=[SAID])
    text = matrix_text(record, ORDER, weigh(record, ORDER, on=ON), width=100)
    assert text.startswith(
        "Ivo Marr (person)\n"
        "  the eo Order: eo.abuse (2 supported, 1 missing of 3)\n"
        "    MISSING el.foreign: unsupported\n"
        "        That Ivo Marr is of XS is recorded without a source; a passport entry, an "
        "official biography\n"
        "          or a registry extract would close this.\n"
        "    supported el.act: single-source (1 origin)\n"
        "        for: c.said\n"
    )


def test_the_matrix_names_prongs_of_which_nothing_is_on_record_and_explains_its_marks() -> None:
    idle = prong("eo.agent", "el.foreign", "el.claims")
    law = lawbook(authority("eo", ABUSE, idle, mark="memory"))
    record = case(proposed_by={"c.said": "machine:reader"})
    weighed = weigh(record, law, on=ON)
    text = matrix_text(record, law, weighed)
    assert "el.act: single-source (1 origin) [unreviewed] [law-unchecked]\n" in text
    assert text.endswith(
        "  Nothing on record bears on eo.agent.\n\n"
        "[unreviewed] It leans on a machine's proposal that no person has accepted.\n"
        "[law-unchecked] It leans on law data that are marked as unchecked."
    )
    page = matrix_html(record, law, weighed)
    assert "<p>Nothing on record bears on eo.agent.</p>" in page
    assert "It leans on a machine&#x27;s proposal that no person has accepted." in page
    assert {f["prong"] for f in matrix_json(record, law, weighed)["findings"]} == {
        "eo.abuse",
        "eo.agent",
    }


def test_no_finding_says_that_nobody_was_weighed() -> None:
    assert matrix_text(case(), ORDER, ()) == "No party was weighed."
    assert "No party was weighed." in matrix_html(case(), ORDER, ())


def test_the_json_matrix_holds_every_field_of_every_finding() -> None:
    record = case()
    weighed = weigh(record, ORDER, on=ON)
    found = matrix_json(record, ORDER, weighed)
    assert found["schema"] == "gravamen.findings/1"
    assert found["parties"] == [{"id": "p.guard", "name": "Ivo Marr", "kind": "person"}]
    assert found["elements"]["el.act"] == {"test": "Is el.act met?", "cite": "Test Code § 1"}
    assert [msgspec.convert(f, Finding) for f in found["findings"]] == list(weighed)
    assert set(found["findings"][0]) == set(Finding.__struct_fields__)
    assert [c["prong"] for c in found["choices"]] == ["eo.abuse"]
    msgspec.json.encode(found)


def test_a_protected_party_appears_under_its_pseudonym_only() -> None:
    hidden = msgspec.structs.replace(GUARD, protected=True, pseudonym="W-1")
    record = case([hidden], claims=[SAID])
    weighed = weigh(record, ORDER, on=ON)
    every = (
        matrix_text(record, ORDER, weighed)
        + matrix_html(record, ORDER, weighed)
        + str(matrix_json(record, ORDER, weighed))
    )
    assert "Ivo Marr" not in every
    assert "W-1" in every


def test_a_law_that_does_not_reach_a_party_takes_one_sentence_and_no_table() -> None:
    law = lawbook(authority("eo", ABUSE, LEADER))
    requests = {"r1": Request(id="r1", measure="sanctions", target="p.state", authority="eo")}
    record = case([STATE], [], [], requests=requests)
    weighed = weigh(record, law, on=ON)
    assert len(weighed) == 2
    assert matrix_text(record, law, weighed, width=100) == (
        "Sarvenia (government)\n"
        "  Sarvenia is a state, and the eo Order reaches persons, entities and government bodies, "
        "not states."
    )
    assert "<table>" not in matrix_html(record, law, weighed)
