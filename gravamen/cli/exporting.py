"""export: a case as plain text, or as tables, annotations or entities that may go out."""

from datetime import date
from pathlib import Path

import click

from gravamen import law as lawdata
from gravamen.casefile import CaseFile, export_case
from gravamen.casefile.folder import built_beside, write_new
from gravamen.cli.options import (
    case_argument,
    counted,
    example,
    json_option,
    on_option,
    say,
    show_json,
    today,
)
from gravamen.exports import FORMS, Form, made_as
from gravamen.findings import weigh
from gravamen.instruments.leaks import ProtectedName
from gravamen.values import GravamenError

_SHOWN = 6


@click.command(
    "export",
    epilog=example("gravamen export out/case out/tables --as tables"),
)
@case_argument
@click.argument("to", type=click.Path(path_type=Path))
@click.option(
    "--as",
    "form",
    type=click.Choice(["case", *FORMS]),
    default="case",
    show_default=True,
    help="What to write: case.yaml and the sources; or one of the forms that may go out.",
)
@click.option("--party", help="Id of the party that it is about (default: the whole case).")
@on_option
@json_option
def export_command(
    case: Path, to: Path, form: str, party: str | None, on: date | None, as_json: bool
) -> None:
    """Write CASE into the new folder TO: as plain text, tables, annotations or entities.

    As it stands (case), it holds case.yaml and the sources, protected names too, and imports to
    the same case. The other forms may go out, and hold no protected name: tables (evidence, what
    speaks against it, exhibits and elements, as CSV and XLSX), annotations (every quote, as W3C
    JSON-LD), ftm (parties, posts, events, listings, as FollowTheMoney), civic (the motion, its
    votes and the members, as Open Civic Data and Popolo). What is withheld is named by its
    commitment.
    """
    record = CaseFile.open(case)
    if form == "civic" and party:
        raise GravamenError("What a body did with its motion is about no one party; leave --party.")
    if form == "case":
        if party or on:
            raise GravamenError(
                "--party and --on choose what of a case goes out; give --as with them."
            )
        written = export_case(record, to)
        if as_json:
            show_json({"schema": "gravamen.export/1", "file": str(written)})
        else:
            say(f"Wrote {written}. It holds everything in the case, protected names too: keep it "
                "safe.")  # fmt: skip
        return
    _write_as(next(f for f in FORMS if f == form), record, to, party, on or today(), as_json)


def _write_as(
    form: Form, record: CaseFile, to: Path, party: str | None, day: date, as_json: bool
) -> None:
    state, law = record.case(), lawdata.load()
    findings = weigh(state, law, on=day) if form == "tables" else ()
    try:
        made = made_as(form, state, law=law, findings=findings, on=day, party=party)
    except ProtectedName as error:
        click.echo(f"gravamen: {error}", err=True)
        raise click.exceptions.Exit(1) from None
    with built_beside(to) as building:
        for name, data in made.files.items():
            write_new(building / name, data)
    if as_json:
        show_json(
            {
                "schema": "gravamen.export/1",
                "as": form,
                "party": party,
                "files": [str(to / name) for name in made.files],
                "counts": made.counts,
                "left_out": made.left_out,
            }
        )
        return
    counts = ", ".join(f"{what} {number}" for what, number in made.counts.items())
    say(f"Wrote {counted(len(made.files), 'file')} into {to}: {', '.join(made.files)} ({counts}).")
    for words in made.left_out[:_SHOWN]:
        say(f"Not in it: {words}.", hang="  ")
    if more := len(made.left_out[_SHOWN:]):
        say(f"Not in it: {more} more; --json names each.", hang="  ")


COMMANDS = (export_command,)
