"""Tests of checks/adoption.py: notice, the agenda's words, amendments, the roll call."""

import datetime

import msgspec
import pytest
from adoption.building import (
    FOUR_FIFTHS,
    MEMBERS,
    board,
    moved,
    posted,
    seconded,
    vote,
)

from gravamen.case import Case
from gravamen.checks import Flag, check_instruments
from gravamen.proceedings import AdoptionStep, Amended, Ballot, Change, Minuted, SetAside, Voted
from gravamen.sentences import Instrument

from .building import case, drawn, law, letter, raised, request, sentence

DAY = datetime.date(2026, 5, 14)


def of(*steps: AdoptionStep, requests=(), **requester: object) -> Case:
    made = case(requests=requests, requester=board(**requester))
    return msgspec.structs.replace(made, steps={s.id: s for s in steps})


def flags(id: str, *steps: AdoptionStep, requests=(), **requester: object) -> list[Flag]:
    return raised(id, of(*steps, requests=requests, **requester), on=DAY)


def motion(*texts: str) -> Instrument:
    said = (sentence(t, "request", id=f"s{n}") for n, t in enumerate(texts, 1))
    return letter(*said, kind="motion", id="motion")


def test_an_item_posted_71_hours_before_is_short_and_72_are_enough() -> None:
    [flag] = flags("agenda-notice-short", posted("2026-05-09T11:00-07:00"))
    assert flag.blocks and flag.where == "p1"
    assert flag.message.startswith("Posted 71 hours before") and "asks for 72 hours" in flag.message
    assert flags("agenda-notice-short", posted("2026-05-09T10:00-07:00")) == []


def test_where_no_rule_is_on_file_no_notice_is_short() -> None:
    late = posted("2026-05-12T09:00-07:00")
    assert flags("agenda-notice-short", late, subdivision="US-OR") == []


def test_a_notice_by_a_rule_that_nobody_checked_warns() -> None:
    [flag] = flags("agenda-notice-short", posted(), kind="uk-council", subdivision="GB-ENG")
    assert flag.severity == "warning"


def test_a_notice_without_its_time_is_asked_for() -> None:
    [flag] = flags("agenda-notice-short", posted("2026-05-09"))
    assert flag.severity == "warning" and "its time and offset" in flag.hint


def test_a_posting_without_evidence_is_named() -> None:
    [flag] = flags("posting-unproven", posted(evidence=(), url=None))
    assert "lacks a source that shows its time and place and its address on the web" in flag.message
    assert flags("posting-unproven", posted()) == []


def test_a_vote_without_a_posting_is_named_where_a_rule_asks_for_one() -> None:
    [flag] = flags("posting-unproven", vote())
    assert "no posting is on record" in flag.message
    assert flags("posting-unproven", vote(), subdivision="US-OR") == []


def test_a_description_that_does_not_mention_what_is_asked_is_named() -> None:
    wanted = (request("r1"), request("r2", measure="suspend-assistance", target="p.tarn"))
    step = posted(description="Ask for sanctions on officers")
    [flag] = flags("agenda-description-misleading", step, requests=wanted)
    assert "suspend assistance (Tarn), r2" in flag.message and "r1" not in flag.message
    full = posted(description="Ask for sanctions, and that aid to Tarn stop")
    assert flags("agenda-description-misleading", full, requests=wanted) == []


def test_a_description_that_is_too_long_is_counted() -> None:
    twenty = " ".join(["word"] * 20)
    assert flags("agenda-description-misleading", posted(description=twenty)) == []
    [flag] = flags("agenda-description-misleading", posted(description=f"{twenty} more"))
    assert "21 words" in flag.message and "about 20 at most" in flag.message


BEFORE = "That the Board asks the Secretary of State to sanction the officers."


def amended(now: str, **fields: object) -> Amended:
    return Amended(
        id="a1", at="2026-05-12T10:25-07:00", by="Supervisor Elm", accepted=True,
        changes=(Change(now=now, after="s1", follows=BEFORE),), **fields,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("now", "named"),
    [
        ("That it asks for an end of all assistance to Tarn.", "suspend assistance"),
        ("That it asks the same for officers of France.", "France"),
        ("That it asks the Secretary of the Treasury, too.", "the Secretary of the Treasury"),
        ("That it asks for an arms embargo.", "arms embargo"),
    ],
)
def test_an_amendment_beyond_what_was_posted_blocks(now: str, named: str) -> None:
    made = of(posted(), amended(now))
    [flag] = drawn("outside-posted-item", made, motion(BEFORE, now), on=DAY)
    assert flag.blocks and named in flag.message and flag.instrument == "motion"


