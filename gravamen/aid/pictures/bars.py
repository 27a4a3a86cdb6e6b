"""Bars: a row of columns of a panel on matplotlib axes; lengths are points (1/72 inch)."""

from collections.abc import Sequence
from math import ceil
from textwrap import wrap
from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.ticker import FuncFormatter, MaxNLocator

from gravamen.aid.line import Group
from gravamen.aid.pictures.lettering import GREY, INK, PAPER, SMALL, font, width_of, write
from gravamen.aid.pictures.panels import Column, Panel, Slot

HIGH = 110.0  # from the lowest to the highest column
MOST = 26.0  # columns, with what is between them, in one row
_LEAST = 9.0  # so that a single column is not a wall
_BAR, _PAD, _BOX = 0.8, 3.0, 34.0
_MOST_LETTERS = 13  # of a vintage below its column
_UNITS = ((1e6, "millions"), (1e3, "thousands"))


class Look(NamedTuple):
    """How a group looks: the fills differ as greys too."""

    fill: str
    hatch: str


LOOKS: dict[Group, Look] = {
    "already-barred": Look("#1f2f4d", ""),
    "asked-now": Look("#b4662a", "///"),
    "outside": Look("#7fa8cc", "..."),
    "not-vettable": Look("#dcc48e", "xxx"),
    "hook-unclear": Look("#f6f3ea", "\\\\"),
}


class Scale(NamedTuple):
    """How a panel is drawn: amounts are divided by `unit` and run from `low` to `high`.

    Args:
        word: the unit in words ("millions"); "" for single ones.
        over, under: room above the highest and below the lowest column, for their labels.
        foot: room below the axis, for vintages and years.
        span: how many columns wide each row is; `pitch` the width of one.
        turned: the amounts, and `turned_vintages` the vintages, are written upwards.
    """

    unit: float
    word: str
    low: float
    high: float
    over: float
    under: float
    foot: float
    span: float
    pitch: float
    apart: float
    turned: bool
    turned_vintages: bool
    vintages: bool

    @property
    def point(self) -> float:
        """How much of the scale is one point."""
        return (self.high - self.low) / HIGH

    @property
    def height(self) -> float:
        """How high the axes are."""
        return HIGH + self.over + self.under


def said(amount: float, unit: float = 1.0) -> str:
    """An amount in a unit, with three digits that count: "32.4", "1,471", "−0.658", "0.002"."""
    size = abs(amount) / unit
    digits = 0 if size >= 100 or unit == 1 else 1 if size >= 10 else 2 if size >= 1 else 3
    words = f"{size:,.{digits}f}"
    if amount and not float(words.replace(",", "")):
        words = f"<{10**-digits:.{digits}f}"
    return f"−{words}" if amount < 0 else words


def label(column: Column, unit: float) -> str:
    """What stands above a column: its amount, "≥" before what is only a lower bound."""
    if column.amount is None:
        return "no amount" if column.rows else ""
    return f"{'≥ ' if column.floor else ''}{said(column.amount, unit)}"


def rows_of(panel: Panel, width: float) -> tuple[tuple[tuple[Slot, ...], ...], Scale]:
    """The years of a panel in rows that are `width` wide at most, and how all of them are drawn."""
    apart = 0.7 if any(len(slot.columns) > 1 for slot in panel.slots) else 0.3
    whole = sum(_wide(slot) + apart for slot in panel.slots)
    even = whole / ceil(whole / MOST)
    rows: list[list[Slot]] = [[]]
    used = 0.0
    for slot in panel.slots:
        if rows[-1] and used + (_wide(slot) + apart) / 2 > even * len(rows):
            rows.append([])
        rows[-1].append(slot)
        used += _wide(slot) + apart
    widest = max(sum(_wide(slot) + apart for slot in row) for row in rows)
    scale = _scale(panel, apart=apart, span=max(widest, _LEAST), width=width)
    return tuple(tuple(row) for row in rows), scale


def _wide(slot: Slot) -> int:
    return max(len(slot.columns), 1)


def _scale(panel: Panel, *, apart: float, span: float, width: float) -> Scale:
    ends = [_ends(column) for column in panel.columns]
    low = min((end for end, _ in ends), default=0.0)
    high = max((end for _, end in ends), default=0.0)
    high = high if high > low else low + 1.0
    size = max(high, -low)
    unit, word = next(((u, w) for u, w in _UNITS if size >= u), (1.0, ""))
    pitch = width / span
    longest = max((_bold(label(column, unit)) for column in panel.columns), default=0.0)
    turned = longest > pitch
    named = len(panel.vintages) > 1 or len(panel.files) > 1
    below = max((width_of(_name(s, c), SMALL) for s in panel.slots for c in s.columns), default=0.0)
    years = max(len(_year(slot, pitch, apart)) for slot in panel.slots)
    scale = Scale(
        unit=unit,
        word=word,
        low=low / unit,
        high=high / unit,
        over=0.0,
        under=(longest if turned else SMALL) + 2 * _PAD if low < 0 else 0.0,
        foot=(below if below > pitch else SMALL) * named + years * 10.0 + 3 * _PAD,
        span=span,
        pitch=pitch,
        apart=apart,
        turned=turned,
        turned_vintages=below > pitch,
        vintages=named,
    )
    tops = [(top / unit - scale.high) / scale.point for _, top in ends]
    over = [top + _above(c, scale) for top, c in zip(tops, panel.columns, strict=True)]
    return scale._replace(over=max(over, default=0.0) + 2 * _PAD)


def _bold(words: str) -> float:
    return width_of(words, SMALL * 1.12)


