"""Case: what the record says at a moment; every later step reads this value."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from gravamen.claims import Allegation, Claim, Corroboration, corroborate
from gravamen.dates import Edtf, span
from gravamen.flows import Flow, Vetting
from gravamen.law.body import Majority, Quorum
from gravamen.parties import Party
from gravamen.proceedings import AdoptionStep, Dispatch, Member, Noted, Reply, SigningAct
from gravamen.requests import Request
from gravamen.sentences import Copy, Paper, Signatory
from gravamen.sources.source import Source, Text
from gravamen.submission import Argument, Consent, LawReview, Rewording, Search, Submitter
from gravamen.values import Value, digest

Verdict = Literal["accepted", "rejected", "amended"]


class Requester(Value):
    """The body that asks: its name, kind (profile), place, letterhead, who moves and signs.

    Args:
        kind: "us-county-board", "us-city-council", "ngo", … ; a body's kind bounds what it may do.
        style: how its motions read: whereas clauses, or the prose of a county motion.
        party: id of the party that this body is in the case, so that its own claims are known.
        about: what an office asks about a submitter; a dossier needs it.
        members: who sits on the body, and while they do; quorum and majority are counted by them.
        subdivision: code of the part of the state whose law binds it (ISO 3166-2, "US-CA").
        zone: its time zone ("America/Los_Angeles"), in which its days begin.
        quorum, majority: by its own rules, with their cite; without them those of its kind count.
        division: the Open Civic Data id of the place that it is for, where it is known.
    """

    name: str
    kind: str = "us-county-board"
    country: str = "US"
    party: str | None = None
    letterhead: tuple[str, ...] = ()
    movers: tuple[str, ...] = ()
    clerk: str | None = None
    signatories: tuple[Signatory, ...] = ()
    style: Literal["resolution", "county"] = "resolution"
    paper: Paper = "us-letter"
    copies: tuple[Copy, ...] = ()
    about: Submitter | None = None
    members: tuple[Member, ...] = ()
    subdivision: str | None = None
    zone: str | None = None
    quorum: Quorum | None = None
    majority: Majority | None = None
    division: str | None = None


def _begun(edtf: Edtf) -> date:
    """The first day that a partial date may mean."""
    return span(edtf).first or date.min


class Judgement(Value):
    """What a person decided about a proposal: accepted, rejected or amended, and why."""

    target: str
    verdict: Verdict
    reason: str | None = None
    by: str = ""
    on: Edtf | None = None


class Erasure(Value):
    """That something was destroyed: which, by whom, when, why."""

    target: str
    by: str
    on: str
    reason: str


class Case(Value):
    """The state of a case: what replaying its record gives.

    Args:
        texts: text of each source, by source id; absent where it was erased.
        proposed_by: the machine that proposed a thing, by the thing's id; things that a person
            recorded are absent.
        judgements: what persons decided, in order.
        motion: id of the source that is the body's own text, where the case began with one.
        flows: lines of assistance that were chosen for the case; vettings: what persons decided
            about its units.
        law_reviews: by the id of the value of the law that a person compared with the law.
        steps, signings, dispatches, replies, noted: what happened to the instruments since; each
            table by the id of the happening.
    """

    id: str
    title: str
    language: str = "en"
    requester: Requester | None = None
    motion: str | None = None
    sources: Mapping[str, Source] = {}
    texts: Mapping[str, Text] = {}
    parties: Mapping[str, Party] = {}
    allegations: Mapping[str, Allegation] = {}
    claims: Mapping[str, Claim] = {}
    requests: Mapping[str, Request] = {}
    flows: Mapping[str, Flow] = {}
    vettings: Mapping[str, Vetting] = {}
    consents: Mapping[str, Consent] = {}
    searches: Mapping[str, Search] = {}
    arguments: Mapping[str, Argument] = {}
    law_reviews: Mapping[str, LawReview] = {}
    rewordings: Mapping[str, Rewording] = {}
    steps: Mapping[str, AdoptionStep] = {}
    signings: Mapping[str, SigningAct] = {}
    dispatches: Mapping[str, Dispatch] = {}
    replies: Mapping[str, Reply] = {}
    noted: Mapping[str, Noted] = {}
    proposed_by: Mapping[str, str] = {}
    judgements: tuple[Judgement, ...] = ()
    erasures: tuple[Erasure, ...] = ()

    def claims_about(self, target: str) -> tuple[Claim, ...]:
        """The claims about an allegation, party or flow that no person rejected."""
        return tuple(c for c in self.claims.values() if c.about == target and self.stands(c.id))

    def verdict(self, thing: str) -> Verdict | None:
        """What a person last decided about a thing; None where nobody did."""
        found: list[Verdict] = [j.verdict for j in self.judgements if j.target == thing]
        return found[-1] if found else None

    def stands(self, thing: str) -> bool:
        """Whether a thing was not rejected."""
        return self.verdict(thing) != "rejected"

    def reviewed(self, thing: str) -> bool:
        """Whether a person recorded the thing or accepted what a machine proposed."""
        return thing not in self.proposed_by or self.verdict(thing) in ("accepted", "amended")

    def editions_reviewed(self, on: date | None = None) -> dict[str, str]:
        """The edition of each value of the law that a person compared with the law, by its id.

        Args:
            on: reviews made after this day are left out.
        """
        return {
            id: r.edition
            for id, r in self.law_reviews.items()
            if self.stands(id) and (on is None or _begun(r.on) <= on)
        }

    def version(self, claim: str) -> str:
        """The digest by which a sentence remembers a claim and what it is about (an allegation, a
        party or a flow); a change of either gives another.

        The digest of the source goes into it: where that source is withheld, nobody who has not
        its bytes can try guesses at the claim against the digest that a document shows.
        """
        found = self.claims[claim]
        source = self.sources.get(found.passage.source)
        tables: tuple[Mapping[str, Value], ...] = (self.allegations, self.parties, self.flows)
        about = next((t[found.about] for t in tables if found.about in t), None)
        return digest((source.sha256 if source else "", found, about))

    def accused_by(self, allegation: Allegation) -> frozenset[str]:
        """Ids and names of those whom an allegation accuses, and of all above them."""
        accusing = ("alleged-perpetrator", "commander", "supplier", "investigator", "official")
        todo = [r.party for r in allegation.roles if r.party and r.kind in accusing]
        found: set[str] = {r.words for r in allegation.roles if r.words and r.kind in accusing}
        while todo:
            party = self.parties.get(todo.pop())
            if party is None or party.id in found:
                continue
            found |= {party.id, *(name.text for name in party.names)}
            above = [party.part_of, *(post.body for post in party.posts)]
            above += [p.id for p in self.parties.values() for c in p.commands if c.over == party.id]
            if party.kind != "government" and party.country:
                above += [
                    p.id
                    for p in self.parties.values()
                    if p.kind == "government" and p.country == party.country
                ]
            todo += [a for a in above if a]
        return frozenset(found)

    def corroboration(self, allegation: str) -> Corroboration:
        """How far an allegation is borne out, in words, over independent origins."""
        return corroborate(
            self.claims_about(allegation),
            sources=self.sources,
            subjects=self.accused_by(self.allegations[allegation]),
        )
