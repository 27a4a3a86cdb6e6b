"""ForeignAssistance.gov, country totals: four real copies, and what must be refused."""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from gravamen.aid.files.dataset import AidError
from gravamen.aid.files.foreignassistance import fiscal_year, kind, kind_of
from gravamen.aid.files.intake import ROWS_FILE, take_in
from gravamen.editions import Editions
from gravamen.law import load

HEADER = (
    "country_code,country_name,region_id,region_name,income_group_acronym,income_group_name,"
    "transaction_type_id,transaction_type_name,fiscal_year,current_amount,constant_amount\n"
)
ARMENIA = "ARM,Armenia,2,Europe,UMIC,Upper,2,Obligations,2020,1000,1100\n"


def rows(folder: Path, content: str, columns: str = "*") -> list[tuple[Any, ...]]:
    file = folder / "country_2024-01.csv"
    file.write_text(content)
    editions = Editions(folder / "data")
    taken = take_in(file, editions, load(), at=datetime(2026, 11, 26, tzinfo=UTC))
    path = editions.path(taken.edition) / ROWS_FILE
    return duckdb.sql(f"select {columns} from '{path}' order by row").fetchall()


def real(editions: Editions, vintage: str, query: str) -> list[tuple[Any, ...]]:
    edition = next(e for e in editions.all("aid", "foreignassistance") if e.vintage == vintage)
    path = editions.path(edition) / ROWS_FILE
    return duckdb.sql(query.replace("ROWS", f"'{path}'")).fetchall()


def test_a_row_has_its_values_and_its_place_in_the_file(tmp_path: Path) -> None:
    columns = "row, country, place, vintage, year, period, kind, currency, amount, constant, donor"
    assert rows(tmp_path, HEADER + ARMENIA, columns) == [
        (2, "AM", "Armenia", "2024-01", 2020, "fiscal-year", "obligated", "USD", 1000, 1100, "US")
    ]


def test_parts_of_a_cent_are_kept_as_printed(tmp_path: Path) -> None:
    printed = ARMENIA.replace("1000,1100", "1000.004,1100.123456")
    assert rows(tmp_path, HEADER + printed, "amount, constant") == [
        (Decimal("1000.004"), Decimal("1100.123456"))
    ]


@pytest.mark.parametrize(
    ("vintage", "count"),
    [("2022-10", 21_973), ("2023-03", 15_294), ("2023-10", 23_166), ("2025-04", 22_356)],
)
def test_each_real_copy_is_read_whole(real_editions: Editions, vintage: str, count: int) -> None:
    counted = "select count(*), count(distinct row), count(amount), count(fault) from ROWS"
    assert real(real_editions, vintage, counted) == [(count, count, count, 0)]


@pytest.mark.parametrize(
    ("vintage", "figures"),
    [
        ("2022-10", {"AZ": 32_357_135, "AM": 66_699_564, "EG": 1_471_127_898}),
        ("2023-03", {"AZ": 24_717_577, "AM": 44_573_563, "EG": 123_250_893}),
        ("2023-10", {"AZ": 33_051_180, "AM": 69_791_839, "EG": 1_474_212_781}),
        ("2025-04", {"AZ": 33_051_180, "AM": 69_791_839, "EG": 1_474_212_781}),
    ],
)
def test_obligations_of_fiscal_year_2020_are_those_of_the_copy(
    real_editions: Editions, vintage: str, figures: dict[str, int]
) -> None:
    found = real(
        real_editions,
        vintage,
        "select country, sum(amount) from ROWS where year = 2020 and kind = 'obligated' "
        "and period = 'fiscal-year' and country in ('AZ', 'AM', 'EG') group by 1",
    )
    assert dict(found) == figures


def test_former_states_without_a_code_are_countries_of_their_own(real_editions: Editions) -> None:
    found = real(
        real_editions,
        "2022-10",
        "select distinct country, place from ROWS where place like '%(former%' order by 1",
    )
    assert ("SUHH", "Soviet Union (former)") in found
    assert ("CSHH", "Czechoslovakia (former)") in found
    assert len({code for code, _ in found}) == len(found)


