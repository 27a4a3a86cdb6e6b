"""Drawing: a timeline as SVG, readable in black and white; each kind of mark has its own shape."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from html import escape

from gravamen.docket.plain import plain
from gravamen.docket.timeline import Lane, Mark, MarkKind, Timeline, spell_day
from gravamen.instruments.fonts import FAMILIES
from gravamen.values import Value

WIDTH, LEFT, RIGHT = 1000.0, 190.0, 24.0
SIZE, ROW, MARK = 11.0, 14.0, 18.0
KEY: dict[MarkKind, str] = {
    "sent": "sent",
    "delivered": "delivered",
    "bounced": "bounced",
    "reply": "reply",
    "outside": "public record",
    "clock": "time started or stopped",
    "law": "due in law",
    "ours": "our own day",
    "other": "other",
}
_TOP, _PAD = 54.0, 8.0
_MOST_ROWS = 8
_MOST_TICKS = 9
_INK, _GREY, _PALE = "#16202e", "#55606e", "#d5dae0"
_Place = Callable[[date], float]


class _Label(Value):
    """The words beside a mark at `x`: their row in the lane, and their left end `at`."""

    x: float
    words: str
    row: int
    at: float


def svg(timeline: Timeline) -> str:
    """Return a timeline as SVG, readable without colour: shapes tell the kinds apart.

    Every mark stands on its day. Where the words beside them would need more than a few rows of a
    lane, those of one kind are said together, with their number, at the first of them.
    """
    first, last = _ends(timeline)
    scale = (WIDTH - LEFT - RIGHT) / max((last - first).days, 1)

    def at(day: date) -> float:
        return LEFT + (day - first).days * scale

    y, drawn = _TOP, []
    for lane in timeline.lanes:
        lane_drawn, height = _lane(lane, at, y)
        drawn.append(lane_drawn)
        y += height
    bottom = y
    height = bottom + 2 * ROW + _PAD
    family = escape(", ".join(f"'{f}'" for f in FAMILIES), quote=True)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {height:g}" '
        f'width="{WIDTH:g}" height="{height:g}" role="img" '
        f'aria-label="{escape(plain(timeline.alt), quote=True)}" '
        f'font-family="{family}" font-size="{SIZE:g}">'
        f"<title>{escape(plain(f'Timeline of {timeline.title}'))}</title>"
        f"<desc>{escape(plain(timeline.alt))}</desc>"
        f'<rect width="{WIDTH:g}" height="{height:g}" fill="#ffffff"/>'
    )
    axis = "".join(_tick(words, at(day), bottom) for day, words in _ticks(first, last))
    today = _today(timeline.on, at(timeline.on), bottom)
    return "".join([head, axis, today, *drawn, _key(_kinds(timeline), bottom + ROW + 4), "</svg>"])


def _kinds(timeline: Timeline) -> Iterator[MarkKind]:
    return (m.kind for lane in timeline.lanes for m in lane.marks)


def _ends(timeline: Timeline) -> tuple[date, date]:
    """The first and last day that is drawn, with a little room on both sides."""
    days = [timeline.on, *(m.day for lane in timeline.lanes for m in lane.marks)]
    first, last = min(days), max(days)
    room = timedelta(days=max((last - first).days // 25, 2))
    low = first - room if first - date.min > room else date.min
    return low, last + room if date.max - last > room else date.max


def _lane(lane: Lane, at: _Place, top: float) -> tuple[str, float]:
    """The drawing of a lane and its height."""
    labels = _labels(lane.marks, at)
    name = wrapped(lane.office, LEFT - 24)
    rows = max((label.row for label in labels), default=0) + 1
    height = max(MARK + rows * ROW, len(name) * ROW) + 2 * _PAD
    middle = top + _PAD + MARK / 2
    parts = [_rule(0, WIDTH, top, _PALE), _rule(LEFT, WIDTH - RIGHT, middle, _GREY)]
    for n, words in enumerate(name):
        y = top + _PAD + SIZE + n * ROW
        parts.append(_text(8, y, words, weight="700"))
    parts += [_leader(label, middle, top + _PAD + MARK) for label in labels if label.row]
    shapes = dict.fromkeys((m.kind, round(at(m.day)), m.proposed) for m in lane.marks)
    parts += [shape(kind, x, middle, proposed) for kind, x, proposed in shapes]
    parts += [_text(label.at, _baseline(label, top + _PAD + MARK), label.words) for label in labels]
    return "".join(parts), height


def _rule(left: float, right: float, y: float, ink: str) -> str:
    return f'<line x1="{left:g}" y1="{y:g}" x2="{right:g}" y2="{y:g}" stroke="{ink}"/>'


def _labels(marks: Sequence[Mark], at: _Place) -> list[_Label]:
    """The labels of a lane; where they need too many rows, near marks of one kind are said as one,
    over ever wider stretches."""
    stretch = 0.0
    while True:
        labels = _placed(_together(marks, at, stretch))
        if len(labels) < 2 or max(label.row for label in labels) < _MOST_ROWS:
            return labels
        stretch = 2 * stretch or 12.0
        if stretch > 2 * WIDTH:
            return labels


def _together(marks: Sequence[Mark], at: _Place, stretch: float) -> list[tuple[float, str]]:
    """Where the words of marks begin, and what they are; those of one day and word are one."""
    groups: dict[tuple[object, ...], list[Mark]] = {}
    for m in marks:
        key = (at(m.day) // stretch, m.kind, m.proposed) if stretch else (m.day, m.words)
        groups.setdefault(key, []).append(m)
    return [(at(of[0].day), _said(of)) for of in groups.values()]


def _said(marks: Sequence[Mark]) -> str:
    words = {m.words for m in marks}
    said = marks[0].words if len(words) == 1 else KEY[marks[0].kind]
    return f"{len(marks)} × {said}" if len(marks) > 1 else said


def _placed(found: Iterable[tuple[float, str]]) -> list[_Label]:
    """Each label in the first row where it overlaps none before it, inside the picture."""
    ends: list[float] = []
    labels = []
    for x, words in sorted(found):
        width = width_of(words)
        left = max(LEFT, min(x - 5, WIDTH - width - 4))
        row = next((n for n, end in enumerate(ends) if end + 6 <= left), len(ends))
        if row == len(ends):
            ends.append(0.0)
        ends[row] = left + width
        labels.append(_Label(x=x, words=words, row=row, at=left))
    return labels


def wrapped(words: str, width: float) -> tuple[str, ...]:
    """Some words in lines of at most a width in points; a word that is wider is cut."""
    lines = [""]
    for word in _pieces(plain(words).split(), width):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and width_of(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return tuple(lines)


def _pieces(words: Iterable[str], width: float) -> Iterator[str]:
    for word in words:
        while width_of(word) > width:
            cut = next(n for n in range(1, len(word) + 1) if width_of(word[:n]) > width) - 1
            yield word[: max(cut, 1)]
            word = word[max(cut, 1) :]
        yield word


def width_of(words: str) -> float:
    """How wide some words are at most, in points: a wide character takes its whole size."""
    return sum(SIZE * (1.05 if unicodedata.east_asian_width(c) in "WF" else 0.62) for c in words)


def _ticks(first: date, last: date) -> list[tuple[date, str]]:
    """Days for the axis with their words: days, months or years, as many as there is room for."""
    for days in (1, 2, 7, 14):
        if (last - first).days <= days * _MOST_TICKS:
            begin = range(0, (last - first).days + 1, days)
            return [(first + timedelta(days=n), _day(first + timedelta(days=n))) for n in begin]
    for months in (1, 2, 3, 6):
        found = _months(first, last, months)
        if len(found) <= _MOST_TICKS:
            return [(d, f"{d:%b} {d.year}") for d in found]
    years = last.year - first.year
    step = next(n for n in (1, 2, 5, 10, 20, 50, 100, 200, 500, 2000) if years <= n * _MOST_TICKS)
    begin = range(-(-(first.year + 1) // step) * step, last.year + 1, step)
    return [(date(year, 1, 1), str(year)) for year in begin]


def _day(day: date) -> str:
    return f"{day.day} {day:%b} {day.year}"


def _months(first: date, last: date, step: int) -> list[date]:
    """The first days of every so many months, within two days."""
    numbers = range(first.year * 12 + first.month, last.year * 12 + last.month)
    return [date(n // 12, n % 12 + 1, 1) for n in numbers if n % step == 0]


def _tick(words: str, x: float, bottom: float) -> str:
    line = f'<line x1="{x:g}" y1="{_TOP - 6:g}" x2="{x:g}" y2="{bottom:g}" stroke="{_PALE}"/>'
    return line + _text(x, _TOP - 12, words, anchor="middle", fill=_GREY)


def _today(day: date, x: float, bottom: float) -> str:
    """The line of the day for which it is drawn."""
    words = f"seen on {spell_day(day)}"
    anchor = "end" if x + width_of(words) > WIDTH else "start"
    left = x - 5 if anchor == "end" else x + 5
    return (
        f'<line x1="{x:g}" y1="6" x2="{x:g}" y2="{bottom:g}" stroke="{_INK}" stroke-width="1.4" '
        f'stroke-dasharray="5 3"/>{_text(left, 18, words, anchor=anchor, weight="700")}'
    )


def _baseline(label: _Label, top: float) -> float:
    return top + label.row * ROW + SIZE - 1


def _leader(label: _Label, middle: float, top: float) -> str:
    """The line from a mark to its words, where they are apart."""
    end = _baseline(label, top) - SIZE + 2
    return (
        f'<line x1="{label.x:g}" y1="{middle + 5:g}" x2="{label.x:g}" y2="{end:g}" '
        f'stroke="{_PALE}"/>'
    )


def shape(kind: MarkKind, x: float, y: float, proposed: bool = False) -> str:
    """The shape of a kind of mark around a point; hollow and dashed where it is only proposed."""
    line = f'stroke="{_INK}" stroke-width="1.3"'
    full = (
        f'fill="#ffffff" {line} stroke-dasharray="2 1.5"' if proposed else f'fill="{_INK}" {line}'
    )
    hollow = f'fill="#ffffff" {line}'
    match kind:
        case "sent":
            return _polygon(((x - 4, y - 5.5), (x + 6, y), (x - 4, y + 5.5)), full)
        case "delivered":
            return _polygon(((x - 4, y - 5.5), (x + 6, y), (x - 4, y + 5.5)), hollow)
        case "bounced":
            return (
                f'<path d="M{x - 5:g} {y - 5:g}L{x + 5:g} {y + 5:g}M{x - 5:g} {y + 5:g}'
                f'L{x + 5:g} {y - 5:g}" fill="none" stroke="{_INK}" stroke-width="2.2"/>'
            )
        case "reply":
            return f'<circle cx="{x:g}" cy="{y:g}" r="5" {full}/>'
        case "outside":
            return f'<rect x="{x - 4.5:g}" y="{y - 4.5:g}" width="9" height="9" {hollow}/>'
        case "clock":
            return _polygon(((x, y - 6), (x + 5.5, y + 4), (x - 5.5, y + 4)), hollow)
        case "law":
            return f'<rect x="{x - 2:g}" y="{y - 8:g}" width="4" height="16" fill="{_INK}"/>'
        case "ours":
            return _polygon(((x, y - 6), (x + 6, y), (x, y + 6), (x - 6, y)), hollow)
        case _:
            return f'<circle cx="{x:g}" cy="{y:g}" r="2.2" {full}/>'


def _polygon(corners: Iterable[tuple[float, float]], paint: str) -> str:
    points = " ".join(f"{x:g},{y:g}" for x, y in corners)
    return f'<polygon points="{points}" {paint}/>'


def _key(kinds: Iterable[MarkKind], y: float) -> str:
    """What each shape that is drawn means."""
    x, parts = 14.0, []
    for kind in sorted(set(kinds), key=[*KEY].index):
        words = KEY[kind]
        parts += [shape(kind, x, y - 4), _text(x + 11, y, words, fill=_GREY)]
        x += width_of(words) + 30
    return "".join(parts)


def _text(
    x: float, y: float, words: str, *, anchor: str = "start", weight: str = "400", fill: str = _INK
) -> str:
    """Words with a white edge, so that a line behind them does not cross them."""
    return (
        f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}" font-weight="{weight}" fill="{fill}" '
        f'stroke="#ffffff" stroke-width="3" paint-order="stroke">{escape(plain(words))}</text>'
    )
