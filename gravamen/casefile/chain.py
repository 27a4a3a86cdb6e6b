"""The chain: one line of the ledger per entry, sealed by hashes; reading it tells what differs."""

from collections.abc import Callable, Iterator
from functools import partial
from hashlib import sha256
from typing import BinaryIO, NamedTuple

import msgspec

from gravamen.casefile.entries import KINDS, TAGS, Recorded, RecordError
from gravamen.values import Value, canonical

GENESIS = "0" * 64
MAX_LINE_BYTES = 64 * 2**20
_BODY, _HEADER, _SALTED, _UNSALTED = b'{"body":', b',"header":', b',"salt":"', b',"salt":null}'


class Head(Value):
    """Where a record ends: the sequence number and hash of its last entry."""

    seq: int
    hash: str

    def __str__(self) -> str:
        return f"{self.seq} {self.hash}"


class Fault(Value):
    """Where a record does not agree with itself: a stable id, a whole sentence, the place.

    Args:
        seq, kind: the entry, as its line gives them; None for what is no entry.
        line: the line of the ledger, from 1.
        blob: the digest of the blob.
    """

    id: str
    message: str
    seq: int | None = None
    kind: str | None = None
    line: int | None = None
    blob: str | None = None


class Header(Value):
    """What is always kept of an entry; `hash` covers the other fields.

    Args:
        actor: "person:NAME" or "machine:NAME/VERSION".
        commitment: SHA-256 of the salt, as written, followed by the bytes of the body.
        previous: hash of the entry before; 64 zeros for the first.
        through: sequence number of the last entry that was appended together with this one.
        time: UTC, "2024-01-15T12:00:00Z".
    """

    actor: str
    commitment: str
    hash: str = ""
    kind: str
    previous: str
    seq: int
    through: int
    time: str


class Sealed(NamedTuple):
    """A line of the ledger taken apart: header, the body's bytes and salt, or None for both."""

    header: Header
    body: bytes | None
    salt: str | None
    raw_header: bytes


class Tail(NamedTuple):
    """The last entry that was read: what the next one must follow; `hash` None is unknown."""

    seq: int = 0
    hash: str | None = GENESIS
    through: int = 0


class _Line(Value):
    body: Recorded | None
    header: Header
    salt: str | None


class _RawLine(Value):
    body: msgspec.Raw
    header: Header
    salt: str | None


Step = tuple[Header, Recorded | None, bytes]
_decode_line = msgspec.json.Decoder(_Line).decode
_decode_raw_line = msgspec.json.Decoder(_RawLine).decode
decode_body: Callable[[bytes], Recorded] = msgspec.json.Decoder(Recorded).decode
_UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
# In bytes: `,"salt":"` and 32 digits and `"}` and the line feed; `"hash":"`, 64 digits, `",`.
_SALT_FIELD_BYTES, _HASH_FIELD_BYTES = 44, 74


def commit(salt: str, body: bytes) -> str:
    """Return the commitment to a body: it proves the body, and tells nothing once both are gone."""
    return sha256(salt.encode("ascii") + body).hexdigest()


def seal(
    body: bytes, *, kind: str, tail: Tail, through: int, actor: str, time: str, salt: str
) -> tuple[bytes, Tail]:
    """Return the line that records a body after a tail, and the tail that it makes."""
    header = Header(
        actor=actor,
        commitment=commit(salt, body),
        kind=kind,
        previous=tail.hash or GENESIS,
        seq=tail.seq + 1,
        through=through,
        time=time,
    )
    hashed = sha256(canonical(header)).hexdigest()
    raw = canonical(msgspec.structs.replace(header, hash=hashed))
    line = b"".join((_BODY, body, _HEADER, raw, _SALTED, salt.encode("ascii"), b'"}\n'))
    return line, Tail(seq=header.seq, hash=hashed, through=through)


def blank(line: bytes) -> bytes:
    """Return a line without its body and salt; the chain verifies as before."""
    raw_header = unseal(line[:-1]).raw_header
    return b"".join((_BODY, b"null", _HEADER, raw_header, _UNSALTED, b"\n"))


class LineError(RecordError):
    """A line that is no entry at all."""


