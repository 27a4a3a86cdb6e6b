"""A quote is found character for character, or refused with what to do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gravamen.sources import Passage, Source, SourceError, Text, locate
from gravamen.sources.likeness import nearest, stretches

TEXT = Text(
    extractor="gravamen.text",
    version="1",
    text="The guards beat\nhim in deten-\ntion. Later  the guards left.\n"
    "Page two: the guards left.",
    pages=(0, 60),
)


def refusal(quote: str) -> str:
    with pytest.raises(SourceError) as caught:
        locate("s.report", TEXT, quote)
    return str(caught.value)


def test_a_quote_becomes_a_passage_with_offsets_surroundings_and_page() -> None:
    text = Text(extractor="e", version="1", text="Ա 😀 they took him away", pages=(0, 4))
    assert locate("s.a", text, "took him") == Passage(
        source="s.a",
        exact="took him",
        start=9,
        end=17,
        prefix="Ա 😀 they ",
        suffix=" away",
        page=2,
    )


def test_a_changed_character_is_refused_and_the_place_is_named() -> None:
    assert refusal("Page two: the guards left!") == (
        "'Page two: the guards left!' does not occur in s.report, character for character; the "
        "nearest words there are 'Page two: the guards left.'; copy those that you mean (the "
        "source goes on '.' where the quote has '!')."
    )


def test_a_quote_over_a_line_break_must_keep_the_line_break_and_is_shown_it() -> None:
    assert refusal("guards beat him") == (
        "'guards beat him' does not occur in s.report, character for character; only the line "
        "breaks differ, copy 'guards beat\\nhim'."
    )
    assert locate("s.report", TEXT, "guards beat\nhim").start == 4


def test_a_word_broken_at_the_end_of_a_line_is_shown_as_it_stands() -> None:
    assert "only spaces and line breaks differ, copy 'in deten-\\ntion.'" in refusal(
        "in detention."
    )


def test_other_spaces_are_shown_as_they_stand() -> None:
    assert "only spaces and line breaks differ, copy 'Later  the'" in refusal("Later the")


def test_words_are_not_run_together_to_find_a_quote() -> None:
    text = "The therapist left. They are together."
    assert list(stretches(text, "The the rapist left.")) == []
    assert list(stretches(text, "the rapist left.")) == []
    assert list(stretches(text, "to gether")) == []
    assert [text[a:b] for a, b in stretches(text, "therapist\n  left")] == ["therapist left"]


@pytest.mark.parametrize(
    ("text", "quote", "own"),
    [
        ("a long-\nterm ward", "long-term ward", "long-\nterm ward"),
        ("a long-\nterm ward", "longterm ward", "long-\nterm ward"),
        ("in deten\N{SOFT HYPHEN}\n  tion", "in detention", "in deten\N{SOFT HYPHEN}\n  tion"),
        ("one\N{NO-BREAK SPACE}man", "one man", "one\N{NO-BREAK SPACE}man"),
        ("x (a.b) y", "(a.b)\ty", "(a.b) y"),
    ],
)
def test_a_word_parted_at_the_end_of_a_line_is_whole(text: str, quote: str, own: str) -> None:
    assert [text[a:b] for a, b in stretches(text, quote)] == [own]


@given(st.lists(st.text("ab-", min_size=1, max_size=4), min_size=1, max_size=6), st.data())
def test_a_stretch_says_what_the_quote_says_but_for_white_space(
    words: list[str], data: st.DataObject
) -> None:
    spaces = st.sampled_from([" ", "\n", "  ", "\t", "\r\n"])
    text = "".join(w + data.draw(spaces) for w in words)
    found = [text[a:b].split() for a, b in stretches(text, " ".join(words))]
    assert words in found


@pytest.mark.parametrize(
    ("quote", "near"),
    [
        ("The guard beat him in his detention", "The guards beat\nhim in deten-\ntion"),
        ("Page three: some guards left", "Page two: the guards left"),
        ("Nothing of the kind was ever said by anyone", None),
        ("?!", None),
    ],
)
def test_the_nearest_words_are_those_that_are_most_alike(quote: str, near: str | None) -> None:
    assert nearest(TEXT.text, quote) == near


@pytest.mark.parametrize("quote", ["", " \n\t"])
def test_an_empty_quote_is_refused(quote: str) -> None:
    assert refusal(quote) == (
        "The quote from s.report is empty; copy the exact words of the source."
    )


def test_of_several_places_the_first_the_nearest_or_the_one_in_its_surroundings_is_taken() -> None:
    first = locate("s.report", TEXT, "the guards left")
    second = locate("s.report", TEXT, "the guards left", near=80)
    assert (first.start, first.page, second.start, second.page) == (43, 1, 70, 2)
    assert locate("s.report", TEXT, "the guards left", prefix="two: ") == second
    assert locate("s.report", TEXT, "the guards left", suffix=".\nPage", near=80) == first


def test_a_passage_can_be_found_again_after_words_were_put_before_it() -> None:
    passage = locate("s.report", TEXT, "the guards left", near=80)
    longer = Text(extractor="e", version="2", text="the guards left. " + TEXT.text)
    again = locate("s.report", longer, passage.exact, prefix=passage.prefix, suffix=passage.suffix)
    assert again.start == passage.start + 17


def test_pages_are_counted_from_one_and_texts_without_pages_have_none() -> None:
    assert [TEXT.page_at(0), TEXT.page_at(59), TEXT.page_at(60)] == [1, 1, 2]
    assert Text(extractor="e", version="1", text="x").page_at(0) is None


def test_the_digest_of_a_text_is_that_of_its_utf_8() -> None:
    assert Text(extractor="e", version="1", text="é").sha256 == (
        "4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c"
    )


def test_a_source_is_an_origin_of_its_own_unless_it_shares_one() -> None:
    wire = Source(id="s.a", sha256="0" * 64, name="a.txt", media_type="text/plain", size=1)
    shared = Source(
        id="s.b", sha256="1" * 64, name="b.txt", media_type="text/plain", size=1, origin="o.wire"
    )
    assert (wire.origin_group, shared.origin_group) == ("s.a", "o.wire")


def test_a_source_is_cited_by_title_author_publisher_and_date_each_once() -> None:
    source = Source(
        id="s.a",
        sha256="0" * 64,
        name="a.pdf",
        media_type="application/pdf",
        size=1,
        title="On detention",
        author="Norrland Watch",
        publisher="Norrland Watch",
        published="2021-03",
    )
    assert source.cited == "On detention, Norrland Watch (2021-03)"


@given(st.text(min_size=1).filter(str.strip), st.text(), st.text())
def test_whatever_stands_in_a_text_is_found_exactly(quote: str, before: str, after: str) -> None:
    text = Text(extractor="e", version="1", text=before + quote + after)
    passage = locate("s.a", text, quote)
    assert text.text[passage.start : passage.end] == quote == passage.exact


def test_a_quote_is_looked_for_in_a_long_text_without_delay() -> None:
    long = Text(extractor="e", version="1", text="word and word " * 100_000)
    locate("s.a", long, "word", near=700_000)
    with pytest.raises(SourceError):
        locate("s.a", long, "word and word and word and other")
