"""Feed: what happened in a docket as an Atom feed, newest first."""

from datetime import UTC, datetime, time
from typing import Any
from uuid import UUID, uuid5

from lxml import etree

from gravamen.dates import instant
from gravamen.docket.line import Docket, Event, Line
from gravamen.docket.plain import plain
from gravamen.values import Value

ATOM = "http://www.w3.org/2005/Atom"
# Names the ids of this program's feeds; drawn once at random.
_FEEDS = UUID("730ec982-b60e-4911-a8dc-f7290661ba6b")


class Entry(Value):
    """One happening, with the office and the requests that it moved.

    Args:
        id: a URN, the same in every feed made of the case.
    """

    id: str
    line: Line
    event: Event
    requests: tuple[str, ...]


def feed(docket: Docket) -> bytes:
    """Return the events of a docket as Atom (RFC 4287), newest first.

    What happened once and moved several requests of one office is one entry. An event of which
    the day alone is known stands at the beginning of that day. The same docket gives the same
    bytes.
    """
    found = entries(docket)
    prefixes: Any = {None: ATOM}  # the stubs know no default namespace
    root = etree.Element(f"{{{ATOM}}}feed", nsmap=prefixes)
    cases = dict.fromkeys(line.case for line in docket.lines)
    _add(root, "id", _urn(*sorted(cases)))
    _add(root, "title", f"Docket: {', '.join(cases) or 'no case'}")
    newest = max((_at(e.event) for e in found), default=None)
    _add(root, "updated", newest or _time(datetime.combine(docket.on, time.min, UTC)))
    author = etree.SubElement(root, f"{{{ATOM}}}author")
    _add(author, "name", "The requesting body")
    for entry in found:
        _entry(root, entry)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def entries(docket: Docket) -> tuple[Entry, ...]:
    """Return each event of a docket once for each office, newest first."""
    moved: dict[tuple[str, ...], list[Line]] = {}
    events: dict[tuple[str, ...], Event] = {}
    for line in docket.lines:
        office = line.office or line.office_title
        for event in line.events:
            key = (line.case, office, event.id, event.what, event.text)
            events.setdefault(key, event)
            moved.setdefault(key, []).append(line)
    made = [
        Entry(
            id=_urn(*key[:4], lines[0].request),
            line=lines[0],
            event=events[key],
            requests=tuple(dict.fromkeys(line.request for line in lines)),
        )
        for key, lines in moved.items()
    ]
    return tuple(sorted(made, key=lambda e: (_at(e.event), e.id), reverse=True))


def _entry(root: etree._Element, entry: Entry) -> None:
    event, line = entry.event, entry.line
    made = etree.SubElement(root, f"{{{ATOM}}}entry")
    _add(made, "id", entry.id)
    mark = "Proposed, not reviewed: " if event.proposed else ""
    _add(made, "title", f"{mark}{event.what}: {line.office_title}")
    _add(made, "updated", _at(event))
    _add(made, "category", None, term="proposed" if event.proposed else "recorded")
    about = f"Case {line.case}, {', '.join(entry.requests)}."
    source = f" Source: {event.source}." if event.source else ""
    _add(made, "summary", f"{event.text} {about}{source}", type="text")


def _urn(*words: str) -> str:
    return f"urn:uuid:{uuid5(_FEEDS, chr(0).join(map(plain, words)))}"


def _at(event: Event) -> str:
    return _time(instant(event.at).first())


def _time(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def _add(parent: etree._Element, name: str, text: str | None, **attributes: str) -> None:
    made = etree.SubElement(parent, f"{{{ATOM}}}{name}")
    made.text = plain(text) if text is not None else None
    for key, value in attributes.items():
        made.set(key, value)
