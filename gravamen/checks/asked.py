"""What a check is asked about: the case, the law, the findings, the instruments, on a day."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from gravamen.adoption import Adoption, standing
from gravamen.case import Case, Verdict
from gravamen.claims import Allegation, Claim
from gravamen.findings.finding import Finding
from gravamen.findings.home import home
from gravamen.findings.reach import reach
from gravamen.law.authority import Authority, Law
from gravamen.law.scope import concerns
from gravamen.law.waivers import in_force
from gravamen.parties import Party, with_article
from gravamen.proceedings import Dispatch
from gravamen.reading.laws import find_laws
from gravamen.reading.proposal import LegalReferenceFound
from gravamen.reading.text import Document, sentences
from gravamen.requests import Request
from gravamen.sentences import Block, Figure, Instrument, Sentence
from gravamen.sources.source import Passage
from gravamen.values import Value
from gravamen.vocabulary import Measure

PERSON_MEASURES: tuple[Measure, ...] = ("sanctions", "visa-ban")
ASSISTANCE_MEASURES: tuple[Measure, ...] = ("suspend-assistance", "arms-embargo")
# Measures that some law data could carry; the others (recognition, release) no law is asked for.
LEGAL_MEASURES = (*PERSON_MEASURES, *ASSISTANCE_MEASURES, "determination")
PERSON_KINDS = ("person-sanctions", "visa")
_OWN_WORDS = re.compile(
    r"(?:(?:the|this|our)\s+)?(?:(?:text of the|present|foregoing)\s+)?(?:motion|resolution|text"
    r"|petition|letter|statement|declaration|board|council|body|text itself|requester"
    r"|board of supervisors|undersigned)|we|us",
    re.IGNORECASE,
)


class Stretch(Value):
    """A sentence of the body's own text, with its place."""

    source: str
    text: str
    start: int
    end: int

    @property
    def where(self) -> str:
        """How a flag names the place."""
        return f"{self.source}, character {self.start}"


