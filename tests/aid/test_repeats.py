"""Repeats: one report in several editions is told once, and what they give otherwise beside."""

import json
from datetime import date
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from chosen import ROWS, training
from click.testing import CliRunner, Result
from handmade import keep
from msgspec.structs import replace
from test_lines import row

from gravamen import law as lawdata
from gravamen.aid.account.account import account
from gravamen.aid.account.json import account_json
from gravamen.aid.account.repeats import newest_first
from gravamen.aid.account.selection import select
from gravamen.aid.line import Account, Row
from gravamen.aid.pictures.panels import panels
from gravamen.aid.units.recipients import recipients
from gravamen.casefile import CaseFile, Opened
from gravamen.cli import main
from gravamen.editions import Edition, Editions
from gravamen.instruments.package import prepare

LAW = lawdata.load()
ON = date(2024, 1, 15)
EARLIER, LATER = "2025-01-01T00:00:00Z", "2026-01-01T00:00:00Z"


def taken(
    editions: Editions,
    rows: list[Row],
    at: str,
    *,
    file: str = "training.csv",
    dataset: str = "fmtr",
    vintage: str = "2018_2019--2019_2020",
) -> Edition:
    """Keep an edition of these rows that was taken in at some moment."""
    made = keep(editions, rows, dataset=dataset, vintage=vintage, file=file)
    return _date(editions, made, at)


def _date(editions: Editions, made: Edition, at: str) -> Edition:
    """Say of an edition that it was taken in at some moment."""
    file = editions.path(made) / "edition.json"
    file.write_text(file.read_text().replace(made.taken_in, at))
    return replace(made, taken_in=at)


@pytest.fixture
def editions(tmp_path: Path) -> Editions:
    return Editions(tmp_path / "data")


def answer(editions: Editions, **asked: Any) -> Account:
    return account(editions, LAW, **{"country": "AM", "years": None, "on": ON, **asked})


def test_a_report_that_stands_in_two_editions_is_told_once_by_the_newest(
    editions: Editions,
) -> None:
    taken(editions, [row(2), row(3)], EARLIER, file="2025.csv")
    new = [row(5), row(6), row(7, vintage="2019_2020", year=2019)]
    newest = taken(editions, new, LATER, file="2026.csv")
    found = answer(editions)
    assert [(x.year, x.rows, x.edition, x.older) for x in found.lines] == [
        (2018, 2, newest.id, False),
        (2019, 1, newest.id, False),
    ]
    assert [(t.year, t.amount) for t in found.totals] == [(2018, 200.0), (2019, 100.0)]
    assert found.differences == ()
    [said] = [x for x in found.left_out if "stands in 2 editions" in x]
    assert said.startswith("fmtr: the report 2018_2019 stands in 2 editions on hand (2026.csv (")
    assert "no older one gives another figure for Armenia" in said


def test_an_older_edition_stands_beside_where_it_gives_another_figure_and_nowhere_else(
    editions: Editions,
) -> None:
    same = row(3, program="IMET-1")
    old = taken(editions, [row(2, amount=90.0), same], EARLIER, file="2025.csv")
    new = taken(editions, [row(2), same, row(4, program="PKO")], LATER, file="2026.csv")
    found = answer(editions)
    told = {(x.program, x.amount, x.edition, x.older) for x in found.lines}
    assert told == {
        ("FMF", 100.0, new.id, False),
        ("FMF", 90.0, old.id, True),
        ("IMET-1", 100.0, new.id, False),
        ("PKO", 100.0, new.id, False),
    }
    sums = {t.edition: (t.amount, t.older) for t in found.totals}
    assert sums == {new.id: (300.0, False), old.id: (190.0, True)}
    [difference] = found.differences
    digests = {f"2018_2019 ({e.sha256[:12]})": a for e, a in ((new, 300.0), (old, 190.0))}
    assert dict(difference.figures) == digests
    assert any("in 1 line for Armenia an older one gives another" in x for x in found.left_out)


def test_a_line_that_the_newest_lacks_is_not_lost(editions: Editions) -> None:
    taken(editions, [row(2), row(3, program="PKO")], EARLIER, file="2025.csv")
    taken(editions, [row(2)], LATER, file="2026.csv")
    told = {(x.program, x.older) for x in answer(editions).lines}
    assert told == {("PKO", True), ("FMF", False)}


def test_what_two_files_of_a_vintage_have_of_different_years_is_older_of_neither(
    editions: Editions,
) -> None:
    for year, at in ((2017, EARLIER), (2018, LATER)):
        rows = [row(2, year=year, vintage="2024-01")]
        taken(editions, rows, at, file=f"{year}.csv", dataset="csv-x", vintage="2024-01")
    found = answer(editions)
    assert {(x.year, x.older) for x in found.lines} == {(2017, False), (2018, False)}
    assert found.differences == ()


def test_which_edition_speaks_does_not_depend_on_the_order_within_one_second(
    tmp_path: Path,
) -> None:
    files = {f"{n}.csv": [row(2, amount=100.0 + n)] for n in range(3)}
    answers = set()
    for n, order in enumerate(permutations(files)):
        editions = Editions(tmp_path / str(n))
        for file in order:
            taken(editions, files[file], EARLIER, file=file)
        answers.add(json.dumps(account_json(answer(editions))))
    assert len(answers) == 1
    there = editions.all("aid")
    assert newest_first(there) == newest_first(reversed(there))


