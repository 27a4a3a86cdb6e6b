"""Checks of what came back: whether it can answer what it is said to answer."""

from collections.abc import Iterator

from gravamen.checks.asked import Asked
from gravamen.checks.flag import Found, check
from gravamen.dates import instant
from gravamen.proceedings import came_before


@check(
    "warning",
    of=("case",),
    remedy="Say when it came, or which letter it answers: gravamen receive CASE --amend REPLY.",
)
def reply_before_letter(q: Asked) -> Iterator[Found]:
    """A reply is dated before the letter that it is said to answer; it counts for nothing."""
    for reply in q.case.replies.values():
        sent = q.case.dispatches.get(reply.dispatch or "")
        if sent is None or not (q.stands(reply.id) and q.stands(sent.id)):
            continue
        if instant(reply.received).day <= q.on and came_before(reply, sent):
            yield Found(
                message=f"{reply.id} is dated {reply.received}, before {sent.id} ({sent.at}), "
                "which it is said to answer; the docket leaves it out.",
                where=reply.id,
            )
