"""Traced: a figure of a case followed to its rows: added up again, and held against the file."""

from contextlib import closing
from math import fsum

from gravamen.aid.account.lines import SUBJECT, connection
from gravamen.aid.account.repeats import newest_first
from gravamen.aid.extract.extracted import Counted, claim_of, columns_in, counted_in, faults_of
from gravamen.aid.files.check import checks_of
from gravamen.case import Case
from gravamen.editions import Editions
from gravamen.flows import Flow
from gravamen.values import Value

PRINTED = "printed.parquet"


class Traced(Value):
    """What following a figure found.

    Args:
        rows: those of the extract; `trainees` and `amount` their sums, None where none has any.
        faults: what does not agree, each a sentence.
        edition: id of the edition made from the same bytes; None where none is on hand.
        same: whether its rows hold the same words; None where it is not on hand.
        newer: id of the edition that speaks for that report or copy, where it is another and was
            taken in later, or the bytes of the flow are not on hand.
    """

    columns: tuple[str, ...]
    rows: tuple[Counted, ...]
    trainees: int | None
    amount: float | None
    faults: tuple[str, ...]
    edition: str | None = None
    same: bool | None = None
    newer: str | None = None

    @property
    def well(self) -> bool:
        """Whether everything agrees that could be compared."""
        return not self.faults


def traced(case: Case, flow: Flow, editions: Editions) -> Traced:
    """Follow a flow of a case to its rows, in its extract and in the file where that is on hand."""
    faults = list(faults_of(case, flow))
    text = case.texts.get(flow.source)
    rows: tuple[Counted, ...] = ()
    columns: tuple[str, ...] = ()
    claim = claim_of(case, flow)
    if text is not None and claim is not None and not faults:
        rows = counted_in(text.text, claim.passage.end, flow.rows)
        columns = columns_in(text.text)
    edition = editions.holding(flow.sha256)
    same = None
    if edition is not None and rows:
        file = editions.path(edition) / PRINTED
        there = _printed(str(file), [r.row for r in rows], columns)
        same = all(there.get(r.row) == r.cells for r in rows)
        if not same:
            bad = next(r.row for r in rows if there.get(r.row) != r.cells)
            faults.append(f"Row {bad} of {flow.file} holds other words than the extract.")
    trainees = [r.trainees for r in rows if r.trainees is not None]
    amounts = [r.amount for r in rows if r.amount is not None]
    return Traced(
        columns=columns,
        rows=rows,
        trainees=sum(trainees) if trainees else None,
        amount=round(fsum(amounts), 2) if amounts else None,
        faults=tuple(faults),
        edition=edition.id if edition else None,
        same=same,
        newer=_newer(flow, editions),
    )


def _newer(flow: Flow, editions: Editions) -> str | None:
    """The newest edition that holds the report or copy of a flow, where it is of other bytes."""
    there = newest_first(editions.all(SUBJECT, flow.dataset))
    holding = (e for e in there if flow.vintage in checks_of(editions, e))
    newest = next(holding, None)
    return newest.id if newest and newest.sha256 != flow.sha256 else None


def _printed(file: str, rows: list[int], columns: tuple[str, ...]) -> dict[int, tuple[str, ...]]:
    """Some rows of an edition as they are printed, by number, as an extract writes them."""
    with closing(connection()) as con:
        con.execute("select * from read_parquet(?) where row in (select unnest(?))", [file, rows])
        names = [str(column[0]) for column in con.description or ()]
        found = [dict(zip(names, cells, strict=True)) for cells in con.fetchall()]
    return {int(cells["row"]): tuple(_as_text(cells.get(c)) for c in columns) for cells in found}


def _as_text(cell: object) -> str:
    """A cell as the text of a source gives it, in which every line ends with LF."""
    return "" if cell is None else str(cell).replace("\r\n", "\n").replace("\r", "\n")
