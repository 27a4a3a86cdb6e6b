"""The docket of a large case, beside the cost of reading the same bytes.

    python bench/docket.py [REQUESTS] [CASES]

Each request has ten happenings: a letter, its delivery, five replies, two days of our own and
something public; a clock runs for one request in ten. Prints how long it takes to derive and to
list all lines, how long with every happening put into words (as --json and --html need it), and
beside it how long it takes only to decode the JSON of the same ledgers. The aim is to list 10,000
requests over 100,000 happenings in under a second. Each time is the best of several; what is
compared is run in turns.
"""

import gc
import json
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import msgspec

from gravamen import law
from gravamen.case import Case
from gravamen.casefile import CaseFile, Docketed, Opened, Received, Requested, Sent
from gravamen.casefile.entries import Entry
from gravamen.casefile.folder import LEDGER
from gravamen.cli.docketing import told
from gravamen.dates import Edtf, Moment
from gravamen.docket.docket import docket
from gravamen.docket.several import joined
from gravamen.proceedings import (
    Answer,
    ClockSigner,
    ClockStarted,
    Delivered,
    Dispatch,
    FollowUp,
    Outside,
    Reply,
    ReplyKind,
)
from gravamen.requests import Request
from gravamen.sources import capture

ACTOR, NOW = "person:Bench", datetime(2026, 1, 1, tzinfo=UTC)
FIRST, ON = date(2024, 1, 1), date(2026, 6, 1)
OFFICES = ("us.president", "us.state.secretary", "us.treasury.secretary", "us.defense.secretary")
KINDS: tuple[ReplyKind, ...] = ("auto-ack", "ack", "interim", "clarification", "substantive")
ROUNDS, BATCH = 7, 5_000


def main(requests: int = 10_000, cases: int = 1) -> None:
    """Build the cases, measure, print."""
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        paths = [Path(folder) / f"case-{n}" for n in range(cases)]
        for path in paths:
            build(path, requests // cases)
        print(f"built in {time.perf_counter() - started:.1f} s")
        measure(paths)


def build(path: Path, requests: int) -> None:
    """Append requests and what happened to them."""
    casefile = CaseFile.create(path, Opened(id=path.name, title="Bench"), actor=ACTOR, now=NOW)
    casefile.capture(capture(b"Received.", id="s.1", name="reply.txt"), actor=ACTOR, now=NOW)
    made = [entry for n in range(requests) for entry in one(n)]
    for start in range(0, len(made), BATCH):
        casefile.append(*made[start : start + BATCH], actor=ACTOR, now=NOW)


def one(n: int) -> Sequence[Entry]:
    """A request and its ten happenings."""
    first = FIRST + timedelta(days=n % 500)
    office, request, letter = OFFICES[n % len(OFFICES)], f"r.{n}", f"d.{n}"

    def at(days: int) -> Moment:
        return Moment((first + timedelta(days=days)).isoformat())

    asked = Request(
        id=request, measure="sanctions", authority="us.glomag.act", addressees=(office,)
    )
    sent = Dispatch(
        id=letter, at=at(0), instrument=f"letter-{n}", channel="email", address="a@example.org",
        office=office, requests=(request,), reference=f"G-{n}",
    )  # fmt: skip
    replies = [
        Reply(
            id=f"y.{n}.{k}", source="s.1", received=at(10 + 30 * k), reply=kind, dispatch=letter,
            answers=(Answer(request=request, outcome="partly"),) if kind == "substantive" else (),
        )
        for k, kind in enumerate(KINDS[: 3 + n % 3] + ("ack",) * (2 - n % 3))
    ]  # fmt: skip
    noted = [
        Delivered(id=f"v.{n}", at=at(3), dispatch=letter, evidence=("s.1",)),
        FollowUp(
            id=f"f.{n}.1", due=Edtf(at(60)), why="two months", set_on=Edtf(at(1)), dispatch=letter
        ),
        FollowUp(
            id=f"f.{n}.2", due=Edtf(at(900)), why="a year", set_on=Edtf(at(61)), dispatch=letter
        ),
        Outside(
            id=f"o.{n}", at=at(200), what="press", summary="A report", source="s.1",
            requests=(request,),
        )
        if n % 10
        else ClockStarted(
            id=f"k.{n}", clock="clk.glomag.120", at=at(90), evidence=("s.1",), requests=(request,),
            signers=(
                ClockSigner(office="us.senate.banking", capacity="chairperson"),
                ClockSigner(office="us.senate.banking", capacity="ranking-member"),
            ),
        ),
    ]  # fmt: skip
    return (
        Requested(request=asked),
        Sent(dispatch=sent),
        *(Received(reply=r) for r in replies),
        *(Docketed(noted=n) for n in noted),
    )


def measure(paths: Sequence[Path]) -> None:
    """Time the docket, and the decoding of the bytes that it rests on."""
    book = law.load()
    opened = [CaseFile.open(path).case() for path in paths]
    gc.freeze()  # as the command does
    ledgers = [(path / LEDGER).read_bytes().splitlines() for path in paths]
    size = sum(len(line) for ledger in ledgers for line in ledger)
    found = joined(docket(c, book, on=ON) for c in opened)
    happened = sum(len(c.dispatches) + len(c.replies) + len(c.noted) for c in opened)
    print(
        f"{len(found.lines):,} lines over {happened:,} happenings in {len(paths)} case(s), "
        f"{size / 1e6:.1f} MB of ledger"
    )
    decode = msgspec.json.Decoder().decode
    plain, quick, opening, whole, derived, listed = best(
        lambda: [json.loads(line) for ledger in ledgers for line in ledger],
        lambda: [decode(line) for ledger in ledgers for line in ledger],
        lambda: [CaseFile.open(path).case() for path in paths],
        lambda: derive(opened, words=True),
        lambda: derive(opened, words=False),
        lambda: "\n".join(told(found, whole=False)),
    )
    print(f"decode the same bytes, json:      {plain:.3f} s")
    print(f"decode the same bytes, msgspec:   {quick:.3f} s")
    print(f"open and verify the record:       {opening:.3f} s")
    print(f"derive the docket, all in words:  {whole:.3f} s")
    print(f"derive the docket:                {derived:.3f} s")
    print(f"write the list:                   {listed:.3f} s")
    total = derived + listed
    print(
        f"derive and list:                  {total:.3f} s, {total / plain:.2f} times decoding by "
        f"json, {total / quick:.2f} times by msgspec"
    )


def derive(cases: Sequence[Case], *, words: bool) -> object:
    """The docket of all cases, as the command derives it for a list or for what shows it whole."""
    book = law.load()
    return joined(docket(c, book, on=ON, told=words) for c in cases)


def best(*acts: Callable[[], object]) -> list[float]:
    """The shortest of some runs of each act: the one that other work disturbed least."""
    times = [float("inf")] * len(acts)
    for _ in range(ROUNDS):
        for n, act in enumerate(acts):
            started = time.perf_counter()
            act()
            times[n] = min(times[n], time.perf_counter() - started)
    return times


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
