"""Reading: an edited Word document as stretches of text, each with all that says whose it is."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from lxml import etree

from gravamen.instruments.docx.archive import manifest_of
from gravamen.sources.extraction import LIMITS
from gravamen.sources.package import Package, attribute, local
from gravamen.sources.source import SourceError
from gravamen.sources.word import CHARACTERS, hidden_styles, walked

_TAG, _BOOKMARK, _MARKED, _WHOLE = "gravamen:", "gv_", "gm_", "gvm_"
_INSERTED, _DELETED = frozenset(("ins", "moveTo")), frozenset(("del", "moveFrom"))
_COUNTED = re.compile(r"\s*(PAGE|NUMPAGES|SECTIONPAGES)\b")
_POINTING = re.compile(r"\s*(HYPERLINK|REF|PAGEREF)\b")
_MARKS = re.compile(r"(?:[A-Z]{1,3}\d+(?:–[A-Z]{1,3}\d+)?|[†,\s])+")
_OFF = ("0", "false", "off", "none")
_TINY_HALF_PT = 3
_WHITE = "FFFFFF"
_MARGINS = (("header", "header"), ("footer", "footer"))
_ASIDE = (("footnotes", "footnote"), ("endnotes", "endnote"))


class Change(NamedTuple):
    """A tracked change: inserted or deleted, by whom and when."""

    kind: str
    author: str
    date: str


class Piece(NamedTuple):
    """A stretch of text, and all that says whose it is.

    Args:
        control: id of the sentence whose content control it stands in, and which control of that
            id it is, from 0; None outside.
        bookmarks: ids of the sentences whose bookmark is open here, the last opened last.
        hidden: whether no reader of the pages sees it.
        mark: whether it is a superscript mark that leads to a source; `marks_of` the sentence
            that it was set behind.
        place: "body", "header", "footer", "footnote" or "endnote".
        ends: whether it stands for the end of a paragraph.
    """

    text: str
    control: tuple[str, int] | None = None
    bookmarks: tuple[str, ...] = ()
    change: Change | None = None
    hidden: bool = False
    mark: bool = False
    marks_of: str | None = None
    place: str = "body"
    comments: tuple[str, ...] = ()
    ends: bool = False


class Remark(NamedTuple):
    """A comment: its words, by whom and when."""

    words: str
    author: str
    date: str


class Read(NamedTuple):
    """An edited document as it was read.

    Args:
        begins: the first 16 hex digits of the digest of the manifest it was set from, as one of
            its bookmarks says; None where it is gone.
        controls: ids of the sentences that have a content control, empty ones too.
        bookmarks: ids of the sentences that have a bookmark, empty ones too.
        pictures: the bytes of its pictures by the name of their part.
    """

    pieces: tuple[Piece, ...]
    manifest: bytes | None
    begins: str | None
    controls: frozenset[str]
    bookmarks: frozenset[str]
    remarks: Mapping[str, Remark]
    pictures: tuple[bytes, ...]


def read(data: bytes, *, name: str) -> Read:
    """Return the text of a Word document in stretches.

    Raises:
        SourceError: it is no Word document, or it is damaged, encrypted or hostile.
    """
    package = Package(data, name=name, limits=LIMITS)
    main = next((p for kind, p in package.related("") if kind == "officeDocument"), "")
    root = package.xml(main)
    if root is None:
        raise SourceError(f"{name} holds no Word document; name a DOCX that was drafted here.")
    related = dict.fromkeys(package.related(main))
    parts: list[tuple[str, etree._Element]] = []
    for kind, place in _MARGINS:
        parts += _roots(package, related, kind, place)
    parts.insert(sum(place == "header" for place, _ in parts), ("body", root))
    for kind, place in _ASIDE:
        parts += _roots(package, related, kind, place)
    styles = next((r for _, r in _roots(package, related, "styles", "")), None)
    walk = _Walk(hidden_styles(styles))
    margins: set[tuple[tuple[str, bool, Change | None], ...]] = set()
    for place, part in parts:
        start = len(walk.pieces)
        walk.read(part, place)
        if place in ("header", "footer"):
            said = _said(walk.pieces[start:])
            if said in margins:  # the same head for the first page and the later ones
                del walk.pieces[start:]
            margins.add(said)
    pictures = (package.data(p) for p in package.parts if p.startswith("word/media/"))
    return Read(
        pieces=tuple(walk.pieces),
        manifest=manifest_of(package),
        begins=walk.begins,
        controls=frozenset(walk.controls),
        bookmarks=frozenset(walk.bookmarks),
        remarks=dict(_remarks(package, related)),
        pictures=tuple(sorted(p for p in pictures if p)),
    )


def _said(pieces: list[Piece]) -> tuple[tuple[str, bool, Change | None], ...]:
    """What pieces say, however their words are cut into runs."""
    said: list[tuple[str, bool, Change | None]] = []
    for piece in pieces:
        if said and said[-1][1:] == (piece.hidden, piece.change):
            said[-1] = (said[-1][0] + piece.text, piece.hidden, piece.change)
        else:
            said.append((piece.text, piece.hidden, piece.change))
    return tuple((" ".join(text.split()), hidden, change) for text, hidden, change in said)


def _roots(
    package: Package, related: Mapping[tuple[str, str], None], kind: str, place: str
) -> Iterator[tuple[str, etree._Element]]:
    for relation, part in related:
        if relation == kind and (root := package.xml(part)) is not None:
            yield place, root


def _remarks(
    package: Package, related: Mapping[tuple[str, str], None]
) -> Iterator[tuple[str, Remark]]:
    for _, root in _roots(package, related, "comments", ""):
        for comment in root:
            texts = (t.text or "" for t in comment.iter() if local(t) == "t")
            author, date = attribute(comment, "author"), attribute(comment, "date")
            yield (
                attribute(comment, "id") or "",
                Remark(" ".join("".join(texts).split()), author or "", date or ""),
            )


class _Walk:
    """One walk over the parts of a document; keeps what is open at each place."""

    def __init__(self, hiding: frozenset[str]) -> None:
        self._hiding = hiding
        self._hidden_paragraph = False
        self.pieces: list[Piece] = []
        self.begins: str | None = None
        self.controls: dict[str, int] = {}
        self.bookmarks: dict[str, None] = {}
        self._place = "body"
        self._inside: list[tuple[str, int] | None] = []
        self._open: dict[str, str] = {}
        self._marked: dict[str, str] = {}
        self._comments: dict[str, None] = {}
        self._changes: list[Change] = []
        self._fields: list[str] = []
        self._shown: list[bool] = []
        self._run = _Look()

    def read(self, root: etree._Element, place: str) -> None:
        """Read a part."""
        self._place = place
        self._open, self._marked, self._comments = {}, {}, {}
        self._fields, self._shown = [], []
        for event, name, element in walked(root, without=("rt",)):
            if event == "start":
                self._start(name, element)
            else:
                self._end(name, element)

    def _start(self, name: str, element: etree._Element) -> None:
        if name in ("t", "delText"):
            self._write(element.text or "")
        elif name in CHARACTERS:
            self._write(CHARACTERS[name])
        elif name == "r":
            self._run = _Look.of(element, self._hiding, self._hidden_paragraph)
        elif name == "p":
            self._hidden_paragraph = _style(element, "pPr", "pStyle") in self._hiding
        elif name in _INSERTED or name in _DELETED:
            self._changes.append(_change(name, element))
        elif name == "sdt":
            self._inside.append(self._control(element))
        elif name in ("bookmarkStart", "bookmarkEnd"):
            self._bookmark(name, element)
        elif name == "commentRangeStart":
            self._comments[attribute(element, "id") or ""] = None
        elif name == "commentRangeEnd":
            self._comments.pop(attribute(element, "id") or "", None)
        elif name == "commentReference":
            self._write("", comments=(attribute(element, "id") or "",))
        else:
            self._field(name, element)

    def _end(self, name: str, element: etree._Element) -> None:
        if name == "p":
            change = _mark_change(element)
            self._write(" ", ends=True, change=change)
        elif name in _INSERTED or name in _DELETED:
            self._changes.pop()
        elif name == "sdt":
            self._inside.pop()
        elif name == "r":
            self._run = _Look()
        elif name == "fldSimple":
            self._fields.pop()
            self._shown.pop()

    def _write(
        self,
        text: str,
        *,
        hidden: bool = False,
        ends: bool = False,
        comments: tuple[str, ...] = (),
        change: Change | None = None,
    ) -> None:
        """Note a stretch; what a word processor counts by itself is left out."""
        if any(_COUNTED.match(f) for f in self._fields) or not (text or comments):
            return
        mark = self._run.raised and bool(_MARKS.fullmatch(text)) and not ends
        self.pieces.append(
            Piece(
                text=text,
                control=next((c for c in reversed(self._inside) if c), None),
                bookmarks=tuple(self._open.values()),
                change=change or (self._changes[-1] if self._changes else None),
                hidden=hidden or (self._run.hidden and not ends),
                mark=mark,
                marks_of=next(reversed(self._marked.values()), None) if mark else None,
                place=self._place,
                comments=(*self._comments, *comments),
                ends=ends,
            )
        )

    def _control(self, element: etree._Element) -> tuple[str, int] | None:
        properties = next((c for c in element if local(c) == "sdtPr"), None)
        found = {local(c): c for c in (properties if properties is not None else ())}
        tag = attribute(found["tag"], "val") or "" if "tag" in found else ""
        if not tag.startswith(_TAG):
            return None
        id = tag.removeprefix(_TAG)
        self.controls[id] = self.controls.get(id, 0) + 1
        if "showingPlcHdr" in found:
            for text in [t for t in element.iter() if local(t) == "t"]:
                text.text = ""  # "Click here to enter text": what an emptied control shows
        return id, self.controls[id] - 1

    def _bookmark(self, name: str, element: etree._Element) -> None:
        key = attribute(element, "id") or ""
        if name == "bookmarkEnd":
            self._open.pop(key, None)
            self._marked.pop(key, None)
            return
        called = attribute(element, "name") or ""
        if called.startswith(_WHOLE):
            self.begins = self.begins or called.removeprefix(_WHOLE)
        elif called.startswith(_MARKED):
            self._marked[key] = called.removeprefix(_MARKED)
        elif called.startswith(_BOOKMARK):
            id = called.removeprefix(_BOOKMARK)
            self.bookmarks[id] = None
            self._open[key] = id

    def _field(self, name: str, element: etree._Element) -> None:
        """Follow fields: their instructions are not seen, their results are."""
        if name == "fldSimple":
            self._fields.append(attribute(element, "instr") or "")
            self._shown.append(True)
            self._instructed(self._fields[-1])
        elif name == "fldChar":
            kind = attribute(element, "fldCharType")
            if kind == "begin":
                self._fields.append("")
                self._shown.append(False)
            elif self._fields and kind == "separate" and not self._shown[-1]:
                self._shown[-1] = True
                self._instructed(self._fields[-1])
            elif self._fields and kind == "end":
                self._fields.pop()
                self._shown.pop()
        elif name in ("instrText", "delInstrText") and self._fields:
            self._fields[-1] += element.text or ""

    def _instructed(self, words: str) -> None:
        if words.strip() and not (_COUNTED.match(words) or _POINTING.match(words)):
            self._write(words.strip(), hidden=True)


class _Look(NamedTuple):
    """How the words of a run look: not seen, or raised above the line."""

    hidden: bool = False
    raised: bool = False

    @classmethod
    def of(cls, run: etree._Element, hiding: frozenset[str], hidden: bool) -> "_Look":
        """How a run looks, by itself, else by its style, else by its paragraph's (`hidden`)."""
        properties = next((c for c in run if local(c) == "rPr"), None)
        found = {
            local(c): attribute(c, "val") for c in (properties if properties is not None else ())
        }
        hidden = hidden or found.get("rStyle") in hiding
        if "vanish" in found:
            hidden = found["vanish"] not in _OFF
        size = found.get("sz") or ""
        tiny = size.isdecimal() and int(size) <= _TINY_HALF_PT
        white = (found.get("color") or "").upper() == _WHITE
        return cls(hidden or tiny or white, found.get("vertAlign") == "superscript")


def _style(element: etree._Element, *path: str) -> str | None:
    """The value of an element down a path of children."""
    for name in path:
        inner = next((c for c in element if local(c) == name), None)
        if inner is None:
            return None
        element = inner
    return attribute(element, "val")


def _change(name: str, element: etree._Element) -> Change:
    kind = "inserted" if name in _INSERTED else "deleted"
    return Change(kind, attribute(element, "author") or "", attribute(element, "date") or "")


def _mark_change(paragraph: etree._Element) -> Change | None:
    """The change of the end of a paragraph, where it was inserted or deleted by itself."""
    for properties in (c for c in paragraph if local(c) == "pPr"):
        for look in (c for c in properties if local(c) == "rPr"):
            for mark in look:
                if local(mark) in _INSERTED | _DELETED:
                    return _change(local(mark), mark)
    return None
