"""SMTP: handing a message to a mail server, and what is known afterwards of whether it took it."""

import ipaddress
import re
import smtplib
import socket
import ssl
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Literal
from urllib.parse import unquote, urlsplit

from gravamen.values import GravamenError, Value

TIMEOUT_S = 60.0
_PORTS = {"smtp": 587, "smtps": 465}
_SERVICE_READY, _START_INPUT, _OK = 220, 354, 250
_REFUSALS = range(400, 600)
LONGEST_ANSWER_BYTES = 64 * 1024
_KEPT_CHARS = 1000
_EARLY_S = 0.1
_CHUNK_BYTES = 4096
_ANSWER_LINE = re.compile(rb"([2-5][0-9]{2})(?:([ -])([^\r\n]*))?\Z")

State = Literal["accepted", "refused", "not-known"]


class ServerError(GravamenError):
    """A mail server that cannot be used as it was described."""


class Server(Value):
    """A mail server that takes messages for delivery, and how to speak with it.

    Args:
        security: "tls" from the first byte; "starttls"; "plain" on this machine alone.
        ca: a file of certificates that vouch for the server, beside those of the system.
    """

    host: str
    port: int
    security: Literal["tls", "starttls", "plain"]
    user: str | None = None
    password: str | None = None
    ca: Path | None = None
    timeout_s: float = TIMEOUT_S


class Outcome(Value):
    """What became of a message for one recipient.

    Args:
        state: "accepted": the server answered 250 after the whole message, and nothing else;
            "refused": it said no (4xx or 5xx), or the message never reached it; "not-known": its
            answer to the message was lost or is none that says yes or no, so that it may have been
            sent or not.
        answer: the server's answer, cut after 1,000 characters, or what happened, in words.
    """

    recipient: str
    state: State
    answer: str


class Unheard(smtplib.SMTPException):
    """An answer that came too slowly, too early or too long, or that is none."""


class _Line(smtplib.SMTP):
    """A line to a server on which each answer is bounded in time and in length, and none counts
    that came before it was asked for.

    The standard library reads line by line, each within the time, for as long as they come.
    """

    _unread = b""

    def getreply(self) -> tuple[int, bytes]:
        """Read one answer: its code, -1 where it is none (RFC 5321, 4.2), and its words."""
        deadline = time.monotonic() + self._seconds
        lines: list[bytes] = []
        code = size = 0
        while True:
            line = self._line(deadline, size)
            size += len(line) + 1
            found = _ANSWER_LINE.match(line)
            if found is None or code not in (0, int(found[1])):
                self.close()
                return -1, b"an answer that is none"
            code = int(found[1])
            lines.append((found[3] or b"").strip(b" \t"))
            if found[2] != b"-":
                return code, b"\n".join(lines)

    def close(self) -> None:
        """Close the line, and forget what was still unread."""
        self._unread = b""
        super().close()

    def putcmd(self, cmd: str, args: str = "") -> None:
        """Ask for something, where nothing waits that was not asked for."""
        self.refuse_unasked()
        super().putcmd(cmd, args)

    def refuse_unasked(self, *, wait_s: float = 0.0) -> None:
        """Refuse to go on where an answer waits, or comes within a time, to what was not asked.

        Raises:
            Unheard: with the answer in words.
            OSError: the line is broken.
        """
        if not self._unread and wait_s and self.sock is not None:
            self.sock.settimeout(wait_s)
            try:
                self._more()
            except (TimeoutError, BlockingIOError, ssl.SSLWantReadError):
                pass
            finally:
                if self.sock is not None:
                    self.sock.settimeout(self._seconds)
        if self._unread:
            early = self._unread
            self.close()
            raise Unheard(f"the server answered before it was asked ({_clean(early)})")

    @property
    def _seconds(self) -> float:
        return float(self.timeout)

    def _line(self, deadline: float, before: int) -> bytes:
        """The next line, without its end, read before the deadline."""
        while b"\n" not in self._unread:
            left = deadline - time.monotonic()
            if left <= 0:
                self.close()
                raise TimeoutError("timed out")
            if before + len(self._unread) > LONGEST_ANSWER_BYTES:
                self.close()
                raise Unheard(f"an answer longer than {LONGEST_ANSWER_BYTES // 1024} KiB")
            if self.sock is None:
                raise smtplib.SMTPServerDisconnected("not connected")
            self.sock.settimeout(left)
            try:
                self._more()
            except OSError:
                self.close()
                raise
        if self.sock is not None:
            self.sock.settimeout(self._seconds)
        line, _, self._unread = self._unread.partition(b"\n")
        if before + len(line) > LONGEST_ANSWER_BYTES:
            self.close()
            raise Unheard(f"an answer longer than {LONGEST_ANSWER_BYTES // 1024} KiB")
        return line.removesuffix(b"\r")

    def _more(self) -> None:
        """Take what has come, at least a byte."""
        if self.sock is None:
            raise smtplib.SMTPServerDisconnected("not connected")
        data = self.sock.recv(_CHUNK_BYTES)
        if not data:
            self.close()
            raise smtplib.SMTPServerDisconnected("closed")
        self._unread += data


