"""Lines of assistance: what flows under one program in one year, as one copy of one file has it.

A line is a sum over rows of one file and one vintage that are alike in country, program, account,
agency, year, kind and currency. Nothing is ever added over vintages, kinds or currencies.
"""

from typing import Literal

from gravamen.law.cited import Mark
from gravamen.values import Value

# What an amount is. "cost" is the cost of a training as its report prints it, which is neither
# what was obligated nor what was disbursed.
Kind = Literal[
    "requested", "allocated", "appropriated", "obligated", "disbursed", "cost", "committed",
    "spent", "pledged", "received", "repaid", "interest", "guaranteed", "budgeted", "reimbursed",
    "equity-bought", "equity-sold", "incoming-commitment", "incoming-pledge", "other",
]  # fmt: skip
Dollars = Literal["current", "constant"]
Period = Literal["fiscal-year", "transition-quarter", "calendar-year"]
Group = Literal["already-barred", "asked-now", "outside", "not-vettable", "hook-unclear"]
HookState = Literal[
    "barred",  # a bar that stands on the day without more being asked
    "waived",  # a bar that is waived on the day
    "unknown",  # a bar of which the sources do not show whether it is waived
    "open",  # it can be asked, and what it needs must be shown
    "needs-unit",  # it reaches units of security forces, and no row of the line names one
    "argued",  # two readings are held
    "unread",  # it was not yet in force, and its start or what bound before it was not read
    "carved-out",  # the law names the line among what it leaves alone
]

# By what the lines of a country are told apart, their vintage aside; `dataset` and `dollars` are
# those of a whole edition and of the question.
IDENTITY = (
    "dataset", "year", "period", "program", "account", "agency", "objective", "purpose",
    "recipient", "donor", "humanitarian", "kind", "dollars", "currency",
)  # fmt: skip
GROUPS: dict[Group, str] = {
    "already-barred": "already barred on that date",
    "asked-now": "can be asked on that date",
    "outside": "outside these laws",
    "not-vettable": "not vettable: no unit named",
    "hook-unclear": "hook unclear",
}


class Row(Value):
    """A row of a file, typed; beside it the words that stand there.

    `rows.parquet` of an edition has these fields as columns.

    Args:
        row: number of the record in the file; the header is row 1.
        country: ISO 3166-1 alpha-2 code; of a state that is no more its ISO 3166-3 code
            ("YUCS"); of a region the code that the file prints ("WLD"). `place` as printed.
        vintage: what the figure is of: the report that prints it ("2018_2019"), else that of the
            edition ("2022-10").
        year: None where the file gives no year; `period` says what it is a year of.
        program: code in the law data ("IMET-1"); None where the file names none.
        account: the funding account as printed; `agency` in full, `purpose` as printed.
        kind, currency: what the amount is; ISO 4217 code.
        amount, constant: in that currency, in current and in constant dollars; None where the
            cell is empty or is no number (then `fault` says which cell and what it holds).
        trainees: persons.
        unit: who was trained, as printed.
        recipient: to whom it goes, where the file tells.
        donor: ISO code of the state whose agency gives it; None where the file does not tell.
        humanitarian: whether the file says so; None where it does not tell.
        share: percent of the amount that falls to this country, where the file divides it.
        activity: course or activity, as printed.
        total: it is a total that the report itself prints, and counts in no sum.
    """

    row: int
    country: str
    place: str
    vintage: str
    year: int | None = None
    period: Period = "fiscal-year"
    program: str | None = None
    account: str | None = None
    agency: str | None = None
    purpose: str | None = None
    objective: str | None = None
    kind: Kind = "other"
    currency: str = "USD"
    amount: float | None = None
    constant: float | None = None
    trainees: int | None = None
    unit: str | None = None
    recipient: Literal["government", "non-government", "multilateral"] | None = None
    donor: str | None = None
    humanitarian: bool | None = None
    share: float | None = None
    activity: str | None = None
    start: str | None = None
    end: str | None = None
    page: str | None = None
    total: bool = False
    fault: str | None = None


