"""Lines: rows that are alike, summed within one edition, with what cannot be summed said."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from handmade import keep

from gravamen import law as lawdata
from gravamen.aid.account.account import account
from gravamen.aid.account.json import account_json
from gravamen.aid.account.lines import chosen, lines
from gravamen.aid.account.vintages import absent, later
from gravamen.aid.files.dataset import AidError
from gravamen.aid.line import Line, Row
from gravamen.aid.words import ranged
from gravamen.editions import Editions

LAW = lawdata.load()
ON = date(2022, 12, 1)
REPORT = "2018_2019"


def row(number: int, **fields: Any) -> Row:
    """A row of a training report about an invented course in a country that exists."""
    given = {
        "country": "AM", "place": "Armenia", "vintage": REPORT, "year": 2018, "program": "FMF",
        "agency": "Department of State", "kind": "cost", "amount": 100.0, "trainees": 1,
        "unit": "3rd Infantry Battalion",
    }  # fmt: skip
    return Row(row=number, **{**given, **fields})


def total(number: int, **fields: Any) -> Row:
    """A total that the report prints."""
    return row(number, total=True, unit=None, **fields)


@pytest.fixture
def editions(tmp_path: Path) -> Editions:
    return Editions(tmp_path / "data")


def found(editions: Editions, country: str = "AM", **asked: Any) -> tuple[Line, ...]:
    return lines(editions, LAW, **{"country": country, "years": None, "on": ON, **asked})


def test_rows_that_are_alike_are_one_line_and_a_printed_total_is_none_of_them(
    editions: Editions,
) -> None:
    made = keep(
        editions,
        [row(2, amount=1.10), row(3, amount=2.20), total(4, amount=3.30, trainees=2), row(9)],
        dataset="fmtr",
        vintage=REPORT,
    )
    [line] = found(editions)
    assert (line.rows, line.trainees, line.amount, line.at) == (3, 3, 103.30, "2-3, 9")
    assert (line.program, line.year, line.agency) == ("FMF", 2018, "Department of State")
    assert (line.file, line.vintage, line.edition) == (made.file, REPORT, made.id)
    assert line.name == LAW.program_of("FMF")[0].name


@pytest.mark.parametrize(
    ("field", "other"),
    [
        ("program", "IMET-1"),
        ("year", 2017),
        ("vintage", "2017_2018"),
        ("agency", "Department of Defense"),
        ("account", "Foreign Military Financing Program"),
        ("kind", "obligated"),
        ("currency", "EUR"),
        ("recipient", "government"),
        ("objective", "Military"),
        ("donor", "US"),
        ("humanitarian", True),
        ("period", "calendar-year"),
        ("purpose", "Disaster relief"),
    ],
)
def test_rows_that_differ_in_one_thing_are_never_added(
    editions: Editions, field: str, other: object
) -> None:
    keep(editions, [row(2), row(3, **{field: other})], dataset="fmtr", vintage="all")
    assert [line.rows for line in found(editions)] == [1, 1]


def test_a_purpose_parts_nothing_where_the_file_says_what_is_humanitarian(
    editions: Editions,
) -> None:
    rows = [row(n, purpose=f"Purpose {n}", humanitarian=n > 3) for n in range(2, 6)]
    keep(editions, rows, dataset="foreignassistance-complete", vintage="2025-04")
    assert [(x.humanitarian, x.at, x.purpose) for x in found(editions)] == [
        (False, "2-3", None),
        (True, "4-5", None),
    ]


def test_rows_that_cannot_be_read_name_the_edition(editions: Editions) -> None:
    made = keep(editions, [row(2)], dataset="fmtr", vintage=REPORT)
    (editions.path(made) / "rows.parquet").write_bytes(b"no parquet")
    with pytest.raises(AidError, match=r"rows\.parquet: The rows of this edition cannot be read"):
        found(editions)


def test_a_statement_without_a_figure_is_told_and_is_no_line(editions: Editions) -> None:
    said = row(
        5, program=None, agency=None, year=None, amount=None, trainees=None, unit=None,
        activity="No activities reported for Armenia in 2018-2019",
    )  # fmt: skip
    keep(editions, [row(2), said], dataset="fmtr", vintage=REPORT)
    answer = account(editions, LAW, country="AM", years=None, on=ON)
    assert [x.at for x in answer.lines] == ["2"]
    words = "report 2018_2019, row 5: No activities reported for Armenia in 2018-2019."
    assert any(words in x for x in answer.left_out)
    later_years = account(editions, LAW, country="AM", years=(2019, 2020), on=ON)
    assert not any("No activities" in x for x in later_years.left_out)


def test_cents_add_up_exactly(editions: Editions) -> None:
    keep(editions, [row(n, amount=0.1) for n in range(2, 12)], dataset="fmtr", vintage=REPORT)
    assert found(editions)[0].amount == 1.0


def test_a_row_without_an_amount_makes_a_floor(editions: Editions) -> None:
    keep(editions, [row(2), row(3, amount=None)], dataset="fmtr", vintage=REPORT)
    [line] = found(editions)
    assert (line.rows, line.amount, line.floor) == (2, 100.0, True)


def test_no_amount_at_all_is_no_figure_and_not_zero(editions: Editions) -> None:
    keep(editions, [row(2, amount=None, trainees=None)], dataset="fmtr", vintage=REPORT)
    [line] = found(editions)
    assert (line.amount, line.trainees, line.floor) == (None, None, True)


def test_a_deobligation_stays_below_zero(editions: Editions) -> None:
    taken_back = row(2, kind="obligated", amount=-658_171.0, program=None, unit=None)
    keep(editions, [taken_back], dataset="foreignassistance", vintage="2023-03")
    assert found(editions)[0].amount == -658_171.0


def test_a_line_that_agrees_with_the_printed_total_is_checked(editions: Editions) -> None:
    keep(editions, [row(2), total(3, amount=101.99)], dataset="fmtr", vintage=REPORT)
    [line] = found(editions)
    assert (line.checked, line.printed, line.refused) == (True, None, None)


def test_without_a_printed_total_nothing_is_checked(editions: Editions) -> None:
    keep(editions, [row(2)], dataset="fmtr", vintage=REPORT)
    assert found(editions)[0].checked is None


def others(first: int, count: int) -> list[Row]:
    """Countries whose rows agree with what is printed."""
    made = []
    for n in range(count):
        place = {"country": f"X{n}", "place": f"Place {n}"}
        made += [row(first + 2 * n, **place), total(first + 2 * n + 1, amount=100.0, **place)]
    return made


def test_one_program_that_disagrees_is_refused_alone_and_shows_both_figures(
    editions: Editions,
) -> None:
    wrong = [row(2, amount=948_284.0), total(3, amount=211_102.0), total(4, amount=545_639.0)]
    keep(editions, [*wrong, *others(5, 20)], dataset="fmtr", vintage=REPORT)
    [line] = found(editions)
    assert (line.amount, line.printed, line.checked) == (948_284.0, 756_741.0, False)
    assert line.refused is not None
    assert "$948,284" in line.refused
    assert "$756,741" in line.refused
    answer = account(editions, LAW, country="AM", years=None, on=ON)
    assert answer.totals == ()
    [refused] = answer.refused
    assert refused.what == "FMF, fiscal year 2018, report 2018_2019"
    assert not found(editions, "X0")[0].refused


def test_a_report_in_which_more_than_one_in_ten_disagree_is_refused_whole(
    editions: Editions,
) -> None:
    wrong = [row(2), total(3, amount=500.0)]
    right = [row(98, program="PKO"), total(99, amount=100.0, program="PKO")]
    keep(editions, [*wrong, *right, *others(5, 5)], dataset="fmtr", vintage=REPORT)
    answer = account(editions, LAW, country="AM", years=None, on=ON)
    assert [line.checked for line in answer.lines] == [False, True]
    assert all(line.refused for line in answer.lines)
    assert answer.totals == ()
    [refused] = answer.refused
    assert refused.what == "report 2018_2019"
    assert refused.why.startswith("1 of 7 programs disagree")


def test_what_names_no_unit_is_told_apart(editions: Editions) -> None:
    rows = [row(2), row(3, unit="Army Unit", amount=7.0), row(4, unit=None, amount=None)]
    keep(editions, rows, dataset="fmtr", vintage=REPORT)
    [line] = found(editions)
    assert line.unnamed is not None
    assert (line.unnamed.rows, line.unnamed.trainees, line.unnamed.amount) == (2, 2, 7.0)


def test_only_the_years_that_are_asked_are_added(editions: Editions) -> None:
    rows = [row(2, year=2016), row(3, year=2017), row(4, year=2018), row(5, year=None)]
    keep(editions, rows, dataset="fmtr", vintage=REPORT)
    assert [x.year for x in found(editions, years=(2017, 2018))] == [2017, 2018]
    assert [x.year for x in found(editions)] == [2016, 2017, 2018, None]


def test_another_country_is_in_no_line(editions: Editions) -> None:
    keep(editions, [row(2), row(3, country="AZ")], dataset="fmtr", vintage=REPORT)
    assert [x.at for x in found(editions, "AZ")] == ["3"]
    assert found(editions, "EG") == ()


def test_constant_dollars_are_asked_apart_and_a_file_without_them_says_current(
    editions: Editions,
) -> None:
    sums = {"program": None, "unit": None, "kind": "obligated"}
    keep(
        editions,
        [row(2, constant=130.0, vintage="2025-04", **sums)],
        dataset="foreignassistance",
        vintage="2025-04",
    )
    keep(editions, [row(2)], dataset="fmtr", vintage=REPORT)
    told = {x.dataset: (x.dollars, x.amount) for x in found(editions, dollars="constant")}
    assert told == {"foreignassistance": ("constant", 130.0), "fmtr": ("current", 100.0)}
    answer = account(editions, LAW, country="AM", years=None, on=ON, dollars="constant")
    assert any("no constant dollars" in x for x in answer.left_out)


def test_the_same_question_gives_the_same_bytes_in_whatever_order_the_files_came(
    tmp_path: Path,
) -> None:
    files = {
        "2022-10": [row(2, program=None, vintage="2022-10", kind="obligated", unit=None)],
        "2025-04": [row(2, program=None, vintage="2025-04", kind="obligated", unit=None, amount=9)],
        REPORT: [row(5), row(2, program="PKO")],
    }
    answers = []
    for n, order in enumerate((list(files), list(reversed(files)))):
        editions = Editions(tmp_path / str(n))
        for vintage in order:
            dataset = "fmtr" if vintage == REPORT else "foreignassistance"
            keep(editions, files[vintage], dataset=dataset, vintage=vintage)
        answer = account(editions, LAW, country="AM", years=None, on=ON)
        answers.append(json.dumps(account_json(answer)))
    assert answers[0] == answers[1]


def test_a_file_is_asked_by_its_dataset_or_its_name(editions: Editions) -> None:
    keep(editions, [row(2)], dataset="fmtr", vintage=REPORT, file="training.csv")
    keep(editions, [row(2)], dataset="foreignassistance", vintage="2022-10", file="country.csv")
    keep(
        editions,
        [row(2)],
        dataset="foreignassistance-complete",
        vintage="2022-10",
        file="complete.csv",
    )
    assert [e.file for e in chosen(editions, ["fmtr"])] == ["training.csv"]
    assert [e.file for e in chosen(editions, ["country.csv"])] == ["country.csv"]
    both = [e.file for e in chosen(editions, ["foreignassistance"])]
    assert both == ["country.csv", "complete.csv"]
    with pytest.raises(AidError, match=r"'iati'.*there are: .*fmtr"):
        chosen(editions, ["fmtr", "iati"])


def test_an_empty_data_folder_says_how_to_fill_it(editions: Editions) -> None:
    with pytest.raises(AidError, match="gravamen aid import FILE"):
        found(editions)


def test_an_edition_whose_rows_are_gone_is_no_empty_answer(editions: Editions) -> None:
    made = keep(editions, [row(2)], dataset="fmtr", vintage=REPORT)
    (editions.path(made) / "rows.parquet").unlink()
    with pytest.raises(AidError, match=r"remove its folder and import fmtr_2018_2019\.csv again"):
        found(editions)


def test_ranges_join_what_follows_on() -> None:
    assert ranged([2]) == "2"
    assert ranged([2, 3, 4, 9, 11, 12]) == "2-4, 9, 11-12"
    assert ranged([]) == ""


@pytest.mark.parametrize(
    ("vintages", "expected"),
    [
        (["2005_2006", "2008_2009", "2007_2008"], ("2006_2007",)),
        (["2005_2006", "2006_2007"], ()),
        (["2022-10", "2025-04"], ()),
        ([], ()),
    ],
)
def test_the_reports_that_are_missing_between_others_are_named(
    vintages: list[str], expected: tuple[str, ...]
) -> None:
    assert absent(vintages) == expected


@pytest.mark.parametrize(
    ("copy", "year", "period", "unfinished"),
    [
        ("2022-10", 2022, "fiscal-year", True),
        ("2022-10", 2021, "fiscal-year", False),
        ("2022-09", 2021, "fiscal-year", True),
        ("2022-10", 2023, "fiscal-year", True),
        ("2022-10", 2021, "calendar-year", True),
        ("2023-01", 2021, "calendar-year", False),
        ("2022-10-15", 2022, "fiscal-year", True),
        (REPORT, 2018, "fiscal-year", False),
        ("second", 2022, "fiscal-year", False),
    ],
)
def test_a_year_that_ended_less_than_a_year_before_the_copy_is_told(
    editions: Editions, copy: str, year: int, period: str, unfinished: bool
) -> None:
    of_copy = row(2, vintage=copy, year=year, period=period, kind="obligated", program=None)
    planned = row(3, vintage=copy, year=year + 1, kind="requested", program=None)
    keep(editions, [of_copy, planned], dataset="csv-x", vintage=copy, file="x.csv")
    said = account(editions, LAW, country="AM", years=None, on=ON).left_out
    told = [x for x in said if x.startswith("Not yet fully reported")]
    words = f"(x.csv, copy {copy}: the year {year})"
    assert [words in x for x in told] == [True] * unfinished


@pytest.mark.parametrize(
    ("vintage", "day", "expected"),
    [
        ("2022-10", date(2022, 9, 30), True),
        ("2022-10", date(2022, 10, 1), False),
        ("2025-04-17", date(2025, 4, 16), True),
        ("2018_2019", date(2019, 12, 31), True),
        ("2018_2019", date(2020, 1, 1), False),
        ("second edition", date(1950, 1, 1), False),
    ],
)
def test_a_vintage_is_later_than_a_day_on_which_it_cannot_have_been_there(
    vintage: str, day: date, expected: bool
) -> None:
    assert later(vintage, day) is expected
