"""The ledger keeps what it was given, all or nothing, whoever writes and whenever it is killed."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import msgspec
import pytest
from invented import ADA, NOW, READER, REPORT, allegation, claim, party, small_case

from gravamen.case import Judgement
from gravamen.casefile import (
    Alleged,
    Attributed,
    Captured,
    CaseFile,
    Drafted,
    Erased,
    Judged,
    Named,
    Opened,
    RecordError,
    verify,
)
from gravamen.sources import SourceError, capture, locate

KILLS = 210
STEPS_AT_MOST = 60


def test_what_is_recorded_is_there_when_the_case_is_opened_again(tmp_path: Path) -> None:
    casefile = small_case(tmp_path / "case")
    again = CaseFile.open(tmp_path / "case")
    assert again.case() == casefile.case()
    assert again.head == casefile.head
    assert again.notices == ()
    case = again.case()
    assert list(case.claims) == ["c.0", "c.1", "c.2"]
    assert case.texts["s.report"].text == REPORT
    assert case.proposed_by == {"c.1": READER, "c.2": READER}
    assert again.blob(case.sources["s.report"].sha256) == REPORT.encode()


def test_headers_say_who_what_and_when(tmp_path: Path) -> None:
    entries = list(small_case(tmp_path / "case").entries())
    assert [(e.header.seq, e.header.kind, e.header.actor, e.header.through) for e in entries] == [
        (1, "opened", ADA, 1),
        (2, "captured", ADA, 2),
        (3, "named", ADA, 4),
        (4, "alleged", ADA, 4),
        (5, "attributed", ADA, 5),
        (6, "attributed", READER, 6),
        (7, "attributed", READER, 7),
    ]
    assert {e.header.time for e in entries} == {"2024-03-05T09:30:00Z"}
    assert entries[3].entry == Alleged(allegation=allegation())


def test_recording_an_id_again_supersedes_it_in_its_place(tmp_path: Path) -> None:
    casefile = small_case(tmp_path / "case")
    casefile.append(Alleged(allegation=allegation("a.gate")), actor=ADA)
    casefile.append(Alleged(allegation=allegation(text="guards beat seven men")), actor=ADA)
    assert list(casefile.case().allegations) == ["a.yard", "a.gate"]
    assert casefile.case().allegations["a.yard"].text == "guards beat seven men"


def test_a_value_of_the_case_is_not_changed_by_later_entries(tmp_path: Path) -> None:
    casefile = small_case(tmp_path / "case")
    before = casefile.case()
    casefile.append(Named(party=party("p.other")), actor=ADA)
    assert "p.other" not in before.parties


def test_what_a_person_records_anew_is_no_proposal_any_more(tmp_path: Path) -> None:
    casefile = small_case(tmp_path / "case")
    casefile.append(Attributed(claim=casefile.case().claims["c.1"]), actor=ADA)
    assert casefile.case().proposed_by == {"c.2": READER}


def test_a_judgement_takes_its_person_and_day_from_the_header(tmp_path: Path) -> None:
    casefile = small_case(tmp_path / "case")
    casefile.append(
        Judged(judgement=Judgement(target="c.1", verdict="accepted")), actor=ADA, now=NOW
    )
    assert casefile.case().judgements == (
        Judgement(target="c.1", verdict="accepted", by=ADA, on="2024-03-05"),
    )
    assert casefile.case().reviewed("c.1")
    assert not casefile.case().reviewed("c.2")


def _refused(casefile: CaseFile, act: Callable[[], object], words: str) -> None:
    """An act is refused in these words, and leaves case and folder as they were."""
    head, case = casefile.head, casefile.case()
    ledger = (casefile.path / "ledger.jsonl").read_bytes()
    with pytest.raises(RecordError, match=words):
        act()
    assert (casefile.path / "ledger.jsonl").read_bytes() == ledger
    assert (casefile.head, casefile.case()) == (head, case)


def test_what_breaks_a_rule_is_refused_and_nothing_of_its_batch_is_recorded(tmp_path: Path) -> None:
    casefile = small_case(tmp_path / "case")
    text = casefile.case().texts["s.report"]
    good = Named(party=party("p.new"))

    def refuse(entry: object, words: str, actor: str = ADA) -> None:
        _refused(casefile, lambda: casefile.append(good, entry, actor=actor), words)

    quoted = claim(text, "six men", id="c.new")
    moved = msgspec.structs.replace(quoted.passage, start=0, end=7)
    false = msgspec.structs.replace(quoted.passage, exact="ten men")
    nowhere = msgspec.structs.replace(quoted.passage, source="s.none")
    change = msgspec.structs.replace
    refuse(Attributed(claim=change(quoted, passage=moved)), "'six men', which does not stand in")
    refuse(Attributed(claim=change(quoted, passage=false)), "'ten men', which does not stand in")
    refuse(Attributed(claim=change(quoted, passage=nowhere)), "'s.none', which is not there")
    refuse(Attributed(claim=change(quoted, about="a.none")), "about 'a.none', which is not there")
    refuse(Attributed(claim=change(quoted, said_on="2024-02-30")), "not a day of the calendar")
    refuse(Attributed(claim=change(quoted, mode="rumour")), "cannot be recorded: Invalid enum")
    refuse(Attributed(claim=change(quoted, id="p.velz")), "something of another kind")
    refuse(Alleged(allegation=allegation("a b")), "'a b' is no id")
    refuse(Alleged(allegation=allegation("entry:4")), "'entry:4' is no id")
    refuse(Alleged(allegation=allegation("a.\ud800")), "cannot be recorded")
    refuse(Opened(id="other", title="x"), "cannot become 'other'")
    refuse(Erased(erasures=(), entries=(3,)), "call erase")
    refuse(Judged(judgement=Judgement(target="c.9", verdict="accepted")), "'c.9', which is not")
    changed = Alleged(allegation=allegation(text="nothing happened"))
    refuse(changed, "A person recorded or judged 'a.yard'", actor=READER)
    refuse(Drafted(instrument="motion", on="x"), "is no actor", actor="Ada")
    judged = Judged(judgement=Judgement(target="c.1", verdict="accepted"))
    refuse(judged, "the machine proposes, a person decides", actor=READER)


def test_a_machine_may_not_change_what_a_person_judged(tmp_path: Path) -> None:
    casefile = small_case(tmp_path / "case")
    text = casefile.case().texts["s.report"]
    other = Attributed(claim=claim(text, "six men", id="c.1"))
    casefile.append(other, actor=READER)
    casefile.append(Judged(judgement=Judgement(target="c.1", verdict="accepted")), actor=ADA)
    changed = Attributed(claim=claim(text, "the yard", id="c.1"))
    _refused(casefile, lambda: casefile.append(changed, actor=READER), "judged 'c.1'")
    casefile.append(other, actor=READER)
    assert casefile.case().reviewed("c.1")


def test_what_was_captured_never_changes(tmp_path: Path) -> None:
    casefile = small_case(tmp_path / "case")
    other = capture(b"Nobody was beaten.", id="s.report", name="report.txt")
    _refused(casefile, lambda: casefile.capture(other, actor=ADA), "never changes")
    again = capture(REPORT.encode(), id="s.report", name="report.txt", publisher="The Observatory")
    casefile.capture(again, actor=ADA)
    assert casefile.case().sources["s.report"].publisher == "The Observatory"
    source = msgspec.structs.replace(other.source, id="s.bare")
    _refused(casefile, lambda: casefile.append(Captured(source=source), actor=ADA), "its text")


def test_a_source_is_not_recorded_before_its_bytes_are_kept(tmp_path: Path) -> None:
    casefile = small_case(tmp_path / "case")
    other = CaseFile.create(tmp_path / "other", Opened(id="o", title="o"), actor=ADA)
    entry = other.keep(capture(b"Elsewhere.", id="s.else", name="else.txt"))
    _refused(casefile, lambda: casefile.append(entry, actor=ADA), "keep its bytes first")


def test_a_time_without_zone_is_refused(tmp_path: Path) -> None:
    casefile = small_case(tmp_path / "case")
    naive = datetime(2024, 1, 1)  # noqa: DTZ001 - what is refused here
    _refused(casefile, lambda: casefile.append(Named(party=party()), actor=ADA, now=naive), "zone")


def test_a_case_is_not_made_over_anything(tmp_path: Path) -> None:
    small_case(tmp_path / "case")
    before = (tmp_path / "case" / "ledger.jsonl").read_bytes()
    for taken in (tmp_path / "case", tmp_path / "case" / "lock"):
        with pytest.raises(RecordError, match="is there already"):
            CaseFile.create(taken, Opened(id="x", title="x"), actor=ADA)
    assert (tmp_path / "case" / "ledger.jsonl").read_bytes() == before
    with pytest.raises(RecordError, match="is no actor"):
        CaseFile.create(tmp_path / "new", Opened(id="x", title="x"), actor="Ada")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["case"]


def test_what_is_no_case_is_refused_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="There is no case folder"):
        CaseFile.open(tmp_path / "none")
    with pytest.raises(RecordError, match=r"it has no ledger\.jsonl"):
        CaseFile.open(tmp_path)
    small_case(tmp_path / "case")
    ledger, head = tmp_path / "case" / "ledger.jsonl", tmp_path / "case" / "head.json"
    whole = ledger.read_bytes()
    ledger.write_bytes(whole.replace(b"gravamen.record/1", b"gravamen.record/2"))
    with pytest.raises(RecordError, match=r"'gravamen\.record/2', which a newer Gravamen writes"):
        CaseFile.open(tmp_path / "case")
    ledger.write_bytes(whole)
    head.unlink()
    with pytest.raises(RecordError, match=r"head\.json cannot be read"):
        CaseFile.open(tmp_path / "case")
    ledger.unlink()
    ledger.symlink_to("/dev/zero")
    with pytest.raises(RecordError, match="is a link"):
        CaseFile.open(tmp_path / "case")
    ledger.unlink()
    os.mkfifo(ledger)
    with pytest.raises(RecordError, match="is no plain file"):
        CaseFile.open(tmp_path / "case")


def test_an_append_cut_short_at_any_byte_is_taken_back_and_said(tmp_path: Path) -> None:
    casefile = small_case(tmp_path / "case")
    ledger, head = casefile.path / "ledger.jsonl", casefile.path / "head.json"
    before, head_before, case = ledger.read_bytes(), head.read_bytes(), casefile.case()
    casefile.append(Named(party=party("p.one")), Named(party=party("p.two")), actor=ADA)
    after = ledger.read_bytes()
    for size in range(len(before) + 1, len(after)):
        ledger.write_bytes(after[:size])
        head.write_bytes(head_before)
        seen = verify(casefile.path)
        assert (seen.faults, [n.id for n in seen.notices]) == ((), ["append-interrupted"])
        opened = CaseFile.open(casefile.path)
        assert opened.case() == case
        assert len(opened.notices) == 1
        assert f"its {size - len(before)} bytes after entry 7 were removed" in opened.notices[0]
        assert ledger.read_bytes() == before
        assert verify(casefile.path).notices == ()


def test_an_append_that_is_whole_but_for_the_head_is_kept_and_said(tmp_path: Path) -> None:
    casefile = small_case(tmp_path / "case")
    head = casefile.path / "head.json"
    head_before = head.read_bytes()
    casefile.append(Named(party=party("p.one")), Named(party=party("p.two")), actor=ADA)
    head.write_bytes(head_before)
    assert [n.id for n in verify(casefile.path).notices] == ["head-behind"]
    opened = CaseFile.open(casefile.path)
    assert opened.case() == casefile.case()
    assert "Entries 8 to 9 were written whole" in opened.notices[0]
    assert CaseFile.open(casefile.path).notices == ()


def test_bytes_that_are_no_beginning_of_an_entry_are_never_removed(tmp_path: Path) -> None:
    casefile = small_case(tmp_path / "case")
    ledger = casefile.path / "ledger.jsonl"
    whole = ledger.read_bytes()
    for strange in (b"x", b'{"bodx', b"\0\0", b"\n", b"{}\n", whole.splitlines()[-1] + b"\n"):
        ledger.write_bytes(whole + strange)
        assert verify(casefile.path).faults != ()
        with pytest.raises(RecordError, match="does not verify"):
            CaseFile.open(casefile.path)
        assert ledger.read_bytes() == whole + strange


def test_a_full_disk_leaves_the_record_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    casefile = small_case(tmp_path / "case")
    write = os.write

    def full(handle: int, data: bytes) -> int:
        if len(data) < 100:
            raise OSError(28, "No space left on device")
        return write(handle, bytes(data)[:90])

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(RecordError, match="No space left on device"):
        casefile.append(Named(party=party("p.one")), actor=ADA)
    monkeypatch.undo()
    assert verify(casefile.path).notices == ()
    casefile.append(Named(party=party("p.two")), actor=ADA)
    assert list(casefile.case().parties) == ["p.velz", "p.two"]
    assert verify(casefile.path).well


def test_two_open_case_files_see_each_others_entries(tmp_path: Path) -> None:
    one = small_case(tmp_path / "case")
    two = CaseFile.open(tmp_path / "case")
    one.append(Named(party=party("p.one")), actor=ADA)
    two.append(Named(party=party("p.two")), actor=ADA)
    two.erase("p.one", actor=ADA, reason="asked for")
    one.append(Named(party=party("p.three")), actor=ADA)
    assert list(one.case().parties) == ["p.velz", "p.two", "p.three"]
    assert verify(tmp_path / "case").well


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
    assert set(steps) == {"append", "capture", "erase"}
    assert all(int(n) >= 6 for n in steps.values())


def write_hundred(folder: Path, name: str) -> None:
    """Append a hundred parties, one at a time, beside whoever else does."""
    casefile = CaseFile.open(folder)
    for n in range(100):
        casefile.append(Named(party=party(f"p.{name}.{n}")), actor=ADA)


def append_for_ever(folder: Path, tell: int) -> None:
    """Append three entries at a time, sources and erasures between, and tell what was returned."""
    casefile = CaseFile.open(folder)
    n = casefile.head.seq
    while True:
        n += 1
        three = (Named(party=party(f"p.{n}.{i}")) for i in range(3))
        head = casefile.append(*three, actor=ADA)
        os.write(tell, head.seq.to_bytes(8, "big"))
        if n % 5 == 0:
            source = capture(f"Report {n}.".encode(), id=f"s.{n}", name="report.txt")
            head = casefile.capture(source, actor=ADA)
            os.write(tell, head.seq.to_bytes(8, "big"))
            casefile.erase(f"s.{n}", actor=ADA, reason="a test")
            os.write(tell, casefile.head.seq.to_bytes(8, "big"))


def kill_often(base: Path, times: int) -> None:
    """Kill a writer at random moments; after each, all that it was told is kept must be there."""
    chance, answered = random.Random(3), 0
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
        time.sleep(chance.uniform(0.001, 0.03))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        with os.fdopen(hear, "rb") as told:
            returned = int.from_bytes(told.read()[-8:], "big")
        answered += returned > 0
        casefile = CaseFile.open(folder)
        seen = verify(folder)
        assert seen.faults == (), seen
        assert {notice.id for notice in seen.notices} <= {"blob-unknown"}, seen
        assert casefile.head.seq >= returned
        groups = [p.split(".")[1] for p in casefile.case().parties if p != "p.velz"]
        assert all(groups.count(g) == 3 for g in set(groups[-30:])), "an append was torn"
    assert answered > times / 2, "most writers were killed before they had written anything"


def kill_at_each_step(base: Path) -> None:
    """Kill a writer at its first, second, … write, rename or removal, half of each write done."""
    source = capture(b"A longer report.", id="s.long", name="long.txt")
    acts: dict[str, tuple[Callable[[CaseFile], object], set[int]]] = {
        "append": (
            lambda c: c.append(Named(party=party("p.1")), Named(party=party("p.2")), actor=ADA),
            {7, 9},
        ),
        "capture": (lambda c: c.capture(source, actor=ADA), {7, 8}),
        "erase": (lambda c: c.erase("s.report", actor=ADA, reason="a test"), {7, 8}),
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


def test_a_quote_that_is_not_there_cannot_even_be_located(tmp_path: Path) -> None:
    text = small_case(tmp_path / "case").case().texts["s.report"]
    with pytest.raises(SourceError, match="does not occur in s.report"):
        locate("s.report", text, "Guards beat ten men")


if __name__ == "__main__":
    what, base = sys.argv[1], Path(sys.argv[2])
    if what == "write":
        write_hundred(base, sys.argv[3])
    elif what == "kill":
        kill_often(base, int(sys.argv[3]))
        os.write(1, f"{sys.argv[3]} kills\n".encode())
    else:
        kill_at_each_step(base)
