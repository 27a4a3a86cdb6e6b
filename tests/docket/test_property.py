"""Properties of the docket: order of arrival, looking back, and what only grows."""

from datetime import date, timedelta
from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from gravamen.case import Case
from gravamen.docket.docket import docket
from gravamen.docket.status import Stage
from gravamen.proceedings import Dispatch, Reply, moment_of

from .askings import (
    LAW,
    PRESIDENT,
    STATE,
    TREASURY,
    case,
    chosen,
    delivered,
    ended,
    joint,
    public,
    reply,
    request,
    said,
    sent,
    started,
    stopped,
)

FIRST = date(2024, 1, 1)
REQUESTS = tuple(request(f"r.{n}", addressees=(PRESIDENT, STATE)) for n in (1, 2, 3))
KINDS = (
    "auto-ack", "ack", "referral", "interim", "substantive", "refusal", "no-power",
    "clarification", "bounced", "misdirected", "unclear",
)  # fmt: skip
OUTCOMES = ("granted", "partly", "refused", "no-power", "referred", "not-addressed")
days = st.integers(0, 400).map(lambda n: FIRST + timedelta(n))
# Days and times, near enough to each other that many fall on one day or at one moment.
moments = st.one_of(
    days.map(date.isoformat),
    st.builds(
        lambda d, h, z: f"{d.isoformat()}T{h:02}:00{z}",
        days,
        st.integers(0, 23),
        st.sampled_from(["Z", "-05:00", "+10:00"]),
    ),
)
offices = st.sampled_from([PRESIDENT, STATE, TREASURY])
some_requests = st.lists(
    st.sampled_from(["r.1", "r.2", "r.3"]), min_size=1, max_size=3, unique=True
).map(tuple)
answers = st.lists(
    st.builds(said, st.sampled_from(OUTCOMES), st.sampled_from(["r.1", "r.2", "r.3"])), max_size=2
).map(tuple)
known = st.sampled_from(["d.0", "d.1", "d.2", None])


@st.composite
def happenings(draw: st.DrawFn) -> list[Any]:
    made: list[Any] = []
    for n in range(draw(st.integers(1, 3))):
        more: dict[str, Any] = {"requests": draw(some_requests)}
        if n:
            field = draw(st.sampled_from(["resends", "follows_up", "copy_of", None]))
            if field:
                more = {field: "d.0", "requests": ()}
        made.append(sent(f"d.{n}", draw(moments), draw(offices), **more))
    for n in range(draw(st.integers(0, 4))):
        made.append(
            reply(
                draw(st.sampled_from(KINDS)), f"y.{n}", draw(moments), draw(known),
                answers=draw(answers),
                office=draw(st.one_of(st.none(), offices)),
                referred_to=draw(st.one_of(st.none(), offices)),
                promised=draw(st.one_of(st.none(), days.map(date.isoformat))),
            )
        )  # fmt: skip
    if draw(st.booleans()):
        made.append(delivered(draw(moments), "v.1", draw(st.sampled_from(["d.0", "d.1"]))))
    for n in range(draw(st.integers(0, 2))):
        signers = joint()[: draw(st.integers(1, 2))]
        made.append(started(at=draw(moments), id=f"k.{n}", signers=signers))
        if draw(st.booleans()):
            until = draw(st.one_of(st.none(), days.map(date.isoformat)))
            made.append(stopped(draw(moments), f"t.{n}", until, clock=f"k.{n}"))
    for n in range(draw(st.integers(0, 2))):
        made.append(chosen(draw(days).isoformat(), draw(days).isoformat(), f"f.{n}"))
    if draw(st.booleans()):
        made.append(public(draw(moments), answers=draw(answers)))
    if draw(st.integers(0, 5)) == 0:
        made.append(ended(draw(moments)))
    return made


def made(happened: list[Any], **more: Any) -> Case:
    return case(*happened, requests=REQUESTS, **more)


@given(happenings(), days, st.randoms(use_true_random=False), st.data())
@settings(max_examples=300, deadline=None)
def test_no_order_of_arrival_changes_the_docket(
    happened: list[Any], day: date, random: Any, data: st.DataObject
) -> None:
    machine = tuple(h.id for h in happened if data.draw(st.integers(0, 4)) == 0)
    other = list(happened)
    random.shuffle(other)
    mixed = list(REQUESTS)
    random.shuffle(mixed)
    shuffled = case(*other, requests=tuple(mixed), by_machine=machine)
    one = docket(made(happened, by_machine=machine), LAW, on=day)
    two = docket(shuffled, LAW, on=day)
    assert (one.lines, one.pen) == (two.lines, two.pen)
    assert sorted(one.notes) == sorted(two.notes)


