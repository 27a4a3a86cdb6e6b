"""gravamen aid choose, aid trace, and draft with tables on hand: figures and their rows."""

import json
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from chosen import chosen, training
from click.testing import CliRunner, Result
from msgspec.structs import replace

from gravamen.aid.extract.extract import extracts
from gravamen.aid.extract.extracted import claim_of
from gravamen.case import Judgement, Requester
from gravamen.casefile import Attributed, CaseFile, Judged, Named, Opened, verify
from gravamen.casefile.choosing import record
from gravamen.cli import main
from gravamen.editions import Editions
from gravamen.instruments.package import prepare
from gravamen.instruments.setting import write
from gravamen.law import load
from gravamen.parties import Name, Party
from gravamen.sentences import Block, Paper

ADA = "person:Ada Marsh"
FOUNDING = "founding-text/motion-2024-01-15.txt"


def run(*args: str | Path, data: Editions) -> Result:
    return CliRunner().invoke(main, [*map(str, args), "--data", str(data.folder)])


def opened(folder: Path) -> Path:
    CaseFile.create(folder, Opened(id="k", title="K"), actor=ADA)
    return folder


@pytest.fixture
def small(tmp_path: Path) -> Editions:
    editions = Editions(tmp_path / "data")
    training(editions)
    return editions


def choose(case: Path, data: Editions, *args: str) -> Result:
    words = ("--country", "AZ", "--on", "2024-01-15", "--by", "Ada", *args)
    return run("aid", "choose", case, *words, data=data)


def test_lines_are_chosen_with_their_source_and_said_with_how_to_take_them_back(
    real_editions: Editions, tmp_path: Path
) -> None:
    case = opened(tmp_path / "case")
    found = choose(case, real_editions)
    assert found.exit_code == 0, found.output
    state = CaseFile.open(case).case()
    assert f"Chose {len(state.flows)} lines of assistance to Azerbaijan." in found.output
    assert "--verdict rejected" in found.output
    assert "of a vintage that came after the day of --on" in found.output
    assert {f.vintage for f in state.flows.values()} == {
        "2016_2017", "2017_2018", "2018_2019", "2019_2020", "2020_2021",
        "2022-10", "2023-03", "2023-10",
    }  # fmt: skip
    ctfp = next(f for f in state.flows.values() if f.program == "CTFP" and f.year == 2018)
    assert (ctfp.trainees, ctfp.amount, ctfp.rows) == (6, 180929, 6)
    (claim,) = state.claims_about(ctfp.id)
    assert claim.passage.exact.startswith(
        "CTFP, fiscal year 2018, Azerbaijan: 6 trainees, $180,929 (cost, current), 6 rows of "
        "training_rows.csv.xz (rows "
    )
    assert not state.proposed_by
    assert verify(case).well


def test_choosing_again_changes_nothing_and_what_was_rejected_stays_so(
    real_editions: Editions, tmp_path: Path
) -> None:
    case = opened(tmp_path / "case")
    choose(case, real_editions, "--program", "CTFP", "--years", "2018")
    (flow,) = CaseFile.open(case).case().flows
    judged = Judged(judgement=Judgement(target=flow, verdict="rejected"))
    CaseFile.open(case).append(judged, actor=ADA)
    head = CaseFile.open(case).head
    again = choose(case, real_editions, "--program", "CTFP", "--years", "2018")
    assert again.exit_code == 0
    assert "1 was chosen before" in again.output
    assert f"A person rejected {flow} before" in " ".join(again.output.split())
    assert CaseFile.open(case).head == head


def test_the_json_gives_each_flow(real_editions: Editions, tmp_path: Path) -> None:
    case = opened(tmp_path / "case")
    found = choose(case, real_editions, "--file", "fmtr", "--report", "2018_2019", "--json")
    told = json.loads(found.output)
    assert told["schema"] == "gravamen.aid.choose/1"
    figures = {f["program"]: (f["trainees"], f["amount"]) for f in told["chosen"]}
    assert figures == {
        "CTFP": (6, 180929.0), "FMF": (4, 120294.0), "HMA": (20, 46000.0),
        "IMET-1": (20, 599646.0), "Regional Centers": (49, 18530.0),
    }  # fmt: skip


