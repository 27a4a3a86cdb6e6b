"""Fit: whether an instrument can be set as it stands, or the first thing that forbids it."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from math import ceil
from typing import Any

import msgspec

from gravamen.instruments.fonts import (
    BIDI_CONTROLS,
    CONTROLS,
    MOST_MARKS,
    MissingGlyph,
    floods,
    missing_glyphs,
    unprintable,
    width,
)
from gravamen.sentences import Block, Figure, Instrument, Sentence, Table
from gravamen.values import GravamenError

_ID = re.compile(r"[a-z0-9][A-Za-z0-9._-]{0,119}\Z")
_SENTENCE_ID = re.compile(r"[a-z]+[0-9]+\Z")
_LANG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*\Z")
LONGEST_LINE = 1000
# The most characters that fit where a text has a narrow place; a PDF/A string has a limit, too.
_MOST = {
    **dict.fromkeys(
        ("title", "heading", "body", "salutation", "close", "letterhead", "addressee",
         "caption", "table header", "name"),
        LONGEST_LINE,
    ),
    "reference": 300,
    "signatory": 120,
    "label": 120,
    "number": 20,
}  # fmt: skip
# All signatures stand on one page, two beside each other, where the template allows no break.
_KEPT_TOGETHER = 10
_SIGNS_A_LINE = 32
_LINES_A_PAGE = 40
_LINES_TO_SIGN = 4
_REFUSED = BIDI_CONTROLS | CONTROLS
_ONE_LINE = frozenset({"reference", "label", "number"})


class InstrumentError(GravamenError):
    """An instrument that cannot be set as it stands."""


def check(instrument: Instrument) -> None:
    """Refuse an instrument that cannot be set, naming the first thing that is wrong.

    Raises:
        InstrumentError: its id is no file name, its date no day, a sentence id is used twice, a
            text is too long for its place, or holds a control character or a flood of marks.
        MissingGlyph: a text holds a character that no font has.
    """
    if not _ID.match(instrument.id) or ".." in instrument.id:
        raise InstrumentError(
            f"{instrument.id!r} cannot be the id of an instrument, which also names its files; "
            "use at most 120 letters, digits, dots and hyphens."
        )
    try:
        date.fromisoformat(instrument.on)
    except ValueError as error:
        raise InstrumentError(
            f"{instrument.id} bears the date {instrument.on!r}, which is no day; "
            "write it as 2024-01-15."
        ) from error
    _check_sentence_ids(instrument)
    _check_tables(instrument)
    _check_signatures(instrument)
    check_languages(instrument.id, _languages(instrument))
    for where, text in printed(instrument):
        _check_text(instrument.id, where, text)


def shown(instrument: Instrument) -> Instrument:
    """Return a draft with each character of its sentences that cannot be printed given by number
    ("[U+202E]"), so that one sign in a source does not keep a whole diagnosis from being read.

    The record keeps the sign. Names, titles and whatever else a person wrote are not touched, and
    are refused by `check`.
    """
    marks = str.maketrans({char: f"[U+{ord(char):04X}]" for char in unprintables(instrument)})
    if not marks:
        return instrument

    def spelled(sentences: Iterable[Sentence]) -> tuple[Sentence, ...]:
        return tuple(msgspec.structs.replace(s, text=s.text.translate(marks)) for s in sentences)

    def printable(block: Block | Table | Figure) -> Block | Table | Figure:
        if isinstance(block, Figure):
            return block
        if isinstance(block, Block):
            return msgspec.structs.replace(block, sentences=spelled(block.sentences))
        rows = tuple(
            tuple(msgspec.structs.replace(c, sentences=spelled(c.sentences)) for c in row)
            for row in block.rows
        )
        return msgspec.structs.replace(block, rows=rows)

    sections = tuple(
        msgspec.structs.replace(s, blocks=tuple(map(printable, s.blocks)))
        for s in instrument.sections
    )
    return msgspec.structs.replace(instrument, sections=sections)


def unprintables(instrument: Instrument) -> list[str]:
    """Return the characters of an instrument's sentences that cannot be printed as they are."""
    found = {c for s in instrument.sentences() for c in s.text if not c.isascii() or c < " "}
    return sorted(c for c in found if c not in "\n\t" and unprintable(c))


def check_languages(id: str, languages: Iterable[tuple[str, str]]) -> None:
    """Refuse a language tag that is none, naming whose it is."""
    for where, lang in languages:
        if not _LANG.match(lang):
            raise InstrumentError(
                f"{where} of {id} has the language {lang!r}, which is no BCP 47 tag; "
                'write "en", "hy" or "az-Latn".'
            )


