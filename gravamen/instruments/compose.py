"""Compose: a case into a diagnosis, a motion and a letter for each office, as typed sentences."""

import re
from collections.abc import Iterable, Sequence

import msgspec

from gravamen.checks import Flag
from gravamen.checks.permitted import printable
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

    A society or a person adopts no motion: theirs are letters alone. What the body struck from its
    motion is in no letter; the motion is that of before.
    """
    wanted = asks(book)
    by_office: dict[str, list[Ask]] = {}
    for ask in wanted:
        by_office.setdefault(ask.office, []).append(ask)
    letters = tuple(letter(book, office=office, asks=tuple(of)) for office, of in by_office.items())
    if requester_of(book.case).kind in ("ngo", "person"):
        return letters
    whole = msgspec.structs.replace(book, struck=())
    return (motion(whole, asks=asks(whole)), *letters)


def finish(
    book: Book,
    instruments: Sequence[Instrument],
    *,
    flags: Sequence[Flag],
    report: bool = True,
) -> tuple[Instrument, ...]:
    """Mark what may not go out yet as DRAFT, with the reasons, and put the diagnosis first.

    Args:
        report: whether there is a diagnosis; dossiers have none.
    """
    country = requester_of(book.case).country
    flags = [_printable(book, f) for f in flags]
    found = [_marked(i, flags, book) for i in instruments]
    if report:
        # The diagnosis tells the reasons in its own sections.
        told = _marked(diagnosis(book, asks=asks(book), flags=flags), flags, book)
        found.insert(0, msgspec.structs.replace(told, draft_reasons=()))
    return tuple(msgspec.structs.replace(i, country=country) for i in found)


def _printable(book: Book, flag: Flag) -> Flag:
    """A flag as a document may print it, without words of a protected person."""
    texts = {name: printable(book.case, getattr(flag, name)) for name in ("message", "hint")}
    return msgspec.structs.replace(flag, **texts)


def _marked(instrument: Instrument, flags: Iterable[Flag], book: Book) -> Instrument:
    """An instrument, DRAFT for every grave flag of the case or of its own sentences."""
    reasons = [
        f.message
        for f in flags
        if f.severity in ("blocks", "draft") and _touches(f, instrument, book)
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


def _touches(flag: Flag, instrument: Instrument, book: Book) -> bool:
    """Whether a flag is about this instrument, about a request that it carries, about an
    allegation or claim that it rests on, or about the case as a whole: what is wrong with one
    request does not hold up the letter of another."""
    if flag.instrument is not None or instrument.kind in ("motion", "diagnosis"):
        # A summary goes out with its dossier or not at all.
        whole = instrument.id.replace("summary-", "dossier-", 1)
        return flag.instrument in (None, instrument.id, whole)
    about = set(re.split(r"[, ]+", flag.where))
    if about <= set(book.case.requests):
        return bool(about & _carried(instrument, book))
    law = book.law
    if about <= {*law.authorities, *law.elements, *law.offices, *law.clocks}:
        return bool(about & _leans_on(instrument, book))
    if instrument.party and about <= {*book.case.allegations, *book.case.claims}:
        sentences = instrument.sentences()
        used = {a for s in sentences for a in s.allegations}
        return bool(about & (used | {b.claim for s in sentences for b in s.bindings}))
    return True


def _leans_on(instrument: Instrument, book: Book) -> set[str]:
    """The ids of the law that an instrument leans on: laws, their elements, offices, clocks."""
    sentences = instrument.sentences()
    laws = {s.authority for s in sentences if s.authority}
    clocks = {c.id for c in book.law.clocks.values() if c.authority in laws}
    elements = {f.element for f in book.findings if f.authority in laws}
    return laws | clocks | elements | {s.office for s in sentences if s.office}


def _carried(instrument: Instrument, book: Book) -> set[str]:
    """The requests that an instrument carries: a dossier, those about its party under its law."""
    if instrument.party is None:
        return {s.request for s in instrument.sentences() if s.request}
    law = book.law.authorities
    return {
        r.id
        for r in book.case.requests.values()
        if r.target == instrument.party
        and r.authority in law
        and law[r.authority].jurisdiction == instrument.regime
    }
