"""Table: regimes side by side as text for a terminal, as JSON and as a part of a web page."""

from collections.abc import Iterable, Iterator
from html import escape
from itertools import zip_longest
from typing import Any

import msgspec

from gravamen.case import Case
from gravamen.findings.home import JURISDICTIONS, land
from gravamen.findings.matrix import REMARKS, columns, printable, wrapped
from gravamen.findings.side_by_side import Answer, Side
from gravamen.law.authority import Law

SCHEMA = "gravamen.reach/1"
WIDTH_COLUMNS = 100
_HEADS = ("Answer", "Authority", "Ground that stands best", "✓", "±", "✗", "Law")
_WIDTHS = (9, 28, 31, 3, 3, 3, 9)
_GAP = "  "
_WORDS: dict[Answer, str] = {
    "yes": "yes",
    "contested": "CONTESTED",
    "lacks": "LACKS",
    "no": "no",
}
_SIGNS: dict[Answer, str] = {
    "yes": "✓ yes",
    "contested": "± contested",
    "lacks": "… lacks",
    "no": "✗ no",
}
_LEGEND = (
    "✓, ±, ✗: how many of the things that the ground requires are supported, contested and "
    "missing. Each ground is weighed on one act."
)
_COLUMNS = ("Authority", "Answer", "Ground that stands best", "Supported", "Contested", "Missing",
            "Reason, and what would close it")  # fmt: skip
NOBODY = "No party was weighed."


def sides_text(case: Case, law: Law, sides: Iterable[Side]) -> str:
    """Return one table for each party: a row for each regime, and under it what it lacks.

    No line is longer than `WIDTH_COLUMNS`; control characters of names are replaced.
    """
    lines: list[str] = []
    for id, own in _by_party(sides):
        party = case.parties[id]
        lines += wrapped(f"{party.name} ({party.kind})", WIDTH_COLUMNS)
        lines += _cells(_HEADS)
        for jurisdiction, of_it in _by_jurisdiction(law, own):
            lines.append(f"  {land(jurisdiction)}")
            for side in of_it:
                lines += _row(law, side)
                for note in _notes(side):
                    lines += wrapped(note, WIDTH_COLUMNS, indent=6)
        lines.append("")
    if not lines:
        return NOBODY
    marked = [REMARKS["[unreviewed]"]] if any("[unreviewed]" in line for line in lines) else []
    for note in (_LEGEND, *(f"[unreviewed] {mark}" for mark in marked)):
        lines += wrapped(note, WIDTH_COLUMNS)
    return "\n".join(lines)


def _row(law: Law, side: Side) -> Iterator[str]:
    weighed = side.prong is not None
    counts = (side.supported, side.contested, side.missing)
    yield from _cells(
        (
            _WORDS[side.answer],
            law.authority(side.authority).short,
            side.prong or "",
            *(str(n) if weighed else "" for n in counts),
            "unchecked" if side.needs_review else "",
        )
    )


def _cells(cells: Iterable[str]) -> Iterator[str]:
    """A row of cells, each wrapped to the width of its column."""
    every = [wrapped(c, w, hang=0) for c, w in zip(cells, _WIDTHS, strict=True)]
    for line in zip_longest(*every, fillvalue=""):
        padded = (c + " " * (w - columns(c)) for c, w in zip(line, _WIDTHS, strict=True))
        yield f"  {_GAP.join(padded)}".rstrip()


def _notes(side: Side) -> Iterator[str]:
    """What stands under a row: why not, what would close it, what is outside, when it ends."""
    if side.answer == "no":
        yield side.why
    gaps: dict[str, list[str]] = {}
    for wanting in (*side.lacks, *side.disputed) if side.answer != "no" else side.lacks:
        gaps.setdefault(wanting.gap, []).append(wanting.element)
    yield from (f"{', '.join(elements)}: {gap}" for gap, elements in gaps.items())
    if side.acts and side.answer != "no":
        yield f"on: {', '.join(side.acts)}"
    for why, acts in _outside(side):
        yield f"outside it: {', '.join(acts)}. {why}"
    if side.ends:
        yield side.ends
    if side.unreviewed:
        yield "[unreviewed]"


