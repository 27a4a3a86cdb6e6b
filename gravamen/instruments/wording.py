"""Wording: how an attributed claim becomes a sentence, and what the sentence is bound to."""

import re
from collections.abc import Iterable, Sequence
from typing import Literal

from gravamen.case import Case
from gravamen.checks.permitted import carries, content, permitted, veiled, withheld
from gravamen.claims import Allegation, Claim
from gravamen.dates import spell
from gravamen.parties import with_article
from gravamen.reading.casting import OWN_VOICE
from gravamen.sentences import Binding, Paper, Sentence

_VERBS = {
    "witnessed": "stated",
    "reported": "reported",
    "official": "stated",
    "document": "recorded",
    "inference": "concluded",
}
OWN_TEXT = "the text put before this body"
_ENDS = " \t\r\n\u00a0.;,"
_OWN = re.compile(
    r"(?:(?:the|this|our)\s+)?(?:(?:present|foregoing)\s+)?(?:motion|resolution|text|letter)",
    re.IGNORECASE,
)


def borne(case: Case, allegation: Allegation) -> str:
    """Return how far an allegation is borne out, and who denies it by name; the word of the record
    for that, "denied by its subject", counts those above the accused as the accused."""
    found = case.corroboration(allegation.id)
    n = len(found.origins)
    words = f"{found.support} ({n} origin{'' if n == 1 else 's'})"
    voices = dict.fromkeys(
        speaker(case, case.claims[c]) for c in found.denied_by if not withheld(case, case.claims[c])
    )
    return f"{words}; denied by {joined(list(voices))}" if voices else words


def bind(case: Case, claims: Iterable[Claim]) -> tuple[Binding, ...]:
    """Return the bindings of claims: version, exact words and place; withheld if protected."""
    return tuple(_binding(case, claim) for claim in claims)


def _binding(case: Case, claim: Claim) -> Binding:
    if withheld(case, claim):
        return Binding(claim=claim.id, version=case.version(claim.id), withheld=True)
    source = case.sources[claim.passage.source]
    return Binding(
        claim=claim.id,
        version=case.version(claim.id),
        source=source.id,
        source_sha256=source.sha256,
        quote=claim.passage.exact,
        start=claim.passage.start,
        end=claim.passage.end,
        page=claim.passage.page,
        translation=claim.translation,
        translator=(claim.translator or source.translator) if claim.translation else None,
    )


def speaker(case: Case, claim: Claim) -> str:
    """The words by which a sentence names the speaker of a claim, without a capital forced."""
    return OWN_TEXT if own_voice(claim) else named(case, claim.speaker)


def own_voice(claim: Claim) -> bool:
    """Whether it is the body's own text that speaks, and nobody whom it names."""
    return claim.speaker == OWN_VOICE or bool(_OWN.fullmatch(claim.speaker.strip()))


def named(case: Case, who: str) -> str:
    """A party as a sentence names it, with the article its name asks for; other words as are."""
    if who not in case.parties:
        return who
    party = case.parties[who]
    plain = party.kind == "person" or party.protected
    return party.name if plain else with_article(party.name)


def capital(words: str) -> str:
    """Some words with a capital at their beginning."""
    return words[:1].upper() + words[1:]


def joined(words: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1]


def stated(case: Case, allegation: Allegation) -> bool:
    """Whether an instrument states an allegation: acts and status; figures once a person has put
    them into the case's own words; never context, and never what protected persons alone say."""
    if not case.stands(allegation.id) or allegation.kind == "context" or veiled(case, allegation):
        return False
    return allegation.kind != "figure" or not quoted(case, allegation)


def quoted(case: Case, allegation: Allegation) -> bool:
    """Whether an allegation may only be given in the words of its source: nobody has put it
    into the case's own."""
    return allegation.id in case.proposed_by and case.verdict(allegation.id) != "amended"


