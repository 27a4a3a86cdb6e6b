"""Tests of reading/names: what is a name, and of what type."""

import pytest

from .asked import named


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Ministry of Defence of Velda met.", ("Ministry of Defence of Velda", "body")),
        ("He met Colonel Orvel Zand.", ("Orvel Zand", "person")),
        ("They came to the town of Aresh.", ("Aresh", "place")),
        ("It was at Lower Quay prison.", ("Lower Quay prison", "facility")),
        ("It was the Fourth Guard Battalion.", ("Fourth Guard Battalion", "unit")),
        ("They wrote to the Secretary of State.", ("Secretary of State", "office")),
        ("They sold arms to the government of Velda.", ("government of Velda", "state")),
        ("Then Witness K-7 spoke.", ("Witness K-7", "person")),
    ],
)
def test_the_name_or_the_words_around_it_tell_its_type(text, expected):
    assert named(text) == [expected]


def test_what_one_mention_shows_holds_for_all():
    text = "They came to the town of Dresk. Later Dresk burned."
    assert named(text) == [("Dresk", "place"), ("Dresk", "place")]


def test_a_people_is_no_name_and_makes_its_country_a_state():
    text = "Soldiers shelled the Tarnian border. The army of Tarn left."
    assert named(text) == [("Tarn", "state")]


@pytest.mark.parametrize(
    "text",
    ["Nobody came.", "The men left on Monday.", "However, They Left.", "PRISONERS WERE HELD"],
)
def test_a_capital_alone_makes_no_name(text):
    assert named(text) == []


def test_a_speaker_label_names_a_person():
    text = "HOST: Who came?\nANNA REYL: The guards.\nHOST: When?\nANNA REYL: At dawn.\n"
    assert set(named(text)) == {("ANNA REYL", "person")}
