import io
import random
import shutil
import subprocess
from datetime import UTC, timedelta
from pathlib import Path

import pikepdf
import pytest
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata
from pyhanko.sign.signers import sign_pdf as sign_with_library

from gravamen.sentences import Signatory
from gravamen.signing.pades import Material
from gravamen.signing.validate import MOST_INCREMENTS, examine
from tests.instruments.letters import SIGNATORIES

from .authority import NOW, YEAR, clock, issue, person, revoked, root
from .signed import (
    TRUST,
    incremented,
    key,
    language,
    made,
    new_title,
    note,
    other_manifest,
    registered,
    sign,
    signed,
)

ADA, TOBIAS, INES, NUNO, LENA = SIGNATORIES
NAMES = [s.name for s in SIGNATORIES]


def looked(data: bytes, **more):
    return examine(data, signatories=SIGNATORIES, **{"trust": TRUST, **more})


def told(data: bytes, **more) -> set[str]:
    return {f.id for f in looked(data, **more).all_faults}


def test_five_signatures_hold_each_by_itself() -> None:
    found = looked(signed(5), registered=registered())
    first = found.signatures[0]

    assert found.all_faults == ()
    assert [s.name for s in found.signatures] == NAMES
    assert all(s.valid and s.intact and s.chain == "trusted" for s in found.signatures)
    assert [s.covers for s in found.signatures] == ["revision"] * 4 + ["file"]
    assert first.added == tuple(f"the signature of {name}" for name in NAMES[1:])
    assert first.holder and first.holder.sha256 == key(ADA).sha256
    assert first.holder.subject == "Common Name: Ada Merrow"
    assert first.holder.issuer == "Common Name: Alder Root"
    assert int(first.holder.serial, 16) == person("Ada Merrow").certificate.serial_number
    assert first.signed_at == NOW.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert first.notes == ("The time is the signer's own word; no authority confirms it.",)


def test_five_who_sign_out_of_order_hold_as_well() -> None:
    data = made().pdf
    for signatory in (LENA, ADA, NUNO, INES, TOBIAS):
        data = sign(data, signatory)
    found = looked(data, registered=registered())

    assert found.all_faults == ()
    assert [s.name for s in found.signatures] == [
        "Lena Ostrander", "Ada Merrow", "Nuno Ashby", "Ines Farrow", "Tobias Quill"
    ]  # fmt: skip


def test_who_has_not_signed_is_named() -> None:
    data = sign(sign(made().pdf, ADA), LENA)
    found = looked(data)

    assert found.all_faults == ()
    assert found.empty == ("p.2", "p.3", "p.4")


def test_without_a_root_a_whole_signature_is_of_somebody_unknown() -> None:
    found = looked(signed(1), trust=None)

    assert found.all_faults == ()
    assert found.signatures[0].chain == "unknown"
    assert found.signatures[0].notes[0].startswith("The certificate alone does not show")


def test_a_self_issued_certificate_shows_the_same_key_and_no_person() -> None:
    own = issue("Ada Merrow").key
    seen = looked(sign(made().pdf, ADA, by=own), trust=None).signatures[0]

    assert seen.valid
    assert seen.holder and seen.holder.self_issued
    assert seen.notes[0] == (
        "The certificate was issued by its own key: it shows that the same key signed, not whose "
        "key it is."
    )


def test_a_root_that_stands_for_nobody_here_is_told() -> None:
    other = Material(roots=(issue("Other Root", ca=True).der,))
    (fault,) = looked(signed(1), trust=other).all_faults
    assert fault.id == "certificate-untrusted"
    assert "no root that was given stands for the certificate Common Name: Ada Merrow" in (
        fault.message
    )


