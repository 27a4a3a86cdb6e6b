"""Entries: one frozen struct per kind of thing that happens in a case, and who may act."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, get_type_hints

import msgspec

from gravamen.case import Erasure, Judgement, Requester
from gravamen.claims import Allegation, Claim
from gravamen.dates import DateError, Edtf, Moment, instant, span
from gravamen.flows import Flow, Vetting
from gravamen.parties import Party
from gravamen.proceedings import AdoptionStep, Dispatch, Noted, Reply, SigningAct
from gravamen.reading.proposal import Reading
from gravamen.requests import Request
from gravamen.sources.source import Layer, Source
from gravamen.submission import Argument, Consent, LawReview, Rewording, Search
from gravamen.values import GravamenError, Value

RECORD_SCHEMA = "gravamen.record/1"
MAX_NAME_CHARS = 200
MACHINE = "machine:"

_NAME = r"[^\s\x00-\x1f\x7f/](?:[^\x00-\x1f\x7f/]*[^\s\x00-\x1f\x7f/])?"
_ACTOR = re.compile(rf"(?:person:[^\x00-\x1f\x7f]*[^\s\x00-\x1f\x7f]|machine:{_NAME}/{_NAME})\Z")
_ID = re.compile(r"[^\s\x00-\x1f\x7f]+\Z")
_ADDRESSES = ("entry:", "blob:")


class RecordError(GravamenError):
    """A record that cannot be opened or does not verify, or an entry that it cannot take."""


class Entry(Value, tag_field="kind", tag=lambda name: name.lower()):
    """What happened; the header beside it says who did it and when."""


class Opened(Entry, omit_defaults=False):
    """The case was opened, or its title, language, requester or motion were set anew."""

    id: str
    title: str
    language: str = "en"
    requester: Requester | None = None
    motion: str | None = None
    schema: str = RECORD_SCHEMA


class TextRecord(Value):
    """What the record keeps of a source's text; the words are a blob, so that they can go."""

    sha256: str
    extractor: str
    version: str
    pages: tuple[int, ...] = ()
    layers: tuple[Layer, ...] = ()


class Captured(Entry):
    """A source was taken in; `text` is None where its words were erased before an export."""

    source: Source
    text: TextRecord | None = None


class Proposed(Entry):
    """A machine read a source; the actor is the reader."""

    source: str
    reading: Reading


class Named(Entry):
    """A party was described; recording its id again supersedes what stood before."""

    party: Party


class Alleged(Entry):
    """An allegation was put into words; recording its id again supersedes it."""

    allegation: Allegation


class Attributed(Entry):
    """A claim was tied to the exact words of a source; recording its id again supersedes it."""

    claim: Claim


class Requested(Entry):
    """A request was written; recording its id again supersedes it."""

    request: Request


class Chosen(Entry):
    """A line of assistance was chosen for the case; recording its id again supersedes it."""

    flow: Flow


class Vetted(Entry):
    """A person decided whether a unit is the one that is named; its id again supersedes it."""

    vetting: Vetting


class Consented(Entry):
    """A person's consent was written down; recording its id again supersedes it."""

    consent: Consent


class Searched(Entry):
    """Somebody looked for something; recording its id again supersedes it."""

    search: Search


class Argued(Entry):
    """An argument of the submitter was written; recording its id again supersedes it."""

    argument: Argument


class LawReviewed(Entry):
    """A person compared a value of the law data with the law; the last review of it stands."""

    review: LawReview


class Reworded(Entry):
    """A sentence of an instrument was put otherwise; recording its id again supersedes it."""

    rewording: Rewording


class Judged(Entry):
    """A person accepted, rejected or amended a thing; empty `by` and `on` are the header's."""

    judgement: Judgement


class Drafted(Entry):
    """An instrument was written out.

    Args:
        files: the SHA-256 of each file by its kind.
        party, regime: of a dossier, whom it is about and whose law it is written for ("uk").
        dispatch: of a follow-up, id of the dispatch that it goes back to; `withdrawn` the id of the
            signatory whose withdrawal it tells.
    """

    instrument: str
    on: str
    draft: bool = True
    files: Mapping[str, str] = {}
    party: str | None = None
    regime: str | None = None
    dispatch: str | None = None
    withdrawn: str | None = None


class Adopted(Entry):
    """The body did something with its motion; recording its id again supersedes it."""

    step: AdoptionStep


class Signed(Entry):
    """Something happened in a round of signatures; recording its id again supersedes it."""

    act: SigningAct


class Sent(Entry):
    """An instrument went out; recording its id again supersedes it."""

    dispatch: Dispatch


class Received(Entry):
    """Something came back; what a machine reads in it is a proposal until a person decides."""

    reply: Reply


