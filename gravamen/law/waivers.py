"""The law on a date: whether a power is in force, till when, in which edition, what is waived."""

import re
from datetime import date
from typing import Literal

from gravamen.dates import respelt, spell, within
from gravamen.law.authority import Authority, Edition, WaiverStep
from gravamen.law.cited import SURE
from gravamen.values import Value

State = Literal["barred", "waived", "unknown", "no-waiver", "no-bar"]
Style = Literal["us", "int"]
_HOW = {"memory": "from memory", "inferred": "inferred", "secondary": "from a secondary text"}
_REMARK = re.compile(
    rf" (?:This|The last day given) is (?:{'|'.join(_HOW.values())}) and unchecked\."
)
NO_WAIVER = "There is no waiver."  # the note of a law whose text was read and gives none

_YEARLY = "the yearly appropriations act"


class WaiverState(Value):
    """What the sources on file show of a bar on a day.

    Args:
        state: barred; waived; unknown (they do not show it); no-waiver (it binds, and the law data
            hold no power to waive it); no-bar (none is in force).
        sentence: the state in words, with its cite, and "unchecked" where it is.
        steps: what it rests on.
        needs_review: a step is unchecked, or the state is unknown.
    """

    state: State
    sentence: str
    steps: tuple[WaiverStep, ...]
    needs_review: bool

    @property
    def plain(self) -> str:
        """The state in words without the remark that it is unchecked, for a letter that marks it
        by its dagger."""
        return _REMARK.sub("", self.sentence)


class TermState(Value):
    """How a power that runs out unless it is renewed stands on a day.

    Args:
        until: its last day as far as is known.
        over: that day is past; whether the power was renewed is not known.
        days_left: days from the day that is asked to the last one; below 0 once it is over.
        sentence: all this in words, with the cite.
    """

    until: date
    over: bool
    days_left: int
    sentence: str


def term_state(authority: Authority, on: date, *, style: Style = "int") -> TermState | None:
    """Say how the term of an authority stands on a day; None where it has none.

    A power whose term is over is still in force as far as `in_force` can tell: nothing that was
    read says that it ended, and nothing says that it goes on.
    """
    term = authority.term
    if term is None:
        return None
    days = (term.until - on).days
    until = spell(term.until.isoformat(), style=style)
    day = spell(on.isoformat(), style=style)
    if days < 0:
        known = (
            f"ran to {until}; a renewal was not found, and whether they still stand is not known"
        )
    else:
        left = {0: "this is the last day", 1: "1 day is left"}.get(days, f"{days} days are left")
        known = f"run to {until}; {left}, and a renewal was not found"
    return TermState(
        until=term.until,
        over=days < 0,
        days_left=days,
        sentence=f"{authority.short}, on {day}: {term.what} {known} ({term.cite}).",
    )


def in_force(authority: Authority, on: date) -> bool:
    """Say whether a power exists on a day, as far as its dates of effect show."""
    return authority.effective_from <= on and (
        authority.effective_to is None or on <= authority.effective_to
    )


def edition_on(authority: Authority, on: date) -> Edition | None:
    """Return the edition of a yearly enacted authority on a day; None where none is on file.

    Where a day may lie in two editions, their bounds being partly known, the later one is given.
    """
    likely = [(within(on, e.start, e.end), e) for e in authority.editions]
    for wanted in ("yes", "possible"):
        found = [e for overlap, e in likely if overlap == wanted]
        if found:
            return found[-1]
    return None


def cited_on(authority: Authority, words: str, on: date) -> str:
    """Return words about a yearly enacted authority with the act that is in force on a day; other
    words as they are, and these too where that act is known from memory alone.

    "section 7031(c) of the yearly appropriations act" becomes "section 7031(c) of the
    appropriations act for fiscal year 2026 (Pub. L. 119-75, division F)".
    """
    edition = edition_on(authority, on)
    if edition is None or edition.needs_review:
        return words
    law = edition.cite.split(", section", 1)[0]
    return words.replace(_YEARLY, f"the appropriations act for {edition.name} ({law})")