@pytest.mark.parametrize(
    ("first", "last", "state", "words"),
    [
        (NOW - 2 * YEAR, NOW - YEAR, "expired", "expired on"),
        (NOW + YEAR, NOW + 2 * YEAR, "not-yet-valid", "is valid only from"),
    ],
)
def test_a_certificate_that_was_not_valid_when_it_signed_is_named(
    first, last, state: str, words: str
) -> None:
    late = issue("Ada Merrow", by=root(), first=first, last=last).key
    found = looked(sign(made().pdf, ADA, by=late))
    (fault,) = found.all_faults

    assert found.signatures[0].intact
    assert found.signatures[0].chain == state
    assert fault.id == f"certificate-{state}"
    assert words in fault.message


def test_a_certificate_that_expired_since_was_valid_when_it_signed() -> None:
    old = issue("Ada Merrow", by=root(), first=NOW - 2 * YEAR, last=NOW - YEAR).key
    data = sign(made().pdf, ADA, by=old, at=NOW - YEAR - timedelta(days=9))

    assert looked(data).all_faults == ()
    assert told(data, at=NOW) == {"certificate-expired"}


def test_of_five_the_one_whose_certificate_was_revoked_is_named() -> None:
    lists = revoked(person("Ines Farrow").certificate)
    found = looked(signed(5), trust=Material(roots=(root().der,), crls=(lists,)))
    (fault,) = found.all_faults

    assert fault.id == "certificate-revoked"
    assert fault.message.startswith("Ines Farrow: the certificate Common Name: Ines Farrow was")
    assert [s.chain for s in found.signatures] == [
        "trusted", "trusted", "revoked", "trusted", "trusted"
    ]  # fmt: skip


def test_a_list_that_the_issuer_did_not_sign_revokes_nobody() -> None:
    forged = bytearray(revoked(person("Ines Farrow").certificate))
    forged[-1] ^= 1
    trust = Material(roots=(root().der,), crls=(bytes(forged),))
    assert looked(signed(3), trust=trust).all_faults == ()


def test_the_key_of_another_is_found() -> None:
    data = sign(made().pdf, ADA, by=key(TOBIAS))
    (fault,) = looked(data, registered=registered()).all_faults

    assert fault.id == "key-of-another"
    assert "The field of Ada Merrow was signed with a key that is not theirs: it is registered for "
    assert "p.2" in fault.message


def test_a_new_key_beside_the_registered_one_is_found() -> None:
    data = sign(made().pdf, ADA, by=issue("Ada Merrow", by=root()).key)
    (fault,) = looked(data, registered=registered()).all_faults
    assert fault.id == "key-of-another"
    assert "another key is registered" in fault.message


def test_one_key_for_two_fields_is_found() -> None:
    data = sign(signed(1), TOBIAS, by=key(ADA))
    assert [f.id for f in looked(data).all_faults] == ["key-shared", "key-shared"]


# Each row of what a library lets pass, and of what it does not.


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (new_title, "the metadata"),
        (note, "a note on a page (Text)"),
        (language, "the language of the document"),
        (other_manifest, "an attached file"),
    ],
)
def test_what_is_added_after_the_last_signature_is_found_and_named(change, what: str) -> None:
    found = looked(incremented(signed(5), change))
    ids = {f.id for f in found.all_faults}

    assert {"bytes-after-signature", "changed-between-signatures"} <= ids
    assert all(what in s.added for s in found.signatures)
    assert [f for f in found.faults if what in f.message]


@pytest.mark.parametrize("change", [note, language, other_manifest])
def test_what_no_signature_allows_breaks_those_before_it(change) -> None:
    found = looked(incremented(signed(3), change))
    assert all("changed-after-signature" in {f.id for f in s.faults} for s in found.signatures)


def test_an_increment_after_the_third_signature_is_found_though_others_sign_after_it() -> None:
    data = sign(sign(incremented(signed(3), new_title), NUNO), LENA)
    found = looked(data)

    assert [f.id for f in found.all_faults] == ["changed-between-signatures"]
    assert found.faults[0].message == (
        "Increment 4 of the file, added beside the signatures, changes what was drafted: the "
        "metadata."
    )
    assert "the metadata" in found.signatures[2].added
    assert "the metadata" not in found.signatures[3].added


