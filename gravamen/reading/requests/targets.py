"""Targets: against whom or what a measure is asked for."""

import re

from gravamen.reading.grammar import Chunk, Group, Parse
from gravamen.reading.requests.measures import Rule, asking
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
_ENTRY = re.compile(
    r"\s+(?:entry|visas?|admission|an? (?:entry )?visa|any visas?|all visas?|the visas?)\b"
)
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
_SECTION = re.compile(r"(?:the )?(?:Foreign Assistance|title|section|Section|law|Act)")
_AFTER_PASSIVE = re.compile(r"\b(?:on|against|upon|to|into)\s+")
_PARTNERS = re.compile(r"\b(?:partners|allies|suppliers|donors|backers|supporters|friends) of ")
_DESCRIBES = ("responsible", "implicated", "complicit", "who", "involved", "accountable")
_LISTED = re.compile(r"\b(?:listing|designation|sanctioning)s? (?:of|for)\s+")
_PRACTICES = re.compile(r"\b(?:of|in|by)\s+(?=the |[A-Z])")
_BILL = re.compile(
    r"(?:H|S)\. ?(?:J\. ?|Con\. ?|R\. ?)?(?:Res\.|R\.)? ?\d+|H\.? ?R\.? ?\d+"
    r"|(?:Assembly|Senate|House) (?:Bill|(?:Joint |Concurrent )?Resolution) (?:No\. )?\d+"
)
# Words that no measure can be taken against: laws, their titles, what is done under them.
_NO_TARGET = re.compile(
    r"(?:the |this |that |its |any |new )?(?:\S+ )*?(?:Acts?|Law|Convention|Regulations|Code"
    r"|[Ll]egislation|Executive Order|E\.?O\.?|law|laws)(?:\W.*)?\Z",
    re.DOTALL,
)
_ENDED = re.compile(
    r"\b(?:aid|assistance|funding|support|training|loans?|weapons?|arms|munitions|sales?|exports?"
    r"|equipment)\b(?: \w+){0,2}? (?:to|for)\s+"
)
_LEADS = {
    "listed": (_LISTED,), "access": (_ACCESS_TO, _VISIT), "determined": (_WHETHER,),
    "ended": (_ENDED,),
}  # fmt: skip
_PUNITIVE = ("object", "on", "to", "ban", "listed")
_OWN_RELEASE = re.compile(r"(?P<who>his|her|their|its|.{3,60}?'s?) (?:\w+ )?(?:release|freedom)\b")
_PREPOSITIONS = ("on", "against", "upon", "to", "for", "from", "of", "in")
_ASIDE_TOKENS = 16
_INCLUDING = ("including", "namely", "especially", "particularly")


def target_of(rule: Rule, parse: Parse, verb: int, end: int) -> Stretch | None:
    """Return where the target of an action stands, None where it names none.

    Args:
        verb: the token of the action's verb.
        end: the offset where the action ends.
    """
    found = _found(rule, parse, verb, end)
    if found is None:
        return None
    punitive = rule.target in _PUNITIVE or rule.measure == "sanctions"
    if punitive and _NO_TARGET.match(parse.copy[slice(*found)]):
        return None
    return (found[0], _whole(parse, *found, end)) if punitive else found


def _found(rule: Rule, parse: Parse, verb: int, end: int) -> Stretch | None:
    token = parse.tokens[verb]
    start, lemma = token.end, token.lemma
    obj = parse.object(Group(verb, verb, lemma, "finite"))
    match rule.target:
        case "object":
            return _span(parse, obj or _past_law(parse, verb), end)
        case "on":
            return _after(_ON, parse, start, end) or _after(_BARE_OF, parse, start, end)
        case "to":
            return _after(_TO, parse, start, end) or _owner(parse, obj)
        case "into":
            sent = lemma in ("send", "dispatch", "deploy")
            return _after(_BARE_TO if sent else _INTO, parse, start, end)
        case "of":
            return _released(parse, start, end) or _after(_OF, parse, start, end)
        case "ban":
            return _banned(parse, obj, start, end)
        case "practices":
            return _practising(parse, start, end)
        case "bill":
            m = _BILL.search(parse.copy, start, end)
            return m.span() if m else None
        case "listed" | "access" | "determined" | "ended":
            return _phrase_after(_LEADS[rule.target], parse, start, end)
        case _:
            return _told(rule, parse, obj, verb, end)


def _phrase_after(
    forms: tuple[re.Pattern[str], ...], parse: Parse, start: int, end: int
) -> Stretch | None:
    """The noun phrase after the first form that is found."""
    found = (form.search(parse.copy, start, end) for form in forms)
    m = next((m for m in found if m), None)
    return _phrase(parse, m.end(), end) if m else None


def _practising(parse: Parse, start: int, end: int) -> Stretch | None:
    """The state whose practices a statement is asked on: the last "of" or "in" that is no law."""
    last: Stretch | None = None
    for m in _PRACTICES.finditer(parse.copy, start, end):
        span = _phrase(parse, m.end(), end)
        inside = last is not None and m.start() < last[1]
        if span and not inside and not _SECTION.match(parse.copy[slice(*span)]):
            last = span
    return last


