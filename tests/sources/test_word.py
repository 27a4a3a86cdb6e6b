"""A DOCX gives every word it holds: as accepted in one piece, the rest as layers."""

import io
import struct
import zipfile
from pathlib import PurePosixPath

import docx
import pytest

from gravamen.sources import Captured, Layer, Limits, SourceError, capture

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def package(body: str, **parts: str) -> bytes:
    """A DOCX with a body and the parts given: `comments`, `footnotes`, `styles`, `header` …"""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("_rels/.rels", relations(officeDocument="word/document.xml"))
        related = relations(**{kind: f"{kind}.xml" for kind in parts})
        archive.writestr("word/_rels/document.xml.rels", related)
        archive.writestr("word/document.xml", part("document", f"<w:body>{body}</w:body>"))
        for kind, xml in parts.items():
            archive.writestr(f"word/{kind}.xml", xml if "<!" in xml else part(kind, xml))
    return file.getvalue()


def part(root: str, inner: str) -> str:
    return (
        f'<w:{root} xmlns:w="{W}" xmlns:mc="urn:mc" xmlns:wp="urn:wp" xmlns:v="urn:v">'
        f"{inner}</w:{root}>"
    )


def relations(**targets: str) -> str:
    inner = "".join(
        f'<Relationship Id="{kind}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for kind, target in targets.items()
    )
    return f'<Relationships xmlns="{RELATIONS}">{inner}</Relationships>'


