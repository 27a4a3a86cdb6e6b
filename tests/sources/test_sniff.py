"""The kind of a file is told from its bytes; what is not read is named, with a remedy."""

import io
import zipfile

import pytest

from gravamen.sources import SourceError, capture
from gravamen.sources.sniff import sniff, wrong_extension

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)


def zipped(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "format"),
    [
        (b"They were taken.", "text"),
        (b"a < b and c > d", "text"),
        (b"<angry>", "text"),
        (b"TO: The Board\nFROM: The Clerk\nSUBJECT: Motion\n\nText", "text"),
        (b"Name: Anna\nAge: 40\n", "text"),
        (b"MZ 12 is the name of a unit", "text"),
        (b'{"a": 1}', "text"),
        (b"\n <!-- x --> <!DOCTYPE html><p>x", "html"),
        (b"<P>x", "html"),
        (b'<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml"/>', "html"),
        ("<html>x".encode("utf-16"), "html"),
        (b"%PDF-1.7\n", "pdf"),
        (b"junk before\n%PDF-1.4", "pdf"),
        (zipped("[Content_Types].xml", "word/document.xml"), "docx"),
        (b"Received: from a\n by b\nSubject: x\n\nbody", "eml"),
        (b"From: a@b.example\r\nMessage-ID: <1@b>\r\n\r\nbody", "eml"),
    ],
)
def test_a_file_is_what_its_bytes_are(data: bytes, format: str) -> None:
    if data == b"<angry>":
        with pytest.raises(SourceError, match="is XML"):
            sniff(data, name="x")
        return
    assert sniff(data, name="x") == format


@pytest.mark.parametrize(
    "data",
    [
        b"<details><summary>More</summary>x</details>",
        b"<ruby>x</ruby>",
        b"They came<br>at night.",
        b"plain words<!-- and a remark -->",
    ],
)
def test_a_piece_of_a_page_is_one_where_its_name_says_so(data: bytes) -> None:
    assert sniff(data, name="piece.html") == "html"
    if data.startswith(b"<"):
        with pytest.raises(SourceError, match="is XML"):
            sniff(data, name="piece.txt")
    else:
        assert sniff(data, name="piece.txt") == "text"
    assert sniff(b"a < b and c", name="piece.html") == "text"


def test_the_name_decides_only_between_a_memorandum_and_a_mail() -> None:
    data = b"From: a@b.example\nTo: c@d.example\nSubject: x\n\nbody"
    assert (sniff(data, name="x.txt"), sniff(data, name="x.eml")) == ("text", "eml")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (OLE + "WordDocument".encode("utf-16-le"), "an old Word document (DOC), of which no text"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "an encrypted Office document"),
        (OLE + "__substg1.0_001A".encode("utf-16-le"), "save it as EML from the mail program"),
        (OLE, "an old Office file of unknown kind"),
        (zipped("[Content_Types].xml", "xl/workbook.xml"), "save the sheet that matters as PDF"),
        (zipped("mimetype", "content.xml"), "an OpenDocument file (ODT, ODS or ODP)"),
        (zipped("a.txt", "b.txt"), "a ZIP archive of 2 files; unpack it"),
        (b"PK\x03\x04 and then nothing", "begins as a DOCX or ZIP file but is damaged"),
        (rb"{\rtf1\ansi x}", "an RTF document, of which no text is read; save it as DOCX or PDF"),
        (b"\x89PNG\r\n\x1a\n\0\0", "a PNG picture"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "a JPEG picture"),
        (b"\0\0\0\x18ftypmp42\0\0", "an MP4 recording"),
        (b"\x1f\x8b\x08\0", "a gzip archive"),
        (b"\x7fELF\x02\x01\x01\0", "a program"),
        (b"<?xml version='1.0'?><act/>", "is XML"),
        (b"From a@b Mon\nReceived: x\n\nb", "a mailbox (mbox)"),
        (bytes(range(256)), "text is read of plain text, HTML, PDF, DOCX and EML"),
        ("no mark".encode("utf-16-le"), "UTF-16 without a byte order mark"),
    ],
)
def test_what_is_not_read_is_named_with_what_to_do(data: bytes, said: str) -> None:
    with pytest.raises(SourceError) as caught:
        capture(data, id="s.x", name="thing.bin")
    assert str(caught.value).startswith("thing.bin ")
    assert said in str(caught.value)


def test_a_wrong_extension_is_said() -> None:
    notice = wrong_extension("text", "statement.PDF")
    assert notice is not None
    assert (notice.id, notice.message) == (
        "wrong-extension",
        "statement.PDF is named '.pdf', but its bytes are text/plain; it was read as what it is.",
    )


@pytest.mark.parametrize("name", ["a.txt", "a.csv", "a", "resolution.no.27", "a.md"])
def test_a_fitting_or_unknown_extension_is_not_remarked(name: str) -> None:
    assert wrong_extension("text", name) is None


def test_a_foreign_extension_is_remarked() -> None:
    notice = wrong_extension("html", "table.xls")
    assert notice is not None and notice.id == "wrong-extension"
