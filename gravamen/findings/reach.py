"""Reach: whether an authority can be used against a party at all, and which ones can."""

from collections.abc import Collection

from gravamen.law.authority import Authority, Law, Prong
from gravamen.law.authority import Reach as Kind
from gravamen.law.scope import FORMER_USSR, spared
from gravamen.parties import Party
from gravamen.values import Value
from gravamen.vocabulary import PartyKind

_KINDS: dict[PartyKind, tuple[Kind, ...]] = {
    "person": ("individual", "official"),
    "unit": ("entity", "government_entity", "unit"),
    "body": ("entity", "government_entity"),
    "group": ("entity",),
    "government": ("state",),
}
_WHOM: dict[Kind, str] = {
    "individual": "persons",
    "entity": "entities",
    "government_entity": "government bodies",
    "official": "officials",
    "family": "their family members",
    "unit": "units of security forces",
    "state": "states",
}
_WHAT: dict[PartyKind, str] = {
    "person": "a person",
    "unit": "a unit",
    "body": "a body",
    "group": "a group",
    "government": "a state",
}
# Nouns that take an article where a law is named by them.
_NOUNS = ("Act", "law", "designation", "Regulations", "Regime")
# How a sentence calls a citizen of a state, and the state.
_STATES = {"US": ("US citizen", "the United States"), "CA": ("citizen of Canada", "Canada")}


class Reached(Value):
    """Whether an authority reaches a party, and the sentence that says why or why not."""

    yes: bool
    why: str

    def __bool__(self) -> bool:
        return self.yes


def reach(party: Party, authority: Authority) -> Reached:
    """Say whether an authority can be used against a party of this kind, nationality and state."""
    what = f"{party.name} is {_WHAT[party.kind]}"
    law, whom = named(authority), whom_words(authority.reaches)
    home = spared(authority)
    if home and barred(party, authority):
        return Reached(
            yes=False,
            why=f"{own_words(party, home.state)}, and this authority ({law}) does not reach "
            f"{home.whom}.",
        )
    if not set(kinds_of(party)) & set(authority.reaches):
        states = ", not states" if party.kind == "government" else ""
        return Reached(yes=False, why=f"{what}, and {law} reaches {whom}{states}.")
    if authority.countries and party.country not in authority.countries:
        return Reached(
            yes=False,
            why=f"{_capital(law)} concerns only {', '.join(authority.countries)}, and "
            f"{party.name} belongs to {party.country or 'no state that the record names'}.",
        )
    if authority.former_ussr and party.country not in FORMER_USSR:
        return Reached(
            yes=False,
            why=f"{_capital(law)} concerns only the independent states of the former Soviet "
            f"Union, and {party.name} belongs to "
            f"{party.country or 'no state that the record names'}.",
        )
    return Reached(yes=True, why=f"{what}, and {law} reaches {whom}.")


def prong_reaches(party: Party, authority: Authority, prong: Prong) -> bool:
    """Whether one prong of an authority that reaches a party reaches it too."""
    return bool(set(kinds_of(party)) & set(prong.reaches or authority.reaches))


def kinds_of(party: Party) -> tuple[Kind, ...]:
    """The kinds of target that a party can be; family only where the record says of whom."""
    family: tuple[Kind, ...] = ("family",) if party.family_of else ()
    return (*_KINDS[party.kind], *family)


def reaching(law: Law, party: Party) -> tuple[Authority, ...]:
    """The authorities of the law data that reach a party."""
    return tuple(a for a in law.authorities.values() if reach(party, a))


def barred(party: Party, authority: Authority) -> bool:
    """Whether a party is one of those whom an authority spares as its own state's.

    A person who is of that state and of another one too is barred only where the law says so.
    """
    home = spared(authority)
    if home is None:
        return False
    return own(party, home.state) or (home.dual == "spared" and both(party, home.state))


def own(party: Party, state: str) -> bool:
    """Whether the record makes a party a citizen, resident or entity of a state, and of it only."""
    if party.kind == "person":
        return of(party, state) and not set(party.nationalities) - {state}
    return of(party, state)


def both(party: Party, state: str) -> bool:
    """Whether a person is of a state and of another one too: whom of these a law reaches is a
    matter of its own definition, and not decided here."""
    return party.kind == "person" and of(party, state) and not own(party, state)


def of(party: Party, state: str) -> bool:
    """Whether a party is of a state, whatever else; who is a US person is recorded apart."""
    if state == "US" and party.us_person:
        return True
    return state in (party.nationalities if party.kind == "person" else (party.country,))


def own_words(party: Party, state: str) -> str:
    """The sentence part that says in which way a party is of a state."""
    noun, land = _STATES.get(state, (f"{state} citizen", state))
    if state in party.nationalities:
        return f"{party.name} is a {noun}"
    if party.kind == "person":
        return f"{party.name} is recorded as a {state} person"
    return f"{party.name} is of {land}"


def named(authority: Authority) -> str:
    """How a sentence names a law: "the Global Magnitsky Act", "section 907"."""
    short = authority.short
    if short.startswith("Section "):
        return short[:1].lower() + short[1:]
    return f"the {short}" if short.split()[-1] in _NOUNS else short


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def whom_words(kinds: Collection[Kind]) -> str:
    """Whom an authority reaches, in words: "persons, entities and government bodies"."""
    words = [_WHOM[kind] for kind in kinds]
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1] if words else ""]))
