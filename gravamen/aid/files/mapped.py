"""Mapped: a table that we do not know, read by a mapping that a person wrote for it."""

import csv
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

import duckdb

from gravamen.aid import countries
from gravamen.aid.files.cells import PARQUET
from gravamen.aid.files.dataset import AidError, Dataset
from gravamen.aid.files.mapping import (
    CODED,
    FREE,
    LIST_WORDS,
    NUMBERS,
    Map,
    meant,
    read_map,
    wanted,
)
from gravamen.aid.files.printed import Printed
from gravamen.law import Law
from gravamen.values import digest

LISTS = "lists"  # the subject of editions of lists of names
NAMES_FILE = "names.parquet"
END_MARK = "\x1a"  # as old files end, those of the Treasury among them
# "1.234,50", "-1234,5": digits with or without points between thousands, a comma for decimals.
_COMMA = r"^-?(\d+|\d{1,3}(\.\d{3})+)(,\d+)?$"


class Mapped(NamedTuple):
    """A mapping that was understood: the kind of file that it makes, and how the file is read."""

    dataset: Dataset
    delimiter: str
    encoding: str
    vintage: str | None


def mapped(file: Path, law: Law) -> Mapped:
    """Return the dataset that a mapping file describes.

    Raises:
        AidError: the mapping has faults; all of them, each with its line.
    """
    given = read_map(file, law)
    ignored = {_cell(f"other {n}"): heading for n, heading in enumerate(given.ignore, 1)}
    read = {_cell(word): heading for word, heading in given.headings.items()}
    dataset = Dataset(
        name=f"{'list' if given.list else 'csv'}-{given.dataset}",
        title=given.title,
        columns={word: (heading,) for word, heading in (read | ignored).items()},
        needed=frozenset(read),
        typed=partial(_names if given.list else _rows, given),
        flatten=partial(_headed, given, read | ignored) if given.header else None,
        subject=LISTS if given.list else "aid",
        about={"mapping": digest(given)},
    )
    return Mapped(dataset, given.separator, given.encoding, given.vintage)


def write_names(con: duckdb.DuckDBPyConnection, to: Path) -> None:
    """Write the table `names` of a list: row, name, kind, country, id, program, remark."""
    con.execute(f"copy (select * from names order by row) to {_literal(str(to))} {PARQUET}")


def _cell(word: str) -> str:
    """The name of the column of printed cells; unlike any heading that a file may have."""
    return f"cell_{word.replace(' ', '_')}"


def _rows(given: Map, printed: Printed) -> None:
    """Make the table `rows` by the mapping.

    Raises:
        AidError: a cell that means nothing known; it names row, column and what to do.
    """
    for word in given.columns.keys() & set(CODED):
        _code(given, word, printed)
    for word in given.columns.keys() & set(FREE):
        printed.mapped(_cell(word), _reader(given, word, lambda text: text), what="a text")
    for word in given.columns.keys() & set(NUMBERS):
        _numbers(given, word, printed)
    parts = [f"{_value(given, word)} as {_quoted(word)}" for word in (*CODED, *NUMBERS, *FREE)]
    joins = [
        f"join m_{_cell(word)} m_{word} on m_{word}.printed = p.{_cell(word)}"
        for word in given.columns
        if word not in NUMBERS
    ]
    if "country" in given.columns:
        place = f"trim(p.{_cell('country')})"
    else:
        place = _literal(countries.named(_constant(given, "country")))
    printed.con.execute(
        f"create table rows as select p.row, {', '.join(parts)}, {place} as place, "
        f"? as vintage from printed p {' '.join(joins)}",
        [printed.vintage],
    )


def _names(given: Map, printed: Printed) -> None:
    """Make the table `names`: row, name, and kind, country, id, program, remark where told."""
    for word in given.headings:
        check = partial(meant, "country", law=None) if word == "country" else str
        what = wanted("country") if word == "country" else "a text"
        printed.mapped(_cell(word), _reader(given, word, check), what=what, remedy=_remedy(word))
    joins = " ".join(
        f"join m_{_cell(w)} on m_{_cell(w)}.printed = p.{_cell(w)}" for w in given.headings
    )
    told = ", ".join(
        f"nullif(m_{_cell(w)}.value, '') as {w}" if w in given.headings else f"null::varchar as {w}"
        for w in LIST_WORDS
    )
    each = " union all ".join(
        f"select p.row, nullif(m_{_cell(w)}.value, '') as name, {told} from printed p {joins}"
        for w in given.headings
        if w.startswith("name ")
    )
    printed.con.execute(
        f"create table names as select * from ({each}) where name is not null order by row"
    )


