"""Lettering: words in a picture, in the fonts that come with matplotlib, taken by their files."""

from functools import cache
from pathlib import Path
from typing import Any, Literal
from unicodedata import category

import matplotlib
from matplotlib.axes import Axes
from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font

INK, GREY, PAPER = "#16202e", "#4b5563", "#ffffff"
SIZE, SMALL = 9.0, 7.0
EM = 0.61  # of the size: how wide a letter or digit is, on the safe side
_FONTS = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
_REGULAR, _BOLD = _FONTS / "DejaVuSans.ttf", _FONTS / "DejaVuSans-Bold.ttf"


def font(size: float, *, bold: bool = False) -> FontProperties:
    """The font of the pictures in a size, in points."""
    return FontProperties(fname=str(_BOLD if bold else _REGULAR), size=size)


def shown(words: str) -> str:
    """Some words with the number of each character that the font lacks or that nobody sees.

    What turns the order of reading (U+202E) is among these, so that no name can hide another.
    """
    return "".join(
        c if category(c)[0] != "C" and ord(c) in _letters() else f"<{ord(c):04X}>" for c in words
    )


@cache
def _letters() -> frozenset[int]:
    found = [frozenset(FT2Font(str(file)).get_charmap()) for file in (_REGULAR, _BOLD)]
    return found[0] & found[1]


def width_of(words: str, size: float) -> float:
    """How wide some words are at most, in points."""
    return len(shown(words)) * size * EM


def write(
    axes: Axes,
    words: str,
    at: tuple[float, float],
    *,
    off: tuple[float, float] = (0.0, 0.0),
    size: float = SMALL,
    bold: bool = False,
    ink: str = INK,
    turned: bool = False,
    across: Literal["left", "center", "right"] = "center",
    up: Literal["top", "center", "bottom"] = "bottom",
    boxed: bool = False,
) -> None:
    """Write words at a point of the axes, `off` points from it; a box sets them off a pattern."""
    box: dict[str, Any] = {"boxstyle": "square,pad=0.15", "facecolor": PAPER, "edgecolor": "none"}
    axes.annotate(
        shown(words),
        at,
        xytext=off,
        textcoords="offset points",
        annotation_clip=False,
        fontproperties=font(size, bold=bold),
        color=ink,
        rotation=90 if turned else 0,
        ha=across,
        va=up,
        bbox=box if boxed else None,
    )
