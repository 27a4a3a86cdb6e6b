"""Reading: a scenario's file as a value, each fault with its line and what to do."""

import datetime
from collections.abc import Iterator, Mapping
from pathlib import Path

from gravamen.dates import DateError, span
from gravamen.findings.scenario.expected import Expected
from gravamen.findings.scenario.facts import CaseFacts, PartyFacts, PostFacts, Said
from gravamen.findings.scenario.staging import ROLES, STANCES, case_of
from gravamen.law.document import Document, Place, nearest
from gravamen.values import GravamenError, Value

Fault = tuple[Place, str]


class ScenarioError(GravamenError):
    """A scenario that cannot be judged: all its faults, each with file and line."""


class Scenario(Value):
    """A file of tests/law: a name that is a sentence, a day, the facts, what must follow."""

    name: str
    on: datetime.date
    expect: Expected
    facts: CaseFacts = CaseFacts()


class ScenarioFile(Value):
    """A scenario and the line of each part of its file."""

    name: str
    scenario: Scenario
    lines: Mapping[Place, int]

    def line(self, place: Place) -> int:
        """The line of a part, or of the nearest part that holds it."""
        while place not in self.lines:
            place = place[:-1]
        return self.lines[place]


def read_scenario(path: Path) -> ScenarioFile:
    """Return the scenario of a file.

    Raises:
        ScenarioError: an unknown key or word, a date that no calendar knows, a party, act or claim
            that the facts do not name; all of them, each with its line.
    """
    return parse_scenario(path.read_bytes(), name=path.name)


def parse_scenario(data: bytes, *, name: str) -> ScenarioFile:
    """Return the scenario of a text, as `read_scenario` does of a file."""
    document = Document(data, Scenario, name=name)
    faults = list(document.faults)
    if document.value is not None:
        faults = [document.fault(*fault) for fault in loose(document.value)]
    if document.value is None or faults:
        raise ScenarioError("The scenario cannot be judged:\n" + "\n".join(faults))
    return ScenarioFile(name=name, scenario=document.value, lines=document.lines)


def loose(scenario: Scenario) -> list[Fault]:
    """What the facts and expectations name and the facts do not hold; dates that are none."""
    facts = scenario.facts
    found = [*_parties(facts), *_acts(facts), *_expected(scenario.expect, facts)]
    for n, request in enumerate(facts.requests):
        found += _known(request.against, facts, ("facts", "requests", n, "against"))
    if found:
        return found
    case = case_of(facts, title=scenario.name)
    things = {*case.parties, *case.allegations, *case.claims}
    for key in ("rejected", "by_machine"):
        for n, thing in enumerate(getattr(facts, key)):
            if thing not in things:
                what = f"The facts hold no party, act or claim {thing!r}{nearest(thing, things)}."
                found.append((("facts", key, n), what))
    return found


def _parties(facts: CaseFacts) -> Iterator[Fault]:
    for id, party in facts.parties.items():
        place: Place = ("facts", "parties", id)
        yield from _voices(party, place)
        for key in ("part_of", "family_of"):
            yield from _known(getattr(party, key), facts, (*place, key))
        yield from _posts(party, facts, place)


def _posts(party: PartyFacts, facts: CaseFacts, place: Place) -> Iterator[Fault]:
    for key in ("posts", "commands"):
        posts: tuple[PostFacts, ...] = getattr(party, key)
        for n, post in enumerate(posts):
            yield from _known(post.body, facts, (*place, key, n, "body"))
            yield from _dated(post.start, (*place, key, n, "from"))
            yield from _dated(post.end, (*place, key, n, "to"))


def _acts(facts: CaseFacts) -> Iterator[Fault]:
    for id, act in facts.acts.items():
        place: Place = ("facts", "acts", id)
        yield from _voices(act, place)
        yield from _dated(act.on, (*place, "on"))
        for key in ROLES:
            for n, party in enumerate(getattr(act, key)):
                yield from _known(party, facts, (*place, key, n))


def _expected(expect: Expected, facts: CaseFacts) -> Iterator[Fault]:
    for key in ("findings", "chosen", "reach", "regimes"):
        for party in getattr(expect, key):
            yield from _known(party, facts, ("expect", key, party))
    for n, party in enumerate(expect.weighed or ()):
        yield from _known(party, facts, ("expect", "weighed", n))


def _voices(facts: Said, place: Place) -> Iterator[Fault]:
    """Voices that are said to withdraw or to prove, and say nothing."""
    voices = {voice for key in STANCES for voice in getattr(facts, key)}
    named = [((*place, "withdrawn", n), v) for n, v in enumerate(facts.withdrawn)]
    for element, proving in facts.proves.items():
        named += [((*place, "proves", element, n), v) for n, v in enumerate(proving)]
    for at, voice in named:
        if voice not in voices:
            yield at, f"{voice!r} says nothing about {place[-1]!r}; add it under 'said_by'."


def _known(party: str | None, facts: CaseFacts, place: Place) -> Iterator[Fault]:
    if party is not None and party not in facts.parties:
        hint = nearest(party, facts.parties) if facts.parties else "; they name none"
        yield place, f"The facts name no party {party!r}{hint}."


def _dated(edtf: str | None, place: Place) -> Iterator[Fault]:
    if edtf is None or edtf == "..":
        return
    try:
        span(edtf)
    except DateError as error:
        yield place, str(error)