def test_an_amendment_within_what_was_posted_passes() -> None:
    now = "That the Board asks the Secretary of State to answer in writing on the sanctions."
    made = of(posted(), amended(now))
    assert drawn("outside-posted-item", made, motion(BEFORE, now), on=DAY) == []
    beyond = "That it asks the same for officers of France."
    told = posted(description="Sanctions on officers of Tarn and France")
    assert drawn("outside-posted-item", of(told, amended(beyond)), motion(BEFORE, beyond),
                 on=DAY) == []  # fmt: skip
    assert drawn("outside-posted-item", of(amended(beyond)), motion(BEFORE, beyond), on=DAY) == []


def test_an_amendment_whose_words_are_gone_blocks() -> None:
    [flag] = drawn("amendment-lost", of(amended("That it waits.")), motion("Other."), on=DAY)
    assert flag.blocks and "1 of the changes of a1 cannot be made" in flag.message
    assert drawn("amendment-lost", of(amended("That it waits.")), motion(BEFORE, "That it waits."),
                 on=DAY) == []  # fmt: skip


def test_a_motion_recorded_without_a_roll_call_blocks() -> None:
    minuted = Minuted(id="r1", at="2026-05-13", number="R-7")
    [flag] = flags("vote-not-recorded", minuted)
    assert flag.blocks and "R-7, 2026-05-13" in flag.message
    assert flags("vote-not-recorded", minuted, vote()) == []


@pytest.mark.parametrize(
    ("words", "raised_"),
    [
        ("The Board adopted this motion on 12 May.", 1),
        ("This letter was approved by vote of the Council.", 1),
        ("The Board has not adopted it.", 0),
        ("To be adopted by the Board.", 0),
        ("Members of the Board met.", 0),
    ],
)
def test_a_text_that_says_adopted_needs_a_roll_call(words: str, raised_: int) -> None:
    said = letter(sentence(words, "form"))
    assert len(drawn("vote-not-recorded", of(), said, on=DAY)) == raised_
    assert drawn("vote-not-recorded", of(vote()), said, on=DAY) == []


def test_a_vote_without_a_quorum_blocks() -> None:
    [flag] = flags("quorum-not-met", vote("aaxxx"))
    assert flag.blocks and flag.message.startswith("2 of 5 took part in the vote v1; needed 3")
    assert "us-county-board: Cal. Gov. Code 25005" in flag.message
    assert flags("quorum-not-met", vote("aaaxx")) == []
    assert flags("majority-not-met", vote("aaxxx")) == []


def test_a_vote_of_a_body_whose_seats_nobody_knows_blocks() -> None:
    [flag] = flags("quorum-not-met", vote(), members=())
    assert flag.blocks and "cannot be said" in flag.message and "--seats" in flag.hint


def test_three_ayes_of_five_do_not_meet_four_fifths() -> None:
    [flag] = flags("majority-not-met", vote("aaann"), majority=FOUR_FIFTHS)
    assert flag.blocks
    assert flag.message == (
        "3 of 5 voted aye in v1; needed 4 (at least four fifths of all seats; us-county-board: "
        "Board rule 9)."
    )
    assert flags("majority-not-met", vote("aaaan"), majority=FOUR_FIFTHS) == []


def test_what_was_set_aside_does_not_go_out() -> None:
    aside = SetAside(id="t1", at="2026-05-12", how="referred", to="the rules committee")
    [flag] = flags("motion-set-aside", aside)
    assert flag.message == "The motion was referred to the rules committee on 2026-05-12."
    assert flags("motion-set-aside", vote()) == []


