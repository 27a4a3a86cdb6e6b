"""Sentences in a person's words in place of those that the program drafted."""

import msgspec
import pytest

from gravamen.case import Case, Judgement
from gravamen.instruments.rewording import replaced, reworded
from gravamen.sentences import Block, Instrument, Section, Table
from gravamen.submission import Rewording

from .letters import CASE, letter, motion, sentence

HELD = "41 persons were held."


def case(*rewordings: Rewording, verdict: str | None = None) -> Case:
    judged = tuple(
        Judgement(target=r.id, verdict=verdict)  # type: ignore[arg-type]
        for r in rewordings if verdict
    )  # fmt: skip
    return msgspec.structs.replace(
        CASE, rewordings={r.id: r for r in rewordings}, judgements=judged
    )


def put(was: str, now: str | None, *, id: str = "w.1", instrument: str | None = None) -> Rewording:
    return Rewording(id=id, instrument=instrument or letter().id, was=was, now=now)


def texts(instrument: Instrument) -> dict[str, str]:
    return {s.id: s.text for s in instrument.sentences()}


def test_a_sentence_reads_as_the_person_put_it_and_keeps_its_bindings() -> None:
    made = reworded(case(put(HELD, "The regiment held 41 persons.")), letter())
    assert texts(made) == {**texts(letter()), "s3": "The regiment held 41 persons."}
    before, after = (
        next(s for s in i.sentences() if s.id == "s3").bindings for i in (letter(), made)
    )
    assert after == before != ()


@pytest.mark.parametrize(
    "made",
    [
        case(),
        case(put("Another sentence.", "x")),
        case(put(HELD, "x", instrument="motion")),
        case(put(HELD, "x"), verdict="rejected"),
    ],
    ids=["none", "another sentence", "another instrument", "rejected"],
)
def test_nothing_else_is_touched(made: Case) -> None:
    assert reworded(made, letter()) == letter()


def test_a_later_rewording_builds_on_an_earlier_one() -> None:
    made = case(put(HELD, "Second."), put("Second.", "Third.", id="w.2"))
    assert texts(reworded(made, letter()))["s3"] == "Third."


def test_rewordings_in_a_circle_end() -> None:
    made = case(put(HELD, "Second."), put("Second.", HELD, id="w.2"))
    assert texts(reworded(made, letter()))["s3"] == HELD


def test_words_that_a_person_went_back_to_can_be_put_otherwise_again() -> None:
    circle = (put(HELD, "Second."), put("Second.", HELD, id="w.2"))
    assert texts(reworded(case(*circle, put(HELD, "Second.", id="w.3")), letter()))["s3"] == (
        "Second."
    )
    later = case(put(HELD, "Second."), put(HELD, "Third.", id="w.2"))
    assert texts(reworded(later, letter()))["s3"] == "Third."
    struck = case(put(HELD, None), put(HELD, "Back.", id="w.2"))
    assert texts(reworded(struck, letter()))["s3"] == "Back."


def test_a_sentence_struck_out_goes_with_its_block_and_an_empty_section() -> None:
    made = reworded(case(put("To be completed.", None)), letter())
    assert "s2" not in texts(made)
    assert [len(s.blocks) for s in made.sections] == [1, 1, 6]
    alone = motion(
        sections=(Section(heading="x", blocks=(Block(sentences=(sentence("s1", "a"),)),)),)
    )
    assert replaced(alone, {"s1": None}).sections == ()


def test_a_sentence_in_a_table_is_replaced_or_leaves_an_empty_cell() -> None:
    made = replaced(letter(), {"s20": "since 2018", "s21": None})
    (table,) = [b for s in made.sections for b in s.blocks if isinstance(b, Table)]
    assert [[s.text for s in row[1].sentences] for row in table.rows[:2]] == [["since 2018"], []]


def test_a_quote_that_no_longer_stands_in_the_words_is_dropped() -> None:
    said = sentence(
        "s1", "It says “held” and “without charge”.", "c.held", quotes=("held", "without charge")
    )
    one = motion(sections=(Section(heading=None, blocks=(Block(sentences=(said,)),)),))
    (now,) = replaced(one, {"s1": "It says “held”."}).sentences()
    assert now.quotes == ("held",)
