"""Claims: who says what, about whom, and where in the source; how many origins say so."""

import math
from collections.abc import Iterable, Mapping
from typing import Literal

from gravamen.dates import Edtf
from gravamen.sources.source import Passage, Source
from gravamen.values import Value
from gravamen.vocabulary import Act, RoleKind, VictimKind

Mode = Literal["witnessed", "reported", "official", "document", "inference"]
Stance = Literal["affirms", "denies", "qualifies"]
AllegationKind = Literal["act", "status", "figure", "context"]
Certainty = Literal["stated", "likely", "possible"]
Bound = Literal["eq", "gt", "ge", "lt", "le", "approx", "range"]


# A speaker is the id of a party or the words of the source; ids of parties begin so.
PARTY_PREFIX = "p."


class Quantity(Value):
    """A number as it was said: its bound ("more than" is gt), its unit, `high` of a range."""

    value: float
    bound: Bound = "eq"
    unit: str | None = None
    high: float | None = None

    @property
    def wrong(self) -> str | None:
        """Why it is no quantity, as the end of a sentence; None for a good one."""
        if not math.isfinite(self.value) or not math.isfinite(self.high or 0):
            return f"is no number ({self.value} to {self.high}); write the number that was said."
        if self.bound != "range":
            bare = self.high is None
            return None if bare else f"has a high end ({self.high:g}); write bound: range with it."
        if self.high is None:
            return f"is a range from {self.value:g} without its upper end; write high: with it."
        if self.high < self.value:
            return (
                f"is a range from {self.value:g} down to {self.high:g}; write the lower end first."
            )
        return None


class Role(Value):
    """Who stands in what relation to an allegation, how surely, on what basis.

    Args:
        party: id of a party, or None where the source names nobody whom the case knows.
        words: the words of the source for them ("men in masks").
    """

    kind: RoleKind
    party: str | None = None
    words: str | None = None
    certainty: Certainty = "stated"
    basis: str | None = None


class Characterisation(Value):
    """A contested name or legal conclusion (POW, hostage, genocide): whose word it is."""

    term: str
    words: str
    by: str
    disputed_by: tuple[str, ...] = ()


class Allegation(Value):
    """One neutral atomic proposition that claims support, contradict or qualify.

    Args:
        text: a clause that can follow "that": no capital unless a name begins it, no full stop.
        act: the kind of act, for `kind` "act".
        date: when it happened (EDTF).
        place: as the source writes it; `place_normal` a name of the case's own choosing.
        key: whether a request stands or falls with it; two independent origins are wanted.
        victims: who the victims are said to be, as far as it bears on a law ("rights-defender",
            "captive", "civilian"); characterisations stand in `characterisations`.
    """

    id: str
    kind: AllegationKind
    text: str
    act: Act | None = None
    date: Edtf | None = None
    place: str | None = None
    place_normal: str | None = None
    roles: tuple[Role, ...] = ()
    quantity: Quantity | None = None
    key: bool = False
    victims: tuple[VictimKind, ...] = ()
    characterisations: tuple[Characterisation, ...] = ()


class Claim(Value):
    """Who says what, in which passage: the tie between an allegation and the exact words.

    Args:
        about: id of the allegation, of the party whose post, birth or command it proves, or of the
            flow whose rows and amount it gives.
        speaker: id of a party, or the words of the source ("a former guard").
        relayed_by: through whom it came, the nearest to the speaker first.
        origin: overrides the source's origin where the claim goes back to another witness.
        said_on: when it was said, if the source tells.
        serves: what it bears on beyond its allegation: element ids ("el.victim_seeks") or facts
            of a party ("post:p.dorosh/1", "nationality", "birth", "command").
        withdrawn: why its speaker or source took it back; None while it stands.
    """

    id: str
    about: str
    passage: Passage
    speaker: str
    relayed_by: tuple[str, ...] = ()
    mode: Mode = "reported"
    stance: Stance = "affirms"
    hedged: bool = False
    origin: str | None = None
    said_on: Edtf | None = None
    serves: tuple[str, ...] = ()
    translation: str | None = None
    translator: str | None = None
    withdrawn: str | None = None


