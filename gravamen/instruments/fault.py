"""Fault: one thing about a document that does not agree."""

from gravamen.values import Value


class Fault(Value):
    """One thing that does not agree: its id, a whole sentence, the sentence and claim it is in."""

    id: str
    message: str
    sentence: str | None = None
    claim: str | None = None
