"""Asker: what one sentence asks for, by verbs and nouns of asking, "should" and questions."""

import re
from collections.abc import Iterator

from gravamen.reading.grammar import Chunk, Group, Parse, Token
from gravamen.reading.proposal import PartyFound
from gravamen.reading.requests.actions import (
    Action,
    denied,
    infinitive,
    joined,
    part_at,
    parts_after,
    past_number,
    verb_at,
)
from gravamen.reading.requests.addressees import names_in
from gravamen.reading.requests.measures import asking
from gravamen.reading.requests.subjects import passives, subjunctive, whole_subject
from gravamen.reading.requests.voice import Voice
from gravamen.reading.spans import Spans, Stretch
from gravamen.reading.text import Document

_LINKS = ("on", "upon", "to", "back", "once", "again")
_ADDRESSEE_TOKENS = 26
_ASKING_VERBS = 8
_THAT_TOKENS = 16
_NAMED_TOKENS = 6
_CLAUSE_TOKENS = 18
_ASKED_NOUN = re.compile(r"\b(?:release|sanctions|investigation|access|end|measures|action)\b")
_FOR = re.compile(r"\bfor\b")
_QUESTION = re.compile(
    r"(?:\A|(?<=[,;:] ))(?:(?:And|So|But),? )?"
    r"(?:Will|Would|Can|Could|Does|Do) "
)
_ANSWER = re.compile(r"(?:And )?[Tt]hat ")
_NUMBERED_UNIT = re.compile(r"(?:the )?\d+(?:st|nd|rd|th) (?!Congress)")
_NONE = ("no", "none", "neither", "nobody")


