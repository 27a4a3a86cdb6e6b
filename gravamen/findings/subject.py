"""The subject: a party as the rules see it, with its posts and the acts it stands in."""

from collections.abc import Collection
from functools import cached_property
from typing import NamedTuple

from gravamen.claims import Allegation, Role
from gravamen.findings.standing import ACCUSING, Evidence, Standing, Station, Tie, over_before
from gravamen.parties import Party
from gravamen.vocabulary import Act, RoleKind

# Acts that say how somebody took part in another one.
MODES: frozenset[Act] = frozenset(["command", "support", "failure-to-investigate"])


class Anchor(NamedTuple):
    """The one act, and the one post, on which all elements of a prong are asked."""

    act: str | None
    station: int | None


class Subject:
    """A party as the rules see it: its posts, and the acts that it or its bodies stand in."""

    def __init__(self, party: Party, standing: Standing) -> None:
        self.party = party
        self.standing = standing
        self.stations: tuple[Station, ...] = standing.stations(party)
        self.proofs = [standing.proof(party, s) for s in self.stations]
        self.acts = self._acts()
        self.answers: dict[tuple[str, str | None, int | None], Evidence] = {}
        self._entity: dict[int, dict[str, list[Tie]]] = {}

    @cached_property
    def beside(self) -> tuple[str, ...]:
        """Ids of the party's allegations that say how it took part in others, or what it was."""
        own = [self.standing.allegations[id] for id in self.acts]
        return tuple(a.id for a in own if a.kind != "act" or a.act in MODES)

    @property
    def states(self) -> tuple[str | None, ...]:
        """The states of which the party is recorded to be."""
        if self.party.kind == "person":
            return self.party.nationalities
        return (self.party.country,)

    def states_acting(self, kinds: Collection[RoleKind]) -> tuple[str, ...]:
        """The states whose units, bodies or governments, the party itself apart, stand in a role
        of these kinds in the party's acts."""
        roles = [r for act in self.acts for r in self.standing.allegations[act].roles]
        ids = dict.fromkeys(r.party for r in roles if r.kind in kinds and r.party)
        others = [self.standing.parties[id] for id in ids if id in self.standing.parties]
        bodies = [p for p in others if p.kind not in ("person", "group") and p is not self.party]
        return tuple(dict.fromkeys(p.country for p in bodies if p.country))

    @property
    def name(self) -> str:
        """The name that sentences use."""
        return self.party.name

    def _acts(self) -> dict[str, list[Tie]]:
        """The acts that are the party's own: its roles, and for a body those of its members."""
        if self.party.kind != "person":
            found = dict(self.standing.acts_of_entity(self.party.id))
        else:
            found = {}
            for allegation, role in self.standing.roles(self.party.id):
                if role.kind in (*ACCUSING, "beneficiary"):
                    found.setdefault(allegation.id, []).append(Tie(role, self.party.id))
        for act, ties in list(found.items()):
            if self._supplied(self.standing.allegations[act], ties):
                found = {**self._acts_aided(self.standing.allegations[act]), **found}
        return found

    def _supplied(self, allegation: Allegation, ties: list[Tie]) -> bool:
        gave = any(t.role.kind in ("supplier", "alleged-perpetrator") for t in ties)
        return allegation.act == "support" and gave

    def _acts_aided(self, support: Allegation) -> dict[str, list[Tie]]:
        """The acts of those who are said to have got what the party supplied, from then on."""
        given = [Tie(Role(kind="supplier", party=self.party.id), self.party.id)]
        aided = [r.party for r in support.roles if r.kind == "beneficiary" and r.party]
        return {
            act: given
            for id in aided
            for act in self.standing.acts_of_entity(id)
            if not over_before(self.standing.allegations[act].date, support.date)
        }

    def entity_acts(self, station: int | None) -> dict[str, list[Tie]]:
        """The acts of the body of a post by others than the party; of a body, its own."""
        if station is None:
            return {} if self.party.kind == "person" else self.acts
        if station not in self._entity:
            found = self.standing.acts_of_entity(self.stations[station].body)
            self._entity[station] = {
                act: others
                for act, ties in found.items()
                if (others := [t for t in ties if t.party != self.party.id])
            }
        return self._entity[station]

    def anchors(self, *, posts: bool, bodies: bool) -> list[Anchor]:
        """Every act, with every post from which it can be looked at; never empty.

        Args:
            posts: something is asked about a post.
            bodies: the acts of the posts' bodies count, beside the party's own.
        """
        found: list[Anchor] = []
        for n in range(len(self.stations)) if posts else ():
            acts = [*self.acts, *(self.entity_acts(n) if bodies else ())]
            found += [Anchor(act, n) for act in dict.fromkeys(acts)] or [Anchor(None, n)]
        return found or [Anchor(act, None) for act in self.acts] or [Anchor(None, None)]


def tied(ties: list[Tie], kinds: Collection[RoleKind]) -> list[Tie]:
    """The ties by a role of some kinds; by any where none is named."""
    return [tie for tie in ties if not kinds or tie.role.kind in kinds]
