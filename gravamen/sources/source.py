"""The source as a value: preserved bytes, the text read from them, and places in that text."""

from collections.abc import Iterator
from os.path import commonprefix
from typing import Literal

from gravamen.dates import Edtf
from gravamen.sources.likeness import in_line, nearest, stretches, typed_alike
from gravamen.values import GravamenError, Value, sha256

LayerKind = Literal[
    "inserted", "deleted", "hidden", "comment", "footnote", "header", "footer", "alternative"
]
CONTEXT_CHARS = 32


class SourceError(GravamenError):
    """A file that cannot be taken as a source, or a quote that is not in one."""


class Layer(Value):
    """A stretch of a text that a reader of the page would see otherwise, or not at all.

    Offsets are code points of the canonical text, end exclusive.

    Args:
        kind: "alternative" is the words that stand for a picture; "header" also the lines of an
            e-mail that its reader is not shown.
        author, date: who inserted, deleted or remarked, and when, as the file says.
        at: where in the text a stretch stood that is set apart (a deletion, a comment, a note).
    """

    kind: LayerKind
    start: int
    end: int
    author: str | None = None
    date: str | None = None
    at: int | None = None


class Notice(Value):
    """Something odd about a source that is no reason to refuse it: stable id and a sentence."""

    id: str
    message: str


class Text(Value):
    """The canonical text of a source: immutable, made by a named extractor of a version.

    Args:
        text: Unicode, CRLF and CR turned to LF, otherwise as extracted.
        pages: offset at which each page begins (a PDF), empty where there are no pages.
    """

    extractor: str
    version: str
    text: str
    pages: tuple[int, ...] = ()
    layers: tuple[Layer, ...] = ()

    @property
    def sha256(self) -> str:
        """The digest of the text in UTF-8."""
        return sha256(self.text.encode("utf-8"))

    def page_at(self, offset: int) -> int | None:
        """Return the page (from 1) on which an offset lies, None in a text without pages."""
        return sum(start <= offset for start in self.pages) or None


class Source(Value):
    """Preserved bytes with digest, origin, publisher, dates and language; the text beside it.

    Args:
        id: "s.report"; unique in the case.
        sha256: digest of the bytes, which lie unchanged in the case's blobs.
        origin: sources with one origin go back to one witness, wire or body; None means that
            this source is an origin of its own.
        published: when its publisher says that it appeared (partial dates allowed).
        retrieved: when we took it.
        parent: the source that this one was attached to (an e-mail's attachment).
    """

    id: str
    sha256: str
    name: str
    media_type: str
    size: int
    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: Edtf | None = None
    retrieved: Edtf | None = None
    url: str | None = None
    language: str | None = None
    origin: str | None = None
    reliability: str | None = None
    translator: str | None = None
    parent: str | None = None
    notices: tuple[Notice, ...] = ()

    @property
    def origin_group(self) -> str:
        """The origin that this source counts under."""
        return self.origin or self.id

    @property
    def cited(self) -> str:
        """How a footnote names it: title or file name, publisher, date."""
        words = [self.title or self.name, self.author, self.publisher]
        named = ", ".join(dict.fromkeys(w for w in words if w))
        return f"{named} ({self.published})" if self.published else named


class Passage(Value):
    """A place in a source's text: W3C TextQuoteSelector and TextPositionSelector, and page.

    `exact` is the text between `start` and `end` (code points, end exclusive), character for
    character; `prefix` and `suffix` are the words around it, to find it again.
    """

    source: str
    exact: str
    start: int
    end: int
    prefix: str = ""
    suffix: str = ""
    page: int | None = None


def locate(
    source: str,
    text: Text,
    quote: str,
    *,
    near: int | None = None,
    prefix: str = "",
    suffix: str = "",
) -> Passage:
    """Return the passage of a quote in a source's text.

    Where the quote occurs more than once, the occurrence is taken whose surroundings agree best
    with `prefix` and `suffix`, then the one nearest to `near`, then the first.

    Args:
        source: id of the source.
        near: an offset at which the quote is expected.
        prefix, suffix: the words before and after it, as an earlier passage kept them.

    Raises:
        SourceError: the quote does not occur, character for character, or is empty.
    """
    if not quote.strip():
        raise SourceError(f"The quote from {source} is empty; copy the exact words of the source.")
    start = text.text.find(quote)
    if start < 0:
        raise SourceError(
            f"{quote!r} does not occur in {source}, character for character; "
            f"{_remedy(text.text, quote)}."
        )
    if near is not None or prefix or suffix:
        start = max(
            _places(text.text, quote),
            key=lambda p: (
                _agreeing(text.text, p, p + len(quote), prefix, suffix),
                -abs(p - (near or 0)),
            ),
        )
    end = start + len(quote)
    return Passage(
        source=source,
        exact=quote,
        start=start,
        end=end,
        prefix=text.text[max(0, start - CONTEXT_CHARS) : start],
        suffix=text.text[end : end + CONTEXT_CHARS],
        page=text.page_at(start),
    )


def _places(text: str, quote: str) -> Iterator[int]:
    at = text.find(quote)
    while at >= 0:
        yield at
        at = text.find(quote, at + 1)


def _agreeing(text: str, start: int, end: int, prefix: str, suffix: str) -> int:
    """How many characters around a place agree with the words expected there."""
    before = text[max(0, start - len(prefix)) : start]
    after = text[end : end + len(suffix)]
    return len(commonprefix((before[::-1], prefix[::-1]))) + len(commonprefix((after, suffix)))


def _remedy(text: str, quote: str) -> str:
    """Say what to do about a quote that does not occur: what the source has in its place."""
    if same := next(stretches(text, quote), None):
        found = text[slice(*same)]
        breaks_only = found.replace("\n", " ") == quote.replace("\n", " ")
        what = "the line breaks" if breaks_only else "spaces and line breaks"
        return f"only {what} differ, copy {found!r}"
    if typed := typed_alike(text, quote):
        return f"only quotation marks, apostrophes or dashes differ, copy {in_line(typed)!r}"
    parting = _parting(text, quote)
    if (like := nearest(text, quote)) and in_line(like) != in_line(quote):
        return f"the nearest words there are {in_line(like)!r}; copy those that you mean{parting}"
    return f"copy the words as they stand there{parting}"


def _parting(text: str, quote: str) -> str:
    """Say where the longest beginning of the quote that does occur breaks off."""
    low, high = 0, len(quote)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if quote[:middle] in text else (low, middle - 1)
    if low < min(12, len(quote)):
        return ""
    at = text.index(quote[:low]) + low
    there, here = text[at : at + 20], quote[low : low + 20]
    return f" (the source goes on {there!r} where the quote has {here!r})"
