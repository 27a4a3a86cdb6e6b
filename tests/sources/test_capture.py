"""Bytes are kept unchanged under their digest, with what a person told about them."""

import hashlib
import os
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gravamen.dates import DateError
from gravamen.sources import (
    Captured,
    Limits,
    Notice,
    Source,
    SourceError,
    Text,
    capture,
    capture_file,
)
from gravamen.values import canonical

DATA = b"They were taken.\r\nAll five.\r\n"


def test_bytes_are_kept_unchanged_beside_their_text_and_what_was_told() -> None:
    captured = capture(
        DATA,
        id="s.report",
        name="report.txt",
        title="The night of 3 March",
        publisher="Norrland Watch",
        author="A. Ilen",
        published="2021-03",
        retrieved="2021-04-02",
        url="https://norrland.example/report",
        language="en",
        origin="o.neighbours",
        reliability="The author was there.",
        translator="B. Oren",
    )
    assert captured == Captured(
        source=Source(
            id="s.report",
            sha256=hashlib.sha256(DATA).hexdigest(),
            name="report.txt",
            media_type="text/plain",
            size=29,
            title="The night of 3 March",
            publisher="Norrland Watch",
            author="A. Ilen",
            published="2021-03",  # type: ignore[arg-type]
            retrieved="2021-04-02",  # type: ignore[arg-type]
            url="https://norrland.example/report",
            language="en",
            origin="o.neighbours",
            reliability="The author was there.",
            translator="B. Oren",
        ),
        text=Text(extractor="gravamen.text", version="1", text="They were taken.\nAll five.\n"),
        data=DATA,
    )


def test_the_same_bytes_give_the_same_source() -> None:
    one, two = (capture(DATA, id="s.a", name="a.txt") for _ in range(2))
    assert canonical(one) == canonical(two)


def test_a_captured_source_cannot_be_changed() -> None:
    captured = capture(DATA, id="s.a", name="a.txt")
    with pytest.raises(AttributeError):
        captured.data = b""  # type: ignore[misc]


def test_a_file_is_captured_under_its_name_without_its_folder(tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_bytes(DATA)
    captured = capture_file(tmp_path / "report.txt", id="s.a", publisher="Norrland Watch")
    assert (captured.source.name, captured.data) == ("report.txt", DATA)
    assert captured.source.publisher == "Norrland Watch"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\letters\\order.txt", "order.txt"),
        ("annual\u202etxt.exe", "annualtxt.exe"),
        ("a\0b\n.txt", "ab.txt"),
        (os.fsdecode(b"d\xe9cret.txt"), "d\ufffdcret.txt"),
        ("..", "unnamed"),
        ("", "unnamed"),
    ],
)
def test_a_name_is_kept_as_a_plain_one_and_the_change_is_said(given: str, kept: str) -> None:
    captured = capture(DATA, id="s.a", name=given)
    assert captured.source.name == kept
    if kept.endswith(".txt"):
        message = f"{given!r} is no plain name; it is kept as {kept!r}."
        assert captured.source.notices == (Notice(id="name-changed", message=message),)
    canonical(captured)


def test_a_plain_name_in_any_script_is_kept() -> None:
    for name in ("گزارش\u200cها.txt", "отчёт № 1.txt", "a b (2).txt", ".hidden.txt"):
        captured = capture(DATA, id="s.a", name=name)
        assert (captured.source.name, captured.source.notices) == (name, ())


def test_a_path_that_no_file_can_have_is_refused() -> None:
    with pytest.raises(SourceError, match="is no name of a file; check the path"):
        capture_file("a\0b.txt", id="s.a")
    with pytest.raises(SourceError, match="cannot be read"):
        capture_file("a" * 5000, id="s.a")


def test_what_is_no_file_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path, tmp_path / "pipe", Path("/dev/zero")):
        with pytest.raises(SourceError, match="is not a file; name one file to capture"):
            capture_file(path, id="s.a")
    with pytest.raises(SourceError, match=r"cannot be read \(No such file or directory\)"):
        capture_file(tmp_path / "absent.txt", id="s.a")


def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    with (tmp_path / "huge").open("wb") as file:
        file.truncate(2**40)
    with pytest.raises(SourceError, match="more than the 209715200 allowed"):
        capture_file(tmp_path / "huge", id="s.a")


def test_no_bytes_and_too_many_are_refused() -> None:
    with pytest.raises(SourceError, match=r"a.txt is empty \(0 bytes\); fetch it again"):
        capture(b"", id="s.a", name="a.txt")
    with pytest.raises(SourceError, match="a.txt has 29 bytes, more than the 10 allowed"):
        capture(DATA, id="s.a", name="a.txt", limits=Limits(source_bytes=10))
    with pytest.raises(SourceError, match="holds more than 10 characters of text; split it"):
        capture(DATA, id="s.a", name="a.txt", limits=Limits(text_chars=10))


