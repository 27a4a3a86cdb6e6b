"""Account: the answer to one question about what flows to a country."""

import difflib
import re
from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import date

from gravamen.aid import countries
from gravamen.aid.coverage import Held, coverage, unread
from gravamen.aid.dataset import AidError
from gravamen.aid.left_out import Question, left_out
from gravamen.aid.line import Account, Dollars, Line
from gravamen.aid.lines import chosen, connection, gathered
from gravamen.aid.totals import differences, refusals, totals
from gravamen.aid.words import is_report
from gravamen.editions import Editions
from gravamen.law import Law

EARLIEST, LATEST = 1900, 2100  # years that a file may name
_REPORT = re.compile(r"(\d{4})[^0-9]?(\d{2}|\d{4})\Z")


def account(
    editions: Editions,
    law: Law,
    *,
    country: str,
    years: tuple[int, int] | None,
    on: date,
    files: Sequence[str] = (),
    reports: Sequence[str] = (),
    programs: Sequence[str] = (),
    dollars: Dollars = "current",
) -> Account:
    """Return what flows to a country on all files that are meant, summed like with like.

    The same question gives the same answer in whatever order the files were taken in.

    Args:
        country: code as in `aid.line.Row`; `on` and `files` as `lines.lines` has them.
        years: first and last, EARLIEST or LATEST where that end is open; None for all.
        reports: of which reports, however spelled ("2018-19"); then only files of reports answer.
        programs: codes or printed names; then only lines of these are shown.

    Raises:
        AidError: nothing is on hand that was asked for; it names what there is.
    """
    editions_asked = chosen(editions, files)
    with closing(connection()) as con:
        held = coverage(con, editions, editions_asked)
        wanted = tuple(dict.fromkeys(report(words, held) for words in reports))
        found = gathered(
            con, editions, law, country=country, years=years, on=on, files=files, reports=wanted,
            dollars=dollars,
        )  # fmt: skip
        not_read = unread(con, editions, editions_asked, country, years, wanted)
    codes = {code for words in programs for code in _codes(words, law)}
    kept = tuple(x for x in found if not programs or x.program in codes)
    sums = totals(kept)
    question = Question(
        name=countries.named(country),
        years=_closed(years, held) if years else _span(found, held),
        named=years is not None,
        on=on,
        dollars=dollars,
        programs=tuple(programs),
        reports=wanted,
        found=found,
        kept=kept,
        held=held,
        unread=not_read,
    )
    return Account(
        country=country,
        name=question.name,
        on=on.isoformat(),
        years=question.years,
        lines=kept,
        totals=sums,
        refused=refusals(kept),
        differences=differences(sums, held),
        left_out=left_out(question),
    )


def report(words: str, held: Iterable[Held]) -> str:
    """Return the report that some words mean, as the files on hand name it: "2018_2019".

    Raises:
        AidError: no file on hand holds it; it names those that there are.
    """
    there = sorted({h.vintage for h in held if is_report(h.vintage)})
    match = _REPORT.match(words.strip())
    year = int(match[1]) if match else 0
    next_year = match is not None and int(match[2]) % 100 == (year + 1) % 100
    wanted = f"{year}_{year + 1}" if next_year else words
    if wanted not in there:
        known = f"there are: {', '.join(there)}" if there else "none of the files has reports"
        raise AidError(f"No report {words!r} is on hand; {known}.")
    return wanted


def _codes(words: str, law: Law) -> tuple[str, ...]:
    """The codes of a program that is asked by its id, or the one code that some words mean."""
    if words in law.programs:
        return law.programs[words].codes
    found = law.program_of(words)
    if found is None:
        known = sorted({code for p in law.programs.values() for code in p.codes})
        near = difflib.get_close_matches(words, known, n=5)
        hint = f"near it: {', '.join(near)}" if near else f"there are: {', '.join(known)}"
        raise AidError(f"No program is called {words!r}; {hint}.")
    return (found[1],)


def _closed(years: tuple[int, int], held: Iterable[Held]) -> tuple[int, int]:
    """The years that were asked; where an end is open, that of the files or of the other end."""
    there = {y for h in held for y in h.years} or {*years}
    first = min({*there, years[1]}) if years[0] == EARLIEST else years[0]
    return first, max({*there, first}) if years[1] == LATEST else years[1]


def _span(found: Iterable[Line], held: Iterable[Held]) -> tuple[int, int]:
    """The first and last year of some lines; of the files where there is no line."""
    years = {x.year for x in found if x.year is not None} or {y for h in held for y in h.years}
    return (min(years), max(years)) if years else (0, 0)
