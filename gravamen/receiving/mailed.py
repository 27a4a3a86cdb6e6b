"""Mailed: what the headers of a mail say: its sender, its time, what it answers, which machine.

Any of it can be forged: a header is a reason to look, and no proof.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import getaddresses, parsedate_to_datetime

from gravamen.receiving.own import body_start
from gravamen.receiving.words import form
from gravamen.sources.capture import Captured
from gravamen.sources.source import Text
from gravamen.values import Value

_MESSAGE_ID = re.compile(r"<[^<>\s]{1,500}>")
_FIELD = re.compile(r"^([A-Za-z][A-Za-z0-9-]{0,60}):[ \t]*(.*(?:\n[ \t]+\S.*)*)$", re.MULTILINE)
_MOST_STATUS_CHARS = 100_000
# RFC 3464, section 2: the fields of a delivery status notification that are looked at.
_STATUS_KINDS = ("message/delivery-status", "message/global-delivery-status")


class Mailed(Value):
    """The headers of a mail, as far as they matter for what it answers.

    Args:
        sender: the address of `From`; `name` the name before it.
        answers: message ids of `In-Reply-To` and `References`, the nearest first.
        automatic: the header that says that a machine wrote it; None where none does.
        came: when the first machine on our side took it in (topmost `Received`); `dated` the
            `Date`, which its sender wrote.
    """

    sender: str | None = None
    name: str = ""
    subject: str = ""
    message_id: str | None = None
    answers: tuple[str, ...] = ()
    automatic: str | None = None
    came: datetime | None = None
    dated: datetime | None = None

    @property
    def daemon(self) -> bool:
        """Whether the machine that carries mail wrote it."""
        local = (self.sender or "").partition("@")[0]
        return any(form("daemons").search(w.casefold()) for w in (local, self.name))


class Status(Value):
    """What a delivery status notification says of one recipient, and of the mail that it is about.

    Args:
        action: "failed", "delayed", "delivered", "relayed" or "expanded" (RFC 3464, 2.3.3).
        message_ids: those of the mail that was sent, from its headers inside.
    """

    action: str
    recipient: str = ""
    code: str = ""
    message_ids: tuple[str, ...] = ()


def mailed(text: Text) -> Mailed:
    """What the headers say; an empty value for what is no mail."""
    head = text.text[: body_start(text)]
    if not head:
        return Mailed()
    named: dict[str, list[str]] = {}
    for line in head.split("\n"):
        name, colon, value = line.partition(":")
        if colon:
            named.setdefault(name.strip().casefold(), []).append(value.strip())
    first = {name: values[0] for name, values in named.items()}
    name, sender = next(iter(getaddresses([first.get("from", "")])), ("", ""))
    back = [*named.get("in-reply-to", ()), *reversed(_ids(" ".join(named.get("references", ()))))]
    return Mailed(
        sender=sender.casefold() or None,
        name=name,
        subject=first.get("subject", ""),
        message_id=next(iter(_ids(first.get("message-id", ""))), None),
        answers=tuple(dict.fromkeys(id for words in back for id in _ids(words))),
        automatic=_automatic(first),
        came=_moment(first.get("received", "").rpartition(";")[2]),
        dated=_moment(first.get("date", "")),
    )


def statuses(captured: Captured) -> tuple[Status, ...]:
    """The delivery status notifications inside a mail, failures first."""
    fields = [_fields(child) for child in captured.children]
    ids = tuple(
        dict.fromkeys(
            id
            for child, found in zip(captured.children, fields, strict=True)
            if not _is_status(child, found)
            for name, value in found
            if name == "message-id"
            for id in _ids(value)
        )
    )
    found = [
        status
        for child, named in zip(captured.children, fields, strict=True)
        if _is_status(child, named)
        for status in _recipients(named, ids)
    ]
    return tuple(sorted(found, key=lambda s: s.action != "failed"))


def _recipients(named: list[tuple[str, str]], ids: tuple[str, ...]) -> Iterator[Status]:
    """One status for each block about a recipient, which ends where the next one begins."""
    block: dict[str, str] = {}
    for name, value in [*named, ("final-recipient", "")]:
        if name in block and name in ("final-recipient", "original-recipient", "action"):
            if "action" in block:
                yield _status(block, ids)
            block = {}
        block[name] = value
    if "action" in block:
        yield _status(block, ids)


def _status(block: dict[str, str], ids: tuple[str, ...]) -> Status:
    recipient = block.get("final-recipient") or block.get("original-recipient", "")
    return Status(
        action=block["action"].casefold().split(" ")[0],
        recipient=recipient.rpartition(";")[2].strip().casefold(),
        code=" ".join((block.get("status", ""), block.get("diagnostic-code", ""))).strip(),
        message_ids=ids,
    )


def _is_status(child: Captured, named: list[tuple[str, str]]) -> bool:
    names = {name for name, _ in named}
    return child.source.media_type in _STATUS_KINDS or {"action", "final-recipient"} <= names


def _fields(child: Captured) -> list[tuple[str, str]]:
    words = child.data[:_MOST_STATUS_CHARS].decode("utf-8", "replace").replace("\r\n", "\n")
    return [(m[1].casefold(), " ".join(m[2].split())) for m in _FIELD.finditer(words)]


def _automatic(first: dict[str, str]) -> str | None:
    """The header by which a machine says that it answered (RFC 3834, section 5)."""
    submitted = first.get("auto-submitted", "")
    if submitted and not submitted.casefold().startswith("no"):
        return f"Auto-Submitted: {submitted}"
    if suppress := first.get("x-auto-response-suppress"):
        return f"X-Auto-Response-Suppress: {suppress}"
    precedence = first.get("precedence", "").casefold()
    if precedence in ("auto_reply", "auto-reply", "bulk", "junk"):
        return f"Precedence: {precedence}"
    return next((f"{n}: {first[n]}" for n in ("x-autoreply", "x-autorespond") if n in first), None)


def _ids(words: str) -> list[str]:
    return _MESSAGE_ID.findall(words)


def _moment(words: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(words.strip())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    try:
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (OverflowError, ValueError):
        return None
