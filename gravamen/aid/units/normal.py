"""Normal: a unit's name as a report prints it, taken apart into what can be compared."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache

from gravamen.aid.units.words import Word, fold, latin, phrase, tables, token
from gravamen.values import Value

_SPLIT = re.compile(r"[,;/()\[\]:|\n_+]|\s[-–—]\s|(?<=[^\W\d_])-\s|\s-(?=[^\W\d_])")
_JOINED = re.compile(r"(?<=[a-z]{3})(?=[A-Z][a-z]{2})")  # "NationalSecurity"
_BEHIND = re.compile(r"(?<=[^\W\d_])\s*,(?=\s*#?\s*\d+(?:st|nd|rd|th|d)?\s*$)")  # "Battalion, 6th"
_MILITARY_UNIT = re.compile(r"\b(?:m/u|v/ch?|в/ч|в\.\s?ч\.)")  # "m/u A0515", "в/ч 12345"
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}")  # "L.F.C."
_QUOTES = re.compile(r"[\"“”«»„?*{}<>=~^`´¨]")
_ELIDED = re.compile(r"\b[ld]['’](?=[^\W\d_]{2})", re.IGNORECASE)  # "l'armée"
_POSSESSIVE = re.compile(r"['’`]s?\b|(?<=\w)['’`](?!\w)", re.IGNORECASE)
_TOKEN = re.compile(
    r"(?P<code>(?<![^\W_])[^\W\d_]-?\d+(?![^\W_]))|(?P<number>\d+)|(?P<word>[^\W\d_]+)|[#№º°ª]"
)
_ROMAN = {
    "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10,
    "xi": 11, "xii": 12, "xiii": 13, "xiv": 14, "xv": 15, "xvi": 16,
}  # fmt: skip
_SHORT_ROMAN = frozenset("ivx")  # letters of the alphabet too: numbers beside a fighting unit only
_SECTION = re.compile(r"[acdgjnsx]\d{1,2}")
_UNIT_DIGITS = 4  # a letter and as many digits are the number of a unit: A1556
_LEADING_DIGITS = 3  # a number of as many digits that opens a name is that of a unit
_NAME_LETTERS = 3  # of a word that may be a name
_ALONE = frozenset(("general staff", "joint staff", "parliament", "embassy", "ministry"))
_LARGE = frozenset(("division", "brigade", "regiment", "fleet"))
_ARMY = Word("branch", "army")  # "3rd Army"
_LETTERED = frozenset(("company", "battery", "platoon", "troop", "squadron"))


class Number(Value, order=True):
    """A number in a name.

    Args:
        value: digits without leading zeros, behind their letter where they have one ("a1556").
        role: what it is the number of: "unit", the size or place behind or before it
            ("battalion", "base"), "section" of a staff (J-3), else "loose".
        trails: it is loose and ends its part behind a word, where reports have let figures of
            other columns run in.
    """

    value: str
    role: str
    trails: bool = False


class Part(Value):
    """One of the parts of a name, between commas, slashes or brackets."""

    words: tuple[Word, ...] = ()
    numbers: tuple[Number, ...] = ()

    def of(self, *kinds: str) -> frozenset[str]:
        """The words of some kinds."""
        return frozenset(word.value for word in self.words if word.kind in kinds)


class Unit(Value):
    """A name taken apart.

    Args:
        printed: as it was printed.
        parts: in the order of the name.
        generic: the whole name is one that names nobody ("N/A", "Multiservice").
    """

    printed: str
    parts: tuple[Part, ...] = ()
    generic: bool = False

    def of(self, *kinds: str) -> frozenset[str]:
        """The words of some kinds, of all parts."""
        return frozenset().union(*(part.of(*kinds) for part in self.parts))

    @property
    def numbers(self) -> frozenset[Number]:
        """All numbers."""
        return frozenset(number for part in self.parts for number in part.numbers)


@cache
def normal(printed: str) -> Unit:
    """Take the name of a unit apart."""
    plain = _ELIDED.sub(" ", _QUOTES.sub(" ", _JOINED.sub(" ", printed)))
    plain = _POSSESSIVE.sub("", plain)
    plain = _DOTTED.sub(lambda found: found[0].replace(".", ""), plain)
    folded = fold(plain)
    whole = " ".join(phrase(re.sub(r"[^\w\s]|_|\d+\s*$", " ", folded), frozenset()))
    known = tables()
    generic = whole in known.generic or any(words in folded for words in known.open) or not whole
    pieces = _SPLIT.split(_BEHIND.sub(" ", _MILITARY_UNIT.sub(" unit ", folded)))
    pieces = [piece for piece in pieces if piece.strip()]
    parts = tuple(_part(piece, first=not at) for at, piece in enumerate(pieces))
    return Unit(printed=printed, parts=parts, generic=generic)


def _part(text: str, *, first: bool) -> Part:
    items = tuple(_expanded(_read(text)))
    words = tuple(item for item in items if isinstance(item, Word))
    return Part(words=words, numbers=tuple(_attached(items, first=first)))


class _Digits(Value):
    """Digits in a name: whether a sign ("#", "No.") stands before them, or they are an ordinal."""

    value: str
    signed: bool = False
    ordinal: bool = False

    @property
    def coded(self) -> bool:
        """Whether a letter stands before the digits."""
        return self.value[0].isalpha()


def _read(text: str) -> Iterator[str | _Digits]:
    """The words and numbers of a part, in order; signs and endings go into the numbers."""
    known = tables()
    found = list(_TOKEN.finditer(text))
    signed = False
    skip = -1
    for at, match in enumerate(found):
        if at == skip:
            continue
        after = found[at + 1] if at + 1 < len(found) else None
        if match["code"]:
            letter, digits = match["code"][0], _digits(match["code"][1:].lstrip("-"))
            yield _Digits(value=f"{latin(letter)}{digits}", signed=signed)
        elif match["number"]:
            ending = after if after and _ends(text, match, after) else None
            if ending:
                skip = at + 1
            value = _plain(match["number"])
            yield _Digits(value=value, signed=signed, ordinal=ending is not None)
        elif match["word"] and not (match[0] in known.signs and after and _signs(after)):
            yield match[0]
        signed = not match["word"] and not match["number"] and not match["code"]
        signed = signed or bool(match["word"] and match[0] in known.signs)


def _signs(after: re.Match[str]) -> bool:
    """Whether a number, or the rest of its sign, comes next."""
    return bool(after["number"] or after["code"]) or after[0] in "#№º°ª"


def _ends(text: str, number: re.Match[str], after: re.Match[str]) -> bool:
    """Whether the ending of an ordinal follows a number: "1st", "2-ya", "3º"."""
    between = text[number.end() : after.start()]
    if after[0] in "º°ª":
        return not between.strip(" .")
    return between in ("", "-") and after[0] in tables().endings


def _plain(digits: str) -> str:
    """Digits as Latin ones, without leading zeros."""
    return _digits(digits).lstrip("0") or "0"


def _digits(digits: str) -> str:
    """Digits of any script as Latin ones."""
    return "".join(str(unicodedata.digit(d)) for d in digits)


def _expanded(items: Iterator[str | _Digits]) -> Iterator[Word | _Digits]:
    """Words in place of the tokens; each longest phrase that the tables know is one word."""
    known = tables()
    run: list[str] = []
    for item in items:
        if isinstance(item, _Digits):
            yield from _worded(run)
            run = []
            yield item
        elif (
            len(item) > 1 or item in _SHORT_ROMAN or item in known.letters or item not in known.stop
        ):
            run.append(item)
    yield from _worded(run)


def _worded(run: Sequence[str]) -> Iterator[Word | _Digits]:
    known = tables()
    tokens = [token(w) for w in run if w not in known.stop or w in known.letters]
    at = 0
    while at < len(tokens):
        for end in range(min(len(tokens), at + known.longest), at, -1):
            word = known.words.get(tuple(tokens[at:end]))
            if word is not None:
                yield from _meant(word)
                at = end
                break
        else:
            yield from _unknown(tokens, at)
            at += 1


def _meant(word: Word) -> Iterator[Word | _Digits]:
    """A word; the words that it is short for; the number that it spells."""
    if word.value.startswith(">"):
        yield from _worded(word.value[1:].split())
    elif word.kind == "number":
        yield _Digits(value=word.value, ordinal=True)
    else:
        yield word


def _unknown(tokens: Sequence[str], at: int) -> Iterator[Word | _Digits]:
    """What a word is that no table has: a Roman number, the letter of a company, or a name."""
    text = tokens[at]
    beside = {_kind(t) for t in (*tokens[max(at - 1, 0) : at], *tokens[at + 1 : at + 3])}
    if text in _ROMAN and (text not in _SHORT_ROMAN or any(k == "combat" for k, _ in beside)):
        yield _Digits(value=str(_ROMAN[text]), ordinal=True)
    elif text in tables().letters and any(value in _LETTERED for _, value in beside):
        yield Word("special", f"letter {text}")
    elif text not in tables().stop or (at and at == len(tokens) - 1):
        plain = latin(text)
        again = token(plain) if plain != text else plain
        word = tables().words.get((again,))
        yield word if word and not word.value.startswith(">") else Word("word", plain)


def _kind(text: str) -> Word:
    return tables().words.get((text,), Word("word", text))


def _attached(items: Sequence[Word | _Digits], *, first: bool) -> Iterator[Number]:
    """The numbers of a part, each with what it is the number of.

    A signed number belongs to what stands before it, an ordinal to what follows, any other to what
    follows unless the part ends in a number.
    """
    backward = bool(items) and isinstance(items[-1], _Digits)
    for at, item in enumerate(items):
        if isinstance(item, Word):
            continue
        before, after = _bearer(items[at - 1 :: -1] if at else ()), _bearer(items[at + 1 :])
        back = item.signed or item.coded or (backward and not item.ordinal)
        role = next((look for look in ((before, after) if back else (after, before)) if look), None)
        if item.coded:
            role = _coded(item, before)
        elif role is None and first and not at and len(item.value) >= _LEADING_DIGITS:
            role = "unit"
        elif role is None:
            role = "unit" if item.signed else "loose"
        trails = role == "loose" and at > 0 and at == len(items) - 1 and not _short(items[at - 1])
        yield Number(value=item.value, role=role, trails=trails)


def _short(item: Word | _Digits) -> bool:
    """Whether it is a short name that goes with a number: "BG 95", "BIM 21"."""
    return isinstance(item, Word) and item.kind == "word"


def _coded(item: _Digits, before: str | None) -> str:
    """What a letter with digits is the number of: A1556 a unit, J-3 a section, F-16 nothing."""
    if before and Word("site", before) in tables().words.values():
        return before
    if len(item.value) > _UNIT_DIGITS or item.signed:
        return "unit"
    return "section" if _SECTION.fullmatch(item.value) else "loose"


def _bearer(items: Sequence[Word | _Digits]) -> str | None:
    """The first of some words that can have a number; None where a number comes before it."""
    for item in items:
        if isinstance(item, _Digits):
            return None
        if item.kind == "unit":
            return "unit"
        if item.kind in ("combat", "site", "office", "school") or item == _ARMY:
            return item.value
    return None


@cache
def distinct(unit: Unit) -> bool:
    """Whether a name tells a unit, or another body, from others of the same country.

    A number of a unit, a name of its own, a ministry, a staff or a school does; a service alone
    ("Army"), a size alone ("Battalion"), what many do ("Army, Infantry Unit") does not.
    """
    if any(n.role not in ("section", "loose") for n in unit.numbers):
        return True
    if unit.generic:
        return False
    if any(len(word.lstrip("~")) >= _NAME_LETTERS for word in unit.of("word")):
        return True
    if any(_counted(part) for part in unit.parts):
        return True
    branch, combat, office = unit.of("branch"), unit.of("combat"), unit.of("office", "school")
    special, common = unit.of("special"), unit.of("common")
    if unit.of("ministry") or office & _ALONE or special & tables().named:
        return True
    if special and (combat or branch - {"armed forces"} or unit.of("site") or office):
        return True
    if office and (branch or common or unit.of("country") or len(office) > 1):
        return True
    return bool(branch & tables().small and combat & _LARGE)


def _counted(part: Part) -> bool:
    """Whether a number stands with what a unit does, or with a short name: "49 Engr", "BG 95"."""
    numbered = {number for number in part.numbers if number.role == "loose" and not number.trails}
    return bool(numbered) and bool(part.of("special", "common", "word"))
