"""Stages: the askings of a thread in their order, each with what came of it."""

from collections.abc import Sequence

from gravamen.docket.clocks import Reckoner
from gravamen.docket.fit import anothers
from gravamen.docket.status import Stage
from gravamen.docket.threads import Item, Thread
from gravamen.proceedings import Delivered, Dispatch, Outside, Reply, RequestEnded


def stages(thread: Thread, reckoner: Reckoner) -> tuple[list[Stage], RequestEnded | None]:
    """Return the askings of a thread, each with what was said to it, and how the request ended."""
    found: list[Stage] = []
    of: dict[str, Stage] = {}
    early: list[Item] = []
    ended: RequestEnded | None = None
    if thread.asked_elsewhere:
        found.append(Stage(thread.asked_elsewhere))
        of[thread.asked_elsewhere.id] = found[0]
    for item in thread.items:
        thing = item.thing
        if not item.counts:
            continue
        if isinstance(thing, Reply):
            let = _let_reply(thing, item, of)
        elif isinstance(thing, Delivered):
            let = _let_reach(thing, of, reckoner)
        else:
            let = True
            if isinstance(thing, Dispatch):
                _asked(thing, found, of)
            elif isinstance(thing, RequestEnded):
                ended = thing
            elif isinstance(thing, Outside):
                foreign = anothers(reckoner.law, thing, thread.key[1])
                for stage in found:
                    stage.shown(thing, None if foreign else item.outcome)
        if not let:
            early.append(item)
    _belated(early, found, of, reckoner)
    return found, ended


def _belated(
    early: Sequence[Item], stages: Sequence[Stage], of: dict[str, Stage], reckoner: Reckoner
) -> None:
    """Let come what is dated before the letter that it is about, or is about another letter."""
    for item in early:
        thing = item.thing
        if isinstance(thing, Reply) and stages:
            of.setdefault(thing.dispatch or "", stages[-1])
            _let_reply(thing, item, of)
        elif isinstance(thing, Delivered):
            _let_reach(thing, of, reckoner)


def _asked(dispatch: Dispatch, stages: list[Stage], of: dict[str, Stage]) -> None:
    """Let a letter have gone: into the asking that it goes back to, else as a new one.

    A notice that a signature was withdrawn asks for nothing; an answer to it is one to the letter.
    """
    back = of.get(dispatch.resends or dispatch.follows_up or "")
    if dispatch.withdrawn:
        if back is not None:
            of[dispatch.id] = back
        return
    over = back is not None and (final := back.final()) is not None and final.closed
    if back is None or (over and not dispatch.resends):
        back = Stage(dispatch)
        stages.append(back)
    else:
        back.dispatches.append(dispatch)
    of[dispatch.id] = back


def _let_reach(thing: Delivered, of: dict[str, Stage], reckoner: Reckoner) -> bool:
    """Let a letter have been delivered, as evidence shows; say whether its asking was found."""
    stage = of.get(thing.dispatch)
    asks = stage is not None and any(d.id == thing.dispatch for d in stage.dispatches)
    if stage and asks and reckoner.shown(thing.evidence):  # that a notice came shows no more
        stage.reached(thing)
    return stage is not None


def _let_reply(thing: Reply, item: Item, of: dict[str, Stage]) -> bool:
    """Let a reply have come; say whether its asking was found."""
    stage = of.get(thing.dispatch or "")
    if stage is None:
        return item.elsewhere and not item.taken
    if not item.elsewhere:
        stage.replied(thing, item.outcome)
    elif item.taken:
        stage.taken(thing)
    return True
