"""Tests of the regimes side by side: each answer follows from the findings and the coverage."""

from collections.abc import Sequence
from datetime import date

import msgspec
import pytest

from gravamen.case import Case
from gravamen.claims import Allegation, Claim
from gravamen.findings import (
    Side,
    matrix_html,
    matrix_json,
    matrix_text,
    side_by_side,
    weigh,
)
from gravamen.law.authority import Authority, Coverage, Law, Prong, Term
from gravamen.law.waivers import in_force

from .building import (
    ABUSE,
    BEATING,
    CITE,
    GUARD,
    LEADER,
    ON,
    PASSPORT,
    SAID,
    STATE,
    STATUTE,
    UNIT,
    act,
    authority,
    case,
    claim,
    lawbook,
    prong,
    unchecked_elements,
)

HELD = act("a.held", {"p.guard": "alleged-perpetrator"}, act="detention", date="2019-05")
HELD_SAID = claim("c.held", "a.held", origin="ngo")
DENIED = claim("c.denied", "a.beating", stance="denies", speaker="p.guard")


def covering(law: Law, *cells: tuple[str, str], acts: Sequence[str] = ("detention",)) -> Law:
    row = msgspec.convert(
        {
            "id": "cov.x",
            "label": "an act",
            "acts": acts,
            "cells": [
                {"authority": id, "covers": covers, "why": f"{id} says {covers}.", **CITE}
                for id, covers in cells
            ],
        },
        Coverage,
    )
    return msgspec.structs.replace(law, coverage={**law.coverage, row.id: row})


def sides(
    record: Case, law: Law, *, on: date = ON, authorities: Sequence[str] | None = None
) -> dict[str, Side]:
    wanted = authorities if authorities is not None else list(law.authorities)
    under = [id for id in wanted if in_force(law.authority(id), on)]
    who = list(record.parties)[:1]
    found = weigh(record, law, on=on, authorities=under, parties=who)
    answers = side_by_side(record, law, found, on=on, parties=who, authorities=authorities)
    return {side.authority: side for side in answers}


def told(acts: Sequence[Allegation], claims: Sequence[Claim], *prongs: Prong) -> Side:
    law = lawbook(authority("eo", *prongs or (ABUSE,)))
    return sides(case([GUARD], acts, [PASSPORT, *claims]), law)["eo"]


def test_a_ground_that_is_supported_throughout_is_a_yes_with_its_acts_and_counts() -> None:
    side = told([BEATING], [SAID])
    assert (side.answer, side.prong, side.acts) == ("yes", "eo.abuse", ("a.beating",))
    assert (side.supported, side.contested, side.missing) == (3, 0, 0)
    assert side.why == "All 3 things that it requires are supported."
    assert (side.lacks, side.disputed, side.outside, side.ends) == ((), (), (), None)


def test_a_denied_act_is_contested_and_says_by_whom() -> None:
    side = told([BEATING], [SAID, DENIED])
    assert (side.answer, side.missing) == ("contested", 0)
    assert [w.element for w in side.disputed] == ["el.act", "el.link"]
    assert side.disputed[0].gap.startswith("Ivo Marr denies it; an independent source")


def test_what_is_missing_is_named_with_what_would_close_it() -> None:
    law = lawbook(authority("eo", ABUSE))
    side = sides(case([GUARD], [BEATING], [SAID]), law)["eo"]
    assert side.answer == "lacks"
    assert [w.element for w in side.lacks] == ["el.foreign"]
    assert "a passport entry" in side.lacks[0].gap
    assert side.why == "1 of the 3 things that it requires is missing: el.foreign."


def test_an_authority_for_others_answers_no_in_its_own_words() -> None:
    law = lawbook(authority("eo", ABUSE), authority("act", STATUTE, reaches=("individual",)))
    found = sides(case([UNIT], [], []), law)
    assert found["act"].answer == "no"
    assert found["act"].why == "5th Battalion is a unit, and the act Order reaches persons."
    assert found["act"].prong is None


def test_a_state_is_reached_by_no_sanction_on_persons() -> None:
    law = lawbook(authority("eo", ABUSE))
    assert sides(case([STATE], [], []), law)["eo"].answer == "no"


def test_grounds_that_are_all_for_others_are_a_no() -> None:
    narrow = prong("eo.official", "el.act", reaches=["official"])
    law = lawbook(authority("eo", narrow, reaches=("individual", "entity", "official")))
    side = sides(case([UNIT], [act("a.b", {"p.unit": "alleged-perpetrator"})], []), law)["eo"]
    assert (side.answer, side.prong) == ("no", None)
    assert side.why == "No ground of the eo Order reaches a party of this kind."


