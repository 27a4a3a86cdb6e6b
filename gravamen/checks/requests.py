"""Checks of what is asked: against whom, of which office, by which body, how widely."""

import re
from collections.abc import Iterator

from gravamen.checks.asked import (
    ASSISTANCE_MEASURES,
    LEGAL_MEASURES,
    PERSON_MEASURES,
    Asked,
    joined,
)
from gravamen.checks.flag import Found, check
from gravamen.findings.reach import whom_words
from gravamen.law.authority import Authority, AuthorityKind, IdentifierNorm
from gravamen.law.office import Office, Power
from gravamen.parties import Party
from gravamen.requests import Request
from gravamen.sentences import Instrument
from gravamen.vocabulary import Measure

# What a request wants, after "asks".
_WANTED: dict[Measure, str] = {
    "sanctions": "for sanctions",
    "visa-ban": "for a visa ban",
    "suspend-assistance": "that assistance be suspended",
    "arms-embargo": "that arms transfers be stopped",
    "investigation": "for an investigation",
    "information": "for information",
    "recognition": "for recognition",
    "release": "for a release",
    "access": "for access",
    "legislation": "for legislation",
    "prevention": "for prevention",
    "determination": "for a determination",
    "start-clock": "that a period in law be started",
}
_DONE: dict[Measure, str] = {
    "sanctions": "impose sanctions",
    "visa-ban": "bar entry",
    "suspend-assistance": "suspend assistance",
    "arms-embargo": "stop arms transfers",
    "investigation": "open an investigation",
    "information": "demand or give information",
    "recognition": "grant recognition",
    "release": "order a release",
    "access": "grant access",
    "legislation": "legislate",
    "prevention": "take steps of prevention",
    "determination": "make a determination",
    "start-clock": "start that period",
}
# Measures near each other: what an office can do instead when asked for one of them.
_NEAR: dict[Measure, tuple[Measure, ...]] = {
    "sanctions": ("sanctions", "visa-ban", "determination"),
    "visa-ban": ("visa-ban", "sanctions"),
    "suspend-assistance": ("suspend-assistance", "arms-embargo", "information"),
    "arms-embargo": ("arms-embargo", "suspend-assistance"),
}
_KIND_OF: dict[Measure, AuthorityKind] = {
    "sanctions": "person-sanctions",
    "visa-ban": "visa",
    "suspend-assistance": "country-assistance",
    "arms-embargo": "arms",
}
_KIND_WORDS: dict[AuthorityKind, str] = {
    "person-sanctions": "for sanctions on persons",
    "visa": "for a bar on entry",
    "unit-assistance": "that assistance to units be withheld",
    "country-assistance": "that assistance to a government be stopped",
    "arms": "that arms transfers be stopped",
    "state-designation": "that a state be designated",
}
# How the name of a published list begins, by the state whose it is.
_LIST_OF = {"us": "SDN", "uk": "UK", "eu": "EU"}
_BY_BODY = (
    r"(?:^|(?:[Bb]oard|[Cc]ouncil|[Cc]ity|[Cc]ounty|[Aa]ssembly|[Pp]arliament|[Hh]ouse|[Cc]hamber"
    r"|[Ll]egislature|[Mm]otion|[Rr]esolution|Supervisors|and|[Ww]e|it)\s+)"
)
_ORDERS = r"(?:(?i:hereby|further|also|strongly)\s+)*(?i:directs?|orders?|instructs?|commands?)\s+"
_STATE = (
    r"(?:(?:United States|U\.S\.|US|[Ff]ederal|[Nn]ational)\s+(?:[Gg]overnment|[Aa]dministration"
    r"|Congress|Department)|[A-Z]\w+\s+Administration|Congress|Parliament|Administration)"
)
_NOT_OWN = r"(?!\s+of\s+the\s+(?:Board|Council|Assembly|Chamber|Society|Club))"
_DOES = re.compile(
    r"\b(?P<said>hereby\s+(?:imposes?|sanctions?|suspends?|bans?|bars?|designates?|revokes?|annuls?"
    r"|prohibits?|terminates?|freezes?|expels?))\b",
    re.IGNORECASE,
)
_ALL = re.compile(
    r"\b(?P<all>all|any|every|entire|total|complete|completely|full|whole)\b"
    r"(?P<between>[^.;:]{0,80}?)\b(?P<aid>assistance|aid|support|funding|funds|help)\b",
    re.IGNORECASE,
)
_NARROW = re.compile(
    r"\b(?:military|security|lethal|defen[cs]e|arms|weapons|police)\b", re.IGNORECASE
)
_WIDE = re.compile(
    r"\b(?:economic|financial|development|humanitarian|civilian|foreign|bilateral|other)\b",
    re.IGNORECASE,
)


