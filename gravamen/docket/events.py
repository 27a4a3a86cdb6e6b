"""Events: what happened to a request, put into words for the docket."""

from collections.abc import Callable, Mapping
from datetime import date

from gravamen.dates import instant
from gravamen.docket.days import last_of
from gravamen.docket.line import Event
from gravamen.docket.status import HAPPENED, Titles, after, on_day
from gravamen.docket.threads import Item, at_of
from gravamen.proceedings import (
    ClockStarted,
    ClockStopped,
    Delivered,
    Dispatch,
    FollowUp,
    Outside,
    Reply,
    RequestEnded,
    SignatureEnded,
)

_REPLIES = {
    "auto-ack": "An automatic acknowledgement", "ack": "An acknowledgement",
    "referral": "A referral", "interim": "An interim reply", "substantive": "An answer",
    "refusal": "A refusal", "no-power": "An answer that it has no power",
    "clarification": "A question to us", "bounced": "Notice that it could not be delivered",
    "misdirected": "A reply that was meant for others", "unclear": "A reply of no clear kind",
}  # fmt: skip
_MEANT = {outcome: f"{words[:1].lower()}{words[1:]}" for outcome, words in HAPPENED.items()}
_OUTCOMES = {
    "granted": "granted", "partly": "partly granted", "refused": "refused",
    "no-power": "without power", "referred": "referred", "not-addressed": "not spoken of",
}  # fmt: skip


class Teller:
    """Puts happenings into words.

    Args:
        signed: the name of each signatory and the id of what it signed, by the ids of the round of
            signatures and of the signatory.

    Args:
        asked: the day on which the request was first sent; what is public is told by how long
            after it came.
    """

    def __init__(
        self,
        titles: Titles,
        evidence: Callable[[tuple[str, ...]], str],
        signed: Mapping[tuple[str, str], tuple[str, str]],
    ) -> None:
        self.titles, self.evidence, self.signed = titles, evidence, signed

    def event(self, item: Item, asked: date | None) -> Event:
        """A happening as an event."""
        thing = item.thing
        match thing:
            case Reply():
                what, text, source = self._came(thing, item)
            case Dispatch():
                what, text, source = self._sent(thing)
            case Delivered():
                what, source = "delivered", thing.evidence[0] if thing.evidence else None
                text = f"Delivered, {self.evidence(thing.evidence)}."
            case Outside():
                what, source = f"outside: {thing.what}", thing.source
                text = _public(thing, item, asked, self.titles)
            case FollowUp():
                what, source = "follow-up set", None
                text = _chosen(thing)
            case RequestEnded():
                what, source = thing.how, None
                text = f"The request was {thing.how}{_because(thing.reason)}."
            case SignatureEnded():
                what, source = f"signature {thing.how}", None
                text = self._unsigned(thing, asked)
            case ClockStarted():
                what, source = "clock noted", thing.evidence[0] if thing.evidence else None
                shown = ", ".join(thing.evidence) or "no source"
                noted = f"It was noted that {thing.clock} began ({shown})"
                text = f"{noted}; whether its time runs is told with the clocks."
            case ClockStopped():
                what, source = "clock stopped", thing.evidence[0] if thing.evidence else None
                text = f"{thing.clock} was stopped, {self.evidence(thing.evidence)}: {thing.why}"
        return Event(
            at=at_of(thing),
            what=what,
            text=text,
            id=thing.id,
            source=source,
            proposed=not item.counts,
        )

    def _sent(self, thing: Dispatch) -> tuple[str, str, str | None]:
        what = "sent again" if thing.resends else "reminded" if thing.follows_up else "sent"
        to = self.titles.of(thing.office or thing.to)
        back = thing.resends or thing.follows_up
        text = f"{thing.instrument} {what} to {to} by {thing.channel}"
        if thing.withdrawn:
            what = "withdrawal told"
            text = f"{thing.instrument} told {to} by {thing.channel} of a signature withdrawn"
        text += f", which goes back to {back}." if back else "."
        return what, text, thing.evidence[0] if thing.evidence else None

    def _unsigned(self, thing: SignatureEnded, asked: date | None) -> str:
        """That a signature was withdrawn, or does not hold, after the letter went."""
        known = self.signed.get((thing.round, thing.signatory))
        name, letter = known or (thing.signatory, thing.round)
        since = f", {after(asked, instant(thing.at).day)} the request was sent" if asked else ""
        if thing.how == "withdrawn":
            return f"{name} withdrew the signature under {letter}{since}."
        return f"The signature of {name} under {letter} was found not to hold{since}."

    def _came(self, thing: Reply, item: Item) -> tuple[str, str, str | None]:
        if item.by:
            by, to = self.titles.of(item.by), self.titles.of(thing.referred_to)
            return "referred here", f"{by[:1].upper()}{by[1:]} referred it to {to}.", thing.source
        what = f"reply: {thing.reply}"
        if item.elsewhere:
            what = "reply to a copy" if item.copy else "reply of another office"
        words = [_REPLIES[thing.reply]]
        if item.elsewhere and thing.office:
            words.append(f"of {self.titles.of(thing.office)}")
        if thing.referred_to:
            words.append(f"to {self.titles.of(thing.referred_to)}")
        if item.outcome:
            words.append(f"(this request: {_OUTCOMES[item.outcome]})")
        if thing.reference:
            words.append(f"with the number {thing.reference}")
        day = last_of(thing.promised) if thing.promised else None
        if day:
            words.append(f"that promises an answer by {on_day(day)}")
        if thing.noticed and instant(thing.noticed).day > instant(thing.received).day:
            words.append(f"noticed on {on_day(instant(thing.noticed).day)}")
        return what, f"{' '.join(words)}.", thing.source


def _public(thing: Outside, item: Item, asked: date | None, titles: Titles) -> str:
    day = instant(thing.at).day
    edition = f" (edition {thing.edition})" if thing.edition else ""
    by = f", by {titles.of(thing.office)}" if thing.office else ""
    said = f"{thing.summary.rstrip('.')}{edition}{by}"
    if asked is None:
        return f"{said}."
    if day < asked:
        return f"{said}, {after(day, asked).removesuffix(' after')} before the request was sent."
    how = f" ({_MEANT.get(item.outcome, _OUTCOMES[item.outcome])})" if item.outcome else ""
    return f"{said}, {after(asked, day)} the request was sent{how}."


def _chosen(thing: FollowUp) -> str:
    day = last_of(thing.due)
    due = on_day(day) if day else thing.due
    return f"We chose {due} to come back on it: {thing.why.rstrip('.')}. No law sets that day."


def _because(reason: str | None) -> str:
    return f": {reason.rstrip('.')}" if reason else ""
