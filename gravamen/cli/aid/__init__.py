"""aid: tables of assistance in, lines with their laws out; waivers, vetting, lines for a case."""

from collections.abc import Mapping

import click

from gravamen.cli.lazy import LazyGroup

# The module of each subcommand, read once it is called.
HOMES: Mapping[str, str] = {
    "choose": "choosing",
    "import": "importing",
    "list": "importing",
    "show": "showing",
    "trace": "choosing",
    "vet": "vetting",
    "waivers": "waiving",
}


class AidCommands(LazyGroup):
    """The group of the commands about assistance."""

    package = __name__
    homes = HOMES


@click.group("aid", cls=AidCommands)
def aid() -> None:
    """Assistance: what flows, which law could stop it, what is barred, who must be vetted."""


COMMANDS = (aid,)
