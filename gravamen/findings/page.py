"""The matrix of findings as one accessible web page: no script, no colour alone, all escaped."""

from collections.abc import Iterable, Iterator
from datetime import date
from html import escape

from gravamen.case import Case
from gravamen.findings.choose import choose
from gravamen.findings.ending import endings
from gravamen.findings.finding import Finding, State
from gravamen.findings.matrix import REMARKS, grouped, marks, printable, sorted_out, summary
from gravamen.findings.side_by_side import Side
from gravamen.findings.table import NOBODY, sides_html
from gravamen.law.authority import Law
from gravamen.parties import Party

_MARKS: dict[State, str] = {
    "supported": "✓ supported",
    "contested": "± contested",
    "missing": "✗ missing",
}
_COLUMNS = ("What the law asks", "State", "Borne out", "Claims", "What is missing, and a remedy")
_STYLE = """
body { font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem;
  padding: 0 1rem; color: #1a1a1a; background: #fff; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; min-width: 50rem; margin: 1rem 0 2rem;
  table-layout: fixed; }
caption, th, td { text-align: start; vertical-align: top; padding: .4rem .6rem; }
caption { font-weight: 600; padding-inline-start: 0; }
th, td { border-bottom: 1px solid #767676; }
caption .text { display: block; font-weight: 400; }
thead th { width: 25%; } thead th:nth-child(2) { width: 11%; }
thead th:nth-child(3) { width: 15%; }
thead th { border-bottom: 2px solid #1a1a1a; }
tbody th[scope=row] { font-weight: 400; }
.state { white-space: nowrap; font-weight: 600; }
.supported, .yes { color: #0b5d1e; } .contested, .lacks { color: #7a4b00; }
.missing, .no { color: #9b1c1c; }
tbody th[scope=rowgroup] { border-bottom: 2px solid #1a1a1a; padding-block-start: 1rem; }
td ul { margin: 0; padding-inline-start: 1.1rem; }
code { font-size: .9em; overflow-wrap: anywhere; }
"""
_LEGEND = (
    "<p>Each line asks one question of the law about one party. <em>Supported</em> means that "
    "claims speak for it and none against; <em>contested</em>, that claims speak on both sides; "
    "<em>missing</em>, that no standing claim supports it. Nothing here is a score or a judgement "
    "of truth.</p>"
)


def matrix_html(
    case: Case,
    law: Law,
    findings: Iterable[Finding],
    sides: Iterable[Side] = (),
    on: date | None = None,
) -> str:
    """Return the matrix as one self-contained HTML page, in the order of the findings.

    Args:
        sides: those of `side_by_side`; a table of them stands before the findings of each party.
        on: the day that was weighed for; the end of a law that is near or past then is said.
    """
    own, beside = tuple(findings), tuple(sides)
    parts = [
        "<!DOCTYPE html>",
        '<html lang="en"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>Findings: {_text(case.title)}</title><style>{_STYLE}</style></head>",
        f"<body><main><h1>Findings: {_text(case.title)}</h1>",
        _LEGEND,
    ]
    if not own and not beside:
        parts.append(f"<p>{NOBODY}</p>")
    if beside:
        parts += _beside(case, law, beside)
    for n, (party, by_prong) in enumerate(grouped(case, own), 1):
        parts += _party(case, law, party, by_prong, f"party-{n}")
    parts += [f"<p>{_text(end)}</p>" for end in endings(law, own, on)]
    parts.append(
        f"<p>Law data: edition <code>{_text(law.edition)}</code>.</p></main></body></html>"
    )
    return "\n".join(parts) + "\n"


def _beside(case: Case, law: Law, sides: tuple[Side, ...]) -> Iterator[str]:
    """The regimes side by side: a section with one table for each party."""
    yield '<section aria-labelledby="beside"><h2 id="beside">Regimes side by side</h2>'
    for id in dict.fromkeys(s.party for s in sides):
        party = case.parties[id]
        yield from sides_html(
            law, [s for s in sides if s.party == id], label=f"{party.name} ({party.kind})"
        )
    yield "</section>"


def _party(
    case: Case, law: Law, party: Party, by_prong: dict[str, list[Finding]], anchor: str
) -> Iterator[str]:
    choice = choose(case, law, [f for own in by_prong.values() for f in own], party.id)
    yield f'<section aria-labelledby="{anchor}">'
    yield f'<h2 id="{anchor}"><bdi>{_text(party.name)}</bdi> ({party.kind})</h2>'
    yield f"<p>{_text(choice.why)}</p>"
    if choice.rejected:
        items = "".join(f"<li>{_text(reason)}</li>" for reason in choice.rejected)
        yield f"<details><summary>Why not another ground</summary><ul>{items}</ul></details>"
    kept, notes = sorted_out(law, party, by_prong)
    for prong, own in kept.items():
        yield from _prong(law, prong, own)
    yield from (f"<p>{_text(note)}</p>" for note in notes)
    yield "</section>"


def _prong(law: Law, prong: str, own: list[Finding]) -> Iterator[str]:
    authority = law.authority(own[0].authority)
    text = next((p.text for p in authority.prongs if p.id == prong), "")
    yield f'<div class="scroll" role="region" tabindex="0" aria-label="{_text(prong)}"><table>'
    yield (
        f"<caption>{_text(authority.short)}, <code>{_text(prong)}</code>: {summary(own)}. "
        f'<span class="text">{_text(_sentence(text))}</span></caption>'
    )
    heads = "".join(f'<th scope="col">{column}</th>' for column in _COLUMNS)
    yield f"<thead><tr>{heads}</tr></thead><tbody>"
    for finding in own:
        yield _row(law, finding)
    yield "</tbody></table></div>"


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:].rstrip('.')}." if text else ""


def _row(law: Law, finding: Finding) -> str:
    element = law.element(finding.element)
    claims = [
        f"{word} {_codes(ids)}"
        for word, ids in (
            ("for", finding.claims),
            ("against", finding.against),
            ("qualified by", finding.qualified),
        )
        if ids
    ]
    said = " ".join(filter(None, [finding.gap, *(REMARKS[mark] for mark in marks(finding))]))
    return (
        f'<tr><th scope="row">{_text(element.test)} <code>{_text(element.id)}</code></th>'
        f'<td class="state {finding.state}">{_MARKS[finding.state]}</td>'
        f"<td>{_text(finding.corroboration) or 'by nothing'}</td>"
        f"<td>{'; '.join(claims) or 'none'}</td>"
        f"<td>{_text(said) or 'nothing'}</td></tr>"
    )


def _codes(ids: tuple[str, ...]) -> str:
    return ", ".join(f"<code>{_text(id)}</code>" for id in ids)


def _text(words: str) -> str:
    """Words safe in text and attributes, without control characters."""
    return escape(printable(words), quote=True)
