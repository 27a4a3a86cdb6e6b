"""Kept: the last signed file that the record keeps for a round, and whether its signatures hold."""

from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

from gravamen.case import Case
from gravamen.dates import instant, spell
from gravamen.instruments.fault import Fault
from gravamen.instruments.verify import verify_bytes
from gravamen.rounds import Round, Seat, keys_of
from gravamen.signing.examined import Examination, Examined
from gravamen.signing.looks import looked_at
from gravamen.signing.pades import Material
from gravamen.signing.validate import examine
from gravamen.signing.verify import disagreeing
from gravamen.values import GravamenError, Value, sha256


class SignedFile(Value):
    """The last signed file of a round, examined.

    Args:
        sha256: its digest; None where it cannot be read.
        faults: what the record says otherwise, or why there is no file to examine.
    """

    round: Round
    sha256: str | None
    examination: Examination = Examination()
    faults: tuple[Fault, ...] = ()

    @property
    def counts(self) -> bool:
        """Whether anybody still relies on the round: no other version took its place, and it was
        not called off."""
        return self.round.ended not in ("superseded", "cancelled")

    @property
    def wrong(self) -> tuple[Fault, ...]:
        """Why the file, or a signature in it that stands, does not hold."""
        gone = {seat.signatory.id for seat in self.round.seats if not seat.stands}
        found = self.examination
        return (
            *self.faults,
            *found.faults,
            *(f for one in found.timestamps for f in one.faults),
            *(f for one in found.signatures if one.signatory not in gone for f in one.faults),
        )

    @property
    def ok(self) -> bool:
        """Whether every signature that anybody relies on holds."""
        return not (self.counts and self.wrong)

    def told(self) -> Iterator[str]:
        """Yield a line for each signatory, then the faults of the file."""
        there = {s.signatory: s for s in self.examination.signatures if s.signatory}
        for seat in self.round.seats:
            said = _said(seat, there.get(seat.signatory.id))
            yield f"{self.round.id}, {self.round.instrument}: {seat.signatory.name} {said}."
        for fault in (*self.faults, *self.examination.faults):
            yield f"{self.round.id}: {fault.id}: {fault.message}"
        for stamp in self.examination.timestamps:
            for fault in stamp.faults:
                yield f"{self.round.id}, timestamp: {fault.id}: {fault.message}"

    def as_json(self) -> dict[str, Any]:
        """The file as plain data, with what each signature says."""
        return {
            "round": self.round.id,
            "instrument": self.round.instrument,
            "state": self.round.state,
            "sha256": self.sha256,
            "ok": self.ok,
            "faults": msgspec.to_builtins((*self.faults, *self.examination.faults)),
            "signatures": [
                {**msgspec.to_builtins(s), "valid": s.valid} for s in self.examination.signatures
            ],
            "timestamps": msgspec.to_builtins(self.examination.timestamps),
        }


@lru_cache(maxsize=8)  # several rounds and calls ask for the same file
def unlike_manifest(base: bytes, instrument: str) -> tuple[Fault, ...]:
    """Return what the draft that a round keeps says otherwise than its own manifest, set again.

    Args:
        base: the file that the round is for, before anyone signed.
    """
    return verify_bytes(base, Path(f"{instrument}.pdf")).faults


def signed_file(
    case: Case, round: Round, blob: Callable[[str], bytes], *, trust: Material | None = None
) -> SignedFile | None:
    """Return the last signed file of a round, examined; None where nobody signed in a file and the
    draft is what its manifest sets.

    The file must begin with the very bytes that the round is for, and these are set again.

    Args:
        blob: gives the bytes of a digest that the record keeps.
        trust: as `gravamen.signing.verify.verify_document` takes it.
    """
    digests = [seat.signature.file for seat in round.seats if seat.signature]
    try:
        files = [blob(digest) for digest in digests if digest]
        base = blob(round.opened.file)
    except GravamenError as error:
        lost = Fault(id="file-not-kept", message=f"A signed file cannot be read: {error}")
        return SignedFile(round=round, sha256=None, faults=(lost,))
    unlike = unlike_manifest(base, round.instrument)
    if not files:
        return SignedFile(round=round, sha256=None, faults=unlike) if unlike else None
    last = max(files, key=len)  # each signature adds to the file before it
    keys = {who: {k.certificate for k in of} for who, of in keys_of(case).items()}
    found = examine(last, signatories=round.opened.signatories, registered=keys, trust=trust)
    found = looked_at(found, last)
    faults = [*unlike, *disagreeing(found, sha256(last), round)]
    if not all(last.startswith(file) for file in (base, *files)):
        faults.append(
            Fault(
                id="files-do-not-follow",
                message=f"The signed files of {round.id} do not follow from one another, or not "
                "from the draft that the round is for.",
            )
        )
    return SignedFile(round=round, sha256=sha256(last), examination=found, faults=tuple(faults))


def _said(seat: Seat, seen: Examined | None) -> str:
    """What became of the signature of one signatory, after the name."""
    given = seat.signature
    if given is None:
        return f"has not signed ({seat.state})"
    on = f"signed on {spell(instant(given.at).day.isoformat())}"
    if given.how == "wet-ink":
        return f"{on} in ink, attested by {given.attested_by or 'nobody'}"
    if seen is None:
        holds = "no such signature is in the file"
    elif seen.valid:
        holds = "the signature holds"
    else:
        why = " ".join(f"{f.id}: {f.message}" for f in seen.faults).rstrip(".")
        holds = f"the signature does NOT hold: {why}"
    return f"{on}; {holds}" if seat.stands else f"{on} ({seat.state} since); {holds}"
