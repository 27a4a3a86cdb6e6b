"""Denial: "denied the charge" is speech, "were denied water" is an act."""

from datetime import date

import pytest

from gravamen.reading.proposal import AllegationFound, AttributionFound
from gravamen.reading.read import read

ON = date(2031, 4, 9)


def voices(text: str) -> list[tuple[str | None, str, str, str]]:
    """Who says what in a text: speaker, content, stance, mode."""
    return [
        (p.speaker, p.text, p.stance, p.mode)
        for p in read(text, reference_date=ON).proposals
        if isinstance(p, AttributionFound)
    ]


def acts(text: str) -> list[tuple[str, str | None, str | None, str]]:
    """The acts of a text: act, perpetrator, victim, modality."""
    return [
        (p.act, p.perpetrator, p.victim, p.modality)
        for p in read(text, reference_date=ON).proposals
        if isinstance(p, AllegationFound)
    ]


def test_a_beating_beside_a_denied_doctor_stays_asserted() -> None:
    text = "Of the eleven miners, five were denied access to a doctor and three were whipped."
    assert acts(text) == [
        ("ill-treatment", None, "five", "asserted"),
        ("ill-treatment", None, "three", "asserted"),
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "Seven teachers have been denied bail.",
        "The warden denied the women visits.",
        "Quorland denied them entry.",
        "The clinic was denied access to the camp.",
        "The wardens denied the sick any treatment.",
    ],
)
def test_a_thing_that_is_kept_from_somebody_is_no_denial(sentence: str) -> None:
    assert voices(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "content"),
    [
        ("The Bureau denied any involvement.", "any involvement"),
        ("The Bureau denied that its agents burned the mill.", "its agents burned the mill"),
        ("The Bureau denied burning the mill.", "burning the mill"),
        ("The Bureau denied an attack on the water works.", "an attack on the water works"),
        ("The Bureau rejected the accusations.", "the accusations"),
    ],
)
def test_what_was_said_is_denied(sentence: str, content: str) -> None:
    assert voices(sentence) == [("The Bureau", content, "denies", "official")]


@pytest.mark.parametrize(
    "sentence",
    ["The court rejected the appeal.", "The President dismissed the minister."],
)
def test_a_request_or_a_person_that_is_turned_down_was_not_said(sentence: str) -> None:
    assert voices(sentence) == []


def test_who_keeps_water_from_somebody_does_it() -> None:
    assert acts("The wardens denied the women clean water.") == [
        ("ill-treatment", "The wardens", "the women", "asserted")
    ]


def test_who_is_kept_from_a_lawyer_suffers_it() -> None:
    assert acts("The prison has denied a lawyer to four farmers.") == [
        ("denial-of-lawyer", "The prison", "four farmers", "asserted")
    ]


def test_what_is_denied_in_the_first_person_is_denied() -> None:
    assert acts("We deny any part in the killing of the shepherd by soldiers.") == [
        ("killing", "soldiers", "the shepherd", "denied")
    ]


def test_a_denied_act_is_denied() -> None:
    assert acts("Captain Jolm denied whipping the boys.") == [
        ("ill-treatment", "Captain Jolm", "the boys", "denied")
    ]


def test_not_granted_access_denies_nothing() -> None:
    text = "The Mission said that it had not been granted access to the camp."
    assert voices(text) == [
        ("The Mission", "it had not been granted access to the camp", "affirms", "official")
    ]


def test_another_cause_is_an_official_account() -> None:
    assert voices("The Navy of Quorland says that the nine drowned in a storm.") == [
        ("The Navy of Quorland", "the nine drowned in a storm", "affirms", "official")
    ]


def test_to_call_an_act_lawful_is_an_official_account() -> None:
    assert voices("The Interior Ministry called the raid lawful.") == [
        ("The Interior Ministry", "the raid lawful", "affirms", "official")
    ]


def test_to_give_a_new_name_to_an_act_is_an_account() -> None:
    assert voices("The government of Quorland called the march a riot.") == [
        ("The government of Quorland", "the march a riot", "affirms", "official")
    ]


def test_deaths_laid_to_illness_are_an_official_account() -> None:
    assert voices("The governor attributed the deaths to cholera.") == [
        ("The governor", "the deaths to cholera", "affirms", "official")
    ]


def test_who_goes_on_to_deny_is_who_spoke_first() -> None:
    text = "The ministry said the boys had drowned and dismissed the claims as gossip."
    assert voices(text) == [
        ("The ministry", "the boys had drowned", "affirms", "official"),
        ("The ministry", "the claims as gossip", "denies", "official"),
    ]
