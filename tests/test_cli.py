"""The command line: each command, its exit code, its JSON, its refusals in one sentence."""

import getpass
import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pypdfium2
import pytest
from click.testing import CliRunner, Result

from gravamen.casefile import import_case
from gravamen.cli import main
from gravamen.cli.options import person, tell

ROOT = Path(__file__).parent.parent
CASE_YAML = str(ROOT / "cases" / "alder-county" / "case.yaml")
REPORT = "At least 17 men were beaten at Lower Quay on 4 February 2023, a former guard said.\n"


def run(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


def commands(group: click.Group, *path: str) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
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


def examples(*path: str) -> list[list[str]]:
    """The calls that a command's help gives as examples, without the word gravamen."""
    told = re.split(r"Examples?:", run(*path, "--help").output)[1].replace("\\\n", " ")
    one_line = " ".join(told.split())
    calls = one_line.split(" | ") if " | " in one_line else told.strip().split("\n")
    return [shlex.split(call)[1:] for call in calls]


KEY = ("--key", "out/odell.key.pem", "--cert", "out/odell.cert.pem")
LETTERS = ("letter-us.state.secretary", "letter-us.treasury.secretary")


def do(*calls: tuple[str, ...]) -> None:
    for call in calls:
        told = run(*call)
        assert told.exit_code == 0, (call, told.output)


def before_signing(verb: str) -> None:
    """Vote, draft, open a round, make a key and sign with it, as far as a verb needs it done."""
    letter = f"out/{LETTERS[0]}.pdf"
    ayes = [word for name in ("odell", "rye", "okonjo") for word in ("--aye", name)]
    calls = [
        ("adopt", "vote", "out/case", "--at", "2024-03-12", "--seats", "5", *ayes),
        ("draft", "out/case", "--on", "2024-03-13", "--out", "out"),
        ("sign", "open", "out/case", LETTERS[0], "--at", "2024-03-13"),
        ("sign", "new-key", "Marguerite Odell", "--out", "out/odell"),
        ("sign", letter, "--case", "out/case", "--as", "odell", *KEY),
    ]
    do(*calls[: {"open": 2, "new-key": 0, "file": 4}.get(verb, 5)])
    if verb == "ink":
        page = pypdfium2.PdfDocument(letter)[0].render(scale=200 / 72)
        page.to_pil().save("out/scan.png")


def before_sending() -> None:
    """Confirm two addresses and have both letters signed by one, as their rounds ask."""
    for letter in LETTERS:
        office = letter.removeprefix("letter-")
        where = ("--email", f"office@{office}.example", "--address", "1 Example Square")
        read = ("--source", "read on its website")
        do(("note", "holder", "out/case", office, *where, *read))
    before_signing("new-key")
    ayes = [word for name in ("odell", "rye", "okonjo") for word in ("--aye", name)]
    do(
        ("adopt", "vote", "out/case", "--at", "2024-03-12", "--seats", "5", *ayes),
        ("draft", "out/case", "--on", "2024-03-13", "--out", "out"),
        ("sign", "open", "out/case", *LETTERS, "--minimum", "1", "--at", "2024-03-13"),
        ("sign", "new-key", "Marguerite Odell", "--out", "out/odell"),
        *(
            ("sign", f"out/{one}.pdf", "--case", "out/case", "--as", "odell", *KEY)
            for one in LETTERS
        ),
    )


@pytest.mark.parametrize("path", commands(main), ids=" ".join)
def test_the_example_of_a_command_runs_as_it_stands(path, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "cases").symlink_to(ROOT / "cases")
    if path != ("import",):
        assert run("import", CASE_YAML, "out/case").exit_code == 0
    if path == ("law", "try"):  # scenarios stand in a checkout
        (tmp_path / "tests").symlink_to(ROOT / "tests")
    if path == ("draft",):  # a text that you have
        (tmp_path / "motion.txt").write_text(REPORT, encoding="utf-8")
    if path == ("verify",):
        for out in (Path("out/alder-county"), Path("out")):
            assert run("draft", CASE_YAML, "--on", "2024-03-05", "--out", str(out)).exit_code == 0
        before_signing("verify")
    if path == ("send",):
        before_sending()
    if path[0] == "sign":
        before_signing(path[1])

    for call in examples(*path):
        done = CliRunner().invoke(main, call, input="y\n")
        assert done.exit_code == 0, (call, done.output)
    assert {p.name for p in tmp_path.iterdir()} <= {"cases", "out", "motion.txt", "tests"}


def test_the_list_of_commands_cuts_no_sentence():
    assert "..." not in run("--help").output.split("Commands:")[1]


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


@pytest.fixture
def worked(tmp_path: Path) -> str:
    """The worked case, imported."""
    assert run("import", CASE_YAML, str(tmp_path / "worked")).exit_code == 0
    return str(tmp_path / "worked")


def test_an_allegation_is_shown_in_words_with_its_corroboration_and_claims(worked):
    shown = run("show", worked, "a.beatings").output

    assert "corroboration: independently corroborated (4 origins); denied by its subject" in shown
    assert "    speaker: the Harbour Observatory\n" in shown
    assert shown.count("origin: o.meridian") == 2
    assert "words: I saw men of my company beat prisoners with cables." in shown
    assert "stance: denies" in shown


@pytest.mark.parametrize("thing", ["a.beatings", "p.teresh", "c.decree", "r.visa", "s.motion"])
def test_a_thing_is_shown_as_plain_lines_without_what_is_empty(worked, thing):
    lines = run("show", worked, thing).output.splitlines()

    assert max(map(len, lines)) <= 100
    assert not [
        line for line in lines if re.search(r"[A-Z][a-z]+\(|None|\('|\[\]|False|: ?''", line)
    ]


def test_plain_lines_nest_keep_zero_and_carry_no_control_characters(capsys):
    tell({"start": 0, "none": None, "off": False, "in": [{"k": ["a b", "c"]}], "esc": "\x1b[31mx"})

    assert capsys.readouterr().out == (
        "start: 0\nin:\n  - k:\n      - a b\n      - c\nesc: [31mx\n"
    )


def test_plain_lines_count_a_wide_character_as_two_columns(capsys):
    tell({"words": "漢" * 120})

    lines = capsys.readouterr().out.splitlines()
    assert "".join(line.strip() for line in lines) == "words: " + "漢" * 120
    assert max(len(line) + line.count("漢") for line in lines) <= 100


def test_one_thing_is_counted_in_the_singular(opened, tmp_path):
    assert run("export", str(opened), str(tmp_path / "text")).exit_code == 0
    done = run("import", str(tmp_path / "text" / "case.yaml"), str(tmp_path / "again"))

    assert "1 source, 0 parties, 0 allegations" in " ".join(done.output.split())
    assert re.search(r"\b1 flag: 1 \w+\.|\b[02-9]\d* flags: ", run("check", str(opened)).output)


def test_who_acts_is_the_login_name_or_unnamed(monkeypatch):
    def nobody() -> str:
        raise KeyError("uid not found")

    monkeypatch.setattr(getpass, "getuser", lambda: "ada")
    assert (person(None), person("Bo")) == ("person:ada", "person:Bo")
    monkeypatch.setattr(getpass, "getuser", nobody)
    assert person(None) == "person:unnamed"


def test_the_matrix_as_a_page_goes_with_json(worked, tmp_path):
    page = tmp_path / "matrix.html"
    done = run("weigh", worked, "--on", "2024-03-05", "--html", str(page), "--json")

    assert json.loads(done.stdout)["schema"] == "gravamen.findings/1"
    assert page.exists()


def test_a_document_that_no_longer_follows_fails_by_itself_and_not_the_record(tmp_path):
    (tmp_path / "m.txt").write_text(REPORT, encoding="utf-8")
    out = tmp_path / "o"
    words = ["draft", str(tmp_path / "m.txt"), "--on", "2023-03-01", "--out", str(out), "--json"]
    claim = json.loads(run(*words).stdout)["claims"][0]["id"]
    file = str(out / "diagnosis.pdf")
    assert run("verify", file).exit_code == 0
    run("judge", str(out / "case"), claim, "--verdict", "rejected")

    of_case = run("verify", str(out / "case"), "--brief")
    assert of_case.exit_code == 0
    assert "no longer follows" in of_case.output
    beside = run("verify", file)
    assert beside.exit_code == 1
    told = " ".join(beside.output.split())
    assert "It was compared with the record beside it, " in told

    shutil.rmtree(out / "case")
    other = tmp_path / "other.txt"
    other.write_text("On 2 March 2022 the guards of Ostra beat Mr Zand.", encoding="utf-8")
    words = ["draft", str(other), "--on", "2023-03-01", "--out", str(tmp_path / "o2")]
    run(*words)
    shutil.copytree(tmp_path / "o2" / "case", out / "case")
    beside = run("verify", file)
    assert beside.exit_code == 0, beside.output
    assert "is of another case" in " ".join(beside.output.split())
    assert run("verify", file, "--case", str(out / "case")).exit_code == 1


def test_reading_says_what_its_day_is_for():
    told = " ".join(run("read", "--help").output.split())

    assert "The day of the text, from which relative dates count" in told


@pytest.mark.parametrize("answer", ["n\n", ""], ids=["no", "end of input"])
def test_declining_an_erasure_exits_2_and_erases_nothing(opened, answer):
    words = ["erase", str(opened), "s.report", "--reason", "consent withdrawn"]
    done = CliRunner().invoke(main, words, input=answer)

    assert done.exit_code == 2
    assert "Nothing was erased" in done.stderr
    assert b"former guard" in b"".join(p.read_bytes() for p in opened.rglob("*") if p.is_file())


def test_erasing_with_json_needs_yes(opened):
    done = run("erase", str(opened), "s.report", "--reason", "consent withdrawn", "--json")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "--yes" in done.stderr

    done = run("erase", str(opened), "s.report", "--reason", "withdrawn", "--json", "--yes")
    assert {*json.loads(done.stdout)} == {"schema", "target", "head", "remains"}


def test_erasing_asks_first_and_leaves_a_record_that_verifies(opened):
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


WRITTEN = """\
schema: gravamen.case/1
id: mine
title: Mine
requester: {name: Harbour Watch, kind: ngo}
sources: [{id: s.report, file: report.txt}]
allegations: [{id: a.one, kind: act, act: ill-treatment, text: 17 men were beaten}]
claims:
  - {id: c.one, about: a.one, source: s.report, speaker: an aide, quote: men  were beaten}
"""


@pytest.mark.parametrize("verb", ["import", "draft"])
def test_a_written_case_is_told_what_it_seldom_means(verb, tmp_path):
    (tmp_path / "report.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "case.yaml").write_text(WRITTEN, encoding="utf-8")
    to = [str(tmp_path / "to")] if verb == "import" else ["--out", str(tmp_path / "to")]
    done = run(verb, str(tmp_path / "case.yaml"), *to)

    said = " ".join(done.output.split())
    assert done.exit_code == 0, done.output
    assert f"notice {tmp_path / 'case.yaml'}:6: The act a.one has no date" in said
    assert "1 quote differs from the source in line breaks or spaces alone" in said
    if verb == "import":
        made = json.loads(
            run("import", str(tmp_path / "case.yaml"), str(tmp_path / "b"), "--json").stdout
        )
        assert (made["respaced"], len(made["notices"])) == (1, 1)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            ("import", "m.txt", "to"),
            "make a case of it with: gravamen draft m.txt --out out/first.",
        ),
        (("import", "m.docx", "to"), "or compare it with --compare"),
        (("draft", "https://a.example/m.pdf"), "https://a.example/m.pdf is an address and no file"),
        (("capture", "{case}", "www.a.example", "--id", "s.x"), "save what is there as a file"),
        (("read", "desk@watch.example"), "an e-mail as EML"),
        (("check", "{case}", "--on", "2026-3-2"), "'2026-3-2' is not a day; write 2026-03-02."),
        (("check", "{case}", "--on", "soon"), "'soon' is not a day; write a day as 2024-01-15."),
        (("check", "{case}", "--on", "2026-03"), "'2026-03' is not one day; write it as"),
    ],
    ids=lambda w: " ".join(w) if isinstance(w, tuple) else "",
)
def test_a_call_that_a_newcomer_makes_is_told_the_one_that_is_meant(
    words, told, opened, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    for name in ("m.txt", "m.docx"):
        (tmp_path / name).write_text(REPORT, encoding="utf-8")
    done = run(*(w.replace("{case}", str(opened)) for w in words))

    assert done.exit_code == 2
    assert told in done.stderr


def test_the_law_is_listed_shown_and_checked():
    assert "us.eo13818" in run("law", "list").output
    shown = run("law", "show", "us.fsa.907").output
    assert "907" in shown
    assert max(map(len, shown.splitlines())) <= 100
    checked = json.loads(run("law", "check", "--json").stdout)
    assert checked["faults"] == []
    assert checked["review"]


def test_check_shows_the_sentence_that_a_flag_is_about(tmp_path):
    assert run("import", CASE_YAML, str(tmp_path / "case"), "--by", "Ada").exit_code == 0
    done = run("check", str(tmp_path / "case"), "--on", "2024-03-05")
    told = " ".join(done.output.split())
    place = told.index("witness-identifiable (s1 of motion)")
    assert "In: The Harbour Observatory (June 19, 2023) reported that guards" in told[place:]


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


WORKED = Path(__file__).parent.parent / "cases" / "alder-county" / "case.yaml"


def test_a_file_that_the_record_did_not_draft_is_named(tmp_path):
    mine, other = tmp_path / "mine", tmp_path / "other"
    assert run("draft", str(WORKED), "--on", "2024-03-05", "--out", str(mine)).exit_code == 0
    assert run("draft", str(WORKED), "--on", "2024-03-06", "--out", str(other)).exit_code == 0
    case = str(mine / "case")

    assert run("verify", str(mine / "motion.pdf"), "--case", case).exit_code == 0
    done = run("verify", str(other / "motion.pdf"), "--case", case)

    assert done.exit_code == 1
    assert "file-not-recorded" in done.stdout


def test_a_protected_name_stops_the_draft_with_its_place_and_nothing_is_written(tmp_path):
    shutil.copytree(WORKED.parent, tmp_path / "in")
    text = (tmp_path / "in" / "case.yaml").read_text("utf-8")
    case = import_case(WORKED, tmp_path / "seen", actor="person:Ada").case()
    name = next(p.names[0].text for p in case.parties.values() if p.protected)
    said = f"title: On what {name} saw at the Lower Quay prison"
    (tmp_path / "in" / "case.yaml").write_text(
        re.sub(r"^title: .*$", said, text, count=1, flags=re.MULTILINE), "utf-8"
    )

    done = run(
        "draft", str(tmp_path / "in" / "case.yaml"), "--on", "2024-03-05", "--out",
        str(tmp_path / "out"),
    )  # fmt: skip

    assert done.exit_code == 1
    assert "Nothing was written" in done.stderr
    assert list((tmp_path / "out").glob("*.pdf")) == []


def test_every_command_is_found_by_its_name_and_bears_it():
    context = click.Context(main)
    names = main.list_commands(context)
    found = [main.get_command(context, name) for name in names]
    assert [command.name for command in found if command] == names
    assert main.get_command(context, "no-such") is None


def test_a_command_that_signs_nothing_does_not_wait_for_the_signature_library():
    code = "import sys, gravamen.cli.weighing; print('pyhanko' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
