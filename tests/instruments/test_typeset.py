import io
import json
import re
from collections import Counter
from typing import Any

import msgspec
import pikepdf
import pypdfium2
import pytest

from gravamen.instruments import typeset as setter
from gravamen.instruments.fit import InstrumentError
from gravamen.instruments.fonts import MissingGlyph
from gravamen.instruments.manifest import exhibits_of
from gravamen.instruments.typeset import Typeset, typeset
from gravamen.sentences import Block, Cell, Instrument, Section, Signatory, Table

from .letters import CASE, NAMES, letter, motion, saying, sentence, table

ALL = [letter(), letter(paper="a4"), motion(), motion("county"), letter(draft=False)]


def made(instrument: Instrument) -> Typeset:
    return typeset(instrument, exhibits_of(instrument, CASE.sources))


def opened(instrument: Instrument) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(made(instrument).pdf))


def texts(pdf: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]


def elements(node: Any) -> list[tuple[str, Any]]:
    """The structure elements in reading order, each with its tag."""
    if isinstance(node, pikepdf.Array):
        return [e for kid in node for e in elements(kid)]
    if not isinstance(node, pikepdf.Dictionary):
        return []
    own = [(str(node.S), node)] if "/S" in node and node.get("/Type") != "/OBJR" else []
    return own + (elements(node.K) if "/K" in node else [])


def tags(pdf: pikepdf.Pdf) -> list[str]:
    roles = pdf.Root.StructTreeRoot.get("/RoleMap", {})
    return [str(roles.get(tag, tag)) for tag, _ in elements(pdf.Root.StructTreeRoot.K)]


@pytest.mark.parametrize("instrument", ALL, ids=lambda i: f"{i.id}-{i.paper}")
def test_one_file_claims_both_standards_and_carries_its_manifest_as_data(
    instrument: Instrument,
) -> None:
    pdf = opened(instrument)
    xmp = bytes(pdf.Root.Metadata.read_bytes()).decode()

    assert re.search(r"pdfaid:part[>=\"]+3", xmp)
    assert re.search(r"pdfaid:conformance[>=\"]+A", xmp)
    assert re.search(r"pdfuaid:part[>=\"]+1", xmp)
    assert bool(pdf.Root.MarkInfo.Marked)
    assert str(pdf.Root.Lang) == "en"
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    assert [str(f.AFRelationship) for f in pdf.Root.AF] == ["/Data"]
    assert (
        pdf.attachments["manifest.json"].get_file().read_bytes() == made(instrument).manifest.bytes
    )


@pytest.mark.parametrize("instrument", ALL, ids=lambda i: f"{i.id}-{i.paper}")
def test_headings_begin_at_one_and_leave_no_gap(instrument: Instrument) -> None:
    levels = [int(tag[2]) for tag in tags(opened(instrument)) if re.fullmatch("/H[1-6]", tag)]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b <= a + 1 for a, b in zip(levels, levels[1:], strict=False))


def test_a_table_has_header_cells_and_images_and_links_have_alternatives() -> None:
    pdf = opened(letter())
    found = elements(pdf.Root.StructTreeRoot.K)
    counts = Counter(tag for tag, _ in found)

    assert counts["/TH"] == 2
    assert counts["/TD"] == 2 * len(NAMES)
    assert counts["/Table"] == 1
    figures = [e for tag, e in found if tag == "/Figure"]
    assert figures
    assert all(str(e.Alt).startswith("QR code: GRAVAMEN:1:letter-us.state.") for e in figures)
    links = [a for page in pdf.pages for a in page.get("/Annots", []) if a.Subtype == "/Link"]
    assert links
    assert counts["/Link"] >= 1
    assert all("/StructParent" in link and str(link.get("/Contents", "")) for link in links)


def test_every_page_is_tagged_in_tab_order_and_every_font_embedded() -> None:
    pdf = opened(letter())
    assert all(str(page.get("/Tabs", "/S")) == "/S" for page in pdf.pages)
    assert all("/StructParents" in page for page in pdf.pages)
    descriptors = [
        o
        for o in pdf.objects
        if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/FontDescriptor"
    ]
    assert descriptors
    assert all({"/FontFile2", "/FontFile3"} & set(d.keys()) for d in descriptors)


def test_a_draft_says_so_on_every_page_and_gives_its_reasons_on_the_first() -> None:
    pages = texts(made(letter()).pdf)

    assert len(pages) > 1
    assert all("DRAFT" in page for page in pages)
    assert "First reason." in pages[0]
    assert "1 more reason stands at the end." in pages[0]
    assert "Fourth reason." in "".join(pages[1:])
    assert not any("DRAFT" in page for page in texts(made(letter(draft=False)).pdf))


