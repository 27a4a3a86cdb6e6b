"""Checks of the law: which power is named, whether it is current, checked, and fits the facts."""

import re
from collections.abc import Iterator

import msgspec

from gravamen.checks.asked import (
    ASSISTANCE_MEASURES,
    LEGAL_MEASURES,
    Asked,
    abroad,
    joined,
    whole_words,
)
from gravamen.checks.assistance import lines_of
from gravamen.checks.flag import Found, check
from gravamen.dates import spell
from gravamen.findings.choose import needed
from gravamen.findings.finding import Finding
from gravamen.findings.weigh import weigh
from gravamen.law.authority import Authority, Clock, Element, Prong
from gravamen.law.scope import concerns
from gravamen.law.waivers import edition_on, in_force, waiver_state
from gravamen.parties import Party
from gravamen.requests import Request

_YEARLY = re.compile(
    r"(?:\bFY\s?|\bfiscal year\s+|\bAppropriations Act(?:,|\s+of)?\s+)(?P<year>(?:19|20)\d\d)",
    re.IGNORECASE,
)
_ANY_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_NUMBER_WORDS = {
    "seven": 7, "ten": 10, "fourteen": 14, "fifteen": 15, "twenty": 20, "thirty": 30,
    "forty-five": 45, "sixty": 60, "ninety": 90,
    "one hundred and twenty": 120, "one hundred twenty": 120,
}  # fmt: skip
_DAYS = (
    rf"(?P<n>\d{{1,3}}|{'|'.join(sorted(_NUMBER_WORDS, key=len, reverse=True))})[\s-]+"
    r"(?:calendar[\s-]+|working[\s-]+|business[\s-]+)?days?"
)
_MUST = re.compile(
    r"\b(?:must|shall|is\s+required|are\s+required|is\s+obliged|are\s+obliged|has\s+until|have\s+until"
    rf"|legally|by\s+law|statutory)\b[^.;]{{0,120}}?\b(?:within\s+|in\s+)?{_DAYS}",
    re.IGNORECASE,
)
_DUE = re.compile(
    r"\b(?:answer|reply|response|determination|report)s?\s+(?:is|are|falls?)\s+(?:legally\s+)?due\s+"
    rf"(?:by|on|within)\s+(?:{_DAYS}|(?P<day>[^.;,]{{3,30}}))",
    re.IGNORECASE,
)
_ADDRESSED = re.compile(
    r"\b(?:you|your|president|secretary|administration|congress|government|minister|department"
    r"|treasury|committee|office|answer|reply|response)\b",
    re.IGNORECASE,
)
_ANSWER = re.compile(r"\b(?:answer|repl(?:y|ies)|respon(?:d|se))", re.IGNORECASE)
_STARTED = re.compile(
    r"\b(?:committee|chair\w*|ranking member|joint resolution|resolution of either house"
    r"|starts? no deadline|no deadline)\b",
    re.IGNORECASE,
)


@check("blocks", remedy="Name the law, its provision and the prong.")
def authority_not_named(q: Asked) -> Iterator[Found]:
    """A measure is asked for and no law is named under which it could be taken.

    Of assistance whose lines were chosen, the laws are those that reach these lines, and the letter
    names them; a text that asks in its own words is still asked for the law.
    """
    for request in q.requests:
        if request.authority or request.authority_words or request.measure not in LEGAL_MEASURES:
            continue
        if request.passage is None and lines_of(q, request):
            continue
        candidates = q.candidates(request)
        if not candidates:
            continue
        named = [f"{a.short} ({a.cite})" for a in candidates]
        yield Found(
            message=f"No law is named for request {request.id} ({_measure(request)}, against "
            f"{q.target_words(request)}).",
            where=request.id,
            hint=f"Name the law: the law data know {joined(named)} for this measure.",
        )


