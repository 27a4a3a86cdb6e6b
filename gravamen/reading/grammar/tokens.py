"""Tokens: the words and marks of a sentence, each with its kind: article, verb, noun, ..."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Literal, NamedTuple

from gravamen.reading.grammar.words import (
    Form,
    auxiliaries,
    lemma,
    little_words,
    object_openers,
    verbs,
    words,
)

Tag = Literal[
    "det", "pron", "poss", "prep", "conj", "sub", "aux", "modal", "neg", "adv", "verb", "to", "num",
    "noun", "punct", "mark",
]  # fmt: skip
_TOKEN = re.compile(r"'s\b|\w+(?:[.,]\d+)*(?:[-'’/](?!s\b)\w+)*|[^\w\s]")
# What follows a "calls" that is a verb: "calls on the Council to", "Calls again for".
_ASKS = ("call", "demand", "request")
_CALLS = ("on", "upon", "for", "again", "also", "therefore", "once")
# Words that stay words in a heading in capitals, where other words of capitals are names.
_IN_CAPITALS = ("not", "no", "of", "the", "and", "by")


class Token(NamedTuple):
    """A word or mark: its place in the copy, its lower-case form, its kind; of verbs the base."""

    start: int
    end: int
    word: str
    low: str
    tag: Tag
    lemma: str = ""
    form: Form | None = None

    @property
    def capital(self) -> bool:
        return self.word[:1].isupper()


class _Here(NamedTuple):
    """A word before its kind is known, and its neighbours: `last` leaves adverbs aside."""

    word: str
    low: str
    next: str
    prev: Token | None
    last: Token | None

    @property
    def after(self) -> str:
        """The next word in lower case, "" at the end."""
        return self.next.lower()

    @property
    def first(self) -> bool:
        """Whether the sentence begins with it."""
        return self.prev is None


def tokens(copy: str, start: int, end: int) -> list[Token]:
    """Return the words and marks of a stretch, each with its kind."""
    out: list[Token] = []
    matches = list(_TOKEN.finditer(copy, start, end))
    found = ["s'" if m[0] == "'" and _is_genitive(copy, m.start()) else m[0] for m in matches]
    for m, word, following in zip(matches, found, [*found[1:], ""], strict=True):
        prev = out[-1] if out else None
        here = _Here(word, word.lower(), following, prev, _last(out))
        tag, base, form = _told(here)
        out.append(Token(m.start(), m.end(), word, here.low, tag, base, form))
    return out


def _is_genitive(copy: str, at: int) -> bool:
    """Whether an apostrophe marks a genitive ("Lawyers' Union")."""
    return (
        at > 1
        and copy[at - 1] == "s"
        and copy[at + 1 : at + 2] == " "
        and (copy[at + 2 : at + 3].isalpha() and "'" not in copy[max(0, at - 30) : at])
    )


def _last(before: Sequence[Token]) -> Token | None:
    """The word before, adverbs left aside, also one between commas after a modal verb."""
    marks = [t.word if t.tag == "punct" else t.tag for t in before[-4:]]
    if marks == ["modal", ",", "adv", ","]:
        return before[-4]
    for token in reversed(before[-4:]):
        if token.tag != "adv":
            return token
    return before[-1] if before else None


def _told(here: _Here) -> tuple[Tag, str, Form | None]:
    """Return the kind of a word; of verbs base and form too."""
    tag = _closed(here)
    if tag:
        return tag, _base(here.low), None
    known, low, lower = lemma(here.low), here.low, here.word[0].islower()
    prev = here.prev.tag if here.prev else None
    if low.endswith("ing") and here.after == "of" and prev != "aux":
        known = None
    if known is None and prev == "to" and here.after in _articles():
        return "verb", low, "base"
    if known is None and low.endswith("ed") and len(low) > 4 and lower:
        known = None if _noun_like(here.after) else (low[:-2], "past")
    if known and _is_verb(here, *known):
        return "verb", *known
    adverb = low.endswith("ly") and low not in words().not_adverbs and lower
    return "adv" if adverb else "noun", "", None


def _base(low: str) -> str:
    known = words()
    return "be" if low in known.be else "have" if low in known.have else (
        "do" if low in known.do else low
    )  # fmt: skip


@cache
def _articles() -> frozenset[str]:
    return words().determiners | words().possessives


@cache
def _kinds() -> tuple[tuple[Tag, frozenset[str]], ...]:
    """The kinds of little words; the first list that has a word decides."""
    known = words()
    return (
        ("modal", known.modals), ("aux", auxiliaries()), ("neg", known.negations),
        ("conj", known.conjunctions), ("sub", known.subordinators), ("poss", known.possessives),
        ("pron", known.pronouns), ("prep", known.prepositions), ("det", known.determiners),
        ("adv", known.adverbs),
    )  # fmt: skip


def _closed(here: _Here) -> Tag | None:
    """The kind of a little word, of a number or a mark; None for all other words."""
    word, low = here.word, here.low
    if word in ("'s", "s'"):
        return "noun"
    if not word[0].isalnum():
        return "mark" if word in "\"'«»" else "punct"
    if word.isupper() and len(word) > 1 and low not in _IN_CAPITALS:
        return None if word != "US" else "noun"
    numeral = low in words().numbers and (word[0].islower() or low != "one")
    if word[0].isdigit() or numeral:
        return "num"
    if low == "to":
        return "to"
    return next((_settled(here, tag) for tag, group in _kinds() if low in group), None)


def _settled(here: _Here, tag: Tag) -> Tag:
    """Settle a little word that has two uses by its neighbours."""
    low, after = here.low, here.after
    if low == "that":
        return _that(here, tag)
    if low == "her" and (not after or not after[0].isalpha() or after in _after_object()):
        return "pron"
    if low in ("about", "over", "around") and after[:1].isdigit():
        return "det"
    if low == "since" and here.prev and here.prev.tag == "aux":
        return "adv"
    if low == "following" and here.prev and here.prev.tag in ("det", "poss"):
        return "noun"
    if here.first:
        return "noun" if low == "so" and after == "-" else tag
    capital = here.word[0].isupper()
    if (
        (low == "may" and capital)
        or (low == "so" and after == "-")
        or (low == "under" and capital and here.next[:1].isupper())
    ):
        return "noun"
    return "adv" if low == "yet" else tag


def _that(here: _Here, tag: Tag) -> Tag:
    """Tell "that" that opens a clause from "that" before a noun."""
    after = here.after
    if here.prev and here.prev.tag == "prep":
        several = after in words().adjectives or after in words().determiners
        return "sub" if several or after.endswith("s") else "det"
    if here.first:
        return "det"
    return "sub" if after in words().be and lemma(after) is None else tag


@cache
def _after_object() -> frozenset[str]:
    return words().prepositions | words().conjunctions | words().determiners | {"to"}


def _is_verb(here: _Here, base: str, form: Form) -> bool:
    """Whether a word that can be a verb is one here."""
    prev, after, noun = here.last, here.after, base in verbs().nouns
    if here.word[0].isupper() and not here.word.isupper() and prev and prev.tag != "mark":
        return prev.tag == "punct" and prev.word in ".:;)" and form in ("base", "s")
    if form == "base":
        return _is_base(here, noun=noun)
    if base in _ASKS and form == "s" and _asks(prev, after, base):
        return True
    if prev is None:
        return form == "ing" or not noun or after in words().determiners
    if prev.tag in ("aux", "modal", "neg"):
        return True
    if form == "s":
        if prev.tag in ("det", "poss", "prep", "num", "conj") and noun:
            return False
        return not noun or _opens_object(after) or (after == "" and prev.tag == "pron")
    if prev.tag in ("det", "poss", "num", "prep") and prev.low not in words().alone:
        return form == "ing" and prev.tag == "prep"
    if form == "ing":
        return prev.tag != "noun" or _opens_object(after) or not noun
    described = prev.tag == "noun" and prev.low in words().adjectives
    return not (described and _noun_like(after))


def _asks(prev: Token | None, after: str, base: str) -> bool:
    """Whether a "calls" or "demands" that begins a clause, or follows "and", is a verb."""
    if prev is None:
        return base == "call" and after in _CALLS
    opens = after in ("on", "upon") if base == "call" else after in _articles() or after == "that"
    return prev.tag == "conj" and opens


def _is_base(here: _Here, *, noun: bool) -> bool:
    """Whether a word that can be the base of a verb is one; `noun`: it is a noun as often."""
    prev, after = here.last, here.after
    if prev is None:
        return not noun or _opens_object(after)
    if prev.tag == "to":
        return after != "of" or not noun
    if prev.tag == "modal" or (prev.tag == "aux" and prev.lemma == "do"):
        return True
    if prev.tag == "pron":
        return prev.low not in ("it", "he", "she", "there") or not noun or _opens_object(after)
    if prev.tag in ("det", "poss", "prep", "num", "aux") or prev.word == "'s":
        return False
    if not noun:
        return True
    clear = prev.tag != "noun" or prev.low.endswith("s")
    return _opens_object(after) and (clear or after in _articles() or after in words().pronouns)


def _opens_object(after: str) -> bool:
    return bool(after) and (after in object_openers() or after[0].isdigit())


def _noun_like(after: str) -> bool:
    """Whether a word can be a noun, by its form alone."""
    letter = after[:1].isalpha()
    return letter and after not in little_words() and not after.endswith("ly")
