"""Tests for status: the first state that holds, from what happened and the day alone."""

from typing import Any

import pytest

from gravamen.docket.line import STATES

from .askings import (
    PRESIDENT,
    STATE,
    TREASURY,
    chosen,
    delivered,
    ended,
    joint,
    line,
    on,
    public,
    reply,
    request,
    said,
    sent,
    started,
)

SENT = sent()
ACK = reply("ack")
# What happened, the day, and the state with its sentence.
GOLDEN: dict[str, tuple[tuple[Any, ...], str, str, str]] = {
    "never sent": ((), "2024-02-01", "not-sent", "It was not sent."),
    "sent": (
        (SENT,), "2024-01-19", "sent",
        "Sent on 9 January 2024, 10 days ago; nothing has come back.",
    ),
    "delivered": (
        (SENT, delivered()), "2024-01-19", "delivered",
        "Delivered on 12 January 2024; nothing has come back.",
    ),
    "acknowledged": (
        (SENT, delivered(), ACK), "2024-03-01", "acknowledged",
        "Acknowledged on 1 February 2024; no answer has come.",
    ),
    "acknowledged by a machine": (
        (SENT, reply("auto-ack", at="2024-01-09T12:00Z")), "2024-03-01", "acknowledged",
        "Acknowledged on 9 January 2024 by an automatic reply; no answer has come.",
    ),
    "bounced": (
        (SENT, reply("bounced", at="2024-01-10")), "2024-03-01", "bounced",
        "It came back undelivered on 10 January 2024; it needs a current address.",
    ),
    "bounced, and sent again": (
        (
            SENT, reply("bounced", at="2024-01-10"),
            sent("d.2", "2024-01-15", resends="d.1", requests=()),
        ),
        "2024-02-01", "sent", "Sent on 15 January 2024, 17 days ago; nothing has come back.",
    ),
    "past our own day": (
        (SENT, chosen("2024-02-20")), "2024-02-21", "past-follow-up",
        ("We chose to come back on 20 February 2024, 1 day ago (six weeks). That day is ours, not "
        "the law's."),
    ),
    "on our own day": (
        (SENT, chosen("2024-02-20")), "2024-02-20", "sent",
        "Sent on 9 January 2024, 42 days ago; nothing has come back.",
    ),
    "our day passed, and we wrote again": (
        (
            SENT, chosen("2024-02-20"),
            sent("d.2", "2024-02-22", follows_up="d.1", requests=()),
        ),
        "2024-02-23", "sent", "Sent on 22 February 2024, 1 day ago; nothing has come back.",
    ),
    "an acknowledgement does not end our own day": (
        (SENT, chosen("2024-02-20"), ACK), "2024-02-21", "past-follow-up",
        ("We chose to come back on 20 February 2024, 1 day ago (six weeks). That day is ours, not "
        "the law's."),
    ),
    "bounced goes before our own day": (
        (SENT, reply("bounced", at="2024-01-10"), chosen("2024-02-20")), "2024-02-21", "bounced",
        "It came back undelivered on 10 January 2024; it needs a current address.",
    ),
    "interim": (
        (SENT, reply("interim", promised="2024-04-01")), "2024-03-01", "interim",
        "It promised an answer by 1 April 2024, in 31 days.",
    ),
    "interim without a day": (
        (SENT, reply("interim")), "2024-03-01", "interim",
        "An interim reply came on 1 February 2024; it names no day.",
    ),
    "an acknowledgement that names a day": (
        (SENT, reply("ack", promised="2024-04-01")), "2024-04-01", "interim",
        "It promised an answer by 1 April 2024, today.",
    ),
    "past what it promised": (
        (SENT, reply("interim", promised="2024-04")), "2024-05-01", "past-promise",
        "It promised an answer by 30 April 2024, 1 day ago. That day is its own, not the law's.",
    ),
    "an answer ends the promise": (
        (
            SENT, reply("interim", promised="2024-04-01"),
            reply("substantive", "y.2", "2024-03-20", answers=(said("not-addressed"),)),
        ),
        "2024-05-01", "not-addressed",
        "Its answer of 20 March 2024 does not speak to this request.",
    ),
    "answered, and nobody said what it means": (
        (SENT, reply("substantive")), "2024-03-01", "answered",
        "It answered on 1 February 2024; what that means for this request is not recorded.",
    ),
    "an answer to other requests only": (
        (SENT, reply("substantive", answers=(said("granted", "r.2"),))), "2024-03-01",
        "not-addressed", "Its answer of 1 February 2024 does not speak to this request.",
    ),
    "asked back": (
        (SENT, reply("clarification")), "2024-03-01", "clarification",
        "The office asked us something on 1 February 2024; it waits for us.",
    ),
    "asked back, and answered by us": (
        (SENT, reply("clarification"), sent("d.2", "2024-02-10", follows_up="d.1", requests=())),
        "2024-03-01", "sent", "Sent on 10 February 2024, 20 days ago; nothing has come back.",
    ),
    "referred": (
        (SENT, reply("referral", referred_to=STATE)), "2024-03-01", "referred",
        "Referred to the Secretary of State on 1 February 2024.",
    ),
    "referred to words": (
        (SENT, reply("referral", referred_to="the Visa Desk")), "2024-03-01", "referred",
        "Referred to the Visa Desk on 1 February 2024.",
    ),
    "no power": (
        (SENT, reply("no-power")), "2024-03-01", "no-power",
        "Answered that it has no power on 1 February 2024, by its reply.",
    ),
    "refused": (
        (SENT, reply("refusal")), "2024-03-01", "refused",
        "Refused on 1 February 2024, by its reply.",
    ),
    "partly granted by a list": (
        (SENT, public("2025-03-10", answers=(said("partly"),))), "2025-04-01", "partly-granted",
        ("A part of what was asked happened on 10 March 2025, as a listing shows, 14 months after "
        "it was asked; by whom is not on file."),
    ),
    "granted": (
        (SENT, reply("substantive", answers=(said("granted"),))), "2024-03-01", "granted",
        "Granted on 1 February 2024, by its reply.",
    ),
    "refused, and granted since": (
        (SENT, reply("refusal"), public("2024-08-01", answers=(said("granted"),))), "2024-09-01",
        "granted",
        ("What was asked happened on 1 August 2024, as a listing shows, 6 months after it was "
        "asked; by whom is not on file. Before that: refused on 1 February 2024, by its reply."),
    ),
    "partly granted, the rest refused": (
        (
            SENT, reply("substantive", answers=(said("partly"),)),
            reply("refusal", "y.2", "2024-03-01"),
        ),
        "2024-04-01", "partly-granted",
        ("Partly granted on 1 February 2024, by its reply. The rest: refused on 1 March 2024, by "
        "its reply."),
    ),
    "a list that came before we asked grants nothing": (
        (SENT, public("2023-12-01", answers=(said("granted"),))), "2024-01-19", "sent",
        "Sent on 9 January 2024, 10 days ago; nothing has come back.",
    ),
    "withdrawn": (
        (SENT, reply("refusal"), ended("2024-03-01", reason="he has died")), "2024-04-01",
        "withdrawn", "Withdrawn on 1 March 2024: he has died.",
    ),
    "superseded before it was sent": (
        (ended("2024-03-01", how="superseded", by_request="r.9"),), "2024-04-01", "superseded",
        "Superseded by r.9 on 1 March 2024.",
    ),
    "due under law": (
        (SENT, ACK, started()), "2024-04-01", "due",
        "Due under 22 U.S.C. 10102(d), (j) by 29 June 2024, in 89 days.",
    ),
    "on the last day": (
        (SENT, ACK, started()), "2024-06-29", "due",
        "Due under 22 U.S.C. 10102(d), (j) by 29 June 2024, today.",
    ),
    "overdue under law": (
        (SENT, ACK, started(), chosen("2024-05-01")), "2024-06-30", "overdue",
        "Overdue by 1 day under 22 U.S.C. 10102(d), (j); the last day was 29 June 2024.",
    ),
    "no evidence, no time": (
        (SENT, ACK, started(evidence=())), "2024-07-30", "acknowledged",
        "Acknowledged on 1 February 2024; no answer has come.",
    ),
    "the chairperson alone starts nothing": (
        (SENT, ACK, started(signers=joint()[:1])), "2024-07-30", "acknowledged",
        "Acknowledged on 1 February 2024; no answer has come.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", GOLDEN)
def test_the_first_state_that_holds_is_taken(name: str) -> None:
    happened, day, state, text = GOLDEN[name]
    found = on(day, *happened).lines[0]
    assert (found.state, found.state_text) == (state, text)


def test_every_state_is_met_by_an_example() -> None:
    assert {state for _, _, state, _ in GOLDEN.values()} | {"referred-here"} == set(STATES)
    handed = on("2024-03-01", SENT, reply("referral", referred_to=STATE)).lines
    assert [x.state for x in handed] == ["referred", "referred-here"]


def test_an_acknowledgement_closes_nothing() -> None:
    assert not line("2024-03-01", SENT, ACK).closed
    assert line("2024-03-01", SENT, ACK, reply("refusal", "y.2", "2024-02-02")).closed


def test_a_part_granted_leaves_the_rest_open_until_it_is_refused() -> None:
    part = reply("substantive", answers=(said("partly"),))
    assert not line("2024-03-01", SENT, part).closed
    assert line("2024-03-01", SENT, part, reply("refusal", "y.2", "2024-02-02")).closed


def test_asking_again_after_a_refusal_opens_a_stage_of_its_own() -> None:
    again = sent("d.2", "2024-03-01", follows_up="d.1", requests=())
    found = line("2024-03-05", SENT, reply("refusal"), again)
    assert found.state == "sent"
    assert found.state_text == (
        "Sent on 1 March 2024, 4 days ago; nothing has come back. An earlier letter: refused on "
        "1 February 2024, by its reply."
    )
    assert not found.closed
    acked = line(
        "2024-03-05", SENT, reply("refusal"), again, reply("ack", "y.2", "2024-03-02", "d.2")
    )
    assert acked.state == "acknowledged"


def test_of_two_open_letters_what_is_overdue_to_us_is_not_hidden_by_the_newer_one() -> None:
    other = sent("d.2", "2024-03-20", instrument="letter-2")
    found = line("2024-05-01", SENT, reply("interim", promised="2024-04-01"), other)
    assert found.state == "past-promise"


def test_a_new_letter_answers_a_question_and_takes_the_place_of_one_that_came_back() -> None:
    other = sent("d.2", "2024-03-20", instrument="letter-2")
    for kind in ("clarification", "bounced"):
        assert line("2024-03-10", SENT, reply(kind)).state == kind
        assert line("2024-05-01", SENT, reply(kind), other).state == "sent"
    lost = reply("bounced", "y.2", "2024-03-21", "d.2")
    assert line("2024-05-01", SENT, other, reply("bounced"), lost).state == "bounced"
    assert line("2024-05-01", SENT, reply("ack"), other, lost).state == "bounced"


def test_a_reply_to_an_earlier_letter_does_not_touch_the_later_one() -> None:
    other = sent("d.2", "2024-03-20", instrument="letter-2")
    found = line("2024-05-01", SENT, other, reply("refusal", at="2024-04-01"))
    assert found.state == "sent"
    assert "An earlier letter: refused on 1 April 2024" in found.state_text


def test_a_time_that_binds_another_office_makes_this_one_neither_due_nor_late() -> None:
    there = sent(office=TREASURY)
    found = line("2024-12-01", there, started(), requests=(request(office=TREASURY),))
    assert found.state == "sent"
    assert found.clocks[0].state == "overdue"
    assert found.clocks[0].who == "the President of the United States"


def test_answers_are_told_apart_by_request() -> None:
    both = sent(requests=("r.1", "r.2", "r.3"))
    answer = reply("substantive", answers=(said("granted"), said("refused", "r.2")))
    found = on("2024-03-01", both, answer, requests=tuple(request(f"r.{n}") for n in (1, 2, 3)))
    assert [(x.request, x.state) for x in found.lines] == [
        ("r.1", "granted"),
        ("r.2", "refused"),
        ("r.3", "not-addressed"),
    ]


def test_what_is_public_is_told_by_how_long_after_and_never_because() -> None:
    notice = public("2025-03-10", edition="10 March 2025", answers=(said("granted"),))
    found = line("2025-04-01", SENT, notice)
    assert found.events[-1].text == (
        "The list names him (edition 10 March 2025), 14 months after the request was sent "
        "(what was asked)."
    )
    assert found.events[-1].source == "s.list"
    before = line("2025-04-01", SENT, public("2024-01-04", answers=(said("granted"),)))
    assert before.events[0].text == ("The list names him, 5 days before the request was sent.")
    told = " ".join(e.text for e in (*found.events, *before.events)) + found.state_text
    assert "because" not in told


def test_days_are_counted_to_the_day_that_closed_it() -> None:
    assert line("2024-03-01", SENT).days_open == 52
    assert line("2026-03-01", SENT, reply("refusal")).days_open == 23
    assert line("2026-03-01").days_open is None


def test_what_a_machine_proposed_is_shown_and_changes_no_state() -> None:
    happened = (SENT, reply("refusal"))
    found = line("2024-03-01", *happened, by_machine=("y.1",))
    assert (found.state, found.proposed, found.last and found.last.id) == ("sent", True, "d.1")
    assert found.events[-1].proposed
    accepted = line("2024-03-01", *happened, by_machine=("y.1",), judged=(("y.1", "accepted"),))
    assert (accepted.state, accepted.proposed) == ("refused", False)


def test_what_was_rejected_is_left_out() -> None:
    found = line("2024-03-01", SENT, reply("refusal"), judged=(("y.1", "rejected"),))
    assert (found.state, len(found.events)) == ("sent", 1)
    unsent = line("2024-03-01", SENT, judged=(("d.1", "rejected"),))
    assert unsent.state == "not-sent"


def test_a_delivery_that_nothing_shows_does_not_count() -> None:
    lost = delivered()
    shown = line("2024-02-01", SENT, lost)
    assert shown.state == "delivered"
    bare = type(lost)(id="v.1", at=lost.at, dispatch="d.1", evidence=())
    assert line("2024-02-01", SENT, bare).state == "sent"


def test_a_reply_shows_that_a_letter_arrived_after_all() -> None:
    back = reply("bounced", at="2024-01-10T10:00Z")
    found = line("2024-03-01", SENT, back, reply("ack", "y.2", "2024-01-11"))
    assert found.state == "acknowledged"


def test_the_office_that_is_asked_does_not_change_what_is_public() -> None:
    listed = public("2025-03-10", answers=(said("granted"),))
    found = on("2025-04-01", SENT, sent("d.2", office=STATE), listed)
    assert {x.office: x.state for x in found.lines} == {PRESIDENT: "granted", STATE: "granted"}


UK = "uk.fcdo.secretary"


def test_a_list_of_another_state_decides_nothing_of_what_was_asked_here() -> None:
    listed = public("2025-03-10", office=UK, answers=(said("granted"),))
    found = line("2025-04-01", SENT, listed)
    assert (found.state, found.closed) == ("sent", False)
    assert found.events[-1].text == (
        "The list names him, by the Secretary of State for Foreign, Commonwealth and Development "
        "Affairs, 14 months after the request was sent (what was asked)."
    )


def test_a_list_of_the_state_that_was_asked_shows_that_it_happened_and_not_that_it_was_granted():
    listed = public("2025-03-10", office=TREASURY, answers=(said("granted"),))
    found = line("2025-04-01", SENT, listed)
    assert (found.state, found.state_text) == (
        "granted",
        (
            "What was asked happened on 10 March 2025, as a listing shows, 14 months after it was "
            "asked."
        ),
    )


def test_what_a_press_report_says_is_told_as_said() -> None:
    pressed = public("2025-03-10", what="press", answers=(said("refused"),))
    assert line("2025-04-01", SENT, pressed).state_text == (
        "Refused, as a press report of 10 March 2025 says, 14 months after it was asked."
    )
