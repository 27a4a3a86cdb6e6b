"""Addressees: whom something is asked of, each as written."""

import re
from bisect import bisect_left

from gravamen.reading.proposal import PartyFound
from gravamen.reading.spans import Spans, Stretch
from gravamen.reading.text import Document

_LETTER = re.compile(
    r"\b(?:letters?|petition|memorial|telegram|message"
    r"|appeal)\b[^.;:\n]{0,50}?\b(?:(?:addressed|sent|written|directed) to|to)\s+"
    r"(?=(?:the |our |[A-Z\[]))"
)
_DEAR = re.compile(
    r"^ *(?:Dear|Your Excellency,? ?|To:|TO:|Attn:|To the "
    r"Honou?rable)\s*(?P<who>[^\n:;]{3,140}?)(?:[,:]?\s*$)",
    re.MULTILINE,
)
_SPLIT = re.compile(
    r",? and (?=the |our |his |her |its |a |an |all |every |[A-Z])|, (?=the |our |[A-Z\[])|; "
)
_NEAR_CHARS = 2500
_VAGUE = re.compile(r"(?:the )?(?:\w+ )?administration\Z|you\Z|them\Z", re.IGNORECASE)
_ENDS = re.compile(
    r"[:.;]|, (?:urg|ask|call|request|demand|appeal|implor|press|invit|recommend)\w*\b"
    r"|,? (?:urging|asking|calling|requesting|demanding|to (?=[a-z]+ )|that\b|in order|who\b"
    r"|which\b)"
)


def names_in(document: Document, parties: Spans[PartyFound], start: int, end: int) -> list[Stretch]:
    """Return the single names of a list ("the Governor, and the two Senators from this State")."""
    out: list[Stretch] = []
    at = start
    for m in _SPLIT.finditer(document.copy, start, end):
        if not _inside_name(document, parties, m.start()):
            out.append((at, m.start()))
            at = m.end()
    out.append((at, end))
    return [s for s in (_bare(document.copy, *o) for o in out) if s[1] > s[0]]


def _inside_name(document: Document, parties: Spans[PartyFound], offset: int) -> bool:
    place = document.place(offset, offset + 4)
    return any(
        p.start < place.start and place.end <= p.end
        for p in parties.overlapping(place.start, place.end)
    )


def _bare(copy: str, start: int, end: int) -> Stretch:
    while start < end and copy[start] in " ,;:":
        start += 1
    while end > start and copy[end - 1] in " ,;:.":
        end -= 1
    return start, end


class Letters:
    """To whom the document itself, or a letter it speaks of, is addressed."""

    def __init__(self, document: Document, parties: Spans[PartyFound]) -> None:
        self.document, self.parties = document, parties
        self.salutation = self._salutation()
        self.letters = [
            (m.end(), names_in(document, parties, m.end(), self._end(m.end())))
            for m in _LETTER.finditer(document.copy)
        ]

    def _end(self, start: int) -> int:
        m = _ENDS.search(self.document.copy, start, start + 600)
        return m.start() if m else min(len(self.document.copy), start + 200)

    def _salutation(self) -> list[Stretch]:
        out: list[Stretch] = []
        for m in _DEAR.finditer(self.document.copy, 0, 6000):
            out += names_in(self.document, self.parties, *m.span("who"))
        return out

    def before(self, offset: int) -> list[Stretch]:
        """Return the addressees of the last letter spoken of before an offset, near by."""
        last = bisect_left(self.letters, offset, key=lambda letter: letter[0]) - 1
        near = last >= 0 and offset - self.letters[last][0] < _NEAR_CHARS
        return self.letters[last][1] if near else []

    def settle(self, addressees: list[Stretch], offset: int) -> list[Stretch]:
        """Put the addressees of the letter for "the Administration", "you" or nobody."""
        copy = self.document.copy
        clear = [a for a in addressees if not _VAGUE.match(copy[slice(*a)])]
        if clear:
            return clear
        you = any(copy[slice(*a)].lower() == "you" for a in addressees)
        letter = self.salutation if you else self.before(offset)
        return letter or self.salutation or addressees
