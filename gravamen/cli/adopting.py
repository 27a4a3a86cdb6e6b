"""adopt: what the body did with its motion: posted, moved, amended, voted on, recorded."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, get_args

import click

from gravamen import law as lawdata
from gravamen.adoption import Adoption, standing
from gravamen.case import Case
from gravamen.casefile import Adopted, CaseFile
from gravamen.cli.adoption_told import show_standing, tell_result
from gravamen.cli.notes import known, shown_by
from gravamen.cli.options import (
    actor_option,
    case_argument,
    example,
    json_option,
    on_option,
    person,
    show_json,
    today,
)
from gravamen.cli.roll_call import OPTIONS, cast_vote, member, members_of, named, rolled
from gravamen.dates import Moment, instant
from gravamen.instruments.package import motion_on, put_to_vote
from gravamen.proceedings import (
    AdoptionStep,
    Amended,
    Ballot,
    Meeting,
    MeetingKind,
    Minuted,
    Moved,
    Posted,
    Seconded,
    SetAside,
    Voted,
)
from gravamen.values import GravamenError

F = TypeVar("F", bound=Callable[..., Any])
_MEMBER = click.option("--member", required=True, help="Id or name of the member.")
_AT = click.option(
    "--at", required=True, help="When it was: 2026-05-12T10:20-07:00, or the day alone."
)


class Step(NamedTuple):
    """What the commands that record a step have in common."""

    record: CaseFile
    case: Case
    path: Path
    id: str | None
    actor: str | None
    as_json: bool
    evidence: tuple[str, ...]

    def next_id(self, tag: str) -> str:
        """The id that was given, or the first free one: "step.moved-2"."""
        if self.id:
            return self.id
        gone = {e.target for e in self.case.erasures}
        number = 1
        while (id := f"step.{tag}-{number}") in self.case.steps or id in gone:
            number += 1
        return id

    def put(self, step: AdoptionStep) -> None:
        """Record a step with the evidence taken in for it, all or none; say where it stands."""
        instant(step.at)
        ids, taken = shown_by(self.record, self.evidence, step.id.removeprefix("step."))
        step = type(step)(**{**_fields(step), "evidence": ids})
        with self.record.unchanged(self.record.head):  # else two at once would take one id
            self.record.capture(*taken, also=(Adopted(step=step),), actor=person(self.actor))
        law = lawdata.load()
        found = standing(self.record.case(), law, on=max(today(), instant(step.at).day))
        if self.as_json:
            head = self.record.head.hash
            show_json({"schema": "gravamen.adopt/1", "step": step, "state": found.state,
                       "head": head})  # fmt: skip
        else:
            tell_result(step, found, self.path)


def _fields(step: AdoptionStep) -> dict[str, Any]:
    return {name: getattr(step, name) for name in step.__struct_fields__}


@click.group("adopt")
def adopt_command() -> None:
    """Record what the body did with its motion, and see where that leaves it.

    Whether the notice was in time, the quorum met and the motion carried follows from the steps
    and the rules of the body. To take a step back, reject it with `gravamen judge CASE ID --verdict
    rejected`, or record its --id again, which takes its place.
    """


def step_options(command: F) -> F:
    """--id, --evidence, --by and --json, which every step has; they come as one Step."""

    @wraps(command)
    def together(
        case: Path,
        id: str | None,
        evidence: tuple[str, ...],
        actor: str | None,
        as_json: bool,
        **more: Any,
    ) -> None:
        record = CaseFile.open(case)
        command(Step(record, record.case(), case, id, actor, as_json, evidence), **more)

    shown = click.option(
        "--evidence",
        multiple=True,
        help="What shows it: the id of a source, or a file to take in as one; may be given again.",
    )
    named = click.option("--id", "id", help="Id of the step (default: its kind and a number).")
    return case_argument(shown(named(actor_option(json_option(together)))))  # type: ignore[return-value]  # a command's callback, called by click alone


@adopt_command.command(
    "post",
    epilog=example(
        "gravamen adopt post out/case --at 2024-03-08T17:00-08:00",
        "--meeting 2024-03-12T09:30-07:00 --item 9",
        "--description 'Ask for sanctions over beatings at Lower Quay prison'",
        "--place 'door of the county hall' --url https://alder.example/agenda",
    ),
)
@step_options
@_AT
@click.option("--meeting", required=True, help="When the meeting begins: 2026-05-12T10:00-07:00.")
@click.option(
    "--kind",
    type=click.Choice(get_args(MeetingKind)),
    default="regular",
    show_default=True,
    help="What kind of meeting it is.",
)
@click.option("--description", required=True, help="The words of the agenda about the item.")
@click.option("--item", help="Its number on the agenda.")
@click.option("--place", help="Where it hung, in words.")
@click.option("--url", help="Where it stood on the web.")
@click.option("--until", help="When it was taken down, where that was before the meeting.")
@click.option("--signed-by", multiple=True, help="A member who signed the notice; may repeat.")
def post_command(
    step: Step,
    at: str,
    meeting: str,
    kind: MeetingKind,
    description: str,
    item: str | None,
    place: str | None,
    url: str | None,
    until: str | None,
    signed_by: tuple[str, ...],
) -> None:
    """Record that the item was put on an agenda, or notice of it given."""
    for moment in (at, meeting, *filter(None, (until,))):
        instant(moment)
    drafted = motion_on(step.case, lawdata.load(), on=instant(at).day)
    step.put(
        Posted(
            id=step.next_id("posted"),
            at=Moment(at),
            meeting=Meeting(at=Moment(meeting), kind=kind),
            description=description,
            item=item,
            place=place,
            url=url,
            until=Moment(until) if until else None,
            signed_by=tuple(member(step.case, m) for m in signed_by),
            version=drafted.version if drafted else None,
        )
    )


@adopt_command.command(
    "move",
    epilog=example(
        "gravamen adopt move out/case --member 'Marguerite Odell'",
        "--at 2024-03-12T10:20-07:00",
    ),
)
@step_options
@_MEMBER
@_AT
def move_command(step: Step, member: str, at: str) -> None:
    """Record that a member moved it."""
    step.put(Moved(id=step.next_id("moved"), at=Moment(at), by=named(step.case, member)))


@adopt_command.command(
    "second",
    epilog=example(
        "gravamen adopt second out/case --member 'Tomas Rye'",
        "--at 2024-03-12T10:21-07:00",
    ),
)
@step_options
@_MEMBER
@_AT
def second_command(step: Step, member: str, at: str) -> None:
    """Record that a member seconded it."""
    step.put(Seconded(id=step.next_id("seconded"), at=Moment(at), by=named(step.case, member)))


@adopt_command.command(
    "vote",
    epilog=example(
        "gravamen adopt vote out/case --at 2024-03-12T10:40-07:00 --seats 5",
        "--aye odell --aye rye --aye okonjo --no lindgren --absent batista",
    ),
)
@step_options
@_AT
@click.option("--aye", multiple=True, help="Who voted for it: id or name; may be given again.")
@click.option("--no", multiple=True, help="Who voted against it.")
@click.option("--abstain", multiple=True, help="Who abstained.")
@click.option("--absent", multiple=True, help="Who was not there.")
@click.option("--recused", multiple=True, help="Who took no part for an interest in the matter.")
@click.option(
    "--casting", help="The casting vote of who presides, as MEMBER=aye, where votes were equal."
)
@click.option(
    "--roll-call",
    type=click.Path(path_type=Path),
    help="A CSV file with the columns member, option and, where wanted, reason.",
)
@click.option("--question", default="motion", show_default=True, help="Or the id of an amendment.")
@click.option("--seats", type=click.IntRange(min=1), help="How many seats the body has.")
def vote_command(
    step: Step,
    at: str,
    casting: str | None,
    roll_call: Path | None,
    question: str,
    seats: int | None,
    **sides: tuple[str, ...],
) -> None:
    """Record a roll call; whether it carried follows from the rules of the body.

    A member of whom it says nothing counts as not recorded, not as absent. The words that the
    record now gives for the motion, with its amendments, are noted as those that were voted on:
    record the amendments first. A vote recorded again with its --id stays a vote on those words.
    """
    if question != "motion":
        amendments = {i: s for i, s in step.case.steps.items() if isinstance(s, Amended)}
        known(question, amendments, "amendment")
    ballots = [
        Ballot(member=member(step.case, who), option=option)
        for option in OPTIONS
        for who in sides[option]
    ]
    ballots += rolled(step.case, roll_call) if roll_call else ()
    ballots += [cast_vote(step.case, casting)] if casting else ()
    if not ballots:
        raise GravamenError(
            "A roll call without a ballot says nothing; give --aye, --no, … or --roll-call FILE."
        )
    if seats is None and not members_of(step.case):
        raise GravamenError(
            "The case does not say who sits on the body; give --seats, or its members "
            "(requester: members) in the written case."
        )
    instant(at)
    vote = Voted(
        id=step.next_id("voted"),
        at=Moment(at),
        ballots=tuple(ballots),
        question=question,
        seats=seats,
    )
    step.put(put_to_vote(step.case, lawdata.load(), vote))


@adopt_command.command(
    "set-aside",
    epilog=example(
        "gravamen adopt set-aside out/case --how referred --to 'the rules committee'",
        "--at 2024-03-12T10:50-07:00",
    ),
)
@step_options
@click.option(
    "--how",
    required=True,
    type=click.Choice(["withdrawn", "tabled", "referred"]),
    help="What was done with it.",
)
@_AT
@click.option("--to", help="The committee that it was referred to.")
@click.option("--member", help="Who moved that, or withdrew it: id or name.")
@click.option("--reason", help="Why, in words.")
def set_aside_command(
    step: Step, how: Any, at: str, to: str | None, member: str | None, reason: str | None
) -> None:
    """Record that it was withdrawn, laid on the table or referred."""
    step.put(
        SetAside(
            id=step.next_id("set-aside"),
            at=Moment(at),
            how=how,
            to=to,
            by=named(step.case, member) if member else None,
            reason=reason,
        )
    )


@adopt_command.command(
    "record",
    epilog=example(
        "gravamen adopt record out/case --at 2024-03-13 --number 'Resolution 2024-11'",
    ),
)
@step_options
@_AT
@click.option("--number", help="The number that it bears.")
@click.option("--clerk", help="Who recorded it (default: the clerk of the case).")
def record_command(step: Step, at: str, number: str | None, clerk: str | None) -> None:
    """Record that the clerk wrote it into the minutes."""
    step.put(Minuted(id=step.next_id("recorded"), at=Moment(at), number=number, by=clerk))


@adopt_command.command("show", epilog=example("gravamen adopt show out/case --on 2024-03-14"))
@case_argument
@on_option
@json_option
def show_command(case: Path, on: date | None, as_json: bool) -> None:
    """Show the life of the motion up to a day: notice, votes, result, and what to do next."""
    state = CaseFile.open(case).case()
    found = standing(state, lawdata.load(), on=on or today())
    if as_json:
        show_json(standing_json(found))
    else:
        show_standing(found, case)


def standing_json(found: Adoption) -> dict[str, object]:
    """The object that `adopt show --json` prints (schema gravamen.adoption/1)."""
    return {"schema": "gravamen.adoption/1", "adoption": found, "item": found.item,
            "number": found.number, "adopted": found.adopted,
            "counts": found.vote.counts if found.vote else None}  # fmt: skip
