"""Law scenarios: turns the short facts of a YAML file into a case, and asks the law about it.

docs/reference/scenarios.md says how a lawyer writes one. Every part of a file is checked by type:
an unknown key, a misspelt word or a party that the facts do not name is an error.
"""

import datetime
from pathlib import Path
from typing import Any

import msgspec
import yaml

from gravamen.case import Case, Judgement
from gravamen.checks import CHECKS, Flag, check_case
from gravamen.claims import Allegation, AllegationKind, Claim, Role, Stance
from gravamen.findings import Finding, choose, reach, weigh
from gravamen.findings.finding import State
from gravamen.law.authority import Law
from gravamen.law.clocks import Capacity, Signer, starts
from gravamen.law.waivers import waiver_state
from gravamen.parties import Command, Name, Party, Post
from gravamen.requests import Request
from gravamen.sources.source import Passage, Source
from gravamen.values import Value
from gravamen.vocabulary import Act, Measure, PartyKind, RoleKind, VictimKind

FOLDER = Path(__file__).parent / "law"
_ROLES: dict[str, RoleKind] = {
    "perpetrators": "alleged-perpetrator",
    "commanders": "commander",
    "officials": "official",
    "suppliers": "supplier",
    "investigators": "investigator",
    "beneficiaries": "beneficiary",
    "witnesses": "witness",
    "harmed": "victim",
}
_STANCES: dict[str, Stance] = {
    "said_by": "affirms",
    "denied_by": "denies",
    "qualified_by": "qualifies",
}


class Said(Value):
    """Who speaks for, against or with a limit; which of them withdrew; what each proves."""

    said_by: list[str] = []
    denied_by: list[str] = []
    qualified_by: list[str] = []
    withdrawn: list[str] = []
    proves: dict[str, list[str]] = {}


class PostFacts(Value):
    """A post or a command: in or over which body, from when to when, and what shows it."""

    title: str
    body: str
    start: str | None = msgspec.field(default=None, name="from")
    end: str | None = msgspec.field(default=None, name="to")
    leads: bool = True
    shown_by: list[str] = []
    denied_by: list[str] = []


class PartyFacts(Said):
    """A party: what kind of one, of which state, in which body, with which posts."""

    kind: PartyKind
    country: str | None = None
    nationality: str | list[str] = []
    us_person: bool | None = None
    part_of: str | None = None
    family_of: str | None = None
    shown_by: list[str] = []
    posts: list[PostFacts] = []
    commands: list[PostFacts] = []


class ActFacts(Said):
    """An act or other allegation: what, when, where, who stood in it, who says so."""

    act: Act | None = None
    kind: AllegationKind = "act"
    on: str | None = None
    place: str | None = None
    victims: list[VictimKind] = []
    suspected: bool = False
    perpetrators: list[str] = []
    commanders: list[str] = []
    officials: list[str] = []
    suppliers: list[str] = []
    investigators: list[str] = []
    beneficiaries: list[str] = []
    witnesses: list[str] = []
    harmed: list[str] = []


class RequestFacts(Value):
    """What is asked against whom under which authority, and of which offices."""

    measure: Measure
    against: str
    under: str | None = None
    of: list[str] = []


class SignerFacts(Value):
    """Who signs: of which office, as what; one that is no office is its words ("county board")."""

    of: str
    capacity: Capacity = msgspec.field(name="as")


class CaseFacts(Value):
    """All facts of a scenario, each thing under a name of the writer's choosing."""

    parties: dict[str, PartyFacts] = {}
    acts: dict[str, ActFacts] = {}
    origins: dict[str, str] = {}
    requests: list[RequestFacts] = []
    rejected: list[str] = []
    by_machine: list[str] = []
    signers: list[SignerFacts] = []
    corruption: bool = False


