"""An invented county board in California, its steps, and the motion that they are about."""

import datetime

from gravamen.case import Case, Requester
from gravamen.law import load
from gravamen.law.body import Majority, Quorum
from gravamen.proceedings import (
    AdoptionStep,
    Ballot,
    BallotOption,
    Meeting,
    Member,
    Moved,
    Posted,
    Seconded,
    Voted,
)

LAW = load()
ON = datetime.date(2026, 5, 14)
IDS = ("ash", "birch", "cedar", "dogwood", "elm")
MEMBERS = tuple(Member(id=id, name=f"Supervisor {id.title()}") for id in IDS)
FOUR_FIFTHS = Majority(
    basis="seats", share="4/5", more=False, text="four fifths of all seats", cite="Board rule 9",
    as_of="2026",
)  # fmt: skip


def board(**fields: object) -> Requester:
    """A board of five in California."""
    known = {
        "name": "Ostra County Board of Supervisors",
        "kind": "us-county-board",
        "members": MEMBERS,
        "subdivision": "US-CA",
        "zone": "America/Los_Angeles",
    }
    return Requester(**{**known, **fields})  # type: ignore[arg-type]  # fields of a Requester


def case(*steps: AdoptionStep, requester: Requester | None = None, **fields: object) -> Case:
    """A case with these steps."""
    return Case(
        id="ostra",
        title="A motion",
        requester=requester or board(),
        steps={s.id: s for s in steps},
        **fields,  # type: ignore[arg-type]  # fields of a Case
    )


def posted(at: str = "2026-05-09T10:00-07:00", **fields: object) -> Posted:
    """A posting, exactly 72 hours before the meeting."""
    known = {
        "id": "p1",
        "at": at,
        "meeting": Meeting(at="2026-05-12T10:00-07:00"),
        "description": "Ask for sanctions",
        "place": "door of the hall",
        "url": "https://ostra.example/agenda",
        "evidence": ("s.agenda",),
    }
    return Posted(**{**known, **fields})  # type: ignore[arg-type]  # fields of a Posted


def moved(**fields: object) -> Moved:
    """Moved by the first member."""
    known = {"id": "m1", "at": "2026-05-12T10:20-07:00", "by": "Supervisor Ash"}
    return Moved(**{**known, **fields})  # type: ignore[arg-type]  # fields of a Moved


def seconded(**fields: object) -> Seconded:
    """Seconded by the second member."""
    known = {"id": "x1", "at": "2026-05-12T10:21-07:00", "by": "Supervisor Birch"}
    return Seconded(**{**known, **fields})  # type: ignore[arg-type]  # fields of a Seconded


def vote(
    options: str = "aaaaa", id: str = "v1", at: str = "2026-05-12T10:40-07:00", **fields: object
) -> Voted:
    """A roll call of the five, a letter each: aye, no, - abstain, x absent, r recused, . silent."""
    words: dict[str, BallotOption] = {
        "a": "aye", "n": "no", "-": "abstain", "x": "absent", "r": "recused",
    }  # fmt: skip
    ballots = tuple(
        Ballot(member=m, option=words[o]) for m, o in zip(IDS, options, strict=True) if o != "."
    )
    known = {"id": id, "at": at, "ballots": ballots}
    return Voted(**{**known, **fields})  # type: ignore[arg-type]  # fields of a Voted


def quorum(**fields: object) -> Quorum:
    """A quorum rule of the body's own."""
    return Quorum(text="own rule", cite="Board rule 3", as_of="2026", **fields)  # type: ignore[arg-type]  # fields of a Quorum
