"""Relief: what a law on assistance lets through on a day, by waiver or exception."""

from datetime import date

from gravamen.dates import spell
from gravamen.law.authority import Authority, Law, WaiverStep
from gravamen.law.cited import Provision
from gravamen.law.waivers import State, Style, in_force, waiver_state
from gravamen.values import Value


class Relief(Value):
    """What the sources on file show of the waiver of a law, or of its exceptions, on a day.

    Args:
        state: waived; barred (a bar stands); unknown; no-waiver (the law data hold neither a waiver
            nor an exception); no-bar (no such law is in force).
        sentence: the state in words, with its cite where one decides.
        steps: the steps of the waiver that decide.
        exceptions: what the law lets through without a waiver.
        needs_review: what decides is unchecked, or the state is unknown.
    """

    state: State
    sentence: str
    steps: tuple[WaiverStep, ...]
    exceptions: tuple[Provision, ...]
    needs_review: bool


def relievable(law: Law) -> tuple[Authority, ...]:
    """The laws that can be waived, and those on assistance that have an exception."""
    return tuple(a for a in law.authorities.values() if a.waiver or (a.assistance and a.exceptions))


def relief(authority: Authority, on: date, *, style: Style = "int") -> Relief:
    """Say whether a law is waived on a day; of one without a waiver, whether its exceptions are
    known to be used, which no source on file tells."""
    told = waiver_state(authority, on, style=style)
    state, sentence, review = told.state, told.sentence, told.needs_review
    if authority.waiver is None and authority.exceptions and in_force(authority, on):
        state, review = "unknown", True
        sentence = (
            f"{told.sentence} It has an exception; whether "
            f"that was used on {spell(on.isoformat(), style=style)} is not known: no record of it "
            "is on file."
        )
    return Relief(
        state=state,
        sentence=sentence,
        steps=told.steps,
        exceptions=authority.exceptions,
        needs_review=review,
    )
