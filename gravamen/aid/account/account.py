"""Account: the answer to one question about what flows to a country."""

import re
from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import date

from gravamen.aid import countries
from gravamen.aid.account.coverage import Held, coverage, elsewhere, unread
from gravamen.aid.account.left_out import Question, left_out
from gravamen.aid.account.lines import chosen, connection, gathered
from gravamen.aid.account.repeats import repeats, speaking, spoken, summed
from gravamen.aid.account.totals import differences, refusals, totals
from gravamen.aid.files.dataset import AidError
from gravamen.aid.files.fmtr import LACKED
from gravamen.aid.line import Account, Dollars, Line
from gravamen.aid.words import NO_YEARS, is_report
from gravamen.editions import Editions
from gravamen.law import Law
from gravamen.law.assistance import Program, compact

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

    The same question gives the same answer in whatever order the files were taken in. Of a report
    or copy that several editions hold the newest speaks: an older one adds nothing, and stands
    beside it where it gives another figure.

    Args:
        country: code as in `aid.line.Row`; `on` and `files` as `lines.lines` has them.
        years: first and last, EARLIEST or LATEST where that end is open; None for all.
        reports: of which reports, however spelled ("2018-19"); then only files of reports answer.
        programs: codes, or names or ids of programs, as `program_asked` has them; then only lines
            of these are shown.

    Raises:
        AidError: nothing is on hand that was asked for; it names what there is.
    """
    editions_asked = chosen(editions, files)
    with closing(connection()) as con:
        held = coverage(con, editions, editions_asked)
        wanted = tuple(dict.fromkeys(report(words, held) for words in reports))
        each = gathered(
            con, editions, law, country=country, years=years, on=on, files=files, reports=wanted,
            dollars=dollars,
        )  # fmt: skip
        not_read = unread(con, editions, editions_asked, country, years, wanted)
        asked = tuple(program_asked(words, law) for words in programs)
        codes = tuple(dict.fromkeys(code for _, some in asked for code in some))
        others = elsewhere(
            con, editions, editions_asked, countries.kin(country), years, wanted, codes
        )
    found = spoken(each, editions_asked)
    kept = tuple(x for x in found if not programs or x.program in codes)
    sums = summed(totals(x for x in each if not programs or x.program in codes), editions_asked)
    heard = {h.edition.id for h in speaking(held)} | {x.edition for x in found}
    there = tuple(h for h in held if not wanted or h.vintage in wanted)
    question = Question(
        name=countries.named(country),
        years=_closed(years, there) if years else _span(found, there, wanted),
        named=years is not None,
        on=on,
        dollars=dollars,
        programs=asked,
        reports=wanted,
        found=found,
        kept=kept,
        held=tuple(h for h in held if h.edition.id in heard),
        repeats=repeats(held, each, found),
        unread=tuple(u for u in not_read if u.edition.id in heard),
        elsewhere=others,
        laws=len({h.authority for p in law.programs.values() for h in law.holds(p)}),
    )
    return Account(
        country=country,
        name=question.name,
        on=on.isoformat(),
        years=question.years,
        lines=kept,
        totals=sums,
        refused=refusals(kept),
        differences=differences(sums, speaking(held)),
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
        lacks = " The published table of the training reports lacks it." if wanted in LACKED else ""
        raise AidError(f"No report {words!r} is on hand; {known}.{lacks}")
    return wanted


def program_asked(words: str, law: Law) -> tuple[Program, tuple[str, ...]]:
    """Return the program that some words mean, and which of its codes.

    A code means itself alone ("IMET-1"), and so does another spelling of it. The name of a program,
    its id with or without what is before its last dot ("us.prog.imet", "imet"), and an account
    mean all codes of the program. Case and spaces do not count.

    Raises:
        AidError: there is no such program; it names those near it, else one code of each.
    """
    plain = compact(words)
    for program in law.programs.values():
        codes = {compact(code): code for code in program.codes}
        if plain in codes:
            return program, (codes[plain],)
    for program in law.programs.values():
        own = (program.id, program.id.rpartition(".")[2], program.name)
        if plain in map(compact, own):
            return program, program.codes
    found = law.program_of(words)
    if found is None:
        near = law.programs_near(words)
        known = sorted(p.codes[0] for p in law.programs.values())
        hint = f"near it: {'; '.join(near)}" if near else f"there are: {'; '.join(known)}"
        raise AidError(f"No program is called {words!r}; {hint}.")
    program, code = found
    return program, program.codes if code == program.codes[0] else (code,)


def _closed(years: tuple[int, int], held: Iterable[Held]) -> tuple[int, int]:
    """The years that were asked; where an end is open, that of the files or of the other end."""
    there = {y for h in held for y in h.years}
    first = min({*there, years[1]}) if years[0] == EARLIEST else years[0]
    return first, max({*there, first}) if years[1] == LATEST else years[1]


def _span(found: Iterable[Line], held: Iterable[Held], reports: Iterable[str]) -> tuple[int, int]:
    """The first and last year of some lines; of the files where no line names one, and else of the
    reports by their names."""
    years = {x.year for x in found if x.year is not None} or {y for h in held for y in h.years}
    years = years or {int(year) for name in reports for year in name.split("_")}
    return (min(years), max(years)) if years else NO_YEARS
