"""A written case is compiled whole, or every mistake in it is named with its line and remedy."""

import difflib
from pathlib import Path

import pytest
from invented import ADA, NOW, READER

from gravamen.case import Erasure, Judgement, Requester
from gravamen.casefile import (
    CaseFile,
    CaseTextError,
    Compiled,
    RecordError,
    compile_case,
    export_case,
    import_case,
    verify,
)
from gravamen.claims import Allegation, Claim, Quantity, Role
from gravamen.parties import Command, Name, Party, Post
from gravamen.requests import Request
from gravamen.sources import Notice, Passage

BAD_MONTH = "'2023-13' is not a day of the calendar (bad month number 13; must be 1-12)."
NUMBER = "a number, such as 4000 or 0.5, without quotes"
AMONG, CORRECT = "which is not among the", "write it, or correct the id."
ABOUT = "allegations, parties or flows"
FORMS = "is not a date; write 2020, 2020-09, 2020-09-27, 2020~ or an interval a/b."
ABSENT = "does not occur in s.report, character for character; the nearest words there are"
SIX = "'Guards beat six men.'; copy those that you mean"
GOES_ON = r"(the source goes on 'six men.\nGuards beat' where the quote has 'ten men.')."
REPORT_MEANT = "(did you mean 's.report'?)"
MEANT = "(did you mean 'a.gate'?)"
REPORT = "Guards beat six men.\nGuards beat nobody, the ministry says.\n"
MAIL = (
    "From: clerk@ministry.example\r\nTo: desk@observatory.example\r\nSubject: Answer\r\n"
    "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=cut\r\n\r\n"
    "--cut\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nSee the annex.\r\n"
    "--cut\r\nContent-Type: text/plain; charset=utf-8\r\n"
    "Content-Disposition: attachment; filename=annex.txt\r\n\r\nNobody was held.\r\n--cut--\r\n"
)
CASE = """\
schema: gravamen.case/1
id: yard
title: The yard
language: en
motion: s.report
requester: {name: Board of Alder County, party: p.board}
sources:
  - {id: s.report, file: sources/report.txt, publisher: Observatory, published: 2023-06, origin: o}
parties:
  - {id: p.board, kind: body, names: [{text: Board of Alder County}], country: NO}
  - id: p.guards
    kind: unit
    names: [{text: the guards}, {text: "Стража", lang: sr-Cyrl, kind: alias}]
  - id: p.velz
    kind: person
    names: [{text: Null}]
    born: 1970
    us_person: false
    posts:
      - {title: Commander, body: p.guards, start: 2022-03, end: .., leads: yes, claims: [c.one]}
    commands: [{over: p.guards, start: 2022~}]
allegations:
  - id: a.yard
    kind: act
    act: ill-treatment
    text: guards beat six men
    date: 2023-02-02/2023-02-09
    roles: [{kind: alleged-perpetrator, party: p.guards}]
    quantity: {value: 6, bound: ge, unit: men}
    key: true
claims:
  - {id: c.one, about: a.yard, source: s.report, quote: Guards beat six men., speaker: p.velz}
  - {id: c.two, about: a.yard, source: s.report, quote: Guards beat, near: 20, speaker: an aide,
     stance: denies, mode: official, proposed_by: "machine:gravamen.reading/1"}
requests:
  - {id: r.one, measure: sanctions, target: p.velz, source: s.report, quote: six men}
  - {id: r.two, measure: information, addressees: [us.state.secretary]}
judgements:
  - {target: c.two, verdict: accepted, reason: read it}
"""


def _write(folder: Path, text: str = CASE) -> Path:
    (folder / "sources").mkdir(exist_ok=True)
    (folder / "sources" / "report.txt").write_text(REPORT)
    (folder / "sources" / "mail.eml").write_text(MAIL, newline="")
    written = folder / "case.yaml"
    written.write_text(text)
    return written


def _import(folder: Path, text: str = CASE) -> CaseFile:
    return import_case(_write(folder, text), folder / "case", actor=ADA, now=NOW)


def _mistakes(folder: Path, text: str) -> list[tuple[int, str]]:
    """The mistakes of a text as lines and messages; nothing is left behind where there are any."""
    with pytest.raises(CaseTextError) as raised:
        _import(folder, text)
    assert not (folder / "case").exists()
    assert {p.name for p in folder.iterdir()} == {"case.yaml", "sources"}
    assert {m.file for m in raised.value.mistakes} == {str(folder / "case.yaml")}
    first = raised.value.mistakes[0]
    assert str(raised.value).startswith(f"{first.file}:{first.line}: {first.message}")
    return [(m.line, m.message) for m in raised.value.mistakes]


