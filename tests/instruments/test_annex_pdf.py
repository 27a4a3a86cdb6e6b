"""The PDF of a letter with an annex: one page for it, built as the standards ask."""

from pathlib import Path
from zipfile import ZipFile

import pypdfium2
import pytest
from msgspec.structs import replace

from gravamen.instruments.package import prepare, write_all
from gravamen.sentences import Signatory

from .judges import NO_VERAPDF, judged, verapdf
from .structure import problems
from .test_assistance import BOARD, LINES, ON, case, law


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    of = case(*LINES)
    return write_all(prepare(of, law(), on=ON), tmp_path, of)["letter-us.state.secretary"].pdf


def test_the_annex_stands_on_a_page_of_its_own(pdf: Path) -> None:
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]
    (annex,) = [n for n, words in enumerate(pages) if "Annex: assistance to Tarn" in words]
    assert "24 for $719,940" in pages[annex]
    assert "What answer we ask" not in pages[annex]
    assert "What answer we ask" in pages[annex - 1]


def test_the_annex_stands_behind_the_signatures(tmp_path: Path) -> None:
    signing = replace(BOARD, signatories=(Signatory(id="m", name="Ada Marsh", capacity="Member"),))
    of = replace(case(*LINES), requester=signing)
    files = write_all(prepare(of, law(), on=ON), tmp_path, of)["letter-us.state.secretary"]
    pdf = pypdfium2.PdfDocument(files.pdf)
    text = " ".join(page.get_textpage().get_text_range() for page in pdf)
    page = files.pdf.with_suffix(".html").read_text("utf-8")
    with ZipFile(files.pdf.with_suffix(".docx")) as packed:
        docx = packed.read("word/document.xml").decode()
    annex = "Annex: assistance to Tarn"
    assert text.index("Ada Marsh") < text.index(annex)
    assert docx.index("Ada Marsh") < docx.index(annex)
    assert page.index('<div class="signatures">') < page.index(f"<h2>{annex}</h2>")
    assert page.count(f"<h2>{annex}</h2>") == text.count(annex) == docx.count(annex) == 1


def test_it_is_built_as_both_standards_ask(pdf: Path) -> None:
    assert problems(pdf.read_bytes()) == []


@pytest.mark.skipif(verapdf() is None, reason=NO_VERAPDF)
def test_a_judge_of_both_standards_finds_no_failure(pdf: Path) -> None:
    verdicts = judged([pdf])
    assert {v.standard for v in verdicts} == {"3a", "ua1"}
    assert not [v for v in verdicts if not v.passed]
