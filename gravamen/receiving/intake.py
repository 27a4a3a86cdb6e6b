"""Intake: a file that came, captured with all that lies in it; a picture is kept unread."""

from collections.abc import Collection, Iterator
from pathlib import Path

from gravamen.sources.capture import Captured, capture_file, keep_unread
from gravamen.sources.extraction import LIMITS
from gravamen.sources.source import SourceError

_PICTURES = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"II*\0": "image/tiff",
    b"MM\0*": "image/tiff",
}


def bring_in(path: Path, *, id: str, retrieved: str, encoding: str | None = None) -> Captured:
    """Capture a file that came. A picture, such as the scan of a letter, is kept without a text.

    Args:
        encoding: of a text or HTML file, where its bytes do not tell.

    Raises:
        SourceError: it is missing, empty, too large, hostile, or of a type that is not read.
    """
    try:
        return capture_file(path, id=id, retrieved=retrieved, encoding=encoding)
    except SourceError as error:
        data = _picture(path)
        kind = next((k for start, k in _PICTURES.items() if data.startswith(start)), None)
        if kind is None:
            raise
        return keep_unread(
            data, id=id, name=path.name, media_type=kind, why=str(error), retrieved=retrieved
        )


def family(captured: Captured) -> Iterator[Captured]:
    """A captured file and all that lay in it, the outermost first."""
    yield captured
    for child in captured.children:
        yield from family(child)


def free_number(taken: Collection[str]) -> int:
    """The first number of which neither the reply nor its source is there."""
    number = 1
    while f"reply.{number}" in taken or f"s.reply-{number}" in taken:
        number += 1
    return number


def _picture(path: Path) -> bytes:
    """The bytes of a file that may be a picture; none where it is too large or cannot be read."""
    try:
        if not path.is_file() or path.stat().st_size > LIMITS.source_bytes:
            return b""
        return path.read_bytes()
    except OSError:
        return b""
