"""draft: the package of a case."""

import tempfile
from collections import Counter
from datetime import date
from importlib import import_module
from pathlib import Path

import click

from gravamen import law as lawdata
from gravamen.case import Case
from gravamen.casefile import CaseFile, Compiled, Drafted, compile_case
from gravamen.casefile.intake import take_in
from gravamen.cli.data import data_option, editions_in
from gravamen.cli.dossiers import dossier_options, wanted_dossiers
from gravamen.cli.options import (
    actor_option,
    counted,
    examples,
    json_option,
    on_option,
    person,
    say,
    show_json,
    tell_notices,
    today,
)
from gravamen.cli.weighing import flag_json
from gravamen.editions import Editions
from gravamen.instruments.leaks import ProtectedName
from gravamen.instruments.package import Package, prepare, write_all
from gravamen.instruments.setting import Files
from gravamen.sentences import Instrument, Paper
from gravamen.values import GravamenError


@click.command(
    "draft",
    epilog=examples(
        "gravamen draft cases/alder-county/sources/motion.txt --on 2024-03-05 --out out/motion",
        "gravamen draft out/case --dossier teresh --regime uk --on 2024-03-05 --out out/dossier",
    ),
)
@click.argument("what", type=click.Path(path_type=Path))
@on_option
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("out"),
    show_default=True,
    help="The folder to write into.",
)
@click.option("--body", help="The body that asks, where the text does not name it.")
@click.option(
    "--paper",
    type=click.Choice(["us-letter", "a4"]),
    default="us-letter",
    show_default=True,
    help="Paper of a text's instruments (a case names its own).",
)
@dossier_options
@click.option("--strict", is_flag=True, help="Exit 1 where anything blocks sending.")
@data_option
@actor_option
@json_option
def draft_command(
    what: Path,
    on: date | None,
    out: Path,
    body: str | None,
    paper: str,
    parties: tuple[str, ...],
    states: tuple[str, ...],
    strict: bool,
    data: Path | None,
    actor: str | None,
    as_json: bool,
) -> None:
    """Write the package: a diagnosis, the motion, and a letter to each office asked.

    With --dossier, a recommendation on one party under the law of one state and its two-page
    summary are written instead.

    WHAT is a body's own text (text, HTML, PDF, DOCX, EML), a case folder, or a case.yaml. A text
    is read by the machine: a case is opened in OUT/case with all that was read as proposals, and
    everything is marked DRAFT. Where it asks to stop assistance to a state, and the data folder
    holds tables of it, the lines that were there on the day are proposed too. The same input,
    --on and tables give the same bytes.
    """
    day = on or today()
    record, folder, compiled = _case(what, out, day, body, paper, person(actor), editions_in(data))
    if compiled and not as_json:
        tell_notices(compiled.notices, compiled.respaced)
    state = record.case()
    law = lawdata.load()
    wanted = wanted_dossiers(state, law, parties, states)
    package = prepare(state, law, on=day, dossiers=wanted)
    out.mkdir(parents=True, exist_ok=True)
    if not as_json:
        say(f"Setting {len(package.instruments)} instruments ...")
    try:
        files = write_all(package, out, state)
    except ProtectedName as error:
        click.echo(f"gravamen: {error} Nothing was written.", err=True)
        for flag in package.flags:
            if flag.id == "protected-name":
                click.echo(f"  {flag.where}: {flag.message} {flag.hint}", err=True)
        raise click.exceptions.Exit(1) from None
    record.append(
        *(
            Drafted(
                instrument=i.id,
                on=day.isoformat(),
                draft=i.draft,
                files=files[i.id].digests(),
                party=i.party,
                regime=i.regime,
            )
            for i in package.instruments
        ),
        actor=person(actor),
    )
    if as_json:
        show_json(draft_json(state, package, files, folder))
    else:
        asked = "".join(f" --dossier {p}" for p in parties)
        asked += "".join(f" --regime {s}" for s in states)
        _tell(package, files, folder, f"{asked} --on {day.isoformat()}")
        _tell_of_lines(state, folder, day)
    if strict and any(flag.blocks for flag in package.flags):
        raise click.exceptions.Exit(1)


