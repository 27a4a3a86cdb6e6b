"""Word documents: every part of a DOCX that holds words; tracked changes and notes as layers."""

import re
from collections.abc import Collection, Iterator

from lxml import etree

from gravamen.sources.extraction import LIMITS, Extraction, Limits
from gravamen.sources.package import Package, attribute, local
from gravamen.sources.source import Notice, SourceError, Text
from gravamen.sources.transcript import Transcript

VERSION = f"1 (lxml {etree.__version__}, libxml2 {'.'.join(map(str, etree.LIBXML_VERSION))})"

# What stands for one character.
CHARACTERS = {
    "tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011",
    "softHyphen": "\u00ad",
}  # fmt: skip
_PROPERTIES = frozenset(
    ("pPr", "rPr", "sectPr", "tblPr", "tblGrid", "trPr", "tcPr", "sdtPr", "sdtEndPr", "rubyPr",
     "tblPrEx", "customXmlPr", "smartTagPr", "fldData")
)  # fmt: skip
_LONGEST_CHAIN = 50
_OFF = ("0", "false", "off")
_UNREAD = (
    ("pictures", "word/media/", "pictures"),
    ("embedded", "word/embeddings/", "embedded files"),
    ("embedded", "word/afchunk", "inserted files"),
    ("embedded", "word/charts/chart", "charts"),
    ("embedded", "word/diagrams/data", "diagrams"),
)
_WORDS_ASIDE: dict[str, tuple[str | tuple[str, str], ...]] = {
    "docPr": ("title", "descr"),
    "shape": ("alt",),
    "hyperlink": ("tooltip",),
    "tbl": (("tblPr", "tblCaption"), ("tblPr", "tblDescription")),
}
_INSERTED = frozenset(("ins", "moveTo"))
_DELETED = frozenset(("del", "moveFrom"))
# Instructions for what the next words show anyway (page numbers, contents, references, forms).
_MECHANICAL = re.compile(
    r"\s*(PAGE|NUMPAGES|SECTIONPAGES|PAGEREF|TOC|REF|NOTEREF|SEQ|STYLEREF|DATE|TIME|FORM\w*|"
    r"MERGEFORMAT|\\\S)",
)


def extract_word(data: bytes, *, name: str, limits: Limits = LIMITS) -> Extraction:
    """Return the text of a DOCX: headers, body, notes, comments, footers, text boxes, tables.

    The text reads as with all changes accepted: insertions stand in it as layers; what is deleted
    or hidden, comments (with author and date), text boxes and the alternative texts of pictures
    stand on lines of their own after the paragraph they belong to, notes after the body. Numbers
    of lists and notes, which a word processor counts while it shows them, are not in the text.

    Raises:
        SourceError: it is damaged, encrypted or hostile.
    """
    package = Package(data, name=name, limits=limits)
    main = next((p for kind, p in package.related("") if kind == "officeDocument"), "")
    root = package.xml(main)
    if root is None:
        raise SourceError(
            f"{name} is a package without a Word document inside; save it as DOCX or PDF from the "
            "program that made it."
        )
    transcript = _Walk(package, package.related(main)).read(root)
    text = Text(
        extractor="gravamen.docx",
        version=VERSION,
        text=transcript.text,
        layers=tuple(transcript.layers),
    )
    return Extraction(text=text, notices=tuple(_notices(package)))


