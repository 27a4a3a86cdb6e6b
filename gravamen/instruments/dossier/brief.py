"""Brief: what every section of one dossier needs of a case and a state's law, gathered once."""

from collections.abc import Iterable
from difflib import get_close_matches
from functools import cached_property
from typing import NamedTuple

from gravamen.case import Case
from gravamen.checks.permitted import veiled, withheld
from gravamen.claims import Allegation, Claim, Role
from gravamen.findings import Choice, Finding, choose
from gravamen.findings.standing import ACCUSING
from gravamen.instruments.asked_words import shown_posts
from gravamen.instruments.asks import Ask, Book, asks
from gravamen.instruments.frame import requester_of
from gravamen.instruments.letter import circle
from gravamen.instruments.pen import Pen
from gravamen.instruments.wording import joined, named, speaker, stated
from gravamen.law import cited_on
from gravamen.law.authority import Authority, Law, Prong
from gravamen.parties import Party, Post
from gravamen.sentences import Paper
from gravamen.submission import Argument, Search, SearchTopic
from gravamen.values import GravamenError
from gravamen.vocabulary import Act, ArgumentTopic, RoleKind

PERSONAL = ("person-sanctions", "visa")
# In which acts a role that goes with a post says what its holder did; in others it says the post.
_DOING: dict[RoleKind, tuple[Act, ...]] = {
    "commander": ("command",),
    "investigator": ("failure-to-investigate",),
    "official": (
        "command", "failure-to-investigate", "support", "detention", "arrest", "prosecution",
        "corruption", "denial-of-lawyer", "denial-of-judge",
    ),
}  # fmt: skip
# What a state is called in a sentence, and what its own interest is called.
STATES = {
    "us": "the United States",
    "uk": "the United Kingdom",
    "eu": "the European Union",
    "ca": "Canada",
    "au": "Australia",
}


class Ground(NamedTuple):
    """A law and the prong of it under which a party is put forward, with what was found."""

    authority: Authority
    prong: Prong
    findings: tuple[Finding, ...]


class Under(NamedTuple):
    """A law with the grounds under it."""

    authority: Authority
    grounds: tuple[Ground, ...]


def regimes(law: Law) -> tuple[str, ...]:
    """Return the jurisdictions whose law reaches persons, in the order of the law data."""
    return tuple(
        dict.fromkeys(a.jurisdiction for a in law.authorities.values() if a.kind in PERSONAL)
    )


def party_of(case: Case, name: str) -> Party:
    """Return the party that somebody names by its id, with or without "p.", or by a name.

    Raises:
        GravamenError: no party is named so, or a government, a protected party or more than one.
    """
    wanted = name.casefold()
    found = [
        p
        for p in case.parties.values()
        if wanted in (p.id.casefold(), p.id.removeprefix("p.").casefold())
        or (not p.protected and any(n.text.casefold() == wanted for n in p.names))
    ]
    able = [
        p for p in case.parties.values() if p.kind in ("person", "unit", "body") and not p.protected
    ]
    targets = [p.id for p in able]
    if len(found) != 1:
        near = "" if found else _near(wanted, able)
        raise GravamenError(
            f"{len(found) or 'No'} part{'ies are' if found else 'y is'} called {name!r} in "
            f"{case.id}{near}; name one of {', '.join(targets) or 'its parties (it has none)'}."
        )
    party = found[0]
    if party.kind in ("government", "group") or party.protected:
        what = "protected" if party.protected else f"a {party.kind}"
        raise GravamenError(
            f"{party.id} is {what}, and a dossier recommends a measure against one person, unit or "
            f"body; name one of {', '.join(targets)}."
        )
    return party


def _near(wanted: str, parties: list[Party]) -> str:
    """The party that may be meant by a word that is like its id, its name or a word of that."""
    words: dict[str, str] = {}
    for party in parties:
        names = [n.text.casefold() for n in party.names]
        for word in (party.id.casefold(), party.id.removeprefix("p.").casefold(), *names):
            words |= dict.fromkeys((word, *word.split()), party.id)
    near = get_close_matches(wanted, words, n=1)
    return f" (did you mean {words[near[0]]}?)" if near else ""


