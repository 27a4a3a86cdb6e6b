"""Page: a docket as web pages that need no script: an index, and a page for each office."""

import re
from base64 import b64encode
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from gravamen.dates import instant
from gravamen.docket.drawing import svg
from gravamen.docket.line import OURS_TO_ACT, Docket, Line, State
from gravamen.docket.office import answered, offices
from gravamen.docket.plain import plain
from gravamen.docket.timeline import Timeline, spell_day, timeline
from gravamen.values import Value
from gravamen.values import sha256 as digest

TEMPLATES = Path(__file__).parent / "templates"
GENERATOR = '<meta name="generator" content="Gravamen docket">'
MOST_OPENED = 1000  # above this many lines the index has no details; the offices' pages do
MOST_DRAWN = 5  # above this many cases the index links to the pictures and does not hold them
# How a state is called where its own word says too little.
_STATES: dict[State, str] = {
    "overdue": "overdue in law",
    "due": "due in law",
    "past-promise": "past the day it promised",
    "past-follow-up": "past our own day",
    "not-addressed": "answered, and not on this",
    "clarification": "asks us for clarification",
    "no-power": "says it has no power",
}
_STEM = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


class Group(Value):
    """Lines under one heading; `what` says what they have in common."""

    id: str
    heading: str
    what: str
    lines: tuple[Line, ...]


_GROUPS = (
    (
        "needs-you",
        "Needs you now",
        "Past a day in law or of our own, returned, a question to us, or a reply to judge",
    ),
    ("waiting", "Waiting for an answer", "With the office; nothing is to be done today"),
    ("not-sent", "Not sent", "Written, and not sent yet"),
    ("done", "Done", "Nothing more is awaited of this office on this request"),
)


def groups(lines: Sequence[Line]) -> tuple[Group, ...]:
    """Return every line in one of four groups, in the order in which somebody should read them."""
    found: dict[str, list[Line]] = {}
    for line in lines:
        found.setdefault(_group(line), []).append(line)
    return tuple(
        Group(id=id, heading=heading, what=what, lines=tuple(found.get(id, ())))
        for id, heading, what in _GROUPS
    )


def _group(line: Line) -> str:
    if line.proposed or line.state in OURS_TO_ACT:
        return "needs-you"
    if line.closed:
        return "done"
    return "not-sent" if line.state == "not-sent" else "waiting"


def law_of(line: Line) -> str:
    """Under which law it was asked, in words."""
    return line.under or line.authority or "no law named"


def next_of(line: Line) -> str:
    """Why the next day matters, or that there is none."""
    if line.next:
        return line.next_why or "why is not on file"
    return "nothing more is awaited" if line.closed else "no day ahead is set, by law or by us"


def pages(docket: Docket) -> dict[str, bytes]:
    """Return the pages of a docket and the picture of each case, by file name.

    index.html, office-ID.html for each office, timeline-ID.svg for each case; each page holds all
    that it needs. The same docket gives the same bytes.
    """
    titles = {line.case: line.title for line in docket.lines}
    drawn = {case: timeline(docket, case) for case in titles}
    made = {"index.html": _index(docket, drawn)}
    for office, lines in offices(docket).items():
        shown = {
            "record": answered(office, lines),
            "groups": groups(lines),
            "title": lines[0].office_title,
        }
        made[office_file(office)] = _made("office.html.j2", docket, shown)
    made |= {timeline_file(case): svg(of).encode() for case, of in drawn.items()}
    return made


def office_file(office: str) -> str:
    """The file name of the page of an office."""
    return f"office-{_stem(office)}.html"


def timeline_file(case: str) -> str:
    """The file name of the picture of a case."""
    return f"timeline-{_stem(case)}.svg"


def _stem(id: str) -> str:
    """An id as a part of a file name; the beginning of its digest where it can be none."""
    return id if _STEM.fullmatch(id) else digest(id.encode("utf-8", "replace"))[:12]


def _index(docket: Docket, drawn: dict[str, Timeline]) -> bytes:
    shown = {
        "groups": groups(docket.lines),
        "offices": [answered(office, lines) for office, lines in offices(docket).items()],
        "opened": len(docket.lines) <= MOST_OPENED,
        "timelines": {case: (of, Markup(svg(of))) for case, of in drawn.items()}
        if len(drawn) <= MOST_DRAWN
        else {},
        "cases": {case: of.title for case, of in drawn.items()},
    }
    return _made("index.html.j2", docket, shown)


def _made(template: str, docket: Docket, shown: dict[str, object]) -> bytes:
    style = (TEMPLATES / "docket.css").read_text(encoding="utf-8")
    return (
        _template(template)
        .render(
            docket=docket,
            generator=Markup(GENERATOR),
            style=Markup(style),
            style_digest=f"sha256-{b64encode(sha256(style.encode()).digest()).decode()}",
            **shown,
        )
        .encode()
    )


@cache
def _template(name: str) -> Template:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=lambda value: plain(value, lines=True) if type(value) is str else value,
    )
    environment.filters["day"] = spell_day
    environment.filters["moment"] = lambda at: spell_day(instant(at).day)
    environment.filters["state"] = lambda state: _STATES.get(state, state.replace("-", " "))
    environment.filters["law"] = law_of
    environment.filters["next"] = next_of
    environment.filters["office_file"] = office_file
    environment.filters["timeline_file"] = timeline_file
    return environment.get_template(name)
