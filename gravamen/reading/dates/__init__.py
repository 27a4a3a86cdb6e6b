"""Dates: the dates of a text in EDTF, intervals joined, bounds kept, missing years filled in.

A missing year is that of the last such day not after the reference date; where the paragraph
speaks of years long before that, it is that of the nearest date before it in the paragraph. Day
and month in unknown order give both readings, `a|b`.
"""

import calendar
import re
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

import msgspec

from gravamen.dates import DateError, span
from gravamen.reading.dates.forms import find_points
from gravamen.reading.dates.points import Point, Ymd, words
from gravamen.reading.mend import pattern
from gravamen.reading.proposal import DateFound
from gravamen.reading.spans import Placed, Spans
from gravamen.reading.text import Document

_JOINT = pattern(
    r"(?P<range> ?- ?| to (?:the )?| until (?:the )?| till | through (?:to )?| up to (?:the )?"
    r"| au | al | a | bis (?:zum )?| по | до | إلى | تا )|(?P<and> and (?:the )?| et | y | "
    r"und | и | і )"
    r"|(?P<or> or (?:the )?| ou | o | oder | или )|(?P<perhaps>,? (?:perhaps|probably"
    r"|possibly|maybe"
    r"|likely|most likely) (?:in|on) )|(?P<of> |, | of )|(?P<list>,(?: and| or)? )"
)
_BEFORE_RANGE = pattern(
    r"(?:^|[\s(\"'])((?:between|from|entre|zwischen|du|de|del|vom|von|с|з|від|от|من|از)(?: "
    r"the| le| el)? "
    r"(?:about |around )?)\Z"
)
_BETWEEN = pattern(
    r"(?:^|[\s(\"'])(?:between|entre|zwischen)(?: the| le| el)? (?:about |around )?\Z"
)
_NIGHT = pattern(r"(?:^|\s)((?:the )?nights? (?:of|between|from) (?:the )?)\Z")
_AFTER = pattern(
    r",?(?P<since> (?:onwards?|and (?:after|later|since)|or (?:after|later)))\b"
    r"|(?P<until> (?:or|and) (?:earlier|before))\b|(?P<about> or (?:so|thereabouts))\b"
)
_FROM = pattern(r"(?:^|\s)((?:as )?from (?:about |around )?)\Z")


class _Date(NamedTuple):
    """One date or two that are joined, and the stretch of the copy that they take."""

    start: int
    end: int
    first: Point
    second: Point | None = None


def find_dates(document: Document, laws: Spans[Placed]) -> list[DateFound]:
    """Return the dates of a text; a year inside the name of a law is none."""
    points = [p for p in find_points(document) if p.precision > 1 or p.settled
              or not laws.overlapping(p.start, p.end)]  # fmt: skip
    return _Resolver(document).found(_joined(points, document.copy))


def _joined(points: Sequence[Point], copy: str) -> list[_Date]:
    """Join the points that one phrase holds together; drop the weak ones that stand alone."""
    dates: list[_Date] = []
    strong_until = -1
    index = 0
    while index < len(points):
        point = points[index]
        following = points[index + 1] if index + 1 < len(points) else None
        made = _pair(point, following, copy) if following else None
        if made:
            dates.append(made)
            strong_until, index = made.end, index + 2
            continue
        gap = copy[strong_until : point.start] if strong_until >= 0 else "-"
        if not point.weak or re.fullmatch(r",? (?:and|or) |, ", gap):
            dates.append(_Date(point.start, point.end, point))
            strong_until = point.end
        index += 1
    return dates


def _pair(a: Point, b: Point, copy: str) -> _Date | None:
    """Join two points that stand next to each other; None where each is a date of its own."""
    if b.start - a.end > 24 or a.unread or b.unread:
        return None
    joint = _JOINT.fullmatch(copy, a.end, b.start)
    if not joint or a.rule.startswith(("date.same", "date.near", "date.days")):
        return None
    kind = joint.lastgroup
    if kind == "perhaps" and a.precision == 1 and a.year and not b.year:
        return _Date(a.start, b.end, msgspec.structs.replace(b, year=a.year, mark="?"))
    if kind == "of":
        relative = re.fullmatch(r"\d{4}", b.settled or "")
        if relative and a.month and not a.year:
            return _Date(a.start, b.end, msgspec.structs.replace(a, year=int(relative[0])))
        return None
    if not _may_join(a) or not _may_join(b):
        return None
    pair = _Date(a.start, b.end, a, b)
    if kind == "range" or (kind == "or" and a.precision == b.precision):
        return _ordered(pair)
    if kind != "and":
        return None
    if _BETWEEN.search(copy[max(0, a.start - 24) : a.start]):
        return _ordered(pair)
    return pair if _next_months(a, b) else None


