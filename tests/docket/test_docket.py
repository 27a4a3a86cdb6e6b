"""Tests for the docket: which lines there are, what each shows, what waits for a person."""

from datetime import date
from typing import Any

import msgspec
import pytest

from gravamen.dates import Edtf, Moment
from gravamen.docket.docket import docket
from gravamen.docket.json import docket_json
from gravamen.docket.line import Line
from gravamen.docket.page import pages
from gravamen.docket.several import joined
from gravamen.proceedings import RoundOpened, SignatureEnded, SignatureGiven, SigningAct
from gravamen.sentences import Signatory

from .askings import (
    DEFENSE,
    LAW,
    PRESIDENT,
    SENATE,
    STATE,
    TREASURY,
    case,
    chosen,
    day,
    delivered,
    joint,
    line,
    on,
    public,
    reply,
    request,
    said,
    sent,
    started,
    stopped,
)


def where(found: tuple[Line, ...]) -> dict[str | None, str]:
    return {x.office: x.state for x in found}


def test_there_is_one_line_for_each_request_and_office() -> None:
    found = on(
        "2024-02-01",
        sent(requests=("r.1", "r.2")),
        sent("d.2", office=STATE, requests=("r.1",)),
        requests=(request("r.1"), request("r.2")),
    )
    assert [(x.request, x.office) for x in found.lines] == [
        ("r.1", PRESIDENT),
        ("r.1", STATE),
        ("r.2", PRESIDENT),
    ]


def test_a_line_shows_what_was_asked_of_whom_and_by_which_letter() -> None:
    found = line("2024-02-01", sent(reference="G-2024-7"), reply("ack", reference="OP/55"))
    assert (found.case, found.title) == ("quay", "Beatings at the quay")
    assert (found.measure, found.authority, found.target) == (
        "sanctions",
        "us.glomag.act",
        "Colonel Teresh",
    )
    assert found.office_title == "President of the United States"
    assert (found.instrument, found.dispatch, found.asked_on) == (
        "letter",
        "d.1",
        date(2024, 1, 9),
    )
    assert found.reference == "G-2024-7; theirs: OP/55"
    assert [e.what for e in found.events] == ["sent", "reply: ack"]
    assert found.last == found.events[-1]


def test_requests_stand_in_the_order_of_their_numbers() -> None:
    numbers = (10, 9, 2, 1)
    found = on("2024-02-01", requests=tuple(request(f"r.{n}") for n in numbers))
    assert [x.request for x in found.lines] == ["r.1", "r.2", "r.9", "r.10"]


def test_each_office_that_has_the_power_and_was_not_asked_has_a_line() -> None:
    both = request(addressees=(PRESIDENT, DEFENSE))
    found = on("2024-02-01", requests=(both,))
    assert where(found.lines) == {PRESIDENT: "not-sent"}
    assert found.notes == (
        (
            "r.1 addresses the Secretary of Defense, which has no power for it in the law data; it "
            "was not sent there."
        ),
    )
    known = request(authority=None, addressees=(PRESIDENT, TREASURY))
    found = on("2024-02-01", sent(), requests=(known,))
    assert where(found.lines) == {PRESIDENT: "sent", TREASURY: "not-sent"}


def test_words_for_an_office_and_no_office_at_all_have_lines() -> None:
    words = request(addressees=(), addressee_words=("the Harbour Desk",))
    assert line("2024-02-01", requests=(words,)).office_title == "the Harbour Desk"
    nobody = request(addressees=())
    assert line("2024-02-01", requests=(nobody,)).office_title == "no office named"
    went = line("2024-02-01", sent(office=None, to="the Harbour Desk"), requests=(nobody,))
    assert (went.office, went.office_title, went.state) == (None, "the Harbour Desk", "sent")


def test_a_request_that_was_rejected_and_never_sent_has_no_line() -> None:
    assert on("2024-02-01", judged=(("r.1", "rejected"),)).lines == ()
    assert line("2024-02-01", by_machine=("r.1",)).proposed


