"""A PDF gives the text of its pages; a hostile or empty one gives a reason, in bounded time."""

import io
from collections.abc import Callable
from importlib.metadata import version

import pikepdf
import pytest
import typst

from gravamen.sources import Captured, Layer, Limits, SourceError, capture, locate

# The font lies inside typst, so that lines break in the same places on every machine.
PAGE = '#set page(width: 7cm, height: 6cm)\n#set text(font: "Libertinus Serif")\n'


def printed(source: str) -> bytes:
    return typst.compile((PAGE + source).encode(), ignore_system_fonts=True)


def changed(data: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    """A copy of a PDF after a change to it."""
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        change(document)
        document.save(file)
    return file.getvalue()


def taken(data: bytes, limits: Limits | None = None) -> Captured:
    return capture(data, id="s.pdf", name="report.pdf", limits=limits or Limits())


def notices(captured: Captured) -> list[str]:
    return [notice.id for notice in captured.source.notices]


@pytest.fixture(scope="module")
def report() -> bytes:
    return printed(
        '#set par(justify: true)\n#set text(lang: "en", hyphenate: true)\n'
        "Five men were taken notwithstanding the internationalisation of incommunicado "
        "detention.\n#pagebreak()\nA second page. Северск\n#pagebreak()\n"
        "#rect(width: 2cm, height: 2cm, fill: red)"
    )


def test_the_pages_of_a_pdf_follow_each_other_and_a_quote_knows_its_page(report: bytes) -> None:
    captured = taken(report)
    text = captured.text
    assert text.extractor == "gravamen.pdf"
    assert text.version == f"1 (pypdfium2 {version('pypdfium2')})"
    assert captured.source.media_type == "application/pdf"
    assert text.text.endswith("\nA second page. Северск\n")
    assert [text.text[start : start + 4] for start in text.pages] == ["Five", "A se", ""]
    assert locate("s.pdf", text, "A second page").page == 2


def test_words_broken_at_the_end_of_a_line_stand_as_printed(report: bytes) -> None:
    text = taken(report).text.text
    assert "-\n" in text
    assert "internationalisation" in text.replace("-\n", "")
    assert "\ufffe" not in text and "\r" not in text and " \n" not in text


def test_a_page_without_a_text_layer_is_named(report: bytes) -> None:
    message = taken(report).source.notices[0].message
    assert message == (
        "report.pdf has no text layer on page 3 (pictures or scans only); run text recognition "
        "over it and capture the result beside this one."
    )


def test_remarks_are_comment_layers_and_fields_are_text(report: bytes) -> None:
    def annotate(document: pikepdf.Pdf) -> None:
        remark = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[0, 0, 9, 9],
            Contents="Who says so?", T="R. Amar", M="D:20210304",
        )  # fmt: skip
        field = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, Rect=[0, 0, 9, 9],
            FT=pikepdf.Name.Tx, T="name", V="A. Ilen",
        )  # fmt: skip
        annotations = [document.make_indirect(x) for x in (remark, field)]
        document.pages[1].Annots = pikepdf.Array(annotations)
        document.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array(annotations[1:]))

    captured = taken(changed(report, annotate))
    start = captured.text.text.index("Who")
    assert captured.text.text[captured.text.pages[1] :] == (
        "A second page. Северск\nA. Ilen\nWho says so?\n"
    )
    assert captured.text.layers == (
        Layer(kind="comment", start=start, end=start + 12, author="R. Amar", date="D:20210304"),
    )


def test_files_inside_a_pdf_become_sources_of_their_own(report: bytes) -> None:
    def attach(document: pikepdf.Pdf) -> None:
        document.attachments["list.txt"] = b"A. Ilen, 31"

    (child,) = taken(changed(report, attach)).children
    assert (child.source.id, child.source.name, child.source.parent) == (
        "s.pdf.1",
        "list.txt",
        "s.pdf",
    )
    assert child.text.text == "A. Ilen, 31"


def _fanning(data: bytes, times: int) -> bytes:
    """A PDF that names one embedded file many times: each step outward costs it a few bytes."""

    def embed(document: pikepdf.Pdf) -> None:
        stream = document.make_stream(data)
        names = pikepdf.Array()
        for n in range(times):
            file = pikepdf.Dictionary(
                Type=pikepdf.Name.Filespec, F=f"{n}.pdf", UF=f"{n}.pdf",
                EF=pikepdf.Dictionary(F=stream),
            )  # fmt: skip
            names.extend([pikepdf.String(f"{n:04}"), document.make_indirect(file)])
        document.Root.Names = pikepdf.Dictionary(EmbeddedFiles=pikepdf.Dictionary(Names=names))

    return changed(printed("page"), embed)


