"""Ics: a task and a day for each time, with its rule; parsed back by the icalendar library."""

from datetime import date

import msgspec
from icalendar import Calendar

from gravamen.docket.ics import calendar, tasks
from gravamen.docket.line import Docket

from .views import ON, docket, due, line, ours, several


def parts(found: Docket, name: str) -> list:
    return list(Calendar.from_ical(calendar(found)).walk(name))


def test_each_time_is_a_task_and_a_day():
    found = several()

    todos, days = parts(found, "VTODO"), parts(found, "VEVENT")
    assert [t.decoded("DUE") for t in todos] == [date(2026, 9, 29), date(2026, 12, 1)]
    assert [d.decoded("DTSTART") for d in days] == [date(2026, 9, 29), date(2026, 12, 1)]
    assert days[0].decoded("DTEND") == date(2026, 9, 30)


def test_a_task_carries_its_rule_and_its_cite():
    todo = parts(several(), "VTODO")[0]

    assert "Rule: determine whether the person engaged in such an activity" in todo["DESCRIPTION"]
    assert "Cite: 22 U.S.C. 10102(d), (j)" in todo["DESCRIPTION"]
    assert "Evidence of the start: s.joint" in todo["DESCRIPTION"]
    assert todo["STATUS"] == "NEEDS-ACTION"


def test_only_our_own_day_is_called_our_choice():
    law, own = parts(several(), "VTODO")

    assert own["CATEGORIES"].to_ical() == b"OUR-CHOICE"
    assert "no law sets it" in own["DESCRIPTION"]
    assert b"OUR-CHOICE" not in law["CATEGORIES"].to_ical()


def test_the_last_day_of_the_calendar_is_a_day_without_an_end():
    (shown,) = parts(docket(line(clocks=(ours(day=date.max),))), "VEVENT")

    assert shown.decoded("DTSTART") == date(9999, 12, 31)
    assert "DTEND" not in shown


def test_a_uid_stays_when_the_day_moves_and_differs_between_cases():
    before = docket(line(clocks=(due(),)))
    moved = docket(line(clocks=(due(day=date(2026, 10, 20)),)))
    other = docket(line(case="other", clocks=(due(),)))

    (one,), (same,), (another,) = (tasks(d) for d in (before, moved, other))
    assert one.uid == same.uid != another.uid
    uids = [str(c["UID"]) for c in Calendar.from_ical(calendar(before)).walk() if "UID" in c]
    assert len(set(uids)) == 2


def test_one_time_of_several_requests_is_one_task():
    found = docket(line("r.1", clocks=(due(),)), line("r.2", clocks=(due(),)))

    (task,) = tasks(found)
    assert task.requests == ("r.1", "r.2")


def test_a_time_that_nothing_started_is_in_no_calendar():
    found = docket(line(clocks=(due(state="not-started"), due("k.2", None))))

    assert tasks(found) == ()
    assert parts(found, "VTODO") == []


def test_a_time_that_was_met_leaves_the_list_of_things_to_do():
    todo = parts(docket(line(clocks=(due(state="met"),))), "VTODO")[0]

    assert todo["STATUS"] == "COMPLETED"


def test_our_own_day_on_a_closed_request_is_no_longer_to_do():
    todo = parts(docket(line(clocks=(ours(),), closed=True, state="granted")), "VTODO")[0]

    assert todo["STATUS"] == "COMPLETED"


def test_the_same_docket_gives_the_same_bytes_stamped_with_its_day():
    found = several()

    assert calendar(found) == calendar(found)
    assert {t.decoded("DTSTAMP").date() for t in parts(found, "VTODO")} == {ON}


def test_lines_are_folded_at_75_octets():
    long = "Министерство иностранных дел, отдел прав человека " * 8
    data = calendar(docket(line(office_title=long, clocks=(due(),))))

    assert max(len(row) for row in data.split(b"\r\n")) <= 75
    assert data.replace(b"\r\n", b"").count(b"\n") == 0


def test_hostile_words_end_no_line_and_begin_no_component():
    hostile = "x\r\nEND:VTODO\r\nBEGIN:VEVENT\nATTACH:http://evil.example;,\\\x00\x0b"
    found = docket(line(title=hostile, office_title=hostile, clocks=(due(rule=hostile),)))

    made = Calendar.from_ical(calendar(found))
    assert [c.name for c in made.walk()] == ["VCALENDAR", "VTODO", "VEVENT"]
    assert "ATTACH" not in made.walk("VTODO")[0]
    assert b"\x00" not in calendar(found)
    assert "evil.example;,\\" in made.walk("VTODO")[0]["SUMMARY"]


def test_a_task_stands_for_a_line_that_is_still_open():
    shut = line("r.1", clocks=(ours(),), closed=True, state="granted")
    found = docket(shut, line("r.2", clocks=(ours(),)))

    (task,) = tasks(found)
    assert task.open
    assert not tasks(docket(msgspec.structs.replace(shut)))[0].open


def test_a_time_that_is_owed_to_others_is_a_day_and_no_task_of_ours() -> None:
    owed = due(owed="report", owed_to="Congress", who="the Secretary of State")
    made = docket(line(clocks=(owed,)))

    assert parts(made, "VTODO") == []
    (event,) = parts(made, "VEVENT")
    assert str(event["SUMMARY"]).startswith("In law, not owed to us: the Secretary of State, ")
    assert "Due in law" not in str(event["SUMMARY"])
    assert event["CATEGORIES"].to_ical() == b"NOT-OWED-TO-US"
    assert "It is owed to Congress; it is no time for an answer" in str(event["DESCRIPTION"])
