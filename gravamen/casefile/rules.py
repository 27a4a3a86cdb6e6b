"""Rules: what an entry must keep to before the record takes it; each refusal is one sentence."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec

from gravamen.casefile.blobs import Blobs
from gravamen.casefile.chain import MAX_LINE_BYTES, decode_body
from gravamen.casefile.entries import (
    Adopted,
    Argued,
    Attributed,
    Captured,
    Chosen,
    Consented,
    Docketed,
    Entry,
    Judged,
    LawReviewed,
    Opened,
    Proposed,
    Received,
    RecordError,
    Requested,
    Searched,
    Sent,
    Signed,
    Vetted,
    check_id,
    id_of,
    is_machine,
    kind_of,
    known_by,
    misdated,
)
from gravamen.casefile.fitness import unfitness
from gravamen.casefile.happened import check_happened
from gravamen.casefile.replay import State
from gravamen.proceedings import Happening, kept_files
from gravamen.sources.source import Passage, Text
from gravamen.submission import Argument, Consent, LawReview, Search
from gravamen.values import canonical

TextOf = Callable[[str], Text | None]
MAX_BODY_BYTES = MAX_LINE_BYTES - 4096


def encode(entry: Entry) -> bytes:
    """Return the body of an entry, if reading it again gives the same entry.

    Raises:
        RecordError: a field holds what its type does not allow, or the entry is too large.
    """
    named = f"The entry of the kind {kind_of(entry)!r}"
    try:
        body = canonical(entry)
        same = decode_body(body) == entry
    except (msgspec.MsgspecError, UnicodeError, TypeError, RecursionError) as error:
        raise RecordError(f"{named} cannot be recorded: {error}.") from None
    if not same:
        raise RecordError(
            f"{named} would be read back as another one; use the types of its fields (tuples, "
            "finite numbers)."
        )
    if len(body) > MAX_BODY_BYTES:
        raise RecordError(
            f"{named} has {len(body)} bytes, more than the {MAX_BODY_BYTES} that an entry may "
            "have; record less at once."
        )
    for wrong in misdated(entry):
        raise RecordError(f"{named} holds a wrong date: {wrong}")
    return body


def admit(actor: str, entry: Entry, state: State, blobs: Blobs) -> None:
    """Refuse an entry that may not happen now, after what has happened.

    Raises:
        RecordError: it breaks a rule; nothing was recorded.
    """
    _opens(entry, state)
    if is_machine(actor) and isinstance(entry, Adopted | Signed | Sent):
        raise RecordError(
            f"{actor} cannot record {id_of(entry)!r}: what a body does, who signs and what goes "
            "out is recorded by a person."
        )
    if is_machine(actor) and isinstance(entry, Vetted):
        raise RecordError(
            f"{actor} cannot record {id_of(entry)!r}: a person decides whether a unit is the one "
            "that is named."
        )
    match entry:
        case Captured():
            _captured(entry, state, blobs)
            _keeps_to(actor, entry.source, state.sources, state)
        case LawReviewed(review=review):
            _law_reviewed(actor, review)
            _keeps_to(actor, review, state.law_reviews, state)
        case Judged():
            _judged(actor, entry)
        case _:
            if kept := state.kept(entry):
                table, thing = kept
                _fit(thing)
                if isinstance(entry, Signed | Sent):
                    _keeps_files(thing, blobs)
                _keeps_to(actor, thing, table, state)


def admit_together(batch: Sequence[tuple[str, Entry]], state: State, text_of: TextOf) -> None:
    """Refuse entries that point to nothing once all of them have happened.

    Raises:
        RecordError: a claim, request, reading or judgement is about what is not there, or quotes
            what its source does not say.
    """

    def quoted(passage: Passage, named: str) -> None:
        check_passage(passage, named, state, text_of)

    for _, entry in batch:
        match entry:
            case Attributed(claim=claim):
                _known(claim.about, f"The claim {claim.id}", "about", state)
                check_passage(claim.passage, f"The claim {claim.id}", state, text_of)
            case Requested(request=request) if request.passage is not None:
                check_passage(request.passage, f"The request {request.id}", state, text_of)
            case Chosen(flow=flow):
                _known(flow.source, f"The flow {flow.id}", "in the extract", state, state.sources)
            case Vetted(vetting=vetting):
                _known(vetting.unit, f"The vetting {vetting.id}", "about", state, state.parties)
            case Proposed(source=source) if source not in state.sources:
                raise RecordError(
                    f"The reading is of {source!r}, which is not there; capture that source first."
                )
            case Judged(judgement=judgement):
                _known(judgement.target, "The judgement", "of", state)
            case Adopted() | Signed() | Sent() | Received() | Docketed() | Opened():
                check_happened(entry, state, quoted)
            case _:
                _submitted(entry, state)


def check_passage(passage: Passage, named: str, state: State, text_of: TextOf) -> None:
    """Refuse a passage whose words do not stand in its source, character for character.

    A source whose words were erased cannot be asked any more.
    """
    source = passage.source
    if source not in state.sources:
        raise RecordError(
            f"{named} quotes the source {source!r}, which is not there; capture it first."
        )
    text = text_of(source)
    if text is None:
        return
    if not passage.exact.strip() or not says(text, passage):
        raise RecordError(
            f"{named} quotes {passage.exact!r}, which does not stand in {source} from character "
            f"{passage.start} to {passage.end}; copy the words as they stand there."
        )


def says(text: Text, passage: Passage) -> bool:
    """Whether a text has a passage's words, at its place and between the words around it."""
    start, end = passage.start, passage.end
    return (
        0 <= start <= end
        and text.text[start:end] == passage.exact
        and text.text.endswith(passage.prefix, 0, start)
        and text.text.startswith(passage.suffix, end)
        and passage.page == text.page_at(start)
    )


