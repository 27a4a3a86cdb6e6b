"""The audit: what is wrong with the law data, and which values a person must still check."""

import json
from collections.abc import Iterator
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import msgspec

from gravamen.law.authority import Authority, Law, LawError
from gravamen.law.body import Body
from gravamen.law.cited import SURE, Cited
from gravamen.law.document import parts
from gravamen.law.loader import FILES, load
from gravamen.values import Value

SCHEMA = "schema.json"


class Audit(Value):
    """What checking law data found.

    Args:
        faults: what must be mended, a sentence each, with its place.
        review: one line for each value that rests on memory, inference or a secondary text.
    """

    faults: tuple[str, ...]
    review: tuple[str, ...]


def check(path: Path | None = None) -> Audit:
    """Check the law data of the package, or of a folder: every fault, every value to review."""
    try:
        law = load(path)
    except LawError as error:
        return Audit(faults=tuple(str(error).splitlines()[1:]), review=())
    folder = path or resources.files("gravamen.law")
    stale = _stale(folder, wanted=path is None)
    faults = (*_unused(law), *_powerless(law), *_ambiguous(law), *stale)
    return Audit(faults=faults, review=tuple(_review(law)))


def schema() -> dict[str, Any]:
    """Return the JSON Schema of the law files, made from the types that the loader reads."""
    kinds: tuple[type[Value], ...] = (Authority, Body, *FILES.values())
    refs, defs = msgspec.json.schema_components(kinds, ref_template="#/$defs/{name}")
    whole = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A file of law data: one authority, or one table of the library",
        "anyOf": refs,
        "$defs": defs,
    }
    return dict(msgspec.json.decode(msgspec.json.encode(whole)))  # tuples become lists


def schema_text() -> str:
    """Return the text of law/schema.json."""
    return json.dumps(schema(), indent=2, sort_keys=True) + "\n"


def _unused(law: Law) -> Iterator[str]:
    prongs = [p for a in law.authorities.values() for p in a.prongs]
    asked = {e for p in prongs for e in (*p.all_of, *p.any_of, *p.also)}
    for id in sorted(law.elements.keys() - asked):
        yield f"elements.yaml: The element {id!r} is asked by no prong; use it or remove it."
    named = {o for a in law.authorities.values() for o in (a.decides, *a.consults)}
    for office in law.offices.values():
        if not office.powers and office.id not in named:
            yield f"offices.yaml: The office {office.id!r} holds no power; give one or remove it."
    cited = {s for _, value in _cited(law) for s in value.sources}
    for id in sorted(law.sources.keys() - cited):
        yield f"sources.yaml: The source {id!r} is cited by no value; cite it or remove it."


def _powerless(law: Law) -> Iterator[str]:
    """Authorities whose measures no office can be asked for, and clocks that stand apart."""
    for authority in law.authorities.values():
        for measure in authority.measures:
            if not law.holders(measure, authority.id):
                yield f"{authority.id}: No office has the power {measure!r} under it; add one."
    for clock in law.clocks.values():
        owner = law.authorities.get(clock.authority) if clock.authority else None
        if owner and clock.id not in owner.clocks:
            yield f"{owner.id}: Its clock {clock.id!r} is missing from its list of clocks."
    for authority in law.authorities.values():
        for id in authority.clocks:
            if law.clock(id).authority != authority.id:
                yield f"{authority.id}: The clock {id!r} belongs to {law.clock(id).authority!r}."


def _ambiguous(law: Law) -> Iterator[str]:
    for what, table in (("authority", law.authorities), ("office", law.offices)):
        first: dict[str, str] = {}
        for id, value in table.items():
            for name in value.names:
                owner = first.setdefault(name.casefold(), id)
                if owner != id:
                    yield f"The name {name!r} means two of {what}: {owner!r} and {id!r}; keep one."


def _stale(folder: Path | Traversable, *, wanted: bool) -> Iterator[str]:
    """A schema file that differs from the types; the package must have one, a folder may."""
    file = folder / SCHEMA
    if not file.is_file():
        if wanted:
            yield f"{SCHEMA}: The file is missing; write gravamen.law.schema_text() into it."
    elif file.read_text(encoding="utf-8") != schema_text():
        yield f"{SCHEMA}: It differs from the types; write gravamen.law.schema_text() into it."


def _cited(law: Law) -> Iterator[tuple[str, Cited]]:
    """Every cited value of the law, with the id of the value that holds it."""
    for table in ("authorities", "elements", "offices", "clocks", "definitions", "programs"):
        yield from _within(getattr(law, table))
    yield from _within(law.identifiers)
    yield from _within(law.bodies)
    yield from _within(law.coverage)


def _within(table: dict[str, Any]) -> Iterator[tuple[str, Cited]]:
    for id, value in table.items():
        for path, part in parts(value):
            if isinstance(part, Cited):
                counted = (str(step + 1 if isinstance(step, int) else step) for step in path)
                yield getattr(part, "id", " ".join((id, *counted))), part


def _review(law: Law) -> Iterator[str]:
    for where, value in _cited(law):
        if value.needs_review:
            yield f"{where}: {value.mark}; {value.cite}"
    for authority in law.authorities.values():
        if authority.effective_mark not in SURE:
            yield f"{authority.id} effective_from: {authority.effective_mark}; {authority.cite}"
