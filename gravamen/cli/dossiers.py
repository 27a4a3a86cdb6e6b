"""Dossiers on the command line: --dossier and --regime, and what they ask for."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from gravamen.case import Case
from gravamen.instruments.dossier import party_of, regimes
from gravamen.instruments.package import Wanted
from gravamen.law.authority import Law

F = TypeVar("F", bound=Callable[..., Any])


def dossier_options(command: F) -> F:
    """--dossier and --regime: on which parties, under the law of which states."""
    party = click.option(
        "--dossier",
        "parties",
        multiple=True,
        metavar="PARTY",
        help="The dossier on this person, unit or body (its id or a name of it; may be repeated).",
    )
    regime = click.option(
        "--regime",
        "states",
        multiple=True,
        metavar="STATE",
        help="The state whose law the dossier is for: us, uk, eu, ca, au or all (may be "
        "repeated; default: all).",
    )
    return party(regime(command))


def wanted_dossiers(
    case: Case, law: Law, parties: tuple[str, ...], states: tuple[str, ...]
) -> tuple[Wanted, ...]:
    """Return the dossiers that are wanted: each party under the law of each state.

    Raises:
        UsageError: a state is named without a party, or the law data hold no law of it.
        GravamenError: a party is not in the case, or no dossier can be about it.
    """
    if states and not parties:
        raise click.UsageError("--regime says for which law; say with --dossier on whom.")
    known = regimes(law)
    if unknown := [s for s in states if s not in (*known, "all")]:
        raise click.UsageError(
            f"The law data hold no law of {unknown[0]!r} that reaches persons; choose from "
            f"{', '.join(known)} or all."
        )
    chosen = known if not states or "all" in states else tuple(dict.fromkeys(states))
    ids = dict.fromkeys(party_of(case, name).id for name in parties)
    return tuple(Wanted(party=id, regime=state) for id in ids for state in chosen)
