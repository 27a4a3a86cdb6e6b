"""Words: two texts compared word by word, punctuation apart."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

_TOKENS = re.compile(r"\s+|[^\W_]+(?:['’][^\W_]+)*|.", re.DOTALL)
_MOST_TOKENS = 6000


class Stretch(NamedTuple):
    """A stretch of a comparison: in both texts, only in the old one, or only in the new one."""

    kind: Literal["same", "old", "new"]
    text: str


def compare_words(old: str, new: str) -> tuple[Stretch, ...]:
    """Return two texts as stretches that are in both, only in the old or only in the new one."""
    return tuple(_joined(_aligned(_TOKENS.findall(old), _TOKENS.findall(new))))


def marked(old: str, new: str) -> str:
    """Return a new text with what changed: "held [-41-]{+14+} persons"."""
    shape = {"same": "{}", "old": "[-{}-]", "new": "{{+{}+}}"}
    return "".join(shape[s.kind].format(s.text) for s in compare_words(old, new))


def _aligned(old: list[str], new: list[str]) -> Iterator[Stretch]:
    """The stretches; two texts too long to be compared whole keep their common ends only."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    yield Stretch("same", "".join(old[:start]))
    a, b = old[start : len(old) - end], new[start : len(new) - end]
    if max(len(a), len(b)) > _MOST_TOKENS:
        yield Stretch("old", "".join(a))
        yield Stretch("new", "".join(b))
    else:
        for kind, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
            if kind == "equal":
                yield Stretch("same", "".join(a[i:j]))
            else:
                yield Stretch("old", "".join(a[i:j]))
                yield Stretch("new", "".join(b[k:m]))
    yield Stretch("same", "".join(old[len(old) - end :]) if end else "")


def _joined(stretches: Iterator[Stretch]) -> Iterator[Stretch]:
    """Stretches in order; changes with no more than a space between them are one change."""
    found: list[Stretch] = [s for s in stretches if s.text]
    at = 0
    while at < len(found):
        if found[at].kind == "same":
            yield found[at]
            at += 1
            continue
        old, new = "", ""
        while at < len(found) and (
            found[at].kind != "same"
            or (found[at].text.isspace() and at + 1 < len(found) and found[at + 1].kind != "same")
        ):
            old += found[at].text if found[at].kind != "new" else ""
            new += found[at].text if found[at].kind != "old" else ""
            at += 1
        if old:
            yield Stretch("old", old)
        if new:
            yield Stretch("new", new)
