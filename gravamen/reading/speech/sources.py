"""Sources: who speaks where no verb of saying has a subject: "according to X", "X's claim that"."""

import re
from collections.abc import Iterator

from gravamen.reading.acts.roles import genitive
from gravamen.reading.grammar import Chunk, Group, Parse, Token
from gravamen.reading.spans import Stretch
from gravamen.reading.speech import content
from gravamen.reading.speech.cues import cues
from gravamen.reading.speech.said import Said

_ACCORDING = re.compile(
    r"\b(?:according to|as reported by|as stated by|in the words of|in the view of|citing|quoting"
    r"|as told by|as recorded by)\s+",
    re.IGNORECASE,
)
_RELAYS = re.compile(
    r"\b(?:seen|obtained|reviewed|interviewed|published|cited|quoted|read|heard|shared with"
    r"|leaked to|received|collected|gathered|documented|recorded|spoken to|examined)"
    r"(?: \w+ly)? by\s+|\b(?:shared with|leaked to|given to|shown to|sent to|made available to)\s+"
)
_PASSED_ON = re.compile(
    r",? (?:which|who) (?:has |have |had )?(?:then )?(?:shared|passed|relayed|published|forwarded"
    r"|recorded|posted|released|reported|sent|quoted|circulated|handed|gave)\b"
)
_QUOTED_BY = re.compile(r", (?:according to|citing|quoted by|as reported by|cited by) ")
_UNVERIFIED = re.compile(
    r"\b(?:could not|cannot|can not|couldn't|was unable to|were unable to|is unable to"
    r"|are unable to|has been unable to|have been unable to|was not able to|were not able to"
    r"|(?:has|have|had) not been able to|did not|does not|do not|has not|have not|had not)"
    r" (?:yet )?(?:independently )?(?P<verb>confirm(?:ed)?|verif(?:y|ied)|corroborate[d]?"
    r"|establish(?:ed)?|authenticate[d]?)\b"
)
_NEITHER = re.compile(
    r"\bneither (?:confirm\w*|accept\w*|admit\w*) nor (?:den\w+|refut\w+|reject\w+|confirm\w*)"
)
_COMMA = re.compile(r",(?! \d{4}\b)")
_OPENS_CLAUSE = re.compile(r"\b(?:which|that|where|whom|and|but|while|because),\s*\Z")
_LINKS = ("for", "at", "with", "in", "from")
SELF = ("i", "we", "you")


def named(parse: Parse, chunk: Chunk) -> Chunk:
    """Return a speaker after the verb, with the name that may follow on a comma."""
    link = parse.token(chunk.last)
    if link and link.word == ",":
        more = parse.phrase(chunk.last + 1)
        if more and parse.is_name(more) and not _acts_itself(parse, chunk, more):
            return more
    while (link := parse.token(chunk.last)) and (link.low in _LINKS or _of_name(link)):
        more = parse.phrase(chunk.last + 1)
        if more is None or parse.tokens[chunk.last + 1].word[0].isdigit():
            break
        chunk = Chunk(chunk.first, more.last)
    return chunk


def _of_name(link: Token) -> bool:
    """Whether a preposition is part of a name: "Doctors Without Walls"."""
    return link.tag == "prep" and link.capital


def _acts_itself(parse: Parse, chunk: Chunk, name: Chunk) -> bool:
    """Whether a name after a comma begins a clause of its own: "according to two guards, Captain
    X beat": a verb has it as its subject, or the speakers are many."""
    links = (i for i in range(chunk.first, chunk.last) if parse.tokens[i].tag == "prep")
    head = parse.tokens[next(links, chunk.last) - 1]
    plural = head.low.endswith("s") and not head.capital and not head.low.endswith("ss")
    if plural and "and" not in parse.words(name).lower().split():
        return True
    following = (g for g in parse.groups if g.first >= name.last and g.form == "finite")
    group = next(following, None)
    if group is None:
        return False
    subject, before = parse.subject(group), parse.token(_verb_start(parse, group) - 1)
    aside = before is not None and before.word == "," and _verb_start(parse, group) > name.last + 1
    return aside or (subject is not None and subject.first == name.first)


def _verb_start(parse: Parse, group: Group) -> int:
    """The token where a verb begins with its adverbs."""
    i = group.first
    while i > 0 and parse.tokens[i - 1].tag == "adv":
        i -= 1
    return i


