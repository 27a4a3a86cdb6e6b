"""Actions: what a sentence asks to be done, by verbs of asking, "should", questions and lists."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from gravamen.reading.grammar import Chunk, Group, Parse, Token
from gravamen.reading.proposal import PartyFound
from gravamen.reading.requests.addressees import names_in
from gravamen.reading.requests.measures import asking
from gravamen.reading.spans import Spans, Stretch
from gravamen.reading.text import Document

_LINKS = ("on", "upon", "to", "back", "once", "again")
_ADDRESSEE_TOKENS = 26
_ASKING_VERBS = 8
_THAT_TOKENS = 16
_ASKED_NOUN = re.compile(r"\b(?:release|sanctions|investigation|access|end|measures|action)\b")
_FOR = re.compile(r"\bfor\b")
_QUESTION = re.compile(r"(?:\A|(?<=[,;:] ))(?:(?:And|So|But),? )?(?:Will|Would|Can|Could|Does|Do) ")
_ANSWER = re.compile(r"(?:And )?[Tt]hat ")


class Action(NamedTuple):
    """Something that is asked: the token of its verb, of whom, and how it was found.

    Args:
        refrain: whether it is asked not to be done.
        start: the offset where it begins, where that is before its verb.
    """

    verb: int
    addressees: list[Stretch]
    rule: str
    refrain: bool = False
    start: int | None = None


def joined(parse: Parse, verb: int, *, refrain: bool = False) -> Iterator[tuple[int, bool]]:
    """Yield the verb of an action and those joined to it by "and", commas and "to"."""
    yield verb, refrain
    toks = parse.tokens
    for i in range(verb + 1, len(toks)):
        if toks[i].low in ("that", "which", "who") and toks[i].tag == "sub":
            if toks[i - 1].low == "and":
                return
        elif toks[i].tag == "verb" and toks[i].form == "base" and _linked(toks, verb, i):
            yield i, refrain or toks[i - 1].tag == "neg"


def _linked(toks: list[Token], verb: int, i: int) -> bool:
    """Whether a verb is joined to one before it."""
    near = toks[i - 1]
    if near.tag not in ("to", "conj", "adv") and near.word not in ",;":
        return False
    j = i - 1
    while j > verb and (toks[j].tag in ("adv", "to", "neg") or toks[j].low in ("also", "further")):
        j -= 1
    return toks[j].low in ("and", "or") or toks[j].word in ",;"


class Asker:
    """The actions that one sentence asks for."""

    def __init__(self, document: Document, parties: Spans[PartyFound], parse: Parse) -> None:
        self.document, self.parties, self.parse = document, parties, parse
        self.copy = document.copy

    def actions(self) -> Iterator[Action]:
        """Yield the actions that the sentence asks for by its own words."""
        for group in self.parse.groups:
            yield from self._asked(group)
            yield from self._should(group)
        yield from self._questions()

    def names(self, start: int, end: int) -> list[Stretch]:
        """Return the single names of a list of addressees."""
        return names_in(self.document, self.parties, start, end)

    def addressed(self, group: Group) -> list[Stretch]:
        """Return whom a verb of asking is addressed to."""
        i = self._past_links(group, _LINKS)
        opening = self.parse.token(i)
        chunk = self.parse.phrase(i)
        if group.passive or opening is None or opening.low == "that" or chunk is None:
            return []
        start, stop = self.parse.span(chunk)
        end = self._past_addressees(group)
        stop = self.parse.tokens[end - 1].end if end > chunk.last else stop
        noun = _ASKED_NOUN.search(self.copy, start, min(stop, start + 60))
        if noun and group.lemma in asking().ask_noun:
            return []
        return self.names(start, stop)

    def _past_links(self, group: Group, links: tuple[str, ...]) -> int:
        """Return the token after "on", "once again" and the like that follow a verb of asking."""
        i = group.head + 1
        while (token := self.parse.token(i)) and (token.low in links or token.tag == "adv"):
            if token.low == "to" and group.lemma not in asking().to_addressee:
                break
            i += 1
        return i

    def _past_addressees(self, group: Group) -> int:
        """Return the token after the addressees of a verb of asking."""
        i = self._past_links(group, (*_LINKS, "for"))
        chunk = self.parse.phrase(i)
        if chunk is None:
            return i
        last = chunk.last
        while last - chunk.last < _ADDRESSEE_TOKENS and (token := self.parse.token(last)):
            if token.tag == "to" or token.word in ";:.":
                break
            participle = token.tag == "verb" and token.form in ("past", "part")
            if token.tag in ("verb", "aux", "modal", "sub") and not participle:
                return chunk.last
            last += 1
        return last

    def _verb_at(self, i: int) -> int | None:
        """Return the token of the verb that begins at a token, adverbs and "not" left aside."""
        while (token := self.parse.token(i)) and (
            token.tag in ("adv", "neg") or token.word in ',"'
        ):
            i += 1
        if token is None:
            return None
        verb = token.tag in ("verb", "aux") or (token.tag == "noun" and token.word[0].islower())
        return i if verb else None

    def _asked(self, group: Group) -> Iterator[Action]:
        """Yield the actions after a verb of asking."""
        known, lemma = asking(), group.lemma
        if lemma not in known.ask or group.negated or group.modal in ("could", "might"):
            return
        if group.passive:
            yield from self._asked_passive(group)
            return
        outer, names = self._outer(group), self.addressed(group)
        to = self._past_addressees(group)
        verb = self._infinitive(to)
        if verb is not None and (names or lemma not in known.own_wish):
            near = self.parse.tokens[to - 1].tag, self.parse.tokens[to + 1].tag
            for v, refrain in joined(self.parse, verb, refrain="neg" in near):
                yield Action(v, outer + names, "request.asked", refrain)
            return
        whether = self._whether(group) if lemma == "ask" and names else None
        that = self._that(group)
        if whether is not None:
            yield from self._asked_whether(whether, names)
        elif that is not None:
            yield from self._asked_that(that, outer)
        elif lemma in ("want", "like") and names:
            yield from self._wanted(group)
        else:
            yield from self._noun(group, outer)

    def _infinitive(self, to: int) -> int | None:
        """Return the verb after the "to" at a token, None where no "to" stands there."""
        token = self.parse.token(to)
        return self._verb_at(to + 1) if token and token.tag == "to" else None

    def _outer(self, group: Group) -> list[Stretch]:
        """Whom the verbs of asking are addressed to of which this one is the action."""
        out: list[Stretch] = []
        for _ in range(_ASKING_VERBS):
            before = self.parse.before(group) if group.form == "inf" else None
            if before is None or before.lemma not in asking().ask or before.passive:
                break
            out = self.addressed(before) + out
            group = before
        return out

    def _whether(self, group: Group) -> int | None:
        toks = self.parse.tokens
        after = range(group.head + 1, len(toks))
        return next((i for i in after if toks[i].low in ("whether", "if")), None)

    def _that(self, group: Group) -> int | None:
        """Return the "that" that opens what is asked, where no verb stands before it."""
        toks = self.parse.tokens
        for i in range(group.head + 1, min(len(toks), group.head + _THAT_TOKENS)):
            if toks[i].low == "that" and toks[i].tag in ("sub", "det"):
                return i
            if toks[i].tag in ("verb", "aux"):
                return None
        return None

    def _asked_passive(self, group: Group) -> Iterator[Action]:
        """Yield the actions of "X is requested to provide": the subject is addressed."""
        i = group.head + 1
        while (token := self.parse.token(i)) and token.tag == "adv":
            i += 1
        verb, subject = self._infinitive(i), self.parse.subject(group)
        if verb is None or subject is None:
            return
        names = self.names(*self.parse.span(subject))
        for v, refrain in joined(self.parse, verb):
            yield Action(v, names, "request.passive", refrain)

    def _asked_that(self, that: int, outer: list[Stretch]) -> Iterator[Action]:
        """Yield the actions of "recommends that X grant ...": the subjects are addressed."""
        for group in self.parse.groups:
            subject = self.parse.subject(group) if group.head > that else None
            if subject is None or not self._opens_that(that, subject) or group.form != "finite":
                continue
            span = self.parse.span(subject)
            if group.passive:
                yield Action(group.head, outer, "request.that", start=span[0])
                continue
            if self.parse.tokens[group.head].form in ("past", "s") and not group.modal:
                continue
            names = self.names(*span)
            for v, refrain in joined(self.parse, group.head, refrain=group.negated):
                yield Action(v, outer + names, "request.that", refrain)

    def _opens_that(self, that: int, subject: Chunk) -> bool:
        """Whether a subject stands right after the "that" or after one like it."""
        before = subject.first - 1
        linked = before >= that and self.parse.tokens[before].low in ("that", ",")
        return linked or before == that

    def _asked_whether(self, at: int, names: list[Stretch]) -> Iterator[Action]:
        """Yield the actions of "to ask X whether he will impose": X is addressed."""
        for group in self.parse.groups:
            future = group.modal in ("will", "would", "shall")
            if group.head > at and future and self.parse.tokens[group.head].tag == "verb":
                for v, refrain in joined(self.parse, group.head):
                    yield Action(v, names, "request.question", refrain)
                return

    def _wanted(self, group: Group) -> Iterator[Action]:
        """Yield the action of "we want them released"."""
        obj = self.parse.object(group)
        verb = self.parse.token(obj.last) if obj else None
        if obj and verb and verb.tag == "verb" and verb.form in ("past", "part"):
            yield Action(obj.last, [], "request.wanted", start=self.parse.span(obj)[0])

    def _noun(self, group: Group, outer: list[Stretch]) -> Iterator[Action]:
        """Yield the action of "calls for the release of X", "demand sanctions on X"."""
        lemma, end = group.lemma, self.parse.tokens[group.head].end
        alone = lemma == "support" or group.form == "inf"
        if lemma not in asking().ask_noun or (alone and not outer):
            return
        if lemma not in asking().for_noun or _FOR.search(self.copy, end, end + 60):
            yield Action(group.head, outer, "request.noun")

    def _should(self, group: Group) -> Iterator[Action]:
        """Yield the actions of "X should release": X is addressed; of "must be released" nobody."""
        modal = (
            group.modal in asking().modals
            and not group.perfect
            and self.parse.tokens[group.head].tag != "modal"
        )
        needs = group.lemma == "need" and group.form == "finite"
        subject = self.parse.subject(group) if modal or needs else None
        if subject is None:
            return
        before = self.parse.token(subject.first - 1)
        if before and before.low in ("if", "whether", "who", "which"):
            return
        span = self.parse.span(subject)
        if group.passive:
            yield Action(group.head, [], "request.should", start=span[0])
            return
        verb = group.head if group.lemma != "need" else self._infinitive(group.head + 1)
        if verb is None:
            return
        names = self.names(*span)
        for v, refrain in joined(self.parse, verb, refrain=group.negated):
            yield Action(v, names, "request.should", refrain)

    def _questions(self) -> Iterator[Action]:
        """Yield the actions of "Will the Minister impose ...?": the Minister is addressed."""
        parse = self.parse
        text = self.copy[parse.start : parse.end]
        for m in _QUESTION.finditer(text, 0, max(0, text.rfind("?"))):
            chunk = parse.phrase(parse.index_at(parse.start + m.end()), joined=False)
            if chunk is None:
                continue
            verb = self._verb_at(chunk.last)
            if verb is None:
                verb = next((g.head for g in parse.groups if g.head > chunk.last), None)
            if verb is not None:
                names = self.names(*parse.span(chunk))
                for v, refrain in joined(parse, verb):
                    yield Action(v, names, "request.question", refrain)

    def imperative(self, first: int, addressees: list[Stretch]) -> Iterator[Action]:
        """Yield the actions of a sentence that begins with a verb, from a token on."""
        i = first
        while (token := self.parse.token(i)) and _before_imperative(token):
            i += 1
        known = asking()
        if token is None or token.tag != "verb" or token.form not in ("base", "ing"):
            return
        if token.lemma not in known.ask or token.lemma in known.as_action:
            for verb, refrain in joined(self.parse, i):
                yield Action(verb, addressees, "request.list", refrain)

    def answered(self) -> Iterator[Action]:
        """Yield the action of "That X send ...", which answers what somebody wants."""
        parse = self.parse
        opening = _ANSWER.match(self.copy, parse.start, parse.end)
        at = parse.index_at(opening.end()) if opening else 0
        chunk = parse.phrase(at, joined=False)
        verb = self._verb_at(chunk.last) if chunk else None
        if chunk is not None and verb is not None:
            start, end = parse.span(chunk)
            yield Action(verb, self.names(start, end), "request.answer", start=start)


def _before_imperative(token: Token) -> bool:
    """Whether a word or mark can stand before the verb that an item of a list begins with."""
    return (
        token.low in ("please", "kindly", "to", "and", "that", "also")
        or token.tag == "adv"
        or token.word in ',"('
        or token.word.isdigit()
    )
