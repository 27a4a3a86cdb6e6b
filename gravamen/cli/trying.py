"""law try: scenarios held against the law data, line by line, for a lawyer without Python."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import get_args

import click

from gravamen import law as lawdata
from gravamen.case import Case
from gravamen.checks import CHECKS, check_case
from gravamen.cli.options import WIDTH_COLUMNS, counted, example, json_option, say, show_json
from gravamen.findings import Finding, Side, matrix_text, sides_text
from gravamen.findings.matrix import grouped, sorted_out
from gravamen.findings.scenario import (
    Outcome,
    ScenarioError,
    ScenarioFile,
    hold,
    read_scenario,
    stage,
)
from gravamen.findings.side_by_side import Answer
from gravamen.law import Law
from gravamen.law.document import nearest
from gravamen.values import GravamenError

_ANSWERS: tuple[Answer, ...] = get_args(Answer)


def messages(case: Case, law: Law, findings: tuple[Finding, ...], on: date) -> Mapping[str, str]:
    """What every check says of a case: its messages as one text, "" where it does not fire."""
    flags = check_case(case, law, findings, on=on)
    return {
        check.id: " ".join(flag.message for flag in flags if flag.id == check.id)
        for check in CHECKS
    }


@click.command(
    "try", epilog=example("gravamen law try tests/law/captive-who-held-office.yaml --show")
)
@click.argument("scenarios", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--show", is_flag=True, help="Show what the law finds in the facts, too, in short.")
@click.option("--all", "whole", is_flag=True, help="With --show: every element, gap and reason.")
@json_option
def try_command(scenarios: tuple[Path, ...], show: bool, whole: bool, as_json: bool) -> None:
    """Hold scenarios against the law: what was expected, and what was found.

    SCENARIOS are files as docs/reference/scenarios.md describes them, or folders of them. Of one
    file every expectation is shown, of several those that fail. Exits 1 where one fails.
    """
    if whole and not show:
        raise click.UsageError("--all says how much --show shows; give both.")
    book = lawdata.load()
    files = [read_scenario(path) for path in _files(scenarios)]
    if unknown := [line for file in files for line in _unknown_elements(file, book)]:
        raise ScenarioError("The scenario cannot be judged:\n" + "\n".join(unknown))
    tried = [(f, hold(f.scenario, book, checking=messages)) for f in files]
    if as_json:
        show_json(
            {
                "schema": "gravamen.law-try/1",
                "edition": book.edition,
                "scenarios": [_json(file, outcomes) for file, outcomes in tried],
            }
        )
    else:
        for file, outcomes in tried:
            _show(file, outcomes, every=len(files) == 1)
            if show:
                _show_found(file, book, whole=whole)
        if len(files) > 1:
            wrong = sum(not all(o.holds for o in outcomes) for _, outcomes in tried)
            say(f"{counted(len(files), 'scenario')}: {wrong} failed.")
    if not all(o.holds for _, outcomes in tried for o in outcomes):
        raise click.exceptions.Exit(1)


def _files(paths: tuple[Path, ...]) -> list[Path]:
    """The scenario files that paths name, those of a folder in the order of their names."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(path.glob("*.yaml"))
            if not inside:
                raise GravamenError(f"{path} holds no scenario; a scenario is a file NAME.yaml.")
            found += inside
        else:
            found.append(path)
    return found


def _show(file: ScenarioFile, outcomes: tuple[Outcome, ...], *, every: bool) -> None:
    """Print the expectations of a scenario, each with its line; of several files the failures."""
    shown = [o for o in outcomes if every or not o.holds]
    if not shown and not every:
        return
    say(f"{file.name}: {file.scenario.name}", hang="  ")
    for outcome in shown:
        line = f"line {file.line(outcome.place)}"
        if outcome.holds:
            say(f"  holds  {line}: {outcome.what}: {outcome.expected}", hang=" " * 9)
        else:
            say(
                f"  FAILS  {line}: {outcome.what}: expected {outcome.expected}; found "
                f"{outcome.found}",
                hang=" " * 9,
            )
    wrong = sum(not o.holds for o in outcomes)
    if every:
        say(f"{counted(len(outcomes), 'expectation')}, {wrong} failed.")


def _show_found(file: ScenarioFile, book: Law, *, whole: bool) -> None:
    """Print what the law makes of the facts, expected or not."""
    staged = stage(file.scenario, book)
    say()
    if whole:
        click.echo(matrix_text(staged.case, book, staged.findings, width=WIDTH_COLUMNS))
        say()
        click.echo(sides_text(staged.case, book, staged.sides))
        return
    for party, by_prong in grouped(staged.case, staged.findings):
        say(f"{party.name} ({party.kind})")
        asked, _ = sorted_out(book, party, by_prong)
        kept = {p: own for p, own in asked.items() if any(f.state != "missing" for f in own)}
        for prong, own in sorted(kept.items(), key=lambda item: _missing(item[1])):
            say(f"{prong}: {_states(own)}", indent="  ", hang="      ")
        if left := len(by_prong) - len(kept):
            grounds = counted(left, "ground that reaches", "grounds that reach")
            say(f"{grounds} no such party, or on which nothing bears, left out.", indent="  ")
        for answer in _ANSWERS:
            own_sides = [s for s in staged.sides if s.party == party.id and s.answer == answer]
            if own_sides:
                told = ", ".join(_side(side) for side in own_sides)
                say(f"regimes, {answer}: {told}", indent="  ", hang="      ")
    say("Every gap and reason: --show --all.")


def _missing(findings: list[Finding]) -> int:
    return sum(f.state == "missing" for f in findings)


def _states(findings: list[Finding]) -> str:
    """The elements of a ground by how they stand: what is there first."""
    by_state = {
        state: [f.element for f in findings if f.state == state]
        for state in ("supported", "contested", "missing")
    }
    return "; ".join(f"{state} {', '.join(ids)}" for state, ids in by_state.items() if ids)


def _side(side: Side) -> str:
    wanting = ", ".join(w.element for w in side.lacks)
    return f"{side.authority} ({wanting})" if wanting else side.authority


def _unknown_elements(file: ScenarioFile, book: Law) -> list[str]:
    """Elements that a regime is expected to lack and the law data do not know, with their lines."""
    return [
        f"{file.name}:{file.line(('expect', 'regimes', party, id, 'lacks', n))}: The law data hold "
        f"no element {element!r}{nearest(element, book.elements)}."
        for party, by_authority in file.scenario.expect.regimes.items()
        for id, wanted in by_authority.items()
        if not isinstance(wanted, str)
        for n, element in enumerate(wanted.lacks or ())
        if element not in book.elements
    ]


def _json(file: ScenarioFile, outcomes: tuple[Outcome, ...]) -> dict[str, object]:
    return {
        "file": file.name,
        "name": file.scenario.name,
        "holds": all(o.holds for o in outcomes),
        "outcomes": [
            {
                "line": file.line(o.place),
                "what": o.what,
                "expected": o.expected,
                "found": o.found,
                "holds": o.holds,
            }
            for o in outcomes
        ],
    }
