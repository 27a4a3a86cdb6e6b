"""Bearing: the laws that bear on the lines of a group in an annex, and how each stands."""

from collections.abc import Iterable, Sequence
from string import ascii_lowercase

from gravamen.aid.line import Hook, HookState
from gravamen.instruments.assistance.chosen import Chosen
from gravamen.instruments.wording import joined
from gravamen.law.authority import Law
from gravamen.law.waivers import phrase

# How each state of a law is told of lines.
_STATES: dict[HookState, str] = {
    "barred": "these are barred by {}",
    "waived": "these would be barred by {}, which is waived",
    "unknown": "these are barred by {}, unless a waiver that is not on file is in effect",
    "open": "an office can be asked to withhold these, if its test is met, under {}",
    "argued": "whether these are reached by {} is argued",
    "unread": "what bound these before {} was in force was not read",
}
_UNASKED = "these fall under {} too, under which nothing is asked here"


class Laws:
    """The laws that bear on the lines of a group, with a letter for each where they do not bear on
    all alike.

    Args:
        unasked: ids of those under which nothing can be asked yet.
    """

    def __init__(self, lines: Sequence[Chosen], law: Law, unasked: frozenset[str]) -> None:
        self._law, self._unasked = law, unasked
        sets = [self._of(x) for x in lines]
        states = (*_STATES.values(), _UNASKED)
        every = dict.fromkeys(pair for pairs in sets for pair in pairs)
        self._every = sorted(every, key=lambda pair: states.index(pair[0]))
        self.lettered = any(set(pairs) != set(self._every) for pairs in sets)

    def marks(self, lines: Iterable[Chosen]) -> str:
        """The letters of the laws that bear on some lines, " (a, c)"; none where all are alike."""
        own = {pair for x in lines for pair in self._of(x)} if self.lettered else set()
        letters = [ascii_lowercase[n] for n, pair in enumerate(self._every) if pair in own]
        return f" ({', '.join(letters)})" if letters else ""

    def told(self) -> str:
        """How each law stands, after "these lines"."""
        parts: dict[str, list[str]] = {}
        for letter, (state, id) in zip(ascii_lowercase, self._every, strict=False):
            name = phrase(self._law.authority(id))
            parts.setdefault(state, []).append(f"{name} ({letter})" if self.lettered else name)
        return "; ".join(state.format(joined(named)) for state, named in parts.items())

    def of_units(self, x: Chosen) -> bool:
        """Whether a law of units bears on a line."""
        return any("unit" in self._law.authority(h.authority).reaches for h in x.line.hooks)

    def _of(self, x: Chosen) -> list[tuple[str, str]]:
        """The laws of a line, each with the words for how it stands."""
        return [(self._words(h), h.authority) for h in x.line.hooks if h.state in _STATES]

    def _words(self, hook: Hook) -> str:
        not_yet = hook.state == "open" and hook.authority in self._unasked
        return _UNASKED if not_yet else _STATES[hook.state]
