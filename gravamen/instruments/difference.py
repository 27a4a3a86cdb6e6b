"""Difference: in words, what a file has otherwise than what its manifest sets."""

import io
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Literal

import pikepdf
from lxml import etree

from gravamen.instruments.akn import foreign_in, words_in
from gravamen.instruments.comparison import plain
from gravamen.instruments.extraction import DAMAGED, page_tree, pdf_text
from gravamen.instruments.fault import Fault

Kind = Literal["pdf", "html", "docx", "akn", "manifest"]
_AROUND = 4
_SHOWN_CHARS = 40
_SHOWN_WORDS = 12
_ACTIVE = ("/OpenAction", "/AA")


def foreign(data: bytes, kind: Kind) -> Iterator[Fault]:
    """Yield what no file of ours holds in any version: a script, an added revision, encryption."""
    if kind == "pdf":
        yield from _foreign_in_pdf(data)
    elif kind == "html":
        yield from _foreign_in_page(data)
    elif kind == "docx":
        yield from plain.foreign_in(data)
    elif kind == "akn":
        yield from foreign_in(data)


def differences(data: bytes, made: bytes, kind: Kind) -> Iterator[str]:
    """Yield sentences that say where a file differs from the one that its manifest sets."""
    if kind == "pdf":
        yield from _in_pdf(data, made)
    elif kind in ("html", "docx", "akn"):
        theirs, ours = _words(data, kind), _words(made, kind)
        if place := _first_difference(theirs, ours):
            yield f"The {'page' if kind == 'html' else 'document'} reads {place}"
        else:
            yield _first_bytes(data, made)
    else:
        yield _first_bytes(data, made)


def words_beside(data: bytes, made: bytes, kind: Kind) -> list[str]:
    """Return words of a file that are not in the one set here, each once, in order."""
    theirs, ours = (_words(d, kind) for d in (data, made))
    more = Counter(theirs) - Counter(ours)
    return [w for w in dict.fromkeys(theirs) if w in more][:_SHOWN_WORDS]


def _words(data: bytes, kind: Kind) -> list[str]:
    if kind == "pdf":
        return " ".join(pdf_text(data)).split()
    if kind == "docx":
        return plain.words_in(data)
    if kind == "akn":
        return words_in(data)
    return _page_words(data) if kind == "html" else []


def _foreign_in_pdf(data: bytes) -> Iterator[Fault]:
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            if pdf.is_encrypted:
                yield Fault(
                    id="file-encrypted",
                    message="The file is encrypted; no instrument is. Ask for it as it was made.",
                )
            names = pdf.Root.get("/Names", pikepdf.Dictionary())
            if "/JavaScript" in names or any(key in pdf.Root for key in _ACTIVE):
                yield Fault(
                    id="active-content",
                    message="The file holds a script or an action that runs when it is opened; no "
                    "instrument does.",
                )
    except DAMAGED:
        return
    if (revisions := data.count(b"startxref")) > 1:
        yield Fault(
            id="file-continues",
            message=f"The file was added to after it was made: it has {revisions} revisions, an "
            "instrument has one. What the later ones change on the pages is not known.",
        )
    elif rest := data.rpartition(b"%%EOF")[2].strip():
        yield Fault(
            id="file-continues",
            message=f"{len(rest)} bytes follow the end of the document; an instrument has none.",
        )


def _foreign_in_page(data: bytes) -> Iterator[Fault]:
    root = page_tree(data)
    if root is None:
        return
    scripts = [*root.iter("script")]
    found = [s for s in scripts if s.get("type") != "application/json"] or scripts[1:]
    found += [e for e in root.iter() for name in e.attrib if str(name).startswith("on")]
    found += root.iter("iframe", "object", "embed", "link", "img", "base", "form")
    if found:
        named = ", ".join(dict.fromkeys(str(e.tag) for e in found))
        yield Fault(
            id="active-content",
            message=f"The page holds what can run or be fetched ({named}); no page of ours does.",
        )


