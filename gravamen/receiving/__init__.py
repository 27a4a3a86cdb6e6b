"""Receiving: what comes back, tied to what went out, read for what it says; a person decides.

taken = take(case, law, captured, id="reply.1", today=date(2026, 6, 1))
taken.reply                 # a proposal, of the kind "ack", "refusal", …
taken.matches               # the dispatches that it may answer, best first, each with its reason
"""

from gravamen.receiving.take import READER, Taken, take
from gravamen.receiving.thread import Match

__all__ = ["READER", "Match", "Taken", "take"]