@check("warning", remedy="Check the name; where the law is right, add it to the law data.")
def authority_unknown(q: Asked) -> Iterator[Found]:
    """A law is named that the law data do not know: it is kept as written, and not assessed."""
    for request in q.requests:
        for name in _unknown(q, request):
            yield Found(
                message=f"“{name}” is not in the law data: it is kept as written, and whether it "
                "reaches what is asked is not assessed.",
                where=request.id,
            )


def _unknown(q: Asked, request: Request) -> list[str]:
    """The laws that a request names and the law data lack, in its words where it has any."""
    unknown: list[str] = []
    pieces = [w.strip() for w in (request.authority_words or "").split(";") if w.strip()]
    for piece in pieces:
        read = q.laws_read(piece)
        unknown += [f.text for f in read if f.authority not in q.law.authorities]
        if not read and not (len(pieces) == 1 and request.authority in q.law.authorities):
            unknown.append(piece)
    if request.authority and request.authority not in q.law.authorities and not unknown:
        unknown.append(request.authority)
    return list(dict.fromkeys(unknown))


@check("warning", remedy="Name a law that was in force on that day.")
def authority_not_in_force(q: Asked) -> Iterator[Found]:
    """A law is named that is not in force on the day of the request."""
    for request in q.requests:
        for authority in q.laws(request):
            if in_force(authority, q.on):
                continue
            ended = authority.effective_to
            when = (
                f"ended on {spell(ended.isoformat())}"
                if ended and ended < q.on
                else f"begins on {spell(authority.effective_from.isoformat())}"
            )
            yield Found(
                message=f"{authority.short} ({authority.cite}) is not in force on "
                f"{spell(q.on.isoformat())}: it {when}.",
                where=request.id,
            )


@check("draft", of=("case", "instruments"), remedy="Have it checked against the text, or drop it.")
def authority_needs_review(q: Asked) -> Iterator[Found]:
    """A request leans on law that nobody has yet checked against its text."""
    if q.instruments:
        yield from _leaning_sentences(q)
        return
    named = dict.fromkeys(a.id for r in q.requests for a in q.laws(r))
    for id in named:
        authority = q.law.authorities[id]
        parts = [authority] if authority.needs_review else []
        prongs = [p for p in authority.prongs if p.needs_review and _prong_used(q, p)]
        for part in (*parts, *prongs):
            yield Found(
                message=f"{authority.short}: {part.cite} rests on unchecked text ({part.mark}).",
                where=", ".join(r.id for r in q.requests if authority in q.laws(r)),
            )


def _prong_used(q: Asked, prong: Prong) -> bool:
    return any(r.prong == prong.id for r in q.requests)


def _leaning_sentences(q: Asked) -> Iterator[Found]:
    leaning: dict[tuple[str, str | None], list[str]] = {}
    for p in q.outgoing:
        if p.sentence.needs_review:
            leaning.setdefault((p.instrument.id, p.sentence.authority), []).append(p.sentence.id)
    for (instrument, id), sentences in leaning.items():
        authority = q.law.authorities.get(id or "")
        named = f"{authority.short} ({authority.cite})" if authority else "the law"
        n = len(sentences)
        yield Found(
            message=f"{n} sentence{' leans' if n == 1 else 's lean'} on a point of {named} that "
            "nobody has checked against its text.",
            where=f"{', '.join(sentences)} of {instrument}",
            instrument=instrument,
        )


@check("warning", of=("case", "instruments"), remedy="Cite the edition that is in force.")
def citation_year_stale(q: Asked) -> Iterator[Found]:
    """A law that is enacted anew each year is cited by another year's act."""
    yearly = [(a, whole_words(a.names)) for a in q.law.authorities.values() if a.editions]
    for where, text, instrument in _texts(q):
        if not _YEARLY.search(text):
            continue
        for authority, names in yearly:
            if not names.search(text):
                continue
            edition = edition_on(authority, q.on)
            current = f"{edition.name} ({edition.cite})" if edition else "none that is on file"
            right = _ANY_YEAR.findall(current)
            for cited in dict.fromkeys(m["year"] for m in _YEARLY.finditer(text)):
                if cited not in right:
                    yield Found(
                        message=f"{authority.short} is cited by the act of {cited}; in force on "
                        f"{spell(q.on.isoformat())}: {current}.",
                        where=where,
                        instrument=instrument,
                    )