def test_a_copy_in_two_editions_that_agree_is_no_copy_that_lacks_a_figure(
    editions: Editions,
) -> None:
    sums: dict[str, Any] = {"program": None, "unit": None, "kind": "obligated", "agency": None}
    for copy, amounts in (("2022-10", (5.0, 5.0)), ("2023-10", (6.0,))):
        for n, amount in enumerate(amounts):
            rows = [row(2 + n, amount=amount, vintage=copy, **sums)]
            dataset, file = "foreignassistance", f"{copy}-{n}.csv"
            taken(editions, rows, EARLIER, file=file, dataset=dataset, vintage=copy)
    found = answer(editions)
    [difference] = found.differences
    assert difference.figures == (("2022-10", 5.0), ("2023-10", 6.0))
    assert [t.amount for t in found.totals] == [5.0, 6.0]


def test_a_picture_shows_what_the_newest_edition_gives(editions: Editions) -> None:
    taken(editions, [row(2, amount=90.0)], EARLIER)
    taken(editions, [row(2)], LATER)
    [panel] = panels(answer(editions))
    assert [c.amount for c in panel.columns] == [100.0]


def test_what_is_chosen_holds_each_figure_once(editions: Editions) -> None:
    taken(editions, [row(2), row(3, program="PKO", amount=1.0)], EARLIER, file="2025.csv")
    taken(editions, [row(2), row(3, program="PKO")], LATER, file="2026.csv")
    kept = select(answer(editions).lines, years=None)
    told = sorted((x.program or "", x.amount or 0, x.file) for x in kept)
    assert told == [
        ("FMF", 100.0, "2026.csv"),
        ("PKO", 1.0, "2025.csv"),
        ("PKO", 100.0, "2026.csv"),
    ]


def test_names_of_units_count_once(editions: Editions) -> None:
    old = taken(editions, [row(2), row(3, unit="Lost Unit 7")], EARLIER, file="2025.csv")
    new = taken(editions, [row(2), row(3)], LATER, file="2026.csv")
    found = recipients(editions, "AM", on=date(2026, 1, 1))
    assert {(r.name, r.rows, r.edition) for r in found} == {
        ("3rd Infantry Battalion", 2, new.id),
        ("Lost Unit 7", 1, old.id),
    }


def test_names_of_a_report_that_a_case_quotes_are_those_of_the_file_that_it_quotes(
    editions: Editions,
) -> None:
    both = [row(2), row(3, vintage="2019_2020", year=2019)]
    old = taken(editions, both, EARLIER, file="2025.csv")
    new = taken(editions, [*both, row(4, unit="New Unit 5")], LATER, file="2026.csv")
    quoted = {(old.sha256, "2018_2019")}
    found = recipients(editions, "AM", on=date(2026, 1, 1), quoted=quoted)
    assert {(r.name, r.vintage, r.edition) for r in found} == {
        ("3rd Infantry Battalion", "2018_2019", old.id),
        ("3rd Infantry Battalion", "2019_2020", new.id),
        ("New Unit 5", "2018_2019", new.id),
    }


def test_the_text_names_the_older_edition(editions: Editions) -> None:
    old = taken(editions, [row(2, amount=90.0)], EARLIER, file="2025.csv")
    taken(editions, [row(2)], LATER, file="2026.csv")
    call = ["aid", "show", "--country", "AM", "--on", "2024-01-15", "--data", str(editions.folder)]
    text = CliRunner().invoke(main, call).stdout
    assert text.count("$100 ") == 2  # the line and its sum
    assert f"2025.csv, 2018_2019 ({old.sha256[:12]}): an older edition" in " ".join(text.split())


def run(*args: str, data: Editions) -> Result:
    return CliRunner().invoke(main, ["aid", *args, "--data", str(data.folder)])


def test_a_case_does_not_get_a_line_again_from_the_next_edition(
    editions: Editions, tmp_path: Path
) -> None:
    case = tmp_path / "case"
    CaseFile.create(case, Opened(id="k", title="K"), actor="person:Ada Marsh")
    words = ("choose", str(case), "--country", "XS", "--on", "2024-01-15", "--by", "Ada",
             "--ask", "us.state.secretary")  # fmt: skip
    first = training(editions)
    assert run(*words, data=editions).exit_code == 0
    head, before = CaseFile.open(case).head, CaseFile.open(case).case().flows
    assert not _says_that_files_differ(case)
    more = (*ROWS, replace(ROWS[0], row=9, country="XT"))
    second = training(editions, more)
    _date(editions, second, "2027-01-01T00:00:00Z")
    again = run(*words, data=editions)
    assert "3 were chosen before" in again.output
    assert CaseFile.open(case).head == head
    traced = json.loads(run("trace", str(case), next(iter(before)), "--json",
                              data=editions).output)  # fmt: skip
    assert (traced["edition"], traced["newer"], traced["faults"]) == (first.id, second.id, [])
    other = (*(replace(r, amount=11) if r.row == 6 else r for r in ROWS), more[-1])
    _date(editions, training(editions, other), "2028-01-01T00:00:00Z")
    assert "Chose 1 line of assistance" in run(*words, data=editions).output
    after = CaseFile.open(case).case().flows
    assert sorted(f.amount for f in after.values() if f.year == 2019) == [10, 11]
    assert _says_that_files_differ(case)


def _says_that_files_differ(case: Path) -> bool:
    """Whether the letters that are drafted of a case say that two files give a line differently."""
    drafted = prepare(CaseFile.open(case).case(), LAW, on=ON).instruments
    return "Where two files give one line differently" in repr(drafted)
