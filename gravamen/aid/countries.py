"""Countries: the code for what a table prints as country, by rules of spelling and data alone.

The data are `data/countries.yaml`. A name is compared as the set of its words, so that the order
("Korea, Republic of"), commas, brackets, dashes and slashes do not matter.
"""

import difflib
import functools
import re
import unicodedata
from collections.abc import Hashable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

import msgspec
import yaml

from gravamen.aid.files.dataset import AidError
from gravamen.values import Value

_FILE = Path(__file__).parent / "data" / "countries.yaml"
_SILENT = frozenset({"and", "of", "the"})
_NO_CODE = frozenset({"", "NULL"})
_OTHER_REGION = re.compile(r"UN-\d{3}\Z|ORG-[A-Za-z0-9][\w.-]*\Z")
# What ISO 3166-1 leaves to its users: a table may call a place of its own so. (It leaves them more
# codes; those are not read, since a slip of the pen would pass for one.)
_OWN = re.compile(r"X[A-Z]\Z")
NEAR = 4  # names that an error offers

Key = frozenset[str]
K = TypeVar("K", bound=Hashable)


class Place(Value):
    """A country, a state that is no more, or a region: its names and its other codes.

    Args:
        followed_by: codes under which tables print what lies where a state that is no more was.
    """

    name: str
    codes: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    followed_by: tuple[str, ...] = ()
    note: str | None = None


class Unprinted(Value):
    """Names under which no table that was read prints a country; codes near it that they print."""

    names: tuple[str, ...]
    near: tuple[str, ...]


class Table(Value):
    """The data file: places by code, and the words that the rules of spelling need."""

    guarded: tuple[str, ...]
    forms: frozenset[str]
    short: Mapping[str, str]
    states: Mapping[str, Place]
    former: Mapping[str, Place]
    regions: Mapping[str, Place]
    unprinted: tuple[Unprinted, ...]


def code(printed: str | None, name: str | None = None) -> str | None:
    """Return our code for what a table prints as country; None where it is not known.

    Args:
        printed: a code or a name as it stands in the table; codes are written in capitals.
        name: the name beside a code. It decides where the code is empty or "NULL". Where both are
            known and are two countries, the answer is None: the row contradicts itself.
    """
    words = (printed or "").strip()
    if words in _NO_CODE:
        return _by_name(name or "")
    found = _codes().get(words) or (words if _OWN.match(words) else _by_name(words))
    named_so = _by_name(name) if name else None
    return None if found and named_so and named_so != found else found


def named(country: str) -> str:
    """Return the name that we print for one of our codes.

    Raises:
        AidError: there is no such code.
    """
    if place := places().get(country):
        return place.name
    if region(country):
        return f"Region {country}"
    if _OWN.match(country):
        return country
    raise AidError(
        f"There is no country with the code {country!r}; use an ISO 3166-1 code of two letters "
        "or the code of a region as the file prints it (WLD)."
    )


def region(country: str) -> bool:
    """Say whether a code is that of a region: one of our list, of the UN's M49, of a publisher."""
    return country in _table().regions or bool(_OTHER_REGION.match(country))


def found(words: str) -> str:
    """Return our code for a country as a person writes it: a name or a code, in any case.

    Raises:
        AidError: it is not known, or more than one country has the name; it gives names near it.
    """
    result = code(words) or _codes().get(words.strip().upper())
    if result:
        return result
    if unprinted := _unprinted(words):
        raise AidError(unprinted)
    near = tuple(_near(words))
    offered = f" Near it: {', '.join(near)}." if near else ""
    raise AidError(
        f"There is no country {words!r} in our list.{offered} Write a name in English or an ISO "
        "3166-1 code of two letters."
    )


def kin(country: str) -> tuple[str, ...]:
    """Return the codes of what followed a state that is no more, and of those that were where a
    place is now; tables print their figures apart."""
    followed = tuple(own for own, place in places().items() if country in place.followed_by)
    known = places().get(country)
    return tuple(dict.fromkeys((*followed, *(known.followed_by if known else ()))))


def otherwise(country: str, printed: Iterable[str]) -> tuple[str, ...]:
    """Return the names under which rows print a country, where they are other than ours by more
    than spelling, order of words, forms of state and "former"."""
    names = [words for words in printed if words not in _codes() and not _OWN.match(words)]
    if not names:
        return ()
    forms, own = _table().forms | {"former"}, _key(named(country))
    return tuple(words for words in names if _key(words) - forms != own - forms)


@functools.cache
def places() -> Mapping[str, Place]:
    """Every place by our code: states, states that are no more, regions."""
    table = _table()
    return {**table.states, **table.former, **table.regions}


def _unprinted(words: str) -> str | None:
    """What to say of a name under which no table prints a country; None of other words."""
    for known in _table().unprinted:
        if _key(words) in map(_key, known.names):
            near = " and ".join(f"{named(c)} ({c})" for c in known.near)
            return (
                f"The tables of the United States that were read print no country {words!r}. Near "
                f"it they print {near}; what of those figures concerns it, if any, they do not "
                "tell. Names stand here as publications print them, which says nothing of whose a "
                "territory is."
            )
    return None


def _by_name(words: str) -> str | None:
    key = _key(words)
    names = _names()
    if key in names:
        return names[key]
    plain = key - _table().forms
    if plain == key or any(plain == _key(name) for name in _table().guarded):
        return None
    return names.get(plain)


def _key(words: str) -> Key:
    """The words of a name without case, accents, apostrophes, dots and silent words."""
    text = unicodedata.normalize("NFKD", words).casefold()
    text = "".join(c for c in text if not unicodedata.combining(c))
    text = re.sub(r"['’‘ʼ`´.]", "", text)
    short = _table().short
    return frozenset(short.get(w, w) for w in re.findall(r"\w+", text)) - _SILENT


def _near(words: str) -> Iterator[str]:
    """The places whose names are spelled nearly so, or that share a name that needs more."""
    key = _key(words)
    written = {" ".join(sorted(k)): c for k, c in _names().items()}
    alike = difflib.get_close_matches(" ".join(sorted(key)), written, n=NEAR, cutoff=0.75)
    holding = [c for k, c in _names().items() if key and key < k]
    for country in list(dict.fromkeys([*holding, *(written[a] for a in alike)]))[:NEAR]:
        yield f"{named(country)} ({country})"


@functools.cache
def _table() -> Table:
    raw = yaml.load(_FILE.read_bytes(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return msgspec.convert(raw, Table)


@functools.cache
def _codes() -> Mapping[str, str]:
    """Every code, ours and others, to ours."""
    own = {place: place for place in places()}
    return own | _one_each((c, own) for own, place in places().items() for c in place.codes)


@functools.cache
def _names() -> Mapping[Key, str]:
    """The words of every name to our code."""
    return _one_each(
        (_key(name), own) for own, place in places().items() for name in (place.name, *place.also)
    )


def _one_each(pairs: Iterable[tuple[K, str]]) -> dict[K, str]:
    """A table in which a key stands for one place; a key of two is a fault of the data file."""
    table: dict[K, str] = {}
    for key, own in pairs:
        if table.setdefault(key, own) != own:
            raise AidError(f"{_FILE.name}: {key!r} stands for two places, {table[key]} and {own}.")
    return table
