"""Describe: a value of the law in plain text: its parts, cites, marks, what needs review."""

import textwrap
from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec

from gravamen.dates import spell
from gravamen.law.assistance import Program
from gravamen.law.authority import (
    Authority,
    Clock,
    Definition,
    Element,
    IdentifierNorm,
    Law,
    LawError,
    LawSource,
    Prong,
    Waiver,
)
from gravamen.law.body import Body, BodyRule
from gravamen.law.cited import SURE, Cited
from gravamen.law.document import nearest
from gravamen.law.office import Office
from gravamen.law.scope import spared

WIDTH = 100
Described = (
    Authority | Body | Clock | Definition | Element | IdentifierNorm | LawSource | Office | Program
    | Prong
)  # fmt: skip


def find(law: Law, id: str) -> Described:
    """Return the value of an id: authority, prong, element, office, clock, program and the rest.

    Raises:
        LawError: no value of the law data has this id.
    """
    found = _ids(law)
    if id not in found:
        raise LawError(f"The law data hold no {id!r}{nearest(id, found)}.")
    return found[id]


def _ids(law: Law) -> dict[str, Described]:
    found: dict[str, Described] = {}
    for authority in law.authorities.values():
        found[authority.id] = authority
        found |= {prong.id: prong for prong in authority.prongs}
    found.update(law.elements)
    found.update(law.offices)
    found.update(law.clocks)
    found.update(law.definitions)
    found.update(law.bodies)
    found.update(law.identifiers)
    found.update(law.programs)
    found.update(law.sources)
    return found


def describe(law: Law, id: str) -> str:
    """Return a value of the law as plain text of at most 100 columns, every cite with its mark."""
    value = find(law, id)
    head = f"{id}: {_title(value)}"
    lines = [*_wrap(head), *_wrap(_cite(value) if isinstance(value, Cited) else "", "  ")]
    for kind, write in _WRITERS:
        if isinstance(value, kind):
            for line in write(value, law):
                lines += _wrap(line.lstrip(), "  " + " " * (len(line) - len(line.lstrip())))
    return "\n".join(lines) + "\n"


def coverage_text(law: Law) -> str:
    """Return the matrix of coverage as plain text of at most 100 columns.

    Each act, then a line for each authority of which something is said: whether it covers the act,
    why, and what that takes besides; "?" marks what nobody checked.
    """
    lines: list[str] = []
    for row in law.coverage.values():
        lines += _wrap(f"{row.label} ({', '.join(row.acts)})")
        for cell in row.cells:
            head = f"{cell.authority:15} {cell.covers:11} {'?' if cell.needs_review else ' '} "
            needs = f" It takes {', '.join(cell.needs)}." if cell.needs else ""
            lines += textwrap.wrap(
                f"{cell.why}{needs}", WIDTH, initial_indent=f"  {head}", break_on_hyphens=False,
                subsequent_indent=" " * (len(head) + 2),
            )  # fmt: skip
        lines.append("")
    return "\n".join(lines).rstrip("\n")


def _title(value: Described) -> str:
    for name in ("title", "name", "label", "term", "text", "start", "test"):
        if text := getattr(value, name, ""):
            return str(text)
    return ""


def _wrap(text: str, indent: str = "") -> list[str]:
    return textwrap.wrap(
        text, WIDTH, initial_indent=indent, subsequent_indent=indent + "  ", break_on_hyphens=False
    )


def _cite(value: Cited) -> str:
    """The cite of a value, how surely it was read, where, in the text of which date."""
    read = f", read in {', '.join(value.sources)}" if value.sources else ""
    review = "; needs review" if value.needs_review else ""
    return f"[{value.cite}; {value.mark}{read}, as of {spell(value.as_of)}{review}]"


def _said(name: str, value: Cited, text: str) -> Iterator[str]:
    yield f"{name}: {text}"
    yield f"  {_cite(value)}"


def _list(name: str, items: Iterable[str]) -> Iterator[str]:
    joined = "; ".join(items)
    if joined:
        yield f"{name}: {joined}"


