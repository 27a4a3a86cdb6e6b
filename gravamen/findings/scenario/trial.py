"""Trial: a scenario held against the law, each expectation beside what was found."""

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from gravamen.case import Case
from gravamen.findings.choose import choose
from gravamen.findings.finding import Choice, Finding
from gravamen.findings.reach import reach
from gravamen.findings.scenario.expected import (
    ChoiceExpected,
    ElementExpected,
    Expected,
    RegimeExpected,
)
from gravamen.findings.scenario.reading import Scenario
from gravamen.findings.scenario.staging import case_of
from gravamen.findings.side_by_side import Answer, Side, side_by_side
from gravamen.findings.weigh import weigh, weighed_parties
from gravamen.law.authority import Law
from gravamen.law.clocks import Signer, starts
from gravamen.law.document import Place, nearest
from gravamen.law.waivers import in_force, waiver_state
from gravamen.values import Value

# What every check says of a case: its messages in one text, by its id; "" where it does not fire.
Checking = Callable[[Case, Law, tuple[Finding, ...], datetime.date], Mapping[str, str]]


class Outcome(Value):
    """One expectation and what was found.

    Args:
        place: the path of keys in the scenario's file.
        what: the thing in question: "guard, us.eo13818.shra, el.shra_act".
        expected, found: in words.
        holds: whether what was found is as expected.
    """

    place: Place
    what: str
    expected: str
    found: str
    holds: bool


class Staged(Value):
    """A scenario's case, its findings and how the regimes answer, side by side."""

    case: Case
    findings: tuple[Finding, ...]
    sides: tuple[Side, ...]


def stage(scenario: Scenario, law: Law) -> Staged:
    """Return the facts as a case, weighed on the scenario's day."""
    case = case_of(scenario.facts, title=scenario.name)
    findings = weigh(case, law, on=scenario.on)
    parties = [p.id for p in weighed_parties(case)]
    sides = side_by_side(case, law, findings, on=scenario.on, parties=parties)
    return Staged(case=case, findings=findings, sides=sides)


def hold(scenario: Scenario, law: Law, *, checking: Checking) -> tuple[Outcome, ...]:
    """Return every expectation of a scenario with what the law makes of the facts.

    What is expected of a prong, element, authority, clock or check that there is none of does not
    hold, and says which is the nearest.
    """
    staged = stage(scenario, law)
    expected = scenario.expect
    found = [*_findings(expected, staged, law), *_choices(expected, staged, law)]
    if expected.weighed is not None:
        weighed = tuple(dict.fromkeys(f.party for f in staged.findings))
        found += _same(("weighed",), "parties weighed", weighed, expected.weighed)
    found += [
        *_reached(expected, staged, law),
        *_regimes(expected, staged, law, scenario.on),
        *_waivers(expected, law, scenario.on),
        *_clocks(scenario, law),
    ]
    if expected.flags:
        found += _flags(expected, checking(staged.case, law, staged.findings, scenario.on))
    return tuple(found)


def _findings(expected: Expected, staged: Staged, law: Law) -> Iterator[Outcome]:
    by_key = {(f.party, f.prong, f.element): f for f in staged.findings}
    prongs = {p.id for a in law.authorities.values() for p in a.prongs}
    for party, by_prong in expected.findings.items():
        for prong, elements in by_prong.items():
            for element, wanted in elements.items():
                place = ("findings", party, prong, element)
                what = f"{party}, {prong}, {element}"
                found = by_key.get((party, prong, element))
                if found is not None:
                    yield from _element(place, what, found, wanted)
                    continue
                said = "no finding: the prong was not weighed for this party on this day"
                if prong not in prongs:
                    said = f"no prong {prong!r} in the law data{nearest(prong, prongs)}"
                elif element not in law.elements:
                    said = f"no element {element!r} in the law data{nearest(element, law.elements)}"
                state = wanted if isinstance(wanted, str) else wanted.state
                yield _outcome(place, what, said, state, holds=False)


def _element(
    place: Place, what: str, found: Finding, wanted: str | ElementExpected
) -> Iterator[Outcome]:
    gap = f" ({found.gap})" if found.gap else ""
    state = wanted if isinstance(wanted, str) else wanted.state
    at = place if isinstance(wanted, str) else (*place, "state")
    yield _outcome(at, what, f"{found.state}{gap}", state, holds=found.state == state)
    if isinstance(wanted, str):
        return
    yield from _says((*place, "gap"), f"{what}: gap", found.gap or "", wanted.gap)
    yield from _says(
        (*place, "corroboration"), f"{what}: corroboration", found.corroboration,
        wanted.corroboration,
    )  # fmt: skip
    for name, has, wants in (
        ("for", found.claims, wanted.for_),
        ("against", found.against, wanted.against),
        ("qualified_by", found.qualified, wanted.qualified_by),
        ("unreviewed", found.unreviewed, wanted.unreviewed),
        ("needs_review", found.needs_review, wanted.needs_review),
    ):
        yield from _same((*place, name), f"{what}: {name.replace('_', ' ')}", has, wants)


def _choices(expected: Expected, staged: Staged, law: Law) -> Iterator[Outcome]:
    for party, wanted in expected.chosen.items():
        choice = choose(staged.case, law, staged.findings, party)
        yield from _choice(("chosen", party), party, choice, wanted)


