"""aid show: what a person, a spreadsheet and a program get from the same question."""

import csv
import io
import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result
from handmade import keep

from gravamen.aid.line import Row
from gravamen.cli import main
from gravamen.editions import Editions
from gravamen.exports.tables import unguarded

REPORT = "2018_2019"


def row(number: int, **fields: Any) -> Row:
    """A row of a training report about an invented course in a country that exists."""
    given = {
        "country": "AM", "place": "Armenia", "vintage": REPORT, "year": 2018, "program": "FMF",
        "agency": "Department of State", "kind": "cost", "amount": 1234.5, "trainees": 2,
        "unit": "3rd Infantry Battalion", "donor": "US",
    }  # fmt: skip
    return Row(row=number, **{**given, **fields})


def of_country(number: int, copy: str, amount: float | None, **fields: Any) -> Row:
    """A sum for the country in a copy of the country table."""
    given = {
        "country": "AM", "place": "Armenia", "vintage": copy, "year": 2021, "kind": "obligated",
        "amount": amount, "donor": "US",
    }  # fmt: skip
    return Row(row=number, **{**given, **fields})


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with a training report and two copies of the country table."""
    editions = Editions(tmp_path / "data")
    rows = [
        row(2),
        row(3, amount=65.5),
        row(4, program="IMET-1", unit="Army Unit"),
        row(5, program="FHA", agency="Department of Defense", amount=10.0),
        row(6, program="Section 333", agency="Department of Defense", amount=None),
        row(7, year=2017, vintage="2017_2018", amount=7.0),
    ]
    keep(editions, rows, dataset="fmtr", vintage="2017_2018--2018_2019", file="training.csv")
    for copy, amount in (("2022-10", 50.0), ("2023-03", -658_171.0)):
        keep(
            editions,
            [of_country(2, copy, amount), of_country(3, copy, 9.0, kind="disbursed")],
            dataset="foreignassistance",
            vintage=copy,
            file=f"country_{copy}.csv",
        )
    return editions.folder


def show(data: Path, *options: str, country: str = "AM") -> Result:
    call = ["aid", "show", "--country", country, "--on", "2022-12-01", "--data", str(data)]
    return CliRunner().invoke(main, [*call, *options])


def answer(data: Path, *options: str, country: str = "AM") -> dict[str, Any]:
    result = show(data, "--json", *options, country=country)
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_the_json_has_the_keys_that_were_promised(data: Path) -> None:
    found = answer(data, "--report", REPORT, "--program", "FMF")
    assert found["schema"] == "gravamen.aid/1"
    [line] = found["lines"]
    plain = {
        "country": "AM",
        "country_name": "Armenia",
        "program": "FMF",
        "agency": "Department of State",
        "fiscal_year": 2018,
        "period": "fiscal-year",
        "rows": 2,
        "trainees": 4,
        "amount": 1300,
        "currency": "USD",
        "kind": "cost, current",
        "dataset": "fmtr",
        "file": "training.csv",
        "vintage": REPORT,
        "at": "2-3",
        "floor": False,
        "printed": None,
        "refused": None,
        "later": False,
        "unnamed": None,
    }
    assert {k: line[k] for k in plain} == plain
    assert isinstance(line["amount"], int)
    for hook in line["hooks"]:
        assert {"authority", "state", "why", "cite", "decides", "shows", "exceptions"} <= {*hook}
    assert {h["authority"] for h in line["hooks"]} >= {"us.leahy.state", "us.faa.502B"}
    assert line["group"] == "asked-now"
    [total] = found["totals"]
    wanted = {"kind": "cost, current", "vintage": REPORT, "fiscal_year": 2018, "rows": 2}
    assert {k: total[k] for k in wanted} == wanted
    assert (total["trainees"], total["amount"]) == (4, 1300)
    assert total["groups"] == {"asked-now": {"rows": 2, "trainees": 4, "amount": 1300}}
    assert found["refused"] == []


def test_an_amount_in_cents_keeps_them(data: Path) -> None:
    [line] = answer(data, "--program", "IMET-1")["lines"]
    assert line["amount"] == 1234.5
    assert line["unnamed"] == {"rows": 1, "trainees": 2, "amount": 1234.5}


def test_parts_of_a_cent_are_added_before_a_total_is_rounded(tmp_path: Path) -> None:
    editions = Editions(tmp_path / "data")
    rows = [row(n, program=p, amount=0.004) for n, p in enumerate(("FMF", "FMF", "PKO"), 2)]
    keep(editions, rows, dataset="fmtr", vintage=REPORT, file="training.csv")
    found = answer(editions.folder)
    assert [x["amount"] for x in found["lines"]] == [0.008, 0.004]
    assert [x["amount"] for x in found["totals"]] == [0.01]


@pytest.mark.parametrize(
    ("years", "expected"),
    [
        ("2018", {2018}),
        ("2017..2018", {2017, 2018}),
        ("2018..2018", {2018}),
        ("2018..", {2018, 2021}),
        ("..2017", {2017}),
        ("2022..", set()),
    ],
)
def test_years_are_one_or_a_range_open_at_either_end(
    data: Path, years: str, expected: set[int]
) -> None:
    found = answer(data, "--years", years)
    assert {x["fiscal_year"] for x in found["lines"]} == expected
    assert found["years"] == ([min(expected), max(expected)] if expected else [2022, 2022])


@pytest.mark.parametrize("years", ["18", "2018-2020", "..", "2020..2018", "FY2018", "2018..20"])
def test_years_that_cannot_be_read_are_refused_with_the_right_form(data: Path, years: str) -> None:
    result = show(data, "--years", years)
    assert result.exit_code == 2
    assert repr(years) in result.stderr


@pytest.mark.parametrize("country", ["AM", "am", "ARM", "Armenia", "armenia"])
def test_a_country_is_asked_by_any_of_its_codes_or_its_name(data: Path, country: str) -> None:
    assert answer(data, country=country) == answer(data)


def test_an_unknown_country_is_an_error_and_no_empty_answer(data: Path) -> None:
    result = show(data, country="Armenya")
    assert result.exit_code == 2
    assert "Armenia" in result.stderr


@pytest.mark.parametrize("spelled", ["2018_2019", "2018-2019", "2018/19", "2018-19", "2018 2019"])
def test_a_report_may_be_spelled_otherwise_and_only_its_lines_show(
    data: Path, spelled: str
) -> None:
    lines = answer(data, "--report", spelled)["lines"]
    assert {(x["vintage"], x["dataset"]) for x in lines} == {(REPORT, "fmtr")}


@pytest.mark.parametrize("report", ["2019_2020", "2018_2020", "2018", "last"])
def test_a_report_that_is_not_on_hand_is_an_error_that_names_those_that_are(
    data: Path, report: str
) -> None:
    result = show(data, "--report", report)
    assert result.exit_code == 2
    assert "there are: 2017_2018, 2018_2019" in result.stderr


def test_a_file_narrows_by_its_kind_or_its_name(data: Path) -> None:
    assert {x["dataset"] for x in answer(data, "--file", "fmtr")["lines"]} == {"fmtr"}
    lines = answer(data, "--file", "country_2022-10.csv")["lines"]
    assert {x["file"] for x in lines} == {"country_2022-10.csv"}
    result = show(data, "--file", "usaspending")
    assert result.exit_code == 2
    assert "foreignassistance" in result.stderr


def test_the_transition_quarter_may_be_asked_and_stands_for_itself(tmp_path: Path) -> None:
    rows = [
        of_country(2, "2022-10", 5.0, year=1976),
        of_country(3, "2022-10", 1.0, year=1976, period="transition-quarter"),
        of_country(4, "2022-10", 7.0, year=1977),
    ]
    editions = Editions(tmp_path / "data")
    keep(editions, rows, dataset="foreignassistance", vintage="2022-10")
    for years in ("1976tq", "1976TQ", "1976tq..1976"):
        found = answer(editions.folder, "--years", years)
        assert [(x["period"], x["amount"]) for x in found["lines"]] == [
            ("fiscal-year", 5), ("transition-quarter", 1),
        ]  # fmt: skip
    assert show(editions.folder, "--years", "1977tq").exit_code == 2


def test_an_answer_without_a_year_names_none(tmp_path: Path) -> None:
    editions = Editions(tmp_path / "data")
    keep(editions, [row(2, year=None)], dataset="fmtr", vintage=REPORT, file="training.csv")
    assert answer(editions.folder)["years"] is None
    assert show(editions.folder).stdout.startswith("Armenia (AM), no year named, as the law stood")


def test_the_years_of_an_answer_about_a_report_are_those_of_the_report(data: Path) -> None:
    editions = Editions(data)
    undated = [row(2, year=None, vintage="1999_2000", country="GE", place="Georgia")]
    keep(editions, undated, dataset="fmtr", vintage="1999_2000", file="first.csv")
    assert answer(data, "--report", "1999_2000")["years"] == [1999, 2000]
    assert answer(data, "--report", "1999_2000", country="GE")["years"] == [1999, 2000]


def test_a_report_that_the_published_table_lacks_is_said_to_be_lacked(data: Path) -> None:
    result = show(data, "--report", "2006-07")
    assert result.exit_code == 2
    assert "published table of the training reports lacks it" in result.stderr
    assert "lacks it" not in show(data, "--report", "2005-06").stderr


def test_an_unknown_program_is_an_error_that_names_near_ones(data: Path) -> None:
    result = show(data, "--program", "IMET1")
    assert result.exit_code == 2
    assert "; IMET-2; " in result.stderr
    result = show(data, "--program", "Nonsense")
    assert result.exit_code == 2
    assert "; Non-SA, UC; " in result.stderr


@pytest.mark.parametrize(
    "words",
    ["us.prog.imet", "imet family", "International Military Education and Training"],
)
def test_a_program_is_asked_with_all_its_codes_by_name_or_id(tmp_path: Path, words: str) -> None:
    editions = Editions(tmp_path / "data")
    rows = [row(2, program="IMET-1"), row(3, program="IMET-2"), row(4)]
    keep(editions, rows, dataset="fmtr", vintage=REPORT, file="training.csv")
    if words == "imet family":
        words = "USCG"
        more = [row(2, program="DOHS/USCG"), row(3, program="DHS/USCG")]
        keep(editions, more, dataset="fmtr", vintage="2019_2020", file="more.csv")
        expected = {"DOHS/USCG", "DHS/USCG"}
    else:
        expected = {"IMET-1", "IMET-2"}
    found = answer(editions.folder, "--program", words)
    assert {x["program"] for x in found["lines"]} == expected
    assert not any("also has lines" in x for x in found["left_out"])


def test_a_code_means_itself_and_the_other_codes_of_its_program_are_told(tmp_path: Path) -> None:
    editions = Editions(tmp_path / "data")
    rows = [row(2, program="IMET-1"), row(3, program="IMET-2"), row(4)]
    keep(editions, rows, dataset="fmtr", vintage=REPORT, file="training.csv")
    told = (
        "International Military Education and Training also has lines under {}, which are not "
        "among these: --program us.prog.imet takes all of its codes."
    )
    none = answer(editions.folder, "--program", "imet")
    assert none["lines"] == []
    assert told.format("IMET-1 and IMET-2") in none["left_out"]
    one = answer(editions.folder, "--program", "imet-1")
    assert [x["program"] for x in one["lines"]] == ["IMET-1"]
    assert told.format("IMET-2") in one["left_out"]
    both = answer(editions.folder, "--program", "IMET-1", "--program", "IMET-2")
    assert not any("also has lines" in x for x in both["left_out"])


def test_programs_leave_country_sums_out_and_say_so(data: Path) -> None:
    found = answer(data, "--program", "FMF")
    assert {x["program"] for x in found["lines"]} == {"FMF"}
    assert any("country_2022-10.csv" in x and "left out" in x for x in found["left_out"])


def test_a_folder_without_editions_says_how_to_import(tmp_path: Path) -> None:
    result = show(tmp_path / "nothing")
    assert result.exit_code == 2
    assert "gravamen aid import FILE" in result.stderr


def test_the_data_folder_may_come_from_the_environment(data: Path) -> None:
    call = ["aid", "show", "--country", "AM", "--json"]
    result = CliRunner().invoke(main, call, env={"GRAVAMEN_DATA": str(data)})
    assert result.exit_code == 0
    assert json.loads(result.stdout)["lines"]


def test_copies_that_differ_stand_side_by_side_and_none_is_the_figure(data: Path) -> None:
    found = answer(data, "--years", "2021")
    [difference] = found["differences"]
    assert difference["kind"] == "obligated, current"
    assert difference["figures"] == [
        {"vintage": "2022-10", "amount": 50},
        {"vintage": "2023-03", "amount": -658_171},
    ]
    assert {x["rows"] for x in found["totals"]} == {1}
    text = show(data, "--years", "2021").stdout
    assert [x.split() for x in text.splitlines() if "differ" in x and "$50" in x] == [
        ["2021", "$50", "-$658,171", "differ"]
    ]
    assert "Below zero, a deobligation: more was taken back than newly obligated." in text


def test_lines_without_a_program_that_differ_otherwise_stand_each_for_itself(
    tmp_path: Path,
) -> None:
    bare = {"program": None, "unit": None, "vintage": "2024", "kind": "disbursed"}
    rows = [
        row(2, agency="Agency of North", amount=11.0, **bare),
        row(3, agency="Agency of South", amount=22.0, **bare),
        row(4, agency=None, amount=33.0, **bare),
        row(5, agency=None, amount=44.0, donor="SE", **bare),
        row(6, agency=None, amount=55.0, humanitarian=True, **bare),
    ]
    keep(Editions(tmp_path), rows, dataset="iati", vintage="2024")
    text = show(tmp_path).stdout
    assert all(f"${n}" in text for n in (11, 22, 33, 44, 55))
    assert "no program named, Agency of South" in text
    assert "from SE" in text


def test_a_copy_without_the_figure_stands_beside_the_one_that_has_it(data: Path) -> None:
    editions = Editions(data)
    only = [of_country(9, "2025-04", 5.0, country="GE", place="Georgia")]
    keep(editions, only, dataset="foreignassistance", vintage="2025-04", file="newest.csv")
    text = show(data, country="GE").stdout
    head, cells = (
        x.split() for x in text.splitlines() if x.startswith(("    year   ", "    2021"))
    )
    assert head == ["year", "2022-10", "2023-03*", "2025-04*"]
    assert cells == ["2021", "none", "none", "$5", "differ"]
    assert "none: that copy prints no such figure for the country and year" in text
    assert "the tables above have each figure" in " ".join(text.split())


def test_a_year_in_which_copies_differ_is_marked_in_every_table_of_it(tmp_path: Path) -> None:
    editions = Editions(tmp_path / "data")
    copies = [f"20{n}-01" for n in range(15, 22)]
    for copy in copies:
        amount = 9.0 if copy == copies[-1] else 5.0
        rows = [of_country(2, copy, amount, year=2010), of_country(3, copy, 1.0, year=2011)]
        keep(editions, rows, dataset="foreignassistance", vintage=copy, file=f"{copy}.csv")
    text = show(editions.folder).stdout.splitlines()
    marked = [x for x in text if x.startswith("    2010")]
    assert len(marked) == 2
    assert all(x.endswith("  differ") for x in marked)
    assert not any("differ" in x for x in text if x.startswith("    2011"))


def test_figures_of_a_state_that_is_no_more_are_told_both_ways_and_never_added(
    data: Path,
) -> None:
    editions = Editions(data)
    rows = [
        of_country(2, "2022-10", 5.0, country="SD", place="Sudan"),
        of_country(3, "2022-10", 3.0, country="SDF", place="Sudan (former)"),
        of_country(4, "2022-10", 3.0, country="SDF", place="Sudan (former)", year=2019),
        of_country(5, "2022-10", None, country="SDF", place="Sudan (former)", year=2018),
    ]
    keep(editions, rows, dataset="foreignassistance", vintage="2022-10", file="apart.csv")
    told = "The files also print figures for Sudan (former) in {}, which are not among these lines:"
    all_years = answer(data, "--file", "apart.csv", country="SD")
    assert [x["amount"] for x in all_years["lines"]] == [5]
    assert f"{told.format('the years 2019 and 2021')} --country SDF." in all_years["left_out"]
    one = answer(data, "--years", "2021", country="South Sudan")
    assert f"{told.format('the year 2021')} --country SDF." in one["left_out"]
    assert (
        "The files also print figures for Sudan in the year 2021, which are not among these lines: "
        "--country SD."
    ) in answer(data, country="SDF")["left_out"]
    for asked in (["--years", "2018"], ["--program", "FMF"], ["--report", REPORT]):
        assert not any("also print" in x for x in answer(data, *asked, country="SD")["left_out"])


def test_what_a_file_prints_as_the_country_is_told_where_it_is_not_our_name(
    tmp_path: Path,
) -> None:
    editions = Editions(tmp_path / "data")
    south = {"country": "SS", "place": "Sudan, Government of Southern"}
    rows = [row(2, **south), row(3, **{**south, "place": "South Sudan"}, year=2017), row(4)]
    keep(editions, rows, dataset="fmtr", vintage=REPORT, file="training.csv")
    folder = editions.folder
    assert [x["places"] for x in answer(folder, country="SS")["lines"]] == [
        ["South Sudan"], ["Sudan, Government of Southern"],
    ]  # fmt: skip
    told = "Printed as 'Sudan, Government of Southern': training.csv, 2018."
    assert told in show(folder, country="SS").stdout
    assert "Printed as" not in show(folder).stdout
    table = csv.DictReader(io.StringIO(show(folder, "--csv", country="SS").stdout))
    assert [x["places"] for x in table] == ["South Sudan", "Sudan, Government of Southern"]
    page = tmp_path / "page.html"
    assert show(folder, "--html", str(page), country="SS").exit_code == 0
    words = page.read_text("utf-8")
    assert words.count("printed as &#39;Sudan, Government of Southern&#39;<") == 1


def test_more_copies_than_fit_stand_in_tables_below_each_other(tmp_path: Path) -> None:
    editions = Editions(tmp_path)
    for n in range(1, 9):
        copy = f"2025-0{n}"
        rows = [of_country(2, copy, n * 1_000_000_000.0)]
        keep(editions, rows, dataset="foreignassistance", vintage=copy)
    keep(editions, [of_country(2, "2025-01", 7.0)], dataset="foreignassistance",
         vintage="2025-01", file="again.csv")  # fmt: skip
    text = show(tmp_path).stdout
    assert all(len(line) <= 100 for line in text.splitlines())
    assert all(f"${n},000,000,000" in text for n in range(1, 9))
    for edition in editions.all("aid"):
        if edition.vintage == "2025-01":
            assert f"2025-01 ({edition.sha256[:12]})" in text


def test_a_copy_later_than_the_day_is_marked_and_shown(data: Path) -> None:
    lines = answer(data, "--file", "foreignassistance")["lines"]
    assert {x["vintage"]: x["later"] for x in lines} == {"2022-10": False, "2023-03": True}
    text = show(data, "--file", "foreignassistance").stdout
    assert "2023-03*" in text
    assert "* was not there yet on that day" in text
    assert "Later than 1 December 2022, and marked so: copy 2023-03." in text


def test_the_text_has_each_group_its_laws_once_and_every_line_within_the_width(
    data: Path,
) -> None:
    text = show(data).stdout
    assert all(len(line) <= 100 for line in text.splitlines())
    found = [x.split(" (")[0] for x in text.splitlines() if x[:1].isalpha()]
    headings = [x for x in found if x.isupper()]
    assert headings == [
        "CAN BE ASKED ON THAT DATE",
        "OUTSIDE THESE LAWS",
        "HOOK UNCLEAR",
        "SUMS, LIKE WITH LIKE",
        "WHERE COPIES OR REPORTS DIFFER",
        "WHAT THE FILES ON HAND CANNOT SHOW",
    ]
    assert text.count("State Leahy law, 22 U.S.C. 2378d") == 1
    for wanted in ("decides: Secretary of State", "must be shown:", "except:", "waiver:"):
        assert wanted in text


def test_a_law_that_bears_on_two_groups_has_its_terms_once(tmp_path: Path) -> None:
    rows = [row(2), row(3, program="IMET-1", humanitarian=True)]
    keep(Editions(tmp_path), rows, dataset="iati", vintage="2020")
    text = show(tmp_path).stdout
    assert text.count("State Leahy law, 22 U.S.C. 2378d") == 2
    assert text.count("the government is taking effective steps") == 1
    assert "decides, must be shown, exceptions: as above" in text


def test_a_line_that_disagrees_with_its_report_is_told_with_both_figures(tmp_path: Path) -> None:
    wrong = [row(2), row(3, total=True, amount=99.0), row(4, program="PKO", amount=8.0)]
    right = [
        cells
        for n in range(12)
        for cells in (
            row(10 + 2 * n, country=f"X{n}", place="Nowhere"),
            row(11 + 2 * n, country=f"X{n}", place="Nowhere", total=True),
        )
    ]
    keep(Editions(tmp_path), [*wrong, *right], dataset="fmtr", vintage=REPORT)
    text = show(tmp_path).stdout
    assert "$1,234.50" in text
    assert "The report itself prints $99." in text
    assert "without FMF, refused" in text
    assert "REFUSED FOR SUMS" in text


def test_a_sum_with_rows_that_hold_no_amount_says_at_least(tmp_path: Path) -> None:
    keep(Editions(tmp_path), [row(2), row(3, amount=None)], dataset="fmtr", vintage=REPORT)
    assert show(tmp_path).stdout.count("at least $1,234.50") == 2


def test_what_the_files_cannot_show_is_said(data: Path) -> None:
    told = " ".join(answer(data, "--years", "2017..2023")["left_out"])
    assert "training.csv: training alone, and no equipment" in told
    assert "country_2022-10.csv and country_2023-03.csv: one sum for the country" in told
    assert "No file of fmtr on hand covers the years 2019 to 2023." in told
    assert "report 2018_2019: rows without an amount" in told
    assert "only what is disbursed was paid" not in told


def test_a_year_in_which_a_file_has_nothing_for_the_country_proves_nothing(data: Path) -> None:
    told = " ".join(answer(data, "--years", "2018", country="AZ")["left_out"])
    assert "print nothing for Azerbaijan in the year 2018" in told
    assert "does not prove that nothing flowed" in told
    assert "No line was found." in show(data, "--years", "2018", country="AZ").stdout


def test_a_report_missing_between_two_others_is_named(tmp_path: Path) -> None:
    editions = Editions(tmp_path)
    rows = [row(2, vintage="2005_2006", year=2005), row(3, vintage="2007_2008", year=2007)]
    keep(editions, rows, dataset="fmtr", vintage="all", file="training.csv")
    told = answer(tmp_path, "--years", "2005..2007")["left_out"]
    assert "training.csv: it lacks the report 2006_2007." in told
    assert not any("lacks" in x for x in answer(tmp_path, "--years", "2007")["left_out"])


def test_rows_without_a_year_are_told_where_years_are_asked(tmp_path: Path) -> None:
    rows = [row(2), row(3, year=None), row(4, year=None)]
    keep(Editions(tmp_path), rows, dataset="fmtr", vintage=REPORT, file="training.csv")
    told = "training.csv: 2 rows name no year; an answer for certain years leaves them out."
    assert told in answer(tmp_path, "--years", "2018")["left_out"]
    assert told not in answer(tmp_path)["left_out"]
    assert [x["rows"] for x in answer(tmp_path)["lines"]] == [1, 2]


def test_cells_that_could_not_be_read_are_named_with_their_places(tmp_path: Path) -> None:
    damaged = [row(n, amount=None, fault=f"cost is no number: {n} 9/29/2009") for n in range(2, 9)]
    keep(Editions(tmp_path), damaged, dataset="fmtr", vintage=REPORT, file="training.csv")
    [told] = [x for x in answer(tmp_path)["left_out"] if "could not be read" in x]
    assert "row 2: cost is no number: 2 9/29/2009" in told
    assert told.endswith("and 2 more.")


LAWS = (
    "The law data hold 9 laws on assistance. Conditions on single countries in yearly "
    "appropriations acts, sanctions and other bars are not among them. No line is tied to a "
    "designation of a state as a sponsor of terrorism, since no determination is on file."
)


def test_every_answer_says_of_which_laws_it_cannot_tell(data: Path) -> None:
    assert answer(data)["left_out"][-1] == LAWS
    assert answer(data, "--years", "1950", country="AZ")["left_out"][-1] == LAWS


def test_a_year_that_is_over_is_said_to_be_so_and_not_to_have_been_barred(tmp_path: Path) -> None:
    rows = [row(2, year=2024), row(3, year=2025), row(4, year=2026, period="calendar-year")]
    keep(Editions(tmp_path), rows, dataset="fmtr", vintage=REPORT, file="training.csv")

    def told(on: str) -> list[str]:
        found = answer(tmp_path, "--on", on)["left_out"]
        return [x for x in found if "gone by" in x]

    assert told("2026-10-01") == [
        (
            "The figures of the years 2024 to 2025 are of years gone by. What an office can be "
            "asked concerns assistance from 1 October 2026 on. How a law stands is told for that "
            "day and not for those years; it does not show that what flowed then was barred or "
            "unlawful."
        )
    ]
    assert told("2025-09-30")[0].startswith("The figures of the year 2024 are of a year gone by.")
    assert "the years 2024 to 2025" in told("2025-10-01")[0]
    assert "the years 2024 to 2026" in told("2027-01-01")[0]
    assert told("2024-09-30") == []


HOSTILE = '=HYPERLINK("http://example.invalid")'


def test_no_text_of_a_file_becomes_a_formula_and_a_negative_number_stays_one(
    tmp_path: Path,
) -> None:
    rows = [
        row(2, agency=HOSTILE, account="@SUM(A1)", program=None, amount=-5.0),
        row(3, agency="+1", account="-2+3", program=None, purpose="\tcmd", objective="\rx"),
    ]
    keep(Editions(tmp_path), rows, dataset="iati", vintage="2024", file="=1.csv")
    result = show(tmp_path, "--csv")
    assert result.exit_code == 0
    table = list(csv.DictReader(io.StringIO(result.stdout_bytes.decode(), newline="")))
    for cells in table:
        for column, cell in cells.items():
            assert not cell.startswith(("=", "+", "@", "\t", "\r")), column
            if cell.startswith("-"):
                assert float(cell) < 0
    assert [x["amount"] for x in table] == ["1234.5", "-5"]
    assert unguarded(table[1]["agency"]) == HOSTILE
    assert unguarded(table[0]["file"]) == "=1.csv"


def test_the_csv_has_a_row_to_each_line_with_its_laws(data: Path) -> None:
    table = list(csv.DictReader(io.StringIO(show(data, "--csv").stdout_bytes.decode(), newline="")))
    lines = answer(data)["lines"]
    assert [(x["program"], x["vintage"], x["at"]) for x in table] == [
        (x["program"] or "", x["vintage"], x["at"]) for x in lines
    ]
    assert [x["hooks"] for x in table] == [
        "; ".join(f"{h['authority']}: {h['state']}" for h in x["hooks"]) for x in lines
    ]


def test_json_and_csv_exclude_each_other(data: Path) -> None:
    assert show(data, "--json", "--csv").exit_code == 2


def test_what_steers_a_terminal_is_not_printed(tmp_path: Path) -> None:
    rows = [row(2, agency="Dep\x1b[31m of \u202eevil", program=None, account="Acc\x07ount")]
    keep(Editions(tmp_path), rows, dataset="iati", vintage="2024")
    text = show(tmp_path).stdout
    assert not {"\x1b", "\x07", "\u202e"} & {*text}


def test_page_and_pictures_are_written(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    names = ("--html", "page.html", "--svg", "flows.svg", "--png", "flows.png")
    options = [x if x.startswith("--") else str(out / x) for x in names]
    result = show(data, *options)
    assert result.exit_code == 0, result.output
    written = {"page.html", "flows.svg", "flows.png", "flows.table.csv"}
    assert {f.name for f in out.iterdir()} == written
    assert (out / "flows.table.csv").read_text("utf-8").startswith("country,country_name,")
    assert "Armenia" in (out / "page.html").read_text(encoding="utf-8")
    assert ElementTree.parse(out / "flows.svg").getroot().tag.endswith("svg")
    assert (out / "flows.png").read_bytes().startswith(b"\x89PNG")
    assert str(out / "page.html") in result.stdout


def test_one_name_for_two_files_writes_neither(data: Path, tmp_path: Path) -> None:
    file = str(tmp_path / "both")
    result = show(data, "--html", file, "--svg", file)
    assert result.exit_code == 2
    assert not Path(file).exists()


def test_the_same_question_gives_the_same_bytes(data: Path) -> None:
    for form in ((), ("--json",), ("--csv",)):
        assert show(data, *form).stdout_bytes == show(data, *form).stdout_bytes


def test_a_sum_in_another_currency_than_the_country_sum_is_told(tmp_path: Path) -> None:
    editions = Editions(tmp_path)
    for copy, more in (("2022-10", 0.0), ("2023-03", 5.0)):
        rows = [
            of_country(2, copy, 9.0),
            of_country(3, copy, 10.0, currency="EUR", program="FMF"),
            of_country(4, copy, 30.0 + more, currency="EUR", program="IMET-1"),
        ]
        keep(editions, rows, dataset="iati", vintage=copy, file=f"{copy}.csv")
    text = " ".join(show(tmp_path).stdout.split())
    _, heading, sums = text.partition("SUMS, LIKE WITH LIKE")
    assert heading
    assert "EUR 40 obligated, current copy 2022-10" in sums
    assert "EUR 45 obligated, current copy 2023-03" in sums
    assert "obligated, current: copy 2022-10 EUR 40; copy 2023-03 EUR 45" in sums
    assert "$9" not in sums