def test_copies_are_listed_and_are_no_lines() -> None:
    copy = sent("d.2", "2024-01-10", STATE, copy_of="d.1", requests=(), channel="post")
    found = line("2024-02-01", sent(), copy)
    assert found.copies == ("the Secretary of State, on 10 January 2024 by post",)
    acked = line("2024-03-01", sent(), copy, reply("ack", dispatch="d.2"))
    assert acked.state == "sent"
    assert acked.events[-1].what == "reply to a copy"


def test_an_office_that_only_got_a_copy_and_decides_has_a_line_of_its_own() -> None:
    copy = sent("d.2", "2024-01-10", STATE, copy_of="d.1", requests=())
    answer = reply("substantive", dispatch="d.2", answers=(said("granted"),))
    assert where(on("2024-03-01", sent(), copy, answer).lines) == {
        PRESIDENT: "sent",
        STATE: "granted",
    }


def test_a_referral_to_an_office_that_took_it_over_goes_on_in_a_line_of_its_own() -> None:
    handed = reply("referral", referred_to=STATE)
    alone, there = on("2024-03-01", sent(), handed).lines
    assert (alone.state, alone.closed, there.state) == ("referred", True, "referred-here")
    assert alone.chain == ("President of the United States", "Secretary of State")
    took = reply("ack", "y.2", "2024-02-20", office=STATE)
    first, second = on("2024-03-01", sent(), handed, took).lines
    assert (first.office, first.state, first.closed) == (PRESIDENT, "referred", True)
    assert (second.office, second.state) == (STATE, "acknowledged")
    assert second.chain == first.chain
    assert second.asked_on == date(2024, 1, 9)


def test_a_referral_that_we_follow_by_a_letter_goes_on_there() -> None:
    handed = reply("referral", referred_to=STATE)
    first, second = on("2024-03-01", sent(), handed, sent("d.2", "2024-02-10", STATE)).lines
    assert (first.state, first.closed, second.state) == ("referred", True, "sent")
    assert second.asked_on == date(2024, 2, 10)


def test_referrals_in_a_circle_end() -> None:
    there = reply("referral", referred_to=STATE)
    back = reply("referral", "y.2", "2024-02-20", "d.2", referred_to=PRESIDENT)
    found = on("2024-03-01", sent(), there, sent("d.2", "2024-02-10", STATE), back)
    assert {len(x.chain) for x in found.lines} == {2}


def test_an_office_that_answers_in_the_place_of_another_has_a_line() -> None:
    answer = reply("refusal", office=STATE)
    first, second = on("2024-03-01", sent(), answer).lines
    assert first.state_text == "The Secretary of State answered in its place on 1 February 2024."
    assert (second.office, second.state) == (STATE, "refused")


def test_a_reply_that_nobody_threaded_or_judged_waits_in_the_pen() -> None:
    found = on(
        "2024-03-01",
        sent(),
        reply("ack", "y.1", dispatch=None),
        reply("ack", "y.2", dispatch="d.9"),
        reply("refusal", "y.3"),
        reply("substantive", "y.4", answers=()),
        reply("ack", "y.5"),
        by_machine=("y.3",),
    )
    assert [(p.reply, p.why) for p in found.pen] == [
        ("y.1", "Nobody has said which letter it answers."),
        ("y.2", "It is said to answer d.9, which is not on file by this day."),
        (
            "y.3",
            "A machine proposed what it says, and nobody has accepted or rejected it.",
        ),
        ("y.4", "What it says to each request is not recorded."),
    ]


def test_what_points_nowhere_is_told() -> None:
    found = on(
        "2024-03-01",
        sent(requests=("r.1", "r.8")),
        sent("d.2", office=STATE, requests=()),
        reply("substantive", answers=(said("granted", "r.7"),)),
        delivered(dispatch="d.9"),
        public("2024-02-02", requests=("r.6",)),
        started(requests=("r.5",)),
    )
    assert set(found.notes) >= {
        "d.1 carries r.8, which is not on file.",
        "d.2 carries no request, so no line shows it.",
        "y.1 answers r.7, which d.1 does not carry; no line counts that.",
        "v.1 is about d.9, which is not on file.",
        "o.1 is about r.6, which is not on file.",
    }
    assert any(n.startswith("k.1 (clk.glomag.120) is about no request here.") for n in found.notes)


