"""Gone: an e-mail as it really went, held against what was to go."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from gravamen.sending.dispatchable import Dispatchable
from gravamen.values import GravamenError, sha256


def message_id_of(data: bytes, found: Dispatchable) -> str | None:
    """Return the Message-ID of a message that carried an instrument; None where it bears none.

    A mail program may give another Message-ID and date than the file that it was given.

    Raises:
        GravamenError: the document is not among its files, byte for byte.
    """
    message = message_from_bytes(data, policy=default)
    wanted = found.parts[0]
    carried = {sha256(part) for part in _files(message)}
    if wanted.sha256 not in carried:
        raise GravamenError(
            f"The message does not carry {wanted.name} with the digest {wanted.sha256[:16]}…; it "
            "is not the one that was to go, or a program changed the file on its way."
        )
    id = message["Message-ID"]
    return str(id).strip() or None if id else None


def _files(message: EmailMessage) -> list[bytes]:
    """The bytes of every part that is a file, however deep it lies."""
    found = []
    for part in message.walk():
        if not part.is_multipart():
            data = part.get_payload(decode=True)
            if isinstance(data, bytes):
                found.append(data)
    return found
