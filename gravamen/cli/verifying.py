"""verify: whether a record, a document or the signatures on it still agree with one another."""

from collections.abc import Iterator
from pathlib import Path

import click

from gravamen import law as lawdata
from gravamen.case import Case
from gravamen.casefile import CaseFile, verify
from gravamen.casefile.documents import Document, documents, drafted_files
from gravamen.cli.options import counted, examples, json_option, say, show_json
from gravamen.instruments.verify import sentences_told
from gravamen.rounds import rounds
from gravamen.signing.kept import SignedFile, signed_file
from gravamen.signing.pades import Material
from gravamen.signing.report import Report
from gravamen.signing.verify import verify_document
from gravamen.values import GravamenError

_MANY = 5


@click.command(
    "verify",
    epilog=examples(
        "gravamen verify out/alder-county/motion.pdf",
        "gravamen verify out/letter-us.state.secretary.pdf --case out/case"
        " --trust out/odell.cert.pem",
    ),
)
@click.argument("what", type=click.Path(path_type=Path))
@click.option(
    "--case",
    "case_path",
    type=click.Path(path_type=Path),
    default=None,
    help="The case to check a document against (default: the folder `case` beside it).",
)
@click.option(
    "--trust",
    "roots",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    multiple=True,
    help="A root certificate (PEM or DER) that may stand for who signed; may be repeated.",
)
@click.option(
    "--crl",
    "crls",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    multiple=True,
    help="A list of revoked certificates (PEM or DER); may be repeated. Nothing is fetched.",
)
@click.option("--brief", is_flag=True, help="Only the outcome, without the sentences.")
@json_option
def verify_command(
    what: Path,
    case_path: Path | None,
    roots: tuple[Path, ...],
    crls: tuple[Path, ...],
    brief: bool,
    as_json: bool,
) -> None:
    """Verify a case folder, or a document made from one in any form, to the last quote.

    Lists each sentence with its kind, its claims, their exact words and the digest of the source,
    and exits 0 only when everything agrees. A document is set again from its manifest and
    compared byte for byte; then each sentence is compared with the record. Of a signed PDF it says
    for each signature who, when, with which key, whether somebody trusted stands for it, and what
    was added after. Of a case, every entry and blob is compared; its documents are drafted again,
    and one that no longer follows from the record is named; the signatures in the last file of each
    round are examined, one line for each signatory.
    """
    if not what.exists():
        raise GravamenError(
            f"There is no {what}; name a case folder, or a PDF, HTML, DOCX, .akn.xml or "
            "manifest.json."
        )
    trust = Material.read(
        roots=[p.read_bytes() for p in roots], crls=[p.read_bytes() for p in crls]
    )
    if what.is_dir():
        _verify_case(what, trust, as_json, brief)
        return
    beside = case_path or next(
        (p for p in (what.parent / "case",) if (p / "ledger.jsonl").exists()), None
    )
    if case_path and not (case_path / "ledger.jsonl").exists():
        raise GravamenError(f"{case_path} is no case folder: it has no ledger.jsonl.")
    faults = list(verify(beside).faults) if beside else []
    record = CaseFile.open(beside) if beside and not faults else None
    found = verify_document(
        what,
        record.case() if record else None,
        drafted=drafted_files(record) if record else None,
        trust=trust,
    )
    note = None
    if beside and not case_path:
        note = f"It was compared with the record beside it, {beside}; --case names another."
        if record and _of_another(found, record.case()):
            note = (
                f"The record beside it, {beside}, is of another case ({record.case().id}) and was "
                "not compared; name its own with --case."
            )
            found = verify_document(what, trust=trust)
    if as_json:
        show_json({"schema": "gravamen.verify/1", "ok": found.ok and not faults,
                   "record": faults, "beside": note, **found.as_json()})  # fmt: skip
    else:
        click.echo(found.told(brief=brief))
        if note:
            say(note)
        for fault in faults:
            say(f"The record {beside}: {fault.message}")
    if faults or not found.ok:
        raise click.exceptions.Exit(1)


def _of_another(found: Report, case: Case) -> bool:
    """Whether the record knows neither the document nor a claim or source that it rests on."""
    rests = [b for s in found.draft.sentences for b in s.claims]
    sources = {s.sha256 for s in case.sources.values()}
    known = any(
        b.source_sha256 in sources if b.source_sha256 else b.claim in case.claims for b in rests
    )
    opened = any(r.opened.manifest == found.draft.record for r in rounds(case))
    return bool(rests) and not known and not opened


def _verify_case(folder: Path, trust: Material, as_json: bool, brief: bool) -> None:
    found = verify(folder)
    drafted = () if found.faults else documents(CaseFile.open(folder), lawdata.load())
    signed = () if found.faults else tuple(_signed_files(CaseFile.open(folder), trust))
    ok = not found.faults and all(one.ok for one in signed)
    if as_json:
        show_json(
            {
                "schema": "gravamen.verify/1",
                "ok": ok,
                "verification": found,
                "documents": drafted,
                "signed": [one.as_json() for one in signed],
            }
        )
    else:
        for document in drafted:
            _tell_document(document, brief)
        for one in signed:
            for line in one.told():
                say(line, hang="  ")
        for notice in found.notices:
            say(f"Note: {notice.message}", hang="  ")
        for fault in found.faults:
            say(fault.message)
        head = f"{found.head.seq} {found.head.hash}" if found.head else "none"
        say(
            f"{counted(found.entries, 'entry', 'entries')}, {counted(found.blobs, 'blob')}: "
            + ("all agree." if not found.faults else f"{counted(len(found.faults), 'fault')}.")
        )
        if bad := [one.round.id for one in signed if not one.ok]:
            say(f"Signatures that do not hold: in {', '.join(bad)}.")
        say(f"Head: {head}")
    if not ok:
        raise click.exceptions.Exit(1)


def _signed_files(record: CaseFile, trust: Material) -> Iterator[SignedFile]:
    """The last signed file of each round of a case, examined."""
    case = record.case()
    found = rounds(case)
    for number, round in enumerate(found, 1):
        if len(found) > _MANY:
            click.echo(f"{number}/{len(found)} {round.id}", err=True)
        seen = signed_file(case, round, record.blob, trust=trust)
        if seen is not None:
            yield seen


def _tell_document(document: Document, brief: bool) -> None:
    """A document that was drafted: whether it still follows from the record, and its sentences."""
    state = f"no longer follows: {document.why}" if document.why else "follows, byte for byte"
    say(f"{document.instrument}, drafted for {document.on}: {state}.", hang="  ")
    if not brief:
        for line in sentences_told(document.sentences):
            click.echo(line)


COMMANDS = (verify_command,)
