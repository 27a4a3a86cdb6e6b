"""Acts: what is said to have been done, by whom, to whom, as the text puts it."""

import re
from collections.abc import Iterator, Sequence

from gravamen.reading.acts.modality import hedged, modality
from gravamen.reading.acts.roles import Cast, cast_of, cast_of_noun, is_pronoun
from gravamen.reading.acts.words import Spoken, acts, spoken
from gravamen.reading.grammar import Group, Parse
from gravamen.reading.proposal import AllegationFound, AttributionFound
from gravamen.reading.spans import Proposals, Stretch
from gravamen.reading.text import Document

_LIST = re.compile(
    r",? (?:and|or|and other|or other) (?:\w+ )?|, (?:\w+ )?"
    r"|\s*(?:,|and|or|,\s*and)\s+(?:[\w-]+ ){0,2}?"
)
_LIST_CHARS = 40
_PLACE = re.compile(
    r"\b(?:in|at|near|outside|inside|around|from|across|to|into|on) (?=(?:the |a |an |my "
    r"|his |her |their |our |its |[A-Z]))"
)
_WHERE = re.compile(
    r"\b(?:village|town|city|prison|camp|cell|cellar|yard|square|street|school|hospital|home"
    r"|house|bridge|road|valley|district|province|region|barracks|station|centre|center"
    r"|building|corridor|border|river|airport|church|mosque|market|container|base|enclave"
    r"|facility|colony)s?\b"
)
_CULPRITS = re.compile(
    r"\b(?:suspects?|culprits?|perpetrators?|those responsible|property and interests)\b"
)
_SANCTIONED_FOR = re.compile(r"\bfor (?:(?:the|their|its|his|her) )?(?:[\w-]+ ){0,3}\Z")
_RESULT = re.compile(
    r"\b(?:resulting in|leading to|causing|followed by|including) (?:the |a )?(?:\w+ ){0,2}\Z"
)


def allegations(
    document: Document, found: Proposals, parses: Sequence[Parse]
) -> list[AllegationFound]:
    """Return the acts that a text speaks of, one proposal for each, with their modality.

    Args:
        found: with the attributions and requests already in it.
        parses: the parse of each sentence of the document, in order.
    """
    return [a for parse in parses for a in _Reader(document, found, parse).all()]


