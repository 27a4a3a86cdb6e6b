"""The chapter on assistance: its commands run as they stand and print what it says."""

import os
import re
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from gravamen.aid.files.datasets import DATASETS
from gravamen.aid.line import GROUPS, Account, Difference, Hook, HookState, Line, Total

ROOT = Path(__file__).parents[2]
CHAPTER = ROOT / "docs" / "how-to" / "ask-about-assistance.md"
REFERENCE = ROOT / "docs" / "reference" / "assistance.md"


def plain(text: str) -> str:
    return " ".join(text.split())


def blocks(page: str) -> list[tuple[str, str]]:
    """The blocks of a page in order: language and text."""
    return re.findall(r"```(\w+)\n(.*?)```", page, re.S)


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What all commands of the chapter print, run in order in one shell."""
    folder = tmp_path_factory.mktemp("chapter")
    (folder / "cases").symlink_to(ROOT / "cases")
    page = CHAPTER.read_text("utf-8")
    commands = "\n".join(text for kind, text in blocks(page) if kind == "sh")
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", commands],
        cwd=folder,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr + done.stdout[-2000:]
    assert (folder / "out" / "assistance" / "ketravia.svg").read_bytes().startswith(b"<svg")
    assert list((folder / "out" / "assistance" / "papers").glob("letter-us.state.secretary.pdf"))
    return plain(done.stdout)


def test_every_command_of_the_chapter_runs_and_prints_what_it_says(printed):
    shown = [text for kind, text in blocks(CHAPTER.read_text("utf-8")) if kind == "text"]
    lines = [plain(line) for text in shown for line in text.strip().splitlines()]

    assert len(lines) >= 10
    assert [line for line in lines if line not in printed] == []


def test_the_letters_of_the_chapter_have_no_flag_that_blocks(printed):
    assert "letter-us.state.secretary.pdf" in printed
    assert not re.search(r"flags? blocks? sending", printed)


def test_another_number_is_another_unit_in_the_chapter_too(printed):
    assert "match: 'Guard Detachment #3'" not in printed


def test_the_reference_names_every_group_state_and_kind_of_file():
    page = REFERENCE.read_text("utf-8")
    words = [*GROUPS, *HookState.__args__, *(d.name for d in DATASETS)]

    assert [w for w in words if f"`{w}`" not in page] == []


def test_the_reference_names_every_key_of_the_json():
    page = REFERENCE.read_text("utf-8")
    keys = {
        f.name for kind in (Line, Total, Hook, Difference) for f in msgspec.structs.fields(kind)
    }
    keys |= set(Account.__struct_fields__) - {"name"}
    keys = (keys - {"year"}) | {"fiscal_year"}

    assert sorted(k for k in keys if not re.search(rf"`\.?{k}(\[\])?`|\"{k}\"", page)) == []


def test_the_measurement_says_how_it_is_called() -> None:
    program = ROOT / "bench" / "aid.py"
    done = subprocess.run(
        [sys.executable, str(program), "--help"], capture_output=True, text=True, check=True
    )
    assert "python bench/aid.py [MEGABYTES | FILE] [COUNTRY] [PATTERN]" in done.stdout
