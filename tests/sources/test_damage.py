"""A file that was damaged anywhere is still a source, or a sentence that says why it is none."""

import io
import random
import zipfile
from collections.abc import Callable
from email.message import EmailMessage

import docx
import pikepdf
import pytest
import typst

from gravamen.sources import SourceError, capture
from gravamen.values import canonical


def a_text() -> bytes:
    return "Żółć, guards beat six men.\r\nСтража их тукла.\r\n".encode()


def a_page() -> bytes:
    return (
        b"<!doctype html><meta charset=utf-8><title>N</title><!-- c --><p>Five <b>men</b><span "
        b"hidden>x</span><table><caption>T<tr><th>Name<td><p>31</table><details><summary>More"
        b"</summary>y</details><img alt=Map><iframe srcdoc='<p>z'></iframe><script>1</script>"
    )


def a_pdf() -> bytes:
    file = io.BytesIO()
    page = b"#set page(width: 7cm, height: 6cm)\nFive men.\n#pagebreak()\n#table[a][b]"
    with pikepdf.open(io.BytesIO(typst.compile(page, ignore_system_fonts=True))) as document:
        document.attachments["list.txt"] = b"A. Ilen, 31"
        document.save(file, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return file.getvalue()


def a_mail() -> bytes:
    message, inner = EmailMessage(), EmailMessage()
    inner["From"] = message["From"] = "Zoë <zoe@norrland.example>"
    inner["Message-ID"] = message["Message-ID"] = "<1@norrland.example>"
    inner.set_content("The first letter.")
    message.set_content("See below.")
    message.add_alternative("<p>See <b>below</b>", subtype="html")
    message.add_attachment(inner)
    message.add_attachment("Zürich".encode(), maintype="text", subtype="plain", filename="ü.txt")
    return message.as_bytes()


def a_document() -> bytes:
    document, file = docx.Document(), io.BytesIO()
    document.add_heading("Statement", 1)
    document.add_table(1, 2).cell(0, 0).text = "31"
    document.save(file)
    return file.getvalue()


def damaged(data: bytes, chance: random.Random) -> bytes:
    """A copy with some bytes changed, left out, repeated or cut off."""
    found = bytearray(data)
    for _ in range(chance.choice((1, 2, 8))):
        at, n = chance.randrange(len(found) + 1), chance.randrange(1, 40)
        how = chance.randrange(5)
        if how == 0:
            found[at : at + 1] = bytes([chance.randrange(256)])
        elif how == 1:
            del found[at : at + n]
        elif how == 2:
            found[at:at] = found[at // 2 : at // 2 + n]
        elif how == 3:
            found[at:at] = chance.choice((b"\0", b"<", b">", b"\n\n", b"--", b"&#xD800;", b"\xff"))
        elif chance.random() < 0.2:
            del found[at:]
    return bytes(found)


def damaged_inside(data: bytes, chance: random.Random) -> bytes:
    """A copy of a package with one of its parts damaged, and packed again as it should be."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w") as new:
        hit = chance.choice([name for name in old.namelist() if name.endswith((".xml", ".rels"))])
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, damaged(part, chance) if name == hit else part)
    return file.getvalue()


@pytest.mark.parametrize(
    ("make", "name", "harm", "times"),
    [
        (a_text, "a.txt", damaged, 200),
        (a_page, "a.html", damaged, 200),
        (a_document, "a.docx", damaged, 100),
        (a_document, "a.docx", damaged_inside, 100),
        (a_mail, "a.eml", damaged, 30),
        (a_pdf, "a.pdf", damaged, 30),
    ],
    ids=["text", "page", "package", "document", "mail", "pdf"],
)
def test_a_file_damaged_anywhere_is_a_source_or_a_sentence(
    make: Callable[[], bytes],
    name: str,
    harm: Callable[[bytes, random.Random], bytes],
    times: int,
) -> None:
    whole, chance = make(), random.Random(5)
    assert capture(whole, id="s.a", name=name).text.text
    for _ in range(times):
        data = harm(whole, chance)
        try:
            captured = capture(data, id="s.a", name=name)
        except SourceError as error:
            assert str(error).startswith(name) and str(error).endswith(".")
            continue
        assert captured.data == data
        length = len(captured.text.text)
        for layer in captured.text.layers:
            assert 0 <= layer.start < layer.end <= length
            assert layer.at is None or 0 <= layer.at <= length
        canonical(captured.source)
        captured.text.text.encode("utf-8")
