"""aid import, aid list: files of assistance into the data folder, and what is on hand there."""

import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import click

from gravamen import law as lawdata
from gravamen.aid.files.check import ReportCheck, checks_of
from gravamen.aid.files.dataset import AidError, Dataset
from gravamen.aid.files.intake import PLAIN, SUBJECT, Reading, Taken, quiet, take_in
from gravamen.aid.files.mapped import LISTS, Mapped, mapped
from gravamen.aid.files.unpacked import ENCODINGS, Tell
from gravamen.cli.data import data_option, editions_in
from gravamen.cli.options import counted, examples, json_option, say, show_json
from gravamen.editions import Edition, Editions
from gravamen.values import GravamenError

STEP_S = 0.5  # between two changes of the line of progress at a terminal
LINE_S = 10.0  # between two lines of progress elsewhere


class Done(NamedTuple):
    """What became of one file: taken, or why not."""

    file: Path
    taken: Taken | None
    error: str = ""


@click.command(
    "import",
    epilog=examples(
        "gravamen aid import cases/quillby-dorvel/assistance/training.csv --data out/data",
        "gravamen aid import cases/quillby-dorvel/assistance/grants.csv --vintage 2024-03 "
        "--mapping cases/quillby-dorvel/assistance/grants.yaml --data out/data",
        "gravamen aid import --check --data out/data",
    ),
)
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="FILE...")
@data_option
@click.option(
    "--vintage",
    help="Of when the copy is, as 2025-04 or 2025-04-30 (default: the date in its name, or what "
    "the file itself says).",
)
@click.option(
    "--mapping",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A YAML file that says what the columns of another table, or of a list of names, are.",
)
@click.option(
    "--encoding",
    type=click.Choice(ENCODINGS),
    help=f"How the text is encoded (default: as the mapping says, else {PLAIN.encoding}).",
)
@click.option(
    "--delimiter",
    help="What divides the columns: one character, or TAB (default: as the mapping says, else a "
    "comma).",
)
@click.option(
    "--allow-extra", is_flag=True, help="Keep columns that are not known, as printed and unread."
)
@click.option(
    "--check",
    is_flag=True,
    help="Print how each report stands against the totals that it prints itself; without FILE for "
    "all that is on hand.",
)
@click.option("--progress", is_flag=True, help="Tell the progress also where no terminal listens.")
@json_option
def import_command(
    files: tuple[Path, ...],
    data: Path | None,
    vintage: str | None,
    mapping: Path | None,
    encoding: str | None,
    delimiter: str | None,
    allow_extra: bool,
    check: bool,
    progress: bool,
    as_json: bool,
) -> None:
    """Take tables of assistance into the data folder, each as an edition of its own.

    FILE is a CSV or an IATI activity file, as it is or packed (.xz, .gz, .bz2, .zip). What it is
    is read from its header: Foreign Military Training Reports, ForeignAssistance.gov (country
    totals, complete transactions), IATI 2.03. Another CSV needs a --mapping.

    Every cell is kept as printed, and every row has its number in the file. What is not known (a
    column, a country, a program, a code) is an error with its place; then nothing of the file is
    kept, and the other files go on. An edition is never written over; a file whose bytes are on
    hand already changes nothing.
    """
    if not files and not check:
        raise GravamenError("Name a FILE to take in, or say --check to check what is on hand.")
    by = mapped(mapping, lawdata.load()) if mapping else None
    usual = _usual(by)
    reading = Reading(
        vintage=vintage or usual.vintage,
        encoding=encoding or usual.encoding,
        delimiter=usual.delimiter if delimiter is None else _character(delimiter),
        allow_extra=allow_extra,
    )
    editions = editions_in(data)
    done = _take_all(files, editions, reading, by.dataset if by else None, progress)
    if check:
        checked = [d.taken.edition for d in done if d.taken] if files else _on_hand(editions)
        _tell_checks(editions, checked, done, as_json=as_json)
    elif as_json:
        show_json({"schema": "gravamen.aid.import/1", "files": [_done_json(d) for d in done]})
    else:
        for one in done:
            _tell_done(one, editions)
    if any(d.taken is None for d in done):
        raise click.exceptions.Exit(2)


