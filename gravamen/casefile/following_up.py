"""Following up: reminders and notices made from the record, which keeps what was sent."""

from collections.abc import Iterable
from datetime import date

from gravamen.casefile.entries import Drafted, RecordError
from gravamen.casefile.ledger import CaseFile
from gravamen.docket.first import origin
from gravamen.docket.follow_up import follow_up
from gravamen.instruments.package import Package, prepare
from gravamen.law.authority import Law
from gravamen.proceedings import RoundOpened
from gravamen.sentences import Instrument
from gravamen.values import GravamenError


def followed_up(
    casefile: CaseFile, law: Law, *, dispatch: str, on: date, withdrawn: str | None = None
) -> Package:
    """Return the reminder of a dispatch, or the notice that a signatory withdrew, with its flags.

    Raises:
        GravamenError: as `gravamen.docket.follow_up.follow_up`.
    """
    return follow_up(
        casefile.case(),
        law,
        dispatch=dispatch,
        on=on,
        kept=_kept(casefile, dispatch),
        withdrawn=withdrawn,
    )


def followed_up_again(
    casefile: CaseFile, law: Law, drafted: Iterable[Drafted]
) -> dict[tuple[str, str], Instrument]:
    """Return the reminders and notices among what was drafted, as the record gives them today, by
    day and id; those that the record calls for no more are left out."""
    found: dict[tuple[str, str], Instrument] = {}
    for one in drafted:
        if one.dispatch is None:
            continue
        try:
            made = followed_up(
                casefile,
                law,
                dispatch=one.dispatch,
                on=date.fromisoformat(one.on),
                withdrawn=one.withdrawn,
            )
        except GravamenError:
            continue
        found |= {(one.on, i.id): i for i in made.instruments}
    return found


def drafted_to(casefile: CaseFile, instrument: str) -> Drafted | None:
    """Return how a reminder or notice was last drafted; None for any other instrument."""
    found = None
    for happened in casefile.entries():
        if isinstance(happened.entry, Drafted) and happened.entry.instrument == instrument:
            found = happened.entry
    return found if found and found.dispatch else None


def package_of(casefile: CaseFile, law: Law, instrument: str, *, on: date) -> Package:
    """Return the package in which an instrument stands: that of the case on a day; of a reminder or
    notice, its own, made for that day."""
    last = drafted_to(casefile, instrument)
    if last is None or last.dispatch is None:
        return prepare(casefile.case(), law, on=on)
    return followed_up(casefile, law, dispatch=last.dispatch, on=on, withdrawn=last.withdrawn)


def _kept(casefile: CaseFile, dispatch: str) -> tuple[bytes, ...]:
    """What the record keeps of the letter behind a dispatch: the message, and the PDF signed."""
    case = casefile.case()
    root = origin(case, dispatch)
    opened = case.signings.get(root.round or "")
    signed = opened.file if isinstance(opened, RoundOpened) else None
    found = []
    for digest in dict.fromkeys(filter(None, (root.message, signed, *root.files.values()))):
        try:
            found.append(casefile.blob(digest))
        except RecordError:  # not kept, or erased: `first` looks at what is left
            continue
    return tuple(found)
