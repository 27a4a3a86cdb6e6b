"""Told: what a reply says beside its answers: its number, a day it promises, who else is meant."""

import calendar
import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from gravamen.dates import counted_year
from gravamen.law.authority import Law
from gravamen.law.office import Office
from gravamen.proceedings import Dispatch
from gravamen.receiving.mailed import Mailed
from gravamen.receiving.own import Clause, plain
from gravamen.receiving.words import MONTHS, form, forms, met

_MONTH = "|".join(f"{m}|{m[:3]}" for m in MONTHS)
_WITHIN = re.compile(
    r"\b(?:within|in|up to|(?:next|following)|takes?|another|(?:target|aim|standard) (?:is|of))"
    r"(?: the next| about| up to| approximately)? "
    r"(?P<number>\d{1,3}|two|three|four|six|eight|ten|twelve) (?P<working>working |business )?"
    r"(?P<unit>day|week|month)s?\b"
)
_BY = re.compile(
    r"\b(?:by|before|no later than|not later than|until|on or before|on"
    r"|(?:date|deadline) (?:is|of|will be|has been moved to))(?: the)? "
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?"
    rf"(?:(?P<end>end of(?: the month of)?|close of) (?P<lone>{_MONTH})\b(?: (?P<of>\d{{4}}))?"
    rf"|(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<month>{_MONTH})\b(?:,? (?P<year>\d{{4}}))?"
    rf"|(?P<named>{_MONTH})\.? (?P<number>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,? (?P<in>\d{{4}}))?"
    r"|(?P<iso>\d{4}-\d{2}-\d{2}))"
)
_NUMBERS = {"two": 2, "three": 3, "four": 4, "six": 6, "eight": 8, "ten": 10, "twelve": 12}
_TOKEN = (
    r"(?=[A-Za-z0-9()/._-]*\d{3})[A-Za-z0-9][A-Za-z0-9/._-]*(?:\([0-9A-Za-z]+\)[A-Za-z0-9/._-]*)?"
    r"(?<![.,])"
)
_REFERENCE = re.compile(
    r"(?:\b(?:ref(?:erence)?|case|control|tracking|file|ticket|registration)\.?"
    r"(?: (?:number|no\.?|id))?(?: is|:)* ?|\bquote |\bregistered (?:under|as)(?: number)? )"
    rf"(?P<token>{_TOKEN})"
    # Said to be theirs, it needs fewer digits.
    r"|\bour ref(?:erence)?\.?:? ?"
    r"(?P<theirs>(?=[A-Za-z0-9/._-]*\d)[A-Za-z0-9][A-Za-z0-9/._-]+(?<![.,]))",
    re.IGNORECASE,
)
# A number by its shape alone: capitals and at least four digits, as TO2026/07113 or MC26-004417.
_SHAPE = re.compile(
    r"(?<![\w./-])(?:[A-Z]{1,6}[/-]?\d[\d/-]{3,}\d|\d{2,4}-[A-Z]{2,6}-\d{3,}"
    r"|[A-Z]{2,6}/\d{2,4}/\d{3,}|[A-Z][A-Za-z]{2,6}\(\d{4}\)\d{4,})(?![\w/-])"
)
_COUNTRY = re.compile(
    r" of (?:the )?(?:australia|canada|united states|european union)(?: of america)?$"
    r"|^(?:\[?(?:us|u\.s\.|united states|uk|british|australian|canadian|eu)\]? )"
)
_MANY_WORDS = 3


class Elsewhere(NamedTuple):
    """Who is named as the one to answer: an office of the law data, or words; where it says so."""

    to: str
    clause: Clause
    words: str

    @property
    def advice(self) -> bool:
        """Whether it only says to whom we could turn, and hands nothing on."""
        return bool(form("advising").search(f"{self.clause.lead} {self.clause.words}"))


def reference(mail: Mailed, text: str, ours: str | None) -> str | None:
    """The number that the office gave the matter: one that it calls so, else one by its shape."""
    for found in _REFERENCE.finditer(text):
        if (token := (found["token"] or found["theirs"]).strip(".,")) != ours:
            return token
    shaped = [m[0] for m in _SHAPE.finditer(f"{mail.subject}\n{text}")]
    return next((token for token in shaped if token != ours), None)


def promise(clauses: Sequence[Clause], received: date) -> tuple[date, Clause] | None:
    """The day by which the office says that it will answer, and the clause that says so.

    Days are counted from the day after the reply came; working days leave out Saturday and Sunday,
    no holidays. A day without a year is the next such day.
    """
    for clause in clauses:
        said = f"{clause.lead} {clause.words}".strip()
        if not form("answering").search(said) or form("ours_to_do").search(said):
            continue
        day = _by(clause.words, received) or _within(clause.words, received)
        if day and day >= received:
            return day, clause
    return None


