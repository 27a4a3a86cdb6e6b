"""Figure: panels as matplotlib draws them, one below the other; lengths are points (1/72 inch).

It is read when a picture is asked for, by `gravamen.aid.pictures.chart`, and nowhere else.
"""

import io
from collections.abc import Iterator, Sequence
from math import sqrt
from textwrap import wrap
from typing import Literal, NamedTuple

from matplotlib import style
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from gravamen.aid.line import GROUPS, Account
from gravamen.aid.pictures.bars import LOOKS, Scale, draw, rows_of
from gravamen.aid.pictures.lettering import EM, GREY, INK, PAPER, SIZE, SMALL, shown, write
from gravamen.aid.pictures.panels import Panel, Slot, heading, listed
from gravamen.aid.words import is_report, vintage_words

WIDTH, LEFT, RIGHT = 720.0, 46.0, 14.0
MOST_DOTS, MOST_HIGH = 40_000_000, 60_000  # of a PNG: all, and one above the other
MOST_NAMED = 6  # vintages that the title of a panel names
_LINE, _APART = 11.0, 14.0
_RULES = {
    "svg.hashsalt": "gravamen",
    "svg.fonttype": "path",
    "text.parse_math": False,  # a dollar sign is one
    "hatch.linewidth": 0.6,
}


class _Block(NamedTuple):
    """A panel as it is laid out: lines of words above it, rows of years, how they are drawn."""

    title: list[str]
    about: list[str]
    rows: tuple[tuple[Slot, ...], ...]
    scale: Scale

    @property
    def height(self) -> float:
        return self.top + len(self.rows) * (self.scale.height + self.scale.foot) + _APART

    @property
    def top(self) -> float:
        return _LINE * (len(self.title) + len(self.about)) + 6.0


def drawn(
    account: Account, of: Sequence[Panel], form: Literal["svg", "png"], *, dpi: int = 72
) -> bytes:
    """Return panels as a picture; a PNG has at most 40 million dots, whatever `dpi` says."""
    with style.context(["default", _RULES]):
        figure = _figure(account, of)
        out = io.BytesIO()
        if form == "svg":
            FigureCanvasSVG(figure)
            figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
        else:
            wide, high = figure.get_size_inches()
            most = min(sqrt(MOST_DOTS / (wide * high)), MOST_HIGH / high)
            FigureCanvasAgg(figure)
            figure.savefig(out, format="png", dpi=min(dpi, most), metadata={"Software": None})
    return out.getvalue()


def _figure(account: Account, of: Sequence[Panel]) -> Figure:
    blocks = [_block(panel) for panel in of]
    head = [*_lines(heading(account), 11.0), ""]
    notes = [line for note in _notes(of) for line in _lines(note, SMALL)]
    top = 14.0 * len(head) + (_LINE + 6.0 if _keys(of) else 0.0)
    height = top + sum(block.height for block in blocks) + _LINE * len(notes) + 10.0
    figure = Figure(figsize=(WIDTH / 72, height / 72), facecolor=PAPER)
    page = _axes(figure, (0.0, 0.0, WIDTH, height), height)
    page.set_xlim(0, WIDTH)
    page.set_ylim(height, 0)  # downwards, as lines are read
    page.axis("off")
    for n, words in enumerate(head):
        _say(page, words, 16.0 + 14.0 * n, size=11.0, bold=True)
    _key(page, of, 14.0 * len(head) + 2.0)
    y = top
    for block in blocks:
        _panel(figure, page, block, y, height)
        y += block.height
    for n, words in enumerate(notes):
        _say(page, words, y + _LINE * (n + 1) - 2.0, size=SMALL, ink=GREY)
    return figure


def _axes(figure: Figure, box: tuple[float, float, float, float], height: float) -> Axes:
    """Axes in a box of the figure: left, top, width, height, in points from its top left."""
    left, top, wide, high = box
    return figure.add_axes(
        (left / WIDTH, 1 - (top + high) / height, wide / WIDTH, high / height), facecolor="none"
    )


def _block(panel: Panel) -> _Block:
    rows, scale = rows_of(panel, WIDTH - LEFT - RIGHT)
    unit = f"in {scale.word} of " if scale.word else "in "
    kind = panel.kind_words[:1].upper() + panel.kind_words[1:]
    about = f"{panel.dataset}: {listed(panel.files)}. {_copies(panel)}"
    return _Block(
        title=_lines(f"{kind}, {unit}{panel.money}, by {panel.period}", SIZE),
        about=_lines(about, SMALL),
        rows=rows,
        scale=scale,
    )


def _copies(panel: Panel) -> str:
    """Of which vintages the columns are."""
    found = panel.vintages
    if len(found) == 1:
        return f"It is the {vintage_words(found[0])}."
    kind = "Reports" if is_report(found[0]) else "Copies"
    if len(found) > MOST_NAMED:
        return f"{kind} {found[0]} to {found[-1]}; each stands below its column."
    return f"{kind} {listed(found)}."


def _panel(figure: Figure, page: Axes, block: _Block, y: float, height: float) -> None:
    for n, words in enumerate(block.title):
        _say(page, words, y + _LINE * (n + 1), size=SIZE, bold=True)
    for n, words in enumerate(block.about, len(block.title)):
        _say(page, words, y + _LINE * (n + 1), size=SMALL, ink=GREY)
    y += block.top
    for row in block.rows:
        box = (LEFT, y, WIDTH - LEFT - RIGHT, block.scale.height)
        draw(_axes(figure, box, height), row, block.scale)
        y += block.scale.height + block.scale.foot


def _say(
    page: Axes, words: str, y: float, *, size: float, bold: bool = False, ink: str = INK
) -> None:
    write(page, words, (10.0, y), size=size, bold=bold, ink=ink, across="left")


def _lines(words: str, size: float) -> list[str]:
    """Words in lines as wide as the picture."""
    return wrap(shown(words), int((WIDTH - 20.0) / (size * EM)))


def _keys(of: Sequence[Panel]) -> tuple[tuple[str, str, str], ...]:
    """What the key shows: words, fill and hatch of each group that is drawn."""
    found = {group for panel in of for group in panel.groups}
    return tuple((GROUPS[g], *LOOKS[g]) for g in GROUPS if g in found)


def _key(page: Axes, of: Sequence[Panel], y: float) -> None:
    x = 10.0
    for words, fill, hatch in _keys(of):
        box = Rectangle((x, y - 8.0), 18.0, 9.0, facecolor=fill, hatch=hatch, edgecolor=INK, lw=0.6)
        page.add_patch(box)
        write(page, words, (x + 22.0, y), across="left")
        x += 22.0 + len(words) * SMALL * EM + 12.0


def _notes(of: Sequence[Panel]) -> Iterator[str]:
    """What a reader must know of the signs that are drawn."""
    if not of:
        yield "No figure on file."
        return
    yield (
        "Amounts are rounded here; the tables have them in full. Nothing is added over years, "
        "files, vintages, kinds or currencies."
    )
    columns = [column for panel in of for column in panel.columns]
    if any(len(column.copies) > 1 for column in columns):
        yield "+1, +2: so many more vintages have exactly the same figure; the tables name them."
    if any(column.later for column in columns):
        yield "*: this vintage was not there yet on the day that is asked."
    if any(column.floor for column in columns):
        yield "≥: at least so much; some rows hold no amount."
    if any(amount < 0 for column in columns for amount in column.parts.values()):
        yield "Below the line: negative amounts, as where an obligation was taken back."
    if any(column.refused for column in columns):
        yield "refused: lines that count in no sum; the outline has no size. The tables say why."
