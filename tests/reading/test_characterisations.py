"""Tests of reading/characterisations: labels, and the words that are none where they stand."""

import pytest

from gravamen.reading.proposal import CharacterisationFound

from .asked import found


def _terms(text: str) -> list[str]:
    return [c.term for c in found(CharacterisationFound, text)]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("They are prisoners of war.", ["pow"]),
        ("They are terrorists.", ["terrorist"]),
        ("It was genocide.", ["genocide"]),
        ("The detention was arbitrary.", ["arbitrary"]),
        ("The claim was fabricated.", ["fabricated"]),
        ("It is the occupied region.", ["occupation"]),
        ('They shot the "General" Orvel Zand.', ["scare-quotes"]),
    ],
)
def test_a_label_is_found_with_its_term(text, terms):
    assert _terms(text) == terms


@pytest.mark.parametrize(
    "text",
    [
        "It is a sanctions regime.",
        "The Convention against Torture was signed.",
        "The Karun Liberation Front met.",
        "It was a legitimate concern.",
    ],
)
def test_a_word_that_labels_nothing_is_none(text):
    assert _terms(text) == []
