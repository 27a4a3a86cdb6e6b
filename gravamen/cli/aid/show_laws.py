"""The laws that bear on lines of assistance, as text: how each stands, for what, who decides."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec.structs import replace

from gravamen.aid.line import Hook, Line
from gravamen.aid.words import line_words
from gravamen.cli.docket_list import wrapped
from gravamen.law import Law
from gravamen.law.cited import SURE


def laws(lines: Sequence[Line], law: Law, seen: set[str]) -> Iterator[str]:
    """Return the laws that bear on some lines, each once, as text.

    Args:
        seen: ids of the laws whose terms were told before; those told now are added.
    """
    pairs = [(hook, line) for line in lines for hook in line.hooks]
    pairs.sort(key=lambda pair: pair[0].authority)
    if pairs:
        yield ""
        yield "  The laws that bear on these lines:"
    for authority, some in groupby(pairs, key=lambda pair: pair[0].authority):
        found = list(some)
        known = law.authority(authority)
        yield from wrapped(f"{known.short}, {known.cite}", "  ", "    ")
        yield from _standing(found, known.cite)
        if authority in seen:
            yield from wrapped("decides, must be shown, exceptions: as above", "    ")
        else:
            yield from _terms(found[0][0])
        seen.add(authority)


def _standing(found: Sequence[tuple[Hook, Line]], cite: str) -> Iterator[str]:
    """How a law stands towards the lines: a state, for which programs, why, by which provision.

    Args:
        cite: that of the law, which is not said again.
    """
    reached: dict[Hook, dict[str, None]] = {}
    for hook, line in found:
        alike = replace(hook, waiver=None)
        reached.setdefault(alike, {})[line_words(line)] = None
    for hook, names in reached.items():
        aside = [hook.cite] if hook.cite not in cite else []
        aside += [] if hook.mark in SURE else [f"{hook.mark}: to be checked by a person"]
        told = f"{hook.state.replace('-', ' ')}: {', '.join(names)}. {hook.why}"
        told += f" ({'; '.join(aside)})" if aside else ""
        yield from wrapped(told, "    ", "      ")
    for waiver in dict.fromkeys(hook.waiver for hook, _ in found if hook.waiver):
        yield from wrapped(f"waiver: {waiver}", "    ", "      ")


def _terms(hook: Hook) -> Iterator[str]:
    yield from wrapped(f"decides: {hook.decides}", "    ", "      ")
    for n, shown in enumerate(hook.shows):
        yield from wrapped(f"{'or' if n else 'must be shown'}: {shown}", "    ", "      ")
    for exception in hook.exceptions:
        yield from wrapped(f"except: {exception}", "    ", "      ")
