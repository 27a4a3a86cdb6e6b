"""The worked cases: each compiles, drafts, verifies, and keeps what it must keep."""

import html
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from gravamen.casefile import CaseFile
from gravamen.cli import main
from gravamen.instruments.leaks import leaks

CASES = sorted(Path(__file__).parent.parent.glob("cases/*/case.yaml"))
ON = "2024-03-05"


def run(*words: str, code: int = 0) -> str:
    done = CliRunner().invoke(main, list(words))
    assert done.exit_code == code, done.output
    return done.stdout


@pytest.fixture(scope="module", params=CASES, ids=lambda p: p.parent.name)
def drafted(request, tmp_path_factory):
    """A worked case, drafted: the parsed JSON, and the folder it was written into."""
    out = tmp_path_factory.mktemp("drafted")
    words = ["draft", str(request.param), "--on", ON, "--out", str(out), "--json"]
    return json.loads(run(*words)), out


def test_every_instrument_is_bound_and_written(drafted):
    result, _ = drafted
    assert {i["kind"] for i in result["instruments"]} == {"diagnosis", "motion", "letter"}
    for instrument in result["instruments"]:
        assert instrument["unbound"] == 0
        assert all(Path(f).stat().st_size for f in instrument["files"].values())


def test_no_flag_blocks_a_worked_case(drafted):
    result, _ = drafted
    assert [f["id"] for f in result["flags"] if f["blocks"]] == []


def test_the_same_input_and_day_give_the_same_bytes(drafted, tmp_path):
    result, _ = drafted
    run("draft", result["case"], "--on", ON, "--out", str(tmp_path), "--json")
    for instrument in result["instruments"]:
        for path in map(Path, instrument["files"].values()):
            assert (tmp_path / path.name).read_bytes() == path.read_bytes(), path.name


def test_everything_written_verifies_against_the_record(drafted):
    result, _ = drafted
    run("verify", result["case"])
    for instrument in result["instruments"]:
        run("verify", instrument["files"]["pdf"], "--case", result["case"])
        run("verify", instrument["files"]["html"], "--case", result["case"])


def test_a_protected_name_is_in_no_byte_of_the_package(drafted):
    result, out = drafted
    state = CaseFile.open(result["case"]).case()
    names = [n.text for p in state.parties.values() if p.protected for n in p.names]
    files = [Path(f) for i in result["instruments"] for f in i["files"].values()]
    assert names
    assert leaks(files, names) == []


def test_an_amended_claim_makes_its_sentences_stale_and_no_others(drafted, tmp_path):
    result, _ = drafted
    run("export", result["case"], str(tmp_path / "text"))
    text = (tmp_path / "text" / "case.yaml").read_text("utf-8")
    state = CaseFile.open(result["case"]).case()
    claim = next(c for c in state.claims.values() if c.mode == "witnessed" and c.relayed_by)
    marked = text.replace(f"speaker: {claim.speaker}", "speaker: ten of those interviewed")
    assert marked != text
    (tmp_path / "text" / "case.yaml").write_text(marked, encoding="utf-8")
    run("import", str(tmp_path / "text" / "case.yaml"), str(tmp_path / "case"))
    for instrument in result["instruments"]:
        manifest = json.loads(Path(instrument["files"]["manifest"]).read_text("utf-8"))
        bound = {
            s["id"] for s in manifest["sentences"] if claim.id in {c["claim"] for c in s["claims"]}
        }
        words = ["verify", instrument["files"]["pdf"], "--case", str(tmp_path / "case"), "--json"]
        found = json.loads(run(*words, code=1 if bound else 0))
        stale = {f["sentence"] for f in found["faults"] if f["id"] == "sentence-stale"}
        assert stale == bound


def test_export_and_import_give_the_same_state(drafted, tmp_path):
    result, _ = drafted
    run("export", result["case"], str(tmp_path / "text"))
    run("import", str(tmp_path / "text" / "case.yaml"), str(tmp_path / "case"))
    again = CaseFile.open(tmp_path / "case").case()
    assert again == CaseFile.open(result["case"]).case()


def test_what_is_quoted_in_another_language_is_printed_with_its_translation(drafted):
    _, out = drafted
    case = CaseFile.open(out / "case").case()
    pages = [html.unescape(p.read_text("utf-8")) for p in out.glob("letter-*.html")]
    translated = [c for c in case.claims.values() if c.translation]

    assert translated
    for claim in translated:
        by = f"(translated by {claim.translator})"
        shown = [p for p in pages if claim.passage.exact in p]
        assert shown
        assert [p for p in shown if claim.translation not in p or by not in p] == []