def _code(given: Map, word: str, printed: Printed) -> None:
    law = printed.law if given.programs == "known" else None
    printed.mapped(
        _cell(word),
        _reader(given, word, lambda text: meant(word, text, law)),
        what=wanted(word),
        remedy=_remedy(word),
    )


def _remedy(word: str) -> str:
    return f"Say under 'values: {word}:' in the mapping what it means, or correct the file."


def _reader(
    given: Map, word: str, check: Callable[[str], str | None]
) -> Callable[[str], str | None]:
    """How a cell is read: "" where it holds nothing; None where it means nothing known."""
    table = given.values.get(word, {})

    def read(cell: str) -> str | None:
        text = cell.strip()
        if text in given.empty or not text:
            return None if word in ("country", "kind", "currency") and not given.list else ""
        return check(table.get(text, text))

    return read


def _numbers(given: Map, word: str, printed: Printed) -> None:
    """Refuse cells that are neither empty nor a number."""
    cell = _cell(word)
    read = _number(given, cell)
    persons = f" or number({read}) <> trunc(number({read})) or number({read}) < 0"
    whole = persons if word == "trainees" else ""
    printed.refuse(
        f"select row, '{cell}', trim({cell}) from printed "
        f"where {read} <> '' and (number({read}) is null{whole})",
        "a whole number of persons, none below zero" if word == "trainees" else "a number",
        "Correct the file, name under 'empty:' what means that there is none, or say 'decimal: "
        "comma' where a comma stands before the cents.",
    )


def _number(given: Map, cell: str) -> str:
    """SQL of a cell as the function `number` of Printed reads it; '' where it holds nothing."""
    empty = ", ".join(_literal(text) for text in ("", *given.empty))
    text = f"trim({cell})"
    if given.decimal == "comma":
        plain = f"replace(replace({text}, '.', ''), ',', '.')"
        text = f"if(regexp_matches({text}, '{_COMMA}'), {plain}, 'no number')"
    return f"if(trim({cell}) in ({empty}), '', {text})"


def _value(given: Map, word: str) -> str:
    """SQL of one of our words: its constant, or what its cell means."""
    if word not in given.columns:
        constant = _constant(given, word)
        return _literal(constant) if constant else _absent(word)
    if word in NUMBERS:
        return f"number({_number(given, f'p.{_cell(word)}')})"
    return f"nullif(m_{word}.value, '')"


def _absent(word: str) -> str:
    """What a row has where neither a column nor a constant tells: the default of its field."""
    return {"period": "'fiscal-year'", "currency": "'USD'"}.get(word, "null::varchar")


def _constant(given: Map, word: str) -> str:
    text = given.constants.get(word, "")
    if word in CODED and text:
        return meant(word, text, None) or text
    return text


def _headed(given: Map, words: dict[str, str], source: Path, target: Path, name: str) -> None:
    """Write a file without headings as one with ours; `row` counts its records from 1."""
    place = {heading: word for word, heading in words.items()}
    with target.open("w", encoding="utf-8", newline="") as out:
        table = csv.writer(out)
        table.writerow(["row", *(place[heading] for heading in given.header)])
        table.writerows(_records(given, source, name))


def _records(given: Map, source: Path, name: str) -> Iterator[list[str]]:
    with source.open(encoding="utf-8-sig", newline="") as lines:
        records = csv.reader(lines, delimiter=given.separator, strict=True)
        try:
            for number, cells in enumerate(records, 1):
                if cells == [END_MARK] and not lines.read(1):
                    return
                if len(cells) != len(given.header):
                    raise AidError(
                        f"{name}: row {number}: It has {len(cells)} cells, and the mapping "
                        f"names {len(given.header)} columns."
                    )
                yield [str(number), *cells]
        except csv.Error as error:
            raise AidError(
                f"{name}: line {records.line_num}: It is no CSV ({error}). Fetch the file again."
            ) from None
        except UnicodeDecodeError:
            raise AidError(
                f"{name}: after line {records.line_num}: It is not UTF-8. Say what it is with "
                "'encoding:' in the mapping."
            ) from None


def _quoted(word: str) -> str:
    return f'"{word}"'


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
