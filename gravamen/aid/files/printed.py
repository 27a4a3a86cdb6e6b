"""Printed: what stands in a file of assistance, as text, and how it is made into values.

The cells lie in DuckDB, since a file may be larger than memory. Whatever is the same in many rows
(a country, a program, a year) is read by Python once for each different value.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb

from gravamen.aid.files.dataset import AidError
from gravamen.law import Law
from gravamen.values import GravamenError

PLACES = 5  # how many bad places an error names
_BATCH = 10_000  # different values that are read at once

# A number is digits with or without thousands in threes, a sign, a currency sign and decimals;
# brackets mean less than nothing, as accounts print it.
_NUMBER = r"^(-?\$?|\$-)(\d+|\d{1,3}(,\d{3})+)(\.\d+)?$|^\(\$?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?\)$"
_MACROS = (
    rf"create or replace macro is_number(x) as regexp_matches(trim(x), '{_NUMBER}')",
    """create or replace macro number(x) as case when is_number(x) then try_cast(
        if(trim(x) like '(%', '-', '') || regexp_replace(trim(x), '[$,()]', '', 'g')
        as decimal(24, 6)) end""",
)


class Printed:
    """The cells of one file, and what its reader needs to make typed rows of them.

    The connection has the view `printed`: the columns of the dataset under our words (a column
    that the file lacks is '' throughout), and `row`, where the header is row 1. It also knows two
    functions of a text: `is_number(x)`, and `number(x)`, a DECIMAL(24,6) or NULL: "$1,200",
    "-658171", "(658,171)" are numbers, "1500 9/29/2009", "1,23" and "" are none.

    Args:
        law: the law data, for the names of programs.
        vintage: that of the edition.
        file: its name, for errors.
        headings: our word for each column of the file, and how the header prints it.
        source: the text of the file, unpacked.
        about: what the reader keeps of the file by word; it goes into the edition.
    """

    def __init__(
        self,
        con: duckdb.DuckDBPyConnection,
        law: Law,
        *,
        vintage: str,
        file: str,
        headings: Mapping[str, str],
        source: Path | None = None,
    ) -> None:
        self.con, self.law, self.vintage, self.file = con, law, vintage, file
        self.headings, self.source = headings, source
        self.about: dict[str, str] = {}
        for macro in _MACROS:
            con.execute(macro)

    def mapped(
        self,
        columns: str | tuple[str, ...],
        function: Callable[..., object | None],
        *,
        what: str,
        remedy: str = "",
        into: Mapping[str, str] | None = None,
    ) -> None:
        """Make the table m_COLUMN(printed, value): each different cell, and what it is read as.

        Several columns are read together: the function takes their cells in order, and the table
        m_FIRST has the cells under the names of the columns.

        Args:
            columns: one of our words, or several.
            function: text to a value; None, or an error, where the text cannot be read.
            what: what the text should be ("a fiscal year, as 2020 or 1976tq").
            remedy: what to do about one that is not, a sentence.
            into: names and SQL types of the values that `function` gives, as a tuple where there
                are several; without it one text, `value`.

        Raises:
            AidError: texts that cannot be read: each with its column, its first row and how many
                rows have it.
        """
        words = (columns,) if isinstance(columns, str) else columns
        names = ("printed",) if isinstance(columns, str) else columns
        fields = into or {"value": "VARCHAR"}
        table = f"m_{words[0]}"
        made = ", ".join(
            [*(f"{n} VARCHAR" for n in names), *(f"{n} {t}" for n, t in fields.items())]
        )
        self.con.execute(f"create or replace table {table} ({made})")
        types = [*("VARCHAR" for _ in names), *fields.values()]
        lists = ", ".join(f"unnest(?::{t}[])" for t in types)
        bad: list[tuple[tuple[str, ...], str]] = []
        found = self.con.cursor().execute(f"select distinct {', '.join(words)} from printed")
        while batch := found.fetchmany(_BATCH):
            read = []
            for cells in batch:
                value, why = _read(function, cells)
                if value is None:
                    bad.append((cells, why))
                else:
                    read.append((*cells, *(value if len(fields) > 1 else (value,))))
            if read:
                cells_by_column = [list(column) for column in zip(*read, strict=True)]
                self.con.execute(f"insert into {table} select {lists}", cells_by_column)
            if len(bad) > PLACES:
                break
        if bad:
            self._tell(words, bad, what, remedy)

    def refuse(self, sql: str, what: str, remedy: str = "") -> None:
        """Raise where a query finds bad cells.

        Args:
            sql: gives (row, column, value): the column as our word, the value as printed.
            what: what the cells should be ("a number").
            remedy: what to do, a sentence.

        Raises:
            AidError: with the first five places and how many there are.
        """
        bad = self.con.execute(
            f"select row, col, val, count(*) over () from ({sql}) as bad(row, col, val) "
            f"order by row limit {PLACES}"
        ).fetchall()
        if not bad:
            return
        places = "; ".join(
            f"row {row}, column {self.heading(col)}: {val!r}" for row, col, val, _ in bad
        )
        raise AidError(_sentence(f"{self.file}: {places}{_more(bad[0][3])}: not {what}", remedy))

    def heading(self, word: str) -> str:
        """How the header prints a column, quoted."""
        return repr(self.headings.get(word, word))

    def _tell(
        self,
        words: Sequence[str],
        bad: Sequence[tuple[tuple[str, ...], str]],
        what: str,
        remedy: str,
    ) -> None:
        where = " and ".join(f"{word} = ?" for word in words)
        told = []
        for cells, why in bad:
            found = self.con.execute(
                f"select min(row), count(*) from printed where {where}", list(cells)
            ).fetchone()
            first, rows = found or (0, 0)
            also = f" and {rows - 1} more {'row' if rows == 2 else 'rows'}" if rows > 1 else ""
            shown = ", ".join(repr(c) for c in cells)
            told.append((first, f"row {first}{also}: {shown}{why}"))
        column = ", ".join(self.heading(w) for w in words)
        places = "; ".join(text for _, text in sorted(told)[:PLACES])
        more = "; and others" if len(told) > PLACES else ""
        raise AidError(
            _sentence(f"{self.file}: column {column}: {places}{more}: not {what}", remedy)
        )


def _read(function: Callable[..., object | None], cells: Sequence[str]) -> tuple[Any, str]:
    """A value, or None and why there is none."""
    try:
        return function(*cells), ""
    except GravamenError as error:
        return None, f" ({str(error).rstrip('.')})"


def _more(count: int) -> str:
    return f"; and {count - PLACES} more" if count > PLACES else ""


def _sentence(text: str, remedy: str) -> str:
    return f"{text}. {remedy}" if remedy else f"{text}."
