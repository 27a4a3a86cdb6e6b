"""Requester: what a text tells of who asks: the body, its kind and form, the matter, who signs."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Literal, NamedTuple

import msgspec
import yaml

from gravamen.reading.text import DATA
from gravamen.values import Value

Form = Literal["motion", "resolution", "letter"]
HEAD_LINES = 14
_HEAD_CHARS = 300
TAIL_LINES = 24
SIGNING_LINES = 16

_NAME = (
    r"[A-Z][\w'’&.-]*(?:,? (?:(?:of|for|and|the|in|on|de|du|des|la|le|without|against|et) ){0,3}"
    r"[A-Z][\w'’&.-]*){0,9}"
)
_MOVES = re.compile(r"\b(?:I|We|WE),? (?:(?i:hereby|therefore|further),? )*(?i:move)\b")
_RESOLVES = re.compile(
    r"\b(?i:whereas)\b|\b(?:RESOLVED|Resolved)\b"
    r"|\b(?:This|The) (?:Council|Parliament|House|Senate|Assembly) (?:notes|believes|resolves)\b"
    r"|^[ \t]*(?:\(?[0-9a-z]{1,2}[.)] )?(?:Calls|Urges|Condemns) (?:on|upon|the)\b"
    r"|^[ \t]*\(?[0-9a-z]{1,2}[.)] (?:calls|urges|requests|invites|condemns|instructs|notes)\b"
    r"|\bThat (?:the|this) (?:Senate|House|Parliament|Council)\b|\bthe Assembly\b",
    re.MULTILINE,
)
_UNDERSIGNED = re.compile(r"\b[Ww]e, the undersigned (?:(?:\d+|\w+) )?(?P<who>[a-z]+s)\b")
_SALUTES = re.compile(
    r"^(?:Dear|Excellenc|Your Excellenc|To whom it may|Mr\.? President[,:]|Madam)", re.MULTILINE
)
_ON_BEHALF = re.compile(rf"\b[Oo]n behalf of (?:the )?(?P<name>{_NAME})")
_WE_OF = re.compile(
    rf"\bWe(?:,| are| write)?(?: \w+){{0,3}}? (?:as|for) (?:the )?\w+(?: \w+)? of (?:the )?"
    rf"(?P<name>{_NAME})"
)
_RE_LINE = re.compile(
    r"^[ \t]*(?:RE|Re|SUBJECT|Subject|Regarding|Relative to|Relating to|In the matter of)\b:?[ \t]*"
    r"(?P<title>\S.*)$",
    re.MULTILINE,
)
_FROM = re.compile(r"^From:[ \t]*(?P<name>[^@<>\n\"]+)$", re.MULTILINE)
_BYLINE = re.compile(
    rf"\b(?:Published|Issued|Adopted|Released)\b[^.\n]{{0,30}}? by (?:the )?(?P<name>{_NAME})"
)
_SENDS = re.compile(
    r"\b(?:transmit|forward|sent?|send|copies|copy|deliver|mail)\w*\b", re.IGNORECASE
)
_WORD_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
                 "eight": 8, "nine": 9, "ten": 10}  # fmt: skip
_COUNTED = re.compile(
    rf"\b(?P<n>\d{{1,2}}|{'|'.join(_WORD_NUMBERS)})[- ]signatures?\b", re.IGNORECASE
)
_PERSON = re.compile(
    r"(?:(?:Dr|Mr|Ms|Mrs|Prof|Rev|Sir|Dame|Daw|The Hon)\.? )?[A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ]\.?)*"
    r"(?: (?:[a-z]{1,3} )?[A-ZÀ-Þ][\w'’-]+){1,4}"
)
_RULE = re.compile(r"(?:/s/)?[\s_]*_{4,}[\s_]*")


# A name of a deliberative body of the public, whatever the form of its paper.
_PUBLIC = re.compile(
    r"\bBoard of (?:\w+ )?(?:Supervisors|Commissioners|Aldermen|Selectmen|Freeholders)\b"
    r"|\b(?:County|City|Town|Township|Village|Borough|District|Parish|Common|Tribal)"
    r" (?:Board|Council|Commission|Legislature|Court)\b"
    r"|\b(?:Council|Board) of the (?:City|County|Town)|\bLegislature\b|\bGeneral Assembly\b"
    r"|\bHouse of \w+|\bSenate\b|\b(?:National|European) (?:Parliament|Assembly)\b"
    r"|\bParliament of\b|\bBundestag\b|^(?:Council|Assembly|Parliament|Senate|Board)$"
)
_ADDRESS = re.compile(r"\b(?:Department|Ministry|Office|Street|Avenue|Building|Room|Floor)\b")
_SEAT = re.compile(r"(?:COUNTY|CITY|TOWN|VILLAGE|BOROUGH|STATE) OF\b", re.IGNORECASE)
_TO = re.compile(
    r"(?:to|for|memorandum for|the honou?rable|the rt hon|hon\.|president |representative |dr\.? )",
    re.IGNORECASE,
)
_TITLED = re.compile(
    r"\b(?:Director|Chair\w*|President|Vice|Secretary|Executive|Officer|Member|Trustee\w*|Counsel"
    r"|Commissioner|Supervisor|Councill?or|Mayor|Clerk|Treasurer|Advocate|Coordinator|Manager)\b"
)


class Signing(NamedTuple):
    """A name under a text, and in which capacity it stands there."""

    name: str
    capacity: str


class Told(Value):
    """What a text tells of who asks; None and empty where it does not tell.

    Args:
        deliberative: whether the body is one that adopts motions; False for a society or person.
        heading: what the matter is called by the text itself.
        signing: names and capacities under the text; `signatures` how many it says are to sign.
    """

    body: str | None
    form: Form
    deliberative: bool
    heading: str | None
    signing: tuple[Signing, ...] = ()
    signatures: int | None = None


class _Words(Value):
    body: frozenset[str]
    deliberative: frozenset[str]
    acts: frozenset[str]
    no_heading: tuple[str, ...]
    closes: frozenset[str]


@cache
def _words() -> _Words:
    raw = yaml.safe_load((DATA / "requester.yaml").read_text("utf-8"))
    return msgspec.convert(raw, _Words)


def told_of_requester(text: str, speakers: Iterable[str] = ()) -> Told:
    """Return what a text tells of the body that asks.

    The name is taken where a body acts in its own name, from the letterhead or from the
    signature; never from a clause that says to whom the paper is to be sent.

    Args:
        speakers: the words by which the text names those who ask, as the reader found them.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    seen = _form(text)
    body = _body(text, lines, seen, list(speakers))
    public = bool(body and _PUBLIC.search(body))
    society = body and not public and not re.search(r"\bmotion\b", text, re.IGNORECASE)
    form: Form = seen or ("letter" if society else "motion")
    return Told(
        body=body,
        form=form,
        deliberative=form != "letter" or public,
        heading=_heading(text, lines, body, form),
        signing=tuple(_signing(lines)),
        signatures=_counted(text),
    )


