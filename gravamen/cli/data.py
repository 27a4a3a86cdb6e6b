"""The data folder as the commands find it: --data, GRAVAMEN_DATA, else the user's own."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click
from platformdirs import user_data_path

from gravamen.editions import Editions

F = TypeVar("F", bound=Callable[..., Any])


def data_option(command: F) -> F:
    """--data: the folder in which reference data lie; the command gets it as `data`."""
    return click.option(
        "--data",
        type=click.Path(path_type=Path, file_okay=False),
        default=None,
        envvar="GRAVAMEN_DATA",
        help="The folder of the reference data (default: GRAVAMEN_DATA, else your data folder, "
        f"{user_data_path('gravamen', appauthor=False)}).",
    )(command)


def editions_in(data: Path | None) -> Editions:
    """The editions in the data folder that is meant."""
    return Editions(data or user_data_path("gravamen", appauthor=False))
