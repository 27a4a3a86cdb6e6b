"""Timeline: a lane for each office; shapes tell the marks apart; no words lie over others."""

import re
from datetime import date, timedelta

import pytest
from lxml import etree

from gravamen.docket.drawing import WIDTH, shape, svg, width_of, wrapped
from gravamen.docket.timeline import Timeline, timeline

from .views import ON, docket, due, event, line, ours, several

CASE = "quillby-dorvel"
SVG = "{http://www.w3.org/2000/svg}"
WHATS = ("sent", "delivered", "reply: ack", "reply: interim", "outside: listing", "clock noted")


def drawn(found: Timeline) -> etree._Element:
    return etree.fromstring(svg(found))


def crowded(n: int) -> Timeline:
    events = tuple(
        event((date(2021, 1, 1) + timedelta(days=n % 2000)).isoformat(), WHATS[n % 6], f"e{n}")
        for n in range(0, n * 37, 37)
    )
    return timeline(docket(line(events=events, clocks=(due(), ours()))), "quillby-dorvel")


def labels(root: etree._Element) -> list[tuple[float, float, float]]:
    """The left end, right end and baseline of all words that begin at their left end."""
    found = []
    for text in root.iter(f"{SVG}text"):
        x, y = float(text.get("x", "")), float(text.get("y", ""))
        width, anchor = width_of(text.text or ""), text.get("text-anchor")
        left = {"start": x, "middle": x - width / 2, "end": x - width}[anchor or "start"]
        found.append((left, left + width, y))
    return found


def test_each_office_has_a_lane_with_its_marks_in_order():
    found = timeline(several(), "quillby-dorvel")

    assert [lane.office for lane in found.lanes][:2] == [
        "Secretary of State",
        "Secretary of the Treasury",
    ]
    treasury = found.lanes[1].marks
    assert [m.kind for m in treasury] == [
        "sent", "delivered", "reply", "outside", "reply", "law", "ours",
    ]  # fmt: skip
    assert [m.day for m in treasury] == sorted(m.day for m in treasury)


def test_what_moved_several_requests_is_one_mark():
    found = docket(line("r.1", clocks=(ours(),)), line("r.2", clocks=(ours(),)))

    (lane,) = timeline(found, "quillby-dorvel").lanes
    assert [m.kind for m in lane.marks] == ["sent", "ours"]


def test_a_reply_that_came_back_is_drawn_as_bounced():
    found = docket(line(events=(event("2026-05-14", "reply: bounced", "y"),)))

    (lane,) = timeline(found, "quillby-dorvel").lanes
    assert lane.marks[0].kind == "bounced"


def test_only_marks_of_the_case_are_in_its_picture():
    found = docket(line(), line(case="other", title="Other", office_title="Elsewhere"))

    assert [lane.office for lane in timeline(found, "other").lanes] == ["Elsewhere"]


def test_every_kind_has_a_shape_of_its_own_without_colour():
    kinds = ("sent", "delivered", "bounced", "reply", "outside", "clock", "law", "ours", "other")

    shapes = {shape(kind, 50, 50) for kind in kinds}
    assert len(shapes) == len(kinds)
    assert shape("reply", 50, 50, proposed=True) not in shapes
    colours = set(re.findall(r"#[0-9a-f]{6}", svg(timeline(several(), "quillby-dorvel"))))
    assert colours == {"#16202e", "#55606e", "#d5dae0", "#ffffff"}


def test_a_line_stands_on_the_day_that_is_asked_about():
    root = drawn(timeline(several(), "quillby-dorvel"))

    assert "seen on 23 November 2026" in [t.text for t in root.iter(f"{SVG}text")]
    assert [n for n in root.iter(f"{SVG}line") if n.get("stroke-dasharray")] != []


@pytest.mark.parametrize("number", [1, 5, 40, 400])
def test_no_words_lie_over_others_or_outside(number):
    root = drawn(crowded(number))

    rows: dict[float, list[tuple[float, float]]] = {}
    for left, right, y in labels(root):
        rows.setdefault(round(y, 1), []).append((left, right))
        assert left >= -0.5 and right <= WIDTH + 0.5
    for spans in rows.values():
        spans.sort()
        assert all(a[1] <= b[0] + 0.5 for a, b in zip(spans, spans[1:], strict=False))


def test_a_crowded_lane_says_how_many_and_keeps_every_mark():
    found = crowded(400)
    words = [t.text or "" for t in drawn(found).iter(f"{SVG}text")]

    counted = [int(n) for w in words if (n := w.partition(" × ")[0]).isdigit()]
    assert sum(counted) >= 390
    places = {(m.kind, m.day) for lane in found.lanes for m in lane.marks}
    assert len(places) > 390
    assert svg(found).count("<circle") > 90  # a third are replies; some share a place


def test_the_picture_says_in_words_what_it_shows():
    root = drawn(timeline(several(), "quillby-dorvel"))

    assert root.get("role") == "img"
    assert root.get("aria-label").startswith("Timeline of Electric shocks at Dorvel prison, a lane")
    assert "12 marks from 14 May 2026 to 1 December 2026" in root.findtext(f"{SVG}desc")


def test_hostile_words_are_words_and_nothing_else():
    hostile = '"/><script>alert(1)</script><image href="http://evil.example"/>&\x00\ufffe'
    found = docket(
        line(title=hostile, office_title=hostile, events=(event("2026-05-14", hostile, "d"),))
    )

    root = drawn(timeline(found, "quillby-dorvel"))
    assert {n.tag for n in root.iter()} <= {
        f"{SVG}{t}" for t in ("svg", "title", "desc", "rect", "line", "text", "circle", "polygon")
    }


def test_a_day_at_either_end_of_the_calendar_is_drawn():
    events = (event("1000-01-01", "sent", "d"), event("9000-12-31", "reply: ack", "y"))

    assert svg(timeline(docket(line(events=events)), "quillby-dorvel")).endswith("</svg>")


def test_a_case_of_one_day_is_drawn():
    found = docket(line(events=(event(ON.isoformat(), "sent", "d"),)))

    assert "23 Nov 2026" in svg(timeline(found, "quillby-dorvel"))


def test_a_case_without_a_request_is_drawn_empty():
    found = timeline(docket(), "nothing")

    assert found.alt == "Timeline of nothing: nothing happened by 23 November 2026."
    assert svg(found).endswith("</svg>")


def test_a_word_that_is_wider_than_its_column_is_cut():
    assert all(width_of(w) <= 100 for w in wrapped("W" * 90 + " and 部" * 30, 100))


def test_a_reply_of_no_clear_kind_has_a_label_of_its_own():
    found = docket(line(events=(event("2024-02-01", "reply: unclear", "y"),)))

    (lane,) = timeline(found, "quillby-dorvel").lanes
    assert [(m.words, m.kind) for m in lane.marks] == [("unclear reply", "reply")]


def test_the_last_day_of_a_time_stands_in_the_lane_of_whoever_must_act():
    late = due(state="overdue", office="us.president", who="the President of the United States")
    found = timeline(docket(line("r.1", clocks=(late,)), line("r.2", clocks=(late,))), CASE)

    asked, other = found.lanes
    assert (asked.office, [m.kind for m in asked.marks]) == ("Secretary of State", ["sent"])
    assert other.office == "President of the United States"
    assert [(m.kind, m.words) for m in other.marks] == [("law", "overdue in law")]


def test_the_last_day_of_the_office_that_was_asked_stands_in_its_lane():
    own = due(office="us.state.secretary")
    (lane,) = timeline(docket(line(clocks=(own,))), CASE).lanes
    assert [m.kind for m in lane.marks] == ["sent", "law"]
