"""Words: the words around numbers: bounds, units, scales, and what makes a number a name."""

import re
from functools import cache

import msgspec
import yaml

from gravamen.reading.mend import pattern
from gravamen.reading.text import DATA
from gravamen.values import Value

# Units of two or three letters that are words of other languages as often.
_DOUBTFUL_UNITS = ("ay", "ans", "ton", "m", "ha", "saat", "bin")


class Words(Value):
    """The lists of `quantity_words.yaml`."""

    bounds: dict[str, list[str]]
    after: dict[str, list[str]]
    over_nouns: frozenset[str]
    scales: dict[int, list[str]]
    ones: dict[str, float]
    measures: dict[str, list[str]]
    currencies: dict[str, list[str]]
    pay_words: list[str]
    persons: frozenset[str]
    units: dict[str, str]
    labels: frozenset[str]
    not_one: frozenset[str]
    stops: frozenset[str]
    compounds: frozenset[str]
    openers: frozenset[str]
    before_one: frozenset[str]


@cache
def words() -> Words:
    """Return the words around numbers."""
    data = yaml.safe_load((DATA / "quantity_words.yaml").read_text("utf-8"))
    return msgspec.convert(data, Words)


@cache
def bounds_before() -> re.Pattern[str]:
    """Return the pattern of bounds right before a number; its groups are named for them."""
    filler = r"(?: (?:about|around|some|an|the|nearly|als|than|d'))?"
    return pattern(rf"(?:^|(?<=[\s(\"'—,-]))(?:{_named(words().bounds)}){filler} ?\Z")


@cache
def bounds_after() -> re.Pattern[str]:
    """Return the pattern of bounds after a number and its unit."""
    return pattern(rf"(?:'?[dnt][aeə]n)? ?,?(?:{_named(words().after)})\b")


def _named(groups: dict[str, list[str]]) -> str:
    return "|".join(f"(?P<{name}>{_listed(phrases)})" for name, phrases in groups.items())


def _listed(phrases: list[str]) -> str:
    """Return phrases as an alternation, the longer ones first."""
    longest = sorted(phrases, key=len, reverse=True)
    return "|".join(re.escape(p).replace("\\ ", " ") for p in longest)


@cache
def units() -> dict[str, str]:
    """Return the units of measure and the currencies by the forms of their names."""
    known = {**words().measures, **words().currencies}
    return {form.lower(): unit for unit, forms in known.items() for form in forms}


@cache
def unit_after() -> re.Pattern[str]:
    """Return the pattern of a unit of measure right after a number."""
    listed = _listed([u for u in units() if u not in _DOUBTFUL_UNITS])
    return pattern(rf"(?:[ -]|(?=%))(?P<unit>{listed})(?!\w)")


@cache
def scales() -> tuple[re.Pattern[str], dict[str, float]]:
    """Return the pattern of a scale in another language after a number, and their factors."""
    table = {w.lower(): float(f) for f, forms in words().scales.items() for w in forms}
    return pattern(rf" (?P<scale>{_listed(list(table))})(?=\W|[dn][aeə]n|\Z)"), table
