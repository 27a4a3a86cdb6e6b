"""Runs: the stretches of capitalised words in a text that may be names."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from gravamen.reading.gazetteer import (
    acronyms,
    key,
    known,
    party_heads,
    peoples,
    words,
)
from gravamen.reading.names.contexts import contexts
from gravamen.reading.text import Document

_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}|[^\W\d_]\.(?= ?[^\W\d_])|(?:[^\W\d_]|\d)[\w'’]*(?:[-‐][\w'’]+)*|\n|[^\w\s]"
)
_LOWER_HYPHEN = re.compile(r"-[a-z]")
_ORDINAL = re.compile(
    r"(?:\d{1,3}(?:st|nd|rd|th)"
    r"|First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth|Tenth)\Z"
)
_RUN_TOKENS = 60  # what is longer is a list in capitals and no name
_PLACE_ABBREVIATIONS = ("St", "Ste", "Mt", "Ft", "Jr", "Sr")
_OWNED = ("People", "Women", "Children", "King", "Queen")


class Token(NamedTuple):
    """A word, mark or paragraph end of the copy."""

    start: int
    end: int
    text: str

    @property
    def capital(self) -> bool:
        """Whether it starts as names do."""
        return self.text[:1].isupper()


class Run(NamedTuple):
    """A stretch that may be a name: the numbers of its first token and of that after its last."""

    first: int
    last: int


def tokens(document: Document) -> list[Token]:
    """Return the words and marks of a document, a possessive ending cut off from its word."""
    found: list[Token] = []
    for m in _TOKEN.finditer(document.copy):
        text, start = m[0], m.start()
        if text[-2:] in ("'s", "’s", "'S") and len(text) > 2:
            found += [Token(start, m.end() - 2, text[:-2]), Token(m.end() - 2, m.end(), "'s")]
        elif text[-1:] in "'’" and len(text) > 1:
            found += [Token(start, m.end() - 1, text[:-1]), Token(m.end() - 1, m.end(), "'")]
        else:
            found.append(Token(start, m.end(), text))
    return found


@cache
def _starts() -> frozenset[str]:
    return frozenset(k.split()[0] for k in known())


def longest_known(found: Sequence[Token], index: int, limit: int) -> int:
    """Return the number after the last token of the longest known name that starts at index."""
    opening = found[index].text
    if key(opening.rstrip(".")).split(" ")[0] not in _starts() and key(opening) not in known():
        return index
    best = index
    text = ""
    for last in range(index, min(index + 7, limit)):
        word = found[last]
        if word.text == "\n":
            break
        gap = " " if last > index and word.start > found[last - 1].end else ""
        text += gap + word.text
        name = key(text)
        if name in known() and word.text not in (".", ","):
            best = last + 1 if name not in acronyms() or text.isupper() else best
    return best


def runs(found: Sequence[Token]) -> Iterator[Run]:
    """Yield the runs of capitalised words, with the small words that hold a long name together."""
    index, count = 0, len(found)
    while index < count:
        if not _opens(found, index):
            index += 1
            continue
        last = _extended(found, index)
        yield Run(index, last)
        index = max(last, index + 1)


def _opens(found: Sequence[Token], index: int) -> bool:
    token = found[index]
    if token.text[0].isdigit() and _ORDINAL.match(token.text):
        return _capital(found, index + 1)
    return token.capital and (not _LOWER_HYPHEN.search(token.text) or _particle_name(token.text))


def _capital(found: Sequence[Token], index: int) -> bool:
    return index < len(found) and found[index].capital


def _particle_name(text: str) -> bool:
    """Whether a word with a hyphen is a name: "Abd-al", not "Government-held"."""
    return all(
        part[:1].isupper() or part.lower() in contexts().particles or len(part) <= 3
        for part in re.split(r"[-‐]", text)[1:]
    )


def _next_to(found: Sequence[Token], a: int, b: int) -> bool:
    return b < len(found) and found[b].start - found[a].end <= 3 and found[b].text != "\n"


def _extended(found: Sequence[Token], index: int) -> int:
    """Return the number after the last token of the run that starts at index."""
    last = max(index + 1, longest_known(found, index, len(found)))
    while last - index < _RUN_TOKENS and _next_to(found, last - 1, last):
        token = found[last]
        if token.capital and not _LOWER_HYPHEN.search(token.text):
            last = max(last + 1, longest_known(found, last, len(found)))
        elif _held(found, last):
            last += 1
        elif step := _joined(found, index, last):
            last = step
        else:
            break
    while last > index + 1 and found[last - 1].text in (".", "'", "'s"):
        last -= 1
    return _numbered(found, last)


def _held(found: Sequence[Token], last: int) -> bool:
    """Whether a stop, an apostrophe or a particle stands between two words of a name."""
    text, before = found[last].text, found[last - 1].text
    if not _capital(found, last + 1):
        return False
    if text == ".":
        titles = words().titles | words().ranks
        return before in titles or before in _PLACE_ABBREVIATIONS
    if text == "'":
        return found[last + 1].text in party_heads()
    if text == "'s":
        return before in _OWNED
    return text in contexts().particles and before not in party_heads()


def _numbered(found: Sequence[Token], last: int) -> int:
    """Take the number into "Unit 9", "Camp 14", "School No. 4"."""
    heads = words().heads["unit"] | words().heads["facility"]
    number = last - 1 if last > 1 and found[last - 1].text in ("No", "Nr") else last
    if found[number - 1].text not in heads or last >= len(found):
        return last
    while number < len(found) - 1 and found[number].text in ("No", "no", "Nr", "."):
        number += 1
    text = found[number].text if _next_to(found, number - 1, number) else ""
    return number + 1 if text.isdigit() and len(text) < 5 else last


def _joined(found: Sequence[Token], index: int, last: int) -> int | None:
    """Return the number after "of the Red", "for Terrorism", "and Financial" in a long name."""
    word, after = found[last].text, last + 1
    if after >= len(found):
        return None
    if word in ("of", "for", "on"):
        if found[after].text in ("the", "The") and after + 1 < len(found):
            after += 1
        name = found[after]
        capital = name.capital and not _LOWER_HYPHEN.search(name.text)
        headed = _has(found, index, last, party_heads()) and (
            word != "on" or _has(found, index, last, contexts().on_subject)
        )
        if not capital or not headed or not _next_to(found, after - 1, after):
            return None
        return max(after + 1, longest_known(found, after, len(found)))
    if word in ("and", "&", ",") and found[after].capital and _portfolio(found, after):
        listed = word != "," or any(t.text in ("and", ",") for t in found[after + 1 : after + 4])
        return after + 1 if listed and _has(found, index, last, party_heads()) else None
    return None


def _has(found: Sequence[Token], first: int, last: int, nouns: frozenset[str]) -> bool:
    return any(found[i].text in nouns for i in range(first, last))


def _portfolio(found: Sequence[Token], after: int) -> bool:
    """Whether the words after "and" belong to a ministry's or committee's name."""
    for token in found[after : after + 4]:
        if token.text in words().portfolio:
            return True
        if not token.capital:
            return False
    return False


def trimmed(found: Sequence[Token], run: Run) -> Run | None:
    """Cut common words off the front of a run and peoples off its end; None where nothing stays."""
    first, last = run
    while first < last and _droppable(found, first, last):
        first += 1
    while last > first and (
        found[last - 1].text in peoples() or found[last - 1].text in ("'", "'s", ",", "and", ".")
    ):
        last -= 1
    return Run(first, last) if first < last else None


def _droppable(found: Sequence[Token], first: int, last: int) -> bool:
    """Whether a word at the front of a run is no part of the name."""
    text, common = found[first].text, words().common
    if text in (".", "'", "'s", ",", "and", "of", "&"):
        return True
    if longest_known(found, first, last) > first:
        return False
    if text not in common and text.capitalize() not in common:
        return False
    if last - first == 1:
        return True
    if _ORDINAL.match(text):
        return found[last - 1].text not in words().heads["unit"]
    return text not in contexts().leaders