class _TlsLine(_Line, smtplib.SMTP_SSL):
    """The same, in private from the first byte."""


def server(
    url: str, *, password: str | None = None, ca: Path | None = None, timeout_s: float = TIMEOUT_S
) -> Server:
    """Read a server from an address: "smtp://clerk@mail.quillby.example:587", "smtps://…".

    smtp:// means STARTTLS, except to this machine itself, which may be spoken to in the clear; a
    password in the address is refused, for others can read it there.

    Raises:
        ServerError: it is no such address.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise ServerError(f"{_bare(url)!r} is no address of a mail server ({error}).") from None
    if parts.scheme not in _PORTS or not parts.hostname or parts.path.strip("/") or parts.query:
        raise ServerError(
            f"{_bare(url)!r} is no address of a mail server; write "
            "smtp://user@mail.example.org:587 or smtps://user@mail.example.org:465."
        )
    if parts.password is not None:
        raise ServerError("The address holds a password; put it into a file (--password-file).")
    user = unquote(parts.username) if parts.username else None
    if user and password is None:
        raise ServerError(f"The server asks for the password of {user!r}; give --password-file.")
    plain = parts.scheme == "smtp" and _is_this_machine(parts.hostname)
    return Server(
        host=parts.hostname,
        port=port or _PORTS[parts.scheme],
        security="tls" if parts.scheme == "smtps" else "plain" if plain else "starttls",
        user=user,
        password=password,
        ca=ca,
        timeout_s=timeout_s,
    )


def _bare(url: str) -> str:
    """An address without what stands before the @, which may hold a password."""
    scheme, found, rest = url.partition("://")
    return f"{scheme}{found}{rest.rpartition('@')[2]}"


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@contextmanager
def connected(to: Server) -> Iterator[_Line]:
    """Speak with a server for several messages.

    Raises:
        ServerError: it does not answer, is not who it says, or refuses the name or password.
    """
    where = f"The mail server {to.host}:{to.port}"
    try:
        talk = _greeted(to)
    except smtplib.SMTPAuthenticationError as error:
        raise ServerError(
            f"{where} refuses the user {to.user!r} ({_words(error.smtp_code, error.smtp_error)}); "
            "look at the name and the password file."
        ) from None
    except smtplib.SMTPNotSupportedError as error:
        raise ServerError(
            f"{where} cannot do what is needed ({error}); nothing was sent."
        ) from None
    except ssl.SSLError as error:
        raise ServerError(
            f"{where} cannot be spoken to safely ({error.reason or error}); nothing was sent. A "
            "certificate of your own authority is named by --smtp-ca."
        ) from None
    except (OSError, smtplib.SMTPException) as error:
        raise ServerError(f"{where} does not answer ({_told(error)}); nothing was sent.") from None
    try:
        yield talk
    finally:
        with suppress(OSError, smtplib.SMTPException):
            talk.quit()
        talk.close()


def _greeted(to: Server) -> _Line:
    """A connection on which the server greeted us, knows us and speaks in private."""
    context = ssl.create_default_context()
    if to.ca:
        context.load_verify_locations(to.ca)
    if to.security == "tls":
        talk: _Line = _TlsLine(to.host, to.port, timeout=to.timeout_s, context=context)
    else:
        talk = _Line(to.host, to.port, timeout=to.timeout_s)
    try:
        talk.ehlo_or_helo_if_needed()
        wanted = to.security == "plain" and to.user and talk.has_extn("starttls")
        if to.security == "starttls" or wanted:
            code, answer = talk.starttls(context=context)
            if code != _SERVICE_READY:
                raise smtplib.SMTPNotSupportedError(_words(code, answer))
            talk.ehlo()
        if to.user is not None:
            talk.login(to.user, to.password or "")
    except BaseException:
        talk.close()
        raise
    return talk


def submit(
    talk: _Line, message: bytes, *, sender: str, recipients: Sequence[str]
) -> tuple[Outcome, ...]:
    """Hand over one message; return what became of it for each recipient.

    Where the first recipient is refused, nobody gets it: the others are its copies.
    """
    try:
        refused = _envelope(talk, sender, recipients, len(message))
    except (smtplib.SMTPException, OSError) as error:
        return tuple(_refused(r, _told(error)) for r in recipients)
    if recipients[0] in refused:
        with suppress(OSError, smtplib.SMTPException):
            talk.rset()
        why = refused[recipients[0]]
        rest = f"not sent: the addressee was refused ({why})"
        return tuple(_refused(r, refused.get(r, rest)) for r in recipients)
    taken = [r for r in recipients if r not in refused]
    state, answer = _data(talk, message)
    found = {r: Outcome(recipient=r, state=state, answer=answer) for r in taken}
    found |= {r: _refused(r, why) for r, why in refused.items()}
    return tuple(found[r] for r in recipients)


def _envelope(talk: _Line, sender: str, recipients: Sequence[str], size: int) -> dict[str, str]:
    """Say from whom and to whom; return the recipients that the server refused, and its words."""
    options = [f"size={size}"] if talk.has_extn("size") else []
    code, answer = talk.mail(sender, options)
    if code != _OK:
        with suppress(OSError, smtplib.SMTPException):
            talk.rset()
        raise smtplib.SMTPSenderRefused(code, answer, sender)
    refused = {}
    for recipient in recipients:
        code, answer = talk.rcpt(recipient)
        if code not in (_OK, 251):
            refused[recipient] = _words(code, answer)
    return refused


def _data(talk: _Line, message: bytes) -> tuple[State, str]:
    """Send the message itself. Once its first byte is out, whatever is neither yes nor no leaves
    all open."""
    try:
        code, answer = talk.docmd("data")
        if code == _START_INPUT:
            talk.refuse_unasked()
    except (smtplib.SMTPException, OSError) as error:
        return "refused", _told(error)
    if code != _START_INPUT:
        if code in _REFUSALS:
            with suppress(OSError, smtplib.SMTPException):
                talk.rset()
        else:  # it may be waiting for the message now; a line cut off before its end is none
            talk.close()
        return "refused", _words(code, answer)
    try:
        body, end = _stuffed(message)
        talk.send(body)
        talk.refuse_unasked(wait_s=_EARLY_S)
        talk.send(end)
        code, answer = talk.getreply()
        talk.refuse_unasked()
    except (smtplib.SMTPException, OSError) as error:
        talk.close()
        return "not-known", _told(error)
    if code == _OK:
        return "accepted", _words(code, answer)
    if code in _REFUSALS:
        return "refused", _words(code, answer)
    talk.close()
    return "not-known", _words(code, answer)


def _stuffed(message: bytes) -> tuple[bytes, bytes]:
    """A message as it goes over the line, a dot that begins a line doubled; and its end mark."""
    body = message if message.endswith(b"\r\n") else message + b"\r\n"
    body = body.replace(b"\r\n.", b"\r\n..")
    return (b"." + body if body.startswith(b".") else body), b".\r\n"


def _refused(recipient: str, answer: str) -> Outcome:
    return Outcome(recipient=recipient, state="refused", answer=answer)


def _told(error: Exception) -> str:
    """What went wrong, in words."""
    if isinstance(error, smtplib.SMTPResponseException):
        return _words(error.smtp_code, error.smtp_error)
    if isinstance(error, TimeoutError) or "timed out" in str(error):
        return "no answer within the time"
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return "the connection is closed"
    if isinstance(error, socket.gaierror):
        return "no such host"
    return getattr(error, "strerror", None) or str(error)


def _words(code: int, answer: bytes | str) -> str:
    """An answer of a server as one line: "250 2.0.0 Ok: queued as 4F1C"."""
    said = _clean(answer)
    return said if code < 0 else f"{code} {said}".strip()


def _clean(answer: bytes | str) -> str:
    """The words of a server on one line, without signs that nobody sees, and not too many."""
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    seen = "".join(c if c.isprintable() else "\ufffd" for c in " ".join(text.split()))
    return seen if len(seen) <= _KEPT_CHARS else f"{seen[:_KEPT_CHARS]}…"
