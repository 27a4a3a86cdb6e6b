"""send: instruments to the offices that they are addressed to, as e-mail or as a print set."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from gravamen import law as lawdata
from gravamen.casefile import CaseFile
from gravamen.cli.going import (
    NOT_DONE,
    Call,
    Given,
    Going,
    as_files,
    by_smtp,
    gathered,
    held,
    holding,
)
from gravamen.cli.options import (
    actor_option,
    case_argument,
    examples,
    json_option,
    on_option,
    person,
)
from gravamen.cli.telling import tell_done, tell_held
from gravamen.dates import Moment, instant
from gravamen.instruments.leaks import ProtectedName
from gravamen.proceedings import Channel
from gravamen.sending import smtp
from gravamen.sending.dispatchable import Way
from gravamen.sending.message import mailbox
from gravamen.values import GravamenError

_FILE = click.Path(path_type=Path, dir_okay=False, exists=True)
_FOLDER = click.Path(path_type=Path, file_okay=False)
_WAYS = ("smtp", "to_eml", "print_to", "dry_run")


@click.command(
    "send",
    epilog=examples(
        "gravamen send out/case --all --dry-run",
        "gravamen send out/case letter-us.state.secretary --print out/post",
        "gravamen send out/case --all --to-eml out/mail --from clerk@alder.example",
        "gravamen send out/case letter-us.state.secretary --via post --sent-at 2026-11-30T09:00Z"
        " --receipt RR123",
    ),
)
@case_argument
@click.argument("instruments", nargs=-1)
@click.option("--all", "every", is_flag=True, help="All letters of the case.")
@click.option("--smtp", help="Hand it to this mail server: smtp://user@host:587 or smtps://…")
@click.option("--password-file", type=_FILE, help="File with the password for the mail server.")
@click.option("--smtp-ca", type=_FILE, help="Certificates (PEM) that vouch for the mail server.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0.1),
    default=smtp.TIMEOUT_S,
    show_default=True,
    help="Seconds to wait for each answer of the mail server.",
)
@click.option("--to-eml", type=_FOLDER, help="Write each as a message file into this folder.")
@click.option("--print", "print_to", type=_FOLDER, help="Write each as a print set into it.")
@click.option("--dry-run", is_flag=True, help="Say what would go, and what speaks against it.")
@click.option("--from", "sender", help="Who sends: 'Town Clerk <clerk@a.example>'.")
@click.option("--reply-to", help="Where answers go (default: the sender).")
@click.option("--copies", is_flag=True, help="Also to the offices that a letter names for a copy.")
@click.option(
    "--exhibits",
    type=click.Choice(["none", "list", "all"]),
    default="list",
    show_default=True,
    help="No exhibit, the list of them, or all that may go out.",
)
@click.option(
    "--name-unsigned",
    "names",
    is_flag=True,
    help="Let the cover name who did not sign or declined (default: only how many did).",
)
@click.option("--to", "office", help="Id of the office, where the instrument names none.")
@click.option("--follows-up", help="Id of the dispatch that it reminds of.")
@click.option("--again", help="Why it goes again to where it went before.")
@click.option(
    "--via",
    type=click.Choice(["email", "post", "portal", "fax", "hand"]),
    help="How it goes (default: email; with --print: post).",
)
@click.option("--sent-at", help="It went, on this day or at this time: record it.")
@click.option("--receipt", help="With --sent-at: what the carrier answered, a tracking number.")
@click.option(
    "--evidence", multiple=True, help="With --sent-at: a source or a file that shows that it went."
)
@click.option("--message", type=_FILE, help="With --sent-at: the e-mail as it really went.")
@click.option("--address", help="With --sent-at: the address, if not the confirmed one.")
@click.option("--despite", help="With --sent-at: why it went though something spoke against it.")
@on_option
@actor_option
@json_option
def send_command(
    case: Path,
    instruments: tuple[str, ...],
    every: bool,
    on: date | None,
    actor: str | None,
    as_json: bool,
    **options: Any,
) -> None:
    """Send INSTRUMENTS of CASE: by a mail server, as message files, or as print sets.

    All that blocks is asked again first; where anything does, the exit code is 1 and nothing is
    sent, written or recorded. Addresses come from the records of who holds an office (gravamen
    note holder).

    --smtp hands it over now, for which --on can only be today, and records what the server
    accepted. --to-eml and --print write files and record nothing; once these have gone, record it
    with --sent-at and a --receipt, --evidence or --message. To undo what was recorded: gravamen
    judge CASE DISPATCH --verdict rejected.
    """
    given = Given(**options)
    _check_call(given, instruments, every)
    call = _call(given, case, on, person(actor), now=now())
    server = _server(given, call.way.channel) if given.smtp else None
    try:
        found = gathered(call, instruments, quiet=as_json)
        stopped = held(call, found)
        if stopped:
            tell_held(call, found, as_json=as_json)
            raise click.exceptions.Exit(1)
        done = by_smtp(call, found, server, quiet=as_json) if server else as_files(call, found)
    except ProtectedName as error:
        click.echo(f"gravamen: {error} {NOT_DONE}", err=True)
        raise click.exceptions.Exit(1) from None
    tell_done(call, found, done, as_json=as_json)
    if any(one.state in ("refused", "not-known") for one in done) or _would_be_held(call, found):
        raise click.exceptions.Exit(1)


def _would_be_held(call: Call, found: list[Going]) -> bool:
    """Whether a dry run found what would hold an instrument back."""
    return call.given.dry_run and any(holding(call, one.main) for one in found)


def now() -> datetime:
    """The time by which a mail server is handed what goes."""
    return datetime.now(UTC)


def _check_call(given: Given, instruments: tuple[str, ...], every: bool) -> None:
    """Refuse options that contradict each other, or say too little."""
    ways = [way for way in _WAYS if getattr(given, way)]
    if len(ways) > 1 or (not ways and not given.sent_at):
        raise GravamenError(
            "Say in one way how it goes: --smtp URL, --to-eml DIR, --print DIR, --dry-run, or "
            "--sent-at MOMENT for what has gone."
        )
    if bool(instruments) == every:
        raise GravamenError("Name the instruments, or give --all for all letters of the case.")
    shown = given.receipt or given.evidence or given.message
    if given.sent_at and (given.smtp or given.dry_run):
        raise GravamenError("--sent-at is for what has gone; leave it out to send it now.")
    if given.sent_at and not shown:
        raise GravamenError(
            "What shows that it went? Give --receipt, --evidence or --message with --sent-at."
        )
    if not given.sent_at and (shown or given.address or given.despite):
        raise GravamenError(
            "--receipt, --evidence, --message, --address and --despite belong to what has gone; "
            "give --sent-at with them."
        )
    one = len(instruments) == 1
    if (given.receipt or given.message or given.address) and not one:
        raise GravamenError("A receipt, message or address is that of one instrument; name one.")


def _call(given: Given, case: Path, on: date | None, actor: str, *, now: datetime) -> Call:
    at = _moment(given, on, now)
    channel: Channel = given.via or ("post" if given.print_to else "email")
    if channel == "email" and not given.sender and not given.dry_run and not given.message:
        raise GravamenError("Who sends it? Give --from 'Town Clerk <clerk@a.example>'.")
    if (given.smtp or given.to_eml) and channel != "email":
        raise GravamenError(f"A message goes by e-mail, not by {channel}; leave --via out.")
    record = CaseFile.open(case)
    return Call(
        given=given,
        record=record,
        head=record.head,
        state=record.case(),
        law=lawdata.load(),
        way=Way(
            channel=channel,
            exhibits=given.exhibits,
            office=given.office,
            address=given.address,
            again=given.again,
            follows_up=given.follows_up,
            names=given.names,
        ),
        day=on or instant(at).day,
        at=at,
        actor=actor,
        sender=mailbox(given.sender, what="--from") if given.sender else None,
        reply_to=mailbox(given.reply_to, what="--reply-to") if given.reply_to else None,
    )


def _moment(given: Given, on: date | None, now: datetime) -> Moment:
    """When it goes: as it was said; now, where a server takes it; else the day.

    Raises:
        GravamenError: all would be asked for another day than that on which it goes or went.
    """
    if given.sent_at:
        went = instant(given.sent_at).day
        if on not in (None, went):
            raise GravamenError(f"It went on {went}, for which all is asked; leave --on {on} out.")
        return Moment(given.sent_at)
    if not given.smtp:
        return Moment((on or now.date()).isoformat())
    if on not in (None, now.date()):
        raise GravamenError(
            f"A mail server takes it today, {now.date()}, and all is asked for today; leave --on "
            f"{on} out. To see what another day would give: --dry-run. What went then is recorded "
            "with --sent-at."
        )
    return Moment(now.isoformat(timespec="seconds"))


def _server(given: Given, channel: Channel) -> smtp.Server:
    password = None
    if given.password_file:
        lines = given.password_file.read_text(encoding="utf-8").splitlines()
        password = lines[0] if lines else ""
    return smtp.server(
        given.smtp or "", password=password, ca=given.smtp_ca, timeout_s=given.timeout
    )


COMMANDS = (send_command,)
