"""Pattern: whether several acts, apart in time or place and from several origins, are claimed."""

from collections.abc import Iterable, Sequence
from typing import Literal

from gravamen.claims import Allegation, Claim
from gravamen.findings.standing import Evidence, Standing, disjoint

# Counting stops here: a pattern of fifty incidents is no less one of fifty-one.
COUNTED_INCIDENTS = 50
ORIGINS_WANTED = 2


def pattern(
    acts: Iterable[Allegation],
    standing: Standing,
    *,
    minimum: int,
    who: str,
    served: Sequence[Claim] = (),
) -> Evidence:
    """Return whether the acts of a party make a pattern, by their claims.

    Two acts are two incidents where their dates do not meet or their places differ; acts that
    nothing tells apart count once.

    Args:
        minimum: how many incidents the element asks for.
        served: claims that speak of the pattern itself; their origins count too.
    """
    known = [(act, standing.evidence(act.id)) for act in acts]
    plain = [pair for pair in known if pair[1].state == "supported"]
    backed = [pair for pair in known if pair[1].state != "missing"]
    direct = standing.weighed(served)
    clear, counted = incidents([a for a, _ in plain]), incidents([a for a, _ in backed])
    said_outright = direct.state != "missing" and len(direct.origins) >= ORIGINS_WANTED
    clear_origins = _origins([e for _, e in plain], direct)
    origins = _origins([e for _, e in backed], direct)
    enough = counted >= minimum and len(origins) >= ORIGINS_WANTED
    clearly = clear >= minimum and len(clear_origins) >= ORIGINS_WANTED
    state: Literal["supported", "contested", "missing"] = "missing"
    if (clearly or said_outright) and direct.state != "contested":
        state = "supported"
    elif enough or said_outright:
        state = "contested"
    every = [*(e for _, e in backed), direct]
    return Evidence(
        state=state,
        claims=_flat(e.claims for e in every),
        against=_flat(e.against for e in every),
        qualified=_flat(e.qualified for e in every),
        word=f"{_count(counted, 'incident')} from {_count(len(origins), 'origin')}",
        origins=origins,
        gap=_gap(who, len(backed), counted, minimum, len(origins)) if state == "missing" else None,
        allegations=tuple(a.id for a, _ in backed),
        unreviewed=any(e.unreviewed for e in every),
        withdrawn=direct.withdrawn,
    )


def incidents(acts: Iterable[Allegation]) -> int:
    """How many of the acts can be told apart by date or place; no more than fifty are counted."""
    found: list[Allegation] = []
    for act in acts:
        if len(found) == COUNTED_INCIDENTS:
            break
        if all(_apart(act, other) for other in found):
            found.append(act)
    return len(found)


def _apart(a: Allegation, b: Allegation) -> bool:
    if a.date and b.date and disjoint(a.date, b.date):
        return True
    here, there = a.place_normal or a.place, b.place_normal or b.place
    return bool(here and there and here.casefold() != there.casefold())


def _origins(every: Iterable[Evidence], direct: Evidence) -> tuple[str, ...]:
    return tuple(sorted({o for e in (*every, direct) for o in e.origins}))


def _gap(who: str, acts: int, counted: int, minimum: int, origins: int) -> str:
    """Say how many acts are on record, as how many incidents they count, and what is wanting."""
    if counted >= minimum:
        return (
            f"The acts on record against {who} all go back to {_count(origins, 'origin')}; a "
            "report of another origin would bear on this."
        )
    are = "is" if acts == 1 else "are"
    have = (
        f"{_count(acts, 'act')} {are} claimed of {who}" if acts else f"No act of {who} is claimed"
    )
    if counted < acts:
        have += f", which day and place tell apart as no more than {_count(counted, 'incident')},"
    return (
        f"{have.rstrip(',')}; the law sets no number, and our own measure asks for {minimum} apart "
        f"in time or place and from several origins. {minimum - counted} more, each with its "
        "date and place, counts over years, findings of international bodies or a refused inquiry "
        "would bear on this."
    )


def _count(n: int, noun: str) -> str:
    return f"{n} {noun}{'' if n == 1 else 's'}"


def _flat(groups: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(id for group in groups for id in group))
