"""Extracted: an extract as a value, and the rows under a sentence of one, read from its text."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from math import fsum
from typing import NamedTuple

from gravamen.aid.files.dataset import AidError
from gravamen.aid.words import ranged
from gravamen.case import Case
from gravamen.claims import Claim
from gravamen.editions import Edition
from gravamen.flows import Flow
from gravamen.values import Value

_SHOWN_RANGES = 4
MADE_BY = "gravamen.aid/1"
COLUMNS = "The columns:"  # the line after it names them
_RANGE = re.compile(r"(\d+)(?:-(\d+))?\Z")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?\Z")


class Extract(Value):
    """Lines of one edition and their rows, as text.

    Args:
        data: UTF-8, lines ended by LF.
        flows: the lines as a case keeps them, `source` left to whoever captures the text.
        sentences: the sentence of each flow, in their order; each stands in the text once.
    """

    edition: Edition
    data: bytes
    flows: tuple[Flow, ...]
    sentences: tuple[str, ...]


class Counted(NamedTuple):
    """A row as an extract holds it: its number, what was counted of it, its cells as printed."""

    row: int
    trainees: int | None
    amount: float | None
    cells: tuple[str, ...]

    @property
    def borne_out(self) -> bool:
        """Whether what was counted stands in the cells: as it is, or by a percentage in them."""
        numbers = [n for cell in self.cells if (n := number(cell)) is not None]
        shares = [a * b / 100 for a in numbers for b in numbers if 0 < b < 100]
        whole = self.trainees is None or self.trainees in numbers
        return whole and (
            self.amount is None or any(abs(self.amount - n) < 0.01 for n in (*numbers, *shares))
        )


def numbers_in(at: str) -> tuple[int, ...]:
    """Return the numbers of rows given as ranges: "7-9, 12".

    Raises:
        AidError: they are not given so.
    """
    found: list[int] = []
    for part in at.split(", "):
        match = _RANGE.match(part)
        if match is None:
            raise AidError(f"{at!r} names no rows; write them as '7-9, 12'.")
        first = int(match[1])
        found += range(first, int(match[2] or first) + 1)
    return tuple(found)


def counted_in(text: str, end: int, rows: int) -> tuple[Counted, ...]:
    """Return the rows of a flow as they stand in the text of an extract.

    Args:
        end: where its sentence ends; the rows begin on the next line.
        rows: how many it has.

    Raises:
        AidError: what stands there are no rows of an extract.
    """
    reader = csv.reader(io.StringIO(text[end:].lstrip("\n"), newline=""), strict=True)
    found = []
    try:
        for _, cells in zip(range(rows), reader, strict=False):
            row, trainees, amount, *printed = cells
            found.append(
                Counted(
                    int(row),
                    int(trainees) if trainees else None,
                    float(amount) if amount else None,
                    tuple(printed),
                )
            )
    except (ValueError, csv.Error) as error:
        raise AidError(
            f"Under the sentence that ends at character {end} stand no rows of an extract "
            f"({error}); choose the line again from its file."
        ) from None
    return tuple(found)


def number(cell: str) -> float | None:
    """Return what a cell says as a number, without dollar sign and commas; None for other words."""
    bare = cell.strip().replace("$", "").replace(",", "")
    if bare.startswith("(") and bare.endswith(")"):
        bare = f"-{bare[1:-1]}"
    return float(bare) if _NUMBER.match(bare) else None


def rows_named(at: str) -> str:
    """Return rows as a sentence names them: "row 12", "rows 7-9, 12"; of many ranges the first."""
    ranges = at.split(", ")
    rest = len(ranges) - _SHOWN_RANGES
    more = f" and {rest} more range{'' if rest == 1 else 's'}" if rest > 0 else ""
    said = ", ".join(ranges[:_SHOWN_RANGES])
    return f"{'row' if said.isdigit() else 'rows'} {said}{more}"


def columns_in(text: str) -> tuple[str, ...]:
    """Return the columns of the file as the head of an extract gives them."""
    _, _, rest = text.partition(f"\n{COLUMNS}\n")
    return tuple(next(csv.reader(io.StringIO(rest, newline="")), [])[3:])


def claim_of(case: Case, flow: Flow) -> Claim | None:
    """Return the claim that quotes the sentence of a flow in its extract; None where it is gone."""
    claims = case.claims_about(flow.id)
    own = (c for c in claims if c.withdrawn is None and c.passage.source == flow.source)
    return next(own, None)


def faults_of(case: Case, flow: Flow) -> Iterator[str]:
    """Say where the rows that a case keeps of a flow do not give its figures, a sentence each."""
    text = case.texts.get(flow.source)
    if text is None:
        yield f"The words of its extract {flow.source} are gone, so that no row bears it out."
        return
    claim = claim_of(case, flow)
    if claim is None:
        yield f"No claim ties it to its rows in {flow.source}."
        return
    try:
        rows = counted_in(text.text, claim.passage.end, flow.rows)
    except AidError as error:
        yield str(error)
        return
    yield from _unlike(flow, rows, claim.passage.exact)


def _unlike(flow: Flow, rows: Sequence[Counted], words: str) -> Iterator[str]:
    if (there := ranged([r.row for r in rows])) != flow.at:
        yield f"The rows there are {there[:80]}, and it names {flow.at[:80]}."
    trainees = [r.trainees for r in rows if r.trainees is not None]
    if (sum(trainees) if trainees else None) != flow.trainees:
        yield f"Its rows have {sum(trainees)} trainees, and it gives {flow.trainees}."
    amounts = [r.amount for r in rows if r.amount is not None]
    added = round(fsum(amounts), 2) if amounts else None
    if not _alike(added, flow.amount):
        yield f"Its rows add up to {_figure(added)}, and it gives {_figure(flow.amount)}."
    if bad := [r.row for r in rows if not r.borne_out]:
        yield f"What was counted of row {bad[0]} does not stand in its cells."
    if flow.amount is not None and f"{abs(flow.amount):,.2f}".removesuffix(".00") not in words:
        yield f"The sentence of its claim does not give {_figure(flow.amount)}."


def _alike(one: float | None, other: float | None) -> bool:
    return one == other or (one is not None and other is not None and abs(one - other) < 0.01)


def _figure(amount: float | None) -> str:
    return "no amount" if amount is None else f"{amount:,.2f}".removesuffix(".00")
