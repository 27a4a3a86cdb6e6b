"""Tests for clocks: what starts each time of the law data, when it ends, what stops it."""

from datetime import date, timedelta
from typing import Any

import msgspec
import pytest

from gravamen.dates import Moment
from gravamen.docket.calendar import CALENDARS, calendar_of
from gravamen.docket.clocks import Reckoner
from gravamen.docket.days import months_after, next_yearly
from gravamen.docket.line import Due
from gravamen.docket.unset import no_deadline
from gravamen.law.authority import Clock
from gravamen.proceedings import ClockSigner, ClockStarted, ClockStopped
from gravamen.values import GravamenError

from .askings import LAW, SENATE, SOURCES, day, joint, started, stopped

HOUSE = "us.house.foreign_affairs"


# What runs only after another clock: that one, as it was started.
BEFORE = {
    "clk.502Bc.default": started(
        "clk.502Bc.30", "2024-02-01", "k.0", signers=(ClockSigner(office=SENATE),)
    ),
    "clk.502Bc.jr": started(
        "clk.502Bc.30", "2024-02-01", "k.0", signers=(ClockSigner(office=SENATE),)
    ),
    "clk.uk.urgent.second": started("clk.uk.urgent", "2024-01-31", "k.0", signers=()),
}


def reckoned(on: str, start: ClockStarted, *stops: ClockStopped, **more: Any) -> Due:
    if (first := BEFORE.get(start.clock)) and "runs" not in more:
        more["runs"] = ((first, ()),)
    return Reckoner(LAW, on=day(on), sources=SOURCES, **more).reckon(start, stops)


# Of every clock in the law data: its start event, who asks, and the last day.
EVERY: dict[str, tuple[str, tuple[ClockSigner, ...], str | None]] = {
    "clk.glomag.120": ("2024-03-01", joint(), "2024-06-29"),
    "clk.glomag.term15": ("2024-03-16", (), "2024-03-01"),
    "clk.glomag.annex15": ("2024-03-16", (), "2024-03-01"),
    "clk.glomag.annual": ("2024-03-01", (), "2024-12-10"),
    "clk.nea.1220": ("2024-12-20", (), "2025-12-19"),
    "clk.7031c.90": ("2026-02-03", (), "2026-03-05"),
    "clk.502Bc.30": ("2024-02-01", (ClockSigner(office=SENATE),), "2024-03-02"),
    "clk.502Bc.default": ("2024-03-03", (), None),
    "clk.502Bc.jr": ("2024-03-03", (), None),
    "clk.leahy.dod15": ("2024-02-20", (), "2024-03-06"),
    "clk.907.annual": ("2023-03-01", (), "2024-02-29"),
    "clk.907.60": ("2024-01-01", (), "2024-03-01"),
    "clk.116.0225": ("2024-02-25", (), "2024-02-25"),
    "clk.aeca36": ("2024-02-01", (), "2024-03-02"),
    "clk.brown": ("2026-05-09T10:00-07:00", (), "2026-05-12"),
    "clk.brown.special": ("2026-05-09T10:00-07:00", (), "2026-05-10"),
    "clk.foia": ("2026-06-15", (), "2026-07-15"),
    "clk.uk.urgent": ("2024-01-31", (), "2024-03-27"),
    "clk.uk.urgent.second": ("2024-03-27", (), "2024-05-22"),
    "clk.eu.framework": ("2025-12-01", (), "2026-12-08"),
    "clk.eu.review": ("2024-02-29", (), "2025-02-28"),
    "clk.ca.table": ("2024-02-20", (), "2024-03-06"),
    "clk.ca.delist": ("2024-02-20", (), "2024-05-20"),
    "clk.au.listing": ("2024-02-29", (), "2027-02-28"),
}


# What a clock is on the day after its last day.
AFTER = {
    "request": "overdue",
    "report": "passed",
    "lapse": "passed",
    "window": "ended",
    "again": "running",
}


def test_every_clock_of_the_law_data_is_here() -> None:
    assert set(EVERY) == set(LAW.clocks)


@pytest.mark.parametrize("id", EVERY)
def test_a_clock_runs_from_evidence_to_its_last_day(id: str) -> None:
    at, signers, last = EVERY[id]
    found = reckoned(at[:10], started(id, at, signers=signers))
    assert found.due == (day(last) if last else None)
    clock = LAW.clocks[id]
    assert found.state == ("passed" if clock.before else "running")
    if last and not clock.before:
        assert reckoned(last, started(id, at, signers=signers)).state == "running"
        over = reckoned((day(last) + timedelta(1)).isoformat(), started(id, at, signers=signers))
        assert over.state == AFTER[clock.owed if not (clock.recurs or clock.yearly) else "again"]
    assert found.cite == LAW.clocks[id].cite
    assert found.who
    assert found.silence


