"""Setting: an instrument into its files: a PDF, a web page and the manifest of both."""

from pathlib import Path
from typing import NamedTuple

from gravamen.case import Case
from gravamen.instruments.leaks import guard
from gravamen.instruments.manifest import Manifest, exhibits_of
from gravamen.instruments.page import page
from gravamen.instruments.typeset import typeset
from gravamen.sentences import Instrument
from gravamen.values import Value, sha256


class Files(Value):
    """The files of one instrument."""

    pdf: Path
    html: Path
    manifest: Path

    def paths(self) -> dict[str, Path]:
        """The files by kind."""
        return {"pdf": self.pdf, "html": self.html, "manifest": self.manifest}

    def digests(self) -> dict[str, str]:
        """The SHA-256 of each file, by kind, as it lies on disk now."""
        return {kind: sha256(path.read_bytes()) for kind, path in self.paths().items()}


class Made(NamedTuple):
    """The bytes of one instrument's PDF and page, and the manifest of both."""

    pdf: bytes
    html: bytes
    manifest: Manifest

    def digests(self) -> dict[str, str]:
        """The SHA-256 of each file, by kind."""
        return {
            "pdf": sha256(self.pdf),
            "html": sha256(self.html),
            "manifest": sha256(self.manifest.bytes),
        }


def write(instrument: Instrument, out: Path, *, case: Case) -> Files:
    """Write an instrument into a folder as `ID.pdf`, `ID.html` and `ID.manifest.json`.

    The same instrument and sources give the same bytes; the folder is made where it is missing.

    Raises:
        InstrumentError: it cannot be set as it stands, or rests on a source the case lacks.
        MissingGlyph: it holds a character that no font has.
        ProtectedName: the name of a protected person would stand in it.
    """
    return store(made_of(instrument, case=case), out)


def store(made: Made, out: Path) -> Files:
    """Write the files of an instrument that was made into a folder."""
    out.mkdir(parents=True, exist_ok=True)
    stem = made.manifest.instrument
    files = Files(
        pdf=out / f"{stem}.pdf", html=out / f"{stem}.html", manifest=out / f"{stem}.manifest.json"
    )
    files.pdf.write_bytes(made.pdf)
    files.html.write_bytes(made.html)
    files.manifest.write_bytes(made.manifest.bytes)
    return files


def made_of(instrument: Instrument, *, case: Case) -> Made:
    """Return the bytes of the files of an instrument, without writing any; raises as `write`."""
    set_ = typeset(instrument, exhibits_of(instrument, case.sources))
    guard(set_.manifest, case)
    return Made(pdf=set_.pdf, html=page(set_.sheet, set_.foot), manifest=set_.manifest)
