"""Tables: no text becomes a formula, and none loses a character."""

import csv
import io
import re
import zipfile
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from gravamen.exports import guarded, to_csv, to_xlsx, unguarded
from gravamen.exports.tables import LONGEST_CELL
from gravamen.instruments.evidence import Column, Sheet
from gravamen.values import GravamenError

DAY = date(2024, 3, 5)
HOSTILE = (
    '=HYPERLINK("http://x.example","y")',
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\uff1d1+1",
    " =1",
    "'quoted",
    "x;=1;y",
    "line\n=cmd|' /C calc'!A0",
    "]]> <![CDATA[ &lt; &amp;",
    "a\u202ecod.exe",
    "a\x01b\ufffe_x0041_",
    "w" * 10_000,
    '"quotes" ; "semi',
    "Əli Արմեն Иван محمد 王小明",
)


def sheet(*rows: tuple[str, ...]) -> Sheet:
    columns = tuple(Column(f"c{n}", 10) for n in range(len(rows[0])))
    return Sheet("evidence", "Evidence & more", columns, rows)


def cells(data: bytes) -> list[list[str]]:
    """The first sheet of an XLSX, read by hand: each cell's text, and no formula among them."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        strings = etree.fromstring(archive.read("xl/sharedStrings.xml"))
        page = etree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
    texts = ["".join(str(t) for t in si.itertext()) for si in strings]
    found = []
    for row in page.iter("{*}row"):
        for cell in row:
            assert cell.get("t") in ("s", None) and cell.find("{*}f") is None
        found.append([texts[int(c.findtext("{*}v"))] if c.get("t") == "s" else "" for c in row])
    return found


def unescaped(text: str) -> str:
    """Text of an XLSX as Excel shows it: "_x0001_" is a character."""
    return re.sub(r"_x([0-9A-F]{4})_", lambda m: chr(int(m[1], 16)), text)


@pytest.mark.parametrize("text", HOSTILE, ids=lambda t: repr(t)[:20])
def test_a_hostile_text_comes_back_whole_from_both_tables_and_is_no_formula(text: str) -> None:
    table = sheet((text, "plain"))
    [_, row] = csv.reader(io.StringIO(to_csv(table).decode("utf-8-sig"), newline=""))
    assert [unguarded(c) for c in row] == [text, "plain"]
    [_, shown] = cells(to_xlsx([table], title="T", on=DAY))
    assert unescaped(shown[0]).replace("\r", "\n") == text.replace("\r", "\n")


@pytest.mark.parametrize("text", [t for t in HOSTILE if "=" in t or t[0] in "+-@'\t\r\uff1d"])
def test_no_cell_can_begin_a_formula_however_a_program_splits_the_line(text: str) -> None:
    data = to_csv(sheet((text, text))).decode("utf-8-sig")
    for separator in (",", ";", "\t"):
        for line in re.split(r"[\r\n]+", data.replace('""', "")):
            for part in line.split(separator):
                assert not re.match(r"[\s\"]*[=+\-@\uff1d\uff0b\uff0d\uff20]", part), part


@given(st.text(alphabet="ab=+-@'\";,\t\r\n \uff1d"))
def test_guarding_loses_nothing(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r", "\uff1d"))


def test_a_table_is_csv_as_rfc_4180_has_it_with_the_mark_that_excel_wants() -> None:
    data = to_csv(sheet(("a,b", 'c"d')))
    assert data == b'\xef\xbb\xbf"c0","c1"\r\n"a,b","c""d"\r\n'


def test_a_workbook_is_the_same_each_time_and_keeps_its_head_in_sight() -> None:
    first = to_xlsx([sheet(("a",))], title="T", on=DAY)
    assert to_xlsx([sheet(("a",))], title="T", on=DAY) == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        page = archive.read("xl/worksheets/sheet1.xml").decode()
        assert 'state="frozen"' in page and "&amp;&amp; more" in page
        assert "evidence!$A:$B,evidence!$1:$1" in archive.read("xl/workbook.xml").decode()
        assert "2024-03-05T00:00:00Z" in archive.read("docProps/core.xml").decode()


def test_a_text_too_long_for_a_cell_is_refused_and_named() -> None:
    whole = sheet(("x" * LONGEST_CELL,))
    assert cells(to_xlsx([whole], title="T", on=DAY))[1] == ["x" * LONGEST_CELL]
    with pytest.raises(GravamenError, match=r"cell 'c0' of line 2 .*32768 characters.*over-length"):
        to_xlsx([sheet(("x" * (LONGEST_CELL + 1),))], title="T", on=DAY)
    with pytest.raises(GravamenError, match="over-length"):
        to_xlsx([sheet(("😀" * (LONGEST_CELL // 2 + 1),))], title="T", on=DAY)
