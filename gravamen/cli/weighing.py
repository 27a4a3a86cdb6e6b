"""weigh and check: what the law asks and what the record holds; what stands in the way."""

from collections import Counter
from datetime import date
from pathlib import Path
from textwrap import shorten

import click

from gravamen import law as lawdata
from gravamen.case import Case
from gravamen.casefile import CaseFile
from gravamen.checks import Flag, Severity
from gravamen.cli.dossiers import dossier_options, wanted_dossiers
from gravamen.cli.options import (
    WIDTH_COLUMNS,
    case_argument,
    counted,
    example,
    examples,
    json_option,
    on_option,
    say,
    show_json,
    today,
)
from gravamen.findings import (
    Finding,
    Side,
    choose,
    matrix_html,
    matrix_json,
    matrix_text,
    side_by_side,
    sides_json,
    sides_text,
    weigh,
    weighed_parties,
)
from gravamen.instruments.leaks import ProtectedName, guard_files
from gravamen.instruments.package import prepare, reviewed
from gravamen.law import Law, in_force
from gravamen.sentences import Instrument

_SHOWN = 160
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


@click.command("weigh", epilog=example("gravamen weigh out/case --on 2024-03-05 --all"))
@case_argument
@on_option
@click.option("--all", "beside", is_flag=True, help="Show all regimes side by side instead.")
@click.option("--party", "parties", multiple=True, help="Weigh this party only (id; repeatable).")
@click.option(
    "--authority", "authorities", multiple=True, help="Weigh under this one only (id; repeatable)."
)
@json_option
@click.option("--html", type=click.Path(path_type=Path), help="Write the matrix as a web page.")
def weigh_command(
    case: Path,
    on: date | None,
    beside: bool,
    parties: tuple[str, ...],
    authorities: tuple[str, ...],
    as_json: bool,
    html: Path | None,
) -> None:
    """Weigh each party against each element of each law.

    An element is supported, contested or missing, by the claims of the case. With --all there is
    one table for each party: whether each regime reaches it for these acts, and how far.
    """
    state, day = CaseFile.open(case).case(), on or today()
    book = reviewed(state, lawdata.load(), on=day)
    chosen = parties or None
    under = _under(book, authorities, day, beside=beside)
    findings = weigh(state, book, on=day, authorities=under, parties=chosen)
    sides: tuple[Side, ...] = ()
    if beside:
        who = chosen or [p.id for p in weighed_parties(state)]
        ids = authorities or None
        sides = side_by_side(state, book, findings, on=day, parties=who, authorities=ids)
    if html:
        write_guarded(html, matrix_html(state, book, findings, sides, on=day), state)
        if not as_json:
            say(f"Wrote {html}.")
            return
    if as_json:
        value = (
            sides_json(state, book, sides) if beside else matrix_json(state, book, findings, on=day)
        )
        show_json(value)
    elif beside:
        click.echo(sides_text(state, book, sides))
    else:
        _show_matrix(state, book, findings, day)


def write_guarded(path: Path, page: str, case: Case) -> None:
    """Write a web page, or say why not and exit 1 where it would hold a protected name."""
    data = page.encode()
    try:
        guard_files({path.name: data}, case, family_names=True)
    except ProtectedName as error:
        click.echo(f"gravamen: {error}", err=True)
        raise click.exceptions.Exit(1) from None
    path.write_bytes(data)


def _under(
    book: Law, authorities: tuple[str, ...], day: date, *, beside: bool
) -> tuple[str, ...] | None:
    """The authorities to weigh under; side by side, one that is not in force is a row and no
    error."""
    if not authorities or not beside:
        return authorities or None
    return tuple(id for id in authorities if in_force(book.authority(id), day))


def _show_matrix(case: Case, law: Law, findings: tuple[Finding, ...], on: date) -> None:
    click.echo(matrix_text(case, law, findings, width=WIDTH_COLUMNS, on=on))
    for party in dict.fromkeys(f.party for f in findings):
        choice = choose(case, law, findings, party)
        say()
        say(f"{case.parties[party].name}: {choice.why}", hang="  ")


@click.command(
    "check",
    epilog=examples(
        "gravamen check out/case --on 2024-03-05",
        "gravamen check out/case --on 2024-03-05 --dossier teresh --regime us",
    ),
)
@case_argument
@on_option
@dossier_options
@json_option
def check_command(
    case: Path, on: date | None, parties: tuple[str, ...], states: tuple[str, ...], as_json: bool
) -> None:
    """Say what stands in the way of sending a case, and the remedy.

    Every check of the manual is asked of the motion and the letters, or of the dossiers that
    --dossier names. Exits 1 where a flag blocks.
    """
    state, law = CaseFile.open(case).case(), lawdata.load()
    wanted = wanted_dossiers(state, law, parties, states)
    package = prepare(state, law, on=on or today(), dossiers=wanted)
    if as_json:
        show_json({"schema": "gravamen.check/1", "flags": [flag_json(f) for f in package.flags]})
    else:
        show_flags(package.flags, package.instruments)
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


def show_flags(flags: tuple[Flag, ...], instruments: tuple[Instrument, ...] = ()) -> None:
    """Print flags, the grave ones first, each with its place, the sentence there, the remedy."""
    texts = {f"{s.id} of {i.id}": s.text for i in instruments for s in i.sentences()}
    for severity, mark in _MARKS.items():
        for flag in flags:
            if flag.severity == severity:
                say(f"{mark} {flag.id} ({flag.where}): {flag.message}", hang="  ")
                if text := texts.get(flag.where):
                    say(
                        f"In: {shorten(text, _SHOWN, placeholder=' …')}", indent="    ", hang="    "
                    )
                say(flag.hint, indent="    ", hang="    ")
    counts = Counter(flag.severity for flag in flags)
    told = ", ".join(counted(counts[s], *_COUNTED[s]) for s in _MARKS if counts[s])
    say(f"{counted(len(flags), 'flag')}: {told}." if flags else "Nothing was found.")


COMMANDS = (weigh_command, check_command)
