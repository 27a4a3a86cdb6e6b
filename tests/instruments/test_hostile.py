"""Hostile texts in every field: printed as they stand, or refused by a check that is named."""

import io
import re
from pathlib import Path

import lxml.html
import pikepdf
import pypdfium2
import pytest
import yaml

from gravamen.instruments.fit import InstrumentError
from gravamen.instruments.fonts import MissingGlyph
from gravamen.instruments.manifest import exhibits_of, read
from gravamen.instruments.page import manifest_in, page
from gravamen.instruments.typeset import Typeset, typeset
from gravamen.sentences import Instrument

from .conftest import gravamen
from .hostile import PRINTED, REFUSED, everywhere
from .letters import CASE, letter


def made(instrument: Instrument) -> Typeset:
    return typeset(instrument, exhibits_of(instrument, CASE.sources))


def bare(text: str) -> str:
    """A text without what no page shows: spaces, joiners, marks of compatibility."""
    return re.sub(r"[\s\u00ad\u200b-\u200f\u2060\ufe0f\ufffe]+", "", text)


def on_paper(pdf: bytes) -> bool:
    for sheet in pypdfium2.PdfDocument(pdf):
        width, height = sheet.get_size()
        for thing in sheet.get_objects():
            left, bottom, right, top = thing.get_bounds()
            if min(left, bottom, width - right, height - top) < -1:
                return False
    return True


@pytest.mark.parametrize("text", PRINTED.values(), ids=PRINTED.keys())
def test_a_text_that_looks_like_code_is_printed_in_every_field_as_it_stands(text: str) -> None:
    instrument = everywhere(text)
    set_ = made(instrument)
    whole = "".join(p.get_textpage().get_text_range() for p in pypdfium2.PdfDocument(set_.pdf))

    assert read(set_.manifest.bytes)[1] == instrument
    assert "root:" not in whole and "localhost" not in whole
    if text not in (PRINTED["scripts"], PRINTED["marks"]):  # lines of mixed direction come back
        assert bare(whole).count(bare(text)) >= 28  # in another order, accents composed
    with pikepdf.open(io.BytesIO(set_.pdf)) as pdf:
        assert str(pdf.docinfo.Title) == text
        assert pdf.open_metadata()["dc:title"] == text
        assert "/JavaScript" not in pdf.Root.get("/Names", {})
    assert on_paper(set_.pdf)


@pytest.mark.parametrize("text", PRINTED.values(), ids=PRINTED.keys())
def test_a_text_that_looks_like_markup_is_shown_in_every_field_of_a_page(text: str) -> None:
    instrument = everywhere(text)
    set_ = made(instrument)
    data = page(set_.sheet, set_.foot)
    root = lxml.html.document_fromstring(data, parser=lxml.html.HTMLParser(encoding="utf-8"))
    plain = text.replace("\t", " ")

    assert root.findtext(".//title") == f"DRAFT: {plain}"
    for path in (".//h2", ".//caption", ".//th", ".//bdi", ".//q"):
        assert root.find(path) is not None
    for element in (root.find(".//h2"), root.find(".//caption"), *root.iter("th", "bdi")):
        assert element.text_content() == plain
    spans = [s.text_content() for s in root.iterfind(".//span[@data-kind]")]
    assert spans == [plain] * 9
    assert len(root.findall(".//script")) == 1
    assert not [a for e in root.iter() for a in e.attrib if a.startswith("on") or a == "src"]
    back = manifest_in(data)
    assert back is not None and read(back)[1] == instrument


@pytest.mark.parametrize("text", REFUSED, ids=lambda t: repr(t)[:24])
def test_a_text_that_deceives_is_refused_by_a_named_check_wherever_it_stands(text: str) -> None:
    for field in ("title", "body", "reference", "salutation", "close"):
        with pytest.raises((InstrumentError, MissingGlyph), match=rf"\({REFUSED[text]}\)\.$"):
            made(letter(**{field: text}))
    whole = everywhere("x")
    for field in ("letterhead", "addressee", "enclosures", "draft_reasons"):
        with pytest.raises((InstrumentError, MissingGlyph), match=REFUSED[text]):
            made(letter(**{field: (text,)}))
    for field in ("signatories", "copies", "sections"):
        hostile = getattr(everywhere(text), field)
        with pytest.raises((InstrumentError, MissingGlyph), match=REFUSED[text]):
            made(letter(**{field: hostile}))
    assert made(whole)


@pytest.mark.parametrize("text", ["x" * 900, "ա" * 900, "w" * 60 + " " + "m" * 900, "漢" * 900])
def test_nine_hundred_characters_without_a_space_stay_on_the_paper_in_every_field(
    text: str,
) -> None:
    assert on_paper(made(everywhere(text, reference=text[:40])).pdf)


