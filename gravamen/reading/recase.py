"""Recase: a text in capitals as texts mostly are written, just as long, so that it can be read.

Names keep a capital; they are told by the names that the reader knows, by the titles before them,
and by being no word of the language that the reader knows.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path
from typing import NamedTuple, TypeVar

import msgspec
import yaml

T = TypeVar("T")
_DATA = Path(__file__).parent / "data"
_LINE_WORDS = 12
_SHORT_LINE_WORDS = 6
_MOSTLY = 0.6  # of the letters of a text in capitals: then short lines are set anew too
_ENDS = re.compile(r"(?:[.;:,]|[;,] (?:AND|OR)|\bBE IT)\s*\Z")
_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*\.?")
_OPENS = re.compile(r"(?:\A|[.:!?] )[\W\d]*\Z")
_VOWEL = re.compile(r"[AEIOUYÀ-ÖØ-Þ]")
_NEAR = 12
_TIMES = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday",
    "Saturday", "Sunday",
)  # fmt: skip


class Known(NamedTuple):
    """The words that stay small, those that get a capital, and the names of several words."""

    small: frozenset[str]
    proper: frozenset[str]
    titles: frozenset[str]
    endings: tuple[str, ...]
    names: re.Pattern[str]
    written: dict[str, str]


def recase(copy: str) -> str:
    """Return a copy in which sentences set in capitals have small letters; headings stay."""
    if not any(_in_capitals(line, _SHORT_LINE_WORDS) for line in copy.split("\n")):
        return copy
    letters = sum(c.isalpha() for c in copy) or 1
    mostly = sum(c.isupper() for c in copy) / letters > _MOSTLY
    least = _SHORT_LINE_WORDS if mostly else _LINE_WORDS
    return "\n".join(
        _line(line) if _in_capitals(line, least) else line for line in copy.split("\n")
    )


def _in_capitals(line: str, least: int) -> bool:
    """Whether a line is a sentence set in capitals."""
    return line.isupper() and bool(_ENDS.search(line)) and len(line.split()) >= least


def _line(line: str) -> str:
    pieces: list[str] = []
    done = 0
    for start, end, word in _words(line):
        pieces += [line[done:start], word]
        done = end
    text = "".join([*pieces, line[done:]])
    if len(text) != len(line):
        return line
    return _known().names.sub(lambda m: _known().written[m[0].lower()], text)


def _words(line: str) -> Iterator[tuple[int, int, str]]:
    """Yield the words of a line in capitals with their places, each as it is to be written."""
    titled = 0
    for m in _WORD.finditer(line):
        word = m[0]
        first = bool(_OPENS.search(line, max(0, m.start() - _NEAR), m.start()))
        bare = word.rstrip(".").lower()
        kept = _kept(line, m)
        small = not kept and _small(bare, near_title=titled > 0)
        titled = 3 if bare in _known().titles else 0 if small else titled - 1
        after_number = line[m.start() - 1 : m.start()].isdigit()  # "7TH"
        lower = after_number or (small and not first)
        written = word.lower() if lower else word if kept else word.capitalize()
        yield m.start(), m.end(), written if len(written) == len(word) else word


def _kept(line: str, m: re.Match[str]) -> bool:
    """Whether a word stays in capitals: an abbreviation, an initial, a word in brackets."""
    word = m[0]
    if re.fullmatch(r"(?:[A-Z]\.)+[A-Z]?", word) or (len(word) == 1 and word != "A"):
        return True
    if line[m.start() - 1 : m.start()] == "(" and line[m.end() : m.end() + 1] == ")":
        return len(word) < 8
    return len(word) > 1 and not _VOWEL.search(word) and word[-1] != "."


def _small(word: str, *, near_title: bool) -> bool:
    known = _known()
    if word in known.proper:
        return False
    if word in known.small:
        return True
    return not near_title and word.endswith(known.endings)


@cache
def _known() -> Known:
    own, bodies = _load("recase.yaml", dict[str, str]), _load("bodies.yaml", dict[str, object])
    grammar = _load("grammar.yaml", dict[str, str])
    heads = msgspec.convert(bodies["heads"], dict[str, list[str]]).values()
    bodies_of = {
        name: msgspec.convert(bodies[name], list[str])
        for name in ("bodies", "offices", "ranks", "titles", "portfolio")
    }
    names = [*bodies_of["bodies"], *bodies_of["offices"], *_law_names(), *_countries()]
    titles = {w.lower() for w in (*bodies_of["ranks"], *bodies_of["titles"])}
    proper = {w.lower() for n in names for w in n.split() if w[:1].isupper()} | titles
    proper |= {w.lower() for w in (*chain(*heads), *bodies_of["portfolio"])}
    common = set(own["common"].split())
    little = {"to"} | {w for listed in grammar.values() for w in listed.split()}
    always = {w.lower() for w in _TIMES}
    several = sorted((n for n in names if " " in n), key=len, reverse=True)
    form = "|".join(re.escape(n) for n in several)
    return Known(
        small=frozenset(common | little | _verb_forms()),
        proper=frozenset((proper - little - common) | always),
        titles=frozenset(titles | set(own["before_names"].split())),
        endings=tuple(own["endings"].split()),
        names=re.compile(rf"(?<![\w-])(?:{form})(?![\w-])", re.IGNORECASE),
        written={n.lower(): n for n in several},
    )


def _law_names() -> Iterator[str]:
    laws = _load("laws.yaml", dict[str, object])
    for listed in msgspec.convert(laws["names"], dict[str, list[str]]).values():
        yield from listed
    yield from msgspec.convert(laws["unknown"], list[str])
    yield "Executive Order"


def _countries() -> Iterator[str]:
    """Yield the names of states and territories, and of their people."""
    for line in (_DATA / "countries.tsv").read_text("utf-8").splitlines():
        if line and line[0] != "#":
            for cell in line.split("\t")[2:]:
                yield from (name.strip() for name in cell.split(",") if name.strip())


def _verb_forms() -> set[str]:
    """The verbs of the grammar in all their forms."""
    verbs = _load("verbs.yaml", dict[str, object])
    irregular = msgspec.convert(verbs["irregular"], list[list[str]])
    forms = {form for row in irregular for cell in row for form in cell.split("/")}
    for base in (*(row[0] for row in irregular), *str(verbs["regular"]).split()):
        stem = base[:-1] if base.endswith("e") else base
        stems = (stem, base, base + base[-1], base[:-1] + "i")
        forms |= {f"{s}{e}" for s in stems for e in ("", "s", "es", "ed", "ing", "er", "ers")}
    return forms


def _load(name: str, kind: type[T]) -> T:
    return msgspec.convert(yaml.safe_load((_DATA / name).read_text("utf-8")), kind)
