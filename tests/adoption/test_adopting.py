"""adopt: what the command line records of a body and its motion, and what it refuses."""

import json
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner
from instruments.editing import changed, put, type_after

from gravamen.casefile import CaseFile
from gravamen.cli import main
from gravamen.proceedings import Amended, Ballot, Posted, Voted

ALDER = Path(__file__).resolve().parents[2] / "cases" / "alder-county"
MEMBERS = """  style: county
  subdivision: US-CA
  zone: America/Los_Angeles
  members:
    - {id: odell, name: Marguerite Odell}
    - {id: rye, name: Tomas Rye}
    - {id: okonjo, name: Adaeze Okonjo}
    - {id: lindgren, name: Per Lindgren}
    - {id: batista, name: Clara Batista}
"""
DAY = "2024-03-12"
POST = (
    "post", "--at", "2024-03-09T09:00-08:00", "--meeting", "2024-03-12T10:00-07:00", "--item", "9",
    "--description", "Ask for sanctions over beatings at Lower Quay prison",
)  # fmt: skip


class Told(NamedTuple):
    code: int
    out: str
    err: str


def run(*args: object) -> Told:
    done = CliRunner().invoke(main, [str(a) for a in args])
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return Told(done.exit_code, " ".join(done.stdout.split()), " ".join(done.stderr.split()))


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The county's case with the members of its board, compiled; not to be changed."""
    folder = tmp_path_factory.mktemp("county")
    shutil.copytree(ALDER, folder / "written")
    written = folder / "written" / "case.yaml"
    written.write_text(written.read_text("utf-8").replace("  style: county\n", MEMBERS), "utf-8")
    assert run("import", written, folder / "case").code == 0
    return folder / "case"


@pytest.fixture
def case(county: Path, tmp_path: Path) -> Path:
    """A copy that a test may change."""
    return Path(shutil.copytree(county, tmp_path / "case"))


def adopt(case: Path, verb: str, *args: object) -> Told:
    return run("adopt", verb, case, *args, "--by", "A. Clerk")


def vote(case: Path, *ayes: str, at: str = f"{DAY}T10:40-07:00", **more: str) -> Told:
    said = [word for m in ayes for word in ("--aye", m)]
    said += [word for option, m in more.items() for word in (f"--{option}", m)]
    return adopt(case, "vote", "--at", at, *said)


def steps(case: Path) -> dict[str, object]:
    return dict(CaseFile.open(case).case().steps)


def test_a_posting_says_at_once_whether_it_was_in_time(case: Path) -> None:
    told = adopt(case, *POST)
    assert told.code == 0
    assert "Posted 72 hours before the regular meeting of 12 March 2024." in told.out
    posted = steps(case)["step.posted-1"]
    assert isinstance(posted, Posted) and posted.item == "9" and posted.version is not None


def test_seventy_one_hours_are_told_and_flagged(case: Path) -> None:
    late = [*POST]
    late[2] = "2024-03-09T10:00-08:00"
    assert "Posted 71 hours before" in adopt(case, *late).out
    checked = run("check", case, "--on", DAY)
    assert checked.code == 1 and "agenda-notice-short" in checked.out


def test_evidence_is_taken_in_with_the_step(case: Path, tmp_path: Path) -> None:
    agenda = tmp_path / "agenda.txt"
    agenda.write_text("Item 9: sanctions", encoding="utf-8")
    assert adopt(case, *POST, "--evidence", agenda).code == 0
    posted = steps(case)["step.posted-1"]
    assert isinstance(posted, Posted)
    assert [CaseFile.open(case).case().sources[s].name for s in posted.evidence] == ["agenda.txt"]


def test_a_whole_life_ends_in_a_motion_that_bears_its_vote(case: Path, tmp_path: Path) -> None:
    adopt(case, *POST)
    adopt(case, "move", "--member", "odell", "--at", f"{DAY}T10:20-07:00")
    adopt(case, "second", "--member", "TOMAS RYE", "--at", f"{DAY}T10:21-07:00")
    told = vote(case, "odell", "rye", "okonjo", no="lindgren")
    assert "The motion is carried." in told.out and "not recorded 1: Clara Batista" in told.out
    adopt(case, "record", "--at", "2024-03-13", "--number", "Resolution 11")
    shown = run("adopt", "show", case, "--on", "2024-03-14")
    assert "the motion is recorded since 13 March 2024." in shown.out
    assert "Item 9, recorded as Resolution 11." in shown.out
    assert "moved by Marguerite Odell" in shown.out
    out = tmp_path / "out"
    assert run("draft", case, "--on", "2024-03-14", "--out", out, "--by", "A. Clerk").code == 0
    page = (out / "motion.html").read_text("utf-8")
    assert "Record of the vote" in page and "Resolution 11" in page
    assert run("verify", out / "motion.pdf", "--case", case, "--brief").code == 0
    before = tmp_path / "before"
    assert run("draft", case, "--on", "2024-03-11", "--out", before, "--by", "A. Clerk").code == 0
    assert "Record of the vote" not in (before / "motion.html").read_text("utf-8")


