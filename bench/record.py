"""Replay and verification of a record, beside a bare loop over the same bytes and sha256sum.

    python bench/record.py [ENTRIES] [MEGABYTES] [BATCH]

BATCH entries are appended together; each append waits for the disk. Prints times and ratios; a
ratio is how many times as long the record takes as its peer, and the aim for replay and
verification is at most 2. Each time is the best of several; what is compared is run in turns, so
that whatever else the machine does meanwhile slows all of it alike.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import msgspec

from gravamen.casefile import Alleged, Attributed, CaseFile, Named, Opened, verify
from gravamen.casefile.blobs import Blobs
from gravamen.casefile.chain import Chain, Header
from gravamen.casefile.entries import Entry, Recorded
from gravamen.casefile.folder import LEDGER, open_plain
from gravamen.casefile.replay import State, replay
from gravamen.claims import Allegation, Claim, Quantity, Role
from gravamen.parties import Name, Party
from gravamen.sources import capture, locate
from gravamen.values import Value

ACTOR, NOW = "person:Bench", datetime(2024, 1, 1, tzinfo=UTC)
BLOB_BYTES, ROUNDS = 8 * 2**20, 9
REPORT = "Guards of the 4th battalion beat at least 17 men with cables in the week. " * 40


class Line(Value):
    """A line of the ledger, decoded whole."""

    body: Recorded
    header: Header
    salt: str


def main(entries: int = 100_000, megabytes: int = 256, batch: int = 5_000) -> None:
    """Build a record and blobs, measure, print."""
    with tempfile.TemporaryDirectory() as folder:
        case = Path(folder) / "case"
        started = time.perf_counter()
        build(case, entries, batch)
        print(f"{entries:,} entries appended {batch:,} at a time: {since(started):.2f} s")
        size = (case / LEDGER).stat().st_size
        print(f"ledger: {size / 1e6:.1f} MB, {size // entries} bytes an entry")
        against_bare_loop(case)
        single(case)
    with tempfile.TemporaryDirectory() as folder:
        blobs(Path(folder) / "case", megabytes)


def build(case: Path, entries: int, batch: int) -> None:
    """Append allegations, claims and parties, as a large case would hold them."""
    casefile = CaseFile.create(case, Opened(id="bench", title="Bench"), actor=ACTOR, now=NOW)
    source = capture(REPORT.encode(), id="s.report", name="report.txt")
    casefile.capture(source, actor=ACTOR, now=NOW)
    passage = locate("s.report", source.text, "beat at least 17 men with cables")
    made: list[Entry] = []
    for n in range((entries - 2) // 3):
        made.append(Named(party=Party(id=f"p.{n}", kind="person", names=(Name(text=f"N {n}"),))))
        allegation = Allegation(
            id=f"a.{n}",
            kind="act",
            act="torture",
            text="guards of the 4th battalion beat at least 17 men with cables",
            date="2023-02-02/2023-02-09",
            roles=(Role(kind="alleged-perpetrator", party=f"p.{n}"),),
            quantity=Quantity(value=17, bound="ge", unit="persons"),
        )
        made.append(Alleged(allegation=allegation))
        claim = Claim(id=f"c.{n}", about=f"a.{n}", passage=passage, speaker=f"p.{n}")
        made.append(Attributed(claim=claim))
    for start in range(0, len(made), batch):
        casefile.append(*made[start : start + batch], actor=ACTOR, now=NOW)


def against_bare_loop(case: Path) -> None:
    """Measure what the record does over the bytes that a bare loop reads, decodes and hashes."""
    ledger = case / LEDGER
    bare, keeping, *ours = best(
        lambda: decode_and_hash(ledger),
        lambda: decode_hash_and_keep(ledger),
        lambda: walk(ledger),
        lambda: replayed(ledger),
        lambda: CaseFile.open(case),
        lambda: verify(case),
    )
    print(f"bare loop, decode and hash:   {bare:.3f} s; keeping what it decodes {keeping:.3f} s")
    compare("verify the chain", ours[0], bare)
    compare("verify the chain and replay", ours[1], bare)
    compare("the same, to the loop that keeps", ours[1], keeping)
    compare("CaseFile.open", ours[2], bare)
    compare("verify, with blobs and quotes", ours[3], bare)


def walk(ledger: Path) -> None:
    """Verify each header, commitment and link, and keep nothing."""
    with open_plain(ledger) as file:
        for _ in Chain(head=None).steps(file):
            pass


def replayed(ledger: Path) -> State:
    """Verify the same and make the state of the case."""
    with open_plain(ledger) as file:
        return replay(file, Chain(head=None))[0]


def decode_and_hash(ledger: Path) -> None:
    """The peer: decode each line to typed values and hash its bytes, and nothing else."""
    decode = msgspec.json.Decoder(Line).decode
    with ledger.open("rb") as file:
        for line in file:
            decode(line)
            sha256(line).hexdigest()


def decode_hash_and_keep(ledger: Path) -> list[Recorded]:
    """The same, with the entries kept in memory, as every replay keeps them."""
    decode, kept = msgspec.json.Decoder(Line).decode, []
    with ledger.open("rb") as file:
        for line in file:
            kept.append(decode(line).body)
            sha256(line).hexdigest()
    return kept


def single(case: Path) -> None:
    """One append at a time, each on the disk when it returns, in a small and a large case."""
    small = case.with_name("small")
    build(small, 5, 3)
    for name, folder in (("small", small), ("large", case)):
        casefile = CaseFile.open(folder)
        started = time.perf_counter()
        for n in range(200):
            party = Party(id=f"p.single.{n}", kind="person", names=(Name(text="N"),))
            casefile.append(Named(party=party), actor=ACTOR, now=NOW)
        print(f"one append, {name} case:      {since(started) / 200 * 1000:.2f} ms")


def blobs(case: Path, megabytes: int) -> None:
    """Verify blobs beside sha256sum on the same files."""
    casefile = CaseFile.create(case, Opened(id="bench", title="Bench"), actor=ACTOR, now=NOW)
    digests = [
        casefile.put_blob(os.urandom(BLOB_BYTES)) for _ in range(megabytes * 2**20 // BLOB_BYTES)
    ]
    kept = Blobs(case / "blobs")
    (ours,) = best(lambda: all(kept.hashed(d) == d for d in digests))
    rate = f"{megabytes / ours:,.0f} MB/s"
    print(f"{len(digests)} blobs, {megabytes} MB: hashed in {ours:.3f} s, {rate}")
    tool = shutil.which("sha256sum")
    if tool is None:
        print("sha256sum is not here; nothing to compare with")
        return
    files = [str(kept.path(d)) for d in digests]
    (peer,) = best(lambda: subprocess.run([tool, *files], check=True, stdout=subprocess.DEVNULL))
    print(f"sha256sum:                    {peer:.3f} s")
    compare("blobs", ours, peer)


def best(*acts: Callable[[], object]) -> list[float]:
    """The shortest of some runs of each act: the one that other work disturbed least."""
    times = [float("inf")] * len(acts)
    for _ in range(ROUNDS):
        for n, act in enumerate(acts):
            started = time.perf_counter()
            act()
            times[n] = min(times[n], since(started))
    return times


def since(started: float) -> float:
    return time.perf_counter() - started


def compare(name: str, ours: float, peer: float) -> None:
    print(f"{name + ':':<34}{ours:.3f} s, {ours / peer:.2f} times its peer")


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
