"""Outgoing: what of a case may leave at the public level, and what leaves as a commitment only."""

import re
from bisect import bisect_left
from functools import cached_property

from gravamen.case import Case
from gravamen.checks.permitted import withheld
from gravamen.claims import Allegation, Claim
from gravamen.instruments.leaks import protected
from gravamen.instruments.sheet import exhibit_letter
from gravamen.sources.source import CONTEXT_CHARS, Passage
from gravamen.values import GravamenError

_WORDS = re.compile(r"[^\W_]+")


class Outgoing:
    """The allegations, claims and sources of a case that go out, in the order of the record.

    A claim by a protected person, or whose words touch such a person's name, is withheld: it is
    named by its commitment alone, and a source on which nothing else rests stays out with it.
    What a person rejected is left out.

    Args:
        party: id of the party that it is about; everything where None.

    Raises:
        GravamenError: there is no such party.
    """

    def __init__(self, case: Case, *, party: str | None = None) -> None:
        if party is not None and party not in case.parties:
            known = ", ".join(case.parties) or "none"
            raise GravamenError(f"There is no party {party!r} in {case.id}; there are: {known}.")
        self.case, self.party = case, party
        self.allegations = tuple(
            a for a in case.allegations.values() if case.stands(a.id) and self._concerns(a)
        )
        self.flows = tuple(f for f in case.flows.values() if party is None and case.stands(f.id))
        about = {a.id for a in self.allegations} | {f.id for f in self.flows}
        about |= {party} if party else {*case.parties}
        self.claims = tuple(
            c for c in case.claims.values() if c.about in about and case.stands(c.id)
        )
        self._withheld = {c.id for c in self.claims if self._hides(c)}

    @cached_property
    def open(self) -> tuple[Claim, ...]:
        """The claims whose words go out."""
        return tuple(c for c in self.claims if c.id not in self._withheld)

    @cached_property
    def commitments(self) -> tuple[str, ...]:
        """What stands for each claim that is withheld, in order."""
        return tuple(self.case.version(c.id) for c in self.claims if c.id in self._withheld)

    @cached_property
    def exhibits(self) -> dict[str, str]:
        """The sources that go out, each with the letter of its exhibit in these files."""
        used = dict.fromkeys(c.passage.source for c in self.open)
        return {source: exhibit_letter(n) for n, source in enumerate(used)}

    @property
    def kept_back(self) -> tuple[str, ...]:
        """The ids of the sources on which no claim rests that goes out."""
        return tuple(s for s in self.case.sources if s not in self.exhibits)

    def withholds(self, claim: Claim) -> bool:
        """Whether a claim goes out as a commitment only."""
        return claim.id in self._withheld

    def surrounded(self, passage: Passage) -> Passage:
        """A passage as it goes out: without the words around it where they touch a name."""
        before, after = len(passage.prefix), len(passage.suffix)
        if self._touches(passage.source, passage.start - before, passage.end + after):
            return Passage(
                source=passage.source,
                exact=passage.exact,
                start=passage.start,
                end=passage.end,
                page=passage.page,
            )
        return passage

    def _concerns(self, allegation: Allegation) -> bool:
        return (
            self.party is None
            or any(r.party == self.party for r in allegation.roles)
            or self.party in self.case.accused_by(allegation)
        )

    def _hides(self, claim: Claim) -> bool:
        place = claim.passage
        return withheld(self.case, claim) or self._touches(place.source, place.start, place.end)

    def _touches(self, source: str, start: int, end: int) -> bool:
        """Whether a stretch of a text and a protected name have a character in common."""
        spans = self._spans.get(source, [])
        first = bisect_left(spans, start - 8 * CONTEXT_CHARS, key=lambda s: s[0])
        return any(a < end and start < b for a, b in spans[first:])

    @cached_property
    def _spans(self) -> dict[str, list[tuple[int, int]]]:
        """Where the names of protected persons stand in each text."""
        names = [r"[\W_]+".join(map(re.escape, _WORDS.findall(n))) for n in protected(self.case)]
        if not names:
            return {}
        pattern = re.compile(rf"(?<![^\W_])(?:{'|'.join(names)})(?![^\W_])", re.IGNORECASE)
        return {
            id: [m.span() for m in pattern.finditer(text.text)]
            for id, text in self.case.texts.items()
        }
