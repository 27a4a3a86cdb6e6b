"""Lists: requests that stand in a list, whose addressee or verb stands in the words before it."""

import re
from collections.abc import Iterator

from gravamen.reading.grammar import Parse
from gravamen.reading.requests.actions import Action
from gravamen.reading.requests.addressees import Letters
from gravamen.reading.requests.asker import Asker
from gravamen.reading.requests.measures import asking
from gravamen.reading.spans import Proposals, Stretch
from gravamen.reading.text import Document, Paragraph

_TO_LABEL = re.compile(r"(?:To|For) (?=(?:the |all |our |[A-Z]))(?P<who>[^:.]{2,120}?):")
_LABEL = re.compile(r"(?P<who>(?:The |Our |All )?[A-Z][^:.;]{2,90}?): (?=\S)")
_ANYBODY = re.compile(r"(?:Everyone|Everybody|All(?: of us)?|You|We)\Z")
_LIST_OPENS = re.compile(
    r"(?P<who>(?:the |The |our )?[A-Z][^:,;]{2,80}?)"
    r" (?:(?:is|are) to|should|must|shall|to)\s*:\s*\Z"
)
_RESOLVING = re.compile(r"\b(?:resolves|moves|agrees|decides|believes|undersigned)\b")
_RECOMMENDING = re.compile(
    r"recommend|request|demand|\bask|call|appeal|action|resolved|order", re.IGNORECASE
)
_ROW = re.compile(r"\||\t")
_NAME = re.compile(
    r"\W{0,2}[A-ZÀ-Þ][\w'’.-]*,? (?:(?:al|de|van|von|bin|ibn|el|da|della) )?[\"“]?[A-ZÀ-Þ][\w'’.-]*"
)
_AFTER_NAME = re.compile(r"[^.;|]{3,70}?(?:,|\(|;|\Z)")
_GOES_ON = re.compile(r"[.!?] +[A-Z][a-z]+ [a-z]")
_LIST_CHARS = 6000
_ROMAN = re.compile(r"[ivx]+\Z")
_HEAD_ROWS = 2


