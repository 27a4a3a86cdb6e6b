"""Own: which words of a reply are its author's, clause by clause, without what it quotes of ours.

Left out are the headers of a mail, lines that begin with ">", what stands under "On … wrote:", a
copied head of a mail or "Original Message", and what a reader is not shown (hidden, deleted).
Offsets are those of the source's text, so that each clause can be quoted from it.
"""

import re
import unicodedata
from collections.abc import Iterator

from gravamen.checks.spelling import scripts
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
# "Your letter reads:", behind which the next paragraph is ours though no mark says so.
_READS = re.compile(
    r"^(?!.*\b(?:we|our|answers?|repl(?:y|ies)|respon\w+)\b).*\byou(?:rs?)?\b.*"
    r"\b(?:reads?|says?|said|writes?|wrote|written|states?|stated|asks?|asked|requests?|requested"
    r"|quoted?)\b[^\n.:]{0,80}:[ \t]*\n*(?P<ours>(?:.*\S.*\n?)+)",
    re.MULTILINE | re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+")
# A sign that nobody sees (a soft hyphen, a joiner, a mark of direction) inside a word.
_BROKEN = re.compile(r"[A-Za-z][\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]+[A-Za-z]")
# Letters of other scripts that look like those of the Latin one, in small letters.
_LOOK_ALIKES = str.maketrans(
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u0501\u04bb\u043a\u043c\u0442\u043d"
    "\u0432\u03bf\u03b1\u03b9\u03ba\u03c1\u03c4\u03c5\u03c7\u03f2\u03bd\u0578\u0585\u0261\u0131",
    "aeopcyxijsdhkmthboaikptuxcvnogi",
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
    gaps += [m.span("ours") for m in _READS.finditer(words, begin)]
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
    if not words.isascii():
        words = words.translate({0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"'})
        words = "".join(c for c in words if unicodedata.category(c) != "Cf").casefold()
        words = _WORD.sub(_seen_as, words)
    return " ".join(words.casefold().split())


def _seen_as(word: re.Match[str]) -> str:
    """A word of mixed scripts as it looks: with Latin letters for those that look like them."""
    return word[0].translate(_LOOK_ALIKES) if len(scripts(word[0])) > 1 else word[0]


def disguised(text: Text) -> str | None:
    """What is odd in the words that the author of a reply wrote, so that a person sees other words
    than a program does; None where nothing is."""
    words = own_text(text)
    if found := _BROKEN.search(words):
        around = _shown(words[max(0, found.start() - 10) : found.end() + 10])
        return f"signs that nobody sees stand within its words ({around!r})"
    for word in () if words.isascii() else _WORD.findall(words):
        if not word.isascii() and re.search("[A-Za-z]", word) and len(scripts(word)) > 1:
            return f"the word {word!r} mixes {' and '.join(scripts(word))} letters"
    return None


def unseen(text: Text) -> str:
    """The words of a reply that no reader is shown, or that are struck."""
    found = (text.text[x.start : x.end] for x in text.layers if x.kind in _UNSEEN)
    return " ".join(" ".join(found).split())


def _shown(words: str) -> str:
    """Words with the signs that nobody sees made visible."""
    return "".join(f"<{ord(c):04X}>" if unicodedata.category(c) == "Cf" else c for c in words)


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
