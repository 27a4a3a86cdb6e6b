"""Roles: who does an act and who suffers it, as the sentence around it says."""

import re
from typing import NamedTuple

from gravamen.reading.acts import whole
from gravamen.reading.acts.withholding import kept_from, withheld
from gravamen.reading.acts.words import Spoken, acts
from gravamen.reading.grammar import Chunk, Group, Parse
from gravamen.reading.grammar.words import verbs
from gravamen.reading.spans import Stretch

_AT = re.compile(r"\s*(?:\w+ ){0,2}?(?:on|at|upon|against|into|towards?)\s+")
_OF = re.compile(r"\s+(?:of|against|on|upon)\s+")
_BY = re.compile(r"(?: (?!was|were|is|are|and|that|who|which)[\w'-]+){0,6}? by\s+")
_SOURCE = re.compile(r", according to [^,;]{2,90}, ")
_TO = re.compile(r"[^.;]{0,60}?\bto ")
_ENDS_AT = re.compile(r"\b(?:on|at|upon|against)\Z")
_JOINED_VERBS = 12  # a longer chain of verbs is a list of words and no sentence
_FORCING = (
    "force", "make", "compel", "put", "throw", "lock", "deny", "refuse", "sentence", "remand",
)  # fmt: skip
_PRONOUNS = frozenset(["they", "them", "he", "him", "she", "her"])


class Cast(NamedTuple):
    """Perpetrator and victim, as stretches of the copy; None where the text is silent."""

    perpetrator: Stretch | None = None
    victim: Stretch | None = None


def cast_of(spoken: Spoken, parse: Parse) -> Cast:
    """Return who does and who suffers an act of a verb."""
    group = spoken.group
    if spoken.roles == "led":
        return Cast(_named_only(parse, parse.phrase(parse.index_at(spoken.end), joined=False)))
    if group is None:
        return Cast(victim=_stretch(parse, parse.phrase_before(parse.index_at(spoken.start))))
    if not group.passive and adjectival(parse, group.head):
        return Cast(victim=_around(parse, group))
    subject = whole.subject(parse, group)
    if spoken.roles == "suffer":
        if _forced(group, parse):
            victim = kept_from(parse, group) if withheld(parse, group) else parse.object(group)
            return Cast(_stretch(parse, subject), _stretch(parse, victim))
        told = group.passive or reduced(parse, group, spoken)
        by = _agent(parse, group) if told else None
        return Cast(by, _stretch(parse, _innermost(parse, subject, spoken)))
    if spoken.roles == "paid":
        return Cast(_payee(spoken, parse), _stretch(parse, subject))
    if spoken.roles == "present":
        return Cast(_person(parse, subject))
    if spoken.roles == "place":
        return Cast(None if group.passive else _doer(parse, subject))
    if group.passive or reduced(parse, group, spoken):
        victim = subject or (parse.phrase_before(group.first) if group.form != "inf" else None)
        return Cast(_agent(parse, group), _stretch(parse, victim))
    return Cast(_doer(parse, subject), _suffering(spoken, group, parse))


def _innermost(parse: Parse, subject: Chunk | None, spoken: Spoken) -> Chunk | None:
    """Of "access to prisoners held by" the prisoners, where the words of the act name them."""
    if subject is None:
        return None
    at = parse.index_at(spoken.start)
    links = [i for i in range(subject.first, min(at, subject.last)) if _links(parse, i)]
    return Chunk(links[-1] + 1, subject.last) if links and at < subject.last else subject


def _links(parse: Parse, i: int) -> bool:
    token = parse.tokens[i]
    return token.tag == "to" or (token.tag == "prep" and token.low != "of")


def adjectival(parse: Parse, i: int) -> bool:
    """Whether a participle describes the noun after it: "the badly beaten men", not "X personally
    beat prisoners"."""
    at = i - 1
    while at >= 0 and parse.tokens[at].tag == "adv":
        at -= 1
    described = at == i - 1 or (at >= 0 and parse.tokens[at].tag in ("det", "poss", "num", "prep"))
    return described and parse.adjectival(i)


def _suffering(spoken: Spoken, group: Group, parse: Parse) -> Stretch | None:
    """Who suffers an act of a verb in the active voice."""
    if spoken.act == "occupation":
        return _named_only(parse, parse.object(group))
    if spoken.roles == "alone":
        return None
    if spoken.roles == "at":
        return _after(_AT, parse, spoken.end)
    victim = _stretch(parse, parse.object(group) or _past_source(parse, group))
    return _after(_AT, parse, spoken.end) if not victim and spoken.act == "attack" else victim


