"""Shares: to which countries and regions an IATI activity or transaction goes, and by how much."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from lxml import etree

from gravamen.aid import countries
from gravamen.aid.files.iati.codes import codes
from gravamen.aid.files.iati.element import narrative, wrong

ALL = Decimal(100)
NEAR_ALL = Decimal("0.1")  # percentages may miss 100 by so much, as they are rounded


class Share(NamedTuple):
    """A country or region, and the percent of the money that falls to it.

    Args:
        printed: the cells that the file gives of it, by our words.
    """

    code: str
    printed: Mapping[str, str]
    percent: Decimal


class _Named(NamedTuple):
    """A country or region as an element names it; `percent` is None where it gives none."""

    code: str
    printed: Mapping[str, str]
    percent: Decimal | None


def shares(element: etree._Element, file: str, language: str) -> tuple[Share, ...]:
    """Give the countries and regions that an activity or a transaction itself names.

    Raises:
        AidError: a code that is none; percentages that are lacking or do not give 100.
    """
    named = _reckoned(
        [_country(e, file, language) for e in element.iterfind("recipient-country")],
        [_region(e, file, language) for e in element.iterfind("recipient-region")],
    )
    if len(named) == 1 and named[0].percent is None:
        return (Share(named[0].code, named[0].printed, ALL),)
    found = [Share(n.code, n.printed, n.percent) for n in named if n.percent is not None]
    if len(found) < len(named):
        wrong(file, element, "of several countries or regions, each needs its percentage")
    together = _together(found)
    if found and abs(together - ALL) > NEAR_ALL:
        wrong(file, element, f"its countries and regions give {together} percent, not 100")
    return tuple(found)


def _reckoned(states: list[_Named], areas: list[_Named]) -> list[_Named]:
    """Those among which the money is divided.

    A region without percentage beside countries that take all says only where they lie; regions
    of a second vocabulary say once more what those of the first say.
    """
    alone = len(states) == 1 and states[0].percent is None
    if states and (alone or abs(_together(states) - ALL) <= NEAR_ALL):
        areas = [a for a in areas if a.percent is not None]
    order = list(codes().region_vocabularies)
    first = min((a.printed["vocabulary"] for a in areas), key=order.index, default=None)
    return [*states, *(a for a in areas if a.printed["vocabulary"] == first)]


def _together(named: Sequence[Share | _Named]) -> Decimal:
    return sum((n.percent or Decimal(0) for n in named), Decimal(0))


def _country(element: etree._Element, file: str, language: str) -> _Named:
    printed = element.get("code", "").strip()
    code = countries.code(printed) if re.fullmatch(r"[A-Z]{2}", printed) else None
    if code is None:
        wrong(file, element, f"the country {printed!r} is no code of ISO 3166-1")
    words = narrative(element, language) or countries.named(code)
    cells = {"country": printed, "place": words, "percentage": element.get("percentage", "")}
    return _Named(code, cells, _percent(element, file))


def _region(element: etree._Element, file: str, language: str) -> _Named:
    printed, vocabulary = element.get("code", "").strip(), element.get("vocabulary", "1")
    prefix = codes().region_vocabularies.get(vocabulary)
    if prefix is None:
        wrong(file, element, f"the vocabulary of regions {vocabulary!r} is none of the standard")
    code = f"{prefix}-{printed}"
    if not countries.region(code):
        wrong(file, element, f"the region {printed!r} is none of its vocabulary")
    words = narrative(element, language) or countries.named(code)
    cells = {"region": printed, "vocabulary": vocabulary, "place": words}
    percentage = {"percentage": element.get("percentage", "")}
    return _Named(code, cells | percentage, _percent(element, file))


def _percent(element: etree._Element, file: str) -> Decimal | None:
    text = element.get("percentage")
    if text is None:
        return None
    try:
        percent = Decimal(text.strip())
    except InvalidOperation:
        percent = Decimal(-1)
    if not 0 <= percent <= 100:
        wrong(file, element, f"the percentage {text!r} is no number from 0 to 100")
    return percent
