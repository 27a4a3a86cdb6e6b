"""Scan: a page signed on paper, tied by the code in its foot to the very version it prints."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pypdfium2

from gravamen.case import Case
from gravamen.dates import Moment
from gravamen.instruments.extraction import attached
from gravamen.proceedings import RoundOpened
from gravamen.rounds import Round, rounds
from gravamen.signing.giving import check_opened, seat_to_sign
from gravamen.sources.extraction import LIMITS
from gravamen.sources.source import SourceError
from gravamen.sources.worker import in_worker
from gravamen.values import GravamenError

MOST_PAGES = 60
_FEW = 3
MOST_PIXELS = 60_000_000
_CODE_DIGITS, _PRINTED_DIGITS = 32, 16
_CODE = re.compile(r"GRAVAMEN:1:(\S+):([0-9a-f]{32})")
_TYPED = re.compile(r"[0-9a-f]{16,64}")
_WORKER = Path(__file__).with_name("scan_worker.py")


class ScanProblem(GravamenError):
    """A scan that cannot be read, bears no code, or is of another version."""


class Bound(NamedTuple):
    """The round that a scan belongs to, its number of pages, and those of them without a code."""

    opened: RoundOpened
    pages: int
    uncoded: tuple[int, ...]


class Code(NamedTuple):
    """A code that a scan shows: the instrument, the first 32 digits of its manifest's digest."""

    instrument: str
    digest: str
    page: int


def codes(data: bytes, *, name: str = "The scan") -> tuple[Code, ...]:
    """Return our codes on the pages of a scan (PNG, JPEG, TIFF or PDF), in order.

    Others are left out: a page may bear codes of its own.

    Args:
        name: the file's name, for messages.

    Raises:
        ScanProblem: it is no picture or PDF, or has more than MOST_PAGES or MOST_PIXELS.
    """
    return _read(data, name)[0]


def _read(data: bytes, name: str) -> tuple[tuple[Code, ...], int]:
    """The codes of a scan, and the number of its pages."""
    try:
        if len(data) > LIMITS.source_bytes:
            raise SourceError(f"{name} has {len(data)} bytes; scan it at 300 dots per inch.")
        pages: list[list[str]] = in_worker(
            str(_WORKER), data, name=name, kind="a scan", limits=LIMITS,
            bounds=(MOST_PAGES, MOST_PIXELS),
        )  # fmt: skip
    except SourceError as error:
        raise ScanProblem(str(error)) from error
    found = tuple(
        Code(code[1], code[2], number)
        for number, texts in enumerate(pages, 1)
        for code in map(_CODE.fullmatch, texts)
        if code
    )
    return found, len(pages)


def bind_scan(
    case: Case,
    data: bytes,
    *,
    signatory: str,
    round: str | None = None,
    typed: str | None = None,
    uncoded: str | None = None,
    on: date | None = None,
    name: str = "The scan",
) -> Bound:
    """Return the round that a scan of pages signed on paper belongs to.

    Each page is tied to the version by what it prints; that the signature on it is the signatory's
    no program can tell, so a person attests it.

    Args:
        round: its id, where several are open for one version.
        typed: the 16 digits printed in the foot, typed by hand where no code can be read.
        uncoded: why pages on which no code can be read are taken as pages of this version.
        on: the date on the paper; one after the last day of the round, or before the round was
            opened, is refused.

    Raises:
        ScanProblem: no code and nothing typed, a page without a code of which nobody says why it
            is one of this version, several versions in one scan, or a version that no round is for
            (both digests are told).
        GravamenError: the signatory may not sign in that round now.
    """
    if attached(data) is not None:
        raise ScanProblem(
            f"{name} is a file that was set here, not a scan; print it, have it signed, scan that."
        )
    found, pages = _read(data, name)
    digest = _one_version(found, name) if found else _typed(typed, name)
    if found and typed and not digest.startswith(_typed(typed, name)[:_CODE_DIGITS]):
        raise ScanProblem(
            f"The code on {name} begins {_grouped(digest)}, and {_grouped(_typed(typed, name))} "
            "was typed; look at the foot of the page again."
        )
    meant = _meant(rounds(case), digest, round, found, name)
    _check_instrument(found, meant, name)
    without = tuple(n for n in range(1, pages + 1) if n not in {c.page for c in found})
    if without and not (uncoded and uncoded.strip()):
        raise ScanProblem(
            f"No code of ours can be read on page {', '.join(map(str, without))} of {name}: it may "
            "be of another letter. Scan it again at 200 dots per inch or more, leave it out, or, "
            "if somebody compared it with the letter, say so with --uncoded REASON."
        )
    seat_to_sign(meant, signatory, on=on)
    if on is not None:
        check_opened(case, meant, Moment(on.isoformat()))
    return Bound(meant.opened, pages, without)


