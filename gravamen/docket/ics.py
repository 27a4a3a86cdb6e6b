"""Ics: the times of a docket as an iCalendar file: a task and a day for each."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Calendar, Event, Todo

from gravamen.docket.line import Docket, Due, DueState, Line
from gravamen.docket.plain import plain
from gravamen.values import Value, sha256

OUR_CHOICE, IN_LAW, BESIDE = "OUR-CHOICE", "SET-BY-LAW", "NOT-OWED-TO-US"
_STATUS: dict[DueState, str] = {
    "running": "NEEDS-ACTION",
    "overdue": "NEEDS-ACTION",
    "passed": "CANCELLED",
    "ours": "NEEDS-ACTION",
    "met": "COMPLETED",
    "stopped": "CANCELLED",
    "ended": "CANCELLED",
}


class Task(Value):
    """One time of a docket and the requests that it is about.

    Args:
        uid: the same in every file made of the case, whatever moved since.
    """

    uid: str
    line: Line
    due: Due
    requests: tuple[str, ...]

    @property
    def open(self) -> bool:
        """Whether somebody has yet to act."""
        awaited = self.due.state in ("running", "overdue", "ours")
        return awaited and not (self.due.ours and self.line.closed)


def calendar(docket: Docket) -> bytes:
    """Return the times of a docket as iCalendar (RFC 5545): a VTODO and an all-day VEVENT for each.

    A time of the law that is owed to others than us is a day and no task.
    Times that nothing started, or that have no last day, are left out. One that was met or stopped
    stays, with its status, so that a calendar that reads the file again takes it off the list. The
    same docket gives the same bytes.
    """
    made = Calendar()
    made.add("PRODID", "-//Gravamen//Docket//EN")
    made.add("VERSION", "2.0")
    made.add("METHOD", "PUBLISH")
    made.add("X-WR-CALNAME", f"Docket on {docket.on.isoformat()}")
    stamp = datetime.combine(docket.on, time.min, UTC)
    for task in tasks(docket):
        if not task.due.beside:
            made.add_component(_todo(task, stamp))
        made.add_component(_day(task, stamp))
    return bytes(made.to_ical())


def tasks(docket: Docket) -> tuple[Task, ...]:
    """Return each time of a docket once, by its last day, with all requests that it is about."""
    found: dict[tuple[str, ...], list[Line]] = {}
    dues: dict[tuple[str, ...], Due] = {}
    for line, due in _dated(docket):
        key = (line.case, due.id, line.office or line.office_title, *_apart(due))
        dues.setdefault(key, due)
        found.setdefault(key, []).append(line)
    made = [
        Task(
            uid=f"{sha256(chr(0).join(map(plain, key)).encode())[:32]}@gravamen",
            line=next((line for line in lines if not line.closed), lines[0]),
            due=dues[key],
            requests=tuple(dict.fromkeys(line.request for line in lines)),
        )
        for key, lines in found.items()
    ]
    return tuple(sorted(made, key=lambda task: (task.due.due or date.max, task.uid)))


def _apart(due: Due) -> tuple[str, ...]:
    """What sets a time that is owed to others apart from the same one owed on another request."""
    return ("beside",) if due.beside else ()


def _dated(docket: Docket) -> Iterator[tuple[Line, Due]]:
    for line in docket.lines:
        for due in line.clocks:
            if due.due is not None and due.state in _STATUS:
                yield line, due


def _todo(task: Task, stamp: datetime) -> Todo:
    todo = Todo()
    _tell(todo, task, stamp, "todo")
    todo.add("DUE", task.due.due)
    done = "COMPLETED" if task.due.ours else _STATUS[task.due.state]
    todo.add("STATUS", _STATUS[task.due.state] if task.open else done)
    return todo


def _day(task: Task, stamp: datetime) -> Event:
    event = Event()
    _tell(event, task, stamp, "day")
    if task.due.due is not None:
        event.add("DTSTART", task.due.due)
        if task.due.due < date.max:  # without its end, a day is that day (RFC 5545, 3.6.1)
            event.add("DTEND", task.due.due + timedelta(days=1))
    event.add("TRANSP", "TRANSPARENT")
    event.add("STATUS", "CONFIRMED" if task.open else "CANCELLED")
    return event


def _tell(component: Event | Todo, task: Task, stamp: datetime, part: str) -> None:
    """What the task and the day have in common."""
    due, line = task.due, task.line
    what = "Our own day" if due.ours else "Due in law"
    if due.beside:
        what = f"In law, not owed to us: {due.who}, beside what was asked of"
    component.add("UID", f"{part}-{task.uid}")
    component.add("DTSTAMP", stamp)
    component.add(
        "SUMMARY", plain(f"{what}{'' if due.beside else ':'} {line.office_title} ({line.title})")
    )
    component.add("DESCRIPTION", plain("\n".join(_described(task)), lines=True))
    component.add("CATEGORIES", [OUR_CHOICE if due.ours else BESIDE if due.beside else IN_LAW])


def _described(task: Task) -> Iterator[str]:
    due, line = task.due, task.line
    if due.ours:
        yield f"A day that we chose; no law sets it. {due.rule}"
    else:
        yield f"Rule: {due.rule}"
        yield f"Cite: {due.cite or 'none on file'}"
        yield f"Must act: {due.who}"
        if due.beside:
            yield due.beside
        yield f"If nobody acts: {due.silence}"
        yield f"Counted: {due.counted}, from {due.started}"
        yield f"Evidence of the start: {', '.join(due.evidence) or 'none on file'}"
    if due.why:
        yield due.why
    yield f"Case {line.case}, {', '.join(task.requests)}, asked of {line.office_title}"
