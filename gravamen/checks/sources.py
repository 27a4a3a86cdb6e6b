"""Checks of what the case rests on: sources, their origins, what speaks against."""

from collections.abc import Iterator

from gravamen.checks.asked import Asked, joined
from gravamen.checks.flag import Found, check
from gravamen.claims import Allegation, Claim, independent_origins
from gravamen.parties import Party


@check("blocks", remedy="Capture the source and record who says it there, or drop the statement.")
def no_source(q: Asked) -> Iterator[Found]:
    """Something is stated that no preserved source bears out."""
    for claim in q.claims:
        if claim.passage.source not in q.case.sources:
            yield Found(
                message=f"Claim {claim.id} rests on {claim.passage.source!r}, which is not a "
                "source of this case.",
                where=claim.id,
            )
    for allegation in q.allegations:
        if not q.claims_about(allegation.id):
            yield Found(
                message=f"No claim bears on allegation {allegation.id}: {_brief(q, allegation)}",
                where=allegation.id,
            )


@check("blocks", remedy="Reject the claim, or erase it as well.")
def source_erased(q: Asked) -> Iterator[Found]:
    """A claim stands whose source was erased, so that nobody can look up its words."""
    erased = {e.target for e in q.case.erasures}
    for claim in q.claims:
        source = claim.passage.source
        if claim.withdrawn is not None or source not in q.case.sources:
            continue
        if source in erased or source not in q.case.texts:
            yield Found(
                message=f"Claim {claim.id} rests on {source}, whose words were erased.",
                where=claim.id,
                hint=f"Reject {claim.id}, or erase it as well; what it alone bears falls with it.",
            )


@check("warning", remedy="Record the claim that proves it, or leave it out.")
def identifier_without_source(q: Asked) -> Iterator[Found]:
    """A birth, sex, nationality, birthplace or dated post is recorded and no claim proves it."""
    for party in accused(q):
        told = {
            "birth": party.born,
            "sex": party.sex,
            "nationality": ", ".join(party.nationalities),
            "birthplace": party.birthplace,
        }
        facts = {fact: f"the {fact} ({value})" for fact, value in told.items() if value}
        for n, post in enumerate(party.posts, 1):
            if post.start or post.end not in (None, ".."):
                facts[f"post:{party.id}/{n}"] = f"the dates of the post {post.title!r}"
        bare = [words for fact, words in facts.items() if not proofs(q, party, fact)]
        if bare:
            yield Found(
                message=f"No claim proves {joined(bare)} of {party.name}.",
                where=party.id,
            )


def accused(q: Asked) -> tuple[Party, ...]:
    """The parties that a request is against, or that stand as perpetrator or commander."""
    found = {p.id: p for r in q.requests if (p := q.target(r))}
    for allegation in q.allegations:
        for role in allegation.roles:
            party = q.case.parties.get(role.party or "")
            if party and role.kind in ("alleged-perpetrator", "commander"):
                found.setdefault(party.id, party)
    return tuple(p for p in found.values() if q.stands(p.id))


def proofs(q: Asked, party: Party, fact: str, *, named: bool = False) -> tuple[Claim, ...]:
    """The claims that affirm a fact of a party: those that serve it, those that its post lists,
    and, unless the fact must be `named`, those that name no fact at all."""
    facts = {fact, "birth"} if fact == "birthplace" else {fact}
    posts = {f"post:{party.id}/{n}": post.claims for n, post in enumerate(party.posts, 1)}
    listed = posts.get(fact, ())
    told = {c.id: c for c in q.claims if c.id in (*party.claims, *listed)}
    told |= {c.id: c for c in q.claims_about(party.id)}
    return tuple(
        c
        for c in told.values()
        if c.withdrawn is None
        and c.stance == "affirms"
        and c.passage.source in q.case.sources
        and (
            c.id in listed
            or facts & set(c.serves)
            or not (named or c.serves or fact.startswith("post:"))
        )
    )


@check("warning", remedy="Find another origin and capture it, or say “we”.")
def requester_is_only_source(q: Asked) -> Iterator[Found]:
    """Only the body that asks says this."""
    places: dict[tuple[object, tuple[str, ...]], list[Allegation]] = {}
    for allegation in q.allegations:
        claims = q.affirming(allegation)
        if not claims or not all(_own(q, c) for c in claims):
            continue
        named = (_speaker(q, c) for c in claims if not q.is_requester(c.speaker))
        places.setdefault((q.stated_in(allegation), tuple(dict.fromkeys(named))), []).append(
            allegation
        )
    for (_, speakers), found in places.items():
        told = joined(speakers)
        longest = max(found, key=lambda a: len(_brief(q, a)))
        yield Found(
            message=f"Only {q.requester_name} says this{f', of {told}' if speakers else ''}: "
            f"{_brief(q, longest)}",
            where=", ".join(a.id for a in found),
            hint=f"Capture where {told} said it; as it stands, it rests on the requester's word."
            if speakers
            else None,
        )


