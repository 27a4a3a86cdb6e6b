"""Numerals: numbers in digits and in English words, and the patterns that find them."""

import re

UNITS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_SHORT_SCALES = {"m": 10**6, "mn": 10**6, "mln": 10**6, "bn": 10**9, "k": 1000}

_SMALL = "|".join(sorted([*UNITS, *TENS], key=len, reverse=True))
_WORD = rf"(?:{_SMALL}|hundred|thousand|million|billion|trillion|dozen|score)"
# "twenty-three", "a hundred and twenty", "three hundred and five", "two dozen", "half a million"
WORDS = (
    rf"(?:half a (?:dozen|million|billion)|(?:an? (?:hundred|thousand|million|billion|dozen|score)|"
    rf"{_SMALL})(?:(?:-| and |, | ){_WORD}){{0,14}})"
)
# "100,417", "3 000", "100.000" (only where grouped so), "1.2", with an optional scale
DIGITS = (
    r"(?:\d{1,3}(?:[,.]\d{3})+(?!\d)(?:\.\d+)?|\d{1,3}(?:[ \u00a0]\d{3})+(?!\d)|\d+(?:\.\d+)?)"
    r"(?:[- ](?:thousand|million|billion|trillion|hundred)\b|(?:bn|mn|mln|m|k)\b)?"
)
NUMERAL = rf"(?:{DIGITS}|\b{WORDS}\b)"
_DIGITS = re.compile(r"(?P<n>[\d,. ]*\d)[- ]?(?P<scale>[a-z]+)?", re.IGNORECASE)


def numeral(text: str) -> float | None:
    """Return the value of a numeral, or None where it is none ("two, three")."""
    text = " ".join(text.lower().split())
    m = _DIGITS.fullmatch(text)
    if m:
        value = _figure(m["n"])
        scale = m["scale"]
        if value is None or not scale:
            return value
        factor = SCALES.get(scale) or _SHORT_SCALES.get(scale)
        return round(value * factor, 6) if factor else None
    return _spelled(re.split(r"[-, ]+", text))


def _figure(digits: str) -> float | None:
    if re.fullmatch(r"\d{1,3}(?:[,. ]\d{3})+", digits):
        if digits.count(".") == 1 and "," not in digits and len(digits.split(".")[0]) > 3:
            return float(digits)
        return float(re.sub(r"\D", "", digits))
    try:
        return float(digits.replace(",", "").replace(" ", ""))
    except ValueError:
        return None


def _spelled(words: list[str]) -> float | None:
    """Add up the words of a number; a small number after a small one is not one number."""
    if words[:2] == ["half", "a"]:
        return {"dozen": 6.0, "million": 500_000.0, "billion": 5e8}.get(words[-1])
    total, current, last = 0.0, 0.0, 0
    for word in words:
        if word in ("and", "a", "an"):
            current = current or (1.0 if word != "and" else current)
            continue
        if word in ("dozen", "score"):
            current = (current or 1) * (12 if word == "dozen" else 20)
        elif word in SCALES and SCALES[word] >= 1000:
            total += (current or 1) * SCALES[word]
            current = 0.0
        elif word == "hundred":
            current = (current or 1) * 100
        else:
            value = UNITS.get(word, TENS.get(word))
            if value is None or (last and (last < 20 or value >= 10)):
                return None
            current += value
            last = value
            continue
        last = 0
    return total + current


def longest_numeral(text: str) -> tuple[float, int] | None:
    """Return the value and the length of the longest run of number words that is one number."""
    while text:
        value = numeral(text)
        if value is not None:
            return value, len(text)
        cut = max(text.rfind(" "), text.rfind("-"))
        text = re.sub(r"(?:,| and|-| )+$", "", text[:cut]) if cut > 0 else ""
    return None