def test_strangers_doubles_and_the_unrecorded_are_named() -> None:
    gone = (*MEMBERS[:4], msgspec.structs.replace(MEMBERS[4], end="2026-05-01"))
    [stranger] = flags("member-unknown", vote(), members=gone)
    assert "Supervisor Elm voted in v1 and is no member" in stranger.message
    [silent] = flags("member-unknown", vote("aaaa."))
    assert "says nothing of Supervisor Elm" in silent.message
    twice = Voted(
        id="v1", at="2026-05-12", ballots=(*vote().ballots, Ballot(member="ash", option="no"))
    )
    assert "Supervisor Ash stands twice" in flags("member-unknown", twice)[0].message
    [mover] = flags("member-unknown", moved(by="Mr Nobody"))
    assert mover.message.startswith("Mr Nobody moved")
    assert flags("member-unknown", moved(), seconded(), vote()) == []


def test_a_missing_mover_is_said_once_a_vote_was_taken() -> None:
    assert any("No mover" in f.message for f in flags("steps-missing", vote()))
    assert flags("steps-missing", moved(), seconded(), vote()) == []
    assert flags("steps-missing") == []


def test_a_case_without_steps_is_asked_nothing() -> None:
    ids = (
        "agenda-notice-short", "posting-unproven", "agenda-description-misleading",
        "vote-not-recorded", "quorum-not-met", "majority-not-met", "motion-set-aside",
        "member-unknown", "steps-missing",
    )  # fmt: skip
    assert [flags(id) for id in ids] == [[]] * len(ids)


def test_new_words_in_an_operative_clause_are_beyond_what_was_posted_until_a_person_says_not() -> (
    None
):
    now = "That the Board gives 50,000 dollars to the town library."
    [flag] = drawn("outside-posted-item", of(posted(), amended(now)), motion(BEFORE, now), on=DAY)
    assert flag.blocks and "“50,000”, “dollars”" in flag.message
    said = amended(now, within_posting="the agenda says: and for other purposes")
    [flag] = drawn("outside-posted-item", of(posted(), said), motion(BEFORE, now), on=DAY)
    assert flag.severity == "note" and "for other purposes" in flag.message


def test_a_name_that_nothing_asked_about_is_beyond_what_was_posted() -> None:
    now = "That the Board asks the Secretary of State to sanction Doctor Renning, too."
    story = sentence("Doctor Renning wrote it down.", id="s9")
    made = letter(
        sentence(BEFORE, "request"), sentence(now, "request", id="s2"), story,
        kind="motion", id="motion",
    )  # fmt: skip
    [flag] = drawn("outside-posted-item", of(posted(), amended(now)), made, on=DAY)
    assert flag.blocks and "“Doctor”, “Renning”" in flag.message


def test_a_new_allegation_none_of_whose_words_stood_there_is_a_warning() -> None:
    now = "Eleven barges carried cement."
    told = letter(sentence(BEFORE, "request"), sentence(now, id="s2"), kind="motion", id="motion")
    [flag] = drawn("outside-posted-item", of(posted(), amended(now)), told, on=DAY)
    assert flag.severity == "warning" and "“Eleven”" in flag.message


def test_what_an_amendment_made_the_motion_ask_is_compared_with_the_letters() -> None:
    new = "That it asks the Senate to answer."
    [flag] = drawn("letter-unlike-motion", of(amended(new)), motion(new), on=DAY)
    assert flag.severity == "warning" and flag.message == (
        f"The motion asks “{new}”, and no request in the record says so: add one, so that a letter "
        "can carry it."
    )
    made = {"request": "r1", "office": "us.president"}
    asked = letter(sentence(BEFORE, "request", **made), kind="motion", id="motion")
    assert drawn("letter-unlike-motion", of(), asked, on=DAY) == []
    changed = Amended(
        id="a1", at="2026-05-12T10:25-07:00", by="Supervisor Elm", accepted=True,
        changes=(Change(sentence="s1", was="That it asks.", now=BEFORE),),
    )  # fmt: skip
    sent = letter(sentence("We ask you.", "request", **made), id="letter-us.president")
    flags = check_instruments(of(changed), law(), (asked, sent), on=DAY)
    [flag] = [f for f in flags if f.id == "letter-unlike-motion"]
    assert "the letter asks it in the words of the record: “We ask you.”" in flag.message


def test_what_the_body_struck_is_told() -> None:
    gone = sentence("That it asks the Treasury.", "request", request="r1")
    flags = check_instruments(of(), law(), (motion(BEFORE),), on=DAY, struck=(gone,))
    assert [(f.severity, f.where) for f in flags if "struck" in f.message] == [("note", "s1")]
