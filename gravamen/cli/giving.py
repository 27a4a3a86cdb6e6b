"""sign FILE and sign ink: a signature is given, in the file itself or on paper."""

import glob
import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

import click

from gravamen.case import Case
from gravamen.casefile import CaseFile, Signed
from gravamen.casefile.folder import write_new
from gravamen.cli.keys import Passphrase, key_options, load_key
from gravamen.cli.moments import time_of
from gravamen.cli.options import (
    actor_option,
    example,
    json_option,
    near,
    person,
    say,
    show_json,
)
from gravamen.instruments import manifest as manifests
from gravamen.instruments.extraction import attached
from gravamen.proceedings import SignatureGiven
from gravamen.rounds import Round, keys_of, rounds
from gravamen.signing.giving import check_base, check_whole, files_of, give, newest, seat_to_sign
from gravamen.signing.key import Key, check_valid
from gravamen.signing.pades import Level, Material, sign_pdf
from gravamen.signing.timestamp import Authority
from gravamen.values import GravamenError, sha256

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command(
    "file",
    epilog=example(
        "gravamen sign file out/letter-us.state.secretary.pdf --case out/case --as odell",
        "--key out/odell.key.pem --cert out/odell.cert.pem",
    ),
)
@click.argument("what", type=click.Path(path_type=Path))
@click.option("--as", "signatory", required=True, metavar="ID", help="Id of the signatory.")
@key_options
@click.option("--case", type=click.Path(path_type=Path), help="The case whose record keeps it.")
@click.option("--round", metavar="ID", help="The round, where several are open for it.")
@click.option("--all", "every", is_flag=True, help="All open rounds of a case that wait for ID.")
@click.option(
    "--at", metavar="TIME", help="The time that the signature states: 2026-05-15T17:00Z (now)."
)
@click.option("--reason", help="Why; it stands in the signature.")
@click.option(
    "--level",
    type=click.Choice(["B-B", "B-T", "B-LTA"]),
    default="B-B",
    show_default=True,
    help="B-T adds a timestamp, B-LTA all that a check in later years needs.",
)
@click.option("--timestamps", metavar="URL", help="The timestamp authority to ask (RFC 3161).")
@click.option("--root", "roots", type=_FILE, multiple=True, help="Root certificate, for B-LTA.")
@click.option("--crl", "crls", type=_FILE, multiple=True, help="Revoked certificates, for B-LTA.")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="Where to (default: FILE itself); with --all a folder.",
)
@actor_option
@json_option
def sign_file(
    what: Path,
    signatory: str,
    p12: Path | None,
    key_file: Path | None,
    cert: Path | None,
    chain: Path | None,
    passphrase_env: str | None,
    passphrase_file: Path | None,
    case: Path | None,
    round: str | None,
    every: bool,
    at: str | None,
    reason: str | None,
    level: Level,
    timestamps: str | None,
    roots: tuple[Path, ...],
    crls: tuple[Path, ...],
    out: Path | None,
    actor: str | None,
    as_json: bool,
) -> None:
    """Sign a PDF as one of its signatories.

    WHAT is the PDF, or a case folder: then the newest file of the round is signed. The signature
    is added at the end; all before it stays as it was. With --case it must be the turn of the
    signatory in the round, and the record keeps the signed file. A signature cannot be taken out
    again; withdrawn it still stands in its file: gravamen sign withdraw. Of several rounds those
    stay signed that were signed before one failed.
    """
    key = load_key(
        p12=p12,
        key_file=key_file,
        cert=cert,
        chain=chain,
        passphrase=Passphrase(passphrase_env, passphrase_file),
    )
    if at and timestamps:
        raise click.UsageError("--timestamps asks for the time now; leave --at out.")
    if every and (round or not what.is_dir()):
        raise click.UsageError("--all is for a case folder, in place of FILE and --round.")
    how = How(
        at=time_of(at),
        reason=reason,
        level=level,
        timestamps=Authority(timestamps) if timestamps else None,
        material=Material.read(
            roots=[p.read_bytes() for p in roots], crls=[p.read_bytes() for p in crls]
        ),
    )
    inside = what.is_dir()
    folder = what if inside else case
    if folder is None:
        if round:
            raise click.UsageError("--round is that of a case; name it with --case.")
        shown = [_sign_alone(what, signatory, key, how, out or what)]
    else:
        record = CaseFile.open(folder)
        pdf = None if inside else what.read_bytes()
        waiting = _waiting(record, signatory) if every else [_round_for(record, pdf, round)]
        shown = []
        for opened in waiting:
            here = (out if every and out else folder.parent) / f"{opened.instrument}.pdf"
            to = here if every else out or (here if inside else what)
            given, now = _sign_in_round(
                record, opened, pdf, signatory, key, how, to, person(actor)
            )  # fmt: skip
            shown.append(_told(record, given, to, now=now))
    if as_json:
        told = [one.as_json for one in shown]
        show_json({"schema": "gravamen.sign/1", **({"signatures": told} if every else told[0])})
        return
    for one in shown:
        for line in one.lines:
            say(line)


