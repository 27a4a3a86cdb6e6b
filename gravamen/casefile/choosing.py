"""Choosing: lines of assistance into a case: the extract of their rows, and a claim for each."""

from collections.abc import Iterator, Sequence
from itertools import count, islice
from typing import NamedTuple

import msgspec

from gravamen.aid import countries
from gravamen.aid.extract.extracted import Extract
from gravamen.aid.line import IDENTITY
from gravamen.aid.words import is_report
from gravamen.case import Case
from gravamen.casefile.entries import (
    Attributed,
    Chosen,
    Entry,
    Named,
    Requested,
    is_machine,
)
from gravamen.casefile.ledger import CaseFile
from gravamen.claims import Claim
from gravamen.dates import DateError, Edtf, span
from gravamen.flows import Flow
from gravamen.law.authority import Law
from gravamen.law.office import Office
from gravamen.law.scope import concerns
from gravamen.parties import Name, Party
from gravamen.requests import Request
from gravamen.sources import Captured, capture, locate
from gravamen.values import GravamenError
from gravamen.vocabulary import Measure

PUBLICATIONS = {
    "fmtr": "Foreign Military Training and DoD Engagement Activities of Interest",
    "foreignassistance": "ForeignAssistance.gov",
    "foreignassistance-complete": "ForeignAssistance.gov",
}
_CLAIM = "c."
_LESSER: tuple[Measure, ...] = ("start-clock", "information")
# What two editions must give alike, so that a line of both is one line.
_LINE = ("country", "vintage", *IDENTITY, "trainees", "amount", "printed")
_OVER_ASSISTANCE = ("unit-assistance", "country-assistance")


class Recorded(NamedTuple):
    """What choosing did: the flows that are new, those that the case had already, and those of
    them that a machine had proposed and that this accepted."""

    new: tuple[Flow, ...]
    had: tuple[Flow, ...]
    accepted: tuple[Flow, ...] = ()


def record(
    casefile: CaseFile,
    extracts: Sequence[Extract],
    *,
    actor: str,
    by: str,
    on: str,
    ask: Sequence[Request] = (),
) -> Recorded:
    """Record the lines of some extracts that the case does not have yet, all or none.

    The extract becomes a source, each line a flow, and its sentence a claim about that flow. A
    line that a machine proposed and nobody judged is recorded again by the person who chooses it,
    and so accepted. A line that the case has from another edition of the same report or copy, with
    the same figures, is one that it has already.

    Args:
        actor: who captures the extracts and ties each sentence to its words; `by` who chooses the
            lines, a person or a machine that proposes them.
        on: the day on which they are taken, YYYY-MM-DD.
        ask: what `actor` asks about the assistance, as `requests_of` gives it.
    """
    with casefile.all_or_none():
        case = casefile.case()
        kept: list[tuple[str, Entry]] = []
        new: list[Flow] = []
        wanted = [flow for extract in extracts for flow in extract.flows]
        had = tuple(same for f in wanted if (same := _had(case, f)))
        accepted = () if is_machine(by) else tuple(f for f in had if _waits(case, f))
        kept += [(by, Chosen(flow=flow)) for flow in accepted]
        for extract in extracts:
            fresh = [f for f in extract.flows if not _had(case, f)]
            if not fresh:
                continue
            source = _captured(extract, on)
            kept.append((actor, casefile.keep(source)))
            for flow, words in zip(extract.flows, extract.sentences, strict=True):
                if flow in fresh:
                    flow = msgspec.structs.replace(flow, source=source.source.id)
                    claim = _claim(flow, words, source)
                    kept += [(by, Chosen(flow=flow)), (actor, Attributed(claim=claim))]
                    new.append(flow)
        if ask:
            country = extracts[0].flows[0].country
            kept += [(actor, entry) for entry in _asking(case, country, ask)]
        casefile.append_as(kept)
    return Recorded(tuple(new), had, accepted)


def requests_of(offices: Sequence[str], law: Law, country: str) -> tuple[Request, ...]:
    """Return what offices are asked about assistance to a state, one request for each power: that
    it be suspended, of those who can; else that a statement be requested, or a report.

    The target is left to whoever records them.

    Raises:
        LawError: there is no such office.
        GravamenError: one holds no power over assistance to that state.
    """
    asked: dict[tuple[Measure, str | None], list[str]] = {}
    for id in dict.fromkeys(offices):
        asked.setdefault(_power(law.office(id), law, country), []).append(id)
    return tuple(
        Request(
            id=".".join(("r.assistance", country.casefold(), *([measure] if authority else []),
                         *([authority] if authority else []))),
            measure=measure,
            authority=authority,
            addressees=tuple(ids),
        )
        for (measure, authority), ids in asked.items()
    )  # fmt: skip


