"""Checks of dossiers: whom they name, what ties them to the acts, how old these are."""

from collections.abc import Iterator

from gravamen.checks.asked import Asked, joined
from gravamen.checks.flag import Found, check
from gravamen.checks.regimes import acts_of
from gravamen.claims import Allegation
from gravamen.dates import DateError, span, spell
from gravamen.findings.standing import ACCUSING
from gravamen.law.authority import Authority
from gravamen.parties import Party, Post
from gravamen.sentences import Instrument
from gravamen.vocabulary import Act, RoleKind

OLD_YEARS, VERY_OLD_YEARS = 5, 10
# Roles in which somebody did a thing, and acts that are the doing of whoever is named for them.
_DOING: tuple[RoleKind, ...] = ("alleged-perpetrator", "supplier", "investigator", "beneficiary")
_OWN_ACTS: tuple[Act, ...] = ("command", "support", "failure-to-investigate", "corruption")
_BY_POST = ("entity-act", "tenure")  # rules of elements that a leader meets by the post


def _persons(q: Asked) -> Iterator[tuple[Instrument, Party]]:
    """The dossiers that are about a person, with the person."""
    for dossier in q.dossiers:
        party = q.subject(dossier)
        if party is not None and party.kind == "person":
            yield dossier, party


@check(
    "blocks",
    of=("instruments",),
    remedy="Find at least the year of birth and the claim that proves it, or record where you "
    "looked (a search of topic “identity”).",
)
def birth_unknown(q: Asked) -> Iterator[Found]:
    """A dossier gives no date or year of birth, so that a namesake may be reached."""
    for dossier, person in _persons(q):
        if person.born:
            continue
        looked = _searched(q, person, "identity")
        yield Found(
            message=f"No date or year of birth of {person.name} is recorded"
            f"{'; a search for it is' if looked else ''}.",
            where=f"{person.id} of {dossier.id}",
            instrument=dossier.id,
            severity="warning" if looked else None,
        )


def _searched(q: Asked, party: Party, topic: str) -> bool:
    """Whether a search on a topic is recorded for a party."""
    return any(
        s.topic == topic and s.party == party.id and q.stands(s.id)
        for s in q.case.searches.values()
    )


@check(
    "blocks",
    of=("instruments",),
    remedy="Find from when to when, as exactly as a source tells, and the claim that proves it.",
)
def post_undated(q: Asked) -> Iterator[Found]:
    """A dossier names a post without the time in which it was held."""
    for dossier, person in _persons(q):
        bare = [p for p in person.posts if not _dated(p)]
        if bare:
            titles = joined([f"{p.title!r}" for p in bare])
            yield Found(
                message=f"{person.name}: the post{'s' if len(bare) > 1 else ''} {titles} "
                f"{'have' if len(bare) > 1 else 'has'} no dates.",
                where=f"{person.id} of {dossier.id}",
                instrument=dossier.id,
                severity="warning" if len(bare) < len(person.posts) else None,
            )


def _dated(post: Post) -> bool:
    return any(d not in (None, "", "..") for d in (post.start, post.end))


@check(
    "blocks",
    of=("instruments",),
    remedy="Find what the person did, ordered, knew or failed to stop, and who says so.",
)
def link_by_rank_only(q: Asked) -> Iterator[Found]:
    """Nothing ties a person to the acts but the post that they held."""
    for dossier, person in _persons(q):
        acts = acts_of(q, person)
        if not acts or any(_own_doing(q, person, a) for a in acts) or _served(q, person, acts):
            continue
        leading = [a for a in q.laws_of(dossier) if _by_post(q, a)]
        posts = joined([p.title for p in person.posts]) if person.posts else "the command"
        yield Found(
            message=f"Nothing ties {person.name} to {joined([a.id for a in acts])} but the post "
            f"({posts}).",
            where=dossier.id,
            instrument=dossier.id,
            severity="warning" if leading else None,
            hint=f"{joined([a.short for a in leading])} can reach a leader by the post alone; a "
            "desk asks all the same what the person did, knew or failed to stop."
            if leading
            else None,
        )