def _bare(name: str) -> str:
    return name.casefold().removeprefix("the ").strip()


def _own(q: Asked, claim: Claim) -> bool:
    """Whether a claim stands in the body's own text or is its own word."""
    return claim.passage.source == q.case.motion or q.is_requester(claim.speaker)


def _speaker(q: Asked, claim: Claim) -> str:
    """How a flag names the speaker of a claim; a protected one by the pseudonym."""
    party = q.case.parties.get(claim.speaker)
    return party.name if party else claim.speaker


@check("warning", remedy="Say “according to” that origin, and find another one.")
def single_origin(q: Asked) -> Iterator[Found]:
    """Several sources say this, and all go back to one origin."""
    for allegation in q.allegations:
        claims = q.affirming(allegation)
        used = list(dict.fromkeys(c.passage.source for c in claims))
        origins = independent_origins(claims, q.case.sources)
        if len(used) > 1 and len(origins) == 1:
            yield Found(
                message=f"{len(used)} sources ({joined(used)}) go back to one origin "
                f"({origins[0]}) for: {_brief(q, allegation)}",
                where=allegation.id,
            )


@check("warning", remedy="Find another origin, not another publisher of the same one.")
def key_fact_below_two_origins(q: Asked) -> Iterator[Found]:
    """A key fact has fewer than the two independent origins that practice asks for."""
    for allegation in q.allegations:
        if not allegation.key:
            continue
        claims = q.affirming(allegation)
        origins = independent_origins(claims, q.case.sources)
        if claims and all(_own(q, c) for c in claims):
            continue  # said by requester-is-only-source, which is graver
        if not claims and q.claims_about(allegation.id):
            continue  # what is only denied is no fact that a request rests on
        if len(origins) < 2:
            n = len(origins)
            yield Found(
                message=f"A key fact has {n or 'no'} independent origin{'' if n == 1 else 's'}, "
                f"where practice asks for two: {_brief(q, allegation)}",
                where=allegation.id,
            )


@check(
    "warning",
    of=("case", "instruments"),
    remedy="Search for it, and record what was found or where you looked.",
)
def adverse_section_empty(q: Asked) -> Iterator[Found]:
    """Nothing is recorded that speaks against what is alleged, nor where it was looked for."""
    if q.instruments:
        yield from _nothing_against(q)
        return
    alleged = [a for a in q.allegations if a.kind in ("act", "status", "figure")]
    accused = {_bare(n) for a in alleged for n in q.case.accused_by(a)}
    against = any(
        c.stance in ("denies", "qualifies") or _bare(_speaker(q, c)) in accused for c in q.claims
    )
    if alleged and not against and not _looked(q, None):
        yield Found(
            message="The record holds no denial, no qualification and no contrary report.",
            where="claims",
        )


def _looked(q: Asked, party: str | None) -> bool:
    """Whether somebody looked for what speaks against a party, or in the case at all."""
    return any(
        s.topic == "adverse" and (party is None or s.party in (None, party)) and q.stands(s.id)
        for s in q.case.searches.values()
    )


def _nothing_against(q: Asked) -> Iterator[Found]:
    """Dossiers whose section on what speaks against has nothing in it that the record bears."""
    for dossier in q.dossiers:
        against = [p for p in q.by_instrument[dossier.id] if p.section == "adverse"]
        told = any(p.sentence.bindings for p in against)
        if told or (against and _looked(q, dossier.party)):
            continue
        yield Found(
            message=f"{dossier.id} says nothing against what it alleges"
            f"{', and no search for it is recorded' if against else ''}.",
            where=dossier.id,
            instrument=dossier.id,
            severity="blocks",
            hint="Search for denials, other accounts, pending cases and namesakes; record what was "
            "found, or where you looked (a search of topic “adverse”).",
        )


@check("warning", remedy="Look at the source, and say in its reliability note what was decided.")
def source_notices(q: Asked) -> Iterator[Found]:
    """Something odd was noticed when a source was captured."""
    for source in q.case.sources.values():
        for notice in source.notices:
            yield Found(
                message=f"{source.id} ({source.name}): {notice.message}",
                where=f"sources: {source.id}, {notice.id}",
            )


def _brief(q: Asked, allegation: Allegation) -> str:
    """An allegation in few words: the source's own while nobody has put it into the case's."""
    claims = q.claims_about(allegation.id)
    if claims and not q.reviewed(allegation.id):
        return f"“{_short(claims[0].passage.exact)}”."
    return f"{_short(allegation.text)}."


def _short(text: str) -> str:
    words = " ".join(text.split()).rstrip(".;,")
    return words if len(words) <= 120 else words[:117] + "…"
