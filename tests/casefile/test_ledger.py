"""The ledger keeps what it was given, all or nothing, and refuses what breaks a rule."""

import os
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
    Entry,
    Erased,
    Judged,
    Named,
    Opened,
    RecordError,
    export_case,
    verify,
)
from gravamen.claims import Quantity
from gravamen.parties import Name
from gravamen.sources import SourceError, capture, locate


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


def _all_bytes(folder: Path) -> bytes:
    return b"".join(p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file())


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


def test_a_line_changed_after_the_case_was_opened_is_neither_passed_over_nor_lost(
    tmp_path: Path,
) -> None:
    casefile = small_case(tmp_path / "case")
    ledger = casefile.path / "ledger.jsonl"
    changed = ledger.read_bytes().replace(b"guards beat six", b"guards beat ten")
    ledger.write_bytes(changed)
    for act in (
        casefile.entries,
        lambda: casefile.erase("c.2", actor=ADA, reason="asked for"),
    ):
        with pytest.raises(RecordError, match=r"does not verify\. Entry 4 \(alleged\)"):
            act()
    assert ledger.read_bytes() == changed


def test_entries_can_be_recorded_while_older_ones_are_gone_through(tmp_path: Path) -> None:
    casefile = small_case(tmp_path / "case")
    for happened in casefile.entries():
        casefile.append(Named(party=party(f"p.{happened.header.seq}")), actor=ADA)
    assert casefile.head.seq == 14
    next(casefile.entries())
    assert verify(tmp_path / "case").well


def test_a_capture_that_is_refused_leaves_no_bytes_behind(tmp_path: Path) -> None:
    casefile = small_case(tmp_path / "case")
    kept = casefile.put_blob(b"Kept before by somebody else.")
    before = _all_bytes(tmp_path)
    same = capture(b"Kept before by somebody else.", id="s.same", name="same.txt")
    other = capture(b"Nobody was beaten.", id="s.report", name="report.txt")
    both = msgspec.structs.replace(same, children=(other,))
    _refused(casefile, lambda: casefile.capture(other, actor=ADA), "never changes")
    _refused(casefile, lambda: casefile.capture(both, actor=ADA), "never changes")
    _refused(casefile, lambda: casefile.capture(same, actor="Ada"), "is no actor")
    assert _all_bytes(tmp_path) == before
    assert casefile.blob(kept) == b"Kept before by somebody else."


def test_what_means_nothing_is_refused(tmp_path: Path) -> None:
    casefile = small_case(tmp_path / "case")

    def refuse(entry: Entry, words: str) -> None:
        _refused(casefile, lambda: casefile.append(entry, actor=ADA), words)

    change = msgspec.structs.replace
    for names in ((), (Name(text=" "),)):
        refuse(Named(party=change(party("p.none"), names=names)), "p.none has no name; write at")
    for quantity, words in (
        (Quantity(value=20, bound="range"), "from 20 without its upper end; write high"),
        (Quantity(value=20, bound="range", high=10), "from 20 down to 10; write the lower end"),
        (Quantity(value=20, bound="gt", high=30), r"has a high end \(30\); write bound: range"),
        (Quantity(value=float("inf")), "cannot be recorded: Expected `float`, got `null`"),
    ):
        refuse(Alleged(allegation=change(allegation(), quantity=quantity)), words)


def test_a_case_whose_blobs_lie_elsewhere_is_not_opened(tmp_path: Path) -> None:
    small_case(tmp_path / "case")
    blobs = tmp_path / "case" / "blobs"
    blobs.rename(tmp_path / "elsewhere")
    blobs.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(RecordError, match="blobs is a link; put the folder itself in its place"):
        CaseFile.open(tmp_path / "case")
    blobs.unlink()
    blobs.write_text("no folder")
    with pytest.raises(RecordError, match=r"cannot be read \(Not a directory\); restore it"):
        CaseFile.open(tmp_path / "case").case()


def test_a_full_disk_makes_no_case_and_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    casefile = small_case(tmp_path / "case")

    def full(handle: int, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(RecordError, match="No space left on device"):
        CaseFile.create(tmp_path / "new", Opened(id="x", title="x"), actor=ADA)
    with pytest.raises(RecordError, match=r"text cannot be made \(No space left on device\)"):
        export_case(casefile, tmp_path / "text")
    monkeypatch.undo()
    assert [p.name for p in tmp_path.iterdir()] == ["case"]


def test_a_quote_that_is_not_there_cannot_even_be_located(tmp_path: Path) -> None:
    text = small_case(tmp_path / "case").case().texts["s.report"]
    with pytest.raises(SourceError, match="does not occur in s.report"):
        locate("s.report", text, "Guards beat ten men")


def test_what_is_kept_for_entries_that_are_refused_does_not_stay(tmp_path):
    casefile = CaseFile.create(tmp_path / "case", Opened(id="c", title="C"), actor="person:Ada")
    before = casefile.put_blob(b"kept before")

    with pytest.raises(RecordError), casefile.all_or_none():
        again, new = casefile.put_blob(b"kept before"), casefile.put_blob(b"new")
        casefile.append(
            Judged(judgement=Judgement(target="nothing", verdict="accepted")), actor="person:Ada"
        )

    assert again == before
    left = {p.name for p in (tmp_path / "case" / "blobs").rglob("*") if p.is_file()}
    assert left == {before}
    assert new not in left


def test_what_rests_on_a_record_is_not_done_once_somebody_recorded_more(tmp_path: Path) -> None:
    here = small_case(tmp_path / "case")
    there, since, done = CaseFile.open(here.path), here.head, []
    with here.unchanged(since):
        done.append("in time")
    there.append(Named(party=party("p.new", "Ada New")), actor=ADA)

    with (
        pytest.raises(RecordError, match="changed while this was made ready"),
        here.unchanged(since),
    ):
        done.append("too late")

    assert done == ["in time"]