def _all_of(captured: Captured) -> list[Captured]:
    return [captured, *(inner for child in captured.children for inner in _all_of(child))]


def test_files_within_files_without_end_are_kept_and_not_read_beyond_a_number() -> None:
    bomb = _fanning(_fanning(_fanning(b"A. Ilen, 31", 5), 5), 5)
    everything = _all_of(taken(bomb))
    assert len(everything) == 1 + 5 + 25 + 125
    few = _all_of(taken(bomb, Limits(parts=12)))
    unread = [c.source.notices[0].message for c in few if "not-read" in notices(c)]
    assert len(few) == 1 + 5 + 5
    assert unread[0].startswith("0.pdf holds more files within files than are taken at once (12,")
    assert unread[-1].startswith("4.pdf was not read, because the files that it came with are too")
    with pytest.raises(SourceError, match="holds more files within files than are taken at once"):
        taken(bomb, Limits(parts=4))


def test_files_that_come_after_slow_ones_are_kept_and_not_read(report: bytes) -> None:
    captured = taken(_fanning(b"A. Ilen, 31", 2), Limits(family_seconds=0))
    assert [notices(child) for child in captured.children] == [["not-read"], ["not-read"]]
    assert captured.children[0].data == b"A. Ilen, 31"


def test_an_embedded_file_has_a_name_that_is_only_a_name(report: bytes) -> None:
    def attach(document: pikepdf.Pdf) -> None:
        document.attachments["../../etc/passwd"] = b"A. Ilen, 31"

    captured = taken(changed(report, attach))
    assert captured.children[0].source.name == "passwd"
    assert "name-changed" in notices(captured)


def test_text_under_a_scan_is_said_to_come_from_text_recognition(report: bytes) -> None:
    def hide(document: pikepdf.Pdf) -> None:
        content = b"BT 3 Tr /F1 12 Tf 20 20 Td (recognised words) Tj ET"
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        page = document.pages[2]
        page.Contents = document.make_stream(content)
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))

    captured = taken(changed(report, hide))
    assert captured.text.text.endswith("recognised words")
    assert notices(captured) == ["recognised-text"]


def test_an_encrypted_pdf_is_refused_and_one_that_opens_without_a_password_is_read(
    report: bytes,
) -> None:
    def locked(user: str) -> bytes:
        file = io.BytesIO()
        with pikepdf.open(io.BytesIO(report)) as document:
            document.save(file, encryption=pikepdf.Encryption(owner="o", user=user))
        return file.getvalue()

    with pytest.raises(SourceError) as caught:
        taken(locked("secret"))
    assert str(caught.value) == (
        "report.pdf is an encrypted PDF that opens only with a password; open it with the "
        "password, print it to a PDF without one, and capture that."
    )
    assert "A second page" in taken(locked("")).text.text


@pytest.mark.parametrize("kept", [8, 500, 9000])
def test_a_truncated_pdf_is_refused_or_said_to_be_cut(report: bytes, kept: int) -> None:
    try:
        captured = taken(report[:kept])
    except SourceError as error:
        assert "is a damaged PDF" in str(error)
    else:
        assert "truncated" in notices(captured)


def test_a_pdf_cut_after_its_pages_is_read_with_a_warning(report: bytes) -> None:
    captured = taken(report[: report.rindex(b"startxref")])
    assert notices(captured)[-1] == "truncated"


def test_a_declared_host_of_pages_costs_no_time(report: bytes) -> None:
    def claim(document: pikepdf.Pdf) -> None:
        document.Root.Pages.Count = 100_000

    def repeat(document: pikepdf.Pdf) -> None:
        kid = document.Root.Pages.Kids[0]
        document.Root.Pages.Kids = pikepdf.Array([kid] * 25_000)
        document.Root.Pages.Count = 25_000

    assert "A second page" in taken(changed(report, claim)).text.text
    with pytest.raises(SourceError, match="declares 25000 pages, more than the 20000 allowed"):
        taken(changed(report, repeat))


def test_a_pdf_that_takes_too_long_or_too_much_memory_ends_in_an_error() -> None:
    slow = printed("#for i in range(60) [ #lorem(300) ]")
    with pytest.raises(SourceError, match="within the limits of time and memory|within 0 seconds"):
        taken(slow, Limits(worker_seconds=0))
    with pytest.raises(SourceError, match="within the limits of time and memory"):
        taken(slow, Limits(worker_bytes=30_000_000))
    with pytest.raises(SourceError, match="holds more than 1000 characters of text; split it"):
        taken(slow, Limits(text_chars=1000))
