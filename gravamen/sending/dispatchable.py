"""Dispatchable: an instrument with all that goes with it, and what still speaks against sending."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Literal, NamedTuple

import msgspec

from gravamen.case import Case
from gravamen.checks import Flag, check_dispatches, check_instruments
from gravamen.checks.permitted import printable
from gravamen.dates import Moment
from gravamen.docket.first import instrument_id
from gravamen.holders import address_by, holder_on
from gravamen.instruments import manifest as manifests
from gravamen.instruments.asks import Book, asks
from gravamen.instruments.extraction import attached
from gravamen.instruments.fit import shown
from gravamen.instruments.fonts import missing_glyphs
from gravamen.instruments.leaks import guard_files
from gravamen.instruments.manifest import Manifest
from gravamen.instruments.package import Package, reviewed
from gravamen.instruments.page import page
from gravamen.instruments.setting import made_of
from gravamen.instruments.sheet import sheet
from gravamen.instruments.typeset import foot_of
from gravamen.law.authority import Law
from gravamen.proceedings import Channel, Dispatch, Holder
from gravamen.rounds import Round, cover_words, round_of
from gravamen.sending.enclosures import Level, Part, enclosures, suffix_of
from gravamen.sentences import Instrument
from gravamen.signing.kept import unlike_manifest
from gravamen.signing.looks import looked_at
from gravamen.signing.validate import examine
from gravamen.values import GravamenError, Value

Blob = Callable[[str], bytes]
GRAVE = ("blocks", "draft")


class Way(Value):
    """How an instrument is to go.

    Args:
        office: id of the office that it goes to, where the instrument itself names none.
        address: where it went, if that is not the confirmed address of the office.
        again: why it goes again, where it went there before.
        follows_up: id of the dispatch that it goes back to; `withdrawn` the id of the signatory
            whose withdrawal it tells.
        names: the cover says who did not sign; otherwise only how many of how many did.
    """

    channel: Channel
    exhibits: Level = "list"
    office: str | None = None
    address: str | None = None
    again: str | None = None
    follows_up: str | None = None
    withdrawn: str | None = None
    names: bool = False


class Dispatchable(NamedTuple):
    """An instrument that is ready to go, or that flags hold back.

    Args:
        dispatch: as it would be recorded, still without message, Message-ID and receipt.
        parts: the files: the PDF first, then page, manifest, list of exhibits, exhibits.
        left_out: which exhibits stay behind and why, a sentence each.
        signed: who signed, in words; "" where nobody is to.
        flags: all that was found; `grave` those that hold it back.
    """

    dispatch: Dispatch
    instrument: Instrument
    manifest: Manifest
    holder: Holder | None
    parts: tuple[Part, ...]
    left_out: tuple[str, ...]
    signed: str
    flags: tuple[Flag, ...]

    @property
    def grave(self) -> tuple[Flag, ...]:
        """The flags that hold it back."""
        return tuple(f for f in self.flags if f.severity in GRAVE)


class Text(NamedTuple):
    """What an instrument is as it would go out: its bytes, what they say, and who signed them."""

    pdf: bytes
    manifest: Manifest
    instrument: Instrument
    round: Round | None


def dispatchable(
    case: Case,
    law: Law,
    text: Text,
    way: Way,
    *,
    package: Package,
    on: date,
    at: Moment,
    blob: Blob,
    taken: Sequence[str] = (),
) -> Dispatchable:
    """Return an instrument with all that goes with it, every check asked again.

    Args:
        law: as it was loaded.
        package: what the case yields on the day of sending (`prepare`).
        on: the day for which the checks are asked.
        at: when it goes.
        blob: gives the bytes of a digest.
        taken: ids of dispatches that are not recorded yet.

    Raises:
        GravamenError: the instrument goes to no office and none is given.
        ProtectedName: the name of a protected person would stand in a file.
    """
    instrument, manifest = text.instrument, text.manifest
    office = way.office or instrument.office
    if office is None:
        raise GravamenError(
            f"{instrument.id} is addressed to no office; say to which it goes (--to OFFICE)."
        )
    if instrument.office not in (None, office):
        raise GravamenError(
            f"{instrument.id} is addressed to {instrument.office}, and asks what that office can "
            f"do; {office} gets a letter of its own, or a copy where the letter names one."
        )
    title, holder = law.office(office).title, holder_on(case, office, on)
    enclosed = enclosures(case, manifest, level=way.exhibits, blob=blob)
    parts = (*_documents(text), *_scans(case, text, blob), *enclosed.parts)
    guard_files({p.name: p.data for p in parts}, case)
    address = way.address or (address_by(holder, way.channel) if holder else None) or ""
    dispatch = Dispatch(
        id=dispatch_id(case, office, taken),
        at=at,
        instrument=instrument.id,
        channel=way.channel,
        address=address,
        office=office,
        holder=holder.id if holder and address == address_by(holder, way.channel) else None,
        manifest=manifest.digest,
        files={p.name: p.sha256 for p in parts},
        reference=instrument.reference,
        requests=carried(case, law, instrument, package, on=on),
        round=text.round.id if text.round else None,
        follows_up=_reminded(case, instrument.id, way.follows_up),
        withdrawn=way.withdrawn,
        note=way.again,
    )
    if way.again:
        dispatch = msgspec.structs.replace(dispatch, resends=_first(case, dispatch, title))
    return Dispatchable(
        dispatch=dispatch,
        instrument=instrument,
        manifest=manifest,
        holder=holder,
        parts=parts,
        left_out=enclosed.left_out,
        signed=_cover(text.round, instrument, way) if text.round else "",
        flags=_flags(case, law, text, dispatch, package, on=on, blob=blob),
    )


def _cover(round: Round, instrument: Instrument, way: Way) -> str:
    """What the cover says of the signatures, with days as the letter writes them."""
    style: Literal["us", "int"] = "us" if instrument.paper == "us-letter" else "int"
    return cover_words(round, names=way.names, style=style)


def text_of(case: Case, package: Package, instrument: str, *, on: date, blob: Blob) -> Text:
    """Return an instrument as it would go out: as it was signed, where a round stands behind it;
    else as the record gives it for the day.

    Raises:
        GravamenError: the case has no such instrument, or the signed file is not that of the round.
    """
    made = {i.id: i for i in package.instruments if i.kind != "diagnosis"}
    round = round_of(case, instrument, on=on)
    dropped = instrument.startswith("letter-") and instrument not in made
    if round is not None and not dropped and round.state not in ("superseded", "cancelled"):
        return _as_signed(round, blob)
    if instrument not in made:
        known = ", ".join(made) or "none"
        raise GravamenError(f"{case.id} has no instrument {instrument!r}; there are: {known}.")
    fresh = made_of(made[instrument], case=case)
    return Text(fresh.pdf, fresh.manifest, made[instrument], None)


def _as_signed(round: Round, blob: Blob) -> Text:
    """The file of a round with every signature that stands in it."""
    given = [s.signature for s in round.signed if s.signature]
    files = [blob(one.file) for one in given if one.file]
    base = blob(round.opened.file)
    # Each signature adds to the file before it, so the longest holds them all.
    pdf = max((base, *files), key=len)
    kept = attached(base)
    if kept is None or not all(pdf.startswith(f) for f in (base, *files)):
        raise GravamenError(
            f"The signed files of {round.id} do not follow from one another; look at them with "
            "gravamen verify, and open a new round."
        )
    manifest, instrument = manifests.read(kept)
    if manifest.digest != round.opened.manifest or manifest.instrument != round.instrument:
        raise GravamenError(
            f"The file of {round.id} holds another manifest than the round names; open a new round."
        )
    return Text(pdf, manifest, instrument, round)


def _documents(text: Text) -> tuple[Part, ...]:
    """The document itself, as a page that needs no PDF reader, and its manifest."""
    stem, drawn = text.instrument.id, text.instrument
    drawn = shown(drawn) if drawn.draft else drawn
    html = page(sheet(drawn, text.manifest.exhibits), foot_of(drawn, text.manifest))
    signed = text.round is not None and text.round.count > 0
    kind = f"the {text.instrument.kind}{', with the signatures' if signed else ''}"
    return (
        Part(f"{stem}.pdf", text.pdf, "application/pdf", kind, True),
        Part(f"{stem}.html", html, "text/html", "the same as a web page, without signatures", True),
        Part(
            f"{stem}.manifest.json", text.manifest.bytes, "application/json", "its manifest", True
        ),
    )


def _scans(case: Case, text: Text, blob: Blob) -> Iterator[Part]:
    """The scans of the pages that were signed on paper."""
    for seat in text.round.signed if text.round else ():
        scan = case.sources.get((seat.signature and seat.signature.scan) or "")
        if scan is not None:
            name = f"signed-page-{seat.signatory.id}{suffix_of(scan.media_type)}"
            what = f"the page that {seat.signatory.name} signed in ink"
            yield Part(name, blob(scan.sha256), scan.media_type, what)


def dispatch_id(case: Case, office: str, taken: Sequence[str] = ()) -> str:
    """Return the next free id of a dispatch to an office: "dispatch.us.president-1"."""
    number = 1
    while (id := f"dispatch.{office}-{number}") in case.dispatches or id in taken:
        number += 1
    return id


def carried(
    case: Case, law: Law, instrument: Instrument, package: Package, *, on: date
) -> tuple[str, ...]:
    """Return the requests that an instrument carries; a sentence may put several into one."""
    said = dict.fromkeys(s.request for s in instrument.sentences() if s.request)
    book = Book(
        case=case,
        law=reviewed(case, law, on=on),
        findings=package.findings,
        choices=package.choices,
        on=on,
    )
    joined: dict[str, None] = {}
    for ask in asks(book):
        mine = instrument.office in (None, ask.office)
        if mine and said.keys() & set(ask.requests):
            joined |= dict.fromkeys(ask.requests)
    return tuple(r for r in {**said, **joined} if r in case.requests)


def _reminded(case: Case, instrument: str, given: str | None) -> str | None:
    """The dispatch that an instrument goes back to: as it was given, else as its own id says."""
    if given is not None and given not in case.dispatches:
        there = ", ".join(case.dispatches) or "none"
        raise GravamenError(f"The case has no dispatch {given!r}; there are: {there}.")
    return given or next((d for d in case.dispatches if instrument == instrument_id(d)), None)


def _first(case: Case, dispatch: Dispatch, title: str) -> str:
    """The last dispatch that this one repeats."""
    same = [
        d
        for d in case.dispatches.values()
        if case.stands(d.id)
        and (d.instrument, d.office) == (dispatch.instrument, dispatch.office)
        and d.id != dispatch.id
    ]
    if not same:
        raise GravamenError(
            f"{dispatch.instrument} never went to the {title}; leave --again out the first time."
        )
    return max(same, key=lambda d: (d.at, d.id)).id


def _flags(
    case: Case,
    law: Law,
    text: Text,
    dispatch: Dispatch,
    package: Package,
    *,
    on: date,
    blob: Blob,
) -> tuple[Flag, ...]:
    """All that is found about the instrument as the record gives it, as it would go, and about the
    way it goes."""
    instrument = text.instrument
    drafted = next((i for i in package.instruments if i.id == instrument.id), None)
    reasons = set(drafted.draft_reasons) if drafted else set()
    found = [
        f
        for f in package.flags
        if f.instrument == instrument.id or printable(case, f.message) in reasons
    ]
    going = tuple(
        instrument if i.id == instrument.id else i
        for i in package.instruments
        if i.kind != "diagnosis"
    )
    here = going if drafted else (instrument,)
    law_then = reviewed(case, law, on=on)
    asked = check_instruments(
        case, law_then, here, on=on, covered=lambda c: not missing_glyphs([c])
    )
    found += [f for f in asked if f.instrument == instrument.id]
    found += check_dispatches(case, law_then, (dispatch,), here, on=on)
    found += _unsound(text, blob)
    return tuple(_once(found).values())


def _unsound(text: Text, blob: Blob) -> Iterator[Flag]:
    """What the file itself says otherwise than its manifest, and against the signatures that the
    record counts in it."""
    if text.round is None:
        return
    draft = blob(text.round.opened.file)
    faults = [f.message for f in unlike_manifest(draft, text.instrument.id)]
    given = [s for s in text.round.signed if s.how == "pades"]
    if given:
        seen = looked_at(examine(text.pdf, signatories=text.instrument.signatories), text.pdf)
        whole = {e.signatory for e in seen.signatures if e.valid}
        faults += [f.message for f in seen.faults]
        faults += [f.message for e in seen.signatures for f in e.faults]
        names = [s.signatory.name for s in given if s.signatory.id not in whole]
        faults += [f"No signature of {name} holds in the file that would go." for name in names]
    for message in dict.fromkeys(faults):
        yield Flag(
            id="text-changed-after-signature",
            message=message,
            hint="Look at the file with gravamen verify, and open a new round.",
            where=text.instrument.id,
            severity="blocks",
            instrument=text.instrument.id,
        )


def _once(flags: Sequence[Flag]) -> Mapping[tuple[str, str, str], Flag]:
    return {(f.id, f.where, f.message): f for f in flags}