def _character(delimiter: str) -> str:
    character = "\t" if delimiter in ("TAB", "tab", "\\t") else delimiter
    if len(character) != 1 or character in '"\r\n':
        raise GravamenError(
            f"{delimiter!r} cannot divide columns; give one character (';'), or TAB."
        )
    return character


def _take_all(
    files: Sequence[Path],
    editions: Editions,
    reading: Reading,
    dataset: Dataset | None,
    progress: bool,
) -> list[Done]:
    """Take in each file by itself; one that cannot be used is told at once."""
    law, done = lawdata.load(), []
    for file in files:
        told = Progress(file.name) if progress or sys.stderr.isatty() else None
        tell: Tell = told or quiet
        try:
            taken = take_in(
                file,
                editions,
                law,
                at=datetime.now(UTC),
                reading=reading,
                mapped=dataset,
                tell=tell,
            )
            done.append(Done(file, taken))
        except (GravamenError, OSError) as error:
            why = (
                f"{file}: {error.strerror or error}." if isinstance(error, OSError) else str(error)
            )
            done.append(Done(file, None, why))
        finally:
            if told:
                told.end()
        if done[-1].error:
            click.echo(f"gravamen: {done[-1].error}", err=True)
    return done


def _usual(by: Mapped | None) -> Reading:
    """How files are read where no option says it: as the mapping does, where there is one."""
    if by is None:
        return PLAIN
    return Reading(vintage=by.vintage, encoding=by.encoding, delimiter=by.delimiter)


class Progress:
    """Progress on standard error: one line that changes at a terminal, else a line now and then."""

    def __init__(self, name: str) -> None:
        self.name, self.last, self.what = name, 0.0, ""
        self.terminal = sys.stderr.isatty()
        self.step = STEP_S if self.terminal else LINE_S

    def __call__(self, what: str, share: float | None) -> None:
        """Tell what is being done and how much of it is done."""
        now = time.monotonic()
        if what == self.what and now - self.last < self.step:
            return
        self.what, self.last = what, now
        percent = "" if share is None else f" {min(share, 1):.0%}"
        line = f"{self.name}: {what}{percent}"
        click.echo(f"\r{line[:79]:<79}" if self.terminal else line, err=True, nl=not self.terminal)

    def end(self) -> None:
        """Leave the line free for what follows."""
        if self.terminal:
            click.echo(f"\r{'':<79}\r", err=True, nl=False)


def _tell_done(done: Done, editions: Editions) -> None:
    if done.taken is None:
        return
    edition = done.taken.edition
    how = "taken in as" if done.taken.fresh else "already on hand as"
    say(f"{done.file.name}: {how} {edition.id} ({_rows(edition)}).", hang="  ")
    for check in done.taken.checks.values():
        if check.refused:
            say(f"Counts in no sum: {check.report}. {_why(check)}", indent="  ", hang="    ")
        elif check.differ:
            say(f"Counts in no sum, in {check.report}: {_why(check)}", indent="  ", hang="    ")
    for notice in done.taken.notices:
        say(notice, indent="  ", hang="    ")
    if done.taken.fresh:
        say(f"To undo: remove the folder {editions.path(edition)}", indent="  ", hang="    ")


def _rows(edition: Edition) -> str:
    return "1 row" if edition.rows == 1 else f"{edition.rows:,} rows"


def _why(check: ReportCheck) -> str:
    return f"{check.why}." if check.why else ""


def _done_json(done: Done) -> dict[str, Any]:
    if done.taken is None:
        return {"file": str(done.file), "state": "failed", "error": done.error}
    edition = done.taken.edition
    return {
        "file": str(done.file),
        "state": "taken-in" if done.taken.fresh else "on-hand",
        "error": None,
        **_edition_json(edition, done.taken.checks),
        "notices": list(done.taken.notices),
    }


def _edition_json(edition: Edition, checks: dict[str, ReportCheck]) -> dict[str, Any]:
    return {
        "edition": edition.id,
        "dataset": edition.dataset,
        "vintage": edition.vintage,
        "rows": edition.rows,
        "sha256": edition.sha256,
        "size": edition.size,
        "taken_in": edition.taken_in,
        "about": dict(edition.about),
        "refused": [
            {"report": c.report, "why": c.why} for c in checks.values() if c.refused or c.differ
        ],
    }


