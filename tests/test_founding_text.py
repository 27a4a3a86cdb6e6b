"""The founding text, end to end: a real motion goes in, a mended package comes out."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from gravamen.cli import main
from gravamen.law import load

FLAGS = {
    "target-is-a-state",
    "no-person-named",
    "office-lacks-power",
    "no-clock-started",
    "laws-run-together",
    "assistance-too-broad",
    "requester-is-only-source",
    "unattributed-characterisation",
    "contested-name",
    "already-barred-or-waived-on-date",
    "figure-without-origin",
    "loaded-words",
}


@pytest.fixture(scope="module")
def founding(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """What `draft --json` prints for the founding text."""
    text = shared_data / "founding-text" / "motion-2024-01-15.txt"
    out = tmp_path_factory.mktemp("founding")
    done = CliRunner().invoke(
        main, ["draft", str(text), "--on", "2024-01-15", "--out", str(out), "--json"]
    )
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_every_flaw_of_the_founding_text_is_flagged(founding):
    assert {flag["id"] for flag in founding["flags"]} >= FLAGS


def test_both_requests_are_found_with_their_three_addressees(founding):
    offices = ["us.president", "us.state.secretary", "us.treasury.secretary"]
    assert [
        (r["measure"], r["authority"], r["target"], r["target_kind"], sorted(r["offices"]))
        for r in founding["requests"]
    ] == [
        ("sanctions", "us.glomag.act", "Azerbaijan", "state", offices),
        ("suspend-assistance", None, "Azerbaijan", "state", offices),
    ]


def test_the_package_holds_a_diagnosis_a_motion_and_three_letters_all_draft(founding):
    assert [(i["kind"], i["office"], i["draft"]) for i in founding["instruments"]] == [
        ("diagnosis", None, True),
        ("motion", None, True),
        ("letter", "us.president", True),
        ("letter", "us.state.secretary", True),
        ("letter", "us.treasury.secretary", True),
    ]


def test_nothing_in_the_package_is_unbound(founding):
    assert [i["unbound"] for i in founding["instruments"]] == [0] * 5
    assert all(Path(f).is_file() for i in founding["instruments"] for f in i["files"].values())


def test_the_three_letters_share_no_request_that_only_one_office_can_grant(founding):
    law, asked = load(), {}
    for instrument in founding["instruments"]:
        if instrument["kind"] == "letter":
            manifest = json.loads(Path(instrument["files"]["manifest"]).read_text("utf-8"))
            asked[instrument["office"]] = {
                (s["authority"], s["text"])
                for s in manifest["sentences"]
                if s["kind"] == "request" and s.get("authority")
            }
    assert len({frozenset(of) for of in asked.values()}) == 3
    for office, of in asked.items():
        held = {a for power in law.office(office).powers for a in power.authorities}
        assert {authority for authority, _ in of} <= held


def test_nothing_is_quoted_that_the_text_does_not_say(founding, shared_data):
    text = (shared_data / "founding-text" / "motion-2024-01-15.txt").read_text("utf-8")
    for instrument in founding["instruments"]:
        manifest = json.loads(Path(instrument["files"]["manifest"]).read_text("utf-8"))
        for sentence in manifest["sentences"]:
            for claim in sentence["claims"]:
                assert text[claim["start"] : claim["end"]] == claim["quote"]


def test_no_person_and_no_year_is_invented(founding, shared_data):
    """Years in what is alleged are those of the text."""
    text = (shared_data / "founding-text" / "motion-2024-01-15.txt").read_text("utf-8")
    known = set(re.findall(r"\d{4}", text))
    for instrument in founding["instruments"]:
        manifest = json.loads(Path(instrument["files"]["manifest"]).read_text("utf-8"))
        for sentence in manifest["sentences"]:
            if sentence["kind"] == "allegation":
                assert set(re.findall(r"\b\d{4}\b", sentence["text"])) <= known


def test_the_whole_package_verifies_against_its_record(founding):
    for instrument in founding["instruments"]:
        for kind in ("pdf", "html", "docx", "akn", "manifest"):
            done = CliRunner().invoke(
                main, ["verify", instrument["files"][kind], "--case", founding["case"]]
            )
            assert done.exit_code == 0, done.output
    assert CliRunner().invoke(main, ["verify", founding["case"]]).exit_code == 0


def test_a_changed_character_in_the_source_is_found(founding, tmp_path):
    blobs = sorted(Path(founding["case"]).glob("blobs/sha256/*/*/*"))
    blob = next(b for b in blobs if b.read_bytes().startswith(b" date 2024"))
    kept = blob.read_bytes()
    blob.chmod(0o644)
    try:
        blob.write_bytes(kept.replace(b"3000", b"3001"))
        done = CliRunner().invoke(main, ["verify", founding["case"]])
    finally:
        blob.write_bytes(kept)
    assert done.exit_code == 1
    assert blob.name[:12] in done.output
