"""Extent: where what is asked for ends, and which of its verbs is the one that counts."""

import re

from gravamen.reading.grammar import Parse
from gravamen.reading.requests.actions import Action, before_number, joined
from gravamen.reading.requests.measures import Rule, asking, rule_for, undone

_CUTS = re.compile(
    r";|:| (?:until|unless|because|so that|so as to|in order to|in order that|as long as"
    r"|while|before|after|given that|whereas)\b"
    r"|, (?:and|or) (?=(?:to|that)\b)|,? and (?=(?:to|that)\b)|(?<!determine) if\b"
    r"|, (?:which|who|as|so|but|in view|given|in light|where|until|unless)\b|\?"
    r"|,? and (?=(?:I|we|you|they|he|she) )"
    r"|(?:,|,? and) (?=(?:an?|another|one|the same) (?:[\w-]+ ){0,3}?(?:(?:letters?|petition"
    r"|message|memorial|memorandum|appeal|telegram) (?:addressed )?)?to (?:the |our |[A-Z]))"
)
_REASON = re.compile(
    r" (?:for|over|in response to) (?:(?:the|their|its|his|her) )?(?:[\w-]+,? ){0,3}?"
    r"(?:detention|torture|killing|crimes|abuses|violations|role|actions|attack|massacre"
    r"|blockade|occupation)\b"
)
_RESPONSIBLE = re.compile(r"\b(?:responsible|accountable|liable|punished|designat\w+ \S+ \S+)\Z")
# ", who commanded the force, from entering": what stands between the commas is passed over.
_ASIDE = re.compile(
    r", (?:who|which) [^,;.]{3,90},(?= (?:from|under|pursuant|on|against|for|in accordance)\b)"
)
_VERBS = 4
_NEXT_TOKENS = 24
_TURNS = ("without", "instead", "rather")  # after which another action is set against this one


def end_of(parse: Parse, action: Action) -> int:
    """Return where an action ends: at the next one, or at a clause that only adds to it."""
    copy, start, end = parse.copy, parse.tokens[action.verb].end, parse.end
    cut = _CUTS.search(copy, start, end)
    while cut and (aside := _ASIDE.match(copy, cut.start(), end)):
        cut = _CUTS.search(copy, aside.end(), end)
    end = cut.start() if cut else end
    if action.stop is not None and parse.tokens[action.stop].start < end:
        end = _link_before(parse, action.stop + 1)
    for verb, _ in joined(parse, action.verb, stop=action.stop):
        if verb > action.verb and parse.tokens[verb].start < end:
            end = _link_before(parse, verb)
            break
    told = _told_on(parse, action.verb)
    if told is not None and parse.tokens[told].start < end:
        end = _link_before(parse, told)
    reason = _REASON.search(copy, start, end)
    if reason and not _RESPONSIBLE.search(copy, start, reason.start()):
        end = reason.start()
    return end


def _told_on(parse: Parse, verb: int) -> int | None:
    """Return the verb with which the sentence goes on after an action: "..., and thanks the"."""
    toks = parse.tokens
    for i in range(verb + 2, len(toks)):
        if toks[i].tag == "sub" and toks[i].low in ("who", "which", "that", "whose"):
            return None
        if toks[i].tag == "verb" and toks[i].form == "s" and toks[i - 1].low == "and":
            return i
    return None


def _link_before(parse: Parse, verb: int) -> int:
    """Where the words end that stand before the "and" or comma that joins a verb."""
    i = before_number(parse.tokens, verb - 1)
    while i > 0 and (
        parse.tokens[i].tag in ("to", "adv", "conj", "neg") or parse.tokens[i].word in ",;:"
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
        rest = parse.copy[parse.tokens[verb].end : end]
        if undone(lemma, rest):
            return verb, None
        rule = rule_for(lemma, rest, refrain=refrain)
        following = _following(parse, verb, end)
        if following is not None and lemma in asking().refraining and _near(parse, verb, following):
            verb, refrain = following, not refrain
            continue
        leads = lemma in asking().leading
        vague = rule is not None and rule.measure in ("prevention", "determination")
        if following is None:
            return verb, rule
        by = vague and parse.tokens[following - 1].low == "by"  # "stop it by sanctioning X"
        if not (leads or rule is None or by):
            return verb, rule
        if rule is None and not leads and parse.tokens[following].lemma in asking().ask:
            return verb, None  # "write to X, asking him to": what he is asked is an action itself
        then = _rule_at(parse, following, end, refrain=refrain)
        same = leads and then is not None and rule is not None and then.measure == rule.measure
        if rule is not None and (then is None or not (vague or same)):
            return verb, rule
        verb = following
    return verb, None


def _near(parse: Parse, verb: int, following: int) -> bool:
    """Whether a verb follows another at once: "refrain from supplying", "stop training"."""
    between = parse.tokens[verb + 1 : following]
    return all(t.low in ("from", "to") or t.tag == "adv" for t in between)


def _rule_at(parse: Parse, verb: int, end: int, *, refrain: bool) -> Rule | None:
    token = parse.tokens[verb]
    return rule_for(token.lemma or token.low, parse.copy[token.end : end], refrain=refrain)


def _following(parse: Parse, verb: int, end: int) -> int | None:
    """The next infinitive or -ing form inside an action."""
    toks = parse.tokens
    for i in range(verb + 1, min(len(toks), verb + _NEXT_TOKENS)):
        if toks[i].start >= end or toks[i].low in ("that", "who", "which", *_TURNS):
            return None
        if toks[i].tag == "neg":
            return None
        infinitive = toks[i].form == "base" and toks[i - 1].tag in ("to", "adv")
        if toks[i].tag == "verb" and (toks[i].form == "ing" or infinitive):
            return i
    return None
