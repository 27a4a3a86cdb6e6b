"""aid choose, aid trace: lines of assistance for a case, and the rows of a figure."""

from datetime import date
from pathlib import Path
from typing import Any

import click

from gravamen import law as lawdata
from gravamen.aid import countries
from gravamen.aid.account.account import account
from gravamen.aid.account.selection import left_out, select
from gravamen.aid.extract.extract import extracts, figures_of, line_named
from gravamen.aid.extract.traced import Traced, traced
from gravamen.aid.files.dataset import AidError
from gravamen.aid.line import Line
from gravamen.aid.words import money, vintage_words, year_words
from gravamen.case import Case
from gravamen.casefile import CaseFile
from gravamen.casefile.choosing import Recorded, record, requests_of
from gravamen.cli.aid.showing import Years
from gravamen.cli.data import data_option, editions_in
from gravamen.cli.options import (
    actor_option,
    case_argument,
    counted,
    examples,
    json_option,
    near,
    on_option,
    person,
    say,
    show_json,
    today,
)
from gravamen.flows import Flow
from gravamen.instruments.assistance.chosen import period_of
from gravamen.values import GravamenError


@click.command(
    "choose",
    epilog=examples(
        "gravamen import cases/quillby-dorvel/case.yaml out/asking",
        "gravamen aid import cases/quillby-dorvel/assistance/training.csv --data out/data",
        "gravamen aid choose out/asking --country XV --program FMF --years 2022 --data out/data",
        "gravamen aid choose out/asking --country XV --ask us.state.secretary --data out/data",
    ),
)
@case_argument
@click.option("--country", required=True, help="A country by name in English or ISO 3166-1 code.")
@click.option(
    "--years",
    type=Years(),
    help="2018, 2015..2020, 2015.. or ..2020 (default: the last five on file).",
)
@click.option("--program", "programs", multiple=True, help="Only this program: FMF, IMET-1.")
@click.option("--file", "files", multiple=True, help="Only this kind of file, or this file.")
@click.option("--report", "reports", multiple=True, help="Only this yearly report: 2018_2019.")
@click.option(
    "--ask",
    "offices",
    multiple=True,
    metavar="OFFICE",
    help="Also record a request about it to this office.",
)
@on_option
@actor_option
@json_option
@data_option
def choose_command(
    case: Path,
    country: str,
    years: tuple[int, int] | None,
    programs: tuple[str, ...],
    files: tuple[str, ...],
    reports: tuple[str, ...],
    offices: tuple[str, ...],
    on: date | None,
    actor: str | None,
    as_json: bool,
    data: Path | None,
) -> None:
    """Choose lines of assistance for CASE, so that its letters can ask about them.

    Lines that `gravamen draft` proposed are accepted by choosing them.

    Of each kind of table the newest copy is taken that was there on the day of --on, and the last
    five years that it has; an older copy stands beside it where it gives another figure. Of a
    report that several files hold the one taken in last speaks, and another stands beside it
    likewise. The rows of every line are kept in the case word for word, as a source, and each
    figure is a claim that quotes it. What was only requested, allocated or appropriated is not
    chosen. Repeating the command changes nothing.

    With --ask the case asks OFFICE (us.state.secretary, us.president, us.defense.secretary) to
    suspend the assistance, or a committee to request the statement or report that it can; the
    letter then has one request for each law that the office can act under, and says which lines
    each reaches.
    """
    casefile = CaseFile.open(case)
    day, editions = on or today(), editions_in(data)
    place, law = countries.found(country), lawdata.load()
    ask = requests_of(offices, law, place)
    found = account(
        editions,
        law,
        country=place,
        years=years,
        on=day,
        files=files,
        reports=reports,
        programs=programs,
    ).lines
    lines = select(found, years=years)
    if not lines:
        raise AidError(_nothing(place, found, day))
    by = person(actor)
    done = record(casefile, extracts(lines, editions), actor=by, by=by, on=day.isoformat(), ask=ask)
    if as_json:
        show_json(_chosen_json(case, place, day, done, found, lines))
        return
    _tell(case, casefile, place, done, left_out(found, lines))


def _nothing(place: str, found: tuple[Line, ...], day: date) -> str:
    later, planned = left_out(found, ())
    why = []
    if later:
        why.append(f"{counted(later, 'line is', 'lines are')} of a vintage after {day}")
    if planned:
        why.append(f"{counted(planned, 'line tells', 'lines tell')} only what was planned")
    told = f" ({'; '.join(why)})" if why else ""
    return (
        f"The files on hand hold no line of assistance to {countries.named(place)} that can be "
        f"chosen for {day}{told}; see `gravamen aid show --country {place}` and `gravamen aid "
        "list`."
    )


def _tell(
    case: Path, casefile: CaseFile, place: str, done: Recorded, others: tuple[int, int]
) -> None:
    state = casefile.case()
    before = len(done.had) - len(done.accepted)
    for flow in done.new:
        say(f"{flow.id}: {flow_words(flow)}.", hang="    ")
    said = [f"{counted(before, 'was', 'were')} chosen before"] if before else []
    if done.accepted:
        said.append(f"{counted(len(done.accepted), 'line')} that had been proposed accepted")
    to = f"of assistance to {countries.named(place)}"
    say("; ".join((f"Chose {counted(len(done.new), 'line')} {to}", *said)) + ".")
    rejected = [f.id for f in done.had if not state.stands(f.id)]
    if rejected:
        say(
            f"A person rejected {', '.join(rejected)} before, and that stands; to take one in, "
            f"gravamen judge {case} FLOW --verdict accepted"
        )
    later, planned = others
    if later:
        say(f"Left out: {counted(later, 'line')} of a vintage that came after the day of --on.")
    if planned:
        say(
            f"Left out: {counted(planned, 'line')} of what was requested, allocated or "
            "appropriated and not yet spent (gravamen aid show prints them)."
        )
    refused = [f.id for f in done.new if f.refused]
    if refused:
        say(f"In no sum, for their report disagrees with its own total: {', '.join(refused)}.")
    _tell_of_request(case, state, place)
    if taken := (*done.new, *done.accepted):
        first = taken[0].id
        say(f"See the rows of one: gravamen aid trace {case} {first}")
        say(f"Take one back: gravamen judge {case} {first} --verdict rejected")


