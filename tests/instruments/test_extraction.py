import io

import pikepdf
import pytest

from gravamen.instruments.extraction import attached, differing_sentences, pdf_text
from gravamen.instruments.manifest import exhibits_of
from gravamen.instruments.typeset import typeset
from gravamen.sentences import Block, Section

from .letters import CASE, letter, motion, sentence


def test_every_sentence_of_a_letter_is_found_on_its_pages_in_any_script() -> None:
    set_ = typeset(letter(), exhibits_of(letter(), CASE.sources))
    assert list(differing_sentences(set_.pdf, "pdf", set_.manifest.sentences)) == []


def test_a_sentence_that_runs_over_to_the_next_page_is_found() -> None:
    blocks = tuple(
        Block(sentences=(sentence(f"s{n}", f"The {n}th long sentence goes on. " * 30),))
        for n in range(12)
    )
    instrument = motion(sections=(Section(heading=None, blocks=blocks),))
    set_ = typeset(instrument, exhibits_of(instrument, CASE.sources))

    assert len(pdf_text(set_.pdf)) > 1
    assert list(differing_sentences(set_.pdf, "pdf", set_.manifest.sentences)) == []


@pytest.mark.parametrize(
    "data", [b"", b"%PDF-1.7\n", b"\0" * 5000, b"%PDF-1.7\n" + b"1 0 obj<<" * 99]
)
def test_damaged_files_give_nothing_and_no_traceback(data: bytes) -> None:
    assert attached(data) is None
    assert pdf_text(data) == ()


def test_an_attachment_that_would_unpack_without_end_is_not_unpacked() -> None:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.attachments["manifest.json"] = pikepdf.AttachedFileSpec(pdf, b"0" * 40_000_000)
        pdf.save(out, compress_streams=True)
    assert len(out.getvalue()) < 100_000
    assert attached(out.getvalue()) is None
