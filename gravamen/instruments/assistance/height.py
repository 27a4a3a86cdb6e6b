"""Height: about how tall a section is once it is set, so that an annex can be kept to one page."""

import re
from collections.abc import Iterable
from math import ceil

from gravamen.instruments.fonts import width
from gravamen.instruments.sheet import CELL_EDGES, TABLE_SIGNS, column_widths
from gravamen.sentences import Block, Cell, Paper, Section, Sentence, Table

# In points, as `templates/frame.typ` sets them: what a page holds between its margins, the lines of
# a table, of a caption and of a small paragraph, and the space around each.
PAGE: dict[Paper, float] = {"us-letter": 604, "a4": 654}
_TABLE_LINE = 10.5
_ROW_EDGES = 4.6
_AROUND_TABLE = 11
_SMALL_LINE = 12
_AROUND_BLOCK = 6.5
_HEADING = 18
# How many signs stand on a line, by paper: of a small paragraph, of a caption; and how much wider
# than A4 the page is, for which the widths of tables are counted.
_SMALL_SIGNS: dict[Paper, int] = {"us-letter": 106, "a4": 102}
_CAPTION_SIGNS: dict[Paper, int] = {"us-letter": 112, "a4": 108}
_WIDER: dict[Paper, float] = {"us-letter": 468 / 451, "a4": 1}
_SPACE = 0.5
_NARROW, _NARROWER = re.compile("[fijlrt]"), 0.35
_MARK = 1.8  # signs that the mark of a note takes
_SEPARATE = 0.6  # of many notes in a row, some are joined: "A8–A10"


def height(section: Section, paper: Paper) -> float:
    """Return about how many points a section of small paragraphs and tables takes, rather more."""
    blocks = (_table(b, paper) if isinstance(b, Table) else _block(b, paper)
              for b in section.blocks if isinstance(b, Table | Block))  # fmt: skip
    return _HEADING + sum(blocks)


def _block(block: Block, paper: Paper) -> float:
    signs = sum(map(_signs, block.sentences)) + len(block.sentences) - 1
    return _AROUND_BLOCK + ceil(signs / _SMALL_SIGNS[paper]) * _SMALL_LINE


def _table(table: Table, paper: Paper) -> float:
    widths = column_widths(table)
    room = [max(3, TABLE_SIGNS * _WIDER[paper] * w / sum(widths) - CELL_EDGES) for w in widths]
    caption = ceil(len(table.caption) / _CAPTION_SIGNS[paper]) * _TABLE_LINE
    head = max(_lines(words.split(), of) for words, of in zip(table.header, room, strict=True))
    rows = [max(_lines(_words(c), of) for c, of in zip(r, room, strict=True)) for r in table.rows]
    return (
        _AROUND_TABLE
        + caption
        + (head + sum(rows)) * _TABLE_LINE
        + (1 + len(rows)) * _ROW_EDGES
    )  # fmt: skip


def _words(cell: Cell) -> list[str]:
    """The words of a cell, with a stretch as long as its marks behind each sentence."""
    words: list[str] = []
    for sentence in cell.sentences:
        words += sentence.text.split()
        marks = ["x" * 2] * ceil(len(sentence.bindings) * _SEPARATE)
        words[-1:] = ["".join((*words[-1:], *marks[:1])), *marks[1:]]
    return words


def _lines(words: Iterable[str], room: float) -> int:
    """On how many lines words stand."""
    lines, at = 1, 0.0
    for word in words:
        wide = width(word) - _NARROWER * len(_NARROW.findall(word))
        if at and at + _SPACE + wide > room:
            lines, at = lines + 1, 0.0
        at += wide + (_SPACE if at else 0)
        if at > room:
            lines, at = lines + int(at // room), at % room
    return lines


def _signs(sentence: Sentence) -> float:
    return len(sentence.text) + _MARK * len(sentence.bindings)
