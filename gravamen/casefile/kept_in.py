"""Files kept for a happening: written beside a case as text, and read from there again."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from gravamen.casefile.blobs import DIGEST
from gravamen.casefile.entries import RecordError
from gravamen.casefile.folder import open_plain, write_new
from gravamen.casefile.ledger import CaseFile
from gravamen.casefile.written import Item, Mistakes
from gravamen.proceedings import Dispatch, Happening, kept_files
from gravamen.sources import SourceError
from gravamen.sources.sniff import Format, sniff

FILES = "files"
_SUFFIXES: dict[Format, str] = {
    "text": ".txt",
    "html": ".html",
    "pdf": ".pdf",
    "docx": ".docx",
    "eml": ".eml",
}


class KeptFiles:
    """The files of a written case that lie in `files/`, each named by its SHA-256."""

    def __init__(self, base: Path, wrong: Mistakes) -> None:
        self.folder = base / FILES
        self.wrong = wrong
        self._names: dict[str, str] | None = None
        self._read: dict[str, bytes] = {}

    def read(self, item: Item, happening: Happening) -> None:
        """Read the files that a happening keeps; note each that is missing or another one."""
        line = item.line("message" if isinstance(happening, Dispatch) else "file")
        for digest in kept_files(happening):
            if not DIGEST.match(digest) or digest in self._read:  # no digest: said by its fitness
                continue
            try:
                self._read[digest] = self._bytes(digest)
            except (OSError, RecordError) as error:
                why = error.strerror if isinstance(error, OSError) else str(error)
                self.wrong.add(
                    line,
                    f"The file of {item.id} cannot be read ({why}); put it beside this text as "
                    f"{FILES}/{digest}, with or without an ending such as .pdf.",
                )

    def keep(self, casefile: CaseFile) -> None:
        """Keep the bytes of all that was read in a record."""
        for data in self._read.values():
            casefile.put_blob(data)

    def _bytes(self, digest: str) -> bytes:
        if self.folder.is_symlink():
            raise RecordError(f"{FILES} is a link; put the folder itself there")
        path = self.folder / self._named().get(digest, digest)
        with open_plain(path) as file:
            made = hashlib.file_digest(file, "sha256").hexdigest()
            if made != digest:
                raise RecordError(f"the SHA-256 of {path.name} is {made}, so it is another file")
            file.seek(0)
            return file.read()

    def _named(self) -> dict[str, str]:
        """The name of each file in the folder by what stands before its first full stop."""
        if self._names is None:
            names = sorted((p.name for p in self.folder.iterdir()), reverse=True)
            self._names = {name.partition(".")[0]: name for name in names}
        return self._names


def write_kept(casefile: CaseFile, happenings: Iterable[Happening], folder: Path) -> None:
    """Write each file that is kept for one of some happenings into `files/`, once."""
    digests = dict.fromkeys(d for happening in happenings for d in kept_files(happening))
    if digests:
        (folder / FILES).mkdir()
    for digest in digests:
        data = casefile.blob(digest)
        write_new(folder / FILES / f"{digest}{_suffix(data)}", data)


def _suffix(data: bytes) -> str:
    """The ending by which other programs know what kind of file some bytes are."""
    try:
        return _SUFFIXES[sniff(data, name="")]
    except SourceError:
        return ".zip" if data.startswith(b"PK\x03\x04") else ""
