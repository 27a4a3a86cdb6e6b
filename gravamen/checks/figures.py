"""Checks of figures: whose they are, and whether they are still what the source said."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from gravamen.aid.extract.parts import parted
from gravamen.aid.extract.summed import added, alike
from gravamen.checks.asked import Asked
from gravamen.checks.flag import Found, check
from gravamen.checks.lists import unquoted
from gravamen.claims import Bound, Claim, Quantity
from gravamen.reading.dates import find_dates
from gravamen.reading.laws import find_laws
from gravamen.reading.quantities import find_quantities
from gravamen.reading.spans import Placed, Spans
from gravamen.reading.text import Document
from gravamen.sentences import Sentence
from gravamen.values import Value

_BOUNDS: dict[Bound, str] = {
    "eq": "",
    "gt": "more than ",
    "ge": "at least ",
    "lt": "less than ",
    "le": "at most ",
    "approx": "about ",
    "range": "",
}
# What an instrument counts of its own, the number of a request that another one leads to, and the
# numbers of rows.
_OWN_COUNTS = re.compile(
    r"\b\d+\s+(?:independent\s+)?(?:origins?|sources?|further\s+statements?|exhibits?)\b"
    r"|\bwhat request \d+ (?:does|could)\b"
    r"|\(rows? \d[\d, -]*(?: and \d+ more ranges?)?\)"
)
# What a date cannot do without, and the reference to a law: to read them is dear.
_DATE = re.compile(
    r"\d{4}|\d[./-]\d|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|[^\x00-\x7f]",
    re.IGNORECASE,
)
_LAW = re.compile(
    r"§|(?-i:\b[A-Z]{1,3}\.|[A-Z]{2})|\b(?:acts?|articles?|arts?|sections?|secs?|rules?|paragraphs?|codes?"
    r"|orders?|decrees?|laws?|resolutions?|regulations?|conventions?|directives?|statutes?|bills?"
    r"|treaty|covenant|protocols?|charter|constitution|ordinances?|measure|edict|decisions?)\b",
    re.IGNORECASE,
)


class Figure(Value):
    """A figure of a text, its words, and what it says."""

    words: str
    said: Quantity


class _Pair(Value):
    """A figure of a text that its claims do not give so: what they give that is nearest to it."""

    here: Figure
    there: Figure | None


@check("warning", remedy="Name who counted, with the source, or leave the figure out.")
def figure_without_origin(q: Asked) -> Iterator[Found]:
    """A figure is given and nobody is named who counted."""
    for allegation in q.allegations:
        if allegation.kind != "figure" and allegation.quantity is None:
            continue
        claims = q.affirming(allegation)
        if claims and all(q.is_requester(c.speaker) for c in claims):
            figure = _spelled(allegation.quantity) if allegation.quantity else allegation.text
            yield Found(
                message=f"Nobody is named for the figure {figure}: only {q.requester_name} gives "
                "it.",
                where=f"{allegation.id}, {claims[0].passage.source}, character "
                f"{claims[0].passage.start}",
            )


@check(
    "warning",
    of=("case", "instruments"),
    remedy="Keep the words of the source: “more than”, “at least”, “about”.",
)
def figure_without_bound(q: Asked) -> Iterator[Found]:
    """A figure drops the “more than” or “about” of its source."""
    for pair, where, instrument in _compared(q):
        if pair.there is not None and pair.there.said.value == pair.here.said.value:
            yield Found(
                message=f"“{pair.here.words}” is “{pair.there.words}” in the source.",
                where=where,
                instrument=instrument,
            )


@check("blocks", of=("case", "instruments"), remedy="Correct the one that is wrong.")
def figure_differs_from_claim(q: Asked) -> Iterator[Found]:
    """A figure is not the one that the claims behind it give."""
    for pair, where, instrument in _compared(q):
        if pair.there is None:
            yield Found(
                message=f"The text says “{pair.here.words}”; no claim that it rests on gives a "
                "figure.",
                where=where,
                instrument=instrument,
            )
        elif pair.there.said.value != pair.here.said.value:
            yield Found(
                message=f"The text says “{pair.here.words}”, the claim “{pair.there.words}”.",
                where=where,
                instrument=instrument,
            )


def _compared(q: Asked) -> Iterator[tuple[_Pair, str, str | None]]:
    """The figures of a text that differ from those of the claims that it rests on."""
    if q.instruments:
        for p in q.outgoing:
            if p.sentence.kind in ("allegation", "context") and p.sentence.bindings:
                for pair in _in_sentence(q, p.sentence):
                    yield pair, p.where, p.instrument.id
        return
    for allegation in q.allegations:
        if allegation.kind == "context" or not q.reviewed(allegation.id):
            continue  # an unreviewed proposal has its figures from the words it quotes
        claims = q.affirming(allegation)
        if claims:
            for pair in _differing(allegation.text, claims):
                yield pair, allegation.id, None


def _in_sentence(q: Asked, sentence: Sentence) -> Iterator[_Pair]:
    """The figures of a sentence that nothing affirms: neither the claims that it is bound to nor
    the others about what it states. Whoever denies or qualifies owes no figure."""
    bound = [q.case.claims[b.claim] for b in sentence.bindings if b.claim in q.case.claims]
    stated = [q.case.allegations[a] for a in sentence.allegations if a in q.case.allegations]
    sums = _added(q, bound)
    claims = [c for c in bound if c.stance == "affirms"]
    contrary = [c for c in bound if c.stance != "affirms"]
    # "X denied that at least nine men were beaten" tells what is denied, in the case's own words.
    given = [*_given(contrary), *(f for a in stated if contrary for f in figures(a.text))]
    claims += [c for allegation in stated for c in q.affirming(allegation) if c not in claims]
    if not claims:
        return
    for pair in _differing(_OWN_COUNTS.sub("", unquoted(sentence.text)), claims):
        if pair.here.said.value not in sums and not any(
            _same(f.said, pair.here.said) for f in given
        ):
            yield pair


def _added(q: Asked, claims: Iterable[Claim]) -> set[float]:
    """What the chosen lines that claims are about add up to, like with like, and their parts."""
    found = {c.about: q.case.flows[c.about] for c in claims if c.about in q.case.flows}
    flows = tuple(found.values())
    parts = parted(q.case, flows) if flows else ()
    sums = [added(same) for of in (flows, *parts) for same in alike(of)]
    return {abs(n) for of in sums for n in of if n is not None}


def _same(a: Quantity, b: Quantity) -> bool:
    return _same_value(a, b) and (a.bound == "eq" or b.bound != "eq")


def _given(claims: Iterable[Claim]) -> list[Figure]:
    """The figures that claims give, in the words of the source and in translation."""
    return [
        f
        for c in claims
        for words in (c.passage.exact, c.translation)
        for f in figures(words or "")
    ]


def _differing(text: str, claims: Sequence[Claim]) -> Iterator[_Pair]:
    here = figures(text)
    if not here:
        return
    there = _given(claims)
    # "Two former guards stated that ...": a figure in the name of who speaks is told by that name.
    there += [f for c in claims for name in (c.speaker, *c.relayed_by) for f in figures(name)]
    for figure in here:
        if figure.said.value <= 1:
            continue  # "one of the officers" counts nothing
        same = [f for f in there if _same_value(f.said, figure.said)]
        if not same:
            yield _Pair(here=figure, there=_nearest(figure, there))
        elif figure.said.bound == "eq" and all(f.said.bound != "eq" for f in same):
            yield _Pair(here=figure, there=same[0])


def _same_value(a: Quantity, b: Quantity) -> bool:
    return a.value == b.value or (a.high is not None and a.high in (b.value, b.high))


def _nearest(figure: Figure, others: list[Figure]) -> Figure | None:
    """The figure of the same unit, else any, that is nearest in size."""
    alike = [f for f in others if f.said.unit == figure.said.unit] or others
    return min(alike, key=lambda f: abs(f.said.value - figure.said.value), default=None)


@lru_cache(maxsize=8192)
def figures(text: str) -> tuple[Figure, ...]:
    """Return the figures of a text; dates, cites and numbers of things are none."""
    document = Document(text)
    if not find_quantities(document, Spans[Placed]()):
        return ()
    laws = find_laws(document) if _LAW.search(text) else []
    dates = find_dates(document, Spans(laws)) if _DATE.search(text) else []
    return tuple(
        Figure(
            words=" ".join(found.text.split()),
            said=Quantity(value=found.value, bound=found.bound, unit=found.unit, high=found.high),
        )
        for found in find_quantities(document, Spans([*laws, *dates]))
    )


def _spelled(quantity: Quantity) -> str:
    """A quantity in words: "more than 100,000 persons", "8,000 to 12,500"."""
    high = f" to {quantity.high:,g}" if quantity.high is not None else ""
    unit = {"percent": " percent"}.get(quantity.unit or "", f" {quantity.unit or ''}".rstrip())
    return f"{_BOUNDS[quantity.bound]}{quantity.value:,.10g}{high}{unit}".strip()
