"""The loader: reads the law files into one Law; every fault of all files comes in one error."""

import functools
import re
from collections.abc import Iterable, Iterator
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, TypeVar

from gravamen.dates import DateError, span
from gravamen.law import document
from gravamen.law.assistance import Hold, Program, compact, printed
from gravamen.law.authority import (
    Authority,
    Clock,
    Cover,
    Coverage,
    Definition,
    Element,
    IdentifierNorm,
    Law,
    LawError,
    LawSource,
    Prong,
)
from gravamen.law.body import Body, Majority, Notice, Quorum
from gravamen.law.cited import Cited
from gravamen.law.document import Document
from gravamen.law.office import Office, Power
from gravamen.values import Value, digest, sha256

T = TypeVar("T")


class SourcesFile(Value):
    """law/sources.yaml: what was read."""

    sources: tuple[LawSource, ...]


class ElementsFile(Value):
    """law/elements.yaml: the element library, shared by all authorities."""

    elements: tuple[Element, ...]


class OfficesFile(Value):
    """law/offices.yaml: offices and their powers."""

    offices: tuple[Office, ...]


class ClocksFile(Value):
    """law/clocks.yaml: times that the law sets."""

    clocks: tuple[Clock, ...]


class DefinitionsFile(Value):
    """law/definitions.yaml: legal terms and their tests."""

    definitions: tuple[Definition, ...]


class IdentifiersFile(Value):
    """law/identifiers.yaml: what published lists give of the persons on them."""

    identifiers: tuple[IdentifierNorm, ...]


class CoverageFile(Value):
    """law/coverage.yaml: which authorities cover which kinds of acts."""

    coverage: tuple[Coverage, ...]


class ProgramsFile(Value):
    """law/programs.yaml: programs and accounts of assistance, and which laws reach them."""

    programs: tuple[Program, ...]


FILES: dict[str, type[Value]] = {
    "sources.yaml": SourcesFile,
    "elements.yaml": ElementsFile,
    "offices.yaml": OfficesFile,
    "clocks.yaml": ClocksFile,
    "definitions.yaml": DefinitionsFile,
    "identifiers.yaml": IdentifiersFile,
    "coverage.yaml": CoverageFile,
    "programs.yaml": ProgramsFile,
}
BODIES = "bodies"
_SHARE = re.compile(r"[1-9][0-9]?/[1-9][0-9]?\Z")
_TIME_OF_DAY = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]\Z")
_EDTF = ("as_of", "on", "until", "start", "end", "opened", "closed")


def load(path: Path | None = None) -> Law:
    """Return the law data of the package, or of a folder laid out like it.

    Raises:
        LawError: unknown or doubled keys, doubled or dangling ids, missing cites, bad dates, a
            file that is missing or unknown; all of them, each with file and line.
    """
    return _of_package() if path is None else _load(path)


@functools.cache
def _of_package() -> Law:
    return _load(resources.files("gravamen.law"))


def _load(folder: Path | Traversable) -> Law:
    book = _Book(folder)
    if book.faults:
        count = f"{len(book.faults)} fault{'s' if len(book.faults) > 1 else ''}"
        raise LawError(f"The law data cannot be used, {count}:\n" + "\n".join(book.faults))
    return book.law()


