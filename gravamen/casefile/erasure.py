"""Erasing: what a wish to forget reaches, and the ledger without it."""

from collections.abc import Iterator, Sequence, Set
from typing import NamedTuple

import msgspec

from gravamen.case import Erasure
from gravamen.casefile.blobs import Blobs
from gravamen.casefile.chain import Step, blank
from gravamen.casefile.entries import (
    Adopted,
    Argued,
    Attributed,
    Captured,
    Docketed,
    Erased,
    Named,
    Opened,
    Proposed,
    Received,
    Recorded,
    RecordError,
    Reworded,
    Searched,
    Sent,
    Signed,
    Vetted,
    id_of,
    is_machine,
)
from gravamen.casefile.replay import State
from gravamen.proceedings import kept_files
from gravamen.values import Value, sha256

ENTRY, BLOB = "entry:", "blob:"
NO_WORDS = sha256(b"")


class Erasing(NamedTuple):
    """An erasure before it is done: the entry that will say so, and what it does not reach."""

    entry: Erased
    remains: tuple[str, ...]


def plan(
    target: str,
    steps: Sequence[Step],
    state: State,
    *,
    actor: str,
    reason: str,
    on: str,
    blobs: Blobs,
) -> Erasing:
    """Say which bodies and blobs an erasure reaches; nothing is destroyed yet.

    Raises:
        RecordError: there is no such thing, it cannot be erased, or no reason is given.
    """
    if is_machine(actor):
        raise RecordError(f"{actor} cannot erase {target!r}; a person decides what is forgotten.")
    if not reason.strip():
        raise RecordError(f"No reason is given for erasing {target!r}; say why, it stays recorded.")
    bodies = {header.seq: entry for header, entry, _ in steps if entry is not None}
    targets, entries, digests = _reach(target, bodies, state, blobs)
    entry = Erased(
        erasures=tuple(Erasure(target=t, by=actor, on=on, reason=reason) for t in targets),
        entries=tuple(sorted(entries)),
        blobs=tuple(sorted(digests)),
    )
    words = {word for seq in entries for word in _words(bodies[seq])}
    remains = (
        *_kin(targets, state),
        *_in_texts(words, digests, state, blobs),
        *_in_entries(targets, words, entries, steps),
    )
    return Erasing(entry, remains)


def rewritten(steps: Sequence[Step], erased: Erased) -> bytes:
    """Return the ledger with the bodies and salts of the erased entries gone."""
    gone = set(erased.entries)
    return b"".join(blank(line) if header.seq in gone else line for header, _, line in steps)


def _reach(
    target: str, bodies: dict[int, Recorded], state: State, blobs: Blobs
) -> tuple[list[str], set[int], set[str]]:
    """The targets as recorded, the entries and the blobs that an erasure of one target reaches."""
    if target.startswith(ENTRY):
        return _entry(target, bodies, state, blobs)
    if target.startswith(BLOB):
        digest = target.removeprefix(BLOB)
        _refuse_kept({digest}, f"The blob {digest} is", bodies)
        holding = [s for s in state.sources if digest in _digests(s, state)]
        if holding:
            return _sources(holding[0], bodies, state)
        if not blobs.has(digest):
            raise RecordError(f"There is no blob {digest} in the case; see its sources for theirs.")
        return [target], set(), {digest}
    if target in state.sources:
        return _sources(target, bodies, state)
    versions = {seq for seq, body in bodies.items() if id_of(body) == target}
    if not versions:
        raise RecordError(
            f"There is nothing named {target!r} in the case to erase; name a thing by its id, or "
            "an entry as entry:7."
        )
    return [target], versions, _kept_alone(versions, bodies)


def _kept(body: Recorded) -> tuple[str, ...]:
    """The files that an entry keeps for what it records."""
    match body:
        case Signed(act=happening) | Sent(dispatch=happening):
            return kept_files(happening)
        case _:
            return ()


def _kept_alone(erased: Set[int], bodies: dict[int, Recorded]) -> set[str]:
    """The files that the erased entries keep, and no other entry and no source."""
    gone = {d: seq for seq, body in bodies.items() if isinstance(body, Erased) for d in body.blobs}
    held = {
        digest
        for seq, body in bodies.items()
        if seq not in erased
        for digest in (*_kept(body), *_captured(body))
        if seq > gone.get(digest, 0)
    }
    return {digest for seq in erased for digest in _kept(bodies[seq])} - held


def _captured(body: Recorded) -> tuple[str, ...]:
    """The bytes and the text that an entry takes in."""
    if not isinstance(body, Captured) or body.text is None:
        return ()
    return (body.source.sha256, body.text.sha256)


def _refuse_kept(digests: Set[str], named: str, bodies: dict[int, Recorded]) -> None:
    """Refuse to destroy a file without what it is kept for."""
    for seq, body in bodies.items():
        if digests & set(_kept(body)):
            raise RecordError(
                f"{named} also the file of {id_of(body)} (entry {seq}), which would be left "
                f"without it; erase {id_of(body)!r} first."
            )


