"""A case written out as plain text and compiled again is the same case."""

import tempfile
from pathlib import Path

import msgspec
import pytest
from happenings import FILES, entry_of, happenings, one_of_each
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from invented import ADA, NOW, READER, REPORT, party, small_case, submission

from gravamen.case import Judgement, Requester
from gravamen.casefile import (
    Alleged,
    Argued,
    Attributed,
    CaseFile,
    CaseTextError,
    Chosen,
    Consented,
    Entry,
    Judged,
    LawReviewed,
    Named,
    Opened,
    RecordError,
    Requested,
    Reworded,
    Searched,
    Vetted,
    export_case,
    import_case,
    verify,
)
from gravamen.claims import Allegation, Characterisation, Claim, Quantity, Role
from gravamen.flows import Flow, Vetting
from gravamen.parties import Command, Identifier, Name, Party, Post
from gravamen.proceedings import Reply, kept_files
from gravamen.requests import Request
from gravamen.sentences import Copy, Signatory
from gravamen.sources import Captured, capture, locate
from gravamen.submission import Argument, Consent, LawReview, Rewording, Search, Submitter

MAIL = (
    b"From: clerk@ministry.example\r\nSubject: Answer\r\nMIME-Version: 1.0\r\n"
    b"Content-Type: multipart/mixed; boundary=cut\r\n\r\n"
    b"--cut\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nSee the annex.\r\n"
    b"--cut\r\nContent-Type: text/plain; charset=utf-8\r\n"
    b"Content-Disposition: attachment; filename=annex.txt\r\n\r\nNobody was held.\r\n--cut--\r\n"
)


def _again(casefile: CaseFile, folder: Path) -> CaseFile:
    """The case after a way out to plain text and back."""
    written = export_case(casefile, folder / "text")
    assert written == folder / "text" / "case.yaml"
    return import_case(written, folder / "again", actor="person:Somebody Else", now=NOW)


def _survives(casefile: CaseFile, folder: Path) -> None:
    again = _again(casefile, folder)
    assert again.case() == casefile.case()
    assert verify(again.path).faults == ()
    case = casefile.case()
    for happening in (*case.signings.values(), *case.dispatches.values()):
        for digest in kept_files(happening):
            assert again.blob(digest) == casefile.blob(digest)


def test_a_case_with_proposals_survives(tmp_path: Path) -> None:
    casefile = small_case(tmp_path / "case")
    judged = Judgement(target="c.1", verdict="rejected", reason="said in jest")
    casefile.append(Judged(judgement=judged), actor=ADA)
    _survives(casefile, tmp_path)


def test_what_is_said_beside_the_claims_survives_and_so_does_what_erasing_left(
    tmp_path: Path,
) -> None:
    casefile = small_case(tmp_path / "case")
    casefile.append(*submission(), actor=ADA)
    judged = Judgement(target="us.eo13818", verdict="accepted")
    casefile.append(Judged(judgement=judged), actor=ADA)
    for n, target in enumerate((None, "us.eo13818", "p.velz", "c.0", "s.report", "k.velz")):
        if target:
            casefile.erase(target, actor=ADA, reason="asked for")
        _survives(casefile, tmp_path / str(n))


def test_an_erased_case_survives(tmp_path: Path) -> None:
    casefile = small_case(tmp_path / "case")
    casefile.append(Named(party=party("p.other", "Mila Dern")), actor=ADA)
    for target in ("s.report", "p.velz", "c.2", "entry:6"):
        casefile.erase(target, actor=ADA, reason="The witness withdrew consent")
    assert casefile.case().claims.keys() == {"c.0"}
    again = _again(casefile, tmp_path)
    assert again.case() == casefile.case()
    assert verify(again.path).faults == ()
    written = (tmp_path / "text" / "case.yaml").read_text()
    assert "Radomir" not in written
    assert list((tmp_path / "text" / "sources").iterdir()) == []


