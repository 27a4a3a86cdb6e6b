"""What stands in a case, indexed once: claims by what they bear on, acts by who stands in them."""

from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from typing import NamedTuple

from gravamen.case import Case
from gravamen.claims import Allegation, Claim, Role, corroborate
from gravamen.dates import DateError, Edtf, Overlap, overlap, span, spell
from gravamen.findings.finding import State
from gravamen.parties import Party
from gravamen.vocabulary import RoleKind

ACCUSING: tuple[RoleKind, ...] = (
    "alleged-perpetrator", "commander", "supplier", "official", "investigator",
)  # fmt: skip
_span = cache(span)


@cache
def overlapping(start: str | None, end: str | None, when: str) -> Overlap:
    """Whether a period covers a date; what no calendar can read leaves it open."""
    try:
        return overlap(start, end, when)
    except DateError:
        return "possible"


@cache
def disjoint(a: str, b: str) -> bool:
    """Whether two partial dates share no day, however they are read."""
    try:
        one, other = _span(a), _span(b)
    except DateError:
        return False
    before = one.last is not None and other.first is not None and one.last < other.first
    after = other.last is not None and one.first is not None and other.last < one.first
    return before or after


@cache
def over_before(act: str | None, began: str | None) -> bool:
    """Whether an act was surely over before something else began; what has no date may not be."""
    if act is None or began is None:
        return False
    try:
        one, other = _span(act), _span(began)
    except DateError:
        return False
    fuzzy = one.fuzzy or other.fuzzy
    return not fuzzy and bool(one.last and other.first and one.last < other.first)


def told(edtf: str) -> str:
    """A date in words, or as it was written where no calendar can read it."""
    try:
        return spell(edtf)
    except DateError:
        return f"“{edtf}” (no date)"


class Evidence(NamedTuple):
    """What speaks for and against one element, in one act or post."""

    state: State
    claims: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    qualified: tuple[str, ...] = ()
    word: str = ""
    origins: tuple[str, ...] = ()
    gap: str | None = None
    allegations: tuple[str, ...] = ()
    unreviewed: bool = False
    withdrawn: bool = False


MISSING = Evidence(state="missing")


class Station(NamedTuple):
    """A post or a command of a party: over which body, between which dates, on what proof."""

    title: str
    body: str
    start: Edtf | None
    end: Edtf | None
    claims: tuple[str, ...]
    fact: str


class Tie(NamedTuple):
    """Who stands in which role in an act, and so ties the act to a party or to its body."""

    role: Role
    party: str


