"""The docket as a list of text: groups, and for each request a row, its last event, what is next.

Every line keeps the width of the terminal; a cell that is too long goes on below itself.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import zip_longest

from gravamen.cli.options import WIDTH_COLUMNS, counted
from gravamen.dates import instant
from gravamen.docket.line import OURS_TO_ACT, Docket, Line
from gravamen.docket.page import groups, law_of, next_of

# Heads and widths of the columns; with a space between them they fill a line.
_COLUMNS = (("office", 24), ("asked for", 25), ("under", 16), ("asked", 10), ("state", 14),
            ("days", 5))  # fmt: skip
_MOST_LINES = 12  # of one cell; what is longer is no name and ends in an ellipsis
_INDENT, _HANG = "  ", "        "


def rows(found: Docket) -> Iterator[str]:
    """The lines of a docket in groups, in the order in which somebody should read them."""
    several = len({line.case for line in found.lines}) > 1
    for group in groups(found.lines):
        if not group.lines:
            continue
        yield f"{group.heading.upper()} ({len(group.lines)})"
        yield from _row([name for name, _ in _COLUMNS])
        case = None
        for line in group.lines:
            if several and line.case != case:
                yield from wrapped(f"{line.title} ({line.case})")
            case = line.case
            yield from _row(_cells(line))
            if line.state in (*OURS_TO_ACT, "referred-here"):
                yield from wrapped(f"now: {line.state_text}", _INDENT, _HANG)
            if line.last:
                last = f"last: {instant(line.last.at).day}, {line.last.text}"
                yield from wrapped(last, _INDENT, _HANG)
            if not line.closed:
                day = f"{line.next}, " if line.next else ""
                yield from wrapped(f"next: {day}{next_of(line)}", _INDENT, _HANG)
        yield ""
    yield _counts(found)


def _cells(line: Line) -> list[str]:
    target = f": {line.target}" if line.target else ""
    mark = " (a proposal to judge)" if line.proposed else ""
    return [
        line.office_title,
        f"{line.measure}{target} ({line.request})",
        law_of(line),
        str(line.asked_on or "not sent"),
        f"{line.state}{mark}",
        "-" if line.days_open is None else str(line.days_open),
    ]


def _row(cells: Sequence[str]) -> Iterator[str]:
    folded_cells = [folded(c, width) for c, (_, width) in zip(cells, _COLUMNS, strict=True)]
    for parts in zip_longest(*folded_cells, fillvalue=""):
        padded = (_filled(p, width) for p, (_, width) in zip(parts, _COLUMNS, strict=True))
        yield " ".join(padded).rstrip()


def _counts(found: Docket) -> str:
    """How many lines there are, and on how many we must act."""
    mine = sum(line.state in OURS_TO_ACT for line in found.lines)
    still = sum(not line.closed for line in found.lines)
    waits = sum(line.proposed for line in found.lines)
    text = f"{counted(len(found.lines), 'line')} on {found.on}: {still} open, {mine} for us to act"
    return f"{text}, {waits} with a proposal to judge." if waits else f"{text}."


def wrapped(text: str, indent: str = "", hang: str = "    ") -> Iterator[str]:
    """A paragraph in lines that keep the width; control characters would steer the terminal."""
    plain = _printable(text)
    if len(indent) + len(plain) <= WIDTH_COLUMNS and plain.isascii() and "  " not in plain:
        yield f"{indent}{plain}".rstrip()
        return
    line, empty = indent, True
    for word in plain.split():
        for part in _broken(word, WIDTH_COLUMNS - len(hang)):
            if not empty and _width(line) + 1 + _width(part) > WIDTH_COLUMNS:
                yield line
                line, empty = hang, True
            line, empty = f"{line}{'' if empty else ' '}{part}", False
    yield line


@lru_cache(maxsize=10_000)
def folded(text: str, width: int) -> tuple[str, ...]:
    """A text in lines of a column: broken between words, within one only where it is too long."""
    found: list[str] = []
    line = ""
    for word in _printable(text).split():
        for part in _broken(word, width):
            if line and _width(line) + 1 + _width(part) > width:
                found.append(line)
                line = part
            else:
                line = f"{line} {part}" if line else part
    found.append(line)
    if len(found) > _MOST_LINES:
        return (*found[: _MOST_LINES - 1], "…")
    return tuple(found)


def _broken(word: str, width: int) -> Iterator[str]:
    """A word in parts that each keep a width."""
    while _width(word) > width:
        end = width if word.isascii() else _fits(word, width)
        yield word[:end]
        word = word[end:]
    yield word


def _fits(word: str, width: int) -> int:
    """How many characters of a word fit into a width, at least one."""
    end = 1
    while end < len(word) and _width(word[: end + 1]) <= width:
        end += 1
    return end


def _filled(text: str, width: int) -> str:
    return text + " " * (width - _width(text))


def _printable(text: str) -> str:
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else " " for c in text)


def _width(text: str) -> int:
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(c) else 1 + (unicodedata.east_asian_width(c) in "WF")
        for c in text
    )
