"""The annex of a letter: the chosen lines of assistance by group, on one page for each state."""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from gravamen.aid import countries
from gravamen.aid.extract.parts import naming, unnamed
from gravamen.aid.extract.summed import Figures
from gravamen.aid.line import GROUPS, Group
from gravamen.aid.words import is_report, money, vintage_words
from gravamen.case import Case
from gravamen.flows import Flow
from gravamen.instruments.asks import Book
from gravamen.instruments.assistance.bearing import Laws
from gravamen.instruments.assistance.chosen import (
    Chosen,
    Sum,
    claims_of,
    figures,
    names,
    of_country,
    parts_of,
    sums,
    too_late,
)
from gravamen.instruments.assistance.height import PAGE, height
from gravamen.instruments.assistance.labels import (
    Year,
    column_head,
    of_whole_country,
    row_head,
    row_of,
    table_head,
    table_of,
    year_of,
)
from gravamen.instruments.assistance.unasked import unasked_laws
from gravamen.instruments.pen import Pen
from gravamen.instruments.wording import capital
from gravamen.sentences import Block, Cell, Section, Sentence, Table

_COPIES_ACROSS = 6
_YEARS_ACROSS = 5  # as many columns of figures as a page is wide
_TRAINING = "Reports of training show neither equipment nor sales."
_COUNTRY_SUMS = (
    "A sum for the whole country names no program or unit, so that no law can be told for it."
)
_LIMIT = "What was given after the newest vintage shown here stands in none of these figures."


class Plan(NamedTuple):
    """How much an annex prints: the largest rows of each table, of one about lines that nothing is
    asked of, and the newest years of each kind of file; None for all. The other lines stand in sums
    and in notes."""

    rows: int | None = None
    minor: int | None = None
    years: int | None = None


_MORE_WHOLE = 1  # more years of sums for the whole country, each of which takes but a row
_MINOR: tuple[Group, ...] = ("outside", "not-vettable", "hook-unclear")
# From all to the least; the first that fits on a page is taken.
_PLANS = (
    Plan(),
    *(
        Plan(rows, minor, years)
        for years in (5, 4, 3)
        for rows, minor in (*((None, n) for n in (None, 5, 3, 1, 0)),
                            *((n, 0) for n in range(16, 3, -1)))
    ),
    # Fewer years with their programs tell an office more than more years without.
    *(Plan(n, 0, years) for years in (3, 2, 1) for n in range(16, 2, -1)),
    *(Plan(n, 0, years) for years in (3, 1) for n in (2, 1, 0)),
)  # fmt: skip


class Layout(NamedTuple):
    """The lines of a state, and how much of them its annex prints."""

    state: str
    lines: tuple[Chosen, ...]
    plan: Plan

    @property
    def shown(self) -> tuple[Chosen, ...]:
        """The lines of the years that it prints; each gives its figures to a table there."""
        return tuple(_newest(self.lines, self.plan.years))


def laid_out(
    book: Book, pen: Pen, states: Iterable[str], lines: Sequence[Chosen]
) -> tuple[Layout, ...]:
    """Return how the annex to a letter prints the chosen lines of each state, on a page for each.

    What does not fit is folded: the smaller lines of a table into one row of sums, bound to the
    claims of them all; the older years into a sentence, bound likewise.

    Args:
        states: codes of those whose assistance the letter asks about.
    """
    return tuple(_fitting(book, pen, s, own) for s in states if (own := of_country(lines, s)))


def annex(book: Book, pen: Pen, layouts: Iterable[Layout]) -> list[Section]:
    """Return the annex to a letter, a section for each state of which lines were chosen."""
    unasked = frozenset(law.authority for law in unasked_laws(book))
    return [_section(book, pen, layout, unasked) for layout in layouts]


def _fitting(book: Book, pen: Pen, state: str, lines: Sequence[Chosen]) -> Layout:
    """The fullest layout that a page holds; the briefest where none does."""
    unasked = frozenset(law.authority for law in unasked_laws(book))
    layouts = (Layout(state, tuple(lines), plan) for plan in _PLANS)
    fitting = (x for x in layouts if _tried(book, pen, x, unasked) <= PAGE[pen.paper])
    return next(fitting, Layout(state, tuple(lines), _PLANS[-1]))