def _outside(side: Side) -> list[tuple[str, list[str]]]:
    """The acts that are not covered by the reason; not said twice where it is the answer."""
    found: dict[str, list[str]] = {}
    for outside in side.outside:
        if not (side.answer == "no" and side.why == outside.why):
            found.setdefault(outside.why, []).append(outside.allegation)
    return list(found.items())


def sides_json(case: Case, law: Law, sides: Iterable[Side]) -> dict[str, Any]:
    """Return the answers as a JSON object of the schema `gravamen.reach/1`.

    Keys: `schema`; `case` (id); `law_edition`; `parties`, a list of `{id, name, kind}`;
    `authorities`, `{id: {short, jurisdiction, kind, cite}}`; `sides`, a list with every field of
    `Side`, in the order of the case and then of the law.
    """
    own = tuple(sides)
    parties = [case.parties[id] for id in dict.fromkeys(s.party for s in own)]
    authorities = [law.authority(id) for id in dict.fromkeys(s.authority for s in own)]
    return {
        "schema": SCHEMA,
        "case": case.id,
        "law_edition": law.edition,
        "parties": [{"id": p.id, "name": p.name, "kind": p.kind} for p in parties],
        "authorities": {
            a.id: {
                "short": a.short, "jurisdiction": a.jurisdiction, "kind": a.kind, "cite": a.cite,
            }
            for a in authorities
        },
        "sides": [
            {name: msgspec.to_builtins(getattr(s, name)) for name in Side.__struct_fields__}
            for s in own
        ],
    }  # fmt: skip


def sides_html(law: Law, sides: Iterable[Side], *, label: str) -> Iterator[str]:
    """Yield the lines of one party's table for a web page; all words are escaped.

    Args:
        label: what names the table to somebody who cannot see it.
    """
    yield f'<div class="scroll" role="region" tabindex="0" aria-label="{_text(label)}"><table>'
    yield f"<caption>{_text(label)}. {_text(_EACH)}</caption>"
    heads = "".join(f'<th scope="col">{column}</th>' for column in _COLUMNS)
    yield f"<thead><tr>{heads}</tr></thead>"
    for jurisdiction, own in _by_jurisdiction(law, sides):
        name = land(jurisdiction)
        yield f'<tbody><tr><th scope="rowgroup" colspan="{len(_COLUMNS)}">{_text(name)}</th></tr>'
        for side in own:
            yield _html_row(law, side)
        yield "</tbody>"
    yield "</table></div>"


_EACH = "Each ground is weighed on one act."


def _html_row(law: Law, side: Side) -> str:
    authority = law.authority(side.authority)
    ground = f"<code>{_text(side.prong)}</code>" if side.prong else "none"
    counts = "".join(
        f"<td>{n if side.prong else ''}</td>"
        for n in (side.supported, side.contested, side.missing)
    )
    notes = [side.why] if side.answer != "no" else []
    notes += [note for note in _notes(side) if note != "[unreviewed]"]
    if side.unreviewed:
        notes.append(REMARKS["[unreviewed]"])
    if side.needs_review:
        notes.append(REMARKS["[law-unchecked]"])
    said = "".join(f"<li>{_text(note)}</li>" for note in notes)
    return (
        f'<tr><th scope="row">{_text(authority.short)}</th>'
        f'<td class="state {side.answer}">{_SIGNS[side.answer]}</td>'
        f"<td>{ground}</td>{counts}<td><ul>{said}</ul></td></tr>"
    )


def _by_party(sides: Iterable[Side]) -> Iterable[tuple[str, list[Side]]]:
    found: dict[str, list[Side]] = {}
    for side in sides:
        found.setdefault(side.party, []).append(side)
    return found.items()


def _by_jurisdiction(law: Law, sides: Iterable[Side]) -> Iterable[tuple[str, list[Side]]]:
    """Sides by whose law it is; those known first and in their order, then others."""
    found: dict[str, list[Side]] = {id: [] for id in JURISDICTIONS}
    for side in sides:
        found.setdefault(law.authority(side.authority).jurisdiction, []).append(side)
    return [(id, own) for id, own in found.items() if own]


def _text(words: str) -> str:
    """Words safe in text and attributes, without control characters."""
    return escape(printable(words), quote=True)