def _past_law(parse: Parse, verb: int) -> Chunk | None:
    """The object that stands after the law: "designate under Executive Order 13818 the unit"."""
    link = parse.token(verb + 1)
    law = parse.phrase(verb + 2, joined=False) if link and link.low in ("under", "per") else None
    return parse.phrase(law.last) if law else None


def _released(parse: Parse, start: int, end: int) -> Stretch | None:
    """The X of "seek X's release", the "his" of "ask for his release"."""
    m = _OWN_RELEASE.search(parse.copy, start, end)
    if m is None or " of " in m["who"]:
        return None
    low, high = m.span("who")
    chunk = parse.phrase(parse.index_at(low), joined=False)
    if m["who"].endswith(("'s", "s'")) and (chunk is None or parse.span(chunk)[0] != low):
        return None
    return low, high - 2 if m["who"].endswith("'s") else high


def _whole(parse: Parse, start: int, stop: int, end: int) -> int:
    """Where a target ends with what is joined to it: "X, head of the Y, and on Z"."""
    at = _placed(parse, parse.index_at(stop))
    stop = max(stop, parse.tokens[at - 1].end)
    first = parse.index_at(start)
    while (last := _joined_to(parse, at, end) or _called(parse, first, at, end)) is not None:
        first, at = at, last
        stop = parse.tokens[at - 1].end
    return min(stop, end)


def _placed(parse: Parse, at: int) -> int:
    """The token after the place that tells which common noun is meant: "the regime in Minsk"."""
    toks = parse.tokens
    power = toks[at - 1].low in asking().askable
    near = power and parse.token(at) is not None and toks[at].low == "in"
    name = parse.phrase(at + 1, joined=False) if near else None
    return name.last if name and toks[name.first].capital else at


def _called(parse: Parse, first: int, at: int, end: int) -> int | None:
    """The token after the name of a post's holder: "its commander, Osk Temir"."""
    toks = parse.tokens
    words = [t for t in toks[first:at] if t.word.isalpha()]
    if at >= len(toks) or toks[at].word != "," or not words or not words[-1].word.islower():
        return None
    name = parse.phrase(at + 1, joined=False)
    if name is None or toks[name.last - 1].end > end:
        return None
    return name.last if toks[name.first].capital and parse.is_name(name) else None


def _joined_to(parse: Parse, at: int, end: int) -> int | None:
    """The token after one more target that "and" or "including" joins to one, past an aside."""
    toks = parse.tokens
    comma = at < len(toks) and toks[at].word == ","
    link = at + comma
    if comma and link < len(toks) and toks[link].low not in ("and", "or", *_INCLUDING):
        close = next(
            (i for i in range(link, min(link + _ASIDE_TOKENS, len(toks))) if toks[i].word == ","),
            None,
        )
        aside = toks[link : close if close is not None else link]
        if close is None or any(t.tag in ("aux", "modal", "verb") for t in aside):
            return None
        link = close + 1
    if link >= len(toks) or toks[link].low not in ("and", "or", *_INCLUDING):
        return None
    if toks[link].low in _INCLUDING and not comma:
        return None
    first = link + 1
    if first < len(toks) and toks[first].low == "in" and parse.token(first + 1):
        particular = toks[first + 1].low == "particular"
        first += 2 if particular else 0
    if first < len(toks) and toks[first].low in _PREPOSITIONS:
        first += 1
    chunk = parse.phrase(first) if first < len(toks) else None
    if chunk is None or toks[chunk.last - 1].end > end:
        return None
    after = parse.token(chunk.last)
    clause = after is not None and after.start < end and after.tag in ("modal", "aux")
    return None if clause or _NO_TARGET.match(parse.words(chunk)) else chunk.last


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
    if chunk is None:
        return None
    return parse.span(Chunk(chunk.first, _coordinated(parse, chunk.last, verb)))


def _coordinated(parse: Parse, last: int, verb: int) -> int:
    """Where the subject of a passive ends with what "and" joins to its first noun phrase."""
    toks = parse.tokens
    stop = next((i for i in range(last, verb) if toks[i].tag in ("verb", "aux", "modal")), verb)
    while stop > last and toks[stop - 1].tag in ("neg", "adv"):
        stop -= 1
    rest = toks[last:stop]
    if not rest or rest[0].word not in (",", "and", "or"):
        return last
    clause = any(t.tag == "sub" or t.word in ";:" for t in rest)
    linked = any(t.low in ("and", "or") for t in rest)
    return stop if linked and not clause else last


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
    within = parse.tokens[chunk.last - 1].low in _DESCRIBES
    if token.low not in _DESCRIBES and not participle and not within:
        return chunk
    last = chunk.last
    while (word := parse.token(last)) and word.end <= end and word.word not in ",;.:":
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
    return next((s for s in spans if s and not _NO_TARGET.match(parse.copy[slice(*s)])), None)
