"""The ledger: a case as a folder on disk; what is appended stays, whole and in order."""

import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, NamedTuple

from gravamen.case import Case
from gravamen.casefile.blobs import Blobs
from gravamen.casefile.chain import Chain, Fault, Head, Header, Step, Tail, seal
from gravamen.casefile.entries import (
    Captured,
    Entry,
    Erased,
    Opened,
    Recorded,
    RecordError,
    TextRecord,
    check_actor,
    kind_of,
)
from gravamen.casefile.erasure import Erasing, plan, rewritten
from gravamen.casefile.folder import (
    BLOBS,
    HEAD,
    HEAD_NEW,
    LEDGER,
    LEDGER_NEW,
    LOCK,
    built_beside,
    locked,
    open_plain,
    read_head,
    replace,
    sync_folder,
    write_all,
    write_head,
    write_new,
)
from gravamen.casefile.replay import State, replay
from gravamen.casefile.rules import admit, admit_together, encode
from gravamen.sources.capture import Captured as CapturedSource
from gravamen.sources.source import Text
from gravamen.values import Value

# Enough to hold the salt of an entry, which no other entry has.
MARK_BYTES = 64


class Happened(NamedTuple):
    """An entry of the record as it is read back; `entry` is None where its body was erased."""

    header: Header
    entry: Recorded | None


class Forgotten(Value):
    """What erasing did: the entry that says so, and where words like those erased still stand.

    Args:
        remains: "entry 7 (attributed)", "s.report (in its text)": what names or quotes the erased.
    """

    erased: Erased
    remains: tuple[str, ...] = ()


