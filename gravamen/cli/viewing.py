"""follow-up, and the options by which `docket` writes pages, calendar, feed and picture."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Any

import click

from gravamen import law as lawdata
from gravamen.case import Case
from gravamen.casefile import CaseFile, Drafted
from gravamen.casefile.following_up import followed_up
from gravamen.cli.drafting import unbound
from gravamen.cli.options import (
    actor_option,
    case_argument,
    counted,
    examples,
    json_option,
    on_option,
    person,
    say,
    show_json,
    today,
)
from gravamen.cli.weighing import flag_json
from gravamen.docket.line import Docket
from gravamen.docket.views import Wanted, write_views
from gravamen.instruments.leaks import ProtectedName
from gravamen.instruments.package import Package, write_all
from gravamen.instruments.setting import Files

_FILE = click.Path(path_type=Path, dir_okay=False)


def view_options(command: Callable[..., None]) -> Callable[..., None]:
    """--html, --ics, --feed, --svg: what of the docket is written into files, as `wanted`."""

    @wraps(command)
    def bundled(
        html: Path | None, ics: Path | None, feed: Path | None, svg: Path | None, **others: Any
    ) -> None:
        command(wanted=Wanted(pages=html, calendar=ics, feed=feed, picture=svg), **others)

    options = (
        click.option(
            "--html",
            type=click.Path(path_type=Path, file_okay=False),
            help="A folder for index.html, a page for each office, a picture for each case.",
        ),
        click.option("--ics", type=_FILE, help="A calendar file of the times and our own days."),
        click.option("--feed", type=_FILE, help="An Atom feed of what happened, newest first."),
        click.option("--svg", type=_FILE, help="A picture of one case over time."),
    )
    for option in reversed(options):
        bundled = option(bundled)
    return bundled


def written_views(found: Docket, cases: Sequence[Case], wanted: Wanted) -> tuple[Path, ...]:
    """Write what is wanted of a docket; exit 1 where a protected name would stand in it."""
    try:
        return write_views(found, cases, wanted)
    except ProtectedName as error:
        click.echo(f"gravamen: {error} Nothing was written.", err=True)
        raise click.exceptions.Exit(1) from None


def tell_views(files: Sequence[Path]) -> None:
    """Say what was written, a folder of pages by its index."""
    indexes = [f for f in files if f.name == "index.html"]
    for index in indexes:
        beside = sum(f.parent == index.parent for f in files) - 1
        say(f"Wrote {index} and {counted(beside, 'file')} beside it.")
    within = {index.parent for index in indexes}
    for file in files:
        if file.parent not in within:
            say(f"Wrote {file}.")


@click.command(
    "follow-up",
    epilog=examples(
        "gravamen send out/case letter-us.state.secretary --via post --sent-at 2024-03-12 \\\n"
        "    --receipt RR123 --address Washington --despite 'signed on paper' --on 2024-03-12",
        "gravamen follow-up out/case dispatch.us.state.secretary-1 --on 2024-06-10 --out out/again",
    ),
)
@case_argument
@click.argument("dispatch")
@on_option
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("out"),
    show_default=True,
    help="The folder to write into.",
)
@click.option(
    "--withdrawn",
    help="Id of a signatory who withdrew after it was sent: write the notice of that instead.",
)
@actor_option
@json_option
def follow_up_command(
    case: Path,
    dispatch: str,
    on: date | None,
    out: Path,
    withdrawn: str | None,
    actor: str | None,
    as_json: bool,
) -> None:
    """Write a letter that reminds an office of one that was sent, or of a signature withdrawn.

    DISPATCH is the id of what was sent. The reminder quotes what that letter asked, word for word,
    says how many days have passed and what came back, and the law where a time that it sets runs;
    where none does, it says so, and the day that it names is our own wish. With --withdrawn it is
    the notice that a signatory withdrew after the letter was sent: who, when, and whose signatures
    stand. Either is signed and sent like any letter. It only adds a draft to the record: to drop
    it, do not send it.
    """
    record, day = CaseFile.open(case), on or today()
    package = followed_up(record, lawdata.load(), dispatch=dispatch, on=day, withdrawn=withdrawn)
    try:
        files = write_all(package, out, record.case())
    except ProtectedName as error:
        click.echo(f"gravamen: {error} Nothing was written.", err=True)
        raise click.exceptions.Exit(1) from None
    (instrument,) = package.instruments
    drafted = Drafted(
        instrument=instrument.id,
        on=day.isoformat(),
        draft=instrument.draft,
        files=files[instrument.id].digests(),
        dispatch=dispatch,
        withdrawn=withdrawn,
    )
    record.append(drafted, actor=person(actor))
    if as_json:
        show_json(_json(package, files[instrument.id], dispatch, withdrawn))
    else:
        _tell(package, files[instrument.id])


def _json(
    package: Package, files: Files, dispatch: str, withdrawn: str | None
) -> dict[str, object]:
    """The object that `follow-up --json` prints (schema gravamen.follow-up/1)."""
    (instrument,) = package.instruments
    return {
        "schema": "gravamen.follow-up/1",
        "instrument": instrument.id,
        "office": instrument.office,
        "dispatch": dispatch,
        "withdrawn": withdrawn,
        "draft": instrument.draft,
        "draft_reasons": instrument.draft_reasons,
        "sentences": len(instrument.sentences()),
        "unbound": len(unbound(instrument)),
        "flags": [flag_json(f) for f in package.flags],
        "files": {kind: str(path) for kind, path in files.paths().items()},
    }


def _tell(package: Package, files: Files) -> None:
    (instrument,) = package.instruments
    say(f"{'DRAFT  ' if instrument.draft else ''}{files.pdf}")
    say("Beside it lie the same letter as .html, .docx and .akn.xml, and its .manifest.json.")
    for reason in instrument.draft_reasons:
        say(f"DRAFT because: {reason}", hang="  ")


COMMANDS = (follow_up_command,)
