"""Invented requests and what happened to them, made by hand, for the tests of the docket."""

from datetime import date
from typing import Any

from gravamen import law
from gravamen.case import Case, Judgement, Verdict
from gravamen.dates import Edtf, Moment
from gravamen.docket.docket import docket
from gravamen.docket.line import Docket, Line
from gravamen.proceedings import (
    Answer,
    ClockSigner,
    ClockStarted,
    ClockStopped,
    Delivered,
    Dispatch,
    FollowUp,
    Noted,
    Outside,
    Reply,
    RequestEnded,
)
from gravamen.requests import Request
from gravamen.sources.source import Source

LAW = law.load()
PRESIDENT, STATE = "us.president", "us.state.secretary"
TREASURY, DEFENSE = "us.treasury.secretary", "us.defense.secretary"
SENATE = "us.senate.foreign_relations"


def day(text: str) -> date:
    return date.fromisoformat(text)


def request(id: str = "r.1", office: str = PRESIDENT, **more: Any) -> Request:
    fields: dict[str, Any] = {
        "measure": "sanctions",
        "authority": "us.glomag.act",
        "target_words": "Colonel Teresh",
        "addressees": (office,),
    }
    return Request(id=id, **(fields | more))


def sent(
    id: str = "d.1", at: str = "2024-01-09", office: str | None = PRESIDENT, **more: Any
) -> Dispatch:
    fields: dict[str, Any] = {
        "instrument": "letter",
        "channel": "email",
        "address": "office@example.org",
        "requests": ("r.1",),
    }
    return Dispatch(id=id, at=Moment(at), office=office, **(fields | more))


def reply(
    kind: Any, id: str = "y.1", at: str = "2024-02-01", dispatch: str | None = "d.1", **more: Any
) -> Reply:
    return Reply(
        id=id, source="s.reply", received=Moment(at), reply=kind, dispatch=dispatch, **more
    )


def said(outcome: Any, request: str = "r.1") -> Answer:
    return Answer(request=request, outcome=outcome)


def delivered(at: str = "2024-01-12", id: str = "v.1", dispatch: str = "d.1") -> Delivered:
    return Delivered(id=id, at=Moment(at), dispatch=dispatch, evidence=("s.receipt",))


def chosen(due: str, set_on: str = "2024-01-10", id: str = "f.1", **more: Any) -> FollowUp:
    return FollowUp(id=id, due=Edtf(due), why="six weeks", set_on=Edtf(set_on), **more)


def public(at: str, id: str = "o.1", what: Any = "listing", **more: Any) -> Outside:
    return Outside(
        id=id, at=Moment(at), what=what, summary="The list names him", source="s.list", **more
    )


def ended(at: str, id: str = "e.1", how: Any = "withdrawn", **more: Any) -> RequestEnded:
    return RequestEnded(id=id, at=Moment(at), request="r.1", how=how, **more)


def joint(office: str = SENATE) -> tuple[ClockSigner, ...]:
    return (
        ClockSigner(office=office, capacity="chairperson"),
        ClockSigner(office=office, capacity="ranking-member"),
    )


def started(
    clock: str = "clk.glomag.120", at: str = "2024-03-01", id: str = "k.1", **more: Any
) -> ClockStarted:
    fields: dict[str, Any] = {"evidence": ("s.joint",), "signers": joint(), "requests": ("r.1",)}
    return ClockStarted(id=id, clock=clock, at=Moment(at), **(fields | more))


def stopped(at: str, id: str = "t.1", until: str | None = None, **more: Any) -> ClockStopped:
    fields: dict[str, Any] = {"clock": "k.1", "why": "as agreed.", "evidence": ("s.stop",)}
    return ClockStopped(
        id=id, at=Moment(at), until=Edtf(until) if until else None, **(fields | more)
    )


def source(id: str) -> Source:
    return Source(
        id=id, sha256="0" * 64, size=1, name=f"{id}.txt", media_type="text/plain",
        retrieved=Edtf("2024-01-01"),
    )  # fmt: skip


SOURCES = {id: source(id) for id in ("s.reply", "s.receipt", "s.joint", "s.list", "s.stop")}


def case(
    *happened: Dispatch | Reply | Noted,
    requests: tuple[Request, ...] = (request(),),
    by_machine: tuple[str, ...] = (),
    judged: tuple[tuple[str, Verdict], ...] = (),
    **more: Any,
) -> Case:
    return Case(
        id="quay",
        title="Beatings at the quay",
        sources=SOURCES,
        requests={r.id: r for r in requests},
        dispatches={h.id: h for h in happened if isinstance(h, Dispatch)},
        replies={h.id: h for h in happened if isinstance(h, Reply)},
        noted={h.id: h for h in happened if not isinstance(h, Dispatch | Reply)},
        proposed_by=dict.fromkeys(by_machine, "machine:reader/1"),
        judgements=tuple(Judgement(target=t, verdict=v) for t, v in judged),
        **more,
    )


def on(day_: str, *happened: Dispatch | Reply | Noted, **more: Any) -> Docket:
    return docket(case(*happened, **more), LAW, on=day(day_))


def line(day_: str, *happened: Dispatch | Reply | Noted, **more: Any) -> Line:
    (found,) = on(day_, *happened, **more).lines
    return found
