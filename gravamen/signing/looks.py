"""Looks: whether the pages of a signed file look as they were drafted, drawn by another program.

The objects of a file are judged one by one elsewhere; this does not rest on any of that.
"""

import io
from collections.abc import Iterator

import msgspec
import pikepdf
import pypdfium2
from pikepdf import Array, Name
from PIL import Image, ImageChops, ImageDraw

from gravamen.instruments.extraction import DAMAGED
from gravamen.instruments.fault import Fault
from gravamen.signing.examined import Examination
from gravamen.signing.increments import drafted_part

# Enough to tell a letter of 10 points from another; a page takes some milliseconds.
DOTS_PER_INCH = 60
_POINTS_PER_INCH = 72
# What is drawn beside a place for a signature may differ by the edge of a dot.
_EDGE = 2
# Of 255: the same bytes are drawn in the same way, so that this is more than any noise.
_SEEN = 8


def looked_at(found: Examination, data: bytes) -> Examination:
    """Return what was found about the signatures of a file, with how its pages look.

    They are drawn only where nothing else is wrong with the file as a whole.
    """
    if not found.signatures or found.faults:
        return found
    faults = tuple(changed_on_pages(drafted_part(data), data))
    return msgspec.structs.replace(found, faults=faults)


def changed_on_pages(draft: bytes, signed: bytes) -> Iterator[Fault]:
    """Yield a fault where a page looks otherwise than drafted, outside of the signatures' places.

    Args:
        draft: the file before anyone signed; `signed` the same with what came after.
    """
    try:
        pages = [*_differing(draft, signed)]
    except DAMAGED as error:
        yield Fault(
            id="pages-unreadable",
            message=f"The pages of the signed file cannot be drawn ({str(error)[:80]}), so that "
            "they could not be compared with those of the draft.",
        )
        return
    if pages:
        yield Fault(
            id="changed-on-page",
            message=f"Page {', '.join(map(str, pages))} of the signed file does not look as it was "
            "drafted, outside of the places for signatures.",
        )


def _differing(draft: bytes, signed: bytes) -> Iterator[int]:
    """The pages, from 1, that look different; all from the first that only one file has."""
    places = _places(draft)
    then, now = pypdfium2.PdfDocument(draft), pypdfium2.PdfDocument(signed)
    try:
        then.init_forms()  # else no field is drawn
        now.init_forms()
        for n in range(max(len(then), len(now))):
            if n >= len(then) or n >= len(now) or _differ(then[n], now[n], places[n]):
                yield n + 1
    finally:
        then.close()
        now.close()


def _places(draft: bytes) -> list[list[list[float]]]:
    """The places of the fields for signatures on each page."""
    with pikepdf.open(io.BytesIO(draft)) as file:
        return [
            [
                [float(n) for n in field.Rect]
                for field in page.obj.get("/Annots", Array())
                if field.get("/FT") == Name.Sig
            ]
            for page in file.pages
        ]


def _differ(then: pypdfium2.PdfPage, now: pypdfium2.PdfPage, places: list[list[float]]) -> bool:
    if then.get_size() != now.get_size():
        return True
    apart = ImageChops.difference(_drawn(then), _drawn(now))
    scale = DOTS_PER_INCH / _POINTS_PER_INCH
    cover = ImageDraw.Draw(apart)
    for left, low, right, high in places:
        cover.rectangle(
            (
                left * scale - _EDGE,
                (then.get_height() - high) * scale - _EDGE,
                right * scale + _EDGE,
                (then.get_height() - low) * scale + _EDGE,
            ),
            fill=0,
        )
    return max(high for _, high in _extremes(apart)) > _SEEN


def _extremes(picture: Image.Image) -> list[tuple[int, int]]:
    """The least and the most of each colour of a picture."""
    found = picture.getextrema()
    return [one for one in found if isinstance(one, tuple)]


def _drawn(page: pypdfium2.PdfPage) -> Image.Image:
    drawn: Image.Image = page.render(scale=DOTS_PER_INCH / _POINTS_PER_INCH).to_pil()
    return drawn.convert("RGB")
