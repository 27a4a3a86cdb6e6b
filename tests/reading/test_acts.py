"""Tests of reading/acts: who did what to whom, and how it is put."""

import pytest

from gravamen.reading.proposal import AllegationFound

from .asked import acts, found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Soldiers of Velda killed four farmers.",
            ("killing", "Soldiers of Velda", "four farmers", "asserted"),
        ),
        (
            "Four farmers were killed by soldiers of Velda.",
            ("killing", "soldiers of Velda", "Four farmers", "asserted"),
        ),
        ("Four farmers were killed near Aresh.", ("killing", None, "Four farmers", "asserted")),
        (
            "The killing of four farmers by soldiers was reported.",
            ("killing", "soldiers", "four farmers", "asserted"),
        ),
        (
            "The shelling of Aresh by the Veldian army went on.",
            ("attack", "the Veldian army", "Aresh", "asserted"),
        ),
        ("Soldiers burned houses in Aresh.", ("destruction", "Soldiers", "houses", "asserted")),
        ("The boy died in custody.", ("death-in-custody", None, "The boy", "asserted")),
        ("They held 14 men.", ("detention", "They", "14 men", "asserted")),
    ],
)
def test_perpetrator_and_victim_are_words_of_the_text_or_none(text, expected):
    assert acts(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "No farmer was killed by soldiers.",
        "The soldiers did not kill the farmers.",
        "The soldiers never killed the farmers.",
        "The Ministry denied that soldiers had killed the farmers.",
        "There is no evidence that soldiers killed the farmers.",
    ],
)
def test_what_is_said_not_to_have_happened_is_denied(text):
    assert [(act, how) for act, _, _, how in acts(text)] == [("killing", "denied")]


@pytest.mark.parametrize(
    "text",
    [
        "Velda must release the prisoners.",
        "The Board urges Velda to release the prisoners.",
        "The prisoners should be released.",
    ],
)
def test_what_is_asked_for_is_requested(text):
    assert [(act, how) for act, _, _, how in acts(text)] == [("release", "requested")]


@pytest.mark.parametrize(
    "text",
    [
        "If the guards beat the prisoners, the court will sit.",
        "The guards could beat the prisoners.",
        "The guards planned to beat the prisoners.",
    ],
)
def test_what_is_only_thought_of_is_hypothetical(text):
    assert [(act, how) for act, _, _, how in acts(text)] == [("ill-treatment", "hypothetical")]


def test_what_went_on_is_asserted():
    assert acts("Guards continued to beat the prisoners.") == [
        ("ill-treatment", "Guards", "the prisoners", "asserted")
    ]


@pytest.mark.parametrize(
    ("text", "hedged"),
    [
        ("The guard allegedly beat the prisoner.", True),
        ("There are reasonable grounds to believe that the guard beat the prisoner.", True),
        ("The guard beat the prisoner.", False),
    ],
)
def test_reserve_is_kept(text, hedged):
    assert [a.hedged for a in found(AllegationFound, text)] == [hedged]


@pytest.mark.parametrize(
    "text",
    [
        "Complaints about torture were dismissed.",
        "The Convention against Torture was signed.",
        "Detention in Velda\n\nThe committee met.",
        "They met at the Aresh detention centre.",
    ],
)
def test_a_mere_mention_is_no_act(text):
    assert acts(text) == []


def test_an_act_has_the_date_and_the_place_of_its_sentence():
    (act,) = found(AllegationFound, "Soldiers killed four farmers near Aresh on 3 May 2024.")
    assert (act.date, act.place) == ("2024-05-03", "Aresh")


def test_each_act_of_a_list_is_one():
    text = "The Board condemns Velda for the detention, torture and killing of prisoners."
    kinds = [
        act for act, *_ in acts("Velda carried out the detention, torture and killing of men.")
    ]
    assert kinds == ["detention", "torture", "killing"]
    assert {victim for _, _, victim, _ in acts(text)} <= {"prisoners"}
