"""PDF: the text layer page by page, remarks as layers; a page without a text layer is named."""

import base64
from collections.abc import Sequence
from importlib.metadata import version

import msgspec

from gravamen.sources.extraction import LIMITS, Extraction, Limits, Part, plain_name, renamed
from gravamen.sources.plain import newlines
from gravamen.sources.source import Notice, Text
from gravamen.sources.transcript import Transcript
from gravamen.sources.worker import in_worker
from gravamen.values import Value

VERSION = f"1 (pypdfium2 {version('pypdfium2')})"
# PDFium's mark for a hyphen at the end of a line, which stands for the line break too.
_BROKEN_WORD = "\ufffe"
_END_MARK_BYTES = 2048


class _Remark(Value):
    """What an annotation says."""

    text: str
    author: str
    date: str


class _Page(Value):
    """What the worker read on one page."""

    text: str
    drawn: bool = False
    invisible: bool = False
    remarks: tuple[_Remark, ...] = ()
    fields: tuple[str, ...] = ()
    error: str | None = None


class _File(Value):
    """A file embedded in a PDF."""

    name: str
    data: str


class _Document(Value):
    """What the worker read of a PDF."""

    pages: tuple[_Page, ...]
    attachments: tuple[_File, ...]


def extract_pdf(data: bytes, *, name: str, limits: Limits = LIMITS) -> Extraction:
    """Return the text of a PDF's text layer, with the offset at which each page begins.

    A word broken at the end of a line stands as on the page ("deten-", line break, "tion"); spaces
    at the ends of lines are left out. What is filled into form fields follows the text of its
    page, then remarks (annotations) as comment layers; embedded files come back as parts.

    Raises:
        SourceError: it is damaged, encrypted, too large, or not read in time.
    """
    bounds = (limits.text_chars, limits.pages)
    answer = in_worker("pdf_worker.py", data, name=name, kind="a PDF", limits=limits, bounds=bounds)
    document = msgspec.convert(answer, _Document)
    transcript = Transcript()
    starts: list[int] = []
    for page in document.pages:
        if starts:
            transcript.write("\n")
        starts.append(transcript.length)
        transcript.write("\n".join((_as_printed(page.text), *map(newlines, page.fields))))
        for remark in page.remarks:
            transcript.write("\n")
            transcript.begin("comment", author=remark.author or None, date=remark.date or None)
            transcript.write(newlines(remark.text))
            transcript.end()
    text = Text(
        extractor="gravamen.pdf",
        version=VERSION,
        text=transcript.finish().text,
        pages=tuple(starts),
        layers=tuple(transcript.layers),
    )
    names = [
        (file.name, plain_name(file.name, fallback=f"part-{n}"))
        for n, file in enumerate(document.attachments, start=1)
    ]
    parts = tuple(
        Part(name=name, declared_type="", data=base64.b64decode(file.data))
        for (_, name), file in zip(names, document.attachments, strict=True)
    )
    changed = filter(None, (renamed(*pair) for pair in names))
    return Extraction(text=text, notices=(*_notices(document, data, name), *changed), parts=parts)


def _as_printed(text: str) -> str:
    lines = newlines(text).replace(_BROKEN_WORD, "-\n").split("\n")
    return "\n".join(line.rstrip(" \t") for line in lines)


def _notices(document: _Document, data: bytes, name: str) -> tuple[Notice, ...]:
    pages = list(enumerate(document.pages, start=1))
    bare = [n for n, p in pages if not p.text.strip() and p.drawn and not p.error]
    recognised = [n for n, p in pages if p.invisible]
    broken = [n for n, p in pages if p.error]
    found = []
    if bare:
        found.append(
            Notice(
                id="no-text-layer",
                message=f"{name} has no text layer on {_numbers(bare)} (pictures or scans only); "
                "run text recognition over it and capture the result beside this one.",
            )
        )
    if recognised:
        found.append(
            Notice(
                id="recognised-text",
                message=f"{name} has invisible text on {_numbers(recognised)}, as text recognition "
                "lays under a scan; compare each quote with the picture of the page.",
            )
        )
    if broken:
        found.append(
            Notice(
                id="page-unreadable",
                message=f"{name} cannot be read on {_numbers(broken)}; its text is missing here. "
                "Get an undamaged copy if one can be had.",
            )
        )
    if b"%%EOF" not in data[-_END_MARK_BYTES:]:
        found.append(
            Notice(
                id="truncated",
                message=f"{name} does not end as a PDF does, so that pages may be missing; compare "
                "its length with the original, or fetch it again.",
            )
        )
    return tuple(found)


def _numbers(pages: Sequence[int]) -> str:
    """Name pages in words: "page 3", "pages 1-4 and 9"."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and runs[-1][1] == page - 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    words = [str(a) if a == b else f"{a}-{b}" for a, b in runs[:20]]
    if len(runs) > 20:
        words.append(f"{len(runs) - 20} more stretches")
    listed = words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
    return f"page{'' if len(pages) == 1 else 's'} {listed}"