@pytest.mark.parametrize("change", [new_title, other_manifest])
def test_what_was_put_in_before_the_first_signature_is_found(change) -> None:
    found = looked(sign(incremented(made().pdf, change), ADA))
    assert [f.id for f in found.all_faults] == ["changed-before-signature"]
    assert found.signatures[0].valid


def test_what_a_signer_changes_in_the_increment_of_the_signature_is_found() -> None:
    writer = IncrementalPdfFileWriter(io.BytesIO(made().pdf))
    language(writer)
    meta = PdfSignatureMetadata(
        field_name="gravamen.p.1", subfilter=SigSeedSubFilter.PADES, md_algorithm="sha256"
    )
    data = sign_with_library(writer, meta, signer=key(ADA).signer).getvalue()
    found = looked(data)

    assert found.signatures[0].valid
    assert found.signatures[0].covers == "file"
    assert [f.id for f in found.all_faults] == ["changed-with-signature"]
    assert "the language of the document" in found.faults[0].message


def test_bytes_after_the_end_are_counted() -> None:
    found = looked(signed(5) + b"% more\n")
    assert [f.id for f in found.all_faults] == ["bytes-after-signature"]
    assert found.faults[0].message.startswith("7 bytes follow the last signature")


def test_a_page_swapped_breaks_every_signature(tmp_path: Path) -> None:
    swapped = tmp_path / "swapped.pdf"
    with pikepdf.open(_file(tmp_path, signed(3))) as pdf:
        del pdf.pages[1]
        pdf.save(swapped)
    found = looked(swapped.read_bytes())
    assert len(found.signatures) == 3
    assert all(not s.valid for s in found.signatures)


def test_a_signature_copied_into_another_file_does_not_hold(tmp_path: Path) -> None:
    other = made(title="Another letter").pdf
    data = signed(1)
    end = len(made().pdf)
    copied = other + data[end:]
    assert told(copied) & {"signature-broken", "signature-unreadable", "signature-covers-part"}

    with (
        pikepdf.open(_file(tmp_path, data)) as from_,
        pikepdf.open(_file(tmp_path, sign(other, TOBIAS), "b.pdf")) as into,
    ):
        value = into.copy_foreign(_field(from_, "1").V)
        _field(into, "1").V = value
        into.save(tmp_path / "c.pdf")
    found = looked((tmp_path / "c.pdf").read_bytes())
    assert "Ada Merrow" in {s.name for s in found.signatures}
    assert all(not s.valid for s in found.signatures)


def test_a_field_that_belongs_to_no_signatory_is_named() -> None:
    found = examine(signed(2), signatories=SIGNATORIES[:1], trust=TRUST)
    assert [f.id for f in found.all_faults] == ["signature-of-nobody"]


def test_where_nobody_says_who_was_to_sign_no_field_is_called_a_strangers() -> None:
    found = examine(signed(1), trust=TRUST)
    assert found.all_faults == ()
    assert (found.signatures[0].field, found.signatures[0].name) == ("gravamen.p.1", None)


def _file(folder: Path, data: bytes, name: str = "a.pdf") -> Path:
    (folder / name).write_bytes(data)
    return folder / name


def _field(pdf: pikepdf.Pdf, last: str) -> pikepdf.Object:
    (over,) = pdf.Root.AcroForm.Fields
    (people,) = over.Kids
    return next(f for f in people.Kids if str(f.T) == last)


def test_timestamps_are_told_apart_from_signatures() -> None:
    seen = looked(sign(made().pdf, ADA, level="B-T", timestamps=clock())).signatures[0]
    assert seen.valid
    assert seen.level == "B-T"
    assert seen.timestamped_by == "Common Name: Alder Time"
    assert seen.timestamped_at
    assert seen.notes == ()

    material = Material(roots=(root().der,), crls=(revoked(),))
    lasting = sign(signed(1), TOBIAS, level="B-LTA", timestamps=clock(), material=material)
    found = looked(lasting)
    assert found.all_faults == ()
    assert [s.name for s in found.signatures] == ["Ada Merrow", "Tobias Quill"]
    (stamp,) = found.timestamps
    assert stamp.intact
    assert "nobody signed them" in found.notes[0]
    assert found.signatures[0].added == (
        "the signature of Tobias Quill",
        "a timestamp over the whole file",
        "certificates and lists for later checks",
    )
    assert told(lasting + b"\n") == {"bytes-after-signature"}