def test_an_amendment_that_carried_is_in_the_motion_from_then_on(
    case: Path, tmp_path: Path
) -> None:
    claim = next(iter(CaseFile.open(case).case().claims))
    told = adopt(
        case, "amend", "--member", "okonjo", "--at", f"{DAY}T10:25-07:00", "--strike", "s1",
        "--insert-after", "s2=the Board has heard the families;", "--rests-on", f"s2={claim}",
    )  # fmt: skip
    assert told.code == 0 and "touches" in told.out and "{+the Board has heard" in told.out
    amended = steps(case)["step.amended-1"]
    assert isinstance(amended, Amended) and amended.before != amended.after
    adopt(
        case, "vote", "--at", f"{DAY}T10:30-07:00", "--question", "step.amended-1",
        "--aye", "odell", "--aye", "rye", "--aye", "okonjo",
    )  # fmt: skip
    out = tmp_path / "out"
    assert run("draft", case, "--on", DAY, "--out", out, "--by", "A. Clerk").code == 0
    assert "the Board has heard the families;" in (out / "motion.html").read_text("utf-8")


def test_the_changes_of_an_amendment_are_taken_from_an_edited_docx(
    case: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    assert run("draft", case, "--on", DAY, "--out", out, "--by", "A. Clerk").code == 0
    stated = json.loads((out / "motion.manifest.json").read_bytes())["sentences"]
    ask = [s for s in stated if s["kind"] == "request"][-1]
    edited = tmp_path / "edited.docx"
    data = (out / "motion.docx").read_bytes()
    edited.write_bytes(
        changed(
            data,
            put(ask["id"], "Ask", "Urge"),
            type_after(ask["id"], "Ask in writing."),
        )
    )
    first = ("--insert-after", f"{ask['id']}=Ask for an answer.")
    told = adopt(case, "amend", "--member", "rye", "--at", DAY, *first, "--from", edited)
    assert told.code == 0, told.err
    amended = steps(case)["step.amended-1"]
    assert isinstance(amended, Amended)
    assert [(c.sentence, c.now) for c in amended.changes] == [
        (None, "Ask for an answer."),
        (None, "Ask in writing."),
        (ask["id"], ask["text"].replace("Ask", "Urge", 1)),
    ]
    adopt(case, "vote", "--at", DAY, "--question", "step.amended-1", "--aye", "rye", "--aye",
          "odell", "--aye", "okonjo")  # fmt: skip
    assert run("draft", case, "--on", DAY, "--out", out, "--by", "A. Clerk").code == 0
    stated = json.loads((out / "motion.manifest.json").read_bytes())["sentences"]
    at = [s["text"] for s in stated].index(ask["text"].replace("Ask", "Urge", 1))
    assert [s["text"] for s in stated[at + 1 : at + 3]] == [
        "Ask for an answer.", "Ask in writing.",
    ]  # fmt: skip
    other = adopt(case, "amend", "--member", "rye", "--at", DAY, "--from", out / "diagnosis.docx")
    assert other.code == 2 and "was not drafted from the motion" in other.err


def test_a_roll_call_is_read_from_a_file(case: Path, tmp_path: Path) -> None:
    roll = tmp_path / "roll.csv"
    roll.write_text(
        "member,option,reason\nodell,Aye,\nTomas Rye,no,too long\nokonjo,recused,family tie\n",
        encoding="utf-8-sig",
    )
    told = adopt(case, "vote", "--at", DAY, "--roll-call", roll, "--aye", "lindgren")
    assert told.code == 0
    voted = steps(case)["step.voted-1"]
    assert isinstance(voted, Voted)
    assert Ballot(member="rye", option="no", reason="too long") in voted.ballots
    assert len(voted.ballots) == 4


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("name,option\nodell,aye\n", "roll.csv:1 has a column 'name'"),
        ("member\nodell\n", "roll.csv:1 lacks a column"),
        ("member,option\nodell,yes\n", "roll.csv:2 is no ballot"),
        ("member,option\nodell,aye,x\n", "roll.csv:2 is no ballot"),
        ("member,option\n\nodell\n", "roll.csv:3 is no ballot"),
        ("member,option\nnobody,aye\n", "roll.csv:2: There is no member 'nobody'"),
        ("", "roll.csv:1 lacks a column"),
        ('member,option\n"odell,aye\n', "cannot be read as CSV"),
    ],
)
def test_a_roll_call_that_is_none_is_refused_with_its_line(
    case: Path, tmp_path: Path, words: str, said: str
) -> None:
    roll = tmp_path / "roll.csv"
    roll.write_text(words, encoding="utf-8")
    told = adopt(case, "vote", "--at", DAY, "--roll-call", roll)
    assert told.code == 2 and said in told.err
    assert steps(case) == {}