class Hook(Value):
    """A law that bears on a line: how it stands on the day, why, and who decides.

    Args:
        authority: id in the law data.
        why: one sentence; `cite` the provision.
        decides: title of the office that decides, and to whom the decision passed on.
        shows: what must be shown, one sentence to a prong.
        exceptions: what the law leaves out or lets through, each in words.
        waiver: how a bar stands on the day, in words; None where the law has no waiver.
        mark: how surely the law data know it.
    """

    authority: str
    state: HookState
    why: str
    cite: str
    decides: str
    shows: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()
    waiver: str | None = None
    mark: Mark = "sourced"


class Part(Value):
    """A part of a line: how many rows, how many trainees, which amount (None: no cell held one)."""

    rows: int
    trainees: int | None = None
    amount: float | None = None


class Line(Value):
    """What flows under one program in one year, as one vintage of one file has it.

    Args:
        dataset, file, vintage, edition: where it stands; `edition` is the id in the data folder.
        at: the rows of the file, as ranges: "201233-201238, 201240".
        amount: None where no row holds one. `floor`: some rows hold none, so that it is at least
            that much.
        printed: what the report itself prints as the total, where that differs from the rows.
        checked: whether the rows agree with a total that the report prints; None where it prints
            none.
        unnamed: the part whose rows name no unit of a security force that could be told from
            another.
        refused: why the line counts in no sum; None where it counts.
        later: the vintage was not there yet on the day that is asked.
        older: an edition that was taken in later holds the same report or copy, and gives another
            figure or none.
        why_group: why it stands in its group, one sentence.
        places: the country as the rows print it, each spelling once.
    """

    country: str
    year: int | None
    period: Period
    program: str | None
    name: str | None
    account: str | None
    agency: str | None
    kind: Kind
    dollars: Dollars
    currency: str
    rows: int
    trainees: int | None
    amount: float | None
    dataset: str
    file: str
    vintage: str
    edition: str
    at: str
    purpose: str | None = None
    objective: str | None = None
    recipient: str | None = None
    donor: str | None = None
    humanitarian: bool | None = None
    floor: bool = False
    printed: float | None = None
    checked: bool | None = None
    unnamed: Part | None = None
    refused: str | None = None
    later: bool = False
    older: bool = False
    hooks: tuple[Hook, ...] = ()
    group: Group = "hook-unclear"
    why_group: str = ""
    places: tuple[str, ...] = ()


class Total(Value):
    """A sum over lines of one file, vintage, kind, currency and year; `groups` parts it.

    Args:
        edition: the id in the data folder.
        older: as of a `Line`.
        without: programs of which a line is refused, so that they are not in the sum.
    """

    dataset: str
    file: str
    vintage: str
    edition: str = ""
    kind: Kind
    dollars: Dollars
    currency: str
    year: int | None
    period: Period
    rows: int
    trainees: int | None
    amount: float | None
    floor: bool = False
    checked: bool | None = None
    later: bool = False
    older: bool = False
    without: tuple[str, ...] = ()
    groups: dict[Group, Part] = {}


class Refused(Value):
    """What counts in no sum: the file, what in it ("report 2009_2010"), and why."""

    file: str
    what: str
    why: str


class Difference(Value):
    """A figure that vintages of one dataset give differently: each with its vintage."""

    dataset: str
    kind: Kind
    dollars: Dollars
    currency: str
    year: int | None
    period: Period
    figures: tuple[tuple[str, float | None], ...]


class Account(Value):
    """The answer to one question: lines, sums of like with like, what is refused, what differs.

    Args:
        years: the first and the last; (0, 0) where neither a line nor a file names one.
        left_out: what the files on hand cannot show for this question, each a sentence.
    """

    country: str
    name: str
    on: str
    years: tuple[int, int]
    lines: tuple[Line, ...]
    totals: tuple[Total, ...]
    refused: tuple[Refused, ...]
    differences: tuple[Difference, ...]
    left_out: tuple[str, ...] = ()