def _changed(folder: Path, old: str, new: str) -> list[tuple[int, str]]:
    assert CASE.count(old) >= 1
    return _mistakes(folder, CASE.replace(old, new, 1))


def test_a_written_case_is_compiled_into_a_record(tmp_path: Path) -> None:
    casefile = _import(tmp_path)
    case = casefile.case()
    assert (case.id, case.title, case.motion) == ("yard", "The yard", "s.report")
    assert case.requester == Requester(name="Board of Alder County", party="p.board")
    assert case.texts["s.report"].text == REPORT
    assert (case.sources["s.report"].publisher, case.sources["s.report"].name) == (
        "Observatory",
        "report.txt",
    )
    assert case.parties["p.board"].country == "NO"
    assert case.parties["p.velz"] == Party(
        id="p.velz",
        kind="person",
        names=(Name(text="Null"),),
        born="1970",
        us_person=False,
        posts=(
            Post(
                title="Commander",
                body="p.guards",
                start="2022-03",
                end="..",
                leads=True,
                claims=("c.one",),
            ),
        ),
        commands=(Command(over="p.guards", start="2022~"),),
    )
    assert case.allegations["a.yard"] == Allegation(
        id="a.yard",
        kind="act",
        act="ill-treatment",
        text="guards beat six men",
        date="2023-02-02/2023-02-09",
        roles=(Role(kind="alleged-perpetrator", party="p.guards"),),
        quantity=Quantity(value=6, bound="ge", unit="men"),
        key=True,
    )
    assert case.claims["c.two"] == Claim(
        id="c.two",
        about="a.yard",
        passage=Passage(
            source="s.report",
            exact="Guards beat",
            start=21,
            end=32,
            prefix="Guards beat six men.\n",
            suffix=" nobody, the ministry says.\n",
        ),
        speaker="an aide",
        stance="denies",
        mode="official",
    )
    assert case.proposed_by == {"c.two": READER}
    assert case.judgements == (
        Judgement(target="c.two", verdict="accepted", reason="read it", by=ADA, on="2024-03-05"),
    )
    assert case.requests["r.two"] == Request(
        id="r.two", measure="information", addressees=("us.state.secretary",)
    )
    assert case.requests["r.one"].passage is not None
    assert verify(tmp_path / "case").well


def test_an_attachment_is_a_source_that_can_be_told_more_about(tmp_path: Path) -> None:
    mail = "  - {id: s.mail, file: sources/mail.eml}\n  - {id: s.mail.1, publisher: The ministry}\n"
    case = _import(tmp_path, CASE.replace("parties:\n", mail + "parties:\n", 1)).case()
    child = case.sources["s.mail.1"]
    assert (child.parent, child.name, child.publisher) == ("s.mail", "annex.txt", "The ministry")
    assert "Nobody was held." in case.texts["s.mail.1"].text


def test_an_attachment_that_nobody_tells_about_is_a_source_all_the_same(tmp_path: Path) -> None:
    mail = "  - {id: s.mail, file: sources/mail.eml}\n"
    case = _import(tmp_path, CASE.replace("parties:\n", mail + "parties:\n", 1)).case()
    assert list(case.sources) == ["s.report", "s.mail", "s.mail.1"]


