"""Ending: what is known of the end of a law that is renewed from time to time."""

from collections.abc import Iterable
from datetime import date

from gravamen.findings.finding import Finding
from gravamen.law.authority import Authority, Law
from gravamen.law.waivers import term_state

ENDS_SOON_DAYS = 180


def ending(authority: Authority, on: date) -> str | None:
    """The sentence on the end of an authority, where it is near or past on a day; else None."""
    state = term_state(authority, on)
    return state.sentence if state and state.days_left <= ENDS_SOON_DAYS else None


def endings(law: Law, findings: Iterable[Finding], on: date | None) -> list[str]:
    """The sentences on the ends of the laws that were weighed; none where no day is given."""
    ids = dict.fromkeys(f.authority for f in findings)
    told = [ending(law.authority(id), on) for id in ids] if on else []
    return [end for end in told if end]
