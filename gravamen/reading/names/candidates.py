"""Candidates: what may be a name, among the runs of capitals, and what the name itself tells."""

import re
from typing import NamedTuple

from gravamen.reading.gazetteer import NameType, acronyms, key, known, peoples, words
from gravamen.reading.names.contexts import contexts
from gravamen.reading.names.runs import Run, Token, longest_known, runs, trimmed
from gravamen.reading.spans import Placed, Spans
from gravamen.reading.text import Document

_LINKS = ("of", "for", "on", "against")


class Candidate(NamedTuple):
    """A run that may be a name; `kind` where the name itself tells, else the votes decide.

    Args:
        initial: the first word of its sentence, whose capital tells nothing.
        heading: stands in a headline, where no capital tells anything.
        tokens: of how many tokens it is made.
        opener: the number of its first token.
    """

    start: int
    end: int
    text: str
    kind: NameType | None
    rule: str
    initial: bool
    heading: bool
    tokens: int
    opener: int


def candidates(document: Document, found: list[Token], taken: Spans[Placed]) -> list[Candidate]:
    """Return what may be a name in a text, in order.

    Args:
        found: the tokens of the document.
        taken: the names of laws and the dates, which hold no names of their own.
    """
    gatherer = _Gatherer(document, found, taken)
    headlines = _headlines(document)
    for run in runs(found):
        gatherer.consider(run, headlines)
    return gatherer.kept


def _headlines(document: Document) -> frozenset[int]:
    """Return the numbers of the paragraphs in which capitals tell nothing."""
    numbers = set()
    for number, paragraph in enumerate(document.paragraphs):
        long = re.findall(r"[^\W\d_]{4,}", document.copy[paragraph.body : paragraph.end])
        capitals = sum(1 for w in long if w[0].isupper())
        upper = sum(1 for w in long if w.isupper())
        heading = paragraph.kind in ("title", "heading") and capitals >= 0.7 * len(long)
        if long and ((heading and len(long) > 3) or upper > 0.6 * len(long)):
            numbers.add(number)
    return frozenset(numbers)


