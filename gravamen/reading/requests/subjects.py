"""Subjects: the whole subject of what is asked in a clause, and the bare verb after "that"."""

from collections.abc import Iterator

from gravamen.reading.grammar import Chunk, Group, Parse
from gravamen.reading.requests.actions import Action
from gravamen.reading.requests.measures import asking, rule_for

_SUBJECT_TOKENS = 40
_BELIEVING = ("believe", "think", "feel")
_REFUSED = ("entry", "visas", "admission", "assistance", "aid")
_TOLD = ("is", "are", "was", "were", "has", "had")


def whole_subject(parse: Parse, subject: Chunk, group: Group) -> Chunk:
    """Return a subject with what stands before it in a list: "that X, Y and Z be sanctioned".

    It is left as it is unless nothing but noun phrases stands between "that", or the beginning of
    the sentence, and its verb.
    """
    toks, first = parse.tokens, subject.first
    if subject.last > group.first:
        return subject
    while first > 0 and toks[first - 1].low != "that" and _in_list(parse, first - 1):
        first -= 1
    opens = first == 0 or toks[first - 1].low == "that" or toks[first - 1].lemma in _BELIEVING
    between = [t.low for t in toks[first : subject.first]]
    listed = "," in between or "and" in between or "and" in _words(parse, subject)
    if first == subject.first or not opens or toks[first].tag in ("prep", "conj", "punct"):
        return subject
    return Chunk(first, subject.last) if listed else subject


def _words(parse: Parse, chunk: Chunk) -> list[str]:
    return [t.low for t in parse.tokens[chunk.first : chunk.last]]


def _in_list(parse: Parse, i: int) -> bool:
    token = parse.tokens[i]
    return token.word == "," or token.tag not in ("verb", "aux", "modal", "sub", "adv", "punct")


def subjunctive(parse: Parse, first: int) -> Group | None:
    """Return the bare verb whose subject begins at a token: "(that) the Secretary designate X"."""
    toks = parse.tokens
    for i in range(first, min(len(toks), first + _SUBJECT_TOKENS)):
        token = toks[i]
        if i > first and _command(parse, i):
            return Group(i, i, token.low, "finite")
        group = next((g for g in parse.groups if g.first == i), None)
        if group is not None:
            return group if i > first and _bare(parse, group) else None
        if token.tag == "sub" or token.word in ";:":
            return None
    return None


def _bare(parse: Parse, group: Group) -> bool:
    """Whether a verb is the bare form of what is resolved, not a statement of what is so."""
    toks = parse.tokens
    if group.form != "finite" or group.modal or toks[group.first].low in _TOLD:
        return False
    return group.passive or toks[group.head].form == "base"


def _command(parse: Parse, i: int) -> bool:
    """Whether a noun after an office is the verb: "the Secretary of State bar Oro Vend"."""
    token, after = parse.tokens[i], parse.token(i + 1)
    if token.tag != "noun" or token.capital or after is None or not parse.tokens[i - 1].capital:
        return False
    if after.low in _REFUSED:
        return _rule(parse, i) is not None
    return token.low in asking().commands and after.capital


def passives(parse: Parse, action: Action) -> Iterator[Action]:
    """Yield a passive action and the one joined to it: "be designated and barred from entry"."""
    other = None if action.refrain else _joined_passive(parse, action.verb)
    if other is None:
        yield action
        return
    link, verb = other
    yield action._replace(stop=link)
    start = parse.tokens[link + 1].start
    yield action._replace(verb=verb, start=start, subject=action.start)


def _joined_passive(parse: Parse, verb: int) -> tuple[int, int] | None:
    """The "and" and the participle of another measure that is joined to a passive one."""
    toks = parse.tokens
    for link in range(verb + 1, len(toks) - 1):
        if toks[link].tag in ("sub", "modal") or toks[link].low == "that":
            return None
        at = link + 1
        while at < len(toks) - 1 and (toks[at].low == "be" or toks[at].tag == "adv"):
            at += 1
        past = toks[at].tag == "verb" and toks[at].form in ("past", "part")
        if toks[link].low == "and" and past:
            first, then = _rule(parse, verb), _rule(parse, at)
            return (link, at) if then is not None and first not in (None, then) else None
    return None


def _rule(parse: Parse, verb: int) -> str | None:
    token = parse.tokens[verb]
    rule = rule_for(token.lemma or token.low, parse.copy[token.end : parse.end])
    return rule.measure if rule else None
