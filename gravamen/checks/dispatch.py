"""Checks of a dispatch that is about to go: its channel, its address, who signed, whether it went
already."""

from collections.abc import Iterator
from datetime import date

from gravamen.checks.asked import Asked
from gravamen.checks.flag import Found, check
from gravamen.dates import instant, span, spell
from gravamen.holders import address_by, holder_on, stale
from gravamen.law.office import Outlet
from gravamen.proceedings import Channel, Dispatch, Holder
from gravamen.rounds import Round, numeral, round_of
from gravamen.sentences import Instrument

BY: dict[Channel, str] = {
    "email": "by e-mail",
    "post": "by post",
    "portal": "through a portal",
    "fax": "by fax",
    "hand": "by hand",
}
_ADDRESS: dict[Channel, str] = {
    "email": "e-mail address",
    "post": "postal address",
    "portal": "portal",
    "fax": "fax number",
    "hand": "postal address",
}
# An ended round stands where enough signed before it ended.
_DEAD = ("short", "expired", "superseded", "cancelled")


@check(
    "blocks",
    of=("dispatch",),
    remedy="Send it another way.",
)
def channel_closed(q: Asked) -> Iterator[Found]:
    """It would go through a channel that was shut."""
    for d in q.dispatches:
        office = q.law.offices.get(d.office or "")
        outlets = [o for o in office.channels if o.channel == d.channel] if office else []
        for outlet in outlets:
            if not _shut(outlet, q.on):
                continue
            named = any(_folded(name) in _folded(d.address) for name in outlet.names)
            if not named and any(not _shut(o, q.on) for o in outlets):
                continue
            read = "; ".join(q.law.sources[s].title for s in outlet.sources)
            fact = f"The {outlet.names[0]} was shut by {spell(outlet.closed or '')} ({read})"
            yield Found(
                message=f"{fact}."
                if named
                else f"{fact}; no other {d.channel} of this office is on file"
                + (f", and “{d.address}” may be the same." if d.address else "."),
                where=d.instrument,
                instrument=d.instrument,
                hint=outlet.instead or None,
                severity=None if named else "warning",
            )


def _shut(outlet: Outlet, on: date) -> bool:
    """Whether a channel was shut on a day, in the month or year of its closing too."""
    first = span(outlet.closed).first if outlet.closed else None
    return first is not None and first <= on


@check(
    "blocks",
    of=("dispatch",),
    remedy="Draft the letter for today's holder, and have it signed anew.",
)
def addressee_changed(q: Asked) -> Iterator[Found]:
    """A letter names somebody who does not hold the office today, as far as is confirmed."""
    going = {d.instrument for d in q.dispatches}
    for letter in q.instruments:
        office = q.law.offices.get(letter.office or "")
        if office is None or letter.id not in going:
            continue
        now = holder_on(q.case, office.id, q.on)
        named = _named(q, letter)
        if not named or (now and now.name in {h.name for h in named}):
            continue
        since = f" since {spell(now.start)}" if now and now.start else ""
        holds = (
            f"is held by {now.name}{since}"
            if now and now.name
            else "is held by nobody whom a person confirmed for this day"
        )
        yield Found(
            message=f"The office of {office.title} {holds}; the letter names {named[0].name}.",
            where=letter.id,
            instrument=letter.id,
        )


def _named(q: Asked, letter: Instrument) -> list[Holder]:
    """The holders of the office on record, rejected records too, whom the letter names."""
    lines = [_folded(line) for line in letter.addressee]
    return [
        h
        for h in q.case.noted.values()
        if isinstance(h, Holder)
        and h.office == letter.office
        and h.name
        and any(_folded(h.name) in line for line in lines)
    ]


