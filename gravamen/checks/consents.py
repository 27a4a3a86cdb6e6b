"""Checks of consent: who agreed to what use of their words, and who could be picked out."""

import re
from collections.abc import Iterator
from functools import lru_cache

from gravamen.case import Case
from gravamen.checks.asked import Asked, joined, whole_words
from gravamen.checks.dates import in_words
from gravamen.checks.flag import Found, check
from gravamen.checks.permitted import carries, permitted, withheld
from gravamen.claims import Claim
from gravamen.dates import DateError, span, spell
from gravamen.parties import Party
from gravamen.sentences import Instrument
from gravamen.sources.source import Source
from gravamen.submission import Consent, Use

_USE: Use = "sanctions-filing"
_RECOMMENDS = ("dossier", "summary")
_FEW = 5
_DETAILS = ("calling", "unit", "birth", "birthplace", "day", "place")
_PICKED_OUT = 3  # so many kinds of detail together; fewer fit many people
# What a pseudonym may say of anybody: it tells the reader nothing about who it is.
_OF_ANYBODY = frozenset(
    [
        "a", "an", "the", "of", "in", "at", "from", "who", "was", "were", "and", "or", "one",
        "two", "three", "first", "second", "third", "former", "protected", "anonymous", "unnamed",
        "person", "persons", "people", "witness", "witnesses", "source", "victim", "victims",
        "survivor", "survivors", "man", "men", "woman", "women", "resident", "residents",
        "detainee", "detainees", "prisoner", "prisoners", "captive", "captives", "interviewee",
    ]
)  # fmt: skip
_PLAIN_WORD = re.compile(r"(?<![\w-])[a-z][a-z’'-]+(?![\w-])")
_PLACE_WORD = re.compile(r"[^\W\d_]{4,}")


@check(
    "warning",
    of=("instruments",),
    remedy="Ask them, and record what they agreed to; until then leave their words out.",
)
def consent_missing(q: Asked) -> Iterator[Found]:
    """The words of a protected person, victim or witness are used and no consent is recorded."""
    for instrument, person, claims in _used(q):
        if _consents(q, person):
            continue
        public = not person.protected and all(_published(q, c) for c in claims)
        grave = instrument.kind in _RECOMMENDS and not public
        yield Found(
            message=f"No consent of {person.name} ({person.id}) is recorded; {instrument.id} rests "
            f"on their words: {_few(claims)}.",
            where=f"{person.id} of {instrument.id}",
            instrument=instrument.id,
            severity="blocks" if grave else "warning",
            hint="Their words were published by others already; ask them all the same, for a "
            "filing may put them at risk."
            if public
            else None,
        )


@check(
    "blocks",
    of=("instruments",),
    remedy="Ask them anew, or leave their words out of this document.",
)
def consent_scope(q: Asked) -> Iterator[Found]:
    """A person's consent does not cover the use that is made of their words."""
    for instrument, person, claims in _used(q):
        consents = _consents(q, person)
        short: dict[tuple[str, tuple[str, ...]], list[Claim]] = {}
        for claim in claims:
            lacking = [(c.id, _beyond(q, c, person, claim, instrument)) for c in consents]
            if lacking and all(why for _, why in lacking):
                nearest = min(lacking, key=lambda of: len(of[1]))
                short.setdefault(nearest, []).append(claim)
        for (consent, why), of in short.items():
            yield Found(
                message=f"The consent of {person.name} ({consent}) does not cover "
                f"{instrument.id}: it {joined(list(why))}. Their words: {_few(of)}.",
                where=f"{person.id} of {instrument.id}",
                instrument=instrument.id,
            )
        if consents and not short and not _addressed(q, consents, instrument):
            yield _to_another(q, consents, person, instrument)


def _few(claims: list[Claim]) -> str:
    ids = [c.id for c in claims]
    return (
        joined(ids) if len(ids) <= _FEW else f"{', '.join(ids[:_FEW])} and {len(ids) - _FEW} more"
    )


def _consents(q: Asked, person: Party) -> list[Consent]:
    return [c for c in q.case.consents.values() if c.of == person.id and q.stands(c.id)]


