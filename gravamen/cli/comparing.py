"""import --compare: an edited Word document beside its instrument, and what to do about it."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import wraps
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import click

from gravamen import law as lawdata
from gravamen.case import Case
from gravamen.casefile import CaseFile, Reworded
from gravamen.casefile.documents import drafted_again, drafted_files, instruments_again
from gravamen.checks import Flag, check_instruments
from gravamen.cli.options import say, show_json
from gravamen.cli.weighing import flag_json, write_guarded
from gravamen.instruments import manifest as manifests
from gravamen.instruments.comparison import (
    Comparison,
    ComparisonError,
    Row,
    beginning,
    compare,
    edited,
    rewordings,
    unlike,
)
from gravamen.instruments.comparison.view import aside, page, summary
from gravamen.instruments.docx import manifest_in
from gravamen.instruments.fonts import missing_glyphs
from gravamen.instruments.manifest import Manifest, ManifestError
from gravamen.instruments.package import reviewed
from gravamen.instruments.rewording import now_reads, standing
from gravamen.sentences import Instrument
from gravamen.submission import Rewording
from gravamen.values import GravamenError, sha256

F = TypeVar("F", bound=Callable[..., Any])
LARGEST_FILE = 64 * 1024 * 1024
_MANIFEST = ".manifest.json"
_NAMED = 8


class _Compared(NamedTuple):
    comparison: Comparison
    flags: tuple[Flag, ...] | None
    recorded: tuple[Rewording, ...]


def or_compare(command: F) -> F:
    """Let `import` compare an edited Word document in place of compiling a case."""

    @click.option(
        "--compare",
        "compares",
        is_flag=True,
        help="FILE is a DOCX drafted here and edited since: say what became of each sentence.",
    )
    @click.option(
        "--case",
        "case_path",
        type=click.Path(path_type=Path),
        default=None,
        help="With --compare: the case (default: the folder `case` beside FILE).",
    )
    @click.option(
        "--against",
        type=click.Path(path_type=Path),
        default=None,
        help="With --compare: the manifest of the instrument, where FILE lost its own.",
    )
    @click.option(
        "--html",
        type=click.Path(path_type=Path),
        default=None,
        help="With --compare: write the comparison as a web page, too.",
    )
    @click.option(
        "--record",
        is_flag=True,
        help="With --compare: propose each changed sentence to the case; a person then judges.",
    )
    @wraps(command)
    def either(
        file: Path,
        to: Path | None,
        compares: bool,
        case_path: Path | None,
        against: Path | None,
        html: Path | None,
        record: bool,
        **more: Any,
    ) -> None:
        if not compares:
            if case_path or against or html or record:
                raise click.UsageError("--case, --against, --html and --record need --compare.")
            if to is None:
                raise click.UsageError("Missing argument 'TO'.")
            command(file=file, to=to, **more)
            return
        if to is not None:
            raise click.UsageError("With --compare there is no TO; name the case with --case.")
        _compare(file, case_path, against, html, record=record, as_json=more["as_json"])

    return either  # type: ignore[return-value]  # a command's callback, called by click alone


def _compare(
    file: Path,
    case_path: Path | None,
    against: Path | None,
    html: Path | None,
    *,
    record: bool,
    as_json: bool,
) -> None:
    """Compare, tell, and exit 1 where anything differs."""
    casefile = _case(file, case_path)
    if record and casefile is None:
        raise GravamenError(
            f"There is no case beside {file} to record in; name it with --case FOLDER."
        )
    data = _bytes(file)
    manifest, instrument, notes = _instrument(file, data, casefile, against)
    found = compare(data, manifest, instrument, name=file.name)
    flags = _flags(casefile.case(), instrument, found) if casefile else None
    if html:
        if casefile:
            write_guarded(html, page(found, flags or ()), casefile.case())
        else:
            html.write_text(page(found, flags or ()), encoding="utf-8")
    if record and casefile and manifest.digest not in drafted_files(casefile):
        raise GravamenError(
            f"{_unknown(casefile)} Nothing was recorded: draft it from this case, and edit that."
        )
    recorded = _record(casefile, instrument, found) if record else ()
    if record and casefile:
        notes += (*_left_out(instrument, found), *_not_reached(casefile, instrument, recorded))
    done = _Compared(found, flags, recorded)
    if as_json:
        show_json(_json(done, notes))
    else:
        _tell(done, notes, casefile, html)
    if not found.same:
        raise click.exceptions.Exit(1)


def _case(file: Path, named: Path | None) -> CaseFile | None:
    if named is not None:
        return CaseFile.open(named)
    beside = file.parent / "case"
    return CaseFile.open(beside) if (beside / "ledger.jsonl").exists() else None


def _bytes(file: Path) -> bytes:
    if not file.is_file():
        raise GravamenError(f"There is no file {file}; name a DOCX that was drafted here.")
    if file.stat().st_size > LARGEST_FILE:
        raise GravamenError(f"{file} is larger than {LARGEST_FILE // 2**20} MiB; no DOCX here is.")
    data = file.read_bytes()
    if data[:4] != b"PK\x03\x04":
        raise GravamenError(
            f"{file} is no DOCX; save it as one from the word processor, with its edits."
        )
    return data


def _instrument(
    file: Path, data: bytes, casefile: CaseFile | None, against: Path | None
) -> tuple[Manifest, Instrument, list[str]]:
    """The instrument that a file was set from: told, inside it, beside it, or in the record."""
    notes: list[str] = []
    inside, begins = beginning(data, name=file.name)
    if against is not None:
        manifest, instrument = manifests.read(_told(against))
    elif inside is not None:
        manifest, instrument = manifests.read(inside)
    else:
        manifest, instrument = _elsewhere(file, casefile, begins)
    if begins and not manifest.digest.startswith(begins):
        notes.append(
            "A bookmark says that the file was set from another record than the one it is compared "
            f"with ({begins}…, not {manifest.digest[:16]}…)."
        )
    if casefile is not None and manifest.digest not in drafted_files(casefile):
        notes.append(_unknown(casefile))
    return manifest, instrument, notes


def _unknown(casefile: CaseFile) -> str:
    return (
        f"The record of {casefile.case().id} has no draft with this manifest: the file was drafted "
        "elsewhere, or its manifest was changed."
    )


def _told(path: Path) -> bytes:
    if not path.is_file():
        raise GravamenError(f"There is no file {path}; name a manifest.json, or a DOCX as drafted.")
    data = path.read_bytes()
    if data[:4] != b"PK\x03\x04":
        return data
    inside = manifest_in(data)
    if inside is None:
        raise GravamenError(f"{path} carries no manifest; name the manifest.json beside it.")
    return inside


def _elsewhere(
    file: Path, casefile: CaseFile | None, begins: str | None
) -> tuple[Manifest, Instrument]:
    """The manifest beside a file that lost its own, or set again from the record."""
    beside = {p: p.read_bytes() for p in sorted(file.parent.glob(f"*{_MANIFEST}"))}
    for path, data in beside.items():
        if sha256(data).startswith(begins) if begins else path.name == f"{file.stem}{_MANIFEST}":
            return manifests.read(data)
    for manifest, instrument in _recorded(casefile):
        if manifest.digest.startswith(begins) if begins else instrument.id == file.stem:
            return manifest, instrument
    raise ComparisonError(
        f"{file} no longer says from which document it was set; name its manifest with --against "
        "FILE.manifest.json, or the case with --case."
    )


def _recorded(casefile: CaseFile | None) -> Iterator[tuple[Manifest, Instrument]]:
    if casefile is not None:
        for made in drafted_again(casefile, lawdata.load()):
            try:
                yield manifests.read(made.manifest.bytes)
            except ManifestError:
                continue


def _flags(case: Case, instrument: Instrument, found: Comparison) -> tuple[Flag, ...]:
    """What the checks say to the new words that they did not say to the old ones."""
    law = reviewed(case, lawdata.load(), on=date.fromisoformat(instrument.on))
    before, after = (
        check_instruments(
            case,
            law,
            (one,),
            on=date.fromisoformat(instrument.on),
            covered=lambda c: not missing_glyphs([c]),
        )
        for one in (instrument, edited(instrument, found))
    )
    known = {(f.id, f.where, f.message) for f in before}
    return tuple(f for f in after if (f.id, f.where, f.message) not in known)


def _record(
    casefile: CaseFile | None, instrument: Instrument, found: Comparison
) -> tuple[Rewording, ...]:
    """Propose what changed; the same words proposed before are not proposed again."""
    if casefile is None:
        return ()
    if instrument.kind == "diagnosis":
        raise GravamenError(
            "A diagnosis is the program's own account of a text and is never reworded; change the "
            "case, and draft it again."
        )
    case = casefile.case()
    before = standing(case, instrument.id)
    taken = {*case.rewordings, *(e.target for e in case.erasures)}
    new = tuple(
        r
        for r in rewordings(instrument, found, taken=taken)
        if not any(b.was == r.was for b in before) or now_reads(r.was, before) != r.now
    )
    if new:
        actor = f"machine:gravamen-compare/{version('gravamen')}"
        casefile.append(*(Reworded(rewording=r) for r in new), actor=actor)
    return new


def _left_out(instrument: Instrument, found: Comparison) -> Iterator[str]:
    """What was changed and is not proposed, each with the reason and the remedy."""
    for id, others in unlike(instrument, found).items():
        named = ", ".join(others[:_NAMED])
        more = f" and {len(others) - _NAMED} more" if len(others) > _NAMED else ""
        yield (
            f"{id} is not proposed: the same words stand in {named}{more} and were not changed "
            "alike there, and a rewording is of words wherever they stand. Change all of them "
            "alike, or mend the case that they come from."
        )
    if new := [row.place for row in found.rows if row.state == "new"]:
        yield (
            f"What is new is not proposed ({len(new)}: {', '.join(new[:_NAMED])}"
            f"{', …' if len(new) > _NAMED else ''}): nothing of the record stands behind it. Write "
            "it into the case, as an allegation with its claim or as an argument, and draft again."
        )


def _not_reached(
    casefile: CaseFile, instrument: Instrument, recorded: tuple[Rewording, ...]
) -> Iterator[str]:
    """Where else the words stand that were reworded here; a rewording is of one instrument."""
    if not recorded:
        return
    others = [i for i in instruments_again(casefile, lawdata.load()) if i.id != instrument.id]
    for rewording in recorded:
        also = [i.id for i in others if any(s.text == rewording.was for s in i.sentences())]
        if also:
            yield (
                f"{rewording.id} is for {instrument.id} alone: the same words stand in "
                f"{', '.join(also)} and stay as they are there. Edit them there too, or mend the "
                "case that they come from."
            )


def _json(done: _Compared, notes: list[str]) -> dict[str, Any]:
    found = done.comparison
    return {
        "schema": "gravamen.compare/1",
        "file": found.file,
        "sha256": found.sha256,
        "instrument": found.instrument,
        "manifest_sha256": found.record,
        "same": found.same,
        "counts": found.counts,
        "rows": [
            {
                "state": row.state,
                "sentence": row.sentence,
                "kind": row.kind,
                "also": list(row.also),
                "was": row.was,
                "now": row.now,
                "diff": row.marked if row.state == "changed" else None,
                "before": row.before,
                "tracked": list(row.tracked),
                "hidden": list(row.hidden),
                "comments": list(row.comments),
                "by": row.by,
                "place": row.place,
            }
            for row in found.rows
        ],
        "notes": [*found.notes, *notes],
        "flags": None if done.flags is None else [flag_json(f) for f in done.flags],
        "recorded": [r.id for r in done.recorded],
    }


def _tell(done: _Compared, notes: list[str], casefile: CaseFile | None, html: Path | None) -> None:
    found = done.comparison
    for row in found.rows:
        if row.differs:
            _tell_row(row)
    for note in (*found.notes, *notes):
        say(f"Note: {note}", hang="  ")
    if done.flags is None:
        say("Note: no case is beside the file, so that the checks were not asked (--case).")
    for flag in done.flags or ():
        say(f"{flag.id} ({flag.where}): {flag.message} {flag.hint}", hang="  ")
    if html:
        say(f"Wrote {html}.")
    if done.recorded and casefile is not None:
        ids = " ".join(r.id for r in done.recorded)
        say(
            f"Proposed to {casefile.path}: {ids}. Read each beside its claims, then: gravamen "
            f"judge {casefile.path} {ids} --verdict accepted",
            hang="  ",
        )
    say(summary(found))


def _tell_row(row: Row) -> None:
    states = ", ".join((row.state, *row.also))
    words = row.marked if row.state in ("changed", "missing", "new") else row.now or row.was or ""
    say(f"{row.sentence or row.place} {states}: {words}", hang="  ")
    for line in aside(row):
        say(line, indent="    ", hang="      ")
