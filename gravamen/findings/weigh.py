"""Weigh: each party against each element of each authority that the record could meet."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date

from msgspec.structs import replace

from gravamen.case import Case
from gravamen.dates import spell
from gravamen.findings.finding import Finding, State
from gravamen.findings.gaps import act_words, gap, lowered
from gravamen.findings.reach import barred, named, prong_reaches, reach, reaching
from gravamen.findings.rules import DEPENDS, ask
from gravamen.findings.standing import ACCUSING, MISSING, Evidence, Standing
from gravamen.findings.subject import Anchor, Subject
from gravamen.law.authority import Authority, Element, Law, LawError, Prong
from gravamen.law.waivers import in_force, term_state
from gravamen.parties import Party
from gravamen.values import GravamenError

_SCORE: dict[State, int] = {"supported": 2, "contested": 1, "missing": 0}


def weigh(
    case: Case,
    law: Law,
    *,
    on: date,
    authorities: Collection[str] | None = None,
    parties: Collection[str] | None = None,
) -> tuple[Finding, ...]:
    """Say for each party, prong and element whether the record supports it, and what is missing.

    The elements of one prong are asked of one and the same act (and post): proof that a captive
    was tortured and proof that a journalist was threatened do not add up to a tortured journalist.
    A party that an authority does not reach gets one finding a prong, which says so, where it was
    asked for under that authority or where only its nationality or statehood stands in the way.

    Args:
        on: the law is taken as it stood on this day; authorities not in force then are left out.
        authorities: ids to weigh under; all that are in force where None.
        parties: ids to weigh; those of `weighed_parties` where None.

    Returns:
        Findings in the order of the case's parties, then of the law.

    Raises:
        LawError: an authority asked for by id is unknown or was not in force on the day.
        GravamenError: a party asked for by id is not in the case.
    """
    standing = Standing(case)
    among = _authorities(law, authorities, on)
    found: list[Finding] = []
    for party in _parties(standing, parties):
        subject = Subject(party, standing)
        for authority in among:
            if reach(party, authority):
                found += _over(_under(subject, law, authority), authority, on)
            else:
                found += _unreached(subject, law, authority)
    return tuple(found)


def weighed_parties(case: Case) -> tuple[Party, ...]:
    """The parties to weigh: targets of requests, and those an allegation accuses.

    An allegation on which only denials are on record accuses nobody; victims and witnesses are
    never weighed.
    """
    return _weighed(Standing(case))


def _weighed(standing: Standing) -> tuple[Party, ...]:
    ids = {r.target for r in standing.case.requests.values() if standing.holds(r.id)}
    for allegation in standing.allegations.values():
        evidence = standing.evidence(allegation.id)
        if evidence.claims or not evidence.against:
            ids |= {role.party for role in allegation.roles if role.kind in ACCUSING}
    return tuple(p for p in standing.parties.values() if p.id in ids)


def _parties(standing: Standing, wanted: Collection[str] | None) -> tuple[Party, ...]:
    if wanted is None:
        return _weighed(standing)
    unknown = sorted(set(wanted) - set(standing.parties))
    if unknown:
        raise GravamenError(
            f"The case {standing.case.id} has no party {unknown[0]!r} to weigh (or it was "
            "rejected); name a party of the case."
        )
    return tuple(p for p in standing.parties.values() if p.id in set(wanted))


def _authorities(law: Law, wanted: Collection[str] | None, on: date) -> tuple[Authority, ...]:
    if wanted is None:
        return tuple(a for a in law.authorities.values() if in_force(a, on))
    for id in sorted(wanted):
        if not in_force(law.authority(id), on):
            raise LawError(
                f"{id} was not in force on {spell(on.isoformat())}; ask under another authority "
                "or of another day."
            )
    return tuple(a for a in law.authorities.values() if a.id in set(wanted))


def _under(subject: Subject, law: Law, authority: Authority) -> Iterator[Finding]:
    for prong in authority.prongs:
        if not prong_reaches(subject.party, authority, prong):
            continue
        needed = [law.element(id) for id in (*prong.all_of, *prong.any_of)]
        anchors = _anchors(subject, needed)
        same = _best(subject, needed, anchors, hangs_on=len(prong.all_of))
        for element in (*needed, *(law.element(id) for id in prong.also)):
            found = pooled([ask(subject, element, anchor) for anchor in same])
            lack = gap(subject, element, same[0], found)
            if lack and found.state == "missing":
                elsewhere = _elsewhere(subject, element, same[0], anchors)
                lack = f"{elsewhere}; {lowered(lack)}" if elsewhere else lack
            yield _finding(subject.party, authority, prong, element, found, lack)


def _over(found: Iterable[Finding], authority: Authority, on: date) -> Iterator[Finding]:
    """Findings as they are; for review where the authority's term is over and nothing shows that
    it was renewed."""
    term = term_state(authority, on)
    for finding in found:
        yield replace(finding, needs_review=True) if term and term.over else finding


def _anchors(subject: Subject, elements: list[Element]) -> list[Anchor]:
    rules = {e.rule for e in elements}
    return subject.anchors(
        posts=any(DEPENDS[rule][1] for rule in rules),
        bodies=bool(rules & {"entity-act", "tenure"}),
    )


def _best(
    subject: Subject, elements: list[Element], anchors: list[Anchor], *, hangs_on: int
) -> list[Anchor]:
    """The act and post on which fewest elements are missing, and of these the one on which most
    hold uncontested; with it all others on which the same ones do.

    Args:
        hangs_on: how many elements must all hold; of those after them one is enough.
    """
    states = {a: tuple(ask(subject, e, a).state for e in elements) for a in anchors}

    def rank(anchor: Anchor) -> tuple[int, int, int]:
        every, options = states[anchor][:hangs_on], states[anchor][hangs_on:]
        asked = (*every, max(options, key=_SCORE.__getitem__)) if options else every
        return -asked.count("missing"), _total(asked), _total(states[anchor])

    best = max(anchors, key=rank)
    return [best, *(a for a in anchors if a != best and states[a] == states[best])]


def _total(states: tuple[State, ...]) -> int:
    return sum(_SCORE[s] for s in states)


def pooled(answers: Iterable[Evidence]) -> Evidence:
    """Several answers of one state as one: all their claims, the words of the best attested."""
    every = list(dict.fromkeys(answers))
    if len(every) == 1:
        return every[0]

    def joined(lists: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(id for ids in lists for id in ids))

    best = max(every, key=lambda e: len(e.origins))
    acts = joined(e.allegations for e in every)
    more = f", the best attested of {len(acts)} acts" if best.word and len(acts) > 1 else ""
    return best._replace(
        claims=joined(e.claims for e in every),
        against=joined(e.against for e in every),
        qualified=joined(e.qualified for e in every),
        word=f"{best.word}{more}",
        allegations=acts,
        unreviewed=any(e.unreviewed for e in every),
        withdrawn=any(e.withdrawn for e in every),
    )


def _elsewhere(subject: Subject, element: Element, best: Anchor, anchors: list[Anchor]) -> str:
    """Where another act of the party would meet a missing element, the words that say so."""
    acts = subject.standing.allegations
    for anchor in anchors if best.act else ():
        other = ask(subject, element, anchor)
        if anchor.act and anchor.act != best.act and other.state != "missing":
            return (
                f"What the record holds on this concerns {act_words(acts[anchor.act])}, not "
                f"{act_words(acts[best.act or anchor.act])} on which the rest of this ground "
                "stands"
            )
    return ""


def _unreached(subject: Subject, law: Law, authority: Authority) -> Iterator[Finding]:
    """One finding a prong that says that the authority does not reach the party, where it must."""
    party = subject.party
    requests = subject.standing.case.requests.values()
    asked = any(r.target == party.id and r.authority == authority.id for r in requests)
    own = barred(party, authority)
    if not asked and not (
        (own or party.kind == "government") and authority.kind == "person-sanctions"
    ):
        return
    lack = reach(party, authority).why
    if party.kind == "government" and not own:
        able = [named(a) for a in reaching(law, party)]
        if able:
            lack = f"{lack.rstrip('.')}; states are reached by {', '.join(able)}."
    for prong in authority.prongs:
        elements = [law.element(id) for id in prong.all_of]
        barrier = [e for e in elements if e.rule in ("foreign-person", "kind")] or elements
        if barrier:
            first = ask(subject, barrier[0], Anchor(None, None))
            found = MISSING._replace(against=first.against, unreviewed=first.unreviewed)
            yield _finding(party, authority, prong, barrier[0], found, lack)


def _finding(
    party: Party,
    authority: Authority,
    prong: Prong,
    element: Element,
    found: Evidence,
    lack: str | None,
) -> Finding:
    return Finding(
        party=party.id,
        authority=authority.id,
        prong=prong.id,
        element=element.id,
        state=found.state,
        claims=found.claims,
        against=found.against,
        qualified=found.qualified,
        allegations=found.allegations if found.state != "missing" else (),
        corroboration=found.word if found.claims or found.against else "unsupported",
        gap=lack,
        unreviewed=found.unreviewed,
        needs_review=authority.needs_review or prong.needs_review or element.needs_review,
    )
