"""What is erased is gone from the folder, the record says so, and the chain still verifies."""

from pathlib import Path

import msgspec
import pytest
from happenings import MESSAGE, full_case
from invented import ADA, NOW, READER, REPORT, allegation, party, small_case

from gravamen.case import Erasure, Judgement
from gravamen.casefile import (
    Adopted,
    Alleged,
    CaseFile,
    Docketed,
    Judged,
    Named,
    Opened,
    Proposed,
    RecordError,
    Sent,
    verify,
)
from gravamen.proceedings import Ballot
from gravamen.reading.proposal import Read, Reading
from gravamen.sources import capture
from gravamen.values import sha256


def _bytes_of(folder: Path) -> bytes:
    return b"".join(p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file())


def _reading(text: str) -> Reading:
    read = Read(sha256=sha256(text.encode()), chars=len(text))
    return Reading(reader="gravamen.reading/1", source=read, proposals=())


def test_an_erased_thing_is_gone_with_all_its_versions(tmp_path: Path) -> None:
    casefile = small_case(tmp_path / "case")
    casefile.append(Named(party=party(name="Radomir Velz the Younger")), actor=ADA)
    before = casefile.head
    done = casefile.erase("p.velz", actor=ADA, reason="The witness withdrew consent", now=NOW)
    assert b"Radomir" not in _bytes_of(tmp_path)
    assert done.erased.entries == (3, 8)
    seen = verify(tmp_path / "case")
    assert (seen.faults, seen.notices, seen.entries) == ((), (), 9)
    case = CaseFile.open(tmp_path / "case").case()
    assert case.parties == {}
    assert case.erasures == (
        Erasure(target="p.velz", by=ADA, on="2024-03-05", reason="The witness withdrew consent"),
    )
    entries = list(casefile.entries())
    assert [e.header.seq for e in entries if e.entry is None] == [3, 8]
    assert entries[before.seq - 1].header.hash == before.hash


def test_erasing_a_source_destroys_its_bytes_its_text_and_its_readings(tmp_path: Path) -> None:
    casefile = small_case(tmp_path / "case")
    mail = capture(b"First line.\r\nSecond line.\r\n", id="s.letter", name="letter.txt")
    casefile.capture(mail, actor=ADA)
    casefile.append(
        Proposed(source="s.letter", reading=_reading(mail.text.text)), actor=READER, now=NOW
    )
    done = casefile.erase("s.letter", actor=ADA, reason="asked for")
    digests = {mail.source.sha256, mail.text.sha256}
    assert (set(done.erased.blobs), done.erased.entries) == (digests, (9,))
    assert len(digests) == 2
    assert b"Second line" not in _bytes_of(tmp_path)
    case = CaseFile.open(tmp_path / "case").case()
    assert case.sources["s.letter"] == mail.source
    assert "s.letter" not in case.texts
    assert verify(tmp_path / "case").well
    for digest in digests:
        with pytest.raises(RecordError, match="was erased; entry 10 says by whom and why"):
            casefile.blob(digest)


def test_what_still_quotes_or_names_the_erased_is_said(tmp_path: Path) -> None:
    casefile = small_case(tmp_path / "case")
    casefile.append(Alleged(allegation=allegation(text="Radomir Velz beat six men")), actor=ADA)
    claims = ("entry 5 (attributed c.0)", "entry 6 (attributed c.1)", "entry 7 (attributed c.2)")
    assert casefile.erase("s.report", actor=ADA, reason="asked for").remains == claims
    named = casefile.erase("p.velz", actor=ADA, reason="asked for").remains
    assert named == (*claims, "entry 8 (alleged a.yard)")


def test_a_source_in_whose_text_the_words_of_the_erased_stand_is_said(tmp_path: Path) -> None:
    casefile = small_case(tmp_path / "case")
    casefile.capture(capture(b"Radomir Velz was there.", id="s.w", name="w.txt"), actor=ADA)
    named = casefile.erase("p.velz", actor=ADA, reason="asked for").remains
    assert named[0] == "s.w (in its text)"
    quoted = casefile.erase("c.0", actor=ADA, reason="asked for").remains
    assert quoted == ("s.report (in its text)",)


