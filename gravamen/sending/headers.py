"""Headers: the head of a message in ASCII, whatever script its words are in (RFC 5322, RFC 2047).

The standard library loses spaces where it breaks a long header in another script (Python 3.11), so
the head is written here.
"""

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator

from gravamen.instruments.fonts import BIDI_CONTROLS, CONTROLS
from gravamen.values import GravamenError, Value

_LINE = 78
# An encoded word has at most 75 characters (RFC 2047, 2); these with the name of a header before
# them keep to the 76 of a line that holds one.
_WORD_BYTES = 36
_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]*\Z")


class MessageError(GravamenError):
    """A message that cannot be made of what was given."""


class Mailbox(Value):
    """A mailbox: the name that stands before it, and its address."""

    address: str
    name: str = ""

    @property
    def domain(self) -> str:
        """What stands behind the @."""
        return self.address.rpartition("@")[2]


def head(fields: Iterable[tuple[str, str | tuple[Mailbox, ...]]]) -> bytes:
    """Return the head of a message, a line or several to each field, without the empty line.

    Raises:
        MessageError: a value holds a line break or another control character.
    """
    lines: list[str] = []
    for name, value in fields:
        if isinstance(value, str):
            refuse_controls(value, f"The header {name}")
            words = list(_unstructured(value))
        else:
            words = list(_mailboxes(value, name))
        lines += _folded(name, words)
    return "".join(f"{line}\r\n" for line in lines).encode("ascii")


def refuse_controls(text: str, what: str) -> None:
    """Refuse words for a header that would begin another one, or turn the order of what is read.

    Raises:
        MessageError: names the character and where it stands.
    """
    for at, char in enumerate(text):
        odd = char in CONTROLS or char in BIDI_CONTROLS or char in "\n\t"
        if odd or "\ud800" <= char < "\ue000":
            raise MessageError(
                f"{what} holds the control character U+{ord(char):04X} at {at}; a header takes "
                "one line of plain words."
            )


def _unstructured(text: str) -> Iterator[str]:
    """The words of a text: as they are, or all of it encoded, its spaces too."""
    if text.isascii() and "=?" not in text:
        yield from text.split(" ")
    else:
        yield from _encoded(text)


def _encoded(text: str) -> Iterator[str]:
    """A text as encoded words; between two of them a reader drops the space."""
    piece = b""
    for char in text:
        data = char.encode()
        if len(piece) + len(data) > _WORD_BYTES:
            yield f"=?utf-8?b?{b64encode(piece).decode()}?="
            piece = b""
        piece += data
    if piece:
        yield f"=?utf-8?b?{b64encode(piece).decode()}?="


def _mailboxes(boxes: tuple[Mailbox, ...], name: str) -> Iterator[str]:
    for number, box in enumerate(boxes, 1):
        refuse_controls(box.name, f"The header {name}")
        refuse_controls(box.address, f"The header {name}")
        comma = "," if number < len(boxes) else ""
        if not box.name:
            yield f"{box.address}{comma}"
            continue
        yield from _phrase(box.name)
        yield f"<{box.address}>{comma}"


def _phrase(name: str) -> Iterator[str]:
    """A name before an address: atoms, a quoted string, or encoded words."""
    if not name.isascii() or "=?" in name:
        yield from _encoded(name)
    elif _ATOMS.match(name):
        yield from name.split()
    else:
        escaped = name.replace("\\", "\\\\").replace('"', '\\"')
        yield from f'"{escaped}"'.split(" ")


def _folded(name: str, words: Iterable[str]) -> Iterator[str]:
    """The lines of a field: broken before a word where the line would be too long.

    A run of spaces is never broken, for the break would be read as one.
    """
    line, empty = f"{name}:", True
    for word in words:
        if not empty and word and len(line) + 1 + len(word) > _LINE and not line.endswith(" "):
            yield line
            line = ""
        line, empty = f"{line} {word}", False
    yield line
