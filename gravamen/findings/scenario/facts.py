"""Facts: parties, acts and who says so, in the short form of a scenario's file."""

from collections.abc import Mapping

import msgspec

from gravamen.claims import AllegationKind
from gravamen.dates import Edtf
from gravamen.law.clocks import Capacity
from gravamen.values import Value
from gravamen.vocabulary import Act, Measure, PartyKind, VictimKind


class Said(Value):
    """Who speaks for, against or with a limit; which of them withdrew; what each proves."""

    said_by: tuple[str, ...] = ()
    denied_by: tuple[str, ...] = ()
    qualified_by: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    proves: Mapping[str, tuple[str, ...]] = {}


class PostFacts(Value):
    """A post or a command: in or over which body, from when to when, and what shows it."""

    title: str
    body: str
    start: Edtf | None = msgspec.field(default=None, name="from")
    end: Edtf | None = msgspec.field(default=None, name="to")
    leads: bool = True
    shown_by: tuple[str, ...] = ()
    denied_by: tuple[str, ...] = ()


class PartyFacts(Said):
    """A party: what kind of one, of which state, in which body, with which posts."""

    kind: PartyKind
    country: str | None = None
    nationality: str | tuple[str, ...] = ()
    us_person: bool | None = None
    part_of: str | None = None
    family_of: str | None = None
    shown_by: tuple[str, ...] = ()
    posts: tuple[PostFacts, ...] = ()
    commands: tuple[PostFacts, ...] = ()


class ActFacts(Said):
    """An act or other allegation: what, when, where, who stood in it, who says so."""

    act: Act | None = None
    kind: AllegationKind = "act"
    on: Edtf | None = None
    place: str | None = None
    victims: tuple[VictimKind, ...] = ()
    suspected: bool = False
    perpetrators: tuple[str, ...] = ()
    commanders: tuple[str, ...] = ()
    officials: tuple[str, ...] = ()
    suppliers: tuple[str, ...] = ()
    investigators: tuple[str, ...] = ()
    beneficiaries: tuple[str, ...] = ()
    witnesses: tuple[str, ...] = ()
    harmed: tuple[str, ...] = ()


class RequestFacts(Value):
    """What is asked against whom under which authority, and of which offices."""

    measure: Measure
    against: str
    under: str | None = None
    of: tuple[str, ...] = ()


class SignerFacts(Value):
    """Who signs: of which office, as what; one that is no office is its words ("county board")."""

    of: str
    capacity: Capacity = msgspec.field(name="as")


class CaseFacts(Value):
    """All facts of a scenario, each thing under a name of the writer's choosing."""

    parties: Mapping[str, PartyFacts] = {}
    acts: Mapping[str, ActFacts] = {}
    origins: Mapping[str, str] = {}
    requests: tuple[RequestFacts, ...] = ()
    rejected: tuple[str, ...] = ()
    by_machine: tuple[str, ...] = ()
    signers: tuple[SignerFacts, ...] = ()
    corruption: bool = False
