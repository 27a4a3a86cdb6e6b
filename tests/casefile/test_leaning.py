"""What a case leans on in the law is told value by value, with who compared it."""

from datetime import date
from pathlib import Path

import msgspec

from gravamen import law
from gravamen.case import Case, Judgement
from gravamen.casefile import import_case
from gravamen.casefile.leaning import leaning
from gravamen.law.review import unchecked, with_reviews
from gravamen.submission import LawReview

CASE = Path(__file__).parents[2] / "cases" / "alder-county" / "case.yaml"
ON = date(2024, 3, 5)
BOOK = law.load()
replace = msgspec.structs.replace


def review(of: str, edition: str | None = None) -> LawReview:
    return LawReview(
        of=of, by="Ada", on="2024-03-04", against="x", edition=edition or BOOK.edition_of(of)
    )


def case(tmp_path: Path) -> Case:
    return import_case(CASE, tmp_path / "case", actor="person:Ada").case()


def test_the_laws_elements_and_offices_of_requests_and_grounds_are_leaned_on(tmp_path: Path):
    found = {one.id: one for one in leaning(case(tmp_path), BOOK, on=ON)}

    assert {"us.eo13818", "us.leahy.state", "el.shra_act", "us.treasury.secretary"} < found.keys()
    assert {"us.leahy.dod", "us.defense.secretary", "clk.leahy.dod15"} < found.keys()
    assert "us.fsa.907" not in found
    assert found["us.eo13818"].edition == BOOK.edition_of("us.eo13818")
    assert found["us.eo13818"].unchecked == unchecked(BOOK, "us.eo13818")
    assert found["us.eo13818"].open
    assert {one.id.split(".")[0] for one in found.values()} <= {"us", "el", "clk"}


def test_a_value_that_was_compared_is_open_no_more(tmp_path: Path):
    state = replace(case(tmp_path), law_reviews={"us.eo13818": review("us.eo13818")})

    found = {one.id: one for one in leaning(state, BOOK, on=ON)}

    assert (found["us.eo13818"].open, found["us.eo13818"].review) == (False, review("us.eo13818"))
    assert found["el.shra_act"].open
    assert not with_reviews(BOOK, state.editions_reviewed()).authorities["us.eo13818"].needs_review


def test_a_stale_or_rejected_review_leaves_a_value_open(tmp_path: Path):
    state = replace(case(tmp_path), law_reviews={"us.eo13818": review("us.eo13818", "0" * 16)})
    old = {one.id: one for one in leaning(state, BOOK, on=ON)}["us.eo13818"]
    assert (old.stale, old.open) == (True, True)

    rejected = replace(
        state,
        law_reviews={"us.eo13818": review("us.eo13818")},
        judgements=(Judgement(target="us.eo13818", verdict="rejected"),),
    )
    left = {one.id: one for one in leaning(rejected, BOOK, on=ON)}["us.eo13818"]
    assert (left.stale, left.open, left.review) == (False, True, None)


def test_under_a_regime_only_its_laws_and_offices_are_leaned_on(tmp_path: Path):
    state = case(tmp_path)

    none = leaning(state, BOOK, on=ON, regime="atlantis")
    own = leaning(state, BOOK, on=ON, regime="us")

    assert none == ()
    assert {one.id for one in own} >= {"us.eo13818", "us.treasury.secretary"}
    countries = {a.jurisdiction for one in own if (a := BOOK.authorities.get(one.id))}
    assert countries == {"us"}
