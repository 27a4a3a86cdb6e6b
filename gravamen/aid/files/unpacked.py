"""Unpacked: a file as it came, opened where it is compressed, as UTF-8, with its records counted.

The records are counted here by line ends outside quotes, so that what the program that parses the
file makes of it can be held against a count of our own.
"""

import bz2
import codecs
import gzip
import hashlib
import lzma
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import IO, NamedTuple

from gravamen.aid.files.dataset import AidError

# Hears what is being done and how much of it is done, 0 to 1; None where that is not known.
Tell = Callable[[str, float | None], None]

BLOCK_BYTES = 1 << 18
MOST_BYTES = 40 * 10**9  # opened; the complete file of ForeignAssistance.gov has 3 GB
MOST_RATIO = 250  # opened to packed; tables of money pack 10 to 60 times
RATIO_FROM_BYTES = 64 << 20  # what is smaller than this when opened harms nobody
ENCODINGS = ("utf-8", "utf-16", "windows-1252", "latin-1")

_PACKED = {b"\x1f\x8b": "gzip", b"BZh": "bzip2", b"\xfd7zXZ\x00": "xz", b"PK\x03\x04": "zip"}
_OTHER = {
    b"PK\x05\x06": "an empty zip file",
    b"\x28\xb5\x2f\xfd": "a Zstandard file",
    b"7z\xbc\xaf\x27\x1c": "a 7-Zip file",
    b"Rar!": "a RAR file",
    b"%PDF": "a PDF",
    b"\xd0\xcf\x11\xe0": "a workbook of an old office program",
    b"PAR1": "a Parquet file",
    b"SQLite format 3": "a database",
}
_ENDS = b"\r\n"
_IDLE = bytes(b for b in range(256) if b not in b'\r\n",;\t|')
_BROKEN = (EOFError, OSError, lzma.LZMAError, zlib.error, zipfile.BadZipFile, RuntimeError)


class Text(NamedTuple):
    """The text of a file in UTF-8, and how it is divided.

    Args:
        path: the file itself, or what was made of it.
        records: by its line ends outside quotes, the header counted and blank lines at the end
            not; None where its quotes do not pair up.
        line_end: "lf", "crlf", "cr", "mixed" or "none".
        blank: there are blank lines before its end.
        zero: there is a zero byte in it.
        whole: it ends with a line end.
        markup: it begins as XML does.
    """

    path: Path
    records: int | None
    line_end: str
    blank: bool
    zero: bool
    whole: bool
    markup: bool


def digest_of(file: Path, tell: Tell) -> str:
    """The SHA-256 of the bytes of a file, 64 hex digits."""
    size, done, digest = file.stat().st_size, 0, hashlib.sha256()
    with file.open("rb") as stream:
        while block := stream.read(BLOCK_BYTES):
            digest.update(block)
            done += len(block)
            tell("reading", done / max(size, done))
    return digest.hexdigest()


def unpack(file: Path, scratch: Path, *, encoding: str, tell: Tell) -> Text:
    """Read a file to its end and give its text as UTF-8.

    Args:
        scratch: a folder for the text, where the file is packed or in another encoding.
        encoding: one of ENCODINGS.

    Raises:
        AidError: a file that is empty, cut short, of another kind, in another encoding, or far
            larger than its packing can honestly be.
    """
    with file.open("rb") as raw:
        start = raw.read(16)
    if not start:
        raise AidError(f"{file.name}: The file is empty. Fetch it again.")
    for sign, kind in _OTHER.items():
        if start.startswith(sign):
            raise AidError(f"{file.name}: This is {kind}; give the table as CSV (UTF-8).")
    packed = next((kind for sign, kind in _PACKED.items() if start.startswith(sign)), None)
    count = _Count()
    with file.open("rb") as raw:
        blocks = _opened(raw, file, packed, tell)
        if encoding != "utf-8":
            blocks = _recoded(blocks, file.name, encoding, count)
        if packed is None and encoding == "utf-8":
            for block in blocks:
                count.add(block)
            return count.text(file)
        text = scratch / (file.stem if packed else file.name)
        with text.open("wb") as to:
            for block in blocks:
                count.add(block)
                to.write(block)
    if not text.stat().st_size:
        raise AidError(f"{file.name}: There is nothing in it. Fetch it again.")
    return count.text(text)


def _opened(raw: IO[bytes], file: Path, packed: str | None, tell: Tell) -> Iterator[bytes]:
    """The blocks of the text, opened; a bomb and a file that was cut short are refused."""
    size, done = file.stat().st_size, 0
    try:
        with _reader(raw, file, packed) as stream:
            while block := stream.read(BLOCK_BYTES):
                done += len(block)
                if packed:
                    _bounded(file.name, size, done)
                tell("opening" if packed else "counting", raw.tell() / size)
                yield block
    except _BROKEN as error:
        if packed is None:
            raise
        raise AidError(
            f"{file.name}: The {packed} file is cut short or damaged after {done:,} bytes of text "
            f"({error or type(error).__name__}). Fetch it again."
        ) from None


