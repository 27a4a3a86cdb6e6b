"""Office: how an office answered, over all cases of a docket; counts and days, never a score."""

from collections.abc import Iterable, Sequence
from datetime import date
from statistics import median

from gravamen.dates import instant
from gravamen.docket.line import Docket, Event, Line
from gravamen.values import Value

_RECEIPT = ("reply: ack",)
_AUTOMATIC = ("reply: auto-ack",)
_RETURNED = ("reply: bounced",)
_NO_ANSWER = (*_RECEIPT, *_AUTOMATIC, *_RETURNED, "reply: misdirected")


class Days(Value):
    """The median of so many spans, in whole or half days."""

    median: float
    of: int

    def __str__(self) -> str:
        days = f"{self.median:g} day{'' if self.median == 1 else 's'}"
        return f"{days} (n = {self.of})"


class Answered(Value):
    """How an office answered letters.

    Args:
        requests: how many were asked in these letters; `cases` of how many cases.
        letters: how many were sent; the numbers after it count letters.
        acknowledged: by a person; `automatic` by a machine alone.
        answered: with a referral, an interim or a substantive reply, a question or a refusal.
        undelivered: came back, and nothing else was heard.
        silent: nothing came back at all.
        to_acknowledgement, to_answer: the middle of the days from sending to the first one; None
            where there was none.
    """

    office: str
    title: str
    requests: int
    cases: int
    letters: int
    acknowledged: int
    automatic: int
    answered: int
    undelivered: int
    silent: int
    to_acknowledgement: Days | None
    to_answer: Days | None


def offices(docket: Docket) -> dict[str, tuple[Line, ...]]:
    """Return the lines of each office, by its id, or by its title where the law data know none."""
    found: dict[str, list[Line]] = {}
    for line in docket.lines:
        found.setdefault(line.office or line.office_title, []).append(line)
    return {office: tuple(lines) for office, lines in found.items()}


def answered(office: str, lines: Sequence[Line]) -> Answered:
    """Return how an office answered the letters of some lines, without what is only proposed."""
    letters: dict[tuple[str, str], list[Line]] = {}
    for line in lines:
        if line.dispatch is not None and line.asked_on is not None:
            letters.setdefault((line.case, line.dispatch), []).append(line)
    firsts = [_Letter(of) for of in letters.values()]
    return Answered(
        office=office,
        title=lines[0].office_title,
        requests=sum(len(of) for of in letters.values()),
        cases=len({case for case, _ in letters}),
        letters=len(letters),
        acknowledged=sum(one.acknowledged is not None for one in firsts),
        automatic=sum(one.automatic and one.acknowledged is None for one in firsts),
        answered=sum(one.answered is not None for one in firsts),
        undelivered=sum(one.undelivered and not one.heard for one in firsts),
        silent=sum(not one.heard and not one.undelivered for one in firsts),
        to_acknowledgement=_days((one.sent, one.acknowledged) for one in firsts),
        to_answer=_days((one.sent, one.answered) for one in firsts),
    )


class _Letter:
    """One letter: when it was sent, and when what came first."""

    def __init__(self, lines: Sequence[Line]) -> None:
        events = [e for line in lines for e in line.events if not e.proposed]
        self.sent = lines[0].asked_on
        self.acknowledged = _first(e for e in events if e.what in _RECEIPT)
        self.automatic = any(e.what in _AUTOMATIC for e in events)
        self.undelivered = any(e.what in _RETURNED for e in events)
        self.answered = _first(
            e for e in events if e.what.startswith("reply: ") and e.what not in _NO_ANSWER
        )

    @property
    def heard(self) -> bool:
        """Whether anything came back that was no failure of delivery."""
        return self.automatic or self.acknowledged is not None or self.answered is not None


def _first(events: Iterable[Event]) -> date | None:
    return min((instant(e.at).day for e in events), default=None)


def _days(spans: Iterable[tuple[date | None, date | None]]) -> Days | None:
    days = [(end - start).days for start, end in spans if start and end]
    return Days(median=float(median(days)), of=len(days)) if days else None
