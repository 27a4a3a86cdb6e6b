"""Acceptance: the figures of the real tables, asked as a user asks them."""

import csv
import json
import lzma
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from measured import REPORTS

from gravamen import law as lawdata
from gravamen.aid import countries
from gravamen.aid.account.account import account
from gravamen.aid.account.lines import lines
from gravamen.cli import main
from gravamen.editions import Editions

COPIES = ("2022-10", "2023-03", "2023-10", "2025-04")
# One command for each: two parties to a conflict, and countries of every region.
COUNTRIES = ("AZ", "AM", "EG", "CO", "NG", "UA", "PH", "JO", "GE", "MX")
ON = "2022-12-01"
LAW = lawdata.load()


def show(editions: Editions, *options: str) -> dict[str, Any]:
    """The answer of `gravamen aid show --json` on the real tables."""
    call = ["aid", "show", *options, "--on", ON, "--json", "--data", str(editions.folder)]
    result = CliRunner().invoke(main, call)
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    assert found["schema"] == "gravamen.aid/1"
    return found


def by_program(answer: dict[str, Any]) -> dict[str, tuple[int, int]]:
    return {x["program"]: (x["trainees"], x["amount"]) for x in answer["lines"]}


def whole(answer: dict[str, Any]) -> tuple[int, int, int]:
    [total] = answer["totals"]
    return total["rows"], total["trainees"], total["amount"]


# 1
def test_azerbaijan_report_2018_2019(real_editions: Editions) -> None:
    answer = show(real_editions, "--country", "AZ", "--report", "2018_2019")
    assert whole(answer) == (53, 99, 965_399)
    assert by_program(answer) == {
        "CTFP": (6, 180_929),
        "FMF": (4, 120_294),
        "HMA": (20, 46_000),
        "IMET-1": (20, 599_646),
        "Regional Centers": (49, 18_530),
    }
    assert {x["fiscal_year"] for x in answer["lines"]} == {2018}
    assert {x["kind"] for x in answer["lines"]} == {"cost, current"}


# 2
def test_azerbaijan_report_2017_2018(real_editions: Editions) -> None:
    answer = show(real_editions, "--country", "AZ", "--report", "2017_2018")
    assert by_program(answer) == {
        "CTFP": (8, 255_485),
        "FMF": (20, 56_886),
        "HMA": (31, 31_540),
        "IMET-1": (25, 625_708),
        "Regional Centers": (29, 59_821),
    }


# 3 to 7
@pytest.mark.parametrize(
    ("country", "expected"),
    [
        ("AM", (64, 116, 850_869)),
        ("EG", (265, 312, 4_915_287)),
        ("CO", (556, 1_248, 12_023_821)),
        ("NG", (134, 189, 2_542_502)),
        ("UA", (261, 2_831, 18_454_889)),
    ],
)
def test_other_countries_report_2018_2019(
    real_editions: Editions, country: str, expected: tuple[int, int, int]
) -> None:
    assert whole(show(real_editions, "--country", country, "--report", "2018_2019")) == expected


# 8
@pytest.mark.parametrize("country", COUNTRIES)
def test_fiscal_year_2009_is_refused_for_sums(real_editions: Editions, country: str) -> None:
    answer = show(real_editions, "--country", country, "--years", "2009", "--file", "fmtr")
    assert answer["lines"]
    assert answer["totals"] == []
    [refused] = answer["refused"]
    assert refused["what"] == "report 2009_2010"
    assert "339 of 634 programs" in refused["why"]


# 9
def test_angola_pko_2019_is_shown_with_both_figures(real_editions: Editions) -> None:
    answer = show(real_editions, "--country", "AO", "--years", "2019", "--file", "fmtr")
    [line] = [x for x in answer["lines"] if x["program"] == "PKO"]
    assert (line["amount"], line["printed"], line["checked"]) == (948_284, 756_741, False)
    [refused] = answer["refused"]
    assert "PKO, fiscal year 2019" in refused["what"]
    assert "$948,284" in refused["why"]
    assert "$756,741" in refused["why"]
    [total] = answer["totals"]
    assert total["without"] == ["PKO"]
    assert total["amount"] == sum(x["amount"] for x in answer["lines"]) - 948_284


