"""sign ink: a signature on paper, by a scan of the page that was signed."""

from collections.abc import Container
from datetime import date
from pathlib import Path

import click

from gravamen.casefile import CaseFile, Signed
from gravamen.cli.giving import round_named
from gravamen.cli.options import (
    Day,
    actor_option,
    case_argument,
    example,
    json_option,
    person,
    say,
    show_json,
    today,
)
from gravamen.dates import Edtf, Moment
from gravamen.proceedings import SignatureGiven
from gravamen.signing.opening import fresh_id
from gravamen.signing.scan import bind_scan, pages_told
from gravamen.sources.capture import keep_unread

_FILE = click.Path(path_type=Path, dir_okay=False)
_SCANS = (
    (b"\x89PNG", "image/png"),
    (b"\xff\xd8", "image/jpeg"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
)


@click.command(
    "ink",
    epilog=example(
        "gravamen sign ink out/case --as rye --scan out/scan.png --block-shown",
        "--attested-by 'A. Clerk' --paper-date 2024-03-14",
    ),
)
@case_argument
@click.option("--as", "signatory", required=True, metavar="ID", help="Id of the signatory.")
@click.option("--scan", type=_FILE, required=True, help="The page signed: PNG, JPEG, TIFF, PDF.")
@click.option("--attested-by", required=True, help="Who saw it signed.")
@click.option("--paper-date", type=Day(), required=True, help="The date written on the page.")
@click.option("--round", metavar="ID", help="The round, where several are open for the version.")
@click.option("--digest", metavar="DIGITS", help="The 16 digits of the foot, where no code reads.")
@click.option("--uncoded", metavar="REASON", help="Why pages without a code are of this version.")
@click.option("--block-shown", is_flag=True, help="Of some pages: the signed one is there.")
@actor_option
@json_option
def ink_command(
    case: Path,
    signatory: str,
    scan: Path,
    attested_by: str,
    paper_date: date,
    round: str | None,
    digest: str | None,
    uncoded: str | None,
    block_shown: bool,
    actor: str | None,
    as_json: bool,
) -> None:
    """Record a signature on paper, by a scan of the signed letter.

    The code in the foot of each page ties it to the version of the round; a page of another version
    is refused. Scan all pages; where only some were scanned, it must be said with --block-shown
    that the page with the signature is among them, and the record says how many. That the
    signature is genuine no program can tell: it is attested by a person and never called valid. The
    scan is kept as a source.
    """
    record = CaseFile.open(case)
    given = record_ink(
        record,
        scan.read_bytes(),
        name=scan.name,
        signatory=signatory,
        attested_by=attested_by,
        paper_date=paper_date,
        round=round,
        typed=digest,
        uncoded=uncoded,
        block_shown=block_shown,
        actor=person(actor),
    )
    found = round_named(record.case(), given.round)
    if as_json:
        show_json(
            {"schema": "gravamen.sign/1", "recorded": given, "words": found.words,
             "state": found.state}
        )  # fmt: skip
        return
    say(
        f"{signatory} signed {found.instrument} on paper, attested by {attested_by}; the scan is "
        f"{given.scan} ({given.scanned}). {found.id}: {found.words} ({found.state})."
    )


def record_ink(
    record: CaseFile,
    data: bytes,
    *,
    name: str,
    signatory: str,
    attested_by: str,
    paper_date: date,
    round: str | None = None,
    typed: str | None = None,
    uncoded: str | None = None,
    block_shown: bool = False,
    actor: str,
) -> SignatureGiven:
    """Keep the scan of a page signed on paper as a source, and record the signature, together.

    Args:
        name: the file's name; the others as in `bind_scan` and `pages_told`.

    Raises:
        ScanProblem, NotToSign: it does not belong to a round, or the signatory may not sign.
    """
    state = record.case()
    bound = bind_scan(
        state, data, signatory=signatory, round=round, typed=typed, uncoded=uncoded, on=paper_date,
        name=name,
    )  # fmt: skip
    opened = bound.opened
    scanned = pages_told(
        bound, record.blob(opened.file), block_shown=block_shown, attested_by=attested_by,
        uncoded=uncoded,
    )  # fmt: skip
    stem = f"{opened.id}.signed.{signatory}"
    day = paper_date.isoformat()
    captured = keep_unread(
        data,
        id=_free(f"s.{stem}", state.sources),
        name=name,
        why="It is the scan of a page signed on paper; nothing is quoted from it.",
        media_type=next((t for head, t in _SCANS if data.startswith(head)), "application/pdf"),
        title=f"Page signed by {signatory}, {opened.instrument}",
        retrieved=today().isoformat(),
    )
    given = SignatureGiven(
        id=fresh_id(state, stem),
        at=Moment(day),
        round=opened.id,
        signatory=signatory,
        how="wet-ink",
        scan=captured.source.id,
        attested_by=attested_by,
        paper_date=Edtf(day),
        scanned=scanned,
    )
    with record.unchanged(record.head), record.all_or_none():
        record.append(record.keep(captured), Signed(act=given), actor=actor)
    return given


def _free(stem: str, taken: Container[str]) -> str:
    return (
        stem
        if stem not in taken
        else next(id for n in range(2, 10**6) if (id := f"{stem}-{n}") not in taken)
    )
