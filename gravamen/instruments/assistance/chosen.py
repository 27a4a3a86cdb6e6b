"""Assistance: the chosen lines on the day of an instrument: which law bears on each, what an ask
reaches, and the sums of like with like."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import NamedTuple, get_args

from msgspec.structs import replace

from gravamen.aid.account.vintages import later
from gravamen.aid.extract.extracted import numbers_in
from gravamen.aid.extract.parts import unnamed
from gravamen.aid.extract.summed import Figures, added, alike
from gravamen.aid.hooks import grouped, hooks
from gravamen.aid.line import Group, Kind, Line, Part, Period
from gravamen.aid.words import money, ranged
from gravamen.case import Case
from gravamen.claims import Claim
from gravamen.flows import Flow, Vetting
from gravamen.instruments.wording import joined
from gravamen.law.authority import Law

# The laws under which assistance can be asked to stop: the kinds of authority.
ASSISTANCE_KINDS = ("unit-assistance", "country-assistance")
_REACHING = ("barred", "waived", "unknown", "open")


class Chosen(NamedTuple):
    """A line that was chosen for the case, as it stands on the day: its flow, laws and claims."""

    flow: Flow
    line: Line
    claims: tuple[Claim, ...]

    @property
    def group(self) -> Group:
        """Where it stands on the day."""
        return self.line.group


def chosen(case: Case, law: Law, on: date) -> tuple[Chosen, ...]:
    """Return the lines that nobody rejected and that were there on the day, in a fixed order."""
    found = []
    for flow in case.flows.values():
        claims = tuple(c for c in case.claims_about(flow.id) if c.withdrawn is None)
        if case.stands(flow.id) and claims and not later(flow.vintage, on):
            found.append(Chosen(flow, _line(flow, law, on), claims))
    return tuple(sorted(found, key=_order))


def too_late(case: Case, on: date) -> tuple[Flow, ...]:
    """Return the lines of vintages that came after the day; they stand in no instrument of it."""
    return tuple(f for f in case.flows.values() if case.stands(f.id) and later(f.vintage, on))


def of_country(lines: Sequence[Chosen], country: str | None) -> tuple[Chosen, ...]:
    """The lines of one country."""
    return tuple(x for x in lines if x.flow.country == country)


def reached(lines: Iterable[Chosen], authority: str) -> tuple[Chosen, ...]:
    """The lines that a law reaches and that are not outside these laws."""
    return _with(lines, authority, _REACHING)


def argued(lines: Iterable[Chosen], authority: str) -> tuple[Chosen, ...]:
    """The lines of which it is argued whether a law reaches them."""
    return _with(lines, authority, ("argued",))


def nameless(lines: Iterable[Chosen], authority: str) -> tuple[Chosen, ...]:
    """The lines that a law of units would reach, and of which no row names a unit."""
    return _with(lines, authority, ("needs-unit",))


def hooked(lines: Iterable[Chosen]) -> frozenset[str]:
    """The laws that reach some of the lines."""
    lines = tuple(lines)
    ids = {h.authority for x in lines for h in x.line.hooks}
    return frozenset(id for id in ids if reached(lines, id))


def parts_of(lines: Sequence[Chosen], part: Callable[[Flow], Flow | None]) -> tuple[Chosen, ...]:
    """Lines of which only a part is meant; those that have none are left out."""
    return tuple(x._replace(flow=of) for x in lines if (of := part(x.flow)) is not None)


class Sum(NamedTuple):
    """A sum of lines that are alike in file, vintage, kind, currency and year."""

    lines: tuple[Chosen, ...]
    of: Figures
    floor: bool

    @property
    def flow(self) -> Flow:
        """One of its lines, for what they share."""
        return self.lines[0].flow


def sums(lines: Iterable[Chosen]) -> tuple[Sum, ...]:
    """Return one sum for each set of like lines that count, in the order of the first of each."""
    by_id = {x.flow.id: x for x in lines}
    return tuple(
        Sum(tuple(by_id[f.id] for f in same), added(same), any(f.floor for f in same))
        for same in alike(x.flow for x in by_id.values())
    )


def figures(of: Flow | Figures, currency: str, *, floor: bool = False) -> str:
    """The figures of a line or sum in words: "4 trainees, $120,294"."""
    words = []
    if of.trainees is not None:
        words.append(f"{of.trainees:,} trainee{'' if of.trainees == 1 else 's'}")
    if of.amount is not None:
        words.append(f"{'at least ' if floor else ''}{money(of.amount, currency)}")
    return ", ".join(words) or "no amount in figures"


def named(flow: Flow) -> str:
    """A line as a reader calls it: its program or account, else what the sum is of."""
    return flow.program or flow.account or "the sum for the whole country"


def names(lines: Iterable[Chosen]) -> str:
    """The programs and accounts of lines, each once: "FMF and IMET-1"."""
    return joined(list(dict.fromkeys(named(x.flow) for x in lines)) or ["no line"])


def claims_of(lines: Iterable[Chosen]) -> tuple[Claim, ...]:
    """The claims that give the figures of lines, each once."""
    return tuple(dict.fromkeys(c for x in lines for c in x.claims))


def period_of(flow: Flow) -> Period:
    """What its year is a year of."""
    periods: tuple[Period, ...] = ("transition-quarter", "calendar-year")
    return next((p for p in periods if p == flow.period), "fiscal-year")


def _with(lines: Iterable[Chosen], authority: str, states: tuple[str, ...]) -> tuple[Chosen, ...]:
    return tuple(
        x
        for x in lines
        if x.group != "outside"
        and any(h.authority == authority and h.state in states for h in x.line.hooks)
    )


def _line(flow: Flow, law: Law, on: date) -> Line:
    """A flow as the line that it was, with the laws that bear on it on a day."""
    program = law.program_of(flow.program) if flow.program else None
    kind: Kind = next((k for k in get_args(Kind) if k == flow.kind), "other")
    line = Line(
        country=flow.country,
        year=flow.year,
        period=period_of(flow),
        program=flow.program,
        name=program[0].name if program else None,
        account=flow.account,
        agency=flow.agency,
        kind=kind,
        dollars=flow.dollars,
        currency=flow.currency,
        rows=flow.rows,
        trainees=flow.trainees,
        amount=flow.amount,
        dataset=flow.dataset,
        file=flow.file,
        vintage=flow.vintage,
        edition="",
        at=flow.at,
        purpose=flow.purpose,
        objective=flow.objective,
        recipient=flow.recipient,
        donor=flow.donor,
        humanitarian=flow.humanitarian,
        floor=flow.floor,
        printed=flow.printed,
        unnamed=_unnamed(flow),
        refused=flow.refused,
    )
    found = hooks(line, law, on)
    group, why = grouped(line, found, law)
    return replace(line, hooks=found, group=group, why_group=why)


def _unnamed(flow: Flow) -> Part | None:
    if (part := unnamed(flow)) is None:
        return None
    return Part(rows=part.rows, trainees=part.trainees, amount=part.amount)


def _order(x: Chosen) -> tuple[object, ...]:
    flow = x.flow
    return (
        flow.country, flow.dataset, flow.kind, flow.year or 0, flow.program or "",
        flow.account or "", flow.agency or "", flow.vintage, flow.id,
    )  # fmt: skip


def vetted_in(lines: Iterable[Chosen], vetting: Vetting) -> tuple[tuple[Chosen, str], ...]:
    """The chosen lines among whose rows the name of a vetting stands, each with these rows."""
    named = set(numbers_in(vetting.at))
    found = (
        (x, [row for row in numbers_in(x.flow.at) if row in named])
        for x in lines
        if x.flow.sha256 == vetting.sha256
    )
    return tuple((x, ranged(rows)) for x, rows in found if rows)
