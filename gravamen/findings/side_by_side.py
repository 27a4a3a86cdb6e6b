"""Side by side: how each regime answers for one party on one record, and how far."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Literal

import msgspec

from gravamen.case import Case
from gravamen.dates import spell
from gravamen.findings.choose import Ground, grounds_of
from gravamen.findings.ending import ending
from gravamen.findings.finding import Finding
from gravamen.findings.matrix import idle
from gravamen.findings.outside import Acts
from gravamen.findings.reach import named, reach
from gravamen.findings.standing import Standing
from gravamen.law.authority import Authority, AuthorityKind, Law
from gravamen.law.waivers import in_force, term_state
from gravamen.parties import Party
from gravamen.values import Value

Answer = Literal["yes", "contested", "lacks", "no"]
_PERSONAL: tuple[AuthorityKind, ...] = ("person-sanctions", "visa")


class Wanting(Value):
    """An element that a ground lacks or that is contested, and the sentence that says how."""

    element: str
    gap: str


class Outside(Value):
    """An act that an authority does not cover, and why, in one sentence."""

    allegation: str
    why: str


class Side(Value):
    """How one authority answers for one party: whether it reaches it for the acts on record.

    Args:
        answer: yes (everything that its best ground requires is supported); contested (nothing is
            missing, something is contested); lacks (something is missing); no (it does not reach
            the party, or covers none of the acts, or was not in force).
        prong: the ground that stands best; None where none was weighed.
        why: the answer's reason, one sentence or two.
        supported, contested, missing: how many of the elements that the ground hangs on are.
        lacks, disputed: those missing and those contested, in the order of the law.
        acts: ids of the allegations on which the ground stands.
        outside: the acts of the party that the authority does not cover.
        ends: what is known of the authority's end, where it is near or past; None otherwise.
        unreviewed: it leans on a machine's proposal that no person has accepted yet.
        needs_review: it leans on law data that nobody checked, or on a term that has run out.
    """

    party: str
    authority: str
    answer: Answer
    why: str
    prong: str | None = None
    supported: int = 0
    contested: int = 0
    missing: int = 0
    lacks: tuple[Wanting, ...] = ()
    disputed: tuple[Wanting, ...] = ()
    acts: tuple[str, ...] = ()
    outside: tuple[Outside, ...] = ()
    ends: str | None = None
    unreviewed: bool = False
    needs_review: bool = False


def side_by_side(
    case: Case,
    law: Law,
    findings: Iterable[Finding],
    *,
    on: date,
    parties: Iterable[str],
    authorities: Collection[str] | None = None,
) -> tuple[Side, ...]:
    """Say for each party how each regime that reaches persons answers; for a unit the bars too.

    Nothing is weighed anew: each answer is read off the findings of `weigh` for the same case and
    day, and off the matrix of coverage where a finding is missing. Of an authority's grounds that
    one answers which stands best, on its one act.

    Args:
        findings: those of `weigh` on this day.
        parties: ids of the parties that were weighed, in order.
        authorities: ids to answer for; all sanctions on persons and visa bans where None, and for
            a unit those that bar assistance to units; one not in force answers no and says since
            when, or until when, it was.
    """
    standing = Standing(case)
    own = tuple(findings)
    found: list[Side] = []
    for id in parties:
        who = case.parties[id]
        acts = Acts(who, standing, law)
        mine = [f for f in own if f.party == id]
        grounds = grounds_of(case, who, law, mine)
        for authority in _asked(law, who, authorities):
            of_it = [g for g in grounds if g.authority.id == authority.id]
            found.append(_side(law, acts, authority, of_it, mine, on))
    return tuple(found)


def _asked(law: Law, who: Party, wanted: Collection[str] | None) -> list[Authority]:
    kinds = (*_PERSONAL, "unit-assistance") if who.kind == "unit" else _PERSONAL
    every = law.authorities.values()
    if wanted is not None:
        return [a for a in every if a.id in wanted]
    return [a for kind in kinds for a in every if a.kind == kind]


def _side(
    law: Law,
    acts: Acts,
    authority: Authority,
    grounds: list[Ground],
    findings: list[Finding],
    on: date,
) -> Side:
    """The answer of one authority, from the best of its grounds."""
    party, cells = acts.party, acts.outside(authority)
    shut, reached = _shut(authority, on), reach(party, authority)
    side = Side(
        party=party.id,
        authority=authority.id,
        answer="no",
        why=shut or reached.why,
        needs_review=authority.needs_review,
    )
    if shut or not reached:
        return side
    state = term_state(authority, on)
    over = state is not None and state.over
    side = msgspec.structs.replace(
        side,
        why=f"No ground of {named(authority)} reaches a party of this kind.",
        outside=tuple(Outside(allegation=id, why=cell.why) for id, cell in cells.items()),
        ends=ending(authority, on),
        needs_review=authority.needs_review or over or any(c.needs_review for c in cells.values()),
    )
    if not grounds:
        return side
    ground, barrier = _best(law, acts, authority, grounds, findings)
    return _on_ground(side, ground, barrier, _of_prong(findings, ground))


def _on_ground(side: Side, ground: Ground, barrier: str | None, own: list[Finding]) -> Side:
    """The answer as the ground that stands best gives it."""
    answer, why = _answer(ground, barrier)
    hangs_on = [f for f in own if f.element in (*ground.prong.all_of, *ground.prong.any_of)]
    return msgspec.structs.replace(
        side,
        answer=answer,
        why=why,
        prong=ground.prong.id,
        supported=ground.asked - len(ground.missing) - len(ground.contested),
        contested=len(ground.contested),
        missing=len(ground.missing),
        lacks=_wanting(ground.missing),
        disputed=_wanting(ground.contested),
        acts=tuple(dict.fromkeys(id for f in hangs_on for id in f.allegations)),
        unreviewed=any(f.unreviewed for f in own),
        needs_review=side.needs_review or any(f.needs_review for f in own),
    )


def _best(
    law: Law,
    acts: Acts,
    authority: Authority,
    grounds: list[Ground],
    findings: list[Finding],
) -> tuple[Ground, str | None]:
    """The ground that answers, and why no act on record meets it, where that is so."""
    if grounds[0].whole:
        return grounds[0], None
    live = [g for g in grounds if not idle(law, g.prong.id, _of_prong(findings, g))]
    barriers = {g.prong.id: acts.barrier(g, authority) for g in grounds}
    among = live or [g for g in grounds if not g.prong.corruption] or grounds
    for ground in live:
        if barriers[ground.prong.id] is None:
            return ground, None
    for ground in among:
        if barrier := barriers[ground.prong.id]:
            return ground, barrier
    return among[0], None


def _of_prong(findings: list[Finding], ground: Ground) -> list[Finding]:
    return [f for f in findings if f.prong == ground.prong.id]


def _answer(ground: Ground, barrier: str | None) -> tuple[Answer, str]:
    if barrier:
        return "no", barrier
    if ground.complete:
        return "yes", f"{_of(ground.asked, ground.asked)} supported."
    if ground.whole:
        number = len(ground.contested)
        return "contested", (
            f"Nothing that it requires is missing; {_of(number, ground.asked)} contested."
        )
    number = len(ground.missing)
    which = ", ".join(f.element for f in ground.missing)
    return "lacks", f"{_of(number, ground.asked)} missing: {which}."


def _of(number: int, asked: int) -> str:
    """ "2 of the 3 things that it requires are", as a sentence begins."""
    if asked == 1:
        return "The one thing that it requires is"
    if number == asked:
        return f"All {asked} things that it requires are"
    return f"{number} of the {asked} things that it requires {'is' if number == 1 else 'are'}"


def _wanting(findings: Iterable[Finding]) -> tuple[Wanting, ...]:
    return tuple(Wanting(element=f.element, gap=f.gap or "") for f in findings)


def _shut(authority: Authority, on: date) -> str | None:
    """Why a power could not be used on a day at all: it was not there yet, or no more."""
    if in_force(authority, on):
        return None
    law = named(authority)
    day, law = spell(on.isoformat()), f"{law[:1].upper()}{law[1:]}"
    if on < authority.effective_from:
        since = spell(authority.effective_from.isoformat())
        return f"{law} was not in force on {day}; it took effect on {since}."
    until = spell(authority.effective_to.isoformat()) if authority.effective_to else "a day before"
    return f"{law} was not in force on {day}; it ended on {until}."
