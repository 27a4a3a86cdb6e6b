"""The complete file of ForeignAssistance.gov: one record for each transaction of each activity.

us_foreign_aid_complete.csv, about 56 columns and more than 3 GB. What is known of it, read on
2026-11-26, and not the file itself, of which no copy was at hand:

- its data dictionary (DataDictionary_ForeignAssistancegov.pdf) as basedosdados/pipelines on GitHub
  lists it field by field (models/us_state_foreign_assistance/code/architecture/gen_architecture.py,
  commit c48c399): kinds of transaction, objective 1 economic and 2 military, fiscal year with the
  transition quarter "1976tq", negative amounts as de-obligations or corrections, accounts by their
  Treasury symbol, sectors and purposes by the codes of the OECD's reporting system;
- its header of 2022 ("Funding Acount ID", sic) as chriscallahan99/DataScience_Final_Project on
  GitHub prints it (README.md), and of February 2025 as a program prints it that asks the copy at
  foreignassistance-data.andrewheiss.com; dates of transactions as 01MAR2006;
- the names of its forerunner, Foreign Aid Explorer ("channel", "dac", "assistance category"), as
  scripts use them, and the categories of partners that one counted: Church and Faith Based,
  Enterprises, Government, Multilateral, NGO, Networks, Public and Private Partnerships,
  Universities and Research Institutes; that there are kinds of each, "NGO - United States";
- that an empty cell may read NULL, and that partners are redacted under exceptions of the law.

Who implements is not who receives. A firm, or an agency of the donor, may carry out what a state's
army gets; so the file tells the recipient only where the partner is a government other than the
donor's, an organisation of states, or a body that is neither state nor firm (and not for what it
calls military). In every other row the recipient is not known.
"""

import re
from collections.abc import Mapping

from gravamen.aid import countries
from gravamen.aid.files.dataset import Dataset
from gravamen.aid.files.foreignassistance import WITHHELD, fiscal_year, kind
from gravamen.aid.files.printed import Printed
from gravamen.law import Law

