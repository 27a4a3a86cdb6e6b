"""Checks of dates: days that cannot be, and posts that do not cover the acts."""

from collections.abc import Iterator

from gravamen.checks.asked import Asked
from gravamen.checks.flag import Found, check
from gravamen.claims import Allegation
from gravamen.dates import DateError, Span, overlap, span, spell
from gravamen.parties import Party, Post

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
