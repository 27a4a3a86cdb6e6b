"""Propose: what was read in a body's own text, cast as parties, allegations, claims, requests.

Nothing is added to what the text says: a perpetrator whom it does not name stays unnamed, a law
that it does not name stays open, and every thing cast here is a proposal of the machine until a
person accepts it.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from gravamen.claims import (
    Allegation,
    AllegationKind,
    Characterisation,
    Claim,
    Mode,
    Quantity,
    Role,
    Stance,
)
from gravamen.dates import DateError, Edtf, span
from gravamen.law.authority import Law
from gravamen.parties import Name, Party
from gravamen.reading.clauses import (
    CLAUSE_BEGINS,
    CLAUSE_ENDS,
    JOINS,
    OPERATIVE,
    TURNING,
    is_statement,
    nearest,
    stands_in,
    unended,
)
from gravamen.reading.gazetteer import country_code
from gravamen.reading.neutral import OF_BODIES, neutral, victims_of
from gravamen.reading.offices import bare, office_named
from gravamen.reading.proposal import (
    AllegationFound,
    AttributionFound,
    Found,
    PartyFound,
    PlaceFound,
    QuantityFound,
    Reading,
    RequestFound,
)
from gravamen.reading.spans import Proposals, Spans
from gravamen.reading.text import Document, sentences
from gravamen.requests import Request
from gravamen.sources.source import CONTEXT_CHARS, Passage, Source, Text
from gravamen.values import Value
from gravamen.vocabulary import PartyKind

OWN_VOICE = "the text itself"
_FOR = re.compile(r"\s+for\b", re.IGNORECASE)
_COORDINATED = re.compile(
    r"\s*[,;]\s*(?:and\s+)?|\s+(?:and|as well as)\s+(?:(?:on|against|to)\s+)?"
)
_LEAD_WORDS = 6
_LOOKED_AT = 2000
# Quantities that count the body's own doings, not what happened to anybody.
_PROCEDURAL_UNITS = ("signatures", "votes", "pages", "copies", "members")
_PARTY_KINDS: dict[str, PartyKind] = {
    "person": "person",
    "body": "body",
    "unit": "unit",
    "office": "body",
    "state": "government",
}


class Proposed(Value):
    """What a text yields for a case: all of it proposals, in the order of the text.

    Args:
        speakers: the words by which the text names those who make its requests.
        left_out: proposals that were read but not cast (hypothetical or requested acts).
    """

    speakers: tuple[str, ...]
    parties: tuple[Party, ...]
    allegations: tuple[Allegation, ...]
    claims: tuple[Claim, ...]
    requests: tuple[Request, ...]
    left_out: tuple[str, ...]


def propose(reading: Reading, *, source: Source, text: Text, law: Law) -> Proposed:
    """Cast what was read in a body's own text as the values of a case."""
    return _Cast(reading, source=source, text=text, law=law).proposed()


class _Counted(NamedTuple):
    """The place of a claim whose allegation has taken up a figure."""

    start: int
    end: int
    value: float


