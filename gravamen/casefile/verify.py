"""Verify: whether a record still agrees with itself, entry by entry and blob by blob."""

from collections.abc import Iterator
from pathlib import Path

from gravamen.casefile.blobs import DIGEST, Blobs
from gravamen.casefile.chain import Chain, Fault, Head, Header
from gravamen.casefile.entries import RecordError, id_of
from gravamen.casefile.folder import (
    BLOBS,
    HEAD_NEW,
    LEDGER,
    LEDGER_NEW,
    locked,
    open_plain,
    read_head,
)
from gravamen.casefile.happened import answers_of
from gravamen.casefile.replay import State, replay
from gravamen.casefile.rules import says
from gravamen.sources.source import Notice, Passage, Text
from gravamen.values import Value


class Verification(Value):
    """What verifying a case found; it is well where there are no faults.

    Args:
        faults: what does not agree, the first bad entry first.
        notices: what is odd and changes nothing: leftovers of an interrupted write, unknown files.
        entries: how many entries were read, erased ones included.
        blobs: how many blobs were hashed anew.
        head: the last entry; print it where it can be compared later, for whoever can write in
            the folder can write it all anew.
    """

    faults: tuple[Fault, ...]
    notices: tuple[Notice, ...]
    entries: int
    blobs: int
    head: Head | None

    @property
    def well(self) -> bool:
        """Whether the whole record agrees with itself."""
        return not self.faults


def verify(path: str | Path) -> Verification:
    """Compare everything in a case folder with everything else in it; nothing is changed.

    Each header with its hash, each body with its commitment, each entry with the one before, the
    end with `head.json`, each blob with its digest, each quote with the text of its source.
    """
    path = Path(path)
    if not path.is_dir():
        raise RecordError(f"There is no case folder {path}; name a folder with a {LEDGER}.")
    if not (path / LEDGER).exists():
        raise RecordError(f"{path} is no case folder: it has no {LEDGER}.")
    with locked(path, shared=True):
        return _verify(path)


def _verify(path: Path) -> Verification:
    state, blobs = State(), Blobs(path / BLOBS)
    faults: list[Fault] = []
    try:
        head: Head | None = read_head(path)
    except RecordError as error:
        head = None
        faults.append(Fault(id="head-unreadable", message=str(error)))
    chain = Chain(head=head)
    try:
        with open_plain(path / LEDGER) as file:
            state, found = replay(file, chain)
            faults = [*found, *faults]
    except (OSError, RecordError) as error:
        faults.append(Fault(id="ledger-unreadable", message=f"The ledger cannot be read: {error}"))
    if not faults and state.opened is None:
        faults.append(Fault(id="ledger-empty", message="The ledger opens no case; restore it."))
    sound = not faults
    faults += [
        Fault(
            id="folder-linked",
            message=f"{link.relative_to(path)} is a link to a folder elsewhere, which a copy of "
            "the case would not hold; put the folder itself in its place.",
        )
        for link in blobs.links()
    ]
    checked = list(_blobs(state, blobs))
    faults += [fault for fault in checked if fault is not None]
    if not faults:
        faults += _quotes(path, state, blobs)
    return Verification(
        faults=tuple(faults),
        notices=tuple(_notices(path, state, blobs, chain if sound else None)),
        entries=chain.tail.seq,
        blobs=len(checked),
        head=Head(seq=chain.tail.seq, hash=chain.tail.hash) if chain.tail.hash else None,
    )


def _blobs(state: State, blobs: Blobs) -> Iterator[Fault | None]:
    """Hash every blob that the record names; yield a fault, or None for a good one."""
    for digest, header in state.blobs.items():
        yield _blob(digest, header, blobs)
    for digest, seq in state.erased_blobs.items():
        if blobs.has(digest):
            yield Fault(
                id="erased-blob-present",
                message=f"Entry {seq} says that the blob {digest} was erased, yet it is there; "
                "open the case once to finish the erasure.",
                seq=seq,
                kind="erased",
                blob=digest,
            )


def _blob(digest: str, header: Header, blobs: Blobs) -> Fault | None:
    named = f"entry {header.seq} ({header.kind})"
    try:
        made = blobs.hashed(digest)
    except (OSError, RecordError) as error:
        why = f"{error.strerror}." if isinstance(error, OSError) else str(error)
        return Fault(
            id="blob-missing",
            message=f"The blob {digest}, which {named} names, cannot be read: {why} Restore it "
            "from a copy.",
            seq=header.seq,
            kind=header.kind,
            blob=digest,
        )
    if made == digest:
        return None
    return Fault(
        id="blob-differs",
        message=f"The blob {digest}, which {named} names, holds other bytes: their SHA-256 is "
        f"{made}. Restore it from a copy.",
        seq=header.seq,
        kind=header.kind,
        blob=digest,
    )


def _quotes(path: Path, state: State, blobs: Blobs) -> Iterator[Fault]:
    """Compare each quote of the case as it stands with the text of its source."""
    texts = {
        source: Text(
            extractor=kept.extractor,
            version=kept.version,
            text=blobs.get(kept.sha256).decode("utf-8", errors="replace"),
            pages=kept.pages,
        )
        for source, kept in state.texts.items()
        if kept.sha256 in state.blobs
    }
    quoting: list[tuple[str, Passage | None]] = [(c.id, c.passage) for c in state.claims.values()]
    quoting += [(r.id, r.passage) for r in state.requests.values()]
    for happening in (*state.replies.values(), *state.noted.values()):
        quoting += [(happening.id, answer.passage) for answer in answers_of(happening)]
    for thing, passage in quoting:
        text = texts.get(passage.source) if passage else None
        if passage and text and not says(text, passage):
            header = _recorded(path, thing)
            yield Fault(
                id="quote-not-in-source",
                message=f"Entry {header.seq} ({header.kind}): {thing} quotes {passage.exact!r}, "
                f"which does not stand in {passage.source} at character {passage.start}.",
                seq=header.seq,
                kind=header.kind,
            )


def _recorded(path: Path, thing: str) -> Header:
    """The header of the entry by which a thing stands as it does: the last that records it."""
    with open_plain(path / LEDGER) as file:
        steps = Chain(head=None).steps(file)
        return [header for header, entry, _ in steps if entry and id_of(entry) == thing][-1]


def _notices(path: Path, state: State, blobs: Blobs, chain: Chain | None) -> Iterator[Notice]:
    """What is odd in the folder and changes nothing.

    Args:
        chain: the ledger as it was read; None where it has faults, so that nothing more can be
            said of its end, or of what it names.
    """
    for left in (path / LEDGER_NEW, path / HEAD_NEW):
        if left.exists():
            yield Notice(id="leftover", message=f"{left.name} was left by an interrupted write.")
    if chain is None:
        return
    if chain.torn:
        yield Notice(
            id="append-interrupted",
            message=f"After entry {chain.tail.seq} lie {chain.torn} bytes of an append that never "
            "returned; opening the case removes them.",
        )
    if chain.head is not None and chain.head.seq < chain.tail.seq:
        yield Notice(
            id="head-behind",
            message=f"head.json ends with entry {chain.head.seq}, the ledger with entry "
            f"{chain.tail.seq}: a writer was interrupted; opening the case moves the head on.",
        )
    for file in blobs.files():
        known = DIGEST.match(file.name) and (
            file.name in state.blobs or file.name in state.erased_blobs
        )
        if not known or file != blobs.path(file.name):
            yield Notice(
                id="blob-unknown",
                message=f"{file.relative_to(path)} is no blob that the record names.",
            )
