"""The founding text, end to end: a real motion goes in, a mended package comes out."""

import json
import re
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from gravamen.casefile import CaseFile
from gravamen.cli import main
from gravamen.law import load
from gravamen.values import sha256

OFFICES = ("us.president", "us.state.secretary", "us.treasury.secretary")

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


@pytest.fixture(scope="module")
def gone(founding, shared_data, tmp_path_factory):
    """The case as it went on: the body's own text, sent as adopted to its three offices."""
    text = tmp_path_factory.mktemp("gone") / "text"
    adopted = (shared_data / "founding-text" / "motion-2024-01-15.txt").read_bytes()
    run("export", founding["case"], str(text))
    written = yaml.safe_load((text / "case.yaml").read_text("utf-8"))
    written["dispatches"] = [
        {
            "id": f"d.{office}",
            "at": "2024-01-09",
            "instrument": "motion",
            "channel": "post",
            "address": "not kept",
            "office": office,
            "requests": ["r1", "r2"],
            "message": sha256(adopted),
            "note": "The motion as the body adopted it; no draft of ours.",
        }
        for office in OFFICES
    ]
    (text / "case.yaml").write_text(yaml.safe_dump(written, allow_unicode=True), encoding="utf-8")
    (text / "files").mkdir()
    (text / "files" / f"{sha256(adopted)}.txt").write_bytes(adopted)
    case = str(text.parent / "case")
    run("import", str(text / "case.yaml"), case)
    run("judge", case, "r1", "r2", "--verdict", "accepted", "--reason", "as the text says")
    return case


def run(*words: str) -> str:
    done = CliRunner().invoke(main, list(words))
    assert done.exit_code == 0, done.output
    return done.stdout


def test_no_statutory_deadline_was_started_by_the_founding_letter(gone):
    lines = json.loads(run("docket", gone, "--on", "2026-11-23", "--json"))["lines"]
    assert sorted((line["request"], line["office"]) for line in lines) == [
        (request, office) for request in ("r1", "r2") for office in OFFICES
    ]
    for line in lines:
        assert (line["asked_on"], line["days_open"], line["state"]) == ("2024-01-09", 1049, "sent")
        assert line["deadline"].startswith("no deadline in law")
        assert (line["clocks"], line["next"], line["closed"]) == ([], None, False)
    assert run("docket", gone, "--on", "2024-01-08").count("not-sent") > 0


def test_the_docket_of_the_founding_letter_says_who_could_have_started_a_time(gone):
    told = " ".join(run("docket", gone, "--on", "2026-11-23", "--request", "r1").split())
    assert "Sent on 9 January 2024, 1,049 days ago; nothing has come back." in told
    assert "public record: none on file" in told
    assert (
        "the chairperson and the ranking member, jointly, of the Senate Committee on Foreign "
        "Relations, the Senate Committee on Banking, Housing, and Urban Affairs, the House "
        "Committee on Foreign Affairs or the House Committee on Financial Services could start "
        "clk.glomag.120 (22 U.S.C. 10102(d), (j))"
    ) in told


def test_what_was_sent_is_the_bodys_own_text_byte_for_byte(gone, shared_data):
    adopted = (shared_data / "founding-text" / "motion-2024-01-15.txt").read_bytes()
    record = CaseFile.open(gone)
    sent = record.case().dispatches.values()
    assert [record.blob(dispatch.message or "") for dispatch in sent] == [adopted] * 3
