"""Content: where the words that somebody is said to have said begin and end."""

import re
from typing import NamedTuple

from gravamen.claims import Stance
from gravamen.reading.grammar import Chunk, Group, Parse, Token
from gravamen.reading.spans import Stretch
from gravamen.reading.speech.cues import cues
from gravamen.reading.text import Document, Quotation

# Where reported words stop though the sentence goes on.
_STOPS = re.compile(
    r";|,? according to\b|,? in the words of\b|(?<= )- (?=which|who)"
    r"|,? and (?=(?:\w+ly )?(?:rejected|denied|dismissed|refuted|disputed|rejects"
    r"|denies|said|says|added|adds|claimed|claims)\b)"
    r"|, (?P<contrast>but|while|whereas|although|though)\b"
)
_AND = re.compile(r", and ")
_NEXT_THAT = re.compile(r",? and (?:also )?(?=that\b)")
_DATELINE = re.compile(r"[^.;]{0,90}?(?:\([^)]{2,40}\) ?)[-—–] ")
_LINKED = re.compile(r"(?:of which|which|because|while|but|and) *\Z")
_FOLLOWING = re.compile(r",? (?:the following|as follows)(?: \w+)?:\s*(?:\(?\w{1,3}[.)]\s*)?")
_LISTED_CHARS = 12
_OF_WHICH = re.compile(r",? (?:as a (?:result|consequence) of which|in which|during which) ")
_TAG_CHARS = 60
_THAT_TOKENS = 18
_ADVERBIAL_WORDS = 9


class Content(NamedTuple):
    """A stretch that somebody is said to have said, the rule that found it, and the stance that
    its own words show."""

    start: int
    end: int
    rule: str
    stance: Stance | None = None


def that_clauses(parse: Parse, at: int) -> list[Stretch]:
    """Return the clauses after the "that" at a token, those joined by "and that" each alone."""
    copy, start = parse.copy, parse.tokens[at].end
    end = stop(parse, start)
    parts: list[Stretch] = []
    for m in _NEXT_THAT.finditer(copy, start, end):
        if copy.count('"', start, m.start()) % 2 == 0:
            parts.append((start, m.start()))
            start = m.end() + len("that")
    return [*parts, (start, end)]


def stop(parse: Parse, start: int) -> int:
    """Return where reported words that begin at an offset end."""
    for m in _STOPS.finditer(parse.copy, start + 1, parse.end):
        quoted = parse.copy.count('"', start, m.start()) % 2
        if not quoted and (not m["contrast"] or _has_cue(parse, m.end())):
            return m.start()
    tag = _closing_tag(parse, start)
    end = parse.end if tag is None else tag
    return min(end, _next_voice(parse, start) or end)


def _next_voice(parse: Parse, start: int) -> int | None:
    """Where ", and" begins a clause in which somebody else speaks: ", and twelve described"."""
    known, n = cues(), 0
    for m in _AND.finditer(parse.copy, start + 1, parse.end):
        if parse.copy.count('"', start, m.start()) % 2:
            continue
        while n < len(parse.groups) and parse.tokens[parse.groups[n].head].start < m.end():
            n += 1
        group = parse.groups[n] if n < len(parse.groups) else None
        if group is None or group.form != "finite" or group.passive:
            continue
        subject = parse.subject(group)
        own = subject is not None and parse.tokens[subject.first].start == m.end()
        if own and (group.lemma in known.clause or group.lemma in known.noun):
            return m.start()
    return None


def _has_cue(parse: Parse, start: int) -> bool:
    """Whether somebody else speaks after an offset."""
    return any(g.lemma in cues().clause for g in parse.groups_in(start, parse.end))


def _closing_tag(parse: Parse, start: int) -> int | None:
    """Where a closing ", X said" begins."""
    last = parse.groups[-1] if len(parse.groups) > 1 else None
    if last is None or last.lemma not in cues().clause or last.form != "finite":
        return None
    verb = parse.tokens[last.head]
    subject = parse.subject(last)
    if subject is None or verb.start <= start or verb.end < parse.end - _TAG_CHARS:
        return None
    at = parse.tokens[subject.first].start
    return at if at > start and parse.copy[start:at].rstrip().endswith(",") else None


def after_cue(parse: Parse, group: Group) -> int:
    """Return the token where content can begin after a verb of saying and whom it was said to."""
    i = group.head + 1
    token = parse.token(i)
    to = token is not None and token.tag == "to"
    told = parse.phrase(i + to) if to or group.lemma in cues().told_somebody else None
    return told.last if told else i


