"""Compare: which sentences of an edited Word document are not what the program wrote."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256 as hashed
from typing import Any, Literal

import msgspec

from gravamen.instruments.comparison.finding import Found, Loose, find, lines, loose
from gravamen.instruments.comparison.reading import Piece, Read, read
from gravamen.instruments.comparison.words import marked
from gravamen.instruments.docx import document
from gravamen.instruments.fit import shown
from gravamen.instruments.manifest import Manifest
from gravamen.instruments.sheet import sheet
from gravamen.instruments.typeset import foot_of, template
from gravamen.sentences import Instrument
from gravamen.values import GravamenError, Value, sha256

State = Literal["same", "changed", "missing", "new", "duplicated", "moved", "hidden"]
By = Literal["control", "bookmark", "text"]


class ComparisonError(GravamenError):
    """An edited document of which nobody can say what it is to be compared with."""


class Tracked(Value):
    """A tracked change: what was inserted or deleted, by whom and when."""

    kind: str
    words: str
    author: str = ""
    date: str = ""


class Comment(Value):
    """A comment on a sentence."""

    words: str
    author: str = ""
    date: str = ""


class Row(Value):
    """What became of one sentence, or of words around the sentences.

    Args:
        sentence: id of the sentence; None for words that belong to none.
        also: what else is true of it: a sentence may be changed and moved.
        was: as it was set; `now` as it reads with all tracked changes accepted, `before` without
            them, where these differ.
        hidden: words in it that no reader of the pages sees.
        by: what it was found by, the surest first; None where it was not found.
        place: where it stands: "after s3", "header".
    """

    state: State
    sentence: str | None = None
    kind: str = ""
    also: tuple[State, ...] = ()
    was: str | None = None
    now: str | None = None
    before: str | None = None
    tracked: tuple[Tracked, ...] = ()
    hidden: tuple[str, ...] = ()
    comments: tuple[Comment, ...] = ()
    by: By | None = None
    place: str = ""

    @property
    def differs(self) -> bool:
        """Whether anything of it is not as it was set."""
        return self.state != "same" or bool(self.also or self.tracked or self.comments)

    @property
    def marked(self) -> str:
        """Its words with what changed: "held [-41-]{+14+} persons"."""
        return marked(self.was or "", self.now or "")


class Comparison(Value):
    """An edited document beside its instrument: a row for each sentence, in reading order.

    Args:
        sha256: digest of the file; `record` that of the manifest it is compared with.
        notes: what limits the answer, a sentence each.
    """

    file: str
    sha256: str
    instrument: str
    record: str
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()

    @property
    def same(self) -> bool:
        """Whether nothing differs."""
        return not any(row.differs for row in self.rows)

    @property
    def counts(self) -> dict[str, int]:
        """How many rows there are of each state."""
        return dict(Counter(row.state for row in self.rows))


def beginning(data: bytes, *, name: str) -> tuple[bytes | None, str | None]:
    """Return the manifest that a Word document carries, and the first 16 hex digits of the digest
    of that from which it was set; each None where it was lost.

    Raises:
        SourceError: it is no Word document, or it is damaged, encrypted or hostile.
    """
    found = read(data, name=name)
    return found.manifest, found.begins


def compare(data: bytes, manifest: Manifest, instrument: Instrument, *, name: str) -> Comparison:
    """Return what became of each sentence of an instrument in a Word document that was edited.

    A sentence is looked for by its content control, by its bookmark, and by its words, in this
    order. Text that belongs to no sentence is compared with what the program prints around them.

    Raises:
        SourceError: it is no Word document, or it is damaged, encrypted or hostile.
    """
    theirs = read(data, name=name)
    drawn = shown(instrument) if instrument.draft else instrument
    again = document(sheet(drawn, manifest.exhibits), foot_of(instrument, manifest))
    ours = read(again, name=name)
    set_ = find(ours, {})
    printed = {id: one.now for id, one in set_.items()}
    found = find(theirs, printed, [line.text for line in lines(ours, set_)])
    beside = loose(ours, theirs, found, printed)
    kinds = {s.id: s.kind for s in instrument.sentences()}
    rows = [*_rows(printed, found, kinds, theirs), *_beside(beside)]
    order = {id: n for n, id in enumerate(printed)}
    rows.sort(key=lambda row: _position(row, order))
    return Comparison(
        file=name,
        sha256=sha256(data),
        instrument=instrument.id,
        record=manifest.digest,
        rows=tuple(_commented(rows, theirs)),
        notes=tuple(_notes(ours, theirs, manifest)),
    )


def _rows(
    printed: Mapping[str, str],
    found: Mapping[str, Found],
    kinds: Mapping[str, str],
    theirs: Read,
) -> Iterator[Row]:
    moved = _moved([id for id in printed if id in found], found)
    for id, was in printed.items():
        one = found.get(id)
        if one is None:
            yield Row(state="missing", sentence=id, kind=kinds.get(id, ""), was=was)
            continue
        states = [*_states(was, one), *(["moved"] if id in moved else [])]
        known: Any = states or ["same"]
        yield Row(
            state=known[0],
            sentence=id,
            kind=kinds.get(id, ""),
            also=tuple(known[1:]),
            was=was,
            now=one.now,
            before=one.before if one.before != one.now else None,
            tracked=tuple(_tracked(one.pieces)),
            hidden=one.hidden,
            by=one.by,
        )
        for copy in one.copies:
            yield Row(
                state="duplicated",
                sentence=id,
                kind=kinds.get(id, ""),
                was=was,
                now=copy.now,
                hidden=copy.hidden,
                tracked=tuple(_tracked(copy.pieces)),
                by=copy.by,
            )


def _states(was: str, one: Found) -> Iterator[State]:
    if one.now != was and (one.now or not one.hidden):
        yield "changed" if one.now else "missing"
    if one.hidden:
        yield "hidden"


def _beside(found: Sequence[Loose]) -> Iterator[Row]:
    """Rows for words around the sentences."""
    for one in found:
        if one.copy_of is not None:
            yield Row(
                state="duplicated",
                sentence=one.copy_of,
                was=one.now,
                now=one.now,
                by="text",
                place=one.place,
            )
            continue
        state: State = "changed" if one.was and one.now else "new" if one.now else "missing"
        yield Row(
            state="hidden" if one.hidden else state,
            was=one.was or None,
            now=one.now or None,
            hidden=(one.hidden,) if one.hidden else (),
            tracked=tuple(_tracked(one.pieces)),
            place=one.place,
        )


def _moved(ids: Sequence[str], found: Mapping[str, Found]) -> set[str]:
    """The sentences that stand out of their order: all but the longest run that kept it."""
    places = [found[id].at for id in ids]
    best: list[int] = []
    length = [1] * len(ids)
    before = [-1] * len(ids)
    tails: list[int] = []
    for n, place in enumerate(places):
        low, high = 0, len(tails)
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if places[tails[middle]] < place else (low, middle)
        before[n] = tails[low - 1] if low else -1
        length[n] = low + 1
        tails[low : low + 1] = [n]
    at = tails[-1] if tails else -1
    while at >= 0:
        best.append(at)
        at = before[at]
    kept = {ids[n] for n in best}
    return {id for id in ids if id not in kept}


def _tracked(pieces: Sequence[Piece]) -> Iterator[Tracked]:
    """The tracked changes in stretches; neighbours by one hand are one."""
    found: list[list[Any]] = []
    for piece in pieces:
        if piece.change is None:
            found.append([None, ""])
        elif found and found[-1][0] == piece.change:
            found[-1][1] += piece.text
        else:
            found.append([piece.change, piece.text])
    for change, words in found:
        if change is not None and words.strip():
            yield Tracked(kind=change.kind, words=words, author=change.author, date=change.date)


def _position(row: Row, order: Mapping[str, int]) -> tuple[int, int]:
    if row.sentence is not None and row.sentence in order:
        return order[row.sentence], 0
    after = row.place.removeprefix("after ")
    if after in order:
        return order[after], 1
    return (-1, 0) if row.place in ("header", "beginning") else (len(order), 0)


def _commented(rows: Sequence[Row], theirs: Read) -> Iterator[Row]:
    """The rows with the comments on each; one on no sentence goes to the one before it."""
    wanted: dict[str, list[Comment]] = {}
    owners = _comment_owners(theirs)
    for key, remark in theirs.remarks.items():
        comment = Comment(words=remark.words, author=remark.author, date=remark.date)
        for owner in owners.get(key, ("",)):
            wanted.setdefault(owner, []).append(comment)
    for row in rows:
        comments = wanted.pop(row.sentence, ()) if row.sentence else ()
        yield msgspec.structs.replace(row, comments=tuple(comments)) if comments else row
    for left in wanted.values():
        yield Row(state="same", comments=tuple(left), place="document")


def _comment_owners(theirs: Read) -> dict[str, tuple[str, ...]]:
    """The sentences that each comment is on, or the one before it."""
    on: dict[str, dict[str, None]] = {}
    nearest: dict[str, str] = {}
    last = ""
    for piece in theirs.pieces:
        owner = piece.control[0] if piece.control else next(iter(piece.bookmarks[-1:]), "")
        last = owner or last
        for key in piece.comments:
            nearest.setdefault(key, last)
            if owner and piece.text.strip():
                on.setdefault(key, {})[owner] = None
    return {key: tuple(on.get(key, ())) or (last,) for key, last in nearest.items()}


def _notes(ours: Read, theirs: Read, manifest: Manifest) -> Iterator[str]:
    if manifest.template.version != template().version:
        yield (
            "It was set with templates of another version: words around the sentences may differ "
            "that nobody changed."
        )
    if not theirs.controls and ours.controls:
        kept = "by their bookmarks" if theirs.bookmarks else "by their words"
        yield f"The content controls are gone; the sentences were found {kept}."
    if theirs.manifest is None:
        yield "The record inside the file is gone; it was compared with a copy of it."
    drawn, here = ({hashed(p).digest() for p in r.pictures} for r in (ours, theirs))
    if drawn != here:
        yield (
            "Its pictures are not byte for byte those that were set; look at them, for pictures "
            "are not compared."
        )