class _Walk:
    """One walk over all parts of a document, writing a transcript."""

    def __init__(self, package: Package, related: list[tuple[str, str]]) -> None:
        self._package = package
        self._related = related
        self._transcript = Transcript()
        self._sheets = [self._transcript]
        self._rows = [True]
        self._hidden_runs: list[bool] = []
        self._hidden_paragraphs: list[bool] = []
        self._styles = hidden_styles(self._part("styles"))
        self._joined: Transcript | None = None
        self._comments = _by_id(self._part("comments"))
        self._noted: dict[tuple[str, str], int] = {}

    def read(self, body: etree._Element) -> Transcript:
        """Return the transcript of the whole document."""
        self._margins("header")
        self._walk(body)
        self._notes("footnotes", "footnote")
        self._notes("endnotes", "endnote")
        for comment in list(self._comments):
            self._comment(comment)
        self._margins("footer")
        return self._transcript.finish()

    @property
    def _sheet(self) -> Transcript:
        return self._sheets[-1]

    def _part(self, kind: str) -> etree._Element | None:
        return next((self._package.xml(p) for k, p in self._related if k == kind), None)

    def _margins(self, kind: str) -> None:
        """Write all headers or all footers, each once."""
        for part in dict.fromkeys(p for k, p in self._related if k == kind):
            root = self._package.xml(part)
            if root is not None:
                self._sheet.end_line()
                self._sheet.begin("header" if kind == "header" else "footer")
                self._walk(root)
                self._sheet.end()
                self._sheet.end_line()

    def _notes(self, part: str, kind: str) -> None:
        for key, note in _by_id(self._part(part)).items():
            if attribute(note, "type") in (None, "normal"):
                self._sheet.end_line()
                self._sheet.begin("footnote", at=self._noted.get((kind, key)))
                self._walk(note)
                self._sheet.end()
                self._sheet.end_line()

    def _comment(self, key: str) -> None:
        comment = self._comments.pop(key, None)
        if comment is None:
            return
        self._sheets.append(
            self._sheet.aside(
                "comment", author=attribute(comment, "author"), date=attribute(comment, "date")
            )
        )
        self._walk(comment)
        self._sheets.pop()

    def _walk(self, root: etree._Element) -> None:
        for event, name, element in walked(root):
            if event == "start":
                self._start(name, element)
            else:
                self._end(name, element)

    def _start(self, name: str, element: etree._Element) -> None:
        if name in ("t", "delText"):
            self._sheet.write(element.text or "")
        elif name in CHARACTERS:
            self._sheet.write(CHARACTERS[name])
        elif name in _INSERTED or name in _DELETED:
            self._change(name, element)
        elif name == "p":
            if self._joined is not self._sheet:
                self._sheet.end_line()
            self._joined = None
            self._hidden_paragraphs.append(_value(element, "pPr", "pStyle") in self._styles)
        elif name == "r":
            self._hidden_runs.append(self._hides(element))
            if self._hidden_runs[-1]:
                self._sheets.append(self._sheet.aside("hidden"))
        elif name == "tr":
            self._start_row(element)
        elif name == "tc":
            self._start_cell(element)
        elif name == "txbxContent":
            self._sheets.append(self._sheet.aside(None))
        else:
            self._start_rarer(name, element)

    def _start_rarer(self, name: str, element: etree._Element) -> None:
        if name == "sym":
            self._sheet.write(_symbol(element))
        elif name in ("instrText", "delInstrText", "fldSimple"):
            words = element.text if name != "fldSimple" else attribute(element, "instr")
            if words and words.strip() and not _MECHANICAL.match(words):
                self._sheet.aside("hidden").write(words.strip())
        elif name in ("footnoteReference", "endnoteReference"):
            key = (name.removesuffix("Reference"), attribute(element, "id") or "")
            if len(self._sheets) == 1:
                self._noted.setdefault(key, self._sheet.length)
        elif name == "commentReference":
            self._comment(attribute(element, "id") or "")
        elif name in _WORDS_ASIDE:
            for words in _words_aside(name, element):
                self._sheet.aside("alternative").write(words)
        elif name == "textpath":
            self._sheet.aside(None).write(attribute(element, "string") or "")
        elif name == "ddList":
            self._sheet.write(_chosen(element))

    def _end(self, name: str, element: etree._Element) -> None:
        if name == "p":
            if _mark_deleted(element):
                self._joined = self._sheet
            else:
                self._sheet.end_line()
            self._hidden_paragraphs.pop()
        elif name == "txbxContent" or name in _DELETED or (name == "r" and self._hidden_runs.pop()):
            self._sheets.pop()
        elif name in _INSERTED:
            self._sheet.end()
        elif name == "tr":
            self._end_row(element)
        elif name == "tc" and (change := _cell_change(element)):
            self._end(change[0], change[1])

    def _change(self, name: str, element: etree._Element) -> None:
        author, date = attribute(element, "author"), attribute(element, "date")
        if name in _INSERTED:
            self._sheet.begin("inserted", author=author, date=date)
        else:
            self._sheets.append(self._sheet.aside("deleted", author=author, date=date))

    def _start_row(self, row: etree._Element) -> None:
        self._sheet.end_line()
        change = _row_change(row)
        if change is not None:
            self._change(local(change), change)
        self._rows.append(True)

    def _start_cell(self, cell: etree._Element) -> None:
        change = _cell_change(cell)
        if change is None or change[0] not in _DELETED:
            self._sheet.begin_cell(first=self._rows[-1])
            self._rows[-1] = False
        if change is not None:
            self._change(*change)

    def _end_row(self, row: etree._Element) -> None:
        self._rows.pop()
        self._sheet.end_row()
        change = _row_change(row)
        if change is not None:
            self._end(local(change), change)

    def _hides(self, run: etree._Element) -> bool:
        """Whether a run is hidden: by itself, else by its style, else by its paragraph's."""
        vanish = _child(run, "rPr", "vanish")
        if vanish is not None:
            return attribute(vanish, "val") not in _OFF
        style = _value(run, "rPr", "rStyle")
        return style in self._styles or any(self._hidden_paragraphs[-1:])


