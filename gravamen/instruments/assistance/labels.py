"""Labels: how the tables of an annex are parted, and how their rows and columns are headed."""

from collections.abc import Hashable, Sequence

from gravamen.aid.words import is_report, vintage_words, year_words
from gravamen.flows import Flow
from gravamen.instruments.assistance.chosen import Chosen, period_of
from gravamen.instruments.wording import capital

Year = tuple[int, str]


def year_of(flow: Flow) -> Year:
    """The year of a figure and what it is a year of; 0 where the file names none."""
    return flow.year or 0, flow.period


def column_head(lines: Sequence[Chosen], year: Year) -> str:
    """The head of a column: its year, and the report that prints it."""
    here = [x.flow for x in lines if year_of(x.flow) == year]
    words = str(year[0]) if year[0] else "no year"
    if year[1] != "fiscal-year":
        words = year_words(year[0], period_of(here[0]))
    reports = dict.fromkeys(vintage_words(f.vintage) for f in here if is_report(f.vintage))
    return f"{words} ({', '.join(reports)})" if reports else words


def table_of(flow: Flow) -> Hashable:
    """What figures of one table share: dataset, file of reports, kind, dollars, currency."""
    file = flow.file if is_report(flow.vintage) else ""
    kind = "" if of_whole_country(flow) else flow.kind
    return flow.dataset, file, kind, flow.dollars, flow.currency


def row_of(flow: Flow) -> Hashable:
    """What figures of one row share."""
    copy = "" if is_report(flow.vintage) else flow.vintage
    return *parted_by(flow), flow.humanitarian, flow.kind, copy


def parted_by(flow: Flow) -> tuple[str | None, ...]:
    """What tells one line of a file from another."""
    return (
        flow.program, flow.account, flow.agency, flow.objective, flow.purpose, flow.recipient,
        flow.donor,
    )  # fmt: skip


def row_head(flow: Flow) -> str:
    """How a row of a table is headed: program or account, agency, and the copy it is of."""
    words = [capital(flow.kind) if of_whole_country(flow) else flow.program or flow.account or ""]
    if flow.agency:
        words.append(flow.agency.removeprefix("Department of "))
    words += [flow.objective] if flow.objective else []
    words += [f"to {flow.recipient} recipients"] if flow.recipient else []
    words += [f"given by {flow.donor}"] if flow.donor and flow.donor != "US" else []
    if not is_report(flow.vintage):
        words.append(vintage_words(flow.vintage))
    return ", ".join(words)


def table_head(lines: Sequence[Chosen]) -> str:
    """What the amounts of a table are, and of which file."""
    flow = lines[0].flow
    unit = "US dollars" if flow.currency == "USD" else flow.currency
    training = "trainees and the cost of their training"
    kind = training if flow.kind == "cost" else flow.kind
    if of_whole_country(flow):
        kind = "sums for the whole country"
    files = list(dict.fromkeys(x.flow.file for x in lines))
    file = f" ({files[0]})" if len(files) == 1 else ""
    return f"{kind}, {flow.dollars} {unit}{file}"


def of_whole_country(flow: Flow) -> bool:
    """Whether a figure is of a country as a whole, without program or account."""
    return not flow.program and not flow.account
