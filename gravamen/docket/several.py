"""Several: the dockets of several cases as one."""

from collections.abc import Iterable
from itertools import chain
from operator import attrgetter

from msgspec.structs import replace

from gravamen.docket.line import Docket


def joined(dockets: Iterable[Docket]) -> Docket:
    """Return one docket of several cases on one day, in the order of the ids of the cases.

    Where two have one id, the second is called ID-2, so that nothing of them is mixed: not the
    picture of each, its calendar, nor the counts of the letters.

    Raises:
        ValueError: there are none.
    """
    every, notes = _apart(dockets)
    if not every:
        raise ValueError("There is no docket to join; give at least one case.")
    return Docket(
        on=every[0].on,
        lines=tuple(sorted((x for d in every for x in d.lines), key=attrgetter("case"))),
        pen=tuple(sorted((x for d in every for x in d.pen), key=attrgetter("case"))),
        notes=(*notes, *(note for d in every for note in d.notes)),
    )


def _apart(dockets: Iterable[Docket]) -> tuple[list[Docket], list[str]]:
    """Dockets of several cases, none with the id of another, and what was done for that."""
    found: list[Docket] = []
    notes: list[str] = []
    taken: set[str] = set()
    for one in dockets:
        had = next(chain((x.case for x in one.lines), (x.case for x in one.pen)), "")
        case, n = had, 1
        while case in taken:
            n += 1
            case = f"{had}-{n}"
        if case != had:
            notes.append(
                f"Several cases have the id {had}; the one in place {len(found) + 1} of those "
                f"named is called {case} here."
            )
            one = replace(
                one,
                lines=tuple(replace(x, case=case) for x in one.lines),
                pen=tuple(replace(x, case=case) for x in one.pen),
            )
        taken |= {case} if case else set()
        found.append(one)
    return found, notes
