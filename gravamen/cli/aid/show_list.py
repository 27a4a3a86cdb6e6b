"""An account of assistance as text: lines by group, their laws once, sums, what differs.

Every line keeps the width of the terminal. Sums for a whole country stand in one table for each
kind, a column to a copy, so that what copies say differently stands side by side.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import TypeVar

from gravamen.aid.account.left_out import spans, years_words
from gravamen.aid.account.totals import labels
from gravamen.aid.account.vintages import later
from gravamen.aid.countries import otherwise
from gravamen.aid.line import (
    GROUPS,
    Account,
    Difference,
    Dollars,
    Group,
    Kind,
    Line,
    Period,
    Total,
)
from gravamen.aid.words import (
    amount_words,
    is_country_sum,
    kind_words,
    line_words,
    money,
    negative_words,
    notes,
    span_words,
    vintage_words,
    year_words,
)
from gravamen.cli.aid.show_laws import laws
from gravamen.cli.docket_list import wrapped
from gravamen.cli.options import WIDTH_COLUMNS, counted
from gravamen.dates import spell
from gravamen.law import Law

T = TypeVar("T")
_Year = tuple[int, Period]  # 0 where the file names none
LATER = "    * was not there yet on that day"
LACKING = "    none: that copy prints no such figure for the country and year"
_COPY_WIDTH = 16  # of the column of a copy at least
_REST_WIDTH = 18  # of a table of copies without these columns
_HEADING = ("year", "rows", "trainees", "amount", "kind", "vintage")
_WIDTHS = (6, 8, 9, 26, 22, 17)
_RIGHT = (False, True, True, True, False, False)


def told(account: Account, law: Law) -> Iterator[str]:
    """The lines of an account as text."""
    day = spell(account.on)
    name = (
        account.name if account.name == account.country else f"{account.name} ({account.country})"
    )
    yield f"{name}, {span_words(account.years)}, as the law stood on {day}"
    yield from _places(account)
    yield ""
    seen: set[str] = set()
    for group in GROUPS:
        yield from _group(group, account, law, seen)
    if not account.lines:
        yield "No line was found."
        yield ""
    yield from _sums(account)
    yield from _refused(account)
    yield from _differences(account)
    yield from _list("WHAT THE FILES ON HAND CANNOT SHOW", account.left_out)


def _places(account: Account) -> Iterator[str]:
    """Names under which the files print the country, other than ours: where, and of which years."""
    found: dict[str, dict[str, set[int]]] = {}
    for line in account.lines:
        for place in otherwise(account.country, line.places):
            years = found.setdefault(place, {}).setdefault(line.file, set())
            if line.year is not None:
                years.add(line.year)
    for place, files in found.items():
        where = "; ".join(f"{f}, {spans(y)}" if y else f for f, y in files.items())
        yield from wrapped(f"Printed as {place!r}: {where}.", "  ", "    ")


def _group(group: Group, account: Account, law: Law, seen: set[str]) -> Iterator[str]:
    lines = [x for x in account.lines if x.group == group]
    if not lines:
        return
    yield f"{GROUPS[group].upper()} ({counted(len(lines), 'line')})"
    named = [x for x in lines if not is_country_sum(x)]
    if named:
        yield _row(_HEADING)
    for name, some in groupby(sorted(named, key=_name), _name):
        yield from wrapped(name, "  ", "    ")
        for line in some:
            yield from _line(line)
    if any(x.later for x in named):
        yield LATER
    yield from _country_sums([x for x in lines if is_country_sum(x)], account)
    yield from _whys(lines)
    yield from laws(lines, law, seen)
    yield ""


def _whys(lines: Sequence[Line]) -> Iterator[str]:
    """Why lines stand in their group, each reason once; for which of them where they differ."""
    names: dict[str, dict[str, list[int]]] = {}
    for line in lines:
        years = names.setdefault(line.why_group, {}).setdefault(line_words(line), [])
        if line.year is not None:
            years.append(line.year)
    several = Counter(name for told in names.values() for name in told)
    for why, told in names.items():
        of = (f"{n} ({spans(y)})" if several[n] > 1 and y else n for n, y in told.items())
        yield from wrapped(f"{', '.join(of)}: {why}" if len(names) > 1 else why, "  ", "    ")


def _name(line: Line) -> str:
    parts = [line_words(line), line.name or ""]
    parts += [line.account or "", line.agency or "", line.objective or "", line.recipient or ""]
    parts.append(line.purpose or "")
    if line.humanitarian:
        parts.append("humanitarian")
    return ", ".join(dict.fromkeys(filter(None, parts)))


def _line(line: Line) -> Iterator[str]:
    cells = (
        "-" if line.year is None else f"{line.year}{'tq' if 'quarter' in line.period else ''}",
        f"{line.rows:,}",
        "-" if line.trainees is None else f"{line.trainees:,}",
        amount_words(line),
        kind_words(line.kind, line.dollars),
        f"{vintage_words(line.vintage)}{'*' if line.later else ''}",
    )
    yield _row(cells)
    for note in notes(line):
        yield from wrapped(note, " " * 10, " " * 12)


def _row(cells: Sequence[str]) -> str:
    padded = (
        f"{cell:>{width}}" if right else f"{cell:<{width}}"
        for cell, width, right in zip(cells, _WIDTHS, _RIGHT, strict=True)
    )
    return f"    {' '.join(padded)}".rstrip()


def _country_sums(lines: Sequence[Line], account: Account) -> Iterator[str]:
    """Sums for the country: a table for each dataset and kind, a column to a copy."""

    def key(line: Line) -> tuple[str, Kind, Dollars, str, str]:
        return (*_scale(line), line.donor or "")

    for (dataset, kind, dollars, currency, donor), some in groupby(sorted(lines, key=key), key):
        there = list(some)
        found, older = [x for x in there if not x.older], [x for x in there if x.older]
        by = f", from {donor}" if donor not in ("", "US") else ""
        title = f"{dataset}: {kind}, {dollars} {_unit(currency)}{by}"
        yield from wrapped(title, "  ", "    ")
        columns = _columns(found, account) if found else {}
        width = max([_COPY_WIDTH, *(len(label) + 2 for label in columns)])
        for copies in _batches(sorted(columns), width):
            yield from _table(columns, copies, width, account.on)
        for x in older:
            yield from _line(x)
        if any(x.amount is not None and x.amount < 0 for x in found):
            yield from wrapped(negative_words(kind), "    ")


def _scale(of: Line | Total | Difference) -> tuple[str, Kind, Dollars, str]:
    return of.dataset, of.kind, of.dollars, of.currency


def _table_row(of: Line | Total) -> Hashable:
    """What a sum for the country has for itself: a place in one of the tables of such sums."""
    return *_scale(of), of.edition, of.vintage, of.year, of.period


def _columns(lines: Sequence[Line], account: Account) -> dict[str, dict[_Year, Line]]:
    """The lines of one table by the label of their copy, then by year; a copy that holds figures of
    this kind, but none of the country, has no line. Older editions stand below the table."""
    scale = _scale(lines[0])
    alike = [x for x in account.lines if _scale(x) == scale and not x.older]
    older = {_digested(t.edition, t.vintage) for t in account.totals if t.older}
    told = {
        label
        for d in account.differences
        if _scale(d) == scale
        for label, _ in d.figures
        if label not in older
    }
    names = labels({(x.edition, x.vintage): x.dataset for x in alike})
    for (edition, vintage), label in names.items():
        digested = _digested(edition, vintage)
        names[edition, vintage] = digested if digested in told else label
    found: dict[str, dict[_Year, Line]] = {label: {} for label in told - {*names.values()}}
    for x in lines:
        found.setdefault(names[x.edition, x.vintage], {})[x.year or 0, x.period] = x
    return found


def _digested(edition: str, vintage: str) -> str:
    return f"{vintage} ({edition.rpartition('/')[2]})"


def _table(
    columns: Mapping[str, Mapping[_Year, Line]], copies: Sequence[str], width: int, on: str
) -> Iterator[str]:
    """A row to each year, a column to each of some copies; a year in which any two of all copies
    do not agree is marked."""
    day = date.fromisoformat(on)
    late = [copy for copy in copies if later(copy.partition(" ")[0], day)]
    heads = (f"{copy}{'*' if copy in late else ''}" for copy in copies)
    yield f"    {'year':<6}{''.join(f'{head:>{width}}' for head in heads)}"
    lacking = False
    for year in sorted({year for column in columns.values() for year in column}):
        found = [columns[copy].get(year) for copy in copies]
        cells = "".join(f"{amount_words(x) if x else 'none':>{width}}" for x in found)
        name = f"{year[0] or '-'}{'tq' if 'quarter' in year[1] else ''}"
        amounts = {x.amount if (x := column.get(year)) else None for column in columns.values()}
        yield f"    {name:<6}{cells}{'  differ' if len(amounts) > 1 else ''}"
        lacking = lacking or None in found
    if lacking:
        yield LACKING
    if late:
        yield LATER


def _batches(copies: Sequence[T], width: int) -> Iterator[Sequence[T]]:
    """As many copies as stand beside each other, and again."""
    most = max(1, (WIDTH_COLUMNS - _REST_WIDTH) // width)
    for start in range(0, len(copies), most):
        yield copies[start : start + most]


def _unit(currency: str) -> str:
    return "US dollars" if currency == "USD" else currency


def _sums(account: Account) -> Iterator[str]:
    """The sums over several lines; a sum for the country is its own."""
    alone = {_table_row(x) for x in account.lines if is_country_sum(x)}
    sums = [t for t in account.totals if _table_row(t) not in alone]
    if not sums:
        return
    yield "SUMS, LIKE WITH LIKE"
    for file, some in groupby(sums, key=lambda t: t.file):
        yield from wrapped(file, "  ", "    ")
        yield _row(_HEADING)
        for total in some:
            yield from _total(total)
    yield ""


def _total(total: Total) -> Iterator[str]:
    yield _row(
        (
            "-" if total.year is None else str(total.year),
            f"{total.rows:,}",
            "-" if total.trainees is None else f"{total.trainees:,}",
            amount_words(total),
            kind_words(total.kind, total.dollars),
            vintage_words(total.vintage),
        )
    )
    if total.older:
        words = f"{_digested(total.edition, total.vintage)}: an older edition, in full"
        yield from wrapped(words, " " * 10, " " * 12)
    if total.without:
        yield from wrapped(f"without {', '.join(total.without)}, refused", " " * 10, " " * 12)
    if len(total.groups) > 1:
        parts = (f"{GROUPS[g]} {money(p.amount, total.currency)}" for g, p in total.groups.items())
        yield from wrapped("; ".join(parts), " " * 10, " " * 12)


def _refused(account: Account) -> Iterator[str]:
    yield from _list("REFUSED FOR SUMS", [f"{r.file}, {r.what}: {r.why}" for r in account.refused])


def _differences(account: Account) -> Iterator[str]:
    tabled = {_scale(x) for x in account.lines if is_country_sum(x)}
    shown = [d for d in account.differences if _scale(d) not in tabled]
    years = {d.year for d in account.differences if d not in shown and d.year is not None}
    said = [_difference(d) for d in shown]
    if years:
        said.insert(
            0,
            f"The copies do not give the same sum for the country in {years_words(years)}: the "
            "tables above have each figure under its copy, and no figure stands for all of them.",
        )
    yield from _list("WHERE COPIES OR REPORTS DIFFER", said)


def _difference(difference: Difference) -> str:
    figures = "; ".join(
        f"{vintage_words(v)} {money(a, difference.currency)}" for v, a in difference.figures
    )
    when = year_words(difference.year, difference.period)
    return (
        f"{difference.dataset}, {when}, {kind_words(difference.kind, difference.dollars)}: "
        f"{figures}"
    )


def _list(heading: str, sentences: Iterable[str]) -> Iterator[str]:
    said = list(sentences)
    if said:
        yield heading
        for sentence in said:
            yield from wrapped(f"- {sentence}", "  ", "    ")
        yield ""