def test_an_act_that_is_not_covered_is_a_no_with_the_reason_of_the_matrix() -> None:
    law = covering(lawbook(authority("eo", ABUSE)), ("eo", "no"))
    side = sides(case([GUARD], [HELD], [PASSPORT, HELD_SAID]), law)["eo"]
    assert (side.answer, side.why) == ("no", "eo says no.")
    assert [o.allegation for o in side.outside] == ["a.held"]


@pytest.mark.parametrize("covers", ["yes", "conditional", "unsettled"])
def test_an_act_that_may_be_covered_lacks_its_element_and_is_no_no(covers: str) -> None:
    law = covering(lawbook(authority("eo", ABUSE)), ("eo", covers))
    side = sides(case([GUARD], [HELD], [PASSPORT, HELD_SAID]), law)["eo"]
    assert (side.answer, side.outside) == ("lacks", ())


def test_an_act_of_which_the_matrix_says_nothing_is_not_called_outside() -> None:
    assert told([HELD], [HELD_SAID]).answer == "lacks"


def test_one_of_two_rows_that_covers_an_act_keeps_it_inside() -> None:
    law = covering(lawbook(authority("eo", ABUSE)), ("eo", "no"))
    second = msgspec.structs.replace(law.coverage["cov.x"], id="cov.y")
    cells = (msgspec.structs.replace(second.cells[0], covers="conditional"),)
    row = msgspec.structs.replace(second, cells=cells)
    law = msgspec.structs.replace(law, coverage={**law.coverage, "cov.y": row})
    assert sides(case([GUARD], [HELD], [PASSPORT, HELD_SAID]), law)["eo"].answer == "lacks"


def test_an_act_outside_is_listed_beside_a_yes_for_another() -> None:
    law = covering(lawbook(authority("eo", ABUSE)), ("eo", "no"))
    record = case([GUARD], [HELD, BEATING], [PASSPORT, SAID, HELD_SAID])
    side = sides(record, law)["eo"]
    assert (side.answer, side.acts) == ("yes", ("a.beating",))
    assert [(o.allegation, o.why) for o in side.outside] == [("a.held", "eo says no.")]


def test_an_uncovered_act_that_nobody_claims_is_not_of_the_party() -> None:
    law = covering(lawbook(authority("eo", ABUSE)), ("eo", "no"))
    assert sides(case([GUARD], [HELD], [PASSPORT]), law)["eo"].outside == ()


def test_a_supplier_is_asked_about_by_the_row_of_support_and_not_by_that_of_the_act() -> None:
    law = covering(lawbook(authority("eo", ABUSE)), ("eo", "no"), acts=("support",))
    supplied = act("a.beating", {"p.guard": "supplier"})
    side = sides(case([GUARD], [supplied], [PASSPORT, SAID]), law)["eo"]
    assert (side.answer, side.why) == ("no", "eo says no.")
    assert told([BEATING], [SAID]).answer == "yes"


def test_a_covered_act_of_the_body_keeps_its_leader_inside() -> None:
    post = {"title": "commander", "body": "p.unit", "start": "2017", "end": ".."}
    chief = msgspec.convert({**msgspec.to_builtins(GUARD), "posts": [post]}, type(GUARD))
    beating = act("a.beating", {"p.unit": "alleged-perpetrator"})
    law = covering(lawbook(authority("eo", ABUSE, LEADER)), ("eo", "no"))
    record = case([chief, UNIT], [HELD, beating], [PASSPORT, SAID, HELD_SAID])
    assert sides(record, law)["eo"].answer == "lacks"


def statute(victims: Sequence[str], *more: Allegation) -> Side:
    beaten = act("a.beating", {"p.guard": "alleged-perpetrator"}, victims=list(victims))
    said = [claim(f"c.{a.id}", a.id, origin="ngo") for a in more]
    record = case([GUARD], [beaten, *more], [PASSPORT, SAID, *said])
    return sides(record, lawbook(authority("act", STATUTE)))["act"]


def test_victims_who_are_others_than_the_law_asks_for_are_a_no_that_keeps_the_remedy() -> None:
    side = statute(["captive"])
    assert side.answer == "no"
    assert side.why == (
        "The victims of the torture alleged (4 February 2018) are recorded as captive and no more, "
        "and the act Order asks who the victim was (el.victim)."
    )
    assert [w.element for w in side.lacks] == ["el.victim"]


def test_victims_of_whom_nothing_is_recorded_are_a_gap_and_no_no() -> None:
    assert statute([]).answer == "lacks"