class _Gatherer:
    """Takes runs apart into office, title and person, and keeps what may be a name."""

    def __init__(self, document: Document, found: list[Token], taken: Spans[Placed]) -> None:
        self.document, self.copy, self.taken = document, document.copy, taken
        self.tokens = found
        self.kept: list[Candidate] = []

    def consider(self, run: Run, headlines: frozenset[int]) -> None:
        """Keep the names in a run."""
        start = self.tokens[run.first].start
        number = self.document.paragraphs.index_at(start)
        if number < 0 or start < self.document.paragraphs[number].body:
            return
        cut = trimmed(self.tokens, run)
        if number in headlines:
            if cut and self._long_title(cut):
                self._add(cut, initial=False)
            else:
                self._in_headline(run)
        elif cut:
            first = start == self.document.sentence(start).start
            self._add(cut, initial=first or self._opened(run.first))

    def _opened(self, index: int) -> bool:
        """Whether a word stands first after a quotation mark, colon or bracketed number."""
        return (
            index > 0
            and self.tokens[index - 1].text in ('"', ":", "•", ")")
            and self.tokens[index].start - self.tokens[index - 1].end < 2
        )

    def _long_title(self, run: Run) -> bool:
        """Whether a headline writes out a body's full name: "Ministry of Trade of Veldia"."""
        texts = self._texts(*run)
        heads = words().heads["body"] | words().heads["office"]
        return "of" in texts[1:] and texts[0] in heads

    def _texts(self, first: int, last: int) -> list[str]:
        return [t.text for t in self.tokens[first:last]]

    def _key(self, first: int, last: int) -> str:
        return key(self.copy[self.tokens[first].start : self.tokens[last - 1].end])

    def _add(self, run: Run, *, initial: bool) -> None:
        """Take a run apart into office, title and person, and keep what is a name."""
        first, last = run
        end = longest_known(self.tokens, first, last)
        kind = known()[self._key(first, end)] if end > first else None
        head = self._head(first, last)
        if end == last and kind:
            self._keep(first, last, kind, "name.known", initial=initial)
        elif kind == "office" and self.tokens[end].text not in ("of", "for", "to", "on"):
            self._keep(end, last, "person", "name.title")
        elif kind and not head:
            self._keep(first, end, kind, "name.known", initial=initial)
            rest = trimmed(self.tokens, Run(end, last))
            if rest:
                self._add(rest, initial=False)
        else:
            self._add_unknown(first, last, head, initial=initial)

    def _add_unknown(self, first: int, last: int, head: NameType | None, *, initial: bool) -> None:
        """Keep a run that does not begin with a known name: by title, head noun or context."""
        person = self._after_title(first, last, head)
        if first < person < last:
            self._keep(person, last, "person", "name.title")
        elif last - first == 1:
            if head or person > first:
                self._bare(first, initial=initial)
            else:
                self._keep(first, last, None, "name.context", initial=initial)
        elif person == first:
            self._add_headed(first, last, head, initial=initial)

    def _add_headed(self, first: int, last: int, head: NameType | None, *, initial: bool) -> None:
        start = self._without_people(first, last, head)
        person = self._named_office(start, last) if head == "office" else None
        if person:
            self._keep(person, last, "person", "name.title")
            return
        rule = "name.head" if head else "name.context"
        self._keep(start, last, head, rule, initial=initial and start == first)

    def _after_title(self, first: int, last: int, head: NameType | None) -> int:
        """Return the number of the first token after titles and ranks; `first` where none stand."""
        titles = words().titles | words().ranks
        index = first
        while index < last:
            text = self.tokens[index].text
            title = text in titles or (text.isupper() and text.title() in titles)
            if not title and (text != "." or index == first):
                break
            index += 1
        linked = index < last and self.tokens[index].text in (*_LINKS[:3], "and", ",", "to")
        return first if linked or (head and index < last) else index

    def _named_office(self, first: int, last: int) -> int | None:
        """Return where the person begins in "Minister of Defence Orvel Zand"."""
        texts = self._texts(first, last)
        if "of" not in texts:
            return None
        portfolio = words().portfolio | {"State", "Treasury"}
        tail = texts.index("of") + 1
        cut = max((i + 1 for i in range(tail, len(texts)) if texts[i] in portfolio), default=0)
        rest = texts[cut:]
        named = cut and len(rest) in (2, 3) and all(t[:1].isupper() for t in rest)
        return first + cut if named else None

    def _without_people(self, first: int, last: int, head: NameType | None) -> int:
        """Drop a word for a people before an office or a person: "Armenian President X"."""
        while (
            last - first > 1 and self.tokens[first].text in peoples() and head in (None, "office")
        ):
            first += 1
        return first

    def _head(self, first: int, last: int) -> NameType | None:
        """Return the type that the head noun of a name gives it."""
        texts = self._texts(first, last)
        stop = next((i for i, t in enumerate(texts) if i and t in _LINKS), len(texts))
        noun = texts[stop - 1]
        if noun.isdigit() and stop > 1:
            noun = texts[stop - 2] if texts[stop - 2] not in (".", "No") else texts[0]
        if noun.isupper() and len(noun) > 3:
            noun = noun.title()
        for kind, heads in words().heads.items():
            if noun in heads:
                return "state" if texts[stop - 1] == "Government" and stop < len(texts) else kind
        if len(texts) > 1 and texts[0] in contexts().place_first:
            return "place"
        return "body" if len(texts) > 1 and texts[0] in contexts().body_first else None

    def _bare(self, index: int, *, initial: bool) -> None:
        """Keep "the Board", "the Prosecutor": a head noun alone with its article."""
        token = self.tokens[index]
        before = self.tokens[index - 1].text.lower() if index else ""
        owned = before in contexts().bare_after
        if token.text.isupper() or not (owned or before in contexts().bare_body_after):
            return
        for kind, nouns in contexts().bare.items():
            if token.text in nouns and (owned or kind == "body"):
                self._keep(index, index + 1, kind, "name.head", initial=initial)

    def _keep(
        self, first: int, last: int, kind: NameType | None, rule: str, *, initial: bool = False
    ) -> None:
        while last > first and self.tokens[last - 1].text in (".", ",", "'", "'s", "and"):
            last -= 1
        if first >= last:
            return
        text = self.copy[self.tokens[first].start : self.tokens[last - 1].end]
        doubtful = last - first == 1 and (text in peoples() or text in contexts().no_acronym)
        if kind is None and (len(text) < 3 or doubtful):
            return
        self._put(first, last, kind, rule, initial=initial)

    def _put(
        self,
        first: int,
        last: int,
        kind: NameType | None,
        rule: str,
        *,
        initial: bool = False,
        heading: bool = False,
    ) -> None:
        start, end = self.tokens[first].start, self.tokens[last - 1].end
        if self.taken.overlapping(start, end):
            return
        text = self.copy[start:end]
        self.kept.append(
            Candidate(start, end, text, kind, rule, initial, heading, last - first, first)
        )

    def _in_headline(self, run: Run) -> None:
        """Take from a headline only what the gazetteer knows; the rest is looked up later."""
        index = run.first
        while index < run.last:
            last = longest_known(self.tokens, index, run.last)
            if last > index and self._known_in_headline(index, last):
                kind = known()[self._key(index, last)]
                self._put(index, last, kind, "name.known", heading=True)
                index = last
                continue
            for width in (3, 2, 1):
                if index + width <= run.last:
                    self._put(index, index + width, None, "name.short", heading=True)
            index += 1

    def _known_in_headline(self, first: int, last: int) -> bool:
        """Whether a known name is one in a headline too, where "us" and "who" may be words."""
        text = self.copy[self.tokens[first].start : self.tokens[last - 1].end]
        if len(text) > 3:
            return True
        return text.isupper() and key(text) in acronyms() and text != "US"
