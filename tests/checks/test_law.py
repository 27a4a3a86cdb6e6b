"""Tests of checks/law.py: named, known, in force, checked, current, fitting; clocks and bars."""

import datetime

import msgspec
import pytest

from gravamen.case import Copy, Requester
from gravamen.findings.finding import Finding

from .building import (
    BOARD,
    Role,
    act,
    case,
    claim,
    dossier,
    drawn,
    law,
    letter,
    raised,
    request,
    sentence,
    tarn_law,
)


def test_a_request_without_a_law_is_told_which_could_carry_it() -> None:
    (flag,) = raised("authority-not-named", case(requests=(request(target="p.zand"),)))
    assert flag.blocks
    assert "Executive Order 13818" in flag.hint
    assert "Section 5" not in flag.hint


@pytest.mark.parametrize(
    "fields",
    [
        {"authority": "us.eo13818"},
        {"authority_words": "the Lex Ignota"},
        {"measure": "recognition"},
    ],
)
def test_a_law_that_is_named_or_not_needed_is_not_asked_for(fields: dict[str, str]) -> None:
    assert raised("authority-not-named", case(requests=(request(**fields),))) == []


def test_a_law_that_nobody_knows_is_kept_as_written() -> None:
    (flag,) = raised("authority-unknown", case(requests=(request(authority_words="Lex Ignota"),)))
    assert flag.message.startswith("“Lex Ignota” is not in the law data")
    both = request(authority="us.eo13818", authority_words="Executive Order 13818; Lex Ignota")
    assert len(raised("authority-unknown", case(requests=(both,)))) == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"authority": "us.eo13818"},
        {"authority": "us.eo13818", "authority_words": "the Order"},
        {"authority_words": "Executive Order 13818"},
        {"authority_words": "Section 502B and Section 620I of the Foreign Assistance Act of 1961"},
    ],
)
def test_a_law_that_is_known_is_not_unknown(fields: dict[str, str]) -> None:
    assert raised("authority-unknown", case(requests=(request(**fields),))) == []


def test_an_authority_id_that_the_law_data_lack_is_unknown() -> None:
    (flag,) = raised("authority-unknown", case(requests=(request(authority="xx.none"),)))
    assert "xx.none" in flag.message


def test_a_law_not_yet_in_force_is_seen() -> None:
    asked = case(requests=(request(authority="us.eo13818"),))
    (flag,) = raised("authority-not-in-force", asked, on=datetime.date(2010, 1, 1))
    assert "is not in force on 1 January 2010: it begins on" in flag.message
    assert raised("authority-not-in-force", asked) == []


def test_unchecked_law_marks_the_draft() -> None:
    asked = case(requests=(request(authority="xt.persons"),))
    (flag,) = raised("authority-needs-review", asked, book=tarn_law(mark="memory"))
    assert (flag.severity, flag.where) == ("draft", "r1")
    assert "rests on unchecked text (memory)" in flag.message
    assert raised("authority-needs-review", asked, book=tarn_law()) == []
    assert raised("authority-needs-review", asked, book=tarn_law(mark="checked")) == []


def test_a_law_of_another_land_is_not_pressed_upon_the_body() -> None:
    asked = case(requests=(request(target="p.zand"),))
    (flag,) = raised("authority-not-named", asked)
    assert "Executive Order 13818" in flag.hint
    assert "UK" not in flag.hint
    british = msgspec.structs.replace(
        asked, requester=msgspec.structs.replace(BOARD, country="GB", kind="uk-council")
    )
    (flag,) = raised("authority-not-named", british)
    assert "UK" in flag.hint
    assert "Executive Order 13818" not in flag.hint