def _tell_of_request(case: Path, state: Case, place: str) -> None:
    """Which request of the case the lines serve; or that there is none, and how to write one."""
    asked = [
        r.id
        for r in state.requests.values()
        if (r.measure == "suspend-assistance" or r.id.startswith("r.assistance."))
        and state.stands(r.id)
        and _country(state, r.target) == place
    ]
    if asked:
        say(f"The letters of {', '.join(asked)} name these lines.")
    else:
        say(
            f"No request of {case} is about assistance to {countries.named(place)} yet, so that no "
            "letter names these lines; --ask OFFICE records one."
        )


def _country(state: Case, target: str | None) -> str | None:
    party = state.parties.get(target or "")
    return party.country if party else None


def flow_words(flow: Flow) -> str:
    """Return a flow in words: what, of which year, its figures, file and vintage."""
    figures = ", ".join(figures_of(flow))
    year = year_words(flow.year, period_of(flow))
    where = f"{flow.file}, {vintage_words(flow.vintage)}"
    return f"{line_named(flow)}, {year}: {figures}; {counted(flow.rows, 'row')} of {where}"


def _chosen_json(
    case: Path,
    place: str,
    day: date,
    done: Recorded,
    found: tuple[Line, ...],
    lines: tuple[Line, ...],
) -> dict[str, Any]:
    later, planned = left_out(found, lines)
    return {
        "schema": "gravamen.aid.choose/1",
        "case": str(case),
        "country": place,
        "on": day.isoformat(),
        "chosen": list(done.new),
        "chosen_before": [f.id for f in done.had if f not in done.accepted],
        "accepted": [f.id for f in done.accepted],
        "left_out": {"later": later, "planned": planned},
    }


@click.command(
    "trace",
    epilog=examples(
        "gravamen import cases/quillby-dorvel/case.yaml out/tracing",
        "gravamen aid import cases/quillby-dorvel/assistance/training.csv --data out/data",
        "gravamen aid choose out/tracing --country XV --data out/data",
        "gravamen aid trace out/tracing f.xv.2022.incle.b9176b12 --data out/data",
        "gravamen aid trace out/tracing f.xv.2022.incle.b9176b12 --brief --data out/data",
    ),
)
@case_argument
@click.argument("flow")
@click.option("--brief", is_flag=True, help="Without the rows: file, ranges, sums, what differs.")
@json_option
@data_option
def trace_command(case: Path, flow: str, brief: bool, as_json: bool, data: Path | None) -> None:
    """Print the rows of a chosen line, add them up again, and compare them with the file.

    FLOW is the id that `gravamen aid choose` gave the line. The rows come from the extract that
    CASE keeps; where the data folder holds the same file, its rows are compared word for word.
    Exits 1 where anything does not agree.
    """
    state = CaseFile.open(case).case()
    if flow not in state.flows:
        raise GravamenError(
            f"There is no line of assistance {flow!r} in {case}; {near(flow, list(state.flows))}."
        )
    found = traced(state, state.flows[flow], editions_in(data))
    if as_json:
        show_json({"schema": "gravamen.aid.trace/1", "flow": state.flows[flow], **_json(found)})
    else:
        _print(state.flows[flow], found, brief=brief)
    if not found.well:
        raise click.exceptions.Exit(1)


def _json(found: Traced) -> dict[str, Any]:
    return {
        "columns": list(found.columns),
        "rows": [r._asdict() for r in found.rows],
        "trainees": found.trainees,
        "amount": found.amount,
        "faults": list(found.faults),
        "edition": found.edition,
        "same_as_file": found.same,
        "newer": found.newer,
    }


def _print(flow: Flow, found: Traced, *, brief: bool) -> None:
    say(f"{flow_words(flow)}.")
    say(f"SHA-256 of the file: {flow.sha256}")
    if brief:
        say(f"Rows: {flow.at}", hang="  ")
    for row in found.rows if not brief else ():
        cells = "; ".join(c for c in row.cells if c.strip())
        say(f"row {row.row}: {cells}", indent="  ", hang="      ")
    figures = [money(found.amount, flow.currency)]
    if found.trainees is not None:
        figures.insert(0, counted(found.trainees, "trainee"))
    say(f"Added up again: {', '.join(figures)}, {counted(len(found.rows), 'row')}.")
    for fault in found.faults:
        say(f"DIFFERS: {fault}", hang="  ")
    if not found.faults:
        say("The figure is the sum of these rows.")
    if found.same is None:
        say(
            "The file is not in the data folder, so that its rows were not compared with it; take "
            "it in with gravamen aid import FILE."
        )
    elif found.same:
        say(f"The same words stand in these rows of {flow.file} ({found.edition}).")
    if found.newer is not None:
        say(
            f"The {vintage_words(flow.vintage)} also stands in {found.newer}, which speaks for it "
            "now; gravamen aid show says whether it gives another figure."
        )


COMMANDS = (choose_command, trace_command)
