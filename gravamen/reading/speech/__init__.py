"""Speech: who says what: contents with their speaker, relay, stance and basis."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from gravamen.claims import Stance
from gravamen.reading.acts.words import act_spoken
from gravamen.reading.grammar import Parse
from gravamen.reading.proposal import AttributionFound
from gravamen.reading.spans import Proposals, Stretch
from gravamen.reading.speech.cues import Voice, cues, first_person, mode, voice
from gravamen.reading.speech.listen import heard
from gravamen.reading.speech.said import Said, proposal, trimmed
from gravamen.reading.speech.scene import Scene, tells
from gravamen.reading.text import QUOTATION_CHARS, Document, Turn

_PRONOUNS = frozenset(["he", "she", "they", "him", "her", "them", "who"])
_NOT_TRUE = re.compile(
    r"(?:That|This|It|Those|These|Such)(?: \w+){0,3}? (?:is|are|was|were) "
    r"(?:not true|not correct|not the case|false|untrue|a lie|lies|wrong|baseless|nonsense"
    r"|unfounded|fabricated|incorrect|categorically false)\b"
    r"|(?:No such|Nothing of the (?:kind|sort)) "
)
_DENYING = re.compile(
    r"(?:No|None|Nothing|Neither|Never|Nobody|At no)\b|\bnever\b|\b(?:did|do|does|have|has"
    r"|had|was|were|is|are) not\b|, not \w+\.?\Z"
)
_DENIES = re.compile(r"(?:No|None|Nothing|Nobody|Neither|At no)\b")
_CONTRARY = re.compile(r"(?:On the contrary|Rather|In fact|In reality|Instead)\b")
_NEGATIVE = re.compile(
    r"(?:there (?:was|were|are|is|has been|have been) )?(?:no|none|nobody|neither|nothing)\b"
    r"|no one\b|not (?:one|a single)\b",
    re.IGNORECASE,
)
_ONLY = re.compile(
    r"\b(?:holds?|held|targets?|targeted|strikes?|struck|attacks?|attacked|detains?|detained"
    r"|fires?|fired|uses?|used) only\b(?! (?:after|when|once|because|in))"
)
_NONE_GOT = re.compile(
    r"\b(?:received|had|has|have|found|seen|got) no (?!evidence|proof|knowledge|information"
    r"|access|food|lawyer|water|choice)\w+"
)
_NO_EVIDENCE = re.compile(r"\b(?:no|any) (?:\w+ )?(?:evidence|proof|indication|knowledge)\b")
_NEXT_VERB = re.compile(r", and (?=\w+ed\b|laid\b)")
_NO = re.compile(r"No,")
_SILENT = re.compile(r"\b(?:did|do|does|would|could|has|had|have) not (?:yet )?(\w+)")
_SHORT_FORM = re.compile(
    r"(?P<long>(?:\b[A-Z][\w'-]+ (?:(?:of|for|the|and|on) )*){2,7})"
    r"\((?:the )?\"?(?P<short>[A-Z]{2,8})\"?\)"
)
_OPENING_CHARS = 60


def attributions(
    document: Document, found: Proposals, parses: Sequence[Parse]
) -> list[AttributionFound]:
    """Return what the text says that somebody said, one proposal for each content and speaker.

    Args:
        parses: the parse of each sentence of the document, in order.
    """
    said = _Ear(document, found, parses).all()
    made = (proposal(s, document) for s in said)
    return list(dict.fromkeys(p for p in made if p is not None))


class _Ear:
    """One pass over a document, with what is remembered from one sentence to the next."""

    def __init__(self, document: Document, found: Proposals, parses: Sequence[Parse]) -> None:
        self.document, self.found, self.parses = document, found, parses
        self.copy = document.copy
        self.scene = Scene(document)
        self.voices: dict[str, Voice] = dict(_short_forms(document.copy))
        self.last: Voice | None = None

    def all(self) -> list[Said]:
        """Return all that is said, in the order of the sentences, testimony last."""
        out: list[Said] = []
        for number, parse in enumerate(self.parses):
            told = [s for s in heard(self.document, parse) if s.end - s.start > 2]
            told = self._settled(_distinct(self._once(told), self.copy))
            out += told or self._unspoken(number, parse, out[-1] if out else None)
        return [*out, *self._testimony(out)]

    def _once(self, told: list[Said]) -> list[Said]:
        """Drop what "he" is said to have, in the very words that are given to him: "X said that
        she had no proof" is said once."""
        return [s for s in told if self._after_that(s) or not self._of_outer(s, told)]

    def _after_that(self, said: Said) -> bool:
        return self.copy[max(0, said.start - 5) : said.start].strip() == "that"

    def _of_outer(self, said: Said, told: list[Said]) -> bool:
        if said.speaker is None or self.copy[slice(*said.speaker)].lower() not in _PRONOUNS | {
            "it"
        }:
            return False
        outer = _outer(said, told)
        return outer is not None and not self.copy[outer.start : said.speaker[0]].strip(" ,\"'")

    def _settled(self, told: list[Said]) -> list[Said]:
        """Give each content its relay by nesting, its mode and its stance by who speaks."""
        out = []
        for heard_said in told:
            said = heard_said._replace(speaker=self._undated(heard_said.speaker))
            outer = _outer(said, told)
            relay = said.relay or (outer.speaker if outer else None) or self._standing(said)
            relay = relay if relay != said.speaker else None
            kind, official = self._voice(said), self._official(said)
            own = said.rule == "speech.quotation" and first_person(self.copy[said.start : said.end])
            relayed = relay is not None and self.scene.narrator(said.start) == relay
            basis = mode(kind, inferred=said.inferred, official=official, own=own, relayed=relayed)
            stance = self._stance(said, state=kind == "state" or (kind is None and official))
            out.append(said._replace(relay=relay, stance=stance, mode=basis))
        return out

    def _undated(self, speaker: Stretch | None) -> Stretch | None:
        """A speaker without the date that was taken for part of the name."""
        if speaker is None:
            return None
        place = self.document.place(*speaker)
        for found in self.found.dates.overlapping(place.start, place.end):
            rest = place.end - found.end
            if found.start <= place.start and rest > 2:
                return speaker[1] - rest + 1, speaker[1]
        return speaker

    def _standing(self, said: Said) -> Stretch | None:
        """The relay that the scene gives: who holds the floor, where somebody else is quoted."""
        if not said.speaker:
            return None
        turn = self.scene.turn(said.start)
        return self.scene.label(turn) if turn else self.scene.deponent

    def _voice(self, said: Said) -> Voice | None:
        """What kind of voice speaks, by its words or by what was said of the same name before."""
        if said.speaker is None:
            return None
        words = self.copy[slice(*said.speaker)]
        if words.lower() in _PRONOUNS:
            return self.last
        described = self.copy[slice(*said.described)] if said.described else ""
        names = [w for w in words.split() if w[:1].isupper()]
        before = (self.voices[n] for n in reversed(names) if n in self.voices)
        kind = voice(words) or next(before, None) or voice(described)
        if kind and names:
            self.voices[names[-1]] = kind
        self.last = kind
        return kind

    def _official(self, said: Said) -> bool:
        """Whether the speaker is named as a state, office or unit."""
        if said.speaker is None:
            return False
        words = self.copy[slice(*said.speaker)]
        place = self.document.place(*said.speaker)
        return (words.isupper() and voice(words) is None) or any(
            p.type in ("state", "office", "unit")
            for p in self.found.parties.overlapping(place.start, place.end)
            if p.end - p.start > (place.end - place.start) / 2
        )

    def _stance(self, said: Said, *, state: bool) -> Stance:
        """The stance of a content, whose own words may deny where a state speaks."""
        opening = self.copy[said.start : min(said.end, said.start + _OPENING_CHARS)]
        if said.stance != "affirms":
            return said.stance
        if _NO_EVIDENCE.search(opening):
            return "qualifies"
        return "denies" if state and self._negative(said) else "affirms"

    def _negative(self, said: Said) -> bool:
        """Whether a content says of itself that something did not happen."""
        content = self.copy[said.start : said.end].lstrip(" ,\"'")
        opening = content[:_OPENING_CHARS]
        if _NEGATIVE.match(content) or _ONLY.search(opening) or _NONE_GOT.search(opening):
            return True
        inner = Parse(self.copy, said.start, min(said.end, said.start + 300))
        first = next((g for g in inner.groups if g.form == "finite"), None)
        return first is not None and first.negated and first.lemma not in cues().lacking

    def _unspoken(self, number: int, parse: Parse, previous: Said | None) -> list[Said]:
        """A sentence without a cue that still belongs to a speaker: an answer, a denial that goes
        on."""
        text = self.copy[parse.start : parse.end]
        turn = self.scene.turn(parse.start)
        if turn and previous and _NOT_TRUE.match(text) and not self.scene.asks(turn):
            return [_contradicted(previous, self.scene.label(turn))]
        contrary = _CONTRARY.match(text)
        speaker = self._speaks_on(number, parse, text, previous)
        if speaker is None:
            return []
        if self._keeps_silent(parse):
            return []
        denies = bool(_DENIES.match(text) or _NOT_TRUE.match(text))
        if self.scene.author and previous and previous.speaker and contrary:
            speaker = previous.speaker
        cut = _NEXT_VERB.search(text)
        start = parse.start + (contrary.end() if contrary else 0)
        end = parse.start + (cut.start() if cut else len(text))
        return [
            Said(
                start=start,
                end=max(end, start + 1),
                speaker=speaker,
                stance="denies" if denies else "affirms",
                rule="speech.goes-on",
                why="The denial before it goes on.",
                mode="official" if self.last != "witnessed" else "witnessed",
            )
        ]

    def _keeps_silent(self, parse: Parse) -> bool:
        """Whether a sentence says that somebody did not say: "He did not say when"."""
        m = _SILENT.search(parse.copy, parse.start, parse.end)
        return m is not None and m[1].lower() in cues().silent_negated

    def _speaks_on(
        self, number: int, parse: Parse, text: str, previous: Said | None
    ) -> Stretch | None:
        """Who goes on with a denial: the last speaker, or the author of a statement."""
        paragraph = self.document.sentences[number].paragraph
        contrary = _CONTRARY.match(text)
        if (
            previous
            and previous.stance == "denies"
            and previous.speaker
            and self.document.sentence(previous.end).paragraph == paragraph
        ):
            return previous.speaker if contrary or _DENYING.search(text) else None
        opposed = contrary or _NOT_TRUE.match(text)
        return self.scene.author if opposed and parse.groups else None

    def _testimony(self, before: list[Said]) -> Iterator[Said]:
        """What the speaker of a turn tells in the first person, sentence by sentence."""
        spoken = sorted((s.start, s.end) for s in before)
        for turn in self.document.turns:
            if not self.scene.asks(turn):
                yield from self._told(turn, spoken)

    def _told(self, turn: Turn, spoken: list[Stretch]) -> Iterator[Said]:
        sentences = self.document.sentences
        first, last = sentences.index_at(turn.start), sentences.index_at(turn.end - 1)
        run: Stretch | None = None
        for parse in self.parses[max(first, 0) : last + 1]:
            if _is_spoken(spoken, parse):
                continue
            if run and (not parse.groups or _NO.match(self.copy, parse.start)):
                run = (run[0], parse.end)
                continue
            if run:
                yield self._witness(run, turn)
            counts = tells(parse) and (self._counts(parse) or act_spoken(parse))
            run = (parse.start, parse.end) if counts else None
        if run:
            yield self._witness(run, turn)

    def _counts(self, parse: Parse) -> bool:
        """Whether a sentence counts people or things."""
        place = self.document.place(parse.start, parse.end)
        return bool(self.found.quantities.within(place.start, place.end))

    def _witness(self, run: Stretch, turn: Turn) -> Said:
        kind = voice(turn.label.title())
        return Said(
            start=run[0],
            end=run[1],
            speaker=self.scene.label(turn),
            stance="affirms",
            rule="speech.turn",
            why="The speaker of this turn tells it.",
            mode="official" if kind in ("state", "inquiry") else "witnessed",
        )