def _tried(book: Book, pen: Pen, layout: Layout, unasked: frozenset[str]) -> float:
    """How tall a section would be, written with a pen whose numbers do not count."""
    return height(_section(book, pen.aside(), layout, unasked), pen.paper)


def _section(book: Book, pen: Pen, layout: Layout, unasked: frozenset[str]) -> Section:
    """Args: unasked: laws that bear on the lines and under which nothing can be asked yet."""
    state, lines, plan = layout
    day = pen.day(book.on.isoformat())
    blocks: list[Block | Table] = [
        pen.form(
            f"As on file on {day}; each figure sums the rows in its note. What is asked concerns "
            "assistance from now on, not the years named; how a law stands is told for that day, "
            "not for those years.",
            style="small",
        )
    ]
    shown = layout.shown
    for group in GROUPS:
        of_group = [x for x in lines if x.group == group]
        if of_group:
            here = [x for x in of_group if x in shown]
            laws = Laws(here, book.law, unasked)
            most = plan.minor if group in _MINOR else plan.rows
            blocks += _tables(pen, here, laws, group, most)
            if not all(
                of_whole_country(x.flow) for x in of_group
            ):  # `_COUNTRY_SUMS` says why of those
                blocks.append(_why(pen, laws, group, here or of_group))
    blocks += _older(pen, [x for x in lines if x not in shown])
    blocks += _refused(pen, lines)
    blocks.append(_limits(book.case, pen, lines))
    return Section(
        heading=f"Annex: assistance to {_name(book.case, state)}",
        blocks=tuple(blocks),
        annex=True,
    )


def _name(case: Case, state: str) -> str:
    """The name of a state: as the case has it, else as tables have it, else its code."""
    governments = (p for p in case.parties.values() if p.kind == "government")
    known = countries.named(state) if countries.code(state) else state
    return next((p.name for p in governments if p.country == state), known)


def _newest(lines: Sequence[Chosen], count: int | None) -> list[Chosen]:
    """The lines of the last years that each kind of file has; those without a year among them."""
    if count is None:
        return list(lines)
    years: dict[tuple[str, bool], set[int]] = {}
    for x in lines:
        years.setdefault((x.flow.dataset, of_whole_country(x.flow)), set()).add(x.flow.year or 0)
    last = {
        kind: sorted(of)[-(count + _MORE_WHOLE if kind[1] else count) :]
        for kind, of in years.items()
    }
    return [
        x
        for x in lines
        if not x.flow.year or x.flow.year in last[x.flow.dataset, of_whole_country(x.flow)]
    ]


def _older(pen: Pen, lines: Sequence[Chosen]) -> Iterator[Block]:
    """That lines of older years are not printed, with the notes that give each."""
    if lines:
        years = sorted(x.flow.year or 0 for x in lines)
        span = f"{years[0]} to {years[-1]}" if years[0] < years[-1] else f"{years[0]}"
        be = "line stands" if len(lines) == 1 else "lines stand"
        words = f"Not printed here: {len(lines)} {be} in the notes, of the years {span}."
        yield Block(sentences=(pen.say("form", words, claims=claims_of(lines)),), style="small")


def _tables(
    pen: Pen, lines: Sequence[Chosen], laws: Laws, group: Group, most: int | None
) -> Iterator[Table]:
    """The lines of a group as tables: programs down and years across, one for each kind."""
    kinds: dict[Hashable, list[Chosen]] = {}
    for x in lines:
        kinds.setdefault(table_of(x.flow), []).append(x)
    for same in kinds.values():
        if of_whole_country(same[0].flow) and not is_report(same[0].flow.vintage):
            yield from _copies(pen, same, f"{capital(GROUPS[group])}: {table_head(same)}")
            continue
        years = sorted({year_of(x.flow) for x in same})
        for n in range(0, len(years), _YEARS_ACROSS):
            across = years[n : n + _YEARS_ACROSS]
            here = [x for x in same if year_of(x.flow) in across]
            caption = f"{capital(GROUPS[group])}: {table_head(here)}"
            yield _table(pen, here, laws, across, caption, most)


