"""ForeignAssistance.gov, country totals: per country, year and kind of transaction one figure.

The site gives them as "country summary"; its data dictionary (read on 2026-11-26, see
`aid.complete`) calls negative obligations de-obligations: money that was promised and taken back.
"""

import re
from collections.abc import Mapping

from gravamen.aid import countries
from gravamen.aid.files.dataset import Dataset
from gravamen.aid.files.printed import Printed
from gravamen.aid.line import Kind

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "country_code": ("Country Code",),
    "country_name": ("Country Name",),
    "region_id": ("Region ID",),
    "region_name": ("Region Name",),
    # The copy of October 2022 prints "income_roup".
    "income_group": ("income_group_acronym", "income_roup", "income_group"),
    "income_group_name": ("Income Group Name",),
    "transaction_type_id": ("Transaction Type ID",),
    "transaction_type": ("transaction_type_name", "Transaction Type"),
    "fiscal_year": ("Fiscal Year",),
    "amount": ("current_amount", "current_dollar_amount"),
    "constant": ("constant_amount", "constant_dollar_amount"),
}
NEEDED = frozenset(
    {"country_code", "country_name", "transaction_type_id", "transaction_type", "fiscal_year"}
    | {"amount"}
)
# The ids and names of the copies of 2022-10, 2023-03, 2023-10 and 2025-04.
KINDS: Mapping[str, tuple[str, Kind]] = {
    "1": ("Appropriated and Planned", "appropriated"),
    "2": ("Obligations", "obligated"),
    "3": ("Disbursements", "disbursed"),
    "18": ("President's Budget Requests", "requested"),
    "19": ("Initial Allocations", "allocated"),
}
FIRST_YEAR, LAST_YEAR = 1900, 2100
# What stands in a cell where a figure is withheld or not given.
WITHHELD = ("[redacted]", "redacted", "*", "**", "***", "[withheld]", "withheld", "n/a", "null")

_SAME = "country_code, country_name, region_id, income_group, transaction_type, fiscal_year"
_ROWS = """
create table rows as select
    p.row, c.value as country, if(trim(p.country_name) = '', p.country_code, p.country_name)
    as place, ? as vintage, y.year, y.period, k.value as kind, 'USD' as currency,
    if(d.fault is null, number(p.amount), null) as amount,
    if(d.fault is null, number(p.constant), null) as constant, 'US' as donor,
    nullif(concat_ws('; ', d.fault, withheld(p.amount, 'amount'), withheld(p.constant,
    'constant amount')), '') as fault
from printed p
    join m_country_code c using (country_code, country_name)
    join m_fiscal_year y on y.printed = p.fiscal_year
    join m_transaction_type_id k using (transaction_type_id, transaction_type)
    left join doubled d on d.row = p.row
"""
# A second row of the same country, group, kind and year: one that says the same counts once, and
# of several that do not say the same nobody can tell which holds.
_DOUBLED = f"""
create table doubled as select row, case
    when figures = 1 and row = there[1] then null
    when figures = 1 then 'it says the same as row ' || there[1] || ' and counts once'
    else 'rows ' || array_to_string(there, ', ') || ' give different amounts for the same country, '
        || 'kind and year (' || shown || '); none is counted'
    end as fault
from (select list_sort(list(row)) as there, unnest(there) as row,
          count(distinct (number(amount), number(constant))) as figures,
          string_agg(distinct trim(amount), ' and ') as shown
      from printed where number(amount) is not null group by {_SAME} having count(*) > 1)
"""


def typed(printed: Printed) -> None:
    """Make the table `rows` of a country file.

    Raises:
        AidError: a country, kind of transaction, year or amount that cannot be read, with its
            place.
    """
    printed.mapped(
        ("country_code", "country_name"),
        countries.code,
        what="a country that we know",
        remedy="If it is one, enter it in gravamen/aid/data/countries.yaml.",
    )
    printed.mapped(
        ("transaction_type_id", "transaction_type"),
        kind_of,
        what="a kind of transaction that we know",
        remedy="Known are " + ", ".join(f"{n} {name}" for n, (name, _) in KINDS.items()) + ".",
    )
    printed.mapped(
        "fiscal_year",
        fiscal_year,
        what="a fiscal year, as 2020 or 1976tq",
        into={"year": "INTEGER", "period": "VARCHAR"},
    )
    marks = ", ".join(f"'{m}'" for m in WITHHELD)
    printed.con.execute(
        f"create or replace macro is_withheld(x) as lower(trim(x)) in ({marks});"
        "create or replace macro withheld(x, what) as case when is_withheld(x) then what || ' is "
        "not given: ' || trim(x) end"
    )
    for column in ("amount", "constant"):
        printed.refuse(
            f"select row, '{column}', {column} from printed where number({column}) is null and "
            f"trim({column}) <> '' and not is_withheld({column})",
            "an amount, as 1234, -1,234.50 or (1,234)",
            "Correct the cell, or leave it empty where the figure is not known.",
        )
    printed.con.execute(_DOUBLED)
    printed.con.execute(_ROWS, [printed.vintage])


def kind(words: str) -> Kind | None:
    """The kind that the name of a transaction type means; None where it is not known."""
    plain = " ".join(words.split()).casefold()
    return next((k for name, k in KINDS.values() if name.casefold() == plain), None)


def kind_of(id: str, words: str) -> Kind | None:
    """The kind that id and name of a transaction type mean; None where the two do not belong."""
    known = KINDS.get(id.strip())
    return known[1] if known and kind(words) == known[1] else None


def fiscal_year(words: str) -> tuple[int, str] | None:
    """A fiscal year and its period; None where it is none.

    "1976tq" is the transition quarter of July to September 1976, when the fiscal year of the
    United States moved (Congressional Budget Act of 1974, section 501).
    """
    found = re.fullmatch(r"([0-9]{4})(tq)?", words.strip(), re.IGNORECASE)
    if not found or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
        return None
    if found[2]:
        return (1976, "transition-quarter") if found[1] == "1976" else None
    return int(found[1]), "fiscal-year"


DATASET = Dataset(
    name="foreignassistance",
    title="ForeignAssistance.gov, country totals",
    columns=COLUMNS,
    needed=NEEDED,
    typed=typed,
)
