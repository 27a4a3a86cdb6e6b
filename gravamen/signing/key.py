"""Key: whose private key signs, with its certificate; from a file, or a new one for trying out."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from asn1crypto import keys, x509
from cryptography import x509 as certificates
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_private_key,
    load_pem_private_key,
    pkcs12,
)
from cryptography.x509.oid import NameOID
from pyhanko.sign.signers import Signer, SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from gravamen.values import GravamenError, sha256

NEW_KEY_BITS = 3072
_PEM = b"-----BEGIN"


class KeyProblem(GravamenError):
    """A key that cannot be read, does not fit its certificate, or may not sign on the day."""


class Locked(KeyProblem):
    """A key that is encrypted, and no passphrase was given."""


class Key(NamedTuple):
    """A private key with its certificate, ready to sign, and the certificates above it.

    A key in a token signs by a `PKCS11Signer` of pyHanko as its `signer`.
    """

    signer: Signer
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...] = ()

    @property
    def sha256(self) -> str:
        """The SHA-256 of the certificate in DER, by which the record knows it."""
        return sha256(self.certificate.dump())

    @property
    def subject(self) -> str:
        """Whom the certificate names."""
        names = self.certificate.subject
        return str(names.native.get("common_name") or names.human_friendly)

    @property
    def self_issued(self) -> bool:
        """Whether nobody but its holder says whose it is: it proves the same key, not the same
        person."""
        return bool(self.certificate.self_issued)


class _Signer(SimpleSigner):
    """A signer that keeps its RSA key loaded: to load one takes longer than to sign."""

    private: object

    def sign_raw(self, data: bytes, digest_algorithm: str) -> bytes:
        mechanism = self.get_signature_mechanism_for_digest(digest_algorithm)
        plain = mechanism["algorithm"].native in ("rsassa_pkcs1v15", "sha256_rsa")
        if plain and isinstance(self.private, rsa.RSAPrivateKey) and digest_algorithm == "sha256":
            return self.private.sign(data, padding.PKCS1v15(), hashes.SHA256())
        return bytes(super().sign_raw(data, digest_algorithm))


def from_pkcs12(data: bytes, *, passphrase: str | None = None) -> Key:
    """Return the key of a PKCS#12 file (.p12, .pfx).

    Raises:
        KeyProblem: it is none, its passphrase is another, or it lacks a key or certificate.
    """
    try:
        private, certificate, others = pkcs12.load_key_and_certificates(data, _bytes(passphrase))
    except ValueError as error:
        # One message of the library stands for a wrong passphrase, another for rubbish.
        if "password" in str(error).lower():
            raise _wrong_passphrase(passphrase) from None
        raise KeyProblem(
            "The file is no PKCS#12 key (.p12 or .pfx); export the key with its certificate from "
            "the program that keeps it."
        ) from None
    if private is None or certificate is None:
        lacks = "private key" if private is None else "certificate"
        raise KeyProblem(f"The PKCS#12 file holds no {lacks}; export key and certificate together.")
    return _key(private, certificate, others)


def from_pem(
    key: bytes, certificate: bytes, *, chain: bytes = b"", passphrase: str | None = None
) -> Key:
    """Return a key from PEM or DER files: the key, its certificate, and those above it.

    The file of the certificate may hold those above it too, after its own.

    Raises:
        KeyProblem: one cannot be read, its passphrase is another, or they do not fit each other.
    """
    load = load_pem_private_key if key.lstrip().startswith(_PEM) else load_der_private_key
    try:
        private = load(key, _bytes(passphrase))
    except TypeError:
        if passphrase is None:
            raise _wrong_passphrase(None) from None
        private = load(key, None)  # it is not encrypted, whatever was given for it
    except ValueError as error:
        if "decrypt" in str(error).lower() or "password" in str(error).lower():
            raise _wrong_passphrase(passphrase) from None
        raise KeyProblem(
            "The file of the key holds no private key in PEM or DER; name the one that begins "
            "with -----BEGIN PRIVATE KEY-----."
        ) from None
    own, *others = read_certificates(certificate)
    return _key(private, own, (*others, *(read_certificates(chain) if chain else ())))


def read_certificates(data: bytes) -> list[certificates.Certificate]:
    """Return the certificates of a PEM or DER file, at least one.

    Raises:
        KeyProblem: it holds none.
    """
    try:
        if data.lstrip().startswith(_PEM):
            return list(certificates.load_pem_x509_certificates(data))
        return [certificates.load_der_x509_certificate(data)]
    except ValueError:
        raise KeyProblem(
            "The file holds no certificate in PEM or DER; name the one that begins with "
            "-----BEGIN CERTIFICATE-----."
        ) from None


def _key(
    private: PrivateKeyTypes,
    certificate: certificates.Certificate,
    chain: Iterable[certificates.Certificate],
) -> Key:
    """A key whose private and public halves belong together."""
    public = private.public_key()
    halves = {
        half.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        for half in (public, certificate.public_key())
    }
    if len(halves) > 1:
        raise KeyProblem(
            "The certificate belongs to another key than this one; name the certificate that was "
            "issued for it."
        )
    if not hasattr(private, "sign"):
        raise KeyProblem("The key is for agreeing on secrets, not for signing; take one that is.")
    own = _asn1(certificate)
    above = tuple(_asn1(c) for c in chain)
    _check_usage(own)
    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]  # pyHanko leaves it untyped
    store.register_multiple((own, *above))
    der = private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    signer = _Signer(
        signing_cert=own, signing_key=keys.PrivateKeyInfo.load(der), cert_registry=store
    )
    signer.private = private
    return Key(signer=signer, certificate=own, chain=above)


def _asn1(certificate: certificates.Certificate) -> x509.Certificate:
    return x509.Certificate.load(certificate.public_bytes(Encoding.DER))


def _check_usage(certificate: x509.Certificate) -> None:
    """Refuse a certificate that says itself that its key is not for signatures (RFC 5280,
    4.2.1.3)."""
    usage = certificate.key_usage_value
    if usage is not None and not {"digital_signature", "non_repudiation"} & set(usage.native):
        raise KeyProblem(
            f"The certificate of {certificate.subject.human_friendly} is not for signatures "
            f"(it allows: {', '.join(sorted(usage.native))}); take one that is."
        )


def check_valid(key: Key, at: datetime) -> None:
    """Refuse a key whose certificate is not valid at a time.

    Raises:
        KeyProblem: the certificate has expired, or begins later.
    """
    first, last = key.certificate.not_valid_before, key.certificate.not_valid_after
    if at < first:
        raise KeyProblem(
            f"The certificate of {key.subject} is valid from {first:%Y-%m-%d %H:%M} UTC only; sign "
            "then, or with another."
        )
    if at > last:
        raise KeyProblem(
            f"The certificate of {key.subject} expired on {last:%Y-%m-%d %H:%M} UTC; sign with one "
            "that is valid."
        )


def new_key(
    name: str, *, at: datetime, days: int = 365, passphrase: str | None = None
) -> tuple[bytes, bytes]:
    """Return a new private key and a certificate that it issues for itself, both PEM.

    Such a certificate is for trying out: signatures by it show that the same key made them, not
    whose key it is. Somebody who knows must vouch for it (`KeyRegistered`).

    Args:
        name: whom the certificate names.
        at: from when it is valid; `days` for how long.
        passphrase: what the key is encrypted with; unencrypted where None.
    """
    if not name.strip() or len(name) > 64:
        raise KeyProblem(f"{name!r} is no name for a certificate; write one of 1 to 64 characters.")
    private = rsa.generate_private_key(public_exponent=65537, key_size=NEW_KEY_BITS)
    subject = certificates.Name([certificates.NameAttribute(NameOID.COMMON_NAME, name)])
    usage = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign",
         "encipher_only", "decipher_only"), False,
    )  # fmt: skip
    certificate = (
        certificates.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(private.public_key())
        .serial_number(certificates.random_serial_number())
        .not_valid_before(at)
        .not_valid_after(at + timedelta(days=days))
        .add_extension(certificates.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(
            certificates.KeyUsage(digital_signature=True, content_commitment=True, **usage),
            critical=True,
        )
        .sign(private, hashes.SHA256())
    )
    secret = BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()
    return (
        private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, secret),
        certificate.public_bytes(Encoding.PEM),
    )


def _bytes(passphrase: str | None) -> bytes | None:
    return None if passphrase is None else passphrase.encode()


def _wrong_passphrase(passphrase: str | None) -> KeyProblem:
    if passphrase is None:
        return Locked("The key is encrypted; give its passphrase.")
    return KeyProblem(
        "The passphrase is not that of the key, or the file is damaged; type it again."
    )
