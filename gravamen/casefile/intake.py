"""Intake: a body's own text into a new case: captured, read, and cast as proposals."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

from gravamen.case import Requester
from gravamen.casefile.entries import Alleged, Attributed, Named, Opened, Proposed, Requested
from gravamen.casefile.ledger import CaseFile
from gravamen.law.authority import Law
from gravamen.reading import READER, propose, read
from gravamen.reading.proposal import QuantityFound, Reading
from gravamen.requests import Request
from gravamen.sentences import Paper, Signatory
from gravamen.sources import capture_file

MOTION = "s.motion"
# Lines above a heading that say which paper this is, not what it is about.
_NO_HEADING = re.compile(
    r"(?:agenda|item|motion by|resolution (?:no|number)|no\.|file|date|revised|moved|board of"
    r"|county of|city of|town of|for immediate|statement of|whereas)\b|\W*\d",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"(?:(?:[A-Z]\w+ ){0,3}(?:Board of Supervisors|Board of Aldermen|Board of Commissioners"
    r"|City Council|Town Council|Village Board|County Board|County Commission|County Council"
    r"|Borough Council|Select Board|Legislature|House of Representatives|General Assembly))"
    r"(?: of (?:the )?(?:[A-Z]\w+ ?){1,4})?"
)
_MEASURES = {
    "visa-ban": "a bar on entry",
    "suspend-assistance": "suspension of assistance",
    "arms-embargo": "an end to arms transfers",
    "start-clock": "the start of a clock in law",
}
_KINDS = (
    ("us-county-board", r"\b(?:supervisors|county (?:board|council|commission))"),
    ("us-city-council", r"\b(?:city|town|village|borough) (?:council|board)|\baldermen\b"),
    ("us-state-legislature", r"\b(?:legislature|general assembly|state senate)\b"),
)


def take_in(
    path: Path,
    to: Path,
    *,
    law: Law,
    on: date,
    actor: str,
    body: str | None = None,
    title: str | None = None,
    paper: Paper = "us-letter",
) -> CaseFile:
    """Open a case at `to` from a text, with all that was read in it as the reader's proposals.

    Args:
        on: the day from which relative dates count, and on which the law is asked.
        body: the name of the body that asks, where the text does not say it.

    Raises:
        SourceError: the file cannot be read as a text.
        RecordError: there is a case at `to` already.
    """
    captured = capture_file(path, id=MOTION, retrieved=on.isoformat(), title=title or path.stem)
    reading = read(captured.text.text, reference_date=on, law=law)
    proposed = propose(reading, source=captured.source, text=captured.text, law=law)
    asking = body or proposed.body or _body(captured.text.text)
    requester = _requester(captured.text.text, reading, asking, paper)
    casefile = CaseFile.create(
        to,
        Opened(
            id=_slug(path.stem),
            title=title or _heading(captured.text.text) or _title(proposed.requests, path),
            requester=requester,
            motion=MOTION,
        ),
        actor=actor,
    )
    casefile.capture(captured, actor=actor)
    machine = f"machine:{READER}"
    casefile.append(
        Proposed(source=MOTION, reading=reading),
        *(Named(party=p) for p in proposed.parties),
        *(Alleged(allegation=a) for a in proposed.allegations),
        *(Attributed(claim=c) for c in proposed.claims),
        *(Requested(request=r) for r in proposed.requests),
        actor=machine,
    )
    return casefile


def _requester(text: str, reading: Reading, body: str | None, paper: Paper) -> Requester:
    """The body that asks, as far as its text tells: name, kind, style, how many are to sign."""
    kind = next((k for k, words in _KINDS if re.search(words, f"{body} {text}", re.I)), "unknown")
    county = kind == "us-county-board" or re.search(
        r"\bthis motion\b|\bWE,? THEREFORE,? MOVE", text
    )
    signing = [
        int(p.value)
        for p in reading.proposals
        if isinstance(p, QuantityFound) and p.unit == "signatures" and 1 <= p.value <= 100
    ]
    return Requester(
        name=body or "requesting body",
        kind=kind,
        style="county" if county else "resolution",
        paper=paper,
        signatories=tuple(
            Signatory(id=f"signatory-{n}", name="", capacity="Member")
            for n in range(1, (signing[0] if signing else 1) + 1)
        ),
    )


def _body(text: str) -> str | None:
    """The body that a text names as acting, by the words for such bodies."""
    found = _BODY.search(" ".join(text.split()))
    return found[0].strip() if found else None


def _heading(text: str) -> str | None:
    """The text's own heading: a first line that is short and no sentence."""
    lines = (line.strip() for line in text.splitlines() if line.strip())
    first = next((line for line in lines if not _NO_HEADING.match(line)), "")
    short = 3 <= len(first.split()) <= 14 and not first.endswith((".", ",", ";", ":"))
    return first if short else None


def _title(requests: tuple[Request, ...], path: Path) -> str:
    """A title made of what is asked, against whom; the file's name where nothing is asked."""
    measures = list(dict.fromkeys(_MEASURES.get(r.measure, r.measure) for r in requests))
    targets = list(dict.fromkeys(r.target_words for r in requests if r.target_words))
    if not measures:
        return path.stem.replace("_", " ").replace("-", " ").strip() or "untitled"
    words = " and ".join(measures[:3])
    return words[:1].upper() + words[1:] + (f": {' and '.join(targets[:2])}" if targets else "")


def _slug(name: str) -> str:
    slug = re.sub(r"[^\w]+", "-", name.casefold()).strip("-")
    return slug or datetime.now(UTC).strftime("case-%Y%m%d")