def _check_sentence_ids(instrument: Instrument) -> None:
    seen: set[str] = set()
    for sentence in instrument.sentences():
        if not _SENTENCE_ID.match(sentence.id):
            raise InstrumentError(
                f"{instrument.id} has a sentence with the id {sentence.id!r}; write letters and a "
                'number, as in "s12".'
            )
        if sentence.id in seen:
            raise InstrumentError(
                f"{instrument.id} has two sentences {sentence.id!r}; give each its own id."
            )
        seen.add(sentence.id)


def _check_tables(instrument: Instrument) -> None:
    for table in (b for s in instrument.sections for b in s.blocks if isinstance(b, Table)):
        if not table.header or any(len(row) != len(table.header) for row in table.rows):
            raise InstrumentError(
                f"The table {table.caption!r} of {instrument.id} has a row with another number of "
                f"cells than its header ({len(table.header)}); give each row one cell a column."
            )


def _check_signatures(instrument: Instrument) -> None:
    if len(instrument.signatories) > _KEPT_TOGETHER:
        return
    heights = [
        _LINES_TO_SIGN
        + sum(ceil(width(t or "") / _SIGNS_A_LINE) for t in (s.name, s.capacity, s.body))
        for s in instrument.signatories
    ]
    lines = sum(max(heights[n : n + 2]) for n in range(0, len(heights), 2))
    if lines > _LINES_A_PAGE:
        raise InstrumentError(
            f"The signature blocks of {instrument.id} take about {lines} lines, {_LINES_A_PAGE} "
            "stand together on a page; shorten names, capacities or bodies (over-length)."
        )


def _check_text(id: str, where: str, text: str) -> None:
    most = _MOST.get(where)
    if most is not None and len(text) > most:
        raise InstrumentError(
            f"The {where} of {id} is {len(text)} characters long; {most} fit at that place. "
            "Shorten it (over-length)."
        )
    refused = set(text) & (_REFUSED | {"\n"} if where in _ONE_LINE else _REFUSED)
    if refused:
        char = min(refused)
        kind = "bidi-control" if char in BIDI_CONTROLS else "control-character"
        raise InstrumentError(
            f"The {where} of {id} holds the control character U+{ord(char):04X} "
            f"({unicodedata.name(char, 'a control')}), which can make a text look like another "
            f"one; remove it ({kind})."
        )
    if not text.isascii() and list(floods(text)):
        raise InstrumentError(
            f"The {where} of {id} has more than {MOST_MARKS} marks on one letter, which are drawn "
            "over other lines; remove them (combining-flood)."
        )
    if missing := missing_glyphs([text]):
        raise MissingGlyph(
            f"No font has {missing[0].char!r} ({missing[0].named}), which stands in the {where} of "
            f"{id}; write it otherwise or add a font that has it (glyph-missing)."
        )


def printed(instrument: Instrument) -> Iterator[tuple[str, str]]:
    """All that an instrument prints but the quotes of its sources, each text with its place."""
    for name in ("title", "body", "reference", "salutation", "close"):
        if value := getattr(instrument, name):
            yield name, value
    for name in ("letterhead", "addressee", "enclosures", "draft_reasons"):
        for value in getattr(instrument, name):
            yield name.replace("_", " "), value
    for signatory in instrument.signatories:
        yield "signatory", signatory.name
        yield "signatory", signatory.capacity
        yield "signatory", signatory.body or ""
    for copy in instrument.copies:
        yield "copies", copy.office
        yield "copies", copy.why
    for section in instrument.sections:
        yield "heading", section.heading or ""
        for block in section.blocks:
            yield from _printed_block(msgspec.to_builtins(block))


def _printed_block(block: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield "number" if block.get("style") == "numbered" else "label", block.get("label") or ""
    yield "caption", block.get("caption", "")
    for text in block.get("header", ()):
        yield "table header", text
    yield "figure", block.get("alt", "")
    for words in (words for box in block.get("boxes", ()) for words in box["words"]):
        yield "figure", words
    cells = (cell for row in block.get("rows", ()) for cell in row)
    for holder in (block, *cells):
        for sentence in holder.get("sentences", ()):
            yield f"sentence {sentence['id']}", sentence["text"]
        for name in holder.get("names", ()):
            yield "name", name["text"]


def _languages(instrument: Instrument) -> Iterator[tuple[str, str]]:
    yield "The text", instrument.lang
    for sentence in instrument.sentences():
        yield f"Sentence {sentence.id}", sentence.lang
    for section in instrument.sections:
        for block in section.blocks:
            for row in getattr(block, "rows", ()):
                for name in (name for cell in row for name in cell.names if name.lang):
                    yield f"The name {name.text!r}", name.lang
