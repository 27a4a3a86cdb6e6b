"""note: what else moves the docket: who holds an office, deliveries, clocks, our own days."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar, get_args

import click

from gravamen import law as lawdata
from gravamen.casefile import CaseFile
from gravamen.cli.notes import (
    answer_given,
    free_id,
    known,
    moment_given,
    put_down,
    refuse,
    shown_by,
    signer_given,
)
from gravamen.cli.options import (
    Day,
    actor_option,
    case_argument,
    example,
    examples,
    json_option,
    person,
    say,
    today,
)
from gravamen.dates import Edtf
from gravamen.docket.clocks import Reckoner
from gravamen.docket.fit import outcome_refused, runs, start_refused, stop_refused
from gravamen.proceedings import (
    ClockStarted,
    ClockStopped,
    Delivered,
    FollowUp,
    Holder,
    Outside,
    OutsideKind,
    RequestEnded,
)
from gravamen.values import GravamenError

F = TypeVar("F", bound=Callable[..., Any])
_HELP_AT = "When it was: 2026-05-12, or 2026-05-12T10:00-07:00 (default: today)."
_EVIDENCE = click.option(
    "--evidence",
    multiple=True,
    help="What shows it: the id of a source, or a file to take in as one; may be given again.",
)
_AT = click.option("--at", default=None, help=_HELP_AT)
_REQUESTS = click.option(
    "--request", "requests", multiple=True, help="A request that it is about; may be given again."
)


@click.group("note")
def note_command() -> None:
    """Record what moves the docket and is no letter and no reply.

    A file given as evidence is taken in as a source. To take a note back, reject it with
    `gravamen judge CASE ID --verdict rejected`, or record its --id again, which takes its place.
    """


def noting(command: F) -> F:
    """--id, --by and --json, which every note has."""
    named = click.option("--id", "id", help="Id of the note (default: its kind and a number).")
    return named(actor_option(json_option(command)))


@note_command.command(
    "holder",
    epilog=example(
        "gravamen note holder out/case us.state.secretary --name 'Mara Quill'",
        "--salutation 'Dear Secretary Quill:' --email office@state.example",
        "--source 'read on the website of the office on 2 June 2024'",
    ),
)
@case_argument
@click.argument("office")
@click.option("--source", required=True, help="Where you read it: a source's id, or words.")
@click.option("--name", help="Who holds it.")
@click.option("--from", "start", help="Since when, as 2024, 2024-05 or 2024-05-12.")
@click.option("--until", "end", help="Until when.")
@click.option("--honorific", help="Before the name: 'The Honorable'.")
@click.option("--salutation", help="As the letter greets: 'Dear Secretary Quill:'.")
@click.option("--address", multiple=True, help="A line of the postal address; give each line.")
@click.option("--email", help="Where it takes e-mail.")
@click.option("--portal", help="The address of a form that it takes mail by.")
@click.option("--fax", help="Its fax number.")
@click.option("--confirmed", type=Day(), help="The day on which you looked (default: today).")
@noting
def holder_command(
    case: Path, office: str, confirmed: date | None, address: tuple[str, ...], source: str,
    start: str | None, end: str | None, id: str | None, actor: str | None, as_json: bool,
    **told: str | None,
) -> None:  # fmt: skip
    """Record who holds OFFICE, and its address.

    A letter is addressed by the record that was confirmed last and covers its day.
    """
    lawdata.load().office(office)
    record = CaseFile.open(case)
    thing = Holder(
        id=id or free_id(record.case(), f"holder.{office}"),
        office=office,
        confirmed_by=person(actor).removeprefix("person:"),
        confirmed_on=Edtf((confirmed or today()).isoformat()),
        source=source,
        start=Edtf(start) if start else None,
        end=Edtf(end) if end else None,
        address=address,
        **told,
    )
    put_down(record, case, thing, (), actor, as_json)


@note_command.command(
    "delivered",
    epilog=examples(
        "gravamen send out/case letter-us.state.secretary --via post --sent-at 2024-03-06 \\\n"
        "    --address '1 Square' --receipt 'RR 1' --despite 'before this case'",
        "gravamen note delivered out/case dispatch.us.state.secretary-1 --at 2024-03-11 \\\n"
        "    --evidence cases/alder-county/sources/ministry-answer.eml",
    ),
)
@case_argument
@click.argument("dispatch")
@_AT
@_EVIDENCE
@click.option("--note", help="What else is to be said of it.")
@noting
def delivered_command(
    case: Path, dispatch: str, at: str | None, evidence: tuple[str, ...], note: str | None,
    id: str | None, actor: str | None, as_json: bool,
) -> None:  # fmt: skip
    """Record that DISPATCH reached its office.

    A receipt, a stamp or the like shows it.
    """
    if not evidence:
        raise GravamenError(
            "--evidence is missing; a delivery counts only where something shows it: give the "
            "id of a source, or the file of the receipt."
        )
    record = CaseFile.open(case)
    known(dispatch, record.case().dispatches, "dispatch")
    name = id or free_id(record.case(), "delivered")
    shown, taken = shown_by(record, evidence, name)
    thing = Delivered(id=name, at=moment_given(at), dispatch=dispatch, evidence=shown, note=note)
    put_down(record, case, thing, taken, actor, as_json)


@note_command.command(
    "clock-started",
    epilog=examples(
        "gravamen note clock-started out/case clk.glomag.120 --at 2024-05-02 --id clock.1 \\\n"
        "    --request r.designate-teresh --signer us.senate.foreign_relations:chairperson \\\n"
        "    --signer us.senate.foreign_relations:ranking-member \\\n"
        "    --evidence cases/alder-county/sources/physicians-letter.txt",
    ),
)
@case_argument
@click.argument("clock")
@_AT
@_EVIDENCE
@_REQUESTS
@click.option(
    "--signer",
    "signers",
    multiple=True,
    help="Who asked: OFFICE, or OFFICE:CAPACITY with chairperson, ranking-member, member or whole, "
    "or OFFICE:CAPACITY:NAME; may be given again.",
)
@click.option("--corruption", is_flag=True, help="It was asked under a corruption prong.")
@click.option("--note", help="What else is to be said of it.")
@noting
def clock_started_command(
    case: Path, clock: str, at: str | None, evidence: tuple[str, ...], requests: tuple[str, ...],
    signers: tuple[str, ...], corruption: bool, note: str | None, id: str | None,
    actor: str | None, as_json: bool,
) -> None:  # fmt: skip
    """Record that what starts CLOCK happened.

    It runs only where evidence shows the event and, where only some can start it, where those
    did. `gravamen law show CLOCK` says what starts it and who can. Refused are a clock of another
    state or law than the request's, evidence that appeared before the event, and a clock that
    runs only after another that did not run.
    """
    law = lawdata.load()
    law.clock(clock)
    record = CaseFile.open(case)
    name = id or free_id(record.case(), "clock")
    shown, taken = shown_by(record, evidence, name)
    thing = ClockStarted(
        id=name, clock=clock, at=moment_given(at), evidence=shown, requests=requests, note=note,
        signers=tuple(signer_given(s) for s in signers), corruption=corruption,
    )  # fmt: skip
    refuse(start_refused(record.case(), law, thing, on=today()))
    put_down(record, case, thing, taken, actor, as_json)
    if not as_json:
        state = record.case()
        reckoner = Reckoner(law, on=today(), sources=state.sources, runs=runs(state))
        due = reckoner.reckon(thing)
        say(f"{clock}: {' '.join(x for x in (due.why, due.beside) if x)}")


@note_command.command(
    "clock-stopped",
    epilog=examples(
        "gravamen note clock-started out/case clk.glomag.120 --at 2024-05-02 --id clock.1 \\\n"
        "    --request r.designate-teresh --signer us.senate.foreign_relations:chairperson \\\n"
        "    --signer us.senate.foreign_relations:ranking-member \\\n"
        "    --evidence cases/alder-county/sources/physicians-letter.txt",
        "gravamen note clock-stopped out/case clock.1 --at 2024-08-01 --met \\\n"
        "    --why 'the report reached the committee' --evidence s.clock.1",
    ),
)
@case_argument
@click.argument("started")
@click.option("--why", required=True, help="Why, one sentence.")
@_AT
@_EVIDENCE
@click.option("--until", help="The day on which it goes on; without it, it has ended.")
@click.option("--met", is_flag=True, help="It ended because what the law asks was done.")
@noting
def clock_stopped_command(
    case: Path, started: str, why: str, at: str | None, evidence: tuple[str, ...],
    until: str | None, met: bool, id: str | None, actor: str | None, as_json: bool,
) -> None:  # fmt: skip
    """Record that a clock stood still, ended, or was met.

    STARTED is the id of the note that it was started. It stands still (--until) only where the
    law data have a rule for that.
    """
    if met and until:
        raise GravamenError("A clock that was met does not go on; give --met or --until.")
    if not evidence:
        raise GravamenError(
            "--evidence is missing; a time that runs is stopped only where something shows it."
        )
    record = CaseFile.open(case)
    clocks = {n.id: n for n in record.case().noted.values() if isinstance(n, ClockStarted)}
    known(started, clocks, "clock that was started")
    name = id or free_id(record.case(), "stop")
    shown, taken = shown_by(record, evidence, name)
    thing = ClockStopped(
        id=name, clock=started, at=moment_given(at), why=why, evidence=shown, met=met,
        until=Edtf(until) if until else None,
    )  # fmt: skip
    refuse(stop_refused(record.case(), lawdata.load(), thing))
    put_down(record, case, thing, taken, actor, as_json)


@note_command.command(
    "follow-up",
    epilog=examples(
        "gravamen note follow-up out/case --set 2024-05-14 --due 2024-06-30 --request r.visa \\\n"
        "    --why 'six weeks without an answer'",
    ),
)
@case_argument
@click.option("--due", type=Day(), required=True, help="The day on which to come back.")
@click.option("--why", required=True, help="Why that day, in a few words.")
@click.option("--dispatch", help="The letter to come back on (default: all that was asked).")
@_REQUESTS
@click.option("--set", "set_on", type=Day(), help="When you chose the day (default: today).")
@noting
def follow_up_note_command(
    case: Path, due: date, why: str, dispatch: str | None, requests: tuple[str, ...],
    set_on: date | None, id: str | None, actor: str | None, as_json: bool,
) -> None:  # fmt: skip
    """Record a day of our own to come back on.

    No law sets it, and the docket says so.
    """
    record = CaseFile.open(case)
    chosen = set_on or today()
    if due < chosen:
        raise GravamenError(
            f"--due {due} lies before the day on which you chose it ({chosen}); give a later day, "
            "or --set with the day on which you chose it."
        )
    thing = FollowUp(
        id=id or free_id(record.case(), "follow-up"), due=Edtf(due.isoformat()), why=why,
        set_on=Edtf(chosen.isoformat()), dispatch=dispatch, requests=requests,
    )  # fmt: skip
    put_down(record, case, thing, (), actor, as_json)


@note_command.command(
    "outside",
    epilog=examples(
        "gravamen note outside out/case press --at 2025-03-10 --request r.visa \\\n"
        "    --summary 'A newspaper writes about him' \\\n"
        "    --source cases/alder-county/sources/wire-meridian.txt",
        "gravamen note outside out/case listing --at 2025-03-10 --edition '10 March 2025' \\\n"
        "    --summary 'The list names him' --of us.state.secretary --answer r.visa=granted \\\n"
        "    --source s.press.1",
    ),
)
@case_argument
@click.argument("what", type=click.Choice(get_args(OutsideKind)))
@click.option("--summary", required=True, help="What it is, one sentence.")
@click.option("--source", required=True, help="The id of a source, or a file to take in as one.")
@click.option("--edition", help="Of a list: which edition.")
@click.option(
    "--of", "office", help="Whose act it is: the id of an office; with --answer it must be given."
)
@click.option(
    "--answer",
    "answers",
    multiple=True,
    help="What it means for a request: REQUEST=OUTCOME with granted, partly, refused, no-power, "
    "referred or not-addressed; may be given again.",
)
@_AT
@_REQUESTS
@noting
def outside_command(
    case: Path, what: OutsideKind, summary: str, source: str, edition: str | None,
    office: str | None, answers: tuple[str, ...], at: str | None, requests: tuple[str, ...],
    id: str | None, actor: str | None, as_json: bool,
) -> None:  # fmt: skip
    """Record something public that bears on a request.

    A listing, a waiver, a notice, a report, a cosponsor; a source shows it.

    The docket says how long after the request it came, and never that it came because of it. What
    another state did, and what a newspaper writes, decides nothing for the office that was asked.
    """
    law = lawdata.load()
    if office:
        law.office(office)
    record = CaseFile.open(case)
    name = id or free_id(record.case(), what)
    shown, taken = shown_by(record, (source,), name)
    given = tuple(answer_given(a) for a in answers)
    for request in (*requests, *(a.request for a in given)):
        known(request, record.case().requests, "request")
    thing = Outside(
        id=name, at=moment_given(at), what=what, summary=summary, source=shown[0], edition=edition,
        office=office, requests=requests, answers=given,
    )  # fmt: skip
    refuse(outcome_refused(record.case(), law, thing))
    put_down(record, case, thing, taken, actor, as_json)


@note_command.command(
    "request-ended",
    epilog=example(
        "gravamen note request-ended out/case r.visa --how withdrawn --reason 'he has died'"
    ),
)
@case_argument
@click.argument("request")
@click.option("--how", type=click.Choice(["withdrawn", "superseded"]), required=True)
@click.option("--by-request", help="The request that took its place.")
@click.option("--reason", help="Why.")
@_AT
@noting
def request_ended_command(
    case: Path, request: str, how: str, by_request: str | None, reason: str | None,
    at: str | None, id: str | None, actor: str | None, as_json: bool,
) -> None:  # fmt: skip
    """Record that REQUEST was withdrawn or superseded."""
    if (how == "superseded") != (by_request is not None):
        raise GravamenError(
            "--by-request names the request that took its place: give it with --how superseded, "
            "and with nothing else."
        )
    record = CaseFile.open(case)
    thing = RequestEnded(
        id=id or free_id(record.case(), "ended"), at=moment_given(at), request=request,
        how="superseded" if by_request else "withdrawn", by_request=by_request, reason=reason,
    )  # fmt: skip
    put_down(record, case, thing, (), actor, as_json)


COMMANDS = (note_command,)
