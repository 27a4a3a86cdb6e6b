"""References: whether what the things of a written case point to is there."""

import difflib
from collections.abc import Iterator, Mapping, Sequence, Set

from gravamen.casefile.written import Item, Mistakes, Node
from gravamen.claims import PARTY_PREFIX

Path = tuple[str, ...]
Pointer = tuple[Path, tuple[str, ...]]
# A speaker is a party or the source's words for one; what looks like an id must be one.
_VOICE = ("parties", "or words")
_EACH = "*"
# Likenesses are costly to find: enough for a person, and no more than a person can read.
_MOST_HINTS, _MOST_KNOWN = 50, 1000

_OF_CASE: tuple[Pointer, ...] = (
    (("motion",), ("sources",)),
    (("requester", "party"), ("parties",)),
)
_POINTERS: dict[str, tuple[Pointer, ...]] = {
    "sources": ((("parent",), ("sources",)),),
    "parties": (
        (("part_of",), ("parties",)),
        (("family_of",), ("parties",)),
        (("claims", _EACH), ("claims",)),
        (("posts", _EACH, "body"), ("parties",)),
        (("posts", _EACH, "claims", _EACH), ("claims",)),
        (("commands", _EACH, "over"), ("parties",)),
        (("commands", _EACH, "claims", _EACH), ("claims",)),
    ),
    "allegations": (
        (("roles", _EACH, "party"), ("parties",)),
        (("characterisations", _EACH, "by"), _VOICE),
        (("characterisations", _EACH, "disputed_by", _EACH), _VOICE),
    ),
    "claims": (
        (("about",), ("allegations", "parties")),
        (("source",), ("sources",)),
        (("speaker",), _VOICE),
        (("relayed_by", _EACH), _VOICE),
    ),
    "requests": (
        (("target",), ("parties",)),
        (("source",), ("sources",)),
    ),
    "judgements": ((("target",), ("sources", "parties", "allegations", "claims", "requests")),),
}


def check_references(
    root: Node, items: Mapping[str, Sequence[Item]], ids: Mapping[str, Set[str]], wrong: Mistakes
) -> None:
    """Note every reference to what is neither written nor erased, with its line.

    It looks at what is written, whether or not the thing around it is right in all else.
    """
    checking = _Checking(ids, wrong)
    for pointer in _OF_CASE:
        checking.check(root, "the case", pointer)
    for name, pointers in _POINTERS.items():
        for item in items[name]:
            for pointer in pointers:
                checking.check(item.node, item.id or name.removesuffix("s"), pointer)


class _Checking:
    """Compares references with the ids that there are, and gives a likely one for the first few."""

    def __init__(self, ids: Mapping[str, Set[str]], wrong: Mistakes) -> None:
        self._ids = ids
        self._wrong = wrong
        self._hints = 0

    def check(self, node: Node, named: str, pointer: Pointer) -> None:
        """Note each place under a path that points to nothing."""
        path, kinds = pointer
        for line, target in _written(node, path, node.line):
            if kinds is _VOICE and (" " in target or not target.startswith(PARTY_PREFIX)):
                continue
            among = [kind for kind in kinds if kind in self._ids]
            if not any(target in self._ids[kind] for kind in among):
                where = " or ".join(among) if len(among) < 3 else "things"
                self._wrong.add(
                    line,
                    f"{named} points to {target!r}, which is not among the {where} here"
                    f"{self._likely(target, among)}; write it, or correct the id.",
                )

    def _likely(self, target: str, among: Sequence[str]) -> str:
        many = sum(len(self._ids[kind]) for kind in among) > _MOST_KNOWN
        if many or self._hints == _MOST_HINTS:
            return ""
        self._hints += 1
        known = sorted(set().union(*(self._ids[kind] for kind in among)))
        near = difflib.get_close_matches(target, known, n=1)
        return f" (did you mean {near[0]!r}?)" if near else ""


def _written(node: Node, path: Path, line: int) -> Iterator[tuple[int, str]]:
    """Yield each text that stands under a path, with its line."""
    if not path:
        if isinstance(node.value, str) and not node.null:
            yield line, node.value
    elif path[0] == _EACH:
        for inner in node.value if isinstance(node.value, list) else ():
            yield from _written(inner, path[1:], inner.line)
    elif isinstance(node.value, dict) and path[0] in node.value:
        yield from _written(node.value[path[0]], path[1:], node.keys[path[0]])
