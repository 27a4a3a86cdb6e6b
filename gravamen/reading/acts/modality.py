"""Modality: whether an act is asserted, denied, asked for or only thought of; and hedged."""

import re
from collections.abc import Sequence

from gravamen.reading.acts.withholding import denies
from gravamen.reading.acts.words import Spoken, acts
from gravamen.reading.grammar import Group, Parse
from gravamen.reading.proposal import AttributionFound, Modality

_NOTHING = re.compile(
    r"\b(?:no (?!longer|less|fewer|more|doubt|choice|lawyer|warrant|food|water)"
    r"|nobody|no one|none of|neither|nothing|never|at no (?:time|point)|not a single)\b",
    re.IGNORECASE,
)
_NO_EVIDENCE = re.compile(
    r"\b(?:no|any|without) (?:\w+ )?(?:evidence|proof|indication|sign|knowledge|record)\b"
    r"|\bnot true that\b|\bfalse that\b|\bneither\b",
    re.IGNORECASE,
)
_HEDGE = re.compile(
    r"\breasonable grounds\b|\bcredibl[ey] (?:reports?|alleg)|\b(?:is|are|was|were) "
    r"(?:\w+ly )?(?:said|believed|reported|alleged|thought|suspected|understood|feared"
    r"|accused|presumed) (?:to|of)\b"
    r"|\bappears? to have\b|\bappeared to\b|\bsuspected of\b|\bis it alleged\b|\bit is "
    r"(?:alleged|believed|reported|said)\b|\balleged\b",
    re.IGNORECASE,
)
_NEGATION_BEFORE = re.compile(r"\b(?:no|not|never|any|without)\b(?: \w+){0,2} \Z", re.IGNORECASE)
_NEGATION = re.compile(r"\b(?:not|n't)\b")
_NOBODY = re.compile(r"(?:no|none|nobody|neither|nothing)\b|not (?:one|a single)\b")
_NEXT_CLAUSE = re.compile(r"\b(?:and|but) (?!that\b)")
_CLAUSE = re.compile(r"[;:]|, (?:and|but|while|who|which)\b")


def modality(
    spoken: Spoken, parse: Parse, around: Sequence[AttributionFound], *, requested: bool
) -> Modality:
    """Return how an act is put: an act that its own sentence or its speaker denies is denied.

    Args:
        around: the attributions that cover the act.
        requested: whether the act stands in a request.
    """
    if spoken.act not in acts().negative and _denied(spoken, parse, around):
        return "denied"
    return "requested" if requested else _possible(spoken.group, parse) or "asserted"


def _possible(group: Group | None, parse: Parse) -> Modality | None:
    """The modality that a verb or the one that governs it gives; None where it tells a fact."""
    while group is not None:
        if group.modal in acts().asked:
            return "requested"
        if group.modal in acts().thought or group.modal == "to":
            return "hypothetical"
        before = parse.before(group)
        if group.form == "inf" and not group.perfect:
            if before is None or not _factive(before, group, parse):
                return "hypothetical"
        elif _conditional(group, parse):
            return "hypothetical"
        elif before is None or not _shares_modal(before, group, parse):
            return None
        group = before
    return None


def _factive(before: Group, group: Group, parse: Parse) -> bool:
    """Whether an infinitive is told as a fact: after "continued to", not after "threatened to"."""
    near = parse.tokens[group.first].start - parse.tokens[before.head].end < 25
    return near and before.lemma in acts().factive


def _shares_modal(before: Group, group: Group, parse: Parse) -> bool:
    """Whether a verb is joined to a modal or infinitive without a subject of its own."""
    link = parse.token(group.first - 1)
    bare = parse.tokens[group.head].form == "base" and (before.form == "inf" or before.modal)
    return bool(bare and link and link.low in ("and", "or", ","))


def _conditional(group: Group, parse: Parse) -> bool:
    """Whether the clause of a verb begins with "if" or the like."""
    for i in range(group.first - 1, max(-1, group.first - 18), -1):
        token = parse.tokens[i]
        if token.low in ("if", "unless", "whether"):
            return True
        past = token.tag == "verb" and token.form in ("past", "s")
        if past or token.word in ",;:" or token.tag in ("modal", "aux", "sub"):
            return False
    return False


def _denied(spoken: Spoken, parse: Parse, around: Sequence[AttributionFound]) -> bool:
    """Whether the act is said not to have happened: by its own verb, its subject, or a denial
    that covers it."""
    group, start = spoken.group, spoken.start
    if group is None:
        if _NEGATION_BEFORE.search(parse.copy[max(parse.start, start - 30) : start]):
            return True
    elif _nobody(group, parse) or (group.negated and group.modal not in acts().asked):
        return True
    if _NO_EVIDENCE.search(parse.copy[_clause_start(spoken, parse) : start]):
        return True
    if _under_denial(spoken, parse):
        return True
    return any(
        a.stance == "denies" and not _negative(a.text) and a.rule != "speech.contradiction"
        for a in around
    )


def _under_denial(spoken: Spoken, parse: Parse) -> bool:
    """Whether an act is the object of a denial: "we deny any part in the killing"."""
    start = _clause_start(spoken, parse)
    if spoken.group is not None and spoken.group.form == "finite":
        joints = (m.end() for m in _NEXT_CLAUSE.finditer(parse.copy, start, spoken.start))
        start = max(joints, default=start)
    return any(denies(parse, g) for g in parse.groups_in(start, spoken.start))


def _nobody(group: Group, parse: Parse) -> bool:
    """Whether the subject is "no one", "no such", "none of them"."""
    subject = parse.subject(group)
    if subject is None:
        return False
    before = parse.token(subject.first - 1)
    if before and before.low in ("no", "never", "neither"):
        return True
    return bool(_NOBODY.match(parse.words(subject).lower()))


def _clause_start(spoken: Spoken, parse: Parse) -> int:
    """Where the clause of an act begins: after the last comma or semicolon that ends a clause."""
    return max(
        (m.end() for m in _CLAUSE.finditer(parse.copy, parse.start, spoken.start)),
        default=parse.start,
    )


def _negative(words: str) -> bool:
    """Whether a content says of itself that something did not happen."""
    return bool(_NOTHING.search(words[:70]) or _NEGATION.search(words[:70]))


def hedged(spoken: Spoken, parse: Parse) -> bool:
    """Whether an act is told with reserve: "allegedly", "reasonable grounds to believe"."""
    start, end = _clause_start(spoken, parse), min(parse.end, spoken.end + 40)
    if _HEDGE.search(parse.copy, start, spoken.end):
        return True
    return any(t.low in acts().hedges and start <= t.start < end for t in parse.tokens)
