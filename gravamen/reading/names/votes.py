"""Votes: what the words around all mentions of a name say of it, and the type that they give it."""

import re
from collections import Counter
from typing import NamedTuple, get_args

from gravamen.reading.gazetteer import NameType, key, words
from gravamen.reading.names.candidates import Candidate
from gravamen.reading.names.contexts import contexts
from gravamen.reading.names.runs import Token
from gravamen.reading.proposal import PlaceType

_PEOPLE_ENDING = re.compile(r"(?:ians?|ish|ese|eans?|ic)\Z")
_MADE_ENDING = re.compile(r"(?:n|ns|an|ans|ian|ians|i|is|ish|ese|ic|er|ers|ean|eans)\Z")
_NAME_WORD = re.compile(r"[^\W\d_][\w'.’-]*")
_AGE = re.compile(r"[0-9]{1,2}|1[01][0-9]")
_COMPASS = ("north", "south", "east", "west")
_SETTLED_TAILS = ("enclave", "village", "town", "city")
_ARMED_TAILS = ("militia", "rebels", "fighters", "faction", "clan")
_TOWN_OWNS = ("outskirts", "residents", "hospital", "mayor", "centre", "center")
_STATE_OWNS = ("government", "army", "blockade")
_STATE_TITLES = ("Government", "Republic", "Kingdom")


class _Around(NamedTuple):
    """The words around a mention, in lower case before it, nearest first, as written after it."""

    one: str
    two: str
    three: str
    after: str
    second: str
    third: str


