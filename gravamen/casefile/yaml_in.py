"""Import: a case written as plain text, beside its sources, into a record."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from gravamen.case import Erasure, Judgement, Requester
from gravamen.casefile.entries import (
    Alleged,
    Argued,
    Attributed,
    Captured,
    Chosen,
    Consented,
    Entry,
    Erased,
    Judged,
    LawReviewed,
    Named,
    Opened,
    RecordError,
    Requested,
    Reworded,
    Searched,
    Vetted,
    check_actor,
    check_id,
    date_error,
    is_machine,
)
from gravamen.casefile.fitness import unfitness
from gravamen.casefile.folder import built_beside, open_plain
from gravamen.casefile.happened_in import ENTRIES, Happened
from gravamen.casefile.kept_in import KeptFiles
from gravamen.casefile.ledger import CaseFile, found
from gravamen.casefile.noticing import notice
from gravamen.casefile.pointers import HAPPENINGS
from gravamen.casefile.quotes_in import QUOTE, Quotes
from gravamen.casefile.references import check_references
from gravamen.casefile.sources_in import SOURCE_FORM, WrittenSources
from gravamen.casefile.written import (
    MAX_TEXT_BYTES,
    Form,
    Item,
    Misread,
    Mistake,
    Mistakes,
    Node,
    Reader,
    form_of,
    parse,
)
from gravamen.claims import Allegation, Claim
from gravamen.flows import Flow, Vetting
from gravamen.parties import Party
from gravamen.requests import Request
from gravamen.sources.capture import Captured as CapturedSource
from gravamen.submission import Argument, Consent, LawReview, Rewording, Search
from gravamen.values import Value

CASE_SCHEMA = "gravamen.case/1"
_PROPOSED: Form = {"proposed_by": (str, False)}
FORMS: dict[str, Form] = {
    "sources": SOURCE_FORM | _PROPOSED,
    "parties": form_of(Party) | _PROPOSED,
    "allegations": form_of(Allegation) | _PROPOSED,
    "claims": form_of(Claim, without=["passage"])
    | {"source": (str, True), "quote": (str, True)}
    | QUOTE
    | _PROPOSED,
    "requests": form_of(Request, without=["passage"])
    | {"source": (str | None, False), "quote": (str | None, False)}
    | QUOTE
    | _PROPOSED,
    "flows": form_of(Flow) | _PROPOSED,
    "vettings": form_of(Vetting),
    "consents": form_of(Consent) | _PROPOSED,
    "searches": form_of(Search) | _PROPOSED,
    "arguments": form_of(Argument) | _PROPOSED,
    "law_reviews": form_of(LawReview) | {"edition": (str, False)},  # asked for with a hint
    "rewordings": form_of(Rewording) | _PROPOSED,
    "judgements": form_of(Judgement),
    "erasures": form_of(Erasure),
}
LISTS = (*FORMS, *HAPPENINGS)
CASE_FORM: Form = {
    "schema": (str, True),
    "id": (str, True),
    "title": (str, True),
    "language": (str, False),
    "requester": (Requester | None, False),
    "motion": (str | None, False),
} | dict.fromkeys(LISTS, (Any, False))
_SINGULAR = {
    "sources": "the source", "parties": "the party", "allegations": "the allegation",
    "claims": "the claim", "requests": "the request", "flows": "the flow",
    "vettings": "the vetting", "consents": "the consent",
    "searches": "the search", "arguments": "the argument", "law_reviews": "the law review",
    "rewordings": "the rewording", "judgements": "the judgement", "erasures": "the erasure",
    "steps": "the step", "signings": "the signing", "dispatches": "the dispatch",
    "replies": "the reply", "noted": "the note",
}  # fmt: skip
# Things that quote nothing: the type of each, its entry and the entry's field, in their order.
_PLAIN: dict[str, tuple[type[Value], type[Entry], str]] = {
    "flows": (Flow, Chosen, "flow"),
    "vettings": (Vetting, Vetted, "vetting"),
    "consents": (Consent, Consented, "consent"),
    "searches": (Search, Searched, "search"),
    "arguments": (Argument, Argued, "argument"),
    "law_reviews": (LawReview, LawReviewed, "review"),
    "rewordings": (Rewording, Reworded, "rewording"),
    "judgements": (Judgement, Judged, "judgement"),
}


class Compiled(NamedTuple):
    """A written case that was compiled, and what its writer should hear of it.

    Args:
        respaced: how many quotes differed from their source in white space alone; each is recorded
            as the source has it.
        notices: what is allowed and seldom meant, in the order of the lines.
    """

    casefile: CaseFile
    respaced: int
    notices: tuple[Mistake, ...]


def import_case(
    yaml_path: str | Path, to: str | Path, *, actor: str, now: datetime | None = None
) -> CaseFile:
    """Compile a written case as `compile_case` does; return its record alone."""
    return compile_case(yaml_path, to, actor=actor, now=now).casefile


def compile_case(
    yaml_path: str | Path, to: str | Path, *, actor: str, now: datetime | None = None
) -> Compiled:
    """Compile a `case.yaml` and its sources into a new case folder, whole or not at all.

    Args:
        actor: who imports it; things that say `proposed_by` are recorded as that machine's.

    Raises:
        CaseTextError: everything that is wrong in the text, each with file, line and remedy.
        RecordError: the folder is there already or cannot be written.
    """
    check_actor(actor)
    written = _Written(Path(yaml_path), actor)
    with built_beside(Path(to)) as building:
        casefile = found(building, written.opening(), now=now)
        casefile.append_as(written.entries(casefile), now=now)
    notices = tuple(sorted(set(written.notes.found)))
    return Compiled(CaseFile.open(to), written.quotes.respaced, notices)


class _Written:
    """A written case, read and found to be without mistakes."""

    def __init__(self, path: Path, actor: str) -> None:
        self.actor = actor
        self.wrong = Mistakes(str(path))
        self.notes = Mistakes(str(path))
        root = parse(_bytes(path, self.wrong), self.wrong.file)
        self.reader = Reader(self.wrong)
        self.top = self._top(root)
        self.happened = Happened(self.reader)
        self.ids: dict[str, set[str]] = {name: set() for name in LISTS}
        self.items = {name: list(self._items(name, root)) for name in LISTS}
        self._unique()
        self.erased = frozenset(str(i.fields.get("target")) for i in self.items["erasures"])
        self.sources = WrittenSources(path.parent, self.items["sources"], self.erased, self.wrong)
        self.quotes = Quotes(self.sources, wrong=self.wrong, notes=self.notes)
        self.files = KeptFiles(path.parent, self.wrong)
        self.values: dict[str, list[tuple[Item, Any]]] = {
            "parties": list(self._things("parties", Party)),
            "allegations": list(self._things("allegations", Allegation)),
            "claims": list(self._quoting("claims", Claim)),
            "requests": list(self._quoting("requests", Request)),
        } | {name: list(self._things(name, kind)) for name, (kind, _, _) in _PLAIN.items()}
        self.values |= {name: list(self._happenings(name)) for name in HAPPENINGS}
        self._about(root)
        self._judges()
        self._erasures()
        self.ids["sources"].update(self.sources.texts)
        for name in set(LISTS) - {"sources"}:
            self.ids[name].update(self.erased)
        check_references(root, self.items, self.ids, self.wrong)
        self.wrong.stop()
        notice(root, self.values, self.sources.texts, self.notes)

    def opening(self) -> list[tuple[str, Entry]]:
        """The entry that opens the case."""
        fields = {k: v for k, v in self.top.items() if k not in LISTS and k != "schema"}
        return [(self.actor, Opened(**fields))]

    def entries(self, casefile: CaseFile) -> list[tuple[str, Entry]]:
        """The entries that make the case; the bytes of its sources are kept on the way."""
        batch: list[tuple[str, Entry]] = []
        erasures = [Erasure(**i.fields) for i in self.items["erasures"]]
        if erasures:
            digests = tuple(s.sha256 for s in self.sources.erased.values())
            batch.append((self.actor, Erased(erasures=tuple(erasures), blobs=digests)))
        batch += [(self._actor(i), entry) for i, entry in self._captured(casefile)]
        kinds: tuple[tuple[str, Any, str], ...] = (
            ("parties", Named, "party"),
            ("allegations", Alleged, "allegation"),
            ("claims", Attributed, "claim"),
            ("requests", Requested, "request"),
            *((name, *ENTRIES[name]) for name in HAPPENINGS),
            *((name, entry, field) for name, (_, entry, field) in _PLAIN.items()),
        )
        self.files.keep(casefile)
        for name, kind, field in kinds:
            batch += [(self._actor(i), kind(**{field: v})) for i, v in self.values[name]]
        return batch

    def _captured(self, casefile: CaseFile) -> Iterator[tuple[Item | None, Captured]]:
        for item, kept in self.sources.kept():
            if isinstance(kept, CapturedSource):
                yield item, casefile.keep(kept)
            else:
                yield item, Captured(source=kept)

    def _actor(self, item: Item | None) -> str:
        return item.actor if item and item.actor else self.actor

    def _top(self, root: Node) -> dict[str, Any]:
        """The fields of the case itself; its lists are only looked at for being lists."""
        form = {k: (hint if k not in LISTS else Any, must) for k, (hint, must) in CASE_FORM.items()}
        try:
            top = self.reader.fields(root, form, "the case")
        except Misread as misread:
            top = misread.fields
        if top.get("schema", CASE_SCHEMA) != CASE_SCHEMA:
            self.wrong.add(
                root.at("schema"),
                f"The schema is {top['schema']!r}; this version reads {CASE_SCHEMA!r}.",
            )
        if "id" in top:
            self._check_id(top["id"], root.at("id"))
        return top

    def _check_id(self, id: str, line: int) -> None:
        try:
            check_id(id)
        except RecordError as error:
            self.wrong.add(line, str(error))

    def _items(self, name: str, root: Node) -> Iterator[Item]:
        node = root.value.get(name) if isinstance(root.value, dict) else None
        if node is None or node.null:
            return
        if not isinstance(node.value, list):
            self.wrong.add(node.line, f"{name!r} is a list; write a line with - for each item.")
            return
        for n, inner in enumerate(node.value, 1):
            yield self._item(name, inner, n)

    def _item(self, name: str, node: Node, n: int) -> Item:
        key = "of" if name == "law_reviews" else "id"
        given = node.value.get(key) if isinstance(node.value, dict) else None
        id = given.value if given and isinstance(given.value, str) else str(n)
        self.ids[name].add(id)
        named = f"{_SINGULAR[name]} {id}"
        whole = True
        try:
            form, named = self._form(name, node, named)
            fields = self.reader.fields(node, form, named)
        except Misread as misread:
            fields, whole = misread.fields, False
        whole = whole and (name != "law_reviews" or "edition" in fields)
        item = Item(node, fields, fields.pop("proposed_by", None), whole, key)
        if item.id:
            self._check_id(item.id, item.line(key))
        self._check_machine(item, named)
        return item

    def _form(self, name: str, node: Node, named: str) -> tuple[Form, str]:
        """The keys that an item of a list may have, and how errors name it."""
        return (FORMS[name], named) if name in FORMS else self.happened.form(name, node, named)

    def _check_machine(self, item: Item, named: str) -> None:
        if item.actor is None:
            return
        line = item.line("proposed_by")
        try:
            check_actor(item.actor)
        except RecordError as error:
            self.wrong.add(line, str(error))
            return
        if not is_machine(item.actor):
            self.wrong.add(
                line,
                f"{named} is proposed by {item.actor!r}, which is no machine; write "
                "machine:NAME/VERSION, or leave it out for what a person wrote.",
            )

    def _unique(self) -> None:
        """One id names one thing, whatever kind of thing it is."""
        first: dict[str, int] = {}
        for item in (i for items in self.items.values() for i in items if i.id):
            line = item.line(item.key)
            if item.id in first:
                self.wrong.add(
                    line, f"The id {item.id!r} is taken in line {first[item.id]}; choose another."
                )
            first.setdefault(item.id, line)

    def _things(self, name: str, kind: type[Value]) -> Iterator[tuple[Item, Any]]:
        """The values of one list, each with its item; what is not whole gives none."""
        for item in self.items[name]:
            if item.whole:
                thing = kind(**item.fields)
                self._check_fit(item, thing)
                yield item, thing

    def _quoting(self, name: str, kind: type[Value]) -> Iterator[tuple[Item, Any]]:
        """The claims or requests, with their quotes found in the sources."""
        for item in self.items[name]:
            fields = dict(item.fields)
            quoting = fields.get("source") is not None or fields.get("quote") is not None
            passage = self.quotes.passage(item, fields)
            if item.whole and (passage or not quoting):
                yield item, kind(passage=passage, **fields)

    def _happenings(self, name: str) -> Iterator[tuple[Item, Any]]:
        """What happened since, by one list, with the files that are kept for it."""
        for item in self.items[name]:
            thing = self.happened.value(name, item, self.quotes)
            if thing is not None:
                self._check_fit(item, thing)
                self.files.read(item, thing)
                yield item, thing

    def _check_fit(self, item: Item, thing: object) -> None:
        if unfit := unfitness(thing):
            self.wrong.add(item.line(unfit.field), unfit.message)

    def _judges(self) -> None:
        """Only persons judge what is proposed, and compare the law data with the law."""
        for name, does, key in (("judgements", "judge", "target"), ("law_reviews", "review", "of")):
            for item in self.items[name]:
                by = item.fields.get("by", "")
                if is_machine(by):
                    self.wrong.add(
                        item.line("by"),
                        f"{by!r} cannot {does} {item.fields.get(key)!r}: a person decides.",
                    )

    def _about(self, root: Node) -> None:
        requester = self.top.get("requester")
        if unfit := unfitness(requester):
            self.wrong.add(root.at("requester", unfit.field), unfit.message)
        if unfit := unfitness(requester and requester.about):
            self.wrong.add(root.at("requester", "about", unfit.field), unfit.message)

    def _erasures(self) -> None:
        for item in self.items["erasures"]:
            on = item.fields.get("on")
            if on is not None and (problem := date_error("on", on)):
                self.wrong.add(item.line("on"), f"'on' of an erasure: {problem}")


def _bytes(path: Path, wrong: Mistakes) -> bytes:
    try:
        with open_plain(path) as file:
            return file.read(MAX_TEXT_BYTES + 1)
    except OSError as error:
        raise RecordError(f"{path} cannot be read ({error.strerror}); check the path.") from None
