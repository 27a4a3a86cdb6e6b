"""The complete file of ForeignAssistance.gov: its columns by name, its codes, its rows."""

import csv
import io
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from gravamen.aid.files.complete import COLUMNS, humanitarian, objective, recipient
from gravamen.aid.files.dataset import AidError
from gravamen.aid.files.intake import take_in
from gravamen.editions import Editions
from gravamen.law import load


@pytest.mark.parametrize(
    ("category", "subcategory", "goes"),
    [
        ("Government", "Government - Non United States", "government"),
        ("Government", "Government - United States", ""),
        ("Government", "", ""),
        ("Multilateral", "Multilateral - United Nations", "multilateral"),
        ("NGO", "NGO - International", "non-government"),
        ("Universities and Research Institutes", "", "non-government"),
        ("Enterprises", "Enterprises - United States", ""),
        ("NULL", "NULL", ""),
        ("Guild of Bakers", "", None),
    ],
)
def test_who_carries_it_out_is_not_taken_for_who_gets_it(category, subcategory, goes):
    assert recipient(category, subcategory, "Economic") == goes


def test_a_body_that_carries_out_military_aid_is_not_taken_for_its_recipient():
    assert recipient("NGO", "NGO - United States", "Military") == ""


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (("Humanitarian", "720", "Humanitarian Assistance"), "yes"),
        (("NULL", "73010", "NULL"), "yes"),
        (("Governance", "152", "Peace and Security"), "no"),
        (("NULL", "NULL", "NULL"), ""),
        (("", "", ""), ""),
    ],
)
def test_what_the_file_calls_humanitarian_is_so(cells, told):
    assert humanitarian(*cells) == told


def test_an_objective_is_economic_or_military_or_not_told():
    assert [objective(w) for w in ("Economic", " MILITARY ", "NULL", "Both")] == [
        "Economic",
        "Military",
        "",
        None,
    ]


RECORD = {
    "Country ID": "51", "Country Code": "ARM", "Country Name": "Armenia",
    "Managing Agency Name": "Department of State",
    "Implementing Partner Category Name": "Government",
    "Implementing Partner Sub-category Name": "Government - Non United States",
    "Implementing Partner Name": "Redacted", "International Category Name": "Governance",
    "International Sector Code": "152", "International Purpose Name": "Security system reform",
    "Funding Account Name": "International Military Education and Training",
    "Foreign Assistance Objective Name": "Military", "Activity Name": 'Course, "basic"\nphase two',
    "Activity Start Date": "NULL", "Transaction Type Name": "Obligations", "Fiscal Year": "2020",
    "Transaction Date": "01MAR2020", "Current Dollar Amount": "-1,500",
    "Constant Dollar Amount": "-1,700", "aid_type_id": "10",
}  # fmt: skip
HEADER = list(RECORD)
AT = datetime(2026, 1, 1, tzinfo=UTC)