def _entry(
    target: str, bodies: dict[int, Recorded], state: State, blobs: Blobs
) -> tuple[list[str], set[int], set[str]]:
    number = target.removeprefix(ENTRY)
    seq = int(number) if number.isascii() and number.isdigit() else 0
    if seq not in bodies:
        raise RecordError(f"There is no entry {number!r} with a body; see `gravamen show`.")
    body = bodies[seq]
    if isinstance(body, Erased) or (isinstance(body, Opened) and body is _last_opened(bodies)):
        raise RecordError(
            f"Entry {seq} cannot be erased: the record needs to say what was opened and erased. "
            "Where the case itself was set anew since, its older entries can be."
        )
    thing = id_of(body)
    if thing is None or state.find(thing) is None:
        return [target], {seq}, set()
    if seq != max(s for s, b in bodies.items() if id_of(b) == thing):
        return [target], {seq}, _kept_alone({seq}, bodies)
    if isinstance(body, Captured):
        raise RecordError(
            f"Entry {seq} is how {thing} stands now; record the source anew without what must go, "
            f"and then erase entry {seq}. To erase its words, erase {thing!r}."
        )
    return _reach(thing, bodies, state, blobs)


def _last_opened(bodies: dict[int, Recorded]) -> Opened:
    return [body for body in bodies.values() if isinstance(body, Opened)][-1]


def _sources(
    first: str, bodies: dict[int, Recorded], state: State
) -> tuple[list[str], set[int], set[str]]:
    """A source and all that hold the same bytes or words, for these are gone with it."""
    reached, digests = [first], set(_digests(first, state))
    while more := [
        s for s in state.sources if s not in reached and digests & set(_digests(s, state))
    ]:
        reached += more
        digests.update(d for s in more for d in _digests(s, state))
    present = {d for d in digests if d in state.blobs}
    if not present:
        raise RecordError(f"The words of {first} were erased before; see `gravamen show`.")
    _refuse_kept(present, f"The bytes of {first} are", bodies)
    readings = {seq for seq, b in bodies.items() if isinstance(b, Proposed) and b.source in reached}
    return reached, readings, present


def _digests(source: str, state: State) -> tuple[str, ...]:
    """The blobs of a source; an empty text holds no words that could be shared or erased."""
    text = state.texts.get(source)
    words = (text.sha256,) if text and text.sha256 != NO_WORDS else ()
    return (state.sources[source].sha256, *words)


def _kin(targets: Sequence[str], state: State) -> Iterator[str]:
    """Name the sources in which an erased one lies, and those that lay in it."""
    for source in state.sources.values():
        if source.id in targets or source.sha256 in state.erased_blobs:
            continue
        if source.parent in targets:
            yield f"{source.id} (it came in {source.parent})"
        elif any(t in state.sources and state.sources[t].parent == source.id for t in targets):
            yield f"{source.id} (what was erased came in it)"


def _in_texts(words: Set[str], gone: Set[str], state: State, blobs: Blobs) -> Iterator[str]:
    """Name the sources in whose text the words of the erased still stand."""
    for source, kept in state.texts.items():
        if words and kept.sha256 in state.blobs and kept.sha256 not in gone:
            text = blobs.get(kept.sha256).decode("utf-8", errors="replace")
            if any(word in text for word in words):
                yield f"{source} (in its text)"


def _in_entries(
    targets: Sequence[str], words: Set[str], gone: Set[int], steps: Sequence[Step]
) -> Iterator[str]:
    """Name the entries that still name or quote what is erased."""
    needles = [msgspec.json.encode(n) for n in targets]
    needles += [msgspec.json.encode(word)[1:-1] for word in words]
    for header, entry, line in steps:
        if entry is None or header.seq in gone or header.kind == "erased":
            continue
        thing = id_of(entry)
        if thing not in targets and any(n in line for n in needles):
            yield f"entry {header.seq} ({header.kind}{f' {thing}' if thing else ''})"


def _words(entry: Recorded) -> Iterator[str]:
    """The words by which an erased thing would be known elsewhere."""
    match entry:
        case Named(party=party):
            yield from (name.text for name in party.names if name.text.strip())
        case Attributed(claim=claim):
            yield claim.passage.exact
        case Argued(argument=argument):
            yield argument.text
        case Vetted(vetting=vetting):
            yield from (vetting.name, vetting.why)
        case Searched(search=search):
            yield from (said for said in (search.found, search.answer) if said)
        case Reworded(rewording=rewording):
            yield from (said for said in (rewording.was, rewording.now) if said)
        case Adopted(step=happening) | Signed(act=happening) | Sent(dispatch=happening):
            yield from _said(happening)
        case Received(reply=happening) | Docketed(noted=happening):
            yield from _said(happening)
        case _:
            pass


# The fields of happenings that hold somebody's words, or tell where somebody is reached.
_TOLD = (
    "description", "reason", "summary", "note", "why", "name", "address", "email", "to", "was",
    "now", "exact",
)  # fmt: skip


def _said(value: object) -> Iterator[str]:
    """The words in a happening by which it would be known elsewhere, those of its parts too."""
    if isinstance(value, tuple):
        for inner in value:
            yield from _said(inner)
    elif isinstance(value, Value):
        for field in value.__struct_fields__:
            given = getattr(value, field)
            if field in _TOLD and isinstance(given, str | tuple):
                words = (given,) if isinstance(given, str) else given
                yield from (word for word in words if isinstance(word, str) and word.strip())
            elif isinstance(given, tuple | Value):
                yield from _said(given)
