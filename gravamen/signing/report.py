"""Report: what verify says of a document: its draft, its signatures, its round, the record.

Each answer stands by itself: a signature may hold for words that the record would not write any
more.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from gravamen.dates import spell
from gravamen.instruments.fault import Fault
from gravamen.instruments.verify import Verification, wrapped
from gravamen.rounds import Round
from gravamen.sentences import Signatory
from gravamen.signing.examined import Examination, Examined, Stamped
from gravamen.values import Value

# What says that the record is another now than when the document was drafted.
_CHANGED_SINCE = frozenset(
    ("sentence-stale", "claim-missing", "source-missing", "source-changed", "quote-differs",
     "citation-differs", "erased")
)  # fmt: skip


class Attested(Value):
    """A signature on paper: attested by a person, which is never called valid.

    Args:
        scan: id of the source that shows it; `scanned` how many of the pages, in words.
    """

    signatory: str
    name: str
    at: str
    attested_by: str | None = None
    scan: str | None = None
    paper_date: str | None = None
    scanned: str | None = None


class Report(Value):
    """All that was found about a document and the signatures on it.

    Args:
        draft: what was found about the document as it was before anyone signed.
        sha256: digest of the whole file.
        examination: the signatures in the file; None where it holds none.
        round: the round of the record for these very words; None where there is none.
        signatories: those for whom the document has a field.
        vouched: by signatory, what the record says of the key that signed, a sentence each.
        known: the signatories whose key somebody vouched for in the record.
        faults: what the record says otherwise about the signatures.
        notes: what else is to be known about them, a sentence each.
    """

    draft: Verification
    sha256: str
    examination: Examination | None = None
    round: Round | None = None
    attested: tuple[Attested, ...] = ()
    signatories: tuple[Signatory, ...] = ()
    vouched: Mapping[str, str] = {}
    known: frozenset[str] = frozenset()
    faults: tuple[Fault, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def changed_since(self) -> tuple[Fault, ...]:
        """What the record says otherwise now than when it was signed."""
        if self.examination is None:
            return ()
        return tuple(f for f in self.draft.faults if f.id in _CHANGED_SINCE)

    @property
    def signed(self) -> bool:
        """Whether the file holds signatures, all of them for its very words and to its end."""
        found = self.examination
        own = [f for f in self.draft.faults if f not in self.changed_since]
        return (
            found is not None
            and bool(found.signatures)
            and self.draft.strength == "bytes"
            and not (own or found.all_faults or self.faults)
        )

    def knows(self, seen: Examined) -> bool:
        """Whether it is known who signed: somebody vouched for the key, or a root that was given
        stands for it. A name in a certificate alone can be anybody's."""
        return seen.signatory in self.known or seen.chain == "trusted"

    @property
    def ok(self) -> bool:
        """Whether nothing disagrees: the draft, the signatures, the record."""
        if self.examination is None:
            return self.draft.ok and not self.faults
        return self.signed and not self.changed_since

    def as_json(self) -> dict[str, Any]:
        """The report as plain data: that of the draft, with the signatures beside it."""
        found = self.examination or Examination()
        faults = (*self.draft.faults, *found.faults, *self.faults)
        return {
            **self.draft.as_json(),
            "sha256": self.sha256,
            "draft_sha256": self.draft.sha256,
            "faults": msgspec.to_builtins(faults),
            "signed": self.signed,
            "signatures": [self._signature(s) for s in found.signatures],
            "timestamps": msgspec.to_builtins(found.timestamps),
            "unsigned": list(found.empty),
            "attested": msgspec.to_builtins(self.attested),
            "round": _round_json(self.round) if self.round else None,
            "record_changed": [f.message for f in self.changed_since],
            "notes": [*self.draft.notes, *found.notes, *self.notes],
        }

    def _signature(self, seen: Examined) -> dict[str, Any]:
        vouched = self.vouched.get(seen.signatory or "")
        return {
            **msgspec.to_builtins(seen),
            "valid": seen.valid,
            "vouched": vouched,
            "signer_known": self.knows(seen),
        }

    def told(self, *, brief: bool = False) -> str:
        """The report in words, in lines of at most 100 characters."""
        if self.examination is None and self.round is None:
            return self.draft.told(brief=brief)
        return "\n".join(_told(self, brief))


