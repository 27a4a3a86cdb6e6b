"""Akoma Ntoso: valid against the schema, true to the instrument, verified from itself."""

from pathlib import Path

import lxml.html
import msgspec
import pytest
from lxml import etree

from gravamen.instruments import akn
from gravamen.instruments.akn_meta import AKN, OURS, three_letters, xml_text
from gravamen.instruments.fit import InstrumentError
from gravamen.instruments.manifest import read
from gravamen.instruments.setting import Made, made_of, write
from gravamen.instruments.verify import verify_file
from gravamen.sentences import Block, Figure, Instrument, Section

from .hostile import PRINTED, everywhere
from .letters import CASE, NAMES, letter, motion, sentence

LANG = "{http://www.w3.org/XML/1998/namespace}lang"
NS = {"a": AKN, "g": OURS}


@pytest.fixture(scope="session")
def schema(shared_data: Path) -> etree.XMLSchema:
    path = shared_data / "akn" / "akomantoso30.xsd"
    if not path.exists():
        pytest.skip("no Akoma Ntoso schema in shared/data/akn")
    return etree.XMLSchema(etree.parse(str(path)))


def dossier() -> Instrument:
    said = Block(sentences=(sentence("s1", "41 persons were held.", "c.held"),))
    figure = Figure(caption="Chart", alt="A commands B.", width=10, height=10, boxes=())
    return letter(
        id="dossier-p.x-us",
        kind="dossier",
        style="dossier",
        office=None,
        salutation=None,
        marking="For the desk only",
        party="p.x",
        regime="us",
        country="US",
        sections=(
            Section(heading="Summary", id="summary", blocks=(said,)),
            Section(heading="Incidents", id="incidents"),
            Section(heading="First", level=3, blocks=(figure,)),
            Section(heading="Link", id="link", blocks=(said_again(2),)),
            Section(heading="Chart", level=3, blocks=(said_again(3),)),
        ),
    )


def said_again(n: int) -> Block:
    return Block(sentences=(sentence(f"s{n}", "He commanded it.", "c.post"),))


INSTRUMENTS = (
    letter(),
    motion(),
    motion("county"),
    dossier(),
    letter(id="diagnosis", kind="diagnosis", style="report", office=None),
    letter(id="summary", kind="summary", style="dossier", sections=()),
    motion(id="bare", sections=()),
)


def made(instrument: Instrument) -> Made:
    return made_of(instrument, case=CASE)


def root_of(instrument: Instrument) -> etree._Element:
    return etree.fromstring(made(instrument).akn)


@pytest.mark.parametrize("instrument", INSTRUMENTS, ids=lambda i: i.id)
def test_every_kind_of_instrument_is_valid(instrument: Instrument, schema: etree.XMLSchema) -> None:
    schema.assertValid(root_of(instrument))


@pytest.mark.parametrize("text", PRINTED.values(), ids=PRINTED.keys())
def test_a_hostile_text_is_valid_and_stands_word_for_word(
    text: str, schema: etree.XMLSchema
) -> None:
    instrument = everywhere(text)
    data = made(instrument).akn
    root = etree.fromstring(data)

    schema.assertValid(root)
    assert root.findtext(".//a:docTitle", namespaces=NS) is not None
    title = root.find(".//a:docTitle", NS)
    assert title is not None and "".join(title.itertext()) == text
    assert set(akn.sentences_in(data).values()) == {text}
    back = akn.manifest_in(data)
    assert back is not None and read(back)[1] == instrument


def test_ten_thousand_characters_stand_word_for_word(schema: etree.XMLSchema) -> None:
    long = "w" * 10_000
    block = Block(sentences=(sentence("s1", long, "c.held"),))
    data = made(letter(sections=(Section(heading="x", blocks=(block,)),))).akn

    schema.assertValid(etree.fromstring(data))
    assert akn.sentences_in(data) == {"s1": long}


