"""A key is read, fits its certificate and is valid, or a sentence says what is wrong with it."""

from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)

from gravamen.signing.key import (
    KeyProblem,
    Locked,
    check_valid,
    from_pem,
    from_pkcs12,
    new_key,
    read_certificates,
)
from gravamen.values import sha256

from .authority import NOW, YEAR, issue, person, root, usage_of


def p12(*, key: bool = True, certificate: bool = True, passphrase: bytes | None = b"pw") -> bytes:
    ada = person("Ada Merrow")
    secret = BestAvailableEncryption(passphrase) if passphrase else NoEncryption()
    return pkcs12.serialize_key_and_certificates(
        b"ada",
        ada.private if key else None,
        ada.certificate if certificate else None,
        [root().certificate] if certificate else None,
        secret,
    )


def locked_pem() -> bytes:
    return person("Ada Merrow").private.private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"pw")
    )


def test_a_pkcs12_file_gives_key_certificate_and_those_above_it() -> None:
    key = from_pkcs12(p12(), passphrase="pw")

    assert key.subject == "Ada Merrow"
    assert key.sha256 == sha256(person("Ada Merrow").der)
    assert [c.dump() for c in key.chain] == [root().der]
    assert not key.self_issued


def test_so_do_pem_and_der_files() -> None:
    ada = person("Ada Merrow")
    der = ada.private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())

    for key in (
        from_pem(ada.key_pem, ada.cert_pem + root().cert_pem),
        from_pem(ada.key_pem, ada.cert_pem, chain=root().cert_pem),
        from_pem(der, ada.der, chain=root().der),
        from_pem(locked_pem(), ada.cert_pem, chain=root().cert_pem, passphrase="pw"),
        from_pem(ada.key_pem, ada.cert_pem, chain=root().cert_pem, passphrase="not needed"),
    ):
        assert key.sha256 == sha256(ada.der)
        assert [c.dump() for c in key.chain] == [root().der]


@pytest.mark.parametrize(
    ("load", "kind", "words"),
    [
        (lambda a: from_pkcs12(p12()), Locked, "encrypted; give its passphrase"),
        (lambda a: from_pkcs12(p12(), passphrase="x"), KeyProblem, "passphrase is not that"),
        (lambda a: from_pkcs12(b"rubbish", passphrase="x"), KeyProblem, "no PKCS#12 key"),
        (lambda a: from_pkcs12(b""), KeyProblem, "no PKCS#12 key"),
        (lambda a: from_pkcs12(p12(key=False), passphrase="pw"), KeyProblem, "no private key"),
        (
            lambda a: from_pkcs12(p12(certificate=False), passphrase="pw"),
            KeyProblem,
            "no certificate",
        ),
        (lambda a: from_pem(locked_pem(), a.cert_pem), Locked, "encrypted; give its passphrase"),
        (
            lambda a: from_pem(locked_pem(), a.cert_pem, passphrase="x"),
            KeyProblem,
            "passphrase is not that",
        ),
        (lambda a: from_pem(b"rubbish", a.cert_pem), KeyProblem, "holds no private key"),
        (lambda a: from_pem(b"", a.cert_pem), KeyProblem, "holds no private key"),
        (lambda a: from_pem(a.cert_pem, a.key_pem), KeyProblem, "holds no private key"),
        (lambda a: from_pem(a.key_pem[:90], a.cert_pem), KeyProblem, "holds no private key"),
        (lambda a: from_pem(a.key_pem, b"rubbish"), KeyProblem, "holds no certificate"),
        (lambda a: from_pem(a.key_pem, a.cert_pem[:90]), KeyProblem, "holds no certificate"),
        (
            lambda a: from_pem(a.key_pem, person("Tobias Quill").cert_pem),
            KeyProblem,
            "belongs to another key",
        ),
    ],
)
def test_what_is_no_usable_key_is_refused_with_its_reason(load, kind, words) -> None:
    with pytest.raises(KeyProblem, match=words) as told:
        load(person("Ada Merrow"))

    assert type(told.value) is kind


def test_a_certificate_that_is_not_for_signatures_is_refused() -> None:
    sealed = issue("Ada Merrow", usage=usage_of("key_encipherment"))

    with pytest.raises(KeyProblem, match="not for signatures .it allows: key_encipherment"):
        from_pem(sealed.key_pem, sealed.cert_pem)


def test_a_certificate_that_is_over_or_still_to_come_may_not_sign() -> None:
    over = issue("Ada Merrow", first=NOW - 2 * YEAR, last=NOW - YEAR).key
    to_come = issue("Ada Merrow", first=NOW + YEAR, last=NOW + 2 * YEAR).key

    with pytest.raises(KeyProblem, match="Ada Merrow expired on"):
        check_valid(over, NOW)
    with pytest.raises(KeyProblem, match="Ada Merrow is valid from"):
        check_valid(to_come, NOW)
    check_valid(over, NOW - YEAR - timedelta(days=1))
    check_valid(to_come, NOW + YEAR)


def test_a_new_key_is_issued_by_itself_and_may_only_sign() -> None:
    private, certificate = new_key("Ada Merrow", at=NOW, days=30)
    key = from_pem(private, certificate)
    found = read_certificates(certificate)[0]

    assert (key.subject, key.self_issued, key.chain) == ("Ada Merrow", True, ())
    assert found.not_valid_after_utc == NOW + timedelta(days=30)
    assert key.certificate.key_usage_value.native == {"digital_signature", "non_repudiation"}
    assert key.certificate.ca is False
    check_valid(key, NOW)


def test_a_new_key_can_be_locked() -> None:
    private, certificate = new_key("Ada Merrow", at=NOW, passphrase="pw")

    with pytest.raises(Locked):
        from_pem(private, certificate)
    assert from_pem(private, certificate, passphrase="pw").subject == "Ada Merrow"


@pytest.mark.parametrize("name", ["", "  ", "x" * 65])
def test_a_new_key_needs_a_name_that_a_certificate_can_hold(name) -> None:
    with pytest.raises(KeyProblem, match="no name for a certificate"):
        new_key(name, at=NOW)