def _in_pdf(data: bytes, made: bytes) -> Iterator[str]:
    try:
        with pikepdf.open(io.BytesIO(data)) as theirs, pikepdf.open(io.BytesIO(made)) as ours:
            found = [*_in_pages(data, made, theirs, ours), *_in_catalog(theirs, ours)]
    except DAMAGED:
        yield "It cannot be read as a PDF to the end, so what it shows is not known."
        return
    yield from found
    if not found:
        yield (
            "The words of its pages read the same; something else inside it differs (a font, a "
            "picture, the structure), so that it may show other words than it reads."
        )


def _in_pages(data: bytes, made: bytes, theirs: pikepdf.Pdf, ours: pikepdf.Pdf) -> Iterator[str]:
    if len(theirs.pages) != len(ours.pages):
        yield f"It has {len(theirs.pages)} pages; its manifest sets {len(ours.pages)}."
    texts = zip_longest(pdf_text(data), pdf_text(made), fillvalue="")
    differing = set()
    for number, (text, expected) in enumerate(texts, 1):
        if place := _first_difference(text.split(), expected.split()):
            differing.add(number)
            yield f"Page {number} reads {place}"
    for number, (page, other) in enumerate(zip(theirs.pages, ours.pages, strict=False), 1):
        if number not in differing and _drawn(page) != _drawn(other):
            yield f"Page {number} is drawn otherwise, though it reads the same."


def _drawn(page: pikepdf.Page) -> tuple[bytes, int]:
    contents = page.obj.get("/Contents")
    parts = contents if isinstance(contents, pikepdf.Array) else [contents]
    drawn = b"\n".join(p.read_bytes() for p in parts if isinstance(p, pikepdf.Stream))
    return drawn, len(page.obj.get("/Annots", ()))


def _in_catalog(theirs: pikepdf.Pdf, ours: pikepdf.Pdf) -> Iterator[str]:
    if place := _first_difference(_described(theirs), _described(ours)):
        yield f"Its metadata (title, author, date) read {place}"
    if {*theirs.attachments} != {*ours.attachments}:
        yield f"It carries other attachments: {', '.join(theirs.attachments) or 'none'}."


def _described(pdf: pikepdf.Pdf) -> list[str]:
    """The words of the metadata, in both places where a PDF has them."""
    words = [w for key, value in sorted(pdf.docinfo.items()) for w in f"{key} {value}".split()]
    stream = pdf.Root.get("/Metadata")
    if isinstance(stream, pikepdf.Stream):
        parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
        root = etree.fromstring(stream.read_bytes(), parser)
        words += " ".join(map(str, root.itertext())).split() if root is not None else []
    return words


def _page_words(data: bytes) -> list[str]:
    root = page_tree(data)
    if root is None:
        return []
    skipped = {*root.iter("script"), *root.iter("style"), *root.iter(etree.Comment)}
    words: list[str] = []
    for node in root.iter():
        if node not in skipped:
            words += (node.text or "").split()
        words += (node.tail or "").split()
    return words


def _first_difference(theirs: Sequence[str], ours: Sequence[str]) -> str | None:
    """Where two texts part, with the words around: "“a b c” where “a b d” is expected."."""
    pairs = enumerate(zip_longest(theirs, ours))
    at = next((n for n, (a, b) in pairs if a != b), None)
    if at is None:
        return None
    first, last = max(0, at - _AROUND), at + _AROUND + 1
    read, expected = (" ".join(w[first:last]) for w in (theirs, ours))
    return f"“{read}” where “{expected}” is expected."


def _first_bytes(data: bytes, made: bytes) -> str:
    at = next((n for n, (a, b) in enumerate(zip(data, made, strict=False)) if a != b), None)
    at = min(len(data), len(made)) if at is None else at
    read, expected = (
        d[max(0, at - 8) : at + _SHOWN_CHARS].decode("utf-8", "replace") for d in (data, made)
    )
    return f"From byte {at} on it has {read!r} where {expected!r} is expected."
