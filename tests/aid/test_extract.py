"""Extracts: lines of assistance with their rows word for word, made, read again and doubted."""

from pathlib import Path

import msgspec
import pytest
from chosen import chosen, training

from gravamen.aid.account.selection import left_out, select
from gravamen.aid.extract.extract import extracts, flow_id
from gravamen.aid.extract.extracted import (
    Counted,
    Extract,
    columns_in,
    counted_in,
    faults_of,
    number,
    numbers_in,
)
from gravamen.aid.extract.traced import traced
from gravamen.aid.files.dataset import AidError
from gravamen.aid.line import Line
from gravamen.casefile import CaseFile, Opened, verify
from gravamen.casefile.choosing import record
from gravamen.editions import Editions
from gravamen.flows import Flow

change = msgspec.structs.replace
ADA = "person:Ada Marsh"
MACHINE = "machine:gravamen.aid/1"
FMF = (
    "FMF, fiscal year 2018, XS: 4 trainees, $120,294 (cost, current), 1 row of t.csv (row 2), "
    "report 2018_2019."
)
IMET = (
    "IMET-1, fiscal year 2018, XS: 3 trainees, at least $1,500.50 (cost, current), 2 rows of t.csv "
    "(rows 3-4), report 2018_2019, of which 1 row names no unit (2 trainees)."
)


@pytest.fixture
def editions(tmp_path: Path) -> Editions:
    made = Editions(tmp_path / "data")
    training(made)
    return made


def one(editions: Editions) -> Extract:
    (found,) = extracts(chosen(editions), editions)
    return found


def case_of(editions: Editions, folder: Path) -> CaseFile:
    casefile = CaseFile.create(folder, Opened(id="k", title="K"), actor=ADA)
    record(casefile, [one(editions)], actor=ADA, by=ADA, on="2024-01-15")
    return casefile


def test_an_extract_holds_each_line_as_a_sentence_and_its_rows_word_for_word(
    editions: Editions,
) -> None:
    extract = one(editions)
    text = extract.data.decode()
    assert extract.sentences[:2] == (FMF, IMET)
    assert f'\n{FMF}\n"2","4","120294","2018_2019","Sarvenia","FMF, FY 18"' in text
    assert '"3","1","1500.5","2018_2019","Sarvenia","IMET-1, FY 18","=HYPERLINK(""http:' in text
    assert '"4","2","","2018_2019","Sarvenia","IMET-1, FY 18","Army\nUnit","2","1500 9/29' in text
    assert extract.edition.sha256 in text
    assert columns_in(text) == (
        "report", "country", "program", "student_unit", "quantity", "total_cost",
    )  # fmt: skip


def test_the_same_lines_give_the_same_bytes(editions: Editions) -> None:
    assert one(editions) == one(editions)


def test_the_rows_under_a_sentence_are_read_again(editions: Editions) -> None:
    extract = one(editions)
    text = extract.data.decode()
    rows = counted_in(text, text.index(IMET) + len(IMET), 2)
    assert [(r.row, r.trainees, r.amount) for r in rows] == [(3, 1, 1500.5), (4, 2, None)]
    assert rows[1].cells[3] == "Army\nUnit"
    assert all(r.borne_out for r in rows)


@pytest.mark.parametrize(
    ("cells", "trainees", "amount", "borne"),
    [
        (("4", "$120,294"), 4, 120294.0, True),
        (("4", "$120,294"), 4, 120295.0, False),
        (("5", "$120,294"), 4, 120294.0, False),
        (("(658,171)",), None, -658171.0, True),
        (("200", "25"), None, 50.0, True),
        (("1500 9/29/2009",), None, 1500.0, False),
    ],
)
def test_what_was_counted_must_stand_in_the_cells(
    cells: tuple[str, ...], trainees: int | None, amount: float, borne: bool
) -> None:
    assert Counted(1, trainees, amount, cells).borne_out is borne


