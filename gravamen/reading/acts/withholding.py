"""Withholding: "denied them water" is an act, "denied the charge" is speech; which of the two."""

from gravamen.reading.acts.words import acts
from gravamen.reading.grammar import Chunk, Group, Parse

_DENYING = ("deny", "refuse")
_PHRASE_TOKENS = 9


def withheld(parse: Parse, group: Group) -> Chunk | None:
    """Return what a verb of denying keeps from somebody, None where the verb is one of speech.

    "denied [access] to a doctor", "denied the men [bail]", "denied [medical treatment]": the noun
    before the first preposition is a thing that can be given. "denied an attack on the water
    works", "denied that", "denied holding" are speech.
    """
    if group.lemma not in _DENYING:
        return None
    first = last = group.head + 1
    for i in range(first, min(len(parse.tokens), first + _PHRASE_TOKENS)):
        token = parse.tokens[i]
        if token.tag in ("verb", "aux", "modal", "sub", "prep", "to") or token.word in ",;:.":
            break
        if token.tag == "noun":
            last = i + 1
    if last == first or parse.tokens[last - 1].low not in acts().withheld:
        return None
    return Chunk(last - 1, last)


def kept_from(parse: Parse, group: Group) -> Chunk | None:
    """Return from whom a verb in the active voice keeps something: "denied [the men] bail"."""
    thing = withheld(parse, group)
    if thing is None:
        return None
    chunk = parse.phrase(group.head + 1, joined=False)
    if chunk is not None and chunk.last <= thing.first:
        return chunk
    to = parse.token(thing.last)
    if to is not None and to.tag == "to":
        return parse.phrase(thing.last + 1)
    opening = parse.opening(group.head + 1)
    split = next(
        (
            i
            for i in range(opening, thing.first)
            if parse.tokens[i].low.endswith(("s", "men", "people")) or parse.tokens[i].capital
        ),
        None,
    )
    return Chunk(group.head + 1, split + 1) if split is not None else None


def denies(parse: Parse, group: Group) -> bool:
    """Whether a verb says that something is not so: "denied", "rejected", not "were denied"."""
    if group.passive or group.lemma not in acts().denying:
        return False
    return withheld(parse, group) is None