def test_the_draft_mark_of_page_one_is_also_read_aloud() -> None:
    pdf = opened(letter())
    artifacts = re.findall(
        rb"/Artifact.*?EMC", b"".join(p.Contents.read_bytes() for p in pdf.pages), re.S
    )
    assert len(artifacts) >= len(pdf.pages)
    lists = [tag for tag in tags(pdf) if tag == "/L"]
    assert lists  # the reasons are a list in the structure tree


def test_each_page_prints_number_and_the_digest_of_its_manifest() -> None:
    set_ = made(letter())
    digest = set_.manifest.digest
    groups = " ".join(digest[n : n + 4] for n in range(0, 16, 4))
    pages = texts(set_.pdf)

    for number, page in enumerate(pages, 1):
        assert groups in page
        assert f"Page {number} of {len(pages)}" in page
    assert set_.foot["alt"] == f"QR code: GRAVAMEN:1:{letter().id}:{digest[:32]}"


def test_the_date_is_that_of_the_instrument_not_of_the_clock() -> None:
    pdf = opened(letter())
    xmp = bytes(pdf.Root.Metadata.read_bytes()).decode()
    assert "2024-01-15" in xmp
    assert not re.search(r"20(2[5-9]|[3-9]\d)-", xmp)


def test_one_instrument_leaves_nothing_behind_for_the_next() -> None:
    first = made(letter()).pdf
    made(motion())
    with pytest.raises(MissingGlyph):
        made(saying("a \U00012000 sign"))
    assert made(letter()).pdf == first


