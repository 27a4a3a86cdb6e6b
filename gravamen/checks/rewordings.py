"""Checks of rewordings: sentences that a person put otherwise than the program drafted them."""

from collections.abc import Iterator

from gravamen.checks.asked import Asked
from gravamen.checks.flag import Found, check
from gravamen.sentences import Instrument
from gravamen.submission import Rewording

_NAMED = 8


@check(
    "draft",
    of=("instruments",),
    remedy="Read each beside its claims, then accept or reject it: gravamen judge CASE ID "
    "--verdict accepted.",
)
def sentence_reworded(q: Asked) -> Iterator[Found]:
    """Sentences were put otherwise, and nobody has said that their claims still bear them."""
    for instrument in q.instruments:
        texts = {s.text for s in instrument.sentences()}
        ids = [
            r.id
            for r in _of(q, instrument)
            if not q.reviewed(r.id) and (r.now is None or r.now in texts)
        ]
        if ids:
            one = len(ids) == 1
            more = f" and {len(ids) - _NAMED} more" if len(ids) > _NAMED else ""
            yield Found(
                message=f"{len(ids)} {'sentence was' if one else 'sentences were'} changed in Word "
                f"and nobody has said that {'its' if one else 'their'} claims still bear "
                f"{'it' if one else 'them'}: {', '.join(ids[:_NAMED])}{more}.",
                where=instrument.id,
                instrument=instrument.id,
            )


@check(
    "warning",
    of=("instruments",),
    remedy="Draft the instrument, put the sentence otherwise anew, and reject the old rewording.",
)
def rewording_orphan(q: Asked) -> Iterator[Found]:
    """Somebody put a sentence otherwise that is not drafted any more, so those words are lost."""
    for instrument in q.instruments:
        texts = {s.text for s in instrument.sentences()}
        before = {r.was for r in _of(q, instrument)}
        for rewording in _of(q, instrument):
            used = rewording.now is None or rewording.now in texts or rewording.now in before
            if not used:
                yield Found(
                    message=f"The rewording {rewording.id} is of a sentence that {instrument.id} "
                    f"no longer holds (“{_short(rewording.was)}”); its words are not printed.",
                    where=rewording.id,
                    instrument=instrument.id,
                )


def _of(q: Asked, instrument: Instrument) -> list[Rewording]:
    """The rewordings of an instrument that nobody rejected."""
    return [
        r for r in q.case.rewordings.values() if r.instrument == instrument.id and q.stands(r.id)
    ]


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 80 else f"{words[:79]}…"
