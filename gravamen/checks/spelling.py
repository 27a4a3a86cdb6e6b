"""Spelling: a name as plain Latin letters, so that its forms in several scripts can meet."""

import unicodedata
from functools import lru_cache

# One common way to write each letter in Latin; enough to find a name again, not to print it.
_TABLES = """
а=a б=b в=v г=g ґ=g д=d ђ=dj е=e є=ye ж=zh ѕ=dz з=z и=i і=i ї=yi ј=j й=y к=k л=l љ=lj м=m н=n
њ=nj о=o п=p р=r с=s т=t ћ=c ќ=k у=u ў=u ф=f х=kh ц=ts ч=ch џ=dz ш=sh щ=shch ъ= ы=y ь= э=e ѓ=g
ё=e ю=yu я=ya
α=a β=v γ=g δ=d ε=e ζ=z η=i θ=th ι=i κ=k λ=l μ=m ν=n ξ=x ο=o π=p ρ=r σ=s ς=s τ=t υ=y φ=f χ=ch
ψ=ps ω=o
ա=a բ=b գ=g դ=d ե=e զ=z է=e ը=y թ=t ժ=zh ի=i լ=l խ=kh ծ=ts կ=k հ=h ձ=dz ղ=gh ճ=ch մ=m յ=y ն=n
շ=sh ո=o չ=ch պ=p ջ=j ռ=r ս=s վ=v տ=t ր=r ց=ts ւ=v փ=p ք=k օ=o ֆ=f և=ev
ა=a ბ=b გ=g დ=d ე=e ვ=v ზ=z თ=t ი=i კ=k ლ=l მ=m ნ=n ო=o პ=p ჟ=zh რ=r ს=s ტ=t უ=u ფ=p ქ=k ღ=gh
ყ=q შ=sh ჩ=ch ც=ts ძ=dz წ=ts ჭ=ch ხ=kh ჯ=j ჰ=h
ə=a ı=i ß=ss æ=ae ø=o đ=d ð=d ł=l þ=th œ=oe ’=' ʼ=' ‘='
"""
_LETTERS = str.maketrans(
    {char: plain for char, _, plain in (p.partition("=") for p in _TABLES.split())}
    | dict.fromkeys("-‐‑–", " ")
)
# Scripts that are written together in one word.
_TOGETHER = (
    frozenset(["HAN", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA"]),
    frozenset(["HAN", "HANGUL"]),
    frozenset(["HAN", "BOPOMOFO"]),
)
_SCRIPT_OF = {
    "CJK": "HAN", "IDEOGRAPHIC": "HAN", "FULLWIDTH": "LATIN", "HALFWIDTH": "KATAKANA",
    "MODIFIER": "", "FEMININE": "", "MASCULINE": "", "MICRO": "", "OHM": "", "KELVIN": "",
    "ANGSTROM": "", "COMBINING": "",
}  # fmt: skip


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Return a text in lower case and plain Latin letters, without accents and unseen marks."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    plain = "".join(c for c in plain if unicodedata.category(c) != "Cf").translate(_LETTERS)
    plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    return " ".join(plain.translate(_LETTERS).split())


def scripts(word: str) -> tuple[str, ...]:
    """Return the scripts that a word mixes unlawfully; one or none where all is well."""
    found: dict[str, None] = {}
    for char in word:
        first = unicodedata.name(char, "").split(" ")[0]
        script = _SCRIPT_OF.get(first, first)
        if script:
            found[script] = None
    if any(set(found) <= together for together in _TOGETHER):
        return tuple(found)[:1]
    return tuple(name.capitalize() for name in found)
