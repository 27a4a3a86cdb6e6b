"""Tests for the law by scenarios: each file of tests/law is one, and each expectation can fail."""

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml
from law_scenarios import FOLDER, Scenario, failures, read_scenario

from gravamen import law as lawdata

FILES = sorted(FOLDER.glob("*.yaml"))
_OTHER = {"supported": "missing", "contested": "supported", "missing": "supported"}


def each_file() -> Any:
    return pytest.mark.parametrize("path", FILES, ids=[p.stem for p in FILES])


@each_file()
def test_the_law_finds_what_the_scenario_expects(path: Path) -> None:
    assert failures(read_scenario(path), lawdata.load()) == []


@each_file()
def test_every_single_expectation_of_a_scenario_can_fail(path: Path) -> None:
    scenario = read_scenario(path)
    passed = [
        place
        for place, changed in mutants(msgspec.to_builtins(scenario.expect))
        if not failures(_expecting(scenario, changed), lawdata.load())
    ]
    assert passed == []


def test_no_two_scenarios_bear_one_name_and_each_expects_something() -> None:
    scenarios = [read_scenario(path) for path in FILES]
    assert len({s.name for s in scenarios}) == len(scenarios) >= 20
    assert all(list(mutants(msgspec.to_builtins(s.expect))) for s in scenarios)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name: x\non: 2024-01-01\nexpects: {}", "unknown field `expects`"),
        ("name: x\non: 2024-01-01\nexpect: {findings: {p: {q: {e: maybe}}}}", "Invalid enum"),
        (
            "name: x\non: 2024-01-01\nexpect: {}\nfacts: {acts: {a: {perpetrator: [p]}}}",
            "unknown field `perpetrator`",
        ),
    ],
)
def test_a_misspelt_scenario_is_an_error(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "scenario.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(msgspec.ValidationError, match=said):
        read_scenario(path)


@pytest.mark.parametrize(
    "facts",
    [
        "acts: {a: {act: torture, perpetrators: [nobody]}}",
        "acts: {a: {act: torture, said_by: [x], withdrawn: [y]}}",
        "rejected: [x on y]",
    ],
)
def test_facts_that_name_what_is_not_there_are_an_error(facts: str) -> None:
    plain = yaml.load(
        f"name: x\non: 2024-01-01\nexpect: {{}}\nfacts: {{{facts}}}", Loader=yaml.BaseLoader
    )
    with pytest.raises(AssertionError):
        failures(msgspec.convert(plain, Scenario, strict=False), lawdata.load())


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
        inner[path[-1]] = other(value)
        yield path, changed


def leaves(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Every value that was written, with its path; what stands at its default is left out."""
    if isinstance(node, dict):
        for key, inner in node.items():
            yield from leaves(inner, (*path, key))
    elif node not in (None, ""):
        yield path, node


def other(value: Any) -> Any:
    """Another value of the same kind, which cannot be true as well."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, list):
        return [*value, "somebody else"]
    return _OTHER.get(value, f"{value}, which nothing says")