def test_every_mistake_is_named_in_one_run(tmp_path: Path) -> None:
    text = """\
schema: gravamen.case/1
id: yard
titel: The yard
motion: s.reprot
sources:
  - {id: s.report, file: sources/report.txt, published: 2023-13, publsher: X}
  - {id: s.gone, file: sources/gone.txt}
  - {id: s.gone, file: ../case.yaml}
parties:
  - {id: p.velz, kind: persn, names: [{text: Radomir Velz}], part_of: p.none}
allegations:
  - {id: a.yard, kind: act, text: guards beat six men, quantity: {value: six}, key: perhaps}
  - {id: a.gate, kind: act, text: guards beat, roles: [{kind: victim, party: p.nobody}]}
claims:
  - {id: c.one, about: a.gaet, source: s.report, quote: Guards beat ten men., speaker: p.vlez}
  - {id: c.one, abuot: a.yard, source: s.report, quote: Guards beat, speaker: p.velz}
requests:
  - {id: r.one, measure: sanctoins, target: p.nobody, source: s.none, quote: six men}
erasures:
  - {target: p.w, by: "person:Ada Marsh", on: last year, reason: asked for}
"""
    assert _mistakes(tmp_path, text) == [
        (1, "the case lacks 'title'; write it."),
        (3, "'titel' is no key of the case (did you mean 'title'?)."),
        (4, f"the case points to 's.reprot', {AMONG} sources here {REPORT_MEANT}; {CORRECT}"),
        (6, f"'published' of the source s.report: {BAD_MONTH}"),
        (6, "'publsher' is no key of the source s.report (did you mean 'publisher'?)."),
        (7, "'sources/gone.txt' cannot be read (No such file or directory); put it there."),
        (8, "'../case.yaml' leads out of the folder; write a path below it, with slashes."),
        (8, "The id 's.gone' is taken in line 7; choose another."),
        (10, "'kind' of the party p.velz cannot be 'persn' (did you mean 'person'?)."),
        (10, f"p.velz points to 'p.none', {AMONG} parties here; {CORRECT}"),
        (12, "'key' of the allegation a.yard is true or false, not 'perhaps'."),
        (12, f"'value' of 'quantity' of the allegation a.yard is {NUMBER}, not 'six'."),
        (13, f"a.gate points to 'p.nobody', {AMONG} parties here; {CORRECT}"),
        (15, f"'Guards beat ten men.' {ABSENT} {SIX} {GOES_ON}"),
        (15, f"c.one points to 'a.gaet', {AMONG} {ABOUT} here {MEANT}; {CORRECT}"),
        (15, f"c.one points to 'p.vlez', {AMONG} parties here (did you mean 'p.velz'?); {CORRECT}"),
        (16, "'abuot' is no key of the claim c.one (did you mean 'about'?)."),
        (16, "The id 'c.one' is taken in line 15; choose another."),
        (16, "the claim c.one lacks 'about'; write it."),
        (18, "'measure' of the request r.one cannot be 'sanctoins' (did you mean 'sanctions'?)."),
        (18, f"r.one points to 'p.nobody', {AMONG} parties here; {CORRECT}"),
        (18, f"r.one points to 's.none', {AMONG} sources here (did you mean 's.gone'?); {CORRECT}"),
        (20, f"'on' of an erasure: 'last year' {FORMS}"),
    ]  # fmt: skip