def pages_told(
    bound: Bound, letter: bytes, *, block_shown: bool, attested_by: str, uncoded: str | None = None
) -> str:
    """Return in words how many pages of a letter a scan shows, and what a person said of them.

    A code does not say which page it is on, so that a person says whether that with the signatures
    is among them where not all were scanned.

    Args:
        letter: the PDF that the round is for.
        block_shown: whether the one who attests says that the page with the signature is there.

    Raises:
        ScanProblem: not all pages were scanned, and nobody says that this one was; or more.
    """
    of = _length(letter)
    many = f"{bound.pages} of {of if of is not None else 'an unknown number of'} pages"
    if of is not None and bound.pages - len(bound.uncoded) > of:
        raise ScanProblem(
            f"The scan shows {many}, more than the letter has; leave out what was scanned twice."
        )
    short = of is None or bound.pages < of
    if short and not block_shown:
        raise ScanProblem(
            f"The scan shows {many}. Scan the letter whole; or, if the page with the signature is "
            "among them, let the one who attests say so: --block-shown."
        )
    said = [f"{many} scanned"]
    if short:
        said.append(f"that with the signature is among them, says {attested_by}")
    if bound.uncoded:
        numbers = ", ".join(map(str, bound.uncoded))
        said.append(f"no code could be read on page {numbers} of the scan ({uncoded})")
    return "; ".join(said)


def _length(letter: bytes) -> int | None:
    """The number of pages of a PDF; None where it cannot be read."""
    try:
        with pypdfium2.PdfDocument(letter) as pdf:
            return len(pdf)
    except pypdfium2.PdfiumError:
        return None


def _check_instrument(found: Sequence[Code], meant: Round, name: str) -> None:
    if other := next((c.instrument for c in found if c.instrument != meant.instrument), None):
        raise ScanProblem(
            f"The code on {name} is of {other[:80]!r}, and {meant.id} is for "
            f"{meant.instrument}; scan the page of that one."
        )


def _one_version(found: Sequence[Code], name: str) -> str:
    versions = dict.fromkeys((c.instrument, c.digest) for c in found)
    if len(versions) > 1:
        told = "; ".join(f"{i} {_grouped(d)}" for i, d in versions)
        raise ScanProblem(f"{name} holds pages of several versions ({told}); give each by itself.")
    return found[0].digest


def _typed(typed: str | None, name: str) -> str:
    if typed is None:
        raise ScanProblem(
            f"No code of ours can be read in {name}; scan the whole page at 200 dots per inch or "
            "more, or type the 16 digits that stand in its foot after “Record”."
        )
    digits = "".join(typed.split()).lower()
    if not _TYPED.fullmatch(digits):
        raise ScanProblem(
            f"{typed!r} is no digest; type the {_PRINTED_DIGITS} digits (0-9, a-f) that stand in "
            "the foot of the page after “Record”."
        )
    return digits


def _meant(
    all_: Iterable[Round], digest: str, round: str | None, found: Sequence[Code], name: str
) -> Round:
    """The round of the version that a scan shows."""
    all_ = tuple(all_)
    same = [r for r in all_ if r.opened.manifest.startswith(digest)]
    if round is not None:
        named = next((r for r in all_ if r.id == round), None)
        if named is None:
            raise ScanProblem(f"There is no round {round!r}; there are: {_ids(all_)}.")
        if named not in same:
            raise _other_version(digest, [named], name)
        return named
    running = [r for r in same if r.ended is None] or same
    if len(running) > 1:
        raise ScanProblem(f"Several rounds are for this version ({_ids(running)}); name one.")
    if not running:
        instruments = {c.instrument for c in found}
        own = [r for r in all_ if r.instrument in instruments] or list(all_[-_FEW:])
        raise _other_version(digest, [r for r in own if r.ended is None] or own, name)
    return running[0]


def _other_version(digest: str, expected: Sequence[Round], name: str) -> ScanProblem:
    ours = "; ".join(f"{r.id} is for {_grouped(r.opened.manifest)}" for r in expected)
    return ScanProblem(
        f"{name} shows version {_grouped(digest)}, which no round here is for"
        + (f" ({ours})" if ours else "")
        + "; have the page of this version signed, or open a round for that one."
    )


def _grouped(digest: str) -> str:
    """The digits as the foot prints them, as many as a code holds."""
    digest = digest[:_CODE_DIGITS]
    return " ".join(digest[n : n + 4] for n in range(0, len(digest), 4))


def _ids(some: Iterable[Round]) -> str:
    return ", ".join(r.id for r in some) or "none"
