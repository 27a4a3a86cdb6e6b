"""Tests of reading/quantities: values, bounds and units, and numbers that are names."""

import pytest

from gravamen.reading.proposal import QuantityFound

from .asked import counted, found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Over 94% of the houses fell.", ("Over 94%", 94.0, "gt", "percent")),
        ("They were more than 100,000 people.", ("more than 100,000", 100_000.0, "gt", "persons")),
        ("There came 4,000 soldiers.", ("4,000", 4000.0, "eq", "persons")),
        ("It was the 44-day war.", ("44-day", 44.0, "eq", "days")),
        ("There were at least 17 prisoners.", ("at least 17", 17.0, "ge", "persons")),
        ("No fewer than 12 villages fell.", ("No fewer than 12", 12.0, "ge", "villages")),
        ("There were up to 300 men.", ("up to 300", 300.0, "le", "persons")),
        ("There were nearly 50 women.", ("nearly 50", 50.0, "lt", "persons")),
        ("Some 120 people came.", ("Some 120", 120.0, "approx", "persons")),
        ("They had it within 30 days.", ("30 days", 30.0, "le", "days")),
        ("There were twenty-three men.", ("twenty-three", 23.0, "eq", "persons")),
        ("There were 1.5 million people.", ("1.5 million", 1_500_000.0, "eq", "persons")),
        ("A third of the houses fell.", ("A third", 33.3, "eq", "percent")),
        ("There were dozens of people.", ("dozens", 24.0, "ge", "persons")),
        ("Tens of thousands of people came.", ("Tens of thousands", 20_000.0, "ge", "persons")),
        ("It cost EUR 60,000.", ("EUR 60,000", 60_000.0, "eq", "EUR")),
        ("He paid 3,000 dara to a clerk.", ("3,000 dara", 3000.0, "eq", "dara")),
        ("There were 61 of 92 detainees.", ("61 of 92", 61.0, "eq", "persons")),
    ],
)
def test_value_bound_and_unit(text, expected):
    assert counted(text) == [expected]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("There were between 60 and 75 men.", 60.0, 75.0),
        ("There were 8,000 to 12,500 people.", 8000.0, 12_500.0),
        ("There were two or three guards.", 2.0, 3.0),
    ],
)
def test_a_range_keeps_both_ends(text, low, high):
    (range_,) = found(QuantityFound, text)
    assert (range_.bound, range_.value, range_.high) == ("range", low, high)


@pytest.mark.parametrize(
    "text",
    [
        "Article 3 and Camp 14 and Unit 9.",
        "Orvel Zand, 41, came.",
        "No one came.",
        "He came at 9 p.m.",
        "It was in 2019.",
        "H. Res. 2207 was read.",
    ],
)
def test_a_number_that_is_a_name_an_age_an_hour_or_a_year_is_no_quantity(text):
    assert counted(text) == []


def test_over_is_no_bound_where_a_noun_takes_it():
    assert counted("It was a dispute over six villages.") == [("six", 6.0, "eq", "villages")]


def test_a_bare_number_takes_the_noun_before_it():
    assert [unit for *_, unit in counted("Of 40 houses they burned 12.")] == ["houses", "houses"]