class Brief:
    """One party under the law of one state: what is recommended, on which ground, on what record.

    Args:
        party: id of the party.
        regime: jurisdiction of the law data ("us", "uk", "eu", "ca", "au").

    Raises:
        GravamenError: the law data hold no law of that state that reaches persons.
    """

    def __init__(self, book: Book, *, party: str, regime: str) -> None:
        known = regimes(book.law)
        if regime not in known:
            raise GravamenError(
                f"The law data hold no law of {regime!r} that reaches persons; choose one of "
                f"{', '.join(known)}."
            )
        self.book, self.case, self.law, self.on = book, book.case, book.law, book.on
        self.party, self.regime = book.case.parties[party], regime
        self.state = STATES.get(regime, regime)
        paper: Paper = "us-letter" if regime == "us" else "a4"
        self.pen = Pen(book.case, book.law, on=book.on, paper=paper)
        self.requester = requester_of(book.case)

    @property
    def name(self) -> str:
        """The party as a sentence names it."""
        return named(self.case, self.party.id)

    @property
    def is_person(self) -> bool:
        """Whether the party is one human being."""
        return self.party.kind == "person"

    @cached_property
    def authorities(self) -> tuple[Authority, ...]:
        """The laws of the state that reach persons; for a unit, those on its assistance too."""
        kinds = (*PERSONAL, *(("unit-assistance",) if self.party.kind == "unit" else ()))
        return tuple(
            a
            for a in self.law.authorities.values()
            if a.jurisdiction == self.regime and a.kind in kinds
        )

    @cached_property
    def asks(self) -> tuple[Ask, ...]:
        """What the case asks against the party under these laws, as its letters ask it."""
        ids = {a.id for a in self.authorities}
        return tuple(
            a for a in asks(self.book) if a.authority in ids and self.party.id in a.targets
        )

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What was found about the party under these laws."""
        ids = {a.id for a in self.authorities}
        return tuple(
            f for f in self.book.findings if f.party == self.party.id and f.authority in ids
        )

    @cached_property
    def choice(self) -> Choice:
        """Which prong to ask under, of these laws alone."""
        return choose(self.case, self.law, self.findings, self.party.id)

    @cached_property
    def grounds(self) -> tuple[Ground, ...]:
        """The grounds on which the party is put forward: of each, nothing is missing.

        Where the case asks for measures against the party under laws of this state, these alone;
        else every law of which a ground is whole.
        """
        chosen = (self.choice.prong, *self.choice.also)
        found = [self.ground(p) for p in chosen if p]
        whole = [g for g in found if g is not None and not self.lacking(g)]
        asked = {ask.authority for ask in self.asks}
        return tuple([g for g in whole if g.authority.id in asked] or whole)

    @cached_property
    def under(self) -> tuple[Under, ...]:
        """The grounds by law, in their order."""
        laws = {g.authority.id: g.authority for g in self.grounds}
        return tuple(
            Under(authority=a, grounds=tuple(g for g in self.grounds if g.authority.id == id))
            for id, a in laws.items()
        )

    @property
    def nearest(self) -> Ground | None:
        """The ground that lacks least, where none is whole."""
        return self.ground(self.choice.prong) if self.choice.prong else None

    def ground(self, prong: str) -> Ground | None:
        """A prong of these laws with what was found under it; None for another."""
        for authority in self.authorities:
            for own in authority.prongs:
                if own.id == prong:
                    under = tuple(f for f in self.findings if f.prong == prong)
                    return Ground(authority=authority, prong=own, findings=under)
        return None

    def number(self, ground: Ground, finding: Finding) -> str:
        """The number of an element: "2.1" is the first of the second ground."""
        nth = next((n for n, g in enumerate(self.grounds, 1) if g.prong.id == ground.prong.id), 1)
        return f"{nth}.{ground.findings.index(finding) + 1}"

    def by_post(self, ground: Ground) -> bool:
        """Whether a ground reaches the holder of a post for what the body did meanwhile."""
        return any(self.law.element(e).rule == "tenure" for e in ground.prong.all_of)

    @staticmethod
    def lacking(ground: Ground) -> tuple[Finding, ...]:
        """The findings that a ground hangs on and for which nothing speaks."""
        prong = ground.prong
        missing = [f for f in ground.findings if f.state == "missing"]
        needed = [f for f in missing if f.element in prong.all_of]
        options = [f for f in ground.findings if f.element in prong.any_of]
        if options and all(f.state == "missing" for f in options):
            needed.append(options[0])
        return tuple(needed)

    @cached_property
    def relied(self) -> tuple[str, ...]:
        """Ids of the allegations on which the grounds rest, the acts themselves first."""
        grounds = self.grounds or tuple(g for g in (self.nearest,) if g)
        found = dict.fromkeys(a for g in grounds for f in g.findings for a in f.allegations)
        return tuple(a for a in found if not veiled(self.case, self.case.allegations[a]))

    @cached_property
    def allegations(self) -> tuple[Allegation, ...]:
        """The acts and states that bear on the party, in the order of the case: those relied on,
        and those that accuse the party, its bodies or what it commands."""
        return tuple(
            a
            for a in self.case.allegations.values()
            if stated(self.case, a)
            and a.kind != "figure"
            and (
                a.id in self.relied
                or any(r.party in self.around and r.kind in ACCUSING for r in a.roles)
            )
        )

    @cached_property
    def around(self) -> frozenset[str]:
        """The party, the bodies in which it holds posts, those it commands, and their parts."""
        return frozenset(circle(self.case, {self.party.id}))

    @cached_property
    def own(self) -> tuple[Allegation, ...]:
        """The acts and states in which the party itself has a role that accuses it, beside those
        of a body in which it stands by its post alone; the best attested first."""
        found = [a for a in self.allegations if any(self._did(a, r) for r in a.roles)]
        return tuple(sorted(found, key=self._weight))

    def _did(self, allegation: Allegation, role: Role) -> bool:
        """Whether a role says what the party itself did or left undone."""
        if role.party != self.party.id or role.kind not in ACCUSING:
            return False
        doing = _DOING.get(role.kind)
        return doing is None or allegation.act in doing

    def _weight(self, allegation: Allegation) -> tuple[bool, bool, int, str]:
        origins = len(self.case.corroboration(allegation.id).origins)
        relied = allegation.id in self.relied
        return (self.outside(allegation), not relied, -origins, allegation.date or "9999")

    @cached_property
    def underlying(self) -> tuple[Allegation, ...]:
        """The acts of others that the recommendation stands on, the earliest first."""
        acts = [a for a in self.allegations if a.kind == "act" and a not in self.own]
        return tuple(sorted(acts, key=lambda a: a.date or "9999"))

    @cached_property
    def key(self) -> tuple[Allegation, ...]:
        """The acts that the recommendation stands or falls with: marked so, or relied on."""
        acts = [a for a in (*self.own, *self.underlying) if a.kind == "act"]
        marked = [a for a in acts if a.key]
        return tuple(marked or [a for a in acts if a.id in self.relied] or acts)

    @cached_property
    def incidents(self) -> tuple[Allegation, ...]:
        """The acts one by one: the party's own first, then those that underlie them."""
        return (*(a for a in self.own if a.kind == "act"), *self.underlying)

    def outside(self, allegation: Allegation) -> bool:
        """Whether no law relied on covers an act of this kind, so that it is context alone."""
        if allegation.act is None or not self.grounds:
            return False
        cells = [
            [c.covers for c in self.law.coverage_of(allegation.act, g.authority.id)]
            for g in self.grounds
        ]
        return all(found and set(found) == {"no"} for found in cells)

    def cited(self, authority: Authority, words: str) -> str:
        """Words of a law with the yearly act that is in force named."""
        return cited_on(authority, words, self.on)

    @property
    def posts(self) -> tuple[Post, ...]:
        """The posts that some claim proves."""
        return shown_posts(self.case, self.party)

    @cached_property
    def accused(self) -> frozenset[str]:
        """Ids and names of those whom the acts accuse, and of all above them."""
        return frozenset().union(*(self.case.accused_by(a) for a in self.allegations))

    def claims(self, ids: Iterable[str]) -> tuple[Claim, ...]:
        """The claims of these ids that stand."""
        return tuple(
            self.case.claims[i] for i in ids if i in self.case.claims and self.case.stands(i)
        )

    def affirming(self, allegation: Allegation) -> tuple[Claim, ...]:
        """The claims that affirm an allegation and were not withdrawn, those to be shown first."""
        found = [
            c
            for c in self.case.claims_about(allegation.id)
            if c.stance == "affirms" and c.withdrawn is None
        ]
        return tuple(sorted(found, key=lambda c: withheld(self.case, c)))

    def denying(self, allegation: Allegation) -> tuple[Claim, ...]:
        """The claims that deny or limit an allegation and were not withdrawn."""
        return tuple(
            c
            for c in self.case.claims_about(allegation.id)
            if c.stance != "affirms" and c.withdrawn is None
        )

    def voice(self, claim: Claim) -> str:
        """Who says a claim, through whom, and when."""
        relayed = [named(self.case, r) for r in claim.relayed_by]
        when = claim.said_on or self.case.sources[claim.passage.source].published
        extra = [*([f"through {', '.join(relayed)}"] if relayed else [])]
        if when and not withheld(self.case, claim):
            extra.append(self.pen.day(when))
        who = speaker(self.case, claim)
        return f"{who} ({', '.join(extra)})" if extra else who

    def disputed(self, allegation: Allegation) -> str | None:
        """Who denies an allegation and who does not confirm it, in one clause; None for nobody."""
        told = []
        for stance, verb in (("denies", "denied by"), ("qualifies", "limited by")):
            voices = dict.fromkeys(
                speaker(self.case, c) for c in self.denying(allegation) if c.stance == stance
            )
            if voices:
                told.append(f"{verb} {joined(list(voices))}")
        return "; ".join(told) or None

    def searches(self, *topics: SearchTopic) -> tuple[Search, ...]:
        """The searches about the party, or about the case, on these topics."""
        return tuple(
            s
            for s in self.case.searches.values()
            if s.topic in topics and s.party in (None, self.party.id) and self.case.stands(s.id)
        )

    def arguments(self, topic: ArgumentTopic) -> tuple[Argument, ...]:
        """The arguments on a topic for these laws and this party."""
        ids = {a.id for a in self.authorities}
        return tuple(
            a
            for a in self.case.arguments.values()
            if a.topic == topic
            and a.party in (None, self.party.id)
            and (not a.authorities or ids & set(a.authorities))
            and self.case.stands(a.id)
        )
