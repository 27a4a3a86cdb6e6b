"""Dates: partial dates in EDTF, the days they span, whether two periods overlap.

Written forms, out of level 1 (Library of Congress, Extended Date/Time Format, 4 February 2019):
`2020`, `2020-09`, `2020-09-27`, intervals `a/b` with open ends `..`, decades `199X`, seasons
`2021-21` to `2021-24`, uncertain `?`, approximate `~`, both `%`. Of what level 1 has beside these,
`2020-XX` is `2020`; years before 1 and after 9999, times of day and centuries have no form here.
"""

import calendar
import re
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import Literal, NamedTuple, NewType

from gravamen.values import GravamenError, Value

Edtf = NewType("Edtf", str)
Moment = NewType("Moment", str)
Overlap = Literal["yes", "possible", "no"]

_POINT = re.compile(
    r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?(?P<mark>[?~%]?)\Z"
)
# Dates in other forms, to say how they are written here.
_BY_DAY = re.compile(
    r"(?P<a>[0-9]{1,2})(?P<sign>[/.])(?P<b>[0-9]{1,2})(?P=sign)(?P<year>[0-9]{4})\Z"
    r"|(?P<first>[0-9]{4})[-/.](?P<month>[0-9]{1,2})[-/.](?P<day>[0-9]{1,2})\Z"
)
_BY_NAME = re.compile(
    r"(?:(?P<day>[0-9]{1,2})\.? (?P<month>[A-Za-z]+)|(?P<word>[A-Za-z]+) (?P<number>[0-9]{1,2}),?)"
    r" (?P<year>[0-9]{4})\Z"
)
_DECADE = re.compile(r"(?P<decade>[0-9]{3})X(?P<mark>[?~%]?)\Z")
# Not the calendar module's, which speak the language of the machine.
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_SEASONS = {
    21: (3, 5, "spring"),
    22: (6, 8, "summer"),
    23: (9, 11, "autumn"),
    24: (12, 2, "winter"),
}


_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"(?P<time>T[0-9]{2}:[0-9]{2}(?::[0-9]{2})?(?:Z|[+-][0-9]{2}:[0-9]{2}))?\Z"
)
_DAY_IN_WORDS = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(_MONTHS)}) (\d{{4}})\b")
_OPEN = ("", "..")
# Moments are counted on and back from, which the calendar of Python has no room for at its ends.
FIRST_YEAR, LAST_YEAR = 1000, 9000
_LASTING_DAYS = 31


class DateError(GravamenError):
    """A date that is no EDTF level 1 date, or no day of the calendar."""


class Instant(NamedTuple):
    """A moment: the day where it happened, and its time where that is known.

    Args:
        at: an aware time; None where the day alone is known.
    """

    day: date
    at: datetime | None

    def first(self) -> datetime:
        """The earliest time that it may mean, in UTC."""
        return self.at or datetime.combine(self.day, time.min, UTC)

    def last(self) -> datetime:
        """The latest time that it may mean, in UTC."""
        return self.at or datetime.combine(self.day, time.max, UTC)


@lru_cache(maxsize=100_000)
def instant(moment: str) -> Instant:
    """Return the day and time of a moment: `2026-05-12`, `2026-05-12T10:00-07:00`, `…T17:00Z`.

    Raises:
        DateError: it is neither, its time has no offset from UTC, or its year is before 1000 or
            after 9000.
    """
    found = _MOMENT.match(moment)
    if not found:
        raise DateError(
            f"{moment!r} is no moment; write a day as 2026-05-12, or a time with its offset from "
            "UTC as 2026-05-12T10:00-07:00 or 2026-05-12T17:00Z."
        )
    try:
        at = datetime.fromisoformat(moment)
    except ValueError as error:
        raise DateError(f"{moment!r} is no moment of the calendar ({error}).") from None
    if not counted_year(at.year):
        raise DateError(
            f"{moment!r} is no moment that can be counted with: its year is before {FIRST_YEAR} or "
            f"after {LAST_YEAR}; correct it."
        )
    return Instant(at.date(), at.astimezone(UTC) if found["time"] else None)


def counted_year(year: int) -> bool:
    """Whether a year is one in which moments are counted: from 1000 to 9000."""
    return FIRST_YEAR <= year <= LAST_YEAR


