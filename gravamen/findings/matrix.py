"""The matrix of findings as text for a terminal and as JSON (schema `gravamen.findings/1`)."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

import msgspec

from gravamen.case import Case
from gravamen.findings.choose import choose
from gravamen.findings.ending import endings
from gravamen.findings.finding import Finding, State
from gravamen.findings.reach import reach
from gravamen.law.authority import Law
from gravamen.parties import Party

SCHEMA = "gravamen.findings/1"
REMARKS = {
    "[unreviewed]": "It leans on a machine's proposal that no person has accepted.",
    "[law-unchecked]": "It leans on law data that are marked as unchecked.",
}
_JOINERS = "\u200c\u200d"
_SPACES = re.compile(r"[\t\n\v\f\r\x85\u2028\u2029]+")
STATE_WORDS: dict[State, str] = {
    "supported": "supported",
    "contested": "CONTESTED",
    "missing": "MISSING",
}


def matrix_text(
    case: Case,
    law: Law,
    findings: Iterable[Finding],
    width: int = 100,
    on: date | None = None,
) -> str:
    """Return the matrix for people: party, prong, element, state in words, what bears on it.

    No line is longer than `width` columns; control characters of names are replaced.

    Args:
        on: the day that was weighed for; the end of a law that is near or past then is said.
    """
    lines: list[str] = []
    weighed = tuple(findings)
    for party, by_prong in grouped(case, weighed):
        lines += wrapped(f"{party.name} ({party.kind})", width)
        kept, notes = sorted_out(law, party, by_prong)
        for prong, own in kept.items():
            lines += _prong(law, prong, own, width)
        for note in notes:
            lines += wrapped(note, width, indent=2)
        lines.append("")
    ends = [line for end in endings(law, weighed, on) for line in wrapped(end, width)]
    told = [*lines, *ends, *_legend(lines, width)]
    return "\n".join(told).rstrip("\n") or "No party was weighed."


def _prong(law: Law, prong: str, own: list[Finding], width: int) -> Iterator[str]:
    authority = law.authority(own[0].authority)
    yield from wrapped(f"{authority.short}: {prong} ({summary(own)})", width, indent=2)
    for finding in own:
        yield from _row(finding, width)


def sorted_out(
    law: Law, party: Party, by_prong: dict[str, list[Finding]]
) -> tuple[dict[str, list[Finding]], list[str]]:
    """The prongs worth a table, and one sentence for each thing that is not."""
    kept: dict[str, list[Finding]] = {}
    barred: list[str] = []
    unused: list[str] = []
    for prong, own in by_prong.items():
        if not reach(party, law.authority(own[0].authority)):
            barred.append(own[0].gap or "")
        elif idle(law, prong, own):
            unused.append(prong)
        else:
            kept[prong] = own
    nothing = [f"Nothing on record bears on {', '.join(unused)}."] if unused else []
    return kept, [*dict.fromkeys(barred), *nothing]


def idle(law: Law, prong: str, own: Sequence[Finding]) -> bool:
    """Whether a prong asks for a conduct of which nothing at all is on record."""
    rules = [(law.element(f.element).rule, f) for f in own]
    conduct = [f for rule, f in rules if rule in ("act", "role", "victims", "claims")]
    if any(rule in ("entity-act", "tenure", "pattern", "kind") for rule, _ in rules):
        return False
    corrupt = any(p.corruption for p in law.authority(own[0].authority).prongs if p.id == prong)
    silent = [f for f in conduct if f.state == "missing" and not f.claims and not f.against]
    return bool(conduct) and (len(silent) == len(conduct) or (corrupt and bool(silent)))


def _legend(lines: list[str], width: int) -> Iterator[str]:
    """What the marks in brackets mean, where any was used."""
    text = " ".join(line.strip() for line in lines)
    for mark, meaning in REMARKS.items():
        if mark in text:
            yield from wrapped(f"{mark} {meaning}", width)


def _row(finding: Finding, width: int) -> Iterator[str]:
    said = f": {finding.corroboration}" if finding.corroboration else ""
    head = " ".join([f"{STATE_WORDS[finding.state]} {finding.element}{said}", *marks(finding)])
    yield from wrapped(head, width, indent=4)
    notes = [
        _listed("for", finding.claims),
        _listed("against", finding.against),
        _listed("qualified by", finding.qualified),
        finding.gap or "",
    ]
    for note in filter(None, notes):
        yield from wrapped(note, width, indent=8)


def marks(finding: Finding) -> tuple[str, ...]:
    """The marks that warn about what a finding leans on; `REMARKS` says what each means."""
    unreviewed, unchecked = REMARKS
    return (unreviewed,) * finding.unreviewed + (unchecked,) * finding.needs_review


def summary(findings: Sequence[Finding]) -> str:
    """How many elements of a prong are supported, contested and missing, in words."""
    counts = {s: sum(f.state == s for f in findings) for s in STATE_WORDS}
    told = [f"{n} {state}" for state, n in counts.items() if n]
    return f"{', '.join(told)} of {len(findings)}"


def grouped(
    case: Case, findings: Iterable[Finding]
) -> list[tuple[Party, dict[str, list[Finding]]]]:
    """Findings by party and prong, in their order."""
    found: dict[str, dict[str, list[Finding]]] = {}
    for finding in findings:
        found.setdefault(finding.party, {}).setdefault(finding.prong, []).append(finding)
    return [(case.parties[id], by_prong) for id, by_prong in found.items()]


def matrix_json(
    case: Case, law: Law, findings: Iterable[Finding], on: date | None = None
) -> dict[str, Any]:
    """Return the matrix as a JSON object of the schema `gravamen.findings/1`.

    Keys: `schema`; `case` (id); `law_edition` (digest of the law files); `parties`, a list of
    `{id, name, kind}`; `elements`, `{id: {test, cite}}` of those asked; `findings`, a list with
    every field of `Finding`; `choices`, a list with every field of `Choice`, one per party;
    `endings`, what is to be said on the day `on` of the ends of these laws.
    """
    own = tuple(findings)
    parties = list(dict.fromkeys(f.party for f in own))
    elements = {id: law.element(id) for id in dict.fromkeys(f.element for f in own)}
    choices = [choose(case, law, own_of, p) for p, own_of in _by_party(own).items()]
    return {
        "schema": SCHEMA,
        "case": case.id,
        "law_edition": law.edition,
        "parties": [
            {"id": id, "name": case.parties[id].name, "kind": case.parties[id].kind}
            for id in parties
        ],
        "elements": {e.id: {"test": e.test, "cite": e.cite} for e in elements.values()},
        "findings": [_fields(f) for f in own],
        "choices": [_fields(c) for c in choices],
        "endings": endings(law, own, on),
    }


def _by_party(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        found.setdefault(finding.party, []).append(finding)
    return found


def _fields(value: msgspec.Struct) -> dict[str, Any]:
    """Every field of a value, also those at their default, tuples as lists."""
    fields = msgspec.structs.asdict(value)
    return {k: list(v) if isinstance(v, tuple) else v for k, v in fields.items()}


def _listed(word: str, ids: tuple[str, ...], most: int = 12) -> str:
    if not ids:
        return ""
    more = f" and {len(ids) - most} more" if len(ids) > most else ""
    return f"{word}: {', '.join(ids[:most])}{more}"


def wrapped(text: str, width: int, *, indent: int = 0, hang: int = 2) -> list[str]:
    """A text in lines of at most `width` columns; wide letters take two.

    Args:
        hang: how many columns further in the second line and those after it begin.
    """
    lines: list[str] = []
    line = " " * indent
    for word in printable(text).split(" "):
        for piece in _pieces(word, width - indent - hang):
            if line.strip() and columns(line) + 1 + columns(piece) > width:
                lines.append(line.rstrip())
                line = " " * (indent + hang)
            line = f"{line} {piece}" if line.strip() else line + piece
    return [*lines, line.rstrip()]


def _pieces(word: str, room: int) -> Iterator[str]:
    """A word, cut where it is longer than a line."""
    if columns(word) <= room:
        yield word
        return
    start = used = 0
    for at, ch in enumerate(word):
        wide = columns(ch)
        if used + wide > room:
            yield word[start:at]
            start, used = at, 0
        used += wide
    yield word[start:]


def columns(text: str) -> int:
    """How many columns a text takes on a terminal; wide letters take two."""
    if text.isascii():
        return len(text)
    return sum(1 + (unicodedata.east_asian_width(ch) in "WF") for ch in text)


def printable(text: str) -> str:
    """A text without line ends and control characters; the joiners of Persian and Indic stay."""
    if text.isprintable():
        return text
    return "".join(
        ch if ch.isprintable() or ch in _JOINERS else "\N{REPLACEMENT CHARACTER}"
        for ch in _SPACES.sub(" ", text)
    )