def unseal(line: bytes) -> Sealed:
    """Take a line (without its line feed) apart; every byte of it belongs to a checked part.

    Raises:
        LineError: it is not the canonical form of an entry.
    """
    try:
        body, header, salt = msgspec.structs.astuple(_decode_raw_line(line))
    except _UNREADABLE as error:
        raise LineError(f"it cannot be read ({error})") from None
    raw = bytes(body)
    tail = _UNSALTED if salt is None else b'%b%b"}' % (_SALTED, salt.encode("utf-8"))
    at = len(_BODY) + len(raw)
    if (
        line[: len(_BODY)] != _BODY
        or line[len(_BODY) : at] != raw
        or line[at : at + len(_HEADER)] != _HEADER
        or not line.endswith(tail)
    ):
        raise LineError("its parts do not stand in the order body, header, salt without spaces")
    if (raw == b"null") != (salt is None):
        raise LineError("only one of its body and its salt is there")
    if salt is not None and not (len(salt) == 32 and salt.isascii() and salt.isalnum()):
        raise LineError("its salt is not 32 letters and digits")
    return Sealed(header, None if salt is None else raw, salt, line[at + len(_HEADER) : -len(tail)])


def differences(sealed: Sealed, tail: Tail) -> list[tuple[str, str]]:
    """Return what is wrong with an entry, as fault ids and ends of sentences; [] if nothing."""
    header = sealed.header
    found = []
    stated = b'"hash":"%b",' % header.hash.encode("utf-8")
    unhashed = sealed.raw_header.replace(stated, b"", 1)
    if sha256(unhashed).hexdigest() != header.hash or unhashed == sealed.raw_header:
        found.append(("header-differs", "its header is not the one that its hash was made of"))
    if sealed.body is not None and sealed.salt is not None:
        made = sha256(sealed.salt.encode("ascii") + sealed.body).hexdigest()
        if made != header.commitment:
            found.append(("body-differs", "its body is not the one that its header commits to"))
    if header.seq != tail.seq + 1:
        found.append(("sequence-differs", f"it stands where entry {tail.seq + 1} should"))
    elif tail.hash is not None and header.previous != tail.hash:
        found.append(("previous-differs", "it does not follow the entry that stands before it"))
    if found:
        return found
    if header.kind not in KINDS:
        unknown = f"this version does not know the kind {header.kind!r}; use a newer Gravamen"
        found.append(("kind-unknown", unknown))
    if header.through < header.seq or (tail.seq < tail.through != header.through):
        found.append(("batch-differs", "the entries that were appended together do not agree"))
    return found


def quick(line: bytes, seq: int, previous: str | None, through: int) -> Step | None:
    """Read a line that is as it should be; None for any other, and for one without a body.

    It asks all that `unseal`, `differences` and `read_body` ask, over the same bytes, without
    saying what is wrong: nearly every line is good, and this is what opening a case waits for.

    Args:
        seq, previous, through: of the entry before.
    """
    try:
        parsed = _decode_line(line)
    except _UNREADABLE:
        return None
    header, entry = parsed.header, parsed.body
    salt_at = len(line) - _SALT_FIELD_BYTES
    header_at = line.rfind(_HEADER, 0, salt_at)
    hash_at = line.find(b'"hash":"', header_at, salt_at)
    salt = line[salt_at + 9 : -3]
    if (
        header.seq != seq + 1
        or header.previous != previous
        or not (header.through == through or (seq == through < header.through))
        or entry is None
        or TAGS[type(entry)] != header.kind
        or (seq == 0 and header.kind != "opened")
        or header_at < 0
        or hash_at < 0
        or not (line.startswith(_BODY) and line.startswith(_SALTED, salt_at))
    ):
        return None
    unhashed = line[header_at + 10 : hash_at] + line[hash_at + _HASH_FIELD_BYTES : salt_at]
    if (
        sha256(unhashed).hexdigest() != header.hash
        or sha256(salt + line[8:header_at]).hexdigest() != header.commitment
    ):
        return None
    return header, entry, line


