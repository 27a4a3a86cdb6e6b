"""Text: the structure of a text: paragraphs and their kinds, sentences, quotations, turns.

All spans are offsets into `Document.copy`, the mended copy, which is as long as the text; what is
proposed is placed in the text by `Document.place`.
"""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

import yaml

from gravamen.reading.mend import Mended, Place, mend
from gravamen.reading.recase import recase
from gravamen.reading.spans import Spans
from gravamen.values import Value

ParagraphKind = Literal["title", "heading", "body", "item", "whereas", "resolved", "turn"]
DATA = Path(__file__).parent / "data"

_HEADING_CHARS = 110
QUOTATION_CHARS = 4000
_NUMBER = re.compile(
    r" *(?:\(?(?:\d{1,3}(?:\.\d{1,3})*|[A-Za-z]|[ivxIVX]{1,5})[.)]|[-*•●▪]|§+ ?\d+\.?"
    r"|(?:Article|ARTICLE|Section|SECTION|SEC\.) \d+[.:])(?= )"
)
_WHEREAS = re.compile(r" *whereas\b[,:]?", re.IGNORECASE)
_RESOLVED = re.compile(
    r" *(?:(?:and,? )?(?:(?:now,? )?therefore,? )?(?:be it )?(?:further )?"
    r"(?:resolved|enacted|ordered)\b[,:]?|"
    r"(?:now,? therefore|(?:we|I),? therefore,? move|it is (?:hereby )?ordered)\b[,:]?)",
    re.IGNORECASE,
)
_CLAUSES: tuple[tuple[ParagraphKind, re.Pattern[str]], ...] = (
    ("whereas", _WHEREAS), ("resolved", _RESOLVED),
)  # fmt: skip
_LABEL = re.compile(
    r" *(?P<label>(?:[A-Z][\w.'-]*|[QA])(?: [A-Z][\w.'-]*){0,5})(?P<stop>:|\.(?= ))(?= )"
)
_NO_LABEL = re.compile(
    r"(?:SUBJECT|DATE|TO|FROM|RE|CC|BCC|NOTES?|WHEREAS|RESOLVED|SUMMARY|BACKGROUND|CONTACT|SENT"
    r"|ATTACHMENTS?|REFERENCE|REF|VIA|TEL|FAX|EMAIL|PHONE|WARNING|AGENDA|LOCATION|TIME)\Z",
    re.IGNORECASE,
)
_STOP = re.compile(r"(?:(?<![.!?])[.!?]++|…)[\"')\]»]*+(?= )|(?<=[^\W\d_])[.!?]++[\"')\]]*+\Z")
_OPENS = re.compile(r" +[\"'(\[«]*(?P<first>[^\W_])")
_LAST_WORD = re.compile(r"(?:[^\W_]+\.)*[^\W_]+\Z")
_OPEN_MARKS = {'"': '"', "«": "»", "'": "'", "‹": "›", "「": "」", "『": "』"}
_MARK = re.compile(
    r"(?P<open>(?<![^\s(\[—-])[\"«](?=\S)|(?<![^\s(\[\"—-])'(?=\w))"
    r"|(?P<close>(?<=\S)[\"»](?!\w)|(?<=[\w.,!?…])'(?![\w]))|(?P<any>[\"«»])"
)


class Sentence(Value):
    """A sentence, without blanks around it, and the number of its paragraph."""

    start: int
    end: int
    paragraph: int


class Quotation(Value):
    """The words between quotation marks, without the marks; `depth` 1 is the outermost.

    Args:
        closed: whether the closing mark was found; else it ends with the paragraph.
    """

    start: int
    end: int
    depth: int = 1
    closed: bool = True


class Paragraph(Value):
    """A paragraph: its kind, its number or bullet as written, where its words begin.

    Args:
        body: where the words begin, after number, WHEREAS, RESOLVED or speaker label.
        label: the speaker label of a transcript, without the colon.
    """

    start: int
    end: int
    kind: ParagraphKind
    body: int
    number: str | None = None
    label: str | None = None


class Section(Value):
    """What stands under a heading, up to the next; the first may have none."""

    start: int
    end: int
    heading: str | None = None


class Turn(Value):
    """What one speaker of a transcript says, over all paragraphs up to the next label."""

    start: int
    end: int
    label: str
    label_start: int