@pytest.mark.parametrize("id", ["", " ", "s a", "s.a\n"])
def test_an_id_with_spaces_or_none_is_refused(id: str) -> None:
    with pytest.raises(SourceError, match="is no id for a source; write one like 's.report'"):
        capture(DATA, id=id, name="a.txt")


def test_an_unknown_field_is_named_with_those_that_there_are() -> None:
    with pytest.raises(SourceError, match="A source has no 'puplisher'; write one of title, pub"):
        capture(DATA, id="s.a", name="a.txt", puplisher="x")  # type: ignore[call-arg]


def test_a_date_that_is_none_is_refused() -> None:
    with pytest.raises(DateError, match="'March 2021' is not a date"):
        capture(DATA, id="s.a", name="a.txt", published="March 2021")


def test_an_encoding_is_not_taken_for_a_file_that_tells_its_own() -> None:
    with pytest.raises(SourceError, match="which tells its encoding itself; leave it out"):
        capture(b"%PDF-1.7", id="s.a", name="a.pdf", encoding="utf-8")


def test_a_wrong_extension_is_a_notice_and_the_file_is_read_as_what_it_is() -> None:
    captured = capture(b"<html><p>x", id="s.a", name="list.xlsx")
    assert captured.text.text == "x"
    assert [n.id for n in captured.source.notices] == ["wrong-extension"]


TURNED = (
    "a.txt has 2 characters that turn the direction of reading, the first U+202E at offset 10: "
    "words may show in another order than they stand. Read that place letter by letter."
)
NUL = (
    "a.txt has 1 NUL character, the first at offset 9; a program may have shown it only up to "
    "there."
)
CONTROL = "a.txt has 1 control character, the first U+001B at offset 10; no part of any words."
UNSEEN = (
    "a.txt has 1 character that no reader sees, the first U+{} at offset {}: words may not be what "
    "they look like. Copy quotes from the text, not from what is shown."
)
BLANK = "No words were found in a.txt; nothing can be quoted from it. Look at the file itself."


@pytest.mark.parametrize(
    ("text", "id", "message"),
    [
        ("They were \u202edegraw\u202c home", "bidi-control", TURNED),
        ("They were\0 not taken", "nul-character", NUL),
        ("They\u200b were taken", "unseen-character", UNSEEN.format("200B", 4)),
        ("They were \U000e0041taken", "unseen-character", UNSEEN.format("E0041", 10)),
        ("They were \ufffftaken", "unseen-character", UNSEEN.format("FFFF", 10)),
        ("They were \x1btaken away at night", "control-character", CONTROL),
        (" \n\u00a0\n", "blank", BLANK),
    ],
)
def test_what_deceives_a_reader_is_said_with_its_place(text: str, id: str, message: str) -> None:
    captured = capture(text.encode(), id="s.a", name="a.txt")
    assert captured.source.notices == (Notice(id=id, message=message),)
    assert captured.text.text == text


def test_words_in_scripts_that_run_from_right_to_left_are_no_oddity() -> None:
    text = "أخذوا خمسة رجال \u200fليلا می\u200cبرند क्\u200dष"
    assert capture(text.encode(), id="s.a", name="a.txt").source.notices == ()


def test_megabytes_of_text_and_one_endless_line_are_read_to_their_end() -> None:
    data = ("They were taken at night by men in masks.\n" * 250_000).encode()
    assert len(capture(data, id="s.a", name="a.txt").text.text) == len(data)
    line = b"x" * 10_000_000
    assert len(capture(line, id="s.a", name="a.txt").text.text) == len(line)


def test_sources_are_captured_from_several_threads_at_once() -> None:
    found: list[Captured] = []
    mail = b"From: a@b.example\nMessage-ID: <1@b>\n\nbody"
    threads = [
        threading.Thread(
            target=lambda: found.append(capture(mail, id="s.a", name="a.eml")), daemon=True
        )
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(found) == 4
    assert len({c.text.sha256 for c in found}) == 1


HEADS = (b"", b"<html>", b"<p", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe")


@given(st.sampled_from(HEADS), st.binary(max_size=200), st.text(max_size=50))
def test_whatever_the_bytes_they_are_a_source_or_a_sentence(
    head: bytes, data: bytes, name: str
) -> None:
    try:
        captured = capture(head + data, id="s.a", name=name)
    except SourceError as error:
        assert str(error).endswith((".", "?"))
    else:
        assert captured.data == head + data
        assert all(0 <= x.start < x.end <= len(captured.text.text) for x in captured.text.layers)