@pytest.mark.parametrize("id", EVERY)
def test_a_clock_without_evidence_does_not_run(id: str) -> None:
    at, signers, _ = EVERY[id]
    found = reckoned("2027-12-31", started(id, at, signers=signers, evidence=()))
    assert (found.state, found.due) == ("not-started", None)
    assert "by what is not on file" in found.why
    lost = reckoned("2027-12-31", started(id, at, signers=signers, evidence=("s.gone",)))
    assert (lost.state, lost.due) == ("not-started", None)
    assert "s.gone" in lost.why


@pytest.mark.parametrize("id", [c.id for c in LAW.clocks.values() if c.starters])
def test_a_clock_that_only_some_can_start_does_not_run_for_others(id: str) -> None:
    at, _, _ = EVERY[id]
    for signers in ((), (ClockSigner(office="us.senate.judiciary"),), joint(SENATE)[:1]):
        found = reckoned("2024-12-31", started(id, at, signers=signers))
        assert (found.state, found.due) == ("not-started", None)


def test_for_corruption_a_joint_clock_takes_a_committee_of_each_house() -> None:
    one = reckoned("2024-03-02", started(corruption=True))
    assert one.state == "not-started"
    two = reckoned("2024-03-02", started(corruption=True, signers=(*joint(), *joint(HOUSE))))
    assert two.state == "running"


def test_an_unknown_clock_is_told_and_does_not_run() -> None:
    found = reckoned("2024-03-02", started("clk.nowhere"))
    assert (found.state, found.why) == (
        "not-started",
        "The law data know no clock 'clk.nowhere'.",
    )


def test_a_law_that_was_not_in_force_starts_no_time() -> None:
    found = reckoned("2012-03-02", started(at="2010-03-01"))
    assert found.state == "not-started"
    assert "was not in force on 1 March 2010" in found.why


def test_a_clock_names_rule_cite_who_must_act_and_what_follows_from_silence() -> None:
    found = reckoned("2024-03-02", started("clk.502Bc.30", signers=(ClockSigner(office=SENATE),)))
    assert found.cite == "22 U.S.C. 2304(c)"
    assert (found.who, found.office) == ("the Secretary of State", "us.state.secretary")
    assert found.silence.startswith("no security assistance is delivered")
    assert found.counted.startswith("30 calendar days; the day of the start event is not counted")
    assert found.evidence == ("s.joint",)


def test_the_day_begins_in_the_time_zone_of_the_office() -> None:
    # 03:30 in UTC on 2 March is still 1 March in Washington.
    late = reckoned("2024-03-02", started(at="2024-03-02T03:30Z"))
    assert late.due == date(2024, 6, 29)
    # 23:30 in London on 30 June 2026 is 1 July by summer time there.
    uk = started("clk.uk.urgent", "2026-06-30T23:30Z", signers=())
    assert reckoned("2026-07-01", uk).due == date(2026, 8, 26)


def test_hours_are_counted_across_a_change_of_the_clocks() -> None:
    # In California the clocks go forward in the night to 8 March 2026.
    posted = started("clk.brown", "2026-03-06T10:00-08:00", signers=())
    found = reckoned("2026-03-07", posted, zone="America/Los_Angeles")
    assert found.due_at == "2026-03-09T11:00:00-07:00"
    assert found.due == date(2026, 3, 9)


def test_hours_cannot_be_counted_from_a_day_alone() -> None:
    found = reckoned("2026-03-07", started("clk.brown", "2026-03-06", signers=()))
    assert (found.due, found.due_at) == (None, None)
    assert "At which time of the day it started is not on file" in found.why


def test_working_days_leave_out_weekends_and_public_holidays() -> None:
    # From 15 June 2026: Juneteenth (19 June) and Independence Day, observed on 3 July, fall out.
    found = reckoned("2026-06-16", started("clk.foia", "2026-06-15", signers=()))
    assert found.due == date(2026, 7, 15)
    assert "working days (Mondays to Fridays without the public holidays of the United" in (
        found.counted
    )


def test_a_day_on_which_an_order_closed_the_offices_is_a_working_day() -> None:
    for closed in (date(2024, 12, 24), date(2025, 1, 9), date(2025, 12, 24), date(2025, 12, 26)):
        assert CALENDARS["us"].is_working(closed)
    for holiday in (date(2024, 11, 11), date(2025, 1, 20), date(2025, 2, 17), date(2025, 10, 13)):
        assert not CALENDARS["us"].is_working(holiday)