def _reader(raw: IO[bytes], file: Path, packed: str | None) -> IO[bytes]:
    match packed:
        case "gzip":
            return gzip.GzipFile(fileobj=raw)  # type: ignore[return-value]  # reads as a file
        case "bzip2":
            return bz2.BZ2File(raw)
        case "xz":
            return lzma.LZMAFile(raw)
        case "zip":
            return _member(raw, file)
    return raw


def _member(raw: IO[bytes], file: Path) -> IO[bytes]:
    """The one file in a zip file."""
    archive = zipfile.ZipFile(raw)
    members = [m for m in archive.infolist() if not m.is_dir()]
    if len(members) != 1:
        names = ", ".join(repr(m.filename) for m in members[:5]) or "none"
        raise AidError(
            f"{file.name}: A zip file with one table in it is wanted; this one has {len(members)} "
            f"files ({names}). Unpack it and give the table."
        )
    name = PurePosixPath(members[0].filename.replace("\\", "/"))
    if name.is_absolute() or ".." in name.parts or ":" in name.parts[0]:
        raise AidError(
            f"{file.name}: The name {members[0].filename!r} in it points out of the folder; an "
            "honest file has no such name. Unpack it with care and give the table."
        )
    if members[0].flag_bits & 1:
        raise AidError(f"{file.name}: It is encrypted. Unpack it and give the table.")
    return archive.open(members[0])


def _bounded(name: str, size: int, done: int) -> None:
    if done > MOST_BYTES or (done > RATIO_FROM_BYTES and done > size * MOST_RATIO):
        raise AidError(
            f"{name}: It has {size:,} bytes and opens to more than {done:,}; more than "
            f"{MOST_RATIO} times, or more than {MOST_BYTES:,} bytes, are not read. If it is "
            "honest, unpack it and give the table."
        )


def _recoded(blocks: Iterator[bytes], name: str, encoding: str, count: "_Count") -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for block in blocks:
            yield decoder.decode(block).encode()
        yield decoder.decode(b"", final=True).encode()
    except UnicodeError as error:
        raise AidError(
            f"{name}: It is not {encoding} ({error}), somewhere after row {max(count.ends, 1)}. "
            f"Give another --encoding: {', '.join(ENCODINGS)}."
        ) from None


def _thin(block: bytes) -> bytes:
    """A block without the characters that divide nothing, which are most; with a comma for those
    at its beginning and before the line ends that stand last in it.

    Line ends are never further apart than before; where a CR and a LF would come together that
    were apart, nothing is left out.
    """
    text = block.rstrip(_ENDS)
    first, last = (b"" if block[0] in _ENDS else b","), (b"," if text else b"")
    thin = b"".join((first, text.translate(None, _IDLE), last, block[len(text) :]))
    whole = b"\r" in thin and thin.count(b"\r\n") != block.count(b"\r\n")
    return block if whole else thin


def _blank(text: bytes) -> bool:
    """Whether a line in it is empty."""
    return any(ends in text for ends in (b"\n\n", b"\n\r\n", b"\r\r"))


class _Count:
    """Counts the line ends outside quotes, block by block."""

    def __init__(self) -> None:
        self.ends = self.crlf = self.cr = self.quotes = 0
        self.blank = self.zero = False
        self.held = b""  # the line ends that stand last: whether more follows is not known yet
        self.start = b""

    def add(self, block: bytes) -> None:
        """Count a block: all of it that divides records, and where lines seem to be blank the whole
        of it."""
        if not block:
            return
        self.start = self.start or block[:256]
        self.zero = self.zero or b"\0" in block
        inside = self.quotes % 2 == 1
        thin = _thin(block)
        seen = self._outside(thin, inside)
        body = seen.rstrip(_ENDS)
        self._tally(body)
        if not self.blank and _blank(body):
            self.blank = _blank(self._outside(block, inside).rstrip(_ENDS))
        self.quotes += thin.count(b'"')
        self.held = seen[len(body) :]

    def _outside(self, block: bytes, inside: bool) -> bytes:
        """What stands outside quotes, behind the line ends before it; of what stands in quotes only
        a quote is left."""
        pieces = block.split(b'"')
        ends_inside = inside == bool(len(pieces) % 2)
        outside = b'"'.join(pieces[inside::2])
        return b"".join((self.held, b'"' if inside else b"", outside, b'"' if ends_inside else b""))

    def _tally(self, text: bytes) -> None:
        self.ends += text.count(b"\n")
        self.crlf += text.count(b"\r\n")
        self.cr += text.count(b"\r")

    def text(self, path: Path) -> Text:
        """What was counted, once everything was added."""
        records = 1 + (self.ends or self.cr)
        held, self.held = self.held, b""
        self._tally(held)
        return Text(
            path=path,
            records=None if self.quotes % 2 else records,
            line_end=self._line_end(),
            blank=self.blank,
            zero=self.zero,
            whole=bool(held),
            markup=self.start.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"<"),
        )

    def _line_end(self) -> str:
        if not self.ends:
            return "cr" if self.cr else "none"
        if not self.cr:
            return "lf"
        return "crlf" if self.crlf == self.ends == self.cr else "mixed"