def _table(
    pen: Pen,
    lines: Sequence[Chosen],
    laws: Laws,
    years: Sequence[Year],
    caption: str,
    most: int | None,
) -> Table:
    rows: dict[Hashable, list[Chosen]] = {}
    for x in lines:
        rows.setdefault(row_of(x.flow), []).append(x)
    ordered = sorted(rows.values(), key=lambda same: row_head(same[0].flow))
    folded = _smaller(ordered, most)
    made = [_of_row(pen, same, laws, years) for same in ordered if same not in folded]
    if folded:
        rest = [x for same in folded for x in same]
        label = f"{len(folded)} {'smaller' if made else 'lines'}, each in the notes"
        made.append(_together(pen, rest, years, f"{label}{laws.marks(rest)}"))
    if len(made) > 1 and any(len(s.lines) > 1 for s in sums(lines)):
        made.append(_together(pen, lines, years, "Together"))
    if none := _without_unit(lines, laws):
        made.append(_together(pen, none, years, "Of these, no unit named"))
    return Table(
        caption=caption,
        header=("Line", *(column_head(lines, year) for year in years)),
        rows=tuple(made),
    )


def _smaller(rows: Sequence[list[Chosen]], most: int | None) -> list[list[Chosen]]:
    """The rows that are not printed one by one: all but the largest, where they are two or more.
    What counts in no sum is printed always."""
    if most is None:
        return []
    countable = [same for same in rows if not any(x.flow.refused for x in same)]
    by_size = sorted(countable, key=lambda same: -max(abs(x.flow.amount or 0) for x in same))
    folded = by_size[max(0, most - (len(rows) - len(countable))) :]
    return folded if len(folded) > 1 else []


def _copies(pen: Pen, lines: Sequence[Chosen], caption: str) -> Iterator[Table]:
    """Sums for a whole country: years down, and the copies that give them side by side."""
    for across in _across(sorted({(x.flow.kind, x.flow.vintage) for x in lines})):
        here = [x for x in lines if (x.flow.kind, x.flow.vintage) in across]
        rows = []
        for year in sorted({year_of(x.flow) for x in here}):
            cells = [Cell(sentences=(pen.say("form", column_head(here, year)),))]
            for kind, copy in across:
                found = [
                    x
                    for x in here
                    if year_of(x.flow) == year and (x.flow.kind, x.flow.vintage) == (kind, copy)
                ]
                said = tuple(_figure(pen, x) for x in found) or (pen.say("form", "none"),)
                cells.append(Cell(sentences=said))
            rows.append(tuple(cells))
        heads = (f"{capital(kind)}, {vintage_words(copy)}" for kind, copy in across)
        yield Table(caption=caption, header=("Year", *heads), rows=tuple(rows))


def _across(columns: Sequence[tuple[str, str]]) -> Iterator[Sequence[tuple[str, str]]]:
    """Columns of figures by kind and copy, as many as a page is wide; of one kind where not all
    fit."""
    if len(columns) <= _COPIES_ACROSS:
        yield columns
        return
    for _, of_kind in groupby(columns, key=lambda column: column[0]):
        same = list(of_kind)
        for n in range(0, len(same), _COPIES_ACROSS):
            yield same[n : n + _COPIES_ACROSS]


def _without_unit(lines: Sequence[Chosen], laws: Laws) -> tuple[Chosen, ...]:
    """The parts whose rows name no unit, of lines of which others name one and which a law of
    units reaches."""
    reached = [x for x in lines if laws.of_units(x)]
    if all(naming(x.flow) is None for x in reached):
        return ()
    return parts_of(reached, unnamed)


def _of_row(
    pen: Pen, lines: Sequence[Chosen], laws: Laws, years: Sequence[Year]
) -> tuple[Cell, ...]:
    label = f"{row_head(lines[0].flow)}{laws.marks(lines)}"
    cells = [Cell(sentences=(pen.say("form", label),))]
    for year in years:
        here = [x for x in lines if year_of(x.flow) == year]
        said = tuple(_figure(pen, x) for x in here) or (pen.say("form", "none"),)
        cells.append(Cell(sentences=said))
    return tuple(cells)


