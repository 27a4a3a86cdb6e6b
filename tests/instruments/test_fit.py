import msgspec
import pytest

from gravamen.instruments.fit import InstrumentError, check
from gravamen.instruments.fonts import MOST_MARKS, MissingGlyph
from gravamen.instruments.manifest import exhibits_of
from gravamen.instruments.typeset import typeset
from gravamen.sentences import Block, BlockStyle, Cell, Instrument, Section, Table

from .letters import CASE, letter, motion, saying, sentence


def labelled(style: BlockStyle, label: str) -> Instrument:
    block = Block(sentences=(sentence("s1", "x"),), style=style, label=label)
    return motion(sections=(Section(heading=None, blocks=(block,)),))


@pytest.mark.parametrize(
    ("code", "named"),
    [
        *((code, "bidi-control") for code in (0x202A, 0x202E, 0x2066, 0x2069)),
        *(
            (code, "control-character")
            for code in (0x0, 0xD, 0x1B, 0x7F, 0x85, 0x9F, 0x2028, 0xFEFF)
        ),
    ],
)
def test_control_characters_are_refused_by_number_and_by_a_named_check(
    code: int, named: str
) -> None:
    with pytest.raises(InstrumentError, match=rf"sentence s1 .*U\+{code:04X}.*\({named}\)"):
        check(saying(f"pay {chr(code)}txt.exe"))


@pytest.mark.parametrize("mark", ["\u0301", "\u0323", "\u20dd", "\u0e47"])
def test_marks_heaped_on_one_letter_are_refused(mark: str) -> None:
    """They would be drawn up and down over the whole page."""
    check(saying(f"e{mark * MOST_MARKS} and e{mark * MOST_MARKS}"))
    for between in ("", "\u200d", "\u034f"):
        with pytest.raises(InstrumentError, match="combining-flood"):
            check(saying(f"e{mark * 3}{between}{mark * 3}"))


def test_names_that_need_many_marks_are_not_refused() -> None:
    for name in ("Đặng Thị Hồng", "בְּרֵאשִׁ֖ית", "مُحَمَّدٌ", "ที่รัก", "श्रीवास्तव", "မြွှုံ့", "ក្រុំ"):
        check(saying(name))


@pytest.mark.parametrize(
    ("instrument", "reason"),
    [
        (letter(reference="a\nb"), "reference .* U\\+000A"),
        (letter(reference="x" * 301), "reference .* 301 characters long; 300 fit"),
        (labelled("numbered", "x" * 21), "number .* 21 characters long; 20 fit"),
        (labelled("bullet", "x" * 121), "label .* 121 characters long; 120 fit"),
        (labelled("bullet", "a\nb"), "label .* U\\+000A"),
        (letter(id="a" * 121), "at most 120"),
    ],
)
def test_what_does_not_fit_its_narrow_place_is_refused(instrument: Instrument, reason: str) -> None:
    with pytest.raises(InstrumentError, match=reason):
        check(instrument)


def test_a_source_with_a_language_that_is_none_is_named() -> None:
    source = msgspec.structs.replace(CASE.sources["s.report"], language="English")
    exhibits = exhibits_of(letter(), {**CASE.sources, "s.report": source})
    with pytest.raises(InstrumentError, match=r"source s\.report .* 'English', which is no BCP 47"):
        typeset(letter(), exhibits)


def test_a_character_without_a_glyph_is_refused_by_number_name_and_place() -> None:
    with pytest.raises(
        MissingGlyph, match=r"U\+12000 CUNEIFORM SIGN A\), which stands in the sentence"
    ):
        check(saying("a \U00012000"))


@pytest.mark.parametrize(
    ("instrument", "reason"),
    [
        (letter(id="a/b"), "cannot be the id"),
        (letter(id=""), "cannot be the id"),
        (letter(id="a..b"), "cannot be the id"),
        (letter(on="15 January"), "no day"),
        (letter(lang="English, mostly"), "no BCP 47 tag"),
        (letter(sections=letter().sections * 2), "two sentences 's1'"),
    ],
)
def test_an_instrument_that_cannot_be_set_is_refused(instrument: Instrument, reason: str) -> None:
    with pytest.raises(InstrumentError, match=reason):
        check(instrument)


def test_a_sentence_id_that_could_clash_with_the_page_is_refused() -> None:
    block = Block(sentences=(sentence("note-A1", "x"),))
    with pytest.raises(InstrumentError, match="note-A1"):
        check(motion(sections=(Section(heading=None, blocks=(block,)),)))


def test_a_table_with_a_ragged_row_is_refused() -> None:
    ragged = Table(caption="Names", header=("A", "B"), rows=((Cell(),),))
    with pytest.raises(InstrumentError, match="'Names' .* another number of cells"):
        check(motion(sections=(Section(heading=None, blocks=(ragged,)),)))


def test_a_sign_that_cannot_be_printed_is_shown_by_number_in_a_draft_and_refused_in_a_final() -> (
    None
):
    draft = saying("Guards \u202e beat \U00012000 them.")
    again = typeset(msgspec.structs.replace(draft, draft=True), exhibits_of(draft, CASE.sources))

    assert "Guards [U+202E] beat [U+12000] them." in repr(again.sheet)
    assert "\u202e" in again.manifest.bytes.decode("utf-8")
    with pytest.raises((InstrumentError, MissingGlyph)):
        typeset(msgspec.structs.replace(draft, draft=False), exhibits_of(draft, CASE.sources))


def test_a_name_that_cannot_be_printed_is_refused_in_a_draft_too() -> None:
    with pytest.raises((InstrumentError, MissingGlyph)):
        typeset(letter(title="Lower \U00012000", draft=True), ())
