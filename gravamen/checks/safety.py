"""Checks of what may not leave: protected names, characters that deceive or cannot be printed."""

import re
import unicodedata
from collections.abc import Iterator

from gravamen.checks.asked import Asked
from gravamen.checks.flag import Found, check
from gravamen.checks.spelling import fold, scripts
from gravamen.parties import Party
from gravamen.sentences import Block, Figure, Instrument
from gravamen.values import Value

_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_WORD = re.compile(r"[^\W\d_]+")
_TOKEN = re.compile(r"\w+")
FAMILY_FIRST = ("zh", "ja", "ko", "hu", "vi")
_SURNAME_CHARS = 3
_NUMBER_CHARS = 5  # a shorter number of a passport or register occurs by chance


class _Piece(Value):
    """A piece of text that leaves the house, and how a flag names its place."""

    text: str
    where: str
    instrument: str | None = None


@check(
    "blocks",
    of=("case", "instruments"),
    remedy="Use the pseudonym; look for the name in the title, the addresses and the quotations.",
)
def protected_name(q: Asked) -> Iterator[Found]:
    """The name of a protected person, or a number that tells them, stands in what goes out."""
    hidden = [_Hidden(p) for p in q.case.parties.values() if p.protected]
    if not hidden:
        return
    by_word: dict[str, list[_Hidden]] = {}
    for person in hidden:
        for word in person.words:
            by_word.setdefault(word, []).append(person)
    open_names = [fold(n.text) for p in q.case.parties.values() if not p.protected for n in p.names]
    shown = sorted({n for n in open_names if " " in n}, key=len, reverse=True)
    mask = re.compile("|".join(map(re.escape, shown))) if shown else None
    for piece in _pieces(q):
        folded = fold(piece.text)
        hit = by_word.keys() & set(_TOKEN.findall(folded))
        if not hit:
            continue
        masked = mask.sub(lambda m: "·" * len(m[0]), folded) if mask else folded
        for person in dict.fromkeys(p for word in sorted(hit) for p in by_word[word]):
            if what := person.in_(folded, masked):
                yield Found(
                    message=f"The {what} of {person.party.pseudonym or 'a protected person'} "
                    f"({person.party.id}) stands in what goes out.",
                    where=piece.where,
                    instrument=piece.instrument,
                )


class _Hidden:
    """A protected person, with the patterns of the names."""

    def __init__(self, party: Party) -> None:
        self.party = party
        whole: set[str] = set()
        surnames: set[str] = set()
        for name in party.names:
            parts = fold(name.text).split()
            if not parts:
                continue
            whole |= {" ".join(parts), " ".join(reversed(parts))}
            first = (name.lang or "").split("-")[0] in FAMILY_FIRST
            family = parts[0] if first else parts[-1]
            if len(parts) > 1 and len(family) >= _SURNAME_CHARS:
                surnames.add(family)
        numbers = {fold(i.value) for i in party.identifiers}
        self._whole, self._surname = _words(whole), _words(surnames)
        numbers = {n for n in numbers if len(n) >= _NUMBER_CHARS}
        self._number = _words(numbers)
        # One of them stands in any text that holds a name or number of the person.
        self.words = {w for text in (*whole, *numbers) for w in _TOKEN.findall(text)}

    def in_(self, folded: str, masked: str) -> str | None:
        """What of them a text holds: a whole name, the surname where it is not another's, or the
        number of a document; None where nothing."""
        if self._whole.search(folded) or self._surname.search(masked):
            return "name"
        return "number of a document" if self._number.search(folded) else None


def _words(names: set[str]) -> re.Pattern[str]:
    if not names:
        return re.compile(r"(?!)")
    inner = "|".join(
        r"[\s,]+".join(re.escape(part) for part in name.split())
        for name in sorted(names, key=len, reverse=True)
    )
    return re.compile(rf"(?<!\w)(?:{inner})(?!\w)")


@check("blocks", of=("instruments",), remedy="Install a font that has it, or write it otherwise.")
def glyph_missing(q: Asked) -> Iterator[Found]:
    """No font at hand can print a character."""
    if q.covered is None:
        return
    places: dict[str, _Piece] = {}
    for piece in _pieces(q):
        for char in set(piece.text) - places.keys():
            places[char] = piece
    for char, piece in sorted(places.items()):
        if not char.isspace() and not q.covered(char):
            yield Found(
                message=f"No font has U+{ord(char):04X} "
                f"({unicodedata.name(char, 'a character without a name')}).",
                where=piece.where,
                instrument=piece.instrument,
            )


