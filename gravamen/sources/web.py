"""Web pages: HTML into its full text, as the page shows it; what is hidden, as layers.

The parser hands over events, not a tree: a tree loses the text after `</html>`, has a depth
beyond which it drops what follows, and costs memory that a hostile page would choose.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from gravamen.sources.extraction import Extraction
from gravamen.sources.plain import decode, decode_declared, newlines
from gravamen.sources.source import LayerKind, Notice, SourceError, Text
from gravamen.sources.transcript import Transcript

VERSION = f"1 (lxml {etree.__version__}, libxml2 {'.'.join(map(str, etree.LIBXML_VERSION))})"

_NO_TEXT = frozenset(("script", "style"))
_UNSEEN = frozenset(
    ("template", "noscript", "iframe", "noframes", "noembed", "datalist", "object", "video",
     "audio", "canvas")
)  # fmt: skip
_APART = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre"))
_BLOCKS = _APART | frozenset(
    ("address", "article", "aside", "body", "button", "caption", "center", "dd", "details",
     "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form",
     "header", "hgroup", "hr", "legend", "li", "main", "menu", "nav", "ol", "option", "optgroup",
     "search", "section", "select", "summary", "svg", "table", "tbody", "textarea", "tfoot",
     "thead", "title", "ul", "text", "desc", "foreignobject", "math")
)  # fmt: skip
_CELLS = frozenset(("td", "th"))
_HIDING_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|"
    r"(?:opacity|font-size)\s*:\s*0*(?:\.0*)?(?:px|pt|em|rem|%)?\s*(?:[;!]|\Z)",
    re.IGNORECASE,
)
_STRUCK = ("del", "s", "strike")
_STRIKING_STYLE = re.compile(r"text-decoration[a-z-]*\s*:[^;]*line-through", re.IGNORECASE)
_SHOWN_VALUE = frozenset(
    ("", "text", "button", "submit", "reset", "search", "email", "tel", "url", "number", "date",
     "datetime-local", "month", "week", "time")
)  # fmt: skip
_UNSHOWN_VALUE = ("hidden", "password")
_UNTITLED = ("link", "style", "script", "meta")
_FEW_WORDS_CHARS = 500
_MOST_FRAMES_DEEP = 3
_DECLARED = re.compile(
    rb"""<meta[^>]{0,500}?charset\s*=\s*["']?\s*([\w.:-]{1,40})|<\?xml[^>]{0,200}?"""
    rb"""encoding\s*=\s*["']([\w.:-]{1,40})""",
    re.IGNORECASE,
)
_PRESCAN_BYTES = 4096


def extract_web(
    data: bytes, *, name: str, encoding: str | None = None, language: str | None = None
) -> Extraction:
    """Return the full text of an HTML page: tables, captions, boxes, notes, nothing left out.

    Blocks end lines, cells of a row stand between tabs, white space is collapsed as a browser
    does. Hidden and struck elements, comments, and what shows in the place of a picture or when
    pointed at, stand as layers on lines of their own after the block they occur in. Styles in a
    style sheet are not applied: words that only a style sheet hides stand in the text. Scripts are
    not run.
    """
    decoded, notices = _decode(data, name=name, encoding=encoding, language=language)
    page = read_page(newlines(decoded).replace("\0", "\ufffd"), name=name)
    text = Text(
        extractor="gravamen.html",
        version=VERSION,
        text=page.transcript.text,
        layers=tuple(page.transcript.layers),
    )
    return Extraction(text=text, notices=(*notices, *page.notices(name)))