class ElementExpected(Value):
    """What is expected of one element, where more than the state matters."""

    state: State
    gap: str | None = None
    corroboration: str | None = None
    for_: list[str] | None = msgspec.field(default=None, name="for")
    against: list[str] | None = None
    qualified_by: list[str] | None = None
    unreviewed: bool | None = None
    needs_review: bool | None = None


class ChoiceExpected(Value):
    """Which prong ("none" for none) is expected to be chosen, and why not others."""

    prong: str
    complete: bool | None = None
    also: list[str] | None = None
    why: str | None = None
    not_: dict[str, str] = msgspec.field(default={}, name="not")


class ReachExpected(Value):
    """Whether an authority is expected to reach a party, and a part of the reason."""

    reached: bool
    why: str = ""


class WaiverExpected(Value):
    """How a bar is expected to stand on the scenario's day."""

    state: str
    says: str = ""


class ClockExpected(Value):
    """Whether the signers are expected to start a clock, and a part of the reason."""

    starts: bool
    why: str = ""


class FlagExpected(Value):
    """Whether a check is expected to fire, and a part of what it says."""

    fires: bool
    says: str = ""


class Expected(Value):
    """What the law is expected to make of the facts."""

    findings: dict[str, dict[str, dict[str, State | ElementExpected]]] = {}
    chosen: dict[str, ChoiceExpected] = {}
    reach: dict[str, dict[str, ReachExpected]] = {}
    weighed: list[str] | None = None
    waiver: dict[str, WaiverExpected] = {}
    clock: dict[str, ClockExpected] = {}
    flags: dict[str, FlagExpected] = {}


class Scenario(Value):
    """A file of tests/law: a name that is a sentence, a day, the facts, what must follow."""

    name: str
    on: datetime.date
    expect: Expected
    facts: CaseFacts = CaseFacts()


def read_scenario(path: Path) -> Scenario:
    """Return the scenario of a file; an unknown key or word is an error."""
    plain = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return msgspec.convert(plain, Scenario, strict=False)


def case_of(scenario: Scenario) -> Case:
    """Return the case that the short facts describe; every voice is a source of its own."""
    facts = scenario.facts
    maker = _Maker(facts)
    parties = {id: maker.party(id, p) for id, p in facts.parties.items()}
    allegations = {id: maker.act(id, a) for id, a in facts.acts.items()}
    things = {*parties, *allegations, *maker.claims}
    for thing in (*facts.rejected, *facts.by_machine):
        assert thing in things, f"{thing!r} is no party, act or claim; there are {sorted(things)}"
    return Case(
        id="scenario",
        title=scenario.name,
        sources=maker.sources,
        parties=parties,
        allegations=allegations,
        claims=maker.claims,
        requests={
            f"r{n}": Request(
                id=f"r{n}",
                measure=r.measure,
                authority=r.under,
                target=maker.known(r.against),
                addressees=tuple(r.of),
            )
            for n, r in enumerate(facts.requests, 1)
        },
        proposed_by=dict.fromkeys(facts.by_machine, "machine:reader"),
        judgements=tuple(
            Judgement(target=t, verdict="rejected", by="clerk") for t in facts.rejected
        ),
    )


