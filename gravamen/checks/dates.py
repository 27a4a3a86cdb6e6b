"""Checks of dates: days that cannot be, and posts that do not cover the acts."""

from collections.abc import Iterator
from functools import lru_cache

from gravamen.checks.asked import Asked, joined
from gravamen.checks.flag import Found, check
from gravamen.checks.sources import accused, proofs
from gravamen.claims import Allegation, Claim
from gravamen.dates import DateError, Span, overlap, span, spell
from gravamen.parties import Party, Post
from gravamen.reading.dates import find_dates
from gravamen.reading.laws import find_laws
from gravamen.reading.spans import Spans
from gravamen.reading.text import Document
from gravamen.values import Value

# What is said of a time no longer than this is one day of it; of a longer time, both its ends.
_ONE_EVENT_DAYS = 31
_ANSWERABLE = ("alleged-perpetrator", "commander", "official")


@check("blocks", remedy="Correct the date from its source.")
def date_impossible(q: Asked) -> Iterator[Found]:
    """A date is no day of the calendar, lies in the future, or comes before what it follows."""
    for where, what, edtf in _dates(q):
        try:
            days = span(edtf)
        except DateError as error:
            yield Found(message=f"{what}: {error}", where=where)
            continue
        if days.first and days.first > q.on:
            yield Found(
                message=f"{what} is {spell(edtf)}, after the day of the request "
                f"({spell(q.on.isoformat())}).",
                where=where,
                severity="warning" if where in q.case.sources else None,
            )
    yield from _out_of_order(q)


def _dates(q: Asked) -> Iterator[tuple[str, str, str]]:
    """Every date of the case that lies in the past when all is well: place, name, date."""
    told: list[tuple[str, str, str | None]] = [
        *((a.id, f"The date of allegation {a.id}", a.date) for a in q.allegations),
        *((c.id, f"The day on which claim {c.id} was said", c.said_on) for c in q.claims),
        *((k.id, f"The day of consent {k.id}", k.on) for k in q.case.consents.values()),
        *((s.id, f"The day of search {s.id}", s.on) for s in q.case.searches.values()),
    ]
    for source in q.case.sources.values():
        told.append((source.id, f"The publication date of {source.id}", source.published))
    for party in q.case.parties.values():
        told.append((party.id, f"The birth of {party.name}", party.born))
        for post in party.posts:
            of = f"of the post {post.title!r} of {party.name}"
            told.append((party.id, f"The start {of}", post.start))
            told.append((party.id, f"The end {of}", post.end))
    for where, what, edtf in told:
        if edtf not in (None, "", ".."):
            yield where, what, str(edtf)


def _out_of_order(q: Asked) -> Iterator[Found]:
    """Dates that are each possible, and not together."""
    for party in q.case.parties.values():
        born = _read(party.born)
        for post in party.posts:
            start, end = _read(post.start), _read(post.end)
            if start and end and start.first and end.last and end.last < start.first:
                yield Found(
                    message=f"The post {post.title!r} of {party.name} ends ({post.end}) before it "
                    f"begins ({post.start}).",
                    where=party.id,
                )
            if born and born.first and end and end.last and end.last < born.first:
                yield Found(
                    message=f"The post {post.title!r} of {party.name} ended ({post.end}) before "
                    f"the birth ({party.born}).",
                    where=party.id,
                )
    for allegation in q.allegations:
        yield from _before_birth(q, allegation)
        yield from _before_the_act(q, allegation)


def _before_birth(q: Asked, allegation: Allegation) -> Iterator[Found]:
    act = _read(allegation.date)
    for role in allegation.roles:
        party = q.case.parties.get(role.party or "")
        born = _read(party.born) if party else None
        if party and act and act.last and born and born.first and act.last < born.first:
            yield Found(
                message=f"Allegation {allegation.id} is of {allegation.date}, before the birth of "
                f"{party.name} ({party.born}).",
                where=allegation.id,
            )


def _before_the_act(q: Asked, allegation: Allegation) -> Iterator[Found]:
    """Claims that were made, or printed, before what they say had happened."""
    act = _read(allegation.date)
    if allegation.kind not in ("act", "figure") or act is None or act.first is None:
        return
    for claim in q.affirming(allegation):
        when = claim.said_on or q.case.sources[claim.passage.source].published
        said = _read(when)
        if said and said.last and said.last < act.first and not (act.fuzzy or said.fuzzy):
            yield Found(
                message=f"Claim {claim.id} is of {spell(when or '')}, before what it says "
                f"happened ({spell(allegation.date or '')}).",
                where=claim.id,
            )


def in_words(edtf: str) -> str:
    """Return a date in words, and what is no date as it stands."""
    try:
        return spell(edtf)
    except DateError:
        return f"{edtf!r}, which is no date"


def _read(edtf: str | None) -> Span | None:
    """The days a date may mean; None where it is open, unknown or no date (that is said above)."""
    if edtf in (None, "", ".."):
        return None
    try:
        return span(edtf or "")
    except DateError:
        return None


