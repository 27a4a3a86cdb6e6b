"""Numbers: the forms of numbers in a text, and the two that a range or a share is made of."""

import re
from typing import NamedTuple

from gravamen.claims import Bound
from gravamen.reading.mend import pattern
from gravamen.reading.numerals import DIGITS, NUMERAL, WORDS, longest_numeral
from gravamen.reading.quantities.words import bounds_before, scales, units, words

_MANY = {"tens": 20, "dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2000,
         "millions": 2_000_000, "billions": 2_000_000_000}  # fmt: skip
_TENS_OF = {"tens": 20, "dozens": 24, "hundreds": 200}
_SCALE_OF = {"thousands": 1000, "millions": 10**6, "billions": 10**9}
_PARTS = {"half": 50.0, "third": 100 / 3, "quarter": 25.0, "fifth": 20.0, "tenth": 10.0,
          "sixth": 100 / 6, "eighth": 12.5}  # fmt: skip
_COUNTS = {"two": 2, "three": 3, "four": 4, "2": 2, "3": 3, "4": 4}
_CUR = (
    r"(?:US\$|CA\$|C\$|AU\$|A\$|[$£€¥₺₽₼₹֏]|(?:EUR|USD|GBP|CHF|CAD|AUD|RUB|UAH|TRY|AZN|AMD|GEL"
    r"|JPY|CNY|INR|IRR) )"
)
_ONES = r"(?:un million|un millón|eine Million|un millier)"
TOKEN = pattern(
    r"(?P<many>\b(?:(?:tens|dozens|hundreds) of (?:thousands|millions|billions)"
    r"|dozens|scores|hundreds|thousands|millions|billions)\b)"
    r"|(?P<part>\b(?:(?P<count>one|two|three|four|an?|1|2|3|4)[- ])?"
    r"(?P<unit>half|thirds?|quarters?|fifths?|tenths?|sixths?|eighths?)\b)"
    rf"|(?P<one>(?<![\w]){_ONES})\b"
    rf"|(?P<cur>(?<!\w){_CUR} ?)?(?P<n>(?:(?<![\w.,/#§-])|(?<=[$£€¥₺₽₼₹֏])){DIGITS}(?![\w]*\d)"
    rf"|(?<![\w-]){WORDS}\b(?!-(?:first|second|third|\w+th)\b))"
)
_RANGE = pattern(
    rf" ?- ?(?P<a>{DIGITS})(?![\w/-])| (?:to|or) (?P<b>{NUMERAL})(?![\w/])"
    rf"| and (?P<c>{NUMERAL})(?![\w/])"
)
_OF = pattern(rf" (?:out of(?: the)?|of|in) (?P<whole>{NUMERAL})(?![\w/])")
_VOTES = pattern(rf" (?:votes? )?(?:to|against|-) (?P<b>{NUMERAL})\b| ?- ?(?P<a>\d+)(?![\w-])")
_VOTED = re.compile(r"\b(?:vote[sd]?|voting|passed|adopted|approved|by)(?: of)? *\Z")
_HOUR = re.compile(r" +(?:of +)?an +hour")
_SHARE_OF = re.compile(r" +(?:of|the|its|their|a)\b")
_NO_SHARE = re.compile(r" +(?:a +(?:million|dozen|billion)|the +time)")
_BIG = re.compile(r"(?:thousand|million|billion)\W*\Z")


class Number(NamedTuple):
    """A number as found: its stretch, value, and what the form itself tells."""

    start: int
    end: int
    value: float
    bound: Bound = "eq"
    unit: str | None = None
    high: float | None = None
    rule: str = "quantity.number"


def number(m: re.Match[str]) -> Number | None:
    """Return the number of a match of `TOKEN`, with the one that a range joins to it."""
    if m["many"]:
        return Number(m.start(), m.end(), _many(m["many"].lower()), "ge", rule="quantity.many")
    if m["part"]:
        return _part(m)
    if m["one"]:
        return Number(m.start(), m.end(), words().ones[" ".join(m["one"].lower().split())])
    longest = longest_numeral(m["n"])
    if longest is None:
        return None
    value, length = longest
    end = m.start("n") + length
    if length == len(m["n"]):
        value, end = _scaled(m.string, value, end)
    unit = units()[m["cur"].strip().lower()] if m["cur"] else None
    return _ranged(m.string, Number(m.start(), end, value, unit=unit))


