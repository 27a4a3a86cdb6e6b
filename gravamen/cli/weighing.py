"""weigh and check: what the law asks and what the record holds; what stands in the way."""

from collections import Counter
from datetime import date
from pathlib import Path

import click

from gravamen import law as lawdata
from gravamen.casefile import CaseFile
from gravamen.checks import Flag, Severity
from gravamen.cli.options import (
    WIDTH_COLUMNS,
    case_argument,
    counted,
    example,
    json_option,
    on_option,
    say,
    show_json,
    today,
)
from gravamen.findings import choose, matrix_html, matrix_json, matrix_text, weigh
from gravamen.instruments.package import prepare

_MARKS: dict[Severity, str] = {
    "blocks": "BLOCKS",
    "draft": "DRAFT",
    "warning": "warning",
    "note": "note",
}
_COUNTED: dict[Severity, tuple[str, str]] = {
    "blocks": ("blocks", "block"),
    "draft": ("keeps it a draft", "keep it a draft"),
    "warning": ("warning", "warnings"),
    "note": ("note", "notes"),
}


@click.command("weigh", epilog=example("gravamen weigh out/case --on 2024-03-05"))
@case_argument
@on_option
@json_option
@click.option("--html", type=click.Path(path_type=Path), help="Write the matrix as a web page.")
def weigh_command(case: Path, on: date | None, as_json: bool, html: Path | None) -> None:
    """Weigh each party against each element of each law.

    An element is supported, contested or missing, by the claims of the case.
    """
    state, book = CaseFile.open(case).case(), lawdata.load()
    findings = weigh(state, book, on=on or today())
    if html:
        html.write_text(matrix_html(state, book, findings), encoding="utf-8")
        if not as_json:
            say(f"Wrote {html}.")
            return
    if as_json:
        show_json(matrix_json(state, book, findings))
        return
    click.echo(matrix_text(state, book, findings, width=WIDTH_COLUMNS))
    for party in dict.fromkeys(f.party for f in findings):
        choice = choose(state, book, findings, party)
        say()
        say(f"{state.parties[party].name}: {choice.why}", hang="  ")


@click.command("check", epilog=example("gravamen check out/case --on 2024-03-05"))
@case_argument
@on_option
@json_option
def check_command(case: Path, on: date | None, as_json: bool) -> None:
    """Say what stands in the way of sending a case, and the remedy.

    Every check of the manual is asked. Exits 1 where a flag blocks.
    """
    package = prepare(CaseFile.open(case).case(), lawdata.load(), on=on or today())
    if as_json:
        show_json({"schema": "gravamen.check/1", "flags": [flag_json(f) for f in package.flags]})
    else:
        show_flags(package.flags)
    if any(flag.blocks for flag in package.flags):
        raise click.exceptions.Exit(1)


def flag_json(flag: Flag) -> dict[str, object]:
    """A flag as every command prints it."""
    return {
        "id": flag.id,
        "message": flag.message,
        "hint": flag.hint,
        "blocks": flag.blocks,
        "where": flag.where,
        "severity": flag.severity,
    }


def show_flags(flags: tuple[Flag, ...]) -> None:
    """Print flags, the grave ones first, each with its place and remedy."""
    for severity, mark in _MARKS.items():
        for flag in flags:
            if flag.severity == severity:
                say(f"{mark} {flag.id} ({flag.where}): {flag.message}", hang="  ")
                say(flag.hint, indent="    ", hang="    ")
    counts = Counter(flag.severity for flag in flags)
    told = ", ".join(counted(counts[s], *_COUNTED[s]) for s in _MARKS if counts[s])
    say(f"{counted(len(flags), 'flag')}: {told}." if flags else "Nothing was found.")


COMMANDS = (weigh_command, check_command)
