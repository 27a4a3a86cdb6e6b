"""Mend: a copy of a text that is easier to read and just as long, and the way back to the text.

Line breaks inside a paragraph, odd spaces, quotation marks, digits of other scripts and the usual
errors of scanning are set right; a word broken over two lines is closed up and filled with spaces
after it. Offsets into the copy become offsets into the text by `Mended.place`.
"""

import re
import unicodedata
from bisect import bisect_right
from typing import NamedTuple

from gravamen.values import Value

# A paragraph that begins like this is never a run-on of the line before.
MARKER = re.compile(
    r"[ \t]*(?:"
    r"\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)](?=[ \t])"
    r"|[-*•●▪–][ \t]"
    r"|§+ ?\d"
    r"|(?:WHEREAS|Whereas|NOW,? THEREFORE|Now,? therefore|BE IT|Be it|AND BE IT|RESOLVED|Resolved)"
    r"\b"
    r"|(?:Article|ARTICLE|Section|SECTION|SEC\.) \d+[.:]"
    r"|[A-Z][A-Z.'’ -]{1,40}:(?=[ \t])|[QA][.:][ \t]"
    r")"
)
_BREAK = re.compile(r"(?<=[^\W_])([-\u00ad\u2010])[ \t]*\r?\n[ \t]*(?=[^\W_])")
# How a line ends before which a list begins or in which it goes on, set line by line.
_ITEM_ENDS = (":", ";", "; and", "; or", ";and")
_TAIL = re.compile(r"[\w'’-]*[.,;:!?)\]\"'”’]*")
_NUMERIC = re.compile(r"(?<![\w.,-])(?=[OolI|]*\d)[\dOolI|]{2,}(?![\w-])")
_LONE_ONE = re.compile(r"(?<![\w'.])l(?= (?:[A-Z][a-z]{2}|\d))")
_CAPITALS = re.compile(r"(?<![\w.-])[A-Z][A-Z0l1]{2,}(?![\w-])")
_ONE_IN_WORD = re.compile(r"(?<![\w-])[A-Za-z]*[a-z]1[a-z]*(?![\w-])")
_L_FOR_I = re.compile(r"(?<![\w'])l(?=[nmsf][a-z]|[nsft]\b|t[a-z](?!d))(?!td)")
_CONTROL = dict.fromkeys([*range(0, 9), 11, 12, *range(14, 32), 127, *range(128, 160)], " ")
_PLAIN = {
    **_CONTROL,
    **dict.fromkeys(map(ord, "\t\u00a0\u1680\u2007\u202f\u205f\u3000"), " "),
    **dict.fromkeys(range(0x2000, 0x200B), " "),
    **dict.fromkeys(map(ord, "‘’ʼ`´"), "'"),
    **dict.fromkeys(map(ord, "“”„‟"), '"'),
    **dict.fromkeys(map(ord, "‐‑‒–−"), "-"),
    ord("\u2028"): "\n",
    ord("\u2029"): "\n",
}
_UNSEEN = re.compile("(?<= )[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+|"
                     "(?<![\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff])"
                     "[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+(?= |$)")  # fmt: skip


class Place(NamedTuple):
    """A stretch of the canonical text: start, exclusive end, and the slice itself."""

    start: int
    end: int
    text: str


class Closed(Value):
    """A broken word that was closed up: where it stands, where the gap was, how wide it was."""

    start: int
    gap: int
    width: int
    end: int

    def back(self, offset: int) -> int:
        """Return the offset in the text for the offset of a character in the copy."""
        return offset if offset < self.gap else min(offset + self.width, self.end - 1)


class Mended(Value):
    """The copy for reading, and the broken words in it."""

    text: str
    copy: str
    closed: tuple[Closed, ...] = ()

    def place(self, start: int, end: int) -> Place:
        """Return the stretch of the text for a stretch of the copy, without blank ends."""
        copy = self.copy
        while start < end and copy[start].isspace():
            start += 1
        while end > start and copy[end - 1].isspace():
            end -= 1
        if end > start and self.closed:
            start, end = self._back(start), self._back(end - 1) + 1
        return Place(start, end, self.text[start:end])

    def _back(self, offset: int) -> int:
        index = bisect_right(self.closed, offset, key=lambda c: c.start) - 1
        if index < 0 or offset >= self.closed[index].end:
            return offset
        return self.closed[index].back(offset)