def test_a_quote_that_does_not_occur_is_named_with_what_the_source_says(tmp_path: Path) -> None:
    ((line, message),) = _changed(tmp_path, "beat six men., speaker", "beat six women., speaker")
    assert line == 32
    assert "'Guards beat six women.' does not occur in s.report, character for char" in message
    assert "(the source goes on 'men.\\nGuards beat nob' where the quote has 'women.')" in message


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("motion: s.report", "motion: s.none", "the case points to 's.none'"),
        ("party: p.board}", "party: p.none}", "the case points to 'p.none'"),
        ("about: a.yard", "about: a.none", "points to 'a.none'"),
        ("source: s.report, quote: Guards beat six", "source: s.none, quote: x", "'s.none'"),
        ("over: p.guards", "over: p.none", "p.velz points to 'p.none'"),
        ("body: p.guards", "body: p.none", "p.velz points to 'p.none'"),
        ("claims: [c.one]", "claims: [c.none]", "not among the claims here"),
        ("target: p.velz", "target: p.none", "r.one points to 'p.none'"),
        ("target: c.two", "target: c.none", "not among the things here"),
        ("party: p.guards}", "party: p.none}", "a.yard points to 'p.none'"),
        ("id: a.yard", "id: p.velz", "The id 'p.velz' is taken in line 14"),
        ("id: a.yard", "id: a yard", "'a yard' is no id"),
        ("born: 1970", "born: 1970-02-30", "not a day of the calendar"),
        ("start: 2022-03,", "start: last year,", "is not a date"),
        ("gravamen.case/1", "gravamen.case/2", "this version reads 'gravamen.case/1'"),
        ("kind: body", "kind: [body]", "is one value, not a list"),
        ("names: [{text: Null}]", "names: Null", "is a list; write"),
        ("requester: {name", "requester: [name", "This is no YAML"),
        ("country: NO", "country: NO, country: SE", "stands here and in line 10"),
        ("id: yard", "id: &a yard", "The anchor &a is not read"),
        ("id: yard", "id: !!python/name:os.system yard", "The tag"),
        ("id: yard", "id:", "'id' of the case is empty"),
        ("near: 20", "near: '20'", "is a whole number"),
        ("near: 20", "near: 2.5", "is a whole number"),
        ("near: 20", "page: 2", "s.report has no page 2"),
        ("value: 6", "value: 1e999", "is too large a number"),
        ("value: 6", "value: .nan", "is a number"),
        ("machine:gravamen.reading/1", "person:Ada", "which is no machine"),
        ("machine:gravamen.reading/1", "the machine", "is no actor"),
        ("quote: six men}", "near: 3}", "r.one has only one of source and quote"),
        ("file: sources/report.txt", "file: /etc/hostname", "leads out of the folder"),
        ("file: sources/report.txt", "file: sources/../../x", "leads out of the folder"),
        ("file: sources/report.txt", "file: sources", "is no plain file"),
        ("file: sources/report.txt", 'file: "sources/\\0.txt"', "is no name of a file; write"),
        ("file: sources/report.txt", f"file: sources/{'a' * 5000}", "cannot be read (File name"),
        ("id: yard", "id: the yard", "'the yard' is no id; write one without spaces"),
        ("names: [{text: Null}]", "names: Velz", "is a list; write [{text: Velz}], or a line with"),
        ("names: [{text: Null}]", "names: [Velz]", "text, lang, kind; write {text: Velz}."),
        ("party: p.board}", "party: p.board, contact: [x]}", "; it belongs under 'about'."),
        ("published: 2023-06", "published: 14/06/2023", "is not a date; write 2023-06-14."),
        ("country: NO", "country: Norway", "of the party p.board is 'Norway', which is no code of"),
        ("born: 1970", "nationalities: [NO, norwegian]", "p.velz is 'norwegian', which is no code"),
        ("party: p.board}", "country: Norway}", "of the requester is 'Norway', which is no code"),
        ("file: sources/report.txt", "file: https://a.example/report.txt", "is an address and no"),
        ("file: sources/report.txt", "file: desk@watch.example", "is an address and no file; sav"),
        ("names: [{text: Null}]", "names: []", "p.velz has no name; write at least one"),
        ("bound: ge, unit", "bound: range, unit", "a.yard is a range from 6 without its upper"),
        ("bound: ge, unit", "bound: range, high: 5, unit", "a.yard is a range from 6 down to 5"),
        ("bound: ge, unit", "bound: ge, high: 7, unit", "a.yard has a high end (7)"),
        ("quote: six men}", "quote: six men, passage: {start: 12, end: 19, prefix: x}}",
         "'six men' does not stand in s.report from character 12 to 19, between the words"),
        ("quote: six men}", "quote: six men, passage: {start: 12, end: 19, page: 1}}",
         "on the page that are given; leave passage out"),
        ("file: sources/report.txt", "size: 3", "has no file and is no attachment"),
        ("file: sources/report.txt", "file: sources/report.txt, size: 3", "is computed"),
        ("file: sources/report.txt", "file: sources/report.txt, sha256: abc", "its SHA-256 is"),
        ("verdict: accepted", "verdict: accepted, by: 'machine:x/1'", "a person decides"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_line(tmp_path: Path, old: str, new: str, words: str) -> None:
    line = CASE[: CASE.index(old)].count("\n") + 1
    found = _changed(tmp_path, old, new)
    assert (found[0][0], words in found[0][1]) == (line, True), found


LAXER = """\
schema: gravamen.case/1
id: lax
title: Laxer
sources: [{id: s.report, file: sources/report.txt}]
parties:
  - {id: p.velz, kind: person, names: [{text: Velz}]}
allegations:
  - {id: a.yard, kind: act, act: torture, text: guards beat six men, date: 2023}
claims:
  - id: c.one
    about: a.yard
    source: s.report
    speaker: Velz
    quote: QUOTE
"""
LAID_OUT = (
    "“Guards beat ten\nmen in the Deten-\n  tion House.” The rap­ist  left.\r\nA therapist left.\n"
)


def _laid_out(folder: Path, quote: str) -> Compiled:
    written = _write(folder, LAXER.replace("QUOTE", quote))
    (folder / "sources" / "report.txt").write_text(LAID_OUT, newline="")
    return compile_case(written, folder / "case", actor=ADA, now=NOW)


@pytest.mark.parametrize(
    ("quote", "own"),
    [
        ("Guards beat ten men", "Guards beat ten\nmen"),
        ("|-\n      Guards beat\n      ten men", "Guards beat ten\nmen"),
        ("in the Detention House.", "in the Deten-\n  tion House."),
        ("in the Deten- tion House.", "in the Deten-\n  tion House."),
        ("The rap­ist left. A therapist", "The rap­ist  left.\nA therapist"),
    ],
)
def test_a_quote_in_other_white_space_is_recorded_as_the_source_has_it(
    tmp_path: Path, quote: str, own: str
) -> None:
    compiled = _laid_out(tmp_path, quote)
    case = compiled.casefile.case()
    passage = case.claims["c.one"].passage
    assert passage.exact == own
    assert case.texts["s.report"].text[passage.start : passage.end] == own
    assert compiled.respaced == 1
    again = compile_case(
        export_case(compiled.casefile, tmp_path / "text"), tmp_path / "again", actor=ADA
    )
    assert (again.respaced, again.casefile.case()) == (0, case)


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        ("A the rapist left.", "the nearest words there are"),
        ("Atherapist left.", "does not occur in s.report, character for character"),
        (
            "'\"Guards beat ten'",
            "only quotation marks, apostrophes or dashes differ, copy '“Guards",
        ),
        ("Guards beat nine men in the Detention House", "'Guards beat ten men in the Deten- tion"),
        ("guards beat ten men", "'Guards beat ten men'; copy those that you mean"),
    ],
)
def test_words_that_are_others_are_refused_and_shown_the_nearest(
    tmp_path: Path, quote: str, words: str
) -> None:
    with pytest.raises(CaseTextError) as raised:
        _laid_out(tmp_path, quote)
    assert words in str(raised.value)