def elsewhere(law: Law, dispatch: Dispatch | None, clauses: Sequence[Clause]) -> Elsewhere | None:
    """Whom a reply names as the one to answer in its place; handing on within the office is none.

    The office stands in the clause that refers, in its sentence, or in the paragraph before it.
    """
    own = dispatch.office if dispatch else None
    for hit in met(clauses, forms("kinds", "referral")):
        clause = hit.clause
        before = [c for c in clauses if c.paragraph == clause.paragraph and c.start < clause.start]
        places = [clause.words, clause.lead, *(c.words for c in reversed(before))]
        found = next((o for p in places if (o := _office_in(p, law, own))), None)
        if found and found.id != own:
            return Elsewhere(found.id, clause, hit.words)
        if found:
            continue
        responsible = next(met((*before, clause), forms("kinds", "responsible")), None)
        if responsible:  # "that is for the Ministry; your letter has been sent to them"
            places.insert(
                2, responsible.clause.words.replace(" for ", " of ").replace(" with ", " of ")
            )
        words = next((w for p in places[: 3 if responsible else 2] if (w := _destination(p))), None)
        if words and (responsible or not form("within").search(words)):
            return Elsewhere(words, clause, hit.words)
    return None


def _destination(said: str) -> str | None:
    found = form("destination").search(said)
    return found["words"].strip() if found else None


def _office_in(said: str, law: Law, own: str | None) -> Office | None:
    """The office that words name; of several the one whose name is longest, the asked one last."""
    home = law.offices[own].jurisdiction if own in law.offices else None
    found = [
        (id != own, len(name), id)
        for name, id, jurisdiction in _names(law)
        if (jurisdiction == home or len(name.split()) >= _MANY_WORDS)
        and re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", said)
    ]
    if not found:
        return None
    longest = max(size for _, size, _ in found)
    best = [f for f in found if f[1] == longest]
    return law.offices[max(best)[2]]


def _names(law: Law) -> tuple[tuple[str, str, str], ...]:
    return _listed(tuple((o.id, o.jurisdiction, o.title, o.names) for o in law.offices.values()))


@lru_cache(maxsize=4)
def _listed(
    offices: tuple[tuple[str, str, str, tuple[str, ...]], ...],
) -> tuple[tuple[str, str, str], ...]:
    """Each name of each office as replies write it: without the name of its own country too."""
    found: dict[tuple[str, str, str], None] = {}
    for id, jurisdiction, title, names in offices:
        for name in (title, *names):
            whole = plain(re.sub(r"\[[^\]]*\] ?", "", name)).strip()
            short = _COUNTRY.sub("", plain(name))
            for form_of in (whole, short):
                if "[" not in form_of and form_of not in ("congress", "senators", ""):
                    found[(form_of, id, jurisdiction)] = None
    return tuple(found)


def _within(said: str, received: date) -> date | None:
    found = _WITHIN.search(said)
    if not found:
        return None
    number = _NUMBERS.get(found["number"]) or int(found["number"])
    if found["working"]:
        return _working(received, number * (5 if found["unit"] == "week" else 1))
    if found["unit"] == "month":
        return _months(received, number)
    return received + timedelta(days=number * (7 if found["unit"] == "week" else 1))


def _working(day: date, number: int) -> date:
    while number:
        day += timedelta(days=1)
        number -= day.weekday() < 5
    return day


def _months(day: date, number: int) -> date:
    month = day.month - 1 + number
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _by(said: str, received: date) -> date | None:
    for found in _BY.finditer(said):
        days = list(_days(found, received.year))
        if days:
            return next((d for d in days if d >= received), days[0])
    return None


def _days(found: re.Match[str], year: int) -> Iterator[date]:
    """The day that a match means, in the year that it names or in this year and the next."""
    if found["iso"]:
        yield from (day for day in _valid(found["iso"]) if counted_year(day.year))
        return
    named = found["lone"] or found["month"] or found["named"]
    month = next(n for n, m in enumerate(MONTHS, 1) if m[:3] == named[:3])
    said = found["of"] or found["year"] or found["in"]
    for one in (int(said),) if said else (year, year + 1):
        if not counted_year(one):
            continue
        last = calendar.monthrange(one, month)[1]
        day = last if found["end"] else int(found["day"] or found["number"])
        yield from _valid(f"{one:04}-{month:02}-{day:02}")


def _valid(iso: str) -> Iterator[date]:
    try:
        yield date.fromisoformat(iso)
    except ValueError:
        return
