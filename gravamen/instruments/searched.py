"""Searched: a file as the texts in which a name could stand, with all that lies inside it."""

import io
import quopri
import re
import zipfile
from base64 import b64decode
from binascii import Error as BadBase64
from collections.abc import Iterator
from email import message_from_bytes
from email.errors import HeaderParseError, MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import collapse_rfc2231_value
from urllib.parse import unquote

import pikepdf
from lxml import etree

from gravamen.instruments.extraction import DAMAGED, pdf_text
from gravamen.values import GravamenError

LARGEST_PART = 64 * 1024 * 1024
LARGEST_WHOLE = 256 * 1024 * 1024
MOST_FILES = 5000
DEEPEST = 6
_DEEPEST_OBJECT = 8
_PDF_HEAD = 1024
_ESCAPES = re.compile(r"(?:\\u[0-9a-fA-F]{4})+")
_MAIL = re.compile(
    rb"(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?"
    rb"(?:received|return-path|message-id|mime-version|content-type|from|subject):",
    re.IGNORECASE,
)
_MAIL_HEAD = 64 * 1024
_ENCODINGS = ("", "7bit", "8bit", "binary", "base64", "quoted-printable", "x-uuencode", "uuencode")
_SEALED = re.compile(rb"-----BEGIN (?:PGP MESSAGE|PKCS7|CMS)|(?m:^begin [0-7]{3} )")
_RUNS = re.compile(r"[A-Za-z0-9+/]{8,}")
_BROKEN = re.compile(r"(?<=[A-Za-z0-9+/])\r?\n(?=[A-Za-z0-9+/])")
_WIDE = (b"\xff\xfe", b"\xfe\xff")

Part = tuple[str, str, bool]  # which part, its text, and whether that is prose


class Unsearchable(GravamenError):
    """A file of which nobody can tell what is in it; `why` says so without a name of a file."""

    def __init__(self, file: str, why: str) -> None:
        super().__init__(f"{file} cannot be searched for protected names ({why}); do not send it.")
        self.why = why


def searched(name: str, data: bytes, *, ours: bool = False, strict: bool = False) -> Iterator[Part]:
    """Yield what a file is made of: its name, its texts, and those of the files inside it.

    PDF files, zip archives (DOCX) and e-mails are opened, and what lies in them too: at most
    DEEPEST deep, MOST_FILES files and LARGEST_WHOLE bytes.

    Args:
        ours: that it was just made here, so that of a PDF neither the bytes as they lie nor the
            pages are read back.
        strict: that it comes from elsewhere, so that a file inside it must be one of these, or a
            text.

    Raises:
        Unsearchable: something in it cannot be opened, or there is too much of it.
    """
    yield "file name", name, True
    yield from _Search(name, strict=strict).opened("", data, ours=ours)


