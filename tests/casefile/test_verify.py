"""Verification finds whatever was changed in a record, and names the first entry that differs."""

import json
import os
import random
from collections.abc import Callable, Generator, Iterator
from io import BytesIO
from pathlib import Path

import msgspec
import pytest
from happenings import MESSAGE, full_case
from invented import ADA, READER, REPORT, allegation, claim, party, small_case

from gravamen.casefile import (
    Alleged,
    Attributed,
    CaseFile,
    Fault,
    Head,
    Named,
    Received,
    RecordError,
    verify,
)
from gravamen.casefile.chain import Chain, Header, Step, Tail, seal
from gravamen.values import canonical, sha256

Lines = list[bytes]


def _told(path: Path) -> list[tuple[str, int | None, str | None]]:
    """The faults of a case as id, sequence number and kind."""
    return [(f.id, f.seq, f.kind) for f in verify(path).faults]


def _change(path: Path, how: Callable[[Lines], Lines]) -> list[tuple[str, int | None, str | None]]:
    """The faults after the lines of the ledger were changed."""
    ledger = path / "ledger.jsonl"
    ledger.write_bytes(b"".join(how(ledger.read_bytes().splitlines(keepends=True))))
    with pytest.raises(RecordError):
        CaseFile.open(path)
    return _told(path)


def test_an_unchanged_case_verifies(tmp_path: Path) -> None:
    casefile = small_case(tmp_path / "case")
    seen = verify(tmp_path / "case")
    assert (seen.well, seen.faults, seen.notices) == (True, (), ())
    assert (seen.entries, seen.blobs, seen.head) == (7, 1, casefile.head)
    assert str(seen.head) == f"7 {casefile.head.hash}"


def test_verifying_changes_nothing(tmp_path: Path) -> None:
    small_case(tmp_path / "case")
    ledger = tmp_path / "case" / "ledger.jsonl"
    ledger.write_bytes(ledger.read_bytes() + b'{"body":{')
    (tmp_path / "case" / "lock").unlink()
    before = {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}
    assert [n.id for n in verify(tmp_path / "case").notices] == ["append-interrupted"]
    assert {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()} == before


@pytest.mark.parametrize("bit", [0x01, 0x20, 0x80])
def test_a_bit_flipped_anywhere_in_the_ledger_is_found(tmp_path: Path, bit: int) -> None:
    small_case(tmp_path / "case")
    ledger = tmp_path / "case" / "ledger.jsonl"
    whole = ledger.read_bytes()
    starts = [0, *(at + 1 for at, byte in enumerate(whole) if byte == 0x0A)]
    for at in range(len(whole)):
        ledger.write_bytes(whole[:at] + bytes([whole[at] ^ bit]) + whole[at + 1 :])
        faults = verify(tmp_path / "case").faults
        line = sum(start <= at for start in starts)
        assert faults, f"byte {at}"
        assert faults[0].line == line or faults[0].id in ("entries-cut", "tail-unreadable"), at


def test_a_bit_flipped_anywhere_in_the_head_is_found(tmp_path: Path) -> None:
    small_case(tmp_path / "case")
    head = tmp_path / "case" / "head.json"
    whole = head.read_bytes()
    for at in range(len(whole)):
        head.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert [f.id for f in verify(tmp_path / "case").faults] in (
            ["head-unreadable"],
            ["head-differs"],
            ["entries-cut"],
        )


def test_a_bit_flipped_anywhere_in_a_blob_is_found(tmp_path: Path) -> None:
    casefile = small_case(tmp_path / "case")
    digest = casefile.case().sources["s.report"].sha256
    blob = tmp_path / "case" / "blobs" / "sha256" / digest[:2] / digest[2:4] / digest
    assert blob.stat().st_mode & 0o777 == 0o444
    blob.chmod(0o644)
    for at in range(len(REPORT.encode())):
        changed = bytearray(REPORT.encode())
        changed[at] ^= 0x04
        blob.write_bytes(changed)
        (fault,) = verify(tmp_path / "case").faults
        assert (fault.id, fault.seq, fault.kind, fault.blob) == (
            "blob-differs",
            2,
            "captured",
            digest,
        )
    with pytest.raises(RecordError, match="holds other bytes than its name says"):
        CaseFile.open(tmp_path / "case").case()