class _Cast:
    """One pass over a reading; holds what the parts of the pass share."""

    def __init__(self, reading: Reading, *, source: Source, text: Text, law: Law) -> None:
        self.found = Proposals(reading.proposals)
        self.source, self.text, self.law = source, text.text, law
        self.page_at = text.page_at
        self.document = Document(text.text)
        self.stating: dict[int, bool] = {}
        self.sentences = sentences(text.text)
        self.starts = [start for start, _ in self.sentences]
        acting = OPERATIVE.search(self.text)
        self.operative = acting.start() if acting else len(self.text)
        self.parties: dict[str, Party] = {}
        self.allegations: list[Allegation] = []
        self.claims: list[Claim] = []
        self.left_out: list[str] = []

    @cached_property
    def named(self) -> list[tuple[PartyFound | PlaceFound, Spans[PartyFound | PlaceFound]]]:
        """Each name that the text marks, once, the longest first, with the places of it."""
        places: dict[tuple[type, str, str], list[PartyFound | PlaceFound]] = {}
        for found in self.found.names:
            places.setdefault((type(found), found.type, found.text), []).append(found)
        every = [(of[0], Spans(of)) for of in places.values()]
        return sorted(every, key=lambda n: -len(n[0].text))

    def proposed(self) -> Proposed:
        requests = tuple(self.requests())
        self.cast_acts()
        self.cast_figures()
        self.cast_context()
        order = {c.about: c.passage.start for c in reversed(self.claims)}
        return Proposed(
            speakers=self.speakers(),
            parties=tuple(self.parties.values()),
            allegations=tuple(sorted(self.allegations, key=lambda a: order[a.id])),
            claims=tuple(sorted(self.claims, key=lambda c: (c.passage.start, c.id))),
            requests=requests,
            left_out=tuple(self.left_out),
        )

    def speakers(self) -> tuple[str, ...]:
        """The words by which the text names those who make its requests, in order."""
        voices = (v for r in self.found.requests for v in self.voices(r.start, r.end))
        return tuple(dict.fromkeys(v.speaker for v in voices if v.speaker))

    def requests(self) -> Iterator[Request]:
        asked = ((found, *to) for found in self.found.requests for to in self.targets(found))
        for number, (found, target, target_words) in enumerate(asked, 1):
            offices = [(words, office_named(words, self.law)) for words in found.addressees]
            known = [office.id for _, office in offices if office]
            yield Request(
                id=f"r{number}",
                measure=found.measure,
                authority=found.authority if found.authority in self.law.authorities else None,
                authority_words=self.law_words(found),
                target=target,
                target_words=target_words,
                addressees=tuple(dict.fromkeys(known)),
                addressee_words=tuple(words for words, office in offices if office is None),
                passage=self.passage(found.start, found.end),
            )

    def targets(self, found: RequestFound) -> list[tuple[str | None, str | None]]:
        """The party and the words of each target: several where the words join several names, so
        that nobody who is named is lost."""
        words = found.target
        if words is None:
            return [(None, None)]
        whole = self.name_in(words, found.start)
        if whole is None or bare(whole.text) != bare(words):
            parts = [part for part in _COORDINATED.split(words) if part]
            named = {self.party(part, near=found.start): part for part in reversed(parts)}
            named.pop(None, None)
            if len(named) > 1:
                return list(reversed(named.items()))
            states = [id for id in named if id and self.parties[id].kind == "government"]
            if states:
                return [(states[0], words)]  # "Tarn and all its ministers"
        return [(self.party(words, near=found.start), words)]

    def law_words(self, found: RequestFound) -> str | None:
        """The words of the laws that stand in a request, as the text writes them."""
        inside = [p.text for p in self.found.laws.within(found.start, found.end)]
        return "; ".join(dict.fromkeys(inside)) or None

    def party(self, words: str, *, near: int) -> str | None:
        """The id of the party that words name, made if the text marks a name in them."""
        best = self.name_in(words, near)
        if best is None:
            return None
        code = country_code(best.text)
        kind = self.kind(best, words, code)
        if kind is None:
            return None
        if kind == "government":
            return self.add(Party(id="", kind=kind, names=(self.short(best),), country=code))
        if bare(best.text) != bare(words) and kind != "person":
            return None  # "officials of Tarn" are not Tarn
        return self.add(Party(id="", kind=kind, names=(Name(text=best.text),), country=code))

    def name_in(self, words: str, near: int) -> PartyFound | PlaceFound | None:
        """The longest name that the text marks and some words hold, as marked nearest by."""
        inside = [(f, places) for f, places in self.named if stands_in(f.text, words)]
        # "Prosecutor General Ada Orm" is Ada Orm, however long the name of the office.
        persons = [n for n in inside if isinstance(n[0], PartyFound) and n[0].type == "person"]
        inside = persons or inside
        longest = [places for f, places in inside if len(f.text) == len(inside[0][0].text)]
        beside = [p for places in longest for p in (places.before(near), places.after(near)) if p]
        return min(beside, key=lambda p: abs(p.start - near), default=None)

    def short(self, found: Found) -> Name:
        """The name of a state without "the government of"."""
        name = re.sub(r"^(?:the\s+)?government of\s+(?:the\s+)?", "", found.text, flags=re.I)
        return Name(text=name)

    def kind(self, found: Found, words: str, code: str | None) -> PartyKind | None:
        if isinstance(found, PartyFound):
            kind = _PARTY_KINDS[found.type]
            whole = bare(re.sub(r"government of", "", words, flags=re.I)) == bare(
                re.sub(r"government of", "", found.text, flags=re.I)
            )
            if kind == "person" and OF_BODIES.search(found.text):
                return "body"  # a body whose name the reader could not tell from a person's
            return kind if kind != "government" or whole else None
        whole = bare(re.sub(r"government of", "", words, flags=re.I)) == bare(found.text)
        return "government" if code and whole else None

    def add(self, party: Party) -> str:
        stem = re.sub(r"[^\w]+", "-", party.names[0].text.casefold()).strip("-")
        id = f"p.{stem or len(self.parties) + 1}"
        if id not in self.parties:
            self.parties[id] = Party(
                id=id, kind=party.kind, names=party.names, country=party.country
            )
        return id

    def voices(self, start: int, end: int) -> list[AttributionFound]:
        """The attributions that cover a stretch of the text, the smallest first."""
        over = self.found.attributions.overlapping(start, end)
        around = [a for a in over if a.start <= start and end <= a.end]
        return sorted(around, key=lambda a: a.end - a.start)

    def cast_acts(self) -> None:
        for found in self.found.allegations:
            if found.modality in ("requested", "hypothetical"):
                self.left_out.append(
                    f"{found.text!r} is {found.modality}, not alleged to have happened"
                )
                continue
            start, end = self.stretch(found)
            parts = [found.text, found.victim and f"victim: {found.victim}"]
            if found.perpetrator:
                parts.append(f"laid to {found.perpetrator}")
            roles = self.roles(found)
            quantities = [
                q
                for q in self.found.quantities.within(start, end)
                if q.unit not in _PROCEDURAL_UNITS
                and found.victim
                and q.text.split()[-1] in found.victim
            ]
            self.add_allegation(
                "act",
                start,
                end,
                focus=found,
                text=neutral(found),
                stance="denies" if found.modality == "denied" else None,
                found=found,
                roles=tuple(roles),
                quantity=_quantity(quantities[0]) if quantities else None,
            )

    def stretch(self, found: AllegationFound) -> tuple[int, int]:
        """The shortest stretch of the sentence that holds act, perpetrator and victim."""
        low, high = self.sentence(found.start)
        start, end = found.start, found.end
        for words in (found.perpetrator, found.victim):
            at = nearest(self.text, words, found.start, low, high) if words else None
            if at is None or words is None:
                continue
            if _FOR.match(self.text[at + len(words) : found.start]):
                continue  # "sanctions on X for the torture of Y": X is not what the words say
            start, end = min(start, at), max(end, at + len(words))
        for mark in self.found.characterisations.overlapping(start, end):
            start, end = min(start, mark.start), max(end, mark.end)  # "illegal" detention
        around = f"{self.text[low:start]} {self.text[end:high]}"
        if TURNING.search(around) and not self.asks(low, high):
            return low, high  # words that turn the meaning may not be cut off
        return self.opening(low, start), self.ending(end, high)

    def opening(self, low: int, start: int) -> int:
        """Where the clause begins in which an act is told: after the last mark or joining word
        before it, with the few words of time or place that lead the sentence ("In 2020, ...")."""
        if self.asks(low, start):
            return start
        told = self.found.allegations.before(start)
        after = told.end if told and told.end > low else low
        begins = CLAUSE_BEGINS if after == low else JOINS
        ends = [m.end() for m in begins.finditer(self.text, after, start)]
        begin = ends[-1] if ends else start if after > low else low
        if begin > low and len(self.text[low:begin].split()) <= _LEAD_WORDS:
            lead = self.text[low:begin].rstrip()
            if lead.endswith(",") and not re.match(r"(?i:whereas)\b", lead):
                begin = low
        while begin < start and not self.text[begin].isalnum() and self.text[begin] not in "“\"‘'(":
            begin += 1
        return begin

    def ending(self, end: int, high: int) -> int:
        """Where the clause that goes on after an act ends: at a mark, at the next act, or with
        the sentence; so that no phrase is cut ("fled to neighbouring | Tarn")."""
        stop = CLAUSE_ENDS.search(self.text, end, high)
        limit = stop.start() if stop else high
        following = self.found.allegations.after(end + 1)
        if following and following.start < limit:
            limit = self.subject_start(following, end)
            joins = [m.start() for m in JOINS.finditer(self.text, end, limit)]
            limit = joins[-1] if joins else limit
        return end + len(unended(self.text[end:limit]))

    def subject_start(self, found: AllegationFound, low: int) -> int:
        """Where an act begins together with those to whom it is laid or done, after an offset."""
        places = [found.start]
        for words in (found.perpetrator, found.victim):
            at = self.text.rfind(words, low, found.start) if words else -1
            if at >= 0:
                places.append(at)
        return min(places)

    def asks(self, start: int, end: int) -> bool:
        """Whether something is asked for in a stretch of the text."""
        return bool(self.found.requests.overlapping(start, end))

    def roles(self, found: AllegationFound) -> Iterator[Role]:
        if found.perpetrator:
            party = self.party(found.perpetrator, near=found.start)
            yield Role(kind="alleged-perpetrator", party=party, words=found.perpetrator)
        if found.victim:
            yield Role(kind="victim", words=found.victim)

    def cast_figures(self) -> None:
        """Figures that no act has taken up: each a figure that somebody must have counted."""
        counted = {a.id: a.quantity.value for a in self.allegations if a.quantity}
        taken = Spans(
            _Counted(c.passage.start, c.passage.end, counted[c.about])
            for c in self.claims
            if c.about in counted
        )
        for found in self.found.quantities:
            if found.start >= self.operative:
                break
            asked = self.found.requests.at(found.start)
            used = taken.overlapping(found.start, found.start + 1)
            counted_already = any(t.value == found.value for t in used)
            if asked or counted_already or found.unit in _PROCEDURAL_UNITS:
                continue
            low, high = self.sentence(found.start)
            if not self.states(low, self.text[low:high]):
                continue
            start, end = self.clause(found.start)
            self.add_allegation(
                "figure",
                start,
                end,
                focus=found,
                text=f"the figure {found.text}, in the words: {self.text[start:end]}",
                quantity=_quantity(found),
            )

    def cast_context(self) -> None:
        """Sentences that state something and that nothing above has taken up."""
        used = Spans([c.passage for c in self.claims])
        for start, end in self.sentences:
            words = self.text[start:end]
            if end > self.operative:
                break
            taken = used.overlapping(start, end) or self.found.requests.overlapping(start, end)
            if len(words.split()) < 6 or taken or not self.states(start, words):
                continue
            # A voice over the lesser part does not make the whole sentence its own.
            within = self.found.attributions.within(start, end)
            told = [a for a in within if 2 * (a.end - a.start) > end - start]
            self.add_allegation("context", start, end, text=words, focus=told[0] if told else None)

    def states(self, start: int, words: str) -> bool:
        """Whether a sentence states something of the world: no heading, row, address or formula."""
        if start not in self.stating:
            heading = self.document.paragraph(start).kind in ("title", "heading")
            self.stating[start] = not heading and is_statement(words[:_LOOKED_AT])
        return self.stating[start]

    def add_allegation(
        self,
        kind: AllegationKind,
        start: int,
        end: int,
        *,
        text: str,
        focus: Found | None = None,
        stance: Stance | None = None,
        found: AllegationFound | None = None,
        roles: tuple[Role, ...] = (),
        quantity: Quantity | None = None,
    ) -> None:
        number = len(self.allegations) + 1
        at = (focus.start, focus.end) if focus else (start, end)
        voices: Sequence[AttributionFound | None] = self.voices(*at) or [None]
        speaker = (voices[0].speaker if voices[0] else None) or OWN_VOICE
        self.allegations.append(
            Allegation(
                id=f"a{number}",
                kind=kind,
                text=" ".join(text.split()),
                act=found.act if found else None,
                date=_date(found.date) if found else None,
                place=found.place if found else None,
                roles=roles,
                quantity=quantity,
                key=kind == "act",
                victims=victims_of(found.victim) if found and found.victim else (),
                characterisations=tuple(self.characterisations(start, end, speaker)),
            )
        )
        for nth, voice in enumerate(_same_content(voices)):
            mode: Mode = voice.mode if voice else "reported"
            self.claims.append(
                Claim(
                    id=f"c{number}" + ("" if nth == 0 else chr(ord("a") + nth)),
                    about=f"a{number}",
                    passage=self.passage(start, end),
                    speaker=(voice.speaker if voice else None) or OWN_VOICE,
                    relayed_by=(voice.relayed_by,) if voice and voice.relayed_by else (),
                    mode=mode,
                    stance=(voice.stance if voice else None) or stance or "affirms",
                    hedged=found.hedged if found else False,
                )
            )

    def characterisations(self, start: int, end: int, by: str) -> Iterator[Characterisation]:
        for found in self.found.characterisations.within(start, end):
            yield Characterisation(term=found.term, words=found.text, by=by)

    def sentence(self, at: int) -> tuple[int, int]:
        nth = bisect_right(self.starts, at) - 1
        start, end = self.sentences[nth] if nth >= 0 else (at, at)
        return (start, end) if start <= at < end else (at, min(at + 1, len(self.text)))

    def clause(self, at: int) -> tuple[int, int]:
        """The sentence around an offset; of a very long one the part between semicolons."""
        low, high = self.sentence(at)
        if high - low <= 400:
            return low, high
        start = max(self.text.rfind(";", low, at) + 1, low)
        end = self.text.find(";", at, high)
        end = high if end < 0 else end
        while start < end and self.text[start].isspace():
            start += 1
        return start, end

    def passage(self, start: int, end: int) -> Passage:
        return Passage(
            source=self.source.id,
            exact=self.text[start:end],
            start=start,
            end=end,
            prefix=self.text[max(0, start - CONTEXT_CHARS) : start],
            suffix=self.text[end : end + CONTEXT_CHARS],
            page=self.page_at(start),
        )


def _same_content(voices: Sequence[AttributionFound | None]) -> list[AttributionFound | None]:
    """The smallest voice, and those over the very same words (an affirmation and its denial)."""
    first = voices[0]
    if first is None:
        return [None]
    return [v for v in voices if v and (v.start, v.end) == (first.start, first.end)]


def _date(text: str | None) -> Edtf | None:
    try:
        return Edtf(text) if text and span(text) else None
    except DateError:
        return None  # two readings ("2019-03-04|2019-04-03"): a person chooses


def _quantity(found: QuantityFound) -> Quantity:
    return Quantity(value=found.value, bound=found.bound, unit=found.unit, high=found.high)
