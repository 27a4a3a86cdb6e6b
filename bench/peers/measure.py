"""Measure: one program sets the same work, in a process of its own; what it took, as JSON."""

import json
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

WARM_RUNS = 15


def measured(set_: Callable[[Any], bytes], work: Sequence[Any]) -> dict[str, float]:
    """Set the first letter, then the others, then the long document, which comes last."""
    first = timed(lambda: set_(work[0]))
    one = peak_mib()
    warm = [timed(lambda letter=letter: set_(letter)) for letter in work[1:-1]]
    many = peak_mib()
    long = timed(lambda: set_(work[-1]))
    return {
        "first": first,
        "warm": statistics.median(warm),
        "best": min(warm),
        "long": long,
        "one_mib": one,
        "many_mib": many,
        "long_mib": peak_mib(),
        "kib": len(set_(work[-1])) / 1024,
    }


def timed(act: Callable[[], object]) -> float:
    """How many seconds some work takes."""
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def peak_mib() -> float:
    """The most memory that this process held so far (what it inherited at its start left out)."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def tell(found: dict[str, float]) -> None:
    """Print what was found, for the process that asked."""
    print(json.dumps(found))