def test_a_dropped_line_is_named(tmp_path: Path) -> None:
    small_case(tmp_path / "case")
    found = _change(tmp_path / "case", lambda lines: lines[:2] + lines[3:])
    assert found[0] == ("sequence-differs", 4, "alleged")
    assert "it stands where entry 3 should" in verify(tmp_path / "case").faults[0].message


def test_swapped_lines_are_named(tmp_path: Path) -> None:
    small_case(tmp_path / "case")
    found = _change(tmp_path / "case", lambda x: [*x[:4], x[5], x[4], *x[6:]])
    assert found == [
        ("sequence-differs", 6, "attributed"),
        ("sequence-differs", 5, "attributed"),
        ("sequence-differs", 7, "attributed"),
    ]


def test_a_line_written_twice_is_named(tmp_path: Path) -> None:
    small_case(tmp_path / "case")
    found = _change(tmp_path / "case", lambda x: [*x[:5], x[4], *x[5:]])
    assert found[0] == ("sequence-differs", 5, "attributed")


def test_an_edited_header_is_named(tmp_path: Path) -> None:
    small_case(tmp_path / "case")
    found = _change(
        tmp_path / "case", lambda x: [*x[:2], x[2].replace(b"Ada Marsh", b"Eve Marsh"), *x[3:]]
    )
    assert found == [("header-differs", 3, "named")]
    assert verify(tmp_path / "case").faults[0].message == (
        "Entry 3 (named), line 3 of the ledger: its header is not the one that its hash was made "
        "of."
    )


def test_an_edited_body_is_named(tmp_path: Path) -> None:
    small_case(tmp_path / "case")
    found = _change(
        tmp_path / "case", lambda x: [line.replace(b"six men", b"ten men") for line in x]
    )
    assert found == [
        ("body-differs", 4, "alleged"),
        ("body-differs", 5, "attributed"),
        ("body-differs", 6, "attributed"),
    ]


@pytest.mark.parametrize("cut", [1, 2, 3, 6, 7])
def test_cut_last_lines_are_found_by_the_head(tmp_path: Path, cut: int) -> None:
    small_case(tmp_path / "case")
    found = _change(tmp_path / "case", lambda lines: lines[:-cut])
    # Entries 3 and 4 were appended together, so that one of them alone is not there at all.
    first = 3 if cut == 4 else 8 - cut
    assert found == [("entries-cut", first, None)]


def test_half_of_an_append_is_none_of_it(tmp_path: Path) -> None:
    small_case(tmp_path / "case")
    found = _change(tmp_path / "case", lambda lines: lines[:3])
    assert found == [("entries-cut", 4, None)]
    assert verify(tmp_path / "case").notices == ()
    assert verify(tmp_path / "case").faults[0].message == (
        "The ledger ends with entry 3, and head.json says that it went on to entry 7: entries 4 to "
        "7 are missing at the end. With them go entry 3, of the same append. Restore the ledger "
        "from a copy."
    )


def test_a_ledger_that_breaks_off_is_named_at_the_entry_in_which_it_does(tmp_path: Path) -> None:
    casefile = small_case(tmp_path / "case")
    three = (Named(party=party(f"p.{n}")) for n in range(3))
    casefile.append(*three, actor=ADA)
    ledger = tmp_path / "case" / "ledger.jsonl"
    ledger.write_bytes(ledger.read_bytes()[:-40])
    (fault,) = verify(tmp_path / "case").faults
    assert (fault.id, fault.seq) == ("entries-cut", 10)
    assert "breaks off within entry 10" in fault.message
    assert "With them go entries 8 to 9, of the same append." in fault.message