class CaseFile:
    """A case in a folder: `ledger.jsonl`, `head.json`, `lock` and `blobs/`.

    Any number of them, in any number of processes, may work on one folder; each belongs to one
    thread.

    Attributes:
        path: the folder.
        notices: what opening it had to mend, in sentences; empty as a rule.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.notices: tuple[str, ...] = ()
        self._blobs = Blobs(path / BLOBS)
        self._state = State()
        self._tail = Tail()
        self._size = 0
        self._inode = -1
        self._mark = b""
        self._depth = 0
        self._words: dict[str, str] = {}

    @classmethod
    def create(
        cls, path: str | Path, opened: Opened, *, actor: str, now: datetime | None = None
    ) -> "CaseFile":
        """Make the folder of a new case, with the entry that opens it.

        Raises:
            RecordError: there is something at the path already, or the actor is none.
        """
        with built_beside(Path(path)) as building:
            found(building, [(actor, opened)], now=now)
        return cls.open(path)

    @classmethod
    def open(cls, path: str | Path) -> "CaseFile":
        """Open the folder of a case, verify its chain and replay it.

        What a crash left half done is finished or taken back, and said in `notices`: the
        beginning of an append that never returned, a head or an erasure that came too late.

        Raises:
            RecordError: it is no case, of a newer schema, or does not verify.
        """
        path = Path(path)
        if not path.is_dir():
            raise RecordError(f"There is no case folder {path}; create one with `gravamen new`.")
        if not (path / LEDGER).exists():
            raise RecordError(f"{path} is no case folder: it has no {LEDGER}.")
        if (path / BLOBS).is_symlink():
            raise RecordError(f"{path / BLOBS} is a link; put the folder itself in its place.")
        casefile = cls(path)
        with casefile._locked():
            casefile._sweep()
        if casefile._state.opened is None:
            raise RecordError(f"The ledger of {path} opens no case; restore it from a copy.")
        return casefile

    @property
    def head(self) -> Head:
        """The sequence number and hash of the last entry."""
        return Head(seq=self._tail.seq, hash=self._tail.hash or "")

    def append(self, *entries: Entry, actor: str, now: datetime | None = None) -> Head:
        """Record entries, all or none; when it returns, they are on the disk for good.

        Args:
            actor: "person:NAME" or "machine:NAME/VERSION".
            now: when it happened; the present where it is left out.

        Raises:
            RecordError: one of them breaks a rule, or cannot be written; none was recorded.
        """
        if any(isinstance(entry, Erased) for entry in entries):
            raise RecordError("An entry alone erases nothing; call erase, which also destroys.")
        return self.append_as([(actor, entry) for entry in entries], now=now)

    def append_as(self, batch: Sequence[tuple[str, Entry]], *, now: datetime | None = None) -> Head:
        """Record entries of several actors, all or none."""
        if not batch:
            return self.head
        with self._locked(), self._writing():
            bodies = []
            for (actor, entry), header in zip(batch, self._headers(batch, now), strict=True):
                bodies.append(encode(entry))
                admit(actor, entry, self._state, self._blobs)
                self._state.apply(header, entry)
            admit_together(batch, self._state, self.text)
            self._write(batch, bodies, now=now)
        return self.head

    def capture(
        self,
        *captured: CapturedSource,
        actor: str,
        also: Sequence[Entry] = (),
        now: datetime | None = None,
    ) -> Head:
        """Keep captured sources, their texts and attachments, and record them together.

        Where they are refused, nothing of them is kept.

        Args:
            also: entries that are recorded with them, all or none.
        """
        with self.all_or_none():
            entries = [self.keep(one) for source in captured for one in _family(source)]
            return self.append(*entries, *also, actor=actor, now=now)

    @contextmanager
    def unchanged(self, since: Head) -> Iterator[None]:
        """Hold the case while something is done that rests on it as it was at an entry.

        Raises:
            RecordError: somebody recorded something since; what stands inside was not done.
        """
        with self._locked():
            if self.head != since:
                raise RecordError(
                    f"The record of {self.path} changed while this was made ready (it was at entry "
                    f"{since.seq}, it is at {self.head.seq}); run it again, so that everything is "
                    "asked anew."
                )
            yield

    @contextmanager
    def all_or_none(self) -> Iterator[None]:
        """Hold the case while files are kept and what names them is recorded; where that fails,
        the files that were kept inside are removed again."""
        with self._locked():
            before = len(self._blobs.new)
            try:
                yield
            except BaseException:
                for digest in set(self._blobs.new[before:]) - self._state.blobs.keys():
                    self._blobs.destroy(digest)
                raise
            finally:
                del self._blobs.new[before:]

    def keep(self, captured: CapturedSource) -> Captured:
        """Keep the bytes and the text of a source; return the entry that is to record it."""
        text = captured.text
        self.put_blob(captured.data)
        try:
            words = self.put_blob(text.text.encode("utf-8"))
        except UnicodeEncodeError as error:
            raise RecordError(
                f"The text of {captured.source.id} holds half a character at {error.start}; it "
                "cannot be kept. Extract it anew."
            ) from None
        return Captured(
            source=captured.source,
            text=TextRecord(
                sha256=words,
                extractor=text.extractor,
                version=text.version,
                pages=text.pages,
                layers=text.layers,
            ),
        )

    def case(self) -> Case:
        """Return the state of the case as a value."""
        texts = {s: text for s in self._state.sources if (text := self.text(s)) is not None}
        return self._state.case(texts)

    def text(self, source: str) -> Text | None:
        """Return the text of a source; None where its words were erased."""
        kept, erased = self._state.texts.get(source), self._state.erased_blobs
        if kept is None or kept.sha256 in erased or self._state.sources[source].sha256 in erased:
            return None
        if kept.sha256 not in self._words:
            try:
                self._words[kept.sha256] = self._blobs.get(kept.sha256).decode("utf-8")
            except UnicodeDecodeError as error:
                raise RecordError(
                    f"The text of {source} is not UTF-8 at byte {error.start}; it was not written "
                    "by Gravamen."
                ) from None
        return Text(
            extractor=kept.extractor,
            version=kept.version,
            text=self._words[kept.sha256],
            pages=kept.pages,
            layers=kept.layers,
        )

    def entries(self) -> Iterator[Happened]:
        """Every entry, in order, as they were when this was asked."""
        with self._locked():
            return iter([Happened(header, entry) for header, entry, _ in self._lines()])

    def blob(self, digest: str) -> bytes:
        """Return the bytes of a digest, compared with it."""
        erased = self._state.erased_blobs.get(digest)
        if erased is not None:
            raise RecordError(f"The blob {digest} was erased; entry {erased} says by whom and why.")
        return self._blobs.get(digest)

    def put_blob(self, data: bytes) -> str:
        """Keep bytes unchanged and return their SHA-256."""
        with self._locked():
            try:
                return self._blobs.put(data)
            except OSError as error:
                raise _unwritten(self.path, error) from None

    def erase(
        self, target: str, *, actor: str, reason: str, now: datetime | None = None
    ) -> Forgotten:
        """Destroy what was recorded of a thing; that it was erased, by whom and why, stays.

        Args:
            target: the id of a source (its bytes, its text and what was read in it; its record
                stays), of another thing (every version of it, and the files that are kept for
                it alone), "entry:7" (the body of an older version, a reading, a judgement) or
                "blob:…" (the sources that hold it).

        Raises:
            RecordError: there is no such thing, it cannot be erased, or no reason is given.
        """
        with self._locked(), self._writing():
            steps = self._lines()
            erasing = plan(
                target,
                steps,
                self._state,
                actor=check_actor(actor),
                reason=reason,
                on=_moment(now)[:10],
                blobs=self._blobs,
            )
            self._destroy(steps, erasing, actor=actor, now=now)
        return Forgotten(erased=erasing.entry, remains=erasing.remains)

    def _destroy(
        self, steps: Sequence[Step], erasing: Erasing, *, actor: str, now: datetime | None
    ) -> None:
        """Put the ledger without the bodies in the place of the old one; then remove the blobs."""
        line, tail = self._seal(actor, erasing.entry, encode(erasing.entry), self._tail, now)
        try:
            replace(self.path, LEDGER, LEDGER_NEW, rewritten(steps, erasing.entry) + line)
            sync_folder(self.path)
            write_head(self.path, Head(seq=tail.seq, hash=tail.hash or ""))
            for digest in erasing.entry.blobs:
                self._blobs.destroy(digest)
                self._words.pop(digest, None)
        except OSError as error:
            raise _unwritten(self.path, error) from None
        self._inode = -1
        self._refresh()

    def _lines(self) -> list[Step]:
        """Every line, read anew: one changed since the case was opened must not be lost."""
        chain = Chain(head=None)
        with open_plain(self.path / LEDGER) as file:
            steps = list(chain.steps(file))
        if chain.faults:
            raise RecordError(_refusal(self.path, chain.faults))
        return steps

    def _headers(
        self, batch: Sequence[tuple[str, Entry]], now: datetime | None
    ) -> Iterator[Header]:
        """The headers that the state sees while the entries are tried; they are not yet sealed."""
        time = _moment(now)
        through = self._tail.seq + len(batch)
        for seq, (actor, entry) in enumerate(batch, self._tail.seq + 1):
            yield Header(
                actor=check_actor(actor),
                commitment="",
                kind=kind_of(entry),
                previous="",
                seq=seq,
                through=through,
                time=time,
            )

    def _write(
        self, batch: Sequence[tuple[str, Entry]], bodies: Sequence[bytes], *, now: datetime | None
    ) -> None:
        lines, tail, through = [], self._tail, self._tail.seq + len(batch)
        for (actor, entry), body in zip(batch, bodies, strict=True):
            line, tail = self._seal(actor, entry, body, tail, now, through=through)
            lines.append(line)
        data = b"".join(lines)
        self._append_bytes(data, tail)
        self._tail, self._size, self._mark = tail, self._size + len(data), data[-MARK_BYTES:]

    def _seal(
        self,
        actor: str,
        entry: Entry,
        body: bytes,
        tail: Tail,
        now: datetime | None,
        *,
        through: int | None = None,
    ) -> tuple[bytes, Tail]:
        return seal(
            body,
            kind=kind_of(entry),
            tail=tail,
            through=through or tail.seq + 1,
            actor=actor,
            time=_moment(now),
            salt=secrets.token_hex(16),
        )

    def _append_bytes(self, data: bytes, tail: Tail) -> None:
        """Write to the end of the ledger and move the head, or leave both as they were."""
        flags = os.O_WRONLY | os.O_APPEND | os.O_CLOEXEC | os.O_NOFOLLOW
        try:
            handle = os.open(self.path / LEDGER, flags)
        except OSError as error:
            raise _unwritten(self.path, error) from None
        try:
            write_all(handle, data)
            write_head(self.path, Head(seq=tail.seq, hash=tail.hash or ""))
        except OSError as error:
            with suppress(OSError):  # then the next to open the case takes it back
                os.ftruncate(handle, self._size)
                os.fsync(handle)
            raise _unwritten(self.path, error) from None
        finally:
            os.close(handle)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Hold the lock of the case, once however deep the calls are, and know the newest state."""
        if self._depth:
            yield
            return
        with locked(self.path):
            self._depth = 1
            try:
                self._refresh()
                yield
            finally:
                self._depth = 0

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Read the state anew from the disk if anything goes wrong on the way."""
        try:
            yield
        except BaseException:
            self._inode = -1
            self._refresh()
            raise

    def _refresh(self) -> None:
        """Read what other writers appended since this one last looked."""
        try:
            with open_plain(self.path / LEDGER) as file:
                now, read = os.fstat(file.fileno()), len(self._mark)
                # An erasure puts another ledger in its place, which may get the inode of an older
                # one; what stands before the place where we stopped tells them apart.
                same = now.st_ino == self._inode and now.st_size >= self._size
                same = same and os.pread(file.fileno(), read, self._size - read) == self._mark
                if same and now.st_size == self._size:
                    return
                head = read_head(self.path)
                if not same or head.seq < self._tail.seq:
                    self._state, self._tail, self._size = State(), Tail(), 0
                self._inode = now.st_ino
                self._replay(file, head)
        except OSError as error:
            raise RecordError(
                f"The ledger of {self.path} cannot be read ({error.strerror}); restore it."
            ) from None
        except BaseException:
            self._inode = -1
            raise

    def _replay(self, file: BinaryIO, head: Head) -> None:
        chain = Chain(head=head, tail=self._tail, size=self._size)
        file.seek(self._size)
        self._state, faults = replay(file, chain, self._state)
        if faults:
            raise RecordError(_refusal(self.path, faults))
        self._tail, self._size = chain.tail, chain.size
        self._mark = os.pread(file.fileno(), MARK_BYTES, max(self._size - MARK_BYTES, 0))
        if chain.torn:
            self._cut(chain)
        if head.seq < chain.tail.seq:
            self._note(
                f"Entries {head.seq + 1} to {chain.tail.seq} were written whole, but {HEAD} was "
                "not yet moved on when their writer ended; it was now."
            )
            write_head(self.path, self.head)

    def _cut(self, chain: Chain) -> None:
        """Take back the beginning of an append that never returned."""
        handle = os.open(self.path / LEDGER, os.O_WRONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
        try:
            os.ftruncate(handle, chain.size)
            os.fsync(handle)
        finally:
            os.close(handle)
        self._note(
            f"The ledger ended in the middle of an append that never returned; its {chain.torn} "
            f"bytes after entry {chain.tail.seq} were removed."
        )

    def _sweep(self) -> None:
        """Remove what interrupted writes left behind, and finish interrupted erasures."""
        for left in (self.path / LEDGER_NEW, self.path / HEAD_NEW, *self._blobs.unfinished()):
            if left.is_symlink() or left.exists():
                left.unlink()
                self._note(f"{left.name} was left behind by an interrupted write and was removed.")
        for digest in self._state.erased_blobs:
            if self._blobs.destroy(digest):
                self._note(
                    f"The erasure of the blob {digest} was interrupted and was now finished."
                )

    def _note(self, sentence: str) -> None:
        self.notices += (sentence,)


def found(folder: Path, batch: Sequence[tuple[str, Entry]], *, now: datetime | None) -> CaseFile:
    """Make a case out of an empty folder, with its first entries, of which one opens it."""
    (folder / BLOBS).mkdir()
    write_new(folder / LOCK, b"")
    write_new(folder / LEDGER, b"")
    write_head(folder, Head(seq=0, hash=Tail().hash or ""))
    casefile = CaseFile(folder)
    casefile.append_as(batch, now=now)
    return casefile


def _family(captured: CapturedSource) -> Iterator[CapturedSource]:
    yield captured
    for child in captured.children:
        yield from _family(child)


def _moment(now: datetime | None) -> str:
    """The time of an entry: UTC, to the second; the order is kept by the sequence."""
    if now is not None and now.tzinfo is None:
        raise RecordError(f"{now!r} has no time zone; give a time with one, such as UTC.")
    return (now or datetime.now(UTC)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _refusal(path: Path, faults: Sequence[Fault]) -> str:
    more = f" There are {len(faults) - 1} more faults." if len(faults) > 1 else ""
    if faults[0].id == "schema-unknown":
        return f"The case in {path} cannot be opened. {faults[0].message}"
    return (
        f"The record of {path} does not verify. {faults[0].message}{more} "
        "See `gravamen verify` for all, and work on with a copy that verifies."
    )


def _unwritten(path: Path, error: OSError) -> RecordError:
    return RecordError(
        f"Nothing was recorded in {path}: it cannot be written ({error.strerror}). Make room or "
        "the folder yours, and try again."
    )