def _on_hand(editions: Editions) -> tuple[Edition, ...]:
    found = editions.all(SUBJECT)
    if not found:
        raise AidError(
            f"No table of assistance is on hand in {editions.folder}; take one in with gravamen "
            "aid import FILE, or name another folder with --data."
        )
    return found


def _tell_checks(
    editions: Editions, checked: Sequence[Edition], done: Sequence[Done], *, as_json: bool
) -> None:
    found = [
        (edition, check) for edition in checked for check in checks_of(editions, edition).values()
    ]
    if as_json:
        show_json(
            {
                "schema": "gravamen.aid.check/1",
                "reports": [_check_json(edition, check) for edition, check in found],
                "failed": [{"file": str(d.file), "error": d.error} for d in done if d.error],
            }
        )
        return
    rows = [("report", "programs", "agree", "differ", "note")]
    for edition, check in found:
        note = _note(check)
        rows.append((check.report, *_figures(check), note))
        if edition.dataset != "fmtr":
            rows[-1] = (f"{edition.dataset} {check.report}", *rows[-1][1:])
    width = max(len(r[0]) for r in rows)
    for name, programs, agree, differ, note in rows:
        figures = f"{name:<{width}}  {programs:>8}  {agree:>6}  {differ:>6}  "
        say(note, indent=figures, hang=" " * len(figures))
    say()
    say(
        "Programs: countries with a program of a year for which the report prints a total. Agree: "
        "the rows add up to it within 2 dollars or 0.1 percent."
    )


def _figures(check: ReportCheck) -> tuple[str, str, str]:
    if not check.programs:
        return "-", "-", "-"
    return str(check.programs), str(check.agree), str(check.differ)


def _note(check: ReportCheck) -> str:
    if check.refused:
        return f"REFUSED for sums: {check.why}"
    if check.differ:
        return f"that one is refused for sums: {check.why}"
    return check.why or "all agree"


def _check_json(edition: Edition, check: ReportCheck) -> dict[str, Any]:
    return {
        "report": check.report,
        "dataset": edition.dataset,
        "file": edition.file,
        "vintage": edition.vintage,
        "edition": edition.id,
        "rows": check.rows,
        "programs": check.programs,
        "agree": check.agree,
        "differ": check.differ,
        "refused": check.refused,
        "why": check.why,
        "unread_cells": check.unread_cells,
        "missing_costs": check.missing_costs,
        "differing": list(check.differing),
    }


@click.command("list", epilog=examples("gravamen aid list", "gravamen aid list --json"))
@data_option
@json_option
def list_command(data: Path | None, as_json: bool) -> None:
    """List the tables of assistance on hand: which, of when, how many rows, what is refused."""
    editions = editions_in(data)
    found = (*editions.all(SUBJECT), *editions.all(LISTS))
    if as_json:
        show_json(
            {
                "schema": "gravamen.aid.list/1",
                "data": str(editions.folder),
                "editions": [
                    {"file": e.file, **_edition_json(e, checks_of(editions, e))} for e in found
                ],
            }
        )
        return
    if not found:
        say(
            f"No table of assistance is on hand in {editions.folder}. Take one in with gravamen "
            "aid import FILE."
        )
        return
    for edition in found:
        say(
            f"{edition.dataset}, vintage {edition.vintage}: {edition.file}, {_rows(edition)}, "
            f"taken in {edition.taken_in[:10]}",
            hang="  ",
        )
        for check in checks_of(editions, edition).values():
            if check.refused or check.differ:
                say(f"{check.report}: {_note(check)}", indent="  ", hang="    ")
        for word, text in edition.about.items():
            say(f"{word}: {text}", indent="  ", hang="    ")
        say(f"folder {editions.path(edition)}", indent="  ", hang="    ")
    say()
    say(
        f"{counted(len(found), 'edition')} in {editions.folder}. To remove one, delete its folder; "
        "nothing else refers to it but the files and rows that a case names."
    )


COMMANDS = (import_command, list_command)
