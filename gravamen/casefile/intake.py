"""Intake: a body's own text into a new case: captured, read, and cast as proposals."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

from gravamen.case import Requester
from gravamen.casefile.entries import Alleged, Attributed, Named, Opened, Proposed, Requested
from gravamen.casefile.ledger import CaseFile
from gravamen.law.authority import Law
from gravamen.reading import READER, propose, read
from gravamen.reading.requester import Told, told_of_requester
from gravamen.requests import Request
from gravamen.sentences import Paper, Signatory
from gravamen.sources import capture_file

MOTION = "s.motion"
_MEASURES = {
    "visa-ban": "a bar on entry",
    "suspend-assistance": "suspension of assistance",
    "arms-embargo": "an end to arms transfers",
    "start-clock": "the start of a clock in law",
}
# Kinds of body in the law data, by words in its name.
_KINDS = (
    ("us-state-legislature", r"\bLegislature\b|\bGeneral Assembly\b|\bof the State of\b"),
    (
        "us-county-board",
        (
            r"\bBoard of (?:\w+ )?(?:Supervisors|Commissioners|Freeholders)\b"
            r"|\bCounty (?:Board|Council|Commission|Legislature)\b"
        ),
    ),
    (
        "us-city-council",
        r"\b(?:City|Town|Village|Common) (?:Council|Board)\b|\bAldermen\b|\bSelect(?:men| Board)\b",
    ),
    (
        "foreign-parliament",
        r"\bParliament\b|\bNational Assembly\b|\bBundestag\b|^Senate\b|\bHouse of Commons\b",
    ),
)
# Words of councils elsewhere, that bear the names of those in the United States.
_ELSEWHERE = re.compile(r"\bCouncillors?\b|\bThis Council (?:notes|believes|resolves)\b")


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
    told = told_of_requester(captured.text.text, proposed.speakers)
    requester = _requester(captured.text.text, told, body or told.body, paper)
    casefile = CaseFile.create(
        to,
        Opened(
            id=_slug(path.stem),
            title=title or told.heading or _title(proposed.requests, path),
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


def _requester(text: str, told: Told, body: str | None, paper: Paper) -> Requester:
    """The body that asks, as far as its text tells: name, kind, style, who is to sign."""
    return Requester(
        name=body or "requesting body",
        kind=_kind(text, told, body),
        style="county" if told.form == "motion" else "resolution",
        paper=paper,
        signatories=_signatories(told),
    )


def _kind(text: str, told: Told, body: str | None) -> str:
    if not told.deliberative:
        return "ngo"
    if body is None or _ELSEWHERE.search(text):
        return "unknown"
    return next((kind for kind, words in _KINDS if re.search(words, body)), "unknown")


def _signatories(told: Told) -> tuple[Signatory, ...]:
    """Those who are to sign: by name where the text has names under it, else as many as it says."""
    named = [
        Signatory(id=f"signatory-{n}", name=s.name, capacity=s.capacity)
        for n, s in enumerate(told.signing, 1)
    ]
    blank = [
        Signatory(id=f"signatory-{n}", name="", capacity="Member")
        for n in range(len(named) + 1, (told.signatures or 1) + 1)
    ]
    return (*named, *blank)


def _title(requests: tuple[Request, ...], path: Path) -> str:
    """A title made of what is asked, against whom; the file's name where nothing is asked."""
    measures = list(dict.fromkeys(_MEASURES.get(r.measure, r.measure) for r in requests))
    targets = list(dict.fromkeys(r.target_words for r in requests if r.target and r.target_words))
    if not measures:
        return path.stem.replace("_", " ").replace("-", " ").strip() or "untitled"
    words = ", ".join(measures[:2]) + (f" and {measures[2]}" if len(measures) > 2 else "")
    words = " and ".join(measures) if len(measures) == 2 else words
    return words[:1].upper() + words[1:] + (f": {' and '.join(targets[:2])}" if targets else "")


def _slug(name: str) -> str:
    slug = re.sub(r"[^\w]+", "-", name.casefold()).strip("-")
    return slug or datetime.now(UTC).strftime("case-%Y%m%d")