def _power(office: Office, law: Law, country: str) -> tuple[Measure, str | None]:
    """By which measure an office can act on assistance to a state, and under which law where it
    cannot suspend it itself."""
    if any(power.measure == "suspend-assistance" for power in office.powers):
        return "suspend-assistance", None
    for measure in _LESSER:
        for power in office.powers:
            for id in power.authorities if power.measure == measure else ():
                authority = law.authority(id)
                if authority.kind in _OVER_ASSISTANCE and concerns(authority, country):
                    return measure, id
    raise GravamenError(
        f"The {office.title} holds no power over assistance in the law data; ask us.state.secretary"
        ", us.defense.secretary, us.president or a committee."
    )


def _asking(case: Case, country: str, requests: Sequence[Request]) -> Iterator[Entry]:
    """The requests against the government of a state, and that party where the case has none;
    nothing that the case has already. A request that stands goes to the new offices too."""
    state = next(
        (
            p
            for p in case.parties.values()
            if p.kind == "government" and p.country == country and case.stands(p.id)
        ),
        None,
    )
    if state is None:
        name = countries.named(country) if countries.code(country) else country
        state = Party(
            id=_free(f"p.{country.casefold()}", case),
            kind="government",
            names=(Name(text=name),),
            country=country,
        )
        yield Named(party=state)
    for request in requests:
        standing = case.requests.get(request.id)
        if standing is not None and case.stands(request.id):
            offices = tuple(dict.fromkeys((*standing.addressees, *request.addressees)))
            whole = msgspec.structs.replace(standing, addressees=offices)
        else:
            whole = msgspec.structs.replace(request, target=state.id)
        if standing != whole:
            yield Requested(request=whole)


def _free(id: str, case: Case) -> str:
    """An id that no party of the case has."""
    others = (f"{id}-{n}" for n in count(2))
    return next(i for i in (id, *islice(others, len(case.parties))) if i not in case.parties)


def _had(case: Case, flow: Flow) -> Flow | None:
    """The flow that a case has already of the same line, with the same figures; the same rows of
    the same file before another edition of it."""
    there = case.flows.get(flow.id)
    if there is not None and msgspec.structs.replace(flow, source=there.source) == there:
        return there
    return next((f for f in case.flows.values() if _in_another_edition(f, flow)), None)


def _in_another_edition(one: Flow, other: Flow) -> bool:
    """Whether two flows are one line of one vintage, of which two files give the same figures."""
    alike = all(getattr(one, name) == getattr(other, name) for name in _LINE)
    return alike and one.sha256 != other.sha256


def _waits(case: Case, flow: Flow) -> bool:
    """Whether a machine proposed a flow and no person has judged it."""
    return not case.reviewed(flow.id) and case.stands(flow.id)


def _captured(extract: Extract, on: str) -> Captured:
    """The extract as a source: what it is of, and when the file came out as far as it says."""
    edition = extract.edition
    publication = PUBLICATIONS.get(edition.dataset, edition.file)
    country = extract.flows[0].country
    named = countries.named(country) if countries.code(country) else country
    source = capture(
        extract.data,
        id="s.aid",
        name=f"assistance-{country}-{edition.dataset}-{edition.vintage}.txt",
        title=f"Extract of {edition.file} ({edition.vintage}): assistance to {named}",
        publisher=publication,
        published=_published(edition.vintage),
        retrieved=Edtf(on),
        origin=f"aid.{edition.dataset}",
    )
    id = f"s.aid.{edition.dataset}.{country.casefold()}.{source.source.sha256[:8]}"
    return msgspec.structs.replace(
        source, source=msgspec.structs.replace(source.source, id=id), children=()
    )


def _published(vintage: str) -> Edtf | None:
    """The day or month of a copy; None of what holds several reports."""
    try:
        span(vintage)
    except DateError:
        return None
    return Edtf(vintage)


def _claim(flow: Flow, words: str, source: Captured) -> Claim:
    publication = PUBLICATIONS.get(flow.dataset, flow.file)
    of = "report" if is_report(flow.vintage) else "copy"
    return Claim(
        id=f"{_CLAIM}{flow.id}",
        about=flow.id,
        passage=locate(flow.source, source.text, words),
        speaker=f"{publication}, {of} {flow.vintage}, as extracted",
        mode="document",
    )
