from pathlib import Path

import pytest

from gravamen.instruments.fonts import (
    Coverage,
    Missing,
    Run,
    files,
    folders,
    font,
    fonts_for,
    missing_glyphs,
    right_to_left,
    runs,
    script,
)
from gravamen.values import GravamenError, sha256

from .letters import NAMES


def test_all_scripts_of_the_letters_have_glyphs() -> None:
    assert missing_glyphs([n.text for n in NAMES] + ["§ “–—…” € 1/2 † •", "Ĳ ŷ ə Ə ğ ş ł ő"]) == []


def test_a_character_that_no_font_has_is_named_with_its_text() -> None:
    found = missing_glyphs(["fine", "a \U00012000", "b \uf0b7 and \U00012000"])

    assert found == [
        Missing("\uf0b7", "b \uf0b7 and \U00012000"),
        Missing("\U00012000", "a \U00012000"),
    ]
    assert [m.named for m in found] == ["U+F0B7 without a name", "U+12000 CUNEIFORM SIGN A"]


def test_joiners_and_line_breaks_are_not_missing_but_hidden_tag_letters_are() -> None:
    assert missing_glyphs(["می\u200cخواهم\n\tx\u200d"]) == []
    assert [m.char for m in missing_glyphs(["a\U000e0041"])] == ["\U000e0041"]


def test_a_text_falls_into_scripts_with_languages() -> None:
    assert runs("Dr Արմեն Սարգսյան, 王小明") == (
        Run("Dr ", None, None),
        Run("Արմեն Սարգսյան", "hy", "Armn"),
        Run(", ", None, None),
        Run("王小明", "und", "Hani"),
    )


def test_signs_within_a_script_stay_with_it_and_brackets_are_not_torn() -> None:
    assert runs("(محمد، رضا)") == (
        Run("(", None, None),
        Run("محمد، رضا", "und", "Arab"),
        Run(")", None, None),
    )


def test_the_joiner_of_a_persian_word_stays_inside_it() -> None:
    assert runs("می\u200cخواهم", "fa") == (Run("می\u200cخواهم", "fa", "Arab"),)


@pytest.mark.parametrize("text", ["", "plain", "Ա", " – ", "aԱb", "שלום world 中", "1 Ж 2"])
def test_no_character_is_lost_in_the_stretches(text: str) -> None:
    assert "".join(r.text for r in runs(text)) == text


def test_the_first_letter_gives_the_direction() -> None:
    assert [right_to_left(t) for t in ("(محمد", "«שלום»", "Ժ", "12", "")] == [
        True,
        True,
        False,
        False,
        False,
    ]
    assert script("ə") is None


def test_fonts_are_named_with_the_digest_of_their_files() -> None:
    named = fonts_for(["Latin", "Ժ中"])

    assert [f.name for f in named] == [
        "Noto Sans",
        "Noto Sans Armenian",
        "Noto Sans CJK SC",
        "Noto Sans Italic",
    ]
    assert font("Noto Sans").sha256 == sha256(files()["Noto Sans"].read_bytes())
    assert all(folder.is_dir() for folder in folders())


def test_a_file_without_a_character_map_is_refused(tmp_path: Path) -> None:
    (tmp_path / "no.ttf").write_bytes(b"\x00\x01\x00\x00" + b"\0\0" + b"\0" * 20)
    with pytest.raises(GravamenError, match="no.ttf has no character map"):
        Coverage.read(tmp_path / "no.ttf")