def test_a_county_letter_never_shows_a_day_that_law_sets() -> None:
    for authority in LAW.authorities.values():
        for measure in authority.measures:
            asked = request(authority=authority.id, measure=measure)
            found = line("2030-01-01", sent(), reply("ack"), requests=(asked,))
            assert found.clocks == ()
            assert found.state == "acknowledged"
            assert found.next is None
            assert found.deadline.startswith(
                "no deadline in law: no law on file sets a time for an answer to this letter; "
            )


def test_a_deadline_names_its_rule_and_cite() -> None:
    found = line("2024-04-01", sent(), started())
    assert found.deadline.startswith("29 June 2024: the President of the United States: determine")
    assert "(22 U.S.C. 10102(d), (j)). The last day is 29 June 2024, in 89 days." in found.deadline
    assert (found.next, found.clocks[0].evidence) == (date(2024, 6, 29), ("s.joint",))
    met = line("2024-08-01", sent(), started(), stopped("2024-06-01", met=True))
    assert met.deadline.startswith("none runs any more: ")
    lone = line("2024-08-01", sent(), started(signers=joint()[:1]))
    assert lone.deadline.startswith("no deadline in law: ")
    assert "clk.glomag.120 does not run: The ranking member of" in lone.deadline


def test_a_clock_that_names_no_request_is_that_of_all_under_its_law() -> None:
    other = request("r.2", authority="us.eo13818")
    both = sent(requests=("r.1", "r.2"))
    found = on("2024-04-01", both, started(requests=()), requests=(request(), other))
    assert [len(x.clocks) for x in found.lines] == [1, 0]


def test_a_day_of_our_own_is_called_ours_and_has_no_cite() -> None:
    found = line("2024-01-20", sent(), chosen("2024-02-20"))
    (due,) = found.clocks
    assert (due.ours, due.cite, due.clock, due.state, due.who) == (True, None, None, "ours", "we")
    assert (found.next, found.next_why) == (date(2024, 2, 20), "our own day: six weeks")
    assert found.deadline.startswith("no deadline in law: ")


def test_a_day_of_our_own_for_one_letter_is_not_that_of_another() -> None:
    other = sent("d.2", office=STATE)
    found = on("2024-01-20", sent(), other, chosen("2024-02-20", dispatch="d.1"))
    assert [x.next for x in found.lines] == [date(2024, 2, 20), None]


def test_a_later_day_of_our_own_takes_the_place_of_an_earlier_one() -> None:
    found = line(
        "2024-03-01", sent(), chosen("2024-02-20"), chosen("2024-04-01", "2024-02-21", "f.2")
    )
    assert [d.state for d in found.clocks] == ["met", "ours"]
    assert (found.state, found.next) == ("sent", date(2024, 4, 1))


def test_what_happens_after_the_day_is_not_there_yet() -> None:
    happened = (sent(), reply("ack"), public("2025-03-10", answers=(said("granted"),)), started())
    assert line("2024-01-08", *happened).state == "not-sent"
    assert line("2024-01-09", *happened).state == "sent"
    early = line("2024-02-01", *happened)
    assert (early.state, early.clocks, len(early.events)) == ("acknowledged", (), 2)


def test_how_many_signed_is_told() -> None:
    five = tuple(Signatory(id=f"m.{n}", name=f"Member {n}", capacity="Member") for n in range(5))
    round_ = RoundOpened(
        id="q.1", at=Moment("2024-01-02"), instrument="letter", manifest="0" * 64, file="1" * 64,
        on=Edtf("2024-01-02"), signatories=five, minimum=3,
    )  # fmt: skip
    given = [
        SignatureGiven(
            id=f"g.{n}", at=Moment("2024-01-03"), round="q.1", signatory=f"m.{n}", how="pades",
            file="2" * 64,
        )
        for n in range(5)
    ]  # fmt: skip
    gone = SignatureEnded(
        id="w.1", at=Moment("2024-01-05"), round="q.1", signatory="m.4", how="withdrawn"
    )
    found = line(
        "2024-02-01", sent(round="q.1"), signings={a.id: a for a in (round_, *given, gone)}
    )
    assert found.signatures.startswith("Signed by four of its five signatories.")
    assert "Member 4 withdrew the signature on 5 January 2024." in found.signatures


