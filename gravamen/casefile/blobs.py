"""Blobs: bytes kept unchanged under their SHA-256, written whole or not at all."""

import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from gravamen.casefile.entries import RecordError
from gravamen.casefile.folder import open_plain, sync_folder, write_all
from gravamen.values import sha256

DIGEST = re.compile(r"[0-9a-f]{64}\Z")
_UNFINISHED = ".new-"


class Blobs:
    """The blobs of a case: `blobs/sha256/ab/cd/<digest>`, readable only, never rewritten.

    Attributes:
        new: the digests that `put` wrote, until somebody clears the list.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.new: list[str] = []

    def path(self, digest: str) -> Path:
        """Where the blob of a digest lies."""
        if not DIGEST.match(digest):
            raise RecordError(f"{digest!r} is no SHA-256; write its 64 hexadecimal digits.")
        return self.folder / "sha256" / digest[:2] / digest[2:4] / digest

    def has(self, digest: str) -> bool:
        """Whether there is a file for a digest; `get` tells whether it is the right one."""
        return self.path(digest).is_file()

    def get(self, digest: str) -> bytes:
        """Return the bytes of a digest.

        Raises:
            RecordError: they are missing, or are not what the digest says.
        """
        try:
            with open_plain(self.path(digest)) as file:
                data = file.read()
        except OSError as error:
            raise RecordError(
                f"The blob {digest} cannot be read ({error.strerror}); restore it from a copy."
            ) from None
        if sha256(data) != digest:
            raise RecordError(
                f"The blob {digest} holds other bytes than its name says; restore it from a copy."
            )
        return data

    def put(self, data: bytes) -> str:
        """Keep bytes and return their digest; keeping them twice is keeping them once.

        The caller holds the case's lock.
        """
        digest = sha256(data)
        path = self.path(digest)
        if path.exists() or path.is_symlink():
            self.get(digest)
            return digest
        made = [p for p in (path.parent, *path.parents) if not p.exists()]
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=_UNFINISHED, dir=self.folder)
        try:
            write_all(handle, data)
            os.fchmod(handle, 0o444)
        except OSError:
            Path(name).unlink()
            raise
        finally:
            os.close(handle)
        Path(name).rename(path)
        self.new.append(digest)
        for folder in (path.parent, *(p.parent for p in made)):
            sync_folder(folder)
        return digest

    def destroy(self, digest: str) -> bool:
        """Remove the blob of a digest; return whether there was one."""
        path = self.path(digest)
        try:
            path.unlink()
        except FileNotFoundError:
            return False
        sync_folder(path.parent)
        return True

    def unfinished(self) -> Iterator[Path]:
        """The files of writes that never returned."""
        with suppress(FileNotFoundError, NotADirectoryError):
            yield from (p for p in self.folder.iterdir() if p.name.startswith(_UNFINISHED))

    def hashed(self, digest: str) -> str:
        """Return the SHA-256 of the bytes that lie under a digest.

        Raises:
            OSError: they are missing or cannot be read.
            RecordError: there is something else than a plain file.
        """
        with open_plain(self.path(digest)) as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def links(self) -> Iterator[Path]:
        """The folders of the blobs that lie elsewhere: a copy of the case would be without them."""
        if self.folder.is_symlink():
            yield self.folder
        for base, folders, _ in os.walk(self.folder):
            yield from (p for name in sorted(folders) if (p := Path(base) / name).is_symlink())

    def files(self) -> Iterator[Path]:
        """Every file below the folder of blobs, links and oddities included."""
        for base, _, names in os.walk(self.folder):
            yield from (Path(base) / name for name in sorted(names))
