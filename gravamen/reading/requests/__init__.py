"""Requests: what a text asks to be done, against whom, under which law, and of whom."""

import re
from collections.abc import Iterator, Sequence

from gravamen.reading.grammar import Parse
from gravamen.reading.proposal import RequestFound
from gravamen.reading.requests.actions import Action, Asker
from gravamen.reading.requests.addressees import Letters
from gravamen.reading.requests.extent import end_of, rule_of
from gravamen.reading.requests.measures import Rule, asking
from gravamen.reading.requests.targets import of_partners, passive_target, target_of
from gravamen.reading.spans import Proposals, Stretch
from gravamen.reading.text import Document, Paragraph

_TO_LABEL = re.compile(r"(?:To|For) (?=(?:the |all |our |[A-Z]))(?P<who>[^:.]{2,120}?):")
_LIST_OPENS = re.compile(
    r"(?P<who>(?:the |The |our )?[A-Z][^:,;]{2,80}?)"
    r" (?:(?:is|are) to|should|must|shall|to)\s*:\s*\Z"
)
_ASKS_FOR = re.compile(
    r"What (?:do|would|did) (?:you|they|he|she) (?:ask|want|demand|hope|expect|like|wish|need)",
    re.IGNORECASE,
)
_RECOMMENDING = re.compile(
    r"recommend|request|demand|\bask|call|appeal|action|resolved|order", re.IGNORECASE
)
_THAT = re.compile(r"(?:And )?[Tt]hat\b")


def requests(document: Document, found: Proposals, parses: Sequence[Parse]) -> list[RequestFound]:
    """Return what the text asks to be done, one proposal for each measure.

    What a body directs its own officers to do (send copies, report back) is form and no request.

    Args:
        parses: the parse of each sentence of the document, in order.
    """
    return list(_Reader(document, found, parses).all())