CorroborationWord = Literal[
    "unsupported",
    "single-source",
    "several dependent",
    "independently corroborated",
    "contested",
    "denied by its subject",
]


class Corroboration(Value):
    """How far an allegation is borne out, in words; never a score.

    Args:
        origins: the independent origins that affirm it, sorted.
        word: the strongest remark that applies: a denial by its subject and a contradiction by
            anyone else are said whatever the number of origins.
    """

    word: CorroborationWord
    origins: tuple[str, ...]
    affirmed_by: tuple[str, ...]
    denied_by: tuple[str, ...]
    qualified_by: tuple[str, ...]

    @property
    def support(self) -> CorroborationWord:
        """The word for the affirming side alone, without the denials."""
        if not self.affirmed_by:
            return "unsupported"
        if len(self.origins) >= 2:
            return "independently corroborated"
        return "single-source" if len(self.affirmed_by) == 1 else "several dependent"

    @property
    def spelled(self) -> str:
        """The sentence part that a table prints: the support, the origins, then the denial."""
        n = len(self.origins)
        words = f"{self.support} ({n} origin{'' if n == 1 else 's'})"
        return words if self.word == self.support else f"{words}; {self.word}"


def corroborate(
    claims: Iterable[Claim],
    *,
    sources: Mapping[str, Source],
    subjects: frozenset[str] = frozenset(),
) -> Corroboration:
    """Return how far the claims about one allegation bear it out, over independent origins.

    Two wires of one story are one origin; so are two reports that quote one party of the case, or
    one witness where the claims give both the same origin. A claim that gives an origin of its own
    counts under that, whoever speaks. A withdrawn claim counts for nothing.

    Args:
        claims: all claims about one allegation.
        subjects: ids or names of the parties it accuses, and of those who speak for them.
    """
    standing = [c for c in claims if c.withdrawn is None]
    by_stance: dict[Stance, list[Claim]] = {"affirms": [], "denies": [], "qualifies": []}
    for claim in standing:
        by_stance[claim.stance].append(claim)
    affirming, denying = by_stance["affirms"], by_stance["denies"]
    bare = Corroboration(
        word="unsupported",
        origins=independent_origins(affirming, sources),
        affirmed_by=tuple(c.id for c in affirming),
        denied_by=tuple(c.id for c in denying),
        qualified_by=tuple(c.id for c in by_stance["qualifies"]),
    )
    word: CorroborationWord = bare.support
    if any(c.speaker in subjects for c in denying):
        word = "denied by its subject"
    elif denying and affirming:
        word = "contested"
    return Corroboration(
        word=word,
        origins=bare.origins,
        affirmed_by=bare.affirmed_by,
        denied_by=bare.denied_by,
        qualified_by=bare.qualified_by,
    )


def origin_of(claim: Claim, sources: Mapping[str, Source]) -> str:
    """Return the origin that a claim counts under: its own, else its source's."""
    return claim.origin or sources[claim.passage.source].origin_group


def independent_origins(claims: Iterable[Claim], sources: Mapping[str, Source]) -> tuple[str, ...]:
    """Return one origin for each group of claims that do not go back to one origin or one party.

    Whoever tells two papers the same is one origin, and so is then all that these two origins say:
    what may depend on one another is never counted as independent.
    """
    same: dict[str, str] = {}
    heard: dict[str, str] = {}

    def first(origin: str) -> str:
        while same.setdefault(origin, origin) != origin:
            origin = same[origin]
        return origin

    for claim in claims:
        origin = first(origin_of(claim, sources))
        if claim.origin is None and claim.speaker.startswith(PARTY_PREFIX):
            low, high = sorted((origin, first(heard.setdefault(claim.speaker, origin))))
            same[high] = low
    return tuple(sorted({first(origin) for origin in same}))
