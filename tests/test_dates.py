"""Dates keep their precision, and say no more than they know."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gravamen.dates import DateError, Span, instant, meant, overlap, respelt, span, spell, within

DAYS = st.dates(min_value=date(1, 1, 1), max_value=date(9999, 12, 31))


@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [
        ("2020", date(2020, 1, 1), date(2020, 12, 31)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2021-02", date(2021, 2, 1), date(2021, 2, 28)),
        ("1900-02", date(1900, 2, 1), date(1900, 2, 28)),
        ("2020-02-29", date(2020, 2, 29), date(2020, 2, 29)),
        ("2020-09-27", date(2020, 9, 27), date(2020, 9, 27)),
        ("199X", date(1990, 1, 1), date(1999, 12, 31)),
        ("000X", date(1, 1, 1), date(9, 12, 31)),
        ("9999", date(9999, 1, 1), date(9999, 12, 31)),
        ("2021-21", date(2021, 3, 1), date(2021, 5, 31)),
        ("2021-22", date(2021, 6, 1), date(2021, 8, 31)),
        ("2021-23", date(2021, 9, 1), date(2021, 11, 30)),
        ("2023-24", date(2023, 12, 1), date(2024, 2, 29)),
        ("2018/2020-03", date(2018, 1, 1), date(2020, 3, 31)),
        ("2018/..", date(2018, 1, 1), None),
        ("2018/", date(2018, 1, 1), None),
        ("../2018", None, date(2018, 12, 31)),
        ("/2018", None, date(2018, 12, 31)),
    ],
)
def test_a_partial_date_covers_the_days_it_may_mean(
    edtf: str, first: date | None, last: date | None
) -> None:
    assert span(edtf) == Span(first=first, last=last)


@pytest.mark.parametrize(
    ("edtf", "approximate", "uncertain"),
    [("2020~", True, False), ("2020?", False, True), ("2020%", True, True),
     ("199X~", True, False), ("2018/2020?", False, True), ("2018~/2020", True, False)],
)  # fmt: skip
def test_doubt_about_a_date_is_kept(edtf: str, approximate: bool, uncertain: bool) -> None:
    found = span(edtf)
    assert (found.approximate, found.uncertain, found.fuzzy) == (approximate, uncertain, True)


NO_DAY = "is not a day of the calendar (day is out of range for month)."
ENDLESS = "has neither beginning nor end; leave the date out."
FORMS = "is not a date; write 2020, 2020-09, 2020-09-27, 2020~ or an interval a/b."
REVERSED = "ends before it begins; write the earlier date first."


@pytest.mark.parametrize(
    ("edtf", "message"),
    [
        ("late September 2020", f"'late September 2020' {FORMS}"),
        ("27 September 2020", "'27 September 2020' is not a date; write 2020-09-27."),
        ("2020-02-30", f"'2020-02-30' {NO_DAY}"),
        ("2021-02-29", f"'2021-02-29' {NO_DAY}"),
        ("2020/2019", f"The interval '2020/2019' {REVERSED}"),
        ("../..", f"The interval '../..' {ENDLESS}"),
        ("/", f"The interval '/' {ENDLESS}"),
    ],
)
def test_what_is_no_date_is_refused_in_one_sentence(edtf: str, message: str) -> None:
    with pytest.raises(DateError) as caught:
        span(edtf)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ("14/06/2024", ("2024-06-14",)),
        ("06/14/2024", ("2024-06-14",)),
        ("14.6.2024", ("2024-06-14",)),
        ("2026-3-2", ("2026-03-02",)),
        ("2024/06/14", ("2024-06-14",)),
        ("14 June 2024", ("2024-06-14",)),
        ("Jun 14, 2024", ("2024-06-14",)),
        ("05/06/2024", ("2024-06-05", "2024-05-06")),
        ("06/06/2024", ("2024-06-06",)),
        ("31/31/2024", ()),
        ("14 Moon 2024", ()),
        ("2024", ()),
        ("", ()),
    ],
)
def test_a_date_in_another_form_is_told_as_it_is_written_here(
    written: str, days: tuple[str, ...]
) -> None:
    assert meant(written) == days
    if days:
        with pytest.raises(DateError, match=f"write {' or '.join(days)}"):
            span(written)


@pytest.mark.parametrize(
    "edtf",
    ["", "0000", "0000-01-01", "2020-00", "2020-13", "2020-25", "2020-01-00", "2020-01-32",
     "2020-21-05", "20", "2020-1-1", "20-09-2020", " 2020", "2020\n", "2020-09-27T10:00", "9999-24",
     "2020//2021", "2018/2019/2020", "٢٠٢٠", "２０２０", "-2020", "20XX", "2020-XX", "~2020"],
)  # fmt: skip
def test_no_other_form_is_taken_for_a_date(edtf: str) -> None:
    with pytest.raises(DateError):
        span(edtf)


@given(DAYS)
def test_a_day_spans_itself(day: date) -> None:
    assert span(day.isoformat()) == Span(first=day, last=day)


@given(st.text())
def test_any_text_is_a_date_or_a_date_error(text: str) -> None:
    try:
        found = span(text)
    except DateError:
        return
    assert found.first is None or found.last is None or found.first <= found.last


@pytest.mark.parametrize(
    ("start", "end", "when", "answer"),
    [
        # to the day
        ("2018-05-01", "2020-09-27", "2020-09-27", "yes"),
        ("2018-05-01", "2020-09-26", "2020-09-27", "no"),
        ("2020-09-27", "2021", "2020-09-27", "yes"),
        ("2020-09-28", "2021", "2020-09-27", "no"),
        # imprecise ends
        ("2018", "2020", "2019", "yes"),
        ("2018", "2020", "2018", "possible"),
        ("2018", "2020", "2020-06", "possible"),
        ("2018", "2020", "2017-12-31", "no"),
        ("2018", "2020", "2021-01-01", "no"),
        ("2020-03", "2020-03", "2020-03-15", "possible"),
        # unknown and open ends
        (None, None, "2019", "possible"),
        ("2018", None, "2019", "possible"),
        (None, "2020", "2019", "possible"),
        (None, "2018", "2019", "no"),
        ("2020", None, "2019", "no"),
        ("2018", "..", "2019", "yes"),
        ("2018", "..", "2017", "no"),
        # doubt
        ("2018~", "2020", "2019-06", "possible"),
        ("2018", "2020", "2019?", "possible"),
        ("2020~", "2021", "2019-12-31", "possible"),
        ("2020~", "2021", "2018-12-30", "no"),
        ("2018", "2020-03?", "2020-04-15", "possible"),
        ("2018", "2020-03?", "2020-06-15", "no"),
        ("2018", "2020", "2021~", "possible"),
        # an act over a short time may mean either of its days
        ("2020-03-04", "2020-12-31", "2020-03-01/2020-03-05", "possible"),
        ("2020-03-01", "2020-12-31", "2020-03-01/2020-03-05", "yes"),
        # an act over a long time is taken to have gone on all that time
        ("2020-10-20", "2020-10-25", "2020-09-27/2020-11-10", "yes"),
        ("2020-11-10", "..", "2020-09-27/2020-11-10", "yes"),
        ("2020-11-11", "..", "2020-09-27/2020-11-10", "no"),
        ("2018-02", "2018-03", "2018/2020", "possible"),
        ("2019-02", "2019-04", "2018/2020", "yes"),
        ("2019-02", "2019-04", "2018/..", "yes"),
        ("2019-02", "2019-04", "2018/", "possible"),
        ("1990", "1991", "../2018", "possible"),
        ("2017", "2019", "../2018-05-01", "yes"),
        ("2018-03", "2018-05", "2018/2018", "possible"),
    ],
)
def test_a_period_covers_a_date_as_surely_as_both_are_known(
    start: str | None, end: str | None, when: str, answer: str
) -> None:
    assert overlap(start, end, when) == answer


def test_a_period_on_a_day_is_asked_with_that_day() -> None:
    assert within(date(2020, 9, 27), "2020-09-28", None) == "no"
    assert within(date(2020, 9, 27), "2020-09-27", "..") == "yes"


@given(DAYS, DAYS, DAYS, DAYS)
def test_two_periods_miss_each_other_whichever_is_asked_first(
    a: date, b: date, c: date, d: date
) -> None:
    (a, b), (c, d) = sorted((a, b)), sorted((c, d))
    one = overlap(a.isoformat(), b.isoformat(), f"{c}/{d}")
    other = overlap(c.isoformat(), d.isoformat(), f"{a}/{b}")
    assert (one == "no") == (other == "no") == (b < c or d < a)


@given(DAYS, st.integers(0, 3000), DAYS)
def test_a_day_in_a_period_known_to_the_day_is_in_it_or_not(
    start: date, length: int, day: date
) -> None:
    end = date.fromordinal(min(start.toordinal() + length, date.max.toordinal()))
    inside = "yes" if start <= day <= end else "no"
    assert overlap(start.isoformat(), end.isoformat(), day.isoformat()) == inside


@given(st.integers(1000, 9000), st.sampled_from("~?%"), st.integers(-2000, 2000))
def test_doubt_never_makes_an_answer_surer(year: int, mark: str, days: int) -> None:
    day = (date(year, 7, 1) + timedelta(days=days)).isoformat()
    plain, doubtful = overlap(f"{year}", "..", day), overlap(f"{year}{mark}", "..", day)
    assert doubtful != "yes"
    assert doubtful == "possible" or plain == "no"


@pytest.mark.parametrize(
    ("edtf", "international", "american"),
    [
        ("2018-03-03", "3 March 2018", "March 3, 2018"),
        ("2018-03", "March 2018", "March 2018"),
        ("2018", "2018", "2018"),
        ("2018~", "about 2018", "about 2018"),
        ("2018-03?", "perhaps March 2018", "perhaps March 2018"),
        ("2018-03-03%", "perhaps about 3 March 2018", "perhaps about March 3, 2018"),
        ("199X", "the 1990s", "the 1990s"),
        ("2021-24", "winter 2021", "winter 2021"),
        ("2018-03-03/2020", "3 March 2018 to 2020", "March 3, 2018 to 2020"),
        ("2018/..", "since 2018", "since 2018"),
        ("2018/", "from 2018", "from 2018"),
        ("../2018", "until 2018", "until 2018"),
    ],
)
def test_a_date_is_spelled_with_its_precision(edtf: str, international: str, american: str) -> None:
    assert spell(edtf) == international
    assert spell(edtf, style="us") == american


def test_what_is_no_date_is_not_spelled() -> None:
    for edtf in ("2020-02-30", "2020/2019", "../.."):
        with pytest.raises(DateError):
            spell(edtf)


@pytest.mark.parametrize(
    "moment",
    ["9999-12-31T23:59-12:00", "0001-01-01T00:00+14:00", "9001-01-01", "0999-12-31", "9999-12-01"],
)
def test_a_moment_at_the_ends_of_the_calendar_is_refused_in_a_sentence(moment):
    with pytest.raises(DateError, match=r"before 1000 or after 9000; correct it\."):
        instant(moment)


def test_the_first_and_last_moments_that_are_counted_with_stand():
    assert instant("1000-01-01T00:00+14:00").day == date(1000, 1, 1)
    assert instant("9000-12-31T23:59-12:00").day == date(9000, 12, 31)


def test_days_in_other_words_are_spelt_as_the_paper_has_it() -> None:
    words = (
        "extended on 21 June 2022 (memorandum of 8 August 2025), not 31 June 2022 or 1 May 20225"
    )
    assert respelt(words, style="int") == words
    assert respelt(words, style="us") == (
        "extended on June 21, 2022 (memorandum of August 8, 2025), not 31 June 2022 or 1 May 20225"
    )
