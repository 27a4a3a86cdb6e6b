"""What a written case says that happened since: steps, signings, dispatches, replies, notes."""

from collections.abc import Iterator
from typing import Any, Literal

from gravamen.casefile.entries import (
    Adopted,
    Docketed,
    Entry,
    Received,
    Sent,
    Signed,
)
from gravamen.casefile.pointers import HAPPENINGS, tag_of
from gravamen.casefile.quotes_in import QUOTE, Quotes
from gravamen.casefile.written import Form, Item, Misread, Node, Reader, form_of
from gravamen.proceedings import Answer
from gravamen.values import Value

# The entry of each list, and the field of the entry that holds the thing.
ENTRIES: dict[str, tuple[type[Entry], str]] = {
    "steps": (Adopted, "step"),
    "signings": (Signed, "act"),
    "dispatches": (Sent, "dispatch"),
    "replies": (Received, "reply"),
    "noted": (Docketed, "noted"),
}
# What a machine may propose: it reads what came back, and finds what bears on a request.
_PROPOSABLE = ("replies", "noted")
_KINDS: dict[str, dict[str, type[Value]]] = {
    name: {tag_of(kind): kind for kind in kinds}
    for name, kinds in HAPPENINGS.items()
    if len(kinds) > 1
}
_ANSWER: Form = (
    form_of(Answer, without=["passage"])
    | {"source": (str | None, False), "quote": (str | None, False)}
    | QUOTE
)


def _form(name: str, kind: type[Value]) -> Form:
    """The keys of an item of a list; the answers of a reply are read by hand, for their quotes."""
    form: Form = {"kind": (str, True)} if name in _KINDS else {}
    form |= form_of(kind)
    if "answers" in form:
        form["answers"] = (tuple[Any, ...], False)
    return form | {"proposed_by": (str, False)} if name in _PROPOSABLE else form


_FORMS = {kind: _form(name, kind) for name, kinds in HAPPENINGS.items() for kind in kinds}


class Happened:
    """Reads what happened since an instrument was written."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader

    def form(self, name: str, node: Node, named: str) -> tuple[Form, str]:
        """Return the keys that an item has, told by its `kind`, and how it is named.

        Raises:
            Misread: it does not say its kind, or one that is none; the mistake is noted.
        """
        kinds = _KINDS.get(name)
        if kinds is None:
            return _FORMS[HAPPENINGS[name][0]], named
        if not isinstance(node.value, dict) or "kind" not in node.value:
            self.reader.wrong.add(
                node.line, f"{named} lacks 'kind'; write one of {', '.join(kinds)}."
            )
            raise Misread
        words: Any = Literal[tuple(kinds)]
        said = node.value["kind"]
        moved = Node(node.keys["kind"], said.value, plain=said.plain)
        tag = self.reader.value(moved, words, f"'kind' of {named}")
        return _FORMS[kinds[tag]], f"{named} ({tag})"

    def value(self, name: str, item: Item, quotes: Quotes) -> Any | None:
        """Return the value of an item, with the quotes of its answers found in their sources."""
        fields = dict(item.fields)
        tag = fields.pop("kind", None)
        whole = item.whole
        if "answers" in fields:
            found = list(self._answers(item, fields["answers"], quotes))
            whole = whole and None not in found
            fields["answers"] = tuple(a for a in found if a)
        if not whole:
            return None
        kind = _KINDS[name][tag] if name in _KINDS else HAPPENINGS[name][0]
        return kind(**fields)

    def _answers(
        self, item: Item, nodes: tuple[Node, ...], quotes: Quotes
    ) -> Iterator[Answer | None]:
        """The answers of a reply; each quotes the source of the reply, where it names no other."""
        for n, node in enumerate(nodes, 1):
            named = f"answer {n} of {item.id}"
            try:
                fields = self.reader.fields(node, _ANSWER, named)
            except Misread:
                yield None
                continue
            if fields.get("quote") is not None and fields.get("source") is None:
                fields["source"] = item.fields.get("source")
            elif fields.get("quote") is None and any(fields.get(k) is not None for k in _PLACES):
                self.reader.wrong.add(node.line, f"{named} quotes nothing; write its quote.")
                yield None
                continue
            quoting = fields.get("quote") is not None
            passage = quotes.passage(Item(node, {"id": named}), fields)
            yield Answer(passage=passage, **fields) if passage or not quoting else None


_PLACES = ("source", *QUOTE)
