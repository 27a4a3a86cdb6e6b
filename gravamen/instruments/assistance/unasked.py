"""Unasked: the laws that reach chosen lines and under which nothing is asked, each with why."""

from collections.abc import Sequence

from gravamen.case import Case
from gravamen.instruments.asks import Book, elsewhere, every_ask, named_in
from gravamen.instruments.assistance.chosen import hooked, of_country, reached
from gravamen.requests import Request
from gravamen.values import Value


class Unasked(Value):
    """A law that bears on chosen lines and under which no office is or could be asked: why not.

    Args:
        lines: those that it reaches.
    """

    authority: str
    lines: tuple[str, ...]
    why: str


def unasked_laws(book: Book) -> tuple[Unasked, ...]:
    """Return the laws that reach a line about whose state assistance is asked to stop, and under
    which nothing is asked, nor could be of an office that was not addressed."""
    could = {a.authority for a in (*every_ask(book), *elsewhere(book))}
    requests = [r for r in book.case.requests.values() if _about(book.case, r)]
    found = []
    for country in dict.fromkeys(book.case.parties[r.target].country for r in requests if r.target):
        own = of_country(book.lines, country)
        about = [r for r in requests if book.case.parties[r.target or ""].country == country]
        for id in sorted(hooked(own) - could):
            lines = tuple(dict.fromkeys(x.flow.id for x in reached(own, id)))
            found.append(Unasked(authority=id, lines=lines, why=_why_not(book, id, about)))
    return tuple(found)


def _why_not(book: Book, id: str, requests: Sequence[Request]) -> str:
    """Why nothing is asked under a law, one sentence with the remedy."""
    authority = book.law.authority(id)
    if all(named_in(r, book.law) for r in requests):
        return "The requests name the laws they go under, and this is none of them."
    powers = [p for o in book.law.offices.values() for p in o.powers if id in p.authorities]
    if "memory" in (authority.mark, *(p.mark for p in powers)):
        return "The law data know it, or the power over it, from memory only; have it checked."
    served = {s for c in book.case.claims.values() for s in c.serves}
    lacking = min(
        (
            [e for e in prong.all_of if _by_claims(book, e) and e not in served]
            for prong in authority.prongs
        ),
        key=len,
        default=[],
    )
    if not lacking:
        return "No power of an office over it is in the law data."
    tests = " ".join(f"“{book.law.element(e).test}”" for e in lacking)
    n = len(lacking)
    return (
        f"No claim speaks to its question{'s' if n > 1 else ''} {tests} Add one that serves "
        f"{' and one that serves '.join(lacking)}."
    )


def _by_claims(book: Book, element: str) -> bool:
    """Whether an element can be answered only by a claim that is marked as serving it."""
    return book.law.element(element).rule == "claims"


def _about(case: Case, request: Request) -> bool:
    """Whether a request that stands asks that assistance to somebody stop."""
    asks = request.measure == "suspend-assistance" and request.target in case.parties
    return asks and case.stands(request.id)