def _short_forms(copy: str) -> Iterator[tuple[str, Voice]]:
    """The voices of short forms, by the words that they stand for: "the Ministry of War (MOW)"."""
    for m in _SHORT_FORM.finditer(copy):
        kind = voice(m["long"])
        if kind:
            yield m["short"], kind


def _contradicted(previous: Said, speaker: Stretch) -> Said:
    return previous._replace(
        speaker=speaker,
        relay=None,
        stance="denies",
        mode="witnessed",
        rule="speech.contradiction",
        why="The next speaker says that it is not so.",
    )


def _is_spoken(spoken: list[Stretch], parse: Parse) -> bool:
    """Whether something that was said stands in a sentence or reaches into it."""
    low = bisect_left(spoken, (parse.start - QUOTATION_CHARS, 0))
    high = bisect_left(spoken, (parse.end, 0))
    return any(end > parse.start for _, end in spoken[low:high])


def _distinct(told: list[Said], copy: str) -> list[Said]:
    """Drop what is told twice: the same words by the same speaker, and a loose reading of words
    that a stricter rule has read."""
    out: list[Said] = []
    for said in told:
        stretch = trimmed(copy, said.start, said.end)
        twin = any(
            o.speaker == said.speaker and _overlap(trimmed(copy, o.start, o.end), stretch) > 0.8
            for o in out
        )
        if not twin:
            out.append(said)
    return out


def _overlap(one: Stretch, other: Stretch) -> float:
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return max(0, shared) / max(1, max(one[1], other[1]) - min(one[0], other[0]))


def _outer(said: Said, told: list[Said]) -> Said | None:
    """The smallest other content of the sentence that holds this one with its speaker."""
    if said.speaker is None:
        return None
    at = said.speaker[0]
    around = [
        o
        for o in told
        if o is not said and o.start <= said.start and said.end <= o.end and o.start <= at < o.end
    ]
    return min(around, key=lambda o: o.end - o.start, default=None)
