"""What happened since an instrument was written, in a written case."""

import re
from pathlib import Path
from typing import get_args

import pytest
from click.testing import CliRunner
from happenings import LETTER, MESSAGE, SIGNED
from invented import ADA, NOW

from gravamen.casefile import CaseFile, CaseTextError, export_case, import_case, verify
from gravamen.casefile.pointers import HAPPENINGS, tag_of
from gravamen.cli import main
from gravamen.proceedings import (
    Answer,
    Ballot,
    Change,
    Channel,
    ClockSigner,
    Holder,
    Meeting,
    Member,
    Moved,
    Outcome,
    Outside,
    OutsideKind,
    Posted,
    ReplyKind,
    RoundOpened,
    SignatureGiven,
    Voted,
)
from gravamen.values import sha256

MANUAL = Path(__file__).parents[2] / "docs" / "how-to" / "write-a-case.md"
ANSWER = "We have no power to do so.\nThe matter is passed to the Treasury.\n"
CASE = f"""\
schema: gravamen.case/1
id: yard
title: The yard
requester:
  name: Board of Alder County
  subdivision: US-CA
  zone: America/Los_Angeles
  members:
    - {{id: vale, name: Ann Vale, capacity: Chair, start: 2021, end: 2025-01-07}}
    - {{id: reed, name: Cy Reed}}
sources:
  - {{id: s.report, file: sources/report.txt}}
  - {{id: s.answer, file: sources/answer.txt}}
requests:
  - {{id: r.one, measure: sanctions}}
steps:
  - kind: posted
    id: st.posted
    at: 2024-01-05T09:00-08:00
    meeting: {{at: 2024-01-09T10:00-08:00, kind: special, place: County Hall}}
    description: Letter on the yard
    until: 2024-01-09
    evidence: [s.report]
  - {{kind: moved, id: st.moved, at: 2024-01-09, by: Ann Vale}}
  - kind: amended
    id: st.amended
    at: 2024-01-09
    by: Cy Reed
    changes: [{{sentence: x.1, was: Guards beat men., now: Guards beat six men.}}]
  - kind: voted
    id: st.voted
    at: 2024-01-09T10:40-08:00
    question: st.amended
    ballots:
      - {{member: Ann Vale, option: aye}}
      - {{member: reed, option: recused, reason: kin of a guard}}
signings:
  - kind: opened
    id: sg.round
    at: 2024-01-10
    instrument: letter-us.state.secretary
    manifest: {"d" * 64}
    file: {sha256(LETTER)}
    on: 2024-01-10
    minimum: 1
    signatories: [{{id: vale, name: Ann Vale, capacity: Chair}}]
    authorised_by: st.voted
  - {{kind: signed, id: sg.vale, at: 2024-01-11T17:00Z, round: sg.round, signatory: vale,
     how: pades, file: {sha256(SIGNED)}, certificate: {"c" * 64}, level: B-B}}
dispatches:
  - id: d.one
    at: 2024-01-12
    instrument: letter-us.state.secretary
    channel: email
    address: desk@state.example
    office: us.state.secretary
    holder: n.secretary
    files: {{letter.pdf: {sha256(SIGNED)}}}
    message: {sha256(MESSAGE)}
    requests: [r.one]
    round: sg.round
replies:
  - id: y.one
    source: s.answer
    received: 2024-02-01
    reply: referral
    dispatch: d.one
    referred_to: us.treasury.secretary
    promised: 2024-04
    answers:
      - {{request: r.one, outcome: no-power, quote: We have no power to do so.}}
      - {{request: r.one, outcome: referred, source: s.report, quote: six men}}
    proposed_by: "machine:gravamen.receiving/1"
noted:
  - {{kind: holder, id: n.secretary, office: us.state.secretary, confirmed_by: Dee Lunt,
     confirmed_on: 2024-01-10, source: the office's own page, address: [A Street, B]}}
  - {{kind: clock-started, id: n.clock, clock: clk.glomag.120, at: 2024-02-10, evidence: [s.report],
     requests: [r.one], signers: [{{office: us.state.secretary, capacity: chairperson}}]}}
  - {{kind: clock-stopped, id: n.stop, clock: n.clock, at: 2024-03-01, why: met}}
  - {{kind: follow-up, id: n.back, due: 2024-03-12, why: to ask again, set_on: 2024-01-12}}
  - kind: outside
    id: n.listing
    at: 2025-03-01
    what: listing
    summary: The list has a new name.
    source: s.report
    answers: [{{request: r.one, outcome: partly, quote: Guards beat}}]
judgements:
  - {{target: y.one, verdict: accepted}}
"""


