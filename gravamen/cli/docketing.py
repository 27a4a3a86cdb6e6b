"""docket: who was asked, under what, where it stands, what comes next."""

import gc
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

import click
import msgspec

from gravamen import law as lawdata
from gravamen.case import Case
from gravamen.casefile import CaseFile
from gravamen.cli.options import (
    WIDTH_COLUMNS,
    counted,
    examples,
    json_option,
    on_option,
    show_json,
    today,
)
from gravamen.cli.viewing import tell_views, view_options, written_views
from gravamen.docket.docket import docket, joined
from gravamen.docket.json import docket_json
from gravamen.docket.line import OURS_TO_ACT, STATES, Docket, Due, Line, Pending
from gravamen.docket.views import Wanted
from gravamen.values import GravamenError

LEDGER = "ledger.jsonl"
_GROUPS = ("open", "closed", "ours")
# Widths of the columns of the table; with a space between them they fill a line.
_COLUMNS = (("request", 12), ("office", 22), ("asked", 20), ("state", 14), ("since", 10),
            ("days", 5), ("next", 10))  # fmt: skip


@click.command(
    "docket",
    epilog=examples(
        "gravamen docket out/case --on 2024-06-01",
        "gravamen docket out --state open",
        "gravamen docket out/case --office us.state.secretary --json",
        "gravamen docket out/case --html out/docket --ics out/docket.ics --svg out/timeline.svg",
    ),
)
@click.argument("cases", nargs=-1, required=True, type=click.Path(path_type=Path))
@on_option
@click.option(
    "--state",
    type=click.Choice((*_GROUPS, *STATES)),
    help="Only lines that stand there: open, closed, ours (we must act), or one state.",
)
@click.option("--office", help="Only lines of this office: us.state.secretary")
@click.option("--request", help="Only lines of this request, with all that happened.")
@view_options
@json_option
def docket_command(
    cases: tuple[Path, ...],
    on: date | None,
    state: str | None,
    office: str | None,
    request: str | None,
    wanted: Wanted,
    as_json: bool,
) -> None:
    """List who was asked for what, where it stands, since when, and what comes next.

    CASES are case folders, or folders that hold case folders. There is one line for each request
    and office. The state is derived from what happened by the day of --on, and from that day
    alone; what a machine proposed and nobody accepted changes none. A time that a law sets is
    shown only where a source shows what started it. A day of our own is called ours.
    """
    states = opened(cases)
    found = narrowed(derived(states, on=on or today()), state, office, request)
    files = written_views(found, states, wanted)
    if files and not as_json:
        tell_views(files)
        return
    if as_json:
        show_json(docket_json(found))
        return
    for line in told(found, whole=request is not None):
        click.echo(line)


def opened(paths: Sequence[Path]) -> tuple[Case, ...]:
    """Return all cases in some folders.

    Raises:
        GravamenError: a folder holds no case.
    """
    folders = dict.fromkeys(f for path in paths for f in case_folders(path))
    found = tuple(CaseFile.open(folder).case() for folder in folders)
    gc.freeze()  # what was opened stays to the end, so the collector need not walk it again
    return found


def derived(cases: Sequence[Case], *, on: date) -> Docket:
    """Return the docket of some cases on a day."""
    law = lawdata.load()
    return joined(docket(case, law, on=on) for case in cases)


def case_folders(path: Path) -> tuple[Path, ...]:
    """The case folder that a path is, or those that it holds, in the order of their names."""
    if (path / LEDGER).exists():
        return (path,)
    found = sorted(f for f in path.iterdir() if (f / LEDGER).is_file())
    if not found:
        raise GravamenError(
            f"{path} is no case folder and holds none; name a folder with {LEDGER}, or one whose "
            "folders have it."
        )
    return tuple(found)


def narrowed(found: Docket, state: str | None, office: str | None, request: str | None) -> Docket:
    """Return the lines of a docket that are asked for.

    Raises:
        GravamenError: no line has the office or request.
    """
    lines = found.lines
    if office:
        lines = tuple(x for x in lines if office in (x.office, x.office_title))
        _some(lines, "office", office, (x.office or x.office_title for x in found.lines))
    if request:
        lines = tuple(x for x in lines if x.request == request)
        _some(lines, "request", request, (x.request for x in found.lines))
    if state:
        lines = tuple(x for x in lines if _stands(x, state))
    return msgspec.structs.replace(found, lines=lines)


def _some(lines: Sequence[Line], what: str, wanted: str, known: Iterable[str]) -> None:
    if not lines:
        there = ", ".join(dict.fromkeys(known)) or "none"
        raise GravamenError(f"No line has the {what} {wanted!r}; there are: {there}.")


def _stands(line: Line, state: str) -> bool:
    if state == "ours":
        return line.state in OURS_TO_ACT
    if state in ("open", "closed"):
        return line.closed == (state == "closed")
    return line.state == state


