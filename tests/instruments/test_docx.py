"""The Word document: the same words as the other formats, and marks by which edits come back."""

import io
import struct
import zipfile
from pathlib import Path

import docx
import msgspec
import pytest
import yaml
from lxml import etree

from gravamen.instruments import setting
from gravamen.instruments.comparison.reading import read
from gravamen.instruments.docx import document, manifest_in
from gravamen.instruments.docx.archive import manifest_item
from gravamen.instruments.docx.figure import png
from gravamen.instruments.fit import InstrumentError, printed
from gravamen.instruments.fonts import LATIN, runs
from gravamen.instruments.leaks import ProtectedName, guard_files, leaks
from gravamen.instruments.manifest import exhibits_of
from gravamen.instruments.setting import made_of, write
from gravamen.instruments.typeset import typeset
from gravamen.instruments.verify import verify_file
from gravamen.sentences import Block, Box, Figure, Instrument, Line, Section
from gravamen.values import canonical

from .conftest import COUNTY
from .editing import W, changed, joined, parts, put, w
from .hostile import PRINTED, REFUSED, everywhere
from .letters import CASE, NAMES, letter, motion, saying, sentence


def made(instrument: Instrument) -> bytes:
    set_ = typeset(instrument, exhibits_of(instrument, CASE.sources))
    return document(set_.sheet, set_.foot)


def body(data: bytes) -> etree._Element:
    return etree.fromstring(parts(data)["word/document.xml"])


def words(data: bytes) -> str:
    return "".join(p.text for p in read(data, name="x").pieces)


def drawn() -> Figure:
    return Figure(
        caption="Who commands whom",
        alt="The Ministry above the Second Regiment.",
        width=200,
        height=120,
        boxes=(
            Box(x=20, y=10, width=160, height=30, words=("Ministry",), bold=1),
            Box(x=20, y=80, width=160, height=30, words=("Second Regiment",)),
        ),
        lines=(Line(corners=((100, 40), (100, 80))),),
    )


def test_every_text_that_is_printed_stands_in_it() -> None:
    for instrument in (letter(), motion(), motion("county"), letter(draft=False)):
        said = words(made(instrument))
        for where, text in printed(instrument):
            if where != "body" and (where != "draft reasons" or instrument.draft):
                assert text in said, where


def test_the_sentences_stand_in_the_order_of_the_instrument() -> None:
    root = body(made(letter()))
    tags = [t.get(w("val")) for t in root.iter(w("tag"))]
    assert tags == [f"gravamen:{s.id}" for s in letter().sentences()]


def test_each_sentence_has_a_control_and_a_bookmark_of_its_own() -> None:
    root = body(made(letter()))
    for one in letter().sentences():
        (sdt,) = [
            s for s in root.iter(w("sdt"))
            if s.find(f"{w('sdtPr')}/{w('tag')}").get(w("val")) == f"gravamen:{one.id}"
        ]  # fmt: skip
        assert sdt.find(f"{w('sdtPr')}/{w('alias')}").get(w("val")) == one.kind
        assert sdt.getprevious().get(w("name")) == f"gv_{one.id}"
        assert sdt.getnext().get(w("id")) == sdt.getprevious().get(w("id"))
    numbers = [i.get(w("val")) for i in root.iter(w("id")) if i.getparent().tag == w("sdtPr")]
    assert len({*numbers}) == len(numbers) == len(letter().sentences())
    assert all(0 < int(n) < 2**31 for n in numbers)
    bookmarks = [b.get(w("id")) for b in root.iter(w("bookmarkStart"))]
    assert len({*bookmarks}) == len(bookmarks)


def test_two_sentences_never_share_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    class Same:
        def __init__(self, data: bytes) -> None:
            pass

        def digest(self) -> bytes:
            return b"\0\0\1\0"

    monkeypatch.setattr("gravamen.instruments.docx.body.sha256", Same)
    root = body(made(letter()))
    numbers = [i.get(w("val")) for i in root.iter(w("id")) if i.getparent().tag == w("sdtPr")]
    assert len({*numbers}) == len(numbers)


