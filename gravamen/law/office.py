"""Offices: who can be asked, what each can do, and the ways to it, as values; each value cited."""

import datetime
from typing import Literal

from gravamen.dates import Edtf, spell
from gravamen.law.cited import Cited, Mark
from gravamen.vocabulary import Measure


class Power(Cited):
    """What an office can do: a measure under some authorities, in one plain infinitive phrase.

    Args:
        asks: what a letter to this office asks, after "asks you to": "designate, under Executive
            Order 13818, the persons named below".
        asks_waived: what it asks instead while the bar is waived; `asks_unknown` where no source
            on file shows whether it is.
    """

    measure: Measure
    authorities: tuple[str, ...]
    asks: str
    asks_waived: str | None = None
    asks_unknown: str | None = None

    def asked(self) -> dict[str, str]:
        """Return what is asked by how the bar stands; "" for what is asked otherwise."""
        other = {"while it is waived": self.asks_waived, "where not known": self.asks_unknown}
        return {"": self.asks} | {when: words for when, words in other.items() if words}


class Outlet(Cited):
    """A way in which an office takes what is sent to it, and from when to when it was open.

    The law data hold one only where a text that was read says so. Addresses of persons are dated
    records of a case (`proceedings.Holder`).

    Args:
        names: how it is called; an address of a dispatch that holds one of these goes through it.
        opened, closed: as exactly as the text says; `closed` is the date by which it was shut.
        checked_on: the day on which somebody last looked whether it is open.
        instead: what to use where it is closed, one sentence.
    """

    channel: Literal["email", "post", "portal", "fax", "hand"]
    names: tuple[str, ...]
    checked_on: datetime.date
    opened: Edtf | None = None
    closed: Edtf | None = None
    instead: str = ""

    @property
    def told(self) -> str:
        """What is known of it, one sentence: how it is called, when it was opened and shut."""
        known = [f"open from {spell(self.opened)}"] if self.opened else []
        known += [f"closed by {spell(self.closed)}"] if self.closed else []
        known.append(f"looked up on {spell(self.checked_on.isoformat())}")
        return f"The {self.names[0]} ({self.channel}): {', '.join(known)}."


class Office(Cited):
    """An office of state that can be asked: title, forms of address, powers.

    Args:
        names: how texts name it; an adjective in square brackets may be left out.
        salutation: for a holder whom nobody confirmed ("Dear Secretary:").
        address: lines of the inside address without the holder's name; the law data hold none.
        forms: how surely the salutation and the close are known.
        channels: ways to it of which a text says when they were opened or shut.
    """

    id: str
    title: str
    jurisdiction: str
    names: tuple[str, ...]
    salutation: str
    close: str
    address: tuple[str, ...] = ()
    forms: Mark = "memory"
    powers: tuple[Power, ...] = ()
    channels: tuple[Outlet, ...] = ()
