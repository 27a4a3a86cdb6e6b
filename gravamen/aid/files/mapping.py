"""Mapping: how a table that we do not know gives what a line of assistance, or a list, needs.

A mapping is YAML. It names for each of our words the column that holds it, or a value that holds
for the whole table, and says what the words in the cells mean:

    title: Assistance of Zembla
    dataset: zembla
    columns: {country: Land, year: Jahr, amount: Betrag, kind: Art}
    constants: {currency: EUR, period: calendar-year, donor: DE}
    values: {kind: {Zusage: committed, Auszahlung: disbursed}}
    ignore: [Bemerkung]
    decimal: comma
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal, NamedTuple, get_args

from gravamen.aid import countries
from gravamen.aid.files.dataset import AidError
from gravamen.aid.files.iati.codes import currencies
from gravamen.aid.files.unpacked import ENCODINGS
from gravamen.aid.line import Kind, Period
from gravamen.law import Law
from gravamen.law.document import Document, nearest
from gravamen.values import Value

NUMBERS = ("amount", "constant", "trainees")
# Words whose cells must mean one of a few things, and those that are kept as they are printed.
CODED = (
    "country", "year", "period", "program", "kind", "currency", "recipient", "donor",
    "humanitarian",
)  # fmt: skip
FREE = (
    "account", "agency", "purpose", "objective", "unit", "activity", "start", "end", "page",
)  # fmt: skip
WORDS = (*CODED, *NUMBERS, *FREE)
LIST_WORDS = ("kind", "country", "id", "program", "remark")
YEARS = range(1900, 2101)
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}\Z")
_CHOICES: Mapping[str, tuple[str, ...]] = {
    "kind": get_args(Kind),
    "period": get_args(Period),
    "recipient": ("government", "non-government", "multilateral"),
    "humanitarian": ("true", "false"),
}
_PLACES = ("country", "donor")


class Names(Value):
    """The columns of a list of names: those that hold a name, and what is told of it."""

    names: tuple[str, ...]
    kind: str | None = None
    country: str | None = None
    id: str | None = None
    program: str | None = None
    remark: str | None = None


class Map(Value):
    """A mapping file.

    Args:
        title: what the table is, for a reader.
        dataset: one word for it; its editions are those of "csv-zembla", of a list "list-zembla".
        columns: our word, and the heading of the column that holds it.
        list: the columns of a list of names, in place of `columns`.
        constants: our word, and what holds for every row.
        values: for one of our words, what the cells say and what we say for it.
        empty: what a cell says where it holds nothing.
        ignore: headings of columns that are kept as printed and not read.
        header: the headings, where the file has none and begins with its first record.
        programs: known: the law data must know each program; as-printed: any name may stand.
        decimal: comma: "1.234,50"; point: "1,234.50".
        delimiter: one character, or tab.
    """

    title: str
    dataset: str
    columns: dict[str, str] = {}
    list: Names | None = None
    constants: dict[str, str] = {}
    values: dict[str, dict[str, str]] = {}
    empty: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    header: tuple[str, ...] = ()
    programs: Literal["known", "as-printed"] = "known"
    decimal: Literal["point", "comma"] = "point"
    delimiter: str = ","
    encoding: str = "utf-8"
    vintage: str | None = None

    @property
    def separator(self) -> str:
        """The character between two cells."""
        return "\t" if self.delimiter == "tab" else self.delimiter

    @property
    def headings(self) -> dict[str, str]:
        """Heading of each column that is read, by our word; the names of a list by number."""
        if self.list is None:
            return self.columns
        told = {word: getattr(self.list, word) for word in LIST_WORDS}
        names = {f"name {n}": heading for n, heading in enumerate(self.list.names, 1)}
        return names | {word: heading for word, heading in told.items() if heading}


class Fault(NamedTuple):
    """What is wrong in a mapping: path of the part, and a sentence."""

    path: tuple[str | int, ...]
    sentence: str


def read_map(file: Path, law: Law) -> Map:
    """Return the mapping in a file.

    Raises:
        AidError: it cannot be read or says what cannot be: every fault, each with its line.
    """
    try:
        data = file.read_bytes()
    except OSError as error:
        raise AidError(f"{file}: The mapping cannot be read ({error.strerror}).") from None
    document = Document(data, Map, name=file.name)
    faults = list(document.faults)
    if document.value is not None:
        found = sorted(_faults(document.value, law), key=lambda f: document.line(f.path))
        faults = [document.fault(fault.path, fault.sentence) for fault in found]
    if faults or document.value is None:
        raise AidError("\n".join(faults))
    return document.value


def meant(word: str, text: str, law: Law | None) -> str | None:
    """Return what a text means for one of our coded words; None where it means nothing known.

    Args:
        law: the law data, for programs; None where any name of a program may stand.
    """
    if word in _PLACES:
        return countries.code(text)
    if word == "currency":
        return text if text in currencies() else None
    if word == "year":
        return text if re.fullmatch(r"\d{4}", text) and int(text) in YEARS else None
    if word == "program":
        known = law.program_of(text) if law else None
        return (known[1] if known else None) if law else text
    return text if text in _CHOICES[word] else None


def wanted(word: str) -> str:
    """What the cells of one of our coded words should be, for an error."""
    if choices := _CHOICES.get(word):
        return f"one of {', '.join(choices)}"
    return {
        "currency": "a code of ISO 4217 (USD)",
        "year": "a year of four digits (2020)",
        "program": "a program that the law data know",
    }.get(word, "a country that we know")


def _faults(given: Map, law: Law) -> Iterator[Fault]:
    if not _NAME.match(given.dataset):
        yield Fault(("dataset",), f"{given.dataset!r} is no name for a dataset (zembla-aid).")
    if len(given.separator) != 1:
        yield Fault(("delimiter",), f"{given.delimiter!r} is neither one character nor tab.")
    if given.encoding not in ENCODINGS:
        near = nearest(given.encoding, ENCODINGS)
        yield Fault(("encoding",), f"{given.encoding!r} is not read{near}.")
    yield from _columns(given)
    yield from _meanings(given, law)
    yield from _lacking(given)


def _columns(given: Map) -> Iterator[Fault]:
    words = LIST_WORDS if given.list else WORDS
    for part, keys in (("columns", given.columns), ("constants", given.constants)):
        for word in keys:
            if given.list:
                yield Fault((part, word), "A list of names has its columns under 'list' alone.")
            elif word not in words:
                yield Fault((part, word), f"{word!r} is none of our words{nearest(word, words)}.")
    for word in given.columns.keys() & given.constants.keys():
        yield Fault(("constants", word), f"{word!r} has a column as well; give one of the two.")
    for word in given.values.keys() - given.headings.keys():
        yield Fault(("values", word), f"There is no column for {word!r}.")
    for word in given.values.keys() & {*NUMBERS, "id"}:
        yield Fault(("values", word), f"The cells of {word!r} are read as they are.")
    yield from _headings(given)


def _headings(given: Map) -> Iterator[Fault]:
    """Headings that stand for two words, or are not those of the file."""
    seen: dict[str, str] = {}
    for word, heading in [*given.headings.items(), *(("ignore", h) for h in given.ignore)]:
        path = ("ignore",) if word == "ignore" else ("list" if given.list else "columns", word)
        if before := seen.get(heading):
            yield Fault(path, f"The column {heading!r} is named for {before!r} already.")
        if given.header and heading not in given.header:
            yield Fault(path, f"{heading!r} is not in the header{nearest(heading, given.header)}.")
        seen[heading] = word
    for heading in given.header:
        if heading not in seen:
            yield Fault(("header",), f"{heading!r} is neither read nor under 'ignore'.")


def _meanings(given: Map, law: Law) -> Iterator[Fault]:
    """Constants and values that mean nothing known."""
    if given.list:
        for text, value in given.values.get("country", {}).items():
            if meant("country", value, None) is None:
                yield Fault(("values", "country", text), f"{value!r} is not {wanted('country')}.")
        return
    of = law if given.programs == "known" else None
    told: list[tuple[tuple[str, ...], str, str]] = [
        (("constants", word), word, value) for word, value in given.constants.items()
    ]
    for word, table in given.values.items():
        told += [(("values", word, text), word, value) for text, value in table.items()]
    for path, word, value in told:
        if word in NUMBERS:
            yield Fault(path, f"{word!r} cannot be the same in every row; name its column.")
        elif word in CODED and meant(word, value, of) is None:
            yield Fault(path, f"{value!r} is not {wanted(word)}{_near(word, value, law)}.")


def _near(word: str, value: str, law: Law) -> str:
    if choices := _CHOICES.get(word):
        return nearest(value, choices)
    near = law.programs_near(value) if word == "program" else ()
    return f"; near it: {', '.join(near)}" if near else ""


def _lacking(given: Map) -> Iterator[Fault]:
    if given.list:
        if not given.list.names:
            yield Fault(("list", "names"), "Name the column that holds the names.")
        return
    there = given.columns.keys() | given.constants.keys()
    for word in ("country", "kind"):
        if word not in there:
            yield Fault((), f"Say the {word}: its column under columns, or one under constants.")
    if not there & set(NUMBERS):
        yield Fault((), "No column holds a number: name one for amount, constant or trainees.")
    if there & {"amount", "constant"} and "currency" not in there:
        yield Fault((), "Say the currency: its column under columns, or one under constants.")
