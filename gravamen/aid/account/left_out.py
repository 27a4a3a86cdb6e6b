"""Left out: what the files on hand cannot show for a question, each in one sentence.

A rule is a small function; all of them stand in RULES, in the order in which they are read.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from gravamen.aid import countries
from gravamen.aid.account.coverage import Elsewhere, Held, Unread
from gravamen.aid.account.repeats import Repeat
from gravamen.aid.account.vintages import absent
from gravamen.aid.line import Dollars, Line
from gravamen.aid.words import is_country_sum, is_report, runs, vintage_words
from gravamen.dates import DateError, span, spell
from gravamen.editions import DIGITS
from gravamen.law.assistance import Program

# What a kind of file never shows, by the name of its dataset.
_ONLY = {
    "fmtr": "training alone, and no equipment, sales or cash. The amounts are the costs of "
    "courses as the reports print them, which are neither obligations nor payments.",
}
_PLANNED = ("requested", "allocated", "appropriated", "budgeted", "committed", "pledged")


class Question(NamedTuple):
    """What was asked and found.

    Args:
        years: first and last; `named` whether somebody asked for them.
        found: all lines of the files and years; `kept` those of the programs that were asked.
        programs: those that were asked, each with the codes of it that were meant.
        held: the vintages of the files that were asked, whatever the country; without editions
            that only repeat what a newer one holds.
        repeats: which reports and copies several of the editions hold.
        elsewhere: what the files print under a state that is no more and covered the place that is
            asked, or under what followed it.
        laws: how many laws the law data hold that bear on some program.
    """

    name: str
    years: tuple[int, int]
    named: bool
    on: date
    dollars: Dollars
    programs: tuple[tuple[Program, tuple[str, ...]], ...]
    reports: tuple[str, ...]
    found: tuple[Line, ...]
    kept: tuple[Line, ...]
    held: tuple[Held, ...]
    repeats: tuple[Repeat, ...]
    unread: tuple[Unread, ...]
    elsewhere: tuple[Elsewhere, ...]
    laws: int


def left_out(question: Question) -> tuple[str, ...]:
    """Return what the files on hand cannot show for a question, each a sentence or two."""
    return tuple(sentence for rule in RULES for sentence in rule(question))


def of_no_program(question: Question) -> Iterator[str]:
    """Where programs were asked: files whose figures name none cannot answer."""
    if question.programs:
        files = _files(x for x in question.found if x.program is None)
        if files:
            yield f"{files}: the figures without a program are left out, since programs were asked."


def of_other_codes(question: Question) -> Iterator[str]:
    """Where a code was asked: lines of the same program under its other codes."""
    asked = {code for _, codes in question.programs for code in codes}
    for program in {program.id: program for program, _ in question.programs}.values():
        others = {x.program for x in question.found} & set(program.codes) - asked
        if others:
            told = _listed([code for code in program.codes if code in others])
            yield (
                f"{program.name} also has lines under {told}, which are not among these: "
                f"--program {program.id} takes all of its codes."
            )


def of_other_states(question: Question) -> Iterator[str]:
    """Figures under a state that is no more, and under what followed it, are never added."""
    found: dict[frozenset[int], list[str]] = {}
    for other in question.elsewhere:
        found.setdefault(other.years, []).append(other.country)
    for of, there in found.items():
        years = f" in {years_words(of)}" if of else ""
        yield (
            f"The files also print figures for {_listed([countries.named(c) for c in there])}"
            f"{years}, which are not among these lines: "
            f"{_listed([f'--country {c}' for c in there])}."
        )


def of_no_account(question: Question) -> Iterator[str]:
    """A sum for a country names neither program nor unit, so that no law can be tied to it."""
    if files := _files(x for x in question.kept if is_country_sum(x)):
        yield (
            f"{files}: one sum for the country in a year, without program, account, recipient or "
            "unit. Which law reaches what part of it cannot be told from it."
        )
    bare = (x for x in question.kept if not (x.program or x.account or is_country_sum(x)))
    if files := _files(bare):
        yield f"{files}: lines that name neither program nor account; no law can be tied to them."


def of_kind(question: Question) -> Iterator[str]:
    """What a kind of file never shows."""
    for dataset, words in _ONLY.items():
        if files := _files(x for x in question.kept if x.dataset == dataset):
            yield f"{files}: {words}"


def not_paid(question: Question) -> Iterator[str]:
    """What was planned or set aside is no payment."""
    kinds = sorted({x.kind for x in question.kept if x.kind in _PLANNED})
    if kinds:
        yield f"What is {_listed(kinds)} is not yet delivered; only what is disbursed was paid."


def not_covered(question: Question) -> Iterator[str]:
    """Years that were asked and that no file of a dataset holds for any country."""
    if not question.named or question.reports:
        return
    for dataset, held in _by_dataset(question.held):
        covered = frozenset[int]().union(*(h.years for h in held))
        if missing := _asked(question) - covered:
            yield f"No file of {dataset} on hand covers {years_words(missing)}."


def silent(question: Question) -> Iterator[str]:
    """Years that a file covers and in which it has nothing for the country."""
    if not question.named or question.programs or question.reports:
        return
    for dataset, held in _by_dataset(question.held):
        covered = frozenset[int]().union(*(h.years for h in held))
        shown = {x.year for x in question.found if x.dataset == dataset}
        if missing := (_asked(question) & covered) - shown:
            yield (
                f"The files of {dataset} print nothing for {question.name} in "
                f"{years_words(missing)}; that does not prove that nothing flowed."
            )


def absent_reports(question: Question) -> Iterator[str]:
    """Yearly reports that a file skips between its first and its last."""
    for edition, held in groupby(question.held, key=lambda h: h.edition):
        there = {h.vintage for h in held if is_report(h.vintage)}
        lacked = [report for report in absent(there) if int(report[:4]) in _asked(question)]
        if lacked and not question.reports:
            yield f"{edition.file}: it lacks the report {', '.join(lacked)}."


def repeated(question: Question) -> Iterator[str]:
    """Reports and copies that several editions hold, so that the newest of them speaks."""
    for repeat in question.repeats:
        first, last = repeat.vintages[0], repeat.vintages[-1]
        told = vintage_words(first if first == last else f"{first}--{last}")
        number, plural = len(repeat.editions), len(repeat.vintages) > 1
        named = _listed([f"{e.file} ({e.sha256[:DIGITS]})" for e in repeat.editions])
        begun = f"{repeat.dataset}: the {told} {'stand' if plural else 'stands'}"
        if repeat.differ:
            lines = "1 line" if repeat.differ == 1 else f"{repeat.differ:,} lines"
            end = (
                f"in {lines} for {question.name} an older one gives another figure or has a line "
                "that the newest lacks, which is shown beside it and counted in no sum with it"
            )
        else:
            end = f"no older one gives another figure for {question.name}"
        yield (
            f"{begun} in {number} editions on hand ({named}); the newest, which is named first, "
            f"speaks, and {end}."
        )


def unfinished(question: Question) -> Iterator[str]:
    """Years that ended less than a year before a copy, or not yet, are still being reported."""
    found: dict[str, set[int]] = {}
    for x in question.kept:
        if x.kind not in _PLANNED and x.year is not None and _still_open(x):
            found.setdefault(f"{x.file}, {vintage_words(x.vintage)}", set()).add(x.year)
    if found:
        told = "; ".join(f"{copy}: {years_words(years)}" for copy, years in found.items())
        yield (
            f"Not yet fully reported ({told}): such a year had not ended a full year before the "
            "copy, and later copies may give much more."
        )


def floors(question: Question) -> Iterator[str]:
    """Sums over rows of which some hold no amount are floors."""
    for (file, words), lines in _by_vintage(x for x in question.kept if x.floor):
        years = {x.year for x in lines if x.year is not None}
        of = f" of {years_words(years)}" if years else ""
        yield f"{file}, {words}: rows without an amount, so that sums{of} are at least that."


def damaged(question: Question) -> Iterator[str]:
    """Cells that could not be read count as nothing; the first of them with their places."""
    for mark in question.unread:
        if mark.faulty:
            places = "; ".join(f"row {row}: {fault.rstrip('.')}" for row, fault in mark.first)
            left = mark.faulty - len(mark.first)
            more = f"; and {left} more" if left else ""
            yield (
                f"{mark.edition.file}: cells that could not be read count as nothing: "
                f"{places}{more}."
            )


def undated(question: Question) -> Iterator[str]:
    """Rows without a year stand in no answer for years."""
    for mark in question.unread:
        if mark.undated and question.named:
            one = mark.undated == 1
            rows = "1 row names" if one else f"{mark.undated:,} rows name"
            yield (
                f"{mark.edition.file}: {rows} no year; an answer for certain years leaves "
                f"{'it' if one else 'them'} out."
            )


def statements(question: Question) -> Iterator[str]:
    """What a report says instead of a figure."""
    for mark in question.unread:
        for row, vintage, words in mark.statements:
            if not is_report(vintage) or int(vintage[:4]) in _asked(question):
                yield f"{mark.edition.file}, {vintage_words(vintage)}, row {row}: {words}."


def nothing(question: Question) -> Iterator[str]:
    """No line at all proves nothing."""
    if not question.kept:
        yield (
            f"The files that were asked print no such line for {question.name}; that does not "
            "prove that nothing flowed."
        )


def not_yet_there(question: Question) -> Iterator[str]:
    """Vintages that were not there yet on the day that is asked."""
    marked = [x for x in question.kept if x.later]
    told = sorted({vintage_words(x.vintage) for x in marked})
    if told:
        day = spell(question.on.isoformat())
        yield f"Later than {day}, and marked so: {', '.join(told)}."


def over(question: Question) -> Iterator[str]:
    """What is asked concerns what is still to come, and the laws are told for the day alone."""
    ended = {x.year for x in question.kept if x.year is not None and _gone_by(x, question.on)}
    if ended:
        day, one = spell(question.on.isoformat()), len(ended) == 1
        yield (
            f"The figures of {years_words(ended)} are of {'a year' if one else 'years'} gone by. "
            f"What an office can be asked concerns assistance from {day} on. How a law "
            f"stands is told for that day and not for {'that year' if one else 'those years'}; it "
            "does not show that what flowed then was barred or unlawful."
        )


def of_law(question: Question) -> Iterator[str]:
    """Which laws the answer cannot tell of."""
    yield (
        f"The law data hold {question.laws} laws on assistance. Conditions on single countries in "
        "yearly appropriations acts, sanctions and other bars are not among them. No line is tied "
        "to a designation of a state as a sponsor of terrorism, since no determination is on file."
    )


def constant(question: Question) -> Iterator[str]:
    """Constant dollars: which files give none, and that copies differ by their base year."""
    if question.dollars != "constant":
        return
    if files := _files(x for x in question.kept if x.dollars == "current"):
        yield f"{files}: no constant dollars are given; the amounts are in current dollars."
    copies = {x.edition for x in question.kept if x.dollars == "constant"}
    if len(copies) > 1:
        yield (
            "Constant dollars are those of a base year that the copies do not name; two copies "
            "may differ by that alone."
        )


RULES: tuple[Callable[[Question], Iterator[str]], ...] = (
    of_no_program, of_other_codes, of_other_states, of_no_account, of_kind, not_paid, not_covered,
    silent, absent_reports, repeated, unfinished, floors, damaged, undated, statements,
    not_yet_there, constant, nothing, over, of_law,
)  # fmt: skip


def years_words(years: Iterable[int]) -> str:
    """Return years with their noun: "the years 2015 to 2017 and 2020", "the year 2018"."""
    there = frozenset(years)
    return f"the year{'s' if len(there) > 1 else ''} {spans(there)}"


def spans(years: Iterable[int]) -> str:
    """Return years as they are read: "2015 to 2017 and 2020"."""
    found = runs(sorted({*years}))
    return _listed([f"{a} to {b}" if b > a else str(a) for a, b in found])


def _listed(words: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def _gone_by(line: Line, on: date) -> bool:
    """Whether the year of a line is over on a day; a fiscal year ends with September."""
    last_month = 12 if line.period == "calendar-year" else 9
    return line.year is not None and (line.year, last_month) < (on.year, on.month)


def _still_open(line: Line) -> bool:
    """Whether the year of a line ended less than a year before the month of its copy."""
    try:
        copied = None if is_report(line.vintage) else span(line.vintage).first
    except DateError:
        return False
    last_month = 12 if line.period == "calendar-year" else 9
    year = line.year or 0
    return copied is not None and (year + 1, last_month) >= (copied.year, copied.month)


def _asked(question: Question) -> frozenset[int]:
    return frozenset(range(question.years[0], question.years[1] + 1))


def _files(lines: Iterable[Line]) -> str:
    return _listed(list(dict.fromkeys(x.file for x in lines)))


def _by_dataset(held: Iterable[Held]) -> Iterator[tuple[str, list[Held]]]:
    for dataset, some in groupby(held, key=lambda h: h.edition.dataset):
        yield dataset, list(some)


def _by_vintage(lines: Iterable[Line]) -> Iterator[tuple[tuple[str, str], list[Line]]]:
    def key(line: Line) -> tuple[str, str]:
        return line.file, vintage_words(line.vintage)

    for found, some in groupby(sorted(lines, key=key), key):
        yield found, list(some)
