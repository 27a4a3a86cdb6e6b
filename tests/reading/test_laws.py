"""Tests of reading/laws: laws by name, by section and by number, and short for them later."""

import pytest

from gravamen.reading.proposal import LegalReferenceFound

from .asked import found


def _laws(text: str) -> list[tuple[str, str | None]]:
    return [(law.text, law.authority) for law in found(LegalReferenceFound, text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rests on the Leahy Law.", ("Leahy Law", "us.leahy.state")),
        ("It rests on Executive Order 13818.", ("Executive Order 13818", "us.eo13818")),
        ("It rests on Section 7031(c).", ("Section 7031(c)", "us.sfops.7031c")),
        ("It rests on Canada's Magnitsky law.", ("Canada's Magnitsky law", "ca.jvcfoa")),
        ("It breaks the Convention against Torture.", ("Convention against Torture", None)),
        ("It breaks the Emergency Powers Act 2014.", ("Emergency Powers Act 2014", None)),
        ("It breaks Decree No. 12.", ("Decree No. 12", None)),
        ("It cites H. Res. 2207.", ("H. Res. 2207", None)),
    ],
)
def test_a_law_is_known_by_name_section_or_number(text, expected):
    assert _laws(text) == [expected]


def test_the_act_is_the_one_named_before_it():
    text = "The Global Magnitsky Act was passed. Under the Act the President reports."
    assert [authority for _, authority in _laws(text)] == ["us.glomag.act", "us.glomag.act"]


@pytest.mark.parametrize("text", ["It breaks international law.", "It is an act of war."])
def test_law_in_general_is_no_reference(text):
    assert _laws(text) == []