class Page:
    """The parser's target: writes a transcript from the events of one HTML page."""

    def __init__(self, *, depth: int = 0) -> None:
        self.transcript = Transcript()
        self.frames: list[str] = []
        self.scripts = 0
        self._depth = depth
        self._sheets = [self.transcript]
        self._hides: list[bool] = []
        self._silent = 0
        self._verbatim = 0
        self._first_cell = True

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Begin an element."""
        if tag == "iframe" and attributes.get("srcdoc", "").strip():
            self._frame(attributes["srcdoc"])
        kind = _unseen(tag, attributes) if len(self._sheets) == 1 else None
        if kind:
            self._sheets.append(self._sheet.aside(kind))
        self._hides.append(kind is not None)
        if tag in _NO_TEXT:
            self._silent += 1
            self.scripts += tag == "script"
        self._verbatim += tag in ("pre", "textarea")
        self._begin_block(tag)
        self._stand_ins(tag, attributes)

    def end(self, tag: str) -> None:
        """End an element."""
        if tag in _NO_TEXT:
            self._silent -= 1
        self._verbatim -= tag in ("pre", "textarea")
        if tag == "tr":
            self._sheet.end_row()
        elif tag in _BLOCKS:
            self._sheet.end_line(2 if tag in _APART else 1)
        if self._hides and self._hides.pop():
            self._sheets.pop()
            if tag in _BLOCKS:
                self._sheet.end_line(2 if tag in _APART else 1)

    def data(self, words: str) -> None:
        """Write text."""
        if self._silent:
            return
        if self._verbatim:
            self._sheet.write(words)
        else:
            self._sheet.flow(words)

    def comment(self, words: str) -> None:
        """Keep a comment as a layer."""
        if not self._silent and words.strip() and not words.startswith("?xml "):
            self._sheet.aside("comment").write(words.strip())

    def pi(self, target: str, data: str | None = None) -> None:
        """Keep a processing instruction as browsers do, as a comment."""
        self.comment(f"?{target} {data or ''}")

    def close(self) -> "Page":
        """End the page."""
        self.transcript.finish()
        return self

    def notices(self, name: str) -> Iterator[Notice]:
        """What a reader of the text should know about the page."""
        if self.frames:
            yield Notice(
                id="frames",
                message=f"{name} shows other documents in frames that are not in this file "
                f"({len(self.frames)}, the first {self.frames[0][:200]!r}); capture them too if "
                "they matter.",
            )
        if self.scripts and len(self.transcript.seen.strip()) < _FEW_WORDS_CHARS:
            yield Notice(
                id="scripts",
                message=f"{name} has few words and {self.scripts} scripts, which may write others "
                "where it is shown; they were not run. Save the page as PDF if words are missing.",
            )

    @property
    def _sheet(self) -> Transcript:
        return self._sheets[-1]

    def _begin_block(self, tag: str) -> None:
        if tag == "br":
            self._sheet.write("\n")
        elif tag == "tr":
            self._sheet.end_line()
            self._first_cell = True
        elif tag in _CELLS:
            self._sheet.begin_cell(first=self._first_cell)
            self._first_cell = False
        elif tag in _BLOCKS:
            self._sheet.end_line(2 if tag in _APART else 1)

    def _stand_ins(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Write what a page shows from attributes: alternative texts, tooltips, values."""
        for key in ("alt", "placeholder", "title"):
            if attributes.get(key, "").strip() and not (key == "title" and tag in _UNTITLED):
                self._sheet.aside("alternative").flow(attributes[key])
        if tag == "optgroup":
            self._sheet.flow(attributes.get("label", ""))
            self._sheet.end_line()
        elif tag == "input" and attributes.get("value"):
            kind = attributes.get("type", "").lower()
            if kind in _SHOWN_VALUE:
                self._sheet.flow(f" {attributes['value']} ")
            elif kind in _UNSHOWN_VALUE:
                self._sheet.aside("hidden").flow(attributes["value"])
        elif tag in ("frame", "iframe") and attributes.get("src") and "srcdoc" not in attributes:
            self.frames.append(attributes["src"])

    def _frame(self, html: str) -> None:
        """Write the page that a frame carries in itself; one that lies too deep as it stands."""
        aside = self._sheet.aside(None)
        if self._depth == _MOST_FRAMES_DEEP:
            aside.write(html)
        else:
            aside.append(read_page(html, name="a frame", depth=self._depth + 1).transcript)


def read_page(html: str, *, name: str, depth: int = 0) -> Page:
    """Return the page that HTML shows.

    Raises:
        SourceError: one run of text or one attribute is longer than the parser takes.
    """
    page = Page(depth=depth)
    target: Any = page  # the stubs want handlers that take bytes too; the parser gives str
    parser = etree.HTMLParser(target=target, encoding="utf-8", huge_tree=False, no_network=True)
    try:
        # All at once: fed in pieces, the parser takes long attributes apart without a word.
        etree.fromstring(html.encode("utf-8", errors="replace"), parser)
    except etree.LxmlError as error:
        raise SourceError(f"{name} cannot be read as HTML ({error}); save it as PDF.") from None
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise SourceError(
            f"{name} holds a stretch of text or an attribute of more than 10 MB, beyond which "
            "HTML is not read; save the page without embedded pictures, or as PDF."
        )
    return page


def _hidden(tag: str, attributes: Mapping[str, str]) -> bool:
    return (
        tag in _UNSEEN
        or (tag == "dialog" and "open" not in attributes)
        or "hidden" in attributes
        or _HIDING_STYLE.search(attributes.get("style", "")) is not None
    )


def _unseen(tag: str, attributes: Mapping[str, str]) -> LayerKind | None:
    """As which layer an element is set apart; None for one that is read with the rest."""
    if _hidden(tag, attributes):
        return "hidden"
    struck = tag in _STRUCK or _STRIKING_STYLE.search(attributes.get("style", ""))
    return "deleted" if struck else None


def _decode(
    data: bytes, *, name: str, encoding: str | None, language: str | None
) -> tuple[str, tuple[Notice, ...]]:
    """Decode by byte order mark or caller, then by what the page declares, if its bytes agree."""
    declared = _DECLARED.search(data[:_PRESCAN_BYTES])
    if encoding is not None or declared is None:
        return decode(data, name=name, encoding=encoding, language=language)
    label = (declared[1] or declared[2]).decode("ascii", errors="replace")
    return decode_declared(data, label, name=name, language=language)
