"""Figure: a drawing as a picture, since word processors do not agree on SVG."""

import re
import struct
from functools import cache

import typst

from gravamen.instruments.fit import InstrumentError
from gravamen.instruments.fonts import folders

_DOTS_AN_INCH = 200
_POINTS_AN_INCH = 72
_MOST_DOTS = 4000
_PAGE = (
    "#set page(width: auto, height: auto, margin: 0pt)\n"
    '#image(bytes(sys.inputs.svg), format: "svg")'
)
_SIZE = re.compile(r'viewBox="\S+ \S+ ([0-9.]+) ([0-9.]+)"')


def png(svg: str) -> tuple[bytes, float, float]:
    """Return a drawing as PNG, and how wide and high it is in points.

    Raises:
        InstrumentError: the drawing cannot be read.
    """
    dots = _DOTS_AN_INCH
    if size := _SIZE.search(svg):
        longest = max(float(size[1]), float(size[2]), 1.0)
        dots = min(dots, int(_MOST_DOTS * _POINTS_AN_INCH / longest) or 1)
    try:
        made = typst.compile(
            _PAGE.encode(), format="png", ppi=dots, font_paths=_fonts(), sys_inputs={"svg": svg}
        )
    except RuntimeError as error:
        raise InstrumentError(f"A figure cannot be drawn as a picture: {error}.") from error
    if not isinstance(made, bytes):
        raise InstrumentError("A figure cannot be drawn as a picture: it takes several pages.")
    width, height = struct.unpack(">II", made[16:24])
    return made, width * _POINTS_AN_INCH / dots, height * _POINTS_AN_INCH / dots


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(f) for f in folders()],
    )
