"""Package: everything that a case yields on a day, written into one folder."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from gravamen.case import Case
from gravamen.checks import Flag, check_case, check_instruments
from gravamen.findings import Choice, Finding, choose, weigh
from gravamen.instruments.asks import Book
from gravamen.instruments.compose import compose, finish
from gravamen.instruments.dossier import dossier, summary
from gravamen.instruments.fonts import missing_glyphs
from gravamen.instruments.rewording import reworded
from gravamen.instruments.setting import Files, made_of, store
from gravamen.law.authority import Law
from gravamen.law.review import with_reviews
from gravamen.sentences import Instrument
from gravamen.values import Value


class Package(Value):
    """The instruments of a case on a day, what was found, and everything that is to be mended."""

    instruments: tuple[Instrument, ...]
    findings: tuple[Finding, ...]
    choices: tuple[Choice, ...]
    flags: tuple[Flag, ...]


class Wanted(NamedTuple):
    """A dossier that is wanted: the id of the party, and the state whose law it is for ("uk")."""

    party: str
    regime: str


def prepare(case: Case, law: Law, *, on: date, dossiers: Sequence[Wanted] = ()) -> Package:
    """Weigh, choose, compose and check a case; nothing is written.

    Args:
        law: as it was loaded; what a person compared with the law for this case counts as checked.
        dossiers: where any are named, each with its summary in place of motion and letters.
    """
    law = reviewed(case, law, on=on)
    findings = weigh(case, law, on=on)
    parties = dict.fromkeys(f.party for f in findings)
    choices = tuple(choose(case, law, findings, party) for party in parties)
    book = Book(case=case, law=law, findings=findings, choices=choices, on=on)
    drafted = composed(book, dossiers) if dossiers else compose(book)
    drafted = tuple(reworded(case, instrument) for instrument in drafted)
    flags = (
        *check_case(case, law, findings, on=on),
        *check_instruments(case, law, drafted, on=on, covered=lambda c: not missing_glyphs([c])),
    )
    instruments = finish(book, drafted, flags=flags, report=not dossiers)
    return Package(instruments=instruments, findings=findings, choices=choices, flags=flags)


def reviewed(case: Case, law: Law, *, on: date) -> Law:
    """Return the law with what a person of the case had compared with it by a day marked as
    checked."""
    return with_reviews(law, case.editions_reviewed(on))


def composed(book: Book, wanted: Sequence[Wanted]) -> tuple[Instrument, ...]:
    """Return a dossier and its summary for each that is wanted."""
    return tuple(
        write(book, party=one.party, regime=one.regime)
        for one in wanted
        for write in (dossier, summary)
    )


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
