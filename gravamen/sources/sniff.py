"""Sniffing: what kind of file bytes are, told from the bytes and not from the name."""

import re
import zipfile
from io import BytesIO
from pathlib import PurePath
from typing import Literal

from gravamen.sources.source import Notice, SourceError

Format = Literal["text", "html", "pdf", "docx", "eml"]

MEDIA_TYPES: dict[Format, str] = {
    "text": "text/plain",
    "html": "text/html",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "eml": "message/rfc822",
}
SUPPORTED = "plain text, HTML, PDF, DOCX and EML"

_EXTENSIONS: dict[str, Format] = {
    ".txt": "text", ".md": "text", ".csv": "text", ".tsv": "text", ".log": "text",
    ".json": "text", ".yaml": "text", ".yml": "text", ".srt": "text", ".vtt": "text",
    ".html": "html", ".htm": "html", ".xhtml": "html", ".pdf": "pdf", ".docx": "docx",
    ".docm": "docx", ".dotx": "docx", ".eml": "eml", ".mht": "eml", ".mhtml": "eml",
}  # fmt: skip
_FOREIGN = frozenset(
    (".doc", ".odt", ".rtf", ".msg", ".xls", ".xlsx", ".ppt", ".pptx", ".png", ".jpg", ".jpeg",
     ".gif", ".tif", ".tiff", ".zip", ".epub", ".xml", ".mp3", ".mp4", ".exe")
)  # fmt: skip

_AS_PDF = "save it as PDF from the program that shows it, and capture that"
_AS_DOCX = "save it as DOCX or PDF from a word processor, and capture that"
_TRANSCRIBE = "write down its words in a text file, or make a PDF with a text layer, and capture it"
_MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"{\\rtf", "an RTF document", _AS_DOCX),
    (b"\x89PNG\r\n\x1a\n", "a PNG picture", _TRANSCRIBE),
    (b"\xff\xd8\xff", "a JPEG picture", _TRANSCRIBE),
    (b"GIF8", "a GIF picture", _TRANSCRIBE),
    (b"II*\0", "a TIFF picture", _TRANSCRIBE),
    (b"MM\0*", "a TIFF picture", _TRANSCRIBE),
    (b"RIFF", "a WebP picture, WAV or AVI recording", _TRANSCRIBE),
    (b"OggS", "an Ogg recording", _TRANSCRIBE),
    (b"ID3", "an MP3 recording", _TRANSCRIBE),
    (b"\x1aE\xdf\xa3", "a Matroska or WebM recording", _TRANSCRIBE),
    (b"\x1f\x8b", "a gzip archive", "unpack it and capture what is inside"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", "unpack it and capture what is inside"),
    (b"Rar!", "a RAR archive", "unpack it and capture what is inside"),
    (b"BZh", "a bzip2 archive", "unpack it and capture what is inside"),
    (b"%!PS", "a PostScript document", _AS_PDF),
    (b"MZ", "a Windows program", "do not open it; capture the document that was meant"),
    (b"\x7fELF", "a program", "do not open it; capture the document that was meant"),
)
_WRITTEN_MAGIC = (b"{\\rtf", b"%!PS")
_ZIPS: tuple[tuple[str, str, str], ...] = (
    ("xl/", "an Excel workbook", "save the sheet that matters as PDF or CSV, and capture that"),
    ("ppt/", "a PowerPoint presentation", _AS_PDF),
    ("content.xml", "an OpenDocument file (ODT, ODS or ODP)", _AS_DOCX),
    ("META-INF/container.xml", "an EPUB book", _AS_PDF),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLES: tuple[tuple[str, str, str], ...] = (
    (
        "EncryptedPackage",
        "an encrypted Office document",
        "open it with its password, save it without one, and capture that beside this one",
    ),
    ("__substg1.0_", "an Outlook message (MSG)", "save it as EML from the mail program"),
    ("WordDocument", "an old Word document (DOC)", _AS_DOCX),
    ("Workbook", "an old Excel workbook (XLS)", _AS_PDF),
    ("PowerPoint Document", "an old PowerPoint presentation (PPT)", _AS_PDF),
)
_WIDE_BOMS = (b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")
_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?(?>\s|<\?xml[^>]{0,300}\?>|<!--(?s:.{0,4000}?)-->)*+"
    rb"<(?:!doctype\s+html|html|head|body|title|meta|link|script|style|base|iframe|article|main|"
    rb"section|header|footer|nav|div|span|p|h[1-6]|a|b|i|em|strong|br|hr|font|center|table|ul|ol|"
    rb"dl|img|form|pre|blockquote|figure)(?=[\s/>])",
    re.IGNORECASE,
)
_XML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml|!DOCTYPE|[A-Za-z_][\w.-]*(?::[\w.-]+)?[\s>])")
_MARKED_UP = re.compile(rb"<(?:/?[a-z][a-z0-9]{0,15}(?=[\s/>])|!--)", re.IGNORECASE)
_HEADER = re.compile(rb"([!-9;-~]{1,76}):[ \t\r\n]?")
_OF_A_MAIL = frozenset(
    (b"received", b"return-path", b"message-id", b"mime-version", b"content-type", b"delivered-to",
     b"dkim-signature", b"x-mailer")
)  # fmt: skip
_OF_A_MEMO = frozenset((b"from", b"to", b"date", b"subject"))