def _texts(q: Asked) -> Iterator[tuple[str, str, str | None]]:
    """The sentences that may cite a law: of the text and the requests, or of the instruments."""
    if q.instruments:
        for p in q.outgoing:
            yield p.where, p.sentence.text, p.instrument.id
        return
    for stretch in q.motion:
        yield stretch.where, stretch.text, None
    for request in q.requests:
        if request.authority_words and q.motion_sentence(request.passage) is None:
            yield request.id, request.authority_words, None


@check("note", remedy="Send a copy to those who can start it, and say what they would have to do.")
def no_clock_started(q: Asked) -> Iterator[Found]:
    """The request starts no deadline in law for an answer."""
    if not q.requests:
        return
    asked: dict[str, list[str]] = {}
    here = [r for r in q.requests if not abroad(q.case, r)]
    if not here:
        return
    for request in here:
        for authority in q.laws(request) or q.candidates(request):
            asked.setdefault(authority.id, []).append(request.id)
    clocks = [c for c in q.law.clocks.values() if c.starters and c.authority in asked]
    clocks = [c for c in clocks if c.starters and not _is_starter(q, c)]
    addressed = {id for r in q.requests for id in r.addressees}
    copied = {c.office for c in q.case.requester.copies} if q.case.requester else set()
    left = [c for c in clocks if not set(c.starters) & (addressed | copied)]
    for clock in left:
        yield Found(
            message=f"This starts no deadline in law. {_who_starts(q, clock)} could "
            f"start one, under {clock.cite}: it runs from {clock.start.rstrip('.')}"
            f"{_how_long(q, clock)}.",
            where=", ".join(dict.fromkeys(asked[clock.authority or ""])),
        )
    if not any(c.starters and c.authority in asked for c in q.law.clocks.values()):
        yield Found(
            message="This starts no deadline in law, and the laws that it names or could name "
            "know none that anybody could start.",
            where=", ".join(r.id for r in here),
            hint="Write “we ask for an answer by” with a date of your own choice.",
        )


def _is_starter(q: Asked, clock: Clock) -> bool:
    """Whether the body that asks is itself one of those who can start a clock."""
    own = q.case.requester.name.casefold() if q.case.requester else ""
    offices = (q.law.offices[id] for id in clock.starters if id in q.law.offices)
    return not clock.joint and any(
        own == name.casefold() for o in offices for name in (o.title, *o.names)
    )


def _who_starts(q: Asked, clock: Clock) -> str:
    titles = [q.law.offices[id].title if id in q.law.offices else id for id in clock.starters]
    named = joined([f"the {t}" if not t.startswith(("the ", "The ")) else t for t in titles], "or")
    if clock.joint:
        return f"Chairperson and ranking member, jointly, of {named}"
    return named[:1].upper() + named[1:]


def _how_long(q: Asked, clock: Clock) -> str:
    if clock.days is None:
        return ""
    days = f"{clock.days} {'working ' if clock.counted == 'working' else ''}days"
    if clock.must_act not in q.law.offices:
        return f", and lasts {days}"
    return f", and the {q.law.offices[clock.must_act].title} then has {days}"


@check(
    "blocks",
    of=("case", "instruments"),
    remedy="Write “we ask for an answer by” with a date of your own choice.",
)
def clock_claimed_not_in_law(q: Asked) -> Iterator[Found]:
    """The text says that an answer is due by law, and no rule in the law data says so."""
    for where, text, instrument in _texts(q):
        if not _ADDRESSED.search(text):
            continue
        for match in (*_MUST.finditer(text), *_DUE.finditer(text)):
            wrong = _misclaimed(q, text, _days(match["n"]) if match["n"] else None)
            if wrong:
                yield Found(
                    message=f"The text says that an answer is due "
                    f"(“{' '.join(match[0].split())}”); {wrong}.",
                    where=where,
                    instrument=instrument,
                )