def test_a_file_that_was_never_signed_has_no_signatures() -> None:
    found = looked(made().pdf)
    assert found.signatures == ()
    assert found.empty == tuple(s.id for s in SIGNATORIES)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n/ByteRange", b"\x00" * 999, b"%PDF-1.7 %%EOF"])
def test_rubbish_is_a_fault_and_no_error(data: bytes) -> None:
    assert {f.id for f in looked(data).all_faults} == {"signature-unreadable"}


def test_a_file_of_hundreds_of_parts_is_not_looked_through() -> None:
    data = signed(1)
    for _ in range(MOST_INCREMENTS):
        before = int(data[data.rindex(b"startxref") + 9 :].split()[0])
        start = len(data)
        data += (
            b"xref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 999/Root 1 0 R/Prev %d>>\n"
            b"startxref\n%d\n%%%%EOF\n" % (before, start)
        )
    (fault,) = looked(data).all_faults
    assert fault.id == "signature-unreadable"
    assert "no more than 256 are looked at" in fault.message


def test_a_name_that_became_a_number_is_a_fault_and_not_an_error() -> None:
    data = signed(2)
    assert b"/S /Div" in data
    found = looked(data.replace(b"/S /Div", b"/S .Div", 1))

    assert {f.id for f in found.all_faults} >= {"signature-unreadable"}


def test_every_flipped_bit_is_found_by_the_signatures_or_by_the_digest() -> None:
    data = signed(2)
    chance = random.Random(20260512)
    missed = []
    for _ in range(150):
        at, bit = chance.randrange(len(data)), 1 << chance.randrange(8)
        flipped = data[:at] + bytes([data[at] ^ bit]) + data[at + 1 :]
        if not looked(flipped).all_faults:
            missed.append(at)
    # What a signature does not cover is its own container; there only the digest can tell.
    holes = _holes(data)
    assert all(any(a <= at < b for a, b in holes) for at in missed)
    assert len(missed) < 10


def _holes(data: bytes) -> list[tuple[int, int]]:
    """Where the containers of the signatures lie."""
    found, at = [], 0
    while (at := data.find(b"/ByteRange [", at + 1)) > 0:
        _, a, b, _ = (int(n) for n in data[at + 12 : data.index(b"]", at)].split())
        found.append((a, b))
    return found


@pytest.mark.skipif(not shutil.which("pdfsig"), reason="pdfsig (poppler-utils) is not installed")
def test_a_second_tool_agrees(tmp_path: Path) -> None:
    def second(data: bytes) -> list[str]:
        said = subprocess.run(
            ["pdfsig", "-nocert", str(_file(tmp_path, data))],
            capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip
        return [line for line in said.stdout.splitlines() if "Signature Validation:" in line]

    assert second(signed(5)) == ["  - Signature Validation: Signature is Valid."] * 5
    data = signed(5)
    at = data.index(b"/Lang")
    broken = second(data[: at + 7] + b"x" + data[at + 8 :])
    assert len(broken) == 5
    assert not any("is Valid" in line for line in broken)


def test_signatories_with_the_same_name_are_told_apart_by_their_fields() -> None:
    twins = (ADA, Signatory(id="p.2", name="Ada Merrow", capacity="Clerk"))
    found = examine(signed(2), signatories=twins, trust=TRUST)
    assert [(s.signatory, s.capacity) for s in found.signatures] == [
        ("p.1", "Supervisor, District 1"), ("p.2", "Clerk")
    ]  # fmt: skip
