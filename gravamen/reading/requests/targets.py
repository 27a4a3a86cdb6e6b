"""Targets: against whom or what a measure is asked for."""

import re

from gravamen.reading.grammar import Chunk, Group, Parse
from gravamen.reading.requests.measures import Rule
from gravamen.reading.spans import Stretch

_ON = re.compile(r"\b(?:on|against|upon|targeting|of)\s+(?!the basis|behalf|grounds|account)")
_TO = re.compile(
    r"\b(?:to|for|from|into|against|with)\s+(?=the |all |any |its |every |our |[A-Z]|those|that )"
)
_INTO = re.compile(r"\b(?:into|of|against|on)\s+")
_OF = re.compile(r"\b(?:of|for)\s+")
_BARE_OF = re.compile(r"\bof\s+")
_BARE_TO = re.compile(r"\bto\s+")
_FROM = re.compile(r"\b(?:against|from)\s+")
_BAN_ON = re.compile(r"\b(?:bans?|restrictions) on\b")
_ENTRY = re.compile(r"\s+(?:entry|visas?|admission|any visas?|all visas?|the visas?)\b")
_ENTRY_OF = re.compile(r"\b(?:to|for|of|from)\s+")
_ACCESS_TO = re.compile(r"\b(?:access|visits?) (?:\w+ )?to\s+")
_VISIT = re.compile(r"\b(?:visit|enter|inspect|see|meet|into)\s+")
_WHETHER = re.compile(r"\b(?:whether|that|if)\s+")
_EVENT = re.compile(
    r"\b(?:massacre|genocide|killings?|crimes?|atrocit|events?|occupation|cleansing|annexation"
    r"|responsibility|right)",
    re.IGNORECASE,
)
_BEFORE_PASSIVE = re.compile(r"\b(?:on|against|upon|to|for|into|of)\s+")
_AFTER_PASSIVE = re.compile(r"\b(?:on|against|upon|to|into)\s+")
_PARTNERS = re.compile(r"\b(?:partners|allies|suppliers|donors|backers|supporters|friends) of ")
_DESCRIBES = ("responsible", "implicated", "complicit", "who", "involved", "accountable")


def target_of(rule: Rule, parse: Parse, verb: int, end: int) -> Stretch | None:
    """Return where the target of an action stands, None where it names none.

    Args:
        verb: the token of the action's verb.
        end: the offset where the action ends.
    """
    token = parse.tokens[verb]
    start, lemma = token.end, token.lemma
    obj = parse.object(Group(verb, verb, lemma, "finite"))
    match rule.target:
        case "object":
            return _span(parse, obj, end)
        case "on":
            return _after(_ON, parse, start, end) or _after(_BARE_OF, parse, start, end)
        case "to":
            return _after(_TO, parse, start, end) or _owner(parse, obj)
        case "into":
            sent = lemma in ("send", "dispatch", "deploy")
            return _after(_BARE_TO if sent else _INTO, parse, start, end)
        case "of":
            return _after(_OF, parse, start, end)
        case "ban":
            return _banned(parse, obj, start, end)
        case "access":
            m = _ACCESS_TO.search(parse.copy, start, end) or _VISIT.search(parse.copy, start, end)
            return _phrase(parse, m.end(), end) if m else None
        case "determined":
            m = _WHETHER.search(parse.copy, start, end)
            return _phrase(parse, m.end(), end) if m else None
        case _:
            return _told(rule, parse, obj, verb, end)


def _told(rule: Rule, parse: Parse, obj: Chunk | None, verb: int, end: int) -> Stretch | None:
    """The target of information, recognition and prevention, which few verbs name."""
    lemma = parse.tokens[verb].lemma
    if rule.target == "info":
        published = lemma in ("publish", "disclose", "release", "declassify", "clarify")
        return _span(parse, obj, end) if published else None
    if rule.target == "recognised":
        span = _span(parse, obj, end)
        return None if span is None or _EVENT.search(parse.copy[slice(*span)]) else span
    protecting = lemma in ("protect", "prevent", "withdraw")
    return _after(_FROM, parse, parse.tokens[verb].end, end) if protecting else None


def _banned(parse: Parse, obj: Chunk | None, start: int, end: int) -> Stretch | None:
    if _BAN_ON.search(parse.copy, start, end):
        return _after(_ON, parse, start, end)
    if _ENTRY.match(parse.copy, start, end):
        return _after(_ENTRY_OF, parse, start, end)
    return _span(parse, obj, end)


def passive_target(rule: Rule, parse: Parse, start: int, verb: int, end: int) -> Stretch | None:
    """Return the target of "that the prisoners be released", "sanctions be imposed on X".

    Args:
        start: the offset where the subject begins.
    """
    token = parse.tokens[verb]
    at = start
    if rule.target in ("on", "to", "into", "of", "access"):
        m = _BEFORE_PASSIVE.search(parse.copy, start, token.start) or _AFTER_PASSIVE.search(
            parse.copy, token.end, end
        )
        if m is None:
            return None
        at = m.end()
    chunk = parse.phrase(parse.index_at(at))
    return parse.span(chunk) if chunk else None


def of_partners(copy: str, addressees: list[Stretch]) -> Stretch | None:
    """Return the X of "calls upon the partners of X to suspend deliveries"."""
    for start, end in addressees:
        m = _PARTNERS.search(copy, start, end)
        if m:
            return m.end(), end
    return None


def _span(parse: Parse, chunk: Chunk | None, end: int) -> Stretch | None:
    if chunk is None:
        return None
    start, stop = parse.span(_described(parse, chunk, end))
    return (start, min(stop, end)) if start < end else None


def _described(parse: Parse, chunk: Chunk, end: int) -> Chunk:
    """A noun phrase with what describes it: "responsible for", "held without charge"."""
    token = parse.token(chunk.last)
    if token is None:
        return chunk
    participle = token.tag == "verb" and token.form in ("past", "part") and token.start < end
    if token.low not in _DESCRIBES and not participle:
        return chunk
    last = chunk.last
    while (word := parse.token(last)) and word.end <= end and word.word not in ",;":
        if last - chunk.last > 14 or word.low in ("under", "until", "pursuant"):
            break
        last += 1
    return Chunk(chunk.first, last)


def _owner(parse: Parse, obj: Chunk | None) -> Stretch | None:
    """A target inside the object: "Tarn's military aid"."""
    if obj is None:
        return None
    inside = range(obj.first + 1, obj.last)
    owned = next((i for i in inside if parse.tokens[i].word in ("'s", "s'")), None)
    return parse.span(Chunk(obj.first, owned)) if owned else None


def _phrase(parse: Parse, offset: int, end: int) -> Stretch | None:
    return _span(parse, parse.phrase(parse.index_at(offset)), end)


def _after(form: re.Pattern[str], parse: Parse, start: int, end: int) -> Stretch | None:
    """The first noun phrase that follows a preposition between two offsets."""
    spans = (_phrase(parse, m.end(), end) for m in form.finditer(parse.copy, start, end))
    return next((s for s in spans if s), None)
