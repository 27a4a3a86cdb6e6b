"""Date points: the single dates, months, years and relative words that a text writes down.

A point may lack its year or more; `dates.py` joins points to intervals, adds the bounds and fills
in what a point lacks.
"""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

import msgspec
import yaml

from gravamen.reading.text import DATA, Document
from gravamen.values import Value

Ymd = tuple[int | None, int | None, int | None]
_LATIN_ENDING = r"(?:'?(?:[ıiuü]?n?[dt][aeə]n?|[ıiuü]n(?:[dt][aeə]n?|[aeə])?|[aeə]|y[aeə]))?"
_LAW_BEFORE = re.compile(
    r"\b(?:Act|Law|Code|Convention|Protocols?|Regulations?|Order|Decree|Treaty|Charter|Constitution"
    r"|Statute|Ordinance|Rules|Covenant|Bill)(?:,| of| \(|,? of)? ?$"
)
_FOREIGN_LEAD = re.compile(r"\b(?:le|el|am|du|del|vom) \Z|de \Z")
_CALENDARS = ("solar-hijri", "lunar-hijri")


class Point(Value):
    """A date as far as the words give it; `last` is the other end of an interval in one form.

    Args:
        settled: the EDTF value, where the words leave nothing to fill in.
        weak: a lone number that is a date only beside others.
        back: relative to an earlier date in the text: how to move from it, in days.
        unread: a calendar that this reader does not convert.
    """

    start: int
    end: int
    rule: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    last: Ymd | None = None
    season: int | None = None
    mark: str = ""
    settled: str | None = None
    weak: bool = False
    back: int | None = None
    from_end: int | None = None
    week: int | None = None
    weekday: int | None = None
    unread: bool = False
    why: str = ""

    @property
    def precision(self) -> int:
        """1 for a year, 2 for a month or season, 3 for a day."""
        return 3 if self.day or self.weekday is not None else 2 if self.month or self.season else 1


class Words(Value):
    """The lists of `date_words.yaml`."""

    bounds: dict[str, list[str]]
    parts: list[str]
    before_year: frozenset[str]
    never_before_year: frozenset[str]
    counted: frozenset[str]
    before_month: frozenset[str]


@cache
def words() -> Words:
    """Return the words around dates."""
    data = yaml.safe_load((DATA / "date_words.yaml").read_text("utf-8"))
    return msgspec.convert(data, Words)