@check(
    "blocks",
    of=("case", "instruments"),
    remedy="Say what is asked, of which office, under which law.",
)
def no_request(q: Asked) -> Iterator[Found]:
    """The case, or a dossier, asks nobody to do anything."""
    for dossier in q.dossiers:
        if not any(s.kind == "request" for s in dossier.sentences()):
            yield Found(
                message=f"{dossier.id} asks nobody to do anything.",
                where=dossier.id,
                instrument=dossier.id,
                hint="Find what the nearest ground still lacks, or recommend under another law.",
            )
    if not q.requests and not q.instruments:
        yield Found(
            message="No request is recorded: nobody is asked to do anything.",
            where=q.case.motion or "requests",
        )


@check(
    "blocks",
    of=("case", "instruments"),
    remedy="Name persons or bodies; ask the measure against the country apart, under a law that "
    "reaches countries.",
)
def target_is_a_state(q: Asked) -> Iterator[Found]:
    """A power that reaches persons or units is asked to be used against a state."""
    for dossier in q.dossiers:
        state = q.subject(dossier)
        if state is not None and state.kind == "government":
            yield Found(
                message=f"{dossier.id} recommends a measure on persons against a state: "
                f"{state.name}.",
                where=dossier.id,
                instrument=dossier.id,
            )
    for request in () if q.instruments else q.requests:
        target = q.target(request)
        if target is None or target.kind != "government":
            continue
        laws = _laws_of_measure(q, request)
        if laws and not any("state" in a.reaches for a in laws):
            named = joined([a.short for a in laws])
            whom = whom_words(list(dict.fromkeys(r for a in laws for r in a.reaches)))
            reach = "reaches" if len(laws) == 1 else "reach"
            if not q.laws(request):
                named = f"no law is named, and what carries this measure ({named})"
                reach = "reaches"
            yield Found(
                message=f"{_capital(named)} {reach} {whom}, not a state: {target.name}.",
                where=request.id,
            )


def _laws_of_measure(q: Asked, request: Request) -> tuple[Authority, ...]:
    """The laws that a request would use: those it names that carry its measure, else those that
    could; none where it names only a law that nobody knows."""
    named = q.laws(request)
    if named:
        return tuple(a for a in named if request.measure in a.measures) or named
    if request.authority or request.authority_words or request.measure not in PERSON_MEASURES:
        return ()
    return q.candidates(request)


@check(
    "blocks",
    of=("case", "instruments"),
    remedy="Add a person or body with post and dates, or ask for an inquiry that would name them.",
)
def no_person_named(q: Asked) -> Iterator[Found]:
    """Sanctions on persons are asked for, but nobody is named."""
    for dossier in q.dossiers:
        if q.subject(dossier) is None:
            yield Found(
                message=f"{dossier.id} names nobody who stands in the case.",
                where=dossier.id,
                instrument=dossier.id,
            )
    for request in () if q.instruments else q.requests:
        if not q.asks_for_persons(request):
            continue
        target, laws = q.target(request), q.laws(request)
        if any("state" in a.reaches for a in laws):
            continue
        only_persons = request.measure == "visa-ban"
        named = target is not None and (
            target.kind == "person" or (target.kind != "government" and not only_persons)
        )
        if not named:
            whom = f" ({request.target_words})" if request.target_words else ""
            yield Found(
                message=f"The request asks {_WANTED[request.measure]}, and names no person"
                f"{'' if only_persons else ' or body'} to be reached{whom}.",
                where=request.id,
            )


