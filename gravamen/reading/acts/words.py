"""The words of acts: which verb, noun or phrase stands for which act, and who is who in it."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal, NamedTuple, cast

import yaml

from gravamen.reading.grammar import Group, Parse
from gravamen.reading.text import DATA
from gravamen.vocabulary import Act

Roles = Literal[
    "do", "suffer", "alone", "at", "from", "place", "paid", "noun", "led", "present",
]  # fmt: skip


_WORD_LISTS = (
    "light", "mentions", "things", "hedges", "undergoing", "telling", "factive", "thought",
    "asked", "negative", "withheld", "denying", "times", "no_victims",
)  # fmt: skip


class Phrase(NamedTuple):
    """Several words that stand for an act."""

    act: Act
    roles: Roles
    form: re.Pattern[str]


class Acts(NamedTuple):
    """The lists of `acts.yaml`."""

    verbs: dict[str, tuple[Act, Roles]]
    phrases: tuple[Phrase, ...]
    nouns: dict[str, Act]
    noun_phrases: tuple[Phrase, ...]
    light: frozenset[str]
    mentions: frozenset[str]
    things: frozenset[str]
    hedges: frozenset[str]
    undergoing: frozenset[str]
    telling: frozenset[str]
    factive: frozenset[str]
    thought: frozenset[str]
    asked: frozenset[str]
    negative: frozenset[str]
    withheld: frozenset[str]
    denying: frozenset[str]
    times: frozenset[str]
    no_victims: frozenset[str]


class Spoken(NamedTuple):
    """The words of one act in a sentence: where they stand and the verb group they lean on."""

    start: int
    end: int
    act: Act
    roles: Roles
    group: Group | None


@cache
def acts() -> Acts:
    """Return the words of acts."""
    data = yaml.safe_load((DATA / "acts.yaml").read_text("utf-8"))
    verbs: dict[str, tuple[Act, Roles]] = {}
    for roles, lists in (("do", data["verbs"]), ("suffer", data["suffering"])):
        for act, words in lists.items():
            verbs |= {verb: (act, cast(Roles, roles)) for verb in words.split()}
    return Acts(
        verbs=verbs,
        phrases=tuple(
            Phrase(p["act"], p["roles"], re.compile(p["form"], re.IGNORECASE))
            for p in data["phrases"]
        ),
        nouns={noun: act for act, words in data["nouns"].items() for noun in words.split()},
        noun_phrases=tuple(
            Phrase(p["act"], "noun", re.compile(p["form"], re.IGNORECASE))
            for p in data["noun_phrases"]
        ),
        **{name: frozenset(data[name].split()) for name in _WORD_LISTS},
    )


def act_spoken(parse: Parse) -> bool:
    """Whether a sentence has a word of an act as its verb."""
    return next(_verbs(parse), None) is not None or next(_phrases(parse), None) is not None


def spoken(parse: Parse) -> list[Spoken]:
    """Return the words of acts in a sentence, phrases before single verbs, nouns last; no word
    twice."""
    out: list[Spoken] = []
    for one in (*_phrases(parse), *_verbs(parse), *_nouns(parse)):
        clash = next((o for o in out if o.start < one.end and one.start < o.end), None)
        if clash is None:
            out.append(one)
    return sorted(out, key=lambda o: o.start)


def _phrases(parse: Parse) -> Iterator[Spoken]:
    for phrase in acts().phrases:
        for m in phrase.form.finditer(parse.copy, parse.start, parse.end):
            groups = [
                g
                for g in parse.groups
                if parse.tokens[g.first].start < m.end() and parse.tokens[g.head].end > m.start()
            ]
            if groups:
                yield Spoken(m.start(), m.end(), phrase.act, phrase.roles, groups[0])
            elif phrase.roles in ("suffer", "led"):
                yield Spoken(m.start(), m.end(), phrase.act, phrase.roles, None)


def _verbs(parse: Parse) -> Iterator[Spoken]:
    for group in parse.groups:
        known = acts().verbs.get(group.lemma)
        if known:
            head = parse.tokens[group.head]
            yield Spoken(head.start, head.end, *known, group)


def _nouns(parse: Parse) -> Iterator[Spoken]:
    for phrase in acts().noun_phrases:
        for m in phrase.form.finditer(parse.copy, parse.start, parse.end):
            yield Spoken(m.start(), m.end(), phrase.act, "noun", None)
    for token in parse.tokens:
        act = acts().nouns.get(token.low)
        if act and token.tag in ("noun", "verb"):
            yield Spoken(token.start, token.end, act, "noun", None)
