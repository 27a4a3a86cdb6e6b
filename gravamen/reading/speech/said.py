"""Said: one content with its speaker, on the way to becoming a proposal."""

from typing import NamedTuple

from gravamen.claims import Mode, Stance
from gravamen.reading.proposal import AttributionFound
from gravamen.reading.spans import Stretch
from gravamen.reading.text import Document


class Said(NamedTuple):
    """What is said to have been said, by whom, through whom; offsets into the mended copy.

    Args:
        inferred: whether the speaker believes or estimates it.
        described: the stretch that names the speaker and says who that is.
    """

    start: int
    end: int
    speaker: Stretch | None
    stance: Stance
    rule: str
    why: str
    mode: Mode = "reported"
    relay: Stretch | None = None
    inferred: bool = False
    described: Stretch | None = None


def proposal(said: Said, document: Document) -> AttributionFound | None:
    """Return the proposal for a content, None where no letter of the text is in it."""
    place = document.place(*trimmed(document.copy, said.start, said.end))
    if not any(c.isalnum() for c in place.text):
        return None
    return AttributionFound(
        id="",
        start=place.start,
        end=place.end,
        text=place.text,
        rule=said.rule,
        why=said.why,
        speaker=document.place(*said.speaker).text if said.speaker else None,
        relayed_by=document.place(*said.relay).text if said.relay else None,
        stance=said.stance,
        mode=said.mode,
    )


def trimmed(copy: str, start: int, end: int) -> Stretch:
    """Return a stretch without final punctuation and without quotation marks around all of it."""
    while True:
        while start < end and copy[start] in " ,;:—-":
            start += 1
        while end > start and copy[end - 1] in " ,;:.!?—-" and not _initials(copy, start, end):
            end -= 1
        if start >= end:
            return start, end
        first, last = copy[start], copy[end - 1]
        odd = copy.count('"', start, end) % 2 == 1
        inside = copy.find(first, start + 1, end - 1) >= 0
        if first in "\"«'" and last in "\"»'" and (first == "'" or not inside):
            start, end = start + 1, end - 1
        elif odd and first in '"«':
            return start + 1, end
        elif odd and last in '"»':
            end -= 1
        else:
            return start, end


def _initials(copy: str, start: int, end: int) -> bool:
    """Whether a stretch ends in the stop of an abbreviation: "the U.S."."""
    return copy[end - 1] == "." and end - start > 3 and copy[end - 3] == "."