def waiver_state(authority: Authority, on: date, *, style: Style = "int") -> WaiverState:
    """Say whether the bar of an authority was waived on a day, as far as the sources show.

    The newest step that covers the day decides. A waiver that has run out does not tell what
    came after it: without a later step the state is unknown. So it is where waivers were given on
    days that are not on file, and where a law is waived case by case and no record of it is.
    """
    day, bar = spell(on.isoformat(), style=style), phrase(authority)
    if not in_force(authority, on):
        return _not_law(authority, on, day, bar)
    if authority.waiver is None:
        return _state("no-waiver", _without(authority, bar), None)
    if not authority.waiver.steps:
        return _state(
            "unknown",
            f"Whether {bar} was waived on {day} is not known: it is waived case by case, and no "
            "record of a waiver is on file.",
            None,
        )
    for step in reversed(authority.waiver.steps):
        cover = within(on, step.on, step.until or "..")
        if cover == "yes" and step.event != "undated":
            return _covered(step, day, bar, style)
        if cover != "no" or within(on, step.on, "..") != "no":
            return _state("unknown", _open(step, day, bar, style, ended=cover == "no"), step)
    return _state(
        "unknown",
        f"Whether {bar} was waived on {day} is not known: nothing on file covers it.",
        None,
    )


def _without(authority: Authority, bar: str) -> str:
    """That a law has no waiver: as its text says, or as far as the law data hold."""
    for note in authority.notes:
        if note.text == NO_WAIVER and not note.needs_review:
            return f"There is no waiver of {bar} ({note.cite})."
    return f"The law data hold no waiver of {bar}."


def _not_law(authority: Authority, on: date, day: str, bar: str) -> WaiverState:
    ended = authority.effective_to is not None and authority.effective_to < on
    said = f"On {day} {bar} was {'no longer' if ended else 'not yet'} law."
    sure = authority.effective_mark in SURE
    if not sure:
        said += f" This is {_HOW[authority.effective_mark]} and unchecked."
    return WaiverState(state="no-bar", sentence=said, steps=(), needs_review=not sure)


def phrase(authority: Authority) -> str:
    """Return what a sentence calls the law: its short name, without the capital of a heading."""
    short = authority.short.replace("Section ", "section ", 1)
    if short.endswith(" designation"):
        short = short[0].lower() + short[1:]
    return f"the {short}" if short.endswith((" law", " Act", " designation")) else short


def _covered(step: WaiverStep, day: str, bar: str, style: Style) -> WaiverState:
    if step.event == "repealed":
        return _state("no-bar", f"By {day} {bar} was repealed: {_because(step, style)}", step)
    if step.event == "waived":
        since = spell(step.on, style=style)
        until = f" until {spell(step.until, style=style)}" if step.until else ""
        text = f"On {day} the bar of {bar} was waived, from {since}{until}: {_because(step, style)}"
        return _state("waived", text, step)
    if step.event == "not-extended":
        text = (
            f"On {day} assistance was already barred by {bar}, as far as the sources on file "
            f"show; no waiver in effect on that day was found: {_because(step, style)}"
        )
        return _state("barred", text, step)
    return _state(
        "barred", f"On {day} assistance was already barred by {bar}: {_because(step, style)}", step
    )


def _open(step: WaiverStep, day: str, bar: str, style: Style, *, ended: bool) -> str:
    known = f"Whether the bar of {bar} was waived on {day} is not known. "
    if not ended or step.until is None:
        return f"{known}On file is only that {_because(step, style)}"
    until = spell(step.until, style=style)
    last = "The last waiver on file ran" if step.event == "waived" else "What is on file runs"
    return f"{known}{last} to {until}, and nothing after it was found: {_because(step, style)}"


def _because(step: WaiverStep, style: Style) -> str:
    said = respelt(f"{step.text} ({step.cite}).", style=style)
    if step.needs_review:
        return f"{said} This is {_HOW[step.mark]} and unchecked."
    if step.until and step.until_mark not in SURE:
        return f"{said} The last day given is {_HOW[step.until_mark]} and unchecked."
    return said


def _state(state: State, sentence: str, step: WaiverStep | None) -> WaiverState:
    return WaiverState(
        state=state,
        sentence=sentence,
        steps=(step,) if step else (),
        needs_review=state == "unknown"
        or (step is not None and not {step.mark, step.until_mark} <= {*SURE}),
    )
