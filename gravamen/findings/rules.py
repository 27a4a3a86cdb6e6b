"""Rules: how the record answers an element's question; one small function for each rule.

Every rule reads claims. An allegation without a standing claim supports nothing, a post without
a claim is only asserted, and nothing follows from rank alone.
"""

from collections.abc import Callable, Iterator

from gravamen.claims import Allegation, Claim, Role
from gravamen.findings.pattern import pattern
from gravamen.findings.reach import of
from gravamen.findings.standing import ACCUSING, MISSING, Evidence, Tie, disjoint
from gravamen.findings.subject import MODES, Anchor, Subject, tied
from gravamen.findings.tenure import tenure
from gravamen.law.authority import Element, ElementRule
from gravamen.vocabulary import Act, RoleKind

# The acts whose very claim says what somebody in such a role did; for any other act the role is
# only a label, until a claim is marked as serving the element.
_TOLD_BY: dict[RoleKind, frozenset[Act]] = {
    "commander": frozenset(["command"]),
    "official": frozenset(["command", "corruption", "extortion"]),
    "supplier": frozenset(["support"]),
    "beneficiary": frozenset(["corruption", "extortion", "forced-labour", "pillage"]),
    "investigator": frozenset(
        ["prosecution", "failure-to-investigate", "denial-of-judge", "denial-of-lawyer",
         "denial-of-information"]
    ),
}  # fmt: skip


def ask(subject: Subject, element: Element, anchor: Anchor) -> Evidence:
    """What the record holds on an element for a party, looked at from one act and post."""
    of_act, of_post = DEPENDS[element.rule]
    key = (element.id, anchor.act if of_act else None, anchor.station if of_post else None)
    found = subject.answers.get(key)
    if found is None:
        found = subject.answers[key] = _asked(subject, element, Anchor(key[1], key[2]))
    return found


def _asked(subject: Subject, element: Element, anchor: Anchor) -> Evidence:
    found = RULES[element.rule](subject, element, anchor)
    if element.rule == "pattern" or element.id not in subject.standing.served:
        return found
    served = _serving(subject, element, anchor)
    if not served:
        return found
    weighed = subject.standing.weighed(served, allegation=anchor.act)
    # What says who the victims were, says it; that the act was done says nothing of them.
    told = element.rule == "victims" and found.state != "missing" and weighed.state != "missing"
    return weighed if told else _merged(found, weighed)


def _serving(subject: Subject, element: Element, anchor: Anchor) -> list[Claim]:
    """The claims that a person marked as bearing on the element itself."""
    about = [subject.party.id]
    if anchor.act:
        about += [anchor.act, *subject.beside]
    elif not DEPENDS[element.rule][0]:
        about += subject.acts
    if element.rule == "entity-act" and anchor.station is not None:
        about.append(subject.stations[anchor.station].body)
    return subject.standing.serving(element.id, *dict.fromkeys(about))


def _merged(rule: Evidence, direct: Evidence) -> Evidence:
    """Add to what a rule found the claims that serve the element by name."""
    if rule.state == "missing":
        return direct
    contested = "contested" in (rule.state, direct.state) or bool(direct.against)
    more = len(direct.origins) > len(rule.origins)
    return rule._replace(
        state="contested" if contested else "supported",
        claims=tuple(dict.fromkeys((*rule.claims, *direct.claims))),
        against=tuple(dict.fromkeys((*rule.against, *direct.against))),
        qualified=tuple(dict.fromkeys((*rule.qualified, *direct.qualified))),
        word=direct.word if more or (direct.against and not rule.against) else rule.word,
        unreviewed=rule.unreviewed or direct.unreviewed,
    )


def foreign_person(subject: Subject, element: Element, anchor: Anchor) -> Evidence:
    """A person or body is proven to be of another state than the one that the law is of; where
    the element names roles, of one whose bodies stand in them in the party's acts, if any do."""
    found = subject.standing.weighed(_own_facts(subject, ("nationality", "country")))
    if of(subject.party, element.foreign_to) or subject.party.kind == "government":
        return found._replace(state="missing", claims=(), against=found.claims, word="")
    acting = subject.states_acting(element.roles) if element.roles else ()
    if acting and not set(acting) & set(subject.states):
        return MISSING
    return found if any(subject.states) else MISSING


def _own_facts(subject: Subject, facts: tuple[str, ...]) -> list[Claim]:
    """The claims about a party that prove one of these facts, or that name no fact at all."""
    standing = subject.standing
    listed = [
        c
        for id in subject.party.claims
        if (c := standing.case.claims.get(id)) and standing.holds(id)
    ]
    claims = [*listed, *standing.about(subject.party.id)]
    return [c for c in claims if not c.serves or set(c.serves) & set(facts)]


def kind(subject: Subject, element: Element, anchor: Anchor) -> Evidence:
    """The party is of a kind that the element names, and some claim speaks of it."""
    if subject.party.kind not in element.kinds:
        return MISSING
    about = [*_own_facts(subject, ("kind",))]
    about += [c for act in subject.acts for c in subject.standing.about(act)]
    return subject.standing.weighed([c for c in about if c.stance != "denies"])


