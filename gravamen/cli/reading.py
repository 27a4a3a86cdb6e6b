"""read: a text into proposals."""

from datetime import date
from pathlib import Path

import click

from gravamen import law as lawdata
from gravamen.cli.options import json_option, on_option, say, show_json, today
from gravamen.reading import read
from gravamen.sources import capture_file


@click.command("read", epilog="Example: gravamen read report.pdf --on 2024-03-05 --json")
@click.argument("file", type=click.Path(path_type=Path))
@on_option
@json_option
def read_command(file: Path, on: date | None, as_json: bool) -> None:
    """Read a text: who says what about whom, what is asked, each with its exact words.

    FILE is text, HTML, PDF with a text layer, DOCX or EML. Relative dates ("last Friday") count
    from --on. With --json the output has the schema gravamen.reading/1; offsets count code
    points of the text as decoded.
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
    say(f"{len(reading.proposals)} proposals by {reading.reader}; a person decides on each.")


COMMANDS = (read_command,)
