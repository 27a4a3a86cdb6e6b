"""Unpacked: packed files opened within bounds, and records counted whatever stands in quotes."""

import bz2
import csv
import gzip
import hashlib
import io
import lzma
import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gravamen.aid.files import unpacked
from gravamen.aid.files.dataset import AidError
from gravamen.aid.files.unpacked import Text, digest_of, unpack

TABLE = 'a,b\n1,"x\ny"\n3,"q ""r"""\n'


def quiet(what: str, share: float | None) -> None:
    assert share is None or 0 <= share <= 1


def text(folder: Path, content: bytes, *, name: str = "t.csv", encoding: str = "utf-8") -> Text:
    (folder / "scratch").mkdir(exist_ok=True)
    (folder / name).write_bytes(content)
    return unpack(folder / name, folder / "scratch", encoding=encoding, tell=quiet)


def zipped(**members: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return out.getvalue()


@pytest.mark.parametrize(
    "pack",
    [lzma.compress, gzip.compress, bz2.compress, lambda b: zipped(table=b.decode())],
    ids=["xz", "gzip", "bzip2", "zip"],
)
def test_a_packed_table_is_opened_whatever_its_name(tmp_path: Path, pack) -> None:
    found = text(tmp_path, pack(TABLE.encode()), name="table.data")
    assert found.path.read_text() == TABLE
    assert (found.records, found.line_end, found.whole, found.blank) == (3, "lf", True, False)


@pytest.mark.parametrize("pack", [lzma.compress, gzip.compress, bz2.compress])
def test_a_packed_table_that_is_cut_short_is_refused(tmp_path: Path, pack) -> None:
    packed = pack(TABLE.encode() * 999)
    with pytest.raises(AidError, match="cut short or damaged"):
        text(tmp_path, packed[: len(packed) // 2])


def test_a_plain_table_is_read_where_it_lies(tmp_path: Path) -> None:
    assert text(tmp_path, TABLE.encode()).path == tmp_path / "t.csv"


def test_a_bomb_is_refused_by_its_ratio_and_by_its_size(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(unpacked, "RATIO_FROM_BYTES", 1000)
    with pytest.raises(AidError, match="opens to more than"):
        text(tmp_path, lzma.compress(b"0" * 10_000_000))
    monkeypatch.setattr(unpacked, "MOST_RATIO", 10**9)
    monkeypatch.setattr(unpacked, "MOST_BYTES", 1_000_000)
    with pytest.raises(AidError, match="opens to more than"):
        text(tmp_path, lzma.compress(b"0" * 10_000_000))


def test_a_zip_file_with_other_than_one_honest_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AidError, match="has 2 files .'one', 'two'."):
        text(tmp_path, zipped(one="a", two="b"))
    with pytest.raises(AidError, match="points out of the folder"):
        text(tmp_path, zipped(**{"..__..__passwd": "a"}))
    with pytest.raises(AidError, match="an empty zip file"):
        text(tmp_path, zipped())


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_in_quotes_begin_no_record(tmp_path: Path, end: str) -> None:
    found = text(tmp_path, TABLE.replace("\n", end).encode())
    assert (found.records, found.blank) == (3, False)


@pytest.mark.parametrize(
    ("content", "records", "line_end", "blank", "whole"),
    [
        ("a,b", 1, "none", False, False),
        ("a,b\n1,2", 2, "lf", False, False),
        ("a,b\n1,2\n\n\n", 2, "lf", False, True),
        ("a,b\n\n1,2\n", 3, "lf", True, True),
        ("a,b\r\n\r\n1,2\r\n", 3, "crlf", True, True),
        ("a,b\r\n1,2\n", 2, "mixed", False, True),
        ('a,b\n"\n\n\n",2\n', 2, "lf", False, True),
        ("a\nb\nc\n", 3, "lf", False, True),
        ("a\nb\n\nc", 4, "lf", True, False),
        ("a\rb\nc", 2, "mixed", False, False),
        ('a,b\n1,"2\n', None, "lf", False, False),
    ],
)
def test_records_are_counted(
    tmp_path: Path, content: str, records: int | None, line_end: str, blank: bool, whole: bool
) -> None:
    found = text(tmp_path, content.encode())
    assert found[1:4] == (records, line_end, blank)
    assert found.whole is whole


@settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150
)
@given(
    table=st.lists(
        st.lists(st.text(alphabet='ab",\n\r \u0430', max_size=6), min_size=2, max_size=2),
        min_size=1,
        max_size=6,
    ),
    block=st.integers(1, 9),
)
def test_the_count_is_that_of_a_parser_wherever_the_blocks_end(
    tmp_path: Path, table: list[list[str]], block: int
) -> None:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(table)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(unpacked, "BLOCK_BYTES", block)
        found = text(tmp_path, out.getvalue().encode())
    assert (found.records, found.blank, found.whole) == (len(table), False, True)


@settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300
)
@given(
    content=st.lists(st.sampled_from(["a", "b c", ",", '"', "\n", "\r", "\r\n"]), min_size=1),
    block=st.integers(1, 9),
)
def test_line_ends_are_told_alike_wherever_the_blocks_end(
    tmp_path: Path, content: list[str], block: int
) -> None:
    outside = re.sub(r'"[^"]*(?:"|\Z)', '"', "".join(content))
    body = outside.rstrip("\r\n")
    lf, cr, crlf = (outside.count(end) for end in ("\n", "\r", "\r\n"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(unpacked, "BLOCK_BYTES", block)
        found = text(tmp_path, "".join(content).encode())
    assert found.blank is bool(re.search(r"\n\r?\n|\r\r", body))
    assert found.whole is (body != outside)
    if found.records is not None:
        assert found.records == 1 + (body.count("\n") or body.count("\r"))
    kinds = {(True, False): "lf", (False, True): "cr", (False, False): "none"}
    both = "crlf" if lf == cr == crlf else "mixed"
    assert found.line_end == kinds.get((bool(lf), bool(cr)), both)


def test_another_encoding_becomes_utf_8(tmp_path: Path) -> None:
    for encoding in ("utf-16", "windows-1252", "latin-1"):
        found = text(tmp_path, "a,b\n1,café\n".encode(encoding), encoding=encoding)
        assert found.path.read_text(encoding="utf-8") == "a,b\n1,café\n"


def test_bytes_that_the_named_encoding_has_not_are_refused_with_their_place(
    tmp_path: Path,
) -> None:
    with pytest.raises(AidError, match=r"t\.csv: It is not windows-1252 .*row 1"):
        text(tmp_path, b"a,b\n1,\x81\n", encoding="windows-1252")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "empty"),
        (b"%PDF-1.7", "a PDF"),
        (b"PAR1....", "Parquet"),
        (gzip.compress(b"", mtime=0), "nothing"),
    ],
    ids=["empty", "pdf", "parquet", "empty gzip"],
)
def test_what_is_no_table_is_told_what_it_is(tmp_path: Path, content: bytes, told: str) -> None:
    with pytest.raises(AidError, match=told):
        text(tmp_path, content)


def test_the_digest_is_of_the_bytes_as_they_came(tmp_path: Path) -> None:
    content = lzma.compress(TABLE.encode() * 50_000)
    (tmp_path / "t.xz").write_bytes(content)
    assert digest_of(tmp_path / "t.xz", quiet) == hashlib.sha256(content).hexdigest()
