"""The command line: each command, its exit code, its JSON, its refusals in one sentence."""

import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from gravamen.cli import main

REPORT = "At least 17 men were beaten at Lower Quay on 4 February 2023, a former guard said.\n"


def run(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


def commands(group: click.Group, *path: str) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            found += commands(command, *path, name)
        else:
            found.append((*path, name))
    return found


@pytest.fixture
def opened(tmp_path: Path) -> Path:
    """A case with one captured report."""
    report = tmp_path / "report.txt"
    report.write_text(REPORT, encoding="utf-8")
    case = tmp_path / "case"
    assert run("new", str(case), "--title", "Beatings", "--by", "Ada").exit_code == 0
    done = run("capture", str(case), str(report), "--id", "s.report", "--by", "Ada")
    assert done.exit_code == 0, done.output
    return case


@pytest.mark.parametrize("path", commands(main), ids=" ".join)
def test_every_command_helps_with_an_example_and_offers_json(path):
    done = run(*path, "--help")

    assert done.exit_code == 0
    assert "Example" in done.output
    assert f"gravamen {' '.join(path)}" in done.output
    assert "--json" in done.output


def test_what_was_captured_is_shown_and_verifies(opened):
    shown = json.loads(run("show", str(opened), "--json").stdout)
    assert [*shown["case"]["sources"]] == ["s.report"]
    assert shown["case"]["texts"]["s.report"]["text"] == REPORT

    verified = run("verify", str(opened), "--json")
    assert (verified.exit_code, json.loads(verified.stdout)["ok"]) == (0, True)


def test_an_id_is_not_taken_twice(opened, tmp_path):
    done = run("capture", str(opened), str(tmp_path / "report.txt"), "--id", "s.report")

    assert done.exit_code == 2
    assert "s.report" in done.stderr


def test_reading_prints_the_schema_with_offsets_that_are_slices(tmp_path):
    (tmp_path / "a.txt").write_text(REPORT, encoding="utf-8")

    reading = json.loads(
        run("read", str(tmp_path / "a.txt"), "--on", "2023-03-01", "--json").stdout
    )

    assert reading["schema"] == "gravamen.reading/1"
    assert {p["kind"] for p in reading["proposals"]} >= {"date", "quantity"}
    assert all(REPORT[p["start"] : p["end"]] == p["text"] for p in reading["proposals"])


def test_erasing_asks_first_and_leaves_a_record_that_verifies(opened):
    assert run("erase", str(opened), "s.report", "--reason", "consent withdrawn").exit_code == 1

    done = run("erase", str(opened), "s.report", "--reason", "consent withdrawn", "--yes")
    assert done.exit_code == 0, done.output
    assert run("verify", str(opened)).exit_code == 0
    assert b"former guard" not in b"".join(p.read_bytes() for p in opened.rglob("*") if p.is_file())


def test_export_and_import_make_the_round(opened, tmp_path):
    assert run("export", str(opened), str(tmp_path / "text")).exit_code == 0
    done = run("import", str(tmp_path / "text" / "case.yaml"), str(tmp_path / "again"))

    assert done.exit_code == 0, done.output
    one, other = (
        json.loads(run("show", str(c), "--json").stdout) for c in (opened, tmp_path / "again")
    )
    assert one == other


@pytest.mark.parametrize(
    "words",
    [
        ("draft", "missing.txt"),
        ("verify", "missing.pdf"),
        ("show", "no-case-here"),
        ("weigh", "no-case-here"),
        ("read", "missing.txt"),
        ("law", "show", "us.nothing"),
        ("draft", "x.txt", "--on", "2024-02-30"),
        ("import", "missing.yaml", "somewhere"),
    ],
    ids=lambda w: " ".join(w),
)
def test_a_wrong_call_exits_2_with_one_sentence_and_no_traceback(words, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    done = run(*words)

    assert done.exit_code == 2, done.output
    assert done.stderr.strip()
    assert "Traceback" not in done.output
    assert list(tmp_path.iterdir()) == []


def test_the_law_is_listed_shown_and_checked():
    assert "us.eo13818" in run("law", "list").output
    shown = run("law", "show", "us.fsa.907").output
    assert "907" in shown
    assert max(map(len, shown.splitlines())) <= 100
    checked = json.loads(run("law", "check", "--json").stdout)
    assert checked["faults"] == []
    assert checked["review"]


def test_check_exits_1_where_a_flag_blocks(opened):
    done = run("check", str(opened), "--json")

    assert done.exit_code == 1
    assert any(f["blocks"] for f in json.loads(done.stdout)["flags"])


def test_the_same_text_drafted_again_gives_the_same_files(tmp_path):
    (tmp_path / "m.txt").write_text(REPORT, encoding="utf-8")
    words = ["draft", str(tmp_path / "m.txt"), "--on", "2023-03-01", "--out", str(tmp_path / "o")]
    assert run(*words).exit_code == 0
    written = {p.name: p.read_bytes() for p in (tmp_path / "o").glob("*.*")}

    assert run(*words).exit_code == 0

    assert {p.name: p.read_bytes() for p in (tmp_path / "o").glob("*.*")} == written
    assert {"motion.pdf", "motion.html", "motion.manifest.json"} <= set(written)


def test_a_package_is_not_written_over_another_case(tmp_path):
    (tmp_path / "m.txt").write_text(REPORT, encoding="utf-8")
    words = ["draft", str(tmp_path / "m.txt"), "--on", "2023-03-01", "--out", str(tmp_path / "o")]
    assert run(*words).exit_code == 0
    kept = (tmp_path / "o" / "case" / "ledger.jsonl").read_bytes()
    (tmp_path / "m.txt").write_text(REPORT.replace("17", "18"), encoding="utf-8")

    again = run(*words)

    assert again.exit_code == 2
    assert "already" in again.stderr
    assert (tmp_path / "o" / "case" / "ledger.jsonl").read_bytes() == kept


def test_what_a_person_decided_is_not_lost_by_drafting_from_the_text_again(tmp_path):
    (tmp_path / "m.txt").write_text(REPORT, encoding="utf-8")
    case = tmp_path / "o" / "case"
    words = ["draft", str(tmp_path / "m.txt"), "--on", "2023-03-01", "--out", str(tmp_path / "o")]
    claim = json.loads(run(*words, "--json").stdout)["claims"][0]["id"]
    run("judge", str(case), claim, "--verdict", "rejected")

    assert run(*words).exit_code == 2
    assert (
        run("draft", str(case), "--on", "2023-03-01", "--out", str(tmp_path / "o")).exit_code == 0
    )
    assert json.loads(run("show", str(case), "--json").stdout)["case"]["judgements"] != []


def test_lines_for_people_fit_100_columns(opened):
    for words in (("check", str(opened)), ("show", str(opened)), ("verify", str(opened))):
        lines = [line for line in run(*words).output.splitlines() if str(opened) not in line]
        assert max(map(len, lines), default=0) <= 100


def test_a_verdict_on_a_proposal_is_kept_and_a_later_one_takes_its_place(tmp_path):
    (tmp_path / "m.txt").write_text(REPORT, encoding="utf-8")
    out = tmp_path / "o"
    done = run("draft", str(tmp_path / "m.txt"), "--on", "2023-03-01", "--out", str(out), "--json")
    claim = json.loads(done.stdout)["claims"][0]["id"]

    first = run("judge", str(out / "case"), claim, "--verdict", "rejected", "--json")
    assert first.exit_code == 0, first.output
    assert claim not in json.loads(first.stdout)["undecided"]
    run("judge", str(out / "case"), claim, "--verdict", "accepted", "--reason", "compared")

    case = json.loads(run("show", str(out / "case"), "--json").stdout)["case"]
    assert [j["verdict"] for j in case["judgements"]] == ["rejected", "accepted"]
    assert run("judge", str(out / "case"), "c.none", "--verdict", "accepted").exit_code == 2
