"""Tests of sending/enclosures.py: which exhibits go out, and that none is dropped in silence."""

import base64
import io
import zipfile
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import msgspec
import pikepdf
import pytest

from gravamen.case import Case
from gravamen.casefile import CaseFile
from gravamen.dates import Edtf
from gravamen.instruments.leaks import leaks_in, protected
from gravamen.instruments.manifest import Manifest
from gravamen.parties import Name
from gravamen.sending.enclosures import LIST, Enclosed, Level, enclosures
from gravamen.sending.headers import Mailbox
from gravamen.sending.message import mail_of
from gravamen.submission import Consent
from gravamen.values import GravamenError
from tests.sending.building import WITNESS, law, ready


@pytest.fixture(scope="module")
def manifest(kept: CaseFile) -> Manifest:
    return ready(kept).manifest


def enclosed(
    record: CaseFile, manifest: Manifest, level: Level = "all", **more: object
) -> Enclosed:
    fields = {"case": record.case(), "blob": record.blob} | more
    case, blob = fields["case"], fields["blob"]
    return enclosures(case, manifest, level=level, blob=blob)  # type: ignore[arg-type]


def first(case: Case, manifest: Manifest, **fields: object) -> Case:
    """The case with other fields of the source that is exhibit A."""
    id = manifest.exhibits[0].source
    source = msgspec.structs.replace(case.sources[id], **fields)
    return msgspec.structs.replace(case, sources={**case.sources, id: source})


def test_at_the_level_none_no_exhibit_goes_and_at_list_only_their_list(
    kept: CaseFile, manifest: Manifest
) -> None:
    assert enclosed(kept, manifest, "none") == ((), ())
    (listed,) = enclosed(kept, manifest, "list").parts
    words = listed.data.decode()

    assert listed.name == LIST
    assert all(e.sha256 in words and e.cited in words for e in manifest.exhibits)
    assert words.count("not enclosed: on request") == len(manifest.exhibits)


def test_each_exhibit_goes_out_unchanged_or_is_said_to_stay_behind(
    kept: CaseFile, manifest: Manifest
) -> None:
    found = enclosed(kept, manifest)
    files = {p.name.partition(".")[0]: p for p in found.parts if p.name != LIST}

    assert len(files) + len(found.left_out) == len(manifest.exhibits)
    assert files["exhibit-A"].sha256 == manifest.exhibits[0].sha256
    for line in found.left_out:
        assert f"Exhibit {line.split()[1]}: " in found.parts[0].data.decode()


def test_no_protected_name_is_in_any_file_that_goes(kept: CaseFile, manifest: Manifest) -> None:
    case = kept.case()
    parts = enclosed(kept, manifest).parts

    assert WITNESS in protected(case)
    assert leaks_in(((p.name, p.data) for p in parts), protected(case)) == []


def test_an_exhibit_with_a_protected_name_in_its_words_stays_behind(
    kept: CaseFile, manifest: Manifest
) -> None:
    data = kept.blob(manifest.exhibits[0].sha256) + f"\n{WITNESS} said so.\n".encode()
    found = enclosed(kept, manifest, blob=lambda _: data)

    assert found.left_out[0] == ("Exhibit A is not enclosed: a protected name stands in it.")
    assert not any(p.name.startswith("exhibit-A") for p in found.parts)
    assert "not enclosed: a protected name" in found.parts[0].data.decode()


def test_a_family_name_alone_keeps_an_exhibit_back_too(kept: CaseFile, manifest: Manifest) -> None:
    found = enclosed(kept, manifest, blob=lambda _: b"Then Velz went home.")

    assert "a protected name stands in it" in found.left_out[0]


def attached(data: bytes, kind: str = "application/octet-stream") -> bytes:
    """An e-mail with a file attached to it."""
    message = EmailMessage()
    message["From"], message["Subject"] = "a@b.example", "Report"
    message.set_content("What was seen on the quay.\n")
    main, _, sub = kind.partition("/")
    message.add_attachment(data, maintype=main, subtype=sub, filename="it")
    return message.as_bytes()


def otherwise(html: bytes, encoding: str, charset: str = "utf-8") -> bytes:
    """An e-mail whose page is encoded."""
    message = EmailMessage()
    message["From"], message["Subject"] = "a@b.example", "Report"
    message.set_content("What was seen on the quay.\n")
    message.add_alternative("x", subtype="html")
    page = message.get_payload()[1]  # type: ignore[index]  # it has two parts
    del page["Content-Transfer-Encoding"], page["Content-Type"]  # type: ignore[arg-type]
    page["Content-Type"] = f"text/html; charset={charset}"  # type: ignore[call-overload,index]
    page["Content-Transfer-Encoding"] = encoding  # type: ignore[call-overload,index]
    page.set_payload(html.decode("ascii"))  # type: ignore[union-attr]
    return message.as_bytes()


def zipped(data: bytes, name: str = "word/document.xml") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return buffer.getvalue()


def in_pdf(data: bytes) -> bytes:
    """A PDF with a file attached to it."""
    buffer = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.attachments["x"] = pikepdf.AttachedFileSpec(pdf, data, filename="x.docx")
        pdf.save(buffer)
    return buffer.getvalue()