def _misclaimed(q: Asked, text: str, days: int | None) -> str | None:
    """What is wrong with a deadline of so many days; None where a law at hand sets it."""
    alike = [c for c in q.law.clocks.values() if days is not None and c.days == days]
    if alike and _STARTED.search(text):
        return None
    named = {a.id for r in q.requests for a in q.laws(r)}
    named |= {found.authority for found in q.laws_read(text) if found.authority}
    at_hand = [c for c in alike if c.authority in named]
    if any(not c.starters for c in at_hand) and not _ANSWER.search(text):
        return None  # a report that some other event makes due, and no answer to anybody
    at_hand = [c for c in at_hand if c.starters]
    if not at_hand:
        return "no rule of the laws that are named says so"
    who = "; or ".join(_who_starts(q, c) for c in at_hand)
    return f"that time runs only when somebody else starts it: {who}"


def _days(words: str) -> int:
    plain = " ".join(words.split()).casefold()
    return _NUMBER_WORDS.get(plain) or int(plain)


@check("warning", remedy="Ask under the law that does not ask this, or find what shows it.")
def wrong_prong_for_victims(q: Asked) -> Iterator[Found]:
    """The law that is named asks who the victims were, and nothing says that they were that."""
    for request in q.requests:
        for authority in q.laws(request):
            prong, element = _victims_asked(q, authority, request)
            if prong is None or element is None or _victims_claimed(q, request, element):
                continue
            others = [a.short for a in _without_victims(q, request, authority)]
            yield Found(
                message=f"{authority.short} ({prong.cite}) asks: {element.test.rstrip('.?')}? No "
                "allegation says that of its victims.",
                where=request.id,
                hint=f"Ask under {joined(others, 'or')}, which does not ask this, or find what "
                "shows it."
                if others
                else f"Find what shows it, and record it as a claim that serves {element.id}.",
            )


def _victims_asked(
    q: Asked, authority: Authority, request: Request
) -> tuple[Prong | None, Element | None]:
    """The prong that a request would use and its element about victims, if it has one: the one
    it names, else one that already stands, else the first that is not for corruption."""
    target = q.target(request)
    lacking = _lacking(q.findings, authority, target.id) if target else {}
    prongs = [p for p in authority.prongs if p.id == request.prong] if request.prong else []
    prongs = prongs or [p for p in authority.prongs if lacking.get(p.id) == []]
    prongs = prongs or [p for p in authority.prongs if not p.corruption]
    for prong in prongs[:1]:
        for id in prong.all_of:
            element = q.law.elements.get(id)
            if element and element.rule == "victims":
                return prong, element
    return None, None


def _victims_claimed(q: Asked, request: Request, element: Element) -> bool:
    """Whether some act, or a claim's own word, bears out that the victims were of the kind; true
    where no act is alleged at all, for then there is nothing to say it of."""
    target = q.target(request)
    acts = [a for a in q.allegations if a.kind == "act"]
    number = q.motion_sentence(request.passage)
    if request.passage and number is not None:  # the acts that the request itself speaks of
        place = (request.passage.source, number)
        acts = [a for a in acts if q.stated_in(a) == place] or acts
    if target and target.kind not in ("government",):
        acts = [a for a in acts if any(r.party == target.id for r in a.roles)] or acts
    if not acts or any(set(a.victims) & set(element.victims) for a in acts):
        return True
    return any(element.id in c.serves for a in acts for c in q.claims_about(a.id))


