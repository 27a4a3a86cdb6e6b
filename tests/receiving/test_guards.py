"""What looks like a decision and is none: what is past, opposite, of another thing, provisional."""

from datetime import date

import pytest

from gravamen.receiving import take
from gravamen.sources import capture
from tests.receiving.corpus import LAW, answered

VISA, AID = "r.visa", "r.aid"


def read(words: str, *, to: str = "d.state"):
    """What is proposed for a letter of these words that came on 1 June 2026; ours is of 12 May."""
    return take(
        answered(),
        LAW,
        capture(words.encode(), id="s.reply-1", name="letter.txt"),
        id="reply.1",
        today=date(2026, 6, 1),
        received="2026-06-01",
        dispatch=to,
    )


def said(words: str, *, to: str = "d.state") -> dict[str, str]:
    answers = read(words, to=to).reply.answers
    return {a.request: a.outcome for a in answers if a.outcome != "not-addressed"}


DONE = "Ilvan Teresh was designated under section 7031(c) on {}."


@pytest.mark.parametrize("day", ["20 May 2026", "May 20, 2026", "May 20", "2026-05-20"])
def test_what_was_done_after_our_letter_is_granted(day):
    assert said(DONE.format(day)) == {VISA: "granted"}


@pytest.mark.parametrize("day", ["3 May 2026", "May 3, 2025", "June 3", "2024-05-20", "3 May"])
def test_what_was_done_before_our_letter_answers_nothing(day):
    taken = read(DONE.format(day))
    assert {a.outcome for a in taken.reply.answers} == {"not-addressed"}
    assert (taken.reply.reply, taken.shown_by) == ("substantive", "weak")
    assert taken.why.startswith("it tells of what was before our letter, and decides nothing")


@pytest.mark.parametrize(
    "words",
    [
        "We refuse your request of March 12, 2026 to make Ilvan Teresh ineligible.",
        "We refuse to designate Ilvan Teresh under section 7031(c) of the Act of 2019.",
        "We refuse to designate Ilvan Teresh under section 7031(c) for the acts of February 2023.",
    ],
)
def test_the_day_of_a_letter_a_law_or_a_deed_is_not_that_of_the_decision(words):
    assert said(words) == {VISA: "refused"}


@pytest.mark.parametrize(
    "words",
    [
        "The Department granted a waiver for assistance to the 4th Guard Battalion.",
        "The Department refused a waiver for assistance to the 4th Guard Battalion.",
        "A visa was granted to Ilvan Teresh on May 20.",
        "The visa ban on Ilvan Teresh was lifted on May 20.",
        "The Department has approved training for the 4th Guard Battalion.",
    ],
)
def test_a_leave_that_is_given_or_a_restriction_that_is_lifted_grants_no_restriction(words):
    assert said(words) == {}


@pytest.mark.parametrize("what", ["disclose", "discuss", "comment on", "publish", "confirm"])
def test_to_keep_silent_about_a_measure_is_not_to_refuse_it(what):
    assert said(f"We decline to {what} visa restrictions on Ilvan Teresh.") == {}


@pytest.mark.parametrize(
    "words",
    [
        "We cannot designate Ilvan Teresh under section 7031(c) at this time.",
        "We cannot designate Ilvan Teresh under section 7031(c), as the file is under review.",
        "The Secretary has agreed to designate Ilvan Teresh, but the matter has been put on hold.",
        "The Secretary will designate Ilvan Teresh if the reports prove true.",
    ],
)
def test_what_is_provisional_or_on_a_condition_is_an_interim_answer(words):
    assert (said(words), read(words).reply.reply) == ({}, "interim")


def test_what_was_done_for_now_was_done_partly():
    assert said("We have withheld assistance from the 4th Guard Battalion pending a review.") == {
        AID: "partly"
    }


@pytest.mark.parametrize(
    "words",
    [
        "The Department has designated a cousin of Ilvan Teresh under section 7031(c).",
        "The Department has suspended its dialogue with the 4th Guard Battalion.",
        "The Department withheld assistance from the unit that relieved the 4th Guard Battalion.",
    ],
)
def test_what_was_done_to_others_or_is_no_measure_that_was_asked_answers_nothing(words):
    assert said(words) == {}