class How(NamedTuple):
    """How a signature is made: when, why, at which level, and with what it is checked."""

    at: datetime
    reason: str | None
    level: Level
    timestamps: Authority | None
    material: Material


class _Shown(NamedTuple):
    as_json: dict[str, object]
    lines: tuple[str, ...]


def _sign_alone(what: Path, signatory: str, key: Key, how: How, out: Path) -> _Shown:
    """Sign a file without a record."""
    pdf = what.read_bytes()
    raw = attached(pdf)
    if raw is None:
        raise GravamenError(f"{what} carries no manifest; name the PDF of a motion or letter.")
    manifest, instrument = manifests.read(raw)
    known = {s.id: s for s in manifest.signatories}
    if signatory not in known:
        names = ", ".join(known) or "nobody"
        raise GravamenError(
            f"{signatory!r} is none of the signatories of {what}; it names: {names}."
        )
    if instrument.draft:
        raise GravamenError(f"{what} is marked DRAFT on every page, which is not to be signed.")
    check_valid(key, how.at)
    check_whole(pdf, words_suffice=False)
    signed = sign_pdf(pdf, signatory=known[signatory], key=key, **how._asdict())
    with _placed(out, signed):
        pass
    told: dict[str, object] = {
        "signed": signatory,
        "file": str(out),
        "sha256": sha256(signed),
        "recorded": None,
    }
    return _Shown(
        told,
        (
            f"Signed {out} as {signatory} with the certificate of {key.subject}.",
            "Nothing was recorded; name the case with --case to keep the signature in its round.",
            *_caution(key),
        ),
    )


def _sign_in_round(
    record: CaseFile, round: Round, pdf: bytes | None, signatory: str, key: Key, how: How,
    out: Path, actor: str,
) -> tuple[SignatureGiven, bool]:  # fmt: skip
    """Sign the newest file of a round, write it out and record it, both or neither; also say
    whether it was signed now.

    Where the same key signed already and the file was lost on its way out, it is written out from
    the record. The record is held meanwhile, so that of two who sign at once the second signs on
    what the first signed.
    """
    with record.all_or_none():
        state = record.case()
        round = round_named(state, round.id)
        files = files_kept(record, round)
        if before := _lost(round, signatory, key, newest(round, files), out):
            with _placed(out, newest(round, files)):
                pass
            _sweep(out, files)
            return before, False
        seat_to_sign(round, signatory, on=how.at.date())
        if pdf is not None:
            check_base(round, pdf, files)
        given, signed = give(state, round, files, signatory=signatory, key=key, **how._asdict())
        with _placed(out, signed):
            _keep(record, signed, given, actor)
    return given, True


def _keep(record: CaseFile, signed: bytes, given: SignatureGiven, actor: str) -> None:
    try:
        record.put_blob(signed)
        record.append(Signed(act=given), actor=actor)
    except OSError as error:
        raise GravamenError(
            f"The record in {record.path} cannot be written ({error.strerror}), so that nothing "
            "was signed; free space and sign again."
        ) from error


def _lost(round: Round, signatory: str, key: Key, kept: bytes, out: Path) -> SignatureGiven | None:
    """The signature that this key gave, where the file that it is in is not where it belongs."""
    seat = round.seat(signatory)
    given = seat.signature if seat and seat.state == "signed" else None
    if given is None or given.certificate != key.sha256:
        return None
    return None if out.exists() and out.read_bytes() == kept else given


def _sweep(out: Path, files: Collection[str]) -> None:
    """Remove what a call that was ended on its way left beside a file: copies of kept ones."""
    for beside in out.parent.glob(f".{glob.escape(out.name)}.*"):
        if re.fullmatch("[0-9a-f]{32}", beside.name.rpartition(".")[2]) and not beside.is_symlink():
            data = beside.read_bytes() if beside.is_file() else b""
            if sha256(data) in files:
                beside.unlink(missing_ok=True)