def test_attachments_and_declared_encodings_survive(tmp_path: Path) -> None:
    casefile = small_case(tmp_path / "case")
    mail = capture(MAIL, id="s.mail", name="mail.eml", origin="o.ministry")
    (child,) = mail.children
    told = msgspec.structs.replace(child.source, publisher="The ministry", published="2023-06")
    mail = msgspec.structs.replace(mail, children=(msgspec.structs.replace(child, source=told),))
    casefile.capture(mail, actor=ADA)
    words = "Стража их тукла."
    old = capture(words.encode("koi8-r"), id="s.old", name="old.txt", encoding="koi8-r")
    assert old.text.text == words
    casefile.capture(old, actor=READER)
    _survives(casefile, tmp_path)
    assert sorted(p.name for p in (tmp_path / "text" / "sources").iterdir()) == [
        "s.mail.eml",
        "s.old.txt",
        "s.report.txt",
    ]


def test_an_attachment_outlives_its_erased_mail_and_the_other_way_round(tmp_path: Path) -> None:
    for gone in ("s.mail", "s.mail.1"):
        folder = tmp_path / gone
        casefile = small_case(folder / "case")
        casefile.capture(capture(MAIL, id="s.mail", name="mail.eml"), actor=ADA)
        casefile.erase(gone, actor=ADA, reason="asked for")
        _survives(casefile, folder)


def test_an_attachment_that_nobody_could_read_outlives_its_erased_mail(tmp_path: Path) -> None:
    casefile = small_case(tmp_path / "case")
    picture = b"\x89PNG\r\n\x1a\n\0"
    mail = MAIL.replace(b"text/plain; charset=utf-8\r\nContent-D", b"image/png\r\nContent-D")
    casefile.capture(
        capture(mail.replace(b"Nobody was held.", picture), id="s.mail", name="mail.eml"), actor=ADA
    )
    assert casefile.case().texts["s.mail.1"].extractor == "gravamen.none"
    casefile.erase("s.mail", actor=ADA, reason="asked for")
    _survives(casefile, tmp_path)
    written = (tmp_path / "text" / "case.yaml").read_text()
    assert "media_type: image/png\n  unread: annex.txt is a PNG picture" in written


def test_an_attachment_that_an_older_extractor_read_is_remarked(tmp_path: Path) -> None:
    casefile = small_case(tmp_path / "case")
    mail = capture(MAIL, id="s.mail", name="mail.eml")
    (child,) = mail.children
    old = msgspec.structs.replace(child, text=msgspec.structs.replace(child.text, version="0"))
    casefile.capture(msgspec.structs.replace(mail, children=(old,)), actor=ADA)
    written = export_case(casefile, tmp_path / "text").read_text()
    assert written.startswith("# s.mail.1: its text was read by gravamen.text 0;")


def test_a_source_changed_after_its_export_is_not_taken_for_it(tmp_path: Path) -> None:
    written = export_case(small_case(tmp_path / "case"), tmp_path / "text")
    (tmp_path / "text" / "sources" / "s.report.txt").write_text(REPORT.replace("\n", "\r\n"))
    with pytest.raises(CaseTextError, match="is not the file that was meant: its SHA-256 is"):
        import_case(written, tmp_path / "again", actor=ADA)


def test_sources_whose_ids_make_the_same_file_name_are_kept_apart(tmp_path: Path) -> None:
    casefile = small_case(tmp_path / "case")
    for n, id in enumerate(("s/a", "s:a", "S:A", "../s", "..", "s" * 200, "с")):
        source = capture(f"Report {n}.".encode(), id=id, name="a.txt")
        casefile.capture(source, actor=ADA)
    _survives(casefile, tmp_path)
    assert {p.parent.name for p in (tmp_path / "text").rglob("*.txt")} == {"sources"}


