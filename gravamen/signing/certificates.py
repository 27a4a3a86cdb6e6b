"""Certificates: what one says of its holder, and whether anybody who is trusted stands for it."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Literal, NamedTuple

from asn1crypto import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.x509 import (
    Certificate,
    CertificateRevocationList,
    load_der_x509_certificate,
    load_der_x509_crl,
)

from gravamen.values import Value, sha256

Chain = Literal["trusted", "unknown", "untrusted", "expired", "not-yet-valid", "revoked"]


class Holder(Value):
    """What a certificate says.

    Args:
        serial: its number, in hexadecimal digits.
        sha256: digest of the certificate in DER, by which the record knows a key.
        self_issued: it vouches for itself alone: the same key, not the same person.
        first, last: from when to when it is valid, in UTC.
    """

    subject: str
    issuer: str
    serial: str
    sha256: str
    self_issued: bool
    first: str
    last: str


class Revocation(NamedTuple):
    """That a certificate was revoked: when, and by whose list."""

    on: datetime
    by: str


def holder(certificate: x509.Certificate) -> Holder:
    """Return what a certificate says."""
    return Holder(
        subject=certificate.subject.human_friendly,
        issuer=certificate.issuer.human_friendly,
        serial=f"{certificate.serial_number:x}",
        sha256=sha256(certificate.dump()),
        self_issued=bool(certificate.self_issued),
        first=told(certificate.not_valid_before),
        last=told(certificate.not_valid_after),
    )


def out_of_time(certificate: x509.Certificate, at: datetime) -> Chain | None:
    """Say whether a certificate was not valid yet, or no longer, at a time; None where it was."""
    if at < certificate.not_valid_before:
        return "not-yet-valid"
    return "expired" if at > certificate.not_valid_after else None


def revocation(
    certificate: x509.Certificate, crls: Iterable[bytes], issuers: Iterable[bytes]
) -> Revocation | None:
    """Return that a certificate stands in a list of revoked ones; None where it stands in none.

    A list counts only where one of the certificates given issued both it and the certificate.

    Args:
        crls, issuers: each in DER.
    """
    own = load_der_x509_certificate(certificate.dump())
    for listed in _signed_by_issuer(own, crls, issuers):
        entry = listed.get_revoked_certificate_by_serial_number(own.serial_number)
        if entry is not None:
            return Revocation(entry.revocation_date_utc, listed.issuer.rfc4514_string())
    return None


def _signed_by_issuer(
    own: Certificate, crls: Iterable[bytes], issuers: Iterable[bytes]
) -> Iterator[CertificateRevocationList]:
    above = [c for c in map(load_der_x509_certificate, issuers) if c.subject == own.issuer]
    for listed in map(load_der_x509_crl, crls):
        if listed.issuer == own.issuer and any(_signed(listed, issuer) for issuer in above):
            yield listed


def _signed(listed: CertificateRevocationList, issuer: Certificate) -> bool:
    try:
        return listed.is_signature_valid(issuer.public_key())  # type: ignore[arg-type]  # any kind
    except (InvalidSignature, UnsupportedAlgorithm, TypeError, ValueError):
        return False


def told(at: datetime) -> str:
    """A time in UTC, to the second: 2024-01-16T09:00:00Z."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