def _folder(folder: Path, text: str = CASE) -> Path:
    """A folder with the written case, its sources and the files that it keeps."""
    for name, data in {
        "sources/report.txt": b"Guards beat six men.\n",
        "sources/answer.txt": ANSWER.encode(),
        f"files/{sha256(LETTER)}.pdf": LETTER,
        f"files/{sha256(SIGNED)}.pdf": SIGNED,
        f"files/{sha256(MESSAGE)}": MESSAGE,
        "case.yaml": text.encode(),
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder / "case.yaml"


def _import(folder: Path, text: str = CASE) -> CaseFile:
    return import_case(_folder(folder, text), folder / "case", actor=ADA, now=NOW)


def _wrong(path: Path) -> list[tuple[int, str]]:
    """The lines and messages of what is wrong with a written case."""
    with pytest.raises(CaseTextError) as raised:
        import_case(path, path.parent / "case", actor=ADA, now=NOW)
    assert not (path.parent / "case").exists()
    return [(m.line, m.message) for m in raised.value.mistakes]


def _line(words: str) -> int:
    """The line of the case in which some words stand."""
    (line,) = [n for n, line in enumerate(CASE.splitlines(), 1) if words in line]
    return line


def test_what_happened_since_is_compiled(tmp_path: Path) -> None:
    casefile = _import(tmp_path)
    case = casefile.case()
    assert case.requester is not None
    assert case.requester.members[1] == Member(id="reed", name="Cy Reed")
    assert (case.requester.subdivision, case.requester.zone) == ("US-CA", "America/Los_Angeles")
    assert list(case.steps) == ["st.posted", "st.moved", "st.amended", "st.voted"]
    assert case.steps["st.moved"] == Moved(id="st.moved", at="2024-01-09", by="Ann Vale")
    assert isinstance(case.steps["st.posted"], Posted)
    assert case.steps["st.posted"].meeting.kind == "special"
    voted = case.steps["st.voted"]
    assert isinstance(voted, Voted)
    assert voted.ballots[1] == Ballot(member="reed", option="recused", reason="kin of a guard")
    opened, signed = case.signings.values()
    assert isinstance(opened, RoundOpened) and opened.minimum == 1
    assert isinstance(signed, SignatureGiven) and signed.level == "B-B"
    assert case.dispatches["d.one"].files == {"letter.pdf": sha256(SIGNED)}
    answered = case.replies["y.one"].answers
    assert [(a.passage.source, a.passage.start) for a in answered if a.passage] == [
        ("s.answer", 0),
        ("s.report", 12),
    ]
    assert isinstance(case.noted["n.secretary"], Holder)
    outside = case.noted["n.listing"]
    assert isinstance(outside, Outside) and outside.answers[0].passage is not None
    assert case.proposed_by == {"y.one": "machine:gravamen.receiving/1"}
    assert case.reviewed("y.one")
    assert casefile.blob(sha256(MESSAGE)) == MESSAGE
    assert verify(casefile.path).well


def test_an_export_has_the_kept_files_and_gives_the_same_case_again(tmp_path: Path) -> None:
    casefile = _import(tmp_path)
    written = export_case(casefile, tmp_path / "text")
    assert {p.name for p in (tmp_path / "text" / "files").iterdir()} == {
        f"{sha256(LETTER)}.pdf",
        f"{sha256(SIGNED)}.pdf",
        f"{sha256(MESSAGE)}.txt",
    }
    again = import_case(written, tmp_path / "again", actor=ADA, now=NOW)
    assert again.case() == casefile.case()
    assert again.blob(sha256(SIGNED)) == SIGNED
    assert "source: s.answer\n    quote" not in written.read_text()


def test_a_case_without_kept_files_is_written_without_their_folder(tmp_path: Path) -> None:
    casefile = _import(tmp_path)
    for thing in ("sg.round", "sg.vale", "d.one"):
        casefile.erase(thing, actor=ADA, reason="asked for")
    export_case(casefile, tmp_path / "text")
    assert not (tmp_path / "text" / "files").exists()


@pytest.mark.parametrize(
    ("old", "new", "at", "words"),
    [
        ("kind: moved,", "kind: move,", "st.moved", "cannot be 'move' (did you mean 'moved'?)"),
        ("kind: moved, ", "", "st.moved", "the step st.moved lacks 'kind'; write one of posted, "),
        ("kind: moved,", "kind: [moved],", "st.moved", "is one value, not a list"),
        ("kind: moved,", "kind: voted,", "st.moved", "'by' is no key of the step st.moved (voted)"),
        ("by: Ann Vale}", "by: Ann Vale, ballots: []}", "st.moved", "'ballots' is no key of the"),
        ("kind: holder,", "kind: moved,", "n.secretary", "'kind' of the note n.secretary cannot"),
        ("  - {kind: moved, id: st.moved, at: 2024-01-09, by: Ann Vale}", "  - moved",
         "st.moved", "the step 2 lacks 'kind'; write one of"),
        ("at: 2024-01-11T17:00Z", "at: 2024-01-11T17:00", "sg.vale", "with its offset from UTC"),
        ("received: 2024-02-01", "received: 2024-02", "received:", "is no moment; write a day as"),
        ("option: aye", "option: yea", "option: aye", "cannot be 'yea'"),
        ("channel: email", "channel: mail", "channel:", "(did you mean 'email'?)"),
        ("    files: {letter.pdf", "    files: [letter.pdf", "files: {l", None),
        ("files: {letter.pdf: ", "files: {letter.pdf: x", "files: {l", "is no SHA-256; write its"),
        ("evidence: [s.report]\n  - {kind: moved", "evidence: [s.reprt]\n  - {kind: moved",
         "until:", "st.posted points to 's.reprt', which is not among the sources here (did you"),
        ("question: st.amended", "question: st.moved", "question:", "among the amendments here"),
        ("authorised_by: st.voted", "authorised_by: st.moved", "authorised_by",
         "not among the votes here"),
        ("holder: n.secretary", "holder: n.clock", "holder: n", "not among the holders here"),
        ("clock: n.clock", "clock: n.back", "n.stop", "not among the clocks that were started her"),
        ("round: sg.round, signatory: vale", "round: sg.vale, signatory: vale", "sg.vale",
         "not among the rounds here"),
        ("    round: sg.round\n", "    round: d.one\n", "round: sg.round", "among the rounds here"),
        ("    requests: [r.one]\n", "    requests: [r.on]\n", "message:", "did you mean 'r.one'?"),
        ("    dispatch: d.one", "    dispatch: d.two", "dispatch: d", "not among the dispatches"),
        ("outcome: partly", "outcome: part", "quote: Guards", "cannot be 'part' (did you mean"),
        ("request: r.one, outcome: partly", "request: r.two, outcome: partly", "quote: Guards",
         "n.listing points to 'r.two', which is not among the requests"),
        ("office: us.state.secretary\n    holder", "office: us.state.secretry\n    holder",
         "address: desk", "which is not among the offices of the law data (did you mean"),
        ("clock: clk.glomag.120", "clock: clk.glomag.12", "n.clock", "not among the clocks of the"),
        ("[{office: us.state.secretary", "[{office: us.state", "signers:", "among the offices"),
        ("referred_to: us.treasury.secretary", "referred_to: us.treasury.secretay", "referred_to",
         "among the offices of the law data"),
        ("signatory: vale", "signatory: reed", "sg.vale",
         "'signatory' of sg.vale is 'reed', which is not among the signatories of sg.round"),
        ("member: reed", "member: read", "member: reed",
         "'member' of st.voted is 'read', which is not among the members of the requester"),
        ("member: reed", "member: Ann Vale", "ballots:", "has two ballots of 'Ann Vale'"),
        ("id: reed, name", "id: vale, name", "members:", "two members of the id 'vale'"),
        ("minimum: 1", "minimum: 2", "minimum:", "takes 2 signatures of 1 signatories"),
        ("due: 2024-03-12", "due: 2023-03-12", "n.back", "is due on 2023-03-12, before 2024-01-12"),
        ("until: 2024-01-09", "until: 2024-01-04", "until:", "was taken down on 2024-01-04, bef"),
        ("quote: We have no power", "quote: We have the power", "quote: We",
         "does not occur in s.answer, character for character"),
        ("outcome: no-power, quote: We have no power to do so.", "outcome: no-power, near: 3",
         "quote: We", "answer 1 of y.one quotes nothing; write its quote."),
        ("source: s.report, quote: six men}", "source: s.report}", "quote: six",
         "answer 2 of y.one quotes nothing"),
        ("confirmed_by: Dee Lunt", "confirmed_by: ' '", "n.secretary", "an empty 'confirmed_by'"),
        ("source: the office's own page", "source: s.page", "n.secretary", "points to 's.page'"),
        ("by: Ann Vale}", "by: Ann Vale, proposed_by: machine:x/1}", "st.moved",
         "'proposed_by' is no key of the step st.moved (moved)"),
        ("id: st.moved", "id: r.one", "id: st.moved", "The id 'r.one' is taken in line"),
        ("target: y.one", "target: y.on", "target:", "points to 'y.on', which is not among the th"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_its_line(
    tmp_path: Path, old: str, new: str, at: str, words: str | None
) -> None:
    assert CASE.count(old) == 1, old
    found = _wrong(_folder(tmp_path, CASE.replace(old, new)))
    if words:
        assert any(words in message for _, message in found), found
    lines = [n for n, line in enumerate(CASE.splitlines(), 1) if at in line]
    assert any(abs(line - n) <= 2 for line, _ in found for n in lines), (lines, found)


def test_a_kept_file_that_is_missing_is_named_with_its_line(tmp_path: Path) -> None:
    path = _folder(tmp_path)
    (tmp_path / "files" / sha256(MESSAGE)).unlink()
    ((line, message),) = _wrong(path)
    assert line == _line("    message:")
    assert message == (
        "The file of d.one cannot be read (No such file or directory); put it beside this text as "
        f"files/{sha256(MESSAGE)}, with or without an ending such as .pdf."
    )


def test_a_kept_file_with_other_bytes_is_refused(tmp_path: Path) -> None:
    path = _folder(tmp_path)
    (tmp_path / "files" / f"{sha256(SIGNED)}.pdf").write_bytes(LETTER)
    ((line, message),) = _wrong(path)
    assert line == _line("how: pades")
    assert f"is {sha256(LETTER)}, so it is another file" in message


@pytest.mark.parametrize("given", ["../../secret", "/etc/hostname", "..", "a" * 63, "A" * 64])
def test_no_file_outside_of_the_folder_is_ever_read(tmp_path: Path, given: str) -> None:
    (tmp_path / "secret").write_bytes(b"secret")
    path = _folder(tmp_path / "a" / "b", CASE.replace(f"message: {sha256(MESSAGE)}",
                                                      f"message: {given}"))  # fmt: skip
    ((line, message),) = _wrong(path)
    assert line == _line("    message:")
    assert f"is {given!r}, which is no SHA-256; write its 64 hexadecimal digits." in message


def test_neither_a_link_nor_a_linked_folder_is_followed(tmp_path: Path) -> None:
    path = _folder(tmp_path / "one")
    file = tmp_path / "one" / "files" / sha256(MESSAGE)
    file.rename(tmp_path / "elsewhere")
    file.symlink_to(tmp_path / "elsewhere")
    ((_, message),) = _wrong(path)
    assert "is a link; a case holds plain files only" in message
    path = _folder(tmp_path / "two")
    (tmp_path / "two" / "files").rename(tmp_path / "files")
    (tmp_path / "two" / "files").symlink_to(tmp_path / "files")
    assert len(_wrong(path)) == 3
    assert all("files is a link; put the folder itself there" in m for _, m in _wrong(path))


def test_ten_thousand_ballots_are_read_and_each_stranger_is_named(tmp_path: Path) -> None:
    ballots = "".join(f"      - {{member: m{n}, option: no}}\n" for n in range(10_000))
    head, tail = CASE.split("      - {member: Ann Vale, option: aye}\n")
    text = head + ballots + tail
    assert len(_wrong(_folder(tmp_path / "strangers", text))) == 10_000
    free = re.sub(r"  members:\n.*\n.*\n", "", text)
    case = _import(tmp_path / "free", free).case()
    voted = case.steps["st.voted"]
    assert isinstance(voted, Voted) and len(voted.ballots) == 10_001


def test_what_refers_to_the_erased_still_compiles(tmp_path: Path) -> None:
    casefile = _import(tmp_path)
    for thing in ("st.amended", "sg.round", "n.clock", "d.one", "r.one", "n.secretary"):
        casefile.erase(thing, actor=ADA, reason="asked for")
    casefile.erase("s.answer", actor=ADA, reason="asked for")
    written = export_case(casefile, tmp_path / "text")
    assert "passage:" in written.read_text()
    again = import_case(written, tmp_path / "again", actor=ADA, now=NOW)
    assert again.case() == casefile.case()
    assert again.case().replies["y.one"].answers == casefile.case().replies["y.one"].answers
    assert verify(again.path).well


def test_the_manual_names_every_kind_and_its_example_compiles(tmp_path: Path) -> None:
    page = MANUAL.read_text("utf-8")
    tags = [tag_of(k) for kinds in HAPPENINGS.values() for k in kinds if len(kinds) > 1]
    words = [*HAPPENINGS, *tags, *(w for t in (Channel, ReplyKind, Outcome, OutsideKind)
                                   for w in get_args(t))]  # fmt: skip
    of_happenings = (kind for kinds in HAPPENINGS.values() for kind in kinds)
    for kind in (*of_happenings, Meeting, Change, Ballot, ClockSigner, Answer, Member):
        words += set(kind.__struct_fields__) - {"id", "at"}
    named = set(re.findall(r"`([\w-]+)(?:: \w+)?`", page))
    assert [w for w in dict.fromkeys(words) if w not in named] == []
    (example,) = [y for y in re.findall(r"```yaml\n(.*?)```", page, re.DOTALL) if "steps:" in y]
    rest = CASE.partition("steps:")[0].replace("requester:", "ignored:")
    rest = re.sub(r"ignored:\n(  .*\n)+", "", rest)
    example = re.sub(r"[0-9a-f]{64}", sha256(MESSAGE), example)
    case = _import(tmp_path, rest + example).case()
    tables = (case.steps, case.signings, case.dispatches, case.replies, case.noted)
    assert all(tables)


def test_import_counts_and_show_lists_what_happened_since(tmp_path: Path) -> None:
    path, case = _folder(tmp_path), str(tmp_path / "case")
    told = CliRunner().invoke(main, ["import", str(path), case, "--by", "Ada"])
    assert (
        "with 4 steps of the body, 2 acts of signing, 1 dispatch, 1 reply and 5 notes."
        in " ".join(told.output.split())
    )
    shown = CliRunner().invoke(main, ["show", case]).output
    assert "  steps: st.posted, st.moved, st.amended, st.voted\n" in shown
    assert "  signings: sg.round, sg.vale\n  dispatches: d.one\n  replies: y.one\n" in shown
    assert "  noted: n.secretary, n.clock, n.stop, n.back, n.listing\n" in shown
    one = CliRunner().invoke(main, ["show", case, "y.one"]).output
    assert "proposed by: machine:gravamen.receiving/1\nverdict: accepted\n" in one
