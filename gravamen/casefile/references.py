"""References: whether what a written case points to is there, in the case or in the law data."""

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence, Set

from gravamen.casefile.pointers import (
    EACH,
    HAPPENINGS,
    OF_LAW,
    PARTS,
    POINTERS,
    VOICE,
    Path,
    Pointer,
    spared,
    tag_of,
)
from gravamen.casefile.written import Item, Mistakes, Node
from gravamen.law import Law, load
from gravamen.law.authority import Authority
from gravamen.values import Value

_POST, _ELEMENT = "post:", "el."
# Likenesses are costly to find: enough for a person, and no more than a person can read.
_MOST_HINTS, _MOST_KNOWN = 50, 1000

# A copy goes to an office of the law data, or to whoever the words name.
_LAW_ID = re.compile(r"[a-z][\w-]*(?:\.[\w-]+)+", re.ASCII)
# What a claim can serve of the party that it is about, beside its posts and the elements.
_FACTS = ("birth", "sex", "nationality", "country", "kind", "birthplace", "command")

_AUTHORITIES = "authorities"
_UNNAMED = {  # the others lose their last letter
    "parties": "party", "searches": "search", "dispatches": "dispatch", "replies": "reply",
    "noted": "note",
}  # fmt: skip
# What a person can decide about.
_JUDGED = (
    "sources", "parties", "allegations", "claims", "requests", "flows", "vettings", "consents",
    "searches", "arguments", "law_reviews", "rewordings", *HAPPENINGS,
)  # fmt: skip
_OF_CASE: tuple[Pointer, ...] = (
    (("motion",), ("sources",)),
    (("requester", "party"), ("parties",)),
)
_POINTERS: dict[str, tuple[Pointer, ...]] = {
    "sources": ((("parent",), ("sources",)),),
    "parties": (
        (("part_of",), ("parties",)),
        (("family_of",), ("parties",)),
        (("claims", EACH), ("claims",)),
        (("posts", EACH, "body"), ("parties",)),
        (("posts", EACH, "claims", EACH), ("claims",)),
        (("commands", EACH, "over"), ("parties",)),
        (("commands", EACH, "claims", EACH), ("claims",)),
    ),
    "allegations": (
        (("roles", EACH, "party"), ("parties",)),
        (("characterisations", EACH, "by"), VOICE),
        (("characterisations", EACH, "disputed_by", EACH), VOICE),
    ),
    "claims": (
        (("about",), ("allegations", "parties", "flows")),
        (("source",), ("sources",)),
        (("speaker",), VOICE),
        (("relayed_by", EACH), VOICE),
    ),
    "requests": (
        (("target",), ("parties",)),
        (("source",), ("sources",)),
    ),
    "flows": ((("source",), ("sources",)),),
    "vettings": ((("unit",), ("parties",)),),
    "consents": (
        (("of",), ("parties",)),
        (("sources", EACH), ("sources",)),
    ),
    "searches": (
        (("party",), ("parties",)),
        (("claims", EACH), ("claims",)),
    ),
    "arguments": (
        (("party",), ("parties",)),
        (("claims", EACH), ("claims",)),
    ),
    "judgements": ((("target",), _JUDGED),),
}


def check_references(
    root: Node, items: Mapping[str, Sequence[Item]], ids: Mapping[str, Set[str]], wrong: Mistakes
) -> None:
    """Note every reference to what is neither written nor erased nor of the law, with its line.

    It looks at what is written, whether or not the thing around it is right in all else.
    """
    checking = _Checking({**ids, **dict(_parts(items, ids))}, wrong)
    law = load()
    for pointer in _OF_CASE:
        checking.check(root, "the case", pointer)
    for name, pointers in _POINTERS.items():
        for item in items[name]:
            for pointer in pointers:
                checking.check(item.node, item.id or _UNNAMED.get(name, name[:-1]), pointer)
    _check_law(root, items, law, checking)
    for name in HAPPENINGS:
        for item in items[name]:
            _check_happening(name, item, law, checking)
    _check_ballots(root, items["steps"], checking)
    _check_signatories(items["signings"], checking)
    for item in items["law_reviews"]:
        _check_review(item, law, checking)
    known = {*_FACTS, *law.elements, *_posts(items["parties"]), *_numbers(items["parties"])}
    for item in items["claims"]:
        for line, served in _written(item.node, ("serves", EACH), item.node.line):
            gone = _erased(str(item.fields.get("about")), items["parties"], ids["parties"])
            if not gone and not _erased_post(served, items["parties"], ids["parties"]):
                checking.check_served(line, item.id or "claim", served, known)


