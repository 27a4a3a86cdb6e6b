"""Tests of reading/requests: which measure is asked for, against whom, of whom."""

import pytest

from gravamen.law import load
from gravamen.reading.proposal import RequestFound
from gravamen.reading.read import read

from .asked import asked, found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "We ask the Governor and the two Senators to impose sanctions on Velda.",
            ("sanctions", "Velda", ("the Governor", "the two Senators")),
        ),
        ("We urge you to release the prisoners.", ("release", "the prisoners", ("you",))),
        (
            "The Minister should publish the report.",
            ("information", "the report", ("The Minister",)),
        ),
        ("The prisoners must be released.", ("release", "The prisoners", ())),
        ("We want them released.", ("release", "them", ())),
        (
            "The Assembly calls for an investigation into the killings.",
            ("investigation", "the killings", ()),
        ),
        (
            "Will the Minister impose sanctions on Colonel Orvel Zand?",
            ("sanctions", "Colonel Orvel Zand", ("the Minister",)),
        ),
        (
            "We urge the Minister to refrain from selling weapons to Velda.",
            ("arms-embargo", "Velda", ("the Minister",)),
        ),
        (
            "The Council calls upon the partners of Velda to suspend the delivery of ammunition.",
            ("suspend-assistance", "Velda", ("the partners of Velda",)),
        ),
    ],
)
def test_measure_target_and_addressees(text, expected):
    assert asked(text) == [expected]


def test_three_addressees_of_one_letter_are_three():
    text = (
        "The Board resolves to send letters to the President, the Secretary of State and the "
        "Secretary of the Treasury, urging them to impose sanctions on Orvel Zand."
    )
    assert asked(text) == [
        (
            "sanctions",
            "Orvel Zand",
            ("the President", "the Secretary of State", "the Secretary of the Treasury"),
        )
    ]


def test_you_is_whoever_the_letter_greets():
    text = "Dear Governor,\n\nWe ask you to investigate the killings in Aresh.\n"
    assert asked(text) == [("investigation", "the killings", ("Governor",))]


def test_a_list_is_addressed_to_whoever_opens_it():
    text = (
        "The Board urges the President to:\n"
        "1. impose sanctions on Velda;\n"
        "2. suspend aid to the army of Velda.\n"
    )
    assert asked(text) == [
        ("sanctions", "Velda", ("the President",)),
        ("suspend-assistance", "the army of Velda", ("the President",)),
    ]


def test_several_verbs_are_several_requests():
    text = "The Board requests that Velda release all prisoners and that Tarn open an inquiry."
    assert [(measure, to) for measure, _, to in asked(text)] == [
        ("release", ("Velda",)),
        ("investigation", ("Tarn",)),
    ]


def test_a_request_names_the_law_that_it_rests_on():
    text = "We ask the Secretary of State to suspend military aid to Velda under the Leahy Law."
    (request,) = found(RequestFound, text)
    assert request.authority == "us.leahy.state"
    law = load()
    again = [p for p in read(text, law=law).proposals if isinstance(p, RequestFound)]
    assert [r.authority for r in again] == ["us.leahy.state"]


@pytest.mark.parametrize(
    "text",
    [
        "The Clerk is directed to send copies of this motion.",
        "Velda released the prisoners.",
        "The Board did not ask Velda to release the prisoners.",
    ],
)
def test_form_and_report_are_no_request(text):
    assert asked(text) == []
