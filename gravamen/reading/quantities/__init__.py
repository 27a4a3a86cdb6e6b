"""Quantities: the numbers of a text with bound and unit; numbers that are names are left out."""

import re
from typing import cast

from gravamen.claims import Bound
from gravamen.reading.mend import pattern
from gravamen.reading.numerals import NUMERAL
from gravamen.reading.proposal import QuantityFound
from gravamen.reading.quantities.names import is_name
from gravamen.reading.quantities.numbers import TOKEN, Number, number
from gravamen.reading.quantities.units import currency, unit_of
from gravamen.reading.quantities.words import bounds_after, bounds_before, units, words
from gravamen.reading.spans import Placed, Spans
from gravamen.reading.text import Document

_CORRECTED = pattern(rf",? no, {NUMERAL}")
_RANGE_OPENS = re.compile(
    r"(?:^|\s)((?:ranged |ranging |varied |rose |fell |grew )?(?:between|from|de) "
    r")(?:about |some )?\Z",
    re.IGNORECASE,
)
_WITHIN = re.compile(r"\bwithin,? *\Z", re.IGNORECASE)
_PEOPLE_FOLLOW = re.compile(
    r",? +(?:of +\w|who\b|were|was|died|fled|had|are|have|others?\b|more\b)", re.IGNORECASE
)
_WHY: dict[Bound, str] = {
    "eq": "A number that counts or measures.",
    "gt": "A number that is said to be exceeded.",
    "ge": "A number that is said to be reached or exceeded.",
    "lt": "A number that is said not to be reached.",
    "le": "A number that is said not to be exceeded.",
    "approx": "A number that is said to be near.",
    "range": "Two numbers between which the true one is said to lie.",
}


def find_quantities(document: Document, taken: Spans[Placed]) -> list[QuantityFound]:
    """Return the quantities of a text; numbers inside dates and names of laws are none."""
    return _Finder(document, taken).found()


class _Finder:
    """Goes through the numbers in order; a bare number takes its noun from the one before it."""

    def __init__(self, document: Document, taken: Spans[Placed]) -> None:
        self.document, self.copy, self.taken = document, document.copy, taken
        self.last_unit: str | None = None
        self.last_paragraph = -1
        self.counted = False

    def found(self) -> list[QuantityFound]:
        """Return the quantities in order."""
        found: list[QuantityFound] = []
        position = 0
        while m := TOKEN.search(self.copy, position):
            position = m.end()
            one = number(m)
            if one is None:
                continue
            position = one.end
            if _CORRECTED.match(self.copy, one.end) or is_name(self.document, m, one):
                continue
            if not self.taken.overlapping(one.start, one.end):
                found.append(self._proposal(one))
        return found

    def _proposal(self, one: Number) -> QuantityFound:
        unit, end = (currency(self.copy, one) if not one.unit else None) or unit_of(self.copy, one)
        start, bound = one.start, one.bound
        window = self.copy[max(0, start - 32) : start]
        lead = _lead(one, window)
        if lead:
            start -= len(window) - lead[1]
            bound = lead[0] if bound in ("eq", "ge") and lead[0] != "eq" else bound
        tail = bounds_after().match(self.copy, end)
        if tail and bound == "eq":
            bound, end = _kind(tail), tail.end()
        if bound == "eq" and _WITHIN.search(window):
            bound = "le"
        unit = self._carried(one, unit, bound)
        place = self.document.place(start, end)
        return QuantityFound(
            id="", start=place.start, end=place.end, text=place.text, rule=one.rule,
            why=_WHY[bound], value=one.value, bound=bound, unit=unit, high=one.high,
        )  # fmt: skip

    def _carried(self, one: Number, unit: str | None, bound: Bound) -> str | None:
        """Give a bare number the unit of the count before it; people are counted unless said."""
        paragraph = self.document.paragraphs.index_at(one.start)
        last, measures = self.last_unit, units().values()
        of_people = bool(_PEOPLE_FOLLOW.match(self.copy, one.end, one.end + 24))
        if unit is None:
            if last in ("persons", None) or paragraph != self.last_paragraph or last in measures:
                unit = "persons" if self.counted or bound != "eq" or of_people else None
            else:
                unit = last if last != "bodies" else "persons"
        elif unit not in measures or unit == "persons":
            self.last_unit, self.last_paragraph = unit, paragraph
        self.counted = True
        return unit


def _lead(one: Number, window: str) -> tuple[Bound, int] | None:
    """Return the bound of the words before a number and where in the window they start."""
    opens = _RANGE_OPENS.search(window) if one.bound == "range" else None
    if opens:
        return "range", opens.start(1)
    m = bounds_before().search(window)
    if not m:
        return None
    bound, phrase = _kind(m), m[m.lastgroup or 0].lower()
    if phrase == "within":
        return None
    if phrase in ("over", "under", "above", "below", "beyond"):
        noun = re.search(r"(\w+) *\Z", window[: m.start()])
        if noun and noun[1].lower() in words().over_nouns:
            return None
    start = m.start()
    outer = bounds_before().search(window[:start].rstrip() + " ")
    if outer and phrase in ("about", "some", "around", "an estimated", "nearly", "at least"):
        return _kind(outer), outer.start()
    return bound, start


def _kind(m: re.Match[str]) -> Bound:
    """The bound for which the group is named that matched."""
    return cast(Bound, m.lastgroup)
