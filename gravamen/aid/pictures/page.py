"""Page: an account as one web page without a script, on which each figure has its place.

The first sheet that it prints is a table for an annex: what flows, by group, and a picture of it.
"""

import re
from base64 import b64encode
from collections.abc import Iterable, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from gravamen.aid.countries import otherwise
from gravamen.aid.line import GROUPS, Account, Difference, Group, Hook, HookState, Line
from gravamen.aid.pictures.chart import svg
from gravamen.aid.pictures.panels import heading, listed, panels
from gravamen.aid.words import (
    amount_words,
    is_report,
    line_words,
    money,
    notes,
    span_words,
    vintage_words,
)
from gravamen.dates import spell
from gravamen.law import Law
from gravamen.values import Value

TEMPLATES = Path(__file__).parent / "templates"
GENERATOR = '<meta name="generator" content="Gravamen assistance">'
STATES: dict[HookState, str] = {
    "barred": "bars it on that day",
    "waived": "its bar is waived on that day",
    "unknown": "the sources do not show whether its bar is waived",
    "open": "can be asked",
    "needs-unit": "reaches units, and none is named",
    "argued": "two readings are held",
    "unread": "was not yet in force, and what bound before was not read",
    "carved-out": "leaves it alone",
}
MEANINGS: dict[Group, str] = {
    "already-barred": "A law bars it on that day, without more being asked.",
    "asked-now": "No bar is shown to stand on that day; an office can be asked.",
    "outside": "No law in the data could stop it, or the law names it among what it leaves alone.",
    "not-vettable": "The law reaches units of security forces, and the rows name none.",
    "hook-unclear": "Neither the file nor the law data show which law reaches it.",
}
# Controls, halves of pairs and what is no character: no page can hold them.
_NEVER = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


class Bearing(Value):
    """How a law bears on some lines; whatever its hooks say differently stands side by side.

    Args:
        title: of the law; its id where the law data do not have it. `short` is for a table.
        standing: state in words, why, and the names of the lines of which it is so.
        waivers: how its bar stands on the day, in words.
        unchecked: how far the law data know it, where nobody compared it with the law.
    """

    authority: str
    title: str
    short: str
    standing: tuple[tuple[str, str, str], ...]
    cites: tuple[str, ...]
    decides: tuple[str, ...]
    waivers: tuple[str, ...]
    shows: tuple[str, ...]
    exceptions: tuple[str, ...]
    unchecked: tuple[str, ...]


class Disagreement(Value):
    """Figures of one kind that copies give differently: a row to a year, a column to a copy.

    Args:
        rows: the words of a year, and the figure of each copy; "no figure" where it has none.
    """

    what: str
    copies: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


class Part(Value):
    """A group with its lines; `names` of them, `whys` they stand in it, the laws that bear on them.

    Args:
        whys: a reason, and the names of the lines that have it.
    """

    id: Group
    heading: str
    meaning: str
    names: str
    whys: tuple[tuple[str, str], ...]
    laws: tuple[Bearing, ...]
    lines: tuple[Line, ...]


def page(account: Account, law: Law) -> str:
    """Return an account as one page that holds all it needs; the same account gives the same page.

    It has what flows by group, with the laws of each group once, a picture and a table of each sum
    that can be made, what is refused or differs, and what the files cannot show.
    """
    style = (TEMPLATES / "page.css").read_text(encoding="utf-8")
    drawn = [
        (panel, Markup(svg(account, (panel,), prefix=f"p{n}-").decode()))
        for n, panel in enumerate(panels(account), 1)
    ]
    laws = _bearings(account.lines, law)
    return _template().render(
        account=account,
        heading=heading(account),
        generator=Markup(GENERATOR),
        style=Markup(style),
        style_digest=f"sha256-{b64encode(sha256(style.encode()).digest()).decode()}",
        drawn=drawn,
        parts=parts(account, law),
        laws=laws,
        shorts={of.authority: of.short for of in laws},
        differences=_disagreements(account.differences),
        files=_files(account.lines),
    )


def parts(account: Account, law: Law) -> tuple[Part, ...]:
    """Return the groups that hold a line, in their order."""
    found: dict[Group, list[Line]] = {}
    for line in account.lines:
        found.setdefault(line.group, []).append(line)
    return tuple(
        Part(
            id=group,
            heading=words,
            meaning=MEANINGS[group],
            names=_names(found[group]),
            whys=_whys(found[group]),
            laws=_bearings(found[group], law),
            lines=tuple(found[group]),
        )
        for group, words in GROUPS.items()
        if group in found
    )


