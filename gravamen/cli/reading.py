"""read: a text into proposals."""

from datetime import date
from pathlib import Path

import click

from gravamen import law as lawdata
from gravamen.cli.options import Day, counted, example, json_option, say, show_json, today
from gravamen.reading import read
from gravamen.sources import capture_file


@click.command(
    "read", epilog=example("gravamen read cases/alder-county/sources/motion.txt --on 2024-03-05")
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--on",
    type=Day(),
    default=None,
    help="The day of the text, from which relative dates count (default: today).",
)
@json_option
def read_command(file: Path, on: date | None, as_json: bool) -> None:
    """Read a text: who says what, who asks what, in which words.

    FILE is text, HTML, PDF with a text layer, DOCX or EML. With --json the output has the schema
    gravamen.reading/1; offsets count code points of the text as decoded.
    """
    captured = capture_file(file, id="s.text")
    reading = read(captured.text.text, reference_date=on or today(), law=lawdata.load())
    if as_json:
        show_json(reading)
        return
    for proposal in reading.proposals:
        words = " ".join(proposal.text.split())
        say(
            f"{proposal.__struct_config__.tag} {proposal.start}-{proposal.end}: {words!r}. "
            f"{proposal.why}",
            hang="    ",
        )
    count = counted(len(reading.proposals), "proposal")
    say(f"{count} by {reading.reader}; a person decides on each.")


COMMANDS = (read_command,)