NOTED = """\
schema: gravamen.case/1
id: noted
title: Noted
requester:
  name: Watch
  kind: ngo
  about: {mandate: We watch., standing: We saw., contact: [Edda Marn, and the desk]}
sources: [{id: s.report, file: sources/report.txt}]
parties:
  - {id: p.velz, kind: person, names: [{text: Guards Velz}]}
  - {id: p.w, kind: person, names: [{text: Ena Rost}], protected: true}
  - {id: p.x, kind: person, names: [{text: Ena Moll}], pseudonym: Witness A}
allegations:
  - {id: a.one, kind: act, act: torture, text: guards beat six men}
  - {id: a.two, kind: act, act: torture, date: 2023, text: The guards beat six men.}
  - {id: a.three, kind: act, act: torture, date: 2023, text: Men were beaten}
  - {id: a.four, kind: act, act: torture, date: 2023, text: Guards Velz beat men of Arms Inc.}
  - {id: a.five, kind: status, text: Karsk is a prison}
  - {id: a.six, kind: act, text: The machine said so., proposed_by: "machine:reader/1"}
claims:
  - {id: c.one, about: a.one, source: s.report, quote: Guards beat, speaker: an aide}
  - {id: c.two, about: a.one, source: s.report, quote: Guards beat, near: 0, speaker: an aide}
consents:
  - id: k.w
    of: p.w
    uses: [court]
    identity: pseudonym
    on: 2024-02-01
    method: in writing
    recipients: [the Foreign, and Commonwealth Office, Andes Watch]
"""


def test_what_is_seldom_meant_is_noted_with_its_line_and_nothing_else_is(tmp_path: Path) -> None:
    found = compile_case(_write(tmp_path, NOTED), tmp_path / "case", actor=ADA, now=NOW)
    told = [(n.line, n.message) for n in found.notices]
    expected = [
        (7, "An item of 'contact' of the requester begins with 'and the desk'"),
        (11, "p.w is protected and has no pseudonym"),
        (12, "p.x has a pseudonym and is not protected"),
        (14, "The act a.one has no date, so that no post"),
        (
            15,
            "The text of a.two begins with a capital that begins no name and ends with a full stop",
        ),
        (16, "The text of a.three begins with a capital that begins no name, and it is printed"),
        (21, "The quote of c.one stands in s.report 2 times, at the characters 0, 21; the first"),
        (30, "An item of 'recipients' of the consent k.w begins with 'and Commonwealth Office'"),
    ]
    assert [line for line, _ in told] == [line for line, _ in expected]
    for (_, message), (_, words) in zip(told, expected, strict=True):
        assert message.startswith(words), message
    assert all(str(n).startswith(f"{tmp_path / 'case.yaml'}:{n.line}: ") for n in found.notices)
    assert found.casefile.case().claims["c.one"].passage.start == 0


