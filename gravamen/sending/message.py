"""Message: an instrument as an e-mail, ready to send; the same input gives the same bytes."""

import re
import textwrap
from collections.abc import Sequence
from datetime import UTC, datetime, time
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Literal, NamedTuple

from gravamen.adoption import vote_told
from gravamen.case import Case
from gravamen.dates import Moment, instant, spell
from gravamen.instruments.leaks import guard_files
from gravamen.law.authority import Law
from gravamen.parties import with_article
from gravamen.sending.dispatchable import Dispatchable
from gravamen.sending.enclosures import Part
from gravamen.sending.headers import Mailbox, MessageError, head, refuse_controls
from gravamen.sentences import Instrument
from gravamen.values import Value, sha256

_WIDTH = 72
_NOON = time(12)
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_MAILBOX = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?\Z")
_NAMED = re.compile(r"(?:(?P<name>[^<>]*)<(?P<address>[^<>\s]+)>|(?P<only>[^<>\s]+))\Z")
_MAX_ADDRESS_CHARS = 254  # RFC 5321, 4.5.3.1.3, less the angle brackets
_CHECK = (
    "How to check it without asking anybody: the PDF is the document, and the others say the same. "
    "The PDF carries a manifest that holds each sentence and the exact words of the sources on "
    "which it rests. The SHA-256 of that manifest is"
)
_AGAIN = (
    "and its first 16 digits stand at the foot of each page. The program Gravamen sets the "
    "document again from its manifest and compares every byte, without a network:"
)
_OTHERS = (
    "Any program that computes SHA-256 can compare the digests above; a PDF reader that checks "
    "signatures shows those in the file, where there are any."
)


class Envelope(Value):
    """From whom a message comes, to whom it goes, and when it was written.

    Args:
        copies: who gets a copy, visible to all.
        reply_to: where answers go, where that is another address.
        at: a day stands for its noon in UTC.
        id: the Message-ID, with its angle brackets.
        after: Message-ID of the message that it repeats or reminds of.
    """

    sender: Mailbox
    to: Mailbox
    at: Moment
    id: str
    copies: tuple[Mailbox, ...] = ()
    reply_to: Mailbox | None = None
    after: str | None = None


def mailbox(text: str, *, what: str) -> Mailbox:
    """Read a mailbox: "clerk@quillby.example" or "Town Clerk <clerk@quillby.example>".

    A domain in another script is written as its letters stand in the DNS (punycode).

    Raises:
        MessageError: it is none, or holds a line break or another control character.
    """
    refuse_controls(text, what)
    found = _NAMED.match(text.strip())
    address = found["address"] or found["only"] if found else ""
    name = (found["name"] or "").strip().strip('"').strip() if found else ""
    local, at, domain = address.rpartition("@")
    try:
        address = f"{local}{at}{domain.encode('idna').decode()}" if at else ""
    except UnicodeError:
        address = ""
    if not _MAILBOX.match(address) or len(address) > _MAX_ADDRESS_CHARS or ".." in domain:
        raise MessageError(
            f"{what} {text!r} is no e-mail address that any server takes; write it as "
            "clerk@quillby.example or Town Clerk <clerk@quillby.example>, in Latin letters before "
            "the @."
        )
    return Mailbox(address=address, name=name)


def message_id(case: str, dispatch: str, manifest: str, domain: str) -> str:
    """Return the Message-ID of a dispatch: the same for the same dispatch, guessable by nobody who
    has not the instrument."""
    return f"<gravamen.{sha256(f'{case} {dispatch} {manifest}'.encode())[:32]}@{domain}>"


def email_of(envelope: Envelope, *, subject: str, body: str, parts: Sequence[Part]) -> bytes:
    """Return a message as bytes (RFC 5322, lines ended by CRLF).

    Date, Message-ID and boundary are given or derived, so that the same message has one digest.

    Raises:
        MessageError: a header would hold a control character, or a file has no plain name.
    """
    message = EmailMessage(policy=SMTP)
    message.set_content(body, cte="quoted-printable")
    for part in parts:
        refuse_controls(part.name, "The name of a file")
        main, _, sub = part.media_type.partition("/")
        if main == "message":  # RFC 2046 lets no encoding keep the bytes of such a part
            main, sub = "application", "octet-stream"
        charset = {"charset": "utf-8"} if part.ours and main == "text" else None
        message.add_attachment(
            part.data, maintype=main, subtype=sub, filename=part.name, params=charset
        )
    boundary = sha256(f"{envelope.id} {subject}".encode())[:40]
    message.set_boundary(f"=_gravamen_{boundary}")  # "=_" never stands in encoded text
    return head(_headers(envelope, subject)) + message.as_bytes(policy=SMTP)


def _headers(envelope: Envelope, subject: str) -> list[tuple[str, str | tuple[Mailbox, ...]]]:
    headers: list[tuple[str, str | tuple[Mailbox, ...]]] = [
        ("From", (envelope.sender,)),
        ("To", (envelope.to,)),
    ]
    if envelope.copies:
        headers.append(("Cc", envelope.copies))
    headers += [
        ("Reply-To", (envelope.reply_to or envelope.sender,)),
        ("Subject", subject),
        ("Date", format_datetime(_time(envelope.at))),
        ("Message-ID", envelope.id),
    ]
    if envelope.after:
        headers += [("In-Reply-To", envelope.after), ("References", envelope.after)]
    return headers


