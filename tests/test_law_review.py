"""Law that a person compared is marked as checked, in that edition alone, and for nothing else."""

from datetime import date

import msgspec
import pytest

from gravamen.law import Law, LawError, check, load
from gravamen.law.authority import Assistance, Authority, Clock, Element, Prong, Waiver, WaiverStep
from gravamen.law.cited import Provision
from gravamen.law.document import parts
from gravamen.law.office import Office, Power
from gravamen.law.review import edition, stale, unchecked, with_reviews

CITE = {"cite": "Test Code 1", "as_of": "2024-01-01"}
replace = msgspec.structs.replace


def provision(mark: str) -> Provision:
    return msgspec.convert({"text": "x", "mark": mark, **CITE}, Provision)


def book() -> Law:
    authority = Authority(
        id="us.a",
        title="A",
        short="the A Act",
        kind="person-sanctions",
        jurisdiction="us",
        names=(),
        reaches=("individual",),
        measures=("sanctions",),
        decides="us.o",
        effective_from=date(2017, 1, 1),
        prongs=(
            Prong(id="us.a.one", text="x", all_of=("el.one",), mark="memory", **CITE),
            Prong(id="us.a.two", text="x", all_of=("el.one",), **CITE),
        ),
        standard=provision("inferred"),
        exceptions=(provision("secondary"),),
        notes=(provision("sourced"), provision("memory")),
        waiver=Waiver(
            test="x",
            steps=(WaiverStep(on="2024", event="waived", text="x", mark="memory", **CITE),),
            **CITE,
        ),
        assistance=Assistance(
            reaches="x", outside=("grants",), outside_unchecked=("training",), **CITE
        ),
        **CITE,
    )
    element = Element(id="el.one", test="x?", rule="act", gap="x", mark="secondary", **CITE)
    power = Power(measure="sanctions", authorities=("us.a",), asks="x", mark="inferred", **CITE)
    office = Office(
        id="us.o", title="O", jurisdiction="us", names=(), salutation="x", close="x",
        powers=(power,), **CITE,
    )  # fmt: skip
    clock = Clock(id="clk.a", start="x", authority="us.a", mark="memory", **CITE)
    return Law(
        edition="e" * 64,
        authorities={"us.a": authority, "us.b": replace(authority, id="us.b")},
        elements={"el.one": element},
        offices={"us.o": office},
        clocks={"clk.a": clock},
        definitions={},
        sources={},
    )


def reviewed(*ids: str) -> Law:
    law = book()
    return with_reviews(law, {id: law.edition_of(id) for id in ids})


def test_what_is_unchecked_in_a_value_is_told_part_by_part():
    assert unchecked(book(), "us.a") == (
        "us.a effective_mark: memory",
        "us.a.one: memory; Test Code 1",
        "us.a standard: inferred; Test Code 1",
        "us.a exceptions 1: secondary; Test Code 1",
        "us.a notes 2: memory; Test Code 1",
        "us.a waiver steps 1: memory; Test Code 1",
        "us.a assistance outside_unchecked: training",
    )
    assert unchecked(book(), "el.one") == (
        "el.one: secondary; Test Code 1",
        "el.one guidance: inferred",
    )
    assert unchecked(book(), "us.o") == (
        "us.o forms: memory",
        "us.o powers 1: inferred; Test Code 1",
    )
    with pytest.raises(LawError, match=r"no authority, element, office, clock or program 'us\.c'"):
        unchecked(book(), "us.c")


@pytest.mark.parametrize("id", ["us.a", "el.one", "us.o", "clk.a"])
def test_a_value_that_was_compared_is_checked_throughout_and_no_other(id):
    before, after = book(), reviewed(id)

    assert unchecked(before, id) != ()
    assert unchecked(after, id) == ()
    for other in {"us.a", "us.b", "el.one", "us.o", "clk.a"} - {id}:
        assert after.edition_of(other) == before.edition_of(other)


def test_nothing_but_the_marks_changes():
    before, after = book().authorities["us.a"], reviewed("us.a").authorities["us.a"]

    assert {p.mark for _, p in parts(after) if hasattr(p, "mark")} == {"checked"}
    assert (after.effective_mark, after.needs_review) == ("checked", False)
    assert after.assistance is not None
    assert after.assistance.outside == ("grants", "training")
    assert after.assistance.left_alone == before.assistance.left_alone
    kept = ("id", "title", "names", "reaches", "decides", "effective_from", "cite", "as_of")
    assert [getattr(after, k) for k in kept] == [getattr(before, k) for k in kept]
    assert [p.all_of for p in after.prongs] == [p.all_of for p in before.prongs]
    assert reviewed("us.a").edition == book().edition


def test_a_review_of_another_edition_changes_nothing_and_is_stale():
    law = book()
    reviews = {"us.a": "0" * 16, "us.gone": "1" * 16, "el.one": law.edition_of("el.one")}

    assert with_reviews(law, {"us.a": "0" * 16, "us.gone": "1" * 16}) == law
    assert list(stale(law, reviews)) == ["us.a", "us.gone"]
    assert with_reviews(law, {}) == law


def test_one_changed_word_makes_a_review_stale():
    law = book()
    reviews = {"us.a": law.edition_of("us.a")}
    changed = replace(law.authorities["us.a"], notes=(provision("sourced"),))
    later = replace(law, authorities=law.authorities | {"us.a": changed})

    assert list(stale(later, reviews)) == ["us.a"]
    assert unchecked(with_reviews(later, reviews), "us.a") != ()


def test_only_authorities_elements_offices_and_clocks_have_an_edition():
    assert edition(book(), "us.a") == book().edition_of("us.a")
    assert edition(book(), "us.a.one") is None


def test_all_law_data_can_be_compared_and_then_leave_nothing_unchecked():
    law = load()
    tables = (law.authorities, law.elements, law.offices, law.clocks)
    reviews = {id: law.edition_of(id) for table in tables for id in table}

    after = with_reviews(law, reviews)

    assert check().review != ()
    assert [id for id in reviews if unchecked(after, id)] == []
    assert list(stale(law, reviews)) == []