def _told(record: CaseFile, given: SignatureGiven, out: Path, *, now: bool) -> _Shown:
    state = record.case()
    found = round_named(state, given.round)
    keys = {a.certificate for a in keys_of(state).get(given.signatory, ())}
    name = next(s.name for s in found.opened.signatories if s.id == given.signatory)
    lines = [f"{name} signed {found.instrument} in {found.id}: {found.words} ({found.state})."]
    if not now:
        lines[0] = (
            f"{name} had signed {found.instrument} in {found.id} already, at {given.at}; nothing "
            f"was signed now. The newest file that the record keeps was written out: {found.words}."
        )
    lines.append(f"The signed file is {out}.")
    if given.certificate not in keys:
        lines.append(
            "Nobody vouched for this key yet, so that it proves the same key, not the person: "
            f"gravamen sign vouch {record.path} --as {given.signatory} --cert CERT.pem "
            "--vouched-by NAME --how HOW"
        )
    if found.turn:
        lines.append(f"Next to sign: {', '.join(found.turn)}.")
    told = {
        "recorded": given, "now": now, "file": str(out), "words": found.words, "state": found.state
    }  # fmt: skip
    return _Shown({"signed": given.signatory, **told}, tuple(lines))


def _caution(key: Key) -> tuple[str, ...]:
    if not key.self_issued:
        return ()
    return ("Its certificate is issued by itself: it proves the same key, not the same person.",)


@contextmanager
def _placed(out: Path, data: bytes) -> Iterator[None]:
    """Write a file whole, once what stands inside has been done; nothing where that fails.

    Raises:
        GravamenError: another file is there, whose continuation this is not, or it cannot be
            written.
    """
    beside = out.with_name(f".{out.name}.{uuid4().hex}")
    try:
        if out.exists() and not data.startswith(out.read_bytes()):
            raise GravamenError(f"{out} is there already and is another file; name another --out.")
        out.parent.mkdir(parents=True, exist_ok=True)
        try:
            write_new(beside, data, mode=0o644)
        except OSError as error:
            raise GravamenError(
                f"{out} cannot be written ({error.strerror}), so that nothing was signed; free "
                "space, or name another --out."
            ) from error
        yield
        beside.replace(out)
    except OSError as error:
        raise GravamenError(
            f"{out} cannot be written ({error.strerror}). If the record names the signature "
            "(gravamen sign show CASE), it keeps the file: sign again with another --out, and it "
            "is written there."
        ) from error
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def round_named(state: Case, id: str) -> Round:
    """Return a round of a case by its id.

    Raises:
        GravamenError: there is none.
    """
    all_ = rounds(state)
    found = next((r for r in all_ if r.id == id), None)
    if found is None:
        known = [r.id for r in all_]
        raise GravamenError(f"There is no round {id!r}; {near(id, known)}.")
    return found


def files_kept(record: CaseFile, round: Round) -> dict[str, bytes]:
    """Return the files that the record keeps for a round, by their SHA-256."""
    return {digest: record.blob(digest) for digest in files_of(round)}


def _waiting(record: CaseFile, signatory: str) -> list[Round]:
    """The open rounds of a case in which it is a signatory's turn.

    Raises:
        GravamenError: none waits for that one.
    """
    found = [r for r in rounds(record.case()) if r.ended is None and signatory in r.turn]
    if not found:
        raise GravamenError(
            f"No open round of {record.path} waits for {signatory}; gravamen sign show "
            f"{record.path} says where each stands."
        )
    return found


def _round_for(record: CaseFile, pdf: bytes | None, round: str | None) -> Round:
    """The round that a signature is for: the one named, or the open one for the version."""
    state = record.case()
    if round is not None:
        return round_named(state, round)
    running = [r for r in rounds(state) if r.ended is None]
    if pdf is not None:
        digest = sha256(attached(pdf) or b"")
        running = [r for r in running if r.opened.manifest == digest]
    if len(running) == 1:
        return running[0]
    if running:
        raise GravamenError(
            f"Several rounds are open ({', '.join(r.id for r in running)}); name one with --round."
        )
    here = "this version of the file" if pdf is not None else record.path
    raise GravamenError(
        f"No round of signatures is open for {here}; open one: gravamen sign open {record.path} "
        "INSTRUMENT"
    )