def test_calendar_days_that_end_on_a_sunday_are_not_moved_and_that_is_said() -> None:
    found = reckoned("2024-01-02", started("clk.leahy.dod15", "2024-01-06", signers=()))
    assert found.due == date(2024, 1, 21)
    assert "21 January 2024 is no working day (Sunday), and no rule on file moves it" in (
        found.counted
    )
    holiday = reckoned("2023-12-12", started("clk.leahy.dod15", "2023-12-10", signers=()))
    assert "25 December 2023 is no working day (Christmas Day)" in holiday.counted


def test_a_leap_day_counts() -> None:
    leap = started("clk.leahy.dod15", "2024-02-20", signers=())
    plain = started("clk.leahy.dod15", "2023-02-20", signers=())
    assert reckoned("2024-02-20", leap).due == date(2024, 3, 6)
    assert reckoned("2023-02-20", plain).due == date(2023, 3, 7)


def foia(at: str = "2024-03-01") -> ClockStarted:
    return started("clk.foia", at, signers=())  # twenty working days: 29 March 2024


def test_a_clock_that_a_rule_lets_stand_still_ends_later_by_as_many_days() -> None:
    tolled = stopped("2024-03-11", until="2024-03-18")
    found = reckoned("2024-03-20", foia(), tolled)
    assert (found.due, found.stood_still) == (date(2024, 4, 5), 7)
    assert (
        "7 days on which it stood still are not counted (5 U.S.C. 552(a)(6)(A), from memory)"
        in found.counted
    )
    still = reckoned("2024-03-12", foia(), tolled)
    assert (still.state, still.resumes) == ("stopped", date(2024, 3, 18))
    assert reckoned("2024-03-18", foia(), tolled).state == "running"


def test_times_that_overlap_stand_still_once() -> None:
    one, two = stopped("2024-03-11", until="2024-03-18"), stopped("2024-03-14", "t.2", "2024-03-21")
    found = reckoned("2024-03-22", foia(), one, two)
    assert (found.due, found.stood_still) == (date(2024, 4, 10), 10)


def test_a_stop_after_the_last_day_does_not_undo_that_it_was_late() -> None:
    found = reckoned("2024-08-01", foia(), stopped("2024-07-10", until="2024-07-20"))
    assert (found.state, found.due) == ("overdue", date(2024, 3, 29))


def test_a_stop_that_nothing_shows_stops_nothing() -> None:
    found = reckoned("2024-03-20", foia(), stopped("2024-03-11", until="2024-06-01", evidence=()))
    assert (found.state, found.due) == ("running", date(2024, 3, 29))


@pytest.mark.parametrize("id", [c.id for c in LAW.clocks.values() if c.tolling is None])
def test_a_clock_without_a_rule_that_lets_it_stand_still_runs_on_and_says_so(id: str) -> None:
    at, signers, last = EVERY[id]
    start, later = started(id, at, signers=signers), stopped(at[:10], until="2027-06-30")
    found = reckoned(at[:10], start, later)
    assert (found.due, found.stood_still) == (day(last) if last else None, 0)
    assert found.state != "stopped"
    assert "t.1 says that it stood still until 2027-06-30; no rule on file lets it" in found.why


def test_only_a_time_owed_on_the_request_is_ever_overdue() -> None:
    for id, (at, signers, _) in EVERY.items():
        found = reckoned("2029-01-01", started(id, at, signers=signers))
        assert (found.state == "overdue") == (LAW.clocks[id].owed == "request"), id
        assert bool(found.beside) == (LAW.clocks[id].owed != "request"), id


def test_a_report_says_to_whom_it_is_owed_and_a_lapse_that_it_is_one() -> None:
    report = reckoned("2026-02-10", started("clk.7031c.90", "2026-02-03", signers=()))
    assert report.beside == ("It is owed to Congress; it is no time for an answer to this request.")
    lapse = reckoned("2025-01-01", started("clk.907.annual", "2023-03-01", signers=()))
    assert lapse.why == (
        "The last day was 29 February 2024, 307 days ago; nothing on file says whether it was "
        "done or let lapse."
    )
    assert lapse.beside.startswith("It is a time after which a power or a rule may lapse; ")