class Document:
    """A text as it is read: the canonical text, its mended copy and the structure of both.

    Args:
        text: the canonical text; only `place` looks into it.
        copy: the mended copy, of the same length, which all rules read. A line break stands only
            between paragraphs.
        head: the end of the letterhead: of the titles and headings before the first running text.
        on: the reference date, from which relative dates count.
    """

    __slots__ = (
        "_mended", "copy", "head", "on", "paragraphs", "quotations", "sections",
        "sentences", "text", "turns",
    )  # fmt: skip

    def __init__(self, text: str, *, on: date | None = None) -> None:
        self._mended: Mended = mend(text)
        self.text, self.copy, self.on = text, recase(self._mended.copy), on
        self.paragraphs: Spans[Paragraph] = Spans(_paragraphs(self.copy))
        self.sentences: Spans[Sentence] = Spans(_sentences(self.copy, self.paragraphs))
        self.quotations: Spans[Quotation] = Spans(_quotations(self.copy, self.paragraphs))
        self.sections: Spans[Section] = Spans(_sections(self.copy, self.paragraphs))
        self.turns: Spans[Turn] = Spans(_turns(self.paragraphs))
        self.head = next(
            (p.start for p in self.paragraphs if p.kind not in ("title", "heading")), 0
        )

    def place(self, start: int, end: int) -> Place:
        """Return the stretch of the canonical text for a stretch of the copy."""
        return self._mended.place(start, end)

    def sentence(self, offset: int) -> Sentence:
        """Return the sentence at an offset, or the nearest one before it."""
        index = self.sentences.index_at(offset)
        if not self.sentences:
            return Sentence(start=0, end=len(self.copy), paragraph=0)
        return self.sentences[max(index, 0)]

    def paragraph(self, offset: int) -> Paragraph:
        """Return the paragraph at an offset, or the nearest one before it."""
        if not self.paragraphs:
            return Paragraph(start=0, end=len(self.copy), kind="body", body=0)
        return self.paragraphs[max(self.paragraphs.index_at(offset), 0)]


def sentences(text: str) -> list[tuple[int, int]]:
    """Return where each sentence of a text starts and ends, titles and headings included."""
    document = Document(text)
    places = (document.place(s.start, s.end) for s in document.sentences)
    return [(place.start, place.end) for place in places]


@cache
def abbreviations() -> frozenset[str]:
    """The words after whose full stop a sentence goes on, without the stop, in lower case."""
    words = yaml.safe_load((DATA / "abbreviations.yaml").read_text("utf-8"))
    return frozenset(str(w) for group in words.values() for w in group)


def _paragraphs(copy: str) -> Iterator[Paragraph]:
    lines = [m.span() for m in re.finditer(r"[^\n]+", copy) if not m[0].isspace()]
    labels = _labels(copy, lines)
    for index, (start, end) in enumerate(lines):
        while copy[start] == " ":
            start += 1
        while copy[end - 1] == " ":
            end -= 1
        yield _paragraph(copy, start, end, first=index == 0, labels=labels)


def _paragraph(
    copy: str, start: int, end: int, *, first: bool, labels: frozenset[str]
) -> Paragraph:
    label = _LABEL.match(copy, start, end)
    if label and label["label"] in labels:
        body = _skip(copy, label.end(), end)
        return Paragraph(start=start, end=end, kind="turn", body=body, label=label["label"])
    number = _NUMBER.match(copy, start, end)
    body = _skip(copy, number.end(), end) if number else start
    said = number[0].strip() if number else None
    kind: ParagraphKind = "item" if number else "body"
    clause = next(((k, m) for k, form in _CLAUSES if (m := form.match(copy, body, end))), None)
    if clause:
        kind, body = clause[0], _skip(copy, clause[1].end(), end)
    elif _is_heading(copy[body:end]):
        kind = "title" if first else "heading"
    return Paragraph(start=start, end=end, kind=kind, body=body, number=said)


def _skip(copy: str, start: int, end: int) -> int:
    while start < end and copy[start] in " ,:":
        start += 1
    return start


def _is_heading(words: str) -> bool:
    if len(words) > _HEADING_CHARS or words.endswith((".", ";", ",", "?", "!", '"', ":")):
        return words.isupper() and len(words) <= _HEADING_CHARS and not words.endswith((";", ","))
    return not re.search(r"[.!?] +[A-Z]", words) or words.isupper()