def _used(q: Asked) -> Iterator[tuple[Instrument, Party, list[Claim]]]:
    """Each person at risk whose words an instrument rests on, with the claims."""
    people = _at_risk(q)
    if not people:
        return
    heard: dict[str, dict[str, None]] = {}
    for claim in q.claims:
        if not _published(q, claim):
            for id in (claim.speaker, *claim.relayed_by):
                if id in people:
                    heard.setdefault(claim.passage.source, {})[id] = None
    for instrument in q.instruments:
        if instrument.kind == "diagnosis":
            continue
        bound = dict.fromkeys(b.claim for s in instrument.sentences() for b in s.bindings)
        found: dict[str, list[Claim]] = {}
        for id in bound:
            claim_ = q.case.claims.get(id)
            if claim_ is None:
                continue
            own = [p for p in (claim_.speaker, *claim_.relayed_by) if p in people]
            for party in dict.fromkeys((*own, *heard.get(claim_.passage.source, ()))):
                found.setdefault(party, []).append(claim_)
        for party, claims in found.items():
            yield instrument, people[party], claims


def _at_risk(q: Asked) -> dict[str, Party]:
    """Protected parties, and persons who stand in the case as victims or witnesses."""
    suffering = {
        role.party
        for allegation in q.allegations
        for role in allegation.roles
        if role.kind in ("victim", "witness")
    }
    return {
        p.id: p
        for p in q.case.parties.values()
        if p.protected or (p.id in suffering and p.kind in ("person", "group"))
    }


def _published(q: Asked, claim: Claim) -> bool:
    source: Source | None = q.case.sources.get(claim.passage.source)
    return source is not None and bool(source.publisher or source.url)


def _beyond(
    q: Asked, consent: Consent, person: Party, claim: Claim, instrument: Instrument
) -> tuple[str, ...]:
    """Why a consent does not cover a claim in an instrument, as ends of "it ..."."""
    why = []
    if consent.withdrawn:
        why.append(f"was taken back on {in_words(consent.withdrawn)}")
    if consent.review and _past(q, consent.review):
        why.append(f"was to be asked anew by {in_words(consent.review)}")
    if _USE not in consent.uses:
        why.append(f"covers {joined(list(consent.uses))}, not a filing for sanctions")
    if consent.sources and claim.passage.source not in consent.sources:
        why.append(f"covers {joined(list(consent.sources))}, not {claim.passage.source}")
    if consent.identity == "named":
        if (
            _public(q.case, instrument)
            and "publication" not in consent.uses
            and not person.protected
        ):
            why.append("does not cover publication under the name")
    elif not person.protected:
        why.append("asks for a pseudonym, and the case names the person")
    elif consent.identity == "not-at-all" and _appears(person, instrument):
        why.append("asks that they do not appear at all, and the pseudonym is printed")
    return tuple(why)


def _public(case: Case, instrument: Instrument) -> bool:
    """Whether a document is open to anybody: what a public body sends or adopts, and what bears
    no mark about who may read it."""
    if instrument.marking:
        return False
    kind = case.requester.kind if case.requester else ""
    return instrument.kind != "letter" or kind not in ("ngo", "person")


def _appears(person: Party, instrument: Instrument) -> bool:
    return bool(person.pseudonym) and any(
        person.pseudonym in s.text for s in instrument.sentences() if person.pseudonym
    )


def _past(q: Asked, edtf: str) -> bool:
    try:
        last = span(edtf).last
    except DateError:
        return True
    return last is not None and last < q.on


def _addressed(q: Asked, consents: list[Consent], instrument: Instrument) -> bool:
    """Whether some consent is for the office that is addressed, as far as its words tell."""
    office = q.law.offices.get(instrument.office or "")
    if office is None or any(not c.recipients for c in consents):
        return True
    known = {w.casefold() for n in (office.title, *office.names) for w in _PLACE_WORD.findall(n)}
    known -= {"secretary", "department", "minister", "ministry", "office"}
    told = {w.casefold() for c in consents for r in c.recipients for w in _PLACE_WORD.findall(r)}
    return bool(known & told)


def _to_another(q: Asked, consents: list[Consent], person: Party, instrument: Instrument) -> Found:
    recipients = list(dict.fromkeys(r for c in consents for r in c.recipients))
    title = q.law.offices[instrument.office or ""].title
    return Found(
        message=f"The consent of {person.name} is for {joined(recipients)}; {instrument.id} goes "
        f"to the {title}.",
        where=f"{person.id} of {instrument.id}",
        instrument=instrument.id,
        severity="warning",
        hint="See whether the consent covers this office; where it does, name it there.",
    )


