"""Sheet: what an instrument prints, in reading order, as plain data for the templates."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import Any

from gravamen.dates import spell
from gravamen.instruments.drawing import baseline, svg
from gravamen.instruments.fonts import FAMILIES, floods, right_to_left, runs, unprintable, width
from gravamen.instruments.manifest import Exhibit
from gravamen.parties import Name
from gravamen.sentences import (
    Binding,
    Block,
    Box,
    Cell,
    Figure,
    Instrument,
    Section,
    Sentence,
    Table,
)

# Letters of exhibits: no I and O, which look like figures, and no W, which marks what is withheld.
_LETTERS = "ABCDEFGHJKLMNPQRSTUVXYZ"
# Small letters that surely fit on a line, in the size of the text and of a title.
_LONGEST_WORD = 60
_LONGEST_TITLE_WORD = 40
_LONGEST_CITATION = 300
_LONGEST_RUNNING = 64
TABLE_SIGNS = 96
CELL_EDGES = 1.7  # signs that the space left and right of a cell takes
_TALL_ROW = 900
_FIRST_REASONS = 3
_BREAK = re.compile(r" *\r?\n *")
_BREAKS = frozenset("\n\r\t\x0c\u2028\u2029")
_KICKERS = {
    "resolution": "Resolution",
    "county": "Motion",
    "letter": None,
    "report": "Diagnosis",
    "dossier": "Recommendation",
}

Data = dict[str, Any]


class Notes:
    """The numbered notes of an instrument: each quote once, under its exhibit."""

    def __init__(self, exhibits: Sequence[Exhibit], *, home: str, brief: bool = False) -> None:
        self._exhibits = {e.source: (exhibit_letter(n), e) for n, e in enumerate(exhibits)}
        self._brief = brief
        self._of: dict[str, dict[tuple[str, int, int], tuple[int, list[Binding]]]] = {}
        self.home = home

    def refer(self, bindings: Iterable[Binding]) -> list[Data]:
        """Return the marks of a sentence's notes ("A1", "A3–A5"), each with what it leads to."""
        places = {self._note(b) for b in bindings}
        if self._brief:
            letters = sorted({letter for letter, _ in places}, key=lambda x: (len(x), x))
            return [{"text": letter, "to": None} for letter in letters]
        marks: list[Data] = []
        for letter, ns in groupby(sorted(places), key=lambda p: p[0]):
            for first, last in _stretches([n for _, n in ns]):
                words = f"{letter}{first}" if first == last else f"{letter}{first}–{letter}{last}"
                marks.append({"text": words, "to": f"{letter}{first}"})
        return marks

    def _note(self, binding: Binding) -> tuple[str, int]:
        if binding.withheld:
            letter, key = "W", (binding.version, 0, 0)
        else:
            letter = self._exhibits[binding.source][0]
            key = (binding.quote, binding.start, binding.end)
        of = self._of.setdefault(letter, {})
        number, bindings = of.setdefault(key, (len(of) + 1, []))
        bindings.append(binding)
        return letter, number

    def foreign(self, lang: str | None) -> str | None:
        """A language to be marked: one that is not that of the instrument."""
        return None if lang == self.home else lang

    def listed(self) -> list[Data]:
        """Return the exhibits with their notes, in the order of their letters; withheld last."""
        found = [
            {
                "letter": letter,
                "cited": text(_short(exhibit.cited)),
                "sha256": exhibit.sha256,
                "url": text(_short(exhibit.url)) if exhibit.url else None,
                "notes": [
                    _quoted(letter, n, bindings, self.foreign(exhibit.language))
                    for n, bindings in self._of.get(letter, {}).values()
                ],
            }
            for letter, exhibit in self._exhibits.values()
        ]
        withheld = [
            {"id": f"W{n}", "commitment": bindings[0].version}
            for n, bindings in self._of.get("W", {}).values()
        ]
        if withheld:
            found.append({"letter": "W", "notes": withheld})
        return found


