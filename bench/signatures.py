"""Verifying a letter with five signatures beside pdfsig, and flipped bits that must all be found.

    python bench/signatures.py [FLIPS]

pdfsig (poppler) checks the signatures alone, in a process of its own; here it is done in this
process, and the draft is set again and compared with its record as well. What is compared is run
in turns; each time is the best of several. Then single bits of the file are flipped, each by
itself (300 where no number is given): every one must be found, and none may end in an error.
"""

import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from gravamen.signing.report import Report  # noqa: E402  (the letter of the tests lies beside)
from gravamen.signing.validate import examine  # noqa: E402
from gravamen.signing.verify import verify_document  # noqa: E402
from tests.signing.signed import TRUST, manifest, recorded, signed  # noqa: E402

RUNS = 5
SIGNATURES = 5


def main(flips: int) -> None:
    """Print the times, and what was found of the flipped bits."""
    with tempfile.TemporaryDirectory(prefix="gravamen-") as scratch:
        path = Path(scratch) / f"{manifest().instrument}.pdf"
        path.write_bytes(signed(SIGNATURES))
        _times(path)
        _flipped(path, flips)


def _times(path: Path) -> None:
    case, data = recorded(SIGNATURES), path.read_bytes()
    ways: dict[str, Callable[[], object]] = {
        "signatures alone": lambda: examine(data, signatories=manifest().signatories, trust=TRUST),
        "draft, signatures, record": lambda: verify_document(path, case, trust=TRUST),
    }
    if pdfsig := shutil.which("pdfsig"):
        asked = [pdfsig, "-nocert", str(path)]
        ways["pdfsig"] = lambda: subprocess.run(asked, capture_output=True, check=True)
    best = {name: float("inf") for name in ways}
    for _ in range(RUNS):
        for name, way in ways.items():
            began = time.perf_counter()
            way()
            best[name] = min(best[name], time.perf_counter() - began)
    print(f"{SIGNATURES} signatures, {len(data) // 1024} KiB")
    for name, seconds in best.items():
        print(f"  {name}: {seconds * 1000:.0f} ms")


def _flipped(path: Path, flips: int) -> None:
    data, case = path.read_bytes(), recorded(SIGNATURES)
    chance = random.Random(20260514)
    kinds: Counter[str] = Counter()
    missed = 0
    began = time.perf_counter()
    for _ in range(flips):
        at, bit = chance.randrange(len(data)), 1 << chance.randrange(8)
        path.write_bytes(data[:at] + bytes([data[at] ^ bit]) + data[at + 1 :])
        found = verify_document(path, case, trust=TRUST)
        missed += found.ok
        kinds[_by(found)] += 1
    seconds = time.perf_counter() - began
    print(f"{flips} flipped bits: {flips - missed} found, {missed} missed, in {seconds:.0f} s")
    for kind, count in kinds.most_common():
        print(f"  by {kind}: {count}")


def _by(found: Report) -> str:
    if found.examination and found.examination.all_faults:
        return "the signatures"
    return "the draft" if found.draft.faults else "the record alone"


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 300)
