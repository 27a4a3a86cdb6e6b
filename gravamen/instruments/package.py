"""Package: everything that a case yields on a day, written into one folder."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from gravamen.case import Case
from gravamen.checks import Flag, check_case, check_instruments
from gravamen.findings import Choice, Finding, choose, weigh
from gravamen.instruments.asks import Book
from gravamen.instruments.compose import compose, finish
from gravamen.instruments.fonts import missing_glyphs
from gravamen.instruments.setting import Files, made_of, store
from gravamen.law.authority import Law
from gravamen.sentences import Instrument
from gravamen.values import Value


class Package(Value):
    """The instruments of a case on a day, what was found, and everything that is to be mended."""

    instruments: tuple[Instrument, ...]
    findings: tuple[Finding, ...]
    choices: tuple[Choice, ...]
    flags: tuple[Flag, ...]


def prepare(case: Case, law: Law, *, on: date) -> Package:
    """Weigh, choose, compose and check a case; nothing is written."""
    findings = weigh(case, law, on=on)
    parties = dict.fromkeys(f.party for f in findings)
    choices = tuple(choose(case, law, findings, party) for party in parties)
    book = Book(case=case, law=law, findings=findings, choices=choices, on=on)
    drafted = compose(book)
    flags = (
        *check_case(case, law, findings, on=on),
        *check_instruments(case, law, drafted, on=on, covered=lambda c: not missing_glyphs([c])),
    )
    instruments = finish(book, drafted, flags=flags)
    return Package(instruments=instruments, findings=findings, choices=choices, flags=flags)


def write_all(
    package: Package,
    out: Path,
    case: Case,
    *,
    progress: Callable[[Instrument], None] = lambda _: None,
) -> dict[str, Files]:
    """Set each instrument as PDF, HTML and manifest into a folder; return the files by id.

    Where one of them cannot be set, nothing is written.
    """
    made = {}
    for instrument in package.instruments:
        progress(instrument)
        made[instrument.id] = made_of(instrument, case=case)
    return {id: store(one, out) for id, one in made.items()}