def _past_source(parse: Parse, group: Group) -> Chunk | None:
    """The object after a source between commas: "have displaced, according to X, 12,000 people"."""
    m = _SOURCE.match(parse.copy, parse.tokens[group.head].end, parse.end)
    return parse.phrase(parse.index_at(m.end())) if m else None


def reduced(parse: Parse, group: Group, spoken: Spoken) -> bool:
    """Whether a participle without "was" is a passive: "prisoners held in Aresh"."""
    if group.form == "part":
        return True
    token = parse.tokens[group.head]
    if group.first != group.head or token.form not in ("past", "part"):
        return False
    if parse.object(group) is not None:
        return False
    at = group.head + 1
    after = parse.tokens[at].low if at < len(parse.tokens) else ""
    if after == "by" or parse.agent(group) is not None:
        return True
    if shares_passive(parse, group):
        return True
    return spoken.act not in ("attack", "threat") and spoken.roles == "do"


def shares_passive(parse: Parse, group: Group) -> bool:
    """Whether a participle is joined to a passive before it ("captured and charged")."""
    for _ in range(_JOINED_VERBS):
        before = parse.before(group)
        if before is None or not _joined(parse, group):
            return False
        if before.passive:
            return True
        if parse.tokens[before.head].form not in ("past", "part"):
            return False
        group = before
    return False


def _joined(parse: Parse, group: Group) -> bool:
    """Whether "and", "or" or a comma stands before a verb group."""
    i = group.first - 1
    while i >= 0 and parse.tokens[i].tag == "adv":
        i -= 1
    return i >= 0 and parse.tokens[i].low in ("and", "or", ",")


def _agent(parse: Parse, group: Group, depth: int = 0) -> Stretch | None:
    """Who did it: after "by", or of the passive that this one is joined to."""
    chunk = parse.agent(group)
    if chunk:
        return None if _is_thing(parse, chunk) else parse.span(_and_by(parse, chunk))
    before = parse.before(group)
    if before and depth < 4 and shares_passive(parse, group):
        return _agent(parse, before, depth + 1)
    return None


def _and_by(parse: Parse, chunk: Chunk) -> Chunk:
    """Return "by A and by B" with both."""
    link, by = parse.token(chunk.last), parse.token(chunk.last + 1)
    joined = link is not None and link.low == "and" and by is not None and by.low == "by"
    more = parse.phrase(chunk.last + 2) if joined else None
    return _forces(parse, Chunk(chunk.first, more.last) if more else chunk)


def _forces(parse: Parse, chunk: Chunk) -> Chunk:
    """Return a noun phrase with the "forces" or "armed groups" at its end."""
    token, after = parse.token(chunk.last), parse.token(chunk.last + 1)
    if token is None or token.tag != "verb":
        return chunk
    if token.form == "s" and token.lemma in verbs().nouns:
        return Chunk(chunk.first, chunk.last + 1)
    more = parse.phrase(chunk.last + 1) if token.low == "armed" and after else None
    return Chunk(chunk.first, more.last) if more else chunk


def _doer(parse: Parse, subject: Chunk | None) -> Stretch | None:
    """The subject, where it can do something: of "Veldian shelling" only "Veldian"."""
    if subject is None:
        return None
    if not _is_thing(parse, subject):
        return parse.span(subject)
    sides = next((i for i in range(subject.first, subject.last) if _between(parse, i)), None)
    if sides is not None:
        return parse.span(Chunk(sides + 1, subject.last))
    for link in range(subject.first + 1, subject.last - 1):
        if parse.tokens[link].low == "of" and any(
            t.capital for t in parse.tokens[link + 1 : subject.last]
        ):
            return parse.span(Chunk(link + 1, subject.last))
    first = parse.tokens[subject.first]
    i = subject.first + 1 if first.tag in ("det", "poss") else subject.first
    token = parse.tokens[i]
    owner = token.capital and i + 1 < subject.last and first.low not in ("the", "a")
    return (token.start, token.end) if owner else None


