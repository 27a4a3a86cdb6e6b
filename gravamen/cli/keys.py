"""The options by which a key is named, and the commands that make one and vouch for one."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import click
from cryptography.hazmat.primitives.serialization import Encoding

from gravamen.casefile import CaseFile, Signed
from gravamen.casefile.folder import write_new
from gravamen.cli.moments import at_option, moment_of, time_of
from gravamen.cli.options import (
    actor_option,
    case_argument,
    example,
    json_option,
    person,
    say,
    show_json,
)
from gravamen.proceedings import KeyRegistered
from gravamen.signing.key import (
    Key,
    Locked,
    from_pem,
    from_pkcs12,
    new_key,
    read_certificates,
)
from gravamen.signing.opening import fresh_id
from gravamen.values import GravamenError, sha256

F = TypeVar("F", bound=Callable[..., Any])
_FILE = click.Path(path_type=Path, dir_okay=False)


class Passphrase(NamedTuple):
    """Where a passphrase comes from: never from the command line, which others can see."""

    variable: str | None
    file: Path | None

    def read(self) -> str | None:
        """The passphrase; None where no place was named.

        Raises:
            GravamenError: the variable is not set.
        """
        if self.variable is not None:
            if self.variable not in os.environ:
                raise GravamenError(f"The variable {self.variable} is not set; export it first.")
            return os.environ[self.variable]
        if self.file is not None:
            return self.file.read_text(encoding="utf-8").rstrip("\r\n")
        return None


def passphrase_options(command: F) -> F:
    """--passphrase-env and --passphrase-file."""
    env = click.option(
        "--passphrase-env", metavar="NAME", help="The variable that holds the key's passphrase."
    )
    file = click.option("--passphrase-file", type=_FILE, help="The file that holds it.")
    return env(file(command))


def key_options(command: F) -> F:
    """The options that name a key: PKCS#12, or PEM with its certificate."""
    for option in (
        click.option("--chain", type=_FILE, help="Certificates above it, where CERT lacks them."),
        click.option("--cert", type=_FILE, help="The certificate of KEY, PEM."),
        click.option("--key", "key_file", type=_FILE, help="The private key, PEM."),
        click.option("--p12", type=_FILE, help="Key and certificate in one file (.p12, .pfx)."),
    ):
        command = option(command)
    return passphrase_options(command)


def load_key(
    *,
    p12: Path | None,
    key_file: Path | None,
    cert: Path | None,
    chain: Path | None,
    passphrase: Passphrase,
) -> Key:
    """Return the key that the options name; ask for its passphrase where it needs one.

    Raises:
        UsageError: the options name no key, or two.
        KeyProblem: it cannot be used.
    """
    if (p12 is None) == (key_file is None) or (key_file is not None and cert is None):
        raise click.UsageError("Name one key: --p12 FILE, or --key FILE with --cert FILE.")

    def load(words: str | None) -> Key:
        if p12 is not None:
            return from_pkcs12(p12.read_bytes(), passphrase=words)
        assert key_file is not None and cert is not None
        above = chain.read_bytes() if chain else b""
        return from_pem(key_file.read_bytes(), cert.read_bytes(), chain=above, passphrase=words)

    given = passphrase.read()
    try:
        return load(given)
    except Locked:
        if not sys.stdin.isatty():
            raise GravamenError(
                "The key is encrypted; give its passphrase by --passphrase-env or "
                "--passphrase-file, or run this where it can ask."
            ) from None
        return load(click.prompt("Passphrase", hide_input=True, err=True))


@click.command(
    "new-key", epilog=example("gravamen sign new-key 'Marguerite Odell' --out out/odell")
)
@click.argument("name")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    required=True,
    help="Where to: OUT.key.pem, for you alone, and OUT.cert.pem.",
)
@click.option("--days", type=click.IntRange(1, 3660), default=365, show_default=True)
@click.option(
    "--at", metavar="TIME", help="From when it is valid: 2026-05-12T17:00Z (default: now)."
)
@passphrase_options
@json_option
def new_key_command(
    name: str,
    out: Path,
    days: int,
    at: str | None,
    passphrase_env: str | None,
    passphrase_file: Path | None,
    as_json: bool,
) -> None:
    """Make a key with a certificate that it issues for itself, for trying out.

    Signatures by it prove that the same key made them, not that it is NAME's: nobody checked who
    NAME is. Somebody who knows may vouch for it (gravamen sign vouch). Keep the key file to
    yourself; without a passphrase whoever has it can sign as NAME.
    """
    words = Passphrase(passphrase_env, passphrase_file).read()
    private, certificate = new_key(name, at=time_of(at), days=days, passphrase=words)
    paths = (out.with_name(f"{out.name}.key.pem"), out.with_name(f"{out.name}.cert.pem"))
    if there := [p for p in paths if p.exists()]:
        raise GravamenError(f"{there[0]} is there already; name another --out.")
    out.parent.mkdir(parents=True, exist_ok=True)
    write_new(paths[0], private)
    write_new(paths[1], certificate, mode=0o644)
    digest = _digest(certificate)
    if as_json:
        show_json(
            {
                "schema": "gravamen.sign/1",
                "key": str(paths[0]),
                "certificate": str(paths[1]),
                "sha256": digest,
            }
        )
        return
    say(f"{paths[0]}: the key; keep it to yourself.")
    say(f"{paths[1]}: its certificate, SHA-256 {digest}")
    say("It proves the same key, not the same person, until somebody vouches for it.")


@click.command(
    "vouch",
    epilog=example(
        "gravamen sign vouch out/case --as odell --cert out/odell.cert.pem",
        "--vouched-by 'A. Clerk' --how 'handed over in person'",
    ),
)
@case_argument
@click.option("--as", "signatory", required=True, metavar="ID", help="Whose certificate it is.")
@click.option("--cert", type=_FILE, required=True, help="The certificate, PEM.")
@click.option("--vouched-by", required=True, help="Who says so.")
@click.option("--how", required=True, help="How they know: 'handed over in person'.")
@at_option
@actor_option
@json_option
def vouch_command(
    case: Path,
    signatory: str,
    cert: Path,
    vouched_by: str,
    how: str,
    at: str | None,
    actor: str | None,
    as_json: bool,
) -> None:
    """Record that somebody vouches for the certificate of a signatory.

    From then on only this key, or another vouched for, signs as ID. Taken back by: gravamen judge
    CASE KEY-ID --verdict rejected.
    """
    record = CaseFile.open(case)
    state = record.case()
    known = {s.id for s in state.requester.signatories} if state.requester else set()
    if signatory not in known:
        raise GravamenError(
            f"{signatory!r} is no signatory of {case}; they are: {', '.join(sorted(known))}."
        )
    act = KeyRegistered(
        id=fresh_id(state, f"key.{signatory}"),
        at=moment_of(at),
        signatory=signatory,
        certificate=_digest(cert.read_bytes()),
        vouched_by=vouched_by,
        how=how,
    )
    with record.unchanged(record.head):
        record.append(Signed(act=act), actor=person(actor))
    if as_json:
        show_json({"schema": "gravamen.sign/1", "recorded": act})
        return
    say(f"{act.id}: {vouched_by} vouches for {signatory}'s certificate {act.certificate[:16]}….")


def _digest(certificate: bytes) -> str:
    return sha256(read_certificates(certificate)[0].public_bytes(Encoding.DER))
