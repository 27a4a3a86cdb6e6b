"""Groups of commands whose modules are read once they are called."""

from collections.abc import Mapping
from importlib import import_module

import click

from gravamen.cli.options import WIDTH_COLUMNS


class LazyGroup(click.Group):
    """A group that knows the module of each command and lists commands with whole sentences.

    A subclass names its `package` and the `homes` of its commands.
    """

    package: str
    homes: Mapping[str, str]

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands."""
        return sorted(self.homes)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name; None where there is none."""
        if cmd_name not in self.homes:
            return None
        home = import_module(f"{self.package}.{self.homes[cmd_name]}")
        found: tuple[click.Command, ...] = home.COMMANDS
        return next(c for c in found if c.name == cmd_name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands with their first sentences whole."""
        found = ((name, self.get_command(ctx, name)) for name in self.list_commands(ctx))
        rows = [(name, c.get_short_help_str(limit=WIDTH_COLUMNS)) for name, c in found if c]
        with formatter.section("Commands"):
            formatter.write_dl(rows)