def attributed(
    case: Case,
    allegation: Allegation,
    *,
    id: str,
    paper: Paper,
    whereas: bool = False,
    public: bool = False,
) -> Sentence | None:
    """Return the sentence that says who affirms an allegation; None where nobody does.

    Where the words of one speaker carry it, that one is given as saying so and the others as
    speaking to the same point; where it takes several accounts together, it is alleged on these,
    and nobody is made to say more than the quotation does.

    Args:
        whereas: the sentence ends with a semicolon, as a clause of a preamble.
        public: the sentence is published: only those are heard who agreed to that.
    """
    claims = _affirming(case, allegation, public=public)
    if not claims or veiled(case, allegation):
        return None
    if quoted(case, allegation):
        return quoting(case, [allegation], id=id, whereas=whereas)
    return Sentence(
        id=id,
        kind="context" if allegation.kind == "context" else "allegation",
        text=capital(told(case, allegation, claims, paper)) + (";" if whereas else "."),
        bindings=bind(case, claims),
        allegations=(allegation.id,),
        characterisation_of=_characterised(case, allegation),
    )


def told(case: Case, allegation: Allegation, claims: Sequence[Claim], paper: Paper) -> str:
    """Return who says that something happened, in one clause without its full stop.

    Args:
        claims: those that affirm it, the one that carries it first.
    """
    voices: dict[str, str] = {}
    for claim in claims:
        voices.setdefault(speaker(case, claim), _voice(case, claim, paper))
    first = claims[0]
    if not (own_voice(first) or carries(first, allegation)):
        accounts = f"account{'' if len(voices) == 1 else 's'} of {joined(list(voices.values()))}"
        return f"on the {accounts}, it is alleged that {allegation.text}"
    hedge = ", with reservation," if first.hedged else ""
    lead = voices.pop(speaker(case, first))
    text = f"{lead} {_VERBS[first.mode]}{hedge} that {allegation.text}"
    if voices:
        gave = "gave accounts that bear" if len(voices) > 1 else "gave an account that bears"
        text += f"; {joined(list(voices.values()))} {gave} on it"
    return text


def _affirming(case: Case, allegation: Allegation, *, public: bool) -> list[Claim]:
    """The claims that affirm an allegation: those that can be shown first, and of these the ones
    that carry it."""
    claims = [
        c
        for c in case.claims_about(allegation.id)
        if c.stance == "affirms"
        and c.withdrawn is None
        and (not public or permitted(case, c, "publication"))
    ]
    return sorted(claims, key=lambda c: (withheld(case, c), not carries(c, allegation)))


def _voice(case: Case, claim: Claim, paper: Paper) -> str:
    """ "the Observatory (3 May 2030)", "a former guard (relayed by the Union, 3 May 2030)"."""
    style: Literal["us", "int"] = "us" if paper == "us-letter" else "int"
    when = claim.said_on or case.sources[claim.passage.source].published
    extra = []
    if claim.relayed_by:
        extra.append(f"relayed by {joined([named(case, r) for r in claim.relayed_by])}")
    if when and not withheld(case, claim):
        extra.append(spell(when, style=style))
    words = speaker(case, claim)
    return f"{words} ({', '.join(extra)})" if extra else words


def _characterised(case: Case, allegation: Allegation) -> str | None:
    """Whose words the contested terms of an allegation are."""
    by = dict.fromkeys(
        case.parties[c.by].name if c.by in case.parties else c.by
        for c in allegation.characterisations
    )
    return joined(list(by)) if by else None


def _telling(case: Case, claim: Claim) -> str:
    """The speaker of a claim, and that only the body's own text relays it, where that is so."""
    if own_voice(claim) or claim.passage.source != case.motion:
        return speaker(case, claim)
    return f"{speaker(case, claim)}, as {OWN_TEXT} has it,"


def answers(case: Case, wanted: Sequence[str]) -> list[str]:
    """The statements beside the allegations that come from those whom these accuse, or that deny
    what nobody affirms: what the other side says, as far as the record holds it. Another
    accusation that is denied is none."""
    accused = {_bare(name) for a in wanted for name in case.accused_by(case.allegations[a])}

    def theirs(claim: Claim) -> bool:
        return _bare(speaker(case, claim)) in accused or claim.speaker in accused

    found = []
    for allegation in case.allegations.values():
        claims = case.claims_about(allegation.id)
        affirmed = [c for c in claims if c.stance == "affirms"]
        # Of a text that nobody has read yet, all that the accused say may be an answer.
        own = quoted(case, allegation) and any(theirs(c) for c in affirmed)
        bare = bool(claims) and not affirmed
        if allegation.id not in wanted and case.stands(allegation.id) and (own or bare):
            found.append(allegation.id)
    return found


