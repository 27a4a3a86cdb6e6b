"""Package: everything that a case yields on a day, written into one folder."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

import msgspec

from gravamen.adoption import Adoption, standing
from gravamen.case import Case
from gravamen.checks import Flag, check_case, check_instruments, check_rounds
from gravamen.dates import span
from gravamen.findings import Choice, Finding, choose, weigh
from gravamen.instruments.amending import amended_motion
from gravamen.instruments.asks import Book
from gravamen.instruments.compose import compose, finish
from gravamen.instruments.dossier import dossier, summary
from gravamen.instruments.fonts import missing_glyphs
from gravamen.instruments.manifest import version_of
from gravamen.instruments.rewording import reworded
from gravamen.instruments.setting import Files, made_of, store
from gravamen.instruments.vote_record import with_record
from gravamen.law.authority import Law
from gravamen.law.review import with_reviews
from gravamen.rounds import rounds
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
    package = _drafted(case, law, on=on, dossiers=dossiers)
    signed = _as_signed(case, law, package, on=on, dossiers=dossiers)
    flags = check_rounds(case, law, signed, on=on, versions={i.id: version_of(i) for i in signed})
    return msgspec.structs.replace(package, flags=(*package.flags, *flags))


def _drafted(case: Case, law: Law, *, on: date, dossiers: Sequence[Wanted]) -> Package:
    """The package without what is asked of the rounds of signatures."""
    law = reviewed(case, law, on=on)
    findings = weigh(case, law, on=on)
    parties = dict.fromkeys(f.party for f in findings)
    choices = tuple(choose(case, law, findings, party) for party in parties)
    book = Book(case=case, law=law, findings=findings, choices=choices, on=on)
    drafted = composed(book, dossiers) if dossiers else compose(book)
    adoption = standing(case, law, on=on)
    drafted = tuple(as_adopted(case, reworded(case, i), adoption) for i in drafted)
    flags = (
        *check_case(case, law, findings, on=on),
        *check_instruments(case, law, drafted, on=on, covered=lambda c: not missing_glyphs([c])),
    )
    instruments = finish(book, drafted, flags=flags, report=not dossiers)
    return Package(instruments=instruments, findings=findings, choices=choices, flags=flags)


class MotionOn(NamedTuple):
    """A motion as it is drafted for a day, and the digest of it apart from DRAFT."""

    motion: Instrument
    version: str


def motion_on(case: Case, law: Law, *, on: date) -> MotionOn | None:
    """Return the motion of a case as it stands on a day; None for a body that adopts none."""
    drafted = _drafted(case, law, on=on, dossiers=()).instruments
    motion = next((i for i in drafted if i.kind == "motion"), None)
    return MotionOn(motion, words_version(motion)) if motion else None


def words_version(motion: Instrument) -> str:
    """Return the digest of a motion apart from DRAFT and the reasons for it."""
    return version_of(msgspec.structs.replace(motion, draft=False, draft_reasons=()))


def as_adopted(case: Case, instrument: Instrument, adoption: Adoption) -> Instrument:
    """Return a motion as its body amended it and voted on it; every other instrument as it is."""
    if instrument.id != adoption.motion:
        return instrument
    return with_record(case, amended_motion(case, instrument, adoption), adoption)


def _as_signed(
    case: Case, law: Law, package: Package, *, on: date, dossiers: Sequence[Wanted]
) -> tuple[Instrument, ...]:
    """The instruments of a package that have a round of signatures, each as the record now gives it
    for the day that the round's own text bears."""
    days: dict[date, set[str]] = {}
    here = {i.id for i in package.instruments}
    for instrument, opened in {r.instrument: r.opened for r in rounds(case, on=on)}.items():
        if instrument in here:
            days.setdefault(span(opened.on).first or on, set()).add(instrument)
    found: list[Instrument] = []
    for day, wanted in days.items():
        again = package if day == on else _drafted(case, law, on=day, dossiers=dossiers)
        found += [i for i in again.instruments if i.id in wanted]
    return tuple(found)


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