def test_a_day_before_every_vintage_says_so(real_editions: Editions, tmp_path: Path) -> None:
    case = opened(tmp_path / "case")
    found = run("aid", "choose", case, "--country", "AZ", "--on", "1998-01-01", data=real_editions)
    assert found.exit_code == 2
    assert "of a vintage after 1998-01-01" in found.output
    assert not CaseFile.open(case).case().flows


@pytest.mark.parametrize("country", ["AZ", "AM", "EG", "CO", "NG", "UA"])
def test_every_chosen_figure_is_traced_to_its_rows(
    real_editions: Editions, tmp_path: Path, country: str
) -> None:
    case = opened(tmp_path / "case")
    run(
        "aid", "choose", case, "--country", country, "--years", "2018..2020", "--on", "2024-01-15",
        data=real_editions,
    )  # fmt: skip
    flows = CaseFile.open(case).case().flows
    assert len(flows) > 5
    for flow in list(flows)[::5]:
        found = run("aid", "trace", case, flow, "--json", data=real_editions)
        told = json.loads(found.output)
        assert (found.exit_code, told["faults"], told["same_as_file"]) == (0, [], True), flow
        assert told["amount"] == flows[flow].amount


def test_a_refused_line_is_chosen_with_both_figures(
    real_editions: Editions, tmp_path: Path
) -> None:
    case = opened(tmp_path / "case")
    words = ("--country", "AO", "--program", "PKO", "--years", "2019", "--on", "2024-01-15")
    found = run("aid", "choose", case, *words, data=real_editions)
    (flow,) = CaseFile.open(case).case().flows.values()
    assert (flow.amount, flow.printed) == (948284.0, 756741.0)
    assert flow.refused
    assert "In no sum" in found.output


def test_trace_prints_the_rows_and_adds_them_up(real_editions: Editions, tmp_path: Path) -> None:
    case = opened(tmp_path / "case")
    choose(case, real_editions, "--program", "FMF", "--years", "2018")
    (flow,) = CaseFile.open(case).case().flows.values()
    found = run("aid", "trace", case, flow.id, data=real_editions)
    assert found.exit_code == 0
    assert found.output.count("\n  row ") == flow.rows
    assert "Added up again: 4 trainees, $120,294, 4 rows." in found.output
    assert "The same words stand in these rows of training_rows.csv.xz" in found.output
    absent = run("aid", "trace", case, flow.id, data=Editions(tmp_path / "none"))
    assert absent.exit_code == 0
    assert "The file is not in the data folder" in absent.output
    unknown = run("aid", "trace", case, "f.none", data=real_editions)
    assert unknown.exit_code == 2
    assert "There is no line of assistance 'f.none'" in unknown.output


def test_a_data_folder_without_tables_says_how_to_get_them(tmp_path: Path) -> None:
    found = choose(opened(tmp_path / "case"), Editions(tmp_path / "none"))
    assert found.exit_code == 2
    assert "gravamen aid import FILE" in found.output


def test_a_country_without_lines_is_told(small: Editions, tmp_path: Path) -> None:
    found = choose(opened(tmp_path / "case"), small)
    assert found.exit_code == 2
    assert "hold no line of assistance to Azerbaijan" in " ".join(found.output.split())


