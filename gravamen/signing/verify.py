"""Verify: a document that may be signed against its own manifest, its signatures and the record.

The draft is the beginning of the file, which its manifest must set byte for byte; the signatures
are the rest.
"""

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from gravamen.case import Case
from gravamen.dates import instant, spell
from gravamen.instruments.extraction import attached
from gravamen.instruments.fault import Fault
from gravamen.instruments.manifest import Manifest, ManifestError, read
from gravamen.instruments.verify import kind_of, read_file, verify_bytes
from gravamen.proceedings import SignatureGiven
from gravamen.rounds import Round, cover_words, keys_of, rounds
from gravamen.sentences import Signatory
from gravamen.signing.examined import Examination
from gravamen.signing.increments import drafted_part
from gravamen.signing.looks import looked_at
from gravamen.signing.pades import Material
from gravamen.signing.report import Attested, Report
from gravamen.signing.validate import examine
from gravamen.values import sha256

_SIGNED = b"/ByteRange"


def verify_document(
    path: Path,
    case: Case | None = None,
    *,
    drafted: Collection[str] | None = None,
    trust: Material | None = None,
) -> Report:
    """Return whether a document agrees with itself and the record, and who signed it.

    Args:
        case, drafted: as `verify_file` takes them.
        trust: roots and lists of revoked certificates; without them the keys are known by who
            vouched for them in the record, or not at all.

    Raises:
        GravamenError: there is no such file, or it is none of these kinds, or too large.
    """
    data = read_file(path)
    pdf = kind_of(path, data) == "pdf"
    base = drafted_part(data) if pdf and _SIGNED in data else data
    manifest = _manifest(base) if pdf else None
    signatories = manifest.signatories if manifest else None
    found = _examined(data, signatories, case, trust) if pdf and _SIGNED in data else None
    if found is None:
        base = data
    if case and drafted is not None:
        drafted = {*drafted, *(r.opened.file for r in rounds(case))}
    report = Report(
        draft=verify_bytes(base, path, case, drafted=drafted),
        sha256=sha256(data),
        examination=found,
        signatories=signatories or (),
        vouched=dict(_vouched(case, found)) if case and found else {},
        known=frozenset(_known(case, found)) if case and found else frozenset(),
    )
    return _against(report, case, manifest) if case and manifest else report


def _examined(
    data: bytes,
    signatories: Sequence[Signatory] | None,
    case: Case | None,
    trust: Material | None,
) -> Examination | None:
    """The signatures of a file; None where it only looked as if it held some."""
    keys: dict[str, set[str]] | None = None
    if case:
        keys = {who: {k.certificate for k in of} for who, of in keys_of(case).items()}
    found = examine(data, signatories=signatories, registered=keys, trust=trust)
    found = looked_at(found, data)
    return found if found.signatures or found.timestamps or found.faults else None


def _vouched(case: Case, found: Examination) -> Iterator[tuple[str, str]]:
    """What the record says of the key of each signatory who signed."""
    keys = keys_of(case)
    for seen in found.signatures:
        if not seen.signatory or not seen.holder:
            continue
        own = [k for k in keys.get(seen.signatory, ()) if k.certificate == seen.holder.sha256]
        if own:
            who, on, how = own[-1].vouched_by, _day(own[-1].at), own[-1].how
            yield seen.signatory, f"{who} vouched on {on} that this key is theirs ({how})."
        else:
            yield seen.signatory, "Nobody vouched in the record that this key is theirs."


def _known(case: Case, found: Examination) -> Iterator[str]:
    """The signatories for whose key somebody vouched."""
    keys = keys_of(case)
    for seen in found.signatures:
        own = {k.certificate for k in keys.get(seen.signatory or "", ())}
        if seen.signatory and seen.holder and seen.holder.sha256 in own:
            yield seen.signatory


def _manifest(base: bytes) -> Manifest | None:
    raw = attached(base)
    try:
        return read(raw)[0] if raw else None
    except ManifestError:
        return None