class Votes:
    """The types of the names of a text, by what stands around their mentions."""

    def __init__(self, copy: str, found: list[Token], candidates: list[Candidate]) -> None:
        self.copy, self.tokens = copy, found
        self.lower = {t.text for t in found if t.text.islower()}
        self.votes: dict[str, Counter[NameType]] = {}
        self.mentions: dict[str, list[Candidate]] = {}
        for c in candidates:
            self.mentions.setdefault(c.text, []).append(c)
            self._vote(c)
        self.made = self._peoples()
        self.types, self.surnames = self._settled()
        self.folded: dict[str, NameType] = {key(s): "person" for s in self.surnames}
        self.folded |= {key(n): k for n, k in self.types.items()}

    def _vote(self, c: Candidate) -> None:
        """Count what the words around a mention say of its name."""
        if c.heading:
            return
        votes = self.votes.setdefault(c.text, Counter())
        if c.kind:
            votes[c.kind] += 5
            self._vote_tail(c)
            return
        around = self._around(c)
        votes["place"] += self._for_place(c, around)
        votes["state"] += _for_state(c, around)
        votes["person"] += self._for_person(c, around)
        votes["body"] += 4 if c.text.isupper() and c.tokens == 1 else 0
        if around.after in words().tails["unit"] or around.after in _ARMED_TAILS:
            votes["unit"] += 3
        elif around.after in words().tails["body"]:
            votes["body"] += 3
        else:
            votes["place"] += 3 if _place_tail(around.after) else 0

    def _for_place(self, c: Candidate, around: _Around) -> int:
        one, two, known = around.one, around.two, contexts()
        count = 4 * (two in words().place_of and one == "of") + 4 * (one in words().place_of)
        if one in known.in_place:
            count += 3
        elif one in known.to_place or (one == "of" and two in _COMPASS):
            count += 1
        if one in known.alias and c.tokens < 3 and self._place_named(c):
            count += 3
        if around.after == "," and around.second.isdecimal():
            count += 3 * (len(around.second) == 4 or around.third[:1].isupper())
        return count + (around.after == "'s" and around.second in _TOWN_OWNS)

    def _place_named(self, c: Candidate) -> bool:
        """Whether a noun of place stands a few words before a mention."""
        near = self.tokens[max(0, c.opener - 8) : c.opener]
        return any(t.text in words().place_of for t in near)

    def _for_person(self, c: Candidate, around: _Around) -> int:
        known, after, second = contexts(), around.after, around.second
        several = c.tokens > 1
        count = 0
        if around.one in ("called", "named") and c.tokens < 3 and not self._place_named(c):
            count += 3
        if several and all(_NAME_WORD.fullmatch(w) for w in c.text.split()):
            count += 2
        if after in known.saying and after not in known.state_acts:
            count += 3 if several else 1
        if after == "'s" and second in known.of_person:
            count += 2
        if after == "," and _AGE.fullmatch(second) and around.third in (",", "who"):
            count += 3 * (several or int(second) > 12)
        return count + 2 * (after in ("(", ",") and second in ("who", "whose"))

    def _vote_tail(self, c: Candidate) -> None:
        """A name after the last "of" of a government, ministry or governor is a state or place."""
        parts = c.text.split()
        if len(parts) < 3 or parts[-2] not in ("of", "on") or self._common(parts[-1]):
            return
        strong = parts[0] in _STATE_TITLES or c.kind in ("body", "unit")
        votes = self.votes.setdefault(parts[-1], Counter())
        votes["state" if strong else "place"] += 3 if c.kind == "state" else 2

    def _common(self, word: str) -> bool:
        """Whether a word is a common one, though it has a capital here."""
        known = words()
        return (
            word in known.portfolio
            or word in known.common
            or word in known.titles
            or word.lower() in self.lower
        )

    def _around(self, c: Candidate) -> _Around:
        before = [self._text(i).lower() for i in range(c.opener - 1, c.opener - 5, -1)]
        before = [w for w in before if w not in ("the", '"')] + ["", "", ""]
        last = c.opener + c.tokens
        one, two, three, *_ = before
        return _Around(
            one, two, three, self._text(last), self._text(last + 1), self._text(last + 2)
        )

    def _text(self, i: int) -> str:
        """The text of a token; "" at the ends of the text and of paragraphs."""
        text = self.tokens[i].text if 0 <= i < len(self.tokens) else ""
        return "" if text == "\n" else text

    def _peoples(self) -> frozenset[str]:
        """Find invented peoples: "Tarnian" beside "Tarn" makes Tarn a state and is no name."""
        singles = {t.text for t in self.tokens if t.capital and len(t.text) > 3}
        stems: dict[str, list[str]] = {}
        for name in sorted(singles):
            stems.setdefault(name[:3], []).append(name)
        found = set()
        for word in sorted(singles):
            made = [n for n in stems[word[:3]] if n != word and _made_from(word, n)]
            if made:
                self.votes.pop(word, None)
                found.add(word)
            for name in made:
                if name in self.votes and word.endswith(("n", "ns", "ish", "ese")):
                    self.votes[name]["state"] += 3
        for word in list(self.votes):
            if " " not in word and _PEOPLE_ENDING.search(word) and not self._strong(word):
                self.votes.pop(word, None)
        return frozenset(found)

    def _strong(self, name: str) -> bool:
        votes = self.votes[name]
        likely = max(votes["place"], votes["state"], votes["person"])
        return likely >= 3 or max(votes.values(), default=0) >= 5

    def _settled(self) -> tuple[dict[str, NameType], frozenset[str]]:
        """Give each name the type with most votes, and find the surnames of persons."""
        types: dict[str, NameType] = {}
        for name, votes in self.votes.items():
            best = max(votes, key=lambda k: (votes[k], k == "place", k), default=None)
            if best and votes[best] > 0:
                types[name] = best
        ends = {n.split()[-1] for n, k in types.items() if k in get_args(PlaceType) and " " in n}
        surnames = set()
        for name, kind in types.items():
            last = name.split()[-1]
            if kind == "person" and last in ends and self.votes[name]["person"] <= 2:
                types[name] = "place"
            elif kind == "person" and " " in name and self.votes[name]["person"] >= 2:
                surnames.add(last)
        return types, frozenset(surnames)

    def type(self, c: Candidate) -> tuple[NameType, str] | None:
        """Return the type of a mention and the rule that gives it; None where it is no name."""
        if c.kind:
            return c.kind, c.rule
        if c.heading:
            kind = self._in_heading(c.text)
            return (kind, "name.short") if kind else None
        votes = self.votes.get(c.text, Counter())
        if c.tokens == 1 and c.text in self.surnames and votes["place"] < 3:
            return "person", "name.short"
        kind = self.types.get(c.text)
        if kind is None:
            return None if c.text in self.made else self._defined(c)
        if c.tokens == 1:
            return (kind, "name.context") if not c.initial or self._attested(c) else None
        if kind != "person":
            return kind, "name.context"
        return None if votes["person"] <= 2 and self._wordy(c.text) else (kind, "name.default")

    def _in_heading(self, text: str) -> NameType | None:
        """The type that a word of a headline has in the running text."""
        kind = self.folded.get(key(text))
        named = text.isupper() or text in self.types
        if kind is None or not named or len(text) < 4:
            return None
        title = text.title()
        lone_head = any(title in heads for heads in words().heads.values())
        return None if lone_head or title in words().common else kind

    def _defined(self, c: Candidate) -> tuple[NameType, str] | None:
        """Give "Sarvanakert" in "Sarvan (Sarvanakert to ...)" the type of the name before it."""
        around, alias = self._around(c), contexts().alias
        bracketed = around.one == "(" and not c.text.isupper()
        if around.one not in alias and around.two not in alias and not bracketed:
            return None
        for index in range(c.opener - 1, max(-1, c.opener - 12), -1):
            if self.tokens[index].text == "\n":
                break
            kind = self.types.get(self.tokens[index].text)
            if kind in ("place", "state", "body", "person"):
                return kind, "name.short"
        return None

    def _attested(self, c: Candidate) -> bool:
        """Whether a word that begins a sentence is shown to be a name by something else."""
        if c.text.lower() in self.lower:
            return False
        if c.text.isupper() or any(not o.initial for o in self.mentions[c.text]):
            return True
        votes = self.votes.get(c.text, Counter())
        return votes["place"] >= 3 or votes["state"] >= 2 or votes["person"] >= 2

    def _wordy(self, text: str) -> bool:
        """Whether a run of capitals is made of common words rather than names of persons."""
        known = words()
        return any(
            p in known.portfolio or p in known.common or p.lower() in self.lower
            for p in text.split()
        )


def _for_state(c: Candidate, around: _Around) -> int:
    one, two, after, second = around.one, around.two, around.after, around.second
    owns = second in words().state_of or second in _STATE_OWNS
    count = 2 * (after == "'s" and owns)
    if two in words().state_of and one == "of":
        count += 3 * (after != "enclave" and after not in words().tails["place"])
    if one in ("on", "to", "against", "with", "for") and two in words().toward_state:
        count += 3
    if one == "v" or (one == "." and two == "v"):
        count += 3
    count += around.three == "between" and one == "and"
    if after in contexts().state_acts:
        return count + 2
    return count + 2 * (after in contexts().saying and c.tokens == 1)


def _place_tail(after: str) -> bool:
    tails = words().tails
    return after in tails["place"] or after in tails["facility"] or after in _SETTLED_TAILS


def _made_from(word: str, name: str) -> bool:
    """Whether a word is made from a name by an ending for its people or language."""
    if len(name) < 4 or len(word) <= len(name) - 1:
        return False
    for stem in (name, name[:-1]):
        if len(stem) >= 3 and word.startswith(stem) and _MADE_ENDING.fullmatch(word[len(stem) :]):
            return True
    return False