def test_a_text_that_an_older_extractor_read_is_remarked(tmp_path: Path) -> None:
    casefile = small_case(tmp_path / "case")
    new = capture(b"Another report.", id="s.old", name="old.txt")
    old = msgspec.structs.replace(new, text=msgspec.structs.replace(new.text, version="0"))
    casefile.capture(old, actor=ADA)
    written = export_case(casefile, tmp_path / "text").read_text()
    assert written.startswith(
        "# s.old: its text was read by gravamen.text 0; an import reads it anew with "
        f"gravamen.text {new.text.version}, and its text will differ.\nschema:"
    )


def test_an_export_overwrites_nothing(tmp_path: Path) -> None:
    casefile = small_case(tmp_path / "case")
    export_case(casefile, tmp_path / "text")
    before = (tmp_path / "text" / "case.yaml").read_bytes()
    with pytest.raises(RecordError, match="is there already"):
        export_case(casefile, tmp_path / "text")
    assert (tmp_path / "text" / "case.yaml").read_bytes() == before


words = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12) | st.sampled_from(
    [
        "null",
        "~",
        "yes",
        "NO",
        "1e3",
        "2020-01-01",
        "- a",
        "a: b",
        "#",
        "'",
        '"',
        "\u0085 \u2028",
        " ",
    ]
)
written = st.characters(codec="utf-8", exclude_categories=["Cc"]) | st.sampled_from("\n\t\u0085")
dates = st.sampled_from(["2020", "2020-09", "2020-09-27", "2020~", "199X", "2018/2020", "2021-21"])
claims_ids = st.sets(st.sampled_from(["c.0", "c.1"]), max_size=2).map(lambda s: tuple(sorted(s)))
parties_ids = st.sampled_from(["p.0", "p.1"])
said = words.filter(str.strip)
numbers = st.floats(allow_nan=False, allow_infinity=False)


def some(strategy: SearchStrategy[object]) -> SearchStrategy[object]:
    return st.none() | strategy


def several(strategy: SearchStrategy[object]) -> SearchStrategy[tuple[object, ...]]:
    return st.lists(strategy, max_size=2).map(tuple)


quantities = st.builds(Quantity, value=numbers, bound=st.sampled_from(["eq", "gt", "approx"])) | (
    st.tuples(numbers, numbers).map(
        lambda ends: Quantity(value=min(ends), bound="range", high=max(ends))
    )
)