def test_the_first_report_on_visas_is_due_30_days_after_enactment_and_then_every_90() -> None:
    start = started("clk.7031c.90", "2026-02-03", signers=())
    for on, due in (
        ("2026-02-03", "2026-03-05"),
        ("2026-03-05", "2026-03-05"),
        ("2026-03-06", "2026-06-03"),
        ("2026-11-23", "2026-11-30"),
        ("2027-09-30", "2027-08-27"),  # the next would fall after 30 September 2027
    ):
        assert reckoned(on, start).due == day(due)
    assert (
        "The one before was 5 March 2026; nothing on file says whether it was done."
        in reckoned("2026-03-06", start).why
    )
    old = reckoned("2024-06-01", started("clk.7031c.90", "2024-03-23", signers=()))
    assert (old.state, old.due) == ("not-started", None)
    assert "holds from 3 February 2026; what rule held on 23 March 2024 is not on file" in old.why


def test_a_time_of_every_year_goes_on_to_the_next_one() -> None:
    start = started("clk.glomag.annual", "2024-03-01", signers=())
    found = reckoned("2026-11-23", start)
    assert (found.state, found.due) == ("running", date(2026, 12, 10))
    assert "The one before was 10 December 2025" in found.why
    assert "both Houses are in session; when they sit is not on file." in found.why
    done = reckoned("2026-11-23", start, stopped("2025-12-19", met=True))
    assert (done.state, done.due) == ("running", date(2026, 12, 10))
    assert "Done on 19 December 2025: as agreed." in done.why
    assert reckoned("2026-11-23", start, stopped("2025-12-19")).state == "ended"


def test_where_one_of_two_numbers_of_days_holds_both_days_are_told() -> None:
    found = reckoned("2024-02-02", started("clk.aeca36", "2024-02-01", signers=()))
    assert found.due == date(2024, 3, 2)
    assert "which the buyer is, is not on file. With 15 days the last day is 16 February 2024." in (
        found.why
    )


def test_days_that_the_law_counts_from_the_day_after_come_from_no_usual_rule() -> None:
    found = reckoned("2024-02-01", started("clk.uk.urgent", "2024-01-31", signers=()))
    assert found.counted.startswith(
        "56 calendar days; the law counts from the day after the start event"
    )


SHOWN_30 = started("clk.502Bc.30", "2024-02-01", "k.0", signers=(ClockSigner(office=SENATE),))


@pytest.mark.parametrize(
    ("runs", "runs_on"),
    [
        ((), False),
        (((SHOWN_30, ()),), True),
        (((SHOWN_30, (stopped("2024-03-01", clock="k.0", met=True),)),), False),
        (((SHOWN_30, (stopped("2024-04-01", clock="k.0", met=True),)),), True),
        (((msgspec.structs.replace(SHOWN_30, evidence=()), ()),), False),
        (((msgspec.structs.replace(SHOWN_30, signers=()), ()),), False),
        (((msgspec.structs.replace(SHOWN_30, requests=("r.9",)), ()),), False),
        (((msgspec.structs.replace(SHOWN_30, at=Moment("2024-02-20")), ()),), False),
    ],
)
def test_the_end_of_assistance_follows_only_30_days_that_ran_without_a_statement(
    runs: Any, runs_on: bool
) -> None:
    found = reckoned(
        "2024-04-02", started("clk.502Bc.default", "2024-03-03", signers=()), runs=runs
    )
    assert (found.state == "running") == runs_on
    if not runs_on:
        assert found.why.startswith(
            "clk.502Bc.default runs only after clk.502Bc.30 ran and was not met; nothing on file "
        )


@pytest.mark.parametrize("published", ["2023-11-01", "2024-02", "2024-02-29"])
def test_what_appeared_before_the_event_does_not_show_it(published: str) -> None:
    wire = msgspec.structs.replace(SOURCES["s.joint"], published=published)
    sources = {**SOURCES, "s.joint": wire}
    found = Reckoner(LAW, on=date(2024, 4, 1), sources=sources).reckon(started())
    assert (found.state, found.due) == ("not-started", None)
    assert found.why.startswith("s.joint appeared on ")
    both = started(evidence=("s.joint", "s.receipt"))
    assert Reckoner(LAW, on=date(2024, 4, 1), sources=sources).reckon(both).state == "running"
    for later in ("2024-03-01", "2024-03", "2024"):
        sources["s.joint"] = msgspec.structs.replace(wire, published=later)
        found = Reckoner(LAW, on=date(2024, 4, 1), sources=sources).reckon(started())
        assert found.state == "running"


