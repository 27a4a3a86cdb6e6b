"""Timeline: what happened in a case over time: a lane for each office, marks on their days."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Literal

from gravamen.dates import instant, spell
from gravamen.docket.line import Docket, Due, Event, Line
from gravamen.values import Value

MarkKind = Literal[
    "sent", "delivered", "bounced", "reply", "outside", "clock", "law", "ours", "other"
]
# What an event is, or the beginning of that, and the kind of its mark.
_KINDS: dict[str, MarkKind] = {
    "sent": "sent",
    "sent again": "sent",
    "reminded": "sent",
    "withdrawal told": "sent",
    "delivered": "delivered",
    "reply": "reply",
    "reply of another office": "reply",
    "reply to a copy": "reply",
    "outside": "outside",
    "clock noted": "clock",
    "clock stopped": "clock",
}
_DUE = {
    "overdue": "overdue in law",
    "met": "due in law, met",
    "stopped": "due in law, stopped",
    "ended": "due in law, ended",
}
_REPLIES = {
    "auto-ack": "automatic reply",
    "ack": "acknowledged",
    "referral": "referred",
    "interim": "interim reply",
    "substantive": "answer",
    "clarification": "question to us",
    "bounced": "bounced",
    "misdirected": "not for us",
    "unclear": "unclear reply",
}


class Mark(Value):
    """Something on a day in a lane.

    Args:
        kind: by which its shape is chosen; each kind has a shape of its own.
        words: one or two words beside it; `text` the whole sentence, for the table.
        proposed: a machine proposed it and no person accepted it.
    """

    day: date
    kind: MarkKind
    words: str
    text: str
    proposed: bool = False


class Lane(Value):
    """An office and its marks, in order of their days."""

    office: str
    marks: tuple[Mark, ...]


class Timeline(Value):
    """A case over time, as data: the picture and the table beside it are made from it."""

    title: str
    on: date
    lanes: tuple[Lane, ...]

    @property
    def alt(self) -> str:
        """The sentence that stands for the picture where it is not seen."""
        marks = [m for lane in self.lanes for m in lane.marks]
        if not marks:
            return f"Timeline of {self.title}: nothing happened by {spell_day(self.on)}."
        first, last = min(m.day for m in marks), max(m.day for m in marks)
        n = len(self.lanes)
        return (
            f"Timeline of {self.title}, a lane for each of {n} office{'' if n == 1 else 's'}: "
            f"{len(marks)} marks from {spell_day(first)} to {spell_day(last)}, seen on "
            f"{spell_day(self.on)}. The table that follows it says the same in words."
        )


def spell_day(day: date) -> str:
    """A day in words: 12 May 2026."""
    return spell(day.isoformat())


def timeline(docket: Docket, case: str) -> Timeline:
    """Return a case of a docket over time: its events, the last days of its times, our own days.

    What happened once and moved several requests of one office is one mark.
    """
    lines = [line for line in docket.lines if line.case == case]
    by_office: dict[str, list[Line]] = {}
    for line in lines:
        by_office.setdefault(line.office_title, []).append(line)
    lanes = {office: list(_marks(of)) for office, of in by_office.items()}
    for who, mark in _of_others(lines):
        marks = lanes.setdefault(who, [])
        marks += [mark] if mark not in marks else []
    return Timeline(
        title=lines[0].title if lines else case,
        on=docket.on,
        lanes=tuple(
            Lane(office=office, marks=tuple(sorted(marks, key=lambda m: (m.day, m.text))))
            for office, marks in lanes.items()
        ),
    )


def _marks(lines: Iterable[Line]) -> Iterator[Mark]:
    seen: set[tuple[str, ...]] = set()
    for line in lines:
        for event in line.events:
            key = (event.id, event.what)
            if key not in seen:
                seen.add(key)
                yield _of_event(event)
        for due in line.clocks:
            mark = _of_due(due)
            if mark and not _is_of_another(due, line) and (due.id, "due") not in seen:
                seen.add((due.id, "due"))
                yield mark


def _of_others(lines: Iterable[Line]) -> Iterator[tuple[str, Mark]]:
    """The last days of the times that run for another office than was asked, each with whose."""
    for line in lines:
        for due in line.clocks:
            mark = _of_due(due)
            if mark and _is_of_another(due, line):
                who = due.who.removeprefix("the ")
                yield who[:1].upper() + who[1:], mark


def _is_of_another(due: Due, line: Line) -> bool:
    return due.office is not None and due.office != line.office


def _of_due(due: Due) -> Mark | None:
    """The mark of the last day of a time; None where it has none."""
    if due.due is None or due.state == "not-started":
        return None
    words = "our own day" if due.ours else _DUE.get(due.state, "due in law")
    if due.beside:
        words = f"in law, owed to others{' or a lapse' * (due.owed == 'lapse')}"
    cite = "no law sets it" if due.ours else due.cite or "no cite on file"
    kind: MarkKind = "ours" if due.ours else "law"
    return Mark(day=due.due, kind=kind, words=words, text=f"{due.rule} ({cite})")


def _of_event(event: Event) -> Mark:
    word, _, rest = event.what.partition(": ")
    words = (_REPLIES.get(rest, rest) or word).replace("-", " ")
    return Mark(
        day=instant(event.at).day,
        kind="bounced" if words == "bounced" else _KINDS.get(word, "other"),
        words=f"{words}?" if event.proposed else words,
        text=event.text,
        proposed=event.proposed,
    )
