"""Header: the first record of a file, held against the columns of the datasets that are known."""

import codecs
import csv
import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from gravamen.aid.files.dataset import AidError, Dataset

HEADER_BYTES = 1 << 20
_DELIMITERS = {";": "semicolons", "\t": "tabs", "|": "bars", ",": "commas"}


class Header(NamedTuple):
    """A header that was understood.

    Args:
        dataset: the kind of file.
        columns: the names of its columns in order: our word, or the printed name where the column
            is one that nobody reads.
        printed: the same columns as the file prints them.
        unread: the printed names of the columns that nobody reads.
    """

    dataset: Dataset
    columns: tuple[str, ...]
    printed: tuple[str, ...]
    unread: tuple[str, ...]


def read_header(text: Path, name: str, delimiter: str) -> tuple[str, ...]:
    """The cells of the first record.

    Raises:
        AidError: bytes that are no UTF-8, no CSV, or one cell where another delimiter stands in it.
    """
    with text.open("rb") as stream:
        start = stream.read(HEADER_BYTES)
    _told_encoding(start, name)
    lines = re.split(r"(?<=[\n\r])", start.decode("utf-8-sig", errors="surrogateescape"))
    try:
        cells = next(csv.reader(lines, delimiter=delimiter, strict=True), [])
    except csv.Error as error:
        raise AidError(f"{name}: row 1: The header is no CSV ({error}). Correct it.") from None
    for number, cell in enumerate(cells, 1):
        if any("\udc80" <= c <= "\udcff" for c in cell):
            raise AidError(
                f"{name}: row 1, column {number}: It is not UTF-8. Say what it is with --encoding "
                "(utf-16, windows-1252 or latin-1)."
            )
    if len(cells) == 1:
        other = max(_DELIMITERS, key=cells[0].count)
        if other != delimiter and cells[0].count(other):
            shown = "TAB" if other == "\t" else other
            raise AidError(
                f"{name}: row 1: The columns are divided by {_DELIMITERS[other]}. Say so: "
                f"--delimiter '{shown}'."
            )
    return tuple(cells)


def recognise(
    cells: Sequence[str], datasets: Sequence[Dataset], name: str, *, allow_extra: bool
) -> Header:
    """Say which dataset a header is of, and the word for each of its columns.

    Raises:
        AidError: no dataset has such a header; a column is missing, unknown or there twice.
    """
    dataset = max(datasets, key=lambda d: _likeness(cells, d))
    words = _words(dataset)
    found = [words.get(_plain(cell)) for cell in cells]
    missing = sorted(dataset.needed - set(found))
    if missing:
        raise AidError(_lacking(cells, datasets, dataset, missing, name))
    for number, word in enumerate(found):
        if word is not None and word in found[:number]:
            raise AidError(
                f"{name}: row 1: The columns {found.index(word) + 1} ({cells[found.index(word)]!r})"
                f" and {number + 1} ({cells[number]!r}) are both {word!r}. Leave one out."
            )
    unread = [
        (n, cell) for n, (cell, word) in enumerate(zip(cells, found, strict=True), 1) if not word
    ]
    if unread and not allow_extra:
        which = ", ".join(f"{n} ({cell!r})" for n, cell in unread)
        raise AidError(
            f"{name}: row 1: {dataset.title} has no such column: {which}. Where it may be kept "
            "unread, say --allow-extra."
        )
    columns: list[str] = []
    for number, (cell, word) in enumerate(zip(cells, found, strict=True), 1):
        own = word or cell.strip() or f"column {number}"
        if word is None and own.casefold() in {
            "row",
            *(w.casefold() for w in (*columns, *dataset.columns)),
        }:
            own = f"{own} (column {number})"
        columns.append(own)
    return Header(dataset, tuple(columns), tuple(cells), tuple(cell for _, cell in unread))


def _likeness(cells: Sequence[str], dataset: Dataset) -> tuple[bool, int]:
    """Whether all is there that a dataset needs, and how many columns are of it."""
    words = _words(dataset)
    found = {words[_plain(cell)] for cell in cells if _plain(cell) in words}
    return dataset.needed <= found, len(found)


def _words(dataset: Dataset) -> dict[str, str]:
    return {
        _plain(name): word for word, names in dataset.columns.items() for name in (word, *names)
    }


def _plain(name: str) -> str:
    """A name of a column without what its writers do differently."""
    return re.sub(r"[\s_]+", "", name).casefold()


def _lacking(
    cells: Sequence[str],
    datasets: Sequence[Dataset],
    nearest: Dataset,
    missing: Sequence[str],
    name: str,
) -> str:
    if not _likeness(cells, nearest)[1]:
        known = "; ".join(d.title for d in datasets)
        shown = ", ".join(repr(c) for c in cells[:8])
        return (
            f"{name}: row 1: This is the header of no table that is known ({shown}). Known are: "
            f"{known}. For another table write a mapping and give it with --mapping."
        )
    lacks = ", ".join(repr(w) for w in missing)
    return (
        f"{name}: row 1: It is most like {nearest.title}, but lacks {lacks}. Fetch the whole table "
        "or, for another table, give a mapping with --mapping."
    )


def _told_encoding(start: bytes, name: str) -> None:
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise AidError(f"{name}: It is UTF-16. Say so: --encoding utf-16.")
    if b"\0" in start[: HEADER_BYTES // 4].partition(b"\n")[0]:
        raise AidError(
            f"{name}: row 1: There are zero bytes in it; it is no text in UTF-8. Where it is "
            "UTF-16, say --encoding utf-16."
        )
