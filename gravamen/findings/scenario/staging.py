"""Staging: the short facts of a scenario as a case in which every voice is a source of its own."""

from gravamen.case import Case, Judgement
from gravamen.claims import Allegation, Certainty, Claim, Role, Stance
from gravamen.findings.scenario.facts import ActFacts, CaseFacts, PartyFacts, PostFacts, Said
from gravamen.parties import Command, Name, Party, Post
from gravamen.requests import Request
from gravamen.sources.source import Passage, Source
from gravamen.vocabulary import RoleKind

ROLES: dict[str, RoleKind] = {
    "perpetrators": "alleged-perpetrator",
    "commanders": "commander",
    "officials": "official",
    "suppliers": "supplier",
    "investigators": "investigator",
    "beneficiaries": "beneficiary",
    "witnesses": "witness",
    "harmed": "victim",
}
STANCES: dict[str, Stance] = {
    "said_by": "affirms",
    "denied_by": "denies",
    "qualified_by": "qualifies",
}


def case_of(facts: CaseFacts, *, title: str) -> Case:
    """Return the case that the short facts describe; every voice is a source of its own."""
    maker = _Maker(facts)
    parties = {id: maker.party(id, p) for id, p in facts.parties.items()}
    allegations = {id: maker.act(id, a) for id, a in facts.acts.items()}
    return Case(
        id="scenario",
        title=title,
        sources=maker.sources,
        parties=parties,
        allegations=allegations,
        claims=maker.claims,
        requests={
            f"r{n}": Request(
                id=f"r{n}",
                measure=r.measure,
                authority=r.under,
                target=r.against,
                addressees=r.of,
            )
            for n, r in enumerate(facts.requests, 1)
        },
        proposed_by=dict.fromkeys(facts.by_machine, "machine:reader"),
        judgements=tuple(
            Judgement(target=t, verdict="rejected", by="clerk") for t in facts.rejected
        ),
    )


class _Maker:
    def __init__(self, facts: CaseFacts) -> None:
        self.facts = facts
        self.sources: dict[str, Source] = {}
        self.claims: dict[str, Claim] = {}

    def party(self, id: str, facts: PartyFacts) -> Party:
        proofs = [self.claim(v, id, serves=("nationality",)) for v in facts.shown_by]
        self.said(id, facts)
        return Party(
            id=id,
            kind=facts.kind,
            names=(Name(text=id),),
            country=facts.country,
            part_of=facts.part_of,
            nationalities=several(facts.nationality),
            us_person=facts.us_person,
            family_of=facts.family_of,
            posts=tuple(self.post(id, n, p) for n, p in enumerate(facts.posts, 1)),
            commands=tuple(self.command(id, c) for c in facts.commands),
            claims=tuple(proofs),
        )

    def post(self, holder: str, n: int, facts: PostFacts) -> Post:
        fact = f"post:{holder}/{n}"
        shown = [self.claim(v, holder, serves=(fact,), key=fact) for v in facts.shown_by]
        for voice in facts.denied_by:
            self.claim(voice, holder, serves=(fact,), key=fact, stance="denies")
        return Post(
            title=facts.title,
            body=facts.body,
            start=facts.start,
            end=facts.end,
            leads=facts.leads,
            claims=tuple(shown),
        )

    def command(self, holder: str, facts: PostFacts) -> Command:
        shown = [self.claim(v, holder, serves=("command",)) for v in facts.shown_by]
        return Command(over=facts.body, start=facts.start, end=facts.end, claims=tuple(shown))

    def act(self, id: str, facts: ActFacts) -> Allegation:
        self.said(id, facts)
        certainty: Certainty = "possible" if facts.suspected else "stated"
        return Allegation(
            id=id,
            kind=facts.kind,
            text=id,
            act=facts.act,
            date=facts.on,
            place=facts.place,
            victims=facts.victims,
            roles=tuple(
                Role(kind=kind, party=party, certainty=certainty)
                for key, kind in ROLES.items()
                for party in getattr(facts, key)
            ),
        )

    def said(self, about: str, facts: Said) -> None:
        for key, stance in STANCES.items():
            for voice in getattr(facts, key):
                serves = tuple(e for e, voices in facts.proves.items() if voice in voices)
                self.claim(
                    voice, about, serves=serves, stance=stance, gone=voice in facts.withdrawn
                )

    def claim(
        self,
        voice: str,
        about: str,
        *,
        serves: tuple[str, ...] = (),
        stance: Stance = "affirms",
        gone: bool = False,
        key: str | None = None,
    ) -> str:
        """Record what a voice says about a thing, in a source of that voice; give the id."""
        id = f"{voice} on {key}" if key else f"{voice} on {about}"
        while id in self.claims:
            id += "+"
        source = f"s.{voice}"
        self.sources[source] = Source(
            id=source,
            sha256="0" * 64,
            name=voice,
            media_type="text/plain",
            size=1,
            origin=self.facts.origins.get(voice),
        )
        self.claims[id] = Claim(
            id=id,
            about=about,
            passage=Passage(source=source, exact=voice, start=0, end=len(voice)),
            speaker=voice,
            stance=stance,
            serves=serves,
            withdrawn="taken back" if gone else None,
        )
        return id


def several(words: str | tuple[str, ...]) -> tuple[str, ...]:
    """One word, or several, as several."""
    return (words,) if isinstance(words, str) else words
