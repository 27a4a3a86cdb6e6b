"""Panels: figures on one scale; a column for each year and copy, nothing added over copies."""

from pictured import FIGURES, account, copy, full, line, total

from gravamen.aid.line import Total
from gravamen.aid.pictures.panels import exact, heading, listed, panels


def test_kinds_currencies_dollars_and_datasets_never_share_a_panel():
    found = panels(
        account(
            total({"asked-now": 1.0}),
            total({"asked-now": 2.0}, kind="obligated"),
            total({"asked-now": 3.0}, dollars="constant"),
            total({"asked-now": 4.0}, currency="EUR"),
            total({"asked-now": 5.0}, dataset="iati"),
            total({"asked-now": 6.0}, period="calendar-year"),
        )
    )

    assert [[c.amount for c in panel.columns] for panel in found] == [
        [float(n)] for n in range(1, 7)
    ]
    assert [p.what for p in found][
        3
    ] == "cost as the report prints it, current euros, by fiscal year"
    assert found[5].what.endswith("by calendar year")


def test_copies_that_differ_stand_side_by_side_in_their_year():
    (panel,) = panels(account(copy(32.0, "2022-10"), copy(24.0, "2023-03"), years=(2020, 2020)))

    (slot,) = panel.slots
    assert [(c.copies[0][0], c.amount) for c in slot.columns] == [
        ("2022-10", 32.0),
        ("2023-03", 24.0),
    ]


def test_copies_that_are_alike_are_one_column_that_names_them_all():
    (panel,) = panels(account(copy(33.0, "2023-10"), copy(33.0, "2025-04"), copy(24.0, "2023-03")))

    found = {c.amount: [vintage for vintage, _ in c.copies] for c in panel.columns}
    assert found == {24.0: ["2023-03"], 33.0: ["2023-10", "2025-04"]}
    assert panel.vintages == ("2023-03", "2023-10", "2025-04")


def test_copies_of_which_lines_are_refused_are_never_taken_for_alike():
    given = [
        made(vintage=vintage, **fields)
        for vintage in ("a", "b")
        for made, fields in ((line, {"refused": "It is damaged."}), (copy_of_five, {}))
    ]
    (panel,) = panels(account(*given))

    assert [(c.refused, len(c.copies)) for c in panel.columns] == [(1, 1), (1, 1)]


def copy_of_five(vintage: str) -> Total:
    return total({"outside": 5.0}, vintage=vintage)


def test_copies_with_the_same_sum_in_other_groups_are_not_alike():
    (panel,) = panels(
        account(
            total({"outside": 5.0}, vintage="a", year=2020),
            total({"asked-now": 5.0}, vintage="b", year=2020),
        )
    )

    assert len(panel.columns) == 2


def test_a_year_without_a_figure_is_a_gap_and_a_long_run_is_one():
    (panel,) = panels(
        account(total({"outside": 5.0}, year=2000), total({"outside": 6.0}, year=2003),
                years=(1990, 2004))
    )  # fmt: skip

    assert [(s.words, len(s.columns)) for s in panel.slots] == [
        ("1990 to 1999", 0), ("2000", 1), ("2001", 0), ("2002", 0), ("2003", 1), ("2004", 0),
    ]  # fmt: skip


def test_a_transition_quarter_and_a_figure_without_a_year_have_places_of_their_own():
    (panel,) = panels(
        account(
            total({"outside": 3.0}, year=None, vintage="x"),
            total({"outside": 2.0}, year=1976, period="transition-quarter", vintage="x"),
            total({"outside": 1.0}, year=1976, vintage="x"),
            years=(1976, 1977),
        )
    )

    assert [s.words for s in panel.slots] == ["1976", "1976 TQ", "1977", "no year in the file"]


def test_a_refused_line_is_counted_and_is_in_no_figure():
    (first, _) = panels(full())

    column = first.slots[2].columns[0]
    assert (column.refused, column.amount) == (1, sum(FIGURES.values()))


def test_a_report_that_is_refused_whole_has_a_column_without_a_figure():
    (panel,) = panels(
        account(line(year=2009, refused="339 of 634 programs disagree."), years=(2009, 2009))
    )

    ((column,),) = [s.columns for s in panel.slots]
    assert (column.amount, column.rows, column.refused, column.parts) == (None, 0, 1, {})


def test_groups_keep_their_order_and_those_without_an_amount_are_known():
    (panel,) = panels(account(total({"hook-unclear": 1.0, "outside": None, "already-barred": 2.0})))

    assert panel.groups == ("already-barred", "outside", "hook-unclear")
    assert panel.columns[0].parts == {"already-barred": 2.0, "hook-unclear": 1.0}


def test_panels_that_tell_programs_apart_come_first():
    found = panels(account(copy(5.0, "2022-10", 2018), total({"asked-now": 1.0})))

    assert [p.dataset for p in found] == ["fmtr", "foreignassistance"]


def test_words_for_amounts_lists_and_the_heading():
    assert exact(32_357_135.0) == "32,357,135" and exact(-1.5) == "-1.50"
    assert exact(5.0, floor=True) == "at least 5" and exact(None, floor=True) == "no amount"
    assert (listed(["a"]), listed("ab"), listed("abc")) == ("a", "a and b", "a, b and c")
    assert heading(account()) == "Assistance to Quillby, 2018; the law as of 1 December 2025"