def test_several_cases_are_one_docket_in_the_order_of_their_ids() -> None:
    one = case(sent())
    other = msgspec.structs.replace(one, id="alder", title="Alder")
    dockets = [docket(c, LAW, on=day("2024-02-01")) for c in (one, other)]
    assert [x.case for x in joined(dockets).lines] == ["alder", "quay"]
    assert joined(dockets) == joined(reversed(dockets))
    with pytest.raises(ValueError, match="There is no docket to join"):
        joined([])


def test_the_json_has_every_key_of_every_line() -> None:
    found = docket_json(on("2024-02-01", sent(), chosen("2024-02-20"), started(at="2024-01-15")))
    assert (found["schema"], found["on"]) == ("gravamen.docket/1", "2024-02-01")
    (one,) = found["lines"]
    assert set(one) == set(Line.__struct_fields__)
    assert all(set(d) >= {"id", "clock", "due", "ours", "state"} for d in one["clocks"])
    assert one["next"] == "2024-02-20"


def test_a_notice_of_a_withdrawal_stands_in_the_lines_of_its_letter_and_asks_nothing():
    told = sent("d.2", "2024-02-20", requests=(), follows_up="d.1", withdrawn="rye")
    granted = reply("substantive", answers=(said("granted"),))
    for before in ((), (granted,), (chosen("2024-02-15", dispatch="d.1"),)):
        without, found = on("2024-03-01", sent(), *before), on("2024-03-01", sent(), *before, told)

        (was,), (line,) = without.lines, found.lines
        assert (line.state, line.state_text) == (was.state, was.state_text)
        assert line.clocks == was.clocks
        assert found.notes == ()
        (event,) = [e for e in line.events if e.id == "d.2"]
        assert event.what == "withdrawal told"
        assert event.text == (
            "letter told the President of the United States by email of a signature withdrawn, "
            "which goes back to d.1."
        )


def test_what_came_to_a_notice_is_no_delivery_of_the_letter():
    told = sent("d.2", "2024-02-20", requests=(), follows_up="d.1", withdrawn="rye")

    (line,) = on("2024-03-01", sent(), told, delivered("2024-02-21", dispatch="d.2")).lines
    assert line.state == "sent"
    asked_back = reply("clarification", at="2024-02-22", dispatch="d.2")
    (line,) = on("2024-03-01", sent(), told, asked_back).lines
    assert line.state == "clarification"


def test_a_time_that_runs_for_an_office_that_was_not_asked_is_told_below_the_lines() -> None:
    asked = request(office=SENATE, measure="start-clock")
    things = (sent(office=SENATE), started(at="2024-03-01"))

    (running,) = on("2024-04-01", *things, requests=(asked,)).notes
    (overdue,) = on("2024-07-01", *things, requests=(asked,)).notes

    whose = "(22 U.S.C. 10102(d), (j)), from the President of the United States, on r.1: determine"
    assert running.startswith(f"Due in law by 29 June 2024 {whose}")
    assert overdue.startswith(f"Overdue in law by 29 June 2024 {whose}")
    assert on("2024-02-01", *things, requests=(asked,)).notes == ()


def test_a_time_that_runs_for_the_office_that_was_asked_is_told_in_its_line_alone() -> None:
    assert on("2024-07-01", sent(), started(at="2024-03-01")).notes == ()


