"""Tests of reading/speech: who says what, through whom, and with what stance."""

import pytest

from gravamen.reading.proposal import AttributionFound

from .asked import found, said


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The Observatory reported that guards had killed three men in Aresh.",
            ("The Observatory", "affirms", "guards had killed three men in Aresh"),
        ),
        (
            "The governor said the prison was empty.",
            ("The governor", "affirms", "the prison was empty"),
        ),
        (
            '"They beat us with cables," the prisoner said.',
            ("the prisoner", "affirms", "They beat us with cables"),
        ),
        (
            "According to the survivor, guards beat him with cables.",
            ("the survivor", "affirms", "guards beat him with cables"),
        ),
        (
            "She accused the police of beating her son.",
            ("She", "affirms", "the police of beating her son"),
        ),
        (
            "The governor put the figure at 200.",
            ("The governor", "affirms", "200"),
        ),
    ],
)
def test_who_says_what_is_told_by_verb_quotation_source_blame_or_figure(text, expected):
    assert said(text) == [expected]


def test_a_denial_is_said_by_whoever_denies():
    text = "The Ministry of Defence of Velda denied that its soldiers had beaten prisoners."
    assert said(text) == [
        ("The Ministry of Defence of Velda", "denies", "its soldiers had beaten prisoners")
    ]


def test_what_a_state_says_did_not_happen_is_a_denial():
    text = "The Ministry said that none of its soldiers had entered the village."
    assert said(text) == [
        ("The Ministry", "denies", "none of its soldiers had entered the village")
    ]


def test_a_rejected_claim_is_affirmed_by_its_owner_and_denied_by_whoever_rejects_it():
    text = "The Ministry rejects the claims of the Observatory that guards killed three men."
    assert said(text) == [
        ("the Observatory", "affirms", "guards killed three men"),
        ("The Ministry", "denies", "guards killed three men"),
    ]
    owner, _ = found(AttributionFound, text)
    assert owner.relayed_by == "The Ministry"


def test_nested_speech_has_the_outer_voice_as_relay():
    text = "The Observatory said that a witness had told its staff that the guards shot two men."
    outer, inner = found(AttributionFound, text)
    assert (outer.speaker, outer.relayed_by) == ("The Observatory", None)
    assert (inner.speaker, inner.relayed_by) == ("a witness", "The Observatory")
    assert inner.text == "the guards shot two men"


@pytest.mark.parametrize(
    "text",
    [
        "The Panel could not verify the reports of killings.",
        "The court found no evidence that the men had been beaten.",
        "The Ministry could not confirm that the men had been beaten.",
    ],
)
def test_what_could_not_be_confirmed_is_qualified(text):
    assert [stance for _, stance, _ in said(text)] == ["qualifies"]


@pytest.mark.parametrize(
    "text",
    [
        "The Ministry declined to comment.",
        "The Ministry did not say where the men were.",
        "Soldiers of Velda entered the village.",
    ],
)
def test_silence_is_no_speech(text):
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("The Ministry said that the men had left.", "official"),
        ("The court held that the men had been beaten.", "official"),
        ("The prisoner said that the men had been beaten.", "witnessed"),
        ("The newspaper said that the men had been beaten.", "reported"),
        ("The lawyer believes that the men were beaten.", "inference"),
        ("The report states that the men were beaten.", "document"),
    ],
)
def test_the_basis_is_told_by_who_speaks_and_by_the_verb(text, mode):
    assert [a.mode for a in found(AttributionFound, text)] == [mode]


def test_a_transcript_gives_each_turn_to_its_speaker():
    text = (
        "INTERVIEWER: What did you see?\n"
        "LENA HOLT: Soldiers killed two men.\n"
        "INTERVIEWER: The Ministry has said that nobody was hurt.\n"
        "LENA HOLT: That is not true.\n"
    )
    assert said(text) == [
        ("LENA HOLT", "affirms", "Soldiers killed two men"),
        ("The Ministry", "denies", "nobody was hurt"),
        ("LENA HOLT", "denies", "nobody was hurt"),
    ]
