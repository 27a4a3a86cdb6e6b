"""Reaching: which chosen lines of assistance each request of a letter reaches, and which units."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

from gravamen.aid.extract.extracted import numbers_in, rows_named
from gravamen.aid.extract.parts import found_as, naming, of_unit, unnamed
from gravamen.aid.words import ranged, vintage_words, year_words
from gravamen.case import Case
from gravamen.flows import Flow
from gravamen.instruments.asks import Ask
from gravamen.instruments.assistance.chosen import (
    ASSISTANCE_KINDS,
    Chosen,
    Sum,
    argued,
    claims_of,
    figures,
    nameless,
    names,
    parts_of,
    period_of,
    reached,
    sums,
    vetted_in,
)
from gravamen.instruments.pen import Pen
from gravamen.instruments.wording import capital, joined, named
from gravamen.law.authority import Law
from gravamen.sentences import Sentence

_FROM_NOW = (
    "The figures show what flowed in the years named; what is asked concerns assistance from now "
    "on."
)
_UNITS = "unit-assistance"
_ANY_UNIT = "any"  # no id of a party


class Reaching:
    """Tells of the asks of one letter, in their order, which lines each reaches: the same lines are
    told once, with their amounts, and then by the number of the request that told them.

    Args:
        lines: those of which the annex prints the figures; `rest` the others, which are told by
            their number alone.
    """

    def __init__(
        self, case: Case, pen: Pen, lines: Sequence[Chosen], rest: Sequence[Chosen] = ()
    ) -> None:
        self._case, self._pen, self._lines, self._rest = case, pen, lines, rest
        self._told: dict[Hashable, int] = {}
        self._named: set[str] = set()  # vettings that were told
        self._dated = False  # whether it was told that the figures are of other years

    def told(self, ask: Ask, number: int) -> Iterator[Sentence]:
        """Yield what is said of an ask; nothing where no line of that state was chosen.

        Args:
            number: that of the request in the letter.
        """
        states = states_of(self._case, self._pen.law, ask)
        own = [x for x in self._lines if x.flow.country in states]
        rest = [x for x in self._rest if x.flow.country in states]
        if not (own or rest) or ask.authority is None:
            return
        if self._pen.law.authority(ask.authority).kind != _UNITS:
            yield from self._lines_of(ask, number, own, rest)
        elif units := [t for t in ask.targets if self._case.parties[t].kind == "unit"]:
            yield from self._vetted(units, [*own, *rest])
            for unit in units:
                yield from self._of_unit(unit, ask, number, own, rest)
        else:
            yield from self._of_any_unit(ask, number, own, rest)

    def _lines_of(
        self, ask: Ask, number: int, own: Sequence[Chosen], rest: Sequence[Chosen]
    ) -> Iterator[Sentence]:
        """What a law reaches that is not one of units: whole lines."""
        law = ask.authority or ""
        hit, perhaps, more = reached(own, law), argued([*own, *rest], law), reached(rest, law)
        if (same := self._same((*hit, *perhaps, *more), number)) is not None:
            yield same
            return
        if hit:
            words = f"Of the assistance in the annex this reaches, {_listed(hit)}."
            yield self._say(words, hit)
            yield from self._from_now()
        yield from self._further(more, "It reaches")
        if perhaps:
            yield self._say(f"Whether it reaches {names(perhaps)} is argued.", perhaps)
        if not (hit or perhaps or more) and ask.measure == "suspend-assistance":
            words = "No line of the annex is known to fall under this law."
            yield self._pen.say("form", words)

    def _of_any_unit(
        self, ask: Ask, number: int, own: Sequence[Chosen], rest: Sequence[Chosen]
    ) -> Iterator[Sentence]:
        """What a law of units could reach at most, where none is named: rows that name one."""
        law = ask.authority or ""
        lines, perhaps = reached(own, law), argued([*own, *rest], law)
        more, without = reached(rest, law), nameless(own, law)
        if (same := self._same((*lines, *perhaps, *more), number, _ANY_UNIT)) is not None:
            yield same
        else:
            if some := parts_of(lines, naming):
                words = (
                    "Of the assistance in the annex it could reach, once a unit is named, at most "
                    f"the rows that name a unit, {_listed(some)}."
                )
                yield self._say(words, some)
                yield from self._from_now()
            if none := parts_of(lines, unnamed):
                words = (
                    f"It does not reach the rows of these lines that name none, {_listed(none)}."
                )
                yield self._say(words, none)
            yield from self._further(more, "It could reach rows that name a unit in")
            if perhaps:
                yield self._say(f"Whether it reaches {names(perhaps)} is argued.", perhaps)
        if without and ask.measure == "suspend-assistance":
            words = f"Of {_dated(without)} no row names a unit that could be told."
            yield self._say(words, without)

    def _of_unit(
        self, unit: str, ask: Ask, number: int, own: Sequence[Chosen], rest: Sequence[Chosen]
    ) -> Iterator[Sentence]:
        """The rows that name a unit, as a person found, and no other row of their lines."""
        law, name = ask.authority or "", named(self._case, unit)
        some, more = (parts_of(reached(x, law), self._theirs(unit)) for x in (own, rest))
        if not some and not more:
            yield self._pen.say("form", f"No row of the annex is known to name {name}.")
        elif (same := self._same((*some, *more), number, unit)) is not None:
            yield same
        else:
            if some:
                words = f"Of the assistance in the annex the rows that name {name} are, "
                yield self._say(f"{words}{_listed(some, rows=True)}.", some)
                yield from self._from_now()
            yield from self._further(more, "There is", f" in which rows name {name}")

    def _theirs(self, unit: str) -> Callable[[Flow], Flow | None]:
        return lambda flow: of_unit(self._case, flow, unit)

    def _same(self, lines: Sequence[Chosen], number: int, unit: str = "") -> Sentence | None:
        """The number of the request that told the same of the same lines; None where none did.

        Args:
            unit: the unit of which rows are told; `_ANY_UNIT` for those of any; "" for all rows.
        """
        key = unit, tuple(x.flow.id for x in lines)
        told = self._told.setdefault(key, number) if lines else number
        if told == number:
            return None
        words = f"Of the assistance in the annex this reaches what request {told} does"
        if unit == _ANY_UNIT:
            words = f"Of the assistance in the annex this could reach what request {told} could"
        elif unit:
            words = f"{words} for {named(self._case, unit)}"
        return self._say(f"{words}.", lines)

    def _further(self, lines: Sequence[Chosen], reach: str, which: str = "") -> Iterator[Sentence]:
        """That there are lines beside those of which the annex gives the figures."""
        if lines:
            years = sorted({x.flow.year for x in lines if x.flow.year})
            span = f" of the years {years[0]} to {years[-1]}" if years else ""
            span = f" of {years[0]}" if len(years) == 1 else span
            count = "one further line" if len(lines) == 1 else f"{len(lines)} further lines"
            there = "its figures stand" if len(lines) == 1 else "their figures stand"
            words = f"{reach} {count}{span}{which}; {there} in the notes, not in the annex."
            yield self._pen.say("form", words, claims=claims_of(lines))

    def _from_now(self) -> Iterator[Sentence]:
        if not self._dated:
            self._dated = True
            yield self._pen.say("form", _FROM_NOW)

    def _vetted(self, units: Sequence[str], lines: Sequence[Chosen]) -> Iterator[Sentence]:
        """What a person found of units: under which name a file has them, told once."""
        for unit in units:
            for vetting in found_as(self._case, unit):
                if vetting.id in self._named:
                    continue
                self._named.add(vetting.id)
                within = vetted_in(lines, vetting)
                yield self._pen.say(
                    "form",
                    f"{capital(named(self._case, unit))} stands as {vetting.name} in "
                    f"{rows_named(vetting.at)} of {vetting.file} "
                    f"({vintage_words(vetting.vintage)}), as a person found: "
                    f"{vetting.why.rstrip('.')}.{_parted(within, vetting.at)}",
                    claims=claims_of(x for x, _ in within),
                )

    def _say(self, text: str, lines: Iterable[Chosen]) -> Sentence:
        return self._pen.say("allegation", text, claims=claims_of(lines))


def states_of(case: Case, law: Law, ask: Ask) -> tuple[str, ...]:
    """The states about whose assistance something is asked under a law of assistance."""
    if ask.authority is None or law.authority(ask.authority).kind not in ASSISTANCE_KINDS:
        return ()
    requests = (case.requests[r] for r in ask.requests if r in case.requests)
    parties = [*ask.targets, *(r.target for r in requests)]
    found = (case.parties[p].country for p in parties if p and p in case.parties)
    return tuple(dict.fromkeys(c for c in found if c))


def _parted(within: Sequence[tuple[Chosen, str]], at: str) -> str:
    """In which lines the rows of a name lie, where they do not all lie in one."""
    if [rows for _, rows in within] == [at]:
        return ""
    if not within:
        return " None of these rows is in a line of the annex."
    told = [
        f"{rows_named(rows)} {'is' if rows.isdigit() else 'are'} in {names([x])}, "
        f"{year_words(x.flow.year, period_of(x.flow))}"
        for x, rows in within
    ]
    shown = {n for _, rows in within for n in numbers_in(rows)}
    others = "" if shown.issuperset(numbers_in(at)) else "; the others are in no line of the annex"
    return f" Of these, {'; '.join(told)}{others}."


def _dated(lines: Sequence[Chosen]) -> str:
    """Lines by name with their years: "FMF (2017, 2018) and IMET-1 (2018)"."""
    years: dict[str, dict[str, None]] = {}
    for x in lines:
        year = str(x.flow.year) if x.flow.year else "no year"
        years.setdefault(names([x]), {})[year] = None
    return joined([f"{name} ({', '.join(sorted(of))})" for name, of in years.items()])


def _listed(lines: Sequence[Chosen], *, rows: bool = False) -> str:
    """Lines summed like with like, by kind and year; with their rows where these are asked for."""
    kinds: dict[tuple[str, str], list[Sum]] = {}
    for of in sums(lines):
        unit = "US dollars" if of.flow.currency == "USD" else of.flow.currency
        kind = {"cost": "at the cost of training"}.get(of.flow.kind, f"as {of.flow.kind}")
        kinds.setdefault((kind, f"{of.flow.dollars} {unit}"), []).append(of)
    parts = []
    for (kind, unit), same in kinds.items():
        ordered = sorted(same, key=lambda s: (s.flow.year or 0, s.flow.vintage))
        parts.append(f"{kind} in {unit}: {'; '.join(_year(s, rows=rows) for s in ordered)}")
    if refused := [x for x in lines if x.flow.refused]:
        parts.append(f"and {names(refused)} of which the figures count in no sum")
    return "; ".join(parts)


def _year(of: Sum, *, rows: bool) -> str:
    when = f"{year_words(of.flow.year, period_of(of.flow))} ({vintage_words(of.flow.vintage)})"
    words = f"{when}, {names(of.lines)}, {figures(of.of, of.flow.currency, floor=of.floor)}"
    at = ranged(sorted(n for x in of.lines for n in numbers_in(x.flow.at)))
    return f"{words} ({rows_named(at)})" if rows else words