def _names(lines: Iterable[Line]) -> str:
    return ", ".join(dict.fromkeys(line_words(line) for line in lines))


def _whys(lines: Iterable[Line]) -> tuple[tuple[str, str], ...]:
    found: dict[str, list[Line]] = {}
    for line in lines:
        found.setdefault(line.why_group, []).append(line)
    return tuple((why, _names(of)) for why, of in found.items() if why)


def _bearings(lines: Sequence[Line], law: Law) -> tuple[Bearing, ...]:
    found: dict[str, list[tuple[Hook, Line]]] = {}
    for line in lines:
        for hook in line.hooks:
            found.setdefault(hook.authority, []).append((hook, line))
    return tuple(_bearing(id, pairs, law) for id, pairs in found.items())


def _bearing(id: str, pairs: Sequence[tuple[Hook, Line]], law: Law) -> Bearing:
    hooks = [hook for hook, _ in pairs]
    known = law.authorities.get(id)
    return Bearing(
        authority=id,
        title=known.title if known else id,
        short=known.short if known else id,
        standing=_standing(pairs),
        cites=_each(hook.cite for hook in hooks),
        decides=_each(hook.decides for hook in hooks),
        waivers=_each(hook.waiver for hook in hooks if hook.waiver),
        shows=_each(words for hook in hooks for words in hook.shows),
        exceptions=_each(words for hook in hooks for words in hook.exceptions),
        unchecked=_each(hook.mark for hook in hooks if hook.mark not in ("sourced", "checked")),
    )


def _each(words: Iterable[str]) -> tuple[str, ...]:
    """Each of some words once, in their order."""
    return tuple(dict.fromkeys(words))


def _standing(pairs: Iterable[tuple[Hook, Line]]) -> tuple[tuple[str, str, str], ...]:
    found: dict[tuple[HookState, str], list[Line]] = {}
    for hook, line in pairs:
        found.setdefault((hook.state, hook.why), []).append(line)
    return tuple((STATES[state], why, _names(of)) for (state, why), of in found.items())


def _disagreements(found: Iterable[Difference]) -> tuple[Disagreement, ...]:
    alike: dict[tuple[str, str], list[Difference]] = {}
    for of in found:
        what = f"{of.dataset}: {of.kind}, {of.dollars} {of.currency}"
        alike.setdefault((what, of.currency), []).append(of)
    made = []
    for (what, currency), differences in alike.items():
        copies = sorted({vintage for of in differences for vintage, _ in of.figures})
        made.append(
            Disagreement(
                what=what,
                copies=tuple(vintage_words(copy) for copy in copies),
                rows=tuple(
                    (_year(of), tuple(_as_in(copy, of, currency) for copy in copies))
                    for of in differences
                ),
            )
        )
    return tuple(made)


def _as_in(copy: str, of: Difference, currency: str) -> str:
    """The figure of a copy; each of them where two files are of one vintage."""
    figures = [amount for vintage, amount in of.figures if vintage == copy]
    return "; ".join(money(amount, currency) for amount in figures) or money(None)


def _files(lines: Iterable[Line]) -> tuple[tuple[str, str, str, str], ...]:
    """The files behind the lines: dataset, file, vintages in words, edition."""
    found: dict[tuple[str, str, str], set[str]] = {}
    for line in lines:
        found.setdefault((line.dataset, line.file, line.edition), set()).add(line.vintage)
    return tuple(
        (dataset, file, ", ".join(vintage_words(v) for v in sorted(vintages)), edition)
        for (dataset, file, edition), vintages in sorted(found.items())
    )


def printed_as(line: Line) -> str:
    """As what the rows print the country, where that is not our name for it; else nothing."""
    places = otherwise(line.country, line.places)
    return f"printed as {listed([repr(p) for p in places])}" if places else ""


def _year(of: Line | Difference) -> str:
    if of.year is None:
        return "no year in the file"
    return f"{of.year} TQ" if of.period == "transition-quarter" else str(of.year)


def _plain(value: object) -> object:
    return _NEVER.sub(" ", value) if type(value) is str else value


def _checked(checked: bool | None) -> str:
    return {True: "agrees", False: "differs", None: "it prints none"}[checked]


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_plain,
    )
    environment.filters |= {
        "amount": amount_words,
        "checked": _checked,
        "day": spell,
        "line": line_words,
        "money": money,
        "notes": notes,
        "printed_as": printed_as,
        "span": span_words,
        "state": STATES.__getitem__,
        "vintage": vintage_words,
        "year": _year,
    }
    environment.tests["report"] = is_report
    environment.globals["GROUPS"] = GROUPS
    return environment.get_template("page.html.j2")
