"""Noun phrases: where one begins and ends, and what "of", "and" and commas add to it."""

from bisect import bisect_left
from typing import NamedTuple

from gravamen.reading.grammar.tokens import Token, tokens
from gravamen.reading.grammar.words import words

_BOUNDS = {
    ("at", "least"): 2, ("at", "most"): 2, ("more", "than"): 2, ("less", "than"): 2,
    ("fewer", "than"): 2, ("up", "to"): 2, ("as", "many"): 3,
}  # fmt: skip


class Chunk(NamedTuple):
    """A noun phrase: from token `first` up to but not including token `last`."""

    first: int
    last: int


class Phrases:
    """The words and noun phrases of one sentence."""

    def __init__(self, copy: str, start: int, end: int) -> None:
        self.copy, self.start, self.end = copy, start, end
        self.tokens = tokens(copy, start, end)
        self._cores: dict[int, int | None] = {}
        self._lists: dict[int, bool] = {}

    def span(self, chunk: Chunk) -> tuple[int, int]:
        """Return where a chunk stands in the copy."""
        return self.tokens[chunk.first].start, self.tokens[chunk.last - 1].end

    def words(self, chunk: Chunk | None) -> str:
        """Return the words of a chunk, as the copy has them; "" for none."""
        if chunk is None:
            return ""
        start, end = self.span(chunk)
        return self.copy[start:end]

    def index_at(self, offset: int) -> int:
        """Return the number of the first token that starts at or after an offset."""
        return bisect_left(self.tokens, offset, key=lambda t: t.start)

    def token(self, i: int) -> Token | None:
        """Return a token, None before the first and after the last."""
        return self.tokens[i] if 0 <= i < len(self.tokens) else None

    def phrase(self, at: int, *, joined: bool = True) -> Chunk | None:
        """Return the noun phrase that begins at a token, with what "of" and "and" add to it.

        Args:
            joined: whether "and", "or" and commas may add more noun phrases to it.
        """
        last = self._core(at)
        if last is None:
            return None
        while self._goes_on(last, joined=joined) and (more := self._core(last + 1)) is not None:
            last = more
        return Chunk(at, last)

    def _goes_on(self, i: int, *, joined: bool) -> bool:
        """Whether a token joins one more noun phrase to the one before it."""
        token, after = self.token(i), self.token(i + 1)
        if token is None or token.low == "of":
            return token is not None
        if token.low == "from":
            return after is not None and after.low in ("this", "that")
        if not joined:
            return False
        if token.low in ("and", "or"):
            return self._joins(i + 1)
        return token.word == "," and self._listed(i + 1)

    def _joins(self, at: int) -> bool:
        """Whether what follows "and" is one more noun phrase and not the subject of a clause."""
        last = self._core(at)
        if last is None or self.tokens[at].tag == "pron" or self.tokens[at].low == "that":
            return False
        while last < len(self.tokens) and self.tokens[last].low == "of":
            more = self._core(last + 1)
            if more is None:
                break
            last = more
        after = self.token(last)
        if after is None:
            return True
        if after.tag == "verb":
            by = any(t.low == "by" for t in self.tokens[last + 1 : last + 4])
            return after.form in ("past", "part") and by
        return after.tag not in ("modal", "aux")

    def _listed(self, at: int) -> bool:
        """Whether a comma is followed by a list that ends in "and" or "or"."""
        items: list[int] = []
        while at not in self._lists:
            items.append(at)
            last = self._core(at)
            if last is None or self.tokens[at].tag == "pron" or last - at > 8:
                self._lists[at] = False
                break
            comma = last < len(self.tokens) and self.tokens[last].word == ","
            link = self.token(last + 1 if comma else last)
            if link is None or not comma or link.low in ("and", "or"):
                linked = link is not None and link.low in ("and", "or")
                self._lists[at] = linked and self._joins(last + 1 + comma)
                break
            at = last + 1
        self._lists |= dict.fromkeys(items, self._lists[at])
        return self._lists[at]

    def _core(self, at: int) -> int | None:
        """Return the end of the simple noun phrase at a token: article, adjectives, nouns."""
        if at not in self._cores:
            self._cores[at] = self._read_core(at)
        return self._cores[at]

    def _read_core(self, at: int) -> int | None:
        opening = self.token(at)
        if opening and opening.tag == "pron":
            return at + 1 if opening.low not in ("who", "whom", "there") else None
        i, seen = self.opening(at), False
        while i < len(self.tokens) and (step := self._step(i, seen=seen)):
            i, seen = step
        if i == at:
            return None
        last = self.tokens[i - 1]
        return i if seen or last.low in words().alone or last.tag == "num" else None

    def _step(self, i: int, *, seen: bool) -> tuple[int, bool] | None:
        """Take one token into a noun phrase: where to go on, and whether its noun was seen."""
        token = self.tokens[i]
        if token.tag == "noun":
            return None if seen and self._begins_anew(i) else (i + 1, True)
        if token.tag == "num":
            return i + 1, True
        if token.tag == "mark":
            return (i + 1, seen) if self.quoted(i) else None
        if token.tag == "adv" and not seen:
            after = self.token(i + 1)
            return (i + 1, seen) if after and after.tag in ("noun", "verb", "num") else None
        if token.tag == "verb" and not seen:
            return (i + 1, False) if self.adjectival(i) else None
        return self._step_over(i, seen=seen)

    def _step_over(self, i: int, *, seen: bool) -> tuple[int, bool] | None:
        """Take a possessive, a bracket, the stop of an initial or an "and" into a noun phrase."""
        token = self.tokens[i]
        if token.tag == "poss" and not seen:
            return i + 1, seen
        if token.word == "[" or (token.word == "(" and seen):
            close = self._bracket(i)
            return (close + 1, seen) if close else None
        if not seen:
            return None
        if token.word == ".":
            before = self.tokens[i - 1]
            initial = len(before.word) < 4 and before.capital and i + 1 < len(self.tokens)
            return (i + 1, seen) if initial else None
        return (i + 1, False) if token.low == "and" and self._adjectives_join(i) else None

    def _begins_anew(self, i: int) -> bool:
        """Whether a word after a plural begins another noun phrase: "the police armed men"."""
        before = self.tokens[i - 1]
        plural = before.low.endswith("s") and before.word != "'s"
        return plural and self.tokens[i].low in words().adjectives

    def opening(self, i: int) -> int:
        """Return the token after articles, "at least", "more than", "as many as" and the like."""
        count = len(self.tokens)
        while i < count:
            token, low = self.tokens[i], self.tokens[i].low
            after = self.tokens[i + 1] if i + 1 < count else None
            following = after.low if after else ""
            if (low, following) in _BOUNDS:
                i = min(i + _BOUNDS[low, following], count)
            elif low == "between" and i + 3 < count and after and after.tag == "num":
                i += 3
            elif (
                token.tag in ("det", "poss")
                or (low in words().before_numbers and following[:1].isdigit())
                or (low == "that" and after and after.tag == "noun")
            ):
                i += 1
            else:
                break
        return i

    def quoted(self, i: int) -> bool:
        """Whether a quotation mark has its partner within a few words."""
        near = (*self.tokens[i + 1 : i + 5], *self.tokens[max(0, i - 4) : i])
        return any(t.tag == "mark" and t.word == self.tokens[i].word for t in near)

    def adjectival(self, i: int) -> bool:
        """Whether a participle or -ing word stands as an adjective before a noun."""
        before, token, after = self.token(i - 1), self.tokens[i], self.token(i + 1)
        if token.form not in ("past", "part", "ing") or not before or not after:
            return False
        return after.tag == "noun" and before.tag in ("det", "poss", "num", "adv", "prep")

    def _adjectives_join(self, i: int) -> bool:
        """Whether "and" joins two adjectives ("military and economic assistance")."""
        before, after, noun = self.tokens[i - 1], self.token(i + 1), self.token(i + 2)
        endings = words().adjective_endings
        return (
            before.low.endswith(endings)
            and after is not None
            and after.low.endswith(endings)
            and noun is not None
            and noun.tag == "noun"
        )

    def _bracket(self, i: int) -> int | None:
        """Return where a bracket closes, within a few words."""
        near = range(i + 1, min(i + 8, len(self.tokens)))
        return next((j for j in near if self.tokens[j].word in ")]"), None)
