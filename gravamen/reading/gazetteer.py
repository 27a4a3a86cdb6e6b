"""Gazetteer: states, territories, places and bodies known by name, and the words of names."""

from functools import cache
from typing import Literal, NamedTuple

import msgspec
import yaml

from gravamen.reading.proposal import PartyType, PlaceType
from gravamen.reading.text import DATA
from gravamen.values import Value

NameType = PartyType | PlaceType
WordSet = frozenset[str]


class Country(NamedTuple):
    """A row of data/countries.tsv; `code` is None where ISO 3166 has none."""

    code: str | None
    kind: Literal["state", "territory", "former", "place"]
    names: tuple[str, ...]
    people: tuple[str, ...]


@cache
def countries() -> tuple[Country, ...]:
    """All states and territories of the gazetteer."""
    lines = (DATA / "countries.tsv").read_text("utf-8").splitlines()
    return tuple(_country(*line.split("\t")) for line in lines if line and line[0] != "#")


def _country(code: str, kind: str, names: str, people: str) -> Country:
    row = (None if code == "-" else code, kind, _split(names), _split(people))
    return msgspec.convert(row, Country)


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(",") if part.strip())


class Words(Value):
    """The lists of `bodies.yaml`; heads and tails by the type of name that they show."""

    bodies: WordSet
    offices: WordSet
    heads: dict[NameType, WordSet]
    tails: dict[NameType, WordSet]
    middle: WordSet
    place_of: WordSet
    state_of: WordSet
    toward_state: WordSet
    ranks: WordSet
    titles: WordSet
    portfolio: WordSet
    common: WordSet


@cache
def words() -> Words:
    """Return the words that show what a name is."""
    return msgspec.convert(yaml.safe_load((DATA / "bodies.yaml").read_text("utf-8")), Words)


@cache
def party_heads() -> WordSet:
    """The nouns that head the name of a body, unit or office."""
    heads = words().heads
    return heads["body"] | heads["unit"] | heads["office"]


@cache
def known() -> dict[str, NameType]:
    """Names whose type is known without context, in lower case and without full stops."""
    places = yaml.safe_load((DATA / "places.yaml").read_text("utf-8"))
    table: dict[str, NameType] = {}
    for name in (*places["cities"], *places["regions"]):
        table[key(str(name))] = "place"
    for name in words().bodies:
        table[key(name)] = "body"
    for name in words().offices:
        table[key(name)] = "office"
    for country in countries():
        for name in country.names:
            table[key(name)] = "place" if country.kind == "place" else "state"
    return table


@cache
def acronyms() -> frozenset[str]:
    """The keys of known names that count only in capitals: WHO is a body, "who" is not."""
    names = [*words().bodies, *(n for c in countries() for n in c.names)]
    return frozenset(key(n) for n in names if n.isupper())


@cache
def peoples() -> frozenset[str]:
    """Words for peoples and for what belongs to them; they are no names here."""
    return frozenset(p for c in countries() for p in c.people)


def key(name: str) -> str:
    """Return a name in the form in which it is looked up."""
    return " ".join(name.replace("’", "'").replace(".", "").lower().split())


@cache
def _codes() -> dict[str, str]:
    return {key(n): c.code for c in countries() if c.code for n in c.names}


def country_code(name: str) -> str | None:
    """Return the ISO 3166 code of a state or territory: "government of Armenia" gives AM.

    A former state gives its ISO 3166-3 code of four letters; a name that the gazetteer does not
    know, an invented one or a region, gives None.
    """
    plain = key(name)
    for lead in ("the ", "government of ", "the government of ", "republic of ", "state of "):
        if plain.startswith(lead) and plain.removeprefix(lead) in _codes():
            return _codes()[plain.removeprefix(lead)]
    return _codes().get(plain)
