"""Whoever writes, and whenever it is killed: a case is whole, and holds what it was told to."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from invented import ADA, REPORT, party, small_case, submission

from gravamen.casefile import CaseFile, Named, Opened, RecordError, Sent, verify
from gravamen.casefile.folder import built_beside
from gravamen.proceedings import Dispatch
from gravamen.sources import capture

KILLS = 210
STEPS_AT_MOST = 60


def test_of_two_that_make_the_same_case_one_is_told_so(tmp_path: Path) -> None:
    opened = Opened(id="x", title="x")
    with pytest.raises(RecordError, match="is there already"), built_beside(tmp_path / "case"):
        CaseFile.create(tmp_path / "case", opened, actor=ADA)
    assert [p.name for p in tmp_path.iterdir()] == ["case"]
    assert verify(tmp_path / "case").well


def test_what_a_killed_builder_left_is_removed_by_the_next_and_nothing_else(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, __file__, "abandon", str(tmp_path / "case")])
    assert done.returncode == -signal.SIGKILL
    (left,) = tmp_path.iterdir()
    assert (left / "secret.txt").exists()
    (tmp_path / ".case.settings").mkdir()
    with built_beside(tmp_path / "case") as other:
        (other / "mine.txt").write_text("x")
        small_case(tmp_path / "case")
        assert (other / "mine.txt").exists()
        (other / "mine.txt").unlink()
        (tmp_path / "case").rename(tmp_path / "first")
    assert sorted(p.name for p in tmp_path.iterdir()) == [".case.settings", "case", "first"]


def test_two_open_case_files_see_each_others_entries(tmp_path: Path) -> None:
    one = small_case(tmp_path / "case")
    two = CaseFile.open(tmp_path / "case")
    one.append(Named(party=party("p.one")), actor=ADA)
    two.append(Named(party=party("p.two")), actor=ADA)
    two.erase("p.one", actor=ADA, reason="asked for")
    one.append(Named(party=party("p.three")), actor=ADA)
    assert list(one.case().parties) == ["p.velz", "p.two", "p.three"]
    assert verify(tmp_path / "case").well


def test_a_ledger_that_got_the_inode_and_size_of_the_old_one_is_read_anew(tmp_path: Path) -> None:
    one = small_case(tmp_path / "case")
    one.append(Named(party=party("p.long", "Radomir " * 100)), actor=ADA)
    ledger, kept = one.path / "ledger.jsonl", tmp_path / "kept"
    before = ledger.stat()
    shutil.copytree(one.path, tmp_path / "copy")
    copy = CaseFile.open(tmp_path / "copy")
    copy.erase("p.long", actor=ADA, reason="x")
    lacking = before.st_size - (copy.path / "ledger.jsonl").stat().st_size
    two = CaseFile.open(one.path)
    kept.hardlink_to(ledger)
    one.erase("p.long", actor=ADA, reason="x" * (1 + lacking))
    kept.write_bytes(ledger.read_bytes())
    kept.replace(ledger)
    assert (ledger.stat().st_ino, ledger.stat().st_size) == (before.st_ino, before.st_size)
    two.append(Named(party=party("p.new")), actor=ADA)
    assert list(two.case().parties) == ["p.velz", "p.new"]
    assert verify(one.path).well


def test_two_writers_at_once_never_fork_the_chain(tmp_path: Path) -> None:
    small_case(tmp_path / "case")
    writers = [
        subprocess.Popen([sys.executable, __file__, "write", str(tmp_path / "case"), name])
        for name in ("x", "y")
    ]
    assert [w.wait(timeout=60) for w in writers] == [0, 0]
    case = CaseFile.open(tmp_path / "case").case()
    assert {f"p.{name}.{n}" for name in "xy" for n in range(100)} < set(case.parties)
    seen = verify(tmp_path / "case")
    assert (seen.faults, seen.notices, seen.entries) == ((), (), 7 + 200)


def test_a_writer_killed_at_any_moment_leaves_what_it_was_told_is_kept(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, __file__, "kill", str(tmp_path), str(KILLS)],
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"{KILLS} kills\n"


def test_a_writer_killed_at_any_step_on_the_disk_leaves_the_old_or_the_new(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, __file__, "step", str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert (done.returncode, done.stderr) == (0, "")
    steps = dict(line.split() for line in done.stdout.splitlines())
    assert set(steps) == {"append", "submission", "capture", "erase", "send", "unsend"}
    assert all(int(n) >= 6 for n in steps.values())


def abandon(target: Path) -> None:
    """Begin to build a case, and be killed."""
    with built_beside(target) as building:
        (building / "secret.txt").write_text("Radomir Velz")
        os.kill(os.getpid(), signal.SIGKILL)


def write_hundred(folder: Path, name: str) -> None:
    """Append a hundred parties, one at a time, beside whoever else does."""
    casefile = CaseFile.open(folder)
    for n in range(100):
        casefile.append(Named(party=party(f"p.{name}.{n}")), actor=ADA)


def send(casefile: CaseFile, letter: bytes) -> None:
    """Record that a letter was sent, with the message as it went out."""
    dispatch = Dispatch(
        id="d.1",
        at="2024-03-05",
        instrument="motion",
        channel="hand",
        address="Room 4",
        to="the desk",
        message=casefile.put_blob(letter),
    )
    casefile.append(Sent(dispatch=dispatch), actor=ADA)


def unsend(casefile: CaseFile, letter: bytes) -> None:
    """Send a letter, and then destroy it."""
    send(casefile, letter)
    casefile.erase("d.1", actor=ADA, reason="a test")


def append_for_ever(folder: Path, tell: int) -> None:
    """Append three entries at a time, sources and erasures between, and tell what was returned."""
    casefile = CaseFile.open(folder)
    n = casefile.head.seq
    while True:
        n += 1
        three = (Named(party=party(f"p.{n}.{i}")) for i in range(3))
        head = casefile.append(*three, *submission(), actor=ADA)
        os.write(tell, f"{head}\n".encode())
        if n % 5 == 0:
            source = capture(f"Report {n}.".encode(), id=f"s.{n}", name="report.txt")
            head = casefile.capture(source, actor=ADA)
            os.write(tell, f"{head}\n".encode())
            casefile.erase(f"s.{n}", actor=ADA, reason="a test")
            os.write(tell, f"{casefile.head}\n".encode())
            unsend(casefile, f"Letter {n}.".encode())
            os.write(tell, f"{casefile.head}\n".encode())


def kill_often(base: Path, times: int) -> None:
    """Kill a writer at random moments; after each, all that it was told is kept must be there."""
    chance = random.Random(3)
    for turn in range(times):
        folder = base / f"case-{turn // 30}"
        if not folder.exists():
            small_case(folder)
        hear, tell = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(hear)
            append_for_ever(folder, tell)
        os.close(tell)
        with os.fdopen(hear, "rb") as told:
            # Some answers, so that it is writing, and then a moment that nobody chose.
            returned = [told.readline() for _ in range(chance.randrange(8))]
            time.sleep(chance.uniform(0, 0.004))
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            returned += told.readlines()
        faults = {fault.id for fault in verify(folder).faults}
        assert faults <= {"erased-blob-present"}, faults
        casefile = CaseFile.open(folder)
        seen = verify(folder)
        assert seen.faults == (), seen
        assert {notice.id for notice in seen.notices} <= {"blob-unknown"}, seen
        hashes = {e.header.seq: e.header.hash for e in casefile.entries()}
        for line in returned:
            seq, hash = line.decode().split()
            assert hashes[int(seq)] == hash, "what was told is kept is not there, or another"
        case = casefile.case()
        assert len(case.consents) == len(case.rewordings) == len(case.law_reviews), "torn"
        groups = [p.split(".")[1] for p in case.parties if p != "p.velz"]
        assert all(groups.count(g) == 3 for g in set(groups[-30:])), "an append was torn"


def kill_at_each_step(base: Path) -> None:
    """Kill a writer at its first, second, … write, rename or removal, half of each write done."""
    source = capture(b"A longer report.", id="s.long", name="long.txt")
    acts: dict[str, tuple[Callable[[CaseFile], object], set[int]]] = {
        "append": (
            lambda c: c.append(Named(party=party("p.1")), Named(party=party("p.2")), actor=ADA),
            {7, 9},
        ),
        "submission": (lambda c: c.append(*submission(), actor=ADA), {7, 12}),
        "capture": (lambda c: c.capture(source, actor=ADA), {7, 8}),
        "erase": (lambda c: c.erase("s.report", actor=ADA, reason="a test"), {7, 8}),
        "send": (lambda c: send(c, b"A letter."), {7, 8}),
        "unsend": (lambda c: unsend(c, b"A letter."), {7, 8, 9}),
    }
    for name, (act, ends) in acts.items():
        step = 0
        for step in range(STEPS_AT_MOST):
            folder = base / f"{name}-{step}"
            small_case(folder)
            child = os.fork()
            if child == 0:
                _die_at(step)
                act(CaseFile.open(folder))
                os._exit(0)
            _, status = os.waitpid(child, 0)
            casefile = CaseFile.open(folder)
            seen = verify(folder)
            assert (seen.faults, [n.id for n in seen.notices]) in (((), []), ((), ["blob-unknown"]))
            assert casefile.head.seq in ends, (name, step, casefile.head)
            gone = "s.report" not in casefile.case().texts
            assert gone == (name == "erase" and casefile.head.seq == 8)
            assert gone == (REPORT.encode() not in _all_bytes(folder)), (name, step)
            kept = b"A letter." in _all_bytes(folder)
            if name in ("send", "unsend") and casefile.head.seq > 7:
                assert kept == (casefile.head.seq == 8), (name, step)
            if os.WIFEXITED(status):
                assert casefile.head.seq == max(ends)
                break
        os.write(1, f"{name} {step}\n".encode())


def _all_bytes(folder: Path) -> bytes:
    return b"".join(p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file())


def _die_at(step: int) -> None:
    """Let this process be killed at a step on the disk, counted from 0."""
    left = [step]

    def counted(real: Callable[..., object], half: bool = False) -> Callable[..., object]:
        def call(*args: object, **options: object) -> object:
            if left[0] == 0:
                if half:
                    handle, data = args
                    real(handle, bytes(data)[: len(data) // 2])  # type: ignore[call-overload,arg-type]
                os.kill(os.getpid(), signal.SIGKILL)
            left[0] -= 1
            return real(*args, **options)

        return call

    os.write = counted(os.write, half=True)  # type: ignore[assignment]
    for name in ("rename", "unlink", "fsync", "ftruncate", "fchmod"):
        setattr(os, name, counted(getattr(os, name)))


if __name__ == "__main__":
    what, base = sys.argv[1], Path(sys.argv[2])
    if what == "write":
        write_hundred(base, sys.argv[3])
    elif what == "abandon":
        abandon(base)
    elif what == "kill":
        kill_often(base, int(sys.argv[3]))
        os.write(1, f"{sys.argv[3]} kills\n".encode())
    else:
        kill_at_each_step(base)