def read_body(sealed: Sealed) -> Recorded:
    """Return the entry that a line holds.

    Raises:
        RecordError: this version cannot read the body, or it is of another kind than its header.
    """
    header = sealed.header
    named = f"Entry {header.seq} ({header.kind})"
    try:
        entry = decode_body(sealed.body or b"")
    except _UNREADABLE as error:
        raise RecordError(
            f"{named} cannot be read by this version of Gravamen ({error}); use the version that "
            "wrote it, or a newer one."
        ) from None
    tag = TAGS[type(entry)]
    if tag != header.kind:
        raise RecordError(f"{named} holds the body of an entry of the kind {tag!r}.")
    if header.seq == 1 and tag != "opened":
        raise RecordError(f"{named} does not open the case; the first entry does.")
    return entry


class Chain:
    """Reads a ledger from a tail on; afterwards holds where it ends and every fault of a line.

    Args:
        head: where the record says that it ends; its entry is compared on the way.

    Attributes:
        tail: the last entry of the last append that is whole.
        size: how many bytes lead up to the end of that append.
        torn: how many bytes lie after it: the beginning of an append that never returned.
        unfinished: whether there are whole entries among them.
    """

    def __init__(self, *, head: Head | None, tail: Tail | None = None, size: int = 0) -> None:
        self.head = head
        self.tail = tail or Tail()
        self.size = size
        self.torn = 0
        self.unfinished = False
        self.lines = 0
        self.faults: list[Fault] = []
        self.hash_at_head = self.tail.hash if head and head.seq == self.tail.seq else None

    def steps(self, file: BinaryIO) -> Iterator[Step]:
        """Yield header, entry and line of each entry, in order; note what differs.

        The entry is None where its body was erased. Entries after `tail`, which is known at the
        end, are of an append that is not whole: they never happened.
        """
        seq, previous, through = self.tail
        read, head = self.size, self.head.seq if self.head else -1
        for self.lines, line in enumerate(iter(partial(file.readline, MAX_LINE_BYTES), b""), 1):
            step = quick(line, seq, previous, through)
            if step is None:
                if not line.endswith(b"\n"):
                    self._end(line, read)
                    return
                step, (seq, previous, through) = self._slow(line, Tail(seq, previous, through))
            else:
                header = step[0]
                seq, previous, through = header.seq, header.hash, header.through
            read += len(line)
            if seq == through:
                self.tail, self.size = Tail(seq, previous, through), read
            if seq == head:
                self.hash_at_head = previous
            if step is not None:
                yield step
        self._end(b"", read)

    def _slow(self, line: bytes, last: Tail) -> tuple[Step | None, Tail]:
        """Read a line whose body was erased, or note what is wrong with one.

        A line with faults is taken for what it says it is, so that one fault is not many.
        """
        before = len(self.faults)
        try:
            sealed = unseal(line[:-1])
        except LineError as error:
            self._fault("line-unreadable", f"Line {self.lines} of the ledger is no entry: {error}.")
            return None, Tail(last.seq + 1, None, last.seq + 1)
        header = sealed.header
        for id, why in differences(sealed, last):
            message = f"Entry {header.seq} ({header.kind}), line {self.lines} of the ledger: {why}."
            self._fault(id, message, header)
        entry = None
        if sealed.body is not None and len(self.faults) == before:
            try:
                entry = read_body(sealed)
            except RecordError as error:
                self._fault("body-unreadable", str(error), header)
        if len(self.faults) == before:
            return (header, entry, line), Tail(header.seq, header.hash, header.through)
        broken = any(fault.id == "header-differs" for fault in self.faults[before:])
        return None, Tail(header.seq, None if broken else header.hash, header.seq)

    def _end(self, rest: bytes, read: int) -> None:
        """Tell the beginning of a write that never returned from bytes that nobody wrote."""
        if rest and (len(rest) == MAX_LINE_BYTES or not rest.startswith(_BODY[: len(rest)])):
            self._fault(
                "tail-unreadable",
                f"After line {self.lines - 1} the ledger holds {len(rest)} bytes that are no "
                "entry and no beginning of one.",
            )
        self.unfinished = read > self.size
        self.torn = read - self.size + len(rest)

    def _fault(self, id: str, message: str, header: Header | None = None) -> None:
        self.faults.append(
            Fault(
                id=id,
                message=message,
                seq=header.seq if header else None,
                kind=header.kind if header else None,
                line=self.lines,
            )
        )
