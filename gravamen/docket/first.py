"""First: the letter that a dispatch carried, as the record kept it: its date, reference, asks."""

import email
import email.policy
import io
import re
import zipfile
from collections.abc import Collection, Iterable, Iterator
from datetime import date

from gravamen.case import Case, Requester
from gravamen.dates import instant
from gravamen.holders import holder_on
from gravamen.instruments.extraction import LARGEST_MANIFEST, attached
from gravamen.instruments.frame import requester_of
from gravamen.instruments.letter import addressee_of
from gravamen.instruments.manifest import Manifest, ManifestError, read
from gravamen.instruments.wording import capital
from gravamen.law.authority import Law
from gravamen.parties import with_article
from gravamen.proceedings import Dispatch
from gravamen.sentences import Instrument, Section, Signatory
from gravamen.values import GravamenError, Value, sha256

_STEM = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


class AskedFor(Value):
    """One request of a letter, word for word, and the id of the request that it carries."""

    request: str
    words: str


class First(Value):
    """What a letter that was sent said: enough to quote it.

    Args:
        dispatch: the first dispatch of it; `again` the ids of those that repeated it, `reminders`
            of those that reminded of it, `notices` of those that told of a withdrawal.
        sent: the day on which it first went out; `dated` the day that it bears, where known.
        asked: its requests, word for word.
        whole: the words are those of the letter as sent; else those of the text it came from.
    """

    dispatch: Dispatch
    sent: date
    dated: str | None
    asked: tuple[AskedFor, ...]
    whole: bool
    again: tuple[str, ...] = ()
    reminders: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()

    @property
    def dispatches(self) -> frozenset[str]:
        """The ids of the dispatch and of all that went back to it."""
        return frozenset((self.dispatch.id, *self.again, *self.reminders, *self.notices))


def dispatch_of(case: Case, id: str) -> Dispatch:
    """Return a dispatch of the case.

    Raises:
        GravamenError: there is none of that id, or a person rejected it.
    """
    found = case.dispatches.get(id)
    if found is None or not case.stands(id):
        known = ", ".join(d for d in case.dispatches if case.stands(d)) or "none"
        raise GravamenError(f"Nothing was sent as {id!r} in {case.id}; dispatches are: {known}.")
    return found


def origin(case: Case, id: str) -> Dispatch:
    """Return the dispatch that another repeats or reminds of, back to the first; itself where it
    goes back to none.

    Raises:
        GravamenError: there is none of that id.
    """
    root = dispatch_of(case, id)
    seen = {root.id}
    while (back := root.resends or root.follows_up) in case.dispatches and back not in seen:
        root = case.dispatches[back or ""]
        seen.add(root.id)
    return root


def first(case: Case, id: str, kept: Iterable[bytes]) -> First:
    """Return the letter behind a dispatch, or behind that which it repeats or reminds of.

    Args:
        kept: what the record keeps of it: the message as sent, the PDF of its round of signatures.
            The manifest inside, whose digest the dispatch names, has its words. A dispatch
            that names none carried the body's own text: the words are those of that text.

    Raises:
        GravamenError: there is no such dispatch, or its words are nowhere in the record.
    """
    root = origin(case, id)
    manifest = _manifest(kept, root.manifest)
    asked = _asked_in(manifest) if manifest else ()
    if not asked and root.manifest is None:
        asked = _asked_before(case, root)
    if not asked:
        raise GravamenError(
            f"The record keeps no words of what {root.id} asked: neither its message with the "
            "manifest nor a text that was sent as it stood; write this letter by hand."
        )
    back = _going_back(case, root)
    return First(
        dispatch=root,
        sent=instant(root.at).day,
        dated=manifest.on if manifest else None,
        asked=asked,
        whole=manifest is not None,
        again=tuple(d.id for d in back if not d.follows_up),
        reminders=tuple(d.id for d in back if d.follows_up and not d.withdrawn),
        notices=tuple(d.id for d in back if d.follows_up and d.withdrawn),
    )


def _going_back(case: Case, root: Dispatch) -> list[Dispatch]:
    """The dispatches that repeat one or remind of it, and those that go back to these."""
    found = [root]
    for one in found:
        found += [
            d
            for d in case.dispatches.values()
            if one.id in (d.resends, d.follows_up) and d not in found and case.stands(d.id)
        ]
    return found[1:]