def passive(parse: Parse, group: Group) -> list[Said]:
    """Return the speech of "was told by X that", "it is alleged that": the agent's or nobody's."""
    known, agent = cues(), parse.agent(group)
    that = content.that_after(parse, group.head + 1)
    if group.lemma not in known.clause or that is None or group.negated:
        return []
    if agent is None and parse.words(parse.subject(group)).lower() != "it":
        return []
    speaker = parse.span(agent) if agent else None
    return [
        Said(
            start=start,
            end=end,
            speaker=speaker,
            stance=known.clause[group.lemma],
            rule="speech.passive",
            why=f"A clause after the passive of “{group.lemma}”.",
            inferred=group.lemma in known.inference,
            described=speaker,
        )
        for start, end in content.that_clauses(parse, that)
    ]


def relay(parse: Parse, group: Group, speaker: Chunk | None) -> Stretch | None:
    """Return the next voice outward: "seen by X", "told X, which shared", "according to X"."""
    head = parse.tokens[group.head]
    passed = _PASSED_ON.search(parse.copy, head.end, parse.end)
    told = parse.object(group)
    if passed and told and parse.span(told)[1] == passed.start():
        return parse.span(told)
    if speaker:
        by = _RELAYS.search(parse.copy, parse.span(speaker)[0], head.start)
        if by:
            return _phrase_at(parse, by.end())
    later = _QUOTED_BY.search(parse.copy, head.end, parse.end)
    return _phrase_at(parse, later.end()) if later and later.start() - head.end < 60 else None


def _phrase_at(parse: Parse, offset: int) -> Stretch | None:
    chunk = parse.phrase(parse.index_at(offset))
    return parse.span(chunk) if chunk else None


def according(parse: Parse) -> Iterator[Said]:
    """Yield what the sentence gives "according to X"."""
    for m in _ACCORDING.finditer(parse.copy, parse.start, parse.end):
        chunk = parse.phrase(parse.index_at(m.end()))
        if chunk is None:
            continue
        first = parse.span(chunk)[0]
        chunk = named(parse, chunk)
        stretch = _attributed(parse, m, chunk)
        if stretch:
            yield Said(
                start=stretch[0],
                end=stretch[1],
                speaker=parse.span(chunk),
                stance="affirms",
                rule="speech.according",
                why=f"The sentence goes back to its source with “{m[0].strip()}”.",
                described=(min(first, parse.span(chunk)[0]), parse.span(chunk)[1]),
            )


def _attributed(parse: Parse, m: re.Match[str], chunk: Chunk) -> Stretch | None:
    """What "according to X" covers: the clause after it, or the one before."""
    copy, end = parse.copy, parse.span(chunk)[1]
    before = copy[parse.start : m.start()]
    if before.rstrip().endswith(";") or len(before.strip(" ,-—")) < 12:
        comma = _COMMA.search(copy, end, min(parse.end, end + 80))
        start = comma.end() if comma else end
        return start, content.stop(parse, start)
    if _said_before(parse, m.start()):
        return None
    if copy[end : end + 1] == ",":
        if _OPENS_CLAUSE.search(before):
            return end + 1, content.stop(parse, end + 1)
        if not parse.groups_in(parse.start, m.start()):
            return end + 1, content.stop(parse, end + 1)
        verb = parse.token(parse.index_at(m.start()) - 2)
        if verb is not None and verb.tag == "verb" and before.rstrip().endswith(","):
            return content.clause_before(parse, m.start())[0], content.stop(parse, end + 1)
    citing = m[0].lower().startswith(("citing", "quoting"))
    if citing and "," not in copy[m.start() - 2 : m.start()]:
        return None
    return content.clause_before(parse, m.start())


def _said_before(parse: Parse, offset: int) -> bool:
    """Whether a closing tag ("the guard said") already stands right before an offset."""
    groups = parse.groups_in(max(parse.start, offset - 40), offset)
    return (
        bool(groups)
        and groups[-1].lemma in cues().clause
        and groups[-1].form == "finite"
        and (parse.tokens[groups[-1].head].end >= offset - 12)
    )


