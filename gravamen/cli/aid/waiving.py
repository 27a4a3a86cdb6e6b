"""aid waivers: whether the bar of a law is waived on a day, and what that rests on."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import click

from gravamen import law as lawdata
from gravamen.cli.options import examples, json_option, on_option, say, show_json, today
from gravamen.dates import spell
from gravamen.law import in_force
from gravamen.law.authority import Authority, Law, Waiver, WaiverStep
from gravamen.law.cited import SURE, Cited
from gravamen.law.naming import authority_named
from gravamen.law.relief import Relief, relief, relievable

_HEADS = {
    "waived": "waived: a waiver is in effect",
    "barred": "barred: no waiver in effect is on file",
    "unknown": "not known",
    "no-waiver": "cannot be waived, as far as the law data hold",
    "no-bar": "no bar",
}


@click.command(
    "waivers",
    epilog=examples(
        "gravamen aid waivers",
        "gravamen aid waivers 907 --on 2024-01-15",
        'gravamen aid waivers "10 USC 362" --json',
    ),
)
@click.argument("name", required=False)
@on_option
@json_option
def waivers_command(name: str | None, on: date | None, as_json: bool) -> None:
    """Say whether a law on assistance is waived on a day, by which steps, and what is not known.

    NAME is an id of the law data (us.fsa.907), a section (907, 620I) or a cite ("10 USC 362");
    without it every law that can be waived, or has an exception, is told. Where the sources on
    file do not show it, the answer is that it is not known. A waiver that is missing here goes,
    with its source, into the law data (see CONTRIBUTING.md).
    """
    book, day = lawdata.load(), on or today()
    asked = relievable(book) if name is None else (authority_named(book, name),)
    found = [(authority, relief(authority, day)) for authority in asked]
    if as_json:
        rows = [_row(authority, told, book, day) for authority, told in found]
        show_json({"schema": "gravamen.aid.waivers/1", "on": day.isoformat(), "waivers": rows})
        return
    for n, (authority, told) in enumerate(found):
        if n:
            click.echo()
        _tell(authority, told, book, day, whole=name is not None)
    if name is None:
        click.echo()
        say("gravamen aid waivers NAME shows the steps and their sources.")


def _tell(authority: Authority, told: Relief, book: Law, day: date, *, whole: bool) -> None:
    head = f"{authority.short} ({authority.id}), {spell(day.isoformat())}"
    say(f"{head}: {_headed(authority, told, day)}")
    say(told.sentence, indent="  ")
    if not whole:
        return
    for heading, lines in _parts(authority, told, book, day):
        say(f"{heading}:", indent="  ")
        for line in lines:
            say(line, indent="    ", hang="      ")


def _headed(authority: Authority, told: Relief, day: date) -> str:
    if told.state == "no-bar" and not in_force(authority, day):
        return "not law on that day"
    if told.state == "unknown" and authority.waiver is None:
        return f"{_HEADS['no-waiver']}; whether its exception was used is not known"
    return _HEADS[told.state]


def _test(authority: Authority, day: date) -> Waiver | None:
    """The waiver of a law whose test was there on a day; None where no such power was."""
    waiver = authority.waiver
    there = waiver is not None and in_force(authority, day)
    return waiver if waiver and there and (waiver.since is None or waiver.since <= day) else None


def _parts(
    authority: Authority, told: Relief, book: Law, day: date
) -> Iterator[tuple[str, list[str]]]:
    if waiver := _test(authority, day):
        yield "Test of a waiver", [waiver.test, _cite(waiver)]
    elif authority.waiver and authority.waiver.since and in_force(authority, day):
        since = spell(authority.waiver.since.isoformat())
        yield "Test of a waiver", [f"None on that day; a power to waive is of {since}."]
    if authority.exceptions:
        said = [f"{rule.text} {_cite(rule)}" for rule in authority.exceptions]
        yield "What it lets through without a waiver", said
    if authority.waiver and authority.waiver.steps:
        yield (
            "What is on file, oldest first (* decides)",
            [
                f"{'* ' if step in told.steps else ''}{_span(step)}: {step.text} {_cite(step)}"
                for step in authority.waiver.steps
            ],
        )
    if authority.clocks:
        yield (
            "Times that it sets",
            [
                f"{clock.start}: {_runs(clock.days, clock.months)}{clock.due}; if nothing is done: "
                f"{clock.consequence} {_cite(clock)}"
                for clock in map(book.clock, authority.clocks)
            ],
        )
    if notes := [f"{n.text} {_cite(n)}" for n in authority.notes if n.needs_review]:
        yield "Notes that nobody has checked", notes
    if read := _read(authority, book):
        yield "What was read", read


def _runs(days: int | None, months: int | None) -> str:
    return f"{days} days; " if days else f"{months} months; " if months else ""


def _span(step: WaiverStep) -> str:
    sure = "" if step.until_mark in SURE else f" ({step.until_mark})"
    return spell(step.on) + (f" to {spell(step.until)}{sure}" if step.until else "")


def _cite(value: Cited) -> str:
    """The cite of a value, how surely it is known, and the ids of what was read for it."""
    sure = f"{value.mark}, unchecked" if value.needs_review else value.mark
    return f"[{'; '.join((value.cite, sure, *value.sources))}]"


def _read(authority: Authority, book: Law) -> list[str]:
    """The texts behind all that is told of a law: id, title, the day of the reading."""
    waiver = authority.waiver
    told: list[Cited] = [*authority.exceptions, *map(book.clock, authority.clocks)]
    told += [waiver, *waiver.steps] if waiver else []
    told += [note for note in authority.notes if note.needs_review]
    sources = {id: book.sources[id] for value in told for id in value.sources}
    return [
        f"{id}: {source.title} (read on {spell(source.read_on.isoformat())})"
        for id, source in sources.items()
    ]


def _row(authority: Authority, told: Relief, book: Law, day: date) -> dict[str, Any]:
    waiver, given = _test(authority, day), authority.waiver
    return {
        "authority": authority.id,
        "state": told.state,
        "sentence": told.sentence,
        "test": waiver.test if waiver else None,
        "cite": waiver.cite if waiver else authority.cite,
        "mark": waiver.mark if waiver else authority.mark,
        "exceptions": [{"text": r.text, "cite": r.cite, "mark": r.mark} for r in told.exceptions],
        "steps": [
            {
                "on": step.on,
                "until": step.until,
                "until_mark": step.until_mark,
                "event": step.event,
                "text": step.text,
                "decides": step in told.steps,
                "cite": step.cite,
                "mark": step.mark,
                "sources": [{"id": id, "title": book.sources[id].title} for id in step.sources],
            }
            for step in (given.steps if given else ())
        ],
        "needs_review": told.needs_review,
        "clocks": [
            {
                "id": clock.id,
                "start": clock.start,
                "days": clock.days,
                "months": clock.months,
                "due": clock.due,
                "consequence": clock.consequence,
                "cite": clock.cite,
                "mark": clock.mark,
            }
            for clock in map(book.clock, authority.clocks)
        ],
    }


COMMANDS = (waivers_command,)
