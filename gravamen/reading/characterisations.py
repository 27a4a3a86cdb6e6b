"""Characterisations: the words of a text that label a status, a legal conclusion or a side.

The label is always somebody's, never the reader's: whose it is, the attributions tell.
"""

import re
from functools import cache
from typing import NamedTuple

import msgspec
import yaml

from gravamen.reading.mend import pattern
from gravamen.reading.proposal import CharacterisationFound
from gravamen.reading.spans import Placed, Spans
from gravamen.reading.text import DATA, Document
from gravamen.values import Value

_BEFORE = re.compile(r"([^\W_]+)[\s\"']*\Z")
_AFTER = re.compile(r"[\s\"']*([^\W_]+(?:-[^\W_]+)*)")
_DETERMINER = re.compile(
    r"(?:^|\s)(?:the|a|an|their|its|his|her|this|these|those|such) \"\Z", re.IGNORECASE
)
_DEFINED = re.compile(
    r"[(,]\s*(?:(?:hereinafter|together|collectively)[^()]*)?(?:the |a )?\"\Z", re.IGNORECASE
)
_LABEL = re.compile(r"[A-Za-z][\w'-]*(?: [a-z][\w'-]*)?\Z")
_GENERIC = re.compile(
    r"\b(?:fight|fights|fighting|war|struggle|battle|campaign|combat|combating|combatting"
    r"|cooperation|efforts?|measures|prohibition|ban|prohibits?|prohibited"
    r"|freedom|free|right not to be subjected)"
    r" (?:in |the |a )?(?:fight |combat )?(?:against|on|of|from|to)"
    r" (?:the |all |any |international |forms of |acts of |every )*\Z"
    r"|\b(?:combat|combating|combatting|countering|criminalis\w+|criminaliz\w+|outlaws?)"
    r" (?:all |international |every )*\Z"
    r"|\b(?:every|any|each) \Z",
    re.IGNORECASE,
)
_NAMED_AGAINST = re.compile(
    r"\b(?:Convention|Declaration|Protocol|Committee|Subcommittee|Act|Law) (?:against|on|for)"
    r" (?:the )?(?:[A-Z]\w+ ){0,4}(?:of )?(?:the )?(?:Crime of )?\Z"
)
_STATUTE = re.compile(
    r"(?: ?\([^)]*\))?,?\s(?:[a-z]+ ){0,3}?(?:authori[sz]es?|provides?|targets?|prohibits?"
    r"|protects?|covers?|speaks?|permits?|defines?|punish(?:es)?|applies|appl(?:y|ies))\b[^.;]*\Z"
)
_LEAD_CHARS = 70
_STATUTE_CHARS = 260
_NAMED = re.compile(r"\" +[A-Z][a-z]")
_NOUN = re.compile(r"\" +[a-z]|\"[.,;)]")


class Excepted(Value):
    """The words next to a label with which it is none.

    Args:
        of: the forms of the label that are meant, all where none is listed.
        only_before: the words of which one must follow, where there are any.
    """

    of: frozenset[str] = frozenset()
    unless_after: frozenset[str] = frozenset()
    unless_before: frozenset[str] = frozenset()
    only_before: frozenset[str] = frozenset()


class Labels(Value):
    """The lists of `characterisations.yaml`."""

    forms: dict[str, list[str]]
    exceptions: dict[str, Excepted]


class _Words(NamedTuple):
    """The labels as one pattern, with the terms that their forms stand for."""

    form: re.Pattern[str]
    terms: dict[str, str]
    endings: tuple[tuple[str, str], ...]
    exceptions: dict[str, Excepted]


