"""The chain: one line of the ledger per entry, sealed by hashes; reading it tells what differs."""

import re
from collections.abc import Callable, Generator, Iterator
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
_SALT_FIELD_BYTES = len(',"salt":""}\n') + 32
_HASH_FIELD = b'"hash":"%b",'
_KIND_FIELD = re.compile(rb'"kind":"([a-z]{1,40})","previous":"')


def _layouts() -> dict[type, tuple[str, int]]:
    """For each kind of entry its word, and how many bytes of a line lie from its hash to its end.

    The digits of `seq` and `through` are not counted in.
    """
    header = Header(
        actor="", commitment="", kind="", hash=GENESIS, previous=GENESIS, seq=0, through=0,
        time="2024-01-15T12:00:00Z",
    )  # fmt: skip
    written = canonical(header)
    rest = len(written) - written.index(b'"hash":"') - len("00") + _SALT_FIELD_BYTES
    return {kind: (word, rest + len(word)) for kind, word in TAGS.items()}


_LAYOUTS = _layouts()
# From the beginning of a header to its hash, but for the actor.
_BEFORE_HASH_BYTES = len('{"actor":,"commitment":"",') + len(GENESIS)
_LF = 0x0A


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
    if line.endswith(b"\r"):
        raise LineError("it ends with CR and LF, as a program leaves it that converts line ends")
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
    stated = _HASH_FIELD % header.hash.encode("utf-8")
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
        last: the sequence number of the last whole line, which may lie after `tail`.
        broken_off: whether part of a line follows it.
    """

    def __init__(self, *, head: Head | None, tail: Tail | None = None, size: int = 0) -> None:
        self.head = head
        self.tail = tail or Tail()
        self.size = size
        self.torn = 0
        self.last = self.tail.seq
        self.broken_off = False
        self.lines = 0
        self.faults: list[Fault] = []
        self.hash_at_head = self.tail.hash if head and head.seq == self.tail.seq else None

    def steps(self, file: BinaryIO) -> Iterator[Step]:
        """Yield header, entry and line of each entry, in order; note what differs.

        The entry is None where its body was erased. Entries after `tail`, which is known at the
        end, are of an append that is not whole: they never happened.
        """
        last, read, self.lines = self.tail, self.size, self.tail.seq
        lines = iter(partial(file.readline, MAX_LINE_BYTES), b"")
        while True:
            line, before, read = yield from self._quick(lines, last, read)
            self.lines += before.seq - last.seq + (line != b"")
            if not line.endswith(b"\n"):
                break
            step, last = self._slow(line, before)
            read += len(line)
            if last.seq == last.through:
                self.tail, self.size = last, read
                if self.head and last.seq == self.head.seq:
                    self.hash_at_head = last.hash
            if step is not None:
                yield step
        self.last = before.seq
        self._end(line, read)

    def _quick(
        self, lines: Iterator[bytes], last: Tail, read: int
    ) -> Generator[Step, None, tuple[bytes, Tail, int]]:
        """Yield lines that are as they should be; return the first other one, and what it follows.

        It asks all that `unseal`, `differences` and `read_body` ask, over the same bytes, without
        saying what is wrong: nearly every line is good, and this is what opening a case waits for.
        Where the hashed parts of a line lie follows from the lengths of what it says. The bytes
        between these parts are as few as their JSON can be, so that in a line which was decoded
        they cannot be others; only what follows the last brace has to be compared.
        """
        seq, previous, through = last
        if seq == 0 or previous is None:
            return next(lines, b""), last, read
        decode, layouts, hashed = _decode_line, _LAYOUTS, sha256
        digits, through_digits = len(str(seq)), len(str(through))
        next_digits, actor, actor_bytes, whole = 10**digits, None, 0, 0
        head = self.head.seq if self.head else -1
        for line in lines:
            try:
                parsed = decode(line)
            except _UNREADABLE:
                break
            header, entry = parsed.header, parsed.body
            layout = layouts.get(type(entry))
            if layout is None:
                break
            if header.actor != actor:
                actor = header.actor
                actor_bytes = len(msgspec.json.encode(actor)) + _BEFORE_HASH_BYTES
            last_of_append = header.through
            if last_of_append != through:
                through_digits = len(str(last_of_append))
            seq += 1
            if seq == next_digits:
                digits, next_digits = digits + 1, next_digits * 10
            # {"body":…,"header":{"actor":…,"commitment":…,"hash":…,"kind":…},"salt":"…"}
            #         ^8        ^at                       ^hash_at         ^-44      ^-35  ^-3
            size, (kind, rest), hash = len(line), layout, header.hash
            hash_at = size - rest - digits - through_digits
            at = hash_at - actor_bytes
            if not (
                header.seq == seq
                and header.previous == previous
                and (last_of_append == through or through == seq - 1 < last_of_append)
                and header.kind == kind
                and line[-1] == _LF
                and hashed(line[at:hash_at] + line[hash_at + 74 : -44]).hexdigest() == hash
                and hashed(line[-35:-3] + line[8 : at - 10]).hexdigest() == header.commitment
            ):
                seq -= 1
                break
            previous, through = hash, last_of_append
            read += size
            if seq == through:
                whole, whole_hash, whole_size = seq, previous, read
                if seq == head:
                    self.hash_at_head = previous
            yield header, entry, line
        else:
            line = b""
        if whole:
            self.tail, self.size = Tail(whole, whole_hash, whole), whole_size
        return line, Tail(seq, previous, through), read

    def _slow(self, line: bytes, last: Tail) -> tuple[Step | None, Tail]:
        """Read a line whose body was erased, or note what is wrong with one.

        A line with faults is taken for what it says it is, so that one fault is not many.
        """
        before = len(self.faults)
        try:
            sealed = unseal(line[:-1])
        except LineError as error:
            self._unreadable(line, last.seq + 1, error)
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
                "entry and no beginning of one; restore it from a copy.",
            )
        self.broken_off = rest != b""
        self.torn = read - self.size + len(rest)

    def _unreadable(self, line: bytes, seq: int, error: LineError) -> None:
        """Name a line that is no entry by its place, and by the kind that it still shows."""
        shown = [kind.decode("ascii") for kind in _KIND_FIELD.findall(line)]
        kind = shown[-1] if shown and shown[-1] in KINDS else None
        self.faults.append(
            Fault(
                id="line-unreadable",
                message=f"Line {self.lines} of the ledger, which should be entry {seq}"
                f"{f' ({kind})' if kind else ''}, is no entry: {error}.",
                seq=seq,
                kind=kind,
                line=self.lines,
            )
        )

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