def _together(
    pen: Pen, lines: Sequence[Chosen], years: Sequence[Year], label: str
) -> tuple[Cell, ...]:
    """A row of sums: each over lines of one file, vintage, kind and year, bound to them all."""
    cells = [Cell(sentences=(pen.say("form", label),))]
    for year in years:
        here = sums([x for x in lines if year_of(x.flow) == year])
        said = tuple(_summed(pen, s) for s in here) or (pen.say("form", "none"),)
        cells.append(Cell(sentences=said))
    return tuple(cells)


def _summed(pen: Pen, of: Sum) -> Sentence:
    copy = "" if is_report(of.flow.vintage) else f" ({vintage_words(of.flow.vintage)})"
    words = _brief(of.of, of.flow.currency, floor=of.floor)
    return pen.say("allegation", f"{words}{copy}", claims=claims_of(of.lines))


def _figure(pen: Pen, x: Chosen) -> Sentence:
    flow = x.flow
    words = [_brief(flow, flow.currency, floor=flow.floor)]
    if flow.printed is not None:
        words.append(f"the report prints {money(flow.printed, flow.currency)}")
    if flow.amount is not None and flow.amount < 0 and flow.kind == "obligated":
        words.append("a deobligation")
    return pen.say("allegation", ", ".join(words), claims=x.claims)


def _brief(of: Flow | Figures, currency: str, *, floor: bool) -> str:
    """Figures as a cell gives them, under a caption that says what they are: "4 for $120,294"."""
    if of.trainees is None or of.amount is None:
        return figures(of, currency, floor=floor)
    return f"{of.trainees:,} for {'at least ' if floor else ''}{money(of.amount, currency)}"


def _why(pen: Pen, laws: Laws, group: Group, lines: Sequence[Chosen]) -> Block:
    """The laws that bear on the lines of a group, with the state of each; or why none does."""
    if group in ("outside", "hook-unclear", "not-vettable"):
        reasons = dict.fromkeys(x.line.why_group for x in lines if x.line.why_group)
        text = " ".join((*reasons, *(["We do not ask that they stop."] * (group == "outside"))))
        return pen.form(text or "No law in the data can be told for these lines.", style="small")
    unsure = any(h.mark not in ("sourced", "checked") for x in lines for h in x.line.hooks)
    lead = "On that date, by the letters beside the lines:" if laws.lettered else "On that date"
    parted = _without_unit(lines, laws)
    units = " A law of units reaches no row that names none." if parted else ""
    said = pen.say("argument", f"{lead} {laws.told()}.{units}", needs_review=unsure)
    return Block(sentences=(said,), style="small")


def _refused(pen: Pen, lines: Sequence[Chosen]) -> Iterator[Block]:
    """What counts in no sum, and why."""
    for why in dict.fromkeys(x.flow.refused for x in lines if x.flow.refused):
        same = [x for x in lines if x.flow.refused == why]
        named = pen.say("allegation", f"In no sum: {names(same)}.", claims=claims_of(same))
        yield Block(sentences=(named, pen.say("form", why)), style="small")


def _told_twice(lines: Sequence[Chosen]) -> bool:
    """Whether two files give a line of one report or copy, each with its own figure."""
    told = [
        (f.dataset, f.vintage, year_of(f), row_of(f), f.purpose, f.dollars, f.currency)
        for f in (x.flow for x in lines)
    ]
    return len(set(told)) < len(told)


def _limits(case: Case, pen: Pen, lines: Sequence[Chosen]) -> Block:
    """That copies differ where they do, and what the data cannot show, in two sentences."""
    said = []
    if len({x.flow.vintage for x in lines if not is_report(x.flow.vintage)}) > 1:
        said.append("Copies of different days differ, and are not added.")
    if _told_twice(lines):
        said.append("Where two files give one line differently, both stand here and are not added.")
    limits = [_TRAINING] if any(x.flow.dataset == "fmtr" for x in lines) else []
    if any(of_whole_country(x.flow) for x in lines):
        limits.append(_COUNTRY_SUMS)
    said += limits if len(limits) > 1 else [*limits, _LIMIT]
    if late := sum(f.country == lines[0].flow.country for f in too_late(case, pen.on)):
        be = "line of a later vintage is" if late == 1 else "lines of later vintages are"
        said.append(f"{late} chosen {be} not shown.")
    return pen.form(" ".join(said), style="small")
