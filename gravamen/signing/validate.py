"""Validate: who signed a PDF, with which key, and whether anything was added after.

A library's verdict on each signature is one answer among several: bytes after the last signature,
an unsigned increment between two, another's key and one key for two are all well with it.
"""

import io
import logging
import struct
import zlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime

import msgspec
from asn1crypto import cms, x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation import (
    DocumentTimestampStatus,
    EmbeddedPdfSignature,
    PdfSignatureStatus,
    SignatureCoverageLevel,
    validate_pdf_signature,
    validate_pdf_timestamp,
)
from pyhanko.sign.validation.generic_cms import extract_tst_data_iter
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import TimestampSignatureStatus
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import PathError, ValidationError

from gravamen.instruments.fault import Fault
from gravamen.instruments.fields import field_name
from gravamen.sentences import Signatory
from gravamen.signing.certificates import Chain, holder, out_of_time, revocation, told
from gravamen.signing.examined import Covers, Examination, Examined, Stamped
from gravamen.signing.increments import Increment, begins_with_draft, increments
from gravamen.signing.outside import LEFT_ASIDE, aliens, tail
from gravamen.signing.pades import Material
from gravamen.signing.store import Store

# Either use fits a signature on a letter (RFC 5280, 4.2.1.3).
_USAGE = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"})
# Three for each of 80 who sign at B-LTA; each part is compared with those before.
MOST_INCREMENTS = 256
# What the library raises on damaged files, each by the kind that it belongs to: a number that is
# none is an ArithmeticError (decimal), an object that holds itself a RuntimeError (recursion).
DAMAGED = (
    PdfError,
    ValidationError,
    PathError,
    InvalidSignature,
    UnsupportedAlgorithm,
    zlib.error,
    struct.error,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    AssertionError,
    ArithmeticError,
    RuntimeError,
    EOFError,
    OSError,
    MemoryError,
)
for _name in ("pyhanko", "pyhanko_certvalidator"):
    # Its notes would stand between our lines, with tracebacks.
    logging.getLogger(_name).addHandler(logging.NullHandler())


def examine(
    data: bytes,
    *,
    signatories: Sequence[Signatory] | None = None,
    registered: Mapping[str, Collection[str]] | None = None,
    trust: Material | None = None,
    at: datetime | None = None,
) -> Examination:
    """Return what the signatures in a PDF say, each by itself, and what stands outside of them.

    Nothing is fetched. A damaged file gives faults, never an error.

    Args:
        signatories: those for whom the instrument has a field, as its manifest names them; None:
            not known.
        registered: SHA-256 of the certificates vouched for, by signatory; None: not known.
        trust: roots, certificates between and lists of revoked ones; without roots no chain can
            be trusted, and it is said so.
        at: when the certificates are to be valid; else when each signature was made, as its
            timestamp says, or the signer.
    """
    desk = _Desk(data, signatories, trust or Material(), at)
    try:
        found = desk.examined()
    except DAMAGED as error:
        return Examination(faults=(_unreadable("signatures of the file", error),))
    return _keyed(found, registered)


