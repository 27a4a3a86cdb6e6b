"""Left out: what the files on hand cannot show for a question, each in one sentence.

A rule is a small function; all of them stand in RULES, in the order in which they are read.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from gravamen.aid.coverage import Held, Unread
from gravamen.aid.line import Dollars, Line
from gravamen.aid.words import is_country_sum, is_report, vintage_words
from gravamen.dates import spell

# What a kind of file never shows, by the name of its dataset.
_ONLY = {
    "fmtr": "shows training alone: no equipment, sales or cash. Its amounts are the costs of "
    "courses as the reports print them, which are neither obligations nor payments.",
}
_PLANNED = ("requested", "allocated", "appropriated", "budgeted", "committed", "pledged")


class Question(NamedTuple):
    """What was asked and found.

    Args:
        years: first and last; `named` whether somebody asked for them.
        found: all lines of the files and years; `kept` those of the programs that were asked.
        held: the vintages of the files that were asked, whatever the country.
    """

    name: str
    years: tuple[int, int]
    named: bool
    on: date
    dollars: Dollars
    programs: tuple[str, ...]
    reports: tuple[str, ...]
    found: tuple[Line, ...]
    kept: tuple[Line, ...]
    held: tuple[Held, ...]
    unread: tuple[Unread, ...]


def left_out(question: Question) -> tuple[str, ...]:
    """Return what the files on hand cannot show for a question, each a sentence or two."""
    return tuple(sentence for rule in RULES for sentence in rule(question))


def of_no_program(question: Question) -> Iterator[str]:
    """Where programs were asked: files whose figures name none cannot answer."""
    if question.programs:
        files = _files(x for x in question.found if x.program is None)
        if files:
            yield f"{files}: the figures without a program are left out, since programs were asked."


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
            yield f"{files} {words}"


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
        starts = sorted(int(v[:4]) for v in there if v[:4].isdigit())
        gaps = [y for y in range(starts[0], starts[-1]) if y not in starts] if starts else []
        absent = [f"{y}_{y + 1}" for y in gaps if y in _asked(question)]
        if absent and not question.reports:
            yield f"{edition.file}: it lacks the report {', '.join(absent)}."


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
    of_no_program, of_no_account, of_kind, not_paid, not_covered, silent, absent_reports, floors,
    damaged, undated, statements,
    not_yet_there, constant, nothing,
)  # fmt: skip


def years_words(years: Iterable[int]) -> str:
    """Return years with their noun: "the years 2015 to 2017 and 2020", "the year 2018"."""
    there = frozenset(years)
    return f"the year{'s' if len(there) > 1 else ''} {spans(there)}"


def spans(years: Iterable[int]) -> str:
    """Return years as they are read: "2015 to 2017 and 2020"."""
    runs = groupby(enumerate(sorted({*years})), key=lambda pair: pair[1] - pair[0])
    ends = ([year for _, year in run] for _, run in runs)
    return _listed([f"{r[0]} to {r[-1]}" if len(r) > 1 else str(r[0]) for r in ends])


def _listed(words: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


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
