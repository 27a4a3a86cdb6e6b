"""Outside: the acts a party stands in, and why an authority does not cover one or a ground."""

from collections.abc import Iterator
from typing import NamedTuple

from gravamen.findings.choose import Ground
from gravamen.findings.gaps import act_words
from gravamen.findings.reach import named
from gravamen.findings.standing import Standing
from gravamen.findings.subject import MODES, Subject
from gravamen.law.authority import Authority, Cover, Element, ElementRule, Law
from gravamen.parties import Party
from gravamen.vocabulary import Act, RoleKind

# What a ground asks where it hangs on an act of the party.
_OF_ACTS: frozenset[ElementRule] = frozenset(
    ["act", "entity-act", "role", "victims", "pattern", "tenure"]
)
# A part in an act that the matrix of coverage has a row of its own for.
_PARTS: dict[RoleKind, Act] = {"supplier": "support", "investigator": "failure-to-investigate"}


class Done(NamedTuple):
    """An act that a party, or a body in which it held a post, is said to have had a part in."""

    allegation: str
    kinds: tuple[Act, ...]
    own: bool


class Acts:
    """The acts of a party that some claim bears out, and what a law says of their kinds."""

    def __init__(self, party: Party, standing: Standing, law: Law) -> None:
        self.law = law
        self.standing = standing
        self.party = party
        self.done = tuple(_done(Subject(party, standing), standing))
        self._outside: dict[str, dict[str, Cover]] = {}

    def outside(self, authority: Authority) -> dict[str, Cover]:
        """The allegations that an authority does not cover, each with the cell that says why."""
        if authority.id not in self._outside:
            found = self._outside[authority.id] = {}
            for act in self.done:
                cells = [c for k in act.kinds for c in self.law.coverage_of(k, authority.id)]
                if cells and all(cell.covers == "no" for cell in cells):
                    found[act.allegation] = cells[0]
        return self._outside[authority.id]

    def barrier(self, ground: Ground, authority: Authority) -> str | None:
        """Why no act on record meets a ground, in one sentence; None where one could."""
        if ground.whole:
            return None
        lacking = [self.law.element(f.element) for f in ground.missing]
        asked = [self.law.element(id) for id in (*ground.prong.all_of, *ground.prong.any_of)]
        rules = {element.rule for element in asked}
        outside = self.outside(authority)
        acts = [a for a in self.done if a.own or rules & {"entity-act", "tenure"}]
        none_covered = bool(acts) and all(a.allegation in outside for a in acts)
        if none_covered and rules & _OF_ACTS:
            return outside[acts[0].allegation].why
        for element in lacking:
            if element.rule == "victims" and (said := self._others(element)):
                law = named(authority)
                return f"{said}, and {law} asks who the victim was ({element.id})."
        return None

    def _others(self, element: Element) -> str | None:
        """Who the victims were, where the record says so of every act and none is as asked."""
        acts = [self.standing.allegations[act.allegation] for act in self.done if act.own]
        counted = [a for a in acts if a.act and (not element.acts or a.act in element.acts)]
        if not counted or any(set(a.victims) & set(element.victims) for a in counted):
            return None
        if not all(a.victims for a in counted):
            return None
        kinds = list(dict.fromkeys(v.replace("-", " ") for a in counted for v in a.victims))
        of = act_words(counted[0]) if len(counted) == 1 else "the acts on record"
        return f"The victims of {of} are recorded as {' and '.join(kinds)} and no more"


def _done(subject: Subject, standing: Standing) -> Iterator[Done]:
    """The party's own acts and those of the bodies of its posts, of which a claim speaks."""
    ties = dict(subject.acts)
    for n in range(len(subject.stations)):
        for act, others in subject.entity_acts(n).items():
            ties.setdefault(act, others)
    for act, tied in ties.items():
        allegation = standing.allegations[act]
        if allegation.act is None or not standing.evidence(act).claims:
            continue
        parts = {_PARTS.get(t.role.kind, allegation.act) for t in tied}
        kinds = tuple(k for k in sorted(parts) if k not in MODES or k in _PARTS.values())
        if kinds:
            yield Done(act, kinds, own=act in subject.acts)
