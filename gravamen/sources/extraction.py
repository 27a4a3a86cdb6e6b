"""What an extractor hands back: the text, what was odd about the bytes, the files inside them."""

import re
from pathlib import PurePosixPath

from gravamen.sources.source import Notice, Text
from gravamen.values import Value

# Controls, and characters that turn the direction of reading or are not seen at all.
_NOT_IN_NAMES = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\U000e0000-\U000e007f]"
)
_HALF_CHARACTERS = re.compile("[\ud800-\udfff]")


class Part(Value):
    """A file that lies inside another one (an attachment): name, declared type and bytes."""

    name: str
    declared_type: str
    data: bytes


class Extraction(Value):
    """The text of a file, with notices about it and the files found inside."""

    text: Text
    notices: tuple[Notice, ...] = ()
    parts: tuple[Part, ...] = ()


def plain_name(given: str, *, fallback: str) -> str:
    """Return what a file calls itself as a name that is only a name, and shows as it stands."""
    name = _HALF_CHARACTERS.sub("\ufffd", PurePosixPath(given.replace("\\", "/")).name)
    name = _NOT_IN_NAMES.sub("", name).strip()
    return fallback if name in ("", ".", "..") else name


def renamed(given: str, name: str) -> Notice | None:
    """Return a notice where a file is kept under another name than it calls itself."""
    if name == given:
        return None
    return Notice(id="name-changed", message=f"{given!r} is no plain name; it is kept as {name!r}.")


class Limits(Value):
    """How much of a hostile file we are ready to look at.

    Args:
        source_bytes: largest file that is taken at all.
        text_chars: longest text that is kept of one file.
        unpacked_bytes: largest sum of the parts that are unpacked from one DOCX.
        part_ratio: a part that unpacks to more than this many times its size is a bomb.
        pages: most pages of a PDF.
        parts: most attachments of one file, and of all files within files together.
        depth: how deep attachments within attachments are read.
        family_seconds: how long attachments are read; those that are left are kept unread.
        worker_seconds, worker_bytes: time and memory of the process that reads a PDF or a mail.
    """

    source_bytes: int = 200 * 2**20
    text_chars: int = 50_000_000
    unpacked_bytes: int = 100 * 2**20
    part_ratio: int = 200
    pages: int = 20_000
    parts: int = 1_000
    depth: int = 8
    family_seconds: int = 60
    worker_seconds: int = 25
    worker_bytes: int = 2 * 2**30


LIMITS = Limits()