def _opens(entry: Entry, state: State) -> None:
    if state.opened is None:
        if not isinstance(entry, Opened):
            raise RecordError("The first entry opens the case; record Opened before anything else.")
    elif isinstance(entry, Opened) and entry.id != state.opened.id:
        raise RecordError(
            f"The case is {state.opened.id!r} and cannot become {entry.id!r}; create another case."
        )
    if isinstance(entry, Opened):
        check_id(entry.id)
        _fit(entry.requester)
        _fit(entry.requester and entry.requester.about)


def _captured(entry: Captured, state: State, blobs: Blobs) -> None:
    source, text = entry.source, entry.text
    if text is None and not state.erased(source.id):
        raise RecordError(
            f"The source {source.id} comes without its text, and no entry says that it was erased; "
            "capture it with its text."
        )
    for digest in (source.sha256, text.sha256) if text else ():
        if not blobs.has(digest):
            raise RecordError(
                f"The source {source.id} names the blob {digest}, which is not there; keep its "
                "bytes first (put_blob, or capture for both)."
            )
    known, text_before = state.sources.get(source.id), state.texts.get(source.id)
    if known and known.sha256 != source.sha256 or text_before and text and text_before != text:
        raise RecordError(
            f"The source {source.id} is there with other bytes or another text, and what was "
            "captured never changes; give the new one another id."
        )


def _keeps_files(happening: Happening, blobs: Blobs) -> None:
    for digest in kept_files(happening):
        if not blobs.has(digest):
            raise RecordError(
                f"{happening.id} names the file {digest}, which is not kept; keep its bytes first "
                "(put_blob)."
            )


def _fit(thing: object) -> None:
    if unfit := unfitness(thing):
        raise RecordError(unfit.message)


def _keeps_to(actor: str, thing: Any, table: dict[str, Any], state: State) -> None:
    """An id names one thing, and a machine does not overwrite what a person decided."""
    id = check_id(known_by(thing))
    before = state.find(id)
    if before is None:
        return
    if id not in table or type(before) is not type(thing):
        raise RecordError(
            f"{id!r} is the id of something of another kind in this case; choose another id."
        )
    if is_machine(actor) and before != thing and (id not in state.proposed_by or state.judged(id)):
        raise RecordError(
            f"A person recorded or judged {id!r}, so {actor} may not change it; propose it under "
            "another id."
        )


def _submitted(entry: Entry, state: State) -> None:
    """What is said beside the claims points to parties, sources and claims that are there."""
    thing: Consent | Search | Argument
    targets: tuple[str | None, ...]
    match entry:
        case Consented(consent=thing):
            named, relation, targets = "consent", "of", (thing.of, *thing.sources)
        case Searched(search=thing):
            named, relation, targets = "search", "about", (thing.party, *thing.claims)
        case Argued(argument=thing):
            named, relation, targets = "argument", "about", (thing.party, *thing.claims)
        case _:
            return
    for target in targets:
        if target is not None:
            _known(target, f"The {named} {thing.id}", relation, state)


def _law_reviewed(actor: str, review: LawReview) -> None:
    if is_machine(actor) or is_machine(review.by):
        raise RecordError(
            f"{actor} cannot review {review.of!r}: a person compares a value with the law itself."
        )
    _fit(review)


def _judged(actor: str, entry: Judged) -> None:
    judgement = entry.judgement
    if is_machine(actor) or is_machine(judgement.by):
        raise RecordError(
            f"{actor} cannot judge {judgement.target!r}: the machine proposes, a person decides."
        )


def _known(
    thing: str,
    named: str,
    relation: str,
    state: State,
    table: Mapping[str, Any] | None = None,
) -> None:
    there = state.find(thing) is not None if table is None else thing in table
    if not there and not state.erased(thing):
        raise RecordError(
            f"{named} is {relation} {thing!r}, which is not there; record that first, or correct "
            "the id."
        )