def _authority(value: Authority, law: Law) -> Iterator[str]:
    sure = "" if value.effective_mark in SURE else f" ({value.effective_mark}; needs review)"
    yield f"In force since {spell(value.effective_from.isoformat())}{sure}"
    if value.earlier:
        yield from _said("Before that", value.earlier, value.earlier.text)
    if value.effective_to:
        yield f"In force until {spell(value.effective_to.isoformat())}"
    if value.term:
        until = spell(value.term.until.isoformat())
        words = f"{value.term.what} run to {until}; a renewal was not found"
        yield from _said("Term", value.term, words)
    yield from _list("It is", [value.nature] if value.nature else [])
    yield from _list("Reaches", value.reaches)
    yield from _list("Concerns only", value.countries)
    if value.former_ussr:
        yield "Concerns only the independent states of the former Soviet Union"
    if home := spared(value):
        dual = {
            "spared": "a national of another state too is not reached either",
            "unsettled": "whether a national of another state too is reached is not settled",
        }[home.dual]
        yield from _said("Does not reach", home, f"{home.whom}; {dual}")
    yield from _list("Measures", value.measures)
    yield f"Decides: {law.decider(value)} ({value.decides})"
    yield from _list("Consults", (f"{law.office(o).title} ({o})" for o in value.consults))
    for prong in value.prongs:
        yield from _said(f"Prong {prong.id}", prong, prong.text)
        for line in _prong(prong, law):
            yield f"  {line}"
    yield from _rules(value)
    for clock in (law.clock(id) for id in value.clocks):
        yield from _said(f"Clock {clock.id}", clock, f"{clock.start}: {_clock_line(clock)}")
        yield f"  If nothing is done: {clock.consequence}"
    for office in law.offices.values():
        yield from _list(
            f"Ask {office.title} to",
            (
                "; ".join(
                    f"{when}: {words}" if when else words for when, words in p.asked().items()
                )
                + _unsure(p)
                for p in office.powers
                if value.id in p.authorities
            ),
        )
    yield from _covers(value, law)
    yield from _file(value)
    yield from _list("Named in texts", value.names)


def _covers(value: Authority, law: Law) -> Iterator[str]:
    """Which acts an authority covers; a cite stands under the last of those that share it."""
    said = [(row, cell) for row in law.coverage.values() if (cell := row.under(value.id))]
    for n, (row, cell) in enumerate(said):
        needs = f" It takes {', '.join(cell.needs)}." if cell.needs else ""
        yield f"Covers {row.label}: {cell.covers}. {cell.why}{needs}"
        if n + 1 == len(said) or _cite(said[n + 1][1]) != _cite(cell):
            yield f"  {_cite(cell)}"


def _file(value: Authority) -> Iterator[str]:
    """What a file for the desk of an authority holds and argues; all of it is inferred."""
    sure = "(inferred; needs review)"
    yield from _list(f"A file holds {sure}", (*value.contents, *value.extras))
    yield from _list(f"It argues {sure}", value.arguments)
    if value.reasons_limit:
        yield f"A statement of reasons has at most {value.reasons_limit} characters {sure}"


def _rules(value: Authority) -> Iterator[str]:
    """Standard, exceptions, notes, assistance, waiver and editions of an authority."""
    if value.standard:
        yield from _said("Standard", value.standard, value.standard.text)
    for rule in value.exceptions:
        yield from _said("Exception", rule, rule.text)
    for note in value.notes:
        yield from _said("Note", note, note.text)
    if value.assistance:
        reach = value.assistance
        yield from _said("Assistance it reaches", reach, reach.reaches)
        yield from _list("  Outside it", reach.outside)
        yield from _list("  Outside it, unchecked (needs review)", reach.outside_unchecked)
    if value.waiver:
        yield from _waiver(value.waiver)
    for edition in value.editions:
        period = f"{spell(edition.start)} to {spell(edition.end)}"
        yield from _said(f"Edition of {edition.name}", edition, period)


def _waiver(value: Waiver) -> Iterator[str]:
    yield from _said("Waiver", value, value.test)
    for step in value.steps:
        sure = "" if step.until_mark in SURE else f" ({step.until_mark}; needs review)"
        until = f" to {spell(step.until)}{sure}" if step.until else ""
        yield from _said(f"  {spell(step.on)}{until}, {step.event}", step, step.text)


def _unsure(value: Cited) -> str:
    return f" ({value.mark}; needs review)" if value.needs_review else ""


def _prong(value: Prong, law: Law) -> Iterator[str]:
    for id in value.all_of:
        yield f"all of: {id}: {law.element(id).test}{_unsure(law.element(id))}"
    for id in value.any_of:
        yield f"any of: {id}: {law.element(id).test}{_unsure(law.element(id))}"
    for id in value.also:
        yield f"also worth showing: {id}: {law.element(id).test}{_unsure(law.element(id))}"
    yield from _list("reaches", value.reaches)
    yield from _list("choose it when (our reading)", [value.when] if value.when else [])


def _element(value: Element, law: Law) -> Iterator[str]:
    yield f"Rule: {value.rule}"
    if value.rule == "foreign-person":
        yield f"Foreign to: {value.foreign_to}"
    if value.guidance not in SURE:
        yield f"What counts, how often, and what satisfies it is {value.guidance}; needs review:"
    yield from _list("Acts", value.acts)
    yield from _list("Roles", value.roles)
    yield from _list("Victims", value.victims)
    yield from _list("Kinds of party", value.kinds)
    if value.minimum > 1:
        yield f"At least: {value.minimum}"
    yield from _list("Satisfied by", value.good)
    yield from _list("Not enough alone", value.thin)
    yield f"Gap: {value.gap}"
    used = [
        prong.id
        for authority in law.authorities.values()
        for prong in authority.prongs
        if value.id in (*prong.all_of, *prong.any_of, *prong.also)
    ]
    yield from _list("Asked by", used)


