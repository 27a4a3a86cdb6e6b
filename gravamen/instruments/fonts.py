"""Fonts: where they lie, which characters they hold, and how a text falls into scripts."""

import struct
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import file_digest
from importlib.util import find_spec
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import NamedTuple

from gravamen.values import GravamenError, Value

PACKAGES = ("manimgx_fonts", "noto_cjk_sans_otc")
LATIN = "Noto Sans"

CJK = "Noto Sans CJK SC"

# One row per script: its blocks, the family that is tried first in it, and the language that its
# text has where nobody says (only where the script has one living language).
_SCRIPTS = (
    ("Grek", "370-3FF 1F00-1FFF", LATIN, "el"),
    ("Cyrl", "400-52F 1C80-1C8F 2DE0-2DFF A640-A69F", LATIN, ""),
    ("Armn", "530-58F FB13-FB17", "Noto Sans Armenian", "hy"),
    ("Hebr", "590-5FF FB1D-FB4F", "Noto Sans Hebrew", "he"),
    ("Arab", "600-6FF 750-77F 870-8FF FB50-FDFF FE70-FEFE", "Noto Sans Arabic", ""),
    ("Deva", "900-97F A8E0-A8FF", "Noto Sans Devanagari", ""),
    ("Beng", "980-9FF", "Noto Sans Bengali", ""),
    ("Guru", "A00-A7F", "Noto Sans Gurmukhi", "pa"),
    ("Gujr", "A80-AFF", "Noto Sans Gujarati", "gu"),
    ("Orya", "B00-B7F", "Noto Sans Oriya", "or"),
    ("Taml", "B80-BFF", "Noto Sans Tamil", "ta"),
    ("Telu", "C00-C7F", "Noto Sans Telugu", "te"),
    ("Knda", "C80-CFF", "Noto Sans Kannada", "kn"),
    ("Mlym", "D00-D7F", "Noto Sans Malayalam", "ml"),
    ("Sinh", "D80-DFF", "Noto Sans Sinhala", "si"),
    ("Thai", "E00-E7F", "Noto Sans Thai", "th"),
    ("Laoo", "E80-EFF", "Noto Sans Lao", "lo"),
    ("Mymr", "1000-109F A9E0-A9FF AA60-AA7F", "Noto Sans Myanmar", ""),
    ("Geor", "10A0-10FF 1C90-1CBF 2D00-2D2F", "Noto Sans Georgian", "ka"),
    ("Hang", "1100-11FF 3130-318F A960-A97F AC00-D7FF", CJK, "ko"),
    ("Ethi", "1200-139F 2D80-2DDF AB00-AB2F", "Noto Sans Ethiopic", ""),
    ("Khmr", "1780-17FF 19E0-19FF", "Noto Sans Khmer", "km"),
    ("Kana", "3040-30FF 31F0-31FF FF66-FF9D", CJK, "ja"),
    (
        "Hani",
        "2E80-2FDF 3005-3007 3100-312F 31A0-31BF 3400-4DBF 4E00-9FFF F900-FAFF 20000-3FFFF",
        CJK,
        "",
    ),
)
RIGHT_TO_LEFT = frozenset({"Arab", "Hebr"})

_BY_NAME = {name: (family, lang) for name, _, family, lang in _SCRIPTS}
_BLOCKS: list[tuple[int, int, str]] = sorted(
    (int(block.split("-")[0], 16), int(block.split("-")[-1], 16), name)
    for name, blocks, *_ in _SCRIPTS
    for block in blocks.split()
)
_STARTS = [low for low, _, _ in _BLOCKS]
FAMILIES = tuple(
    dict.fromkeys((LATIN, *(row[2] for row in _SCRIPTS), "Noto Sans Symbols", "Noto Emoji"))
)

# Drawn as nothing on purpose: joiners, direction marks, soft hyphen, word joiner, variants.
UNSEEN = frozenset("\u00ad\u061c\u200c\u200d\u200e\u200f\u2060") | {
    chr(c) for c in range(0xFE00, 0xFE10)
}
BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Drawn as nothing, or as a line that nobody set: the byte order mark, separators of lines and
# paragraphs, annotation marks, and the controls of C0 and C1 but for line feed and tab.
CONTROLS = frozenset("\u2028\u2029\ufeff\ufff9\ufffa\ufffb") | {
    chr(c) for c in (*range(0x20), *range(0x7F, 0xA0)) if c not in (0x09, 0x0A)
}
# Marks on one letter: Vietnamese needs two, Arabic three, Burmese and sung Hebrew five. Without a
# limit they are drawn up and down the whole page. (Nukta and virama join letters; they stack not.)
MOST_MARKS = 5
_JOINING = (7, 9)