def test_the_manifest_is_inside_as_it_is_in_the_other_formats() -> None:
    one = made_of(letter(), case=CASE)
    assert manifest_in(one.docx) == one.manifest.bytes


def test_the_same_instrument_gives_the_same_bytes_without_a_date_of_the_machine() -> None:
    data = made(letter())
    assert made(letter()) == data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {i.date_time for i in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [n for n in archive.namelist() if "thumbnail" in n]


def test_its_properties_are_those_of_the_instrument() -> None:
    about = docx.Document(io.BytesIO(made(letter(lang="en")))).core_properties
    assert about.title == "Three officers of the Second Regiment"
    assert about.author == "Alder County Board of Supervisors"
    assert (about.language, about.content_status) == ("en", "Draft")
    assert about.created.isoformat().startswith("2024-01-15")
    assert (about.last_modified_by, about.comments) == ("", "")


def test_headings_go_down_without_a_gap_and_the_title_is_the_first() -> None:
    styles = [p.style.name for p in docx.Document(io.BytesIO(made(letter()))).paragraphs]
    levels = [int(s[-1]) for s in styles if s.lower().startswith("heading")]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(b - a <= 1 for a, b in zip(levels, levels[1:], strict=False))


def test_a_table_has_a_head_that_repeats_words_that_name_it_and_no_fixed_widths() -> None:
    root = body(made(letter()))
    (table,) = root.iter(w("tbl"))
    first, *rest = table.findall(w("tr"))
    assert first.find(f"{w('trPr')}/{w('tblHeader')}") is not None
    assert all(r.find(f"{w('trPr')}/{w('tblHeader')}") is None for r in rest)
    assert table.find(f"{w('tblPr')}/{w('tblLayout')}").get(w("type")) == "autofit"
    assert table.find(f"{w('tblPr')}/{w('tblCaption')}").get(w("val")) == "Who is named"


def test_a_draft_says_so_in_the_head_of_each_page_and_why_on_the_first() -> None:
    data = made(letter())
    for part in ("word/header1.xml", "word/header2.xml"):
        assert "DRAFT not to be sent" in "".join(etree.fromstring(parts(data)[part]).itertext())
    assert "Fourth reason." in words(data)
    assert "DRAFT" not in words(made(letter(draft=False)))


def test_a_marking_stands_in_the_head_of_each_page() -> None:
    data = made(letter(marking="Not for publication"))
    for part in ("word/header1.xml", "word/header2.xml"):
        assert "Not for publication" in "".join(etree.fromstring(parts(data)[part]).itertext())


def test_the_foot_counts_pages_and_bears_the_digest_and_its_code() -> None:
    one = made_of(letter(), case=CASE)
    foot = etree.fromstring(parts(one.docx)["word/footer1.xml"])
    fields = [f.get(w("instr")).strip() for f in foot.iter(w("fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]
    digest = one.manifest.digest
    assert " ".join(digest[n : n + 4] for n in range(0, 16, 4)) in "".join(foot.itertext())
    (alt,) = [e.get("descr") for e in foot.iter() if e.tag.endswith("}docPr")]
    assert digest[:32] in alt


@pytest.mark.parametrize("name", NAMES, ids=lambda n: n.lang)
def test_a_name_has_its_language_and_direction(name) -> None:
    root = body(made(letter()))
    run = next(r for r in root.iter(w("r")) if "".join(r.itertext()) == name.text)
    properties = run.find(w("rPr"))
    backwards = name.lang in ("ar", "fa", "he")
    kind = "bidi" if backwards else "eastAsia" if name.lang == "zh" else "val"
    assert properties.find(w("lang")).get(w(kind)) == name.lang
    assert (properties.find(w("rtl")) is not None) == backwards
    bidi = run.getparent().find(f"{w('pPr')}/{w('bidi')}")
    assert (bidi is not None) == backwards
    fonts = properties.find(w("rFonts"))
    family = fonts.get(w("cs")) if fonts is not None else LATIN
    assert family == (runs(name.text)[0].family or LATIN)


def test_a_document_in_a_language_from_right_to_left_is_set_so() -> None:
    data = made(motion(title="درباره‌ی بازداشت‌ها", lang="fa"))
    styles = etree.fromstring(parts(data)["word/styles.xml"])
    normal = next(s for s in styles if s.get(w("styleId")) == "Normal")
    assert normal.find(f"{w('pPr')}/{w('bidi')}") is not None
    assert body(data).find(f"{w('body')}/{w('sectPr')}/{w('bidi')}") is not None


@pytest.mark.parametrize("text", PRINTED.values(), ids=PRINTED)
def test_hostile_strings_are_printed_as_they_stand(text: str) -> None:
    instrument = everywhere(text)
    one = made_of(instrument, case=CASE)
    read_back = read(one.docx, name="x")
    said = "".join(p.text for p in read_back.pieces)
    assert said.count(text) >= len([1 for _, t in printed(instrument) if t == text])
    assert manifest_in(one.docx) == one.manifest.bytes
    docx.Document(io.BytesIO(one.docx))


@pytest.mark.parametrize("text", REFUSED, ids=[ascii(t)[1:12] for t in REFUSED])
def test_what_no_page_can_print_is_refused_or_given_by_number(text: str, tmp_path: Path) -> None:
    try:
        files = write(saying(text, draft=True), tmp_path, case=CASE)
    except ValueError:
        assert not list(tmp_path.iterdir())
    else:
        assert "[U+" in words(files.docx.read_bytes())


def test_ten_thousand_characters_without_a_space_stand_in_it() -> None:
    assert "x" * 10_000 in words(made(saying("x" * 10_000)))


def test_a_figure_is_a_picture_with_words_that_stand_for_it() -> None:
    section = Section(
        heading="Command",
        blocks=(drawn(), Block(sentences=(sentence("s1", "He commanded it.", "c.post"),))),
    )
    data = made(letter(sections=(section,)))
    assert made(letter(sections=(section,))) == data
    of = parts(data)
    picture = of["word/media/figure1.png"]
    assert picture[:8] == b"\x89PNG\r\n\x1a\n" and struct.unpack(">I", picture[16:20])[0] > 400
    alts = [e.get("descr") for e in body(data).iter() if e.tag.endswith("}docPr")]
    assert alts == ["The Ministry above the Second Regiment."]
    assert "Who commands whom" in words(data)
    assert b"figure1.png" in of["word/_rels/document.xml.rels"]


def test_a_drawing_that_is_none_is_an_error_in_words() -> None:
    with pytest.raises(InstrumentError, match="figure"):
        png("<svg")


def test_an_annex_begins_a_page_and_may_stand_a_level_lower() -> None:
    block = Block(sentences=(sentence("s1", "He commanded it.", "c.post"),))
    sections = (
        Section(heading="First", blocks=(block,)),
        Section(
            heading="Second",
            level=3,
            annex=True,
            blocks=(Block(sentences=(sentence("s2", "He knew.", "c.post"),)),),
        ),
    )
    data = made(letter(sections=sections))
    second = next(p for p in body(data).iter(w("p")) if "".join(p.itertext()) == "Second")
    assert second.find(f"{w('pPr')}/{w('pStyle')}").get(w("val")) == "Heading3"
    assert second.find(f"{w('pPr')}/{w('pageBreakBefore')}") is not None


def test_marks_lead_to_notes_that_are_there() -> None:
    root = body(made(letter()))
    anchors = {h.get(w("anchor")) for h in root.iter(w("hyperlink"))}
    names = {b.get(w("name")) for b in root.iter(w("bookmarkStart"))}
    assert anchors and anchors <= names


def test_the_elements_of_properties_stand_in_the_order_of_the_schema() -> None:
    """Word refuses a file whose properties stand in another order."""
    order = {
        "rPr": ("rStyle", "rFonts", "b", "bCs", "caps", "color", "spacing", "sz", "szCs",
                "vertAlign", "rtl", "lang"),
        "pPr": ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "numPr", "pBdr", "shd",
                "tabs", "bidi", "spacing", "ind", "jc", "outlineLvl"),
    }  # fmt: skip
    of = parts(made(letter(marking="Not for publication")))
    for part in ("document", "styles", "header1", "footer1", "numbering"):
        for element in etree.fromstring(of[f"word/{part}.xml"]).iter():
            names = order.get(element.tag.rpartition("}")[2])
            if names and element.tag.startswith(f"{{{W}}}"):
                places = [names.index(c.tag.rpartition("}")[2]) for c in element]
                assert places == sorted(places), etree.tostring(element)


def test_verify_sets_it_again_and_compares_every_byte(tmp_path: Path) -> None:
    files = write(letter(), tmp_path, case=CASE)
    found = verify_file(files.docx, CASE)
    assert (found.kind, found.strength, found.faults, found.notes) == ("docx", "bytes", (), ())


def test_verify_names_an_edited_sentence_and_the_command_that_compares(tmp_path: Path) -> None:
    files = write(letter(), tmp_path, case=CASE)
    files.docx.write_bytes(changed(files.docx.read_bytes(), put("s3", "41", "14")))
    found = verify_file(files.docx, CASE)
    assert not found.ok
    assert [f.sentence for f in found.faults if f.id == "sentence-changed"] == ["s3"]
    assert "import FILE --compare" in " ".join(found.told(brief=True).split())


def test_verify_takes_no_other_packing_and_nothing_beside_the_parts(tmp_path: Path) -> None:
    files = write(letter(), tmp_path, case=CASE)
    data = files.docx.read_bytes()
    for odd in (joined(parts(data)), data + b"x", b"x" + data):
        files.docx.write_bytes(odd)
        assert not verify_file(files.docx, CASE).ok


@pytest.mark.parametrize("part", ["word/vbaProject.bin", "word/embeddings/oleObject1.bin"])
def test_verify_names_what_can_run(tmp_path: Path, part: str) -> None:
    files = write(letter(), tmp_path, case=CASE)
    files.docx.write_bytes(joined({**parts(files.docx.read_bytes()), part: b"x"}))
    assert "active-content" in [f.id for f in verify_file(files.docx, CASE).faults]


def test_every_single_changed_byte_of_it_is_found(tmp_path: Path) -> None:
    files = write(motion(), tmp_path, case=CASE)
    data = files.docx.read_bytes()
    for at in range(0, len(data), 211):
        files.docx.write_bytes(data[:at] + bytes([data[at] ^ 0x10]) + data[at + 1 :])
        assert not verify_file(files.docx, CASE).ok, at


def test_the_guard_searches_the_bytes_of_every_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    naming = letter(title="What Mirel Tovash saw")
    data = made(naming)
    with pytest.raises(ProtectedName, match="W-1"):
        guard_files({"letter.docx": data}, CASE)
    monkeypatch.setattr(setting, "guard", lambda manifest, case: None)
    with pytest.raises(ProtectedName):
        write(naming, tmp_path, case=CASE)
    assert not list(tmp_path.iterdir())


def test_a_protected_name_is_found_in_any_part_of_it(tmp_path: Path) -> None:
    of = parts(made(letter()))
    for part in ("word/styles.xml", "docProps/core.xml", "customXml/item1.xml"):
        path = tmp_path / "x.docx"
        path.write_bytes(
            joined({**of, part: of[part].replace(b"</", b"<!-- Mirel Tovash --></", 1)})
        )
        assert [leak.part.split(",")[0] for leak in leaks([path], ["Mirel Tovash"])][0] == part


def test_the_worked_case_holds_no_protected_name(drafted: Path) -> None:
    case = yaml.safe_load((COUNTY / "case.yaml").read_text(encoding="utf-8"))
    names = [
        n["text"] if isinstance(n, dict) else n
        for p in case["parties"] if p.get("protected") for n in p["names"]
    ]  # fmt: skip
    assert names and leaks(sorted(drafted.glob("*.docx")), names) == []


def test_a_changed_instrument_changes_the_document() -> None:
    one = msgspec.structs.replace(letter(), close="Yours,")
    assert made(one) != made(letter())


def test_a_manifest_of_more_than_ten_megabytes_comes_back_whole() -> None:
    manifest = canonical({"quotes": [f"“é{n}” \x7f\ufffe" for n in range(600_000)]})
    assert len(manifest) > 11_000_000
    assert manifest_in(joined({"customXml/item1.xml": manifest_item(manifest.decode())})) == (
        manifest
    )