def test_a_victim_as_asked_in_another_act_is_a_gap_and_no_no() -> None:
    other = act("a.other", {"p.guard": "supplier"}, victims=["journalist"], date="2020")
    assert statute(["captive"], other).answer == "lacks"


def test_a_contested_act_that_lacks_nothing_comes_before_an_undenied_one_that_does() -> None:
    """In whatever order they were recorded, and on one act each time."""
    captive = act("a.captive", {"p.guard": "alleged-perpetrator"}, victims=["captive"])
    writer = act(
        "a.writer", {"p.guard": "alleged-perpetrator"}, victims=["journalist"], date="2020"
    )
    said = [
        claim("c.1", "a.captive"),
        claim("c.2", "a.writer"),
        claim("c.no", "a.writer", stance="denies", speaker="p.guard"),
    ]
    law = lawbook(authority("act", STATUTE))
    for order in ([captive, writer], [writer, captive]):
        side = sides(case([GUARD], order, [PASSPORT, *said]), law)["act"]
        assert (side.answer, side.acts) == ("contested", ("a.writer",))


def test_of_elements_of_which_one_is_enough_the_unmet_ones_do_not_choose_the_act() -> None:
    either = prong(
        "eo.either", "el.foreign", "el.act", any_of=["el.victim", "el.claims", "el.pattern"]
    )
    writer = act(
        "a.writer", {"p.guard": "alleged-perpetrator"}, victims=["journalist"], date="2020"
    )
    side = told([BEATING, writer], [SAID, claim("c.2", "a.writer")], either)
    assert (side.answer, side.acts) == ("yes", ("a.writer",))


def test_proofs_of_two_acts_do_not_make_a_yes() -> None:
    held = act("a.held", {"p.guard": "alleged-perpetrator"}, victims=["journalist"], act="threat")
    assert statute(["captive"], held).answer != "yes"


def test_a_ground_of_which_nothing_is_on_record_does_not_keep_a_no_open() -> None:
    agent = prong("eo.agent", "el.foreign", "el.claims")
    law = covering(lawbook(authority("eo", ABUSE, agent)), ("eo", "no"))
    assert sides(case([GUARD], [HELD], [PASSPORT, HELD_SAID]), law)["eo"].answer == "no"


def test_a_ground_that_does_not_ask_about_acts_is_not_shut_by_the_matrix() -> None:
    owned = prong("eo.owned", "el.foreign", "el.claims")
    law = covering(lawbook(authority("eo", owned)), ("eo", "no"))
    deed = claim("c.deed", "p.guard", serves=["el.claims"])
    record = case([GUARD], [HELD], [PASSPORT, HELD_SAID, deed])
    assert sides(record, law)["eo"].answer == "yes"
    bare = case([GUARD], [HELD], [HELD_SAID, deed])
    assert sides(bare, law)["eo"].answer == "lacks"


def test_a_regime_not_yet_or_no_more_in_force_answers_no_and_says_since_or_until_when() -> None:
    late = authority("late", ABUSE, effective_from=date(2024, 3, 2))
    gone = authority("gone", ABUSE, effective_to=date(2024, 2, 29))
    found = sides(case(), lawbook(late, gone))
    assert [s.answer for s in found.values()] == ["no", "no"]
    assert found["late"].why == (
        "The late Order was not in force on 1 March 2024; it took effect on 2 March 2024."
    )
    assert found["gone"].why == (
        "The gone Order was not in force on 1 March 2024; it ended on 29 February 2024."
    )


def ending(until: str) -> Authority:
    term = msgspec.convert({"what": "the rules", "until": until, **CITE}, Term)
    return authority("eo", ABUSE, term=term)


def test_a_term_that_runs_out_soon_is_said_and_one_far_off_is_not() -> None:
    soon = sides(case(), lawbook(ending("2024-08-28")))["eo"]
    assert soon.ends == (
        "the eo Order, on 1 March 2024: the rules run to 28 August 2024; 180 days are left, and a "
        "renewal was not found (Test Code § 1)."
    )
    assert not soon.needs_review
    assert sides(case(), lawbook(ending("2024-08-29")))["eo"].ends is None
    last = sides(case(), lawbook(ending("2024-03-01")))["eo"]
    assert "this is the last day" in (last.ends or "")
    assert not last.needs_review


def test_after_its_term_a_regime_is_still_answered_for_and_says_that_no_renewal_was_found() -> None:
    over = sides(case(), lawbook(ending("2024-02-29")))["eo"]
    assert over.answer == "yes"
    assert over.needs_review
    assert "ran to 29 February 2024; a renewal was not found" in (over.ends or "")


