"""SMTP: handing a message to a mail server, and what is known afterwards of whether it took it."""

import ipaddress
import smtplib
import socket
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Literal
from urllib.parse import unquote, urlsplit

from gravamen.values import GravamenError, Value

TIMEOUT_S = 60.0
_PORTS = {"smtp": 587, "smtps": 465}
_SERVICE_READY, _START_INPUT, _OK = 220, 354, 250

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
        state: "accepted": the server answered 250 after the whole message; "refused": it said no,
            or the message never reached it; "not-known": the answer after the message was lost, so
            that it may have been sent or not.
        answer: the server's answer, or what happened, in words.
    """

    recipient: str
    state: State
    answer: str


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
def connected(to: Server) -> Iterator[smtplib.SMTP]:
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


def _greeted(to: Server) -> smtplib.SMTP:
    """A connection on which the server greeted us, knows us and speaks in private."""
    context = ssl.create_default_context()
    if to.ca:
        context.load_verify_locations(to.ca)
    if to.security == "tls":
        talk: smtplib.SMTP = smtplib.SMTP_SSL(
            to.host, to.port, timeout=to.timeout_s, context=context
        )
    else:
        talk = smtplib.SMTP(to.host, to.port, timeout=to.timeout_s)
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
    talk: smtplib.SMTP, message: bytes, *, sender: str, recipients: Sequence[str]
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


def _envelope(
    talk: smtplib.SMTP, sender: str, recipients: Sequence[str], size: int
) -> dict[str, str]:
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


def _data(talk: smtplib.SMTP, message: bytes) -> tuple[State, str]:
    """Send the message itself. Once its first byte is out, a lost answer leaves all open."""
    try:
        code, answer = talk.docmd("data")
    except (smtplib.SMTPException, OSError) as error:
        return "refused", _told(error)
    if code != _START_INPUT:
        with suppress(OSError, smtplib.SMTPException):
            talk.rset()
        return "refused", _words(code, answer)
    try:
        talk.send(_stuffed(message))
        code, answer = talk.getreply()
    except (smtplib.SMTPException, OSError) as error:
        talk.close()
        return "not-known", _told(error)
    return ("accepted" if code == _OK else "refused"), _words(code, answer)


def _stuffed(message: bytes) -> bytes:
    """A message as it goes over the line: a dot that begins a line doubled, and the end marked."""
    body = message if message.endswith(b"\r\n") else message + b"\r\n"
    body = body.replace(b"\r\n.", b"\r\n..")
    return (b"." + body if body.startswith(b".") else body) + b".\r\n"


def _refused(recipient: str, answer: str) -> Outcome:
    return Outcome(recipient=recipient, state="refused", answer=answer)


def _told(error: Exception) -> str:
    """What went wrong, in words."""
    if isinstance(error, smtplib.SMTPResponseException):
        return _words(error.smtp_code, error.smtp_error)
    if isinstance(error, TimeoutError) or "timed out" in str(error):
        return "no answer within the time"
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return "the server closed the connection"
    if isinstance(error, socket.gaierror):
        return "no such host"
    return getattr(error, "strerror", None) or str(error)


def _words(code: int, answer: bytes | str) -> str:
    """An answer of a server as one line: "250 2.0.0 Ok: queued as 4F1C"."""
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return f"{code} {' '.join(text.split())}".strip()