def test_what_a_dossier_lacks_under_its_law_is_told() -> None:
    book = tarn_law()
    beaten = case(
        sources={"s.report": "Guards beat detainees."},
        allegations=(act(roles=(Role(kind="commander", party="p.zand"),)),),
        claims=(claim("c1", "a1", "Guards beat detainees.", "Guards beat detainees."),),
    )
    (flag,) = drawn("element-unsupported", beaten, dossier(sentence("x")), book=book)
    assert flag.message == (
        "Nothing in the record supports, for Orvel Zand under Persons Act: Did the person do it?"
    )
    assert flag.severity == "warning"
    assert flag.where.startswith("dossier-zand-xt, xt.persons.a")
    did = act(roles=(Role(kind="alleged-perpetrator", party="p.zand"),))
    whole = msgspec.structs.replace(beaten, allegations={"a1": did})
    assert drawn("element-unsupported", whole, dossier(sentence("x")), book=book) == []
    asked = request(authority="xt.persons", target="p.zand")
    told = msgspec.structs.replace(beaten, requests={"r1": asked})
    assert drawn("element-unsupported", told, dossier(sentence("x")), book=book) == []


def test_sentences_that_lean_on_unchecked_law_are_counted() -> None:
    leaning = letter(
        sentence("We ask you to act.", "request", authority="us.state_sponsor", needs_review=True),
        sentence("We thank you.", "form", id="s2"),
    )
    (flag,) = drawn("authority-needs-review", case(), leaning)
    assert flag.where == "s1 of letter"
    assert flag.instrument == "letter"


def test_last_years_act_is_stale() -> None:
    words = "Section 7031(c) of the Appropriations Act, 2020, bars them from entry."
    (flag,) = raised("citation-year-stale", case(motion=words))
    assert flag.message.startswith(
        "Section 7031(c) is cited by the act of 2020; in force on 5 March"
    )
    fresh = case(motion="Section 7031(c) of the Appropriations Act, 2023, bars them from entry.")
    assert raised("citation-year-stale", fresh) == []


def test_a_year_beside_a_lasting_law_is_not_stale() -> None:
    words = "Executive Order 13818, and the Appropriations Act, 2020, are two things."
    assert raised("citation-year-stale", case(motion=words)) == []


def test_a_waiver_that_was_granted_is_said() -> None:
    asked = case(requests=(request(measure="suspend-assistance", target="p.tarn"),))
    (flag,) = raised("already-barred-or-waived-on-date", asked)
    assert "waived" in flag.message
    (flag,) = raised("already-barred-or-waived-on-date", asked, on=datetime.date(2023, 1, 1))
    assert "barred" in flag.message


def test_a_bar_on_another_state_is_not_said() -> None:
    elsewhere = request(measure="suspend-assistance", target_words="Veldia")
    assert raised("already-barred-or-waived-on-date", case(requests=(elsewhere,))) == []
    sanctions = request(target="p.tarn")
    assert raised("already-barred-or-waived-on-date", case(requests=(sanctions,))) == []


def test_a_board_starts_no_clock_and_is_told_who_could() -> None:
    (flag,) = raised("no-clock-started", case(requests=(request(authority="us.glomag.act"),)))
    assert flag.severity == "note"
    assert "Chairperson and ranking member, jointly, of the Senate Committee" in flag.message
    assert "under 22 U.S.C. 10102(d), (j)" in flag.message
    assert "120 days" in flag.message


def test_a_copy_to_those_who_can_start_the_clock_answers_it() -> None:
    copied = msgspec.structs.replace(
        BOARD, copies=(Copy(office="us.senate.foreign_relations", why="can start it"),)
    )
    asked = case(requests=(request(authority="us.glomag.act"),), requester=copied)
    assert raised("no-clock-started", asked) == []


def test_the_committee_itself_is_not_told_that_it_starts_no_clock() -> None:
    committee = Requester(name="Senate Committee on Foreign Relations", kind="unknown")
    asked = request(measure="suspend-assistance", authority="us.faa.502B", target="p.tarn")
    assert raised("no-clock-started", case(requests=(asked,), requester=committee)) == []
    assert len(raised("no-clock-started", case(requests=(asked,)))) == 1


def test_a_law_without_a_clock_is_said_to_have_none() -> None:
    (flag,) = raised("no-clock-started", case(requests=(request(authority="us.leahy.state"),)))
    assert "know none that anybody could start" in flag.message