def mend(text: str) -> Mended:
    """Return the copy of a text for reading: of the same length, whatever the text."""
    copy, closed = _close_words(text.translate(_PLAIN))
    copy = _join_lines(copy.replace("\r\n", " \n").replace("\r", "\n"), _wrap_width(text))
    copy = _UNSEEN.sub(lambda m: " " * len(m[0]), copy)
    if not copy.isascii():
        copy = "".join(c if c.isascii() else _digit(c) for c in copy)
    return Mended(text=text, copy=_repair(copy), closed=closed)


def _digit(char: str) -> str:
    value = unicodedata.decimal(char, None)
    return char if value is None else str(value)


def _close_words(text: str) -> tuple[str, tuple[Closed, ...]]:
    """Close up words that a line break divides: "pri-\\nvate", "Feb-\\nruary", "44-\\nday"."""
    pieces: list[str] = []
    closed: list[Closed] = []
    done = 0
    for m in _BREAK.finditer(text):
        if m.start() < done:
            continue
        keep = 1 if text[m.start() - 1].isdigit() or not text[m.end()].islower() else 0
        tail = _TAIL.match(text, m.end())
        end = tail.end() if tail else m.end()
        gap = m.start() + keep
        width = m.end() - gap
        pieces += [text[done:gap], text[m.end() : end], " " * width]
        closed.append(Closed(start=m.start(), gap=gap, width=width, end=end))
        done = end
    return "".join([*pieces, text[done:]]), tuple(closed)


def _join_lines(text: str, width: int) -> str:
    """Turn the line breaks inside paragraphs into spaces; those between them stay."""
    lines = text.split("\n")
    pieces: list[str] = []
    for line, following in zip(lines, lines[1:], strict=False):
        pieces += [line, " " if _runs_on(line, following, width) else "\n"]
    return "".join([*pieces, lines[-1]])


def _wrap_width(text: str) -> int:
    """Return the width at which a text was wrapped by hand or scanner; 0 where it was not."""
    widths = sorted(len(line) for line in map(str.strip, text.splitlines()) if line)
    if len(widths) < 4:
        return 0
    longest = widths[int(len(widths) * 0.95)]
    near = sum(1 for w in widths if w >= 0.8 * longest)
    return longest if longest <= 130 and near >= 0.45 * len(widths) else 0


def _runs_on(line: str, following: str, width: int) -> bool:
    before, after = line.rstrip(), following.lstrip()
    if not before or not after or MARKER.match(following):
        return False
    if before.endswith(_ITEM_ENDS) and not (width and len(before) >= 0.72 * width):
        return False
    if after[0].islower() or (after[0].isdigit() and re.search(r"[a-z] [a-z]+$", before)):
        return True
    return bool(width) and len(before) >= 0.72 * width


def _repair(copy: str) -> str:
    """Set right what scanners confuse: O and 0, l, I and 1, where the word shows it."""
    copy = _NUMERIC.sub(lambda m: _digits(m[0]), copy)
    copy = _LONE_ONE.sub("1", copy)
    copy = _CAPITALS.sub(lambda m: _capitals(m[0]), copy)
    copy = _ONE_IN_WORD.sub(lambda m: m[0].replace("1", "l") if len(m[0]) > 3 else m[0], copy)
    return _L_FOR_I.sub("I", copy)


def _digits(word: str) -> str:
    if word.endswith("I") or sum(c.isdigit() for c in word) * 2 < len(word):
        return word
    return word.translate(str.maketrans("OolI|", "00111"))


def _capitals(word: str) -> str:
    if sum(c.isupper() for c in word) < 3 or re.search(r"[01]{2}|1$", word):
        return word
    return word.translate(str.maketrans("0l1", "OII"))


def pattern(form: str, *, case: bool = False) -> re.Pattern[str]:
    """Compile a pattern for the copy: each blank outside brackets matches a run of blanks.

    Args:
        case: whether capitals and small letters differ.
    """
    out: list[str] = []
    bracket = index = 0
    while index < len(form):
        char = form[index]
        if char == "\\":
            out.append(form[index : index + 2])
            index += 2
            continue
        if form.startswith(("(?<=", "(?<!"), index) and not bracket:
            end = form.index(")", index)  # a look-behind has a fixed width: left as it is
            out.append(form[index:end])
            index = end
            continue
        bracket += (char == "[" and not bracket) - (char == "]" and bool(bracket))
        if char == " " and not bracket:
            optional = form[index + 1 : index + 2] in ("?", "*")
            out.append(" *" if optional else " +")
            index += 2 if optional or form[index + 1 : index + 2] == "+" else 1
            continue
        out.append(char)
        index += 1
    return re.compile("".join(out), re.NOFLAG if case else re.IGNORECASE)