class Span(Value):
    """The days a date may mean: first and last, either of them None where it is open."""

    first: date | None
    last: date | None
    approximate: bool = False
    uncertain: bool = False

    @property
    def fuzzy(self) -> bool:
        """Whether the words leave the day itself in doubt (about, perhaps)."""
        return self.approximate or self.uncertain


def span(edtf: str) -> Span:
    """Return the span of days that a partial date or interval covers.

    Raises:
        DateError: the text is not EDTF level 1, or names a day that no calendar has, or its
            interval ends before it begins.
    """
    if "/" not in edtf or _BY_DAY.match(edtf):
        return _point(edtf)
    start, _, end = edtf.partition("/")
    if start in _OPEN and end in _OPEN:
        raise DateError(f"The interval {edtf!r} has neither beginning nor end; leave the date out.")
    a = Span(first=None, last=None) if start in _OPEN else _point(start)
    b = Span(first=None, last=None) if end in _OPEN else _point(end)
    if a.first and b.last and b.last < a.first:
        raise DateError(
            f"The interval {edtf!r} ends before it begins; write the earlier date first."
        )
    return Span(
        first=a.first,
        last=b.last,
        approximate=a.approximate or b.approximate,
        uncertain=a.uncertain or b.uncertain,
    )


def _point(text: str) -> Span:
    if m := _DECADE.match(text):
        year = int(m["decade"]) * 10
        return _marked(date(max(year, 1), 1, 1), date(year + 9, 12, 31), m["mark"])
    m = _POINT.match(text)
    if not m:
        days = meant(text)
        written = " or ".join(days) or "2020, 2020-09, 2020-09-27, 2020~ or an interval a/b"
        which = ", whichever is meant" if len(days) > 1 else ""
        raise DateError(f"{text!r} is not a date; write {written}{which}.")
    year, month, day = int(m["year"]), int(m["month"] or 0), int(m["day"] or 0)
    try:
        if m["day"]:
            return _marked(date(year, month, day), date(year, month, day), m["mark"])
        if month in _SEASONS:
            return _season(year, month, m["mark"])
        if m["month"]:
            last = calendar.monthrange(year, month)[1]
            return _marked(date(year, month, 1), date(year, month, last), m["mark"])
        return _marked(date(year, 1, 1), date(year, 12, 31), m["mark"])
    except ValueError as error:
        raise DateError(f"{text!r} is not a day of the calendar ({error}).") from None


def _season(year: int, season: int, mark: str) -> Span:
    first, last, _ = _SEASONS[season]
    end_year = year + 1 if last < first else year
    return _marked(
        date(year, first, 1), date(end_year, last, calendar.monthrange(end_year, last)[1]), mark
    )


def meant(text: str) -> tuple[str, ...]:
    """Return the days that a date in another form may mean: 14/06/2024, 14 June 2024, 2026-3-2.

    Of 05/06/2024 there are two, that with the day before the month first.
    """
    m, named = _BY_DAY.match(text), _BY_NAME.match(text)
    found: list[tuple[int, int, int]] = []
    if m and m["first"]:
        found = [(int(m["first"]), int(m["month"]), int(m["day"]))]
    elif m:
        year, a, b = int(m["year"]), int(m["a"]), int(m["b"])
        found = [(year, b, a), (year, a, b)]
    elif named and (month := _month(named["month"] or named["word"])):
        found = [(int(named["year"]), month, int(named["day"] or named["number"]))]
    days = (f"{y:04}-{m:02}-{d:02}" for y, m, d in dict.fromkeys(found) if _is_day(y, m, d))
    return tuple(days)


def _month(word: str) -> int | None:
    """The number of a month by its name or the first three letters of it."""
    said = word.lower()
    return next((n for n, m in enumerate(_MONTHS, 1) if said in (m.lower(), m[:3].lower())), None)


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _marked(first: date, last: date, mark: str) -> Span:
    return Span(
        first=first, last=last, approximate=mark in ("~", "%"), uncertain=mark in ("?", "%")
    )


def within(day: date, start: str | None, end: str | None) -> Overlap:
    """Say whether a period held on a day, each end of the period being a partial date or None."""
    return overlap(start, end, day.isoformat())