def _round_json(round: Round) -> dict[str, Any]:
    return {
        "id": round.id,
        "state": round.state,
        "count": round.count,
        "of": round.of,
        "words": round.words,
        "seats": [
            {"signatory": s.signatory.id, "name": s.signatory.name, "state": s.state, "at": s.at,
             "how": s.how}
            for s in round.seats
        ],
    }  # fmt: skip


def _told(report: Report, brief: bool) -> Iterator[str]:
    found = report.examination or Examination()
    yield report.draft.told(brief=brief, verdict=False)
    for seen in found.signatures:
        yield from _signature_told(seen, known=report.knows(seen))
        if vouched := report.vouched.get(seen.signatory or ""):
            yield from wrapped(vouched, indent="    ")
    for stamp in found.timestamps:
        yield from wrapped(_stamp_told(stamp))
        for fault in stamp.faults:
            yield from wrapped(f"{fault.id}: {fault.message}", indent="  ")
    for one in report.attested:
        paper = f", dated {spell(one.paper_date)} on paper" if one.paper_date else ""
        yield from wrapped(
            f"Signature of {one.name}, in ink: attested by {one.attested_by or 'nobody'}{paper} "
            f"(scan {one.scan or 'not kept'}{f'; {one.scanned}' if one.scanned else ''})."
        )
    if missing := [s.name for s in report.signatories if s.id in found.empty]:
        yield from wrapped(f"Not signed in this file: {', '.join(missing)}.")
    for note in (*found.notes, *report.notes):
        yield from wrapped(f"Note: {note}")
    for fault in (*found.faults, *report.faults):
        yield from wrapped(f"{fault.id}: {fault.message}")
    yield from wrapped(_verdict(report))


def _signature_told(seen: Examined, *, known: bool) -> Iterator[str]:
    who = f"{seen.name}, {seen.capacity}" if seen.name else f"the field {seen.field}"
    if not seen.valid:
        yield from wrapped(f"Signature of {who}: does NOT hold as it stands.")
    elif known:
        yield from wrapped(f"Signature of {who}: holds.")
    else:
        yield from wrapped(f"Signature in the field of {who}: whole, but who signed is not known.")
    if seen.holder:
        key = seen.holder
        by = "itself" if key.self_issued else _plain(key.issuer)
        yield from wrapped(
            f"{_when(seen)}, with the certificate {_plain(key.subject)}, issued by {by}, number "
            f"{key.serial}, SHA-256 {key.sha256}",
            indent="    ",
        )
        yield from wrapped(f"chain: {seen.chain}; covers: {seen.covers}", indent="    ")
    if seen.added:
        yield from wrapped(f"came after it: {', '.join(seen.added)}", indent="    ")
    for note in seen.notes:
        yield from wrapped(note, indent="    ")
    for fault in seen.faults:
        yield from wrapped(f"{fault.id}: {fault.message}", indent="    ")


def _when(seen: Examined) -> str:
    if seen.timestamped_at and seen.timestamped_by:
        return f"seen by {_plain(seen.timestamped_by)} at {seen.timestamped_at}"
    return f"at {seen.signed_at}" if seen.signed_at else "at no time that it states"


def _plain(name: str) -> str:
    """The name in a certificate without the word for what is mostly there alone."""
    return name.removeprefix("Common Name: ")


def _stamp_told(stamp: Stamped) -> str:
    by = _plain(stamp.holder.subject) if stamp.holder else "an authority that cannot be read"
    return f"Timestamp over the whole file: {stamp.at or 'unreadable'}, by {by}."


def _verdict(report: Report) -> str:
    found = report.examination
    wrong = [f for f in report.draft.faults if f not in report.changed_since]
    count = len(wrong) + len(report.faults) + (len(found.all_faults) if found else 0)
    if count:
        return f"NOT in order: {count} fault{'s' if count > 1 else ''}."
    if report.draft.strength != "bytes":
        return "The words agree, but the bytes of the draft could not be compared."
    if found is None:
        return "In order: set again from its manifest, every byte is the same; no key signed it."
    n = len(found.signatures)
    said = f"In order: {n} signature{'s' if n > 1 else ''} on these very words"
    if not found.notes:
        said += ", to the last byte"
    if unknown := sum(s.valid and not report.knows(s) for s in found.signatures):
        which = f"{unknown} of them" if unknown < n else "it" if n == 1 else "them"
        said += f"; who made {which} is not known"
    if report.changed_since:
        return f"{said}. But the record has changed since it was signed, as told above."
    against = f"; the record of {report.draft.against} agrees" if report.draft.against else ""
    return f"{said}{against}."
