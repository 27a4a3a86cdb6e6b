"""Leaks: whether a name that must not go out stands anywhere in the bytes of a file."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from gravamen.case import Case
from gravamen.checks.safety import FAMILY_FIRST
from gravamen.instruments.manifest import Manifest
from gravamen.instruments.searched import searched
from gravamen.parties import Name
from gravamen.values import GravamenError, Value

_SHORT = 6
_FAMILY = 3  # a shorter one occurs by chance
_WORDS = re.compile(r"[^\W_]+")
_SIGNS = re.compile(r"[\W_]+")
# Letters of one sound that a keyboard gives as one or the other, and the stroke that only widens.
_SAME = str.maketrans({"ی": "ي", "ى": "ي", "ک": "ك", "ہ": "ه", "ە": "ه", "ـ": None})
_ANY_SAME = re.compile(f"[{''.join(map(chr, _SAME))}]")
_NO_WORD = bytes(n for n in range(128) if not chr(n).isalnum())


class ProtectedName(GravamenError):
    """A protected name in what would go out."""


class Leak(Value):
    """A forbidden text that was found: which, in what file, in what part of it."""

    forbidden: str
    file: str
    part: str


def leaks(paths: Iterable[Path], forbidden: Iterable[str]) -> list[Leak]:
    """Return every place where a forbidden text stands in files that are to go out.

    File names, the bytes as they are, all streams of a PDF inflated, its text page by page, its
    metadata and attachments, the members of a zip archive (DOCX), the headers and parts of an
    e-mail, and what lies in these. Compared without regard to case, accents written in two ways,
    spaces, hyphens and unseen signs.

    Raises:
        Unsearchable: a PDF or archive cannot be opened, so that nobody knows what is in it.
    """
    return leaks_in(((path.name, path.read_bytes()) for path in paths), forbidden)


def leaks_in(
    files: Iterable[tuple[str, bytes]],
    forbidden: Iterable[str],
    *,
    ours: bool = False,
    words: bool = False,
    strict: bool = False,
) -> list[Leak]:
    """Return every place where a forbidden text stands in files, each given by name and bytes.

    Args:
        ours: that the files were just made here: of a PDF all objects and inflated streams are
            searched, not also its bytes as they lie and its pages read back.
        words: that a text counts only where it stands as words of its own, not within others.
        strict: that whatever lies in a file must be of a kind that can be opened here.

    Raises:
        Unsearchable: as `leaks`.
    """
    keys = {text: _Key(text, apart=words) for text in forbidden if _folded(text)}
    parts = [
        (name, *part)
        for name, data in files
        for part in searched(name, data, ours=ours, strict=strict)
    ]
    # The formats say the same again and again: what stands in none of their texts, taken once and
    # together, stands in no part.
    texts = dict.fromkeys(said for _, _, said, _ in parts)
    plain = "\n".join(t for t in texts if t.isascii())
    whole = _folded(plain) + _folded("\n".join(t for t in texts if not t.isascii()))
    near = {text: key for text, key in keys.items() if key.folded in whole}
    found: list[Leak] = []
    for name, part, said, prose in parts if near else ():
        folded = _folded(said)
        found += [
            Leak(forbidden=text, file=name, part=part)
            for text, key in near.items()
            if key.stands_in(said, folded, prose=prose)
        ]
    return list(dict.fromkeys(found))


def protected(case: Case) -> dict[str, str]:
    """Return the names of all protected persons, in both orders, each with the person's id."""
    return {
        words: party.id
        for party in case.parties.values()
        if party.protected
        for name in party.names
        for words in (name.text, " ".join(reversed(name.text.split())))
        if _folded(words)
    }


def guard(manifest: Manifest, case: Case) -> None:
    """Refuse a manifest in which a protected name stands.

    Everything that a document prints or carries is in its manifest or made from it.

    Raises:
        ProtectedName: names the person by pseudonym or id, and the place, never the name.
    """
    forbidden = protected(case)
    if not forbidden:
        return
    leaves = [*_leaves("", msgspec.to_builtins(manifest))]
    whole = _folded(" ".join(text for _, text in leaves))
    for words, id in forbidden.items():
        key = _Key(words)
        if key.folded not in whole:
            continue
        for where, text in leaves:
            if key.stands_in(text, _folded(text), prose=True):
                party = case.parties[id]
                raise ProtectedName(
                    f"The name of {party.pseudonym or 'a protected person'} ({id}) would stand in "
                    f"{manifest.instrument}, at {where} of its manifest; nothing of it was "
                    "written. Use the pseudonym, or leave it out (protected-name)."
                )


