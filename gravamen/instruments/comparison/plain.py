"""Plain: the words and the sentences of a Word document, as verification asks for them."""

from collections.abc import Iterator

from gravamen.instruments.comparison.finding import find
from gravamen.instruments.comparison.reading import read
from gravamen.instruments.docx.archive import loaded
from gravamen.instruments.fault import Fault
from gravamen.sources.source import SourceError

_NAME = "The document"
_RUNS = ("vbaProject.bin", "/embeddings/", "/activeX/", "/afchunk")


def words_in(data: bytes) -> list[str]:
    """Return the words of a document, hidden and deleted ones too; none where it is damaged."""
    try:
        return "".join(piece.text for piece in read(data, name=_NAME).pieces).split()
    except SourceError:
        return []


def sentences_in(data: bytes) -> dict[str, str]:
    """Return the words of each sentence by its id; none where the document is damaged."""
    try:
        found = find(read(data, name=_NAME), {})
    except SourceError:
        return {}
    return {id: one.now for id, one in found.items() if not (one.hidden or one.copies)}


def foreign_in(data: bytes) -> Iterator[Fault]:
    """Yield what no document of ours holds: macros, embedded files, parts from elsewhere."""
    try:
        parts, outside = loaded(data)
    except SourceError:
        return
    found = [part for part in parts if any(sign in part for sign in _RUNS)]
    if found or outside:
        named = ", ".join((*found, *outside))
        yield Fault(
            id="active-content",
            message=f"The document holds what can run or be fetched ({named}); no document of ours "
            "does.",
        )
