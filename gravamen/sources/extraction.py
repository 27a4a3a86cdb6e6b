"""What an extractor hands back: the text, what was odd about the bytes, the files inside them."""

from gravamen.sources.source import Notice, Text
from gravamen.values import Value


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


class Limits(Value):
    """How much of a hostile file we are ready to look at.

    Args:
        source_bytes: largest file that is taken at all.
        text_chars: longest text that is kept of one file.
        unpacked_bytes: largest sum of the parts that are unpacked from one DOCX.
        part_ratio: a part that unpacks to more than this many times its size is a bomb.
        pages: most pages of a PDF.
        parts: most attachments of one message.
        depth: how deep attachments within attachments are read.
        worker_seconds, worker_bytes: time and memory of the process that reads a PDF or a mail.
    """

    source_bytes: int = 200 * 2**20
    text_chars: int = 50_000_000
    unpacked_bytes: int = 100 * 2**20
    part_ratio: int = 200
    pages: int = 20_000
    parts: int = 1_000
    depth: int = 8
    worker_seconds: int = 60
    worker_bytes: int = 2 * 2**30


LIMITS = Limits()
