"""The worked case after the vote: the clerk's commands, and the docket that they lead to.

The golden files in tests/golden hold the docket at six days. To write them anew, and the
Message-IDs that the replies name, after a change that was meant:

    GOLDEN=write python -m pytest tests/test_afterwards.py
"""

import difflib
import json
import os
import random
import re
import shlex
import shutil
import string
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from gravamen.case import Case
from gravamen.casefile import CaseFile
from gravamen.cli import main
from gravamen.docket.docket import docket
from gravamen.docket.json import docket_json
from gravamen.law import load
from tests.sending.servers import Server, running

ROOT = Path(__file__).parent.parent
AFTERWARDS = ROOT / "cases" / "quillby-dorvel" / "afterwards"
GOLDEN = Path(__file__).parent / "golden"
PAGE = ROOT / "docs" / "how-to" / "adopt-sign-send-answer.md"
DAYS = ("2026-05-13", "2026-05-21", "2026-06-10", "2026-07-31", "2026-10-07", "2026-11-23")
WRITE = os.environ.get("GOLDEN") == "write"
FROM = "Town Clerk <clerk@quillby.example>"
OUT = "out/quillby-clerk"
_NAMED = re.compile(r"<gravamen\.[0-9a-f]{32}@quillby\.example>")
_KEYS = (
    "state", "state_text", "since", "asked_on", "days_open", "closed", "next", "next_why",
    "deadline", "chain", "signatures",
)  # fmt: skip


class Done(NamedTuple):
    """What the commands left: the folder, what each printed, and the case as it was signed."""

    case: Path
    out: Path
    printed: tuple[tuple[str, str], ...]
    signed: Path

    @property
    def all(self) -> str:
        return plain("\n".join(text for _, text in self.printed))


def plain(words: str) -> str:
    """Words without the ends of the lines in which a terminal or a page shows them."""
    return " ".join(words.split())


def commands(text: str) -> list[str]:
    """The commands of a shell script or a page, each on one line."""
    lines = text.replace("\\\n", " ").splitlines()
    return [" ".join(line.split()) for line in lines if line.startswith("gravamen ")]


def run(line: str, **variables: object) -> str:
    """Run a command as a shell would, with the variables that it names; what it printed."""
    named = {name: str(value) for name, value in variables.items()}
    words = [string.Template(word).substitute(named) for word in shlex.split(line)]
    told = CliRunner().invoke(main, words[1:], env={"GRAVAMEN_ACTOR": "Town Clerk"})
    assert told.exit_code == 0, f"{line}\n{told.output}"
    return told.output


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Done]:
    """The commands of the clerk, run one by one as they stand in commands.sh."""
    folder = tmp_path_factory.mktemp("afterwards")
    shutil.copytree(AFTERWARDS.parent, folder / "cases" / "quillby-dorvel")
    out = folder / "out" / "quillby-clerk"
    case, signed = out / "case", folder / "signed"
    printed = []
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for line in commands((AFTERWARDS / "commands.sh").read_text("utf-8")):
            if " send " in line and not signed.exists():
                shutil.copytree(case, signed)
            papers = Path("cases/quillby-dorvel/afterwards")
            told = run(line, CASE=f"{OUT}/case", OUT=OUT, PAPERS=papers, FROM=FROM)
            printed.append((line, told))
            if WRITE and " send " in line:
                _name_messages(case, papers)
        yield Done(case, out, tuple(printed), signed)


def _name_messages(case: Path, papers: Path) -> None:
    """Let the replies name the messages as they go now: their ids hang on the letters' digests,
    which change with the law data. A reply that names another is tied by what else it says."""
    ids = {d.office: d.message_id for d in state(case).dispatches.values() if d.message_id}
    for office, paper in REPLIES.items():
        for name in paper:
            text = (papers / name).read_bytes()
            (papers / name).write_bytes(_NAMED.sub(ids[office], text.decode()).encode())
            (AFTERWARDS / name).write_bytes((papers / name).read_bytes())


REPLIES = {
    "us.treasury.secretary": ("treasury-auto.eml", "treasury-ack.eml"),
    "eu.high_representative": ("eu-bounce.eml",),
    "uk.fcdo.secretary": ("uk-ack.eml",),
    "ca.foreign_minister": ("canada-no-power.eml",),
    "us.house.foreign_affairs": ("house-reply.eml",),
}


def state(folder: Path) -> Case:
    return CaseFile.open(folder).case()


def golden(case: Case, on: str) -> str:
    """The docket on a day, as far as it is the same in each run: no ids of files, no digests."""
    found: dict[str, Any] = docket_json(docket(case, load(), on=date.fromisoformat(on)))
    lines = {
        f"{line['request']} to {line['office']}": {
            **{k: line[k] for k in _KEYS if line[k] not in (None, "", [])},
            "clocks": [
                {k: c[k] for k in ("clock", "cite", "who", "started", "due", "state", "why")}
                for c in line["clocks"]
            ],
            "last": line["last"] and line["last"]["text"],
        }
        for line in found["lines"]
    }
    kept = {"on": found["on"], "notes": found["notes"], "pen": found["pen"], "lines": lines}
    return json.dumps(kept, ensure_ascii=False, indent=1) + "\n"