# 10 and 11
@pytest.mark.parametrize(
    ("country", "year", "expected"),
    [
        ("AZ", 2020, (32_357_135, 24_717_577, 33_051_180, 33_051_180)),
        ("AZ", 2023, (None, None, 9_240_795, 25_250_327)),
        ("AM", 2020, (66_699_564, 44_573_563, 69_791_839, 69_791_839)),
        ("EG", 2020, (1_471_127_898, 123_250_893, 1_474_212_781, 1_474_212_781)),
    ],
)
def test_obligations_stand_side_by_side_under_their_copies(
    real_editions: Editions, country: str, year: int, expected: tuple[int | None, ...]
) -> None:
    answer = show(
        real_editions, "--country", country, "--years", str(year), "--file", "foreignassistance"
    )
    kind = "obligated, current"
    told = {x["vintage"]: x["amount"] for x in answer["lines"] if x["kind"] == kind}
    wanted = dict(zip(COPIES, expected, strict=True))
    assert told == {v: a for v, a in wanted.items() if a is not None}
    assert told == {x["vintage"]: x["amount"] for x in answer["totals"] if x["kind"] == kind}
    [difference] = [x for x in answer["differences"] if x["kind"] == kind]
    assert {x["vintage"]: x["amount"] for x in difference["figures"]} == wanted


# 12
def test_a_deobligation_is_below_zero_and_called_so(real_editions: Editions) -> None:
    options = ("--country", "AZ", "--years", "2021", "--file", "country_2023-03.csv")
    [line] = [
        x for x in show(real_editions, *options)["lines"] if x["kind"] == "obligated, current"
    ]
    assert (line["amount"], line["vintage"], line["refused"]) == (-658_171, "2023-03", None)
    call = ["aid", "show", *options, "--on", ON, "--data", str(real_editions.folder)]
    text = CliRunner().invoke(main, call).stdout
    assert "-$658,171" in text
    assert "deobligation" in text


# 14
def test_the_laws_that_reach_a_line_are_with_it(real_editions: Editions) -> None:
    reached = {
        (x["country"], x["program"]): {h["authority"] for h in x["hooks"]}
        for country in ("AZ", "AM")
        for x in show(real_editions, "--country", country, "--file", "fmtr")["lines"]
    }
    assert reached["AZ", "Section 333"] >= {"us.fsa.907", "us.leahy.dod"}
    for program in ("FMF", "IMET-1"):
        assert reached["AZ", program] >= {"us.fsa.907", "us.leahy.state", "us.faa.502B"}
        assert reached["AM", program] >= {"us.leahy.state", "us.faa.502B"}
        assert "us.fsa.907" not in reached["AM", program]


# Section 5
def test_each_report_stands_against_its_own_totals_as_was_measured(
    real_editions: Editions,
) -> None:
    call = ["aid", "import", "--check", "--json", "--data", str(real_editions.folder)]
    result = CliRunner().invoke(main, call)
    assert result.exit_code == 0, result.output
    checks = {c["report"]: c for c in json.loads(result.stdout)["reports"]}
    told = {
        report: (c["programs"], c["agree"], c["differ"])
        for report, c in checks.items()
        if c["programs"]
    }
    assert told == REPORTS
    assert [report for report, c in checks.items() if c["refused"]] == ["2009_2010"]
    [angola] = checks["2019_2020"]["differing"]
    assert (angola["country"], angola["program"]) == ("AO", "PKO")
    assert (angola["rows_sum"], angola["printed"]) == (948_284, 756_741)
    assert checks["2011_2012"]["missing_costs"] == 3_056


@pytest.mark.parametrize("country", COUNTRIES)
def test_the_same_command_answers_for_every_country(real_editions: Editions, country: str) -> None:
    answer = show(real_editions, "--country", country, "--years", "2016..2021")
    assert {x["country"] for x in answer["lines"]} == {country}
    assert {x["dataset"] for x in answer["lines"]} == {"fmtr", "foreignassistance"}
    for line in answer["lines"]:
        assert line["file"]
        assert line["vintage"]
        assert line["at"]
        assert line["group"]
        assert line["why_group"]
    # No law is asked of one country and not of another, but where it names the state itself.
    laws = {h["authority"] for x in answer["lines"] for h in x["hooks"]}
    assert {"us.leahy.state", "us.leahy.dod", "us.faa.502B"} <= laws


