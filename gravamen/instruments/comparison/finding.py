"""Finding: each sentence in an edited document, by its control, its bookmark or its words; and the
words there that belong to none."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from gravamen.instruments.comparison.reading import Piece, Read

_END, _TAKEN = "\x1e", "\x1f"
_BETWEEN = re.compile(rf"\s*{_END}\s*")
_SENTENCE = re.compile(r"[^.!?;]+(?:[.!?;]+[\"'”’»)\]]*|$)\s*")
_WORD = re.compile(r"\S+")
_ALIKE = 0.55
_MOST_SEGMENTS = 4
_LONGER, _LABEL_CHARS = 3, 120


class Found(NamedTuple):
    """A sentence in an edited document.

    Args:
        now: its visible words with all tracked changes accepted; `before` without them.
        hidden: words in it that are not seen.
        at: the place of its first piece in the document.
        by: what it was found by.
        copies: the same sentence elsewhere.
        taken: for one found by its words: its characters as piece and offset.
    """

    now: str
    before: str
    hidden: tuple[str, ...]
    pieces: tuple[Piece, ...]
    at: float
    by: Literal["control", "bookmark", "text"]
    copies: tuple["Found", ...] = ()
    taken: frozenset[tuple[int, int]] = frozenset()


class Loose(NamedTuple):
    """Words around the sentences that differ: what was set there, what stands there now."""

    was: str
    now: str
    place: str
    hidden: str = ""
    pieces: tuple[Piece, ...] = ()
    copy_of: str | None = None


class _Line(NamedTuple):
    """A paragraph of words that belong to no sentence: each with the piece it begins in."""

    words: tuple[tuple[str, int], ...]

    @property
    def text(self) -> str:
        return " ".join(word for word, _ in self.words)


def find(read: Read, printed: Mapping[str, str], frame: Iterable[str] = ()) -> dict[str, Found]:
    """Return the sentences that stand in a document, by id, in reading order.

    Args:
        printed: the words of each sentence as it was set; those not found by control or bookmark
            are looked for by their words. Where empty, all that have a control are given.
        frame: paragraphs that the program prints around the sentences.
    """
    controls, bookmarks = _grouped(read.pieces)
    found: dict[str, Found] = {}
    for id in dict.fromkeys((*controls, *bookmarks)):
        if printed and id not in printed:
            continue
        groups = [g for g in controls.get(id, {}).values() if _says(read, g)]
        if groups:
            every = [_found(read, g, "control") for g in groups]
            main = next((f for f in every if f.now == printed.get(id)), every[0])
            found[id] = main._replace(copies=tuple(f for f in every if f is not main))
        elif _says(read, bookmarks.get(id, ())):
            found[id] = _found(read, bookmarks[id], "bookmark")
    left = {id: words for id, words in printed.items() if id not in found}
    if left:
        found.update(_by_words(read, left, found, tuple(frame)))
    return dict(sorted(found.items(), key=lambda item: item[1].at))


def lines(read: Read, found: Mapping[str, Found]) -> list[_Line]:
    """Return the paragraphs of words that belong to no sentence."""
    text, where = _flat(read, found)
    text = text.replace(_TAKEN, " ")
    made: list[_Line] = []
    start = 0
    for part in text.split(_END):
        words = tuple((w[0], where[start + w.start()][0]) for w in _WORD.finditer(part))
        if words:
            made.append(_Line(words))
        start += len(part) + 1
    return made


def loose(
    ours: Read, theirs: Read, found: Mapping[str, Found], printed: Mapping[str, str]
) -> list[Loose]:
    """Return the words around the sentences that differ, those that are hidden, and the marks of
    sources that were changed."""
    of_ours = find(ours, {})
    old, new = lines(ours, of_ours), lines(theirs, found)
    places = _places(theirs, found)
    told = [*_differing(old, new, theirs, places, printed)]
    told += _hidden(theirs, found, places)
    told += _marks(ours, theirs, found)
    return told


def _grouped(
    pieces: Sequence[Piece],
) -> tuple[dict[str, dict[int, list[int]]], dict[str, list[int]]]:
    """The pieces of each control of each sentence, and those of each bookmark."""
    controls: dict[str, dict[int, list[int]]] = {}
    bookmarks: dict[str, list[int]] = {}
    for n, piece in enumerate(pieces):
        if piece.control:
            id, number = piece.control
            controls.setdefault(id, {}).setdefault(number, []).append(n)
        elif piece.bookmarks:
            bookmarks.setdefault(piece.bookmarks[-1], []).append(n)
    return controls, bookmarks


def _says(read: Read, numbers: Iterable[int]) -> bool:
    """Whether pieces hold any words, even deleted or hidden ones."""
    return any(read.pieces[n].text.strip() for n in numbers if not read.pieces[n].mark)


def _found(read: Read, numbers: Sequence[int], by: Literal["control", "bookmark"]) -> Found:
    pieces = tuple(p for n in numbers if not (p := read.pieces[n]).mark)
    seen = [p for p in pieces if not p.hidden]
    hidden = "".join(p.text for p in pieces if p.hidden and _kept(p)).strip()
    return Found(
        now=_text(p for p in seen if _kept(p)),
        before=_text(p for p in seen if not (p.change and p.change.kind == "inserted")),
        hidden=(hidden,) if hidden else (),
        pieces=pieces,
        at=next((n for n in numbers if read.pieces[n].text.strip()), numbers[0]),
        by=by,
    )


def _kept(piece: Piece) -> bool:
    """Whether a piece stays when all tracked changes are accepted."""
    return not (piece.change and piece.change.kind == "deleted")


def _text(pieces: Iterable[Piece]) -> str:
    whole = "".join(_END if p.ends else p.text for p in pieces)
    return _BETWEEN.sub(" ", whole).strip()


def _owners(read: Read, found: Mapping[str, Found]) -> list[str | None]:
    """The sentence that each piece belongs to."""
    by_bookmark = {id for id, one in found.items() if one.by == "bookmark"}
    owners: list[str | None] = []
    for piece in read.pieces:
        if piece.control:
            owners.append(piece.control[0])
        else:
            inner = piece.bookmarks[-1] if piece.bookmarks else None
            owners.append(inner if inner in by_bookmark and not piece.mark else None)
    return owners


def _flat(read: Read, found: Mapping[str, Found]) -> tuple[str, list[tuple[int, int]]]:
    """The visible words of no sentence in one string, and where each character stands; what a
    sentence was found in by its words is marked as taken."""
    taken = frozenset().union(*(one.taken for one in found.values()))
    signs: list[str] = []
    where: list[tuple[int, int]] = []
    for n, (piece, owner) in enumerate(zip(read.pieces, _owners(read, found), strict=True)):
        if piece.ends:
            if _kept(piece):
                signs.append(_END)
                where.append((n, 0))
        elif owner is not None:
            signs.append(_TAKEN)
            where.append((n, 0))
        elif not piece.hidden and not piece.mark and _kept(piece):
            for offset, sign in enumerate(piece.text):
                signs.append(_TAKEN if (n, offset) in taken else sign)
                where.append((n, offset))
    return "".join(signs), where


def _by_words(
    read: Read, left: Mapping[str, str], found: Mapping[str, Found], frame: Sequence[str]
) -> dict[str, Found]:
    """The sentences that have neither control nor bookmark: word for word, else alike."""
    text, where = _flat(read, found)
    text = _without(text, frozenset(frame))
    got: dict[str, Found] = {}
    at = 0
    for id, words in left.items():
        start = _standing(text, words, at)
        if start < 0:
            start = _standing(text, words, 0)
        if start < 0 or not words:
            continue
        end = at = start + len(words)
        got[id] = _matched(read, text[start:end], where[start:end])
        text = f"{text[:start]}{_TAKEN * (end - start)}{text[end:]}"
    for id, words in left.items():
        if id not in got and (span := _likest(text, words, frame)):
            start, end = span
            got[id] = _matched(read, text[start:end], where[start:end])
            text = f"{text[:start]}{_TAKEN * (end - start)}{text[end:]}"
    return got


def _without(text: str, frame: frozenset[str]) -> str:
    """A text whose paragraphs that the program itself prints are taken."""
    parts = text.split(_END)
    return _END.join(
        _TAKEN * len(p) if " ".join(p.replace(_TAKEN, " ").split()) in frame else p for p in parts
    )


def _standing(text: str, words: str, at: int) -> int:
    """Where words stand in a text as words of their own; -1 for nowhere."""
    start = text.find(words, at)
    while start >= 0:
        before, after = text[start - 1 : start], text[start + len(words) :][:1]
        if not (before.isalnum() or (after.isalnum() and words[-1:].isalnum())):
            return start
        start = text.find(words, start + 1)
    return -1


def _likest(text: str, words: str, frame: Sequence[str]) -> tuple[int, int] | None:
    """The stretch of a text that is most like a sentence; None where none is like it."""
    matcher = SequenceMatcher(None, b=words.split(), autojunk=False)
    best, span = _ALIKE, None
    for start, end in _stretches(text, len(words)):
        candidate = text[start:end]
        label = next((f for f in frame if candidate.startswith(f"{f} ")), "")
        candidate = candidate[len(label) :]
        matcher.set_seq1(candidate.split())
        if matcher.real_quick_ratio() <= best or matcher.quick_ratio() <= best:
            continue
        if (ratio := matcher.ratio()) > best:
            begins = end - len(candidate.lstrip())
            best, span = ratio, (begins, begins + len(candidate.strip()))
    return span


def _stretches(text: str, length: int) -> Iterator[tuple[int, int]]:
    """Where one to four sentences that follow each other stand in a text, about so long."""
    for part in re.finditer(rf"[^{_END}{_TAKEN}]+", text):
        pieces = [m.span() for m in _SENTENCE.finditer(part[0])]
        for first, (start, _) in enumerate(pieces):
            for _, end in pieces[first : first + _MOST_SEGMENTS]:
                if length / _LONGER <= end - start <= length * _LONGER + _LABEL_CHARS:
                    yield part.start() + start, part.start() + end


def _matched(read: Read, words: str, where: Sequence[tuple[int, int]]) -> Found:
    numbers = dict.fromkeys(n for n, _ in where)
    return Found(
        now=words,
        before=words,
        hidden=(),
        pieces=tuple(p for n in numbers if (p := read.pieces[n]).change),
        at=where[0][0] + min(0.9, where[0][1] / 1_000_000),
        by="text",
        taken=frozenset(where),
    )


def _places(read: Read, found: Mapping[str, Found]) -> list[str]:
    """Where each piece stands: after which sentence, or in which part."""
    owners = _owners(read, found)
    by_words = sorted((one.at, id) for id, one in found.items() if one.by == "text")
    places: list[str] = []
    last = "beginning"
    for n, (piece, owner) in enumerate(zip(read.pieces, owners, strict=True)):
        while by_words and by_words[0][0] < n:
            last = f"after {by_words.pop(0)[1]}"
        places.append(last if piece.place == "body" else piece.place)
        if owner is not None:
            last = f"after {owner}"
    return places


def _differing(
    old: Sequence[_Line],
    new: Sequence[_Line],
    theirs: Read,
    places: Sequence[str],
    printed: Mapping[str, str],
) -> Iterator[Loose]:
    """Where the words around the sentences differ, paragraph by paragraph and word by word."""
    texts = [line.text for line in old], [line.text for line in new]
    copied = {words: id for id, words in printed.items()}
    for kind, i, j, k, m in SequenceMatcher(None, *texts, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        before = [w for line in old[i:j] for w, _ in line.words]
        after = [w for line in new[k:m] for w in line.words]
        earlier = new[k - 1].words[-1][1] if k else -1
        words = [w for w, _ in after]
        for inner, a, b, c, d in SequenceMatcher(None, before, words, autojunk=False).get_opcodes():
            if inner == "equal":
                continue
            from_, to = _span(after, c, d, earlier, new, m, len(theirs.pieces))
            place = places[after[c][1]] if d > c else places[max(0, min(from_, len(places) - 1))]
            now = " ".join(words[c:d])
            yield Loose(
                was=" ".join(before[a:b]),
                now=now,
                place=place,
                pieces=theirs.pieces[from_:to],
                copy_of=copied.get(now) if a == b else None,
            )


def _span(
    after: Sequence[tuple[str, int]],
    c: int,
    d: int,
    earlier: int,
    new: Sequence[_Line],
    m: int,
    count: int,
) -> tuple[int, int]:
    """The pieces between the word before a difference and the word after it."""
    if d > c:
        return after[c][1], after[d - 1][1] + 1
    start = after[c - 1][1] if c else earlier
    later = after[d][1] if d < len(after) else new[m].words[0][1] if m < len(new) else count
    return max(0, start), later


def _hidden(read: Read, found: Mapping[str, Found], places: Sequence[str]) -> Iterator[Loose]:
    for n, (piece, owner) in enumerate(zip(read.pieces, _owners(read, found), strict=True)):
        if piece.hidden and owner is None and piece.text.strip():
            yield Loose(was="", now="", place=places[n], hidden=piece.text.strip(), pieces=(piece,))


def _marks(ours: Read, theirs: Read, found: Mapping[str, Found]) -> Iterator[Loose]:
    """Where the marks behind a sentence that lead to its sources are other ones."""
    were, (are, free) = _marks_behind(ours)[0], _marks_behind(theirs)
    for id, words in were.items():
        if id in are and are[id] != words:
            yield Loose(was=words, now=are[id], place=f"after {id}")
        elif id not in are and id in found and words not in free:
            yield Loose(was=words, now="", place=f"after {id}")
        elif id not in are and words in free:
            free.remove(words)
    for words in free:
        yield Loose(was="", now=words, place="marks")


def _marks_behind(read: Read) -> tuple[dict[str, str], list[str]]:
    """The marks that were set behind each sentence, and those behind none that is known."""
    behind: dict[str, str] = {}
    free: list[str] = []
    goes_on = False
    for piece in read.pieces:
        if piece.mark and _kept(piece):
            if piece.marks_of:
                behind[piece.marks_of] = behind.get(piece.marks_of, "") + piece.text
            elif goes_on:
                free[-1] += piece.text
            else:
                free.append(piece.text)
        goes_on = piece.mark and not piece.marks_of
    free = [words.strip(" ,") for words in free]
    return {id: words.strip(" ,") for id, words in behind.items()}, [w for w in free if w]
