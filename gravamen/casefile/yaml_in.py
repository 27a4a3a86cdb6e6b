"""Import: a case written as plain text, beside its sources, into a record."""

import re
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from gravamen.case import Erasure, Judgement, Requester
from gravamen.casefile.entries import (
    Alleged,
    Argued,
    Attributed,
    Captured,
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
    check_actor,
    check_id,
    date_error,
    is_machine,
)
from gravamen.casefile.fitness import unfitness
from gravamen.casefile.folder import built_beside, open_plain
from gravamen.casefile.ledger import CaseFile, found
from gravamen.casefile.noticing import notice
from gravamen.casefile.references import check_references
from gravamen.casefile.rules import says
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
from gravamen.parties import Party
from gravamen.requests import Request
from gravamen.sources.capture import Captured as CapturedSource
from gravamen.sources.likeness import stretches
from gravamen.sources.source import Passage, SourceError, Text, locate
from gravamen.submission import Argument, Consent, LawReview, Rewording, Search
from gravamen.values import Value

CASE_SCHEMA = "gravamen.case/1"
_PLACE: Form = {
    "start": (int, True),
    "end": (int, True),
    "prefix": (str | None, False),
    "suffix": (str | None, False),
    "page": (int | None, False),
}
_QUOTE: Form = {"near": (int | None, False), "page": (int | None, False), "passage": (Any, False)}
_PROPOSED: Form = {"proposed_by": (str, False)}
FORMS: dict[str, Form] = {
    "sources": SOURCE_FORM | _PROPOSED,
    "parties": form_of(Party) | _PROPOSED,
    "allegations": form_of(Allegation) | _PROPOSED,
    "claims": form_of(Claim, without=["passage"])
    | {"source": (str, True), "quote": (str, True)}
    | _QUOTE
    | _PROPOSED,
    "requests": form_of(Request, without=["passage"])
    | {"source": (str | None, False), "quote": (str | None, False)}
    | _QUOTE
    | _PROPOSED,
    "consents": form_of(Consent) | _PROPOSED,
    "searches": form_of(Search) | _PROPOSED,
    "arguments": form_of(Argument) | _PROPOSED,
    "law_reviews": form_of(LawReview) | {"edition": (str, False)},  # asked for with a hint
    "rewordings": form_of(Rewording) | _PROPOSED,
    "judgements": form_of(Judgement),
    "erasures": form_of(Erasure),
}
CASE_FORM: Form = {
    "schema": (str, True),
    "id": (str, True),
    "title": (str, True),
    "language": (str, False),
    "requester": (Requester | None, False),
    "motion": (str | None, False),
} | dict.fromkeys(FORMS, (Any, False))
_SINGULAR = {
    "sources": "the source", "parties": "the party", "allegations": "the allegation",
    "claims": "the claim", "requests": "the request", "consents": "the consent",
    "searches": "the search", "arguments": "the argument", "law_reviews": "the law review",
    "rewordings": "the rewording", "judgements": "the judgement", "erasures": "the erasure",
}  # fmt: skip
# Things that quote nothing: the type of each, its entry and the entry's field, in their order.
_PLAIN: dict[str, tuple[type[Value], type[Entry], str]] = {
    "consents": (Consent, Consented, "consent"),
    "searches": (Search, Searched, "search"),
    "arguments": (Argument, Argued, "argument"),
    "law_reviews": (LawReview, LawReviewed, "review"),
    "rewordings": (Rewording, Reworded, "rewording"),
    "judgements": (Judgement, Judged, "judgement"),
}


# At so many places is a quote looked for, to say that it stands there more than once.
_MOST_PLACES = 5


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
    return Compiled(CaseFile.open(to), written.respaced, notices)