@check("blocks", of=("case", "instruments"), remedy="Remove it; write the words in reading order.")
def bidi_control(q: Asked) -> Iterator[Found]:
    """A control character turns the order in which words are read."""
    for piece in _pieces(q):
        found = _BIDI.search(piece.text)
        if found:
            yield Found(
                message=f"“{_visible(piece.text, found.start())}” holds U+{ord(found[0]):04X} "
                f"({unicodedata.name(found[0])}).",
                where=piece.where,
                instrument=piece.instrument,
            )


def _visible(text: str, at: int) -> str:
    """The words around a place, with control characters made visible."""
    around = text[max(0, at - 20) : at + 20]
    return "".join(f"<{ord(c):04X}>" if unicodedata.category(c) == "Cf" else c for c in around)


@check("warning", of=("case", "instruments"), remedy="Write the word in one script.")
def homoglyph(q: Asked) -> Iterator[Found]:
    """A word mixes scripts, so that it looks like another word than it is."""
    seen: set[tuple[str | None, str]] = set()
    for piece in _pieces(q):
        if piece.text.isascii():
            continue
        for word in _WORD.findall(piece.text):
            mixed = scripts(word) if not word.isascii() else ()
            if len(mixed) > 1 and (piece.instrument, word) not in seen:
                seen.add((piece.instrument, word))
                odd = next(c for c in word if not c.isascii())
                yield Found(
                    message=f"“{word}” mixes {' and '.join(mixed)} letters "
                    f"(U+{ord(odd):04X}, {unicodedata.name(odd, 'without a name')}).",
                    where=piece.where,
                    instrument=piece.instrument,
                )


def _pieces(q: Asked) -> Iterator[_Piece]:
    """Everything that is printed of the case, or of each instrument."""
    for instrument in q.instruments:
        parts = (_frame, _sections, _said)
        for printed in (*(part(instrument) for part in parts), _exhibits(q, instrument)):
            for text, where in printed:
                yield _Piece(
                    text=text, where=f"{where} of {instrument.id}", instrument=instrument.id
                )
    if not q.instruments:
        for shown, where in _of_case(q):
            if shown:
                yield _Piece(text=shown, where=where)


def _of_case(q: Asked) -> Iterator[tuple[str | None, str]]:
    yield q.case.title, "title"
    for party in q.case.parties.values():
        if party.protected:
            yield party.pseudonym, f"{party.id}, pseudonym"
        else:
            yield from ((name.text, party.id) for name in party.names)
    for a in q.allegations:
        yield from ((text, a.id) for text in (a.text, a.place, a.place_normal))
    for r in q.requests:
        yield from ((text, r.id) for text in (r.target_words, r.authority_words, r.why))


def _frame(instrument: Instrument) -> Iterator[tuple[str, str]]:
    """What stands around the sentences."""
    yield instrument.title, "title"
    lines = (*instrument.letterhead, *instrument.addressee, *instrument.enclosures)
    single = (
        instrument.body,
        instrument.reference,
        instrument.salutation,
        instrument.close,
        instrument.marking,
        instrument.id,
    )
    yield from ((line, "frame") for line in (*lines, *single) if line)
    for signatory in instrument.signatories:
        yield f"{signatory.name}\n{signatory.capacity}\n{signatory.body or ''}", "signatories"
    yield from ((copy.why, "copies") for copy in instrument.copies)
    yield from ((reason, "reasons for the draft mark") for reason in instrument.draft_reasons)


def _sections(instrument: Instrument) -> Iterator[tuple[str, str]]:
    """Headings, labels, captions and the names in tables."""
    for section in instrument.sections:
        yield section.heading or "", "heading"
        for block in section.blocks:
            if isinstance(block, Block):
                yield block.label or "", "label"
                continue
            if isinstance(block, Figure):
                drawn = (words for box in block.boxes for words in box.words)
                yield from ((words, "figure") for words in (block.caption, block.alt, *drawn))
                continue
            yield from ((words, "table") for words in (block.caption, *block.header))
            cells = (cell for row in block.rows for cell in row)
            yield from ((name.text, "table") for cell in cells for name in cell.names)


def _said(instrument: Instrument) -> Iterator[tuple[str, str]]:
    """The sentences, and the words of the claims that are printed as their notes."""
    for sentence in instrument.sentences():
        yield sentence.text, sentence.id
        for binding in sentence.bindings:
            where = f"{sentence.id}, claim {binding.claim}"
            words = (binding.quote, binding.translation, binding.translator)
            yield from ((text, where) for text in words if text)


def _exhibits(q: Asked, instrument: Instrument) -> Iterator[tuple[str, str]]:
    """What the list of sources says of each that an instrument shows the words of."""
    bound = (b for s in instrument.sentences() for b in s.bindings if not b.withheld)
    for id in dict.fromkeys(b.source for b in bound):
        if source := q.case.sources.get(id):
            words = (source.title, source.publisher, source.author, source.url)
            yield from ((text, f"source {id}") for text in words if text)