class _Book:
    """The files of one folder while they are read and held against each other."""

    def __init__(self, folder: Path | Traversable) -> None:
        self.faults: list[str] = []
        self.digests: dict[str, str] = {}
        self.documents: list[Document[Any]] = []
        self.tables: dict[str, dict[str, Any]] = {
            "authorities": {}, BODIES: {}, **{name.removesuffix(".yaml"): {} for name in FILES},
        }  # fmt: skip
        self._read(folder)
        self._index()
        if not self.faults:  # a file that could not be read leaves ids that only seem to dangle
            for found in self.documents:
                self.faults += _unsound(found)
                self.faults += self._dangling(found)

    def law(self) -> Law:
        return Law(edition=digest(self.digests), **self.tables)

    def _read(self, folder: Path | Traversable) -> None:
        if not folder.is_dir():
            self.faults.append(f"{folder}: There is no such folder; name one with law files.")
            return
        here = sorted(folder.iterdir(), key=lambda f: f.name)
        names = {f.name for f in here}
        for name in FILES:
            if name not in names:
                self.faults.append(f"{name}:1: The file is missing; each kind of value has one.")
        if BODIES not in names:
            self.faults.append(
                f"{BODIES}: The folder is missing; each kind of body has a file there."
            )
        for file in here:
            if file.name.endswith((".yaml", ".yml")):
                self._document(file, file.name)
            elif file.is_dir() and not file.name.startswith(("_", ".")):
                for inner in sorted(file.iterdir(), key=lambda f: f.name):
                    self._single(inner, f"{file.name}/{inner.name}")

    def _document(self, file: Traversable, name: str) -> None:
        if name not in FILES:
            self.faults.append(
                f"{name}:1: No law file has this name; authorities stand in a folder of their "
                f"jurisdiction (us/), kinds of bodies in {BODIES}/, the rest in {', '.join(FILES)}."
            )
            return
        self._take(file, name, FILES[name])

    def _single(self, file: Traversable, name: str) -> None:
        """Take a file that holds one authority, or one kind of body."""
        body = name.startswith(f"{BODIES}/")
        if not name.endswith(".yaml"):
            what = "kind of body" if body else "authority"
            self.faults.append(f"{name}:1: Only .yaml files, one {what} each, stand here.")
            return
        self._take(file, name, Body if body else Authority)

    def _take(self, file: Traversable, name: str, kind: type[Value]) -> None:
        data = file.read_bytes()
        self.digests[name] = sha256(data)
        found: Document[Any] = Document(data, kind, name=name)
        self.faults += found.faults
        if found.value is not None:
            self.documents.append(found)

    def _index(self) -> None:
        first: dict[str, str] = {}
        for found in self.documents:
            for table, path, value in _entries(found):
                where = found.fault((*path, "id"), "").removesuffix(": ")
                if value.id in first:
                    self.faults.append(
                        f"{where}: The id {value.id!r} is taken already, at {first[value.id]}."
                    )
                    continue
                first[value.id] = where
                self.tables[table][value.id] = value

    def _dangling(self, found: Document[Any]) -> Iterator[str]:
        for path, value in document.parts(found.value):
            for field, table, ids in _references(value):
                for id in ids:
                    if id not in self.tables[table]:
                        near = document.nearest(id, self.tables[table])
                        yield found.fault(
                            (*path, field),
                            f"The {_ONE[table]} {id!r} is not in the law data{near}.",
                        )


_ONE = {
    "sources": "source", "elements": "element", "offices": "office", "clocks": "clock",
    "authorities": "authority", "programs": "program",
}  # fmt: skip


def _entries(found: Document[Any]) -> Iterator[tuple[str, document.Place, Any]]:
    """The values with ids that a file holds: the table each belongs to, its path, the value."""
    if isinstance(found.value, Authority):
        yield "authorities", (), found.value
        return
    if isinstance(found.value, Body):
        yield BODIES, (), found.value
        return
    table = Path(found.name).stem
    for i, value in enumerate(getattr(found.value, table)):
        yield table, (table, i), value


def _references(value: Any) -> Iterator[tuple[str, str, Iterable[str]]]:
    """The ids that a value names: its field, the table they must stand in, the ids."""
    if isinstance(value, Cited):
        yield "sources", "sources", value.sources
    if isinstance(value, Authority):
        yield "decides", "offices", (value.decides,)
        yield "consults", "offices", value.consults
        yield "clocks", "clocks", value.clocks
    if isinstance(value, Prong):
        for field in ("all_of", "any_of", "also"):
            yield field, "elements", getattr(value, field)
    if isinstance(value, Power):
        yield "authorities", "authorities", value.authorities
    if isinstance(value, Clock):
        yield "authority", "authorities", (value.authority,) if value.authority else ()
        yield "starters", "offices", value.starters
        yield "after", "clocks", (value.after,) if value.after else ()
    if isinstance(value, Cover):
        yield "authority", "authorities", (value.authority,)
        yield "needs", "elements", (id for id in value.needs if id.startswith("el."))
    if isinstance(value, Hold):
        yield "authority", "authorities", (value.authority,)
    if isinstance(value, Program):
        yield "holds_of", "programs", (value.holds_of,) if value.holds_of else ()
    if isinstance(value, Notice):
        yield "clock", "clocks", (value.clock,) if value.clock else ()


def _unsound(found: Document[Any]) -> Iterator[str]:
    """What is wrong with single values: cites, marks, dates, ids of prongs."""
    for path, value in document.parts(found.value):
        for field in _EDTF:
            text = getattr(value, field, None)
            if isinstance(text, str) and not (isinstance(value, Clock) and field == "start"):
                yield from _undated(found, (*path, field), text)
        if isinstance(value, Cited):
            yield from _unmarked(found, path, value)
        if isinstance(value, Coverage):
            yield from _doubled(found, path, value)
        if isinstance(value, Quorum | Majority | Notice):
            yield from _unmeasured(found, path, value)
    if isinstance(found.value, Authority):
        yield from _prongs(found, found.value)
    if isinstance(found.value, ProgramsFile):
        yield from _programs(found, found.value.programs)


