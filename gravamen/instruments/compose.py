"""Compose: a case into a diagnosis, a motion and a letter for each office, as typed sentences."""

import re
from collections.abc import Collection, Iterable, Sequence

import msgspec

from gravamen.checks import Flag
from gravamen.instruments.asks import Ask, Book, asks
from gravamen.instruments.diagnosis import diagnosis
from gravamen.instruments.fit import unprintables
from gravamen.instruments.frame import requester_of
from gravamen.instruments.letter import letter
from gravamen.instruments.motion import motion
from gravamen.sentences import Instrument

_NAMED = 5


def compose(
    book: Book,
) -> tuple[Instrument, ...]:
    """Return the motion and the letters of a case, one letter for each office that is asked.

    A society or a person adopts no motion: theirs are letters alone.
    """
    wanted = asks(book)
    by_office: dict[str, list[Ask]] = {}
    for ask in wanted:
        by_office.setdefault(ask.office, []).append(ask)
    letters = tuple(letter(book, office=office, asks=tuple(of)) for office, of in by_office.items())
    if requester_of(book.case).kind in ("ngo", "person"):
        return letters
    return (motion(book, asks=wanted), *letters)


def finish(
    book: Book, instruments: Sequence[Instrument], *, flags: Sequence[Flag]
) -> tuple[Instrument, ...]:
    """Mark what may not go out yet as DRAFT, with the reasons, and put the diagnosis first."""
    marked = tuple(_marked(i, flags, book.case.requests) for i in instruments)
    report = diagnosis(book, asks=asks(book), flags=flags)
    # The diagnosis tells the reasons in its own sections.
    return (
        msgspec.structs.replace(_marked(report, flags, book.case.requests), draft_reasons=()),
        *marked,
    )


def _marked(instrument: Instrument, flags: Iterable[Flag], requests: Collection[str]) -> Instrument:
    """An instrument, DRAFT for every grave flag of the case or of its own sentences."""
    reasons = [
        f.message
        for f in flags
        if f.severity in ("blocks", "draft") and _touches(f, instrument, requests)
    ]
    if odd := unprintables(instrument):
        numbers = ", ".join(f"U+{ord(c):04X}" for c in odd[:_NAMED])
        reasons.append(
            f"It holds characters that cannot be printed ({numbers}); they are shown by number. "
            "Write them otherwise."
        )
    return msgspec.structs.replace(
        instrument, draft=bool(reasons), draft_reasons=tuple(dict.fromkeys(reasons))
    )


def _touches(flag: Flag, instrument: Instrument, requests: Collection[str]) -> bool:
    """Whether a flag is about this instrument, about a request that a letter carries, or about
    the case as a whole: what is wrong with one request does not hold up the letter of another."""
    if flag.instrument is not None or instrument.kind != "letter":
        return flag.instrument in (None, instrument.id)
    about = set(re.split(r"[, ]+", flag.where))
    if not about <= set(requests):
        return True
    return bool(about & {s.request for s in instrument.sentences()})