def that_after(parse: Parse, i: int) -> int | None:
    """Return the token of the "that" that opens the content, with only adverbials before it."""
    for j in range(i, min(len(parse.tokens), i + _THAT_TOKENS)):
        token = parse.tokens[j]
        if token.low == "that" and token.tag in ("sub", "det"):
            return None if j > i and parse.tokens[j - 1].tag == "prep" else j
        if token.low == "and" and j > i:
            continue
        if token.tag in ("verb", "aux", "modal", "mark", "conj", "sub") or token.word in ";:.":
            return None
        if j == i and token.low == "no":  # "found no evidence that"
            return None
        if token.tag == "noun" and j == i and token.low not in ("today", "yesterday", "tomorrow"):
            return None
    return None


def listed(parse: Parse, group: Group) -> Stretch | None:
    """Return what follows "finds the following:" or "declared as follows:"."""
    m = _FOLLOWING.match(parse.copy, parse.tokens[group.head].end, parse.end)
    return (m.end(), parse.end) if m and parse.end - m.end() > _LISTED_CHARS else None


def quotation_after(document: Document, parse: Parse, i: int) -> Quotation | None:
    """Return the quotation that opens within a few words of a token, nothing but adverbials
    between."""
    token = parse.token(i)
    quotation = document.quotations.after(token.start) if token else None
    if token is None or quotation is None or quotation.start > parse.end + 2:
        return None
    between = parse.copy[token.start : max(token.start, quotation.start - 1)]
    words = re.findall(r"\w+", between)
    if len(words) > _ADVERBIAL_WORDS or re.search(r"[.;]", between):
        return None
    if "," in between and parse.groups_in(token.start, quotation.start - 1):
        return None
    marked = ":" in between or "," in between
    adverbial = marked or not words or words[0].lower() in cues().before_quotation
    return quotation if adverbial else None


def bare_clause(parse: Parse, i: int) -> Stretch | None:
    """Return the clause that follows a verb of saying without "that"."""
    token = parse.token(i)
    chunk = parse.phrase(i)
    if token is None or token.tag not in ("det", "pron", "noun", "num", "poss") or chunk is None:
        return None
    group = next((g for g in parse.groups if g.first > i), None)
    if group is None or group.form != "finite" or group.first > chunk.last + 8:
        return None
    if parse.describes(group.head):
        return None
    subject = parse.subject(group)
    if subject is None or not subject.first <= i < subject.last:
        return None
    if subject.first != i and token.tag != "pron":
        return None
    return token.start, stop(parse, token.start)


def noun_content(parse: Parse, i: int) -> Stretch | None:
    """Return a noun phrase as content, with all that belongs to it up to the clause's end."""
    chunk = parse.phrase(i)
    if chunk is None:
        return None
    last = chunk.last
    while (token := parse.token(last)) and not _ends_content(parse, last, token):
        last += 1
    return parse.span(Chunk(chunk.first, last))


def _ends_content(parse: Parse, j: int, token: Token) -> bool:
    """Whether a noun phrase as content ends before a token."""
    if token.word in ",;:.-—" or token.tag in ("sub", "modal", "aux"):
        return True
    if token.tag == "verb":
        told = token.form == "past" and not parse.describes(j)
        return told or token.form in ("s", "base")
    after = parse.token(j + 1)
    return token.tag == "conj" and after is not None and after.tag in ("verb", "aux", "modal")


def before_tag(document: Document, parse: Parse, start: int) -> Stretch | None:
    """Return what stands before ", X said": the quotation there, or the clause.

    Args:
        start: where the speaker begins.
    """
    copy, i = parse.copy, start
    while i > 0 and copy[i - 1] == " ":
        i -= 1
    if i > 0 and copy[i - 1] in '"»':
        around = document.quotations.before(i)
        return (around.start, around.end) if around and around.end >= i - 2 else None
    if i == 0 or copy[i - 1] != ",":
        return None
    dateline = _DATELINE.match(copy, parse.start, i)
    first = dateline.end() if dateline else parse.start
    semicolon = copy.find(";", first, i)
    first = semicolon + 1 if semicolon >= 0 else first
    if i - 1 - first < 8 or copy.count('"', first, i) % 2:
        return None
    return first, i - 1


def clause_before(parse: Parse, offset: int) -> Stretch:
    """Return the clause that ends at an offset: with a comma there all of it, else the last."""
    copy = parse.copy
    start = max(copy.rfind(";", parse.start, offset) + 1, parse.start)
    before = copy[start:offset].rstrip()
    if before.endswith(","):
        return start, start + len(before) - 1
    inside = [g for g in parse.groups_in(start, offset) if g.form == "finite"]
    subject = parse.subject(inside[-1]) if inside else None
    if subject:
        at = parse.tokens[subject.first].start
        if at > start and _LINKED.search(copy[start:at]):
            return at, offset
    linked = list(_OF_WHICH.finditer(copy, start, offset))
    return (linked[-1].end(), offset) if linked else (start, offset)
