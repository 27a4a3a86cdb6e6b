"""Scenario: a few facts and what the law should find; how a lawyer tests the law data."""

from gravamen.findings.scenario.reading import (
    Scenario,
    ScenarioError,
    ScenarioFile,
    parse_scenario,
    read_scenario,
)
from gravamen.findings.scenario.staging import case_of
from gravamen.findings.scenario.trial import Checking, Outcome, Staged, hold, stage

__all__ = [
    "Checking",
    "Outcome",
    "Scenario",
    "ScenarioError",
    "ScenarioFile",
    "Staged",
    "case_of",
    "hold",
    "parse_scenario",
    "read_scenario",
    "stage",
]
