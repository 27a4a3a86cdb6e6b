"""An IATI activity as rows: each transaction and budget, for each country that has a share in it.

The columns beside the printed ones (country, date, value, percentage, names) are what we read
them as: `recipient`, `year`, `kind`, `amount`, `share`, `goes_to`, `donor`, `fault`.
"""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from lxml import etree

from gravamen.aid import countries
from gravamen.aid.files.iati.codes import codes, currencies
from gravamen.aid.files.iati.element import (
    LANGUAGE,
    attribute,
    day,
    narrative,
    needed,
    only,
    truth,
    wrong,
)
from gravamen.aid.files.iati.shares import ALL, Share, shares

COLUMNS = (
    "row", "element", "identifier", "reporting_ref", "reporting_type", "reporting", "hierarchy",
    "title", "type", "start", "end", "value", "currency", "country", "region", "vocabulary",
    "place", "percentage", "provider_ref", "provider_type", "provider", "receiver_ref",
    "receiver_type", "receiver", "humanitarian", "sector", "aid_type", "recipient", "year", "kind",
    "objective", "amount", "share", "goes_to", "donor", "fault",
)  # fmt: skip
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)\Z")
_STATE_REF = re.compile(r"([A-Z]{2})-(GOV\b|\d)")  # "US-GOV-1", in older files "US-1"
_DAC_REF = re.compile(r"XM-DAC-(\d+)\b")
_CENT = Decimal("0.01")
MOST = 10**15  # of any currency; more is a slip


class Activity(NamedTuple):
    """What an activity says once for all its money."""

    file: str
    element: etree._Element
    language: str
    currency: str
    humanitarian: str
    shares: tuple[Share, ...]
    printed: Mapping[str, str]


def rows(element: etree._Element, file: str) -> Iterator[dict[str, str]]:
    """Give the rows of one activity, by the order of its elements.

    Raises:
        AidError: an element, code, currency, date or number that is none; it names the line.
    """
    only(element, codes().activity, file)
    activity = _activity(element, file)
    for transaction in element.iterfind("transaction"):
        yield from _transaction(transaction, activity)
    for budget in element.iterfind("budget"):
        yield from _budget(budget, activity)


def _activity(element: etree._Element, file: str) -> Activity:
    language = element.get(LANGUAGE, "").lower()
    reporting = element.find("reporting-org")
    printed = {
        "identifier": (element.findtext("iati-identifier") or "").strip(),
        "title": narrative(element.find("title"), language),
        "hierarchy": element.get("hierarchy", ""),
        "sector": _sector(element, file, language),
        "aid_type": attribute(element.find("default-aid-type"), "code"),
        **_organisation(reporting, "reporting", file, language),
    }
    return Activity(
        file=file,
        element=element,
        language=language,
        currency=element.get("default-currency", "").strip(),
        humanitarian=truth(element, file),
        shares=shares(element, file, language),
        printed=printed,
    )


def _transaction(element: etree._Element, activity: Activity) -> Iterator[dict[str, str]]:
    file, language = activity.file, activity.language
    only(element, codes().transaction, file)
    kind_code = needed(element, "transaction-type", "code", file)
    movement = codes().transactions.get(kind_code)
    if movement is None:
        wrong(file, element, f"the type of transaction {kind_code!r} is none of the standard")
    own = shares(element, file, language)
    row = {
        **activity.printed,
        **_organisation(element.find("provider-org"), "provider", file, language),
        **_organisation(element.find("receiver-org"), "receiver", file, language),
        "element": "transaction",
        "type": kind_code,
        "kind": movement.kind,
        "start": day(element, "transaction-date", file),
        "humanitarian": truth(element, file) or activity.humanitarian,
    }
    row["sector"] = _sector(element, file, language) or row["sector"]
    row["aid_type"] = attribute(element.find("aid-type"), "code") or row["aid_type"]
    row["donor"] = _donor(row, "provider" if movement.incoming else "reporting")
    row["goes_to"] = codes().organisations.get(row.get("receiver_type", "")) or ""
    yield from _shared(row, element, activity, own or activity.shares)