class _Written:
    """A written case, read and found to be without mistakes."""

    def __init__(self, path: Path, actor: str) -> None:
        self.actor = actor
        self.wrong = Mistakes(str(path))
        self.notes = Mistakes(str(path))
        self.respaced = 0
        root = parse(_bytes(path, self.wrong), self.wrong.file)
        self.reader = Reader(self.wrong)
        self.top = self._top(root)
        self.ids: dict[str, set[str]] = {name: set() for name in FORMS}
        self.items = {name: list(self._items(name, root)) for name in FORMS}
        self._unique()
        self.erased = frozenset(str(i.fields.get("target")) for i in self.items["erasures"])
        self.sources = WrittenSources(path.parent, self.items["sources"], self.erased, self.wrong)
        self.values: dict[str, list[tuple[Item, Any]]] = {
            "parties": list(self._things("parties", Party)),
            "allegations": list(self._things("allegations", Allegation)),
            "claims": list(self._quoting("claims", Claim)),
            "requests": list(self._quoting("requests", Request)),
        } | {name: list(self._things(name, kind)) for name, (kind, _, _) in _PLAIN.items()}
        self._about(root)
        self._judges()
        self._erasures()
        self.ids["sources"].update(self.sources.texts)
        for name in FORMS.keys() - {"sources"}:
            self.ids[name].update(self.erased)
        check_references(root, self.items, self.ids, self.wrong)
        self.wrong.stop()
        notice(root, self.values, self.sources.texts, self.notes)

    def opening(self) -> list[tuple[str, Entry]]:
        """The entry that opens the case."""
        fields = {k: v for k, v in self.top.items() if k not in FORMS and k != "schema"}
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
            *((name, entry, field) for name, (_, entry, field) in _PLAIN.items()),
        )
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
        form = {k: (hint if k not in FORMS else Any, must) for k, (hint, must) in CASE_FORM.items()}
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
            fields = self.reader.fields(node, FORMS[name], named)
        except Misread as misread:
            fields, whole = misread.fields, False
        whole = whole and (name != "law_reviews" or "edition" in fields)
        item = Item(node, fields, fields.pop("proposed_by", None), whole, key)
        if item.id:
            self._check_id(item.id, item.line(key))
        self._check_machine(item, named)
        return item

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
                if unfit := unfitness(thing):
                    self.wrong.add(item.line(unfit.field), unfit.message)
                yield item, thing

    def _quoting(self, name: str, kind: type[Value]) -> Iterator[tuple[Item, Any]]:
        """The claims or requests, with their quotes found in the sources."""
        for item in self.items[name]:
            fields = dict(item.fields)
            source, quote, near, page, place = (
                fields.pop(key, None) for key in ("source", "quote", "near", "page", "passage")
            )
            if item.whole and (source is None) != (quote is None):
                self.wrong.add(
                    item.node.line, f"{item.id} has only one of source and quote; write both."
                )
            elif source is not None and quote is not None:
                passage = self._passage(item, source, quote, near, page, place)
                if passage is not None and item.whole:
                    yield item, kind(passage=passage, **fields)
            elif item.whole:
                yield item, kind(passage=None, **fields)

    def _passage(
        self, item: Item, source: str, quote: str, near: int | None, page: int | None, place: Any
    ) -> Passage | None:
        text = self.sources.texts.get(source)
        if place is not None:
            return self._placed(item, source, quote, place, text)
        if text is None:
            if source in self.sources.erased:
                self.wrong.add(
                    item.line("quote"),
                    f"{item.id} quotes {source}, whose words were erased; write where the words "
                    "stood as passage: {start: …, end: …}.",
                )
            return None
        line = item.line("quote")
        try:
            if page is not None and not 1 <= page <= len(text.pages):
                raise SourceError(f"{source} has no page {page}; it has {len(text.pages)}.")
            if page is not None and near is None:
                near = text.pages[page - 1]
            quote, near = self._as_it_stands(item, source, text.text, quote, near)
            passage = locate(source, text, quote, near=near)
        except SourceError as error:
            self.wrong.add(line, str(error))
            return None
        if page is not None and passage.page != page:
            self.wrong.add(
                line,
                f"{quote!r} stands on page {passage.page} of {source}, not on page {page}; "
                "correct the page.",
            )
        return passage

    def _as_it_stands(
        self, item: Item, source: str, text: str, quote: str, near: int | None
    ) -> tuple[str, int | None]:
        """A quote as the source has it, and where it is expected; white space is not compared."""
        if quote in text or not quote.strip():
            if near is None and quote.strip():
                places = re.finditer(re.escape(quote), text)
                self._twice(item, source, [m.start() for m in islice(places, _MOST_PLACES)])
            return quote, near
        found = list(stretches(text, quote))
        if not found:
            return quote, near
        if near is None:
            self._twice(item, source, [start for start, _ in found[:_MOST_PLACES]])
        start, end = min(found, key=lambda span: abs(span[0] - (near or 0)))
        self.respaced += 1
        return text[start:end], start

    def _twice(self, item: Item, source: str, starts: list[int]) -> None:
        """Note that a quote stands at more places than one."""
        if len(starts) < 2:
            return
        most = "at least " if len(starts) == _MOST_PLACES else ""
        self.notes.add(
            item.line("quote"),
            f"The quote of {item.id} stands in {source} {most}{len(starts)} times, at the "
            f"characters {', '.join(map(str, starts))}; the first is taken. Write near: "
            f"{starts[0]} where it is meant, and the number of the other one where that is.",
        )

    def _placed(
        self, item: Item, source: str, quote: str, place: Any, text: Text | None
    ) -> Passage | None:
        """A passage that gives its place itself, as an export writes where it must."""
        try:
            fields = self.reader.fields(place, _PLACE, f"the passage of {item.id}")
        except Misread:
            return None
        given = {k: v for k, v in fields.items() if v is not None}
        passage = Passage(source=source, exact=quote, **given)
        if text is not None and not says(text, passage):
            self.wrong.add(
                item.line("passage"),
                f"{quote!r} does not stand in {source} from character {passage.start} to "
                f"{passage.end}, between the words and on the page that are given; leave passage "
                "out, and the words are looked for.",
            )
            return None
        if not 0 <= passage.start == passage.end - len(quote):
            self.wrong.add(
                item.line("passage"),
                f"{quote!r} has {len(quote)} characters and cannot stand from character "
                f"{passage.start} to {passage.end}; write where the words stood.",
            )
            return None
        return passage

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
