"""aid show: what flows to a country, which laws bear on it, what is already barred."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click

from gravamen import law as lawdata
from gravamen.aid import countries
from gravamen.aid.account.account import EARLIEST, LATEST, account
from gravamen.aid.account.json import account_json
from gravamen.aid.line import Account
from gravamen.aid.pictures import chart, page
from gravamen.cli.aid.show_list import told
from gravamen.cli.data import data_option, editions_in
from gravamen.cli.options import examples, json_option, on_option, say, show_json, today
from gravamen.law import Law
from gravamen.values import GravamenError

_FILE = click.Path(path_type=Path, dir_okay=False)
_YEARS = re.compile(r"(\d{4})?(\.\.)?(\d{4})?\Z")


class Years(click.ParamType[tuple[int, int]]):
    """A year, or years from one to another: 2018, 2015..2020, 2015.., ..2020.

    The transition quarter 1976tq is asked with the year 1976; each stands for itself in the answer.
    """

    name = "years"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, int]:
        if isinstance(value, tuple):
            return value
        match = _YEARS.match(value.strip().casefold().replace("1976tq", "1976"))
        if not match or not (match[1] or match[3]) or (match[3] and not match[2]):
            self.fail(f"{value!r} is no year; write 2018, 2015..2020, 2015.. or ..2020.", param)
        first = int(match[1] or EARLIEST)
        last = int(match[3] or (LATEST if match[2] else first))
        if first > last:
            self.fail(f"{value!r} ends before it begins; write {last}..{first}.", param)
        return first, last


@click.command(
    "show",
    epilog=examples(
        "gravamen aid import cases/quillby-dorvel/assistance/training.csv --data out/data",
        "gravamen aid show --country XV --years 2022 --on 2026-05-12 --data out/data",
        "gravamen aid show --country XV --report 2022_2023 --program FMF --json --data out/data",
        "gravamen aid show --country XV --years 2021.. --csv --data out/data",
        "gravamen aid show --country XV --html out/flows.html --svg out/flows.svg --data out/data",
    ),
)
@click.option("--country", required=True, help="A country by name in English or ISO 3166-1 code.")
@click.option("--years", type=Years(), help="2018, 2015..2020, 2015.. or ..2020 (default: all).")
@on_option
@click.option(
    "--file",
    "files",
    multiple=True,
    help="Only this kind of file or this file: fmtr, foreignassistance, country_2025-04.csv.",
)
@click.option(
    "--report", "reports", multiple=True, help="Only what this yearly report prints: 2018_2019."
)
@click.option(
    "--program",
    "programs",
    multiple=True,
    help="Only this code (IMET-1), or all codes of a program (us.prog.imet, or its name).",
)
@click.option("--constant", is_flag=True, help="Amounts in constant dollars where a file has them.")
@json_option
@click.option("--csv", "as_csv", is_flag=True, help="Print the lines as CSV.")
@click.option("--html", type=_FILE, help="Write a page with all of it and the picture.")
@click.option("--svg", type=_FILE, help="Write the picture as SVG, with its table as CSV beside.")
@click.option("--png", type=_FILE, help="Write the picture as PNG, with its table as CSV beside.")
@data_option
def show_command(
    country: str,
    years: tuple[int, int] | None,
    on: date | None,
    files: tuple[str, ...],
    reports: tuple[str, ...],
    programs: tuple[str, ...],
    constant: bool,
    as_json: bool,
    as_csv: bool,
    html: Path | None,
    svg: Path | None,
    png: Path | None,
    data: Path | None,
) -> None:
    """Show what flows to a country, line by line, with the laws that could stop it.

    A line is a sum over the rows of one file and one vintage: a program or account in a year. The
    lines are grouped: already barred on the day of --on, can be asked then, outside these laws, not
    vettable, hook unclear. Sums run over like with like alone. What two copies say differently
    stands side by side, a report that disagrees with its own totals is in no sum, and at the end
    stands what the files on hand cannot show.
    """
    if as_json and as_csv:
        raise click.UsageError("--json and --csv exclude each other; give one of them.")
    law = lawdata.load()
    found = account(
        editions_in(data),
        law,
        country=countries.found(country),
        years=years,
        on=on or today(),
        files=files,
        reports=reports,
        programs=programs,
        dollars="constant" if constant else "current",
    )
    written = _written(found, law, html=html, svg=svg, png=png)
    if as_json:
        show_json(account_json(found))
    elif as_csv:
        click.echo(_csv(found), nl=False)
    elif written:
        for file in written:
            say(f"Wrote {file}.")
    else:
        for line in told(found, law):
            click.echo(line)


def _written(
    found: Account, law: Law, *, html: Path | None, svg: Path | None, png: Path | None
) -> tuple[Path, ...]:
    """Write the files that are asked for and a table beside each picture; return them. All are
    made before one is written."""
    asked: tuple[tuple[Path | None, Callable[[], bytes]], ...] = (
        (html, lambda: page.page(found, law).encode()),
        (svg, lambda: chart.svg(found)),
        (png, lambda: chart.png(found)),
    )
    wanted = [(file, make) for file, make in asked if file]
    if len({file for file, _ in wanted}) < len(wanted):
        raise GravamenError("Two of --html, --svg and --png name one file; give each its own.")
    made = {file: make() for file, make in wanted}
    tables = {file.with_suffix(".table.csv"): _csv(found).encode() for file in (svg, png) if file}
    made |= tables
    for file, data in made.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return tuple(made)


def _csv(found: Account) -> str:
    from gravamen.cli.aid.show_csv import account_csv  # noqa: PLC0415  # exports load slowly

    return account_csv(found)


COMMANDS = (show_command,)