def _check_law(
    root: Node, items: Mapping[str, Sequence[Item]], law: Law, checking: "_Checking"
) -> None:
    """Note every id of the law that this edition of the law data does not know."""
    prongs = {prong.id for authority in law.authorities.values() for prong in authority.prongs}
    tables: tuple[tuple[str, Path, Set[str], str], ...] = (
        ("requests", ("authority",), law.authorities.keys(), _AUTHORITIES),
        ("requests", ("prong",), prongs, "prongs"),
        ("requests", ("addressees", EACH), law.offices.keys(), "offices"),
        ("arguments", ("authorities", EACH), law.authorities.keys(), _AUTHORITIES),
    )
    for name, path, known, what in tables:
        for item in items[name]:
            for line, word in _written(item.node, path, item.node.line):
                likely = _of_name(word, law) if what == _AUTHORITIES else ()
                checking.check_law(
                    line, item.id or name[:-1], path[0], word, known, what, likely=likely
                )
    for line, word in _written(root, ("requester", "kind"), root.line):
        checking.check_law(line, "the requester", "kind", word, law.bodies.keys(), "kinds of body")
    for line, word in _written(root, ("requester", "copies", EACH, "office"), root.line):
        if _LAW_ID.fullmatch(word):
            checking.check_law(line, "the requester", "copies", word, law.offices.keys(), "offices")


def _check_happening(name: str, item: Item, law: Law, checking: "_Checking") -> None:
    """Note what a happening points to that is not there, in the case or in the law data."""
    kind = _kind(name, item)
    if kind is None:
        return
    named = item.id or _UNNAMED.get(name, name[:-1])
    for pointer in POINTERS[kind]:
        checking.check(item.node, named, pointer)
    tables: Mapping[str, Set[str]] = {"offices": law.offices.keys(), "clocks": law.clocks.keys()}
    for path, (what, *words) in OF_LAW.get(kind, ()):
        for line, word in _written(item.node, path, item.node.line):
            if not words or _LAW_ID.fullmatch(word):
                checking.check_law(line, named, path[-1], word, tables[what], what)


def _kind(name: str, item: Item) -> type[Value] | None:
    """The type of an item of a list of happenings; None where it does not say its kind."""
    kinds, said = HAPPENINGS[name], item.fields.get("kind")
    if len(kinds) == 1:
        return kinds[0]
    return next((kind for kind in kinds if tag_of(kind) == said), None)


def _check_ballots(root: Node, steps: Sequence[Item], checking: "_Checking") -> None:
    """Note each ballot of somebody who is no member, where the members are written."""
    where: Path = ("requester", "members", EACH)
    known = {w for key in ("id", "name") for _, w in _written(root, (*where, key), root.line)}
    for item in steps if known else ():
        for line, member in _written(item.node, ("ballots", EACH, "member"), item.node.line):
            checking.check_word(
                line,
                item.id or "step",
                "member",
                member,
                known,
                "members of the requester",
                remedy="write the id or the name of a member, or add the member there",
            )


