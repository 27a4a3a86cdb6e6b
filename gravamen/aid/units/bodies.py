"""Bodies: whether a name is of a unit of a foreign security force; else why it is not.

The Leahy laws reach units of the security forces of a foreign country (22 U.S.C. 2378d(a),
10 U.S.C. 362(a)). Names of what is plainly none are told by kinds of words; whatever is not sure
stays the name of a unit.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

import yaml

from gravamen.aid.units.normal import Part, Unit, distinct, normal
from gravamen.aid.units.words import Kind, Word, fold, phrase, tables

Reason = Literal["names no unit", "a body of the United States", "a civil body"]
REASONS: tuple[Reason, ...] = ("names no unit", "a body of the United States", "a civil body")
_DATA = Path(__file__).parent.parent / "data" / "bodies.yaml"
_US = "US"
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.\s?){2,}")  # "U.S.", "U. S."
_WORD = re.compile(r"[^\W\d_]+")
_PARTS = re.compile(r"[,;/()\[\]:|\n]|\s[-–—]\s")
_ARTICLE = re.compile(r"(?:و?ال|لل)(?=..)")
_FORCE = re.compile(r"\b[A-Z]{1,3}[ADMNPS]F\b")  # the letters of a force: "KSF", "RMAF", "UPDF"
_STATES = r"(?:united states|usa?)\b"
_EMBASSY = re.compile(  # "US Embassy", "Embassy of the United States"
    rf"\b(?:{_STATES}|american) (?:emb|consul)"
    rf"|\b(?:embassy|consulate(?: general)?) of (?:the )?{_STATES}"
)
_THERE = re.compile(rf"\b(?:to|in) (?:the )?{_STATES}")  # "Delegation ... to the United States"
_ARMED_KINDS = frozenset(("branch", "combat", "special", "ministry"))
_SURE_KINDS = frozenset(("branch", "combat"))
_BEGINNING = 5  # letters by which a word is known in all its endings
_FEWEST = 2  # letters of the beginning of a word that takes any ending


class _Bodies(NamedTuple):
    """The tables of the data.

    Args:
        heads: first words of the phrases that are of the United States, or may be.
        armed_words, civil_words: words of names taken apart, beside all branches, fighting units
            and tasks; `common_words` are those of these that tell nothing.
        subject_words: what a civil body may deal with and still be civil, by its word.
    """

    heads: frozenset[str]
    united_states: "_Phrases"
    posted: "_Phrases"
    perhaps: "_Phrases"
    toward: "_Phrases"
    civil: "_Phrases"
    subjects: "_Phrases"
    plain_subjects: "_Phrases"
    armed: "_Phrases"
    innocent: "_Phrases"
    armed_words: frozenset[Word]
    common_words: frozenset[Word]
    civil_words: frozenset[Word]
    subject_words: Mapping[Word, frozenset[Word]]


class _Phrases(NamedTuple):
    """Phrases by their first word; `stems` are the beginnings of words that take any ending."""

    by_first: Mapping[str, tuple[tuple[str, ...], ...]]
    stems: frozenset[str]

    def found(self, words: tuple[str, ...]) -> tuple[str, ...] | None:
        """The first phrase that stands in some words."""
        for at, word in enumerate(words):
            for first in _forms(word, self.stems) if self.stems else (word,):
                for wanted in self.by_first.get(first, ()):
                    if self._stands(wanted, words[at : at + len(wanted)]):
                        return wanted
        return None

    def _stands(self, wanted: tuple[str, ...], words: tuple[str, ...]) -> bool:
        return len(wanted) == len(words) and all(
            a == b or (a.endswith("*") and b.startswith(a[:-1]))
            for a, b in zip(wanted, words, strict=True)
        )


def vettable(printed: str) -> bool:
    """Whether a name is of a unit of a foreign security force that can be told from another.

    A number of a unit, a name of its own, a ministry of defense, a staff or a school tells a unit;
    a service alone ("Army"), a size alone ("Battalion"), what many do ("Army, Infantry Unit") does
    not. Bodies of the United States and plainly civil bodies are no such units.
    """
    return why_not(printed) is None


@cache
def why_not(printed: str) -> Reason | None:
    """Return why a name is of no unit of a foreign security force; None where it may be of one."""
    unit = normal(printed)
    if not distinct(unit):
        return "names no unit"
    words = _words(printed)
    if _united_states(printed, unit, words):
        return "a body of the United States"
    return "a civil body" if _civil(printed, unit, words) else None


def _united_states(printed: str, unit: Unit, words: tuple[str, ...]) -> bool:
    """Whether a name is that of a body of the United States.

    Not where it names another country too, but for embassies and missions there; not where a part
    of it that does not name the United States is of a service or a fighting unit.
    """
    known = _bodies()
    if known.heads.isdisjoint(words):
        return False
    posted, named = known.posted.found(words), known.united_states.found(words)
    if posted is None and named is None:
        services = unit.of("branch", "combat", "special")
        return not services and not _abroad(unit) and known.perhaps.found(words) is not None
    whole = " ".join(_WORD.findall(_joined(printed)))
    toward = known.toward.found(words) is not None
    if _EMBASSY.search(whole) or (posted and not toward):
        return not _others(printed)
    if toward or _abroad(unit) or _THERE.search(whole):
        return False
    return not _others(printed)


def _abroad(unit: Unit) -> bool:
    """Whether a name names another country than the United States."""
    return any(_US not in codes.split() for codes in unit.of("country"))


def _others(printed: str) -> bool:
    """Whether a part that does not name the United States is of a service, ministry or unit."""
    known = _bodies()
    for piece in _PARTS.split(printed):
        words = _words(piece)
        if known.united_states.found(words) or known.posted.found(words):
            continue
        other = normal(piece)
        if other.of("ministry") or _armed(other.parts, _SURE_KINDS):
            return True
    return False


def _civil(printed: str, unit: Unit, words: tuple[str, ...]) -> bool:
    """Whether a name has a word of a civil body and none of a security force."""
    if _armed(unit.parts, _ARMED_KINDS) or _FORCE.search(printed):
        return False
    known = _bodies()
    parts = frozenset(word for part in unit.parts for word in part.words)
    civil = parts & known.civil_words
    if not civil and known.civil.found(words) is None and not _ministry(parts, words):
        return False
    if any(number.role == "unit" for number in unit.numbers):
        return False
    if known.innocent.found(words) is not None:
        words = _without(words, known.innocent)
        parts = frozenset(w for part in normal(" ".join(words)).parts for w in part.words)
    subjects = frozenset[Word]().union(*(known.subject_words.get(word, ()) for word in civil))
    if (parts - subjects) & known.armed_words:
        return False
    told = tuple(word.value[:_BEGINNING] for word in parts & subjects)
    return known.armed.found(tuple(w for w in words if not w.startswith(told))) is None


def _armed(parts: Iterable[Part], kinds: frozenset[str]) -> bool:
    """Whether parts of a name have a word that is of a security force by its kind."""
    known = _bodies()
    return any(
        word.kind in kinds
        and word not in known.common_words
        and (word.kind != "ministry" or word in known.armed_words)
        for part in parts
        for word in part.words
    )


def _ministry(parts: frozenset[Word], words: tuple[str, ...]) -> bool:
    """Whether it is a ministry, or another office, of a subject that is none of security forces."""
    known = _bodies()
    if Word("office", "ministry") in parts and known.subjects.found(words) is not None:
        return True
    offices = any(word.kind == "office" for word in parts)
    return offices and known.plain_subjects.found(words) is not None


def _without(words: tuple[str, ...], phrases: _Phrases) -> tuple[str, ...]:
    """Some words without the phrases that stand in them."""
    while (found := phrases.found(words)) is not None:
        at = next(n for n in range(len(words)) if phrases.found(words[n : n + len(found)]) == found)
        words = words[:at] + words[at + len(found) :]
    return words


def _words(printed: str) -> tuple[str, ...]:
    """The words of a name, folded, without those that only join others."""
    stop = tables().stop
    found = (_ARTICLE.sub("", word, count=1) for word in _WORD.findall(_joined(printed)))
    return tuple(word for word in found if word not in stop)


def _joined(printed: str) -> str:
    """A name, folded, in which letters with dots are one word: "u.s." is "us"."""
    folded = printed.casefold() if printed.isascii() and "&" not in printed else fold(printed)
    if "." not in folded:
        return folded
    return _DOTTED.sub(lambda found: f"{re.sub(r'[. ]', '', found[0])} ", folded)


@cache
def _forms(word: str, stems: frozenset[str]) -> tuple[str, ...]:
    """A word, and the stems that it begins with."""
    cut = (f"{word[:end]}*" for end in range(len(word), _FEWEST - 1, -1))
    return (word, *(stem for stem in cut if stem in stems))


@cache
def _bodies() -> _Bodies:
    """The tables of the data, read once."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    data: dict[str, Any] = yaml.load(_DATA.read_bytes(), Loader=loader)
    states = [_phrases(data[t]) for t in ("united_states", "posted", "perhaps_united_states")]
    return _Bodies(
        heads=frozenset(head for phrases in states for head in phrases.by_first),
        united_states=states[0],
        posted=states[1],
        perhaps=states[2],
        toward=_phrases(data["toward"]),
        civil=_phrases(form for kind in data["civil"].values() for form in kind),
        subjects=_phrases(data["subjects"]),
        plain_subjects=_phrases(data["plain_subjects"]),
        armed=_phrases(data["armed"]),
        innocent=_phrases(data["innocent"]),
        armed_words=_of_kinds(data["armed_words"]),
        common_words=_of_kinds(data["common_words"]),
        civil_words=_of_kinds(data["civil_words"]),
        subject_words={
            word: _of_kinds(subjects)
            for word in _of_kinds(data["civil_words"])
            if (subjects := data["subject_words"].get(word.value))
        },
    )


def _of_kinds(words: Mapping[Kind, Iterable[str]]) -> frozenset[Word]:
    return frozenset(Word(kind, word) for kind, found in words.items() for word in found)


def _phrases(forms: Iterable[str]) -> _Phrases:
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for form in forms:
        words = phrase(form, tables().stop)
        by_first.setdefault(words[0], []).append(words)
    return _Phrases(
        {first: tuple(sorted(found, key=len, reverse=True)) for first, found in by_first.items()},
        frozenset(first for first in by_first if first.endswith("*")),
    )
