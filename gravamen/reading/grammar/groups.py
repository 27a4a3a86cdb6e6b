"""Verb groups: a verb with its auxiliaries, its voice, its negation and its modal verb."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from gravamen.reading.grammar.tokens import Token

GroupForm = Literal["finite", "inf", "ing", "part"]


class Group(NamedTuple):
    """A verb with its auxiliaries: token numbers, base form, voice, negation, modal verb.

    Args:
        form: "finite", "inf" (after "to"), "ing", or "part" (a participle that stands alone).
    """

    first: int
    head: int
    lemma: str
    form: GroupForm
    passive: bool = False
    negated: bool = False
    modal: str | None = None
    perfect: bool = False


def groups(toks: Sequence[Token]) -> list[Group]:
    """Return the verb groups of a sentence, in order."""
    out: list[Group] = []
    i = 0
    while i < len(toks):
        if toks[i].tag in ("aux", "modal", "verb"):
            out.append(_group(toks, i))
            i = out[-1].head
        i += 1
    return out


def _group(toks: Sequence[Token], first: int) -> Group:
    """The verb group that begins at a token: auxiliaries, adverbs and "not" up to the verb."""
    i = head = first
    modal: str | None = None
    negated = be = have = False
    while i < len(toks) and _belongs(toks, first, i):
        token = toks[i]
        if token.tag == "modal":
            modal = token.low
        elif token.tag == "to":
            modal = modal or "to"
        elif token.tag == "aux":
            be, have = token.lemma == "be", have or token.lemma == "have"
        negated = negated or token.tag == "neg" or (token.tag == "aux" and "n't" in token.low)
        if token.tag in ("modal", "aux", "verb"):
            head = i
        if token.tag == "verb":
            break
        i += 1
    verb = toks[head]
    before = toks[first - 1] if first else None
    form = _form(toks[first : head + 1], before, modal)
    passive = verb.tag == "verb" and be and verb.form in ("past", "part")
    return Group(
        first,
        head,
        verb.lemma,
        form,
        passive or form == "part",
        negated or bool(before and before.tag == "neg"),
        modal,
        have,
    )


def _belongs(toks: Sequence[Token], first: int, i: int) -> bool:
    """Whether a token goes on with the verb group that begins at `first`."""
    if toks[i].tag == "to":  # "is to be released", "has not to answer"
        verb_next = any(t.tag in ("verb", "aux") for t in toks[i + 1 : i + 3])
        return i > first and toks[i - 1].tag in ("aux", "neg") and verb_next
    return toks[i].tag in ("modal", "aux", "neg", "adv", "verb") or _set_off(toks, first, i)


def _set_off(toks: Sequence[Token], first: int, i: int) -> bool:
    """Whether a comma sets off an adverb after a modal verb ("could, today, bar")."""
    if toks[i].word != "," or toks[first].tag != "modal":
        return False
    opens = i == first + 1 and i + 2 < len(toks) and toks[i + 2].word == ","
    return (opens and toks[i + 1].tag == "adv") or (i == first + 3 and toks[first + 1].word == ",")


def _form(group: Sequence[Token], before: Token | None, modal: str | None) -> GroupForm:
    if before and before.tag == "to" and not modal:
        return "inf"
    verb = group[0]
    if len(group) == 1 and verb.tag == "verb" and verb.form in ("ing", "part"):
        return "ing" if verb.form == "ing" else "part"
    return "ing" if verb.low in ("having", "being") else "finite"
