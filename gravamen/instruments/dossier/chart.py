"""Chart: who stood above and below whom when it happened, as a drawing of boxes and lines."""

from collections.abc import Iterable
from typing import NamedTuple

from gravamen.dates import DateError, overlap
from gravamen.instruments.dossier.brief import Brief
from gravamen.instruments.drawing import SIZE, height_of
from gravamen.instruments.fonts import width
from gravamen.parties import Party
from gravamen.sentences import Box, Figure, Line

_PAGE = 460.0
_WIDEST, _GAP, _DROP = 150.0, 14.0, 26.0
# Points that a small letter of the drawing takes, on the wide side.
_LETTER = SIZE * 0.56
_MOST_BELOW, _MOST_LEVELS = 3, 6


class _Node(NamedTuple):
    id: str
    words: tuple[str, ...]
    bold: int
    strong: bool


def chart(brief: Brief) -> Figure | None:
    """Return the chain from the highest body to the lowest that matters; None where there is none.

    Solid lines are parts of bodies; dashed ones commands that the record holds beside these. Each
    box names the body and those who are shown to have held a post in it when the acts happened.
    """
    spine = _spine(brief)
    if len(spine) < 2:
        return None
    levels = [[id] for id in spine]
    below = [i for i in _below(brief, spine[-1]) if i not in spine][:_MOST_BELOW]
    if below:
        levels.append(below)
    nodes = {id: _node(brief, id) for level in levels for id in level}
    boxes, bottom = _placed(levels, nodes)
    parts = [Line(corners=_way(boxes[p.part_of], boxes[id])) for id in nodes
             if (p := brief.case.parties[id]).part_of in boxes and p.part_of]  # fmt: skip
    orders = [
        Line(corners=_way(boxes[id], boxes[c.over]), dashed=True)
        for id in nodes
        for c in brief.case.parties[id].commands
        if c.over in boxes and brief.case.parties[c.over].part_of != id
    ]
    return Figure(
        caption="The chain of command as the record shows it"
        + ("; dashed: command by other than formal order" if orders else ""),
        alt=_told(levels, nodes),
        width=_PAGE,
        height=bottom,
        boxes=tuple(boxes.values()),
        lines=(*parts, *orders),
    )


def _spine(brief: Brief) -> list[str]:
    """The bodies from the highest down to the one that the acts are laid to."""
    parties = brief.case.parties
    start = next((p.body for p in brief.posts if p.leads), None)
    start = start or next((p.body for p in brief.posts), None)
    lowest = start if brief.is_person else brief.party.id
    if lowest is None or lowest not in parties:
        return []
    chain = [lowest]
    while (above := parties[chain[0]].part_of) and above in parties and above not in chain:
        chain.insert(0, above)
    while len(chain) > _MOST_LEVELS:
        chain.pop(1)
    return chain


def _below(brief: Brief, body: str) -> Iterable[str]:
    """The parts of a body, those first to which an act is laid."""
    accused = {r.party for a in brief.allegations for r in a.roles if r.kind != "victim"}
    parts = [p for p in brief.case.parties.values() if p.part_of == body and not p.protected
             and p.kind in ("unit", "body")]  # fmt: skip
    over = [c.over for c in brief.party.commands if c.over in brief.case.parties]
    found = dict.fromkeys([*(p.id for p in parts), *over])
    return sorted(found, key=lambda id: id not in accused)


def _node(brief: Brief, id: str) -> _Node:
    party = brief.case.parties[id]
    head = _wrapped(party.name)
    strong = id == brief.party.id
    words = [*head]
    for holder, title, dates in _holders(brief, party):
        strong = strong or holder.id == brief.party.id
        words += [*_wrapped(f"{title} {holder.name}"), *_wrapped(dates)]
    return _Node(id=id, words=tuple(words), bold=len(head), strong=strong)


def _holders(brief: Brief, body: Party) -> Iterable[tuple[Party, str, str]]:
    """Whose post in a body a claim proves and an act falls into; always whose dossier it is."""
    for party in brief.case.parties.values():
        if party.protected:
            continue
        for post in party.posts:
            proven = any(c in brief.case.claims and brief.case.stands(c) for c in post.claims)
            mine = party.id == brief.party.id
            if post.body != body.id or not proven or not (mine or (post.leads and
               _covers(brief, post.start, post.end))):  # fmt: skip
                continue
            start = brief.pen.day(post.start) if post.start else "?"
            end = "today" if post.end == ".." else brief.pen.day(post.end) if post.end else "?"
            yield party, post.title, f"{start} to {end}"


def _covers(brief: Brief, start: str | None, end: str | None) -> bool:
    for act in brief.key:
        try:
            if act.date and overlap(start, end, act.date) != "no":
                return True
        except DateError:
            continue
    return False


def _wrapped(words: str) -> list[str]:
    """Words in lines that a box holds."""
    lines: list[str] = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if width(longer) * _LETTER > _WIDEST - 10 and lines[-1]:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _placed(levels: list[list[str]], nodes: dict[str, _Node]) -> tuple[dict[str, Box], float]:
    """A box for each node, level under level, each level in the middle of the page."""
    boxes: dict[str, Box] = {}
    y = 2.0
    for level in levels:
        across = len(level) * _WIDEST + (len(level) - 1) * _GAP
        x = (_PAGE - across) / 2
        tallest = max(height_of(len(nodes[id].words)) for id in level)
        for id in level:
            node = nodes[id]
            boxes[id] = Box(
                x=x,
                y=y,
                width=_WIDEST,
                height=tallest,
                words=node.words,
                bold=node.bold,
                strong=node.strong,
            )
            x += _WIDEST + _GAP
        y += tallest + _DROP
    return boxes, y - _DROP + 2


def _way(upper: Box, lower: Box) -> tuple[tuple[float, float], ...]:
    """A line from the foot of one box to the head of another, with square corners."""
    if upper.y > lower.y:
        upper, lower = lower, upper
    start = (upper.x + upper.width / 2, upper.y + upper.height)
    end = (lower.x + lower.width / 2, lower.y)
    middle = end[1] - _DROP / 2
    return (start, (start[0], middle), (end[0], middle), end)


def _told(levels: list[list[str]], nodes: dict[str, _Node]) -> str:
    """The chart in words, for who does not see it."""
    rows = [" and ".join(" ".join(nodes[id].words) for id in level) for level in levels]
    return f"From the highest down: {'; below it '.join(rows)}."
