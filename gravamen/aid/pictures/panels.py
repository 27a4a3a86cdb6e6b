"""Panels: what a picture of an account shows, as values: a column for each year, copy and file.

A panel holds figures that may stand on one scale: one dataset, kind, currency and kind of dollars,
by fiscal or by calendar year. A column is the figure of one copy, or of several that are alike.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from msgspec.structs import replace

from gravamen.aid.line import GROUPS, Account, Dollars, Group, Kind, Line, Period, Total
from gravamen.aid.words import NO_YEARS, span_words
from gravamen.dates import spell
from gravamen.values import Value, canonical

SHORT_GAP = 2  # so many years without a figure stand each for itself; a longer run is one gap
KINDS: dict[Kind, str] = {
    "cost": "cost as the report prints it",
    "other": "of a kind that the file does not tell",
}
CURRENCIES = {"USD": "US dollars", "EUR": "euros", "GBP": "pounds sterling", "XDR": "SDR"}


class Column(Value):
    """The figures of a year by group, as one file and vintage has them.

    Args:
        copies: vintage and file of it; of more where they give exactly the same figures.
        parts: amounts by group, in the order of `GROUPS`; a group without an amount is not in it.
        amount: None where no row that counts holds one.
        floor: some rows hold none, so that it is at least that much.
        later: the vintage was not there yet on the day that is asked.
        refused: how many lines of that year count in no sum; they are in none of the figures.
    """

    copies: tuple[tuple[str, str], ...]
    rows: int = 0
    trainees: int | None = None
    amount: float | None = None
    floor: bool = False
    checked: bool | None = None
    later: bool = False
    parts: dict[Group, float] = {}
    groups: tuple[Group, ...] = ()
    refused: int = 0


class Slot(Value):
    """A year, its words ("2019", "1993 to 1999") and its columns; none where there is no figure.

    "1976 TQ" is the transition quarter between the fiscal years 1976 and 1977.
    """

    words: str
    columns: tuple[Column, ...] = ()


class Panel(Value):
    """Figures that stand on one scale."""

    dataset: str
    kind: Kind
    dollars: Dollars
    currency: str
    calendar: bool
    slots: tuple[Slot, ...]

    @property
    def columns(self) -> tuple[Column, ...]:
        """All columns, by year."""
        return tuple(column for slot in self.slots for column in slot.columns)

    @property
    def vintages(self) -> tuple[str, ...]:
        """The vintages that it shows, in order."""
        return tuple(sorted({v for column in self.columns for v, _ in column.copies}))

    @property
    def files(self) -> tuple[str, ...]:
        """The files that it shows, in order."""
        return tuple(sorted({f for column in self.columns for _, f in column.copies}))

    @property
    def groups(self) -> tuple[Group, ...]:
        """The groups of which it has a part."""
        found = {group for column in self.columns for group in column.groups}
        return tuple(group for group in GROUPS if group in found)

    @property
    def what(self) -> str:
        """What the amounts are: "obligated, current US dollars, by fiscal year"."""
        return f"{self.kind_words}, {self.money}, by {self.period}"

    @property
    def period(self) -> str:
        """What its years are: "fiscal year" or "calendar year"."""
        return "calendar year" if self.calendar else "fiscal year"

    @property
    def kind_words(self) -> str:
        """The kind of the amounts in words."""
        return KINDS.get(self.kind, self.kind)

    @property
    def money(self) -> str:
        """The currency in words, with its kind of dollars: "current US dollars"."""
        return f"{self.dollars} {CURRENCIES.get(self.currency, self.currency)}"


class _Scale(NamedTuple):
    dataset: str
    kind: Kind
    dollars: Dollars
    currency: str
    calendar: bool


class _Year(NamedTuple):
    year: int | None
    quarter: bool

    @property
    def words(self) -> str:
        if self.year is None:
            return "no year in the file"
        return f"{self.year} TQ" if self.quarter else str(self.year)


_Place = tuple[_Year, str, str]


def panels(account: Account) -> tuple[Panel, ...]:
    """Return what a picture of an account shows; panels that tell programs apart come first.

    Of a report or copy that several editions hold, it shows what the newest gives.
    """
    scales: dict[_Scale, dict[_Place, Column]] = {}
    for total in (t for t in account.totals if not t.older):
        scales.setdefault(_scale(total), {})[_place(total)] = _column(total)
    for line in account.lines:
        columns = scales.setdefault(_scale(line), {})
        if line.refused is not None and not line.older:
            columns[_place(line)] = _with_refused(columns.get(_place(line)), line)
    found = [
        Panel(**scale._asdict(), slots=tuple(_slots(columns, account.years)))
        for scale, columns in scales.items()
        if columns
    ]
    return tuple(sorted(found, key=lambda panel: set(panel.groups) <= {"hook-unclear"}))


def _scale(of: Total | Line) -> _Scale:
    return _Scale(of.dataset, of.kind, of.dollars, of.currency, of.period == "calendar-year")


def _place(of: Total | Line) -> _Place:
    return _Year(of.year, _quarter(of.period)), of.vintage, of.file


def _quarter(period: Period) -> bool:
    return period == "transition-quarter"


def _column(total: Total) -> Column:
    parts = {g: total.groups[g].amount for g in GROUPS if g in total.groups}
    return Column(
        copies=((total.vintage, total.file),),
        rows=total.rows,
        trainees=total.trainees,
        amount=total.amount,
        floor=total.floor,
        checked=total.checked,
        later=total.later,
        parts={group: amount for group, amount in parts.items() if amount is not None},
        groups=tuple(parts),
    )


def _with_refused(column: Column | None, line: Line) -> Column:
    before = column or Column(copies=((line.vintage, line.file),), later=line.later)
    return replace(before, refused=before.refused + 1)


def _slots(columns: dict[_Place, Column], years: tuple[int, int]) -> Iterator[Slot]:
    """The years in order with their columns; between them the years that have none."""
    found: dict[_Year, list[Column]] = {}
    for year, vintage, file in sorted(columns, key=_order):
        found.setdefault(year, []).append(columns[year, vintage, file])
    before = years[1] if years == NO_YEARS else years[0] - 1
    for year, beside in found.items():
        if year.year is not None:
            yield from _gap(range(before + 1, year.year))
            before = max(before, year.year)
        else:
            yield from _gap(range(before + 1, years[1] + 1))
            before = max(before, years[1])
        yield Slot(words=year.words, columns=_alike(beside))
    yield from _gap(range(before + 1, years[1] + 1))


def _alike(columns: Iterable[Column]) -> tuple[Column, ...]:
    """The columns of a year, each figure once: with all copies that have exactly it."""
    found: dict[tuple[bytes, object], Column] = {}
    for column in columns:
        key = canonical(replace(column, copies=())), column.copies if column.refused else ()
        before = found[key].copies if key in found else ()
        found[key] = replace(column, copies=(*before, *column.copies))
    return tuple(found.values())


def _order(place: _Place) -> tuple[bool, int, bool, str, str]:
    year, vintage, file = place
    return year.year is None, year.year or 0, year.quarter, vintage, file


def _gap(years: range) -> Iterator[Slot]:
    if len(years) > SHORT_GAP:
        yield Slot(words=f"{years[0]} to {years[-1]}")
        return
    for year in years:
        yield Slot(words=str(year))


def heading(account: Account) -> str:
    """What a picture is of: country, years, and the day on which the law is asked."""
    years = span_words(account.years)
    return f"Assistance to {account.name}, {years}; the law as of {spell(account.on)}"


def exact(amount: float | None, *, floor: bool = False) -> str:
    """An amount in full: "32,357,135", "-658,171", "1,234.56"; "at least …" where it is a floor."""
    if amount is None:
        return "no amount"
    words = f"{amount:,.0f}" if amount == round(amount) else f"{amount:,.2f}"
    return f"at least {words}" if floor else words


def listed(words: Iterable[str]) -> str:
    """Some words as a list of a sentence: "a, b and c"."""
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last