def _form(text: str) -> Form | None:
    """The form of a paper, by the words that only such a paper has; None where it has none."""
    if _MOVES.search(text) and not re.search(r"\bRESOLVED\b|\bResolved\b", text):
        return "motion"
    letter = bool(_SALUTES.search(text[: len(text) // 2 + 400]))
    acts = len(_RESOLVES.findall(text))
    if letter and acts < 3:
        return "letter"
    if acts:
        return "resolution"
    return "letter" if letter or any(_is_close(line) for line in text.splitlines()) else None


def _has(name: str, nouns: frozenset[str]) -> bool:
    return any(w.strip(",.'’s") in nouns or w.strip(",.") in nouns for w in _recased(name).split())


def _recased(words: str) -> str:
    """Words in capitals written as a name is; others as they are."""
    if not words.isupper():
        return words
    small = {"of", "the", "and", "for", "in", "on", "to"}
    return " ".join(w.lower() if w.lower() in small else w.capitalize() for w in words.split())


def _body(text: str, lines: list[str], form: Form | None, speakers: list[str]) -> str | None:
    flat = " ".join(re.sub(r"(?<=\w)-\n\s*(?=[a-z])", "", text).split())
    acting = (*_acting(text, flat), *(s for s in speakers if _has(s, _words().body)))
    many = _UNDERSIGNED.search(flat)
    signed = (
        *(m["name"] for m in _ON_BEHALF.finditer(flat)),
        *(m["name"] for m in _WE_OF.finditer(flat)),
        *([f"undersigned {many['who']}"] if many else ()),
        *(m["name"] for m in _FROM.finditer(text)),
        *(m["name"] for m in _BYLINE.finditer(text)),
    )
    own = (*signed, *_headed(lines), *_under(lines), *acting)
    for name in own if form == "letter" else (*acting, *_headed(lines), *signed, *_under(lines)):
        clean = _clean(name, lines)
        if clean and (_has(clean, _words().body) or many and name == f"undersigned {many['who']}"):
            return clean
    pointed = re.findall(r"\b(?:[Tt]his|[Tt]he) (Council|Assembly|Parliament|Senate|Board)\b", flat)
    return max(pointed, key=pointed.count) if len(pointed) > 1 else None


def _clean(name: str, lines: list[str]) -> str | None:
    """A name without article, marks and what only points at it ("this Board" names nobody); one
    word for a whole assembly is completed from the letterhead where that has it in full."""
    words = re.split(r",? (?:That|THAT|As Follows|AS FOLLOWS|I|We|It|Now)\b", name)[0]
    words = re.split(r", (?:[A-Z]\w+ing|[A-Z]+ING)\b", words)[0]
    words = re.sub(r"^.* The (?=[A-Z])|,? (?:and|of|for|the)\Z", "", words.strip(" ,.;:-–|"))
    words = re.sub(r"^(?:(?:the|this|our|said)\s+)+", "", words, flags=re.I)
    words = _recased(" ".join(words.split()))
    if len(words.split()) > 1:
        return words
    if words not in ("Senate", "Parliament", "Assembly", "Bundestag", "Legislature"):
        return None
    whole = (
        line for line in lines[:HEAD_LINES] if line.startswith(f"{words} of ") and _is_name(line)
    )
    return next(whole, words)


def _acting(text: str, flat: str) -> Iterator[str]:
    """Names before a verb by which a body acts, or after "resolved by" and "move that"."""
    verbs = "|".join(sorted(_words().acts, key=len, reverse=True))
    forms = (
        rf"(?i:resolved|ordered|enacted),? (?i:by|that) (?i:the )?(?P<name>{_NAME})",
        rf"\b(?i:move),? (?i:that) (?i:the )?(?P<name>{_NAME})",
        (
            rf"(?:^|[.;:—–-] |[Nn]ow,? therefore,? )(?:[Tt]he )?(?P<name>{_NAME}),?"
            rf" (?:(?:hereby|respectfully|further|also|strongly) )*(?:{verbs})\b"
        ),
        rf"\bThe (?P<name>{_NAME}),(?=\s+(?:[-–—]|having|recalling|A\.))",
    )
    own = rf"\b(?i:resolution|proclamation) (?i:of|by) (?i:the )?(?P<name>{_NAME})"
    yield from (m["name"] for m in re.finditer(own, text[:_HEAD_CHARS]))
    for form in forms:
        for match in re.finditer(form, flat):
            around = flat[max(0, match.start() - 90) : match.start()]
            if not _SENDS.search(around):
                yield match["name"]


def _headed(lines: list[str]) -> Iterator[str]:
    """Names in the letterhead: lines in capitals or of few words that hold a noun of a body."""
    head = lines[:HEAD_LINES]
    for n, line in enumerate(head):
        if _SALUTES.match(line) or _long(line):
            return
        if _addressed(head, n) or re.search(r"[:@]|\d{3}|\bWHEREAS\b", line):
            continue
        name = re.split(r" [-–|»&] | {3,}", line)[0].strip()
        if not _has(name, _words().body) or not _is_name(name):
            continue
        beside = [head[k] for k in (n - 1, n + 1) if 0 <= k < len(head)]
        seat = next((b for b in beside if _SEAT.match(b) and _is_name(b)), None)
        yield f"{_recased(name)}, {_recased(seat)}" if seat else name


def _addressed(head: list[str], n: int) -> bool:
    """Whether a line stands in the address of somebody written to."""
    block = head[max(0, n - 4) : n + 1]
    return any(_TO.match(line) for line in block)


def _long(line: str) -> bool:
    return len(line.split()) > 16 and not line.isupper()


def _is_name(line: str) -> bool:
    """Whether a line is a name: words with capitals, and small words between them."""
    plain = [w for w in re.split(r"[\s,]+", line) if w]
    small = {"of", "the", "and", "for", "in", "on", "de", "du", "des", "la", "without", "against"}
    capitals = all(w[:1].isupper() or w in small or w[:1] in "(&" for w in plain)
    return capitals and 1 < len(plain) <= 12 and line[-1] not in ".;"


def _under(lines: list[str]) -> Iterator[str]:
    """Names of bodies under a text: "Executive Director, Justice Beyond Borders"."""
    for line in reversed(lines[-TAIL_LINES:]):
        if _long(line) or "@" in line or _SENDS.search(line):
            continue
        if len(line.split()) > 12:
            continue
        parts = [part.rpartition(":")[2].strip() for part in line.split(",")]
        for name in (*reversed(parts), line, re.sub(r"^.*? of (?:the )?", "", line)):
            if _has(name, _words().body) and _is_name(name) and not _TITLED.search(name):
                yield name
                break


def _heading(text: str, lines: list[str], body: str | None, form: Form) -> str | None:
    """What the text calls its matter: its subject line, or a first line that is a heading."""
    subject = _RE_LINE.search(text[:4000])
    if subject:
        words = " ".join(subject["title"].split()).strip(" .")
        if 1 <= len(words.split()) <= 30 and "@" not in words:
            prefix = "Relative to " if subject[0].strip().startswith("Relat") else ""
            return _recased(f"{prefix}{words}")
    if form == "letter":
        saluted = next((n for n, line in enumerate(lines) if _SALUTES.match(line)), len(lines))
        lines = lines[saluted + 1 : saluted + 2]  # a letter's heading follows its salutation
    for line in lines[:HEAD_LINES]:
        if _SALUTES.match(line) or _long(line):
            return None
        if _is_heading(line, body):
            return line.rstrip("—–-: ")
    return None


def _is_heading(line: str, body: str | None) -> bool:
    words = line.split()
    low = line.casefold()
    if not 3 <= len(words) <= 16 or line.endswith((".", ",", ";", ":", "and", "—")):
        return False
    if line.isupper() or line[0].islower():
        return False
    if any(low.startswith(w) for w in _words().no_heading) or re.search(r"[@|]|_{2,}|\s{4,}", line):
        return False
    if re.match(r"\W*\d", line) or re.search(r"\b(?:19|20)\d\d\b.*\b\d{1,2}\b|\bNo\. ", line):
        return False
    if body and body.casefold() in low and len(words) <= len(body.split()) + 4:
        return False
    if _is_name(line) and (_has(line, _words().body) or _ADDRESS.search(line)):
        return False
    if re.search(r"\b(?:[Aa]genda|[Mm]inutes|[Dd]raft|[Mm]eeting)\b", line):
        return False
    return not _PERSON.fullmatch(line) and any(w[:1].islower() for w in words)


def _is_close(line: str) -> bool:
    return line.strip(" ,.:").casefold() in _words().closes


def _signing(lines: list[str]) -> Iterator[Signing]:
    """The names under a text: under a rule to sign on, or under the words that close a letter."""
    tail = lines[-2 * TAIL_LINES :]
    ruled = [n for n, line in enumerate(tail) if _RULE.fullmatch(line)]
    if ruled:
        for n in ruled:
            yield from _signed(tail[n + 1 : n + 3])
        return
    close = next((n for n, line in enumerate(tail) if _is_close(line)), None)
    if close is None:
        return
    after = tail[close + 1 : close + 1 + SIGNING_LINES]
    n = 0
    while n < len(after):
        found = list(_signed(after[n : n + 2]))
        yield from found
        alone = found and "," not in after[n]
        n += 2 if alone and found[0].capacity != "Member" else 1


def _signed(two: list[str]) -> Iterator[Signing]:
    """A name with its capacity, on one line or on two."""
    if not two:
        return
    first, _, rest = two[0].partition(",")
    if not _PERSON.fullmatch(first.strip()) or _TITLED.search(first):
        return
    if _has(first, _words().body):
        return
    capacity = rest.strip()
    if not capacity and len(two) > 1 and not _RULE.fullmatch(two[1]):
        below = two[1].strip()
        person = _PERSON.fullmatch(below.partition(",")[0].strip()) and not (
            _TITLED.search(below) or _has(below, _words().body)
        )
        capacity = "" if person or _long(below) or _is_close(below) else below
    yield Signing(first.strip(), capacity.rstrip(".") or "Member")


def _counted(text: str) -> int | None:
    found = _COUNTED.search(text)
    if found is None:
        return None
    words = found["n"].lower()
    return _WORD_NUMBERS.get(words) or int(words)
