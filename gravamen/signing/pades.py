"""PAdES: a signature in the PDF itself, as an increment that leaves all before it as it was."""

import io
import logging
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, NamedTuple

from asn1crypto import crl, x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_der_x509_crl, load_pem_x509_crl
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.fields import SigSeedSubFilter, enumerate_sig_fields
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import PathError, ValidationError

from gravamen.instruments.fields import PREFIX, field_name
from gravamen.sentences import Signatory
from gravamen.signing.key import Key, read_certificates
from gravamen.signing.stamp import Box, stamp
from gravamen.values import GravamenError

# What says that a chain of certificates does not hold.
_BROKEN = (PathError, ValidationError)
Level = Literal["B-B", "B-T", "B-LTA"]
# What pyHanko has to say comes as errors; its notes would stand between our lines.
logging.getLogger("pyhanko").addHandler(logging.NullHandler())


class SigningProblem(GravamenError):
    """A PDF that cannot be signed as asked; nothing was changed."""


class Material(NamedTuple):
    """What a long-lasting signature is checked with and keeps, each item in DER.

    Args:
        roots: certificates that the chains of signer and authority end in.
        others: certificates between.
        crls: lists of revoked certificates.
    """

    roots: tuple[bytes, ...] = ()
    others: tuple[bytes, ...] = ()
    crls: tuple[bytes, ...] = ()

    @classmethod
    def read(
        cls, *, roots: Iterable[bytes], others: Iterable[bytes] = (), crls: Iterable[bytes] = ()
    ) -> "Material":
        """Read files in PEM or DER.

        Raises:
            GravamenError: one of them is none of these.
        """

        def certificates(files: Iterable[bytes]) -> tuple[bytes, ...]:
            return tuple(c.public_bytes(Encoding.DER) for f in files for c in read_certificates(f))

        return cls(certificates(roots), certificates(others), tuple(map(_crl, crls)))


def sign_pdf(
    pdf: bytes,
    *,
    signatory: Signatory,
    key: Key,
    at: datetime,
    reason: str | None = None,
    level: Level = "B-B",
    timestamps: TimeStamper | None = None,
    material: Material | None = None,
) -> bytes:
    """Return the PDF with the signature of a signatory in its field `gravamen.<id>`.

    The PDF that came in is the beginning of the one that is returned, byte for byte. Whether the
    certificate is valid at the time is not asked here; `key.check_valid` does.

    Args:
        at: when it is signed (aware); it stands in the signature and in its stamp.
        level: of ETSI EN 319 142-1: with a timestamp (B-T), and with all that a later check needs
            and a timestamp over the whole file (B-LTA).
        timestamps: an authority that says the time; B-T and B-LTA need one.
        material: for B-LTA. Nothing is ever fetched beside it.

    Raises:
        SigningProblem: no such field, one that is signed already, no PDF, no answer from the
            authority, or a chain that the material does not show to hold.
    """
    _check_level(level, timestamps, material)
    name = field_name(signatory.id)
    try:
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
        box = _free_field(writer, name)
        signer = _SignerAt(
            PdfSignatureMetadata(
                field_name=name,
                name=signatory.name,
                reason=reason,
                subfilter=SigSeedSubFilter.PADES,
                embed_validation_info=level == "B-LTA",
                use_pades_lta=level == "B-LTA",
                validation_context=_context(material, key) if level == "B-LTA" else None,
                timestamp_field_name=f"{PREFIX}-time.{signatory.id}".replace(".", "-"),
                signer_key_usage=set(),
            ),
            key.signer,
            timestamper=timestamps,
            stamp_style=stamp(signatory, at=at.astimezone(UTC), box=box),
        )
        signer.at = at.astimezone(UTC)
        return bytes(signer.sign_pdf(writer, existing_fields_only=True).getvalue())
    except SigningProblem:
        raise
    except TimestampRequestError as error:
        raise SigningProblem(_no_time(timestamps, error)) from error
    except _BROKEN as error:
        raise SigningProblem(_broken_chain(error)) from error
    except (PdfError, SigningError, ValueError) as error:
        if isinstance(error.__cause__, _BROKEN):
            raise SigningProblem(_broken_chain(error.__cause__)) from error
        raise SigningProblem(
            f"The file cannot be signed ({error}); take it as it was drafted, or as the last "
            "signatory left it."
        ) from error


def _crl(data: bytes) -> bytes:
    """A list of revoked certificates in DER."""
    load = load_pem_x509_crl if data.lstrip().startswith(b"-----") else load_der_x509_crl
    try:
        return load(data).public_bytes(Encoding.DER)
    except ValueError:
        raise SigningProblem(
            "A file given as a list of revoked certificates is none in PEM or DER; ask the issuer "
            "for its CRL."
        ) from None


class _SignerAt(PdfSigner):
    """A signer that signs at a given time; the class above takes that of the machine's clock."""

    at: datetime

    def init_signing_session(self, *args: Any, **options: Any) -> PdfSigningSession:
        session = super().init_signing_session(*args, **options)
        session.system_time = self.at
        return session


def _check_level(level: Level, timestamps: TimeStamper | None, material: Material | None) -> None:
    if level != "B-B" and timestamps is None:
        raise SigningProblem(f"Level {level} needs a timestamp authority; name its address.")
    if level == "B-B" and timestamps is not None:
        raise SigningProblem("Level B-B takes no timestamp; ask for B-T or B-LTA.")
    if level == "B-LTA" and (material is None or not material.roots):
        raise SigningProblem(
            "Level B-LTA keeps what a later check needs; give the root certificates and the lists "
            "of revoked ones (CRLs)."
        )


def _free_field(writer: IncrementalPdfFileWriter, name: str) -> Box:
    """The size of a field that nobody signed yet."""
    found = {field: (value, ref) for field, value, ref in enumerate_sig_fields(writer)}
    if name not in found:
        known = ", ".join(f for f in found if f.startswith(f"{PREFIX}."))
        raise SigningProblem(
            f"The file has no field {name!r}"
            + (f"; it has {known}." if known else "; no instrument was set here.")
        )
    value, ref = found[name]
    if value is not None:
        raise SigningProblem(
            f"The field {name!r} is signed already; nobody signs the same version twice."
        )
    x, y, right, top = (float(n) for n in ref.get_object()["/Rect"])
    return Box(width=right - x, height=top - y)


def _context(material: Material | None, key: Key) -> ValidationContext:
    """What chains are checked with; nothing is fetched."""
    given = material or Material()
    return ValidationContext(
        trust_roots=[x509.Certificate.load(c) for c in given.roots],
        other_certs=[*(x509.Certificate.load(c) for c in given.others), *key.chain],
        crls=[crl.CertificateList.load(c) for c in given.crls],
        allow_fetching=False,
        revocation_mode="require",
        time_tolerance=timedelta(minutes=5),
    )


def _no_time(timestamps: TimeStamper | None, error: Exception) -> str:
    where = getattr(timestamps, "url", None) or "given"
    return (
        f"The timestamp authority {where} gave no timestamp ({error}); nothing was signed. Try "
        "again, name another, or sign at level B-B."
    )


def _broken_chain(error: Exception) -> str:
    return (
        "The chain of certificates does not hold with the roots and lists given: "
        f"{str(error).rstrip('.')}. Give what is missing, or sign at level B-T."
    )