def overlap(start: str | None, end: str | None, when: str) -> Overlap:
    """Say whether a period (its start and end partial dates, None where unknown) covers a date.

    "yes" when every reading of the dates makes them overlap, "no" when none does, "possible"
    otherwise. An unknown start or end is never better than "possible"; the end ".." says that
    the period goes on. A date that is approximate or uncertain may lie outside its days by as
    many days again. An act over more than a month ("2018/2020") is taken to have gone on all that
    time, so a period that covers part of it overlaps; a shorter one may mean either day.
    """
    act = span(when)
    begun, ended = _end(start), _end(end)
    if (begun and _before(act, begun)) or (ended and _before(ended, act)):
        return "no"
    if begun is None or ended is None or any(s.fuzzy for s in (begun, ended, act)):
        return "possible"
    return "yes" if _surely(begun.last or date.min, ended.first or date.max, when) else "possible"


def _end(text: str | None) -> Span | None:
    if text in _OPEN:
        return Span(first=None, last=None)
    return span(text) if text else None


def _before(one: Span, other: Span) -> bool:
    """Whether one date lies wholly before the other, whatever either of them may mean."""
    last, first = _widened(one).last, _widened(other).first
    return last is not None and first is not None and last < first


def _widened(dates: Span) -> Span:
    """The days that a date about which there is doubt may mean: its own and as many around."""
    if not dates.fuzzy:
        return dates
    first, last = dates.first, dates.last
    days = (last - first).days + 1 if first and last else _LASTING_DAYS
    return Span(
        first=first and date.fromordinal(max(first.toordinal() - days, 1)),
        last=last and date.fromordinal(min(last.toordinal() + days, date.max.toordinal())),
    )


def _surely(core_first: date, core_last: date, when: str) -> bool:
    """Whether the days on which the period surely held cover the act, or part of a lasting one."""
    act = span(when)
    first, last = act.first or date.min, act.last or date.max
    if core_first <= first and last <= core_last:
        return True
    if "/" not in when or (last - first).days <= _LASTING_DAYS:
        return False
    start, _, end = when.partition("/")
    begins, ends = _end(start), _end(end)
    sure_first = (begins and begins.last) or (ends and ends.first) or date.max
    sure_last = (ends and ends.first) or (date.max if end == ".." else sure_first)
    return max(core_first, sure_first) <= min(core_last, sure_last)


def spell(edtf: str, *, style: Literal["us", "int"] = "int") -> str:
    """Return a date in words: "3 March 2018" (int) or "March 3, 2018" (us), bounds kept."""
    span(edtf)
    if "/" in edtf:
        start, _, end = edtf.partition("/")
        if start in _OPEN:
            return f"until {spell(end, style=style)}"
        if end in _OPEN:
            word = "since" if end == ".." else "from"
            return f"{word} {spell(start, style=style)}"
        return f"{spell(start, style=style)} to {spell(end, style=style)}"
    mark, bare = (edtf[-1], edtf[:-1]) if edtf[-1] in "?~%" else ("", edtf)
    before = {"": "", "~": "about ", "?": "perhaps ", "%": "perhaps about "}[mark]
    return before + _bare(bare, style)


def respelt(words: str, *, style: Literal["us", "int"]) -> str:
    """Return words in which each day that is written "21 June 2022" is spelt in a style."""

    def other(found: re.Match[str]) -> str:
        day, month, year = int(found[1]), _MONTHS.index(found[2]) + 1, int(found[3])
        if not _is_day(year, month, day):
            return found[0]
        return spell(f"{year:04}-{month:02}-{day:02}", style=style)

    return _DAY_IN_WORDS.sub(other, words)


def _bare(bare: str, style: str) -> str:
    if bare.endswith("X"):
        return f"the {bare[:3]}0s"
    parts = [int(p) for p in bare.split("-")]
    if len(parts) == 1:
        return bare
    if parts[1] in _SEASONS:
        return f"{_SEASONS[parts[1]][2]} {parts[0]}"
    month = _MONTHS[parts[1] - 1]
    if len(parts) == 2:
        return f"{month} {parts[0]}"
    return f"{month} {parts[2]}, {parts[0]}" if style == "us" else f"{parts[2]} {month} {parts[0]}"
