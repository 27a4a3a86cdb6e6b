"""Going: what `send` does with each instrument: gather, hand over or write, and record."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

import msgspec

from gravamen.case import Case
from gravamen.casefile import CaseFile, Docketed, Entry, Head, Sent
from gravamen.casefile.following_up import drafted_to, package_of
from gravamen.cli.notes import shown_by
from gravamen.cli.options import say
from gravamen.dates import Edtf, Moment, instant
from gravamen.instruments.letter import asks_again_on
from gravamen.instruments.package import Package, prepare
from gravamen.law.authority import Law
from gravamen.proceedings import Channel, Dispatch, FollowUp
from gravamen.sending import smtp
from gravamen.sending.copies import Copies, copies_of
from gravamen.sending.dispatchable import Dispatchable, Way, dispatchable, text_of
from gravamen.sending.enclosures import Level
from gravamen.sending.gone import message_id_of
from gravamen.sending.headers import Mailbox
from gravamen.sending.message import Mail, mail_of
from gravamen.sending.print_set import bundled, print_set
from gravamen.sentences import Instrument
from gravamen.values import GravamenError, sha256

NOT_DONE = "Nothing was sent, written or recorded."


class Given(NamedTuple):
    """The options of the call, as they were given."""

    smtp: str | None
    password_file: Path | None
    smtp_ca: Path | None
    timeout: float
    to_eml: Path | None
    print_to: Path | None
    dry_run: bool
    sender: str | None
    reply_to: str | None
    copies: bool
    exhibits: Level
    names: bool
    office: str | None
    follows_up: str | None
    again: str | None
    via: Channel | None
    sent_at: str | None
    receipt: str | None
    evidence: tuple[str, ...]
    message: Path | None
    address: str | None
    despite: str | None


class Call(NamedTuple):
    """What is to be done, with the case and the law that it is done with.

    Args:
        head: the last entry of the record when `state` was read from it.
    """

    given: Given
    record: CaseFile
    head: Head
    state: Case
    law: Law
    way: Way
    day: date
    at: Moment
    actor: str
    sender: Mailbox | None
    reply_to: Mailbox | None


class Going(NamedTuple):
    """An instrument that is to go, and its copies."""

    main: Dispatchable
    copies: Copies

    @property
    def all(self) -> tuple[Dispatchable, ...]:
        """The instrument and its copies, in the order of the recipients."""
        return (self.main, *self.copies.going)


class Done(NamedTuple):
    """What became of one dispatch.

    Args:
        state: "ready" (a dry run), "written", "recorded", "accepted", "refused", "not-known".
        words: the answer of the server, or what is to be done next.
    """

    dispatch: Dispatch
    state: str
    words: str = ""
    path: Path | None = None


def gathered(call: Call, instruments: Sequence[str], *, quiet: bool) -> list[Going]:
    """Return everything that is to go, every check asked again; all letters where none is named."""
    package = prepare(call.state, call.law, on=call.day)
    wanted = instruments or [i.id for i in package.instruments if i.kind == "letter"]
    if not wanted:
        raise GravamenError(f"{call.state.id} has no letter; nothing can be sent.")
    taken: list[str] = []
    found = []
    for number, id in enumerate(dict.fromkeys(wanted), 1):
        if not quiet and len(wanted) > 1:
            say(f"{number} of {len(wanted)}: {id} ...")
        of, way = _back(call, package, id)
        text = text_of(call.state, of, id, on=call.day, blob=call.record.blob)
        main = dispatchable(
            call.state,
            call.law,
            text,
            way,
            package=of,
            on=call.day,
            at=call.at,
            blob=call.record.blob,
            taken=taken,
        )
        copies = Copies((), ())
        if call.given.copies:
            copies = copies_of(main, call.state, call.law, on=call.day, taken=taken)
        taken += [main.dispatch.id, *(c.dispatch.id for c in copies.going)]
        found.append(Going(main, copies))
    return found


def _back(call: Call, package: Package, instrument: str) -> tuple[Package, Way]:
    """The package of an instrument and its way; a reminder or notice goes back to its letter."""
    drafted = drafted_to(call.record, instrument)
    if drafted is None:
        return package, call.way
    way = msgspec.structs.replace(
        call.way,
        follows_up=call.way.follows_up or drafted.dispatch,
        withdrawn=drafted.withdrawn,
    )
    return package_of(call.record, call.law, instrument, on=call.day), way


def held(call: Call, found: Sequence[Going]) -> bool:
    """Whether anything holds back what is to go; a dry run goes nowhere."""
    return any(holding(call, one.main) for one in found) and not call.given.dry_run


def holding(call: Call, found: Dispatchable) -> tuple[str, ...]:
    """The ids of the flags that hold an instrument back.

    What has gone already can be recorded with a reason; that it went twice wants one always.
    """
    grave = () if call.given.despite else tuple(f.id for f in found.grave)
    return (*grave, *(f.id for f in found.flags if f.id == "duplicate-dispatch"))


def as_files(call: Call, found: Sequence[Going]) -> list[Done]:
    """Write what is to go as message files or print sets, and record what has gone.

    Raises:
        RecordError: the record changed since it was asked; nothing was written or recorded.
    """
    if call.given.dry_run:
        return [Done(one.dispatch, "ready") for going in found for one in going.all]
    with call.record.unchanged(call.head):
        return _as_files(call, found)


def _as_files(call: Call, found: Sequence[Going]) -> list[Done]:
    written = [(going, *_written(call, going)) for going in found]
    for _, files, *_ in written:
        for path, data in files.items():
            _refuse_other(path, data)
    for _, files, *_ in written:
        for path, data in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    if not call.given.sent_at:
        return [
            Done(one.dispatch, "written", path=next(iter(files), None))
            for going, files, *_ in written
            for one in going.all
        ]
    first = found[0].main.dispatch.id
    shown, taken = shown_by(call.record, call.given.evidence, f"sent.{first}")
    done: list[Done] = []
    batch: list[Entry] = []
    for going, files, message, id in written:
        kept = [
            msgspec.structs.replace(
                one.dispatch,
                message=sha256(message),
                message_id=id,
                receipt=call.given.receipt,
                evidence=shown,
                note=call.given.despite or one.dispatch.note,
            )
            for one in going.all
        ]
        batch += [entry for d in kept for entry in _recorded(d, going.main.instrument)]
        done += [Done(d, "recorded", path=next(iter(files), None)) for d in kept]
    with call.record.all_or_none():
        for _, _, message, _ in written:
            call.record.put_blob(message)
        call.record.capture(*taken, also=batch, actor=call.actor)
    return done


def _written(call: Call, going: Going) -> tuple[dict[Path, bytes], bytes, str | None]:
    """The files to write, by path; the message or print set to keep; and its Message-ID."""
    given, main = call.given, going.main
    if call.way.channel == "email":
        if given.message:
            data = given.message.read_bytes()
            return {}, data, message_id_of(data, main)
        mail = _mail(call, going)
        files = {given.to_eml / f"{main.instrument.id}.eml": mail.data} if given.to_eml else {}
        return files, mail.data, mail.id
    printed = print_set(main, call.state)
    folder = given.print_to / main.instrument.id if given.print_to else None
    files = {folder / name: data for name, data in printed.items()} if folder else {}
    return files, bundled(printed), None


def _refuse_other(path: Path, data: bytes) -> None:
    if path.exists() and path.read_bytes() != data:
        raise GravamenError(
            f"{path} is there already and holds something else; choose another folder. {NOT_DONE}"
        )


def _mail(call: Call, going: Going) -> Mail:
    if call.sender is None:
        raise GravamenError("Who sends it? Give --from 'Town Clerk <clerk@a.example>'.")
    return mail_of(
        going.main,
        call.state,
        call.law,
        sender=call.sender,
        reply_to=call.reply_to,
        copies=going.copies.going,
    )


def by_smtp(call: Call, found: Sequence[Going], server: smtp.Server, *, quiet: bool) -> list[Done]:
    """Hand each to the mail server, and record at once what it accepted.

    The record is held until all went, so that nobody else sends the same meanwhile.

    Raises:
        RecordError: the record changed since it was asked; nothing was sent.
    """
    mails = [_mail(call, going) for going in found]  # all of them can be made, or none is sent
    sender = call.sender.address if call.sender else ""
    done: list[Done] = []
    with smtp.connected(server) as talk, call.record.unchanged(call.head):
        for going, mail in zip(found, mails, strict=True):
            if not quiet:
                say(f"Sending {going.main.instrument.id} to {going.main.dispatch.address} ...")
            outcomes = smtp.submit(talk, mail.data, sender=sender, recipients=mail.recipients)
            done += _kept(call, going, mail, outcomes)
    return done


def _kept(call: Call, going: Going, mail: Mail, outcomes: Sequence[smtp.Outcome]) -> Iterator[Done]:
    """Record those dispatches of a message that the server accepted."""
    pairs = [
        (
            msgspec.structs.replace(
                one.dispatch,
                message=sha256(mail.data),
                message_id=mail.id,
                receipt=outcome.answer if outcome.state == "accepted" else None,
            ),
            outcome,
        )
        for one, outcome in zip(going.all, outcomes, strict=True)
    ]
    accepted = [dispatch for dispatch, outcome in pairs if outcome.state == "accepted"]
    if accepted:
        try:
            call.record.put_blob(mail.data)  # it went, so it stays even where it is not recorded
            entries = [e for d in accepted for e in _recorded(d, going.main.instrument)]
            call.record.append(*entries, actor=call.actor)
        except (GravamenError, OSError) as error:
            raise GravamenError(
                f"The server took {going.main.instrument.id} ({accepted[0].receipt}), but it could "
                f"not be recorded: {error} Record it with --sent-at and --receipt."
            ) from error
    yield from (Done(dispatch, outcome.state, outcome.answer) for dispatch, outcome in pairs)


def _recorded(dispatch: Dispatch, instrument: Instrument) -> Iterator[Entry]:
    """The entries of a dispatch: itself, and the day on which its letter says that we ask again."""
    yield Sent(dispatch=dispatch)
    again = asks_again_on(date.fromisoformat(instrument.on))
    sent = instant(dispatch.at).day
    first = not (dispatch.copy_of or dispatch.resends or dispatch.follows_up)
    if first and instrument.id.startswith("letter-") and again > sent:
        yield Docketed(
            noted=FollowUp(
                id=f"again.{dispatch.id}",
                due=Edtf(again.isoformat()),
                why="the day on which the letter says that we shall ask again",
                set_on=Edtf(sent.isoformat()),
                dispatch=dispatch.id,
            )
        )