class Standing:
    """The claims, allegations and parties of a case that no person rejected, by what they touch."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.verdicts = {j.target: j.verdict for j in case.judgements}
        self._claims: dict[str, list[Claim]] = {}
        for claim in case.claims.values():
            if self.holds(claim.id):
                self._claims.setdefault(claim.about, []).append(claim)
        self.served = {s for claims in self._claims.values() for c in claims for s in c.serves}
        self.parties = {p.id: p for p in case.parties.values() if self.holds(p.id)}
        self.allegations = {a.id: a for a in case.allegations.values() if self.holds(a.id)}
        self._roles: dict[str, list[tuple[Allegation, Role]]] = {}
        for allegation in self.allegations.values():
            for role in allegation.roles:
                if role.party in self.parties:
                    self._roles.setdefault(role.party, []).append((allegation, role))
        self._acts: dict[str, dict[str, list[Tie]]] = {}
        self._evidence: dict[str, Evidence] = {}
        self._below: dict[str, tuple[str, ...]] = {}

    def holds(self, thing: str) -> bool:
        """Whether no person rejected a thing."""
        return self.verdicts.get(thing) != "rejected"

    def reviewed(self, thing: str) -> bool:
        """Whether a person recorded a thing or accepted what a machine proposed."""
        proposed = thing in self.case.proposed_by
        return not proposed or self.verdicts.get(thing) in ("accepted", "amended")

    def about(self, thing: str) -> list[Claim]:
        """The claims about an allegation or party, those that were withdrawn too."""
        return self._claims.get(thing, [])

    def roles(self, party: str) -> list[tuple[Allegation, Role]]:
        """The allegations in which a party stands, with its role in each."""
        return self._roles.get(party, [])

    def serving(self, served: str, *about: str) -> list[Claim]:
        """The claims about some things that name an element or a fact as what they serve."""
        return [c for thing in about for c in self.about(thing) if served in c.serves]

    def evidence(self, allegation: str) -> Evidence:
        """What all claims about an allegation make of it."""
        found = self._evidence.get(allegation)
        if found is None:
            found = self.weighed(self.about(allegation), allegation=allegation)
            self._evidence[allegation] = found
        return found

    def weighed(self, claims: Iterable[Claim], *, allegation: str | None = None) -> Evidence:
        """What some claims make of one point: supported, contested or missing, in which words."""
        claims = list({c.id: c for c in claims}.values())
        standing = [c for c in claims if c.withdrawn is None]
        accused: frozenset[str] = frozenset()
        if allegation and any(c.stance == "denies" for c in standing):
            accused = self.case.accused_by(self.allegations[allegation])
        found = corroborate(standing, sources=self.case.sources, subjects=accused)
        state: State = "missing"
        if found.affirmed_by:
            state = "contested" if found.denied_by else "supported"
        things = [c.id for c in standing] + ([allegation] if allegation and standing else [])
        return Evidence(
            state=state,
            claims=found.affirmed_by,
            against=found.denied_by,
            qualified=found.qualified_by,
            word=found.spelled,
            origins=found.origins,
            allegations=(allegation,) if allegation else (),
            unreviewed=not all(self.reviewed(thing) for thing in things),
            withdrawn=len(standing) < len(claims),
        )

    def voices(self, claims: Iterable[str]) -> tuple[str, ...]:
        """The speakers of claims as sentences name them, each once."""
        speakers = [self.case.claims[id].speaker for id in claims]
        known = self.case.parties
        return tuple(dict.fromkeys(known[s].name if s in known else s for s in speakers))

    def stations(self, party: Party) -> tuple[Station, ...]:
        """The posts and commands of a party, posts first, in the order of the record."""
        posts = [
            Station(p.title, p.body, p.start, p.end, p.claims, f"post:{party.id}/{n}")
            for n, p in enumerate(party.posts, 1)
        ]
        commands = [
            Station("commander", c.over, c.start, c.end, c.claims, "command")
            for c in party.commands
        ]
        return (*posts, *commands)

    def proof(self, party: Party, station: Station) -> Evidence:
        """What the claims make of a post: those it lists, and those that serve it."""
        listed = [
            self.case.claims[id]
            for id in station.claims
            if id in self.case.claims and self.holds(id)
        ]
        return self.weighed([*listed, *self.serving(station.fact, party.id)])

    @cached_property
    def _children(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for party in self.parties.values():
            if party.part_of:
                found.setdefault(party.part_of, []).append(party.id)
        return found

    @cached_property
    def _members(self) -> dict[str, list[tuple[Party, Station]]]:
        found: dict[str, list[tuple[Party, Station]]] = {}
        for party in self.parties.values():
            for station in self.stations(party):
                found.setdefault(station.body, []).append((party, station))
        return found

    @cached_property
    def _state_organs(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for party in self.parties.values():
            if party.kind == "unit" and party.country:
                found.setdefault(party.country, []).append(party.id)
        return found

    def below(self, entity: str) -> tuple[str, ...]:
        """A body and all that is part of it; of a government, its state's units as well."""
        if entity not in self._below:
            party = self.parties.get(entity)
            todo = [entity]
            if party and party.kind == "government":
                todo += self._state_organs.get(party.country or "", [])
            found: dict[str, None] = {}
            while todo:
                at = todo.pop(0)
                if at not in found:
                    found[at] = None
                    todo += self._children.get(at, [])
            self._below[entity] = tuple(found)
        return self._below[entity]

    def above(self, entity: str) -> Iterator[Party]:
        """A body and what it is part of, upward."""
        seen: set[str] = set()
        at: str | None = entity
        while at in self.parties and at not in seen:
            seen.add(at)
            yield self.parties[at]
            at = self.parties[at].part_of

    def acts_of_entity(self, entity: str) -> dict[str, list[Tie]]:
        """The acts of a body, of the units in it and of those who held a post in it then."""
        if entity not in self._acts:
            found: dict[str, list[Tie]] = {}
            for id in self.below(entity):
                for allegation, role in self.roles(id):
                    if role.kind in ACCUSING:
                        found.setdefault(allegation.id, []).append(Tie(role, id))
                for member, station in self._members.get(id, []):
                    for allegation in self._acts_in_post(member, station):
                        role = Role(kind="alleged-perpetrator", party=member.id)
                        found.setdefault(allegation.id, []).append(Tie(role, member.id))
            self._acts[entity] = found
        return self._acts[entity]

    def _acts_in_post(self, member: Party, station: Station) -> Iterator[Allegation]:
        """The acts that a member is alleged to have done while surely holding a proven post."""
        own = [
            allegation
            for allegation, role in self.roles(member.id)
            if role.kind == "alleged-perpetrator" and role.certainty != "possible"
        ]
        if own and self.proof(member, station).state == "supported":
            for allegation in own:
                if (
                    allegation.date
                    and overlapping(station.start, station.end, allegation.date) == "yes"
                ):
                    yield allegation