def sheet(instrument: Instrument, exhibits: Sequence[Exhibit]) -> Data:
    """Return all that is printed of an instrument but its manifest's digest.

    A text is a string, or where it holds several scripts or a word too long for a line, a list of
    stretches with the language and font family of each.
    """
    brief = instrument.kind == "summary"
    notes = Notes(exhibits, home=instrument.lang, brief=brief)
    sections = [_section(s, notes) for s in instrument.sections]
    us = instrument.paper == "us-letter"
    reasons = [text(r) for r in instrument.draft_reasons]
    return {
        "id": instrument.id,
        "kind": instrument.kind,
        "style": instrument.style,
        "marking": text(instrument.marking) if instrument.marking else None,
        "kicker": _kicker(instrument),
        "brief": brief,
        "title": text(instrument.title, widest=_LONGEST_TITLE_WORD),
        "plain_title": instrument.title,
        "body": text(instrument.body or ""),
        "plain_body": instrument.body or "",
        "on": [int(part) for part in instrument.on.split("-")],
        "date": instrument.on,
        "day": spell(instrument.on, style="us" if us else "int"),
        "paper": instrument.paper,
        "lang": instrument.lang,
        "rtl": right_to_left(instrument.title),
        "families": FAMILIES,
        "letterhead": [text(t, widest=_LONGEST_TITLE_WORD) for t in instrument.letterhead],
        "addressee": [text(t) for t in instrument.addressee],
        "reference": text(instrument.reference) if instrument.reference else None,
        "running": text(_cut(instrument.reference or instrument.id, _LONGEST_RUNNING)),
        "salutation": text(instrument.salutation) if instrument.salutation else None,
        "close": text(instrument.close) if instrument.close else None,
        "signatories": [
            {
                "id": s.id,
                "name": text(s.name),
                "plain_name": s.name,
                "capacity": text(s.capacity),
                "body": text(s.body) if s.body else None,
            }
            for s in instrument.signatories
        ],
        "copies": [{"office": text(c.office), "why": text(c.why)} for c in instrument.copies],
        "enclosures": [text(t) for t in instrument.enclosures],
        "draft": instrument.draft,
        "reasons": reasons,
        "first_reasons": reasons[:_FIRST_REASONS],
        "more_reasons": max(0, len(reasons) - _FIRST_REASONS),
        "sections": sections,
        "exhibits": notes.listed(),
        "review": any(s.needs_review for s in instrument.sentences()),
    }


def _kicker(instrument: Instrument) -> str | None:
    if instrument.kind == "summary":
        return "Summary of a recommendation"
    return _KICKERS[instrument.style]


def text(words: str, lang: str | None = None, *, widest: float = _LONGEST_WORD) -> str | list[Data]:
    """Return words for the templates; see `sheet`.

    Args:
        widest: small letters that surely fit on a line; a wider word may break anywhere.
    """
    words = words.replace("\t", " ")
    if not lang and words.isascii() and max(map(len, words.split()), default=0) * 2 <= widest:
        return words
    stretches = runs(words, lang)
    broken = any(2 * len(w) > widest and width(w) > widest for w in words.split())
    if not broken and all(r.script is None for r in stretches) and not lang:
        return words
    return [
        {"pieces": _pieces(r.text, widest), "lang": r.lang, "family": r.family} for r in stretches
    ]


def plain(words: str | list[Data]) -> str:
    """Return the words of a text of the templates."""
    return words if isinstance(words, str) else "".join(p for r in words for p in r["pieces"])


def _pieces(words: str, widest: float) -> list[str]:
    """Words cut where a line may break that has no better place: inside what is too long."""
    pieces = [""]
    for part in re.split(r"(\S+)", words):
        if width(part) > widest and not part.isspace():
            pieces += [*part, ""]
        else:
            pieces[-1] += part
    return [p for p in pieces if p]


def _section(section: Section, notes: Notes) -> Data:
    blocks = [_part(b, notes) for b in section.blocks]
    return {
        "heading": text(section.heading, widest=_LONGEST_TITLE_WORD) if section.heading else None,
        "level": section.level,
        "annex": section.annex,
        "blocks": list(_listed(blocks)),
    }


def _part(block: Block | Table | Figure, notes: Notes) -> Data:
    if isinstance(block, Figure):
        return {
            "style": "figure",
            "caption": text(block.caption),
            "alt": block.alt,
            "svg": svg(block),
            "width": block.width,
            "height": block.height,
            "lines": [{"corners": line.corners, "dashed": line.dashed} for line in block.lines],
            "boxes": [_box(box) for box in block.boxes],
        }
    return _table(block, notes) if isinstance(block, Table) else _block(block, notes)


def _box(box: Box) -> Data:
    """A box of a drawing: its place, and each row of its words with the place of its baseline."""
    return {
        "x": box.x,
        "y": box.y,
        "width": box.width,
        "height": box.height,
        "strong": box.strong,
        "rows": [
            {"y": baseline(box, n), "bold": n < box.bold, "words": text(words)}
            for n, words in enumerate(box.words)
        ],
    }


def _listed(blocks: Iterable[Data]) -> Iterator[Data]:
    """Blocks in order; neighbouring list items of one style become one list."""
    for style, same in groupby(blocks, key=lambda b: b["style"]):
        if style in ("numbered", "bullet"):
            yield {"style": style, "items": list(same)}
        else:
            yield from same


def _block(block: Block, notes: Notes) -> Data:
    sentences = [_sentence(s, notes, lines=block.style == "address") for s in block.sentences]
    for before, after in reversed(list(pairwise(sentences))):
        if after["refs"] == before["refs"]:
            after["refs"] = []  # the marks of the sentence before it stand for it too
    return {
        "style": block.style,
        "label": text(block.label) if block.label else None,
        "sentences": sentences,
    }