def test_a_motion_is_a_resolution_with_recitals_and_numbered_clauses() -> None:
    root = root_of(motion(country="US", reference="item 7"))
    [whole] = root
    assert (whole.tag, whole.get("name")) == (f"{{{AKN}}}statement", "resolution")
    recital = whole.find(".//a:preamble/a:recitals/a:recital", NS)
    assert recital is not None and recital.findtext("a:num", namespaces=NS) == "WHEREAS,"
    assert recital.find("a:p/a:span[@eId='s1']", NS) is not None
    assert (
        whole.find(".//a:preamble/a:formula[@name='enacting']//a:span[@eId='s2']", NS) is not None
    )
    clause = whole.find("a:mainBody/a:paragraph", NS)
    assert clause is not None and clause.findtext("a:num", namespaces=NS) == "RESOLVED,"
    assert clause.find("a:content/a:p/a:span[@eId='s3']", NS) is not None
    uri = whole.find(".//a:FRBRExpression/a:FRBRuri", NS)
    assert uri is not None
    assert uri.get("value") == "/akn/us/statement/resolution/2024-01-15/item-7/eng@2024-01-15"


def test_sentences_stand_in_the_order_and_words_of_the_instrument() -> None:
    for instrument in INSTRUMENTS:
        found = akn.sentences_in(made(instrument).akn)
        assert list(found.items()) == [(s.id, s.text) for s in instrument.sentences()]


def test_a_sentence_refers_to_its_claims_and_says_what_it_is() -> None:
    root = root_of(letter())
    span = root.find(".//a:span[@eId='s3']", NS)
    assert span is not None and span.get("class") == "sentence allegation"
    [target] = (span.get("refersTo") or "").split()
    claim = root.find(f".//a:references/a:TLCReference[@eId='{target[1:]}']", NS)
    assert claim is not None and claim.get("showAs") == "c.held"


def test_every_reference_leads_to_something_in_the_document() -> None:
    for instrument in INSTRUMENTS:
        root = root_of(instrument)
        ids = {e.get("eId") for e in root.iter() if isinstance(e.tag, str)}
        wanted = [
            r for e in root.iter() for name in ("refersTo", "href", "source")
            for r in (e.get(name) or "").split() if r.startswith("#")
        ]  # fmt: skip
        assert wanted and [r for r in wanted if r[1:] not in ids] == []


def test_notes_hold_the_exact_words_under_the_marks_that_are_printed() -> None:
    set_ = made(letter())
    root = etree.fromstring(set_.akn)
    page = lxml.html.document_fromstring(set_.html, parser=lxml.html.HTMLParser(encoding="utf-8"))
    printed = {
        li.get("id"): li.find(".//q").text_content()
        for li in page.iterfind(".//li[@id]")
        if li.find(".//q") is not None
    }
    notes = {
        n.get("eId").replace("_", "-"): "".join(n[0].itertext())
        for n in root.iterfind(".//a:note", NS)
        if n[0].get("class") == "quote"
    }
    assert notes == printed and len(notes) == 3


def test_a_withheld_claim_is_there_as_its_commitment_only() -> None:
    data = made(letter()).akn
    root = etree.fromstring(data)
    outside = etree.fromstring(data)
    for own in outside.iter(f"{{{OURS}}}manifest"):
        own.text = ""
    [withheld] = root.findall(".//a:TLCReference[@name='withheld']", NS)
    version = CASE.version("c.witness")

    assert withheld.get("href") == f"/ontology/withheld/{version}"
    assert b"c.witness" not in etree.tostring(outside)
    assert b"Tovash" not in data and version.encode() in etree.tostring(outside)


def test_names_stand_in_their_own_script_with_their_language() -> None:
    names = root_of(letter()).findall(".//a:td//a:span[@class='name']", NS)
    assert [("".join(n.itertext()), n.get(LANG)) for n in names] == [
        (n.text, n.lang) for n in NAMES
    ]


def test_a_figure_is_told_in_words_and_nothing_is_fetched() -> None:
    root = root_of(dossier())
    assert root.findtext(".//a:p[@class='alternative']", namespaces=NS) == "A commands B."
    assert root.find(".//a:img", NS) is None and b"<svg" not in etree.tostring(root)


def test_a_line_break_stays_and_is_marked() -> None:
    span = root_of(letter()).find(".//a:span[@eId='s7']", NS)
    assert span is not None and span.find("a:eol", NS) is not None
    assert "".join(str(t) for t in span.itertext()) == "First line\nSecond line"


def test_a_part_of_a_section_stands_inside_it() -> None:
    root = root_of(dossier())
    parts = [
        (
            s.findtext("a:heading", namespaces=NS),
            s.findtext("a:subsection/a:heading", namespaces=NS),
        )
        for s in root.iterfind(".//a:mainBody/a:section", NS)
    ]
    assert parts == [("Summary", None), ("Incidents", "First"), ("Link", "Chart")]