def _case(
    what: Path,
    out: Path,
    day: date,
    body: str | None,
    paper: str,
    actor: str,
    editions: Editions,
) -> tuple[CaseFile, Path, Compiled | None]:
    """The case that is meant, opened; made in OUT/case from a text or a case.yaml.

    Of a case.yaml comes what was compiled, which holds what its writer should hear.

    A case that stands in OUT/case already is drafted from again where the same input would make
    the same case; anything else that was recorded in it is never written over.
    """
    if what.is_dir():
        return CaseFile.open(what), what, None
    folder = out / "case"
    wanted: Paper = "a4" if paper == "a4" else "us-letter"

    def made(to: Path) -> tuple[CaseFile, Compiled | None]:
        if what.suffix in (".yaml", ".yml"):
            compiled = compile_case(what, to, actor=actor)
            return compiled.casefile, compiled
        law = lawdata.load()
        taken = take_in(what, to, law=law, on=day, actor=actor, body=body, paper=wanted)
        if editions.all("aid"):
            # The reader of tables is loaded where there is one to read.
            assisted = import_module("gravamen.casefile.assisted")
            assisted.propose_lines(taken, editions, law, on=day, actor=actor)
        return taken, None

    if not (folder / "ledger.jsonl").exists():
        record, compiled = made(folder)
        return record, folder, compiled
    standing = CaseFile.open(folder)
    with tempfile.TemporaryDirectory(prefix="gravamen-") as scratch:
        again, compiled = made(Path(scratch) / "case")
        same = again.case() == standing.case()
    if not same:
        raise GravamenError(
            f"There is another case in {folder} already, or more was recorded in it; draft from "
            f"it (gravamen draft {folder} --out {out}) or choose another --out."
        )
    return standing, folder, compiled


def draft_json(
    case: Case, package: Package, files: dict[str, Files], folder: Path
) -> dict[str, object]:
    """The object that `draft --json` prints (schema gravamen.draft/1)."""
    return {
        "schema": "gravamen.draft/1",
        "case": str(folder),
        "requests": [
            {
                "id": r.id,
                "measure": r.measure,
                "authority": r.authority,
                "target": r.target_words or r.target,
                "target_kind": "state"
                if _is_state(case, r.target)
                else _kind(case, r.target, r.target_words),
                "offices": list(r.addressees),
                "source": r.passage
                and {"start": r.passage.start, "end": r.passage.end, "text": r.passage.exact},
            }
            for r in case.requests.values()
        ],
        "claims": list(case.claims.values()),
        "findings": [
            {
                "party": f.party,
                "authority": f.authority,
                "prong": f.prong,
                "element": f.element,
                "state": f.state,
                "claims": f.claims,
                "against": f.against,
                "corroboration": f.corroboration,
                "gap": f.gap,
            }
            for f in package.findings
        ],
        "flags": [flag_json(f) for f in package.flags],
        "instruments": [
            {
                "id": i.id,
                "kind": i.kind,
                "office": i.office,
                "party": i.party,
                "regime": i.regime,
                "draft": i.draft,
                "sentences": len(i.sentences()),
                "unbound": len(unbound(i)),
                "files": {k: str(v) for k, v in files[i.id].paths().items()},
            }
            for i in package.instruments
        ],
    }


def _is_state(case: Case, target: str | None) -> bool:
    return (
        target is not None and target in case.parties and case.parties[target].kind == "government"
    )


def _kind(case: Case, target: str | None, words: str | None) -> str:
    if target is not None and target in case.parties:
        return case.parties[target].kind
    return "unnamed" if words else "none"


def unbound(instrument: Instrument) -> list[str]:
    """The ids of the allegations and quotations of an instrument that no claim is bound to."""
    return [
        s.id
        for s in instrument.sentences()
        if (s.kind == "allegation" or s.quotes) and not s.bindings
    ]


def _tell(package: Package, files: dict[str, Files], folder: Path, options: str) -> None:
    """What was written, what is DRAFT and why.

    Args:
        options: how `check` is to be called for the same instruments.
    """
    drafts = [i for i in package.instruments if i.draft]
    grave = [f for f in package.flags if f.blocks]
    open_ = [f for f in package.flags if f.severity == "draft"]
    for instrument in package.instruments:
        mark = "DRAFT  " if instrument.draft else "       "
        click.echo(f"{mark}{files[instrument.id].pdf}")
    say("Beside each lie the same document as .html, .docx and .akn.xml, and its .manifest.json.")
    say()
    if "diagnosis" in files:
        say(f"Open first: {files['diagnosis'].pdf} (what was wrong, what was done, what is left).")
    if drafts:
        be = "is" if len(drafts) == 1 else "are"
        why = "; ".join(dict.fromkeys(f.id for f in (grave or open_)))
        stops = (
            f"{len(grave)} flag{'s block' if len(grave) > 1 else ' blocks'} sending"
            if grave
            else "nothing blocks sending, but a person must review"
        )
        say(
            f"{len(drafts)} of {len(package.instruments)} {be} marked DRAFT: {stops} ({why}). "
            f"Every flag with its remedy: gravamen check {folder}{options}"
        )
    say(f"The record is {folder}. Check a file against it: gravamen verify FILE --case {folder}")


def _tell_of_lines(case: Case, folder: Path, day: date) -> None:
    """With which one call the lines of assistance are accepted that were proposed."""
    waiting = [f for f in case.flows.values() if not case.reviewed(f.id) and case.stands(f.id)]
    for country, n in Counter(f.country for f in waiting).items():
        say(
            f"{counted(n, 'line')} of assistance to {country} {'is' if n == 1 else 'are'} proposed."
            f" To accept them: gravamen aid choose {folder} --country {country} --on "
            f"{day.isoformat()}"
        )


COMMANDS = (draft_command,)
