"""Spelling: the word that a misspelled one is meant for is the nearest of all that are known."""

from hypothesis import given
from hypothesis import strategies as st

from gravamen.aid.units.spelling import allowed, another, nearest, slips

WORDS = frozenset(
    ("naval", "navy", "nation", "national", "nationals", "batalion", "battalion", "battery",
     "brigade", "border", "infantry", "infantes", "instruction", "institution", "barracks")
)  # fmt: skip
letters = st.text(alphabet="abeginoqrstvy", max_size=3)


@st.composite
def misspelled(draw: st.DrawFn) -> str:
    word = draw(st.sampled_from(sorted(WORDS)))
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(1, max(len(word), 1)))
        word = word[:at] + draw(letters) + word[at + draw(st.integers(0, 2)) :]
    return word


@given(word=misspelled())
def test_the_nearest_words_are_those_of_a_search_through_all(word: str) -> None:
    most = allowed(word)
    known = [w for w in sorted(WORDS) if w[0] == word[0] and not another(word, w)]
    apart = {w: slips(word, w, most) for w in known}
    least = min(apart.values(), default=most + 1)
    assert nearest(word, WORDS) == tuple(w for w in known if apart[w] == least <= most)


def test_two_words_that_are_as_near_are_both_given() -> None:
    assert nearest("nationale", WORDS) == ("national", "nationals")


def test_letters_that_trade_places_are_one_slip_and_the_first_letter_counts_as_right() -> None:
    assert nearest("battlaion", WORDS) == ("battalion",)
    assert nearest("tabtalion", WORDS) == ()