# Independent sums: the plain csv module over the same files.
Key = tuple[str, str, int | None]  # country, report or copy, year
CENT = 0.005  # what a row loses at most where it prints parts of a cent
NUMBER = re.compile(r"-?\d+(\.\d+)?\Z")
YEAR = re.compile(r"(?:FY|Fiscal Year) *(\d{4}|\d{2})(?!\d)")


def number(cell: str) -> float | None:
    plain = cell.replace("$", "").replace(",", "").strip()
    return float(plain) if NUMBER.match(plain) else None


def training(file: Path) -> Iterator[dict[str, str]]:
    with lzma.open(file, "rt", encoding="utf-8", newline="") as opened:
        yield from csv.DictReader(opened)


def year_of(program: str) -> int | None:
    found = YEAR.search(program)
    if not found:
        return None
    digits = int(found[1])
    return digits if digits > 99 else digits + (1900 if digits > 50 else 2000)


@pytest.fixture
def units_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Which units can be told apart plays no part in a sum, and takes long for all countries."""
    monkeypatch.setattr("gravamen.aid.account.lines.vettable", bool)


@pytest.mark.usefixtures("units_unread")
def test_every_country_and_report_adds_up_as_a_plain_sum_of_the_file_does(
    real_editions: Editions, shared_data: Path
) -> None:
    rows: dict[Key, list[float]] = defaultdict(lambda: [0, 0, 0])
    for cells in training(shared_data / "aid" / "fmtr" / "training_rows.csv.xz"):
        if cells["is_total"] == "1" or cells["program"].startswith("No activities"):
            continue
        country = countries.code(cells["country"])
        assert country
        sums = rows[country, cells["report"], year_of(cells["program"])]
        sums[0] += 1
        sums[1] += number(cells["quantity"]) or 0
        sums[2] += number(cells["total_cost"]) or 0
    told: dict[Key, list[float]] = defaultdict(lambda: [0, 0, 0])
    for country in sorted({key[0] for key in rows}):
        found = account(
            real_editions, LAW, country=country, years=None, on=date(2022, 12, 1), files=["fmtr"]
        )
        for line in found.lines:
            sums = told[country, line.vintage, line.year]
            sums[0] += line.rows
            sums[1] += line.trainees or 0
            sums[2] = round(sums[2] + (line.amount or 0), 2)
        for total in found.totals:
            if not total.without:
                whole = rows[country, total.vintage, total.year]
                assert [total.rows, total.trainees or 0] == whole[:2]
                assert (total.amount or 0) == pytest.approx(whole[2], abs=CENT * whole[0])
    assert {k: [r, t] for k, (r, t, _) in told.items()} == {
        k: [r, t] for k, (r, t, _) in rows.items()
    }
    assert {k: a for k, (_, _, a) in told.items()} == {
        k: pytest.approx(a, abs=CENT * n) for k, (n, _, a) in rows.items()
    }


@pytest.mark.usefixtures("units_unread")
def test_every_third_country_has_in_each_copy_the_figures_of_the_file(
    real_editions: Editions, shared_data: Path
) -> None:
    kinds = {"1": "appropriated", "2": "obligated", "3": "disbursed", "18": "requested"}
    kinds["19"] = "allocated"
    printed: dict[tuple[str, str, str, str], float] = defaultdict(float)
    for copy in COPIES:
        file = shared_data / "aid" / "foreignassistance" / f"country_{copy}.csv"
        with file.open(encoding="utf-8-sig", newline="") as opened:
            reader = csv.reader(opened)
            next(reader)
            for code, name, _, _, _, _, kind, _, year, current, _ in reader:
                country = countries.code(code, name)
                assert country
                printed[country, copy, kinds[kind], year] += float(current)
    asked = sorted({key[0] for key in printed})[::3]
    told = {
        (x.country, x.vintage, x.kind, f"{x.year}{'tq' * (x.period != 'fiscal-year')}"): x.amount
        for country in asked
        for x in lines(
            real_editions,
            LAW,
            country=country,
            years=None,
            on=date(2022, 12, 1),
            files=["foreignassistance"],
        )
    }
    assert told == {k: a for k, a in printed.items() if k[0] in asked}
