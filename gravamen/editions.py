"""Editions: the data folder, where copies of official tables and lists lie side by side.

DIR/aid/foreignassistance/2022-10/3fa9c0d1e2b4/ holds one edition: `edition.json` (an `Edition`) and
the files that its reader made of it. An edition is never written over; other bytes are another one.
"""

import fcntl
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec

from gravamen.values import GravamenError, Value, canonical

EDITION_SCHEMA = "gravamen.edition/1"
DIGITS = 12  # of the SHA-256 that name the folder of an edition
_PATTERN = "*?["  # what stands for other characters where tables are read
_ADDING = ".adding-"  # how the folder of an edition is called while it is made
_PART = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}\Z")
_FILE = "edition.json"


class EditionError(GravamenError):
    """A data folder, or an edition in it, that cannot be used."""


class Edition(Value):
    """One copy of a table or list: what it is, of when, which bytes, and when it was taken in.

    Args:
        subject: what it is for: "aid" (tables of assistance), "lists" (lists of names).
        dataset: which publication ("fmtr", "foreignassistance", "iati").
        vintage: of when the copy is, as the file or the person who took it in says ("2022-10").
        file: name of the file, without its folder; `sha256` of its bytes as they came, `size` in
            bytes.
        rows: how many records it holds, the header not counted.
        columns: their names as printed, in order.
        taken_in: UTC, "2026-11-26T04:30:00Z".
        by: the program that read it and its version.
        about: what else its reader keeps of it, by word; read by that reader alone.
    """

    subject: str
    dataset: str
    vintage: str
    file: str
    sha256: str
    size: int
    rows: int
    columns: tuple[str, ...]
    taken_in: str
    by: str
    about: Mapping[str, str] = {}
    schema: str = EDITION_SCHEMA

    @property
    def id(self) -> str:
        """Its place in the data folder: "aid/foreignassistance/2022-10/3fa9c0d1e2b4"."""
        return f"{self.subject}/{self.dataset}/{self.vintage}/{self.sha256[:DIGITS]}"


class Editions:
    """The editions in a data folder; a folder that does not exist holds none.

    Raises:
        EditionError: a character in the path of the folder stands for others where tables are read,
            so that those of another folder could be read in place of its own.
    """

    def __init__(self, folder: Path) -> None:
        if any(character in str(folder) for character in _PATTERN):
            raise EditionError(
                f"{folder}: A data folder can have no '*', '?' or '[' in its path, which stand for "
                "other characters where its tables are read. Name another folder."
            )
        self.folder = folder

    def path(self, edition: Edition) -> Path:
        """The folder of an edition."""
        return self.folder / edition.id

    def all(self, subject: str, dataset: str | None = None) -> tuple[Edition, ...]:
        """The editions of a subject, by dataset, vintage and digest.

        Raises:
            EditionError: an edition.json that cannot be read; it names the file and the remedy.
        """
        below = self.folder / subject
        found = sorted(below.glob(f"{dataset or '*'}/*/*/{_FILE}"))
        return tuple(self._read(file) for file in found)

    def holding(self, sha256: str) -> Edition | None:
        """The edition made from exactly these bytes; None where there is none."""
        for file in self.folder.glob(f"*/*/*/{sha256[:DIGITS]}/{_FILE}"):
            edition = self._read(file)
            if edition.sha256 == sha256:
                return edition
        return None

    @contextmanager
    def adding(self) -> Iterator[Path]:
        """Give an empty folder in which an edition is made; `keep` moves it into its place.

        Whatever is left in it when the block ends is removed: an edition is there whole or not.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        self._remove_abandoned()
        made, handle = self._begun()
        try:
            yield made
        finally:
            shutil.rmtree(made, ignore_errors=True)
            os.close(handle)

    def keep(self, edition: Edition, made: Path) -> Path:
        """Move what was made in `adding` into the place of an edition, and return that place.

        Raises:
            EditionError: dataset or vintage cannot name a folder, or the edition is there already.
        """
        for part in (edition.subject, edition.dataset, edition.vintage):
            if not _PART.match(part):
                raise EditionError(
                    f"{part!r} cannot name an edition; use letters, digits, '.', '-' and '_', at "
                    "most 80, a letter or digit first (--vintage 2022-10)."
                )
        place = self.path(edition)
        (made / _FILE).write_bytes(canonical(edition) + b"\n")
        place.parent.mkdir(parents=True, exist_ok=True)
        try:
            made.rename(place)
        except OSError:
            if place.exists():
                raise EditionError(f"The edition {edition.id} is there already.") from None
            raise
        return place

    def _begun(self) -> tuple[Path, int]:
        """Make a folder, and hold it, so that no other program takes it for abandoned."""
        while True:
            made = Path(tempfile.mkdtemp(prefix=_ADDING, dir=self.folder))
            with suppress(FileNotFoundError):
                handle = os.open(made, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
                with suppress(OSError):  # where folders cannot be locked, none is taken either
                    fcntl.flock(handle, fcntl.LOCK_EX)
                if os.fstat(handle).st_nlink > 0:
                    return made, handle
                os.close(handle)

    def _remove_abandoned(self) -> None:
        """Remove the folders of programs that were killed: nobody holds them any more."""
        for folder in self.folder.glob(f"{_ADDING}*"):
            with suppress(OSError):
                handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
                try:
                    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    shutil.rmtree(folder, ignore_errors=True)
                finally:
                    os.close(handle)

    def _read(self, file: Path) -> Edition:
        try:
            edition = msgspec.json.decode(file.read_bytes(), type=Edition)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise EditionError(
                f"{file}: This is no description of an edition ({error}); remove its folder and "
                "import the file again."
            ) from None
        if self.path(edition) != file.parent:
            raise EditionError(
                f"{file}: It describes the edition {edition.id}, which belongs elsewhere; move "
                "the folder there or remove it and import the file again."
            )
        return edition
