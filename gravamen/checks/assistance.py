"""Checks of assistance: whether figures are borne out by their rows, and units were compared."""

from collections.abc import Iterator, Sequence

from gravamen.aid.extract.extracted import faults_of
from gravamen.aid.extract.parts import recipients
from gravamen.checks.asked import Asked, joined
from gravamen.checks.flag import Found, check
from gravamen.flows import Flow
from gravamen.law.authority import Authority, Element
from gravamen.parties import Party, with_article
from gravamen.requests import Request

_SHOWN = 3
_TIE = "Say who did what is alleged: give the allegation the unit as its alleged perpetrator."


@check(
    "blocks",
    remedy="Choose the line again from its file (gravamen aid choose), or reject it.",
)
def assistance_sum(q: Asked) -> Iterator[Found]:
    """A line of assistance is not the sum of the rows that its extract holds."""
    for flow in _flows(q):
        if faults := list(faults_of(q.case, flow)):
            yield Found(message=f"{flow.id}: {' '.join(faults[:_SHOWN])}", where=flow.id)


@check(
    "warning",
    remedy="Reject the line, or show it as it is: it is in no sum, with the reason beside it.",
)
def assistance_refused(q: Asked) -> Iterator[Found]:
    """A line of assistance is chosen whose report disagrees with its own printed totals."""
    by_reason: dict[str, list[str]] = {}
    for flow in _flows(q):
        if flow.refused:
            by_reason.setdefault(flow.refused, []).append(flow.id)
    for reason, ids in by_reason.items():
        verb = "counts" if len(ids) == 1 else "count"
        yield Found(message=f"{_few(ids)} {verb} in no sum: {reason}", where=", ".join(ids))


@check(
    "note",
    remedy=(
        "Take in a table of assistance (gravamen aid import FILE) and choose its lines (gravamen "
        "aid choose CASE --country CC)."
    ),
)
def assistance_without_lines(q: Asked) -> Iterator[Found]:
    """Assistance is asked to stop, and no line of it was chosen."""
    flows = _flows(q)
    for request in q.requests:
        target = q.target(request)
        if request.measure != "suspend-assistance" or target is None or not target.country:
            continue
        if lines_of(q, request):
            continue
        whom = with_article(target.name)
        others = list(dict.fromkeys(f.country for f in flows))
        if others:
            yield Found(
                message=f"{request.id} asks about assistance to {whom}, and the lines that were "
                f"chosen are of {joined(others)}.",
                where=request.id,
                severity="warning",
            )
        else:
            yield Found(
                message=f"No line of assistance to {whom} was chosen: the letters name no "
                "program and no amount.",
                where=request.id,
            )


@check(
    "warning",
    remedy="Compare it with the names on file (gravamen aid vet CASE), and record what you find.",
)
def unit_not_compared(q: Asked) -> Iterator[Found]:
    """Assistance to a unit is asked to stop, and nobody compared it with the names on file."""
    with_rows = {f.country for f in _flows(q) if f.rows > f.unnamed_rows and f.trainees is not None}
    looked = {v.unit for v in q.case.vettings.values() if q.stands(v.id)}
    units: dict[str, None] = {}
    for request in q.requests:
        target = q.target(request)
        if request.measure == "suspend-assistance" and target and target.kind == "unit":
            units[target.id] = None
    for id in units:
        party = q.case.parties[id]
        if party.country in with_rows and id not in looked:
            yield Found(
                message=f"Nobody compared {party.name} with the units that the chosen rows name.",
                where=id,
            )


@check(
    "blocks",
    remedy=(
        "Record an allegation of the violation by the unit with a claim from a source, or ask "
        "about a unit of which there is one."
    ),
)
def unit_without_violation(q: Asked) -> Iterator[Found]:
    """A unit is named under a law of units, and no allegation says that it committed a gross
    violation; where one is alleged and nobody has said by whom, the letter stays a draft."""
    for request in q.requests:
        laws = _unit_laws(q, request)
        for unit in _units_named(q, request) if laws else ():
            if not _violation(q, laws, unit):
                yield Found(
                    message=f"{request.id} asks under {joined([a.short for a in laws])} that "
                    f"assistance to {with_article(unit.name)} be withheld, and no allegation with "
                    "a source says that it committed a gross violation of human rights.",
                    where=request.id,
                    severity="draft" if _untied(q, laws) else None,
                    hint=_TIE if _untied(q, laws) else None,
                )


def _unit_laws(q: Asked, request: Request) -> tuple[Authority, ...]:
    """The laws of units that a request names; where it names none, those of its offices."""
    if request.measure != "suspend-assistance":
        return ()
    if named := q.laws(request):
        return tuple(a for a in named if a.kind == "unit-assistance")
    offices = [q.law.offices[o] for o in request.addressees if o in q.law.offices]
    held = {
        a for o in offices for p in o.powers for a in p.authorities if p.measure == request.measure
    }
    every = (q.law.authorities[id] for id in sorted(held) if id in q.law.authorities)
    return tuple(a for a in every if a.kind == "unit-assistance")


def _units_named(q: Asked, request: Request) -> tuple[Party, ...]:
    """The units that a letter names for a request: its target; where that is a state of which
    lines were chosen, those of its units that were accused or found on file."""
    target = q.target(request)
    if target is None or target.kind == "unit":
        return (target,) if target else ()
    if target.kind != "government" or not lines_of(q, request):
        return ()
    return tuple(party for party, _ in recipients(q.case, target.country))


def _violation(q: Asked, laws: Sequence[Authority], unit: Party) -> bool:
    """Whether a claim bears on what laws ask a unit to have done."""
    elements = _acts_of(q, laws)
    ids = {e.id for e in elements}
    if any(f.party == unit.id and f.element in ids and f.state != "missing" for f in q.findings):
        return True
    return any(
        a.act in e.acts and role.kind in e.roles and role.party == unit.id and q.affirming(a)
        for a in q.allegations
        for e in elements
        for role in a.roles
    )


def _untied(q: Asked, laws: Sequence[Authority]) -> bool:
    """Whether such an act is alleged of which nobody has said yet who did it."""
    elements = _acts_of(q, laws)
    return any(
        a.act in e.acts
        and not any(role.kind in e.roles and role.party for role in a.roles)
        and q.affirming(a)
        for a in q.allegations
        for e in elements
    )


def _acts_of(q: Asked, laws: Sequence[Authority]) -> tuple[Element, ...]:
    """What laws ask somebody to have done."""
    ids = dict.fromkeys(e for law in laws for prong in law.prongs for e in prong.all_of)
    return tuple(e for e in map(q.law.element, ids) if e.rule == "act")


def lines_of(q: Asked, request: Request) -> tuple[Flow, ...]:
    """Return the chosen lines that a request for the suspension of assistance is about."""
    target = q.target(request)
    if request.measure != "suspend-assistance" or target is None or not target.country:
        return ()
    return tuple(f for f in _flows(q) if f.country == target.country)


def _flows(q: Asked) -> tuple[Flow, ...]:
    return tuple(f for f in q.case.flows.values() if q.stands(f.id))


def _few(ids: list[str]) -> str:
    more = f" and {len(ids) - _SHOWN} more lines" if len(ids) > _SHOWN else ""
    return f"{joined(ids[:_SHOWN]) if not more else ', '.join(ids[:_SHOWN])}{more}"