def _bare(name: str) -> str:
    """A name without article and form of state, so that its forms meet."""
    return re.sub(r"^(?:the\s+)?(?:government of\s+)?(?:the\s+)?", "", name.casefold()).strip()


def quoting(
    case: Case, allegations: Sequence[Allegation], *, id: str, whereas: bool = False
) -> Sentence | None:
    """Return a sentence that gives allegations of one sentence of a source in its own words."""
    claims = [
        c
        for a in allegations
        for c in case.claims_about(a.id)
        if c.stance == "affirms" and c.withdrawn is None
    ]
    if not claims:
        return None
    source = claims[0].passage.source
    here = [c for c in claims if c.passage.source == source]
    start, end = min(c.passage.start for c in here), max(c.passage.end for c in here)
    words = _unended(case.texts[source].text[start:end])
    told_within = not own_voice(here[0]) and speaker(case, here[0]) in words
    if told_within and source == case.motion:
        lead = f"{OWN_TEXT} says"  # its words name the speaker themselves
    elif own_voice(here[0]):
        lead = f"{OWN_TEXT} says, without naming a source"
    else:
        lead = f"{_telling(case, here[0])} said"
    return Sentence(
        id=id,
        kind="context" if all(a.kind == "context" for a in allegations) else "allegation",
        text=f"{capital(lead)}: “{words}”" + (";" if whereas else "."),
        bindings=bind(case, here),
        allegations=tuple(dict.fromkeys(a.id for a in allegations)),
        quotes=(words,),
        characterisation_of=speaker(case, here[0]),
    )


def denials(
    case: Case, allegation: Allegation, *, id: str, whereas: bool = False
) -> Sentence | None:
    """Return the sentence that prints what is said against an allegation, in exact words."""
    claims = [
        c
        for c in case.claims_about(allegation.id)
        if c.stance in ("denies", "qualifies") and c.withdrawn is None
    ]
    if not claims:
        return None
    shown = [c for c in claims if not withheld(case, c)]
    parts = [_against(case, allegation, c, first=n == 0) for n, c in enumerate(shown)]
    if hidden := len(claims) - len(shown):
        parts.append(f"{hidden} further statement{'s' if hidden > 1 else ''} cannot be shown here")
    return Sentence(
        id=id,
        kind="allegation",
        text=capital("; ".join(parts)) + (";" if whereas else "."),
        bindings=bind(case, claims),
        allegations=(allegation.id,),
        quotes=tuple(_said(c) for c in shown if not c.translation),
        characterisation_of=joined([speaker(case, c) for c in shown]) if shown else None,
    )


def _against(case: Case, allegation: Allegation, claim: Claim, *, first: bool) -> str:
    """A denial or a limit in its exact words; what it is against is said once, with the first."""
    denies = claim.stance == "denies"
    what = f"{'' if denies else 'the account '}that {content(case, allegation)}"
    words = f"{speaker(case, claim)} {'denied' if denies else 'limited'} {what if first else 'it'}"
    if quoted(case, allegation):
        words = f"{_telling(case, claim)} spoke against or cast doubt on this"
    if claim.translation:
        by = claim.translator or "a translator not named"
        return f"{words}: “{claim.translation.strip().rstrip('.;,')}” (translated by {by})"
    return f"{words}: “{_said(claim)}”"


def _said(claim: Claim) -> str:
    """The exact words of a claim, without the mark that ends them."""
    return _unended(claim.passage.exact)


def _unended(words: str) -> str:
    """Some words of a source without the marks, or the "and", that end their clause there."""
    bare = words.strip().rstrip(_ENDS)
    before = bare.removesuffix("and").rstrip()
    return before.rstrip(_ENDS) if before != bare and before.endswith((";", ",")) else bare