@check(
    "blocks",
    of=("dispatch",),
    remedy="Confirm the holder and the address: gravamen note holder.",
)
def address_unconfirmed(q: Asked) -> Iterator[Found]:
    """It would go to an address that no person confirmed for the office, or long ago."""
    for d in q.dispatches:
        office = q.law.offices.get(d.office or "")
        if office is None:
            continue
        holder, what = holder_on(q.case, office.id, q.on), _ADDRESS[d.channel]
        old = stale(holder, q.on) if holder else None
        if holder is None or d.address != address_by(holder, d.channel):
            of = f"The {what} “{d.address}”" if d.address else f"No {what}"
            yield Found(
                message=f"{of} of the {office.title} is {'not ' if d.address else ''}confirmed"
                + (f"; the record in force is of {spell(holder.confirmed_on)}." if holder else "."),
                where=d.instrument,
                instrument=d.instrument,
            )
        elif old is not None:
            yield Found(
                message=f"The {what} of the {office.title} was confirmed on "
                f"{spell(holder.confirmed_on)}, {old} days ago.",
                where=d.instrument,
                instrument=d.instrument,
                hint="Look whether it still holds, and confirm it anew: gravamen note holder.",
                severity="warning",
            )


@check(
    "warning",
    of=("dispatch",),
    remedy="Send it again only with a reason (--again), which links it to the first.",
)
def duplicate_dispatch(q: Asked) -> Iterator[Found]:
    """The same instrument went to the same address by the same channel already."""
    for d in q.dispatches:
        first = before(q, d)
        if first is None or d.resends:
            continue
        office = q.law.offices[d.office].title if d.office in q.law.offices else d.to or d.address
        back = [
            r
            for r in q.case.replies.values()
            if r.dispatch == first.id and r.reply == "bounced" and q.stands(r.id)
        ]
        bounced = f"; it came back on {_day(back[0].received)}" if back else ""
        yield Found(
            message=f"Already sent to the {office} {BY[d.channel]} on {_day(first.at)} "
            f"({first.id}){bounced}.",
            where=d.instrument,
            instrument=d.instrument,
        )


def before(q: Asked, dispatch: Dispatch) -> Dispatch | None:
    """Return the last dispatch of the same instrument to the same address by the same channel, by
    the day that is asked about."""
    found = [
        d
        for d in q.case.dispatches.values()
        if q.stands(d.id)
        and d.id != dispatch.id
        and (d.instrument, d.office, d.channel)
        == (dispatch.instrument, dispatch.office, dispatch.channel)
        and _folded(d.address) == _folded(dispatch.address)
        and instant(d.at).day <= q.on
    ]
    return max(found, key=lambda d: (instant(d.at).first(), d.id), default=None)


@check(
    "blocks",
    of=("dispatch",),
    remedy="Mend what its pages say, draft it again, and have that version signed.",
)
def still_draft(q: Asked) -> Iterator[Found]:
    """It says DRAFT on every page."""
    going = {d.instrument for d in q.dispatches}
    for instrument in q.instruments:
        if instrument.draft and instrument.id in going:
            n = len(instrument.draft_reasons)
            first = f": {instrument.draft_reasons[0]}" if n else "."
            more = f" ({n - 1} more.)" if n > 1 else ""
            yield Found(
                message=f"{instrument.id} says DRAFT on every page{first}{more}",
                where=instrument.id,
                instrument=instrument.id,
            )


@check(
    "blocks",
    of=("dispatch",),
    remedy="Gather the signatures first: gravamen sign.",
)
def signatures_missing(q: Asked) -> Iterator[Found]:
    """It would go out with fewer signatures than its round asks for, or without any round."""
    going = {d.instrument for d in q.dispatches}
    for instrument in q.instruments:
        if instrument.id not in going or not instrument.signatories:
            continue
        round = round_of(q.case, instrument.id, on=q.on)
        if round and round.enough and round.state not in _DEAD:
            continue
        yield Found(
            message=_lacking(round, instrument), where=instrument.id, instrument=instrument.id
        )


def _lacking(round: Round | None, instrument: Instrument) -> str:
    """What a round lacks, one sentence."""
    if round is None:
        n = len(instrument.signatories)
        return (
            f"Nobody has signed {instrument.id}: no round of signatures was opened for it, and "
            f"its text has {n} signature block{'s' if n > 1 else ''}."
        )
    if not round.enough:
        said = f"{round.words[:1].upper()}{round.words[1:]}"
        return f"{said} have signed {instrument.id}; it takes {numeral(max(round.needed, 1))}."
    return f"The round of signatures of {instrument.id} is {round.state}."


def _day(moment: str) -> str:
    return spell(instant(moment).day.isoformat())


def _folded(words: str) -> str:
    return " ".join(words.casefold().split())