def hostile_case(folder: Path) -> Path:
    """A case whose every free text is hostile, its sources and their quotes too."""
    texts = [PRINTED[k] for k in PRINTED if k not in ("json", "marks")]
    everything = "\n".join([*texts, *(t for t in REFUSED if "\0" not in t and "\ud800" not in t)])
    folder.mkdir()
    (folder / "source.txt").write_text(everything, encoding="utf-8")
    take = iter(texts * 4)
    said = next(take), next(take)
    quote = PRINTED["typst-call"]
    written = {
        "schema": "gravamen.case/1",
        "id": "hostile",
        "title": next(take),
        "language": "en",
        "requester": {
            "name": next(take),
            "kind": "us-county-board",
            "letterhead": [next(take), next(take)],
            "movers": [next(take)],
            "clerk": next(take),
            "signatories": [
                {"id": "one", "name": next(take), "capacity": next(take), "body": next(take)}
            ],
            "copies": [{"office": next(take), "why": next(take)}],
        },
        "sources": [
            {
                "id": "s.one",
                "file": "source.txt",
                "title": "a\u202eb" + next(take),
                "publisher": next(take),
                "author": next(take),
                "published": "2023-01-02",
                "retrieved": "2024-01-02",
                "language": "en",
                "origin": "o.one",
                "reliability": next(take),
            }
        ],
        "parties": [
            {
                "id": "p.one",
                "kind": "person",
                "names": [{"text": next(take)}, {"text": next(take), "kind": "alias"}],
                "country": "XS",
                "birthplace": next(take),
                "nationalities": ["XS"],
                "posts": [{"title": next(take), "body": "p.unit", "start": "2022", "end": ".."}],
            },
            {"id": "p.unit", "kind": "unit", "names": [{"text": next(take)}], "country": "XS"},
        ],
        "allegations": [
            {
                "id": "a.one",
                "kind": "act",
                "act": "torture",
                "text": next(take),
                "date": "2023-02",
                "place": next(take),
                "roles": [{"kind": "alleged-perpetrator", "party": "p.one"}],
                "victims": ["captive"],
            }
        ],
        "claims": [
            {
                "id": "c.one",
                "about": "a.one",
                "source": "s.one",
                "quote": quote,
                "speaker": said[0],
                "relayed_by": [said[1]],
                "mode": "reported",
            },
            {
                "id": "c.two",
                "about": "a.one",
                "source": "s.one",
                "quote": PRINTED["script"],
                "speaker": next(take),
                "mode": "official",
                "stance": "denies",
            },
        ],
        "requests": [
            {
                "id": "r.one",
                "measure": "sanctions",
                "authority": "us.eo13818",
                "target": "p.one",
                "addressees": ["us.treasury.secretary"],
            }
        ],
    }
    path = folder / "case.yaml"
    path.write_text(yaml.safe_dump(written, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path


def test_a_case_that_is_hostile_in_every_field_is_drafted_and_verified(tmp_path: Path) -> None:
    told = gravamen(
        "draft", hostile_case(tmp_path / "in"), "--on", "2024-03-05", "--out", tmp_path / "out"
    )
    assert told.code == 0, told.words
    files = sorted(tmp_path.glob("out/*.*"))
    assert len(files) >= 9
    for path in files:
        assert gravamen("verify", path, "--case", tmp_path / "out" / "case").code == 0
        if path.suffix == ".html":
            root = lxml.html.parse(str(path), lxml.html.HTMLParser(encoding="utf-8")).getroot()
            assert len(root.findall(".//script")) == 1
        if path.suffix == ".pdf":
            pages = pypdfium2.PdfDocument(path)
            assert "root:" not in "".join(p.get_textpage().get_text_range() for p in pages)
            assert on_paper(path.read_bytes())
    assert gravamen("verify", tmp_path / "out" / "case").code == 0


@pytest.mark.parametrize("text", ["a\u202eb", "a\0b", "e" + "\u0301" * 40, "a\U00012000"])
def test_a_signatory_who_deceives_is_refused_and_nothing_is_written(
    text: str, tmp_path: Path
) -> None:
    path = hostile_case(tmp_path / "in")
    written = yaml.safe_load(path.read_text(encoding="utf-8"))
    written["requester"]["signatories"][0]["name"] = text
    path.write_text(yaml.safe_dump(written, allow_unicode=False), encoding="utf-8")
    told = gravamen("draft", path, "--on", "2024-03-05", "--out", tmp_path / "out")

    assert told.code == 2
    assert REFUSED.get(text, "combining-flood") in told.line or "bidi-control" in told.line
    assert list(tmp_path.glob("out/*.*")) == []
