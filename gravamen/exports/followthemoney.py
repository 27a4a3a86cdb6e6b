"""FollowTheMoney: parties, posts, events, sources and listings as entities, one JSON a line."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from gravamen.checks.permitted import content
from gravamen.claims import Allegation, Claim
from gravamen.dates import Edtf
from gravamen.instruments.akn_meta import three_letters
from gravamen.instruments.outgoing import Outgoing
from gravamen.instruments.wording import capital, speaker
from gravamen.parties import Command, Identifier, Name, Party, Post
from gravamen.sources.source import Source
from gravamen.submission import Search
from gravamen.values import canonical

# The dates that the model takes: a year, a month or a day, without marks of doubt.
_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?\Z")
_NAMES = {
    "primary": "name",
    "alias": "alias",
    "transliteration": "alias",
    "former": "previousName",
}
_ORGANISED = ("unit", "body", "government")
UNREVIEWED = "Proposed by a machine; no person has reviewed it."
AS_FOUND = "As a person found it in this edition; look again before relying on it."

Values = dict[str, list[str]]


class Entities(NamedTuple):
    """Entities in the order of the record, and what could not be said in this model, in words."""

    entities: tuple[dict[str, Any], ...]
    left_out: tuple[str, ...]

    @property
    def lines(self) -> bytes:
        """The entities as JSON lines in UTF-8, keys sorted."""
        return b"".join(canonical(e) + b"\n" for e in self.entities)


def entities(out: Outgoing) -> Entities:
    """Return a case as entities of FollowTheMoney.

    Persons and bodies, posts (Position and Occupancy; Membership of what is no person), command
    and belonging (UnknownLink), numbers (Identification, Passport), family, each allegation as an
    Event named as alleged with one UnknownLink for each role in it, sources (Document) and claims
    (Documentation), and listings that a search found (Sanction). Ids are digests of the ids in the
    case, the same each time. Dates that the model does not take stand in words.

    Of a protected party only the pseudonym goes out.
    """
    return _Writing(out).all()


def withheld_words(number: int) -> str:
    """Return how many claims are withheld, in words."""
    return "1 claim that is withheld" if number == 1 else f"{number} claims that are withheld"


class _Writing:
    """Writes the entities of one case."""

    def __init__(self, out: Outgoing) -> None:
        self._out, self._case = out, out.case
        self._left_out: list[str] = []
        self._parties = self._wanted()

    def all(self) -> Entities:
        found: list[dict[str, Any]] = []
        for id in self._parties:
            found += self._party(self._case.parties[id])
        for allegation in self._out.allegations:
            found += self._event(allegation)
        found += [self._document(self._case.sources[s]) for s in self._out.exhibits]
        flows = self._case.flows
        found += [self._documentation(c) for c in self._out.open if c.about not in flows]
        if n := len(self._out.flows):
            self._left_out.append(f"{n} line{'' if n == 1 else 's'} of assistance")
        found += self._sanctions()
        if n := len(self._out.commitments):
            self._left_out.append(withheld_words(n))
        if n := len(self._out.kept_back):
            noun = "source" if n == 1 else "sources"
            self._left_out.append(f"{n} {noun} on which no claim rests that goes out")
        return Entities(tuple(found), tuple(self._left_out))

    def _wanted(self) -> dict[str, None]:
        """The parties to write: all, or the one asked for and all whom it leads to."""
        if self._out.party is None:
            return dict.fromkeys(self._case.parties)
        found: dict[str, None] = {}
        todo = [self._out.party]
        todo += [r.party for a in self._out.allegations for r in a.roles if r.party]
        while todo:
            party = self._case.parties.get(todo.pop(0))
            if party is None or party.id in found:
                continue
            found[party.id] = None
            todo += [p for p in _tied(party) if p]
        return {id: None for id in self._case.parties if id in found}

    def _id(self, kind: str, *of: object) -> str:
        key = "\x1f".join((self._case.id, kind, *map(str, of)))
        return f"gravamen-{hashlib.sha256(key.encode()).hexdigest()[:40]}"

    def _entity(self, schema: str, id: str, properties: Values) -> dict[str, Any]:
        kept = {k: list(dict.fromkeys(v for v in vs if v)) for k, vs in properties.items()}
        return {"id": id, "schema": schema, "properties": {k: v for k, v in kept.items() if v}}

    def _ref(self, party: str) -> str:
        return self._id("party", party)

    def _schema(self, party: Party) -> str:
        if party.kind == "person":
            return "Person"
        if party.kind == "group":
            return "LegalEntity"
        above = self._case.parties.get(party.part_of or "")
        public = party.kind in ("government", "unit") or (above and above.kind == "government")
        return "PublicBody" if public else "Organization"

    def _party(self, party: Party) -> Iterator[dict[str, Any]]:
        values: Values = {"notes": self._reviewed(party.id)}
        if party.protected:
            yield self._entity(self._schema(party), self._ref(party.id), {"name": [party.name]})
            if party.posts or party.commands or party.identifiers or party.family_of:
                self._left_out.append(f"what is known of {party.name}, who is protected")
            return
        for name in party.names or (Name(text=party.name),):
            values.setdefault(_NAMES[name.kind], []).append(name.text)
        values.setdefault("name", []).extend([] if values.get("name") else [party.name])
        values["country"] = [party.country.lower()] if party.country else []
        if party.kind == "person":
            self._dated(values, "birthDate", party.born, "Born")
            values["birthPlace"] = [party.birthplace or ""]
            values["nationality"] = [n.lower() for n in party.nationalities]
            values["gender"] = [party.sex or ""]
            values["position"] = [post.title for post in party.posts]
        yield self._entity(self._schema(party), self._ref(party.id), values)
        for n, post in enumerate(party.posts, 1):
            yield from self._post(party, post, n)
        for n, command in enumerate(party.commands, 1):
            yield self._command(party, command, n)
        for n, number in enumerate(party.identifiers, 1):
            yield self._identifier(party, number, n)
        if party.part_of in self._parties:
            yield self._link("part-of", party.id, party.part_of, "part of")
        if party.family_of in self._parties:
            yield from self._family(party)

    def _post(self, party: Party, post: Post, n: int) -> Iterator[dict[str, Any]]:
        body = self._case.parties.get(post.body)
        held: Values = {"proof": self._proof(post.claims)}
        self._period(held, post.start, post.end)
        if party.kind != "person":
            if body is None or body.kind not in _ORGANISED:
                self._left_out.append(f"the post {post.title!r} of {party.id} in {post.body}")
                return
            held |= {"member": [self._ref(party.id)], "organization": [self._ref(body.id)]}
            held["role"] = [post.title]
            yield self._entity("Membership", self._id("membership", party.id, n), held)
            return
        seat = self._id("position", post.body, post.title)
        values: Values = {"name": [post.title]}
        if body is not None and body.kind in _ORGANISED:
            values["organization"] = [self._ref(body.id)]
            values["country"] = [body.country.lower()] if body.country else []
        else:
            values["description"] = [f"In {body.name if body else post.body}."]
        yield self._entity("Position", seat, values)
        held |= {"holder": [self._ref(party.id)], "post": [seat]}
        held["status"] = ["current"] if post.end == ".." else ["ended"] if post.end else []
        yield self._entity("Occupancy", self._id("occupancy", party.id, n), held)

    def _command(self, party: Party, command: Command, n: int) -> dict[str, Any]:
        values: Values = {
            "subject": [self._ref(party.id)],
            "object": [self._ref(command.over)],
            "role": ["authority over"],
            "description": [command.basis or ""],
            "proof": self._proof(command.claims),
        }
        self._period(values, command.start, command.end)
        return self._entity("UnknownLink", self._id("command", party.id, n), values)

    def _identifier(self, party: Party, number: Identifier, n: int) -> dict[str, Any]:
        passport = "passport" in number.kind.lower()
        values: Values = {
            "holder": [self._ref(party.id)],
            "type": [number.kind],
            "number": [number.value],
            "country": [number.country.lower()] if number.country else [],
        }
        schema = "Passport" if passport else "Identification"
        return self._entity(schema, self._id("identifier", party.id, n), values)

    def _link(self, kind: str, subject: str, thing: str, role: str) -> dict[str, Any]:
        values = {"subject": [self._ref(subject)], "object": [self._ref(thing)], "role": [role]}
        return self._entity("UnknownLink", self._id(kind, subject, thing), values)

    def _family(self, party: Party) -> Iterator[dict[str, Any]]:
        other = self._case.parties[party.family_of or ""]
        if other.protected or {party.kind, other.kind} != {"person"}:
            self._left_out.append(f"the family tie of {party.id}")
            return
        values = {"person": [self._ref(party.id)], "relative": [self._ref(other.id)]}
        yield self._entity("Family", self._id("family", party.id, other.id), values)

    def _event(self, allegation: Allegation) -> Iterator[dict[str, Any]]:
        id = self._id("allegation", allegation.id)
        roles = [r for r in allegation.roles if r.party in self._parties]
        borne = capital(self._case.corroboration(allegation.id).spelled)
        named = [f"“{c.words}”: in the words of {c.by}." for c in allegation.characterisations]
        values: Values = {
            "name": [f"Alleged: {content(self._case, allegation)}"],
            "summary": [f"{borne}."],
            "location": [allegation.place_normal or "", allegation.place or ""],
            "involved": [self._ref(r.party) for r in roles if r.party],
            "keywords": [allegation.act or ""],
            "recordId": [allegation.id],
            "notes": [*self._reviewed(allegation.id), *named],
            "proof": self._proof(c.id for c in self._out.open if c.about == allegation.id),
        }
        self._dated(values, "date", allegation.date, "Date")
        yield self._entity("Event", id, values)
        for n, role in enumerate(allegation.roles, 1):
            if role.party not in self._parties:
                who = role.words or role.party or "somebody unnamed"
                self._left_out.append(f"the {role.kind} of {allegation.id}, named as {who!r} only")
                continue
            link: Values = {
                "subject": [self._ref(role.party)],
                "object": [id],
                "role": [role.kind],
                "status": [role.certainty],
                "description": [role.basis or ""],
            }
            yield self._entity("UnknownLink", self._id("role", allegation.id, n), link)

    def _document(self, source: Source) -> dict[str, Any]:
        values: Values = {
            "name": [source.title or source.name],
            "title": [source.title or ""],
            "fileName": [source.name],
            "fileSize": [str(source.size)],
            "mimeType": [source.media_type],
            "author": [source.author or ""],
            "publisher": [source.publisher or ""],
            "language": [three_letters(source.language)] if source.language else [],
            "sourceUrl": [source.url or ""],
            # `contentHash` of the model is a SHA-1, which nothing here rests on.
            "notes": [f"SHA-256 {source.sha256}", f"Origin: {source.origin_group}"],
        }
        self._dated(values, "publishedAt", source.published, "Published")
        self._dated(values, "retrievedAt", source.retrieved, "Retrieved")
        return self._entity("Document", self._id("source", source.id), values)

    def _documentation(self, claim: Claim) -> dict[str, Any]:
        kind = "allegation" if claim.about in self._case.allegations else "party"
        page = "" if claim.passage.page is None else f", page {claim.passage.page}"
        place = f"Characters {claim.passage.start}–{claim.passage.end}{page}"
        by = capital(speaker(self._case, claim))
        values: Values = {
            "document": [self._id("source", claim.passage.source)],
            "entity": [self._id(kind, claim.about)],
            "role": [claim.stance],
            "status": ["withdrawn"] if claim.withdrawn else [],
            "summary": [claim.passage.exact],
            "description": [f"{by}; {claim.mode}. {place}.", *self._reviewed(claim.id)],
            "recordId": [claim.id],
        }
        self._dated(values, "date", claim.said_on, "Said", words="description")
        return self._entity("Documentation", self._id("claim", claim.id), values)

    def _sanctions(self) -> Iterator[dict[str, Any]]:
        for search in self._case.searches.values():
            if search.topic != "listing" or not search.found or not self._case.stands(search.id):
                continue
            if not search.listed:
                self._left_out.append(f"the search {search.id}: nobody says that it is this party")
            elif search.party is None:
                self._left_out.append(f"the listing {search.id}, which names no party")
            elif search.party in self._parties:
                yield self._sanction(search)

    def _sanction(self, search: Search) -> dict[str, Any]:
        edition = f" ({search.edition})" if search.edition else ""
        values: Values = {
            "entity": [self._ref(search.party or "")],
            "authority": [search.where],
            "reason": [search.found or ""],
            "status": [AS_FOUND],
            "summary": [f"Found in {search.where}{edition} by {search.by} on {search.on}."],
            "recordId": [search.id],
            "proof": self._proof(search.claims),
        }
        self._dated(values, "retrievedAt", search.on, "Looked up", words="description")
        return self._entity("Sanction", self._id("search", search.id), values)

    def _proof(self, claims: Iterable[str]) -> list[str]:
        wanted = {*claims}
        return [self._id("source", c.passage.source) for c in self._out.open if c.id in wanted]

    def _reviewed(self, thing: str) -> list[str]:
        return [] if self._case.reviewed(thing) else [UNREVIEWED]

    def _dated(
        self, values: Values, name: str, when: Edtf | None, label: str, *, words: str = "notes"
    ) -> None:
        """Set a date; one that the model does not take (about, an interval) stands in words."""
        if when is None:
            return
        if _DATE.match(when):
            values[name] = [when]
        else:
            values.setdefault(words, []).append(f"{label}: {when}")

    def _period(self, values: Values, start: Edtf | None, end: Edtf | None) -> None:
        self._dated(values, "startDate", start, "From", words="description")
        if end != "..":
            self._dated(values, "endDate", end, "Until", words="description")


def _tied(party: Party) -> list[str | None]:
    posts = [post.body for post in party.posts]
    return [party.part_of, party.family_of, *posts, *(c.over for c in party.commands)]
