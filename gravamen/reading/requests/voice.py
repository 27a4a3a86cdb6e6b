"""Voice: whether what is asked in a sentence is asked now, and by those whose text it is.

A motion or a letter tells of the asks of others and of its own earlier ones; they are history.
A report or a news story has no asks of its own: there, what it relays is what is asked.
"""

import re
from collections.abc import Sequence

from gravamen.reading.grammar import Chunk, Group, Parse
from gravamen.reading.requests.measures import asking
from gravamen.reading.spans import Proposals
from gravamen.reading.text import Document, Paragraph

_MOVES = re.compile(
    r"\b(?:I|We|WE),? (?:(?:hereby|therefore|THEREFORE|HEREBY),? )*(?:move|MOVE)\b"
    r"|\b(?:This|The) (?:[A-Z]\w+ ){1,3}(?:therefore |hereby )?resolves\b"
    r"|\b[Tt]he undersigned (?:\w+ ){0,3}?(?:propose|move|urge|call|ask|request)\b"
    r"|^ *That (?:the|this) (?:Senate|House|Assembly|Council|Parliament|Board)\b *(?:[:-]|$)",
    re.MULTILINE,
)
_OPERATES = re.compile(
    r"(?:(?:Strongly|Further|Also|Again|strongly|further|also|again) )?"
    r"(?P<verb>[A-Za-z]+s) (?:(?:on|upon|for|again|once) |the |that |its |to |all |[A-Z])"
)
_SALUTATION = re.compile(
    r"^ *(?:Dear\b|DEAR\b|Your Excellency|Excellency|To [Ww]hom [Ii]t [Mm]ay|Sirs?,|Madam,)", re.M
)
_FIRST_PERSON = re.compile(
    r"\b(?:We|I|we)(?:,? (?:the undersigned|therefore|respectfully|hereby|also|urgently|strongly"
    r"|further|now|would|jointly|again|formally)\b,?)* (?:urge|ask|call (?:on|upon|for)|request"
    r"|demand|recommend|appeal|implore|petition|respectfully)\b"
)
_OWN = re.compile(
    r"(?:I|we|us|(?:the |this |these |our |said )?(?:(?:undersigned|[a-z-]+) )?(?:undersigned"
    r"|signatories|motion|resolution|letter|petition|memorial|statement|memorandum|submission"
    r"|board|council|assembly|parliament|legislature|senate|house|chamber|synod|county|city|town"
    r"|borough|association|coalition|network|federation|society|league|organi[sz]ations?|members"
    r"|community|residents|committee|conference|congress|commission|panel|union|state))\Z",
    re.IGNORECASE,
)
_OTHERS = ("he", "she", "they", "you", "it", "who", "which", "him", "them", "some", "others")
_REJECTS = re.compile(
    r"(?:But )?(?:We|I|This \w+|The (?:Board|Council|Assembly|Parliament|undersigned)) (?:\w+ )?"
    r"(?:disagree|reject|oppose|do not (?:agree|share|support|join|believe)|cannot (?:agree|join"
    r"|support|share)|dissent|dispute)"
)
_SAYING = re.compile(
    r"\A(?:Some|Others|Many|Several|Critics|Opponents|A few|Certain)\b[^.]{0,40}?\b(?:say|says"
    r"|argue|think|believe|claim|want|suggest|insist|urge|ask|demand)\b"
)
_HEADER = re.compile(
    r"(?:Subject|SUBJECT|From|FROM|To|TO|Cc|CC|Bcc|BCC|Date|DATE|Sent|Reply-To|Message-ID"
    r"|MIME-Version|Content-[\w-]+|X-[\w-]+|Re|RE|Ref|Attachments?):(?= )|>|\|?[^|]{1,60} \| "
)
_ABLE = re.compile(
    r"\b(?:Secretary|President|Congress|Minister|Government|Administration|Council|Commission"
    r"|Treasury|Department|Parliament|Senate|House|you)\b"
)
_PAST_AUX = ("was", "were", "did", "had", "been")
_ACTS = ("resolve", "move", "order", "enact", "decide", "propose", "agree", "declare", "proclaim")
_HEAD_LINES = 12
_TAIL_LINES = 12


