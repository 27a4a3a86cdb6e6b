"""Invented lines of a docket, made by hand, for the tests of its views."""

from datetime import date, timedelta
from typing import Any

from gravamen.dates import Moment
from gravamen.docket.line import Docket, Due, Event, Line, Pending

ON = date(2026, 11, 23)


def event(at: str, what: str, id: str, text: str = "", **more: Any) -> Event:
    return Event(at=Moment(at), what=what, text=text or f"{what} on {at}.", id=id, **more)


def due(id: str = "k.120", day: date | None = date(2026, 9, 29), **more: Any) -> Due:
    fields: dict[str, Any] = {
        "clock": "clk.glomag.120",
        "rule": "determine whether the person engaged in such an activity",
        "cite": "22 U.S.C. 10102(d), (j)",
        "started": Moment("2026-06-01"),
        "evidence": ("s.joint",),
        "who": "President",
        "silence": "none stated",
        "counted": "120 calendar days",
        "state": "running",
        "owed": "request",
    }
    return Due(id=id, due=day, **(fields | more))


def ours(id: str = "f.1", day: date = date(2026, 12, 1), **more: Any) -> Due:
    return due(
        id, day, clock=None, cite=None, ours=True, owed=None, state="ours", evidence=(),
        rule="ask again", **more,
    )  # fmt: skip


def line(request: str = "r.visa", **more: Any) -> Line:
    fields: dict[str, Any] = {
        "case": "quillby-dorvel",
        "title": "Electric shocks at Dorvel prison",
        "measure": "visa-ban",
        "authority": "us.sfops.7031c",
        "target": "Colonel Ilvan Teresh",
        "office": "us.state.secretary",
        "office_title": "Secretary of State",
        "instrument": "letter-us.state.secretary",
        "dispatch": "d.state",
        "asked_on": date(2026, 5, 14),
        "state": "sent",
        "state_text": "Sent on 14 May 2026; nothing came back.",
        "since": date(2026, 5, 14),
        "days_open": 193,
        "deadline": "no deadline in law: no law on file sets a time for an answer to this letter",
        "events": (event("2026-05-14T15:00Z", "sent", "d.state", source="s.receipt"),),
    }
    return Line(request=request, **(fields | more))


def docket(*lines: Line, pen: tuple[Pending, ...] = (), notes: tuple[str, ...] = ()) -> Docket:
    return Docket(on=ON, lines=lines, pen=pen, notes=notes)


def several() -> Docket:
    """A docket with one line in each group, and a reply that waits for a person."""
    start = date(2026, 5, 14)
    events = [event("2026-05-14", "sent", "d.treasury")]
    events += [
        event((start + timedelta(days=n)).isoformat(), what, f"e{n}", **more)
        for n, what, more in (
            (3, "delivered", {}),
            (9, "reply: acknowledgement", {"source": "s.ack"}),
            (90, "outside: listing", {"source": "s.list"}),
            (120, "reply: interim", {"proposed": True}),
        )
    ]
    return docket(
        line(),
        line(
            "r.designate", office="us.treasury.secretary", office_title="Secretary of the Treasury",
            dispatch="d.treasury", measure="sanctions", authority="us.eo13818",
            state="overdue", state_text="Overdue in law since 29 September 2026.",
            since=date(2026, 9, 30), clocks=(due(state="overdue"), ours()), events=tuple(events),
            next=date(2026, 9, 29), next_why="the time of 22 U.S.C. 10102(d), (j) ended",
            deadline="22 U.S.C. 10102(d), (j): 29 September 2026", proposed=True,
        ),
        line(
            "r.leahy", office="us.president", office_title="President of the United States",
            dispatch="d.president", state="bounced", state_text="Came back as undeliverable.",
            since=date(2026, 5, 15),
            events=(event("2026-05-14", "sent", "d.president"),
                    event("2026-05-15", "bounced", "y.bounce", source="s.bounce")),
        ),
        line(
            "r.uk", office="uk.fcdo.secretary", state="granted",
            office_title="Secretary of State for Foreign, Commonwealth and Development Affairs",
            dispatch="d.uk", state_text="Granted on 1 August 2026.", closed=True, days_open=79,
            since=date(2026, 8, 1),
            events=(event("2026-05-14", "sent", "d.uk"),
                    event("2026-08-01", "reply: substantive", "y.uk", source="s.uk")),
        ),
        line(
            "r.none", office="us.senate.banking", office_title="Senate Committee on Banking",
            dispatch=None, instrument=None, asked_on=None, state="not-sent", days_open=None,
            state_text="Not sent.", since=None, events=(),
        ),
        pen=(
            Pending(
                case="quillby-dorvel", reply="y.7", source="s.7", received=Moment("2026-11-02"),
                kind="ack", dispatch=None, why="Nobody knows which dispatch it answers.",
            ),
        ),
        notes=("Two replies that a person rejected are left out.",),
    )  # fmt: skip
