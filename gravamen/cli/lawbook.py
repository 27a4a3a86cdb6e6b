"""law: list, show and check the law data."""

import click

from gravamen import law as lawdata
from gravamen.cli.options import json_option, say, show_json


@click.group("law")
def law() -> None:
    """The law as dated, cited data: authorities, elements, offices, clocks."""


@law.command("list", epilog="Example: gravamen law list")
@json_option
def list_command(as_json: bool) -> None:
    """List the authorities, one line each; "?" marks what a person must still check."""
    book = lawdata.load()
    if as_json:
        show_json(
            {"schema": "gravamen.law/1", "edition": book.edition, "authorities": book.authorities}
        )
        return
    for authority in book.authorities.values():
        mark = "?" if authority.needs_review else " "
        say(f"{mark} {authority.id:18} {authority.short}. {authority.cite}", hang=" " * 21)
    say(
        f"{len(book.authorities)} authorities, edition {book.edition[:16]}. "
        "Show one: gravamen law show ID"
    )


@law.command("show", epilog="Example: gravamen law show us.eo13818")
@click.argument("id")
@json_option
def show_command(id: str, as_json: bool) -> None:
    """Show an authority, element, office, clock or definition with its cites and marks."""
    book = lawdata.load()
    if as_json:
        show_json(
            {"schema": "gravamen.law/1", "edition": book.edition, "value": lawdata.find(book, id)}
        )
        return
    click.echo(lawdata.describe(book, id))


@law.command("check", epilog="Example: gravamen law check")
@json_option
def check_command(as_json: bool) -> None:
    """Check the law data: unknown keys, dangling ids, missing cites, the schema file.

    Exits 1 where something is wrong; what only needs review is listed and is no fault.
    """
    report = lawdata.check()
    if as_json:
        show_json(
            {"schema": "gravamen.law-check/1", "faults": report.faults, "review": report.review}
        )
    else:
        for line in report.faults:
            say(line, hang="    ")
        say(f"{len(report.faults)} faults; {len(report.review)} values are marked for review.")
    if report.faults:
        raise click.exceptions.Exit(1)


COMMANDS = (law,)