def test_the_founding_text_yields_the_annex_of_its_day(
    real_editions: Editions, shared_data: Path, tmp_path: Path
) -> None:
    text = shared_data / FOUNDING
    if not text.is_file():
        pytest.skip("no founding text beside the project")
    out = tmp_path / "out"
    drafted = run("draft", text, "--on", "2024-01-15", "--out", out, data=real_editions)
    assert drafted.exit_code == 0, drafted.output
    case = CaseFile.open(out / "case").case()
    assert {case.proposed_by[f] for f in case.flows} == {"machine:gravamen.aid/1"}
    assert not {f.vintage for f in case.flows.values()} & {"2025-04"}
    manifest = json.loads((out / "letter-us.state.secretary.manifest.json").read_text())
    sentences = {s["text"]: s for s in manifest["sentences"]}
    headings = [s["heading"] for s in manifest["frame"]["sections"]]
    assert "Annex: assistance to Azerbaijan" in headings
    assert "$33,051,180" in sentences
    assert "$32,357,135" in sentences
    assert "-$658,171, a deobligation" in sentences
    assert sentences["4 for $120,294"]["claims"][0]["source"] in case.sources
    captions = [
        block["caption"]
        for section in manifest["frame"]["sections"]
        for block in section["blocks"]
        if block.get("type") == "table" or "caption" in block
    ]
    assert any(c.startswith("Already barred on that date") for c in captions)
    assert not any("$25,250,327" in words for words in sentences)
    again = tmp_path / "again"
    run("draft", text, "--on", "2024-01-15", "--out", again, data=real_editions)
    name = "letter-us.state.secretary.pdf"
    assert (out / name).read_bytes() == (again / name).read_bytes()


def test_without_tables_the_diagnosis_says_that_none_were_on_hand(
    shared_data: Path, tmp_path: Path
) -> None:
    text = shared_data / FOUNDING
    if not text.is_file():
        pytest.skip("no founding text beside the project")
    out = tmp_path / "out"
    run("draft", text, "--on", "2024-01-15", "--out", out, data=Editions(tmp_path / "none"))
    assert not CaseFile.open(out / "case").case().flows
    said = (out / "diagnosis.html").read_text()
    assert "No line of assistance to Azerbaijan was chosen" in said
    assert "gravamen aid import FILE" in said
    assert "Annex" not in (out / "letter-us.state.secretary.html").read_text()


def test_a_request_is_recorded_where_it_is_wanted_and_its_letter_carries_the_annex(
    real_editions: Editions, tmp_path: Path
) -> None:
    case = opened(tmp_path / "case")
    plain = choose(case, real_editions, "--years", "2018")
    assert "No request of" in plain.output
    ask = (
        "--years",
        "2018",
        "--ask",
        "us.defense.secretary",
        "--ask",
        "us.senate.foreign_relations",
    )
    asked = choose(case, real_editions, *ask)
    named = "The letters of r.assistance.az, r.assistance.az.start-clock.us.faa.502B name these"
    assert named in " ".join(asked.output.split())
    head = CaseFile.open(case).head
    choose(case, real_editions, *ask)
    assert CaseFile.open(case).head == head
    drafted = run(
        "draft", case, "--on", "2024-01-15", "--out", tmp_path / "out", data=real_editions
    )
    assert drafted.exit_code == 0, drafted.output
    defense = (tmp_path / "out" / "letter-us.defense.secretary.html").read_text()
    assert "Annex: assistance to Azerbaijan" in defense
    assert "10 U.S.C. 362" in defense
    committee = (tmp_path / "out" / "letter-us.senate.foreign_relations.html").read_text()
    assert "2304(c), the statement on human rights that is due within 30 days" in committee
    assert "Annex: assistance to Azerbaijan" in committee
    flags = CliRunner().invoke(main, ["check", str(case), "--on", "2024-01-15"]).output
    assert "office-lacks-power" not in flags
    for office, words in (("us.nobody", "us.nobody"), ("us.ag", "holds no power over assistance")):
        refused = choose(case, real_editions, "--ask", office)
        assert (refused.exit_code, words in refused.output) == (2, True)


def test_the_figures_go_out_with_the_tables_and_annotations_of_the_case(
    small: Editions, tmp_path: Path
) -> None:
    case = opened(tmp_path / "case")
    found = CaseFile.open(case)
    record(found, extracts(chosen(small), small), actor=ADA, by=ADA, on="2024-01-15")
    run_export = CliRunner().invoke
    for form in ("tables", "annotations", "ftm"):
        done = run_export(main, ["export", str(case), str(tmp_path / form), "--as", form])
        assert done.exit_code == 0, done.output
    table = (tmp_path / "tables" / "evidence.csv").read_text()
    assert "Assistance, as a file gives it: FMF, fiscal year 2018, XS: 4 trainees" in table
    assert "3 lines of assistance" in " ".join(done.output.split())
    notes = json.loads((tmp_path / "annotations" / "annotations.jsonld").read_text())
    assert notes["total"] == 3
    shown = CliRunner().invoke(main, ["show", str(case)])
    assert "flows: f.xs.2018.fmf." in shown.output


