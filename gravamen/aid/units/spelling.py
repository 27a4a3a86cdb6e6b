"""Spelling: how far two words are apart, and which known word a misspelled one is meant for."""

from collections.abc import Mapping
from functools import cache

_SHORT = 5  # letters up to which a changed letter is taken to make another word
_TWO_SLIPS = 8  # letters from which a word may have two slips


def slips(one: str, other: str, most: int = 2) -> int:
    """How many letters are to be put in, left out, changed or swapped with their neighbour.

    The restricted Damerau-Levenshtein distance; `most + 1` stands for any larger one.
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        last, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


def allowed(word: str) -> int:
    """How many slips a word of this length may have and still be taken for another."""
    return 2 if len(word) >= _TWO_SLIPS else 1


def nearest(word: str, vocabulary: frozenset[str]) -> tuple[str, ...]:
    """The known words that a misspelled one may be meant for, all as near; none where none is.

    The first letter counts as right.
    """
    least = allowed(word)
    letters = _letters(word)
    found: list[tuple[int, str]] = []
    for right, its in _beginning(vocabulary).get(word[:1], ()):
        # One slip takes out one letter at most, and puts in one at most.
        if max((letters & ~its).bit_count(), (its & ~letters).bit_count()) > least:
            continue
        apart = slips(word, right, least)
        if apart <= least and not another(word, right):
            least = apart
            found.append((apart, right))
    return tuple(right for apart, right in found if apart == least)


def another(word: str, right: str) -> bool:
    """Whether a short word differs from another by a letter in place of one ("natal", "naval")."""
    return len(word) == len(right) <= _SHORT and sorted(word) != sorted(right)


@cache
def _beginning(vocabulary: frozenset[str]) -> Mapping[str, tuple[tuple[str, int], ...]]:
    """The words by their first letter, each with its letters."""
    found: dict[str, list[tuple[str, int]]] = {}
    for word in sorted(vocabulary):
        found.setdefault(word[:1], []).append((word, _letters(word)))
    return {letter: tuple(words) for letter, words in found.items()}


def _letters(word: str) -> int:
    """Which letters are in a word: a bit for each; letters 64 code points apart share one."""
    found = 0
    for letter in word:
        found |= 1 << (ord(letter) % 64)
    return found
