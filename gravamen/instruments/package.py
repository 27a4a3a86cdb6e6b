"""Package: everything that a case yields on a day, written into one folder."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

import msgspec

from gravamen.adoption import (
    Adoption,
    asked_digest,
    day_of,
    standing,
    vote_day,
    words_digest,
    zone_of,
)
from gravamen.case import Case
from gravamen.checks import Flag, check_case, check_instruments, check_rounds
from gravamen.dates import instant, span
from gravamen.findings import Choice, Finding, choose, weigh
from gravamen.instruments.amending import amended_motion, struck
from gravamen.instruments.asks import Ask, Book, asks
from gravamen.instruments.compose import compose, finish
from gravamen.instruments.dossier import dossier, summary
from gravamen.instruments.fonts import missing_glyphs
from gravamen.instruments.manifest import version_of
from gravamen.instruments.motion import motion
from gravamen.instruments.rewording import reworded
from gravamen.instruments.setting import Files, made_of, store
from gravamen.instruments.vote_record import with_record
from gravamen.law.authority import Law
from gravamen.law.review import with_reviews
from gravamen.proceedings import Voted
from gravamen.rounds import rounds
from gravamen.sentences import Instrument, Sentence
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
    as_loaded, book = law, _book(case, law, on=on)
    law, findings, choices = book.law, book.findings, book.choices
    adoption = standing(case, law, on=on)
    voted = date.fromisoformat(vote_day(adoption, case) or on.isoformat())
    gone, book = _as_amended(case, as_loaded, adoption, book, voted)
    drafted = composed(book, dossiers) if dossiers else compose(book)
    if voted != on:
        then = motion_put(case, as_loaded, adoption, on=voted)
        drafted = tuple(then.motion if i.id == adoption.motion else i for i in drafted)
    drafted = tuple(as_adopted(case, reworded(case, i), adoption) for i in drafted)
    flags = (
        *check_case(case, law, findings, on=on),
        *check_instruments(
            case, law, drafted, on=on, covered=lambda c: not missing_glyphs([c]), struck=gone
        ),
    )
    instruments = finish(book, drafted, flags=flags, report=not dossiers)
    return Package(instruments=instruments, findings=findings, choices=choices, flags=flags)


def _as_amended(
    case: Case, law: Law, adoption: Adoption, book: Book, voted: date
) -> tuple[tuple[Sentence, ...], Book]:
    """The sentences by which a motion asked for something and that its body struck out; and the
    book without what they ask for.

    Args:
        voted: the day that the motion bears.
    """
    if not any(a.holds for a in adoption.amendments):
        return (), book
    put = motion_put(case, law, adoption, on=voted)
    # One sentence for each ask, in their order.
    asking = [s.id for s in put.motion.sentences() if s.kind == "request" and s.office]
    asked = dict(zip(asking, put.asks, strict=True))
    gone = tuple(s for s in struck(case, reworded(case, put.motion), adoption) if s.id in asked)
    return gone, msgspec.structs.replace(book, struck=tuple(asked[s.id].key for s in gone))


def _book(case: Case, law: Law, *, on: date) -> Book:
    """A case weighed on a day, with the law as a person of the case had it compared by then."""
    law = reviewed(case, law, on=on)
    findings = weigh(case, law, on=on)
    parties = dict.fromkeys(f.party for f in findings)
    choices = tuple(choose(case, law, findings, party) for party in parties)
    return Book(case=case, law=law, findings=findings, choices=choices, on=on)


class Put(NamedTuple):
    """What is put to the vote.

    Args:
        motion: as it is composed for the day, before it is reworded and amended.
        version: digest of the words that are voted on; `requests` the ids of the requests in them.
        asks: what the motion asked before it was amended, in its order.
    """

    motion: Instrument
    version: str
    requests: tuple[str, ...]
    asks: tuple[Ask, ...]


def motion_put(case: Case, law: Law, adoption: Adoption, *, on: date) -> Put:
    """Return what is put to the vote on a day, as the record gives it, with its amendments."""
    book = _book(case, law, on=on)
    wanted = asks(book)
    drafted = motion(book, asks=wanted)
    words = amended_motion(case, reworded(case, drafted), adoption)
    said = {s.request for s in words.sentences() if s.request}
    # One sentence may carry several requests, and bears the id of the first.
    said |= {r for ask in wanted if said & set(ask.requests) for r in ask.requests}
    requests = tuple(r for r in case.requests if r in said)
    return Put(drafted, words_digest(words), requests, wanted)


def put_to_vote(case: Case, law: Law, vote: Voted) -> Voted:
    """Return a vote on the motion with what it was on; as it is where it was on an amendment.

    A vote that corrects one of its id stays a vote on the words of that one.
    """
    if vote.question != "motion":
        return vote
    before = case.steps.get(vote.id)
    if isinstance(before, Voted) and before.version is not None:
        return msgspec.structs.replace(
            vote, version=before.version, requests=before.requests, asked=before.asked
        )
    day = day_of(vote.at, zone_of(case))
    would = msgspec.structs.replace(case, steps={**case.steps, vote.id: vote})
    put = motion_put(would, law, standing(would, law, on=day), on=day)
    return msgspec.structs.replace(
        vote,
        version=put.version,
        requests=put.requests,
        asked=tuple(asked_digest(case, r) for r in put.requests),
    )


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
    here = {i.id: i for i in package.instruments}
    for instrument, opened in {r.instrument: r.opened for r in rounds(case, on=on)}.items():
        if instrument in here:
            day = span(opened.on).first or on
            if here[instrument].course is not None:
                # A motion bears the day of its vote; what its record tells came by its round.
                day = instant(opened.at).day
            days.setdefault(day, set()).add(instrument)
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
