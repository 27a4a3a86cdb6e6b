"""Export: a case as plain text, beside its sources, from which an import makes it again."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
import yaml

from gravamen.case import Case
from gravamen.casefile.folder import built_beside, write_new
from gravamen.casefile.kept_in import write_kept
from gravamen.casefile.ledger import CaseFile
from gravamen.casefile.sources_in import TOLD
from gravamen.casefile.yaml_in import CASE_SCHEMA
from gravamen.claims import Claim
from gravamen.proceedings import Answer, Outside, Reply
from gravamen.requests import Request
from gravamen.sources.capture import UNREAD, Captured, capture
from gravamen.sources.source import Passage, Source, SourceError, locate
from gravamen.values import GravamenError

CASE_TEXT = "case.yaml"
_DECLARED = re.compile(r" was read as (\S+), as declared\.")
_BREAKING = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,8}\Z")


def export_case(casefile: CaseFile, to_dir: str | Path) -> Path:
    """Write a case as `case.yaml`, its sources and the files kept in it; return the path of the
    first.

    Importing it gives the same state. What an import could not give again as it is (a text that
    an older extractor read) is said in a comment at its head.

    Raises:
        RecordError: the folder is there already or cannot be written.
    """
    to_dir = Path(to_dir)
    case = casefile.case()
    with built_beside(to_dir) as building:
        (building / "sources").mkdir()
        writing = _Sources(casefile, case, building)
        sources = [writing.written(source) for source in case.sources.values()]
        write_kept(casefile, (*case.signings.values(), *case.dispatches.values()), building)
        text = yaml.dump(
            _written(case, sources),
            Dumper=_Dumper,
            allow_unicode=True,
            sort_keys=False,
            width=100,
        )
        comments = "".join(f"# {remark}\n" for remark in writing.remarks)
        write_new(building / CASE_TEXT, (comments + text).encode("utf-8"))
    return to_dir / CASE_TEXT


class _Dumper(yaml.SafeDumper):
    """Writes out every line break and control as an escape: folded, some would come back others."""


def _string(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = '"' if _BREAKING.search(text) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _string)


def _written(case: Case, sources: list[dict[str, Any]]) -> dict[str, Any]:
    """The case as it is dumped; what is empty is left out."""
    fields: dict[str, Any] = {
        "schema": CASE_SCHEMA,
        "id": case.id,
        "title": case.title,
        "language": case.language,
        "requester": msgspec.to_builtins(case.requester),
        "motion": case.motion,
        "sources": sources,
        "parties": _things(case, case.parties),
        "allegations": _things(case, case.allegations),
        "claims": _things(case, case.claims),
        "requests": _things(case, case.requests),
        "flows": _things(case, case.flows),
        "vettings": _things(case, case.vettings),
        "consents": _things(case, case.consents),
        "searches": _things(case, case.searches),
        "arguments": _things(case, case.arguments),
        "law_reviews": _things(case, case.law_reviews),
        "rewordings": _things(case, case.rewordings),
        "steps": _things(case, case.steps),
        "signings": _things(case, case.signings),
        "dispatches": _things(case, case.dispatches),
        "replies": _things(case, case.replies),
        "noted": _things(case, case.noted),
        "judgements": [msgspec.to_builtins(j) for j in case.judgements],
        "erasures": [msgspec.to_builtins(e) for e in case.erasures],
    }
    return {key: value for key, value in fields.items() if value not in (None, [])}


def _things(case: Case, table: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [_proposed(case, id, _fields(case, thing)) for id, thing in table.items()]


def _proposed(case: Case, thing: str, fields: dict[str, Any]) -> dict[str, Any]:
    machine = case.proposed_by.get(thing)
    return {**fields, "proposed_by": machine} if machine else fields


def _fields(case: Case, thing: Any) -> dict[str, Any]:
    fields: dict[str, Any] = msgspec.to_builtins(thing)
    if isinstance(thing, Claim | Request) and thing.passage is not None:
        del fields["passage"]
        fields |= _quoted(case, thing.passage)
    elif isinstance(thing, Reply | Outside) and thing.answers:
        fields["answers"] = [_answered(case, thing.source, answer) for answer in thing.answers]
    return fields


def _answered(case: Case, source: str, answer: Answer) -> dict[str, Any]:
    """An answer with its quote; the source stands there only where it is another's."""
    fields: dict[str, Any] = msgspec.to_builtins(answer)
    if answer.passage is not None:
        del fields["passage"]
        fields |= _quoted(case, answer.passage)
        if answer.passage.source == source:
            del fields["source"]
    return fields