def _unmarked(found: Document[Any], path: document.Place, value: Cited) -> Iterator[str]:
    """A mark that is missing, that no file can give, or that wants a source."""
    if (*path, "mark") not in found.lines:
        yield found.fault(path, f"The key 'mark' is missing beside {value.cite!r}.")
    if value.mark == "checked":
        yield found.fault(
            (*path, "mark"),
            f"{value.cite!r} is marked 'checked', which only the review of a person gives; mark "
            "it sourced, secondary, memory or inferred.",
        )
    if value.mark in ("sourced", "secondary") and not value.sources:
        yield found.fault(
            (*path, "mark"),
            f"{value.cite!r} is marked {value.mark!r} and names no source; name it or mark it "
            "memory or inferred.",
        )


def _unmeasured(
    found: Document[Any], path: document.Place, rule: Quorum | Majority | Notice
) -> Iterator[str]:
    """A rule of a body from which no number follows."""
    share = None if isinstance(rule, Notice) else rule.share
    if share is not None and not _SHARE.match(share):
        yield found.fault((*path, "share"), f"{share!r} is no share; write one as 1/2 or 4/5.")
    if isinstance(rule, Quorum) and (rule.share is None) == (rule.number is None):
        yield found.fault(path, "A quorum has either a share or a number; give one of them.")
    if isinstance(rule, Notice) and (rule.clock is None) == (rule.working_days is None):
        yield found.fault(path, "A notice has a clock or a number of working days; give one.")
    if isinstance(rule, Notice) and rule.by is not None and not _TIME_OF_DAY.match(rule.by):
        yield found.fault((*path, "by"), f"{rule.by!r} is no time of day; write it as 10:00.")


def _doubled(found: Document[Any], path: document.Place, row: Coverage) -> Iterator[str]:
    """An authority of which a row of the coverage speaks twice."""
    said = [cell.authority for cell in row.cells]
    for i, id in enumerate(said):
        if id in said[:i]:
            yield found.fault(
                (*path, "cells", i, "authority"),
                f"The row {row.id!r} says of {id!r} twice whether it covers the act.",
            )


def _prongs(found: Document[Any], authority: Authority) -> Iterator[str]:
    """Prongs whose id is doubled or not their authority's."""
    ids = [prong.id for prong in authority.prongs]
    for i, id in enumerate(ids):
        if id in ids[:i]:
            yield found.fault(("prongs", i, "id"), f"The prong {id!r} is given twice.")
        if not id.startswith(f"{authority.id}."):
            yield found.fault(
                ("prongs", i, "id"),
                f"The prong {id!r} must begin with {authority.id + '.'!r}.",
            )


def _programs(found: Document[Any], programs: tuple[Program, ...]) -> Iterator[str]:
    """Programs that share a printed name, or of which no law or two sets of laws are said."""
    first: dict[str, str] = {}
    with_holds = {program.id for program in programs if program.holds}
    for i, program in enumerate(programs):
        place = ("programs", i)
        yield from _uncoded(found, place, program)
        for words, _ in printed(program):
            owner = first.setdefault(compact(words), program.id)
            if owner != program.id:
                yield found.fault(
                    place, f"The name {words!r} means {owner!r} and {program.id!r}; keep one."
                )
        said = [hold.authority for hold in program.holds]
        for n, id in enumerate(said):
            if id in said[:n]:
                yield found.fault((*place, "holds", n), f"{program.id!r} says twice of {id!r}.")
        if sum(map(bool, (program.holds, program.holds_of, program.unclear))) != 1:
            yield found.fault(
                place,
                f"{program.id!r} needs one of holds, holds_of and unclear; give exactly one.",
            )
        if program.holds_of and program.holds_of not in with_holds:
            yield found.fault(
                (*place, "holds_of"),
                f"{program.holds_of!r} has no holds of its own; name a program that has them.",
            )


def _uncoded(found: Document[Any], place: document.Place, program: Program) -> Iterator[str]:
    """A program without a code, names that stand twice in it, spellings of a code of another."""
    if not program.codes:
        yield found.fault((*place, "codes"), f"{program.id!r} has no code; give one.")
    seen: set[str] = set()
    for words, _ in printed(program):
        if compact(words) in seen:
            yield found.fault(place, f"{program.id!r} gives the name {words!r} twice.")
        seen.add(compact(words))
    for words, code in program.spellings.items():
        if code not in program.codes:
            yield found.fault(
                (*place, "spellings", words),
                f"{program.id!r} has no code {code!r}{document.nearest(code, program.codes)}.",
            )


def _undated(found: Document[Any], path: document.Place, text: str) -> Iterator[str]:
    try:
        span(text)
    except DateError as error:
        yield found.fault(path, str(error))