class _Maker:
    def __init__(self, facts: CaseFacts) -> None:
        self.facts = facts
        self.sources: dict[str, Source] = {}
        self.claims: dict[str, Claim] = {}

    def party(self, id: str, facts: PartyFacts) -> Party:
        proofs = [self.claim(v, id, serves=("nationality",)) for v in facts.shown_by]
        self.said(id, facts)
        return Party(
            id=id,
            kind=facts.kind,
            names=(Name(text=id),),
            country=facts.country,
            part_of=self.known(facts.part_of),
            nationalities=_several(facts.nationality),
            us_person=facts.us_person,
            family_of=self.known(facts.family_of),
            posts=tuple(self.post(id, n, p) for n, p in enumerate(facts.posts, 1)),
            commands=tuple(self.command(id, c) for c in facts.commands),
            claims=tuple(proofs),
        )

    def post(self, holder: str, n: int, facts: PostFacts) -> Post:
        fact = f"post:{holder}/{n}"
        shown = [self.claim(v, holder, serves=(fact,), key=fact) for v in facts.shown_by]
        for voice in facts.denied_by:
            self.claim(voice, holder, serves=(fact,), key=fact, stance="denies")
        return Post(
            title=facts.title,
            body=self.known(facts.body) or "",
            start=facts.start,
            end=facts.end,
            leads=facts.leads,
            claims=tuple(shown),
        )

    def command(self, holder: str, facts: PostFacts) -> Command:
        shown = [self.claim(v, holder, serves=("command",)) for v in facts.shown_by]
        over = self.known(facts.body) or ""
        return Command(over=over, start=facts.start, end=facts.end, claims=tuple(shown))

    def act(self, id: str, facts: ActFacts) -> Allegation:
        self.said(id, facts)
        certainty = "possible" if facts.suspected else "stated"
        return Allegation(
            id=id,
            kind=facts.kind,
            text=id,
            act=facts.act,
            date=facts.on,
            place=facts.place,
            victims=tuple(facts.victims),
            roles=tuple(
                Role(kind=kind, party=self.known(party), certainty=certainty)
                for key, kind in _ROLES.items()
                for party in getattr(facts, key)
            ),
        )

    def said(self, about: str, facts: Said) -> None:
        for key, stance in _STANCES.items():
            for voice in getattr(facts, key):
                serves = tuple(e for e, voices in facts.proves.items() if voice in voices)
                self.claim(
                    voice, about, serves=serves, stance=stance, gone=voice in facts.withdrawn
                )
        voices = {*facts.said_by, *facts.denied_by, *facts.qualified_by}
        named = {*facts.withdrawn, *(v for voices in facts.proves.values() for v in voices)}
        assert named <= voices, f"{sorted(named - voices)} say nothing about {about!r}"

    def claim(
        self,
        voice: str,
        about: str,
        *,
        serves: tuple[str, ...] = (),
        stance: Stance = "affirms",
        gone: bool = False,
        key: str | None = None,
    ) -> str:
        """Record what a voice says about a thing, in a source of that voice; give the id."""
        id = f"{voice} on {key}" if key else f"{voice} on {about}"
        while id in self.claims:
            id += "+"
        source = f"s.{voice}"
        self.sources[source] = Source(
            id=source,
            sha256="0" * 64,
            name=voice,
            media_type="text/plain",
            size=1,
            origin=self.facts.origins.get(voice),
        )
        self.claims[id] = Claim(
            id=id,
            about=about,
            passage=Passage(source=source, exact=voice, start=0, end=len(voice)),
            speaker=voice,
            stance=stance,
            serves=serves,
            withdrawn="taken back" if gone else None,
        )
        return id

    def known(self, party: str | None) -> str | None:
        assert party is None or party in self.facts.parties, f"the facts name no party {party!r}"
        return party


def _several(words: str | list[str]) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else tuple(words)


def failures(scenario: Scenario, law: Law) -> list[str]:
    """Return a sentence for each expectation that the law does not meet."""
    expected = scenario.expect
    case = case_of(scenario)
    findings = weigh(case, law, on=scenario.on)
    wrong = [*_findings(expected, findings), *_choices(expected, case, law, findings)]
    if expected.weighed is not None:
        weighed = list(dict.fromkeys(f.party for f in findings))
        wrong += _differs("parties weighed", weighed, expected.weighed)
    for party, by_authority in expected.reach.items():
        for id, wanted in by_authority.items():
            answer = reach(case.parties[party], law.authority(id))
            wrong += _differs(f"whether {id} reaches {party}", answer.yes, wanted.reached)
            wrong += _lacks(f"why {id} reaches {party} or not", answer.why, wanted.why)
    for id, waiver in expected.waiver.items():
        told = waiver_state(law.authority(id), scenario.on)
        wrong += _differs(f"how {id} stands", told.state, waiver.state)
        wrong += _lacks(f"how {id} stands", told.sentence, waiver.says)
    for id, clock in expected.clock.items():
        started = starts(law.clock(id), _signers(scenario), corruption=scenario.facts.corruption)
        wrong += _differs(f"whether {id} starts", started.yes, clock.starts)
        wrong += _lacks(f"why {id} starts or not", started.why, clock.why)
    if expected.flags:
        flags = check_case(case, law, findings, on=scenario.on)
        for id, flag in expected.flags.items():
            wrong += _flags(id, [f for f in flags if f.id == id], flag)
    return wrong


