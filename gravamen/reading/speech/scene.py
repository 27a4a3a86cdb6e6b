"""Scene: who speaks where no verb says so: labels of a transcript, a letterhead, a deponent."""

import re

from gravamen.reading.grammar import Parse
from gravamen.reading.spans import Stretch
from gravamen.reading.speech.cues import cues
from gravamen.reading.text import Document, Turn

_STATEMENT_BY = re.compile(
    r"\b(?:statement|declaration|communiqu[eé]|press (?:release|statement)|remarks|address|briefing"
    r"|message|reply|response|note)\s+(?:of|by|from|issued "
    r"by)\s+(?P<who>(?:the\s+)?[A-Z][^\n,;:]{2,90})",
    re.IGNORECASE,
)
_KNOWN_AS = re.compile(
    r"\bI\b[^.\n]{0,80}?\b(?:known|referred to)[^.\n]{0,40}? as (?P<who>[A-Z][\w.-]*(?: "
    r"[A-Z][\w.-]*)*)"
    r"|\bI, (?:the undersigned, )?(?P<name>[A-Z][\w.'-]+(?: [A-Z][\w.'-]+){1,4}),"
)
_HEAD_CHARS = 1500


class Scene:
    """The standing speakers of a document.

    Args:
        author: whose statement the letterhead says this is.
        deponent: the name of the "I" of an affidavit or statement.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self.author = self._author()
        self.deponent = self._deponent()

    def _author(self) -> Stretch | None:
        m = _STATEMENT_BY.search(self.document.copy, 0, min(self.document.head or 200, _HEAD_CHARS))
        return m.span("who") if m else None

    def _deponent(self) -> Stretch | None:
        m = _KNOWN_AS.search(self.document.copy, 0, _HEAD_CHARS)
        return (m.span("who") if m["who"] else m.span("name")) if m else None

    def turn(self, offset: int) -> Turn | None:
        """Return the turn of a transcript around an offset."""
        return self.document.turns.at(offset)

    def label(self, turn: Turn) -> Stretch:
        """Return where the label of a turn stands."""
        return turn.label_start, turn.label_start + len(turn.label)

    def asks(self, turn: Turn) -> bool:
        """Whether the turn is that of somebody who asks: by its label."""
        return any(w in cues().interviewers for w in turn.label.lower().split())

    def narrator(self, offset: int) -> Stretch | None:
        """Return who "I" is at an offset: the speaker of the turn, else the deponent."""
        turn = self.turn(offset)
        return self.label(turn) if turn else self.deponent


def tells(parse: Parse) -> bool:
    """Whether a sentence of a witness tells what happened, rather than asks or muses."""
    text = parse.copy[parse.start : parse.end]
    if text.endswith("?") or not parse.groups:
        return False
    return any(g.form == "finite" and not g.modal for g in parse.groups) and not re.match(
        r"(?:I (?:say|think|do not|don't|did not|believe|want|am|hope|know)|If|That is|Yes|No\b)",
        text,
    )
