"""Foreign Military Training Reports: programs, years and damaged cells, on the real table."""

import csv
import io
import lzma
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from gravamen.aid.files.dataset import AidError
from gravamen.aid.files.fmtr import program
from gravamen.aid.files.intake import ROWS_FILE, take_in
from gravamen.editions import Editions
from gravamen.law import load
from gravamen.values import GravamenError

STATE, DEFENSE = "Department of State", "Department of Defense"
HEADER = (
    "report", "file", "country", "program", "course_title", "us_unit", "student_unit",
    "start_date", "end_date", "location", "quantity", "total_cost", "page_number", "is_total",
)  # fmt: skip
TRAINING = dict(
    zip(
        HEADER,
        ("2018_2019", "f", "Armenia", "IMET-1 - Fiscal Year 2018 Department of State Training",
         "Course", "School", "1st Kite Battalion", "6/4/2018", "7/26/2018", "Fort", "2", "$1,000",
         "40", "0"),
        strict=True,
    )
)  # fmt: skip


def rows(folder: Path, *changes: dict[str, str], columns: str = "*") -> list[tuple[Any, ...]]:
    out = io.StringIO()
    writer = csv.DictWriter(out, HEADER)
    writer.writeheader()
    writer.writerows(TRAINING | change for change in changes)
    file = folder / "training.csv"
    file.write_text(out.getvalue(), newline="")
    editions = Editions(folder / "data")
    taken = take_in(file, editions, load(), at=datetime(2026, 11, 26, tzinfo=UTC))
    path = editions.path(taken.edition) / ROWS_FILE
    return duckdb.sql(f"select {columns} from '{path}' order by row").fetchall()


def real(editions: Editions, query: str) -> list[tuple[Any, ...]]:
    (edition,) = editions.all("aid", "fmtr")
    path = editions.path(edition) / ROWS_FILE
    return duckdb.sql(query.replace("ROWS", f"'{path}'")).fetchall()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("CTFP - Fiscal Year 2018 Department of Defense Training", ("CTFP", 2018, DEFENSE)),
        ("IMET-1 - FY 2008 DoS Training", ("IMET-1", 2008, STATE)),
        ("PCCF - Fiscal Year 2018 Department of State Training", ("PCCF", 2018, STATE)),
        ("Non-SA, UC, JCET - FY 2009 DoD Training", ("Non-SA, UC, JCET", 2009, DEFENSE)),
        ("International Military Education And Training  (IMET), FY 99", ("IMET", 1999, STATE)),
        ("Foreign Military Financing (FMF) Program,  FY 99", ("FMF", 1999, STATE)),
        ("Foreign Military Financing (FMF) Program, FY  00", ("FMF", 2000, STATE)),
        (
            "Africa Region, Benin,  International Military Education and Training (IMET), FY 01",
            ("IMET", 2001, STATE),
        ),
        (
            "DOS NIS Region, Armenia,  International Military Education and Training (IMET),FY03",
            ("IMET", 2003, STATE),
        ),
        (
            "DoS East Asia and Pacific Region, Malaysia,  Section 1004 (Note 1), FY 01",
            ("Section 1004", 2001, DEFENSE),
        ),
        (
            "DoS Europe Region, Macedonia (FYROM),  Foreign Military Financing (FMF), FY 01",
            ("FMF", 2001, STATE),
        ),
        (
            "Republic Of, International Military Education And Training (IMET), FY 99",
            ("IMET", 1999, STATE),
        ),
        (
            "Center For Hemispheric Defense Studies, FY 00 FY 00",
            ("Hemispheric Center", 2000, DEFENSE),
        ),
        ("No activities reported for Hong Kong in 2007-2008", (None, None, None)),
    ],
)
def test_a_program_is_read_as_each_report_prints_it(
    words: str, found: tuple[str | None, int | None, str | None]
) -> None:
    assert program(words, load()) == found


def test_a_program_without_a_year_has_none() -> None:
    read = program("Miscellaneous DoD-DoS Activities, FY ", load())
    assert read is not None
    assert read[1] is None


def test_a_program_that_nobody_knows_is_told_with_what_is_near() -> None:
    with pytest.raises(GravamenError, match=r"'IMET-9'; near it: 'IMET"):
        program("IMET-9 - FY 2008 DoS Training", load())
    assert program("Training", load()) is None