def _check_signatories(signings: Sequence[Item], checking: "_Checking") -> None:
    """Note each act of somebody who is not among the signatories of its round."""
    rounds = {
        item.id: {w for _, w in _written(item.node, ("signatories", EACH, "id"), item.node.line)}
        for item in signings
        if item.fields.get("kind") == "opened"
    }
    for item in signings:
        among = rounds.get(str(item.fields.get("round")))
        for line, who in _written(item.node, ("signatory",), item.node.line):
            if among is not None:
                checking.check_word(
                    line,
                    item.id or "signing",
                    "signatory",
                    who,
                    among,
                    f"signatories of {item.fields['round']}",
                    remedy="write the id of one of them",
                )


def _check_review(item: Item, law: Law, checking: "_Checking") -> None:
    """Note a review of what the law data do not hold, or one that gives no edition."""
    id, line = item.id, item.line("of")
    whole = {p.id: a.id for a in law.authorities.values() for p in a.prongs}
    known = {*law.authorities, *law.elements, *law.offices, *law.clocks, *law.programs}
    if id in whole:
        checking.note(
            line,
            f"'of' of the law review {id} is a prong, which is reviewed with its authority; write "
            f"{whole[id]!r}.",
        )
    elif id:
        what = "authorities, elements, offices, clocks and programs"
        checking.check_law(line, f"the law review {id}", "of", id, known, what)
    if id and isinstance(item.node.value, dict) and "edition" not in item.node.value:
        today = f"; that of today is {law.edition_of(id)!r}" if id in known else ""
        checking.note(
            item.node.line,
            f"the law review {id} lacks 'edition'; write the edition that was compared with the "
            f"law{today} (`gravamen law show {id if id in known else 'ID'}` prints the value and "
            "its edition).",
        )


def _parts(
    items: Mapping[str, Sequence[Item]], ids: Mapping[str, Set[str]]
) -> Iterator[tuple[str, set[str]]]:
    """The ids of what is a part of a list, such as the rounds among the signings."""
    for part, (name, kind) in PARTS.items():
        written = {item.id for item in items[name]}
        of_kind = {i.id for i in items[name] if i.fields.get("kind") == tag_of(kind)}
        yield part, of_kind | (ids[name] - written)  # those that were erased may have been any


def _posts(parties: Sequence[Item]) -> Iterator[str]:
    """What a claim says that it serves where it proves a post that is written."""
    for item in parties:
        posts = item.node.value.get("posts") if isinstance(item.node.value, dict) else None
        for n, _ in enumerate(posts.value if posts and isinstance(posts.value, list) else (), 1):
            yield f"{_POST}{item.id}/{n}"


def _numbers(parties: Sequence[Item]) -> Iterator[str]:
    """What a claim says that it serves where it proves an identifier that is written: its kind."""
    for item in parties:
        for _, kind in _written(item.node, ("identifiers", EACH, "kind"), item.node.line):
            yield kind


def _erased(party: str, parties: Sequence[Item], known: Set[str]) -> bool:
    """Whether a party was erased, so that nobody knows what was written of it."""
    return party in known and all(item.id != party for item in parties)


def _erased_post(served: str, parties: Sequence[Item], known: Set[str]) -> bool:
    """Whether something is a post of a party that was erased, so that nobody can count them."""
    party, _, number = served.removeprefix(_POST).rpartition("/")
    gone = _erased(party, parties, known)
    return served.startswith(_POST) and gone and number.isascii() and number.isdigit()


