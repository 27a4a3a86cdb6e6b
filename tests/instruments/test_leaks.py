import io
import zipfile
from pathlib import Path

import pikepdf
import pytest

from gravamen.instruments.leaks import Leak, leaks
from gravamen.instruments.setting import write
from gravamen.values import GravamenError

from .letters import CASE, letter, motion


def test_a_letter_leaks_nothing_of_a_protected_witness(tmp_path: Path) -> None:
    paths = write(letter(), tmp_path, case=CASE).paths().values()
    assert leaks(paths, ["Mirel Tovash", "Tovash", "saw the cellars"]) == []


def test_a_name_on_the_page_is_found_in_every_file(tmp_path: Path) -> None:
    files = write(letter(), tmp_path, case=CASE)
    found = leaks(files.paths().values(), ["ada  MERROW", "Արմեն Սարգսյան", "می‌خواهم رضا"])

    for path in files.paths().values():
        for name in ("ada  MERROW", "Արմեն Սարգսյան", "می‌خواهم رضا"):
            assert [x for x in found if x.file == path.name and x.forbidden == name]


def pdf_with(tmp_path: Path, **more: str) -> Path:
    path = tmp_path / "x.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        if "title" in more:
            pdf.docinfo["/Title"] = more["title"]
        if "xmp" in more:
            with pdf.open_metadata() as metadata:
                metadata["dc:title"] = more["xmp"]
        if "attached" in more:
            pdf.attachments["a.txt"] = pikepdf.AttachedFileSpec(pdf, more["attached"].encode())
        if "attached_name" in more:
            pdf.attachments[more["attached_name"]] = pikepdf.AttachedFileSpec(pdf, b"x")
        if "alt" in more:
            pdf.Root.Alt = pikepdf.Dictionary(A=pikepdf.Array([pikepdf.String(more["alt"])]))
        pdf.save(path, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return path


@pytest.mark.parametrize("place", ["title", "xmp", "attached", "attached_name", "alt"])
@pytest.mark.parametrize("name", ["Mirel Tovash", "Ծովինար", "Li"])
def test_a_name_hidden_in_a_pdf_is_found(place: str, name: str, tmp_path: Path) -> None:
    path = pdf_with(tmp_path, **{place: f"by {name}, 2024"})
    assert {x.forbidden for x in leaks([path], [name])} == {name}


@pytest.mark.parametrize(
    "written",
    [
        "MIREL TOVASH",
        "Mirel\u00a0\n Tovash",
        "Mirel-Tovash",
        "Mirél Továsh",
        "Mi\u00adrel To\u200bvash",
        "ＭＩＲＥＬ Tovash",
        "Mirel%20Tovash",
        "<b>Mirel</b> <i>To</i>vash",
        "<!-- Mirel Tovash -->",
        '<img alt="Mirel Tovash">',
        "Mirel \\u0054ovash",
        "&#77;irel Tovash",
    ],
)
def test_a_name_written_otherwise_is_found(written: str, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(f"<!doctype html><p>{written}</p>", encoding="utf-8")
    assert leaks([path], ["Mirel Tovash"])


def test_a_name_in_a_file_name_or_an_archive_is_found(tmp_path: Path) -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("word/document.xml", "<w:p><w:t>Mirel </w:t><w:t>Tovash</w:t></w:p>")
    (tmp_path / "letter.docx").write_bytes(archive.getvalue())
    (tmp_path / "to-mirel_tovash.txt").write_text("nothing")

    found = leaks(sorted(tmp_path.iterdir()), ["Mirel Tovash"])
    assert found == [
        Leak(
            forbidden="Mirel Tovash",
            file="letter.docx",
            part="word/document.xml, without markup",
        ),
        Leak(forbidden="Mirel Tovash", file="to-mirel_tovash.txt", part="file name"),
    ]


def test_a_short_name_is_not_found_within_other_words_tags_or_fonts(tmp_path: Path) -> None:
    paths = write(motion(), tmp_path, case=CASE).paths().values()
    assert leaks(paths, ["Li", "Ol", "Xu", "Ng", "Td"]) == []


def test_a_file_that_cannot_be_searched_is_refused(tmp_path: Path) -> None:
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing")
    with pytest.raises(GravamenError, match=r"broken\.pdf cannot be searched"):
        leaks([tmp_path / "broken.pdf"], ["Mirel Tovash"])
