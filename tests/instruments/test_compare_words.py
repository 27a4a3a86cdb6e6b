"""Two texts word by word, punctuation apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gravamen.instruments.comparison.words import compare_words, marked


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("held 41 persons", "held 14 persons", "held [-41-]{+14+} persons"),
        ("held, there.", "held there.", "held[-,-] there."),
        ("a b c", "a b c", "a b c"),
        ("", "new words", "{+new words+}"),
        ("old words", "", "[-old words-]"),
        ("He said so.", "He never said so!", "He {+never +}said so[-.-]{+!+}"),
        ("one two three", "four five three", "[-one two-]{+four five+} three"),
        ("the body’s act", "the bodies act", "the [-body’s-]{+bodies+} act"),
        ("Իլվան Տերեշ", "Իլվան Թերեշ", "Իլվան [-Տերեշ-]{+Թերեշ+}"),
    ],
)
def test_what_changed_is_shown_by_words(old: str, new: str, shown: str) -> None:
    assert marked(old, new) == shown


@given(st.text(alphabet="ab .,é", max_size=40), st.text(alphabet="ab .,é", max_size=40))
def test_both_texts_can_be_read_back(old: str, new: str) -> None:
    found = compare_words(old, new)
    assert "".join(s.text for s in found if s.kind != "new") == old
    assert "".join(s.text for s in found if s.kind != "old") == new


def test_long_texts_are_compared_at_their_ends_alone() -> None:
    old, new = "x " * 9000 + "end", "x " * 10 + "y " * 9000 + "end"
    found = compare_words(old, new)
    assert [s.kind for s in found] == ["same", "old", "new", "same"]
