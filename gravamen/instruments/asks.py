"""Asks: which office is asked for what, so that each is asked only for what it can do.

A request of the case names a measure, and often a wrong target, law or office. Here each request
is parted by office and by law: sanctions go to the powers over persons, assistance to the hooks
that reach it, and a target that a power does not reach is left open for a person to fill.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property
from typing import Literal

import msgspec

from gravamen.aid.extract.parts import recipients
from gravamen.case import Case
from gravamen.checks.asked import abroad
from gravamen.findings import Choice, Finding, reach
from gravamen.instruments.assistance.chosen import Chosen, chosen, hooked, of_country
from gravamen.law import in_force, waiver_state
from gravamen.law.authority import Authority, Law
from gravamen.law.office import Office, Power
from gravamen.law.scope import concerns
from gravamen.law.waivers import WaiverState
from gravamen.parties import Party
from gravamen.requests import Request
from gravamen.values import Value
from gravamen.vocabulary import Measure

# A measure as texts ask for it, and the measures by which offices can carry it out.
_FAMILIES: dict[str, tuple[Measure, ...]] = {
    "sanctions": ("sanctions", "visa-ban", "determination", "start-clock"),
    "visa-ban": ("visa-ban", "determination"),
    "suspend-assistance": ("suspend-assistance", "information", "start-clock"),
    "arms-embargo": ("arms-embargo", "information"),
}
_PERSONS = ("person-sanctions", "visa")
_COUNTRY = ("country-assistance", "arms", "state-designation")
_KINDS: dict[str, tuple[str, ...]] = {
    "sanctions": _PERSONS,
    "visa-ban": _PERSONS,
    "suspend-assistance": ("unit-assistance", "country-assistance"),
    "arms-embargo": ("arms",),
}

_ASSISTANCE: Measure = "suspend-assistance"

Open = Literal["persons", "units"]
# Which office is asked for what under which law: no two asks have the same.
AskKey = tuple[str, str | None, str]


class Ask(Value):
    """One thing asked of one office under one law.

    Args:
        requests: ids of the case's requests that it mends.
        words: what the office is asked, after "to"; names and governments are added to it.
        targets: ids of the parties named; empty where the ask needs none or is still open.
        power: the words of the power where `words` are others, for the bar is waived or that is not
            known; by them it is told from the other asks on every day.
        open: what a person must name before it can be sent; None when nothing is missing.
        state: what is known of a bar or its waiver on the day; None where there is none.
    """

    requests: tuple[str, ...]
    office: str
    measure: Measure
    authority: str | None
    words: str
    cite: str
    prongs: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    power: str | None = None
    open: Open | None = None
    state: str | None = None
    needs_review: bool = False

    @property
    def key(self) -> AskKey:
        """By what it is told from the others."""
        return self.office, self.authority, self.power or self.words


class Book(Value, dict=True, gc=True):  # the dict keeps what is derived once
    """What asking needs: the case, the law, the findings and choices, the day.

    Args:
        struck: what the body struck from its motion, so that nothing of it is asked for.
    """

    case: Case
    law: Law
    findings: tuple[Finding, ...]
    choices: tuple[Choice, ...]
    on: date
    struck: tuple[AskKey, ...] = ()

    @cached_property
    def lines(self) -> tuple[Chosen, ...]:
        """The chosen lines of assistance, with the laws that bear on each on the day."""
        return chosen(self.case, self.law, self.on)


def asks(book: Book) -> tuple[Ask, ...]:
    """Return what each addressed office is to be asked, in the order of the requests."""
    every = every_ask(book)
    return tuple(a for a in every if a.key not in book.struck)


def every_ask(book: Book) -> tuple[Ask, ...]:
    """What each addressed office could be asked, that which the body struck among it."""
    return _joined(
        ask
        for request in _standing(book.case)
        for office in addressed(request, book.law)
        for ask in _of_office(book, request, office)
    )


def carried_by_none(book: Book) -> tuple[Request, ...]:
    """Return the requests for which no addressed office has a power in the law data: what they
    ask is kept as it is written, and whether it can be done is not assessed."""
    carried = {id for ask in every_ask(book) for id in ask.requests}
    return tuple(r for r in _standing(book.case) if r.id not in carried)


def elsewhere(book: Book) -> tuple[Ask, ...]:
    """Return what offices that no request addresses could be asked for the same ends."""
    known = {o.id for r in _standing(book.case) for o in addressed(r, book.law)}
    return _joined(
        ask
        for request in _standing(book.case)
        if not abroad(book.case, request)
        for office in book.law.offices.values()
        if office.id not in known
        for ask in _of_office(book, request, office)
    )


def _standing(case: Case) -> tuple[Request, ...]:
    return tuple(r for r in case.requests.values() if case.stands(r.id))


def _joined(asks: Iterator[Ask]) -> tuple[Ask, ...]:
    """Asks of one office in one set of words made one, for all their targets."""
    found: dict[AskKey, Ask] = {}
    for ask in asks:
        found[ask.key] = _merged(found[ask.key], ask) if ask.key in found else ask
    return tuple(found.values())


def _merged(one: Ask, other: Ask) -> Ask:
    return msgspec.structs.replace(
        one,
        requests=tuple(dict.fromkeys((*one.requests, *other.requests))),
        targets=tuple(dict.fromkeys((*one.targets, *other.targets))),
        prongs=tuple(dict.fromkeys((*one.prongs, *other.prongs))),
        open=one.open and other.open,
    )


def addressed(request: Request, law: Law) -> tuple[Office, ...]:
    """The offices a request goes to: those it names, else the one that decides under its law."""
    if request.addressees:
        return tuple(law.office(id) for id in request.addressees)
    if request.addressee_words or request.authority is None:
        return ()
    return (law.office(law.authority(request.authority).decides),)


def _of_office(book: Book, request: Request, office: Office) -> Iterator[Ask]:
    """What one office can be asked for the ends of one request."""
    case, law = book.case, book.law
    target = case.parties.get(request.target) if request.target else None
    named = named_in(request, law)
    measures = _FAMILIES.get(request.measure, (request.measure,))
    assistance = target is not None and request.measure == _ASSISTANCE
    own = of_country(book.lines, target.country) if target and assistance else ()
    hooks = hooked(own)
    fitting = [
        (power, authority)
        for power in office.powers
        if power.measure in measures
        for authority in _authorities(power, request, law)
        if _fits(authority, power, request, target, named, book, hooks)
    ]
    exact = [
        (power, authority)
        for power, authority in fitting
        if authority in named
        and authority is not None
        and _whole(authority, target)
        and (power.measure == request.measure or power.measure != "information")
    ]
    wanted = exact or fitting
    also = [(p, a) for p, a in fitting if a and a.id in hooks and (p, a) not in wanted]
    for power, authority in (*wanted, *also):
        ask = _ask(book, request, office, power, authority, target)
        yield _of_recipients(book, ask, target) if own and ask.open == "units" else ask


def _of_recipients(book: Book, ask: Ask, target: Party | None) -> Ask:
    """An ask of units for those of the target's state that the case names; as it is for none."""
    units = tuple(p.id for p, _ in recipients(book.case, target.country if target else None))
    return msgspec.structs.replace(ask, targets=units, open=None) if units else ask


