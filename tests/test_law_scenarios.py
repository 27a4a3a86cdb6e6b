"""Tests for the law by scenarios: each file of tests/law is one, and each expectation can fail."""

import copy
import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from gravamen import law as lawdata
from gravamen.cli.trying import messages
from gravamen.findings.scenario import Outcome, Scenario, hold, read_scenario
from gravamen.law.authority import Authority, Law, Prong

FOLDER = Path(__file__).parent / "law"
FILES = sorted(FOLDER.glob("*.yaml"))
_STATES = {"supported": "missing", "contested": "supported", "missing": "supported"}
_ANSWERS = {"yes": "no", "contested": "yes", "lacks": "no", "no": "lacks"}


def each_file() -> Any:
    return pytest.mark.parametrize("path", FILES, ids=[p.stem for p in FILES])


def failures(scenario: Scenario) -> list[Outcome]:
    return [o for o in hold(scenario, lawdata.load(), checking=messages) if not o.holds]


@each_file()
def test_the_law_finds_what_the_scenario_expects(path: Path) -> None:
    assert failures(read_scenario(path).scenario) == []


@each_file()
def test_every_single_expectation_of_a_scenario_can_fail(path: Path) -> None:
    scenario = read_scenario(path).scenario
    passed = [
        place
        for place, changed in mutants(msgspec.to_builtins(scenario.expect))
        if not failures(_expecting(scenario, changed))
    ]
    assert passed == []


def test_no_two_scenarios_bear_one_name_and_each_expects_something() -> None:
    scenarios = [read_scenario(path).scenario for path in FILES]
    assert len({s.name for s in scenarios}) == len(scenarios) >= 20
    assert all(list(mutants(msgspec.to_builtins(s.expect))) for s in scenarios)


def _expecting(scenario: Scenario, expect: Any) -> Scenario:
    plain = {**msgspec.to_builtins(scenario), "expect": expect}
    return msgspec.convert(plain, Scenario)


def mutants(expect: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Every copy of the expectations in which exactly one value says something else."""
    for path, value in leaves(expect):
        changed = copy.deepcopy(expect)
        inner = changed
        for key in path[:-1]:
            inner = inner[key]
        inner[path[-1]] = other(value, _ANSWERS if path[0] == "regimes" else _STATES)
        yield path, changed


def leaves(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Every value that was written, with its path; what stands at its default is left out."""
    if isinstance(node, dict):
        for key, inner in node.items():
            yield from leaves(inner, (*path, key))
    elif node not in (None, ""):
        yield path, node


def other(value: Any, words: dict[str, str]) -> Any:
    """Another value of the same kind, which cannot be true as well."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, tuple | list):
        return [*value, "somebody else"]
    return words.get(value, f"{value}, which nothing says")


SISTERS = ("uk.ghr2020", "eu.ghrsr", "ca.jvcfoa", "ca.sema", "au.thematic.hr")


def wrong_laws() -> Iterator[tuple[str, str, Law]]:
    """The law with one thing of a sister regime said wrongly: what it is, of which authority."""
    law = lawdata.load()
    for id in SISTERS:
        authority = law.authority(id)
        for n, prong in enumerate(authority.prongs):
            yield f"{prong.id} is gone", id, _with(law, authority, n, None)
            for element in prong.all_of:
                rest = tuple(e for e in prong.all_of if e != element)
                easier = msgspec.structs.replace(prong, all_of=rest)
                yield f"{prong.id} without {element}", id, _with(law, authority, n, easier)
        day = datetime.timedelta(days=1)
        for move in (-day, day):
            since = authority.effective_from + move
            moved = msgspec.structs.replace(authority, effective_from=since)
            yield f"{id} from {since}", id, _replaced(law, moved)
    for id in law.authorities:
        for act in dict.fromkeys(a for row in law.coverage.values() for a in row.acts):
            cells = law.coverage_of(act, id)
            if cells and all(cell.covers == "no" for cell in cells):
                yield f"{id} does not say no of {act}", id, _unsaid(law, act, id)


def _unsaid(law: Law, act: str, authority: str) -> Law:
    """The law without what the matrix of coverage says of an act under an authority."""
    coverage = dict(law.coverage)
    for row in law.coverage.values():
        if act in row.acts:
            cells = tuple(c for c in row.cells if c.authority != authority)
            coverage[row.id] = msgspec.structs.replace(row, cells=cells)
    return msgspec.structs.replace(law, coverage=coverage)


def _with(law: Law, authority: Authority, n: int, prong: Prong | None) -> Law:
    rest = (*authority.prongs[:n], *((prong,) if prong else ()), *authority.prongs[n + 1 :])
    return _replaced(law, msgspec.structs.replace(authority, prongs=rest))


def _replaced(law: Law, authority: Authority) -> Law:
    authorities = {**law.authorities, authority.id: authority}
    return msgspec.structs.replace(law, authorities=authorities)


def test_a_law_that_is_changed_wrongly_fails_a_scenario() -> None:
    scenarios = [s for s in (read_scenario(path).scenario for path in FILES) if s.expect.regimes]
    kept = [
        what
        for what, id, law in wrong_laws()
        if not any(
            not outcome.holds
            for scenario in scenarios
            if any(id in asked for asked in scenario.expect.regimes.values())
            for outcome in hold(scenario, law, checking=messages)
        )
    ]
    assert kept == []
