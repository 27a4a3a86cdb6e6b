"""Listen: who says what in one sentence, by its verbs of saying and by the sources it names."""

import re
from functools import cache

from gravamen.claims import Stance
from gravamen.reading.grammar import Chunk, Group, Parse
from gravamen.reading.spans import Stretch
from gravamen.reading.speech import content, sources
from gravamen.reading.speech.content import Content
from gravamen.reading.speech.cues import cues
from gravamen.reading.speech.phrases import on_paper, phrase_content
from gravamen.reading.speech.said import Said
from gravamen.reading.text import Document

_TAG_OPENS = re.compile(r'[,!?]"\s*|",\s*')
_GOES_ON = re.compile(r"\b(?:and|but|that)\Z")
_REFUSES = re.compile(r"\b(?:unable|declined|refused|failed) to\b")
_BETWEEN_QUOTATIONS = re.compile(r"[^.\n]*\.? +")
_SPEAKER_CHARS = 90


def heard(document: Document, parse: Parse) -> list[Said]:
    """Return all that somebody is said to have said in a sentence."""
    listener = _Listener(document, parse)
    return [
        *sources.claims(parse),
        *(s for g in parse.groups if g.form in ("finite", "ing", "inf") for s in listener.verb(g)),
        *sources.according(parse),
        *sources.unverified(parse),
    ]


