"""Measures: which verb and object ask for which measure."""

import re
from functools import cache
from typing import Literal, NamedTuple

import msgspec
import yaml

from gravamen.reading.mend import pattern
from gravamen.reading.text import DATA
from gravamen.values import Value
from gravamen.vocabulary import Measure

Target = Literal[
    "object", "on", "to", "into", "of", "ban", "access", "info", "recognised", "prevented",
    "determined", "listed", "practices", "bill", "ended", "none",
]  # fmt: skip
_ABOUT_CHARS = 130
_NOUN_CHARS = 32  # "call for an immediate end to"
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
    asked_by_noun: frozenset[str]
    renewing: frozenset[str]
    operative: frozenset[str]
    modals: frozenset[str]
    leading: frozenset[str]
    refraining: frozenset[str]
    opposing: frozenset[str]
    own_wish: frozenset[str]
    to_addressee: frozenset[str]
    for_noun: frozenset[str]
    as_action: frozenset[str]
    named: frozenset[str]
    commands: frozenset[str]
    askable: frozenset[str]
    visa_laws: frozenset[str]
    undoing: re.Pattern[str]
    own_staff: re.Pattern[str]
    rules: tuple[Rule, ...]


@cache
def asking() -> Asking:
    """Return the words of asking and of what can be asked."""
    data = yaml.safe_load((DATA / "measures.yaml").read_text("utf-8"))
    rules = msgspec.convert(data.pop("rules"), list[Written])
    staff = re.compile(data.pop("own_staff"), re.IGNORECASE)
    undoing = pattern(data.pop("undoing"))
    lists = {name: frozenset(listed.split()) for name, listed in data.items()}
    made = tuple(_rule(r) for r in rules)
    return Asking(**lists, own_staff=staff, undoing=undoing, rules=made)


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

    What is not to be done meets the rules for that and no others; what undoes a measure ("lift the
    sanctions") asks for none.

    Args:
        refrain: whether it is asked not to be done.
    """
    if undone(lemma, words):
        return None
    near = _REASON.split(words[:_ABOUT_CHARS], maxsplit=1)[0]
    for rule in asking().rules:
        if rule.refrain == refrain and rule.verbs.match(lemma) and rule.about.search(near):
            return rule
    return None


def undone(lemma: str, words: str) -> bool:
    """Whether a verb undoes a measure or keeps it from being taken, or the words after it do."""
    if lemma in asking().opposing:
        return True
    near = _REASON.split(f"{lemma} {words[:_ABOUT_CHARS].lstrip()}", maxsplit=1)[0]
    m = asking().undoing.search(near)
    return m is not None and m.start() <= (_NOUN_CHARS if lemma in asking().ask_noun else 0)
