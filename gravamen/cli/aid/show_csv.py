"""An account of assistance as CSV: a row to each line; texts cannot become a formula."""

import csv
import io
from collections.abc import Mapping

from gravamen.aid.account.json import line_json
from gravamen.aid.line import Account, Line
from gravamen.exports.tables import guarded

COLUMNS = (
    "country", "country_name", "fiscal_year", "period", "program", "name", "account", "agency",
    "objective", "purpose", "recipient", "donor", "humanitarian", "rows", "trainees", "amount",
    "floor", "currency", "kind", "printed", "checked", "refused", "unnamed_rows", "group",
    "why_group", "hooks", "dataset", "file", "vintage", "later", "older", "at", "edition",
    "places",
)  # fmt: skip


def account_csv(account: Account) -> str:
    """Return the lines of an account as CSV (RFC 4180): a heading, then a row to each line.

    Numbers stand as they are, negative ones too; before a text that a spreadsheet would take for a
    formula stands an apostrophe. `hooks` has each law with its state: "us.fsa.907: waived; ...";
    `places` has the country as the rows print it.
    """
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for line in account.lines:
        cells = _cells(line, account.name)
        writer.writerow([_cell(cells.get(column)) for column in COLUMNS])
    return written.getvalue()


def _cells(line: Line, country_name: str) -> Mapping[str, object]:
    found = line_json(line, country_name)
    found["places"] = "; ".join(line.places)
    found["hooks"] = "; ".join(f"{h.authority}: {h.state}" for h in line.hooks)
    found["unnamed_rows"] = line.unnamed.rows if line.unnamed else 0
    return found


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return guarded(value) if isinstance(value, str) else value
