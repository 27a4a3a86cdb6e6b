"""Guards: what a clause that looks like a decision tells instead, so that nothing is decided by it.

What happened before our letter went out answers nothing in it; a restriction that is lifted is the
opposite of one that is asked for; that names are not disclosed refuses no measure; and what holds
for now, or only if something else comes about, is not decided yet.
"""

import calendar
import re
from collections.abc import Collection, Iterator
from datetime import date
from typing import Literal, NamedTuple

from gravamen.proceedings import Outcome
from gravamen.receiving.own import Clause
from gravamen.receiving.words import MONTHS, form

Guard = Literal["past", "opposite", "else", "provisional"]

WHY: dict[Guard, str] = {
    "past": "it tells of what was before our letter",
    "opposite": "it tells of a leave that was given or a restriction that was lifted",
    "else": "it declines or grants something else than was asked",
    "provisional": "it says what holds for now or on a condition",
}
# Measures that restrict somebody; of these, to lift, waive or license is the opposite.
_RESTRICTING = ("sanctions", "visa-ban", "suspend-assistance", "arms-embargo")
# Measures for which to disclose, to publish, to let go or to let in is what was asked.
_OPENING = ("information", "access", "release")

_MONTH = "|".join(f"{m}|{m[:3]}" for m in MONTHS)
_DATE = re.compile(
    rf"(?<![\w/(.-])(?:(?P<iso>\d{{4}}-\d{{2}}-\d{{2}})"
    rf"|(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<month>{_MONTH})\b(?:,? (?P<year>\d{{4}}))?"
    rf"|(?P<named>{_MONTH})\.? (?P<number>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,? (?P<in>\d{{4}}))?"
    rf"|(?P<lone>{_MONTH})\.?,?(?: of)? (?P<of>\d{{4}})"
    r"|(?P<alone>(?:19|20)\d\d))(?![\w/)-])"
)


class Days(NamedTuple):
    """When our letter went out, and when its answer came."""

    sent: date
    came: date


def guard(
    clause: Clause,
    words: str,
    outcome: Outcome,
    *,
    around: str,
    before: str,
    measures: Collection[str],
    days: Days | None,
) -> Guard | None:
    """Return what a clause tells instead of a decision; None where nothing speaks against one.

    Args:
        words: those of the clause by which it looks like a decision, and `outcome` which one.
        around: the rest of its sentence, as far as that is about the same.
        before: the clause before it, where this one goes on about the same.
        measures: those that were asked for in what it is about.
        days: None where no letter is known; then nothing is taken for past by its day.
    """
    said = f"{clause.lead} {clause.words}".strip()
    if set(measures) & {*_RESTRICTING} and form("opposite").search(clause.words):
        return "opposite"
    if outcome != "no-power" and not set(measures) & {*_OPENING} and _else(clause, words):
        return "else"
    if outcome != "no-power" and _past(clause, f"{before} {said}", days):
        return "past"
    if outcome != "no-power" and form("provisional").search(f"{clause.words} {around}"):
        return "provisional"
    return None


def lasts_so_far(clause: Clause, words: str) -> bool:
    """Whether what is said to be provisional was done: "suspended pending a review"."""
    return bool(form("was_done").search(words) and form("for_now").search(clause.words))


def _else(clause: Clause, words: str) -> bool:
    """Whether a decision is about a thing that no measure is: a record, a comment, a meeting."""
    after = clause.words[clause.words.find(words) + len(words) :]
    return bool(form("else_within").search(words) or form("else_after").match(after))


def _past(clause: Clause, said: str, days: Days | None) -> bool:
    """Whether words put what was done before our letter."""
    if form("past").search(clause.words):
        return True
    if days is None:
        return False
    own = list(_last_days(clause.words, days.came))
    told = own or ([] if form("now").search(clause.words) else list(_last_days(said, days.came)))
    return bool(told) and min(told) < days.sent


def _last_days(said: str, came: date) -> Iterator[date]:
    """The last day that each date in words can mean; left out are those of a paper, of a law and of
    what was done to somebody."""
    for found in _DATE.finditer(said):
        if not form("dated").search(said[: found.start()]):
            yield from _last(found, came)


def _last(found: re.Match[str], came: date) -> Iterator[date]:
    month = found["month"] or found["named"] or found["lone"]
    year = found["year"] or found["in"] or found["of"] or found["alone"]
    number = next((n for n, m in enumerate(MONTHS, 1) if month and m[:3] == month[:3]), 12)
    day = found["day"] or found["number"]
    try:
        if found["iso"]:
            yield date.fromisoformat(found["iso"])
        elif year:
            last = calendar.monthrange(int(year), number)[1]
            yield date(int(year), number, int(day) if day else last)
        else:  # a day without a year is the last such day before the answer came
            this = date(came.year, number, int(day))
            yield this if this <= came else date(came.year - 1, number, int(day))
    except ValueError:
        return
