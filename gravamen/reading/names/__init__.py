"""Names: persons, bodies, units, offices, states and places that a text names.

What a name is, is told by the name itself (a head noun, a title, the gazetteer), else by the words
around all its mentions: a name after "the town of" here is a place wherever it stands.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from gravamen.reading.gazetteer import NameType, words
from gravamen.reading.names.candidates import candidates
from gravamen.reading.names.capitals import in_capitals, pseudonyms
from gravamen.reading.names.contexts import contexts
from gravamen.reading.names.extent import widened
from gravamen.reading.names.runs import tokens
from gravamen.reading.names.votes import Votes
from gravamen.reading.proposal import PartyFound, PlaceFound
from gravamen.reading.spans import Placed, Spans
from gravamen.reading.text import Document

Name = PartyFound | PlaceFound
_WHY: dict[str, str] = {
    "name.known": "The gazetteer knows this name.",
    "name.head": "A word of the name itself says what it is.",
    "name.title": "A title or rank stands before it.",
    "name.context": "The words around its mentions show what it is.",
    "name.default": "Two or more words with capitals and no word for a body or place.",
    "name.short": "A short form of a name in the text.",
    "name.label": "The label of a speaker.",
}


def find_names(document: Document, taken: Spans[Placed]) -> list[Name]:
    """Return the names of a text, one for each mention; inside the name of a law is none."""
    found = [*_running(document, taken), *_labels(document)]
    return _without_nested([*found, *_by_form(document, Spans(found))])


def _running(document: Document, taken: Spans[Placed]) -> Iterator[Name]:
    """Yield the names among the runs of capitalised words."""
    found = tokens(document)
    gathered = candidates(document, found, taken)
    votes = Votes(document.copy, found, gathered)
    for c in gathered:
        told = votes.type(c)
        if told is None:
            continue
        kind, rule = told
        start, end = c.start, c.end
        if not c.heading:
            start, end, kind = widened(document.copy, found, c, kind)
        yield _proposal(document, start, end, kind, rule)


@cache
def _titles() -> re.Pattern[str]:
    titles = "|".join(sorted(words().titles | words().ranks))
    return re.compile(rf"(?:(?:{titles})\.? )*", re.IGNORECASE)


def _labels(document: Document) -> Iterator[Name]:
    """Yield the persons in the speaker labels of a transcript."""
    for paragraph in document.paragraphs:
        label = paragraph.label
        if not label or label.lower() in contexts().labels:
            continue
        titles = _titles().match(label)
        lead = titles.end() if titles else 0
        if lead < len(label):
            start = document.copy.index(label, paragraph.start)
            yield _proposal(document, start + lead, start + len(label), "person", "name.label")


def _by_form(document: Document, found: Spans[Name]) -> Iterator[Name]:
    """Yield pseudonyms and names in capitals, where no longer name stands already."""
    made = [
        *(_proposal(document, *p, "name.title") for p in pseudonyms(document.copy)),
        *(
            _proposal(document, *p, "name.head" if p[2] in ("facility", "body") else "name.title")
            for p in in_capitals(document.copy)
        ),
    ]
    for name in made:
        others = found.overlapping(name.start, name.end)
        if not any(o.end - o.start >= name.end - name.start for o in others):
            yield name


def _proposal(document: Document, start: int, end: int, kind: NameType, rule: str) -> Name:
    place, why = document.place(start, end), _WHY[rule]
    match kind:
        case "place" | "settlement" | "facility":
            return PlaceFound(
                id="", start=place.start, end=place.end, text=place.text, rule=rule, why=why,
                type=kind,
            )  # fmt: skip
        case _:
            return PartyFound(
                id="", start=place.start, end=place.end, text=place.text, rule=rule, why=why,
                type=kind,
            )  # fmt: skip


def _without_nested(found: Iterable[Name]) -> list[Name]:
    """Keep the longest of names that share characters."""
    kept: list[Name] = []
    for name in sorted(found, key=lambda n: (n.start, -n.end)):
        if kept and name.start < kept[-1].end:
            if name.end - name.start > kept[-1].end - kept[-1].start:
                kept[-1] = name
            continue
        kept.append(name)
    return kept