def _asked_in(manifest: Manifest) -> tuple[AskedFor, ...]:
    return tuple(
        AskedFor(request=s.request, words=s.text)
        for s in manifest.sentences
        if s.kind == "request" and s.request
    )


def _asked_before(case: Case, dispatch: Dispatch) -> tuple[AskedFor, ...]:
    """The words of the body's own text, where that is what went out; several requests found in
    the same words are quoted once."""
    found: dict[str, AskedFor] = {}
    for id in dispatch.requests:
        request = case.requests.get(id)
        if request is not None and request.passage is not None:
            words = " ".join(request.passage.exact.split())
            found.setdefault(words, AskedFor(request=id, words=words))
    return tuple(found.values())


def _manifest(kept: Iterable[bytes], digest: str | None) -> Manifest | None:
    """The manifest in what is kept: that of the digest where one is named, else the only one."""
    found: dict[str, Manifest] = {}
    for data in kept:
        for inside in _inside(data):
            try:
                manifest, _ = read(inside)
            except ManifestError:
                continue
            found[manifest.digest] = manifest
    if digest is not None:
        return found.get(digest)
    return next(iter(found.values())) if len(found) == 1 else None


def _inside(data: bytes) -> Iterator[bytes]:
    """What may be a manifest in a file: itself, what a PDF carries, what a mail or archive has."""
    if data[:1] == b"{":
        yield data
    elif data.startswith(b"%PDF"):
        if (manifest := attached(data)) is not None:
            yield manifest
    elif data.startswith(b"PK"):
        yield from _archived(data)
    else:
        yield from _mailed(data)


def _archived(data: bytes) -> Iterator[bytes]:
    """The manifests among the files of a print set."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for info in archive.infolist():
                inside = archive.read(info) if info.file_size <= LARGEST_MANIFEST else b""
                if not inside.startswith(b"PK"):
                    yield from _inside(inside)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError):
        return


def _mailed(data: bytes) -> Iterator[bytes]:
    message = email.message_from_bytes(data, policy=email.policy.default)
    for part in message.walk():
        payload = None if part.is_multipart() else part.get_payload(decode=True)
        if not isinstance(payload, bytes):
            continue
        if payload.startswith((b"{", b"%PDF", b"PK")):
            yield from _inside(payload)


def instrument_id(dispatch: str, withdrawn: str | None = None) -> str:
    """The id of a reminder or notice, which is the stem of its files too: an id that no file can
    be named by is put as its digest."""
    parts = ["withdrawal" if withdrawn else "follow-up", dispatch, *filter(None, [withdrawn])]
    return "-".join(p if _STEM.fullmatch(p) else sha256(p.encode())[:12] for p in parts)


def framed(
    case: Case,
    law: Law,
    letter: First,
    sections: tuple[Section, ...],
    *,
    on: date,
    id: str,
    title: str,
    without: Collection[str] = (),
) -> Instrument:
    """A letter to the office that had the first one, under the same reference; the clerk alone
    signs it, for it asks nothing that was not asked, and the members would need a vote of their
    own.

    Args:
        without: ids of signatories who are not asked to sign it.
    """
    requester, dispatch = requester_of(case), letter.dispatch
    to = law.offices.get(dispatch.office or "")
    holder = holder_on(case, to.id, on) if to else None
    salutation = to.salutation if to else None
    return Instrument(
        id=id,
        kind="letter",
        title=title,
        on=on.isoformat(),
        sections=sections,
        body=requester.name,
        office=dispatch.office,
        style="letter",
        paper=requester.paper,
        lang=case.language,
        letterhead=requester.letterhead or (capital(requester.name),),
        addressee=addressee_of(to, holder) if to else (dispatch.to or dispatch.address,),
        reference=dispatch.reference or f"{case.id}/{dispatch.id}",
        salutation=holder.salutation or salutation if holder else salutation,
        close=to.close if to else "Yours faithfully,",
        signatories=_signing(requester, without),
        law_edition=law.edition,
    )


def _signing(requester: Requester, without: Collection[str]) -> tuple[Signatory, ...]:
    """The clerk of the body; where it has none, the first of its signatories."""
    clerk = requester.clerk
    if clerk is None:
        return tuple(s for s in requester.signatories if s.id not in without)[:1]
    known = [s for s in requester.signatories if clerk in (s.name, s.capacity)]
    body = f"for {with_article(requester.name)}"
    return (*known, Signatory(id="clerk", name=clerk, capacity=body))[:1]
