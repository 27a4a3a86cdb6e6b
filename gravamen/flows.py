"""Flows: lines of assistance that a case asks about, and who is the same unit as whom."""

from typing import Literal

from gravamen.dates import Edtf
from gravamen.values import Value


class Flow(Value):
    """A line of assistance that was chosen for the case, as one vintage of one file had it.

    Which law bears on it, and whether it is barred, is derived for a day and never kept here. The
    claims about a flow quote the extract in which its rows stand word for word.

    Args:
        country: as in `aid.line.Row`; `program` a code in the law data.
        file, sha256, vintage, at: the file, the digest of its bytes, the vintage, the rows.
        source: id of the extract.
        amount: in `currency`; `kind` what it is ("obligated, current dollars" in words).
        floor: some of its rows hold no amount; `printed` what the report prints as total instead.
        unnamed_rows, unnamed_trainees, unnamed_amount: the part whose rows name no unit of a
            security force that could be told from another; it is within the figures above.
        refused: why it counts in no sum, as the line said; None where it counts.
    """

    id: str
    country: str
    dataset: str
    file: str
    sha256: str
    vintage: str
    at: str
    source: str
    rows: int
    kind: str
    dollars: Literal["current", "constant"] = "current"
    currency: str = "USD"
    year: int | None = None
    period: str = "fiscal-year"
    program: str | None = None
    account: str | None = None
    agency: str | None = None
    purpose: str | None = None
    objective: str | None = None
    recipient: str | None = None
    donor: str | None = None
    humanitarian: bool | None = None
    trainees: int | None = None
    amount: float | None = None
    floor: bool = False
    printed: float | None = None
    unnamed_rows: int = 0
    unnamed_trainees: int | None = None
    unnamed_amount: float | None = None
    refused: str | None = None


class Vetting(Value):
    """What a person decided: whether a unit of the case is the one that a file or list names.

    Args:
        unit: id of the party; `name` as the file prints it.
        file, sha256, vintage, at: where the name stands.
        kind: training, where a table says that people of it were trained; list, where a list has
            the name, which says nothing of assistance.
        same: yes, no, or open where the person looked and could not tell.
        why: the ground of the decision, one sentence.
    """

    id: str
    unit: str
    name: str
    file: str
    sha256: str
    vintage: str
    at: str
    same: Literal["yes", "no", "open"]
    why: str
    kind: Literal["training", "list"] = "training"
    on: Edtf | None = None