class Voice:
    """Which asks of a document count: all of a report's, the present ones of a body's own text."""

    def __init__(self, document: Document, found: Proposals, parses: Sequence[Parse]) -> None:
        self.document, self.found, self.parses = document, found, parses
        self.acts = self._acting()
        self.own = self.acts is not None or self._writes()
        self.ends = self._ends()

    def _ends(self) -> str:
        """The titles and headings that begin and the short lines that end the document."""
        paragraphs = self.document.paragraphs
        head = [p for p in paragraphs[:_HEAD_LINES] if p.end <= self.document.head]
        tail = [p for p in paragraphs[-_TAIL_LINES:] if p.kind == "heading"]
        return " ".join(self.document.copy[p.start : p.end] for p in (*head, *tail))

    def _acting(self) -> int | None:
        """Where the part begins in which a motion or resolution acts; None where none does."""
        starts = [p.start for p in self.document.paragraphs if p.kind == "resolved"][:1]
        m = _MOVES.search(self.document.copy)
        if m:
            starts.append(m.start())
        items = [p for p in self.document.paragraphs if p.number and self._operates(p)]
        if len(items) > 1:
            starts.append(items[0].start)
        return min(starts, default=None)

    def _operates(self, paragraph: Paragraph) -> bool:
        m = _OPERATES.match(self.document.copy, paragraph.body, paragraph.end)
        return m is not None and m["verb"].lower() in asking().operative

    def _writes(self) -> bool:
        """Whether the text is a letter, or asks in the first person outside quotations."""
        copy = self.document.copy
        if _SALUTATION.search(copy, 0, 8000):
            return True
        asks = _FIRST_PERSON.finditer(copy)
        return any(self.document.quotations.at(m.start()) is None for m in asks)

    def silent(self, number: int) -> bool:
        """Whether nothing is asked in a sentence, whatever it says: a recital, a header line."""
        parse = self.parses[number]
        paragraph = self.document.paragraphs[self.document.sentences[number].paragraph]
        if paragraph.kind == "whereas":
            return True
        if _HEADER.match(self.document.copy, paragraph.start, paragraph.end):
            return True
        return self.acts is not None and parse.start < self.acts and not self._contains(paragraph)

    def _contains(self, paragraph: Paragraph) -> bool:
        return self.acts is not None and paragraph.start <= self.acts < paragraph.end

    def rejected(self, number: int) -> bool:
        """Whether the text goes on to say that it does not share what a sentence tells."""
        if number + 1 >= len(self.parses):
            return False
        parse, after = self.parses[number], self.parses[number + 1]
        if not _REJECTS.match(self.document.copy, after.start, after.end):
            return False
        said = _SAYING.search(self.document.copy[parse.start : parse.end])
        return said is not None or self._told_by(parse.start, parse.end)

    def _told_by(self, start: int, end: int) -> bool:
        """Whether somebody else says what stands in a stretch."""
        place = self.document.place(start, end)
        around = self.found.attributions.overlapping(place.start, place.end)
        return any(not self.is_own(a.speaker or "") for a in around)

    def is_own(self, words: str) -> bool:
        """Whether words name those whose text it is."""
        bare = re.sub(r"^(?:the|this|our) ", "", words.strip(" ,"), flags=re.IGNORECASE)
        if not bare or _OWN.match(words.strip(" ,")):
            return True
        return len(bare) > 3 and bare[0].isupper() and bare in self.ends

    def hears(self, parse: Parse, group: Group) -> bool:
        """Whether an ask by a verb counts: in a body's own text only its own, and only now."""
        paragraph = self.document.paragraph(parse.start)
        heading = paragraph.kind in ("title", "heading")
        if heading and group.form == "ing" and group.first == 0:
            return False
        if not self.own:
            return True
        finite = self._finite(parse, group)
        if self._negates(parse, group):
            return False
        if finite is None:
            return not (heading and group.form in ("ing", "part"))
        subject = parse.subject(finite)
        words = parse.words(subject)
        first = words.lower() in ("i", "we")
        if heading and parse.tokens[finite.head].form == "base" and not first:
            return False
        question = parse.copy.endswith("?", parse.start, parse.end)
        if question and group.form == "inf":  # "would it be too much to ask X to ..."
            return True
        if finite.modal in ("would", "could", "may", "might") and not first:
            return False
        if self._past(parse, finite) and not (first and finite is not group):
            return False
        return subject is None or self._speaks(parse, finite, subject)

    def _finite(self, parse: Parse, group: Group) -> Group | None:
        """The finite verb on which a verb of asking depends, itself where it is finite."""
        at: Group | None = group
        while at is not None and at.form in ("inf", "ing", "part"):
            if at.form == "part" and parse.tokens[at.head].form == "past":
                return at
            at = parse.before(at)
        return at

    def _negates(self, parse: Parse, group: Group) -> bool:
        """Whether a verb of asking depends on one that denies it ("decline to ask")."""
        before = parse.before(group) if group.form in ("inf", "ing") else None
        if before is None:
            return False
        return before.negated or before.lemma in asking().refraining | asking().opposing

    def _past(self, parse: Parse, group: Group) -> bool:
        tokens = parse.tokens[group.first : group.head + 1]
        if group.perfect or any(t.low in _PAST_AUX for t in tokens[:-1]):
            return True
        return tokens[-1].form == "past" and not group.passive and group.modal is None

    def _speaks(self, parse: Parse, group: Group, subject: Chunk) -> bool:
        """Whether the subject of a verb of asking speaks for the text."""
        words = parse.words(subject)
        first = parse.tokens[subject.first].low
        if first in _OTHERS:
            return False
        if self.is_own(words) or self._told_to_ask(parse, group):
            return True
        if self.acts is None:
            return False
        before = parse.before(group)
        if before is None or before.lemma in _ACTS or before.form not in ("finite", "part"):
            return True
        return not self._that_between(before, parse)

    def _told_to_ask(self, parse: Parse, group: Group) -> bool:
        """Whether somebody is told to ask in his turn ("that the Minister ask Tarn to ...")."""
        before = parse.before(group)
        asks = before is not None and before.lemma in asking().ask
        return asks and group.form == "finite" and parse.tokens[group.head].form == "base"

    def _that_between(self, before: Group, parse: Parse) -> bool:
        after = parse.tokens[before.head + 1 : before.head + 3]
        return any(t.low == "that" for t in after)

    def renews(self, parse: Parse, noun: int) -> bool:
        """Whether a noun of asking is one that is made here ("reiterates its call on X to")."""
        before = [g for g in parse.groups if g.head < noun]
        if not before or before[-1].lemma not in asking().renewing:
            return False
        return self.hears(parse, before[-1])

    def wishes(self, parse: Parse, group: Group, subject: Chunk) -> bool:
        """Whether a "should" or "must" is the text's own, or that of somebody a report quotes."""
        first = parse.words(subject).lower()
        if not self.own:
            return True
        if first in ("i", "we"):
            return False
        token = parse.tokens[group.head]
        place = self.document.place(token.start, token.end)
        around = self.found.attributions.overlapping(place.start, place.end)
        return all(self.is_own(a.speaker or "") for a in around)

    def could(self, parse: Parse, group: Group) -> bool:
        """Whether a "could" says what the writers want of an office ("the President could bar")."""
        if group.modal != "could" or not self.own or group.negated:
            return False
        return _ABLE.search(parse.words(parse.subject(group))) is not None