def test_a_line_that_cannot_be_read_is_named_with_its_place_and_the_kind_it_shows(
    tmp_path: Path,
) -> None:
    small_case(tmp_path / "case")
    found = _change(tmp_path / "case", lambda x: [*x[:4], x[4].replace(b":", b";", 1), *x[5:]])
    assert found == [("line-unreadable", 5, "attributed")]
    (fault,) = verify(tmp_path / "case").faults
    assert fault.message.startswith(
        "Line 5 of the ledger, which should be entry 5 (attributed), is no entry: it cannot be "
        "read (JSON is malformed"
    )
    found = _change(tmp_path / "case", lambda x: [*x[:4], b"\n", *x[5:]])
    assert found == [("line-unreadable", 5, None)]


def test_converted_line_ends_are_said_to_be_that(tmp_path: Path) -> None:
    small_case(tmp_path / "case")
    found = _change(tmp_path / "case", lambda x: [line[:-1] + b"\r\n" for line in x])
    assert found[0] == ("line-unreadable", 1, "opened")
    assert "it ends with CR and LF" in verify(tmp_path / "case").faults[0].message


def test_folders_of_blobs_that_lie_elsewhere_are_a_fault(tmp_path: Path) -> None:
    small_case(tmp_path / "case")
    inner, whole = tmp_path / "case" / "blobs" / "sha256", tmp_path / "case" / "blobs"
    for folder in (inner, whole):
        folder.rename(tmp_path / "elsewhere")
        folder.symlink_to(tmp_path / "elsewhere")
        assert _told(tmp_path / "case") == [("folder-linked", None, None)]
        folder.unlink()
        (tmp_path / "elsewhere").rename(folder)
    assert verify(tmp_path / "case").well


class _Careful(Chain):
    """Reads every line in the slow way, which says what differs."""

    def _quick(
        self, lines: Iterator[bytes], last: Tail, read: int
    ) -> Generator[Step, None, tuple[bytes, Tail, int]]:
        yield from ()
        return next(lines, b""), last, read


def _read(kind: type[Chain], data: bytes, head: Head) -> tuple[object, ...]:
    chain = kind(head=head)
    steps = list(chain.steps(BytesIO(data)))
    return steps, chain.faults, chain.tail, chain.size, chain.torn, chain.last, chain.hash_at_head


def test_the_quick_way_to_read_a_line_finds_all_that_the_careful_one_finds(tmp_path: Path) -> None:
    casefile = small_case(tmp_path / "case")
    casefile.append(Named(party=party(name='Ł "x"')), actor="person:Zoë \\ 'O\"N'")
    casefile.append(*(Named(party=party(f"p.{n}")) for n in range(95)), actor=ADA)
    casefile.append(Named(party=party("p.last")), actor=READER)
    casefile.erase("p.7", actor=ADA, reason="asked for")
    whole, head = (tmp_path / "case" / "ledger.jsonl").read_bytes(), casefile.head
    assert _read(Chain, whole, head) == _read(_Careful, whole, head)
    assert _read(Chain, whole, head)[1] == []
    chance = random.Random(5)
    for _ in range(1500):
        at = chance.randrange(len(whole))
        by = chance.choice(
            (bytes([chance.randrange(256)]), b"", b" ", b"\t", b"0", b'"', b"\\u0041")
        )
        changed = whole[:at] + by + whole[at + chance.randrange(3) :]
        assert _read(Chain, changed, head) == _read(_Careful, changed, head), (at, by)


def test_only_the_first_line_and_erased_ones_are_read_in_the_slow_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    casefile = small_case(tmp_path / "case")
    casefile.append(Named(party=party(name='Ł "x"')), actor="person:Zoë \\ 'O\"N'")
    for n in range(3):
        casefile.append(*(Named(party=party(f"p.{n}.{i}")) for i in range(40)), actor=ADA)
    casefile.erase("p.1.7", actor=ADA, reason="asked for")
    slow, read = Chain._slow, []

    def counted(self: Chain, line: bytes, last: Tail) -> tuple[Step | None, Tail]:
        read.append(last.seq + 1)
        return slow(self, line, last)

    monkeypatch.setattr(Chain, "_slow", counted)
    assert verify(tmp_path / "case").well
    assert read == [1, 8 + 40 + 8]


