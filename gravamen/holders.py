"""Holders: who holds an office on a day and where it is reached, as persons confirmed it."""

from collections.abc import Iterator
from datetime import date

from gravamen.case import Case
from gravamen.dates import span, within
from gravamen.proceedings import Channel, Holder

# Our own choice: after so long somebody should look again whether an address still holds.
STALE_DAYS = 90


def holder_on(case: Case, office: str, on: date) -> Holder | None:
    """Return who holds an office on a day: of the records that a person confirmed by then and
    whose term covers the day, the one that was confirmed last; None where nobody is known.

    A record that a later one of the same person contradicts (the term ended) counts no more.
    """
    known = confirmed(case, office, on)
    for at, record in enumerate(known):
        later = [r for r in known[:at] if r.name == record.name]
        if _covers(record, on) and all(_covers(r, on) for r in later):
            return record
    return None


def confirmed(case: Case, office: str, on: date) -> tuple[Holder, ...]:
    """Return the records of an office that a person confirmed by a day, the last one first."""
    found = [h for h in _records(case) if h.office == office and _day(h) <= on]
    return tuple(sorted(found, key=lambda h: (_day(h), h.start or "", h.id), reverse=True))


def address_by(holder: Holder, channel: Channel) -> str | None:
    """Return the one address of a holder for a channel; None where none is confirmed.

    What is handed over goes to the postal address.
    """
    match channel:
        case "email":
            return holder.email
        case "portal":
            return holder.portal
        case "fax":
            return holder.fax
        case "post" | "hand":
            return ", ".join(holder.address) or None


def stale(holder: Holder, on: date) -> int | None:
    """Return how many days ago a record was confirmed, where that is longer than `STALE_DAYS`."""
    days = (on - _day(holder)).days
    return days if days > STALE_DAYS else None


def inside_address(holder: Holder, title: str) -> tuple[str, ...]:
    """Return the lines of the inside address: the name as the record's honorific says, the title,
    the lines of the address."""
    name = " ".join(filter(None, (holder.honorific, holder.name)))
    return (*filter(None, (name if holder.name else None, title)), *holder.address)


def _records(case: Case) -> Iterator[Holder]:
    for noted in case.noted.values():
        if isinstance(noted, Holder) and case.stands(noted.id) and case.reviewed(noted.id):
            yield noted


def _day(holder: Holder) -> date:
    """The last day that the date of the confirmation may mean: before it, it is not sure."""
    return span(holder.confirmed_on).last or date.max


def _covers(holder: Holder, on: date) -> bool:
    return within(on, holder.start, holder.end) != "no"
