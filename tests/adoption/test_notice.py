"""Notice: hours that are counted in time, working days, and what is said where none holds."""

import datetime

import msgspec
import pytest

from gravamen.adoption import Posting, standing, working_day_before
from gravamen.proceedings import Meeting, Posted
from gravamen.values import GravamenError

from .building import LAW, ON, board, case, posted


def notice(step: Posted, **requester: object) -> Posting:
    found = standing(case(step, requester=board(**requester)), LAW, on=ON)
    assert found.posted is not None
    return found.posted


def at(moment: str, meeting: str = "2026-05-12T10:00-07:00", **fields: object) -> Posted:
    kind = fields.pop("kind", "regular")
    return posted(moment, meeting=Meeting(at=meeting, kind=kind), **fields)  # type: ignore[arg-type]


def test_seventy_two_hours_exactly_pass_and_one_minute_less_does_not() -> None:
    assert notice(at("2026-05-09T10:00-07:00")).met is True
    late = notice(at("2026-05-09T10:01-07:00"))
    assert (late.met, late.minutes, late.needed) == (False, 71 * 60 + 59, 72)
    assert "71 hours 59 minutes before" in late.told
    assert "us-county-board.brown asks for 72 hours: Cal. Gov. Code 54954.2." in late.told


def test_hours_are_counted_across_a_change_of_the_clock() -> None:
    # On 8 March 2026 the clock of Los Angeles goes from 02:00 to 03:00.
    same_clock = notice(at("2026-03-07T10:00-08:00", "2026-03-10T10:00-07:00"))
    assert (same_clock.minutes, same_clock.met) == (71 * 60, False)
    hour_earlier = notice(at("2026-03-07T09:00-08:00", "2026-03-10T10:00-07:00"))
    assert (hour_earlier.minutes, hour_earlier.met) == (72 * 60, True)
    # On 1 November 2026 it goes back: the same times of the clock are 73 hours apart.
    autumn = case(at("2026-10-31T10:00-07:00", "2026-11-03T10:00-08:00"))
    [found] = standing(autumn, LAW, on=datetime.date(2026, 11, 3)).postings
    assert (found.minutes, found.met) == (73 * 60, True)


def test_a_special_meeting_takes_a_day() -> None:
    assert notice(at("2026-05-11T10:00-07:00", kind="special")).met is True
    assert notice(at("2026-05-11T10:30-07:00", kind="special")).met is False


def test_times_in_different_zones_are_the_same_instant() -> None:
    assert notice(at("2026-05-09T17:00Z")).met is True


def test_a_day_without_a_time_leaves_it_open_unless_the_day_decides() -> None:
    assert notice(at("2026-05-09")).met is None
    assert "a time is missing" in notice(at("2026-05-09")).told
    assert notice(at("2026-05-08")).met is True
    assert notice(at("2026-05-11")).met is False


def test_what_was_taken_down_before_the_meeting_was_not_posted_all_the_time() -> None:
    found = notice(at("2026-05-01T10:00-07:00", until="2026-05-11T10:00-07:00"))
    assert found.met is False and "taken down at 2026-05-11T10:00-07:00" in found.told
    assert notice(at("2026-05-01T10:00-07:00", until="2026-05-12T12:00-07:00")).met is True


def test_posted_after_the_meeting_began_is_said_so() -> None:
    found = notice(at("2026-05-12T11:00-07:00"))
    assert found.met is False and found.told.startswith("Posted 1 hour after")


@pytest.mark.parametrize(
    ("requester", "kind", "said"),
    [
        ({"subdivision": None}, "regular", "say where it sits"),
        ({"subdivision": "US-OR"}, "regular", "a regular meeting of a county board in US-OR"),
        ({}, "emergency", "an emergency meeting of a county board"),
        ({"kind": "ngo-board"}, "regular", "the board of a non-governmental organisation in"),
    ],
)
def test_where_no_rule_is_on_file_nothing_is_said_to_be_met(
    requester: dict[str, object], kind: str, said: str
) -> None:
    found = notice(at("2026-05-12T09:00-07:00", kind=kind), **requester)
    assert (found.rule, found.met, found.needed) == (None, None, None)
    assert "No rule on file" in found.told and said in found.told


def council(step: Posted) -> Posting:
    return notice(step, kind="uk-council", subdivision="GB-ENG", country="GB", zone="Europe/London")


def test_working_days_end_at_an_hour_and_leave_out_holidays() -> None:
    # Ten working days before 14 May 2026, leaving out the bank holiday of 4 May.
    meeting = "2026-05-14T18:00+01:00"
    signed = {"signed_by": ("ash", "birch")}
    assert council(at("2026-04-29T10:00+01:00", meeting, **signed)).due == "2026-04-29T10:00+01:00"
    assert council(at("2026-04-29T10:00+01:00", meeting, **signed)).met is True
    assert council(at("2026-04-29T10:01+01:00", meeting, **signed)).met is False


def test_a_notice_takes_as_many_signatures_as_the_rule_says() -> None:
    early = ("2026-04-01T10:00+01:00", "2026-05-14T18:00+01:00")
    one = council(at(*early, signed_by=("ash", "ash")))
    assert one.met is False and "1 of the 2 members signed it" in one.told
    assert council(at(*early, signed_by=("ash", "birch"))).met is True


def test_holidays_of_an_unknown_country_are_said_to_be_unknown() -> None:
    day = datetime.date(2026, 5, 12)
    assert working_day_before(day, 2, country="XS") == (datetime.date(2026, 5, 8), False)
    assert working_day_before(day, 7, country="GB", subdivision="GB-ENG")[0] == datetime.date(
        2026, 4, 30
    )


def test_a_posting_that_was_in_time_for_the_meeting_counts_beside_a_late_one() -> None:
    steps = (at("2026-05-01T10:00-07:00"), at("2026-05-12T08:00-07:00", id="p2"))
    found = standing(case(*steps), LAW, on=ON).posted
    assert found is not None and (found.step.id, found.met) == ("p1", True)


def test_a_zone_that_is_none_is_refused_by_name() -> None:
    with pytest.raises(GravamenError, match="'Mars/Olympus' is no time zone"):
        notice(posted(), zone="Mars/Olympus")


def test_evidence_that_is_missing_is_named() -> None:
    bare = msgspec.structs.replace(posted(), place=None, url=None, evidence=())
    assert notice(bare).missing == (
        "a source that shows its time and place",
        "the place where all could read it",
        "its address on the web",
    )
    assert notice(posted()).missing == ()
