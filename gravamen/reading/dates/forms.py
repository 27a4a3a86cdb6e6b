"""Date forms: the patterns of dates, fuller forms first, each with what reads it."""

import re
from collections.abc import Callable, Iterator
from functools import cache

from gravamen.reading.dates import relative
from gravamen.reading.dates.points import (
    DECADES,
    ORDINALS,
    Point,
    birth_wrong,
    birth_year,
    days_then_month,
    decade,
    foreign,
    iso,
    month_alone,
    months,
    months_then_year,
    numeric,
    part_of,
    season,
    year_alone,
    year_range,
)
from gravamen.reading.mend import pattern
from gravamen.reading.text import Document

Reader = Callable[[re.Match[str], Document], Iterator[Point]]

_M, _G = months()[2:]
_YYYY = r"(?:1[5-9]|20)\d\d"
_YEAR = rf"{_YYYY}(?!\d|[.,]\d)"
_WEEKDAY = "(?:" + "|".join(relative.WEEKDAYS) + r"|(?:mon|tue|tues|wed|thu|thurs|fri|sat|sun)\.)"
_DAY = r"[0-3]?\d(?!\d)(?:st|nd|rd|th)?"
_SEP = r"(?: ?[-/] ?| to (?:the )?| and (?:the )?| or (?:the )?| through | until | till )"
_DAYS = rf"{_DAY}(?:(?:, ?{_DAY}){{1,12}},? (?:and|or) {_DAY}|{_SEP}{_DAY}(?:{_SEP}{_DAY})?)?"
_GSEP = (
    r"(?: ?[-/] ?| (?:au|al|a|à|et|y|und|bis|bis zum|по|до|и|і|й|та|ve|ilə|və|և|и|و|إلى|تا|და|o|ou"
    r"|oder|или|або) )"
)
_GEND = r"(?:\.|er\b|º|-?(?:го|е|ші|ին|ից|ს)\b)?"
_GDAYS = rf"[0-3]?\d(?!\d){_GEND}(?:{_GSEP}[0-3]?\d(?!\d){_GEND})?"
_GYEAR = r"(?:[- ]?\w{1,3})? ?(?:թ\.|թվականի\w*|ilin|ilinin|yılının|yılı|წლის|года|року)"
_PART = r"(?:(?:the )?(?P<part>early|late|mid)(?:[- ](?:in )?| to (?:early|mid|late)[- ]))?"
_END = r"(?![\w%]|[.,:]\d)"
_L = r"(?<![\w./$€£#-])"
_NTH = "|".join(ORDINALS)