def test_a_source_that_passes_a_link_is_refused(tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text("A secret of somebody else.")
    folder = tmp_path / "written"
    folder.mkdir()
    written = _write(folder)
    (folder / "sources" / "report.txt").unlink()
    (folder / "sources" / "report.txt").symlink_to(outside)
    with pytest.raises(CaseTextError, match=r"'sources/report\.txt' is or passes a link"):
        import_case(written, tmp_path / "case", actor=ADA)


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        (b"", 1, "There is nothing here"),
        (b"\xff\xfe", 1, "is no UTF-8"),
        (b"schema: gravamen.case/1\ntitle: \xe9t\xe9\n", 2, "is no UTF-8"),
        (b"just words", 1, "the case is a mapping"),
        (b"- a\n- b\n", 1, "the case is a mapping"),
        (b"[" * 100_000, 1, "more than 32 deep"),
        (b"a: &x [1]\nb: *x\n", 1, "The anchor &x"),
        (b"a: 1\n---\nb: 2\n", 2, "A second document begins"),
        (b"? [a]\n: b\n", 1, "stands where a key should"),
        (b"id: \x00\n", 1, "This is no YAML"),
        (b"id: 'x\n", 1, "a quotation mark opens here and is never closed"),
        (b'id: x\nb: "c\nd: "e"\n', 3, "A quotation mark opens in line 2 and is not closed"),
        (b"id: he said: no\n", 1, "a colon with a space after it stands inside a text"),
        (b"id: 'it's so'\n", 1, "Write an apostrophe inside"),
        (b"id: [a\r\r\r\rb: 'c\n", 5, "A quotation mark opens in line 5"),
        (b"<<: {id: x}\n", 1, "'<<' is no key of the case"),
        (b"#" * (16 * 2**20 + 1), 1, "is larger than"),
    ],
    ids=lambda value: str(value)[:20],
)  # fmt: skip
def test_a_hostile_text_gets_a_sentence(tmp_path: Path, data: bytes, line: int, words: str) -> None:
    (tmp_path / "case.yaml").write_bytes(data)
    with pytest.raises(CaseTextError) as raised:
        import_case(tmp_path / "case.yaml", tmp_path / "case", actor=ADA)
    assert any(m.line == line and words in m.message for m in raised.value.mistakes), str(
        raised.value
    )


def test_all_of_many_dangling_references_are_named_and_likely_ids_for_the_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "schema: gravamen.case/1\nid: yard\ntitle: The yard\nrequests:\n" + "".join(
        f"  - {{id: r.{n}, measure: sanctions, target: p.bodies.{n}}}\n" for n in range(200)
    )
    bodies = [f"  - {{id: p.body.{n}, kind: body, names: [{{text: B}}]}}\n" for n in range(1001)]
    looks, close = [], difflib.get_close_matches
    monkeypatch.setattr(
        difflib, "get_close_matches", lambda *a, **k: looks.append(a) or close(*a, **k)
    )
    for count, hints in ((100, 50), (1001, 0)):
        looks.clear()
        found = _mistakes(tmp_path, f"{text}parties:\n{''.join(bodies[:count])}")
        assert [line for line, _ in found] == list(range(5, 205))
        assert sum("did you mean 'p.body." in message for _, message in found) == hints
        assert len(looks) == hints


def test_a_place_that_cannot_hold_the_erased_words_is_named(tmp_path: Path) -> None:
    text = """\
schema: gravamen.case/1
id: yard
title: The yard
sources: [{id: s.gone, name: gone.txt, media_type: text/plain, size: 30, sha256: HEX}]
requests: [{id: r.one, measure: release, source: s.gone, quote: six men, passage: PLACE}]
erasures: [{target: s.gone, by: "person:Ada Marsh", on: "2024-03-01", reason: asked for}]
""".replace("HEX", "a" * 64)
    for place in ("{start: -7, end: 0}", "{start: 3, end: 20}", "{start: 9, end: 2}"):
        ((line, message),) = _mistakes(tmp_path, text.replace("PLACE", place))
        assert line == 5
        assert "'six men' has 7 characters and cannot stand from character" in message


def test_a_file_that_is_not_read_can_be_a_source_with_the_reason(tmp_path: Path) -> None:
    picture = "  - {id: s.map, file: sources/map.png, media_type: image/png, unread: A map.}\n"
    text = CASE.replace("parties:\n", picture + "parties:\n", 1)
    written = _write(tmp_path, text)
    (tmp_path / "sources" / "map.png").write_bytes(b"\x89PNG\r\n\x1a\n\0")
    casefile = import_case(written, tmp_path / "case", actor=ADA, now=NOW)
    source = casefile.case().sources["s.map"]
    assert (source.media_type, source.notices) == (
        "image/png",
        (Notice(id="not-read", message="A map."),),
    )
    assert casefile.case().texts["s.map"].text == ""
    assert casefile.blob(source.sha256) == b"\x89PNG\r\n\x1a\n\0"


