"""Cues: the words that say that somebody speaks, what stance they take and who speaks so."""

import re
from functools import cache
from typing import Literal, NamedTuple, TypeVar

import yaml

from gravamen.claims import Mode, Stance
from gravamen.reading.text import DATA

Voice = Literal["document", "inquiry", "reported", "state", "witnessed"]
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_INTERVIEWED = re.compile(r"\b(?:those|people|persons|men|women) (?:\w+ )?interviewed\b")
_FIRST_PERSON = re.compile(r"\b(?:I|me|my|we|us|our|myself|ourselves)\b", re.IGNORECASE)


class Cues(NamedTuple):
    """The lists of `cues.yaml`: stance by verb, voice by word, forms by verb, and sets of words."""

    clause: dict[str, Stance]
    noun: dict[str, Stance]
    speakers: dict[str, Voice]
    figures: dict[str, re.Pattern[str]]
    blame_links: dict[str, re.Pattern[str]]
    inference: frozenset[str]
    blame: frozenset[str]
    name: frozenset[str]
    document: frozenset[str]
    claim_nouns: frozenset[str]
    justifying: frozenset[str]
    lacking: frozenset[str]
    refused: frozenset[str]
    dismissals: frozenset[str]
    doubts: frozenset[str]
    interviewers: frozenset[str]
    told_somebody: frozenset[str]
    silent_negated: frozenset[str]
    no_bare_clause: frozenset[str]
    leading: frozenset[str]
    inverted: frozenset[str]
    naming: frozenset[str]
    judging: frozenset[str]
    before_quotation: frozenset[str]
    times: frozenset[str]


@cache
def cues() -> Cues:
    """Return the cues of speech."""
    data = yaml.safe_load((DATA / "cues.yaml").read_text("utf-8"))
    lists = {name: frozenset(v.split()) for name, v in data.items() if isinstance(v, str)}
    inference: dict[str, Stance] = dict.fromkeys(lists["inference"], "affirms")
    return Cues(
        clause=_by_word(data["clause"]) | inference,
        noun=_by_word(data["noun"]),
        speakers=_by_word(dict(reversed(data["speakers"].items()))),
        figures={verb: re.compile(f" {form} ") for verb, form in data["figures"].items()},
        blame_links={v: re.compile(rf"\b{w}\b") for v, w in data["blame_links"].items()},
        **lists,
    )


K = TypeVar("K")


def _by_word(lists: dict[K, str]) -> dict[str, K]:
    """Each word with the key of its list; a later list wins."""
    return {word: key for key, words in lists.items() for word in words.split()}


def voice(words: str, described: str = "") -> Voice | None:
    """Tell what kind of voice speaks, from the words for it; None where they do not tell.

    Args:
        words: the speaker as the text writes it.
        described: what else the sentence says of the speaker ("its spokesman, ").
    """
    return _voice_of(words) or (_voice_of(described) if described else None)


def _voice_of(words: str) -> Voice | None:
    """The last word of the first noun phrase decides ("a document of the Ministry"); what is
    named after "of", "by" and the like only where that word does not tell."""
    if _INTERVIEWED.search(words):
        return "witnessed"
    head, *rest = re.split(r" (?:of|by|for|from|to|in|at|on|who|which|interviewed|seen)\b", words)
    for part in (head, " ".join(rest)):
        kinds = [cues().speakers.get(w.lower()) for w in _WORD.findall(part)]
        known = [k for k in kinds if k]
        if known:
            owner = "reported" in known[:-1] and known[-1] == "state"
            return "reported" if owner else known[-1]
    return None


def mode(kind: Voice | None, *, inferred: bool, official: bool, own: bool, relayed: bool) -> Mode:
    """Tell on what basis somebody speaks.

    Args:
        inferred: the verb is one of belief or estimate.
        official: the speaker is named as a state, office or unit.
        own: the content speaks in the first person.
        relayed: the words come through a witness who heard them.
    """
    if kind == "document":
        return "document"
    if kind in ("state", "inquiry") or (kind is None and official):
        return "official"
    if inferred:
        return "inference"
    if relayed:
        return "reported"
    if kind == "witnessed" or own:
        return "witnessed"
    return "reported"


def first_person(words: str) -> bool:
    """Whether words speak of "I" or "we"."""
    return bool(_FIRST_PERSON.search(words))