@pytest.mark.parametrize(
    "words",
    [
        "The Secretary of State must answer within 45 days.",
        "Under the Global Magnitsky Act the President shall report within 120 days.",
        "An answer is due by 1 May 2024.",
        "The President shall report within 120 days of this letter.",
        "By law, your office has until sixty days after receipt.",
        "Under the Global Magnitsky Act the President must answer this letter within 15 days.",
    ],
)
def test_a_deadline_that_no_law_sets_is_stopped(words: str) -> None:
    (flag,) = raised("clock-claimed-not-in-law", case(motion=words))
    assert flag.blocks


@pytest.mark.parametrize(
    "words",
    [
        "We ask for an answer within 60 days.",
        "Instruct County Counsel to report back in 60 days on any reply.",
        "The President must act within 120 days of a request by a chair and ranking member.",
        "The Global Magnitsky Act says that the President shall report 15 days before it ends.",
        "The conflict lasted 44 days, and the President must know it.",
    ],
)
def test_a_wish_or_a_true_deadline_is_let_be(words: str) -> None:
    assert raised("clock-claimed-not-in-law", case(motion=words)) == []


def test_a_deadline_claimed_in_a_letter_is_stopped_too() -> None:
    sent = letter(sentence("You must reply within 21 days.", "request"))
    assert [f.where for f in drawn("clock-claimed-not-in-law", case(), sent)] == ["s1 of letter"]


def test_a_law_about_defenders_is_not_asked_for_captives() -> None:
    report = "Guards beat detainees."
    told = claim("c1", "a1", report, "Guards beat detainees.")
    asked = request(authority="us.glomag.act", target="p.zand")
    captives = act(victims=("captive",))
    (flag,) = raised(
        "wrong-prong-for-victims",
        case(
            sources={"s.report": report}, allegations=(captives,), claims=(told,), requests=(asked,)
        ),
    )
    assert "22 U.S.C. 10102(a)(1)" in flag.message
    assert flag.hint.startswith("Ask under Executive Order 13818")
    journalists = act(victims=("journalist",))
    assert (
        raised("wrong-prong-for-victims", case(allegations=(journalists,), requests=(asked,))) == []
    )
    order = request(authority="us.eo13818", target="p.zand")
    assert raised("wrong-prong-for-victims", case(allegations=(captives,), requests=(order,))) == []


def test_a_claim_that_serves_the_limb_answers_it() -> None:
    report = "He was beaten for what he had printed."
    told = claim("c1", "a1", report, report, serves=("el.victim_seeks",))
    asked = request(authority="us.glomag.act", target="p.zand")
    kept = case(
        sources={"s.report": report}, allegations=(act(),), claims=(told,), requests=(asked,)
    )
    assert raised("wrong-prong-for-victims", kept) == []


def _finding(state: str, prong: str = "us.eo13818.shra", element: str = "el.shra_act") -> Finding:
    return Finding(
        party="p.zand",
        authority="us.eo13818",
        prong=prong,
        element=element,
        state=state,  # type: ignore[arg-type]  # one of the three
        gap="No act; a report would close this." if state == "missing" else None,
    )


def test_an_element_without_support_is_named_with_its_gap() -> None:
    asked = case(requests=(request(authority="us.eo13818", target="p.zand"),))
    (flag,) = raised("element-unsupported", asked, findings=(_finding("missing"),))
    assert flag.hint == "No act; a report would close this."
    assert law().elements["el.shra_act"].test in flag.message
    assert raised("element-unsupported", asked, findings=(_finding("supported"),)) == []


def test_only_the_prong_nearest_to_whole_is_asked_about() -> None:
    asked = case(requests=(request(authority="us.eo13818", target="p.zand"),))
    whole = _finding("supported", "us.eo13818.leader_entity", "el.foreign_person")
    assert raised("element-unsupported", asked, findings=(_finding("missing"), whole)) == []


