"""Own: which words of a reply are its author's, clause by clause, without what it quotes of ours.

Left out are the headers of a mail, lines that begin with ">", what stands under "On … wrote:", a
copied head of a mail or "Original Message", and what a reader is not shown (hidden, deleted).
Offsets are those of the source's text, so that each clause can be quoted from it.
"""

import re
from collections.abc import Iterator

from gravamen.reading.text import Document
from gravamen.sources.source import Passage, Text, locate
from gravamen.values import Value

MAIL = "gravamen.eml"
# A reply that is longer is read to here, and the rest is said to be unread.
MOST_CHARS = 100_000
_CLAUSE_CHARS = 600
_UNSEEN = ("hidden", "deleted", "inserted", "comment")

_QUOTED_LINE = re.compile(r"^[ \t]*(?:>|\|[ \t]).*$", re.MULTILINE)
_WROTE = re.compile(
    r"^[ \t]*(?:On|Le|Am|El|Il|Op|W dniu|Den)\b[^\n]{3,200}(?:\n[^\n]{0,200})?"
    r"(?:wrote|a écrit|schrieb[^\n]{0,80}|escribió|ha scritto|schreef|napisał\w*|skrev)[ \t]*:"
    r"[ \t]*$",
    re.MULTILINE,
)
_BELOW = re.compile(
    r"^[ \t]*(?:-{2,}[ \t]*(?:Original Message|Forwarded message|Original-Nachricht|"
    r"Message d'origine|Mensaje original)[ \t]*-{2,}|Begin forwarded message:|"
    r"_{10,}[ \t]*\n+[ \t]*From:)|"
    r"^[ \t]*\*?From:\*?[^\n]+\n(?:[ \t]*\*?(?:Sent|Date|To|Cc|Subject):\*?[^\n]*\n){2,}",
    re.MULTILINE | re.IGNORECASE,
)
# A line that goes on in the next one: it is long, or breaks off before a small letter.
_WRAPPED = re.compile(
    r"^(?:.{45,}|.*[^\s.!?:;](?=\n[ \t]*[a-z]))\n(?=[ \t]*[^\s*\u2022-])", re.MULTILINE
)
_PARTING = re.compile(
    r";\s+|,\s+(?:but|however|although|though|and (?:it|we|the)\b)(?=\s)|\s+[\u2013\u2014-]\s+"
    r"|\s+but(?=\s+(?:has|have|had|is|are|was|were|will|did|does|do|not|we|it|the|that|no)\s)"
)
# The end of a letter: what stands below is who signed.
_CLOSING = re.compile(
    r"^[ \t]*(?:Yours(?: very)? (?:sincerely|faithfully|truly)|Sincerely(?: yours)?|Respectfully"
    r"|(?:With |Kind |Best |Warm |Kindest )*regards)[ \t]*,?[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
_SIGNATURE_CHARS = 400


class Clause(Value):
    """A clause that the author of a reply wrote.

    Args:
        words: it, in small letters, blanks single, apostrophes and quotation marks straight.
        paragraph: the number of its paragraph; `lead` the words of its sentence before it.
        asked: whether its sentence is a question.
    """

    start: int
    end: int
    words: str
    paragraph: int
    lead: str = ""


def own_clauses(text: Text) -> tuple[Clause, ...]:
    """The clauses that the author of a reply wrote, in their order."""
    copy = _unsigned(own_text(text))
    if not copy.strip():
        return ()
    copy = _WRAPPED.sub(lambda m: f"{m[0][:-1]} ", copy)
    document = Document(copy)
    found: list[Clause] = []
    for sentence in document.sentences:
        place = document.place(sentence.start, sentence.end)
        found += _clauses(copy, place.start, place.end, sentence.paragraph)
    return tuple(found)


def own_text(text: Text) -> str:
    """The text of a reply with all that is not its author's blanked out, every offset kept."""
    words = text.text[:MOST_CHARS]
    gaps = [(m.start(), m.end()) for m in _QUOTED_LINE.finditer(words)]
    begin = body_start(text)
    gaps.append((0, begin))
    gaps += [(layer.start, layer.end) for layer in text.layers if layer.kind in _UNSEEN]
    if below := _BELOW.search(words, begin):
        gaps.append((below.start(), len(words)))
    for said in _WROTE.finditer(words, begin):
        after = words[said.end() :].lstrip()
        # Below a mark of quotation on each line, an answer may stand between the lines.
        whole = not after.startswith((">", "|"))
        gaps.append((said.start(), len(words) if whole else said.end()))
    for start, end in gaps:
        blank = re.sub(r"[^\n]", " ", words[start:end])
        words = words[:start] + blank + words[end:]
    return words


def _unsigned(copy: str) -> str:
    """The text without who signed it, where that is all that stands below its closing."""
    for closing in _CLOSING.finditer(copy):
        below = copy[closing.end() :]
        if len(" ".join(below.split())) <= _SIGNATURE_CHARS:
            return copy[: closing.start()]
    return copy


def body_start(text: Text) -> int:
    """Where the words begin behind the headers of a mail; 0 in what is no mail."""
    if text.extractor != MAIL:
        return 0
    end = text.text.find("\n\n")
    return len(text.text) if end < 0 else end


def plain(words: str) -> str:
    """Words as the forms are looked for in them."""
    straight = words.translate({0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"'})
    return " ".join(straight.casefold().split())


def quoted(source: str, text: Text, start: int, end: int) -> Passage:
    """The passage between two offsets, white space around it left out."""
    whole = text.text[start:end]
    start += len(whole) - len(whole.lstrip())
    return locate(source, text, whole.strip(), near=start)


def _clauses(copy: str, start: int, end: int, paragraph: int) -> Iterator[Clause]:
    begin = start
    for stop in (*(m.start() for m in _PARTING.finditer(copy, start, end)), end):
        while stop > begin:
            last = min(stop, begin + _CLAUSE_CHARS)
            if copy[begin:last].strip(" \n\t;,"):
                yield Clause(
                    start=begin,
                    end=last,
                    words=plain(copy[begin:last].lstrip("; ,\n")),
                    paragraph=paragraph,
                    lead=plain(copy[start:begin]),
                )
            begin = last
