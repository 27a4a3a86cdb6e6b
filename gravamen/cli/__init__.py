"""The command line: one command per verb, `--json` on each, exit codes 0, 1 and 2.

Exit codes: 0 all is well; 1 the case is lacking (a check blocks, a verification fails); 2 the
caller erred (a file, an option or an id that cannot be used); nothing is written then.
"""

import sys
from collections.abc import Mapping

import click

from gravamen.cli.lazy import LazyGroup
from gravamen.cli.options import WIDTH_COLUMNS
from gravamen.values import GravamenError

# The module of each command, read once it is called: what one command needs (the signature library
# takes half a second to read) no other waits for.
HOMES: Mapping[str, str] = {
    "adopt": "amending",
    "aid": "aid",
    "capture": "casework",
    "check": "weighing",
    "docket": "docketing",
    "draft": "drafting",
    "erase": "casework",
    "export": "exporting",
    "follow-up": "viewing",
    "import": "casework",
    "judge": "casework",
    "law": "lawbook",
    "new": "casework",
    "note": "noting",
    "read": "reading",
    "receive": "receiving",
    "send": "sending",
    "show": "casework",
    "sign": "signing",
    "verify": "verifying",
    "weigh": "weighing",
}
EXIT_CODES = "Exit codes: 0 well, 1 the case is lacking, 2 the call was wrong."


class Commands(LazyGroup):
    """A group whose commands answer a caller's error in one sentence, without a traceback."""

    package = __name__
    homes = HOMES

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
