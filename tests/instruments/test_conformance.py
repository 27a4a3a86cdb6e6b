"""Every PDF of the case claims PDF/A-3a and PDF/UA-1, is built so, and carries its record."""

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from gravamen.instruments.setting import write

from .hostile import PRINTED, everywhere
from .judges import NO_VERAPDF, judged, verapdf
from .letters import CASE, letter, motion
from .structure import elements, problems

NAME = pikepdf.Name


def test_every_pdf_of_the_worked_case_is_built_as_both_standards_ask(drafted: Path) -> None:
    paths = sorted(drafted.glob("*.pdf"))
    assert len(paths) == 4
    for path in paths:
        assert problems(path.read_bytes()) == [], path.name
        with pikepdf.open(path) as pdf:
            attached = pdf.attachments["manifest.json"].get_file().read_bytes()
        assert attached == path.with_suffix(".manifest.json").read_bytes()


@pytest.mark.parametrize("text", ["scripts", "emoji", "typst-rule", "zero-width"])
def test_so_is_a_letter_with_hostile_texts_and_names_in_many_scripts(
    text: str, tmp_path: Path
) -> None:
    for paper in ("us-letter", "a4"):
        made = write(everywhere(PRINTED[text], paper=paper), tmp_path, case=CASE)
        assert problems(made.pdf.read_bytes()) == []


def no_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Lang


def no_title_shown(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.ViewerPreferences


def not_marked(pdf: pikepdf.Pdf) -> None:
    pdf.Root.MarkInfo.Marked = False


def other_relationship(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AF[0].AFRelationship = NAME.Unspecified


def no_associated_file(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.AF


def no_alternative(pdf: pikepdf.Pdf) -> None:
    figure = next(e for e in elements(pdf.Root.StructTreeRoot.K) if NAME.Figure == e.S)
    del figure.Alt


def heading_left_out(pdf: pikepdf.Pdf) -> None:
    next(e for e in elements(pdf.Root.StructTreeRoot.K) if e.S == NAME.H2).S = NAME.H4


def no_header_cells(pdf: pikepdf.Pdf) -> None:
    for cell in [e for e in elements(pdf.Root.StructTreeRoot.K) if e.S == NAME.TH]:
        cell.S = NAME.TD


def no_tab_order(pdf: pikepdf.Pdf) -> None:
    del next(p.obj for p in pdf.pages if p.obj.get("/Annots")).Tabs


def no_words_for_a_field(pdf: pikepdf.Pdf) -> None:
    del next(e for e in elements(pdf.Root.StructTreeRoot.K) if NAME.Form == e.S).Alt


def no_name_for_a_field(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.AcroForm.Fields[0].Kids[0].TU


def a_field_to_fill_in(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AcroForm.Fields[0].Kids[0].FT = NAME.Tx


def no_words_at_a_link(pdf: pikepdf.Pdf) -> None:
    del next(a for p in pdf.pages for a in p.obj.get("/Annots", ())).Contents


def font_not_embedded(pdf: pikepdf.Pdf) -> None:
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == NAME.FontDescriptor:
            for key in {"/FontFile2", "/FontFile3"} & set(thing.keys()):
                del thing[key]


def drawn_outside(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0]
    page.Contents = pdf.make_stream(page.Contents.read_bytes() + b"\n0 0 9 9 re f\n")


def no_glyph(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0]
    drawn = page.Contents.read_bytes()
    at = drawn.index(b"[(") + 2
    page.Contents = pdf.make_stream(drawn[:at] + b"\\000\\000" + drawn[at:])


def other_standard(pdf: pikepdf.Pdf) -> None:
    xmp = pdf.Root.Metadata.read_bytes()
    pdf.Root.Metadata = pdf.make_stream(xmp.replace(b">A<", b">B<"), Type=NAME.Metadata)


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (no_language, "no language"),
        (no_title_shown, "would not show the title"),
        (not_marked, "not marked as tagged"),
        (other_relationship, "not related as Data"),
        (no_associated_file, "not exactly one associated file"),
        (no_alternative, "a figure without an alternative text"),
        (heading_left_out, "headings leave out a level"),
        (no_header_cells, "a table whose first row is no header"),
        (no_tab_order, "not walked through in the order of its structure"),
        (no_words_for_a_field, "a form without an alternative text"),
        (no_name_for_a_field, "a field without a name for people"),
        (a_field_to_fill_in, "a field that is no signature"),
        (no_words_at_a_link, "a link without structure or words"),
        (font_not_embedded, "is not embedded"),
        (drawn_outside, "outside of marked content"),
        (no_glyph, "draws a glyph that stands for none"),
        (other_standard, "metadata do not say http://www.aiim.org/pdfa/ns/id/ conformance A"),
    ],
    ids=lambda a: a.__name__ if callable(a) else "",
)
def test_the_check_itself_sees_each_thing_that_is_spoilt(
    spoil: Callable[[pikepdf.Pdf], None], words: str, drafted: Path
) -> None:
    spoilt = io.BytesIO()
    with pikepdf.open(drafted / "letter-us.state.secretary.pdf") as pdf:
        spoil(pdf)
        pdf.save(spoilt)
    assert any(words in problem for problem in problems(spoilt.getvalue()))


@pytest.mark.skipif(verapdf() is None, reason=NO_VERAPDF)
def test_verapdf_finds_no_failure_in_either_standard(
    drafted: Path, dossiers: Path, tmp_path: Path
) -> None:
    for paper in ("us-letter", "a4"):
        write(letter(id=f"letter-{paper}", paper=paper), tmp_path, case=CASE)
    write(motion(), tmp_path, case=CASE)
    spoilt = tmp_path / "spoilt.pdf"
    with pikepdf.open(drafted / "motion.pdf") as pdf:
        no_title_shown(pdf)
        no_associated_file(pdf)
        pdf.save(spoilt)
    paths = [*drafted.glob("*.pdf"), *dossiers.glob("*-us-*.pdf"), *tmp_path.glob("*.pdf")]
    verdicts = judged(paths)
    told = {(v.name, v.standard): v.passed for v in verdicts}

    assert len(told) == 2 * len(paths) == 20
    assert [key for key, passed in told.items() if not passed] == [
        ("spoilt.pdf", "3a"),
        ("spoilt.pdf", "ua1"),
    ], [v.failed for v in verdicts]
    assert {v.rules for v in verdicts} == {155, 106}  # rules that were asked