def _many(text: str) -> float:
    parts = text.split()
    if len(parts) == 3:
        return float(_TENS_OF[parts[0]] * _SCALE_OF[parts[2]])
    return float(_MANY[text])


def _scaled(copy: str, value: float, end: int) -> tuple[float, int]:
    form, table = scales()
    m = form.match(copy, end)
    if not m or (m["scale"].lower() in ("min", "bin", "mil") and _english(copy, m.end())):
        return value, end
    return value * table[m["scale"].lower()], m.end()


def _english(copy: str, end: int) -> bool:
    """Whether "min" or "bin" after a number is an English word and no scale."""
    return copy[end : end + 1] not in ("d", "n", " ", "")


def _part(m: re.Match[str]) -> Number | None:
    """Read "two thirds", "half of", "a quarter of an hour"."""
    copy, unit, count = m.string, m["unit"].lower().rstrip("s"), (m["count"] or "").lower()
    n = _COUNTS.get(count, 1)
    after = copy[m.end() : m.end() + 12].lower()
    hour = _HOUR.match(after)
    if hour and unit in ("half", "quarter"):
        minutes = {"half": 30.0, "quarter": 15.0}[unit] * n
        end = m.end() + hour.end()
        return Number(m.start(), end, minutes, unit="minutes", rule="quantity.part")
    if after.startswith(("-", "st")) or (unit != "half" and not count):
        return None
    if n == 1 and not _SHARE_OF.match(after):
        bounded = bounds_before().search(copy[max(0, m.start() - 24) : m.start()])
        if not (bounded and unit == "half"):
            return None
    if unit == "half" and _NO_SHARE.match(after):
        return None
    value = round(_PARTS[unit] * n, 1)
    return Number(m.start(), m.end(), value, unit="percent", rule="quantity.part")


def _ranged(copy: str, one: Number) -> Number:
    """Join "8,000 to 12,500", "between 60 and 75", "61 of 92", "six votes to one"."""
    return _of_votes(copy, one) or _share(copy, one) or _interval(copy, one) or one


def _of_votes(copy: str, one: Number) -> Number | None:
    lead = copy[max(0, one.start - 24) : one.start].lower()
    counted = copy[one.end : one.end + 8].lower().lstrip().startswith("votes to")
    m = _VOTES.match(copy, one.end) if counted or _VOTED.search(lead) else None
    if not m or not longest_numeral(m["a"] or m["b"]):
        return None
    votes = m["a"] or "vote" in lead or "vote" in m[0].lower()
    return one._replace(end=m.end(), unit="votes", rule="quantity.votes") if votes else None


def _share(copy: str, one: Number) -> Number | None:
    m = _OF.match(copy, one.end)
    whole = longest_numeral(m["whole"]) if m else None
    if not m or not whole or whole[0] <= one.value:
        return None
    end = m.start("whole") + whole[1]
    if " in " not in m[0]:
        return None if " the" in m[0] else one._replace(end=end, rule="quantity.of")
    if one.value < 10 and whole[0] <= 100 and not copy[end : end + 1].isalnum():
        share = round(100 * one.value / whole[0], 1)
        return one._replace(end=end, value=share, unit="percent", rule="quantity.of")
    return None


def _interval(copy: str, one: Number) -> Number | None:
    m = _RANGE.match(copy, one.end)
    lead = copy[max(0, one.start - 10) : one.start].lower()
    if not m or (m["c"] and not re.search(r"\bbetween +\Z", lead)):
        return None
    group = m.lastgroup or "a"
    longest = longest_numeral(m[group])
    if not longest:
        return None
    high, length = longest
    value = one.value
    if high <= value and not high >= 1000 > value:
        return None
    if value < 1000 <= high and _BIG.search(m[group].lower()):
        scale = next(s for s in (10**9, 10**6, 1000) if high >= s)
        value = value * scale if value * scale < high else value
    end = m.start(group) + length
    return one._replace(end=end, value=value, high=high, bound="range", rule="quantity.range")