class _Desk:
    """One file under examination."""

    def __init__(
        self,
        data: bytes,
        signatories: Sequence[Signatory] | None,
        trust: Material,
        at: datetime | None,
    ) -> None:
        self._data = data
        self._known = signatories is not None
        self._whose = {field_name(s.id): s for s in signatories or ()}
        self._trust, self._at = trust, at

    def examined(self) -> Examination:
        reader = PdfFileReader(io.BytesIO(self._data))
        if reader.xrefs.total_revisions > MOST_INCREMENTS:
            return Examination(faults=(_too_many(reader.xrefs.total_revisions),))
        embedded = reader.embedded_signatures
        plain = [e for e in embedded if e.sig_object_type == "/Sig"]
        stamps = [e for e in embedded if e.sig_object_type != "/Sig"]
        signed = {e.signed_revision: e.fq_name for e in embedded}
        came = increments(reader, signed)
        self._kept = Store(reader.root).lists
        self._stamps = {e.fq_name for e in stamps}
        after, notes = tail(self._data, embedded, came)
        filled = {name for name, _, _ in enumerate_sig_fields(reader, filled_status=True)}
        return Examination(
            signatures=tuple(self._signature(e, came) for e in plain),
            timestamps=tuple(self._timestamp(e) for e in stamps),
            empty=tuple(s.id for name, s in self._whose.items() if name not in filled),
            faults=(
                *(() if begins_with_draft(reader, self._data) else (LEFT_ASIDE,)),
                *after,
                *aliens(came, signed),
                *(
                    _unreadable(f"signature in the field {name}", None)
                    for name in sorted(filled - {e.fq_name for e in embedded})
                ),
            ),
            notes=notes,
        )

    def _signature(self, one: EmbeddedPdfSignature, came: Iterable[Increment]) -> Examined:
        whose = self._whose.get(one.fq_name)
        seen = Examined(
            field=one.fq_name,
            signatory=whose.id if whose else None,
            name=whose.name if whose else None,
            capacity=whose.capacity if whose else None,
            added=self._added(one, came),
            faults=() if whose or not self._known else (_stranger(one.fq_name),),
        )
        try:
            return self._judged(one, seen, _others(one, came))
        except DAMAGED as error:
            fault = _unreadable(f"signature of {_who(seen)}", error)
            return msgspec.structs.replace(seen, faults=(*seen.faults, fault))

    def _judged(self, one: EmbeddedPdfSignature, seen: Examined, others: Sequence[str]) -> Examined:
        claimed = one.self_reported_timestamp
        token = next(extract_tst_data_iter(one.signer_info, signed=False), None)
        stamped = _time_of(token) if token is not None else None
        when = self._at or stamped or claimed
        status = validate_pdf_signature(
            one, self._context(when), self._context(stamped), key_usage_settings=_USAGE
        )
        certificate = status.signing_cert
        intact = status.intact and status.valid
        time = status.timestamp_validity
        chain, why = self._chain(certificate, when, status.trusted, one.other_embedded_certs)
        seen = msgspec.structs.replace(
            seen,
            signed_at=told(claimed) if claimed else None,
            timestamped_at=told(time.timestamp) if time else None,
            timestamped_by=time.signing_cert.subject.human_friendly if time else None,
            level="B-T" if time else "B-B",
            holder=holder(certificate),
            intact=intact,
            chain=chain if intact else "unknown",
            covers=_covers(status.coverage),
        )
        faults = [*seen.faults, *_broken(seen, status, others), *_badly_stamped(seen, time)]
        if intact and why:
            faults.append(Fault(id=f"certificate-{chain}", message=f"{_who(seen)}: {why}"))
        return msgspec.structs.replace(
            seen,
            faults=tuple(faults),
            notes=tuple(self._notes(seen, time)) if intact else (),
        )

    def _chain(
        self,
        certificate: x509.Certificate,
        when: datetime | None,
        trusted: bool,
        beside: Iterable[x509.Certificate],
    ) -> tuple[Chain, str]:
        """Whether somebody who is trusted stands for a certificate, and why not."""
        name = certificate.subject.human_friendly
        issuers = [*self._trust.roots, *self._trust.others, *(c.dump() for c in beside)]
        ended = revocation(certificate, (*self._trust.crls, *self._kept), issuers)
        if ended:
            return "revoked", f"the certificate {name} was revoked on {told(ended.on)} ({ended.by})"
        if when and (off := out_of_time(certificate, when)):
            end = certificate.not_valid_after if off == "expired" else certificate.not_valid_before
            word = "expired on" if off == "expired" else "is valid only from"
            return off, f"the certificate {name} {word} {told(end)}; it signed at {told(when)}."
        if trusted:
            return "trusted", ""
        if not self._trust.roots:
            return "unknown", ""
        return "untrusted", f"no root that was given stands for the certificate {name}."

    def _notes(self, seen: Examined, time: TimestampSignatureStatus | None) -> Iterator[str]:
        if seen.holder and seen.holder.self_issued and seen.chain != "trusted":
            yield (
                "The certificate was issued by its own key: it shows that the same key signed, "
                "not whose key it is."
            )
        elif seen.chain == "unknown":
            yield (
                "The certificate alone does not show whose key it is: no root certificate was "
                "given (--trust ROOT.pem) that could stand for its issuer."
            )
        if time is None:
            yield "The time is the signer's own word; no authority confirms it."
        elif not time.trusted:
            yield "The time is that of an authority for which no root that was given stands."

    def _timestamp(self, one: EmbeddedPdfSignature) -> Stamped:
        seen = Stamped(field=one.fq_name)
        try:
            moment = _time_of(one.signed_data)
            status: DocumentTimestampStatus = validate_pdf_timestamp(one, self._context(moment))
        except DAMAGED as error:
            fault = _unreadable(f"timestamp {one.fq_name}", error)
            return msgspec.structs.replace(seen, faults=(fault,))
        faults = []
        if not (status.intact and status.valid):
            message = f"The timestamp {one.fq_name} is not over these bytes: they were changed."
            faults.append(Fault(id="timestamp-broken", message=message))
        elif self._trust.roots and not status.trusted:
            message = f"No root that was given stands for the timestamp {one.fq_name}."
            faults.append(Fault(id="timestamp-untrusted", message=message))
        return msgspec.structs.replace(
            seen,
            at=told(status.timestamp),
            holder=holder(status.signing_cert),
            intact=status.intact and status.valid,
            covers=_covers(status.coverage),
            faults=tuple(faults),
        )

    def _context(self, moment: datetime | None) -> ValidationContext:
        """What the library checks chains with: what was given, and no more."""
        return ValidationContext(
            trust_roots=[x509.Certificate.load(c) for c in self._trust.roots],
            other_certs=[x509.Certificate.load(c) for c in self._trust.others],
            moment=moment,
            allow_fetching=False,
            revocation_mode="soft-fail",
        )

    def _added(self, one: EmbeddedPdfSignature, came: Iterable[Increment]) -> tuple[str, ...]:
        """What came after a signature: later signatures first, then all else, in words."""
        later = [i for i in came if i.number > one.signed_revision]
        signed = [self._name(i.signs) for i in later if i.signs]
        kept = ["certificates and lists for later checks"] if any(i.material for i in later) else []
        return (*signed, *kept, *_others(one, came))

    def _name(self, field: str) -> str:
        if field in self._stamps:
            return "a timestamp over the whole file"
        whose = self._whose.get(field)
        return f"the signature of {whose.name if whose else field}"