class Docketed(Entry):
    """Something else moved the docket; recording its id again supersedes it."""

    noted: Noted


class Erased(Entry):
    """Bodies and blobs were destroyed: which, on whose word, when and why."""

    erasures: tuple[Erasure, ...]
    entries: tuple[int, ...] = ()
    blobs: tuple[str, ...] = ()


Recorded = (
    Opened
    | Captured
    | Proposed
    | Named
    | Alleged
    | Attributed
    | Requested
    | Chosen
    | Vetted
    | Consented
    | Searched
    | Argued
    | LawReviewed
    | Reworded
    | Judged
    | Drafted
    | Adopted
    | Signed
    | Sent
    | Received
    | Docketed
    | Erased
)
TAGS: dict[type[Entry], str] = {
    kind: str(kind.__struct_config__.tag)
    for kind in (
        Opened, Captured, Proposed, Named, Alleged, Attributed, Requested, Chosen, Vetted,
        Consented, Searched, Argued, LawReviewed, Reworded, Judged, Drafted, Adopted, Signed, Sent,
        Received, Docketed, Erased,
    )
}  # fmt: skip
KINDS = frozenset(TAGS.values())


# The field of an entry that holds the thing which it records.
_THINGS = (
    "source", "party", "allegation", "claim", "request", "flow", "vetting", "consent", "search",
    "argument", "review", "rewording", "step", "act", "dispatch", "reply", "noted",
)  # fmt: skip


def id_of(entry: Entry) -> str | None:
    """The id of the thing that an entry records, None where it records none."""
    for field in _THINGS:
        thing = getattr(entry, field, None)
        if isinstance(thing, Value):
            return known_by(thing)
    return None


def known_by(thing: Any) -> str:
    """The id of a thing; a review of the law has that of the value which was compared."""
    return str(thing.of if isinstance(thing, LawReview) else thing.id)


def kind_of(entry: Entry) -> str:
    """Return the word by which the header names an entry."""
    return TAGS[type(entry)]


def check_actor(actor: str) -> str:
    """Return an actor if it is "person:NAME" or "machine:NAME/VERSION"; refuse another."""
    if not _ACTOR.match(actor) or len(actor) > MAX_NAME_CHARS:
        raise RecordError(
            f"{actor!r} is no actor; write person:NAME or machine:NAME/VERSION, of at most "
            f"{MAX_NAME_CHARS} characters."
        )
    return actor


def is_machine(actor: str) -> bool:
    """Whether an actor is a program."""
    return actor.startswith(MACHINE)


def check_id(thing: str) -> str:
    """Return the id of a thing if it can be one; refuse another."""
    if not _ID.match(thing) or len(thing) > MAX_NAME_CHARS or thing.startswith(_ADDRESSES):
        raise RecordError(
            f"{thing!r} is no id; write one without spaces, of at most {MAX_NAME_CHARS} "
            "characters, such as 's.report'."
        )
    return thing


def date_error(field: str, text: str) -> str | None:
    """Return what is wrong with a date in a field; None for a good one.

    An `end` of ".." says that a post or a command goes on.
    """
    if text == ".." and field in ("start", "end"):
        return None
    try:
        span(text)
    except DateError as error:
        return str(error)
    return None


def moment_error(text: str) -> str | None:
    """Return what is wrong with a moment; None for a good one."""
    try:
        instant(text)
    except DateError as error:
        return str(error)
    return None


def misdated(value: object) -> Iterator[str]:
    """Yield a sentence for each date or moment inside a value that the calendar does not have."""
    if isinstance(value, tuple):
        for item in value:
            yield from misdated(item)
    elif isinstance(value, Value):
        edtf, moments = _fields_of(type(value), Edtf), _fields_of(type(value), Moment)
        for field in value.__struct_fields__:
            inner = getattr(value, field)
            if field in edtf and isinstance(inner, str):
                if wrong := date_error(field, inner):
                    yield wrong
            elif field in moments and isinstance(inner, str):
                if wrong := moment_error(inner):
                    yield wrong
            elif isinstance(inner, tuple | Value):
                yield from misdated(inner)


_DATED: dict[tuple[type, Any], frozenset[str]] = {}


def _fields_of(kind: type[msgspec.Struct], wanted: Any) -> frozenset[str]:
    """The fields of a type that hold dates, or moments."""
    if (kind, wanted) not in _DATED:
        hints: dict[str, Any] = get_type_hints(kind)
        _DATED[kind, wanted] = frozenset(
            f for f, hint in hints.items() if wanted in (hint, *getattr(hint, "__args__", ()))
        )
    return _DATED[kind, wanted]