def _between(parse: Parse, i: int) -> bool:
    """Whether a token is the "between" of "fighting between A and B"."""
    return parse.tokens[i].low == "between" and parse.tokens[i + 1].tag != "num"


def _is_thing(parse: Parse, chunk: Chunk) -> bool:
    """Whether a noun phrase names no person or body: its head noun is a shell, a blast, "this"."""
    head = chunk.first
    for i in range(chunk.first, chunk.last):
        if parse.tokens[i].tag in ("prep", "conj", "sub") or parse.tokens[i].word in ",(":
            break
        head = i
    return parse.tokens[head].low in acts().things or parse.tokens[head].low in acts().nouns


def _stretch(parse: Parse, chunk: Chunk | None) -> Stretch | None:
    return parse.span(chunk) if chunk else None


def _named_only(parse: Parse, chunk: Chunk | None) -> Stretch | None:
    """A noun phrase, where it is a name."""
    if chunk is None or not any(t.capital for t in parse.tokens[chunk.first : chunk.last]):
        return None
    return parse.span(chunk)


def _person(parse: Parse, chunk: Chunk | None) -> Stretch | None:
    """A noun phrase, where it names a person: several capitals, the first word one of them."""
    if chunk is None or not parse.is_name(chunk):
        return None
    return parse.span(chunk)


def _around(parse: Parse, group: Group) -> Stretch | None:
    """The noun phrase that an adjective of an act describes: "the abducted men"."""
    for at in range(group.head - 1, max(-1, group.head - 6), -1):
        chunk = parse.phrase(at)
        if chunk and chunk.last > group.head:
            return parse.span(chunk)
    return None


def _forced(group: Group, parse: Parse) -> bool:
    """Whether "forced X to leave" stands in the active voice."""
    return not group.passive and group.lemma in _FORCING and parse.object(group) is not None


def _payee(spoken: Spoken, parse: Parse) -> Stretch | None:
    """Who is paid: "paid 500 to the officer"."""
    m = _TO.match(parse.copy, spoken.end, parse.end)
    return _stretch(parse, parse.phrase(parse.index_at(m.end()))) if m else None


def _after(form: re.Pattern[str], parse: Parse, offset: int) -> Stretch | None:
    """The noun phrase after a preposition that follows an offset."""
    m = form.match(parse.copy, offset, parse.end)
    if m is None and _ENDS_AT.search(parse.copy, max(0, offset - 8), offset):
        return _stretch(parse, parse.phrase(parse.index_at(offset)))
    return _stretch(parse, parse.phrase(parse.index_at(m.end()))) if m else None


def cast_of_noun(spoken: Spoken, parse: Parse, last: int) -> Cast:
    """Return who does and suffers an act of a noun.

    Args:
        last: where the list of nouns ends that this one stands in ("detention, torture and
            killing of prisoners").
    """
    victim = _after(_OF, parse, last)
    start = victim[1] if victim else last
    return Cast(_by(parse, start) or _owner(parse, spoken.start), victim)


def _by(parse: Parse, offset: int) -> Stretch | None:
    """Who did it, after a "by" that follows an offset within a few words."""
    m = _BY.match(parse.copy, offset, min(parse.end, offset + 60))
    chunk = parse.phrase(parse.index_at(m.end())) if m else None
    if chunk is None or _is_thing(parse, chunk) or parse.tokens[chunk.first].word[0].isdigit():
        return None
    return parse.span(parse.with_tail(chunk))


def _owner(parse: Parse, offset: int) -> Stretch | None:
    """The genitive before a noun of an act: "Tarn's shelling"."""
    i = parse.index_at(offset)
    for at in range(i - 1, max(-1, i - 5), -1):
        token = parse.tokens[at]
        if token.word in ("'s", "s'"):
            chunk = genitive(parse, at)
            return parse.span(chunk) if chunk else None
        if token.tag not in ("noun", "verb", "conj") and token.word != ",":
            return None
    return None


def genitive(parse: Parse, at: int) -> Chunk | None:
    """Return whose something is, before the "'s" at a token: "[the second guard]'s complaint"."""
    first = at
    while first > 0 and parse.tokens[first - 1].tag in ("noun", "det", "poss", "num"):
        first -= 1
    return Chunk(first, at) if first < at else None


def is_pronoun(words: str) -> bool:
    """Whether words are a pronoun of the third person that somebody named before may stand for."""
    return words.lower() in _PRONOUNS