def test_the_matrix_says_the_end_of_a_law_where_it_is_told_the_day() -> None:
    law = lawbook(ending("2024-02-29"))
    weighed = weigh(case(), law, on=ON)
    told = "ran to 29 February 2024; a renewal was not found"
    assert told in " ".join(matrix_text(case(), law, weighed, on=ON).split())
    assert told in matrix_html(case(), law, weighed, on=ON)
    assert [told in end for end in matrix_json(case(), law, weighed, on=ON)["endings"]] == [True]
    assert told not in matrix_text(case(), law, weighed)
    assert matrix_json(case(), law, weighed)["endings"] == []


def test_an_act_of_the_body_keeps_no_ground_open_that_asks_about_ones_own() -> None:
    post = {"title": "commander", "body": "p.unit", "start": "2017", "end": ".."}
    chief = msgspec.convert({**msgspec.to_builtins(GUARD), "posts": [post]}, type(GUARD))
    beating = act("a.beating", {"p.unit": "alleged-perpetrator"})
    law = covering(lawbook(authority("eo", ABUSE)), ("eo", "no"))
    record = case([chief, UNIT], [HELD, beating], [PASSPORT, SAID, HELD_SAID])
    assert sides(record, law)["eo"].answer == "no"


def test_persons_get_the_regimes_on_persons_and_units_the_bars_on_units_too() -> None:
    leahy = authority(
        "leahy", prong("leahy.u", "el.unit", "el.act"), kind="unit-assistance", reaches=("unit",)
    )
    country = authority("c", prong("c.p", "el.pattern"), kind="country-assistance")
    visa = authority("visa", ABUSE, kind="visa")
    law = lawbook(country, leahy, visa, authority("eo", ABUSE))
    beating = act("a.beating", {"p.guard": "alleged-perpetrator", "p.unit": "alleged-perpetrator"})
    record = case([GUARD, UNIT], [beating], [PASSPORT, SAID])
    found = weigh(record, law, on=ON)
    answers = side_by_side(record, law, found, on=ON, parties=["p.guard", "p.unit"])
    assert [(s.party, s.authority) for s in answers] == [
        ("p.guard", "eo"), ("p.guard", "visa"),
        ("p.unit", "eo"), ("p.unit", "visa"), ("p.unit", "leahy"),
    ]  # fmt: skip
    assert answers[-1].answer == "yes"


def test_unchecked_law_and_unreviewed_proposals_are_said() -> None:
    law = lawbook(authority("eo", ABUSE, mark="memory"))
    side = sides(case(proposed_by={"c.said": "machine:reader"}), law)["eo"]
    assert (side.needs_review, side.unreviewed) == (True, True)
    plain = told([BEATING], [SAID])
    assert (plain.needs_review, plain.unreviewed) == (False, False)


def test_only_the_authorities_asked_for_are_answered_for() -> None:
    law = lawbook(authority("eo", ABUSE), authority("act", STATUTE))
    assert list(sides(case(), law, authorities=["act"])) == ["act"]


def test_of_grounds_of_which_nothing_is_on_record_one_that_is_shut_answers() -> None:
    bare = prong("eo.bare", "el.claims")
    act_only = prong("eo.act", "el.act")
    law = covering(lawbook(authority("eo", bare, act_only)), ("eo", "no"))
    side = sides(case([GUARD], [HELD], [PASSPORT, HELD_SAID]), law)["eo"]
    assert (side.answer, side.prong, side.why) == ("no", "eo.act", "eo says no.")


def test_who_the_victims_of_the_body_were_does_not_open_a_ground_that_asks_about_ones_own() -> None:
    post = {"title": "commander", "body": "p.unit", "start": "2017", "end": ".."}
    chief = msgspec.convert({**msgspec.to_builtins(GUARD), "posts": [post]}, type(GUARD))
    own = act("a.beating", {"p.guard": "alleged-perpetrator"}, victims=["captive"])
    theirs = act("a.theirs", {"p.unit": "alleged-perpetrator"}, victims=["journalist"])
    record = case([chief, UNIT], [own, theirs], [PASSPORT, SAID, claim("c.theirs", "a.theirs")])
    assert sides(record, lawbook(authority("act", STATUTE)))["act"].answer == "no"


def test_an_answer_that_leans_on_an_unchecked_element_alone_says_so() -> None:
    law = unchecked_elements(lawbook(authority("eo", ABUSE)))
    assert sides(case(), law)["eo"].needs_review
