"""Elements of an IATI file: their words, attributes and days, and what is wrong in one."""

import re
from datetime import date
from typing import NoReturn

from lxml import etree

from gravamen.aid.files.dataset import AidError

YEARS = range(1900, 2101)
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(Z|[+-]\d{2}:\d{2})?\Z")  # xsd:date
_TRUTH = {"true": "true", "1": "true", "false": "false", "0": "false"}


def narrative(element: etree._Element | None, language: str) -> str:
    """The text of an element: in English where it is given, else the first."""
    if element is None:
        return ""
    told = [(n.get(LANGUAGE, language).lower(), n) for n in element.iterfind("narrative")]
    chosen = next((n for lang, n in told if lang.startswith("en")), told[0][1] if told else None)
    return "" if chosen is None else " ".join("".join(map(str, chosen.itertext())).split())


def needed(element: etree._Element, name: str, attribute: str, file: str) -> str:
    """An attribute of a child element, both of which must be there."""
    found = element.find(name)
    if found is None or not found.get(attribute, "").strip():
        wrong(file, element, f"it has no {name} with {attribute!r}")
    return found.get(attribute, "").strip()


def attribute(element: etree._Element | None, name: str) -> str:
    """An attribute of an element that may not be there; "" without it."""
    return "" if element is None else element.get(name, "").strip()


def only(element: etree._Element, known: frozenset[str], file: str) -> None:
    """Refuse elements that the standard does not have; those of other namespaces may stand."""
    for child in element:
        name = str(child.tag)
        if not name.startswith("{") and name not in known:
            wrong(file, child, f"{name!r} is no element that the standard has there")


def wrong(file: str, element: etree._Element, what: str) -> NoReturn:
    """Raise, with the line and name of an element, what is wrong in it."""
    name = etree.QName(element).localname
    raise AidError(
        f"{file}: line {element.sourceline}, {name}: {what}. Ask the publisher, or mend the file "
        "under another name."
    )


def truth(element: etree._Element, file: str) -> str:
    """Whether an element is marked as humanitarian: "true", "false", or "" where it is not."""
    text = element.get("humanitarian", "").strip()
    if text and text not in _TRUTH:
        wrong(file, element, f"humanitarian is {text!r}, which is neither true nor false")
    return _TRUTH.get(text, "")


def day(element: etree._Element, name: str, file: str) -> str:
    """The day that a child element gives, as "2020-12-31"."""
    text = needed(element, name, "iso-date", file)
    found = _DAY.match(text)
    try:
        parsed = date.fromisoformat(found[1]) if found else None
    except ValueError:
        parsed = None
    if parsed is None or parsed.year not in YEARS:
        wrong(file, element, f"its {name} {text!r} is no day (2020-12-31)")
    return parsed.isoformat()
