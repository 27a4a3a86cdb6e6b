"""Tests for clocks: what starts each time of the law data, when it ends, what stops it."""

from datetime import date, timedelta
from typing import Any

import msgspec
import pytest

from gravamen.docket.calendar import CALENDARS, calendar_of
from gravamen.docket.clocks import Reckoner, months_after, next_yearly, no_deadline
from gravamen.docket.line import Due
from gravamen.law.authority import Clock
from gravamen.proceedings import ClockSigner, ClockStarted, ClockStopped
from gravamen.values import GravamenError

from .askings import LAW, SENATE, SOURCES, day, joint, started, stopped

HOUSE = "us.house.foreign_affairs"


def reckoned(on: str, start: ClockStarted, *stops: ClockStopped, **more: Any) -> Due:
    return Reckoner(LAW, on=day(on), sources=SOURCES, **more).reckon(start, stops)


# Of every clock in the law data: its start event, who asks, and the last day.
EVERY: dict[str, tuple[str, tuple[ClockSigner, ...], str | None]] = {
    "clk.glomag.120": ("2024-03-01", joint(), "2024-06-29"),
    "clk.glomag.term15": ("2024-03-16", (), "2024-03-01"),
    "clk.glomag.annex15": ("2024-03-16", (), "2024-03-01"),
    "clk.glomag.annual": ("2024-03-01", (), "2024-12-10"),
    "clk.nea.1220": ("2024-12-21", (), "2025-12-20"),
    "clk.7031c.90": ("2026-03-05", (), "2026-06-03"),
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
    "clk.uk.urgent": ("2024-02-01", (), "2024-03-27"),
    "clk.uk.urgent.second": ("2024-03-27", (), "2024-05-22"),
    "clk.eu.framework": ("2025-12-01", (), "2026-12-08"),
    "clk.eu.review": ("2024-02-29", (), "2025-02-28"),
    "clk.ca.table": ("2024-02-20", (), "2024-03-06"),
    "clk.ca.delist": ("2024-02-20", (), "2024-05-20"),
    "clk.au.listing": ("2024-02-29", (), "2027-02-28"),
}


def test_every_clock_of_the_law_data_is_here() -> None:
    assert set(EVERY) == set(LAW.clocks)


@pytest.mark.parametrize("id", EVERY)
def test_a_clock_runs_from_evidence_to_its_last_day(id: str) -> None:
    at, signers, last = EVERY[id]
    found = reckoned(at[:10], started(id, at, signers=signers))
    assert found.due == (day(last) if last else None)
    before = LAW.clocks[id].before
    assert found.state == ("overdue" if before else "running")
    if last and not before:
        assert reckoned(last, started(id, at, signers=signers)).state == "running"
        over = reckoned((day(last) + timedelta(1)).isoformat(), started(id, at, signers=signers))
        assert over.state == ("ended" if LAW.clocks[id].window else "overdue")
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
    assert reckoned("2026-07-01", uk).due == date(2026, 8, 25)


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


def test_a_clock_that_stood_still_ends_later_by_as_many_days() -> None:
    tolled = stopped("2024-04-01", until="2024-04-11")
    found = reckoned("2024-05-01", started(), tolled)
    assert found.due == date(2024, 6, 29) + timedelta(10)
    assert "10 days on which it stood still are not counted" in found.counted
    still = reckoned("2024-04-05", started(), tolled)
    assert (still.state, still.resumes) == ("stopped", date(2024, 4, 11))
    assert reckoned("2024-04-11", started(), tolled).state == "running"


def test_times_that_overlap_stand_still_once() -> None:
    one, two = stopped("2024-04-01", until="2024-04-11"), stopped("2024-04-06", "t.2", "2024-04-16")
    assert reckoned("2024-05-01", started(), one, two).due == date(2024, 6, 29) + timedelta(15)


def test_a_stop_after_the_last_day_does_not_undo_that_it_was_late() -> None:
    found = reckoned("2024-08-01", started(), stopped("2024-07-10", until="2024-07-20"))
    assert (found.state, found.due) == ("overdue", date(2024, 6, 29))


def test_a_stop_that_nothing_shows_stops_nothing() -> None:
    found = reckoned(
        "2024-05-01", started(), stopped("2024-04-01", until="2024-06-01", evidence=())
    )
    assert (found.state, found.due) == ("running", date(2024, 6, 29))


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
    found = reckoned("2024-09-01", started(at="9999-12-01"))
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
        assert "nobody could start one under the law that it is asked under" in text


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
    assert reckoner.who(foia) == "the agency asked"
    nobody = msgspec.structs.replace(foia, jurisdiction=None, must_act="")
    assert isinstance(nobody, Clock)
    assert reckoner.calendar(nobody) == CALENDARS["us"]
    assert reckoner.who(nobody) == "nobody in particular"
