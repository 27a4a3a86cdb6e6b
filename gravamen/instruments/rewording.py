"""Rewording: sentences that a person put otherwise, in place of those that the program drafted."""

from collections.abc import Mapping

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
    by_words = {r.was: r for r in standing(case, instrument.id)}
    if not by_words:
        return instrument
    now: dict[str, str | None] = {}
    for sentence in instrument.sentences():
        text = _last(sentence.text, by_words)
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


def _last(text: str, by_words: Mapping[str, Rewording]) -> str | None:
    """What a text reads after all rewordings, one upon the other; None where it was struck out."""
    seen: set[str] = set()
    now: str | None = text
    while now is not None and now in by_words and now not in seen:
        seen.add(now)
        now = by_words[now].now
    return now


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
