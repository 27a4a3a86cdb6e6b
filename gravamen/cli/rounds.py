"""sign invite, refuse, withdraw, invalidate, close, show: what becomes of a round."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Literal

import click

from gravamen.casefile import CaseFile, Signed
from gravamen.cli.giving import round_named
from gravamen.cli.moments import at_option, moment_of
from gravamen.cli.options import (
    Day,
    actor_option,
    case_argument,
    example,
    examples,
    json_option,
    person,
    say,
    show_json,
    today,
)
from gravamen.proceedings import Invited, RoundClosed, SignatureEnded, SigningAct
from gravamen.rounds import Ending, Round, Seat, rounds
from gravamen.signing.opening import fresh_id
from gravamen.values import GravamenError

_WORDS = {"pending": "-", "viewed": "looked at"}


@click.command("invite", epilog=examples("gravamen sign invite out/case round-1 rye okonjo"))
@case_argument
@click.argument("round")
@click.argument("signatories", nargs=-1, required=True)
@click.option("--viewed", is_flag=True, help="They looked at it, rather than were asked.")
@at_option
@actor_option
@json_option
def invite_command(
    case: Path,
    round: str,
    signatories: tuple[str, ...],
    viewed: bool,
    at: str | None,
    actor: str | None,
    as_json: bool,
) -> None:
    """Record that SIGNATORIES were asked to sign, or looked at what is to be signed.

    Taken back by: gravamen judge CASE ACT-ID --verdict rejected.
    """
    record = CaseFile.open(case)
    state = record.case()
    found = round_named(state, round)
    word = "viewed" if viewed else "invited"
    acts = [
        Invited(
            id=fresh_id(state, f"{round}.{word}.{seat.signatory.id}"),
            at=moment_of(at),
            round=round,
            signatory=seat.signatory.id,
            viewed=viewed,
        )
        for seat in (_seat(found, s) for s in dict.fromkeys(signatories))
    ]
    with record.unchanged(record.head):
        record.append(*(Signed(act=a) for a in acts), actor=person(actor))
    _show_recorded(record, acts, as_json)


def _seat(round: Round, signatory: str) -> Seat:
    seat = round.seat(signatory)
    if seat is None:
        known = ", ".join(s.signatory.id for s in round.seats)
        raise GravamenError(
            f"{signatory!r} is none of the signatories of {round.id}; they are: {known}."
        )
    return seat


def _ended(
    how: Literal["refused", "withdrawn", "invalidated"], verb: str, who: str, help: str
) -> click.Command:
    """A command that records how a signature, or the wish to have one, ended."""

    @click.command(
        verb,
        help=help,
        epilog=example(f"gravamen sign {verb} out/case round-1 {who}"),
    )
    @case_argument
    @click.argument("round")
    @click.argument("signatory")
    @click.option(
        "--reason", required=how == "invalidated", help="Why; it goes to the one who asked."
    )
    @at_option
    @actor_option
    @json_option
    def command(
        case: Path,
        round: str,
        signatory: str,
        reason: str | None,
        at: str | None,
        actor: str | None,
        as_json: bool,
    ) -> None:
        record = CaseFile.open(case)
        state = record.case()
        seat = _seat(round_named(state, round), signatory)
        if how != "refused" and not seat.stands:
            raise GravamenError(
                f"No signature of {seat.signatory.name} stands in {round} ({seat.state}); there is "
                "nothing to take back."
            )
        if how == "refused" and seat.stands:
            raise GravamenError(
                f"{seat.signatory.name} has signed in {round}; a signature that was given is "
                f"withdrawn: gravamen sign withdraw {case} {round} {signatory}"
            )
        act = SignatureEnded(
            id=fresh_id(state, f"{round}.{how}.{signatory}"),
            at=moment_of(at),
            round=round,
            signatory=signatory,
            how=how,
            reason=reason,
        )
        with record.unchanged(record.head):
            record.append(Signed(act=act), actor=person(actor))
        _show_recorded(record, [act], as_json)

    return command


refuse_command = _ended(
    "refused",
    "refuse",
    "rye --reason 'not consulted'",
    "Record that SIGNATORY declined to sign in ROUND; to ask again takes a new round.",
)
withdraw_command = _ended(
    "withdrawn",
    "withdraw",
    "odell --reason 'the text was changed'",
    "Record that SIGNATORY took back a signature; it stays in its file and no longer counts.",
)
invalidate_command = _ended(
    "invalidated",
    "invalidate",
    "odell --reason 'the key was stolen'",
    "Record that a signature turned out not to hold: a stolen key, another hand.",
)


@click.command(
    "close",
    epilog=examples("gravamen sign close out/case round-1 --why cancelled --reason 'reworded'"),
)
@case_argument
@click.argument("round")
@click.option(
    "--why",
    type=click.Choice(["complete", "expired", "superseded", "cancelled"]),
    required=True,
    help="Why it ends.",
)
@click.option("--reason", help="In words; a round that is called off needs it.")
@click.option("--by-round", metavar="ID", help="The round that takes its place.")
@at_option
@actor_option
@json_option
def close_command(
    case: Path,
    round: str,
    why: Ending,
    reason: str | None,
    by_round: str | None,
    at: str | None,
    actor: str | None,
    as_json: bool,
) -> None:
    """End ROUND; nobody signs in it after that, and all its signatures stay as they are."""
    record = CaseFile.open(case)
    state = record.case()
    found = round_named(state, round)
    if found.ended is not None:
        raise GravamenError(f"{round} has ended already ({found.ended}).")
    if why == "complete" and not found.enough:
        raise GravamenError(
            f"{round} is not complete: {found.words} stand, and it takes {found.needed}."
        )
    if why == "cancelled" and not reason:
        raise GravamenError("A round that is called off needs a reason for those asked: --reason.")
    if by_round is not None:
        round_named(state, by_round)
    act = RoundClosed(
        id=fresh_id(state, f"{round}.closed"),
        at=moment_of(at),
        round=round,
        why=why,
        reason=reason,
        by_round=by_round,
    )
    with record.unchanged(record.head):
        record.append(Signed(act=act), actor=person(actor))
    asked = [s.signatory.name for s in found.seats if s.state != "pending"]
    if asked and not as_json:
        say(f"Tell those who were asked or signed: {', '.join(asked)}.")
    _show_recorded(record, [act], as_json)


def _show_recorded(record: CaseFile, acts: Sequence[SigningAct], as_json: bool) -> None:
    """Show what was recorded, and where its round stands now."""
    found = round_named(record.case(), acts[0].round)  # type: ignore[union-attr]  # not of a key
    if as_json:
        show_json({"schema": "gravamen.sign/1", "recorded": acts, "round": round_json(found)})
        return
    for act in acts:
        back = f"gravamen judge {record.path} {act.id} --verdict rejected"
        say(f"Recorded {act.id}. Taken back by: {back}")
    say(f"{found.id}: {found.words} ({found.state}).")


@click.command(
    "show",
    epilog=examples("gravamen sign show out/case", "gravamen sign show out/case --on 2024-03-20"),
)
@case_argument
@click.option("--on", type=Day(), help="As it stood at the end of this day (default: today).")
@json_option
def show_command(case: Path, on: date | None, as_json: bool) -> None:
    """Show who signed which letter: a row for each signatory, a column for each round."""
    state = CaseFile.open(case).case()
    found = rounds(state, on=on or today())
    if as_json:
        show_json({"schema": "gravamen.sign/1", "rounds": [round_json(r) for r in found]})
        return
    if not found:
        say(f"No round of signatures was opened. Open one: gravamen sign open {case} INSTRUMENT")
        return
    for line in grid(found):
        click.echo(line)
    say()
    for one in found:
        closes = f", closes {one.opened.closes}" if one.opened.closes else ""
        say(
            f"{one.id}: {one.instrument}, {one.words} ({one.state}), takes {one.needed}, "
            f"{one.opened.order} order{closes}.",
            hang="  ",
        )
        for seat in one.seats:
            if seat.reason:
                say(f"{seat.signatory.name}, {seat.state}: {seat.reason}", indent="  ", hang="    ")


def round_json(round: Round) -> dict[str, Any]:
    """A round as plain data, with what is derived of it."""
    return {
        "id": round.id,
        "instrument": round.instrument,
        "manifest": round.opened.manifest,
        "file": round.opened.file,
        "on": round.opened.on,
        "order": round.opened.order,
        "closes": round.opened.closes,
        "state": round.state,
        "count": round.count,
        "of": round.of,
        "needed": round.needed,
        "words": round.words,
        "turn": round.turn,
        "seats": [
            {
                "signatory": s.signatory.id,
                "name": s.signatory.name,
                "state": s.state,
                "at": s.at,
                "reason": s.reason,
                "how": s.how,
                "file": s.signature.file if s.signature else None,
            }
            for s in round.seats
        ],
    }


def grid(found: Sequence[Round]) -> Iterator[str]:
    """Yield the lines of a table: a row for each signatory, a column for each round."""
    people = dict.fromkeys((s.signatory.id, s.signatory.name) for r in found for s in r.seats)
    rows = [["", *(r.id for r in found)]]
    rows += [[name, *(_cell(r.seat(id)) for r in found)] for id, name in people]
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    for row in rows:
        yield "  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip()


def _cell(seat: Seat | None) -> str:
    if seat is None:
        return ""
    if seat.how == "wet-ink":
        return "in ink"
    return _WORDS.get(seat.state, seat.state)


COMMANDS = (
    refuse_command, withdraw_command, invalidate_command, invite_command, close_command,
    show_command,
)  # fmt: skip