def test_numbers_are_read_strictly() -> None:
    assert (number("$1,500"), number("-3.5"), number("1500 9/29/2009"), number("")) == (
        1500.0, -3.5, None, None,
    )  # fmt: skip
    assert numbers_in("7-9, 12") == (7, 8, 9, 12)
    with pytest.raises(AidError, match="names no rows"):
        numbers_in("7 to 9")


def test_a_case_keeps_the_extract_the_flows_and_a_claim_for_each(
    editions: Editions, tmp_path: Path
) -> None:
    casefile = case_of(editions, tmp_path / "case")
    case = casefile.case()
    assert len(case.flows) == len(case.claims) == 3
    (source,) = case.sources.values()
    assert (source.media_type, source.origin) == ("text/plain", "aid.fmtr")
    flow = next(f for f in case.flows.values() if f.program == "IMET-1")
    (claim,) = case.claims_about(flow.id)
    assert claim.passage.exact == IMET
    assert (flow.rows, flow.trainees, flow.amount, flow.floor) == (2, 3, 1500.5, True)
    assert (flow.unnamed_rows, flow.unnamed_trainees, flow.unnamed_amount) == (1, 2, None)
    assert not [fault for f in case.flows.values() for fault in faults_of(case, f)]
    assert verify(tmp_path / "case").well


def test_choosing_again_changes_nothing(editions: Editions, tmp_path: Path) -> None:
    casefile = case_of(editions, tmp_path / "case")
    head = casefile.head
    again = record(casefile, [one(editions)], actor=ADA, by=MACHINE, on="2024-02-01")
    assert casefile.head == head
    assert (again.new, len(again.had)) == ((), 3)


def test_what_a_machine_chooses_waits_for_a_person(editions: Editions, tmp_path: Path) -> None:
    casefile = CaseFile.create(tmp_path / "case", Opened(id="k", title="K"), actor=ADA)
    record(casefile, [one(editions)], actor=ADA, by=MACHINE, on="2024-01-15")
    case = casefile.case()
    assert set(case.proposed_by) == set(case.flows)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"amount": 120295.0}, "add up to 120,294, and it gives 120,295"),
        ({"trainees": 5}, "have 4 trainees, and it gives 5"),
        ({"at": "3"}, "The rows there are 2, and it names 3"),
        ({"rows": 2}, "stand no rows of an extract"),
        ({"source": "s.gone"}, "The words of its extract s.gone are gone"),
    ],
)
def test_a_figure_that_its_rows_do_not_give_is_told(
    editions: Editions, tmp_path: Path, fields: dict[str, object], words: str
) -> None:
    case = case_of(editions, tmp_path / "case").case()
    flow = next(f for f in case.flows.values() if f.program == "FMF" and f.year == 2018)
    assert any(words in fault for fault in faults_of(case, change(flow, **fields)))


def test_a_flow_without_a_claim_is_told(editions: Editions, tmp_path: Path) -> None:
    case = case_of(editions, tmp_path / "case").case()
    bare = change(case, claims={})
    flow = next(iter(case.flows.values()))
    assert list(faults_of(bare, flow)) == [f"No claim ties it to its rows in {flow.source}."]


def test_a_figure_is_followed_to_the_file(editions: Editions, tmp_path: Path) -> None:
    case = case_of(editions, tmp_path / "case").case()
    flow = next(f for f in case.flows.values() if f.program == "IMET-1")
    found = traced(case, flow, editions)
    assert (found.well, found.same, found.trainees, found.amount) == (True, True, 3, 1500.5)
    absent = traced(case, flow, Editions(tmp_path / "none"))
    assert (absent.well, absent.same, absent.edition) == (True, None, None)


def test_a_file_that_says_otherwise_is_told(editions: Editions, tmp_path: Path) -> None:
    case = case_of(editions, tmp_path / "case").case()
    flow = next(f for f in case.flows.values() if f.program == "IMET-1")
    (text,) = case.texts.values()
    other = change(text, text=text.text.replace("Army\nUnit", "Army\nunit"))
    found = traced(change(case, texts={flow.source: other}), flow, editions)
    assert found.same is False
    assert found.faults == ("Row 4 of t.csv holds other words than the extract.",)


