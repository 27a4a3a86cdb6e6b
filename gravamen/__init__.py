"""Gravamen: from preserved sources to requests that an official can act on.

    from datetime import date
    from pathlib import Path
    import gravamen
    from gravamen import law

    record = gravamen.import_case("cases/alder-county/case.yaml", "out/case", actor="person:Ada")
    case, day = record.case(), date(2024, 3, 5)
    for finding in gravamen.weigh(case, law.load(), on=day):
        print(finding.party, finding.element, finding.state, finding.gap)
    package = gravamen.prepare(case, law.load(), on=day)     # instruments, findings, flags
    gravamen.write_all(package, Path("out"), case)           # PDF, HTML, manifest of each
    gravamen.verify_file(Path("out/motion.pdf"), case).ok    # to the last quote

Each verb stands in the file or folder of its name; ARCHITECTURE.md draws the line between them.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gravamen.case import Case
    from gravamen.casefile import CaseFile, export_case, import_case, verify
    from gravamen.checks import CHECKS, Flag, check_case, check_instruments
    from gravamen.claims import Allegation, Claim, corroborate
    from gravamen.findings import Finding, choose, weigh
    from gravamen.instruments.package import Package, prepare, write_all
    from gravamen.instruments.verify import verify_file
    from gravamen.parties import Party
    from gravamen.reading import Reading, read
    from gravamen.requests import Request
    from gravamen.sentences import Instrument, Sentence
    from gravamen.sources import Passage, Source, capture, capture_file
    from gravamen.values import GravamenError

# The module of each name, read once the name is asked for: a command reads what it needs alone.
_HOMES = {
    "Allegation": "claims",
    "CHECKS": "checks",
    "Case": "case",
    "CaseFile": "casefile",
    "Claim": "claims",
    "Finding": "findings",
    "Flag": "checks",
    "GravamenError": "values",
    "Instrument": "sentences",
    "Package": "instruments.package",
    "Party": "parties",
    "Passage": "sources",
    "Reading": "reading",
    "Request": "requests",
    "Sentence": "sentences",
    "Source": "sources",
    "capture": "sources",
    "capture_file": "sources",
    "check_case": "checks",
    "check_instruments": "checks",
    "choose": "findings",
    "corroborate": "claims",
    "export_case": "casefile",
    "import_case": "casefile",
    "prepare": "instruments.package",
    "read": "reading",
    "verify": "casefile",
    "verify_file": "instruments.verify",
    "weigh": "findings",
    "write_all": "instruments.package",
}

__all__ = [
    "CHECKS",
    "Allegation",
    "Case",
    "CaseFile",
    "Claim",
    "Finding",
    "Flag",
    "GravamenError",
    "Instrument",
    "Package",
    "Party",
    "Passage",
    "Reading",
    "Request",
    "Sentence",
    "Source",
    "capture",
    "capture_file",
    "check_case",
    "check_instruments",
    "choose",
    "corroborate",
    "export_case",
    "import_case",
    "prepare",
    "read",
    "verify",
    "verify_file",
    "weigh",
    "write_all",
]

if not TYPE_CHECKING:

    def __getattr__(name):
        """A name of `__all__`, from its module."""
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        found = globals()[name] = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
        return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
