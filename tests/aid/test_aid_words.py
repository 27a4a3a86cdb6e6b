"""aid.words: what every output of assistance says of a figure."""

from pictured import LEAHY, account, full, line

from gravamen import law as lawdata
from gravamen.aid.line import Part
from gravamen.aid.pictures.page import page
from gravamen.aid.words import notes
from gravamen.cli.aid.show_list import told

BELOW = "Below zero, a deobligation: more was taken back than newly obligated."
OLDER = "an older edition; the newest does not give this figure."
SOME = line(amount=-5.0, kind="cost", unnamed=Part(rows=3), hooks=(LEAHY,), older=True)


def test_notes_say_what_is_to_be_known_of_an_amount() -> None:
    said = {x.program: notes(x) for x in full().lines if x.year == 2018}
    assert said["PKO"] == (
        "The report itself prints $756,741.",
        "Counts in no sum, for the reason below.",
    )
    assert said["IMET-1"] == ("Some rows hold no amount.",)
    assert notes(SOME)[1:] == (
        f"training.csv, 2018_2019 (81a2a46d0748): {OLDER}",
        "3 of 4 rows name no unit of a security force that could be told from another.",
    )


def test_only_what_was_obligated_is_deobligated() -> None:
    assert notes(line(amount=-5.0, kind="obligated")) == (BELOW,)
    assert notes(line(amount=-5.0, kind="disbursed")) == (
        "Below zero: more came back, or was corrected, than was newly given.",
    )


def test_a_line_of_which_no_row_names_a_unit_needs_no_note_of_it() -> None:
    assert notes(line(unnamed=Part(rows=4), hooks=(LEAHY,))) == ()


def test_text_and_page_say_the_same_of_a_line() -> None:
    law, of = lawdata.load(), account(SOME)
    text, shown = " ".join(" ".join(told(of, law)).split()), page(of, law)
    for note in notes(SOME):
        assert note in text
        assert f"<bdi>{note}</bdi>" in shown