class Asker:
    """The actions that one sentence asks for, in a voice that counts."""

    def __init__(
        self, document: Document, parties: Spans[PartyFound], parse: Parse, voice: Voice
    ) -> None:
        self.document, self.parties, self.parse = document, parties, parse
        self.voice, self.copy = voice, document.copy

    def actions(self) -> Iterator[Action]:
        """Yield the actions that the sentence asks for by its own words."""
        for group in self.parse.groups:
            yield from self._asked(group)
            yield from self._should(group)
        yield from self._resolved()
        yield from self._by_noun()
        yield from self._questions()

    def names(self, start: int, end: int) -> list[Stretch]:
        """Return the single names of a list of addressees."""
        return names_in(self.document, self.parties, start, end)

    def names_of(self, chunk: Chunk) -> list[Stretch]:
        """Return the single names of a noun phrase of addressees."""
        return self.names(*self.parse.span(chunk))

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
        return self._past_names(self._past_links(group, (*_LINKS, "for")))

    def _past_names(self, i: int) -> int:
        """Return the token after the addressees that begin at a token."""
        chunk = self.parse.phrase(i)
        if chunk is None:
            return i
        last = chunk.last
        while last - chunk.last < _ADDRESSEE_TOKENS and (token := self.parse.token(last)):
            if token.tag in ("to", "neg") or token.low == "neither" or token.word in ";:.":
                break
            participle = token.tag == "verb" and token.form in ("past", "part")
            if token.low in ("which", "who", "that") and (past := self._past_clause(last)):
                return past
            if token.tag in ("verb", "aux", "modal", "sub") and not participle:
                return chunk.last
            last += 1
        return last

    def _past_clause(self, i: int) -> int | None:
        """The "to" after a clause on the addressees ("States which have such laws to consider")."""
        toks = self.parse.tokens
        for j in range(i + 2, min(i + _CLAUSE_TOKENS, len(toks) - 1)):
            if toks[j].word in ";:.":
                return None
            if toks[j].tag == "to" and toks[j - 1].tag not in ("verb", "aux"):
                return j if toks[j + 1].tag == "verb" else None
        return None

    def _asked(self, group: Group) -> Iterator[Action]:
        """Yield the actions after a verb of asking."""
        known, lemma = asking(), group.lemma
        if lemma not in known.ask or group.negated or group.modal in ("could", "might"):
            return
        if not self.voice.hears(self.parse, group):
            return
        if group.passive:
            yield from self._asked_passive(group)
            return
        outer, names = self._outer(group), self.addressed(group)
        asked = infinitive(self.parse, self._past_addressees(group))
        if asked is not None and (names or lemma not in known.own_wish):
            yield from self._all(*asked, outer + names, outer)
            return
        whether = self._whether(group) if lemma == "ask" and names else None
        that = self._that(group)
        if whether is not None:
            yield from self._asked_whether(whether, names)
        elif that is not None:
            yield from self._asked_that(that, outer)
        elif lemma in ("want", "like") and names:
            yield from self._wanted(group)
        elif colon := self._after_colon(group):
            yield from self.imperative(*colon)
        else:
            yield from self._noun(group, outer)

    def _all(
        self, verb: int, refrain: bool, names: list[Stretch], outer: list[Stretch]
    ) -> Iterator[Action]:
        """Yield the actions of a verb, of those joined to it, and of further addressees."""
        parse, parts = self.parse, list(parts_after(self.parse, verb, self._acted_on))
        stops = [*(p.begin for p in parts), None]
        for v, not_to in joined(parse, verb, refrain=refrain, stop=stops[0]):
            yield Action(v, names, "request.asked", not_to, stop=stops[0])
        for part, stop in zip(parts, stops[1:], strict=True):
            of = outer + self.names_of(part.chunk)
            for v, not_to in joined(parse, part.verb, refrain=part.refrain, stop=stop):
                yield Action(v, of, "request.asked", not_to, stop=stop)

    def _acted_on(self, chunk: Chunk) -> bool:
        """Whether a list begins with a person or unit: "X and Captain Y and the Secretary to"."""
        if not any(t.low == "and" for t in self.parse.tokens[chunk.first : chunk.last]):
            return False
        first = self.parse.phrase(chunk.first, joined=False)
        if _NUMBERED_UNIT.match(self.parse.words(first)):
            return True
        place = self.document.place(*self.parse.span(first)) if first else None
        named = self.parties.overlapping(place.start, place.end) if place else []
        return any(p.type in ("person", "unit") for p in named)

    def _after_colon(self, group: Group) -> tuple[int, list[Stretch]] | None:
        """The verb after the colon of "one thing I ask of the President is this: stop ..."."""
        toks = self.parse.tokens
        colons = (i for i in range(group.head + 1, len(toks) - 1) if toks[i].word == ":")
        colon = next(colons, None)
        if colon is None or toks[group.head + 1].low not in ("of", "from", "is", "only"):
            return None
        of = self.parse.phrase(group.head + 2, joined=False)
        return colon + 1, self.names_of(of) if of else []

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
        asked, subject = infinitive(self.parse, i), self.parse.subject(group)
        if asked is None or subject is None:
            return
        for v, refrain in joined(self.parse, asked[0], refrain=asked[1]):
            yield Action(v, self.names_of(subject), "request.passive", refrain)

    def _asked_that(self, that: int, outer: list[Stretch]) -> Iterator[Action]:
        """Yield the actions of "recommends that X grant ...": the subjects are addressed."""
        for group in self.parse.groups:
            subject = self.parse.subject(group) if group.head > that else None
            if subject is None or group.form != "finite":
                continue
            subject = whole_subject(self.parse, subject, group)
            if not self._opens_that(that, subject):
                continue
            span = self.parse.span(subject)
            refrain = group.negated != self._nothing(subject)
            if group.passive:
                act = Action(group.head, outer, "request.that", refrain, span[0], passive=True)
                yield from passives(self.parse, act)
                continue
            if self.parse.tokens[group.head].form in ("past", "s") and not group.modal:
                continue
            names = self.names(*span)
            for v, not_to in joined(self.parse, group.head, refrain=refrain):
                yield Action(v, outer + names, "request.that", not_to)

    def _nothing(self, subject: Chunk) -> bool:
        """Whether a subject is nobody or nothing ("that no aid be sent")."""
        return self.parse.tokens[subject.first].low in _NONE

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
                for v, refrain in joined(self.parse, group.head, refrain=group.negated):
                    yield Action(v, names, "request.question", refrain)
                return

    def _wanted(self, group: Group) -> Iterator[Action]:
        """Yield the action of "we want them released"."""
        obj = self.parse.object(group)
        verb = self.parse.token(obj.last) if obj else None
        if obj and verb and verb.tag == "verb" and verb.form in ("past", "part"):
            start = self.parse.span(obj)[0]
            yield Action(obj.last, [], "request.wanted", start=start, passive=True)

    def _noun(self, group: Group, outer: list[Stretch]) -> Iterator[Action]:
        """Yield the action of "calls for the release of X", "demand sanctions on X"."""
        lemma, end = group.lemma, self.parse.tokens[group.head].end
        alone = lemma == "support" or group.form == "inf"
        if lemma not in asking().ask_noun or (alone and not outer):
            return
        if lemma not in asking().for_noun or _FOR.search(self.copy, end, end + 60):
            yield Action(group.head, outer, "request.noun")

    def _by_noun(self) -> Iterator[Action]:
        """Yield the actions of "its call on X to ...", "a request that X ..."."""
        parse = self.parse
        for i, token in enumerate(parse.tokens[:-1]):
            if token.tag != "noun" or token.low not in asking().asked_by_noun:
                continue
            if not self.voice.renews(parse, i):
                continue
            after = parse.tokens[i + 1]
            if after.low == "that":
                yield from self._asked_that(i + 1, [])
            elif after.low in ("on", "upon", "to") and (part := part_at(parse, i + 2)):
                names = self.names_of(part.chunk)
                yield from self._all(part.verb, part.refrain, names, [])

    def _resolved(self) -> Iterator[Action]:
        """Yield the actions of "The Council resolves: That the Secretary designate X"."""
        for group in self.parse.groups:
            if group.lemma != "resolve" or group.form != "finite" or group.negated:
                continue
            past = self.parse.tokens[group.head].form == "past"
            colon = self.parse.token(group.head + 1)
            if not past and self.voice.hears(self.parse, group):
                yield from self.resolved(group.head + 1 + bool(colon and colon.word in ":,"))

    def resolved(self, first: int) -> Iterator[Action]:
        """Yield the actions of "That the Secretary withhold ...", which a body resolves, from a
        token on; what it is itself to do is no request."""
        group = subjunctive(self.parse, first + 1)
        words = self.parse.words(Chunk(first + 1, group.first)) if group else ""
        if "Congress" in words or not self.voice.is_own(words):
            yield from self.that_item(first, [])

    def _should(self, group: Group) -> Iterator[Action]:
        """Yield the actions of "X should release": X is addressed; of "must be released" nobody."""
        modal = (
            (group.modal in asking().modals or self.voice.could(self.parse, group))
            and not group.perfect
            and self.parse.tokens[group.head].tag != "modal"
        )
        needs = group.lemma == "need" and group.form == "finite"
        subject = self.parse.subject(group) if modal or needs else None
        subject = subject and whole_subject(self.parse, subject, group)
        if subject is None or not self.voice.wishes(self.parse, group, subject):
            return
        before = self.parse.token(subject.first - 1)
        if before and before.low in ("if", "whether", "who", "which"):
            return
        span, refrain = self.parse.span(subject), group.negated != self._nothing(subject)
        if group.passive:
            act = Action(group.head, [], "request.should", refrain, span[0], passive=True)
            yield from passives(self.parse, act)
            return
        verb = group.head
        if group.lemma == "need":
            asked = infinitive(self.parse, group.head + 1)
            if asked is None:
                return
            verb, refrain = asked[0], asked[1] != refrain
        for v, not_to in joined(self.parse, verb, refrain=refrain):
            yield Action(v, self.names(*span), "request.should", not_to)

    def _questions(self) -> Iterator[Action]:
        """Yield the actions of "Will the Minister impose ...?": the Minister is addressed."""
        parse = self.parse
        text = self.copy[parse.start : parse.end]
        for m in _QUESTION.finditer(text, 0, max(0, text.rfind("?"))):
            chunk = parse.phrase(parse.index_at(parse.start + m.end()), joined=False)
            if chunk is None:
                continue
            verb = verb_at(parse, chunk.last)
            if verb is None:
                verb = next((g.head for g in parse.groups if g.head > chunk.last), None)
            if verb is not None:
                refrain = denied(parse.tokens[chunk.last : verb])
                for v, not_to in joined(parse, verb, refrain=refrain):
                    yield Action(v, self.names_of(chunk), "request.question", not_to)

    def imperative(self, first: int, addressees: list[Stretch]) -> Iterator[Action]:
        """Yield the actions of a sentence that begins with a verb, from a token on."""
        i = past_number(self.parse, first)
        while (token := self.parse.token(i)) and _before_imperative(token):
            i += 1
        refrain = denied(self.parse.tokens[first:i])
        known = asking()
        if token is None or not self._commands(i, token):
            return
        asks = token.lemma in known.ask
        if not asks or (token.lemma in known.as_action and not self._asks_on(i)):
            for verb, not_to in joined(self.parse, i, refrain=refrain):
                yield Action(verb, addressees, "request.list", not_to)

    def _commands(self, i: int, token: Token) -> bool:
        """Whether a word that begins an item is a verb ("Sanction General X", "suspend aid")."""
        if token.tag == "verb":
            return token.form in ("base", "ing")
        after = self.parse.token(i + 1)
        follows = after is not None and (after.capital or after.form == "ing")
        return token.low in asking().commands and follows

    def _asks_on(self, verb: int) -> bool:
        """Whether the verb at a token asks somebody to do something ("call on X to release")."""
        group = next((g for g in self.parse.groups if g.head == verb), None)
        return (
            group is not None and infinitive(self.parse, self._past_addressees(group)) is not None
        )

    def addressed_item(self, first: int, outer: list[Stretch]) -> Iterator[Action]:
        """Yield the actions of an item "the Secretary of State to designate ..."."""
        part = part_at(self.parse, first)
        if part is not None:
            names = self.names_of(part.chunk)
            yield from self._all(part.verb, part.refrain, outer + names, outer)

    def that_item(self, first: int, outer: list[Stretch]) -> Iterator[Action]:
        """Yield the actions of an item "That the President suspend ..."."""
        parse, opening = self.parse, self.parse.token(first)
        if opening is None or opening.low != "that":
            return
        group = subjunctive(parse, first + 1)
        if group is None:
            return
        subject = Chunk(first + 1, group.first)
        if group.lemma in asking().ask and not group.passive:
            return
        span, refrain = parse.span(subject), group.negated != self._nothing(subject)
        if group.passive:
            act = Action(group.head, outer, "request.that", refrain, span[0], passive=True)
            yield from passives(parse, act)
            return
        for v, not_to in joined(parse, group.head, refrain=refrain):
            yield Action(v, outer + self.names(*span), "request.that", not_to)

    def named(self, first: int, addressees: list[Stretch]) -> Iterator[Action]:
        """Yield the action of an item that only names it: "designation of X", "a hearing on Y"."""
        toks = self.parse.tokens
        for i in range(first, min(first + _NAMED_TOKENS, len(toks))):
            if toks[i].low in asking().named and toks[i].tag in ("noun", "verb"):
                yield Action(i, addressees, "request.named", start=toks[first].start)
                return
            if toks[i].tag in ("verb", "aux", "modal"):
                return

    def answered(self) -> Iterator[Action]:
        """Yield the action of "That X send ...", which answers what somebody wants."""
        parse = self.parse
        opening = _ANSWER.match(self.copy, parse.start, parse.end)
        at = parse.index_at(opening.end()) if opening else 0
        chunk = parse.phrase(at, joined=False)
        verb = verb_at(parse, chunk.last) if chunk else None
        if chunk is not None and verb is not None:
            start, end = parse.span(chunk)
            refrain = denied(parse.tokens[chunk.last : verb])
            yield Action(verb, self.names(start, end), "request.answer", refrain, start)


def _before_imperative(token: Token) -> bool:
    """Whether a word or mark can stand before the verb that an item of a list begins with."""
    return (
        token.low in ("please", "kindly", "to", "and", "that", "also", "do", "don't")
        or token.tag in ("adv", "neg")
        or token.word in ',"('
        or token.word.isdigit()
    )
