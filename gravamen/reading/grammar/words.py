"""Words: the little words, the verbs and their forms, and what shows an adjective or a number."""

from functools import cache
from typing import Literal, NamedTuple

import msgspec
import yaml

from gravamen.reading.text import DATA
from gravamen.values import Value

Form = Literal["base", "s", "past", "part", "ing"]
_ENDINGS: tuple[tuple[str, Form], ...] = (("ing", "ing"), ("ed", "past"), ("es", "s"), ("s", "s"))
_SAME_PAST = ("cut", "put", "let", "set", "hit")


class Words(Value):
    """The lists of `grammar.yaml`."""

    determiners: frozenset[str]
    alone: frozenset[str]
    pronouns: frozenset[str]
    possessives: frozenset[str]
    prepositions: frozenset[str]
    conjunctions: frozenset[str]
    subordinators: frozenset[str]
    numbers: frozenset[str]
    be: frozenset[str]
    have: frozenset[str]
    do: frozenset[str]
    modals: frozenset[str]
    negations: frozenset[str]
    adverbs: frozenset[str]
    not_adverbs: frozenset[str]
    adjectives: frozenset[str]
    before_numbers: frozenset[str]
    object_control: frozenset[str]
    adjective_endings: tuple[str, ...]


class Verbs(NamedTuple):
    """The lists of `verbs.yaml`: irregular forms, all bases, and the bases that are nouns too."""

    forms: dict[str, tuple[str, Form]]
    bases: frozenset[str]
    nouns: frozenset[str]


@cache
def words() -> Words:
    """Return the little words."""
    data = yaml.safe_load((DATA / "grammar.yaml").read_text("utf-8"))
    return msgspec.convert({name: listed.split() for name, listed in data.items()}, Words)


@cache
def verbs() -> Verbs:
    """Return the known verbs."""
    data = yaml.safe_load((DATA / "verbs.yaml").read_text("utf-8"))
    forms: dict[str, tuple[str, Form]] = {}
    for base, past, part in data["irregular"]:
        for word in part.split("/"):
            forms[word] = (base, "part")
        for word in past.split("/"):
            forms[word] = (base, "past")
    forms |= {"has": ("have", "s"), "is": ("be", "s"), "does": ("do", "s")}
    bases = {row[0] for row in data["irregular"]} | set(data["regular"].split())
    return Verbs(forms, frozenset(bases), frozenset(data["also_nouns"].split()))


@cache
def auxiliaries() -> frozenset[str]:
    """Return the forms of be, have and do."""
    return words().be | words().have | words().do


@cache
def object_openers() -> frozenset[str]:
    """Return the words that begin the object of a verb."""
    known = words()
    extra = ("that", "to", '"', "on", "upon", "for", "into", "whether")
    return known.determiners | known.possessives | known.pronouns | frozenset(extra)


@cache
def little_words() -> frozenset[str]:
    """Return the words that are no nouns, whatever stands around them."""
    known = words()
    return frozenset(["to"]).union(
        known.prepositions, known.conjunctions, known.subordinators, auxiliaries(), known.modals,
        known.negations, known.determiners, known.possessives, known.pronouns,
        known.adverbs,
    )  # fmt: skip


@cache
def lemma(word: str) -> tuple[str, Form] | None:
    """Return base and form of a word in lower case, None where it is no verb that is known."""
    known = verbs()
    if word in known.forms and (word not in known.bases or word in _SAME_PAST):
        return known.forms[word]
    if word in known.bases:
        return word, "base"
    for ending, form in _ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            for base in _stems(word[: -len(ending)], ending):
                if base in known.bases:
                    return base, form
    return None


def same_in_past(word: str) -> bool:
    """Whether a base is the past of its verb too: "beat", "cut"."""
    return verbs().forms.get(word) == (word, "past")


def _stems(stem: str, ending: str) -> tuple[str, ...]:
    doubled = stem[:-1] if len(stem) > 2 and stem[-1] == stem[-2] else stem
    with_y = stem[:-1] + "y" if stem.endswith("i") else stem
    with_ie = stem[:-1] + "ie" if ending == "ing" and stem.endswith("y") else stem
    return (stem, stem + "e", doubled, with_y, with_ie)