@cache
def _words() -> _Words:
    data = yaml.safe_load((DATA / "characterisations.yaml").read_text("utf-8"))
    labels = msgspec.convert(data, Labels)
    terms: dict[str, str] = {}
    endings: list[tuple[str, str]] = []
    for term, forms in labels.forms.items():
        for form in forms:
            plain = " ".join(form.lower().split())
            if plain.endswith("*"):
                endings.append((plain[:-1], term))
            else:
                terms[plain] = term
    listed = [re.escape(t).replace("\\ ", " ").replace("\\-", "[- ]?") for t in terms]
    listed += [rf"{re.escape(stem)}\w*" for stem, _ in endings]
    listed.sort(key=len, reverse=True)
    return _Words(
        pattern(rf"(?<![\w-])(?=[a-z])(?:{'|'.join(listed)})(?![\w-])"),
        {_plain(t): term for t, term in terms.items()},
        tuple(endings),
        labels.exceptions,
    )


def _plain(words: str) -> str:
    return re.sub(r"[\s-]+", "", words.lower())


def find_characterisations(document: Document, laws: Spans[Placed]) -> list[CharacterisationFound]:
    """Return the labels of a text; a word inside the name of a law is none."""
    words = _words()
    found: list[CharacterisationFound] = []
    for m in words.form.finditer(document.copy):
        term = words.terms.get(_plain(m[0])) or next(
            (t for stem, t in words.endings if m[0].lower().startswith(stem)), None
        )
        place = document.place(m.start(), m.end())
        if term is None or laws.overlapping(place.start, place.end):
            continue
        if _of_nobody(document, laws, m) or _excepted(
            words.exceptions.get(term, Excepted()), document.copy, m
        ):
            continue
        found.append(_proposal(document, m.start(), m.end(), term, "characterisation.word"))
    taken = Spans(found)
    found += [q for q in _scare_quotes(document) if not taken.overlapping(q.start, q.end)]
    return found


def _of_nobody(document: Document, laws: Spans[Placed], m: re.Match[str]) -> bool:
    """Whether a label is put on nobody: "the fight against terrorism", "protects every prisoner of
    war", what a law says that it covers."""
    copy, start = document.copy, document.sentence(m.start()).start
    lead = copy[max(start, m.start() - _LEAD_CHARS) : m.start()]
    if _GENERIC.search(lead) or _NAMED_AGAINST.search(lead):
        return True
    law = laws.before(document.place(m.start(), m.end()).start)
    opening = document.place(start, m.end()).start
    if law is None or law.start < opening:
        return False
    between = document.text[law.end : document.place(m.start(), m.end()).start]
    return len(between) < _STATUTE_CHARS and bool(_STATUTE.match(between))


def _excepted(exception: Excepted, copy: str, m: re.Match[str]) -> bool:
    if exception.of and m[0].lower() not in exception.of:
        return False
    before = _BEFORE.search(copy[max(0, m.start() - 24) : m.start()])
    after = _AFTER.match(copy, m.end())
    if before and before[1].lower() in exception.unless_after:
        return True
    if after and after[1] in exception.unless_before:
        return True
    wanted = exception.only_before
    return bool(wanted) and (not after or after[1].lower() not in wanted)


def _scare_quotes(document: Document) -> list[CharacterisationFound]:
    """Find a word in quotation marks that stands for a title or a noun: the "General" X."""
    copy = document.copy
    found = []
    for q in document.quotations:
        if not q.closed or q.end - q.start > 40 or not _LABEL.match(copy[q.start : q.end]):
            continue
        before = copy[max(0, q.start - 32) : q.start]
        if not before.endswith('"') or _DEFINED.search(before):
            continue
        titled = copy[q.start].isupper() and _NAMED.match(copy, q.end)
        owned = _DETERMINER.search(before) and _NOUN.match(copy, q.end)
        if titled or (owned and copy[q.start].islower()):
            found.append(
                _proposal(
                    document, q.start - 1, q.end + 1, "scare-quotes", "characterisation.quotes"
                )
            )
    return found


def _proposal(
    document: Document, start: int, end: int, term: str, rule: str
) -> CharacterisationFound:
    place = document.place(start, end)
    why = (
        "Quotation marks around a single word keep their distance from it."
        if term == "scare-quotes"
        else f"A word for {term!r}: a label that is somebody's own."
    )
    return CharacterisationFound(
        id="", start=place.start, end=place.end, text=place.text, rule=rule, why=why, term=term
    )