_BIRTH = (
    r"(?<!\w)(?:born|b\.|d\.?o\.?b\b\.?|y\.?o\.?b\b\.?|(?:year|date|day) of birth|birth date)"
    r"(?: ?:)?(?: (?:in|on|of))? ?"
)
_WRITTEN: tuple[tuple[str, Reader], ...] = (
    (rf"{_L}(?P<y>{_YEAR})-(?P<m>\d\d)(?:-(?P<d>\d\d))?(?![\w-])", iso),
    ((rf"(?<![\w./-])(?P<a>\d{{1,2}})(?P<s>[./-])(?P<b>\d{{1,2}})(?P=s)(?P<y>{_YYYY})"
         r"(?![\w/-]|\.\d)"), numeric),
    (r"(?<![\w./-])(?P<a>\d\d)(?P<s>[./])(?P<b>\d\d)(?P=s)(?P<y>\d\d)(?![\w/-]|\.\d)",
     numeric),
    ((rf"{_L}(?:the )?(?:very )?(?:(?P<nth>{_NTH}) )?(?:few )?"
         r"(?P<what>quarter|half|week|end|close|beginning|start|middle"
         r"|(?:early |latter |later |first |second )?part|days|months)"
         rf" of (?:(?P<m>{_M})\b(?:\.(?= \d))?)?"
         rf"(?:(?:(?<=of )|,? (?:of )?)(?:the year )?(?P<y>{_YEAR}))?(?!\w)"), part_of),
    ((rf"{_L}(?:{_WEEKDAY},? (?:the )?)?(?P<days>{_DAYS})(?:\.(?= \w+ {_YYYY}))?"
         rf"(?: day)?(?: of)?[ -](?P<m>{_M})(?:\.(?=,? ?\d{{4}}| [a-z]|,))?"
         rf"(?:(?:,| of)?[ -]?(?P<y>{_YEAR}){_END}|(?!\w))"), days_then_month),
    ((rf"{_L}(?:{_WEEKDAY},? (?:the )?)?\b(?P<m>{_M})\.? (?:the )?(?P<days>{_DAYS})"
         rf"(?:(?:,| of)? ?(?P<y>{_YEAR}){_END}|(?![\w%:]|[.,]\d))"), days_then_month),
    ((rf"(?<!\w){_PART}(?P<m>{_M})\.?(?:{_SEP}(?P<m2>{_M})\.?)?(?:,| of| in)? (?P<y>{_YEAR})"
         rf"{_END}"), months_then_year),
    (rf"{_L}(?P<y>{_YEAR}){_GYEAR} (?P<days>{_GDAYS}) ?(?P<m>{_G})(?!\w)", foreign),
    (rf"{_L}(?P<y>{_YEAR}){_GYEAR} (?P<m>{_G})(?: (?P<days>\d{{1,2}})(?:-\w+)?)?(?!\w)",
     foreign),
    ((rf"{_L}(?P<days>{_GDAYS}) ?(?:de |del |d'|of )?(?P<m>{_G})\.?"
         r"(?:,?(?: de| del| von)? ?(?P<y>\d{4})(?!\d)|(?!\w))"), foreign),
    ((rf"(?<!\w)(?P<m>{_G})\.?(?:{_GSEP}(?P<m2>{_G})\.?)?,?(?: de| del)?"
         r" (?P<y>\d{4})(?!\d)"), foreign),
)  # fmt: skip
_SHORTER: tuple[tuple[str, Reader], ...] = (
    ((rf"{_L}(?:the )?"
         r"(?:(?P<lead>last|this|next|the|in|since|by|until|during|that|previous) )?"
         r"(?:the )?(?P<keep>(?P<part>(?:early|late|mid)[- ])?"
         r"(?P<s>spring|summer|autumn|fall|winter))"
         rf"(?:(?: of|,)? (?P<y>{_YYYY})(?:[-/]\d\d(?!\d))?{_END}|(?!\w))(?! (?:of|to) )"), season),
    ((rf"{_L}(?:the (?:years )?)?(?P<y>{_YYYY}) ?[-/] ?(?P<z>{_YYYY}|\d\d)"
         r"(?![\w/-]|[.,]\d)"), year_range),
    ((r"(?<![\w./$])(?:the )?(?:(?:early|late|mid)[- ])?(?:to (?:early|mid|late)[- ])?"
         r"(?:(?P<digits>(?:1[5-9]|20)\d0'?s|'\d0s)|the (?P<word>"
         + "|".join(DECADES) + r"))(?!\w)"), decade),
    (rf"(?<!\w){_PART}(?P<m>{_M})\b(?!\.\w|-\w)", month_alone),
    (rf"{_L}(?P<part>(?:early|late|mid)(?:[- ](?:in )?))?(?P<y>{_YEAR}){_END}",
     year_alone),
)  # fmt: skip
_BIRTHS: tuple[tuple[str, Reader], ...] = (
    ((rf"{_BIRTH}(?P<about>(?:c\.|ca\.|circa|about|around) ?)?(?P<y>{_YEAR}){_END}"
         r"(?![-/]\d)"), birth_year),
    (rf"{_BIRTH}(?P<wrong>\d{{1,4}}(?:[./-]\d{{1,2}}[./-]| (?:{_M}) )\d{{2,4}})(?!\w)",
     birth_wrong),
)  # fmt: skip


@cache
def forms() -> tuple[tuple[re.Pattern[str], Reader], ...]:
    """The patterns and what reads each, compiled once the first text is read: it takes a tenth of a
    second, and most commands read none."""
    written = (*_WRITTEN, *relative.FORMS, *_BIRTHS, *_SHORTER)
    return tuple((pattern(form), reader) for form, reader in written)


def find_points(document: Document) -> list[Point]:
    """Return the points of a text in order; where forms overlap, the fuller form wins."""
    copy = document.copy
    taken = bytearray(len(copy))
    points: list[Point] = []
    for form, reader in forms():
        for m in form.finditer(copy):
            start, end = m.span()
            if any(taken[start:end]):
                continue
            for point in _read(reader, m, document):
                taken[point.start : point.end] = b"\x01" * (point.end - point.start)
                points.append(point)
    return sorted(points, key=lambda p: p.start)


def _read(reader: Reader, m: re.Match[str], document: Document) -> list[Point]:
    try:
        return list(reader(m, document))
    except OverflowError:  # counted past the first or the last day of the calendar
        return []