NAMED = f"<w>The witness is {WITNESS}.</w>".encode()
BASE64 = base64.b64encode(NAMED)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(attached(zipped(NAMED)), id="zip-in-mail"),
        pytest.param(attached(NAMED), id="text-in-mail"),
        pytest.param(attached(in_pdf(NAMED), "application/pdf"), id="pdf-in-mail"),
        pytest.param(attached(attached(zipped(NAMED))), id="mail-in-mail"),
        pytest.param(otherwise(BASE64, "base64"), id="page-in-base64"),
        pytest.param(otherwise(b"<p>Radomir=20=\nVe=6Cz</p>", "quoted-printable"), id="page-in-qp"),
        pytest.param(
            otherwise(
                base64.b64encode("<p>Радомир Вельц</p>".encode("koi8-r")), "base64", "koi8-r"
            ),
            id="page-in-koi8",
        ),
        pytest.param(
            attached(b"x", "text/plain").replace(b"\n\n--", b"\n\n" + BASE64 + b"\n--", 1),
            id="beside-the-parts",
        ),
        pytest.param(in_pdf(zipped(NAMED)), id="docx-in-pdf"),
        pytest.param(zipped(zipped(NAMED), "inner.docx"), id="docx-in-zip"),
        pytest.param(zipped(b"x", f"{WITNESS}.txt"), id="name-in-zip"),
        pytest.param(b"\xff\xd8\xff" + zipped(NAMED), id="zip-behind-picture"),
    ],
)
def test_a_protected_name_is_found_however_deep_it_lies(
    kept: CaseFile, manifest: Manifest, data: bytes
) -> None:
    case = kept.case()
    witness = next(p for p in case.parties.values() if p.protected)
    named = msgspec.structs.replace(witness, names=(*witness.names, Name(text="Радомир Вельц")))
    case = msgspec.structs.replace(case, parties={**case.parties, witness.id: named})

    found = enclosed(kept, manifest, blob=lambda _: data, case=case)

    assert found.left_out[0] == "Exhibit A is not enclosed: a protected name stands in it."


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (attached(b"\x89PNG\r\n\x1a\n\0\0", "image/png"), "part 2 is a picture, or of a kind"),
        (attached(b"{\\rtf1 x}\0"), "part 2 is a picture, or of a kind"),
        (attached(zipped(b"\0\x01", "word/media/image1.png")), "part 2, file 1 is a picture"),
        (attached(b"-----BEGIN PGP MESSAGE-----\nx"), "part 2 holds something sealed"),
        (otherwise(b"x", "x-own"), "part 2 is encoded in a way that is not known"),
        (zipped(b"x" * 90)[:-30] + b"\0" * 8, "an archive that is damaged or locked"),
    ],
)
def test_an_exhibit_that_cannot_be_opened_to_the_end_stays_behind_and_says_why(
    kept: CaseFile, manifest: Manifest, data: bytes, why: str
) -> None:
    found = enclosed(kept, manifest, blob=lambda _: data)

    assert "it cannot be searched for protected names (" in found.left_out[0]
    assert why in found.left_out[0]
    assert not any(p.name.startswith("exhibit-A") for p in found.parts)


def test_an_exhibit_within_exhibits_without_end_stays_behind(
    kept: CaseFile, manifest: Manifest
) -> None:
    data = b"nothing"
    for _ in range(9):
        data = zipped(data, "inner.zip")
    found = enclosed(kept, manifest, blob=lambda _: data)

    assert "files lie in it more than 6 deep" in found.left_out[0]


def test_an_e_mail_with_nothing_to_hide_goes_out(kept: CaseFile, manifest: Manifest) -> None:
    data = attached(zipped(b"<w>Nobody is named.</w>"))
    found = enclosed(kept, manifest, blob=lambda _: data)

    assert any(p.name.startswith("exhibit-A") and p.data == data for p in found.parts)


def test_the_name_of_a_file_never_leaves_with_it(kept: CaseFile, manifest: Manifest) -> None:
    found = ready(kept, case=first(kept.case(), manifest, name=f"{WITNESS}.html"), exhibits="all")
    mail = mail_of(
        found, kept.case(), law(), sender=Mailbox(address="clerk@alder.example")
    )  # fmt: skip
    message = message_from_bytes(mail.data, policy=default)
    parts = [(p.get_filename() or "", p.get_payload(decode=True)) for p in message.walk()]

    assert "exhibit-A.html" in [name for name, _ in parts]
    files = [(name, data) for name, data in parts if isinstance(data, bytes)]
    assert leaks_in([*files, ("message", mail.data)], protected(kept.case())) == []


def test_an_exhibit_of_somebody_who_did_not_agree_to_publication_stays_behind(
    kept: CaseFile, manifest: Manifest
) -> None:
    case = kept.case()
    source = manifest.exhibits[0].source
    no = Consent(
        id="k.no", of="p.observatory", uses=("court",), identity="named", on=Edtf("2024-01-01"),
        method="in writing", sources=(source,),
    )  # fmt: skip
    case = msgspec.structs.replace(case, consents={**case.consents, "k.no": no})

    assert "did not agree to publication" in enclosed(kept, manifest, case=case).left_out[0]


def test_an_exhibit_without_a_text_stays_behind_where_a_name_is_protected(
    kept: CaseFile, manifest: Manifest
) -> None:
    case, source = kept.case(), manifest.exhibits[0].source
    texts = {id: text for id, text in case.texts.items() if id != source}
    blank = msgspec.structs.replace(case, texts=texts)
    bare = {id: p for id, p in case.parties.items() if not p.protected}

    assert "no text in which" in enclosed(kept, manifest, case=blank).left_out[0]
    nobody = msgspec.structs.replace(blank, parties=bare)
    assert any(p.name == "exhibit-A.html" for p in enclosed(kept, manifest, case=nobody).parts)


def test_an_exhibit_whose_bytes_are_gone_or_changed_stays_behind(
    kept: CaseFile, manifest: Manifest
) -> None:
    def gone(digest: str) -> bytes:
        raise GravamenError(f"The blob {digest} was erased.")

    other = first(kept.case(), manifest, sha256="0" * 64)

    assert "erased or are missing" in enclosed(kept, manifest, blob=gone).left_out[0]
    assert "these bytes any more" in enclosed(kept, manifest, case=other).left_out[0]
