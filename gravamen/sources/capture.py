"""Capture: bytes in, kept unchanged under their SHA-256; the text read from them beside."""

import re
import stat
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TypedDict, Unpack

from gravamen.dates import span
from gravamen.sources.extraction import LIMITS, Extraction, Limits, Part, plain_name, renamed
from gravamen.sources.mail import extract_mail
from gravamen.sources.oddities import oddities
from gravamen.sources.pdf import extract_pdf
from gravamen.sources.plain import extract_plain
from gravamen.sources.sniff import MEDIA_TYPES, Format, sniff, wrong_extension
from gravamen.sources.source import Notice, Source, SourceError, Text
from gravamen.sources.web import extract_web
from gravamen.sources.word import extract_word
from gravamen.values import Value, sha256

UNREAD = "gravamen.none"
_ANY_TYPE = "application/octet-stream"
_ADDRESS = re.compile(r"(?:https?|ftp)://?|mailto:|www\.|[^/\s]+@[^/\s]+\.[a-z]+\Z", re.IGNORECASE)


class Metadata(TypedDict, total=False):
    """What a person tells about a source; the fields of `Source` of the same names."""

    title: str | None
    publisher: str | None
    author: str | None
    published: str | None
    retrieved: str | None
    url: str | None
    language: str | None
    origin: str | None
    reliability: str | None
    translator: str | None
    parent: str | None


class Captured(Value):
    """A source as captured: its record, its text, the bytes unchanged, and what lay inside it."""

    source: Source
    text: Text
    data: bytes
    children: tuple["Captured", ...] = ()


def capture_file(
    path: str | Path,
    *,
    id: str,
    encoding: str | None = None,
    limits: Limits = LIMITS,
    **metadata: Unpack[Metadata],
) -> Captured:
    """Capture a file from disk; its name is kept, its folder is not.

    Raises:
        SourceError: it is missing, no plain file, unreadable, or larger than `limits` allow.
    """
    path = Path(path)
    if "\0" in str(path):
        raise SourceError(f"{str(path)!r} is no name of a file; check the path.")
    try:
        kind = path.stat()
        if not stat.S_ISREG(kind.st_mode):
            raise SourceError(f"{path} is not a file; name one file to capture.")
        _check_size(kind.st_size, str(path), limits)
        with path.open("rb") as file:
            data = file.read(limits.source_bytes + 1)
    except OSError as error:
        if addressed := address(str(path)):
            raise SourceError(addressed) from None
        raise SourceError(f"{path} cannot be read ({error.strerror}); check the path.") from None
    return capture(data, id=id, name=path.name, encoding=encoding, limits=limits, **metadata)


def address(name: str) -> str | None:
    """What to do where the address of a page or a mailbox stands for a file; None for a name."""
    if not _ADDRESS.match(name):
        return None
    whole = re.sub(r"^(\w+:/)(?!/)", r"\1/", name)  # a path has one slash where it had two
    return (
        f"{whole} is an address and no file; save what is there as a file first (a page as PDF or "
        "HTML, an e-mail as EML), and name that file; the address is its url."
    )


def capture(
    data: bytes,
    *,
    id: str,
    name: str,
    encoding: str | None = None,
    limits: Limits = LIMITS,
    **metadata: Unpack[Metadata],
) -> Captured:
    """Capture bytes as a source, with the text read from them.

    The type is told from the bytes, not from the name. What is odd about them stands in
    `source.notices`; attachments become `children`, captured in the same way.

    Args:
        id: "s.report"; unique in the case. Children are "s.report.1", "s.report.2".
        name: the file's name, for people.
        encoding: of a text or HTML file, where its bytes do not tell.
        metadata: publisher, author, published (partial dates allowed), … as in `Source`.

    Raises:
        SourceError: the bytes are none, too many, of a type that is not read, or hostile.
        DateError: `published` or `retrieved` is not a date.
    """
    _check_metadata(id, metadata)
    return _capture(
        data,
        id=id,
        name=name,
        encoding=encoding,
        metadata=metadata,
        family=_Family(limits),
        depth=0,
    )


