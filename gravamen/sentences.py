"""Sentences: the typed sentences of an instrument and what each is bound to; layout comes last."""

from typing import Any, Literal

import msgspec

from gravamen.parties import Name
from gravamen.values import Value, digest

SentenceKind = Literal["request", "allegation", "context", "argument", "form"]
InstrumentKind = Literal["motion", "letter", "diagnosis", "dossier", "summary"]
InstrumentStyle = Literal["resolution", "county", "letter", "report", "dossier"]
Paper = Literal["us-letter", "a4"]
BlockStyle = Literal[
    "paragraph", "whereas", "resolved", "numbered", "bullet", "quote", "small", "address"
]


class Binding(Value):
    """A claim that a sentence rests on, with the exact words and where they stand.

    Args:
        version: digest of the claim when the sentence was written; another one means stale.
        withheld: a protected claim; quote and place are left out, `version` is the commitment.
        translation, translator: the quote in the language of the case, and who put it so.
    """

    claim: str
    version: str
    source: str = ""
    source_sha256: str = ""
    quote: str = ""
    start: int = 0
    end: int = 0
    page: int | None = None
    withheld: bool = False
    translation: str | None = None
    translator: str | None = None


class Sentence(Value):
    """One sentence of an instrument: what kind it is, its words, and what it rests on.

    Args:
        quotes: stretches of `text` that are quoted word for word from a bound claim.
        characterisation_of: whose word a contested term in the sentence is.
        needs_review: it leans on law marked as unchecked.
    """

    id: str
    kind: SentenceKind
    text: str
    bindings: tuple[Binding, ...] = ()
    allegations: tuple[str, ...] = ()
    request: str | None = None
    authority: str | None = None
    office: str | None = None
    quotes: tuple[str, ...] = ()
    characterisation_of: str | None = None
    lang: str = "en"
    needs_review: bool = False


class Block(Value, tag="block"):
    """A paragraph, clause or list item of one or more sentences; `label` prints before it."""

    sentences: tuple[Sentence, ...]
    style: BlockStyle = "paragraph"
    label: str | None = None


class Table(Value, tag="table"):
    """A table: a caption, a header row and rows of sentences (a cell with names has `names`)."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple["Cell", ...], ...]


class Cell(Value):
    """A table cell: sentences, or names in their own scripts, each set on a line of its own."""

    sentences: tuple[Sentence, ...] = ()
    names: tuple[Name, ...] = ()


class Box(Value):
    """A box of a drawing: its upper left corner and size in points, and its lines of words.

    Args:
        bold: how many of its first lines are bold.
        strong: it stands out (the party that a dossier is about).
    """

    x: float
    y: float
    width: float
    height: float
    words: tuple[str, ...]
    bold: int = 1
    strong: bool = False


class Line(Value):
    """A line of a drawing through corners in points; dashed for what is claimed, not formal."""

    corners: tuple[tuple[float, float], ...]
    dashed: bool = False


class Figure(Value, tag="figure"):
    """A drawing as data: its caption, the words that stand for it where it is not seen, its size
    in points, boxes and lines. `instruments.drawing.svg` draws it."""

    caption: str
    alt: str
    width: float
    height: float
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...] = ()


class Section(Value):
    """A heading (None: none is printed) and what stands under it, in reading order.

    Args:
        id: the section of a dossier that it is (`vocabulary.DossierSection`); None elsewhere.
        level: 2 for a section, 3 for a part of the one before it.
        annex: whether it stands behind the signatures, on a page of its own.
    """

    heading: str | None
    blocks: tuple[Block | Table | Figure, ...] = ()
    id: str | None = None
    level: Literal[2, 3] = 2
    annex: bool = False


class Signatory(Value):
    """Who is to sign, in what capacity, for which body."""

    id: str
    name: str
    capacity: str
    body: str | None = None


class Copy(Value):
    """To whom a copy goes and why (they can start a clock that the letter cannot)."""

    office: str
    why: str


class Stage(Value):
    """One step in the life of a motion: the day (YYYY-MM-DD) and what was done ("amended")."""

    id: str
    on: str
    what: str


class VoteTaken(Value):
    """A roll call as an instrument carries it, beside the sentences that tell it.

    Args:
        question: "motion", or the id of an amendment.
        outcome: what follows from the ballots and the rules of the body.
        counts: the word of each side ("ayes", "not recorded") and how many stand there.
        quorum: how many had to take part; None where that is not known.
    """

    id: str
    on: str
    question: str
    outcome: Literal["carried", "failed", "undecided"]
    counts: tuple[tuple[str, int], ...]
    quorum: int | None = None


class Course(Value):
    """What the body did with a motion up to its date: the steps, and the votes."""

    stages: tuple[Stage, ...] = ()
    votes: tuple[VoteTaken, ...] = ()


class Instrument(Value):
    """A motion, letter or diagnosis before it is set: typed sentences in order, and its frame.

    Args:
        id: "motion", "letter-us.state.secretary"; also the stem of its files.
        office: id of the office addressed; None for a motion or a diagnosis.
        on: the date it bears (YYYY-MM-DD).
        draft: every page says DRAFT; `draft_reasons` says why, a sentence each.
        party, regime: for a dossier, whom it is about and whose law it is written for ("uk").
        marking: what stands at the head of each page about who may read it.
        country: code of the state whose body asks, for the address of the document.
        course: of a motion that was voted on, what its body did with it.
    """

    id: str
    kind: InstrumentKind
    title: str
    on: str
    sections: tuple[Section, ...]
    body: str | None = None
    office: str | None = None
    style: InstrumentStyle = "letter"
    paper: Paper = "us-letter"
    lang: str = "en"
    letterhead: tuple[str, ...] = ()
    addressee: tuple[str, ...] = ()
    reference: str | None = None
    salutation: str | None = None
    close: str | None = None
    signatories: tuple[Signatory, ...] = ()
    copies: tuple[Copy, ...] = ()
    enclosures: tuple[str, ...] = ()
    draft: bool = True
    draft_reasons: tuple[str, ...] = ()
    law_edition: str = ""
    party: str | None = None
    regime: str | None = None
    marking: str | None = None
    country: str | None = None
    course: Course | None = None

    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences in reading order."""
        found: list[Sentence] = []
        for section in self.sections:
            for block in section.blocks:
                if isinstance(block, Block):
                    found.extend(block.sentences)
                elif isinstance(block, Table):
                    found.extend(s for row in block.rows for cell in row for s in cell.sentences)
        return tuple(found)


# What says how an instrument stands, not what it says; each is told by a flag of its own.
_MARKS = frozenset({"draft", "draft_reasons", "law_edition", "needs_review"})


def text_digest(instrument: Instrument) -> str:
    """Return the digest of what an instrument says, to whom, by whom, and on what it rests.

    DRAFT and its reasons, the edition of the law data and the marks of law unchecked are no part
    of it: nobody signed those.
    """
    return digest(_said(instrument))


def _said(value: Any) -> Any:
    """A value as plain data with every field but the marks, those at their default too: whether a
    default is left out depends on whether the value was read or made."""
    if isinstance(value, msgspec.Struct):
        fields = msgspec.structs.asdict(value).items()
        tag = value.__struct_config__.tag
        return {"type": tag, **{k: _said(v) for k, v in fields if k not in _MARKS}}
    return [_said(one) for one in value] if isinstance(value, tuple) else value
