"""Words: what the words of a unit's name stand for, in the languages of the reports."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any, Literal, NamedTuple

import yaml

from gravamen.aid.units.spelling import nearest
from gravamen.reading.gazetteer import countries

Kind = Literal[
    "branch", "combat", "site", "office", "school", "ministry", "special", "common", "country",
    "unit", "filler", "post", "number", "word",
]  # fmt: skip
_DATA = Path(__file__).parent.parent / "data" / "units.yaml"
# Table in the data, and the kind of its words.
_TABLES: Mapping[str, Kind] = {
    "branches": "branch",
    "combat": "combat",
    "sites": "site",
    "offices": "office",
    "schools": "school",
    "ministries": "ministry",
    "special": "special",
    "common": "common",
    "ordinals": "number",
}
_LISTS: Mapping[str, Kind] = {"unit": "unit", "filler": "filler", "posts": "post"}
_SHORTEST = 4  # letters of a word that may be misspelled
_LAST_LATIN = "ɏ"  # the end of Latin Extended-B
_OTHERS = str.maketrans("ıəøłđæœ", "ieoldao") | {"ß": "ss", "ʼ": "", "ə": "e"}
_ARTICLE = re.compile(r"(?:و?ال|لل)(?=..)")


class Word(NamedTuple):
    """What a word stands for: its kind, and the one form that all its spellings share."""

    kind: Kind
    value: str


class Tables(NamedTuple):
    """The word tables.

    Args:
        words: words of a phrase, and what it stands for.
        longest: of them, in words.
        stems: beginnings of words that take any ending, each ending in "*".
        vocabulary: Latin words of which others may be misspellings.
        known: words that are none.
        data: the file as it is written.
    """

    words: Mapping[tuple[str, ...], Word]
    longest: int
    stems: frozenset[str]
    vocabulary: frozenset[str]
    known: frozenset[str]
    stop: frozenset[str]
    generic: frozenset[str]
    open: tuple[str, ...]
    endings: frozenset[str]
    signs: frozenset[str]
    letters: Mapping[str, str]
    small: frozenset[str]
    named: frozenset[str]
    near: tuple[frozenset[str], ...]
    latin: Mapping[str, str]
    consonants: Mapping[str, str]


def fold(text: str) -> str:
    """A text without case, accents of Latin and Arabic letters, and HTML entities."""
    if text.isascii() and "&" not in text:
        return text.lower()  # the same, and most names are of this kind
    for _ in range(4):  # entities are found escaped several times over
        text, before = unescape(text), text
        if text == before:
            break
    decomposed = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold())
    kept: list[str] = []
    for char in decomposed:
        if unicodedata.category(char) == "Mn" and (not kept or not _keeps_marks(kept[-1])):
            continue
        kept.append(char)
    return unicodedata.normalize("NFC", "".join(kept)).translate(_OTHERS)


def _keeps_marks(char: str) -> bool:
    return "Ѐ" <= char <= "ӿ"  # Cyrillic й and ї are letters of their own


@cache
def tables() -> Tables:
    """The word tables, read once."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    data: dict[str, Any] = yaml.load(_DATA.read_bytes(), Loader=loader)
    stop = frozenset(fold(word) for word in data["stop"])
    words: dict[tuple[str, ...], Word] = {}
    for form, word in _forms(data):
        words.setdefault(phrase(form, stop), word)
    flat = {token for key in words for token in key}
    words |= {phrase(s, stop): Word("filler", f">{long}") for s, long in data["short"].items()}
    return Tables(
        words=words,
        longest=max(map(len, words)),
        stems=frozenset(token for token in flat if token.endswith("*")),
        vocabulary=frozenset(
            t for t in flat if t.isascii() and t.isalpha() and len(t) >= _SHORTEST
        ),
        known=frozenset(token for key in words for token in key) | frozenset(data["plain"]),
        stop=stop,
        generic=frozenset(" ".join(phrase(g, frozenset())) for g in data["generic"]),
        open=tuple(fold(text) for text in data["open"]),
        endings=frozenset(fold(e) for e in data["ordinal_endings"]),
        signs=frozenset(fold(s) for s in data["number_signs"]),
        letters=data["letters"],
        small=frozenset(data["small"]),
        named=frozenset(data["named"]),
        near=tuple(frozenset(group) for group in data["near"]),
        latin={k: v for table in data["latin"].values() for k, v in table.items()},
        consonants={k: v for table in data["consonants"].values() for k, v in table.items()},
    )


def phrase(text: str, stop: frozenset[str]) -> tuple[str, ...]:
    """The words of a form, folded, without those that only join others."""
    words = [w for w in re.split(r"[\s'’.-]+", fold(text)) if w]
    return tuple(w for w in words if w not in stop) or tuple(words)


def _forms(data: Mapping[str, Any]) -> Iterator[tuple[str, Word]]:
    for table, kind in _TABLES.items():
        for value, forms in data[table].items():
            yield from ((form, Word(kind, str(value))) for form in forms)
    for form in data["ministry"]:
        yield form, Word("office", "ministry")
    for table, kind in _LISTS.items():
        yield from ((form, Word(kind, form)) for form in data[table])
    for letter, spelled in data["letters"].items():
        yield spelled, Word("special", f"letter {letter}")
    named: dict[str, set[str]] = {}
    for country in countries():
        for name in (*country.names, *country.people) if country.code else ():
            named.setdefault(name, set()).add(country.code or "")
    yield from ((n, Word("country", " ".join(sorted(codes)))) for n, codes in named.items())


@cache
def token(text: str) -> str:
    """A folded word as the tables have it: its stem, its right spelling, or as it is."""
    found = tables()
    for form in (text, _ARTICLE.sub("", text, count=1)):
        if form in found.known:
            return form
        for end in range(len(form), 1, -1):
            if f"{form[:end]}*" in found.stems:
                return f"{form[:end]}*"
    if text.isascii() and len(text) >= _SHORTEST:
        near = nearest(text, found.vocabulary)
        if len({found.words.get((word,), word) for word in near}) == 1:
            return near[0]
    return text


@cache
def latin(text: str) -> str:
    """A folded word in Latin letters; "~" stands before one of which only consonants are known."""
    if max(text) <= _LAST_LATIN:
        return text
    found = tables()
    if any(char in found.consonants for char in text):
        word = _ARTICLE.sub("", text, count=1)
        return "~" + "".join(found.consonants.get(char, char) for char in word)
    return "".join(found.latin.get(char, char) for char in text)
