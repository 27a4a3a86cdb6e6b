"""sign: rounds of signatures: opened, signed, refused, withdrawn, closed, shown."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NoReturn

import click

from gravamen import law as lawdata
from gravamen.case import Case
from gravamen.casefile import CaseFile, Drafted, Signed
from gravamen.casefile.documents import drafted_again, drafted_files
from gravamen.casefile.following_up import package_of
from gravamen.checks import Flag
from gravamen.cli.giving import sign_file
from gravamen.cli.ink import ink_command
from gravamen.cli.keys import new_key_command, vouch_command
from gravamen.cli.moments import at_option, moment_of
from gravamen.cli.options import (
    WIDTH_COLUMNS,
    Day,
    actor_option,
    case_argument,
    counted,
    example,
    examples,
    json_option,
    person,
    say,
    show_json,
)
from gravamen.cli.rounds import COMMANDS as ROUNDS
from gravamen.cli.weighing import flag_json
from gravamen.dates import Edtf, instant
from gravamen.instruments import manifest as manifests
from gravamen.instruments.extraction import attached
from gravamen.instruments.verify import verify_file
from gravamen.proceedings import RoundOpened
from gravamen.rounds import rounds
from gravamen.sentences import text_digest
from gravamen.signing.opening import Order, authorising_vote, fresh_id, obstacles, open_round
from gravamen.values import GravamenError, sha256

_WORDS = {"pending": "-", "viewed": "looked at"}


class SignGroup(click.Group):
    """Verbs, and beside them `gravamen sign FILE --as ID`, which signs."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            return sign_file.name, sign_file, args
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the verbs with their first sentences whole."""
        rows = [(n, c.get_short_help_str(limit=WIDTH_COLUMNS)) for n, c in self.commands.items()]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


@click.group(
    "sign",
    cls=SignGroup,
    epilog=example(
        "gravamen sign out/letter-us.state.secretary.pdf --case out/case --as odell",
        "--key out/odell.key.pem --cert out/odell.cert.pem",
    ),
)
def sign_group() -> None:
    """Sign an instrument, or see to a round of signatures.

    `gravamen sign FILE --as ID --key KEY --cert CERT` signs; `gravamen sign file --help` tells all
    its options. The words below see to the round.
    """


@click.command(
    "open",
    epilog=examples(
        "gravamen sign open out/case letter-us.state.secretary",
        "gravamen sign open out/case letter-us.treasury.secretary --order fixed --minimum 3",
    ),
)
@case_argument
@click.argument("instruments", nargs=-1, required=True)
@click.option(
    "--order",
    type=click.Choice(["any", "fixed"]),
    default="any",
    show_default=True,
    help="Whether they sign in the order in which they stand.",
)
@click.option("--first", multiple=True, metavar="ID", help="Who signs first; may be repeated.")
@click.option("--minimum", type=int, help="How many signatures it takes (default: all).")
@click.option("--closes", type=Day(), help="The last day to sign.")
@click.option("--authorised-by", metavar="STEP", help="The vote behind it (default: the motion's).")
@click.option(
    "--file", type=click.Path(path_type=Path), help="The PDF (default: set again from CASE)."
)
@click.option("--id", "round", help="Id of the round (default: round-1, …).")
@at_option
@actor_option
@json_option
def open_command(
    case: Path,
    instruments: tuple[str, ...],
    order: Order,
    first: tuple[str, ...],
    minimum: int | None,
    closes: date | None,
    authorised_by: str | None,
    file: Path | None,
    round: str | None,
    at: str | None,
    actor: str | None,
    as_json: bool,
) -> None:
    """Open a round of signatures for each of INSTRUMENTS as it was last drafted from CASE.

    The PDF as nobody has signed it is kept in the record. A later round for another version of the
    same instrument takes the place of this one and starts with no signatures. Of several either
    all are opened or none.
    """
    if len(instruments) > 1 and (file or round):
        raise click.UsageError("--file and --id are those of one instrument; name one.")
    record = CaseFile.open(case)
    state, law = record.case(), lawdata.load()
    when = moment_of(at)
    pdfs = _drafted_pdfs(record, instruments, file)
    number = len(rounds(state)) + 1
    opened = [
        open_round(
            state,
            pdf,
            id=round or fresh_id(state, f"round-{number + n}"),
            at=when,
            order=order,
            first=first,
            minimum=minimum,
            closes=Edtf(closes.isoformat()) if closes else None,
            authorised_by=authorised_by or authorising_vote(state, law, named, at=when),
        )
        for n, (named, pdf) in enumerate(zip(dict.fromkeys(instruments), pdfs, strict=True))
    ]
    against = [
        flag
        for one, pdf in zip(opened, pdfs, strict=True)
        for flag in obstacles(
            state, law, one, manifests.read(attached(pdf) or b"")[1], on=instant(when).day
        )
    ]
    if against:
        _refuse(against, as_json)
    with record.unchanged(record.head), record.all_or_none():
        for pdf in pdfs:
            record.put_blob(pdf)
        record.append(*(Signed(act=one) for one in opened), actor=person(actor))
    if as_json:
        shown = opened[0] if len(opened) == 1 else opened
        show_json({"schema": "gravamen.sign/1", "opened": shown})
        return
    for one in opened:
        _tell_opened(one, state)
    say(f"Next: gravamen sign {case} --as {opened[0].signatories[0].id} --p12 KEY.p12")


def _tell_opened(opened: RoundOpened, state: Case) -> None:
    """Say which round was opened, and which one it takes the place of."""
    many = counted(len(opened.signatories), "signatory", "signatories")
    say(f"Opened {opened.id}: {opened.instrument}, {many}, record {opened.manifest[:16]}.")
    for old in rounds(state):
        if old.instrument == opened.instrument and old.ended is None:
            stay = f"{old.id}, whose {old.words} signatures stay in its own file."
            say(f"It takes the place of {stay}")


def _refuse(against: Sequence[Flag], as_json: bool) -> NoReturn:
    """Say what stands in the way of a round, and end."""
    if as_json:
        show_json({"schema": "gravamen.sign/1", "flags": [flag_json(f) for f in against]})
    else:
        for flag in against:
            say(f"{flag.id}: {flag.message} {flag.hint}", hang="  ")
        say("Nothing was recorded.")
    raise click.exceptions.Exit(1)


def _drafted_pdfs(
    record: CaseFile, instruments: Sequence[str], file: Path | None
) -> tuple[bytes, ...]:
    """The PDF of each instrument as the record says that it was drafted.

    Raises:
        GravamenError: one was not drafted, changed since, or is not what its manifest sets.
    """
    known = drafted_files(record)
    if file is not None:
        return (_given_pdf(record, instruments[0], file, known),)
    made = {m.manifest.instrument: m for m in drafted_again(record, lawdata.load())}
    for instrument in instruments:
        if instrument not in made:
            raise GravamenError(_not_drafted(record, instrument))
        if sha256(made[instrument].pdf) not in known:
            raise GravamenError(
                f"The record gives another text for {instrument} than was drafted last; draft it "
                f"again: gravamen draft {record.path} --on {made[instrument].manifest.on}"
            )
    return tuple(made[instrument].pdf for instrument in dict.fromkeys(instruments))


def _given_pdf(record: CaseFile, instrument: str, file: Path, known: frozenset[str]) -> bytes:
    """The PDF that was named, which the record must have drafted."""
    found = verify_file(file, record.case(), drafted=known)
    if found.instrument != instrument:
        raise GravamenError(f"{file} is {found.instrument or 'no instrument'}, not {instrument}.")
    if not found.ok:
        why = "; ".join(f.message for f in found.faults) or "other versions made it"
        raise GravamenError(f"{file} is not what its manifest and the record set: {why}")
    pdf = file.read_bytes()
    _, read = manifests.read(attached(pdf) or b"")
    of = package_of(record, lawdata.load(), instrument, on=date.fromisoformat(read.on))
    now = next((i for i in of.instruments if i.id == instrument), None)
    if read.kind == "letter" and (now is None or text_digest(now) != text_digest(read)):
        raise GravamenError(
            f"{file} was drafted from the record as it was; for {read.on} it gives "
            f"{'no' if now is None else 'another text of'} {instrument} now. Draft it again."
        )
    return pdf


def _not_drafted(record: CaseFile, instrument: str) -> str:
    drafted = (h.entry for h in record.entries() if isinstance(h.entry, Drafted))
    if any(entry.instrument == instrument for entry in drafted):
        return f"{instrument} is not written anew from {record.path} alone; name its --file."
    return (
        f"{instrument!r} was not drafted from {record.path}; draft it first: gravamen draft "
        f"{record.path} --on DAY"
    )


for command in (
    open_command, sign_file, ink_command, *ROUNDS, vouch_command, new_key_command,
):  # fmt: skip
    sign_group.add_command(command)

COMMANDS = (sign_group,)