class Placed(Value):
    """A sentence of an instrument, with the instrument and how a flag names the place.

    Args:
        section: the section of a dossier that it stands in; None elsewhere.
    """

    instrument: Instrument
    sentence: Sentence
    section: str | None = None

    @property
    def where(self) -> str:
        """How a flag names the place."""
        return f"{self.sentence.id} of {self.instrument.id}"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Everything that a check may look at; what several checks need is worked out once.

    Args:
        instruments: empty when the case itself is asked about.
        covered: says whether some font at hand has a character; None where nobody can say.
        versions: where the rounds of signatures are asked about, the digest of each instrument as
            the record gives it for the day that it bears.
        dispatches: what is about to be sent of the instruments.
        struck: the sentences that asked for something and that the body struck from its motion.
    """

    case: Case
    law: Law
    on: date
    findings: tuple[Finding, ...] = ()
    instruments: tuple[Instrument, ...] = ()
    covered: Callable[[str], bool] | None = None
    versions: Mapping[str, str] | None = None
    dispatches: tuple[Dispatch, ...] = ()
    struck: tuple[Sentence, ...] = ()

    @cached_property
    def adoption(self) -> Adoption:
        """Where the motion stands on the day, by the rules of its body."""
        return standing(self.case, self.law, on=self.on)

    @cached_property
    def verdicts(self) -> dict[str, Verdict]:
        """What a person last decided about each thing."""
        return {j.target: j.verdict for j in self.case.judgements}

    def stands(self, thing: str) -> bool:
        """Whether a thing was not rejected."""
        return self.verdicts.get(thing) != "rejected"

    def reviewed(self, thing: str) -> bool:
        """Whether a person recorded the thing or accepted what a machine proposed."""
        return thing not in self.case.proposed_by or self.verdicts.get(thing) in (
            "accepted",
            "amended",
        )

    @cached_property
    def requests(self) -> tuple[Request, ...]:
        """The requests that nobody rejected."""
        return tuple(r for r in self.case.requests.values() if self.stands(r.id))

    @cached_property
    def allegations(self) -> tuple[Allegation, ...]:
        """The allegations that nobody rejected."""
        return tuple(a for a in self.case.allegations.values() if self.stands(a.id))

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """The claims that nobody rejected, withdrawn ones among them."""
        return tuple(c for c in self.case.claims.values() if self.stands(c.id))

    @cached_property
    def _claims_by_subject(self) -> dict[str, list[Claim]]:
        found: dict[str, list[Claim]] = {}
        for claim in self.claims:
            found.setdefault(claim.about, []).append(claim)
        return found

    def claims_about(self, thing: str) -> tuple[Claim, ...]:
        """The claims about an allegation or party that stand and were not withdrawn."""
        found = self._claims_by_subject.get(thing, [])
        return tuple(c for c in found if c.withdrawn is None)

    def affirming(self, allegation: Allegation) -> tuple[Claim, ...]:
        """The claims that affirm an allegation and rest on a source that the case has."""
        return tuple(
            c
            for c in self.claims_about(allegation.id)
            if c.stance == "affirms" and c.passage.source in self.case.sources
        )

    @cached_property
    def _versions(self) -> dict[str, str]:
        return {}

    def version(self, claim: str) -> str:
        """The digest of a claim as it now stands, worked out once."""
        if claim not in self._versions:
            self._versions[claim] = self.case.version(claim)
        return self._versions[claim]

    @cached_property
    def motion_text(self) -> str:
        """The body's own text; empty where the case began without one, or it was erased."""
        text = self.case.texts.get(self.case.motion or "")
        return text.text if text else ""

    @cached_property
    def motion(self) -> tuple[Stretch, ...]:
        """The sentences of the body's own text."""
        return tuple(
            Stretch(
                source=self.case.motion or "", text=self.motion_text[a:b].strip(), start=a, end=b
            )
            for a, b in sentences(self.motion_text)
        )

    @cached_property
    def _motion_starts(self) -> list[int]:
        return [s.start for s in self.motion]

    def motion_sentence(self, passage: Passage | None) -> int | None:
        """The number of the sentence of the body's own text in which a passage begins."""
        if passage is None or passage.source != self.case.motion:
            return None
        return max(bisect_right(self._motion_starts, passage.start) - 1, 0)

    def stated_in(self, allegation: Allegation) -> tuple[str, int] | str:
        """The sentence of the body's own text that first states an allegation; else its id."""
        for claim in self.claims_about(allegation.id):
            number = self.motion_sentence(claim.passage)
            if number is not None:
                return claim.passage.source, number
        return allegation.id

    @cached_property
    def drafted(self) -> tuple[Placed, ...]:
        """The sentences of the instruments, in reading order."""
        return tuple(_placed(self.instruments))

    @cached_property
    def by_instrument(self) -> dict[str, tuple[Placed, ...]]:
        """The sentences of each instrument, by its id."""
        found: dict[str, list[Placed]] = {i.id: [] for i in self.instruments}
        for placed in self.drafted:
            found[placed.instrument.id].append(placed)
        return {id: tuple(of) for id, of in found.items()}

    @cached_property
    def dossiers(self) -> tuple[Instrument, ...]:
        """The recommendations among the instruments."""
        return tuple(i for i in self.instruments if i.kind == "dossier")

    def subject(self, dossier: Instrument) -> Party | None:
        """The party that a dossier is about; None where it names none that stands in the case."""
        party = self.case.parties.get(dossier.party or "")
        return party if party and self.stands(party.id) else None

    def laws_of(self, dossier: Instrument) -> tuple[Authority, ...]:
        """The powers over persons that a dossier is written for: those of its jurisdiction that it
        cites, else all of them."""
        own = tuple(
            a
            for a in self.law.authorities.values()
            if a.kind in PERSON_KINDS and dossier.regime in (a.jurisdiction, a.id)
        )
        cited = {s.authority for s in dossier.sentences()}
        return tuple(a for a in own if a.id in cited) or own

    @cached_property
    def outgoing(self) -> tuple[Placed, ...]:
        """The same without those of the diagnosis, which stays with the body itself."""
        return tuple(p for p in self.drafted if p.instrument.kind != "diagnosis")

    def is_requester(self, speaker: str) -> bool:
        """Whether a speaker is the body that asks, or its own text."""
        requester = self.case.requester
        if _OWN_WORDS.fullmatch(speaker.strip()):
            return True
        if requester is None:
            return False
        if speaker == requester.party:
            return True
        own = {requester.name}
        if requester.party and requester.party in self.case.parties:
            own |= {n.text for n in self.case.parties[requester.party].names}
        return _bare(speaker) in {_bare(name) for name in own}

    @cached_property
    def requester_name(self) -> str:
        """How a flag names the body that asks, with its article."""
        requester = self.case.requester
        return with_article(requester.name) if requester else "the body that asks"

    @cached_property
    def _parties_by_name(self) -> dict[str, Party]:
        return {
            _bare(name.text): party
            for party in reversed(tuple(self.case.parties.values()))
            for name in party.names
        }

    def target(self, request: Request) -> Party | None:
        """The party that a request is against: the one it names, else the one its words name."""
        if request.target:
            return self.case.parties.get(request.target)
        words = _bare(request.target_words or "")
        return self._parties_by_name.get(words) if words else None

    def target_words(self, request: Request) -> str:
        """How a flag names the target of a request."""
        target = self.target(request)
        return target.name if target else request.target_words or "nobody named"

    @cached_property
    def _laws(self) -> dict[str, tuple[Authority, ...]]:
        return {r.id: self._laws_of(r) for r in self.case.requests.values()}

    def _laws_of(self, request: Request) -> tuple[Authority, ...]:
        read = [found.authority for found in self.laws_read(request.authority_words or "")]
        ids = dict.fromkeys((request.authority, *read))
        return tuple(self.law.authorities[id] for id in ids if id in self.law.authorities)

    def laws(self, request: Request) -> tuple[Authority, ...]:
        """The authorities that a request names, by id or in its words."""
        return self._laws[request.id]

    def laws_read(self, words: str) -> list[LegalReferenceFound]:
        """The laws that some words name, those included that the law data do not know."""
        return find_laws(Document(words), self.law) if words.strip() else []

    def home(self, request: Request) -> frozenset[str]:
        """The jurisdictions whose law a request can be made under: those of the offices that it
        addresses, else of the laws that it names, else those that the case as a whole asks."""
        offices = (self.law.offices.get(id) for id in request.addressees)
        found = {o.jurisdiction for o in offices if o} or {
            a.jurisdiction for a in self.laws(request)
        }
        return frozenset(found or self._home)

    @cached_property
    def _home(self) -> tuple[str, ...]:
        return home(self.case, self.law)

    def candidates(self, request: Request) -> tuple[Authority, ...]:
        """The authorities in force at home that carry a request's measure and concern its target's
        state; of these, those that reach such a target, where there are any."""
        if abroad(self.case, request):
            return ()
        target, lands = self.target(request), self.home(request)
        found = tuple(
            a
            for a in self.law.authorities.values()
            if request.measure in a.measures
            and a.jurisdiction in lands
            and in_force(a, self.on)
            and concerns(a, target.country if target else None)
        )
        return tuple(a for a in found if target and reach(target, a)) or found

    def asks_for_persons(self, request: Request) -> bool:
        """Whether a request wants a power that is used against persons and bodies."""
        laws = self.laws(request)
        if laws:
            return any(a.kind in PERSON_KINDS for a in laws) and request.measure in PERSON_MEASURES
        return request.measure in PERSON_MEASURES