def test_an_edition_that_is_gone_is_told(editions: Editions, tmp_path: Path) -> None:
    with pytest.raises(AidError, match="is not in .*; import its file again"):
        extracts(chosen(editions), Editions(tmp_path / "elsewhere"))


def test_more_rows_than_a_person_reads_are_refused(editions: Editions) -> None:
    line = change(chosen(editions)[0], rows=20_001)
    with pytest.raises(AidError, match=r"20,001 rows, more than the 20,000"):
        extracts([line], editions)


def test_the_id_of_a_line_is_that_of_its_file_and_what_it_is(editions: Editions) -> None:
    first, *_ = chosen(editions)
    edition = one(editions).edition
    assert flow_id(first, edition) == flow_id(change(first, amount=1.0), edition)
    assert flow_id(first, edition) != flow_id(change(first, vintage="2017_2018"), edition)
    assert flow_id(first, edition).startswith("f.xs.2018.fmf.")


LINE = Line(
    country="XS", year=2020, period="fiscal-year", program=None, name=None, account=None,
    agency=None, kind="obligated", dollars="current", currency="USD", rows=1, trainees=None,
    amount=10.0, dataset="foreignassistance", file="a.csv", vintage="2022-10", edition="e", at="2",
)  # fmt: skip


def test_the_newest_copy_is_chosen_and_an_older_one_where_it_differs() -> None:
    newest = change(LINE, vintage="2023-10", amount=12.0)
    same = change(LINE, vintage="2023-03", amount=12.0)
    assert select((LINE, same, newest), years=None) == (LINE, newest)


def test_later_vintages_plans_and_older_years_are_left_out_and_counted() -> None:
    late = change(LINE, vintage="2025-04", later=True)
    planned = change(LINE, kind="requested")
    old = change(LINE, year=2015)
    lines = (LINE, late, planned, old)
    kept = select(lines, years=None)
    assert kept == (LINE,)
    assert left_out(lines, kept) == (1, 1)
    assert select(lines, years=(2015, 2015)) == (old,)


def test_of_two_reports_of_one_year_the_newer_is_chosen_alone() -> None:
    older = change(LINE, dataset="fmtr", kind="cost", vintage="2019_2020", amount=1.0)
    newer = change(older, vintage="2020_2021", amount=2.0)
    assert select((older, newer), years=None) == (newer,)


def test_a_flow_says_what_the_line_said(editions: Editions) -> None:
    flow: Flow = one(editions).flows[0]
    assert (flow.file, flow.vintage, flow.at, flow.kind, flow.agency) == (
        "t.csv", "2018_2019", "2", "cost", "Department of State",
    )  # fmt: skip
    assert chosen(editions, on="2018-06-01")[0].later


@pytest.mark.parametrize(
    "unit",
    [
        "Armée\r\nunité\rII",
        "1-й батальон",
        "\u202eevil",
        '"',
        "\n\n",
        "=1+1",
        "FMF, fiscal year 2018",
    ],
)
def test_hostile_words_of_a_file_are_kept_and_compared(tmp_path: Path, unit: str) -> None:
    editions = Editions(tmp_path / "data")
    training(editions, unit=unit)
    case = case_of(editions, tmp_path / "case").case()
    for flow in case.flows.values():
        found = traced(case, flow, editions)
        assert (found.faults, found.same) == ((), True)


def test_a_written_flow_of_a_million_rows_is_told_and_harms_nobody(
    editions: Editions, tmp_path: Path
) -> None:
    case = case_of(editions, tmp_path / "case").case()
    flow = change(next(iter(case.flows.values())), at="1-99999999999999", rows=10**9)
    assert list(faults_of(case, flow))
