"""Views: a docket written as pages, calendar, feed or picture, guarded before any is written."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from gravamen.case import Case
from gravamen.docket.drawing import svg
from gravamen.docket.feed import feed
from gravamen.docket.ics import calendar
from gravamen.docket.line import Docket
from gravamen.docket.page import GENERATOR, pages
from gravamen.docket.plain import plain
from gravamen.docket.timeline import timeline
from gravamen.instruments.leaks import guard_files
from gravamen.values import GravamenError, Value


class Wanted(Value):
    """What of a docket is to be written, and where; None: not wanted.

    Args:
        pages: a folder, for index.html, a page for each office, a picture for each case.
        calendar, feed, picture: a file each: iCalendar, Atom, SVG of one case.
    """

    pages: Path | None = None
    calendar: Path | None = None
    feed: Path | None = None
    picture: Path | None = None


def write_views(docket: Docket, cases: Iterable[Case], wanted: Wanted) -> tuple[Path, ...]:
    """Write what is wanted of a docket; return the files. A file that stands there is replaced.

    Args:
        cases: all cases of the docket; no name that one of them protects may stand in any file.

    Raises:
        ProtectedName: a protected name would stand in one of them; nothing was written.
        GravamenError: a picture of several cases is wanted, or the folder for the pages has an
            index.html of something else; nothing was written.
    """
    made = _made(docket, wanted)
    files = {f"{n} {path.name}": data for n, (path, data) in enumerate(made.items())}
    # A calendar folds its lines and a picture cuts words, which would hide a name from the guard.
    words = dict.fromkeys(_words(msgspec.to_builtins(docket)))
    files |= {"docket": "\n".join(words).encode()} if made else {}
    for case in cases:
        guard_files(files, case, family_names=True)
    for path, data in made.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return tuple(made)


def _words(value: Any) -> Iterator[str]:
    """All words of a docket, as they are before they are laid out."""
    if isinstance(value, str):
        yield plain(value, lines=True)
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _words(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _words(inner)


def _made(docket: Docket, wanted: Wanted) -> dict[Path, bytes]:
    made: dict[Path, bytes] = {}
    if wanted.pages is not None:
        _ours(wanted.pages / "index.html")
        made |= {wanted.pages / name: data for name, data in pages(docket).items()}
    if wanted.calendar is not None:
        made[wanted.calendar] = calendar(docket)
    if wanted.feed is not None:
        made[wanted.feed] = feed(docket)
    if wanted.picture is not None:
        made[wanted.picture] = svg(timeline(docket, _only_case(docket))).encode()
    return made


def _ours(index: Path) -> None:
    """Refuse to write over a page that is no docket."""
    if index.exists() and GENERATOR.encode() not in index.read_bytes():
        raise GravamenError(
            f"{index} is no page of a docket; name a new folder, so that nothing is lost."
        )


def _only_case(docket: Docket) -> str:
    cases = dict.fromkeys(line.case for line in docket.lines)
    if len(cases) != 1:
        raise GravamenError(
            f"A picture shows one case; here are {len(cases)}: {', '.join(cases) or 'none'}. "
            "Name one case folder, or have a picture for each with the pages."
        )
    return next(iter(cases))
