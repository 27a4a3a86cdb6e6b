"""Referrals: the office that a request was referred to has a line of its own, sent to or not."""

from datetime import date
from pathlib import Path

from click.testing import CliRunner

from gravamen.casefile import CaseFile, Opened, Received, Requested, Sent
from gravamen.cli import main
from gravamen.docket.line import Line
from gravamen.docket.office import answered
from gravamen.docket.page import groups
from gravamen.proceedings import Dispatch, Noted, Reply
from gravamen.sources import capture

from .askings import DEFENSE, PRESIDENT, STATE, ended, on, reply, request, said, sent

HANDED = reply("referral", referred_to=DEFENSE)


def lines(day: str, *happened: Dispatch | Reply | Noted) -> dict[str, Line]:
    asked = request(addressees=(STATE,), measure="visa-ban", authority="us.sfops.7031c")
    found = on(day, sent(office=STATE), *happened, requests=(asked,)).lines
    return {x.office or x.office_title: x for x in found}


def test_the_office_that_it_was_referred_to_has_a_line_though_nobody_wrote_to_it() -> None:
    found = lines("2024-03-01", HANDED)

    assert list(found) == [STATE, DEFENSE]
    here = found[DEFENSE]
    assert (here.state, here.closed, here.since) == ("referred-here", False, date(2024, 2, 1))
    assert here.state_text == (
        "Referred here on 1 February 2024 by the Secretary of State; nothing from it is on file."
    )
    assert (here.asked_on, here.dispatch, here.days_open) == (None, None, 29)
    assert here.chain == ("Secretary of State", "Secretary of Defense")
    assert (found[STATE].state, found[STATE].closed) == ("referred", True)


def test_the_line_lists_the_referral_as_its_event_with_its_source() -> None:
    (event,) = lines("2024-03-01", HANDED)[DEFENSE].events

    assert (event.what, event.id, event.source) == ("referred here", "y.1", "s.reply")
    assert event.text == "The Secretary of State referred it to the Secretary of Defense."
    assert lines("2024-03-01", HANDED)[DEFENSE].last == event


def test_words_for_an_office_that_the_law_data_do_not_know_make_a_line_too() -> None:
    here = lines("2024-03-01", reply("referral", referred_to="the Visa Desk"))["the Visa Desk"]

    assert (here.office, here.office_title, here.state) == (None, "the Visa Desk", "referred-here")


def test_only_the_requests_that_a_reply_refers_have_a_line_there() -> None:
    both = (request("r.1", STATE), request("r.2", STATE))
    handed = reply("substantive", referred_to=DEFENSE,
                   answers=(said("referred", "r.1"), said("refused", "r.2")))  # fmt: skip
    found = on(
        "2024-03-01", sent(office=STATE, requests=("r.1", "r.2")), handed, requests=both
    ).lines
    assert [(x.request, x.office, x.state) for x in found] == [
        ("r.1", STATE, "referred"),
        ("r.1", DEFENSE, "referred-here"),
        ("r.2", STATE, "refused"),
    ]


def test_before_the_referral_or_while_nobody_accepted_it_there_is_no_such_line() -> None:
    assert list(lines("2024-01-31", HANDED)) == [STATE]
    proposed = on(
        "2024-03-01", sent(office=STATE), HANDED, requests=(request("r.1", STATE),),
        by_machine=("y.1",),
    )  # fmt: skip
    assert [x.office for x in proposed.lines] == [STATE]


def test_what_comes_from_there_or_goes_there_is_the_state_of_its_line() -> None:
    ack = reply("ack", "y.2", "2024-02-20", office=DEFENSE)
    assert lines("2024-03-01", HANDED, ack)[DEFENSE].state == "acknowledged"
    letter = sent("d.2", "2024-02-10", DEFENSE)
    here = lines("2024-03-01", HANDED, letter)[DEFENSE]
    assert (here.state, here.asked_on) == ("sent", date(2024, 2, 10))
    assert [e.what for e in here.events] == ["referred here", "sent"]


def test_a_referral_that_is_referred_on_leads_to_a_third_line() -> None:
    on_ = reply("referral", "y.2", "2024-02-20", office=DEFENSE, referred_to="the Army Desk")
    found = lines("2024-03-01", HANDED, on_)

    assert {k: (x.state, x.closed) for k, x in found.items()} == {
        STATE: ("referred", True),
        DEFENSE: ("referred", True),
        "the Army Desk": ("referred-here", False),
    }
    chain = ("Secretary of State", "Secretary of Defense", "the Army Desk")
    assert {x.chain for x in found.values()} == {chain}


def test_a_referral_in_a_circle_stays_open_where_it_came_back_to() -> None:
    back = reply("referral", "y.2", "2024-02-20", office=DEFENSE, referred_to=STATE)
    found = lines("2024-03-01", HANDED, back)

    assert {k: (x.state, x.closed) for k, x in found.items()} == {
        STATE: ("referred", False),
        DEFENSE: ("referred", True),
    }
    assert found[STATE].state_text == (
        "Referred to the Secretary of Defense on 1 February 2024. The Secretary of Defense "
        "answered in its place on 20 February 2024. It was referred back on 20 February 2024 by "
        "the Secretary of Defense."
    )
    again = reply("referral", "y.3", "2024-02-25", referred_to=DEFENSE)
    found = lines("2024-03-01", HANDED, back, again)
    assert (found[STATE].closed, found[DEFENSE].closed) == (True, False)


def test_an_office_that_refers_to_itself_keeps_the_request() -> None:
    (kept,) = lines("2024-03-01", reply("referral", referred_to=STATE)).values()

    assert (kept.state, kept.closed, kept.chain) == ("referred", False, ())
    assert kept.state_text == "Referred to the Secretary of State on 1 February 2024."
    assert [e.what for e in kept.events] == ["sent", "reply: referral"]


def test_an_office_that_nobody_wrote_to_is_not_counted_as_silent() -> None:
    here = lines("2024-03-01", HANDED)[DEFENSE]

    counts = answered(DEFENSE, [here])
    assert (counts.letters, counts.silent) == (0, 0)
    assert [g.id for g in groups((here,)) if g.lines] == ["waiting"]


def test_a_request_that_ended_is_ended_there_too() -> None:
    found = lines("2024-04-01", HANDED, ended("2024-03-15"))
    assert {x.state for x in found.values()} == {"withdrawn"}


def test_the_command_finds_the_line_by_its_office(tmp_path: Path) -> None:
    actor = "person:Ada"
    record = CaseFile.create(tmp_path / "c", Opened(id="quay", title="The quay"), actor=actor)
    record.capture(capture(b"Words.", id="s.reply", name="words.txt"), actor=actor)
    record.append(
        Requested(request=request(addressees=(PRESIDENT,))),
        Sent(dispatch=sent()), Received(reply=HANDED), actor=actor,
    )  # fmt: skip
    told = CliRunner().invoke(
        main, ["docket", str(tmp_path / "c"), "--office", DEFENSE, "--on", "2024-03-01"]
    )
    words = " ".join(told.output.split())
    assert "Secretary of Defense" in words
    assert "now: Referred here on 1 February 2024 by the President of the United States" in words
