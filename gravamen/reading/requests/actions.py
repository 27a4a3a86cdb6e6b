"""Actions: what is asked to be done: its verb, of whom, and the verbs joined to it."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from gravamen.reading.grammar import Chunk, Parse, Token
from gravamen.reading.requests.measures import asking
from gravamen.reading.spans import Stretch

_LINKS = ("on", "upon", "of", "also", "further", "separately", "likewise")
_TAIL_TOKENS = 12
_UNDER = ("under", "pursuant", "per")  # before a law, which "and" does not join to an addressee
_MERELY = ("only", "just", "merely", "simply", "alone")
_LAWS = ("act", "acts", "law", "laws", "order", "convention", "code", "regulations", "right")


class Action(NamedTuple):
    """Something that is asked: the token of its verb, of whom, and how it was found.

    Args:
        refrain: whether it is asked not to be done.
        start: the offset where it begins, where that is before its verb.
        stop: the token where words begin that are addressed to somebody else.
        passive: whether its words before the verb are what is to be acted on.
        subject: the offset where what is acted on begins, where that is before its own words.
    """

    verb: int
    addressees: list[Stretch]
    rule: str
    refrain: bool = False
    start: int | None = None
    stop: int | None = None
    passive: bool = False
    subject: int | None = None


class Part(NamedTuple):
    """An addressee and the verb of what is asked of it: "the Secretary of State to designate"."""

    begin: int
    chunk: Chunk
    verb: int
    refrain: bool


def joined(
    parse: Parse, verb: int, *, refrain: bool = False, stop: int | None = None
) -> Iterator[tuple[int, bool]]:
    """Yield the verb of an action and those joined to it by "and", commas and "to".

    Args:
        stop: the token before which the last of them stands.
    """
    yield verb, refrain
    toks = parse.tokens
    for i in range(verb + 1, len(toks) if stop is None else stop):
        if toks[i].low in ("that", "which", "who") and toks[i].tag == "sub":
            if toks[i - 1].low == "and":
                return
        elif toks[i].tag == "verb" and (toks[i].form == "base" or toks[i - 1].tag == "to"):
            link = _link(toks, verb, i)
            if link is None:
                continue
            before = [t.tag for t in toks[link + 1 : i]]
            fresh = "to" in before or toks[link].low == "but"
            inherits = toks[link].low == "nor" or (refrain and not fresh)
            yield i, "neg" in before or inherits


def _link(toks: list[Token], verb: int, i: int) -> int | None:
    """Return the "and" or the comma that joins a verb to one before it."""
    near = toks[i - 1]
    if near.tag not in ("to", "conj", "adv", "neg") and near.word not in ",;)":
        return None
    j = i - 1
    while j > verb and (toks[j].tag in ("adv", "to", "neg") or toks[j].low in ("also", "further")):
        j -= 1
    j = before_number(toks, j)
    linked = j > verb and (toks[j].low in ("and", "or", "but", "nor") or toks[j].word in ",;:")
    return j if linked else None


def before_number(toks: list[Token], i: int) -> int:
    """Return the token before an inline number that ends at a token ("to (1) impose"), else it."""
    if toks[i].word != ")" or i < 1 or len(toks[i - 1].word) > 4:
        return i
    return i - 3 if i > 2 and toks[i - 2].word == "(" else i - 2


def past_number(parse: Parse, i: int) -> int:
    """Return the token after an inline number that begins at a token, else that token."""
    toks = parse.tokens[i : i + 3]
    if len(toks) == 3 and toks[0].word == "(" and toks[2].word == ")" and len(toks[1].word) < 5:
        return i + 3
    if len(toks) > 1 and toks[1].word == ")" and len(toks[0].word) < 4:
        return i + 2
    return i


def verb_at(parse: Parse, i: int) -> int | None:
    """Return the token of the verb that begins at a token; adverbs, "not", numbers left aside."""
    i = past_number(parse, i)
    while (token := parse.token(i)) and (
        token.tag in ("adv", "neg") or token.word in ',":' or token.low == "neither"
    ):
        i = past_number(parse, i + 1)
    if token is None:
        return None
    verb = token.tag in ("verb", "aux") or (token.tag == "noun" and token.word[0].islower())
    return i if verb else None


def infinitive(parse: Parse, to: int) -> tuple[int, bool] | None:
    """Return the verb after the "to" or "not to" at a token, and whether it is negated."""
    first = to
    while (token := parse.token(to)) and (
        token.tag == "neg" or token.low == "neither" or (to > first and token.low in _MERELY)
    ):
        to += 1
    negated = denied(parse.tokens[first:to])
    verb = verb_at(parse, to + 1) if token and token.tag == "to" else None
    if verb is None:
        return None
    between = parse.tokens[to + 1 : verb]
    return verb, negated or denied(between)


def denied(between: list[Token]) -> bool:
    """Whether words between an asking and its verb negate it, "not only" left aside."""
    for n, token in enumerate(between):
        after = between[n + 1].low if n + 1 < len(between) else ""
        denies = token.tag == "neg" or token.low == "neither" or "n't" in token.low
        if denies and after not in _MERELY:
            return True
    return False


def part_at(parse: Parse, i: int) -> Part | None:
    """Return the addressee and verb that begin at a token ("the Secretary of State to list")."""
    begin = i
    i = past_number(parse, i)
    while (token := parse.token(i)) and (
        token.low in ("and", "or", *_LINKS) or (token.tag == "adv" and token.low != "away")
    ):
        i += 1
    chunk = parse.phrase(i)
    if chunk is None or not _askable(parse, chunk):
        return None
    last = chunk.last
    while last - chunk.last < _TAIL_TOKENS and (token := parse.token(last)):
        comma = token.word == "," and (more := parse.token(last + 1)) and more.tag == "det"
        if token.tag != "prep" and not comma and token.word not in "()":
            break
        more_chunk = parse.phrase(last + 1, joined=token.low not in _UNDER)
        if more_chunk is None:
            break
        last = more_chunk.last
    asked = infinitive(parse, last)
    if asked is None or parse.tokens[asked[0]].form == "ing":
        return None
    return Part(begin, Chunk(chunk.first, last), *asked)


def _askable(parse: Parse, chunk: Chunk) -> bool:
    """Whether a noun phrase names somebody who can be asked."""
    toks = parse.tokens[chunk.first : chunk.last]
    if toks[0].tag == "pron":
        return toks[0].low == "you"
    if toks[-1].low in _LAWS or toks[-1].tag == "num":
        return False
    return any(t.low in asking().askable for t in toks) or (
        any(t.capital and t.tag == "noun" for t in toks)
    )


def parts_after(parse: Parse, verb: int, acted_on: Callable[[Chunk], bool]) -> Iterator[Part]:
    """Yield the further addressees with their verbs, where the verb of asking is left out:
    "asks A to do X, and B to do Y".

    Args:
        acted_on: whether a list of names begins with one that belongs to what is asked of A.
    """
    toks = parse.tokens
    i = verb + 1
    while i < len(toks):
        if toks[i].word in ",;" or toks[i].low in ("and", "or"):
            part = part_at(parse, i + 1)
            if part and not acted_on(part.chunk):
                yield part._replace(begin=i)
                i = part.verb
        i += 1
