"""Amending: a motion as its body changed it, and a change in words that name the claims touched."""

import re
from collections.abc import Sequence

import msgspec

from gravamen.adoption import Adoption, Amendment
from gravamen.case import Case
from gravamen.dates import instant
from gravamen.instruments.comparison.words import marked
from gravamen.instruments.rewording import replaced
from gravamen.instruments.wording import bind
from gravamen.proceedings import Change
from gravamen.sentences import Block, Figure, Instrument, Section, Sentence, SentenceKind, Table

_NUMBER = re.compile(r"[0-9]+\.\Z")
_SENTENCE_ID = re.compile(r"s([0-9]+)\Z")
_OPERATIVE = ("resolved", "numbered")

Blocks = tuple[Block | Table | Figure, ...]


def amended_motion(case: Case, motion: Instrument, adoption: Adoption) -> Instrument:
    """Return a motion with every amendment that holds, in the order in which they came to hold.

    A change is made where the words that it is of still stand; a sentence is looked for by its id
    and by its words. Where the words are unchanged the bindings stay. A sentence of other words
    keeps its claims only where each of its quotes still stands in it, or where a person said on
    which claims it rests; otherwise it rests on nothing, and the checks say so.
    """
    for amendment in _in_order(adoption.amendments):
        for change in amendment.step.changes:
            motion = changed(case, motion, change)
    return motion


def struck(case: Case, motion: Instrument, adoption: Adoption) -> tuple[Sentence, ...]:
    """Return the sentences of a motion that the amendments which hold strike out."""
    kept = {s.id for s in amended_motion(case, motion, adoption).sentences()}
    return tuple(s for s in motion.sentences() if s.id not in kept)


def changed(case: Case, motion: Instrument, change: Change) -> Instrument:
    """Return a motion with one change; as it is where the words to be changed do not stand."""
    if change.was is None:
        return _inserted(case, motion, change)
    target = _found(motion, change.sentence, change.was)
    if target is None:
        return motion
    if change.now is None:
        return _renumbered(replaced(motion, {target.id: None}))
    put = _reworded(case, target, change)
    sections = tuple(_with_sentence(section, put) for section in motion.sections)
    return msgspec.structs.replace(motion, sections=sections)


def told(change: Change) -> str:
    """Return a change in words: "s12: held [-41-]{+14+} persons (touches c.held)"."""
    if change.was is None:
        return f"after {change.after or 'the last sentence'}: {{+{change.now or ''}+}}"
    words = marked(change.was, change.now or "")
    touched = f" (touches {', '.join(change.claims)})" if change.claims else ""
    return f"{change.sentence or 'sentence'}: {words}{touched}"


def _in_order(amendments: Sequence[Amendment]) -> list[Amendment]:
    holding = [a for a in amendments if a.holds and a.held]
    return sorted(holding, key=lambda a: instant(a.held or "").first())


def _found(motion: Instrument, id: str | None, words: str) -> Sentence | None:
    """The sentence of an id and words; else the first of the words."""
    same = [s for s in motion.sentences() if s.text == words]
    return next((s for s in same if s.id == id), same[0] if same else None)


def _reworded(case: Case, sentence: Sentence, change: Change) -> Sentence:
    text = change.now or ""
    quotes = tuple(q for q in sentence.quotes if q in text)
    fields = {"text": text, "quotes": quotes}
    if change.rests_on:
        claims = [case.claims[c] for c in change.rests_on if c in case.claims]
        about = tuple(dict.fromkeys(c.about for c in claims))
        more = {"bindings": bind(case, claims), "allegations": about}
    elif sentence.quotes and quotes == sentence.quotes:
        more = {}
    else:
        more = {"bindings": (), "allegations": ()}
    return msgspec.structs.replace(sentence, **fields, **more)


def _with_sentence(section: Section, put: Sentence) -> Section:
    """A section with a sentence in place of the one that has its id."""
    blocks = []
    for block in section.blocks:
        if isinstance(block, Block):
            sentences = tuple(put if s.id == put.id else s for s in block.sentences)
            block = msgspec.structs.replace(block, sentences=sentences)
        blocks.append(block)
    return msgspec.structs.replace(section, blocks=tuple(blocks))


def _inserted(case: Case, motion: Instrument, change: Change) -> Instrument:
    """A motion with a new clause after a sentence, in the form of the clauses there."""
    anchor = next((s for s in motion.sentences() if s.text == change.follows), None)
    if anchor is None and change.follows is None:
        anchor = next((s for s in motion.sentences() if s.id == change.after), None)
    if anchor is None:
        return motion
    sections = []
    for section in motion.sections:
        at = next((n for n, b in enumerate(section.blocks) if _holds(b, anchor)), None)
        if at is not None:
            clause = _clause(case, motion, section.blocks, at, change)
            blocks = (*section.blocks[: at + 1], clause, *section.blocks[at + 1 :])
            section = msgspec.structs.replace(section, blocks=blocks)
        sections.append(section)
    return _renumbered(msgspec.structs.replace(motion, sections=tuple(sections)))


def _holds(block: Block | Table | Figure, sentence: Sentence) -> bool:
    return isinstance(block, Block) and any(s.id == sentence.id for s in block.sentences)


def _clause(case: Case, motion: Instrument, blocks: Blocks, at: int, change: Change) -> Block:
    """The new clause: an operative one among those, and an allegation before them, which must be
    bound to claims."""
    here = blocks[at]
    after = blocks[at + 1] if at + 1 < len(blocks) else None
    lead = isinstance(here, Block) and here.sentences[0].kind == "form"
    like = after if lead and isinstance(after, Block) else here
    style = like.style if isinstance(like, Block) else "paragraph"
    kind: SentenceKind = "request" if style in _OPERATIVE else "allegation"
    claims = [case.claims[c] for c in change.rests_on if c in case.claims]
    numbers = [int(m[1]) for s in motion.sentences() if (m := _SENTENCE_ID.match(s.id))]
    sentence = Sentence(
        id=f"s{max(numbers, default=0) + 1}",
        kind=kind,
        text=change.now or "",
        bindings=bind(case, claims),
        allegations=tuple(dict.fromkeys(c.about for c in claims)),
        lang=motion.lang,
    )
    label = like.label if isinstance(like, Block) else None
    return Block(sentences=(sentence,), style=style, label=label)


def _renumbered(motion: Instrument) -> Instrument:
    """A motion whose numbered clauses count from 1 again."""
    number = 0
    sections = []
    for section in motion.sections:
        blocks = []
        for block in section.blocks:
            if isinstance(block, Block) and _NUMBER.match(block.label or ""):
                number += 1
                block = msgspec.structs.replace(block, label=f"{number}.")
            blocks.append(block)
        sections.append(msgspec.structs.replace(section, blocks=tuple(blocks)))
    return msgspec.structs.replace(motion, sections=tuple(sections))