def _time(at: Moment) -> datetime:
    when = instant(at)
    return when.at or datetime.combine(when.day, _NOON, UTC)


class Mail(NamedTuple):
    """A message that is ready to be sent: its bytes, its Message-ID, and who is to get it."""

    data: bytes
    id: str
    recipients: tuple[str, ...]


def mail_of(
    found: Dispatchable,
    case: Case,
    law: Law,
    *,
    sender: Mailbox,
    reply_to: Mailbox | None = None,
    copies: Sequence[Dispatchable] = (),
) -> Mail:
    """Return the e-mail of an instrument to its office, and to the offices that get a copy.

    Raises:
        MessageError: an address or a header cannot be written.
        ProtectedName: the name of a protected person would stand in its words or headers.
    """
    dispatch = found.dispatch
    id = message_id(case.id, dispatch.id, dispatch.manifest or "", sender.domain)
    earlier = case.dispatches.get(dispatch.resends or dispatch.follows_up or "")
    envelope = Envelope(
        sender=sender,
        to=_office(found, law),
        at=dispatch.at,
        id=id,
        copies=tuple(_office(c, law) for c in copies),
        reply_to=reply_to,
        after=earlier.message_id if earlier else None,
    )
    body = body_of(
        found.instrument,
        signed=found.signed,
        vote=_vote(found, case, law),
        manifest=dispatch.manifest or "",
        parts=found.parts,
        left_out=found.left_out,
    )
    subject = subject_of(found.instrument)
    own = [sender, *((reply_to,) if reply_to else ())]
    guard_files({"the message": body.encode(), "its headers": subject.encode()}, case)
    guard_files({"its headers": _shown(envelope.to, *envelope.copies)}, case)
    guard_files({"its headers": _shown(*own)}, case, family_names=True)
    data = email_of(envelope, subject=subject, body=body, parts=found.parts)
    return Mail(data, id, (envelope.to.address, *(c.address for c in envelope.copies)))


def _vote(found: Dispatchable, case: Case, law: Law) -> str:
    """The vote of the body behind what is asked, in words; "" where none is known."""
    style: Literal["us", "int"] = "us" if found.instrument.paper == "us-letter" else "int"
    day = instant(found.dispatch.at).day
    return vote_told(case, law, found.dispatch.requests, on=day, style=style) or ""


def _shown(*boxes: Mailbox) -> bytes:
    """The names and addresses of mailboxes, a domain also in the letters of its script."""
    words = [(box.name, box.address, _script(box.domain)) for box in boxes]
    return "\n".join(word for three in words for word in three).encode()


def _script(domain: str) -> str:
    try:
        return domain.encode().decode("idna")
    except UnicodeError:
        return domain


def _office(found: Dispatchable, law: Law) -> Mailbox:
    """The mailbox of an office, with the name of who holds it, else its title."""
    box = mailbox(found.dispatch.address, what="The address of the office")
    title = law.office(found.dispatch.office).title if found.dispatch.office else ""
    named = found.holder.name if found.holder and found.holder.name else title
    return Mailbox(address=box.address, name=box.name or named)


def subject_of(instrument: Instrument) -> str:
    """Return the subject: what the instrument is called, and its reference, by which answers are
    threaded where nothing else tells."""
    reference = f" [{instrument.reference}]" if instrument.reference else ""
    return f"{' '.join(instrument.title.split())}{reference}"


def body_of(
    instrument: Instrument,
    *,
    signed: str,
    manifest: str,
    vote: str = "",
    parts: Sequence[Part],
    left_out: Sequence[str],
) -> str:
    """Return the words of a message: what it brings, who signed, what is asked, how to check it.

    Args:
        signed: who signed it, in words; "" where nobody is to.
        vote: the vote behind it, in words; "" where none is known.
        manifest: SHA-256 of the manifest.
    """
    day = spell(instrument.on, style="us" if instrument.paper == "us-letter" else "int")
    body = with_article(instrument.body or "the undersigned")
    what = "a motion" if instrument.kind == "motion" else f"a {instrument.kind}"
    asked = [s.text for s in instrument.sentences() if s.kind == "request" and s.request]
    paragraphs = [
        f"{body[:1].upper()}{body[1:]} sends you {what} of {day}: {instrument.title}.",
        vote,
        signed,
        f"Our reference, please give it in your answer: {instrument.reference}"
        if instrument.reference
        else "",
        "What is asked:" if asked else "",
        *(f"{n}. {text}" for n, text in enumerate(asked, 1)),
        "What is enclosed:",
        "\n".join(f"{p.name}\n  {p.what}; SHA-256\n  {p.sha256}" for p in parts),
        *left_out,
        _CHECK,
        f"  {manifest}",
        _AGAIN,
        f"  gravamen verify {parts[0].name}",
        _OTHERS,
    ]
    return "\n\n".join(_wrapped(p) for p in paragraphs if p) + "\n"


def _wrapped(paragraph: str) -> str:
    return "\n".join(
        textwrap.fill(
            line,
            _WIDTH,
            subsequent_indent="  " if line.startswith("  ") else "",
            initial_indent="",
            break_long_words=False,
            break_on_hyphens=False,
        )
        for line in paragraph.split("\n")
    )
