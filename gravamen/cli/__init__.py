"""The command line: one command per verb, `--json` on each, exit codes 0, 1 and 2.

Exit codes: 0 all is well; 1 the case is lacking (a check blocks, a verification fails); 2 the
caller erred (a file, an option or an id that cannot be used); nothing is written then.
"""

import sys

import click

from gravamen.cli.amending import COMMANDS as ADOPTING
from gravamen.cli.casework import COMMANDS as CASEWORK
from gravamen.cli.docketing import COMMANDS as DOCKETING
from gravamen.cli.drafting import COMMANDS as DRAFTING
from gravamen.cli.exporting import COMMANDS as EXPORTING
from gravamen.cli.lawbook import COMMANDS as LAWBOOK
from gravamen.cli.noting import COMMANDS as NOTING
from gravamen.cli.options import WIDTH_COLUMNS
from gravamen.cli.reading import COMMANDS as READING
from gravamen.cli.receiving import COMMANDS as RECEIVING
from gravamen.cli.sending import COMMANDS as SENDING
from gravamen.cli.signing import COMMANDS as SIGNING
from gravamen.cli.verifying import COMMANDS as VERIFYING
from gravamen.cli.viewing import COMMANDS as VIEWING
from gravamen.cli.weighing import COMMANDS as WEIGHING
from gravamen.values import GravamenError

EXIT_CODES = "Exit codes: 0 well, 1 the case is lacking, 2 the call was wrong."


class Commands(click.Group):
    """A group whose commands answer a caller's error in one sentence, without a traceback."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands with their first sentences whole."""
        rows = [(n, c.get_short_help_str(limit=WIDTH_COLUMNS)) for n, c in self.commands.items()]
        with formatter.section("Commands"):
            formatter.write_dl(sorted(rows))

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except GravamenError as error:
            click.echo(f"gravamen: {error}", err=True)
            ctx.exit(2)
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError, PermissionError) as error:
            click.echo(f"gravamen: {error.filename}: {error.strerror}.", err=True)
            ctx.exit(2)
        except BrokenPipeError:  # the reader of a pipe went away, as `| head` does
            sys.stderr.close()
            ctx.exit(0)


@click.group(
    cls=Commands,
    epilog=EXIT_CODES,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": WIDTH_COLUMNS},
)
@click.version_option(package_name="gravamen")
def main() -> None:
    """From preserved sources to requests that an official can act on.

    \b
    gravamen draft cases/alder-county/sources/motion.txt --on 2024-03-05 --out out/first
        reads a body's text, says what is wrong with it, writes the mended package
    gravamen import cases/alder-county/case.yaml out/case
        compiles a case written as plain text
    gravamen verify out/alder-county/motion.pdf
        checks a document to its last quote
    """


for command in (
    *CASEWORK, *EXPORTING, *READING, *WEIGHING, *DRAFTING, *LAWBOOK, *ADOPTING, *DOCKETING, *NOTING,
    *VERIFYING, *VIEWING, *SENDING, *RECEIVING, *SIGNING,
):  # fmt: skip
    main.add_command(command)