class _Reader:
    """One pass over a document; remembers whom a list of requests is addressed to."""

    def __init__(self, document: Document, found: Proposals, parses: Sequence[Parse]) -> None:
        self.document, self.found, self.parses = document, found, parses
        self.copy = document.copy
        self.letters = Letters(document, found.parties)
        self.open: list[Stretch] | None = None
        self.open_depth = ""
        self.labelled: tuple[int, list[Stretch]] | None = None

    def all(self) -> Iterator[RequestFound]:
        """Yield the requests, in order."""
        for number, parse in enumerate(self.parses):
            asker = Asker(self.document, self.found.parties, parse)
            actions = [*self._listed(number, asker), *asker.actions()]
            if number and self._answers(number):
                actions += asker.answered()
            taken: list[Stretch] = []
            for action in sorted(actions, key=lambda a: (a.verb, a.rule != "request.asked")):
                made = self._made(action, parse, taken)
                if made:
                    yield made
            self._opens(number, asker)

    def _listed(self, number: int, asker: Asker) -> Iterator[Action]:
        """Yield the actions that a list, a label or a heading makes of a sentence's verbs."""
        parse, paragraph = asker.parse, self.document.sentences[number].paragraph
        label = _TO_LABEL.match(self.copy, parse.start, parse.end)
        if label:
            self.labelled = (paragraph, asker.names(*label.span("who")))
        if self.labelled and self.labelled[0] == paragraph:
            first = parse.index_at(label.end()) if label else 0
            yield from asker.imperative(first, self.labelled[1])
        elif self.open is not None and self._in_list(number):
            yield from asker.imperative(0, self.open)
        elif self._bare_imperative(parse):
            yield from asker.imperative(0, self.letters.salutation)

    def _paragraph(self, number: int) -> Paragraph:
        return self.document.paragraphs[self.document.sentences[number].paragraph]

    def _opens(self, number: int, asker: Asker) -> None:
        """Remember whom a list is addressed to that begins after this sentence, or forget it."""
        parse = asker.parse
        text = self.copy[parse.start : parse.end].rstrip()
        if text.endswith(":") and not _TO_LABEL.match(text):
            asked = self._asked_of(asker)
            if asked is not None:
                self.open = self.letters.settle(asked, parse.end)
                self.open_depth = self._depth(number)
        elif self.open is not None and not self._in_list(number):
            self.open = None

    def _depth(self, number: int) -> str:
        """How a paragraph is numbered: by letters, by numbers or not at all."""
        said = self._paragraph(number).number or ""
        return "letter" if re.search(r"[a-z]", said) else "number" if said else ""

    def _in_list(self, number: int) -> bool:
        kind = self._paragraph(number).kind
        return kind in ("item", "resolved") and self._depth(number) != self.open_depth

    def _asked_of(self, asker: Asker) -> list[Stretch] | None:
        """Whom the last verb of asking in a sentence is addressed to."""
        parse = asker.parse
        for group in reversed(parse.groups):
            if group.lemma in asking().ask:
                return asker.addressed(group)
            if group.modal in asking().modals:
                subject = parse.subject(group)
                return asker.names(*parse.span(subject)) if subject else []
        m = _LIST_OPENS.search(self.copy, parse.start, parse.end)
        return asker.names(*m.span("who")) if m else None

    def _bare_imperative(self, parse: Parse) -> bool:
        """Whether a sentence that begins with a verb is a request: after "please", or in a
        section of recommendations."""
        first = parse.token(0)
        if first is None or first.low in ("please", "kindly"):
            return first is not None
        section = self.document.sections.at(parse.start)
        recommends = section and section.heading and _RECOMMENDING.search(section.heading)
        return bool(recommends) and first.tag == "verb" and first.form == "base"

    def _answers(self, number: int) -> bool:
        """Whether a sentence answers the question what somebody wants: "That X send ..."."""
        parse = self.parses[number]
        return bool(_THAT.match(self.copy, parse.start, parse.end)) and any(
            _ASKS_FOR.search(self.copy, p.start, p.end)
            for p in self.parses[max(0, number - 4) : number]
        )

    def _made(self, action: Action, parse: Parse, taken: list[Stretch]) -> RequestFound | None:
        """The proposal for an action, None where it asks for no measure."""
        start = parse.tokens[action.verb].start if action.start is None else action.start
        end = end_of(parse, action)
        verb, rule = rule_of(parse, action, end)
        own = any(asking().own_staff.search(self.copy[slice(*n)]) for n in action.addressees)
        if rule is None or own or any(a < end and start < b for a, b in taken):
            return None
        taken.append((start, end))
        names = self.letters.settle(action.addressees, start)
        place = self.document.place(*_trimmed(self.copy, start, end))
        target = self._target(rule, parse, action, verb, end)
        laws = self.found.laws.within(place.start, place.end)
        return RequestFound(
            id="",
            start=place.start,
            end=place.end,
            text=place.text,
            rule=action.rule,
            why=f"Somebody asks for it; verb and object stand for “{rule.measure}”.",
            measure=rule.measure,
            target=self.document.place(*target).text.strip(" ,") if target else None,
            authority=next((law.authority for law in laws if law.authority), None),
            addressees=tuple(dict.fromkeys(self.document.place(*n).text for n in names)),
        )

    def _target(
        self, rule: Rule, parse: Parse, action: Action, verb: int, end: int
    ) -> Stretch | None:
        start = action.start
        before = start is not None and start < parse.tokens[action.verb].start
        if start is not None and before and action.rule != "request.answer":
            return passive_target(rule, parse, start, action.verb, end)
        target = target_of(rule, parse, verb, end)
        if target is None and rule.target == "to":
            return of_partners(self.copy, action.addressees)
        return target


def _trimmed(copy: str, start: int, end: int) -> Stretch:
    while end > start and copy[end - 1] in " ,;:.\"'?!":
        end -= 1
    return start, end
