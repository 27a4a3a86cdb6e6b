"""The record: append, replay, verify, erase, import, export.

casefile = CaseFile.create("my-case", Opened(id="my-case", title="…"), actor="person:Ada")
casefile.capture(capture_file("report.pdf", id="s.report"), actor="person:Ada")
casefile.append(Named(party=...), Alleged(allegation=...), actor="person:Ada")
casefile.case()                                    # the state, by replay
verify("my-case").faults                           # () where all agrees
"""

from gravamen.casefile.chain import Fault, Head, Header
from gravamen.casefile.entries import (
    RECORD_SCHEMA,
    Adopted,
    Alleged,
    Argued,
    Attributed,
    Captured,
    Chosen,
    Consented,
    Docketed,
    Drafted,
    Entry,
    Erased,
    Judged,
    LawReviewed,
    Named,
    Opened,
    Proposed,
    Received,
    RecordError,
    Requested,
    Reworded,
    Searched,
    Sent,
    Signed,
    TextRecord,
    Vetted,
)
from gravamen.casefile.export import export_case
from gravamen.casefile.ledger import CaseFile, Forgotten, Happened
from gravamen.casefile.verify import Verification, verify
from gravamen.casefile.written import CaseTextError, Mistake
from gravamen.casefile.yaml_in import Compiled, compile_case, import_case

__all__ = [
    "RECORD_SCHEMA",
    "Adopted",
    "Alleged",
    "Argued",
    "Attributed",
    "Captured",
    "CaseFile",
    "CaseTextError",
    "Chosen",
    "Compiled",
    "Consented",
    "Docketed",
    "Drafted",
    "Entry",
    "Erased",
    "Fault",
    "Forgotten",
    "Happened",
    "Head",
    "Header",
    "Judged",
    "LawReviewed",
    "Mistake",
    "Named",
    "Opened",
    "Proposed",
    "Received",
    "RecordError",
    "Requested",
    "Reworded",
    "Searched",
    "Sent",
    "Signed",
    "TextRecord",
    "Verification",
    "Vetted",
    "compile_case",
    "export_case",
    "import_case",
    "verify",
]