@check(
    "warning",
    of=("instruments",),
    remedy="Leave out the day, the place or what they were; together they fit few people.",
)
def witness_identifiable(q: Asked) -> Iterator[Found]:
    """Details that are printed together could tell who a protected person is."""
    people = [p for p in q.case.parties.values() if p.protected]
    for instrument in q.instruments if people else ():
        if instrument.kind == "diagnosis":
            continue
        for person in people:
            told, where = _details(q, person, instrument)
            if len(told) >= _PICKED_OUT:
                yield Found(
                    message=f"{person.name} ({person.id}) could be picked out from what is "
                    f"printed together: {'; '.join(told)}.",
                    where=f"{where} of {instrument.id}",
                    instrument=instrument.id,
                )


def _details(q: Asked, person: Party, instrument: Instrument) -> tuple[list[str], str]:
    """What the sentences that rest on a protected person tell of them, a phrase for each kind of
    detail; and the first sentence that does."""
    told: dict[str, str] = {}
    first = ""
    texts: list[str] = []
    for p in q.by_instrument[instrument.id]:
        claims = [q.case.claims[b.claim] for b in p.sentence.bindings if b.claim in q.case.claims]
        own = [c for c in claims if person.id in (c.speaker, *c.relayed_by)]
        if not own:
            continue
        first = first or p.sentence.id
        quotes = [b.quote for b in p.sentence.bindings if b.claim in {c.id for c in own}]
        texts.append(" ".join([p.sentence.text, *quotes]))
        for claim in own:
            if claim.mode == "witnessed":
                told |= _seen(q, claim, p.sentence.text)
    text = " ".join(texts)
    told |= _of_person(q, person, text)
    return [told[kind] for kind in _DETAILS if kind in told], first


def _seen(q: Asked, claim: Claim, text: str) -> dict[str, str]:
    """The day and the place at which a witness must have been."""
    told: dict[str, str] = {}
    allegation = q.case.allegations.get(claim.about)
    if allegation is None:
        return told
    try:
        days = span(allegation.date or "")
        if days.first and days.first == days.last and str(days.first.year) in text:
            told["day"] = f"the day ({spell(allegation.date or '')})"
    except DateError:
        pass
    for place in (allegation.place, allegation.place_normal):
        if place and _holds(place, text):
            told["place"] = f"the place ({place})"
    return told


def _of_person(q: Asked, person: Party, text: str) -> dict[str, str]:
    """What the text tells of the person's own: calling, unit, birth, birthplace."""
    told: dict[str, str] = {}
    if not text:
        return told
    callings = [w for w in _PLAIN_WORD.findall(person.pseudonym or "") if w not in _OF_ANYBODY]
    if callings and (person.pseudonym or "") in text:
        told["calling"] = f"what they were (“{person.pseudonym}”)"
    for post in person.posts:
        if _holds(post.title, text):
            told.setdefault("calling", f"what they were (“{post.title}”)")
        body = q.case.parties.get(post.body)
        named = next((n.text for n in body.names if _holds(n.text, text)), None) if body else None
        if named:
            told["unit"] = f"where they served ({named})"
    if person.birthplace and _holds(person.birthplace, text):
        told["birthplace"] = f"where they were born ({person.birthplace})"
    if person.born and person.born[:4].isdigit() and _holds(person.born[:4], text):
        told["birth"] = f"the year of their birth ({person.born[:4]})"
    return told


def _holds(words: str, text: str) -> bool:
    return bool(words.strip()) and bool(_whole(words).search(text))


@lru_cache(maxsize=1024)
def _whole(words: str) -> re.Pattern[str]:
    return whole_words((words,))


@check(
    "warning",
    remedy="Let the allegation say only what every account of it says, and put the rest into one "
    "of its own; or ask for consent to publish it.",
)
def protected_words_in_allegation(q: Asked) -> Iterator[Found]:
    """An allegation that others affirm too says what a protected person alone says."""
    for allegation in q.allegations:
        claims = [c for c in q.affirming(allegation) if c.withdrawn is None]
        hidden = [
            c for c in claims if withheld(q.case, c) and not permitted(q.case, c, "publication")
        ]
        shown = [c for c in claims if c not in hidden]
        if not hidden or not shown or any(carries(c, allegation) for c in shown):
            continue
        telling = [c for c in hidden if carries(c, allegation)]
        if telling:
            who = q.case.parties.get(telling[0].speaker)
            named = who.name if who else "a protected person"
            yield Found(
                message=f"{allegation.id} says in these words what {named} says (claim "
                f"{telling[0].id}); no other account holds them.",
                where=allegation.id,
            )
