"""Capitals: names in titles set in capitals, where only their form tells them, and pseudonyms."""

import re
from collections.abc import Iterator

from gravamen.reading.gazetteer import NameType

Named = tuple[int, int, NameType]

_WITNESS = re.compile(
    r"\b(?:Witness|Applicant|Complainant|Detainee|Source|Interviewee) "
    r"(?:[A-Z]{1,2}(?:-\d{1,3})?|\d{1,3}|[A-Z]\d{1,3})\b"
)
_CAPS_FACILITY = re.compile(
    r"\b(?:DETENTION CENT(?:RE|ER)|PRISON|REMAND CENTRE|CAMP|HOSPITAL|PENAL COLONY) (?:AT|IN"
    r"|NEAR) (?P<name>[A-Z]{3,}(?: +[A-Z]{3,})?)"
)
_CAPS_PERSONS = re.compile(
    r"\b(?:SUPERVISORS?|SENATORS?|COUNCILMEMBERS?|COUNCILLORS?|MESSRS\.?|MR\.?|MRS\.?|MS\.?"
    r"|DR\.?|REPRESENTATIVES?|COMMISSIONERS?)"
    r" +(?P<a>[A-Z][A-Z'-]{2,}(?: (?!AND\b)[A-Z][A-Z'-]{2,})?)(?:(?:, "
    r"(?P<b>[A-Z][A-Z'-]{2,}))? +AND +(?P<c>[A-Z][A-Z'-]{2,}))?(?![a-z])"
)
_CAPS_CASE = re.compile(
    r"\b(?:CASE OF )?(?P<a>[A-Z][A-Z'-]{2,})(?: AND OTHERS?| AND [A-Z]+)? [vV]\.? (?:THE "
    r")?(?P<s>[A-Z][A-Z'-]{2,}(?: [A-Z]{3,})?)"
)
_CAPS_BODY = re.compile(
    r"\b(?P<a>(?!(?:IN|THE|OF|TO|BY|FOR|BEFORE|AND)\b)(?:[A-Z][A-Z'-]+ ){0,3}(?:COURT"
    r"|COUNCIL|MINISTRY|COMMITTEE|ASSEMBLY|SENATE|PARLIAMENT"
    r"|BOARD|COMMISSION|TRIBUNAL|DEPARTMENT|OFFICE|GOVERNMENT|UNION|ASSOCIATION)(?: (?:OF"
    r"|FOR|ON) (?:THE )?[A-Z]{3,}(?: [A-Z]{3,})?)+)\b(?! ?[a-z])"
)


def pseudonyms(copy: str) -> Iterator[Named]:
    """Yield the names by which witnesses are hidden: "Witness K-7"."""
    for m in _WITNESS.finditer(copy):
        yield *m.span(), "person"


def in_capitals(copy: str) -> Iterator[Named]:
    """Yield facilities, bodies, persons and the parties of a case in words of capitals."""
    for m in _CAPS_FACILITY.finditer(copy):
        yield *m.span(), "facility"
    for m in _CAPS_BODY.finditer(copy):
        yield *m.span(), "body"
    for form in (_CAPS_PERSONS, _CAPS_CASE):
        for m in form.finditer(copy):
            for group, text in m.groupdict().items():
                if text and text not in ("THE", "AND", "OTHERS"):
                    yield *m.span(group), "state" if group == "s" else "person"