def test_a_ground_with_alternatives_lacks_nothing_where_one_of_them_is_met() -> None:
    prong = next(p for p in law().authority("us.glomag.act").prongs if p.any_of)
    asked = case(requests=(request(authority="us.glomag.act", prong=prong.id, target="p.zand"),))
    met = [_finding("supported", prong.id, e) for e in (*prong.all_of, prong.any_of[0])]
    left = [_finding("missing", prong.id, e) for e in prong.any_of[1:]]
    under = [msgspec.structs.replace(f, authority="us.glomag.act") for f in (*met, *left)]
    assert raised("element-unsupported", asked, findings=tuple(under)) == []
    none = [
        f
        if f in under[: len(prong.all_of)]
        else msgspec.structs.replace(
            f, state="missing", gap="Not shown; a report would close this."
        )
        for f in under
    ]
    assert len(raised("element-unsupported", asked, findings=tuple(none))) == 1


def test_a_request_for_corruption_is_not_asked_who_its_victims_were() -> None:
    bribes = act(act="corruption")
    prong = next(p for p in law().authority("us.glomag.act").prongs if p.corruption)
    asked = case(
        allegations=(bribes,), requests=(request(authority="us.glomag.act", target="p.zand"),)
    )
    whole = tuple(
        msgspec.structs.replace(_finding("supported", prong.id, e), authority="us.glomag.act")
        for e in (*prong.all_of, *prong.any_of)
    )
    assert raised("wrong-prong-for-victims", asked, findings=whole) == []
    assert raised("wrong-prong-for-victims", asked) != []


def test_the_victims_are_those_of_the_acts_that_the_request_itself_speaks_of() -> None:
    motion = (
        "We ask for Global Magnitsky sanctions for the beating of prisoners of war. An elected "
        "mayor was jailed elsewhere."
    )
    captives = act("a1", "prisoners of war were beaten", victims=("captive",))
    mayor = act("a2", "an elected mayor was jailed", victims=("elected-official",))
    told = (
        claim("c1", "a1", motion, "the beating of prisoners of war", at="s.motion"),
        claim("c2", "a2", motion, "An elected mayor was jailed elsewhere", at="s.motion"),
    )
    asked = request(
        "r1", motion=motion, quote="Global Magnitsky sanctions", authority="us.glomag.act"
    )
    kept = case(motion=motion, allegations=(captives, mayor), claims=told, requests=(asked,))
    assert len(raised("wrong-prong-for-victims", kept)) == 1


def test_no_clock_of_the_united_states_is_held_out_to_who_asks_another_state() -> None:
    abroad = request(measure="sanctions", addressee_words=("the Minister of Fish",))
    council = Requester(name="Linden Borough Council", kind="unknown")
    assert raised("no-clock-started", case(requests=(abroad,), requester=council)) == []
    here = request(measure="sanctions", addressees=("us.president",))
    assert raised("no-clock-started", case(requests=(here,), requester=council)) != []


def test_a_dossier_that_is_whole_under_one_law_lacks_nothing_under_another() -> None:
    book = tarn_law()
    persons = book.authorities["xt.persons"]
    lacking = msgspec.structs.replace(
        persons.prongs[0], id="xt.visa.a", all_of=("el.xt.act", "el.agent")
    )
    visa = msgspec.structs.replace(persons, id="xt.visa", kind="visa", prongs=(lacking,))
    both = msgspec.structs.replace(book, authorities={**book.authorities, "xt.visa": visa})
    words = "Guards beat detainees."
    kept = case(
        sources={"s.report": words},
        allegations=(act(roles=(Role(kind="alleged-perpetrator", party="p.zand"),)),),
        claims=(claim("c1", "a1", words, words),),
        requests=(request(authority="xt.persons", target="p.zand"),),
    )
    sent = dossier(sentence("x", authority="xt.visa"))
    assert drawn("element-unsupported", kept, sent, book=both) == []
    only = dossier(sentence("x", authority="xt.visa"), asks=False)
    flags = drawn("element-unsupported", kept, only, book=both)
    assert [f.where.split(", ")[2] for f in flags] == ["el.agent"]