def _budget(element: etree._Element, activity: Activity) -> Iterator[dict[str, str]]:
    file = activity.file
    only(element, codes().budget, file)
    kind_code = element.get("type", "1")
    for table, code in (
        (codes().budgets, kind_code),
        (codes().budget_states, element.get("status", "1")),
    ):
        if code not in table:
            wrong(file, element, f"the type or status of budget {code!r} is none of the standard")
    row = {
        **activity.printed,
        "element": "budget",
        "type": kind_code,
        "kind": "budgeted",
        "objective": codes().budgets[kind_code],
        "start": day(element, "period-start", file),
        "end": day(element, "period-end", file),
        "humanitarian": activity.humanitarian,
        "donor": _donor(activity.printed, "reporting"),
        "fault": _replaced(element, activity) if kind_code == "1" else "",
    }
    yield from _shared(row, element, activity, activity.shares)


def _replaced(budget: etree._Element, activity: Activity) -> str:
    """Why an original budget has no amount: a revised one of the same period stands there."""
    period = _period(budget)
    for other in activity.element.iterfind("budget"):
        if other.get("type") == "2" and _period(other) == period:
            return f"replaced by the revised budget on line {other.sourceline}"
    return ""


def _period(budget: etree._Element) -> tuple[str, str]:
    return (
        attribute(budget.find("period-start"), "iso-date"),
        attribute(budget.find("period-end"), "iso-date"),
    )


def _shared(
    row: Mapping[str, str], element: etree._Element, activity: Activity, divided: tuple[Share, ...]
) -> Iterator[dict[str, str]]:
    """A row for each share; together they give the value where they give 100 %."""
    if not divided:
        wrong(activity.file, element, "it names no recipient country and no region")
    value = element.find("value")
    number, currency = _value(value, element, activity)
    parts = [(number * s.percent / ALL).quantize(_CENT) for s in divided]
    if sum(s.percent for s in divided) == ALL:
        rest = number - sum(parts[:-1])
        parts[-1] = rest if rest % _CENT else rest.quantize(_CENT)
    for share, part in zip(divided, parts, strict=True):
        yield {
            **row,
            **share.printed,
            "row": str(element.sourceline),
            "value": ((value.text if value is not None else "") or "").strip(),
            "currency": currency,
            "recipient": share.code,
            "year": row["start"][:4],
            "share": "" if share.percent == ALL else str(share.percent),
            "amount": "" if row.get("fault") else str(part),
        }


def _value(
    value: etree._Element | None, element: etree._Element, activity: Activity
) -> tuple[Decimal, str]:
    text = ((value.text if value is not None else "") or "").strip()
    if value is None or not _NUMBER.match(text) or abs(Decimal(text)) >= MOST:
        wrong(activity.file, element, f"its value {text!r} is no number below {MOST}")
    currency = value.get("currency", "").strip() or activity.currency
    if currency not in currencies():
        told = f"{currency!r} is no code of ISO 4217" if currency else "none is given"
        wrong(activity.file, value, f"the currency of its value is not known: {told}")
    return Decimal(text), currency


def _organisation(
    element: etree._Element | None, role: str, file: str, language: str
) -> dict[str, str]:
    if element is None:
        return {}
    ref, kind, words = element.get("ref", ""), element.get("type", ""), narrative(element, language)
    if kind and kind not in codes().organisations:
        wrong(file, element, f"the type of organisation {kind!r} is none of the standard")
    return {f"{role}_ref": ref.strip(), f"{role}_type": kind, role: words or ref.strip()}


def _donor(row: Mapping[str, str], role: str) -> str:
    """The state whose government gives it; "" where the identifier names none."""
    ref = row.get(f"{role}_ref", "")
    if found := _STATE_REF.match(ref):
        return countries.code(found[1]) or ""
    if found := _DAC_REF.match(ref):
        return codes().dac_donors.get(found[1], "")
    return ""


def _sector(element: etree._Element, file: str, language: str) -> str:
    """The sectors of the first vocabulary used: names with codes, or what there is of them."""
    told: dict[str, list[str]] = {}
    for sector in element.iterfind("sector"):
        vocabulary = sector.get("vocabulary", "1")
        if vocabulary not in codes().sector_vocabularies:
            wrong(file, sector, f"the vocabulary of sectors {vocabulary!r} is none of the standard")
        words, code = narrative(sector, language), sector.get("code", "").strip()
        told.setdefault(vocabulary, []).append(
            f"{words} ({code})" if words and code else words or code
        )
    return "; ".join(told[min(told, key=int)]) if told else ""
