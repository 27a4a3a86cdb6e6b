"""new, capture, import, show, erase: the case and its record."""

from datetime import date
from pathlib import Path
from typing import Any

import click
import msgspec

from gravamen.case import Case, Judgement, Verdict
from gravamen.casefile import CaseFile, Judged, Opened, compile_case
from gravamen.claims import origin_of
from gravamen.cli.comparing import or_compare
from gravamen.cli.options import (
    Day,
    actor_option,
    case_argument,
    counted,
    example,
    json_option,
    near,
    person,
    say,
    show_json,
    tell,
    tell_notices,
    today,
)
from gravamen.dates import Edtf
from gravamen.sources import capture_file
from gravamen.values import GravamenError

# What a body's own text comes as; a written case is YAML.
_TEXTS = (".txt", ".md", ".pdf", ".docx", ".html", ".htm", ".eml")


@click.command(
    "new", epilog=example("gravamen new out/new-case --title 'Detentions at Lower Quay'")
)
@case_argument
@click.option("--title", required=True, help="What the case is about, in a few words.")
@click.option("--language", default="en", show_default=True, help="Language tag of the case.")
@actor_option
@json_option
def new_command(case: Path, title: str, language: str, actor: str | None, as_json: bool) -> None:
    """Open a new, empty case in the folder CASE."""
    opened = CaseFile.create(
        case, Opened(id=case.resolve().name, title=title, language=language), actor=person(actor)
    )
    if as_json:
        show_json({"schema": "gravamen.new/1", "case": str(case), "head": opened.head.hash})
        return
    say(f"Opened {case}. Next: gravamen capture {case} FILE --id s.name")


@click.command(
    "capture",
    epilog=example(
        "gravamen capture out/case cases/alder-county/sources/observatory-report.txt",
        "--id s.report --publisher 'Harbour Observatory' --published 2023-06-19",
    ),
)
@case_argument
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--id", "source", required=True, help="Id of the source: s.report")
@click.option("--title", help="Its title, as a footnote prints it.")
@click.option("--publisher", help="Who published it.")
@click.option("--author", help="Who wrote it.")
@click.option("--published", help="When, as 2023, 2023-06 or 2023-06-19.")
@click.option("--retrieved", type=Day(), default=None, help="When you took it (default: today).")
@click.option("--url", help="Where it was.")
@click.option("--language", help="Its language tag: en, fa, sr-Cyrl.")
@click.option("--encoding", help="How its characters are coded, where it does not say: cp1251.")
@click.option("--origin", help="Sources with one origin count once: o.wire")
@click.option("--reliability", help="What speaks for and against trusting it.")
@actor_option
@json_option
def capture_command(
    case: Path,
    file: Path,
    source: str,
    retrieved: date | None,
    actor: str | None,
    as_json: bool,
    title: str | None,
    publisher: str | None,
    author: str | None,
    published: str | None,
    url: str | None,
    language: str | None,
    encoding: str | None,
    origin: str | None,
    reliability: str | None,
) -> None:
    """Take a file into CASE as a source, unchanged, its text beside it.

    The bytes are kept under their SHA-256. FILE is text, HTML, PDF with a text layer, DOCX or EML
    (attachments become sources of their own).
    """
    record = CaseFile.open(case)
    if source in record.case().sources:
        raise GravamenError(f"There is a source {source!r} in {case} already; choose another id.")
    captured = capture_file(
        file,
        id=source,
        retrieved=Edtf((retrieved or today()).isoformat()),
        title=title,
        publisher=publisher,
        author=author,
        published=Edtf(published) if published else None,
        url=url,
        language=language,
        encoding=encoding,
        origin=origin,
        reliability=reliability,
    )
    record.capture(captured, actor=person(actor))
    taken = record.case().sources
    new = [s for s in taken.values() if s.id == source or s.parent == source]
    if as_json:
        show_json({"schema": "gravamen.capture/1", "sources": new})
        return
    for one in new:
        say(f"{one.id}: {one.name}, {one.media_type}, {one.size:,} bytes, SHA-256 {one.sha256}")
        for notice in one.notices:
            say(f"{notice.id}: {notice.message}", indent="  ", hang="    ")