def test_a_hash_made_anew_breaks_the_chain_at_the_next_entry(tmp_path: Path) -> None:
    small_case(tmp_path / "case")

    def forge(lines: Lines) -> Lines:
        header = msgspec.convert(json.loads(lines[4])["header"], Header)
        body = canonical(Alleged(allegation=allegation("a.forged")))
        forged, _ = seal(
            body,
            kind="alleged",
            tail=Tail(seq=4, hash=header.previous),
            through=5,
            actor=ADA,
            time=header.time,
            salt="0" * 32,
        )
        return [*lines[:4], forged, *lines[5:]]

    assert _change(tmp_path / "case", forge) == [("previous-differs", 6, "attributed")]


def test_a_body_that_is_gone_without_an_erasure_is_named(tmp_path: Path) -> None:
    small_case(tmp_path / "case")

    def blank(lines: Lines) -> Lines:
        line = json.loads(lines[2])
        bare = {**line, "body": None, "salt": None}
        return [*lines[:2], json.dumps(bare, separators=(",", ":")).encode() + b"\n", *lines[3:]]

    assert _change(tmp_path / "case", blank) == [("body-missing", 3, "named")]


def test_an_erased_body_put_back_is_named(tmp_path: Path) -> None:
    casefile = small_case(tmp_path / "case")
    before = (tmp_path / "case" / "ledger.jsonl").read_bytes().splitlines(keepends=True)
    casefile.erase("p.velz", actor=ADA, reason="asked for")
    assert verify(tmp_path / "case").well
    found = _change(tmp_path / "case", lambda x: [*x[:2], before[2], *x[3:]])
    assert found == [("erased-body-present", 3, None)]


def test_an_erased_blob_put_back_is_named_until_the_case_is_opened(tmp_path: Path) -> None:
    casefile = small_case(tmp_path / "case")
    digest = casefile.case().sources["s.report"].sha256
    blob = tmp_path / "case" / "blobs" / "sha256" / digest[:2] / digest[2:4] / digest
    casefile.erase("s.report", actor=ADA, reason="asked for")
    blob.write_bytes(REPORT.encode())
    assert _told(tmp_path / "case") == [("erased-blob-present", 8, "erased")]
    assert "was interrupted and was now finished" in CaseFile.open(tmp_path / "case").notices[0]
    assert not blob.exists()
    assert verify(tmp_path / "case").well


def test_a_missing_blob_is_named(tmp_path: Path) -> None:
    casefile = small_case(tmp_path / "case")
    digest = casefile.case().sources["s.report"].sha256
    blob = tmp_path / "case" / "blobs" / "sha256" / digest[:2] / digest[2:4] / digest
    blob.unlink()
    assert _told(tmp_path / "case") == [("blob-missing", 2, "captured")]
    os.mkfifo(blob)
    assert _told(tmp_path / "case") == [("blob-missing", 2, "captured")]


def test_an_unknown_blob_is_a_notice(tmp_path: Path) -> None:
    casefile = small_case(tmp_path / "case")
    digest = casefile.put_blob(b"named by nobody")
    (tmp_path / "case" / "blobs" / "stray").write_bytes(b"x")
    seen = verify(tmp_path / "case")
    assert seen.faults == ()
    assert [(n.id, digest in n.message) for n in seen.notices] == [
        ("blob-unknown", False),
        ("blob-unknown", True),
    ]


def _append_forged(path: Path, body: bytes, kind: str) -> None:
    """Append an entry that the record would refuse, with hashes as they should be."""
    head = msgspec.json.decode((path / "head.json").read_bytes(), type=Head)
    line, tail = seal(
        body,
        kind=kind,
        tail=Tail(seq=head.seq, hash=head.hash),
        through=head.seq + 1,
        actor=ADA,
        time="2024-03-05T09:30:00Z",
        salt="0" * 32,
    )
    with (path / "ledger.jsonl").open("ab") as ledger:
        ledger.write(line)
    moved = Head(seq=tail.seq, hash=tail.hash or "")
    (path / "head.json").write_bytes(canonical(moved) + b"\n")


def test_an_unknown_kind_of_entry_is_named(tmp_path: Path) -> None:
    small_case(tmp_path / "case")
    _append_forged(tmp_path / "case", b'{"kind":"ratified"}', "ratified")
    (fault, *_) = verify(tmp_path / "case").faults
    assert (fault.id, fault.seq, fault.kind) == ("kind-unknown", 8, "ratified")
    with pytest.raises(RecordError, match="does not know the kind 'ratified'"):
        CaseFile.open(tmp_path / "case")


