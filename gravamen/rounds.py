"""Rounds: who was to sign a version of an instrument, who did, and how many signatures stand."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from gravamen.case import Case
from gravamen.dates import Instant, Moment, instant, span, spell
from gravamen.proceedings import (
    Invited,
    KeyRegistered,
    RoundClosed,
    RoundOpened,
    SignatureEnded,
    SignatureGiven,
    SigningAct,
)
from gravamen.sentences import Signatory
from gravamen.values import GravamenError, Value

SignatoryState = Literal[
    "pending", "invited", "viewed", "signed", "refused", "withdrawn", "invalidated", "late", "early"
]
RoundState = Literal["open", "complete", "short", "expired", "superseded", "cancelled"]
Ending = Literal["complete", "expired", "superseded", "cancelled"]
STILL_TO_SIGN: tuple[SignatoryState, ...] = ("pending", "invited", "viewed")

_NUMERALS = (
    "none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve",
)  # fmt: skip


class Seat(Value):
    """The place of one signatory in a round: where it stands, since when and why.

    Args:
        state: "late": signed after the round had ended, so that it does not count; "early": before
            it was opened, for which it cannot have been given.
        at: when that happened; None while nobody was asked.
        reason: why it was refused, withdrawn or does not hold.
        signature: the signature that was given, whatever became of it since; it is never deleted.
        act: id of the happening that gives the state.
    """

    signatory: Signatory
    state: SignatoryState = "pending"
    at: Moment | None = None
    reason: str | None = None
    signature: SignatureGiven | None = None
    act: str | None = None

    @property
    def stands(self) -> bool:
        """Whether a signature counts here."""
        return self.state == "signed"

    @property
    def how(self) -> str | None:
        """How the signature that counts was given: "pades" or "wet-ink"; None where none does."""
        return self.signature.how if self.signature and self.stands else None


class Round(Value):
    """A round of signatures as its happenings leave it on a day.

    Args:
        opened: what was laid down when it was opened.
        seats: one for each signatory, in the order laid down.
        ended: why it ended; None while it has not.
        ended_on: when that was.
    """

    opened: RoundOpened
    seats: tuple[Seat, ...]
    ended: Ending | None = None
    ended_on: Moment | None = None

    @property
    def id(self) -> str:
        """The id of the happening that opened it."""
        return self.opened.id

    @property
    def instrument(self) -> str:
        """The id of the instrument that is signed."""
        return self.opened.instrument

    @property
    def of(self) -> int:
        """How many are to sign."""
        return len(self.seats)

    @property
    def count(self) -> int:
        """How many signatures stand."""
        return len(self.signed)

    @property
    def needed(self) -> int:
        """How many signatures it takes."""
        return self.of if self.opened.minimum is None else self.opened.minimum

    @property
    def enough(self) -> bool:
        """Whether as many signatures stand as it takes, and at least one."""
        return self.count >= max(self.needed, 1)

    @property
    def words(self) -> str:
        """How many of how many: "four of five"; digits from thirteen on."""
        return f"{numeral(self.count)} of {numeral(self.of)}"

    @property
    def state(self) -> RoundState:
        """Where it stands.

        "open" while somebody is still to sign and may; "complete" where all signatures stand, or
        where it ended with as many as it takes; "short" where nobody is left to wait for and too
        few stand; "expired" where its last day passed with too few.
        """
        if self.ended in ("superseded", "cancelled"):
            return self.ended
        if self.enough and (self.ended or not self.waiting):
            return "complete"
        if self.ended == "expired":
            return "expired"
        return "open" if self.waiting and not self.ended else "short"

    @property
    def signed(self) -> tuple[Seat, ...]:
        """The seats whose signature stands."""
        return tuple(s for s in self.seats if s.stands)

    @property
    def waiting(self) -> tuple[Seat, ...]:
        """The seats that nobody signed or refused yet, asked or not."""
        return tuple(s for s in self.seats if s.state in STILL_TO_SIGN)

    @property
    def turn(self) -> tuple[str, ...]:
        """The ids of those who may sign now: in a fixed order the next one alone; none once it
        ended."""
        if self.ended:
            return ()
        ids = tuple(s.signatory.id for s in self.waiting)
        return ids[:1] if self.opened.order == "fixed" else ids

    def seat(self, signatory: str) -> Seat | None:
        """The place of a signatory; None for somebody who is not to sign."""
        return next((s for s in self.seats if s.signatory.id == signatory), None)

    def in_state(self, *states: SignatoryState) -> tuple[Seat, ...]:
        """The seats in some states."""
        return tuple(s for s in self.seats if s.state in states)


def rounds(case: Case, *, on: date | None = None) -> tuple[Round, ...]:
    """Return the rounds of signatures of a case as they stood at the end of a day.

    They are sorted by when they were opened, then by id. Only what happened by that day counts;
    the order in which it was recorded does not.

    Args:
        on: None: everything that is recorded.
    """
    return _Acts(case, on).rounds()


def round_of(case: Case, instrument: str, *, on: date | None = None) -> Round | None:
    """Return the round of an instrument that was opened last; None where there was none."""
    return next((r for r in reversed(rounds(case, on=on)) if r.instrument == instrument), None)


def before_opened(case: Case, round: Round, at: Moment) -> bool:
    """Return whether a moment was before a round was opened, whatever time of its day it was."""
    acts = _Acts(case, None)
    return _surely_before(acts.when(at), acts.when(round.opened.at))


def keys_of(case: Case, *, on: date | None = None) -> dict[str, tuple[KeyRegistered, ...]]:
    """Return the keys that somebody vouched for by a day, by signatory, the earliest first."""
    found: dict[str, list[KeyRegistered]] = {}
    for act in _Acts(case, on).registered():
        found.setdefault(act.signatory, []).append(act)
    return {signatory: tuple(acts) for signatory, acts in found.items()}


def numeral(n: int) -> str:
    """A number as a letter writes it: in words to twelve, in digits beyond."""
    return _NUMERALS[n] if n < len(_NUMERALS) else str(n)


def cover_words(round: Round, *, names: bool = False, style: Literal["int", "us"] = "int") -> str:
    """Return what a cover says of the signatures: how many of how many.

    The signed text itself cannot say it, for it was fixed before anyone signed; so the cover, the
    message and the docket do. No reason is given: it is for the one who asked, not for the office.

    Args:
        names: also who did not sign, and who declined. Without it only those are named whose
            signature lies in the file that goes and does not count.
        style: how its paper writes a date.
    """
    ink = sum(s.how == "wet-ink" for s in round.signed)
    if round.of == 1:
        said = "Signed by its one signatory" if round.count else "Not signed by its one signatory"
    elif round.count == round.of:
        said = f"Signed by all {numeral(round.of)} of its signatories"
    else:
        said = f"Signed by {numeral(round.count)} of its {numeral(round.of)} signatories"
    if ink == round.count:
        said += ", in ink" if ink else ""
    elif ink:
        said += f", {numeral(ink)} of them in ink"
    missing = [s for s in round.seats if not s.stands and (names or _filed(s))]
    return " ".join([f"{said}.", *(_missing(s, style) for s in missing)])


def _filed(seat: Seat) -> bool:
    """Whether a signature lies in the file, whatever became of it since."""
    return seat.signature is not None and seat.signature.file is not None


def _missing(seat: Seat, style: Literal["int", "us"]) -> str:
    name = seat.signatory.name or seat.signatory.id
    day = f" on {spell(instant(seat.at).day.isoformat(), style=style)}" if seat.at else ""
    if seat.state in STILL_TO_SIGN:
        return f"{name} has not signed."
    if seat.state == "refused":
        return f"{name} declined to sign{day}."
    if seat.state == "withdrawn":
        return f"{name} withdrew the signature{day}."
    if seat.state == "late":
        return f"{name} signed after the round had ended, which does not count."
    if seat.state == "early":
        return f"{name} signed before the round was opened, which does not count."
    return f"The signature of {name} does not hold."


class _Acts:
    """The signing acts of a case that nobody rejected, up to a day."""

    def __init__(self, case: Case, on: date | None) -> None:
        # Gathered once: asking the case for each would go through all its judgements again.
        verdicts = {j.target: j.verdict for j in case.judgements}
        self._on = on
        self._zone = _zone(case)
        self._acts = sorted(
            (
                act
                for act in case.signings.values()
                if verdicts.get(act.id) != "rejected"
                and (on is None or self.when(act.at).day <= on)
            ),
            key=lambda act: (self.when(act.at).first(), act.id),
        )

    def registered(self) -> list[KeyRegistered]:
        return [a for a in self._acts if isinstance(a, KeyRegistered)]

    def rounds(self) -> tuple[Round, ...]:
        opened = [a for a in self._acts if isinstance(a, RoundOpened)]
        return tuple(self._round(one, opened[n + 1 :]) for n, one in enumerate(opened))

    def _round(self, opened: RoundOpened, later: Sequence[RoundOpened]) -> Round:
        ends = list(self._ends(opened, later))
        cut = min((self.when(at) for _, at in ends), key=Instant.first, default=None)
        acts = [a for a in self._acts if getattr(a, "round", None) == opened.id]
        seats = tuple(self._seat(s, acts, opened, cut) for s in opened.signatories)
        # That it was called off or that another version took its place says more than its last day.
        graver = [e for e in ends if e[0] in ("superseded", "cancelled")]
        why, at = next(iter(graver or ends), (None, None))
        return Round(opened=opened, seats=seats, ended=why, ended_on=at)

    def _ends(
        self, opened: RoundOpened, later: Sequence[RoundOpened]
    ) -> Iterator[tuple[Ending, Moment]]:
        """What ended a round: that it was closed, another version, its last day."""
        for act in self._acts:
            if isinstance(act, RoundClosed) and act.round == opened.id:
                yield act.why, act.at
        for other in later:
            if other.instrument == opened.instrument and other.manifest != opened.manifest:
                yield "superseded", other.at
        last = span(opened.closes).last if opened.closes else None
        if last and self._on and self._on > last:
            yield "expired", Moment(last.isoformat())

    def _seat(
        self,
        signatory: Signatory,
        acts: Sequence[SigningAct],
        opened: RoundOpened,
        cut: Instant | None,
    ) -> Seat:
        own = [a for a in acts if getattr(a, "signatory", None) == signatory.id]
        given = [a for a in own if isinstance(a, SignatureGiven)]
        endings = [a for a in own if isinstance(a, SignatureEnded)]
        late = [a for a in given if cut and _surely_before(cut, self.when(a.at))]
        start = self.when(opened.at)
        early = [a for a in given if _surely_before(self.when(a.at), start)]
        standing = [
            a
            for a in given
            if a not in late
            and a not in early
            and all(_surely_before(self.when(e.at), self.when(a.at)) for e in endings)
        ]
        last = given[-1] if given else None
        if standing:
            act = standing[-1]
            return _seated(signatory, "signed", act, act)
        if endings:
            ending = max(endings, key=lambda e: (self.when(e.at).last(), e.id))
            return _seated(signatory, ending.how, ending, last)
        if late or early:
            act = (late or early)[-1]
            return _seated(signatory, "late" if late else "early", act, last)
        asked = [a for a in own if isinstance(a, Invited)]
        if not asked:
            return Seat(signatory=signatory)
        looked = [a for a in asked if a.viewed]
        return _seated(signatory, "viewed" if looked else "invited", (looked or asked)[-1], None)

    def when(self, moment: Moment) -> Instant:
        """A moment, by the days of the body that asks where its time zone is known."""
        when = instant(moment)
        if when.at is None or self._zone is None:
            return when
        return Instant(when.at.astimezone(self._zone).date(), when.at)


def _seated(
    signatory: Signatory,
    state: SignatoryState,
    act: SignatureGiven | SignatureEnded | Invited,
    given: SignatureGiven | None,
) -> Seat:
    reason = act.reason if isinstance(act, SignatureEnded) else None
    return Seat(
        signatory=signatory, state=state, at=act.at, reason=reason, signature=given, act=act.id
    )


def _surely_before(one: Instant, other: Instant) -> bool:
    """Whether a moment was before another whatever time of its day it was.

    So a withdrawal of the same day counts as later than the signature, unless both have times.
    """
    if one.at and other.at:
        return one.at < other.at
    return one.day < other.day


def _zone(case: Case) -> ZoneInfo | None:
    name = case.requester.zone if case.requester else None
    if name is None:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise GravamenError(
            f"{name!r} is no time zone; write the body's as America/Los_Angeles."
        ) from error
