"""Datasets: what each kind of file of assistance looks like, and how its rows are read."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from gravamen.values import GravamenError

if TYPE_CHECKING:
    from gravamen.aid.files.printed import Printed


class AidError(GravamenError):
    """A file of assistance that cannot be used; it names file, row and column and the remedy."""


class Dataset(NamedTuple):
    """A kind of file: its columns, and the function that makes typed rows of what is printed.

    Args:
        name: one word, as `--file` takes it ("fmtr").
        title: what it is, for a reader.
        columns: our word for each column, and the names under which files print it; names are
            compared without regard to case, spaces and underscores.
        needed: the words of the columns without which a file is not of this kind.
        typed: makes the table `rows` (the fields of `aid.line.Row`) from the view `printed`,
            which has the columns under our words, as text, and `row`.
        flatten: writes a file that is no CSV with a header as one, with the columns of this dataset
            and `row`: from source to target, with the name of the file for errors. None for a CSV.
        vintage: says the vintage from what is printed, where neither the person nor the name of
            the file tells it. None where only they can.
        subject: that of its editions. One of "lists" is a list of names: `typed` then makes the
            table `names` (row, name, kind, country, id, program, remark) in place of `rows`.
        about: what each of its editions keeps by word, as the digest of the mapping that made it.
    """

    name: str
    title: str
    columns: Mapping[str, tuple[str, ...]]
    needed: frozenset[str]
    typed: "Callable[[Printed], None]"
    flatten: Callable[[Path, Path, str], None] | None = None
    vintage: "Callable[[Printed], str | None] | None" = None
    subject: str = "aid"
    about: Mapping[str, str] = {}