def surnames(case: Case) -> dict[str, str]:
    """Return the family names of all protected persons, each with the person's id.

    One that is in the name of a party who is not protected tells nobody apart, and is left out.
    """
    open_words = {
        word
        for party in case.parties.values()
        if not party.protected
        for name in party.names
        for word in _WORDS.findall(_plain(name.text))
    }
    return {
        family: party.id
        for party in case.parties.values()
        if party.protected
        for name in party.names
        if (family := _family(name))
        and len(_folded(family)) >= _FAMILY
        and not open_words & {*_WORDS.findall(_plain(family))}
    }


def _family(name: Name) -> str | None:
    """The family name in a name of several words, as the custom of its language puts it."""
    parts = name.text.split()
    first = (name.lang or "").split("-")[0] in FAMILY_FIRST
    return None if len(parts) < 2 else parts[0] if first else parts[-1]


def guard_files(
    files: Mapping[str, bytes], case: Case, *, family_names: bool = False, foreign: bool = False
) -> None:
    """Refuse files of any kind, by name, in whose bytes a protected name stands.

    Args:
        family_names: that a family name alone is refused too, as is right for files that no check
            is asked about.
        foreign: that they were made elsewhere, so that whatever lies in them must be of a kind that
            can be opened here.

    Raises:
        ProtectedName: names the person by pseudonym or id, and the place, never the name.
        Unsearchable: a file, or one inside it, cannot be opened.
    """
    forbidden = protected(case)
    if not forbidden:
        return
    found = leaks_in(files.items(), forbidden, ours=not foreign, strict=foreign)
    if family_names and not found:
        forbidden = surnames(case)
        found = leaks_in(files.items(), forbidden, ours=not foreign, words=True, strict=foreign)
    for leak in found:
        id = forbidden[leak.forbidden]
        raise ProtectedName(
            f"The name of {case.parties[id].pseudonym or 'a protected person'} ({id}) would stand "
            f"in {leak.file}, in its part {leak.part!r}; nothing of it was written. Use the "
            "pseudonym, or leave it out (protected-name)."
        )


def _leaves(where: str, value: Any) -> Iterator[tuple[str, str]]:
    """The texts inside plain data, each with its place."""
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(f"{where}.{key}".lstrip("."), inner)
    elif isinstance(value, list | tuple):
        for number, inner in enumerate(value, 1):
            id = inner.get("id") if isinstance(inner, dict) else None
            yield from _leaves(f"{where}[{id or number}]", inner)


class _Key:
    """A forbidden text as it is looked for.

    A short one must stand as words of its own, and is looked for in prose only: among the bytes of
    a font or the names of tags any few letters occur by chance.
    """

    def __init__(self, text: str, *, apart: bool = False) -> None:
        self.folded = _folded(text)
        inner = r"[\W_]*".join(map(re.escape, _WORDS.findall(_plain(text))))
        self._apart = apart or len(self.folded) < _SHORT
        self._pattern = re.compile(rf"(?<![^\W_]){inner}(?![^\W_])")

    def stands_in(self, words: str, folded: str, *, prose: bool) -> bool:
        if self.folded not in folded:
            return False
        if not self._apart:
            return True
        return prose and bool(self._pattern.search(_plain(words)))


def _plain(text: str) -> str:
    """Text in compatibility form, without case, accents and unseen signs."""
    decomposed = unicodedata.normalize("NFKD", text.casefold()).translate(_SAME)
    if decomposed.isascii():
        return decomposed
    return "".join(c for c in decomposed if unicodedata.category(c) not in ("Mn", "Cf"))


def _folded(text: str) -> str:
    """Text for comparison: plain, and letters and digits only."""
    if text.isascii():
        return text.lower().encode().translate(None, _NO_WORD).decode()
    folded = unicodedata.normalize("NFKD", text.casefold())
    if _ANY_SAME.search(folded):
        folded = folded.translate(_SAME)
    return _SIGNS.sub("", folded)
