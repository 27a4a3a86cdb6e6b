"""Words for figures: amounts, years, kinds and vintages as every output of assistance says them."""

import re

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
    """Return what an amount below zero is."""
    if kind == "obligated":
        return "below zero, a deobligation: more was taken back than newly obligated"
    return "below zero: more came back, or was corrected, than was newly given"


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
