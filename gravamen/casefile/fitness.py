"""Fitness: whether a thing means something as it is written, whatever else is in the case."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from msgspec.structs import fields

from gravamen.case import Requester
from gravamen.claims import Allegation
from gravamen.dates import FIRST_YEAR, LAST_YEAR, DateError, counted_year, instant, span
from gravamen.flows import Flow, Vetting
from gravamen.instruments.fonts import BIDI_CONTROLS, CONTROLS
from gravamen.parties import Party
from gravamen.proceedings import (
    Amended,
    Answer,
    Ballot,
    Change,
    ClockSigner,
    ClockStarted,
    ClockStopped,
    Delivered,
    Dispatch,
    FollowUp,
    Holder,
    Invited,
    KeyRegistered,
    Meeting,
    Member,
    Minuted,
    Moved,
    Outside,
    Posted,
    Reply,
    RequestEnded,
    RoundClosed,
    RoundOpened,
    Seconded,
    SetAside,
    SignatureEnded,
    SignatureGiven,
    Voted,
)
from gravamen.submission import Argument, Consent, LawReview, Rewording, Search, Submitter
from gravamen.values import Value

_EDITION = re.compile(r"[0-9a-f]{16}\Z")
# ISO 3166-1 alpha-2, or an invented state's own code of two letters or more.
_COUNTRY = re.compile(r"[A-Z]{2,8}\Z")
_SHA256 = re.compile(r"[0-9a-f]{64}\Z")
# The fields of happenings that are digests of files.
_DIGESTS = ("version", "before", "after", "certificate", "manifest", "file", "message")
# The pairs of fields of which the second does not lie before the first, and what the second says.
_ORDERED: dict[type, tuple[tuple[str, str, str], ...]] = {
    Posted: (("at", "until", "was taken down"),),
    Member: (("start", "end", "left the body"),),
    Holder: (("start", "end", "left the office"),),
    Reply: (
        ("received", "noticed", "was noticed"),
        ("received", "promised", "promises an answer"),
    ),
    ClockStopped: (("at", "until", "goes on again"),),
    FollowUp: (("set_on", "due", "is due"),),
}
# The days in a happening that are counted to and from.
_COUNTED = (
    "closes", "confirmed_on", "due", "end", "on", "paper_date", "promised", "set_on", "start",
    "until",
)  # fmt: skip
# What of a holder is printed as one line, or stands in the head of a message.
_LINES = ("name", "honorific", "salutation", "address", "email", "portal", "fax")
# What an id in one of these fields cannot be: that of the thing itself.
_OTHERS = ("resends", "copy_of", "follows_up", "by_round")


class Unfit(NamedTuple):
    """Why a thing cannot be recorded as it is: the field, and a sentence."""

    field: str
    message: str


def unfitness(thing: object) -> Unfit | None:
    """Return the first reason why a thing means nothing as it is; None for one that does."""
    asked = _ASKED.get(type(thing))
    return next(asked(thing), None) if asked else None


def _party(party: Party) -> Iterator[Unfit]:
    if not any(name.text.strip() for name in party.names):
        yield Unfit(
            "names",
            f"The party {party.id} has no name; write at least one (of somebody unnamed, the words "
            "that the source has).",
        )
    if party.country is not None:
        yield from _country("country", party.country, f"the party {party.id}")
    for code in party.nationalities:
        yield from _country("nationalities", code, f"the party {party.id}")
    for identifier in party.identifiers:
        if identifier.country is not None:
            yield from _country("identifiers", identifier.country, f"the party {party.id}")


def _requester(requester: Requester) -> Iterator[Unfit]:
    yield from _country("country", requester.country, "the requester")
    for id in _repeated(member.id for member in requester.members):
        yield Unfit("members", f"The requester has two members of the id {id!r}; name each once.")
    for member in requester.members:
        for unfit in (
            *_blank(member, f"The member {member.id}"),
            *_ordered(member, f"The member {member.id}"),
        ):
            yield Unfit("members", unfit.message)


def _country(field: str, code: str, named: str) -> Iterator[Unfit]:
    if not _COUNTRY.match(code):
        yield Unfit(
            field,
            f"{field!r} of {named} is {code!r}, which is no code of a state; write its two "
            "capital letters, such as FR, or for an invented state letters of your own, such as "
            "QX.",
        )


def _allegation(allegation: Allegation) -> Iterator[Unfit]:
    if allegation.quantity and (wrong := allegation.quantity.wrong):
        yield Unfit("quantity", f"The quantity of {allegation.id} {wrong}")


def _submitter(submitter: Submitter) -> Iterator[Unfit]:
    yield from _blank(submitter, "What is said about the requester")


def _consent(consent: Consent) -> Iterator[Unfit]:
    named = f"The consent {consent.id}"
    yield from _blank(consent, named)
    if not consent.uses:
        yield Unfit(
            "uses",
            f"{named} is for no use; write at least one of sanctions-filing, advocacy, publication "
            "and court.",
        )
    yield from _earlier(consent, "withdrawn", "was withdrawn", named)
    yield from _earlier(consent, "review", "is to be asked anew", named)


def _search(search: Search) -> Iterator[Unfit]:
    named = f"The search {search.id}"
    yield from _blank(search, named)
    for field in ("claims", "answer", "changes", "listed"):
        if getattr(search, field) and search.found is None:
            yield Unfit(
                field,
                f"{named} found nothing, and yet has {field!r}; write what was 'found' in a "
                f"sentence, or leave {field!r} out.",
            )


def _argument(argument: Argument) -> Iterator[Unfit]:
    yield from _blank(argument, f"The argument {argument.id}")


def _law_review(review: LawReview) -> Iterator[Unfit]:
    named = f"The review of {review.of}"
    yield from _blank(review, named)
    if not _EDITION.match(review.edition):
        yield Unfit(
            "edition",
            f"The edition {review.edition!r} of the review of {review.of} is none; write its 16 "
            f"hexadecimal digits, as `gravamen law show {review.of}` gives them.",
        )


def _rewording(rewording: Rewording) -> Iterator[Unfit]:
    named = f"The rewording {rewording.id}"
    yield from _blank(rewording, named)
    if rewording.now == rewording.was:
        yield Unfit("now", f"{named} changes nothing; remove it, or write what was changed.")
    if rewording.source is not None and not _SHA256.match(rewording.source):
        yield Unfit(
            "source",
            f"The source {rewording.source!r} of the rewording {rewording.id} is no SHA-256; write "
            "the 64 hexadecimal digits of the file in which it came back.",
        )


def _flow(flow: Flow) -> Iterator[Unfit]:
    named = f"The flow {flow.id}"
    yield from _blank(flow, named)
    yield from _country("country", flow.country, f"the flow {flow.id}")
    yield from _digest("sha256", flow.sha256, named)
    if flow.rows < 1:
        yield Unfit("rows", f"{named} is of {flow.rows} rows; a figure stands in at least one.")
    for field in ("trainees", "unnamed_rows", "unnamed_trainees"):
        if (getattr(flow, field) or 0) < 0:
            yield Unfit(field, f"{named} has {getattr(flow, field)} as {field!r}; count from 0.")
    if flow.unnamed_rows > flow.rows:
        yield Unfit(
            "unnamed_rows",
            f"{named} has {flow.unnamed_rows} rows without a unit among {flow.rows}; correct one "
            "of them.",
        )


def _vetting(vetting: Vetting) -> Iterator[Unfit]:
    named = f"The vetting {vetting.id}"
    yield from _blank(vetting, named)
    yield from _digest("sha256", vetting.sha256, named)


def _happening(thing: Any) -> Iterator[Unfit]:
    """What holds of every happening: no empty text, no wrong digest, no end before its start."""
    named = f"{_NAMED[type(thing)]} {thing.id}"
    yield from _blank(thing, named)
    for field in thing.__struct_fields__:
        given = getattr(thing, field)
        for inner in given if isinstance(given, tuple) else (given,):
            if isinstance(inner, _INNER):
                under = f"What is under {field!r} of {_within(named)}"
                yield from (Unfit(field, unfit.message) for unfit in _blank(inner, under))
        if field in _DIGESTS and given is not None:
            yield from _digest(field, given, named)
        if field in _OTHERS and given == thing.id:
            yield Unfit(field, f"{field!r} of {_within(named)} is itself; write another's id.")
    yield from _uncounted(thing, named)
    yield from _ordered(thing, named)


def _uncounted(thing: Any, named: str) -> Iterator[Unfit]:
    """A day so early or late that nothing can be counted to it."""
    for field in _COUNTED:
        given = getattr(thing, field, None)
        if not given or given == "..":
            continue
        try:
            days = span(given)
        except DateError:  # said by whoever looks at the dates
            continue
        if any(day and not counted_year(day.year) for day in (days.first, days.last)):
            yield Unfit(
                field,
                f"{named} has {given} as {field!r}, a year before {FIRST_YEAR} or after "
                f"{LAST_YEAR}; correct it.",
            )


def _amended(step: Amended) -> Iterator[Unfit]:
    yield from _happening(step)
    if not step.changes:
        yield Unfit("changes", f"The amendment {step.id} has no changes; write at least one.")
    for change in step.changes:
        if change.was == change.now and not change.rests_on:
            yield Unfit(
                "changes",
                f"A change of the amendment {step.id} changes nothing; write what was and what is "
                "now, or leave it out.",
            )


def _voted(vote: Voted) -> Iterator[Unfit]:
    yield from _happening(vote)
    if not vote.ballots:
        yield Unfit("ballots", f"The vote {vote.id} has no ballots; write how each member voted.")
    voting = [ballot.member for ballot in vote.ballots if not ballot.casting]
    casting = [ballot.member for ballot in vote.ballots if ballot.casting]
    for member in (*_repeated(voting), *_repeated(casting)):
        yield Unfit(
            "ballots", f"The vote {vote.id} has two ballots of {member!r}; write each member once."
        )
    if vote.seats is not None and vote.seats < max(1, len(voting)):
        yield Unfit(
            "seats",
            f"The vote {vote.id} has {len(voting)} ballots and {vote.seats} seats; correct "
            "one of them.",
        )


def _round(opened: RoundOpened) -> Iterator[Unfit]:
    yield from _happening(opened)
    named, ids = f"The round {opened.id}", [s.id for s in opened.signatories]
    if not ids:
        yield Unfit("signatories", f"{named} has no signatory; write at least one.")
    for id in _repeated(ids):
        yield Unfit("signatories", f"{named} has two signatories of the id {id!r}; correct one.")
    if opened.minimum is not None and not 1 <= opened.minimum <= len(ids):
        yield Unfit(
            "minimum",
            f"{named} takes {opened.minimum} signatures of {len(ids)} signatories; write a number "
            f"from 1 to {len(ids)}, or leave it out for all of them.",
        )


def _signature(given: SignatureGiven) -> Iterator[Unfit]:
    yield from _happening(given)
    named = f"The signature {given.id}"
    if given.how == "pades" and given.file is None:
        yield Unfit("file", f"{named} is in a file and names none; write its SHA-256.")
    if given.how == "pades" and given.certificate is None:
        yield Unfit(
            "certificate",
            f"{named} is in a file and names no certificate; write the SHA-256 of that it was made "
            "with.",
        )
    if given.how == "wet-ink" and given.scan is None:
        yield Unfit(
            "scan",
            f"{named} is in ink and names no scan; write the id of the source that shows it.",
        )
    if given.how == "wet-ink" and given.attested_by is None:
        yield Unfit("attested_by", f"{named} is in ink; write who saw it given.")
    for field in ("file", "certificate", "level"):
        if given.how == "wet-ink" and getattr(given, field) is not None:
            yield Unfit(
                field,
                f"{named} is in ink, and yet has {field!r}; leave it out, or write how: pades.",
            )


def _holder(holder: Holder) -> Iterator[Unfit]:
    yield from _happening(holder)
    for field in _LINES:
        given = getattr(holder, field) or ()
        for line in (given,) if isinstance(given, str) else given:
            odd = next((c for c in line if c in CONTROLS or c in BIDI_CONTROLS or c in "\n\t"), "")
            if odd:
                yield Unfit(
                    field,
                    f"The holder {holder.id} has U+{ord(odd):04X} in {field!r}, a sign that breaks "
                    "or turns the line; write it on one line of plain words.",
                )


def _dispatch(dispatch: Dispatch) -> Iterator[Unfit]:
    yield from _happening(dispatch)
    if dispatch.office is None and dispatch.to is None:
        yield Unfit(
            "id",
            f"The dispatch {dispatch.id} went to nobody; write the id of its office, or in words "
            "'to' whom it went.",
        )
    for name, sha256 in dispatch.files.items():
        yield from _digest("files", sha256, f"The dispatch {dispatch.id}")
        if not name.strip():
            yield Unfit("files", f"A file of the dispatch {dispatch.id} has no name; write it.")


def _digest(field: str, given: str, named: str) -> Iterator[Unfit]:
    if not _SHA256.match(given):
        yield Unfit(
            field,
            f"{field!r} of {_within(named)} is {given[:80]!r}, which is no SHA-256; write its 64 "
            "hexadecimal digits.",
        )


def _within(named: str) -> str:
    """How a thing is named within a sentence."""
    return named[:1].lower() + named[1:]


def _repeated(ids: Iterable[str]) -> Iterator[str]:
    """Those of some ids that are given more than once."""
    return (id for id, times in Counter(ids).items() if times > 1)


def _ordered(thing: Any, named: str) -> Iterator[Unfit]:
    """A second day or time that surely lies before the first."""
    for first, then, what in _ORDERED.get(type(thing), ()):
        begun, ended = getattr(thing, first), getattr(thing, then)
        if begun and ended and _lies_before(ended, begun):
            yield Unfit(
                then, f"{named} {what} on {ended}, before {begun} ({first!r}); correct one of them."
            )


def _lies_before(one: str, other: str) -> bool:
    """Whether a date or moment lies before another, whatever either of them may mean."""
    try:
        if "T" in one and "T" in other:
            return instant(one).last() < instant(other).first()
        last = instant(one).day if "T" in one else span(one).last
        first = instant(other).day if "T" in other else span(other).first
    except DateError:  # said by whoever looks at the dates
        return False
    return bool(last and first and last < first)


def _blank(thing: Value, named: str) -> Iterator[Unfit]:
    """Texts that are written and say nothing."""
    for field in thing.__struct_fields__:
        given = getattr(thing, field)
        for text in given if isinstance(given, tuple) else (given,):
            if isinstance(text, str) and not text.strip():
                required = any(f.required for f in fields(type(thing)) if f.name == field)
                else_ = "" if required else ", or leave the key out"
                yield Unfit(field, f"{named} has an empty {field!r}; write it{else_}.")


def _earlier(consent: Consent, field: str, what: str, named: str) -> Iterator[Unfit]:
    """A day that lies before the one on which consent was given."""
    day = getattr(consent, field)
    if day is not None and _lies_before(day, consent.on):
        yield Unfit(
            field,
            f"{named} {what} on {day}, before it was given on {consent.on}; correct one of them.",
        )


# The values in a happening whose texts are its own.
_INNER = (Answer, Ballot, Change, ClockSigner, Meeting)
_NAMED: dict[type, str] = {
    Posted: "The posting",
    Moved: "The step",
    Seconded: "The second",
    Amended: "The amendment",
    Voted: "The vote",
    SetAside: "The step",
    Minuted: "The minute",
    KeyRegistered: "The key",
    RoundOpened: "The round",
    Invited: "The invitation",
    SignatureGiven: "The signature",
    SignatureEnded: "The end of a signature",
    RoundClosed: "The end of a round",
    Dispatch: "The dispatch",
    Reply: "The reply",
    Holder: "The holder",
    Delivered: "The delivery",
    ClockStarted: "The clock",
    ClockStopped: "The stop of a clock",
    FollowUp: "The follow-up",
    Outside: "The note",
    RequestEnded: "The end of a request",
}
_ASKED: dict[type, Callable[[Any], Iterator[Unfit]]] = {
    **dict.fromkeys(_NAMED, _happening),
    Amended: _amended,
    Voted: _voted,
    RoundOpened: _round,
    SignatureGiven: _signature,
    Dispatch: _dispatch,
    Holder: _holder,
    Party: _party,
    Requester: _requester,
    Allegation: _allegation,
    Submitter: _submitter,
    Consent: _consent,
    Search: _search,
    Argument: _argument,
    LawReview: _law_review,
    Rewording: _rewording,
    Flow: _flow,
    Vetting: _vetting,
}