def test_the_same_instrument_gives_the_same_bytes() -> None:
    assert made(letter()).akn == made(letter()).akn


def test_a_draft_says_so_and_a_finished_one_does_not() -> None:
    assert root_of(letter()).find(".//a:docStatus", NS) is not None
    assert root_of(letter(draft=False)).find(".//a:docStatus", NS) is None


@pytest.mark.parametrize("instrument", (letter(), motion()), ids=lambda i: i.kind)
def test_a_document_is_verified_from_the_manifest_that_it_carries(
    instrument: Instrument, tmp_path: Path
) -> None:
    path = write(instrument, tmp_path, case=CASE).akn
    found = verify_file(path, CASE)

    assert (found.kind, found.ok, found.faults) == ("akn", True, ())
    assert found.record == made(instrument).manifest.digest


def test_a_changed_word_is_named_with_its_sentence(tmp_path: Path) -> None:
    path = write(letter(), tmp_path, case=CASE).akn
    path.write_bytes(
        path.read_bytes().replace(b">41 persons were held.<", b">14 persons were held.<")
    )
    found = verify_file(path, CASE)

    assert not found.ok
    assert [f.sentence for f in found.faults if f.id == "sentence-changed"] == ["s3"]
    assert "“" in found.faults[0].message and "14 persons" in found.faults[0].message


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"<preface", b'<foreign xmlns="urn:x"/><preface'),
        (b"<akomaNtoso", b'<?xml-stylesheet href="https://a.example/x.xsl"?><akomaNtoso'),
        (b"<akomaNtoso", b'<!DOCTYPE akomaNtoso [<!ENTITY x "y">]><akomaNtoso'),
        (b"</mainBody>", b'<p><img src="https://a.example/x.png"/></p></mainBody>'),
    ],
)
def test_what_is_added_to_a_document_is_found(old: bytes, new: bytes, tmp_path: Path) -> None:
    path = write(letter(), tmp_path, case=CASE).akn
    path.write_bytes(path.read_bytes().replace(old, new, 1))
    found = verify_file(path, CASE)

    assert not found.ok
    if b"urn:x" not in new:
        assert "active-content" in {f.id for f in found.faults}


def test_every_broken_byte_is_found_without_a_traceback(tmp_path: Path) -> None:
    path = write(motion(), tmp_path, case=CASE).akn
    data = path.read_bytes()
    for at in range(0, len(data), 997):
        path.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        assert not verify_file(path, CASE).ok, at
    for at in (0, 5, 500, len(data) // 2, len(data) - 3):
        path.write_bytes(data[:at])
        assert not verify_file(path, CASE).ok, at


def test_entities_of_a_hostile_document_are_not_resolved(tmp_path: Path) -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
    path = tmp_path / "x.akn.xml"
    path.write_bytes(bomb)

    assert [f.id for f in verify_file(path).faults] == ["manifest-unreadable"]
    assert akn.words_in(bomb) == []


def test_what_xml_cannot_hold_is_given_by_its_number_and_kept_in_the_manifest() -> None:
    assert xml_text("a\x00b\ufffec\u202ed\x0be") == "a[U+0000]b[U+FFFE]c[U+202E]d[U+000B]e"
    assert xml_text("]]> & \t\n <") == "]]> & \t\n <"


def test_a_text_that_cannot_be_written_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gravamen.instruments.akn.xml_text", lambda words: words + "\x00")
    with pytest.raises(InstrumentError, match=r"Akoma Ntoso .*control-character"):
        made(letter())


def test_languages_have_three_letters() -> None:
    assert [three_letters(t) for t in ("en", "az-Latn", "fa", "sr-Cyrl", "tlh")] == [
        "eng", "aze", "fas", "srp", "tlh",
    ]  # fmt: skip


def test_a_motion_names_the_country_of_its_body(tmp_path: Path) -> None:
    changed = msgspec.structs.replace(motion(), country="XS")
    country = root_of(changed).find(".//a:FRBRcountry", NS)
    assert country is not None and country.get("value") == "xs"
    unknown = root_of(motion()).find(".//a:FRBRcountry", NS)
    assert unknown is not None and unknown.get("value") == "zz"