def _labels(copy: str, lines: list[tuple[int, int]]) -> frozenset[str]:
    """Find the speaker labels of a transcript: in capitals, Q and A, or coming back."""
    counts: dict[str, int] = {}
    for start, end in lines:
        m = _LABEL.match(copy, start, end)
        if m and (m["stop"] == ":" or m["label"] in ("Q", "A")) and m.end() < end:
            counts[m["label"]] = counts.get(m["label"], 0) + 1
    if "Q" not in counts or "A" not in counts:
        counts.pop("Q", None)
        counts.pop("A", None)
    return frozenset(
        label
        for label, n in counts.items()
        if not _NO_LABEL.match(label) and (n > 1 or (label.isupper() and len(counts) > 1))
    )


def _sentences(copy: str, paragraphs: Spans[Paragraph]) -> Iterator[Sentence]:
    for number, paragraph in enumerate(paragraphs):
        start = paragraph.body
        for m in _STOP.finditer(copy, paragraph.body, paragraph.end):
            if m.start() < start or not _ends_here(copy, m, start, paragraph.end):
                continue
            yield Sentence(start=start, end=m.end(), paragraph=number)
            start = _skip(copy, m.end(), paragraph.end)
        if start < paragraph.end:
            yield Sentence(start=start, end=paragraph.end, paragraph=number)


def _ends_here(copy: str, stop: re.Match[str], start: int, limit: int) -> bool:
    """Whether a full stop ends its sentence rather than an abbreviation, initial or number."""
    opens = _OPENS.match(copy, stop.end(), limit)
    if not opens:
        return stop.end() >= limit
    first = opens["first"]
    if first.islower():
        return False
    if stop[0][0] != "." or len(stop[0].rstrip("\"')]»")) > 1:
        return True
    last = _LAST_WORD.search(copy, max(start, stop.start() - 40), stop.start())
    word = last[0] if last else ""
    if "." in word or (len(word) == 1 and word.isupper() and word != "I"):
        return _starter(copy, opens.start("first")) and not (len(word) == 1 and "." not in word)
    if word.lower() in abbreviations():
        return word.lower() in ("etc", "inc", "ltd", "p.m", "a.m", "co") and first.isupper()
    return True


_STARTER = re.compile(
    r"(?:The|A|An|In|On|At|He|She|It|They|We|I|You|This|That|These|Those|But|And|When|After|Its|His"
    r"|Her|Their|Our|There|No|If|As|By|For|From|To|With|Some|Many|Several|According|Since|However)\b"
)


def _starter(copy: str, offset: int) -> bool:
    return bool(_STARTER.match(copy, offset))


def _quotations(copy: str, paragraphs: Spans[Paragraph]) -> Iterator[Quotation]:
    """Pair the quotation marks of each paragraph; one left open ends with its paragraph."""
    for paragraph in paragraphs:
        stack: list[tuple[str, int]] = []
        for m in _MARK.finditer(copy, paragraph.start, paragraph.end):
            mark = m[0]
            if m["open"] and (not stack or stack[-1][0] != mark):
                stack.append((mark, m.end()))
            elif stack and _OPEN_MARKS[stack[-1][0]] == mark:
                start = stack.pop()[1]
                if m.start() > start:
                    yield Quotation(start=start, end=m.start(), depth=len(stack) + 1)
            elif len(stack) > 1 and _OPEN_MARKS[stack[-2][0]] == mark:
                stack.pop()
                start = stack.pop()[1]
                yield Quotation(start=start, end=m.start(), depth=len(stack) + 1)
        if stack and stack[0][0] != "'" and paragraph.end > stack[0][1]:
            end = min(paragraph.end, stack[0][1] + QUOTATION_CHARS)
            yield Quotation(start=stack[0][1], end=end, closed=False)


def _sections(copy: str, paragraphs: Spans[Paragraph]) -> Iterator[Section]:
    heading: str | None = None
    start: int | None = None
    end = 0
    for paragraph in paragraphs:
        if paragraph.kind in ("title", "heading"):
            if start is not None:
                yield Section(start=start, end=end, heading=heading)
            heading, start = copy[paragraph.body : paragraph.end], None
        else:
            start = paragraph.start if start is None else start
            end = paragraph.end
    if start is not None:
        yield Section(start=start, end=end, heading=heading)


def _turns(paragraphs: Spans[Paragraph]) -> Iterator[Turn]:
    label: Paragraph | None = None
    end = 0
    for paragraph in paragraphs:
        if paragraph.kind == "turn" and paragraph.label:
            if label:
                yield Turn(
                    start=label.body, end=end, label=label.label or "", label_start=label.start
                )
            label = paragraph
        end = paragraph.end if paragraph.kind in ("turn", "body") else end
    if label:
        yield Turn(start=label.body, end=end, label=label.label or "", label_start=label.start)
