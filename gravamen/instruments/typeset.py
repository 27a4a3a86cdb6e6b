"""Typeset: an instrument into a tagged PDF that carries its manifest, the same bytes each time."""

import atexit
import io
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from importlib.metadata import version
from pathlib import Path
from threading import Lock
from typing import NamedTuple

import segno
import typst

from gravamen.instruments import manifest as manifests
from gravamen.instruments.fields import with_fields
from gravamen.instruments.fit import InstrumentError, check, check_languages, shown
from gravamen.instruments.fonts import MissingGlyph, folders, fonts_for
from gravamen.instruments.manifest import (
    Engine,
    Exhibit,
    Manifest,
    Place,
    Template,
)
from gravamen.instruments.sheet import Data, sheet
from gravamen.sentences import Instrument
from gravamen.values import canonical, sha256

TEMPLATES = Path(__file__).parent / "templates"
# These shape what is printed beside the templates.
_SHAPING = (
    "sheet.py",
    "typeset.py",
    "page.py",
    "fonts.py",
    "manifest.py",
    "akn.py",
    "akn_meta.py",
    "drawing.py",
    "fields.py",
)
_TOOLS = ("segno", "Jinja2", "lxml", "pikepdf")
# Trying all eight masks takes most of the time of a code; over a digest each reads as well as the
# best one (measured on turned, noisy scans of 100 to 200 dpi).
_QR_MASK = 6
_lock = Lock()


class Typeset(NamedTuple):
    """An instrument that has been set: its PDF, its manifest, and what was given to the page."""

    pdf: bytes
    manifest: Manifest
    sheet: Data
    foot: Data


def typeset(
    instrument: Instrument, exhibits: Sequence[Exhibit], *, named: Template | None = None
) -> Typeset:
    """Return an instrument as PDF/A-3a and PDF/UA-1 in one file, its manifest attached.

    It is laid out twice: once to learn the place of each sentence, then with the digest of the
    manifest that holds these places. The digest has a fixed length, so the places stay.

    Args:
        named: the name of templates that is written instead of that of those here; so `verify`
            finds out whether templates of another version set the same bytes.

    Raises:
        InstrumentError: it cannot be set as it stands.
        MissingGlyph: it holds a character that no font has.
    """
    drawn = shown(instrument) if instrument.draft else instrument
    check(drawn)
    check_languages(
        instrument.id, ((f"The source {e.source}", e.language) for e in exhibits if e.language)
    )
    printed = sheet(drawn, exhibits)
    data = canonical(printed)
    with _lock:
        desk = _desk(os.getpid())
        places = desk.lay_out(data)
        manifest = manifests.make(
            instrument,
            exhibits,
            places=places,
            template=named or template(),
            engine=engine(),
            fonts=fonts_for([data.decode()]),
        )
        foot = foot_of(instrument, manifest)
        pdf = desk.export(foot)
    # A file that ends without a line feed cannot take an increment and stay PDF/A (6.1.9).
    signable = with_fields(pdf, instrument.signatories)
    return Typeset(signable.removesuffix(b"\n") + b"\n", manifest, printed, foot)


@cache
def template() -> Template:
    """The templates as they are here; the version is the digest of all that shapes a page."""
    here = Path(__file__).parent
    shaping = [
        *sorted(TEMPLATES.iterdir()),
        *(here / n for n in _SHAPING),
        *sorted((here / "docx").glob("*.py")),
    ]
    return Template(
        name="gravamen", version=sha256(b"".join(sha256(p.read_bytes()).encode() for p in shaping))
    )


@cache
def engine() -> Engine:
    """The programs that set a page here."""
    return Engine(
        name="typst", version=version("typst"), with_tools={t: version(t) for t in _TOOLS}
    )


class Desk:
    """A compiler over a folder of its own: the templates, and the data of one instrument as files.

    Only the file of the feet changes between the two passes, so what typst has laid out stays laid
    out; with the data as inputs it would begin anew.
    """

    def __init__(self, folder: Path) -> None:
        shutil.copytree(
            TEMPLATES, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.j2")
        )
        self._fonts = typst.Fonts(
            include_system_fonts=False,
            include_embedded_fonts=False,
            font_paths=[str(f) for f in folders()],
        )
        self._folder = folder
        self._main = str(folder / "instrument.typ")
        self._typst = self._compiler()

    def _compiler(self) -> typst.Compiler:
        return typst.Compiler(self._main, root=self._folder, font_paths=self._fonts)

    def lay_out(self, sheet: bytes) -> dict[str, Place]:
        """Lay a sheet out with empty feet; return where each sentence begins."""
        (self._folder / "sheet.json").write_bytes(sheet)
        (self._folder / "foot.json").write_bytes(b"null")
        with self._refusals():
            found = json.loads(self._typst.query("<places>", field="value", one=True))
        return {id: Place(page=page, x=x, y=y) for id, page, x, y in found}

    def export(self, foot: Data) -> bytes:
        """Return the PDF of the sheet that was laid out, with its feet and the manifest."""
        (self._folder / "foot.json").write_bytes(canonical(foot))
        with self._refusals():
            # Naming the file makes typst read it anew; without, it takes what it read before.
            made = self._typst.compile(self._main, format="pdf", pdf_standards=["a-3a", "ua-1"])
        if not isinstance(made, bytes):
            raise InstrumentError("The page cannot be set: typst gave no single PDF.")
        return made

    @contextmanager
    def _refusals(self) -> Iterator[None]:
        """Say in our words what typst refuses; it marks its errors as RuntimeError.

        A compiler that refused a sheet goes on reading that one, so the next gets another.
        """
        try:
            yield
        except RuntimeError as error:
            self._typst = self._compiler()
            reason = str(error)
            if "could not be displayed" in reason:
                raise MissingGlyph(
                    f"The page cannot be set: {reason}; write it otherwise or add a font."
                ) from error
            raise InstrumentError(f"The page cannot be set: {reason}.") from error


@cache
def _desk(process: int) -> Desk:
    """The desk of this process; a forked one gets its own."""
    folder = tempfile.TemporaryDirectory(prefix="gravamen-")

    def clear() -> None:
        if os.getpid() == process:
            folder.cleanup()

    atexit.register(clear)
    return Desk(Path(folder.name))


def foot_of(instrument: Instrument, manifest: Manifest) -> Data:
    """Return what the foot of each page says: the manifest's digest, in print and as a code."""
    digest = manifest.digest
    payload = f"GRAVAMEN:1:{instrument.id}:{digest[:32]}"
    code = segno.make(payload, error="m", micro=False, boost_error=False, mask=_QR_MASK)
    drawn = io.BytesIO()
    code.save(drawn, kind="svg", xmldecl=False, border=4)
    return {
        "groups": " ".join(digest[n : n + 4] for n in range(0, 16, 4)),
        "digest": digest,
        "qr": drawn.getvalue().decode(),
        "alt": f"QR code: {payload}",
        "payload": payload,
        "mask": _QR_MASK,
        "manifest": manifest.bytes.decode(),
    }