def _authorities(power: Power, request: Request, law: Law) -> Iterator[Authority | None]:
    """The authorities of a power; None once for a power that rests on no authority of the data."""
    if not power.authorities:
        yield None
    for id in power.authorities:
        authority = law.authority(id)
        kinds = _KINDS.get(request.measure)
        if kinds is None and not named_in(request, law):
            continue  # which report or inquiry is meant, only the text could say
        if kinds is None or authority.kind in kinds or request.measure in authority.measures:
            yield authority


def _fits(
    authority: Authority | None,
    power: Power,
    request: Request,
    target: Party | None,
    named: Sequence[Authority],
    book: Book,
    hooks: frozenset[str],
) -> bool:
    """Whether an ask under an authority makes sense for a request: it is in force, concerns the
    target's state, something claimed bears on it or it reaches a line of assistance that a person
    chose, and a text that chose among hooks chose it.

    Args:
        hooks: the laws that reach a chosen line of the target's state.
    """
    if authority is None:
        return True
    country = target.country if target else None
    if not in_force(authority, book.on) or not concerns(authority, country):
        return False
    if power.measure == "visa-ban" and target and target.kind in ("unit", "body"):
        return False  # only human beings enter a country
    if authority in named:
        return True
    if request.measure not in _KINDS and named:
        return False
    if authority.kind not in _PERSONS and any(a.kind not in _PERSONS for a in named):
        return False
    if authority.id in hooks and "memory" not in (authority.mark, power.mark):
        return bool(authority.countries) or _borne_on(authority, book)
    if "memory" in (authority.mark, power.mark) or _unfit(book, request, authority, target):
        return False
    return bool(authority.countries) or _borne_on(authority, book)


def _unfit(book: Book, request: Request, authority: Authority, target: Party | None) -> bool:
    """Whether an authority could be used against a target only for a corruption, or for victims
    of a kind, that the record does not show."""
    if not _whole(authority, target):
        return False
    chosen = _prongs(book, request, authority, target)
    lacking = [f for f in book.findings if f.state == "missing" and f.prong in chosen]
    if any(book.law.element(f.element).rule == "victims" for f in lacking):
        return True
    short = {f.prong for f in lacking}
    return any(p.corruption and p.id in short for p in authority.prongs if p.id in chosen)


