"""Tests for the matrix of coverage: it agrees with the elements, and says what the texts say."""

import json

import pytest
from click.testing import CliRunner

from gravamen import law as lawdata
from gravamen.cli import main
from gravamen.findings.subject import MODES
from gravamen.law.authority import Authority, Cover, Coverage
from gravamen.vocabulary import Act

BOOK = lawdata.load()
_ASKING_ACTS = ("act", "entity-act", "role")
CELLS = [(row, cell) for row in BOOK.coverage.values() for cell in row.cells]


def reached_acts(authority: Authority) -> set[Act]:
    """The acts with which an element of an authority can be met without a claim marked for it."""
    elements = [
        BOOK.element(id)
        for prong in authority.prongs
        if not prong.corruption
        for id in (*prong.all_of, *prong.any_of)
    ]
    return {act for e in elements if e.rule in _ASKING_ACTS for act in e.acts}


def met_by(authority: Authority, act: Act) -> bool:
    """Whether all elements of one ground that ask about acts can be met with an act.

    A command, a support or a failure to act is a part in another act: one element that asks for
    the part is enough.
    """
    for prong in authority.prongs:
        elements = [BOOK.element(id) for id in (*prong.all_of, *prong.any_of)]
        asking = [e for e in elements if e.rule in _ASKING_ACTS]
        if act in MODES:
            met = any(act in e.acts for e in asking)
        else:
            met = any(e.rule != "role" for e in asking) and all(act in e.acts for e in asking)
        if met and not prong.corruption:
            return True
    return False


def asked(authority: Authority) -> set[str]:
    return {e for p in authority.prongs for e in (*p.all_of, *p.any_of, *p.also)}


def each_cell(*covers: str) -> pytest.MarkDecorator:
    cells = [(row, cell) for row, cell in CELLS if cell.covers in covers]
    return pytest.mark.parametrize(
        ("row", "cell"), cells, ids=[f"{r.id}-{c.authority}" for r, c in cells]
    )


@each_cell("no")
def test_no_element_is_met_by_an_act_that_is_not_covered(row: Coverage, cell: Cover) -> None:
    assert not set(row.acts) & reached_acts(BOOK.authority(cell.authority))


@each_cell("yes")
def test_an_act_that_is_covered_can_meet_an_element(row: Coverage, cell: Cover) -> None:
    """Where it cannot by its word alone, the cell says in words which claim it takes."""
    words = [need for need in cell.needs if not need.startswith("el.")]
    authority = BOOK.authority(cell.authority)
    assert words or all(met_by(authority, act) for act in row.acts)


@each_cell("conditional")
def test_a_condition_is_named(row: Coverage, cell: Cover) -> None:
    assert cell.needs


@each_cell("yes", "conditional", "no", "unsettled")
def test_what_a_cell_needs_is_asked_by_its_authority(row: Coverage, cell: Cover) -> None:
    needed = {
        word.rstrip(",") for need in cell.needs for word in need.split() if word.startswith("el.")
    }
    assert needed <= asked(BOOK.authority(cell.authority))


def test_a_cell_is_no_surer_than_inference() -> None:
    assert {cell.mark for _, cell in CELLS} == {"inferred", "memory"}
    assert all(cell.why.endswith(".") and cell.why[0].isupper() for _, cell in CELLS)


def test_detention_alone_is_outside_the_united_kingdom_and_australia_and_inside_the_union() -> None:
    def covers(authority: str) -> set[str]:
        return {cell.covers for cell in BOOK.coverage_of("detention", authority)}

    assert covers("uk.ghr2020") == covers("au.thematic.hr") == {"no"}
    assert covers("eu.ghrsr") == {"yes"}
    assert covers("us.eo13818") == {"yes", "unsettled"}
    assert covers("us.leahy.state") == {"no", "unsettled"}


def test_the_victim_counts_under_two_acts_only() -> None:
    by_victim = {
        c.authority for _, c in CELLS if {"el.victim_seeks", "el.ca.victim_seeks"} & {*c.needs}
    }
    assert by_victim == {"us.glomag.act", "ca.jvcfoa"}


def test_support_for_a_violation_is_outside_the_two_statutes_and_australia() -> None:
    row = BOOK.coverage["support"]
    assert {c.authority for c in row.cells if c.covers == "no"} == {
        "us.glomag.act",
        "ca.jvcfoa",
        "au.thematic.hr",
    }
    assert row.under("us.leahy.state") is None


def test_what_is_not_said_is_no_cell() -> None:
    assert BOOK.coverage["hostage-taking"].under("us.leahy.dod") is None
    assert BOOK.coverage_of("mining", "eu.ghrsr") == ()


def test_the_matrix_is_printed_within_100_columns_with_every_reason() -> None:
    printed = CliRunner().invoke(main, ["law", "coverage"]).output
    assert max(map(len, printed.splitlines())) <= 100
    flat = " ".join(printed.split())
    for row, cell in CELLS:
        assert row.label in flat
        assert cell.why in flat
        assert all(need in flat for need in cell.needs)


def test_the_matrix_comes_as_one_json_object() -> None:
    found = json.loads(CliRunner().invoke(main, ["law", "coverage", "--json"]).stdout)
    assert found["schema"] == "gravamen.coverage/1"
    assert found["edition"] == BOOK.edition
    assert [row["id"] for row in found["coverage"]] == list(BOOK.coverage)
    cell = found["coverage"][2]["cells"][5]
    assert (cell["authority"], cell["covers"]) == ("uk.ghr2020", "no")


def test_a_law_is_shown_with_what_it_covers() -> None:
    shown = " ".join(lawdata.describe(BOOK, "uk.ghr2020").split())
    assert "Covers prolonged detention without charge and trial: no. Detention alone is" in shown