def _office(value: Office, law: Law) -> Iterator[str]:
    for power in value.powers:
        for when, words in power.asked().items():
            yield from _said(
                f"Can ({', '.join(filter(None, (power.measure, when)))})", power, words
            )
    for outlet in value.channels:
        yield from _said(f"Takes mail ({outlet.channel})", outlet, outlet.told)
    sure = "" if value.forms in SURE else f" ({value.forms}; needs review)"
    yield f"Salutation for an unconfirmed holder: {value.salutation} Close: {value.close}{sure}"
    yield from _list("Can start", (c.id for c in law.clocks.values() if value.id in c.starters))
    yield from _list("Named in texts", value.names)


def _clock(value: Clock, law: Law) -> Iterator[str]:
    yield from _list("Sets it", [value.authority] if value.authority else [])
    yield from _list(
        "Can be started by" + (", chairperson and ranking member jointly" if value.joint else ""),
        (law.office(o).title for o in value.starters),
    )
    yield f"Runs: {_clock_line(value)}"
    yield f"Must act: {value.must_act}"
    yield f"Owed: {owed_words(value)}"
    if value.after:
        unmet = ", and was not met" if value.unmet else ""
        yield f"Runs only after: {value.after} ran{unmet}"
    if value.since:
        yield f"The rule that is cited holds from {spell(value.since.isoformat())}"
    if value.depends:
        yield f"Not on file: {value.depends}"
    if value.tolling:
        yield from _said("Can stand still", value.tolling, value.tolling.text)
    else:
        yield "Can stand still: by no rule on file"
    yield f"If nothing is done: {value.consequence}"


def owed_words(clock: Clock) -> str:
    """What a time is owed on and to whom, in words."""
    if clock.owed == "lapse":
        return "on no request; where nobody acts, a power or a rule lapses"
    if clock.owed == "window":
        return "on no request; in it something may be done, or has to wait"
    to = clock.owed_to or "others than who asks; to whom exactly is not on file"
    return f"on the request that started it, to {to}" if clock.owed == "request" else f"to {to}"


def _clock_line(value: Clock) -> str:
    if value.recurs and value.days:
        first = f"{value.first} days after its start, then " if value.first else ""
        return f"{first}every {value.days} days; {value.due}"
    if value.counted == "yearly":
        return f"every year; {value.due}"
    if value.hours:
        return f"{value.hours} hours; {value.due}"
    if value.months:
        return f"{value.months} months; {value.due}"
    if not value.days:
        return value.due
    back = " back from its start" if value.before else ""
    return f"{value.days} {value.counted} days{back}; {value.due}"


def _definition(value: Definition, law: Law) -> Iterator[str]:
    yield f"Test: {value.test}"
    yield "The term is somebody's characterisation; this program does not apply it."


def _body(value: Body, law: Law) -> Iterator[str]:
    yield from _list("May", value.may)
    yield from _list("Cannot", value.cannot)
    yield f"Instead: {value.advice}"
    for notice in value.notices:
        yield from _said(f"Notice ({notice.applies})", notice, notice.text)
    yield from _by_rule("Quorum", value.quorum)
    yield from _by_rule("Majority", value.majority)
    yield from _by_rule("Seconder", value.seconding)
    yield from _by_rule("Advisory", (value.advisory,) if value.advisory else ())
    yield from _by_rule("Report back", value.report_back)
    for rule in value.rules:
        yield from _said("Rule", rule, rule.text)


def _by_rule(label: str, rules: Sequence[BodyRule]) -> Iterator[str]:
    for rule in rules:
        where = f" ({', '.join(rule.subdivisions)})" if rule.subdivisions else ""
        yield from _said(f"{label}{where}", rule, rule.text)


def _identifier(value: IdentifierNorm, law: Law) -> Iterator[str]:
    yield f"Need: {value.need}. {value.why}"
    for rate in value.rates:
        yield from _said(rate.list, rate, f"given of {rate.filled} % of {rate.entries}")


def _program(value: Program, law: Law) -> Iterator[str]:
    yield f"Nature: {value.nature}"
    yield from _list("Run by", [value.agency] if value.agency else [])
    yield from _list("Printed as", value.codes)
    yield from _list("Also as", (f"{words} ({code})" for words, code in value.spellings.items()))
    yield from _list("Funding accounts", value.accounts)
    if value.holds_of:
        yield f"The laws that bear on it are those of {value.holds_of}:"
    for hold in law.holds(value):
        yield from _said(f"{hold.authority} {_HOLDS[hold.how]}", hold, hold.why)
    yield from _list("No law in the data can be said to reach it", [value.unclear or ""])


_HOLDS = {"reaches": "reaches it", "argued": "may reach it", "carved-out": "leaves it alone"}


def _source(value: LawSource, law: Law) -> Iterator[str]:
    yield f"Read on {spell(value.read_on.isoformat())}"


_WRITERS: tuple[tuple[type[msgspec.Struct], Callable[..., Iterator[str]]], ...] = (
    (Authority, _authority),
    (Prong, _prong),
    (Element, _element),
    (Office, _office),
    (Clock, _clock),
    (Definition, _definition),
    (Body, _body),
    (IdentifierNorm, _identifier),
    (Program, _program),
    (LawSource, _source),
)