def test_the_mail_in_which_an_erased_attachment_came_is_said(tmp_path: Path) -> None:
    casefile = small_case(tmp_path / "case")
    annex = capture(b"The annex.", id="s.mail.1", name="annex.txt", parent="s.mail")
    mail = capture(b"See the annex.", id="s.mail", name="mail.txt")
    casefile.capture(msgspec.structs.replace(mail, children=(annex,)), actor=ADA)
    done = casefile.erase("s.mail.1", actor=ADA, reason="asked for")
    assert done.remains == ("s.mail (what was erased came in it)",)
    other = CaseFile.create(tmp_path / "other", Opened(id="o", title="o"), actor=ADA)
    other.capture(msgspec.structs.replace(mail, children=(annex,)), actor=ADA)
    done = other.erase("s.mail", actor=ADA, reason="asked for")
    assert done.remains[0] == "s.mail.1 (it came in s.mail)"


def test_sources_with_the_same_bytes_are_erased_together(tmp_path: Path) -> None:
    casefile = small_case(tmp_path / "case")
    casefile.capture(capture(REPORT.encode(), id="s.copy", name="copy.txt"), actor=ADA)
    digest = casefile.case().sources["s.copy"].sha256
    casefile.erase(f"blob:{digest}", actor=ADA, reason="asked for")
    assert [e.target for e in casefile.case().erasures] == ["s.report", "s.copy"]
    assert casefile.case().texts == {}
    assert verify(tmp_path / "case").well
    with pytest.raises(RecordError, match=r"The words of s\.copy were erased before"):
        casefile.erase("s.copy", actor=ADA, reason="asked for")


def test_sources_without_words_have_nothing_in_common(tmp_path: Path) -> None:
    casefile = small_case(tmp_path / "case")
    picture = capture(b"A picture.", id="s.1", name="1.txt")
    wordless = msgspec.structs.replace(picture.text, text="")
    for n in (1, 2):
        data = f"Picture {n}.".encode()
        source = msgspec.structs.replace(picture.source, id=f"s.{n}", sha256=sha256(data))
        taken = msgspec.structs.replace(picture, source=source, data=data, text=wordless)
        casefile.capture(taken, actor=ADA)
    casefile.erase("s.1", actor=ADA, reason="asked for")
    assert [e.target for e in casefile.case().erasures] == ["s.1"]
    assert casefile.case().texts.keys() == {"s.report", "s.2"}
    assert verify(tmp_path / "case").faults == ()


def test_what_was_erased_can_be_captured_again(tmp_path: Path) -> None:
    casefile = small_case(tmp_path / "case")
    casefile.erase("s.report", actor=ADA, reason="asked for")
    casefile.capture(capture(REPORT.encode(), id="s.report", name="report.txt"), actor=ADA)
    again = CaseFile.open(tmp_path / "case")
    assert again.notices == ()
    assert again.case().texts["s.report"].text == REPORT
    assert verify(tmp_path / "case").well


def test_an_older_version_a_judgement_or_a_blob_nobody_names_can_be_erased(tmp_path: Path) -> None:
    casefile = small_case(tmp_path / "case")
    casefile.append(Named(party=party(name="R. V.")), actor=ADA)
    judgement = Judgement(target="c.1", verdict="accepted", reason="Radomir told me")
    casefile.append(Judged(judgement=judgement), actor=ADA)
    digest = casefile.put_blob(b"Radomir, by mistake")
    casefile.append(Opened(id="yard", title="Another title"), actor=ADA)
    for target in ("entry:3", "entry:9", f"blob:{digest}", "entry:1"):
        casefile.erase(target, actor=ADA, reason="asked for")
    assert b"Radomir" not in _bytes_of(tmp_path)
    assert b"The yard" not in _bytes_of(tmp_path)
    case = CaseFile.open(tmp_path / "case").case()
    assert case.parties == {"p.velz": party(name="R. V.")}
    assert (case.title, case.judgements) == ("Another title", ())
    assert verify(tmp_path / "case").well