@click.command("import", epilog=example("gravamen import cases/alder-county/case.yaml out/case"))
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("to", type=click.Path(path_type=Path), required=False)
@actor_option
@json_option
@or_compare
def import_command(file: Path, to: Path, actor: str | None, as_json: bool) -> None:
    """Compile a case written as plain text into the new folder TO.

    FILE is a case.yaml beside its sources. Every error of the text is named in one run, with its
    line and what to do; what is allowed and seldom meant is noted. A quote may differ from its
    source in line breaks and spaces: it is recorded as the source has it. With --compare, FILE is
    a DOCX that was drafted here and edited since: each sentence is the same, changed, missing,
    new, duplicated, moved or hidden, and the exit code is 1 where any is not the same.
    """
    if file.suffix.lower() in _TEXTS and file.is_file():
        raise GravamenError(
            f"{file} is a text and no written case; make a case of it with: gravamen draft {file} "
            "--out out/first"
            + (" (or compare it with --compare)." if file.suffix.lower() == ".docx" else ".")
        )
    record, respaced, notices = compile_case(file, to, actor=person(actor))
    state = record.case()
    if as_json:
        show_json(
            {
                "schema": "gravamen.import/1",
                "case": str(to),
                "head": record.head.hash,
                "sources": len(state.sources),
                "claims": len(state.claims),
                "respaced": respaced,
                "notices": [str(notice) for notice in notices],
            }
        )
        return
    tell_notices(notices, respaced)
    say(
        f"Imported {counted(len(state.sources), 'source')}, "
        f"{counted(len(state.parties), 'party', 'parties')}, "
        f"{counted(len(state.allegations), 'allegation')}, "
        f"{counted(len(state.claims), 'claim')} and {counted(len(state.requests), 'request')} "
        f"into {to}{_since(state)}. Next: gravamen check {to}"
    )


def _since(state: Case) -> str:
    """What came along of what happened since the instruments were written; empty for nothing."""
    counts = (
        counted(len(state.flows), "line of assistance", "lines of assistance"),
        counted(len(state.vettings), "vetting"),
        counted(len(state.steps), "step of the body", "steps of the body"),
        counted(len(state.signings), "act of signing", "acts of signing"),
        counted(len(state.dispatches), "dispatch", "dispatches"),
        counted(len(state.replies), "reply", "replies"),
        counted(len(state.noted), "note"),
    )
    some = [said for said in counts if not said.startswith("0 ")]
    *first, last = some or [""]
    return f", with {', '.join(first)}{' and ' if first else ''}{last}" if some else ""


@click.command("show", epilog=example("gravamen show out/case a.beatings"))
@case_argument
@click.argument("id", required=False)
@json_option
def show_command(case: Path, id: str | None, as_json: bool) -> None:
    """Show what is in CASE, or one thing of it by its ID.

    With an allegation come its corroboration and the claims about it: who speaks, in which words.
    """
    state = CaseFile.open(case).case()
    tables = {
        "sources": state.sources,
        "parties": state.parties,
        "allegations": state.allegations,
        "claims": state.claims,
        "requests": state.requests,
        "flows": state.flows,
        "vettings": state.vettings,
        "consents": state.consents,
        "searches": state.searches,
        "arguments": state.arguments,
        "law_reviews": state.law_reviews,
        "rewordings": state.rewordings,
        "steps": state.steps,
        "signings": state.signings,
        "dispatches": state.dispatches,
        "replies": state.replies,
        "noted": state.noted,
    }
    if id is None:
        if as_json:
            show_json({"schema": "gravamen.show/1", "case": state})
            return
        say(f"{state.title} ({state.id})")
        for name, table in tables.items():
            ids = ", ".join(table) or "none"
            say(f"{name}: {ids}", indent="  ", hang="    ")
        return
    found = [table[id] for table in tables.values() if id in table]
    if not found:
        known = [k for table in tables.values() for k in table]
        raise GravamenError(f"There is nothing named {id!r} in {case}; {near(id, known)}.")
    if as_json:
        show_json({"schema": "gravamen.show/1", "value": found[0]})
        return
    tell(msgspec.to_builtins(found[0]) | _decided(state, id))
    if id in state.allegations:
        tell({"corroboration": state.corroboration(id).spelled, "claims": _claims(state, id)})


