"""Requester: which body asks, in which form, about what, and who is to sign, as the text tells."""

import pytest

from gravamen.reading.requester import Signing, told_of_requester

RESOLUTION = """RESOLUTION NO. 2031-7

RESOLUTION OF THE BOARD OF COMMISSIONERS OF ORDEL COUNTY, URGING SANCTIONS ON OFFICIALS OF TARN

WHEREAS, officers beat detainees; and

NOW, THEREFORE, BE IT RESOLVED that the Board urges the Secretary of State to act; and

BE IT FURTHER RESOLVED that copies be sent to the House of Representatives of the United States.

Adopted this 9th day of March, 2031.

_______________________
Ada Orm, President
_______________________
Bo Lind, Commissioner
"""
LETTER = """12 May 2031

The Honorable Secretary of State
U.S. Department of State
Washington, DC

Re: Submission on two officials of Tarn

Dear Secretary of State:

We ask you to designate the two.

Sincerely,

Mara Quill
Executive Director, Lawyers for the Missing
"""


def test_a_resolution_tells_its_body_and_signers_and_not_those_it_is_sent_to():
    told = told_of_requester(RESOLUTION)

    assert told.body == "Board of Commissioners of Ordel County"
    assert (told.form, told.deliberative) == ("resolution", True)
    assert told.signing == (Signing("Ada Orm", "President"), Signing("Bo Lind", "Commissioner"))


def test_a_letter_of_a_society_is_no_motion_and_its_subject_line_is_its_heading():
    told = told_of_requester(LETTER)

    assert told.body == "Lawyers for the Missing"
    assert (told.form, told.deliberative) == ("letter", False)
    assert told.heading == "Submission on two officials of Tarn"
    assert told.signing == (Signing("Mara Quill", "Executive Director, Lawyers for the Missing"),)


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("WE, THEREFORE, MOVE that the Board of Supervisors of Ordel County:\n", None),
        ("I MOVE that the Board of Supervisors ask the President to act.", "Board of Supervisors"),
        ("COUNTY OF ORDEL\nBOARD OF SUPERVISORS\n\nWhereas, men were beaten;", "Board of"),
        ("TOWN OF LINDEN\nTOWN COUNCIL\n\nWHEREAS, men were beaten; now", "Town Council"),
        ("The European Parliament,\n\nA. whereas men were beaten;\n\n1. Calls on them to act;",
         "European Parliament"),
        ("This Council notes:\n1. That men were beaten.\nContact: Ordel Borough Council, Town Hall",
         "Ordel Borough Council"),
        ("The Senate\nNotices of Motion\n\nThat the Senate calls on Tarn to act.", "Senate"),
        ("From: Friends of Ordel, Linden chapter\nDear Mayor,\nPlease act.", "Friends of Ordel"),
        ("We, the undersigned 23 organizations, write about Tarn.", "undersigned organizations"),
        ("Dear Minister,\nOn behalf of the Ordel Bar Association we write.", "Ordel Bar"),
    ],
)  # fmt: skip
def test_the_body_stands_where_such_papers_name_it(text: str, body: str | None):
    found = told_of_requester(text).body

    assert found is not None if body is None else found is not None and found.startswith(body)


@pytest.mark.parametrize(
    "line",
    ["October 4, 2031", "VIA CERTIFIED MAIL", "The Honorable Ada Orm", "SPONSORED BY: Bo Lind",
     "AGN. NO. ____", "U.S. Department of State", "From: Ada <ada@ordel.example>"],
)  # fmt: skip
def test_a_date_an_address_or_a_header_is_no_heading(line: str):
    assert told_of_requester(f"{line}\n\nWHEREAS, men were beaten by guards;").heading is None


def test_a_line_that_names_the_matter_is_the_heading():
    text = (
        "AGN. NO. 5\nMOTION BY SUPERVISOR ORM\n\nFive-Signature Letter on the Prisons of Tarn\n\n"
    )
    told = told_of_requester(f"{text}Guards beat detainees. I, THEREFORE, MOVE that the Board ask.")

    assert told.heading == "Five-Signature Letter on the Prisons of Tarn"
    assert (told.signatures, told.form) == (5, "motion")


def test_a_text_that_tells_nothing_is_taken_for_a_motion_of_a_body_without_a_name():
    told = told_of_requester("Men were beaten, and the President should act.")

    assert (told.body, told.form, told.deliberative) == (None, "motion", True)
