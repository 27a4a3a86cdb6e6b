"""Rewording: sentences that a person put otherwise, in place of those that the program drafted."""

from collections.abc import Mapping, Sequence

import msgspec

from gravamen.case import Case
from gravamen.sentences import Block, Cell, Figure, Instrument, Section, Sentence, Table
from gravamen.submission import Rewording


def reworded(case: Case, instrument: Instrument) -> Instrument:
    """Return an instrument with each sentence in a person's words where the case has a rewording.

    A sentence is replaced where its words equal what was reworded; it keeps its bindings, and
    those of its quotes that still stand in it. A rewording that somebody rejected is left out. One
    that nobody accepted yet is printed, and keeps the instrument a draft (`sentence-reworded`).
    """
    rewordings = standing(case, instrument.id)
    if not rewordings:
        return instrument
    now: dict[str, str | None] = {}
    for sentence in instrument.sentences():
        text = now_reads(sentence.text, rewordings)
        if text != sentence.text:
            now[sentence.id] = text
    return replaced(instrument, now)


def standing(case: Case, instrument: str) -> tuple[Rewording, ...]:
    """The rewordings of an instrument that nobody rejected."""
    return tuple(
        r for r in case.rewordings.values() if r.instrument == instrument and case.stands(r.id)
    )


def replaced(instrument: Instrument, now: Mapping[str, str | None]) -> Instrument:
    """Return an instrument with other words for sentences, by id; None strikes one out.

    A block that is left without a sentence goes, and a section that is left without a block.
    """
    if not now:
        return instrument
    sections = (_section(section, now) for section in instrument.sections)
    return msgspec.structs.replace(instrument, sections=tuple(s for s in sections if s))


def now_reads(text: str, rewordings: Sequence[Rewording]) -> str | None:
    """Return what a text reads after rewordings, in their order; None where it was struck out.

    The latest that takes up any words the text ever had is the one that counts, so that a person
    can go back to earlier words, and put them otherwise again.
    """
    had = {text}
    last: str | None = text
    for rewording in rewordings:
        if rewording.was in had:
            last = rewording.now
            had |= {last} if last is not None else set()
    return last


def _section(section: Section, now: Mapping[str, str | None]) -> Section | None:
    blocks = [_block(block, now) for block in section.blocks]
    kept = tuple(block for block in blocks if block is not None)
    if section.blocks and not kept:
        return None
    return msgspec.structs.replace(section, blocks=kept)


def _block(
    block: Block | Table | Figure, now: Mapping[str, str | None]
) -> Block | Table | Figure | None:
    if isinstance(block, Block):
        sentences = _sentences(block.sentences, now)
        return msgspec.structs.replace(block, sentences=sentences) if sentences else None
    if isinstance(block, Table):
        rows = tuple(tuple(_cell(cell, now) for cell in row) for row in block.rows)
        return msgspec.structs.replace(block, rows=rows)
    return block


def _cell(cell: Cell, now: Mapping[str, str | None]) -> Cell:
    return msgspec.structs.replace(cell, sentences=_sentences(cell.sentences, now))


def _sentences(
    sentences: tuple[Sentence, ...], now: Mapping[str, str | None]
) -> tuple[Sentence, ...]:
    found = []
    for sentence in sentences:
        text = now.get(sentence.id, sentence.text)
        if text is None:
            continue
        quotes = tuple(q for q in sentence.quotes if q in text)
        found.append(msgspec.structs.replace(sentence, text=text, quotes=quotes))
    return tuple(found)
