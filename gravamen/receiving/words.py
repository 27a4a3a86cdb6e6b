"""Words: the forms by which a reply shows what it is, and where one of them is met in it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from gravamen.receiving.own import Clause
from gravamen.values import Value

_DATA = Path(__file__).parent / "words.yaml"
# How many characters before a form a word of denying still denies it.
_DENYING_CHARS = 32

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip

Form = re.Pattern[str]


class Met(Value):
    """A form that a clause meets, and with which words."""

    clause: Clause
    words: str


@cache
def words() -> dict[str, Any]:
    """The word lists as they are written."""
    loaded: dict[str, Any] = yaml.safe_load(_DATA.read_text("utf-8"))
    return loaded


@cache
def form(name: str) -> Form:
    """The form of one name ("retelling")."""
    return _compiled(words()[name])


@cache
def forms(table: str, name: str) -> tuple[Form, ...]:
    """The forms of a kind or an outcome: forms("kinds", "ack")."""
    found = words()[table][name]
    return tuple(_compiled(f) for f in ([found] if isinstance(found, str) else found))


@cache
def _parts() -> dict[str, str]:
    return {f"{{{name}}}": str(part) for name, part in words()["parts"].items()}


def _compiled(written: str) -> Form:
    for name, part in _parts().items():
        written = written.replace(name, part)
    return re.compile(written.strip())


def met(clauses: Iterable[Clause], wanted: Sequence[Form], *, told: bool = True) -> Iterator[Met]:
    """Yield each clause that meets one of the forms, with the words that do.

    Args:
        told: leave out what the clause denies, quotes, supposes or retells of our own letter.
    """
    for clause in clauses:
        for one in wanted:
            found = one.search(clause.words)
            if found and not (told and _unsaid(clause, found.start())):
                yield Met(clause=clause, words=found[0])
                break


def _unsaid(clause: Clause, at: int) -> bool:
    """Whether the words at an offset of a clause are denied, quoted, supposed or our own."""
    before = clause.words[:at]
    near = before[-_DENYING_CHARS:]
    if clause.words[at : at + 40] and before.count('"') % 2:
        return True
    if re.search(form("denying").pattern + r"(?: [a-z]+){0,3} ?\Z", near):
        return True
    if form("disowned").search(clause.words[at:]):
        return True
    said = f"{clause.lead} {before}".strip()
    return any(form(f).search(said) for f in ("retelling", "supposing", "reported"))