class Lists:
    """Remembers, from sentence to sentence, whom a list of requests is addressed to."""

    def __init__(self, document: Document, found: Proposals, letters: Letters) -> None:
        self.document, self.found, self.letters = document, found, letters
        self.copy = document.copy
        self.open: list[Stretch] | None = None
        self.open_depth = ""
        self.open_at = -1
        self.labelled: tuple[int, list[Stretch]] | None = None

    def listed(self, number: int, asker: Asker) -> Iterator[Action]:
        """Yield the actions that a list, a label or a heading makes of a sentence's verbs."""
        parse, paragraph = asker.parse, self.document.sentences[number].paragraph
        label = self._label(number, parse)
        if label:
            self.labelled = (paragraph, asker.names(*label.span("who")))
        if self.labelled and self.labelled[0] == paragraph:
            first = parse.index_at(label.end()) if label else 0
            yield from self._item(asker, first, self.labelled[1], label=label is not None)
        elif self.open is not None and self._in_list(number):
            yield from self._item(asker, 0, self.open)
        elif self._paragraph(number).kind == "resolved" and self._begins(number):
            yield from asker.resolved(0)
        elif self._bare_imperative(parse):
            yield from asker.imperative(0, self.letters.salutation)

    def _item(
        self, asker: Asker, first: int, addressees: list[Stretch], *, label: bool = False
    ) -> Iterator[Action]:
        """Yield the actions of an item: a verb, an addressee with one, or after a label a noun."""
        actions = [*asker.imperative(first, addressees)]
        if not actions and not label:
            actions = [*asker.addressed_item(first, []), *asker.that_item(first, [])]
        if not actions and label:
            actions = [*asker.named(first, addressees)]
        yield from actions

    def _label(self, number: int, parse: Parse) -> re.Match[str] | None:
        """The addressee before a colon: "To the Council: ...", in a list "Congress: ..."."""
        label = _TO_LABEL.match(self.copy, parse.start, parse.end)
        if label:
            return label
        item = self._paragraph(number).kind == "item" and self._begins(number)
        if not item or not (self.open is not None or self._recommended(parse)):
            return None
        named = _LABEL.match(self.copy, parse.start, parse.end)
        return named if named and not _ANYBODY.match(named["who"]) else None

    def _begins(self, number: int) -> bool:
        return self.document.sentences[number].start == self._paragraph(number).body

    def _paragraph(self, number: int) -> Paragraph:
        return self.document.paragraphs[self.document.sentences[number].paragraph]

    def opens(self, number: int, asker: Asker) -> None:
        """Remember whom a list is addressed to that begins after this sentence, or forget it."""
        parse = asker.parse
        text = self.copy[parse.start : parse.end].rstrip()
        if text.endswith((":", " -", "-")) and not _TO_LABEL.match(text):
            asked = self._asked_of(asker)
            if asked is not None:
                self.open = self.letters.settle(asked, parse.end)
                self.open_depth = self._depth(number)
                self.open_at = self.document.sentences[number].paragraph
        elif self.open is not None and not self._in_list(number):
            self.open = None

    def _depth(self, number: int) -> str:
        """How a paragraph is numbered: by letters, Roman or other numbers, bullets, or not."""
        said = re.sub(r"[^\w*•●▪-]", "", self._paragraph(number).number or "")
        if _ROMAN.match(said):
            before = self.document.sentences[number].paragraph - 1
            last = self.document.paragraphs[before].number if before >= 0 else None
            return "letter" if last and chr(ord(said[0]) - 1) in last else "roman"
        if said and not said.isalnum():
            return "bullet"
        return "letter" if re.match(r"[A-Za-z]", said) else "number" if said else ""

    def _in_list(self, number: int) -> bool:
        paragraph = self._paragraph(number)
        if paragraph.kind in ("item", "resolved") or paragraph.number:
            return self._depth(number) != self.open_depth
        at = self.document.sentences[number].paragraph
        small = self.copy[paragraph.body : paragraph.body + 1].islower()
        if small and paragraph.kind in ("body", "heading") and at > self.open_at:
            return at == self.open_at + 1 or self._semicolon_before(at)
        return False

    def _semicolon_before(self, at: int) -> bool:
        before = self.document.paragraphs[at - 1]
        words = self.copy[before.start : before.end]
        return words.endswith((";", ",", "; and", ", and", "; or"))

    def _asked_of(self, asker: Asker) -> list[Stretch] | None:
        """Whom the last verb of asking in a sentence is addressed to."""
        parse = asker.parse
        if _RESOLVING.search(self.copy, max(parse.start, parse.end - 60), parse.end):
            return []
        for group in reversed(parse.groups):
            if group.lemma in asking().ask and asker.voice.hears(parse, group):
                return asker.addressed(group)
            if group.modal in asking().modals:
                subject = parse.subject(group)
                return asker.names_of(subject) if subject else []
        m = _LIST_OPENS.search(self.copy, parse.start, parse.end)
        return asker.names(*m.span("who")) if m else None

    def _bare_imperative(self, parse: Parse) -> bool:
        """Whether a sentence that begins with a verb is a request: after "please", or in a
        section of recommendations."""
        first = parse.token(0)
        if first is None or first.low in ("please", "kindly"):
            return first is not None
        return self._recommended(parse) and first.tag == "verb" and first.form == "base"

    def _recommended(self, parse: Parse) -> bool:
        section = self.document.sections.at(parse.start)
        return bool(section and section.heading and _RECOMMENDING.search(section.heading))

    def names_after(self, number: int) -> Stretch | None:
        """Return the stretch of the list of names that follows a sentence: items or table rows."""
        at = self.document.sentences[number].paragraph
        start = end = None
        for n in range(at + 1, len(self.document.paragraphs)):
            paragraph = self.document.paragraphs[n]
            if paragraph.end - (start or paragraph.start) > _LIST_CHARS:
                break
            if self._names(paragraph):
                start = paragraph.body if start is None else start
                end = paragraph.end
            elif start is not None or n > at + _HEAD_ROWS or not self._row(paragraph):
                break
        return None if start is None or end is None else (start, _bare_end(self.copy, start, end))

    def _row(self, paragraph: Paragraph) -> bool:
        return bool(_ROW.search(self.copy, paragraph.start, paragraph.end))

    def _names(self, paragraph: Paragraph) -> bool:
        """Whether a paragraph is an item of a list of names: it begins with one, no sentence."""
        words = self.copy[paragraph.body : paragraph.end]
        first = _NAME.match(words)
        if first is None or _GOES_ON.search(words) or words.endswith(":"):
            return False
        return self._row(paragraph) or paragraph.kind == "item" or bool(_AFTER_NAME.match(words))


def _bare_end(copy: str, start: int, end: int) -> int:
    while end > start and copy[end - 1] in " ,;.":
        end -= 1
    return end
