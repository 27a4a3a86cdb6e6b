"""Oddities: characters of a text that deceive its reader, or show that something is missing."""

import re
from collections.abc import Callable

from gravamen.sources.source import Notice

_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
# Not those that the scripts of Persian, Hindi and others need (U+200C, U+200D).
_UNSEEN = re.compile(
    "[\u180e\u200b\u2060-\u2064\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)
_CONTROL = re.compile("[\x01-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f]")


def oddities(text: str, *, name: str) -> tuple[Notice, ...]:
    """Return a notice for each kind of oddity in a text, with the place of the first."""
    found = (rule(text, name) for rule in _RULES)
    return tuple(notice for notice in found if notice)


def _bidi_control(text: str, name: str) -> Notice | None:
    places = [m.start() for m in _BIDI.finditer(text)]
    if not places:
        return None
    return Notice(
        id="bidi-control",
        message=f"{name} has {_counted(len(places), 'character')} that turn the direction of "
        f"reading, the first U+{ord(text[places[0]]):04X} at offset {places[0]}: words may show in "
        "another order than they stand. Read that place letter by letter.",
    )


def _unseen_character(text: str, name: str) -> Notice | None:
    places = [m.start() for m in _UNSEEN.finditer(text)]
    if not places:
        return None
    return Notice(
        id="unseen-character",
        message=f"{name} has {_counted(len(places), 'character')} that no reader sees, the first "
        f"U+{ord(text[places[0]]):04X} at offset {places[0]}: words may not be what they look "
        "like. Copy quotes from the text, not from what is shown.",
    )


def _nul_character(text: str, name: str) -> Notice | None:
    if "\0" not in text:
        return None
    return Notice(
        id="nul-character",
        message=f"{name} has {_counted(text.count(chr(0)), 'NUL character')}, the first at offset "
        f"{text.index(chr(0))}; a program may have shown it only up to there.",
    )


def _control_character(text: str, name: str) -> Notice | None:
    places = [m.start() for m in _CONTROL.finditer(text)]
    if not places:
        return None
    return Notice(
        id="control-character",
        message=f"{name} has {_counted(len(places), 'control character')}, the first "
        f"U+{ord(text[places[0]]):04X} at offset {places[0]}; no part of any words.",
    )


def _blank(text: str, name: str) -> Notice | None:
    if text.strip():
        return None
    return Notice(
        id="blank",
        message=f"No words were found in {name}; nothing can be quoted from it. Look at the file "
        "itself.",
    )


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


_RULES: tuple[Callable[[str, str], Notice | None], ...] = (
    _bidi_control,
    _unseen_character,
    _nul_character,
    _control_character,
    _blank,
)