class MissingGlyph(GravamenError):
    """A character that no font of this stack can draw."""


class Missing(NamedTuple):
    """A character that cannot be printed, and the text in which it stands."""

    char: str
    where: str

    @property
    def named(self) -> str:
        """The character by number and name: "U+12000 CUNEIFORM SIGN A"."""
        return f"U+{ord(self.char):04X} {unicodedata.name(self.char, 'without a name')}"


class Font(Value):
    """A font file that texts are set with: its name and the digest of its bytes."""

    name: str
    sha256: str


class Run(NamedTuple):
    """A stretch of text in one script; `script` is None for Latin and for signs of no script."""

    text: str
    lang: str | None
    script: str | None

    @property
    def family(self) -> str | None:
        """The font family that is tried first; None for the Latin one."""
        return _BY_NAME[self.script][0] if self.script else None


def folders() -> tuple[Path, ...]:
    """The folders of the font packages.

    Raises:
        GravamenError: a package is not installed.
    """
    found = []
    for package in PACKAGES:
        spec = find_spec(package)
        if spec is None or spec.origin is None:
            raise GravamenError(
                f"The font package {package!r} is not installed; install it with "
                f"`pip install {package.replace('_', '-')}`."
            )
        found.append(Path(spec.origin).parent)
    return tuple(found)


@cache
def files() -> dict[str, Path]:
    """The font file of each family that is used."""
    latin, cjk = folders()
    found = {
        family: latin / f"{family.replace(' ', '')}[wght].ttf"
        for family in FAMILIES
        if family != CJK
    }
    found["Noto Sans Italic"] = latin / "NotoSans-Italic[wght].ttf"
    found[CJK] = cjk / "NotoSansCJK-Regular.ttc"
    return found


@cache
def font(family: str) -> Font:
    """A font with the digest of its file."""
    with files()[family].open("rb") as file:
        return Font(name=family, sha256=file_digest(file, "sha256").hexdigest())


def fonts_for(texts: Iterable[str]) -> tuple[Font, ...]:
    """The fonts that texts are set with, by name: the Latin ones always, others as needed."""
    used = {LATIN, "Noto Sans Italic"}
    for char in set().union(*texts):
        used.add(next((f for f in _order(char) if ord(char) in _covered(f)), LATIN))
    return tuple(font(family) for family in sorted(used))


def missing_glyphs(texts: Iterable[str]) -> list[Missing]:
    """Return each character that no font holds, once, with the first text that it stands in.

    Line breaks and tabs are laid out, not drawn; joiners and direction marks are unseen on purpose.
    """
    found: dict[str, Missing] = {}
    for text in texts:
        for char in set(text) - found.keys() - UNSEEN - {"\n", "\t"}:
            if not _printable(char):
                found[char] = Missing(char, text)
    return sorted(found.values())


@cache
def _printable(char: str) -> bool:
    return any(ord(char) in _covered(family) for family in _order(char))


def floods(text: str) -> Iterator[int]:
    """Yield the places of marks beyond the most that one letter may carry."""
    marks = 0
    for at, char in enumerate(text):
        category = unicodedata.category(char) if char >= "\u0300" else ""
        if category in ("Mn", "Me"):
            marks += unicodedata.combining(char) not in _JOINING
            if marks > MOST_MARKS:
                yield at
        elif category not in ("Mc", "Cf"):
            marks = 0


def width(text: str) -> float:
    """How many small Latin letters wide a text is, about: capitals, "m" and Chinese are wider, a
    comma and a full stop are half as wide."""
    return sum(map(_advance, text))


@cache
def _advance(char: str) -> float:
    if unicodedata.east_asian_width(char) in "WF":
        return 2
    if char in "MWmw@%—":
        return 1.7
    if char in ",.":
        return 0.5
    return 1.25 if char.isupper() else 1


@cache
def unprintable(char: str) -> bool:
    """Whether a character of a source's quote can only be shown by its number."""
    if char in BIDI_CONTROLS or char in CONTROLS:
        return True
    return char not in UNSEEN and bool(missing_glyphs([char]))


def script(char: str) -> str | None:
    """The ISO 15924 code of a letter's script; None for Latin and for signs of no script."""
    code = ord(char)
    at = bisect_right(_STARTS, code) - 1
    if at < 0 or code > _BLOCKS[at][1]:
        return None
    name = _BLOCKS[at][2]
    category = unicodedata.category(char)
    return name if category[0] in "LMN" or name in ("Arab", "Hebr", "Hani") else None