def test_a_row_has_its_values(tmp_path: Path) -> None:
    columns = (
        "row, country, place, vintage, year, program, agency, kind, amount, trainees, unit, donor, "
        'activity, start, "end", page, total, fault'
    )
    assert rows(tmp_path, {}, {"is_total": "1", "student_unit": ""}, columns=columns) == [
        (2, "AM", "Armenia", "2018_2019", 2018, "IMET-1", STATE, "cost", 1000, 2,
         "1st Kite Battalion", "US", "Course", "6/4/2018", "7/26/2018", "40", False, None),
        (3, "AM", "Armenia", "2018_2019", 2018, "IMET-1", STATE, "cost", 1000, 2,
         None, "US", "Course", "6/4/2018", "7/26/2018", "40", True, None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "trainees", "amount", "fault"),
    [
        ({"quantity": "1 Garmisch,"}, None, 1000, "quantity is no number: 1 Garmisch,"),
        ({"quantity": "N/A"}, None, 1000, None),
        ({"quantity": ""}, None, 1000, None),
        ({"quantity": "1.5"}, None, 1000, "quantity is no count of persons: 1.5"),
        ({"quantity": "-3"}, None, 1000, "quantity is no count of persons: -3"),
        ({"quantity": "(3)"}, None, 1000, "quantity is no count of persons: (3)"),
        ({"quantity": "0"}, 0, 1000, None),
        ({"quantity": "1,200"}, 1200, 1000, None),
        ({"total_cost": "$"}, 2, None, None),
        ({"total_cost": ""}, 2, None, None),
        ({"total_cost": "14148.86"}, 2, 14148.86, None),
        ({"total_cost": "1500 9/29/2009"}, 2, None, "cost is no number: 1500 9/29/2009"),
        (
            {"quantity": "30 30", "total_cost": "$48,102 $0"}, None, None,
            "quantity is no number: 30 30; cost is no number: $48,102 $0",
        ),
    ],
)  # fmt: skip
def test_a_damaged_cell_gives_no_figure_and_keeps_its_words(
    tmp_path: Path,
    change: dict[str, str],
    trainees: int | None,
    amount: float | None,
    fault: str | None,
) -> None:
    ((found_trainees, found, found_fault),) = rows(
        tmp_path, change, columns="trainees, amount, fault"
    )
    assert found_trainees == trainees
    assert (None if found is None else float(found)) == amount
    assert found_fault == fault


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"program": "Kites - FY 2018 DoS Training"}, "column 'program': row 3: 'Kites - FY 2018"),
        ({"country": "Zembla"}, "column 'country': row 3: 'Zembla': not a country"),
        ({"is_total": "yes"}, "row 3, column 'is_total': 'yes': not 0 or 1"),
        ({"report": "2018-19"}, "row 3, column 'report': '2018-19': not a report"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(
    tmp_path: Path, change: dict[str, str], told: str
) -> None:
    with pytest.raises(AidError) as error:
        rows(tmp_path, {}, change)
    assert told in str(error.value)


def test_the_vintage_of_the_table_is_the_reports_that_it_holds(
    tmp_path: Path, real_editions: Editions
) -> None:
    rows(tmp_path, {})
    rows(tmp_path, {}, {"report": "2019_2020"})
    found = sorted(e.vintage for e in Editions(tmp_path / "data").all("aid"))
    assert found == ["2018_2019", "2018_2019--2019_2020"]
    (edition,) = real_editions.all("aid", "fmtr")
    assert edition.vintage == "1999_2000--2020_2021"


def test_every_row_of_the_real_table_is_read(real_editions: Editions) -> None:
    counted = (
        "select count(*), count(distinct row), count(*) filter (total), "
        "count(*) filter (program is null), count(*) filter (year is null) from ROWS"
    )
    assert real(real_editions, counted) == [(253_461, 253_461, 8_475, 4, 5)]


@pytest.mark.parametrize(
    ("report", "country", "sums"),
    [
        ("2018_2019", "AZ", (53, 99, 965_399)),
        ("2018_2019", "AM", (64, 116, 850_869)),
        ("2018_2019", "EG", (265, 312, 4_915_287)),
        ("2018_2019", "CO", (556, 1_248, 12_023_821)),
        ("2018_2019", "NG", (134, 189, 2_542_502)),
        ("2018_2019", "UA", (261, 2_831, 18_454_889)),
    ],
)
def test_rows_trainees_and_cost_of_a_report_are_those_of_the_note(
    real_editions: Editions, report: str, country: str, sums: tuple[int, int, int]
) -> None:
    found = real(
        real_editions,
        f"select count(*), sum(trainees), sum(amount) from ROWS where vintage = '{report}' "
        f"and country = '{country}' and not total",
    )
    assert found == [sums]


def test_the_row_of_the_real_table_is_that_of_the_file(
    real_editions: Editions, shared_data: Path
) -> None:

    (edition,) = real_editions.all("aid", "fmtr")
    path = real_editions.path(edition) / "printed.parquet"
    found = duckdb.sql(
        f"select row, country, course_title, total_cost from '{path}' where row % 5003 = 0"
    ).fetchall()
    with lzma.open(shared_data / "aid/fmtr/training_rows.csv.xz", "rt", encoding="utf-8") as table:
        there = {n: r for n, r in enumerate(csv.DictReader(table), 2) if n % 5003 == 0}
    assert len(found) == len(there) == 50
    for row, country, course, cost in found:
        cells = there[row]
        assert (country, course, cost) == (
            cells["country"], cells["course_title"], cells["total_cost"]
        )  # fmt: skip