def walked(
    root: etree._Element, *, without: Collection[str] = ()
) -> Iterator[tuple[str, str, etree._Element]]:
    """Yield the elements of a part that bear text, in reading order: "start" or "end", the local
    name, the element; properties and what only repeats for older programs are passed over.

    Args:
        without: local names of more elements to pass over with all that is in them.
    """
    passed = _PROPERTIES | {*without}
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        name = local(element)
        if name in passed or _superseded(element, name):
            if event == "start":
                walker.skip_subtree()
        else:
            yield event, name, element


def _superseded(element: etree._Element, name: str) -> bool:
    """Whether an element repeats, for older programs, what stands beside it."""
    parent = element.getparent() if name == "Fallback" else None
    return parent is not None and local(parent[0]) == "Choice"


def _child(element: etree._Element, *names: str) -> etree._Element | None:
    found: etree._Element | None = element
    for name in names:
        if found is None:
            return None
        found = next((child for child in found if local(child) == name), None)
    return found


def _value(element: etree._Element, *names: str) -> str | None:
    child = _child(element, *names)
    return None if child is None else attribute(child, "val")


def _row_change(row: etree._Element) -> etree._Element | None:
    """The mark of a row that was inserted or deleted as a whole."""
    inserted = _child(row, "trPr", "ins")
    return inserted if inserted is not None else _child(row, "trPr", "del")


def _cell_change(cell: etree._Element) -> tuple[str, etree._Element] | None:
    """The mark of a cell that was inserted or deleted by itself, named like that of words."""
    for mark, name in (("cellIns", "ins"), ("cellDel", "del")):
        change = _child(cell, "tcPr", mark)
        if change is not None:
            return name, change
    return None


def _mark_deleted(paragraph: etree._Element) -> bool:
    """Whether the end of a paragraph was deleted, so that the next one goes on in its line."""
    marks = ("del", "moveFrom")
    return any(_child(paragraph, "pPr", "rPr", mark) is not None for mark in marks)


def _words_aside(name: str, element: etree._Element) -> Iterator[str]:
    """The words that stand for a picture, describe a table or show when a link is pointed at."""
    for path in _WORDS_ASIDE[name]:
        words = attribute(element, path) if isinstance(path, str) else _value(element, *path)
        if words:
            yield words


def _chosen(choices: etree._Element) -> str:
    """The entry that an old form field shows, out of those it offers."""
    entries = [attribute(e, "val") or "" for e in choices if local(e) == "listEntry"]
    chosen = _value(choices, "result") or _value(choices, "default") or "0"
    return entries[int(chosen)] if chosen.isdecimal() and int(chosen) < len(entries) else ""


def _by_id(root: etree._Element | None) -> dict[str, etree._Element]:
    return {attribute(e, "id") or "": e for e in (root if root is not None else ())}


def _symbol(element: etree._Element) -> str:
    """A character of a symbol font, in the private area where the document puts it."""
    code = attribute(element, "char") or ""
    is_code = re.fullmatch("[0-9A-Fa-f]{2,5}", code) and not 0xD800 <= int(code, 16) < 0xE000
    return chr(int(code, 16)) if is_code else "\ufffd"


def hidden_styles(root: etree._Element | None) -> frozenset[str]:
    """Return the styles that hide their words, by themselves or by the style they are based on."""
    own: dict[str, bool | None] = {}
    based: dict[str, str | None] = {}
    for style in root if root is not None else ():
        key = attribute(style, "styleId")
        if local(style) == "style" and key:
            vanish = _child(style, "rPr", "vanish")
            own[key] = None if vanish is None else attribute(vanish, "val") not in _OFF
            based[key] = _value(style, "basedOn")
    return frozenset(key for key in own if _inherits(key, own, based))


def _inherits(key: str, own: dict[str, bool | None], based: dict[str, str | None]) -> bool:
    seen: set[str] = set()
    at: str | None = key
    while at in own and at not in seen and len(seen) < _LONGEST_CHAIN:
        seen.add(at)
        if own[at] is not None:
            return bool(own[at])
        at = based[at]
    return False


def _notices(package: Package) -> Iterator[Notice]:
    """Say what of the document is not in its text."""
    for id, place, what in _UNREAD:
        found = [
            part for part in package.parts if place in part and not part.endswith((".rels", "/"))
        ]
        if found:
            yield Notice(
                id=id,
                message=f"{package.name} holds {what} that are not in its text ({len(found)}, the "
                f"first {found[0]!r}); look at them in the document, and capture apart what "
                "matters.",
            )
    if any(part.endswith("vbaProject.bin") for part in package.parts):
        yield Notice(
            id="macros", message=f"{package.name} holds macros; they were not run and are not read."
        )