class _Checking:
    """Compares references with the ids that there are, and gives likely ones for the first few."""

    def __init__(self, ids: Mapping[str, Set[str]], wrong: Mistakes) -> None:
        self._ids = ids
        self._wrong = wrong
        self._hints = 0

    def check(self, node: Node, named: str, pointer: Pointer) -> None:
        """Note each place under a path that points to nothing."""
        path, kinds = pointer
        for line, target in _written(node, path, node.line):
            if spared(target, kinds):
                continue
            among = [kind for kind in kinds if kind in self._ids]
            if not any(target in self._ids[kind] for kind in among):
                where = _or(among) if len(among) < 4 else "things"
                self._wrong.add(
                    line,
                    f"{named} points to {target!r}, which is not among the {where} here"
                    f"{self._likely(target, among)}; write it, or correct the id.",
                )

    def note(self, line: int, message: str) -> None:
        """Note what is wrong otherwise."""
        self._wrong.add(line, message)

    def check_law(
        self,
        line: int,
        named: str,
        field: str,
        word: str,
        known: Set[str],
        what: str,
        *,
        likely: Sequence[str] = (),
    ) -> None:
        """Note a word that is not among the ids of the law data."""
        listed = "`gravamen law list` shows all" if what == _AUTHORITIES else ""
        of_law = f"{what} of the law data"
        self.check_word(line, named, field, word, known, of_law, likely=likely, listed=listed)

    def check_served(self, line: int, named: str, served: str, known: Set[str]) -> None:
        """Note what a claim serves that is neither a fact of a party nor an element."""
        elements = {k.removeprefix(_ELEMENT): k for k in known if k.startswith(_ELEMENT)}
        plain = difflib.get_close_matches(served.removeprefix(_ELEMENT), elements, n=2)
        likely = tuple(elements[word] for word in plain)
        facts = ", ".join(word for word in _FACTS if word in known)
        what = f"facts of a party ({facts}, {_POST}ID/N) and the elements of the law data"
        self.check_word(line, named, "serves", served, known, what, likely=likely)

    def check_word(
        self,
        line: int,
        named: str,
        field: str,
        word: str,
        known: Set[str],
        what: str,
        *,
        likely: Sequence[str] = (),
        listed: str = "",
        remedy: str = "correct it, or leave it out",
    ) -> None:
        """Note a word that is not among the known ones, with those that are near it.

        Args:
            likely: known ones that may be meant, where none is written like it.
            listed: what shows all of them, said where none is written like it.
        """
        if word not in known:
            near = self._near(word, known, 3)
            self._wrong.add(
                line,
                f"{field!r} of {named} is {word!r}, which is not among the {what}"
                f"{near or _meant(likely, listed)}; {remedy}.",
            )

    def _likely(self, target: str, among: Sequence[str]) -> str:
        if self._hints == _MOST_HINTS or sum(len(self._ids[k]) for k in among) > _MOST_KNOWN:
            return ""
        return self._near(target, set().union(*(self._ids[k] for k in among)), 1)

    def _near(self, word: str, known: Set[str], most: int) -> str:
        if self._hints == _MOST_HINTS or len(known) > _MOST_KNOWN:
            return ""
        self._hints += 1
        return _meant(difflib.get_close_matches(word, sorted(known), n=most))


def _or(words: Sequence[str]) -> str:
    return " or ".join((", ".join(words[:-1]), words[-1])) if words[1:] else "".join(words)


def _meant(words: Sequence[str], listed: str = "") -> str:
    said = f"did you mean {' or '.join(map(repr, words))}?" if words else ""
    told = " ".join(part for part in (said, listed) if part)
    return f" ({told})" if told else ""


def _of_name(word: str, law: Law) -> tuple[str, ...]:
    """The authorities whose name has the word that somebody wrote for an id: us.magnitsky."""
    part = word.rpartition(".")[2].casefold()
    where = word.partition(".")[0] if "." in word else ""
    found = [a for a in law.authorities.values() if len(part) > 3 and part in _named(a).casefold()]
    same = [a for a in found if a.jurisdiction == where]
    return tuple(a.id for a in (same or found)[:5])


def _named(authority: Authority) -> str:
    return " ".join((authority.title, authority.short, *authority.names))


def _written(node: Node, path: Path, line: int) -> Iterator[tuple[int, str]]:
    """Yield each text that stands under a path, with its line."""
    if not path:
        if isinstance(node.value, str) and not node.null:
            yield line, node.value
    elif path[0] == EACH:
        for inner in node.value if isinstance(node.value, list) else ():
            yield from _written(inner, path[1:], inner.line)
    elif isinstance(node.value, dict) and path[0] in node.value:
        yield from _written(node.value[path[0]], path[1:], node.keys[path[0]])