def test_a_billion_laughs_are_not_heard(tmp_path: Path) -> None:
    bomb = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{f'*a{n - 1},' * 9}]\n" for n in range(1, 30))
    (tmp_path / "case.yaml").write_text(bomb)
    with pytest.raises(CaseTextError, match=r"The alias \*a0 stands for something; write it out"):
        import_case(tmp_path / "case.yaml", tmp_path / "case", actor=ADA)


def test_what_is_no_file_is_said(tmp_path: Path) -> None:
    for path in (tmp_path / "none.yaml", tmp_path):
        with pytest.raises(RecordError, match=r"cannot be read|is no plain file"):
            import_case(path, tmp_path / "case", actor=ADA)


def test_a_folder_that_is_there_is_not_written_into(tmp_path: Path) -> None:
    (tmp_path / "case").mkdir()
    (tmp_path / "case" / "mine").write_text("x")
    with pytest.raises(RecordError, match="is there already"):
        _import(tmp_path)
    assert [p.name for p in (tmp_path / "case").iterdir()] == ["mine"]


def test_what_an_erasure_left_can_be_written(tmp_path: Path) -> None:
    text = """\
schema: gravamen.case/1
id: yard
title: The yard
sources:
  - {id: s.gone, name: gone.txt, media_type: text/plain, size: 30, sha256: HEX}
allegations:
  - {id: a.yard, kind: act, text: guards beat six men, roles: [{kind: victim, party: p.gone}]}
claims:
  - {id: c.one, about: a.yard, source: s.gone, quote: six men, speaker: p.gone,
     passage: {start: 12, end: 19, prefix: Guards beat}}
erasures:
  - {target: s.gone, by: "person:Ada Marsh", on: "2024-03-01", reason: asked for}
  - {target: p.gone, by: "person:Ada Marsh", on: "2024-03-02", reason: asked for}
""".replace("HEX", "a" * 64)
    casefile = _import(tmp_path, text)
    case = casefile.case()
    assert case.texts == {}
    assert case.claims["c.one"].passage == Passage(
        source="s.gone", exact="six men", start=12, end=19, prefix="Guards beat"
    )
    assert case.erasures == (
        Erasure(target="s.gone", by=ADA, on="2024-03-01", reason="asked for"),
        Erasure(target="p.gone", by=ADA, on="2024-03-02", reason="asked for"),
    )
    assert verify(tmp_path / "case").well
    without = text.replace(",\n     passage: {start: 12, end: 19, prefix: Guards beat}", "")
    (tmp_path / "other").mkdir()
    ((line, message),) = _mistakes(tmp_path / "other", without)
    assert line == 9
    assert "whose words were erased; write where the words stood as passage: {start" in message


LAWFUL = """\
schema: gravamen.case/1
id: law
title: Words of the law
requester:
  name: Board of Alder County
  kind: us-county-bord
  copies:
    - {office: us.house.judicary, why: it can start a clock}
    - {office: The clerk of the board, why: for the file}
sources:
  - {id: s.report, file: sources/report.txt}
parties:
  - {id: p.velz, kind: person, names: [{text: Velz}], posts: [{title: Major, body: p.velz}]}
claims:
  - {id: c.one, about: p.velz, source: s.report, quote: six men, speaker: an aide,
     serves: [birth, sex, nationality, country, kind, birthplace, command, "post:p.velz/1",
              el.victim_seeks]}
  - {id: c.two, about: p.velz, source: s.report, quote: six men, speaker: an aide,
     serves: [el.victm_seeks,
              brith,
              "post:p.velz/2",
              "post:p.vels/1",
              "post:p.velz"]}
requests:
  - {id: r.one, measure: sanctions, authority: us.eo13318, prong: us.eo13818.leader_entty,
     addressees: [us.state.secretary,
                  us.tresury.secretary]}
  - {id: r.two, measure: sanctions, authority: us.eo13818, prong: us.eo13818.shra}
"""


