"""Bytes become text in the encoding they say, and no other is assumed without a notice."""

import pytest

from gravamen.sources import Captured, SourceError, capture


def taken(data: bytes, **metadata: str) -> Captured:
    return capture(data, id="s.note", name="note.txt", **metadata)  # type: ignore[arg-type]


def notices(captured: Captured) -> dict[str, str]:
    return {notice.id: notice.message for notice in captured.source.notices}


@pytest.mark.parametrize(
    "data",
    [
        "Zürich, Ծաղկաձոր\nЯ".encode(),
        b"\xef\xbb\xbf" + "Zürich, Ծաղկաձոր\nЯ".encode(),
        "Zürich, Ծաղկաձոր\nЯ".encode("utf-16"),
        b"\xfe\xff" + "Zürich, Ծաղկաձոր\nЯ".encode("utf-16-be"),
        b"\xff\xfe\0\0" + "Zürich, Ծաղկաձոր\nЯ".encode("utf-32-le"),
    ],
)
def test_utf_8_and_texts_with_a_byte_order_mark_are_read_without_remark(data: bytes) -> None:
    captured = taken(data)
    assert captured.text.text == "Zürich, Ծաղկաձոր\nЯ"
    assert captured.source.notices == ()
    assert (captured.text.extractor, captured.text.version) == ("gravamen.text", "1")


def test_line_ends_are_made_one_and_nothing_else_is_touched() -> None:
    assert taken(b"a \r\nb\rc\td\n\n").text.text == "a \nb\nc\td\n\n"


def test_cyrillic_bytes_are_read_as_windows_1251_and_the_reader_is_told() -> None:
    captured = taken("Его увезли в Северск".encode("cp1251"))
    assert captured.text.text == "Его увезли в Северск"
    assert notices(captured) == {
        "encoding-assumed": "note.txt is not UTF-8 (byte 0) and was read as cp1251, because most "
        "of its letters lie where Windows-1251 has Cyrillic; look whether the words are right, "
        "and declare the encoding if they are not."
    }


def test_western_bytes_are_read_as_windows_1252_and_the_reader_is_told() -> None:
    captured = taken("They came to Zürich “at night”".encode("cp1252"))
    assert captured.text.text == "They came to Zürich “at night”"
    assert (
        "was read as cp1252, because most of its letters are Latin"
        in (notices(captured)["encoding-assumed"])
    )


def test_the_language_of_a_source_says_which_legacy_encoding_is_tried() -> None:
    captured = taken("Iван I".encode("cp1251"), language="uk")
    assert captured.text.text == "Iван I"
    assert "because its language is 'uk'" in notices(captured)["encoding-assumed"]


@pytest.mark.parametrize(
    ("language", "text", "encoding"),
    [
        ("el", "Καλημέρα κόσμε", "cp1253"),
        ("tr", "Şuşa şehrinde", "cp1254"),
        ("az-Latn", "Şuşa şehri", "cp1254"),
        ("az-Cyrl", "Шуша", "cp1251"),
        ("pl", "Żółć gęś", "cp1250"),
        ("sr-Latn", "Šćž đak", "cp1250"),
        ("sr", "Стража", "cp1251"),
        ("fa", "بازداشت", "cp1256"),
        ("ar-SY", "مرحبا", "cp1256"),
        ("he", "שלום לכם", "cp1255"),
        ("lt", "Ąžuolas", "cp1257"),
        ("ja", "彼らは夜", "cp932"),
        ("zh-Hant", "他們在夜裡", "big5"),
        ("zh", "他们在夜里", "gb18030"),
        ("ko", "그들은 밤에", "cp949"),
        ("en", "Zürich", "cp1252"),
    ],
)
def test_bytes_that_are_no_utf_8_are_read_as_their_language_was_written(
    language: str, text: str, encoding: str
) -> None:
    captured = taken(text.encode(encoding), language=language)
    assert captured.text.text == text
    assert f"was read as {encoding}, because its language" in notices(captured)["encoding-assumed"]


def test_a_declared_encoding_is_used_and_recorded() -> None:
    captured = taken("Şuşa şəhəri".replace("ə", "e").encode("cp1254"), encoding="windows-1254")
    assert captured.text.text == "Şuşa şeheri"
    assert notices(captured) == {"encoding-declared": "note.txt was read as cp1254, as declared."}


def test_an_encoding_that_is_unknown_or_does_not_fit_is_refused_with_what_to_do() -> None:
    with pytest.raises(SourceError, match="the encoding 'armscii' is unknown; name one such as"):
        taken(b"x", encoding="armscii")
    with pytest.raises(SourceError, match="is not utf-8, which was declared: byte 7 does not fit"):
        taken("Zürich".encode() + b"\xff", encoding="utf-8")
    with pytest.raises(SourceError, match="is not utf-16-le, which its byte order mark says"):
        taken(b"\xff\xfea\0b")


@pytest.mark.parametrize("codec", ["idna", "punycode", "utf-7", "unicode_escape", "rot13", "a\0b"])
def test_codecs_that_are_no_encoding_of_documents_are_unknown(codec: str) -> None:
    with pytest.raises(SourceError, match="is unknown"):
        taken(b"abc", encoding=codec)


def test_a_damaged_place_in_utf_8_is_marked_and_the_rest_kept() -> None:
    captured = taken("Նա տարվեց ".encode() + b"\xff" + " գիշերը".encode())
    assert captured.text.text == "Նա տարվեց \ufffd գիշերը"
    assert "1 damaged place" in notices(captured)["invalid-utf-8"]
    assert "the first at byte 18" in notices(captured)["invalid-utf-8"]


def test_bytes_in_no_encoding_that_may_be_assumed_are_refused() -> None:
    with pytest.raises(SourceError) as caught:
        taken(b"They were \x81 taken")
    assert str(caught.value) == (
        "note.txt is neither UTF-8 (byte 10) nor cp1252 (byte 10); save it as UTF-8 from the "
        "program that made it, or declare its encoding."
    )