# Our word, and the names under which files print it; the first is that of the file of 2025, those
# after it are of the file of 2022 or of Foreign Aid Explorer.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "country_id": ("Country ID",),
    "country_code": ("Country Code",),
    "country_name": ("Country Name",),
    "region_id": ("Region ID",),
    "region_name": ("Region Name",),
    "income_group_id": ("Income Group ID",),
    "income_group_name": ("Income Group Name",),
    "income_group_acronym": ("Income Group Acronym",),
    "managing_agency_id": ("Managing Agency ID", "implementing_agency_id"),
    "managing_agency_acronym": ("Managing Agency Acronym", "implementing_agency_acronym"),
    "managing_agency_name": ("Managing Agency Name", "implementing_agency_name"),
    "managing_bureau_id": (
        "Managing Sub-agency or Bureau ID", "Managing Subagency or Bureau ID",
        "implementing_subagency_id", "subagency_id",
    ),
    "managing_bureau_acronym": (
        "Managing Sub-agency or Bureau Acronym", "Managing Subagency or Bureau Acronym",
        "subagency_acronym",
    ),
    "managing_bureau_name": (
        "Managing Sub-agency or Bureau Name", "Managing Subagency or Bureau Name",
        "subagency_name",
    ),
    "partner_category_id": ("Implementing Partner Category ID", "channel_category_id"),
    "partner_category": ("Implementing Partner Category Name", "channel_category_name"),
    "partner_subcategory_id": (
        "Implementing Partner Sub-category ID", "Implementing Partner Subcategory ID",
        "channel_subcategory_id",
    ),
    "partner_subcategory": (
        "Implementing Partner Sub-category Name", "Implementing Partner Subcategory Name",
        "channel_subcategory_name",
    ),
    "partner_id": ("Implementing Partner ID", "channel_id"),
    "partner_name": ("Implementing Partner Name", "channel_name"),
    "category_id": ("International Category ID", "dac_category_id"),
    "category": ("International Category Name", "dac_category_name"),
    "sector_code": ("International Sector Code", "dac_sector_code"),
    "sector": ("International Sector Name", "dac_sector_name"),
    "purpose_code": ("International Purpose Code", "dac_purpose_code"),
    "purpose": ("International Purpose Name", "dac_purpose_name"),
    "us_category_id": ("US Category ID", "USG_category_id"),
    "us_category": ("US Category Name", "USG_category_name"),
    "us_sector_id": ("US Sector ID", "USG_sector_id"),
    "us_sector": ("US Sector Name", "USG_sector_name"),
    "account_id": ("Funding Account ID", "Funding Acount ID"),
    "account": ("Funding Account Name", "Funding Acount Name"),
    "funding_agency_id": ("Funding Agency ID",),
    "funding_agency": ("Funding Agency Name",),
    "funding_agency_acronym": ("Funding Agency Acronym",),
    "objective_id": ("Foreign Assistance Objective ID", "assistance_category_id"),
    "objective": ("Foreign Assistance Objective Name", "assistance_category_name"),
    "aid_type_group_id": ("Aid Type Group ID",),
    "aid_type_group": ("Aid Type Group Name",),
    "aid_type_id": ("aid_type_id",),
    "aid_type": ("aid_type_name",),
    "activity_id": ("Activity ID",),
    "submission_id": ("Submission ID",),
    "submission_activity_id": ("submission_activity_id",),
    "activity": ("Activity Name",),
    "activity_description": ("Activity Description",),
    "activity_project_number": ("Activity Project Number",),
    "activity_start": ("Activity Start Date",),
    "activity_end": ("Activity End Date",),
    "activity_budget": ("activity_budget_amount",),
    "transaction_type_id": ("Transaction Type ID",),
    "transaction_type": ("Transaction Type Name",),
    "fiscal_year": ("Fiscal Year",),
    "numeric_year": ("numeric_year",),
    "transaction_date": ("Transaction Date",),
    "amount": ("Current Dollar Amount", "current_amount"),
    "constant": ("Constant Dollar Amount", "constant_amount"),
}  # fmt: skip
NEEDED = frozenset(
    {"country_code", "managing_agency_name", "transaction_type", "fiscal_year", "amount"}
)
OBJECTIVES = {"": "", "economic": "Economic", "military": "Military"}
NOT_TOLD = frozenset({"", "NULL"})
# What a partner of a category is, where it is neither a firm nor a state: see the note above.
NOT_STATES = frozenset(
    {"church and faith based", "ngo", "networks", "universities and research institutes"}
)
UNKNOWN_TO_WHOM = frozenset({"", "enterprises", "public and private partnerships", "redacted"})
# Emergency response, reconstruction relief, disaster prevention: what the reporting system of the
# OECD counts as humanitarian aid (700).
HUMANITARIAN_SECTORS = ("72", "73", "74")
HUMANITARIAN = frozenset({"humanitarian", "humanitarian assistance"})
_OWN = re.compile(r"(?<!non )(?<!non-)united states")  # a part of the donor's own government

_ROWS = """
create table rows as select
    p.row, c.value as country, coalesce(told(p.country_name), p.country_code) as place,
    ? as vintage, y.year, y.period, nullif(a.program, '') as program, told(p.account) as account,
    coalesce(told(p.managing_agency_name), told(p.funding_agency)) as agency,
    told(p.purpose) as purpose, nullif(o.value, '') as objective, k.value as kind,
    'USD' as currency, number(p.amount) as amount, number(p.constant) as constant,
    nullif(r.value, '') as recipient, 'US' as donor,
    coalesce(a.nature = 'humanitarian', false) or
        case h.value when 'yes' then true when 'no' then false end as humanitarian,
    told(p.activity) as activity, told(p.activity_start) as start, told(p.activity_end) as "end",
    nullif(concat_ws('; ', fault(p.amount, 'amount'), fault(p.constant, 'constant amount')), '')
        as fault
from printed p
    join m_country_code c using (country_code, country_name)
    join m_fiscal_year y on y.printed = p.fiscal_year
    join m_transaction_type k on k.printed = p.transaction_type
    join m_account a on a.printed = p.account
    join m_objective o on o.printed = p.objective
    join m_partner_category r using (partner_category, partner_subcategory, objective)
    join m_category h using (category, sector_code, us_category)
"""
_MACROS = (
    "create or replace macro told(x) as nullif(nullif(trim(x), ''), 'NULL')",
    f"""create or replace macro held_back(x) as told(x) is not null and lower(trim(x)) in
        ({", ".join(f"'{mark}'" for mark in WITHHELD)})""",
    """create or replace macro fault(x, what) as case when held_back(x)
        then what || ' is not given: ' || trim(x) end""",
)


