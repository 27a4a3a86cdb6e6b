"""Measures: which verb and object ask for which measure."""

import re
from functools import cache
from typing import Literal, NamedTuple

import msgspec
import yaml

from gravamen.reading.text import DATA
from gravamen.values import Value
from gravamen.vocabulary import Measure

Target = Literal[
    "object", "on", "to", "into", "of", "ban", "access", "info", "recognised", "prevented",
    "determined",
]  # fmt: skip
_ABOUT_CHARS = 130
_REASON = re.compile(r"[;:]|\b(?:until|unless|because|so that)\b")


class Written(Value):
    """A rule as `measures.yaml` writes it."""

    measure: Measure
    verbs: list[str]
    target: Target
    about: str = ""
    refrain: bool = msgspec.field(name="not", default=False)


class Rule(NamedTuple):
    """One way to ask for a measure, and where its target stands."""

    measure: Measure
    verbs: re.Pattern[str]
    about: re.Pattern[str]
    target: Target
    refrain: bool


class Asking(NamedTuple):
    """The lists of `measures.yaml`."""

    ask: frozenset[str]
    ask_noun: frozenset[str]
    modals: frozenset[str]
    leading: frozenset[str]
    refraining: frozenset[str]
    own_wish: frozenset[str]
    to_addressee: frozenset[str]
    for_noun: frozenset[str]
    as_action: frozenset[str]
    own_staff: re.Pattern[str]
    rules: tuple[Rule, ...]


@cache
def asking() -> Asking:
    """Return the words of asking and of what can be asked."""
    data = yaml.safe_load((DATA / "measures.yaml").read_text("utf-8"))
    rules = msgspec.convert(data.pop("rules"), list[Written])
    staff = re.compile(data.pop("own_staff"), re.IGNORECASE)
    lists = {name: frozenset(listed.split()) for name, listed in data.items()}
    return Asking(**lists, own_staff=staff, rules=tuple(_rule(r) for r in rules))


def _rule(written: Written) -> Rule:
    return Rule(
        measure=written.measure,
        verbs=re.compile(r"(?:" + "|".join(written.verbs) + r")\Z"),
        about=re.compile(written.about, re.IGNORECASE),
        target=written.target,
        refrain=written.refrain,
    )


def rule_for(lemma: str, words: str, *, refrain: bool = False) -> Rule | None:
    """Return the rule that a verb and the words after it meet, None where they ask no measure.

    Args:
        refrain: whether it is asked not to be done.
    """
    near = _REASON.split(words[:_ABOUT_CHARS], maxsplit=1)[0]
    for rule in asking().rules:
        if rule.refrain and not refrain:
            continue
        if rule.verbs.match(lemma) and rule.about.search(near):
            return rule
    return None