def run(words: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def taken(data: bytes, limits: Limits | None = None) -> Captured:
    return capture(data, id="s.doc", name="statement.docx", limits=limits or Limits())


def seen(captured: Captured) -> list[tuple[str, str, str | None, str | None]]:
    text = captured.text.text
    return [(x.kind, text[x.start : x.end], x.author, x.date) for x in captured.text.layers]


def test_a_document_written_by_a_word_processor_is_read_in_order() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Confidential"
    document.sections[0].footer.paragraphs[0].text = "Norrland Watch"
    document.add_heading("Statement", 1)
    document.add_paragraph("They came\tat night.\nAll five were taken.")
    table = document.add_table(2, 2)
    for cell, words in zip(table._cells, ["Name", "Age", "A. Ilen", "31"], strict=True):
        cell.text = words
    table.cell(1, 1).add_paragraph("about")
    document.add_paragraph("Նա տարվեց։")
    file = io.BytesIO()
    document.save(file)

    captured = taken(file.getvalue())

    assert captured.text.text == (
        "Confidential\nStatement\nThey came\tat night.\nAll five were taken.\nName\tAge\n"
        "A. Ilen\t31\nabout\nՆա տարվեց։\nNorrland Watch"
    )
    assert captured.text.layers == (
        Layer(kind="header", start=0, end=12),
        Layer(kind="footer", start=101, end=115),
    )
    assert captured.text.extractor == "gravamen.docx"
    assert captured.source.media_type.endswith("wordprocessingml.document")
    assert [n.id for n in captured.source.notices] == []


def test_tracked_changes_are_layers_with_author_and_date() -> None:
    captured = taken(
        package(
            "<w:p>"
            + run("The guards took ")
            + '<w:del w:author="R. Amar" w:date="2021-03-04T10:00:00Z"><w:r><w:delText>three'
            "</w:delText></w:r></w:del>"
            '<w:ins w:author="S. Brill" w:date="2021-03-05T09:00:00Z">' + run("five") + "</w:ins>"
            + run(" men.")
            + '</w:p><w:p><w:moveFrom w:author="S. Brill">' + run("moved") + "</w:moveFrom>"
            '<w:moveTo w:author="S. Brill">' + run("put here") + "</w:moveTo></w:p>"
        )
    )  # fmt: skip
    assert captured.text.text == "The guards took five men.\nthree\nput here\nmoved"
    assert seen(captured) == [
        ("inserted", "five", "S. Brill", "2021-03-05T09:00:00Z"),
        ("deleted", "three", "R. Amar", "2021-03-04T10:00:00Z"),
        ("inserted", "put here", "S. Brill", None),
        ("deleted", "moved", "S. Brill", None),
    ]
    assert captured.text.layers[1].at == len("The guards took ")


def test_inserted_and_deleted_rows_of_a_table_are_layers() -> None:
    cells = "<w:tc><w:p>" + run("{}") + "</w:p></w:tc><w:tc><w:p>" + run("{}") + "</w:p></w:tc>"
    captured = taken(
        package(
            "<w:tbl><w:tr>" + cells.format("a", "b") + "</w:tr>"
            '<w:tr><w:trPr><w:del w:author="R"/></w:trPr>' + cells.format("c", "d") + "</w:tr>"
            '<w:tr><w:trPr><w:ins w:author="S"/></w:trPr>' + cells.format("e", "f") + "</w:tr>"
            "</w:tbl>"
        )
    )  # fmt: skip
    assert captured.text.text == "a\tb\nc\td\ne\tf"
    assert sorted(seen(captured)) == [
        ("deleted", "c\td", "R", None),
        ("inserted", "e\tf", "S", None),
    ]


def test_inserted_and_deleted_cells_of_a_table_are_layers() -> None:
    def cell(words: str, mark: str = "") -> str:
        return f"<w:tc><w:tcPr>{mark}</w:tcPr><w:p>{run(words)}</w:p></w:tc>"

    captured = taken(
        package(
            "<w:tbl><w:tr>" + cell("a") + cell("five", '<w:cellIns w:author="S"/>')
            + cell("six", '<w:cellDel w:author="R" w:date="2021-03-04T10:00:00Z"/>') + cell("b")
            + "</w:tr></w:tbl>"
        )
    )  # fmt: skip
    assert captured.text.text == "a\tfive\tb\nsix"
    assert seen(captured) == [
        ("inserted", "five", "S", None),
        ("deleted", "six", "R", "2021-03-04T10:00:00Z"),
    ]


def test_paragraphs_between_which_the_break_was_deleted_are_one_line() -> None:
    deleted = '<w:pPr><w:rPr><w:del w:author="R"/></w:rPr></w:pPr>'
    captured = taken(
        package(
            f"<w:p>{deleted}" + run("They took ") + "</w:p><w:p>" + run("five men.")
            + "</w:p><w:p>" + run("Next.") + "</w:p>"
        )
    )  # fmt: skip
    assert captured.text.text == "They took five men.\nNext."


def test_hidden_text_is_a_layer_whether_by_run_by_style_or_by_a_style_below_it() -> None:
    styles = (
        '<w:style w:styleId="Secret"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:styleId="Child"><w:basedOn w:val="Secret"/></w:style>'
        '<w:style w:styleId="Open"><w:basedOn w:val="Child"/><w:rPr><w:vanish w:val="0"/></w:rPr>'
        "</w:style>"
    )
    captured = taken(
        package(
            "<w:p>" + run("shown ") + run("one", "<w:vanish/>")
            + run("again ", '<w:vanish w:val="0"/>')
            + run("two", '<w:rStyle w:val="Child"/>') + run("open", '<w:rStyle w:val="Open"/>')
            + '</w:p><w:p><w:pPr><w:pStyle w:val="Secret"/></w:pPr>' + run("three") + "</w:p>",
            styles=styles,
        )
    )  # fmt: skip
    assert captured.text.text == "shown again open\none\ntwo\nthree"
    assert [layer[:2] for layer in seen(captured)] == [
        ("hidden", "one"),
        ("hidden", "two"),
        ("hidden", "three"),
    ]


def test_comments_follow_their_paragraph_and_notes_the_body() -> None:
    captured = taken(
        package(
            "<w:p>" + run("Five men") + '<w:r><w:footnoteReference w:id="2"/></w:r>'
            + run(" were taken.")
            + '<w:r><w:commentReference w:id="7"/></w:r></w:p><w:p>' + run("Next.") + "</w:p>",
            footnotes='<w:footnote w:type="separator" w:id="0"><w:p>' + run("no")
            + "</w:p></w:footnote>"
            '<w:footnote w:id="2"><w:p>' + run("By a neighbour.") + "</w:p></w:footnote>",
            endnotes='<w:endnote w:id="1"><w:p>' + run("At the end.") + "</w:p></w:endnote>",
            comments='<w:comment w:id="7" w:author="R. Amar" w:date="2021-03-04T10:00:00Z"><w:p>'
            + run("Who says so?") + "</w:p></w:comment>"
            '<w:comment w:id="8" w:author="X"><w:p>' + run("lost") + "</w:p></w:comment>",
        )
    )  # fmt: skip
    assert captured.text.text == (
        "Five men were taken.\nWho says so?\nNext.\nBy a neighbour.\nAt the end.\nlost"
    )
    assert sorted(seen(captured)) == [
        ("comment", "Who says so?", "R. Amar", "2021-03-04T10:00:00Z"),
        ("comment", "lost", "X", None),
        ("footnote", "At the end.", None, None),
        ("footnote", "By a neighbour.", None, None),
    ]
    note = next(x for x in captured.text.layers if x.end == x.start + len("By a neighbour."))
    assert note.at == len("Five men")


def test_a_text_box_is_read_once_and_a_picture_by_its_alternative_text() -> None:
    box = "<w:txbxContent><w:p>" + run("in the box") + "</w:p></w:txbxContent>"
    captured = taken(
        package(
            "<w:p>" + run("before ") + "<w:r><mc:AlternateContent><mc:Choice><w:drawing>"
            '<wp:docPr descr="Map of the camp"/>' + box + "</w:drawing></mc:Choice><mc:Fallback>"
            "<w:pict>" + box + "</w:pict></mc:Fallback></mc:AlternateContent></w:r>" + run("after")
            + "</w:p>"
        )
    )  # fmt: skip
    assert captured.text.text == "before after\nMap of the camp\nin the box"
    assert [layer[:2] for layer in seen(captured)] == [("alternative", "Map of the camp")]


def test_what_describes_a_picture_a_table_or_a_link_is_an_alternative() -> None:
    captured = taken(
        package(
            '<w:p><w:r><w:drawing><wp:docPr title="Map" descr="Map of the camp"/></w:drawing></w:r>'
            '<w:hyperlink w:tooltip="The report">' + run("here") + "</w:hyperlink></w:p><w:tbl>"
            '<w:tblPr><w:tblCaption w:val="Those taken"/><w:tblDescription w:val="By age"/>'
            "</w:tblPr><w:tr><w:tc><w:p>" + run("31") + "</w:p></w:tc></w:tr></w:tbl>"
        )
    )  # fmt: skip
    assert captured.text.text == "here\nMap\nMap of the camp\nThe report\nThose taken\nBy age\n31"
    assert [layer[0] for layer in seen(captured)] == ["alternative"] * 5


@pytest.mark.parametrize(("result", "shown"), [("", "Male"), ('<w:result w:val="1"/>', "Female")])
def test_an_old_form_field_shows_the_entry_that_was_chosen(result: str, shown: str) -> None:
    choices = f'{result}<w:listEntry w:val="Male"/><w:listEntry w:val="Female"/>'
    field = f"<w:fldChar><w:ffData><w:ddList>{choices}</w:ddList></w:ffData></w:fldChar>"
    captured = taken(package("<w:p>" + run("Sex: ") + f"<w:r>{field}</w:r></w:p>"))
    assert captured.text.text == f"Sex: {shown}"


def test_tabs_breaks_symbols_and_hyphens_are_characters_and_tab_stops_are_not() -> None:
    captured = taken(
        package(
            '<w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr><w:r><w:t>a</w:t><w:tab/>'
            '<w:t>b</w:t><w:br/><w:noBreakHyphen/><w:softHyphen/><w:sym w:char="00A7"/>'
            '<w:sym w:char="D800"/></w:r></w:p>'
        )
    )
    assert captured.text.text == "a\tb\n\u2011\u00ad§\ufffd"


def test_what_a_field_says_elsewhere_is_hidden_text_and_page_numbers_are_not_kept() -> None:
    captured = taken(
        package(
            "<w:p><w:r><w:instrText> PAGE </w:instrText></w:r><w:r><w:instrText> HYPERLINK "
            '"https://norrland.example" </w:instrText></w:r>' + run("our page") + "</w:p>"
        )
    )
    assert captured.text.text == 'our page\nHYPERLINK "https://norrland.example"'
    assert seen(captured)[0][0] == "hidden"


def test_pictures_embedded_files_and_macros_are_said() -> None:
    file = io.BytesIO(package("<w:p/>"))
    with zipfile.ZipFile(file, "a") as archive:
        for name in ("word/media/a.png", "word/embeddings/b.xlsx", "word/vbaProject.bin"):
            archive.writestr(name, "x")
    notices = taken(file.getvalue()).source.notices
    assert [n.id for n in notices] == ["pictures", "embedded", "macros", "blank"]
    assert "the first 'word/media/a.png'" in notices[0].message


def test_a_document_type_is_refused_so_that_no_entity_is_ever_expanded() -> None:
    bomb = "<!DOCTYPE x [" + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)
    ) + f']><w:comments xmlns:w="{W}">&a9;</w:comments>'  # fmt: skip
    outside = (
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
        f'<w:comments xmlns:w="{W}">&e;</w:comments>'
    )
    for xml in (bomb, outside):
        with pytest.raises(SourceError) as caught:
            taken(package("<w:p/>", comments=xml))
        assert str(caught.value) == (
            "statement.docx: its part 'word/comments.xml' declares a document type, which no word "
            "processor writes and hostile files use; get another copy."
        )


