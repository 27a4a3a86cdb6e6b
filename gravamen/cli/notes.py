"""Notes: a note and the evidence that is taken in with it, recorded all or none."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import get_args

from gravamen import law as lawdata
from gravamen.case import Case
from gravamen.casefile import CaseFile, Docketed
from gravamen.cli.options import counted, near, person, say, show_json, today
from gravamen.dates import Edtf, Moment, instant
from gravamen.law.clocks import Capacity
from gravamen.proceedings import Answer, ClockSigner, Noted, Outcome
from gravamen.sources import capture_file
from gravamen.sources.capture import Captured as CapturedSource
from gravamen.values import GravamenError


def put_down(
    record: CaseFile,
    case: Path,
    thing: Noted,
    taken: Sequence[CapturedSource],
    actor: str | None,
    as_json: bool,
) -> None:
    """Record a note with the evidence that is taken in for it, all or none, and say so."""
    with record.unchanged(record.head):  # else two at once would take one id
        record.capture(*taken, also=(Docketed(noted=thing),), actor=person(actor))
    if as_json:
        show_json({"schema": "gravamen.note/1", "noted": thing, "head": record.head.hash})
        return
    sources = f", with {counted(len(taken), 'source')}" if taken else ""
    say(
        f"Recorded in {case}: {thing.id}{sources}. To take it back: gravamen judge {case} "
        f"{thing.id} --verdict rejected. To correct it, record it again with --id {thing.id}."
    )


def shown_by(
    record: CaseFile, given: Sequence[str], name: str
) -> tuple[tuple[str, ...], tuple[CapturedSource, ...]]:
    """Return the ids of the sources that are meant, and the files among them, captured.

    Args:
        given: ids of sources, or files.
        name: id of the note; a file becomes the source "s.NAME".

    Raises:
        GravamenError: one is neither the id of a source nor a file.
    """
    used = set(record.case().sources)
    for one in given:
        if one not in used and not Path(one).is_file():
            raise GravamenError(
                f"{one!r} is neither the id of a source in the case nor a file; give one of them."
            )
    ids: list[str] = []
    files: list[CapturedSource] = []
    for one in given:
        if one in used:
            ids.append(one)
            continue
        id = _numbered(used, f"s.{name}")
        used.add(id)
        ids.append(id)
        files.append(capture_file(Path(one), id=id, retrieved=Edtf(today().isoformat())))
    return tuple(ids), tuple(files)


def free_id(case: Case, stem: str) -> str:
    """Return an id that nothing in the case has: the stem and a number."""
    tables: tuple[Mapping[str, object], ...] = (
        case.noted, case.sources, case.replies, case.dispatches, case.steps, case.signings,
        case.requests, case.claims, case.parties, case.allegations, case.flows, case.vettings,
        case.consents, case.searches, case.arguments, case.rewordings, case.law_reviews,
    )  # fmt: skip
    return _numbered({id for table in tables for id in table}, stem, first=1)


def _numbered(used: set[str], stem: str, *, first: int = 0) -> str:
    number = first
    while (name := f"{stem}.{number}" if number else stem) in used:
        number += 1
    return name


def known(id: str, table: Mapping[str, object], what: str) -> None:
    """Refuse an id that a table of the case does not have, naming those that it has."""
    if id not in table:
        raise GravamenError(f"The case has no {what} {id!r}; {near(id, list(table))}.")


def moment_given(text: str | None) -> Moment:
    """Return the moment that was given, or today; a text that is none is refused."""
    moment = Moment(text or today().isoformat())
    instant(moment)
    return moment


def refuse(why: str | None) -> None:
    """Refuse a note that cannot be about what it names; nothing is recorded."""
    if why:
        raise GravamenError(why)


def signer_given(text: str) -> ClockSigner:
    """Return a signer given as OFFICE:CAPACITY:NAME."""
    office, _, rest = text.partition(":")
    capacity, _, name = rest.partition(":")
    lawdata.load().office(office)
    for one in get_args(Capacity):
        if one == (capacity or "whole"):
            return ClockSigner(office=office, capacity=one, name=name or None)
    raise GravamenError(
        f"{capacity!r} is no capacity; write {office}:chairperson, ranking-member, member or whole."
    )


def answer_given(text: str) -> Answer:
    """Return what a thing means for a request, given as REQUEST=OUTCOME."""
    request, _, outcome = text.rpartition("=")
    for one in get_args(Outcome):
        if one == outcome and request:
            return Answer(request=request, outcome=one)
    raise GravamenError(
        f"{text!r} says no outcome; write REQUEST=OUTCOME, with one of: "
        f"{', '.join(get_args(Outcome))}."
    )
