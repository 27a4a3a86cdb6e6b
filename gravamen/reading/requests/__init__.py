"""Requests: what a text asks to be done, against whom, under which law, and of whom."""

import re
from collections.abc import Iterator, Sequence

from gravamen.reading.grammar import Parse
from gravamen.reading.proposal import RequestFound
from gravamen.reading.requests.actions import Action
from gravamen.reading.requests.addressees import Letters
from gravamen.reading.requests.asker import Asker
from gravamen.reading.requests.extent import end_of, rule_of
from gravamen.reading.requests.lists import Lists
from gravamen.reading.requests.measures import Rule, asking
from gravamen.reading.requests.targets import of_partners, passive_target, target_of
from gravamen.reading.requests.voice import Voice
from gravamen.reading.spans import Proposals, Stretch
from gravamen.reading.text import Document
from gravamen.vocabulary import Measure

_ASKS_FOR = re.compile(
    r"What (?:do|would|did) (?:you|they|he|she) (?:ask|want|demand|hope|expect|like|wish|need)",
    re.IGNORECASE,
)
_THAT = re.compile(r"(?:And )?[Tt]hat\b")
_FOLLOWING = re.compile(r"\bfollowing\b|\bbelow\b|\blisted\b")


def requests(document: Document, found: Proposals, parses: Sequence[Parse]) -> list[RequestFound]:
    """Return what the text asks to be done, one proposal for each measure.

    What a body directs its own officers to do (send copies, report back) is form and no request.
    What a motion or letter tells of the asks of others, or of its own earlier ones, is none either.

    Args:
        parses: the parse of each sentence of the document, in order.
    """
    return list(_Reader(document, found, parses).all())


class _Reader:
    """One pass over a document, sentence by sentence."""

    def __init__(self, document: Document, found: Proposals, parses: Sequence[Parse]) -> None:
        self.document, self.found, self.parses = document, found, parses
        self.copy = document.copy
        self.voice = Voice(document, found, parses)
        self.letters = Letters(document, found.parties)
        self.lists = Lists(document, found, self.letters)

    def all(self) -> Iterator[RequestFound]:
        """Yield the requests, in order."""
        for number, parse in enumerate(self.parses):
            if self.voice.silent(number):
                continue
            asker = Asker(self.document, self.found.parties, parse, self.voice)
            if not self.voice.rejected(number):
                yield from self._of_sentence(number, asker)
            self.lists.opens(number, asker)

    def _of_sentence(self, number: int, asker: Asker) -> Iterator[RequestFound]:
        actions = [*self.lists.listed(number, asker), *asker.actions()]
        if number and self._answers(number):
            actions += asker.answered()
        taken: list[Stretch] = []
        for action in sorted(actions, key=lambda a: (a.verb, a.rule != "request.asked")):
            made = self._made(number, action, taken)
            if made:
                yield made

    def _answers(self, number: int) -> bool:
        """Whether a sentence answers the question what somebody wants: "That X send ..."."""
        parse = self.parses[number]
        return bool(_THAT.match(self.copy, parse.start, parse.end)) and any(
            _ASKS_FOR.search(self.copy, p.start, p.end)
            for p in self.parses[max(0, number - 4) : number]
        )

    def _made(self, number: int, action: Action, taken: list[Stretch]) -> RequestFound | None:
        """The proposal for an action, None where it asks for no measure."""
        parse = self.parses[number]
        start = parse.tokens[action.verb].start if action.start is None else action.start
        end = end_of(parse, action)
        verb, rule = rule_of(parse, action, end)
        own = any(asking().own_staff.search(self.copy[slice(*n)]) for n in action.addressees)
        if rule is None or own or any(a < end and start < b for a, b in taken):
            return None
        taken.append((start, end))
        start = _negation(parse, action, start)
        names = self.letters.settle(action.addressees, start)
        place = self.document.place(*_trimmed(self.copy, start, end))
        target = self._target(rule, parse, action, verb, end)
        target = self._listed(number, target, end) or target
        laws = self.found.laws.within(place.start, place.end)
        authority = next((law.authority for law in laws if law.authority), None)
        return RequestFound(
            id="",
            start=place.start,
            end=place.end,
            text=place.text,
            rule=action.rule,
            why=f"Somebody asks for it; verb and object stand for “{rule.measure}”.",
            measure=_under(rule.measure, authority),
            target=self.document.place(*target).text.strip(" ,;") if target else None,
            authority=authority,
            addressees=tuple(dict.fromkeys(self.document.place(*n).text for n in names)),
        )

    def _listed(self, number: int, target: Stretch | None, end: int) -> Stretch | None:
        """The list that follows, where "the following" are the target: after the colon of the
        sentence, or in the paragraphs after it."""
        parse = self.parses[number]
        words = self.copy[slice(*target)] if target else self.copy[max(parse.start, end - 40) : end]
        colon = self.copy.find(":", end, parse.end)
        if not (_FOLLOWING.search(words) or (target is None and colon >= 0)):
            return None
        listed = _trimmed(self.copy, colon + 1, parse.end) if colon >= 0 else (0, 0)
        if colon >= 0 and self.copy[slice(*listed)].strip():
            return listed if _FOLLOWING.search(words) else None
        return self.lists.names_after(number)

    def _target(
        self, rule: Rule, parse: Parse, action: Action, verb: int, end: int
    ) -> Stretch | None:
        if action.passive and action.start is not None:
            begin = action.start if action.subject is None else action.subject
            return passive_target(rule, parse, begin, action.verb, end)
        target = target_of(rule, parse, verb, end)
        if target is None and rule.target == "to":
            return of_partners(self.copy, action.addressees)
        return target


def _negation(parse: Parse, action: Action, start: int) -> int:
    """Where an action begins with the "not" that belongs to its meaning."""
    if not action.refrain:
        return start
    before = parse.tokens[max(0, action.verb - 3) : action.verb]
    return next((min(start, t.start) for t in before if t.tag == "neg"), start)


def _under(measure: Measure, authority: str | None) -> Measure:
    """The measure that a law makes of a word which serves for several: to designate under
    section 7031(c) is to bar from entry."""
    return "visa-ban" if measure == "sanctions" and authority in asking().visa_laws else measure


def _trimmed(copy: str, start: int, end: int) -> Stretch:
    while end > start and copy[end - 1] in " ,;:.\"'?!":
        end -= 1
    return start, end
