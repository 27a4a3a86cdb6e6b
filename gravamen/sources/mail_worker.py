"""The script that reads an e-mail in a process of its own: EML on input, JSON on output."""

import base64
import email
import json
import re
import sys
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import default
from typing import Any, NoReturn

POLICY = default.clone(refold_source="none")
LONGEST_HEADER = 20_000
# What the header parser of the standard library raises on headers made to break it.
BROKEN_HEADER = (ValueError, LookupError, AttributeError, TypeError, RecursionError)


# The standard library takes a time that grows with the square of the length of these.
TOO_LONG = re.compile(rb"^content-(?:type|disposition):(?:[^\n]|\n[ \t]){20000}", re.I | re.M)


USUAL_PREAMBLE = re.compile(
    r"\s*this is an? (?:[\w-]+ ){0,3}(?:multi-?part )?message\b[^\n]{0,80}\s*\Z", re.I
)


def bound(seconds: int, size: int) -> None:
    """Bound the time and memory of this process, where the system can."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415  # not on Windows

    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def refuse(why: str) -> NoReturn:
    """End with the reason why the file cannot be read."""
    sys.stdout.buffer.write(why.encode("utf-8"))
    sys.stdout.flush()
    sys.exit(3)


def clean(text: str) -> str:
    """Return a text without lone surrogates (bytes that were no ASCII where they had to be)."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def unfolded(raw: str) -> str:
    """Return a header on one line, its encoded words decoded where they can be."""
    line = "".join(raw.splitlines())
    if len(line) > LONGEST_HEADER:
        return clean(line)
    try:
        return clean(str(make_header(decode_header(clean(line)))))
    except BROKEN_HEADER:
        return clean(line)


def parameter(part: EmailMessage, header: str, name: str) -> str | None:
    """Return a parameter of a header, None where there is none or it is broken."""
    if any(len(str(v)) > LONGEST_HEADER for k, v in part.raw_items() if k.lower() == header):
        return None
    try:
        field = part[header]
        return None if field is None else field.params.get(name)
    except BROKEN_HEADER:
        return None


def kind_of(part: EmailMessage) -> str:
    """Return the declared type of a part in small letters."""
    try:
        return part.get_content_type().lower()
    except BROKEN_HEADER:
        return "application/octet-stream"


def disposition_of(part: EmailMessage) -> str | None:
    """Return whether a part is to be shown ("inline") or is an attachment."""
    try:
        return part.get_content_disposition()
    except BROKEN_HEADER:
        return "attachment"


def inner_of(part: EmailMessage) -> list[EmailMessage]:
    """Return the parts inside a part."""
    payload = part.get_payload()
    inner = payload if isinstance(payload, list) else []
    return [message for message in inner if isinstance(message, EmailMessage)]


def bytes_of(part: EmailMessage, raw: bytes) -> tuple[bytes, bool]:
    """Return the decoded bytes of a part, of an attached message its own, and if they are exact."""
    if part.get_content_maintype() == "message" and part.is_multipart():
        inner = b"\n".join(message.as_bytes(policy=POLICY) for message in inner_of(part))
        for found in (inner, inner.replace(b"\n", b"\r\n")):
            if found in raw:
                return found, True
        return inner, False
    payload = part.get_payload(decode=True)
    return (payload, True) if isinstance(payload, bytes) else (b"", False)


def leaf(part: EmailMessage, alternative: int | None, raw: bytes) -> dict[str, Any]:
    """Return what the reader of the mail needs to know of a part that has no parts."""
    name = parameter(part, "content-disposition", "filename")
    name = name or parameter(part, "content-type", "name")
    data, exact = bytes_of(part, raw)
    return {
        "kind": kind_of(part),
        "disposition": disposition_of(part),
        "name": clean(name) if name else None,
        "charset": parameter(part, "content-type", "charset"),
        "alternative": alternative,
        "exact": exact,
        "defects": [type(defect).__name__ for defect in part.defects],
        "data": base64.b64encode(data).decode("ascii"),
    }


def unshown(message: EmailMessage) -> list[str]:
    """Return the words before the first part and after the last, which no mail program shows."""
    found, todo = [], [message]
    while todo:
        part = todo.pop()
        for words in (part.preamble, part.epilogue):
            if words and words.strip() and not USUAL_PREAMBLE.match(words):
                found.append(clean(words.strip()))
        if part.get_content_maintype() != "message":
            todo += reversed(inner_of(part))
    return found


def defects_of(message: EmailMessage) -> list[str]:
    """Return the names of what departs from the standard in the headers or the message."""
    found = [type(defect).__name__ for defect in message.defects]
    raw = [str(value) for _, value in message.raw_items()]
    if any("\ufffd" in clean(value) and "\ufffd" not in value for value in raw):
        found.append("UndecodableHeader")
    return found


def leaves(message: EmailMessage, most: int, raw: bytes) -> list[dict[str, Any]]:
    """Return the parts of a message in order; those of one multipart/alternative share a number."""
    found: list[dict[str, Any]] = []
    todo: list[tuple[EmailMessage, int | None]] = [(message, None)]
    groups = 0
    while todo:
        part, group = todo.pop()
        if part.is_multipart() and part.get_content_maintype() != "message":
            if kind_of(part) == "multipart/alternative" and group is None:
                group, groups = groups, groups + 1
            todo += [(inner, group) for inner in reversed(inner_of(part))]
            continue
        found.append(leaf(part, group, raw))
        if len(found) > most:
            refuse(f"has more than {most} parts; capture those that matter by themselves.")
    return found


def main(seconds: int, size: int, most: int) -> None:
    """Read the mail on standard input and write what it holds."""
    bound(seconds, size)
    raw = sys.stdin.buffer.read()
    if TOO_LONG.search(raw):
        refuse("has a header of more than 20000 characters, as no mail program writes it.")
    try:
        message = email.message_from_bytes(raw, policy=POLICY)
        found = {
            "headers": [[clean(k), unfolded(str(v))] for k, v in message.raw_items()],
            "parts": leaves(message, most, raw),
            "unshown": unshown(message),
            "defects": defects_of(message),
        }
    except RecursionError:
        refuse("nests parts within parts too deep to be an honest e-mail; get another copy.")
    sys.stdout.buffer.write(json.dumps(found).encode("ascii"))


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:4]))