@check(
    "warning",
    remedy="Find who held the post on that day, or a source that dates the act or the post better.",
)
def tenure_outside_acts(q: Asked) -> Iterator[Found]:
    """Somebody is held answerable for an act by a post that did not cover its day."""
    for allegation in q.allegations:
        if not allegation.date or allegation.kind != "act" or _read(allegation.date) is None:
            continue
        for role in allegation.roles:
            party = q.case.parties.get(role.party or "")
            if party is None or party.kind != "person" or role.kind not in _ANSWERABLE:
                continue
            if party.posts and all(_outside(post, allegation.date) for post in party.posts):
                held = "; ".join(_held(q, post) for post in party.posts)
                yield Found(
                    message=f"{party.name} held {held}; the act of allegation {allegation.id} is "
                    f"of {spell(allegation.date)}.",
                    where=f"{allegation.id}, {party.id}",
                )


def _outside(post: Post, when: str) -> bool:
    try:
        return overlap(post.start, post.end, when) == "no"
    except DateError:
        return False  # said by date-impossible


def _held(q: Asked, post: Post) -> str:
    body: Party | None = q.case.parties.get(post.body)
    named = body.name if body else post.body
    start = spell(post.start) if _read(post.start) and post.start else "a day not known"
    end = "now" if post.end == ".." else spell(post.end) if post.end else "a day not known"
    return f"the post of {post.title}, {named}, from {start} to {end}"


class _Dated(Value):
    """A date of a party: the fact that it belongs to, which end of it, and how a flag names it."""

    fact: str
    end: bool
    words: str
    edtf: str


@check("blocks", remedy="Correct the date, or the claim that serves it.")
def date_differs_from_claim(q: Asked) -> Iterator[Found]:
    """A birth or the time of a post is not the one that the claims behind it give."""
    for party in accused(q):
        dated = [d for d in _recorded(party) if _read(d.edtf) is not None]
        for recorded in dated:
            told = [
                (date, claim)
                for claim in proofs(q, party, recorded.fact, named=True)
                for date in _told(claim)
            ]
            if any(_agree(recorded, date) for date, _ in told):
                continue
            against = [
                (side, claim)
                for date, claim in told
                if (side := _side(recorded, date))
                and not _explained(party, claim, side, recorded, dated)
            ]
            if against:
                days = joined(list(dict.fromkeys(spell(date) for date, _ in against)), "or")
                ids = list(dict.fromkeys(claim.id for _, claim in against))
                yield Found(
                    message=f"{recorded.words} of {party.name} is recorded as "
                    f"{spell(recorded.edtf)}; {joined(ids)} {'has' if len(ids) == 1 else 'have'} "
                    f"{days}.",
                    where=f"{party.id}, {ids[0]}",
                    # A source of some day in a post need not be one of its first day.
                    severity=None if recorded.fact == "birth" else "warning",
                )


def _recorded(party: Party) -> Iterator[_Dated]:
    if party.born:
        yield _Dated(fact="birth", end=False, words="The birth", edtf=party.born)
    for n, post in enumerate(party.posts, 1):
        of = f"of the post {post.title!r}"
        fact = f"post:{party.id}/{n}"
        if post.start:
            yield _Dated(fact=fact, end=False, words=f"The start {of}", edtf=post.start)
        if post.end:
            yield _Dated(fact=fact, end=True, words=f"The end {of}", edtf=post.end)


def _told(claim: Claim) -> list[str]:
    """The dates that a claim gives, in the words of its source and in translation."""
    return [date for words in (claim.passage.exact, claim.translation) for date in _in(words or "")]


@lru_cache(maxsize=1024)
def _in(words: str) -> tuple[str, ...]:
    """The dates in some words, each reading of them; what lacks its year is none."""
    document = Document(words)
    dates = find_dates(document, Spans(find_laws(document)))
    readings = [reading for date in dates for reading in (date.edtf or "").split("|")]
    return tuple(reading for reading in readings if _read(reading) is not None)


def _side(recorded: _Dated, told: str) -> str | None:
    """The part of a date that can speak of a beginning, or of an end; None where none can."""
    days = span(told)
    if "/" not in told:
        return told
    if days.first and days.last and (days.last - days.first).days <= _ONE_EVENT_DAYS:
        return told
    start, _, end = told.partition("/")
    side = end if recorded.end else start
    return side if side not in ("", "..") else None


def _agree(recorded: _Dated, told: str) -> bool:
    side = _side(recorded, told)
    return side is not None and overlap(recorded.edtf, recorded.edtf, side) != "no"


def _explained(
    party: Party, claim: Claim, told: str, recorded: _Dated, dated: list[_Dated]
) -> bool:
    """Whether a date of a claim is that of something else which the claim proves as well."""
    posts = {f"post:{party.id}/{n}": post.claims for n, post in enumerate(party.posts, 1)}
    return any(
        _agree(other, told)
        for other in dated
        if other is not recorded
        and (other.fact in claim.serves or claim.id in posts.get(other.fact, ()))
    )
