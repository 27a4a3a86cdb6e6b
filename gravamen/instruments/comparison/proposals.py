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
    now = {row.sentence: _now(row) for row in comparison.rows if row.sentence and _reworded(row)}
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

    A rewording is of words, wherever they stand in the instrument: sentences of the same words
    give one where all were changed alike, and none otherwise (`unlike`).

    Args:
        taken: ids of rewordings that are in the case already; a later one gets a number.
    """
    apart = unlike(instrument, comparison)
    found: dict[str, Rewording] = {}
    for was, row in _changes(instrument, comparison):
        if row.sentence is None or row.sentence in apart or was in found:
            continue
        id = f"w.{instrument.id}.{row.sentence}"
        number = 2
        while id in taken:
            id = f"w.{instrument.id}.{row.sentence}.{number}"
            number += 1
        now = _now(row)
        found[was] = Rewording(
            id=id, instrument=instrument.id, was=was, now=now, source=comparison.sha256
        )
    return tuple(found.values())


def unlike(instrument: Instrument, comparison: Comparison) -> dict[str, tuple[str, ...]]:
    """Return the changed sentences whose words stand elsewhere too and read otherwise there now,
    each with the ids of those others: to reword one would reword them all."""
    reads: dict[str, str | None] = {s.id: s.text for s in instrument.sentences()}
    same: dict[str, list[str]] = {}
    for sentence in instrument.sentences():
        same.setdefault(sentence.text, []).append(sentence.id)
    changes = [(was, row) for was, row in _changes(instrument, comparison) if row.sentence]
    reads |= {row.sentence: _now(row) for _, row in changes if row.sentence}
    found = {}
    for was, row in changes:
        others = tuple(i for i in same[was] if reads[i] != _now(row))
        if others and row.sentence:
            found[row.sentence] = others
    return found


def _changes(instrument: Instrument, comparison: Comparison) -> Iterator[tuple[str, Row]]:
    """The rows of sentences that were changed or struck out, each with the words as drafted."""
    drafted = {s.id: s.text for s in instrument.sentences()}
    for row in comparison.rows:
        if row.sentence in drafted and _reworded(row):
            yield drafted[row.sentence], row


def _now(row: Row) -> str | None:
    return None if row.state == "missing" else row.now


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
