"""The worker: a process of its own, with bounded time and memory, that reads a hostile file.

PDFium is not thread-safe and is written in C++; the mail parser of the standard library raises
what it likes. Neither can hang, exhaust or bring down the process that captures.
"""

import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec

from gravamen.sources.extraction import Limits
from gravamen.sources.source import SourceError


def in_worker(
    script: str, data: bytes, *, name: str, kind: str, limits: Limits, bounds: tuple[int, ...]
) -> Any:
    """Return the JSON that a script of this folder writes when given the bytes.

    Args:
        script: file name of a script of this folder, or the path of another; it imports nothing of
            gravamen.
        kind: what the bytes are taken for, for the message ("a PDF").
        bounds: further numbers that the script takes after time and memory.

    Raises:
        SourceError: the script reports why it cannot read the bytes, takes too long or dies.
    """
    # -P: the script's own folder is not searched for modules.
    command = [sys.executable, "-P", str(Path(__file__).parent / script)]
    command += map(str, (limits.worker_seconds, limits.worker_bytes, *bounds))
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, timeout=limits.worker_seconds + 5, check=False
        )
    except subprocess.TimeoutExpired:
        raise SourceError(
            f"{name} was not read as {kind} within {limits.worker_seconds} seconds; capture a "
            "simpler copy of it, such as a print to PDF of the pages that matter."
        ) from None
    if done.returncode == 0:
        return msgspec.json.decode(done.stdout)
    if done.returncode == 3:
        raise SourceError(f"{name} {done.stdout.decode('utf-8', errors='replace')}")
    last = done.stderr.decode("utf-8", errors="replace").strip().rpartition("\n")[2]
    raise SourceError(
        f"{name} cannot be read as {kind} within the limits of time and memory, or is made to "
        f"break its reader ({last or f'ended with {done.returncode}'}); capture another copy of it."
    )