@pytest.mark.parametrize("on", DAYS)
def test_the_docket_of_the_worked_case_is_the_golden_one(done, on):
    path = GOLDEN / f"quillby-docket-{on}.json"
    found = golden(state(done.case), on)
    if WRITE:
        path.parent.mkdir(exist_ok=True)
        path.write_text(found, encoding="utf-8")
    expected = path.read_text("utf-8")
    diff = difflib.unified_diff(expected.splitlines(), found.splitlines(), "golden", "now", n=2)
    assert found == expected, "\n".join(diff)


def test_no_order_of_arrival_changes_the_docket(done):
    case = state(done.case)
    for seed in range(4):
        dice = random.Random(seed)
        mixed = {}
        for table in ("steps", "signings", "dispatches", "replies", "noted"):
            items = list(getattr(case, table).items())
            dice.shuffle(items)
            mixed[table] = dict(items)
        for on in DAYS:
            assert golden(replace(case, **mixed), on) == golden(case, on)


def test_a_letter_of_a_town_shows_no_day_set_by_law_before_something_started_one(done):
    case, law = state(done.case), load()
    for on in DAYS:
        for line in docket(case, law, on=date.fromisoformat(on)).lines:
            lawful = [c for c in line.clocks if not c.ours]
            if line.request == "r.us.clock.ovresti" and on >= "2026-07-31":
                assert [c.due for c in lawful] == [date(2026, 11, 12)]
                continue
            assert lawful == []
            assert line.deadline.startswith("no deadline in law"), (on, line.request)
            assert not line.next or line.next_why.startswith("our own day"), line.request


def test_the_docket_says_who_is_late_and_who_is_not(done):
    found = docket(state(done.case), load(), on=date(2026, 11, 23))
    (note,) = found.notes
    assert note.startswith(
        "Overdue in law by 12 November 2026 (22 U.S.C. 10102(d), (j)), from the President"
    )
    assert [line.request for line in found.lines if line.state == "overdue"] == []


def test_what_came_after_is_never_said_to_have_come_because_of_it(done):
    for on in DAYS:
        text = golden(state(done.case), on).lower()
        assert not re.search(r"because of|thanks to|owing to|as a result", text), on
    assert "4 months after it was asked" in golden(state(done.case), "2026-11-23")


def test_each_reply_is_tied_to_the_letter_that_it_answers(done):
    case = state(done.case)
    answered = {
        case.sources[r.source].name: case.dispatches[r.dispatch or ""].office
        for r in case.replies.values()
    }
    expected = {name: office for office, papers in REPLIES.items() for name in papers}
    assert answered == {**expected, "state-referral.eml": "us.state.secretary"}


def test_a_letter_from_which_a_signature_was_withdrawn_goes_as_three_of_four(done):
    mail = (done.out / "mail" / "letter-au.foreign_minister.eml").read_text("utf-8")
    assert "Signed by three of its four signatories." in mail
    assert "a relative" not in mail
    other = (done.out / "mail" / "letter-ca.foreign_minister.eml").read_text("utf-8")
    assert "three of its four" not in other


def test_no_protected_name_leaves_with_what_was_made_afterwards(done):
    names = [n.text for p in state(done.case).parties.values() if p.protected for n in p.names]
    files = [p for p in done.out.rglob("*") if p.is_file() and done.case not in p.parents]
    assert names
    assert len(files) > 100
    for file in files:
        data = file.read_bytes()
        assert not [name for name in names if name.encode() in data], file


def test_a_mail_server_takes_the_eight_letters_and_the_docket_is_the_same(
    done, tmp_path, monkeypatch
):
    noon = datetime(2026, 5, 20, 17, 2, tzinfo=UTC)
    monkeypatch.setattr("gravamen.cli.sending.now", lambda: noon)
    case = Path(shutil.copytree(done.signed, tmp_path / "case"))
    server = Server()
    with running(server):
        run(
            f"gravamen send $CASE --all --smtp smtp://127.0.0.1:{server.port} "
            '--from "$FROM"', CASE=case, FROM=FROM,
        )  # fmt: skip
    assert len(server.got) == 8
    on = date(2026, 5, 20)
    by_mail, by_hand = (docket(state(c), load(), on=on).lines for c in (case, done.case))
    at_once = {line.request: (line.office, line.asked_on, line.signatures) for line in by_mail}
    assert at_once == {line.request: (line.office, line.asked_on, line.signatures)
                       for line in by_hand}  # fmt: skip
    assert {line.state for line in by_mail} == {"sent"}
    receipts = {d.receipt for d in state(case).dispatches.values()}
    assert receipts == {"250 2.0.0 Ok: queued as 4F1C"}


def test_everything_that_happened_verifies_and_survives_export(done, tmp_path):
    run("gravamen verify $CASE --brief", CASE=done.case)
    run("gravamen export $CASE $TO", CASE=done.case, TO=tmp_path / "text")
    run("gravamen import $TO/case.yaml $AGAIN", TO=tmp_path / "text", AGAIN=tmp_path / "again")
    for on in DAYS:
        assert golden(state(tmp_path / "again"), on) == golden(state(done.case), on)


def test_the_chapter_shows_the_commands_that_run_and_what_they_print(done):
    page = PAGE.read_text("utf-8")
    assert commands(page) == [line for line, _ in done.printed]
    blocks = re.findall(r"^```text\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)
    assert len(blocks) > 7
    for block in blocks:
        for line in block.splitlines():
            assert plain(line) in done.all, line


def test_each_variable_of_the_chapter_is_set_in_it(done):
    page = PAGE.read_text("utf-8")
    used = set(re.findall(r"\$([A-Z]+)", page))
    assert used == set(re.findall(r"^([A-Z]+)=", page, re.MULTILINE))