class _Listener:
    """What the verbs of one sentence hold of speech."""

    def __init__(self, document: Document, parse: Parse) -> None:
        self.document, self.parse, self.copy = document, parse, parse.copy

    def verb(self, group: Group) -> list[Said]:
        """Return the speech of a verb, nothing for a verb that is none of saying."""
        known = cues()
        if group.lemma not in _speaking():
            return []
        if group.passive:
            return sources.passive(self.parse, group)
        if group.form == "inf" and not self._reports(group):
            return []
        speaker, inverted = self._speaker(group)
        if speaker is not None and self.parse.words(speaker).lower() in sources.SELF:
            return []
        contents = self._contents(group, speaker, inverted=inverted)
        if not contents:
            return []
        relay, stance = sources.relay(self.parse, group, speaker), self._stance(group)
        return [
            Said(
                start=told.start,
                end=told.end,
                speaker=self.parse.span(speaker) if speaker else None,
                stance=told.stance or stance,
                rule=told.rule,
                why=f"{told.rule.split('.')[1].capitalize()} after the verb “{group.lemma}”.",
                relay=relay,
                inferred=group.lemma in known.inference,
                described=self._described(group, speaker),
            )
            for told in contents
        ]

    def _reports(self, group: Group) -> bool:
        """Whether an infinitive tells of speech ("has grounds to believe", "went on to say")."""
        before = self.parse.before(group)
        if before is None or before.form != "finite" or before.modal or before.negated:
            return False
        return before.lemma in cues().leading

    def _speaker(self, group: Group) -> tuple[Chunk | None, bool]:
        """Who speaks: the subject, or what follows the verb where a quotation stands before it."""
        before = self.parse.token(group.first - 1)
        second = self.parse.token(group.first - 2)
        comma = before is not None and before.word == ","
        after = self.parse.phrase(group.head + 1)
        if after:
            quoted = before and before.tag == "mark"
            if quoted or (comma and second and second.tag == "mark"):
                return sources.named(self.parse, after), True
            if comma and group.lemma in cues().inverted and self._ends_at(after.last):
                return sources.named(self.parse, after), True
        return self.parse.subject(group), False

    def _ends_at(self, i: int) -> bool:
        token = self.parse.token(i)
        return token is None or token.word in ".,;"

    def _described(self, group: Group, speaker: Chunk | None) -> Stretch | None:
        """The words around a speaker's name that say who that is."""
        if speaker is None:
            return None
        copy, (start, end) = self.copy, self.parse.span(speaker)
        head = self.parse.tokens[group.head].start
        if head <= start:
            return start, min(self.parse.end, end + 80)
        low = max(self.parse.start, start - _SPEAKER_CHARS)
        comma = copy.rfind(",", low, start)
        if comma < 0 or copy[comma + 1 : start].strip():
            return start, max(head, end)
        marks = (
            copy.rfind(",", low, comma),
            copy.rfind(";", low, start),
            copy.rfind('"', low, start),
        )
        return max(low, *(at + 1 for at in marks)), max(head, end)

    def _stance(self, group: Group) -> Stance:
        """The stance of a verb of saying: "qualifies" where it is itself negated."""
        first = self.parse.tokens[group.first].start - 14 if group.first else self.parse.start
        near = self.copy[max(0, first) : self.parse.tokens[group.head].end].lower()
        if group.negated or "neither" in near or _REFUSES.search(near):
            return "qualifies"
        return cues().clause.get(group.lemma) or cues().noun.get(group.lemma) or "affirms"

    def _contents(self, group: Group, speaker: Chunk | None, *, inverted: bool) -> list[Content]:
        """The contents of a verb of saying, the most explicit form first."""
        known = cues()
        says = group.lemma in known.clause
        if says and group.negated and group.lemma in known.silent_negated:
            return []
        if inverted and says:
            return self._before_tag(group, self.parse.tokens[group.first].start)
        i = content.after_cue(self.parse, group)
        told = self._after_verb(group, speaker, i, says=says)
        if not told and says and speaker:
            told = self._before_tag(group, self._tag_start(speaker))
            bare = content.bare_clause(self.parse, i) if not told else None
            if bare and group.lemma not in known.no_bare_clause:
                told = [Content(*bare, "speech.clause")]
        if not told:
            phrase = phrase_content(self.parse, group, speaker, i)
            told = [phrase] if phrase else []
        return told

    def _after_verb(
        self, group: Group, speaker: Chunk | None, i: int, *, says: bool
    ) -> list[Content]:
        """The clauses with "that" after a verb, or the quotation."""
        paper = group.lemma in cues().document and on_paper(self.parse, speaker)
        if not says and not paper:
            return []
        that = content.that_after(self.parse, i)
        if that is not None:
            clauses = content.that_clauses(self.parse, that)
            return [Content(*clause, "speech.clause") for clause in clauses]
        quote = content.quotation_after(self.document, self.parse, i)
        if quote and group.lemma not in cues().name:
            return [Content(quote.start, quote.end, "speech.quotation")]
        return []

    def _tag_start(self, speaker: Chunk) -> int:
        """Where a closing "its spokesman, X, said" begins: at the comma or mark before it."""
        start = self.parse.span(speaker)[0]
        low = max(0, self.parse.start - 1, start - _SPEAKER_CHARS)
        for m in _TAG_OPENS.finditer(self.copy, low, start):
            if '"' not in self.copy[m.end() : start]:
                return m.end()
        return start

    def _before_tag(self, group: Group, start: int) -> list[Content]:
        """The words before ", X said" and the quotation that goes on after it."""
        stretch = content.before_tag(self.document, self.parse, start)
        if stretch is None:
            return []
        first, last = stretch
        quoted = self.copy[last : last + 1] in ('"', "»") or self.copy[max(0, first - 1)] in '"«'
        rule = "speech.quotation" if quoted else "speech.tag"
        out = [self._parenthetic(group, stretch) or Content(first, last, rule)]
        rest = self._going_on(group) if quoted else None
        return [*out, Content(*rest, "speech.quotation")] if rest else out

    def _parenthetic(self, group: Group, before: Stretch) -> Content | None:
        """Of "A and, X says, B" the part B."""
        comma = self.parse.token(group.head + 1)
        if comma is None or comma.word != "," or not _GOES_ON.search(self.copy, *before):
            return None
        return Content(comma.end, content.stop(self.parse, comma.end), "speech.tag")

    def _going_on(self, group: Group) -> Stretch | None:
        """The quotation that follows the tag, in this sentence or right after it."""
        head = self.parse.tokens[group.head].end
        quotation = self.document.quotations.after(head)
        if quotation is None or quotation.depth > 1 or quotation.start - head > 80:
            return None
        inside = quotation.start <= self.parse.end
        if inside or _BETWEEN_QUOTATIONS.fullmatch(self.copy, head, quotation.start - 1):
            return quotation.start, quotation.end
        return None


@cache
def _speaking() -> frozenset[str]:
    """The verbs that can tell of speech."""
    known = cues()
    return frozenset(["put", "speak", "have"]).union(
        known.clause, known.noun, known.blame, known.name, known.document
    )
