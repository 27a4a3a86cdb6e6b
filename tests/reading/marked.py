"""Marked texts: a text with its gold written into it, and the score of a reading against that.

`[[date 2014-05-08: 8 May 2014]]`, `[[q 17 ge persons: at least 17]]`,
`[[law us.eo13818: E.O. 13818]]`, `[[c torture: torture]]`, `[[party: Osk Temir]]`,
`[[place: Doro]]`; the first line gives the reference date.
"""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from gravamen.reading.proposal import (
    CharacterisationFound,
    DateFound,
    LegalReferenceFound,
    PartyFound,
    PlaceFound,
    Proposal,
    QuantityFound,
)
from gravamen.reading.read import read

_MARK = re.compile(r"\[\[(?P<kind>\w+)(?: (?P<value>[^:\]]*))?: (?P<words>[^\]]+)\]\]")
_NEED = {"date": 0.5, "quantity": 0.4, "law": 0.4, "characterisation": 0.5, "name": 0.5}


class Gold(NamedTuple):
    """A stretch that a reader should find, and the value that it should give."""

    kind: str
    start: int
    end: int
    value: Any


class Figures(NamedTuple):
    """Precision, recall and their mean, and the share of right values among what was found."""

    precision: float
    recall: float
    f1: float
    right: float
    gold: int


def parse(marked: str) -> tuple[str, date, list[Gold]]:
    """Return the text without its marks, its reference date, and the gold."""
    first, _, body = marked.partition("\n")
    pieces: list[str] = []
    gold: list[Gold] = []
    done = length = 0
    for m in _MARK.finditer(body):
        before = body[done : m.start()]
        start = length + len(before)
        pieces += [before, m["words"]]
        length = start + len(m["words"])
        gold.append(_gold(m["kind"], m["value"] or "", start, length))
        done = m.end()
    return "".join([*pieces, body[done:]]), date.fromisoformat(first.removeprefix("on: ")), gold


def _gold(kind: str, value: str, start: int, end: int) -> Gold:
    if kind == "q":
        number, bound, *unit = value.split()
        return Gold("quantity", start, end, (float(number), bound, " ".join(unit) or None))
    if kind == "c":
        return Gold("characterisation", start, end, value)
    if kind in ("party", "place"):
        return Gold("name", start, end, kind)
    return Gold(kind, start, end, None if value == "null" else value)


def found(proposal: Proposal) -> Gold | None:
    """Return a proposal in the shape of gold; None for kinds that are not compared."""
    place = proposal.start, proposal.end
    if isinstance(proposal, DateFound):
        return Gold("date", *place, proposal.edtf)
    if isinstance(proposal, QuantityFound):
        return Gold("quantity", *place, (proposal.value, proposal.bound, proposal.unit))
    if isinstance(proposal, LegalReferenceFound):
        return Gold("law", *place, proposal.authority)
    if isinstance(proposal, CharacterisationFound):
        return Gold("characterisation", *place, proposal.term)
    if isinstance(proposal, PartyFound | PlaceFound):
        either = isinstance(proposal, PartyFound) and proposal.type == "state"
        return Gold(
            "name",
            *place,
            "either" if either else "party" if isinstance(proposal, PartyFound) else "place",
        )
    return None


def _agree(gold: Any, value: Any) -> bool:
    return gold == value or (value == "either" and gold in ("party", "place"))


def _share(a: Gold, b: Gold) -> float:
    overlap = max(0, min(a.end, b.end) - max(a.start, b.start))
    return overlap / (a.end - a.start + b.end - b.start - overlap)


def score(folder: Path) -> tuple[dict[str, Figures], list[str]]:
    """Read every marked text of a folder; return figures for each kind, and what went wrong."""
    tally: Counter[tuple[str, str]] = Counter()
    wrong: list[str] = []
    for path in sorted(folder.glob("*.txt")):
        text, on, gold = parse(path.read_text("utf-8"))
        proposals = [g for p in read(text, reference_date=on).proposals if (g := found(p))]
        for kind in _NEED:
            wanted = [g for g in gold if g.kind == kind]
            given = [g for g in proposals if g.kind == kind]
            faults = _compare(kind, wanted, given, tally)
            wrong += [f"{path.stem}: {fault} {text[g.start : g.end]!r}" for fault, g in faults]
    return {kind: _figures(tally, kind) for kind in _NEED}, wrong


def _compare(
    kind: str, wanted: list[Gold], given: list[Gold], tally: Counter[tuple[str, str]]
) -> Iterator[tuple[str, Gold]]:
    """Count what was met of one kind in one text; yield what was missed, wrong or too much."""
    tally[kind, "gold"] += len(wanted)
    tally[kind, "given"] += len(given)
    left = list(given)
    for g in wanted:
        best = max(left, key=lambda p: _share(g, p), default=None)
        if best is None or _share(g, best) < _NEED[kind]:
            yield f"missed {kind} {g.value}", g
            continue
        left.remove(best)
        right = _agree(g.value, best.value)
        tally[kind, "hit"] += 1
        tally[kind, "right"] += right
        if not right:
            yield f"{kind} {g.value} read as {best.value}", g
    yield from ((f"extra {kind} {p.value}", p) for p in left)


def _figures(tally: Counter[tuple[str, str]], kind: str) -> Figures:
    hit, gold, given = tally[kind, "hit"], tally[kind, "gold"], tally[kind, "given"]
    precision, recall = hit / max(given, 1), hit / max(gold, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return Figures(precision, recall, f1, tally[kind, "right"] / max(hit, 1), gold)