def abroad(case: Case, request: Request) -> bool:
    """Whether a request goes to offices of another state than those of the law data: it names
    only such, under no law that is known, and the body that asks is not one of the United States.

    The law of another state is not pressed upon it; what it asks is kept and not assessed.
    """
    kind = case.requester.kind if case.requester else "unknown"
    known = request.addressees or request.authority or kind.startswith("us-")
    return bool(request.addressee_words) and not known


def whole_words(words: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern for any of some words or names, whole, in any case, over any blanks."""
    forms = sorted(words, key=len, reverse=True)
    inner = "|".join(r"\s+".join(re.escape(part) for part in form.split()) for form in forms)
    return re.compile(rf"(?<!\w)(?:{inner})(?!\w)", re.IGNORECASE)


def joined(words: tuple[str, ...] | list[str], last: str = "and") -> str:
    """ "a", "a and b", "a, b and c"; nothing gives "nobody"."""
    if not words:
        return "nobody"
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}"


def _bare(name: str) -> str:
    """A name without article, form of state and case, so that its forms meet."""
    text = re.sub(r"^(?:the\s+)?(?:(?:government|state) of\s+)?(?:the\s+)?", "", name.casefold())
    return " ".join(text.split())


def _placed(instruments: tuple[Instrument, ...]) -> Iterator[Placed]:
    for instrument in instruments:
        for section in instrument.sections:
            for block in section.blocks:
                if isinstance(block, Block):
                    written = [block.sentences]
                elif isinstance(block, Figure):
                    continue
                else:
                    written = [cell.sentences for row in block.rows for cell in row]
                for sentences_ in written:
                    for sentence in sentences_:
                        yield Placed(instrument=instrument, sentence=sentence, section=section.id)
