"""Units: the unit of measure after a number, or the noun that is counted."""

import re

from gravamen.reading.quantities.numbers import Number
from gravamen.reading.quantities.words import unit_after, units, words

_WORD = re.compile(r" *([^\W\d_][\w'’-]*|%)")
_COMPOUND = re.compile(r"-([a-z]{3,})(?!\w)")
_OF_THEM = re.compile(r" +of +(?:them|us|you|whom|which|it)\b")
_OF_THE = re.compile(r" +of +(?:the|these|those|its|their|our|his|her|my|your)\b")
_ENDS = re.compile(r" *[,.;:)\"]")
_PAID_IN = re.compile(r" +([a-z]{3,8})\b")
_ADJECTIVES = ("al", "ic", "ed", "ous", "ive", "ing", "er", "ian", "ese", "ish", "ent", "ant")
_NOUN_WORDS = 5


def unit_of(copy: str, one: Number) -> tuple[str | None, int]:
    """Return the unit after a number and where the quantity ends, a unit of measure with it."""
    if one.unit:
        return one.unit, one.end
    measure = unit_after().match(copy, one.end)
    if measure:
        return units()[measure["unit"].lower()], measure.end()
    compound = _COMPOUND.match(copy, one.end)
    if compound and not compound[1].endswith(("ing", "ed")) and compound[1] not in ("year", "old"):
        return _plural(compound[1]), compound.end()
    return _noun(copy, one), one.end


def currency(copy: str, one: Number) -> tuple[str, int] | None:
    """Return the word after a number that is paid, whichever it is: "paid 3,000 dara"."""
    lead = copy[max(0, one.start - 24) : one.start].lower()
    m = _PAID_IN.match(copy, one.end)
    if not m or m[1] in words().stops or m[1] in words().persons:
        return None
    paid = any(re.search(rf"\b{w}\b", lead) for w in words().pay_words)
    return (m[1], m.end()) if paid else None


def _noun(copy: str, one: Number) -> str | None:
    """Find the noun that is counted: a human being first, else the last plural."""
    position, best = one.end, None
    if _OF_THEM.match(copy, position):
        return None
    if of := _OF_THE.match(copy, position):
        position = of.end()
    for index in range(_NOUN_WORDS):
        m = _WORD.match(copy, position)
        word = m[1].lower().strip("'’") if m else ""
        if not m or (_stops(word, index) and not (index == 0 and word == "of")):
            break
        position = m.end()
        if index == 0 and word == "of":
            continue
        if _is_human(m[1], word, index):
            return "persons"
        if word in words().units:
            return words().units[word]
        if _is_plural(word):
            best = word
            if word not in words().compounds:
                break
        elif one.value == 1 and best is None and not word.endswith(_ADJECTIVES):
            best = word
        if _ENDS.match(copy, position):
            break
    return _plural(best) if best and one.value == 1 else best


def _stops(word: str, index: int) -> bool:
    """Whether a word ends the search for the noun that is counted."""
    return word in words().stops or (word.endswith("ly") and index > 0)


def _is_human(written: str, word: str, index: int) -> bool:
    people = written[0].isupper() and word.endswith(("s", "ese", "ish")) and index < 3
    return word in words().persons or people


def _is_plural(word: str) -> bool:
    return word.endswith("s") and not word.endswith(("ss", "us", "is", "'s"))


def _plural(noun: str) -> str:
    if noun.endswith(("s", "x", "ch", "sh")):
        return noun if noun.endswith("s") else noun + "es"
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + "s"
