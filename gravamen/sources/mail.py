"""Mail: an e-mail's headers and body as text, its attachments as files of their own."""

import base64
import re
from collections import Counter
from collections.abc import Sequence
from platform import python_version

import msgspec

from gravamen.sources.extraction import LIMITS, Extraction, Limits, Part, plain_name, renamed
from gravamen.sources.plain import decode, decode_declared, newlines
from gravamen.sources.source import Notice, SourceError, Text
from gravamen.sources.transcript import Transcript
from gravamen.sources.web import read_page
from gravamen.sources.worker import in_worker
from gravamen.values import Value

VERSION = f"1 (Python {python_version()})"

_SHOWN = ("from", "sender", "reply-to", "to", "cc", "bcc", "date", "subject")
_BODY = ("text/plain", "text/html")
_SEALED = ("application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted")
_SUFFIXES = {"message/rfc822": ".eml", "text/html": ".html", "text/plain": ".txt"}


class _Part(Value):
    """What the worker read of one part of a mail."""

    kind: str
    disposition: str | None
    name: str | None
    charset: str | None
    alternative: int | None
    exact: bool
    defects: tuple[str, ...]
    data: str

    @property
    def shown(self) -> bool:
        """Whether a mail program shows the part as part of the body."""
        return self.kind in _BODY and self.disposition != "attachment" and not self.name

    @property
    def bytes(self) -> bytes:
        """The decoded bytes of the part."""
        return base64.b64decode(self.data)


class _Mail(Value):
    """What the worker read of a mail."""

    headers: tuple[tuple[str, str], ...]
    parts: tuple[_Part, ...]
    unshown: tuple[str, ...]
    defects: tuple[str, ...]


class _Reader:
    """Writes the text of one mail and gathers what was odd about it."""

    def __init__(self, mail: _Mail, *, name: str, language: str | None) -> None:
        self.mail = mail
        self.name = name
        self.language = language
        self.transcript = Transcript()
        self.notices: list[Notice] = []

    def head(self) -> None:
        """Write the headers: first those that a mail program shows, then all others as a layer."""
        shown = [h for h in self.mail.headers if h[0].lower() in _SHOWN]
        for name, value in shown:
            self.transcript.write(f"{name}: {value}\n")
        self.transcript.begin("header")
        for name, value in self.mail.headers:
            if name.lower() not in _SHOWN:
                self.transcript.write(f"{name}: {value}\n")
        self.transcript.end()

    def body(self) -> None:
        """Write the body: of alternatives the plain text, else the page; parts in their order."""
        groups: dict[object, list[_Part]] = {}
        for at, part in enumerate(self.mail.parts):
            if part.shown:
                key = f"single {at}" if part.alternative is None else part.alternative
                groups.setdefault(key, []).append(part)
        for group in groups.values():
            self._write(group)
        for words in self.mail.unshown:
            self.transcript.aside("hidden").write(newlines(words))

    def attachments(self) -> tuple[Part, ...]:
        """The parts that are no body, in their order, each with a name that is only a name."""
        found = []
        for at, part in enumerate(self.mail.parts, start=1):
            if not part.shown:
                found.append(
                    Part(name=self._named(part, at), declared_type=part.kind, data=part.bytes)
                )
        return tuple(found)

    def _write(self, group: Sequence[_Part]) -> None:
        plain = [self._text(p) for p in group if p.kind == "text/plain"]
        pages = [self._page(p) for p in group if p.kind == "text/html"]
        self.transcript.write("\n")
        if any(text.strip() for text in plain):
            self.transcript.write("".join(plain))
            for page in pages:
                self._compare("".join(plain), page)
        else:
            for page in pages:
                self.transcript.append(page)
        self.transcript.end_line()

    def _text(self, part: _Part) -> str:
        try:
            text, notices = self._decoded(part)
        except SourceError:  # a mail is as it came; nobody can have it saved otherwise
            text = part.bytes.decode("utf-8", errors="replace")
            notices = (
                Notice(
                    id="undecodable",
                    message=f"{self.name} fits no encoding ({part.charset or 'it declares none'}); "
                    "it was read as UTF-8, and each byte that does not fit is shown as U+FFFD. "
                    "Look at the mail itself.",
                ),
            )
        self.notices += notices
        return newlines(text)

    def _decoded(self, part: _Part) -> tuple[str, tuple[Notice, ...]]:
        if part.charset:
            return decode_declared(part.bytes, part.charset, name=self.name, language=self.language)
        return decode(part.bytes, name=self.name, language=self.language)

    def _page(self, part: _Part) -> Transcript:
        return read_page(self._text(part).replace("\0", "\ufffd"), name=self.name).transcript

    def _compare(self, plain: str, page: Transcript) -> None:
        """Say so where the page has words that the plain text, which was taken, has not."""
        more = Counter(_words(page.seen)) - Counter(_words(plain))
        if more:
            few = ", ".join(list(more)[:5])
            self.notices.append(
                Notice(
                    id="html-alternative",
                    message=f"{self.name} says the same twice, as plain text (which was taken) and "
                    f"as a page; the page has words that the plain text has not ({few}). Look at "
                    "both.",
                )
            )

    def _named(self, part: _Part, at: int) -> str:
        """A name for an attachment: the last step of what it calls itself, without controls."""
        given = part.name or f"part-{at}{_SUFFIXES.get(part.kind, '')}"
        name = plain_name(given, fallback=f"part-{at}")
        if notice := renamed(given, name):
            self.notices.append(notice)
        if not part.exact:
            self.notices.append(
                Notice(
                    id="not-exact",
                    message=f"The bytes of {name!r} in {self.name} were put together again by the "
                    "mail reader and may differ in line ends; those of the mail itself are exact.",
                )
            )
        return name


def extract_mail(
    data: bytes, *, name: str, language: str | None = None, limits: Limits = LIMITS
) -> Extraction:
    """Return the text of an e-mail, headers first, and its attachments as parts.

    All headers are kept, those that a mail program does not show (Received, DKIM-Signature,
    Message-ID) as a header layer; words around the parts, which none shows either, are hidden. Of
    a body that comes as plain text and as a page, the plain text is taken, with a notice where the
    page has other words.

    Raises:
        SourceError: it is nested too deep, has too many parts, or breaks its reader.
    """
    answer = in_worker(
        "mail_worker.py",
        data,
        name=name,
        kind="an e-mail",
        limits=limits,
        bounds=(limits.parts,),
    )
    mail = msgspec.convert(answer, _Mail)
    if not mail.headers:
        raise SourceError(f"{name} has no headers of an e-mail; capture it as plain text.")
    reader = _Reader(mail, name=name, language=language)
    reader.head()
    reader.body()
    parts = reader.attachments()
    if any(part.kind in _SEALED for part in mail.parts):
        reader.notices.append(
            Notice(
                id="encrypted",
                message=f"{name} is encrypted, or sealed with its signature, so that its words are "
                "not in its text; open it in the mail program, and capture what it shows too.",
            )
        )
    defects = dict.fromkeys((*mail.defects, *(d for part in mail.parts for d in part.defects)))
    if defects:
        reader.notices.append(
            Notice(
                id="mail-defects",
                message=f"{name} departs from the standard of e-mails ({', '.join(defects)}); "
                "parts may be damaged or hidden. Compare it with the mail program's view.",
            )
        )
    text = Text(
        extractor="gravamen.eml",
        version=VERSION,
        text=reader.transcript.finish().text,
        layers=tuple(reader.transcript.layers),
    )
    return Extraction(text=text, notices=tuple(reader.notices), parts=parts)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())
