"""Fit: whether a note can be about the request that it names, and what it would show of it."""

from collections.abc import Sequence
from datetime import date

from gravamen.case import Case
from gravamen.docket.clocks import Reckoner
from gravamen.law.authority import Clock, Law
from gravamen.proceedings import ClockStarted, ClockStopped, Outside
from gravamen.requests import Request


def unfit(law: Law, clock: Clock, request: Request) -> str | None:
    """Why a clock is not about a request; None where it may be.

    It is another state's, or of a law under which nobody asks for what is asked.
    """
    authority = law.authorities.get(clock.authority or "")
    asked = law.authorities.get(request.authority or "")
    state = authority.jurisdiction if authority else clock.jurisdiction
    offices = (law.offices[a].jurisdiction for a in request.addressees if a in law.offices)
    states = {asked.jurisdiction} if asked else set(offices)
    if states and state not in states:
        where = ", ".join(sorted(states))
        return f"{clock.id} is of the law of {state}, and {request.id} was asked of {where}"
    known = authority.measures if authority else clock.measures
    if request.measure in known or (authority and asked is authority):
        return None
    named = authority.short if authority else clock.cite
    return f"{clock.id} is of {named}, which does not know {request.measure} ({request.id})"


def owed_under(clock: Clock, request: Request) -> bool:
    """Whether a clock is of the very law that a request is made under."""
    if clock.authority:
        return request.authority == clock.authority
    return request.measure in clock.measures


def anothers(law: Law, thing: Outside, office: str) -> bool:
    """Whether something public is the act of another state than that of an office."""
    actor, asked = law.offices.get(thing.office or ""), law.offices.get(office)
    return bool(actor and asked and actor.jurisdiction != asked.jurisdiction)


def start_refused(case: Case, law: Law, started: ClockStarted, *, on: date) -> str | None:
    """Why what is to be recorded starts no clock for its requests; None where it may.

    Lacking evidence and lacking signers are told and not refused: they may yet come.
    """
    clock = law.clock(started.clock)
    asked = [case.requests[r] for r in started.requests if r in case.requests]
    for request in asked:
        if why := unfit(law, clock, request):
            return f"{why}; no time of that law runs for it."
    reckoner = Reckoner(law, on=on, sources=case.sources, runs=runs(case, besides=started.id))
    return reckoner.refusal(started)


def stop_refused(case: Case, law: Law, stopped: ClockStopped) -> str | None:
    """Why a clock cannot stand still until a day; None where a rule lets it, or where it ended."""
    started = case.noted.get(stopped.clock)
    if stopped.until is None or not isinstance(started, ClockStarted):
        return None
    clock = law.clock(started.clock)
    if clock.tolling:
        return None
    return (
        f"No rule on file lets {clock.id} stand still ({clock.cite}); leave out --until where it "
        "ended, and give --met where what the law asks was done."
    )


def outcome_refused(case: Case, law: Law, thing: Outside) -> str | None:
    """Why something public does not mean for a request what is said; None where it may.

    A press report decides nothing by itself, and what another state did is no decision of the
    office that was asked.
    """
    decided = [a for a in thing.answers if a.outcome != "not-addressed"]
    if thing.what == "press" and decided:
        return (
            "A press report decides nothing by itself; leave out --answer and name the request "
            "with --request, or take in the words of the office with `gravamen receive`."
        )
    if decided and thing.office is None:
        return (
            "--of is missing; say whose act it is by the id of an office, for only what the state "
            "that was asked did can answer the request. Where it is nobody's in the law data, "
            "leave out --answer and name the request with --request."
        )
    actor = law.offices.get(thing.office or "")
    for answer in decided if actor else ():
        request = case.requests.get(answer.request)
        asked = [o for o in (request.addressees if request else ()) if o in law.offices]
        if asked and all(anothers(law, thing, office) for office in asked):
            named = ", ".join(law.offices[o].title for o in asked)
            return (
                f"{answer.request} was asked of: {named}. What {actor.title if actor else ''} did "
                f"decides nothing there; name the request with --request {answer.request}."
            )
    return None


def runs(
    case: Case, *, besides: str | None = None
) -> tuple[tuple[ClockStarted, Sequence[ClockStopped]], ...]:
    """What started clocks in a case, each with what stopped it; nothing that a person rejected."""
    noted = [n for n in case.noted.values() if case.stands(n.id) and n.id != besides]
    stops = [n for n in noted if isinstance(n, ClockStopped)]
    starts = [n for n in noted if isinstance(n, ClockStarted)]
    return tuple((n, [s for s in stops if s.clock == n.id]) for n in starts)
