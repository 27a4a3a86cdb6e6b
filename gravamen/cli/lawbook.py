"""law: list, show and check the law data."""

from collections import Counter

import click

from gravamen import law as lawdata
from gravamen.cli.options import json_option, say, show_json


@click.group("law")
def law() -> None:
    """The law as dated, cited data: authorities, elements, offices, clocks."""


@law.command("list", epilog="Example: gravamen law list")
@json_option
def list_command(as_json: bool) -> None:
    """List the authorities, and how much of each is unchecked.

    "?" marks an authority that rests as a whole on text that nobody has read.
    """
    book = lawdata.load()
    if as_json:
        show_json(
            {"schema": "gravamen.law/1", "edition": book.edition, "authorities": book.authorities}
        )
        return
    unchecked = Counter(line.split(":")[0].split()[0] for line in lawdata.check().review)
    for authority in book.authorities.values():
        mark = "?" if authority.needs_review else " "
        n = sum(k for id, k in unchecked.items() if f"{id}.".startswith(f"{authority.id}."))
        left = f" ({n} unchecked)" if n else ""
        say(f"{mark} {authority.id:18} {authority.short}. {authority.cite}{left}", hang=" " * 21)
    say(
        f"{len(book.authorities)} authorities, edition {book.edition[:16]}. "
        "Show one: gravamen law show ID"
    )


@law.command("show", epilog="Example: gravamen law show us.eo13818")
@click.argument("id")
@json_option
def show_command(id: str, as_json: bool) -> None:
    """Show one thing of the law with its cites and marks.

    ID is that of an authority, prong, element, office, clock, body or definition.
    """
    book = lawdata.load()
    if as_json:
        show_json(
            {"schema": "gravamen.law/1", "edition": book.edition, "value": lawdata.find(book, id)}
        )
        return
    click.echo(lawdata.describe(book, id))


@law.command("check", epilog="Example: gravamen law check")
@click.option("--review", is_flag=True, help="List each value that nobody has checked.")
@json_option
def check_command(review: bool, as_json: bool) -> None:
    """Check the law data, and list what nobody has checked.

    Unknown keys, dangling ids, missing cites and an outdated schema file are faults. Exits 1 where
    there is one; what only needs review is counted and is no fault.
    """
    report = lawdata.check()
    if as_json:
        show_json(
            {"schema": "gravamen.law-check/1", "faults": report.faults, "review": report.review}
        )
    else:
        for line in report.faults:
            say(line, hang="    ")
        for line in report.review if review else ():
            say(line, hang="    ")
        say(
            f"{len(report.faults)} faults; {len(report.review)} values are marked for review"
            f"{'' if review else ' (gravamen law check --review lists them)'}."
        )
    if report.faults:
        raise click.exceptions.Exit(1)


COMMANDS = (law,)
