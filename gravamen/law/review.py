"""Review: which values of the law a person compared with the law itself, and what is left."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, TypeVar, get_type_hints

from msgspec.structs import replace

from gravamen.law.assistance import Hold
from gravamen.law.authority import (
    Assistance,
    Authority,
    Clock,
    Element,
    Law,
    LawError,
    Prong,
    Tolling,
    Waiver,
    WaiverStep,
)
from gravamen.law.cited import SURE, Cited, Mark, Provision
from gravamen.law.document import parts
from gravamen.law.office import Office, Outlet, Power
from gravamen.values import Value

T = TypeVar("T")
CHECKED: Mark = "checked"


def with_reviews(law: Law, reviews: Mapping[str, str]) -> Law:
    """Return the law with the values marked as checked that a person compared as they stand.

    Every mark within such a value becomes "checked": of an authority its prongs, standard, waiver,
    exceptions and notes, of an element its guidance, of an office its powers and forms, of a
    program its holds. A review of another edition changes nothing. `edition` and `edition_of` of
    the law as it was loaded are what a review names: those of the law that is returned are of no
    use for that.

    Args:
        reviews: the edition (`Law.edition_of`) that was compared, by the id of the value.
    """
    agreed = {id for id, compared in reviews.items() if edition(law, id) == compared}

    def table(values: dict[str, T]) -> dict[str, T]:
        return {id: _checked(v) if id in agreed else v for id, v in values.items()}

    return replace(
        law,
        authorities=table(law.authorities),
        elements=table(law.elements),
        offices=table(law.offices),
        clocks=table(law.clocks),
        programs=table(law.programs),
    )


def stale(law: Law, reviews: Mapping[str, str]) -> Iterator[str]:
    """Yield the ids whose value is another today than the one that was compared, or is gone.

    Args:
        law: as it was loaded, without reviews.
    """
    for id, compared in reviews.items():
        if edition(law, id) != compared:
            yield id


def unchecked(law: Law, id: str) -> tuple[str, ...]:
    """What is unchecked in a value that can be reviewed: a part and its mark each.

    Raises:
        LawError: no value of these tables has the id.
    """
    return tuple(line for line, _ in _unsure(id, _value(law, id)))


def unchecked_words(law: Law, id: str) -> tuple[tuple[str, str], ...]:
    """What is unchecked in a value, each part and mark with the words that a person compares."""
    return tuple(_unsure(id, _value(law, id)))


def edition(law: Law, id: str) -> str | None:
    """The edition of a value; None for what cannot be reviewed."""
    try:
        return law.edition_of(id)
    except LawError:
        return None


def _value(law: Law, id: str) -> Value:
    law.edition_of(id)  # refuses an unknown id with those that are near
    tables: tuple[Mapping[str, Value], ...] = (
        law.authorities, law.elements, law.offices, law.clocks, law.programs,
    )  # fmt: skip
    return next(table[id] for table in tables if id in table)


def _checked(value: Any) -> Any:
    """A value with every mark in it set to "checked"."""
    if isinstance(value, tuple):
        return tuple(_checked(item) for item in value)
    if isinstance(value, dict):
        return {key: _checked(item) for key, item in value.items()}
    if not isinstance(value, Value):
        return value
    fields = {field: _checked(getattr(value, field)) for field in value.__struct_fields__}
    fields |= dict.fromkeys(_marks(type(value)), CHECKED)
    if isinstance(value, Assistance):
        fields |= {"outside": (*value.outside, *value.outside_unchecked), "outside_unchecked": ()}
    return type(value)(**fields)


@cache
def _marks(kind: type[Value]) -> tuple[str, ...]:
    """The fields of a type that say how surely something is known."""
    return tuple(field for field, hint in get_type_hints(kind).items() if hint == Mark)


def _unsure(id: str, value: Value) -> Iterator[tuple[str, str]]:
    for path, part in parts(value):
        steps = [str(step + 1 if isinstance(step, int) else step) for step in path]
        name = getattr(part, "id", " ".join((id, *steps)))
        kind: type[Value] = type(part)
        for field in _marks(kind):
            mark = getattr(part, field)
            if mark not in SURE:
                cite = f"; {part.cite}" if isinstance(part, Cited) and field == "mark" else ""
                line = f"{name}{'' if field == 'mark' else f' {field}'}: {mark}{cite}"
                yield line, _words(part, field)
        if isinstance(part, Assistance) and part.outside_unchecked:
            yield f"{name} outside_unchecked: {'; '.join(part.outside_unchecked)}", ""


def _words(part: Value, field: str) -> str:
    """The words of a part that a mark is about."""
    match part:
        case Authority() if field == "effective_mark":
            return f"in force from {part.effective_from:%Y-%m-%d}"
        case Office() if field == "forms":
            return f"{part.salutation} … {part.close}"
        case Element() if field == "guidance":
            rows = {
                "acts": part.acts, "roles": part.roles, "victims": part.victims,
                "satisfied by": part.good, "not enough alone": part.thin,
            }  # fmt: skip
            return "; ".join(f"{k}: {', '.join(v)}" for k, v in rows.items() if v)
        case Prong() | Provision() | WaiverStep() | Tolling():
            return part.text
        case Power():
            return "; ".join(part.asked().values())
        case Outlet():
            return part.told
        case Element() | Waiver():
            return part.test
        case Hold():
            return f"{part.authority}: {part.how}; {part.why}"
        case Clock():
            length = (
                f"{part.days} days" if part.days else f"{part.hours} hours" if part.hours else ""
            )
            told = (f"begins with {part.start}", length, part.due, part.must_act, part.consequence)
            return "; ".join(filter(None, told))
    said = (getattr(part, name, "") for name in ("what", "whom", "name", "title", "reaches"))
    return next((words for words in said if words and isinstance(words, str)), "")