def _choice(place: Place, party: str, choice: Choice, wanted: ChoiceExpected) -> Iterator[Outcome]:
    what = f"choice for {party}"
    yield from _same((*place, "prong"), what, choice.prong or "none", wanted.prong)
    yield from _says((*place, "why"), f"{what}: why", choice.why, wanted.why)
    yield from _same((*place, "complete"), f"{what}: complete", choice.complete, wanted.complete)
    yield from _same((*place, "also"), f"{what}: also", choice.also, wanted.also)
    reasons = {r.split(": ", 1)[0]: r for r in choice.rejected}
    for prong, reason in wanted.not_.items():
        said = reasons.get(prong, "not said")
        yield from _says((*place, "not", prong), f"why not {prong} for {party}", said, reason)


def _reached(expected: Expected, staged: Staged, law: Law) -> Iterator[Outcome]:
    for party, by_authority in expected.reach.items():
        for id, wanted in by_authority.items():
            place = ("reach", party, id)
            if id not in law.authorities:
                yield _unknown(place, "authority", id, law.authorities)
                continue
            answer = reach(staged.case.parties[party], law.authority(id))
            what = f"whether {id} reaches {party}"
            yield from _same((*place, "reached"), what, answer.yes, wanted.reached)
            yield from _says((*place, "why"), f"{what}: why", answer.why, wanted.why)


def _regimes(expected: Expected, staged: Staged, law: Law, on: datetime.date) -> Iterator[Outcome]:
    for party, by_authority in expected.regimes.items():
        known = [id for id in by_authority if id in law.authorities]
        under = [id for id in known if in_force(law.authority(id), on)]
        findings = weigh(staged.case, law, on=on, parties=[party], authorities=under)
        sides = side_by_side(staged.case, law, findings, on=on, parties=[party], authorities=known)
        by_id = {side.authority: side for side in sides}
        for id, wanted in by_authority.items():
            place = ("regimes", party, id)
            if id in by_id:
                yield from _regime(place, f"{party} under {id}", by_id[id], wanted)
            else:
                yield _unknown(place, "authority", id, law.authorities)


def _regime(
    place: Place, what: str, side: Side, wanted: Answer | RegimeExpected
) -> Iterator[Outcome]:
    more = wanted if isinstance(wanted, RegimeExpected) else RegimeExpected(answer=wanted)
    at = place if isinstance(wanted, str) else (*place, "answer")
    found = f"{side.answer} ({side.why})"
    yield _outcome(at, what, found, more.answer, holds=side.answer == more.answer)
    lacks = tuple(w.element for w in side.lacks)
    outside = tuple(o.allegation for o in side.outside)
    yield from _same((*place, "prong"), f"{what}: prong", side.prong or "none", more.prong)
    yield from _same((*place, "lacks"), f"{what}: lacks", lacks, more.lacks)
    yield from _same((*place, "outside"), f"{what}: outside", outside, more.outside)
    yield from _says((*place, "why"), f"{what}: why", side.why, more.why)
    yield from _says((*place, "ends"), f"{what}: ends", side.ends or "", more.ends)


def _waivers(expected: Expected, law: Law, on: datetime.date) -> Iterator[Outcome]:
    for id, waiver in expected.waiver.items():
        if id not in law.authorities:
            yield _unknown(("waiver", id), "authority", id, law.authorities)
            continue
        told = waiver_state(law.authority(id), on)
        yield from _same(("waiver", id, "state"), f"how {id} stands", told.state, waiver.state)
        yield from _says(("waiver", id, "says"), f"how {id} stands", told.sentence, waiver.says)


def _clocks(scenario: Scenario, law: Law) -> Iterator[Outcome]:
    facts = scenario.facts
    signers = tuple(Signer(office=s.of, capacity=s.capacity) for s in facts.signers)
    for id, clock in scenario.expect.clock.items():
        if id not in law.clocks:
            yield _unknown(("clock", id), "clock", id, law.clocks)
            continue
        started = starts(law.clock(id), signers, corruption=facts.corruption)
        what = f"whether {id} starts"
        yield from _same(("clock", id, "starts"), what, started.yes, clock.starts)
        yield from _says(("clock", id, "why"), f"{what}: why", started.why, clock.why)


def _flags(expected: Expected, said: Mapping[str, str]) -> Iterator[Outcome]:
    for id, flag in expected.flags.items():
        if id not in said:
            yield _unknown(("flags", id), "check", id, said)
            continue
        what = f"whether {id} fires"
        yield from _same(("flags", id, "fires"), what, bool(said[id]), flag.fires)
        yield from _says(("flags", id, "says"), f"what {id} says", said[id], flag.says)


def _same(place: Place, what: str, found: Any, wanted: Any) -> Iterator[Outcome]:
    if wanted is not None:
        yield _outcome(place, what, _word(found), _word(wanted), holds=found == wanted)


def _says(place: Place, what: str, found: str, part: str | None) -> Iterator[Outcome]:
    if part:
        said = found or "nothing"
        yield _outcome(place, what, said, f"it says {part!r}", holds=part in found)


def _unknown(place: Place, kind: str, id: str, known: Iterable[str]) -> Outcome:
    found = f"there is no {kind} {id!r}{nearest(id, known)}"
    return _outcome(place, id, found, f"a known {kind}", holds=False)


def _outcome(place: Place, what: str, found: str, expected: str, *, holds: bool) -> Outcome:
    return Outcome(place=("expect", *place), what=what, expected=expected, found=found, holds=holds)


def _word(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(value) or "none"
    return str(value)
