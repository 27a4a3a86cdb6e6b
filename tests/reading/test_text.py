"""Tests of reading/text.py and reading/mend.py: structure, and the way back to the source."""

import pytest

from gravamen.reading.mend import mend
from gravamen.reading.text import Document, sentences


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Dr. A. Holt came at 9 a.m. on Friday. She left.", 2),
        ("The U.S. Senate voted. Nobody spoke.", 2),
        ('"Go!" he said. They went.', 2),
        ("It cost approx. 12 dara.", 1),
    ],
)
def test_a_full_stop_ends_a_sentence_only_where_one_ends(text, count):
    assert len(sentences(text)) == count


def test_paragraphs_have_their_kind_and_number():
    text = (
        "MOTION OF THE BOARD\n\nWHEREAS, guards beat men.\n\nRESOLVED, that Velda pay.\n\n"
        "1. Release them.\n\nThey are held in Aresh.\n"
    )
    document = Document(text)
    assert [p.kind for p in document.paragraphs] == ["title", "whereas", "resolved", "item", "body"]
    assert [p.number for p in document.paragraphs][3] == "1."


def test_quotations_nest_and_one_left_open_ends_with_its_paragraph():
    closed = Document("He said: \"She said 'go' to us.\" They went.").quotations
    assert [(q.depth, q.closed) for q in closed] == [(1, True), (2, True)]
    (left,) = Document('He said: "they went\n\nThen it rained.').quotations
    assert not left.closed


def test_turns_go_on_to_the_next_label():
    document = Document("Q: Who came?\nA: Guards.\nThey beat us.\nQ: When?\nA: At dawn.\n")
    assert [t.label for t in document.turns] == ["Q", "A", "Q", "A"]
    assert document.copy[document.turns[1].start : document.turns[1].end].endswith("beat us.")


@pytest.mark.parametrize(
    ("text", "word", "original"),
    [
        ("the pri-\nsoners fled", "prisoners", "pri-\nsoners"),
        ("in Feb-\r\nruary they", "February", "Feb-\r\nruary"),
        ("the 44-\nday war", "44-day", "44-\nday"),
    ],
)
def test_a_broken_word_is_read_whole_and_placed_as_it_stands(text, word, original):
    mended = mend(text)
    assert len(mended.copy) == len(text)
    start = mended.copy.index(word)
    assert mended.place(start, start + len(word)).text == original


@pytest.mark.parametrize(
    ("scanned", "mended"),
    [
        ("on l2 July l999 at", "on 12 July 1999 at"),
        ("DISTRICT POL1CE", "DISTRICT POLICE"),
        ("ln the vil1age", "In the village"),
        ("“so”\u00a0he ‘said’", "\"so\" he 'said'"),
        ("٣ men", "3 men"),
    ],
)
def test_what_scanners_and_typesetters_do_is_set_right(scanned, mended):
    assert mend(scanned).copy == mended
