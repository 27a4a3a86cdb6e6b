"""Stamp: what a signature shows in its field: name, capacity, when; set as the pages are."""

import io
import json
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pikepdf
import typst
from pyhanko.pdf_utils.content import ResourceType
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.stamp import BaseStampStyle
from pyhanko.stamp.base import BaseStamp

from gravamen.dates import spell
from gravamen.instruments.fonts import FAMILIES, folders
from gravamen.instruments.sheet import text
from gravamen.sentences import Signatory
from gravamen.values import GravamenError

_MARKS = ("BMC", "BDC", "EMC", "MP", "DP")
_PACKAGE = Path(__file__).parents[1]


class Box(NamedTuple):
    """The size of a field in points."""

    width: float
    height: float


def stamp(signatory: Signatory, *, at: datetime, box: Box) -> BaseStampStyle:
    """Return the appearance of a signature: who signed, in what capacity, and when (in UTC).

    Its fonts are embedded and are those of the pages, so that the file stays PDF/A (ISO 19005-3,
    6.2.11.4.1), and a name stands in its own script.
    """
    return _Drawn(page=_drawn(signatory, at, box))


@dataclass(frozen=True)
class _Drawn(BaseStampStyle):
    """An appearance that is a PDF of one page."""

    page: bytes = b""

    def create_stamp(
        self, writer: BasePdfFileWriter, box: BoxConstraints, text_params: dict[str, str]
    ) -> "_Appearance":
        return _Appearance(self, writer=writer, box=box)


class _Appearance(BaseStamp):
    """The page as the content of an annotation."""

    def __init__(self, style: _Drawn, *, writer: BasePdfFileWriter, box: BoxConstraints) -> None:
        super().__init__(writer=writer, style=style, box=box)
        self._page = style.page
        self._into = writer

    def render(self) -> bytes:
        page = self._into.import_page_as_xobject(PdfFileReader(io.BytesIO(self._page)))
        self.set_resource(ResourceType.XOBJECT, pdf_name("/Words"), page)
        return b"/Words Do"


def _drawn(signatory: Signatory, at: datetime, box: Box) -> bytes:
    """A PDF of one page, as large as the field."""
    data = {
        "name": text(signatory.name),
        "capacity": text(signatory.capacity),
        "when": f"Signed {spell(f'{at:%Y-%m-%d}')}, {at:%H:%M} UTC",
        "families": FAMILIES,
        "width": box.width,
        "height": box.height,
    }
    try:
        made = _compiler().compile(format="pdf", sys_inputs={"data": json.dumps(data)}, timestamp=0)
    except RuntimeError as error:
        raise GravamenError(f"The stamp of {signatory.name!r} cannot be set: {error}.") from error
    if not isinstance(made, bytes):
        raise GravamenError(f"The stamp of {signatory.name!r} does not fit its field.")
    return _unmarked(made)


def _unmarked(pdf: bytes) -> bytes:
    """The page without marks that lead into the structure of a document, which it is no part of."""
    plain = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as file:
        page = file.pages[0]
        drawn = [i for i in pikepdf.parse_content_stream(page) if str(i.operator) not in _MARKS]
        page.Contents = file.make_stream(pikepdf.unparse_content_stream(drawn))
        file.save(plain, deterministic_id=True)
    return plain.getvalue()


@cache
def _compiler() -> typst.Compiler:
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(f) for f in folders()],
    )
    return typst.Compiler(str(_PACKAGE / "signing" / "stamp.typ"), root=_PACKAGE, font_paths=fonts)