class _Reader:
    """The acts of one sentence."""

    def __init__(self, document: Document, found: Proposals, parse: Parse) -> None:
        self.document, self.found, self.parse = document, found, parse
        self.copy = parse.copy
        self.spoken = spoken(parse)
        self.kept: list[tuple[Spoken, Cast]] = []

    def all(self) -> Iterator[AllegationFound]:
        """Yield the allegations, in order."""
        for one in self.spoken:
            if self._inside_name(one) or self._in_heading(one):
                continue
            cast = self._noun(one) if one.roles == "noun" else self._verb(one)
            if cast is not None:
                self.kept.append((one, cast))
                yield self._proposal(one, cast)

    def _inside_name(self, one: Spoken) -> bool:
        """Whether the word stands in the name of a law, an office or a facility."""
        place = self.document.place(one.start, one.end)
        inside = (
            *self.found.laws.overlapping(place.start, place.end),
            *self.found.names.overlapping(place.start, place.end),
        )
        return any(p.start <= place.start and place.end <= p.end for p in inside)

    def _in_heading(self, one: Spoken) -> bool:
        """Whether a noun stands in a heading, which names its subject and tells no act."""
        kind = self.document.paragraph(one.start).kind
        return kind in ("title", "heading") and one.roles == "noun"

    def _verb(self, one: Spoken) -> Cast | None:
        """The roles of an act that a verb tells; None for a verb that tells no act here."""
        cast = cast_of(one, self.parse)
        if one.group is None:
            return cast
        adjective = self.parse.adjectival(one.group.head) and not one.group.passive
        if (adjective and not self._counted(one)) or self._of_culprits(one):
            return None
        nobody = cast == Cast() and one.group.form in ("ing", "inf", "part")
        return None if nobody else cast

    def _counted(self, one: Spoken) -> bool:
        """Whether an adjective of an act stands after a number ("583,000 displaced persons")."""
        before = self.parse.token(self.parse.index_at(one.start) - 1)
        return before is not None and before.tag == "num"

    def _of_culprits(self, one: Spoken) -> bool:
        """Whether the police arrest those who did it."""
        if one.act not in ("arrest", "detention", "prosecution"):
            return False
        return bool(_CULPRITS.search(self.copy, self.parse.start, self.parse.end))

    def _noun(self, one: Spoken) -> Cast | None:
        """The roles of an act that a noun tells; None where it is only mentioned."""
        first, last = self._list(one)
        cast = cast_of_noun(one, self.parse, last)
        sanctioned = self._sanctioned(first)
        if sanctioned:
            return Cast(cast.perpetrator or sanctioned, cast.victim)
        if self._in_request(one) or self._mentioned(first):
            return None
        governor = self._governor(first)
        if governor:
            return self._governed(cast, governor)
        if cast.victim and self._is_group(cast.victim):
            return Cast(cast.perpetrator or self._result(first), cast.victim)
        return cast if cast.perpetrator and one.act not in ("attack", "blockade") else None

    def _list(self, one: Spoken) -> Stretch:
        """Where the list of nouns of acts begins and ends that a noun stands in."""
        nouns = [o for o in self.spoken if o.roles == "noun"]
        first = last = nouns.index(one)
        while first > 0 and self._joined(nouns[first - 1], nouns[first]):
            first -= 1
        while last + 1 < len(nouns) and self._joined(nouns[last], nouns[last + 1]):
            last += 1
        return nouns[first].start, nouns[last].end

    def _joined(self, one: Spoken, other: Spoken) -> bool:
        near = other.start - one.end < _LIST_CHARS
        return near and bool(_LIST.fullmatch(self.copy, one.end, other.start))

    def _sanctioned(self, first: int) -> Stretch | None:
        """Of "sanctions on X for torture" the X."""
        if not _SANCTIONED_FOR.search(self.copy[max(self.parse.start, first - 60) : first]):
            return None
        before = self.document.place(first, first + 1).start
        sentence = self.document.place(self.parse.start, self.parse.end)
        for request in self.found.requests.overlapping(sentence.start, sentence.end):
            punished = request.measure in ("sanctions", "visa-ban") and request.start < before
            if punished and request.target:
                at = self.document.text.find(request.target, request.start, request.end)
                return (at, at + len(request.target)) if at >= 0 else None
        return None

    def _in_request(self, one: Spoken) -> bool:
        place = self.document.place(one.start, one.end)
        around = self.found.requests.overlapping(place.start, place.end)
        return any(r.start <= place.start < r.end for r in around)

    def _mentioned(self, first: int) -> bool:
        """Whether the word before makes a mere mention of the act ("complaints about torture")."""
        i = self.parse.index_at(first)
        for at in range(i - 1, max(-1, i - 5), -1):
            token = self.parse.tokens[at]
            if token.low in acts().mentions:
                return True
            if token.tag in ("verb", "punct"):
                return False
        return False

    def _governor(self, first: int) -> Group | None:
        """The verb that makes an act of a noun ("carried out the", "subjected X to")."""
        i = self.parse.index_at(first)
        group = next((g for g in reversed(self.parse.groups) if g.head < i), None)
        light = group is not None and group.lemma in acts().light and i - group.head <= 9
        return group if light else None

    def _governed(self, cast: Cast, group: Group) -> Cast | None:
        """Roles that the governing verb gives: who carried it out, who underwent it."""
        known, lemma = acts(), group.lemma
        head = self.parse.tokens[group.head]
        governor = Spoken(head.start, head.end, "attack", "do", group)
        if lemma in known.undergoing:
            roles = cast_of(governor._replace(roles="suffer"), self.parse)
            return Cast(cast.perpetrator, cast.victim or roles.victim)
        if lemma in known.telling:
            if lemma == "describe" and cast == Cast():
                speaker = self.parse.subject(group)
                return Cast(None, self.parse.span(speaker) if speaker else None)
            told = cast != Cast() or lemma in ("allege", "report", "document")
            return cast if told else None
        roles = cast_of(governor, self.parse)
        if lemma == "subject":
            return roles
        if lemma == "order" and not group.passive:
            return Cast(roles.perpetrator, cast.victim)
        return Cast(cast.perpetrator or roles.perpetrator, cast.victim)

    def _is_group(self, victim: Stretch) -> bool:
        return self.copy[slice(*victim)].lower() not in ("it", "this", "that", "which")

    def _result(self, first: int) -> Stretch | None:
        """Of "X did A, resulting in B" the X."""
        if not _RESULT.search(self.copy[max(self.parse.start, first - 70) : first]):
            return None
        doers = (c.perpetrator for one, c in reversed(self.kept) if one.roles != "noun")
        return next((doer for doer in doers if doer), None)

    def _proposal(self, one: Spoken, cast: Cast) -> AllegationFound:
        place = self.document.place(one.start, one.end)
        noun = one.roles == "noun"
        around = [
            a
            for a in self.found.attributions.overlapping(place.start, place.end)
            if a.start <= place.start and place.end <= a.end
        ]
        asked = [
            r
            for r in self.found.requests.overlapping(place.start, place.end)
            if r.start <= place.start and place.end <= r.end
        ]
        cast = self._resolved(cast, around)
        leaning = one._replace(group=one.group or self._telling_verb(one))
        return AllegationFound(
            id="",
            start=place.start,
            end=place.end,
            text=place.text,
            rule="act.noun" if noun else "act.verb",
            why=f"The words stand for the act “{one.act}”; who does it and who suffers it is read"
            " from the sentence.",
            act=one.act,
            perpetrator=self._text(cast.perpetrator),
            victim=self._text(cast.victim),
            date=self._date(one),
            place=self._where(one),
            modality=modality(leaning, self.parse, around, requested=bool(asked) and not noun),
            hedged=hedged(one, self.parse),
        )

    def _telling_verb(self, one: Spoken) -> Group | None:
        """The verb whose modality is that of a noun: not one that itself denies or orders."""
        governor = self._governor(self._list(one)[0]) if one.roles == "noun" else None
        return governor if governor and governor.lemma not in ("deny", "order") else None

    def _resolved(self, cast: Cast, around: Sequence[AttributionFound]) -> Cast:
        """Put the speaker of the sentence for "they" or "he" in what he says of himself."""
        speaker = next((a.speaker for a in around if a.speaker and not is_pronoun(a.speaker)), None)
        if not speaker or not cast.victim or not is_pronoun(self.copy[slice(*cast.victim)]):
            return cast
        at = self.copy.find(speaker, self.parse.start, self.parse.end)
        return cast if at < 0 else cast._replace(victim=(at, at + len(speaker)))

    def _text(self, stretch: Stretch | None) -> str | None:
        if stretch is None:
            return None
        text = self.document.place(*stretch).text.strip(" ,")
        return text or None

    def _date(self, one: Spoken) -> str | None:
        """The date nearest to the act in its sentence."""
        sentence = self.document.place(self.parse.start, self.parse.end)
        dates = [d for d in self.found.dates.within(sentence.start, sentence.end) if d.edtf]
        at = self.document.place(one.start, one.end).start
        nearest = min(
            dates, key=lambda d: d.start - at if d.start > at else at - d.end, default=None
        )
        return nearest.edtf if nearest else None

    def _where(self, one: Spoken) -> str | None:
        """The place that follows the act, or the nearest one of its sentence."""
        end = min(self.parse.end, one.end + 120)
        for m in _PLACE.finditer(self.copy, one.start, end):
            if ";" in self.copy[one.end : m.start()]:
                return None
            chunk = self.parse.phrase(self.parse.index_at(m.end()), joined=False)
            if chunk and self._is_place(*self.parse.span(chunk)):
                return self._text(self.parse.span(chunk))
        return None

    def _is_place(self, start: int, end: int) -> bool:
        if _WHERE.search(self.copy, start, end):
            return True
        place = self.document.place(start, end)
        return bool(self.found.places.overlapping(place.start, place.end))