def act(subject: Subject, element: Element, anchor: Anchor) -> Evidence:
    """An act of the kinds that the element names, in which the party stands, is claimed."""
    allegation = _act(subject, element, anchor, subject.acts)
    if allegation is None:
        return MISSING
    if not tied(subject.acts[allegation.id], element.roles or (*ACCUSING, "beneficiary")):
        return MISSING
    return subject.standing.evidence(allegation.id)


def entity_act(subject: Subject, element: Element, anchor: Anchor) -> Evidence:
    """Such an act is claimed of the body in which the party holds or held the post."""
    acts = subject.entity_acts(anchor.station)
    allegation = _act(subject, element, anchor, acts)
    if allegation is None:
        return MISSING
    wanted = element.roles or ("alleged-perpetrator", "commander")
    if not tied(acts[allegation.id], wanted):
        return MISSING
    return subject.standing.evidence(allegation.id)


def role(subject: Subject, element: Element, anchor: Anchor) -> Evidence:
    """Claims tie the party itself to the act, in one of the roles that the element names."""
    for act in _with_modes(subject, anchor.act):
        allegation = subject.standing.allegations[act]
        if not element.acts or allegation.act in element.acts:
            ties = tied(subject.acts.get(act, []), element.roles or ACCUSING)
            found = subject.standing.evidence(act)
            if found.state != "missing" and any(_told(t.role, allegation) for t in ties):
                return found
    return MISSING


def _with_modes(subject: Subject, act: str | None) -> Iterator[str]:
    """An act, and the party's commands, supplies and failures that can belong to it."""
    if act is None:
        return
    yield act
    allegation = subject.standing.allegations[act]
    for other in subject.beside:
        if other != act and _belongs(subject.standing.allegations[other], to=allegation):
            yield other


def _belongs(mode: Allegation, *, to: Allegation) -> bool:
    """Whether a command, supply or failure can be part of an act: a command given at its time."""
    if mode.act == "command" and mode.date and to.date:
        return not disjoint(mode.date, to.date)
    return mode.act in MODES


def _told(role: Role, allegation: Allegation) -> bool:
    """Whether a claim of the act is itself a claim of this part in it, and not a mere suspicion."""
    if role.certainty == "possible":
        return False
    told = _TOLD_BY.get(role.kind)
    return told is None or allegation.act in told


def victims(subject: Subject, element: Element, anchor: Anchor) -> Evidence:
    """The victims of such an act are said to be of a kind that the element names.

    Who denies the act has not denied who the victim was.
    """
    allegation = _act(subject, element, anchor, subject.acts)
    if not allegation or not set(allegation.victims) & set(element.victims):
        return MISSING
    found = subject.standing.evidence(allegation.id)
    if not found.claims:
        return MISSING
    return found._replace(state="supported", against=(), word=found.word.split(";")[0])


def post(subject: Subject, element: Element, anchor: Anchor) -> Evidence:
    """A post of the party is proven by claims, in a body of (or under) the kinds named."""
    if anchor.station is None:
        return MISSING
    above = subject.standing.above(subject.stations[anchor.station].body)
    if element.kinds and not any(p.kind in element.kinds for p in above):
        return MISSING
    return subject.proofs[anchor.station]


def held_then(subject: Subject, element: Element, anchor: Anchor) -> Evidence:
    """The proven dates of the post cover the date of the act."""
    if anchor.station is None or anchor.act is None:
        return MISSING
    station, proof = subject.stations[anchor.station], subject.proofs[anchor.station]
    return tenure(proof, station, subject.standing.allegations[anchor.act].date)


def several(subject: Subject, element: Element, anchor: Anchor) -> Evidence:
    """Several such acts are claimed, apart in time or place, by several origins."""
    standing = subject.standing
    acts = [
        standing.allegations[id]
        for id, ties in subject.acts.items()
        if tied(ties, element.roles or ("alleged-perpetrator", "commander"))
    ]
    wanted = [a for a in acts if not element.acts or a.act in element.acts]
    served = standing.serving(element.id, subject.party.id, *subject.acts)
    return pattern(wanted, standing, minimum=element.minimum, who=subject.name, served=served)


def claims(subject: Subject, element: Element, anchor: Anchor) -> Evidence:
    """Only a claim that names the element as what it serves bears on it."""
    return MISSING


def _act(
    subject: Subject, element: Element, anchor: Anchor, among: dict[str, list[Tie]]
) -> Allegation | None:
    """The anchor's act, where it is among some acts and of a kind that the element names."""
    if anchor.act is None or anchor.act not in among:
        return None
    allegation = subject.standing.allegations[anchor.act]
    if element.acts and allegation.act not in element.acts:
        return None
    return allegation


RULES: dict[ElementRule, Callable[[Subject, Element, Anchor], Evidence]] = {
    "foreign-person": foreign_person,
    "kind": kind,
    "act": act,
    "entity-act": entity_act,
    "role": role,
    "victims": victims,
    "post": post,
    "tenure": held_then,
    "pattern": several,
    "claims": claims,
}
# Whether a rule's answer depends on the act, and on the post.
DEPENDS: dict[ElementRule, tuple[bool, bool]] = {
    "foreign-person": (False, False),
    "kind": (False, False),
    "act": (True, False),
    "entity-act": (True, True),
    "role": (True, False),
    "victims": (True, False),
    "post": (False, True),
    "tenure": (True, True),
    "pattern": (False, False),
    "claims": (False, False),
}