def told(found: Docket, *, whole: bool) -> Iterator[str]:
    """The docket as lines of text."""
    if not found.lines:
        yield f"No line stands there on {found.on}."
    several = len({line.case for line in found.lines}) > 1
    case = None
    for line in found.lines:
        if line.case != case:
            case = line.case
            if several and case:
                yield from ("", f"{line.title} ({line.case})")
            if not whole:
                yield _row([name for name, _ in _COLUMNS])
        if whole:
            yield from _whole(line)
        else:
            yield _row(_cells(line))
    if not whole and found.lines:
        yield from ("", _counts(found))
    for waiting in found.pen:
        yield from _wrapped(_waits(waiting))
    for note in found.notes:
        yield from _wrapped(f"Note: {note}")


def _cells(line: Line) -> list[str]:
    asked = line.measure if not line.target else f"{line.measure}: {line.target}"
    return [
        line.request,
        line.office_title,
        asked,
        line.state,
        str(line.since or "-"),
        "-" if line.days_open is None else str(line.days_open),
        str(line.next or "-"),
    ]


def _row(cells: Sequence[str]) -> str:
    pairs = zip(cells, _COLUMNS, strict=True)
    return " ".join(fitted(cell, width) for cell, (_, width) in pairs).rstrip()


def _counts(found: Docket) -> str:
    """How many lines there are, and on how many we must act."""
    mine = sum(line.state in OURS_TO_ACT for line in found.lines)
    still = sum(not line.closed for line in found.lines)
    waits = sum(line.proposed for line in found.lines)
    text = f"{counted(len(found.lines), 'line')} on {found.on}: {still} open, {mine} for us to act"
    return f"{text}, {waits} with a proposal to judge." if waits else f"{text}."


def _waits(waiting: Pending) -> str:
    return (
        f"To judge in {waiting.case}: {waiting.reply} ({waiting.kind}, received "
        f"{waiting.received}). {waiting.why}"
    )


def _whole(line: Line) -> Iterator[str]:
    """One line with all that happened."""
    yield from _wrapped(f"{line.request} to {line.office_title}: {line.state}", hang="")
    what = f"{line.measure} {line.target}".rstrip()
    yield from _pairs(
        ("asked", f"{what} under {line.authority}" if line.authority else what),
        ("letter", " ".join(x for x in (line.instrument, line.dispatch, line.reference) if x)),
        ("state", line.state_text),
        ("days", f"{line.days_open} since {line.asked_on}" if line.asked_on else ""),
        ("next", f"{line.next}: {line.next_why}" if line.next else ""),
        ("deadline", line.deadline),
        ("signed", line.signatures),
        ("went", " -> ".join(line.chain)),
        ("copies", "; ".join(line.copies)),
        ("to judge", "a machine proposed the request or what came of it" if line.proposed else ""),
        ("public record", "" if _has_public(line) else "none on file"),
    )
    for due in line.clocks:
        yield from _wrapped(_due(due), indent="  ")
    for event in line.events:
        mark = " PROPOSED" if event.proposed else ""
        source = f" [{event.source}]" if event.source else ""
        text = f"{event.at}{mark} {event.what} ({event.id}): {event.text}{source}"
        yield from _wrapped(text, indent="  ")
    yield ""


def _has_public(line: Line) -> bool:
    return any(event.what.startswith("outside") for event in line.events)


def _pairs(*pairs: tuple[str, str]) -> Iterator[str]:
    for key, value in pairs:
        if value:
            yield from _wrapped(f"{key}: {value}", indent="  ")


def _due(due: Due) -> str:
    if due.ours:
        return f"our own day {due.due} ({due.id}): {due.rule} [{due.state}] {due.why}"
    shown = f"; shown by {', '.join(due.evidence)}" if due.evidence else ""
    started = f"started {due.started}{shown}"
    day = str(due.due_at or due.due or "no day")
    head = f"{due.clock} ({due.id}) [{due.state}], {day}: {due.who}: {due.rule} ({due.cite})"
    counted_as = f" Counted: {due.counted}." if due.counted else ""
    return f"{head}; {started}. {due.why}{counted_as} From silence follows: {due.silence}."


def _wrapped(text: str, indent: str = "", hang: str = "    ") -> Iterator[str]:
    """A paragraph in lines that keep the width; control characters would steer the terminal."""
    line, empty = indent, True
    for word in "".join(" " if unicodedata.category(c) == "Cc" else c for c in text).split():
        if not empty and _width(line) + 1 + _width(word) > WIDTH_COLUMNS:
            yield line
            line, empty = hang, True
        line, empty = f"{line}{'' if empty else ' '}{word}", False
    yield line


def fitted(text: str, width: int) -> str:
    """A text in a column: cut with an ellipsis where it is longer, filled up where shorter."""
    plain = " ".join("".join(c if c.isprintable() else " " for c in text[: 20 * width]).split())
    if _width(plain) > width:
        while _width(plain) > width - 1:
            plain = plain[:-1]
        plain += "…"
    return plain + " " * (width - _width(plain))


def _width(text: str) -> int:
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(c) else 1 + (unicodedata.east_asian_width(c) in "WF")
        for c in text
    )


COMMANDS = (docket_command,)
