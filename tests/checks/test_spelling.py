"""Tests of checks/spelling.py: names as plain Latin letters; words of several scripts."""

import pytest

from gravamen.checks.spelling import fold, scripts


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("Radomír  VELZ", "radomir velz"),
        ("Радомир Велз", "radomir velz"),
        ("Əliyev-Şükür", "aliyev sukur"),
        ("Արամ", "aram"),
        ("გიორგი", "giorgi"),
        ("Γιώργος", "giorgos"),
        ("Ｒａｄｏ\u200bmir", "radomir"),
        ("Straße", "strasse"),
    ],
)
def test_forms_of_a_name_meet(written: str, plain: str) -> None:
    assert fold(written) == plain


def test_letters_of_scripts_without_a_table_stay() -> None:
    assert fold("山田") == "山田"


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("аpple", ("Cyrillic", "Latin")),
        ("日本の", ("HAN",)),
        ("Müller", ("Latin",)),
        ("µm", ("Latin",)),
    ],
)
def test_scripts_that_do_not_belong_in_one_word_are_told(word: str, found: tuple[str, ...]) -> None:
    assert scripts(word) == found