def _next_months(a: Point, b: Point) -> bool:
    """Whether two points are months in a row, the year after the second: "May and June 2016"."""
    months = a.precision == b.precision == 2 and a.month and b.month
    return bool(months and b.year and not a.year and b.month == (a.month or 0) + 1)


def _may_join(point: Point) -> bool:
    """Whether a point can be one end of an interval."""
    if point.settled:
        return not set("/|") & set(point.settled) and not point.settled.endswith("X")
    return point.last is None and point.back is None and point.from_end is None


def _ordered(pair: _Date) -> _Date | None:
    a, b = pair.first, pair.second
    if b and a.year and b.year and (a.year, a.month or 0) > (b.year, b.month or 12):
        return None
    return pair


@cache
def _bounds() -> re.Pattern[str]:
    groups = []
    for name, phrases in words().bounds.items():
        listed = "|".join(
            re.escape(str(p)) for p in sorted(map(str, phrases), key=len, reverse=True)
        )
        groups.append(f"(?P<{name}>{listed})")
    articles = r"(?: (?:the|le|el|la|dem|der|about|around|at least))*"
    parts = "|".join(re.escape(p) for p in sorted(words().parts, key=len, reverse=True))
    return pattern(
        rf"(?:^|(?<=[\s(\"'—-]))(?:(?:{'|'.join(groups)}){articles} ?)?(?:(?P<part>{parts}) ?)?\Z"
    )