requesters = st.builds(
    Requester,
    name=words,
    letterhead=several(words),
    signatories=several(
        st.builds(Signatory, id=words, name=words, capacity=words, body=some(words))
    ),
    copies=several(st.builds(Copy, office=words, why=words)),
    party=some(parties_ids),
    about=some(
        st.builds(
            Submitter,
            mandate=said,
            standing=said,
            partners=several(said),
            contact=several(said),
            interests=some(said),
        )
    ),
)
consents = st.builds(
    Consent,
    id=st.just("k.0"),
    of=parties_ids,
    uses=st.sampled_from([("court",), ("sanctions-filing", "advocacy")]),
    identity=st.sampled_from(["named", "pseudonym", "not-at-all"]),
    on=st.just("2018"),
    method=said,
    sources=st.sampled_from([(), ("s.1",), ("s.0", "s.1")]),
    recipients=several(said),
    risk=some(said),
    safety=some(said),
    withdrawn=some(st.sampled_from(["2018-02", "2024-03-05"])),
    review=some(st.just("2025~")),
)
searches = st.builds(
    Search,
    id=st.just("h.0"),
    topic=st.sampled_from(["adverse", "listing", "identity", "proceedings"]),
    where=said,
    on=dates,
    by=said,
    party=some(parties_ids),
    edition=some(said),
    found=said,
    claims=claims_ids,
    answer=some(said),
    changes=some(said),
) | st.builds(Search, id=st.just("h.0"), topic=st.just("adverse"), where=said, on=dates, by=said)
arguments = st.builds(
    Argument,
    id=st.just("g.0"),
    topic=st.sampled_from(["interest", "gravity"]),
    text=said,
    authorities=st.sampled_from([(), ("us.eo13818",), ("us.fsa.907", "us.eo13818")]),
    party=some(parties_ids),
    claims=claims_ids,
)
reviews = st.builds(
    LawReview,
    of=st.sampled_from(["us.eo13818", "el.shra_act", "us.president", "clk.glomag.120"]),
    by=said,
    on=dates,
    against=said,
    edition=st.just("0123456789abcdef"),
)
rewordings = st.builds(
    Rewording,
    id=st.just("w.0"),
    instrument=said,
    was=said.map("was {}".format),
    now=some(said.map("now {}".format)),
    source=some(st.just("a" * 64)),
)
codes = st.sampled_from(["XS", "QX", "OSTR"])
amounts = st.floats(allow_nan=False, allow_infinity=False, width=64)
flows = st.builds(
    Flow,
    id=st.just("f.0"),
    country=codes,
    dataset=said,
    file=said,
    sha256=st.just("b" * 64),
    vintage=st.sampled_from(["2018_2019", "2022-10", "1999"]),
    at=st.sampled_from(["7", "7-9, 12", "201,233"]),
    source=st.just("s.0"),
    rows=st.integers(2, 10**9),
    kind=st.sampled_from(["cost", "obligated"]),
    year=some(st.integers(1900, 2100)),
    program=some(said),
    humanitarian=some(st.booleans()),
    trainees=some(st.integers(0, 10**9)),
    amount=some(amounts),
    floor=st.booleans(),
    printed=some(amounts),
    unnamed_rows=st.integers(0, 2),
)
vettings = st.builds(
    Vetting,
    id=st.just("v.0"),
    unit=parties_ids,
    name=said,
    file=said,
    sha256=st.just("b" * 64),
    vintage=st.just("2018_2019"),
    at=st.just("7"),
    same=st.sampled_from(["yes", "no", "open"]),
    why=said,
    on=some(dates),
)
parties = st.builds(
    Party,
    id=st.just(""),
    kind=st.sampled_from(["person", "unit", "body", "government", "group"]),
    names=st.lists(
        st.builds(Name, text=words.filter(str.strip), lang=some(words)), min_size=1, max_size=2
    ).map(tuple),
    country=some(codes),
    part_of=some(parties_ids),
    born=some(dates),
    us_person=some(st.booleans()),
    nationalities=several(codes),
    identifiers=several(st.builds(Identifier, kind=words, value=words)),
    posts=several(
        st.builds(
            Post,
            title=words,
            body=parties_ids,
            start=some(dates),
            end=some(dates | st.just("..")),
            leads=st.booleans(),
            claims=claims_ids,
        )
    ),
    commands=several(st.builds(Command, over=parties_ids, claims=claims_ids)),
    protected=st.booleans(),
)
allegations = st.builds(
    Allegation,
    id=st.just(""),
    kind=st.sampled_from(["act", "status", "figure", "context"]),
    text=words,
    date=some(dates),
    place=some(words),
    roles=several(
        st.builds(Role, kind=st.sampled_from(["victim", "witness"]), party=some(parties_ids))
    ),
    quantity=some(quantities),
    key=st.booleans(),
    victims=several(st.sampled_from(["captive", "civilian"])),
    characterisations=several(
        st.builds(
            Characterisation,
            term=words,
            words=words,
            by=parties_ids,
            disputed_by=several(parties_ids),
        )
    ),
)
sources = st.fixed_dictionaries(
    {},
    optional={
        "title": words,
        "publisher": words,
        "published": dates,
        "origin": words,
        "language": st.just("en"),
    },
)