class _Search:
    """The search of one file, which keeps count of what it opened."""

    def __init__(self, file: str, *, strict: bool) -> None:
        self._file, self._strict = file, strict
        self._bytes, self._files = LARGEST_WHOLE, MOST_FILES

    def opened(
        self, where: str, data: bytes, *, ours: bool = False, depth: int = 0, charset: str = ""
    ) -> Iterator[Part]:
        """The texts of a file, `where` it lies in the whole; "" for the whole itself."""
        self._bytes -= len(data)
        self._files -= 1
        if depth > DEEPEST:
            raise self._closed(f"files lie in it more than {DEEPEST} deep")
        if self._bytes < 0 or self._files < 0:
            raise self._closed("there is too much in it")
        pdf = data[:_PDF_HEAD].lstrip().startswith(b"%PDF")
        pdf = pdf or (self._strict and b"%PDF-" in data[:_PDF_HEAD])
        archive = data[:4] == b"PK\x03\x04" or (
            self._strict and zipfile.is_zipfile(io.BytesIO(data))
        )
        mail = bool(_MAIL.match(data[:_MAIL_HEAD]))
        if self._strict or not (pdf or archive):
            if not (pdf or archive or mail) and depth:
                self._refuse_unknown(where, data, charset)
            if not (pdf and ours):
                yield from self._said(where or "bytes", data, charset)
        if pdf:
            yield from self._pdf(where, data, ours=ours, depth=depth)
        if archive:
            yield from self._zip(where, data, depth)
        if mail:
            yield from self._mail(where, data, depth)

    def _closed(self, why: str) -> Unsearchable:
        return Unsearchable(self._file, why)

    def _refuse_unknown(self, where: str, data: bytes, charset: str) -> None:
        """Refuse a file inside that is none of those that can be opened, and no text."""
        if not self._strict:
            return
        if not _is_text(data, charset):
            raise self._closed(f"{where} is a picture, or of a kind that cannot be opened here")
        if _SEALED.search(data):
            raise self._closed(f"{where} holds something sealed or encoded")

    def _said(self, where: str, data: bytes, charset: str) -> Iterator[Part]:
        """The texts that bytes may be."""
        yield from _decoded(where, data)
        text = _in(data, charset)
        if text is not None:
            yield from _decoded(where, text.encode("utf-8", "replace"))
        if self._strict and data.isascii() and b"\0" not in data:
            yield from _hidden(where, data)

    def _pdf(self, where: str, data: bytes, *, ours: bool, depth: int) -> Iterator[Part]:
        begin = f"{where}, " if where else ""
        pages = () if ours else pdf_text(data)
        if not ours and not self._strict:
            yield from ((part, text, False) for part, text, _ in _decoded(f"{begin}bytes", data))
        yield from ((f"{begin}page {n}", text, True) for n, text in enumerate(pages, 1))
        try:
            with pikepdf.open(io.BytesIO(data)) as pdf:
                if depth and self._strict:
                    self._refuse_pictures(where, pdf, pages)
                files = {}
                for number, thing in enumerate(pdf.objects, 1):
                    yield from _strings(f"{begin}object {number}", thing)
                    if isinstance(thing, pikepdf.Stream):
                        said, part = thing.read_bytes(), f"{begin}stream {number}"
                        yield from _decoded(part, said)
                        if thing.get("/Type") == "/EmbeddedFile" or _is_container(said):
                            files[part] = said
                for number, (name, inside) in enumerate(pdf.attachments.items(), 1):
                    yield f"{begin}attachment name", name, True
                    files[f"{begin}attachment {number}"] = inside.get_file().read_bytes()
        except Unsearchable:
            raise
        except DAMAGED as error:
            why = "is damaged or locked, or holds a picture that cannot be looked through"
            raise self._closed(f"{where or 'it'} {why}") from error
        for part, said in files.items():
            yield from self.opened(part, said, depth=depth + 1)

    def _refuse_pictures(self, where: str, pdf: pikepdf.Pdf, pages: tuple[str, ...]) -> None:
        """Refuse a PDF inside that has a page of which nothing but pictures is there."""
        for number, page in enumerate(pdf.pages):
            said = pages[number] if number < len(pages) else ""
            if page.get_images() and not said.strip():
                raise self._closed(f"{where}, page {number + 1}, is a picture without a text")

    def _zip(self, where: str, data: bytes, depth: int) -> Iterator[Part]:
        begin = f"{where}, " if where else ""
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                yield from self._said(f"{begin}comment", archive.comment, "")
                for number, info in enumerate(archive.infolist(), 1):
                    part = begin + (f"file {number}" if self._strict else info.filename)
                    if info.file_size > LARGEST_PART:
                        raise self._closed(f"{part} in it is too large")
                    yield f"{part}, name", info.filename, True
                    yield from self._said(f"{part}, comment", info.comment, "")
                    if not info.is_dir():
                        yield from self.opened(part, archive.read(info), depth=depth + 1)
        except Unsearchable:
            raise
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError) as error:
            why = f"{where or 'it'} is an archive that is damaged or locked"
            raise self._closed(why) from error

    def _mail(self, where: str, data: bytes, depth: int) -> Iterator[Part]:
        begin = f"{where}, " if where else ""
        try:
            for number, part in enumerate(message_from_bytes(data).walk()):
                yield from self._mail_part(
                    f"{begin}part {number}" if number else where, part, depth
                )
        except Unsearchable:
            raise
        except (MessageError, LookupError, ValueError, RecursionError, AttributeError) as error:
            if self._strict:
                raise self._closed(f"{where or 'it'} is a damaged e-mail") from error

    def _mail_part(self, where: str, part: Message, depth: int) -> Iterator[Part]:
        begin = f"{where}, " if where else ""
        for key, value in part.items():
            yield from _decoded(f"{begin}header {key}", self._header(where, str(value)).encode())
        if name := part.get_filename():
            yield f"{begin}file name", collapse_rfc2231_value(name), True
        for word in (part.preamble, part.epilogue):
            if word:
                yield from self._said(f"{begin}beside its parts", _raw(word), "")
        if part.is_multipart():
            return
        encoding = str(part.get("Content-Transfer-Encoding", "")).strip().lower()
        if self._strict and encoding not in _ENCODINGS:
            raise self._closed(f"{where or 'its text'} is encoded in a way that is not known")
        inside = part.get_payload(decode=True)
        if isinstance(inside, bytes):
            charset = part.get_content_charset("") or ""
            named = where or "its text"
            yield from self.opened(named, inside, depth=depth + 1, charset=charset)

    def _header(self, where: str, value: str) -> str:
        try:
            return str(make_header(decode_header(value)))
        except (HeaderParseError, LookupError, UnicodeError, ValueError) as error:
            if self._strict:
                raise self._closed(f"a header of {where or 'it'} cannot be read") from error
            return value