@given(happenings(), days)
@settings(max_examples=300, deadline=None)
def test_looking_back_shows_what_a_case_without_the_later_happenings_shows(
    happened: list[Any], day: date
) -> None:
    by_then = [h for h in happened if moment_of(h)[:10] <= day.isoformat()]
    assert docket(made(happened), LAW, on=day) == docket(made(by_then), LAW, on=day)


@given(happenings(), days)
@settings(max_examples=200, deadline=None)
def test_what_a_machine_proposed_changes_no_state(happened: list[Any], day: date) -> None:
    replies = tuple(h.id for h in happened if isinstance(h, Reply))
    without = [h for h in happened if not isinstance(h, Reply)]
    proposed = docket(made(happened, by_machine=replies), LAW, on=day)
    bare = docket(made(without), LAW, on=day)
    assert [(x.request, x.office, x.state, x.state_text, x.next) for x in proposed.lines] == [
        (x.request, x.office, x.state, x.state_text, x.next) for x in bare.lines
    ]


@given(happenings(), days, days)
@settings(max_examples=200, deadline=None)
def test_a_time_that_is_overdue_stays_so_until_something_is_recorded(
    happened: list[Any], one: date, two: date
) -> None:
    early, late = sorted((one, two))
    case_ = made([h for h in happened if moment_of(h)[:10] <= early.isoformat()])
    before = {
        (x.request, x.office, d.id): d for x in docket(case_, LAW, on=early).lines for d in x.clocks
    }
    after = {
        (x.request, x.office, d.id): d for x in docket(case_, LAW, on=late).lines for d in x.clocks
    }
    assert before.keys() == after.keys()
    for key, due in before.items():
        assert after[key].due == due.due
        if due.state in ("overdue", "met", "ended", "not-started"):
            assert after[key].state == due.state
        if due.state == "running":
            assert after[key].state in ("running", "overdue", "stopped")


@given(happenings(), days, days)
@settings(max_examples=200, deadline=None)
def test_passing_days_alone_never_close_or_open_a_line(
    happened: list[Any], one: date, two: date
) -> None:
    early, late = sorted((one, two))
    case_ = made([h for h in happened if moment_of(h)[:10] <= early.isoformat()])
    closed = [(x.request, x.office, x.closed) for x in docket(case_, LAW, on=early).lines]
    assert closed == [(x.request, x.office, x.closed) for x in docket(case_, LAW, on=late).lines]


@given(happenings(), days)
@settings(max_examples=200, deadline=None)
def test_without_a_clock_that_was_started_no_line_is_due_or_overdue(
    happened: list[Any], day: date
) -> None:
    letters = [h for h in happened if not h.id.startswith("k.")]
    for line in docket(made(letters), LAW, on=day).lines:
        assert line.state not in ("due", "overdue")
        assert line.deadline.startswith("no deadline in law: ")
        assert all(d.ours for d in line.clocks)


@given(happenings(), days)
@settings(max_examples=200, deadline=None)
def test_every_dispatch_and_reply_is_shown_somewhere(happened: list[Any], day: date) -> None:
    by_then = [h for h in happened if moment_of(h)[:10] <= day.isoformat()]
    found = docket(made(by_then), LAW, on=day)
    shown = {e.id for x in found.lines for e in x.events} | {p.reply for p in found.pen}
    told = " ".join((*found.notes, *(c for x in found.lines for c in x.copies)))
    for thing in by_then:
        if isinstance(thing, Reply):
            assert thing.id in shown or thing.dispatch in told
        elif isinstance(thing, Dispatch) and thing.copy_of is None:
            assert thing.id in shown or thing.id in told


def test_what_reads_back_from_json_is_the_same_docket() -> None:
    found = docket(made([sent("d.0"), chosen("2024-03-01")]), LAW, on=FIRST + timedelta(20))
    text = msgspec.json.encode(found)
    assert msgspec.json.decode(text, type=type(found)) == found


def test_a_stage_begins_with_the_letter_that_asks() -> None:
    assert Stage(sent(at="2024-01-09T23:00-05:00")).asked_on == date(2024, 1, 9)
