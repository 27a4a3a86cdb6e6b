"""Tests of reading/dates: dates in EDTF, intervals, bounds, and what counts from a day."""

import pytest

from .asked import dated


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It fell on 8 May 2014.", ("8 May 2014", "2014-05-08")),
        ("It fell on May 8, 2014.", ("May 8, 2014", "2014-05-08")),
        ("It fell on 2014-05-08.", ("2014-05-08", "2014-05-08")),
        ("It fell on 13.07.2021.", ("13.07.2021", "2021-07-13")),
        ("It fell on 7 or 8 August 2014.", ("7 or 8 August 2014", "2014-08-07/2014-08-08")),
        ("It lasted between 2018 and 2020.", ("between 2018 and 2020", "2018/2020")),
        ("It lasted from March to June 2021.", ("from March to June 2021", "2021-03/2021-06")),
        ("It has stood since 1994.", ("since 1994", "1994/..")),
        ("It stands until 2025.", ("until 2025", "../2025")),
        ("It fell in the 1990s.", ("the 1990s", "199X")),
        ("It fell in early 2020.", ("early 2020", "2020~")),
        ("It fell in the spring of 2019.", ("spring of 2019", "2019-21")),
        ("It fell on or about 11 April 2022.", ("on or about 11 April 2022", "2022-04-11~")),
        ("Das war am 3. Oktober 1990.", ("3. Oktober 1990", "1990-10-03")),
    ],
)
def test_a_written_date_has_its_value(text, expected):
    assert dated(text, on=None) == [expected]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("They came on Friday.", "2024-05-10"),
        ("They came yesterday.", "2024-05-13"),
        ("They came last month.", "2024-04"),
        ("They came two weeks ago.", "2024-04-30~"),
        ("They came on 3 May.", "2024-05-03"),
        ("They came in September.", "2023-09"),
        ("They wrote by 14 April.", "../2024-04-14"),
    ],
)
def test_what_is_relative_counts_from_the_reference_date(text, edtf):
    assert [value for _, value in dated(text)] == [edtf]


def test_without_a_reference_date_what_is_relative_has_no_value():
    assert dated("They came yesterday.", on=None) == [("yesterday", None)]


def test_the_next_day_counts_from_the_date_before_it():
    text = "They came on 12 May 2020 and left the next day."
    assert [value for _, value in dated(text)] == ["2020-05-12", "2020-05-13"]


def test_day_and_month_in_unknown_order_give_both_readings():
    assert dated("It fell on 03/04/2021.") == [("03/04/2021", "2021-03-04|2021-04-03")]


def test_a_day_that_no_calendar_has_gets_no_value():
    assert dated("It fell on 30 February 2020.") == [("30 February 2020", None)]


def test_the_year_of_a_law_is_no_date():
    assert dated("The Emergency Powers Act 2014 was read.") == []