def test_a_negative_obligation_stays_negative(real_editions: Editions) -> None:
    found = real(
        real_editions,
        "2023-03",
        "select amount from ROWS where country = 'AZ' and year = 2021 and kind = 'obligated'",
    )
    assert found == [(-658_171,)]


def test_the_transition_quarter_is_no_fiscal_year() -> None:
    assert fiscal_year("1976tq") == (1976, "transition-quarter")
    assert fiscal_year(" 1976 ") == (1976, "fiscal-year")
    for bad in ("1977tq", "FY2020", "2020/21", "20", "", "1899", "2101", "２０２０", "2020.0"):
        assert fiscal_year(bad) is None


def test_a_kind_needs_its_id_and_its_name() -> None:
    assert kind_of("18", "president's budget requests") == "requested"
    assert kind_of("2", "Disbursements") is None
    assert kind_of("4", "Obligations") is None
    assert kind("Gifts") is None


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("2020", "FY2020", "column 'fiscal_year': row 3: 'FY2020': not a fiscal year"),
        ("2,Obl", "3,Obl", "row 3: '3', 'Obligations': not a kind of transaction"),
        ("Obligations", "Gifts", "row 3: '2', 'Gifts': not a kind of transaction"),
        ("ARM,Armenia", "XQZ,Zembla", "row 3: 'XQZ', 'Zembla': not a country"),
        ("ARM,Armenia", "ARM,Azerbaijan", "row 3: 'ARM', 'Azerbaijan'"),
        ("1000", "about 1000", "row 3, column 'current_amount': 'about 1000': not an amount"),
        ("1100", "1100 USD", "row 3, column 'constant_amount': '1100 USD'"),
        ("1000", '"1.000,50"', "row 3, column 'current_amount': '1.000,50'"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    with pytest.raises(AidError) as error:
        rows(tmp_path, HEADER + ARMENIA.replace("2020", "2019") + ARMENIA.replace(old, new))
    assert told in str(error.value)
    assert list((tmp_path / "data").iterdir()) == []


@pytest.mark.parametrize(
    ("cell", "amount", "fault"),
    [
        ('"1,234.50"', Decimal("1234.5"), None),
        ('"(658,171)"', -658_171, None),
        ("-5", -5, None),
        ("", None, None),
        ("[Redacted]", None, "amount is not given: [Redacted]"),
        ("*", None, "amount is not given: *"),
    ],
)
def test_an_amount_is_a_number_nothing_or_withheld(
    tmp_path: Path, cell: str, amount: Decimal | None, fault: str | None
) -> None:
    content = HEADER + ARMENIA.replace("1000", cell)
    assert rows(tmp_path, content, "amount, fault") == [(amount, fault)]


def test_a_row_that_stands_twice_counts_once(tmp_path: Path) -> None:
    assert rows(tmp_path, HEADER + ARMENIA * 3, "amount, fault") == [
        (1000, None),
        (None, "it says the same as row 2 and counts once"),
        (None, "it says the same as row 2 and counts once"),
    ]


def test_of_two_amounts_for_one_thing_none_counts(tmp_path: Path) -> None:
    content = HEADER + ARMENIA + ARMENIA.replace("1000", "1001")
    for amount, fault in rows(tmp_path, content, "amount, fault"):
        assert amount is None
        assert fault.startswith("rows 2, 3 give different amounts")
        assert "1000" in fault
        assert "1001" in fault


def test_a_country_in_two_groups_of_income_has_a_row_for_each(tmp_path: Path) -> None:
    content = HEADER + ARMENIA + ARMENIA.replace("UMIC", "NULL").replace("1000", "7")
    assert rows(tmp_path, content, "amount, fault") == [(1000, None), (7, None)]


def test_a_figure_that_is_withheld_contradicts_none(tmp_path: Path) -> None:
    content = HEADER + ARMENIA + ARMENIA.replace("1000", "[Redacted]")
    assert rows(tmp_path, content, "amount, fault") == [
        (1000, None),
        (None, "amount is not given: [Redacted]"),
    ]
