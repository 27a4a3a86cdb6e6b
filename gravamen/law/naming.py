"""Naming: which authority a reader means by an id, a cite or a short name."""

import difflib
import re
from collections.abc import Callable, Iterable, Iterator

from gravamen.law.authority import Authority, Law, LawError

_LEADING = re.compile(r"^(?:section|sec\.|§)\s*")
_IGNORED = re.compile(r"[\s.§]+")
_TITLE = re.compile(r"^\d+ ?u\.?s\.?c\.? +")  # of "22 U.S.C. 2378d"
_PART = re.compile(r"(?:\([0-9a-z]+\))+$")  # "(d)" of 505(d)


def authority_named(law: Law, words: str) -> Authority:
    """Return the authority that some words name: "us.fsa.907", "907", "10 USC 362", "leahy dod".

    Case, spaces, full stops and a leading "section" do not count. What is no name itself may be a
    section without its title ("2378d"), or without the part of it that the law data hold ("505").

    Raises:
        LawError: no authority has the name, or several have; the error gives those that are near,
            and none where none is.
    """
    if not _key(words):
        raise LawError(
            f"{words!r} names no law; give an id, a section or a cite ('us.fsa.907', '907', "
            "'10 USC 362')."
        )
    meant = _meant(law, _names)
    nobody = set[str]()
    named = meant.get(_key(words), nobody) or _meant(law, _sections).get(_key(words), nobody)
    found = sorted(named)
    if len(found) == 1:
        return law.authorities[found[0]]
    if found:
        raise LawError(f"{words!r} names {' and '.join(found)}; name one by its id.")
    alike = difflib.get_close_matches(_key(words), meant, n=5, cutoff=0.6)
    near = ", ".join(sorted({id for name in alike for id in meant[name]}))
    hint = f"near ones are: {near}" if near else "gravamen law list shows them"
    raise LawError(f"The law data know no law {words!r}; {hint}.")


def _meant(law: Law, names: Callable[[Authority], Iterable[str]]) -> dict[str, set[str]]:
    """The ids of the authorities that each of some names means."""
    meant: dict[str, set[str]] = {}
    for authority in law.authorities.values():
        for name in names(authority):
            meant.setdefault(_key(name), set()).add(authority.id)
    return meant


def _sections(authority: Authority) -> Iterator[str]:
    """The sections by which an authority is called: without title, and without their parts."""
    for name in authority.names:
        section = _TITLE.sub("", _LEADING.sub("", name.casefold()))
        if section[:1].isdigit():
            yield section
            yield _PART.sub("", section)


def _names(authority: Authority) -> tuple[str, ...]:
    """What names an authority: its id and the tails of it, its short name and title, its names."""
    _, *tail = authority.id.split(".")
    tails = [joint.join(tail[n:]) for n in range(len(tail)) for joint in (".", " ")]
    return (authority.id, *tails, authority.short, authority.title, *authority.names)


def _key(words: str) -> str:
    return _IGNORED.sub("", _LEADING.sub("", words.strip().casefold()))