@pytest.mark.parametrize(
    ("at", "why"),
    [
        ("2024-06-01", "Met on 1 June 2024: as agreed."),
        ("2024-07-09", "Met on 9 July 2024, 10 days after the last day: as agreed."),
    ],
)
def test_a_clock_that_was_met_says_when_and_how_late(at: str, why: str) -> None:
    found = reckoned("2024-09-01", started(), stopped(at, met=True))
    assert (found.state, found.why) == ("met", why)


def test_a_clock_can_end_without_being_met() -> None:
    found = reckoned("2024-09-01", started(), stopped("2024-06-01"))
    assert (found.state, found.why) == ("ended", "Ended on 1 June 2024: as agreed.")


def test_a_start_at_the_end_of_the_calendar_is_told() -> None:
    until = stopped("2024-03-10", until="9999-12-20")
    found = reckoned("2024-09-01", started("clk.foia"), until)
    assert (found.state, found.why) == ("not-started", "Its last day lies beyond the calendar.")


def test_the_same_day_some_months_on() -> None:
    assert months_after(date(2024, 2, 29), 36) == date(2027, 2, 28)
    assert months_after(date(2024, 2, 29), 48) == date(2028, 2, 29)
    assert months_after(date(2024, 11, 30), 3) == date(2025, 2, 28)
    assert months_after(date(2024, 1, 31), 12) == date(2025, 1, 31)


def test_a_day_of_every_year_is_the_next_one() -> None:
    assert next_yearly("12-10", date(2024, 12, 10)) == date(2024, 12, 10)
    assert next_yearly("12-10", date(2024, 12, 11)) == date(2025, 12, 10)


def test_every_jurisdiction_of_the_law_data_has_a_calendar() -> None:
    used = {o.jurisdiction for o in LAW.offices.values()}
    used |= {a.jurisdiction for a in LAW.authorities.values()}
    used |= {c.jurisdiction for c in LAW.clocks.values() if c.jurisdiction}
    assert used == set(CALENDARS)
    with pytest.raises(GravamenError, match="No calendar of 'atlantis' is on file; there are: us"):
        calendar_of("atlantis")


def test_where_no_holidays_are_on_file_that_is_said() -> None:
    assert CALENDARS["eu"].words == (
        "Mondays to Fridays; no public holidays of the institutions of the European Union are on "
        "file"
    )
    assert CALENDARS["eu"].is_working(date(2026, 12, 25))
    assert not CALENDARS["uk"].is_working(date(2026, 12, 28))  # Boxing Day, observed
    assert not CALENDARS["ca"].is_working(date(2026, 9, 30))
    assert not CALENDARS["us"].is_working(date(2027, 12, 31))  # New Year's Day, observed


@pytest.mark.parametrize("id", LAW.authorities)
def test_a_letter_under_any_law_is_told_who_could_start_a_time(id: str) -> None:
    text = no_deadline(LAW, [id], LAW.authorities[id].measures[0])
    assert text.startswith(
        "no deadline in law: no law on file sets a time for an answer to this letter; "
    )
    mine = [c for c in LAW.clocks.values() if c.authority == id and c.starters]
    for clock in mine:
        assert f"could start {clock.id} ({clock.cite})" in text
    if not mine:
        assert (
            "as far as the law on file shows, nobody could start one under the law that it is "
            "asked under" in text
        )


def test_who_could_start_a_joint_clock_is_named_by_title() -> None:
    assert no_deadline(LAW, ["us.faa.502B"], "suspend-assistance").endswith(
        "; the Senate Committee on Foreign Relations, the House Committee on Foreign Affairs, the "
        "Senate of the United States or the House of Representatives of the United States could "
        "start clk.502Bc.30 (22 U.S.C. 2304(c))"
    )
    assert "; under another law the chairperson and the ranking member, jointly, of " in (
        no_deadline(LAW, ["us.eo13818"], "sanctions")
    )
    assert no_deadline(LAW, [], "release").endswith(
        "; it is asked under no law of which a time is on file"
    )


def test_a_clock_of_a_body_that_the_law_data_do_not_know_counts_by_its_own_calendar() -> None:
    foia = LAW.clocks["clk.foia"]
    reckoner = Reckoner(LAW, on=date(2026, 1, 1), sources=SOURCES)
    assert reckoner.calendar(foia) == CALENDARS["us"]
    assert reckoner.who(foia) == "the office that the request was made to"
    nobody = msgspec.structs.replace(foia, jurisdiction=None, must_act="")
    assert isinstance(nobody, Clock)
    assert reckoner.calendar(nobody) == CALENDARS["us"]
    assert reckoner.who(nobody) == "nobody in particular"