def test_a_sheet_that_typst_refuses_leaves_nothing_behind_either(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A compiler that refused a sheet reads it again when the next one comes."""
    first = made(letter()).pdf
    monkeypatch.setattr(setter, "check", lambda instrument: None)
    with pytest.raises(InstrumentError, match="two or three letter language code"):
        made(letter(lang="English, mostly"))
    assert made(letter()).pdf == first
    with pytest.raises(MissingGlyph, match="could not be displayed"):
        made(saying("a \U00012000 sign"))
    assert made(letter()).pdf == first


def test_every_sentence_has_its_place_on_the_page_where_it_stands() -> None:
    set_ = made(letter())
    pages = texts(set_.pdf)
    latin = [s for s in set_.manifest.sentences if s.text.isascii() and "\n" not in s.text]

    assert all(s.place for s in set_.manifest.sentences)
    for stated in latin:
        assert stated.place is not None
        assert stated.text in " ".join(pages[stated.place.page - 1].split())


@pytest.mark.parametrize(
    "text",
    [
        '#read("/etc/passwd")',
        "*bold* _it_ `code` $x$ #set page(width: 1cm)",
        "// no comment /* none */ https://a.example//b",
        "-- \"straight\" 'quotes' ... --- @ref <label> \\ ~ [a]",
        "</script><script>alert(1)</script> ]]> &amp; <b>",
        "=HYPERLINK(1) {{ 7*7 }} {% if %} %s %(x)s ${y}",
    ],
)
def test_text_that_looks_like_code_is_printed_as_it_is(text: str) -> None:
    page = texts(made(saying(text)).pdf)[0]
    assert "".join(text.split()) in "".join(page.split())


def cells(text: str) -> Instrument:
    row = tuple(Cell(sentences=(sentence(f"s{n}", text),)) for n in range(3))
    wide = Table(caption="Long", header=("A", "B", "C"), rows=(row,))
    return motion(sections=(Section(heading=None, blocks=(wide,)),))


@pytest.mark.parametrize(
    "instrument",
    [
        saying("x" * 10_000),
        saying("ա" * 10_000),
        saying("short " + "y" * 61),
        cells("x" * 10_000),
        letter(draft_reasons=("x" * 10_000,), enclosures=("x" * 10_000,)),
        letter(reference="x" * 300),
        letter(title="x" * 1000, letterhead=("x" * 1000, "x" * 1000)),
        letter(signatories=(Signatory(id="p", name="x" * 120, capacity="x" * 120),)),
    ],
    ids=lambda i: i.id,
)
def test_a_text_without_a_space_stays_on_the_paper(instrument: Instrument) -> None:
    for page in pypdfium2.PdfDocument(made(instrument).pdf):
        width, height = page.get_size()
        for thing in page.get_objects():
            left, bottom, right, top = thing.get_bounds()
            assert min(left, bottom, width - right, height - top) >= -1


@pytest.mark.parametrize(
    "more",
    [
        {"title": "x" * 10_000},
        {"letterhead": ("x" * 10_000,)},
        {"sections": (Section(heading="x" * 10_000),)},
    ],
)
def test_what_is_too_long_for_its_place_is_refused(more: dict[str, Any]) -> None:
    with pytest.raises(InstrumentError, match="10000 characters long; 1000 fit"):
        made(letter(**more))


def test_a_table_over_two_pages_repeats_its_header() -> None:
    rows = tuple(
        (Cell(sentences=(sentence(f"s{n}", f"Row {n} " * 20),)), Cell(names=(NAMES[0],)))
        for n in range(60)
    )
    long = msgspec.structs.replace(table(), rows=rows)
    pages = texts(made(motion(sections=(Section(heading="Names", blocks=(long,)),))).pdf)

    with_rows = [page for page in pages if "Row" in page]
    assert len(with_rows) > 2
    assert all("In command" in page for page in with_rows)


def test_close_and_all_signatures_stand_on_one_page() -> None:
    for lines in range(8, 48, 2):
        body = tuple(
            Block(sentences=(sentence(f"s{n}", "A line of the letter.", kind="form"),))
            for n in range(lines)
        )
        instrument = letter(draft=False, sections=(Section(heading=None, blocks=body),))
        pages = texts(made(instrument).pdf)
        [closing] = [page for page in pages if "Sincerely," in page]
        assert all(s.name in closing for s in instrument.signatories)


def test_a_heading_never_stands_alone_at_the_foot_of_a_page() -> None:
    for lines in range(20, 44):
        body = tuple(
            Block(sentences=(sentence(f"s{n}", "A line of the motion.", kind="form"),))
            for n in range(lines)
        )
        last = (Block(sentences=(sentence("s99", "What stands under it.", kind="form"),)),)
        sections = (
            Section(heading=None, blocks=body),
            Section(heading="The heading", blocks=last),
        )
        pages = texts(made(motion(sections=sections)).pdf)
        [with_heading] = [page for page in pages if "The heading" in page]
        assert "What stands under it." in with_heading


def test_names_in_eight_scripts_are_drawn_and_come_back_from_the_manifest() -> None:
    set_ = made(letter())
    attached = json.loads(set_.manifest.bytes)
    [names] = [s for s in attached["frame"]["sections"] if s["heading"] == "Who is named"]
    back = [n["text"] for row in names["blocks"][0]["rows"] for c in row for n in c["names"]]

    assert back == [n.text for n in NAMES]
    assert back[4] == "می\u200cخواهم رضا"  # the joiner that Persian needs is kept
    counted = Counter("".join(texts(set_.pdf)))
    for name in NAMES[:4] + NAMES[5:]:
        assert all(counted[c] for c in name.text if c != " "), name.text
    pdf = pikepdf.open(io.BytesIO(set_.pdf))
    langs = {str(e.Lang) for _, e in elements(pdf.Root.StructTreeRoot.K) if "/Lang" in e}
    assert {"hy", "az", "ru", "ar", "fa", "ka", "zh", "he"} <= langs


def test_letter_and_a4_have_their_sizes() -> None:
    sizes = {
        paper: tuple(
            round(x) for x in pypdfium2.PdfDocument(made(letter(paper=paper)).pdf)[0].get_size()
        )
        for paper in ("us-letter", "a4")
    }
    assert sizes == {"us-letter": (612, 792), "a4": (595, 842)}


def test_the_order_of_a_letter() -> None:
    whole = " ".join("".join(texts(made(letter()).pdf)).split())
    order = [
        "DRAFT: not to be sent",
        "Alder County Board of Supervisors",
        "January 15, 2024",
        "The Secretary of State",
        "Re: Three officers",
        "Dear Secretary:",
        "What we ask",
        "What is alleged",
        "Sincerely,",
        "Ada Merrow Supervisor, District 1 Alder County",
        "Enclosures",
        "Copies to",
        "can start the clock",
        "Sources",
        "held 41 persons without charge",
    ]
    places = [whole.index(words) for words in order]
    assert places == sorted(places)


def test_a_withheld_claim_prints_its_commitment_and_none_of_its_words() -> None:
    whole = "".join(texts(made(letter()).pdf))
    assert CASE.version("c.witness") in whole
    assert "Tovash" not in whole


def test_a_file_ends_with_a_line_feed_so_that_it_can_be_signed() -> None:
    assert made(letter()).pdf.endswith(b"%%EOF\n")


@pytest.mark.parametrize("paper", ["us-letter", "a4"])
def test_nothing_runs_into_the_foot_or_off_the_page(paper: str) -> None:
    for instrument in (letter(paper=paper), motion(paper=paper)):
        for page in pypdfium2.PdfDocument(made(instrument).pdf):
            width, height = page.get_size()
            for thing in page.get_objects():
                left, bottom, right, top = thing.get_bounds()
                assert (left, bottom, width - right, height - top) >= (0, 0, 0, 0)


def test_an_id_that_is_no_file_name_is_refused() -> None:
    with pytest.raises(InstrumentError, match="cannot be the id"):
        made(letter(id="../../etc/passwd"))
