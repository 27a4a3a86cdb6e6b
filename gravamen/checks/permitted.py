"""Permitted: whose words may go out for which use, and what of an allegation they give away."""

import re

from gravamen.case import Case
from gravamen.claims import Allegation, Claim
from gravamen.submission import Use

# Words of an allegation that are looked for in a quotation: what is longer than these carries it.
_SHORT = 3
_STEM = 5
_CARRIED = 0.6
_WORD = re.compile(r"[^\W_]+")


def withheld(case: Case, claim: Claim) -> bool:
    """Whether a claim's words must not go out: a protected person speaks or is named in them."""
    protected = [p for p in case.parties.values() if p.protected]
    words = _folded(f"{claim.passage.exact} {claim.translation or ''}")
    return any(
        claim.speaker == p.id
        or p.id in claim.relayed_by
        or any(_folded(name.text) in words for name in p.names)
        for p in protected
    )


def permitted(case: Case, claim: Claim, use: Use) -> bool:
    """Whether those whose words a claim holds agreed to a use of them.

    What a protected person says is published only where that was agreed; of anybody else, and for
    any other use, a consent that is on record must cover it, and `checks` asks for one that is not.
    """
    source = claim.passage.source
    asked = [
        c
        for c in case.consents.values()
        if case.stands(c.id) and (source in c.sources or (c.of == claim.speaker and not c.sources))
    ]
    if not asked:
        party = case.parties.get(claim.speaker)
        return use != "publication" or party is None or not party.protected
    return all(use in c.uses and c.withdrawn is None for c in asked)


def veiled(case: Case, allegation: Allegation) -> bool:
    """Whether an allegation must not be told: only protected persons affirm it, who did not agree
    that what they say be published. In a room of few, the content names the witness."""
    claims = [
        c for c in case.claims_about(allegation.id) if c.stance == "affirms" and not c.withdrawn
    ]
    return bool(claims) and all(
        withheld(case, c) and not permitted(case, c, "publication") for c in claims
    )


def content(case: Case, allegation: Allegation) -> str:
    """Return what is alleged, as a clause after "that"; a veiled one by its kind alone."""
    if not veiled(case, allegation):
        return allegation.text
    return f"there was {kind_of(allegation)} of which protected persons alone speak"


def kind_of(allegation: Allegation) -> str:
    """Return the kind of an allegation as a noun phrase, which gives away no more than that."""
    if allegation.act == "command":
        return "an order or presence"
    return f"an act of {(allegation.act or allegation.kind).replace('-', ' ')}"


def carries(claim: Claim, allegation: Allegation) -> bool:
    """Whether a quotation by itself says what is alleged: its figures, and most of its words
    beside those of the place, which a source seldom says again in each sentence.

    Where it does not, no sentence puts the allegation into its speaker's mouth.
    """
    said = _stems(f"{claim.passage.exact} {claim.translation or ''}")
    wanted = _stems(allegation.text) - _stems(allegation.place or "")
    figures = {w for w in wanted if w.isdigit()}
    if not wanted or not figures <= said:
        return False
    return len(wanted & said) >= _CARRIED * len(wanted)


def _stems(words: str) -> set[str]:
    found = _WORD.findall(words.casefold())
    return {w[:_STEM] for w in found if len(w) > _SHORT or w.isdigit()}


def _folded(words: str) -> str:
    return " ".join(words.casefold().split())


_QUOTED = re.compile(r"“[^”]*”")
_VEILED = "“[withheld]”"


def printable(case: Case, message: str) -> str:
    """Return what a check says, as a document may print it: where it names a withheld claim, or
    its source, or quotes words that stand in one, what it quotes is left out."""
    hidden = [c for c in case.claims.values() if withheld(case, c)]
    if not hidden or "“" not in message:
        return message
    ids = {c.id for c in hidden} | {c.passage.source for c in hidden}
    words = " ".join(_folded(f"{c.passage.exact} {c.translation or ''}") for c in hidden)
    quoted = (_folded(q[1:-1]) for q in _QUOTED.findall(message))
    named = any(re.search(rf"(?<![\w.-]){re.escape(id)}(?![\w-])", message) for id in ids)
    if named or any(q and q in words for q in quoted):
        return _QUOTED.sub(_VEILED, message)
    return message