def _against(report: Report, case: Case, manifest: Manifest) -> Report:
    """The report with what the record says about the signatures."""
    all_of = [r for r in rounds(case) if r.instrument == manifest.instrument]
    own = next((r for r in reversed(all_of) if r.opened.manifest == manifest.digest), None)
    found = report.examination
    if own is None:
        if found is None:
            return report
        return msgspec.structs.replace(report, **_unknown(case, manifest, bool(all_of)))
    return msgspec.structs.replace(
        report,
        round=own,
        attested=tuple(_attested(own)),
        faults=tuple(disagreeing(found, report.sha256, own)) if found else (),
        notes=tuple(_noted(own)),
    )


def _unknown(case: Case, manifest: Manifest, others: bool) -> dict[str, Any]:
    """What is said of signatures on a version that no round of the record is for."""
    if not others:
        note = f"The record of {case.id} has no round of signatures for {manifest.instrument}."
        return {"notes": (note,)}
    fault = Fault(
        id="round-not-recorded",
        message=f"No round of the record of {case.id} is for this version of "
        f"{manifest.instrument} (manifest {manifest.digest[:16]}).",
    )
    return {"faults": (fault,)}


def _given(round: Round) -> dict[str, SignatureGiven]:
    """The signatures of a round that stand in files, whatever became of them since."""
    given = {s.signatory.id: s.signature for s in round.seats if s.signature}
    return {who: act for who, act in given.items() if act.file}


def disagreeing(found: Examination, digest: str, round: Round) -> Iterator[Fault]:
    """Yield what the record says otherwise about the signatures in a file.

    Args:
        digest: SHA-256 of the file.
    """
    given = _given(round)
    there = {s.signatory: s for s in found.signatures if s.signatory}
    if digest not in {act.file for act in given.values()}:
        yield Fault(
            id="file-not-recorded",
            message=f"The record keeps no file of the round {round.id} with the digest "
            f"{digest[:16]}: it was signed elsewhere, or changed since.",
        )
    names = {s.signatory.id: s.signatory.name for s in round.seats}
    if gone := [names[who] for who in given if who not in there]:
        yield Fault(
            id="signatures-missing",
            message=f"The record has {len(given)} signatures in files of this version, this file "
            f"holds {len(there)}: that of {', '.join(gone)} is not in it. It was cut back, or is "
            "the file from before.",
        )
    for who, seen in there.items():
        act = given.get(who)
        if act is None:
            yield Fault(
                id="signature-not-recorded",
                message=f"The record does not know of the signature of {seen.name}.",
            )
        elif act.certificate and seen.holder and act.certificate != seen.holder.sha256:
            yield Fault(
                id="key-differs-from-record",
                message=f"{seen.name} signed with the certificate {act.certificate[:16]} by the "
                f"record, with {seen.holder.sha256[:16]} in this file.",
            )


def _noted(round: Round) -> Iterator[str]:
    """What became of a round and of its signatures since."""
    yield cover_words(round, names=True)
    if round.ended in ("superseded", "cancelled") and round.ended_on:
        what = "another version took its place" if round.ended == "superseded" else "it was ended"
        yield (
            f"The round {round.id} was {round.ended}: {what} on {_day(round.ended_on)}. The "
            "signatures are for the words of this version."
        )
    for seat in round.seats:
        if seat.signature and seat.signature.file and not seat.stands and seat.at:
            yield (
                f"The signature of {seat.signatory.name} is in the file and does not count: "
                f"{seat.state} on {_day(seat.at)}."
            )


def _attested(round: Round) -> Iterator[Attested]:
    for seat in round.signed:
        act = seat.signature
        if act and act.how == "wet-ink":
            yield Attested(
                signatory=seat.signatory.id,
                name=seat.signatory.name,
                at=act.at,
                attested_by=act.attested_by,
                scan=act.scan,
                paper_date=act.paper_date,
                scanned=act.scanned,
            )


def _day(moment: str) -> str:
    return spell(instant(moment).day.isoformat())
