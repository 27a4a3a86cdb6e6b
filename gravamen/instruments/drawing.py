"""Drawing: a figure of boxes and lines as SVG; every word is escaped, no style is inherited."""

from html import escape

from gravamen.instruments.fonts import FAMILIES
from gravamen.sentences import Box, Figure, Line

SIZE, LEADING, PAD = 8.5, 11.0, 6.0
_INK, _NAVY, _GREY, _PALE = "#16202e", "#1d3557", "#55606e", "#eef1f5"


def svg(figure: Figure) -> str:
    """Return a figure as SVG: lines first, boxes over them; readable without colour."""
    family = escape(", ".join(f"'{f}'" for f in FAMILIES), quote=True)
    size = f"{figure.width:g} {figure.height:g}"
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}" width="{figure.width:g}" '
        f'height="{figure.height:g}" font-family="{family}" font-size="{SIZE:g}">'
    )
    return "".join([head, *map(_line, figure.lines), *map(_box, figure.boxes), "</svg>"])


def height_of(lines: int) -> float:
    """How high a box of so many lines is, in points."""
    return 2 * PAD + lines * LEADING


def baseline(box: Box, row: int) -> float:
    """Where the words of a row of a box stand, in points from the top of the drawing."""
    return box.y + PAD + (row + 1) * LEADING - 3


def _line(line: Line) -> str:
    points = " ".join(f"{x:g},{y:g}" for x, y in line.corners)
    dashes = ' stroke-dasharray="3 2.5"' if line.dashed else ""
    return f'<polyline points="{points}" fill="none" stroke="{_GREY}" stroke-width="0.9"{dashes}/>'


def _box(box: Box) -> str:
    fill, edge = (_PALE, _NAVY) if box.strong else ("#ffffff", _GREY)
    rect = (
        f'<rect x="{box.x:g}" y="{box.y:g}" width="{box.width:g}" height="{box.height:g}" rx="2.5" '
        f'fill="{fill}" stroke="{edge}" stroke-width="{2.0 if box.strong else 0.8:g}"/>'
    )
    drawn = [rect]
    middle = box.x + box.width / 2
    for n, words in enumerate(box.words):
        weight = "700" if n < box.bold else "400"
        y = baseline(box, n)
        drawn.append(
            f'<text x="{middle:g}" y="{y:g}" text-anchor="middle" font-weight="{weight}" '
            f'fill="{_INK}">{escape(words)}</text>'
        )
    return "".join(drawn)
