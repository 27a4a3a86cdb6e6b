"""Opening: a round of signatures for one version of one instrument, and what stands in its way."""

from collections.abc import Sequence
from datetime import date
from typing import Literal

import msgspec

from gravamen.adoption import backing
from gravamen.case import Case
from gravamen.checks import Flag, check_rounds
from gravamen.dates import Edtf, Moment
from gravamen.instruments import manifest as manifests
from gravamen.instruments.extraction import attached
from gravamen.law.authority import Law
from gravamen.proceedings import RoundOpened
from gravamen.rounds import Round, rounds
from gravamen.sentences import Instrument, Signatory, text_digest
from gravamen.values import GravamenError, sha256

Order = Literal["any", "fixed"]


class NotToOpen(GravamenError):
    """A round that cannot be opened as asked."""


def open_round(
    case: Case,
    pdf: bytes,
    *,
    id: str,
    at: Moment,
    order: Order = "any",
    first: Sequence[str] = (),
    minimum: int | None = None,
    closes: Edtf | None = None,
    authorised_by: str | None = None,
) -> RoundOpened:
    """Return the round for the instrument of a PDF, as it was drafted and nobody has signed it.

    Args:
        id: of the round; see `fresh_id`.
        first: ids of signatories in the order in which they sign; the others after them.
        minimum: how many signatures it takes; all where None.
        authorised_by: id of the vote that authorises it; see `authorising_vote`.

    Raises:
        NotToOpen: it is no instrument, is marked DRAFT, names nobody to sign, or a round for this
            version is open already.
    """
    raw = attached(pdf)
    if raw is None:
        raise NotToOpen("The file carries no manifest; name the PDF of a motion or letter.")
    manifest, instrument = manifests.read(raw)
    _check_text(instrument)
    if open_ := [r for r in rounds(case) if _running(r, manifest.digest)]:
        raise NotToOpen(
            f"{open_[0].id} is open for this version of {instrument.id} already; close it first, "
            "or go on in it."
        )
    if minimum is not None and not 1 <= minimum <= len(instrument.signatories):
        raise NotToOpen(
            f"{minimum} signatures cannot be asked of {len(instrument.signatories)} signatories; "
            "ask for one or more of them."
        )
    return RoundOpened(
        id=id,
        at=at,
        instrument=instrument.id,
        manifest=manifest.digest,
        file=sha256(pdf),
        on=Edtf(instrument.on),
        signatories=_ordered(instrument.signatories, first),
        order=order,
        minimum=minimum,
        closes=closes,
        authorised_by=authorised_by,
        version=manifest.version,
        text=text_digest(instrument),
    )


def _check_text(instrument: Instrument) -> None:
    if instrument.draft:
        raise NotToOpen(
            f"{instrument.id} is marked DRAFT on every page, which is not to be signed; mend what "
            "`gravamen check` names and draft it again."
        )
    if not instrument.signatories:
        raise NotToOpen(
            f"{instrument.id} names nobody to sign it; write who signs under `requester:` in the "
            "case and draft it again."
        )


def _running(round: Round, manifest: str) -> bool:
    return round.opened.manifest == manifest and round.ended is None


def _ordered(signatories: Sequence[Signatory], first: Sequence[str]) -> tuple[Signatory, ...]:
    known = {s.id: s for s in signatories}
    if unknown := [id for id in first if id not in known]:
        raise NotToOpen(f"{unknown[0]!r} is none of the signatories; they are: {', '.join(known)}.")
    return tuple(known[id] for id in dict.fromkeys((*first, *known)))


def authorising_vote(case: Case, law: Law, instrument: str, *, at: Moment) -> str | None:
    """Return the id of the vote behind an instrument by a moment; None where there is none.

    That on the motion stands behind the motion and its letters, not behind a reminder of one.
    """
    if not case.steps:
        return None
    found = backing(case, law, instrument, requests=(), at=at)
    return found.vote.step.id if found.vote and not found.lacks else None


def obstacles(
    case: Case, law: Law, opened: RoundOpened, instrument: Instrument, *, on: date
) -> tuple[Flag, ...]:
    """Return what blocks a round before it is opened: no motion behind it, somebody not in office.

    These are asked again before anything is sent.
    """
    would = msgspec.structs.replace(case, signings={**case.signings, opened.id: opened})
    flags = check_rounds(
        would, law, (instrument,), on=on, versions={instrument.id: opened.version or ""}
    )
    return tuple(f for f in flags if f.blocks and f.instrument == instrument.id)


def fresh_id(case: Case, stem: str) -> str:
    """Return an id that no happening of the signatures has yet: "round-1", or "round-1-2"."""
    if stem not in case.signings:
        return stem
    return next(id for n in range(2, 10**6) if (id := f"{stem}-{n}") not in case.signings)
