"""Tables: rows of texts as CSV and XLSX in which no text can become a formula, and none is lost."""

import csv
import io
import re
from collections.abc import Sequence
from datetime import date, datetime, time
from math import ceil

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from gravamen.instruments.evidence import Sheet
from gravamen.values import GravamenError

# The most that a cell of Excel holds, in UTF-16 units (Excel specifications and limits).
LONGEST_CELL = 32_767
# What begins a formula or a command where a spreadsheet reads a cell: =, +, -, @, their wide forms,
# a tab or a carriage return; spaces and quotes before it do not always stop it.
_TRIGGERS = "=+\\-@\t\r\uff1d\uff0b\uff0d\uff20"
# Where a program that splits lines at semicolons or tabs would begin a cell inside one of ours.
_BEGINNINGS = re.compile(rf"(?:\A|(?<=[;\t\r\n]))(?=[\s\"]*[{_TRIGGERS}]|')")
_MARKED = re.compile(r"(?:\A|(?<=[;\t\r\n]))'")
# How many characters of a table a printed page is wide, and still read without a glass.
_PAGE_CHARS = 160
_HEADING = {"bold": True, "bg_color": "#E8ECF2", "bottom": 1}
_CELL = {"text_wrap": True, "valign": "top", "num_format": "@"}


def guarded(text: str) -> str:
    """Return a text with an apostrophe before whatever could begin a formula.

    It stands at the beginning of the text, and after each semicolon, tab and line break, where the
    text goes on with one of the signs above or with an apostrophe. `unguarded` takes exactly these
    away again, so nothing of the text is lost.
    """
    return _BEGINNINGS.sub("'", text)


def unguarded(cell: str) -> str:
    """Return the text of a cell that `guarded` made."""
    return _MARKED.sub("", cell)


def to_csv(sheet: Sheet) -> bytes:
    """Return a table as CSV (RFC 4180): UTF-8 with the mark that Excel knows it by, commas, every
    cell in quotation marks and `guarded`, lines ended by CR LF."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(guarded(c.heading) for c in sheet.columns)
    writer.writerows([guarded(cell) for cell in row] for row in sheet.rows)
    return written.getvalue().encode("utf-8-sig")


def to_xlsx(sheets: Sequence[Sheet], *, title: str, on: date) -> bytes:
    """Return tables as the sheets of one XLSX file; the same tables and day give the same bytes.

    Every cell is a text, as it is: never a formula, a number or a link, so nothing needs a mark.
    The first line stays in sight and is printed on each page.

    Args:
        on: the day that the file names as that of its making.

    Raises:
        GravamenError: a text is longer than a cell can hold; names the cell.
    """
    for sheet in sheets:
        _check_lengths(sheet)
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
        created = datetime.combine(on, time())
        book.set_properties({"title": title, "author": "", "created": created})
        heading, cell = book.add_format({**_CELL, **_HEADING}), book.add_format(_CELL)
        for sheet in sheets:
            _fill(book.add_worksheet(sheet.name), sheet, heading, cell)
    return written.getvalue()


def _fill(page: Worksheet, sheet: Sheet, heading: Format, cell: Format) -> None:
    for n, column in enumerate(sheet.columns):
        page.set_column(n, n, column.width)
        page.write_string(0, n, column.heading, heading)
    for line, row in enumerate(sheet.rows, 1):
        for n, text in enumerate(row):
            page.write_string(line, n, text, cell)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, max(1, len(sheet.rows)), len(sheet.columns) - 1)
    page.repeat_rows(0)
    page.repeat_columns(0, 1)
    page.set_landscape()
    page.fit_to_pages(ceil(sum(c.width for c in sheet.columns) / _PAGE_CHARS), 0)
    # A heading of a printed page is code of its own, in which & begins a command.
    page.set_header("&L" + sheet.title.replace("&", "&&")[:120] + "&R&P/&N")


def _check_lengths(sheet: Sheet) -> None:
    for line, row in enumerate(sheet.rows, 2):
        for column, text in zip(sheet.columns, row, strict=True):
            units = len(text.encode("utf-16-le", "surrogatepass")) // 2
            if units > LONGEST_CELL:
                raise GravamenError(
                    f"The cell {column.heading!r} of line {line} of the {sheet.name} table is "
                    f"{units} characters long; a cell of Excel holds {LONGEST_CELL}. Shorten the "
                    "quote of its claim (over-length)."
                )
