"""Pen: numbers the sentences of one instrument in reading order, and knows its case and law."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from copy import copy
from datetime import date
from typing import Self

import msgspec

from gravamen.case import Case
from gravamen.checks.permitted import permitted, veiled
from gravamen.claims import Claim
from gravamen.dates import spell
from gravamen.instruments.wording import (
    answers,
    attributed,
    bind,
    denials,
    quoted,
    quoting,
    speaker,
)
from gravamen.law.authority import Law
from gravamen.reading.text import sentences
from gravamen.sentences import Block, BlockStyle, Paper, Sentence, SentenceKind


class Pen:
    """Writes the sentences of one instrument, each with the next id ("s1", "s2", ...)."""

    def __init__(
        self, case: Case, law: Law, *, on: date, paper: Paper, public: bool = False
    ) -> None:
        self.case, self.law, self.on, self.paper = case, law, on, paper
        self.public = public  # what it writes is published, and not sent to an office alone
        self._count = 0
        self._starts: dict[str, list[int]] = {}

    def aside(self) -> Self:
        """A pen that goes on from here; what it writes counts for no number of this one."""
        return copy(self)

    def next(self) -> str:
        """The next sentence id."""
        self._count += 1
        return f"s{self._count}"

    def say(
        self,
        kind: SentenceKind,
        text: str,
        *,
        claims: Iterable[Claim] = (),
        quotes: tuple[str, ...] = (),
        characterisation_of: str | None = None,
        request: str | None = None,
        authority: str | None = None,
        office: str | None = None,
        needs_review: bool = False,
    ) -> Sentence:
        """Return a sentence of a kind, bound to claims where it rests on any."""
        claims = tuple(claims)
        return Sentence(
            id=self.next(),
            kind=kind,
            text=text,
            bindings=bind(self.case, claims),
            allegations=tuple(dict.fromkeys(c.about for c in claims)),
            quotes=quotes,
            characterisation_of=characterisation_of,
            request=request,
            authority=authority,
            office=office,
            needs_review=needs_review,
        )

    def form(self, text: str, *, style: BlockStyle = "paragraph") -> Block:
        """A paragraph of one sentence that neither asks, alleges nor argues."""
        return Block(sentences=(self.say("form", text),), style=style)

    def day(self, edtf: str) -> str:
        """A date in words, as the paper's country writes it."""
        return spell(edtf, style="us" if self.paper == "us-letter" else "int")

    def allegations(self, wanted: Iterable[str], *, whereas: bool = False) -> list[Sentence]:
        """The sentences for allegations in order: attributed ones singly, those that may only be
        quoted joined by the sentence of the source that they stand in."""
        written: list[Sentence] = []
        for group in self._groups(wanted):
            one = self.case.allegations[group[0]]
            sentence = (
                attributed(
                    self.case, one, id="", paper=self.paper, whereas=whereas, public=self.public
                )
                if len(group) == 1 and not quoted(self.case, one)
                else quoting(
                    self.case, [self.case.allegations[a] for a in group], id="", whereas=whereas
                )
            )
            if sentence is not None:
                written.append(self.numbered(sentence))
        return written

    def against(self, wanted: Sequence[str], *, whereas: bool = False) -> list[Sentence]:
        """The sentences for what is said against allegations, and by those whom they accuse."""
        beside = [a for a in answers(self.case, wanted) if self._told(a)]
        wanted = [a for a in wanted if self._told(a)]
        found = [
            denials(self.case, self.case.allegations[a], id="", whereas=whereas)
            for a in (*wanted, *beside)
        ]
        written = [self.numbered(s) for s in found if s is not None]
        return written + self.allegations(beside, whereas=whereas)

    def _told(self, allegation: str) -> bool:
        """Whether an allegation is told at all: not, in what is published, where nobody who
        affirms it agreed to that. What is not told needs no denial, which would tell it."""
        claims = [c for c in self.case.claims_about(allegation) if c.stance == "affirms"]
        if veiled(self.case, self.case.allegations[allegation]):
            return False
        if not self.public or not claims:
            return True
        return any(permitted(self.case, c, "publication") for c in claims if not c.withdrawn)

    def numbered(self, sentence: Sentence) -> Sentence:
        """A sentence made elsewhere, with the next id."""
        return msgspec.structs.replace(sentence, id=self.next())

    def _groups(self, wanted: Iterable[str]) -> list[list[str]]:
        """Allegations that may only be quoted and stand in one sentence of a source, together."""
        groups: list[list[str]] = []
        last: tuple[str, int, str] | None = None
        for id in wanted:
            place = self._sentence(id) if quoted(self.case, self.case.allegations[id]) else None
            if place and place == last:
                groups[-1].append(id)
            else:
                groups.append([id])
            last = place
        return groups

    def _sentence(self, allegation: str) -> tuple[str, int, str] | None:
        """Source, number of the sentence in which an allegation is made, and its speaker."""
        for claim in self.case.claims_about(allegation):
            source = claim.passage.source
            if source not in self._starts:
                self._starts[source] = [a for a, _ in sentences(self.case.texts[source].text)]
            nth = bisect_right(self._starts[source], claim.passage.start)
            return source, nth, speaker(self.case, claim)
        return None
