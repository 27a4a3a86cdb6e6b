"""References: whether what the things of a written case point to is there."""

import difflib
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from typing import Any

from gravamen.case import Requester
from gravamen.casefile.written import Item, Mistakes, Node

Path = tuple[str | int, ...]
Pointer = tuple[Path, str | None, tuple[str, ...]]
_PARTY = "p."


def check_references(
    root: Node,
    top: Mapping[str, Any],
    items: Mapping[str, Sequence[Item]],
    ids: Mapping[str, Set[str]],
    wrong: Mistakes,
) -> None:
    """Note every reference to what is neither written nor erased, with its line."""
    for pointer in _of_case(top):
        _check(root, "the case", pointer, ids, wrong)
    for name, pointers in _POINTERS.items():
        for item in items[name]:
            for pointer in pointers(item.fields):
                _check(item.node, item.id or name.removesuffix("s"), pointer, ids, wrong)


def _check(
    node: Node, named: str, pointer: Pointer, ids: Mapping[str, Set[str]], wrong: Mistakes
) -> None:
    path, target, kinds = pointer
    known = set().union(*(ids[kind] for kind in kinds))
    if target is None or target in known:
        return
    near = difflib.get_close_matches(target, sorted(known), n=1)
    hint = f" (did you mean {near[0]!r}?)" if near else ""
    where = " or ".join(kinds) if len(kinds) < 3 else "things"
    wrong.add(
        node.at(*path),
        f"{named} points to {target!r}, which is not among the {where} here{hint}; write it, or "
        "correct the id.",
    )


def _of_case(top: Mapping[str, Any]) -> Iterator[Pointer]:
    yield ("motion",), top.get("motion"), ("sources",)
    requester = top.get("requester")
    if isinstance(requester, Requester):
        yield ("requester", "party"), requester.party, ("parties",)


def _of_source(fields: Mapping[str, Any]) -> Iterator[Pointer]:
    yield ("parent",), fields.get("parent"), ("sources",)


def _of_party(fields: Mapping[str, Any]) -> Iterator[Pointer]:
    for key in ("part_of", "family_of"):
        yield (key,), fields.get(key), ("parties",)
    yield from _each(("claims",), fields.get("claims", ()), "claims")
    for n, post in enumerate(fields.get("posts", ())):
        yield ("posts", n, "body"), post.body, ("parties",)
        yield from _each(("posts", n, "claims"), post.claims, "claims")
    for n, command in enumerate(fields.get("commands", ())):
        yield ("commands", n, "over"), command.over, ("parties",)
        yield from _each(("commands", n, "claims"), command.claims, "claims")


def _of_allegation(fields: Mapping[str, Any]) -> Iterator[Pointer]:
    for n, role in enumerate(fields.get("roles", ())):
        yield ("roles", n, "party"), role.party, ("parties",)
    for n, word in enumerate(fields.get("characterisations", ())):
        yield from _voices(("characterisations", n, "by"), [word.by])
        yield from _voices(("characterisations", n, "disputed_by"), word.disputed_by)


def _of_claim(fields: Mapping[str, Any]) -> Iterator[Pointer]:
    yield ("about",), fields["about"], ("allegations", "parties")
    yield ("source",), fields["source"], ("sources",)
    yield from _voices(("speaker",), [fields["speaker"]])
    yield from _voices(("relayed_by",), fields.get("relayed_by", ()))


def _of_request(fields: Mapping[str, Any]) -> Iterator[Pointer]:
    yield ("target",), fields.get("target"), ("parties",)
    yield ("source",), fields.get("source"), ("sources",)


def _of_judgement(fields: Mapping[str, Any]) -> Iterator[Pointer]:
    yield ("target",), fields["target"], tuple(_POINTERS)[:5]


def _each(path: Path, targets: Sequence[str], kind: str) -> Iterator[Pointer]:
    for n, target in enumerate(targets):
        yield (*path, n), target, (kind,)


def _voices(path: Path, speakers: Sequence[str]) -> Iterator[Pointer]:
    """A speaker is a party or the source's words for one; what looks like an id must be one."""
    for n, speaker in enumerate(speakers):
        if speaker.startswith(_PARTY) and " " not in speaker:
            yield (*path, n), speaker, ("parties",)


_POINTERS: dict[str, Callable[[Mapping[str, Any]], Iterator[Pointer]]] = {
    "sources": _of_source,
    "parties": _of_party,
    "allegations": _of_allegation,
    "claims": _of_claim,
    "requests": _of_request,
    "judgements": _of_judgement,
}
