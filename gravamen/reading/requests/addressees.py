"""Addressees: whom something is asked of, each as written."""

import re
from bisect import bisect_left

from gravamen.reading.proposal import PartyFound
from gravamen.reading.spans import Spans, Stretch
from gravamen.reading.text import Document

_LETTER = re.compile(
    r"\b(?:letters?|petition|memorial|memorandum|telegram|message"
    r"|appeal)\b[^.;:\n]{0,50}?\b(?:(?:addressed|sent|written|directed) to|to)\s+"
    r"(?=(?:the |our |[A-Z\[]))|\b(?:[Ww]rite|[Ww]riting|and (?:another|one|another one)) to\s+"
    r"(?=(?:the |our |[A-Z\[]))"
)
_DEAR = re.compile(
    r"^ *(?:Dear|Your Excellency,? ?|To:|TO:|Attn:|To the "
    r"Honou?rable)\s*(?P<who>[^\n:;]{3,140}?)(?:[,:]?\s*$)",
    re.MULTILINE,
)
_SPLIT = re.compile(
    r",? and (?:(?:on|upon|to) )?(?=the |dear |our |his |her |its |a |an |all |every |[A-Z])"
    r"|, (?=the |dear |our |[A-Z\[])|; "
)
# "Senators Boyle and Arden" are named by one title.
_PLURAL = re.compile(
    r"(?:the )?(?:Senators|Representatives|Supervisors|Members|Congressmen) (?!from|of|for)"
)
_NEAR_CHARS = 2500
_ADDRESS_LINES = 24
_GREETING = re.compile(r"^ *(?:Dear |Your )?(?:Excellenc\w+|Sirs?|Madam)\b[^\n]{0,40}[,:] *$", re.M)
_HONOUR = re.compile(
    r"(?:[Dd]ear |(?:The |the )?(?:Rt\.? |Right )?Hon(?:ou?rable|\.)? |H\.E\. |Mr\.? |Mrs\.? "
    r"|Ms\.? |Madam |Mister |Sir |Dame )"
)
_OFFICE = re.compile(
    r"(?:(?:The |the )?Hon(?:ou?rable|\.) |.{3,60}, )?"
    r"(?P<office>(?:(?:U\.?S\.?|United States|Acting|Deputy|Under|Assistant) )*"
    r"(?:(?:Foreign|Home|Treasury|Defen[cs]e) Secretary|Secretary(?: |-)(?:of|for|General)\b.{0,60}"
    r"|Attorney General|Prime Minister|President(?: of .{3,60})?|Minister (?:of|for) .{3,60}"
    r"|High (?:Commissioner|Representative)\b.{0,60}|Governor(?: of .{3,40})?|Ambassador\b.{0,60}))"
    r"[,.]?\Z"
)
_VAGUE = re.compile(
    r"(?:the )?(?:\w+ )?administration\Z|(?:you|them|him|her|they|the following)\Z", re.IGNORECASE
)
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
        plural = _PLURAL.match(document.copy, at, m.start())
        if not _inside_name(document, parties, m.start()) and not plural:
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


def _unhonoured(copy: str, start: int, end: int) -> Stretch:
    """A name in a salutation without "dear", "Mr." and the like."""
    while m := _HONOUR.match(copy, start, end):
        start = m.end()
    return start, end


def _office(copy: str, line: Stretch) -> Stretch | None:
    """The office that a line of an inside address is."""
    m = _OFFICE.match(copy[slice(*line)])
    return (line[0] + m.start("office"), line[0] + m.end("office")) if m else None


def _bare(copy: str, start: int, end: int) -> Stretch:
    while start < end and copy[start] in " ,;:":
        start += 1
    while end > start and copy[end - 1] in " ,;:.":
        end -= 1
    return start, end


class Letters:
    """To whom the document itself, or a letter it speaks of, is addressed.

    A letter goes to those whom it salutes. A salutation that is a surname or "Excellency" stands
    for the office in the inside address above it.
    """

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
            if "@" in m["who"]:
                continue
            for name in names_in(self.document, self.parties, *m.span("who")):
                out.append(self._of_address(name, m.start()))
        if not out:
            greeting = _GREETING.search(self.document.copy, 0, 6000)
            out = self._offices(greeting.start()) if greeting else []
        return out

    def _of_address(self, name: Stretch, before: int) -> Stretch:
        """The office in the inside address for a surname in the salutation, else the name bare."""
        copy = self.document.copy
        start, end = _unhonoured(copy, *name)
        surname = copy[start:end].rsplit(" ", 1)[-1]
        lines = self._lines(before)
        for n, line in enumerate(lines):
            if not re.search(rf"\b{re.escape(surname)}\b", copy[slice(*line)]):
                continue
            office = next((o for near in lines[n : n + 3] if (o := _office(copy, near))), None)
            if office is not None:
                return office
        return start, end

    def _offices(self, before: int) -> list[Stretch]:
        """The offices that the inside address above a greeting names."""
        found = (_office(self.document.copy, line) for line in self._lines(before))
        return [office for office in found if office]

    def _lines(self, before: int) -> list[Stretch]:
        """The lines of the inside address above an offset."""
        above = [(p.start, p.end) for p in self.document.paragraphs[:_ADDRESS_LINES]]
        return [line for line in above if line[1] <= before]

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
        listed = [a for a in addressees if copy[slice(*a)].lower() != "the following"]
        return letter or self.salutation or listed