def test_a_roll_call_that_is_no_text_is_refused(case: Path, tmp_path: Path) -> None:
    roll = tmp_path / "roll.csv"
    roll.write_bytes(b"member,option\n\xff,aye\n")
    assert "is not UTF-8 at byte 14" in adopt(case, "vote", "--at", DAY, "--roll-call", roll).err


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("move", "--member", "nobody", "--at", DAY), "There is no member 'nobody'"),
        (("move", "--member", "odell", "--at", "soon"), "'soon' is no moment"),
        (("move", "--member", "odell", "--at", f"{DAY}T10:00"), "with its offset from UTC"),
        (("move", "--member", "odell", "--at", DAY, "--evidence", "s.none"), "nor a file"),
        (("vote", "--at", DAY), "A roll call without a ballot says nothing"),
        (("vote", "--at", DAY, "--aye", "odell", "--question", "x"), "no amendment 'x'"),
        (("vote", "--at", DAY, "--aye", "odell", "--casting", "rye"), "is no casting vote"),
        (("amend", "--member", "odell", "--at", DAY), "An amendment changes something"),
        (("amend", "--member", "odell", "--at", DAY, "--strike", "s999"), "no sentence 's999'"),
        (("amend", "--member", "odell", "--at", DAY, "--change", "s1"), "write it as s12="),
        (
            ("amend", "--member", "odell", "--at", DAY, "--strike", "s1", "--change", "s1=x"),
            "s1 is changed twice",
        ),
        (
            ("amend", "--member", "odell", "--at", DAY, "--strike", "s1", "--rests-on", "s1=c.x"),
            "no claim 'c.x'",
        ),
        (("amend", "--member", "odell", "--at", DAY, "--from", "no.docx"), "There is no file"),
        (("set-aside", "--how", "burnt", "--at", DAY), "'burnt' is not one of"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_recorded(
    case: Path, args: tuple[str, ...], said: str
) -> None:
    told = adopt(case, *args)
    assert told.code == 2 and said in told.err
    assert steps(case) == {}


def test_a_step_is_corrected_by_its_id_and_taken_back_by_rejecting_it(case: Path) -> None:
    vote(case, "odell", "rye", "okonjo")
    again = ("--aye", "odell", "--no", "rye", "--no", "okonjo", "--id", "step.voted-1")
    told = adopt(case, "vote", "--at", DAY, *again)
    assert "The motion is failed." in told.out and len(steps(case)) == 1
    assert run("judge", case, "step.voted-1", "--verdict", "rejected", "--by", "A").code == 0
    shown = json.loads(CliRunner().invoke(main, ["adopt", "show", str(case), "--json"]).stdout)
    assert (shown["adoption"]["state"], shown["adopted"]) == ("drafted", False)


def test_a_body_whose_members_are_not_on_file_is_asked_for_its_seats(tmp_path: Path) -> None:
    bare = tmp_path / "case"
    assert run("import", ALDER / "case.yaml", bare).code == 0
    told = vote(bare, "odell")
    assert told.code == 2 and "give --seats" in told.err
    assert "carried" in adopt(bare, "vote", "--at", DAY, "--aye", "a", "--aye", "b", "--seats",
                              "3").out  # fmt: skip


def test_json_of_a_step_gives_the_step_and_where_it_leaves_the_motion(case: Path) -> None:
    done = CliRunner().invoke(
        main,
        ["adopt", "set-aside", str(case), "--how", "tabled", "--at", DAY, "--json"],
    )
    told = json.loads(done.stdout)
    assert (told["schema"], told["state"]) == ("gravamen.adopt/1", "tabled")
    assert told["step"]["kind"] == "set-aside"


def test_a_civic_export_is_written(case: Path, tmp_path: Path) -> None:
    vote(case, "odell", "rye", "okonjo")
    told = run("export", case, tmp_path / "civic", "--as", "civic", "--on", DAY)
    assert told.code == 0, told.err
    event = json.loads((tmp_path / "civic" / "vote_event.json").read_bytes())
    assert event["result"] == "pass"
    party = run("export", case, tmp_path / "x", "--as", "civic", "--party", "teresh")
    assert party.code == 2 and "no one party" in party.err
