"""What docs/decisions says about checking a record without Gravamen is true."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from invented import ADA, small_case

PAGE = Path(__file__).parents[2] / "docs" / "decisions" / "0001-the-record.md"


def test_the_ten_lines_of_the_decision_check_a_chain(tmp_path: Path) -> None:
    casefile = small_case(tmp_path / "case")
    casefile.erase("p.velz", actor=ADA, reason="Żółć")
    (code,) = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    ledger = tmp_path / "case" / "ledger.jsonl"

    def check() -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", code, str(ledger)]
        return subprocess.run(command, capture_output=True, text=True)

    assert check().stdout == f"{casefile.head}\n"
    whole = ledger.read_bytes()
    for old, new in ((b"six men", b"ten men"), (b"Ada", b"Eve")):
        ledger.write_bytes(whole.replace(old, new))
        assert "AssertionError" in check().stderr


def test_the_command_of_the_decision_checks_the_blobs(tmp_path: Path) -> None:
    casefile = small_case(tmp_path / "case")
    (command,) = re.findall(r"`(cd blobs && [^`]+)`", PAGE.read_text("utf-8"))
    run = ["sh", "-c", command]
    try:
        done = subprocess.run(run, cwd=tmp_path / "case", capture_output=True, text=True)
    except FileNotFoundError:
        pytest.skip("no shell here")
    digest = casefile.case().sources["s.report"].sha256
    assert done.stdout == f"sha256/{digest[:2]}/{digest[2:4]}/{digest}: OK\n"
