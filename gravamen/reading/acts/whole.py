"""Whole: the whole of a subject of which the grammar gives the last part: "A, B and C"."""

from gravamen.reading.acts.words import acts
from gravamen.reading.grammar import Chunk, Group, Parse

_ITEM_TOKENS = 8
_LIST_ITEMS = 12
_OPENERS = ("that", "and", "while", "whereas", "but", "as", "where", "when", "because")
_OF_PEOPLE = ("from", "in", "at", "of", "with", "under", "near", "for", "on", "inside", "outside")


def subject(parse: Parse, group: Group) -> Chunk | None:
    """Return who does what a verb says, with all that belongs to the phrase.

    "[fighting between A and B] has", "[A, B and C forces] had", "[the men from X] who are", and of
    a verb after a relative clause the noun that the clause describes.
    """
    chunk = parse.subject(group)
    if chunk is None:
        return None
    chunk = after_that(parse, chunk)
    taken_up = _taken_up(parse, chunk, group)
    if taken_up is not None:
        return taken_up
    return described(parse, group, _between(parse, chunk) or _list(parse, chunk) or chunk)


def after_that(parse: Parse, chunk: Chunk) -> Chunk:
    """Return a subject without the "That" that opens an item of a motion: "That [the army] ..."."""
    opening = parse.tokens[chunk.first]
    after = parse.token(chunk.first + 1)
    item = opening.word == "That" and after is not None and chunk.last - chunk.first > 1
    clause = after is not None and (after.capital or after.tag in ("det", "poss", "pron", "num"))
    return Chunk(chunk.first + 1, chunk.last) if item and clause else chunk


def described(parse: Parse, group: Group, chunk: Chunk, links: tuple[str, ...] = ("who",)) -> Chunk:
    """Return a noun phrase that "who" takes up with the noun that it only describes."""
    link = parse.token(_before(parse, group.first))
    if link is None or link.low not in links or chunk.last > group.first:
        return chunk
    for _ in range(4):
        preposition = parse.token(chunk.first - 1)
        if preposition is None or preposition.low not in _OF_PEOPLE:
            return chunk
        head = parse.phrase_before(chunk.first - 1)
        if head is None:
            return chunk
        chunk = Chunk(head.first, chunk.last)
    return chunk


def _before(parse: Parse, i: int) -> int:
    """The token before another, adverbs left aside."""
    i -= 1
    while i >= 0 and parse.tokens[i].tag == "adv":
        i -= 1
    return i


def _taken_up(parse: Parse, chunk: Chunk, group: Group) -> Chunk | None:
    """Of "the men who are held in X were beaten" the men, where the grammar gives X."""
    before = parse.before(group)
    governor = parse.token(chunk.first - 1)
    if before is None or governor is None or governor.tag not in ("prep", "to"):
        return None
    link = parse.token(_before(parse, before.first))
    relative = link is not None and link.tag == "sub" and link.low in ("who", "which", "that")
    inside = before.head < chunk.first and parse.copy.find(",", *_gap(parse, before, chunk)) < 0
    return subject(parse, before) if relative and inside and before.form == "finite" else None


def _gap(parse: Parse, before: Group, chunk: Chunk) -> tuple[int, int]:
    return parse.tokens[before.head].end, parse.tokens[chunk.last - 1].end


def _between(parse: Parse, chunk: Chunk) -> Chunk | None:
    """Of "fighting between A and B" both sides."""
    low = max(0, chunk.first - 3 * _ITEM_TOKENS)
    for i in range(chunk.last - 1, low - 1, -1):
        token = parse.tokens[i]
        if i < chunk.first and (token.tag in ("verb", "aux", "modal") or token.word in ";:"):
            return None
        if token.low == "between":
            joined = parse.tokens[chunk.first - 1].low == "and" or i >= chunk.first
            return Chunk(i + 1, chunk.last) if joined else None
    return None


def _list(parse: Parse, chunk: Chunk) -> Chunk | None:
    """Of "A, B and C" the whole list, where it opens its clause."""
    first = chunk.first
    before = parse.token(first - 1)
    if before is not None and before.low in ("and", "or"):
        first -= 1
        first -= first > 0 and parse.tokens[first - 1].word == ","
        item = _item(parse, first)
    elif any(t.low in ("and", "or") for t in parse.tokens[first : chunk.last]):
        item = _item(parse, first - 1) if before is not None and before.word == "," else None
    else:
        return None
    for _ in range(_LIST_ITEMS):
        if item is None:
            return None
        opener = parse.token(item - 1)
        if opener is None or opener.low in _OPENERS or opener.word in ';:"(':
            return Chunk(item, chunk.last)
        item = _item(parse, item - 1) if opener.word == "," else None
    return None


def _item(parse: Parse, end: int) -> int | None:
    """Where the item of a list begins that ends before a token; None where none does."""
    if end < 1:
        return None
    item = parse.phrase_before(end)
    if item is None or any(t.low in acts().times for t in parse.tokens[item.first : item.last]):
        return None
    opening, head = parse.tokens[item.first], parse.tokens[item.last - 1]
    many = head.low.endswith(("s", "men", "women", "people"))
    return item.first if opening.tag == "det" or head.capital or many else None
