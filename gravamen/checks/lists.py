"""Word lists: rival names and loaded words, read from data, and where a text uses them."""

import re
from collections.abc import Iterator
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import TypeVar

import msgspec
import yaml

from gravamen.reading.characterisations import find_characterisations
from gravamen.reading.laws import find_laws
from gravamen.reading.spans import Placed, Spans
from gravamen.reading.text import DATA, Document
from gravamen.values import GravamenError, Value

T = TypeVar("T")
_WORD = re.compile(r"(?<!\w)\w+")
_QUOTED = re.compile(r"“[^“”]*”|«[^«»]*»|„[^„“”]*[“”]|(?<![\w\"])\"[^\"]*\"(?!\w)")


class WordListError(GravamenError):
    """A word list that cannot be used."""


class Rivals(Value):
    """Names that stand for the same thing, where the choice of one is heard as taking a side.

    Args:
        misspelt: forms of neither side; they count where a name of a group in `misspelt_with`
            stands in the same text.
        apart_from: longer names that hold one of these and mean something else.
    """

    id: str
    kind: str
    names: tuple[str, ...]
    misspelt: tuple[str, ...] = ()
    misspelt_with: tuple[str, ...] = ()
    apart_from: tuple[str, ...] = ()


class Gazetteer:
    """All groups of rival names, indexed by the first word of each name."""

    def __init__(self, groups: tuple[Rivals, ...]) -> None:
        self.groups = {g.id: g for g in groups}
        self._by_word: dict[str, list[tuple[str, str | None]]] = {}
        for group in groups:
            for name in (*group.names, *group.misspelt):
                for form in dict.fromkeys((name, name.upper())):
                    self._enter(form, group.id)
            for name in group.apart_from:
                self._enter(name, None)
        for forms in self._by_word.values():
            forms.sort(key=lambda f: -len(f[0]))

    def _enter(self, form: str, group: str | None) -> None:
        first = _WORD.search(form)
        if first:
            self._by_word.setdefault(first[0], []).append((form.replace("’", "'"), group))

    def used(self, text: str) -> Iterator[tuple[str, str, int]]:
        """Yield group id, the name as it stands, and its offset; the longest name first."""
        plain, done = text.replace("’", "'"), 0
        for word in _WORD.finditer(plain):
            if word.start() < done:
                continue
            for form, group in self._by_word.get(word[0], ()):
                end = word.start() + len(form)
                if plain.startswith(form, word.start()) and not plain[end : end + 1].isalnum():
                    done = end
                    if group:
                        yield group, text[word.start() : end], word.start()
                    break


@cache
def gazetteer() -> Gazetteer:
    """The rival names of `rivals.yaml`."""
    return Gazetteer(_read(DATA / "rivals.yaml", dict[str, tuple[Rivals, ...]])["groups"])


class LoadedWords:
    """Words that argue, by how they do it."""

    def __init__(self, groups: dict[str, tuple[str, ...]]) -> None:
        self.groups = {k: v for k, v in groups.items() if k != "apart_from"}
        self._apart = groups.get("apart_from", ())

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        words = [w for group in self.groups.values() for w in group]
        parts = [rf"(?P<apart>{_any(self._apart)})"] if self._apart else []
        return re.compile(rf"(?<![\w-])(?:{'|'.join([*parts, _any(words)])})(?!\w)", re.IGNORECASE)

    def used(self, text: str) -> list[str]:
        """The loaded words of a text as they stand there, each once."""
        found = [
            " ".join(m[0].split())
            for m in self._pattern.finditer(text.replace("’", "'"))
            if not m.groupdict().get("apart")
        ]
        return list(dict.fromkeys(found))


def _any(words: tuple[str, ...] | list[str]) -> str:
    forms = sorted(words, key=len, reverse=True)
    return "|".join(
        r"\s+".join(re.escape(p) for p in form.split()).replace(r"\*", r"\w*") for form in forms
    )


@cache
def loaded() -> LoadedWords:
    """The words of `loaded.yaml`."""
    return LoadedWords(_read(DATA / "loaded.yaml", dict[str, tuple[str, ...]]))


def _read(path: Path, kind: type[T]) -> T:
    try:
        return msgspec.convert(yaml.safe_load(path.read_text("utf-8")), kind)
    except (msgspec.ValidationError, yaml.YAMLError) as error:
        raise WordListError(
            f"The word list {path.name} cannot be used: {error}; correct it there."
        ) from None


def unquoted(text: str) -> str:
    """A text of the same length with blanks where it quotes somebody."""
    return _QUOTED.sub(lambda m: " " * len(m[0]), text)


@lru_cache(maxsize=8192)
def labels(text: str) -> tuple[tuple[str, str], ...]:
    """The words of a text that label a status, a side or a conclusion, each with its term."""
    document = Document(text)
    found = find_characterisations(document, Spans[Placed]())
    if found:  # once more, without those inside the name of a law: the reading of laws is dear
        found = find_characterisations(document, Spans(find_laws(document)))
    return tuple((" ".join(f.text.split()), f.term) for f in found)
