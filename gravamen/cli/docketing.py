"""docket: who was asked, under what, where it stands, what comes next."""

import gc
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

import click
import msgspec

from gravamen import law as lawdata
from gravamen.case import Case
from gravamen.casefile import CaseFile
from gravamen.cli.docket_list import rows, wrapped
from gravamen.cli.options import examples, json_option, on_option, show_json, today
from gravamen.cli.viewing import tell_views, view_options, written_views
from gravamen.docket.docket import docket
from gravamen.docket.json import docket_json
from gravamen.docket.line import OURS_TO_ACT, STATES, Docket, Due, Line, Pending
from gravamen.docket.page import law_of
from gravamen.docket.several import joined
from gravamen.docket.views import Wanted
from gravamen.values import GravamenError

LEDGER = "ledger.jsonl"
_GROUPS = ("open", "closed", "ours")


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
    whole = as_json or request is not None or wanted != Wanted()
    found = narrowed(derived(states, on=on or today(), told=whole), state, office, request)
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


def derived(cases: Sequence[Case], *, on: date, told: bool = True) -> Docket:
    """Return the docket of some cases on a day, with what happened `told` or the list alone."""
    law = lawdata.load()
    return joined(docket(case, law, on=on, told=told) for case in cases)


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
    elif whole:
        case = None
        for line in found.lines:
            if line.case != case and len({one.case for one in found.lines}) > 1:
                yield from wrapped(f"{line.title} ({line.case})")
            case = line.case
            yield from _whole(line)
    else:
        yield from rows(found)
    for waiting in found.pen:
        yield from wrapped(_waits(waiting))
    for note in found.notes:
        yield from wrapped(f"Note: {note}")


def _waits(waiting: Pending) -> str:
    return (
        f"To judge in {waiting.case}: {waiting.reply} ({waiting.kind}, received "
        f"{waiting.received}). {waiting.why}"
    )


def _whole(line: Line) -> Iterator[str]:
    """One line with all that happened."""
    yield from wrapped(f"{line.request} to {line.office_title}: {line.state}", hang="")
    what = f"{line.measure} {line.target}".rstrip()
    law = f"{law_of(line)} ({line.authority})" if line.authority else law_of(line)
    yield from _pairs(
        ("asked", f"{what} under {law}"),
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
        yield from wrapped(_due(due), indent="  ")
    for event in line.events:
        mark = " PROPOSED" if event.proposed else ""
        source = f" [{event.source}]" if event.source else ""
        text = f"{event.at}{mark} {event.what} ({event.id}): {event.text}{source}"
        yield from wrapped(text, indent="  ")
    yield ""


def _has_public(line: Line) -> bool:
    return any(event.what.startswith("outside") for event in line.events)


def _pairs(*pairs: tuple[str, str]) -> Iterator[str]:
    for key, value in pairs:
        if value:
            yield from wrapped(f"{key}: {value}", indent="  ")


def _due(due: Due) -> str:
    if due.ours:
        return f"our own day {due.due} ({due.id}): {due.rule} [{due.state}] {due.why}"
    shown = f"; shown by {', '.join(due.evidence)}" if due.evidence else ""
    started = f"started {due.started}{shown}"
    day = str(due.due_at or due.due or "no day")
    head = f"{due.clock} ({due.id}) [{due.state}], {day}: {due.who}: {due.rule} ({due.cite})"
    counted_as = f" Counted: {due.counted}." if due.counted else ""
    beside = f" {due.beside}" if due.beside else ""
    return f"{head}; {started}. {due.why}{beside}{counted_as} From silence follows: {due.silence}."


COMMANDS = (docket_command,)