@check(
    "warning",
    of=("case", "instruments"),
    remedy="Find and record them with their sources: without them a namesake may be reached.",
)
def identifiers_missing(q: Asked) -> Iterator[Found]:
    """A person is named without what tells one person from another."""
    targets = [t for r in q.requests if q.asks_for_persons(r) and (t := q.target(r))]
    asked = {t.id: t for t in targets if t.kind == "person"}
    if q.instruments:
        for dossier in q.dossiers:
            party = q.subject(dossier)
            if party and party.kind == "person" and party.id not in asked:
                yield from _unidentified(q, party, f"{party.id} of {dossier.id}", dossier)
        return
    for target in asked.values():
        yield from _unidentified(q, target, target.id)


def _unidentified(
    q: Asked, person: Party, where: str, dossier: Instrument | None = None
) -> Iterator[Found]:
    """What a person is named without; in a dossier, by the list of the state that is asked."""
    regime = dossier.regime if dossier else None
    lacking = [_filled(n, regime) for n in q.law.identifiers.values() if _lacks(person, n)]
    if lacking:
        yield Found(
            message=f"{person.name} is named without: {'; '.join(lacking)}.",
            where=where,
            instrument=dossier.id if dossier else None,
            hint="Find and record them with their sources. The shares are of the entries of "
            "published lists that have them.",
        )


def _lacks(person: Party, norm: IdentifierNorm) -> bool:
    """Whether a person is named without something that published lists give of nearly everybody."""
    known = {
        "birth": person.born,
        "sex": person.sex,
        "nationality": person.nationalities,
        "native-name": any(name.lang or not name.text.isascii() for name in person.names),
        "position": person.family_of or any(post.start or post.end for post in person.posts),
        "birthplace": person.birthplace,
    }
    if norm.need == "optional":
        return False
    return not known.get(norm.id, any(i.kind == norm.id for i in person.identifiers))


def _filled(norm: IdentifierNorm, regime: str | None) -> str:
    """What is missing, and how many of the entries of published lists have it; of the list of one
    state alone where it has one."""
    own = tuple(r for r in norm.rates if r.list.startswith(_LIST_OF.get(regime or "", "\0")))
    rates = own or norm.rates
    told = ", ".join(f"{r.filled} % of {r.entries} in {r.list.split(',')[0]}" for r in rates)
    return f"{norm.label} ({told})" if told else norm.label


@check("warning", remedy="Name the office that holds the power, with its title.")
def addressee_not_named(q: Asked) -> Iterator[Found]:
    """A request names nobody who should act on it."""
    for request in q.requests:
        if request.addressees or request.addressee_words:
            continue
        holders = _holders(q, request)
        can = f"; {_who_can(holders)}" if holders else ""
        yield Found(
            message=f"The request asks {_WANTED[request.measure]} and names nobody who should "
            f"act{can}.",
            where=request.id,
        )


@check(
    "warning",
    remedy="Check the title; where the office is right, add it and its powers to the law data.",
)
def office_unknown(q: Asked) -> Iterator[Found]:
    """An office that is addressed is not in the law data."""
    for request in q.requests:
        unknown = [id for id in request.addressees if id not in q.law.offices]
        for words in (*request.addressee_words, *unknown):
            yield Found(
                message=f"“{words}” is not an office in the law data: it is kept as written, and "
                "whether it holds the power is not assessed.",
                where=request.id,
            )


@check("note", remedy="Ask somebody who knows the law of this measure.")
def measure_not_assessed(q: Asked) -> Iterator[Found]:
    """The law data hold no power for what is asked."""
    for request in q.requests:
        if request.measure in LEGAL_MEASURES or _holders(q, request):
            continue
        yield Found(
            message=f"The request asks {_WANTED[request.measure]}; the law data hold no power for "
            "this, and whether the office can do it is not assessed.",
            where=request.id,
        )


