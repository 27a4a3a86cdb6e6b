"""Parse: one sentence by its verb groups: who does what they say, and to whom."""

import re

from gravamen.reading.grammar.groups import Group, groups
from gravamen.reading.grammar.phrases import Chunk, Phrases
from gravamen.reading.grammar.words import words
from gravamen.reading.text import Document

# Lists of hundreds of words are no sentence; what stands beyond this is not parsed.
SENTENCE_CHARS = 4000
_RELATIVE = ("who", "which", "whose", "whom", "where")
_PARTICLES = ("out", "off", "up", "down")
_DRESS = re.compile(r"mask|uniform|clothes|fatigues|armband|camouflage|balaclava|black")
# What may stand between a subject and its verb without being a clause of its own.
_TAIL_TAGS = (
    "prep", "noun", "num", "det", "poss", "to", "verb", "mark", "adv", "punct", "pron",
)  # fmt: skip
Segment = tuple[int, int]


def parse(document: Document) -> list["Parse"]:
    """Return the parse of each sentence of a document, in order; the very long are cut short."""
    return [
        Parse(document.copy, s.start, min(s.end, s.start + SENTENCE_CHARS))
        for s in document.sentences
    ]


class Parse(Phrases):
    """The parse of one sentence: its tokens and verb groups, and questions about them."""

    def __init__(self, copy: str, start: int, end: int) -> None:
        super().__init__(copy, start, end)
        self.groups = groups(self.tokens)
        self._order = {g.first: n for n, g in enumerate(self.groups)}
        self._subjects: dict[int, Chunk | None] = {}

    def before(self, group: Group) -> Group | None:
        """Return the verb group before a group."""
        number = self._order[group.first]
        return self.groups[number - 1] if number else None

    def groups_in(self, start: int, end: int) -> list[Group]:
        """Return the verb groups whose verb stands between two offsets."""
        return [g for g in self.groups if start <= self.tokens[g.head].start < end]

    def object(self, group: Group) -> Chunk | None:
        """Return the noun phrase after a verb, adverbs and particles left aside."""
        i = group.head + 1
        while token := self.token(i):
            if token.low == "and":
                last = self._last_verb(i + 1)
                if last is None:
                    return None
                i = last
            elif token.tag != "adv" and token.low not in _PARTICLES:
                break
            i += 1
        return None if token and token.tag == "sub" and token.low != "that" else self.phrase(i)

    def _last_verb(self, i: int) -> int | None:
        """Return the last of the verbs and adverbs from a token on, None where none stands."""
        last = None
        while (token := self.token(i)) and token.tag in ("verb", "adv"):
            last = i
            i += 1
        return last

    def agent(self, group: Group) -> Chunk | None:
        """Return the noun phrase after "by" that belongs to a passive verb."""
        for i in range(group.head + 1, min(len(self.tokens), group.head + 30)):
            token, after = self.tokens[i], self.token(i + 1)
            if token.low == "by" and after:
                chunk = self.phrase(i + 1)
                if chunk and not after.word[0].isdigit():
                    return self.with_tail(chunk)
            if token.tag in ("verb", "modal", "aux", "sub") or token.word in (";", ":", "."):
                return None
            if token.word == "," and after and after.low != "by":
                return None
        return None

    def with_tail(self, chunk: Chunk) -> Chunk:
        """Return a noun phrase with the "in ... uniform" that describes it."""
        link = self.token(chunk.last)
        if link and link.low in ("in", "wearing"):
            more = self.phrase(chunk.last + 1)
            if more and _DRESS.search(self.words(more)):
                return Chunk(chunk.first, more.last)
        return chunk

    def subject(self, group: Group) -> Chunk | None:
        """Return who does (or, of a passive verb, suffers) what a verb group says."""
        if group.first not in self._subjects:
            self._subjects[group.first] = self._subject(group, 0)
        return self._subjects[group.first]

    def _subject(self, group: Group, depth: int) -> Chunk | None:
        if depth > 4:
            return None
        before = self.before(group)
        if group.form == "inf":
            return self._controller(group, before, depth)
        i = group.first - 1
        while i >= 0 and self.tokens[i].tag == "adv":
            i -= 1
        if i < 0:
            return None
        token = self.tokens[i]
        if token.tag == "sub" and token.low in ("who", "which", "that", "whom"):
            return self._antecedent(i) or (self._region(i) if token.low == "that" else None)
        if token.word == "," and group.form == "finite" and (inside := self._apposed(i)):
            return inside
        if token.low in ("and", "or", "but", "nor", ",") and before and before.head >= i - 60:
            return self._subject(before, depth + 1)
        if group.form == "ing":
            return self._of_ing(i, before, depth)
        return self.phrase_before(i + 1) if group.form == "part" else self._region(i + 1)

    def _controller(self, group: Group, before: Group | None, depth: int) -> Chunk | None:
        """The doer of an infinitive: of "ordered X to fire" X, of "X hoped to" X."""
        if before is None:
            return None
        between = self.object(before) if before.lemma in words().object_control else None
        if between and between.last <= group.first:
            return between
        return self._subject(before, depth + 1)

    def _of_ing(self, i: int, before: Group | None, depth: int) -> Chunk | None:
        """The doer of an -ing form: of "accused X of -ing" X, of "X did A, -ing" X."""
        if before is None:
            return None
        token = self.tokens[i]
        if token.low in ("of", "for", "from"):
            chunk = self.object(before)
            if chunk and chunk.last <= i + 1 and not before.passive:
                return chunk
        if token.tag == "noun" and token.word != "'s":
            return self.phrase_before(i + 1)
        return self._subject(before, depth + 1)

    def _antecedent(self, i: int) -> Chunk | None:
        """The noun phrase that "who" or "which" takes up."""
        end = i
        while end > 0 and (self.tokens[end - 1].word in ",-" or self.tokens[end - 1].tag == "prep"):
            end -= 1
        return self.phrase_before(end)

    def phrase_before(self, end: int) -> Chunk | None:
        """Return the noun phrase that ends right before a token, with what "of" adds to it."""
        best: Chunk | None = None
        for at in range(end - 1, max(-1, end - 22), -1):
            token = self.tokens[at]
            if token.tag in ("verb", "aux", "modal", "sub") and not self.adjectival(at):
                break
            if token.word in ",;:" or (token.tag == "prep" and token.low != "of" and best):
                break
            if token.tag in ("prep", "conj", "to", "punct"):
                continue
            chunk = self.phrase(at)
            if chunk and chunk.last == end:
                best = chunk
        return best

    def _apposed(self, comma: int) -> Chunk | None:
        """The subject of a verb that follows on a comma: before what stands between commas, or
        the name that stands there."""
        segments = self._segments(comma)
        bare = [s for s in segments if not self._aside(s)]
        if len(segments) < 2 or not bare:
            return None
        last = segments[-1]
        named = self.phrase(last[0]) if last is not bare[0] and len(segments) < 4 else None
        if named and self.is_name(named):
            plain = self._plain(named.last, last[1])
            if plain or named.last == last[1]:
                return Chunk(named.first, last[1] if plain else named.last)
        return self._first_bare(*bare[0])

    def _segments(self, comma: int) -> list[Segment]:
        """The stretches between commas to the left of a comma, back to the start of the clause."""
        out: list[Segment] = []
        end = comma
        for i in range(comma - 1, max(-2, comma - 80), -1):
            token = self.token(i)
            if token and token.tag == "sub" and token.low not in _RELATIVE:
                out.append((i + 1, end))
                break
            if token and not self._divides(i):
                continue
            if end > i + 1:
                out.append((i + 1, end))
            if token is None or token.word != "," or self._is_clause(i + 1, end):
                break
            end = i
        while out and self._is_clause(*out[-1]):
            out.pop()
        return out[::-1]

    def _divides(self, i: int) -> bool:
        """Whether a token is a mark that divides a sentence."""
        token = self.tokens[i]
        return token.word in ",;:-—." if token.tag != "mark" else not self.quoted(i)

    def _is_clause(self, start: int, end: int) -> bool:
        """Whether a stretch is a clause of its own and no aside."""
        if self.tokens[start].low in ("with", "including", "together"):
            return False
        return not self._relative(start, end) and any(
            self._clause_verb(i, start) for i in range(start, end)
        )

    def _relative(self, start: int, end: int) -> bool:
        """Whether a stretch begins with "who", "in which" and the like."""
        return any(t.low in _RELATIVE for t in self.tokens[start : min(end, start + 5)])

    def _clause_verb(self, i: int, start: int) -> bool:
        """Whether a token is the verb of a clause that begins at `start`."""
        token = self.tokens[i]
        if token.tag in ("aux", "modal"):
            return True
        finite = token.tag == "verb" and token.form in ("past", "s", "base") and i > start
        return finite and not self.describes(i) and self.tokens[i - 1].tag != "to"

    def _aside(self, segment: Segment) -> bool:
        """Whether a stretch between commas only adds to what stands before it."""
        start, end = segment
        if self.opening(start) > start + 1:
            return False
        first = self.tokens[start].tag
        return self._relative(start, end) or first in ("prep", "verb", "sub", "adv", "conj")

    def is_name(self, chunk: Chunk) -> bool:
        """Whether a noun phrase has the capitals of a name of two words or more."""
        toks = self.tokens[chunk.first : chunk.last]
        return sum(t.capital for t in toks) >= 2 and toks[0].capital

    def _region(self, end: int) -> Chunk | None:
        """The subject that stands between the last clause boundary and a verb group."""
        start = end
        while start > 0 and not self._bounds(start - 1):
            start -= 1
        return self._first_bare(start, end) or self.phrase_before(end)

    def _bounds(self, i: int) -> bool:
        """Whether a clause begins after a token."""
        token = self.tokens[i]
        if token.tag in ("modal", "aux", "sub") or token.word in ";:,-—":
            return True
        if token.tag == "mark":
            return not self.quoted(i)
        return token.tag == "verb" and not self.describes(i)

    def describes(self, i: int) -> bool:
        """Whether a participle only describes the noun before or after it."""
        if self.adjectival(i):
            return True
        before, token, after = self.token(i - 1), self.tokens[i], self.token(i + 1)
        if not before or not after or token.form not in ("past", "part"):
            return False
        if before.low == "and" and (token.form == "part" or after.low == "by"):
            return after.tag == "prep"
        return before.tag == "noun" and after.tag in ("prep", "adv", "num")

    def _first_bare(self, start: int, end: int) -> Chunk | None:
        """The first noun phrase between two tokens that no preposition governs, and its tail."""
        i, best = start, None
        fresh = start == 0 or self.tokens[start - 1].tag != "verb"
        while i < end:
            governed = self._governed(i, end)
            if governed:
                i = governed.last
                continue
            chunk = self.phrase(i)
            if chunk is None or chunk.last > end:
                i += 1
                continue
            if self._plain(chunk.last, end) or (fresh and self._couple(chunk.last, end)):
                return Chunk(i, end)
            best = best if best and fresh else chunk
            i = chunk.last
        return best

    def _governed(self, i: int, end: int) -> Chunk | None:
        """The noun phrase that a preposition governs, between it and a later token."""
        if self.tokens[i].tag not in ("prep", "to") or self.opening(i) != i:
            return None
        chunk = self.phrase(i + 1, joined=False)
        return chunk if chunk and chunk.last <= end else None

    def _couple(self, first: int, end: int) -> bool:
        """Whether "and" and one more noun phrase stand between two tokens."""
        if self.tokens[first].low not in ("and", "or", "nor"):
            return False
        more = self.phrase(first + 1)
        return more is not None and more.last == end

    def _plain(self, first: int, end: int) -> bool:
        """Whether only prepositions, nouns and participles stand between two tokens."""
        return end - first < 14 and all(
            t.tag in _TAIL_TAGS and t.word not in ",;:" for t in self.tokens[first:end]
        )