def test_a_body_of_another_kind_or_form_than_its_header_says_is_named(tmp_path: Path) -> None:
    for n, body in enumerate(
        (
            canonical(Named(party=party())),
            b'{"kind":"alleged","allegation":{}}',
            b"[" * 5000 + b"]" * 5000,
        )
    ):
        path = tmp_path / f"case-{n}"
        small_case(path)
        _append_forged(path, body, "alleged")
        (fault, *_) = verify(path).faults
        assert fault.id in ("body-unreadable", "line-unreadable")
        assert fault.line == 8


def test_a_quote_that_its_source_does_not_say_is_named(tmp_path: Path) -> None:
    casefile = small_case(tmp_path / "case")
    made = claim(casefile.case().texts["s.report"], "six men", id="c.forged")
    false = msgspec.structs.replace(made.passage, exact="ten men")
    body = canonical(Attributed(claim=msgspec.structs.replace(made, passage=false)))
    _append_forged(tmp_path / "case", body, "attributed")
    assert verify(tmp_path / "case").faults == (
        Fault(
            id="quote-not-in-source",
            message="Entry 8 (attributed): c.forged quotes 'ten men', which does not stand in "
            "s.report at character 12.",
            seq=8,
            kind="attributed",
        ),
    )


def test_an_emptied_ledger_is_a_fault(tmp_path: Path) -> None:
    small_case(tmp_path / "case")
    (tmp_path / "case" / "ledger.jsonl").write_bytes(b"")
    assert _told(tmp_path / "case") == [("entries-cut", 1, None)]
    (tmp_path / "case" / "head.json").write_bytes(canonical(Head(seq=0, hash="0" * 64)) + b"\n")
    assert _told(tmp_path / "case") == [("ledger-empty", None, None)]
    with pytest.raises(RecordError, match="opens no case"):
        CaseFile.open(tmp_path / "case")


def test_what_is_no_case_cannot_be_verified(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="There is no case folder"):
        verify(tmp_path / "none")
    with pytest.raises(RecordError, match=r"it has no ledger\.jsonl"):
        verify(tmp_path)


def test_a_folder_that_may_only_be_read_can_be_verified(tmp_path: Path) -> None:
    small_case(tmp_path / "case")
    (tmp_path / "case" / "lock").chmod(0o444)
    (tmp_path / "case").chmod(0o555)
    try:
        assert verify(tmp_path / "case").well
    finally:
        (tmp_path / "case").chmod(0o755)


def test_a_message_that_is_missing_or_changed_is_named_with_its_entry(tmp_path: Path) -> None:
    casefile, _ = full_case(tmp_path / "case")
    seq = next(e.header.seq for e in casefile.entries() if e.header.kind == "sent")
    blob = next((tmp_path / "case").rglob(sha256(MESSAGE)))
    blob.chmod(0o600)
    blob.write_bytes(MESSAGE + b" ")
    assert _told(tmp_path / "case") == [("blob-differs", seq, "sent")]
    blob.unlink()
    (fault,) = verify(tmp_path / "case").faults
    assert (fault.id, fault.seq, fault.kind) == ("blob-missing", seq, "sent")
    assert f"which entry {seq} (sent) names, cannot be read" in fault.message


def test_an_answer_whose_words_its_source_does_not_have_is_named(tmp_path: Path) -> None:
    casefile, made = full_case(tmp_path / "case")
    (answer,) = made["y.1"].answers
    false = msgspec.structs.replace(answer.passage, exact="The ministry admits it.")
    answers = (msgspec.structs.replace(answer, passage=false),)
    forged = Received(reply=msgspec.structs.replace(made["y.1"], answers=answers))
    _append_forged(tmp_path / "case", canonical(forged), "received")
    (fault,) = verify(tmp_path / "case").faults
    assert (fault.id, fault.kind, fault.seq) == (
        "quote-not-in-source",
        "received",
        casefile.head.seq + 1,
    )