def table(*records: dict[str, str], header: Sequence[str] = HEADER) -> bytes:
    """A complete file with some records, each given by what differs."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(header)
    for record in records:
        told = dict(zip(HEADER, header, strict=True))
        cells = {told[k]: v for k, v in (RECORD | record).items()}
        csv.writer(text, lineterminator="\n").writerow(cells[h] for h in header)
    return text.getvalue().encode()


@pytest.fixture
def editions(tmp_path: Path) -> Editions:
    return Editions(tmp_path / "data")


def rows(editions: Editions, tmp_path: Path, content: bytes) -> list[dict]:
    """The typed rows that a file gives."""
    file = tmp_path / "us_foreign_aid_complete_2025-02.csv"
    file.write_bytes(content)
    taken = take_in(file, editions, load(), at=AT)
    assert taken.edition.dataset == "foreignassistance-complete"
    where = str(editions.path(taken.edition) / "rows.parquet")
    found = duckdb.execute("select * from read_parquet(?) order by row", [where])
    names = [d[0] for d in found.description or ()]
    return [dict(zip(names, cells, strict=True)) for cells in found.fetchall()]


def test_a_record_becomes_a_row_with_its_law_its_sign_and_its_place(editions, tmp_path):
    (row,) = rows(editions, tmp_path, table({}))

    told = {k: v for k, v in row.items() if v is not None}
    assert told == {
        "row": 2, "country": "AM", "place": "Armenia", "vintage": "2025-02", "year": 2020,
        "period": "fiscal-year", "program": "IMET", "agency": "Department of State",
        "account": "International Military Education and Training",
        "purpose": "Security system reform", "objective": "Military", "kind": "obligated",
        "currency": "USD", "amount": -1500, "constant": -1700, "recipient": "government",
        "donor": "US", "humanitarian": False, "activity": 'Course, "basic"\nphase two',
        "total": False,
    }  # fmt: skip


def test_the_names_of_the_forerunner_mean_the_same(editions, tmp_path):
    older = {
        "Managing Agency Name": "implementing_agency_name",
        "Implementing Partner Category Name": "channel_category_name",
        "Implementing Partner Sub-category Name": "channel_subcategory_name",
        "Implementing Partner Name": "channel_name",
        "International Category Name": "dac_category_name",
        "International Sector Code": "dac_sector_code",
        "International Purpose Name": "dac_purpose_name",
        "Foreign Assistance Objective Name": "assistance_category_name",
        "Current Dollar Amount": "current_amount",
        "Constant Dollar Amount": "constant_amount",
    }
    header = [older.get(h, h.lower().replace(" ", "_")) for h in HEADER]

    new = rows(editions, tmp_path, table({}))
    old = rows(Editions(tmp_path / "other"), tmp_path, table({}, header=header))

    assert old == new


def test_an_account_that_no_law_knows_is_kept_as_printed(editions, tmp_path):
    account = {"Funding Account Name": "Fund for Invented Purposes"}
    (row,) = rows(editions, tmp_path, table(account))

    assert (row["program"], row["account"]) == (None, "Fund for Invented Purposes")


def test_money_for_disasters_is_humanitarian_whatever_its_sector(editions, tmp_path):
    account = {"Funding Account Name": "International Disaster Assistance"}
    (row,) = rows(editions, tmp_path, table(account))

    assert row["humanitarian"] is True


def test_a_redacted_amount_is_none_and_says_so(editions, tmp_path):
    (row,) = rows(editions, tmp_path, table({"Current Dollar Amount": "[Redacted]"}))

    assert row["amount"] is None
    assert row["fault"] == "amount is not given: [Redacted]"


def test_an_empty_or_null_amount_is_none_and_no_fault(editions, tmp_path):
    found = rows(
        editions,
        tmp_path,
        table({"Current Dollar Amount": ""}, {"Current Dollar Amount": "NULL"}),
    )

    assert [(r["amount"], r["fault"]) for r in found] == [(None, None), (None, None)]


def test_the_quarter_between_two_fiscal_years_is_a_period_of_its_own(editions, tmp_path):
    (row,) = rows(editions, tmp_path, table({"Fiscal Year": "1976tq"}))

    assert (row["year"], row["period"]) == (1976, "transition-quarter")


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("Country Code", "QQQ"),
        ("Transaction Type Name", "Gifts"),
        ("Fiscal Year", "FY20"),
        ("Foreign Assistance Objective Name", "Both"),
        ("Implementing Partner Category Name", "Guild of Bakers"),
        ("Current Dollar Amount", "12 or so"),
    ],
)
def test_a_code_that_is_not_known_is_an_error_with_its_row(column, cell, editions, tmp_path):
    also = {"Country Name": "Nowhere at all"} if column == "Country Code" else {}
    content = table({}, {}, {column: cell, **also})

    with pytest.raises(AidError) as caught:
        rows(editions, tmp_path, content)

    said = str(caught.value)
    assert ("row 4" in said, column in said, cell in said) == (True, True, True), said
    assert not list((tmp_path / "data").rglob("*.parquet"))


def test_an_unknown_column_is_refused_unless_it_may_be_kept(editions, tmp_path):
    content = table({}).replace(b"aid_type_id", b"secret_column")

    with pytest.raises(AidError, match=r"row 1.*secret_column.*--allow-extra"):
        rows(editions, tmp_path, content)


def test_all_columns_of_the_published_file_are_known():
    known = {re.sub(r"[\s_]+", "", n).casefold() for names in COLUMNS.values() for n in names}

    assert len(PUBLISHED) == 56
    assert [h for h in PUBLISHED if re.sub(r"[\s_]+", "", h).casefold() not in known] == []


# The header of February 2025.
PUBLISHED = [
    "Country ID", "Country Code", "Country Name", "Region ID", "Region Name", "Income Group ID",
    "Income Group Name", "Income Group Acronym", "Managing Agency ID", "Managing Agency Acronym",
    "Managing Agency Name", "Managing Sub-agency or Bureau ID",
    "Managing Sub-agency or Bureau Acronym", "Managing Sub-agency or Bureau Name",
    "Implementing Partner Category ID", "Implementing Partner Category Name",
    "Implementing Partner Sub-category ID", "Implementing Partner Sub-category Name",
    "Implementing Partner ID", "Implementing Partner Name", "International Category ID",
    "International Category Name", "International Sector Code", "International Sector Name",
    "International Purpose Code", "International Purpose Name", "US Category ID",
    "US Category Name", "US Sector ID", "US Sector Name", "Funding Account ID",
    "Funding Account Name", "Funding Agency ID", "Funding Agency Name", "Funding Agency Acronym",
    "Foreign Assistance Objective ID", "Foreign Assistance Objective Name", "Aid Type Group ID",
    "Aid Type Group Name", "Activity ID", "Submission ID", "Activity Name", "Activity Description",
    "Activity Project Number", "Activity Start Date", "Activity End Date", "Transaction Type ID",
    "Transaction Type Name", "Fiscal Year", "Transaction Date", "Current Dollar Amount",
    "Constant Dollar Amount", "aid_type_id", "aid_type_name", "activity_budget_amount",
    "submission_activity_id",
]  # fmt: skip
