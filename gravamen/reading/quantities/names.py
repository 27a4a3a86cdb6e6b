"""Names: numbers that count nothing: names, ages, hours, years, marks in the margin, "one"."""

import re
from functools import cache

from gravamen.reading.mend import pattern
from gravamen.reading.quantities.numbers import Number
from gravamen.reading.quantities.units import unit_of
from gravamen.reading.quantities.words import bounds_before, units, words
from gravamen.reading.text import Document

_NOT_AFTER = pattern(
    r"(?: ?(?:a\.m\.|p\.m\.|am\b|pm\b|o'clock)|[:/]\d|-year-olds?\b| years? old\b|(?:st|nd|rd|th)\b"
    r"|-\d|,? (?:and|to) \d{1,2}(?::\d\d)? ?(?:a\.m\.|p\.m\.|am\b|pm\b)| %)"
)
_AGE = pattern(r", (?P<n>\d{1,3})(?=,|\)| who)")
_BEING = pattern(r"\b(?:was|is|were|turned|then|now|aged) \Z")
_THEN = pattern(r" (?:when|at the time|and (?:had|has|was))\b|, when")
_PREVIOUS = re.compile(r"(?:^|[\s(\"'])([^\s(\"']+)[ ]*\Z")
_CAPITAL_WORD = re.compile(r"[A-Z][\w'’-]+\Z")
_WORD = re.compile(r" *([^\W\d_][\w'’-]*|%)")
# What stands right before a number that is none: "+0400", "=E2", "09:12", "http://x/4".
_CODE_BEFORE = re.compile(r"(?:[+=@\\_]|\d:|=[0-9A-F]{0,2})\Z")
_PROVISION = re.compile(r"\((?:[a-z]|[ivx]{1,4}|\d{1,2}|[A-Z])\)")
_STREET = re.compile(
    r",? (?:[NSEW]\.?[NSEW]?\.? )?(?:[A-Z][\w.'-]*|\d+(?:st|nd|rd|th)) (?:[A-Z][\w.'-]* ){0,2}?"
    r"(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Drive|Dr|Lane|Ln|Place|Pl|Square|Sq|Court"
    r"|Way|Highway|Hwy|Parkway|Pkwy|Terrace|Circle|Plaza|Building|Row|Quay)\b"
)
_ZIP = re.compile(r"\d{5}(?:-\d{4})?")
_TOWN = re.compile(r"(?:\b[A-Z]{2}|\b(?:[A-Z]\.){2}|\b[A-Z][a-z]+,? [A-Z][a-z]+),? +\Z")
_PHONE = re.compile(
    r"\+\d[\d ().-]{6,18}\d|(?<![\d.,])\(?\d{2,4}\)?[ .-]\d{2,4}[ .-]"
    r"(?:\d{2}[ .-]\d{2}|\d{4})(?![\d,])"
)
_PHONE_CHARS = 20
_FIRST_CELL = re.compile(r"(?:^|\n)[ \t]*\|[ \t]*\Z")
_CELL_ENDS = re.compile(r"\.?[ \t]*\|")
_COUNTS = re.compile(r" (?:others?|more|(?:[a-z-]+ )?(?:[a-z]{3,}s|men|women|people|children))\b")
_ALSO_PLURAL = re.compile(r"(?:s|\.|nos) +[\d(]\S*,")
_GOES_ON = re.compile(r"(?:,|\band|\bor|\bof|-) *\Z")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")


def is_name(document: Document, m: re.Match[str], one: Number) -> bool:
    """Whether a number is a name, an age, an hour, a year or a mark in the margin.

    Args:
        m: the match of the number's own form.
        one: the number with what a range or scale adds to it.
    """
    copy, start = document.copy, one.start
    paragraph = document.paragraph(start)
    if start < paragraph.body or _NOT_AFTER.match(copy, one.end):
        return True
    if one.rule == "quantity.number" and (m["n"] or "").isdigit() and _bracketed(copy, one):
        return True
    lead_in = copy[max(paragraph.start, start - 80) : start]
    if _coded(copy, one) or _listed(lead_in, copy, one.end):
        return True
    lead = _PREVIOUS.search(copy[max(paragraph.start, start - 40) : start])
    before, text = lead[1] if lead else "", m["n"] or ""
    if _labelled(m, before) or _is_year(copy, m, one) or _is_age(copy, one):
        return True
    if text[:1].isupper() and _inside_sentence(document, start):
        return True
    return text.lower() == "one" and _is_pronoun(copy, one, before.lower())


