"""Contexts: the words around a name that show what it is, and the small words inside names."""

from functools import cache

import msgspec
import yaml

from gravamen.reading.gazetteer import NameType, WordSet
from gravamen.reading.text import DATA
from gravamen.values import Value


class Contexts(Value):
    """The lists of `name_contexts.yaml`."""

    in_place: WordSet
    to_place: WordSet
    saying: WordSet
    state_acts: WordSet
    of_person: WordSet
    alias: WordSet
    labels: WordSet
    bare: dict[NameType, WordSet]
    bare_after: WordSet
    bare_body_after: WordSet
    no_acronym: WordSet
    place_first: WordSet
    body_first: WordSet
    particles: WordSet
    leaders: WordSet
    on_subject: WordSet


@cache
def contexts() -> Contexts:
    """Return the words around names."""
    data = yaml.safe_load((DATA / "name_contexts.yaml").read_text("utf-8"))
    return msgspec.convert(data, Contexts)
