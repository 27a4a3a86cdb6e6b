"""What a reply says beside its answers: its number, the day it promises, who else is meant."""

from datetime import date

import pytest

from gravamen.receiving.mailed import Mailed
from gravamen.receiving.own import own_clauses
from gravamen.receiving.told import elsewhere, promise, reference
from gravamen.sources.source import Text
from tests.receiving.corpus import LAW, answered

RECEIVED = date(2026, 6, 1)  # a Monday


def clauses(words: str):
    return own_clauses(Text(extractor="t", version="1", text=words))


def promised(words: str) -> str | None:
    found = promise(clauses(words), RECEIVED)
    return found[0].isoformat() if found else None


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("We will reply by 30 June 2026.", "2026-06-30"),
        ("We will reply by June 30.", "2026-06-30"),
        ("We hope to answer no later than the 3rd of July.", "2026-07-03"),
        ("You will hear from us by the end of June.", "2026-06-30"),
        ("You will hear from us by the end of February.", "2027-02-28"),
        ("A response will be sent within 30 days.", "2026-07-01"),
        ("A response will be sent within two weeks.", "2026-06-15"),
        ("A response may take up to 3 months.", "2026-09-01"),
        ("We aim to respond within 10 working days.", "2026-06-15"),
        ("We aim to respond within 10 business days.", "2026-06-15"),
        ("We will write to you by 2026-08-01.", "2026-08-01"),
        ("We will reply by 15 January.", "2027-01-15"),
    ],
)
def test_the_day_that_an_office_promises(words, day):
    assert promised(words) == day


@pytest.mark.parametrize(
    "words",
    [
        "Please reply within 14 days.",
        "Unless you respond within 30 days we will close the file.",
        "The report was published by 30 June 2026.",
        "We replied by letter on 3 May 2024.",
        "We will reply by 31 June 2026.",
        "We will reply in due course.",
        "> We will reply by 30 June 2026.",
    ],
)
def test_what_is_no_promise_of_theirs_gives_no_day(words):
    assert promised(words) is None


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("Our ref: TO2026/07113", "TO2026/07113"),
        ("Reference number is MC26-004417.", "MC26-004417"),
        ("Case number: 2026-TRS-00412", "2026-TRS-00412"),
        ("It was registered under Ares(2026)3318042.", "Ares(2026)3318042"),
        ("Please quote MIN/2026/1188 in future.", "MIN/2026/1188"),
        ("Your reference ALDER-STATE-1 was noted; our reference is X-99123.", "X-99123"),
        ("It is about section 7031(c) and Executive Order 13818.", None),
        ("Your reference is ALDER-STATE-1.", None),
    ],
)
def test_the_number_that_the_office_gave_it(words, number):
    assert reference(Mailed(), words, "ALDER-STATE-1") == number


@pytest.mark.parametrize(
    ("words", "to"),
    [
        (
            "We have forwarded your letter to the Department of the Treasury.",
            "us.treasury.secretary",
        ),
        ("Your letter has been referred to the Attorney General.", "us.ag"),
        ("We have forwarded your letter to the Agency for Prisons.", "agency for prisons"),
        ("We have passed your letter to the Sanctions Directorate.", None),
        ("We have passed your letter to the Secretary of State.", None),
        ("We have passed your letter to the Secretary.", None),
        ("We have not referred your letter to the Department of the Treasury.", None),
        ("You ask that your letter be forwarded to the Department of the Treasury.", None),
    ],
)
def test_whom_a_reply_names_in_its_place(words, to):
    found = elsewhere(LAW, answered().dispatches["d.state"], clauses(words))

    assert (found.to if found else None) == to