def _coded(copy: str, one: Number) -> bool:
    """Whether a number is part of an address, a telephone number, a clock or the like."""
    lead, start, end = copy[max(0, one.start - 24) : one.start], one.start, one.end
    if _CODE_BEFORE.search(lead) or _PROVISION.match(copy, end) or _STREET.match(copy, end):
        return True
    if _FIRST_CELL.search(copy[max(0, start - 12) : start]) and _CELL_ENDS.match(copy, end):
        return True
    if _ZIP.fullmatch(copy[start:end]) and _TOWN.search(lead):
        return True
    near = max(0, start - _PHONE_CHARS)
    phones = _PHONE.finditer(copy, near, min(len(copy), end + _PHONE_CHARS))
    return any(m.start() <= start and end <= m.end() for m in phones)


@cache
def _in_list() -> re.Pattern[str]:
    labels = "|".join(re.escape(w) for w in sorted(words().labels, key=len, reverse=True))
    item = r"\d[\w/().-]*"
    return re.compile(
        rf"(?<!\w)(?:(?:{labels})s?\.? +{item}(?: ?, ?{item})*(?: of | ?- ?|, ?)"
        rf"|(?:{labels})(?<=s|\.) +{item}(?: ?, ?{item})*,? (?:and|or) )\Z",
        re.IGNORECASE,
    )


def _listed(lead: str, copy: str, end: int) -> bool:
    """Whether a number goes on with a list of names: "resolutions 822, 853 and 874"."""
    counts = _COUNTS.match(copy, end)
    if not _GOES_ON.search(lead) or (counts and not _ALSO_PLURAL.search(lead)):
        return False
    return _has_label(lead) and bool(_in_list().search(lead))


def _has_label(lead: str) -> bool:
    """Whether a word stands there that can open such a list; the pattern alone is dear."""
    found = (word.strip("([\"',;:") for word in lead.lower().split())
    known = words().labels
    return any(w in known or w.rstrip(".") in known or w.rstrip(".s") in known for w in found)


def _bracketed(copy: str, one: Number) -> bool:
    return copy[max(0, one.start - 1)] in "([" and copy[one.end : one.end + 1] in (")", "]")


def _labelled(m: re.Match[str], before: str) -> bool:
    """Whether the word before a number makes a name of it: "Article 3", "Camp 14"."""
    digits = (m["n"] or "")[:1].isdigit()
    before = before.rpartition(">")[2] or before
    plain = before.lower()
    if digits and plain.endswith(":") and plain.rpartition("-")[2][:-1] in words().labels:
        return "-" in plain
    if digits and plain in ("©", "&copy;"):
        return True
    if plain.strip("(") in words().labels and not m["cur"] and (digits or before != "no"):
        return True
    return (
        digits
        and before[:1].isupper()
        and plain not in words().openers
        and not before.endswith(("'s", ",", ".", ":", ";"))
    )


def _is_year(copy: str, m: re.Match[str], one: Number) -> bool:
    if not _YEAR.fullmatch(m["n"] or "") or one.high or m["cur"]:
        return False
    unit, _ = unit_of(copy, one)
    bound = bounds_before().search(copy[max(0, one.start - 24) : one.start])
    counted = unit == "persons" or unit in units().values()
    return unit is None or not (counted or bound)


def _is_age(copy: str, one: Number) -> bool:
    """Whether a number is an age: ", 41, said", "was 19 when"."""
    lead = copy[max(0, one.start - 12) : one.start]
    if _BEING.search(lead) and _THEN.match(copy, one.end):
        return True
    m = _AGE.match(copy, one.start - 2)
    named = _CAPITAL_WORD.search(copy[max(0, one.start - 22) : max(0, one.start - 2)])
    return bool(m and m.start("n") == one.start and one.value < 120 and named)


def _inside_sentence(document: Document, start: int) -> bool:
    """Whether words stand before an offset in its sentence: a capital there is that of a name."""
    sentence = document.sentence(start)
    opening = document.copy[sentence.start : start].strip(" \"'([-—")
    return bool(opening) and not opening.endswith((":", "-", '"', ".", "—", "(", "'"))


def _is_pronoun(copy: str, one: Number, before: str) -> bool:
    """Whether "one" is no number: "no one", "one of them", "one's"."""
    after = _WORD.match(copy, one.end)
    word = after[1].lower() if after else ""
    if before in words().before_one:
        return before not in ("not", "only") or word in words().not_one or not word
    if copy[one.end : one.end + 2] == "'s" or word in words().not_one:
        return True
    return not word and copy[one.end : one.end + 1] != ";"