def test_a_text_about_a_state_without_lines_is_drafted_as_ever(
    small: Editions, tmp_path: Path
) -> None:
    text = tmp_path / "motion.txt"
    text.write_text(
        "The Board of Supervisors of Ostra County urges the Secretary of State to suspend all "
        "military assistance to Azerbaijan.\n"
    )
    out = tmp_path / "out"
    drafted = run("draft", text, "--on", "2024-01-15", "--out", out, data=small)
    assert drafted.exit_code == 0, drafted.output
    assert not CaseFile.open(out / "case").case().flows
    assert "Annex" not in (out / "letter-us.state.secretary.html").read_text()


def test_choosing_accepts_what_a_machine_proposed_and_not_what_a_person_rejected(
    small: Editions, tmp_path: Path
) -> None:
    case = opened(tmp_path / "case")
    proposed = CaseFile.open(case)
    made = extracts(chosen(small), small)
    record(proposed, made, actor=ADA, by="machine:gravamen.aid/1", on="2024-01-15")
    first, *others = CaseFile.open(case).case().flows
    rejected = Judged(judgement=Judgement(target=first, verdict="rejected"))
    CaseFile.open(case).append(rejected, actor=ADA)
    again = record(CaseFile.open(case), made, actor=ADA, by=ADA, on="2024-01-15")
    assert (again.new, [f.id for f in again.accepted]) == ((), others)
    state = CaseFile.open(case).case()
    assert all(state.reviewed(id) for id in others)
    assert not state.stands(first)
    head = CaseFile.open(case).head
    assert not record(CaseFile.open(case), made, actor=ADA, by=ADA, on="2024-01-15").accepted
    assert CaseFile.open(case).head == head
    assert verify(case).well


def test_a_machine_accepts_nothing_of_its_own(small: Editions, tmp_path: Path) -> None:
    case = opened(tmp_path / "case")
    made = extracts(chosen(small), small)
    for _ in range(2):
        done = record(
            CaseFile.open(case), made, actor=ADA, by="machine:gravamen.aid/1", on="2024-01-15"
        )
    assert not done.accepted
    assert not any(map(CaseFile.open(case).case().reviewed, CaseFile.open(case).case().flows))


def test_one_command_accepts_the_lines_of_a_drafted_text(
    real_editions: Editions, shared_data: Path, tmp_path: Path
) -> None:
    text = shared_data / FOUNDING
    if not text.is_file():
        pytest.skip("no founding text beside the project")
    out = tmp_path / "out"
    drafted = run("draft", text, "--on", "2024-01-15", "--out", out, data=real_editions)
    call = f"gravamen aid choose {out}/case --country AZ --on 2024-01-15"
    assert "".join(call.split()) in "".join(drafted.output.split())
    found = choose(out / "case", real_editions)
    state = CaseFile.open(out / "case").case()
    assert f"{len(state.flows)} lines that had been proposed accepted." in " ".join(
        found.output.split()
    )
    assert all(map(state.reviewed, state.flows))


def test_a_brief_trace_has_the_ranges_and_sums_without_the_rows(
    real_editions: Editions, tmp_path: Path
) -> None:
    case = opened(tmp_path / "case")
    choose(case, real_editions, "--program", "FMF", "--years", "2018")
    (flow,) = CaseFile.open(case).case().flows.values()
    found = run("aid", "trace", case, flow.id, "--brief", data=real_editions)
    assert found.exit_code == 0
    assert "\n  row " not in found.output
    assert f"Rows: {flow.at}" in found.output
    assert "Added up again: 4 trainees, $120,294, 4 rows." in found.output


