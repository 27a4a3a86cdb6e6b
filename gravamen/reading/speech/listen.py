"""Listen: who says what in one sentence, by its verbs of saying and by the sources it names."""

import re
from functools import cache

from gravamen.claims import Stance
from gravamen.reading.acts import whole
from gravamen.reading.acts.roles import shares_passive
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
_WISHES = ("must", "should", "may", "might", "can", "cannot", "could", "to")
# Verbs that mean something else with what follows: "points to", "held in", "answered for".
_WITH_LINK = ("hold", "see", "find", "establish", "determine", "show", "see")


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
        link = self.parse.token(group.first - 1)
        if link and link.low in ("and", "or") and shares_passive(self.parse, group):
            return []
        if group.form == "inf" and not self._reports(group):
            return []
        speaker, inverted = self._speaker(group)
        if speaker is not None and self.parse.words(speaker).lower() in sources.SELF:
            return []
        contents = self._contents(group, speaker, inverted=inverted)
        if not contents or (speaker is None and self._of_text(group)):
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

    def _of_text(self, group: Group) -> bool:
        """Whether the text itself speaks: "Holds that", a verb that opens its sentence."""
        return group.first == 0 and group.form == "finite"

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
        chunk = self._unbracketed(self._denier(group) or self.parse.subject(group))
        if chunk is None:
            return None, False
        chunk = whole.after_that(self.parse, chunk)
        return whole.described(self.parse, group, chunk, ("who", "which")), False

    def _denier(self, group: Group) -> Chunk | None:
        """Of "X said that A had died and rejected B" the X, who goes on."""
        link = self.parse.token(group.first - 1)
        goes_on = link is not None and link.low in ("and", "but")
        if not goes_on or cues().noun.get(group.lemma) != "denies" or group.passive:
            return None
        before = (g for g in self.parse.groups if g.head < group.first)
        says = next((g for g in before if g.lemma in cues().clause and not g.passive), None)
        return self.parse.subject(says) if says and says.form == "finite" else None

    def _unbracketed(self, chunk: Chunk | None) -> Chunk | None:
        """Of "most of them (61 of 92) said" most of them, where a bracket was taken."""
        if chunk is None or self.parse.tokens[chunk.last - 1].word != ")":
            return chunk
        for i in range(chunk.last - 2, max(-1, chunk.last - 10), -1):
            if self.parse.tokens[i].word == "(":
                return self._before_bracket(i) if i <= chunk.first else chunk
        return chunk

    def _before_bracket(self, i: int) -> Chunk | None:
        """The noun phrase before a bracket, with the participle that may end it."""
        verb = next((g for g in self.parse.groups if g.head == i - 1), None)
        if verb is None:
            return self.parse.phrase_before(i)
        subject = self.parse.subject(verb)
        return Chunk(subject.first, i) if subject else None

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
            if self._closes(group):
                told = self._before_tag(group, self._tag_start(speaker))
            bare = content.bare_clause(self.parse, i) if not told else None
            if bare and group.lemma not in known.no_bare_clause:
                told = [Content(*bare, "speech.clause")]
        if not told:
            phrase = phrase_content(self.parse, group, speaker, i)
            told = [self._quoted(phrase)] if phrase else []
        return told

    def _quoted(self, phrase: Content) -> Content:
        """Of what a paper "orders units to" the words that are quoted, where it ends in them."""
        words = self.copy[phrase.start : phrase.end].rstrip(" .,")
        if phrase.rule != "speech.paper" or words.count('"') != 2 or not words.endswith('"'):
            return phrase
        start = phrase.start + words.index('"') + 1
        return phrase._replace(start=start, end=phrase.start + len(words) - 1)

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
        after = content.listed(self.parse, group) if says else None
        if after:
            return [Content(*after, "speech.clause")]
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

    def _closes(self, group: Group) -> bool:
        """Whether nothing but adverbials or an addressee follows a verb: it then tags what stands
        before it; "declared its independence" has its own object."""
        if group.form != "finite" or group.modal in _WISHES:
            return False
        i = group.head + 1
        while (token := self.parse.token(i)) and token.tag == "adv":
            i += 1
        told = self.parse.phrase(i) if group.lemma in cues().told_somebody else None
        token = self.parse.token(told.last if told else i)
        if token is None or token.tag in ("punct", "mark", "conj"):
            return True
        if token.tag in ("prep", "to", "sub"):
            return group.lemma not in _WITH_LINK
        return self._when(i)

    def _when(self, i: int) -> bool:
        """Whether the words at a token only say when: "said last week", "said Friday"."""
        chunk = self.parse.phrase(i, joined=False)
        last = self.parse.token(chunk.last - 1) if chunk else None
        return last is not None and last.low in cues().times

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