def _raw(text: str) -> bytes:
    """The bytes that a parser of e-mails kept as a text."""
    return text.encode("utf-8", "surrogateescape")


def _is_container(data: bytes) -> bool:
    """Whether bytes begin like a file that holds others."""
    return data[:4] == b"PK\x03\x04" or data[:5] == b"%PDF-"


def _in(data: bytes, charset: str) -> str | None:
    """Bytes read in a character set that somebody names; None where they are not in it."""
    try:
        return data.decode(charset) if charset else None
    except (LookupError, UnicodeError):
        return None


def _is_text(data: bytes, charset: str) -> bool:
    """Whether bytes are a text in a character set that is known."""
    if data.startswith(_WIDE):
        return _in(data, "utf-16") is not None
    return b"\0" not in data and (_in(data, charset) or _in(data, "utf-8")) is not None


def _hidden(part: str, data: bytes) -> Iterator[Part]:
    """What a text says in base64 or quoted-printable, wherever it stands in it."""
    text = data.decode("ascii")
    for said in (text, _BROKEN.sub("", text)):
        words = []
        for run in _RUNS.findall(said):
            try:
                inner = b64decode(run[: len(run) // 4 * 4])
            except BadBase64:
                continue
            words.append(inner.decode("utf-8", "ignore"))
        yield f"{part}, in base64", " ".join(words), True
    if "=" in text:
        found = quopri.decodestring(data).decode("utf-8", "ignore")
        yield f"{part}, in quoted-printable", found, True


def _strings(part: str, thing: pikepdf.Object, depth: int = 0) -> Iterator[Part]:
    """The text strings of an object: titles, alternative texts, authors, languages."""
    if depth > _DEEPEST_OBJECT or (thing.is_indirect and depth):
        return
    if isinstance(thing, pikepdf.String):
        yield part, str(thing), True
    elif isinstance(thing, pikepdf.Name):
        yield part, str(thing), False
    elif isinstance(thing, pikepdf.Array):
        for item in thing:
            if isinstance(item, pikepdf.Object):
                yield from _strings(part, item, depth + 1)
    elif isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        for key, value in thing.items():
            yield part, str(key), False
            if isinstance(value, pikepdf.Object):
                yield from _strings(part, value, depth + 1)


def _decoded(part: str, data: bytes) -> Iterator[Part]:
    """Bytes as text in each encoding they may be in, and without markup and escapes."""
    text = data.decode("utf-8", "ignore")
    printable = len(text.encode()) == len(data) and "\0" not in text
    markup = text.lstrip()[:1] == "<"
    yield part, text, printable and not markup
    if not printable:
        yield part, data.decode("latin-1"), False
        yield part, data.decode("utf-16-be", "ignore"), False
        yield part, data.decode("utf-16-le", "ignore"), False
    if markup:
        yield f"{part}, without markup", _without_markup(data), True
    if "%" in text:
        yield f"{part}, unescaped", unquote(text), False
    if "\\u" in text:
        yield f"{part}, unescaped", _ESCAPES.sub(_unescaped, text), False


def _unescaped(found: re.Match[str]) -> str:
    """The characters of JSON escapes; two of them may be one character."""
    units = bytes.fromhex(found[0].replace("\\u", ""))
    return units.decode("utf-16-be", "replace")


def _without_markup(data: bytes) -> str:
    """The words of a page: its text, comments and attributes, but not its style sheet."""
    parser = etree.HTMLParser(recover=True, encoding="utf-8", no_network=True, huge_tree=True)
    root = etree.fromstring(data, parser)
    if root is None:
        return ""
    words = []
    for node in root.iter():
        words += [node.text or "" if node.tag != "style" else "", node.tail or ""]
        words += [str(v) for k, v in node.attrib.items() if k not in ("class", "style")]
    return " ".join(words)
