"""Extract: lines of assistance with their rows, word for word, as a text that a case can keep.

Each line stands there as one sentence, and under it every row that it sums: its number in the
file, what was counted of it, and its cells as they are printed. Same lines, same bytes.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import Any

from gravamen.aid import countries
from gravamen.aid.account.lines import connection
from gravamen.aid.extract.extracted import COLUMNS, MADE_BY, Extract, numbers_in, rows_named
from gravamen.aid.files.dataset import AidError
from gravamen.aid.line import IDENTITY, Line
from gravamen.aid.words import money, vintage_words, year_words
from gravamen.editions import Edition, Editions
from gravamen.flows import Flow
from gravamen.values import digest

MOST_ROWS = 20_000  # of one extract; more is no evidence that a person could look through
# What makes a line the same line in another extract.
_KEY = ("country", "vintage", *IDENTITY)
_SLUG = re.compile(r"[^a-z0-9]+")


def extracts(lines: Sequence[Line], editions: Editions) -> tuple[Extract, ...]:
    """Return an extract for each edition that the lines are of, in the order of the lines.

    Raises:
        AidError: an edition is gone from the data folder, or the lines have too many rows.
    """
    there = {e.id: e for e in editions.all("aid")}
    found = []
    for id in dict.fromkeys(line.edition for line in lines):
        if id not in there:
            raise AidError(
                f"The edition {id} is not in {editions.folder}; import its file again "
                "(gravamen aid import FILE)."
            )
        found.append(_extract([x for x in lines if x.edition == id], there[id], editions))
    return tuple(found)


def sentence(line: Line) -> str:
    """Return the sentence of a line: what it is, its figures, how many rows of which file."""
    rows = (
        f"{line.rows:,} row{'' if line.rows == 1 else 's'} of {line.file} ({rows_named(line.at)})"
    )
    printed = (
        (f"the report prints {money(line.printed, line.currency)} as the total",)
        if line.printed is not None
        else ()
    )
    parts = (*figures_of(line), *printed, rows, vintage_words(line.vintage), *_unnamed(line))
    figures = ", ".join(parts)
    year = year_words(line.year, line.period)
    return f"{line_named(line)}, {year}, {place(line.country)}: {figures}."


def _unnamed(line: Line) -> Iterator[str]:
    """What of a line has rows that name no unit, where others do."""
    none = line.unnamed
    if none is None or none.rows >= line.rows:
        return
    trainees, amount = none.trainees, none.amount
    people = f"{trainees:,} trainee{'' if trainees == 1 else 's'}" if trainees is not None else None
    found = (people, money(amount, line.currency) if amount is not None else None)
    figures = ", ".join(words for words in found if words) or "no figures"
    rows = f"{none.rows:,} row{'' if none.rows == 1 else 's'}"
    yield f"of which {rows} name{'s' if none.rows == 1 else ''} no unit ({figures})"


def place(country: str) -> str:
    """Return the name of a country; the code itself where tables know none."""
    return countries.named(country) if countries.code(country) else country


def figures_of(line: Line | Flow) -> Iterator[str]:
    """Yield the figures of a line in words: trainees, then the amount with what it is."""
    if line.trainees is not None:
        yield f"{line.trainees:,} trainee{'' if line.trainees == 1 else 's'}"
    if line.amount is None:
        yield "no amount in figures"
        return
    least = "at least " if line.floor else ""
    deobligated = ", a deobligation" if line.amount < 0 and line.kind == "obligated" else ""
    kind = f"{line.kind}, {line.dollars}{deobligated}"
    yield f"{least}{money(line.amount, line.currency)} ({kind})"


def line_named(line: Line | Flow) -> str:
    """Return by what a line is told from the others of its country and year."""
    recipient = f"to {line.recipient} recipients" if line.recipient else None
    words = (
        line.program,
        line.account,
        line.agency if line.account or not line.program else None,
        line.objective,
        recipient,
        "humanitarian" if line.humanitarian else None,
        f"given by {line.donor}" if line.donor and line.donor != "US" else None,
    )
    named = ", ".join(w for w in words if w)
    return named or "All assistance, without program or account"


def _extract(lines: Sequence[Line], edition: Edition, editions: Editions) -> Extract:
    if (rows := sum(line.rows for line in lines)) > MOST_ROWS:
        raise AidError(
            f"The lines chosen of {edition.file} have {rows:,} rows, more than the {MOST_ROWS:,} "
            "that a person could look through; choose fewer (--years, --program)."
        )
    columns, cells = _cells(lines, edition, editions)
    out = io.StringIO(newline="")
    out.write(_head(edition))
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(("row", "trainees counted", "amount counted", *columns))
    flows: list[Flow] = []
    sentences: list[str] = []
    for line in lines:
        said = _unlike(sentence(line), sentences)
        out.write(f"\n{said}\n")
        writer.writerows(cells[row] for row in numbers_in(line.at))
        flows.append(_flow(line, edition))
        sentences.append(said)
    return Extract(
        edition=edition,
        data=out.getvalue().encode("utf-8"),
        flows=tuple(flows),
        sentences=tuple(sentences),
    )


def _unlike(said: str, others: Sequence[str]) -> str:
    """A sentence that no other line has: one that is said already gets a number."""
    same = sum(other.startswith(said.removesuffix(".")) for other in others)
    return f"{said.removesuffix('.')} ({same + 1})." if same else said


def _head(edition: Edition) -> str:
    return "\n".join(
        (
            "Assistance: rows as a file prints them, and the sums of them",
            f"File: {edition.file}",
            f"SHA-256 of the file: {edition.sha256}",
            f"Kind of file: {edition.dataset}",
            f"Vintage of the file: {edition.vintage}",
            f"Made by: {MADE_BY}",
            "Each sum is one sentence. Under it stand its rows: the number of the row in the file",
            "(its header is row 1), the trainees and the amount that were counted, and its cells",
            "as printed.",
            COLUMNS,
            "",
        )
    )


def _cells(
    lines: Sequence[Line], edition: Edition, editions: Editions
) -> tuple[list[str], dict[int, list[str]]]:
    """The columns of a file, and the rows of some lines: number, what is counted, and cells."""
    folder = editions.path(edition)
    wanted = {row: line.dollars for line in lines for row in numbers_in(line.at)}
    with closing(connection()) as con:
        con.execute(
            "select p.*, r.trainees, r.amount, r.constant from read_parquet(?) as p "
            "join read_parquet(?) as r on r.row = p.row where p.row in (select unnest(?))",
            [str(folder / "printed.parquet"), str(folder / "rows.parquet"), sorted(wanted)],
        )
        names = [str(column[0]) for column in con.description or ()]
        columns = [name for name in names[:-3] if name != "row"]
        found: dict[int, list[str]] = {}
        for cells in con.fetchall():
            there = dict(zip(names[:-3], cells, strict=False))
            trainees, current, constant = cells[-3:]
            row = int(there["row"])
            amount = constant if wanted[row] == "constant" else current
            printed = ["" if there[c] is None else str(there[c]) for c in columns]
            found[row] = [str(row), _said(trainees), _said(amount), *printed]
    if missing := sorted(set(wanted) - set(found)):
        raise AidError(
            f"The edition {edition.id} has no row {missing[0]}; remove its folder and import its "
            "file again."
        )
    return columns, found


def _said(value: Any) -> str:
    """A number of a row as it is written out; nothing for none."""
    if value is None:
        return ""
    words = f"{value:f}" if not isinstance(value, int) else str(value)
    return words.rstrip("0").rstrip(".") if "." in words else words


def _flow(line: Line, edition: Edition) -> Flow:
    shared = {name: getattr(line, name) for name in Flow.__struct_fields__ if hasattr(line, name)}
    return Flow(
        **shared,
        id=flow_id(line, edition),
        sha256=edition.sha256,
        source="",
        unnamed_rows=line.unnamed.rows if line.unnamed else 0,
        unnamed_trainees=line.unnamed.trainees if line.unnamed else None,
        unnamed_amount=line.unnamed.amount if line.unnamed else None,
    )


def flow_id(line: Line, edition: Edition) -> str:
    """Return the id of a line in a case: the same for the same line of the same file."""
    key = digest((edition.sha256, *(getattr(line, name) for name in _KEY)))
    what = _SLUG.sub("-", (line.program or line.account or "all").casefold()).strip("-")[:40]
    year = str(line.year) if line.year is not None else "no-year"
    return f"f.{line.country.casefold()}.{year}.{what or 'line'}.{key[:8]}"