def _flags(id: str, found: list[Flag], wanted: FlagExpected) -> list[str]:
    known = {check.id for check in CHECKS}
    assert id in known, f"there is no check {id!r}; there are {sorted(known)}"
    wrong = _differs(f"whether {id} fires", bool(found), wanted.fires)
    return wrong + _lacks(f"what {id} says", " ".join(f.message for f in found), wanted.says)


def _signers(scenario: Scenario) -> tuple[Signer, ...]:
    return tuple(Signer(office=s.of, capacity=s.capacity) for s in scenario.facts.signers)


def _findings(expected: Expected, findings: tuple[Finding, ...]) -> list[str]:
    by_key = {(f.party, f.prong, f.element): f for f in findings}
    wrong: list[str] = []
    for party, prongs in expected.findings.items():
        for prong, elements in prongs.items():
            for element, wanted in elements.items():
                found = by_key.get((party, prong, element))
                what = f"{party}, {prong}, {element}"
                if found is None:
                    wrong.append(f"{what}: no finding")
                elif isinstance(wanted, str):
                    wrong += _differs(what, found.state, wanted)
                else:
                    wrong += _whole(what, found, wanted)
    return wrong


def _whole(what: str, found: Finding, wanted: ElementExpected) -> list[str]:
    wrong = _differs(what, found.state, wanted.state)
    wrong += _lacks(f"{what}: gap", found.gap or "", wanted.gap or "")
    wrong += _lacks(f"{what}: corroboration", found.corroboration, wanted.corroboration or "")
    for name, has, wants in (
        ("for", list(found.claims), wanted.for_),
        ("against", list(found.against), wanted.against),
        ("qualified by", list(found.qualified), wanted.qualified_by),
        ("unreviewed", found.unreviewed, wanted.unreviewed),
        ("needs review", found.needs_review, wanted.needs_review),
    ):
        if wants is not None:
            wrong += _differs(f"{what}: {name}", has, wants)
    return wrong


def _choices(expected: Expected, case: Case, law: Law, findings: tuple[Finding, ...]) -> list[str]:
    wrong: list[str] = []
    for party, wanted in expected.chosen.items():
        choice = choose(case, law, findings, party)
        wrong += _differs(f"choice for {party}", choice.prong or "none", wanted.prong)
        wrong += _lacks(f"choice for {party}: why", choice.why, wanted.why or "")
        if wanted.complete is not None:
            wrong += _differs(f"choice for {party}: complete", choice.complete, wanted.complete)
        if wanted.also is not None:
            wrong += _differs(f"choice for {party}: also", list(choice.also), wanted.also)
        reasons = {r.split(": ", 1)[0]: r for r in choice.rejected}
        for prong, reason in wanted.not_.items():
            wrong += _lacks(f"why not {prong} for {party}", reasons.get(prong, "not said"), reason)
    return wrong


def _differs(what: str, found: Any, wanted: Any) -> list[str]:
    return [] if found == wanted else [f"{what}: found {found!r}, expected {wanted!r}"]


def _lacks(what: str, found: str, wanted: str) -> list[str]:
    return [] if wanted in found else [f"{what}: {found!r} does not say {wanted!r}"]
