"""Options and output that the commands share: dates, actors, JSON, wrapped text."""

import difflib
import getpass
import json
import textwrap
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click
import msgspec

from gravamen.dates import FIRST_YEAR, LAST_YEAR, DateError, counted_year, meant, span

F = TypeVar("F", bound=Callable[..., Any])
WIDTH_COLUMNS = 100
_EMPTY: tuple[Any, ...] = ("", [], (), {})


class Day(click.ParamType[date]):
    """A day as YYYY-MM-DD."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            found = span(value)
        except DateError:
            day = " or ".join(meant(value)) or "a day as 2024-01-15"
            self.fail(f"{value!r} is not a day; write {day}.", param, ctx)
        if found.first is None or found.first != found.last:
            self.fail(f"{value!r} is not one day; write it as 2024-01-15.", param, ctx)
        if not counted_year(found.first.year):
            self.fail(
                f"{value!r} is in a year before {FIRST_YEAR} or after {LAST_YEAR}; correct it.",
                param,
                ctx,
            )
        return found.first


def example(*lines: str) -> str:
    """The foot of a command's help: a call that runs as it stands, its lines never broken."""
    return "\n".join(["\b", "Example:", " \\\n  ".join(lines)])


def examples(*calls: str) -> str:
    """The foot of a command's help: calls that run as they stand, one to a line."""
    return "\n".join(["\b", "Examples:", *(f"  {call}" for call in calls)])


def today() -> date:
    """The day in UTC."""
    return datetime.now(UTC).date()


def on_option(command: F) -> F:
    """--on: the day for which everything is asked."""
    return click.option(
        "--on", type=Day(), default=None, help="The day to ask the law for (default: today)."
    )(command)


def json_option(command: F) -> F:
    """--json: one JSON object on standard output."""
    return click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")(command)


def actor_option(command: F) -> F:
    """--by: the person who acts, for the record."""
    return click.option(
        "--by",
        "actor",
        default=None,
        envvar="GRAVAMEN_ACTOR",
        help="Your name for the record (default: your login name, or GRAVAMEN_ACTOR).",
    )(command)


def person(actor: str | None) -> str:
    """The actor of a person, as the record writes it."""
    name = actor or _login() or "unnamed"
    return name if name.startswith("person:") else f"person:{name}"


def _login() -> str:
    """The login name; "" where the system has none for this user (a bare container)."""
    try:
        return getpass.getuser()
    except (KeyError, ImportError, OSError):
        return ""


def case_argument(command: F) -> F:
    """CASE: a case folder (with ledger.jsonl)."""
    return click.argument("case", type=click.Path(path_type=Path))(command)


def near(word: str, known: Sequence[str], most: int = 5) -> str:
    """Return those of some ids that are most like one that is none of them, and how many there are.

    Args:
        most: how many are named.
    """
    if len(known) <= most:
        return f"there are: {', '.join(known) or 'none'}"
    alike = difflib.get_close_matches(word, known, n=most, cutoff=0.6)
    return f"near it: {', '.join(alike)}" if alike else f"none of the {len(known)} is like it"


def show_json(value: Any) -> None:
    """Print a value as JSON, readable and in Unicode."""
    click.echo(json.dumps(msgspec.to_builtins(value), ensure_ascii=False, indent=1))


def counted(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: "1 allegation", "2 allegations"."""
    return f"{number} {one if number == 1 else many or f'{one}s'}"


def say(text: str = "", *, indent: str = "", hang: str | None = None) -> None:
    """Print a paragraph wrapped to the width that every output keeps."""
    click.echo(
        textwrap.fill(
            text,
            WIDTH_COLUMNS,
            initial_indent=indent,
            subsequent_indent=indent if hang is None else hang,
            break_long_words=False,
            break_on_hyphens=False,
        )
    )


def tell_notices(notices: Sequence[object], respaced: int) -> None:
    """Print what a written case seldom means, and how many quotes had other white space."""
    for notice in notices:
        say(f"notice {notice}", hang="  ")
    if respaced:
        say(
            f"{counted(respaced, 'quote differs', 'quotes differ')} from the source in line breaks "
            "or spaces alone; recorded as the source has it."
        )


def tell(value: Any, *, indent: str = "") -> None:
    """Print a value as lines `key: value`, nested as YAML is, without what is empty."""
    for line in _lines(msgspec.to_builtins(value), indent):
        click.echo(line)


def _lines(value: Any, indent: str, first: str | None = None) -> Iterator[str]:
    """The lines of plain data; `first` stands before the first line in place of the indent."""
    lead = indent if first is None else first
    if isinstance(value, dict):
        for key, inner in value.items():
            if inner is None or inner is False or inner in _EMPTY:
                continue
            if _is_plain(inner):
                yield from _filled(f"{key}: {_word(inner)}", lead, f"{indent}    ")
            else:
                yield f"{lead}{key}:"
                yield from _lines(inner, f"{indent}  ")
            lead = indent
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from _lines(inner, f"{indent}  ", f"{lead}- ")
            lead = indent
    else:
        yield from _filled(_word(value), lead, f"{indent}  ")


def _is_plain(value: Any) -> bool:
    """Whether a value fits behind its key: one word or text, or a list of words without commas."""
    if isinstance(value, (list, tuple)):
        return all(isinstance(v, (str, int, float)) and not {",", " "} & {*str(v)} for v in value)
    return not isinstance(value, dict)


def _word(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return ", ".join(_word(v) for v in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    # A source's control characters would steer the terminal.
    return "".join(" " if unicodedata.category(c) == "Cc" else c for c in str(value))


def _filled(text: str, indent: str, hang: str) -> Iterator[str]:
    """A text in lines of at most the width; a wide character takes two columns of it."""
    line, empty = indent, True
    for word in text.split():
        fits = "://" in word or _columns(hang) + _columns(word) <= WIDTH_COLUMNS
        if not empty and fits and _columns(line) + 1 + _columns(word) > WIDTH_COLUMNS:
            yield line
            line, empty = hang, True
        line, empty = f"{line}{'' if empty else ' '}{word}", False
        while "://" not in word and _columns(line) > WIDTH_COLUMNS:
            end = len(line)
            while _columns(line[:end]) > WIDTH_COLUMNS:
                end -= 1
            yield line[:end]
            line = hang + line[end:]
    yield line


def _columns(text: str) -> int:
    return sum(1 + (unicodedata.east_asian_width(c) in "WF") for c in text)