@check("blocks", remedy="Move the request to the office that holds the power, or ask to refer it.")
def office_lacks_power(q: Asked) -> Iterator[Found]:
    """An office is asked for what it cannot do."""
    for request in q.requests:
        holders = _holders(q, request)
        if not holders:
            continue
        able = {office.id for office, _ in holders}
        for id in request.addressees:
            office = q.law.offices.get(id)
            if office is None or office.id in able:
                continue
            own = _own_powers(office, request.measure)
            does = f" It can {joined(own, 'or')}." if own else ""
            under = joined([a.short for a in q.laws(request)]) if q.laws(request) else ""
            yield Found(
                message=f"The {office.title} cannot {_DONE[request.measure]}"
                f"{f' under {under}' if under else ''}; {_who_can(holders)}.",
                where=request.id,
                hint=f"Move the request to an office that holds the power, or ask to refer it."
                f"{does}",
            )


def _holders(q: Asked, request: Request) -> tuple[tuple[Office, Power], ...]:
    """The offices that can take a request's measure under the laws it names, with the power."""
    named = {a.id: a for a in q.laws(request)}
    if not named and (request.authority or request.authority_words):
        return ()
    fitting = {id for id, a in named.items() if request.measure in a.measures} or set(named)
    found: dict[str, tuple[Office, Power]] = {}
    home = q.home(request)
    for office in (o for o in q.law.offices.values() if o.jurisdiction in home):
        for power in office.powers:
            if _carries(q, power, request.measure, fitting):
                found.setdefault(office.id, (office, power))
    deciding = {q.law.authorities[id].decides for id in fitting}
    return tuple(sorted(found.values(), key=lambda holder: holder[0].id not in deciding))


def _carries(q: Asked, power: Power, measure: Measure, laws: set[str]) -> bool:
    """Whether a power is for a measure, or for another one under a law that carries both."""
    if laws and power.authorities and not laws & set(power.authorities):
        return False
    if power.measure == measure:
        return True
    if not laws or {power.measure, measure} - set(PERSON_MEASURES):
        return False
    both = (q.law.authorities[id] for id in laws if id in power.authorities)
    return any(measure in a.measures for a in both)


def _who_can(holders: tuple[tuple[Office, Power], ...]) -> str:
    """ "the President can, under X"; several offices are joined."""
    told = [f"the {office.title} can, under {power.cite}" for office, power in holders[:3]]
    more = f" (and {len(holders) - 3} more)" if len(holders) > 3 else ""
    return joined(told) + more


def _own_powers(office: Office, measure: Measure) -> list[str]:
    near = _NEAR.get(measure, (measure,))
    return list(dict.fromkeys(p.asks for p in office.powers if p.measure in near))


@check("warning", of=("case", "instruments"), remedy="Write “asks” or “urges” instead.")
def beyond_body_competence(q: Asked) -> Iterator[Found]:
    """The body orders what it can only ask for."""
    kind = q.case.requester.kind if q.case.requester else "unknown"
    body = q.law.bodies.get(kind) or q.law.bodies.get("unknown")
    names = sorted({n for o in q.law.offices.values() for n in (o.title, *_plain(o))}, key=len)
    offices = "|".join(re.escape(n) for n in reversed(names))
    whom = rf"(?:the\s+)?(?:{_STATE}{f'|{offices}' if offices else ''})\b"
    orders = re.compile(rf"{_BY_BODY}(?P<said>{_ORDERS}{whom}){_NOT_OWN}")
    cannot = f": {body.title} cannot {joined(body.cannot, 'or')}" if body else ""
    for where, text, instrument in _operative(q):
        for match in (*orders.finditer(text), *_DOES.finditer(text)):
            yield Found(
                message=f"{_capital(q.requester_name)} may express a view, but “"
                f"{' '.join(match['said'].split())}” is an order{cannot}.",
                where=where,
                instrument=instrument,
                hint=body.advice if body else None,
            )


