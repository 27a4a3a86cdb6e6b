"""law: list, show and check the law data."""

from collections import Counter
from datetime import date

import click

from gravamen import law as lawdata
from gravamen.cli.options import json_option, on_option, say, show_json, today
from gravamen.cli.reviewing import review_command
from gravamen.cli.trying import try_command
from gravamen.law.review import edition


@click.group("law")
def law() -> None:
    """The law as dated, cited data: authorities, elements, offices, clocks, programs."""


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
@on_option
@json_option
def show_command(id: str, on: date | None, as_json: bool) -> None:
    """Show one thing of the law with its cites and marks.

    ID is that of an authority, prong, element, office, clock, program of assistance, body or
    definition. What a review can name (see law review) comes with its own edition. How a law that
    runs out stands is said for the day of --on.
    """
    book = lawdata.load()
    value = lawdata.find(book, id)
    own = edition(book, id)
    if as_json:
        shown = {"schema": "gravamen.law/1", "edition": book.edition, "value": value}
        show_json(shown | ({"value_edition": own} if own else {}))
        return
    click.echo(lawdata.describe(book, id), nl=own is None)
    if own:
        say(f"Edition of this value: {own}", indent="  ")
    authority = book.authorities.get(id)
    if authority and (term := lawdata.term_state(authority, on or today())):
        say(term.sentence, indent="  ", hang="    ")


@law.command("coverage", epilog="Example: gravamen law coverage")
@json_option
def coverage_command(as_json: bool) -> None:
    """Show which law covers which acts: yes, conditional, no or unsettled, and why.

    A law that is not named under an act is one of which nothing is said. The answers are our
    reading of the texts; "?" marks what nobody has checked.
    """
    book = lawdata.load()
    if as_json:
        rows = list(book.coverage.values())
        show_json({"schema": "gravamen.coverage/1", "edition": book.edition, "coverage": rows})
        return
    click.echo(lawdata.coverage_text(book))


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


law.add_command(review_command)

law.add_command(try_command)

COMMANDS = (law,)