class _Resolver:
    """Goes through the dates in order and fills in what each lacks from those before it."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.copy = document.copy
        self.paragraph = -1
        self.anchor: tuple[int, int] | None = None  # year and month, in this paragraph
        self.seen: tuple[int, int] | None = None  # year and month, anywhere before
        self.bare: tuple[int, int] | None = None  # a lone year and where it stands
        self.day: tuple[date, date] | None = None  # the last full day, or two of an interval

    def found(self, dates: Sequence[_Date]) -> list[DateFound]:
        """Return the proposals, one for each date."""
        return [found for one in dates if (found := self._one(one))]

    def _one(self, one: _Date) -> DateFound | None:
        number = self.document.paragraphs.index_at(one.start)
        if number != self.paragraph:
            self.paragraph, self.anchor = number, None
        ends = self._ends(one)
        self._remember(one, ends)
        edtf = self._edtf(one, ends)
        return self._bounded(one, edtf)

    def _ends(self, one: _Date) -> tuple[Ymd | None, Ymd | None]:
        """Return first and last day, month or year of a date; None where it cannot be told."""
        a, b = one.first, one.second
        if b is None:
            first = self._filled(a, None)
            last = a.last
            if last and first and last[0] is None:
                last = (first[0], last[1], last[2])
            return first, last
        if a.year is None and not a.settled:
            last = self._filled(b, None)
            first = self._filled(a, last)
        else:
            first = self._filled(a, None)
            last = self._filled(b, first, after=True)
        return first, last

    def _filled(self, point: Point, beside: Ymd | None, *, after: bool = False) -> Ymd | None:
        """Return year, month and day of a point, its year taken from what stands beside it."""
        if point.settled:
            m = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?[~?%]?", point.settled)
            return (int(m[1]), int(m[2] or 0) or None, int(m[3] or 0) or None) if m else None
        if point.back is not None or point.from_end is not None:
            return self._moved(point)
        month = point.month or (3 * (point.season - 20) if point.season else None)
        if point.day and not month:
            return (*self.seen, point.day) if self.seen else None
        if point.year is not None:
            return point.year, point.month, point.day
        if month is None:
            return None
        if beside and beside[0] is not None:
            other = beside[1] or month
            year = beside[0] + (
                1 if after and month < other else -1 if not after and month > other else 0
            )
            return year, point.month, point.day
        year_found = self._year(point, month)
        return (year_found, point.month, point.day) if year_found is not None else None

    def _moved(self, point: Point) -> Ymd | None:
        if not self.day:
            return None
        shift = point.back if point.back is not None else point.from_end or 0
        try:
            day = self.day[1] + timedelta(days=shift)
        except OverflowError:  # past the year 9999, which a text may well write
            return None
        return day.year, day.month, day.day

    def _year(self, point: Point, month: int) -> int | None:
        on = self.document.on
        if self.bare and self.document.sentence(self.bare[1]) == self.document.sentence(
            point.start
        ):
            return self.bare[0]
        old = self.anchor and (on is None or self.anchor[0] < on.year - 1)
        if self.anchor and old and not point.season:
            return self._nearest(self.anchor, month, on)
        if on:
            return on.year - ((month, point.day or 1) > (on.month, on.day))
        return self._nearest(self.seen, month, on) if self.seen else None

    def _nearest(self, anchor: tuple[int, int], month: int, on: date | None) -> int:
        year, near = anchor
        best = min((year, year - 1, year + 1), key=lambda y: abs((y - year) * 12 + month - near))
        return best - 1 if on and (best, month) > (on.year, on.month) else best

    def _remember(self, one: _Date, ends: tuple[Ymd | None, Ymd | None]) -> None:
        first, last = ends[0], ends[1] or ends[0]
        explicit = one.first.year is not None or (one.second and one.second.year is not None)
        if last and last[0] and last[1]:
            self.seen = (last[0], last[1])
            if explicit:
                self.anchor = self.seen
        elif last and last[0] and explicit:
            self.bare = (last[0], one.start)
        if first and last and all(first) and all(last):
            a, b = _day(first), _day(last)
            self.day = (a, b) if a and b else self.day

    def _edtf(self, one: _Date, ends: tuple[Ymd | None, Ymd | None]) -> str | None:
        a, b = one.first, one.second
        if b is None and a.settled:
            return a.settled
        first, last = ends
        if a.season and first and first[0]:
            return f"{first[0]:04}-{a.season}{a.mark}"
        if a.week and first and first[0] and first[1]:
            return _week(first[0], first[1], a.week)
        left = _spell(first)
        if left is None or (b and last is None):
            return None
        if last is None:
            return left + a.mark
        right = _spell(last)
        mark = "~" if a.mark == "~first" else a.mark
        return f"{left}{mark}/{right}{b.mark if b else ''}" if right else None

    def _bounded(self, one: _Date, edtf: str | None) -> DateFound | None:
        """Add the bound words around a date to its span and to its value."""
        start, end, why = one.start, one.end, one.first.why or "A date as it is written."
        copy, floor = self.copy, max(0, one.start - 32)
        window = copy[copy.rfind("\n", floor, start) + 1 or floor : start]
        interval = edtf is not None and "/" in edtf
        lead = _NIGHT.search(window) or (_BEFORE_RANGE.search(window) if interval else None)
        tail = _AFTER.match(copy, end)
        if lead or tail and (lead := _FROM.search(window)):
            start -= len(window) - lead.start(1)
        if lead and not tail:
            return self._proposal(one, start, end, edtf, why)
        bound = None if lead else _bounds().search(window)
        if bound and bound[0]:
            start -= len(window) - bound.start()
            edtf = _with_part(edtf) if bound["part"] else edtf
            for name in ("since", "until", "about", "perhaps"):
                if bound[name]:
                    edtf = _apply(name, edtf, bound[name] + (" week" if one.first.week else ""))
        if tail:
            end = tail.end()
            edtf = _apply(tail.lastgroup or "", edtf, tail[0])
        return self._proposal(one, start, end, edtf, why)

    def _proposal(
        self, one: _Date, start: int, end: int, edtf: str | None, why: str
    ) -> DateFound | None:
        if edtf is not None and not all(_valid(part) for part in edtf.split("|")):
            edtf, why = None, "No such day stands in the calendar."
        place = self.document.place(start, end)
        rule = one.first.rule if one.second is None else "date.interval"
        return DateFound(
            id="", start=place.start, end=place.end, text=place.text, rule=rule, why=why, edtf=edtf
        )


def _with_part(edtf: str | None) -> str | None:
    return f"{edtf}~" if edtf and edtf[-1].isdigit() and "/" not in edtf else edtf


def _apply(bound: str, edtf: str | None, phrase: str) -> str | None:
    """Return a date with a bound: since (open end), until (open beginning), about, perhaps."""
    if edtf is None or "|" in edtf:
        return edtf
    if bound in ("since", "until"):
        if re.search(r"\b(?:about|around|early|late)$", phrase.lower()):
            edtf = _with_part(edtf) or edtf
        first, _, last = edtf.partition("/")
        if bound == "since":
            return f"{first}/.."
        return f"../{last or first}" + ("~" if " week" in phrase else "")
    if edtf.endswith("X") or "/" in edtf:
        return edtf
    return edtf.rstrip("~?%") + ("~" if bound == "about" else "?")


def _spell(ymd: Ymd | None) -> str | None:
    if ymd is None or ymd[0] is None:
        return None
    return f"{ymd[0]:04}" + "".join(f"-{part:02}" for part in ymd[1:] if part)


def _week(year: int, month: int, number: int) -> str | None:
    """Return the days of the nth week of a month; 11 and 12 stand for its halves."""
    last = calendar.monthrange(year, month)[1]
    first, final = {11: (1, 15), 12: (16, last), -1: (last - 6, last)}.get(
        number, (7 * number - 6, min(7 * number, last))
    )
    return f"{year:04}-{month:02}-{first:02}/{year:04}-{month:02}-{final:02}"


def _day(ymd: Ymd) -> date | None:
    try:
        return date(ymd[0] or 1, ymd[1] or 1, ymd[2] or 1)
    except ValueError:
        return None


def _valid(edtf: str) -> bool:
    try:
        span(edtf)
    except DateError:
        return False
    return True
