"""Choose: the prong to ask under for a party, the reason, and why not each other one."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from gravamen.case import Case
from gravamen.findings.finding import Choice, Finding
from gravamen.findings.home import home, of_land
from gravamen.findings.reach import reach
from gravamen.law.authority import Authority, AuthorityKind, Element, Law, Prong
from gravamen.parties import Party
from gravamen.vocabulary import RoleKind

# A blocking of property reaches further than a visa ban, and a person further than a country.
_KINDS: tuple[AuthorityKind, ...] = (
    "person-sanctions", "visa", "unit-assistance", "country-assistance", "arms",
    "state-designation",
)  # fmt: skip


class Ground(NamedTuple):
    """A prong as it stands for a party: its findings, and how many are missing or contested."""

    authority: Authority
    prong: Prong
    missing: tuple[Finding, ...]
    contested: tuple[Finding, ...]
    asked: int
    fits: bool
    requested: bool
    strange: bool
    place: int

    @property
    def whole(self) -> bool:
        return not self.missing

    @property
    def complete(self) -> bool:
        return not self.missing and not self.contested


def choose(case: Case, law: Law, findings: Iterable[Finding], party: str) -> Choice:
    """Pick the prong to ask under for a party, with the reason in words.

    A prong of which nothing is missing comes before one that lacks something; that somebody denies
    an act does not set it behind a prong for a lesser act that nobody denies. Among equals
    sanctions on persons come before visa bans, these before assistance; within one kind the older
    law comes first, so a statute before the order that carries it out. Where every prong lacks
    something, one that asks for the roles and posts in which the party stands comes first, then
    the one that lacks least. A corruption prong is picked only where nothing of it is missing. The
    ground of a post held then is cited beside that of the act, where both stand.

    An office can use the law of its own land only: of findings under several, those count that are
    of a jurisdiction that the case asks (`home`); the others are answered with one sentence each.
    Where none of the findings is of one, all count.

    Args:
        findings: those of `weigh`; other parties' are passed over.
    """
    who = case.parties[party]
    every = [f for f in findings if f.party == party]
    own = _at_home(case, law, every)
    grounds = grounds_of(case, who, law, own)
    if not grounds:
        asked = " and ".join(of_land(j) for j in home(case, law)) if own != every else ""
        return _none(who, law, own, asked, _abroad(case, law, every, own))
    best = grounds[0]
    beside = [best]
    for ground in grounds[1:] if best.whole else ():
        same = [g for g in beside if g.authority.id == ground.authority.id]
        status = any(e.rule == "tenure" for e in map(law.element, ground.prong.all_of))
        if ground.whole and not ground.prong.corruption and (not same or status and len(same) == 1):
            beside.append(ground)  # the ground of the post is cited beside that of the act
    also = tuple(g.prong.id for g in beside[1:])
    return Choice(
        party=party,
        authority=best.authority.id,
        prong=best.prong.id,
        complete=best.complete,
        why=_why(who, best, beside[1:]),
        also=also,
        rejected=tuple(
            f"{g.prong.id}: {_why_not(who, g, best)}" for g in grounds[1:] if g.prong.id not in also
        )
        + _unreached(who, law, own)
        + _abroad(case, law, every, own),
        needs_review=best.authority.needs_review
        or best.prong.needs_review
        or any(f.needs_review for f in own if f.prong == best.prong.id),
    )


def _at_home(case: Case, law: Law, findings: list[Finding]) -> list[Finding]:
    """The findings under laws of the jurisdictions that the case asks; all where there are none."""
    asked = home(case, law)
    own = [f for f in findings if law.authority(f.authority).jurisdiction in asked]
    return own or findings


def _abroad(case: Case, law: Law, every: list[Finding], own: list[Finding]) -> tuple[str, ...]:
    """One sentence for each authority whose findings were left out, being of another land."""
    kept = {f.authority for f in own}
    left = dict.fromkeys(f.authority for f in every if f.authority not in kept)
    asked = " and ".join(of_land(j) for j in home(case, law))
    return tuple(
        f"{id}: it is law of {of_land(law.authority(id).jurisdiction)}, and offices of {asked} are "
        "asked. gravamen weigh --all shows how it answers."
        for id in left
    )


def bearing_on(findings: Iterable[Finding], choice: Choice) -> tuple[Finding, ...]:
    """The findings of the prongs that a choice picked, so that gaps are asked only for these."""
    chosen = {choice.prong, *choice.also}
    return tuple(f for f in findings if f.party == choice.party and f.prong in chosen)


def grounds_of(case: Case, who: Party, law: Law, own: list[Finding]) -> list[Ground]:
    """The prongs that were weighed for a party, the best first, as `choose` ranks them."""
    by_prong: dict[str, list[Finding]] = {}
    for finding in own:
        by_prong.setdefault(finding.prong, []).append(finding)
    requested = {r.authority for r in case.requests.values() if r.target == who.id}
    roles = {r.kind for a in case.allegations.values() for r in a.roles if r.party == who.id}
    found: list[Ground] = []
    for authority in law.authorities.values():
        if not reach(who, authority):
            continue
        for prong in authority.prongs:
            if prong.id in by_prong:
                findings = by_prong[prong.id]
                hangs_on = needed(prong, findings)
                found.append(
                    Ground(
                        authority=authority,
                        prong=prong,
                        missing=tuple(f for f in hangs_on if f.state == "missing"),
                        contested=tuple(f for f in hangs_on if f.state == "contested"),
                        asked=len(hangs_on),
                        fits=all(_fits(law.element(f.element), f, who, roles) for f in hangs_on),
                        requested=authority.id in requested,
                        strange=any(_strange(law.element(f.element), f, roles) for f in hangs_on),
                        place=len(found),
                    )
                )
    return sorted(found, key=_rank)


def needed(prong: Prong, findings: list[Finding]) -> list[Finding]:
    """The findings that a prong hangs on: all it asks for, and the best of its alternatives."""
    found = [f for f in findings if f.element in prong.all_of]
    options = [f for f in findings if f.element in prong.any_of]
    if options:
        order = {"supported": 0, "contested": 1, "missing": 2}
        found.append(min(options, key=lambda f: order[f.state]))
    return found


def _fits(element: Element, finding: Finding, who: Party, roles: set[RoleKind]) -> bool:
    """Whether the party stands in what an element asks about, proven or not."""
    if finding.state != "missing":
        return True
    if element.rule == "role":
        return not element.roles or bool(roles & set(element.roles))
    if element.rule in ("post", "tenure", "entity-act"):
        return bool(who.posts or who.commands)
    return element.rule != "claims"


def _strange(element: Element, finding: Finding, roles: set[RoleKind]) -> bool:
    """Whether an element asks for a role in which the party does not stand at all."""
    asked = element.rule == "role" and finding.state == "missing" and bool(element.roles)
    return asked and not roles & set(element.roles)


def _rank(ground: Ground) -> tuple[bool | float | date, ...]:
    return (
        ground.prong.corruption and not ground.whole,
        not ground.whole,
        not ground.fits,
        len(ground.missing) / max(1, ground.asked),
        not ground.requested if ground.missing else False,
        ground.strange,
        _KINDS.index(ground.authority.kind),
        ground.authority.effective_from,
        ground.place,
    )


def _why(who: Party, ground: Ground, beside: list[Ground]) -> str:
    """The reason for the choice, in words for somebody who is no lawyer."""
    name = f"{ground.authority.short} ({ground.prong.id})"
    lacking, disputed = len(ground.missing), len(ground.contested)
    if ground.complete:
        said = f"Ask under {name}: {_all(ground.asked)} supported by the record."
    elif ground.whole:
        said = (
            f"Ask under {name}: everything that it requires has support, but {disputed} of "
            f"{ground.asked} {_are(disputed)} contested ({_first_clause(ground.contested[0])}), "
            "and the request must print the denial."
        )
    else:
        things = f"{lacking} of the {ground.asked} things"
        if ground.asked == 1:
            things = "the one thing"
        said = (
            f"No ground is complete for {who.name} yet: the nearest is {name}, and {things} that "
            f"it requires {_are(lacking)} missing."
        )
    when = (
        f" It is meant for these facts: {_clause(ground.prong.when)}" if ground.prong.when else ""
    )
    also = ""
    if beside:
        shorts = " and ".join(f"{g.authority.short} ({g.prong.id})" for g in beside)
        met = "all that they require is supported"
        if not all(g.complete for g in beside):
            met = "nothing that they require is missing either"
        also = f" Cite beside it {shorts}: {met}."
    return f"{said}{when}{also}"


def _why_not(who: Party, ground: Ground, best: Ground) -> str:
    if ground.prong.corruption and ground.missing:
        return f"it is for corruption, and the record does not show {who.name} in such an act."
    if ground.missing:
        lacking = f"{len(ground.missing)} of the {ground.asked} things"
        if ground.asked == 1:
            lacking = "the one thing"
        return f"it lacks {lacking} that it requires. {ground.missing[0].gap}"
    if ground.contested and best.complete:
        return f"{len(ground.contested)} of {ground.asked} contested. {ground.contested[0].gap}"
    return f"nothing of it is missing either; {best.prong.id} comes before it."


def _first_clause(finding: Finding) -> str:
    return (finding.gap or "").split(";", 1)[0]


def _all(n: int) -> str:
    return "the one thing that it requires is" if n == 1 else f"all {n} things that it requires are"


def _unreached(who: Party, law: Law, own: list[Finding]) -> tuple[str, ...]:
    """One sentence for each authority whose findings only say that it does not reach the party."""
    found = []
    for id in dict.fromkeys(f.authority for f in own):
        reached = reach(who, law.authority(id))
        if not reached:
            found.append(f"{id}: {reached.why}")
    return tuple(found)


def _none(who: Party, law: Law, own: list[Finding], asked: str, abroad: tuple[str, ...]) -> Choice:
    reasons = _unreached(who, law, own)
    why = reasons[0].split(": ", 1)[1] if reasons else "Nothing was weighed for this party."
    among = f", among those of {asked}" if asked else ""
    return Choice(
        party=who.id,
        authority=None,
        prong=None,
        complete=False,
        why=f"No authority that was weighed reaches {who.name}{among}. {why}",
        rejected=reasons + abroad,
    )


def _are(n: int) -> str:
    return "is" if n == 1 else "are"


def _clause(sentence: str) -> str:
    """A sentence of the law data as it goes on after a colon."""
    return sentence[:1].lower() + sentence[1:].rstrip(".") + "."