class _Family:
    """What one capture takes in: a small hostile file can hold files within files without end."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.begun = time.monotonic()
        self._files = 0
        self._bytes = 0

    def take_in(self, parts: Sequence[Part], name: str) -> None:
        """Count the files that lie inside another one, or refuse that one."""
        self._files += len(parts)
        self._bytes += sum(len(part.data) for part in parts)
        if self._files > self.limits.parts or self._bytes > 2 * self.limits.source_bytes:
            raise SourceError(
                f"{name} holds more files within files than are taken at once "
                f"({self.limits.parts}, or {2 * self.limits.source_bytes} bytes); capture those "
                "that matter by themselves."
            )

    def admit(self, part: Part, depth: int) -> None:
        """Refuse to read a file that lies too deep, or comes after too many or too slow ones."""
        if depth > self.limits.depth:
            raise SourceError(
                f"{part.name} lies deeper than {self.limits.depth} files within files and was not "
                "read; capture it by itself."
            )
        late = time.monotonic() - self.begun > self.limits.family_seconds
        if late or self._files > self.limits.parts:
            raise SourceError(
                f"{part.name} was not read, because the files that it came with are too many or "
                "take too long to read; capture it by itself."
            )


def _capture(
    data: bytes,
    *,
    id: str,
    name: str,
    encoding: str | None,
    metadata: Metadata,
    family: _Family,
    depth: int,
) -> Captured:
    limits = family.limits
    given, name = name, plain_name(name, fallback="unnamed")
    _check_size(len(data), name, limits)
    format = sniff(data, name=name)
    language = metadata.get("language")
    found = _extract(format, data, name=name, encoding=encoding, language=language, limits=limits)
    if len(found.text.text) > limits.text_chars:
        raise SourceError(
            f"{name} holds more than {limits.text_chars} characters of text; split it."
        )
    family.take_in(found.parts, name)
    named = (renamed(given, name), wrong_extension(format, name))
    source = Source(
        id=id,
        sha256=sha256(data),
        name=name,
        media_type=MEDIA_TYPES[format],
        size=len(data),
        notices=(*filter(None, named), *found.notices, *oddities(found.text.text, name=name)),
        **metadata,  # type: ignore[arg-type]  # Edtf is a str, checked above
    )
    children = tuple(
        _child(part, id=f"{id}.{n}", parent=source, family=family, depth=depth + 1)
        for n, part in enumerate(found.parts, start=1)
    )
    return Captured(source=source, text=found.text, data=data, children=children)


def _extract(
    format: Format,
    data: bytes,
    *,
    name: str,
    encoding: str | None,
    language: str | None,
    limits: Limits,
) -> Extraction:
    if format == "text":
        return extract_plain(data, name=name, encoding=encoding, language=language)
    if format == "html":
        return extract_web(data, name=name, encoding=encoding, language=language)
    if encoding is not None:
        raise SourceError(
            f"{name} is {MEDIA_TYPES[format]}, which tells its encoding itself; leave it out."
        )
    if format == "pdf":
        return extract_pdf(data, name=name, limits=limits)
    if format == "docx":
        return extract_word(data, name=name, limits=limits)
    return extract_mail(data, name=name, language=language, limits=limits)


def _child(part: Part, *, id: str, parent: Source, family: _Family, depth: int) -> Captured:
    """Capture a file that lay inside another one; one that cannot be read is kept all the same.

    It counts under the origin of the file around it until a person says that it has another.
    """
    metadata: Metadata = {
        "parent": parent.id,
        "origin": parent.origin_group,
        "retrieved": parent.retrieved,
        "language": parent.language,
    }
    try:
        family.admit(part, depth)
        return _capture(
            part.data,
            id=id,
            name=part.name,
            encoding=None,
            metadata=metadata,
            family=family,
            depth=depth,
        )
    except SourceError as error:
        kind = part.declared_type or _ANY_TYPE
        return keep_unread(
            part.data, id=id, name=part.name, media_type=kind, why=str(error), **metadata
        )


def keep_unread(
    data: bytes,
    *,
    id: str,
    name: str,
    why: str,
    media_type: str = _ANY_TYPE,
    **metadata: Unpack[Metadata],
) -> Captured:
    """Capture bytes of which no text is read, with the reason; nothing can be quoted from them.

    Args:
        why: a sentence, kept as the notice "not-read".
    """
    source = Source(
        id=id,
        sha256=sha256(data),
        name=name,
        media_type=media_type,
        size=len(data),
        notices=(Notice(id="not-read", message=why),),
        **metadata,  # type: ignore[arg-type]  # Edtf is a str, checked by the caller
    )
    return Captured(source=source, text=Text(extractor=UNREAD, version="1", text=""), data=data)


def _check_size(size: int, name: str, limits: Limits) -> None:
    if size == 0:
        raise SourceError(f"{name} is empty (0 bytes); fetch it again.")
    if size > limits.source_bytes:
        raise SourceError(
            f"{name} has {size} bytes, more than the {limits.source_bytes} allowed; capture the "
            "part that matters."
        )


def _check_metadata(id: str, metadata: Metadata) -> None:
    if not id or id != "".join(id.split()):
        raise SourceError(f"{id!r} is no id for a source; write one like 's.report'.")
    for key in metadata:
        if key not in Metadata.__annotations__:
            raise SourceError(
                f"A source has no {key!r}; write one of {', '.join(Metadata.__annotations__)}."
            )
    for day in (metadata.get("published"), metadata.get("retrieved")):
        if day is not None:
            span(day)
