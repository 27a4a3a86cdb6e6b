"""The same input and `--on` give the same bytes: elsewhere, at another time, by somebody else."""

import os
import subprocess
import sys
from pathlib import Path

import gravamen
from gravamen.instruments.setting import Files
from gravamen.values import sha256

from .conftest import COUNTY


def draft(case: Path, out: Path, *, cwd: Path, **env: str) -> dict[str, str]:
    """Draft in a process of its own; return the digest of each file but those of the record."""
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from gravamen.cli import main; main()",
            "draft",
            os.path.relpath(case, cwd),
            "--on",
            "2024-03-05",
            "--out",
            os.path.relpath(out, cwd),
            "--by",
            env["GRAVAMEN_CLERK"],
        ],
        cwd=cwd,
        env={"PATH": os.defpath, "PYTHONPATH": str(Path(gravamen.__file__).parents[1]), **env},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return {p.name: sha256(p.read_bytes()) for p in sorted(out.glob("*.*"))}


def test_two_runs_give_the_same_bytes_for_every_file(tmp_path: Path) -> None:
    for name in ("a", "b/c"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "tmp").mkdir()
    first = draft(
        COUNTY / "case.yaml",
        tmp_path / "one",
        cwd=tmp_path / "a",
        TZ="UTC",
        LANG="C",
        PYTHONHASHSEED="1",
        GRAVAMEN_CLERK="A. Clerk",
    )
    again = draft(
        COUNTY / "case.yaml",
        tmp_path / "elsewhere" / "two",
        cwd=tmp_path / "b" / "c",
        TZ="Pacific/Kiritimati",
        LANG="tr_TR.UTF-8",
        LC_ALL="C.UTF-8",
        PYTHONHASHSEED="4242",
        HOME="/nonexistent",
        TMPDIR=str(tmp_path / "tmp"),
        GRAVAMEN_CLERK="Somebody Else",
    )

    assert len(first) == 4 * len(Files.__struct_fields__)
    assert again == first


def test_a_run_in_this_process_gives_them_too(drafted: Path, tmp_path: Path) -> None:
    """After whatever other instruments this process has set before."""
    alone = draft(
        COUNTY / "case.yaml", tmp_path / "out", cwd=tmp_path, TZ="Asia/Baku", GRAVAMEN_CLERK="X"
    )
    assert {p.name: sha256(p.read_bytes()) for p in sorted(drafted.glob("*.*"))} == alone


def test_no_file_says_when_or_where_it_was_made(drafted: Path) -> None:
    for path in drafted.glob("*.*"):
        data = path.read_bytes()
        assert b"gravamen-" not in data.replace(b"gravamen-manifest-sha256", b"")
        assert str(drafted).encode() not in data
        assert str(Path.home()).encode() + b"/" not in data
