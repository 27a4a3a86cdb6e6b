"""Tests of checks/lists.py: rival names and loaded words, and where a text uses them."""

import pytest

from gravamen.checks.lists import gazetteer, labels, loaded, unquoted


def test_no_name_comes_first_but_by_the_alphabet() -> None:
    for group in gazetteer().groups.values():
        assert list(group.names) == sorted(group.names, key=lambda n: (n.casefold(), n)), group.id
        assert len(group.names) > 1, group.id


def test_each_name_is_found_whichever_side_it_is_of() -> None:
    for group in gazetteer().groups.values():
        for name in group.names:
            found = [(g, n) for g, n, _ in gazetteer().used(f"They went to {name}, and back.")]
            assert [n for _, n in found] == [name]
            assert found[0][0] == group.id, name


def test_a_name_in_no_two_groups() -> None:
    names = [n for g in gazetteer().groups.values() for n in g.names]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("UPPER KARABAKH", ["UPPER KARABAKH"]),
        ("the People's Republic of China", []),
        ("the People’s Republic of China", []),
        ("the Republic of China", ["Republic of China"]),
        ("Papua New Guinea", []),
        ("cold turkey and turkeys", []),
        ("Cote d’Ivoire", ["Cote d’Ivoire"]),
        ("Kievan", []),
    ],
)
def test_a_name_is_found_whole_and_as_it_stands(words: str, found: list[str]) -> None:
    assert [n for _, n, _ in gazetteer().used(words)] == found


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("It is a fact that it was brutally done.", ["It is a fact", "brutally"]),
        ("a sanctions regime and a flagrant denial of justice", []),
        ("the regime", ["regime"]),
        ("The President determined to be right", []),
        ("unclearly", []),
    ],
)
def test_loaded_words_are_found_outside_the_terms_of_law(words: str, found: list[str]) -> None:
    assert loaded().used(words) == found


def test_what_is_quoted_is_blanked_and_nothing_moves() -> None:
    words = 'He said “they are brutal” and "it is a fact" and went.'
    assert len(unquoted(words)) == len(words)
    assert loaded().used(unquoted(words)) == []


def test_labels_are_those_of_the_reader() -> None:
    assert labels("The hostages, who were tortured, came home.") == (
        ("hostages", "hostage"),
        ("tortured", "torture"),
    )