def _others(one: EmbeddedPdfSignature, came: Iterable[Increment]) -> tuple[str, ...]:
    """What came after a signature that is none, in words."""
    later = (i for i in came if i.number > one.signed_revision)
    return tuple(dict.fromkeys(w for i in later for w in i.other))


def _time_of(token: cms.SignedData) -> datetime | None:
    """The time that a timestamp token states, whether or not it holds."""
    at = token["encap_content_info"]["content"].parsed["gen_time"].native
    return at if isinstance(at, datetime) else None


def _covers(found: SignatureCoverageLevel | None) -> Covers:
    if found == SignatureCoverageLevel.ENTIRE_FILE:
        return "file"
    return "revision" if found == SignatureCoverageLevel.ENTIRE_REVISION else "part"


def _who(seen: Examined) -> str:
    return seen.name or seen.field


def _too_many(increments: int) -> Fault:
    return Fault(
        id="signature-unreadable",
        message=f"The file has {increments} parts, one added to the other; no more than "
        f"{MOST_INCREMENTS} are looked at.",
    )


def _stranger(field: str) -> Fault:
    return Fault(
        id="signature-of-nobody",
        message=f"The field {field} is signed, and the instrument has no signatory for it.",
    )


def _unreadable(what: str, error: BaseException | None) -> Fault:
    why = f" ({type(error).__name__}: {str(error)[:80]})" if error else ""
    return Fault(
        id="signature-unreadable",
        message=f"The {what} cannot be read{why}: the file is damaged or was changed.",
    )


def _broken(seen: Examined, status: PdfSignatureStatus, others: Sequence[str]) -> Iterator[Fault]:
    """Whether what was signed is what stands there, and whether what came after may."""
    who = _who(seen)
    if not seen.intact:
        what = "its own words were changed" if status.intact else "the bytes under it were changed"
        yield Fault(id="signature-broken", message=f"The signature of {who} does not hold: {what}.")
    if seen.covers == "part":
        yield Fault(
            id="signature-covers-part",
            message=f"The signature of {who} does not cover the file from its first byte to the "
            "end of its own increment.",
        )
    elif status.docmdp_ok is False:
        yield Fault(
            id="changed-after-signature",
            message=f"After {who} signed, the file was changed in a way that no signature allows"
            + (f": {', '.join(others)}." if others else "."),
        )


def _badly_stamped(seen: Examined, time: TimestampSignatureStatus | None) -> Iterator[Fault]:
    if time and not (time.intact and time.valid):
        yield Fault(
            id="timestamp-broken",
            message=f"The timestamp on the signature of {_who(seen)} does not hold.",
        )


def _keyed(found: Examination, registered: Mapping[str, Collection[str]] | None) -> Examination:
    """The signatures with what is known of their keys."""
    used = Counter(s.holder.sha256 for s in found.signatures if s.holder)
    signatures = []
    for seen in found.signatures:
        faults = list(seen.faults)
        if seen.holder and used[seen.holder.sha256] > 1:
            faults.append(
                Fault(
                    id="key-shared",
                    message=f"One key signed {used[seen.holder.sha256]} fields, that of "
                    f"{_who(seen)} among them; each signs with a key of their own.",
                )
            )
        faults += _wrong_key(seen, registered)
        signatures.append(msgspec.structs.replace(seen, faults=tuple(faults)))
    return msgspec.structs.replace(found, signatures=tuple(signatures))


def _wrong_key(seen: Examined, registered: Mapping[str, Collection[str]] | None) -> Iterator[Fault]:
    if registered is None or seen.holder is None or seen.signatory is None:
        return
    own = registered.get(seen.signatory, ())
    if seen.holder.sha256 in own:
        return
    others = [who for who, keys in registered.items() if seen.holder.sha256 in keys]
    if others or own:
        whose = (
            f"it is registered for {', '.join(sorted(others))}"
            if others
            else ("another key is registered")
        )
        yield Fault(
            id="key-of-another",
            message=f"The field of {_who(seen)} was signed with a key that is not theirs: {whose} "
            f"(certificate {seen.holder.sha256[:16]}).",
        )
