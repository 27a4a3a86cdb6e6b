"""Relative dates: words that count from the day of the text or from a date before them."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from gravamen.reading.dates.points import ORDINALS, Point
from gravamen.reading.numerals import WORDS, numeral
from gravamen.reading.text import Document

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_N = rf"(?P<n>\d{{1,3}}|{WORDS}|an?)"
_TIME = (
    r"(?:,? (?:at|between|from|around|about|by|until) \d{1,2}(?:[.:]\d\d)?(?: ?[ap]\.?m\.?)?"
    r"(?: (?:and|to|or) \d{1,2}(?:[.:]\d\d)?)? ?(?:[ap]\.m\.|[ap]m\b|o'clock|hours\b))?"
)


def _point(m: re.Match[str], rule: str, settled: str | None, why: str) -> Point:
    return Point(start=m.start(), end=m.end(), rule=rule, settled=settled, unread=settled is None,
                 why=why if settled else f"{why} No reference date is known.")  # fmt: skip


def _day_word(m: re.Match[str], document: Document) -> Iterator[Point]:
    word = m["word"].lower()
    shift = -1 if word.startswith(("yesterday", "last")) else 1 if word == "tomorrow" else 0
    if "before" in m[0].lower():
        shift = -2
    settled = (document.on + timedelta(days=shift)).isoformat() if document.on else None
    yield _point(m, "date.today", settled, "Counted from the day of the text.")


def _weekday(m: re.Match[str], document: Document) -> Iterator[Point]:
    lead, on = (m["lead"] or "").lower(), document.on
    if lead in ("every", "each") or not m["day"][0].isupper():
        return
    if on is None:
        yield _point(m, "date.weekday", None, "A day of the week.")
        return
    ago = (on.weekday() - WEEKDAYS.index(m["day"].lower())) % 7
    if lead == "next":
        days = [on + timedelta(days=(7 - ago) or 7)]
    elif lead in ("last", "past", "previous"):
        days = [on - timedelta(days=ago or 7)]
    elif ago == 0:
        days = [on, on - timedelta(days=7)]
    else:
        days = [on - timedelta(days=ago)]
    yield _point(m, "date.weekday", "|".join(d.isoformat() for d in days),
                 "The last such day of the week up to the day of the text.")  # fmt: skip


def _period(m: re.Match[str], document: Document) -> Iterator[Point]:
    """This, last and next week, month and year."""
    on, what = document.on, m["what"].lower()
    shift = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1}.get(
        m["lead"].lower(), 0
    )
    mark = "~" if m["part"] and what != "week" else ""
    settled = None
    if on and what == "week":
        first = on - timedelta(days=on.weekday()) + timedelta(weeks=shift)
        settled = f"{first}/{first + timedelta(days=6)}"
    elif on and what == "month":
        settled = _month_from(on, shift) + mark
    elif on:
        settled = f"{on.year + shift:04}{mark}"
    yield _point(m, f"date.{what}", settled, "Counted from the day of the text.")


def _month_from(on: date, shift: int) -> str:
    index = on.year * 12 + on.month - 1 + shift
    return f"{index // 12:04}-{index % 12 + 1:02}"


def _ago(m: re.Match[str], document: Document) -> Iterator[Point]:
    on, unit = document.on, m["unit"].lower()
    n = 1 if m["n"].lower() in ("a", "an") else int(numeral(m["n"]) or 0)
    if not n:
        return
    settled = None
    if on and n < 1500:
        if unit == "day":
            settled = (on - timedelta(days=n)).isoformat()
        elif unit == "week":
            settled = f"{on - timedelta(weeks=n)}~"
        elif unit == "month":
            settled = f"{_month_from(on, -n)}~"
        else:
            settled = f"{on.year - n:04}~"
    yield _point(m, "date.ago", settled, "Counted back from the day of the text.")


def _named_month(m: re.Match[str], document: Document) -> Iterator[Point]:
    """Last September, next May."""
    on, number = document.on, MONTHS.index(m["m"].lower()) + 1
    settled = None
    if on:
        lead = m["lead"].lower()
        if lead == "next":
            year = on.year + (number <= on.month)
        else:
            year = on.year - (number >= on.month if lead == "last" else number > on.month)
        settled = f"{year:04}-{number:02}"
    yield _point(m, "date.named-month", settled, "Counted from the day of the text.")


def _same_day(m: re.Match[str], document: Document) -> Iterator[Point]:
    yield Point(start=m.start(), end=m.end(), rule="date.same-day", back=0,
                why="The day named before it.")  # fmt: skip


def _near_day(m: re.Match[str], document: Document) -> Iterator[Point]:
    words = m[0].lower()
    shift = -1 if re.search(r"previous|before|preceding|earlier", words) else 1
    yield Point(start=m.start(), end=m.end(), rule="date.near-day", back=shift,
                why="Counted from the day named before it.")  # fmt: skip


def _days_later(m: re.Match[str], document: Document) -> Iterator[Point]:
    n = 1 if m["n"].lower() in ("a", "an") else int(numeral(m["n"]) or 0)
    days = n * (7 if m["unit"].lower() == "week" else 1)
    if days and days < 1000:
        yield Point(start=m.start(), end=m.end(), rule="date.days-later",
                    back=-days if m["way"].lower() in ("earlier", "before") else days,
                    mark="~" if days > 6 else "",
                    why="Counted from the day named before it.")  # fmt: skip


def _nth_day(m: re.Match[str], document: Document) -> Iterator[Point]:
    n = ORDINALS.get(m["nth"].lower(), 0)
    if n > 0:
        why = "Counted from the day named before it, which is taken as the first."
        yield Point(
            start=m.start("the"),
            end=m.end(),
            rule="date.nth-day",
            from_end=n - 1,
            mark="?",
            why=why,
        )


def _day_number(m: re.Match[str], document: Document) -> Iterator[Point]:
    if 1 <= int(m["d"]) <= 31:
        yield Point(start=m.start("the"), end=m.end("o"), rule="date.day-number", day=int(m["d"]),
                    why="A day of the month named before it.")  # fmt: skip


def _ending(m: re.Match[str], document: Document) -> Iterator[Point]:
    """A six-month period ending in June; a two-year period up to June."""
    on, n = document.on, int(numeral(m["n"]) or 0)
    number = MONTHS.index(m["m"].lower()) + 1
    year = int(m["y"]) if m["y"] else on.year - (number > on.month) if on else None
    if m["y"] is None and on and number == on.month:
        year = on.year
    settled = None
    if year and n:
        months = n * (12 if m["unit"].lower() == "year" else 1)
        settled = f"{_month_from(date(year, number, 1), 1 - months)}/{year:04}-{number:02}"
    yield _point(m, "date.period-ending", settled, "A period counted back from its last month.")


_MONTH = "|".join(MONTHS)
_SAME = r"(?:day|night|evening|morning|afternoon|date)"
FORMS: tuple[tuple[str, Callable[[re.Match[str], Document], Iterator[Point]]], ...] = (
    ((rf"\b(?:a|the) {_N}[- ](?P<unit>month|year)s?(?:-long)? period"
         rf" (?:ending|up to|to|until|ended)(?: in| on)? (?P<m>{_MONTH})"
         r"(?: (?P<y>(?:1[5-9]|20)\d\d))?(?!\w)"), _ending),
    ((rf"\b(?:some |about |around |roughly |nearly |almost |over |more than )?{_N}"
         r" (?P<unit>day|week|month|year)s? ago\b"), _ago),
    ((r"\b(?:the day before )?(?P<word>today|yesterday|tomorrow|tonight|last night"
         r"|this (?:morning|afternoon|evening))(?:'s)?\b(?! and age)"), _day_word),
    ((r"\b(?P<part>early |earlier |late |later )?"
         r"(?P<lead>this|last|next|past|coming|previous) "
         r"(?P<what>week|month|year)\b(?!-)"), _period),
    (rf"\b(?P<lead>last|this|next) (?P<m>{_MONTH})\b(?! \d)", _named_month),
    ((r"\b(?:(?P<lead>last|this|next|past|previous|every|each) )?(?P<day>"
         + "|".join(WEEKDAYS) + r")\b(?!s\b)"), _weekday),
    (rf"\b(?:that(?: very| same)?|(?:on |in )?the same) {_SAME}\b{_TIME}", _same_day),
    ((r"\bthe (?:next|following|previous|preceding)"
         r" (?:day|morning|night|evening|afternoon)\b"
         r"|\bthe day (?:before|after)(?= ?[.,;)]|$)"), _near_day),
    (rf"\b{_N} (?P<unit>day|week)s? (?P<way>later|earlier|afterwards)\b", _days_later),
    (rf"\bon (?P<the>the) (?P<nth>{'|'.join(ORDINALS)}) day\b(?! of\b)", _nth_day),
    ((r"\b(?:on|by|until|since|of|from) (?P<the>the) (?P<d>\d{1,2})(?P<o>st|nd|rd|th)"
         r"(?= ?(?:[.,;:)]|$)| (?:and|at|in|when|after|before|to|I|we|he|she|they|it|the)\b)"),
     _day_number),
)  # fmt: skip
