"""The manual page on the law, docs/reference/law.md, made from the data so that both agree."""

from collections.abc import Iterable, Iterator, Sequence

from gravamen.dates import spell
from gravamen.law.authority import Authority, Clock, Law
from gravamen.law.cited import SURE, Cited
from gravamen.law.describe import owed_words
from gravamen.law.scope import spared
from gravamen.vocabulary import DossierSection

_HEAD = """\
# Law

Made from the law data by `gravamen.law.manual_text`; a test holds the two together. `?` marks \
what rests on memory, inference or a secondary text: a person must check it before anything leans \
on it. So it is with everything under "choose it when", which is our reading of the practice. \
`gravamen law show ID` prints a value with its cites, sources and marks; \
[Law as data](../decisions/0004-law-as-data.md) says why the law is kept this way.
"""

# What a section of a file holds, and what makes it useless: from guides to submissions, inferred.
SECTIONS: dict[DossierSection, tuple[str, str]] = {
    "cover": (
        "whom it goes to, the law and ground for each person, what is asked, how it is marked, day",
        "no person or body is named, or a state is the target",
    ),
    "submitter": (
        "who submits, with which mandate, partners, funding and conflicts of interest",
        "",
    ),
    "summary": (
        "on one page: who did what to whom, when, where, under which ground",
        "over a page",
    ),
    "reasons": ("a draft of the statement of reasons", "over the desk's limit"),
    "targets": (
        "names in scripts, birth, sex, nationality, posts with dates, and why this person",
        "no date or year of birth; a post without dates",
    ),
    "context": (
        "on one page what one must know, with disputed facts attributed both ways",
        "a characterisation that nobody is named for",
    ),
    "incidents": (
        "day, place, victims, acts, who did them, and the sources of each sentence",
        "a sentence without a source",
    ),
    "link": (
        "the part of each person: direct, ordered, superior, official of the body, support",
        "a link by rank alone",
    ),
    "corroboration": (
        "each key fact with its independent sources, and what has one only",
        "a key fact with fewer than two independent origins",
    ),
    "legal": ("each element of each ground, with the claims for it", "an element without a claim"),
    "adverse": (
        "denials, contrary reports, other explanations, possible mix-ups of names",
        "empty",
    ),
    "interest": ("why the power should be used, the effect, the risks, what would end it", ""),
    "linked": ("superiors, subordinates, companies and family that hold assets; facts only", ""),
    "other_listings": ("listings, refusals and earlier submissions elsewhere", ""),
    "consent": ("what each victim and source agreed to, and how it can be taken back", "none"),
    "handling": ("what may be published, and what is left out of which version", ""),
    "attestation": ("that it is accurate as far as known, corrections, edition", ""),
    "sources": ("numbered exhibits: kind, day, author, digest, origin", ""),
}


def manual_text(law: Law) -> str:
    """Return the manual page: authorities, elements, offices, clocks, terms, bodies, programs."""
    return "\n".join(_lines(law)) + "\n"


def _lines(law: Law) -> Iterator[str]:
    yield _HEAD
    yield from _table(
        "Authorities",
        ("id", "law", "reaches", "decides", "in force since", "cite"),
        (
            (
                f"`{a.id}`",
                a.short,
                ", ".join(a.reaches),
                law.decider(a),
                spell(a.effective_from.isoformat()) + _mark(a.effective_mark not in SURE),
                _cite(a),
            )
            for a in law.authorities.values()
        ),
    )
    for authority in law.authorities.values():
        yield from _authority(authority, law)
    yield from _coverage(law)
    yield from _table(
        "Elements",
        ("id", "question", "not enough alone", "cite"),
        (
            (f"`{e.id}`", e.test, "; ".join(e.thin), _cite(e))
            for e in sorted(law.elements.values(), key=lambda e: e.id)
        ),
    )
    yield from _offices(law)
    yield from _table(
        "Clocks",
        (
            "id",
            "starts with",
            "can be started by",
            "runs",
            "must act",
            "owed",
            "if nothing is done",
            "cite",
        ),
        (
            (
                f"`{c.id}`",
                c.start,
                "; ".join(law.office(o).title for o in c.starters) or "no petitioner",
                _runs(c),
                law.office(c.must_act).title if c.must_act in law.offices else c.must_act,
                owed_words(c),
                c.consequence,
                _cite(c),
            )
            for c in law.clocks.values()
        ),
    )
    yield from _rest(law)


def _authority(value: Authority, law: Law) -> Iterator[str]:
    yield f"### {value.title}{_mark(value.needs_review)}\n"
    yield f"`{value.id}`: {value.nature}. {_cite(value)}\n"
    if value.term:
        what = f"{value.term.what[:1].upper()}{value.term.what[1:]}"
        until = spell(value.term.until.isoformat())
        yield f"{what} run to {until}; a renewal was not found. {_cite(value.term)}\n"
    if home := spared(value):
        yield f"It does not reach {home.whom}. {_cite(home)}\n"
    if value.assistance:
        reach = value.assistance
        outside = (*reach.outside, *(f"{o}?" for o in reach.outside_unchecked))
        yield f"It reaches {reach.reaches}. Outside it: {'; '.join(outside)}.\n"
    if value.prongs:
        yield from _rows(
            ("prong", "elements", "choose it when"),
            (
                (
                    f"`{p.id}`{_mark(p.needs_review)}",
                    ", ".join(f"`{e}`" for e in p.all_of)
                    + (f"; one of {', '.join(f'`{e}`' for e in p.any_of)}" if p.any_of else ""),
                    p.when or "",
                )
                for p in value.prongs
            ),
        )
    said = [("Before it was in force", value.earlier)] if value.earlier else []
    said += [("Standard", value.standard)] if value.standard else []
    said += [("Exception", rule) for rule in value.exceptions]
    said += [("Note", note) for note in value.notes]
    for name, rule in said:
        yield f"- {name}: {rule.text.rstrip('.')} ({_cite(rule)})"
    if said:
        yield ""
    yield from _desk(value)
    if value.waiver:
        yield f"Waiver: {value.waiver.test}. {_cite(value.waiver)}\n"
        yield from _rows(
            ("from", "until", "what", "cite"),
            (
                (
                    spell(s.on),
                    spell(s.until) + _mark(s.until_mark not in SURE) if s.until else "",
                    s.text,
                    _cite(s),
                )
                for s in value.waiver.steps
            ),
        )
    if value.editions:
        yield from _rows(
            ("edition", "from", "until", "cite"),
            ((e.name, spell(e.start), spell(e.end), _cite(e)) for e in value.editions),
        )