def runs(text: str, lang: str | None = None) -> tuple[Run, ...]:
    """Split a text into stretches of one script, each with its language.

    Signs and spaces between two words of one script belong to it; all others to no script.

    Args:
        lang: BCP 47 tag of the whole, where it is known. Elsewhere a script other than Latin
            gives its own language, or "und" where it serves several.
    """
    found: list[tuple[str, str | None]] = []
    signs = ""
    for char in text:
        name = script(char)
        if name is None and not char.isalnum():
            signs += char
            continue
        if found and found[-1][1] == name:
            found[-1] = (f"{found[-1][0]}{signs}{char}", name)
        elif name is None:
            found.append((signs + char, None))
        else:
            found += [(signs, None), (char, name)]
        signs = ""
    found.append((signs, None))
    return tuple(_run(words, name, lang) for words, name in _joined(found))


def right_to_left(text: str) -> bool:
    """Whether the first letter of a text is of a script that runs from right to left."""
    first = next((c for c in text if c.isalpha()), "")
    return bool(first) and script(first) in RIGHT_TO_LEFT


def _joined(parts: Iterable[tuple[str, str | None]]) -> list[tuple[str, str | None]]:
    """Neighbouring stretches of one script as one, empty ones left out."""
    joined: list[tuple[str, str | None]] = []
    for words, name in parts:
        if joined and joined[-1][1] == name:
            joined[-1] = (joined[-1][0] + words, name)
        elif words:
            joined.append((words, name))
    return joined


def _run(words: str, name: str | None, lang: str | None) -> Run:
    if name is None:
        return Run(words, lang, None)
    return Run(words, lang or _BY_NAME[name][1] or "und", name)


def _order(char: str) -> tuple[str, ...]:
    """The families to try for a character: that of its script, then all."""
    name = script(char)
    return (_BY_NAME[name][0], *FAMILIES) if name else FAMILIES


@cache
def _covered(family: str) -> "Coverage":
    return Coverage.read(files()[family])


class Coverage:
    """The code points that a font file has glyphs for, read from its `cmap`."""

    def __init__(self, ranges: Iterable[tuple[int, int]]) -> None:
        self._ranges = sorted(ranges)
        self._starts = [low for low, _ in self._ranges]

    def __contains__(self, code: int) -> bool:
        at = bisect_right(self._starts, code) - 1
        return at >= 0 and code <= self._ranges[at][1]

    @classmethod
    def read(cls, path: Path) -> "Coverage":
        """Read a TrueType or OpenType file, or the first font of a collection.

        Raises:
            GravamenError: the file has no character map in a format that fonts of today use.
        """
        with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as data:
            start = struct.unpack_from(">I", data, 12)[0] if data[:4] == b"ttcf" else 0
            count = struct.unpack_from(">H", data, start + 4)[0]
            for n in range(count):
                tag, _, offset, _ = struct.unpack_from(">4sIII", data, start + 12 + 16 * n)
                if tag == b"cmap":
                    return cls(_unicode_ranges(data, offset, path))
        raise GravamenError(f"The font {path.name} has no character map; take another font.")


def _unicode_ranges(data: mmap, cmap: int, path: Path) -> list[tuple[int, int]]:
    """The ranges of the widest Unicode subtable: format 12, else format 4."""
    count = struct.unpack_from(">H", data, cmap + 2)[0]
    tables = {}
    for n in range(count):
        platform, _, offset = struct.unpack_from(">HHI", data, cmap + 4 + 8 * n)
        if platform in (0, 3):
            tables[struct.unpack_from(">H", data, cmap + offset)[0]] = cmap + offset
    if 12 in tables:
        at = tables[12]
        groups = struct.unpack_from(">I", data, at + 12)[0]
        return [struct.unpack_from(">II", data, at + 16 + 12 * n) for n in range(groups)]
    if 4 in tables:
        return list(_format_4(data, tables[4]))
    raise GravamenError(f"The character map of {path.name} is of no known format; take another.")


def _format_4(data: mmap, at: int) -> Iterable[tuple[int, int]]:
    half = struct.unpack_from(">H", data, at + 6)[0]
    segments = half // 2
    ends, starts = at + 14, at + 16 + half
    deltas, offsets = starts + half, starts + 2 * half
    for n in range(segments):
        end, start, delta, offset = (
            struct.unpack_from(">H", data, table + 2 * n)[0]
            for table in (ends, starts, deltas, offsets)
        )
        for code in range(start, end + 1):
            if code == 0xFFFF:
                continue
            glyph = code
            if offset:
                where = offsets + 2 * n + offset + 2 * (code - start)
                glyph = struct.unpack_from(">H", data, where)[0]
            if glyph and (glyph + delta) & 0xFFFF:
                yield code, code