def _own_doing(q: Asked, person: Party, act: Allegation) -> bool:
    """Whether an act is laid to the person by what they did, and not by what they were."""
    roles = [r for r in act.roles if r.party == person.id and r.kind in (*ACCUSING, *_DOING)]
    return any(r.kind in _DOING or act.act in _OWN_ACTS for r in roles)


def _served(q: Asked, person: Party, acts: list[Allegation]) -> bool:
    """Whether a claim says of itself that it bears on what the person did."""
    own = [a.id for a in acts if any(r.party == person.id for r in a.roles)]
    claims = [c for id in (person.id, *own) for c in q.claims_about(id) if c.stance == "affirms"]
    served = (q.law.elements.get(id) for c in claims for id in c.serves)
    return any(e is not None and e.rule in ("claims", "role") for e in served)


def _by_post(q: Asked, authority: Authority) -> bool:
    """Whether a law has a prong, not for corruption, that a leader meets by the post."""
    elements = (
        q.law.elements.get(id) for p in authority.prongs if not p.corruption for id in p.all_of
    )
    return any(e is not None and e.rule in _BY_POST for e in elements)


@check(
    "warning",
    of=("instruments",),
    remedy="Say why it still matters: a pattern, a post still held; or find later acts.",
)
def acts_old(q: Asked) -> Iterator[Found]:
    """The latest act that a dossier alleges is more than five years old."""
    for dossier in q.dossiers:
        party = q.subject(dossier)
        dated = [d for a in acts_of(q, party) if (d := _last_day(a))] if party else []
        if party is None or not dated:
            continue
        last, edtf = max(dated)
        years = q.on.year - last[0] - ((q.on.month, q.on.day) < last[1:])
        if years < OLD_YEARS:
            continue
        held = any(p.end == ".." for p in party.posts)
        yield Found(
            message=f"The latest act laid to {party.name} is of {spell(edtf)}, {years} years "
            "before this."
            + (" Few are listed for acts as old as that." if years >= VERY_OLD_YEARS else "")
            + (" A post is still held." if held else ""),
            where=dossier.id,
            instrument=dossier.id,
            hint="No law sets a limit; guides ask for the last five years, and older acts only "
            "with a pattern that goes on or a post still held."
            if years < VERY_OLD_YEARS
            else "No law sets a limit; but a desk will ask first why this comes now. Say so, or "
            "find later acts.",
        )


def _last_day(act: Allegation) -> tuple[tuple[int, int, int], str] | None:
    """The last day that the date of an act may mean, and the date."""
    try:
        last = span(act.date or "").last
    except DateError:
        return None
    return ((last.year, last.month, last.day), act.date or "") if last else None


@check(
    "warning",
    of=("instruments",),
    remedy="Say who you are, why you know, who pays for the work, and what interest you have.",
)
def submitter_undisclosed(q: Asked) -> Iterator[Found]:
    """A dossier does not say who submits it, or who funds them and what interest they have."""
    about = q.case.requester.about if q.case.requester else None
    for dossier in q.dossiers:
        if about is None:
            yield Found(
                message=f"Nothing says who submits {dossier.id}: by what mandate, why they know, "
                "who funds them.",
                where="requester, about",
                instrument=dossier.id,
            )
        elif not (about.interests or "").strip():
            yield Found(
                message=f"{dossier.id} does not say who funds {q.requester_name}, or what "
                "interest of its own it has in the matter.",
                where="requester, about, interests",
                instrument=dossier.id,
                severity="note",
            )


@check(
    "draft",
    of=("instruments",),
    remedy="Add the request, so that the motion asks it too, or leave this dossier unsent.",
)
def not_asked(q: Asked) -> Iterator[Found]:
    """A dossier of a body that votes asks for what no request of the case asks."""
    if q.case.requester is None or q.case.requester.kind in ("ngo", "person"):
        return
    for dossier in q.dossiers:
        laws = {a.id for a in q.law.authorities.values() if a.jurisdiction == dossier.regime}
        if not any(r.target == dossier.party and r.authority in laws for r in q.requests):
            yield Found(
                message=f"No request of the case asks for what {dossier.id} recommends; the body "
                "would sign what it has not resolved.",
                where=dossier.id,
                instrument=dossier.id,
            )
