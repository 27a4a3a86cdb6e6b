"""Quotes of a written case: found in their sources, or refused with the line of each."""

import re
from itertools import islice
from typing import Any

from gravamen.casefile.rules import says
from gravamen.casefile.sources_in import WrittenSources
from gravamen.casefile.written import Form, Item, Misread, Mistakes, Reader
from gravamen.sources.likeness import stretches
from gravamen.sources.source import Passage, SourceError, Text, locate

# What may stand beside source and quote, to say which of several places is meant.
QUOTE: Form = {"near": (int | None, False), "page": (int | None, False), "passage": (Any, False)}
QUOTE_KEYS = ("source", "quote", *QUOTE)
_PLACE: Form = {
    "start": (int, True),
    "end": (int, True),
    "prefix": (str | None, False),
    "suffix": (str | None, False),
    "page": (int | None, False),
}
# At so many places is a quote looked for, to say that it stands there more than once.
_MOST_PLACES = 5


class Quotes:
    """Finds the quotes of a written case in its sources.

    Attributes:
        respaced: how many of them differed from their source in white space alone.
    """

    def __init__(self, sources: WrittenSources, *, wrong: Mistakes, notes: Mistakes) -> None:
        self.sources = sources
        self.wrong = wrong
        self.notes = notes
        self.respaced = 0

    def passage(self, item: Item, fields: dict[str, Any]) -> Passage | None:
        """Take a quote and its place out of the fields of an item; return where it stands.

        None where it quotes nothing, or what it quotes was noted as wrong.
        """
        source, quote, near, page, place = (fields.pop(key, None) for key in QUOTE_KEYS)
        if item.whole and (source is None) != (quote is None):
            self.wrong.add(
                item.node.line, f"{item.id} has only one of source and quote; write both."
            )
        if source is None or quote is None:
            return None
        return self._found(item, source, quote, near, page, place)

    def _found(
        self, item: Item, source: str, quote: str, near: int | None, page: int | None, place: Any
    ) -> Passage | None:
        text = self.sources.texts.get(source)
        if place is not None:
            return self._placed(item, source, quote, place, text)
        if text is None:
            if source in self.sources.erased:
                self.wrong.add(
                    item.line("quote"),
                    f"{item.id} quotes {source}, whose words were erased; write where the words "
                    "stood as passage: {start: …, end: …}.",
                )
            return None
        line = item.line("quote")
        try:
            if page is not None and not 1 <= page <= len(text.pages):
                raise SourceError(f"{source} has no page {page}; it has {len(text.pages)}.")
            if page is not None and near is None:
                near = text.pages[page - 1]
            quote, near = self._as_it_stands(item, source, text.text, quote, near)
            passage = locate(source, text, quote, near=near)
        except SourceError as error:
            self.wrong.add(line, str(error))
            return None
        if page is not None and passage.page != page:
            self.wrong.add(
                line,
                f"{quote!r} stands on page {passage.page} of {source}, not on page {page}; "
                "correct the page.",
            )
        return passage

    def _as_it_stands(
        self, item: Item, source: str, text: str, quote: str, near: int | None
    ) -> tuple[str, int | None]:
        """A quote as the source has it, and where it is expected; white space is not compared."""
        if quote in text or not quote.strip():
            if near is None and quote.strip():
                places = re.finditer(re.escape(quote), text)
                self._twice(item, source, [m.start() for m in islice(places, _MOST_PLACES)])
            return quote, near
        found = list(stretches(text, quote))
        if not found:
            return quote, near
        if near is None:
            self._twice(item, source, [start for start, _ in found[:_MOST_PLACES]])
        start, end = min(found, key=lambda span: abs(span[0] - (near or 0)))
        self.respaced += 1
        return text[start:end], start

    def _twice(self, item: Item, source: str, starts: list[int]) -> None:
        """Note that a quote stands at more places than one."""
        if len(starts) < 2:
            return
        most = "at least " if len(starts) == _MOST_PLACES else ""
        self.notes.add(
            item.line("quote"),
            f"The quote of {item.id} stands in {source} {most}{len(starts)} times, at the "
            f"characters {', '.join(map(str, starts))}; the first is taken. Write near: "
            f"{starts[0]} where it is meant, and the number of the other one where that is.",
        )

    def _placed(
        self, item: Item, source: str, quote: str, place: Any, text: Text | None
    ) -> Passage | None:
        """A passage that gives its place itself, as an export writes where it must."""
        try:
            fields = Reader(self.wrong).fields(place, _PLACE, f"the passage of {item.id}")
        except Misread:
            return None
        given = {k: v for k, v in fields.items() if v is not None}
        passage = Passage(source=source, exact=quote, **given)
        if text is not None and not says(text, passage):
            self.wrong.add(
                item.line("passage"),
                f"{quote!r} does not stand in {source} from character {passage.start} to "
                f"{passage.end}, between the words and on the page that are given; leave passage "
                "out, and the words are looked for.",
            )
            return None
        if not 0 <= passage.start == passage.end - len(quote):
            self.wrong.add(
                item.line("passage"),
                f"{quote!r} has {len(quote)} characters and cannot stand from character "
                f"{passage.start} to {passage.end}; write where the words stood.",
            )
            return None
        return passage
