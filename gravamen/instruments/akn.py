"""Akoma Ntoso: an instrument as the XML of parliaments and legal publishers, with its manifest."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from lxml import etree

from gravamen.instruments.akn_meta import (
    AKN,
    OURS,
    add,
    claim_key,
    manifest_in,
    meta,
    tree,
    xml_text,
)
from gravamen.instruments.fault import Fault
from gravamen.instruments.fit import InstrumentError
from gravamen.instruments.manifest import Manifest
from gravamen.instruments.sheet import Data, plain

__all__ = ["SUFFIX", "akoma_ntoso", "foreign_in", "manifest_in", "sentences_in", "words_in"]

SUFFIX = ".akn.xml"
# A motion is an official expression of opinion without the force of law: a statement.
_MOTION = ("statement", "resolution")
_OPERATIVE = ("resolved", "numbered")
# Elements whose children are elements only: a line break between these changes no words.
_SPACED = (
    "akomaNtoso", "statement", "doc", "meta", "identification", "FRBRWork", "FRBRExpression",
    "FRBRManifestation", "lifecycle", "references", "notes", "note", "proprietary", "preface",
    "preamble", "recitals", "recital", "mainBody", "section", "subsection", "intro", "content",
    "paragraph", "conclusions", "container", "formula", "table", "tr", "td", "th", "blockList",
    "item", "blockContainer",
)  # fmt: skip
_Words = str | list[Data]


def akoma_ntoso(sheet: Data, manifest: Manifest) -> bytes:
    """Return an instrument as Akoma Ntoso 3.0 (OASIS LegalDocumentML), in the order of its PDF.

    A motion is `<statement name="resolution">`, everything else a `<doc>`. Each sentence is a
    `<span>` whose eId is its id, whose class is its kind, and which refers to its claims.

    Args:
        sheet: what `sheet()` gave.

    Raises:
        InstrumentError: it holds a character that XML cannot hold.
    """
    try:
        return _Document(sheet, manifest).bytes()
    except ValueError as error:
        raise InstrumentError(
            f"{manifest.instrument} cannot be written as Akoma Ntoso ({error}); remove the "
            "character (control-character)."
        ) from error


def sentences_in(data: bytes) -> dict[str, str]:
    """Return the sentences of a document by their ids; none where it is no XML."""
    root = tree(data)
    if root is None:
        return {}
    return {
        span.get("eId", ""): "".join(str(t) for t in span.itertext())
        for span in root.iter(f"{{{AKN}}}span")
        if span.get("class", "").startswith("sentence")
    }


def words_in(data: bytes) -> list[str]:
    """Return the words of a document in order, without the manifest that it carries."""
    root = tree(data)
    if root is None:
        return []
    words: list[str] = []
    for node in root.iter():
        if node.tag != f"{{{OURS}}}manifest" and isinstance(node.tag, str):
            words += (node.text or "").split()
        words += (node.tail or "").split()
    return words


def foreign_in(data: bytes) -> Iterator[Fault]:
    """Yield what no document of ours holds: a document type, an instruction, what is fetched."""
    root = tree(data)
    if root is None:
        return
    found = ["a document type"] if root.getroottree().docinfo.internalDTD is not None else []
    instructions = (etree.PI, etree.Entity)
    found += ["an instruction or entity" for _ in root.iter(*instructions)]
    before = root.getprevious()
    found += ["an instruction before the text"] if before is not None else []
    found += [
        str(etree.QName(e).localname) for e in root.iter(f"{{{AKN}}}img", f"{{{AKN}}}foreign")
    ]
    if found:
        yield Fault(
            id="active-content",
            message=f"The document holds {', '.join(dict.fromkeys(found))}, which can fetch or "
            "show something else; no document of ours does.",
        )


class _Document:
    """Writes one instrument."""

    def __init__(self, sheet: Data, manifest: Manifest) -> None:
        self._sheet, self._manifest = sheet, manifest
        self._stated = {s.id: s for s in manifest.sentences}
        self._counts: dict[str, int] = {}
        self._found: dict[str, str] = {}
        self._lang = {"lang": manifest.language}

    def bytes(self) -> bytes:
        motion = self._sheet["kind"] == "motion"
        kind = _MOTION if motion else ("doc", str(self._sheet["kind"]))
        prefixes: Any = {None: AKN, "gravamen": OURS}
        root = etree.Element(f"{{{AKN}}}akomaNtoso", nsmap=prefixes)
        whole = add(root, kind[0], name=kind[1], contains="originalVersion")
        self._found = meta(whole, self._manifest, kind)
        self._preface(whole)
        if motion:
            self._motion(whole)
        else:
            self._sections(add(whole, "mainBody", **self._lang))
        self._conclusions(whole)
        for element in root.iter(*(f"{{{AKN}}}{tag}" for tag in _SPACED)):
            _spaced(element)
        return etree.tostring(root, encoding="UTF-8", xml_declaration=True) + b"\n"

    def _preface(self, whole: etree._Element) -> None:
        d = self._sheet
        place = add(whole, "preface", **self._lang)
        if d["marking"]:
            self._line(place, d["marking"], "marking")
        if d["draft"]:
            status = add(place, "p", class_="draft")
            add(status, "docStatus", "DRAFT: not to be sent as it stands.")
            for reason in d["reasons"]:
                self._line(place, reason, "draft-reason")
        for line in d["letterhead"]:
            self._line(place, line, "letterhead")
        if d["kicker"]:
            self._write(add(add(place, "p", class_="kind"), "docType"), d["kicker"])
        day = add(place, "p", class_="date")
        self._write(add(day, "docDate", date=d["date"]), d["day"])
        if d["reference"]:
            self._write(add(add(place, "p", class_="reference"), "docNumber"), d["reference"])
        mover = d["kind"] == "motion"
        for line in d["addressee"]:
            at = add(place, "p", class_="proponent" if mover else "addressee")
            self._write(add(at, "docProponent") if mover else at, line)
        self._write(add(add(place, "p", class_="title"), "docTitle"), d["title"])

    def _motion(self, whole: etree._Element) -> None:
        """The clauses before the first operative one are the preamble, all others the body."""
        blocks = [b for s in self._sheet["sections"] for b in (*_headed(s), *s["blocks"])]
        first = next((n for n, b in enumerate(blocks) if b["style"] in _OPERATIVE), 0)
        if first:
            self._preamble(add(whole, "preamble", **self._lang), blocks[:first])
        body = add(whole, "mainBody", **self._lang)
        for block in blocks[first:]:
            if block["style"] in _OPERATIVE:
                for n, item in enumerate(block.get("items", (block,)), 1):
                    clause = add(body, "paragraph", eId=self._next("para"))
                    self._write(add(clause, "num"), item["label"] or f"{n}.")
                    self._clause(add(clause, "content"), item)
            else:
                self._block(body, block)
        if not len(body):
            add(body, "p")

    def _preamble(self, place: etree._Element, blocks: Sequence[Data]) -> None:
        for style, same in groupby(blocks, key=lambda b: b["style"]):
            if style != "whereas":
                for block in same:
                    last = block is blocks[-1] and style == "paragraph"
                    at = add(place, "formula", name="enacting") if last else place
                    self._block(at, block)
                continue
            recitals = add(place, "recitals", eId=self._next("recitals"))
            for block in same:
                recital = add(recitals, "recital", eId=self._next("rec"))
                if block["label"]:
                    self._write(add(recital, "num"), block["label"])
                self._clause(recital, block)

    def _sections(self, body: etree._Element) -> None:
        if self._sheet["salutation"]:
            self._line(body, self._sheet["salutation"], "salutation")
        sections = [*zip(self._sheet["sections"], self._manifest.frame.sections, strict=True)]
        tops: list[list[tuple[Data, str | None]]] = []
        for section, framed in sections:
            if section["level"] == 3 and tops:
                tops[-1].append((section, framed.id))
            else:
                tops.append([(section, framed.id)])
        for (top, id), *parts in tops:
            at = self._headed(body, "section", "sec", top, id)
            blocks = add(at, "intro" if parts else "content") if top["blocks"] or not parts else at
            for block in top["blocks"]:
                self._block(blocks, block)
            for part, part_id in parts:
                under = add(self._headed(at, "subsection", "subsec", part, part_id), "content")
                for block in part["blocks"]:
                    self._block(under, block)
        if not len(body):
            add(body, "p")

    def _headed(
        self, place: etree._Element, tag: str, prefix: str, section: Data, id: str | None
    ) -> etree._Element:
        more = {"class_": id} if id else {}
        at = add(place, tag, eId=self._next(prefix), **more)
        if section["heading"]:
            self._write(add(at, "heading"), section["heading"])
        return at

    def _block(self, place: etree._Element, block: Data) -> None:
        style = block["style"]
        if style == "table":
            self._table(place, block)
        elif style == "figure":
            at = add(place, "blockContainer", class_="figure", eId=self._next("fig"))
            self._line(at, block["caption"], "caption")
            self._line(at, block["alt"], "alternative")
        elif style in ("numbered", "bullet"):
            items = add(place, "blockList", class_=style, eId=self._next("list"))
            for n, item in enumerate(block["items"], 1):
                at = add(items, "item", eId=self._next("item"))
                label = item["label"] or (f"{n}." if style == "numbered" else "")
                if label:
                    self._write(add(at, "num"), label)
                self._clause(at, item)
        elif style == "heading":
            self._line(place, block["words"], "heading")
        else:
            self._clause(place, block, labelled=True)

    def _table(self, place: etree._Element, block: Data) -> None:
        table = add(place, "table", eId=self._next("table"))
        self._write(add(table, "caption"), block["caption"])
        head = add(table, "tr")
        for words in block["header"]:
            self._line(add(head, "th"), words)
        for row in block["rows"]:
            line = add(table, "tr")
            for cell in row["cells"]:
                at = add(line, "td")
                for name in cell["names"]:
                    lang = {"lang": name["lang"]} if name["lang"] else {}
                    add(add(at, "p"), "span", plain(name["text"]), class_="name", **lang)
                if cell["sentences"]:
                    self._clause(at, cell)

    def _clause(self, place: etree._Element, block: Data, *, labelled: bool = False) -> None:
        """A paragraph of sentences, a space between them."""
        style = block.get("style")
        at = add(place, "p", **({"class_": style} if style and labelled else {}))
        if labelled and block["label"]:
            self._write(add(at, "b"), block["label"])
            _append(at, " ")
        for n, sentence in enumerate(block["sentences"]):
            if n:
                _append(at, " ")
            self._sentence(at, sentence)

    def _sentence(self, place: etree._Element, sentence: Data) -> None:
        stated = self._stated[sentence["id"]]
        keys = [":".join(claim_key(b)) for b in stated.claims]
        keys += [f"authority:{stated.authority}", f"office:{stated.office}"]
        keys.append(f"request:{stated.request}")
        refers = " ".join(dict.fromkeys(self._found[k] for k in keys if k in self._found))
        review = " needs-review" if sentence["review"] else ""
        at = add(
            place, "span", eId=sentence["id"], class_=f"sentence {sentence['kind']}{review}",
            **({"refersTo": refers} if refers else {}),
            **({"lang": stated.lang} if stated.lang != self._manifest.language else {}),
        )  # fmt: skip
        if sentence["of"]:
            at.set(f"{{{OURS}}}characterisationOf", xml_text(sentence["of"]))
        self._write(at, sentence["text"])
        for mark in sentence["refs"]:
            add(place, "noteRef", href=f"#note_{mark['to']}", marker=mark["text"])

    def _conclusions(self, whole: etree._Element) -> None:
        d = self._sheet
        if not (d["close"] or d["signatories"] or d["enclosures"] or d["copies"]):
            return
        place = add(whole, "conclusions", **self._lang)
        if d["close"]:
            self._line(place, d["close"], "close")
        for n, signatory in enumerate(d["signatories"], 1):
            at = add(place, "p", class_="signature")
            self._write(add(at, "signature", refersTo=f"#signatory_{n}"), signatory["name"])
            for part in filter(None, (signatory["capacity"], signatory["body"])):
                _append(at, ", ")
                self._write(at, part)
        for words in d["enclosures"]:
            self._line(place, words, "enclosure")
        for copy in d["copies"]:
            at = self._line(place, copy["office"], "copy")
            _append(at, ", ")
            self._write(at, copy["why"])

    def _line(self, place: etree._Element, words: _Words, style: str = "") -> etree._Element:
        at = add(place, "p", **({"class_": style} if style else {}))
        self._write(at, words)
        return at

    def _write(self, at: etree._Element, words: _Words) -> None:
        """Words, each stretch in another language than the document marked with it."""
        if isinstance(words, str):
            _append(at, words)
            return
        for run in words:
            text = "".join(run["pieces"])
            if run["lang"] and run["lang"] != self._manifest.language:
                _append(add(at, "span", lang=run["lang"]), text)
            else:
                _append(at, text)

    def _next(self, prefix: str) -> str:
        self._counts[prefix] = self._counts.get(prefix, 0) + 1
        return f"{prefix}_{self._counts[prefix]}"


def _headed(section: Data) -> tuple[Data, ...]:
    """The heading of a section of a motion as a block of its own."""
    return ({"style": "heading", "words": section["heading"]},) if section["heading"] else ()


def _append(at: etree._Element, words: str) -> None:
    """Add words at the end of an element; a line break stays, and is marked as one."""
    for n, line in enumerate(words.split("\n")):
        if n:
            _tail(at, "\n")
            add(at, "eol")
        _tail(at, xml_text(line))


def _tail(at: etree._Element, words: str) -> None:
    if len(at):
        at[-1].tail = (at[-1].tail or "") + words
    else:
        at.text = (at.text or "") + words


def _spaced(element: etree._Element) -> None:
    if len(element):
        element.text = "\n"
        for child in element:
            child.tail = "\n"
