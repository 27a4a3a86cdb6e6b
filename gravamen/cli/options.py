"""Options and output that the commands share: dates, actors, JSON, wrapped text."""

import json
import os
import textwrap
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click
import msgspec

from gravamen.dates import DateError, span

F = TypeVar("F", bound=Callable[..., Any])
WIDTH_COLUMNS = 100


class Day(click.ParamType[date]):
    """A day as YYYY-MM-DD."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            found = span(value)
        except DateError as error:
            self.fail(str(error), param, ctx)
        if found.first is None or found.first != found.last:
            self.fail(f"{value!r} is not one day; write it as 2024-01-15.", param, ctx)
        return found.first


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
    name = actor or os.environ.get("USER") or os.environ.get("LOGNAME") or "unnamed"
    return name if name.startswith("person:") else f"person:{name}"


def case_argument(command: F) -> F:
    """CASE: a case folder (with ledger.jsonl)."""
    return click.argument("case", type=click.Path(path_type=Path))(command)


def show_json(value: Any) -> None:
    """Print a value as JSON, readable and in Unicode."""
    click.echo(json.dumps(msgspec.to_builtins(value), ensure_ascii=False, indent=1))


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