def _decided(state: Case, id: str) -> dict[str, Any]:
    """Who proposed a thing, and what a person decided about it."""
    return {"proposed by": state.proposed_by.get(id), "verdict": state.verdict(id)}


def _claims(state: Case, allegation: str) -> list[dict[str, Any]]:
    """The claims about an allegation as a person reads them: who speaks, where, in which words."""

    def named(voice: str) -> str:
        return state.parties[voice].name if voice in state.parties else voice

    return [
        {
            "id": c.id,
            "speaker": named(c.speaker),
            "relayed by": [named(voice) for voice in c.relayed_by],
            "stance": c.stance,
            "mode": c.mode,
            "source": c.passage.source,
            "origin": origin_of(c, state.sources),
            "words": c.passage.exact,
            "translation": c.translation,
            "withdrawn": c.withdrawn,
            **_decided(state, c.id),
        }
        for c in state.claims.values()
        if c.about == allegation
    ]


@click.command(
    "judge",
    epilog=example(
        "gravamen judge out/case a.beatings c.unit",
        "--verdict accepted --reason 'compared with the source'",
    ),
)
@case_argument
@click.argument("targets", nargs=-1, required=True)
@click.option(
    "--verdict",
    type=click.Choice(["accepted", "rejected", "amended"]),
    required=True,
    help="What you decide; a later verdict takes the place of an earlier one.",
)
@click.option("--reason", help="Why; it stays in the record.")
@actor_option
@json_option
def judge_command(
    case: Path,
    targets: tuple[str, ...],
    verdict: Verdict,
    reason: str | None,
    actor: str | None,
    as_json: bool,
) -> None:
    """Accept, reject or amend what a machine proposed.

    TARGETS are ids of allegations, claims, parties, requests or of anything else recorded in
    CASE. What stays undecided keeps every document that rests on it a DRAFT.
    """
    record = CaseFile.open(case)
    record.append(
        *(
            Judged(judgement=Judgement(target=target, verdict=verdict, reason=reason))
            for target in targets
        ),
        actor=person(actor),
    )
    state = record.case()
    left = [thing for thing in state.proposed_by if state.verdict(thing) is None]
    if as_json:
        show_json({"schema": "gravamen.judge/1", "judged": targets, "undecided": left})
        return
    say(
        f"{len(targets)} {verdict}; {counted(len(left), 'proposal is', 'proposals are')} undecided."
    )


@click.command(
    "erase", epilog=example("gravamen erase out/case s.w1 --reason 'The witness withdrew consent'")
)
@case_argument
@click.argument("target")
@click.option("--reason", required=True, help="Why; it stays in the record.")
@click.option("--yes", is_flag=True, help="Erase without asking.")
@actor_option
@json_option
def erase_command(
    case: Path, target: str, reason: str, yes: bool, actor: str | None, as_json: bool
) -> None:
    """Destroy the words of a thing in CASE; that it was erased stays.

    TARGET is the id of a source, claim, allegation, party, request, consent or of anything else
    that is recorded. You are asked first; what you decline exits 2.
    """
    record = CaseFile.open(case)
    if not yes:
        _ask(target, as_json)
    forgotten = record.erase(target, actor=person(actor), reason=reason)
    if as_json:
        show_json(
            {
                "schema": "gravamen.erase/1",
                "target": target,
                "head": record.head.hash,
                "remains": forgotten.remains,
            }
        )
        return
    say(f"Erased {target} in {case}. Copies outside this folder are not touched by this.")
    if forgotten.remains:
        say(
            "Words like those erased still stand here; decide about each (gravamen erase, or show):"
        )
        for place in forgotten.remains:
            say(place, indent="  ")


def _ask(target: str, as_json: bool) -> None:
    """Go on only where a person says yes."""
    if as_json:
        raise GravamenError("erase --json does not ask; give --yes to erase for good.")
    try:
        sure = click.confirm(f"Erasing {target} cannot be undone. Erase it?")
    except click.Abort:
        click.echo()
        sure = False
    if not sure:
        raise GravamenError("Nothing was erased. Say yes when asked, or give --yes.")


COMMANDS = (
    new_command,
    capture_command,
    import_command,
    show_command,
    judge_command,
    erase_command,
)