def _without_victims(q: Asked, request: Request, named: Authority) -> list[Authority]:
    return [
        a
        for a in q.candidates(request)
        if a.id != named.id
        and a.kind == named.kind
        and any(not p.corruption for p in a.prongs)
        and _victims_asked(q, a, request)[1] is None
    ]


@check("warning", of=("case", "instruments"), remedy="Find and record what would close the gap.")
def element_unsupported(q: Asked) -> Iterator[Found]:
    """Nothing in the record supports something that the law asks."""
    if q.instruments:
        yield from _unsupported_in_dossiers(q)
        return
    for request in q.requests:
        target = q.target(request)
        if target is None:
            continue
        for authority in q.laws(request):
            for finding in _missing(q.findings, request.prong, authority, target.id):
                yield _unsupported(q, finding, target, authority, request.id)


def _unsupported_in_dossiers(q: Asked) -> Iterator[Found]:
    """What the record lacks under the laws that a dossier is written for, where no request of the
    case has it told already."""
    told = {(t.id, a.id) for r in q.requests if (t := q.target(r)) for a in q.laws(r)}
    for dossier in q.dossiers:
        party = q.subject(dossier)
        laws = [a for a in q.laws_of(dossier) if in_force(a, q.on)] if party else []
        left = [a for a in laws if party and (party.id, a.id) not in told]
        if party is None or not left:
            continue
        found = weigh(q.case, q.law, on=q.on, authorities=[a.id for a in laws], parties=[party.id])
        lacking = {a.id: _missing(found, None, a, party.id) for a in laws}
        if not all(lacking.values()):
            continue  # under one of them, nothing is missing
        for authority in left:
            for finding in lacking[authority.id]:
                flag = _unsupported(q, finding, party, authority, dossier.id)
                yield msgspec.structs.replace(flag, instrument=dossier.id)


def _unsupported(
    q: Asked, finding: Finding, party: Party, authority: Authority, where: str
) -> Found:
    element = q.law.elements.get(finding.element)
    asks = element.test.rstrip(".") if element else finding.element
    return Found(
        message=f"Nothing in the record supports, for {party.name} under {authority.short}: {asks}",
        where=f"{where}, {finding.prong}, {finding.element}",
        hint=finding.gap,
    )


def _missing(
    findings: tuple[Finding, ...], prong: str | None, authority: Authority, party: str
) -> list[Finding]:
    """The missing elements of a prong where one is chosen, else of the one nearest to whole."""
    lacking = _lacking(findings, authority, party)
    if prong in lacking:
        return lacking[prong]
    return min(lacking.values(), key=len, default=[])


def _lacking(
    findings: tuple[Finding, ...], authority: Authority, party: str
) -> dict[str, list[Finding]]:
    """What each weighed prong of an authority lacks for a party, of what it hangs on."""
    by_prong: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.party == party and finding.authority == authority.id:
            by_prong.setdefault(finding.prong, []).append(finding)
    prongs = {p.id: p for p in authority.prongs}
    return {
        id: [f for f in needed(prongs[id], found) if f.state == "missing"]
        for id, found in by_prong.items()
    }


@check("warning", remedy="Say so in the request, and cite it.")
def already_barred_or_waived_on_date(q: Asked) -> Iterator[Found]:
    """On the day of the request a bar on this assistance is already in force, waived or unknown."""
    for request in q.requests:
        if request.measure not in ASSISTANCE_MEASURES:
            continue
        for authority in _barring(q, request):
            state = waiver_state(authority, q.on)
            yield Found(message=state.sentence, where=request.id)


def _barring(q: Asked, request: Request) -> list[Authority]:
    """The laws with a dated bar or waiver that a request names, or that concern its target."""
    target = q.target(request)
    named = q.laws(request)
    return [
        a
        for a in q.law.authorities.values()
        if a.waiver
        and a.waiver.steps
        and (a in named or (a.countries and target and concerns(a, target.country)))
    ]


def _measure(request: Request) -> str:
    return request.measure.replace("-", " ")