def test_the_newest_version_of_a_thing_is_erased_with_the_older_ones(tmp_path: Path) -> None:
    casefile = small_case(tmp_path / "case")
    casefile.append(Named(party=party(name="R. V.")), actor=ADA)
    casefile.erase("entry:8", actor=ADA, reason="asked for")
    assert casefile.case().parties == {}
    assert [e.target for e in casefile.case().erasures] == ["p.velz"]


def test_what_cannot_be_erased_is_said(tmp_path: Path) -> None:
    casefile = small_case(tmp_path / "case")
    casefile.erase("c.2", actor=ADA, reason="asked for")
    before = (tmp_path / "case" / "ledger.jsonl").read_bytes()
    for target, actor, reason, words in (
        ("p.none", ADA, "asked for", "nothing named 'p.none'"),
        ("c.2", ADA, "asked for", "nothing named 'c.2'"),
        ("entry:99", ADA, "asked for", "no entry '99'"),
        ("entry:²", ADA, "asked for", "no entry '²'"),
        ("entry:7", ADA, "asked for", "no entry '7' with a body"),
        ("entry:1", ADA, "asked for", "cannot be erased"),
        ("entry:8", ADA, "asked for", "cannot be erased"),
        ("entry:2", ADA, "asked for", "is how s.report stands now"),
        ("blob:../../lock", ADA, "asked for", "is no SHA-256"),
        ("blob:" + "0" * 64, ADA, "asked for", "There is no blob"),
        ("p.velz", ADA, "  ", "No reason is given"),
        ("p.velz", READER, "asked for", "a person decides what is forgotten"),
        ("p.velz", "Ada", "asked for", "is no actor"),
    ):
        with pytest.raises(RecordError, match=words):
            casefile.erase(target, actor=actor, reason=reason)
    assert (tmp_path / "case" / "ledger.jsonl").read_bytes() == before
    assert verify(tmp_path / "case").well


def test_the_title_of_a_source_can_be_changed_and_its_old_one_erased(tmp_path: Path) -> None:
    casefile = small_case(tmp_path / "case")
    source = capture(b"I was there.", id="s.w", name="w.txt", title="Statement of Radomir Velz")
    casefile.capture(source, actor=ADA)
    plain = msgspec.structs.replace(source.source, title="Statement of a witness")
    casefile.capture(msgspec.structs.replace(source, source=plain), actor=ADA)
    casefile.erase("entry:8", actor=ADA, reason="asked for")
    assert b"Statement of Radomir" not in _bytes_of(tmp_path)
    assert CaseFile.open(tmp_path / "case").case().sources["s.w"] == plain


def test_the_file_of_an_erased_dispatch_goes_with_it(tmp_path: Path) -> None:
    casefile, _ = full_case(tmp_path / "case")
    done = casefile.erase("d.1", actor=ADA, reason="asked for")
    assert done.erased.blobs == (sha256(MESSAGE),)
    assert MESSAGE not in _bytes_of(tmp_path)
    assert "d.1" not in CaseFile.open(tmp_path / "case").case().dispatches
    assert verify(tmp_path / "case").faults == verify(tmp_path / "case").notices == ()


def test_a_file_that_is_kept_for_something_else_too_stays(tmp_path: Path) -> None:
    casefile, made = full_case(tmp_path / "case")
    copy = msgspec.structs.replace(made["d.2"], message=sha256(MESSAGE))
    casefile.append(Sent(dispatch=copy), actor=ADA)
    assert casefile.erase("d.1", actor=ADA, reason="asked for").erased.blobs == ()
    assert casefile.blob(sha256(MESSAGE)) == MESSAGE
    assert verify(tmp_path / "case").well
    assert casefile.erase("d.2", actor=ADA, reason="asked for").erased.blobs == (sha256(MESSAGE),)
    assert MESSAGE not in _bytes_of(tmp_path)
    assert verify(tmp_path / "case").faults == verify(tmp_path / "case").notices == ()


