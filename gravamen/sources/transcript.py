"""Transcript: a text as an extractor writes it down, block by block, with its layers.

What a reader of the page sees stays in one piece, so that a quote of it is found. What is unseen
or stands apart (deleted words, comments, hidden elements, alternative texts, text boxes) is set
on lines of its own after the block in which it occurs; its layer keeps where that was.
"""

import re
from dataclasses import dataclass

import msgspec

from gravamen.sources.source import Layer, LayerKind

_SPACES = re.compile(r"[ \t\n\r\f]+")


@dataclass
class _Open:
    """A layer that has begun: its kind, who made it when, where its first word stands."""

    kind: LayerKind
    author: str | None
    date: str | None
    at: int | None
    start: int | None = None


@dataclass
class _Aside:
    """What is to be set apart: its words, the layer they make, the place they belong to."""

    words: "Transcript"
    kind: LayerKind | None
    author: str | None
    date: str | None
    at: int | None


class Transcript:
    """A text being written; `text` and `layers` hold it once `finish` was called."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._breaks = 0
        self._space = False
        self._fresh = True
        self._open: list[_Open] = []
        self._unstarted = 0
        self._asides: list[_Aside] = []
        self._due = 0
        self.layers: list[Layer] = []

    @property
    def length(self) -> int:
        """How many characters are written, breaks that are still owed not counted."""
        return self._length

    @property
    def text(self) -> str:
        """The text so far."""
        return "".join(self._pieces)

    @property
    def seen(self) -> str:
        """The text without what a reader of the page is not shown."""
        text, at, pieces = self.text, 0, []
        for layer in sorted(self.layers, key=lambda found: found.start):
            if layer.kind not in ("inserted", "footnote"):
                pieces.append(text[at : max(at, layer.start)])
                at = max(at, layer.end)
        return "".join((*pieces, text[at:]))

    def write(self, words: str) -> None:
        """Write characters as they are."""
        if not words:
            return
        self._settle()
        while self._unstarted:
            self._open[-self._unstarted].start = self._length
            self._unstarted -= 1
        self._put(words)
        self._fresh = words[-1] in "\n\t"

    def flow(self, words: str) -> None:
        """Write running text as a page shows it: white space collapsed, none at a line's ends."""
        shown = _SPACES.sub(" ", words)
        if shown == " ":
            self._space = True
        elif shown:
            self._space |= shown[0] == " "
            self.write(shown.strip(" "))
            self._space = shown[-1] == " "

    def end_line(self, breaks: int = 1) -> None:
        """End the line, if one has begun; 2 leaves an empty line before what follows."""
        self._space, self._due = False, len(self._asides)
        if self._length and (self._breaks or not self._fresh):
            self._breaks = max(self._breaks, breaks)

    def begin_cell(self, *, first: bool) -> None:
        """Begin a cell: on a new line the first of its row, the others after a tab."""
        if first:
            self._settle()
        else:
            self._put("\t")
        self._breaks, self._space, self._fresh = 0, False, True

    def end_row(self) -> None:
        """End a row of cells, though its last cell be empty."""
        self._breaks, self._space, self._due = int(self._length > 0), False, len(self._asides)

    def aside(
        self,
        kind: LayerKind | None,
        *,
        author: str | None = None,
        date: str | None = None,
    ) -> "Transcript":
        """Return a transcript that is set on lines of its own after the current block."""
        at = None if self._breaks else self._length
        self._asides.append(_Aside(Transcript(), kind, author, date, at))
        return self._asides[-1].words

    def begin(
        self,
        kind: LayerKind,
        *,
        author: str | None = None,
        date: str | None = None,
        at: int | None = None,
    ) -> None:
        """Begin a layer that stays in its place in the text."""
        self._open.append(_Open(kind, author, date, at))
        self._unstarted += 1

    def end(self) -> None:
        """End the layer that began last; one without a word in it is not kept."""
        begun = self._open.pop()
        if begun.start is None:
            self._unstarted -= 1
        else:
            self._keep(begun.kind, begun.start, self._length, begun.author, begun.date, begun.at)

    def append(self, other: "Transcript") -> None:
        """Write a finished transcript, with its layers."""
        if other.length:
            self._settle()
            self._take_in(other)
            self._fresh = other.text.endswith("\n")

    def finish(self) -> "Transcript":
        """Write what is still owed, and return the transcript."""
        while self._open:
            self.end()
        self._due = len(self._asides)
        self._set_asides()
        self._breaks = 0
        return self

    def _put(self, words: str) -> None:
        self._pieces.append(words)
        self._length += len(words)

    def _settle(self) -> None:
        """Write the breaks, asides and the space that are owed before the next word."""
        if self._breaks:
            self._set_asides()
            self._put("\n" * self._breaks)
            self._breaks = 0
            for aside in self._asides:
                aside.at = self._length if aside.at is None else aside.at
        elif self._space and not self._fresh:
            self._put(" ")
        self._space = False

    def _set_asides(self) -> None:
        """Set apart what belongs to the blocks that have ended."""
        due, self._asides = self._asides[: self._due], self._asides[self._due :]
        self._due = 0
        for aside in due:
            aside.words.finish()
            if aside.words.length:
                at = self._length if aside.at is None else aside.at
                if self._length:
                    self._put("\n")
                start = self._length
                self._take_in(aside.words)
                if aside.kind:
                    self._keep(aside.kind, start, self._length, aside.author, aside.date, at)

    def _take_in(self, other: "Transcript") -> None:
        base = self._length
        self._put(other.text)
        self.layers += [
            msgspec.structs.replace(
                layer,
                start=layer.start + base,
                end=layer.end + base,
                at=None if layer.at is None else layer.at + base,
            )
            for layer in other.layers
        ]

    def _keep(
        self,
        kind: LayerKind,
        start: int,
        end: int,
        author: str | None,
        date: str | None,
        at: int | None,
    ) -> None:
        if start < end:
            self.layers.append(
                Layer(kind=kind, start=start, end=end, author=author, date=date, at=at)
            )