def _sentence(
    sentence: Sentence, notes: Notes, widest: float = _LONGEST_WORD, *, lines: bool = False
) -> Data:
    """A sentence as it is printed; `lines` keeps its line breaks, which in a quotation are only
    where a line of the source happened to end."""
    words = sentence.text if lines else _BREAK.sub(" ", sentence.text)
    return {
        "id": sentence.id,
        "kind": sentence.kind,
        "text": text(words, notes.foreign(sentence.lang), widest=widest),
        "refs": notes.refer(sentence.bindings),
        "review": sentence.needs_review,
        "of": sentence.characterisation_of,
    }


def _table(table: Table, notes: Notes) -> Data:
    widths = column_widths(table)
    widest = [max(3, TABLE_SIGNS * w / sum(widths) - CELL_EDGES) for w in widths]
    return {
        "style": "table",
        "caption": text(table.caption),
        "header": [text(h, widest=w) for h, w in zip(table.header, widest, strict=True)],
        "widths": widths,
        "rows": [
            {
                "tall": max((width(t) for c in row for t in _texts(c)), default=0) > _TALL_ROW,
                "cells": [_cell(c, notes, w) for c, w in zip(row, widest, strict=True)],
            }
            for row in table.rows
        ],
    }


def _cell(cell: Cell, notes: Notes, widest: float) -> Data:
    return {
        "sentences": [_sentence(s, notes, widest) for s in cell.sentences],
        "names": [_name(n, widest) for n in cell.names],
    }


def _name(name: Name, widest: float) -> Data:
    return {
        "text": text(name.text, name.lang, widest=widest),
        "lang": name.lang,
        "rtl": right_to_left(name.text),
    }


def column_widths(table: Table) -> list[int]:
    """Return how many signs wide each column is: its longest word, and a share of what is left."""
    columns = [
        [header, *(t for row in table.rows for t in _texts(row[n]))]
        for n, header in enumerate(table.header)
    ]
    least = [min(max(len(w) for t in c for w in [*t.split(), ""]), 22) + 3 for c in columns]
    wants = [min(max(len(t) for t in c), 400) ** 0.6 for c in columns]
    left = max(0, TABLE_SIGNS - sum(least))
    return [
        a + round(left * want / (sum(wants) or 1)) for a, want in zip(least, wants, strict=True)
    ]


def _texts(cell: Cell) -> list[str]:
    return [" ".join(s.text for s in cell.sentences), *(n.text for n in cell.names)]


def _quoted(letter: str, n: int, bindings: list[Binding], lang: str | None) -> Data:
    first = bindings[0]
    shown = _shown(first.quote)
    place = f"characters {first.start}–{first.end}"
    if first.page is not None:
        place = f"page {first.page}, {place}"
    return {
        "id": f"{letter}{n}",
        "where": place,
        "quote": text(shown, lang),
        "lang": lang,
        "rtl": right_to_left(shown),
        "claims": text(", ".join(dict.fromkeys(_shown(b.claim) for b in bindings))),
        "translation": _translated(bindings),
    }


def _translated(bindings: Iterable[Binding]) -> str | list[Data] | None:
    """The quote in the language of the case, and who put it so; None where nobody did."""
    binding = next((b for b in bindings if b.translation), None)
    if binding is None or binding.translation is None:
        return None
    by = binding.translator or "a translator who is not named"
    return text(f"In translation: “{_shown(binding.translation)}” (translated by {_shown(by)})")


def _short(words: str) -> str:
    """A source's own title, which nobody here chose: folded, its end left out where it is long."""
    return _cut(_shown(words), _LONGEST_CITATION)


def _cut(words: str, longest: int) -> str:
    return words if len(words) <= longest else f"{words[: longest - 1]}…"


def _shown(words: str) -> str:
    """Words that nobody here wrote, on one line; what cannot be printed is shown by its number."""
    if any(char not in _BREAKS and unprintable(char) for char in set(words)) or not words.isascii():
        hidden = {n for n, char in enumerate(words) if char not in _BREAKS and unprintable(char)}
        hidden.update(floods(words))
        words = "".join(
            f"[U+{ord(char):04X}]" if n in hidden else char for n, char in enumerate(words)
        )
    return " ".join(words.split())


def exhibit_letter(n: int) -> str:
    """Return the letter of the n-th exhibit from 0: A, B, … Z, AA, AB, …"""
    count = len(_LETTERS)
    return (exhibit_letter(n // count - 1) if n >= count else "") + _LETTERS[n % count]


def _stretches(numbers: list[int]) -> Iterator[tuple[int, int]]:
    """Numbers in order as stretches; two neighbours stay apart, three or more are one."""
    for _, group in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        run = [n for _, n in group]
        if len(run) > 2:
            yield run[0], run[-1]
        else:
            yield from ((n, n) for n in run)