def test_a_file_that_is_a_source_too_stays_until_the_source_goes(tmp_path: Path) -> None:
    casefile, _ = full_case(tmp_path / "case")
    casefile.capture(capture(MESSAGE, id="s.sent", name="sent.txt"), actor=ADA)
    for target in ("s.sent", f"blob:{sha256(MESSAGE)}"):
        with pytest.raises(RecordError, match=r"also the file of d\.1 \(entry \d+\), which would"):
            casefile.erase(target, actor=ADA, reason="asked for")
    assert casefile.erase("d.1", actor=ADA, reason="asked for").erased.blobs == ()
    assert casefile.blob(sha256(MESSAGE)) == MESSAGE
    casefile.erase("s.sent", actor=ADA, reason="asked for")
    assert MESSAGE not in _bytes_of(tmp_path)
    assert verify(tmp_path / "case").well


def test_a_file_that_came_back_after_its_source_was_erased_goes_with_what_keeps_it(
    tmp_path: Path,
) -> None:
    casefile, made = full_case(tmp_path / "case")
    data = b"First line.\r\nSecond line.\r\n"
    casefile.capture(capture(data, id="s.sent", name="sent.txt"), actor=ADA)
    casefile.erase("s.sent", actor=ADA, reason="asked for")
    digest = casefile.put_blob(data)
    casefile.append(Sent(dispatch=msgspec.structs.replace(made["d.2"], message=digest)), actor=ADA)
    assert CaseFile.open(tmp_path / "case").blob(digest) == data
    casefile.erase("d.2", actor=ADA, reason="asked for")
    assert b"Second line" not in _bytes_of(tmp_path)
    assert verify(tmp_path / "case").faults == verify(tmp_path / "case").notices == ()


def test_an_older_version_goes_with_its_file_and_the_newer_keeps_its_own(tmp_path: Path) -> None:
    casefile, made = full_case(tmp_path / "case")
    old = next(e.header.seq for e in casefile.entries() if e.header.kind == "sent")
    other = casefile.put_blob(b"To: desk\r\n\r\nHello.")
    casefile.append(Sent(dispatch=msgspec.structs.replace(made["d.1"], message=other)), actor=ADA)
    done = casefile.erase(f"entry:{old}", actor=ADA, reason="sent to the wrong address")
    assert (done.erased.entries, done.erased.blobs) == ((old,), (sha256(MESSAGE),))
    assert casefile.case().dispatches["d.1"].message == other
    assert verify(tmp_path / "case").faults == verify(tmp_path / "case").notices == ()


def test_what_still_has_the_words_of_an_erased_happening_is_said(tmp_path: Path) -> None:
    casefile, made = full_case(tmp_path / "case")
    replace = msgspec.structs.replace
    ballots = (Ballot(member="A", option="no", reason="Velz is my uncle"),)
    casefile.append(
        Alleged(allegation=allegation("a.kin", "Velz is my uncle, who was put on the list")),
        Adopted(step=replace(made["st.5"], ballots=ballots)),
        Docketed(noted=replace(made["n.6"], summary="put on the list", answers=())),
        Sent(dispatch=replace(made["d.2"], id="d.3", address="Room 4", resends=None)),
        actor=ADA,
    )
    assert any("a.kin" in r for r in casefile.erase("st.5", actor=ADA, reason="-").remains)
    assert any("a.kin" in r for r in casefile.erase("n.6", actor=ADA, reason="-").remains)
    assert any("sent d.3" in r for r in casefile.erase("d.2", actor=ADA, reason="-").remains)
    in_text = casefile.erase("y.1", actor=ADA, reason="-").remains
    assert "s.report (in its text)" in in_text