def test_a_document_type_in_utf_16_is_refused_too() -> None:
    xml = f'<!DOCTYPE x [<!ENTITY e "y">]><w:comments xmlns:w="{W}">&e;</w:comments>'
    file = io.BytesIO(package("<w:p/>"))
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("word/comments.xml", xml.encode("utf-16"))
    data = file.getvalue()
    rels = relations(comments="comments.xml").encode()
    with pytest.raises(SourceError, match="declares a document type"):
        taken(replaced(data, "word/_rels/document.xml.rels", rels))


def replaced(data: bytes, name: str, content: bytes) -> bytes:
    """A copy of an archive with one entry changed."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w") as new:
        for entry in old.infolist():
            new.writestr(entry.filename, content if entry.filename == name else old.read(entry))
    return file.getvalue()


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(SourceError, match="unpacks to too much .* as a ZIP bomb does"):
        taken(package("<w:p/>" + " " * 50_000_000))
    limits = Limits(unpacked_bytes=10_000)
    with pytest.raises(SourceError, match="unpacks to too much"):
        taken(package("<w:p>" + run("word ") * 500 + "</w:p>"), limits)


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "/etc/passwd", "word\\..\\..\\x", "C:/x", "word/../x"]
)
def test_a_part_outside_the_document_is_refused(name: str) -> None:
    file = io.BytesIO(package("<w:p/>"))
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr(name, "x")
    with pytest.raises(SourceError, match="which lies outside the document"):
        taken(file.getvalue())


def test_a_part_that_is_there_twice_is_refused() -> None:
    file = io.BytesIO(package("<w:p/>"))
    with (
        zipfile.ZipFile(file, "a") as archive,
        pytest.warns(UserWarning, match="Duplicate name"),
    ):
        archive.writestr("word/document.xml", part("document", ""))
    with pytest.raises(SourceError, match="has the part 'word/document.xml' twice"):
        taken(file.getvalue())


def test_an_encrypted_part_is_refused() -> None:
    data = bytearray(package("<w:p/>"))
    at = data.rindex(b"PK\x01\x02")
    data[at + 8 : at + 10] = struct.pack("<H", 1)
    with pytest.raises(SourceError, match="is encrypted; open it with its password"):
        taken(bytes(data))


def test_deep_nesting_damage_and_missing_parts_are_clear_errors() -> None:
    deep = "<w:sdt>" * 5000 + "</w:sdt>" * 5000
    with pytest.raises(SourceError, match="is damaged, or nested beyond what is read"):
        taken(package(deep))
    with pytest.raises(SourceError, match="is damaged, or nested beyond what is read"):
        taken(package("<w:p><w:r>"))
    whole = package("<w:p>" + run("x") + "</w:p>")
    with pytest.raises(SourceError, match="begins as a DOCX or ZIP file but is damaged"):
        taken(whole[: len(whole) // 2])
    with pytest.raises(SourceError, match="a package without a Word document inside"):
        taken(replaced(whole, "_rels/.rels", relations().encode()))
    with pytest.raises(SourceError, match="cannot be unpacked"):
        taken(flipped(whole, "word/document.xml"))


def flipped(data: bytes, name: str) -> bytes:
    """A copy of an archive with a byte changed inside the bytes of one entry."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entry = archive.getinfo(name)
        at = entry.header_offset + 30 + len(PurePosixPath(name).as_posix()) + 20
    return data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]


def test_a_long_document_is_read_without_delay() -> None:
    paragraph = "<w:p>" + run("They were taken at night. ") * 4 + "</w:p>"
    change = '<w:p><w:del w:author="R"><w:r><w:delText>x</w:delText></w:r></w:del></w:p>'
    data = package((paragraph + change) * 5000)
    captured = taken(data, Limits(part_ratio=10_000))
    assert len(captured.text.layers) == 5000
