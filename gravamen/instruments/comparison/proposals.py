"""Proposals: what a comparison asks of the case: the instrument as it now reads, and rewordings."""

import re
from collections.abc import Collection, Iterator

import msgspec

from gravamen.instruments.comparison.compare import Comparison, Row
from gravamen.instruments.rewording import replaced
from gravamen.sentences import Block, Instrument, Section, Sentence
from gravamen.submission import Rewording

_LETTERS = re.compile(r"[^\W\d_]")


def edited(instrument: Instrument, comparison: Comparison) -> Instrument:
    """Return an instrument as the edited document reads, for the checks to be asked again.

    Changed sentences keep their bindings. New words stand at the end as sentences that allege
    something and rest on nothing, until a person says what they rest on.
    """
    now = {
        row.sentence: row.now if row.state != "missing" else None
        for row in comparison.rows
        if row.sentence and _reworded(row)
    }
    changed = replaced(instrument, now)
    more = tuple(_new(comparison, {s.id for s in instrument.sentences()}))
    if not more:
        return changed
    added = Section(heading=None, blocks=tuple(Block(sentences=(s,)) for s in more))
    return msgspec.structs.replace(changed, sections=(*changed.sections, added))


def rewordings(
    instrument: Instrument, comparison: Comparison, *, taken: Collection[str] = ()
) -> tuple[Rewording, ...]:
    """Return a rewording for each sentence that was changed or struck out.

    Args:
        taken: ids of rewordings that are in the case already; a later one gets a number.
    """
    drafted = {s.id: s.text for s in instrument.sentences()}
    found = []
    for row in comparison.rows:
        if row.sentence in drafted and _reworded(row):
            id = f"w.{instrument.id}.{row.sentence}"
            number = 2
            while id in taken:
                id = f"w.{instrument.id}.{row.sentence}.{number}"
                number += 1
            found.append(
                Rewording(
                    id=id,
                    instrument=instrument.id,
                    was=drafted[row.sentence],
                    now=None if row.state == "missing" else row.now,
                    source=comparison.sha256,
                )
            )
    return tuple(found)


def _reworded(row: Row) -> bool:
    return row.state in ("changed", "missing") and row.was != row.now


def _new(comparison: Comparison, ids: Collection[str]) -> Iterator[Sentence]:
    number = 1
    for row in comparison.rows:
        if row.state == "new" and row.sentence is None and _LETTERS.search(row.now or ""):
            while f"new{number}" in ids:
                number += 1
            yield Sentence(id=f"new{number}", kind="allegation", text=row.now or "")
            number += 1
