"""Extent: where what is asked for ends, and which of its verbs is the one that counts."""

import re

from gravamen.reading.grammar import Parse
from gravamen.reading.requests.actions import Action, joined
from gravamen.reading.requests.measures import Rule, asking, rule_for

_CUTS = re.compile(
    r";|:| (?:until|unless|because|so that|so as to|in order to|in order that|as long as"
    r"|while|before|after|given that|whereas)\b"
    r"|, (?:and|or) (?=(?:to|that)\b)|,? and (?=(?:to|that)\b)|(?<!determine) if\b"
    r"|, (?:which|who|as|so|but|in view|given|in light|where|until|unless)\b|\?"
)
_REASON = re.compile(
    r" (?:for|over|in response to) (?:(?:the|their|its|his|her) )?(?:[\w-]+,? ){0,3}?"
    r"(?:detention|torture|killing|crimes|abuses|violations|role|actions|attack|massacre"
    r"|blockade|occupation)\b"
)
_RESPONSIBLE = re.compile(r"\b(?:responsible|accountable|liable|punished|designat\w+ \S+ \S+)\Z")
_VERBS = 4
_NEXT_TOKENS = 14


def end_of(parse: Parse, action: Action) -> int:
    """Return where an action ends: at the next one, or at a clause that only adds to it."""
    copy, start, end = parse.copy, parse.tokens[action.verb].end, parse.end
    cut = _CUTS.search(copy, start, end)
    end = cut.start() if cut else end
    for verb, _ in joined(parse, action.verb):
        if verb > action.verb and parse.tokens[verb].start < end:
            end = _link_before(parse, verb)
            break
    reason = _REASON.search(copy, start, end)
    if reason and not _RESPONSIBLE.search(copy, start, reason.start()):
        end = reason.start()
    return end


def _link_before(parse: Parse, verb: int) -> int:
    """Where the words end that stand before the "and" or comma that joins a verb."""
    i = verb - 1
    while i > 0 and (
        parse.tokens[i].tag in ("to", "adv", "conj", "neg") or parse.tokens[i].word in ",;"
    ):
        i -= 1
    return parse.tokens[i].end


def rule_of(parse: Parse, action: Action, end: int) -> tuple[int, Rule | None]:
    """Return the verb that counts and the rule it meets, past verbs that only lead to it.

    Args:
        end: the offset where the action ends.
    """
    verb, refrain = action.verb, action.refrain
    token = parse.tokens[verb]
    if action.start is not None and action.start < token.start:
        words = parse.copy[action.start : token.start] + parse.copy[token.end : end]
        return verb, rule_for(token.lemma or token.low, " " + words, refrain=refrain)
    for _ in range(_VERBS):
        lemma = parse.tokens[verb].lemma or parse.tokens[verb].low
        rule = _rule_at(parse, verb, end, refrain=refrain)
        leads = lemma in asking().leading or lemma in asking().refraining
        following = _following(parse, verb, end)
        if following is None or not (leads or rule is None):
            return verb, rule
        refrain = refrain or lemma in asking().refraining
        if rule is not None and (
            rule.measure not in ("prevention", "determination")
            or _rule_at(parse, following, end, refrain=refrain) is None
        ):
            return verb, rule
        verb = following
    return verb, None


def _rule_at(parse: Parse, verb: int, end: int, *, refrain: bool) -> Rule | None:
    token = parse.tokens[verb]
    return rule_for(token.lemma or token.low, parse.copy[token.end : end], refrain=refrain)


def _following(parse: Parse, verb: int, end: int) -> int | None:
    """The next infinitive or -ing form inside an action."""
    toks = parse.tokens
    for i in range(verb + 1, min(len(toks), verb + _NEXT_TOKENS)):
        if toks[i].start >= end or toks[i].low in ("that", "who", "which"):
            return None
        infinitive = toks[i].form == "base" and toks[i - 1].tag in ("to", "adv")
        if toks[i].tag == "verb" and (toks[i].form == "ing" or infinitive):
            return i
    return None
