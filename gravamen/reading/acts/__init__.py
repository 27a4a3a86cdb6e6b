"""Acts: what is said to have been done, by whom, to whom, as the text puts it."""

import re
from collections.abc import Iterator, Sequence

from gravamen.reading.acts.modality import hedged, modality
from gravamen.reading.acts.roles import Cast, adjectival, cast_of, cast_of_noun, is_pronoun
from gravamen.reading.acts.words import Spoken, acts, spoken
from gravamen.reading.grammar import Group, Parse
from gravamen.reading.grammar.words import same_in_past
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
    r"|his |her |their |our |its |neighbou?ring |[A-Z]))"
)
_WHERE = re.compile(
    r"\b(?:village|town|city|prison|camp|cell|cellar|yard|square|street|school|hospital|home"
    r"|house|bridge|road|valley|district|province|region|barracks|station|centre|center"
    r"|building|corridor|border|river|airport|church|mosque|market|container|base|enclave"
    r"|facility|colony)s?\b"
)
_DONE_TO_PLACES = ("attack", "occupation", "blockade", "destruction", "displacement")
_CULPRITS = re.compile(r"\b(?:suspects?|culprits?|perpetrators?|those responsible)\b")
_SANCTIONED_FOR = re.compile(r"\bfor (?:(?:the|their|its|his|her) )?(?:[\w-]+ ){0,3}\Z")
# "In May, according to X, soldiers killed": the date belongs to what X says.
_SOURCE_NEXT = re.compile(r",? (?:according to|as (?:reported|told|stated) by|in the words of)\b")
_PRESENT_CHARS = 120
_BEFORE_DATE = 30  # a date this near to the start of a role is no part of it
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
        if one.act == "command" and cast.perpetrator is None:
            return None
        if one.roles == "present" and not self._act_follows(one):
            return None
        if one.group is None or one.roles == "led":
            return cast
        adjective = adjectival(self.parse, one.group.head) and not one.group.passive
        if (adjective and not self._counted(one)) or self._of_culprits(one):
            return None
        if (
            self._noun_after_all(one.group)
            or self._annex(one.group)
            or self._armed(one.group)
            or self._heard(one.group)
        ):
            return None
        nobody = cast == Cast() and one.group.form in ("ing", "inf", "part")
        return None if nobody else cast

    def _act_follows(self, one: Spoken) -> bool:
        """Whether an act is told after "was present while"."""
        return any(one.end < o.start < one.end + _PRESENT_CHARS for o in self.spoken)

    def _counted(self, one: Spoken) -> bool:
        """Whether an adjective of an act stands after a number ("583,000 displaced persons")."""
        before = self.parse.token(self.parse.index_at(one.start) - 1)
        return before is not None and before.tag == "num"

    def _noun_after_all(self, group: Group) -> bool:
        """Whether a word taken for a verb has a singular noun before it that it cannot agree with:
        "the second shell"."""
        token, before = self.parse.tokens[group.head], self.parse.token(group.first - 1)
        bare = token.form == "base" and group.first == group.head and group.form == "finite"
        bare = bare and not same_in_past(token.low)  # "the guard beat" agrees with anybody
        many = ("s", "men", "women", "people", "police", "children")
        singular = before is not None and before.tag == "noun" and not before.low.endswith(many)
        return bare and singular

    def _annex(self, group: Group) -> bool:
        """Whether "Annex A" is part of a document."""
        token, after = self.parse.tokens[group.head], self.parse.token(group.head + 1)
        lettered = after is not None and (after.tag == "num" or after.word.isupper())
        return group.lemma == "annex" and (token.capital or lettered)

    def _armed(self, group: Group) -> bool:
        """Whether "armed" only describes who bears arms: "by affiliated armed groups"."""
        token, after = self.parse.tokens[group.head], self.parse.token(group.head + 1)
        bare = group.lemma == "arm" and group.first == group.head and token.form == "past"
        return bare and after is not None and after.tag == "noun"

    def _heard(self, group: Group) -> bool:
        """Whether "shot" is a sound: "heard one shot"."""
        number, verb = self.parse.token(group.first - 1), self.parse.token(group.first - 2)
        counted = number is not None and number.tag in ("num", "det")
        return group.lemma == "shoot" and counted and verb is not None and verb.tag == "verb"

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
        if group is None or i - group.head > 9:
            return None
        takes_part = group.lemma == "take" and self._part(group.head + 1)
        return group if group.lemma in acts().light or takes_part else None

    def _part(self, i: int) -> bool:
        token = self.parse.token(i)
        return token is not None and token.low == "part"

    def _governed(self, cast: Cast, group: Group) -> Cast | None:
        """Roles that the governing verb gives: who carried it out, who underwent it."""
        known, lemma = acts(), group.lemma
        head = self.parse.tokens[group.head]
        governor = Spoken(head.start, head.end, "attack", "do", group)
        if lemma in known.undergoing:
            roles = cast_of(governor._replace(roles="suffer"), self.parse)
            return Cast(cast.perpetrator, cast.victim or roles.victim)
        if lemma in known.telling:
            told = cast != Cast() or lemma in ("allege", "report", "document", "describe")
            return cast if told else None
        roles = cast_of(governor, self.parse)
        if lemma == "subject":
            return roles
        if lemma == "order" and not group.passive:
            return Cast(roles.perpetrator, cast.victim)
        return Cast(cast.perpetrator or roles.perpetrator, cast.victim)

    def _is_group(self, victim: Stretch) -> bool:
        words = self.copy[slice(*victim)].lower().split()
        figure = not acts().no_victims.isdisjoint(words[:3])
        return not figure and words[:1] not in (["it"], ["this"], ["that"], ["which"])

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
        cast = Cast(self._undated(cast.perpetrator), self._undated(cast.victim))
        cast = self._resolved(one, cast, around)
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
            date=self._date(one, around),
            place=self._where(one),
            modality=modality(leaning, self.parse, around, requested=bool(asked) and not noun),
            hedged=hedged(one, self.parse),
        )

    def _telling_verb(self, one: Spoken) -> Group | None:
        """The verb whose modality is that of a noun: not one that itself denies or orders."""
        governor = self._governor(self._list(one)[0]) if one.roles == "noun" else None
        return governor if governor and governor.lemma not in ("deny", "order") else None

    def _resolved(self, one: Spoken, cast: Cast, around: Sequence[AttributionFound]) -> Cast:
        """Put the speaker of the sentence for "they" or "he" in what he says of himself, and for
        the "it" of what a body says of its own doing."""
        voices = [a for a in around if a.speaker and not is_pronoun(a.speaker)]
        speaker = voices[0].speaker if voices else None
        at = self.copy.find(speaker, self.parse.start, self.parse.end) if speaker else -1
        if speaker is None or at < 0:
            return cast
        named = at, at + len(speaker)
        if cast.victim and is_pronoun(self.copy[slice(*cast.victim)]):
            return cast._replace(victim=named) if self._suffered(one, voices[0]) else cast
        return cast._replace(perpetrator=named) if self._own_doing(one, cast) else cast

    def _suffered(self, one: Spoken, said: AttributionFound) -> bool:
        """Whether a speaker can tell an act as one that he suffered himself."""
        dead = one.act in ("killing", "death-in-custody", "death-in-conflict", "disappearance")
        return said.mode in ("witnessed", "reported") and not dead

    def _own_doing(self, one: Spoken, cast: Cast) -> bool:
        """Whether "it" does the act, in the active voice."""
        if one.group is None or one.group.passive or cast.perpetrator or one.roles == "suffer":
            return False
        return self.parse.words(self.parse.subject(one.group)).lower() == "it"

    def _text(self, stretch: Stretch | None) -> str | None:
        if stretch is None:
            return None
        text = self.document.place(*stretch).text.strip(" ,")
        return text or None

    def _undated(self, stretch: Stretch | None) -> Stretch | None:
        """What is left of a role without the date that stands before it: a date does nothing."""
        if stretch is None:
            return None
        place = self.document.place(*stretch)
        for found in self.found.dates.overlapping(place.start, place.end):
            rest = place.end - found.end
            if found.start < place.start + _BEFORE_DATE or rest <= 0:
                return (stretch[1] - rest, stretch[1]) if rest > 2 else None
        return stretch

    def _date(self, one: Spoken, around: Sequence[AttributionFound]) -> str | None:
        """The date nearest to the act in what is said of it: the day of a report is not its day,
        and what stands in another clause, with a verb of its own, is dated by itself."""
        sentence = self.document.place(self.parse.start, self.parse.end)
        start, end = sentence.start, sentence.end
        for said in around:
            start, end = max(start, said.start), min(end, said.end)
        place = self.document.place(one.start, one.end)
        for asked in self.found.requests.overlapping(place.start, place.end):
            start = max(start, min(asked.start, place.start))
        every = self.found.dates.within(sentence.start, sentence.end)
        sourced = any(a.rule == "speech.according" for a in around)
        period = any(a.rule == "speech.noun" for a in around)
        dates = [
            d
            for d in every
            if d.edtf
            and (
                start <= d.start < end
                or (period and "/" in d.edtf and d.end < start)
                or (sourced and _SOURCE_NEXT.match(self.document.text, d.end))
            )
        ]
        at = place.start
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
            if chunk and self._is_place(*self.parse.span(chunk), state=not m[0].startswith("on ")):
                return self._text(self.parse.span(chunk))
        return self._struck(one)

    def _struck(self, one: Spoken) -> str | None:
        """The place that an act is done to: "attacked the town of X", "closed the X road"."""
        active = one.group is not None and not one.group.passive
        if one.group is None or one.act not in _DONE_TO_PLACES or not active:
            return None
        chunk = self.parse.object(one.group)
        if chunk is None or not self._is_place(*self.parse.span(chunk)):
            return None
        place = self.document.place(*self.parse.span(chunk))
        names = self.found.places.within(place.start, place.end)
        return names[-1].text if names else self._text(self.parse.span(chunk))

    def _is_place(self, start: int, end: int, *, state: bool = True) -> bool:
        """Whether words name a place, or a state where one may stand for its land."""
        if _WHERE.search(self.copy, start, end):
            return True
        place = self.document.place(start, end)
        states = self.found.parties.overlapping(place.start, place.end)
        return bool(self.found.places.overlapping(place.start, place.end)) or any(
            state and p.type == "state" for p in states
        )
