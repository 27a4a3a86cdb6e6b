"""Words for figures: amounts, years, kinds and vintages as every output of assistance says them."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from gravamen.aid.line import Dollars, Kind, Line, Period, Total

NO_YEARS = (0, 0)  # of an answer in which neither a row nor a file names a year
_REPORT = re.compile(r"\d{4}_\d{4}\Z")


def money(amount: float | None, currency: str = "USD") -> str:
    """Return an amount as it is read: "$965,399", "-$658,171", "EUR 1,200.50", "no figure"."""
    if amount is None:
        return "no figure"
    digits = f"{abs(amount):,.2f}".removesuffix(".00")
    sign = "-" if amount < 0 else ""
    return f"{sign}${digits}" if currency == "USD" else f"{currency} {sign}{digits}"


def amount_words(figure: Line | Total) -> str:
    """Return the amount of a line or sum; what is only a floor says "at least"."""
    told = money(figure.amount, figure.currency)
    return f"at least {told}" if figure.floor and figure.amount is not None else told


def kind_words(kind: Kind, dollars: Dollars) -> str:
    """Return what an amount is: "obligated, current"."""
    return f"{kind}, {dollars}"


def year_words(year: int | None, period: Period) -> str:
    """Return what a year is called: "fiscal year 2018", "2019", "no year named"."""
    if year is None:
        return "no year named"
    if period == "calendar-year":
        return str(year)
    return f"{period.replace('-', ' ')} {year}"


def span_words(years: tuple[int, int]) -> str:
    """Return the years of an answer: "2018", "2015 to 2020"; "no year named" where it has none."""
    first, last = years
    if years == NO_YEARS:
        return "no year named"
    return str(first) if first == last else f"{first} to {last}"


def is_report(vintage: str) -> bool:
    """Say whether a vintage is a yearly report ("2018_2019"), and not the day of a copy."""
    return _REPORT.match(vintage) is not None


def vintage_words(vintage: str) -> str:
    """Return what a vintage is called: "report 2018_2019", "copy 2022-10"; of several reports the
    first and the last. A digest in brackets after it is no part of it."""
    first, _, last = vintage.partition("--")
    if is_report(first) and is_report(last):
        return f"reports {first} to {last}"
    return f"{'report' if is_report(vintage.partition(' ')[0]) else 'copy'} {vintage}"


def negative_words(kind: Kind) -> str:
    """Return what an amount below zero is, in a sentence."""
    if kind == "obligated":
        return "Below zero, a deobligation: more was taken back than newly obligated."
    return "Below zero: more came back, or was corrected, than was newly given."


def notes(line: Line) -> tuple[str, ...]:
    """Return what a reader must know of the amount of a line, each in a sentence; of most lines
    nothing. The reason why a line is refused stands where an answer tells what it refuses."""
    return tuple(_notes(line))


def _notes(line: Line) -> Iterator[str]:
    if line.amount is not None and line.amount < 0:
        yield negative_words(line.kind)
    if line.floor and line.amount is not None:
        yield "Some rows hold no amount."
    if line.printed is not None:
        yield f"The report itself prints {money(line.printed, line.currency)}."
    if line.refused:
        yield "Counts in no sum, for the reason below."
    if line.older:
        yield (
            f"{line.file}, {line.vintage} ({line.edition.rpartition('/')[2]}): an older edition; "
            "the newest does not give this figure."
        )
    if line.unnamed and line.hooks and line.unnamed.rows < line.rows:
        rows = f"{line.unnamed.rows:,} of {line.rows:,} rows"
        yield f"{rows} name no unit of a security force that could be told from another."


def is_country_sum(line: Line) -> bool:
    """Say whether a line is a sum for the country and names nothing of what it is made of."""
    parts = (line.program, line.account, line.agency, line.purpose, line.objective, line.recipient)
    return parts == (None,) * len(parts) and line.humanitarian is None


def line_words(line: Line) -> str:
    """Return the name of a line: its program, else its account, else that it names neither."""
    if is_country_sum(line):
        return "sum for the country"
    return line.program or line.account or "no program named"


def disagreement(line: Line) -> str:
    """Return why a line is refused whose rows do not give what the report prints, with both
    figures."""
    return (
        f"The rows give {money(line.amount, line.currency)} and the report prints "
        f"{money(line.printed, line.currency)} as their total; both figures are shown and neither "
        "is counted."
    )


def runs(numbers: Iterable[int]) -> tuple[tuple[int, int], ...]:
    """Return ascending numbers as runs without a gap, each by its first and last."""
    found = groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0])
    whole = ([n for _, n in run] for _, run in found)
    return tuple((run[0], run[-1]) for run in whole)


def ranged(numbers: Iterable[int]) -> str:
    """Return ascending numbers as ranges: "201233-201238, 201240"."""
    return ", ".join(f"{a}-{b}" if b > a else str(a) for a, b in runs(numbers))
