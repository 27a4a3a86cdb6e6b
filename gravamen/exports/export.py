"""Export: the files of one form of a case, none of which holds a protected name."""

from collections.abc import Sequence
from datetime import date
from typing import Literal, NamedTuple, get_args

import msgspec

from gravamen.case import Case
from gravamen.exports.annotations import annotations
from gravamen.exports.civic import civic
from gravamen.exports.followthemoney import entities, withheld_words
from gravamen.exports.tables import to_csv, to_xlsx
from gravamen.findings import Finding
from gravamen.instruments.evidence import evidence_tables
from gravamen.instruments.leaks import guard_files
from gravamen.instruments.outgoing import Outgoing
from gravamen.law.authority import Law

Form = Literal["tables", "annotations", "ftm", "civic"]
FORMS: tuple[Form, ...] = get_args(Form)


class Made(NamedTuple):
    """The files of an export by name, how much is in them, and what is not, in words."""

    files: dict[str, bytes]
    counts: dict[str, int]
    left_out: tuple[str, ...]


def made_as(
    form: Form,
    case: Case,
    *,
    law: Law,
    findings: Sequence[Finding],
    on: date,
    party: str | None = None,
) -> Made:
    """Return the files of a case in a form; the same case and day give the same bytes.

    Args:
        findings: what `weigh` found, for the elements that the evidence serves.
        party: id of the party that they are about; the whole case where None.

    Raises:
        GravamenError: there is no such party, or a text is too long for a cell.
        ProtectedName: the name of a protected person would stand in them, or the family name.
    """
    out = Outgoing(case, party=party)
    if form == "tables":
        made = _tables(case, law, findings, on, party)
    elif form == "annotations":
        whole = annotations(out)
        data = msgspec.json.format(msgspec.json.encode(whole), indent=1) + b"\n"
        made = Made({"annotations.jsonld": data}, {"quotes": whole["total"]}, ())
    elif form == "civic":
        made = Made(*civic(case, law, on=on))
    else:
        found = entities(out)
        made = Made({"entities.ftm.json": found.lines}, {"entities": len(found.entities)}, ())
        made = made._replace(left_out=found.left_out)
    withheld = len(out.commitments)
    if withheld and form in ("tables", "annotations"):
        words = f"{withheld_words(withheld)}; the commitment stands for it"
        made = made._replace(left_out=(*made.left_out, words))
    guard_files(made.files, case, family_names=True)
    return made


def _tables(case: Case, law: Law, findings: Sequence[Finding], on: date, party: str | None) -> Made:
    sheets = evidence_tables(case, findings=findings, law=law, party=party)
    files = {f"{sheet.name}.csv": to_csv(sheet) for sheet in sheets}
    files["evidence.xlsx"] = to_xlsx(sheets, title=case.title, on=on)
    return Made(files, {s.name: len(s.rows) for s in sheets}, ())
