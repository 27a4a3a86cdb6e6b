import base64
import hashlib
import re

import lxml.html
import pytest

from gravamen.instruments.manifest import exhibits_of, read
from gravamen.instruments.page import manifest_in, page
from gravamen.instruments.typeset import typeset
from gravamen.sentences import Instrument

from .letters import CASE, NAMES, letter, motion, saying


def made(instrument: Instrument) -> bytes:
    set_ = typeset(instrument, exhibits_of(instrument, CASE.sources))
    return page(set_.sheet, set_.foot)


def tree(instrument: Instrument) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(
        made(instrument), parser=lxml.html.HTMLParser(encoding="utf-8")
    )


def test_each_sentence_is_a_span_with_its_kind_and_its_words() -> None:
    spans = {s.get("id"): s for s in tree(letter()).iterfind(".//span[@data-kind]")}

    assert {i: s.text_content() for i, s in spans.items()} == {
        s.id: s.text for s in letter().sentences()
    }
    assert {s.get("data-kind") for s in spans.values()} == {
        "request",
        "form",
        "allegation",
        "context",
    }


@pytest.mark.parametrize("instrument", [letter(), motion(), motion("county")])
def test_every_link_leads_to_something_on_the_page(instrument: Instrument) -> None:
    root = tree(instrument)
    ids = [e.get("id") for e in root.iterfind(".//*[@id]")]
    targets = [a.get("href") for a in root.iterfind(".//a[@href]")]

    assert len(ids) == len(set(ids))
    assert targets
    assert all(t.startswith("#") and t[1:] in ids for t in targets)


@pytest.mark.parametrize("instrument", [letter(), motion(), letter(draft=False)])
def test_headings_begin_at_one_and_leave_no_gap(instrument: Instrument) -> None:
    levels = [int(e.tag[1]) for e in tree(instrument).iter("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b <= a + 1 for a, b in zip(levels, levels[1:], strict=False))


def test_nothing_can_run_and_nothing_is_fetched() -> None:
    root = tree(letter())
    policy = root.find(".//meta[@http-equiv='Content-Security-Policy']").get("content")
    style = root.find(".//style").text
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()

    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{digest}';")
    assert [s.get("type") for s in root.iter("script")] == ["application/json"]
    assert not [e for e in root.iter() for a in e.attrib if a.startswith("on") or a == "src"]
    assert not root.findall(".//link")
    assert not root.findall(".//*[@style]")


def test_table_headers_have_their_scope_and_names_language_and_direction() -> None:
    root = tree(letter())

    assert [h.get("scope") for h in root.iter("th")] == ["col", "col"]
    names = [(n.text_content(), n.get("lang"), n.get("dir")) for n in root.iter("bdi")]
    rtl = {"ar", "fa", "he"}
    assert names == [(n.text, n.lang, "rtl" if n.lang in rtl else "ltr") for n in NAMES]


def test_a_draft_says_so_in_title_banner_and_text_with_all_reasons() -> None:
    root = tree(letter())
    assert root.find(".//title").text.startswith("DRAFT: ")
    assert root.find_class("banner")[0].text_content().startswith("DRAFT")
    assert "Fourth reason." in root.find_class("draft")[0].text_content()
    assert b"DRAFT" not in re.sub(
        rb"<style>.*?</style>", b"", made(letter(draft=False)), flags=re.S
    )


def test_the_page_carries_the_same_manifest_as_the_pdf() -> None:
    set_ = typeset(letter(), exhibits_of(letter(), CASE.sources))
    data = page(set_.sheet, set_.foot)

    assert manifest_in(data) == set_.manifest.bytes
    assert set_.manifest.digest.encode() in data


@pytest.mark.parametrize(
    "text",
    [
        "</script><script>alert(1)</script>",
        "<!--<script>",
        "]]> <![CDATA[ &lt; &amp; \"quotes' \\u003c \\",
        "{{ 7*7 }} {% raw %}",
    ],
)
def test_hostile_text_is_shown_as_it_is_and_comes_back_from_the_manifest(text: str) -> None:
    instrument = saying(text, title=text)
    data = made(instrument)
    root = tree(instrument)

    assert root.find(".//span[@data-kind]").text_content() == text
    assert len(root.findall(".//script")) == 1
    back = manifest_in(data)
    assert back is not None
    assert read(back)[1] == instrument


@pytest.mark.parametrize(
    "data", [b"", b"<html>", b'<script type="application/json" id="manifest">{']
)
def test_a_page_without_a_manifest_gives_none(data: bytes) -> None:
    assert manifest_in(data) is None


def test_there_is_a_skip_link_and_a_language() -> None:
    root = tree(letter())
    assert root.get("lang") == "en"
    assert next(root.iter("a")).get("href") == "#text"


def contrast(first: str, second: str) -> float:
    """The contrast of two colours (WCAG 2.2, relative luminance)."""

    def luminance(colour: str) -> float:
        parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    bright, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def test_every_colour_of_text_can_be_read() -> None:
    style = tree(letter()).find(".//style").text
    colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", style))
    for name in ("ink", "navy", "grey", "red"):
        assert contrast(colours[name], "#ffffff") >= 4.5, name
    assert contrast(colours["red"], "#fdf4f3") >= 4.5
    assert contrast(colours["navy"], "#eef1f5") >= 4.5