def _plain(office: Office) -> tuple[str, ...]:
    """The names of an office without the brackets around words that may be left out."""
    return tuple(" ".join(re.sub(r"[\[\]]", "", name).split()) for name in office.names)


def _operative(q: Asked) -> Iterator[tuple[str, str, str | None]]:
    """The sentences in which a body asks: those of its own text, and those of the motion."""
    if q.instruments:
        for p in q.outgoing:
            if p.sentence.kind in ("request", "form"):
                yield p.where, p.sentence.text, p.instrument.id
    else:
        for stretch in q.motion:
            yield stretch.where, stretch.text, None


@check("warning", remedy="Split it: one request, one law, one office to each sentence.")
def laws_run_together(q: Asked) -> Iterator[Found]:
    """One sentence asks under several laws at once."""
    by_sentence: dict[object, list[Request]] = {}
    for request in q.requests:
        number = q.motion_sentence(request.passage)
        by_sentence.setdefault(request.id if number is None else number, []).append(request)
    for requests in by_sentence.values():
        kinds = list(dict.fromkeys(k for r in requests for k in _kinds(q, r)))
        laws = list(dict.fromkeys(a.short for r in requests for a in q.laws(r)))
        if len(kinds) > 1 or len(laws) > 2:
            named = f" ({joined(laws)})" if laws else ""
            yield Found(
                message=f"One sentence asks {joined(kinds)}: these stand under different laws"
                f"{named}, with different tests and different offices."
                if len(kinds) > 1
                else f"One sentence asks under {len(laws)} laws{named}, each with its own test.",
                where=", ".join(r.id for r in requests),
            )


def _kinds(q: Asked, request: Request) -> list[str]:
    """The kinds of power that a request runs together, in words."""
    kinds = list(dict.fromkeys(a.kind for a in q.laws(request)))
    if not kinds and request.measure in _KIND_OF:
        kinds = [_KIND_OF[request.measure]]
    return [_KIND_WORDS[kind] for kind in kinds]


@check(
    "warning",
    remedy="Name the programmes, or ask under each hook for what that hook reaches.",
)
def assistance_too_broad(q: Asked) -> Iterator[Found]:
    """More assistance is named than the laws that could stop it reach."""
    for request in q.requests:
        if request.measure not in ASSISTANCE_MEASURES:
            continue
        words = request.passage.exact if request.passage else ""
        broad = _broad(" ".join(f"{words} {request.target_words or ''}".split()))
        if broad is None:
            continue
        hooks = [a for a in (q.laws(request) or q.candidates(request)) if a.assistance]
        reach = {a.short: a.assistance for a in hooks if a.assistance}
        outside = list(dict.fromkeys(o for of in reach.values() for o in of.outside))
        named = joined([a.short for a in hooks])
        if not q.laws(request):
            named = "the laws that could stop it"
        beyond = joined(outside[:4]) if outside else "humanitarian and other aid"
        lines = _chosen(q, request)
        yield Found(
            message=f"“{broad}” includes what {named} do not stop: {beyond}."
            + (f" The lines that were chosen are of {joined(lines)}." if lines else ""),
            where=request.id,
            hint="Name the programmes, or ask under each law for what it reaches: "
            + "; ".join(f"{short}: {of.reaches.rstrip('.')}" for short, of in reach.items())
            + "."
            if hooks
            else None,
        )


def _chosen(q: Asked, request: Request) -> list[str]:
    """The programs and accounts of the lines that were chosen of the target's assistance."""
    target = q.target(request)
    named = [
        f.program or f.account or "sums for the country"
        for f in q.case.flows.values()
        if target and f.country == target.country and q.stands(f.id)
    ]
    return sorted(set(named))


def _broad(words: str) -> str | None:
    """The words that ask for all assistance; None where they keep to that for forces."""
    for match in _ALL.finditer(words):
        between = match["between"]
        if _WIDE.search(between) or not _NARROW.search(between):
            return match[0]
    return None


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
