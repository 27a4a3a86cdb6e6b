"""Check: each report against the totals that it prints itself."""

from pathlib import Path

import duckdb
import pytest
from measured import REPORTS

from gravamen.aid.files.check import Differing, ReportCheck, agree, check_rows, checks_of
from gravamen.editions import EditionError, Editions

WITHOUT_TOTALS = (
    "1999_2000", "2000_2001", "2001_2002", "2002_2003", "2003_2004", "2004_2005", "2005_2006",
    "2007_2008",
)  # fmt: skip


def check(*rows: tuple[int, str, str, float | None, bool]) -> dict[str, ReportCheck]:
    """The checks of rows: number, report, program, amount, whether it is a total."""
    con = duckdb.connect()
    con.execute(
        "create table complete (row bigint, vintage varchar, program varchar, "
        "amount decimal(20, 2), total boolean, country varchar default 'AM', place varchar "
        "default 'Armenia', year integer default 2018, fault varchar)"
    )
    for row in rows:
        con.execute(
            "insert into complete (row, vintage, program, amount, total) values (?, ?, ?, ?, ?)",
            list(row),
        )
    return check_rows(con)


@pytest.fixture
def real(real_editions: Editions) -> dict[str, ReportCheck]:
    (edition,) = real_editions.all("aid", "fmtr")
    return checks_of(real_editions, edition)


def test_each_real_report_stands_against_its_totals_as_measured(
    real: dict[str, ReportCheck],
) -> None:
    found = {c.report: (c.programs, c.agree, c.differ) for c in real.values()}
    assert found == REPORTS | dict.fromkeys(WITHOUT_TOTALS, (0, 0, 0))


def test_only_the_report_of_2009_is_refused_whole(real: dict[str, ReportCheck]) -> None:
    assert [c.report for c in real.values() if c.refused] == ["2009_2010"]
    assert "339 of 634 programs disagree" in (real["2009_2010"].why or "")


def test_the_program_that_differs_is_told_with_both_figures(real: dict[str, ReportCheck]) -> None:
    (angola,) = real["2019_2020"].differing
    assert (angola.country, angola.program, angola.year) == ("AO", "PKO", 2019)
    assert (angola.rows_sum, angola.printed) == (948_284, 756_741)
    assert len(angola.at.split(", ")) == 2


def test_costs_that_are_missing_make_floors(real: dict[str, ReportCheck]) -> None:
    assert real["2011_2012"].missing_costs == 3_056
    assert "floors" in (real["2011_2012"].why or "")


@pytest.mark.parametrize(
    ("rows", "printed", "same"),
    [
        (100, 102, True), (100, 98, True), (100, 102.01, False), (1_000_000, 1_001_001, True),
        (1_000_000, 1_001_002, False), (-1000, -1001, True), (-1000, 1000, False),
        (None, 0, True), (None, 3, False), (5, None, True),
    ],
)  # fmt: skip
def test_near_is_two_dollars_or_a_thousandth_of_the_printed_total(
    rows: float | None, printed: float | None, same: bool
) -> None:
    assert agree(rows, printed) is same


def test_one_in_ten_is_borne_and_more_is_not() -> None:
    def report(wrong: int) -> ReportCheck:
        rows = [(n, "r", f"p{n}", 100, False) for n in range(10)]
        totals = [(n + 10, "r", f"p{n}", 900 if n < wrong else 100, True) for n in range(10)]
        return check(*rows, *totals)["r"]

    assert (report(1).differ, report(1).refused) == (1, False)
    assert (report(2).differ, report(2).refused) == (2, True)


def test_several_printed_totals_of_one_program_are_added() -> None:
    found = check((2, "r", "p", 300, False), (3, "r", "p", 100, True), (4, "r", "p", 150, True))
    assert found["r"].differing == (
        Differing(
            country="AM",
            place="Armenia",
            program="p",
            year=2018,
            rows_sum=300,
            printed=250,
            at="3, 4",
        ),
    )


def test_a_total_without_rows_differs() -> None:
    found = check((2, "r", "p", 100, True))["r"]
    assert (found.rows, found.programs, found.differ) == (0, 1, 1)


def test_reports_are_never_checked_against_each_other() -> None:
    found = check((2, "r", "p", 100, False), (3, "s", "p", 100, True))
    assert (found["r"].programs, found["s"].programs) == (0, 1)


def test_checks_that_cannot_be_read_are_told_with_the_remedy(
    real_editions: Editions, tmp_path: Path
) -> None:
    edition = real_editions.all("aid")[0]
    with pytest.raises(EditionError, match=r"checks\.json: .*import"):
        checks_of(Editions(tmp_path), edition)