@pytest.mark.parametrize("country", ["AZ", "AM", "EG", "CO", "NG", "UA", "AO", "AF", "IQ", "PK"])
@pytest.mark.parametrize("paper", ["us-letter", "a4"])
def test_the_annex_of_every_country_stands_on_one_page(
    real_editions: Editions, tmp_path: Path, country: str, paper: Paper
) -> None:
    case = opened(tmp_path / "case")
    choose(case, real_editions, "--country", country, "--ask", "us.state.secretary")
    state = CaseFile.open(case).case()
    state = replace(state, requester=Requester(name="Board of Ostra County", paper=paper))
    package = prepare(state, load(), on=date(2024, 1, 15))
    (drafted,) = [i for i in package.instruments if i.id == "letter-us.state.secretary"]
    pdf = write(drafted, tmp_path / "out", case=state).pdf
    pages = [p.get_textpage().get_text_range() for p in pypdfium2.PdfDocument(pdf)]
    (first,) = [n for n, words in enumerate(pages) if "Annex: assistance to" in words]
    (annex,) = [x for x in drafted.sections if (x.heading or "").startswith("Annex: assistance")]
    last = annex.blocks[-1]
    assert isinstance(last, Block)
    assert " ".join(last.sentences[-1].text.split()[-3:]) in " ".join(pages[first].split())
    assert "\u200b" not in pages[first]


MAPPING = """\
title: Invented grants
dataset: grants
columns: {country: Recipient, year: Year, program: Program, purpose: Purpose, amount: Dollars}
constants: {currency: USD, kind: obligated, period: fiscal-year, donor: US}
values: {country: {Sarvenia: XS}}
"""


def test_lines_that_differ_in_their_purpose_alone_are_two_in_the_case(tmp_path: Path) -> None:
    data = Editions(tmp_path / "data")
    table, mapping = tmp_path / "grants.csv", tmp_path / "grants.yaml"
    table.write_text(
        "Recipient,Year,Program,Purpose,Dollars\n"
        "Sarvenia,2022,FMF,Border,100\nSarvenia,2022,FMF,Police,250\n"
    )
    mapping.write_text(MAPPING)
    taken = run("aid", "import", table, "--mapping", mapping, "--vintage", "2023-01", data=data)
    assert taken.exit_code == 0, taken.output
    case = opened(tmp_path / "case")
    for _ in range(2):
        found = choose(case, data, "--country", "XS")
        assert found.exit_code == 0, found.output
        flows = CaseFile.open(case).case().flows.values()
        assert sorted((f.purpose, f.amount) for f in flows) == [("Border", 100), ("Police", 250)]
    assert "2 were chosen before" in " ".join(found.output.split())


def test_an_office_that_is_asked_later_stands_beside_the_first(
    small: Editions, tmp_path: Path
) -> None:
    case = opened(tmp_path / "case")
    for office in ("us.state.secretary", "us.president", "us.state.secretary"):
        done = choose(case, small, "--country", "XS", "--ask", office)
        assert done.exit_code == 0, done.output
    asked = CaseFile.open(case).case().requests["r.assistance.xs"]
    assert asked.addressees == ("us.state.secretary", "us.president")


def test_the_state_takes_no_id_that_the_case_has(small: Editions, tmp_path: Path) -> None:
    case = opened(tmp_path / "case")
    other = Party(id="p.xs", kind="body", names=(Name(text="Another body"),))
    CaseFile.open(case).append(Named(party=other), actor=ADA)
    choose(case, small, "--country", "XS", "--ask", "us.president")
    state = CaseFile.open(case).case()
    assert state.parties["p.xs"] == other
    assert state.parties[str(state.requests["r.assistance.xs"].target)].kind == "government"


def test_a_figure_is_traced_by_the_claim_that_quotes_its_extract(
    small: Editions, tmp_path: Path
) -> None:
    case = opened(tmp_path / "case")
    choose(case, small, "--country", "XS")
    state = CaseFile.open(case).case()
    flow = next(iter(state.flows))
    own = state.claims[f"c.{flow}"]
    before = replace(own, id="c.0", withdrawn="taken back")
    CaseFile.open(case).append(Attributed(claim=before), actor=ADA)
    first = replace(CaseFile.open(case).case(), claims={"c.0": before, **state.claims})
    assert claim_of(first, state.flows[flow]) == own
    assert run("aid", "trace", case, flow, data=small).exit_code == 0
