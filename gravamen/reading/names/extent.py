"""Extent: the common words around a name that belong to it: "government of", "prison", "valley"."""

import re

from gravamen.reading.gazetteer import NameType, words
from gravamen.reading.names.candidates import Candidate
from gravamen.reading.names.runs import Token

_OF_STATE = re.compile(r"\b(?:[Gg]overnment) of (?:the )?\Z")
_BRACKET = re.compile(r"\[[^\[\]\n]{1,12}\] *\Z")
_OFFICE = re.compile(r"'s +[Oo]ffice\b")
_ON_SOMETHING = ("Rapporteur", "Envoy", "Representative", "Adviser", "Coordinator")
_SUBJECT = re.compile(
    r" on (?:the )?(?:[a-z][\w-]*(?:, | (?:and|or|of) )?){1,6}?(?=[.,;)\n]| (?:but|that|who"
    r"|which|to|said|has|had|was|is|were|will|and (?:the|to|for)|in|for|by|not|from|at|with"
    r"|after|when|should|called|told)\b|\Z)"
)
_TAIL_TYPES: tuple[NameType, ...] = ("facility", "place")
_TAILED = ("place", "settlement", "state", "person", "facility")


def widened(
    copy: str, tokens: list[Token], c: Candidate, kind: NameType
) -> tuple[int, int, NameType]:
    """Return start, end and type of a name with the common words that belong to it."""
    start, end = c.start, c.end
    before = copy[max(0, start - 24) : start]
    if kind in ("state", "place") and (m := _OF_STATE.search(before)):
        return start - (len(before) - m.start()), end, "state"
    if kind == "office":
        number = _BRACKET.search(before)
        on = _SUBJECT.match(copy, end) if c.text.endswith(_ON_SOMETHING) else None
        more = on or _OFFICE.match(copy, end)
        start -= len(before) - number.start() if number else 0
        return start, more.end() if more else end, kind
    tail = _tail(tokens, c) if kind in _TAILED else None
    return (start, *tail) if tail else (start, end, kind)


def _tail(tokens: list[Token], c: Candidate) -> tuple[int, NameType] | None:
    """Return the end and type of "Kessar transit prison", "Ostra valley"."""
    first = c.opener + c.tokens
    for index in range(first, min(first + 4, len(tokens))):
        word = tokens[index].text
        if not word.islower():
            return None
        pair = f"{word} {tokens[index + 1].text}" if index + 1 < len(tokens) else ""
        for kind in _TAIL_TYPES:
            if pair in words().tails[kind]:
                return tokens[index + 1].end, kind
            if word in words().tails[kind]:
                return tokens[index].end, kind
        if word not in words().middle:
            return None
    return None