def test_words_that_the_law_data_do_not_know_are_all_named_with_those_near(tmp_path: Path) -> None:
    found = _mistakes(tmp_path, LAWFUL)
    assert [line for line, _ in found] == [6, 8, 19, 20, 21, 22, 23, 25, 25, 27]
    near = [
        ("'kind' of the requester is 'us-county-bord'", "'us-county-board'"),
        ("'copies' of the requester is 'us.house.judicary'", "'us.house.judiciary'"),
        ("'serves' of c.two is 'el.victm_seeks'", "'el.victim_seeks'"),
        ("'serves' of c.two is 'brith'", "'birth'"),
        ("'serves' of c.two is 'post:p.velz/2'", "'post:p.velz/1'"),
        ("'serves' of c.two is 'post:p.vels/1'", "'post:p.velz/1'"),
        ("'serves' of c.two is 'post:p.velz'", "'post:p.velz/1'"),
        ("'authority' of r.one is 'us.eo13318'", "'us.eo13818'"),
        ("'prong' of r.one is 'us.eo13818.leader_entty'", "'us.eo13818.leader_entity'"),
        ("'addressees' of r.one is 'us.tresury.secretary'", "'us.treasury.secretary'"),
    ]
    for (_, message), (words, meant) in zip(found, near, strict=True):
        assert message.startswith(f"{words}, which is not among the "), message
        assert f"(did you mean {meant}" in message
        assert message.endswith("; correct it, or leave it out.")


def test_what_a_claim_cannot_serve_is_told_all_facts_and_the_element_that_is_meant(
    tmp_path: Path,
) -> None:
    serving = CASE.replace("speaker: p.velz}", "speaker: an aide, serves: [victim_seeks]}", 1)
    ((line, message),) = _mistakes(tmp_path, serving)
    assert line == 32
    facts = "birth, sex, nationality, country, kind, birthplace, command"
    assert f"not among the facts of a party ({facts}" in message
    assert "(did you mean 'el.victim_seeks'" in message


def test_an_authority_is_found_by_a_word_of_its_name(tmp_path: Path) -> None:
    asked = CASE.replace("target: p.velz", "target: p.velz, authority: us.magnitsky", 1)
    ((_, message),) = _mistakes(tmp_path, asked)
    assert "'us.glomag.act'? `gravamen law list` shows all)" in message
    (tmp_path / "other").mkdir()
    unlike = CASE.replace("target: p.velz", "target: p.velz, authority: zz.qqqq", 1)
    ((_, message),) = _mistakes(tmp_path / "other", unlike)
    assert "of the law data (`gravamen law list` shows all)" in message


def test_a_claim_may_serve_a_post_of_a_party_that_was_erased(tmp_path: Path) -> None:
    erased = (
        CASE.replace("speaker: p.velz}", 'speaker: an aide, serves: ["post:p.gone/2"]}', 1)
        + 'erasures:\n  - {target: p.gone, by: "person:Ada", on: 2024-03-05, reason: asked for}\n'
    )
    assert _import(tmp_path, erased).case().claims["c.one"].serves == ("post:p.gone/2",)


def test_a_claim_may_serve_an_identifier_that_a_party_has(tmp_path: Path) -> None:
    numbered = CASE.replace(
        "id: p.board, kind: body, names: [{text: Board of Alder County}], country: NO",
        "id: p.board, kind: body, names: [{text: Board of Alder County}], country: NO, "
        'identifiers: [{kind: registry, value: "7"}]',
        1,
    )
    serving = numbered.replace("about: a.yard, source", "about: p.board, source", 1)
    served = serving.replace("speaker: p.velz}", "speaker: an aide, serves: [registry]}", 1)
    casefile = _import(tmp_path, served)
    assert casefile.case().claims["c.one"].serves == ("registry",)
    casefile.erase("p.board", actor=ADA, reason="asked for")
    again = import_case(export_case(casefile, tmp_path / "out"), tmp_path / "again", actor=ADA)
    assert again.case().claims["c.one"].serves == ("registry",)
    other = served.replace("serves: [registry]", "serves: [licence]")
    (tmp_path / "other").mkdir()
    ((_, message),) = _mistakes(tmp_path / "other", other)
    assert "'serves' of c.one is 'licence'" in message


def test_a_case_that_used_every_word_survives_export_and_erasure(tmp_path: Path) -> None:
    posted = CASE.replace("speaker: p.velz}", 'speaker: an aide, serves: ["post:p.velz/1"]}', 1)
    casefile = _import(tmp_path, posted)
    for n, target in enumerate((None, "p.velz", "s.report")):
        if target:
            casefile.erase(target, actor=ADA, reason="asked for")
        written = export_case(casefile, tmp_path / f"out-{n}")
        again = import_case(written, tmp_path / f"again-{n}", actor=ADA)
        assert again.case() == casefile.case(), target
