"""A chain of certificates of our own, and an authority that says the time on loopback."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, NamedTuple

from asn1crypto import keys, tsp
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from gravamen.signing.key import Key, from_pem

NOW = datetime.now(UTC).replace(microsecond=0)
YEAR = timedelta(days=365)


class Issued(NamedTuple):
    """A private key and its certificate."""

    private: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
    certificate: x509.Certificate

    @property
    def key_pem(self) -> bytes:
        """The private key, not encrypted."""
        return self.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())

    @property
    def cert_pem(self) -> bytes:
        """The certificate."""
        return self.certificate.public_bytes(Encoding.PEM)

    @property
    def der(self) -> bytes:
        """The certificate in DER."""
        return self.certificate.public_bytes(Encoding.DER)

    @property
    def key(self) -> Key:
        """Both, ready to sign, with the certificate of the root above."""
        return from_pem(self.key_pem, self.cert_pem, chain=root().cert_pem)


_USES = (
    "digital_signature", "content_commitment", "key_encipherment", "data_encipherment",
    "key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
)  # fmt: skip


def usage_of(*allowed: str) -> x509.KeyUsage:
    """What a certificate allows its key to be used for."""
    return x509.KeyUsage(**{name: name in allowed for name in _USES})


def issue(
    name: str,
    *,
    first: datetime = NOW - YEAR,
    last: datetime = NOW + YEAR,
    by: Issued | None = None,
    ca: bool = False,
    usage: x509.KeyUsage | None = None,
    time_stamping: bool = False,
) -> Issued:
    """A certificate issued by another, or by itself."""
    private = (
        rsa.generate_private_key(65537, 2048)
        if time_stamping  # pyHanko's own authority signs with RSA alone
        else ec.generate_private_key(ec.SECP256R1())
    )
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    default = ("key_cert_sign", "crl_sign") if ca else ("digital_signature", "content_commitment")
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(by.certificate.subject if by else subject)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(first)
        .not_valid_after(last)
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(usage or usage_of(*default), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(private.public_key()), False)
    )
    if by:
        above = x509.AuthorityKeyIdentifier.from_issuer_public_key(by.private.public_key())
        builder = builder.add_extension(above, False)
    if time_stamping:
        purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        builder = builder.add_extension(purpose, critical=True)
    return Issued(private, builder.sign((by or Issued(private, None)).private, hashes.SHA256()))  # type: ignore[arg-type]  # only its key is used


@cache
def root() -> Issued:
    """The root of all that is issued here."""
    return issue("Alder Root", ca=True, first=NOW - 10 * YEAR, last=NOW + 10 * YEAR)


@cache
def person(name: str) -> Issued:
    """A certificate of a person, issued by the root; the same one each time."""
    return issue(name, by=root())


def revoked(*certificates: x509.Certificate, at: datetime = NOW - timedelta(days=1)) -> bytes:
    """The root's list of revoked certificates, in DER."""
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(root().certificate.subject)
        .last_update(NOW - timedelta(hours=1))
        .next_update(NOW + timedelta(days=30))
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(root().private.public_key()), False
        )
        .add_extension(x509.CRLNumber(1), False)
    )
    for certificate in certificates:
        builder = builder.add_revoked_certificate(
            x509.RevokedCertificateBuilder()
            .serial_number(certificate.serial_number)
            .revocation_date(at)
            .build()
        )
    return builder.sign(root().private, hashes.SHA256()).public_bytes(Encoding.DER)


@cache
def clock() -> DummyTimeStamper:
    """An authority in this process."""
    made = issue("Alder Time", by=root(), time_stamping=True)
    store = SimpleCertificateStore()
    store.register(asn1.Certificate.load(root().der))
    der = made.private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return DummyTimeStamper(
        tsa_cert=asn1.Certificate.load(made.der),
        tsa_key=keys.PrivateKeyInfo.load(der),
        certs_to_embed=store,
    )


@contextmanager
def served(reply: bytes | None = None) -> Iterator[str]:
    """The address of an authority on loopback, that answers or, where a reply is given, with it."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = self.rfile.read(int(self.headers["Content-Length"]))
            answer = reply
            if answer is None:
                answer = clock().request_tsa_response(tsp.TimeStampReq.load(asked)).dump()
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *args: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
