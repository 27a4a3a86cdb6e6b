"""Fitness: whether a thing means something as it is written, whatever else is in the case."""

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import msgspec

from gravamen.case import Requester
from gravamen.claims import Allegation
from gravamen.dates import DateError, span
from gravamen.parties import Party
from gravamen.submission import Argument, Consent, LawReview, Rewording, Search, Submitter
from gravamen.values import Value

_EDITION = re.compile(r"[0-9a-f]{16}\Z")
# ISO 3166-1 alpha-2, or an invented state's own code of two letters or more.
_COUNTRY = re.compile(r"[A-Z]{2,8}\Z")
_SHA256 = re.compile(r"[0-9a-f]{64}\Z")


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


def _blank(thing: Value, named: str) -> Iterator[Unfit]:
    """Texts that are written and say nothing."""
    for field in msgspec.structs.fields(type(thing)):
        given = getattr(thing, field.name)
        for text in given if isinstance(given, tuple) else (given,):
            if isinstance(text, str) and not text.strip():
                else_ = "" if field.required else ", or leave the key out"
                yield Unfit(field.name, f"{named} has an empty {field.name!r}; write it{else_}.")


def _earlier(consent: Consent, field: str, what: str, named: str) -> Iterator[Unfit]:
    """A day that lies before the one on which consent was given."""
    day = getattr(consent, field)
    if day is None:
        return
    try:
        last, first = span(day).last, span(consent.on).first
    except DateError:  # said by whoever looks at the dates
        return
    if last and first and last < first:
        yield Unfit(
            field,
            f"{named} {what} on {day}, before it was given on {consent.on}; correct one of them.",
        )


_ASKED: dict[type, Callable[[Any], Iterator[Unfit]]] = {
    Party: _party,
    Requester: _requester,
    Allegation: _allegation,
    Submitter: _submitter,
    Consent: _consent,
    Search: _search,
    Argument: _argument,
    LawReview: _law_review,
    Rewording: _rewording,
}
