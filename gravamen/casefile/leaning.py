"""Leaning: which values of the law a case leans on, and which of them a person compared."""

from collections.abc import Iterable, Iterator
from datetime import date

from gravamen.aid.hooks import program_of
from gravamen.case import Case
from gravamen.findings import Choice, choose, weigh
from gravamen.instruments.asks import Book, asks
from gravamen.instruments.assistance.chosen import chosen
from gravamen.law.authority import Law
from gravamen.law.review import stale, unchecked
from gravamen.submission import LawReview
from gravamen.values import Value


class Leaning(Value):
    """A value of the law that a case leans on: what is unchecked in it, and who compared it.

    Args:
        id: of an authority, element, office, clock or program.
        edition: of the value as it is today; the one that a review names.
        unchecked: each part and its mark, as the law data give it.
        review: the last review that stands; None where nobody compared it.
        stale: whether another edition than that of today was compared.
    """

    id: str
    edition: str
    unchecked: tuple[str, ...] = ()
    review: LawReview | None = None
    stale: bool = False

    @property
    def open(self) -> bool:
        """Whether somebody has to compare it yet: it is in part unchecked, or its review stale."""
        return self.stale or bool(self.unchecked and self.review is None)


def leaning(case: Case, law: Law, *, on: date, regime: str | None = None) -> tuple[Leaning, ...]:
    """Return what the requests and the grounds chosen for each party lean on, in the law's order.

    Args:
        law: as it was loaded, without reviews.
        on: the day for which the law is asked.
        regime: a jurisdiction ("uk"), to see what files under its laws lean on; those whose laws
            or offices the requests name where None, and all where they name none.
    """
    among = {regime} if regime else _asked(case, law)
    findings = [
        f for f in weigh(case, law, on=on) if law.authority(f.authority).jurisdiction in among
    ]
    parties = dict.fromkeys(f.party for f in findings)
    choices = tuple(choose(case, law, findings, party) for party in parties)
    book = Book(case=case, law=law, findings=tuple(findings), choices=choices, on=on)
    used = {*_of_requests(book, among), *_of_choices(book, choices)}
    used |= {*_of_lines(case, law, on)}
    used |= {c.id for c in law.clocks.values() if c.authority in used}
    old = set(stale(law, case.editions_reviewed()))
    tables = (law.authorities, law.elements, law.offices, law.clocks, law.programs)
    return tuple(
        Leaning(
            id=id,
            edition=law.edition_of(id),
            unchecked=unchecked(law, id),
            review=case.law_reviews.get(id) if case.stands(id) else None,
            stale=id in old,
        )
        for table in tables
        for id in table
        if id in used
    )


def _of_lines(case: Case, law: Law, on: date) -> Iterator[str]:
    """The programs of the lines of assistance that were chosen, which say what law reaches them."""
    for line in chosen(case, law, on):
        if program := program_of(line.line, law):
            yield program.id


def _asked(case: Case, law: Law) -> set[str]:
    """The jurisdictions of the laws and offices that requests name; all where they name none."""
    found: set[str] = set()
    for request in case.requests.values():
        if case.stands(request.id):
            laws = (law.authorities.get(request.authority or ""),)
            named = (*laws, *(law.offices.get(office) for office in request.addressees))
            found |= {value.jurisdiction for value in named if value}
    return found or {authority.jurisdiction for authority in law.authorities.values()}


def _of_requests(book: Book, among: set[str]) -> Iterator[str]:
    """The laws and offices that the requests ask, and what their own prongs ask."""
    law = book.law
    for ask in asks(book):
        if law.office(ask.office).jurisdiction in among:
            yield ask.office
            yield from (ask.authority,) if ask.authority else ()
            yield from _elements(law, ask.prongs)


def _of_choices(book: Book, choices: Iterable[Choice]) -> Iterator[str]:
    """The grounds that were chosen for a party, and the office that decides under each."""
    law = book.law
    for choice in choices:
        prongs = {p for p in (choice.prong, *choice.also) if p}
        for authority in law.authorities.values():
            if authority.id == choice.authority or prongs & {p.id for p in authority.prongs}:
                yield authority.id
                yield authority.decides
        yield from _elements(law, prongs)


def _elements(law: Law, prongs: Iterable[str]) -> Iterator[str]:
    wanted = set(prongs)
    for authority in law.authorities.values():
        for prong in authority.prongs:
            if prong.id in wanted:
                yield from (*prong.all_of, *prong.any_of, *prong.also)