def _coverage(law: Law) -> Iterator[str]:
    yield "## Which law covers which act\n"
    yield (
        "Our reading of the texts, cell by cell; `gravamen law coverage` prints why, and what a "
        "conditional cell takes. An empty cell says nothing.\n"
    )
    said = {cell.authority for row in law.coverage.values() for cell in row.cells}
    among = [id for id in law.authorities if id in said]
    yield from _rows(
        ("act", *(f"`{id}`" for id in among)),
        (
            (row.label, *(c.covers + _mark(c.needs_review) if c else "" for c in cells))
            for row in law.coverage.values()
            if (cells := [row.under(id) for id in among])
        ),
    )


def _desk(value: Authority) -> Iterator[str]:
    """What a file for the desk of an authority holds and argues; all of it is inferred."""
    if value.contents:
        extras = f"; besides, {', '.join(value.extras)}" if value.extras else ""
        yield f"- A file holds ({', '.join(value.contents)}){extras} ?"
    if value.arguments:
        yield f"- It argues {', '.join(value.arguments)} ?"
    if value.reasons_limit:
        yield f"- A statement of reasons has at most {value.reasons_limit} characters ?"
    if value.contents or value.arguments:
        yield ""


def _offices(law: Law) -> Iterator[str]:
    yield "## Offices\n"
    for office in law.offices.values():
        yield f"### {office.title}\n"
        yield f"`{office.id}`. {_cite(office)}\n"
        yield from _rows(
            ("measure", "is asked to", "cite"),
            (
                (", ".join(filter(None, (p.measure, when))), words, _cite(p))
                for p in office.powers
                for when, words in p.asked().items()
            ),
        )
        yield from (f"- {o.told} {_cite(o)}\n" for o in office.channels)


def _rest(law: Law) -> Iterator[str]:
    yield from _table(
        "What a section of a file holds",
        ("section", "it holds ?", "it fails where ?"),
        ((f"`{id}`", holds, fails) for id, (holds, fails) in SECTIONS.items()),
    )
    yield from _table(
        "Terms",
        ("id", "term", "test", "cite"),
        ((f"`{d.id}`", d.term, d.test, _cite(d)) for d in law.definitions.values()),
    )
    yield from _table(
        "What lists give of a person",
        ("what", "need", "given of"),
        (
            (
                i.label,
                i.need + _mark(i.needs_review),
                "; ".join(f"{r.filled} % of {r.entries} ({r.list})" for r in i.rates),
            )
            for i in law.identifiers.values()
        ),
    )
    yield from _table(
        "Bodies that ask",
        ("id", "may", "cannot", "cite"),
        (
            (f"`{b.id}`", "; ".join(b.may), "; ".join(b.cannot), _cite(b))
            for b in law.bodies.values()
        ),
    )
    yield from _programs(law)
    yield from _table(
        "What was read",
        ("id", "texts"),
        ((s.id, s.title) for s in law.sources.values()),
    )


def _programs(law: Law) -> Iterator[str]:
    yield "## Programs and accounts of assistance\n"
    yield (
        "Which laws bear on the money of each. `~`: two readings are held; `-`: the law leaves it "
        "alone. A law that concerns only some states is asked of these alone; "
        "`gravamen law show ID` gives the names that reports print, and why.\n"
    )
    yield from _rows(
        ("id", "name", "codes", "nature", "paid under", "laws that bear on it"),
        (
            (
                f"`{p.id}`",
                p.name,
                ", ".join(f"`{code}`" for code in p.codes),
                p.nature,
                _cite(p),
                ", ".join(
                    f"{_HOLDS[h.how]}`{h.authority}`{_mark(h.needs_review)}" for h in law.holds(p)
                )
                or f"unclear: {p.unclear}",
            )
            for p in law.programs.values()
        ),
    )


_HOLDS = {"reaches": "", "argued": "~", "carved-out": "-"}


def _table(heading: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"## {heading}\n"
    yield from _rows(head, rows)


def _rows(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield "|" + "---|" * len(head)
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |"
    yield ""


def _cite(value: Cited) -> str:
    return value.cite + _mark(value.needs_review)


def _mark(review: bool) -> str:
    return " ?" if review else ""


def _runs(clock: Clock) -> str:
    if clock.days:
        first = f"{clock.first}, then every " if clock.first else ""
        other = f" or {clock.or_days}" if clock.or_days else ""
        return f"{first}{clock.days}{other} {clock.counted} days"
    if clock.hours:
        return f"{clock.hours} hours"
    if clock.months and not clock.recurs:
        return f"{clock.months} months"
    return "every year" if clock.counted == "yearly" else ""