def _above(column: Column, scale: Scale) -> float:
    """How much room a column needs above itself, for its amount and the outline."""
    return _label_room(column, scale) + (_BOX + _PAD if column.refused else 0.0)


def _label_room(column: Column, scale: Scale) -> float:
    words = label(column, scale.unit)
    if not words:
        return 0.0
    return _PAD + (_bold(words) if scale.turned else SMALL)


def _ends(column: Column) -> tuple[float, float]:
    """The lowest and the highest point of a column."""
    parts = column.parts.values()
    return sum(a for a in parts if a < 0), sum(a for a in parts if a > 0)


def _name(slot: Slot, column: Column) -> str:
    """What stands below a column: its vintage, cut if long, and how many more are alike.

    Where two columns of a year are of one vintage it is the file.
    """
    vintage, file = column.copies[0]
    twice = sum(c.copies[0][0] == vintage for c in slot.columns) > 1
    words = file if twice else vintage
    half = _MOST_LETTERS // 2
    words = words if len(words) <= _MOST_LETTERS else f"{words[:half]}…{words[-half:]}"
    more = f" +{len(column.copies) - 1}" if len(column.copies) > 1 else ""
    return f"{words}{more}{'*' if column.later else ''}"


def _year(slot: Slot, pitch: float, apart: float) -> list[str]:
    """The words of a year in lines that fit below its columns."""
    letters = int((_wide(slot) + apart) * pitch / (SMALL * 0.7))
    return wrap(slot.words, max(letters, 4), break_long_words=False) or [""]


def draw(axes: Axes, row: Sequence[Slot], scale: Scale) -> None:
    """Draw a row of years on axes that are `scale.height` high and `span * pitch` wide."""
    bottom = scale.low - scale.under * scale.point
    axes.set_xlim(0, scale.span)
    axes.set_ylim(bottom, scale.high + scale.over * scale.point)
    _frame(axes, scale)
    x = scale.apart / 2
    for slot in row:
        for n, column in enumerate(slot.columns):
            _column(axes, column, x + n + 0.5, scale)
            if scale.vintages:
                _below(axes, _name(slot, column), x + n + 0.5, bottom, scale)
        middle = x + _wide(slot) / 2
        for n, words in enumerate(reversed(_year(slot, scale.pitch, scale.apart))):
            off = (0.0, _PAD + 10.0 * n - scale.foot)
            write(axes, words, (middle, bottom), off=off, bold=True)
        if not slot.columns:
            off = (0.0, _PAD)
            write(axes, "no figure", (middle, max(scale.low, 0.0)), off=off, ink=GREY, turned=True)
        x += _wide(slot) + scale.apart


def _frame(axes: Axes, scale: Scale) -> None:
    """The axis of amounts, thin lines at its steps, and a line at zero."""
    steps = MaxNLocator(nbins=5, steps=[1, 2, 5, 10]).tick_values(scale.low, scale.high)
    axes.set_yticks([s for s in steps if scale.low <= s <= scale.high + scale.point])
    axes.set_xticks([])
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,g}".replace("-", "−")))
    axes.tick_params(axis="y", length=0)
    for words in axes.get_yticklabels():
        words.set_fontproperties(font(SMALL))
        words.set_color(GREY)
    axes.grid(axis="y", color="#d5dae0", linewidth=0.5)
    axes.set_axisbelow(True)
    for side in axes.spines.values():
        side.set_visible(False)
    axes.axhline(0, color=INK, linewidth=0.9, clip_on=False)


def _below(axes: Axes, words: str, x: float, bottom: float, scale: Scale) -> None:
    off = (0.0, -_PAD)
    write(axes, words, (x, bottom), off=off, turned=scale.turned_vintages, up="top", ink=GREY)


def _column(axes: Axes, column: Column, x: float, scale: Scale) -> None:
    """One column: its parts, its amount, and an outline where lines of it are refused."""
    up = down = 0.0
    parts = [(group, amount / scale.unit) for group, amount in column.parts.items()]
    for group, size in parts:
        base = up if size >= 0 else down
        look = LOOKS[group]
        axes.bar(
            x, size, _BAR, base, color=look.fill, hatch=look.hatch, edgecolor=INK, linewidth=0.6
        )
        if len(parts) > 1:
            _part(axes, size, (x, base + size / 2), scale)
        up, down = (up + size, down) if size >= 0 else (up, down + size)
    words = label(column, scale.unit)
    above = up > 0 or down == 0
    off = (0.0, _PAD if above else -_PAD)
    write(
        axes, words, (x, up if above else down), off=off, turned=scale.turned,
        up="bottom" if above else "top", bold=True,
    )  # fmt: skip
    if column.refused:
        room = _label_room(column, scale) if above else 0.0
        _refused(axes, x, up + (room + _PAD) * scale.point, scale)


def _part(axes: Axes, size: float, at: tuple[float, float], scale: Scale) -> None:
    """The amount of a part, where it is high enough to hold it."""
    words = said(size * scale.unit, scale.unit)
    room = (width_of(words, SMALL - 1) if scale.turned else SMALL) + 2 * _PAD
    if abs(size) / scale.point >= room:
        write(axes, words, at, size=SMALL - 1, turned=scale.turned, up="center", boxed=True)


def _refused(axes: Axes, x: float, base: float, scale: Scale) -> None:
    """An empty outline, always of one height: what is refused has no size here."""
    high = _BOX * scale.point
    axes.add_patch(
        Rectangle(
            (x - _BAR / 2, base), _BAR, high,
            facecolor=PAPER, edgecolor=INK, linestyle=(0, (3, 2)), linewidth=0.9,
        )
    )  # fmt: skip
    write(axes, "refused", (x, base + high / 2), size=SMALL - 1, turned=True, up="center")