def test_a_docket_that_is_only_listed_differs_in_nothing_but_the_words():
    things = (
        sent(), delivered(), reply("ack"), chosen("2024-02-15", dispatch="d.1"),
        reply("clarification", "y.2", "2024-02-20"), public("2024-02-25", requests=("r.1",)),
    )  # fmt: skip
    made = case(*things, by_machine=("y.2",))

    whole = docket(made, LAW, on=day("2024-03-01"))
    listed = docket(made, LAW, on=day("2024-03-01"), told=False)
    assert whole.lines[0].events and whole.lines[0].proposed
    assert listed.lines[0].last and listed.lines[0].last.id == "o.1"
    assert listed == msgspec.structs.replace(
        whole, lines=tuple(msgspec.structs.replace(x, events=()) for x in whole.lines)
    )


def test_a_line_says_under_which_law_in_words_that_people_use():
    assert line("2024-02-01", sent()).under == "Global Magnitsky Act"
    assert line("2024-02-01", sent(), requests=(request(authority=None),)).under == ""
    unknown = request(authority="zz.act")
    assert line("2024-02-01", sent(), requests=(unknown,)).under == "zz.act"


def test_a_line_that_was_never_sent_shows_no_time_that_another_letter_started():
    house = "us.house.foreign_affairs"
    asked = request(addressees=(SENATE, house), measure="start-clock")
    things = (sent(office=house), started(at="2024-03-01", signers=joint(house)))

    found = on("2024-07-01", *things, requests=(asked,))
    lines = {x.office: x for x in found.lines}
    assert (lines[SENATE].state, lines[SENATE].clocks) == ("not-sent", ())
    assert (lines[SENATE].events, lines[SENATE].next) == ((), None)
    assert lines[SENATE].deadline.startswith("no deadline in law")
    assert [c.state for c in lines[house].clocks] == ["overdue"]
    assert lines[house].deadline.startswith("29 June 2024")
    assert found.notes[0].startswith("Overdue in law by 29 June 2024")


def test_a_time_is_shown_where_no_letter_of_ours_went_at_all():
    (found,) = on("2024-04-01", started(at="2024-03-01")).lines

    assert (found.state, [c.due for c in found.clocks]) == ("not-sent", [date(2024, 6, 29)])


SIGNERS = (
    Signatory(id="rye", name="Ona Rye", capacity="Member"),
    Signatory(id="elm", name="Ed Elm", capacity="Member"),
)


def signed(*ended: SignatureEnded) -> dict[str, SigningAct]:
    opened = RoundOpened(
        id="round-1", at=Moment("2024-01-05"), instrument="letter", manifest="0" * 64,
        file="0" * 64, on=Edtf("2024-01-05"), signatories=SIGNERS,
    )  # fmt: skip
    return {act.id: act for act in (opened, *ended)}


def unsigned(at: str, how: Any = "withdrawn", id: str = "w.1") -> SignatureEnded:
    return SignatureEnded(id=id, at=Moment(at), round="round-1", signatory="rye", how=how)


def test_a_signature_withdrawn_after_the_letter_went_is_among_the_events():
    things = (sent(round="round-1"), reply("ack"))
    found = line("2024-04-01", *things, signings=signed(unsigned("2024-03-20")))

    assert [e.what for e in found.events] == ["sent", "reply: ack", "signature withdrawn"]
    assert found.events[-1].text == (
        "Ona Rye withdrew the signature under letter, 2 months after the request was sent."
    )
    assert found.last == found.events[-1]
    assert found.state == "acknowledged"
    gone = line("2024-04-01", *things, signings=signed(unsigned("2024-03-20", "invalidated")))
    assert gone.events[-1].text.startswith("The signature of Ona Rye under letter was found not")


@pytest.mark.parametrize("kind", ["refusal", "no-power", "referral", "bounced", "interim"])
def test_a_reply_from_before_its_letter_counts_for_nothing_and_is_told(kind):
    early = reply(kind, at="2023-01-01", referred_to=STATE, promised=Edtf("2024-05-01"))
    with_it, without = on("2024-03-01", sent(), early), on("2024-03-01", sent())

    assert with_it.lines == without.lines
    (waits,) = with_it.pen
    assert waits.why == "It is dated before d.1, which it is said to answer."
    (note,) = with_it.notes
    assert note == (
        "y.1 is dated 2023-01-01, before d.1 (2024-01-09), which it is said to answer; it counts "
        "for nothing."
    )


