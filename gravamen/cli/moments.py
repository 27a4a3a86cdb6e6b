"""When something happened: the option `--at`, and the moment that it gives."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import click

from gravamen.dates import Moment, instant
from gravamen.signing.giving import moment
from gravamen.values import GravamenError


def at_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """--at: when it happened."""
    return click.option(
        "--at",
        default=None,
        metavar="MOMENT",
        help="When it happened: 2026-05-12, or 2026-05-12T17:00Z (default: now).",
    )(command)


def moment_of(at: str | None) -> Moment:
    """A moment that a person gave; now where none was."""
    if at is None:
        return moment(datetime.now(UTC))
    instant(at)
    return Moment(at)


def time_of(at: str | None) -> datetime:
    """A time that a person gave, in UTC; now where none was.

    Raises:
        GravamenError: it is a day, of which no time is known.
    """
    if at is None:
        return datetime.now(UTC)
    found = instant(at).at
    if found is None:
        raise GravamenError(f"{at} is a day; write a time with its offset, as {at}T17:00Z.")
    return found
