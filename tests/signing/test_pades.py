"""Signatures in the file: increments, in any order, at three levels, by both standards."""

import io
import shutil
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from asn1crypto import cms

from gravamen.instruments.extraction import pdf_text
from gravamen.sentences import Signatory
from gravamen.signing.pades import Material, SigningProblem, sign_pdf
from gravamen.signing.timestamp import Authority
from gravamen.values import GravamenError
from tests.instruments.judges import NO_PDFSIG, NO_VERAPDF, judged, pdfsig, verapdf
from tests.instruments.letters import SIGNATORIES
from tests.instruments.structure import problems

from .authority import NOW, clock, issue, person, revoked, root, served
from .signed import key, made, sign, signed

ADA, TOBIAS, INES, NUNO, LENA = SIGNATORIES
MATERIAL = Material(roots=(root().der,), crls=(revoked(),))
SCRIPTS = ("Արմեն Սարգսյան", "Əli Quliyev", "محمد الأحمد", "ნინო ბერიძე", "王小明")


def in_five_scripts() -> bytes:
    people = tuple(
        Signatory(id=f"p.{n}", name=name, capacity="Member") for n, name in enumerate(SCRIPTS, 1)
    )
    pdf = made(signatories=people).pdf
    for person_ in people:
        pdf = sign(pdf, person_, by=person("Anybody").key)
    return pdf


def at_level(level: str) -> bytes:
    """The letter with five signatures of a level."""
    pdf = made().pdf
    for signatory in SIGNATORIES:
        material = MATERIAL if level == "B-LTA" else None
        pdf = sign(pdf, signatory, level=level, timestamps=clock(), material=material)
    return pdf


_SHOWN = ("/SubFilter", "/M", "/Reason", "/Name", "/Type")


