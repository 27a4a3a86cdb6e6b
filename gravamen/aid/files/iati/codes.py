"""Codes of the IATI standard, as `gravamen/aid/data/iati.yaml` has them."""

import functools
from collections.abc import Mapping
from pathlib import Path

import msgspec
import yaml

from gravamen.aid.line import Kind
from gravamen.values import Value

_FILE = Path(__file__).parents[2] / "data" / "iati.yaml"


class Movement(Value):
    """A type of transaction: what its amount is, and whether the reporter receives it."""

    kind: Kind
    incoming: bool = False


class Codes(Value):
    """The data file: codelists of the standard."""

    versions: tuple[str, ...]
    transactions: Mapping[str, Movement]
    budgets: Mapping[str, str]
    budget_states: Mapping[str, str]
    organisations: Mapping[str, str | None]
    region_vocabularies: Mapping[str, str]
    sector_vocabularies: frozenset[str]
    dac_donors: Mapping[str, str]
    activity: frozenset[str]
    transaction: frozenset[str]
    budget: frozenset[str]
    currencies: str


@functools.cache
def codes() -> Codes:
    """The codelists, read once."""
    return msgspec.convert(yaml.safe_load(_FILE.read_text("utf-8")), Codes)


@functools.cache
def currencies() -> frozenset[str]:
    """The codes of ISO 4217 that an amount may be in."""
    return frozenset(codes().currencies.split())
