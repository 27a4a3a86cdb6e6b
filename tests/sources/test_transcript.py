"""A transcript keeps what is seen in one piece, and the places of what is set apart."""

from hypothesis import given
from hypothesis import strategies as st

from gravamen.sources import Layer
from gravamen.sources.transcript import Transcript


def test_breaks_and_spaces_are_written_only_between_words() -> None:
    transcript = Transcript()
    transcript.end_line()
    transcript.flow("  one ")
    transcript.flow(" \n two")
    transcript.end_line(2)
    transcript.end_line()
    transcript.flow(" three ")
    transcript.end_line()
    assert transcript.finish().text == "one two\n\nthree"


def test_a_layer_covers_its_words_and_not_the_space_before_them() -> None:
    transcript = Transcript()
    transcript.flow("one ")
    transcript.begin("inserted", author="R. Amar")
    transcript.flow("two")
    transcript.end()
    transcript.begin("inserted")
    transcript.end()
    assert transcript.finish().text == "one two"
    assert transcript.layers == [Layer(kind="inserted", start=4, end=7, author="R. Amar")]


def test_what_is_set_apart_stands_after_its_block_with_its_place() -> None:
    transcript = Transcript()
    transcript.write("one")
    transcript.aside("deleted").write("gone")
    transcript.write(" two")
    transcript.end_line()
    transcript.write("three")
    assert transcript.finish().text == "one two\ngone\nthree"
    assert transcript.layers == [Layer(kind="deleted", start=8, end=12, at=3)]


def test_what_is_set_apart_at_the_start_of_a_block_belongs_to_that_block() -> None:
    transcript = Transcript()
    transcript.write("one")
    transcript.end_line()
    transcript.aside("comment").write("why")
    transcript.write("two")
    assert transcript.finish().text == "one\ntwo\nwhy"
    assert transcript.layers == [Layer(kind="comment", start=8, end=11, at=4)]


def test_what_is_set_apart_within_what_is_set_apart_keeps_its_place_too() -> None:
    transcript = Transcript()
    transcript.write("one")
    outer = transcript.aside("hidden")
    outer.write("two")
    outer.aside("comment").write("three")
    assert transcript.finish().text == "one\ntwo\nthree"
    assert sorted(transcript.layers, key=lambda layer: layer.start) == [
        Layer(kind="hidden", start=4, end=13, at=3),
        Layer(kind="comment", start=8, end=13, at=7),
    ]
    assert transcript.seen == "one\n"


@given(
    st.lists(
        st.tuples(
            st.sampled_from(("flow", "write", "line", "gap", "aside", "begin", "end")), st.text()
        )
    )
)
def test_layers_lie_within_the_text_and_no_word_is_lost(steps: list[tuple[str, str]]) -> None:
    transcript, depth, written = Transcript(), 0, []
    for step, words in steps:
        if step in ("flow", "write"):
            getattr(transcript, step)(words)
            written.append(words)
        elif step == "aside":
            transcript.aside("hidden").write(words)
            written.append(words)
        elif step == "begin":
            transcript.begin("inserted")
            depth += 1
        elif step == "end" and depth:
            transcript.end()
            depth -= 1
        elif step in ("line", "gap"):
            transcript.end_line(1 + (step == "gap"))
    text = transcript.finish().text
    assert transcript.length == len(text)
    assert sorted("".join(text.split())) == sorted("".join("".join(written).split()))
    for layer in transcript.layers:
        assert 0 <= layer.start < layer.end <= len(text)
        assert layer.at is None or 0 <= layer.at <= len(text)