def typed(printed: Printed) -> None:
    """Make the table `rows` of a complete file; every code in it is known, or it is refused.

    Raises:
        AidError: a country, kind of transaction, year, objective or category of partner that is
            not known, or an amount that is none; each with its column and its first row.
    """
    printed.mapped(
        ("country_code", "country_name"), countries.code, what="a country that we know",
        remedy="If it is one, enter it in gravamen/aid/data/countries.yaml.",
    )  # fmt: skip
    printed.mapped("transaction_type", kind, what="a kind of transaction that we know")
    printed.mapped(
        "fiscal_year", fiscal_year,
        what="a fiscal year, as 2020 or 1976tq", into={"year": "INTEGER", "period": "VARCHAR"},
    )  # fmt: skip
    law = printed.law
    printed.mapped(
        "account", lambda words: program(law, words),
        what="an account", into={"program": "VARCHAR", "nature": "VARCHAR"},
    )  # fmt: skip
    printed.mapped("objective", objective, what="Economic or Military")
    printed.mapped(
        ("partner_category", "partner_subcategory", "objective"), recipient,
        what="a category of partners that we know",
    )  # fmt: skip
    printed.mapped(("category", "sector_code", "us_category"), humanitarian, what="a category")
    for macro in _MACROS:
        printed.con.execute(macro)
    printed.con.execute(_ROWS, [printed.vintage])
    for column in ("amount", "constant"):
        printed.refuse(
            f"select row, '{column}', {column} from printed where told({column}) is not null and "
            f"row in (select row from rows where {column} is null) and not held_back({column})",
            "an amount, as 1234, -1,234.50 or (1,234)",
            "Correct the cell, or leave it empty where the figure is not known.",
        )


def program(law: Law, account: str) -> tuple[str, str]:
    """The code and the nature of what an account pays for; ("", "") where the law names none."""
    found = None if account.strip() in NOT_TOLD else law.program_of(account)
    return (found[1], found[0].nature) if found else ("", "")


def objective(words: str) -> str | None:
    """Economic or Military; "" where the file does not tell; None where it is neither."""
    return OBJECTIVES.get(_plain(words))


def recipient(category: str, subcategory: str, objective: str) -> str | None:
    """To whom it goes, as far as the partner shows it; "" where it does not, None if unknown."""
    partner, kind_of = _plain(category), _plain(subcategory)
    if partner in UNKNOWN_TO_WHOM:
        return ""
    if partner == "government":
        return "" if kind_of in ("", "redacted") or _OWN.search(kind_of) else "government"
    if partner == "multilateral":
        return "multilateral"
    if partner in NOT_STATES:
        return "" if _plain(objective) == "military" else "non-government"
    return None


def humanitarian(category: str, sector: str, us_category: str) -> str:
    """Whether the file calls it humanitarian: "yes", "no", or "" where it does not tell."""
    told = [_plain(category), sector.strip().removeprefix("NULL"), _plain(us_category)]
    if told[0] in HUMANITARIAN or told[2] in HUMANITARIAN:
        return "yes"
    if told[1].startswith(HUMANITARIAN_SECTORS):
        return "yes"
    return "no" if any(told) else ""


def _plain(words: str) -> str:
    plain = words.strip()
    return "" if plain in NOT_TOLD else " ".join(plain.casefold().split())


DATASET = Dataset(
    name="foreignassistance-complete",
    title="ForeignAssistance.gov, complete transactions",
    columns=COLUMNS,
    needed=NEEDED,
    typed=typed,
)
