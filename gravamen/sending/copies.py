"""Copies: an instrument to the offices that its own text names for a copy."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import msgspec

from gravamen.case import Case
from gravamen.holders import address_by, holder_on
from gravamen.law.authority import Law
from gravamen.sending.dispatchable import Dispatchable, dispatch_id


class Copies(NamedTuple):
    """The copies of an instrument, and for each office that gets none, why."""

    going: tuple[Dispatchable, ...]
    left_out: tuple[str, ...]


def copies_of(
    found: Dispatchable, case: Case, law: Law, *, on: date, taken: Sequence[str] = ()
) -> Copies:
    """Return the copies of an instrument: each a dispatch of its own to one office, which is asked
    for nothing and so carries no request.

    An office of which no address for the channel is confirmed gets none.
    """
    offices = {o.title: o for o in law.offices.values()}
    ids, going, left_out = [*taken, found.dispatch.id], [], []
    for copy in found.instrument.copies:
        office = offices.get(copy.office)
        holder = holder_on(case, office.id, on) if office else None
        address = address_by(holder, found.dispatch.channel) if holder else None
        if office is None or holder is None or not address:
            left_out.append(
                f"No copy goes to the {copy.office}: no address for it is confirmed "
                "(gravamen note holder)."
            )
            continue
        dispatch = msgspec.structs.replace(
            found.dispatch,
            id=dispatch_id(case, office.id, ids),
            office=office.id,
            address=address,
            holder=holder.id,
            requests=(),
            resends=None,
            follows_up=None,
            copy_of=found.dispatch.id,
        )
        ids.append(dispatch.id)
        going.append(found._replace(dispatch=dispatch, holder=holder, flags=()))
    return Copies(tuple(going), tuple(left_out))
