"""Tests of checks/words.py: conclusions that nobody is named for, rival names, words that argue."""

import msgspec
import pytest

from gravamen.claims import Characterisation

from .building import act, bound, case, claim, dossier, drawn, letter, raised, sentence

REPORT = "The hostages were beaten, the Observatory says."


def _labelled(by: str):
    term = Characterisation(term="hostage", words="hostages", by=by)
    return case(
        motion=REPORT,
        allegations=(act(characterisations=(term,)),),
        claims=(claim("c1", "a1", REPORT, "The hostages were beaten", at="s.motion"),),
    )


@pytest.mark.parametrize(
    "by", ["The motion", "the text itself", "Board of Supervisors of Ostra County", "this Board"]
)
def test_a_conclusion_in_the_boards_own_voice_is_stopped(by: str) -> None:
    (flag,) = raised("unattributed-characterisation", _labelled(by))
    assert flag.message == "“hostages” is a conclusion, and nobody is named for it."
    assert flag.where == "a1, s.motion, character 0"
    assert flag.blocks


def test_a_conclusion_with_an_owner_is_let_be() -> None:
    assert raised("unattributed-characterisation", _labelled("the Observatory")) == []


def test_a_conclusion_that_a_person_wrote_into_an_allegation_needs_an_owner() -> None:
    (flag,) = raised(
        "unattributed-characterisation",
        case(allegations=(act("a1", "the hostages were tortured"),)),
    )
    assert flag.message.startswith("“hostages” and “tortured” are conclusions")
    neutral = act("a1", "guards beat the men with cables")
    assert raised("unattributed-characterisation", case(allegations=(neutral,))) == []


def test_a_mere_slant_does_not_stop_anything() -> None:
    (flag,) = raised(
        "unattributed-characterisation", case(allegations=(act("a1", "they left the enclave"),))
    )
    assert flag.severity == "warning"


def test_a_sentence_that_concludes_names_who_does() -> None:
    kept = _labelled("the Observatory")
    said = sentence("The hostages were beaten.", bindings=bound(kept, "c1"), allegations=("a1",))
    assert len(drawn("unattributed-characterisation", kept, letter(said))) == 1
    owned = msgspec.structs.replace(said, characterisation_of="the Observatory")
    assert drawn("unattributed-characterisation", kept, letter(owned)) == []
    quoted = msgspec.structs.replace(said, text="The Observatory says: “The hostages were beaten”.")
    assert drawn("unattributed-characterisation", kept, letter(quoted)) == []
    asked = sentence("We ask you to end torture.", "request")
    assert drawn("unattributed-characterisation", kept, letter(asked)) == []


@pytest.mark.parametrize("name", ["Stepanakert", "Khankendi", "Derry", "Londonderry", "Malvinas"])
def test_either_sides_name_is_noted_alike(name: str) -> None:
    (flag,) = raised("contested-name", case(motion=f"In {name} a man was beaten."))
    assert flag.severity == "warning"
    assert flag.message.startswith(f"“{name}” names a ")
    assert flag.where == "s.motion, character 0"


def test_names_without_a_rival_and_names_in_quotations_are_let_be() -> None:
    assert raised("contested-name", case(motion="In Ostra a man was beaten.")) == []
    assert (
        raised("contested-name", case(motion="He said “we were in Londonderry then” and left."))
        == []
    )


def test_a_misspelt_name_counts_only_near_its_own_country() -> None:
    assert raised("contested-name", case(motion="Sushi was served in Ostra.")) == []
    flags = raised("contested-name", case(motion="Its second city, Sushi, lies in Upper Karabakh."))
    assert any("“Sushi” is neither" in f.message for f in flags)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("They live in the Merun valley, which Tarn calls the Lower Ostra.", "Lower Ostra"),
        ("The Merunians call this green homeland Vasmer.", "Vasmer"),
    ],
)
def test_a_rival_name_that_the_text_tells_of_is_noted(words: str, name: str) -> None:
    (flag,) = raised("contested-name", case(motion=words))
    assert flag.message == f"“{name}” is, as the text itself says, one side's name."


def test_names_in_a_letter_are_noted_once_for_the_letter() -> None:
    sent = letter(
        sentence("In Derry a man was beaten.", "context"),
        sentence("In Derry another was.", "context", id="s2"),
        sentence("Sincerely, Derry.", "form", id="s3"),
    )
    assert [f.where for f in drawn("contested-name", case(), sent)] == ["s1 of letter"]


def test_words_that_argue_are_named_sentence_by_sentence() -> None:
    flags = raised(
        "loaded-words",
        case(motion="It is a fact that they came. Unfortunately they stayed. So it was."),
    )
    assert [(f.message, f.where) for f in flags] == [
        ("“It is a fact” argues inside a statement.", "s.motion, character 0"),
        ("“Unfortunately” argues inside a statement.", "s.motion, character 29"),
    ]


def test_an_argument_may_argue() -> None:
    words = "This is clearly an outrage."
    assert drawn("loaded-words", case(), letter(sentence(words, "argument"))) == []
    assert len(drawn("loaded-words", case(), letter(sentence(words, "context")))) == 1


def test_a_persons_own_allegation_is_looked_at_and_a_proposal_is_not() -> None:
    kept = case(allegations=(act("a1", "guards brutally beat the men"),))
    assert [f.where for f in raised("loaded-words", kept)] == ["a1"]
    proposed = msgspec.structs.replace(kept, proposed_by={"a1": "reader/1"})
    assert raised("loaded-words", proposed) == []


def test_a_conclusion_in_what_no_document_prints_is_a_warning() -> None:
    kept = _labelled("The motion")
    context = {
        id: msgspec.structs.replace(a, kind="context", act=None)
        for id, a in kept.allegations.items()
    }
    (flag,) = raised(
        "unattributed-characterisation", msgspec.structs.replace(kept, allegations=context)
    )
    assert flag.severity == "warning"


def test_the_background_of_a_dossier_concludes_nothing_of_its_own() -> None:
    said = sentence("The hostages are still held.", "argument")
    assert len(drawn("unattributed-characterisation", case(), dossier(said, at="context"))) == 1
    assert drawn("unattributed-characterisation", case(), dossier(said, at="interest")) == []
