"""aid: tables of assistance in, lines with their laws out; waivers, vetting, lines for a case."""

from collections.abc import Mapping
from importlib import import_module

import click

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


class AidCommands(click.Group):
    """The group of the commands about assistance."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands."""
        return sorted(HOMES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name; None where there is none."""
        if cmd_name not in HOMES:
            return None
        found: tuple[click.Command, ...] = import_module(f"{__name__}.{HOMES[cmd_name]}").COMMANDS
        return next((c for c in found if c.name == cmd_name), None)


@click.group("aid", cls=AidCommands)
def aid() -> None:
    """Assistance: what flows, which law could stop it, what is barred, who must be vetted."""


COMMANDS = (aid,)
