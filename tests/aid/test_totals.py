"""Totals: like with like alone, and what copies say differently side by side."""

from itertools import permutations
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from gravamen.aid.account.coverage import Held
from gravamen.aid.account.totals import added, differences, refusals, totals
from gravamen.aid.line import Kind, Line
from gravamen.aid.words import disagreement, money
from gravamen.editions import Edition


def line(**fields: Any) -> Line:
    """A line of the report 2018_2019; `copy` makes it one of a whole copy instead."""
    copy = fields.pop("copy", None)
    dataset = "foreignassistance" if copy else "fmtr"
    vintage = copy or "2018_2019"
    known: dict[str, Any] = {
        "country": "AM", "year": 2018, "period": "fiscal-year", "program": None if copy else "FMF",
        "name": None, "account": None, "agency": None, "kind": "obligated" if copy else "cost",
        "dollars": "current", "currency": "USD", "rows": 2, "trainees": 3, "amount": 100.0,
        "dataset": dataset, "file": f"{dataset}.csv", "vintage": vintage, "at": "2-3",
        "edition": f"aid/{dataset}/{copy or 'all'}/0123456789ab",
    }  # fmt: skip
    return Line(**{**known, **fields})


def held(copy: str, *kinds: Kind, dataset: str = "foreignassistance") -> Held:
    """A copy on hand that has figures of some kinds."""
    edition = Edition(
        subject="aid",
        dataset=dataset,
        vintage=copy,
        file=f"{dataset}.csv",
        sha256="0123456789ab" * 5 + "0123",
        size=1,
        rows=1,
        columns=(),
        taken_in="2026-11-26T04:30:00Z",
        by="tests",
    )
    return Held(edition, copy, frozenset({2018}), frozenset(kinds))


def test_lines_that_are_alike_are_added_and_parted_by_group() -> None:
    [total] = totals(
        [line(group="asked-now"), line(program="PKO", amount=50.5, group="already-barred")]
    )
    assert (total.rows, total.trainees, total.amount) == (4, 6, 150.5)
    assert {g: p.amount for g, p in total.groups.items()} == {
        "already-barred": 50.5,
        "asked-now": 100.0,
    }


def test_nothing_is_added_over_vintages_kinds_currencies_years_or_dollars() -> None:
    apart = [
        line(),
        line(vintage="2017_2018"),
        line(kind="disbursed"),
        line(currency="EUR"),
        line(year=2017),
        line(dollars="constant"),
        line(period="calendar-year"),
        line(edition="aid/fmtr/all/ba9876543210"),
        line(file="another.csv"),
    ]
    assert [t.amount for t in totals(apart)] == [100.0] * len(apart)


def test_a_refused_line_is_in_no_sum_and_the_sum_says_so() -> None:
    wrong = line(program="PKO", amount=9.0, printed=5.0, checked=False)
    wrong = line(program="PKO", amount=9.0, printed=5.0, refused=disagreement(wrong))
    [total] = totals([line(), wrong])
    assert (total.amount, total.without) == (100.0, ("PKO",))
    [refused] = refusals([line(), wrong])
    assert refused.what == "PKO, fiscal year 2018, report 2018_2019"
    assert "$9" in refused.why
    assert "$5" in refused.why
    assert totals([wrong]) == ()


def test_a_refused_report_is_told_once_for_all_its_lines() -> None:
    why = "339 of 634 programs disagree."
    told = refusals([line(refused=why), line(program="PKO", refused=why, printed=1.0)])
    assert [(r.what, r.why) for r in told] == [("report 2018_2019", why)]


def test_a_sum_is_a_floor_where_a_line_is_one() -> None:
    [total] = totals([line(), line(program="PKO", floor=True, amount=None)])
    assert (total.amount, total.floor) == (100.0, True)


def test_a_sum_is_checked_only_where_every_line_is() -> None:
    assert totals([line(checked=True), line(program="PKO", checked=True)])[0].checked is True
    assert totals([line(checked=True), line(program="PKO")])[0].checked is None


def test_copies_that_differ_stand_side_by_side_with_their_vintages() -> None:
    copies = [line(copy="2022-10"), line(copy="2023-03", amount=7.0), line(copy="2025-04")]
    [difference] = differences(totals(copies))
    assert difference.figures == (("2022-10", 100.0), ("2023-03", 7.0), ("2025-04", 100.0))


def test_copies_that_agree_are_no_difference() -> None:
    assert differences(totals([line(copy="2022-10"), line(copy="2025-04")])) == ()


def test_a_copy_that_lacks_the_year_stands_there_without_a_figure() -> None:
    copies = [held("2022-10", "obligated"), held("2025-04", "obligated")]
    [difference] = differences(totals([line(copy="2025-04", year=2023)]), copies)
    assert (difference.year, difference.figures) == (2023, (("2022-10", None), ("2025-04", 100.0)))


def test_a_copy_that_holds_no_figures_of_that_kind_is_not_compared() -> None:
    copies = [held("2022-10", "requested"), held("2025-04", "obligated")]
    assert differences(totals([line(copy="2025-04")]), copies) == ()


def test_a_copy_of_another_dataset_is_not_compared() -> None:
    copies = [held("2022-10", "obligated", dataset="iati"), held("2025-04", "obligated")]
    assert differences(totals([line(copy="2025-04")]), copies) == ()


def test_a_report_that_prints_another_year_is_no_difference() -> None:
    assert differences(totals([line(), line(vintage="2019_2020", year=2019)])) == ()


def test_two_reports_that_print_one_year_differently_are_a_difference() -> None:
    [found] = differences(totals([line(), line(vintage="2019_2020", amount=1.0)]))
    assert found.figures == (("2018_2019", 100.0), ("2019_2020", 1.0))


def test_two_editions_of_one_vintage_are_told_apart_by_their_digest() -> None:
    other = line(copy="2022-10", amount=1.0, edition="aid/foreignassistance/2022-10/ba9876543210")
    [found] = differences(totals([line(copy="2022-10"), other]))
    assert [label for label, _ in found.figures] == [
        "2022-10 (0123456789ab)",
        "2022-10 (ba9876543210)",
    ]


def test_nothing_is_no_figure() -> None:
    assert added([]) is None
    assert added([None, None]) is None
    assert money(None) == "no figure"


def test_amounts_are_read_with_their_sign_and_currency() -> None:
    assert money(965399.0) == "$965,399"
    assert money(-658171.5) == "-$658,171.50"
    assert money(1200.5, "EUR") == "EUR 1,200.50"


@given(st.lists(st.integers(-(10**14), 10**14).map(lambda cents: cents / 100), max_size=5))
def test_a_sum_does_not_depend_on_the_order(amounts: list[float]) -> None:
    assert len({added(order) for order in permutations(amounts)}) == 1