@st.composite
def cases(draw: st.DrawFn) -> list[tuple[str, Entry | Captured]]:
    """Entries of a small case of two sources, parties, allegations, claims and requests."""
    actors = st.sampled_from([ADA, READER])
    batch: list[tuple[str, Entry | Captured]] = [
        (ADA, Opened(id="case", title=draw(words), requester=draw(some(requesters)), motion="s.0"))
    ]
    texts = []
    for n in range(2):
        data = f"Report {n} " + draw(st.text(written, max_size=40)) + " at its end"
        source = capture(data.encode(), id=f"s.{n}", name=f"{n}.txt", **draw(sources))
        texts.append(source.text)
        batch.append((draw(actors), source))
    replace = msgspec.structs.replace
    for n in range(2):
        made_party = replace(draw(parties), id=f"p.{n}")
        made_allegation = replace(draw(allegations), id=f"a.{n}")
        batch.append((draw(actors), Named(party=made_party)))
        batch.append((draw(actors), Alleged(allegation=made_allegation)))
    for n in range(2):
        text = texts[n]
        start = draw(st.integers(0, len(text.text) - 5))
        end = draw(st.integers(start + 1, len(text.text)))
        if not text.text[start:end].strip():
            start, end = len(text.text) - 5, len(text.text)
        place = locate(f"s.{n}", text, text.text[start:end], near=start)
        bare = replace(place, prefix="", suffix="")
        passage = draw(st.sampled_from([place, bare]))
        claim = Claim(
            id=f"c.{n}",
            about=draw(st.sampled_from(["a.0", "p.1"])),
            passage=passage,
            speaker=draw(parties_ids | words.filter(lambda w: not w.startswith("p."))),
            said_on=draw(some(dates)),
            translation=draw(some(words)),
        )
        batch.append((draw(actors), Attributed(claim=claim)))
        request = Request(
            id=f"r.{n}",
            measure="sanctions",
            target=draw(some(parties_ids)),
            why=draw(some(words)),
            passage=draw(st.sampled_from([passage, None])),
        )
        batch.append((draw(actors), Requested(request=request)))
    batch += [
        (draw(actors), Consented(consent=draw(consents))),
        (draw(actors), Searched(search=draw(searches))),
        (draw(actors), Argued(argument=draw(arguments))),
        (ADA, LawReviewed(review=draw(reviews))),
        (draw(actors), Reworded(rewording=draw(rewordings))),
    ]
    batch += [(draw(actors), Chosen(flow=draw(flows))), (ADA, Vetted(vetting=draw(vettings)))]
    since = one_of_each("s.1", "r.0", passage, claim="c.1")
    for happened in draw(happenings(said, st.just(passage), since)):
        # A machine reads what came back; all else a person records.
        actor = draw(actors) if isinstance(happened, Reply) else ADA
        batch.append((actor, entry_of(happened)))
    targets = ["c.0", "a.1", "p.0", "k.0", "h.0", "g.0", "w.0", "f.0"]
    judged = Judgement(target=draw(st.sampled_from(targets)), verdict="accepted")
    batch.append((ADA, Judged(judgement=judged)))
    return batch


GONE = [
    "s.0", "p.0", "a.0", "c.1", "r.1", "entry:4", "k.0", "h.0", "g.0", "w.0", "f.0", "v.0",
    "st.4", "st.5", "sg.2", "sg.4", "d.1", "y.1", "n.1", "n.3",
]  # fmt: skip


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(batch=cases(), gone=st.sets(st.sampled_from(GONE)))
def test_any_case_survives(batch: list[tuple[str, Entry | Captured]], gone: set[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        (_, opened), *rest = batch
        assert isinstance(opened, Opened)
        casefile = CaseFile.create(Path(folder) / "case", opened, actor=ADA, now=NOW)
        for data in FILES:
            casefile.put_blob(data)
        casefile.append_as(
            [(a, casefile.keep(e) if isinstance(e, Captured) else e) for a, e in rest], now=NOW
        )
        for target in sorted(gone):
            if target != "entry:4" or "p.0" not in gone:
                casefile.erase(target, actor=ADA, reason="asked for", now=NOW)
        _survives(casefile, Path(folder))


def test_the_report_of_the_small_case_stands_beside_its_text_unchanged(tmp_path: Path) -> None:
    export_case(small_case(tmp_path / "case"), tmp_path / "text")
    assert (tmp_path / "text" / "sources" / "s.report.txt").read_text() == REPORT
