"""Likeness: where a text has a quote in other white space, and the words that are nearest to it."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache

# A pattern is made only for a quote that will match; a longer one than this is copied as it is.
LONGEST_QUOTE_CHARS = 5_000
_HYPHENS = "\N{SOFT HYPHEN}\N{HYPHEN}-"  # the last, so that a class of letters can hold them
_BROKEN = rf"(?:[{_HYPHENS}][^\S\n]*\n\s*)?"
_UNSEEN = re.compile(rf"[\s{_HYPHENS}]+")
_WORD = re.compile(r"\w+")
_TYPED = str.maketrans(
    "\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u00ab\u00bb\u2010\u2011\u2012\u2013\u2014",
    '\'\'\'\'""""""-----',
)
_LEAST_ALIKE = 0.5
_MOST_WORDS, _MOST_PLACES, _MOST_TRIED, _MOST_MORE = 200, 50, 5, 2
_SHOWN_CHARS = 300


def stretches(text: str, quote: str) -> Iterator[tuple[int, int]]:
    """Yield each place, as start and end, at which a text differs from a quote in white space
    alone.

    A run of white space is the same as any other, and a word that the text breaks at the end of a
    line ("deten-", line break, "tion") counts as whole. Words that the text joins or parts
    otherwise are other words.
    """
    words = quote.split()
    unseen = _UNSEEN.sub("", quote)
    if not words or len(quote) > LONGEST_QUOTE_CHARS or unseen not in _without_spaces(text):
        return
    pattern = r"\s+".join(_BROKEN.join(map(_letter, word)) for word in words)
    for found in re.finditer(pattern, text):
        yield found.span()


def in_line(words: str) -> str:
    """Words with each run of white space as one space, cut where they are long."""
    line = " ".join(words.split())
    return line if len(line) <= _SHOWN_CHARS else f"{line[:_SHOWN_CHARS].rstrip()} …"


def typed_alike(text: str, quote: str) -> str | None:
    """The stretch of a text that differs from a quote in quotation marks, apostrophes, dashes and
    white space alone."""
    plain = text.translate(_TYPED)
    found = next(stretches(plain, quote.translate(_TYPED)), None)
    return text[slice(*found)] if found else None


def nearest(text: str, quote: str) -> str | None:
    """The stretch of a text whose words are most like those of a quote; None where few are."""
    wanted = [w.casefold() for w in _WORD.findall(quote)[:_MOST_WORDS]]
    words, spans, places = _words(text)
    alike: dict[tuple[int, int], float] = {}
    matcher = SequenceMatcher(None, autojunk=False)
    matcher.set_seq2(wanted)
    for begin in {s + by for s in _starts(wanted, places) for by in (-1, 0, 1)}:
        for more in range(-_MOST_MORE, _MOST_MORE + 1):
            end = begin + len(wanted) + more
            if 0 <= begin < end <= len(words):
                matcher.set_seq1(words[begin:end])
                alike[begin, end] = matcher.ratio()
    best = sorted(alike, key=lambda at: (-alike[at], at))[:_MOST_TRIED]
    if not best or alike[best[0]] < _LEAST_ALIKE:
        return None
    # Words that a line parts are other words; their letters are the same.
    letters = SequenceMatcher(None, autojunk=False)
    letters.set_seq2(" ".join(wanted))

    def by_letter(at: tuple[int, int]) -> tuple[float, int, int]:
        letters.set_seq1(" ".join(words[slice(*at)]))
        return letters.ratio(), -at[0], -at[1]

    begin, end = max(best, key=by_letter)
    return text[spans[begin][0] : _to_stop(text, spans[end - 1][1], quote)]


def _letter(letter: str) -> str:
    """The pattern of one letter; after a hyphen of its own a line may end."""
    if letter in _HYPHENS:
        return rf"{re.escape(letter)}(?:[^\S\n]*\n\s*)?"
    return re.escape(letter)


@lru_cache(maxsize=4)
def _without_spaces(text: str) -> str:
    return _UNSEEN.sub("", text)


@lru_cache(maxsize=4)
def _words(text: str) -> tuple[list[str], list[tuple[int, int]], dict[str, list[int]]]:
    """The words of a text, where each stands, and at which numbers each word comes."""
    found = list(_WORD.finditer(text))
    words = [m.group().casefold() for m in found]
    places: dict[str, list[int]] = {}
    for n, word in enumerate(words):
        places.setdefault(word, []).append(n)
    return words, [m.span() for m in found], places


def _starts(wanted: list[str], places: dict[str, list[int]]) -> list[int]:
    """The word numbers at which a text may begin to say what is wanted, the likeliest first."""
    votes: Counter[int] = Counter()
    for n, word in enumerate(wanted):
        at = places.get(word, ())
        for place in at[:_MOST_PLACES]:
            votes[place - n] += 1
    ordered = sorted(votes)

    def around(start: int) -> int:
        low, high = bisect_left(ordered, start - 2), bisect_left(ordered, start + 3)
        return sum(votes[s] for s in ordered[low:high])

    return sorted(ordered, key=lambda s: (-around(s), -votes[s], s))[:_MOST_TRIED]


def _to_stop(text: str, end: int, quote: str) -> int:
    """Where a stretch ends that goes on to a mark at its end, as the quote has one."""
    return end + 1 if not quote.rstrip()[-1:].isalnum() and text[end : end + 1] in ".,;:!?" else end