def sniff(data: bytes, *, name: str) -> Format:
    """Return which kind of file bytes are.

    The name decides only where bytes can be two things: a memorandum or an e-mail without any
    header but From, To, Date and Subject; a piece of a web page or text with marks like `<b>`.

    Raises:
        SourceError: the kind is none that text is read from; the message says what it is.
    """
    if re.search(rb"%PDF-\d", data[:1024]):
        return "pdf"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip(data, name)
    if data.startswith(_OLE):
        _refuse_ole(data, name)
    head = data[:1024]
    binary = b"\0" in head or not head.isascii()
    for magic, kind, remedy in _MAGIC:
        if data.startswith(magic) and (binary or magic in _WRITTEN_MAGIC):
            raise SourceError(f"{name} is {kind}, of which no text is read; {remedy}.")
    if data.startswith(b"\0\0") and data[4:8] == b"ftyp":
        raise SourceError(
            f"{name} is an MP4 recording or HEIC picture, of which no text is read; {_TRANSCRIBE}."
        )
    if data.startswith(_WIDE_BOMS):
        return "html" if _HTML.match(data[2:8000].replace(b"\0", b"")) else "text"
    if _HTML.match(data) or _is_piece_of_page(data, name):
        return "html"
    return _textual(data, name)


def _is_piece_of_page(data: bytes, name: str) -> bool:
    """Whether a file is named as a web page and has marks like one, however it begins."""
    named = _EXTENSIONS.get(PurePath(name).suffix.lower()) == "html"
    return named and b"\0" not in data[:1024] and _MARKED_UP.search(data[:65536]) is not None


def wrong_extension(format: Format, name: str) -> Notice | None:
    """Return a notice where a name says another kind of file than the bytes are."""
    suffix = PurePath(name).suffix.lower()
    expected = _EXTENSIONS.get(suffix)
    if expected == format or (expected is None and suffix not in _FOREIGN):
        return None
    return Notice(
        id="wrong-extension",
        message=f"{name} is named {suffix!r}, but its bytes are {MEDIA_TYPES[format]}; it was read "
        "as what it is.",
    )


def _zip(data: bytes, name: str) -> Format:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, EOFError) as error:
        raise SourceError(
            f"{name} begins as a DOCX or ZIP file but is damaged ({error}); fetch it again."
        ) from None
    if any(n.startswith("word/") for n in names) or (
        "[Content_Types].xml" in names and not any(n.startswith(("xl/", "ppt/")) for n in names)
    ):
        return "docx"
    for inside, kind, remedy in _ZIPS:
        if any(n.startswith(inside) for n in names):
            raise SourceError(f"{name} is {kind}, of which no text is read; {remedy}.")
    raise SourceError(
        f"{name} is a ZIP archive of {len(names)} files; unpack it and capture what is inside."
    )


def _refuse_ole(data: bytes, name: str) -> None:
    for stream, kind, remedy in _OLES:
        if stream.encode("utf-16-le") in data:
            raise SourceError(f"{name} is {kind}, of which no text is read; {remedy}.")
    raise SourceError(
        f"{name} is an old Office file of unknown kind, of which no text is read; {_AS_PDF}."
    )


def _textual(data: bytes, name: str) -> Format:
    """Tell a mail from a plain text, and both from bytes that are no text."""
    if _XML.match(data):
        raise SourceError(
            f"{name} is XML ({data[:40]!r}), of which no text is read; capture it as HTML, PDF or "
            "plain text."
        )
    if data.startswith(b"From ") and b"\nReceived:" in data[:4000]:
        raise SourceError(
            f"{name} is a mailbox (mbox) of several messages; save each message as EML."
        )
    fields = _fields(data)
    if fields & _OF_A_MAIL and len(fields) >= 2:
        return "eml"
    if len(fields & _OF_A_MEMO) >= 2 and _EXTENSIONS.get(PurePath(name).suffix.lower()) == "eml":
        return "eml"
    _check_text(data, name)
    return "text"


def _fields(data: bytes) -> frozenset[bytes]:
    """The names of the header fields that a file begins with, none if it begins otherwise."""
    found: set[bytes] = set()
    for line in data[:65536].splitlines():
        if line[:1] in (b" ", b"\t"):
            continue
        field = _HEADER.match(line + b"\n")
        if field is None:
            return frozenset(found) if not line else frozenset()
        found.add(field[1].lower())
    return frozenset(found)


def _check_text(data: bytes, name: str) -> None:
    head = data[:65536]
    nuls = head.count(b"\0")
    if nuls > len(head) // 4:
        raise SourceError(
            f"{name} looks like UTF-16 without a byte order mark, or like no text at all; save it "
            "as UTF-8 from the program that made it."
        )
    odd = len(head) - len(head.translate(None, bytes(range(9)) + bytes(range(14, 32)) + b"\x7f"))
    if odd > 3 and odd * 20 > len(head):
        raise SourceError(
            f"{name} is of an unknown kind (it begins {head[:16]!r}); text is read of {SUPPORTED}. "
            "Save it as one of these and capture that."
        )