def _quoted(case: Case, passage: Passage) -> dict[str, Any]:
    """A passage as its quote, with as much of its place as is needed to find it again."""
    fields: dict[str, Any] = {"source": passage.source, "quote": passage.exact}
    text = case.texts.get(passage.source)
    for near in (None, passage.start):
        try:
            if text and locate(passage.source, text, passage.exact, near=near) == passage:
                return fields if near is None else fields | {"near": near}
        except SourceError:
            break
    place = msgspec.to_builtins(passage)
    return fields | {"passage": {k: v for k, v in place.items() if k not in ("source", "exact")}}


class _Sources:
    """Writes the sources of a case out as files, each of them once."""

    def __init__(self, casefile: CaseFile, case: Case, folder: Path) -> None:
        self.casefile = casefile
        self.case = case
        self.folder = folder
        self.remarks: list[str] = []
        self._names: set[str] = set()
        self._attached: dict[str, Captured] = {}

    def written(self, source: Source) -> dict[str, Any]:
        """The fields of a source, after its bytes were put beside the text."""
        if source.id not in self.case.texts:
            return _proposed(self.case, source.id, msgspec.to_builtins(source))
        attached = self._attached.get(source.id)
        if attached is not None and attached.data == self.casefile.blob(source.sha256):
            self._compare(source, attached)
            fields = {"id": source.id, **_told(source, attached.source)}
            return _proposed(self.case, source.id, fields)
        return _proposed(self.case, source.id, self._with_file(source))

    def _with_file(self, source: Source) -> dict[str, Any]:
        data = self.casefile.blob(source.sha256)
        name = self._name(source)
        write_new(self.folder / "sources" / name, data)
        encoding = _encoding(source)
        fields = {"id": source.id, "file": f"sources/{name}", "sha256": source.sha256}
        if source.name != name:
            fields["name"] = source.name
        if encoding:
            fields["encoding"] = encoding
        told = {k: v for k in TOLD if (v := getattr(source, k)) is not None}
        if self.case.texts[source.id].extractor == UNREAD:
            why = " ".join(notice.message for notice in source.notices)
            return fields | {"media_type": source.media_type, "unread": why} | told
        try:
            again = capture(data, id=source.id, name=source.name, encoding=encoding, **told)
        except GravamenError as error:
            self.remarks.append(f"{source.id} cannot be read any more: {error}")
            return fields | _told(source, None)
        self._compare(source, again)
        self._attached.update((child.source.id, child) for child in _below(again))
        return fields | _told(source, again.source)

    def _compare(self, source: Source, again: Captured) -> None:
        then, now = self.case.texts[source.id], again.text
        if then != now:
            self.remarks.append(
                f"{source.id}: its text was read by {then.extractor} {then.version}; an import "
                f"reads it anew with {now.extractor} {now.version}, and its text will differ."
            )
        elif again.source.notices != source.notices:
            self.remarks.append(f"{source.id}: an import will remark other things on its file.")

    def _name(self, source: Source) -> str:
        """A file name that no other source has, on any file system."""
        suffix = _SUFFIX.search(source.name)
        stem = re.sub(r"[^\w.-]", "_", source.id)[:100].lstrip(".") or "source"
        ending = suffix.group() if suffix and not stem.endswith(suffix.group()) else ""
        name, n = stem + ending, 1
        while name.casefold() in self._names:
            n += 1
            name = f"{stem}-{n}{ending}"
        self._names.add(name.casefold())
        return name


def _told(source: Source, again: Source | None) -> dict[str, Any]:
    """What a person told of a source; null where a capture would now say more than they did."""
    told = {}
    for key in (*TOLD, "name") if again and again.name != source.name else TOLD:
        value = getattr(source, key)
        if value is not None or (again is not None and getattr(again, key) is not None):
            told[key] = value
    return told


def _encoding(source: Source) -> str | None:
    """The encoding that was declared when the source was captured, which its notice tells."""
    for notice in source.notices:
        if notice.id == "encoding-declared" and (found := _DECLARED.search(notice.message)):
            return found.group(1)
    return None


def _below(captured: Captured) -> Iterator[Captured]:
    for child in captured.children:
        yield child
        yield from _below(child)
