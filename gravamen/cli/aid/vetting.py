"""aid vet: the units of a case beside the names of trained units on file; a person decides."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, Literal

import click

from gravamen.aid.units.vetting import (
    Candidate,
    Vetted,
    decisions,
    names_for,
    units_of,
    vet,
)
from gravamen.aid.words import ranged, vintage_words
from gravamen.case import Case
from gravamen.casefile import CaseFile
from gravamen.casefile import Vetted as VettedEntry
from gravamen.cli.data import data_option, editions_in
from gravamen.cli.options import (
    actor_option,
    case_argument,
    counted,
    examples,
    json_option,
    near,
    on_option,
    person,
    say,
    show_json,
    today,
)
from gravamen.editions import Editions
from gravamen.flows import Vetting
from gravamen.parties import Party
from gravamen.values import GravamenError

SHOWN = 12  # candidates of a unit that are printed; --json gives all
RUNS = 6  # runs of rows of a name that are printed
Same = Literal["yes", "no", "open"]
_SAID = {
    "yes": "the same unit",
    "no": "two units",
    "open": "open, a person looked and could not tell",
}


@click.command(
    "vet",
    epilog=examples(
        "gravamen import cases/quillby-dorvel/case.yaml out/dorvel",
        "gravamen aid import cases/quillby-dorvel/assistance/training.csv --data out/data",
        "gravamen aid vet out/dorvel --on 2026-05-12 --data out/data",
        "gravamen aid vet out/dorvel --unit p.unit --name '2nd Guard Detachment' --same yes "
        "--why 'The same name in full.' --data out/data",
    ),
)
@case_argument
@click.option("--unit", help="Only this party of the case, by its id.")
@click.option("--name", help="The name to decide on, as the file prints it.")
@click.option(
    "--same",
    type=click.Choice(["yes", "no", "open"]),
    help="Whether the name is of the unit; open where you looked and could not tell.",
)
@click.option("--why", help="The ground of the decision, one sentence.")
@on_option
@actor_option
@json_option
@data_option
def vet_command(
    case: Path,
    unit: str | None,
    name: str | None,
    same: Same | None,
    why: str | None,
    on: date | None,
    actor: str | None,
    as_json: bool,
    data: Path | None,
) -> None:
    """Compare the units of CASE with the names of trained units in the files on hand.

    Each name that matches or may match is printed with the reason, most alike first. A different
    number is a different unit; a name that tells no unit from another ("Army Unit") is counted
    and not compared; bodies of the United States and civil bodies are counted too. That nothing
    matches does not clear a unit: the sentence says how many names of how many rows were looked
    at. Reports and copies that came after the day of --on are left out.

    With --unit, --name, --same and --why a person's decision is recorded instead. Deciding again
    replaces it; `gravamen judge CASE ID --verdict rejected` takes it back.
    """
    casefile = CaseFile.open(case)
    state, editions, day = casefile.case(), editions_in(data), on or today()
    party = _party(state, unit) if unit is not None else None
    if name is not None or same is not None or why is not None:
        made = _decided(state, party, name, same, why, editions, day)
        casefile.append(*(VettedEntry(vetting=v) for v in made), actor=person(actor))
        _tell_decided(case, casefile.case(), made, as_json=as_json)
        return
    found = vet(state, editions, on=day, unit=unit)
    if as_json:
        show_json(vet_json(case, day, found))
    else:
        _tell(case, found)


def _party(case: Case, id: str) -> Party:
    """The unit or body that is meant.

    Raises:
        GravamenError: there is none; it says which there are.
    """
    known = {p.id: p for p in units_of(case)}
    if id not in known:
        raise GravamenError(
            f"There is no unit or body {id!r} with a country in the case; {near(id, list(known))}."
        )
    return known[id]


def _decided(
    case: Case,
    party: Party | None,
    name: str | None,
    same: Same | None,
    why: str | None,
    editions: Editions,
    day: date,
) -> tuple[Vetting, ...]:
    """What is to be recorded."""
    if party is None or name is None or same is None or not (why or "").strip():
        raise GravamenError(
            "A decision needs --unit ID, --name 'as printed', --same yes, no or open, and --why "
            "with its ground; nothing was recorded."
        )
    found = names_for(case, editions, party.country or "", on=day)
    return decisions(party, name, found, same=same, why=(why or "").strip(), on=day)


def _tell_decided(folder: Path, case: Case, made: Sequence[Vetting], *, as_json: bool) -> None:
    if as_json:
        show_json({"schema": "gravamen.aid.vetting/1", "case": str(folder), "recorded": list(made)})
        return
    for vetting in made:
        say(
            f"{vetting.id}: {case.parties[vetting.unit].name} and {vetting.name!r} "
            f"({vetting.file}, {_places(vetting.at)}): {_SAID[vetting.same]}.",
            hang="    ",
        )
        if not case.stands(vetting.id):
            say(
                "A person rejected it before, and that stands; to take it in, gravamen judge "
                f"{folder} {vetting.id} --verdict accepted"
            )
    say(f"Take it back: gravamen judge {folder} {made[0].id} --verdict rejected")


def vet_json(folder: Path, day: date, found: Sequence[Vetted]) -> dict[str, Any]:
    """The object that `aid vet --json` prints (schema gravamen.aid.vet/1)."""
    return {
        "schema": "gravamen.aid.vet/1",
        "case": str(folder),
        "on": day.isoformat(),
        "units": [
            {
                "unit": v.party.id,
                "name": v.party.name,
                "candidates": [_candidate_json(c) for c in v.candidates],
                "matches": v.matches,
                "possible": v.possible,
                "names": v.names,
                "rows": v.rows,
                "as_of": v.as_of.isoformat(),
                "not_vettable": sum(dull.names for dull in v.not_vettable),
                "not_vettable_rows": sum(dull.rows for dull in v.not_vettable),
                "not_vettable_why": [dull._asdict() for dull in v.not_vettable],
                "sentence": v.sentence,
            }
            for v in found
        ],
    }


def _candidate_json(candidate: Candidate) -> dict[str, Any]:
    recipient = candidate.recipient
    return {
        "name": recipient.name,
        "verdict": candidate.match.verdict,
        "why": candidate.match.why,
        "rows": recipient.rows,
        "trainees": recipient.trainees,
        "years": recipient.years,
        "programs": recipient.programs,
        "kind": recipient.kind,
        "file": recipient.file,
        "vintage": recipient.vintage,
        "at": recipient.at,
        "decision": candidate.decision,
    }


def _tell(folder: Path, found: Sequence[Vetted]) -> None:
    if not found:
        say(
            "The case names no unit, and no body with a country, that could be looked for; record "
            "one as a party of kind unit with its country."
        )
    for vetted in found:
        say(f"{vetted.party.name} ({vetted.party.id})")
        say(vetted.sentence, indent="  ")
        if vetted.party.protected:
            say(
                "Its name is protected, so the names that are like it are not printed.", indent="  "
            )
        for candidate in vetted.candidates[:SHOWN]:
            _tell_candidate(candidate)
        if len(vetted.candidates) > SHOWN:
            rest = counted(len(vetted.candidates) - SHOWN, "more name")
            say(f"{rest} with --json.", indent="  ")
        say()
    if any(v.candidates for v in found):
        say(
            f"Decide on a name: gravamen aid vet {folder} --unit ID --name 'AS PRINTED' --same "
            "yes, no or open --why 'THE GROUND'"
        )


def _tell_candidate(candidate: Candidate) -> None:
    recipient, match = candidate.recipient, candidate.match
    verdict = {"match": "match", "possible": "possible", "no": "no match"}[match.verdict]
    facts = [counted(recipient.rows, "row")]
    if recipient.trainees is not None:
        facts.append(counted(recipient.trainees, "trainee"))
    if recipient.years:
        facts.append(f"{_years(recipient.years)}")
    if recipient.programs:
        facts.append(", ".join(recipient.programs))
    say(f"{verdict}: {recipient.name!r}: {'; '.join(facts)}.", indent="  ", hang="      ")
    say(" ".join(match.why), indent="      ")
    say(
        f"{recipient.file}, {vintage_words(recipient.vintage)}, {_places(recipient.at)}.",
        indent="      ",
    )
    if candidate.decision is not None:
        decision = candidate.decision
        of = "" if decision.sha256 == recipient.sha256 else f", of {decision.file}"
        say(
            f"Decided{of}: {_SAID[decision.same]}. {decision.why} ({decision.id})",
            indent="      ",
        )


def _places(at: str) -> str:
    """The rows of a name in words, the first few where there are many."""
    runs = at.split(", ")
    if len(runs) > RUNS:
        return f"rows {', '.join(runs[:RUNS])} and more (all with --json)"
    return f"row {at}" if at.isdigit() else f"rows {at}"


def _years(years: Sequence[int]) -> str:
    """Years in words: "fiscal years 2011, 2014-2016"."""
    return f"fiscal year{'' if len(years) == 1 else 's'} {ranged(years)}"


COMMANDS = (vet_command,)
