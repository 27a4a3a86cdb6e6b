"""Counted: numbers that count, dates of birth, and labels that are put on somebody."""

from datetime import date

import pytest

from gravamen.reading.proposal import CharacterisationFound, DateFound, QuantityFound
from gravamen.reading.read import read

ON = date(2031, 4, 9)


def counts(text: str) -> list[tuple[float, str | None]]:
    """The quantities of a text: value, unit."""
    return [
        (p.value, p.unit)
        for p in read(text, reference_date=ON).proposals
        if isinstance(p, QuantityFound)
    ]


def dates(text: str) -> list[tuple[str, str | None]]:
    """The dates of a text: words, value."""
    return [
        (p.text, p.edtf)
        for p in read(text, reference_date=ON).proposals
        if isinstance(p, DateFound)
    ]


def labels(text: str) -> list[str]:
    """The labels of a text."""
    return [
        p.text
        for p in read(text, reference_date=ON).proposals
        if isinstance(p, CharacterisationFound)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The Council adopted resolutions 411, 412 and 430.",
        "See Rules 18(2) and 19(4).",
        "Write to 1800 K Street, or to 45 Old Mill Road.",
        "Brun Hall, Room 312, Millford, Ohio 44107",
        "Senate, Millford, D.C. 20999",
        "Docket No. 21-884, Doc. 90417",
        "Date: Tue, 4 Mar 2031 09:12:44 +0300",
        "Tel. +44 20 7946 0321",
        "Tel. 202-555-0172",
        "| 4  | Pell Arkov | warden |",
        "Page 3 of 7",
        "<h2>Item 14</h2>",
        "© 2031 League of Brun",
        "section 7031(c)",
    ],
)
def test_a_number_that_is_a_name_counts_nothing(text: str) -> None:
    assert counts(text) == []


def test_a_count_after_the_number_of_a_law_counts() -> None:
    assert counts("Under resolution 411, 12 states must act.") == [(12, "states")]


def test_a_count_of_five_digits_is_no_postcode() -> None:
    assert counts("In all 20510 people fled.") == [(20510, "persons")]


def test_a_count_with_blanks_is_no_telephone() -> None:
    assert counts("Nearly all of the 12 500 000 people fled.") == [(12500000, "persons")]


def test_a_count_before_a_bracket_counts() -> None:
    assert counts("Of the men 12 (a third) fled.") == [(12, None)]


def test_a_day_that_does_not_exist_is_shown_without_a_value() -> None:
    assert dates("Lena Quist, born 30/02/1981, judge") == [("30/02/1981", None)]


def test_a_birth_in_a_month_that_does_not_exist_is_shown_without_a_value() -> None:
    assert dates("Date of birth: 45/13/1980") == [("45/13/1980", None)]


@pytest.mark.parametrize(
    ("text", "date_of_birth"),
    [
        ("QUIST, Lena, DOB: 12.03.1971, judge", ("12.03.1971", "1971-03-12")),
        ("QUIST, Lena, d.o.b. 23 September 1968", ("23 September 1968", "1968-09-23")),
        ("QUIST, Lena, b. 1968, judge", ("1968", "1968")),
        ("QUIST, Lena, born 1975, female", ("1975", "1975")),
        ("QUIST, Lena, born c. 1966, judge", ("c. 1966", "1966~")),
    ],
)
def test_a_birth_in_a_list_is_dated(text: str, date_of_birth: tuple[str, str]) -> None:
    assert dates(text) == [date_of_birth]


def test_the_stop_of_a_sentence_is_no_part_of_a_date() -> None:
    assert dates("He was shot on 2 November.") == [("2 November", "2030-11-02")]


@pytest.mark.parametrize(
    "text",
    [
        "Annex A holds the statements, annex B the maps.",
        "Harn is a partner in the fight against terrorism.",
        "The Third Geneva Convention protects every prisoner of war.",
        "The Convention against Torture applies.",
        "The Global Magnitsky Act authorizes sanctions on persons responsible for torture.",
        "All have a right to freedom from torture.",
    ],
)
def test_a_label_that_is_put_on_nobody_is_none(text: str) -> None:
    assert labels(text) == []


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("The ministry fights terrorists in Brun.", "terrorists"),
        ("Harn plans to annex the valley.", "annex"),
        ("The annexation of Brun was condemned.", "annexation"),
        ("Harn holds twelve prisoners of war.", "prisoners of war"),
    ],
)
def test_a_label_that_is_put_on_somebody_is_found(text: str, label: str) -> None:
    assert labels(text) == [label]
