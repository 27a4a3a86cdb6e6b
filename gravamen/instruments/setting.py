"""Setting: an instrument into its files: PDF, web page, DOCX, Akoma Ntoso, and their manifest."""

from pathlib import Path
from typing import NamedTuple

from gravamen.case import Case
from gravamen.instruments.akn import SUFFIX as AKN_SUFFIX
from gravamen.instruments.akn import akoma_ntoso
from gravamen.instruments.docx import document
from gravamen.instruments.leaks import guard, guard_files
from gravamen.instruments.manifest import Manifest, exhibits_of
from gravamen.instruments.page import page
from gravamen.instruments.typeset import typeset
from gravamen.sentences import Instrument
from gravamen.values import Value, sha256


class Files(Value):
    """The files of one instrument."""

    pdf: Path
    html: Path
    docx: Path
    akn: Path
    manifest: Path

    def paths(self) -> dict[str, Path]:
        """The files by kind."""
        return {name: getattr(self, name) for name in self.__struct_fields__}

    def digests(self) -> dict[str, str]:
        """The SHA-256 of each file, by kind, as it lies on disk now."""
        return {kind: sha256(path.read_bytes()) for kind, path in self.paths().items()}


class Made(NamedTuple):
    """The bytes of one instrument's files, and the manifest that each of them carries."""

    pdf: bytes
    html: bytes
    docx: bytes
    akn: bytes
    manifest: Manifest

    def digests(self) -> dict[str, str]:
        """The SHA-256 of each file, by kind."""
        return {
            "pdf": sha256(self.pdf),
            "html": sha256(self.html),
            "docx": sha256(self.docx),
            "akn": sha256(self.akn),
            "manifest": sha256(self.manifest.bytes),
        }

    def named(self) -> dict[str, bytes]:
        """The bytes of each file, by the name that it gets."""
        stem = self.manifest.instrument
        return {
            f"{stem}.pdf": self.pdf,
            f"{stem}.html": self.html,
            f"{stem}.docx": self.docx,
            f"{stem}{AKN_SUFFIX}": self.akn,
            f"{stem}.manifest.json": self.manifest.bytes,
        }


def write(instrument: Instrument, out: Path, *, case: Case) -> Files:
    """Write an instrument into a folder: ID.pdf, .html, .docx, .akn.xml and .manifest.json.

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
        pdf=out / f"{stem}.pdf",
        html=out / f"{stem}.html",
        docx=out / f"{stem}.docx",
        akn=out / f"{stem}{AKN_SUFFIX}",
        manifest=out / f"{stem}.manifest.json",
    )
    files.pdf.write_bytes(made.pdf)
    files.html.write_bytes(made.html)
    files.docx.write_bytes(made.docx)
    files.akn.write_bytes(made.akn)
    files.manifest.write_bytes(made.manifest.bytes)
    return files


def made_of(instrument: Instrument, *, case: Case) -> Made:
    """Return the bytes of the files of an instrument, without writing any; raises as `write`."""
    set_ = typeset(instrument, exhibits_of(instrument, case.sources))
    guard(set_.manifest, case)
    made = Made(
        pdf=set_.pdf,
        html=page(set_.sheet, set_.foot),
        docx=document(set_.sheet, set_.foot),
        akn=akoma_ntoso(set_.sheet, set_.manifest),
        manifest=set_.manifest,
    )
    guard_files(made.named(), case)
    return made