def _borne_on(authority: Authority, book: Book) -> bool:
    """Whether some prong of an authority can be answered by what is claimed: none of its
    elements waits for proof of a kind that no claim even speaks to (a serial number, a convoy)."""
    served = {s for c in book.case.claims.values() for s in c.serves}
    return any(
        all(book.law.element(e).rule != "claims" or e in served for e in prong.all_of)
        for prong in authority.prongs
    )


def _whole(authority: Authority, target: Party | None) -> bool:
    """Whether an authority can be used against the target as it stands."""
    return target is not None and bool(reach(target, authority))


def named_in(request: Request, law: Law) -> tuple[Authority, ...]:
    """The authorities that a request names, by id or in its words."""
    words = " ".join((request.authority_words or "").split()).casefold()
    by_name = [
        a.id for a in law.authorities.values() if any(n.casefold() in words for n in a.names)
    ]
    first = [request.authority] if request.authority else []
    return tuple(law.authority(id) for id in dict.fromkeys((*first, *by_name)))


def _ask(
    book: Book,
    request: Request,
    office: Office,
    power: Power,
    authority: Authority | None,
    target: Party | None,
) -> Ask:
    reached = authority is not None and _whole(authority, target)
    style: Literal["us", "int"] = "us" if office.jurisdiction == "us" else "int"
    waiver = (
        waiver_state(authority, book.on, style=style)
        if authority
        and authority.waiver
        and authority.waiver.steps
        and power.measure == "suspend-assistance"
        else None
    )
    prongs = _prongs(book, request, authority, target) if reached else ()
    leaning = authority.prongs if authority else ()
    words = _on_that_day(power, waiver)
    return Ask(
        requests=(request.id,),
        office=office.id,
        measure=power.measure,
        authority=authority.id if authority else None,
        words=words,
        power=power.asks if words != power.asks else None,
        cite=power.cite,
        prongs=prongs,
        targets=(target.id,) if target and (reached or _of_state(authority)) else (),
        open=None if reached or power.measure == "information" else _open(authority),
        state=waiver.plain if waiver else None,
        needs_review=power.needs_review
        or (authority is not None and authority.needs_review)
        or any(p.needs_review for p in leaning if p.id in prongs)
        or (waiver is not None and waiver.needs_review),
    )


def _on_that_day(power: Power, waiver: WaiverState | None) -> str:
    """What a power is asked for as its bar stands: one that is waived is not withheld under."""
    others = {"waived": power.asks_waived, "unknown": power.asks_unknown}
    return (others.get(waiver.state) if waiver else None) or power.asks


def _of_state(authority: Authority | None) -> bool:
    return authority is not None and authority.kind in _COUNTRY


def _open(authority: Authority | None) -> Open | None:
    if authority is None or authority.kind in _COUNTRY:
        return None
    return "units" if authority.kind == "unit-assistance" else "persons"


def _prongs(
    book: Book, request: Request, authority: Authority | None, target: Party | None
) -> tuple[str, ...]:
    """The prong to ask under: the request's own, the chosen one, or the one that lacks least."""
    if authority is None or target is None:
        return ()
    if request.prong and request.prong.startswith(f"{authority.id}."):
        return (request.prong,)
    for choice in book.choices:
        if choice.party == target.id and (prongs := choice.under(authority.id)):
            return prongs
    under = [f for f in book.findings if f.party == target.id and f.authority == authority.id]
    weighed = {f.prong for f in under}
    open_ = [p for p in authority.prongs if p.id in weighed]
    shown = {
        f.prong
        for f in under
        if f.state != "missing"
        and book.law.element(f.element).rule not in ("foreign-person", "kind")
    }
    # Where nothing bears on any of them yet, the leading prong that is not for corruption.
    among = (
        [p for p in open_ if p.id in shown] or [p for p in open_ if not p.corruption][:1] or open_
    )
    lacking = {p.id: sum(f.prong == p.id and f.state == "missing" for f in under) for p in among}
    return (min(lacking, key=lambda p: lacking[p]),) if lacking else ()


def grounds_of(book: Book, ask: Ask, target: str) -> tuple[str, ...]:
    """Return the prongs on which an ask rests for one of its targets: those chosen for it, and
    not those of the others whom the same ask names."""
    if ask.authority is None:
        return ()
    authority, party = book.law.authority(ask.authority), book.case.parties[target]
    requests = [book.case.requests[r] for r in ask.requests if r in book.case.requests]
    own = [r for r in requests if r.target == target] or requests[:1]
    return tuple(dict.fromkeys(p for r in own for p in _prongs(book, r, authority, party)))