@cache
def months() -> tuple[dict[str, int], tuple[tuple[re.Pattern[str], int, str], ...], str, str]:
    """English names, forms of other languages, and both as alternations for a pattern."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    data = yaml.load((DATA / "months.yaml").read_bytes(), Loader=loader)
    english = {f.lower(): n for n, forms in enumerate(data["en"], 1) for f in forms}
    forms: list[tuple[str, int, str]] = []
    for language, names in data.items():
        for number, group in enumerate(names, 1):
            forms += [(_form(f), number, language) for f in group if language != "en"]
    forms.sort(key=lambda f: -len(f[0]))
    table = tuple((re.compile(f, re.IGNORECASE), n, language) for f, n, language in forms)
    first = "|".join(sorted(english, key=len, reverse=True))
    return english, table, first, "|".join(f for f, _, _ in forms)


def _form(form: str) -> str:
    stem = re.escape(form.rstrip("*"))
    if not form.endswith("*"):
        return stem
    return stem + (_LATIN_ENDING if re.match(r"[A-Za-zŞĞİ]", form) else r"\w{0,6}")


def _month(word: str) -> tuple[int, str]:
    english, table, _, _ = months()
    plain = word.strip(". ").lower()
    if plain in english:
        return english[plain], "en"
    return next(((n, lang) for form, n, lang in table if form.fullmatch(word)), (0, ""))


SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "last": -1,
    "final": -1, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "opening": 1, "closing": -1,
}  # fmt: skip
DECADES = {"twenties": 192, "thirties": 193, "forties": 194, "fifties": 195, "sixties": 196,
           "seventies": 197, "eighties": 198, "nineties": 199}  # fmt: skip


def days_then_month(m: re.Match[str], document: Document) -> Iterator[Point]:
    """A day or a list of days beside the name of a month."""
    number, _ = _month(m["m"])
    lower = m["m"][0].islower()
    if lower and (not m["y"] or m["m"].lower() in ("may", "mar")):
        return
    if not m["y"] and _counts(m.string, m.end()):
        return
    yield from _dated(m, int(m["y"]) if m["y"] else None, number, "date.day-month")


def _counts(copy: str, end: int) -> bool:
    following = re.compile(r" (\w+)").match(copy, end)
    return bool(following and following[1].lower() in words().counted)


def _dated(m: re.Match[str], year: int | None, month: int, rule: str) -> Iterator[Point]:
    """Yield the points of a list of days beside a month: one day, a range, or several."""
    found = [(int(d[0]), d.start(), d.end()) for d in re.finditer(r"\d+", m["days"])]
    if any(not 1 <= day <= 31 for day, _, _ in found):
        return
    at = m.start("days")
    days = [day for day, _, _ in found]
    joints = [m["days"][a[2] : b[1]] for a, b in zip(found, found[1:], strict=False)]
    base = Point(start=m.start(), end=m.end(), rule=rule, year=year, month=month)
    if len(days) == 1:
        yield msgspec.structs.replace(base, day=days[0])
    elif len(days) == 3 and re.search(r"or|/", joints[0]) and _ranges(joints[1]):
        last = (year, month, days[2])
        yield msgspec.structs.replace(base, day=days[0], last=last, mark="~first")
    elif len(days) == 2 and days[0] < days[1] and _spans(m, joints[0], days):
        yield msgspec.structs.replace(base, day=days[0], last=(year, month, days[1]))
    else:
        month_first = m.start("m") < at
        for index, (day, start, end) in enumerate(found):
            first, final = index == 0, index == len(found) - 1
            yield msgspec.structs.replace(
                base,
                day=day,
                start=m.start() if first and month_first else at + start,
                end=m.end() if final else at + end,
            )


def _ranges(joint: str) -> bool:
    return bool(re.search(r"-|to|through|until|till|\b(?:au|al|a|à|bis|по|до|إلى|تا)\b", joint))


def _spans(m: re.Match[str], joint: str, days: list[int]) -> bool:
    """Whether two days are an interval: a range, "or", the next day, or "between"."""
    if _ranges(joint) or re.search(r"or|/|\b(?:o|ou|oder|или|або)\b", joint):
        return True
    before = m.string[max(0, m.start() - 14) : m.start()].lower()
    return days[1] == days[0] + 1 or bool(re.search(r"\b(?:between|entre|zwischen)\W+$", before))


def months_then_year(m: re.Match[str], document: Document) -> Iterator[Point]:
    """A month or two and their year."""
    year = int(m["y"])
    first, _ = _month(m["m"])
    mark = "~" if m.groupdict().get("part") else ""
    base = Point(start=m.start(), end=m.end(), rule="date.month", year=year, month=first, mark=mark)
    if not m.groupdict().get("m2"):
        yield base
        return
    second, _ = _month(m["m2"])
    joint = m.string[m.end("m") : m.start("m2")]
    before = m.string[max(0, m.start() - 14) : m.start()].lower()
    between = bool(re.search(r"\b(?:between|entre|zwischen)\W+$", before))
    if _ranges(joint) or "or" in joint or between or second == first + 1:
        start = year - 1 if second < first else year
        yield msgspec.structs.replace(base, year=start, last=(year, second, None))
    else:
        yield msgspec.structs.replace(base, end=m.end("m"))
        yield msgspec.structs.replace(base, start=m.start("m2"), month=second)


def month_alone(m: re.Match[str], document: Document) -> Iterator[Point]:
    """A month without year or day, where the words before it show that it is one."""
    word, copy = m["m"], m.string
    if word[0].islower() or (len(word) == 3 and word.lower() != "may"):
        return
    lead = re.search(r"(\w+)['.,]?[ -](?:the )?$", copy[max(0, m.start() - 20) : m.start()])
    before = lead[1] if lead else ""
    prepared = before.lower() in words().before_month
    doubtful = word.lower() in ("may", "march", "april", "june", "august")
    following = re.match(r"( [A-Z][a-z]|'s\b)?", copy[m.end() : m.end() + 3])
    named = bool(following and following[0] and following[0] != "'s")
    if (doubtful and (not prepared or named)) or (before[:1].isupper() and not prepared):
        return
    number, _ = _month(word)
    mark = "~" if m["part"] else ""
    yield Point(start=m.start(), end=m.end(), rule="date.month-alone", month=number, mark=mark)


def iso(m: re.Match[str], document: Document) -> Iterator[Point]:
    """A date as ISO 8601 writes it."""
    month, day = int(m["m"]), int(m["d"]) if m["d"] else None
    if 1 <= month <= 12 and (day is None or 1 <= day <= 31):
        yield Point(start=m.start(), end=m.end(), rule="date.iso", year=int(m["y"]), month=month,
                    day=day)  # fmt: skip


def numeric(m: re.Match[str], document: Document) -> Iterator[Point]:
    """A date in numbers; both readings where day and month may stand in either order."""
    a, b, year = int(m["a"]), int(m["b"]), int(m["y"])
    if len(m["y"]) == 2:
        newest = document.on.year if document.on else 2040
        year += 2000 if 2000 + year <= newest else 1900
    day_first, month_first = 1 <= a <= 31 and 1 <= b <= 12, 1 <= b <= 31 and 1 <= a <= 12
    if not day_first and not month_first:
        return
    if day_first and month_first and a != b and m["s"] != ".":
        both = f"{year}-{a:02}-{b:02}|{year}-{b:02}-{a:02}"
        yield Point(start=m.start(), end=m.end(), rule="date.numeric-ambiguous", settled=both,
                    why="Day and month could stand in either order.")  # fmt: skip
        return
    day, month = (a, b) if day_first else (b, a)
    yield Point(start=m.start(), end=m.end(), rule="date.numeric", year=year, month=month, day=day)


def birth_year(m: re.Match[str], document: Document) -> Iterator[Point]:
    """The year after "born" or "b.", with the word that makes it a guess."""
    start = m.start("about") if m["about"] else m.start("y")
    yield Point(start=start, end=m.end("y"), rule="date.birth-year", year=int(m["y"]),
                mark="~" if m["about"] else "")  # fmt: skip


def birth_wrong(m: re.Match[str], document: Document) -> Iterator[Point]:
    """Numbers after "born" that are no day of the calendar: shown, so that somebody mends them."""
    start, end = m.span("wrong")
    yield Point(start=start, end=end, rule="date.birth-impossible", unread=True,
                why="No such day; it stands where a date of birth belongs.")  # fmt: skip


def year_range(m: re.Match[str], document: Document) -> Iterator[Point]:
    """Two years: "2019-2022"."""
    first, second = int(m["y"]), int(m["z"])
    if len(m["z"]) == 2:
        second += first // 100 * 100
    if first < second <= first + 200 and not re.search(
        r"(?:[#№]|\bno\.|\bref)[.:#]* ?$",
        m.string[max(0, m.start() - 6) : m.start()],
        re.IGNORECASE,
    ):
        yield Point(start=m.start(), end=m.end(), rule="date.years", year=first,
                    last=(second, None, None))  # fmt: skip


def decade(m: re.Match[str], document: Document) -> Iterator[Point]:
    """A decade: "the 1990s", "the nineties"."""
    word = m["word"].lower() if m["word"] else ""
    if word:
        stem = str(DECADES[word])
    else:
        digits = re.sub(r"\D", "", m["digits"])
        stem = digits[:3] if len(digits) == 4 else f"19{digits[0]}"
    yield Point(start=m.start(), end=m.end(), rule="date.decade", settled=f"{stem}X",
                why="A decade, as it is written.")  # fmt: skip


def season(m: re.Match[str], document: Document) -> Iterator[Point]:
    """A season, with its year or counted from the day of the text."""
    season = SEASONS[m["s"].lower()]
    year = int(m["y"]) if m["y"] else None
    lead = (m["lead"] or "").lower().strip()
    if year is None:
        on = document.on
        if not lead or (m["s"].lower() == "fall" and lead not in ("last", "this", "next")):
            return
        if lead in ("last", "this", "next") and on:
            begins = {21: 3, 22: 6, 23: 9, 24: 12}[season]
            year = on.year - (1 if season == 24 and on.month < 3 and lead != "next" else 0)
            if lead == "last":
                year -= 1 if on.month < begins + 3 and not (season == 24 and on.month < 3) else 0
                year -= 1 if season == 24 and on.month < 3 else 0
            elif lead == "next":
                year += 1 if on.month >= begins else 0
    start = m.start("keep") if lead not in ("last", "this", "next") else m.start()
    yield Point(start=start, end=m.end(), rule="date.season", year=year, season=season)


def part_of(m: re.Match[str], document: Document) -> Iterator[Point]:
    """Halves, quarters, weeks and ends of a year or month."""
    year = int(m["y"]) if m["y"] else None
    month = _month(m["m"])[0] if m["m"] else None
    what, nth = m["what"].lower(), ORDINALS.get((m["nth"] or "").lower(), 0)
    base = Point(start=m.start(), end=m.end(), rule=f"date.{what}", year=year, month=month)
    if what == "quarter" and not month and year and nth:
        q = 4 if nth == -1 else nth
        if q <= 4:
            yield msgspec.structs.replace(base, month=3 * q - 2, last=(year, 3 * q, None))
    elif what == "half" and not month and year and nth:
        first = 1 if nth == 1 else 7
        yield msgspec.structs.replace(base, month=first, last=(year, first + 5, None))
    elif what == "half" and month and nth:
        yield msgspec.structs.replace(base, week=11 if nth == 1 else 12)
    elif what in ("week", "days") and month and nth:
        yield msgspec.structs.replace(base, week=nth)
    elif what in ("end", "close") and (year or month):
        yield msgspec.structs.replace(base, month=month or 12, mark="~")
    elif what in ("beginning", "start") and (year or month):
        yield msgspec.structs.replace(base, month=month or 1, mark="~")
    elif what in ("middle", "part", "months", "years") and (year or month):
        yield msgspec.structs.replace(base, mark="~")


def year_alone(m: re.Match[str], document: Document) -> Iterator[Point]:
    """A lone year; weak where nothing around it shows that it is one."""
    copy, start, end = m.string, m.start("y"), m.end()
    lead = re.search(r"(\S+) +$", copy[max(0, start - 24) : start])
    before = lead[1].lower().lstrip("(\"'") if lead else ""
    if before in words().never_before_year or _counts(copy, end):
        return
    if _LAW_BEFORE.search(copy[max(0, start - 32) : start]):
        return
    following = copy[end : end + 1]
    if following == "-" or (following == " " and copy[end + 1 : end + 2] in ("%", "$", "€")):
        return
    mark = "~" if m["part"] else ""
    strong = (
        bool(mark)
        or before in words().before_year
        or before in words().parts
        or before.rstrip(",") in months()[0]
    )
    if not strong:
        strong = _as_adjective(copy, before, end) or _bracketed(copy, start, end)
    yield Point(start=m.start(), end=end, rule="date.year", year=int(m["y"]), mark=mark,
                weak=not strong)  # fmt: skip


def _as_adjective(copy: str, before: str, end: int) -> bool:
    """Whether a year stands before what it dates: "the 2020 war", "a 1996 survey"."""
    lead = before in ("the", "a", "an", "this", "that", "its", "their", "his", "her", "our")
    return (lead or before.endswith("'s")) and bool(re.match(r" [^\W\d]", copy[end : end + 2]))


def _bracketed(copy: str, start: int, end: int) -> bool:
    before = copy[max(0, start - 24) : start]
    numbered = re.search(r"(?:\d|[A-Z]{2}|Act|Law|Code) ?\($", before)
    return before.endswith("(") and copy[end : end + 1] in (")", ",", ";") and not numbered


def foreign(m: re.Match[str], document: Document) -> Iterator[Point]:
    """A date in another language or calendar."""
    number, language = _month(m["m"])
    groups = m.groupdict()
    year = int(m["y"]) if m["y"] else None
    latin = m["m"][0].isascii() or language in ("fr", "es", "de", "tr", "az")
    if latin and not year and not _FOREIGN_LEAD.search(m.string, max(0, m.start() - 5), m.start()):
        return
    if language in _CALENDARS or (language == "fa" and year and year < 1600):
        yield from _hijri(m, year, number, language)
    elif groups.get("days"):
        yield from _dated(m, year, number, f"date.{language}")
    elif year:
        yield from months_then_year(m, document)


def _hijri(m: re.Match[str], year: int | None, month: int, language: str) -> Iterator[Point]:
    day = re.search(r"\d+", m.groupdict().get("days") or "")
    base = Point(start=m.start(), end=m.end(), rule=f"date.{language}", unread=True,
                 why="A date of another calendar, left as it is written.")  # fmt: skip
    if language != "solar-hijri" or not (year and day and 1178 <= year <= 1633):
        yield base
        return
    g = _from_solar_hijri(year, month, int(day[0]))
    why = "Converted from the Solar Hijri calendar."
    yield msgspec.structs.replace(
        base, unread=False, year=g.year, month=g.month, day=g.day, why=why
    )


def _from_solar_hijri(year: int, month: int, day: int) -> date:
    """Convert a Solar Hijri day by the 33-year rule, which holds from 1178 to 1633."""
    shifted = year + 1595
    days = -355668 + 365 * shifted + shifted // 33 * 8 + (shifted % 33 + 3) // 4 + day
    days += (month - 1) * 31 if month < 7 else (month - 7) * 30 + 186
    return date.fromordinal(days - 365)