def values(pdf: bytes) -> list[dict[str, str]]:
    """What the signature dictionaries of a file say, in no order."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        return [
            {str(key): str(value) for key, value in found.items() if key in _SHOWN}
            for found in file.objects
            if isinstance(found, pikepdf.Dictionary) and "/ByteRange" in found
        ]


def words_of(pdf: bytes) -> str:
    """All that the pages show, their fields too."""
    document = pypdfium2.PdfDocument(pdf)
    document.init_forms()
    for page in document:
        page.flatten()
    flat = io.BytesIO()
    document.save(flat)
    return " ".join(" ".join(pdf_text(flat.getvalue())).split())


def test_each_signed_file_begins_with_the_one_before_it_and_the_first_with_the_draft() -> None:
    files = [signed(n) for n in range(6)]

    assert files[0] == made().pdf
    assert all(b.startswith(a) and len(b) > len(a) for a, b in zip(files, files[1:], strict=False))


def test_five_may_sign_in_any_order() -> None:
    pdf = made().pdf
    for signatory in (NUNO, ADA, LENA, TOBIAS, INES):
        after = sign(pdf, signatory)
        assert after.startswith(pdf)
        pdf = after

    assert len(values(pdf)) == 5


def test_a_signature_says_when_by_whom_and_why_in_the_way_of_the_standard() -> None:
    at = datetime(2024, 3, 5, 17, 4, 9, tzinfo=UTC)
    pdf = sign(made().pdf, ADA, at=at, reason="As adopted on 5 March 2024")
    (found,) = values(pdf)
    assert found["/SubFilter"] == "/ETSI.CAdES.detached"
    assert found["/M"].startswith("D:20240305170409")
    assert (found["/Name"], found["/Reason"]) == ("Ada Merrow", "As adopted on 5 March 2024")
    start = pdf.rindex(b"/Contents <") + len(b"/Contents <")
    raw = bytes.fromhex(pdf[start : pdf.index(b">", start)].decode())
    info = cms.ContentInfo.load(raw)["content"]["signer_infos"][0]
    attributes = {a["type"].native for a in info["signed_attrs"]}
    assert {"message_digest", "content_type", "signing_certificate_v2"} <= attributes
    assert "signing_time" not in attributes  # ETSI EN 319 142-1, 6.3: the time stands in /M


def test_the_stamp_shows_name_capacity_and_time_in_fonts_of_its_own() -> None:
    at = datetime(2024, 3, 5, 17, 4, tzinfo=UTC)
    pdf = sign(made().pdf, ADA, at=at)

    with pikepdf.open(io.BytesIO(pdf)) as file:
        field = next(a for p in file.pages for a in p.obj.get("/Annots", ()) if "/V" in a)
        words = field.AP.N.Resources.XObject["/Words"]
        fonts = [f.DescendantFonts[0].FontDescriptor for f in words.Resources.Font.values()]
        assert fonts
        assert all({"/FontFile2", "/FontFile3"} & set(f.keys()) for f in fonts)
    shown = words_of(pdf)
    assert "Signed 5 March 2024, 17:04 UTC" in shown
    assert shown.count("Ada Merrow") == 2


def test_a_signature_takes_nothing_from_the_structure_of_the_page() -> None:
    assert problems(signed(5)) == []
    assert problems(in_five_scripts()) == []


@pytest.mark.skipif(verapdf() is None, reason=NO_VERAPDF)
def test_verapdf_finds_no_failure_after_five_signatures_of_any_level(tmp_path: Path) -> None:
    four = signed(2)
    for signatory in (NUNO, LENA):
        four = sign(four, signatory)
    files = {
        "five": signed(5),
        "four": four,
        "scripts": in_five_scripts(),
        "B-T": at_level("B-T"),
        "B-LTA": at_level("B-LTA"),
    }
    for name, data in files.items():
        (tmp_path / f"{name}.pdf").write_bytes(data)

    verdicts = judged(sorted(tmp_path.glob("*.pdf")))

    assert len(verdicts) == 2 * len(files)
    assert [(v.name, v.failed) for v in verdicts if not v.passed] == []


@pytest.mark.skipif(shutil.which("pdfsig") is None, reason=NO_PDFSIG)
def test_pdfsig_finds_five_valid_signatures(tmp_path: Path) -> None:
    path = tmp_path / "five.pdf"
    path.write_bytes(signed(5))
    found = pdfsig(path)

    assert [f["Signature Validation"] for f in found] == ["Signature is Valid."] * 5
    assert [f["Signer Certificate Common Name"] for f in found] == [s.name for s in SIGNATORIES]
    assert {f["Signature Type"] for f in found} == {"ETSI.CAdES.detached"}
    spoilt = bytearray(signed(5))
    spoilt[spoilt.index(b"/Lang")] ^= 1
    path.write_bytes(spoilt)
    assert "Signature is Valid." not in [f.get("Signature Validation") for f in pdfsig(path)]


def test_a_timestamp_comes_from_the_authority_that_was_named() -> None:
    with served() as url:
        pdf = sign(made().pdf, ADA, level="B-T", timestamps=Authority(url))

    start = pdf.rindex(b"/Contents <") + len(b"/Contents <")
    raw = bytes.fromhex(pdf[start : pdf.index(b">", start)].decode())
    unsigned = cms.ContentInfo.load(raw)["content"]["signer_infos"][0]["unsigned_attrs"]
    assert [a["type"].native for a in unsigned] == ["signature_time_stamp_token"]


def test_a_lasting_signature_keeps_what_a_later_check_needs() -> None:
    pdf = sign(made().pdf, ADA, level="B-LTA", timestamps=clock(), material=MATERIAL)

    with pikepdf.open(io.BytesIO(pdf)) as file:
        kept = file.Root.DSS
        assert len(kept.CRLs) == 1
        assert len(kept.Certs) >= 2
    assert sorted(v["/SubFilter"] for v in values(pdf)) == [
        "/ETSI.CAdES.detached",
        "/ETSI.RFC3161",
    ]
    assert pdf.startswith(made().pdf)


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (b"rubbish", "its answer is no timestamp"),
        (b"", "its answer is no timestamp"),
        (b"0" * 300_000, "longer than any timestamp"),
    ],
)
def test_an_authority_that_answers_rubbish_gives_a_clear_error(reply: bytes, words: str) -> None:
    with served(reply) as url, pytest.raises(SigningProblem, match=words):
        sign(made().pdf, ADA, level="B-T", timestamps=Authority(url))


def test_an_authority_that_is_off_gives_a_clear_error() -> None:
    with served() as url:
        pass

    with pytest.raises(SigningProblem, match=f"{url} gave no timestamp .it cannot be reached"):
        sign(made().pdf, ADA, level="B-T", timestamps=Authority(url))


@pytest.mark.parametrize("url", ["", "time.example.org", "file:///etc/passwd", "https://"])
def test_what_is_no_address_of_an_authority_is_refused(url: str) -> None:
    with pytest.raises(GravamenError, match="no address of a timestamp authority"):
        Authority(url)


@pytest.mark.parametrize(
    ("material", "words"),
    [
        (Material(roots=(root().der,)), "chain of certificates does not hold"),
        (
            Material(roots=(issue("Other Root", ca=True).der,), crls=(revoked(),)),
            "chain of certificates does not hold",
        ),
        (
            Material(roots=(root().der,), crls=(revoked(person("Ada Merrow").certificate),)),
            "revoked",
        ),
        (Material(), "give the root certificates"),
        (None, "give the root certificates"),
    ],
    ids=["no list", "other root", "revoked", "empty", "none"],
)
def test_a_lasting_signature_is_not_made_on_a_chain_that_does_not_hold(material, words) -> None:
    with pytest.raises(SigningProblem, match=words):
        sign(made().pdf, ADA, level="B-LTA", timestamps=clock(), material=material)


def test_levels_and_authority_go_together() -> None:
    with pytest.raises(SigningProblem, match="B-T needs a timestamp authority"):
        sign(made().pdf, ADA, level="B-T")
    with pytest.raises(SigningProblem, match="B-B takes no timestamp"):
        sign(made().pdf, ADA, timestamps=clock())


def test_a_field_is_not_signed_twice() -> None:
    with pytest.raises(SigningProblem, match="is signed already"):
        sign(signed(1), ADA)


def test_a_signatory_whom_the_file_does_not_name_has_no_field() -> None:
    stranger = Signatory(id="p.9", name="Somebody", capacity="Member")

    with pytest.raises(SigningProblem, match="has no field 'gravamen.p.9'; it has gravamen.p.1"):
        sign(made().pdf, stranger, by=key(ADA))


@pytest.mark.parametrize(
    "data",
    [b"", b"rubbish", b"%PDF-1.7\nrubbish", b"%PDF-1.7\n%%EOF\n", "cut", "torn"],
    ids=["empty", "rubbish", "head", "hollow", "cut", "torn"],
)
def test_what_is_no_whole_pdf_is_refused(data) -> None:
    whole = made().pdf
    data = {"cut": whole[: len(whole) // 2], "torn": whole[2000:]}.get(data, data)

    with pytest.raises(SigningProblem):
        sign(data, ADA)


def test_material_is_read_from_pem_and_der_and_rubbish_is_refused() -> None:
    read = Material.read(roots=[root().cert_pem], others=[root().der], crls=[revoked()])

    assert (read.roots, read.others) == ((root().der,), (root().der,))
    with pytest.raises(GravamenError, match="no certificate"):
        Material.read(roots=[b"rubbish"])
    with pytest.raises(GravamenError, match="none in PEM or DER"):
        Material.read(roots=[], crls=[b"rubbish"])


def test_a_time_of_another_zone_is_written_in_utc() -> None:
    at = datetime(2024, 3, 5, 23, 30, tzinfo=timezone(timedelta(hours=-8)))
    shown = words_of(sign(made().pdf, ADA, at=at))

    assert "Signed 6 March 2024, 07:30 UTC" in shown


def test_signing_needs_nothing_but_the_file_and_the_key() -> None:
    assert sign_pdf(made().pdf, signatory=ADA, key=key(ADA), at=NOW).startswith(made().pdf)