def unverified(parse: Parse) -> Iterator[Said]:
    """Yield what somebody "could not verify" or "neither confirmed nor denied"."""
    for form in (_UNVERIFIED, _NEITHER):
        for m in form.finditer(parse.copy, parse.start, parse.end):
            verbs = (g for g in parse.groups if parse.tokens[g.head].end >= m.start())
            group = next((g for g in verbs if g.form == "finite"), None)
            subject = parse.subject(group) if group else None
            if subject is None or parse.words(subject).lower() in SELF:
                continue
            stretch = _doubted(parse, m, subject)
            if stretch:
                yield Said(
                    start=stretch[0],
                    end=stretch[1],
                    speaker=parse.span(subject),
                    stance="qualifies",
                    rule="speech.unverified",
                    why="Somebody says that it could not be confirmed.",
                    described=parse.span(subject),
                )


def _doubted(parse: Parse, m: re.Match[str], subject: Chunk) -> Stretch | None:
    """What could not be confirmed: the words after the verb, or those that "which" takes up."""
    i = parse.index_at(m.end())
    after, before = parse.token(i), parse.token(subject.first - 1)
    if after and after.low in ("that", "whether", "if"):
        return after.end, content.stop(parse, after.end)
    if before is None or before.low not in ("that", "which"):
        stretch = content.noun_content(parse, i)
        return stretch if stretch and _tells(parse.copy[slice(*stretch)]) else None
    at = parse.span(subject)[0]
    comma = parse.copy.rfind(",", parse.start, at)
    start = comma + 1 if comma >= 0 else parse.start
    of_which = before.low == "which" and "of which" in parse.copy[start:at]
    return start, at if of_which else m.end()


def _tells(words: str) -> bool:
    """Whether words say what was doubted: not "26 further reports" alone."""
    plain = words.lower().split()
    return plain[-1] not in cues().claim_nouns or plain[-1].startswith("statement")


def claims(parse: Parse) -> Iterator[Said]:
    """Yield the claims of "rejects the claims of X that S": X affirms, whoever rejects denies."""
    for i, token in enumerate(parse.tokens):
        if token.low not in cues().claim_nouns or token.tag not in ("noun", "verb"):
            continue
        owner, last = _owner(parse, i)
        that = parse.token(last)
        group = next((g for g in reversed(parse.groups) if g.head < i), None)
        if that and that.low == "that":
            yield from _claimed(parse, owner, last, group)


def _owner(parse: Parse, i: int) -> tuple[Chunk | None, int]:
    """Whose claim it is, and the token after all of it."""
    link = parse.token(i + 1)
    if link and link.tag == "prep" and link.low in ("of", "by", "from"):
        chunk = parse.phrase(i + 2)
        if chunk:
            return chunk, chunk.last
    for at in range(max(0, i - 8), i):
        if parse.tokens[at].word in ("'s", "s'"):
            chunk = genitive(parse, at)
            if chunk:
                return chunk, i + 1
    return None, i + 1


def _claimed(parse: Parse, owner: Chunk | None, that: int, group: Group | None) -> Iterator[Said]:
    known = cues()
    subject = parse.subject(group) if group and not group.passive else None
    lemma = group.lemma if group else ""
    stance = known.noun.get(lemma) or known.clause.get(lemma)
    if group and group.negated and stance:
        stance = "qualifies"
    rejecter = parse.span(subject) if subject and stance else None
    for start, end in content.that_clauses(parse, that):
        end = _main_clause(parse, start, end)
        if owner:
            yield Said(
                start=start, end=end, speaker=parse.span(owner), stance="affirms",
                rule="speech.claim", why="A claim that is said to be somebody's.",
                relay=rejecter, described=parse.span(owner),
            )  # fmt: skip
        if rejecter and stance and stance != "affirms":
            yield Said(
                start=start, end=end, speaker=rejecter, stance=stance,
                rule="speech.denial", why=f"A claim that is met with “{lemma}”.",
                described=rejecter,
            )  # fmt: skip


def _main_clause(parse: Parse, start: int, end: int) -> int:
    """Where a claim ends before the clause of its judge: "as to X's claim that S, [Y finds]"."""
    known = cues()
    for group in parse.groups_in(start, end):
        subject = parse.subject(group)
        comma = parse.token(subject.first - 1) if subject else None
        judges = group.lemma in known.clause or group.lemma in known.name
        if judges and group.form == "finite" and comma is not None and comma.word == ",":
            return max(start, comma.start)
    return end
