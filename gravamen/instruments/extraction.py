"""Extraction: the manifest and the words taken back out of a file, which nobody vouches for."""

import io
import unicodedata
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Literal

import lxml.html
import pikepdf
import pypdfium2
from lxml import etree

from gravamen.instruments.akn import sentences_in
from gravamen.instruments.comparison.plain import sentences_in as docx_sentences_in
from gravamen.instruments.fonts import script
from gravamen.instruments.manifest import Stated

LARGEST_MANIFEST = 32 * 1024 * 1024
# What parsers raise on damaged files; each was seen with flipped bytes.
DAMAGED = (
    pikepdf.PikepdfError,
    pypdfium2.PdfiumError,
    zlib.error,
    ValueError,
    KeyError,
    IndexError,
    TypeError,
    AttributeError,
    RuntimeError,
    OverflowError,
    NotImplementedError,
)


def attached(data: bytes) -> bytes | None:
    """Return the manifest attached to a PDF; None where there is none that can be read."""
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            stream = pdf.attachments["manifest.json"].get_file().obj
            raw = stream.read_raw_bytes()
            filters = stream.get("/Filter")
            if filters is None:
                return raw
            names = [filters] if isinstance(filters, pikepdf.Name) else list(filters)
            if [str(n) for n in names] != ["/FlateDecode"]:
                return None
            inflating = zlib.decompressobj()
            inflated = inflating.decompress(raw, LARGEST_MANIFEST)
            return None if inflating.unconsumed_tail else inflated
    except DAMAGED:
        return None


def locked(data: bytes) -> bool:
    """Whether a PDF can only be opened with a password."""
    try:
        with pikepdf.open(io.BytesIO(data)):
            return False
    except pikepdf.PasswordError:
        return True
    except DAMAGED:
        return False


@lru_cache(maxsize=4)  # a verification asks for the same two files several times
def pdf_text(data: bytes) -> tuple[str, ...]:
    """Return the text of each page of a PDF; of none where it cannot be read."""
    try:
        pdf = pypdfium2.PdfDocument(data)
        try:
            return tuple(page.get_textpage().get_text_range() for page in pdf)
        finally:
            pdf.close()
    except DAMAGED:
        return ()


def differing_sentences(
    data: bytes,
    kind: Literal["pdf", "html", "docx", "akn", "manifest"],
    sentences: Sequence[Stated],
) -> Iterator[Stated]:
    """Yield the sentences that do not stand in a file as the manifest has them."""
    if kind in ("docx", "html", "akn"):
        read = {"docx": docx_sentences_in, "html": _html_sentences, "akn": sentences_in}[kind]
        there = {id: _on_one_line(text) for id, text in read(data).items()}
        yield from (s for s in sentences if there.get(s.id) != _on_one_line(s.text))
        return
    pages = [_folded(page) for page in pdf_text(data)]
    yield from (s for s in sentences if not _stands(s, pages))


def _on_one_line(text: str) -> str:
    """A sentence without its line breaks, which in a quotation are those of the source."""
    return " ".join(text.split())


def page_tree(data: bytes) -> lxml.html.HtmlElement | None:
    """Return the elements of a page; None where it is none."""
    try:
        return lxml.html.document_fromstring(
            data, parser=lxml.html.HTMLParser(encoding="utf-8", huge_tree=True)
        )
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def _html_sentences(data: bytes) -> dict[str, str]:
    root = page_tree(data)
    if root is None:
        return {}
    return {
        span.get("id", ""): "".join(str(t) for t in span.itertext())
        for span in root.iterfind(".//span[@data-kind]")
    }


def _stands(sentence: Stated, pages: list[str]) -> bool:
    """Whether a sentence stands on its page, or runs over to the next ones.

    Text that is not all Latin comes back from a page in another order, so there only the letters
    are counted.
    """
    if sentence.place is None or not 1 <= sentence.place.page <= len(pages):
        return False
    first = sentence.place.page - 1
    words = _folded(sentence.text)
    if any(script(c) for c in sentence.text):
        there = Counter("".join(pages[first:]))
        return not Counter(c for c in words if c.isalnum()) - there
    for page in pages[first:]:
        if words in page:
            return True
        words = words[_longest_beginning(words, page) :]
    return not words


def _longest_beginning(words: str, page: str) -> int:
    low, high = 0, len(words)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if words[:middle] in page else (low, middle - 1)
    return low


def _folded(text: str) -> str:
    """Text without spaces and format characters, ligatures taken apart."""
    return "".join(
        c
        for c in unicodedata.normalize("NFKC", text)
        if not c.isspace() and unicodedata.category(c) not in ("Cc", "Cf")
    )
