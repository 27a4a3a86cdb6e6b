"""Neutral: an act that was read, in words of no side; what its victims and bodies are called."""

import re

from gravamen.reading.proposal import AllegationFound
from gravamen.vocabulary import VictimKind

# Nouns in the names of bodies, by which a name that reads like a person's is told from one.
OF_BODIES = re.compile(
    r"\b(?:directorate|ministry|department|agency|service|battalion|brigade|regiment|police|forces?"
    r"|guards?|corps|council|committee|company)\b",
    re.IGNORECASE,
)
_VICTIM_WORDS: tuple[tuple[VictimKind, str], ...] = (
    ("journalist", r"journalist|reporter|editor|blogger"),
    ("lawyer", r"lawyer|attorney|advocate"),
    ("rights-defender", r"defender|activist|campaigner|dissident"),
    ("elected-official", r"elected|mayor|parliamentarian|legislator|member of parliament"),
    ("protester", r"protest|demonstrat"),
    ("whistle-blower", r"whistle.?blower"),
    ("captive", r"prisoner|\bPOWs?\b|detainee|hostage|inmate|captive|captured"),
    ("combatant", r"soldier|fighter|combatant|servic?em[ae]n|troops|militia"),
    ("child", r"child|infant|minor|\bboys?\b|\bgirls?\b|pupil"),
    ("civilian", r"civilian|resident|villager|inhabitant|family|families|patient"),
)
_ACT_NOUNS = {
    "prosecution": "criminal charges against",
    "threat": "threats against",
    "injury": "injury to",
    "missing": "disappearance from sight of",
    "attack": "attack on",
    "denial-of-judge": "denial of a judge to",
    "denial-of-lawyer": "denial of a lawyer to",
    "denial-of-information": "denial of information about",
    "command": "command over",
    "support": "support of",
    "corruption": "corruption by",
    "failure-to-investigate": "failure to investigate as to",
    "extortion": "extortion from",
    "blockade": "blockade of",
    "mining": "mining of",
}


def victims_of(words: str) -> tuple[VictimKind, ...]:
    """Return what victims are called in some words: journalist, captive, child ..."""
    return tuple(
        kind for kind, pattern in _VICTIM_WORDS if re.search(pattern, words, re.IGNORECASE)
    )


def neutral(found: AllegationFound) -> str:
    """An act in neutral words, with those of the text for who did it to whom."""
    act = _ACT_NOUNS.get(found.act, f"{found.act.replace('-', ' ')} of")
    words = f"{act} {found.victim or 'somebody whom the text does not name'}"
    return words + (f", laid to {found.perpetrator}" if found.perpetrator else "")