def test_a_reply_within_the_hour_by_which_clocks_differ_counts():
    letter = sent(at="2024-01-09T10:00Z")
    just, early = reply("ack", at="2024-01-09T09:10Z"), reply("ack", at="2024-01-09T08:59Z")

    assert line("2024-03-01", letter, just).state == "acknowledged"
    assert line("2024-03-01", letter, early).state == "sent"


def test_what_was_withdrawn_before_the_letter_went_or_refused_is_no_event_of_it():
    for ended in (unsigned("2024-01-08"), unsigned("2024-03-20", "refused")):
        found = line("2024-04-01", sent(round="round-1"), signings=signed(ended))
        assert [e.what for e in found.events] == ["sent"]
    other = line("2024-04-01", sent(round="round-2"), signings=signed(unsigned("2024-03-20")))
    assert [e.what for e in other.events] == ["sent"]
    early = line("2024-03-19", sent(round="round-1"), signings=signed(unsigned("2024-03-20")))
    assert [e.what for e in early.events] == ["sent"]


def test_two_cases_with_one_id_are_kept_apart():
    one, two = on("2024-02-01", sent()), on("2024-02-01", sent(), reply("ack"))
    found = joined([one, two])

    assert [x.case for x in found.lines] == ["quay", "quay-2"]
    assert found.notes == (
        "Several cases have the id quay; the one in place 2 of those named is called quay-2 here.",
    )
    assert joined([one]).lines == one.lines
    assert {"timeline-quay.svg", "timeline-quay-2.svg"} <= set(pages(found))


def test_a_clock_of_another_state_or_law_counts_for_no_line_and_that_is_told() -> None:
    for clock, why in (
        ("clk.uk.urgent", "clk.uk.urgent is of the law of uk, and r.1 was asked of us"),
        ("clk.116.0225", "clk.116.0225 is of Section 116, which does not know sanctions (r.1)"),
    ):
        found = on("2029-01-01", sent(), started(clock, signers=()))
        (line,) = found.lines
        assert (line.clocks, line.state) == ((), "sent")
        assert found.notes == (f"k.1 counts for no line: {why}.",)


def test_what_the_law_owes_to_others_stands_beside_the_line_and_is_never_our_deadline() -> None:
    asked = request(office=STATE, measure="visa-ban", authority="us.sfops.7031c")
    report = started("clk.7031c.90", "2026-02-03", signers=())
    found = on("2026-11-23", sent(office=STATE), report, requests=(asked,))
    (line,) = found.lines
    assert (line.state, line.next, found.notes) == ("sent", None, ())
    assert line.deadline.startswith("no deadline in law: ")
    (due,) = line.clocks
    assert (due.owed, due.owed_to, due.state) == ("report", "Congress", "running")


def test_the_120_days_are_a_deadline_only_of_a_request_under_that_act() -> None:
    other = request("r.2", TREASURY, authority="us.eo13818")
    both = (sent(), sent("d.2", office=TREASURY, requests=("r.2",)))
    found = on("2024-12-01", *both, started(requests=("r.1", "r.2")), requests=(request(), other))
    assert [(x.state, x.clocks[0].state, x.clocks[0].owed) for x in found.lines] == [
        ("overdue", "overdue", "request"),
        ("sent", "passed", "report"),
    ]


def test_a_time_that_binds_whoever_was_asked_binds_the_one_office_that_was() -> None:
    asked = request(office=STATE, measure="information", authority=None)
    start = started("clk.foia", signers=())
    one = line("2024-05-01", sent(office=STATE), start, requests=(asked,))
    assert one.state_text == (
        "Overdue by 33 days under 5 U.S.C. 552(a)(6); the last day was 29 March 2024."
    )
    two = (sent(office=STATE), sent("d.2", office=TREASURY))
    found = on("2024-05-01", *two, start, requests=(asked,))
    assert {x.state for x in found.lines} == {"sent"}  # nobody can tell which of them had it
