"""Answers: what a reply says to each request of the letter that it answers, and in which words.

A request is not addressed unless a clause says so of it: of its target, law or measure, by its
number in our letter, or of all that was asked.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from gravamen.case import Case
from gravamen.law.authority import Law
from gravamen.proceedings import Answer, Outcome
from gravamen.receiving.guards import Days, Guard, guard, lasts_so_far
from gravamen.receiving.own import Clause, plain, quoted
from gravamen.receiving.words import form, forms, met, words
from gravamen.requests import Request
from gravamen.sources.source import Text

_SAID: tuple[Outcome, ...] = ("no-power", "refused", "granted")
_SHORTEST_NAME = 4


class Verdict(NamedTuple):
    """A clause that decides something, and the ids of the requests of which it does.

    `bears` says whether it is about what was asked at all, though it may not show about which.
    Where a `guard` stands, it tells something else and decides nothing.
    """

    clause: Clause
    outcome: Outcome
    words: str
    requests: frozenset[str]
    bears: bool
    guard: Guard | None = None


class _Topic(NamedTuple):
    """How a text names a request: its number in the letter, its target, its law, its measure."""

    request: Request
    number: int
    names: tuple[str, ...]
    laws: tuple[str, ...]

    def named(self, said: str) -> bool:
        """Whether words name the target."""
        return any(_stands(name, said) for name in self.names)

    def meant(self, said: str) -> bool:
        """Whether words name the target for itself: not in "the commander of the battalion"."""
        reached = 0
        any_of = "|".join(re.escape(n) for n in sorted(self.names, key=len, reverse=True))
        for found in re.finditer(rf"(?<!\w)(?:{any_of})(?!\w)", said):
            if not form("of_them").search(said[reached : found.start()]):
                return True
            reached = found.end()
        return False

    def told_too(self, said: str) -> bool:
        """Whether words are about the measure by the name of another one."""
        other = words()["told_too"].get(self.request.measure)
        return other is not None and re.search(other, said) is not None

    def place(self, said: str) -> int | None:
        """Where words name the target first; None where they do not."""
        found = [m.start() for n in self.names if (m := re.search(rf"\b{re.escape(n)}\b", said))]
        return min(found, default=None)

    def cited(self, said: str) -> bool:
        """Whether words name the law."""
        return any(name in said for name in self.laws)

    def measured(self, said: str) -> bool:
        """Whether words are about the measure."""
        return any(f.search(said) for f in forms("measures", self.request.measure))


class Asked:
    """The requests that a letter carried, found again in the clauses of its answer."""

    def __init__(
        self, case: Case, law: Law, requests: Sequence[Request], days: Days | None = None
    ) -> None:
        self.days = days
        self.topics = [_topic(case, law, r, n) for n, r in enumerate(requests)]
        ours = {r.target for r in requests}
        self._others = [
            plain(name.text)
            for party in case.parties.values()
            if party.id not in ours and party.kind in ("person", "unit", "group")
            for name in party.names
            if len(name.text) >= _SHORTEST_NAME
        ]

    def of(self, clauses: Sequence[Clause], at: int) -> tuple[frozenset[str], bool]:
        """Of which requests a clause speaks, and whether its own words name a target.

        Where its sentence names nothing of them, the nearest sentence before it in the same
        paragraph tells of what the talk is.
        """
        clause = clauses[at]
        said = f"{clause.lead} {clause.words}".strip()
        if self._of_others(said):
            return frozenset(), False
        found = self._found(said)
        if any(t.named(said) for t in self.topics) or self._counted(said):
            return found, True
        talk = self._talk(clauses, at)
        if found and form("pronoun").search(said) and found & talk:
            return found & talk, True
        return (found, False) if found else (talk, bool(talk))

    def rest(self, clauses: Sequence[Clause], at: int) -> Iterator[str]:
        """The clauses of the same sentence behind one, up to the first that names a request."""
        for clause in clauses[at + 1 :]:
            if not clause.lead or self._found(clause.words):
                return
            yield clause.words

    def _talk(self, clauses: Sequence[Clause], at: int) -> frozenset[str]:
        """Of which requests the nearest sentence before a clause, in its paragraph, speaks."""
        for before in reversed(clauses[:at]):
            if before.paragraph != clauses[at].paragraph:
                break
            said = f"{before.lead} {before.words}".strip()
            if found := frozenset() if self._of_others(said) else self._found(said):
                return found
        return frozenset()

    def _found(self, said: str) -> frozenset[str]:
        topics = self.topics
        if form("all_of_them").search(said):
            return _ids(topics)
        if numbers := set(_numbers(said)):
            return _ids([t for t in topics if t.number in numbers])
        if len(topics) == 1 and form("the_one").search(said):
            return _ids(topics)
        chosen, met_any = topics, False
        for facet in (_Topic.named, _Topic.cited, _Topic.measured):
            if hits := [t for t in chosen if facet(t, said)]:
                chosen, met_any = hits, True
            elif facet is _Topic.measured and not met_any and len(topics) == 1:
                met_any = bears(said)
        return _ids(chosen) if met_any else frozenset()

    def _of_others(self, said: str) -> bool:
        """Whether words name somebody else, and nobody of whom we asked something."""
        if any(t.named(said) for t in self.topics):
            return False
        return bool(form("somebody").search(said)) or any(_stands(n, said) for n in self._others)

    def _counted(self, said: str) -> bool:
        wanted = ("all_of_them", "numbered", "the_one")
        return any(form(name).search(said) for name in wanted)


def verdicts(asked: Asked, clauses: Sequence[Clause]) -> tuple[Verdict, ...]:
    """The clauses that decide something, in their order."""
    found: list[Verdict] = []
    for at, clause in enumerate(clauses):
        said = _said(clause)
        if said is None and found and (same := form("likewise").search(clause.words)):
            said = found[-1].outcome, same[0]
        if said is None:
            continue
        outcome, words_met = said
        requests, named = asked.of(clauses, at)
        if held := _held_back(asked, clauses, at, said, requests):
            if (
                held == "provisional"
                and outcome in ("granted", "partly")
                and lasts_so_far(clause, words_met)
            ):
                outcome = "partly"
            else:
                found.append(Verdict(clause, outcome, words_met, frozenset(), False, held))
                continue
        if outcome in ("granted", "partly") and not named:
            requests = frozenset()  # what was done to others is no answer about ours
        about = bool(requests) or (outcome != "granted" and bears(f"{clause.lead} {clause.words}"))
        found.append(Verdict(clause, outcome, words_met, requests, about))
    return tuple(found)


def _held_back(
    asked: Asked,
    clauses: Sequence[Clause],
    at: int,
    said: tuple[Outcome, str],
    requests: frozenset[str],
) -> Guard | None:
    """What speaks against taking a clause for a decision."""
    clause = clauses[at]
    topics = [t for t in asked.topics if t.request.id in requests] or asked.topics
    before = clauses[at - 1].words if at and form("pronoun").search(clause.words) else ""
    rest = list(asked.rest(clauses, at))
    found = guard(
        clause,
        said[1],
        said[0],
        around=" ".join(rest),
        before=before,
        measures={t.request.measure for t in topics},
        days=asked.days,
    )
    if found or said[0] == "no-power":
        return found
    if _apart(topics, clause.words, said[1]):
        return "else"
    if any(form("taken_back").search(c) and not form("decides").search(c) for c in rest):
        return "provisional"
    return None if _about(asked, clause, said[0], requests) else "else"


def _apart(topics: Sequence[_Topic], said: str, words: str) -> bool:
    """Whether a decision stands in another part of its sentence than the target that it names:
    "the person who was added is not Ilvan Teresh"."""
    at = said.find(words)
    if re.search(form("relative").pattern + r" (?:[a-z]+ )?\Z", said[:at]):
        return True
    places = [p for t in topics if (p := t.place(said)) is not None]
    between = [said[min(at + len(words), p) : max(at, p)] for p in places]
    return bool(between) and all(form("relative").search(b) for b in between)


def _about(asked: Asked, clause: Clause, outcome: Outcome, requests: frozenset[str]) -> bool:
    """Whether a clause says of a measure that was asked for, and of its target itself, what it
    decides."""
    words = f"{clause.lead} {clause.words}"
    topics = [t for t in asked.topics if t.request.id in requests] or asked.topics
    named = [t for t in topics if t.named(words)]
    if outcome != "refused" and named and not any(t.meant(words) for t in named):
        return False
    if not requests or form("likewise").search(clause.words) or form("asked_for").search(words):
        return True
    if len(asked.topics) == 1 and bears(words):
        return True
    return any(t.measured(words) or t.cited(words) or t.told_too(words) for t in topics)


def bears(said: str) -> bool:
    """Whether words are about a measure or about what was asked."""
    if form("the_one").search(said) or form("all_of_them").search(said):
        return True
    return any(f.search(said) for name in words()["measures"] for f in forms("measures", name))


def answers(
    found: Sequence[Verdict], requests: Sequence[Request], source: str, text: Text
) -> tuple[Answer, ...]:
    """One answer for each request; of one that was granted and refused, that it was granted
    partly."""
    return tuple(_answer(r.id, [v for v in found if r.id in v.requests], source, text)
                 for r in requests)  # fmt: skip


def _answer(request: str, found: Sequence[Verdict], source: str, text: Text) -> Answer:
    if not found:
        return Answer(request=request, outcome="not-addressed")
    said = {v.outcome for v in found}
    note = None
    if "partly" in said or ("granted" in said and len(said) > 1):
        outcome: Outcome = "partly"
        first = next(v for v in found if v.outcome in ("partly", "granted"))
        others = [v for v in found if v.outcome not in ("partly", "granted")]
        note = f"beside it: {others[0].words!r}" if others else None
    else:
        first = found[0]
        outcome = first.outcome
    passage = quoted(source, text, first.clause.start, first.clause.end)
    return Answer(request=request, outcome=outcome, passage=passage, note=note)


def _said(clause: Clause) -> tuple[Outcome, str] | None:
    """What a clause decides, and the words that show it."""
    for outcome in _SAID:
        if hit := next(met([clause], forms("outcomes", outcome)), None):
            if outcome == "granted" and _of_papers(clause, hit.words):
                continue
            if outcome == "granted" and form("partly").search(clause.words):
                return "partly", hit.words
            return outcome, hit.words
    return None


def _of_papers(clause: Clause, done: str) -> bool:
    """Whether what was done was done to a letter: "your letter about him was placed on file"."""
    return bool(form("loose").search(done) and form("papers").search(clause.words))


def _topic(case: Case, law: Law, request: Request, number: int) -> _Topic:
    party = case.parties.get(request.target or "")
    names = [name.text for name in party.names] if party else []
    names += [request.target_words] if request.target_words else []
    if party and party.kind == "person":  # "Mr Teresh", "Colonel Teresh"
        names += [name.split()[-1] for name in names if len(name.split()) > 1]
    authority = law.authorities.get(request.authority or "")
    laws = (authority.short, authority.title, *authority.names) if authority else ()
    return _Topic(
        request=request,
        number=number,
        names=tuple(plain(n) for n in names if len(n) >= _SHORTEST_NAME),
        laws=tuple(plain(n) for n in laws if len(n) >= _SHORTEST_NAME),
    )


def _numbers(said: str) -> Iterator[int]:
    """The numbers of the requests that words count: "your second request", "requests 1 and 2"."""
    for found in form("numbered").finditer(said):
        for word in re.findall(r"[a-z]+|[0-9]", found["before"] or found["list"] or ""):
            for number, spelled in enumerate(words()["ordinals"]):
                if word in spelled and word != "a":
                    yield number


def _stands(name: str, said: str) -> bool:
    """Whether a name stands in words by itself."""
    return bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", said))


def _ids(topics: Sequence[_Topic]) -> frozenset[str]:
    return frozenset(t.request.id for t in topics)
