"""Parts: the units of a case among the rows of a chosen line, and what of a line is theirs."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import fsum

from msgspec.structs import replace

from gravamen.aid.extract.extracted import Counted, claim_of, counted_in, numbers_in
from gravamen.aid.files.dataset import AidError
from gravamen.aid.words import ranged
from gravamen.case import Case
from gravamen.flows import Flow, Vetting
from gravamen.parties import Party


def recipients(case: Case, country: str | None) -> tuple[tuple[Party, tuple[Vetting, ...]], ...]:
    """Return the units of a state that the case names, each with what a person found of it in a
    file: those that an allegation accuses, and those that were found to be a recipient."""
    accused = {
        r.party
        for a in case.allegations.values()
        if case.stands(a.id)
        for r in a.roles
        if r.kind in ("alleged-perpetrator", "commander")
    }
    found = []
    for party in case.parties.values():
        if party.kind != "unit" or party.country != country or not case.stands(party.id):
            continue
        same = found_as(case, party.id)
        if same or party.id in accused:
            found.append((party, same))
    return tuple(found)


def found_as(case: Case, unit: str) -> tuple[Vetting, ...]:
    """Return the names under which a person found a unit among those who were trained."""
    return tuple(
        v
        for v in case.vettings.values()
        if v.unit == unit and v.same == "yes" and v.kind == "training" and case.stands(v.id)
    )


def of_unit(case: Case, flow: Flow, unit: str) -> Flow | None:
    """Return the part of a line whose rows name a unit, as a person found; None where none does.

    The figures are those of its rows in the extract. Where these cannot be read, the part has no
    figures, and the check `assistance-sum` says why.
    """
    named = {
        row for v in found_as(case, unit) if v.sha256 == flow.sha256 for row in numbers_in(v.at)
    }
    own = [row for row in numbers_in(flow.at) if row in named]
    return _part(flow, own, [r for r in _rows(case, flow) if r.row in named]) if own else None


def naming(flow: Flow) -> Flow | None:
    """Return the part of a line whose rows name a unit; None where no row does."""
    if not flow.unnamed_rows:
        return flow
    if flow.unnamed_rows >= flow.rows:
        return None
    trainees, amount = flow.trainees, flow.amount
    return replace(
        flow,
        rows=flow.rows - flow.unnamed_rows,
        trainees=None if trainees is None else trainees - (flow.unnamed_trainees or 0),
        amount=None if amount is None else round(amount - (flow.unnamed_amount or 0), 2),
        printed=None,
    )


def unnamed(flow: Flow) -> Flow | None:
    """Return the part of a line whose rows name no unit; None where every row names one."""
    if not flow.unnamed_rows:
        return None
    return replace(
        flow,
        rows=flow.unnamed_rows,
        trainees=flow.unnamed_trainees,
        amount=flow.unnamed_amount,
        printed=None,
    )


def parted(case: Case, flows: Sequence[Flow]) -> Iterator[tuple[Flow, ...]]:
    """Yield each part that an instrument may state of some lines: what names a unit, what names
    none, and what is that of one unit of the case."""
    for of in (naming, unnamed):
        yield tuple(part for flow in flows if (part := of(flow)) is not None)
    for unit in dict.fromkeys(v.unit for v in case.vettings.values()):
        yield tuple(part for flow in flows if (part := of_unit(case, flow, unit)) is not None)


def _part(flow: Flow, own: Sequence[int], rows: Sequence[Counted]) -> Flow:
    trainees = [r.trainees for r in rows if r.trainees is not None]
    amounts = [r.amount for r in rows if r.amount is not None]
    return replace(
        flow,
        at=ranged(own),
        rows=len(own),
        trainees=sum(trainees) if trainees else None,
        amount=round(fsum(amounts), 2) if amounts else None,
        floor=len(amounts) < len(own),
        printed=None,
        unnamed_rows=0,
        unnamed_trainees=None,
        unnamed_amount=None,
    )


def _rows(case: Case, flow: Flow) -> tuple[Counted, ...]:
    text = case.texts.get(flow.source)
    claim = claim_of(case, flow)
    if text is None or claim is None:
        return ()
    return _read(text.text, claim.passage.end, flow.rows)


@lru_cache(maxsize=512)
def _read(text: str, end: int, rows: int) -> tuple[Counted, ...]:
    try:
        return counted_in(text, end, rows)
    except AidError:
        return ()  # `assistance-sum` tells of it
